"""A PDF → paper: its lines by where they stand on the page, how large they are, and what is bold."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from iopctl.finding import say
from iopctl.intake.lines import Line, paragraphs
from iopctl.intake.paper import Paper, UnreadableError

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MOST_PAGES = 500

LARGEST_PAGE, LARGEST_FILE = 5_000_000, 20_000_000
"""Bytes of the instructions of one page, and of all: a file made to exhaust the reader has more."""

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read_pdf(file: str, data: bytes) -> Paper:
    """The paragraphs of a PDF. Raises UnreadableError for one without text, with a password, or damaged."""
    if b"%PDF-" not in data[:1024]:
        raise UnreadableError(say("the file is not a PDF"))
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends in silence is nobody's concern
    try:
        pages = list(_pages(data))
        found = list(_lines(pages))
    except UnreadableError:
        raise
    except (Exception, RecursionError):  # pypdf promises no exceptions of its own for every kind of damage
        raise UnreadableError(say("the file is damaged: it cannot be read as a PDF")) from None
    if not any(line.text.strip() for line in found):
        message = say("the PDF holds no text, only pictures of it")
        raise UnreadableError(message, say("have it read by a program for text recognition (OCR), or ask for the file"))
    return Paper(file, tuple(paragraphs(found)))


class _Piece(NamedTuple):
    """Words in one size and font."""

    text: str
    size: float
    bold: bool


@dataclass
class _Row:
    """The words at one height of a page, from left to right."""

    pieces: list[_Piece] = field(default_factory=list)
    height: float = 0.0

    @property
    def words(self) -> list[_Piece]:
        """The pieces that are no spaces."""
        return [each for each in self.pieces if each.text.strip()]

    @property
    def text(self) -> str:
        return "".join(each.text for each in self.pieces)

    @property
    def size(self) -> float:
        return max((each.size for each in self.words), default=0.0)

    @property
    def bold(self) -> bool:
        return bool(self.words) and all(each.bold for each in self.words)

    def note(self, body: float) -> str | None:
        """The number of the footnote that begins here: digits by themselves before other words, in small letters."""
        words = self.words
        begins = len(words) > 1 and words[0].text.strip().isdigit() and len(words[0].text.strip()) <= 2
        return words[0].text.strip() if begins and words[1].size < 0.95 * body else None

    def marked(self, notes: Collection[str]) -> str:
        """The text, with the numbers of footnotes raised: those that stand close to a word, or are smaller than it."""
        text = ""
        for each in self.pieces:
            number = each.text.strip()
            close = text[-1:].strip() != "" and number.isdigit() and number == each.text.rstrip() and len(number) <= 2
            raised = close and (number in notes or each.size < 0.8 * self.size)
            text += each.text.translate(_RAISED) if raised else each.text
        return text


def _pages(data: bytes) -> Iterator[list[_Row]]:
    from pypdf import PdfReader  # takes its time

    reader = PdfReader(BytesIO(data))
    _unlock(reader)
    if len(reader.pages) > MOST_PAGES:
        raise UnreadableError(say("the file has more than {number} pages", number=MOST_PAGES))
    sizes = list(map(_size, reader.pages))  # of all, before any is read
    if sum(sizes) > LARGEST_FILE or max(sizes, default=0) > LARGEST_PAGE:
        raise UnreadableError(say("the file has a page that is too large to be one of text"))
    for page in reader.pages:
        rows: list[_Row] = [_Row()]

        def see(text: str, matrix: Any, placed: Any, font: Any, size: float, rows: list[_Row] = rows) -> None:
            for number, piece in enumerate(text.split("\n")):
                if number:
                    rows.append(_Row())
                if piece:
                    scale = abs(float(placed[3])) * abs(float(matrix[3])) or 1.0
                    name = str((font or {}).get("/BaseFont", ""))
                    bold = any(sign in name for sign in ("Bold", "bold", "Black", "Heavy"))
                    rows[-1].pieces.append(_Piece(piece, size * scale, bold))
                    rows[-1].height = float(placed[5]) * float(matrix[3]) + float(matrix[5]) or rows[-1].height

        page.extract_text(visitor_text=see)
        yield [row for row in rows if row.text.strip()]


def _size(page: PageObject) -> int:
    contents = page.get_contents()
    return len(contents.get_data()) if contents is not None else 0


def _unlock(reader: PdfReader) -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError(say("the file has a password; save it without one"))


def _lines(pages: Sequence[Sequence[_Row]]) -> Iterator[Line]:
    """The lines of the text, page after page; then the footnotes, and what the pages repeat."""
    count = Counter[float]()
    for row in (row for rows in pages for row in rows):
        count[round(row.size, 1)] += len(row.text)
    body = count.most_common(1)[0][0] if count else 0.0
    repeated = Counter(
        _plain(row) for rows in pages for row in {id(row): row for row in (*rows[:2], *rows[-2:])}.values()
    )
    aside: list[Line] = []
    for page, rows in enumerate(pages, 1):
        kept: list[_Row] = []
        notes = {number for row in rows for number in [row.note(body)] if number}
        in_notes = False
        for row in rows:
            number = row.note(body)
            in_notes = (in_notes or number is not None) and row.size < 0.95 * body
            if len(pages) > 1 and repeated[_plain(row)] > 1 and row in (*rows[:2], *rows[-2:]):
                aside.append(Line(row.text.strip(), page=page, apart=True))
            elif number is not None and in_notes:
                words = row.text.strip().removeprefix(number).strip()
                aside.append(Line(f"{number.translate(_RAISED)} {words}", page=page, apart=True))
            elif in_notes:
                aside.append(Line(row.text.strip(), page=page))
            else:
                kept.append(row)
        yield from _body(page, kept, body, notes)
    yield from aside


def _plain(row: _Row) -> str:
    """The words of a line, without the numbers of pages."""
    return re.sub(r"[0-9]+", "0", row.text.strip())


def _body(page: int, rows: Sequence[_Row], body: float, notes: Collection[str]) -> Iterator[Line]:
    """The lines of a page; one further below the last than lines usually are is set apart."""
    steps = [abs(upper.height - lower.height) / (lower.size or 1) for upper, lower in pairwise(rows)]
    common = Counter(round(each, 1) for each in steps if 0.8 < each < 1.8)
    usual = min(median([each for each in steps if 0 < each < 2] or [1.2]), *(common or [9.0]))
    for number, row in enumerate(rows):
        above = steps[number - 1] if number else 9.0
        text = row.marked(notes).strip()
        yield Line(text, page=page, apart=above > usual * 1.2 + 0.05, bold=row.bold or row.size > 1.1 * body)
