"""docs/diff.md shows what is true: its commands are run, one after the other, in a copy of the real agreements."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository import SHIPPED, Repository

PAGE = Path(__file__).parent.parent / "docs" / "diff.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def run(repository: Repository, command: str) -> str:
    """What a command writes; the ids of commits are ones that do not change with the agreements."""
    line = re.sub(r"^iopctl\b", f"{shlex.quote(sys.executable)} -m iopctl", command)
    line = line.replace("git commit", "git -c user.name=N -c user.email=n@example.org commit")
    environment = {**repository.surroundings, "IOPCTL_LANG": "sv"}
    done = subprocess.run(
        line, shell=True, cwd=repository.root, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.stderr, done.returncode) == ("", 0)
    return re.sub(r"\([0-9a-f]{10}, ", "(1a2b3c4d5e, ", done.stdout)


def test_the_page_shows_real_output(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    repository = Repository(tmp_path / "repo")
    for each in SHIPPED.glob("*.yaml"):
        repository.ship(each.stem)
    repository.commit()
    text = PAGE.read_text("utf-8")
    shown = BLOCK.findall(text)
    real = [
        "".join(f"$ {command}\n{run(repository, command)}" for command in re.findall(r"^\$ (.*)$", block, re.MULTILINE))
        for block in shown
    ]
    assert len(real) == 3
    if request.config.getoption("--write-screens"):
        for before, after in zip(shown, real, strict=True):
            text = text.replace(f"```console\n{before}```", f"```console\n{after}```")
        PAGE.write_text(text, "utf-8")
        shown = real
    assert shown == real
