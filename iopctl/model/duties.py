"""What the parties are to do with each other over time, and what the log says has happened."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from iopctl.model.base import Date, Duration, Id, Ids, Kronor, Open, Part, Percent, Text, Year, YearlyDay


class Following(Part):
    """A time after something that happens: the agreement's start or end, a notice, another duty, or a payment."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"required": ["event"], "properties": {"event": {"enum": ["duty", "payment"]}}},
            "then": {"required": ["of"], "errorMessage": "which_event"},
            "else": {"properties": {"of": False}},
        }
    )

    event: Literal["start", "end", "notice", "duty", "payment"]
    of: Id | None = None
    """The duty that is done, or the contribution that is paid."""
    length: Duration

    @model_validator(mode="after")
    def _which(self) -> Following:
        if (self.event in ("duty", "payment")) != (self.of is not None):
            raise PydanticCustomError("which_event", "which event")
        return self


class Duty(Part):
    """Something that has to happen: how often or when, who sees to it, and what it must contain."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": ["times_per_year"], "errorMessage": "one_schedule"},
                {"required": ["yearly_by"]},
                {"required": ["by"]},
                {"required": ["before_end"], "properties": {"before_end": {"const": True}}},
                {"required": ["after"]},
                {"required": ["ongoing"], "properties": {"ongoing": {"const": True}}},
                {
                    "required": ["on_request"],
                    "properties": {
                        "on_request": {"const": True},
                        "times_per_year": False,
                        "yearly_by": False,
                        "by": False,
                        "before_end": {"const": False},
                        "after": False,
                        "ongoing": {"const": False},
                    },
                },
            ]
        }
    )

    id: Id
    kind: Literal["follow_up", "report", "meeting", "position", "dialogue"]
    """`position`: the parties are to say whether the agreement is changed, extended or ended."""
    text: Text
    times_per_year: Annotated[int, Field(ge=1, le=52)] | None = None
    """Counted in years from the agreement's first day."""
    at_least: bool = False
    """More often is foreseen."""
    yearly_by: YearlyDay | None = None
    by: Date | None = None
    before_end: bool = False
    """Before the agreement's last day, extensions included."""
    after: Following | None = None
    ongoing: bool = False
    """All the time; nothing to put in a calendar."""
    on_request: bool = False
    """Also when a party asks for it."""
    working_day: Literal["next", "previous"] | None = None
    """Where the agreement moves a day that is not open; else nothing moves it."""
    planned: tuple[Date, ...] = ()
    """The days that have been booked."""
    responsible: Ids | None = None
    called_by: Text | None = None
    """Who invites to it, in the agreement's words."""
    contributors: Ids | None = None
    receiver: Text | None = None
    forum: Id | None = None
    contents: tuple[Text, ...] = ()
    about: Literal["year_before", "same_year", "whole_period"] | None = None
    """The time that a report is about."""
    purpose: Text | None = None

    @model_validator(mode="after")
    def _one_schedule(self) -> Duty:
        given = [
            self.times_per_year,
            self.yearly_by,
            self.by,
            self.before_end or None,
            self.after,
            self.ongoing or None,
        ]
        if sum(each is not None for each in given) != 1 and not (self.on_request and not any(given)):
            raise PydanticCustomError("one_schedule", "one schedule")
        return self


class LogEntry(Part):
    """Something that has happened: a duty done, a payment made, notice given.

    A source that says that something has been done all along, without dates, is written with `through`: the last day
    that the statement speaks for.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": ["duty"], "errorMessage": "one_event"},
                {"required": ["payment"]},
                {"required": ["notice"]},
                {"required": ["adjustment"]},
                {"required": ["invoice"]},
                {"required": ["requisition"]},
                {"required": ["request"]},
            ],
            "anyOf": [{"required": ["date"], "errorMessage": "event_undated"}, {"required": ["through"]}],
        }
    )

    duty: Id | None = None
    payment: Id | None = None
    """The id of the contribution that was paid."""
    notice: Id | None = None
    """The party that gave notice."""
    adjustment: Id | None = None
    """The id of the contribution whose adjustment for `year` was asked for, or decided."""
    invoice: Id | None = None
    """The id of the contribution that an invoice came in for."""
    requisition: Id | None = None
    """The id of the contribution that was requisitioned."""
    request: Id | None = None
    """The id of the duty that a party asked for."""
    date: Open[Date] | None = None
    through: Date | None = None
    year: Year | None = None
    """The year that a payment, or an adjustment, is for."""
    amount: Kronor | None = None
    percent: Percent | None = None
    """The index change that the payer reckoned with, or that an adjustment was decided to."""
    contents: tuple[Text, ...] = ()
    """What the report covered, in the words of the duty's own contents."""
    reference: Text | None = None
    note: Text | None = None

    @property
    def paid_for(self) -> Year | None:
        """The year that a payment is for: the one stated, else the one it was made in."""
        return self.year or (self.date.year if isinstance(self.date, Date) else None)

    @model_validator(mode="after")
    def _one_event(self) -> LogEntry:
        events = (
            *(self.duty, self.payment, self.notice, self.adjustment),
            *(self.invoice, self.requisition, self.request),
        )
        if sum(each is not None for each in events) != 1:
            raise PydanticCustomError("one_event", "one event")
        if self.date is None and self.through is None:
            raise PydanticCustomError("event_undated", "a date")
        return self
