"""iopctl pay: every payment, how sure it is, and on request every step of how it came about."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli.exits import FINDINGS, IN_ORDER, CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import AsOf, Ids, day_of, one_of, parse_year
from iopctl.cli.output import coloured, language, note, width, write
from iopctl.cli.words import _
from iopctl.cli.workspace import load_ids, place, sound

if TYPE_CHECKING:
    from iopctl.compute.payments import Instalment
    from iopctl.load import Loaded

app = command_app()


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Show what is to be paid, year by year, with index, status and latest day."),
    epilog=examples("iopctl pay", "iopctl pay ID --year 2023 --explain", "iopctl pay --assume OPI:2027=2.5"),
)
def pay(
    ids: Ids = None,
    year: Annotated[
        str | None, typer.Option("--year", metavar=_("YEAR"), help=_("Only payments for this year."))
    ] = None,
    as_of: AsOf = None,
    explain: Annotated[
        bool, typer.Option("--explain", help=_("Show every step: clause, index rows with sources, rounding."))
    ] = False,
    assume: Annotated[
        list[str] | None,
        typer.Option(
            "--assume",
            metavar=_("INDEX:YEAR=PERCENT"),
            help=_("Reckon with this percentage where no figure is known; may be repeated."),
        ),
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar=_("FORMAT"), help=_("table, json or csv."))] = "table",
) -> int:
    from iopctl.render import payments as render
    from iopctl.render import records

    one_of("--format", format_, ("table", "json", "csv"))
    day = day_of(as_of)
    assumed = _assumptions(assume or [])
    only = parse_year(year, "--year") if year is not None else None
    loaded = load_ids(ids)
    usable, left_out = sound(loaded, day)
    agreements = loaded.workspace.agreements
    _refuse_known(assumed, loaded, day)
    for id_ in usable:
        if agreements[id_].period is None and any(each.kind == "cash" for each in agreements[id_].contributions):
            note(_("{agreement}: money is promised, but there is no period to reckon with").format(agreement=id_))
    rows = _rows(loaded, usable, day, assumed, only)
    if format_ == "table" and left_out and not usable:
        return FINDINGS
    if format_ == "table" and explain:
        write(render.explanation(rows, agreements, loaded.workspace.tables, day, language(), place(loaded)))
    elif format_ == "table":
        write(render.as_table(rows, agreements, day, language(), width(), colour=coloured()))
    else:
        found = [render.record(row, agreements[row.agreement], language(), place(loaded)) for row in rows]
        write(
            records.as_json("payments", found, as_of=day, left_out=left_out)
            if format_ == "json"
            else render.as_csv(found)
        )
    return IN_ORDER if not left_out and not any(_blocked(row, day) for row in rows) else FINDINGS


def _rows(
    loaded: Loaded, ids: list[str], day: date, assumed: dict[tuple[str, int], Decimal], year: int | None
) -> list[Instalment]:
    from iopctl.compute.payments import payments

    workspace = loaded.workspace
    until = date(year, 12, 31) if year is not None and year > day.year else None
    rows = [
        row
        for id_ in ids
        for row in payments(id_, workspace.agreements[id_], workspace.tables, day, assumed=assumed, until=until)
    ]
    return [row for row in rows if year is None or row.start.year <= year <= row.end.year]


def _blocked(row: Instalment, day: date) -> bool:
    """Whether an amount is missing that should be there: not one that only waits for an index still to be published."""
    from iopctl.compute.payments import MissingIndices

    if isinstance(row.reason, MissingIndices):
        return any(each.late_on(day) for each in row.reason.figures)
    return row.reason is not None


_ASSUMPTION = re.compile(r"([^:=]+):([0-9]{4})=(-?[0-9]{1,3}(?:[.,][0-9]{1,4})?)")


def _assumptions(texts: list[str]) -> dict[tuple[str, int], Decimal]:
    found = {}
    for text in texts:
        match = _ASSUMPTION.fullmatch(text)
        if match is None:
            raise CommandError(_("--assume: found {value}, expected for example OPI:2027=2.5").format(value=text))
        found[match[1], int(match[2])] = Decimal(match[3].replace(",", "."))
    return found


def _refuse_known(assumed: dict[tuple[str, int], Decimal], loaded: Loaded, day: date) -> None:
    """A published figure is not to be assumed away."""
    from iopctl.compute.indexation import known_row

    for index, year in assumed:
        table = loaded.workspace.tables.get(index)
        if table is None:
            names = ", ".join(sorted(loaded.workspace.tables))
            raise CommandError(
                _("--assume: there is no index {index}; choose among: {names}").format(index=index, names=names)
            )
        if known_row(table, year, day) is not None:
            raise CommandError(
                _("--assume: {index} {year} is published; it cannot be assumed").format(index=index, year=year)
            )
