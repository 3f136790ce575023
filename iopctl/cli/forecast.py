"""--assume and --scenario: the percentages that a run reckons with where no figure is published."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, cast

import typer

from iopctl.cli import completion
from iopctl.cli.exits import CommandError
from iopctl.cli.options import one_of
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.compute.asked import Asked
    from iopctl.model import IndexTable, ScenarioName

Assume = Annotated[
    list[str] | None,
    typer.Option(
        "--assume",
        metavar=_("INDEX:YEAR=PERCENT"),
        help=_("Reckon with this percentage where no figure is known; without a year for every year. May be repeated."),
        autocompletion=completion.index_equals,
    ),
]
Scenario = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        metavar=_("SCENARIO"),
        help=_("Reckon with a forecast where no figure is known: low, mid or high."),
        autocompletion=completion.choices("low", "mid", "high"),
    ),
]


def asked(day: date, assume: Sequence[str] | None, scenario: str | None) -> Asked:
    """What the options say."""
    from iopctl.compute.asked import Asked

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


def refuse_known(what: Asked, tables: Mapping[str, IndexTable]) -> None:
    """A published figure is not to be assumed away."""
    for index in what.unknown(tables):
        names = ", ".join(sorted(tables))
        raise CommandError(
            _("--assume: there is no index {index}; choose among: {names}").format(index=index, names=names)
        )
    for index, year in what.published(tables):
        raise CommandError(
            _("--assume: {index} {year} is published; it cannot be assumed").format(index=index, year=year)
        )
