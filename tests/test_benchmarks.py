"""What is measured is what it is said to be: the same agreements every time, sound, or with something wrong in each."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

from iopctl.checks import CHECKS
from tests.terminal import environment, iopctl

ROOT = Path(__file__).parent.parent
DAY = "2023-06-15"


def made(folder: Path, count: int, *more: str) -> Path:
    line = [sys.executable, ROOT / "benchmarks" / "generate.py", folder, str(count), *more]
    subprocess.run(line, check=True, capture_output=True)
    return folder


def found(folder: Path) -> list[dict[str, str]]:
    done = iopctl("check", "--as-of", DAY, "--format", "json", cwd=folder)
    findings: list[dict[str, str]] = json.loads(done.stdout)["findings"]
    assert done.returncode == (1 if findings else 0), done.stderr
    return findings


def contents(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in (folder / "agreements").iterdir()}


def test_the_same_seed_makes_the_same_agreements(tmp_path: Path) -> None:
    first = contents(made(tmp_path / "first", 30, "--seed", "7"))
    assert len(first) == 30
    assert contents(made(tmp_path / "again", 30, "--seed", "7")) == first
    assert contents(made(tmp_path / "other", 30, "--seed", "8")) != first


@pytest.mark.parametrize("seed", ["1", "2"])
def test_no_rule_has_anything_to_say_about_them(tmp_path: Path, seed: str) -> None:
    folder = made(tmp_path, 150, "--seed", seed)
    settings = (folder / "iopctl.yaml").read_text("utf-8")
    assert all(each.pack is None or each.pack in settings for each in CHECKS)
    assert found(folder) == []


def test_the_faulty_ones_are_the_same_with_one_to_three_faults_in_each(tmp_path: Path) -> None:
    sound, faulty = made(tmp_path / "sound", 40), made(tmp_path / "faulty", 40, "--faults")
    assert contents(sound).keys() == contents(faulty).keys()
    count = Counter(Path(each["file"]).name for each in found(faulty))
    assert count.keys() == contents(faulty).keys()
    assert set(count.values()) <= {1, 2, 3}


def test_a_table_of_measures(tmp_path: Path) -> None:
    """The numbers are the machine's own affair."""
    line = [sys.executable, ROOT / "benchmarks" / "goals.py", "--files", "2", "--runs", "1", "--format", "json"]
    done = subprocess.run(
        [*line, "--only", "floor", "faults", "reckoning"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [(each["measure"], each["goal"], each["stretch"]) for each in json.loads(done.stdout)["measures"]] == [
        ("check 2 / floor 2", 0.7, 0.35),
        ("check 2 / floor 2 --no-gc", None, None),
        ("check 20 / floor 20", 0.4, 0.15),
        ("check 2, all bad, concise / check 2, all clean, concise", 1.6, 1.1),
        ("pay 2 / check 2", 1.2, 1.05),
        ("due 2 / check 2", 1.5, 1.05),
    ]
