"""A document as a tree: what its parts are, once, for every format to be written from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

LANGUAGE = "sv-SE"
"""The language of every document."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they are to be read; what they would mean in some format is for its writer to undo."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that weigh more."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words that are stressed."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address of the web or a mail address."""

    inlines: tuple[Inline, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Break:
    """The next words begin on a new line."""


@dataclass(frozen=True, slots=True)
class Note:
    """A reference to a footnote."""

    label: str


@dataclass(frozen=True, slots=True)
class Fill:
    """What a person has to fill in: `[ATT FYLLA I: diarienummer]`."""

    what: str

    def __str__(self) -> str:
        return f"[ATT FYLLA I: {self.what}]"


Inline: TypeAlias = Text | Strong | Emphasis | Link | Break | Note | Fill


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the document; level 2 is right under the title."""

    level: int
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    inlines: tuple[Inline, ...]

    @property
    def leads(self) -> bool:
        """Whether it ends with a colon, and stands on the same page as what it leads to."""
        return words(self.inlines).rstrip().endswith(":")


@dataclass(frozen=True, slots=True)
class Items:
    """A list; numbered from `first`, or with bullets when that is None."""

    items: tuple[tuple[Block, ...], ...]
    first: int | None = None


Side: TypeAlias = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row; each cell is a line of words."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    sides: tuple[Side, ...]
    """To which side the words of each column stand; numbers to the right."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody else has said, word for word."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """An empty line to write on, for a signature."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One of the document's pictures, and what it shows in words."""

    name: str
    description: str


Block: TypeAlias = Heading | Paragraph | Items | Table | Quote | Line | Picture


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line of the document's head: `Diarienummer: ÄN 2021-14`. Its key names the content control in a Word file."""

    key: str
    label: str
    value: Text | Fill


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a draft comes from, for its document properties."""

    agreement: str
    kind: str
    as_of: date
    version: str
    """The program's."""
    commit: str | None = None
    """The commit that the agreement's file was read at; None outside git."""
    changed: bool = False
    """Whether the file differed from that commit."""
    since: str | None = None
    """The commit that the appendix compares with, where there is one."""

    @property
    def properties(self) -> tuple[tuple[str, str], ...]:
        """By the names that they have in every file: `iopctl.agreement` and so on; what is not known is left out."""
        known = {
            "agreement": self.agreement,
            "kind": self.kind,
            "as_of": self.as_of.isoformat(),
            "version": self.version,
            "commit": self.commit,
            "changed": "true" if self.changed else None,
            "since": self.since,
        }
        return tuple((f"iopctl.{name}", value) for name, value in known.items() if value is not None)

    @property
    def sentence(self) -> str:
        """The same for a reader, in short."""
        return f"Utkast från iopctl {self.version} ur {self.agreement}, med det som är känt {self.as_of}"


@dataclass(frozen=True, slots=True)
class Document:
    """A draft."""

    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    origin: Origin
    head: tuple[HeadLine, ...] = ()
    notes: Mapping[str, tuple[Inline, ...]] = field(default_factory=dict)
    """The footnotes by their labels, those that the text refers to, in the order in which it does."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    """The pictures that the text shows, as SVG, by name."""

    @property
    def missing(self) -> tuple[str, ...]:
        """What is still to be filled in, each once, in the order in which it stands."""
        found = [each.what for each in _inlines(self) if isinstance(each, Fill)]
        return tuple(dict.fromkeys(found))


def words(inlines: tuple[Inline, ...]) -> str:
    """Only the words, for a title or a property."""
    return "".join(map(_word, inlines))


def _word(inline: Inline) -> str:
    match inline:
        case Text():
            return inline.text
        case Strong() | Emphasis() | Link():
            return words(inline.inlines)
        case Fill():
            return str(inline)
        case Break():
            return " "
        case Note():
            return ""


def inlines_of(block: Block) -> Iterator[Inline]:
    """Everything that stands inside a block, in order; what stands inside an inline follows it."""
    match block:
        case Heading() | Paragraph():
            yield from _within(block.inlines)
        case Items():
            yield from (each for item in block.items for part in item for each in inlines_of(part))
        case Quote():
            yield from (each for part in block.blocks for each in inlines_of(part))
        case Table():
            yield from (each for row in (block.header, *block.rows) for cell in row for each in _within(cell))
        case Line() | Picture():
            return


def pictures_of(blocks: tuple[Block, ...]) -> Iterator[Picture]:
    """Every picture in the blocks and inside them."""
    for block in blocks:
        match block:
            case Picture():
                yield block
            case Items():
                yield from (each for item in block.items for each in pictures_of(item))
            case Quote():
                yield from pictures_of(block.blocks)


def _within(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    for inline in inlines:
        yield inline
        if isinstance(inline, Strong | Emphasis | Link):
            yield from _within(inline.inlines)


def _inlines(document: Document) -> Iterator[Inline]:
    for line in document.head:
        yield line.value
    yield from _within(document.title)
    for block in document.blocks:
        yield from inlines_of(block)
    for note in document.notes.values():
        yield from _within(note)
