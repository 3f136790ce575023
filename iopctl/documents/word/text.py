"""Inlines → runs, links, footnote references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from iopctl.documents.tree import LANGUAGE, Break, Emphasis, Fill, Inline, Link, Note, Strong, Text
from iopctl.documents.word.fields import mark
from iopctl.documents.word.notes import Footnotes
from iopctl.documents.word.package import FootnotesPart, w
from iopctl.documents.word.styles import Styles


@dataclass(frozen=True)
class Look:
    """How the words of a run look; nothing is said about what is None."""

    strong: bool | None = None
    stressed: bool | None = None
    style: Any = None


@dataclass
class Writer:
    """Writes words into paragraphs, and footnotes where the words refer to them."""

    styles: Styles
    footnotes: Footnotes
    notes: Mapping[str, tuple[Inline, ...]]

    def write(self, paragraph: Paragraph, inlines: tuple[Inline, ...], look: Look | None = None) -> None:
        """Adds the inlines to a paragraph."""
        for inline in inlines:
            self._inline(paragraph, inline, look or Look())

    def _inline(self, paragraph: Paragraph, inline: Inline, look: Look) -> None:
        match inline:
            case Text():
                self._run(paragraph, inline.text, look)
            case Strong():
                self.write(paragraph, inline.inlines, replace(look, strong=True))
            case Emphasis():
                self.write(paragraph, inline.inlines, replace(look, stressed=True))
            case Fill():
                mark(self._run(paragraph, str(inline), Look()))
            case Break():
                self._run(paragraph, "", look).add_break()
            case Link():
                self._link(paragraph, inline, look)
            case Note():
                self._note(paragraph, inline.label)

    def _run(self, paragraph: Paragraph, words: str, look: Look) -> Run:
        run = paragraph.add_run(words, look.style)
        run.bold, run.italic = look.strong, look.stressed
        if not self.styles.in_swedish:
            run._r.get_or_add_rPr().append(w("lang", val=LANGUAGE))
        return run

    def _link(self, paragraph: Paragraph, link: Link, look: Look) -> None:
        """A link, which python-docx reads but does not write."""
        made, before = w("hyperlink", tooltip=link.address, history=1), len(paragraph._p)
        made.set(qn("r:id"), paragraph.part.relate_to(link.address, RT.HYPERLINK, is_external=True))
        self.write(paragraph, link.inlines, replace(look, style=self.styles["Hyperlink"]))
        made.extend(paragraph._p[before:])
        paragraph._p.append(made)

    def _note(self, paragraph: Paragraph, label: str) -> None:
        if label in self.notes and not isinstance(paragraph.part, FootnotesPart):  # a footnote has none of its own
            note = self.footnotes.refer(paragraph, label)
            if note is not None:
                self.write(note, self.notes[label])
