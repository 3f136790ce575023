"""Text → values and places: exact values from the written text, exact positions, and what is refused.

A place is (line, column, end line, end column), counted from 1 in characters, the end exclusive; all counted by hand.
"""

from __future__ import annotations

import json
import tracemalloc
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.finding import Label, Route
from iopctl.locale.language import Language
from iopctl.source import MAX_DEPTH, Source

Place = tuple[int, int, int, int]


def values(text: str) -> Any:
    source = Source("prov.yaml", text)
    assert source.findings == []
    return source.values


def place(text: str, *route: str | int, on_key: bool = False, needle: str | None = None) -> Place:
    return Source("prov.yaml", text).excerpt(Label(route, on_key=on_key, needle=needle)).span


def refused(text: str) -> list[tuple[str, str, list[Place]]]:
    """The code, the message and the places of every finding; a text with findings has no values."""
    source = Source("prov.yaml", text)
    assert source.values is None
    english = Language("en")
    return [
        (found.rule.code, english.say(found.message), [source.excerpt(label).span for label in found.labels])
        for found in source.findings
    ]


# -- values ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "0123", "00", "-01", "1e3", "1E3", "0x10", "0o17", "1_000", ".5", "5.", "+5", "--5", ".inf", ".nan", "1.2.3",
        "12:30:45", "400 000", "400\u00a0000", "12.500,00", "٣", "1234567890123456789",
        "no", "No", "on", "off", "yes", "y", "n", "True", "TRUE", "False", "sant",
        "2023-02-30", "2023-02-29", "2100-02-29", "2023-13-01", "2023-00-10", "2023-2-3", "2019-11", "2023-02-03 10:00",
        "1899-12-31", "2200-01-01", "0001-01-01", "9999-12-31", "2023-02-03T10:00:00Z", "2020-W01-1",
    ],
)  # fmt: skip
def test_stays_text_that_other_readers_would_convert_or_choke_on(written: str) -> None:
    assert values(f"a: {written}\nb:\n  - {written}\n") == {"a": written, "b": (written,)}


@pytest.mark.parametrize("written", ["12", "1200.10", "2023-02-03", "true", "~", "null", "*x", "a: b", "# nej"])
def test_quotation_marks_make_text(written: str) -> None:
    assert values(f"a: \"{written}\"\nb: '{written}'\n") == {"a": written, "b": written}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0", 0),
        ("-5", -5),
        ("12345678901234567", 12345678901234567),  # 17 digits; a binary float would end in 568
        ("999999999999999999", 999999999999999999),
        ("20230203", 20230203),
        ("1200.10", Decimal("1200.10")),
        ("0.1", Decimal("0.1")),
        ("-0.50", Decimal("-0.50")),
        ("12345678901234567.89", Decimal("12345678901234567.89")),
        ("true", True),
        ("false", False),
        ("2023-02-28", date(2023, 2, 28)),
        ("2024-02-29", date(2024, 2, 29)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2199-12-31", date(2199, 12, 31)),
    ],
)
def test_exact_values(written: str, expected: object) -> None:
    found = values(f"a: {written}\n")["a"]
    assert (type(found), str(found)) == (type(expected), str(expected))  # str, because 1200.10 == 1200.1


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("|\n  första\n  andra\n", "första\nandra\n"),
        ("|-\n  första\n\n  andra\n", "första\n\nandra"),
        ("|+\n  första\n\n", "första\n\n"),
        ("|2-\n    indragen\n  inte\n", "  indragen\ninte"),
        (">-\n  vikt\n  text\n\n  nytt stycke\n", "vikt text\nnytt stycke"),
        (">\n  vikt\n  text\n", "vikt text\n"),
        ("löper\n  vidare # kommentar\n", "löper vidare"),
        ("'det''s'\n", "det's"),
        ('"rad\\nrad\\u00e5 \\\n  hel"\n', "rad\nradå hel"),
        ("|-\n  2023-02-03\n", "2023-02-03"),
        (">-\n  true\n", "true"),
    ],
)
def test_text_over_several_lines(written: str, expected: str) -> None:
    assert values(f"a: {written}b: 1\n") == {"a": expected, "b": 1}


def test_lists_mappings_and_the_ends_of_a_document() -> None:
    text = "%YAML 1.2\n---\na:\n- 1\n- [x, {y: z}]\n- k: v\n  l: []\nb: {}\n...\n"
    assert values(text) == {"a": (1, ("x", {"y": "z"}), {"k": "v", "l": ()}), "b": {}}


def test_a_key_is_a_text_in_composed_form_and_a_value_is_left_as_written() -> None:
    decomposed = "A\u030a"
    assert values(f"{decomposed}r: {decomposed}\n1: ett\ntrue: ja\n") == {"År": decomposed, "1": "ett", "true": "ja"}


# -- places ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_places_count_characters_not_bytes(end: str) -> None:
    text = f"namn: Åsa 😀 Öberg{end}nästa: ord{end}"
    assert place(text, "namn") == (1, 7, 1, 18)  # Åsa + space + one emoji + space + Öberg are 11 characters
    assert place(text, "nästa") == (2, 8, 2, 11)
    assert place(text, "nästa", on_key=True) == (2, 1, 2, 6)
    assert Source("prov.yaml", text).excerpt(Label(("namn",))).text == "namn: Åsa 😀 Öberg"


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085"])
def test_a_line_is_what_an_editor_calls_a_line(separator: str) -> None:
    """YAML breaks the line at these, editors do not."""
    text = f'a: "å{separator}ä"\nb: ö\n'
    assert place(text, "a") == (1, 4, 1, 9)
    assert place(text, "b") == (2, 4, 2, 5)


def test_places_in_lists() -> None:
    text = "a:\n  - ett\n  - {x: 1, y: två}\n  - x: 1\n    y: två # en kommentar\n"
    assert place(text, "a") == (1, 1, 1, 2)  # what holds keys or items is shown by its key
    assert place(text, "a", 0) == (2, 5, 2, 8)
    assert place(text, "a", 1) == (3, 5, 3, 19)
    assert place(text, "a", 1, "y") == (3, 15, 3, 18)
    assert place(text, "a", 1, "y", on_key=True) == (3, 12, 3, 13)
    assert place(text, "a", 2) == (4, 5, 4, 9)  # an item of several lines by its first
    assert place(text, "a", 2, "y") == (5, 8, 5, 11)


def test_a_route_that_leads_nowhere_is_placed_as_near_as_it_leads() -> None:
    text = "a:\n  - {x: 1}\nb: 2\n"
    assert place(text, "a", 0, "y") == (2, 5, 2, 11)
    assert place(text, "a", 7) == (1, 1, 1, 2)
    assert place(text, "b", "y") == (3, 4, 3, 5)
    assert place(text, "c") == (1, 1, 1, 3)
    assert place(text) == (1, 1, 1, 3)


def test_words_inside_a_value() -> None:
    text = "a: |-\n  Rum för XX\n  och för ej klart.\nb: 'från XX'\nc: nej\n"
    assert place(text, "a", needle="ej klart") == (3, 11, 3, 19)
    assert place(text, "a", needle="XX") == (2, 11, 2, 13)
    assert place(text, "b", needle="XX") == (4, 10, 4, 12)
    assert place(text, "c", needle="XX") == (5, 4, 5, 7)  # when the words are not there: the whole value


def test_a_key_in_decomposed_form_is_found_and_as_wide_as_it_is_written() -> None:
    assert place("A\u030ar: 1\n", "År", on_key=True) == (1, 1, 1, 4)


# -- what is refused ---------------------------------------------------------------------------------------------------


ALIAS = "{} is an alias, an anchor or a tag, which agreements do not use"


@pytest.mark.parametrize(
    ("text", "code", "message", "where"),
    [
        ("a: 1\nb: *x\n", "FRM005", ALIAS.format("*x"), (2, 4, 2, 6)),
        ("a: &x 1\nb: *x\n", "FRM005", ALIAS.format("&x"), (1, 4, 1, 6)),
        ("å: &x {b: 1}\n", "FRM005", ALIAS.format("&x"), (1, 4, 1, 6)),
        ("&x a: 1\n", "FRM005", ALIAS.format("&x"), (1, 1, 1, 3)),
        ("*x : 1\n", "FRM005", ALIAS.format("*x"), (1, 1, 1, 3)),
        ("a:\n  <<: *x\n  b: 1\n", "FRM005", ALIAS.format("*x"), (2, 7, 2, 9)),
        ("a: !x 1\n", "FRM005", ALIAS.format("!x"), (1, 4, 1, 6)),
        ("a: 1\n---\nb: 2\n", "FRM005", "a second document starts here", (2, 1, 2, 4)),
        ("a: 1\n---\n", "FRM005", "a second document starts here", (2, 1, 2, 4)),
        ("a: b\x00c\n", "FRM003", "the character U+0000 cannot be shown and is not allowed here", (1, 5, 1, 6)),
        ("å: b\n# \x1b[31m\n", "FRM003", "the character U+001B cannot be shown and is not allowed here", (2, 3, 2, 4)),
        ("a: b\x9bc\n", "FRM003", "the character U+009B cannot be shown and is not allowed here", (1, 5, 1, 6)),
        ("a: 1\nb:\n\tc: 2\n", "FRM003", "a tab stands where spaces are expected", (3, 1, 3, 2)),
        ("? [a, b]\n: c\n", "FRM003", "a key must be a plain word, not a list or a mapping", (1, 3, 1, 4)),
        ("ö: {{a: b}: c}\n", "FRM003", "a key must be a plain word, not a list or a mapping", (1, 5, 1, 6)),
        ("a: @b\n", "FRM003", "a text cannot begin with the sign @", (1, 4, 1, 5)),
        ('a: "\\d"\n', "FRM003", "a backslash inside double quotation marks starts a code that does not exist",
         (1, 5, 1, 6)),
    ],
)  # fmt: skip
def test_refused_at_its_place(text: str, code: str, message: str, where: Place) -> None:
    assert refused(text) == [(code, message, [where])]


@pytest.mark.parametrize("text", ["", "\n", "  \n\n", "# bara en kommentar\n"])
def test_an_empty_text(text: str) -> None:
    assert [code for code, _message, _where in refused(text)] == ["FRM007"]


def test_duplicate_keys_show_both_places_and_all_are_found() -> None:
    text = "a: 1\nb:\n  Å: 1\n  A\u030a: 2\na: 3\n'a': 4\n"
    assert refused(text) == [
        ("FRM004", "the key Å stands twice", [(4, 3, 4, 5), (3, 3, 3, 4)]),
        ("FRM004", "the key a stands twice", [(5, 1, 5, 2), (1, 1, 1, 2)]),
        ("FRM004", "the key a stands twice", [(6, 1, 6, 4), (1, 1, 1, 2)]),
    ]


def test_empty_values_are_all_found() -> None:
    assert refused("å:\nb: {c: , d: ''}\ne: \"\"\nf: # inget\n") == [
        ("FRM006", "the key å has no value", [(1, 3, 1, 3)]),
        ("FRM006", "the key c has no value", [(2, 8, 2, 8)]),
        ("FRM006", "the key f has no value", [(4, 3, 4, 3)]),
    ]


@pytest.mark.parametrize("written", ["~", "null"])
def test_the_words_for_nothing_are_empty_too(written: str) -> None:
    assert refused(f"a: {written}\n") == [("FRM006", "the key a has no value", [(1, 4, 1, 4 + len(written))])]


def test_depth_has_a_limit() -> None:
    within = "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)  # the first list is the file itself
    values(within)
    assert refused(f"[{within}]") == [("FRM005", "more than 20 levels inside each other", [(1, 22, 1, 23)])]


LAUGHS = 'a: &a ["ha","ha"]\n' + "".join(
    f"{name}: &{name} [{','.join([f'*{earlier}'] * 9)}]\n"
    for earlier, name in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize("text", [LAUGHS, "[" * 1_000_000, "{" * 1_000_000, "- " * 500_000, "? " * 500_000])
def test_a_file_made_to_fill_the_memory_is_refused_at_once(text: str) -> None:
    """Nine levels of nine aliases would be 2 × 9⁹ words. Refusing may cost what the text costs, a few times over."""
    tracemalloc.start()
    source = Source("prov.yaml", text)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [found.rule.code for found in source.findings] in (["FRM005"], ["FRM003"])
    assert most < 100_000 + 5 * len(text)


# -- any structure -----------------------------------------------------------------------------------------------------

CHARACTERS = st.characters(
    exclude_categories=["Cs", "Cc"],
    include_characters="\t\n\r",
    exclude_characters="\ufeff\ufffe\uffff\u2028\u2029",
)
"""What JSON writes as it is, or as an escape that YAML reads alike; without what only YAML takes for a line's end."""
TEXTS = st.text(CHARACTERS, max_size=12)
KEYS = TEXTS.map(lambda text: unicodedata.normalize("NFC", text))


def _deeper(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return inner | st.lists(inner, max_size=3).map(tuple) | st.dictionaries(KEYS, inner, max_size=3)


STRUCTURES = _deeper(_deeper(_deeper(TEXTS))).filter(lambda value: not isinstance(value, str))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _block(value: Any, indent: str = "") -> str:
    """The smallest writer of block YAML that the test needs: all texts and keys as JSON writes them."""
    if isinstance(value, str) or not value:
        return f" {_json(value)}\n"
    lines = [("-", each) for each in value] if isinstance(value, tuple) else [(f"{_json(k)}:", value[k]) for k in value]
    return "\n" + "".join(f"{indent}{head}{_block(each, indent + '  ')}" for head, each in lines)


def _leaves(value: Any, route: Route = ()) -> Iterator[tuple[Route, str]]:
    if isinstance(value, str):
        yield route, value
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if not isinstance(value, str):
            yield from _leaves(inner, (*route, step))


@pytest.mark.parametrize("write", [_block, _json], ids=["block", "flow"])
@given(value=STRUCTURES)
def test_any_structure_is_read_back_and_every_text_is_found_where_it_stands(write: Any, value: Any) -> None:
    text = write(value)
    source = Source("prov.yaml", text)
    assert (source.values, source.findings) == (value, [])
    for route, leaf in _leaves(value):
        excerpt = source.excerpt(Label(route))
        line, column, end_line, end_column = excerpt.span
        assert (end_line, excerpt.text) == (line, text.split("\n")[line - 1])
        assert excerpt.text[column - 1 : end_column - 1] == _json(leaf)


PIECES = st.sampled_from(
    ["a", "å", "😀", " ", "  ", "\n", "\r\n", "\r", "\t", ":", ": ", "- ", "-", "{", "}", "[", "]", ",", "#", " #",
     "?", "? ", "&a", "*a", "!", "!!str ", "|", "|-\n", ">", "'", '"', "%", "@", "`", "\\", "\n---\n", "...",
     "\u2028", "\x85", "\x00", "\x7f", "\ufeff", "~", "null", "1", "2023-02-30", "A\u030a", "<<", "="]
)  # fmt: skip


@given(text=st.lists(PIECES, max_size=25).map("".join) | st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_text_gives_values_or_findings_that_stand_in_it(text: str) -> None:
    source = Source("prov.yaml", text)
    assert (source.values is None) == bool(source.findings)
    for found in source.findings:
        for label in found.labels:
            excerpt = source.excerpt(label)
            line, column, end_line, end_column = excerpt.span
            assert excerpt.text in text
            assert (line, column) <= (end_line, end_column)
            assert 1 <= column <= len(excerpt.text) + 1
