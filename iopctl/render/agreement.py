"""One agreement on one screen: parties, period, money, deadlines, findings and log; as text, Markdown and records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from iopctl.compute.budget import Entry
from iopctl.compute.lifeline import Phase
from iopctl.compute.reasons import Status
from iopctl.compute.status import Stage
from iopctl.finding import Money, Placed, Severity, say
from iopctl.locale.language import Language
from iopctl.model import Agreement, LogEntry, Party, Unknown
from iopctl.personal import masked
from iopctl.render import budget, findings, markdown
from iopctl.render.bar import bar
from iopctl.render.findings import Paint, standing
from iopctl.render.log import happened, logged_day, logged_on
from iopctl.render.names import party as party_name
from iopctl.render.period import ended_early, extension_words, notice_words, phase_line
from iopctl.render.reasons import STATUS
from iopctl.render.register import NONE, STAGES, shown
from iopctl.render.table import NARROWEST, Justify, table, wrapped


class Coming(NamedTuple):
    """A deadline that is near, in words."""

    day: date
    what: str
    who: str
    target: bool
    """The agreement gives no such day."""
    overdue: bool


class View(NamedTuple):
    """All that is shown of an agreement."""

    id: str
    agreement: Agreement
    """As it stood on the day."""
    as_of: date
    file: str
    stage: Stage
    phases: Sequence[Phase]
    """Its time."""
    entries: Sequence[Entry]
    """What it costs this year and the next."""
    coming: Sequence[Coming]
    passed: int
    """How many deadlines have passed that the log says nothing about."""
    found: Sequence[Placed]
    """What check finds."""
    replaced_by: Sequence[tuple[str, date]] = ()
    broken: Placed | None = None
    """What stops it from being reckoned with."""
    broken_time: Placed | None = None
    """What stops its time from being told."""


class Table(NamedTuple):
    """Rows under headings."""

    headings: Sequence[tuple[str, Justify]]
    rows: Sequence[Sequence[str]]


class Block(NamedTuple):
    """A part of the screen under its heading."""

    heading: str
    picture: Sequence[str] = ()
    lines: Sequence[str] = ()
    table: Table | None = None
    notes: Sequence[str] = ()


DEADLINES, FINDINGS, ENTRIES = 3, 4, 5
"""How many there is room for."""

_SEVERITIES = list(Severity)


def as_text(view: View, language: Language, width: int, paint: Paint) -> str:
    """The screen of a terminal."""
    width = max(width, NARROWEST)
    head = [paint("bold", shown(view.agreement.title)), *_head(view, language)]
    blocks = ["\n".join(line.rstrip() for text in head for line in wrapped(text, width))]
    blocks += [_as_text(each, width, paint) for each in _blocks(view, language, width)]
    return "\n".join(blocks) + "\n"


def _as_text(block: Block, width: int, paint: Paint) -> str:
    lines = [*(f"  {line}" for line in block.picture), *_filled(block.lines, width)]
    if block.table is not None:
        lines += [f"  {line}" for line in table(*block.table, width - 2).splitlines()]
    return "\n".join([paint("bold", block.heading), *lines, *_filled(block.notes, width)])


def _filled(texts: Sequence[str], width: int) -> Iterator[str]:
    for text in texts:
        for number, line in enumerate(wrapped(text, width - 4)):
            yield f"{'    ' if number else '  '}{line}".rstrip()


def as_markdown(view: View, language: Language) -> str:
    """The same for a page or a mail."""
    title = f"# {markdown.escaped(shown(view.agreement.title))}\n\n"
    head = "\n\n".join(map(markdown.escaped, _head(view, language)))
    return "\n".join([f"{title}{head}\n", *(_as_markdown(each) for each in _blocks(view, language, 76))])


def _as_markdown(block: Block) -> str:
    parts = [f"## {markdown.escaped(block.heading)}\n"]
    if block.picture:
        parts.append("```text\n" + "".join(f"{line}\n" for line in block.picture) + "```\n")
    for lines in (block.lines, block.notes):
        listed = "".join(f"- {markdown.escaped(line)}\n" for line in lines)
        parts += [listed] if listed else []
    if block.table is not None:
        parts.insert(-1 if block.notes else len(parts), markdown.table(*block.table))
    return "\n".join(parts)


def _blocks(view: View, language: Language, width: int) -> list[Block]:
    made = [
        _parties(view, language),
        _period(view, language, width),
        _money(view, language),
        _deadlines(view, language),
        _findings(view, language),
        _log(view, language),
    ]
    return [each for each in made if each is not None]


# -- who and what ------------------------------------------------------------------------------------------------------


def _head(view: View, language: Language) -> Iterator[str]:
    """The id, where the agreement stands, and the agreements before and after it."""
    words = language.say(say("not told") if view.broken_time else STAGES[view.stage])
    dnr = [shown(view.agreement.dnr)] if view.agreement.dnr else []
    yield " · ".join([shown(view.id), words, *dnr])
    around = []
    if view.agreement.replaces is not None:
        around.append(say("replaces {id}", id=shown(view.agreement.replaces)))
    around += [say("replaced by {id} from {day}", id=shown(id_), day=day) for id_, day in view.replaced_by]
    if around:
        yield "; ".join(map(language.say, around))


PARTY_KINDS = {
    "municipality": say("municipality"),
    "region": say("region"),
    "state_body": say("state body"),
    "public_company": say("public company"),
    "association": say("association"),
    "foundation": say("foundation"),
    "congregation": say("congregation"),
    "cooperative": say("cooperative"),
    "study_association": say("study association"),
}


def _parties(view: View, language: Language) -> Block:
    lines = [_party(id_, each, view.agreement, language) for id_, each in view.agreement.parties.items()]
    return Block(language.word("Parties"), lines=lines)


def _party(id_: str, party: Party, agreement: Agreement, language: Language) -> str:
    """Name and kind, the units that answer for it, and the roles of those one turns to."""
    name = shown(party_name(agreement, id_))
    parts = [f"{name} ({language.say(PARTY_KINDS[party.kind])})"]
    units = (each for each in (party.organisation, party.board, party.administration) if each and each != party.name)
    parts += [shown(each) for each in dict.fromkeys(units)]
    roles = ", ".join(dict.fromkeys(shown(each.role) for each in party.contacts if each.role))
    return " · ".join(parts) + (language.say(say("; contact: {roles}", roles=roles)) if roles else "")


# -- its time ----------------------------------------------------------------------------------------------------------


def _period(view: View, language: Language, width: int) -> Block:
    heading, period = language.word("Period"), view.agreement.period
    if period is None:
        return Block(heading, lines=[language.say(say("the agreement has no period"))])
    words = [language.say(extension_words(period.extension, view.agreement, language))] if period.extension else []
    words.append(language.say(notice_words(period.notice, view.agreement, language)))
    if view.broken_time is not None:
        return Block(heading, lines=[_refused(view.broken_time, language)], notes=words)
    if not view.phases:
        return Block(heading, lines=[language.say(say("it was rejected before it began"))], notes=words)
    legend = [phase_line(each, view.agreement, language) for each in view.phases]
    legend += [language.say(each) for each in ended_early(view.agreement)]
    mark = language.say(say("as of {day}", day=view.as_of))
    return Block(heading, bar(view.phases, view.as_of, mark, width - 4), legend, notes=words)


def _refused(broken: Placed, language: Language) -> str:
    """That nothing is reckoned with broken data, and where the error is."""
    place = f"{shown(broken.file)}:{broken.excerpts[0].span.line}" if broken.excerpts else shown(broken.file)
    return language.say(say("not reckoned: mend {code} first, at {place}", code=broken.finding.rule.code, place=place))


# -- its money ---------------------------------------------------------------------------------------------------------


def _money(view: View, language: Language) -> Block | None:
    years = (view.as_of.year, view.as_of.year + 1)
    heading = language.word("Money")
    if view.broken is not None:
        return Block(heading, lines=[_refused(view.broken, language)]) if view.agreement.contributions else None
    valued = [each for each in view.entries if not _only_in_kind(each)]
    without = len({each.contribution for each in view.entries} - {each.contribution for each in valued})
    rows = [
        _contribution([each for each in valued if each.contribution == name], years, language)
        for name in dict.fromkeys(each.contribution for each in valued)
    ]
    notes = [language.say(say("in kind without a value: {count}", count=without))] if without else []
    if not rows:
        none = language.say(say("no money in {first} or {last}", first=str(years[0]), last=str(years[1])))
        return Block(heading, lines=[none], notes=notes)
    headings: tuple[tuple[str, Justify], ...] = (
        (language.word("Contribution"), "left"),
        (str(years[0]), "right"),
        (str(years[1]), "right"),
        (language.word("Status and basis"), "left"),
    )
    return Block(heading, table=Table(headings, rows), notes=notes)


def _only_in_kind(entry: Entry) -> bool:
    return not entry.cash and not entry.gaps and bool(entry.sums.not_valued)


def _contribution(listed: Sequence[Entry], years: tuple[int, int], language: Language) -> tuple[str, ...]:
    """What one contribution comes to in each of the years, and what has to be known about it."""
    by_year = {each.year: each for each in listed}
    amounts = [_amount(by_year.get(year), language) for year in years]
    said = {year: _about(each, language) for year, each in by_year.items()}
    if len(set(said.values())) == 1:
        about = next(iter(said.values()))
    else:
        about = "\n".join(f"{year}: {words}" for year, words in said.items() if words)
    return shown(listed[0].contribution), *amounts, about


def _amount(entry: Entry | None, language: Language) -> str:
    if entry is None:
        return NONE
    sums = entry.sums
    amount = sums.cash or sums.in_kind or sums.other_cash
    if amount:
        return language.kronor(amount)
    if sums.ceiling:
        return language.say(say("at most {amount}", amount=Money(sums.ceiling)))
    return language.say(say("not reckoned")) if entry.gaps else language.kronor(amount)


def _about(entry: Entry, language: Language) -> str:
    """How sure it is, what it depends on, and why it is not reckoned."""
    words = [say("in kind")] if not entry.cash else []
    if entry.cash and entry.status is not Status.BLOCKED:
        words.append(STATUS[entry.status])
    return "; ".join(shown(language.say(each)) for each in [*words, *budget.remarks(entry, language)])


# -- deadlines, findings, log ------------------------------------------------------------------------------------------


def _deadlines(view: View, language: Language) -> Block:
    heading = language.word("Next deadlines")
    if view.broken is not None:
        return Block(heading, lines=[_refused(view.broken, language)])
    notes = []
    if view.passed:
        passed = say("passed without a word in the log: {count}; see iopctl due {id}", count=view.passed, id=view.id)
        notes.append(language.say(passed))
    if not view.coming:
        return Block(heading, lines=[language.say(say("none in the coming year"))], notes=notes)
    headings: tuple[tuple[str, Justify], ...] = (
        (language.word("Day"), "left"),
        (language.word("What and who"), "left"),
    )
    rows = [
        (
            f"({each.day})" if each.target else f"{each.day}",
            " · ".join(shown(text) for text in (each.what, each.who) if text),
        )
        for each in view.coming[:DEADLINES]
    ]
    return Block(heading, table=Table(headings, rows), notes=notes)


def _findings(view: View, language: Language) -> Block:
    """What check finds, the gravest first."""
    heading = language.say(say("Findings in {file}", file=shown(view.file)))
    open_ = [each for each in view.found if each.finding.acknowledged is None]
    ordered = sorted(open_, key=lambda each: _SEVERITIES.index(each.finding.weight))
    acknowledged = len(view.found) - len(open_)
    notes = [language.say(say("acknowledged: {count}", count=acknowledged))] if acknowledged else []
    if len(ordered) > FINDINGS:
        more = say("and {count} more: iopctl check {file}", count=len(ordered) - FINDINGS, file=shown(view.file))
        notes.insert(0, language.say(more))
    if not ordered:
        return Block(heading, lines=[language.say(say("none"))], notes=notes)
    headings: tuple[tuple[str, Justify], ...] = (
        (language.word("Rule"), "left"),
        (language.word("Line"), "right"),
        (language.word("What is found"), "left"),
    )
    return Block(heading, table=Table(headings, [_finding(each, language) for each in ordered[:FINDINGS]]), notes=notes)


def _finding(placed: Placed, language: Language) -> tuple[str, ...]:
    line = str(placed.excerpts[0].span.line) if placed.excerpts else NONE
    weight = standing(placed.finding, language)
    return placed.finding.rule.code, line, f"{weight}: {shown(language.say(placed.finding.message))}"


def _log(view: View, language: Language) -> Block:
    heading = language.word("Log")
    ordered = sorted(view.agreement.log, key=logged_on, reverse=True)
    if not ordered:
        return Block(heading, lines=[language.say(say("nothing is logged"))])
    headings: tuple[tuple[str, Justify], ...] = (
        (language.word("Day"), "left"),
        (language.word("What happened"), "left"),
    )
    rows = [(logged_day(each, language), language.say(happened(each, view.agreement))) for each in ordered[:ENTRIES]]
    left = len(ordered) - ENTRIES
    notes = [language.say(say("earlier entries: {count}", count=left))] if left > 0 else []
    return Block(heading, table=Table(headings, rows), notes=notes)


# -- records -----------------------------------------------------------------------------------------------------------


def record(view: View, language: Language) -> dict[str, Any]:
    """All of it for another program; what is not reckoned because of an error is null."""
    agreement, period = view.agreement, view.agreement.period
    return {
        "id": view.id,
        "title": masked(agreement.title),
        "file": view.file,
        "dnr": masked(agreement.dnr) if agreement.dnr else None,
        "status": None if view.broken_time else view.stage.value,
        "replaces": agreement.replaces,
        "replaced_by": [{"id": id_, "from": day} for id_, day in view.replaced_by],
        "parties": [_party_record(id_, each) for id_, each in agreement.parties.items()],
        "period": None if view.broken_time else [_phase_record(each) for each in view.phases],
        "extension": language.say(extension_words(period.extension, agreement, language))
        if period and period.extension
        else None,
        "notice": language.say(notice_words(period.notice, agreement, language)) if period and period.notice else None,
        "money": None if view.broken else [budget.record(each, language) for each in view.entries],
        "deadlines": None if view.broken else [_coming_record(each) for each in view.coming[:DEADLINES]],
        "passed": None if view.broken else view.passed,
        "findings": [findings.record(each, language) for each in view.found],
        "log": [_log_record(each, agreement, language) for each in sorted(agreement.log, key=logged_on, reverse=True)],
    }


def _party_record(id_: str, party: Party) -> dict[str, Any]:
    known = (party.organisation_number, party.organisation, party.board, party.administration)
    number, organisation, board, administration = (masked(each) if isinstance(each, str) else None for each in known)
    return {
        "id": id_,
        "name": None if isinstance(party.name, Unknown) else masked(party.name),
        "kind": party.kind,
        "organisation": organisation,
        "organisation_number": number,
        "board": board,
        "administration": administration,
        "roles": [masked(each.role) for each in party.contacts if each.role],
    }


def _phase_record(phase: Phase) -> dict[str, Any]:
    return {"kind": phase.kind.value, "start": phase.first, "end": phase.last}


def _coming_record(each: Coming) -> dict[str, Any]:
    return {"day": each.day, "what": masked(each.what), "who": masked(each.who), "target": each.target}


def _log_record(entry: LogEntry, agreement: Agreement, language: Language) -> dict[str, Any]:
    return {
        "day": entry.date if isinstance(entry.date, date) else None,
        "through": entry.through,
        "what": language.say(happened(entry, agreement)),
    }
