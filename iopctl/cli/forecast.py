"""--assume and --scenario: the percentages that a run reckons with where no figure is published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, NamedTuple, cast

import typer

from iopctl.cli.exits import CommandError
from iopctl.cli.options import one_of
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.compute.figures import Assumptions
    from iopctl.compute.instalment import Instalment
    from iopctl.compute.scenario import Forecast, Rate
    from iopctl.load import Loaded
    from iopctl.model import IndexTable, ScenarioName, Settings

Assume = Annotated[
    list[str] | None,
    typer.Option(
        "--assume",
        metavar=_("INDEX:YEAR=PERCENT"),
        help=_("Reckon with this percentage where no figure is known; without a year for every year. May be repeated."),
    ),
]
Scenario = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        metavar=_("SCENARIO"),
        help=_("Reckon with a forecast where no figure is known: low, mid or high."),
    ),
]


class Asked(NamedTuple):
    """The day to reckon from, and what to reckon with where no figure is known."""

    day: date
    assumed: Assumptions
    scenario: ScenarioName | None

    def forecasts(self, tables: Mapping[str, IndexTable], settings: Settings) -> Mapping[str, Forecast]:
        """What the scenario says of each index."""
        if self.scenario is None:
            return {}
        from iopctl.compute.scenario import scenario

        return scenario(self.scenario, settings, tables, self.day)

    def assumptions(self, tables: Mapping[str, IndexTable], settings: Settings) -> Assumptions:
        """What was assumed for single indices, else what the scenario says."""
        found = self.forecasts(tables, settings)
        return {**{(index, None): each.percent for index, each in found.items()}, **self.assumed}

    def rates(
        self, used: Iterable[tuple[str, int]], tables: Mapping[str, IndexTable], settings: Settings
    ) -> list[Rate]:
        """The percentages that were used where no figure is published."""
        from iopctl.compute.scenario import rates

        return rates(used, self.assumed, self.forecasts(tables, settings))

    def rows(self, id_: str, loaded: Loaded, until: date | None) -> tuple[Instalment, ...]:
        """The payments of an agreement as it stood on the day."""
        from iopctl.compute.payments import payments
        from iopctl.compute.timeline import as_known

        workspace = loaded.workspace
        agreement = as_known(workspace.agreements[id_], self.day)
        assumed = self.assumptions(workspace.tables, workspace.settings)
        return payments(id_, agreement, workspace.tables, self.day, assumed=assumed, until=until)


def asked(day: date, assume: Sequence[str] | None, scenario: str | None) -> Asked:
    """What the options say."""
    name = one_of("--scenario", scenario, ("low", "mid", "high")) if scenario is not None else None
    return Asked(day, _assumptions(assume or ()), cast("ScenarioName | None", name))


_ASSUMPTION = re.compile(r"([^:=]+)(?::([0-9]{4}))?=(-?[0-9]{1,3}(?:[.,][0-9]{1,4})?)", re.ASCII)


def _assumptions(texts: Sequence[str]) -> dict[tuple[str, int | None], Decimal]:
    found: dict[tuple[str, int | None], Decimal] = {}
    for text in texts:
        match = _ASSUMPTION.fullmatch(text)
        if match is None or Decimal(match[3].replace(",", ".")) <= -100:
            raise CommandError(_("--assume: found {value}, expected for example OPI:2027=2.5").format(value=text))
        found[match[1], int(match[2]) if match[2] else None] = Decimal(match[3].replace(",", "."))
    return found


def refuse_known(assumed: Assumptions, tables: Mapping[str, IndexTable], day: date) -> None:
    """A published figure is not to be assumed away."""
    for index, year in assumed:
        table = tables.get(index)
        if table is None:
            names = ", ".join(sorted(tables))
            raise CommandError(
                _("--assume: there is no index {index}; choose among: {names}").format(index=index, names=names)
            )
        if year is not None and any(row.year == year and row.known_on(day) for row in table.rows):
            raise CommandError(
                _("--assume: {index} {year} is published; it cannot be assumed").format(index=index, year=year)
            )
