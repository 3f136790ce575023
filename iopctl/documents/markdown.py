"""Tree → Markdown: the draft as plain text that reads well as it is, and the way data enters a template."""

from __future__ import annotations

import re
import unicodedata

from iopctl.documents.tree import (
    Block,
    Break,
    Document,
    Emphasis,
    Fill,
    Heading,
    Inline,
    Items,
    Line,
    Link,
    Note,
    Paragraph,
    Picture,
    Quote,
    Strong,
    Table,
    Text,
)

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LEADING = re.compile(r"^( *)(?:([#+=-])|([0-9]+)([.)]))")


def escape(text: str) -> str:
    """Words as they are to be read, whatever they would mean in Markdown; on one line, for they may stand in a list."""
    escaped = _ENTITY.sub(r"\\&", _SPECIAL.sub(r"\\\1", one_line(text)))
    return _LEADING.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}", escaped
    )


def one_line(text: str) -> str:
    """The text on one line, without what no format can carry; a no-break space stays."""
    return re.sub("[ \t\r\n\f\v]+", " ", visible(text))


def visible(text: str) -> str:
    """The text with marks that turn the direction of reading, and control characters, made visible: `[U+202E]`.

    A bidi mark would let a figure be read otherwise than it is stored (Unicode TR 36); no format can carry the others.
    """
    return "".join(f"[U+{ord(each):04X}]" if _hidden(each) else each for each in text)


def _hidden(character: str) -> bool:
    if character in "\t\n\r\f\v":
        return False
    return unicodedata.category(character) in ("Cc", "Cs") or character in _DIRECTION or character in "\ufffe\uffff"


_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""The characters that Unicode TR 9 counts as explicit formatting of direction."""


def markdown(document: Document) -> str:
    """The draft as Markdown: its head, title, text and footnotes, each paragraph on a line of its own.

    A picture is told in words. The origin is the front matter.
    """
    parts = [
        _origin(document),
        _head(document),
        f"# {inlines(document.title)}",
        blocks(document.blocks),
        _notes(document),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _origin(document: Document) -> str:
    origin = document.origin
    lines = [f"agreement: {origin.agreement}", f"kind: {origin.kind}", f"as_of: {origin.as_of}"]
    if origin.commit:
        lines += [f"commit: {origin.commit}", *(["changed: true"] if origin.changed else [])]
    if origin.since:
        lines.append(f"since: {origin.since}")
    return "\n".join(["---", *lines, f"iopctl: {origin.version}", "---"])


def _head(document: Document) -> str:
    return "  \n".join(f"{escape(line.label)}: {inlines((line.value,))}" for line in document.head)


def _notes(document: Document) -> str:
    return "\n".join(f"[^{label}]: {inlines(note)}" for label, note in document.notes.items())


def blocks(parts: tuple[Block, ...]) -> str:
    """The blocks as Markdown, an empty line between them."""
    return "\n\n".join(_block(part) for part in parts)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {inlines(block.inlines)}"
        case Paragraph():
            return inlines(block.inlines)
        case Items():
            return _items(block)
        case Quote():
            return _indented(blocks(block.blocks), "> ", "> ")
        case Table():
            return _table(block)
        case Line():
            return "***"
        case Picture():
            return f"*{escape(block.description)}*"


def _items(block: Items) -> str:
    loose = any(len(item) > 1 and not isinstance(item[1], Items) for item in block.items)
    found = []
    for number, item in enumerate(block.items, block.first or 0):
        mark = "- " if block.first is None else f"{number}. "
        tight = "\n" if not loose else "\n\n"
        found.append(_indented(tight.join(_block(each) for each in item), mark, " " * len(mark)))
    return ("\n\n" if loose else "\n").join(found)


def _indented(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    return "\n".join(f"{others if number else first}{line}".rstrip() for number, line in enumerate(lines))


def _table(block: Table) -> str:
    rows = [[inlines(cell) for cell in row] for row in (block.header, *block.rows)]
    widths = [max(3, *(len(row[column]) for row in rows)) for column in range(len(block.header))]
    rule = [
        f"{'-' * (width - 1)}{':' if side == 'right' else '-'}" for width, side in zip(widths, block.sides, strict=True)
    ]
    padded = [
        [
            cell.rjust(width) if side == "right" else cell.ljust(width)
            for cell, width, side in zip(row, widths, block.sides, strict=True)
        ]
        for row in rows
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in [padded[0], rule, *padded[1:]])


def inlines(parts: tuple[Inline, ...]) -> str:
    """The inlines as Markdown, on one line but for line breaks that are meant."""
    return "".join(_inline(part) for part in parts)


def _inline(part: Inline) -> str:
    match part:
        case Text():
            return escape(part.text)
        case Strong():
            return f"**{inlines(part.inlines)}**"
        case Emphasis():
            return f"*{inlines(part.inlines)}*"
        case Link():
            address = part.address.replace("(", "%28").replace(")", "%29")
            return f"[{inlines(part.inlines)}]({address})"
        case Break():
            return "  \n"
        case Note():
            return f"[^{part.label}]"
        case Fill():
            return f"**{_fill(part)}**"


def _fill(part: Fill) -> str:
    return f"[ATT FYLLA I: {escape(part.what)}]"
