"""What a recorded event leads to, in a sentence: the new last day, what is paid, the next time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from iopctl.compute.calendar import legal_force, notice_ends
from iopctl.compute.deadline import Deadline
from iopctl.compute.lengths import length_in_words
from iopctl.compute.status import stage
from iopctl.compute.timeline import FAR, last_decided, notice_given
from iopctl.compute.unpaid import Unpaid
from iopctl.finding import Message, Money, say
from iopctl.model import Agreement, Decision
from iopctl.model.period import Notice
from iopctl.render.log import happened, logged_on
from iopctl.render.plain import quoted
from iopctl.render.register import STAGES


def logged(agreement: Agreement) -> Message:
    """The last entry of the log."""
    entry = agreement.log[-1]
    return say("{day} {what}", day=logged_on(entry), what=happened(entry, agreement))


def done(agreement: Agreement, following: Deadline | None) -> Message:
    """The duty that was logged last as done, and the next time."""
    what = logged(agreement)
    if following is None:
        return what
    if following.target:
        return say("{what}; the next time is about {day} (a target)", what=what, day=following.day)
    return say("{what}; the next time is by {day}", what=what, day=following.day)


def paid(agreement: Agreement, reckoned: Unpaid | None, given: Decimal | None) -> Message:
    """The payment that was logged last, beside what it should have been; nothing was `given` when that was taken."""
    what = logged(agreement)
    if reckoned is None:
        return say("{what}; beyond what is to be paid: no payment of that year is left", what=what)
    amount, payment = reckoned.amount, payment_of(reckoned)
    if amount is None:
        return say("{what}; {payment} cannot be reckoned yet", what=what, payment=payment)
    if given is None:
        return say("{what}; no amount was given: it is the one reckoned for {payment}", what=what, payment=payment)
    if given == amount:
        return say("{what}; as reckoned for {payment}", what=what, payment=payment)
    off = Money(abs(given - amount))
    if given > amount:
        return say(
            "{what}; {off} more than the {amount} reckoned for {payment}",
            what=what, off=off, amount=Money(amount), payment=payment,
        )  # fmt: skip
    return say(
        "{what}; {off} less than the {amount} reckoned for {payment}",
        what=what, off=off, amount=Money(amount), payment=payment,
    )  # fmt: skip


def payment_of(reckoned: Unpaid) -> Message:
    """Which payment it is."""
    row = reckoned.payment
    year, number, of = str(row.year), row.number, row.of
    if row.due is None:
        which = say("payment {number} of {of} for {year}", number=number, of=of, year=year)
    else:
        due = row.due
        which = say("payment {number} of {of} for {year}, due {day}", number=number, of=of, year=year, day=due)
    if reckoned.corrections:
        return say("{payment}, with the correction of earlier ones", payment=which)
    return which


def ending(agreement: Agreement) -> Message:
    """When the agreement ends now, and how a notice was counted that ends it."""
    last, notice = last_decided(agreement), notice_given(agreement)
    clause = agreement.period.notice if agreement.period else None
    if last is None or last.end == FAR:
        return say("the agreement runs until further notice")
    if notice is None or clause is None or last.cut_by is None or last.cut_by[0] != "log":
        return say("the last day is {day}", day=last.end)
    return say("the last day is {day}: {counted}", day=last.end, counted=counted(notice.day, clause))


def counted(given: date, clause: Notice) -> Message:
    """How the last day follows from a notice."""
    length = length_in_words(clause.length)
    if clause.count == "whole_months":
        return say("{length} in whole calendar months from {day} (period.notice)", length=length, day=given)
    return say("{length} from {day}, to the same day of the month (period.notice)", length=length, day=given)


def noticed(agreement: Agreement) -> Message:
    """The notice that was logged last, and what it leads to."""
    what = logged(agreement)
    clause = agreement.period.notice if agreement.period else None
    if clause is None:
        return say("{what}; the agreement does not say how long it then runs", what=what)
    ends = _without_effect(agreement, clause) or ending(agreement)
    if clause.condition is not None:
        return say(
            "{what}; {ends}; if this is so: {condition}", what=what, ends=ends, condition=quoted(clause.condition)
        )
    return say("{what}; {ends}", what=what, ends=ends)


def _without_effect(agreement: Agreement, clause: Notice) -> Message | None:
    """Why the notice that was logged last does not change the last day; None when it does, or none is known."""
    given, last = agreement.log[-1].date, last_decided(agreement)
    if not isinstance(given, date) or last is None or last.cut_by is not None or last.end == FAR:
        return None
    extended = [each.taken for each in agreement.decisions if each.kind == "extended" and each.taken is not None]
    if extended and max(extended) > given:
        return say(
            "the last day is still {day}, since an extension was decided after the notice, on {decided}",
            day=last.end,
            decided=max(extended),
        )
    runs_out = notice_ends(given, clause)
    if runs_out <= last.end:
        return None
    return say(
        "the last day is still {day}, since the notice runs out after it, on {runs_out}: {counted}",
        day=last.end,
        runs_out=runs_out,
        counted=counted(given, clause),
    )


def decided(agreement: Agreement, number: int, as_of: date) -> Message:
    """A decision, and what it leads to: the last day, where the agreement stands, when it has legal force."""
    decision = agreement.decisions[number]
    what = say("{kind}, {body}{day}", kind=KINDS[decision.kind], body=_body(decision), day=_when(decision))
    if not decision.is_taken:
        return say("{what}; it counts when it has been taken", what=what)
    if decision.kind in ("extended", "terminated", "rejected"):
        leads = ending(agreement) if last_decided(agreement) is not None else STAGES[stage(agreement, as_of)]
        what = say("{what}; {leads}", what=what, leads=leads)
    day = decision.taken
    if day is None or decision.kind not in ("adopted", "extended", "terminated"):
        return what
    force = legal_force(day, decision.approved, decision.posted).gained
    if decision.posted is not None:
        return say("{what}; laga kraft {day}, if nobody appeals", what=what, day=force)
    return say("{what}; laga kraft no later than {day}, if nobody appeals", what=what, day=force)


KINDS = {
    "mandated": say("mandate"),
    "recommended": say("recommendation"),
    "adopted": say("adoption"),
    "extended": say("extension"),
    "delegated": say("delegation"),
    "terminated": say("termination"),
    "rejected": say("rejection"),
}


def _body(decision: Decision) -> str:
    return quoted(decision.body) if isinstance(decision.body, str) else quoted(decision.body.unknown)


def _when(decision: Decision) -> Message:
    if decision.is_taken and decision.date is not None:
        return say(", {day}", day=str(decision.date))
    if decision.planned is not None:
        return say(", planned {day}", day=decision.planned)
    if decision.proposed is not None:
        return say(", proposed {day}", day=decision.proposed)
    return say(", without a day")


def listed(number: int, decision: Decision) -> Message:
    """A decision in a few words, for somebody to choose among several."""
    return say(
        "{number}: {kind}, {body}{day}",
        number=number,
        kind=KINDS[decision.kind],
        body=_body(decision),
        day=_when(decision),
    )
