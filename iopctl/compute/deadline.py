"""One thing to be done, as it is reckoned: what, by whom, by when, and which clause says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from iopctl.compute.instalment import Instalment
from iopctl.finding import Message, Route


class Kind(StrEnum):
    """What sort of thing is to be done. The first five are the kinds of duties."""

    FOLLOW_UP = "follow_up"
    REPORT = "report"
    MEETING = "meeting"
    POSITION = "position"
    DIALOGUE = "dialogue"
    PAYMENT = "payment"
    CORRECTION = "correction"
    """What a figure that became known later adds to payments that were made, or takes away."""
    INDEX = "index"
    """A figure that a payment waits for is published."""
    START = "start"
    END = "end"
    DECIDE_BY = "decide_by"
    """The last day to decide on an extension."""
    OPTION = "option"
    """The possibility to extend lapses, where the agreement names no last day to decide."""
    NOTICE = "notice"
    """The last day to give notice, or the day on which a notice that was given runs out."""
    SUCCESSOR = "successor"
    """The agreement that takes over begins."""
    FUNDING = "funding"
    """Money for a year that is still to be decided."""
    BOARD = "board"
    """A meeting of a board that has to decide, and the days of its preparation."""
    ACKNOWLEDGEMENT = "acknowledgement"
    """A finding that was acknowledged until a day counts again."""


class Practical(NamedTuple):
    """The open day on which something is done, where the agreed one is not."""

    day: date
    moves: bool
    """Whether the law or the agreement moves the day there, so that only the day after it is late."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing to be done."""

    agreement: str
    key: str
    """Stable within the agreement: made of the duty's own id and the year, not of its place or its words.

    What does not come from a duty has dots in its key, which no id has, so that no two are the same.
    """
    kind: Kind
    day: date
    """As the agreement says it, or as it follows from what it says. It is never moved; see `practical`."""
    what: str | Message
    """In the agreement's own words, or in ours for what follows from dates and amounts."""
    route: Route
    """The clause that it comes from."""
    who: tuple[str, ...] = ()
    """The ids of the parties that see to it; empty when the agreement names none."""
    bodies: tuple[str, ...] = ()
    """Boards and units that see to it, by name, where they are not parties of their own."""
    clause: str | None = None
    """The clause in the agreement's own words, when it gives them."""
    number: int = 1
    of: int = 1
    """Its number among those of the year."""
    target: bool = False
    """The agreement gives no such day: it is ours, to have something to plan by."""
    practical: Practical | None = None
    """Where the day is not open."""
    payment: Instalment | None = None
    note: Message | None = None
    """What else has to be known."""
    done: date | None = None
    """When it was done, according to the log."""
    unlogged: bool = False
    """A payment that has had its day, of a contribution that the log has no payment of: payments are kept elsewhere."""
    missed: bool = False
    """Nothing can be done in time any more, even though the day has not passed."""

    @property
    def last(self) -> date:
        """The last day that is not too late."""
        return self.practical.day if self.practical is not None and self.practical.moves else self.day

    @property
    def order(self) -> tuple[date, str, str]:
        """By day, then by agreement."""
        return self.day, self.agreement, self.key

    def overdue(self, as_of: date) -> bool:
        """Whether it is too late on a day, and nothing says that it is done."""
        return self.done is None and (self.missed or self.last < as_of)
