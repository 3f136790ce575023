"""Swedish words that agreements are written with: months, small numbers, lengths of time."""

from __future__ import annotations

import re

from iopctl.model.base import Length, read_length

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip

NUMBERS = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")

_ONE = "en"
"""The other word for 1."""

NUMBER = "|".join((*NUMBERS, _ONE))
"""The words for small numbers, as a pattern."""


def number_meant(word: str) -> int | None:
    """The number that a word, or digits, can only mean: `tre`, `3`."""
    if re.fullmatch("[0-9]{1,5}", word):
        return int(word)
    small = word.lower()
    return 1 if small == _ONE else NUMBERS.index(small) if small in NUMBERS else None


def length_meant(text: str) -> Length | None:
    """The length of time that a text can only mean, in Swedish or as the format has it: `3 år`, `tre år`, `3 years`."""
    found = re.fullmatch(r"(\w+) (\w+)", " ".join(text.lower().split()))
    number = number_meant(found[1]) if found else None
    unit = next((unit for unit, names in _UNITS.items() if found and found[2] in names), None)
    return read_length(f"{number} {unit}") if number is not None and unit is not None else None


_UNITS = {
    "years": ("år", "year", "years"),
    "months": ("månad", "månader", "mån", "month", "months"),
    "weeks": ("vecka", "veckor", "week", "weeks"),
    "days": ("dag", "dagar", "day", "days"),
}
