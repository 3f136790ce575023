"""check beyond the rules: what is asked for, where it goes, what is set aside, what is mended, what is remembered."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from iopctl.checks import CHECKS
from iopctl.checks.case import Check
from iopctl.cli import examine
from iopctl.cli.app import run
from iopctl.cli.formats import Format
from iopctl.cli.words import choose
from iopctl.finding import Placed

SOUND = (Path(__file__).parent / "sound.yaml").read_text("utf-8")
DAY = ("--as-of", "2026-01-15")
FILE = Path("agreements/a.yaml")
FOUR_YEARS = ("stated: 3 years", "stated: 4 years")  # PER003, an error: the dates give three
XX = (
    "place: Exempelstad\n    date: 2025-12-15\n    authority: Föreningens",
    "place: XX\n    date: 2025-12-15\n    authority: Föreningens",
)


def agreement(*changes: tuple[str, str]) -> str:
    text = SOUND
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return text


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A workspace with one agreement that has two faults: PER003 and TXT002."""
    monkeypatch.chdir(tmp_path)
    FILE.parent.mkdir()
    FILE.write_text(agreement(FOUR_YEARS, XX), "utf-8")
    yield tmp_path


def codes(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    run(["check", *DAY, "--format", "json", *arguments])
    return [finding["code"] for finding in json.loads(capsys.readouterr().out)["findings"]]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ((), ["PER003", "TXT002"]),
        (("--select", "PER003"), ["PER003"]),
        (("--select", "per"), ["PER003"]),
        (("--select", "stated-length"), ["PER003"]),
        (("--select", "PER,TXT"), ["PER003", "TXT002"]),
        (("--select", "PER", "--select", "TXT"), ["PER003", "TXT002"]),
        (("--select", "MON"), []),
        (("--ignore", "PER"), ["TXT002"]),
        (("--ignore", "placeholder"), ["PER003"]),
        (("--select", "PER003", "--ignore", "PER"), ["PER003"]),  # the more exact word decides
        (("--select", "PER", "--ignore", "PER003"), []),
    ],
)
def test_only_the_rules_asked_for(
    arguments: tuple[str, ...], found: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert codes(capsys, *arguments) == found


def test_what_cannot_be_read_is_always_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    FILE.write_text("titel: x\n", "utf-8")
    assert set(codes(capsys, "--select", "PER")) == {"FRM008", "FRM009"}
    assert codes(capsys, "--select", "PER", "--ignore", "FRM") == []


def test_the_workspaces_own_files_are_no_agreements(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("iopctl.yaml").write_text("name: Exempelkommunen\n", "utf-8")
    assert run(["check", *DAY, "iopctl.yaml"]) == 0
    Path("iopctl.yaml").write_text("namn: Exempelkommunen\n", "utf-8")
    capsys.readouterr()
    assert codes(capsys, "iopctl.yaml") == ["FRM008"]


@pytest.mark.parametrize(
    ("word", "hint"),
    [("DEC01", "did you mean DEC001?"), ("plaecholder", "did you mean TXT002?"), ("Q", "explain --all")],
)
def test_a_rule_that_is_not_there(word: str, hint: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--select", word]) == 2
    assert f"there is no rule {word}" in (error := capsys.readouterr().err)
    assert hint in error


def test_only_what_weighs_enough(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    FILE.write_text(agreement(("name: Kim Exempelsson, role: verksamhetschef}", "name: {unknown: x}, role: chef}")))
    assert codes(capsys) == ["TXT001"]  # a warning
    assert codes(capsys, "--severity", "warning") == ["TXT001"]
    assert codes(capsys, "--severity", "error") == []
    assert run(["check", *DAY, "--severity", "error", "--strict"]) == 0


def test_statistics(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "agreements" / "b.yaml").write_text(agreement(FOUR_YEARS), "utf-8")
    assert run(["check", *DAY, "--statistics", "--select", "PER003,TXT002"]) == 1
    assert capsys.readouterr().out == (
        "2  PER003  stated-length\n"
        "1  TXT002  placeholder\n"
        "files checked: 2; errors: 3, warnings: 0, information: 0, acknowledged: 0\n"
    )
    run(["check", *DAY, "--statistics", "--select", "PER003", "--format", "json"])
    assert json.loads(capsys.readouterr().out) == {
        "format": 1,
        "files": 2,
        "statistics": [{"code": "PER003", "name": "stated-length", "count": 2}],
    }


@pytest.mark.parametrize("format_", list(Format))
def test_the_exit_code_is_the_same_in_every_format(
    format_: Format, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    assert run(["check", *DAY, "--format", format_]) == 1
    assert "PER003" in capsys.readouterr().out
    FILE.write_text(SOUND, "utf-8")
    assert run(["check", *DAY, "--format", format_]) == 0


def test_to_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", *DAY, "--format", "concise"])
    shown = capsys.readouterr().out
    assert run(["check", *DAY, "--format", "concise", "--output", "found.txt"]) == 1
    assert capsys.readouterr().out == ""
    assert Path("found.txt").read_text("utf-8") == shown


@pytest.mark.parametrize("name", ["-", "/dev/null", "/dev/stdout", "agreements/a.yaml", "agreements/../link.yaml"])
def test_never_in_the_place_of_something_else(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "link.yaml").symlink_to(FILE.absolute())
    before = FILE.read_bytes()
    assert run(["check", *DAY, "--output", name]) == 2
    ordinary = f"iopctl: {name} is not an ordinary file; choose another name, or leave the option out to see it here\n"
    checked = f"iopctl: --output: {name} is what is checked; choose another name\n"
    assert capsys.readouterr() == ("", checked if name.endswith(".yaml") else ordinary)
    assert FILE.read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == ["agreements", "link.yaml"]


@pytest.mark.parametrize("format_", ["github", "gitlab", "sarif", "junit"])
def test_statistics_are_no_report(format_: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", *DAY, "--statistics", "--format", format_]) == 2
    said = f"iopctl: --format: found {format_}, expected one of: full, concise, json\n"
    assert capsys.readouterr() == ("", said)


def test_a_folder_without_agreements_is_not_in_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "avtal").mkdir()
    assert run(["check", *DAY, "avtal", str(FILE)]) == 2
    assert capsys.readouterr() == ("", "iopctl: there is no agreement (.yaml) in the folder avtal\n")


@pytest.mark.parametrize("here", [".", "agreements", "anteckningar"])
def test_an_agreement_is_named_by_its_id_too(
    here: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the other commands take it; a file or a folder with that name comes first."""
    (folder / "anteckningar").mkdir()
    (folder / "agreements" / "other.yaml").write_text(SOUND, "utf-8")
    monkeypatch.chdir(folder / here)
    assert codes(capsys, FILE.stem) == ["PER003", "TXT002"]
    assert codes(capsys, "other", "--select", "PER,TXT") == []
    assert codes(capsys, "nosuch") == ["FRM001"]


def test_two_workspaces_are_not_judged_by_the_settings_of_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = folder / "other" / "agreements"
    other.mkdir(parents=True)
    (other / "b.yaml").write_text(SOUND, "utf-8")
    assert run(["check", *DAY, "agreements", "other/agreements/b.yaml"]) == 2
    said = "iopctl: agreements and other/agreements/b.yaml are not in the same workspace; check them one at a time\n"
    assert capsys.readouterr() == ("", said)


def test_the_page_of_the_step_is_added_to(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "page.md")
    Path("page.md").write_text("before\n", "utf-8")
    run(["check", *DAY, "--format", "github"])
    run(["check", *DAY, "--format", "full"])
    page = Path("page.md").read_text("utf-8")
    assert page.startswith("before\n## iopctl check\n")
    assert page.count("PER003") == 1


# -- settings ----------------------------------------------------------------------------------------------------------


def test_the_workspace_weighs_the_rules(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("iopctl.yaml").write_text('check: {severities: {PER003: warning, placeholder: "off"}}\n', "utf-8")
    assert run(["check", *DAY]) == 0
    assert capsys.readouterr().out.endswith("errors: 0, warnings: 1, information: 0, acknowledged: 0\n")


def test_settings_that_are_wrong_are_reported(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    FILE.write_text(SOUND, "utf-8")
    Path("iopctl.yaml").write_text("check: {packs: [skr]}\ndnr_pattern: '('\n", "utf-8")
    assert run(["check", *DAY]) == 1
    assert (
        capsys.readouterr().out
        == """\
error[FRM010]: packs: found “skr”
 --> iopctl.yaml:1:17 check.packs[0]
1 | check: {packs: [skr]}
  |                 ^^^ expected one of skr-2017, forum, lou, state-aid

error[FRM010]: dnr_pattern: found “(”
 --> iopctl.yaml:2:14 dnr_pattern
2 | dnr_pattern: '('
  |              ^^^ expected a regular expression

files checked: 1; errors: 2, warnings: 0, information: 0, acknowledged: 0
"""
    )


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_settings_may_be_left_empty(text: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    FILE.write_text(SOUND, "utf-8")
    Path("iopctl.yaml").write_text(text, "utf-8")
    assert run(["check", *DAY]) == 0
    assert capsys.readouterr().out == ("files checked: 1; errors: 0, warnings: 0, information: 0, acknowledged: 0\n")


@pytest.mark.parametrize("name", ["FRM010", "wrong-value"])
def test_what_cannot_be_read_is_never_turned_off(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    FILE.write_text(agreement(("title: ", "title: 1 # ")), "utf-8")
    Path("iopctl.yaml").write_text(f'check: {{severities: {{{name}: "off"}}}}\n', "utf-8")
    assert codes(capsys) == ["FRM010", "FRM010"]  # the agreement, and the settings
    assert codes(capsys, "--select", "PER") == ["FRM010", "FRM010"]
    assert run(["check", *DAY]) == 1
    indent = " " * 15
    assert capsys.readouterr().out.endswith(f"""\
error[FRM010]: {name} always counts: nothing more is known of a file that cannot be read
 --> iopctl.yaml:1:22 check.severities.{name}
1 | check: {{severities: {{{name}: "off"}}}}
  | {indent}      {"^" * len(name)}
  = help: remove it

files checked: 1; errors: 2, warnings: 0, information: 0, acknowledged: 0
""")


@pytest.mark.parametrize(
    ("pattern", "accepted"),
    [
        ("(a+)+$", False),
        ("([0-9]+-?)*", False),
        ("(a{2,}){3,}", False),
        ("KS( [0-9]+)?", True),
        ("(KS|SN) [0-9]{4}/[0-9]+", True),
        (r"(\(a+\))x+", True),
        ("([0-9]+-){1,3}[0-9]+", True),
    ],
)
def test_a_pattern_that_could_take_forever(
    pattern: str, accepted: bool, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("iopctl.yaml").write_text(f"dnr_pattern: '{pattern}'\n", "utf-8")
    assert codes(capsys, "--select", "PER001") == ([] if accepted else ["FRM010"])


@pytest.mark.parametrize(
    ("arguments", "environment", "setting", "code"),
    [
        ([], {}, "", "en"),
        ([], {"LANG": "sv_SE.UTF-8"}, "", "sv"),
        ([], {"LANG": "en_GB.UTF-8"}, "language: sv\n", "sv"),
        ([], {"LANG": "en_GB.UTF-8"}, "name: X\nlanguage: 'sv'  # svenska\n", "sv"),
        ([], {"IOPCTL_LANG": "en"}, "language: sv\n", "en"),
        (["--lang", "sv", "check"], {"IOPCTL_LANG": "en"}, "language: en\n", "sv"),
    ],
)
def test_the_language(
    arguments: list[str],
    environment: dict[str, str],
    setting: str,
    code: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "iopctl.yaml").write_text(setting, "utf-8")
    (tmp_path / "agreements").mkdir()
    monkeypatch.chdir(tmp_path / "agreements")
    assert choose(arguments, environment) == code


# -- baseline ----------------------------------------------------------------------------------------------------------


def test_what_was_there_does_not_count(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", *DAY, "--write-baseline"]) == 0
    assert capsys.readouterr().err == "written: iopctl-baseline.json (2 findings)\n"
    assert Path("iopctl-baseline.json").read_text("utf-8") == (
        '{\n  "format": 1,\n  "findings": [\n'
        '    {"file": "agreements/a.yaml", "rule": "PER003", "at": "period.stated", "count": 1},\n'
        '    {"file": "agreements/a.yaml", "rule": "TXT002", "at": "signatures[1].place", "count": 1}\n'
        "  ]\n}\n"
    )
    assert run(["check", *DAY]) == 0
    assert capsys.readouterr().out == (
        "files checked: 1; errors: 0, warnings: 0, information: 0, acknowledged: 0; in the baseline: 2\n"
    )
    assert run(["check", *DAY, "--no-baseline"]) == 1


def test_what_was_not_looked_at_stays_in_the_baseline(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = agreement(FOUR_YEARS, ("name: Föreningen Exemplet", "name: Föreningen Andra"))
    (folder / "agreements" / "b.yaml").write_text(other, "utf-8")
    run(["check", *DAY, "--write-baseline"])
    FILE.write_text(SOUND, "utf-8")
    run(["check", *DAY, "--write-baseline", "--select", "PER"])
    rows = json.loads(Path("iopctl-baseline.json").read_text("utf-8"))["findings"]
    assert [(row["file"], row["rule"]) for row in rows] == [
        ("agreements/a.yaml", "TXT002"),  # not asked for
        ("agreements/b.yaml", "PER003"),
    ]
    run(["check", *DAY, "--write-baseline", str(FILE)])
    rows = json.loads(Path("iopctl-baseline.json").read_text("utf-8"))["findings"]
    assert [(row["file"], row["rule"]) for row in rows] == [("agreements/b.yaml", "PER003")]


def test_moved_lines_are_known_again_and_new_findings_count(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", *DAY, "--write-baseline"])
    again = agreement(FOUR_YEARS, XX, ("purpose: >-", "# en rad\n\npurpose: >-"), ("name: Styrgrupp", "name: XX"))
    FILE.write_text(again, "utf-8")
    assert codes(capsys) == ["TXT002"]  # the group's name alone


def test_what_is_mended_can_be_taken_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", *DAY, "--write-baseline"])
    FILE.write_text(agreement(XX), "utf-8")
    capsys.readouterr()
    assert run(["check", *DAY]) == 0
    assert (
        capsys.readouterr().out
        == """\
information[ACK003]: the baseline lists PER003 in agreements/a.yaml period.stated, which is mended
 --> iopctl-baseline.json
  = help: write the baseline anew: iopctl check --write-baseline

files checked: 1; errors: 0, warnings: 0, information: 1, acknowledged: 0; in the baseline: 1
"""
    )
    run(["check", *DAY, "--select", "TXT"])
    assert "ACK003" not in capsys.readouterr().out  # PER003 was not asked for, so nobody knows


def test_a_baseline_is_found_from_a_folder_below(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(["check", *DAY, "--write-baseline"])
    monkeypatch.chdir(folder / "agreements")
    assert run(["check", *DAY]) == 0
    assert run(["check", *DAY, "a.yaml"]) == 0


@pytest.mark.parametrize("text", ["", "[]", '{"findings": 1}', '{"findings": [{}]}', "[" * 100000])
def test_a_file_that_is_no_baseline(text: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("iopctl-baseline.json").write_text(text, "utf-8")
    assert run(["check", *DAY]) == 2
    assert capsys.readouterr().err == (
        "iopctl: iopctl-baseline.json is not a baseline; write it anew with: iopctl check --write-baseline\n"
    )


# -- fixes -------------------------------------------------------------------------------------------------------------

MISWRITTEN = (
    ("title: IOP Exemplet", "titel: IOP Exemplet  # namnet"),
    ("    kind: association\n", "    kind: association\n    organisation_number: '845000 4281'\n"),
    ("start: 2026-01-01", "start:   2026-1-1"),
    ("end: 2028-12-31", "end: den 31 december 2028"),
    ("dated: 2025-12-15", 'dated: "2025-12-15"'),
)
WRITTEN = (
    ("title: IOP Exemplet", "title: IOP Exemplet  # namnet"),
    ("    kind: association\n", "    kind: association\n    organisation_number: '845000-4281'\n"),
    ("start: 2026-01-01", "start:   2026-01-01"),
)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_only_what_is_mended_changes(ending: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mark = "\ufeff" if ending == "\r\n" else ""
    FILE.write_bytes((mark + agreement(*MISWRITTEN).replace("\n", ending)).encode())
    assert run(["check", *DAY, "--fix"]) == 0
    assert capsys.readouterr().err == "mended: 5; files changed: 1\n"
    assert FILE.read_bytes() == (mark + agreement(*WRITTEN).replace("\n", ending)).encode()


def test_a_difference_is_shown_and_nothing_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = agreement(("start: 2026-01-01", "start: 2026-1-1"))
    FILE.write_text(text, "utf-8")
    assert run(["check", *DAY, "--diff"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "--- agreements/a.yaml",
        "+++ agreements/a.yaml",
        "@@ -28,7 +28,7 @@",
        "     idk_register: {status: registered, checked: 2025-09-15}",
        " ",
        " period:",
        "-  start: 2026-1-1",
        "+  start: 2026-01-01",
        "   end: 2028-12-31",
        "   stated: 3 years",
        "   wording: Överenskommelsen gäller under tre år, från och med 2026-01-01 till och med 2028-12-31.",
    ]
    assert FILE.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("amount: 400000", "amount: 400 000"),  # an amount
        ("start: 2026-01-01", "start: 1/2 2026"),  # 1 February, or 2 January
        ("start: 2026-01-01", "start: 2026-02-30"),  # no day
        ("kind: association", "kind: asociation"),  # a value
        ("stated: 3 years", "sta: 3 years"),  # start, stated
        ("    kind: association\n", "    kind: association\n    organisation_number: '8450004282'\n"),  # check digit
        ("    kind: association\n", "    kind: association\n    organisation_number: '1212121212'\n"),  # a person's
    ],
)
def test_what_can_mean_something_else_is_left(
    before: str, after: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = agreement((before, after))
    FILE.write_text(text, "utf-8")
    assert run(["check", *DAY, "--fix"]) == 1
    assert capsys.readouterr().err == "mended: 0; files changed: 0\n"
    assert FILE.read_text("utf-8") == text


def test_a_file_that_changes_after_it_was_checked_is_left(folder: Path) -> None:
    """The places are counted in the text that was checked: in another they would be other words."""
    from iopctl.cli.examine import examine
    from iopctl.cli.exits import CommandError
    from iopctl.cli.fix import mended

    FILE.write_text(agreement(*MISWRITTEN), "utf-8")
    found = examine([FILE], None, date(2026, 1, 1)).found
    assert [each.count for each in mended(found)] == [4]  # the fifth shows only when these are mended
    FILE.write_text("# en rad till\n" + agreement(*MISWRITTEN), "utf-8")
    with pytest.raises(CommandError, match="was changed by somebody else meanwhile; try again"):
        list(mended(found))
    FILE.write_text("format: 1\n", "utf-8")
    with pytest.raises(CommandError, match="was changed by somebody else meanwhile; try again"):
        list(mended(found))


def test_a_misspelt_key_does_not_take_the_place_of_one_that_is_there(folder: Path) -> None:
    text = agreement(("title: IOP Exemplet", "title: IOP Exemplet\ntitel: Ett annat namn"))
    FILE.write_text(text, "utf-8")
    assert run(["check", *DAY, "--fix"]) == 1
    assert FILE.read_text("utf-8") == text


# -- a rule that breaks ------------------------------------------------------------------------------------------------


def test_a_rule_that_breaks_is_a_finding_and_the_others_are_asked(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_case: object) -> Iterator[object]:
        raise ZeroDivisionError("division by zero")

    first = CHECKS[0]
    monkeypatch.setattr("iopctl.checks.CHECKS", (Check(first.rule, broken), *CHECKS[1:]))  # type: ignore[arg-type]
    run(["check", *DAY])
    shown = capsys.readouterr().out
    assert "cannot judge this agreement (ZeroDivisionError: division by zero)" in shown
    assert "error[PER003]" in shown


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "\r25%\r50%\r75%\r100%"), ("sv", "\r25\u00a0%\r50\u00a0%\r75\u00a0%\r100\u00a0%")],
)
def test_how_far_the_work_has_come_is_for_a_terminal(
    language: str, shown: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examine, "PIECE", 1)
    monkeypatch.setattr("iopctl.cli.output.CODE", language)
    for name in "bcd":
        (folder / "agreements" / f"{name}.yaml").write_text("titel: x\n", "utf-8")
    run(["check", *DAY, "--statistics"])
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    run(["check", *DAY, "--statistics"])
    assert terminal.getvalue() == f"{shown}\r     \r"


# -- what is remembered ------------------------------------------------------------------------------------------------


@pytest.fixture
def remembering(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As in a large workspace, whose results are kept; the folder they are kept in."""
    monkeypatch.setattr(examine, "WORTH_A_CACHE", 1)
    monkeypatch.setenv("IOPCTL_CACHE_DIR", str(folder / "kept"))
    (folder / "agreements" / "b.yaml").write_text(SOUND, "utf-8")
    (folder / "agreements" / "c.yaml").write_text("titel: x\n", "utf-8")
    return folder / "kept"


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the agreements that a run has looked at anew."""
    seen: list[str] = []
    original = examine._piece

    def piece(files: dict[str, Path], **rest: object) -> list[tuple[str, examine.Report]]:
        seen.extend(files)
        return original(files, **rest)  # type: ignore[arg-type]

    monkeypatch.setattr(examine, "_piece", piece)
    return seen


def everything(day: date = date(2026, 1, 15)) -> list[Placed]:
    return examine.examine([Path()], Path(), day).found


def test_what_is_unchanged_is_not_looked_at_again(remembering: Path, anew: list[str]) -> None:
    first = everything()
    assert sorted(anew) == ["a", "b", "c"]
    anew.clear()
    assert everything() == first
    assert anew == []
    Path("agreements/b.yaml").write_text(agreement(FOUR_YEARS), "utf-8")
    second = everything()
    assert anew == ["b"]
    assert len(second) == len(first) + 1
    assert examine.examine([Path()], Path(), date(2026, 1, 15), cached=False).found == second


@pytest.mark.parametrize("years", ["4 years", "10 years"])
def test_a_file_that_changes_during_the_run_is_not_remembered_as_it_was(
    years: str, remembering: Path, anew: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the same size or another, after it was hashed and before it was read."""
    file = Path("agreements/b.yaml")
    before = [each for each in everything() if each.file == str(file)]
    (book,) = remembering.iterdir()
    book.unlink()
    original = examine._piece

    def piece(files: dict[str, Path], **rest: object) -> list[tuple[str, examine.Report]]:
        since = file.stat().st_mtime_ns
        file.write_text(agreement(("stated: 3 years", f"stated: {years}")), "utf-8")
        os.utime(file, ns=(since + 1_000_000_000, since + 1_000_000_000))
        return original(files, **rest)  # type: ignore[arg-type]

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(examine, "_piece", piece)
        everything()
    file.write_text(SOUND, "utf-8")
    anew.clear()
    assert [each for each in everything() if each.file == str(file)] == before
    assert anew == ["b"]


@pytest.mark.parametrize("change", ["day", "settings", "index", "name"])
def test_everything_that_a_result_depends_on_counts(change: str, remembering: Path, anew: list[str]) -> None:
    everything()
    anew.clear()
    day = date(2026, 1, 15)
    if change == "day":
        day = date(2026, 1, 16)
    if change == "settings":
        Path("iopctl.yaml").write_text("dnr_pattern: KS.*\n", "utf-8")
    if change == "index":
        Path("indices").mkdir()
        Path("indices/OPI.yaml").write_text(
            "index: OPI\nrows: [{year: 2027, value: 9.9, status: definitive, published: 2026-01-02, source: x}]\n",
            "utf-8",
        )
    if change == "name":
        Path("agreements/b.yaml").rename("agreements/b ä.yaml")
    everything(day)
    assert sorted(anew) == (["b ä"] if change == "name" else ["a", "b", "c"])


def test_an_agreement_that_is_replaced_shows_in_one_that_is_unchanged(remembering: Path, anew: list[str]) -> None:
    Path("agreements/b.yaml").write_text(SOUND + "replaces: d\n", "utf-8")
    assert "REF005" in {each.finding.rule.code for each in everything()}
    anew.clear()
    Path("agreements/d.yaml").write_text(SOUND, "utf-8")
    found = everything()
    assert anew == ["d"]
    assert "REG007" in {each.finding.rule.code for each in found}  # both begin in 2026
    assert "REF005" not in {each.finding.rule.code for each in found}


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", '{"stamp": 1}', '{"pages": {}}', "\x00", "[" * 100000, "a folder", "unwritable", "entries"],
)
def test_what_is_kept_may_be_anything(damage: str, remembering: Path, anew: list[str]) -> None:
    first = everything()
    (book,) = remembering.iterdir()
    if damage == "a folder":
        book.unlink()
        book.mkdir()
    elif damage == "unwritable":
        book.unlink()
        remembering.rmdir()
        remembering.write_text("a file where the folder should be", "utf-8")
    elif damage == "entries":
        kept = json.loads(book.read_text("utf-8"))
        kept["pages"] = {key: [[["XXX", None]], 7] for key in kept["pages"]}
        book.write_text(json.dumps(kept), "utf-8")
    else:
        book.write_text(damage, "utf-8")
    anew.clear()
    assert everything() == first
    assert sorted(anew) == ["a", "b", "c"]
    if damage not in ("a folder", "unwritable"):
        anew.clear()
        assert everything() == first
        assert anew == []  # what was damaged has been replaced
