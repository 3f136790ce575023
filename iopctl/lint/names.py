"""What a draft calls parties, boards, units and persons, compared with what the agreement calls them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iopctl.finding import Finding, Message, Rule, Severity, say
from iopctl.lint.case import Case, rule
from iopctl.lint.facts import SLIP, WRITE_DOWN
from iopctl.lint.numbers import without_addresses

_WORD = re.compile(r"[^\W\d_]+")
_BODY = re.compile(r"[^\W\d_]{3,}(?:nämnden|förvaltningen)s?", re.IGNORECASE)
_PERSON = re.compile(r"(?<![\w-])([A-ZÅÄÖÉ][^\W\d_]+) ([A-ZÅÄÖÉ][^\W\d_]+(?:-[A-ZÅÄÖÉ][^\W\d_]+)?)(?![\w-])")


@rule("DRF005", Severity.WARNING)
def unknown_name(rule: Rule, case: Case) -> Iterator[Finding]:
    """A name that is almost a party's, a board's or a person's, an error; or a board or unit that no one has named."""
    parts = list(_parts(case))
    people = [tuple(name.split()) for name, small in case.known.names.items() if not small and len(name.split()) == 2]
    for block in case.edited:
        text = without_addresses(block.text)
        told: set[int] = set()
        for found in _WORD.finditer(text):
            word = found[0]
            if _has(case, word):
                continue
            label = case.label(block, *found.span())
            meant = next((name for name, small in parts if _slip(word, name, small=small)), None)
            if meant is not None:
                told.add(found.start())
                yield Finding(rule, _no_name(word, meant), (label,), SLIP, Severity.ERROR)
            elif _BODY.fullmatch(word):
                yield Finding(rule, say("{found} is not in the agreement", found=word), (label,), WRITE_DOWN)
        for found in _PERSON.finditer(text):
            meant = _other_person(case, found[1], found[2], people)
            if meant and not told & {found.start(1), found.start(2)}:
                yield Finding(rule, _no_name(found[0], meant), (case.label(block, *found.span()),), WRITE_DOWN)


def _no_name(found: str, known: str) -> Message:
    return say("{found} is not a name in the agreement; did you mean {known}?", found=found, known=known)


def _parts(case: Case) -> Iterator[tuple[str, bool]]:
    """The words of the names that are long enough for a slip to be told from another word."""
    for name, small in case.known.names.items():
        yield from ((word, small) for word in _WORD.findall(name) if len(word) >= 5)


def _has(case: Case, word: str) -> bool:
    """Whether the agreement, or its draft, has the word, perhaps without the ending."""
    small = word.lower()
    return small in case.known.words or small.removesuffix("s") in case.known.words or f"{small}s" in case.known.words


def _slip(word: str, name: str, *, small: bool) -> bool:
    """Whether a word is a name with a letter or two wrong, and not another form of it."""
    if not small and name[:1].isupper() and not word[:1].isupper():
        return False
    one, other = word.lower(), name.lower()
    if one.startswith(other) or other.startswith(one):
        return False
    most = 1 if len(other) < 8 else 2
    return min(_steps(one, other, most), _steps(one, f"{other}s", most)) <= most


def _steps(one: str, other: str, most: int) -> int:
    """How many letters are added, left out, exchanged or swapped with the next; more than `most` is not counted."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for number, letter in enumerate(one, 1):
        older, before, row = before, row, [number]
        for place, wanted in enumerate(other, 1):
            steps = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != wanted))
            if number > 1 and place > 1 and letter == other[place - 2] and one[number - 2] == wanted:
                steps = min(steps, older[place - 2] + 1)
            row.append(steps)
        if min(row) > most:
            return most + 1
    return row[-1]


def _other_person(case: Case, first: str, last: str, people: list[tuple[str, ...]]) -> str | None:
    """The person in the agreement who has one of the two names, when the agreement does not have them both."""
    if _has(case, first) and _has(case, last):
        return None
    alike = ((one, two) for one, two in people if (first == one) != (last.removesuffix("s") == two.removesuffix("s")))
    return next((f"{one} {two}" for one, two in alike), None)
