"""New text for a file that keeps every byte that was not asked to change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from iopctl.finding import Edit


def append_item(text: str, key: str, item: str) -> str | None:
    """The text with one more item, on a line of its own, at the end of the list under a key of the top level.

    In the text's own line endings and under the hyphens that are there. None where the list is not laid out in lines.
    """
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = _lines(text)
    first = next((number for number, line in enumerate(lines) if line.startswith(f"{key}:")), None)
    if first is None:
        return f"{_ended(text, ending)}{key}:{ending}  - {item}{ending}"
    if not re.fullmatch(rf"{key}:[ \t]*(#.*)?", lines[first].rstrip("\r\n")):
        return None
    end = next((number for number in range(first + 1, len(lines)) if _TOP.match(lines[number])), len(lines))
    inside = [number for number in range(first + 1, end) if not _EMPTY.match(lines[number])]
    hyphen = next((found[1] for number in inside if (found := _HYPHEN.match(lines[number]))), "  ")
    last = max(inside, default=first) + 1
    before, after = _ended("".join(lines[:last]), ending), "".join(lines[last:])
    return f"{before}{hyphen}- {item}{ending}{after}"


def _ended(text: str, ending: str) -> str:
    return text if not text or text.endswith(("\n", "\r")) else f"{text}{ending}"


_TOP, _EMPTY, _HYPHEN = re.compile(r"[^\s#-]"), re.compile(r"\s*(#|$)"), re.compile("( *)-[ \t]")
"""A line that begins a key of the top level; one without any value; one that begins an item."""


def _lines(text: str) -> list[str]:
    starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
    return [line for start, end in pairwise([*starts, len(text)]) if (line := text[start:end])]


def splice(text: str, edits: Iterable[Edit]) -> str:
    """The text with new words in some places. Of two edits that touch each other the later one is left out."""
    starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
    done = len(text)
    for edit in sorted(edits, key=lambda each: each.span, reverse=True):
        span = edit.span
        start, end = starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
        if end <= done:
            text = text[:start] + edit.text + text[end:]
            done = start
    return text


_LINE_END = re.compile("\r\n|\n|\r")
"""As source.py counts lines."""
