"""iopctl pay: every payment, how sure it is, what was paid, and on request every step of how it came about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from iopctl.cli import completion
from iopctl.cli.exits import FINDINGS, IN_ORDER
from iopctl.cli.forecast import Assume, Scenario, asked, refuse_known
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import AsOf, Ids, day_of, one_of, parse_year
from iopctl.cli.output import language, note, paint, width, write
from iopctl.cli.words import _
from iopctl.cli.workspace import Reckoned, reckon

if TYPE_CHECKING:
    from iopctl.compute.asked import Asked
    from iopctl.compute.instalment import Instalment
    from iopctl.compute.paid import Paid
    from iopctl.load import Loaded
    from iopctl.render.payments import Part

app = command_app()

FORMATS = ("table", "json", "csv", "md")


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Show what is to be paid and what was paid, with index, status, latest day and cause of a difference."),
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
    assume: Assume = None,
    scenario: Scenario = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar=_("FORMAT"),
            help=_("table, json, csv or md (with --explain)."),
            autocompletion=completion.choices(*FORMATS),
        ),
    ] = "table",
) -> int:
    one_of("--format", format_, FORMATS)
    what = asked(day_of(as_of), assume, scenario)
    only = parse_year(year, "--year") if year is not None else None
    shown = "md" if format_ == "md" else "tree" if format_ == "table" and explain else format_
    wanted = _Wanted(what, only, shown, explain)
    reckoned = reckon(ids, what.day, partial(_paid, wanted=wanted))
    refuse_known(what, reckoned.tables)
    for id_, each in reckoned.sound.items():
        if each.without_period:
            note(_("{agreement}: money is promised, but there is no period to reckon with").format(agreement=id_))
    if format_ == "table" and reckoned.left_out and not reckoned.sound:
        return FINDINGS
    _write(reckoned, wanted)
    blocked = any(each.blocked for each in reckoned.sound.values())
    return FINDINGS if reckoned.left_out or blocked else IN_ORDER


class _Wanted(NamedTuple):
    """What is to be reckoned, and the form it is shown in."""

    asked: Asked
    year: int | None
    form: str
    explain: bool


class _Paid(NamedTuple):
    """The payments of one agreement, ready to be shown."""

    without_period: bool
    """Money is promised, and nothing says for when."""
    blocked: bool
    part: Part | None
    """None when there are no payments, or when records are wanted."""
    records: list[dict[str, Any]]
    assumed: frozenset[tuple[str, int]]
    """The figures that were assumed: index and year."""


def _write(reckoned: Reckoned[_Paid], wanted: _Wanted) -> None:
    from iopctl.render import explanation, records
    from iopctl.render import payments as render
    from iopctl.render.forecast import rate, rate_record

    day = wanted.asked.day
    parts = [each.part for each in reckoned.sound.values() if each.part is not None]
    found = [record for each in reckoned.sound.values() for record in each.records]
    used = {each for paid in reckoned.sound.values() for each in paid.assumed}
    rates = wanted.asked.rates(used, reckoned.tables, reckoned.settings)
    forecasts = [rate(each, wanted.asked.scenario) for each in rates]
    match wanted.form:
        case "tree" | "md":
            write(explanation.as_text(parts, reckoned.tables, forecasts, day, language(), wanted.form == "md"))
        case "table":
            successors = [render.Successor(*each) for each in reckoned.successors]
            write(render.as_table(parts, successors, forecasts, day, language(), width()))
        case "json":
            about = {
                "as_of": day,
                "scenario": wanted.asked.scenario,
                "forecasts": [rate_record(each) for each in rates],
            }
            write(records.as_json("payments", found, **about, left_out=reckoned.left_out))
        case _:
            write(render.as_csv(found))


def _paid(id_: str, loaded: Loaded, wanted: _Wanted) -> _Paid:
    from iopctl.compute.published import as_published
    from iopctl.judging import clause
    from iopctl.render import explanation
    from iopctl.render import payments as render

    agreement = loaded.workspace.agreements[id_]
    rows = wanted.asked.paid(id_, loaded.workspace, wanted.year)
    tables = as_published(loaded.workspace.tables, wanted.asked.day) if wanted.explain or wanted.form == "md" else {}
    part: Part | None = None
    records: list[dict[str, Any]] = []
    where = clause(loaded)
    if wanted.form in ("json", "csv"):
        records = [render.record(each, agreement, language(), where) for each in rows]
        if wanted.explain:
            trees = [explanation.tree(each, agreement, tables, language(), where) for each in rows]
            records = [{**record, "explanation": tree} for record, tree in zip(records, trees, strict=True)]
    elif rows and wanted.form in ("tree", "md"):
        part = explanation.explained(rows, agreement, tables, language(), where, wanted.form == "md")
    elif rows:
        part = render.tables(rows, agreement, language(), width(), paint())
    without = agreement.period is None and any(each.kind == "cash" for each in agreement.contributions)
    blocked = any(_blocked(each.row, wanted.asked.day) for each in rows)
    return _Paid(without, blocked, part, records, frozenset(_assumed(rows)))


def _assumed(rows: Sequence[Paid]) -> Iterator[tuple[str, int]]:
    for each in rows:
        for step in each.row.working.steps if each.row.working else ():
            yield from ((figure.index, figure.year) for figure in step.figures if figure.row is None)


def _blocked(row: Instalment, day: date) -> bool:
    """Whether an amount is missing that should be there: not one that only waits for an index still to be published."""
    from iopctl.compute.reasons import MissingIndices

    if isinstance(row.reason, MissingIndices):
        return any(each.late_on(day) for each in row.reason.figures)
    return row.reason is not None
