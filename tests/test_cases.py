"""The gallery of every message: a file with one thing wrong in it, and the exact screen that `check` shows for it.

`CODE_reason.yaml` stands next to `CODE_reason.out`. What takes more than one file, or bytes that no editor shows, is a
folder `CODE_reason/` with agreements/, perhaps iopctl.yaml, and screen.out. After an intended change of wording:
`pytest --write-screens`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from iopctl import rules
from iopctl.cli.app import run

CASES = Path(__file__).parent / "cases"
WORKSPACE = Path(__file__).parent.parent
ARGUMENTS = ("--lang", "en", "check", "--as-of", "2026-01-15")

ENTRIES = sorted(path for path in CASES.iterdir() if path.suffix == ".yaml" or path.is_dir())
WITHOUT_CASE = {
    "FRM001": "a file that is missing, a pipe or unreadable cannot be kept under version control; see test_loading.py",
    "ACK003": "takes a baseline; see test_check.py",
    "INT001": "takes a fault in a rule; see test_check.py",
}


def screen_of(case: Path) -> Path:
    return case / "screen.out" if case.is_dir() else case.with_suffix(".out")


@pytest.mark.parametrize("case", ENTRIES, ids=lambda case: case.stem)
def test_the_whole_screen(
    case: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CASES)
    code = run([*ARGUMENTS, "--select", case.stem.split("_")[0], case.name])
    printed = capsys.readouterr()
    screen = f"{printed.out}{printed.err}exit {code}\n"
    if request.config.getoption("--write-screens"):
        screen_of(case).write_text(screen, "utf-8", newline="")
    assert screen == screen_of(case).read_text("utf-8")


@pytest.mark.parametrize("name", ["PER003_two_years_stated_three_given.yaml", "FRM002_saved_as_windows_1252"])
def test_the_program_itself_shows_the_same_screen(name: str) -> None:
    """The other tests call the command from inside; here nothing is shared but the files, and the locale is Swedish."""
    environment = {key: value for key, value in os.environ.items() if key != "IOPCTL_LANG"} | {"LC_ALL": "sv_SE.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "iopctl", *ARGUMENTS, "--select", name[:6], name],
        cwd=CASES,
        env=environment,
        capture_output=True,
        check=False,
    )
    screen = f"{done.stdout.decode()}{done.stderr.decode()}exit {done.returncode}\n"
    assert screen == screen_of(CASES / name).read_text("utf-8")


def test_every_case_has_a_screen_and_every_screen_a_case() -> None:
    kept = {path for path in CASES.rglob("*") if path.is_file()}
    read = {case: list(case.rglob("*.yaml")) if case.is_dir() else [case] for case in ENTRIES}
    assert kept == {path for files in read.values() for path in files} | {screen_of(case) for case in ENTRIES}
    assert [case.name for case, files in read.items() if not files] == []


def test_every_rule_has_a_case() -> None:
    codes = {rule.code for rule in rules.ALL if not rule.code.startswith("DRF")}  # see test_lint.py
    assert {case.stem.split("_")[0] for case in ENTRIES} == codes - set(WITHOUT_CASE)


@pytest.mark.parametrize("case", ENTRIES, ids=lambda case: case.stem)
def test_a_case_shows_its_own_rule_and_no_other(case: Path) -> None:
    shown = re.findall(r"^\w+\[(\w+)\]: ", screen_of(case).read_text("utf-8"), re.MULTILINE)
    assert set(shown) == {case.stem.split("_")[0]}


def test_every_case_says_first_what_is_wrong() -> None:
    assert [path.name for path in CASES.rglob("*.yaml") if not path.read_bytes().startswith(b"# ")] == []


def test_the_shipped_agreements_are_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(WORKSPACE)
    assert run([*ARGUMENTS, "agreements"]) == 0
