"""When the amount for a year, or a part of one, is paid, in what parts, and what days each part is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from iopctl.compute.amounts import Stretch
from iopctl.compute.calendar import ONE_DAY, is_open, last_open_day, month_end, next_open, previous_open
from iopctl.model import AfterEvent, LogEntry, Payment

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Slot:
    """One payment: what part of the amount, for which days, and when."""

    start: date
    end: date
    """The days that the payment is for, both included."""
    share: Decimal = ONE
    """In proportion to the other payments of the same schedule and year."""
    agreed: date | None = None
    """The day that the agreement names, or reckons from an event; None when it names a month, a week or nothing."""
    due: date | None = None
    """The latest day on which it can be paid as agreed; None when none is given, or an event is waited for."""
    within: str | None = None
    """`month` or `first_week`, when the agreement names that instead of a day."""
    after: AfterEvent | None = None
    """The event that it is paid after."""
    part: Decimal = ONE
    """How much of the payment these days are, when it is for days at several rates."""


def schedule_for(schedules: tuple[Payment, ...], day: date) -> Payment | None:
    """The schedule that applies on a day: the last one that has begun."""
    begun = [each for each in schedules if each.since is None or each.since <= day]
    return begun[-1] if begun else None


def slots(stretch: Stretch, schedule: Payment | None, events: Iterable[LogEntry]) -> list[Slot]:
    """The payments of a stretch in order of time; one without a day when the agreement gives none in it."""
    if schedule is None:
        return [Slot(stretch.start, stretch.end)]
    if schedule.dates:
        found = list(_parts(stretch, schedule, list(events)))
    elif schedule.after is not None:
        found = list(_after(stretch, schedule, list(events)))
    elif schedule.covers == "arrears":
        found = _whole(stretch, list(_arrears(stretch, schedule)))
    else:
        found = _whole(stretch, list(_advance(stretch, schedule)))
    return found or [Slot(stretch.start, stretch.end)]


def _whole(stretch: Stretch, found: list[Slot]) -> list[Slot]:
    """The same payments, covering all days of the stretch: each until the next begins."""
    starts = [stretch.start, *(slot.start for slot in found[1:])]
    ends = [*(start - ONE_DAY for start in starts[1:]), stretch.end]
    return [
        slot if (slot.start, slot.end) == (start, end) else replace(slot, start=start, end=end)
        for slot, start, end in zip(found, starts, ends, strict=False)
    ]


def _advance(stretch: Stretch, schedule: Payment) -> list[Slot]:
    """A payment in each listed month that is in the stretch, for the part of the year with the same number."""
    months = schedule.month_numbers
    year = [
        _in_month(_covered(stretch, place, len(months)), stretch.start.year, month, schedule)
        for place, month in enumerate(months)
    ]
    return [slot for slot in year if stretch.pays_on(_day(slot))]


def _day(slot: Slot) -> date:
    """The agreed day, or the last one of an agreed month or week that is open."""
    day = slot.agreed or slot.due
    assert day is not None
    return day


def _arrears(stretch: Stretch, schedule: Payment) -> Iterator[Slot]:
    """A payment for each part of the year: in the first listed month that does not begin before its last one.

    A month is paid in the month after it: in its own it would be paid in advance.
    """
    months = schedule.month_numbers
    for place in range(len(months)):
        start, end = _part_of_year(stretch.start.year, place, len(months))
        if start <= stretch.end and stretch.start <= end:
            later = [month for month in months if month >= end.month + (start.month == end.month)]
            year = stretch.start.year if later else stretch.start.year + 1
            yield _in_month(_covered(stretch, place, len(months)), year, later[0] if later else months[0], schedule)


def _covered(stretch: Stretch, place: int, of: int) -> tuple[date, date]:
    """The days of the stretch in a part of the year."""
    start, end = _part_of_year(stretch.start.year, place, of)
    return max(start, stretch.start), min(end, stretch.end)


@cache
def _part_of_year(year: int, place: int, of: int) -> tuple[date, date]:
    """One of so many equal parts of a calendar year: half years, tertials, quarters, months."""
    length = 12 // of
    return date(year, place * length + 1, 1), month_end(year, (place + 1) * length)


def _in_month(days: tuple[date, date], year: int, month: int, schedule: Payment) -> Slot:
    """A payment on a day of a month, in its first week, or in it: a month and a week are never left for the next."""
    if schedule.day is not None:
        agreed = min(date(year, month, 1) + timedelta(days=schedule.day - 1), month_end(year, month))
        return Slot(*days, agreed=agreed, due=practical(agreed, schedule))
    if schedule.first_week:
        week = [date(year, month, day) for day in range(7, 0, -1)]
        return Slot(*days, due=next((day for day in week if is_open(day)), week[0]), within="first_week")
    return Slot(*days, due=last_open_day(year, month), within="month")


def practical(agreed: date, schedule: Payment) -> date:
    """The open day on which an agreed day's payment is made: the next one, unless the agreement says the one before.

    By analogy with 5 § skuldebrevslagen: a day of payment that is not open "anses nästa söckendag såsom förfallodag".
    """
    return previous_open(agreed) if schedule.working_day == "previous" else next_open(agreed)


def _parts(stretch: Stretch, schedule: Payment, events: list[LogEntry]) -> Iterator[Slot]:
    """The parts that are paid on days in the stretch, or after events.

    Parts that wait for the same event, with as many days after it, wait for one such event each.
    """
    year = stretch.start.year
    for place, part in enumerate(schedule.dates):
        if part.after is not None:
            number = [each.after for each in schedule.dates[:place]].count(part.after)
            event = _event(part.after, events, stretch, number)
            yield _after_event(stretch, part.after, event, part.share, schedule)
        elif part.day is not None:
            agreed = min(date(year, part.day.month, 1) + timedelta(part.day.day - 1), month_end(year, part.day.month))
            if stretch.pays_on(agreed):
                yield Slot(stretch.start, stretch.end, part.share, agreed, practical(agreed, schedule))


def _after(stretch: Stretch, schedule: Payment, events: list[LogEntry]) -> Iterator[Slot]:
    """One for each part of the year, as many as the agreement says; else one for each event that has come in.

    What part of the year an event is for is not known where the agreement does not say how many there are.
    """
    assert schedule.after is not None
    times = schedule.times_per_year
    if times is None:
        came = sum(_is(schedule.after, each, stretch) for each in events)
        listed = [(stretch.start, stretch.end)] * max(came, 1)
    else:
        listed = [_covered(stretch, place, times) for place in range(times)]
    for number, (start, end) in enumerate((start, end) for start, end in listed if start <= end):
        event = _event(schedule.after, events, stretch, number)
        yield replace(_after_event(stretch, schedule.after, event, ONE, schedule), start=start, end=end)


def _event(after: AfterEvent, events: list[LogEntry], stretch: Stretch, number: int) -> LogEntry | None:
    """The event with a number, from 0, among those that have come in for the year; None while it is waited for."""
    came = [each for each in events if _is(after, each, stretch)]
    return came[number] if number < len(came) else None


def _is(after: AfterEvent, entry: LogEntry, stretch: Stretch) -> bool:
    """Whether a log entry is the event that is waited for in a stretch: the year it is for is said, or its date's."""
    if not isinstance(entry.date, date) or (entry.year or entry.date.year) != stretch.start.year:
        return False
    if after.event == "report":
        return entry.duty is not None and entry.duty == after.duty
    return (entry.invoice if after.event == "invoice" else entry.requisition) is not None


def _after_event(
    stretch: Stretch, after: AfterEvent, event: LogEntry | None, share: Decimal, schedule: Payment
) -> Slot:
    came = event.date if event is not None and isinstance(event.date, date) else None
    agreed = came + timedelta(days=after.days) if came else None
    due = practical(agreed, schedule) if agreed else None
    return Slot(stretch.start, stretch.end, share, agreed, due, None, after)
