"""XML made as a tree, so that no text can become markup."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even written as a number."""


def legal(text: str) -> str:
    """The text with a sign in the place of every character that XML cannot hold."""
    return _FORBIDDEN.sub("�", text)


def add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    """A new element in another. An underscore in an attribute's name is a hyphen in XML; `class_` is `class`."""
    names = {key.rstrip("_").replace("_", "-"): legal(value) for key, value in attributes.items()}
    made = ET.SubElement(parent, tag, names)
    made.text = None if text is None else legal(text)
    return made


def written(root: ET.Element) -> str:
    """The tree as text."""
    return f"{ET.tostring(root, encoding='unicode')}\n"


def hypertext(root: ET.Element) -> str:
    """The tree as HTML: an empty cell is closed, a line break is not."""
    return f"<!DOCTYPE html>\n{ET.tostring(root, encoding='unicode', method='html')}\n"
