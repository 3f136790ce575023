"""Lists with real numbering: each numbered list begins at its own first number."""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.shared import Length, Twips
from docx.text.paragraph import Paragraph

from iopctl.documents.word.package import Element, highest, part, readable, w
from iopctl.documents.word.styles import Styles

STEP = 397
"""Twentieths of a point, 7 mm: how much further in each level of a list stands."""

LEVELS = 9
"""That many Word has."""

BULLETS = "•–"


class Numbering:
    """The frame's list definitions, and ours beside them. The outermost level looks as the frame's list styles say."""

    def __init__(self, document: Document, styles: Styles) -> None:
        self._document = document
        self._styles = styles
        self._bullets: int | None = None
        self._numbers: int | None = None

    def bullet(self, paragraph: Paragraph, level: int) -> None:
        """Puts a bullet before an item; its style may bring one."""
        if level == 0 and self._styles.numbering("List Bullet") is not None:
            return
        if self._bullets is None:
            shapes = [("bullet", BULLETS[at % len(BULLETS)]) for at in range(LEVELS)]
            self._bullets = int(self._add(self._define(shapes)).numId)
        number(paragraph, self._bullets, level)

    def ordered(self, level: int, first: int) -> int:
        """A new list whose items are numbered from `first`."""
        definition = self._definition_of(self._styles.numbering("List Number")) if level == 0 else None
        if definition is None:
            if self._numbers is None:
                self._numbers = self._define([("decimal", f"%{at + 1}.") for at in range(LEVELS)])
            definition = self._numbers
        made = self._add(definition)
        made.add_lvlOverride(ilvl=level).add_startOverride(first)
        return int(made.numId)

    def _root(self) -> Element:
        source = self._document.part
        return part(source, RT.NUMBERING, "/word/numbering.xml", CT.WML_NUMBERING, w("numbering")).element

    def _definition_of(self, number: int | None) -> int | None:
        with readable():
            found = [each.abstractNumId.val for each in self._root().num_lst if each.numId == number]
        return found[0] if found else None

    def _add(self, definition: int) -> Element:
        with readable():  # the numbers that are taken
            return self._root().add_num(definition)

    def _define(self, shapes: list[tuple[str, str]]) -> int:
        """A new list definition, which has to stand before everything that is numbered by one."""
        root = self._root()
        id_ = highest(root, "w:abstractNum", "w:abstractNumId") + 1
        made = w("abstractNum", w("multiLevelType", val="multilevel"), abstractNumId=id_)
        made.extend(_level(level, *shape) for level, shape in enumerate(shapes))
        root.insert_element_before(made, "w:num", "w:numIdMacAtCleanup")
        return id_


def number(paragraph: Paragraph, list_: int, level: int) -> None:
    """Makes a paragraph an item of a list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = list_


def _level(level: int, form: str, text: str) -> Element:
    place = w("pPr", w("ind", left=STEP * (level + 1), hanging=STEP))
    shown = (w("start", val=1), w("numFmt", val=form), w("lvlText", val=text), w("lvlJc", val="left"))
    return w("lvl", *shown, place, ilvl=level)


def indent(level: int) -> Length:
    """How far in the words of a level stand."""
    return Twips(STEP * level)
