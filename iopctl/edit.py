"""New text for a file that keeps every byte that was not asked to change."""

from __future__ import annotations


def append_line(text: str, line: str) -> str:
    """The text with one more line at its end, in the text's own line endings."""
    ending = "\r\n" if "\r\n" in text else "\n"
    if text and not text.endswith(("\n", "\r")):
        text += ending
    return f"{text}{line}{ending}"
