"""A file of plain text → paper. Its encoding is told by its bytes."""

from __future__ import annotations

import re

from iopctl.finding import Message, say
from iopctl.intake.lines import Line, paragraphs
from iopctl.intake.paper import Paper, UnreadableError

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


def read_text(file: str, data: bytes) -> Paper:
    """The paragraphs of a text file. Raises UnreadableError for what is no text."""
    text, remarks = decoded(data)
    return Paper(file, tuple(paragraphs(lines(text))), remarks)


def decoded(data: bytes) -> tuple[str, tuple[Message, ...]]:
    """The text, and in which encoding it was when that is not UTF-8: by its mark, else UTF-8, else Windows-1252."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise UnreadableError(
                say("the text is damaged: it begins as {encoding}, and is not", encoding=encoding)
            ) from None
        encoding, text = "windows-1252", data.decode("cp1252", "replace")
    if _CONTROL.search(text) or "\ufffd" in text:
        raise UnreadableError(say("the file is not a text"))
    if encoding.startswith("utf-8"):
        return text, ()
    return text, (say("the text is read as {encoding}", encoding=encoding.upper()),)


def lines(text: str) -> list[Line]:
    """The lines, with their numbers; an empty one sets the next apart."""
    found: list[Line] = []
    apart = True
    for number, line in enumerate(re.split("\r\n|\n|\r|\f", text), 1):
        if line.strip():
            found.append(Line(line, number=number, apart=apart))
        apart = not line.strip()
    return found
