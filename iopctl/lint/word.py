"""A draft in Word → paper: text in its order, with tracked changes as accepted and without comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from iopctl.finding import say
from iopctl.lint.paper import Block, BlockKind, Paper, Paragraphs, Target
from iopctl.lint.styles import TITLE, Styles, attribute, child, is_struck, local
from iopctl.word_file import WordFile, WordFileError

if TYPE_CHECKING:
    from lxml.etree import _Element

DEEPEST = 200
"""Tables in tables in text boxes: a file that nests deeper is made to exhaust the reader."""

_LEFT_OUT = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "pPr", "rPr", "sdtPr"})
"""What is not read: deleted words, the older copy of a text box, the codes of fields, properties."""

_NOTES, _REFERENCES = ("footnote", "endnote"), ("footnoteReference", "endnoteReference")

_SIGNS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "ptab": " "}


def read_word(file: str, data: bytes) -> Paper:
    """The paragraphs of a Word file and, from its properties, where it comes from.

    Raises WordFileError for what is no Word file, or cannot be read as one.
    """
    package = WordFile(data)
    if "word/document.xml" not in package.parts:
        raise WordFileError(say("the file is not a Word file"))
    styles = Styles(package.xml("word/styles.xml"), package.xml("word/numbering.xml"))
    blocks = [block for block in _once(_all(package, styles)) if block.text.strip()]
    blocks = _levelled(blocks)
    headings, heading, at, placed = [], "", 0, []
    for block in blocks:
        headings.append(heading)
        heading = block.plain if block.kind == "heading" else heading
        placed.append(replace(block, offsets=range(at, at + len(block.text))))
        at += len(block.text) + 1
    text = Paragraphs(file, "\n".join(each.text for each in blocks), headings)
    return Paper(text, tuple(placed), _origin(package))


def _levelled(blocks: list[Block]) -> list[Block]:
    """Headings with the title at 1: where it has the style Title, those below it may begin at 1 themselves."""
    levels = {each.level for each in blocks if each.kind == "heading"}
    if TITLE not in levels:
        return blocks
    down = 1 if 1 in levels else 0
    return [
        replace(each, level=each.level + down if each.level != TITLE else 1) if each.kind == "heading" else each
        for each in blocks
    ]


def _all(package: WordFile, styles: Styles) -> Iterator[Block]:
    reader = _Reader(styles, _targets(package, "word/_rels/document.xml.rels"))
    body = package.xml("word/document.xml")
    if body is not None:
        yield from reader.blocks(body, "paragraph")
        yield from reader.rest()
    for name in sorted(package.parts):
        kind: BlockKind | None = next((kind for sign, kind in _OTHERS if re.fullmatch(sign, name)), None)
        part = package.xml(name) if kind else None
        if part is not None and kind:
            folder, _slash, leaf = name.rpartition("/")
            targets = _targets(package, f"{folder}/_rels/{leaf}.rels")
            yield from _Reader(styles, targets).blocks(part, kind)


def _once(blocks: Iterator[Block]) -> Iterator[Block]:
    """The blocks; what the tops of the first page and the others share is read once."""
    edges = set()
    for block in blocks:
        if block.kind != "edge" or block.text not in edges:
            yield block
        if block.kind == "edge":
            edges.add(block.text)


_OTHERS: tuple[tuple[str, BlockKind], ...] = (
    (r"word/(foot|end)notes\d*\.xml", "note"),
    (r"word/(header|footer)\d*\.xml", "edge"),
)


def _targets(package: WordFile, name: str) -> dict[str, str]:
    part = package.xml(name)
    return {} if part is None else {str(each.get("Id")): str(each.get("Target")) for each in part}


def _origin(package: WordFile) -> dict[str, str]:
    part = package.xml("docProps/custom.xml")
    if part is None:
        return {}
    found = {str(each.get("name")): "".join(str(text) for text in each.itertext()).strip() for each in part}
    return {name.removeprefix("iopctl."): value for name, value in found.items() if name.startswith("iopctl.")}


@dataclass
class _Words:
    """The words of a paragraph while it is read."""

    text: str = ""
    bold: bool = True
    targets: list[Target] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    """The text boxes that hang on it."""
    struck: list[tuple[int, int]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)


class _Reader:
    """Walks one part."""

    def __init__(self, styles: Styles, targets: dict[str, str]) -> None:
        self._styles = styles
        self._targets = targets
        self._before = _Words()
        """The words of paragraphs whose end has been deleted: they go on in the next."""
        self._note = ""
        """The footnote that is being read."""
        self._row = 0

    def blocks(self, element: _Element, kind: BlockKind, depth: int = 0) -> Iterator[Block]:
        """The paragraphs inside an element, in order."""
        for inner in element:
            name = local(inner)
            if (
                name in _LEFT_OUT
                or depth > DEEPEST
                or attribute(inner, "type") in ("separator", "continuationSeparator")
            ):
                continue
            self._note = f"{name[:1]}{attribute(inner, 'id')}" if name in _NOTES else self._note
            self._row += name == "tr"
            if name == "p":
                yield from self._paragraph(inner, kind, depth)
            else:
                yield from self.blocks(inner, "cell" if name == "tc" and kind != "edge" else kind, depth + 1)

    def rest(self) -> Iterator[Block]:
        """The words of a last paragraph whose end has been deleted."""
        words, self._before = self._before, _Words()
        yield Block(
            "paragraph",
            words.text,
            (),
            targets=tuple(words.targets),
            struck=tuple(words.struck),
            notes=tuple(words.notes),
        )

    def _paragraph(self, element: _Element, kind: BlockKind, depth: int) -> Iterator[Block]:
        words, self._before = self._before, _Words()
        self._read(element, words, depth)
        properties = child(element, "pPr")
        if child(child(properties, "rPr"), "del") is not None:
            self._before = words
            return
        boxes, words.boxes = words.boxes, []
        form = self._styles.form(properties)
        if kind == "paragraph" and form.level is not None:
            kind = "heading"
        elif kind == "paragraph" and form.listed:
            kind = "item"
        bold = words.bold and bool(words.text.strip())
        level = form.level if kind == "heading" and form.level is not None else 0
        yield Block(
            kind,
            words.text,
            (),
            level,
            form.listed == "numbered",
            bold,
            tuple(words.targets),
            tuple(words.struck),
            tuple(words.notes),
            self._note,
            self._row if kind == "cell" else 0,
        )
        for box in boxes:
            yield from self.blocks(box, "paragraph" if kind == "heading" else kind, depth + 1)

    def _read(self, element: _Element, words: _Words, depth: int, bold: bool = False) -> None:
        for inner in element if depth <= DEEPEST else ():
            name = local(inner)
            if name in _LEFT_OUT:
                continue
            start = len(words.text)
            if name == "txbxContent":
                words.boxes.append(inner)
            elif name == "t":
                words.text += re.sub(r"\s", _space, inner.text or "")
                words.bold = words.bold and (bold or not (inner.text or "").strip())
            elif name in _SIGNS:
                words.text += _SIGNS[name]
            elif name in _REFERENCES:
                words.notes.append((start, f"{name[:1]}{attribute(inner, 'id')}"))
            elif name == "r":
                self._read(inner, words, depth + 1, self._styles.is_bold(inner))
                words.struck += [(start, len(words.text))] if is_struck(inner) else []
            else:
                self._read(inner, words, depth + 1, bold)
            if name == "hyperlink":
                words.targets.append(Target(start, len(words.text), self._address(inner)))

    def _address(self, link: _Element) -> str:
        anchor = attribute(link, "anchor")
        return self._targets.get(attribute(link, "id") or "", "") or (f"#{anchor}" if anchor else "")


def _space(found: re.Match[str]) -> str:
    """A line end inside words is none in Word, and would be one here."""
    return found[0] if found[0] in " \u00a0\u202f\u2009" else " "
