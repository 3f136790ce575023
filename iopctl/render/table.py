"""Rows as a table that a terminal can show; plain text when nobody watches."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Literal

from iopctl.render.findings import Paint, no_paint

Justify = Literal["left", "right"]

NARROWEST = 72
"""A narrower terminal breaks the lines itself; an amount is never cut."""

_GAP = "  "
_WORD = re.compile(r"[\S\u00a0]+[^\S\u00a0]*")
"""With a no-break space inside: 933 000 kr is one word."""
_ODD = re.compile("[^\u0000-\u02ff\u2010-\u2027]")
"""What may take no column, or two: all but Latin letters, dashes and quotation marks."""


def table(
    headings: Sequence[tuple[str, Justify]], rows: Sequence[Sequence[str]], width: int, paint: Paint = no_paint
) -> str:
    """Columns under their headings; the last one wraps when the width is not enough, and may have several lines."""
    names = [name for name, _justify in headings]
    widths = [max(map(cells, column)) for column in zip(*([row[:-1] for row in (names, *rows)]), strict=True)]
    last = max(width, NARROWEST) - sum(widths) - len(_GAP) * len(headings)
    fixed = [(size, justify == "right") for size, (_name, justify) in zip(widths, headings, strict=False)]
    blank = "".join(" " * size + _GAP for size in widths)
    lines = [paint("bold", "".join(_fixed(names, fixed)) + names[-1])]
    for row in rows:
        begin = "".join(_fixed(row, fixed))
        for line in row[-1].split("\n"):
            for part in wrapped(line, last):
                lines.append((begin + part).rstrip())
                begin = blank
    return "\n".join(lines) + "\n"


def _fixed(row: Sequence[str], columns: Sequence[tuple[int, bool]]) -> list[str]:
    """The cells of all columns but the last, filled up to their widths."""
    filled = []
    for cell, (size, right) in zip(row, columns, strict=False):
        space = " " * (size - cells(cell))
        filled.append((space + cell if right else cell + space) + _GAP)
    return filled


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: none for a mark on another letter, two for a wide letter."""
    return len(text) if _ODD.search(text) is None else sum(map(_cell, text))


@cache
def _cell(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines, broken between words; a word that is wider than a line is broken where the line ends."""
    if cells(text) <= width:
        return [text]
    size = len if _ODD.search(text) is None else cells  # a long text has many words
    lines, line = [], ""
    for word in _WORD.findall(text):
        if size(line) + size(word.rstrip()) <= width:
            line += word
            continue
        lines += [line] if line else []
        *full, line = chopped(word, width) if size(word.rstrip()) > width else (word,)
        lines += full
    return [*lines, line]


def chopped(word: str, width: int) -> list[str]:
    """The text in pieces as wide as that, wherever they end."""
    parts, size = [""], 0
    for character in word:
        if size + (more := _cell(character)) > width:
            parts.append("")
            size = 0
        parts[-1] += character
        size += more
    return parts
