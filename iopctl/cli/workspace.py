"""The workspace of a run: which agreements, what is wrong with them, which can be reckoned with."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from iopctl.cli.exits import CommandError
from iopctl.cli.output import language, note
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.files import Selection
    from iopctl.finding import Route
    from iopctl.load import Loaded
    from iopctl.render.names import Place


def root() -> Path:
    """The workspace that the current folder is in."""
    from iopctl.files import FOLDER, find_root

    found = find_root(Path.cwd())
    if found is None:
        message = _("there is no folder {folder} here or above; go to the workspace, or name files and folders")
        raise CommandError(message.format(folder=f"{FOLDER}/"))
    return found


def load_ids(ids: Sequence[str] | None) -> Loaded:
    """The agreements with these ids or in these files, or all in the workspace, among those before and after them."""
    from iopctl.files import FOLDER, select
    from iopctl.load import load_among
    from iopctl.surroundings import surroundings

    top = root()
    selection = select([top / FOLDER])
    around = surroundings(top, selection)
    if not ids:
        loaded = load_among(selection.files, around, ())
        return replace(loaded, findings=(*loaded.findings, *selection.findings, *around.findings))
    files = dict(_file(each, selection) for each in ids)
    loaded = load_among(files, around, _later(files, selection.files))
    return replace(loaded, findings=(*loaded.findings, *around.findings))


def _file(asked: str, selection: Selection) -> tuple[str, Path]:
    """The id and the file of an agreement that was asked for by its id or its file."""
    if asked.endswith((".yaml", ".yml")) and Path(asked).exists():
        return Path(asked).stem, Path(asked)
    name = asked.removesuffix(".yaml").removesuffix(".yml")
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


def _later(files: Mapping[str, Path], others: Mapping[str, Path]) -> list[str]:
    """The ids of agreements whose text may say that they replace one of these."""
    signs = [f"replaces: {id_}".encode() for id_ in files]

    def mentions(path: Path) -> bool:
        try:
            text = path.read_bytes()
        except OSError:
            return False
        return any(sign in text for sign in signs)

    return [id_ for id_, path in others.items() if id_ not in files and mentions(path)]


def sound(loaded: Loaded, as_of: date) -> tuple[list[str], list[str]]:
    """The ids that can be reckoned with, and the files that are left out; what stops them is shown on standard error.

    Numbers from broken data are refused: an agreement with an error that is not acknowledged is left out, and so is
    one that needs an index when the workspace's rows are broken. A missing index stops only the payments that need it,
    and what has been logged since stops nobody from asking how things stood on a day that has passed.
    """
    from iopctl.checks.follow_up import log_in_the_future
    from iopctl.checks.indexing import index_missing
    from iopctl.cli.examine import findings
    from iopctl.render.findings import frames

    harmless = (index_missing.rule, log_in_the_future.rule)
    stopping = [
        each for each in findings(loaded, as_of) if each.finding.fails_run() and each.finding.rule not in harmless
    ]
    if stopping:
        sys.stderr.write(frames(stopping, language()))
    broken = dict.fromkeys(each.file for each in stopping)
    for id_ in loaded.checked:
        indexed = any(each.indexation for each in loaded.workspace.agreements[id_].contributions)
        if indexed and not loaded.tables_sound:
            broken[loaded.files[id_]] = None
    for file in broken:
        note(_("{file} is left out: mend the error above first").format(file=file))
    return [id_ for id_ in loaded.checked if loaded.files[id_] not in broken], list(broken)


def place(loaded: Loaded) -> Place:
    """Where a route of an agreement stands: file:line:column."""
    from iopctl.finding import Label
    from iopctl.render.plain import one_line

    def find(id_: str, route: Route) -> str:
        excerpt = loaded.sources[id_].excerpt(Label(route))
        return f"{one_line(excerpt.file)}:{excerpt.span.line}:{excerpt.span.column}"

    return find
