"""Words as Markdown for a forge, which makes links of addresses, names and numbers after it has read the Markdown."""

from __future__ import annotations

import re

from iopctl.render.plain import one_line

_MARKUP = str.maketrans({each: f"\\{each}" for each in "\\`*_[]<>|~&$"})
_APART = "\u2060"
"""A word joiner: nothing to see, and what stands on both sides of it is no longer one thing."""
_LINKED = re.compile(r"[@#](?=\w)|:(?=[\w+-]+:)|:(?=//)|(?<=\bwww)\.", re.IGNORECASE)
"""What a forge makes a link of, a person to notify, or another issue, after it has read the Markdown."""
_BEGUN = re.compile(r"^([0-9]+(?=[.)])|(?=[-+=#]))(.)")
"""What would make a heading or a list of a text that begins with it."""


def escaped(text: str) -> str:
    """Words on one line as words: never markup, and never somebody or something that a forge would make a link to."""
    words = _LINKED.sub(lambda found: f"{found[0]}{_APART}", one_line(text)).translate(_MARKUP)
    return _BEGUN.sub(r"\1\\\2", words)
