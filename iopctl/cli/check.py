"""iopctl check: what is wrong, where, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from iopctl.cli.exits import FINDINGS, IN_ORDER
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import AsOf, day_of, one_of
from iopctl.cli.output import language, paint, write
from iopctl.cli.words import _
from iopctl.cli.workspace import root

app = command_app()


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Find what is wrong in agreements: in files and folders, or in the whole workspace."),
    epilog=examples("iopctl check", "iopctl check agreements/a.yaml --format concise", "iopctl check --strict"),
)
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar=_("[PATH]..."), readable=False, help=_("Files or folders; default: the workspace.")),
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar=_("FORMAT"), help=_("full, concise or json."))] = "full",
    strict: Annotated[bool, typer.Option("--strict", help=_("Let warnings fail the run too."))] = False,
    as_of: AsOf = None,
) -> int:
    from iopctl.cli.examine import examine
    from iopctl.load import FOLDER, find_root
    from iopctl.render import findings as render

    one_of("--format", format_, ("full", "concise", "json"))
    day = day_of(as_of)
    top = find_root(paths[0]) if paths else root()
    found, count = examine(paths or [root() / FOLDER], top, day)
    if format_ == "json":
        write(render.as_json(found, count, language()))
    else:
        as_text = render.full if format_ == "full" else render.concise
        write(as_text(found, count, language(), paint()))
    return FINDINGS if any(each.finding.fails_run(strict=strict) for each in found) else IN_ORDER
