"""What an agreement is to the others: the little that rules about several agreements need to know of each."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from iopctl.checks.grants import Grant, grants, identity
from iopctl.compute.status import day_to_decide
from iopctl.compute.timeline import terms
from iopctl.finding import Route
from iopctl.model import Agreement
from iopctl.personal import masked


class Side(NamedTuple):
    """A party, as it can be recognised in another agreement."""

    identity: str
    """Its organisation number, else its name and its organisation's, in small letters."""
    public: bool


class Stretch(NamedTuple):
    """A decided term: first and last day, and where the agreement says when it ends."""

    start: date
    end: date
    ends_at: Route


class Waiver(NamedTuple):
    """An acknowledgement, as it stands in the file."""

    rule: str
    at: str | None
    reason: str
    until: date | None


class Digest(NamedTuple):
    """An agreement in brief."""

    title: str
    replaces: str | None
    sides: tuple[Side, ...]
    stretches: tuple[Stretch, ...]
    proposal: Route | None
    """The decision on an extension that is proposed and not taken."""
    decide_by: date | None
    """The day to decide on an extension by, as long as nothing says what became of it."""
    grants: tuple[Grant, ...]
    waivers: tuple[Waiver, ...]


def digest(agreement: Agreement) -> Digest:
    """The brief of one agreement."""
    found = terms(agreement)
    return Digest(
        agreement.title,
        agreement.replaces,
        tuple(Side(identity(party), party.public) for party in agreement.parties.values()),
        tuple(Stretch(term.start, term.end, term.ends_at) for term in found if term.decided),
        next((term.route for term in found if not term.decided), None),
        day_to_decide(agreement),
        grants(agreement),
        tuple(Waiver(each.rule, each.at, masked(each.reason), each.until) for each in agreement.acknowledged),
    )
