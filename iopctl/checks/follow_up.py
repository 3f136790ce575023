"""Follow-up: whether the parties meet and report, who sees to it, and what the log says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from iopctl.checks.case import Case, rule
from iopctl.compute.calendar import ONE_DAY, after, years_from
from iopctl.compute.deadline import Deadline
from iopctl.compute.deadlines import duties_left
from iopctl.compute.timeline import FAR
from iopctl.finding import Finding, Label, Message, Route, Rule, Severity, say
from iopctl.model import Agreement, Duty, Length, LogEntry
from iopctl.swedish import NUMBER, number_meant

YEAR = Length(1, "years")

# -- what is agreed ----------------------------------------------------------------------------------------------------


@rule("FUP001", Severity.WARNING)
def no_follow_up(rule: Rule, case: Case) -> Iterator[Finding]:
    """A year of the agreement without any follow-up, report or meeting. A dialogue all the time is none of them.

    A year that is cut short by the end is not counted, unless it is all there is.
    """
    duties = [each for each in case.agreement.duties if each.kind in _FOLLOW_UPS]
    last = case.term
    if last is None or any(each.times_per_year or each.yearly_by or each.ongoing for each in duties):
        return
    start = case.terms[0].start
    dated = [each.by or last.end for each in duties if each.by or each.before_end]
    if not dated:
        message = say("no year of the agreement has a follow-up, a report or a meeting")
    elif last.end == FAR:
        message = say("the agreement has no last day, and no follow-up that comes back every year")
    elif years := _years_without(dated, start, last.end):
        message = _in_words(years)
    else:
        return
    yield Finding(rule, message, tuple(_around(case.agreement)), _AGREE_ON)


_FOLLOW_UPS = ("follow_up", "report", "meeting")
_AGREE_ON = say("agree on when the parties follow up, and write it under duties with times_per_year or yearly_by")


def _years_without(days: Sequence[date], start: date, end: date) -> list[tuple[date, date]]:
    """The years of the agreement in which no day is. What comes after the end is about the last year."""
    years = years_from(start, end)
    whole = [each for each in years if each[1] == after(each[0], YEAR) - ONE_DAY] or years
    return [
        (first, last)
        for first, last in whole
        if not any(first <= day and (day <= last or (first, last) == whole[-1]) for day in days)
    ]


def _in_words(years: Sequence[tuple[date, date]]) -> Message:
    calendar = all((first.month, first.day) == (1, 1) for first, _last in years)
    named = [f"{first.year}" if calendar else f"{first} – {last}" for first, last in years]
    return say("years of the agreement without follow-up: {years}", years=_shortened(named))


def _around(agreement: Agreement) -> Iterator[Label]:
    """The period, and every follow-up that comes once."""
    yield Label(("period",), say("every year of this"), on_key=True)
    for number, duty in enumerate(agreement.duties):
        if duty.kind in _FOLLOW_UPS and (duty.by or duty.before_end):
            yield Label(("duties", number, _schedule(duty)), say("once"))


@rule("FUP002", Severity.WARNING)
def duty_without_responsible(rule: Rule, case: Case) -> Iterator[Finding]:
    """Nobody is to see to a duty: no responsible party, nobody who invites to it, no convener of its group.

    A dialogue all the time is everybody's.
    """
    for number, duty in enumerate(case.agreement.duties):
        if duty.responsible or duty.called_by or (duty.kind == "dialogue" and duty.ongoing):
            continue
        if duty.forum is not None and _has_convener(case.agreement, duty.forum):
            continue
        parties = ", ".join(case.agreement.parties)
        help_ = say("write which party sees to it, responsible: with one or more of {parties}", parties=parties)
        message = say("nobody is responsible for {duty}", duty=duty.id)
        yield Finding(rule, message, (Label(("duties", number, "id")),), help_)


def _has_convener(agreement: Agreement, forum: str) -> bool:
    return any(member.convener for each in agreement.forums if each.id == forum for member in each.members)


@rule("FUP003", Severity.WARNING)
def report_without_receiver(rule: Rule, case: Case) -> Iterator[Finding]:
    """A report is to be written, and the agreement does not say who gets it."""
    for number, duty in enumerate(case.agreement.duties):
        if duty.kind == "report" and duty.receiver is None:
            message = say("nobody receives the report {duty}", duty=duty.id)
            help_ = say("write who receives it: receiver: and the board or unit")
            yield Finding(rule, message, (Label(("duties", number, "id")),), help_)


@rule("FUP009", Severity.INFO)
def end_report_without_date(rule: Rule, case: Case) -> Iterator[Finding]:
    """Something is to be done before the agreement's end, and no day is set: it is reckoned to the last day.

    A warning when the agreement has to decide on its extension before that: the decision would come first.
    """
    agreement = case.agreement
    last = case.term
    option = agreement.period.extension if agreement.period else None
    for number, duty in enumerate(agreement.duties):
        if not duty.before_end or duty.kind == "position":
            continue
        label = Label(("duties", number, "before_end"))
        help_ = say("agree on a day, early enough for the decision on what comes next, and write by: instead")
        decide_by = option.decide_by if option else None
        if decide_by is not None and last is not None and decide_by < last.end:
            message = say(
                "{duty} may come after the decision on an extension, which it is to be a ground for", duty=duty.id
            )
            labels = (
                Label(label.where, say("no later than {day}", day=last.end)),
                Label(("period", "extension", "decide_by"), say("decided by this day")),
            )
            yield Finding(rule, message, labels, help_, Severity.WARNING)
        else:
            message = say("{duty} is to be done before the end, but no day is set", duty=duty.id)
            yield Finding(rule, message, (label,), help_)


@rule("FUP010", Severity.WARNING)
def report_year_unclear(rule: Rule, case: Case) -> Iterator[Finding]:
    """A report every year, and it is not said which year it is about: the one before, or the same."""
    for number, duty in enumerate(case.agreement.duties):
        if duty.kind == "report" and duty.yearly_by is not None and duty.about is None:
            yield Finding(
                rule,
                say("{duty} is due every year, but which year is it about?", duty=duty.id),
                (Label(("duties", number, "yearly_by"), say("due on this day")),),
                say("agree on it, and write about: year_before or about: same_year"),
            )


@rule("FUP011", Severity.INFO)
def frequencies_differ(rule: Rule, case: Case) -> Iterator[Finding]:
    """The text about a group says how often it meets, and the duty to meet in the group says something else.

    Asked only when the text names one frequency and one meeting is held in the group. A warning when the numbers
    differ, information when only one of them says "at least".
    """
    for place, forum in enumerate(case.agreement.forums):
        meetings = [
            (number, duty)
            for number, duty in enumerate(case.agreement.duties)
            if duty.forum == forum.id and duty.kind == "meeting"
        ]
        stated = list(_FREQUENCY.finditer(forum.text or "")) if len(meetings) == 1 else []
        if len(stated) != 1:
            continue
        number, duty = meetings[0]
        times = number_meant(stated[0]["times"])
        if duty.times_per_year is None or (times, bool(stated[0]["least"])) == (duty.times_per_year, duty.at_least):
            continue
        promised = say("at least {times} a year", times=duty.times_per_year)
        labels = (
            Label(("duties", number, "times_per_year"), promised if duty.at_least else None),
            Label(("forums", place, "text"), needle=stated[0][0]),
        )
        message = say("{duty} and the text about its group say differently how often it meets", duty=duty.id)
        severity = Severity.WARNING if times != duty.times_per_year else None
        yield Finding(rule, message, labels, say("agree on which of them holds"), severity)


_FREQUENCY = re.compile(
    rf"\b(?P<least>minst\s+)?(?P<times>{NUMBER}|[1-9][0-9]?)\s+gång(?:er)?\s+(?:per\s+år|om\s+året|årligen)\b",
    re.IGNORECASE,
)


# -- what the log says -------------------------------------------------------------------------------------------------


@rule("FUP004", Severity.WARNING)
def contents_not_covered(rule: Rule, case: Case) -> Iterator[Finding]:
    """A report has come, and what the log says that it covered is not all that it has to contain."""
    duties = {duty.id: (number, duty) for number, duty in enumerate(case.agreement.duties) if duty.contents}
    for line, entry in enumerate(case.agreement.log if duties else ()):
        if not entry.contents or entry.duty not in duties:
            continue
        number, duty = duties[entry.duty]
        report = [each for each in _together(entry, duty, case.agreement.log) if each.contents]
        covered = {_plain(words) for each in report for words in each.contents}
        missing = [place for place, words in enumerate(duty.contents) if _plain(words) not in covered]
        if missing and entry is report[-1]:
            labels = (
                Label(("log", line, "contents"), say("covered"), on_key=True),
                *(Label(("duties", number, "contents", place), say("not among them")) for place in missing),
            )
            message = say("{duty} does not cover all that it has to: {count} missing", duty=duty.id, count=len(missing))
            yield Finding(rule, message, labels, _COMPLETE)


_COMPLETE = say("ask for what is missing; if it is there, add it to the log's contents in the duty's own words")


def _together(entry: LogEntry, duty: Duty, log: Iterable[LogEntry]) -> Iterator[LogEntry]:
    """The entries about the same report: all of them when it is written once, else those of the same year."""
    for each in log:
        if each.duty == entry.duty and (duty.by or duty.before_end or _day(each).year == _day(entry).year):
            yield each


def _plain(words: str) -> str:
    return words.strip(" .").casefold()


@rule("FUP006", Severity.WARNING)
def duty_overdue(rule: Rule, case: Case) -> Iterator[Finding]:
    """Days have passed by which something was to be done, and the log says nothing about it.

    Not days that only spread several occurrences over a year. When nothing at all is logged it is information, given
    once: then it is the log that is not kept.
    """
    overdue: dict[Route, list[Deadline]] = {}
    if not case.agreement.duties or _not_begun(case):
        return
    for each in duties_left(case.id, case.agreement, case.as_of, case.as_of - ONE_DAY):
        if not each.target:
            overdue.setdefault(each.route, []).append(each)
    if overdue and not case.agreement.log:
        message = say("nothing is logged, and duties have had their day: {count}", count=len(overdue))
        yield Finding(rule, message, (Label(("duties",), on_key=True),), _KEEP_A_LOG, Severity.INFO)
        return
    for route, left in overdue.items():
        duty = case.agreement.duties[int(route[1])]
        days = _shortened([f"{each.day}" for each in left])
        message = say(
            "the log does not say that {duty} was done by {days}: {count}", duty=duty.id, days=days, count=len(left)
        )
        example = f"- {{duty: {duty.id}, date: …}}"
        help_ = say("if it was done, write in the log: {example}; else see to it", example=example)
        yield Finding(rule, message, (Label((*route, _schedule(duty))), *_latest(case.agreement, duty)), help_)


_KEEP_A_LOG = say("write under log what has been done and when")


def _not_begun(case: Case) -> bool:
    period = case.agreement.period
    return period is not None and period.start >= case.as_of


def _latest(agreement: Agreement, duty: Duty) -> Iterator[Label]:
    logged = [(_day(entry), number) for number, entry in enumerate(agreement.log) if entry.duty == duty.id]
    if logged:
        day, number = max(logged)
        if day != date.min:
            yield Label(("log", number, _dated_by(agreement.log[number])), say("the last in the log"))


@rule("FUP007", Severity.WARNING)
def log_outside_period(rule: Rule, case: Case) -> Iterator[Finding]:
    """Something is logged as done before the agreement began, or more than a year after it ended."""
    found = case.terms if case.agreement.log else ()
    if not found:
        return
    start, end = found[0].start, found[-1].end
    year_after = after(end, YEAR) if end != FAR else FAR
    for number, entry in enumerate(case.agreement.log):
        day = _day(entry)
        if entry.duty is None or day == date.min:
            continue
        if day < start:
            limit = Label(("period", "start"), say("the agreement begins"))
            message = say("something is logged as done before the agreement began")
        elif day > year_after:
            limit = Label(found[-1].ends_at, say("the agreement ends"))
            message = say("something is logged as done more than a year after the agreement ended")
        else:
            continue
        labels = (Label(("log", number, _dated_by(entry))), limit)
        yield Finding(rule, message, labels, say("check the day; is it another agreement's?"))


@rule("FUP008")
def log_in_the_future(rule: Rule, case: Case) -> Iterator[Finding]:
    """The log has a day that has not come. A log is what has happened, and what it has is no longer waited for."""
    for number, entry in enumerate(case.agreement.log):
        day = _day(entry)
        if day > case.as_of:
            message = say("the log says that something happened on {day}, which has not come", day=day)
            label = Label(("log", number, _dated_by(entry)), say("checked as of {day}", day=case.as_of))
            yield Finding(rule, message, (label,), say("check the day; write what is planned under duties"))


def _day(entry: LogEntry) -> date:
    """The day of an entry; date.min when it is not known."""
    day = entry.through or entry.date
    return day if isinstance(day, date) else date.min


def _dated_by(entry: LogEntry) -> str:
    return "through" if entry.through else "date"


def _schedule(duty: Duty) -> str:
    """The key that says when a duty is to be done."""
    if duty.times_per_year is not None:
        return "times_per_year"
    if duty.yearly_by is not None:
        return "yearly_by"
    if duty.after is not None:
        return "after"
    return "by" if duty.by is not None else "before_end"


def _shortened(words: Sequence[str]) -> str:
    return ", ".join([*words[:3], *(["…"] if len(words) > 3 else [])])
