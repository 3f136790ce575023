"""The values of a draft that have names: its title, and the lines of its head."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.parser import OxmlElement
from docx.shared import RGBColor
from docx.text.run import Run

from iopctl.documents.tree import Document, Fill, Inline, words
from iopctl.documents.word.frame import folded
from iopctl.documents.word.package import Element

TITLE = "rubrik"

TAGS = {"unit": "forvaltning", "date": "datum", "dnr": "dnr", "case_officer": "handlaggare", "receiver": "mottagare"}
"""The names of the controls, which case systems read, by the keys of the head's lines."""


@dataclass(frozen=True)
class Field:
    """A value with a name."""

    tag: str
    label: str
    inlines: tuple[Inline, ...]

    def goes_by(self, shown: str | None) -> bool:
        """Whether a control or placeholder with this name asks for it."""
        return folded(shown or "") in (self.tag, folded(self.label))

    @property
    def open(self) -> bool:
        """Whether all of it is still to be filled in."""
        return all(isinstance(each, Fill) for each in self.inlines)

    def runs(self, look: Element | None) -> list[Element]:
        """The value in a place of the frame's, with the look (w:rPr) that the place has: words, and what is missing."""
        return [_run(inline, look) for inline in self.inlines]

    def __str__(self) -> str:
        return words(self.inlines)


def fields_of(document: Document) -> tuple[Field, ...]:
    """The title, and the lines of the head."""
    lines = (Field(TAGS.get(line.key, line.key), line.label, (line.value,)) for line in document.head)
    return (Field(TITLE, "Rubrik", document.title), *lines)


def mark(run: Run) -> None:
    """Makes what a person has to fill in seen; its brackets say the same without colours."""
    run.font.bold = True
    run.font.color.rgb = RGBColor(0, 0, 0)
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _run(inline: Inline, look: Element | None) -> Element:
    made: Element = OxmlElement("w:r")
    if look is not None:
        made.append(copy.deepcopy(look))
    made.text = words((inline,))
    if isinstance(inline, Fill):
        mark(Run(made, None))  # type: ignore[arg-type]  # its look needs no part
    return made
