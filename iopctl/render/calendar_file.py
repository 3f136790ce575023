"""Deadlines as an iCalendar file (RFC 5545), made to be imported again or subscribed to.

Nothing in an event depends on the day of the run: the same facts give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from iopctl.compute.calendar import after
from iopctl.compute.changes import Changes
from iopctl.finding import say
from iopctl.locale.language import Language
from iopctl.model import Length
from iopctl.personal import masked
from iopctl.render.deadlines import KINDS, LONGEST_TITLE, NOBODYS, Row, facts
from iopctl.render.links import Link, line
from iopctl.render.plain import brief, one_line

EVERY = timedelta(hours=12)
"""How often a program that subscribes is asked to fetch the file again."""

AT = timedelta(hours=9)
"""The time of day of a reminder: an all-day event begins at midnight, when nobody wants to be reminded."""

LONGEST_SUMMARY = 250


class Event(NamedTuple):
    """A deadline for a calendar."""

    row: Row
    changes: Changes


class Shown(NamedTuple):
    """How events are shown: the calendar's language, its reminders and its links."""

    language: Language
    reminders: tuple[Length, ...]
    link: Link


def as_calendar(events: Sequence[Event], shown: Shown, whose: str | None = None) -> bytes:
    """An iCalendar file of all-day events: of all agreements, or of one party, board or unit."""
    from icalendar import Calendar, vDuration

    language = shown.language
    name = say("IOP: {name}", name=one_line(whose)) if whose is not None else say("IOP: deadlines")
    calendar = Calendar()
    calendar.add("prodid", f"-//iopctl//iopctl//{language.code.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", language.say(name))
    calendar.add("refresh-interval", vDuration(EVERY), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(EVERY))
    for each in events:
        calendar.add_component(_event(each, shown))
    return bytes(calendar.to_ical())


def uid(row: Row) -> str:
    """What tells an event from all others, also when it is moved or put in other words.

    A dot in the agreement's id would make it unclear where the key ends.
    """
    deadline = row.deadline
    return one_line(f"{deadline.key}.{deadline.agreement.replace('.', '%2E')}@iopctl")


def _event(event: Event, shown: Shown) -> Any:
    from icalendar import Event as Component

    row, changes = event
    deadline, language = row.deadline, shown.language
    changed = datetime.combine(changes.last, time(), UTC)
    title = brief(row.title, LONGEST_TITLE)
    made = Component()
    made.add("uid", uid(row))
    made.add("dtstamp", changed)  # of a published event: when it was made known
    made.add("last-modified", changed)
    made.add("sequence", changes.number)
    made.add("dtstart", deadline.last)
    made.add("dtend", deadline.last + timedelta(days=1))
    made.add("summary", masked(brief(f"{title}: {row.what}", LONGEST_SUMMARY)))
    made.add("description", masked("\n".join(_description(row, language))))
    made.add("categories", [language.say(KINDS[deadline.kind]), one_line(deadline.agreement)])
    made.add("status", _status(row))
    made.add("transp", "TRANSPARENT")
    address = shown.link(row.place)
    if address is not None:
        made.add("url", address)
    if deadline.done is None:
        for days in _days_before(deadline.last, shown.reminders):
            made.add_component(_alarm(days, str(made["summary"])))
    return made


def _status(row: Row) -> str:
    """A day that is ours is only meant; what is done is taken away by calendars that follow."""
    if row.deadline.done is not None:
        return "CANCELLED"
    return "TENTATIVE" if row.deadline.target else "CONFIRMED"


def _description(row: Row, language: Language) -> Iterator[str]:
    """Who, what else has to be known, the clause in its own words and where it stands, a line each."""
    deadline = row.deadline
    if deadline.done is not None:
        yield language.say(say("done {day}", day=deadline.done))
    if deadline.kind not in NOBODYS:
        yield language.say(say("who: {who}", who=brief(row.who)))
    yield from (brief(each) for each in facts(row, language))
    if row.clause:
        yield f"”{row.clause}”"
    yield line(row.place)


def _days_before(day: date, reminders: Sequence[Length]) -> list[int]:
    """How many days before a day each reminder comes, the earliest first."""
    return sorted({(day - after(day, Length(-each.number, each.unit))).days for each in reminders}, reverse=True)


def _alarm(days: int, words: str) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", AT - timedelta(days=days))
    alarm.add("description", words)
    return alarm
