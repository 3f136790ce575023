"""iopctl fmt: files in the order and the layout of the format, with every comment where it belongs."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli import completion
from iopctl.cli.change import Rewrite, difference, show, write_files
from iopctl.cli.exits import FINDINGS, IN_ORDER, CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.output import note, write, write_bytes
from iopctl.cli.words import _
from iopctl.cli.workspace import agreement_file, root

if TYPE_CHECKING:
    from iopctl.files import Files
    from iopctl.model.base import Part
    from iopctl.source import Source

app = command_app()

STREAM = "-"
"""Standard input, tidied to standard output: for editors."""


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Tidy files: keys in the order of the format, one layout, every comment where it belongs."),
    epilog=examples(
        "iopctl fmt",
        "iopctl fmt --check",
        "iopctl fmt --diff ID",
        "iopctl fmt agreements/a.yaml indices/",
        "iopctl fmt - < agreements/a.yaml",
    ),
)
def fmt(
    asked: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=_("[PATH|ID]..."),
            help=_("Files, folders or agreements; default: the workspace; - for standard input."),
            autocompletion=completion.ids,
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help=_("Write nothing; exit with 1 when a file is not tidy."))
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help=_("Write nothing; show what would change."))] = False,
) -> int:
    from iopctl.files import Files, shown

    if asked and STREAM in asked:
        return _stream(asked, check=check, diff=diff)
    files = Files()
    paths = list({path.absolute(): path for path in _files(asked or [])}.values())
    done = [each for each in (_tidied(path, files) for path in paths) if each is not None]
    changed = [each for each in done if each.after != each.before]
    show(files.findings)
    if diff:
        write("".join(difference(each) for each in changed))
    else:
        if not check:
            write_files(changed)
        write("".join(f"{shown(each.path)}\n" for each in changed))
    summary = _summary(len(paths), len(changed), len(paths) - len(done), written=not (check or diff))
    note(summary) if diff else write(f"{summary}\n")
    return FINDINGS if len(done) < len(paths) or (check and changed) else IN_ORDER


def _summary(files: int, changed: int, left_alone: int, *, written: bool) -> str:
    if not changed:
        text = _("files: {count}; nothing to change").format(count=files)
    elif written:
        text = _("files: {count}; changed: {changed}").format(count=files, changed=changed)
    else:
        text = _("files: {count}; not tidy: {changed}").format(count=files, changed=changed)
    return text + ("; " + _("left alone: {count}").format(count=left_alone) if left_alone else "")


def _files(asked: Sequence[str]) -> Iterator[Path]:
    """The files that were asked for: by path, by folder or by id."""
    from iopctl.files import FOLDER, is_folder, select

    if not asked:
        yield from _workspace(root())
    for each in asked:
        path = Path(each)
        if not path.exists():
            yield agreement_file(each, select([root() / FOLDER]))[1]
        elif is_folder(path / FOLDER):
            yield from _workspace(path)
        else:
            yield from _in(path)


def _workspace(top: Path) -> Iterator[Path]:
    """The files of a workspace that iopctl reads: agreements, settings, rows for index tables."""
    from iopctl.files import FOLDER, is_folder
    from iopctl.surroundings import INDICES, SETTINGS

    yield from _in(top / FOLDER)
    if (top / SETTINGS).exists():
        yield top / SETTINGS
    if is_folder(top / INDICES):
        yield from _in(top / INDICES)


def _in(path: Path) -> list[Path]:
    """A file, or the YAML files in a folder."""
    from iopctl.files import files_in

    faults: list[OSError] = []
    found = files_in([path], faults)
    if faults:
        raise faults[0]
    return found


def _tidied(path: Path, files: Files) -> Rewrite | None:
    """A file as it is and as it should be; None where it cannot be read, with the findings kept."""
    from iopctl.source import EMPTY_FILE
    from iopctl.surroundings import SETTINGS

    known = len(files.findings)
    before = files.data(path)  # once, so that what changes after this is seen when it is written
    source = files.source_of(path, before) if before is not None else None
    if source is None or before is None:
        return None
    if source.findings:
        if path.name != SETTINGS or any(each.rule != EMPTY_FILE for each in source.findings):
            return None
        del files.findings[known:]  # everything in it is optional
        return Rewrite(path, before, before)
    return _rewrite(path, source, before)


def _rewrite(path: Path, source: Source, before: bytes) -> Rewrite | None:
    from iopctl.form import keys_at
    from iopctl.formatting import CannotFormatError, formatted

    model = _model(path, source)
    try:
        after = formatted(source, lambda route: keys_at(model, route))
    except CannotFormatError:
        note(_("{file} is left alone: it cannot be laid out anew without losing something").format(file=source.file))
        return None
    return Rewrite.to(path, before, after)


def _model(path: Path, source: Source) -> type[Part]:
    """What a file holds, which its name and its folder say."""
    from iopctl.files import FOLDER
    from iopctl.model import Agreement, Settings
    from iopctl.surroundings import INDICES, SETTINGS, packaged_tables
    from iopctl.tables import table_model

    if path.name == SETTINGS:
        return Settings
    folders = reversed(path.absolute().parts[:-1])
    if next((each for each in folders if each in (FOLDER, INDICES)), FOLDER) == INDICES:
        return table_model(source.values, packaged_tables())
    return Agreement


def _stream(asked: Sequence[str], *, check: bool, diff: bool) -> int:
    """An agreement from standard input to standard output."""
    from iopctl.files import Files
    from iopctl.source import Source

    if len(asked) > 1:
        raise CommandError(_("- stands for standard input and has to stand alone"))
    before = sys.stdin.buffer.read()
    try:
        source = Source(STREAM, before.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CommandError(_("standard input is not UTF-8")) from None
    files = Files()
    files.report(source, source.findings)
    show(files.findings)
    done = None if source.findings else _rewrite(Path(STREAM), source, before)
    if done is None:
        return FINDINGS
    if diff:
        write(difference(done))
    elif not check:
        write_bytes(done.after)
    return FINDINGS if check and done.after != done.before else IN_ORDER
