"""An agreement's time drawn as a bar in text, to scale, with the day marked under it. Signs tell the parts apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from iopctl.compute.calendar import ONE_DAY
from iopctl.compute.lifeline import Phase, PhaseKind

SIGNS = {PhaseKind.AGREED: "█", PhaseKind.EXTENDED: "▓", PhaseKind.PROPOSED: "/", PhaseKind.OPTION: "░"}
"""Told apart without colours."""
TODAY = "|"
GOES_ON = "→"
"""At the end of what runs until further notice."""

_AHEAD = timedelta(days=366)
"""How much is drawn of what has no end."""


def bar(phases: Sequence[Phase], as_of: date, label: str, width: int) -> list[str]:
    """The bar, and under it the mark of the day with its label; a sign at least for each part, while there is room."""
    if not phases:
        return []
    first = min(as_of, *(each.first for each in phases))
    last = max(_drawn_until(phases, as_of))
    length = (last - first).days + 1
    room = width - len(GOES_ON)

    def edge(day: date) -> int:
        """Between which signs a day begins."""
        return (2 * (day - first).days * room + length) // (2 * length)

    cells = [" "] * room
    for each in phases:
        begin = min(edge(each.first), room - 1)
        end = max(begin + 1, edge(min(each.last or last, last) + ONE_DAY))
        cells[begin:end] = SIGNS[each.kind] * (end - begin)
    goes_on = GOES_ON if phases[-1].last is None else ""
    today = (as_of - first).days * room // length
    return ["".join(cells).rstrip() + goes_on, _mark(today, label, room)]


def _drawn_until(phases: Sequence[Phase], as_of: date) -> Iterator[date]:
    yield as_of
    for each in phases:
        yield each.last or max(as_of, each.first) + _AHEAD


def _mark(cell: int, label: str, room: int) -> str:
    """The day under its place, with its label on the side that has room."""
    after = f"{TODAY} {label}"
    if cell + len(after) <= room:
        return " " * cell + after
    return f"{label} {TODAY}".rjust(cell + 1)
