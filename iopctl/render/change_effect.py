"""What a change comes to, as rows of words: kronor for each year, and deadlines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from iopctl.comparison.effect import DeadlineChange, Measure, Turn, YearChange
from iopctl.compute.budget import Entry
from iopctl.compute.deadline import Deadline
from iopctl.compute.reasons import Status
from iopctl.finding import Message, say
from iopctl.locale.language import Language
from iopctl.personal import masked
from iopctl.render.budget import gap_words
from iopctl.render.deadlines import what_is_due
from iopctl.render.plain import quoted
from iopctl.render.reasons import STATUS, condition
from iopctl.render.table import Justify

NONE = "–"

MEASURES = {
    Measure.COST: say("Kronor per year"),
    Measure.CEILING: say("Kronor per year at most; the outcome decides"),
    Measure.IN_KIND: say("Value in kind per year"),
    Measure.OTHER_CASH: say("Kronor per year that others pay"),
}
_UNSURE = say("cannot be told")
_ALL = say("in all")


class Rows(NamedTuple):
    """A table under a heading."""

    heading: str
    columns: Sequence[tuple[str, Justify]]
    rows: Sequence[Sequence[str]]


def years(changes: Sequence[YearChange], language: Language) -> list[Rows]:
    """A table for each kind of kronor that is another."""
    headings: tuple[tuple[Message, Justify], ...] = (
        (say("Year"), "left"),
        (say("Contribution"), "left"),
        (say("Before"), "right"),
        (say("Now"), "right"),
        (say("Difference"), "right"),
        (say("How sure"), "left"),
    )
    columns = [(language.say(name), side) for name, side in headings]
    return [
        Rows(language.say(heading), columns, rows)
        for measure, heading in MEASURES.items()
        if (rows := [_year(each, language) for each in changes if each.measure is measure])
    ]


def _year(change: YearChange, language: Language) -> list[str]:
    return [
        NONE if change.year is None else str(change.year),
        language.say(_ALL) if change.contribution is None else masked(quoted(change.contribution)),
        _amount(change, change.old, language),
        _amount(change, change.new, language),
        _difference(change.difference, language),
        "" if change.contribution is None else _sure(change, language),
    ]


def _amount(change: YearChange, side: Sequence[Entry], language: Language) -> str:
    amount = change.amount(side)
    if amount is not None:
        return language.kronor(amount)
    return language.say(say("not reckoned")) if change.left_out(side) else NONE


def _difference(difference: Decimal | None, language: Language) -> str:
    if difference is None:
        return language.say(_UNSURE)
    return f"{'+' if difference > 0 else ''}{language.kronor(difference)}"


def _sure(change: YearChange, language: Language) -> str:
    """How sure the kronor are, what they depend on, and why some are in no sum; of both sides where these differ."""
    before, now = (list(_remarks(change, side, language)) for side in (change.old, change.new))
    if before == now or not change.old:
        return "; ".join(now)
    if not change.new:
        return "; ".join(before)
    return "\n".join(
        language.say(message)
        for message in (say("before: {words}", words="; ".join(before)), say("now: {words}", words="; ".join(now)))
    )


def _remarks(change: YearChange, side: Sequence[Entry], language: Language) -> Iterator[str]:
    statuses = [each.status for each in side if each.status is not Status.BLOCKED]
    if change.measure is not Measure.IN_KIND and statuses and not all(each.gaps for each in side):
        yield language.say(STATUS[max(statuses, key=list(Status).index)])
    conditions = dict.fromkeys(each for entry in side for each in entry.conditions)
    yield from dict.fromkeys(language.say(condition(each)) for each in conditions)
    if change.left_out(side):
        yield from (masked(language.say(gap_words(gap, entry, language))) for entry in side for gap in entry.gaps)


def deadlines(changes: Sequence[DeadlineChange], language: Language) -> list[Rows]:
    """The deadlines that come, go, move or are done; none, or one table."""
    headings = (say("Before"), say("Now"), say("What"))
    columns: list[tuple[str, Justify]] = [(language.say(each), "left") for each in headings]
    rows = [_deadline(each, language) for each in changes]
    return [Rows(language.say(say("Deadlines")), columns, rows)] if rows else []


def _deadline(change: DeadlineChange, language: Language) -> list[str]:
    shown = change.new or change.old
    assert shown is not None
    what = masked(what_is_due(shown, language))
    if change.turn is Turn.DONE:
        return [_day(change.old), language.say(say("done")), what]
    return [_day(change.old), _day(change.new), what]


def _day(deadline: Deadline | None) -> str:
    """The day; in brackets when it is a target and not an agreed one."""
    if deadline is None:
        return NONE
    return f"({deadline.day})" if deadline.target else f"{deadline.day}"


def kronor_in_short(changes: Sequence[YearChange], language: Language) -> str | None:
    """What the cost differs by in each year, in a line; None when it does not."""
    found, unknown = [], []
    costs = [each for each in changes if each.measure is Measure.COST and each.contribution is not None]
    for year in dict.fromkeys(each.year for each in costs if each.year is not None):
        same = [each for each in costs if each.year == year]
        old, new = [entry for each in same for entry in each.old], [entry for each in same for entry in each.new]
        difference = YearChange(Measure.COST, year, None, old, new).difference
        if difference is None:
            unknown.append(str(year))
        elif difference:
            found.append(f"{year}: {_difference(difference, language)}")
    if unknown:
        found.append(language.say(say("{years}: cannot be told", years=", ".join(unknown))))
    return "; ".join(found) or None


def assumed(changes: Sequence[YearChange]) -> set[tuple[str, int]]:
    """The figures that the kronor rest on and that were assumed: index and year."""
    return {each for change in changes for entry in (*change.old, *change.new) for each in entry.assumed}
