"""Calendars and digests of what is due: what they need of the workspace, and where they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from iopctl.cli.exits import CommandError
from iopctl.cli.output import language, note, reason, save
from iopctl.cli.words import _
from iopctl.cli.workspace import root

if TYPE_CHECKING:
    from iopctl.compute.deadline import Deadline
    from iopctl.model import Agreement, IndexTable, Settings
    from iopctl.render.calendar_file import Event, Shown
    from iopctl.render.deadlines import Row
    from iopctl.render.links import Link


class Published(NamedTuple):
    """The events of one agreement with those who see to each, and everybody who can have something to see to."""

    events: Sequence[tuple[Event, frozenset[str]]]
    everybody: frozenset[str]


NOTHING = Published((), frozenset())


def published(
    deadlines: Sequence[Deadline],
    rows: Sequence[Row],
    agreement: Agreement,
    tables: Mapping[str, IndexTable],
    as_of: date,
) -> Published:
    """The deadlines of an agreement, with their rows, as events."""
    from iopctl.compute.changes import changes
    from iopctl.render.calendar_file import Event
    from iopctl.render.calendar_files import named, responsible

    found = changes(deadlines, agreement, tables, as_of)
    events = [Event(row, changed) for row, changed in zip(rows, found, strict=True)]
    return Published([(each, responsible(each, agreement)) for each in events], named(agreement))


def successions(rows: Sequence[Row]) -> Published:
    """The days on which other agreements take over: nobody sees to them, and the only fact is the day."""
    from iopctl.compute.changes import Changes
    from iopctl.render.calendar_file import Event

    return Published([(Event(row, Changes(row.deadline.day, 0)), frozenset()) for row in rows], frozenset())


def calendar(found: Sequence[Published], settings: Settings) -> bytes:
    """All of it as one calendar."""
    from iopctl.render.calendar_file import as_calendar

    return as_calendar([event for event, _who in _in_order(found)], _shown(settings))


def save_each(folder: Path, found: Sequence[Published], settings: Settings) -> None:
    """A calendar for each party, board and unit, in a folder that is made if it is not there."""
    from iopctl.render.calendar_files import split

    everybody = {each.name for each in settings.boards}.union(*(each.everybody for each in found))
    files = split(_in_order(found), everybody, _shown(settings))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = _("cannot write in {folder}: {reason}")
        raise CommandError(message.format(folder=folder, reason=reason(error))) from None
    for name, data in files.items():
        if (folder / name).is_symlink():
            raise CommandError(_("{file} is a link to another file; remove it first").format(file=folder / name))
        save(folder / name, data)
    note(_("written: {number} calendars in {folder}").format(number=len(files), folder=folder))


def digest_in(form: str, rows: Sequence[Row], as_of: date, left_out: Sequence[str], settings: Settings) -> str:
    """The digest, as Markdown or as a page."""
    from iopctl.render.digest import as_markdown, digest
    from iopctl.render.digest_page import as_page

    made = digest(rows, as_of, left_out, language(), _links(settings))
    return as_markdown(made) if form == "md" else as_page(made, language().code)


def _in_order(found: Sequence[Published]) -> list[tuple[Event, frozenset[str]]]:
    return sorted((each for part in found for each in part.events), key=lambda each: each[0].row.deadline.order)


def _shown(settings: Settings) -> Shown:
    from iopctl.render.calendar_file import Shown

    return Shown(language(), settings.reminders, _links(settings))


def _links(settings: Settings) -> Link:
    """Links to the workspace's files; the places are told as seen from the current folder."""
    from iopctl.render.links import address, line, no_link

    template, top = settings.link, root().resolve()
    if template is None:
        return no_link

    def link(place: str) -> str | None:
        file, _colon, number = line(place).rpartition(":")
        path = Path(file).resolve()
        return address(template, path.relative_to(top).as_posix(), number) if path.is_relative_to(top) else None

    return link
