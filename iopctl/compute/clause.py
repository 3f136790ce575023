"""An index clause as it is reckoned with: what it says, and the rule where it says nothing.

The defaults are few, and every place that shows a figure names those it rests on. They are readings of real clauses
(docs/clauses.md), decided in docs/decisions.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from iopctl.compute.calendar import years_later
from iopctl.compute.figures import Preliminary, Wanted
from iopctl.compute.money import WHOLE_KRONOR
from iopctl.model import Followed, Indexation, IndexTable, NumberTable, YearRounding

DEFAULTS: dict[str, str] = {
    "lag": "0",
    "chain_on": "unrounded",
    "rounding": "whole kronor, half up",
    "negative": "follow",
    "preliminary": "settle",
    "settlement": "next_payment",
}
"""The rule for each key that most clauses leave out. `method` follows from the table: see Clause."""


@dataclass(frozen=True, slots=True)
class Clause:
    """An index clause, with the rule for each thing it leaves open."""

    said: Indexation
    begins: date
    """The first day of the agreement, or of the term that the adjustment is for."""

    @property
    def method(self) -> Literal["chain", "base_ratio"]:
        """Each year on the year before; on the agreed amount where the clause names a base."""
        based = any(part.base is not None for part in self.said.parts)
        return self.said.method or ("base_ratio" if based else "chain")

    @property
    def on_rounded(self) -> bool:
        """Whether a change is laid on last year's amount as it was rounded."""
        return self.said.chain_on == "rounded"

    @property
    def rounding(self) -> YearRounding:
        """How an adjusted amount is rounded."""
        return self.said.rounding or WHOLE_KRONOR

    @property
    def preliminary(self) -> Preliminary:
        """What is done with a preliminary figure; the figure of a fixed day stands, whatever it was."""
        return self.said.preliminary or "settle"

    @property
    def nets(self) -> bool:
        """Whether what is settled is paid with the next payment."""
        return self.said.settlement != "separate"

    @property
    def needs_word(self) -> bool:
        """Whether each adjustment has to be asked for or decided."""
        return self.said.trigger in ("on_request", "by_decision")

    @property
    def first_year(self) -> int:
        """The first year whose index changes the amount: the one after the price year, else the first adjusted one."""
        return self.said.first.year if self.said.price_year is None else self.said.price_year + 1

    def day_in(self, year: int) -> date:
        """The day of a year on which its adjusted amount begins to apply."""
        return years_later(self.said.first, year - self.said.first.year)

    def wanted(self, part: Followed, year: int, known: date) -> Wanted:
        """Which figure is meant for an adjusted year."""
        day = fixing_day(self.said, year)
        return Wanted(part, self.day_in(year), min(known, day) if day else known, self.preliminary)

    def base_year(self, part: Followed) -> int:
        """The index year that later ones are compared with: the base's, else the one before the first that counts."""
        return part.base.year if part.base is not None else self.first_year - lag(part) - 1


def lag(part: Followed) -> int:
    """How many years before the adjusted year the index year is."""
    return part.lag or 0


def fixing_day(said: Indexation, year: int) -> date | None:
    """The day on which the latest known figure is read for an adjusted year, where the clause names one."""
    if said.fixed_on is None:
        return None
    day = said.fixed_on.day
    return years_later(date(2000, day.month, day.day), year - said.fixed_on.years_before - 2000)


def left_open(said: Indexation, tables: tuple[IndexTable | None, ...]) -> tuple[str, ...]:
    """The keys that the clause leaves out and whose default the amounts rest on."""
    percent = not said.indices
    irrelevant = {"lag", "negative", "preliminary", "settlement"} if percent else set()
    if said.preliminary in ("final", "wait") or said.fixed_on or not any(map(_has_preliminary, tables)):
        irrelevant |= {"settlement"} if said.preliminary != "wait" else set()
    if not any(map(_has_preliminary, tables)) or said.fixed_on:
        irrelevant.add("preliminary")
    if any(part.lag is not None for part in said.parts):
        irrelevant.add("lag")
    if all(part.base is not None for part in said.parts) or said.method == "base_ratio":
        irrelevant.add("chain_on")
    values = said.__dict__
    return tuple(key for key in DEFAULTS if key not in irrelevant and values.get(key) is None)


def _has_preliminary(table: IndexTable | None) -> bool:
    """Whether an index has ever had a preliminary figure: OPI has, VPI "är alltid definitivt"."""
    return table is not None and any(row.status == "preliminary" for row in table.rows)


def monthly(table: IndexTable | None) -> bool:
    """Whether a clause has to name a month for the table's numbers."""
    return isinstance(table, NumberTable) and table.monthly
