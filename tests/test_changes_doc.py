"""docs/changes.md: its examples are run, one after the other, in a workspace that is kept in git."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from iopctl.cli.app import COMMANDS
from tests.agreements import SHIPPED
from tests.terminal import environment

DOCUMENT = SHIPPED / "docs" / "changes.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
AUTHOR = {
    f"GIT_{who}_{what}": each
    for who in ("AUTHOR", "COMMITTER")
    for what, each in (("NAME", "a"), ("EMAIL", "a@example.org"))
}


def shown(command: str, cwd: Path) -> str:
    """What a person sees of a command: what it writes, and then what it says beside."""
    line = command.replace("iopctl", f"'{sys.executable}' -m iopctl", 1) if command.startswith("iopctl") else command
    done = subprocess.run(
        line,
        shell=True,
        cwd=cwd,
        env=environment(IOPCTL_LANG="sv", **AUTHOR),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    # a commit's number is another each time
    return re.sub(r"^index [0-9a-f]+\.\.[0-9a-f]+", "index …", done.stdout + done.stderr, flags=re.MULTILINE)


def test_the_examples_are_real(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    shutil.copytree(SHIPPED / "agreements", tmp_path / "agreements")
    for command in ("git init -q", "git add .", "git commit -qm a"):
        subprocess.run(command, shell=True, cwd=tmp_path, env=environment(**AUTHOR), check=True)

    def run(block: re.Match[str]) -> str:
        commands = [line for line in block[1].splitlines() if line.startswith("$ ")]
        shows = "".join(f"{each}\n{shown(each[2:], tmp_path)}" for each in commands)
        return f"```console\n{shows}```"

    text = DOCUMENT.read_text("utf-8")
    real = BLOCK.sub(run, text)
    if request.config.getoption("--write-screens"):
        DOCUMENT.write_text(real, "utf-8")
        return
    assert real == text


def test_every_command_that_records_an_event_is_in_it() -> None:
    text = DOCUMENT.read_text("utf-8")
    assert {each for each in ("log", "decide", "extend", "terminate", "rename-unit", "index") if each in COMMANDS} == {
        each for each in COMMANDS if f"`iopctl {each} " in text
    }
