"""The decisions that the agreement rests on, in the order they were or are to be taken."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from iopctl.model.base import Code, Date, Open, Part, Text, Unknown, When, in_order


class Decision(Part):
    """One decision, taken or proposed.

    `mandated`: somebody was given the task to prepare an agreement. `recommended`: one body proposes to the next.
    `adopted`: the agreement was entered. `extended`: it goes on until `until`. `delegated`: the right to decide or sign
    was handed on. `terminated`, `rejected`: it ends, or never begins.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"required": ["kind"], "properties": {"kind": {"enum": ["extended", "terminated"]}}},
            "then": {"required": ["until"], "errorMessage": "needs_until"},
        }
    )

    kind: Literal["mandated", "recommended", "adopted", "extended", "delegated", "terminated", "rejected"]
    body: Open[Text]
    date: Open[When] | None = None
    """The day the decision was taken."""
    planned: Date | None = None
    """The day of the meeting that is to decide, for a text written before it."""
    proposed: Date | None = None
    """The date of the proposal, for a decision that has not been taken."""
    approved: Date | None = None
    """The day the minutes were approved (justering)."""
    posted: Date | None = None
    """The day the notice of that was posted (anslag), from which the time to appeal is counted."""
    paragraph: Open[Code] | None = None
    """The § in the minutes, without the sign."""
    dnr: Open[Code] | None = None
    until: Date | None = None
    """The new last day, for an extension or a termination."""
    condition: Text | None = None
    text: Text | None = None

    @model_validator(mode="after")
    def _until_when(self) -> Decision:
        if self.kind in ("extended", "terminated") and self.until is None:
            raise PydanticCustomError("needs_until", "until when")
        return self

    @model_validator(mode="after")
    def _minutes_after(self) -> Decision:
        in_order(self.taken or self.planned, self.approved, self.posted)
        return self

    @property
    def is_taken(self) -> bool:
        """Whether it has been taken: it has a date, however exact, or none is open, planned or proposed."""
        if isinstance(self.date, Unknown):
            return False
        return self.date is not None or (self.planned is None and self.proposed is None)

    @property
    def taken(self) -> Date | None:
        """The exact day the decision was taken, if it is known."""
        return self.date if type(self.date) is Date else None
