"""The properties of the file: what it is called, its language, its day, and where the draft comes from."""

from __future__ import annotations

from datetime import UTC, datetime, time

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.coreprops import CoreProperties
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.parser import parse_xml

from iopctl.documents.tree import LANGUAGE, Document, HeadLine, Origin, Text, words
from iopctl.documents.word.package import part

_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""What marks a property as somebody's own, in every Office file."""

_LONGEST = 255
"""Characters of a property that python-docx sets."""


def write(word: WordDocument, document: Document) -> None:
    """Sets the properties; others that the frame has stay."""
    empty = CT_CoreProperties.new()
    found = part(word.part.package, RT.CORE_PROPERTIES, "/docProps/core.xml", CT.OPC_CORE_PROPERTIES, empty)
    core = CoreProperties(found.element)
    # what tells of how the frame was made would be wrong about the draft
    found.element.remove_all("cp:lastModifiedBy", "cp:lastPrinted", "cp:revision", "dc:creator")
    core.title, core.language = words(document.title)[:_LONGEST], LANGUAGE
    author = next((each for each in document.head if each.key == "case_officer"), None)
    if isinstance(author, HeadLine) and isinstance(author.value, Text):
        core.author = author.value.text[:_LONGEST]
    core.created = core.modified = datetime.combine(document.origin.as_of, time(), UTC)
    _custom(word, document.origin)


def _custom(word: WordDocument, origin: Origin) -> None:
    """The properties that somebody adds, which python-docx does not know."""
    empty = parse_xml(f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VALUES}"/>')
    kind, type_ = RT.CUSTOM_PROPERTIES, CT.OFC_CUSTOM_PROPERTIES
    root = part(word.part.package, kind, "/docProps/custom.xml", type_, empty).element
    told: dict[str, str | bool] = {
        "agreement": origin.agreement,
        "kind": origin.kind,
        "as_of": str(origin.as_of),
        "version": origin.version,
        **({"commit": origin.commit, "changed": origin.changed} if origin.commit else {}),
        **({"since": origin.since} if origin.since else {}),
    }
    for each in [each for each in root.iterchildren("*") if each.get("name", "").startswith("iopctl.")]:
        root.remove(each)  # the frame was a draft once
    taken = [int(each.get("pid")) for each in root.iterchildren("*") if each.get("pid", "").isdecimal()]
    for pid, (name, value) in enumerate(told.items(), max([1, *taken]) + 1):
        made = root.makeelement(f"{{{_CUSTOM}}}property", fmtid=_FORMAT, pid=str(pid), name=f"iopctl.{name}")
        held = made.makeelement(f"{{{_VALUES}}}{'bool' if isinstance(value, bool) else 'lpwstr'}")
        held.text = str(value).lower() if isinstance(value, bool) else value
        made.append(held)
        root.append(made)
