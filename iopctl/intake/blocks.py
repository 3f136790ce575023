"""The blocks that lint reads from Word and Markdown → paragraphs with their places and footnotes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from iopctl.intake.lines import headed, itemised, with_notes
from iopctl.intake.paper import Paragraph, Place
from iopctl.lint.paper import Block


def from_blocks(blocks: Iterable[Block], line_of: Callable[[Block], int | None]) -> list[Paragraph]:
    """The paragraphs; the cells of a row are one, and footnotes have numbers in the order they are referred to."""
    listed = list(blocks)
    order = list(dict.fromkeys(name for each in listed for _at, name in each.notes))
    order += [each.note for each in listed if each.kind == "note" and each.note not in order]
    numbers = {name: str(number) for number, name in enumerate(order, 1)}
    return list(headed(with_notes([itemised(each) for each in _paragraphs(listed, line_of, numbers)])))


def _paragraphs(
    blocks: Iterable[Block], line_of: Callable[[Block], int | None], numbers: dict[str, str]
) -> Iterator[Paragraph]:
    rows = groupby(enumerate(blocks), lambda each: each[1].row or -each[0] - 1)
    for number, (_row, found) in enumerate(rows, 1):
        group = [each for _number, each in found]
        first = group[0]
        place = Place(number, line=line_of(first))
        text = _row_text([_text(each, numbers) for each in group])
        if first.kind == "cell":
            yield Paragraph("row", text, place)
        else:
            level = max(first.level, 1) if first.kind == "heading" else 0
            yield Paragraph(first.kind, text, place, level, first.bold, numbers.get(first.note, ""))


def _row_text(cells: list[str]) -> str:
    """The cells of a row as a line: `Adress: Storgatan 1` for two."""
    filled = [each for each in cells if each]
    return f"{filled[0].rstrip(':')}: {filled[1]}" if len(filled) == 2 else " | ".join(filled)


def _text(block: Block, numbers: dict[str, str]) -> str:
    """The words, with the signs for what is crossed out and for footnotes, and with addresses."""
    signs = [(at, f"[^{numbers[name]}]") for at, name in block.notes]
    signs += [(at, "~~") for span in block.struck for at in span]
    for each in block.targets:
        if each.address and not each.address.startswith(("http", "mailto")):
            signs += [(each.start, "["), (each.end, f"]({each.address})")]
    text = block.text
    for at, sign in sorted(signs, key=lambda each: each[0], reverse=True):
        text = text[:at] + sign + text[at:]
    return " ".join(text.replace("~~~~", "").split())
