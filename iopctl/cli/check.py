"""iopctl check: what is wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli import formats
from iopctl.cli.exits import IN_ORDER, CommandError
from iopctl.cli.formats import Format
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import AsOf, Ignore, Least, Output, Select, Strict, day_of, one_of
from iopctl.cli.output import note, write
from iopctl.cli.words import _
from iopctl.cli.workspace import root

if TYPE_CHECKING:
    from iopctl.cli.examine import Examination
    from iopctl.cli.narrow import Wanted

app = command_app()

COUNTED = ("full", "concise", "json")
"""The formats that --statistics can be written in; a machine that waits for the others would not understand it."""
ROUNDS = 5
"""A file whose form is mended is asked by the rules, which may find more to mend."""


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
        typer.Argument(
            metavar=_("[PATH]..."),
            readable=False,
            help=_("Agreements by id, files or folders; default: the workspace."),
        ),
    ] = None,
    format_: formats.Option = "full",
    output: Output = None,
    select: Select = None,
    ignore: Ignore = None,
    severity: Least = None,
    strict: Strict = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help=_("Only how often each rule finds something."))
    ] = False,
    write_baseline: Annotated[
        bool,
        typer.Option("--write-baseline", help=_("Put down all findings in iopctl-baseline.json; they count no more.")),
    ] = False,
    no_baseline: Annotated[bool, typer.Option("--no-baseline", help=_("Count what is in the baseline too."))] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help=_("Do not use what an earlier run found."))] = False,
    fix: Annotated[bool, typer.Option("--fix", help=_("Mend what can only be meant in one way."))] = False,
    diff: Annotated[bool, typer.Option("--diff", help=_("Show what --fix would change, and change nothing."))] = False,
    as_of: AsOf = None,
) -> int:
    from iopctl.cli.examine import examine
    from iopctl.cli.narrow import wanted
    from iopctl.files import FOLDER

    wanted_format = Format(one_of("--format", format_, COUNTED if statistics else tuple(Format)))
    asked = wanted(select, ignore, severity)
    paths = [_by_id(each) for each in paths or ()]
    top = _workspace_of(paths) if paths else root()

    def look() -> Examination:
        examined = examine(paths or [root() / FOLDER], top, day_of(as_of), cached=not no_cache)
        return replace(examined, found=[each for each in examined.found if asked.finding(each.finding)])

    examined = look()
    if diff:
        from iopctl.cli.change import difference
        from iopctl.cli.fix import mended

        write("".join(difference(each.rewrite) for each in mended(examined.found)))
        return formats.code(examined, strict=strict)
    if fix:
        examined = _fix(examined, look)
    if write_baseline:
        return _write_baseline(top, examined, asked)
    if top is not None and not no_baseline:
        from iopctl.cli.baseline import set_aside

        examined = set_aside(top, examined, asked)
    if statistics:
        text = formats.statistics(examined, wanted_format)
    else:
        text = formats.text(examined, wanted_format, output, strict=strict)
    formats.deliver(text, output, examined)
    if wanted_format is Format.GITHUB:
        formats.summarise(examined)
    if not paths and not examined.files:
        note(_("there is no agreement in {folder} yet; iopctl new begins one").format(folder=f"{FOLDER}/"))
    return formats.code(examined, strict=strict)


def _fix(examined: Examination, look: Callable[[], Examination]) -> Examination:
    """Mends what can be mended, and what shows only then; returns what is left."""
    from iopctl.cli.change import write_files
    from iopctl.cli.fix import mended

    count, changed = 0, set[Path]()
    for _round in range(ROUNDS):
        files = list(mended(examined.found))
        if not files:
            break
        write_files(each.rewrite for each in files)
        count += sum(each.count for each in files)
        changed |= {each.rewrite.path for each in files}
        examined = look()
    note(_("mended: {count}; files changed: {files}").format(count=count, files=len(changed)))
    return examined


def _write_baseline(top: Path | None, examined: Examination, asked: Wanted) -> int:
    from iopctl.cli import baseline

    if top is None:
        raise CommandError(_("a baseline belongs to a workspace, and there is none here"))
    count = baseline.write_baseline(top, examined, asked)
    note(_("written: {file} ({count} findings)").format(file=baseline.NAME, count=count))
    return IN_ORDER


def _by_id(path: Path) -> Path:
    """The file of an agreement that was named by its id, as the other commands take it."""
    from iopctl.files import FOLDER, find_root, shown

    top = find_root(Path.cwd())
    if top is None or path.exists() or path.parent != Path():
        return path
    file = top / FOLDER / f"{path}.yaml"
    return Path(shown(file)) if file.is_file() else path


def _workspace_of(paths: list[Path]) -> Path | None:
    """The workspace that the files and folders are in; each workspace has settings of its own."""
    from iopctl.files import SUFFIXES, files_in, find_root, is_folder

    faults: list[OSError] = []
    for path in paths:
        if is_folder(path) and path.suffix not in SUFFIXES and not files_in([path], faults) and not faults:
            raise CommandError(_("there is no agreement (.yaml) in the folder {folder}").format(folder=path))
    roots = dict.fromkeys(find_root(path) for path in paths)
    if len(roots) > 1:
        message = _("{first} and {other} are not in the same workspace; check them one at a time")
        other = next(path for path in paths if find_root(path) != find_root(paths[0]))
        raise CommandError(message.format(first=paths[0], other=other))
    return next(iter(roots))
