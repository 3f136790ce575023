"""One calendar for each who sees to something: who they are, and what their files are called."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from iopctl.model import Agreement, Unknown
from iopctl.naming import slug
from iopctl.personal import masked
from iopctl.render.calendar_file import Event, Shown, as_calendar
from iopctl.render.plain import quoted

NOBODY = "iop"
"""The name of the file with what comes by itself, and what the agreement gives to nobody."""

LONGEST = 60
_RESERVED = re.compile(rf"{NOBODY}|con|prn|aux|nul|(com|lpt)[0-9]")
"""Taken, here or by Windows."""


def named(agreement: Agreement) -> frozenset[str]:
    """Everybody in an agreement who can have something to see to: parties, and boards and units by name."""
    parties = [_party(party.name, id_) for id_, party in agreement.parties.items()]
    callers = [duty.called_by for duty in agreement.duties]
    funders = [each.body for contribution in agreement.contributions for each in contribution.funding]
    return frozenset(quoted(each) for each in (*parties, *callers, *funders) if each)


def responsible(event: Event, agreement: Agreement) -> frozenset[str]:
    """Those who see to a deadline, as `named` calls them."""
    deadline = event.row.deadline
    parties = [_party(agreement.parties[id_].name, id_) for id_ in deadline.who if id_ in agreement.parties]
    return frozenset(quoted(each) for each in (*parties, *deadline.bodies))


def _party(name: str | Unknown, id_: str) -> str:
    return id_ if isinstance(name, Unknown) else name


def split(
    events: Sequence[tuple[Event, frozenset[str]]], everybody: Iterable[str], shown: Shown
) -> Mapping[str, bytes]:
    """The files, by name: one for each of these, with what they see to, and one for what nobody does.

    Somebody who has nothing to see to has an empty one, so that no earlier file is left with what has been done.
    """
    names = sorted({*everybody, *(each for _event, who in events for each in who)}, reverse=True)
    written = {each.casefold(): each for each in names}  # the first in order, which begins with a capital
    mine: dict[str, list[Event]] = {key: [] for key in sorted(written)}
    for event, who in events:
        for key in {each.casefold() for each in who}:
            mine[key].append(event)
    files = file_names(written[key] for key in mine)
    found = {files[written[key]]: as_calendar(listed, shown, masked(written[key])) for key, listed in mine.items()}
    return {f"{NOBODY}.ics": as_calendar([event for event, who in events if not who], shown), **found}


def file_names(names: Iterable[str]) -> dict[str, str]:
    """A file for each name: its letters a–z and digits. What is lost in that is made up for with a sign of its own.

    Names that would share a file all get such a sign, and so does one that says nothing, is cut, or is taken: whose
    file it is never depends on who else there is, but for two that are all but the same.
    """
    slugs = {name: slug(masked(name)) for name in names}
    shared = Counter(slugs.values())
    return {name: f"{_told_apart(name, plain, shared[plain])}.ics" for name, plain in slugs.items()}


def _told_apart(name: str, plain: str, sharing: int) -> str:
    short = plain[:LONGEST].rstrip("-")
    if short and short == plain and sharing == 1 and not _RESERVED.fullmatch(plain):
        return plain
    sign = hashlib.sha256(masked(name).encode("utf-8", "backslashreplace")).hexdigest()[:8]
    return f"{short}-{sign}" if short else sign
