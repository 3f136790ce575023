"""Payments as a table, as an explanation of every step, as JSON and as CSV."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from textwrap import fill
from typing import Any, NamedTuple

from iopctl.compute.indexation import IndexStep, MissingIndex
from iopctl.compute.payments import (
    AdjustedBeforeStart,
    AdjustedOnce,
    InsideYear,
    Instalment,
    MissingIndices,
    NoSumForExtension,
    OpenAmount,
    PartYear,
    Share,
    Status,
    Undivided,
    Unreckonable,
    UpTo,
    Working,
)
from iopctl.finding import Message, Money, Value, say
from iopctl.locale.language import Language
from iopctl.model import Agreement, IndexTable
from iopctl.render import records
from iopctl.render.findings import Paint
from iopctl.render.names import Place, parties
from iopctl.render.plain import one_line
from iopctl.render.table import Justify, table

_STATUS = {
    Status.DEFINITIVE: say("definitive"),
    Status.PRELIMINARY: say("preliminary"),
    Status.FORECAST: say("forecast"),
    Status.BLOCKED: say("blocked"),
}


class Part(NamedTuple):
    """The payments of one agreement as they are shown, and what is to be said of them below those of all."""

    text: str
    agreement: str
    last: date
    """The last day that is paid for."""
    conditional: bool
    missing: frozenset[tuple[str, int]]
    """The figures that can be added when they are published: index and year."""
    used: frozenset[tuple[str, str]]
    """The sources of the figures that were used: index and name."""


class Successor(NamedTuple):
    """An agreement that takes the place of another, and its first day."""

    id: str
    replaces: str
    start: date


def tables(rows: Sequence[Instalment], agreement: Agreement, language: Language, width: int, paint: Paint) -> Part:
    """A table for each contribution: year, latest day, amount, status, and what the amount rests on or waits for."""
    blocks = []
    for _contribution, group in groupby(
        sorted(rows, key=lambda each: each.contribution), key=lambda each: each.contribution
    ):
        listed = list(group)
        lines = [_cells(each, language) for each in listed]
        title = _title(listed[0], agreement, language)
        blocks.append(f"{title}\n{table(_headings(language), lines, width, paint)}")
    return _part("\n".join(blocks), rows)


def _part(text: str, rows: Sequence[Instalment]) -> Part:
    return Part(
        text,
        rows[0].agreement,
        max(row.end for row in rows),
        any(row.condition for row in rows),
        frozenset(
            (each.index, each.year)
            for row in rows
            if isinstance(row.reason, MissingIndices)
            for each in row.reason.figures
            if each.expected is not None
        ),
        frozenset(
            (step.index, name)
            for row in rows
            if row.working
            for step in row.working.steps
            if step.row
            for name in step.row.source
        ),
    )


def as_table(
    parts: Sequence[Part], successors: Sequence[Successor], as_of: date, language: Language, width: int
) -> str:
    """The tables of all agreements, in the order of their ids, and what there is to say about them."""
    if not parts:
        return language.say(say("no payments")) + "\n"
    notes = _commands(frozenset[tuple[str, int]]().union(*(part.missing for part in parts)), language)
    if any(part.conditional for part in parts):
        notes.append(language.say(say("conditional: only if the proposed extension is decided")))
    notes += [fill(language.say(each), width, subsequent_indent="  ") for each in _replaced(parts, successors)]
    notes.append(language.say(say("reckoned as of {day}", day=as_of)))
    ordered = sorted(parts, key=lambda part: part.agreement)
    return "\n".join([*(part.text for part in ordered), *notes]) + "\n"


def _replaced(parts: Sequence[Part], successors: Sequence[Successor]) -> list[Message]:
    """Which agreements have payments for days that a later agreement claims too."""
    claims = defaultdict(list)
    for each in successors:
        claims[each.replaces].append(each)
    return [
        say(
            "{earlier}: {later} takes over {day}; see which of them applies after that",
            earlier=part.agreement,
            later=later.id,
            day=later.start,
        )
        for part in parts
        for later in claims[part.agreement]
        if later.start <= part.last
    ]


def _headings(language: Language) -> tuple[tuple[str, Justify], ...]:
    return (
        (language.word("Year"), "left"),
        (language.word("No later than"), "left"),
        (language.word("Amount"), "right"),
        (language.word("Status"), "left"),
        (language.word("Basis"), "left"),
    )


def _title(row: Instalment, agreement: Agreement, language: Language) -> str:
    """Which agreement, who pays and who receives."""
    title = say(
        "{agreement} · {contribution}\npayer: {payer} · receiver: {receiver}",
        agreement=row.agreement,
        contribution=agreement.contributions[row.contribution].id or f"contributions[{row.contribution}]",
        payer=parties(agreement, row.payers, language),
        receiver=parties(agreement, (row.receiver,) if row.receiver else (), language),
    )
    return language.say(title)


def _cells(row: Instalment, language: Language) -> tuple[str, ...]:
    year = f"{row.year}" if row.of == 1 else f"{row.year} {row.number}/{row.of}"
    due = row.due.isoformat() if row.due else language.word("not stated")
    amount = language.kronor(row.amount) if row.amount is not None else "–"
    return year, due, amount, _status(row, language), "; ".join(language.say(each) for each in _basis(row))


def _commands(missing: frozenset[tuple[str, int]], language: Language) -> list[str]:
    """How to add the figures that are missing, each once."""
    if not missing:
        return []
    lines = [language.say(say("When a missing figure is published, add it with:"))]
    words = language.word("VALUE --status definitive --published DATE --source SOURCE")
    return [*lines, *(f"  iopctl index add {index} {year} {words}" for index, year in sorted(missing)), ""]


def _status(row: Instalment, language: Language) -> str:
    word = language.say(_STATUS[row.status])
    return language.say(say("{status}, conditional", status=word)) if row.condition else word


def _basis(row: Instalment) -> list[Message]:
    """What the amount rests on, or what it waits for."""
    found: list[Message] = []
    if row.working and row.working.steps:
        found.append(_step_words(row.working.steps[-1]))
    found += reason(row)
    return found


def _step_words(step: IndexStep) -> Message:
    values: dict[str, Value] = {"index": step.index, "year": str(step.year), "percent": _percent(step)}
    if step.row is None:
        return say("{index} {year} assumed {percent}", **values)
    if step.row.status == "preliminary":
        return say("{index} {year} preliminary {percent}", **values)
    return say("{index} {year} {percent}", **values)


def _percent(step: IndexStep) -> Message:
    return say("{number} %", number=step.percent)


def reason(row: Instalment) -> list[Message]:
    """Why an amount cannot be computed, in words; empty when it can."""
    if row.reason is None:
        return []
    return _missing(row.reason.figures) if isinstance(row.reason, MissingIndices) else [_why(row.reason)]


def _why(reason: Unreckonable) -> Message:
    match reason:
        case PartYear(start, end):
            return say(
                "covers only {start} – {end}, and the agreement does not say what part of the amount that gives",
                start=start,
                end=end,
            )
        case InsideYear(first):
            return say("first adjusted on {day}, and the agreement does not say how that year is divided", day=first)
        case OpenAmount(words_):
            return say("the amount is open: {words}", words=say("“{text}”", text=words_))
        case UpTo(ceiling):
            return say("at most {amount}; what is paid depends on the outcome", amount=Money(ceiling))
        case AdjustedOnce():
            return say("paid once and adjusted by an index, and nothing says for which years")
        case NoSumForExtension():
            return say("the sum is for the agreed period; nothing says what the extension gives")
        case AdjustedBeforeStart(first):
            return say(
                "first adjusted on {day}, before the agreement begins; the amount's price year is not stated", day=first
            )
        case Undivided():
            return say("one sum for the whole period, and nothing on how it is divided over the years")


def _missing(figures: tuple[MissingIndex, ...]) -> list[Message]:
    """One sentence for all the figures of an index that are not known."""
    found = []
    for (index, preliminary), group in groupby(figures, key=lambda each: (each.index, each.preliminary)):
        listed = list(group)
        first, last = str(listed[0].year), str(listed[-1].year)
        if listed[0].expected is None:
            found.append(say("there is no table for the index {index}", index=index))
        elif preliminary and len(listed) == 1:
            found.append(
                say("{index} {year} is only known as preliminary, and the clause waits", index=index, year=first)
            )
        elif preliminary:
            values: dict[str, Value] = {"index": index, "first": first, "last": last}
            found.append(say("{index} is only known as preliminary for {first}–{last}, and the clause waits", **values))
        elif len(listed) == 1:
            found.append(say("{index} {year} is not known", index=index, year=first))
        else:
            found.append(say("{index} is not known for {first}–{last}", index=index, first=first, last=last))
    return found


# -- the explanation ---------------------------------------------------------------------------------------------------


def explained(rows: Sequence[Instalment], agreement: Agreement, language: Language, place: Place) -> Part:
    """Every step of every amount, from the clause to the instalment, so that a person can reckon it again."""
    return _part("\n\n".join(_explain(row, agreement, language, place) for row in rows), rows)


def explanation(parts: Sequence[Part], indices: Mapping[str, IndexTable], as_of: date, language: Language) -> str:
    """What has been explained of all agreements, and where the figures that were used can be read."""
    if not parts:
        return language.say(say("no payments")) + "\n"
    blocks = [part.text for part in parts]
    sources = _sources(frozenset[tuple[str, str]]().union(*(part.used for part in parts)), indices, language)
    if sources:
        blocks.append("\n".join(sources))
    return "\n\n".join([*blocks, language.say(say("reckoned as of {day}", day=as_of))]) + "\n"


def _sources(used: frozenset[tuple[str, str]], indices: Mapping[str, IndexTable], language: Language) -> list[str]:
    """Each source once."""
    lines = []
    for index, name in sorted(used, key=lambda each: (each[0], len(each[1]), each[1])):
        source = indices[index].sources.get(name)
        if source:
            lines.append(f"  {index} {name}: {source.title}" + (f"\n      {source.address}" if source.address else ""))
    return [language.say(say("sources:")), *lines] if lines else []


def _explain(row: Instalment, agreement: Agreement, language: Language, place: Place) -> str:
    contribution = agreement.contributions[row.contribution]
    amount = language.kronor(row.amount) if row.amount is not None else "–"
    heading = say(
        "{agreement}, {start} – {end}: {amount} ({status})",
        agreement=row.agreement,
        start=row.start,
        end=row.end,
        amount=amount,
        status=_status(row, language),
    )
    lines = [language.say(heading)]
    lines += [f"  {language.say(each)}" for each in _where(row, place)]
    if contribution.indexation and contribution.indexation.wording:
        lines.append(
            "  "
            + language.say(
                say("clause: {words}", words=say("“{text}”", text=one_line(contribution.indexation.wording)))
            )
        )
    if row.working:
        lines += [f"  {each}" for each in _working(row, language)]
    for each in reason(row):
        lines.append("  " + language.say(say("blocked: {reason}", reason=each)))
    if row.condition:
        lines.append(
            "  "
            + language.say(
                say("only if the proposed extension is decided: {place}", place=place(row.agreement, row.condition))
            )
        )
    if row.due:
        lines.append(
            "  " + language.say(say("to be paid no later than {day}, the last open day of the month", day=row.due))
        )
    return "\n".join(lines)


def _where(row: Instalment, place: Place) -> list[Message]:
    return [say("agreed in: {place}", place=place(row.agreement, (*row.route, "amount")))]


def _working(row: Instalment, language: Language) -> list[str]:
    """The steps in aligned columns: what is done, and the amount that it gives."""
    working = row.working
    assert working is not None
    steps: list[tuple[str, str]] = [(language.say(say("agreed amount")), language.kronor(working.agreed))]
    digits = max((len(str(step.factor)) for step in working.steps), default=0)
    for step in working.steps:
        factor = language.number(step.factor).ljust(digits)
        figure = say("{index} {year}: {percent}", index=step.index, year=str(step.year), percent=_percent(step))
        source = say("× {factor}  {figure}, {source}", factor=factor, figure=figure, source=_source(step))
        steps.append((language.say(source), _exact(step.amount, language)))
    if working.steps:
        steps.insert(1, (language.say(_RULE), ""))
    if row.status is Status.DEFINITIVE and any(step.status == "preliminary" for step in working.steps):
        steps.append((language.say(say("a preliminary figure stands, as the clause says")), ""))
    if working.share:
        steps.append((language.say(_share(working.share)), _exact(working.unrounded, language)))
    if working.steps or working.share:
        steps.append((language.say(_rounding(working)), language.kronor(working.rounded)))
    if row.of > 1 and row.amount is not None:
        part = say("instalment {number} of {of}; what is left over goes to the last", number=row.number, of=row.of)
        steps.append((language.say(part), language.kronor(row.amount)))
    width = max(len(words) for words, amount in steps if amount)
    return [f"{words.ljust(width)} = {amount}" if amount else words for words, amount in steps]


_RULE = say(
    "rule: each year's own index, on the unrounded amount of the year before (when the agreement states no other)"
)


def _share(share: Share) -> Message:
    values: dict[str, Value] = {"number": share.number, "of": share.of}
    if share.unit == "days":
        return say("the part of the year: {number} of {of} days", **values)
    return say("the part of the year: {number} of {of} months", **values)


def _rounding(working: Working) -> Message:
    rule = working.rounding
    if rule is None:
        return say("rounded to whole kronor, half upwards (the rule when the agreement states none)")
    unit = Money(Decimal(rule.to))
    match rule.mode:
        case "down":
            return say("rounded down to the nearest {unit}, as the clause says", unit=unit)
        case "up":
            return say("rounded up to the nearest {unit}, as the clause says", unit=unit)
        case _:
            return say("rounded to the nearest {unit}, half upwards, as the clause says", unit=unit)


def _exact(amount: Decimal, language: Language) -> str:
    """An unrounded amount with at least the öre, and at most ten decimals; a cut is shown."""
    digits = f"{amount:f}".partition(".")[2].rstrip("0")
    if len(digits) <= SHOWN_DECIMALS:
        return language.number(amount, max(2, len(digits)))
    whole = f"{amount:f}".partition(".")[0]
    return language.number(Decimal(f"{whole}.{digits[:SHOWN_DECIMALS]}"), SHOWN_DECIMALS) + "…"


SHOWN_DECIMALS = 10
"""More than this nobody reckons by hand; the amount itself is kept exact, and JSON has all of it."""


def _source(step: IndexStep) -> Message:
    """The status of a figure, when it was published or first seen in print, and where."""
    row = step.row
    if row is None:
        return say("assumed for this run")
    source = ", ".join(row.source)
    status = say("preliminary") if row.status == "preliminary" else say("definitive")
    if row.published:
        return say("{status}, published {day}, source {source}", status=status, day=row.published, source=source)
    return say("{status}, no later than {day}, source {source}", status=status, day=row.seen or "–", source=source)


# -- records -----------------------------------------------------------------------------------------------------------

COLUMNS = (
    "agreement", "contribution", "year", "start", "end", "number", "of", "due",
    "payers", "receiver", "amount", "status", "conditional", "reason",
)  # fmt: skip


def record(row: Instalment, agreement: Agreement, language: Language, place: Place) -> dict[str, Any]:
    """One payment for another program: amounts exact, days as ISO dates, the reason in words."""
    return {
        "agreement": row.agreement,
        "contribution": agreement.contributions[row.contribution].id,
        "year": row.year,
        "start": row.start,
        "end": row.end,
        "number": row.number,
        "of": row.of,
        "due": row.due,
        "payers": list(row.payers),
        "receiver": row.receiver,
        "amount": row.amount,
        "status": row.status.value,
        "conditional": row.condition is not None,
        "reason": "; ".join(language.say(each) for each in reason(row)) or None,
        "place": place(row.agreement, row.route),
        "working": _working_record(row),
    }


def _working_record(row: Instalment) -> dict[str, Any] | None:
    if row.working is None:
        return None
    share = row.working.share
    return {
        "agreed": row.working.agreed,
        "steps": [
            {
                "index": step.index,
                "year": step.year,
                "percent": step.percent,
                "status": step.status,
                "published": step.row.published if step.row else None,
                "seen": step.row.seen if step.row else None,
                "source": list(step.row.source) if step.row else [],
                "factor": step.factor,
                "unrounded": step.amount,
            }
            for step in row.working.steps
        ],
        "unrounded": row.working.unrounded,
        "share": {"number": share.number, "of": share.of, "unit": share.unit} if share else None,
        "rounding": _rounding_record(row.working),
        "rounded": row.working.rounded,
    }


def _rounding_record(working: Working) -> str | None:
    if working.rounding is not None:
        return f"to {working.rounding.to} kronor, {working.rounding.mode}"
    return "whole kronor, half up" if working.steps or working.share else None


def as_csv(rows: Sequence[dict[str, Any]]) -> str:
    """The rows without their working; payers joined by a space."""
    return records.as_csv(COLUMNS, [{**row, "payers": " ".join(row["payers"])} for row in rows])
