"""An OpenDocument text → paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from iopctl.finding import say
from iopctl.intake.blocks import from_blocks
from iopctl.intake.paper import Paper
from iopctl.lint.paper import Block, BlockKind, Target
from iopctl.lint.styles import attribute, local
from iopctl.lint.word import DEEPEST
from iopctl.word_file import Package, WordFileError

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEFT_OUT = frozenset({"tracked-changes", "annotation", "forms", "sequence-decls", "note-citation", "ruby-text"})
_SIGNS = {"tab": " ", "line-break": " ", "s": " "}


def read_odt(file: str, data: bytes) -> Paper:
    """The paragraphs of an OpenDocument text, with tracked changes as accepted. Raises WordFileError."""
    otherwise = say("the file is not an OpenDocument text")
    package = Package(data, ("content.xml", "META-INF/manifest.xml"), otherwise)
    content, styles = package.xml("content.xml"), package.xml("styles.xml")
    if b"encryption-data" in package.parts["META-INF/manifest.xml"]:
        raise WordFileError(say("the file has a password; save it without one"))
    reader = _Reader([each for each in (styles, content) if each is not None])
    body = next((each for each in content.iter() if local(each) == "text"), None) if content is not None else None
    if body is None or local(body.getparent()) != "body":
        raise WordFileError(otherwise)
    edges = dict.fromkeys(each.text for each in reader.edges(styles))
    found = [*reader.blocks(body, "paragraph"), *reader.notes, *(Block("edge", text, ()) for text in edges)]
    blocks = [each for each in found if each.text.strip()]
    return Paper(file, tuple(from_blocks(blocks, lambda _block: None)))


@dataclass
class _Words:
    text: str = ""
    bold: bool = True
    targets: list[Target] = field(default_factory=list)
    struck: list[tuple[int, int]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)


class _Reader:
    """Walks a document."""

    def __init__(self, roots: list[_Element]) -> None:
        found = [each for root in roots for each in root.iter() if local(each) == "style"]
        self._styles = {attribute(each, "name"): each for each in found}
        self.notes: list[Block] = []
        self._row = 0

    def edges(self, styles: _Element | None) -> Iterator[Block]:
        """What stands at the tops and the bottoms of pages."""
        for each in styles.iter() if styles is not None else ():
            if local(each) in ("header", "footer"):
                yield from self.blocks(each, "edge")

    def blocks(self, element: _Element, kind: BlockKind, depth: int = 0) -> Iterator[Block]:
        """The paragraphs inside an element, in order."""
        for inner in element if depth <= DEEPEST else ():
            name = local(inner)
            if name in _LEFT_OUT:
                continue
            self._row += name == "table-row"
            if name in ("p", "h"):
                yield self._block(inner, kind, name == "h")
            else:
                inside: dict[str, BlockKind] = {"list": "item", "list-header": "item", "table-cell": "cell"}
                yield from self.blocks(inner, kind if kind == "edge" else inside.get(name, kind), depth + 1)

    def _block(self, element: _Element, kind: BlockKind, heading: bool) -> Block:
        words = _Words()
        style = attribute(element, "style-name")
        self._read(element, words, self._is(style, "font-weight", "bold"), self._crossed(style), 0)
        stated = attribute(element, "outline-level") or ""
        level = (int(stated) if re.fullmatch("[1-9]", stated) else 1) + 1 if heading else 0
        if self._title(style) and kind == "paragraph":
            kind, level = "heading", 1
        elif heading and kind in ("paragraph", "item"):
            kind = "heading"
        block = Block(kind, words.text, (), level if kind == "heading" else 0, False, words.bold)
        row = self._row if kind == "cell" else 0
        return replace(
            block, targets=tuple(words.targets), struck=tuple(words.struck), notes=tuple(words.notes), row=row
        )

    def _read(self, element: _Element, words: _Words, bold: bool, crossed: bool, depth: int) -> None:
        self._say(element.text, words, bold, crossed)
        for inner in element if depth <= DEEPEST else ():
            name, start = local(inner), len(words.text)
            if name == "note":
                self._note(inner, words)
            elif name in _SIGNS:
                words.text += _SIGNS[name]
            elif name and name not in _LEFT_OUT:
                style = attribute(inner, "style-name") if name == "span" else None
                bolder = bold or self._is(style, "font-weight", "bold")
                self._read(inner, words, bolder, crossed or self._crossed(style), depth + 1)
            if name == "a":
                words.targets.append(Target(start, len(words.text), attribute(inner, "href") or ""))
            self._say(inner.tail, words, bold, crossed)

    def _say(self, text: str | None, words: _Words, bold: bool, crossed: bool) -> None:
        plain = text or ""
        if crossed and plain.strip():
            words.struck.append((len(words.text), len(words.text) + len(plain)))
        words.text += plain.replace("\n", " ")
        words.bold = words.bold and (bold or not plain.strip())

    def _note(self, element: _Element, words: _Words) -> None:
        name = attribute(element, "id") or f"note{len(self.notes)}"
        words.notes.append((len(words.text), name))
        body = next((each for each in element if local(each) == "note-body"), None)
        blocks = list(self.blocks(body, "note")) if body is not None else []
        self.notes += [replace(each, note=name) for each in blocks]

    def _is(self, style: str | None, key: str, value: str) -> bool:
        """Whether a style, or the one it is built on, says so of its words."""
        for _step in range(20):
            found = self._styles.get(style)
            if style is None or found is None:
                return False
            stated = [said for each in found for said in [attribute(each, key)] if said is not None]
            if stated:
                return any(said == value for said in stated)
            style = attribute(found, "parent-style-name")
        return False

    def _crossed(self, style: str | None) -> bool:
        return self._is(style, "text-line-through-style", "solid")

    def _title(self, style: str | None) -> bool:
        found = self._styles.get(style)
        return "Title" in (style, attribute(found, "parent-style-name") if found is not None else None)
