"""Markdown → tree. What a document cannot carry into every format is refused, never dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from iopctl.documents.tree import (
    Block,
    Break,
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
    Side,
    Strong,
    Table,
    Text,
    words,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


DEEPEST = 20
"""Lists in lists, quotes in quotes, weight in weight. The parser leaves out what is nested deeper than it goes."""


class NotCarriedError(Exception):
    """Markdown that a document cannot have; says what kind."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """The blocks of a Markdown text, and the footnotes that it defines itself."""

    blocks: tuple[Block, ...]
    notes: Mapping[str, tuple[Inline, ...]]


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 5 * DEEPEST}).enable("table").use(footnote_plugin)
    # neither code, which no document needs, nor reference definitions, which vanish from the text
    return parser.disable(
        ["footnote_tail", "footnote_inline", "code", "fence", "html_block", "html_inline", "lheading", "reference"]
    )


def parse(markdown: str, labels: Sequence[str] = ()) -> Parsed:
    """The text as blocks. `labels` are the footnotes that are defined elsewhere.

    Raises NotCarriedError for markup that is not among the parts of a document.
    """
    reader = _Reader(_shallow(tokens(markdown, labels)))
    return Parsed(tuple(reader.blocks("")), reader.notes)


def tokens(markdown: str, labels: Sequence[str] = ()) -> list[Token]:
    """The text as the parser takes it apart; a token knows which lines it is made of."""
    return _parser().parse(markdown, {"footnotes": {"refs": {f":{label}": -1 for label in labels}}})


def inline(markdown: str, labels: Sequence[str] = ()) -> tuple[Inline, ...]:
    """A text on one line, such as a footnote, as inlines."""
    env = {"footnotes": {"refs": {f":{label}": -1 for label in labels}}}
    (token,) = _shallow(_parser().parseInline(markdown, env))
    return _inlines(token)


def _shallow(found: list[Token]) -> list[Token]:
    """The tokens, when none of them is nested too deep."""
    inner = (child for token in found for child in token.children or ())
    if any(each.level > DEEPEST for each in (*found, *inner)):
        raise NotCarriedError(f"more than {DEEPEST} levels, one inside the other")
    return found


@dataclass
class _Reader:
    """Walks the parser's flat list of tokens."""

    tokens: Sequence[Token]
    at: int = 0
    notes: dict[str, tuple[Inline, ...]] = field(default_factory=dict)

    def blocks(self, closing: str) -> Iterator[Block]:
        """The blocks up to the closing token."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == closing:
                return
            block = self._block(token)
            if block is not None:
                yield block

    def _block(self, token: Token) -> Block | None:
        match token.type:
            case "heading_open":
                return _heading(int(token.tag[1]), self._words("heading_close"))
            case "paragraph_open":
                return _paragraph(self.tokens[self.at], self._words("paragraph_close"))
            case "bullet_list_open":
                return Items(self._items("bullet_list_close"))
            case "ordered_list_open":
                return Items(self._items("ordered_list_close"), int(token.attrs.get("start", 1)))
            case "blockquote_open":
                return Quote(tuple(self.blocks("blockquote_close")))
            case "hr":
                return Line()
            case "table_open":
                return self._table()
            case "footnote_reference_open":
                self.notes[token.meta["label"]] = _joined(self.blocks("footnote_reference_close"))
                return None
            case other:
                raise NotCarriedError(other.removesuffix("_open"))

    def _words(self, closing: str) -> tuple[Inline, ...]:
        content = self.tokens[self.at]
        self.at += 1
        assert self.tokens[self.at].type == closing
        self.at += 1
        return _inlines(content)

    def _items(self, closing: str) -> tuple[tuple[Block, ...], ...]:
        found = []
        while self.tokens[self.at].type != closing:
            self.at += 1  # list_item_open
            found.append(tuple(self.blocks("list_item_close")))
        self.at += 1
        return tuple(found)

    def _table(self) -> Table:
        rows: list[list[tuple[Inline, ...]]] = []
        sides: list[Side] = []
        while (token := self.tokens[self.at]).type != "table_close":
            self.at += 1
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                if len(rows) == 1:
                    sides.append("right" if "right" in str(token.attrs.get("style", "")) else "left")
                rows[-1].append(_inlines(self.tokens[self.at]))
        self.at += 1
        return Table(tuple(rows[0]), tuple(tuple(row) for row in rows[1:]), tuple(sides))


def _heading(level: int, inlines: tuple[Inline, ...]) -> Heading:
    if not words(inlines).strip():  # nothing to jump to, nor to call the document by
        raise NotCarriedError("heading without words")
    return Heading(level, inlines)


def _paragraph(content: Token, inlines: tuple[Inline, ...]) -> Block:
    """A paragraph; a picture stands by itself."""
    children = content.children or []
    if not any(child.type == "image" for child in children):
        return Paragraph(inlines)
    if len(children) > 1:
        raise NotCarriedError("image inside a paragraph")
    description = "".join(child.content or " " for child in children[0].children or ())
    if not description.strip():
        raise NotCarriedError("image without a description")
    return Picture(str(children[0].attrs["src"]), description)


def _joined(blocks: Iterator[Block]) -> tuple[Inline, ...]:
    """The paragraphs of a footnote as one."""
    found: list[Inline] = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            raise NotCarriedError("footnote with more than paragraphs")
        found += [Break(), *block.inlines] if found else block.inlines
    return tuple(found)


def _inlines(token: Token) -> tuple[Inline, ...]:
    tokens = iter(token.children or ())
    return tuple(_read(tokens, ""))


def _read(tokens: Iterator[Token], closing: str) -> list[Inline]:
    """The inlines up to the closing token; text that the parser has split is one again."""
    found: list[Inline] = []
    text = ""
    for token in tokens:
        if token.type == closing:
            break
        if token.type in ("text", "text_special", "code_inline"):
            text += token.content
        elif token.type == "softbreak":
            text += " "
        else:
            found += [*_filled(text), *_inline(token, tokens)]
            text = ""
    return [*found, *_filled(text)]


def _inline(token: Token, tokens: Iterator[Token]) -> Iterator[Inline]:
    match token.type:
        case "hardbreak":
            yield Break()
        case "footnote_ref":
            yield Note(token.meta["label"])
        case "em_open":
            yield Emphasis(tuple(_read(tokens, "em_close")))
        case "strong_open":
            inner = _read(tokens, "strong_close")
            yield from inner if _only_fills(inner) else [Strong(tuple(inner))]
        case "link_open":
            address = str(token.attrs["href"])
            inner = _read(tokens, "link_close")
            yield from [Link(tuple(inner), address)] if _ADDRESS.match(address) else inner
        case "image":
            yield Text(token.content)  # told apart by _paragraph
        case other:
            raise NotCarriedError(other.removesuffix("_open"))


_ADDRESS = re.compile(r"(https?://|mailto:)[^\s<>]+$")
"""What a link may lead to."""

_FILL = re.compile(r"\[ATT FYLLA I: ([^\[\]]*)\]")


def _filled(text: str) -> Iterator[Inline]:
    """The text, with what is to be filled in told apart."""
    for number, piece in enumerate(_FILL.split(text)):
        if number % 2:
            yield Fill(piece)
        elif piece:
            yield Text(piece)


def _only_fills(inlines: list[Inline]) -> bool:
    return bool(inlines) and all(isinstance(each, Fill) for each in inlines)
