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
    from iopctl.finding import Route
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
    from iopctl.load import FOLDER, load, select

    top = root()
    selection = select([top / FOLDER])
    if ids:
        names = [Path(each).stem if each.endswith((".yaml", ".yml")) else each for each in ids]
        return load({name: selection.files[_known(name, selection.files)] for name in names}, top)
    loaded = load(selection.files, top)
    return replace(loaded, findings=(*loaded.findings, *selection.findings))


def _known(name: str, files: Mapping[str, Path]) -> str:
    if name in files:
        return name
    import difflib

    message = _("there is no agreement {name} in the workspace").format(name=name)
    close = difflib.get_close_matches(name, files, n=1, cutoff=0.5)
    if close:
        message += "; " + _("did you mean {name}?").format(name=close[0])
    raise CommandError(message)


def sound(loaded: Loaded, as_of: date) -> tuple[list[str], bool]:
    """The ids that can be reckoned with, and whether all can; what stops the others is shown on standard error.

    Numbers from broken data are refused: an agreement with an error that is not acknowledged is left out. A missing
    index stops only the payments that need it, and says so in its rows.
    """
    from iopctl.checks.money import index_missing
    from iopctl.cli.examine import findings
    from iopctl.render.findings import frames

    stopping = [
        each for each in findings(loaded, as_of) if each.finding.fails and each.finding.rule != index_missing.rule
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
