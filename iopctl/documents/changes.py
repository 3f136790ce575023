"""The appendix that says what has changed in an agreement: its terms, and what that comes to in kronor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from iopctl.comparison.compared import Comparison, Standing
from iopctl.comparison.groups import Group
from iopctl.comparison.words import Fate, Words
from iopctl.compute.scenario import Rate
from iopctl.documents.swedish import day
from iopctl.documents.tree import Block, Document, Heading, Inline, Paragraph, Strong, Table, Text
from iopctl.locale.language import Language
from iopctl.render import change_effect
from iopctl.render.change_effect import NONE
from iopctl.render.change_words import Meaning, Told, Wording, passages
from iopctl.render.forecast import rate

NOT_TERMS = {Group.LOG, Group.DOCUMENTS, Group.ACKNOWLEDGED}
"""What has been recorded about the agreement, and is no part of it."""

_SWEDISH = Language("sv")


@dataclass(frozen=True)
class Changed:
    """What differs in an agreement since a revision."""

    since: str
    """The commit that it is compared with."""
    day: date | None
    """The commit's day."""
    comparison: Comparison
    rates: Sequence[Rate]
    """What forecasts rest on, with scenario mid as in the memos."""
    meaning: Meaning


def with_changes(document: Document, changed: Changed) -> Document:
    """The document with the appendix last."""
    return replace(document, blocks=(*document.blocks, *_appendix(changed)))


def _appendix(changed: Changed) -> Iterator[Block]:
    comparison = changed.comparison
    yield Heading(2, (Text("Bilaga: Ändringar"),))
    version = f"version {changed.since[:10]} i git"
    since = f"{day(changed.day, 'words')} ({version})" if changed.day else f"i {version}"
    if comparison.standing is Standing.NEW:
        yield _paragraph(f"Överenskommelsen fanns inte {since}.")
        return
    yield _paragraph(f"Jämfört med hur överenskommelsen stod {since}.")
    rows = list(_terms(comparison, changed.meaning))
    if rows:
        yield Table(_cells("Villkor", "Förut", "Nu"), tuple(rows), ("left", "left", "left"))
    else:
        yield _paragraph("Inget i villkoren har ändrats.")
    yield from _kronor(changed)


def _terms(comparison: Comparison, meaning: Meaning) -> Iterator[tuple[tuple[Inline, ...], ...]]:
    """A row for each term that differs."""
    wording = Wording(_SWEDISH, meaning, comparison.old, comparison.new)
    for group, told in wording.groups(comparison).items():
        if group not in NOT_TERMS:
            yield from map(_row, told)


def _row(told: Told) -> tuple[tuple[Inline, ...], ...]:
    if any(each.fate is not Fate.KEPT for each in told.words):
        return (Text(told.what),), _passages(told.words, Fate.GONE), _passages(told.words, Fate.NEW)
    return _cells(told.what, told.old or NONE, told.new or NONE)


def _passages(words: Sequence[Words], fate: Fate) -> tuple[Inline, ...]:
    """One side of a text: the words that differ, and those around them."""
    found: list[Inline] = []
    for each in passages(words):
        text = Text(" ".join(each.words))
        if each.fate in (Fate.KEPT, fate):
            found += [*([Text(" ")] if found else []), text if each.fate is Fate.KEPT else Strong((text,))]
    return tuple(found)


def _kronor(changed: Changed) -> Iterator[Block]:
    """The tables of kronor, and what they rest on."""
    if not changed.comparison.reckoned:
        yield _paragraph("Kronorna är inte jämförda, eftersom överenskommelsen har ett fel som behöver rättas först.")
        return
    for rows in change_effect.years(changed.comparison.years, _SWEDISH):
        yield _paragraph(f"{rows.heading}:")
        header = _cells(*(name for name, _side in rows.columns))
        cells = tuple(_cells(*(cell.replace("\n", "; ") for cell in row)) for row in rows.rows)
        yield Table(header, cells, tuple(side for _name, side in rows.columns))
    for each in changed.rates:
        words = _SWEDISH.say(rate(each, "mid"))
        yield _paragraph(f"{words[0].upper()}{words[1:]}.")


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def _cells(*texts: str) -> tuple[tuple[Inline, ...], ...]:
    return tuple((Text(each),) if each else () for each in texts)
