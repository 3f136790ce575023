"""The municipality's Word file: where the text goes, and what is seen on its first page."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.parts.story import StoryPart
from docx.section import Section
from docx.shared import Inches, Length, Twips
from docx.text.paragraph import Paragraph

from iopctl.documents.word.package import Element, opened, readable, related
from iopctl.finding import say
from iopctl.word_file import WordFileError

MARKER = "innehall"
SHOWN = "{{ innehåll }}"
"""Where the text goes."""

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")

A4_WIDTH, MARGIN = Twips(11906), Twips(1418)
"""For a frame that says nothing about its page."""

WIDEST = Inches(22)
"""Word has no wider page."""


def folded(words: str) -> str:
    """A name as it is compared: small letters, å and ä as a, ö as o."""
    return "".join(each for each in unicodedata.normalize("NFKD", words.lower()) if not unicodedata.combining(each))


@dataclass(frozen=True)
class Frame:
    """A frame, ready to be filled."""

    document: Document
    place: Paragraph
    """An empty paragraph; the text goes before it."""
    width: Length
    """How wide the text is there."""
    parts: tuple[StoryPart, ...]
    """The main part, the headers and the footers."""
    first_page: tuple[StoryPart, ...]
    """Those that are seen on the first page. What stands on the following ones only is seen too late."""

    @classmethod
    def opened(cls, file: bytes) -> Frame:
        """Raises WordFileError when the file is none, or has not one place for the text."""
        document = opened(file)
        with readable():
            if document.element.body is None:
                raise WordFileError(say("the file is not a Word file"))
            place, main = _place(document), document.part
            around = [*related(main, RT.HEADER), *related(main, RT.FOOTER)]
            parts = (main, *(each for each in around if isinstance(each, StoryPart)))
            return cls(document, place, _width(document, place), parts, (main, *_on_the_first_page(document)))

    def finish(self) -> None:
        """Takes the empty paragraph away, unless Word needs it: after a table, or to end a section."""
        p = self.place._p
        before, after = p.getprevious(), p.getnext()
        between = before is not None and before.tag == qn("w:tbl") and (after is None or after.tag != qn("w:p"))
        if not between and not p.xpath("./w:pPr/w:sectPr"):
            p.getparent().remove(p)


def _place(document: Document) -> Paragraph:
    body = document.element.body
    found = [each for each in body.iter(qn("w:p")) if MARKER in map(folded, PLACEHOLDER.findall(words_of(each)))]
    if len(found) > 1:
        raise WordFileError(say("the file has more than one place for the text, {marker}", marker=SHOWN))
    if not found:
        return _end(document)
    (p,) = found
    if not PLACEHOLDER.fullmatch(words_of(p).strip()):
        raise WordFileError(say("{marker} has to stand in a paragraph of its own", marker=SHOWN))
    p.clear_content()
    return Paragraph(p, document.part)


def _end(document: Document) -> Paragraph:
    """Where somebody would go on writing: in the empty paragraph that Word's files end with, or after the last."""
    last = document.element.body.xpath("./*[not(self::w:sectPr)][last()][self::w:p][not(./*[not(self::w:pPr)])]")
    if last and not last[0].xpath("./w:pPr/w:sectPr"):
        return Paragraph(last[0], document.part)
    return document.add_paragraph()


def _width(document: Document, place: Paragraph) -> Length:
    """That of the section that the text goes into, which is described where it ends."""
    p = place._p
    found = p.xpath("./w:pPr/w:sectPr | ./following::w:sectPr") or p.xpath("./preceding::w:sectPr")
    if not found:
        return Length(A4_WIDTH - 2 * MARGIN)
    section = Section(found[0], document.part)
    margins = (section.left_margin, section.right_margin, section.gutter or 0)
    width = (section.page_width or A4_WIDTH) - sum(MARGIN if each is None else each for each in margins)
    return Length(width if 0 < width < WIDEST else A4_WIDTH - 2 * MARGIN)


def _on_the_first_page(document: Document) -> list[StoryPart]:
    section = next(iter(document.sections), None)
    if section is None:
        return []
    first = section.different_first_page_header_footer
    header, footer = (
        (section.first_page_header, section.first_page_footer) if first else (section.header, section.footer)
    )
    return [each.part for each in (header, footer) if not each.is_linked_to_previous]


def words_of(paragraph: Element) -> str:
    """The words of a paragraph, however Word has divided them; not those of a text box inside it."""
    return "".join(each.text or "" for each in texts_of(paragraph))


def texts_of(paragraph: Element) -> list[Element]:
    """The elements that hold the paragraph's own words."""
    texts = (each for each in paragraph.iter(qn("w:t")) if each.getparent().tag == qn("w:r"))
    return [each for each in texts if next(each.iterancestors(qn("w:p"))) is paragraph]
