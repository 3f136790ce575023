"""Tree → one self-contained page: Swedish, semantic, readable on paper and on a screen. Data is never markup."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from xml.etree import ElementTree as ET

from iopctl.documents.markdown import visible
from iopctl.documents.tree import (
    Block,
    Break,
    Document,
    Emphasis,
    Fill,
    Heading,
    Inline,
    Items,
    Line,
    Link,
    Note,
    Paragraph,
    Picture,
    Quote,
    Strong,
    Table,
    Text,
    words,
)
from iopctl.render.markup import add, hypertext, legal


def page(document: Document) -> str:
    """The page; its title is the draft's."""
    return hypertext(_Page(document).made())


def _plain(text: str) -> str:
    return legal(visible(text))


class _Page:
    """The page while it is made."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.notes: dict[str, list[str]] = {}
        """The footnotes in the order in which the text refers to them, with the ids of the references."""
        self.tables = 0
        self.pictures = 0

    def made(self) -> ET.Element:
        """The whole page."""
        document = self.document
        root = ET.Element("html", {"lang": "sv"})
        self._about(root)
        main = add(add(root, "body"), "main")
        self._head(main)
        self._words(add(main, "h1"), document.title)
        self._blocks(main, document.blocks)
        self._footnotes(main)
        for each in main:
            each.tail = "\n"
        return root

    def _about(self, root: ET.Element) -> None:
        origin = self.document.origin
        head = add(root, "head")
        add(head, "meta", charset="utf-8")
        add(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
        add(head, "title", _plain(words(self.document.title)))
        add(head, "meta", name="generator", content=f"iopctl {origin.version}")
        add(head, "meta", name="description", content=_plain(origin.sentence))
        for name, value in origin.properties:
            add(head, "meta", name=name, content=_plain(value))
        add(head, "style", resources.files("iopctl.documents").joinpath("document.css").read_text("utf-8"))

    def _head(self, main: ET.Element) -> None:
        if not self.document.head:
            return
        lines = add(add(main, "header"), "dl")
        for line in self.document.head:
            group = add(lines, "div")
            add(group, "dt", _plain(line.label))
            self._words(add(group, "dd"), (line.value,))

    # -- blocks --------------------------------------------------------------------------------------------------------

    def _blocks(self, parent: ET.Element, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self._block(parent, block)

    def _block(self, parent: ET.Element, block: Block) -> None:
        match block:
            case Heading():
                self._words(add(parent, f"h{min(block.level, 6)}"), block.inlines)
            case Paragraph():
                self._words(add(parent, "p"), block.inlines)
            case Items():
                self._items(parent, block)
            case Quote():
                self._blocks(add(parent, "blockquote"), block.blocks)
            case Table():
                self._table(parent, block)
            case Line():
                add(parent, "div", class_="sign", role="img", aria_label="Rad att skriva på")
            case Picture():
                self._picture(parent, block)

    def _items(self, parent: ET.Element, block: Items) -> None:
        made = add(parent, "ul" if block.first is None else "ol")
        if block.first not in (None, 1):
            made.set("start", str(block.first))
        for item in block.items:
            line = add(made, "li")
            match item:
                case (Paragraph() as only,) | (Paragraph() as only, Items()):  # a line, perhaps with lines under it
                    self._words(line, only.inlines)
                    self._blocks(line, item[1:])
                case _:
                    self._blocks(line, item)

    def _table(self, parent: ET.Element, block: Table) -> None:
        """In a place of its own that scrolls sideways where the screen is narrow, by keyboard too."""
        self.tables += 1
        wide = add(parent, "div", class_="wide", tabindex="0", role="region", aria_label=f"Tabell {self.tables}")
        table = add(wide, "table")
        self._row(add(table, "thead"), block.header, block, head=True)
        body = add(table, "tbody")
        for row in block.rows:
            self._row(body, row, block)

    def _row(
        self, parent: ET.Element, cells: tuple[tuple[Inline, ...], ...], block: Table, *, head: bool = False
    ) -> None:
        row = add(parent, "tr")
        for words_, side in zip(cells, block.sides, strict=True):
            named = head and words(words_).strip()  # a heading without words would be read as one
            cell = add(row, "th", scope="col") if named else add(row, "td")
            if side == "right":
                cell.set("class", "number")
            self._words(cell, words_)

    def _picture(self, parent: ET.Element, block: Picture) -> None:
        svg = self.document.pictures.get(block.name)
        if svg is None:
            add(add(parent, "p"), "em", _plain(block.description))
            return
        self.pictures += 1
        add(parent, "figure").append(_drawn(svg, _plain(block.description), f"bild-{self.pictures}-"))

    # -- inside a line -------------------------------------------------------------------------------------------------

    def _words(self, parent: ET.Element, inlines: Iterable[Inline]) -> None:
        last: ET.Element | None = None
        for inline in inlines:
            if isinstance(inline, Text):
                _append(parent, last, _plain(inline.text))
            else:
                made = self._inline(parent, inline)
                last = last if made is None else made

    def _inline(self, parent: ET.Element, inline: Inline) -> ET.Element | None:
        match inline:
            case Strong() | Emphasis():
                made = add(parent, "strong" if isinstance(inline, Strong) else "em")
                self._words(made, inline.inlines)
                return made
            case Link():
                made = add(parent, "a", href=inline.address)
                self._words(made, inline.inlines)
                return made
            case Break():
                return add(parent, "br")
            case Fill():
                return add(parent, "mark", _plain(str(inline)))
            case Note():
                return self._reference(parent, inline)
            case Text():
                raise AssertionError("text is no element")

    # -- footnotes -----------------------------------------------------------------------------------------------------

    def _reference(self, parent: ET.Element, note: Note) -> ET.Element | None:
        if note.label not in self.document.notes:
            return None
        references = self.notes.setdefault(note.label, [])
        number = list(self.notes).index(note.label) + 1
        references.append(f"ref-{number}" if not references else f"ref-{number}-{len(references) + 1}")
        raised = add(parent, "sup")
        add(
            raised, "a", str(number), href=f"#not-{number}", id=references[-1], role="doc-noteref",
            aria_label=f"Fotnot {number}",
        )  # fmt: skip
        return raised

    def _footnotes(self, main: ET.Element) -> None:
        if not self.notes:
            return
        section = add(main, "section", role="doc-endnotes", aria_labelledby="fotnoter")
        add(section, "h2", "Fotnoter", id="fotnoter")
        items = add(section, "ol")
        made: list[tuple[str, ET.Element]] = []
        while len(made) < len(self.notes):  # a footnote may refer to another
            label = list(self.notes)[len(made)]
            made.append((label, add(items, "li", id=f"not-{len(made) + 1}")))
            self._words(made[-1][1], self.document.notes[label])
        for number, (label, item) in enumerate(made, 1):
            self._back(item, number, self.notes[label])

    def _back(self, item: ET.Element, number: int, references: list[str]) -> None:
        """From the footnote to each place in the text that refers to it."""
        for count, reference in enumerate(references, 1):
            where = f"hänvisning {count}" if len(references) > 1 else "texten"
            _append(item, item[-1] if len(item) else None, " ")
            add(item, "a", "↩\ufe0e", href=f"#{reference}", role="doc-backlink",
                aria_label=f"Tillbaka till {where} för fotnot {number}")  # fmt: skip


def _append(parent: ET.Element, last: ET.Element | None, text: str) -> None:
    """Text after the last element in another, or at its beginning."""
    if last is None:
        parent.text = (parent.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def _drawn(svg: str, description: str, prefix: str) -> ET.Element:
    """The picture as a part of the page: one thing with one name, its ids its own."""
    root = ET.fromstring(svg)
    ids = {each.get("id", "") for each in root.iter()} - {""}
    for each in root.iter():
        each.tag = each.tag.rpartition("}")[2]
        for name, value in list(each.items()):
            each.set(name, _renamed(name, value, ids, prefix))
    for each in [each for each in root if each.tag in ("title", "desc")]:
        root.remove(each)
    for attribute in ("aria-labelledby", "width", "height"):
        root.attrib.pop(attribute, None)
    root.set("role", "img")
    root.set("aria-label", description)
    return root


def _renamed(name: str, value: str, ids: set[str], prefix: str) -> str:
    if name == "id":
        return f"{prefix}{value}"
    return next(
        (value.replace(f"#{id_}", f"#{prefix}{id_}") for id_ in ids if value in (f"#{id_}", f"url(#{id_})")), value
    )
