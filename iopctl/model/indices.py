"""Index tables: what was published, when, as what, and where it can be read.

Two kinds, never mixed: a table of yearly changes in percent (OPI, VPI, PKV) and a table of index numbers (KPI, AKI,
prisbasbelopp), from which a change is first reckoned when two numbers are compared.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, ConfigDict, Field

from iopctl.model.base import Date, Month, Part, Percent, Text, When, Year, exact, one_or_more

IndexNumber = Annotated[Decimal, Field(gt=0, max_digits=12), BeforeValidator(exact)]
"""An index number, or a base amount in kronor, exactly as it was published."""

Sources = Annotated[tuple[Text, ...], Field(min_length=1), BeforeValidator(one_or_more)]


class Published(Part):
    """When something was published, and where it can be read."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [{"required": ["published"], "errorMessage": "figure_undated"}, {"required": ["seen"]}]
        }
    )

    published: Date | None = None
    """The day it was published, when a source gives it."""
    seen: Date | None = None
    """When that is not known: the date of the earliest source that prints it, or the day an undated one was read."""
    source: Sources

    @property
    def known_since(self) -> Date | None:
        """The first day on which it is known to have been public; None counts as never."""
        return self.published or self.seen

    def known_on(self, day: Date) -> bool:
        """Whether it is known to have been public on a day."""
        since = self.known_since
        return since is not None and since <= day


class Row(Published):
    """One published figure. Never computed, never rounded: the figure as the publisher printed it."""

    year: Year
    """The year the figure is for, whatever year it was published in."""
    status: Literal["preliminary", "definitive"]
    corrects: Text | None = None
    """Why this figure takes the place of one in the same status that was published before it."""


class ChangeRow(Row):
    """The change from the year before."""

    first_keys = ("year", "edition", "value", "status", "corrects")

    value: Percent
    """In percent."""
    edition: When | None = None
    """Which of several editions printed it: PKV has five years in each, and several editions a year."""

    @property
    def what(self) -> tuple[Year, When | None]:
        """What the figure is of; with its status, what tells it from every other figure in its table."""
        return self.year, self.edition


class NumberRow(Row):
    """A number that is compared with another of the same table."""

    first_keys = ("year", "month", "reference_year", "value", "status", "corrects")

    value: IndexNumber
    month: Month | None = None
    """The month it is for; None for a number that holds for a whole year."""
    reference_year: Year | None = None
    """The year that is 100. Numbers with different reference years are never compared without a link."""

    @property
    def what(self) -> tuple[Year, Month | None, Year | None]:
        """What the figure is of; with its status, what tells it from every other figure in its table."""
        return self.year, self.month, self.reference_year


class ReferenceLink(Published):
    """What a number of one reference year is multiplied by to be compared with those of another."""

    first_keys = ("from", "to", "factor")

    old: Year = Field(alias="from")
    new: Year = Field(alias="to")
    factor: IndexNumber


class IndexSource(Part):
    """Where figures can be read."""

    title: Text
    address: Text | None = None


class Table(Part):
    """What the two kinds of tables have in common."""

    index: Text
    name: Text
    publisher: Text
    publication_month: Annotated[int, Field(ge=1, le=12)] | None = None
    """The month of the usual publication, where one is known."""
    years_ahead: Annotated[int, Field(ge=0, le=1)] = 0
    """1 when the figure for a year is published in the year before (OPI), 0 when in the same year (VPI)."""
    sources: dict[Text, IndexSource] = {}


class ChangeTable(Table):
    """Yearly changes in percent."""

    first_keys = ("index", "name", "publisher", "kind", "editions")

    kind: Literal["yearly_change"]
    editions: bool = False
    """Whether a figure is only told apart by year and edition."""
    rows: tuple[ChangeRow, ...] = ()


class NumberTable(Table):
    """Index numbers, or a base amount in kronor."""

    first_keys = ("index", "name", "publisher", "kind", "monthly")

    kind: Literal["index_number"]
    monthly: bool = False
    """Whether each number is for a month."""
    rows: tuple[NumberRow, ...] = ()
    links: tuple[ReferenceLink, ...] = ()


IndexTable: TypeAlias = ChangeTable | NumberTable
IndexRow: TypeAlias = ChangeRow | NumberRow


class TableHead(Part):
    """What says how a file in indices/ is to be read: rows for a packaged table, or with a kind a table of its own."""

    model_config = ConfigDict(extra="ignore")

    index: Text
    kind: Literal["yearly_change", "index_number"] | None = None


class WorkspaceChanges(Part):
    """Rows that a workspace adds to a packaged table of yearly changes, in indices/<INDEX>.yaml."""

    index: Text
    rows: tuple[ChangeRow, ...]


class WorkspaceNumbers(Part):
    """Rows that a workspace adds to a packaged table of index numbers, and links between reference years."""

    index: Text
    rows: tuple[NumberRow, ...] = ()
    links: tuple[ReferenceLink, ...] = ()


WorkspaceRows: TypeAlias = WorkspaceChanges | WorkspaceNumbers
