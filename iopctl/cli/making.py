"""A workspace on the disk: what is there, what is in the way, and writing the rest."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from iopctl.cli.exits import CommandError
from iopctl.cli.output import reason, save
from iopctl.cli.words import _
from iopctl.starter.files import Compared, File


class State(Enum):
    """What a file of the workspace is before it is written."""

    NEW = "new"
    THERE = "there"
    OTHER = "other"
    """There, with another content, which stays."""
    STALE = "stale"
    """Made by another iopctl, or in another language."""


@dataclass(frozen=True)
class Step:
    """A file that the workspace is to have, and what there is of it."""

    file: File
    path: Path
    state: State
    lacking: tuple[str, ...] = ()


def steps(folder: Path, files: Iterable[File]) -> list[Step]:
    """The files of a folder, given by its real path, compared with what is there.

    Raises CommandError for what stands in the way of any of them.
    """
    _folder_can_be(folder)
    found = [_step(folder, file) for file in files]
    for parent in {nearest(step.path.parent) for step in found if step.state is State.NEW}:
        if not os.access(parent, os.W_OK | os.X_OK):
            raise CommandError(
                _("cannot write in {folder}: {reason}").format(folder=parent, reason=_("permission denied"))
            )
    return found


def _step(folder: Path, file: File) -> Step:
    path = folder / file.path
    _nothing_in_the_way(folder, path)
    there = _text(path)
    if there is None:
        return Step(file, path, State.NEW)
    if there == file.text:
        return Step(file, path, State.THERE)
    lacking = file.lacking(there)
    if file.compared is Compared.MADE:
        state = State.STALE
    elif file.compared in (Compared.LINES, Compared.JSON) and not lacking:
        state = State.THERE
    else:
        state = State.OTHER
    return Step(file, path, state, lacking)


def _text(path: Path) -> str | None:
    """What is in a file, whatever its line ends; None when there is no file."""
    try:
        return path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CommandError(_("cannot read {file}: {reason}").format(file=path, reason=reason(error))) from None


def _folder_can_be(folder: Path) -> None:
    there = nearest(folder)
    if not there.is_dir():
        raise CommandError(_("{path} is a file; a folder is wanted there").format(path=there))


def _nothing_in_the_way(folder: Path, path: Path) -> None:
    """Nothing outside the folder is ever written, and what has another kind is left alone."""
    for parent in reversed([each for each in path.parents if each.is_relative_to(folder) and each != folder]):
        if os.path.lexists(parent) and not parent.is_dir():
            raise CommandError(_("{path} is a file; a folder is wanted there").format(path=parent))
    if not real(path).is_relative_to(folder):
        raise CommandError(_("{path} leads out of the folder; nothing was written").format(path=path))
    if os.path.lexists(path) and not path.is_file():
        raise CommandError(_("{path} is not an ordinary file; a file is wanted there").format(path=path))


def real(path: Path) -> Path:
    """Where a path leads, as far as it leads anywhere; pathlib's own refuses a link that leads back to itself."""
    return Path(os.path.realpath(path))


def nearest(path: Path) -> Path:
    """The path, or as much of it as there is."""
    return next(each for each in (path, *path.parents) if os.path.lexists(each))


def write(wanted: Sequence[Step]) -> None:
    """Writes the files. When one of them cannot be written, what has been made so far is taken away again."""
    made: list[Path] = []
    try:
        for step in wanted:
            _make(step.path.parent, made)
            new = step.state is State.NEW
            if new and os.path.lexists(step.path):
                message = _("{file} has been made by somebody else meanwhile; try again")
                raise CommandError(message.format(file=step.path))
            save(step.path, step.file.text.encode(), known=b"" if new else None)
            made += [step.path] if new else []  # only now is it ours to take away
    except BaseException:  # also when somebody interrupts
        _take_away(made)
        raise


def _make(folder: Path, made: list[Path]) -> None:
    for each in reversed([folder, *folder.parents]):
        if not each.is_dir():
            try:
                each.mkdir()
            except OSError as error:
                message = _("cannot make the folder {folder}: {reason}")
                raise CommandError(message.format(folder=each, reason=reason(error))) from None
            made.append(each)


def _take_away(made: Sequence[Path]) -> None:
    """The last one first, so that a folder is empty unless somebody else has put something there."""
    import contextlib

    for path in reversed(made):
        with contextlib.suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()
