"""Low, middle and high: which yearly changes a forecast reckons with where no figure is published.

The workspace's own percentages when iopctl.yaml states them; else the lowest, the median and the highest change that
the index has had in its last ten years with a definitive figure. A forecast is never a figure, and is always marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from statistics import median
from typing import NamedTuple

from iopctl.compute.figures import HUNDRED, Assumptions
from iopctl.compute.money import EXACT, to_places
from iopctl.model import ChangeTable, IndexTable, NumberTable, ScenarioName, Settings

YEARS = 10
"""How many of the last known years a scenario looks back on."""
FEWEST = 3
"""With fewer known changes there is no low and high to speak of."""


class Forecast(NamedTuple):
    """The yearly change that a scenario reckons with for one index, and what it rests on."""

    percent: Decimal
    years: tuple[int, int] | None
    """The first and last of the years that were looked back on; None when iopctl.yaml states the percentage."""


def scenario(
    name: ScenarioName, settings: Settings, tables: Mapping[str, IndexTable], as_of: date
) -> dict[str, Forecast]:
    """The forecast for each index that has one."""
    found: dict[str, Forecast] = {}
    for index, table in tables.items():
        stated = settings.scenarios.get(index)
        if stated is not None:
            found[index] = Forecast(getattr(stated, name), None)
            continue
        changes = _changes(table, as_of)
        if len(changes) >= FEWEST:
            last = sorted(changes)[-YEARS:]
            past = [changes[year] for year in last]
            percent = {"low": min(past), "mid": median(past), "high": max(past)}[name]
            found[index] = Forecast(percent, (last[0], last[-1]))
    return found


def _changes(table: IndexTable, as_of: date) -> dict[int, Decimal]:
    """The definitive yearly changes known on a day; between index numbers of the same month, to two decimals."""
    if isinstance(table, ChangeTable):
        rows = sorted(
            (row for row in table.rows if row.status == "definitive" and row.known_on(as_of)),
            key=lambda row: row.known_since or date.min,
        )
        return {row.year: row.value for row in rows}
    return _between(table, as_of)


def _between(table: NumberTable, as_of: date) -> dict[int, Decimal]:
    rows = [row for row in table.rows if row.status == "definitive" and row.known_on(as_of)]
    numbers = {(row.year, row.month, row.reference_year): row.value for row in rows}
    months = {row.month for row in rows}
    if len(months) != 1:
        return {}
    found = {}
    for (year, month, reference), number in numbers.items():
        before = numbers.get((year - 1, month, reference))
        if before is not None:
            with localcontext(EXACT):
                found[year] = to_places(Fraction((number / before - 1) * HUNDRED), 2)
    return found


@dataclass(frozen=True, slots=True)
class Rate:
    """A percentage that a forecast reckons with, and what it rests on."""

    index: str
    year: int | None
    """None for every year without a published figure."""
    percent: Decimal
    forecast: Forecast | None
    """What the scenario says; None when the percentage was given for this run."""


def rates(used: Iterable[tuple[str, int]], assumed: Assumptions, scenario: Mapping[str, Forecast]) -> list[Rate]:
    """The percentages that were used, by index and year: those given for this run, else the scenario's."""
    found: dict[Rate, None] = {}
    for index, year in sorted(set(used)):
        if (index, year) in assumed:
            rate = Rate(index, year, assumed[index, year], None)
        elif (index, None) in assumed:
            rate = Rate(index, None, assumed[index, None], None)
        else:
            rate = Rate(index, None, scenario[index].percent, scenario[index])
        found[rate] = None
    return list(found)
