"""Where an agreement stands on a day: derived from its days and its decisions, and never stored."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from iopctl.compute.timeline import FAR, Term, as_heard, extension_settled, terms
from iopctl.model import Agreement


class Stage(StrEnum):
    """Where an agreement stands."""

    UNDER_PREPARATION = "under_preparation"
    DECIDED = "decided"
    """It has been adopted and has not begun."""
    RUNNING = "running"
    BEING_EXTENDED = "being_extended"
    """It runs, and an extension is proposed and not decided."""
    ENDED = "ended"
    ENDED_WITHOUT_DECISION = "ended_without_decision"
    """It has ended, and nothing says what was decided on going on: see the rule PER013."""
    TERMINATED = "terminated"
    """It has been decided that it ends early; so from that day on, also after its last day."""
    REJECTED = "rejected"


def stage(agreement: Agreement, as_of: date) -> Stage:
    """Where the agreement stood on a day, as far as itself says: what was decided or logged later is not known.

    One that has begun runs, whether or not a decision to adopt it is recorded: real files lack it.
    """
    known = as_heard(agreement, as_of)
    found = terms(known)
    last = next((term for term in reversed(found) if term.decided), None)
    if _terminated(known, last):
        return Stage.TERMINATED
    if last is None:
        return _without_days(known)
    if as_of < found[0].start:
        return Stage.DECIDED if _adopted(known) else Stage.UNDER_PREPARATION
    proposed = any(not term.decided for term in found)
    if as_of <= last.end:
        return Stage.BEING_EXTENDED if proposed else Stage.RUNNING
    day = day_to_decide(known)
    forgotten = day is not None and day < as_of <= a_year_after(last.end)
    return Stage.ENDED_WITHOUT_DECISION if proposed or forgotten else Stage.ENDED


def _without_days(known: Agreement) -> Stage:
    """For an agreement that has no period, or was rejected before it began."""
    if known.period is not None:
        return Stage.REJECTED
    words = [each.kind for each in known.decisions if each.is_taken and each.kind in ("adopted", "rejected")]
    if words[-1:] == ["rejected"]:
        return Stage.REJECTED
    return Stage.DECIDED if _adopted(known) else Stage.UNDER_PREPARATION


def _adopted(known: Agreement) -> bool:
    """Whether it has been adopted by the last of those who were to do so."""
    adopting = [each for each in known.decisions if each.kind == "adopted"]
    return bool(adopting) and adopting[-1].is_taken


def _terminated(known: Agreement, last: Term | None) -> bool:
    """Whether the last word on its end was a termination, or a notice has cut its last term short."""
    if last is not None and last.cut_by is not None:
        return True
    words = [each.kind for each in known.decisions if each.is_taken and each.kind in ("extended", "terminated")]
    return words[-1:] == ["terminated"]


def day_to_decide(agreement: Agreement) -> date | None:
    """The day to decide on an extension by, as long as nothing says what became of it.

    A final report, a position or a notice in the log closes the question as a decision does.
    """
    option = agreement.period.extension if agreement.period else None
    return None if option is None or is_settled(agreement) else option.decide_by


def is_settled(agreement: Agreement) -> bool:
    """Whether it is settled if the agreement goes on: by a decision, or by notice, a position or a final report."""
    if extension_settled(agreement):
        return True
    closing = {
        duty.id
        for duty in agreement.duties
        if duty.kind == "position" or (duty.kind == "report" and (duty.before_end or duty.about == "whole_period"))
    }
    return any(entry.notice is not None or entry.duty in closing for entry in agreement.log)


def a_year_after(day: date) -> date:
    """Until when somebody may still be asked what was decided about an agreement's end."""
    return day if day == FAR else day + timedelta(days=366)
