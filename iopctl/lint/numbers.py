"""Amounts, percentages and the numbers that somebody else has given, as drafts write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_SPACE = "[ \u00a0\u202f\u2009]"
_UNITS = {
    "kr": 1, "kronor": 1, "sek": 1, ":-": 1,
    "tkr": 1000, "kkr": 1000, "tusen kronor": 1000, "tusen kr": 1000,
    "mnkr": 10**6, "mkr": 10**6, "miljon kronor": 10**6, "miljoner kronor": 10**6, "miljoner kr": 10**6,
}  # fmt: skip
_UNIT = "|".join(sorted((re.escape(each).replace(r"\ ", _SPACE) for each in _UNITS), key=len, reverse=True))
_AMOUNT = re.compile(
    rf"(?<![\w.,/:-])(?P<whole>[0-9]{{1,3}}(?:(?:{_SPACE}|\.)[0-9]{{2,4}})+|[0-9]+)(?P<part>,[0-9]+)?"
    rf"(?:{_SPACE}?(?P<unit>{_UNIT})(?!\w)|(?P<year>/år))",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?<![\w.,/:§-])(?<!{_SPACE}§{_SPACE})[1-9][0-9]{{0,2}}(?:{_SPACE}[0-9]{{3}})+(?![\w,:/-])")
_ADDRESS = re.compile(r"https?://\S+|\S+@\S+")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money in a text."""

    start: int
    end: int
    kronor: Decimal
    step: Decimal
    """How exactly it is written: 4,8 mnkr is exact to a hundred thousand kronor."""
    bare: bool = False
    """Whether it stands without a unit, and may be something else."""


@dataclass(frozen=True, slots=True)
class Written:
    """Something that is known by how it is written: a percentage, a §, a diarienummer, an organisation number."""

    start: int
    end: int
    value: str


def without_addresses(text: str) -> str:
    """The text with a space for each character of an address: the numbers in it mean nothing."""
    return _ADDRESS.sub(lambda found: " " * len(found[0]), text) if "/" in text or "@" in text else text


def amounts(text: str) -> Iterator[Amount]:
    """The sums in a text, and the numbers in groups of three that may be sums."""
    taken = []
    for found in _AMOUNT.finditer(text):
        unit = re.sub(_SPACE, " ", (found["unit"] or "kr").lower())
        decimals = len(found["part"] or ",") - 1
        number = Decimal(re.sub(r"[^0-9]", "", found["whole"]) + (found["part"] or "").replace(",", "."))
        factor = Decimal(_UNITS[unit])
        taken.append(found.span())
        yield Amount(*found.span(), number * factor, factor / 10**decimals)
    for found in _BARE.finditer(text):
        if not any(start <= found.start() < end for start, end in taken):
            yield Amount(*found.span(), Decimal(re.sub(r"[^0-9]", "", found[0])), Decimal(1), bare=True)


def percentages(text: str) -> Iterator[Written]:
    """`1,5 procent`, `1,5 %`."""
    for found in _PERCENT.finditer(text):
        value = Decimal(found[1].replace(",", ".")).normalize()
        yield Written(*found.span(), f"{value:f}".replace(".", ","))


_PERCENT = re.compile(rf"(?<![\w.,/:-])([0-9]{{1,3}}(?:,[0-9]{{1,4}})?){_SPACE}?(?:%|procent\b)")


def organisation_numbers(text: str) -> Iterator[Written]:
    """`845000-4281`: the third digit is at least 2, which tells it from a personal number."""
    for found in _ORGANISATION.finditer(text):
        yield Written(*found.span(), found[0].replace("–", "-"))


_ORGANISATION = re.compile(r"(?<![\w-])[0-9]{2}[2-9][0-9]{3}[-–][0-9]{4}(?![\w-])")


def paragraphs(text: str) -> Iterator[Written]:
    """`§ 16` of some minutes; `13 kap. 14 §` is a law's."""
    for found in _PARAGRAPH.finditer(text):
        yield Written(*found.span(), found[1])


_PARAGRAPH = re.compile(rf"(?<![0-9]{_SPACE})(?<![0-9])§{_SPACE}?([0-9]{{1,4}}[a-z]?)(?!\w)")


def case_numbers(text: str) -> Iterator[Written]:
    """What stands after Dnr or Diarienummer."""
    for found in _DNR.finditer(text):
        yield Written(*found.span(1), " ".join(found[1].split()))


_DNR = re.compile(
    rf"\b(?:dnr|diarienummer|diarienr)\.?:?{_SPACE}*"
    rf"((?:[A-ZÅÄÖ]{{1,5}}{_SPACE}?[-/]?{_SPACE}?)?[0-9]{{2,6}}[-/:][0-9A-ZÅÄÖ]+(?:[-:/ .][0-9]+)*)",
    re.IGNORECASE,
)


def near(one: str, other: str) -> bool:
    """Whether two numbers are so alike that one may be a slip for the other.

    One digit is another, two digits have changed places, one is left out or doubled; and, in numbers with five digits
    before the zeros they end in, two digits are others.
    """
    first, second = re.sub(r"[^0-9]", "", one), re.sub(r"[^0-9]", "", other)
    if first == second or min(len(first), len(second)) < 3:
        return False
    if len(first) == len(second):
        places = [number for number, pair in enumerate(zip(first, second, strict=True)) if pair[0] != pair[1]]
        swapped = len(places) == 2 and sorted(first) == sorted(second)
        return len(places) == 1 or swapped or (len(places) == 2 and len(first.rstrip("0")) >= 5)
    longer, shorter = sorted((first, second), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(
        longer[:number] + longer[number + 1 :] == shorter for number in range(len(longer))
    )
