"""By what names somebody can ask for what is due: of a party, a unit, a board, a group, and those who speak for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iopctl.compute.deadline import Deadline
from iopctl.model import Agreement, Unknown


def audience(deadline: Deadline, agreement: Agreement) -> frozenset[str]:
    """The names of those who see to a deadline, in small letters."""
    names = [*deadline.bodies, *(each for id_ in deadline.who for each in _party(id_, agreement))]
    if deadline.route[:1] == ("duties",):
        duty = agreement.duties[int(deadline.route[1])]
        names += [each for forum in agreement.forums if forum.id == duty.forum for each in (forum.id, forum.name)]
    return _asked_by(names)


def everybody(agreement: Agreement) -> frozenset[str]:
    """All the names that somebody can ask by, in small letters, whether anything is due for them or not."""
    names = [each for id_ in agreement.parties for each in _party(id_, agreement)]
    names += [each for forum in agreement.forums for each in (forum.id, forum.name)]
    names += [duty.called_by for duty in agreement.duties if duty.called_by]
    names += [decision.body for decision in agreement.decisions if isinstance(decision.body, str)]
    names += [each.body for contribution in agreement.contributions for each in contribution.funding if each.body]
    return _asked_by(names)


def _asked_by(names: Iterable[str]) -> frozenset[str]:
    return frozenset(each.strip().casefold() for each in names)


def _party(id_: str, agreement: Agreement) -> Iterator[str]:
    """A party by its id and its names, and those who speak for it, by name and role."""
    yield id_
    party = agreement.parties.get(id_)
    if party is None:
        return
    names = [party.name, party.organisation, party.board, party.administration]
    names += [each for contact in party.contacts for each in (contact.name, contact.role)]
    members = (member for forum in agreement.forums for member in forum.members if member.party == id_)
    names += [each for member in members for each in (member.name, member.role)]
    yield from (each for each in names if each is not None and not isinstance(each, Unknown))
