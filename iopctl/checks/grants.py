"""The de minimis aid that an agreement gives to each party, for the rule that sums it over several agreements.

An agreement is one grant, of what it comes to over its agreed term, on the day when the right to it was conferred,
whenever it is paid; an extension is another grant. What is given in kind counts with its value.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from iopctl.compute.timeline import FAR, adopted, terms
from iopctl.compute.worth import NOTHING, worth
from iopctl.finding import Route
from iopctl.model import Agreement, Contribution, Party, StateAid, Unknown


class Grant(NamedTuple):
    """Aid to a party: when the right to it was conferred, how much in kronor, and by which regulation."""

    to: str
    """The recipient's identity."""
    by_name: str
    """What it would be if no organisation number were known."""
    name: str
    granted: date | None
    """None when no exact day is known."""
    kronor: Decimal
    complete: bool
    """False when there is more, of a value that is not known."""
    basis: str
    rate: Decimal | None
    """Kronor per euro that day, when it is recorded."""
    stated: bool
    """The recipient has stated it; it is no part of this agreement."""
    where: Route


def identity(party: Party) -> str:
    """How a party can be recognised in another agreement: its organisation number, else its name in small letters."""
    if isinstance(party.organisation_number, str) and not party.public:
        return party.organisation_number
    return _by_name(party)


def _by_name(party: Party) -> str:
    return f"{_name(party)} {party.organisation or ''}".strip().casefold()


def grants(agreement: Agreement) -> tuple[Grant, ...]:
    """All aid that an agreement gives or names; none when it is assessed as no aid, or not assessed."""
    aid = agreement.grounds.state_aid
    if aid is None or aid.basis == "none":
        return ()
    return (*_given(agreement, aid), *_stated(agreement, aid))


def granted_on(agreement: Agreement) -> tuple[date | None, Route]:
    """The day the right to the aid was conferred, and where it stands.

    As it is recorded, else the day of the decision, else that of the last signature.
    """
    aid = agreement.grounds.state_aid
    if aid is not None and aid.granted is not None:
        return aid.granted, ("grounds", "state_aid", "granted")
    signed = [
        (each.date, ("signatures", number, "date"))
        for number, each in enumerate(agreement.signatures)
        if isinstance(each.date, date)
    ]
    return adopted(agreement) or (max(signed) if signed else (None, ("grounds", "state_aid")))


def is_aid(contribution: Contribution, agreement: Agreement) -> bool:
    """Whether the public side gives it and an organisation may have it; what it is worth may be unknown."""
    receiver = agreement.parties.get(contribution.receiver or "")
    if receiver is not None and receiver.public:
        return False
    if isinstance(contribution.givers, Unknown):
        return contribution.kind == "cash"
    if not any(giver in agreement.parties and agreement.parties[giver].public for giver in contribution.givers):
        return False
    return contribution.kind in ("cash", "premises") or contribution.value is not None or receiver is not None


def _given(agreement: Agreement, aid: StateAid) -> Iterator[Grant]:
    """The agreement's own aid: one grant for the agreed term, one for each extension."""
    found, period = terms(agreement), agreement.period
    if not found or period is None:
        return
    day, where = granted_on(agreement)
    yield from _of_term(agreement, aid, period.start, period.last_day or FAR, day, where, aid.rate)
    for term in found[1:]:
        number = int(term.route[1])  # every term after the first comes from a decision
        decision = agreement.decisions[number]
        day = decision.taken or decision.planned
        if term.decided or day is not None:
            where = ("decisions", number, "date" if decision.taken else "planned")
            yield from _of_term(agreement, aid, term.start, decision.until or term.end, day, where, None)


def _of_term(
    agreement: Agreement, aid: StateAid, start: date, end: date, day: date | None, where: Route, rate: Decimal | None
) -> Iterator[Grant]:
    organisations = [name for name, party in agreement.parties.items() if not party.public]
    parts = [each for each in agreement.contributions if is_aid(each, agreement)]
    for name in organisations:
        total, complete, any_ = NOTHING, True, False
        for each in parts:
            if each.receiver not in (name, None):
                continue
            any_ = True
            kronor, known = worth(each, agreement, start, end)
            if each.receiver is None and len(organisations) > 1:
                kronor, known = NOTHING, False  # nothing says how it is divided
            elif not _surely_public(each, agreement) or each.condition is not None:
                kronor, known = NOTHING, False
            total, complete = total + kronor, complete and known
        if any_ and (total or not complete):
            yield Grant(*_known_as(agreement.parties[name]), day, total, complete, aid.basis, rate, False, where)


def _surely_public(contribution: Contribution, agreement: Agreement) -> bool:
    givers = contribution.givers
    if isinstance(givers, Unknown):
        return False
    return all(giver in agreement.parties and agreement.parties[giver].public for giver in givers)


def _stated(agreement: Agreement, aid: StateAid) -> Iterator[Grant]:
    for number, other in enumerate(aid.other):
        party = agreement.parties.get(other.to)
        if party is not None:
            where = ("grounds", "state_aid", "other", number, "amount")
            yield Grant(*_known_as(party), other.granted, other.amount, True, aid.basis, other.rate, True, where)


def _known_as(party: Party) -> tuple[str, str, str]:
    return identity(party), _by_name(party), _name(party)


def _name(party: Party) -> str:
    return "" if isinstance(party.name, Unknown) else party.name
