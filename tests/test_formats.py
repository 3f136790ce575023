"""Findings for other programs: SARIF, JUnit, GitLab and GitHub, whole and against what each of them can read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Failure, JUnitXml
from markdown_it import MarkdownIt

from iopctl import rules
from iopctl.cli.examine import examine
from iopctl.finding import Excerpt, Finding, Label, Placed, Rule, Severity, Span, say
from iopctl.locale.language import Language
from iopctl.manual import pages
from iopctl.model.manual import ManualPage
from iopctl.render.github import github, step_summary
from iopctl.render.gitlab import gitlab
from iopctl.render.junit import junit
from iopctl.render.plain import brief, one_line
from iopctl.render.sarif import sarif

HERE = Path(__file__).parent
ENGLISH, SWEDISH = Language("en"), Language("sv")

LENGTH = Rule("PER003", "stated-length", Severity.ERROR)
OPEN = Rule("TXT001", "open-questions", Severity.INFO)
FILE = Rule("FRM001", "unreadable-file", Severity.ERROR)

STATED = Placed(
    Finding(
        LENGTH,
        say("{stated} is stated", stated="2 years"),
        (Label(("period", "stated")), Label(("period", "start"), say("from here"))),
        say("write what is meant"),
    ),
    "agreements/b.yaml",
    (
        Excerpt("agreements/b.yaml", Span(7, 11, 7, 18), "  stated: 2 years", None),
        Excerpt("agreements/b.yaml", Span(5, 10, 5, 20), "  start: 2018-01-01", say("from here")),
    ),
)
WARNING = replace(STATED, finding=replace(STATED.finding, severity=Severity.WARNING, help=None))
ACKNOWLEDGED = replace(STATED, finding=replace(STATED.finding, acknowledged="signed, 100% | as it is"))
INFORMATION = Placed(
    Finding(OPEN, say("open: {words}", words="§ XXX"), (Label(("texts", 0)),)),
    "agreements/a b, å.yaml",
    (Excerpt("agreements/a b, å.yaml", Span(3, 5, 4, 9), "    § XXX", say("here")),),
)
NO_FILE = Placed(Finding(FILE, say("there is no such file"), help=say("check the spelling")), "agreements/c.yaml")
FOUND = [INFORMATION, WARNING, ACKNOWLEDGED, NO_FILE]
CHECKED = ["agreements/a b, å.yaml", "agreements/b.yaml", "agreements/c.yaml", "agreements/d.yaml"]


def page_of(title: str) -> ManualPage:
    """A manual page that says little."""
    words = {"sv": f"{title} (sv)", "en": title}
    return ManualPage.model_validate(
        {"title": words, "what": words, "why": {"sv": "Därför.", "en": "Because."}, "wrong": "a: 1", "right": "a: 2"}
    )


PAGES = {"PER003": page_of("The length"), "TXT001": page_of("Something open"), "FRM001": page_of("No file")}


def sarif_of(found: list[Placed], pages: dict[str, ManualPage] | None = None, language: Language = ENGLISH) -> Any:
    log = json.loads(sarif(found, language, rules=(LENGTH, OPEN, FILE), pages=pages or PAGES, version="1.2.3"))
    validator().validate(log)
    return log


def validator() -> Any:
    """The official schema."""
    return jsonschema.Draft7Validator(json.loads((HERE / "schemas" / "sarif-2.1.0.json").read_text("utf-8")))


MARK = "findingHash/v1"


def test_sarif_whole() -> None:
    log = sarif_of(FOUND)
    run = log["runs"][0]
    marks = [each.pop("partialFingerprints") for each in run["results"]]
    assert [list(each) for each in marks] == [[MARK]] * 4
    assert log["version"] == "2.1.0"
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"] == {
        "name": "iopctl",
        "version": "1.2.3",
        "rules": [
            {
                "id": "PER003",
                "name": "StatedLength",
                "shortDescription": {"text": "The length"},
                "fullDescription": {"text": "The length"},
                "help": {"text": "The length\n\nBecause."},
                "defaultConfiguration": {"level": "error"},
            },
            {
                "id": "TXT001",
                "name": "OpenQuestions",
                "shortDescription": {"text": "Something open"},
                "fullDescription": {"text": "Something open"},
                "help": {"text": "Something open\n\nBecause."},
                "defaultConfiguration": {"level": "note"},
            },
            {
                "id": "FRM001",
                "name": "UnreadableFile",
                "shortDescription": {"text": "No file"},
                "fullDescription": {"text": "No file"},
                "help": {"text": "No file\n\nBecause."},
                "defaultConfiguration": {"level": "error"},
            },
        ],
    }
    b_file = {"uri": "agreements/b.yaml", "uriBaseId": "%SRCROOT%"}
    stated = {
        "ruleId": "PER003",
        "ruleIndex": 0,
        "level": "warning",
        "message": {"text": "2 years is stated"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": b_file,
                    "region": {"startLine": 7, "startColumn": 11, "endLine": 7, "endColumn": 18},
                },
                "logicalLocations": [{"fullyQualifiedName": "period.stated"}],
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {
                    "artifactLocation": b_file,
                    "region": {"startLine": 5, "startColumn": 10, "endLine": 5, "endColumn": 20},
                },
                "message": {"text": "from here"},
            }
        ],
        "suppressions": [],
    }
    assert run["results"] == [
        {
            "ruleId": "TXT001",
            "ruleIndex": 1,
            "level": "note",
            "message": {"text": "open: § XXX"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "agreements/a%20b%2C%20%C3%A5.yaml", "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": 3, "startColumn": 5, "endLine": 4, "endColumn": 9},
                    },
                    "message": {"text": "here"},
                    "logicalLocations": [{"fullyQualifiedName": "texts[0]"}],
                }
            ],
            "suppressions": [],
        },
        stated,
        {
            **stated,
            "level": "error",
            "message": {"text": "2 years is stated\nwrite what is meant"},
            "suppressions": [{"kind": "inSource", "justification": "signed, 100% | as it is"}],
        },
        {
            "ruleId": "FRM001",
            "ruleIndex": 2,
            "level": "error",
            "message": {"text": "there is no such file\ncheck the spelling"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "agreements/c.yaml", "uriBaseId": "%SRCROOT%"},
                    }
                }
            ],
            "suppressions": [],
        },
    ]


PAGE = ManualPage.model_validate(
    {
        "title": {"sv": "Längden stämmer inte", "en": "The length is wrong"},
        "what": {"sv": "Vad den ser.", "en": "What it sees."},
        "why": {"sv": "Varför.", "en": "Why."},
        "wrong": "a: 1",
        "right": "a: 2",
        "sources": ({"title": "Lag (1930:173)", "address": "https://example.org/lag"}, {"title": "Ett avtal"}),
    }
)


@pytest.mark.parametrize(
    ("language", "title", "what", "why"),
    [
        (ENGLISH, "The length is wrong", "What it sees.", "Why."),
        (SWEDISH, "Längden stämmer inte", "Vad den ser.", "Varför."),
    ],
)
def test_sarif_explains_a_rule_as_its_manual_page_does(language: Language, title: str, what: str, why: str) -> None:
    log = sarif_of([], {**PAGES, "PER003": PAGE}, language)
    explained = log["runs"][0]["tool"]["driver"]["rules"][0]
    assert explained["shortDescription"] == {"text": title}
    assert explained["fullDescription"] == {"text": what}
    assert explained["help"] == {"text": f"{what}\n\n{why}\n\nLag (1930:173) https://example.org/lag\n\nEtt avtal"}
    assert log["runs"][0]["language"] == language.code


def test_sarif_of_every_rule_there_is() -> None:
    log = json.loads(sarif([], ENGLISH, rules=rules.ALL, pages=pages(), version="1.2.3"))
    validator().validate(log)
    assert len(log["runs"][0]["tool"]["driver"]["rules"]) == len(rules.ALL)
    assert log["runs"][0]["results"] == []  # an empty list says that nothing was found; a missing one, that none looked


def test_sarif_of_everything_in_the_gallery() -> None:
    found = examine([HERE / "cases"], None, date(2026, 1, 15)).found
    log = json.loads(sarif(found, SWEDISH, rules=rules.ALL, pages=pages(), version="1.2.3"))
    validator().validate(log)
    results = log["runs"][0]["results"]
    assert len(results) > 100
    assert len({each["partialFingerprints"][MARK] for each in results}) == len(results)
    assert [each["ruleId"] for each in results if rules.ALL[each["ruleIndex"]].code != each["ruleId"]] == []


def test_the_schema_sees_a_planted_fault() -> None:
    log = sarif_of(FOUND)
    log["runs"][0]["results"][0]["level"] = "bad"
    with pytest.raises(jsonschema.ValidationError, match="'bad' is not one of"):
        validator().validate(log)


URI = re.compile(r"(?:file:///)?(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+")
"""RFC 3986: a path without a colon, so that nothing in it can be taken for a scheme."""


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("agreements/å ä.yaml", "agreements/%C3%A5%20%C3%A4.yaml"),
        ("a\nb#c?d%20.yaml", "a%0Ab%23c%3Fd%2520.yaml"),
        ("javascript:x.yaml", "javascript%3Ax.yaml"),
        ("\udce5.yaml", "%E5.yaml"),  # Latin-1 å, as Python reads it from the file system
        ("\ud800.yaml", "%ED%A0%80.yaml"),
        ("../b.yaml", "../b.yaml"),
        ("/srv/å.yaml", "file:///srv/%C3%A5.yaml"),
    ],
)
def test_sarif_names_a_file_by_a_valid_address(file: str, address: str) -> None:
    log = sarif_of([replace(NO_FILE, file=file)])
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == address
    assert URI.fullmatch(address)
    assert unquote_to_bytes(address.removeprefix("file://")) == file.encode(
        "utf-8", "surrogatepass" if "\ud800" in file else "surrogateescape"
    )


def test_sarif_makes_no_link_of_an_agreements_words() -> None:
    finding = replace(NO_FILE.finding, message=say("found {x}", x="[click](https://example.org)"), help=None)
    text = sarif_of([replace(NO_FILE, finding=finding)])["runs"][0]["results"][0]["message"]["text"]
    assert text == "found [click] (https://example.org)"


JUNIT = """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="iopctl check" tests="5" failures="1" errors="0">
  <testsuite name="iopctl check" tests="5" failures="1" errors="0">
    <testcase classname="agreements/a b, å.yaml" name="TXT001 open-questions texts[0]" file="agreements/a b, å.yaml">
      <system-out>information[TXT001]: open: § XXX
 --&gt; agreements/a b, å.yaml:3:5 texts[0]
3 |     § XXX
  |     ^^^^^ here</system-out>
    </testcase>
    <testcase classname="agreements/b.yaml" name="PER003 stated-length period.stated" file="agreements/b.yaml">
      <system-out>warning[PER003]: 2 years is stated
 --&gt; agreements/b.yaml:7:11 period.stated
7 |   stated: 2 years
  |           ^^^^^^^
5 |   start: 2018-01-01
  |          ---------- from here</system-out>
    </testcase>
    <testcase classname="agreements/b.yaml" name="PER003 stated-length period.stated (2)" file="agreements/b.yaml">
      <system-out>acknowledged[PER003]: 2 years is stated
 --&gt; agreements/b.yaml:7:11 period.stated
  = acknowledged: signed, 100% | as it is</system-out>
    </testcase>
    <testcase classname="agreements/c.yaml" name="FRM001 unreadable-file" file="agreements/c.yaml">
      <failure type="FRM001" message="there is no such file">error[FRM001]: there is no such file
 --&gt; agreements/c.yaml
  = help: check the spelling</failure>
    </testcase>
    <testcase classname="agreements/d.yaml" name="iopctl check" file="agreements/d.yaml" />
  </testsuite>
</testsuites>
"""


def test_junit_whole() -> None:
    assert junit(FOUND, CHECKED, ENGLISH) == JUNIT


@pytest.mark.parametrize(("strict", "failed"), [(False, ["FRM001"]), (True, ["PER003", "FRM001"])])
def test_junit_fails_what_fails_the_run(strict: bool, failed: list[str]) -> None:
    suites = JUnitXml.fromstring(junit(FOUND, CHECKED, ENGLISH, strict=strict).encode())
    suite = next(iter(suites))
    cases = list(suite)
    assert [result.type for case in cases for result in case.result if isinstance(result, Failure)] == failed
    assert (suite.tests, suite.failures, suites.failures) == (5, len(failed), len(failed))
    assert cases[-1].is_passed
    assert len({(case.classname, case.name) for case in cases}) == 5


def test_gitlab_whole() -> None:
    report = json.loads(gitlab(FOUND, ENGLISH))
    marks = [each.pop("fingerprint") for each in report]
    assert len(set(marks)) == 3
    assert report == [
        {
            "description": "open: § XXX",
            "check_name": "TXT001",
            "severity": "info",
            "location": {"path": "agreements/a b, å.yaml", "lines": {"begin": 3}},
        },
        {
            "description": "2 years is stated",
            "check_name": "PER003",
            "severity": "minor",
            "location": {"path": "agreements/b.yaml", "lines": {"begin": 7}},
        },
        {
            "description": "there is no such file\ncheck the spelling",
            "check_name": "FRM001",
            "severity": "major",
            "location": {"path": "agreements/c.yaml", "lines": {"begin": 1}},
        },
    ]


def marks_of(found: list[Placed]) -> list[str]:
    return [each["partialFingerprints"][MARK] for each in sarif_of(found)["runs"][0]["results"]]


def test_a_fingerprint_stays_when_lines_move_and_differs_within_a_report() -> None:
    moved = replace(STATED, excerpts=tuple(replace(each, span=Span(90, 1, 90, 2)) for each in STATED.excerpts))
    before, after = marks_of([STATED, WARNING]), marks_of([moved, ACKNOWLEDGED])
    assert before == after
    assert len(set(before)) == 2
    assert marks_of([replace(STATED, file="agreements/e.yaml")])[0] not in before
    assert [each["fingerprint"] for each in json.loads(gitlab([STATED, WARNING], ENGLISH))] == before
    # sha256 of ["PER003", "agreements/b.yaml", "period.stated", 1], by sha256sum: a change makes every alert a new one
    assert before[0] == "07b7a7a84fd99894139ec3e8019c4cac0f280a1d5779fd95e64aaf880c838524"


GITHUB = """\
::notice title=iopctl check::files checked: 4; errors: 1, warnings: 1, information: 1, acknowledged: 1
::error file=agreements/c.yaml,title=FRM001 unreadable-file::there is no such file%0Acheck the spelling
::warning file=agreements/b.yaml,line=7,endLine=7,col=11,endColumn=18,title=PER003 stated-length::2 years is stated
::notice file=agreements/a b%2C å.yaml,line=3,endLine=4,title=TXT001 open-questions::open: § XXX
"""


def test_github_whole() -> None:
    assert github(FOUND, 4, ENGLISH) == GITHUB


SUMMARY = """\
## iopctl check

files checked&#58; 4; errors&#58; 1, warnings&#58; 1, information&#58; 1, acknowledged&#58; 1

### agreements/a b, å.yaml

| line | rule | message |
| ---: | --- | --- |
| 3 | information TXT001 | open&#58; § XXX |

### agreements/b.yaml

| line | rule | message |
| ---: | --- | --- |
| 7 | warning PER003 | 2 years is stated |
| 7 | acknowledged PER003 | 2 years is stated<br>acknowledged&#58; signed, 100% &#124; as it is |

### agreements/c.yaml

| line | rule | message |
| ---: | --- | --- |
|  | error FRM001 | there is no such file<br>check the spelling |
"""


def test_step_summary_whole() -> None:
    assert step_summary(FOUND, 4, ENGLISH) == SUMMARY


def test_step_summary_is_never_larger_than_github_takes() -> None:
    long = replace(NO_FILE.finding, message=say("{x}", x="å" * 10_000), help=None)
    text = step_summary([replace(NO_FILE, finding=long)] * 60, 1, ENGLISH)
    assert 900_000 < len(text.encode()) < 1024 * 1024
    assert text.count("error FRM001") == 49  # 49 rows of 20 024 bytes and 0.2 kB around them; fifty are over a million
    assert text.endswith("\n\nand 11 more, for which there is no room here\n")


HOSTILE = [
    "\u202eright to left\u200f\u2066",
    "a\nb\r\nc\rd",
    "\n::error::mine",
    "\r::set-output name=x::y",
    "::set-output name=x::y",
    "##[error]x",
    "nul\x00 esc\x1b[31m bell\x07 \x85\u2028\u2029\ufffe\uffff\ufdd0",
    "\udce5\udcff \ud800",
    "]]><!-- & &amp; <script>alert(1)</script> -->",
    "%0A%0D%25%3A%2C 100 %",
    "a,b=c:d::e,file=x",
    "| a | `b` *c* __d__ ~~e~~ [f](https://example.org) ![g](h) \\| \\",
    "@octocat #1 https://example.org www.example.org x@example.org :smile: $1$",
    "# heading",
    '{unknown: "§ XXX"} {0} \'"',
    "👩\u200d⚕️ e\u0301 \U0001f1f8\U0001f1ea",
    "x" * 10_000,
    " ",
]


def hostile(text: str, number: int) -> Placed:
    """A finding with this text wherever a text from outside can stand."""
    file = f"{text}{number}"
    return Placed(
        Finding(
            LENGTH,
            say("message {number} {text}", number=number, text=text),
            (Label(("texts", text)), Label((), say("{text}", text=text))),
            say("help {text}", text=text),
            acknowledged=text if number % 5 == 4 else None,
            severity=list(Severity)[number % 3],
        ),
        file,
        (Excerpt(file, Span(1, 1, 1, 2), text), Excerpt(file, Span(2, 1, 3, 1), text, say("{text}", text=text))),
    )


FROM_OUTSIDE = [hostile(text, number) for number, text in enumerate(HOSTILE)]
SAID = [f"message {number} {one_line(text)}" for number, text in enumerate(HOSTILE)]
OPEN_ONES = [each for each in FROM_OUTSIDE if each.finding.acknowledged is None]


def test_hostile_texts_in_sarif() -> None:
    text = sarif(FROM_OUTSIDE, ENGLISH, rules=(LENGTH,), pages=PAGES, version="1")
    text.encode("utf-8")
    log = json.loads(text)
    validator().validate(log)
    results = log["runs"][0]["results"]
    assert [each["message"]["text"].split("\n")[0] for each in results] == [
        said.replace("](", "] (") for said in SAID
    ]  # in order, each once
    addresses = [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in results]
    assert [each for each in addresses if not URI.fullmatch(each)] == []
    assert len({each["partialFingerprints"][MARK] for each in results}) == len(HOSTILE)


def test_hostile_texts_in_junit() -> None:
    text = junit(FROM_OUTSIDE, [each.file for each in FROM_OUTSIDE], ENGLISH, strict=True)
    cases = ET.fromstring(text.encode("utf-8")).findall("testsuite/testcase")
    shown = [case[0].text or "" for case in cases]
    assert len(cases) == len(HOSTILE)
    for said in SAID:
        readable = brief(re.sub("[\ufffe\uffff]", "�", said))
        assert sum(each.split("\n")[0].endswith(f"[PER003]: {readable}") for each in shown) == 1
    assert len(list(next(iter(JUnitXml.fromstring(text.encode()))))) == len(HOSTILE)


def test_hostile_texts_in_gitlab() -> None:
    text = gitlab(FROM_OUTSIDE, ENGLISH)
    report = json.loads(text.encode("utf-8"))
    assert [each["description"].split("\n")[0] for each in report] == [
        said for said, each in zip(SAID, FROM_OUTSIDE, strict=True) if each in OPEN_ONES
    ]
    assert len({each["fingerprint"] for each in report}) == len(OPEN_ONES)


Command = tuple[str, dict[str, str], str]


def obeyed(output: str) -> Iterator[Command]:
    """The lines as GitHub's runner reads them: it cuts at \\r and \\n, and undoes the escaping in this order."""
    assert output.endswith("\n")
    for line in re.split("\r\n|\r|\n", output[:-1]):
        assert line.startswith("::"), line
        described, data = line[2:].split("::", 1)
        name, _space, properties = described.partition(" ")
        pairs = [pair.split("=", 1) for pair in properties.strip().split(",")]
        yield name, {key: undone(value, {"%3A": ":", "%2C": ","}) for key, value in pairs}, undone(data, {})


def undone(text: str, more: dict[str, str]) -> str:
    for written, meant in {"%0D": "\r", "%0A": "\n", **more, "%25": "%"}.items():
        text = text.replace(written, meant)
    return text


def test_github_reads_back_what_was_meant() -> None:
    assert list(obeyed(github(FOUND, 4, ENGLISH))) == [
        (
            "notice",
            {"title": "iopctl check"},
            "files checked: 4; errors: 1, warnings: 1, information: 1, acknowledged: 1",
        ),
        (
            "error",
            {"file": "agreements/c.yaml", "title": "FRM001 unreadable-file"},
            "there is no such file\ncheck the spelling",
        ),
        (
            "warning",
            {
                "file": "agreements/b.yaml",
                "line": "7",
                "endLine": "7",
                "col": "11",
                "endColumn": "18",
                "title": "PER003 stated-length",
            },
            "2 years is stated",
        ),
        (
            "notice",
            {"file": "agreements/a b, å.yaml", "line": "3", "endLine": "4", "title": "TXT001 open-questions"},
            "open: § XXX",
        ),
    ]


def commands(found: list[Placed]) -> list[Command]:
    """What GitHub obeys, without the counts; the numbers of its lines are those of the findings that are open."""
    text = github(found, 1, ENGLISH)
    text.encode("utf-8")
    read = list(obeyed(text))
    assert len(read) == 1 + sum(each.finding.acknowledged is None for each in found)
    assert {name for name, _properties, _data in read} <= {"error", "warning", "notice"}
    return read[1:]


def test_hostile_texts_in_github() -> None:
    read = commands(FROM_OUTSIDE)
    heads = [data.split("\n")[0] for _name, _properties, data in read]
    assert sorted(heads) == sorted(
        said for said, each in zip(SAID, FROM_OUTSIDE, strict=True) if each.finding.acknowledged is None
    )


ANY_TEXT = st.text(st.characters(codec=None) | st.sampled_from(":,%=\r\n#@|<`0ADC")) | st.sampled_from(HOSTILE)


@given(st.lists(ANY_TEXT, max_size=4))
def test_no_text_gives_github_an_order(texts: list[str]) -> None:
    found = [hostile(text, number) for number, text in enumerate(texts)]
    order = [Severity.ERROR, Severity.WARNING, Severity.INFO]
    expected = [
        ({Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}[severity], number)
        for severity in order
        for number, each in enumerate(found)
        if each.finding.severity is severity and each.finding.acknowledged is None
    ]
    read = commands(found)
    assert [(name, data) for name, _properties, data in read] == [
        (name, f"message {number} {one_line(texts[number])}\nhelp {one_line(texts[number])}")
        for name, number in expected
    ]
    for _name, properties, _data in read:
        assert list(properties) == ["file", "line", "endLine", "col", "endColumn", "title"]
        assert properties["title"] == "PER003 stated-length"


def test_a_name_that_joins_pictures_is_still_the_files_name() -> None:
    assert commands([replace(NO_FILE, file="👩\u200d⚕️, 100 %: å.yaml")])[0][1]["file"] == "👩\u200d⚕️, 100 %: å.yaml"


def read_markdown(markdown: str) -> tuple[list[str], list[list[str]]]:
    """Headings and rows as a reader of Markdown sees them; fails on anything in them that is not plain text."""
    headings: list[str] = []
    rows: list[list[str]] = []
    inside = ""
    for token in MarkdownIt("commonmark").enable("table").enable("strikethrough").parse(markdown):
        if token.type in ("heading_open", "tr_open", "paragraph_open"):
            inside = token.type
            if inside == "tr_open":
                rows.append([])
        elif token.type == "inline":
            parts = [(each.type, each.content) for each in token.children or []]
            assert [each for each in parts if each[0] not in ("text", "text_special") if each[1] != "<br>"] == []
            shown = "".join("\n" if kind == "html_inline" else content for kind, content in parts)
            if inside == "heading_open":
                headings.append(without_joiners(shown))
            elif inside == "tr_open":
                rows[-1].append(shown)
    return headings[1:], [row for row in rows if row != ["line", "rule", "message"]]


def without_joiners(text: str) -> str:
    return re.sub("([@#])\u2060", r"\1", text)


def test_hostile_texts_in_the_step_summary() -> None:
    markdown = step_summary(FROM_OUTSIDE, 1, ENGLISH)
    markdown.encode("utf-8")
    headings, rows = read_markdown(markdown)
    assert headings == [one_line(each.file).strip() for each in FROM_OUTSIDE]
    assert [without_joiners(row[2]).split("\n")[0].rstrip() for row in rows] == [said.rstrip() for said in SAID]
    assert not re.search("[@#][A-Za-z0-9]", "".join(row[2] for row in rows))
    assert not re.search(r"://|www\.", markdown)  # of these GitHub makes links by itself


@given(ANY_TEXT)
def test_the_step_summary_shows_any_text_as_text(text: str) -> None:
    headings, rows = read_markdown(step_summary([hostile(text, 0)], 1, ENGLISH))
    assert [each.strip() for each in headings] == [without_joiners(one_line(f"{text}0")).strip()]
    assert len(rows) == 1
    shown = [each.strip() for each in without_joiners(rows[0][2]).split("\n")]
    assert shown == [f"{word} {without_joiners(one_line(text))}".strip() for word in ("message 0", "help")]


def test_a_personal_number_is_in_no_format() -> None:
    case = HERE / "cases" / "PAR001_personnummer.yaml"
    found = [
        each
        for each in examine([case], None, date(2026, 1, 15)).found
        if each.finding.rule.code in ("PAR001", "TXT004")
    ]
    assert [each.finding.rule.code for each in found] == ["PAR001"]
    line = case.read_text("utf-8").split("\n")[found[0].excerpts[0].span.line - 1]
    number = re.search(r"[0-9]{6,8}[-+]?[0-9]{4}", line)
    assert number
    for text in (
        sarif(found, ENGLISH, rules=rules.ALL, pages=pages(), version="1"),
        junit(found, [found[0].file], ENGLISH),
        gitlab(found, ENGLISH),
        github(found, 1, ENGLISH),
        step_summary(found, 1, ENGLISH),
    ):
        assert "PAR001" in text
        assert number[0] not in text
