"""iopctl budget: what the agreements cost in each calendar year, and how sure that is."""

from __future__ import annotations

import re
import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from iopctl.cli import completion
from iopctl.cli.exits import FINDINGS, IN_ORDER, CommandError
from iopctl.cli.forecast import Assume, Scenario, asked, refuse_known
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import AsOf, Ids, Output, day_of, one_of, parse_year
from iopctl.cli.output import language, note, paint, save, width, write, write_bytes
from iopctl.cli.words import _
from iopctl.cli.workspace import Reckoned, reckon

if TYPE_CHECKING:
    from iopctl.compute.asked import Asked
    from iopctl.compute.budget import By, Entry, Years
    from iopctl.load import Loaded
    from iopctl.model import Settings
    from iopctl.render.budget import Budget

app = command_app()

FORMATS = ("table", "json", "csv", "xlsx")
SUMMED_BY = ("agreement", "party", "board")


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Show the cost of each calendar year: definitive, preliminary and forecast, with what is given in kind."),
    epilog=examples(
        "iopctl budget",
        "iopctl budget --years 2026-2029 --by board --scenario mid",
        "iopctl budget --scenario mid -o budget.xlsx",
    ),
)
def budget(
    ids: Ids = None,
    years: Annotated[
        str | None,
        typer.Option(
            "--years", metavar=_("YEARS"), help=_("2026 or 2026-2029. Default: this year and the two after it.")
        ),
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar=_("WHAT"),
            help=_("What to sum by: agreement, party or board."),
            autocompletion=completion.choices(*SUMMED_BY),
        ),
    ] = "agreement",
    as_of: AsOf = None,
    assume: Assume = None,
    scenario: Scenario = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar=_("FORMAT"),
            help=_("table, json, csv or xlsx; without it, what the file's name says, else table."),
            autocompletion=completion.choices(*FORMATS),
        ),
    ] = None,
    output: Output = None,
) -> int:
    form = _form(format_, output)
    one_of("--by", by, SUMMED_BY)
    what = asked(day_of(as_of), assume, scenario)
    wanted = _Wanted(what, _years(years, what.day))
    reckoned = reckon(ids, what.day, partial(_costs, wanted=wanted))
    refuse_known(what, reckoned.tables)
    if form != "json" and reckoned.left_out and not reckoned.sound:  # an empty budget would say that nothing costs
        return FINDINGS
    _deliver(_budget(reckoned, wanted, by), form, output, reckoned.settings)  # type: ignore[arg-type]  # one_of has checked it
    late = any(each.late(what.day) for found in reckoned.sound.values() for each in found)
    return FINDINGS if reckoned.left_out or late else IN_ORDER


class _Wanted(NamedTuple):
    """What is to be reckoned."""

    asked: Asked
    years: Years


def _form(format_: str | None, output: Path | None) -> str:
    """The format that is asked for, or that the file's name says."""
    ending = output.suffix.removeprefix(".").lower() if output else ""
    form = one_of("--format", format_ or (ending if ending in FORMATS else "table"), FORMATS)
    if form == "xlsx" and output is None and sys.stdout.isatty():
        raise CommandError(_("a workbook is not for the screen; name a file: -o budget.xlsx"))
    return form


_YEARS = re.compile(r"([^-–]+)[-–]([^-–]+)")


def _years(text: str | None, day: date) -> Years:
    """The years asked about; without any, the running one and the two after it."""
    from iopctl.compute.budget import Years

    if text is None:
        return Years(day.year, day.year + 2)
    found = _YEARS.fullmatch(text)
    first, last = (found[1], found[2]) if found else (text, text)
    years = Years(parse_year(first, "--years"), parse_year(last, "--years"))
    if years.last < years.first:
        raise CommandError(_("--years: {first} is after {last}").format(first=years.first, last=years.last))
    return years


def _costs(id_: str, loaded: Loaded, wanted: _Wanted) -> list[Entry]:
    from iopctl.compute.budget import entries
    from iopctl.compute.timeline import as_known

    what, workspace = wanted.asked, loaded.workspace
    agreement = as_known(workspace.agreements[id_], what.day)
    assumed = what.assumptions(workspace.tables, workspace.settings)
    home = workspace.settings.name
    return entries(id_, agreement, workspace.tables, what.day, wanted.years, assumed, home)


def _budget(reckoned: Reckoned[list[Entry]], wanted: _Wanted, by: By) -> Budget:
    from iopctl.render.budget import Budget
    from iopctl.render.payments import Successor

    what = wanted.asked
    found = [entry for id_ in sorted(reckoned.sound) for entry in reckoned.sound[id_]]
    used = {each for entry in found for each in entry.assumed}
    return Budget(
        entries=found,
        years=wanted.years,
        by=by,
        as_of=what.day,
        scenario=what.scenario,
        rates=what.rates(used, reckoned.tables, reckoned.settings),
        successors=[Successor(*each) for each in reckoned.successors],
        left_out=reckoned.left_out,
    )


def _deliver(found: Budget, form: str, output: Path | None, settings: Settings) -> None:
    if form == "xlsx":
        from iopctl.render.workbook import workbook

        data = workbook(found, settings.name, language())
        write_bytes(data) if output is None else save(output, data)
    else:
        text = _text(found, form, to_file=output is not None)
        write(text) if output is None else save(output, text.encode("utf-8", "backslashreplace"))
    if output is not None:
        note(_("written: {file}").format(file=output))


def _text(found: Budget, form: str, *, to_file: bool) -> str:
    from iopctl.render import budget as render
    from iopctl.render.findings import no_paint

    match form:
        case "json":
            return render.as_json(found, language())
        case "csv":
            return render.as_csv(found, language())
        case _ if to_file:
            return render.as_table(found, language(), 120, no_paint)
        case _:
            return render.as_table(found, language(), width(), paint())
