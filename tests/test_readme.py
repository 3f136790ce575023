"""README and the docs say what is true: examples are run, commands are the ones that work, keys are all there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from iopctl.form import keys_of
from iopctl.model import Agreement
from tests.terminal import environment

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
EXAMPLE = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)


def examples() -> list[tuple[str, str]]:
    return [(found["command"], found["output"]) for found in EXAMPLE.finditer(README.read_text("utf-8"))]


def run(command: str) -> str:
    """What the command writes to standard output."""
    line = command.replace("iopctl", f"'{sys.executable}' -m iopctl", 1)
    done = subprocess.run(
        line,
        shell=True,
        cwd=ROOT,
        env=environment(IOPCTL_LANG="sv"),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.stdout


def test_readme_has_an_example_of_every_verb() -> None:
    assert {command.split()[1] for command, _output in examples()} == {"check", "pay", "due", "render"}


@pytest.mark.parametrize("number", range(5))
def test_readme_shows_real_output(number: int, request: pytest.FixtureRequest) -> None:
    command, output = examples()[number]
    real = run(command)
    if request.config.getoption("--write-screens"):
        text = README.read_text("utf-8")
        README.write_text(text.replace(f"$ {command}\n{output}", f"$ {command}\n{real}"), "utf-8")
        output = real
    assert output == real


def test_links_in_the_docs_lead_somewhere() -> None:
    for document in (README, ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_the_format_s_reference_names_every_key() -> None:
    text = (ROOT / "docs" / "format.md").read_text("utf-8")
    words = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", text)) + text[text.index("    period:") :]))
    missing = {f"{place}.{key}" for place, keys in keys_of(Agreement).items() for key in keys if key not in words}
    assert missing == set()
