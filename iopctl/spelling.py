"""What a misspelt name was probably meant to be, and characters that only look like the right ones."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterable

from iopctl.finding import Message, say

_LONGEST = 100
"""No name is longer; comparing two texts takes as long as the one times the other."""

_ALIKE = {
    **dict(zip("асԁеһіјӏкорԛѕԝхуү", "acdehijlkopqswxyy", strict=True)),  # Cyrillic
    **dict(zip("αγηικνορτυχωϲϳ", "aynikvoptuxwcj", strict=True)),  # Greek
    **dict(zip("ɑɡıſ", "agis", strict=True)),  # Latin, but of other alphabets
}
"""Small letters that look like those of a key, in most typefaces."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of the known names that is spelt almost alike."""
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6) if len(name) <= _LONGEST else []
    return close[0] if close else None


def only(name: str, known: Iterable[str]) -> str | None:
    """The one of the known names that hardly a letter differs from, when there is no other."""
    close = difflib.get_close_matches(name, known, n=2, cutoff=0.75) if len(name) <= _LONGEST else []
    return close[0] if len(close) == 1 else None


def look_alike(name: str, fits: Callable[[str], object]) -> Message | None:
    """For a name that only looks right: which character is another than it seems, and what to write."""
    meant = "".join(_latin(each) for each in name[:_LONGEST])
    if meant == name or not fits(meant):
        return None
    odd = next(each for each in name if _latin(each) != each)
    code = f"U+{ord(odd):04X}"
    if not _latin(odd):
        return say("it holds the character {code}, which cannot be seen; write {key}", code=code, key=meant)
    about = f"{code} {unicodedata.name(odd)}"
    return say(
        "the letter {letter} is {code}, not the Latin {latin}; write {key}",
        letter=odd,
        code=about,
        latin=_latin(odd),
        key=meant,
    )


def _latin(character: str) -> str:
    """The letter that a character looks like; nothing for what cannot be seen."""
    if character.isascii():
        return character
    if unicodedata.category(character) in {"Cc", "Cf", "Zs"}:
        return ""
    return _ALIKE.get(character) or unicodedata.normalize("NFKC", character)
