"""The frame's styles, and those that it lacks. Nothing here names a font: what is added looks like the rest of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Pt, RGBColor, Twips
from docx.text.paragraph import Paragraph

from iopctl.documents.tree import LANGUAGE
from iopctl.documents.word.package import Element, part, w

BODY_LEVEL = 9
"""The level of what is no heading."""

_KINDS = (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER, WD_STYLE_TYPE.TABLE)

LABEL = Twips(2268)
"""How wide the labels of the head are: 4 cm."""

NARROWER = Twips(567)
"""How far in a quotation stands, on both sides: 1 cm."""


@dataclass(frozen=True)
class _Look:
    """What a style says, in points; nothing is said about what is None."""

    before: float | None = None
    after: float | None = None
    line: float | None = None
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    level: int | None = None
    """Of a heading."""
    priority: int = 99
    own: bool = False
    """Whether Word has no style of this name."""


# "Quote" is not among them, because LibreOffice from 25.2 cannot make an accessible PDF of a text with a style of that
# name; Block Text is Word's own style for text that is moved in.
_PARAGRAPHS = {
    "heading 1": _Look(18, 12, 1, 18, bold=True, level=0, priority=9),
    "heading 2": _Look(16, 4, 1, 13, bold=True, level=1, priority=9),
    "heading 3": _Look(12, 3, 1, 11, bold=True, level=2, priority=9),
    "heading 4": _Look(10, 2, bold=True, italic=True, level=3, priority=9),
    "heading 5": _Look(10, 2, italic=True, level=4, priority=9),
    "heading 6": _Look(10, 2, level=5, priority=9),
    "Body Text": _Look(after=7, priority=1),
    "Block Text": _Look(after=7),
    "List Bullet": _Look(after=2.5),
    "List Number": _Look(after=2.5),
    "List Continue": _Look(after=2.5),
    "footnote text": _Look(after=2, line=1, size=10),
    "Dokumenthuvud": _Look(after=1, own=True),
    "Underskriftslinje": _Look(28, 3, own=True),
    "Tabelltext": _Look(2, 2, 1, own=True),
}

_TABLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Dokumenttabell"><w:name w:val="Dokumenttabell"/>
<w:uiPriority w:val="99"/><w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="8" w:space="0" w:color="595959"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="595959"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/></w:tblBorders>
<w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="595959"/></w:tcBorders>
<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/></w:tcPr></w:tblStylePr></w:style>
"""
"""Borders and the look of the first row, which python-docx has no methods for."""


class Styles:
    """By the names that they have in every language of Word: "heading 1" is Rubrik 1."""

    def __init__(self, document: Document) -> None:
        root = part(document.part, RT.STYLES, "/word/styles.xml", CT.WML_STYLES, w("styles")).element
        self._styles = document.styles
        self._known = {(style.name or "").lower(): style for style in self._styles if style.style_id}
        self._default, *_others = [self._styles.default(each) for each in _KINDS]
        self.in_swedish = _speak_swedish(root)

    def __getitem__(self, name: str) -> Any:
        """The style with a name; one that the frame lacks is added."""
        key = name.lower()
        if key not in self._known:
            self._known[key] = self._added(name)
        return self._known[key]

    def numbering(self, name: str) -> int | None:
        """The number of the list that a style brings with it."""
        found = self[name].element.xpath("./w:pPr/w:numPr/w:numId/@w:val[number() > 0]")  # 0 is Word's way to say none
        return int(found[0]) if found and found[0].isdecimal() else None

    def outlines(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is a heading, by itself, by its style, or by what that is based on."""
        at, style, seen = paragraph._p, paragraph.style, set[str]()
        while True:
            level = at.xpath("./w:pPr/w:outlineLvl/@w:val")
            if level or style is None or style.style_id in seen:
                return bool(level) and level[0] != str(BODY_LEVEL)
            seen.add(style.style_id)
            at, style = style.element, style.base_style

    def _added(self, name: str) -> Any:
        taken = {style.style_id for style in self._styles}
        match name:
            case "Normal":
                style = self._styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
                style.element.default = True
            case "Dokumenttabell":
                self._styles.element.append(parse_xml(_TABLE.replace("\n", "")))
                style = self._styles[name]
            case "Hyperlink":
                style = self._styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=True)
                style.font.color.rgb, style.font.underline, style.priority = RGBColor(0x0B, 0x4F, 0x9E), True, 99
            case "footnote reference":
                style = self._styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=True)
                style.font.superscript, style.priority = True, 99
            case _:
                style = self._paragraph(name, _PARAGRAPHS[name])
        own = style.style_id
        style.style_id = next(each for each in (own, *(f"{own}{n}" for n in range(2, 99))) if each not in taken)
        return style

    def _paragraph(self, name: str, look: _Look) -> Any:
        style = self._styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=not look.own)
        style.base_style = self._default or self["Normal"]
        style.priority, style.quick_style = None if look.own else look.priority, look.own or look.priority < 99
        style.font.size, style.font.bold, style.font.italic = look.size and Pt(look.size), look.bold, look.italic
        form = style.paragraph_format
        form.space_before = None if look.before is None else Pt(look.before)
        form.space_after, form.line_spacing, form.widow_control = Pt(look.after or 0), look.line, True
        if look.level is not None:
            form.keep_with_next = form.keep_together = True
            style.next_paragraph_style = self["Body Text"]
            style.element.get_or_add_pPr().get_or_add_outlineLvl().val = look.level
        match name:
            case "Block Text":
                form.left_indent = form.right_indent = NARROWER
            case "Dokumenthuvud":
                form.left_indent, form.first_line_indent = LABEL, -LABEL
                form.tab_stops.add_tab_stop(LABEL)
            case "Underskriftslinje":
                form.keep_with_next, form.right_indent = True, Twips(3969)
                line = w("pBdr", w("bottom", val="single", sz=6, space=1, color="auto"))
                style.element.pPr.insert_element_before(line, "w:tabs", "w:spacing")
        return style


def _speak_swedish(root: Element) -> bool:
    """Makes the language of the text Swedish; whether it is so without a word on each run."""
    run = _first(_first(_first(root, "docDefaults"), "rPrDefault"), "rPr")
    if run.find(qn("w:lang")) is None:
        run.append(w("lang"))  # the last but for what Word writes for eastern languages
    run.find(qn("w:lang")).set(qn("w:val"), LANGUAGE)
    return all(each.get(qn("w:val")) in (None, LANGUAGE) for each in root.iter(qn("w:lang")))


def _first(parent: Element, local: str) -> Element:
    if parent.find(qn(f"w:{local}")) is None:
        parent.insert(0, w(local))
    return parent.find(qn(f"w:{local}"))
