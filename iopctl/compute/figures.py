"""Which published figure counts on a day, and what one index does from one year to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Literal

from iopctl.compute.money import EXACT
from iopctl.model import (
    MONTHS,
    ChangeRow,
    ChangeTable,
    Followed,
    IndexRow,
    IndexTable,
    NumberRow,
    NumberTable,
    ReferenceLink,
)

HUNDRED = Decimal(100)

Assumptions = Mapping[tuple[str, int | None], Decimal]
"""Yearly changes in percent to reckon with where no figure is known, by index and year; None for every year."""

Preliminary = Literal["settle", "wait", "final"]
"""What the clause does with a preliminary figure: see model/contributions.py, Indexation."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that was used: as published, or assumed for this run."""

    index: str
    year: int
    value: Decimal
    """Percent, or an index number; percent when it is assumed."""
    row: IndexRow | None
    """None for an assumed percentage."""

    @property
    def status(self) -> str:
        """The row's status; forecast for an assumed percentage."""
        return self.row.status if self.row else "forecast"


@dataclass(frozen=True, slots=True)
class Change:
    """What one index does: the factor, and the figures it comes from (two for index numbers, the earlier first)."""

    factor: Decimal
    figures: tuple[Figure, ...]
    """None for a percentage that the clause or a decision states."""
    link: ReferenceLink | None = None
    """What made two index numbers with different reference years comparable."""
    weight: Decimal = HUNDRED
    """In percent, when it is a part of a basket."""

    @property
    def percent(self) -> Decimal:
        """The change in percent, unrounded."""
        with localcontext(EXACT):
            return (self.factor - 1) * HUNDRED


@dataclass(frozen=True, slots=True)
class MissingIndex:
    """A figure that is needed and not known on the day in question."""

    index: str
    year: int
    expected: date | None
    """From when it should be there; None for an index without a table."""
    preliminary: bool = False
    """There is a preliminary figure, and the clause waits for the definitive one: by the end of the year, at most."""
    month: str | None = None
    edition: str | None = None
    """The month of an index number, and the edition, YYYY-MM, where the clause means a certain one."""
    reference: bool = field(default=False, compare=False)
    """Whether the figures of the table are also told apart by reference year; which one it will be is not known."""
    incomparable_with: int | None = None
    """There is a number, but it cannot be compared with that of this other year: the reference years differ."""

    def late_on(self, day: date) -> bool:
        """Whether it should be there, so that somebody has to look the figure up."""
        return self.expected is None or self.expected <= day


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figure is meant: of which part of the clause, for which adjusted year, known when."""

    part: Followed
    adjusted: date
    """The day that the adjusted amount begins to apply."""
    known: date
    """Only what was published by then counts."""
    preliminary: Preliminary

    def index(self, year: int) -> str:
        """The index that is followed to an index year: the successor from its first year on."""
        successor = self.part.successor
        return successor.index if successor is not None and year >= successor.since else self.part.index or ""

    def month(self, index: str) -> str | None:
        """The month of the numbers of an index."""
        successor = self.part.successor
        return successor.month if successor is not None and index == successor.index else self.part.month

    def at_base(self, year: int) -> Wanted:
        """The same for the base, which may be for another month than the numbers compared with it."""
        base = self.part.base
        if base is None or base.year != year or base.month is None:
            return self
        return replace(self, part=self.part.model_copy(update={"month": base.month}))

    def edition(self, index: str) -> tuple[int, int] | None:
        """The year and month of the edition that is meant; a successor has none."""
        if self.part.edition is None or index != self.part.index:
            return None
        return self.adjusted.year - self.part.edition.years_before, MONTHS.index(self.part.edition.month) + 1


def known_row(table: IndexTable, year: int, wanted: Wanted) -> IndexRow | None:
    """The figure to reckon with for an index year, among those known on a day; None when there is none."""
    return next(iter(known_rows(table, year, wanted).values()), None)


def known_rows(table: IndexTable, year: int, wanted: Wanted) -> dict[int | None, IndexRow]:
    """The figure for an index year by its reference year: None where the table has no such.

    The definitive one when there is one, else the latest; only a definitive one where the clause waits for it; the
    preliminary one, once there has been one, where the clause lets it stand. One that corrects another counts from the
    day it was published.
    """
    month, edition = wanted.month(table.index), wanted.edition(table.index)
    rows: list[IndexRow] = [row for row in table.rows if row.year == year and row.known_on(wanted.known)]
    if month is not None:
        rows = [row for row in rows if isinstance(row, NumberRow) and row.month == month]
    if edition is not None:
        rows = [row for row in rows if isinstance(row, ChangeRow) and _is_edition(row, edition)]
    if wanted.preliminary == "wait":
        rows = [row for row in rows if row.status == "definitive"]
    if wanted.preliminary == "final":
        rows = [row for row in rows if row.status == "preliminary"] or rows
    rows.sort(key=lambda row: (row.status == "definitive", row.known_since or date.min))
    return {_reference(row): row for row in rows}  # the last one, which counts, takes the place of those before it


def _is_edition(row: ChangeRow, edition: tuple[int, int]) -> bool:
    return row.edition is not None and (row.edition.year, row.edition.month) == edition


def yearly(wanted: Wanted, year: int, tables: Mapping[str, IndexTable], assumed: Assumptions) -> Change | MissingIndex:
    """What an index does from the year before an index year to it."""
    if wanted.part.percent is not None:
        return Change(_factor(wanted.part.percent), ())
    index = wanted.index(year)
    table = tables.get(index)
    if isinstance(table, NumberTable):
        return _between(wanted, table, year - 1, year, assumed)
    row = known_row(table, year, wanted) if table else None
    if row is not None:
        return Change(_factor(row.value), (Figure(index, year, row.value, row),))
    return _assumed(wanted, index, table, year, assumed) or _missing(wanted, index, table, year)


def since_base(
    wanted: Wanted, base: int, year: int, tables: Mapping[str, IndexTable], assumed: Assumptions
) -> Change | MissingIndex:
    """What an index does from its base to an index year: two numbers compared, or all the yearly changes between."""
    index = wanted.index(year)
    table = tables.get(index)
    if isinstance(table, NumberTable) and wanted.index(base) == index:
        found = _between(wanted, table, base, year, assumed)
        if not isinstance(found, MissingIndex) or found.year != year:
            return found
        if _assumed(wanted, index, table, year, assumed) is None:
            return found
    elif year == base:
        return Change(Decimal(1), ())
    before = since_base(wanted, base, year - 1, tables, assumed) if year - 1 > base else Change(Decimal(1), ())
    last = yearly(wanted, year, tables, assumed)
    if isinstance(before, MissingIndex) or isinstance(last, MissingIndex):
        return before if isinstance(before, MissingIndex) else last
    with localcontext(EXACT):
        return Change(before.factor * last.factor, (*before.figures, *last.figures), before.link or last.link)


def _between(wanted: Wanted, table: NumberTable, first: int, last: int, assumed: Assumptions) -> Change | MissingIndex:
    """Two index numbers compared: of the same reference year, else through a link."""
    later, earlier = known_rows(table, last, wanted), known_rows(table, first, wanted.at_base(first))
    if not later:
        adjacent = _assumed(wanted, table.index, table, last, assumed) if last == first + 1 else None
        return adjacent or _missing(wanted, table.index, table, last)
    if not earlier:
        return _missing(wanted, table.index, table, first)
    pair = _comparable(table, earlier, later, wanted.known)
    if pair is None:
        return replace(_missing(wanted, table.index, table, last), incomparable_with=first)
    old, new, link = pair
    with localcontext(EXACT):
        linking = _linking(link, old)
        factor = new.value * linking.denominator / (old.value * linking.numerator)
    figures = (Figure(table.index, first, old.value, old), Figure(table.index, last, new.value, new))
    return Change(factor, figures, link)


def _comparable(
    table: NumberTable, earlier: Mapping[int | None, IndexRow], later: Mapping[int | None, IndexRow], known: date
) -> tuple[IndexRow, IndexRow, ReferenceLink | None] | None:
    """The numbers to compare, by their reference years: of the oldest that both have, else of two that are linked.

    Both years may have numbers of several reference years (T9): the oldest is the one that the clause was written for.
    """
    both = sorted(earlier.keys() & later.keys(), key=lambda year: year or 0)
    if both:
        return earlier[both[0]], later[both[0]], None
    for link in table.links:
        for old, new in ((link.old, link.new), (link.new, link.old)):
            if link.known_on(known) and old in earlier and new in later:
                return earlier[old], later[new], link
    return None


def _linking(link: ReferenceLink | None, earlier: IndexRow) -> Fraction:
    """What the earlier number is multiplied by to be compared with the later one; a link holds in both directions."""
    if link is None:
        return Fraction(1)
    factor = Fraction(link.factor)
    return factor if _reference(earlier) == link.old else 1 / factor


def _reference(row: IndexRow) -> int | None:
    return row.reference_year if isinstance(row, NumberRow) else None


def _factor(percent: Decimal) -> Decimal:
    with localcontext(EXACT):
        return 1 + percent / HUNDRED


def _assumed(wanted: Wanted, index: str, table: IndexTable | None, year: int, assumed: Assumptions) -> Change | None:
    """What is assumed of an index year; nothing where any figure is known, though the clause waits for another."""
    percent = assumed.get((index, year), assumed.get((index, None)))
    if percent is None or (table is not None and _anything_known(wanted, table, year)):
        return None
    return Change(_factor(percent), (Figure(index, year, percent, None),))


def _anything_known(wanted: Wanted, table: IndexTable, year: int) -> bool:
    return bool(known_rows(table, year, replace(wanted, preliminary="settle")))


def _missing(wanted: Wanted, index: str, table: IndexTable | None, year: int) -> MissingIndex:
    month, meant = wanted.month(index), wanted.edition(index)
    edition = f"{meant[0]}-{meant[1]:02}" if meant else None
    if table is None:
        return MissingIndex(index, year, None)
    if wanted.preliminary == "wait" and _anything_known(wanted, table, year):
        return MissingIndex(index, year, date(year + 1, 1, 1), preliminary=True, month=month, edition=edition)
    expected = usual_publication(table, year) or wanted.adjusted
    reference = any(_reference(row) is not None for row in table.rows)
    return MissingIndex(index, year, expected, month=month, edition=edition, reference=reference)


def usual_publication(table: IndexTable, year: int) -> date | None:
    """The first day after the month in which the figure for a year is usually published, where that is known."""
    if table.publication_month is None:
        return None
    published_in = year - table.years_ahead
    if table.publication_month == 12:
        return date(published_in + 1, 1, 1)
    return date(published_in, table.publication_month + 1, 1)


def overdue(wanted: Wanted, first: int, tables: Mapping[str, IndexTable]) -> bool:
    """Whether any figure, from the one for a first index year on, may be late: a quick look before the reckoning."""
    for index in {wanted.index(first), wanted.index(wanted.known.year)}:
        table = tables.get(index)
        if not isinstance(table, ChangeTable) or table.publication_month is None or wanted.part.edition:
            return True
        usable = (row for row in table.rows if wanted.preliminary != "wait" or row.status == "definitive")
        known = {row.year for row in usable if row.known_on(wanted.known)}
        years = range(first, wanted.known.year + table.years_ahead + 1)  # no later one can be late
        if any(_missing(wanted, index, table, year).late_on(wanted.known) for year in years if year not in known):
            return True
    return False
