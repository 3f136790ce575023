"""Tables: the header row comes again on each page, no row is divided, and each column is as wide as its words need."""

from __future__ import annotations

from collections.abc import Sequence

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.shared import Length, Pt, Twips
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from iopctl.documents.tree import Fill, Strong, Table, words
from iopctl.documents.word.package import w
from iopctl.documents.word.text import Writer

LETTER = 115
"""Twentieths of a point: somewhat more than a letter of eleven points takes."""

PADDING = 300
"""The same, on both sides of the words in a cell."""

GUTTER = Pt(4)
"""Between a number and the words of the next column, beside what each cell has."""

TOGETHER = 12
"""Rows. A table this short stays on one page."""


def add_table(place: Paragraph, block: Table, writer: Writer, width: Length, indent: Length) -> None:
    """The table, as wide as the text, before a paragraph."""
    rows = [block.header, *block.rows]
    made = WordTable(CT_Tbl.new_tbl(len(rows), len(block.header), width), place.part)
    place._p.addprevious(made._tbl)
    widths = column_widths([list(map(words, row)) for row in rows], block.sides, round(width.twips))
    _form(made, writer, widths, indent)
    for number, (row, shown) in enumerate(zip(made.rows, rows, strict=True)):
        row._tr.get_or_add_trPr().extend([w("cantSplit"), *([w("tblHeader")] if number == 0 else [])])
        for column, (cell, inlines) in enumerate(zip(row.cells, shown, strict=True)):
            cell.width = Twips(widths[column])
            (paragraph,) = cell.paragraphs
            paragraph.style = writer.styles["Tabelltext"]
            paragraph.paragraph_format.keep_with_next = number == 0 or (number < len(block.rows) <= TOGETHER) or None
            if block.sides[column] == "right":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                paragraph.paragraph_format.right_indent = GUTTER if column + 1 < len(widths) else None
            plain = number or all(isinstance(each, Fill) for each in inlines)
            writer.write(paragraph, inlines if plain else (Strong(inlines),))


def _form(made: WordTable, writer: Writer, widths: Sequence[int], indent: Length) -> None:
    made.style, made.autofit = writer.styles["Dokumenttabell"], False
    for column, size in zip(made.columns, widths, strict=True):
        column.width = Twips(size)
    properties = made._tbl.tblPr
    whole, look = properties.find(qn("w:tblW")), properties.find(qn("w:tblLook"))
    whole.set(qn("w:type"), "dxa")
    whole.set(qn("w:w"), str(sum(widths)))
    look.set(qn("w:firstColumn"), "0")
    look.set(qn("w:val"), "0420")
    if indent:
        properties.insert_element_before(w("tblInd", w=round(indent.twips), type="dxa"), "w:tblLayout", "w:tblLook")


def column_widths(rows: Sequence[Sequence[str]], sides: Sequence[str], width: int) -> list[int]:
    """The width of each column, together the whole: first its longest word, then room for its longest line.

    What stands to the right is a number, and is not divided. What is left over goes to all in proportion; where there
    is too little for the longest words they share it so.
    """
    columns = list(zip(*rows, strict=True))
    whole = [PADDING + LETTER * max(map(len, column)) for column in columns]
    if sum(whole) <= width:
        return _shared(width, whole)
    # a no-break space holds words together, so only an ordinary space is a place to break
    words_ = [PADDING + LETTER * max(len(word) for cell in column for word in cell.split(" ")) for column in columns]
    least = [all_ if side == "right" else word for all_, word, side in zip(whole, words_, sides, strict=True)]
    if sum(least) >= width:
        return _shared(width, least)
    more = [min(size, width) - word for size, word in zip(whole, least, strict=True)]
    room = _shared(width - sum(least), more)
    return [word + extra for word, extra in zip(least, room, strict=True)]


def _shared(width: int, weights: Sequence[int]) -> list[int]:
    """The width divided in proportion, to the last twentieth of a point."""
    shares = [width * weight // sum(weights) for weight in weights]
    shares[0] += width - sum(shares)
    return shares
