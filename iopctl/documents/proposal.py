"""What a memo proposes, with what was known on its own day: which decision, which days, and the agreement with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iopctl.compute.calendar import ONE_DAY, last_day, length_between
from iopctl.compute.timeline import FAR, as_heard, as_known, last_decided, option_left, terms
from iopctl.model import Agreement, Decision, Length, Unknown

DECIDES = {
    "tjansteskrivelse-ny": "adopted",
    "tjansteskrivelse-forlangning": "extended",
    "tjansteskrivelse-avslut": "terminated",
    "tjansteskrivelse-avslag": "rejected",
}
"""The kind of decision that each kind of memo proposes."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a memo proposes. What the agreement does not give is None."""

    agreement: Agreement
    """As it would be with the decision, and without what else is only proposed."""
    decision: Decision | None = None
    """The agreement's own record of it, when it has one."""
    start: date | None = None
    """The first day that the proposal is about: of the agreement, or of the extension."""
    end: date | None = None
    """The last one; None also for an agreement that runs until further notice."""
    early: bool = False
    """Whether the agreement is to end before its last day."""

    @property
    def length(self) -> Length | None:
        """How long the proposed period is."""
        return length_between(self.start, self.end) if self.start and self.end else None


def proposal(agreement: Agreement, kind: str, day: date) -> Proposal:
    """What a memo of a kind proposes on a day; of other kinds of documents, nothing."""
    return _proposed(as_heard(agreement, day), kind, day)


def proposed_on(agreement: Agreement, kind: str, day: date) -> date | None:
    """The date of what a memo of a kind proposes, where the agreement says.

    A memo can be drafted before its date: a proposal counts here although it is dated later than the day.
    """
    decision = _proposed(as_known(agreement, day), kind, day).decision
    return decision.proposed if decision else None


def _proposed(known: Agreement, kind: str, day: date) -> Proposal:
    match DECIDES.get(kind):
        case "extended":
            return _extension(known, day)
        case "terminated":
            return _termination(known, day)
        case "adopted" | "rejected" as decided:
            period = known.period
            days = (period.start, period.last_day) if period else (None, None)
            return Proposal(_with_only(known, None), _latest(known, decided), *days)
        case _:
            return Proposal(known)


def _latest(known: Agreement, kind: str) -> Decision | None:
    """The last decision of a kind; one that is not taken goes before those that are."""
    found = [each for each in known.decisions if each.kind == kind]
    return next((each for each in reversed(found) if not each.is_taken), found[-1] if found else None)


def _extension(known: Agreement, day: date) -> Proposal:
    """The extension that is proposed; else what the option gives when it can still be used; else the last decided."""
    found = [term for term in terms(known) if term.route[0] == "decisions"]
    chosen = next((term for term in found if not term.decided), None)
    if chosen is None and (by_option := _by_option(known, day)) is not None:
        return by_option
    if chosen is None and found:
        chosen = found[-1]
    if chosen is None:
        return Proposal(_with_only(known, None))
    decision = known.decisions[int(chosen.route[1])]
    return Proposal(_with_only(known, decision), decision, chosen.start, chosen.end)


def _by_option(known: Agreement, day: date) -> Proposal | None:
    """What the agreement's own option gives, as if somebody proposed it on the day."""
    option = known.period.extension if known.period else None
    last = last_decided(known)
    if option is None or last is None or not option_left(known):
        return None
    start = last.end + ONE_DAY
    end = last_day(start, option.length) if option.length else option.until
    if end is None:
        return None
    end = min(end, option.until or end)
    body = next((each.board for each in known.parties.values() if each.public and each.board), None)
    decision = Decision(kind="extended", body=body or Unknown(unknown="nämnden"), proposed=day, until=end)
    return Proposal(_with_only(known, decision), None, start, end)


def _termination(known: Agreement, day: date) -> Proposal:
    """The termination that is proposed, or decided; without one the agreement ends on its last day."""
    decision = _latest(known, "terminated")
    agreed = last_decided(known)
    if decision is None:
        return Proposal(_with_only(known, None), end=agreed.end if agreed and agreed.end < FAR else None)
    taken = decision if decision.is_taken else decision.model_copy(update={"date": day})
    decisions = tuple(taken if each is decision else each for each in known.decisions)
    with_it = _with_only(known.model_copy(update={"decisions": decisions}), None)
    early = agreed is not None and (agreed.cut_by is not None or (decision.until or FAR) < agreed.end)
    return Proposal(with_it, decision, end=decision.until, early=early)


def _with_only(known: Agreement, proposed: Decision | None) -> Agreement:
    """The agreement with one proposal, and without the other extensions that are only proposed."""
    kept = [each for each in known.decisions if each.kind != "extended" or each.is_taken or each is proposed]
    if proposed is not None and not any(each is proposed for each in kept):
        kept.append(proposed)
    return known.model_copy(update={"decisions": tuple(kept)})
