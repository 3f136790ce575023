"""Days, stretches of days and lengths of time, as drafts write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from iopctl.model import Length, PartialDate
from iopctl.model.base import DayOfYear
from iopctl.swedish import MONTHS, NUMBER, number_meant

_SPACE = "[ \u00a0\u202f]"
_MONTH = "|".join(MONTHS)
_SHORT = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
_DASH = "[-–—‒−\u2011]"

_DAY = re.compile(
    rf"(?<![\w])(?:(?P<iso>(?P<y>[0-9]{{4}}){_DASH}(?P<m>[0-9]{{2}}){_DASH}(?P<d>[0-9]{{2}})(?![\w]))"
    rf"|(?:den{_SPACE})?(?P<day>[0-9]{{1,2}}){_SPACE}(?P<name>{_MONTH}|(?:jan|feb|aug|sept?|okt|nov|dec)\.?)"
    rf"(?:{_SPACE}(?P<year>[0-9]{{4}}))?(?!\w)"
    rf"|(?P<day2>[0-9]{{1,2}})/(?P<month2>[0-9]{{1,2}}){_SPACE}(?P<year2>[0-9]{{4}})(?!\w))",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    rf"(?<![0-9] )(?<![0-9]\u00a0)\b(?P<name>{_MONTH}){_SPACE}(?P<year>[0-9]{{4}})(?![\w-])"
    rf"|(?<![\w/:-])(?<![A-ZÅÄÖ]{_SPACE})(?P<iso>(?:19|20)[0-9]{{2}}-(?:0[1-9]|1[0-2]))(?![\w-])",
    re.IGNORECASE,
)
_YEARS = re.compile(rf"(?<![\w/:.-])((?:19|20)[0-9]{{2}}){_SPACE}?[-–—]{_SPACE}?((?:19|20)[0-9]{{2}})(?![\w-])")
_BETWEEN = re.compile(
    rf"{_SPACE}?(?:[-–—‒−]{{1,3}}|,?{_SPACE}?(?:till{_SPACE}och{_SPACE}med|t\.?{_SPACE}?o\.?{_SPACE}?m\.?|till))"
    rf"{_SPACE}?(?:den{_SPACE})?",
    re.IGNORECASE,
)

When = date | PartialDate | DayOfYear


@dataclass(frozen=True, slots=True)
class Day:
    """A day in a text, as exactly as it is written; None for one that no calendar has."""

    start: int
    end: int
    value: When | None


@dataclass(frozen=True, slots=True)
class Range:
    """From one day to another, both included."""

    start: int
    end: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Years:
    """From one year to another."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Lasting:
    """A length of time in a text."""

    start: int
    end: int
    length: Length


def days(text: str) -> Iterator[Day]:
    """The days in a text, and the months with a year."""
    taken = []
    for found in _DAY.finditer(text):
        taken.append(found.span())
        yield Day(*found.span(), _value(found))
    for found in _MONTHS.finditer(text):
        if not any(start < found.end() and found.start() < end for start, end in taken):
            year, month = (found["iso"].split("-")) if found["iso"] else (found["year"], _month(found["name"]))
            yield Day(*found.span(), PartialDate(int(year), int(month)))


def ranges(text: str) -> Iterator[Range]:
    """The stretches from one of the text's days to the next."""
    found = sorted(days(text), key=lambda each: each.start)
    for first, last in pairwise(found):
        both = isinstance(first.value, date) and isinstance(last.value, date)
        if both and _BETWEEN.fullmatch(text[first.end : last.start]):
            yield Range(first.start, last.end, first.value, last.value)  # type: ignore[arg-type]  # both are dates


def years(text: str) -> Iterator[Years]:
    """`2023–2025`."""
    for found in _YEARS.finditer(text):
        yield Years(*found.span(), int(found[1]), int(found[2]))


def lengths(text: str) -> Iterator[Lasting]:
    """`tre år`, `18 månader`, `sex (6) månader`."""
    for found in _LENGTH.finditer(text):
        if count := number_meant(found["words"]):
            yield Lasting(*found.span(), Length(count, "years" if found["unit"].lower() == "år" else "months"))


_LENGTH = re.compile(
    rf"\b(?P<words>[0-9]{{1,3}}|{NUMBER})(?:{_SPACE}\([0-9]+\))?{_SPACE}(?P<unit>år|månad(?:er)?)\b(?![-/])",
    re.IGNORECASE,
)


def _month(name: str) -> int:
    return _SHORT[name[:3].lower()]


def _value(found: re.Match[str]) -> When | None:
    try:
        if found["iso"]:
            return date(int(found["y"]), int(found["m"]), int(found["d"]))
        if found["day2"]:
            return date(int(found["year2"]), int(found["month2"]), int(found["day2"]))
        month = _month(found["name"])
        if found["year"]:
            return date(int(found["year"]), month, int(found["day"]))
        date(2000, month, int(found["day"]))  # 29 February can be meant
        return DayOfYear(month, int(found["day"]))
    except ValueError:
        return None
