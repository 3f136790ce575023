"""Five hundred damaged agreements, and what holds for every text. More of them: python -m tests.fuzz."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from iopctl.checks import texts
from iopctl.finding import Label
from iopctl.source import Source
from tests import fuzz

SEED = 20_261_122


def test_five_hundred_damaged_agreements_get_an_answer() -> None:
    totals = fuzz.fuzz(SEED, range(500))
    assert [f"--seed {SEED} --only {number}: {fault}" for number, fault in totals.failures] == []
    assert totals.runs == 500
    assert min(totals.families["bytes"], totals.families["structures"], totals.sound) >= 25
    assert len(totals.codes) >= 15  # they get past the form: rules about the contents see them too


def test_the_same_number_is_the_same_input() -> None:
    made = [fuzz.make(SEED, number) for number in range(40)]
    assert made == [fuzz.make(SEED, number) for number in range(40)]
    assert len({each.data for each in made}) == 40
    assert [each for each in made if each.data in {data for _name, data in fuzz.sound_agreements()}] == []


def failures(folder: Path) -> list[tuple[int, str]]:
    """What the fuzzer says of a sound agreement."""
    totals = fuzz.Totals()
    name, data = fuzz.sound_agreements()[0]
    fuzz.examine(3, fuzz.Input(name, "bytes", data), fuzz.workspace(folder), totals)
    return totals.failures


def test_a_sound_agreement_is_no_failure(tmp_path: Path) -> None:
    assert failures(tmp_path) == []


def test_an_error_of_the_programs_own_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "Finding", None)  # so that the rules about texts fail
    ((number, fault),) = failures(tmp_path)
    assert (number, fault) == (3, "a rule broke: INT001")


def test_a_traceback_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iopctl.cli.examine._piece", None)
    ((number, fault),) = failures(tmp_path)
    assert (number, fault.splitlines()[-1]) == (3, "TypeError: the first argument must be callable")


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ((2, b'{"findings": []}', "iopctl: x\n"), "exit code 2: iopctl: x\n"),
        ((0, b'{"findings": []}\x1b', ""), "JSONDecodeError"),
        ((0, b"\xff", ""), "UnicodeDecodeError"),
    ],
)
def test_a_wrong_answer_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: tuple[int, bytes, str], fault: str
) -> None:
    monkeypatch.setattr(fuzz, "check", lambda _path, _how: answer)
    ((_number, seen),) = failures(tmp_path)
    assert fault in seen


def test_a_character_that_steers_the_terminal_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screens = {"full": "a\u202eb\n".encode(), "json": b'{"findings": []}'}
    monkeypatch.setattr(fuzz, "check", lambda _path, how: (0, screens[how], ""))
    assert failures(tmp_path) == [(3, "on the screen: U+202E")]


@pytest.mark.parametrize(("limit", "unit"), [("MOST_SECONDS", "s"), ("MOST_MEGABYTES", "MB")])
def test_what_takes_too_much_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, unit: str) -> None:
    monkeypatch.setattr(fuzz, limit, -1)
    ((_number, fault),) = failures(tmp_path)
    assert fault.split()[1] == unit


# -- what holds for every text -----------------------------------------------------------------------------------------


def _as_text(value: Any) -> Any:
    """What was read, every scalar as the text it was made of; another zero is no loss."""
    if isinstance(value, dict):
        return {key: _as_text(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_as_text(inner) for inner in value]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _as_another_reads(value: Any) -> Any:
    """The same from PyYAML's reader, which takes every scalar for text; our keys are in composed form."""
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", key): _as_another_reads(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_another_reads(inner) for inner in value]
    return "0" if value == "-0" else value


@settings(max_examples=150)
@given(number=st.integers(0, 10**9))
def test_reading_loses_no_text(number: int) -> None:
    text = fuzz.make(SEED, number).data.decode("utf-8", "replace").removeprefix("\ufeff")
    source = Source("prov.yaml", text)
    if not source.findings:
        assert _as_text(source.values) == _as_another_reads(yaml.load(text, yaml.CBaseLoader))


ANY_TEXT = (
    st.text(st.characters(), max_size=60)
    | st.binary(max_size=60).map(lambda data: data.decode("utf-8", "surrogateescape"))
    | st.lists(st.sampled_from([*fuzz.TOKENS, b"\n", b"a: ", b"  "]), max_size=6).map(
        lambda parts: b"".join(part[:200] for part in parts).decode("utf-8", "surrogateescape")
    )
)


@given(text=ANY_TEXT, route=st.lists(st.text(max_size=3) | st.integers(0, 3), max_size=4).map(tuple))
def test_every_text_can_be_read_and_every_route_placed(text: str, route: tuple[str | int, ...]) -> None:
    source = Source("prov.yaml", text)
    assert (source.values is None) == bool(source.findings)
    for label in [Label(route), *(label for found in source.findings for label in found.labels)]:
        excerpt = source.excerpt(label)
        assert excerpt.text in text
        assert 1 <= excerpt.span.column <= len(excerpt.text) + 1
