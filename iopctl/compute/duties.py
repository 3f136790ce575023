"""The times that duties are to be done, and which of them the log speaks for."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile

from iopctl.compute.calendar import ONE_DAY, after, months_later, years_from, years_later
from iopctl.compute.timeline import FAR
from iopctl.model import Agreement, DayOfYear, Duty, LogEntry

KEPT = timedelta(days=366)
"""How long what is done is told of: long enough for a calendar to follow."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a duty is to be done: from when it can be, by when it must be."""

    key: str
    first: date
    day: date
    number: int = 1
    of: int = 1
    target: bool = False
    """The agreement says how often and not when; the day spreads the occurrences evenly over the year."""
    booked: date | None = None
    year_ends: date = date.max
    """The last day that counts for it, where it is one of so many in a year of the agreement."""
    asked: bool = False
    """A party has asked for it, and the agreement does not say how soon it must be done."""
    done: date | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The agreement's days that duties are looked for in."""

    start: date
    horizon: date
    end: date
    """The agreement's last day; FAR when it has none."""
    last_term: date
    """The first day of the last extension that is decided; else the agreement's."""


def occurrences(duty: Duty, agreement: Agreement, span: Span | None, as_of: date) -> list[Occurrence]:
    """The times that a duty is to be done, in order, with those that were done within a year of a day.

    `span` is None for an agreement without a period: then only a duty with a day of its own can be placed in time. What
    the log says happened after `as_of` has not happened; an entry without a day counts. One that speaks for all days up
    to one speaks for what no other entry is about.
    """
    entries = _until(agreement.log, as_of)
    mine = [entry for entry in entries if entry.duty == duty.id]
    through = min(max((entry.through for entry in mine if entry.through), default=date.min), as_of)
    since = min(through, as_of - KEPT)
    days = sorted(entry.date for entry in mine if isinstance(entry.date, date) and not entry.through)
    undated = [entry for entry in mine if not isinstance(entry.date, date) and not entry.through]
    matched = _matched(duty, list(_scheduled(duty, span, entries, since)), days, bool(undated))
    done = [replace(each, done=through) if each.done is None and each.day <= through else each for each in matched]
    kept = [each for each in done if each.day >= since]
    booked = _booked(duty, kept, [day for day in duty.planned if day >= since], as_of)
    return sorted([*booked, *_asked(duty, entries, days)], key=lambda each: (each.day, each.key))


def _until(log: Sequence[LogEntry], as_of: date) -> list[LogEntry]:
    return [entry for entry in log if not isinstance(entry.date, date) or entry.date <= as_of]


# -- when it is to be done ---------------------------------------------------------------------------------------------


def _scheduled(duty: Duty, span: Span | None, log: Sequence[LogEntry], since: date) -> Iterator[Occurrence]:
    """As the agreement says. Years that ended before `since` need not be worked out."""
    if duty.by is not None:
        yield Occurrence(duty.id, date.min, duty.by)
    elif duty.after is not None:
        yield from _after(duty, span, log)
    elif span is not None:
        yield from _over_time(duty, span, since)


def _over_time(duty: Duty, span: Span, since: date) -> Iterator[Occurrence]:
    """What is spread over the agreement's time, or done before its end."""
    if duty.times_per_year is not None:
        for year, (first, _last) in enumerate(years_from(span.start, span.horizon), 1):
            whole = years_later(span.start, year) - ONE_DAY
            if whole >= since:
                yield from _times_in_year(duty, year, first, whole, span.end)
    elif duty.yearly_by is not None:
        yield from _each_year(duty, duty.yearly_by, span)
    elif duty.before_end and span.end != FAR:
        yield Occurrence(duty.id, span.last_term, span.end)


def _each_year(duty: Duty, by: DayOfYear, span: Span) -> Iterator[Occurrence]:
    """On the day of each year that is within the agreement; about the year before, in the year after each of its years.

    So the report on the last year comes after the end, and none is due on the year before the agreement.
    """
    later = 1 if duty.about == "year_before" else 0
    for year in range(span.start.year + later, span.horizon.year + later + 1):
        day = _day_in(year, by.month, by.day)
        if later or span.start <= day <= span.horizon:
            yield Occurrence(f"{duty.id}-{year}", span.start, day)


def _after(duty: Duty, span: Span | None, log: Sequence[LogEntry]) -> Iterator[Occurrence]:
    """Once after the start or the end; after each notice, duty or payment that the log has."""
    assert duty.after is not None
    event, of, length = duty.after.event, duty.after.of, duty.after.length
    if event in ("start", "end"):
        first = None if span is None else span.start if event == "start" else span.end
        if first is not None and first != FAR:
            yield Occurrence(duty.id, first, after(first, length))
        return
    for day in sorted({entry.date for entry in log if isinstance(entry.date, date) and _is(entry, event, of)}):
        yield Occurrence(f"{duty.id}-{day}", day, after(day, length))


def _is(entry: LogEntry, event: str, of: str | None) -> bool:
    match event:
        case "duty":
            return entry.duty == of
        case "payment":
            return entry.payment == of
        case _:
            return entry.notice is not None


def _times_in_year(duty: Duty, year: int, first: date, whole: date, end: date) -> Iterator[Occurrence]:
    """The occurrences of one year of the agreement, spread evenly; a year cut short has those that have begun in it.

    `whole` is the year's last day, even if the agreement ends before.
    """
    count, last = duty.times_per_year or 1, min(whole, end)
    calendar = (first.month, first.day) == (1, 1)  # otherwise the last day of the year is a reading of ours as well,
    firm = whole if calendar or whole == end else None  # but for the agreement's own; so is that of a year cut short
    for number in range(1, count + 1):
        opens = _share_of_year(first, number - 1, count)
        if opens > last:
            return
        day = min(_share_of_year(first, number, count) - ONE_DAY if number < count else whole, last)
        target = day != firm
        yield Occurrence(f"{duty.id}-y{year}-{number}", first, day, number, count, target, year_ends=whole)


def _share_of_year(first: date, number: int, count: int) -> date:
    """The day on which `number` parts of a year divided in `count` have passed."""
    if 12 % count == 0:
        return months_later(first, 12 // count * number)
    return first + timedelta(days=round(365.25 * number / count))


def _day_in(year: int, month: int, day: int) -> date:
    """A day of the year; 29 February is the 28th in other years (lag (1930:173) 1 §)."""
    return years_later(date(2000, month, day), year - 2000)  # 2000 has every day


# -- what is done ------------------------------------------------------------------------------------------------------


def _matched(duty: Duty, found: list[Occurrence], days: Sequence[date], undated: bool) -> list[Occurrence]:
    """The same occurrences, with the day of the log's entry where one speaks for it.

    An entry is one occurrence: in a year of n times the first one left of that year; of what follows an event the first
    one left that has begun; otherwise the next one, when it is due within EARLY, else the last that was due, else the
    next. What is to be done once is done when there is an entry at all; before the end of an extension, one from it.
    """
    if _once(duty):
        days = [day for day in days if not duty.before_end or not found or day >= found[0].first]
        return [replace(each, done=days[-1] if days else each.day if undated else None) for each in found]
    left = deque(found)
    done_on: dict[str, date] = {}
    for day in days:
        match = _taken(duty, left, day)
        if match is not None:
            done_on[match.key] = day
    return [replace(each, done=done_on[each.key]) if each.key in done_on else each for each in found]


def _once(duty: Duty) -> bool:
    return duty.by is not None or duty.before_end or (duty.after is not None and duty.after.event in ("start", "end"))


def _taken(duty: Duty, left: deque[Occurrence], day: date) -> Occurrence | None:
    """The occurrence that an entry is, taken out of those left; of later days there are only later entries."""
    if duty.times_per_year is not None:
        while left and left[0].year_ends < day:
            left.popleft()
        return left.popleft() if left and left[0].first <= day else None
    if duty.after is not None:
        again = duty.after.of == duty.id  # the entry that begins the time is not the one that ends it
        begun = left and (left[0].first < day or (left[0].first == day and not again))
        return left.popleft() if begun else None
    coming = next((each for each in left if each.day >= day), None)
    if coming is None or coming.day - day > EARLY:
        coming = next((each for each in reversed(left) if each.day < day), coming)
    if coming is not None:
        left.remove(coming)
    return coming


EARLY = timedelta(days=90)
"""How long before its day a yearly report may be handed in and still be that one, and not the last one, late."""


def _asked(duty: Duty, log: Sequence[LogEntry], days: Sequence[date]) -> Iterator[Occurrence]:
    """What a party asked for; it is done by the first entry from that day on, whatever else that entry is."""
    for day in sorted({entry.date for entry in log if entry.request == duty.id and isinstance(entry.date, date)}):
        place = bisect_left(days, day)
        done = days[place] if place < len(days) else None
        yield Occurrence(f"{duty.id}-asked-{day}", day, day, target=True, asked=True, done=done)


def _booked(duty: Duty, found: Sequence[Occurrence], days: Iterable[date], as_of: date) -> Iterator[Occurrence]:
    """The same occurrences with the days that are booked for them, and one for each day that is booked beyond these.

    A day is booked for the first occurrence left that is to be done by it, or later in the same year of the agreement
    and not done before, for n times a year. What is booked beyond what is agreed is told of until its day.
    """
    left = deque(found)
    for day in sorted(set(days)):
        while left and _too_late(duty, left[0], day):
            yield left.popleft()
        match = _for_booking(left, day)
        if match is not None:
            left.remove(match)
            yield replace(match, booked=day)
        elif day >= as_of:
            yield Occurrence(f"{duty.id}-booked-{day}", day, day, booked=day)
    yield from left


def _for_booking(left: deque[Occurrence], day: date) -> Occurrence | None:
    """Of those left that can be done in the same time as the first, the one to be done by then, else the last."""
    if not left or left[0].first > day:
        return None
    same = list(takewhile(lambda each: each.first == left[0].first, left))
    return next((each for each in same if each.day >= day), same[-1])


def _too_late(duty: Duty, each: Occurrence, day: date) -> bool:
    if duty.times_per_year is not None:
        return each.year_ends < day or (each.done is not None and each.done < day)
    return each.day < day
