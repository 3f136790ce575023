"""What a change comes to: in kronor for each year, and on the days on which something has to be done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from iopctl.comparison.pairing import pairs
from iopctl.compute.budget import Entry, Sums, Years, entries, total
from iopctl.compute.calendar import years_later
from iopctl.compute.deadline import Deadline
from iopctl.compute.deadlines import deadlines
from iopctl.compute.figures import Assumptions
from iopctl.compute.timeline import FAR, as_known, terms
from iopctl.model import Agreement, Contribution, Workspace


@dataclass(frozen=True, slots=True)
class Reading:
    """An agreement as it reads on one side, among the tables and settings that it is read with there."""

    id: str
    agreement: Agreement
    workspace: Workspace
    assumed: Assumptions


class Measure(StrEnum):
    """What kronor are."""

    COST = "cost"
    """What a public party pays, or somebody that nobody is named for."""
    CEILING = "ceiling"
    IN_KIND = "in_kind"
    OTHER_CASH = "other_cash"


class YearChange(NamedTuple):
    """What one contribution, or all of them, come to in a year on both sides."""

    measure: Measure
    year: int | None
    """None when the agreement has no period."""
    contribution: str | None
    """Its id, or its place in the file; None for the sum of all whose kronor are others."""
    old: Sequence[Entry]
    """Nothing when it was not given then."""
    new: Sequence[Entry]

    def amount(self, side: Sequence[Entry]) -> Decimal | None:
        """The kronor of one side; None when nothing is given, or nothing of it can be reckoned."""
        sums = total(side)
        if not side or (_left_out(sums, self.measure) and not _kronor(sums, self.measure)):
            return None
        return _kronor(sums, self.measure)

    def left_out(self, side: Sequence[Entry]) -> int:
        """How many payments, or contributions in kind, are in no sum of one side."""
        return _left_out(total(side), self.measure)

    @property
    def difference(self) -> Decimal | None:
        """How much more it is; None when something in it cannot be reckoned."""
        if self.left_out(self.old) or self.left_out(self.new):
            return None
        return _kronor(total(self.new), self.measure) - _kronor(total(self.old), self.measure)


def _kronor(sums: Sums, measure: Measure) -> Decimal:
    match measure:
        case Measure.COST:
            return sums.cash
        case Measure.CEILING:
            return sums.ceiling
        case Measure.IN_KIND:
            return sums.in_kind
        case Measure.OTHER_CASH:
            return sums.other_cash


def _left_out(sums: Sums, measure: Measure) -> int:
    if measure is Measure.COST:
        return sums.not_reckoned
    return sums.not_valued if measure is Measure.IN_KIND else 0


class Turn(StrEnum):
    """What became of a deadline."""

    COMES = "comes"
    GOES = "goes"
    MOVES = "moves"
    DONE = "done"
    """The log now says that it is done."""


class DeadlineChange(NamedTuple):
    """A deadline that is another."""

    turn: Turn
    old: Deadline | None
    new: Deadline | None

    @property
    def days(self) -> list[date]:
        """The days that it is, or was, on."""
        return [each.day for each in (self.old, self.new) if each is not None]


def year_changes(old: Reading | None, new: Reading | None, as_of: date) -> list[YearChange]:
    """The years in which a contribution comes to something else, is surer or less sure, or cannot be reckoned."""
    years = _years(old, new, as_of)
    if years is None:
        return []
    names = _names(old, new)
    before, after = _entries(old, years, as_of), _entries(new, years, as_of)
    listed: _Listed = {}
    for entry in after:
        _of(listed, _Name(entry.contribution), entry.year)[1].append(entry)
    for entry in before:
        _of(listed, names.get(entry.contribution, _Name(entry.contribution, gone=True)), entry.year)[0].append(entry)
    found = [
        YearChange(measure, year, name.contribution, tuple(first), tuple(second))
        for measure in Measure
        for year in sorted({year for sides in listed.values() for year in sides}, key=lambda each: each or 0)
        for name, sides in listed.items()
        for first, second in [sides.get(year, ([], []))]
        if _differs(first, second, measure)
    ]
    return list(_with_sums(found))


class _Name(NamedTuple):
    """A contribution by what it is called; one that is gone may be called as another one is now."""

    contribution: str
    gone: bool = False


_Listed = dict[_Name, dict[int | None, tuple[list[Entry], list[Entry]]]]


def _of(listed: _Listed, name: _Name, year: int | None) -> tuple[list[Entry], list[Entry]]:
    """Both sides of a contribution in a year."""
    return listed.setdefault(name, {}).setdefault(year, ([], []))


def _with_sums(found: Sequence[YearChange]) -> Iterator[YearChange]:
    """After the contributions of a year their sum, where there are several."""
    for each in found:
        yield each
        same = [other for other in found if (other.measure, other.year) == (each.measure, each.year)]
        if len(same) > 1 and each is same[-1]:
            old = tuple(entry for other in same for entry in other.old)
            new = tuple(entry for other in same for entry in other.new)
            yield YearChange(each.measure, each.year, None, old, new)


def _years(old: Reading | None, new: Reading | None, as_of: date) -> Years | None:
    """The calendar years that either side covers; one until further notice goes on through the year after the day."""
    found = [term for each in (old, new) if each is not None for term in terms(as_known(each.agreement, as_of))]
    if not found:  # what has no period has no year either
        return Years(as_of.year, as_of.year)
    last = max(as_of.year + 1 if term.end == FAR else term.end.year for term in found)
    first = min(term.start.year for term in found)
    return Years(first, max(first, last))


def _names(old: Reading | None, new: Reading | None) -> Mapping[str, _Name]:
    """What the contributions of the old side are called on the new one."""
    if old is None or new is None:
        return {}
    before, after = old.agreement.contributions, new.agreement.contributions
    return {
        _called(before, pair.old): _Name(_called(after, pair.new))
        for pair in pairs(before, after)
        if pair.old is not None and pair.new is not None
    }


def _called(contributions: Sequence[Contribution], number: int) -> str:
    return contributions[number].id or f"contributions[{number}]"


def _entries(reading: Reading | None, years: Years, as_of: date) -> list[Entry]:
    if reading is None:
        return []
    known = as_known(reading.agreement, as_of)
    workspace = reading.workspace
    return entries(reading.id, known, workspace.tables, as_of, years, reading.assumed, workspace.settings.name)


def _differs(old: Sequence[Entry], new: Sequence[Entry], measure: Measure) -> bool:
    """Whether the kronor are others, or as many but not as sure. What no side gives a value is no sum of kronor."""
    if measure is Measure.IN_KIND and not _kronor(total(old), measure) and not _kronor(total(new), measure):
        return False
    return _said(old, measure) != _said(new, measure)


def _said(side: Sequence[Entry], measure: Measure) -> object:
    sums = total(side)
    amount, left = _kronor(sums, measure), _left_out(sums, measure)
    if not amount and not left:
        return None
    if measure is Measure.IN_KIND:
        return amount, left
    return amount, left, [(each.status, each.conditions, each.sums.conditional) for each in side]


# -- deadlines ---------------------------------------------------------------------------------------------------------


def deadline_changes(
    old: Reading | None, new: Reading | None, as_of: date, *, passed: bool = False
) -> list[DeadlineChange]:
    """The deadlines that come, go, move or are done, by day; those that have passed only when they are asked for."""
    until = _until(old, new, as_of)
    before, after = _deadlines(old, as_of, until), _deadlines(new, as_of, until)
    found: list[DeadlineChange] = []
    for key in dict.fromkeys([*after, *before]):
        found += _of_key(before.get(key, []), after.get(key, []))
    kept = (each for each in found if passed or each.turn is Turn.DONE or max(each.days) >= as_of)
    return sorted(kept, key=lambda each: min(each.days))


def _of_key(old: Sequence[Deadline], new: Sequence[Deadline]) -> Iterator[DeadlineChange]:
    """The same deadline on both sides; of those that come several times under one key the first with the first."""
    for number in range(max(len(old), len(new))):
        before = old[number] if number < len(old) else None
        after = new[number] if number < len(new) else None
        if before is None or after is None:
            there = after or before
            if there is not None and there.done is None:
                yield DeadlineChange(Turn.GOES if after is None else Turn.COMES, before, after)
        elif before.done is None and after.done is not None:
            yield DeadlineChange(Turn.DONE, before, after)
        elif after.done is None and _when(before) != _when(after):
            yield DeadlineChange(Turn.MOVES, before, after)


def _when(deadline: Deadline) -> tuple[date, date, bool]:
    return deadline.day, deadline.last, deadline.target


def _until(old: Reading | None, new: Reading | None, as_of: date) -> date:
    """Two years after the last day of either side, or after the day, so that what follows on an end is seen too."""
    ends = [term.end for each in (old, new) if each is not None for term in terms(each.agreement) if term.end != FAR]
    return years_later(max([as_of, *ends]), 2)


def _deadlines(reading: Reading | None, as_of: date, until: date) -> dict[str, list[Deadline]]:
    found: dict[str, list[Deadline]] = defaultdict(list)
    if reading is not None:
        for each in deadlines(reading.id, reading.agreement, reading.workspace, as_of, until):
            found[each.key].append(each)
    return found
