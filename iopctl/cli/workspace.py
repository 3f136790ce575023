"""The workspace of a run: which agreements, what is wrong with them, which can be reckoned with."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from iopctl.cli.exits import CommandError
from iopctl.cli.output import language, note
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.finding import Placed, Route
    from iopctl.load import Loaded
    from iopctl.render.names import Place


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
    from iopctl.render.findings import frames

    stopping = [
        each for each in checked(loaded, as_of) if each.finding.fails and each.finding.rule is not index_missing
    ]
    if stopping:
        sys.stderr.write(frames(stopping, language()))
    broken = {each.file for each in stopping}
    ids = [id_ for id_ in loaded.checked if loaded.files[id_] not in broken]
    for id_ in loaded.checked:
        if id_ not in ids:
            note(_("{agreement} is left out: mend the error above first").format(agreement=id_))
    return ids, not stopping


def place(loaded: Loaded) -> Place:
    """Where a route of an agreement stands: file:line:column."""
    from iopctl.finding import Label

    def find(id_: str, route: Route) -> str:
        excerpt = loaded.sources[id_].excerpt(Label(route))
        return f"{excerpt.file}:{excerpt.span.line}:{excerpt.span.column}"

    return find
