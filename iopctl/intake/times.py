"""Days, stretches and lengths of time in sentences, in every form that agreements write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from iopctl.compute import calendar
from iopctl.lint import days as written
from iopctl.model import DayOfYear, Length
from iopctl.swedish import number_meant

UNFINISHED = re.compile(
    r"(?<![\w-])(?:(?:19|20)[0-9]{2}-(?:[0-9]{2}-?)?(?=\s|$)(?<=-)|(?:19|20)[0-9]{2}-[0-9]{2}-(?![0-9])"
    r"|den (?:XX+|_+|\.{2,})(?: \w+ [0-9]{4})?|(?:19|20)[0-9]{2}-XX-XX|20__+)"
)
_LISTED_YEARS = re.compile(
    r"(?<=\båren )(?:19|20)[0-9]{2}(?:, (?:19|20)[0-9]{2})* och (?:19|20)[0-9]{2}(?![0-9/-])"
    r"|(?<=\bkalenderåren )(?:19|20)[0-9]{2}(?:, (?:19|20)[0-9]{2})* och (?:19|20)[0-9]{2}(?![0-9/-])"
)
_OFTEN = re.compile(
    r"\b(?P<least>minst |åtminstone )?(?:(?P<times>en|ett|två|tre|fyra|sex|tolv|[1-9]"
    r"|12)(?: ?\([0-9]+\))? gång(?:er)?"
    r" (?:per|om|i|varje|under varje|vartannat)(?P<span> år(?:et)?\b| kalenderår| verksamhetsår| halvår| termin)"
    r"|(?P<yearly>årligen|varje år|(?:ett|en) årligt?(?= \w*(?:möte|träff|avstämning|uppföljning)))"
    r"|(?P<bimonthly>varannan månad)|(?P<half>varje halvår|halvårsvis|varje termin)|(?P<quarter>kvartalsvis"
    r"|varje kvartal)"
    r"|(?P<month>månadsvis|varje månad|månatligen))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A first and a last day, where they stand, and whether only their years are written."""

    start: int
    end: int
    first: date
    last: date
    years_only: bool = False


@dataclass(frozen=True, slots=True)
class Often:
    """How many times a year."""

    start: int
    end: int
    times: int
    at_least: bool


def stretches(text: str) -> list[Stretch]:
    """From one day to another: `2023-01-01 – 2025-12-31`, `1 januari–31 december 2025`, `2023–2025`."""
    found = [Stretch(each.start, each.end, each.first, each.last) for each in written.ranges(text)]
    ordered = sorted(written.days(text), key=lambda each: each.start)
    for one, two in pairwise(ordered):
        if not isinstance(one.value, DayOfYear) or type(two.value) is not date:
            continue
        between = re.fullmatch(r"\s?(?:[-–—]|till och med|t\.?o\.?m\.?)\s?(?:den )?", text[one.end : two.start])
        first = _in_year(one.value, two.value.year) if between else None
        if first and first < two.value:
            found.append(Stretch(one.start, two.end, first, two.value))
    for each in written.years(text):
        if not any(other.start <= each.start < other.end for other in found) and each.first < each.last:
            found.append(Stretch(each.start, each.end, date(each.first, 1, 1), date(each.last, 12, 31), True))
    for listed in _LISTED_YEARS.finditer(text):
        years = [int(each) for each in re.findall(r"[0-9]{4}", listed[0])]
        if years == list(range(years[0], years[0] + len(years))):
            found.append(Stretch(*listed.span(), date(years[0], 1, 1), date(years[-1], 12, 31), True))
    return sorted((each for each in found if each.first <= each.last), key=lambda each: each.start)


def _in_year(day: DayOfYear, year: int) -> date | None:
    try:
        return date(year, day.month, day.day)
    except ValueError:
        return None


def dates(text: str) -> list[tuple[int, int, date]]:
    """The whole dates in a text."""
    return [(each.start, each.end, each.value) for each in written.days(text) if isinstance(each.value, date)]


def lengths(text: str) -> list[tuple[int, int, Length]]:
    """`tre år`, `sex månader`, `18 månader`."""
    return [(each.start, each.end, each.length) for each in written.lengths(text)]


def often(text: str) -> Iterator[Often]:
    """`minst två gånger per år`, `årligen`, `kvartalsvis`."""
    for found in _OFTEN.finditer(text):
        if "vartannat" in found[0].lower():
            continue
        if found["times"]:
            per = 2 if found["span"].strip() in ("halvår", "termin") else 1
            times = (number_meant(found["times"]) or 0) * per
        else:
            times = (
                1
                if found["yearly"]
                else 6
                if found["bimonthly"]
                else 2
                if found["half"]
                else 4
                if found["quarter"]
                else 12
            )
        yield Often(found.start(), found.end(), times, bool(found["least"]))


def last_day(first: date, length: Length) -> date | None:
    """The last day of so many years or months from a first day on, as everywhere else in iopctl."""
    if length.unit not in ("years", "months"):
        return None
    try:
        found = calendar.last_day(first, length)
    except (ValueError, OverflowError):  # after the last year that a calendar has
        return None
    return found if found.year <= 2199 else None
