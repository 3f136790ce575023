"""Words and tables as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from iopctl.render.plain import one_line
from iopctl.render.table import Justify

_MARKUP = str.maketrans({each: f"\\{each}" for each in "\\`*_[]<>#|~&"})


def escaped(text: str) -> str:
    """Words from an agreement as words: never a heading, a list, a link or emphasis."""
    return one_line(text).translate(_MARKUP)


def table(headings: Sequence[tuple[str, Justify]], rows: Sequence[Sequence[str]]) -> str:
    """A table; what has several lines in a cell is on several there too."""
    sides = ["---:" if justify == "right" else "---" for _name, justify in headings]
    lines = [[escaped(name) for name, _justify in headings], sides, *(list(map(_cell, row)) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return "<br>".join(escaped(line) for line in text.split("\n"))
