"""The two sides of a comparison: a revision, the working tree, or a file, each with what it is reckoned among.

A revision is written out in a folder of its own that is removed afterwards; the working tree, the index and HEAD are
never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from iopctl.cli.exits import CommandError
from iopctl.cli.output import language
from iopctl.cli.words import _
from iopctl.finding import say
from iopctl.git import GitError, NoGitError, answer, ask

if TYPE_CHECKING:
    from iopctl.finding import Placed
    from iopctl.surroundings import Surroundings


@dataclass(frozen=True)
class Side:
    """One side: the files by the ids of their agreements, and the tables and settings beside them."""

    name: str
    """As it is shown: `HEAD (7d4f33dabc)`, `the working tree`."""
    files: Mapping[str, Path]
    around: Surroundings
    findings: tuple[Placed, ...] = ()
    """What kept files from being among them."""
    folder: Path | None = None
    """Where a revision is written out: its files are shown without it."""
    revision: str | None = None
    untracked: frozenset[str] = frozenset()
    """The ids whose files git does not follow."""

    def shown(self, file: str) -> str:
        """A file as a person knows it: `HEAD:agreements/x.yaml` for one of a revision."""
        from iopctl.files import shown

        inside = shown(self.folder) if self.folder else None
        if inside is None or not file.startswith(f"{inside}/"):
            return file
        return f"{self.revision}:{file.removeprefix(f'{inside}/')}"

    def placed(self, placed: Placed) -> Placed:
        """A finding under the file's own name."""
        excerpts = tuple(replace(each, file=self.shown(each.file)) for each in placed.excerpts)
        return replace(placed, file=self.shown(placed.file), excerpts=excerpts)


def working_tree(root: Path) -> Side:
    """The files as they are on the disk."""
    from iopctl.files import FOLDER, select
    from iopctl.surroundings import surroundings

    selection = select([root / FOLDER])
    around = surroundings(root, selection)
    tracked = answer(root, "ls-files", "-z", "--", FOLDER)
    known = None if tracked is None else set(tracked.split("\0"))
    untracked = frozenset(
        id_
        for id_, path in selection.files.items()
        if known is not None and path.relative_to(root).as_posix() not in known
    )
    return Side(
        _("the working tree"),
        selection.files,
        around,
        (*selection.findings, *around.findings),
        untracked=untracked,
    )


def single_file(path: Path, root: Path | None) -> Side:
    """One file, among the tables and settings of the workspace, when there is one."""
    from iopctl.files import Selection
    from iopctl.surroundings import surroundings

    around = surroundings(root, Selection({path.stem: path}))
    return Side(str(path), {path.stem: path}, around, around.findings)


# -- revisions ---------------------------------------------------------------------------------------------------------


class Commits(NamedTuple):
    """What is compared: two commits, or one and the working tree."""

    old: Commit
    new: Commit | None


class Commit(NamedTuple):
    """A commit by the word that was used for it, and by its id."""

    word: str
    id: str
    day: date | None
    """When it was made, where the person was who made it."""

    @property
    def name(self) -> str:
        """As it is shown: the word, the beginning of the id, and the day."""
        known = [each for each in (self.id[:10], f"{self.day}" if self.day else "") if each and each != self.word]
        return f"{self.word} ({', '.join(known)})"


def commits(root: Path, text: str) -> Commits:
    """`REV`, `A..B` or `A...B`, which begins where the two part. Raises CommandError."""
    _in_git(root)
    range_ = re.fullmatch(r"(.*?)(\.\.\.?)(.*)", text, re.DOTALL)
    if range_ is None:
        return Commits(_commit(root, text), None)
    old, new = _commit(root, range_[1] or "HEAD"), _commit(root, range_[3] or "HEAD")
    if range_[2] == "...":
        base = answer(root, "merge-base", old.id, new.id)
        if base is None:
            message = _("{old} and {new} have no commit in common").format(old=old.word, new=new.word)
            raise CommandError(message + shallow(root))
        word = _("where {new} parted from {old}").format(new=new.word, old=old.word)
        old = Commit(word, base.strip(), _day(root, base.strip()))
    return Commits(old, new)


def is_revision(root: Path, text: str) -> bool:
    """Whether git knows a commit by this word."""
    return _resolved(root, text) is not None


def _commit(root: Path, word: str) -> Commit:
    found = _resolved(root, word)
    if found is not None:
        return Commit(word, found, _day(root, found))
    if word == "HEAD":
        raise CommandError(_("there is nothing to compare with: the repository has no commit yet"))
    raise CommandError(_("git knows no revision {word}").format(word=word) + shallow(root))


def _resolved(root: Path, word: str) -> str | None:
    """The id of a commit. No revision begins with a hyphen, which git would take for an option."""
    if word.startswith("-") or not word.strip() or "\0" in word:
        return None
    found = answer(root, "rev-parse", "--verify", "--quiet", f"{word}^{{commit}}")
    return found.strip() if found and re.fullmatch(r"[0-9a-f]{40,64}\s*", found) else None


_COMMITTED = re.compile(r"^committer .* ([0-9]{1,11}) ([+-])([0-9]{2})([0-9]{2})$", re.MULTILINE)


def _day(root: Path, id_: str) -> date | None:
    """The day of a commit, read from the commit itself: `git show` would run what the settings name."""
    head = (answer(root, "cat-file", "commit", id_) or "").partition("\n\n")[0]
    found = _COMMITTED.search(head)
    if found is None:
        return None
    hours, minutes = int(f"{found[2]}{found[3]}"), int(f"{found[2]}{found[4]}")
    return (datetime.fromtimestamp(int(found[1]), UTC) + timedelta(hours=hours, minutes=minutes)).date()


def shallow(root: Path) -> str:
    """What to do when the clone does not have all commits, as in CI."""
    if (answer(root, "rev-parse", "--is-shallow-repository") or "").strip() != "true":
        return ""
    hint = _("the clone is shallow and does not have all commits: git fetch --unshallow, or in CI fetch-depth: 0")
    return f"; {hint}"


def _in_git(root: Path) -> None:
    """Raises CommandError where there is no git, or no repository."""
    try:
        ask(root, "rev-parse", "--show-toplevel")
    except NoGitError:
        message = _("git is not installed, or not to be found")
        raise CommandError(f"{message}; {_INSTEAD}") from None
    except GitError as error:
        if "dubious ownership" in language().say(error.reason):
            message = _(
                "git does not trust {folder}, which belongs to somebody else: see git help config, safe.directory"
            )
            raise CommandError(message.format(folder=root)) from None
        message = _("{folder} is not in a git repository").format(folder=root)
        raise CommandError(f"{message}; {_INSTEAD}") from None


_INSTEAD = _("two files can be compared all the same: iopctl diff FILE FILE")


def at_commit(root: Path, commit: Commit, folder: Path) -> Side:
    """The workspace as it was in a commit, written out in an empty folder. Raises CommandError."""
    from iopctl.files import FOLDER, select
    from iopctl.surroundings import INDICES, SETTINGS, surroundings

    try:
        _write_out(root, commit, (FOLDER, INDICES, SETTINGS), folder)
    except GitError as error:
        message = _("git cannot show the files of {revision}: {reason}")
        why = language().say(error.reason)
        raise CommandError(message.format(revision=commit.name, reason=_first_line(why))) from None
    selection = select([folder / FOLDER]) if (folder / FOLDER).is_dir() else select([])
    around = surroundings(folder, selection)
    side = Side(commit.name, selection.files, around, (), folder, commit.word)
    return replace(side, findings=tuple(map(side.placed, (*selection.findings, *around.findings))))


def _first_line(text: str) -> str:
    return text.partition("\n")[0]


class _Blob(NamedTuple):
    """A file in a commit."""

    path: str
    id: str
    size: int


def _write_out(root: Path, commit: Commit, names: Iterable[str], folder: Path) -> None:
    """The files of a commit as they are kept: no filter and no conversion of line ends has a say."""
    from iopctl.files import MAX_BYTES

    listed = ask(root, "ls-tree", "-r", "-z", "-l", commit.id, "--", *names)
    blobs = [each for each in _blobs(listed) if _stays_inside(each.path)]
    small = [each for each in blobs if each.size <= MAX_BYTES]
    found = ask(root, "cat-file", "--batch", given="".join(f"{each.id}\n" for each in small).encode())
    texts = dict(zip(small, _contents(found), strict=True))
    for each in blobs:
        path = folder / each.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if each in texts:
            path.write_bytes(texts[each])
        else:
            with path.open("wb") as file:  # too large to be an agreement: the reader says so
                file.truncate(each.size)


def _blobs(listed: bytes) -> Iterator[_Blob]:
    for line in listed.split(b"\0"):
        about, _tab, path = line.partition(b"\t")
        words = about.decode("ascii", "replace").split()
        if len(words) == 4 and words[1] == "blob" and words[0].startswith("100"):  # a link leads nowhere here
            yield _Blob(path.decode("utf-8", "surrogateescape"), words[2], int(words[3]))


def _stays_inside(path: str) -> bool:
    """Whether a name in a commit is one that a file can have below a folder; git itself would not check out others."""
    parts = PurePosixPath(path).parts
    return not path.startswith("/") and "\\" not in path and not any(each in ("..", "") for each in parts)


def _contents(found: bytes) -> Iterator[bytes]:
    """What `git cat-file --batch` answers: for each object a line about it, and its bytes."""
    start = 0
    while start < len(found):
        end = found.index(b"\n", start)
        words = found[start:end].split()
        if len(words) != 3:  # `<id> missing`: a partial clone, of which nothing is fetched
            raise GitError(say("the clone does not have all files"))
        size = int(words[2])
        yield found[end + 1 : end + 1 + size]
        start = end + 1 + size + 1
