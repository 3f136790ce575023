"""Named content controls, which python-docx does not know: those of the frame are filled, and ours are made."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from iopctl.documents.word.binding import bound
from iopctl.documents.word.fields import Field
from iopctl.documents.word.frame import Frame
from iopctl.documents.word.package import Element, w

_ID = f".//{qn('w:sdtPr')}/{qn('w:id')}"
_NAMES = [f"{qn('w:sdtPr')}/{qn(each)}" for each in ("w:tag", "w:alias")]

_NOT_WORDS = {
    *("picture", "group", "docPartObj", "docPartList", "bibliography", "equation", "checkbox", "repeatingSection"),
}
"""Kinds of controls that hold something else than words."""

_ORDER = ("rPr", "alias", "tag", "id", "lock", "placeholder", "temporary")
"""What comes before w:showingPlcHdr in a control's properties (ISO/IEC 29500-1, 17.5.2.38)."""


class Controls:
    """Makes content controls with numbers that nothing else in the file has."""

    def __init__(self, frame: Frame) -> None:
        taken = {each.get(qn("w:val")) for part in frame.parts for each in part.element.iterfind(_ID)}
        self._free = (each for each in itertools.count(1) if str(each) not in taken)

    def around(self, field: Field, runs: Sequence[Element]) -> Element:
        """A control of this name around runs; where all is to be filled in, what is written takes its place."""
        properties = w("sdtPr", w("alias", val=field.label), w("tag", val=field.tag), w("id", val=next(self._free)))
        if field.open:
            properties.append(w("showingPlcHdr"))
        properties.append(w("richText"))  # LibreOffice makes forms of plain ones in a PDF, and forgets how they look
        return w("sdt", properties, w("sdtContent", *runs))

    @contextmanager
    def inside(self, field: Field, paragraph: Paragraph) -> Iterator[None]:
        """A control of this name around what is now added to a paragraph."""
        before = len(paragraph._p)
        yield
        paragraph._p.append(self.around(field, paragraph._p[before:]))


def asked_for(root: Element, fields: Sequence[Field]) -> Iterator[tuple[Element, Field]]:
    """The controls of a part that have the name of a field, as their tag or as their title."""
    for control in root.iter(qn("w:sdt")):
        names = [each.get(qn("w:val")) for path in _NAMES for each in control.findall(path)]
        field = next((field for shown in names for field in fields if field.goes_by(shown)), None)
        if field is not None:
            yield control, field


def fill(frame: Frame, control: Element, field: Field) -> bool:
    """Writes a value into a control with the look of what stood there; whether it is one for words.

    What is not known leaves the control as it is when it is bound to data that say something: the case system knows.
    """
    properties, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
    kinds = {each.tag.rpartition("}")[2] for each in properties.iterchildren("*")}
    if content is None or kinds & _NOT_WORDS:
        return False
    paragraph = next(content.iter(qn("w:p")), None)
    if paragraph is None and content.find(qn("w:tr")) is not None:
        return False
    data = bound(frame.document, properties)
    if data is not None:
        if field.open and data.words.strip():
            return True
        data.write(str(field))
    runs = field.runs(_look(properties, content))
    if paragraph is None:
        content[:] = runs
    else:
        _only(paragraph, content)
        paragraph.clear_content()
        paragraph.extend(runs)
    _show(properties, field)
    return True


def _look(properties: Element, content: Element) -> Element | None:
    """The look of the control's words; words that only ask for something have a look that is not meant to stay."""
    first, asking = next(content.iter(qn("w:r")), None), properties.find(qn("w:showingPlcHdr"))
    asks = asking is not None and asking.get(qn("w:val")) not in ("0", "false", "off")
    return (properties if asks or first is None else first).find(qn("w:rPr"))


def _only(paragraph: Element, content: Element) -> None:
    """Takes away the other paragraphs of a control; a cell keeps its form."""
    inside = paragraph
    while inside is not content:
        around = inside.getparent()
        for each in [each for each in around if each is not inside and each.tag not in (qn("w:tcPr"), qn("w:sdtPr"))]:
            around.remove(each)
        inside = around


def _show(properties: Element, field: Field) -> None:
    for asking in properties.findall(qn("w:showingPlcHdr")):
        properties.remove(asking)
    if field.open:
        earlier = [at for at, each in enumerate(properties) if each.tag in {qn(f"w:{local}") for local in _ORDER}]
        properties.insert(earlier[-1] + 1 if earlier else 0, w("showingPlcHdr"))
    day = properties.find(qn("w:date"))
    if day is not None:
        day.attrib.pop(qn("w:fullDate"), None)
        if _is_day(str(field)):
            day.set(qn("w:fullDate"), f"{field}T00:00:00Z")


def _is_day(words: str) -> bool:
    try:
        return date.fromisoformat(words).isoformat() == words
    except ValueError:
        return False
