"""Personal numbers: which digits are one, and that none is shown by any finding in any format.

The numbers are made up: 121212-121x with the check digit 2 (each digit times 2, 1, 2 … gives 2 nine times: 18), and
121272-1219, a samordningsnummer born on the 12th (2 2 2 2 5 2 2 2 2: 21).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from iopctl import rules
from iopctl.cli.app import run
from iopctl.cli.examine import examine
from iopctl.finding import Label, Placed
from iopctl.locale.language import Language
from iopctl.manual import pages
from iopctl.personal import masked, places
from iopctl.render.findings import as_json, concise, full
from iopctl.render.github import github, step_summary
from iopctl.render.gitlab import gitlab
from iopctl.render.junit import junit
from iopctl.render.sarif import sarif
from iopctl.source import Source
from tests.sound import ID, findings, write

CASES = Path(__file__).parent / "cases"
DIGITS = ("1212", "1219")
"""What every personal number in the cases ends with, and nothing else does."""


@pytest.mark.parametrize(
    "number",
    [
        "121212-1212",
        "121212+1212",
        "1212121212",
        "19121212-1212",
        "191212121212",
        "121212\u20131212",  # an en dash
        "121212\u20111212",  # Word's no-break hyphen
        "121272-1219",  # samordningsnummer
        "19121272-1219",
        "000229-1219",  # 2000 had a 29 February: 0 0 0 2 4 9 2 2 2 = 21
    ],
)
def test_a_personal_number(number: str) -> None:
    assert places(f"Av Tolvan ({number}), ordförande") == [(11, 11 + len(number))]
    assert masked(f"_{number}_ och {number}.") == f"_{'•' * len(number)}_ och {'•' * len(number)}."


@pytest.mark.parametrize(
    "text",
    [
        "845000-4281",  # Lunds Rödakorskrets: the third digit is at least 2
        "212000-1132",
        "16212000-1132",  # an organisation number with the register's prefix
        "121212-1213",  # the check digit is wrong
        "121312-1211",  # there is no 13th month: 2 2 2 3 2 2 2 2 2 = 19, 1
        "121200-1216",  # no day 0: 2 2 2 2 0 0 2 2 2 = 14, 6
        "121260-1213",  # nor with 60 added to it: 2 2 2 2 3 0 2 2 2 = 17, 3
        "17121212-1212",  # nobody born then is party to anything
        "0701123457",  # a mobile number whose digits are a date with a check digit: 0 7 0 1 2 2 6 4 1 = 23, 7
        "070-112 34 57",
        "20180101-20201231",
        "2018-01-01-2020-12-31",
        "KS 2019-121212-1212",
        "121212-1212-3",
        "1 212 121 212 kr",
        "A1212121212",
        "3121212-1212",
        "121212-12123",
        "121212 - 1212",
    ],
)
def test_no_personal_number(text: str) -> None:
    assert places(text) == []
    assert masked(text) == text


def test_each_comes_with_the_route_of_its_value() -> None:
    source = Source("a.yaml", "amount: 191212121212\ntext: 191212121212\nlist: [a, 121212-1212] # 121272-1219\n")
    assert [(route, span.line, span.column) for route, span in source.personal_numbers()] == [
        (("amount",), 1, 9),
        (("text",), 2, 7),
        (("list", 1), 3, 11),
        (None, 3, 26),
    ]


def test_an_amount_is_not_reported() -> None:
    snippet = "total: {value: 191212121212, per: year}\ncontributions: []\n"
    assert "TXT004" not in [each["code"] for each in findings(snippet)]


@pytest.mark.parametrize(
    ("text", "label", "line"),
    [
        ('a: "121212-1212 och\n  x"\n', Label(("a",), hidden=True), 'a: "••••••••••• och'),
        ("a: 121212-1212 121272-1219\n", Label(("a",), hidden=True), "a: ••••••••••• •••••••••••"),
        ("a: >-\n  x 121212-1212\n", Label(("a",), hidden=True), "  x •••••••••••"),
        ("a: 121212-1212 XX\n", Label(("a",), needle="XX"), "a: ••••••••••• XX"),  # another rule's place
        ('a: "hemlig\n  text"\n', Label(("a",), hidden=True), "a: •••••••"),  # to the end of the line
        ('a: "191212\\\n  121212"\n', Label(("a",), hidden=True), "a: ••••••••"),  # broken over two lines
        ("a: hemlig\n", Label(("a",), hidden=True), "a: ••••••"),
    ],
)
def test_the_line_is_shown_without(text: str, label: Label, line: str) -> None:
    assert Source("a.yaml", text).excerpt(label).text == line


FORMATS: dict[str, Callable[[list[Placed], Language], str]] = {
    "full": lambda found, language: full(found, 1, language),
    "concise": lambda found, language: concise(found, 1, language),
    "json": lambda found, language: as_json(found, 1, language),
    "sarif": lambda found, language: sarif(found, language, rules=rules.ALL, pages=pages(), version="1"),
    "junit": lambda found, language: junit(found, [found[0].file], language),
    "gitlab": gitlab,
    "github": lambda found, language: github(found, 1, language),
    "summary": lambda found, language: step_summary(found, 1, language),
}


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("format_", FORMATS)
def test_no_format_shows_one(format_: str, language: str) -> None:
    """Of everything that every rule finds in the cases, and of a file that is all wrong."""
    cases = [*CASES.glob("TXT004*.yaml"), CASES / "PAR001_personnummer.yaml"]
    for case in cases:
        found = examine([case], None, date(2026, 1, 15)).found
        assert {each.finding.rule.code for each in found} & {"TXT004", "PAR001"}
        text = FORMATS[format_](found, Language(language))
        assert [digits for digits in DIGITS if digits in text] == []


@pytest.mark.parametrize(
    "wrong",
    [
        "log:\n  - {notice: foreningen, date: 2026-01-02, reference: 191212121212}\n",  # a number where text is wanted
        "period: {start: 121212-1212, end: 2028-12-31}\n",
        "121212-1212: x\n",
        "clauses:\n  - {kind: copies, text: 121212-1212 i två exemplar: ett var}\n",
        'footnotes: {"1": {unknown: 121212-1212}}\n',
        "decisions:\n  - {kind: adopted, body: {unknown: av 121212-1212}}\n",
        "acknowledged:\n  - {rule: PER003, reason: Enligt 121212-1212}\n",
        "parties:\n  121212-1212: {name: {unknown: x}, kind: association}\n",
        "period: {start: 2026-01-01, end: 2028-12-31, stated: 2 years}\n"
        "acknowledged:\n  - {rule: PER003, reason: Enligt 121212-1212}\n",
    ],
)
def test_no_other_finding_shows_one(
    wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = findings(wrong)
    assert found
    assert "1212" not in str(found)
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {ID: wrong})
    run(["check", "--as-of", "2026-01-15"])
    assert "1212" not in capsys.readouterr().out


def test_the_manual_shows_a_made_up_one_only() -> None:
    numbers = {
        text[start:end] for page in pages().values() for text in (page.wrong, page.right) for start, end in places(text)
    }
    assert numbers == {"19121212-1212"}
