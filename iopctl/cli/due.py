"""iopctl due: what has to be done, by whom and by when."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from iopctl.cli.exits import FINDINGS, IN_ORDER, CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import AsOf, Ids, day_of, one_of, parse_date
from iopctl.cli.output import language, paint, width, write, write_bytes
from iopctl.cli.words import _
from iopctl.cli.workspace import place, reckon

if TYPE_CHECKING:
    from iopctl.load import Loaded
    from iopctl.render.deadlines import Row

app = command_app()


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Show follow-ups, reports, payments and other deadlines that the log does not say are done."),
    epilog=examples("iopctl due", "iopctl due --within 90d", "iopctl due --until 2026-12-31 --format ics > iop.ics"),
)
def due(
    ids: Ids = None,
    as_of: AsOf = None,
    within: Annotated[
        str | None, typer.Option("--within", metavar=_("N"), help=_("How far ahead: 90d, 12w, 6m or 1y. Default: 1y."))
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar=_("DATE"), help=_("How far ahead, as a date (YYYY-MM-DD)."))
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar=_("FORMAT"), help=_("table, json or ics."))] = "table",
) -> int:
    from iopctl.render import deadlines as render
    from iopctl.render import records

    one_of("--format", format_, ("table", "json", "ics"))
    day = day_of(as_of)
    last = _horizon(day, within, until)
    reckoned = reckon(ids, day, partial(_rows, as_of=day, until=last))
    left_out = reckoned.left_out
    rows = sorted((row for each in reckoned.sound.values() for row in each), key=lambda row: row.order)
    if left_out and not reckoned.sound and format_ != "json":  # an empty table or calendar would say that all is done
        return FINDINGS
    if format_ == "ics":
        write_bytes(render.as_calendar(rows, day, language()))
    elif format_ == "json":
        found = [render.record(row, day) for row in rows]
        write(records.as_json("deadlines", found, as_of=day, until=last, left_out=left_out))
    else:
        write(render.as_table(rows, day, last, language(), width(), paint()))
    return FINDINGS if left_out else IN_ORDER


def _rows(id_: str, loaded: Loaded, as_of: date, until: date) -> list[Row]:
    from iopctl.compute.deadlines import deadlines
    from iopctl.render.deadlines import row

    agreement = loaded.workspace.agreements[id_]
    found = deadlines(id_, agreement, loaded.workspace.tables, as_of, until)
    return [row(each, agreement, language(), place(loaded)) for each in found]


_WITHIN = re.compile(r"([1-9][0-9]{0,3})([dwmy])")
_UNITS: dict[str, Literal["days", "weeks", "months", "years"]] = {
    "d": "days",
    "w": "weeks",
    "m": "months",
    "y": "years",
}


def _horizon(day: date, within: str | None, until: str | None) -> date:
    """The last day to look at."""
    from iopctl.compute.calendar import after
    from iopctl.model import Length

    if within is not None and until is not None:
        raise CommandError(_("--within and --until say the same thing; use one of them"))
    if until is not None:
        last = parse_date(until, "--until")
        if last < day:
            raise CommandError(_("--until {until} is before the day to reckon from, {day}").format(until=last, day=day))
        return last
    found = _WITHIN.fullmatch(within or "1y")
    if found is None:
        raise CommandError(_("--within: found {value}, expected for example 90d, 12w, 6m or 1y").format(value=within))
    number, unit = int(found[1]), found[2]
    if number > 36500 // {"d": 1, "w": 7, "m": 30, "y": 365}[unit]:
        raise CommandError(_("--within: at most a hundred years ahead"))
    return after(day, Length(number, _UNITS[unit]))
