"""What the formats for other programs share: a finding's words, its file's name, and the mark it is known again by."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Sequence

from iopctl.finding import Placed
from iopctl.locale.language import Language
from iopctl.render.findings import place
from iopctl.render.plain import one_line

_UNWRITABLE = {"Cc", "Cs", "Zl", "Zp"}
"""Lone surrogates cannot be written as UTF-8. The others would break a line or steer a terminal. What joins letters and
pictures stays, so that the name still is the file's."""


def words(placed: Placed, language: Language) -> str:
    """What is wrong and, on a line of its own, what to do about it; for a Word file, first where."""
    finding = placed.finding
    said = [finding.message] if finding.help is None else [finding.message, finding.help]
    lines = [one_line(language.say(each)) for each in said]
    if placed.excerpts and not placed.excerpts[0].has_line:
        lines[0] = f"{place(placed.excerpts[0], language)}: {lines[0]}"
    return "\n".join(lines)


def path(file: str) -> str:
    """The name of a file as text that any program can read."""
    return "".join("�" if unicodedata.category(each) in _UNWRITABLE else each for each in file)


def occurrences(findings: Sequence[Placed]) -> list[int]:
    """Which one each is, from 1, of those with its rule, its file and its route."""
    seen: Counter[tuple[str, str, str]] = Counter()
    numbers = []
    for each in findings:
        same = (each.finding.rule.code, each.file, each.route)
        seen[same] += 1
        numbers.append(seen[same])
    return numbers


def fingerprints(findings: Sequence[Placed]) -> list[str]:
    """A mark for each that is its own in a report, and stays when the lines move or somebody acknowledges it."""
    return [
        hashlib.sha256(json.dumps([each.finding.rule.code, each.file, each.route, number]).encode()).hexdigest()
        for each, number in zip(findings, occurrences(findings), strict=True)
    ]
