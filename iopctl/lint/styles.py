"""What the styles and lists of a Word file make of a paragraph: a heading and its level, an item of a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

Listed = Literal["numbered", "bullets"]

TITLE = 0
"""The level of what is in the style Title."""


class Form(NamedTuple):
    """What a paragraph is by its properties."""

    level: int | None = None
    listed: Listed | None = None


def local(element: _Element) -> str:
    """The element's name without its namespace: Word writes two sets of them."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: _Element | None, name: str) -> _Element | None:
    """The first inner element of that name."""
    return None if element is None else next((each for each in element if local(each) == name), None)


def attribute(element: _Element | None, name: str) -> str | None:
    """An attribute by its name without a namespace."""
    if element is None:
        return None
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def _is_on(element: _Element | None) -> bool:
    return element is not None and attribute(element, "val") not in ("0", "false", "off", "none")


def is_struck(run: _Element) -> bool:
    """Whether a run's words are crossed out."""
    properties = child(run, "rPr")
    return _is_on(child(properties, "strike")) or _is_on(child(properties, "dstrike"))


class Styles:
    """The paragraph styles by id, and the lists."""

    def __init__(self, styles: _Element | None, numbering: _Element | None) -> None:
        found = [each for each in (styles if styles is not None else ()) if local(each) == "style"]
        self._styles = {attribute(each, "styleId") or "": each for each in found}
        self._default = next(
            (attribute(each, "styleId") for each in found if attribute(each, "default") in ("1", "true")
             and attribute(each, "type") == "paragraph"), None)  # fmt: skip
        self._lists = dict(_lists(numbering))
        self._forms: dict[str, Form] = {}

    def form(self, properties: _Element | None) -> Form:
        """What a paragraph with these properties is; its own words win over its style's."""
        style = self._of_style(attribute(child(properties, "pStyle"), "val") or self._default or "")
        level = _outline(properties)
        return Form(style.level if level is None else level, self._listed(properties) or style.listed)

    def is_bold(self, run: _Element) -> bool:
        """Whether a run's words are bold, by itself or by its style."""
        properties = child(run, "rPr")
        own = child(properties, "b")
        if own is not None:
            return _is_on(own)
        style = self._styles.get(attribute(child(properties, "rStyle"), "val") or "")
        return _is_on(child(child(style, "rPr"), "b"))

    def _of_style(self, id_: str, seen: tuple[str, ...] = ()) -> Form:
        if id_ in self._forms:
            return self._forms[id_]
        style = self._styles.get(id_)
        if style is None or id_ in seen or len(seen) > 50:
            return Form(_named(id_))
        parent = attribute(child(style, "basedOn"), "val")
        inherited = self._of_style(parent, (*seen, id_)) if parent else Form()
        properties = child(style, "pPr")
        level = _named(attribute(child(style, "name"), "val") or "")
        level = _named(id_) if level is None else level
        level = _outline(properties) if level is None else level
        found = Form(inherited.level if level is None else level, self._listed(properties) or inherited.listed)
        self._forms[id_] = found
        return found

    def _listed(self, properties: _Element | None) -> Listed | None:
        numbering = child(properties, "numPr")
        if numbering is None:
            return None
        id_ = attribute(child(numbering, "numId"), "val") or ""
        return self._lists.get((id_, attribute(child(numbering, "ilvl"), "val") or "0"))


def _outline(properties: _Element | None) -> int | None:
    value = attribute(child(properties, "outlineLvl"), "val")
    return int(value) + 1 if value and value in "012345678" else None


def _named(name: str) -> int | None:
    """The level of a heading by the name of its style, in English or in Swedish."""
    plain = name.replace(" ", "").replace("_", "").lower()
    if plain in ("title", "rubrik", "titel"):
        return TITLE
    found = re.fullmatch(r"(?:heading|rubrik)([1-9])", plain)
    return int(found[1]) if found else None


def _lists(numbering: _Element | None) -> list[tuple[tuple[str, str], Listed]]:
    """Which levels of which lists are numbered."""
    if numbering is None:
        return []
    abstract = {
        attribute(each, "abstractNumId"): [inner for inner in each if local(inner) == "lvl"]
        for each in numbering
        if local(each) == "abstractNum"
    }
    found: list[tuple[tuple[str, str], Listed]] = []
    for each in numbering:
        if local(each) == "num":
            for level in abstract.get(attribute(child(each, "abstractNumId"), "val"), ()):
                kind = attribute(child(level, "numFmt"), "val")
                listed: Listed = "bullets" if kind in ("bullet", "none") else "numbered"
                found.append(((attribute(each, "numId") or "", attribute(level, "ilvl") or "0"), listed))
    return found
