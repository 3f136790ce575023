"""A Markdown text → paper."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from iopctl.intake.blocks import from_blocks
from iopctl.intake.lines import Line, continued, width_of
from iopctl.intake.paper import Paper
from iopctl.intake.text import decoded
from iopctl.lint.markdown import read_markdown as read_draft
from iopctl.lint.paper import Block

_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")


def read_markdown(file: str, data: bytes) -> Paper:
    """The paragraphs of a Markdown file. Raises UnreadableError for what is no text."""
    text, remarks = decoded(data)
    starts = [0, *(found.end() for found in re.finditer("\r\n|\n|\r", text))]

    def line_of(block: Block) -> int | None:
        return bisect_right(starts, block.offsets[0]) if block.offsets else None

    read = [_with_notes(each, text, line_of(each) or 0) for each in read_draft(file, text).blocks]
    width = width_of([Line(each) for each in text.splitlines() if each.strip() and not each.startswith("|")])
    blocks = [line for each in read for line in _lines(each, text, width)]
    return Paper(file, tuple(from_blocks(blocks, line_of)), remarks)


def _with_notes(block: Block, text: str, line: int) -> Block:
    """The block with its footnotes, which are found in the file's own words, and its crossed-out ones."""
    struck = tuple((0, len(block.text)) for _one in [0] if re.fullmatch(r"~~.+~~", block.text))
    words = block.text[2:-2] if struck else block.text
    row = line if block.kind == "cell" else 0
    note = _note(block, text) if block.kind == "note" else ""
    spans = ((0, len(words)),) if struck else ()
    notes = () if struck else tuple(_references(block, text))
    return replace(block, text=words, struck=spans, notes=notes, note=note, row=row)


def _lines(block: Block, text: str, width: int) -> list[Block]:
    """A paragraph of short lines, such as names under each other, as one for each line."""
    if block.kind != "paragraph" or block.notes or block.struck or block.targets or not block.offsets:
        return [block]
    breaks = [
        number
        for number, (one, two) in enumerate(pairwise(block.offsets), 1)
        if re.search(r"[\r\n]", text[one : two + 1]) and block.text[number - 1 : number + 1].strip()
    ]
    starts = [
        0,
        *(each for each in breaks if block.text[each - 1].isspace() or block.text[each].isspace()),
        len(block.text),
    ]
    parts = [(start, end) for start, end in pairwise(sorted(set(starts))) if block.text[start:end].strip()]
    said = [Line(block.text[start:end], apart=not number) for number, (start, end) in enumerate(parts)]
    if (
        len(said) < 2
        or any(goes_on for _line, goes_on in continued(said, width))
        or max(len(each.text) for each in said) > 90
    ):
        return [block]
    return [
        replace(block, text=block.text[start:end].strip(), offsets=block.offsets[start:end]) for start, end in parts
    ]


def _note(block: Block, text: str) -> str:
    """The name of the footnote whose text the block is."""
    before = text[: block.offsets[0]] if block.offsets else ""
    names = re.findall(r"^\[\^([^\]\s]+)\]:", before, re.MULTILINE)
    return names[-1] if names else ""


def _references(block: Block, text: str) -> Iterator[tuple[int, str]]:
    """Footnotes between two characters of the block, or after its last."""
    ends = [*block.offsets[1:], min((block.offsets[-1] + 60) if block.offsets else 0, len(text))]
    for number, (offset, end) in enumerate(zip(block.offsets, ends, strict=True), 1):
        between = text[offset + 1 : end]
        last = number == len(block.offsets)
        found = re.match(rf"[*_]*{_REFERENCE.pattern}(?!:)", between) if last else _REFERENCE.search(between)
        if found and "\n" not in between[: found.start()]:
            yield number, found[1]
