"""iopctl.yaml: what belongs to the municipality, and how its agreements are checked. Everything in it is optional."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from iopctl.model.base import Code, Date, Part, Percent, Text


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


class Meeting(Part):
    """A meeting of a board."""

    date: Date


class Board(Part):
    """A nämnd that decides on agreements, with the meetings it has set."""

    name: Text
    meetings: tuple[Meeting, ...] = ()


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
    boards: tuple[Board, ...] = ()
    check: CheckSettings = CheckSettings()
    scenarios: dict[Text, Scenarios] = {}
    """By the name of the index."""
    state_aid: StateAidSettings = StateAidSettings()
