"""iopctl lint finds what somebody has changed in a draft, and nothing in a draft that nobody has touched."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from iopctl import lint
from iopctl.cli.app import run
from iopctl.documents.templates import Templates
from iopctl.finding import Finding, Span
from iopctl.lint.markdown import read_markdown
from tests.agreements import SHIPPED, agreement, cash, shipped
from tests.edited import DAY, LINKOPING, MEMO, case_of, drafted, saved, word

AGREEMENTS = sorted(shipped().workspace.agreements)
DAYS = (DAY, date(2023, 6, 1))
DOCUMENTS = [(id_, kind, day) for id_ in AGREEMENTS for kind in Templates(None).kinds() for day in DAYS]


def found(path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> list[dict[str, Any]]:
    run(["lint", str(path), "--format", "json", *more])
    findings: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
    return findings


@pytest.fixture(autouse=True)
def _in_the_workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SHIPPED)


@pytest.mark.parametrize(("id_", "kind", "day"), DOCUMENTS, ids=str)
def test_a_draft_that_nobody_has_touched_has_only_gaps(
    id_: str, kind: str, day: date, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = drafted(id_, kind, day)
    for data in (text, word(text)):
        others = [each for each in found(saved(tmp_path, data), capsys) if each["code"] != "DRF023"]
        assert others == []


MONTHS = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
AMOUNT = re.compile("[0-9]{1,3}(?:\u00a0[0-9]{3})+(?=\u00a0kr)")
DATE = re.compile(f"(?<=den )[0-9]{{1,2}}\u00a0(?:{MONTHS}) [0-9]{{4}}|(?<![0-9])[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}")
NAME = re.compile("Resurspoolen|äldrenämnden|omsorgsförvaltningen|Siv Petersson|Linda Ljungqvist|Linköpings kommun")


def places(text: str) -> Iterator[tuple[str, int, int]]:
    """Every amount, date and name of a draft, below what the file says about itself."""
    body = text.index("---\n", 4)
    for kind, pattern in (("amount", AMOUNT), ("date", DATE), ("name", NAME)):
        yield from ((kind, *each.span()) for each in pattern.finditer(text, body))


def slip(kind: str, words: str, chance: random.Random) -> str:
    """The words with one slip of the finger: a digit or a letter exchanged, two swapped, or one left out."""
    signs = [number for number, each in enumerate(words) if (each.isdigit() if kind != "name" else each.isalpha())]
    while True:
        at = chance.choice(signs[1:-1] if kind == "name" else signs)
        how = chance.choice(("other", "swap", "less") if kind == "name" else ("other", "swap"))
        if how == "other":
            sign = chance.choice("0123456789" if kind != "name" else "aeioumnrst")
            made = words[:at] + sign + words[at + 1 :]
        elif how == "swap" and at + 1 in signs:
            made = words[:at] + words[at + 1] + words[at] + words[at + 2 :]
        else:
            made = words[:at] + words[at + 1 :] if how == "less" else words
        if made != words and not made.startswith("0"):
            return made


SLIPS = 200
LEAST = 0.98
"""The share of slips that has to be found. What is not found has become another of the agreement's own days, or a name
that no longer begins with a capital."""


def test_nearly_every_slip_is_found() -> None:
    text, chance = drafted(LINKOPING, MEMO, DAY), random.Random(20211103)
    case = case_of(text)
    assert {each.rule.code for each in lint.lint(case)} == {"DRF023"}
    every = list(places(text))
    missed = []
    for _number in range(SLIPS):
        kind = chance.choice(("amount", "date", "name"))
        _kind, start, end = chance.choice([each for each in every if each[0] == kind])
        wrong = slip(kind, text[start:end], chance)
        changed = text[:start] + wrong + text[end:]
        found = lint.lint(replace(case, paper=read_markdown("", changed)))
        if changed.count("\n", 0, start) + 1 not in lines(found):
            missed.append(f"{text[start:end]} → {wrong}")
    assert 1 - len(missed) / SLIPS >= LEAST, missed


def test_a_length_after_a_period_is_not_the_length_of_it() -> None:
    """The agreement runs for three years; the time that stands after its days is that of the option."""
    stands = "med möjlighet till förlängning ytterligare tre år."
    text = drafted(LINKOPING, MEMO, DAY)
    assert text.count(stands) == 2
    case = case_of(text.replace(stands, "med möjlighet till förlängning ytterligare fyra år."))
    others = [each for each in lint.lint(case) if each.rule.code != "DRF023"]
    assert [(each.rule.code, each.message.template, each.weight.value) for each in others] == [
        ("DRF004", "{stated} is not a length that the agreement has", "warning")
    ] * 2


def test_a_share_of_a_payment_is_no_amount() -> None:
    parts = {"times_per_year": 1, "dates": ({"day": "03-15", "share": 100},)}
    case = case_of(drafted(LINKOPING, MEMO, DAY))
    made = {**case.workspace.agreements, LINKOPING: agreement(contributions=(cash(5000, payment=parts),))}
    known = replace(case, workspace=replace(case.workspace, agreements=made)).known
    assert (Decimal(5000) in known.amounts, Decimal(100) in known.amounts, "100" in known.percentages) == (
        True,
        False,
        True,
    )


def lines(found: list[Finding]) -> set[int]:
    """The lines of what has been found, gaps apart."""
    labels = (label for each in found if each.rule.code != "DRF023" for label in each.labels)
    return {label.where.line for label in labels if isinstance(label.where, Span)}
