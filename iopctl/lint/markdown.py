"""A draft in Markdown → paper. Nothing is refused: somebody has edited it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from iopctl.documents.parse import tokens
from iopctl.lint.paper import Block, BlockKind, Paper, Target
from iopctl.source import Source, Text

if TYPE_CHECKING:
    from markdown_it.token import Token

_SPACE = re.compile(r"\s")
_FRONT = re.compile(r"---\r?\n(.*?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def read_markdown(file: str, text: str) -> Paper:
    """The paragraphs of a Markdown text and, from its front matter, where it comes from."""
    front = _FRONT.match(text)
    body = front.end() if front else 0
    origin = _origin(file, front[1]) if front else {}
    hidden = re.sub(r"[^\n]", " ", text[:body])  # so that lines and offsets stay true
    return Paper(Text(file, text), tuple(_blocks(hidden + text[body:])), origin)


def _origin(file: str, front: str) -> dict[str, str]:
    values = Source(file, front).values
    return {str(key): str(value) for key, value in values.items()} if isinstance(values, dict) else {}


def _blocks(text: str) -> Iterator[Block]:
    normal = text.replace("\x00", " ")
    starts = [0]
    for line in re.finditer("\r\n|\n|\r", normal):  # as the parser counts lines
        starts.append(line.end())
    starts.append(len(normal))
    found = list(tokens(normal, re.findall(r"\[\^([^\]\s]+)\]", normal)))
    around: list[str] = []
    at = 0
    for number, token in enumerate(found):
        if token.nesting == 1:
            around.append(token.type)
        elif token.nesting == -1 and around:
            around.pop()
        if token.type == "inline" and token.map:
            first, last = starts[token.map[0]], starts[min(token.map[1], len(starts) - 1)]
            at = max(first, at if at < last else first)  # the cells of a row share its line
            words = _words(normal, at, last, token.children or ())
            if words.text:  # an empty cell says nothing
                yield _block(words, around, found[number - 1])
            at = (words.offsets[-1] + 1) if words.offsets else at


class _Words(NamedTuple):
    """The plain words of a paragraph."""

    text: str
    offsets: list[int]
    targets: tuple[Target, ...]
    bold: bool


def _block(words: _Words, around: Sequence[str], opening: Token) -> Block:
    kind: BlockKind = "paragraph"
    level, numbered = 0, False
    if opening.type == "heading_open":
        kind, level = "heading", int(opening.tag[1])
    elif "footnote_reference_open" in around:
        kind = "note"
    elif "table_open" in around:
        kind = "cell"
    elif "list_item_open" in around:
        kind = "item"
        lists = [each for each in around if each.endswith("_list_open")]
        numbered = lists[-1] == "ordered_list_open"
    return Block(kind, words.text, words.offsets, level, numbered, words.bold, words.targets)


def _words(text: str, at: int, last: int, children: Sequence[Token]) -> _Words:
    """The words of the children, with each character found again in the text between two offsets.

    What stands in the text and not in the words (signs, escapes, addresses) is stepped over.
    """
    found, offsets, targets = "", list[int](), list[Target]()
    opened: list[tuple[int, str]] = []
    strong, bold = 0, True
    for child in children:
        strong += {"strong_open": 1, "strong_close": -1}.get(child.type, 0)
        if child.type == "link_open":
            opened.append((len(found), str(child.attrs["href"])))
        elif child.type == "link_close" and opened:
            start, address = opened.pop()
            targets.append(Target(start, len(found), address))
            closing = re.compile(r"\]\([^)\n]*\)").match(text, at)
            at = closing.end() if closing else at
        piece = " " if child.type in ("softbreak", "hardbreak") else child.content
        bold = bold and bool(strong or not piece.strip())
        for character in piece:
            place = _SPACE.search(text, at, last) if character.isspace() else None
            offset = place.start() if place else text.find(character, at, last)
            offsets.append(offset if offset >= 0 else min(at, max(last - 1, 0)))
            at = offsets[-1] + 1
        found += piece
    return _Words(found, offsets, tuple(targets), bold and bool(found.strip()))
