"""Deadlines in words: as a table, as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from iopctl.compute.agreement_dates import successor
from iopctl.compute.calendar import Closed, closed_because, month_end
from iopctl.compute.deadline import Deadline, Kind
from iopctl.finding import Message, Money, say
from iopctl.locale.language import Language
from iopctl.model import Agreement
from iopctl.render.findings import Paint, no_paint
from iopctl.render.names import NOBODY, Place, party
from iopctl.render.plain import quoted
from iopctl.render.reasons import reason
from iopctl.render.records import as_csv as records_as_csv
from iopctl.render.table import Justify, table

KINDS = {
    Kind.FOLLOW_UP: say("follow-up"),
    Kind.REPORT: say("report"),
    Kind.MEETING: say("meeting"),
    Kind.POSITION: say("position"),
    Kind.DIALOGUE: say("dialogue"),
    Kind.PAYMENT: say("payment"),
    Kind.CORRECTION: say("correction"),
    Kind.INDEX: say("index figure"),
    Kind.START: say("start"),
    Kind.END: say("end"),
    Kind.DECIDE_BY: say("decision"),
    Kind.OPTION: say("option to extend"),
    Kind.NOTICE: say("notice"),
    Kind.SUCCESSOR: say("successor"),
    Kind.FUNDING: say("funding"),
    Kind.BOARD: say("board"),
    Kind.ACKNOWLEDGEMENT: say("acknowledgement"),
}

NOBODYS = {Kind.START, Kind.END, Kind.SUCCESSOR, Kind.ACKNOWLEDGEMENT}
"""What comes by itself: nobody has to see to it."""

TARGET = say("a target of ours, not an agreed day")
"""Of a day that is ours."""

LONGEST_CLAUSE, LONGEST_TITLE = 120, 60


class Group(StrEnum):
    """How soon something is due."""

    OVERDUE = "overdue"
    THIS_WEEK = "this_week"
    THIS_MONTH = "this_month"
    LATER = "later"


GROUPS = {
    Group.OVERDUE: say("Passed, and the log says nothing about it"),
    Group.THIS_WEEK: say("This week"),
    Group.THIS_MONTH: say("This month"),
    Group.LATER: say("Later"),
}


class Row(NamedTuple):
    """A deadline with what its agreement says of it, in words."""

    deadline: Deadline
    """Without its payment, which is a world of its own: rows travel between processes."""
    amount: Decimal | None
    """What is to be paid."""
    title: str
    """The agreement's."""
    what: str
    who: str
    place: str
    """Where the clause stands: file:line:column."""
    clause: str | None
    """The clause's own words, on one line; a long one is cut."""
    forum: str | None
    """The group that it is done in."""
    receiver: str | None
    contents: tuple[str, ...]
    """Who gets a report, and what it has to contain."""


def row(deadline: Deadline, agreement: Agreement, language: Language, place: Place) -> Row:
    """A deadline of this agreement, ready to be shown among those of others."""
    duty = agreement.duties[int(deadline.route[1])] if deadline.route[:1] == ("duties",) else None
    forum = next((each for each in agreement.forums if duty is not None and each.id == duty.forum), None)
    return Row(
        replace(deadline, payment=None) if deadline.payment is not None else deadline,
        deadline.payment.amount if deadline.payment is not None else None,
        quoted(agreement.title),
        what_is_due(deadline, language),
        who(deadline, agreement, language),
        place(deadline.agreement, deadline.route),
        _cut(quoted(deadline.clause), LONGEST_CLAUSE) if deadline.clause else None,
        quoted(forum.name) if forum else None,
        party(agreement, duty.receiver) if duty and duty.receiver else None,
        tuple(quoted(each) for each in duty.contents) if duty else (),
    )


def takeovers(
    successors: Iterable[tuple[str, str, date]], titles: Mapping[str, str], files: Mapping[str, str], language: Language
) -> Iterator[Row]:
    """The days on which other agreements take over from those with these titles.

    `successors`: the other's id, the id that it replaces, and its first day; they are seen first when all agreements
    have been read. Nobody sees to such a day, and the clause is in the other's file.
    """
    for other, replaced, start in successors:
        if replaced in titles:
            deadline, title = successor(replaced, other, start), quoted(titles[replaced])
            what = what_is_due(deadline, language)
            yield Row(deadline, None, title, what, "", files[other], None, None, None, ())


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def what_is_due(deadline: Deadline, language: Language) -> str:
    """What is to be done, in a line."""
    own = isinstance(deadline.what, Message)
    text = language.say(_amount(deadline, deadline.what)) if isinstance(deadline.what, Message) else deadline.what
    text = text if own else quoted(text)
    if deadline.of > 1:
        text = language.say(say("{what} ({number} of {of})", what=text, number=deadline.number, of=deadline.of))
    return text


def _amount(deadline: Deadline, what: Message) -> Message:
    """A payment's amount beside what it is for, or why there is none yet."""
    payment = deadline.payment
    if payment is None:
        return what
    if payment.amount is None:
        return say("{what}: cannot be reckoned yet ({reason})", what=what, reason=reason(payment)[0])
    if payment.status == "preliminary":
        return say("{what}: {amount} (preliminary)", what=what, amount=Money(payment.amount))
    return say("{what}: {amount}", what=what, amount=Money(payment.amount))


def who(deadline: Deadline, agreement: Agreement, language: Language) -> str:
    """Who sees to it: the parties' names, and boards and units that are no parties of their own; "" for NOBODYS."""
    if deadline.kind in NOBODYS:
        return ""
    named = [party(agreement, each) for each in deadline.who] + [quoted(each) for each in deadline.bodies]
    return ", ".join(dict.fromkeys(named)) or language.say(NOBODY)


# -- time in words -----------------------------------------------------------------------------------------------------


def group(deadline: Deadline, as_of: date) -> Group:
    """How soon it is due: in the week that ends with Sunday, in the rest of the month, or later."""
    if deadline.overdue(as_of):
        return Group.OVERDUE
    day = max(deadline.last, as_of)
    if day <= as_of + timedelta(days=6 - as_of.weekday()):
        return Group.THIS_WEEK
    return Group.THIS_MONTH if day <= month_end(as_of.year, as_of.month) else Group.LATER


def left(deadline: Deadline, as_of: date) -> Message:
    """How long is left to the last day that is not too late, in words."""
    days = (deadline.last - as_of).days
    match days:
        case 0:
            return say("today")
        case 1:
            return say("tomorrow")
        case -1:
            return say("yesterday")
        case _ if days > 0:
            return say("in {time}", time=_length(days))
        case _:
            return say("{time} ago", time=_length(-days))


def _length(days: int) -> Message:
    """So many days, with about how many weeks, months or years that is."""
    if days < 14:
        return say("{days} days", days=days)
    if days < 61:
        return say("{days} days ({number} weeks)", days=days, number=round(days / 7))
    if days < 730:
        return say("{days} days ({number} months)", days=days, number=round(days / 30.44))
    return say("{days} days ({number} years)", days=days, number=Decimal(f"{days / 365.25:.1f}"))


_CLOSED: dict[Closed, Message] = {
    "saturday": say("a Saturday"),
    "sunday": say("a Sunday"),
    "holiday": say("a holiday or the eve of one"),
}


def practical(deadline: Deadline) -> Message | None:
    """The open day in practice, and why it is another one than the agreed day."""
    if deadline.practical is None:
        return None
    why = _CLOSED[closed_because(deadline.day) or "holiday"]
    if deadline.practical.moves:
        return say("{day} is {why}; in practice {open}", day=deadline.day, why=why, open=deadline.practical.day)
    if deadline.practical.day < deadline.day:
        return say(
            "{day} is {why} and nothing moves it; the open day before is {open}",
            day=deadline.day,
            why=why,
            open=deadline.practical.day,
        )
    return say(
        "{day} is {why} and nothing in the agreement moves it; the next open day is {open}",
        day=deadline.day,
        why=why,
        open=deadline.practical.day,
    )


# -- the table ---------------------------------------------------------------------------------------------------------


def as_table(
    rows: Sequence[Row], as_of: date, until: date, language: Language, width: int, paint: Paint = no_paint
) -> str:
    """What has passed without a note in the log, then what is to come, the soonest first."""
    headings: tuple[tuple[str, Justify], ...] = (
        (language.word("Day"), "left"),
        (language.word("What, when and who"), "left"),
    )
    grouped: dict[Group, list[Row]] = {each: [] for each in Group}
    for each in rows:
        grouped[group(each.deadline, as_of)].append(each)
    several = len({each.deadline.agreement for each in rows}) > 1
    blocks = []
    for name, members in grouped.items():
        if members:
            cells = [_cells(each, as_of, language, several) for each in members]
            style = "bold red" if name is Group.OVERDUE else "bold"
            blocks.append(f"{paint(style, language.say(GROUPS[name]))}\n{table(headings, cells, width, paint)}")
    if not blocks:
        return language.say(say("nothing is due until {day}", day=until)) + "\n"
    return "\n".join([*blocks, language.say(say("reckoned as of {day}, until {last}", day=as_of, last=until))]) + "\n"


def _cells(row: Row, as_of: date, language: Language, several: bool) -> tuple[str, ...]:
    deadline = row.deadline
    day = f"({deadline.day})" if deadline.target else f"{deadline.day}"
    what = f"{row.what} · {_cut(row.title, LONGEST_TITLE)}" if several else row.what
    return day, "\n".join([what, *details(row, as_of, language)])


def details(row: Row, as_of: date, language: Language) -> Iterator[str]:
    """When and who, what else has to be known, and where it comes from, a line each."""
    deadline = row.deadline
    when: Message = left(deadline, as_of)
    if row.who:
        when = say("{left}; who: {who}", left=when, who=row.who)
    yield language.say(when)
    yield from facts(row, language)
    yield f"{row.place} ”{row.clause}”" if row.clause else row.place


def facts(row: Row, language: Language) -> Iterator[str]:
    """What else has to be known, whatever day it is, a line each."""
    deadline = row.deadline
    if row.forum is not None:
        yield language.say(say("group: {forum}", forum=row.forum))
    if row.receiver is not None:
        yield language.say(say("to: {receiver}", receiver=row.receiver))
    if row.contents:
        yield language.say(say("contents: {contents}", contents="; ".join(row.contents)))
    if moved := practical(deadline):
        yield language.say(moved)
    if deadline.target:
        yield language.say(TARGET if deadline.note is None else say("a target: {why}", why=deadline.note))
    elif deadline.note is not None:
        yield language.say(deadline.note)


# -- for other programs ------------------------------------------------------------------------------------------------

COLUMNS = (
    *("agreement", "title", "key", "kind", "day", "practical", "last", "group", "days_left", "target", "number", "of"),
    *("what", "who", "bodies", "forum", "amount", "receiver", "contents", "note", "clause", "place"),
)


def record(row: Row, as_of: date, language: Language) -> dict[str, Any]:
    """One deadline for another program."""
    deadline = row.deadline
    return {
        "agreement": deadline.agreement,
        "title": row.title,
        "key": deadline.key,
        "kind": deadline.kind.value,
        "day": deadline.day,
        "practical": deadline.practical.day if deadline.practical else None,
        "last": deadline.last,
        "group": group(deadline, as_of).value,
        "overdue": deadline.overdue(as_of),
        "days_left": (deadline.last - as_of).days,
        "target": deadline.target,
        "number": deadline.number,
        "of": deadline.of,
        "what": row.what,
        "who": list(deadline.who),
        "bodies": [quoted(each) for each in deadline.bodies],
        "amount": row.amount,
        "forum": row.forum,
        "receiver": row.receiver,
        "contents": list(row.contents),
        "note": language.say(deadline.note) if deadline.note else None,
        "clause": row.clause,
        "place": row.place,
    }


def as_csv(rows: Sequence[Row], as_of: date, language: Language) -> str:
    """A row for each deadline; what is a list elsewhere is put together with semicolons."""
    found = [record(each, as_of, language) for each in rows]
    flat = [
        {key: "; ".join(value) if isinstance(value, list) else value for key, value in each.items()} for each in found
    ]
    return records_as_csv(COLUMNS, flat)
