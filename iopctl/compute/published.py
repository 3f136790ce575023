"""What can be seen in a table of published figures: which are late, and how one number differs from the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from iopctl.compute.figures import usual_publication
from iopctl.compute.money import to_places
from iopctl.model import IndexRow, IndexTable, NumberRow


@dataclass(frozen=True, slots=True)
class Stale:
    """The years whose figures should have been here by now."""

    missing: tuple[int, ...] = ()
    """The usual time of publication has passed, and no figure is known."""
    preliminary: tuple[int, ...] = ()
    """The year is over, and no definitive figure is known."""


def known_rows(table: IndexTable, as_of: date) -> list[IndexRow]:
    """The figures that were known on a day, in the order of the table."""
    rows: Sequence[IndexRow] = table.rows
    return [row for row in rows if row.known_on(as_of)]


def as_published(tables: Mapping[str, IndexTable], as_of: date) -> dict[str, IndexTable]:
    """The tables as they were on a day."""
    return {
        index: table.model_copy(update={"rows": tuple(known_rows(table, as_of))}) for index, table in tables.items()
    }


def stale(table: IndexTable, as_of: date) -> Stale:
    """Which years are late on a day, from the first year that anything is known of.

    Nothing is, where no usual month of publication is known.
    """
    rows = known_rows(table, as_of)
    if table.publication_month is None or not rows:
        return Stale()
    known = {row.year for row in rows}
    settled = {row.what for row in rows if row.status == "definitive"}
    years = range(min(known), as_of.year + table.years_ahead + 1)  # no later one can be late
    missing = (year for year in years if year not in known and _due(table, year, as_of))
    waiting = {row.year for row in rows if row.what not in settled and row.year < as_of.year}
    return Stale(tuple(missing), tuple(sorted(waiting)))


def _due(table: IndexTable, year: int, as_of: date) -> bool:
    expected = usual_publication(table, year)
    return expected is not None and expected <= as_of


def change(row: NumberRow, rows: Sequence[IndexRow]) -> Decimal | None:
    """The change in percent, to two decimals, from the number for the year before of the same month, reference year
    and status: the latest of them, where one was corrected. None where there is none.
    """
    what = (row.year - 1, row.month, row.reference_year)
    before = [each for each in rows if each.what == what and each.status == row.status]
    if not before:
        return None
    earlier = max(before, key=lambda each: each.known_since or date.min)
    return to_places((Fraction(row.value) / Fraction(earlier.value) - 1) * 100, 2)
