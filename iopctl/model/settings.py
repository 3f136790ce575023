"""iopctl.yaml: what belongs to the municipality, and how its agreements are checked. Everything in it is optional."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from iopctl.model.base import Code, Date, Duration, Length, Part, Percent, Text, in_order, written
from iopctl.model.documents import DocumentSettings


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise PydanticCustomError("regular_expression", "a regular expression") from error
    if _REPEATED_TWICE.search(value):
        raise PydanticCustomError("slow_expression", "a regular expression that can take forever")
    return value


_REPEATED_TWICE = re.compile(r"\((?:\\.|[^()\\])*(?:[+*]|,\})(?:\\.|[^()\\])*\)(?:[+*]|\{[0-9]+,\})")
"""A group that repeats something and is itself repeated, without a limit: matching can take forever."""


Pattern = Annotated[Text, AfterValidator(_pattern)]
"""A regular expression that a whole text has to match."""


@dataclass(frozen=True, slots=True)
class LeadTime:
    """How long before a meeting something is done: `26 days`, `3 weeks`, `5 working days`."""

    number: int
    unit: Literal["days", "weeks", "working days"]


_LEAD_TIME = re.compile(r"([1-9][0-9]{0,2}) (day|week|working day)s?")


def _lead_time(value: Any) -> LeadTime:
    found = _LEAD_TIME.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("lead_time", "a time before a meeting")
    return LeadTime(int(found[1]), f"{found[2]}s")  # type: ignore[arg-type]  # the pattern allows exactly the three units


Before = Annotated[LeadTime, PlainValidator(_lead_time), written("LeadTime", _LEAD_TIME.pattern)]
"""A time before a meeting; written `<number> days|weeks|working days`."""


def _link(value: str) -> str:
    if not _LINK.fullmatch(value):
        raise PydanticCustomError("link", "a link")
    return value


_IN_LINK = r"[!#-;=?-\[\]_a-z~]"
_LINK = re.compile(rf"https?://(?:{_IN_LINK}|\{{line\}})*\{{file\}}(?:{_IN_LINK}|\{{line\}})*")


Link = Annotated[Text, AfterValidator(_link), written("Link", _LINK.pattern)]
"""The address of a line in a file, with {file} where the file's path belongs and {line} where its number does."""


class Meeting(Part):
    """A meeting of a board, with the days of its preparation that the board has set."""

    date: Date
    memo: Date | None = None
    """The tjänsteskrivelse is ready (tjänstemannaberedning)."""
    presidium: Date | None = None
    """The presidium prepares the meeting (presidieberedning)."""
    committee_papers: Date | None = None
    """The papers go out to the committee (utskick till arbetsutskottet)."""
    committee: Date | None = None
    """The arbetsutskott meets."""
    union: Date | None = None
    """The trade unions are met (facklig samverkan)."""
    summons: Date | None = None
    """The papers go out to the board (kallelse)."""
    approved: Date | None = None
    """The minutes are approved (justering)."""
    posted: Date | None = None
    """The notice of that is posted (anslag)."""

    @model_validator(mode="after")
    def _prepared_before(self) -> Meeting:
        stops = (self.memo, self.presidium, self.committee_papers, self.committee, self.union, self.summons)
        if any(stop is not None and stop > self.date for stop in stops):
            raise PydanticCustomError("stop_after_meeting", "prepared after the meeting")
        in_order(self.date, self.approved, self.posted)
        return self


class LeadTimes(Part):
    """How long before each meeting a board's preparation is done."""

    follow_up: Before | None = None
    """The follow-up is held, and the partner is asked."""
    memo: Before | None = None
    presidium: Before | None = None
    committee_papers: Before | None = None
    committee: Before | None = None
    union: Before | None = None
    summons: Before | None = None


class Board(Part):
    """A nämnd that decides on agreements, with the meetings it has set."""

    name: Text
    meetings: tuple[Meeting, ...] = ()
    lead_times: LeadTimes | None = None
    """For the days that a meeting does not give."""
    legal_force: bool = True
    """Whether decisions are planned so that they have laga kraft when what they are about begins."""

    def is_called(self, name: str) -> bool:
        """Whether this is the board that a name means, however it is spaced and capitalised."""
        return name.strip().casefold() == self.name.strip().casefold()


def _once(boards: tuple[Board, ...]) -> tuple[Board, ...]:
    if any(board.is_called(other.name) for number, board in enumerate(boards) for other in boards[:number]):
        raise PydanticCustomError("board_twice", "a board twice")
    return boards


Pack = Literal["skr-2017", "forum", "lou", "state-aid"]


class CheckSettings(Part):
    """Which rules are asked, and how much they weigh."""

    packs: tuple[Pack, ...] = ()
    """Sets of rules that are only asked when they are chosen."""
    severities: dict[Text, Literal["error", "warning", "info", "off"]] = {}
    """By a rule's code or name; off: the rule is not asked."""


class StateAidSettings(Part):
    """What the rules on state aid leave to be settled by the reader."""

    same_day_counts: bool = False
    """Whether aid of the very day three years before a grant is within its three years. No source says which."""


ScenarioName = Literal["low", "mid", "high"]


class Scenarios(Part):
    """The yearly changes of an index, in percent, that forecasts reckon with."""

    low: Percent
    mid: Percent
    high: Percent


class Settings(Part):
    """The workspace's own settings."""

    name: Text | None = None
    """The municipality or the region."""
    organisation_number: Code | None = None
    language: Literal["sv", "en"] | None = None
    """What the program speaks here, unless --lang or IOPCTL_LANG says otherwise. Documents are always Swedish."""
    dnr_pattern: Pattern | None = None
    """The form of the diarienummer, which differs from place to place."""
    boards: Annotated[tuple[Board, ...], AfterValidator(_once)] = ()
    check: CheckSettings = CheckSettings()
    scenarios: dict[Text, Scenarios] = {}
    """By the name of the index."""
    state_aid: StateAidSettings = StateAidSettings()
    documents: DocumentSettings = DocumentSettings()
    reminders: tuple[Duration, ...] = (Length(14, "days"), Length(1, "days"))
    """How long before a day calendars remind of it."""
    link: Link | None = None
    """Where the agreements can be read, for calendars and digests to link to."""
