"""The workspace of a run: which agreements, what is wrong with them, which can be reckoned with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from iopctl.cli.exits import CommandError
from iopctl.cli.output import language, note
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.files import Selection
    from iopctl.finding import Placed
    from iopctl.judging import Report
    from iopctl.load import Loaded
    from iopctl.model import IndexTable, Settings
    from iopctl.surroundings import Surroundings

Result = TypeVar("Result")


def root() -> Path:
    """The workspace that the current folder is in."""
    from iopctl.files import FOLDER, find_root

    found = find_root(Path.cwd())
    if found is None:
        message = _("there is no folder {folder} here or above; go to the workspace, or name files and folders")
        raise CommandError(message.format(folder=f"{FOLDER}/"))
    return found


@dataclass(frozen=True)
class Reckoned(Generic[Result]):
    """What came of reckoning with the agreements that can be reckoned with, by their ids."""

    sound: Mapping[str, Result]
    left_out: list[str]
    """The files that are left out."""
    tables: Mapping[str, IndexTable]
    settings: Settings
    successors: list[tuple[str, str, date]]
    """Agreements that take the place of others: its id, the other's, and its first day."""
    files: Mapping[str, str]
    """The file of each agreement of the workspace, as it is to be shown."""


class _Piece(NamedTuple, Generic[Result]):
    """What came of some of the files, and of those beside them."""

    findings: tuple[Placed, ...]
    """What kept files from becoming agreements."""
    reports: dict[str, Report]
    results: dict[str, Result]


def reckon(ids: Sequence[str] | None, as_of: date, work: Callable[[str, Loaded], Result]) -> Reckoned[Result]:
    """Does the work with the agreements with these ids or in these files, or with all in the workspace.

    Numbers from broken data are refused: an agreement with an error that is not acknowledged is left out, and so is
    one that needs an index when the workspace's rows are broken; what stops them is shown on standard error.
    """
    from iopctl.cli.examine import in_pieces
    from iopctl.files import FOLDER, select, shown
    from iopctl.judging import in_the_way, successors
    from iopctl.load import Places
    from iopctl.render.findings import frames
    from iopctl.surroundings import surroundings

    top = root()
    selection = select([top / FOLDER])
    around = surroundings(top, selection)
    files = dict(agreement_file(each, selection) for each in ids) if ids else selection.files
    beside = later(files, selection.files) if ids else None
    pieces = list(in_pieces(partial(_piece, around=around, beside=beside, as_of=as_of, work=work), files))
    reports = {id_: report for piece in pieces for id_, report in piece.reports.items()}
    results = {id_: result for piece in pieces for id_, result in piece.results.items()}
    checked = [id_ for id_ in files if id_ in reports]
    paths = {**around.neighbours, **files}
    unread = [*(() if ids else selection.findings), *(each for piece in pieces for each in piece.findings)]
    stopping = in_the_way(reports, checked, replace(around, neighbours=paths), unread, as_of, Places(paths).place)
    if stopping:
        sys.stderr.write(frames(stopping, language()))
    broken = dict.fromkeys(
        [*(each.file for each in stopping), *(shown(files[id_]) for id_ in checked if id_ not in results)]
    )
    for file in broken:
        note(_("{file} is left out: mend the error above first").format(file=file))
    sound = {id_: results[id_] for id_ in checked if shown(files[id_]) not in broken}
    names = {id_: shown(path) for id_, path in paths.items()}
    return Reckoned(sound, list(broken), around.tables, around.settings, list(successors(reports)), names)


def _piece(
    files: Mapping[str, Path],
    around: Surroundings,
    beside: Sequence[str] | None,
    as_of: date,
    work: Callable[[str, Loaded], Result],
) -> _Piece[Result]:
    """Does the work where nothing in the agreement itself is in the way. Without `beside` all files are asked for."""
    from iopctl.judging import report, usable
    from iopctl.load import load, load_among

    loaded = load(files, around) if beside is None else load_among(files, around, beside)
    reports = {id_: report(id_, loaded, as_of) for id_ in loaded.workspace.agreements}
    sound = [id_ for id_ in loaded.checked if usable(id_, reports[id_], loaded, as_of)]
    return _Piece(loaded.findings, reports, {id_: work(id_, loaded) for id_ in sound})


def agreement_file(asked: str, selection: Selection) -> tuple[str, Path]:
    """The id and the file of an agreement that was asked for by its id or its file."""
    from iopctl.source import composed

    if asked.endswith((".yaml", ".yml")) and Path(asked).exists():
        return Path(asked).stem, Path(asked)
    name = asked.removesuffix(".yaml").removesuffix(".yml")
    name = next((each for each in selection.files if composed(each) == composed(name)), name)
    if name in selection.shared:
        files = ", ".join(str(path) for path in selection.shared[name])
        raise CommandError(
            _("two files have the id {name}: {files}; give one of them another name").format(name=name, files=files)
        )
    if name in selection.files:
        return name, selection.files[name]
    import difflib

    message = _("there is no agreement {name} in the workspace").format(name=asked)
    close = difflib.get_close_matches(name, selection.files, n=1, cutoff=0.5)
    if close:
        message += "; " + _("did you mean {name}?").format(name=close[0])
    raise CommandError(message)


def later(files: Mapping[str, Path], others: Mapping[str, Path]) -> list[str]:
    """The ids of agreements whose text may say that they replace one of these."""
    signs = [f"replaces: {id_}".encode() for id_ in files]

    def mentions(path: Path) -> bool:
        try:
            text = path.read_bytes()
        except OSError:
            return False
        return any(sign in text for sign in signs)

    return [id_ for id_, path in others.items() if id_ not in files and mentions(path)]
