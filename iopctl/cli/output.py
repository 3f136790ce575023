"""Where the words of a run go: language, colour, width, standard output, files."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from iopctl.cli.exits import CommandError
from iopctl.cli.words import CODE, _

if TYPE_CHECKING:
    from iopctl.locale.language import Language
    from iopctl.render.findings import Paint


Result = TypeVar("Result")


def language() -> Language:
    """The language of this run."""
    from iopctl.locale.language import Language

    return Language(CODE)


def coloured() -> bool:
    """Whether to colour what is written: only on a terminal, and not against NO_COLOR."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint() -> Paint:
    """How to colour text in this run."""
    from iopctl.render.findings import no_paint

    if not coloured():
        return no_paint
    from rich.style import Style

    return lambda style, text: Style.parse(style).render(text)


def width(elsewhere: int = 120) -> int:
    """How wide the terminal is; elsewhere, in a file or a pipe, wide enough for a table."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else elsewhere


def write(text: str) -> None:
    """To standard output."""
    sys.stdout.write(text)


def write_bytes(data: bytes) -> None:
    """To standard output, byte for byte."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def note(text: str) -> None:
    """A word to the person, beside the output."""
    from iopctl.render.plain import one_line

    sys.stderr.write(f"{one_line(text)}\n")


def counted(results: Iterable[Result], of: int) -> Iterator[Result]:
    """The results, with how far the work has come on standard error while a person looks at it there."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield from results
        return
    try:
        for number, result in enumerate(results, 1):
            sys.stderr.write(f"\r{language().percent(Decimal(number * 100 // of))}")
            sys.stderr.flush()
            yield result
    finally:
        sys.stderr.write("\r     \r")


def save(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all: a temporary file in the same folder, then a rename."""
    import tempfile

    if str(path) == "-" or path.parts[:2] in (("/", "dev"), ("/", "proc")) or (path.exists() and not path.is_file()):
        message = _("{file} is not an ordinary file; choose another name, or leave the option out to see it here")
        raise CommandError(message.format(file=path))
    path = path.resolve()  # a link goes on pointing at its file
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise CommandError(
            _("cannot write in {folder}: {reason}").format(folder=path.parent, reason=reason(error))
        ) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException as error:  # also when somebody interrupts
        Path(temporary).unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        raise CommandError(_("cannot write {file}: {reason}").format(file=path, reason=reason(error))) from None


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def reason(error: OSError) -> str:
    """Why the computer could not read or write, in the language of the run where the cause is a usual one."""
    known = {
        errno.ENOENT: _("there is no such file or folder"),
        errno.EACCES: _("permission denied"),
        errno.EPERM: _("permission denied"),
        errno.EROFS: _("the disk can only be read"),
        errno.ENOSPC: _("the disk is full"),
        errno.EEXIST: _("there is a file with that name"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOTDIR: _("a part of the path is not a folder"),
        errno.ENAMETOOLONG: _("the name is too long"),
    }
    return known.get(error.errno or 0, error.strerror or type(error).__name__)
