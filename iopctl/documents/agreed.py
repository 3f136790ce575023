"""What an agreement's text is made of beyond its keys: who gives what, and what has been said in words already."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from iopctl.model import Agreement, Contribution, Unknown


@dataclass(frozen=True, slots=True)
class Given:
    """What some of the parties contribute besides money."""

    contributions: tuple[Contribution, ...]
    sentences: bool
    """Whether each is told in whole sentences, so that they can stand as running text."""
    of_all: tuple[str, ...]
    """The parties that it is asked of; a contribution that is not from all of them has to name its givers."""


def agreed(agreement: Agreement) -> dict[str, Any]:
    """The names of agreed.py in a template; docs/templates.md lists them."""
    public = tuple(id_ for id_, party in agreement.parties.items() if party.public)
    civil = tuple(id_ for id_, party in agreement.parties.items() if not party.public)
    return {
        "given_by_public": _given(agreement, public),
        "given_by_civil": _given(agreement, civil),
        "given_by_open": _given(agreement, ()),
        "notice_in_clause": _said_in_clauses(agreement),
        "told_in_words": tuple(each for each in agreement.contributions if _tells_its_amount(each)),
    }


def _given(agreement: Agreement, parties: tuple[str, ...]) -> Given:
    """What comes from any of the parties; without parties, what the agreement leaves open whom it comes from.

    What parties of both kinds give together stands with the public ones. What the words of another contribution say
    already is not said again.
    """
    told = [each.text for each in agreement.contributions if each.text]
    found = tuple(
        each
        for each in agreement.contributions
        if each.kind != "cash"
        and _from(agreement, each) == parties
        and not any(each.text and each.text != text and each.text in text for text in told)
    )
    return Given(found, _sentences(each.text for each in found), parties)


def _from(agreement: Agreement, contribution: Contribution) -> tuple[str, ...]:
    """All the parties of the kind that gives the contribution."""
    if isinstance(contribution.givers, Unknown):
        return ()
    public = any(agreement.parties[id_].public for id_ in contribution.givers if id_ in agreement.parties)
    return tuple(id_ for id_, party in agreement.parties.items() if party.public == public)


def _sentences(texts: Iterable[str | None]) -> bool:
    return all(text is not None and text[:1].isupper() and text.rstrip().endswith((".", "!", "?")) for text in texts)


def _tells_its_amount(contribution: Contribution) -> bool:
    """Whether the words of a contribution in money say how much it is, so that they can stand for the data.

    An amount that is open is told by a whole sentence, in the source's own words.
    """
    if contribution.kind != "cash" or not contribution.text:
        return False
    if isinstance(contribution.amount, Unknown):
        return _sentences([contribution.text])
    amounts: list[Decimal | None] = [each.amount for each in contribution.by_year] or [contribution.amount]
    written = set(re.findall(r"\d+(?:,\d+)?", re.sub(r"(?<=\d)[\s.](?=\d{3}(?!\d))", "", contribution.text)))
    return all(each is not None and f"{each.normalize():f}".replace(".", ",") in written for each in amounts)


def _said_in_clauses(agreement: Agreement) -> bool:
    """Whether the words on notice are those of a clause, so that they are not printed twice."""
    notice = agreement.period.notice if agreement.period else None
    if notice is None or notice.wording is None:
        return False
    words = " ".join(notice.wording.split())
    return any(words in " ".join(clause.text.split()) for clause in agreement.clauses)
