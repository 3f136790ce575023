"""What each party puts in: money, premises, hours, work; and how money is indexed and paid."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from iopctl.model.base import MONTHS, Date, Id, Ids, Kronor, Month, Open, Part, Text, Year, exact, one_or_more

Number = Annotated[Decimal, Field(ge=0, max_digits=15), BeforeValidator(exact)]


class Quantity(Part):
    """How much, where it is not kronor: "ca 95 volontärer", "60 till 70 timmar per vecka"."""

    number: Number | None = None
    least: Number | None = None
    most: Number | None = None
    approximate: bool = False
    unit: Text
    per: Literal["week", "month", "year", "period"] | None = None


class Rounding(Part):
    """How a year's adjusted amount is rounded."""

    to: Literal[1, 10, 100, 1000]
    """Whole kronor, tens, hundreds or thousands."""
    mode: Literal["nearest", "down", "up"] = "nearest"


class Indexation(Part):
    """Yearly adjustment by an index of yearly changes.

    Where the clause says no more, the rule is: the change for the payment's own year; the first adjustment on `first`;
    each year on the year before, unrounded; whole kronor, half up, at payment; a preliminary figure is used, and
    settled when the definitive one is there (indexation.md §7 V3, lag 0).
    """

    index: Text
    first: Date
    """The day the first adjusted amount begins to apply."""
    price_year: Year | None = None
    """The year whose prices the agreed amount is in."""
    rounding: Rounding | None = None
    preliminary: Literal["settle", "wait", "final"] | None = None
    """Pay on a preliminary figure and settle later; wait for the definitive one; let the preliminary one stand."""
    wording: Text | None = None


class Payment(Part):
    """When the year's amount is paid, in equal parts."""

    times_per_year: Literal[1, 2, 3, 4, 12]
    months: Annotated[tuple[Month, ...], BeforeValidator(one_or_more)] = Field(alias="in")
    """The month or months of payment; the month's last open day is the latest day."""
    instalment: Kronor | None = None
    """Each payment's amount before any adjustment, where the text states it."""
    wording: Text | None = None

    @model_validator(mode="after")
    def _as_many_months(self) -> Payment:
        if len(set(self.months)) != self.times_per_year:
            raise PydanticCustomError("payment_months", "as many months as payments")
        return self

    @property
    def month_numbers(self) -> tuple[int, ...]:
        """The months of payment as numbers, in order."""
        return tuple(sorted(MONTHS.index(month) + 1 for month in self.months))


class Funding(Part):
    """Whether the money for a year has been granted."""

    year: Year
    state: Literal["decided", "subject_to_budget", "subject_to_decision"]
    body: Text | None = None
    """The body that has decided, or is to decide."""


class Contribution(Part):
    """One thing that one party contributes. Cash has an `amount`; what is not cash may have a `value` in kronor."""

    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [
                {
                    "if": {"required": ["kind"], "properties": {"kind": {"const": "cash"}}},
                    "then": {"properties": {"value": False}, "errorMessage": "cash_value"},
                },
                {
                    "if": {"required": ["kind"], "properties": {"kind": {"not": {"const": "cash"}}}},
                    "then": {
                        "properties": {"amount": False, "indexation": False, "payment": False},
                        "errorMessage": "kind_amount",
                    },
                },
                {"if": {"required": ["payment"]}, "then": {"required": ["id"], "errorMessage": "payment_id"}},
                {
                    "if": {
                        "anyOf": [
                            {"required": ["amount"], "properties": {"amount": {"type": "number"}}},
                            {"required": ["value"]},
                        ]
                    },
                    "then": {"required": ["per"], "errorMessage": "per_missing"},
                },
            ]
        }
    )

    id: Id | None = None
    givers: Open[Ids] = Field(alias="from")
    """The party, or the parties that contribute together."""
    receiver: Id | None = Field(None, alias="to")
    kind: Literal[
        "cash", "premises", "staff", "volunteers", "volunteer_hours", "training", "supervision", "marketing",
        "recruitment", "insurance", "goods", "activities",
    ]  # fmt: skip
    text: Text | None = None
    amount: Open[Kronor] | None = None
    ceiling: bool = False
    """The amount is the most that is paid; what is paid depends on the outcome."""
    value: Kronor | None = None
    per: Literal["year", "period", "once"] | None = None
    quantity: Quantity | None = None
    since: Date | None = Field(None, alias="valid_from")
    until: Date | None = Field(None, alias="valid_until")
    part_year: Literal["days", "months"] | None = None
    """How a year's amount is divided when the agreement covers only a part of the year."""
    condition: Text | None = None
    """What has to happen for the contribution to be given: "vid behov", "om nämnden beviljar medel"."""
    funding: tuple[Funding, ...] = ()
    indexation: Indexation | None = None
    payment: Payment | None = None

    @model_validator(mode="after")
    def _money_in_its_place(self) -> Contribution:
        if self.kind == "cash" and self.value is not None:
            raise PydanticCustomError("cash_value", "cash has an amount")
        if self.kind != "cash" and any(each is not None for each in (self.amount, self.indexation, self.payment)):
            raise PydanticCustomError("kind_amount", "only cash has an amount")
        if self.payment is not None and self.id is None:
            raise PydanticCustomError("payment_id", "an id")
        if self.kronor is not None and self.per is None:
            raise PydanticCustomError("per_missing", "per what")
        return self

    @property
    def kronor(self) -> Decimal | None:
        """The stated worth in kronor, cash or not, if the agreement gives one."""
        return self.amount if isinstance(self.amount, Decimal) else self.value


class Total(Part):
    """The sum that the agreement states for all contributions together."""

    value: Kronor
    per: Literal["year", "period"]
