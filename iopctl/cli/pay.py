"""iopctl pay: every payment, how sure it is, and on request every step of how it came about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from iopctl.cli.exits import FINDINGS, IN_ORDER, CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import AsOf, Ids, day_of, one_of, parse_year
from iopctl.cli.output import language, note, paint, width, write
from iopctl.cli.words import _
from iopctl.cli.workspace import place, reckon

if TYPE_CHECKING:
    from iopctl.compute.payments import Instalment
    from iopctl.load import Loaded
    from iopctl.model import IndexTable
    from iopctl.render.payments import Part

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
    form = "explanation" if format_ == "table" and explain else format_
    reckoned = reckon(ids, day, partial(_paid, asked=_Asked(day, assumed, only, form)))
    left_out = reckoned.left_out
    _refuse_known(assumed, reckoned.tables, day)
    for id_, each in reckoned.sound.items():
        if each.without_period:
            note(_("{agreement}: money is promised, but there is no period to reckon with").format(agreement=id_))
    if format_ == "table" and left_out and not reckoned.sound:
        return FINDINGS
    parts = [each.part for each in reckoned.sound.values() if each.part is not None]
    found = [record for each in reckoned.sound.values() for record in each.records]
    if form == "explanation":
        write(render.explanation(parts, reckoned.tables, day, language()))
    elif form == "table":
        successors = [render.Successor(*each) for each in reckoned.successors]
        write(render.as_table(parts, successors, day, language(), width()))
    elif form == "json":
        write(records.as_json("payments", found, as_of=day, left_out=left_out))
    else:
        write(render.as_csv(found))
    return IN_ORDER if not left_out and not any(each.blocked for each in reckoned.sound.values()) else FINDINGS


class _Asked(NamedTuple):
    """What is to be reckoned, and the form it is shown in."""

    day: date
    assumed: dict[tuple[str, int], Decimal]
    year: int | None
    form: str


class _Paid(NamedTuple):
    """The payments of one agreement, ready to be shown."""

    without_period: bool
    """Money is promised, and nothing says for when."""
    blocked: bool
    part: Part | None
    """None when there are no payments, or when records are wanted."""
    records: list[dict[str, Any]]


def _paid(id_: str, loaded: Loaded, asked: _Asked) -> _Paid:
    from iopctl.render import payments as render

    agreement = loaded.workspace.agreements[id_]
    rows = _rows(id_, loaded, asked)
    part: Part | None = None
    records: list[dict[str, Any]] = []
    if asked.form in ("json", "csv"):
        records = [render.record(row, agreement, language(), place(loaded)) for row in rows]
    elif rows and asked.form == "explanation":
        part = render.explained(rows, agreement, language(), place(loaded))
    elif rows:
        part = render.tables(rows, agreement, language(), width(), paint())
    without = agreement.period is None and any(each.kind == "cash" for each in agreement.contributions)
    return _Paid(without, any(_blocked(row, asked.day) for row in rows), part, records)


def _rows(id_: str, loaded: Loaded, asked: _Asked) -> list[Instalment]:
    from iopctl.compute.payments import payments

    day, assumed, year, _form = asked
    agreement, tables = loaded.workspace.agreements[id_], loaded.workspace.tables
    until = date(year, 12, 31) if year is not None and year > day.year else None
    rows = payments(id_, agreement, tables, day, assumed=assumed, until=until)
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


def _refuse_known(assumed: dict[tuple[str, int], Decimal], tables: Mapping[str, IndexTable], day: date) -> None:
    """A published figure is not to be assumed away."""
    from iopctl.compute.indexation import known_row

    for index, year in assumed:
        table = tables.get(index)
        if table is None:
            names = ", ".join(sorted(tables))
            raise CommandError(
                _("--assume: there is no index {index}; choose among: {names}").format(index=index, names=names)
            )
        if known_row(table, year, day) is not None:
            raise CommandError(
                _("--assume: {index} {year} is published; it cannot be assumed").format(index=index, year=year)
            )
