"""Swedish for public documents: money, dates, lengths and names, in the forms of Linköping's memo of 2021-11-03."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from iopctl.locale.language import NO_BREAK, Language
from iopctl.model import DayOfYear, Length, PartialDate
from iopctl.model.base import MONTHS, Month
from iopctl.swedish import MONTHS as SWEDISH_MONTHS
from iopctl.swedish import NUMBERS

SWEDISH = Language("sv")

_UNITS = {
    "years": ("ett år", "år"),
    "months": ("en månad", "månader"),
    "weeks": ("en vecka", "veckor"),
    "days": ("en dag", "dagar"),
}


def kronor(amount: Decimal) -> str:
    """`933 000 kr`, with no-break spaces."""
    return SWEDISH.kronor(amount)


def day(value: date | PartialDate, style: Literal["words", "iso"] = "iso") -> str:
    """`2021-11-03`, or in words `den 3 november 2021`; a month or a year when no day is known.

    In running text public writing prefers words; ISO 8601 is for dating (Myndigheternas skrivregler).
    """
    if style == "iso":
        return str(value)
    if isinstance(value, date):
        return f"den {value.day}{NO_BREAK}{SWEDISH_MONTHS[value.month - 1]} {value.year}"
    return f"{SWEDISH_MONTHS[value.month - 1]} {value.year}" if value.month else str(value.year)


def month_of(value: date | PartialDate) -> str:
    """`maj 2020`; the year when no month is known."""
    return day(PartialDate(value.year, value.month), "words")


def paragraph(value: str) -> str:
    """`§ 16`, with a no-break space."""
    return f"§{NO_BREAK}{value}"


def day_of_year(value: DayOfYear) -> str:
    """`den 31 mars`."""
    return f"den {value.day} {SWEDISH_MONTHS[value.month - 1]}"


def month(name: Month) -> str:
    """The Swedish name of one of the model's months."""
    return SWEDISH_MONTHS[MONTHS.index(name)]


def number(value: int) -> str:
    """A small number in words, a larger one in digits."""
    return NUMBERS[value] if 0 <= value < len(NUMBERS) else str(value)


def length(value: Length) -> str:
    """`tre år`, `18 månader`."""
    one, many = _UNITS[value.unit]
    return one if value.number == 1 else f"{number(value.number)} {many}"


def times(value: int) -> str:
    """`en gång`, `två gånger`."""
    return "en gång" if value == 1 else f"{number(value)} gånger"


def in_sentence(name: str) -> str:
    """A board's or a unit's name inside a sentence: `äldrenämnden`; an abbreviation stays as it is."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def genitive(name: str) -> str:
    """`äldrenämndens`, `SPF:s`; a name that ends in s, x or z stays as it is."""
    if name.endswith(("s", "x", "z")):
        return name
    return f"{name}:s" if name[-2:].isupper() else f"{name}s"


def listed(words: tuple[str, ...] | list[str]) -> str:
    """`a`, `a och b`, `a, b och c`."""
    return " och ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
