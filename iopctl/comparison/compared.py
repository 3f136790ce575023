"""Two readings of an agreement beside each other, with all that differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from iopctl.comparison.difference import Change, differences
from iopctl.comparison.effect import DeadlineChange, Reading, YearChange, deadline_changes, year_changes
from iopctl.model import Agreement


class Standing(StrEnum):
    """How an agreement differs as a whole."""

    NEW = "new"
    REMOVED = "removed"
    CHANGED = "changed"
    LAYOUT = "layout"
    """Only comments, layout or the order of items."""
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two readings of an agreement."""

    old: Agreement | None
    new: Agreement | None
    standing: Standing
    changes: Sequence[Change]
    years: Sequence[YearChange] = ()
    deadlines: Sequence[DeadlineChange] = ()
    reckoned: bool = True
    """Whether the kronor and the deadlines could be reckoned; not with an agreement that has an error."""

    @property
    def agreement(self) -> Agreement:
        """As it is now, else as it was."""
        found = self.new or self.old
        assert found is not None
        return found


def compare(
    old: Reading | None, new: Reading | None, as_of: date, *, reckoned: bool, passed: bool, same_text: bool = False
) -> Comparison:
    """What differs; kronor and deadlines only when both sides can be reckoned with. One of them may be missing."""
    before, after = old.agreement if old else None, new.agreement if new else None
    changes = differences(before, after)
    years = year_changes(old, new, as_of) if reckoned else []
    deadlines = deadline_changes(old, new, as_of, passed=passed) if reckoned else []
    return Comparison(
        before,
        after,
        _standing(before, after, changes, same_text=same_text),
        changes,
        years,
        deadlines,
        reckoned,
    )


def _standing(old: Agreement | None, new: Agreement | None, changes: Sequence[Change], *, same_text: bool) -> Standing:
    if old is None:
        return Standing.NEW
    if new is None:
        return Standing.REMOVED
    if changes:
        return Standing.CHANGED
    return Standing.SAME if same_text else Standing.LAYOUT
