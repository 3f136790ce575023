"""A Word file, or another archive of XML → its parts, or what is wrong with it; limits stop exhausting files."""

from __future__ import annotations

import zlib
from collections.abc import Collection
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from iopctl.finding import Message, say

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST = 100_000_000
"""Bytes, unpacked. A file with photographs has some millions."""

MOST_PARTS = 2_000

LARGEST_XML = 20_000_000
"""Bytes of one part that is read. A text of a thousand pages has some millions."""

_OLD = b"\xd0\xcf\x11\xe0"
"""How a file of Word 97–2003 begins, and one with a password."""


class WordFileError(Exception):
    """A file that is no Word file, or none that can be used; says why."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


class Package:
    """The parts of a file that is a ZIP archive of XML, as Word's and OpenDocument's are, by their names."""

    def __init__(self, data: bytes, parts: Collection[str], otherwise: Message) -> None:
        """Raises WordFileError, for what is no archive or lacks one of the parts with `otherwise`."""
        self.parts = _unpacked(data, otherwise)
        if not set(parts) <= self.parts.keys():
            raise WordFileError(otherwise)

    def xml(self, name: str) -> _Element | None:
        """The root of a part; None when the file has none of that name.

        Raises WordFileError for a part that cannot be read, or that defines entities.
        """
        content = self.parts.get(name)
        if content is None:
            return None
        if len(content) > LARGEST_XML:
            millions = LARGEST_XML // 1_000_000
            raise WordFileError(say("{part} in the file has more than {size} million bytes", part=name, size=millions))
        from lxml import etree  # takes its time

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(content, parser)
        except (SyntaxError, ValueError):  # lxml's own are among these
            root = None
        if root is None or root.getroottree().docinfo.internalDTD is not None:  # Word writes none; it may hold entities
            raise WordFileError(say("the file is damaged: {part} in it cannot be read", part=name))
        return root


class WordFile(Package):
    """The parts of a Word file by their names, such as `word/document.xml`."""

    def __init__(self, data: bytes) -> None:
        """Raises WordFileError for what is no Word file or is damaged, and for one with a password."""
        super().__init__(data, ("[Content_Types].xml", "_rels/.rels"), say("the file is not a Word file"))


def _unpacked(data: bytes, otherwise: Message) -> dict[str, bytes]:
    if data.startswith(_OLD):
        message = say("the file is in the old Word format (.doc) or has a password; save it as .docx without one")
        raise WordFileError(message)
    try:
        with ZipFile(BytesIO(data)) as zipped:
            infos = [info for info in zipped.infolist() if not info.is_dir()]
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST:
                millions = LARGEST // 1_000_000
                message = say(
                    "the file holds more than {size} million bytes or {number} parts", size=millions, number=MOST_PARTS
                )
                raise WordFileError(message)
            if len({info.filename.lower() for info in infos}) < len(infos):
                raise WordFileError(say("the file is damaged: the same part is there twice"))
            return {info.filename: zipped.read(info) for info in infos}
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        # RuntimeError: a password; NotImplementedError: a way to pack that Word does not use
        raise WordFileError(otherwise) from None
