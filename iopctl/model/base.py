"""What an agreement is made of: strict frozen parts, exact kronor, lengths of time, explicit unknowns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError


def written(kind: str, pattern: str) -> WithJsonSchema:
    """How an editor is told to recognise a kind of value that is written as text: see iopctl/schema."""
    return WithJsonSchema({"type": "string", "pattern": f"^({pattern})$", "errorMessage": kind})


class Part(BaseModel):
    """A part of an agreement: nothing is converted, nothing unknown is let in, nothing changes afterwards."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)

    first_keys: ClassVar[tuple[str, ...]] = ()
    """The keys that are written first, where they are not those that are declared first."""


class Unknown(Part):
    """What the source leaves open, said in so many words: `{unknown: "§ XXX"}`."""

    unknown: Annotated[str, Field(min_length=1)]


Date: TypeAlias = date
"""A day. A field called `date` would hide the class of that name, so the models say Date."""

T = TypeVar("T")


def _known(value: object) -> str:
    return "=unknown" if type(value) in _KEYED else "=known"  # with a sign that no key has


_KEYED = (dict, Unknown)


Open = Annotated[Annotated[T, Tag("=known")] | Annotated[Unknown, Tag("=unknown")], Discriminator(_known)]
"""A value that the source may have left open."""


def exact(value: object) -> object:
    """Strict Decimal refuses a plain int; an int is exact, so it is let in. True is an int in Python, not in kronor."""
    return Decimal(value) if type(value) is int else value


def _kronor(value: object) -> object:
    """`933.000` may mean 933 000: an amount with more than two decimals is refused, even when they are zeros."""
    amount = exact(value)
    if isinstance(amount, Decimal) and -int(amount.as_tuple().exponent) > 2:
        raise PydanticCustomError("decimal_max_places", "at most two decimals")
    return amount


def _code(value: object) -> object:
    """A § or a diarienummer may look like a number; its text is kept exactly as written."""
    return str(value) if type(value) in (int, Decimal, date) else value


Text = Annotated[str, Field(min_length=1)]
"""A text of at least one character, as it is to be printed. Markdown where the format says so."""

Code = Annotated[
    str, Field(min_length=1), BeforeValidator(_code), WithJsonSchema({"type": ["string", "number"], "minLength": 1})
]
"""An identifier given by somebody else, never calculated with: §, diarienummer, organisation number."""

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
"""A name that other parts refer to: small letters a–z, digits, hyphen and underscore."""

FileId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
"""The id of an agreement: its file's name without the ending."""

Kronor = Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=2), BeforeValidator(_kronor)]
"""An amount in Swedish kronor, exact to the öre. With the limits first pydantic tests them without calling Python."""

Year = Annotated[int, Field(ge=1900, le=2200)]
"""A calendar year."""

Percent = Annotated[Decimal, Field(gt=-100, lt=1000, max_digits=8), BeforeValidator(exact)]
"""A change in percent, exactly as it was published."""

Month = Literal[
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
MONTHS: tuple[Month, ...] = get_args(Month)


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time as an agreement states it: `3 years`, `18 months`, `30 days`."""

    number: int
    unit: Literal["years", "months", "weeks", "days"]

    def __str__(self) -> str:
        return f"{self.number} {self.unit if self.number != 1 else self.unit.removesuffix('s')}"


_LENGTH = re.compile(r"([1-9][0-9]{0,4}) (year|month|week|day)s?")


_LONGEST = {"year": 200, "month": 2400, "week": 10400, "day": 73000}
"""Two hundred years, so that all arithmetic on dates is safe."""


def read_length(text: str) -> Length | None:
    """The length that a text states, or None when it states none."""
    found = _LENGTH.fullmatch(text)
    if found is None or int(found[1]) > _LONGEST[found[2]]:
        return None
    return Length(int(found[1]), f"{found[2]}s")  # type: ignore[arg-type]  # the pattern allows exactly the four units


def _length(value: Any) -> Length:
    found = read_length(value) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("length", "a length of time")
    return found


Duration = Annotated[Length, PlainValidator(_length), written("Length", _LENGTH.pattern)]
"""A stated length of time; written `<number> years|months|weeks|days`."""


def in_order(decided: date | None, approved: date | None, posted: date | None) -> None:
    """Refuses minutes that are approved before the meeting, or posted before that or before they are approved."""
    days = [day for day in (decided, approved, posted) if day is not None]
    if days != sorted(days):
        raise PydanticCustomError("minutes_order", "minutes out of order")


YEAR = "(19|2[01])[0-9]{2}"
"""The years that a date can have; see source.py."""

MONTH_AND_DAY = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9])"
"""Every day of a leap year, as a pattern for editors."""


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A day that comes back every year, written MM-DD: `03-31`."""

    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.month:02}-{self.day:02}"


_DAY_OF_YEAR = re.compile(r"(0[1-9]|1[0-2])-([0-3][0-9])")


def _day_of_year(value: Any) -> DayOfYear:
    found = _DAY_OF_YEAR.fullmatch(value) if isinstance(value, str) else None
    try:
        day = date(2000, int(found[1]), int(found[2])) if found else None  # 2000: 29 February can be meant
    except ValueError:
        day = None
    if day is None:
        raise PydanticCustomError("day_of_year", "a day of the year")
    return DayOfYear(day.month, day.day)


YearlyDay = Annotated[DayOfYear, PlainValidator(_day_of_year), written("DayOfYear", MONTH_AND_DAY)]
"""A day of every year; written MM-DD."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, or a year and a month, where the source gives no day: `2019`, `2019-11`."""

    year: int
    month: int | None = None

    def __str__(self) -> str:
        return f"{self.year}" if self.month is None else f"{self.year}-{self.month:02}"


_PARTIAL = re.compile(r"([12][0-9]{3})(?:-(0[1-9]|1[0-2]))?")


def _when(value: Any) -> date | PartialDate:
    if type(value) is date:
        return value
    found = _PARTIAL.fullmatch(str(value)) if type(value) in (int, str) else None
    if found is None:
        raise PydanticCustomError("when", "a date, a month or a year")
    return PartialDate(int(found[1]), int(found[2]) if found[2] else None)


When = Annotated[
    date | PartialDate,
    PlainValidator(_when),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": f"^({YEAR}-({MONTH_AND_DAY})|{_PARTIAL.pattern})$",
            "minimum": 1000,
            "maximum": 2999,
            "errorMessage": "When",
        }
    ),
]
"""A date as exact as the source gives it: YYYY-MM-DD, YYYY-MM or YYYY."""


def one_or_more(value: object) -> object:
    """A single text, or a single part, where a list of them may stand."""
    return (value,) if isinstance(value, str | dict) else value


def _filled(value: tuple[T, ...]) -> tuple[T, ...]:
    if not value:
        raise PydanticCustomError("too_short", "at least one")
    return value


Filled = Annotated[tuple[T, ...], AfterValidator(_filled), Field(json_schema_extra={"minItems": 1})]
"""A list that says something. pydantic's own limit would also speak up where something is wrong with the only item."""

Ids = Annotated[tuple[Id, ...], Field(min_length=1), BeforeValidator(one_or_more)]
"""One id, or a list of ids."""
