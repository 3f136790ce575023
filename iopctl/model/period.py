"""How long the agreement runs, and how that can change."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from iopctl.model.base import Date, Duration, Ids, Part, Text


class ExtensionOption(Part):
    """The right to go on: by a length, until a latest date, or without either."""

    times: Annotated[int, Field(ge=1, le=20)] | None = None
    """How often the option can be used; left out when the text sets no limit."""
    length: Duration | None = None
    until: Date | None = None
    """The latest day the agreement can be extended to."""
    decide_by: Date | None = None
    """The last day to decide."""
    decided_by: Ids | None = None
    """The parties that decide on it together."""
    wording: Text | None = None


class Notice(Part):
    """How the agreement can be ended before its last day."""

    length: Duration
    count: Literal["date", "whole_months"] = "date"
    """From the day notice is given to the same day of the month, or in whole calendar months."""
    condition: Text | None = None
    """When notice is possible at all, if it is not always."""
    given_by: Ids | None = None
    """The parties that may give notice, if not all."""
    wording: Text | None = None


class Period(Part):
    """First and last day, both included."""

    start: Date
    end: Date | Literal["open_ended"]
    stated: Duration | None = None
    """The length that the text states; check compares it with the dates."""
    wording: Text | None = None
    """The sentence in the agreement, word for word."""
    extension: ExtensionOption | None = None
    notice: Notice | None = None

    @property
    def last_day(self) -> Date | None:
        """The last day, or None for an agreement that runs until further notice."""
        return self.end if isinstance(self.end, Date) else None
