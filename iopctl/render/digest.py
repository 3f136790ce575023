"""Deadlines for a weekly mail or an issue that is kept up to date: what it says, and as Markdown.

Nothing but the grouping changes from one day to the next, so that a digest that has not changed is the same text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from iopctl.finding import Message, say
from iopctl.locale.language import Language
from iopctl.personal import masked
from iopctl.render.deadlines import GROUPS, LONGEST_TITLE, NOBODYS, Group, Row, facts, group
from iopctl.render.forge import escaped
from iopctl.render.links import Link, line
from iopctl.render.plain import brief, one_line

_WEEKDAYS = (
    say("Monday"),
    say("Tuesday"),
    say("Wednesday"),
    say("Thursday"),
    say("Friday"),
    say("Saturday"),
    say("Sunday"),
)


class Entry(NamedTuple):
    """One thing to do, in words."""

    day: date
    """The last day that is not too late."""
    weekday: str
    what: str
    title: str
    notes: tuple[str, ...]
    """Who, and what else has to be known."""
    clause: str | None
    place: str
    """The file and the line of the clause."""
    address: str | None
    """Where it can be read."""


class Section(NamedTuple):
    """Those that are due as soon as each other."""

    group: Group
    heading: str
    entries: tuple[Entry, ...]


class Digest(NamedTuple):
    """What is said."""

    title: str
    counts: str
    left_out: str | None
    """The files with agreements that could not be reckoned with."""
    sections: tuple[Section, ...]


def digest(rows: Sequence[Row], as_of: date, left_out: Sequence[str], language: Language, link: Link) -> Digest:
    """The deadlines, none of them done, in the order of the last days, with how much there is of it."""
    grouped: dict[Group, list[Row]] = {each: [] for each in Group}
    for row in sorted(rows, key=lambda each: (each.deadline.last, *each.deadline.order)):
        grouped[group(row.deadline, as_of)].append(row)
    sections = [
        Section(each, language.say(GROUPS[each]), tuple(_entry(row, language, link) for row in found))
        for each, found in grouped.items()
        if found
    ]
    missing = say("left out because of an error: {files}", files=one_line(", ".join(left_out)))
    return Digest(
        language.say(say("IOP: deadlines")),
        _counts(sections, language),
        language.say(missing) if left_out else None,
        tuple(sections),
    )


def _entry(row: Row, language: Language, link: Link) -> Entry:
    deadline = row.deadline
    return Entry(
        deadline.last,
        language.say(_WEEKDAYS[deadline.last.weekday()]),
        masked(brief(row.what)),
        masked(brief(row.title, LONGEST_TITLE)),
        tuple(masked(brief(each)) for each in _notes(row, language)),
        masked(row.clause) if row.clause else None,
        masked(line(row.place)),
        link(row.place),
    )


def _notes(row: Row, language: Language) -> Iterator[str]:
    deadline = row.deadline
    if deadline.kind not in NOBODYS:
        yield language.say(say("who: {who}", who=row.who))
    yield from facts(row, language)


def _counts(sections: Sequence[Section], language: Language) -> str:
    """How many there are of each, in a sentence."""
    words = [language.say(_count(each.group, len(each.entries))) for each in sections]
    return language.say(say("{counts}.", counts=", ".join(words))) if words else language.say(say("Nothing is due."))


def _count(which: Group, number: int) -> Message:
    match which:
        case Group.OVERDUE:
            return say("{number} passed", number=number)
        case Group.THIS_WEEK:
            return say("{number} this week", number=number)
        case Group.THIS_MONTH:
            return say("{number} this month", number=number)
        case Group.LATER:
            return say("{number} later", number=number)


# -- Markdown ----------------------------------------------------------------------------------------------------------


def as_markdown(found: Digest) -> str:
    """As Markdown: a heading for each group, an item for each thing to do."""
    blocks = [f"# {escaped(found.title)}", escaped(found.counts)]
    if found.left_out is not None:
        blocks.append(escaped(found.left_out))
    for section in found.sections:
        blocks += [f"## {escaped(section.heading)}", "\n".join(map(_item, section.entries))]
    return "\n\n".join(blocks) + "\n"


def _item(entry: Entry) -> str:
    place = escaped(entry.place)
    if entry.address is not None:
        place = f"[{place}](<{entry.address}>)"  # an address has neither < nor >
    source = f"{place} ”{escaped(entry.clause)}”" if entry.clause else place
    head = f"- **{entry.day} {escaped(entry.weekday)}**: {escaped(entry.what)} · {escaped(entry.title)}"
    return "\n".join([head, *(f"  - {escaped(each)}" for each in entry.notes), f"  - {source}"])
