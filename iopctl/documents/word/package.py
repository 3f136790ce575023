"""The municipality's file: what is refused, how python-docx opens the rest, and how it is saved as the same bytes."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.exceptions import PythonDocxError
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.oxml import serialize_part_xml
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part, PartFactory, XmlPart
from docx.oxml.exceptions import XmlchemyError
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.parts.story import StoryPart

from iopctl.finding import say
from iopctl.word_file import WordFile, WordFileError

Element: TypeAlias = Any
"""An element of lxml, which has no types of its own."""

_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_TEMPLATE = CT.WML_DOCUMENT_MAIN.replace("document.main", "template.main")
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"


class FootnotesPart(StoryPart):
    """The footnotes: a text with paragraphs and links, as a header is. python-docx only carries them along."""


class DataPart(XmlPart):
    """Data that somebody else reads; what stands before and after their root stays, such as SharePoint's marks."""

    @property
    def blob(self) -> bytes:
        """The part as it is saved."""
        return serialize_part_xml(self.element.getroottree())


PartFactory.part_type_for |= {
    CT.WML_FOOTNOTES: FootnotesPart,
    CT.XML: DataPart,
    CT.OFC_CUSTOM_XML_PROPERTIES: DataPart,
    CT.OFC_CUSTOM_PROPERTIES: DataPart,
    CT.OFC_EXTENDED_PROPERTIES: DataPart,
}
"""How python-docx is told of kinds of parts that it leaves as bytes."""


@contextmanager
def readable() -> Iterator[None]:
    """Around what python-docx reads of the frame: it lets all kinds of errors out for what makes no sense."""
    try:
        yield
    except (PythonDocxError, XmlchemyError, AttributeError, KeyError, RecursionError, TypeError, ValueError):
        raise WordFileError(say("the file is damaged; open it in Word and save it anew")) from None


def opened(file: bytes) -> Document:
    """Raises WordFileError for anything but a Word document or template without macros."""
    unpacked = WordFile(file)
    parts = unpacked.parts
    roots: dict[str, Element] = {name: unpacked.xml(name) for name in parts if name.lower().endswith((".xml", ".rels"))}
    changed = {name: _without_dead_ends(name, root, parts) for name, root in roots.items() if name.endswith(".rels")}
    _refuse(roots[_TYPES], changed[_RELATIONS])
    changed[_TYPES] = roots[_TYPES]
    for each in roots[_TYPES]:
        if each.get("ContentType") == _TEMPLATE:  # python-docx opens documents only, and a draft is one
            each.set("ContentType", CT.WML_DOCUMENT_MAIN)
    with readable():
        return docx.Document(BytesIO(_packed(parts | {name: serialize_part_xml(changed[name]) for name in changed})))


def saved(document: Document) -> bytes:
    """The file; no clock takes part in it."""
    made = BytesIO()
    document.save(made)
    with ZipFile(made) as zipped:
        return _packed({name: zipped.read(name) for name in zipped.namelist()})


def related(source: OpcPackage | Part, kind: str) -> list[Part]:
    """The parts that a part has a relationship of this kind to."""
    return [each.target_part for each in source.rels.values() if each.reltype == kind and not each.is_external]


def existing(source: OpcPackage | Part, kind: str, content_type: str, tag: str) -> Any:
    """The part that a part, or the file, has a relationship of this kind to; None without one."""
    found: list[Any] = related(source, kind)
    if found and (found[0].content_type != content_type or found[0].element.tag != tag):
        raise WordFileError(say("the file is damaged: {part} in it cannot be read", part=found[0].partname[1:]))
    return found[0] if found else None


def part(source: OpcPackage | Part, kind: str, name: str, content_type: str, empty: Element) -> Any:
    """The same; made when there is none."""
    found = existing(source, kind, content_type, empty.tag)
    if found is not None:
        return found
    package: Any = source if isinstance(source, OpcPackage) else source.package
    taken = name in {each.partname for each in package.parts}
    free = package.next_partname(name.replace(".xml", "%d.xml")) if taken else PackURI(name)
    made: Any = PartFactory(free, content_type, kind, serialize_part_xml(empty), package)
    source.relate_to(made, kind)
    return made


def w(local: str, /, *children: Element, **attributes: str | int) -> Element:
    """An element that python-docx has no method for: `w("jc", val="right")` is `<w:jc w:val="right"/>`."""
    made = OxmlElement(f"w:{local}", {qn(f"w:{key}"): str(value) for key, value in attributes.items()})
    made.extend(children)
    return made


def highest(root: Element, tag: str, attribute: str) -> int:
    """The highest number that an attribute has; 0 when there is none."""
    numbers = (each.get(qn(attribute), "") for each in root.iter(qn(tag)))
    return max((int(each) for each in numbers if each.isdecimal()), default=0)


def _refuse(types: Element, relations: Element) -> None:
    """What is no Word document, or one that nobody should pour a draft into."""
    kinds = {each.get("Type") for each in relations.iterchildren("*")}
    if _STRICT in kinds:
        message = say("the file is saved as Strict Open XML; save it in Word as an ordinary Word document (.docx)")
        raise WordFileError(message)
    known = [each.get("ContentType", "") for each in types.iterchildren("*")]
    if any("macroEnabled" in each or "vbaProject" in each for each in known):
        message = say("the file can hold macros; save it in Word as a document (.docx) or template (.dotx) without")
        raise WordFileError(message)
    if RT.OFFICE_DOCUMENT not in kinds or not {CT.WML_DOCUMENT_MAIN, _TEMPLATE} & set(known):
        raise WordFileError(say("the file is not a Word file"))


def _without_dead_ends(name: str, relations: Element, parts: dict[str, bytes]) -> Element:
    """Takes away the relationships to parts that are not there: Word writes some, and python-docx stops at them."""
    folder = posixpath.dirname(posixpath.dirname(name))
    for each in list(relations.iterchildren("*")):
        path = posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
        if each.get("TargetMode") != "External" and path not in parts:
            relations.remove(each)
    return relations


def _packed(parts: dict[str, bytes]) -> bytes:
    """The parts as a zip, with the same bytes on every day and every system."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as zipped:
        for name in sorted(parts, key=lambda name: (name != _TYPES, name != _RELATIONS)):
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system = ZIP_DEFLATED, 0
            zipped.writestr(info, parts[name])
    return packed.getvalue()
