"""The appendix of a draft that says what has changed since a revision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from iopctl.cli.exits import CommandError
from iopctl.cli.words import _
from iopctl.cli.workspace import root

if TYPE_CHECKING:
    from iopctl.cli.sides import Commit, Side
    from iopctl.documents.changes import Changed


class Appendix(NamedTuple):
    """What has changed in an agreement, and since which commit."""

    since: str
    changed: Changed


def appendices(revision: str, days: Mapping[str, date]) -> dict[str, Appendix]:
    """The appendix of each agreement, with what was known on its document's day. Raises CommandError."""
    import tempfile

    from iopctl.cli.sides import at_commit, commits, working_tree

    top = root()
    found = commits(top, revision)
    if found.new is not None:
        raise CommandError(_("--with-changes: found {value}, expected one revision").format(value=revision))
    with tempfile.TemporaryDirectory(prefix="iopctl-") as folder:
        old, new = at_commit(top, found.old, Path(folder) / "old"), working_tree(top)
        made = dict(_appendices(found.old, old, new, days))
    for id_ in days:
        if id_ not in made:
            raise CommandError(_("--with-changes: {id} is not one of the workspace's agreements").format(id=id_))
    return made


def _appendices(commit: Commit, old: Side, new: Side, days: Mapping[str, date]) -> Iterator[tuple[str, Appendix]]:
    """Reckoned as in a memo: with scenario mid."""
    from iopctl.cli.comparing import comparisons, pairings, tell
    from iopctl.cli.diff import meaning
    from iopctl.compute.asked import Asked
    from iopctl.documents.changes import Changed
    from iopctl.render.change_effect import assumed

    for pairing in pairings(old, new):
        if pairing.new not in days:
            continue
        asked = Asked(days[pairing.id], {}, "mid")
        for each in comparisons(old, new, [pairing], asked, draft=True):
            if each.comparison is None:
                tell(each.broken)
                message = _("--with-changes: {revision} has a file that cannot be read").format(revision=old.name)
                raise CommandError(message)
            rates = asked.rates(assumed(each.comparison.years), new.around.tables, new.around.settings)
            changed = Changed(commit.id, commit.day, each.comparison, rates, meaning("sv"))
            yield pairing.id, Appendix(commit.id, changed)
