"""Tables of an index of yearly changes: what was published, when, as what, and where it can be read."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from iopctl.model.base import Date, Part, Percent, Text, Year, one_or_more


class IndexRow(Part):
    """One published figure. Never computed, never rounded: the figure as the publisher printed it."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [{"required": ["published"], "errorMessage": "figure_undated"}, {"required": ["seen"]}]
        }
    )

    year: Year
    """The year the change is for, whatever year it was published in."""
    value: Percent
    """The change from the year before, in percent."""
    status: Literal["preliminary", "definitive"]
    published: Date | None = None
    """The day it was published, when a source gives it."""
    seen: Date | None = None
    """The date of the earliest known source that prints it, when the day of publication is not known."""
    source: Annotated[tuple[Text, ...], BeforeValidator(one_or_more)]

    def known_on(self, day: Date) -> bool:
        """Whether the figure is known to have been public on a day; unknown counts as not."""
        since = self.published or self.seen
        return since is not None and since <= day


class IndexSource(Part):
    """Where figures can be read."""

    title: Text
    address: Text | None = None


class IndexTable(Part):
    """The rows of one index."""

    index: Text
    name: Text
    publisher: Text
    kind: Literal["yearly_change"]
    publication_month: Annotated[int, Field(ge=1, le=12)]
    """The month of the usual publication."""
    years_ahead: Annotated[int, Field(ge=0, le=1)]
    """1 when the figure for a year is published in the year before (OPI), 0 when in the same year (VPI)."""
    sources: dict[Text, IndexSource] = {}
    rows: tuple[IndexRow, ...]


class WorkspaceRows(Part):
    """Rows that a workspace adds to a packaged table, in indices/<INDEX>.yaml."""

    index: Text
    rows: tuple[IndexRow, ...]
