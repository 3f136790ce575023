"""Where a draft's facts were read from: the commit of the workspace, when it is in git."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

BESIDE = ("iopctl.yaml", "indices", "templates")
"""What else in the workspace a document depends on."""

STATUS = (
    "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignore-submodules=all", "--", ".",
)  # fmt: skip
"""A repository inside the repository has settings of its own."""


class Commit(NamedTuple):
    """The commit that is checked out, and the files that differ from it."""

    id: str
    changed: frozenset[Path]

    def differs(self, path: Path, beside: Sequence[Path]) -> bool:
        """Whether the file, or one that every document depends on, is another than in the commit."""
        return any(
            each == path.resolve() or any(each.is_relative_to(other) for other in beside) for each in self.changed
        )


def commit(root: Path) -> Commit | None:
    """The commit of the workspace; None outside git, before the first commit, or where there is no git."""
    head = _git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    top = _git(root, "rev-parse", "--show-toplevel")
    status = _git(root, *STATUS, off=_filters(root))
    if head is None or top is None or status is None:
        return None
    folder = Path(top.rstrip("\n")).resolve()
    return Commit(head.strip(), frozenset(folder / entry[3:] for entry in status.split("\0") if entry))


def _filters(root: Path) -> list[str]:
    """The keys of the programs that the repository's own settings would have its files go through."""
    keys = _git(root, "config", "--local", "--includes", "-z", "--name-only", "--get-regexp", r"^filter\.") or ""
    return [key for key in keys.split("\0") if key]


def _git(root: Path, *arguments: str, off: Sequence[str] = ()) -> str | None:
    """What git answers; it runs no program that the repository's own settings name, and none of those in `off`."""
    import os
    import subprocess

    command = ["git", "-C", str(root), "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", *arguments]
    keys = {f"GIT_CONFIG_KEY_{number}": key for number, key in enumerate(off)}
    values = {f"GIT_CONFIG_VALUE_{number}": "" for number, _key in enumerate(off)}
    settings = {**os.environ, "GIT_CONFIG_COUNT": str(len(off)), **keys, **values}
    try:
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", errors="replace", timeout=20, check=False, env=settings
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
