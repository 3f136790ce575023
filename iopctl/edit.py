"""New text for a file that keeps every byte that was not asked to change."""

from __future__ import annotations

import re
from collections.abc import Iterable

from iopctl.finding import Edit


def append_line(text: str, line: str) -> str:
    """The text with one more line at its end, in the text's own line endings."""
    ending = "\r\n" if "\r\n" in text else "\n"
    if text and not text.endswith(("\n", "\r")):
        text += ending
    return f"{text}{line}{ending}"


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
