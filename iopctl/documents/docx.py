"""Tree → Word: the draft poured into the municipality's own Word file."""

from __future__ import annotations

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from iopctl.documents.tree import Document
from iopctl.documents.word import placeholders, properties
from iopctl.documents.word.blocks import Blocks
from iopctl.documents.word.controls import Controls, asked_for, fill
from iopctl.documents.word.fields import TITLE, Field, fields_of
from iopctl.documents.word.frame import Frame
from iopctl.documents.word.notes import Footnotes
from iopctl.documents.word.numbering import Numbering
from iopctl.documents.word.package import readable, saved
from iopctl.documents.word.styles import Styles
from iopctl.documents.word.text import Writer


def file(document: Document, frame: bytes) -> bytes:
    """The draft as a Word document: everything that the frame has, with the text and the values in their places.

    Raises WordFileError when the frame is not a Word file that can be filled.
    """
    opened = Frame.opened(frame)
    with readable():
        styles = Styles(opened.document)
        footnotes = Footnotes(opened.document, opened.place, styles)
    properties.write(opened.document, document)  # before what is bound to them is filled in
    numbering = Numbering(opened.document, styles)
    blocks = Blocks(opened, Writer(styles, footnotes, document.notes), numbering, document.pictures)
    controls = Controls(opened)
    fields = fields_of(document)
    placed = _fill(opened, fields, controls)
    for field in fields:
        if field.tag not in {TITLE, *placed}:
            _write(field, f"{field.label}:\t", "Dokumenthuvud", blocks, controls)
    if TITLE in placed:
        _head_for_title(opened, styles)
    else:
        _write(fields[0], "", "heading 1", blocks, controls)
    blocks.write(document.blocks)
    opened.finish()
    return saved(opened.document)


def _fill(frame: Frame, fields: tuple[Field, ...], controls: Controls) -> frozenset[str]:
    """Fills the frame's own places; the tags of those that are seen on the first page, and need no line of ours.

    The title is a heading that a reader goes to, so only a place in the text itself is one for it.
    """
    seen: set[str] = set()
    for part in frame.parts:
        asking = list(asked_for(part.element, fields))
        found = placeholders.replace(part.element, fields, controls)
        found |= {field.tag for control, field in asking if fill(frame, control, field)}
        if part in frame.first_page:
            seen |= found if part is frame.document.part else found - {TITLE}
    return frozenset(seen)


def _head_for_title(frame: Frame, styles: Styles) -> None:
    """Makes the title's paragraph a heading where its style does not, as Word's own style Title.

    Nobody could go to it otherwise, with a screen reader or in Word's list of headings.
    """
    root = frame.document.element
    controls = (control for control, _field in asked_for(root, (Field(TITLE, "Rubrik", ()),)))
    places = [[*control.iterancestors(qn("w:p")), *control.iter(qn("w:p"))] for control in controls]
    paragraphs = [Paragraph(place[0], frame.document.part) for place in places if place]
    if paragraphs and not any(styles.outlines(each) for each in paragraphs):
        paragraphs[0]._p.get_or_add_pPr().get_or_add_outlineLvl().val = 0


def _write(field: Field, label: str, style: str, blocks: Blocks, controls: Controls) -> None:
    """The title, or a line of the head: `Diarienummer:  ÄN 2021-14`."""
    paragraph = blocks.paragraph(style)
    if label:
        paragraph.add_run(label)
    with controls.inside(field, paragraph):
        blocks.writer.write(paragraph, field.inlines)
