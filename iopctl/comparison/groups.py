"""Where a reader looks for what has changed."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from iopctl.comparison.difference import Change


class Group(StrEnum):
    """What belongs together, in the order in which it is read."""

    AGREEMENT = "agreement"
    PERIOD = "period"
    CONTRIBUTIONS = "contributions"
    DUTIES = "duties"
    PARTIES = "parties"
    DECISIONS = "decisions"
    GROUNDS = "grounds"
    CLAUSES = "clauses"
    TEXTS = "texts"
    LOG = "log"
    DOCUMENTS = "documents"
    ACKNOWLEDGED = "acknowledged"


GROUPS = {
    "format": Group.AGREEMENT,
    "title": Group.AGREEMENT,
    "dated": Group.AGREEMENT,
    "dnr": Group.AGREEMENT,
    "replaces": Group.AGREEMENT,
    "period": Group.PERIOD,
    "contributions": Group.CONTRIBUTIONS,
    "total": Group.CONTRIBUTIONS,
    "duties": Group.DUTIES,
    "parties": Group.PARTIES,
    "forums": Group.PARTIES,
    "signatures": Group.PARTIES,
    "decisions": Group.DECISIONS,
    "grounds": Group.GROUNDS,
    "clauses": Group.CLAUSES,
    "purpose": Group.TEXTS,
    "target_group": Group.TEXTS,
    "texts": Group.TEXTS,
    "footnotes": Group.TEXTS,
    "log": Group.LOG,
    "documents": Group.DOCUMENTS,
    "acknowledged": Group.ACKNOWLEDGED,
}
"""By the agreement's own keys."""


def grouped(changes: Iterable[Change]) -> dict[Group, list[Change]]:
    """The changes by where they are looked for; no group is empty."""
    found: dict[Group, list[Change]] = {each: [] for each in Group}
    for change in changes:
        found[GROUPS[change.path[0].key]].append(change)
    return {group: listed for group, listed in found.items() if listed}
