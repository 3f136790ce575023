"""Deadlines as a table, as JSON and as a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from iopctl.compute.deadlines import Deadline, Kind
from iopctl.finding import Message, Money, say
from iopctl.locale.language import Language
from iopctl.model import Agreement
from iopctl.render.findings import Paint, no_paint
from iopctl.render.names import Place, parties
from iopctl.render.plain import one_line
from iopctl.render.reasons import reason
from iopctl.render.table import Justify, table

_KINDS = {
    Kind.FOLLOW_UP: say("follow-up"),
    Kind.REPORT: say("report"),
    Kind.MEETING: say("meeting"),
    Kind.POSITION: say("position"),
    Kind.DIALOGUE: say("dialogue"),
    Kind.PAYMENT: say("payment"),
    Kind.DECIDE_BY: say("decision"),
    Kind.PERIOD_END: say("period"),
}


class Row(NamedTuple):
    """A deadline with what its agreement says of it, in words."""

    deadline: Deadline
    title: str
    """The agreement's."""
    what: str
    who: str
    place: str

    @property
    def order(self) -> tuple[date, str, str]:
        """By day, then by agreement."""
        return self.deadline.day, self.deadline.agreement, self.deadline.key


def row(deadline: Deadline, agreement: Agreement, language: Language, place: Place) -> Row:
    """A deadline of this agreement, ready to be shown among those of others."""
    return Row(
        deadline,
        one_line(" ".join(agreement.title.split())),
        _what(deadline, language),
        parties(agreement, deadline.who, language),
        place(deadline.agreement, deadline.route),
    )


def _what(deadline: Deadline, language: Language) -> str:
    """What is to be done, in a line."""
    text = one_line(" ".join(deadline.text.split())) if deadline.text else language.say(_own_words(deadline))
    if deadline.of > 1:
        text = language.say(say("{what} ({number} of {of})", what=text, number=deadline.number, of=deadline.of))
    return text


def _own_words(deadline: Deadline) -> Message:
    match deadline.kind:
        case Kind.PAYMENT:
            row = deadline.payment
            assert row is not None  # a payment's deadline is made from its row
            year = str(row.year)
            if row.amount is None:
                return say("Payment for {year}: cannot be reckoned yet ({reason})", year=year, reason=reason(row)[0])
            if row.correction is not None:
                return say("Correction for {year}: {amount}", year=year, amount=Money(row.amount))
            if row.status == "preliminary":
                return say("Payment for {year}: {amount} (preliminary)", year=year, amount=Money(row.amount))
            return say("Payment for {year}: {amount}", year=year, amount=Money(row.amount))
        case Kind.DECIDE_BY:
            return say("Last day to decide on an extension")
        case Kind.PERIOD_END if deadline.undecided:
            return say("The agreement ends; an extension is proposed and not decided")
        case _:
            return say("The agreement ends")


def left(deadline: Deadline, as_of: date) -> Message:
    """How long is left, in words."""
    days = (deadline.day - as_of).days
    match days:
        case 0:
            return say("today")
        case 1:
            return say("tomorrow")
        case -1:
            return say("yesterday")
        case _ if days > 0:
            return say("in {days} days", days=days)
        case _:
            return say("{days} days ago", days=-days)


def as_table(
    rows: Sequence[Row], as_of: date, until: date, language: Language, width: int, paint: Paint = no_paint
) -> str:
    """What has passed without a note in the log, then what is to come."""
    headings: tuple[tuple[str, Justify], ...] = (
        (language.word("Day"), "left"),
        (language.word("What, when and who"), "left"),
    )
    blocks = []
    past = [each for each in rows if each.deadline.day < as_of]
    coming = [each for each in rows if each.deadline.day >= as_of]
    groups = (
        (say("Passed, and the log says nothing about it"), past),
        (say("To come, until {day}", day=until), coming),
    )
    for title, group in groups:
        if group:
            cells = [_cells(each, as_of, language) for each in group]
            blocks.append(f"{language.say(title)}\n{table(headings, cells, width, paint)}")
    if not blocks:
        return language.say(say("nothing is due until {day}", day=until)) + "\n"
    return "\n".join([*blocks, language.say(say("reckoned as of {day}", day=as_of))]) + "\n"


def _cells(row: Row, as_of: date, language: Language) -> tuple[str, ...]:
    deadline = row.deadline
    day = f"({deadline.day})" if deadline.target else f"{deadline.day}"
    when: Message = left(deadline, as_of)
    if deadline.kind is not Kind.PERIOD_END:
        when = say("{left}; who: {who}", left=when, who=row.who)
    lines = [row.what, language.say(when)]
    if deadline.target:
        lines.append(language.say(say("the day is a target: the agreement says how often, not when")))
    lines.append(row.place)
    return day, "\n".join(lines)


def record(row: Row, as_of: date) -> dict[str, Any]:
    """One deadline for another program."""
    deadline = row.deadline
    return {
        "agreement": deadline.agreement,
        "key": deadline.key,
        "kind": deadline.kind.value,
        "day": deadline.day,
        "overdue": deadline.day < as_of,
        "target": deadline.target,
        "number": deadline.number,
        "of": deadline.of,
        "what": row.what,
        "who": list(deadline.who),
        "amount": deadline.payment.amount if deadline.payment else None,
        "place": row.place,
    }


def as_calendar(rows: Sequence[Row], as_of: date, language: Language) -> bytes:
    """An iCalendar file of all-day events. The same deadlines as of the same day give the same bytes."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//iopctl//iopctl//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", language.word("IOP: deadlines"))
    for each in rows:
        calendar.add_component(_event(each, as_of, language))
    return bytes(calendar.to_ical())


def _event(row: Row, as_of: date, language: Language) -> Any:
    from icalendar import Event

    deadline = row.deadline
    event = Event()
    event.add("uid", f"{deadline.key}.{deadline.agreement}@iopctl".encode("utf-8", "backslashreplace").decode())
    event.add("dtstamp", datetime.combine(as_of, time(), UTC))
    event.add("dtstart", deadline.day)
    event.add("dtend", deadline.day + timedelta(days=1))
    event.add("summary", f"{row.title}: {row.what}")
    if deadline.kind is not Kind.PERIOD_END:
        event.add("description", language.say(say("who: {who}", who=row.who)))
    event.add("categories", [language.say(_KINDS[deadline.kind])])
    event.add("transp", "TRANSPARENT")
    return event
