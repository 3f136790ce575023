"""Changes to the workspace's files: what would be written, whether it may be, the difference, and the writing.

Every command that writes into an agreement goes this way: `opened`, `spliced`, `carry_out`.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from iopctl.cli.exits import CommandError
from iopctl.cli.output import Saved, language, note, paint, save_all, write
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.edit import Change
    from iopctl.finding import Placed
    from iopctl.load import Loaded
    from iopctl.model import Agreement

_BOM = b"\xef\xbb\xbf"

DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Show what would be written, and write nothing."))]


@dataclass(frozen=True)
class Rewrite:
    """A file as it was, empty when there was none, and as it would be."""

    path: Path
    before: bytes
    after: bytes

    @classmethod
    def to(cls, path: Path, before: bytes, text: str) -> Rewrite:
        """The file with another text; a byte order mark that it has stays."""
        return cls(path, before, (_BOM if before.startswith(_BOM) else b"") + text.encode())

    @property
    def was(self) -> str:
        """What the file says."""
        return _text(self.before)

    @property
    def text(self) -> str:
        """What the file would say."""
        return _text(self.after)


@dataclass(frozen=True)
class Opened:
    """An agreement that can be read, with its file as it is now."""

    id: str
    path: Path
    before: bytes
    agreement: Agreement

    @property
    def text(self) -> str:
        """What the file says."""
        return _text(self.before)


def opened(asked: str) -> Opened:
    """The agreement that was asked for, by its id or its file. One that cannot be read is refused."""
    from iopctl.cli.workspace import agreement_file, root
    from iopctl.files import FOLDER, Files, select
    from iopctl.form import read
    from iopctl.model import Agreement

    id_, path = agreement_file(asked, select([root() / FOLDER]))
    files = Files()
    before = files.data(path)  # once, so that what changes after this is seen when it is written
    source = files.source_of(path, before) if before is not None else None
    agreement = None
    if source is not None and source.values is not None:
        agreement, wrong = read(Agreement, source.values)
        files.report(source, wrong)
    if agreement is None or before is None:
        raise refused(files.findings, _("mend the error above first"))
    return Opened(id_, path, before, agreement)


def spliced(file: Opened, changes: Iterable[Change]) -> Rewrite:
    """The agreement's file with the changes, and nothing else changed."""
    from iopctl.edit import CannotEditError, edited
    from iopctl.files import shown
    from iopctl.form import keys_at
    from iopctl.model import Agreement

    try:
        after = edited(file.text, changes, lambda route: keys_at(Agreement, route))
    except CannotEditError as error:
        message = _("{file}: {place} is not laid out so that it can be changed from here; change it by hand")
        raise CommandError(message.format(file=shown(file.path), place=error)) from None
    return Rewrite.to(file.path, file.before, after)


Said = Callable[["Loaded"], str]
"""What is to be said of a change, seen from the workspace as it then is."""


def carry_out(rewrites: Sequence[Rewrite], as_of: date, done: str | Said, *, dry_run: bool) -> None:
    """Writes the files, and says what was done and how to undo it; in a dry run shows the difference instead.

    Refused, with the findings, when an error would be added. New warnings are shown and do not stop it.
    """
    after, added = _effect(rewrites, as_of)
    if errors := [each for each in added if each.finding.fails_run()]:
        raise refused(errors, _("nothing was written: the change would add the error above"))
    said = done if isinstance(done, str) else done(after)
    if dry_run:
        write("".join(difference(each) for each in rewrites))
        note(_("not written, because of --dry-run: {done}").format(done=said.split("\n")[0]))
    else:
        undo = _undo([each.path for each in rewrites])
        write_files(rewrites)
        write(f"{said}\n{undo}\n")
    show(each for each in added if each.finding.acknowledged is None)


def new_findings(rewrites: Sequence[Rewrite], as_of: date) -> Sequence[Placed]:
    """What would be found in the agreements after the change that is not found now."""
    return _effect(rewrites, as_of).found


def _effect(rewrites: Sequence[Rewrite], as_of: date) -> _Looked:
    """The agreements as they would be, with what would be found in them that is not found now."""
    before = _look({each.path: each.was for each in rewrites}, as_of)
    after = _look({each.path: each.text for each in rewrites}, as_of)
    known = {_identity(each) for each in before.found}
    return _Looked(after.loaded, [each for each in after.found if _identity(each) not in known])


def _undo(paths: Sequence[Path]) -> str:
    """How to undo what is about to be written."""
    from iopctl.cli.workspace import root
    from iopctl.files import shown
    from iopctl.origin import commit

    found = commit(root())
    names = shlex.join(shown(each) for each in paths)
    if found is None:
        return _("undo: by hand, for the workspace is not kept in git")
    if any(found.differs(each, ()) for each in paths):
        message = _("undo: by hand, for there was more in it that is not committed; git diff {files} shows it all")
        return message.format(files=names)
    return _("undo: git restore {files}").format(files=names)


class _Looked(NamedTuple):
    """Some agreements as check sees them."""

    loaded: Loaded
    found: Sequence[Placed]


def _look(texts: Mapping[Path, str], as_of: date) -> _Looked:
    """Agreements with these texts, among the others of the workspace; an empty text is no file."""
    from iopctl.cli.workspace import later, root
    from iopctl.files import FOLDER, select
    from iopctl.judging import judged, report
    from iopctl.load import Places, load_among
    from iopctl.surroundings import SETTINGS, surroundings

    top = root()
    selection = select([top / FOLDER])
    files = {path.stem: path for path, text in texts.items() if text and path != top / SETTINGS}
    around = surroundings(top, selection, texts)
    paths = {**around.neighbours, **files}
    loaded = load_among(files, around, later(files, selection.files), texts)
    reports = {id_: report(id_, loaded, as_of) for id_ in loaded.workspace.agreements}
    checked = [id_ for id_ in files if id_ in reports]
    found = judged(reports, checked, paths, around.settings, as_of, Places(paths, texts).place)
    settings = [each for each in around.findings if top / SETTINGS in texts]
    return _Looked(loaded, [*settings, *loaded.findings, *found])


def _identity(placed: Placed) -> tuple[str, str, str, str]:
    """What makes two findings the same one, wherever the lines have moved."""
    return placed.file, placed.finding.rule.code, placed.route, language().say(placed.finding.message)


def difference(rewrite: Rewrite) -> str:
    """What would change in a file, coloured on a terminal."""
    from iopctl.files import shown
    from iopctl.render.diff import diff

    return diff(rewrite.was, rewrite.text, shown(rewrite.path), paint())


def write_files(rewrites: Iterable[Rewrite]) -> None:
    """Writes all the files, each whole. Raises CommandError when one has changed since it was read."""
    save_all([Saved(each.path, each.after, each.before) for each in rewrites])


def refused(found: Iterable[Placed], message: str) -> CommandError:
    """The error that ends a command, after what stops it has been shown."""
    show(found)
    return CommandError(message)


def show(found: Iterable[Placed]) -> None:
    """Findings on standard error."""
    from iopctl.render.findings import frames, in_order

    sys.stderr.write(frames(in_order(list(found)), language()))


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig")
