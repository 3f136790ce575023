"""A file → paper, or why there is none."""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from iopctl.files import shown, unreadable
from iopctl.finding import say
from iopctl.intake.markdown import read_markdown
from iopctl.intake.odt import read_odt
from iopctl.intake.paper import Paper, UnreadableError
from iopctl.intake.pdf import read_pdf
from iopctl.intake.text import read_text
from iopctl.intake.word import read_word
from iopctl.word_file import LARGEST, WordFileError

READERS: dict[str, Callable[[str, bytes], Paper]] = {
    ".docx": read_word,
    ".docm": read_word,
    ".odt": read_odt,
    ".pdf": read_pdf,
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
}
"""The readers by how a file's name ends."""

LARGEST_TEXT = 5_000_000
"""Bytes of plain text; a thousand pages have some two million."""

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ufeff\ufffe\uffff\u2028\u2029\ud800-\udfff]")
"""Signs that no text shows, and no agreement file may hold."""

_PLAIN = (".txt", ".md", ".markdown")


def read(path: Path) -> Paper:
    """The paper in a file. Raises UnreadableError."""
    suffix = path.suffix.lower()
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            folder = stat.S_ISDIR(about.st_mode)
            message = say("this is a folder, not a file") if folder else say("this is not an ordinary file")
            raise UnreadableError(message)
        if suffix not in READERS and suffix != ".doc":
            known = ", ".join(each for each in READERS if each not in (".docm", ".markdown"))
            raise UnreadableError(say("an agreement is read from a file of these kinds: {known}", known=known))
        largest = LARGEST_TEXT if suffix in _PLAIN else LARGEST
        if about.st_size > largest:
            raise UnreadableError(say("the file is larger than {size} MB", size=largest // 1_000_000))
        data = path.read_bytes()
    except OSError as error:
        finding = unreadable(path, error)
        raise UnreadableError(finding.message, finding.help) from None
    return read_bytes(shown(path), suffix, data)


def read_bytes(file: str, suffix: str, data: bytes) -> Paper:
    """The paper that these bytes are. Raises UnreadableError."""
    if not data.strip():
        raise UnreadableError(say("the file is empty"))
    try:
        paper = READERS.get(suffix, read_word)(file, data)  # the reader of .docx knows what a .doc is
    except WordFileError as error:
        raise UnreadableError(error.reason) from None
    shown_only = [replace(each, text=_shown(each.text)) for each in paper.paragraphs]
    if not any(each.text for each in shown_only):
        raise UnreadableError(say("there are no words in the file"))
    return replace(paper, paragraphs=tuple(shown_only))


def _shown(text: str) -> str:
    """The words as they are seen; å that a file has as an a and a ring, as many a PDF does, is one letter."""
    return unicodedata.normalize("NFC", " ".join(_UNSEEN.sub(" ", text).split()))
