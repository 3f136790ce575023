"""The gallery of what lint says: a draft with one thing wrong in it, and the exact screen; and what lint reads."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from iopctl import lint, rules
from iopctl.cli.app import run
from iopctl.lint.markdown import read_markdown
from tests.agreements import SHIPPED, shipped
from tests.edited import (
    DAY,
    LINKOPING,
    MEMO,
    codes,
    completed_draft,
    drafted,
    saved,
    sound_draft,
    sound_workspace,
    told,
    with_properties,
    word,
)

CASES = Path(__file__).parent / "lint_cases"
ENTRIES = sorted(CASES.glob("*.md"))
WITHOUT_CASE = {
    "DRF008": "no shipped agreement gives a diarienummer; see test_a_diarienummer_with_two_digits_swapped",
    "DRF020": "takes a municipality whose memos have a summary; see test_a_long_memo_without_summary",
}
AS_ABOUT = ("--agreement", LINKOPING, "--kind", MEMO, "--as-of", "2021-11-03")


def screen(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    code = run(["--lang", "en", "lint", *arguments])
    printed = capsys.readouterr()
    return f"{printed.out}{printed.err}exit {code}\n"


@pytest.mark.parametrize("case", ENTRIES, ids=lambda case: case.stem)
def test_the_whole_screen(
    case: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SHIPPED)
    file = str(case.relative_to(SHIPPED))
    shown = screen(capsys, "--publish", "--select", case.stem.split("_")[0], file)
    kept = case.with_suffix(".out")
    if request.config.getoption("--write-screens"):
        kept.write_text(shown, "utf-8", newline="")
    assert shown == kept.read_text("utf-8")


def test_every_rule_about_drafts_has_a_case_and_every_case_a_screen() -> None:
    about_drafts = {rule.code for rule in lint.RULES}
    assert {case.stem.split("_")[0] for case in ENTRIES} == about_drafts - set(WITHOUT_CASE)
    assert {path.with_suffix(".md") for path in CASES.glob("*.out")} == set(ENTRIES)
    assert about_drafts == {rule.code for rule in rules.ALL if rule.code.startswith("DRF")}


@pytest.mark.parametrize("case", ENTRIES, ids=lambda case: case.stem)
def test_a_case_shows_its_own_rule_and_no_other(case: Path) -> None:
    shown = re.findall(r"^\w+\[(\w+)\]: ", case.with_suffix(".out").read_text("utf-8"), re.MULTILINE)
    assert set(shown) == {case.stem.split("_")[0]}


# -- Markdown ----------------------------------------------------------------------------------------------------------

MARKED_UP = """\
---
agreement: a
---

Datum: 2021\\-11-03

# Titel

1. Över **933 000** kr [länk](https://example.se/a,b), se [^1]
   och mer &amp; mer
2. `kod`, *kursivt*

| a | b |
|---|--:|
| 1 | 933 000 kr |
| 1 | 933 000 kr |

> Citat

[^1]: Not § 4
"""


def test_every_character_of_a_paragraph_is_found_again_in_the_file() -> None:
    for text in (MARKED_UP, MARKED_UP.replace("\n", "\r\n"), drafted()):
        for block in read_markdown("", text).blocks:
            pairs = zip(block.text, (text[place] for place in block.offsets), strict=True)
            assert [(one, other) for one, other in pairs if one != other and not (one == " " and other in "\r\n")] == []


def test_a_paragraph_is_what_it_stands_in() -> None:
    assert told(read_markdown("", MARKED_UP)) == [
        "paragraph: Datum: 2021-11-03",
        "heading1: Titel",
        "item: Över 933 000 kr länk, se  och mer & mer",
        "item: kod, kursivt",
        *("cell: a", "cell: b", "cell: 1", "cell: 933 000 kr", "cell: 1", "cell: 933 000 kr"),
        "paragraph: Citat",
        "note: Not § 4",
    ]


# -- places in a Word file ---------------------------------------------------------------------------------------------


def edited_word(folder: Path) -> Path:
    text = (CASES / "DRF001_other_amount_for_the_year.md").read_text("utf-8")
    return saved(folder, word(text))


ENGLISH = """\
error[DRF001]: 950,000 kr is neither in the agreement nor in what pay reckons; the nearest is 946,995 kr, \
the amount for 2021
 --> {file}, paragraph 3, under “Ekonomiska konsekvenser”
3 | Efter uppräkning är beloppet 950 000 kr för 2021.
  |                              ^^^^^^^^^^
  = help: correct the slip; if the draft is right, the agreement's file is what has to change

files checked: 1; errors: 1, warnings: 0, information: 0, acknowledged: 0
exit 1
"""


def test_a_place_in_a_word_file_is_a_paragraph_under_its_heading(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SHIPPED)
    file = str(edited_word(tmp_path))
    assert screen(capsys, file, "--select", "DRF001") == ENGLISH.format(file=file)
    assert screen(capsys, file, "--select", "DRF001", "--format", "concise").splitlines()[0] == (
        f"{file}, paragraph 3, under “Ekonomiska konsekvenser”: error[DRF001]: 950,000 kr is neither in the agreement "
        "nor in what pay reckons; the nearest is 946,995 kr, the amount for 2021"
    )


def test_machines_get_the_paragraph_and_no_line_of_a_word_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SHIPPED)
    file = str(edited_word(tmp_path))

    def written(format_: str) -> str:
        run(["lint", file, "--select", "DRF001", "--format", format_])
        return capsys.readouterr().out

    [finding] = json.loads(written("json"))["findings"]
    assert finding["places"] == [
        {
            "file": file,
            "paragraph": 3,
            "column": 30,
            "end_paragraph": 3,
            "end_column": 40,
            "heading": "Ekonomiska konsekvenser",
            "label": None,
        }
    ]
    [result] = json.loads(written("sarif"))["runs"][0]["results"]
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": f"file://{file}"}}}]
    assert result["message"]["text"].startswith(f"{file}, paragraph 3, under “Ekonomiska konsekvenser”: 950,000 kr is ")
    assert json.loads(written("gitlab"))[0]["location"]["lines"] == {"begin": 1}
    assert f"::error file={file},title=DRF001 unknown-amount::{file}, paragraph 3, " in written("github")
    assert "paragraph 3, under “Ekonomiska konsekvenser”" in written("junit")
    assert '<testsuites name="iopctl lint" tests="1" failures="1" errors="0">' in written("junit")


# -- what is refused ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["utkast.md"],
            "utkast.md does not say which agreement it is about; name it: --agreement ID --kind KIND",
        ),
        (
            ["utkast.md", "--agreement", LINKOPING],
            "utkast.md does not say what kind of document it is; name it: --kind KIND; kinds: iopctl render --list",
        ),
        (
            ["utkast.md", "--agreement", "linkoping", "--kind", MEMO],
            "there is no agreement linkoping in the workspace; did you mean linkoping-resurspoolen-2020?",
        ),
    ],
)
def test_a_draft_of_nothing_known_is_refused(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "agreements").symlink_to(SHIPPED / "agreements")
    monkeypatch.chdir(tmp_path)
    saved(tmp_path, "# Titel\n\nOrd.\n")
    assert screen(capsys, *arguments) == f"iopctl: {message}\nexit 2\n"


def test_a_draft_of_another_kind_of_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "utkast.odt"
    file.write_text("x")
    assert screen(capsys, str(file)).startswith(
        f"error[FRM001]: a draft is a Word file or Markdown: .docx, .docm, .md, .markdown\n --> {file}\n"
    )


# -- rules that take more than a draft ---------------------------------------------------------------------------------


def test_a_diarienummer_with_two_digits_swapped() -> None:
    assert codes("## Ärende\n\nÄrendet har dnr SN 2025/181.\n") == ["DRF008"]


def test_a_long_memo_without_summary() -> None:
    found = shipped()
    fresh = read_markdown("", drafted())
    case = lint.Case(fresh, LINKOPING, MEMO, found.workspace, DAY, fresh, {"sammanfattning": "summary"}, DAY)
    assert [each.rule.code for each in lint.lint(case) if each.rule.code == "DRF020"] == ["DRF020"]
    short = read_markdown("", "# Titel\n\n## Ärende\n\nEtt kort ärende.\n")
    assert "DRF020" not in [each.rule.code for each in lint.lint(replace(case, paper=short))]


def test_private_contacts_are_looked_for_when_it_is_to_be_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CASES)
    shown = screen(capsys, "--select", "DRF027", "DRF027_mobile_and_mail.md")
    assert shown == "files checked: 1; errors: 0, warnings: 0, information: 0, acknowledged: 0\nexit 0\n"


def test_the_settings_weigh_the_rules(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = "check:\n  severities:\n    DRF001: info\n    left-to-fill-in: off\n"
    workspace = sound_workspace(tmp_path, settings)
    snippet = "## Ärende\n\nNämnden betalade 410 000 kr den XX.\n"
    saved(workspace, completed_draft(snippet, sound_draft(workspace)))
    monkeypatch.chdir(workspace)
    shown = screen(capsys, "utkast.md")
    assert shown.startswith("information[DRF001]: 410,000 kr is neither in the agreement nor in what pay reckons;")
    assert shown.endswith("errors: 0, warnings: 0, information: 1, acknowledged: 0\nexit 0\n")


@pytest.mark.parametrize(
    "words",
    [
        "Enligt lag (1976:580) och SFS 2022:900 gäller 13 kap. 14 § kommunallagen.",
        "Ring 013-20 60 00 eller 0771 123 456, 581 81 Linköping. Sida 3 (12).",
        "Under hösten 2019 och under 2020 deltog 1 700 personer.",
        "Se https://example.se/2019-01-02/933001 och SOU 2019:56.",
        "Omslutningen är 4,8 mnkr, varav 933 tkr betalas av äldrenämnden.",
        "Perioden 2020-01-01–2022-12-31, alltså 2020–2022, och den som följer 2023–2025.",
        "Resurspoolens och äldrenämndens arbete i Linköpings kommun.",
    ],
)
def test_what_is_no_claim_is_left_alone(words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = saved(tmp_path, f"# Titel\n\n## Ärende\n\n{words}\n")
    facts = ("DRF001", "DRF002", "DRF003", "DRF004", "DRF005", "DRF006", "DRF007", "DRF008", "DRF009", "DRF010")
    shown = screen(capsys, str(file), *AS_ABOUT, "--select", ",".join(facts))
    assert shown == "files checked: 1; errors: 0, warnings: 0, information: 0, acknowledged: 0\nexit 0\n"


def test_the_day_is_the_draft_s_own_unless_another_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The payment of 2022 is not known on 2021-11-03: 946 995 × 1,019 = 964 987,905 → 964 988 kr (OPI 2021-12-10)."""
    monkeypatch.chdir(SHIPPED)
    properties = {"iopctl.agreement": LINKOPING, "iopctl.kind": MEMO, "iopctl.as_of": f"{date(2021, 11, 3)}"}
    data = with_properties(word("# Titel\n\n## Ärende\n\nBeloppet är 964 988 kr.\n"), properties)
    file = str(saved(tmp_path, data))
    assert "[DRF001]: 964,988 kr is neither" in screen(capsys, file, "--select", "DRF001")
    assert "DRF001" not in screen(capsys, file, "--select", "DRF001", "--as-of", "2022-01-31")
