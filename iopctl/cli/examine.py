"""Reads and checks any number of files: in pieces, so that memory does not grow with them, and on every core."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from iopctl.cli.output import counted
from iopctl.judging import Report, beside, judged, report

if TYPE_CHECKING:
    from iopctl.cli.cache import Cache
    from iopctl.finding import Placed
    from iopctl.surroundings import Surroundings

PIECE = 125
"""Files in a piece: enough for a process to be worth starting, few enough to be forgotten again."""

WORTH_A_CACHE = 250
"""Files from which on reading the cache takes less time than checking anew."""


Result = TypeVar("Result")


@dataclass(frozen=True)
class Examination:
    """What came out of a run: everything that is wrong, in order of place, and the files that were looked at."""

    found: list[Placed]
    files: tuple[str, ...]
    aside: int = 0
    """How many findings the baseline has set aside; they are not among those found."""
    command: str = "check"
    """The command that looked."""


def examine(paths: Iterable[Path], root: Path | None, as_of: date, *, cached: bool = True) -> Examination:
    """Everything that is wrong in the files and folders, by themselves and among the others of the workspace."""
    from iopctl.files import select, shown
    from iopctl.load import Places
    from iopctl.render.findings import in_order
    from iopctl.surroundings import surroundings

    selection = select(each for each in paths if not _of_workspace(each, root))
    around = surroundings(root, selection)
    cache = _cache(root, around, as_of) if cached and len(around.neighbours) >= WORTH_A_CACHE else None
    reports = dict(cache.known(around.neighbours)) if cache else {}
    fresh = dict(_examined({id_: path for id_, path in around.neighbours.items() if id_ not in reports}, around, as_of))
    reports |= fresh
    if cache:
        cache.keep(fresh)
    find = Places(around.neighbours).place
    found = judged(reports, selection.files, reports, around.settings, as_of, find)
    found += beside(root, around, selection.findings, as_of)
    files = (*(shown(path) for path in selection.files.values()), *(each.file for each in selection.findings))
    return Examination(in_order(found), files)


def _cache(root: Path | None, around: Surroundings, as_of: date) -> Cache | None:
    from iopctl.cli.cache import Cache

    return Cache.open(root, around, as_of)


def _of_workspace(path: Path, root: Path | None) -> bool:
    """Whether a file is the workspace's own, which is read in any case, and no agreement."""
    from iopctl.surroundings import INDICES, SETTINGS

    return root is not None and path.absolute() in (root.absolute() / SETTINGS, *(root.absolute() / INDICES).glob("*"))


def _examined(files: Mapping[str, Path], around: Surroundings, as_of: date) -> Iterator[tuple[str, Report]]:
    """A report on each file."""
    for piece in in_pieces(partial(_piece, around=around, as_of=as_of), files):
        yield from piece


def _piece(files: Mapping[str, Path], around: Surroundings, as_of: date) -> list[tuple[str, Report]]:
    from iopctl.files import shown
    from iopctl.load import load

    loaded = load(files, around)
    broken: dict[str, list[Placed]] = defaultdict(list)
    for each in loaded.findings:
        broken[each.file].append(each)
    return [
        (id_, report(id_, loaded, as_of) if id_ in loaded.checked else Report(tuple(broken[shown(path)]), None))
        for id_, path in files.items()
    ]


Work = Callable[[dict[str, Path]], Result]

_work: list[Callable[[dict[str, Path]], Any]] = []
"""What a process does with its pieces. It is handed over once: what it knows of the workspace grows with the files."""


def in_pieces(work: Work[Result], files: Mapping[str, Path]) -> Iterator[Result]:
    """What the work gives for each piece of the files, in order; on every core when there is more than one piece."""
    ids = list(files)
    pieces = [{id_: files[id_] for id_ in ids[start : start + PIECE]} for start in range(0, len(ids), PIECE)]
    cores = min(len(pieces), os.cpu_count() or 1)
    if cores < 2:
        yield from map(work, pieces)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    import iopctl.checks  # noqa: F401  # before the processes part, so that none has to do it again
    from iopctl.model import Agreement

    Agreement.model_rebuild()  # for the same reason: its validator is made when it is first wanted
    # a forked process has everything imported already; elsewhere than on Linux forking is not safe
    context = get_context("fork" if sys.platform == "linux" else None)
    with ProcessPoolExecutor(cores, mp_context=context, initializer=_work.append, initargs=(work,)) as pool:
        yield from counted(pool.map(_do, pieces), len(pieces))


def _do(piece: dict[str, Path]) -> Any:
    return _work[-1](piece)
