"""Text from agreements made safe to show on one line of a terminal or a log."""

from __future__ import annotations

import unicodedata

_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""What cannot be seen, or steers what is seen: control characters, directions of writing, line ends, broken letters."""


def one_line(text: str) -> str:
    """The text with every tab as a space and every other invisible or steering character as its code: <U+202E>."""
    return text if text.isprintable() else "".join(map(_seen, text))


def _seen(character: str) -> str:
    if character == "\t":
        return " "
    return f"<U+{ord(character):04X}>" if unicodedata.category(character) in _HIDDEN else character


def quoted(text: str) -> str:
    """An agreement's words as one line: where they were broken into several there is a space."""
    return one_line(" ".join(text.split()))


def brief(text: str, most: int = 1000) -> str:
    """One line of a sentence that quotes an agreement: a key or a name can be as long as the file."""
    return one_line(text if len(text) <= most else f"{text[: most - 1]}…")
