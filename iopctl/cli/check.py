"""iopctl check: what is wrong, where, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli.exits import FINDINGS, IN_ORDER, CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import AsOf, day_of, one_of
from iopctl.cli.output import language, note, paint, save, write
from iopctl.cli.words import _
from iopctl.cli.workspace import root

if TYPE_CHECKING:
    from iopctl.cli.examine import Examination
    from iopctl.render.findings import Paint

app = command_app()

FORMATS = ("full", "concise", "json")


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Find what is wrong in agreements: in files and folders, or in the whole workspace."),
    epilog=examples(
        "iopctl check",
        "iopctl check agreements/a.yaml --format concise",
        "iopctl check --strict",
        "iopctl check --select PER,MON --ignore MON002",
    ),
)
def check(  # noqa: PLR0913  # one parameter for each option
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar=_("[PATH]..."), readable=False, help=_("Files or folders; default: the workspace.")),
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar=_("FORMAT"), help=", ".join(FORMATS) + ".")] = "full",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar=_("FILE"), help=_("Write to this file."))
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar=_("RULE"), help=_("Only these rules: codes, their beginnings, or names.")),
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar=_("RULE"), help=_("Not these rules."))] = None,
    severity: Annotated[
        str | None,
        typer.Option("--severity", metavar=_("LEVEL"), help=_("Only this weight or more: info, warning or error.")),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help=_("Let warnings fail the run too."))] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help=_("Only how often each rule finds something."))
    ] = False,
    write_baseline: Annotated[
        bool,
        typer.Option("--write-baseline", help=_("Put down all findings in iopctl-baseline.json; they count no more.")),
    ] = False,
    no_baseline: Annotated[bool, typer.Option("--no-baseline", help=_("Count what is in the baseline too."))] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help=_("Do not use what an earlier run found."))] = False,
    as_of: AsOf = None,
) -> int:
    from iopctl.cli import baseline
    from iopctl.cli.examine import Examination, examine
    from iopctl.cli.narrow import wanted
    from iopctl.files import FOLDER, find_root

    one_of("--format", format_, FORMATS)
    asked = wanted(select, ignore, severity)
    top = find_root(paths[0]) if paths else root()
    examined = examine(paths or [root() / FOLDER], top, day_of(as_of), cached=not no_cache)
    found = [each for each in examined.found if asked.finding(each.finding)]
    if write_baseline:
        if top is None:
            raise CommandError(_("a baseline belongs to a workspace, and there is none here"))
        count = baseline.write_baseline(top, found)
        note(_("written: {file} ({count} findings)").format(file=baseline.NAME, count=count))
        return IN_ORDER
    aside = 0
    if top is not None and not no_baseline:
        found, aside = baseline.set_aside(top, found, examined.files, asked)
    narrowed = Examination(found, examined.files, aside)
    text = _text(narrowed, format_, statistics=statistics, paint=None if output else paint())
    if output is None:
        write(text)
    else:
        save(output, text.encode("utf-8", "backslashreplace"))
    return FINDINGS if any(each.finding.fails_run(strict=strict) for each in found) else IN_ORDER


def _text(examined: Examination, format_: str, *, statistics: bool, paint: Paint | None) -> str:
    from iopctl.render import findings as render

    found, files, spoken = examined.found, len(examined.files), language()
    colour = paint or render.no_paint
    if statistics:
        return render.statistics(found, files, spoken) if format_ != "json" else render.statistics_json(found, files)
    match format_:
        case "json":
            return render.as_json(found, files, spoken)
        case "concise":
            return render.concise(found, files, spoken, colour, examined.aside)
        case _:
            return render.full(found, files, spoken, colour, examined.aside)
