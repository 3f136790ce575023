"""iopctl show: an agreement on one screen, also one that has something wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from iopctl.cli import completion
from iopctl.cli.exits import FINDINGS, IN_ORDER
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import AsOf, day_of, one_of
from iopctl.cli.output import language, paint, width, write
from iopctl.cli.words import _
from iopctl.cli.workspace import agreement_file, later, root

if TYPE_CHECKING:
    from iopctl.finding import Placed
    from iopctl.load import Loaded
    from iopctl.render.agreement import Coming, View

app = command_app()

FORMATS = ("text", "json", "md")


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Show an agreement on one screen: parties, period, money, next deadlines, findings and log."),
    epilog=examples("iopctl show ID", "iopctl show ID --as-of 2026-01-31", "iopctl show ID --format md > ID.md"),
)
def show(
    ids: Annotated[
        list[str],
        typer.Argument(metavar=_("ID..."), help=_("The agreements, by id or file."), autocompletion=completion.ids),
    ],
    as_of: AsOf = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format", metavar=_("FORMAT"), help=_("text, json or md."), autocompletion=completion.choices(*FORMATS)
        ),
    ] = "text",
) -> int:
    from iopctl.render import agreement as render
    from iopctl.render import records

    one_of("--format", format_, FORMATS)
    day = day_of(as_of)
    looked = _look(ids, day)
    views = [view(id_, looked, day) for id_ in looked.loaded.checked]
    unread = _unread(looked)
    if format_ == "json":
        found = [render.record(each, language()) for each in views]
        write(records.as_json("agreements", found, as_of=day, left_out=unread))
    elif format_ == "md":
        write("\n".join(render.as_markdown(each, language()) for each in views))
    else:
        write("\n".join(render.as_text(each, language(), width(), paint()) for each in views))
    return FINDINGS if unread or any(map(_fails, looked.found)) else IN_ORDER


class Looked(NamedTuple):
    """What was asked for, as it was read and as check sees it."""

    loaded: Loaded
    files: Mapping[str, str]
    found: Sequence[Placed]
    """What check finds in them."""
    tables: Placed | None
    """What is wrong with the workspace's index tables."""


def _look(ids: Sequence[str], day: date) -> Looked:
    from iopctl.cli.examine import examine
    from iopctl.files import FOLDER, select, shown
    from iopctl.judging import stops
    from iopctl.load import load_among
    from iopctl.surroundings import surroundings

    top = root()
    selection = select([top / FOLDER])
    around = surroundings(top, selection)
    paths: dict[str, Path] = dict(agreement_file(each, selection) for each in ids)
    loaded = load_among(paths, around, later(paths, selection.files))
    files = {id_: shown(path) for id_, path in paths.items()}
    found = [each for each in examine(paths.values(), top, day).found if each.file in files.values()]
    tables = None if loaded.tables_sound else next((each for each in around.findings if stops(each)), None)
    return Looked(loaded, files, found, tables)


def _fails(placed: Placed) -> bool:
    """Whether a finding fails the run; what has been logged since stops nobody from asking about a day before."""
    from iopctl.checks.follow_up import log_in_the_future

    return placed.finding.fails_run() and placed.finding.rule != log_in_the_future.rule


def _unread(looked: Looked) -> list[str]:
    """The files that are no agreements; what is wrong with them is shown on standard error."""
    from iopctl.render.findings import frames

    unread = [file for id_, file in looked.files.items() if id_ not in looked.loaded.checked]
    sys.stderr.write(frames([each for each in looked.found if each.file in unread], language()))
    return unread


def view(id_: str, looked: Looked, day: date) -> View:
    """All that the screen shows of an agreement."""
    from iopctl.compute.budget import Years, entries
    from iopctl.compute.lifeline import lifeline
    from iopctl.compute.status import stage
    from iopctl.compute.timeline import as_heard, as_known
    from iopctl.judging import stops
    from iopctl.render.agreement import View

    workspace = looked.loaded.workspace
    agreement = workspace.agreements[id_]
    found = [each for each in looked.found if each.file == looked.files[id_]]
    stopping = [each for each in found if stops(each)]
    indexed = any(each.indexation for each in agreement.contributions)
    broken = next(iter(stopping), looked.tables if indexed else None)
    known, years = as_known(agreement, day), Years(day.year, day.year + 1)
    home = workspace.settings.name
    coming = list(_coming(id_, looked.loaded, day)) if broken is None else []
    return View(
        id=id_,
        agreement=as_heard(agreement, day),
        as_of=day,
        file=looked.files[id_],
        stage=stage(agreement, day),
        phases=lifeline(id_, agreement, day).phases,
        entries=entries(id_, known, workspace.tables, day, years, home=home) if broken is None else (),
        coming=[each for each in coming if not each.overdue],
        passed=sum(each.overdue for each in coming),
        found=found,
        replaced_by=list(_successors(id_, looked.loaded)),
        broken=broken,
        broken_time=next((each for each in stopping if each.route.startswith(("period", "decisions"))), None),
    )


def _coming(id_: str, loaded: Loaded, day: date) -> Iterator[Coming]:
    """What is to be done and not done, within a year, as iopctl due has it."""
    from iopctl.compute.calendar import years_later
    from iopctl.compute.deadlines import undone
    from iopctl.render.agreement import Coming
    from iopctl.render.deadlines import what_is_due, who

    agreement = loaded.workspace.agreements[id_]
    for each in undone(id_, loaded.workspace, day, years_later(day, 1)):
        what, seen_to_by = what_is_due(each, language()), who(each, agreement, language())
        yield Coming(each.day, what, seen_to_by, each.target, each.overdue(day))


def _successors(id_: str, loaded: Loaded) -> Iterator[tuple[str, date]]:
    """The agreements that take over from this one, and when."""
    for other, each in sorted(loaded.workspace.agreements.items()):
        if each.replaces == id_ and other != id_ and each.period is not None:
            yield other, each.period.start
