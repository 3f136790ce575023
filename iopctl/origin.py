"""Where a draft's facts were read from: the commit of the workspace, when it is in git."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from iopctl.git import answer

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
    head = answer(root, "rev-parse", "--verify", "--quiet", "HEAD")
    top = answer(root, "rev-parse", "--show-toplevel")
    status = answer(root, *STATUS, off=_filters(root))
    if head is None or top is None or status is None:
        return None
    folder = Path(top.rstrip("\n")).resolve()
    return Commit(head.strip(), frozenset(folder / entry[3:] for entry in status.split("\0") if entry))


def repository(folder: Path) -> Path | None:
    """The folder of the repository that a folder is in; None outside git."""
    top = answer(folder, "rev-parse", "--show-toplevel")
    return Path(top.rstrip("\n")).resolve() if top else None


def remotes(folder: Path) -> str:
    """The addresses that the repository is fetched from and pushed to."""
    return answer(folder, "config", "--local", "--get-regexp", r"^remote\..*\.url$") or ""


def _filters(root: Path) -> list[str]:
    """The keys of the programs that the repository's own settings would have its files go through."""
    asked = ("--includes", "-z", "--name-only", "--get-regexp", r"^filter\.")
    keys = [answer(root, "config", scope, *asked) or "" for scope in ("--local", "--worktree")]
    return [key for key in "".join(keys).split("\0") if key]
