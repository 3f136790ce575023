"""What of an agreement's own words a drafted agreement has: a text that is signed must never lose a clause unseen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iopctl.documents.parse import NotCarriedError, parse
from iopctl.documents.tree import Block, Document, Heading, Items, Paragraph, Quote, words
from iopctl.finding import Route
from iopctl.model import Agreement

AGREEMENT = "overenskommelse"

_SECTIONS = (
    "parties", "background", "form", "starting_points", "challenge", "goals", "values", "activities", "economy",
    "responsibilities", "follow_up",
)  # fmt: skip
"""The texts that belong to the agreement itself; what is said in others, a report or a memo tells."""


def left_out(agreement: Agreement, document: Document) -> tuple[Route, ...]:
    """The parts of the agreement whose words stand nowhere in the drafted agreement; none for other documents.

    The sections of a document are the municipality's to choose, and one that is not chosen is not drafted.
    """
    if document.origin.kind != AGREEMENT:
        return ()
    said = "\n".join(map(_plain, _lines(document.blocks)))
    footnotes = tuple(agreement.footnotes)
    return tuple(route for route, text in _own_words(agreement) if not _stands(text, footnotes, said))


def _own_words(agreement: Agreement) -> Iterator[tuple[Route, str]]:
    period = agreement.period
    texts: list[tuple[Route, str | None]] = [
        (("purpose",), agreement.purpose),
        (("target_group",), agreement.target_group),
        *((("contributions", number, "text"), each.text) for number, each in enumerate(agreement.contributions)),
        (("period", "wording"), period.wording if period else None),
        (("period", "extension", "wording"), period.extension.wording if period and period.extension else None),
        (("period", "notice", "wording"), period.notice.wording if period and period.notice else None),
        *((("clauses", number, "text"), each.text) for number, each in enumerate(agreement.clauses)),
        *((("texts", name), getattr(agreement.texts, name)) for name in _SECTIONS),
    ]
    yield from ((route, text) for route, text in texts if text is not None)


def _stands(text: str, footnotes: Sequence[str], said: str) -> bool:
    """Whether each of the text's paragraphs, or the text as it is written, is among what is said."""
    try:
        lines = list(_lines(parse(text, footnotes).blocks))
    except NotCarriedError:
        lines = [text]
    return _plain(text) in said or all(_plain(line) in said for line in lines)


def _lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield words(block.inlines)
            case Items():
                yield from (line for item in block.items for line in _lines(item))
            case Quote():
                yield from _lines(block.blocks)
            case _:
                continue


def _plain(text: str) -> str:
    """The text on one line, whatever letter a sentence makes a capital."""
    return " ".join(text.split()).casefold()
