"""What the commands have in common: their usual options, finding the workspace, colour, and showing findings."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli.exits import CommandError
from iopctl.cli.words import CODE, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from iopctl.finding import Placed
    from iopctl.load import Loaded
    from iopctl.locale.language import Language
    from iopctl.render.findings import Paint


def parse_date(text: str) -> date:
    """A date from an argument."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or len(text) != 10 or not 1900 <= day.year <= 2199:
        raise CommandError(_("found {value}, expected a date: YYYY-MM-DD").format(value=text))
    return day


AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help=_("Reckon as on this day (YYYY-MM-DD), with what was known then. Default: today.")),
]
Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help=_("The agreements; without any, all of them."))]


def day_of(as_of: str | None) -> date:
    """The day to reckon from. Here, and nowhere else, the program asks what day it is."""
    return parse_date(as_of) if as_of else date.today()


def language() -> Language:
    """The language of this run."""
    from iopctl.locale.language import Language

    return Language(CODE)


def coloured(stream: object = None) -> bool:
    """Whether to colour what is written: only on a terminal, and not against NO_COLOR."""
    out = stream or sys.stdout
    return bool(out.isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"  # type: ignore[attr-defined]


def paint() -> Paint:
    """How to colour text in this run."""
    from iopctl.render.findings import no_paint

    if not coloured():
        return no_paint
    from rich.style import Style

    return lambda style, text: Style.parse(style).render(text)


def write(text: str) -> None:
    """To standard output."""
    sys.stdout.write(text)


def note(text: str) -> None:
    """A word to the person, beside the output."""
    sys.stderr.write(f"{text}\n")


def root() -> Path:
    """The workspace that the current folder is in."""
    from iopctl.load import FOLDER, find_root

    found = find_root(Path.cwd())
    if found is None:
        message = _("there is no folder {folder} here or above; go to the workspace, or name files and folders")
        raise CommandError(message.format(folder=f"{FOLDER}/"))
    return found


def load_ids(ids: Sequence[str] | None) -> Loaded:
    """The agreements with these ids, or all in the workspace. A file's path is taken for its id too."""
    from iopctl.load import FOLDER, load

    top = root()
    folder = top / FOLDER
    if not ids:
        return load([folder], top)
    known = {path.stem: path for path in sorted(folder.rglob("*.y*ml"))}
    paths = []
    for each in ids:
        name = Path(each).stem if each.endswith((".yaml", ".yml")) else each
        if name not in known:
            import difflib

            close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            message = _("there is no agreement {name} in {folder}").format(name=each, folder=folder)
            if close:
                message += "; " + _("did you mean {name}?").format(name=close[0])
            raise CommandError(message)
        paths.append(known[name])
    return load(paths, top)


def checked(loaded: Loaded, as_of: date) -> list[Placed]:
    """Everything that is wrong with the agreements that were asked for, in order."""
    from iopctl.checks import Case, check
    from iopctl.render.findings import in_order

    found = list(loaded.findings)
    for id_ in loaded.checked:
        case = Case(id_, loaded.workspace.agreements[id_], loaded.workspace, as_of)
        found += [loaded.place(id_, finding) for finding in check(case)]
    return in_order(found)


def sound(loaded: Loaded, as_of: date) -> tuple[list[str], bool]:
    """The ids that can be reckoned with, and whether all can; what stops the others is shown on standard error.

    Numbers from broken data are refused: an agreement with an error that is not acknowledged is left out. A missing
    index stops only the payments that need it, and says so in its rows.
    """
    from iopctl.checks.money import index_missing
    from iopctl.render.findings import full

    stopping = [each for each in checked(loaded, as_of) if each.finding.fails and each.finding.rule is not index_missing]
    if stopping:
        sys.stderr.write(full(stopping, loaded.count, language()))
    broken = {each.file for each in stopping}
    ids = [id_ for id_ in loaded.checked if loaded.files[id_] not in broken]
    for id_ in loaded.checked:
        if id_ not in ids:
            note(_("{agreement} is left out: mend the error above first").format(agreement=id_))
    return ids, not stopping


def save(path: Path, data: bytes) -> None:
    """Writes a file whole or not at all: a temporary file in the same folder, then a rename."""
    import tempfile

    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise CommandError(_("cannot write in {folder}: {reason}").format(folder=path.parent, reason=error.strerror)) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise CommandError(_("cannot write {file}: {reason}").format(file=path, reason=error.strerror)) from None


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def one_of(name: str, value: str, choices: Iterable[str]) -> str:
    """The value, when it is one of the choices."""
    if value not in choices:
        message = _("{name}: found {value}, expected one of: {choices}")
        raise CommandError(message.format(name=name, value=value, choices=", ".join(choices)))
    return value
