"""README and the docs say what is true: examples are run, commands are the ones that work, keys are all there."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from textwrap import indent

import pytest

from iopctl import form
from iopctl.checks import Case, clauses, schedules
from iopctl.form import keys_of
from iopctl.model import Agreement, Workspace
from iopctl.source import Source
from iopctl.surroundings import packaged_tables
from tests.terminal import environment

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
EXAMPLE = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)


SHOWN = [
    (path, number)
    for path in (
        README,
        ROOT / "README.sv.md",
        *(ROOT / "docs" / name for name in ("pay.md", "timeline.md", "register.md", "due.md", "lint.md", "new.md")),
    )
    for number in range(len(EXAMPLE.findall(path.read_text("utf-8"))))
]


def examples(path: Path) -> list[tuple[str, str]]:
    return [(found["command"], found["output"]) for found in EXAMPLE.finditer(path.read_text("utf-8"))]


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
    assert {command.split()[1] for command, _output in examples(README)} == {"check", "pay", "due", "log", "render"}


def test_so_many_examples_are_run() -> None:
    assert len(SHOWN) == 16


@pytest.mark.parametrize(("path", "number"), SHOWN, ids=lambda each: getattr(each, "name", str(each)))
def test_an_example_shows_real_output(path: Path, number: int, request: pytest.FixtureRequest) -> None:
    command, output = examples(path)[number]
    real = run(command)
    if request.config.getoption("--write-screens"):
        text = path.read_text("utf-8")
        path.write_text(text.replace(f"$ {command}\n{output}", f"$ {command}\n{real}"), "utf-8")
        output = real
    assert output == real


def test_links_in_the_docs_lead_somewhere() -> None:
    for document in (README, ROOT / "README.sv.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_the_format_s_reference_names_every_key() -> None:
    text = (ROOT / "docs" / "format.md").read_text("utf-8")
    words = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", text)) + text[text.index("    period:") :]))
    missing = {f"{place}.{key}" for place, keys in keys_of(Agreement).items() for key in keys if key not in words}
    assert missing == set()


CLAUSES = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "clauses.md").read_text("utf-8"), re.DOTALL)
AROUND = """
format: 1
title: IOP Exempel
parties: {kommunen: {name: Exempelkommun, kind: municipality}, foreningen: {name: Exemplet, kind: association}}
period: {start: 2009-01-01, end: 2028-12-31, extension: {times: 1}}
contributions:
  - id: ersattning
    from: kommunen
    kind: cash
"""


def test_real_clauses_of_every_kind_are_shown() -> None:
    assert len(CLAUSES) > 10


@pytest.mark.parametrize("keys", CLAUSES)
def test_real_clauses_can_be_written_as_keys(keys: str) -> None:
    text = AROUND + indent(keys, "    ")
    source = Source("x", text)
    assert list(source.findings) == []
    agreement, wrong = form.read(Agreement, source.values)
    assert wrong == []
    assert agreement is not None
    case = Case("x", agreement, Workspace(tables=packaged_tables()), date(2027, 1, 15), text)
    asked = (clauses.clause_without_meaning, clauses.reference_years_mixed, schedules.schedule_without_meaning)
    assert [found for each in asked for found in each.find(case)] == []
