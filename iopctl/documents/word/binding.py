"""Data in the file that a content control is bound to: Word shows the data, whatever the control says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from iopctl.documents.word.package import DataPart, Element, related

_ITEM_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/customXml}itemID"
_BUILT_IN = {
    "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}": RT.CORE_PROPERTIES,
    "{6668398D-A668-4E3E-A5EB-62B293D839F1}": RT.EXTENDED_PROPERTIES,
}
"""The stores that every Word file has (ISO/IEC 29500 leaves them to Word): its own properties."""

_STEP = re.compile(r"/(@?)(?:([\w.-]+):)?([\w.-]+)(?:\[(\d+)\])?")
"""A step of the paths that Word writes: by name and number. No other expression is ever followed."""


@dataclass(frozen=True)
class Bound:
    """A place in the data of the file."""

    element: Element
    attribute: str | None

    @property
    def words(self) -> str:
        """What the data say."""
        return str(self.element.get(self.attribute, "") if self.attribute else "".join(self.element.itertext()))

    def write(self, words: str) -> None:
        """Lets the data say this."""
        if self.attribute:
            self.element.set(self.attribute, words)
        else:
            self.element[:] = []
            self.element.text = words


def bound(document: Document, properties: Element) -> Bound | None:
    """What a control (its w:sdtPr) is bound to; None when to nothing that is there."""
    binding = next((each for each in properties.iterchildren("{*}dataBinding")), None)
    if binding is None:
        return None
    given = {key.rpartition("}")[2]: value for key, value in binding.attrib.items()}
    store = _store(document, given.get("storeItemID", "").upper())
    prefixes = dict(re.findall(r"xmlns:([\w.-]+)=['\"]([^'\"]*)['\"]", given.get("prefixMappings", "")))
    return None if store is None else _followed(store, given.get("xpath", ""), prefixes)


def _store(document: Document, id_: str) -> Element | None:
    """The root of the data with this id."""
    if id_ in _BUILT_IN:
        found = related(document.part.package, _BUILT_IN[id_])
    else:
        items = related(document.part, RT.CUSTOM_XML)
        found = [item for item in items if id_ in map(_id, related(item, RT.CUSTOM_XML_PROPS))]
    return next((each.element for each in found if hasattr(each, "element")), None)


def _id(properties: object) -> str | None:
    return properties.element.get(_ITEM_ID, "").upper() if isinstance(properties, DataPart) else None


def _followed(root: Element, path: str, prefixes: Mapping[str, str]) -> Bound | None:
    """Where a path leads; None when to nothing, or to more than one place."""
    if not path or _STEP.sub("", path):
        return None
    element, inside = None, [root]
    for at, prefix, local, number in _STEP.findall(path):
        if prefix and prefix not in prefixes:
            return None
        name = f"{{{prefixes[prefix]}}}{local}" if prefix else local
        if at:
            return Bound(element, name) if element is not None and name in element.attrib else None
        found = [each for each in inside if each.tag == name]
        if number:
            found = found[int(number) - 1 : int(number)]
        if len(found) != 1:
            return None
        element, inside = found[0], list(found[0])
    return Bound(element, None)
