"""Text from agreements made safe to show on one line of a terminal or a log."""

from __future__ import annotations

import unicodedata

_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def one_line(text: str) -> str:
    """The text with every tab as a space and every other invisible or steering character made visible.

    Keeps the number of characters, so that a caret still stands under what it points at.
    """
    if text.isprintable():
        return text
    return "".join(" " if each == "\t" else "�" if unicodedata.category(each) in _HIDDEN else each for each in text)
