"""What payments are asked for: as of which day, and with which percentages where no figure is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from iopctl.compute.figures import Assumptions
from iopctl.compute.instalment import Instalment
from iopctl.compute.paid import Paid, outcomes
from iopctl.compute.payments import payments
from iopctl.compute.scenario import Forecast, Rate, rates, scenario
from iopctl.compute.timeline import as_known
from iopctl.model import IndexTable, ScenarioName, Settings, Workspace


class Asked(NamedTuple):
    """The day to reckon from, and what to reckon with where no figure is known."""

    day: date
    assumed: Assumptions
    scenario: ScenarioName | None

    def forecasts(self, tables: Mapping[str, IndexTable], settings: Settings) -> Mapping[str, Forecast]:
        """What the scenario says of each index."""
        return scenario(self.scenario, settings, tables, self.day) if self.scenario is not None else {}

    def assumptions(self, tables: Mapping[str, IndexTable], settings: Settings) -> Assumptions:
        """What was assumed for single indices, else what the scenario says."""
        found = self.forecasts(tables, settings)
        return {**{(index, None): each.percent for index, each in found.items()}, **self.assumed}

    def rates(
        self, used: Iterable[tuple[str, int]], tables: Mapping[str, IndexTable], settings: Settings
    ) -> list[Rate]:
        """The percentages that were used where no figure is published."""
        return rates(used, self.assumed, self.forecasts(tables, settings))

    def paid(self, id_: str, workspace: Workspace, year: int | None) -> list[Paid]:
        """The payments of an agreement as it stood on the day, for a year or all, and what became of them."""
        until = date(year, 12, 31) if year is not None and year > self.day.year else None
        agreement = as_known(workspace.agreements[id_], self.day)
        assumed = self.assumptions(workspace.tables, workspace.settings)
        rows = payments(id_, agreement, workspace.tables, self.day, assumed=assumed, until=until)
        became = outcomes(rows, agreement, workspace.tables, self.day)
        found = [Paid(row, outcome) for row, outcome in zip(rows, became, strict=True)]
        return [each for each in found if year is None or _is_for(each.row, year)]

    def unknown(self, tables: Mapping[str, IndexTable]) -> Iterator[str]:
        """The indices that were assumed, and that there are no tables of."""
        return (index for index, _year in self.assumed if index not in tables)

    def published(self, tables: Mapping[str, IndexTable]) -> Iterator[tuple[str, int]]:
        """The figures, index and year, that were assumed although they are published."""
        for index, year in self.assumed:
            rows = tables[index].rows if index in tables else ()
            if year is not None and any(row.year == year and row.known_on(self.day) for row in rows):
                yield index, year


def _is_for(row: Instalment, year: int) -> bool:
    return row.stretch.start.year <= year <= row.stretch.end.year
