"""The agreement's time: order, stated length, extensions, and the agreement that went before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dateutil.relativedelta import relativedelta

from iopctl.checks.case import Case, rule
from iopctl.compute.calendar import ONE_DAY, after, last_day
from iopctl.compute.timeline import FAR, terms
from iopctl.finding import Finding, Label, Message, Rule, Severity, Value, say
from iopctl.model import Length


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
    """A last day that comes before the first."""
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
    for number, each in enumerate(agreement.contributions):
        if each.since is not None and each.until is not None and each.until < each.since:
            place = ("contributions", number)
            labels = (
                Label((*place, "valid_until"), say("the last day")),
                Label((*place, "valid_from"), say("the first day is later")),
            )
            yield Finding(rule, say("the contribution ends before it begins"), labels)


@rule("PER003")
def stated_length(rule: Rule, case: Case) -> Iterator[Finding]:
    """The length that the text states is not the length that the dates give.

    Which of them is right is a question of what the parties meant, and it decides when the agreement ends.
    """
    period = case.agreement.period
    if period is None or period.stated is None or period.last_day is None or period.last_day < period.start:
        return
    by_text = last_day(period.start, period.stated)
    if by_text != period.last_day:
        span = _span(period.start, period.last_day)
        message = say("the text states {stated}, but the dates give {span}", stated=_length(period.stated), span=span)
        labels = (
            Label(("period", "stated"), say("this length would end on {day}", day=by_text)),
            Label(("period", "end"), say("the last day; both days included it is {span}", span=span)),
        )
        yield Finding(
            rule, message, labels, say("agree with the other party on which of them holds, and write it down")
        )


@rule("PER004")
def extension_beyond_option(rule: Rule, case: Case) -> Iterator[Finding]:
    """An extension that the agreement gives no right to: no option, too many times, too long or too late.

    Going on beyond the option is a new agreement, with its own assessment.
    """
    agreement = case.agreement
    option = agreement.period.extension if agreement.period else None
    extensions = [term for term in terms(agreement) if term.route[0] == "decisions" and term.start > _first_end(case)]
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
            message = say("the extension is longer than the option: {length}", length=_length(option.length))
            other = Label(("period", "extension", "length"), say("this length ends on {day}", day=latest))
            yield Finding(rule, message, (label, other), _NEW)
        if option.until is not None and term.end > option.until:
            message = say("the extension goes beyond the option's last day")
            yield Finding(rule, message, (label, Label(("period", "extension", "until"), say("the option"))), _NEW)


_NEW = say("shorten the extension, or decide on a new agreement")


@rule("PER005")
def overlap(rule: Rule, case: Case) -> Iterator[Finding]:
    """The agreement begins while the one it replaces still runs, so that both would be paid for the same days."""
    agreement = case.agreement
    earlier = case.workspace.agreements.get(agreement.replaces or "")
    if earlier is None or earlier is agreement or agreement.period is None:
        return
    decided = [term for term in terms(earlier) if term.decided]
    if not decided or not decided[0].start <= agreement.period.start <= decided[-1].end:
        return
    last = decided[-1]
    route = (*last.route, "until" if last.route[0] == "decisions" else "end")
    shared_end = min(last.end, agreement.period.last_day or FAR)
    values: dict[str, Value] = {"earlier": agreement.replaces or "", "span": _span(agreement.period.start, shared_end)}
    if last.end == FAR:
        ends = say("the replaced agreement runs until further notice")
    else:
        ends = say("the replaced agreement ends here")
    if shared_end == FAR:
        message = say("overlap with {earlier}, both until further notice", **values)
    else:
        message = say("{span} of overlap with {earlier}", **values)
    labels = (Label(("period", "start"), say("begins here")), Label(route, ends, agreement=agreement.replaces))
    yield Finding(rule, message, labels, say("record the decision that ended the earlier agreement, or move the start"))


def _first_end(case: Case) -> date:
    period = case.agreement.period
    return (period.last_day if period else None) or FAR


def _length(length: Length) -> Message:
    match length.unit:
        case "years":
            return say("{number} years", number=length.number) if length.number != 1 else say("1 year")
        case "months":
            return say("{number} months", number=length.number) if length.number != 1 else say("1 month")
        case "weeks":
            return say("{number} weeks", number=length.number) if length.number != 1 else say("1 week")
        case _:
            return say("{number} days", number=length.number) if length.number != 1 else say("1 day")


def _span(first: date, last: date) -> Message:
    """The length of a stretch of days in the largest unit that measures it exactly."""
    between = relativedelta(last + ONE_DAY, first)
    months = between.years * 12 + between.months
    if after(first, Length(months, "months")) - ONE_DAY != last or months == 0:
        return _length(Length((last - first).days + 1, "days"))
    return _length(Length(months // 12, "years") if months % 12 == 0 else Length(months, "months"))
