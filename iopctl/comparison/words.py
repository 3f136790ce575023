"""Which words of a text are new and which are gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

MOST_WORDS = 4_000_000
"""So many pairs of words are compared, after what two texts begin and end with alike; beyond that all is other."""


class Fate(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


class Words(NamedTuple):
    """Words that follow on each other and have the same fate."""

    fate: Fate
    words: tuple[str, ...]


_WORD = re.compile(r"\S+")


def word_changes(old: str, new: str) -> list[Words]:
    """Both texts as one, word by word; how lines are broken is not told."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    begun = _alike(before, after)
    ended = _alike(before[begun:][::-1], after[begun:][::-1])
    middle = before[begun : len(before) - ended], after[begun : len(after) - ended]
    parts = [(Fate.KEPT, before[:begun]), *_middle(*middle), (Fate.KEPT, before[len(before) - ended :])]
    return [Words(fate, tuple(words)) for fate, words in parts if words]


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words both begin with."""
    return next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def _middle(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Fate, Sequence[str]]]:
    if len(old) * len(new) > MOST_WORDS:
        yield from ((Fate.GONE, old), (Fate.NEW, new))
        return
    for _tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[i:j] == new[k:m]:
            yield Fate.KEPT, old[i:j]
        else:
            yield Fate.GONE, old[i:j]
            yield Fate.NEW, new[k:m]


def counted(changes: Sequence[Words], fate: Fate) -> int:
    """How many words have that fate."""
    return sum(len(each.words) for each in changes if each.fate is fate)
