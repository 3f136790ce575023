"""An amount adjusted by an index of yearly changes, with every step kept.

The rule where the clause says no more (indexation.md §4 parameters 6, 7, 11): each year's own index, from the year of
the first adjustment, chained on the unrounded amount of the year before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from typing import Literal

from iopctl.compute.money import EXACT
from iopctl.model import IndexRow, IndexTable

HUNDRED = Decimal(100)
Assumptions = Mapping[tuple[str, int], Decimal]
"""Percentages to reckon with where no figure is known, by index and year."""


@dataclass(frozen=True, slots=True)
class IndexStep:
    """One year's adjustment: the figure used, and the amount it gives, unrounded."""

    index: str
    year: int
    percent: Decimal
    row: IndexRow | None
    """The published row; None for an assumed percentage."""
    factor: Decimal
    amount: Decimal

    @property
    def status(self) -> str:
        """The row's status; forecast for an assumed percentage."""
        return self.row.status if self.row else "forecast"


@dataclass(frozen=True, slots=True)
class MissingIndex:
    """A figure that is needed and not known on the day in question."""

    index: str
    year: int
    expected: date | None
    """The first day after the month in which the figure is usually published; None for an index without a table."""
    preliminary: bool = False
    """There is a preliminary figure, and the clause waits for the definitive one: by the end of the year, at most."""

    def late_on(self, day: date) -> bool:
        """Whether the usual time of publication has passed, so that somebody has to look the figure up."""
        return self.expected is None or self.expected <= day


Preliminary = Literal["settle", "wait", "final"]
"""What the clause does with a preliminary figure: see model/contributions.py, Indexation."""


def known_row(table: IndexTable, year: int, as_of: date, preliminary: Preliminary = "settle") -> IndexRow | None:
    """The figure to reckon with for a year, among those known on a day.

    The definitive one when there is one, else the latest; only a definitive one where the clause waits for it; the
    preliminary one, once there has been one, where the clause lets it stand.
    """
    rows = [row for row in table.rows if row.year == year and row.known_on(as_of)]
    if preliminary == "wait":
        rows = [row for row in rows if row.status == "definitive"]
    if preliminary == "final":
        rows = [row for row in rows if row.status == "preliminary"] or rows
    return max(rows, key=lambda row: (row.status == "definitive", row.published or row.seen), default=None)


def adjust(
    amount: Decimal,
    index: str,
    table: IndexTable | None,
    years: range,
    as_of: date,
    assumed: Assumptions,
    preliminary: Preliminary = "settle",
) -> tuple[tuple[IndexStep, ...], tuple[MissingIndex, ...]]:
    """The step for each of a range of years, or, when any figure is missing, what is missing. Never 0 percent."""
    steps: list[IndexStep] = []
    missing: list[MissingIndex] = []
    for year in years:
        row = known_row(table, year, as_of, preliminary) if table else None
        percent = row.value if row else assumed.get((index, year))
        if percent is None:
            missing.append(_missing(table, index, year, as_of))
            continue
        with localcontext(EXACT):
            factor = 1 + percent / HUNDRED
            amount = amount * factor
        steps.append(IndexStep(index, year, percent, row, factor, amount))
    return ((), tuple(missing)) if missing else (tuple(steps), ())


def _missing(table: IndexTable | None, index: str, year: int, as_of: date) -> MissingIndex:
    if table is not None and known_row(table, year, as_of) is not None:  # then the clause waits
        return MissingIndex(index, year, date(year + 1, 1, 1), preliminary=True)
    return MissingIndex(index, year, usual_publication(table, year) if table else None)


def overdue(table: IndexTable, first: int, as_of: date, preliminary: Preliminary = "settle") -> bool:
    """Whether any figure, from the one for a first year on, is not known although its usual time has passed."""
    usable = [row for row in table.rows if preliminary != "wait" or row.status == "definitive"]
    known = {row.year for row in usable if row.known_on(as_of)}
    years = range(first, as_of.year + table.years_ahead + 1)  # no later one can be late
    return any(_missing(table, table.index, year, as_of).late_on(as_of) for year in years if year not in known)


def usual_publication(table: IndexTable, year: int) -> date:
    """The first day of the month after the one in which the figure for a year is usually published."""
    published_in = year - table.years_ahead
    if table.publication_month == 12:
        return date(published_in + 1, 1, 1)
    return date(published_in, table.publication_month + 1, 1)
