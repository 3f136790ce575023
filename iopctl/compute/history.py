"""An amount as it could be reckoned on each day: now, when it was paid, and whenever something became known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from iopctl.compute.amounts import Amounts, Known, Reckoned, Stretch
from iopctl.compute.clause import Clause, fixing_day
from iopctl.compute.figures import Assumptions
from iopctl.compute.timeline import FAR
from iopctl.model import IndexTable


@dataclass(frozen=True)
class History:
    """The amount for a stretch, on the day of the run and on the days before it."""

    amounts: Amounts
    stretch: Stretch
    tables: Mapping[str, IndexTable]
    as_of: date
    assumed: Assumptions

    @cached_property
    def now(self) -> Reckoned:
        """With what is known on the day of the run."""
        return self.amounts.of(self.stretch, Known(self.tables, self.as_of, self.assumed))

    def paid(self, day: date | None) -> Reckoned:
        """As it was on a day of payment, or as soon after that as it could be reckoned; as it is now without a day."""
        if day is None or not self.turns or self.turns[-1] <= day:
            return self.now
        reckoned = (self.on(each) for each in (day, *(turn for turn in self.turns if turn > day)))
        return next((then for then in reckoned if then.working is not None), self.now)

    def on(self, day: date) -> Reckoned:
        """As it was on a day that has passed: what is known now is not assumed of then."""
        assumed: dict[tuple[str, int | None], Decimal] = {
            (figure.index, figure.year): figure.value
            for step in (self.now.working.steps if self.now.working else ())
            for figure in step.figures
            if figure.row is None
        }
        return self.amounts.of(self.stretch, Known(self.tables, day, assumed))

    @cached_property
    def turns(self) -> list[date]:
        """The days on which something became known that the amount rests on, or rested on before."""
        if self.now.working is None:
            return []
        return sorted(day for day in {*self._published(), *self._decided()} if day <= self.as_of)

    def _published(self) -> set[date]:
        """When the figures were published, and from when an old amount is paid while one is waited for."""
        working = self.now.working
        assert working is not None
        used = {(figure.index, figure.year) for step in working.steps for figure in step.figures}
        used |= {(missing.index, missing.year) for missing in working.waits}
        found = {
            row.known_since
            for index, year in used
            for row in (self.tables[index].rows if index in self.tables else ())
            if row.year == year and row.known_since is not None
        }
        said = self.amounts.contribution.indexation
        if said is not None and said.preliminary == "wait":
            found.add(Clause(said, FAR).day_in(self.stretch.start.year))
        fixed = (
            (fixing_day(said, year) for year in (self.stretch.start.year - 1, self.stretch.start.year)) if said else ()
        )
        return found | {day for day in fixed if day is not None}

    def _decided(self) -> set[date]:
        """When the adjustments were asked for or decided, where the clause needs that."""
        each = self.amounts.contribution
        if each.indexation is None or each.indexation.trigger in (None, "automatic"):
            return set()
        return {
            entry.date
            for entry in self.amounts.agreement.log
            if entry.adjustment is not None
            and entry.adjustment == each.id
            and isinstance(entry.date, date)
            and (entry.year or entry.date.year) <= self.stretch.start.year
        }
