"""Lengths of time in words."""

from __future__ import annotations

from datetime import date

from iopctl.compute.calendar import length_between
from iopctl.finding import Message, say
from iopctl.model import Length


def length_in_words(length: Length) -> Message:
    """A length as a person says it: 3 years, 1 month."""
    match length.unit:
        case "years":
            return say("{number} years", number=length.number) if length.number != 1 else say("1 year")
        case "months":
            return say("{number} months", number=length.number) if length.number != 1 else say("1 month")
        case "weeks":
            return say("{number} weeks", number=length.number) if length.number != 1 else say("1 week")
        case _:
            return say("{number} days", number=length.number) if length.number != 1 else say("1 day")


def span_in_words(first: date, last: date) -> Message:
    """The length of a stretch of days, both included."""
    return length_in_words(length_between(first, last))
