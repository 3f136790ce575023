"""Values → YAML text, laid out as a careful person would: short things on one line, long texts folded, with remarks.

Nothing here reads YAML: who writes the lines into a file reads the file again and sees that it says what was meant.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from textwrap import wrap
from typing import TypeAlias, TypeGuard


@dataclass(frozen=True)
class Remarked:
    """A value with comments. Without a value, in a list or under a key, only the comments stand there."""

    value: Value | None
    above: tuple[str, ...] = ()
    """Each on lines of its own, above the key or the item."""
    beside: str | None = None
    """At the end of the line that the value begins on."""


Value: TypeAlias = "str | bool | int | Decimal | date | Mapping[str, Value] | Sequence[Value] | Remarked"


@dataclass(frozen=True)
class Style:
    """How a file is laid out; a new file as the ones that come with iopctl."""

    ending: str = "\n"
    indent: int = 2
    """How far in the keys of a mapping stand from the key that they belong to."""
    hyphen: int = 2
    """How far in the hyphens of a list stand from the key that it belongs to."""
    gap: int = 1
    """The spaces after a hyphen."""
    quote: str = '"'
    """What a text that needs quotation marks gets."""
    quotes_all: bool = False
    """Whether texts have quotation marks also where they need none."""
    width: int = 104
    """Texts are folded, and short mappings broken up, to stay within so many characters."""
    padded: bool = False
    """Whether braces have spaces inside them."""
    blocks: bool = True
    """Whether texts that are long, or of several lines, stand in blocks; else on one line in quotation marks."""


NEW = Style()


def scalar(value: str | bool | int | Decimal | date, style: Style = NEW, *, inline: bool = False) -> str:
    """A single value on one line; `inline` inside braces or brackets, where commas and braces mean something."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int | date):
        return str(value)
    if needs_no_quotes(value, inline=inline) and not style.quotes_all:
        return value
    if style.quote == "'" and _shows(value) and "\n" not in value:
        return "'" + value.replace("'", "''") + "'"
    return "".join(_escaped(character) for character in json.dumps(value, ensure_ascii=False))


def name(key: str, style: Style = NEW, *, inline: bool = False) -> str:
    """A key; it stands in quotation marks only where it needs them."""
    return scalar(key, replace(style, quotes_all=False), inline=inline)


def inline(value: Value, style: Style = NEW) -> str | None:
    """The value on one line, in braces or brackets when it is made of others; None where there is a remark in it."""
    if isinstance(value, Remarked):
        return None
    if isinstance(value, Mapping):
        parts = [(name(key, style, inline=True), inline(each, style)) for key, each in value.items()]
        if any(each is None for _key, each in parts):
            return None
        pad = " " if style.padded and parts else ""
        return "{" + pad + ", ".join(f"{key}: {each}" for key, each in parts) + pad + "}"
    if is_list(value):
        items = [inline(each, style) for each in value]
        return None if None in items else "[" + ", ".join(each for each in items if each is not None) + "]"
    assert isinstance(value, str | bool | int | Decimal | date)
    return scalar(value, style, inline=True)


def entry(key: str, value: Value, column: int, style: Style = NEW, *, short: bool = True) -> list[str]:
    """A key and its value, from a column (counted from 0), as lines without endings.

    `short` lets a mapping that fits on one line stand there when it is an item of a list.
    """
    remark = _remark(value)
    above = _comments(remark.above, column, style)
    if remark.value is None:
        return above
    head = f"{' ' * column}{name(key, style)}:"
    room = style.width - len(head) - 1
    line = _on_the_key_line(remark.value, style, room)
    if line is not None:
        return [*above, _beside(f"{head} {line}", remark)]
    if isinstance(remark.value, str):
        sign, lines = _block(remark.value, column + style.indent, style)
        return [*above, _beside(f"{head} {sign}", remark), *lines]
    return [*above, _beside(head, remark), *_inner(remark.value, column, style, short=short)]


def entries(values: Mapping[str, Value], column: int = 0, style: Style = NEW) -> list[str]:
    """The keys of a mapping with their values."""
    return [line for key, value in values.items() for line in entry(key, value, column, style)]


def item(value: Value, column: int, style: Style = NEW, *, short: bool = True) -> list[str]:
    """An item of a list, its hyphen in a column."""
    remark = _remark(value)
    above = _comments(remark.above, column, style)
    if remark.value is None:
        return above
    hyphen = f"{' ' * column}-{' ' * style.gap}"
    fitting = short or not isinstance(remark.value, Mapping) or not remark.value
    line = inline(remark.value, style) if fitting and _is_flat(remark.value) else None
    if isinstance(remark.value, str):
        plain = scalar(remark.value, style)
        line = plain if "\n" not in remark.value and len(plain) <= style.width - len(hyphen) else None
    if line is not None and len(line) <= style.width - len(hyphen):
        return [*above, _beside(f"{hyphen}{line}", remark)]
    if isinstance(remark.value, str):
        sign, lines = _block(remark.value, len(hyphen), style)
        return [*above, _beside(f"{hyphen}{sign}", remark), *lines]
    if isinstance(remark.value, Mapping):
        lines = entries(remark.value, len(hyphen), style)
        first = next(number for number, each in enumerate(lines) if not each.lstrip().startswith("#"))
        lines[first] = hyphen + lines[first][len(hyphen) :]
        return [*above, *lines[:first], _beside(lines[first], remark), *lines[first + 1 :]]
    return [*above, _beside(f"{hyphen}{inline(remark.value, style)}", remark)]


# -- parts of it -------------------------------------------------------------------------------------------------------


def _remark(value: Value) -> Remarked:
    return value if isinstance(value, Remarked) else Remarked(value)


def is_list(value: object) -> TypeGuard[Sequence[Value]]:
    """Whether a value is made of items."""
    return isinstance(value, Sequence) and not isinstance(value, str)


def _is_flat(value: Value) -> bool:
    """Whether there is nothing inside a value that has something inside it, but for lists of single values."""
    if isinstance(value, Mapping):
        return all(not isinstance(each, Mapping | Remarked) or _is_open(each) for each in value.values())
    return True


def _is_open(value: object) -> bool:
    """Whether it is an explicit unknown, which reads as one value."""
    return isinstance(value, Mapping) and list(value) == ["unknown"]


def _on_the_key_line(value: Value, style: Style, room: int) -> str | None:
    """What can stand on the line of its key: a single value, an unknown, a short list of single values."""
    if isinstance(value, str):
        line = scalar(value, style)
        return line if "\n" not in value and (len(line) <= room or not _can_fold(value)) else None
    if isinstance(value, Mapping):
        return inline(value, style) if not value or _is_open(value) else None
    if is_list(value):
        if any(isinstance(each, Mapping | Remarked) or (isinstance(each, str) and " " in each) for each in value):
            return None
        line = inline(value, style) or ""
        return line if len(line) <= room else None
    assert isinstance(value, bool | int | Decimal | date)
    return scalar(value, style)


def _inner(value: Value, column: int, style: Style, *, short: bool) -> list[str]:
    """What stands on the lines below a key."""
    if isinstance(value, Mapping):
        return entries(value, column + style.indent, style)
    assert isinstance(value, Sequence)
    return [line for each in value for line in item(each, column + style.hyphen, style, short=short)]


def _comments(texts: Sequence[str], column: int, style: Style) -> list[str]:
    width = max(40, style.width - column - 2)
    rows = [row for text in texts for row in (wrap(_seen(text), width, break_on_hyphens=False) or [""])]
    return [f"{' ' * column}# {row}".rstrip() for row in rows]


def _beside(line: str, remark: Remarked) -> str:
    return f"{line} # {_seen(remark.beside).strip()}" if remark.beside else line


def _seen(text: str) -> str:
    """A remark without what cannot be shown, or would end its line for some reader."""
    return "".join(character if _shows(character) and character != "\n" else " " for character in text)


def _can_fold(text: str) -> bool:
    return " " in text and folds(text)


def folds(text: str) -> bool:
    """Whether a text of one line comes back from being folded: no two spaces meet, and all of it can be shown."""
    return not re.search(r"^ | $| {2}|\n", text) and _shows(text)


def folded(text: str, width: int) -> list[str]:
    """The lines of such a text, with no number and no § at the end of a line that belongs to the next one."""
    rows = wrap(_TOGETHER.sub(_GLUE, text), max(40, width), break_long_words=False, break_on_hyphens=False)
    return [row.replace(_GLUE, " ") for row in rows]


_TOGETHER = re.compile(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))|(?<=§) (?=[0-9])")
_GLUE = "\ue000"
"""A character that no text that can be shown has."""


def _shows(text: str) -> bool:
    return all(character.isprintable() or character in _SHOWN for character in text)


_SHOWN = "\n\u00a0\u202f"
"""The end of a line, and the spaces that keep a number together."""


def _block(text: str, column: int, style: Style) -> tuple[str, list[str]]:
    """A text in a block: the sign that begins it, and its lines. What no block can hold stands in quotation marks."""
    if style.blocks and "\n" not in text and _can_fold(text):
        return ">-", [f"{' ' * column}{row}" for row in folded(text, style.width - column)]
    body = text.removesuffix("\n")
    rows = body.split("\n")
    if not style.blocks or not _shows(text) or not rows[0].strip() or rows[0].startswith(" ") or not rows[-1].strip():
        return scalar(text), []
    return "|" if text.endswith("\n") else "|-", [f"{' ' * column}{row}" if row else "" for row in rows]


_PLAIN = re.compile(r"[^\W\d_]|[^\W_][\w§]|§|[(/.]?[^\W\d_]|[0-9]")
"""How a text may begin that needs no quotation marks."""

_SPECIAL = re.compile(
    r"""y|n|yes|no|on|off|true|false|null|~|[.](inf|nan)|=|<<
    |[-+]?[0-9][0-9_]*([.][0-9_]*)?(e[-+]?[0-9]+)?|0[xo][0-9a-f_]+|[0-9]+(:[0-9]+)+([.][0-9]*)?
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|([0-9]{2}){1,2}-[0-9]{2}""",
    re.IGNORECASE | re.VERBOSE,
)
"""What some reader of YAML takes for something else than text; numbers and dates among it."""


def needs_no_quotes(text: str, *, inline: bool = False) -> bool:
    """Whether every reader of YAML takes the bare words for this text."""
    if not text or not _shows(text) or "\n" in text or text != text.strip() or "\u2028" in text or "\u2029" in text:
        return False
    if _SPECIAL.fullmatch(text) or not _PLAIN.match(text):
        return False
    if ": " in text or " #" in text or text.endswith(":") or text.startswith(("---", "...")):
        return False
    return not (inline and re.search(r"[,\[\]{}?]|:(?=\S)", text))


def _escaped(character: str) -> str:
    """A character of a text in double quotation marks; what is not seen, or ends a line for some reader, as a code."""
    if _shows(character):
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
