"""The agreement's time: order, stated length, extensions, and the agreement that went before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from iopctl.checks.case import Case, rule
from iopctl.compute.board import Plan, chain, deciding
from iopctl.compute.calendar import ONE_DAY, after, last_day, years_later
from iopctl.compute.lengths import length_in_words, span_in_words
from iopctl.compute.status import is_settled
from iopctl.compute.timeline import FAR, extension_settled, terms
from iopctl.finding import Finding, Label, Message, Route, Rule, Severity, say
from iopctl.model import Agreement, Board


@rule("PER001")
def no_period(rule: Rule, case: Case) -> Iterator[Finding]:
    """The agreement has no period, so nothing can be reckoned: no payment, no deadline, no end.

    A warning while nothing is adopted or signed; an error afterwards.
    """
    agreement = case.agreement
    if agreement.period is None:
        adopted = any(decision.kind == "adopted" for decision in agreement.decisions) or bool(agreement.signatures)
        severity = Severity.ERROR if adopted else Severity.WARNING
        help_ = say("add period: with start and end, when the parties have agreed on them")
        yield Finding(rule, say("the agreement has no period"), (Label(("title",)),), help_, severity)


@rule("PER002")
def period_order(rule: Rule, case: Case) -> Iterator[Finding]:
    """Days out of order: a last day before the first, or an extension or termination that changes no day.

    A decision that changes nothing has a slip in its date, or stands in the wrong place among the decisions.
    """
    agreement = case.agreement
    period = agreement.period
    if period is not None and period.last_day is not None and period.last_day < period.start:
        labels = (
            Label(("period", "end"), say("the last day")),
            Label(("period", "start"), say("the first day is later")),
        )
        yield Finding(
            rule, say("the period ends before it begins"), labels, say("check both dates against the agreement")
        )
    option = period.extension if period else None
    if period and option and option.until and period.last_day and option.until <= period.last_day:
        labels = (
            Label(("period", "extension", "until"), say("the option's last day")),
            Label(("period", "end"), say("the agreement runs until here in any case")),
        )
        yield Finding(
            rule, say("the extension ends before it begins"), labels, say("check both dates against the agreement")
        )
    for number, decision in enumerate(agreement.decisions):
        if decision.kind in ("extended", "terminated") and decision.is_taken and not _changes(agreement, number):
            message = say("the decision changes nothing: the agreement ends as it did before")
            label = Label(("decisions", number, "until"))
            yield Finding(rule, message, (label,), say("check the day, and the order of the decisions"))
    for number, each in enumerate(agreement.contributions):
        if each.since is not None and each.until is not None and each.until < each.since:
            place = ("contributions", number)
            labels = (
                Label((*place, "valid_until"), say("the last day")),
                Label((*place, "valid_from"), say("the first day is later")),
            )
            yield Finding(rule, say("the contribution ends before it begins"), labels)


@rule("PER006")
def contribution_outside_period(rule: Rule, case: Case) -> Iterator[Finding]:
    """A contribution is valid on days when the agreement does not run, its extensions included.

    What ends early because the agreement has been terminated needs no other days.
    """
    found = case.terms
    if not found:
        return
    first, last = found[0].start, found[-1].end if found[-1].cut_by is None else FAR
    for number, each in enumerate(case.agreement.contributions):
        for key, day in (("valid_from", each.since), ("valid_until", each.until)):
            if day is not None and not first <= day <= last:
                labels = (
                    Label(("contributions", number, key), say("this day is outside")),
                    Label(found[-1].ends_at if day > last else ("period", "start"), say("the agreement's own limit")),
                )
                yield Finding(rule, say("the contribution is valid outside the agreement's period"), labels, _DAYS)


_DAYS = say("check the days against the agreement")


@rule("PER003")
def stated_length(rule: Rule, case: Case) -> Iterator[Finding]:
    """The length that the text states is not the length that the dates give.

    Which of them is right is a question of what the parties meant, and it decides when the agreement ends.
    """
    period = case.agreement.period
    if period is None or period.stated is None:
        return
    if period.last_day is None:
        message = say(
            "the text states {stated}, but the agreement has no last day", stated=length_in_words(period.stated)
        )
        labels = (Label(("period", "stated")), Label(("period", "end"), say("until further notice")))
        yield Finding(rule, message, labels, _WHICH)
        return
    if period.last_day < period.start:
        return
    by_text = last_day(period.start, period.stated)
    if by_text not in (period.last_day, period.last_day - ONE_DAY if _leap(period.start) else None):
        span = span_in_words(period.start, period.last_day)
        message = say(
            "the text states {stated}, but the dates give {span}", stated=length_in_words(period.stated), span=span
        )
        labels = (
            Label(("period", "stated"), say("this length would end on {day}", day=by_text)),
            Label(("period", "end"), say("the last day; both days included it is {span}", span=span)),
        )
        yield Finding(rule, message, labels, _WHICH)


_WHICH = say("agree with the other party on which of them holds, and write it down")


@rule("PER004")
def extension_beyond_option(rule: Rule, case: Case) -> Iterator[Finding]:
    """An extension that the agreement gives no right to: no option, too many times, too long or too late.

    Going on beyond the option is a new agreement, with its own assessment.
    """
    agreement = case.agreement
    option = agreement.period.extension if agreement.period else None
    extensions = [term for term in case.terms if term.route[0] == "decisions" and term.start > _first_end(case)]
    for count, term in enumerate(extensions, 1):
        label = Label((*term.route, "until"), say("until {day}", day=term.end))
        if option is None:
            message = say("the agreement is extended, but it has no option to extend")
            yield Finding(rule, message, (label, Label(("period",), say("no extension here"), on_key=True)), _NEW)
            continue
        if option.times is not None and count > option.times:
            message = say("extension number {count}, but the option allows {times}", count=count, times=option.times)
            yield Finding(rule, message, (label, Label(("period", "extension", "times"), say("the option"))), _NEW)
        if option.length is not None and term.end > last_day(term.start, option.length):
            latest = last_day(term.start, option.length)
            message = say("the extension is longer than the option: {length}", length=length_in_words(option.length))
            other = Label(("period", "extension", "length"), say("this length ends on {day}", day=latest))
            yield Finding(rule, message, (label, other), _NEW)
        if option.until is not None and term.end > option.until:
            message = say("the extension goes beyond the option's last day")
            yield Finding(rule, message, (label, Label(("period", "extension", "until"), say("the option"))), _NEW)


_NEW = say("shorten the extension, or decide on a new agreement")


@rule("PER008")
def decide_by_late(rule: Rule, case: Case) -> Iterator[Finding]:
    """The day to decide on extension leaves no time: after the end, on the last day, or before the start.

    A warning when it is the last day, or would be if the length that the text states holds. That such a day comes still
    later is no finding of its own: what the dates and the text say of the end is PER003's. When the agreement has been
    terminated, nobody decides on an extension.
    """
    period = case.agreement.period
    if period is None or not (days := list(_days_to_decide(case.agreement))):
        return
    first, last = period.start, case.term
    ends = [term.end for term in case.terms if term.decided]
    by_text = last_day(first, period.stated) if period.stated is not None and len(ends) == 1 else FAR
    for route, day in days:
        if day <= first:
            labels = (Label(route), Label(("period", "start"), say("begins {day}", day=first)))
            message = say("the day to decide on extension, {day}, is not after the start", day=day)
            yield Finding(rule, message, labels, _EARLIER)
        elif last is not None and last.cut_by is not None:
            continue
        elif last is not None and day > last.end:
            labels = (Label(route), Label(last.ends_at, say("ends {day}", day=last.end)))
            message = say("the day to decide on extension, {day}, is after the end", day=day)
            yield Finding(rule, message, labels, _EARLIER)
        elif case.ended:
            continue
        elif last is not None and day in ends:
            labels = (Label(route), Label(last.ends_at, say("ends {day}", day=day)))
            message = say("the day to decide on extension, {day}, is the last day: no time is left", day=day)
            yield Finding(rule, message, labels, _EARLIER, Severity.WARNING)
        elif day == by_text:
            label = Label(("period", "stated"), say("this length would end on {day}", day=by_text))
            message = say("the day to decide on extension, {day}, leaves no time if the stated length holds", day=day)
            yield Finding(rule, message, (Label(route), label), _EARLIER, Severity.WARNING)


_EARLIER = say("agree on a day that leaves time for the decision, and for the other party to be told")


def _days_to_decide(agreement: Agreement) -> Iterator[tuple[Route, date]]:
    """The days by which it has to be said if the agreement goes on."""
    option = agreement.period.extension if agreement.period else None
    if option is not None and option.decide_by is not None:
        yield ("period", "extension", "decide_by"), option.decide_by
    for number, duty in enumerate(agreement.duties):
        if duty.kind == "position" and duty.by is not None:
            yield ("duties", number, "by"), duty.by


@rule("PER009", Severity.WARNING)
def extension_without_decide_by(rule: Rule, case: Case) -> Iterator[Finding]:
    """The agreement can be extended, but no day is set to decide by, so that it may run out before anybody has."""
    agreement = case.agreement
    option = agreement.period.extension if agreement.period else None
    if option is None or option.decide_by is not None or case.ended:
        return
    extended = [each.is_taken for each in agreement.decisions if each.kind == "extended"]
    if not all(extended) or len(extended) >= (option.times or 1):  # on its way, or used
        return
    if any(duty.kind == "position" for duty in agreement.duties) or (not extended and extension_settled(agreement)):
        return
    label = Label(("period", "extension"), say("no decide_by here"), on_key=True)
    help_ = say("agree on a day to decide by, or put the position of the parties among the duties")
    yield Finding(rule, say("the agreement can be extended, but no day is set to decide by"), (label,), help_)


@rule("PER014", Severity.WARNING)
def no_meeting_left(rule: Rule, case: Case) -> Iterator[Finding]:
    """There is still time to decide on extension, but the board that decides has no meeting left in that time.

    Asked when iopctl.yaml has the board with its meetings. Where a matter goes through several boards, the last one
    without a meeting is told. An option without a day to decide by has to be decided before the end; it is asked about
    in the last year.
    """
    found = _still_to_decide(case)
    if found is None:
        return
    where, day, start = found
    plans = chain(deciding(case.agreement, case.workspace.settings.boards), day, start, case.as_of)
    following = None
    for each in reversed(plans):
        if each.missed and each.calendar_known:
            last = each.meeting
            label = Label(where, say("the last meeting in time was {day}", day=last.date) if last is not None else None)
            yield Finding(rule, _none_left(each, following, day, start), (label,), _instead(each, case.as_of))
            return
        following = each.board


def _none_left(lost: Plan, following: Board | None, day: date, start: date) -> Message:
    """What the board of a plan cannot do any more: propose to the next board, or decide in one way or the other."""
    name = lost.board.name
    if following is not None:
        other = following.name
        return say(
            "no meeting of {board} is left to propose to {other} by {day}", board=name, other=other, day=lost.limit
        )
    if lost.limit < day:
        return say("no meeting of {board} is left to give an extension legal force {day}", board=name, day=start)
    return say("no meeting of {board} is left to decide on extension by {day}", board=name, day=day)


def _instead(lost: Plan, as_of: date) -> Message:
    """What can be done when no usable meeting is left."""
    if lost.following is None:
        return say("no later meeting is known; ask the board's secretary how it can be decided in time")
    coming, late = lost.following.date, lost.without_legal_force
    if late is not None and late.date >= as_of:
        return say("the meeting of {day} decides in time, but too late to be certain of legal force", day=coming)
    return say("the first one after is {day}; ask the board's secretary how it can be decided in time", day=coming)


def _still_to_decide(case: Case) -> tuple[Route, date, date] | None:
    """Where the last day to decide on extension is said, that day and the day the extension begins.

    None when the day has passed or is far away, when it is settled if the agreement goes on, and when a meeting in time
    is named in the agreement itself.
    """
    agreement, last = case.agreement, case.term
    option = agreement.period.extension if agreement.period else None
    if option is None or last is None or last.end == FAR:
        return None
    where: Route = ("period", "extension", "decide_by")
    day = option.decide_by
    if day is None and years_later(last.end, -1) <= case.as_of:
        where, day = last.ends_at, last.end
    if day is None or day < case.as_of or is_settled(agreement):
        return None
    planned = (each.planned for each in agreement.decisions if each.kind == "extended" and each.planned is not None)
    return None if any(case.as_of <= each <= day for each in planned) else (where, day, last.end + ONE_DAY)


@rule("PER010", Severity.WARNING)
def open_ended_without_notice(rule: Rule, case: Case) -> Iterator[Finding]:
    """The agreement runs until further notice and does not say how notice is given: nobody knows how to end it."""
    period = case.agreement.period
    if period is None or period.end != "open_ended" or period.notice is not None:
        return
    last = case.term
    if last is not None and last.end == FAR:
        message = say("the agreement runs until further notice, but no notice is set")
        yield Finding(rule, message, (Label(("period", "end")),), say("agree on notice, and write it under period"))


@rule("PER011", Severity.WARNING)
def notice_too_long(rule: Rule, case: Case) -> Iterator[Finding]:
    """Notice given on the first day would run out on the last day or later, so that it never ends anything."""
    period, last = case.agreement.period, case.term
    if period is None or period.notice is None or last is None or last.end == FAR or last.end < case.as_of:
        return
    length = period.notice.length
    out = after(period.start, length)
    if out >= last.end:
        message = say("the notice, {length}, is not shorter than the agreement", length=length_in_words(length))
        labels = (
            Label(("period", "notice", "length"), say("given on the first day it runs out {day}", day=out)),
            Label(last.ends_at, say("ends {day}", day=last.end)),
        )
        help_ = say("check the length; if the agreement cannot be ended early, leave notice out")
        yield Finding(rule, message, labels, help_)


@rule("PER012", Severity.INFO)
def notice_only_in_special_cases(rule: Rule, case: Case) -> Iterator[Finding]:
    """Notice can be given only when something has happened: there is no other way to end the agreement early.

    A warning when it runs until further notice, since then there is no ordinary way to end it at all.
    """
    period = case.agreement.period
    if period is None or period.notice is None or period.notice.condition is None:
        return
    last = case.term
    if last is None or last.end < case.as_of:
        return
    label = Label(("period", "notice", "condition"))
    if last.end == FAR:
        message = say("notice only in special cases, though the agreement runs until further notice")
        labels = (label, Label(last.ends_at, say("until further notice")))
        yield Finding(rule, message, labels, say("agree on notice that needs no reason"), Severity.WARNING)
    else:
        message = say("notice can be given only in special cases")
        yield Finding(rule, message, (label,), say("make sure that this is meant; otherwise agree on ordinary notice"))


def _changes(agreement: Agreement, number: int) -> bool:
    """Whether a decision changes how long the agreement runs, given those before it.

    A decision to terminate may say the same as a notice that was given.
    """
    if agreement.decisions[number].kind == "terminated":
        agreement = agreement.model_copy(update={"log": tuple(each for each in agreement.log if each.notice is None)})
    before, after = (agreement.model_copy(update={"decisions": agreement.decisions[:n]}) for n in (number, number + 1))
    return [(each.start, each.end) for each in terms(before) if each.decided] != [
        (each.start, each.end) for each in terms(after) if each.decided
    ]


def _leap(day: date) -> bool:
    """From 29 February a year may be counted to the 27th or the 28th; both are used."""
    return (day.month, day.day) == (2, 29)


def _first_end(case: Case) -> date:
    period = case.agreement.period
    return (period.last_day if period else None) or FAR
