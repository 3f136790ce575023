"""Personal numbers (personnummer and samordningsnummer) in a text: where they stand, and the text without them.

They are recognised here, below everything that shows text, so that no line of a file and no value in a message is shown
with one in it, whichever rule it is that points there.
"""

from __future__ import annotations

import re
from datetime import date

_CANDIDATE = re.compile(r"([0-9]{6,8})([-+\u2010\u2011\u2012\u2013\u2212]?)([0-9]{4})")  # Word writes other hyphens
_ZEROS = bytes.maketrans(b"123456789", b"000000000")
_SHAPE = re.compile(rb"000000(?:00?)?[-+?]?0000")  # each digit a 0, what is not Western a ?
_TO_NUMBER = "-./,:"
"""A digit and one of these make what stands beside them a part of a longer number, such as a diarienummer."""

_COORDINATION = 60
"""What a samordningsnummer adds to the day of birth."""


def places(text: str) -> list[tuple[int, int]]:
    """Where personal numbers stand: ten or twelve digits, with a sign before the last four or without.

    The date has to exist and the check digit to be right. The third digit of an organisation number is at least 2, so
    none is taken for a date. Ten digits in a row that begin with 0 are taken to be a telephone number.
    """
    # a byte for each character and one digit only: ten times as fast as a search that begins with any digit
    shapes = _SHAPE.finditer(text.encode("latin-1", "replace").translate(_ZEROS))
    candidates = (_CANDIDATE.fullmatch(text, *shape.span()) for shape in shapes)
    return [
        found.span() for found in candidates if found and _stands_alone(text, found) and _is_personal(*found.groups())
    ]


def masked(text: str) -> str:
    """The text with a dot for each character of a personal number."""
    for start, end in places(text):
        text = f"{text[:start]}{'•' * (end - start)}{text[end:]}"
    return text


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    before, after = text[max(0, found.start() - 2) : found.start()], text[found.end() : found.end() + 2]
    if before[-1:].isalnum() or after[:1].isalnum():
        return False
    return not (
        (len(before) == 2 and before[0].isdigit() and before[1] in _TO_NUMBER)
        or (len(after) == 2 and after[0] in _TO_NUMBER and after[1].isdigit())
    )


def _is_personal(born: str, sign: str, last: str) -> bool:
    if len(born) == 7 or (len(born) == 6 and not sign and born[0] == "0"):
        return False
    centuries = (born[:2],) if len(born) == 8 else ("19", "20")
    if not any(_exists(century, born[-6:]) for century in centuries):
        return False
    from stdnum import luhn  # not needed by the many files without such digits

    return bool(luhn.is_valid(born[-6:] + last))


def _exists(century: str, day_of_birth: str) -> bool:
    """Whether there is such a day, of somebody who can be alive or named as dead."""
    year, month, day = int(century + day_of_birth[:2]), int(day_of_birth[2:4]), int(day_of_birth[4:])
    if century not in ("18", "19", "20"):
        return False
    try:
        date(year, month, day - _COORDINATION if day > _COORDINATION else day)
    except ValueError:
        return False
    return True
