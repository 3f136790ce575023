"""The wheel, installed in an empty environment, does its work outside the checkout."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.agreements import SHIPPED
from tests.terminal import environment


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=cwd, env=environment(IOPCTL_LANG="sv"), capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds only the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("wheel")
    built = run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, SHIPPED, cwd=folder)
    assert built.returncode == 0, built.stdout + built.stderr
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    [wheel] = folder.glob("*.whl")
    done = run(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    assert done.returncode == 0, done.stderr
    return programs


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED / "agreements", tmp_path / "agreements")
    return tmp_path


MEMO = ("render", "linkoping-resurspoolen-2020", "tjansteskrivelse-forlangning", "--as-of", "2021-11-03")


@pytest.mark.parametrize(
    ("arguments", "shows"),
    [
        (("check",), "kontrollerade filer: 4; fel: 0"),
        (("pay", "--year", "2023", "--as-of", "2023-06-01"), "10\u00a0615\u00a0kr"),
        (("due", "--as-of", "2021-11-03"), "Avstämning och uppföljning av överenskommelsen"),
        (MEMO, "## Förslag till äldrenämndens beslut"),
        ((*MEMO, "--format", "html"), '<html lang="sv">'),
        (("index", "show", "VPI"), "Vårdprisindex"),
    ],
)
def test_the_four_verbs_outside_the_checkout(
    installed: Path, workspace: Path, arguments: tuple[str, ...], shows: str
) -> None:
    done = run(installed / "iopctl", *arguments, cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert shows in done.stdout


def test_a_workspace_is_made_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    done = run(installed / "iopctl", "init", "--yes", "--ci", "gitlab", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    for name, example in (
        (".gitlab-ci.yml", "gitlab-ci.yml"),
        (".pre-commit-config.yaml", "pre-commit-config.yaml"),
    ):
        assert (tmp_path / name).read_bytes() == (SHIPPED / "docs" / "examples" / example).read_bytes()
    checked = run(installed / "iopctl", "check", cwd=tmp_path)
    assert (checked.returncode, checked.stdout.partition(",")[0]) == (0, "kontrollerade filer: 0; fel: 0")


def test_the_wheel_carries_its_data_and_nothing_else(installed: Path) -> None:
    from zipfile import ZipFile

    [wheel] = installed.parent.parent.glob("*.whl")
    names = ZipFile(wheel).namelist()
    for name in (
        "iopctl/templates/tjansteskrivelse-forlangning.md.j2",
        "iopctl/documents/document.css",
        "iopctl/documents/document.typ",
        "iopctl/indices/kpi.yaml",
        "iopctl/indices/opi.yaml",
        "iopctl/indices/pbb.yaml",
        "iopctl/indices/pkv.yaml",
        "iopctl/indices/vpi.yaml",
        "iopctl/manual/PER003.yaml",
        "iopctl/locale/sv/LC_MESSAGES/iopctl.mo",
        "iopctl/cli/completion.bash",
        "iopctl/py.typed",
        "iopctl/starter/README.md",
        "iopctl/starter/github-workflow.yml",
    ):
        assert name in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"iopctl"}
    assert not [name for name in names if name.startswith(("iopctl/tests", "iopctl/agreements"))]


PROGRAM = """\
from datetime import date
from decimal import Decimal

from iopctl import Finding, check, deadlines, load, payments, render

workspace = load("agreements")
day = date(2026, 1, 1)
total = sum((each.amount or Decimal(0) for each in payments(workspace, "a", day)), Decimal(0))
codes: list[str] = [each.code for each in check(workspace, day)]
title: str = workspace.agreements["a"].title
data: bytes = render(workspace, "a", "overenskommelse", "pdf", as_of=day).data
reveal_type(total)
check(workspace, "2026-01-01")
payments(workspace, day)
render(workspace, "a", "overenskommelse", "odt", as_of=day)
for each in deadlines(workspace, day):
    each.amount + 1
    each.date
found: tuple[Finding, ...] = workspace.findings
found[0].code = "X"
"""


def test_a_type_checker_sees_the_library(installed: Path, tmp_path: Path) -> None:
    """What is right passes under --strict, and each mistake is seen, in a program beside the installed package."""
    (tmp_path / "program.py").write_text(PROGRAM, "utf-8")
    options = ("--strict", "--cache-dir", tmp_path / "cache", "--python-executable", installed / "python")
    done = run(sys.executable, "-m", "mypy", *options, "program.py", cwd=tmp_path)
    assert done.stdout.splitlines() == [
        'program.py:12: note: Revealed type is "decimal.Decimal"',
        'program.py:13: error: Argument 2 to "check" has incompatible type "str"; expected "date"  [arg-type]',
        'program.py:14: error: Missing positional argument "as_of" in call to "payments"  [call-arg]',
        'program.py:14: error: Argument 2 to "payments" has incompatible type "date"; expected "str"  [arg-type]',
        'program.py:15: error: Argument 4 to "render" has incompatible type "Literal[\'odt\']"; '
        "expected \"Literal['md', 'html', 'docx', 'pdf']\"  [arg-type]",
        'program.py:17: error: Unsupported operand types for + ("None" and "int")  [operator]',
        'program.py:17: note: Left operand is of type "Decimal | None"',
        'program.py:18: error: "Deadline" has no attribute "date"  [attr-defined]',
        'program.py:20: error: Property "code" defined in "Finding" is read-only  [misc]',
        "Found 7 errors in 1 file (checked 1 source file)",
    ]
