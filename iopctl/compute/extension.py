"""What the option to extend gives: until when the agreement goes on if it is used now, or why it cannot be."""

from __future__ import annotations

from datetime import date

from iopctl.compute.calendar import ONE_DAY, last_day
from iopctl.compute.timeline import FAR, Term, last_decided, notice_given, terms
from iopctl.finding import Message, say
from iopctl.model import Agreement, Length


def cannot_go_on(agreement: Agreement) -> Message | None:
    """Why no decision on an extension has a place in the agreement as it is; None when one has."""
    found = terms(agreement)
    last = last_decided(agreement)
    if agreement.period is None:
        return say("the agreement has no period; write period: with start and end first")
    if last is None:
        return say("the agreement was rejected before it began")
    if last.end == FAR:
        return say("the agreement runs until further notice: there is nothing to extend")
    notice = notice_given(agreement)
    if notice is not None:
        return say("notice was given on {day}, and the agreement ends {end}", day=notice.day, end=notice.ends)
    if last.cut_by is not None:
        return say("the agreement has been terminated, and ends {end}", end=last.end)
    if not found[-1].decided:
        return say("an extension until {day} is on its way already; record what was decided", day=found[-1].end)
    return None


def offered(agreement: Agreement) -> date | Message:
    """The last day that the next use of the option gives; a message when it gives none.

    It is asked of an agreement that can go on: see `cannot_go_on`.
    """
    last = last_decided(agreement)
    option = agreement.period.extension if agreement.period else None
    assert last is not None
    if option is None:
        return say("the agreement has no option to extend")
    used = sum(term.decided for term in terms(agreement)) - 1
    if option.times is not None and used >= option.times:
        return say("the option is used up: {used} of {times}", used=used, times=option.times)
    if option.until is not None and option.until <= last.end:
        return say("the option goes no further than {day}, when the agreement ends", day=option.until)
    days = [lasting(last, option.length)] if option.length is not None else []
    days += [option.until] if option.until is not None else []
    return min(days) if days else say("the option gives neither a length nor a last day")


def lasting(last: Term, length: Length) -> date:
    """The last day of an extension of a length that begins when a term has ended."""
    return last_day(last.end + ONE_DAY, length)
