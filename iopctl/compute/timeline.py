"""The agreement's life as terms: what was agreed, what was extended, and what is only proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from iopctl.compute.calendar import ONE_DAY, month_end, notice_ends
from iopctl.finding import Route
from iopctl.model import Agreement, Decision, LogEntry, PartialDate, Unknown

FAR = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of the agreement's time, both days included."""

    start: date
    end: date
    decided: bool
    """False for an extension that is proposed and not yet decided."""
    route: Route
    """Where the agreement says that it begins."""
    cut_by: Route | None = None
    """The termination, or the day of the notice, that ends it early."""

    @property
    def ends_at(self) -> Route:
        """Where the agreement says when it ends."""
        if self.cut_by is not None:
            return self.cut_by
        return (*self.route, "until" if self.route[0] == "decisions" else "end")


def terms(agreement: Agreement) -> tuple[Term, ...]:
    """The terms in order: the agreed period, then each extension that ends later, cut by a termination.

    A decision on an extension, or a new proposal, takes the place of what was only proposed before it; a rejection
    takes it away, and the whole agreement when that was rejected before it began and not adopted since.
    """
    if agreement.period is None or _never_began(agreement):
        return ()
    found = [Term(agreement.period.start, agreement.period.last_day or FAR, True, ("period",))]
    for number, decision in enumerate(agreement.decisions):
        if decision.kind in ("extended", "rejected") and (decision.kind == "extended" or decision.is_taken):
            found = [term for term in found if term.decided]
        if decision.until is None:
            continue
        if decision.kind == "terminated" and decision.is_taken:
            found = _cut(found, decision.until, ("decisions", number, "until"))
        elif decision.kind == "extended" and found and decision.until > found[-1].end:
            found.append(Term(found[-1].end + ONE_DAY, decision.until, decision.is_taken, ("decisions", number)))
    notice = notice_given(agreement)
    if notice is not None:
        found = _cut(found, notice.ends, ("log", notice.entry, "date"))
    return tuple(found)


class NoticeGiven(NamedTuple):
    """A notice in the log, and the last day that it gives."""

    entry: int
    day: date
    ends: date


def notice_given(agreement: Agreement) -> NoticeGiven | None:
    """The notice that ends the agreement first, if one was given and the agreement says how long it runs.

    A decision on the termination says more exactly when the agreement ends, and one to extend that was taken after the
    notice has set it aside.
    """
    clause = agreement.period.notice if agreement.period else None
    if clause is None or any(each.kind == "terminated" and each.is_taken for each in agreement.decisions):
        return None
    extended = max(
        (_at_earliest(each.date) for each in agreement.decisions if each.kind == "extended"), default=date.min
    )
    given = [
        NoticeGiven(number, entry.date, notice_ends(entry.date, clause))
        for number, entry in enumerate(agreement.log)
        if entry.notice is not None and isinstance(entry.date, date) and entry.date >= extended
    ]
    return min(given, key=lambda each: each.ends, default=None)


def extension_settled(agreement: Agreement) -> bool:
    """Whether it has been decided if the agreement goes on: an extension, its rejection, or a termination.

    A rejection before the agreement is adopted, or has begun, is about the agreement itself.
    """
    start = agreement.period.start if agreement.period else FAR
    begun = False
    for decision in agreement.decisions:
        begun = begun or _at_earliest(decision.date) >= start
        if decision.is_taken and (
            decision.kind in ("extended", "terminated") or (decision.kind == "rejected" and begun)
        ):
            return True
        begun = begun or decision.kind in ("adopted", "extended")
    return False


def _never_began(agreement: Agreement) -> bool:
    """Whether the last word before the first day was a rejection."""
    start = agreement.period.start if agreement.period else FAR
    early = [each for each in agreement.decisions if each.taken is not None and each.taken < start]
    words = [each.kind for each in early if each.kind in ("adopted", "rejected")]
    return words[-1:] == ["rejected"]


def option_left(agreement: Agreement) -> bool:
    """Whether the agreement can still be extended as it says: an option that is not used up, rejected or cut off."""
    option = agreement.period.extension if agreement.period else None
    decided = [term for term in terms(agreement) if term.decided]
    if option is None or not decided or decided[-1].end == FAR or decided[-1].cut_by is not None:
        return False
    if notice_given(agreement) is not None:
        return False
    last_word = [each.kind for each in agreement.decisions if each.is_taken and each.kind in _SETTLING][-1:]
    if last_word and last_word[0] in ("rejected", "terminated"):
        return False
    used = len(decided) - 1
    return (option.times is None or used < option.times) and (option.until is None or option.until > decided[-1].end)


_SETTLING = ("adopted", "extended", "rejected", "terminated")


def _cut(found: list[Term], until: date, by: Route) -> list[Term]:
    """The terms up to a day; the one that the day is in ends there."""
    kept = [term for term in found if term.start <= until]
    if kept and until < kept[-1].end:
        kept[-1] = replace(kept[-1], end=until, cut_by=by)
    return kept


def last_decided(agreement: Agreement) -> Term | None:
    """The last term that is decided; None for an agreement without a period."""
    decided = [term for term in terms(agreement) if term.decided]
    return decided[-1] if decided else None


def adopted(agreement: Agreement) -> tuple[date, Route] | None:
    """The day the agreement was entered, or is to be, and where it says so; None when no exact day is known."""
    days = [
        (day, ("decisions", number, "date" if decision.taken else "planned"))
        for number, decision in enumerate(agreement.decisions)
        if decision.kind == "adopted" and (day := decision.taken or decision.planned) is not None
    ]
    return max(days) if days else None


def as_known(agreement: Agreement, day: date) -> Agreement:
    """The agreement as it stood on a day: a decision that was taken later was then still to come, a notice not given.

    A decision of which only the month or the year is known was taken on its last day, at the latest.
    """
    if any(each.notice is not None and _at_latest(each.date) > day for each in agreement.log):
        agreement = agreement.model_copy(update={"log": tuple(_not_yet_given(each, day) for each in agreement.log)})
    taken = [_at_latest(each.date) for each in agreement.decisions]
    if not any(each > day for each in taken):
        return agreement
    decisions = tuple(
        decision.model_copy(update={"date": None, "planned": latest}) if latest > day else decision
        for decision, latest in zip(agreement.decisions, taken, strict=True)
    )
    return agreement.model_copy(update={"decisions": decisions})


def as_heard(agreement: Agreement, day: date) -> Agreement:
    """The agreement as it stood on a day, without decisions that nobody had proposed and entries not yet written.

    When a planned meeting was first heard of no file says; without a proposal it counts all the time.
    """
    return heard(agreement, day).agreement


class Heard(NamedTuple):
    """An agreement as it stood on a day, and which of the file's decisions and log entries it has."""

    agreement: Agreement
    places: Mapping[str, Sequence[int]]

    def in_file(self, route: Route) -> Route:
        """Where the file says what a route of this agreement leads to."""
        part = str(route[0])
        return (part, self.places[part][int(route[1])], *route[2:]) if part in self.places and route[1:] else route


def heard(agreement: Agreement, day: date) -> Heard:
    """The agreement `as_heard`, and where in the file its parts stand."""
    decisions = [(place, now) for place, each in enumerate(agreement.decisions) if (now := _heard(each, day))]
    log = [place for place, each in enumerate(agreement.log) if not isinstance(each.date, date) or each.date <= day]
    places = {"decisions": [place for place, _now in decisions], "log": log}
    known = tuple(now for _place, now in decisions)
    if len(log) < len(agreement.log) or known != agreement.decisions:
        entries = tuple(agreement.log[place] for place in log)
        agreement = agreement.model_copy(update={"decisions": known, "log": entries})
    return Heard(agreement, places)


def _heard(decision: Decision, day: date) -> Decision | None:
    """A decision as it was known on a day; None when nobody had heard of it.

    That somebody is to adopt the agreement is known all the time, so that one of several does not pass for the last.
    """
    if decision.is_taken and _at_latest(decision.date) <= day:
        return decision
    heard_of = decision.planned is not None or not decision.is_taken
    if decision.proposed is not None:
        heard_of = decision.proposed <= day
    if heard_of:
        return decision.model_copy(update={"date": None, **_MINUTES}) if decision.is_taken else decision
    if decision.kind == "adopted":
        to_come = Unknown(unknown="to come")
        return decision.model_copy(update={"date": to_come, "planned": None, "proposed": None, **_MINUTES})
    return None


_MINUTES: dict[str, None] = {"paragraph": None, "approved": None, "posted": None}
"""What comes of a decision when it has been taken."""


def _not_yet_given(entry: LogEntry, day: date) -> LogEntry:
    """The entry without its notice, when that was given later; it keeps its place in the log."""
    later = entry.notice is not None and _at_latest(entry.date) > day
    return entry.model_copy(update={"notice": None}) if later else entry


def _at_earliest(taken: date | PartialDate | Unknown | None) -> date:
    """The first day that a decision can have been taken; long ago where nothing says when it was."""
    if isinstance(taken, PartialDate):
        return date(taken.year, taken.month or 1, 1)
    return taken if isinstance(taken, date) else date.min


def _at_latest(taken: date | PartialDate | Unknown | None) -> date:
    """The last day that a decision can have been taken; long ago where nothing says when it was."""
    if isinstance(taken, PartialDate):
        return month_end(taken.year, taken.month or 12)
    return taken if isinstance(taken, date) else date.min
