"""What an agreement is to the others: the little that rules about several agreements need to know of each."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from iopctl.checks.grants import Grant, grants, identity
from iopctl.compute.deadlines import extension_settled
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
        _decide_by(agreement),
        grants(agreement),
        tuple(Waiver(each.rule, each.at, masked(each.reason), each.until) for each in agreement.acknowledged),
    )


def _decide_by(agreement: Agreement) -> date | None:
    option = agreement.period.extension if agreement.period else None
    if option is None or option.decide_by is None or extension_settled(agreement):
        return None
    closing = {
        duty.id
        for duty in agreement.duties
        if duty.kind == "position" or (duty.kind == "report" and (duty.before_end or duty.about == "whole_period"))
    }
    closed = any(entry.notice is not None or entry.duty in closing for entry in agreement.log)
    return None if closed else option.decide_by
