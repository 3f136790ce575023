"""iopctl due: what has to be done, by whom and by when."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from iopctl.cli import completion
from iopctl.cli.exits import DUE, FINDINGS, IN_ORDER, CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import AsOf, Ids, day_of, one_of, parse_date
from iopctl.cli.output import language, note, paint, save, width, write_bytes
from iopctl.cli.publish import NOTHING, Published, calendar, digest_in, published, save_each, successions
from iopctl.cli.words import _
from iopctl.cli.workspace import Reckoned, reckon

if TYPE_CHECKING:
    from iopctl.compute.deadline import Deadline
    from iopctl.load import Loaded
    from iopctl.model import Agreement
    from iopctl.render.deadlines import Row

app = command_app()

FORMATS = ("table", "json", "csv", "ics", "md", "html")


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Show what has to be done, by whom and by when, less what the log says is done."),
    epilog=examples(
        "iopctl due",
        "iopctl due --within 90d --for Äldrenämnden",
        "iopctl due --kind payment,report --until 2026-12-31 --format csv > iop.csv",
        "iopctl due --fail-on 7d",
        "iopctl due -o iop.ics",
        "iopctl due --format ics --split -o calendars",
        "iopctl due --within 90d --format html",
    ),
)
def due(  # noqa: PLR0913  # an option each
    ids: Ids = None,
    as_of: AsOf = None,
    within: Annotated[
        str | None,
        typer.Option(
            "--within",
            metavar=_("N"),
            help=_("How far ahead: 90d, 12w, 6m or 1y. Default: 1y."),
            autocompletion=completion.choices("30d", "90d", "6m", "1y"),
        ),
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar=_("DATE"), help=_("How far ahead, as a date (YYYY-MM-DD)."))
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", metavar=_("DATE"), help=_("Leave out what was due before this date."))
    ] = None,
    for_: Annotated[
        list[str] | None,
        typer.Option(
            "--for",
            metavar=_("NAME"),
            help=_("Only what a party, a board, a unit or a role sees to."),
            autocompletion=completion.names,
        ),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            metavar=_("WHICH"),
            help=_("Only these kinds, for example payment,report,decide_by."),
            autocompletion=completion.listed(completion.deadline_kinds),
        ),
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            "--fail-on",
            metavar=_("WHEN"),
            help=_("Exit with 3 when something is overdue (overdue), or due within a time (7d)."),
            autocompletion=completion.choices("overdue", "7d", "30d"),
        ),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar=_("FORMAT"),
            help=_("table, json, csv, ics, md or html; without it, what the file's name says, else table."),
            autocompletion=completion.choices(*FORMATS),
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar=_("FILE"), help=_("Write to this file; with --split, to this folder.")),
    ] = None,
    split: Annotated[
        bool, typer.Option("--split", help=_("A calendar for each party, board and unit, in a folder (ics)."))
    ] = False,
) -> int:
    form = _form(format_, output, split=split)
    if split and for_:
        raise CommandError(_("--split makes a calendar for everybody, and --for chooses some; use one of them"))
    day = day_of(as_of)
    wanted = _Wanted(
        day,
        parse_date(since, "--from") if since is not None else date.min,
        _horizon(day, within, until),
        frozenset(each.strip().casefold() for each in for_ or ()),
        _kinds(kind),
        form,
    )
    if wanted.since > wanted.until:
        message = _("--from {since} is after the last day to look at, {until}")
        raise CommandError(message.format(since=wanted.since, until=wanted.until))
    near = _near(fail_on, day)
    reckoned = reckon(ids, day, partial(_rows, wanted=wanted))
    taking_over = list(_successors(reckoned, wanted))
    rows = _sorted([*(row for each in reckoned.sound.values() for row in each.rows), *taking_over])
    events = [*(each.published for each in reckoned.sound.values()), successions(taking_over)]
    _known_names(wanted, reckoned)
    if reckoned.left_out and not reckoned.sound and form != "json":  # an empty table would say that all is done
        return FINDINGS
    if form == "ics" and output is not None and reckoned.left_out:
        note(_("nothing is written: a calendar without what is left out would take its days from those who follow it"))
        return FINDINGS
    if split and output is not None:
        save_each(output, events, reckoned.settings)
    elif form == "ics":
        _deliver(calendar(events, reckoned.settings), output)
    else:
        _deliver(_text(rows, wanted, reckoned, to_file=output is not None), output)
    if reckoned.left_out:
        return FINDINGS
    return DUE if near is not None and any(_is_near(row, day, near) for row in rows) else IN_ORDER


@dataclass(frozen=True)
class _Wanted:
    """What is asked for."""

    day: date
    since: date
    until: date
    names: frozenset[str]
    kinds: frozenset[str]
    form: str

    def asks_for(self, deadline: Deadline, agreement: Agreement | None) -> bool:
        """Whether a deadline is one of those that are asked for. One that comes from elsewhere is nobody's."""
        if deadline.day < self.since or (self.kinds and deadline.kind.value not in self.kinds):
            return False
        from iopctl.render.audience import audience

        return not self.names or (agreement is not None and not self.names.isdisjoint(audience(deadline, agreement)))


@dataclass(frozen=True)
class _Found:
    """The rows of one agreement that are asked for, and the names that somebody can ask by."""

    title: str
    rows: list[Row]
    names: frozenset[str]
    published: Published
    """The same for a calendar; empty for other formats."""


def _rows(id_: str, loaded: Loaded, wanted: _Wanted) -> _Found:
    from iopctl.compute.deadlines import deadlines, undone
    from iopctl.judging import clause
    from iopctl.render.audience import everybody
    from iopctl.render.deadlines import row

    workspace = loaded.workspace
    agreement = workspace.agreements[id_]
    if wanted.form == "ics":
        found = _recent(deadlines(id_, agreement, workspace, wanted.day, wanted.until), wanted.day)
    else:
        found = undone(id_, workspace, wanted.day, wanted.until)
    where = clause(loaded)
    asked = [each for each in found if wanted.asks_for(each, agreement)]
    rows = [row(each, agreement, language(), where) for each in asked]
    names = everybody(agreement) if wanted.names else frozenset()
    events = NOTHING
    if wanted.form == "ics":
        events = published(asked, rows, agreement, workspace.tables, wanted.day)
    return _Found(agreement.title, rows, names, events)


def _recent(found: Iterable[Deadline], day: date) -> list[Deadline]:
    """For a calendar, which keeps each payment: old ones that are kept elsewhere than in the log are left out."""
    from iopctl.compute.duties import KEPT

    return [each for each in found if not each.unlogged or each.day >= day - KEPT]


def _successors(reckoned: Reckoned[_Found], wanted: _Wanted) -> Iterator[Row]:
    """The days on which other agreements take over; seen first when all of them have been read."""
    from iopctl.render.deadlines import takeovers

    titles = {id_: each.title for id_, each in reckoned.sound.items()}
    for row in takeovers(reckoned.successors, titles, reckoned.files, language()):
        if wanted.day <= row.deadline.day <= wanted.until and wanted.asks_for(row.deadline, None):
            yield row


def _sorted(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.deadline.order)


def _text(rows: Sequence[Row], wanted: _Wanted, reckoned: Reckoned[_Found], *, to_file: bool) -> bytes:
    """All of it in one format, but for calendars. What is done is for these only."""
    from iopctl.render import deadlines as render
    from iopctl.render import records

    day, until, left_out = wanted.day, wanted.until, reckoned.left_out
    match wanted.form:
        case "md" | "html":
            text = digest_in(wanted.form, rows, day, left_out, reckoned.settings)
        case "json":
            found = [render.record(row, day, language()) for row in rows]
            text = records.as_json("deadlines", found, as_of=day, until=until, left_out=left_out)
        case "csv":
            text = render.as_csv(rows, day, language())
        case _ if to_file:
            text = render.as_table(rows, day, until, language(), 120)
        case _:
            text = render.as_table(rows, day, until, language(), width(), paint())
    return text.encode("utf-8", "backslashreplace")


def _deliver(data: bytes, output: Path | None) -> None:
    if output is None:
        write_bytes(data)
    else:
        save(output, data)
        note(_("written: {file}").format(file=output))


# -- what is asked for -------------------------------------------------------------------------------------------------


def _form(format_: str | None, output: Path | None, *, split: bool) -> str:
    """The format that is asked for, or that the file's name says."""
    ending = output.suffix.removeprefix(".").lower() if output and not split else ""
    if output is not None and format_ is None and ending not in ("", "txt", *FORMATS[1:]):
        message = _("-o: found {file}, expected a name that ends in one of: {endings}")
        endings = ", ".join(f".{each}" for each in (*FORMATS[1:], "txt"))
        raise CommandError(message.format(file=output.name, endings=endings))
    form = one_of("--format", format_ or (ending if ending in FORMATS else "table"), FORMATS)
    if split and (form != "ics" or output is None):
        raise CommandError(_("--split needs --format ics, and -o with the folder for the calendars"))
    return form


def _kinds(given: Iterable[str] | None) -> frozenset[str]:
    """The kinds that are asked for; none is all."""
    from iopctl.compute.deadline import Kind

    asked = [word.strip() for each in given or () for word in each.split(",") if word.strip()]
    return frozenset(one_of("--kind", each, [kind.value for kind in Kind]) for each in asked)


def _known_names(wanted: _Wanted, reckoned: Reckoned[_Found]) -> None:
    """A misspelt name would look as if nothing were due."""
    boards = frozenset(board.name.strip().casefold() for board in reckoned.settings.boards)
    known = boards.union(*(each.names for each in reckoned.sound.values()))
    for name in sorted(wanted.names - known) if reckoned.sound else ():
        message = _("--for: nobody is called {name} in these agreements").format(name=name)
        close = difflib.get_close_matches(name, sorted(known), n=1)
        if close:
            message += "; " + _("did you mean {name}?").format(name=close[0])
        raise CommandError(message)


def _near(fail_on: str | None, day: date) -> date | None:
    """What is due before this day sets the exit code; None when nothing does."""
    if fail_on is None:
        return None
    if fail_on == "overdue":
        return day
    if not _WITHIN.fullmatch(fail_on):
        message = _("--fail-on: found {value}, expected overdue, or a time: 7d, 2w or 1m").format(value=fail_on)
        raise CommandError(message)
    return _ahead(day, fail_on, "--fail-on") + timedelta(days=1)


def _is_near(row: Row, day: date, near: date) -> bool:
    """Whether it is too late, or soon will be. A day that the agreement does not give is nothing to fail on."""
    deadline = row.deadline
    if deadline.target or deadline.done is not None:
        return False
    return deadline.overdue(day) or deadline.last < near


_WITHIN = re.compile(r"([1-9][0-9]{0,3})([dwmy])")
_UNITS: dict[str, Literal["days", "weeks", "months", "years"]] = {
    "d": "days",
    "w": "weeks",
    "m": "months",
    "y": "years",
}


def _horizon(day: date, within: str | None, until: str | None) -> date:
    """The last day to look at."""
    if within is not None and until is not None:
        raise CommandError(_("--within and --until say the same thing; use one of them"))
    if until is not None:
        last = parse_date(until, "--until")
        if last < day:
            raise CommandError(_("--until {until} is before the day to reckon from, {day}").format(until=last, day=day))
        return last
    return _ahead(day, within or "1y", "--within")


def _ahead(day: date, text: str, option: str) -> date:
    """The day so long after a day."""
    from iopctl.compute.calendar import after
    from iopctl.model import Length

    found = _WITHIN.fullmatch(text)
    if found is None:
        message = _("{option}: found {value}, expected for example 90d, 12w, 6m or 1y")
        raise CommandError(message.format(option=option, value=text))
    number, unit = int(found[1]), found[2]
    if number > 36500 // {"d": 1, "w": 7, "m": 30, "y": 365}[unit]:
        raise CommandError(_("{option}: at most a hundred years ahead").format(option=option))
    return after(day, Length(number, _UNITS[unit]))
