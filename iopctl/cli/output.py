"""Where the words of a run go: language, colour, width, standard output, files."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

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


class Saved(NamedTuple):
    """A file that is to be written."""

    path: Path
    data: bytes
    known: bytes | None = None
    """What it held when it was read: nothing at all, when it was not there. None when that does not matter."""


def save(path: Path, data: bytes, known: bytes | None = None) -> None:
    """Writes a file whole or not at all: a temporary file in the same folder, then a rename. See Saved."""
    save_all([Saved(path, data, known)])


def save_all(files: Iterable[Saved]) -> None:
    """Writes files, all of them or none, each whole. Refused when one no longer holds what is known of it.

    Two runs of iopctl that write in one folder wait for each other. When the computer stops between two files, the
    first has been written and the second not.
    """
    from contextlib import ExitStack

    targets = [each._replace(path=_target(each.path)) for each in files]
    staged: list[Path] = []
    with ExitStack() as held:
        for folder in sorted({each.path.parent for each in targets if each.known is not None}):
            held.enter_context(_alone_in(folder))
        try:
            for each in targets:
                staged.append(_staged(each))
            for each in targets:
                if each.known is not None and _content(each.path) != each.known:
                    raise CommandError(
                        _("{file} was changed by somebody else meanwhile; try again").format(file=each.path)
                    )
            _exchange(targets, staged)
        finally:  # also when somebody interrupts; what has been renamed is no longer there
            for temporary in staged:
                temporary.unlink(missing_ok=True)


def _target(path: Path) -> Path:
    """The file that is written for a path: a link goes on pointing at its file."""
    if str(path) == "-" or path.parts[:2] in (("/", "dev"), ("/", "proc")) or (path.exists() and not path.is_file()):
        message = _("{file} is not an ordinary file; choose another name, or leave the option out to see it here")
        raise CommandError(message.format(file=path))
    target = Path(os.path.realpath(path))  # pathlib's own refuses a link that leads back to itself, with no OSError
    if target.is_symlink():
        message = _("cannot write {file}: {reason}")
        raise CommandError(message.format(file=path, reason=reason(OSError(errno.ELOOP, ""))))
    if path.exists() and not os.access(path, os.W_OK):  # a rename would not ask
        raise CommandError(_("cannot write {file}: {reason}").format(file=path, reason=_("permission denied")))
    return target


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _staged(file: Saved) -> Path:
    """A temporary file beside the one that is to be written, with all that is to be in it, safe on the disk.

    It begins with a dot and does not end in .yaml: one that is left by a run that was killed is nobody's agreement.
    """
    import tempfile

    path = file.path
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        message = _("cannot write in {folder}: {reason}")
        raise CommandError(message.format(folder=path.parent, reason=reason(error))) from None
    try:
        with os.fdopen(handle, "wb") as temporary:
            temporary.write(file.data)
            temporary.flush()
            os.fsync(temporary.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
    except BaseException as error:  # also when somebody interrupts
        Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _cannot_write(path, error) from None
        raise
    return Path(name)


def _exchange(targets: Sequence[Saved], staged: Sequence[Path]) -> None:
    """Puts the new files in the place of the old ones; when one cannot be, the others are put back."""
    done: list[Saved] = []
    for each, temporary in zip(targets, staged, strict=True):
        try:
            temporary.replace(each.path)
        except OSError as error:
            for other in done:
                _put_back(other)
            raise _cannot_write(each.path, error) from None
        done.append(each)


def _put_back(file: Saved) -> None:
    if file.known:
        _staged(file._replace(data=file.known)).replace(file.path)
    elif file.known is not None:
        file.path.unlink(missing_ok=True)


def _cannot_write(path: Path, error: OSError) -> CommandError:
    return CommandError(_("cannot write {file}: {reason}").format(file=path, reason=reason(error)))


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """While no other iopctl compares and writes in a folder. The lock is on the folder, so nothing is left behind.

    Where folders cannot be locked (Windows, some network disks) two that write within the same thousandth of a second
    can still overwrite each other.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl
    import time

    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # writing in it will say why
        yield
        return
    try:
        for _attempt in range(_PATIENCE):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(0.05)
            except OSError:  # this disk has no locks
                break
        else:
            message = _("another iopctl has been writing in {folder} for ten seconds; try again when it has ended")
            raise CommandError(message.format(folder=folder))
        yield
    finally:
        os.close(handle)


_PATIENCE = 200
"""How often the lock is asked for: for ten seconds."""


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
        errno.EDQUOT: _("the disk is full"),
        errno.EFBIG: _("the file would be larger than it may be"),
        errno.EEXIST: _("there is a file with that name"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOTDIR: _("a part of the path is not a folder"),
        errno.ELOOP: _("the link leads back to itself"),
        errno.ENAMETOOLONG: _("the name is too long"),
    }
    return known.get(error.errno or 0, error.strerror or type(error).__name__)
