"""Tree → PDF that anyone can read and an archive can keep: PDF/UA-1 and PDF/A-2a, the same bytes for the same draft."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime, time
from importlib import resources
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from iopctl.documents.markdown import visible
from iopctl.documents.tree import (
    Document,
    Fill,
    Inline,
    Items,
    Link,
    Note,
    Origin,
    Paragraph,
    Picture,
    Table,
    Text,
    inlines_of,
    words,
)
from iopctl.finding import Message, say

if TYPE_CHECKING:
    from typst import PDFStandard, TypstError

_STANDARDS: list[PDFStandard] = ["ua-1", "a-2a"]
_LONGEST_ADDRESS = 2000
"""Characters. No format's readers agree on more, and PDF's own limit is not far off; the words stay."""
_SHORT = 90
"""Characters of the title that there is room for above each page."""


class PdfFaultError(Exception):
    """A document that Typst cannot set; says why."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


def file(document: Document) -> bytes:
    """The file. A character that its fonts do not have stands as its code, `[U+4E2D]`.

    Raises PdfFaultError.
    """
    without: dict[int, str] = {}
    while True:
        content = json.dumps(_Tree(document, without).whole(), ensure_ascii=False)
        found = _compiled(content, document.origin)
        if isinstance(found, bytes):
            return found
        more = {ord(each): f"[U+{ord(each):04X}]" for each in _not_shown(found.diagnostic)}
        if not more.keys() - without.keys():
            raise PdfFaultError(say("{reason}", reason=found.message))
        without |= more


def _compiled(content: str, origin: Origin) -> bytes | TypstError:
    import typst

    source = resources.files("iopctl.documents").joinpath("document.typ").read_bytes()
    try:
        return typst.compile(
            source,
            format="pdf",
            sys_inputs={"document": content},
            ignore_system_fonts=True,  # the bundled ones are the same everywhere
            pdf_standards=_STANDARDS,
            timestamp=datetime.combine(origin.as_of, time(), UTC),
        )
    except typst.TypstError as error:
        return error


def _not_shown(diagnostic: str) -> Iterator[str]:
    """The characters that Typst says it has no picture of, or that PDF/A does not allow."""
    for quoted in re.findall(r'(?:the text|codepoint) `"((?:[^"\\]|\\.)*)"`', diagnostic):
        text = re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), quoted)
        yield from (each for each in text if not each.isascii())


def _given(key: str, document: Document) -> list[str]:
    """What a line of the head tells, when it is known."""
    return [line.value.text for line in document.head if line.key == key and isinstance(line.value, Text)]


class _Tree:
    """The document as plain values, for Typst to walk."""

    def __init__(self, document: Document, without: Mapping[int, str]) -> None:
        self.document = document
        self.without = without
        self.numbers: dict[str, int] = {}

    def whole(self) -> dict[str, Any]:
        """Everything, with the text in the order of reading: the first reference to a footnote brings it."""
        document = self.document
        title = self._shown(words(document.title))
        return {
            "title": title,
            "author": [self._shown(each) for each in _given("unit", document)],
            "description": document.origin.sentence,
            "keywords": [f"{name}={value}" for name, value in document.origin.properties],
            "running": {
                "title": shorten(title, _SHORT, placeholder=" …"),
                "number": self._shown("".join(_given("dnr", document))),
            },
            "head": self._plain(document.head),
            "heading": self._plain(document.title),
            "blocks": self._plain(document.blocks),
        }

    def _shown(self, text: str) -> str:
        return visible(text).translate(self.without)

    def _plain(self, value: Any) -> Any:
        match value:
            case str():
                return self._shown(value)
            case None | int():
                return value
            case tuple():
                return [each for part in value for each in [self._plain(part)] if each is not None]
            case Note():
                return self._note(value)
            case Link() if len(value.address) > _LONGEST_ADDRESS:
                return {"kind": "Emphasis", "inlines": self._plain(value.inlines)}
        parts = {each.name: self._plain(getattr(value, each.name)) for each in fields(value)}
        return {"kind": type(value).__name__, **parts, **self._more(value)}

    def _more(self, value: Any) -> dict[str, Any]:
        match value:
            case Paragraph():
                return {"leads": value.leads}
            case Fill():
                return {"what": self._shown(str(value))}
            case Link():
                return {"address": value.address}
            case Items():
                return {"tight": all(len(item) < 2 or isinstance(item[1], Items) for item in value.items)}
            case Table():
                header = inlines_of(Table(value.header, (), ()))
                return {"linked": any(isinstance(each, Link | Note) for each in header)}
            case Picture():
                return {"svg": self._plain(self.document.pictures.get(value.name))}
        return {}

    def _note(self, note: Note) -> dict[str, Any] | None:
        text: tuple[Inline, ...] | None = self.document.notes.get(note.label)
        if text is None:
            return None
        first = note.label not in self.numbers
        number = self.numbers.setdefault(note.label, len(self.numbers) + 1)
        return {"kind": "Note", "number": number, "inlines": self._plain(text) if first else None}
