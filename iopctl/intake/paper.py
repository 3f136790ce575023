"""A paper as it was written: its paragraphs in order, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from iopctl.finding import Message

Kind = Literal["heading", "paragraph", "item", "row", "note", "edge"]
"""row: the cells of a table's row. edge: what is repeated at the top or the bottom of pages."""

STRUCK = re.compile(r"~~(.+?)~~", re.DOTALL)
REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")
"""How crossed-out words, and the number of a footnote, stand in a paragraph's text."""


class UnreadableError(Exception):
    """A file that no paper can be made of; says why."""

    def __init__(self, reason: Message, help_: Message | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.help = help_


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: a paragraph by its number, and its page or its line where the file has such."""

    paragraph: int
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words with their place. Crossed-out words are in ~~ ~~, and the number of a footnote is `[^1]`."""

    kind: Kind
    text: str
    place: Place
    level: int = 0
    """Of a heading that the file marks as one: 1 is the title. 0: it only looks like a heading."""
    bold: bool = False
    note: str = ""
    """The number of the footnote that this is the text of."""

    @property
    def said(self) -> str:
        """The words that count: neither crossed out nor numbers of footnotes."""
        return " ".join(REFERENCE.sub("", STRUCK.sub(" ", self.text)).split())

    @property
    def notes(self) -> tuple[str, ...]:
        """The footnotes it refers to."""
        return tuple(REFERENCE.findall(self.text))


@dataclass(frozen=True)
class Paper:
    """A file that has been read."""

    file: str
    paragraphs: tuple[Paragraph, ...]
    remarks: tuple[Message, ...] = field(default=())
    """What a person should know about how it was read: the encoding that was found, for example."""
