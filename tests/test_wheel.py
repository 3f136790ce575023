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
        "iopctl/py.typed",
    ):
        assert name in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"iopctl"}
    assert not [name for name in names if name.startswith(("iopctl/tests", "iopctl/agreements"))]
