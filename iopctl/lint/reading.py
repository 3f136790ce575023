"""A file → paper, or what keeps it from being read."""

from __future__ import annotations

import stat
from pathlib import Path

from iopctl.files import UNREADABLE, Files, shown, unreadable
from iopctl.finding import Finding, Message, Placed, say
from iopctl.lint.markdown import read_markdown
from iopctl.lint.paper import Paper
from iopctl.lint.word import read_word
from iopctl.word_file import LARGEST, WordFileError

WORD, MARKDOWN = (".docx", ".docm"), (".md", ".markdown")


def read(path: Path) -> Paper | Placed:
    """The draft in a file, or the finding that says why there is none."""
    suffix = path.suffix.lower()
    if suffix in MARKDOWN:
        reader = Files()
        text = reader.text(path)
        return reader.findings[0] if text is None else read_markdown(shown(path), text)
    if suffix not in (*WORD, ".doc"):
        known = ", ".join((*WORD, *MARKDOWN))
        return _unread(path, say("a draft is a Word file or Markdown: {known}", known=known))
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            return _unread(path, say("this is not an ordinary file"))
        if about.st_size > LARGEST:
            return _unread(path, say("the file is larger than {size} MB", size=LARGEST // 1_000_000))
        return read_word(shown(path), path.read_bytes())
    except OSError as error:
        return Placed(unreadable(path, error), shown(path))
    except WordFileError as error:
        return _unread(path, error.reason)


def _unread(path: Path, message: Message) -> Placed:
    return Placed(Finding(UNREADABLE, message), shown(path))
