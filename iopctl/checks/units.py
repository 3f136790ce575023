"""One unit, one name: a nämnd or a förvaltning that is written in two ways."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from iopctl.checks.case import Case, rule
from iopctl.finding import Finding, Label, Route, Rule, Severity, say
from iopctl.model import Agreement


@rule("PAR008", Severity.WARNING)
def unit_name_varies(rule: Rule, case: Case) -> Iterator[Finding]:
    """A public unit with a name of several parts is called something nearly equal: Omsorgs- och …, Omsorg- och ….

    Endings and capital letters do not count, nor does a name that the unit gets or has had.
    """
    agreement = case.agreement
    names = {name: route for route, name in _names(agreement) if " och " in name or " & " in name}
    if not any(_odd(name, case.written_out) for name in names):
        return
    told = {_plain(_stem(each)) for each in _renamings(agreement)}
    for name, route in names.items():
        if _plain(_stem(name)) in told:
            continue
        for plain, places in _variants(name, case).items():
            if plain in told:
                continue
            told.add(plain)
            (first, words), *others = places
            message = say("“{name}” is also written “{other}”", name=name, other=words)
            labels = (
                Label(first, needle=words),
                *(Label(place, say("here too"), needle=again) for place, again in others),
                Label(route, say("the name that the party has")),
            )
            yield Finding(rule, message, labels, say("find out what the unit is called, and write that everywhere"))


def _names(agreement: Agreement) -> Iterator[tuple[Route, str]]:
    for id_, party in agreement.parties.items():
        if party.public:
            for key, name in (("administration", party.administration), ("board", party.board), ("name", party.name)):
                if isinstance(name, str):
                    yield ("parties", id_, key), name


def _renamings(agreement: Agreement) -> Iterator[str]:
    for party in agreement.parties.values():
        for each in party.renamed:
            yield from (name for name in (each.name, each.administration, each.board) if name is not None)


def _odd(name: str, text: str) -> bool:
    """Whether the name's last word stands anywhere without the words before it: quicker than any pattern."""
    before, space, last = _stem(name)[1:].rpartition(" ")
    if _always(before + space + last[:1], last[1:], text):
        return False
    return not _always(before + space + last[:1], last[1:], " ".join(text.split()))  # it may be broken over two lines


def _always(before: str, words: str, text: str) -> bool:
    """Whether the same stands before some words wherever they are."""
    return all(piece.endswith(before) for piece in text.split(words)[:-1])


def _variants(name: str, case: Case) -> dict[str, list[tuple[Route, str]]]:
    """What is nearly the name, as it is written, with the places; one for each text."""
    stem = _stem(name)
    *before, last = stem.split()
    words = (r"(?:och|&|samt)\s+" if word in ("och", "&", "samt") else r"\w+(?:\s?[-–‑],?\s*|,?\s+)" for word in before)
    pattern = re.compile(rf"\b{''.join(words)}({re.escape(last)})\w*", re.IGNORECASE)
    found: dict[str, list[tuple[Route, str]]] = defaultdict(list)
    for route, text in reversed(case.texts):
        for match in pattern.finditer(text) if last[1:] in text else ():
            written = _plain(text[match.start() : match.end(1)])
            if written != _plain(stem) and _near(written, _plain(stem)) and route not in dict(found[written]):
                found[written].append((route, " ".join(match[0].split())))
    return {written: places for written, places in found.items() if places}


def _stem(name: str) -> str:
    """The name without its definite ending, so that its other forms begin with the same letters."""
    return name.removesuffix("en")


def _plain(name: str) -> str:
    return " ".join(name.replace("–", "-").replace("‑", "-").split()).casefold()


def _near(one: str, other: str) -> bool:
    """Whether the words are the same but for signs, a binding s or a slip of the pen."""
    ours, theirs = ([word for word in re.findall(r"\w+", text) if word not in ("och", "samt")] for text in (one, other))
    return len(ours) == len(theirs) and all(
        a.removesuffix("s") == b.removesuffix("s") or SequenceMatcher(None, a, b).ratio() > _ALIKE
        for a, b in zip(ours, theirs, strict=True)
    )


_ALIKE = 0.85
"""Of two words of ten letters one may differ; "kultur" and "natur" are two words."""
