"""A Word file → paper."""

from __future__ import annotations

from iopctl.intake.blocks import from_blocks
from iopctl.intake.paper import Paper
from iopctl.lint.word import read_word as read_draft


def read_word(file: str, data: bytes) -> Paper:
    """The paragraphs of a Word file, with tracked changes as accepted. Raises WordFileError."""
    return Paper(file, tuple(from_blocks(read_draft(file, data).blocks, lambda _block: None)))
