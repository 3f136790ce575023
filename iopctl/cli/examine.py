"""Reads and checks any number of files: in pieces, so that memory does not grow with them, and on every core."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iopctl.finding import Placed
    from iopctl.load import Loaded, Surroundings

PIECE = 125
"""Files in a piece: enough for a process to be worth starting, few enough to be forgotten again."""


def examine(paths: Iterable[Path], root: Path | None, as_of: date) -> tuple[list[Placed], int]:
    """Everything that is wrong in the files and folders, in order of place, and how many files there were."""
    import iopctl.checks  # noqa: F401  # before the processes part, so that none has to do it again
    from iopctl.load import select, surroundings
    from iopctl.model import Agreement
    from iopctl.render.findings import in_order

    Agreement.model_rebuild()  # for the same reason: its validator is made when it is first wanted
    selection = select(paths)
    around = surroundings(root, selection)
    found = [*selection.findings, *around.findings]
    for piece in _map(partial(_piece, around=around, as_of=as_of), list(_pieces(selection.files))):
        found += piece
    return in_order(found), selection.count


def findings(loaded: Loaded, as_of: date) -> list[Placed]:
    """Everything that is wrong with agreements that have been loaded, in order of place."""
    from iopctl.checks import Case, check
    from iopctl.render.findings import in_order

    found = list(loaded.findings)
    for id_ in loaded.checked:
        case = Case(id_, loaded.workspace.agreements[id_], loaded.workspace, as_of)
        found += [loaded.place(id_, finding) for finding in check(case)]
    return in_order(found)


def _piece(files: Mapping[str, Path], around: Surroundings, as_of: date) -> list[Placed]:
    from iopctl.load import load

    return findings(load(files, around), as_of)


def _pieces(files: Mapping[str, Path]) -> Iterator[dict[str, Path]]:
    ids = list(files)
    for start in range(0, len(ids), PIECE):
        yield {id_: files[id_] for id_ in ids[start : start + PIECE]}


def _map(work: partial[list[Placed]], pieces: list[dict[str, Path]]) -> Iterator[list[Placed]]:
    """The result for each piece, in order; several at a time when there is more than one."""
    cores = min(len(pieces), os.cpu_count() or 1)
    if cores < 2:
        yield from map(work, pieces)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # a forked process has everything imported already; elsewhere than on Linux forking is not safe
    context = get_context("fork" if sys.platform == "linux" else None)
    with ProcessPoolExecutor(cores, mp_context=context) as pool:
        yield from pool.map(work, pieces)
