"""Blocks → paragraphs, lists, tables, pictures, all before the place for the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from docx.image.image import Image
from docx.shared import Inches, Length, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from iopctl.documents.raster import PER_INCH, png
from iopctl.documents.tree import Block, Heading, Items, Line, Paragraph, Picture, Quote, Table
from iopctl.documents.word.frame import Frame
from iopctl.documents.word.numbering import LEVELS, Numbering, indent, number
from iopctl.documents.word.tables import add_table
from iopctl.documents.word.text import Writer

DEEPEST = 6
"""The levels of headings that a reader can jump between everywhere."""

SPACE_AFTER = {Table: Pt(10), Items: Pt(4.5)}
"""Before a paragraph that follows one of these, which end with little space of their own."""


@dataclass
class Blocks:
    """Writes the text, block by block."""

    frame: Frame
    writer: Writer
    numbering: Numbering
    drawings: Mapping[str, str]

    def write(self, blocks: tuple[Block, ...], style: str = "Body Text", level: int = 0) -> None:
        """The blocks inside `level` lists. A paragraph stays with what it leads up to."""
        for before, block, after in zip((None, *blocks), blocks, (*blocks[1:], None), strict=False):
            if isinstance(before, Table) and isinstance(block, Table):
                self.frame.place.insert_paragraph_before()  # Word makes one table of two that meet
            made = self._block(block, style, level)
            if made is not None and isinstance(block, Paragraph):
                made.paragraph_format.space_before = SPACE_AFTER.get(type(before)) if level == 0 else None
                # under a line there is a name
                leads = _leads_to(block, after) and not isinstance(before, Line)
                made.paragraph_format.keep_with_next = leads or None

    def paragraph(self, style: str, level: int = 0) -> WordParagraph:
        """An empty paragraph inside `level` lists."""
        made = self.frame.place.insert_paragraph_before(style=self.writer.styles[style])
        if level:
            made.paragraph_format.left_indent = indent(level + (style == "Block Text"))
        return made

    def _block(self, block: Block, style: str, level: int) -> WordParagraph | None:
        match block:
            case Heading():
                made = self.paragraph(f"heading {min(block.level, DEEPEST)}")
                self.writer.write(made, block.inlines)
            case Paragraph():
                made = self.paragraph(style, level)
                self.writer.write(made, block.inlines)
                return made
            case Items():
                self._items(block, level)
            case Quote():
                self.write(block.blocks, "Block Text", level)
            case Table():
                width = Length(self.frame.width - indent(level))
                add_table(self.frame.place, block, self.writer, width, indent(level))
            case Line():
                self.paragraph("Underskriftslinje")
            case Picture():
                self._picture(block, level)
        return None

    def _picture(self, block: Picture, level: int) -> None:
        """The picture, as large as it was drawn, or as wide as the text; told in words for who does not see it."""
        drawn = png(self.drawings[block.name])
        width = min(Inches(Image.from_blob(drawn).px_width / PER_INCH), Length(self.frame.width - indent(level)))
        shape = self.paragraph("Body Text", level).add_run().add_picture(BytesIO(drawn), width)
        shape._inline.docPr.set("descr", block.description)

    def _items(self, items: Items, level: int) -> None:
        """The items; one that begins with something else than words has its number in a line of its own."""
        at = min(level, LEVELS - 1)
        ordered = None if items.first is None else self.numbering.ordered(at, items.first)
        for item in items.items:
            first, rest = (item[0], item[1:]) if item and isinstance(item[0], Paragraph) else (Paragraph(()), item)
            made = self.paragraph("List Bullet" if ordered is None else "List Number")
            made.paragraph_format.keep_with_next = (bool(rest) and _leads_to(first, rest[0])) or None
            if ordered is None:
                self.numbering.bullet(made, at)
            else:
                number(made, ordered, at)
            self.writer.write(made, first.inlines)
            self.write(rest, "List Continue", level + 1)


def _leads_to(block: Block, after: Block | None) -> bool:
    """Whether a paragraph belongs to what follows: a line to sign on, or what it ends with a colon before."""
    if not isinstance(block, Paragraph) or after is None:
        return False
    return isinstance(after, Line) or block.leads
