"""A draft as it came back: its paragraphs in order, and where each of their characters stands in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from iopctl.finding import Excerpt, Label, Message
from iopctl.source import Text

BlockKind = Literal["heading", "paragraph", "item", "cell", "note", "edge"]
"""edge: what a Word file repeats at the top or the bottom of its pages."""


@dataclass(frozen=True, slots=True)
class Target:
    """Words of a paragraph that lead somewhere."""

    start: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, an item of a list or a cell of a table, as plain words."""

    kind: BlockKind
    text: str
    offsets: Sequence[int]
    """Where each character stands in the text of the file."""
    level: int = 0
    """Of a heading; 1 is the title."""
    numbered: bool = False
    bold: bool = False
    """Whether every word is bold."""
    targets: tuple[Target, ...] = ()
    struck: tuple[tuple[int, int], ...] = ()
    """Which words are crossed out, by their first character and the one after the last."""
    notes: tuple[tuple[int, str], ...] = ()
    """Which footnotes it refers to, and after how many characters."""
    note: str = ""
    """The footnote that it is the text of, by the same name."""
    row: int = 0
    """The row of a table that a cell is in; every row has a number of its own."""

    @property
    def plain(self) -> str:
        """The words with single ordinary spaces, to be compared with others."""
        return " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the next heading of the same level or a higher one."""

    heading: Block
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Paper:
    """A draft that has been read."""

    text: Text
    blocks: tuple[Block, ...]
    origin: Mapping[str, str] = field(default_factory=dict)
    """What the file says about where it comes from, by the names that render writes: agreement, kind, as_of."""

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Every heading below the title, with what stands under it."""
        found = []
        for number, block in enumerate(self.blocks):
            if block.kind == "heading" and block.level > 1:
                following = self.blocks[number + 1 :]
                stop = (place for place, each in enumerate(following) if _ends(each, block.level))
                found.append(Section(block, following[: next(stop, len(following))]))
        return tuple(found)

    @cached_property
    def head(self) -> tuple[Block, ...]:
        """What stands before the first section, the title apart, and at the edges of the pages."""
        found = []
        for block in self.blocks:
            if block.kind == "heading" and block.level > 1:
                break
            found += [] if block.kind == "heading" else [block]
        return (*found, *(each for each in self.blocks if each.kind == "edge" and each not in found))

    def label(
        self, block: Block, start: int = 0, end: int | None = None, message: Message | None = None, hidden: bool = False
    ) -> Label:
        """Points at words of a paragraph; at all of them when no end is given."""
        offsets = block.offsets
        if not offsets:
            return Label(self.text.span(0, 0), message)
        end = len(offsets) if end is None else end
        first = offsets[min(start, len(offsets) - 1)]
        return Label(self.text.span(first, offsets[max(start, end - 1)] + 1), message, hidden=hidden)


def _ends(block: Block, level: int) -> bool:
    return (block.kind == "heading" and block.level <= level) or block.kind in ("note", "edge")


class Paragraphs(Text):
    """The text of a Word file, a paragraph on each line: a place in it is a paragraph, with the heading above it."""

    def __init__(self, file: str, text: str, headings: Sequence[str]) -> None:
        super().__init__(file, text)
        self._headings = headings

    def excerpt(self, label: Label) -> Excerpt:
        """The paragraph that a label points at."""
        found = super().excerpt(label)
        number = found.span.line - 1
        heading = self._headings[number] if number < len(self._headings) else ""
        return Excerpt(found.file, found.span, found.text, found.message, heading)
