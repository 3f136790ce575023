"""iopctl timeline: the agreements as bars over the years, with decisions and deadlines as marks."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli import completion
from iopctl.cli.exits import FINDINGS, IN_ORDER, CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import AsOf, Ids, Output, day_of, one_of, parse_date, parse_year
from iopctl.cli.output import language, note, paint, save, width, write
from iopctl.cli.words import _
from iopctl.cli.workspace import Reckoned, reckon

if TYPE_CHECKING:
    from iopctl.compute.deadline import Deadline
    from iopctl.load import Loaded
    from iopctl.render.timeline import Chart, Due, Row

app = command_app()

FORMATS = ("terminal", "svg", "html")


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Show the agreements as bars over the years, with extensions, decisions and deadlines."),
    epilog=examples(
        "iopctl timeline",
        "iopctl timeline --from 2024 --until 2030 -o iop.svg",
        "iopctl timeline ID --format html -o iop.html",
    ),
)
def timeline(
    ids: Ids = None,
    as_of: AsOf = None,
    from_: Annotated[
        str | None, typer.Option("--from", metavar=_("YEAR|DATE"), help=_("Where the picture begins."))
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar=_("YEAR|DATE"), help=_("Where the picture ends."))
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar=_("FORMAT"),
            help=_("terminal, svg or html; without it, what the file's name says, else terminal."),
            autocompletion=completion.choices(*FORMATS),
        ),
    ] = None,
    output: Output = None,
) -> int:
    from iopctl.compute.calendar import years_later

    form = _form(format_, output)
    day = day_of(as_of)
    first, last = _window(from_, until)
    ahead = years_later(day, 1)
    reckoned = reckon(ids, day, partial(_row, as_of=day, until=ahead))
    if reckoned.left_out and not reckoned.sound:  # an empty picture would say that there are no agreements
        return FINDINGS
    _deliver(_chart(reckoned, day, ahead, first, last), form, output)
    return FINDINGS if reckoned.left_out else IN_ORDER


_ENDINGS = {".svg": "svg", ".html": "html", ".txt": "terminal", "": "terminal"}


def _form(format_: str | None, output: Path | None) -> str:
    """The format that is asked for, or that the file's name says."""
    if format_ is not None or output is None:
        return one_of("--format", format_ or "terminal", FORMATS)
    form = _ENDINGS.get(output.suffix.lower())
    if form is None:
        message = _("-o: found {file}, expected a name that ends in one of: {endings}")
        raise CommandError(message.format(file=output.name, endings=", ".join(filter(None, _ENDINGS))))
    return form


def _window(from_: str | None, until: str | None) -> tuple[date | None, date | None]:
    """The first and the last day of the picture, where they are asked for."""
    first = _edge(from_, "--from", 1, 1) if from_ is not None else None
    last = _edge(until, "--until", 12, 31) if until is not None else None
    if first is not None and last is not None and last < first:
        raise CommandError(_("--until {until} is before --from {first}").format(until=until, first=from_))
    return first, last


def _edge(text: str, name: str, month: int, day: int) -> date:
    """A date, or the first or last day of a year."""
    return date(parse_year(text, name), month, day) if len(text) == 4 else parse_date(text, name)


def _row(id_: str, loaded: Loaded, as_of: date, until: date) -> Row:
    from iopctl.compute.lifeline import lifeline
    from iopctl.render.timeline import Row

    agreement = loaded.workspace.agreements[id_]
    return Row(lifeline(id_, agreement, as_of), tuple(_dues(id_, loaded, as_of, until)))


_ELSEWHERE = {"payment", "correction", "index", "start", "end", "successor", "option", "acknowledgement"}
"""Kinds of deadlines that are no marks: what pay shows, and the ends of the bars."""


def _dues(id_: str, loaded: Loaded, as_of: date, until: date) -> list[Due]:
    """What is to be done, and what is overdue."""
    from iopctl.compute.deadlines import deadlines
    from iopctl.render.deadlines import what_is_due
    from iopctl.render.timeline import Due

    agreement = loaded.workspace.agreements[id_]
    found = deadlines(id_, agreement, loaded.workspace, as_of, until)
    marks = filter(_is_mark, found)
    return [Due(each.day, what_is_due(each, language()), each.overdue(as_of), each.target) for each in marks]


def _is_mark(deadline: Deadline) -> bool:
    """Of what a board has to do only its meeting is a mark, or that none is left."""
    if deadline.kind == "board":
        return deadline.key.endswith((".meeting", ".missed"))
    return deadline.done is None and deadline.kind not in _ELSEWHERE


def _chart(reckoned: Reckoned[Row], as_of: date, until: date, first: date | None, last: date | None) -> Chart:
    from iopctl.render.timeline import chart

    rows = reckoned.sound.values()
    return chart(rows, as_of, until, first=first, last=last, name=reckoned.settings.name)


def _deliver(chart: Chart, form: str, output: Path | None) -> None:
    text = _text(chart, form, to_file=output is not None)
    if output is None:
        write(text)
    else:
        save(output, text.encode("utf-8", "backslashreplace"))
        note(_("written: {file}").format(file=output))


def _text(chart: Chart, form: str, *, to_file: bool) -> str:
    from iopctl.render.findings import no_paint

    match form:
        case "svg":
            from iopctl.render.timeline_svg import as_svg

            return as_svg(chart, language())
        case "html":
            from iopctl.render.timeline_html import as_html

            return as_html(chart, language())
    from iopctl.render.timeline_text import as_text

    if to_file:
        return as_text(chart, language(), 120, no_paint)
    return as_text(chart, language(), width(), paint())
