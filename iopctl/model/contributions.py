"""What each party puts in: money, premises, hours, work; and how money is indexed and paid."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from iopctl.model.base import (
    MONTHS,
    Date,
    Filled,
    Id,
    Ids,
    Kronor,
    Month,
    Open,
    Part,
    Percent,
    Text,
    Year,
    YearlyDay,
    exact,
    one_or_more,
)
from iopctl.model.indices import IndexNumber

Number = Annotated[Decimal, Field(ge=0, max_digits=15), BeforeValidator(exact)]


class Quantity(Part):
    """How much, where it is not kronor: "ca 95 volontärer", "60 till 70 timmar per vecka"."""

    number: Number | None = None
    least: Number | None = None
    most: Number | None = None
    approximate: bool = False
    unit: Text
    per: Literal["week", "month", "year", "period"] | None = None


def _unit(value: object) -> object:
    unit = exact(value)
    if unit not in UNITS:
        raise PydanticCustomError("rounding_unit", "0.01, 1, 10, 100 or 1000")
    return unit


UNITS = (Decimal("0.01"), Decimal(1), Decimal(10), Decimal(100), Decimal(1000))
"""What kronor are rounded to: öre, kronor, tens, hundreds, thousands."""

Unit = Annotated[Decimal, PlainValidator(_unit), WithJsonSchema({"enum": [0.01, 1, 10, 100, 1000]})]

Share = Annotated[Decimal, Field(gt=0, le=100, max_digits=8), BeforeValidator(exact)]
"""A part of something, in percent of it."""

Times = Literal[1, 2, 3, 4, 12]
TIMES: tuple[int, ...] = get_args(Times)
"""How many times a year money is paid."""

Lag = Literal[0, 1, 2]
"""How many years before the adjusted year the index year is."""


class Rounding(Part):
    """How kronor are rounded."""

    to: Unit
    mode: Literal["nearest", "down", "up"] = "nearest"
    """`nearest` takes half a unit upwards."""


class YearRounding(Rounding):
    """How an adjusted amount is rounded."""

    step: Literal["year", "instalment"] = "year"
    """Whether the year's amount is rounded, or each payment of it."""


class Edition(Part):
    """Which edition of an index the clause means: the one of a month, so many years before the adjusted year."""

    month: Month
    years_before: Annotated[int, Field(ge=0, le=3)]


class Base(Part):
    """The index number that all later ones are compared with."""

    year: Year
    month: Month | None = None
    value: IndexNumber | None = None
    """The number as the agreement prints it, where it does."""


class Threshold(Part):
    """Changes under so many percent are not made."""

    percent: Share
    carry_over: bool
    """Whether a change that was not made counts with the next one, or is lost."""


class FixedOn(Part):
    """The day on which "the latest known figure" is read, so many years before the adjusted year."""

    day: YearlyDay
    years_before: Annotated[int, Field(ge=0, le=3)]


class Successor(Part):
    """The index that is used from some index year on, when the first one has ended."""

    index: Text
    since: Year = Field(alias="from")
    month: Month | None = None


class Followed(Part):
    """What an adjustment follows: an index, or a percentage that is the same every year."""

    index: Text | None = None
    percent: Percent | None = None
    """A fixed percentage a year."""
    lag: Lag | None = None
    month: Month | None = None
    """The month of the index numbers that are compared."""
    edition: Edition | None = None
    base: Base | None = None
    successor: Successor | None = None


class BasketPart(Followed):
    """One of several things that an adjustment follows together."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["index"], "errorMessage": "basket_part"}, {"required": ["percent"]}]}
    )

    weight: Share

    @model_validator(mode="after")
    def _one_thing_to_follow(self) -> BasketPart:
        if (self.index is None) == (self.percent is None):
            raise PydanticCustomError("basket_part", "an index or a percentage")
        return self


class Indexation(Followed):
    """Yearly adjustment of an amount (docs/format.md, Indexation).

    Where the clause says no more, the rule is: the figure for the payment's own year (lag 0); the first adjustment on
    `first`; each year on the year before, unrounded; whole kronor, half up, at payment; what the index does is
    followed up and down; a preliminary figure is used, and settled with the next payment when the definitive one is
    there. See DEFAULTS in compute/clause.py.
    """

    first_keys = ("index", "percent", "basket", "first", "price_year")

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": ["index"], "errorMessage": "one_index"},
                {"required": ["percent"]},
                {"required": ["basket"]},
                {
                    "required": ["trigger"],
                    "properties": {
                        "trigger": {"const": "by_decision"},
                        "index": False,
                        "percent": False,
                        "basket": False,
                    },
                },
            ]
        }
    )

    basket: Filled[BasketPart] = ()
    first: Date
    """The day the first adjusted amount begins to apply; the same day of each later year is the next."""
    price_year: Year | None = None
    """The year whose prices the agreed amount is in."""
    method: Literal["chain", "base_ratio"] | None = None
    """Each year on the year before, or each year on the agreed amount by the whole change since the base."""
    chain_on: Literal["unrounded", "rounded"] | None = None
    """What a year's change is laid on: last year's amount before or after rounding."""
    share_of_change: Share | None = None
    share_of_amount: Share | None = None
    """The part of the agreed amount that is adjusted; the rest stays as it is."""
    rounding: YearRounding | None = None
    negative: Literal["follow", "zero", "base_amount", "previous_amount"] | None = None
    """When the index falls: the amount falls, that change is passed over, or it is never less than one of these."""
    least: Percent | None = None
    most: Percent | None = None
    """The least and the greatest change in percent a year."""
    threshold: Threshold | None = None
    preliminary: Literal["settle", "wait", "final"] | None = None
    """Pay on a preliminary figure and settle later; pay the old amount and the rest later; let it stand."""
    settlement: Literal["next_payment", "separate"] | None = None
    """When what the definitive figure changes is paid."""
    trigger: Literal["automatic", "on_request", "by_decision"] | None = None
    """Whether a year's adjustment has to be asked for or decided; the log says when it was (`adjustment`)."""
    only_on_extension: bool = False
    """Adjusted only for years that the agreement is extended by."""
    fixed_on: FixedOn | None = None
    wording: Text | None = None

    @model_validator(mode="after")
    def _one_thing_to_follow(self) -> Indexation:
        given = [self.index is not None, self.percent is not None, bool(self.basket)]
        if sum(given) != 1 and not (self.trigger == "by_decision" and not any(given)):
            raise PydanticCustomError("one_index", "an index, a percentage or a basket")
        return self

    @property
    def parts(self) -> tuple[Followed, ...]:
        """What is followed: the parts of the basket, or the clause itself; nothing when each decision says how much."""
        if self.basket:
            return self.basket
        return (self,) if self.index is not None or self.percent is not None else ()

    @property
    def indices(self) -> tuple[str, ...]:
        """The names of the indices, successors left out."""
        return tuple(part.index for part in self.parts if part.index is not None)


class AfterEvent(Part):
    """Payment so many days after something has come in; the log says when it did."""

    event: Literal["invoice", "requisition", "report"]
    days: Annotated[int, Field(ge=0, le=366)]
    duty: Id | None = None
    """The report that is waited for."""


class PaymentPart(Part):
    """A part of the year's amount: paid on a day, or after an event."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["day"], "errorMessage": "payment_part"}, {"required": ["after"]}]}
    )

    day: YearlyDay | None = None
    after: AfterEvent | None = None
    share: Share

    @model_validator(mode="after")
    def _when(self) -> PaymentPart:
        if (self.day is None) == (self.after is None):
            raise PydanticCustomError("payment_part", "a day or an event")
        return self


class Division(Part):
    """How a year's amount is divided into payments that do not come out even."""

    to: Literal["krona", "ore"]
    """Whole kronor, and what is left over in one payment; or each to the nearest öre."""
    remainder: Literal["first", "last"] = "last"


def _as_many(times: int) -> JsonDict:
    """For an editor: so many payments a year have so many months."""
    months: JsonDict = {"minItems": times, "maxItems": times, "uniqueItems": True, "errorMessage": "payment_months"}
    said: JsonDict = {"times_per_year": {"const": times}, "in": {"type": "array"}}
    return {"if": {"properties": said}, "then": {"properties": {"in": months}}}


class Payment(Part):
    """When the year's amount is paid, and in what parts."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"required": ["in"], "errorMessage": "payment_when"},
                {"required": ["dates"]},
                {"required": ["after"]},
            ],
            "allOf": [
                {
                    "if": {"required": ["in"]},
                    "then": {"required": ["times_per_year"], "errorMessage": "payment_months"},
                },
                {
                    "if": {"required": ["in"], "properties": {"in": {"type": "string"}}},
                    "then": {"properties": {"times_per_year": {"const": 1, "errorMessage": "payment_months"}}},
                },
                *(_as_many(times) for times in TIMES),
            ],
        }
    )

    since: Date | None = Field(None, alias="valid_from")
    """From when this schedule takes the place of the one before it."""
    times_per_year: Times | None = None
    months: Annotated[Filled[Month], BeforeValidator(one_or_more)] = Field((), alias="in")
    """The month or months of payment; without a day, the month's last open day is the latest day."""
    dates: Filled[PaymentPart] = ()
    """The days of payment, or the events, each with its share of the year's amount."""
    after: AfterEvent | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    """The day of the month; in a shorter month its last."""
    first_week: bool = False
    """In the month's first week, taken as its first seven days."""
    covers: Literal["advance", "arrears"] | None = None
    """Whether a payment is for the part of the year that it begins, or the one that it ends."""
    working_day: Literal["next", "previous"] | None = None
    """When the agreed day is not an open one."""
    instalment: Kronor | None = None
    """Each payment's amount before any adjustment, where the text states it."""
    division: Division | None = None
    wording: Text | None = None

    @model_validator(mode="after")
    def _when(self) -> Payment:
        if sum((bool(self.months), bool(self.dates), self.after is not None)) != 1:
            raise PydanticCustomError("payment_when", "months, dates or an event")
        if self.months and not len(set(self.months)) == len(self.months) == self.times_per_year:
            raise PydanticCustomError("payment_months", "as many months as payments")
        if self.dates and sum(each.share for each in self.dates) != 100:
            raise PydanticCustomError("payment_shares", "shares that come to 100")
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


class AmountFor(Part):
    """What is agreed for one year, where years differ."""

    year: Year
    amount: Kronor


class Population(Part):
    """How many inhabitants a year's amount is reckoned on."""

    year: Year
    """The year that the amount is for."""
    inhabitants: Annotated[int, Field(gt=0)]
    counted: Date | None = None
    """The day that the figure holds for."""
    source: Text


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
                        "properties": {"amount": False, "by_year": False, "indexation": False, "payment": False},
                        "errorMessage": "kind_amount",
                    },
                },
                {"if": {"required": ["payment"]}, "then": {"required": ["id"], "errorMessage": "payment_id"}},
                {
                    "if": {
                        "anyOf": [
                            {"required": ["amount"], "properties": {"amount": {"type": "number"}}},
                            {"required": ["value"]},
                            {"required": ["by_year"]},
                        ]
                    },
                    "then": {"required": ["per"], "errorMessage": "per_missing"},
                },
                {
                    "if": {"required": ["by_year"]},
                    "then": {"properties": {"amount": False, "per": {"const": "year"}}, "errorMessage": "by_year"},
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
    per: Literal["year", "period", "once", "instalment", "inhabitant"] | None = None
    """`inhabitant`: for each inhabitant and year."""
    by_year: Filled[AmountFor] = ()
    """What is agreed for each year, in the place of `amount`."""
    population: tuple[Population, ...] = ()
    quantity: Quantity | None = None
    since: Date | None = Field(None, alias="valid_from")
    until: Date | None = Field(None, alias="valid_until")
    part_year: Literal["days", "months", "full"] | None = None
    """What a part of a year gives: so many days or months of it, or the full amount all the same."""
    condition: Text | None = None
    """What has to happen for the contribution to be given: "vid behov", "om nämnden beviljar medel"."""
    funding: tuple[Funding, ...] = ()
    indexation: Indexation | None = None
    payments: Annotated[Filled[Payment], BeforeValidator(one_or_more)] = Field((), alias="payment")
    """The schedule of payment, or several that follow on each other."""

    @model_validator(mode="after")
    def _money_in_its_place(self) -> Contribution:
        if self.kind == "cash" and self.value is not None:
            raise PydanticCustomError("cash_value", "cash has an amount")
        if self.kind != "cash" and (self.amount is not None or self.by_year or self.indexation or self.payments):
            raise PydanticCustomError("kind_amount", "only cash has an amount")
        if self.payments and self.id is None:
            raise PydanticCustomError("payment_id", "an id")
        if (self.kronor is not None or self.by_year) and self.per is None:
            raise PydanticCustomError("per_missing", "per what")
        if self.by_year and (self.amount is not None or self.per != "year"):
            raise PydanticCustomError("by_year", "by_year instead of an amount")
        return self

    @property
    def kronor(self) -> Decimal | None:
        """The stated worth in kronor, cash or not, if the agreement gives one."""
        return self.amount if isinstance(self.amount, Decimal) else self.value


class Total(Part):
    """The sum that the agreement states for all contributions together."""

    value: Kronor
    per: Literal["year", "period"]
