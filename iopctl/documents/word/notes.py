"""Footnotes, which python-docx does not know: ours after those that the frame has."""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from iopctl.documents.tree import LANGUAGE
from iopctl.documents.word.package import Element, existing, highest, part, w
from iopctl.documents.word.styles import Styles

SEPARATOR, CONTINUATION = -1, 0
"""The numbers that Word itself gives the two lines between text and footnotes."""

_AFTER_LANGUAGE = (
    *("clrSchemeMapping", "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions"),
    *("readModeInkLockDown", "smartTagType", "schemaLibrary", "shapeDefaults", "doNotEmbedSmartTags"),
    *("decimalSymbol", "listSeparator"),
    *("docId", "conflictMode", "discardImageEditingData", "defaultImageDpi", "chartTrackingRefBased"),  # newer ones
)
_AFTER_NOTES = (
    *("endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang"),
    *_AFTER_LANGUAGE,
)
"""The settings that come after these two (ISO/IEC 29500-1, 17.15.1.78); Word minds the order."""


def settings(document: Document) -> Element:
    """The settings of the frame, with Swedish as the language of the text."""
    # without a word about it Word opens a text as one from 2007, in compatibility mode
    word = "http://schemas.microsoft.com/office/word"
    of_today = w("settings", w("compat", w("compatSetting", name="compatibilityMode", uri=word, val=15)))
    part(document.part, RT.SETTINGS, "/word/settings.xml", CT.WML_SETTINGS, of_today)
    root: Element = document.settings.element
    if root.find(qn("w:themeFontLang")) is None:
        _insert(root, w("themeFontLang"), _AFTER_LANGUAGE)
    root.find(qn("w:themeFontLang")).set(qn("w:val"), LANGUAGE)
    return root


def _insert(root: Element, made: Element, after: tuple[str, ...]) -> None:
    later = (at for at, each in enumerate(root) if isinstance(each.tag, str) and each.tag.rpartition("}")[2] in after)
    root.insert(next(later, len(root)), made)


class Footnotes:
    """The footnotes of the text; their part is made when the first one is written."""

    def __init__(self, document: Document, place: Paragraph, styles: Styles) -> None:
        self._document = document
        self._styles = styles
        self._settings = settings(document)
        found = existing(document.part, RT.FOOTNOTES, CT.WML_FOOTNOTES, qn("w:footnotes"))
        self._last = highest(found.element, "w:footnote", "w:id") if found else 0
        self._before = len(place._p.xpath("./preceding::w:footnoteReference"))
        self._bookmark = highest(document.element, "w:bookmarkStart", "w:id")
        self._written: dict[str, tuple[int, str]] = {}  # by their labels: which ones of the draft, and their bookmarks

    def refer(self, paragraph: Paragraph, label: str) -> Paragraph | None:
        """The raised number in the text, and a new footnote to write into.

        Where the text comes back to one, only its number again, which Word keeps right by the bookmark.
        """
        style = self._styles["footnote reference"]
        if label in self._written:
            number, bookmark = self._written[label]
            run = paragraph.add_run(str(self._before + number), style)
            paragraph._p.append(w("fldSimple", run._r, instr=rf" NOTEREF {bookmark} \f \h "))
            return None
        note = self._added()
        self._bookmark += 1
        self._written[label] = (len(self._written) + 1, f"_Fotnot{self._bookmark}")
        paragraph._p.append(w("bookmarkStart", id=self._bookmark, name=f"_Fotnot{self._bookmark}"))
        paragraph.add_run(style=style)._r.append(w("footnoteReference", id=self._last))
        paragraph._p.append(w("bookmarkEnd", id=self._bookmark))
        return note

    def _added(self) -> Paragraph:
        if not self._last and self._settings.find(qn("w:footnotePr")) is None:
            named = (w("footnote", id=id_) for id_ in (SEPARATOR, CONTINUATION))
            _insert(self._settings, w("footnotePr", *named), _AFTER_NOTES)
        lines = (_line(SEPARATOR, "separator"), _line(CONTINUATION, "continuationSeparator"))
        empty = w("footnotes", *lines)
        notes = part(self._document.part, RT.FOOTNOTES, "/word/footnotes.xml", CT.WML_FOOTNOTES, empty)
        self._last += 1
        note = Paragraph(w("p"), notes)
        notes.element.append(w("footnote", note._p, id=self._last))
        note.style = self._styles["footnote text"]
        note.add_run(style=self._styles["footnote reference"])._r.append(w("footnoteRef"))
        note.add_run(" ")
        return note


def _line(id_: int, kind: str) -> Element:
    spacing = w("pPr", w("spacing", after=0, line=240, lineRule="auto"))
    return w("footnote", w("p", spacing, w("r", w(kind))), type=kind, id=id_)
