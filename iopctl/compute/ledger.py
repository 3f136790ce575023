"""What the accounts say was paid, what the agreements say is to be paid, and how one is recognised in the other."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, TypeVar


class LedgerEntry(NamedTuple):
    """One line of the accounts. What the file has no column for is None, or empty."""

    line: int
    """Of the file, from 1."""
    date: date
    amount: Decimal
    """Below zero when money came back."""
    party: str | None = None
    number: str | None = None
    """The receiver's organisation number: ten digits."""
    references: tuple[str, ...] = ()
    text: str | None = None


class Expected(NamedTuple):
    """One payment that an agreement gives, as far as it has to be known to be found in the accounts."""

    agreement: str
    contribution: int
    contribution_id: str | None
    receiver: str | None
    number: int
    of: int
    kind: Literal["instalment", "correction"]
    start: date
    end: date
    due: date | None
    amount: Decimal | None
    """None when it cannot be computed."""
    status: str
    unsure: Literal["proposed", "replaced"] | None = None
    """Whether it waits for a decision to extend the agreement, or is for days that a later agreement claims too."""

    @property
    def target(self) -> Target:
        """The contribution that it is a payment of."""
        return self.agreement, self.contribution

    @property
    def place(self) -> tuple[int, int, int]:
        """Its year, its number in the year, and of how many."""
        return self.start.year, self.number, self.of

    @property
    def last(self) -> date:
        """The day by which it is to be paid: where the agreement gives none, the last day that it covers."""
        return self.due or self.end

    def days_from(self, day: date) -> int:
        """How far a day of payment is from it: from its latest day, else from the days that it covers."""
        if self.due is not None:
            return abs((day - self.due).days)
        return max(0, (self.start - day).days, (day - self.end).days)


Target = tuple[str, int]
"""A contribution: the agreement's id and its number in the agreement, from 0."""


class Known(NamedTuple):
    """By what the accounts can call the receiver of a contribution, or the payment itself."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    """Organisation numbers, ten digits each."""
    references: tuple[str, ...] = ()


class Receivers:
    """Which contributions a line of the accounts can be a payment of."""

    def __init__(self, known: Mapping[Target, Known]) -> None:
        self._numbers = {target: each.numbers for target, each in known.items()}
        self._by_number = _index((number, target) for target, each in known.items() for number in each.numbers)
        self._by_name = _index((_words(name), target) for target, each in known.items() for name in each.names)
        self._by_first_word = _index((name[0], name) for name in self._by_name if name)
        self._by_reference = _index(
            (_plain(text), target) for target, each in known.items() for text in each.references
        )
        self._kept: dict[tuple[str | None, str | None], frozenset[Target]] = {}

    def of(self, entry: LedgerEntry) -> frozenset[Target]:
        """By the organisation number, else the name (in the text where no party is given), else the reference.

        A reference also tells apart what the receiver alone does not.
        """
        text = entry.text if entry.party is None and entry.number is None else None
        key = (entry.number, entry.party or text)
        if key not in self._kept:
            self._kept[key] = frozenset(self._by_number.get(entry.number or "", ())) or self._named(*key)
        named = self._kept[key]
        referred = _all(self._by_reference.get(_plain(each), ()) for each in entry.references)
        return named & referred or named or referred

    def _named(self, number: str | None, party: str | None) -> frozenset[Target]:
        """The same name, else a name that stands whole in it; never the name of one with another number."""
        words = _words(party or "")
        same = self._free(number, self._by_name.get(words, ()) if words else ())
        return same or self._free(
            number,
            _all(
                self._by_name[name]
                for start, word in enumerate(words)
                for name in self._by_first_word.get(word, ())
                if words[start : start + len(name)] == name
            ),
        )

    def _free(self, number: str | None, targets: Iterable[Target]) -> frozenset[Target]:
        return frozenset(target for target in targets if number is None or not self._numbers[target])


_Key = TypeVar("_Key")
_One = TypeVar("_One")


def _index(pairs: Iterable[tuple[_Key, _One]]) -> dict[_Key, set[_One]]:
    found: dict[_Key, set[_One]] = defaultdict(set)
    for key, each in pairs:
        found[key].add(each)
    return dict(found)


def _all(sets: Iterable[Iterable[_One]]) -> frozenset[_One]:
    return frozenset(each for one in sets for each in one)


_LEGAL_FORMS = (
    ("ideell", "förening"),
    ("ideella", "föreningen"),
    ("ekonomisk", "förening"),
    ("ek", "för"),
    ("ek", "förening"),
    ("aktiebolag",),
    ("aktiebolaget",),
    ("ab",),
    ("svb",),
    ("publ",),
)
"""Words that say what kind of legal person a name belongs to, and that one register has and another leaves out."""

_WORD = re.compile(r"\w+")


def _words(name: str) -> tuple[str, ...]:
    """A name's words in small letters, without those for its legal form; all of them when there is nothing else."""
    words = tuple(_WORD.findall(unicodedata.normalize("NFKC", name).casefold()))
    return tuple(_without_forms(words)) or words


def _without_forms(words: tuple[str, ...]) -> Iterator[str]:
    number = 0
    while number < len(words):
        form = next((each for each in _LEGAL_FORMS if words[number : number + len(each)] == each), None)
        if form is None:
            yield words[number]
        number += len(form) if form else 1


def _plain(reference: str) -> str:
    """A reference without what is not part of it: capitals, and blanks around and between."""
    return " ".join(unicodedata.normalize("NFKC", reference).casefold().split())
