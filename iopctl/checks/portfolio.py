"""The agreement among the others: what its file is called, what it replaces, and what overlaps."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from iopctl.checks.case import Case, Portfolio, across, rule
from iopctl.checks.digest import Digest
from iopctl.checks.references import suggest
from iopctl.compute.calendar import ONE_DAY
from iopctl.compute.lengths import span_in_words
from iopctl.compute.status import a_year_after
from iopctl.compute.timeline import FAR
from iopctl.finding import Finding, Label, Rule, Severity, say


@rule("REG003", Severity.WARNING)
def file_name(rule: Rule, case: Case) -> Iterator[Finding]:
    """The file's name is the agreement's id, which others refer to: letters a–z, digits, hyphen and underscore."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", case.id):
        message = say("the file's name cannot be an id that others refer to")
        help_ = say("rename the file, for example: {example}", example="linkoping-resurspoolen-2020.yaml")
        yield Finding(rule, message, (Label(("format",), on_key=True),), help_)


@across("REF005")
def unknown_agreement(rule: Rule, portfolio: Portfolio) -> Iterator[tuple[str, Finding]]:
    """The agreement says that it replaces one that is not in the workspace, so the two cannot be compared.

    The id of an agreement is the name of its file without .yaml.
    """
    for id_, each in portfolio.digests.items():
        earlier = each.replaces
        if earlier is not None and (earlier not in portfolio.known or earlier == id_):
            message = say("there is no other agreement {name} in the workspace", name=earlier)
            yield id_, Finding(rule, message, (Label(("replaces",)),), suggest(earlier, portfolio.known - {id_}))


@across("REG007")
def replaces_a_later_one(rule: Rule, portfolio: Portfolio) -> Iterator[tuple[str, Finding]]:
    """The agreement says that it takes over from one that begins no earlier, perhaps in a circle."""
    for id_, each, earlier in _replacing(portfolio):
        ours, theirs = each.stretches[0].start, earlier.stretches[0].start
        if ours <= theirs:
            message = say("{earlier} begins no earlier, so it cannot have been replaced", earlier=each.replaces or "")
            labels = (
                Label(("replaces",), say("this agreement begins {day}", day=ours)),
                Label(("period", "start"), say("the replaced one begins {day}", day=theirs), agreement=each.replaces),
            )
            yield id_, Finding(rule, message, labels, say("name the agreement that went before, or correct the days"))


@across("PER005")
def overlap(rule: Rule, portfolio: Portfolio) -> Iterator[tuple[str, Finding]]:
    """The agreement begins while the one it replaces still runs, so that both would be paid for the same days."""
    for id_, each, earlier in _replacing(portfolio):
        theirs, ours = earlier.stretches, each.stretches
        first, last = ours[0].start, min(theirs[-1].end, ours[-1].end)
        if first > last or first <= theirs[0].start:  # one that begins later is replaces_a_later_one's
            continue
        if theirs[-1].end == FAR:
            ends = say("the replaced agreement runs until further notice")
        else:
            ends = say("the replaced agreement ends here")
        name = each.replaces or ""
        if last == FAR:
            message = say("overlap with {earlier}, both until further notice", earlier=name)
        else:
            message = say("{span} of overlap with {earlier}", span=span_in_words(first, last), earlier=name)
        labels = (
            Label(("period", "start"), say("begins here")),
            Label(theirs[-1].ends_at, ends, agreement=each.replaces),
        )
        yield id_, Finding(rule, message, labels, _RECORD)


@across("PER007", Severity.WARNING)
def gap(rule: Rule, portfolio: Portfolio) -> Iterator[tuple[str, Finding]]:
    """Days without an agreement between the one that is replaced and this one: nothing holds, and nothing is paid."""
    for id_, each, earlier in _replacing(portfolio):
        last, start = earlier.stretches[-1], each.stretches[0].start
        if last.end == FAR or start <= last.end + ONE_DAY:
            continue
        span = span_in_words(last.end + ONE_DAY, start - ONE_DAY)
        labels = (
            Label(("period", "start"), say("begins here")),
            Label(last.ends_at, say("the replaced agreement ends here"), agreement=each.replaces),
        )
        message = say("{span} without an agreement after {earlier}", span=span, earlier=each.replaces or "")
        yield id_, Finding(rule, message, labels, _BETWEEN)


def _replacing(portfolio: Portfolio) -> Iterator[tuple[str, Digest, Digest]]:
    """The agreements that replace another one, with that one; both have days to compare."""
    for id_, each in portfolio.digests.items():
        earlier = portfolio.digests.get(each.replaces or "")
        if earlier is not None and earlier is not each and each.stretches and earlier.stretches:
            yield id_, each, earlier


_BETWEEN = say("find out what held in between; record an extension of the earlier agreement if there was one")


@across("PER013", Severity.WARNING)
def ended_without_decision(rule: Rule, portfolio: Portfolio) -> Iterator[tuple[str, Finding]]:
    """Nobody has decided if the agreement goes on, and the time to do so is over.

    Either an extension is proposed and the agreement has ended without it, or the day to decide by has passed. What is
    ended by a decision, followed by a new agreement or closed by a final report or position in the log is in order, and
    an option that nobody used is forgotten a year after the end.
    """
    replaced = {each.replaces for each in portfolio.digests.values()}
    for id_, each in portfolio.digests.items():
        if id_ in replaced or not each.stretches or (each.proposal is None and each.decide_by is None):
            continue
        last = each.stretches[-1]
        ends = Label(last.ends_at, say("the last day that is decided"))
        if each.proposal is not None and last.end < portfolio.as_of:
            message = say("an extension is proposed and not decided, and the agreement ended {day}", day=last.end)
            labels = (Label((*each.proposal, "kind"), say("only proposed")), ends)
            yield id_, Finding(rule, message, labels, say("record the decision: extended, or rejected, with its day"))
        elif each.decide_by is not None and each.decide_by < portfolio.as_of <= a_year_after(last.end):
            day = each.decide_by
            message = say("the day to decide on extension, {day}, has passed and no decision is recorded", day=day)
            labels = (Label(("period", "extension", "decide_by")), ends)
            help_ = say("record what was decided, or in the log the position that the parties took")
            yield id_, Finding(rule, message, labels, help_)


_RECORD = say("record the decision that ended the earlier agreement, or move the start")


@across("REG004", Severity.WARNING)
def same_parties_same_time(rule: Rule, portfolio: Portfolio) -> Iterator[tuple[str, Finding]]:
    """Two agreements between the same parties run at the same time, and neither says that it replaces the other.

    Under the same title they are probably one matter, paid for twice; under different titles it is only asked.
    """
    among: dict[frozenset[str], list[str]] = defaultdict(list)
    for id_, each in portfolio.digests.items():
        if each.stretches and len(each.sides) > 1 and all(side.identity for side in each.sides):
            among[frozenset(side.identity for side in each.sides)].append(id_)
    for ids in among.values():
        ids.sort(key=lambda id_: (portfolio.digests[id_].stretches[0].start, id_))
        for number, later in enumerate(ids):
            start = portfolio.digests[later].stretches[0].start
            running = (each for each in ids[:number] if start <= portfolio.digests[each].stretches[-1].end)
            unrelated = (each for each in running if not _related(portfolio, each, later))
            earlier = next(unrelated, None)  # one is enough: with ten alike there are forty-five pairs
            if earlier is not None:
                yield later, _same_parties(rule, portfolio.digests[later], portfolio.digests[earlier], earlier)


def _same_parties(rule: Rule, ours: Digest, theirs: Digest, earlier: str) -> Finding:
    if ours.title.casefold() == theirs.title.casefold():
        message = say("{earlier} has the same title and parties, and runs at the same time", earlier=earlier)
        help_ = say("if this agreement takes over, write {key}; else give it another title", key=f"replaces: {earlier}")
        severity = None
    else:
        message = say(
            "{earlier} has the same parties and runs at the same time: is it the same matter?", earlier=earlier
        )
        help_ = say("if this agreement takes over from it, write {key}", key=f"replaces: {earlier}")
        severity = Severity.INFO
    labels = (Label(("title",)), Label(("title",), say("the other one"), agreement=earlier))
    return Finding(rule, message, labels, help_, severity)


def _related(portfolio: Portfolio, one: str, other: str) -> bool:
    return _follows(portfolio, one, other) or _follows(portfolio, other, one)


def _follows(portfolio: Portfolio, id_: str, earlier: str) -> bool:
    """Whether an agreement says that it replaces another, or one that does."""
    seen: set[str] = set()
    while id_ in portfolio.digests and id_ not in seen:
        seen.add(id_)
        before = portfolio.digests[id_].replaces
        if before is None or before == earlier:
            return before == earlier
        id_ = before
    return False
