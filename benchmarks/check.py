"""Measures `iopctl check` against the floor, and the start-up: python benchmarks/check.py [--count N] [--runs N]."""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from generate import generate

FLOOR = Path(__file__).with_name("floor.py")
IOPCTL = (sys.executable, "-m", "iopctl")


@dataclass
class Command:
    """A command, and what each fresh process of it took in seconds."""

    name: str
    line: tuple[str, ...]
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    exits: set[int] = field(default_factory=set)

    def run(self, counted: bool) -> None:
        """One whole process; user and system time are those of the process and its children."""
        cpu, begun = _children(), time.perf_counter()
        done = subprocess.run(self.line, env=_environment(), stdout=subprocess.DEVNULL, check=False)
        wall = time.perf_counter() - begun
        self.exits.add(done.returncode)
        if counted:
            self.wall.append(wall)
            self.cpu.append(_children() - cpu)


@dataclass(frozen=True)
class Measure:
    """One command against another, and the ratio to stay below when there is a goal."""

    command: Command
    base: Command
    goal: float | None = None

    def rows(self) -> list[tuple[str, str, str, str]]:
        """A row for wall time, which the goal is about, and one for processor time."""
        name = f"{self.command.name} / {self.base.name}"
        return [
            self._row(f"{name}, wall", median(self.command.wall) / median(self.base.wall), self.goal),
            self._row(f"{name}, cpu", median(self.command.cpu) / median(self.base.cpu), None),
        ]

    def _row(self, name: str, ratio: float, goal: float | None) -> tuple[str, str, str, str]:
        if goal is None:
            return name, f"{ratio:.2f}", "-", "-"
        return name, f"{ratio:.2f}", f"<= {goal:g}", "ok" if ratio <= goal else "over"


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _environment() -> dict[str, str]:
    """The environment of every process: English, and compiled modules kept as in an installed program."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "IOPCTL_LANG": "en"}


def measure(folder: Path, runs: int) -> tuple[list[Command], list[Measure]]:
    """Every command once uncounted, then all of them in turn, run by run."""
    empty = Command("python -c pass", (sys.executable, "-c", "pass"))
    floor = Command("floor", (sys.executable, str(FLOOR), str(folder)))
    bare = Command("floor, no gc", (sys.executable, str(FLOOR), str(folder), "--no-gc"))
    check = Command("check", (*IOPCTL, "check", str(folder)))
    version = Command("--version", (*IOPCTL, "--version"))
    help_ = Command("--help", (*IOPCTL, "--help"))
    commands = [empty, floor, bare, check, version, help_]
    for run in range(runs + 1):
        for command in commands:
            command.run(counted=run > 0)
    measures = [Measure(check, floor, 0.7), Measure(check, bare), Measure(version, empty), Measure(help_, empty, 7)]
    return commands, measures


def table(rows: list[tuple[str, str, str, str]]) -> str:
    """The rows in columns, the first to the left and the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *others in rows:
        cells = [first.ljust(widths[0]), *(each.rjust(width) for each, width in zip(others, widths[1:], strict=True))]
        lines.append("  ".join(cells))
    return "\n".join(lines)


def main() -> None:
    """The command line. What is over its goal is said in the table; the exit code is 0."""
    parser = argparse.ArgumentParser(description="Measure iopctl check against the least that can be done.")
    parser.add_argument("--count", type=int, default=1000, help="how many agreements to generate")
    parser.add_argument("--runs", type=int, default=5, help="how many counted runs of each command")
    arguments = parser.parse_args()
    with TemporaryDirectory() as name:
        generate(Path(name), arguments.count)
        folder = Path(name) / "agreements"
        size = sum(path.stat().st_size for path in folder.iterdir())
        commands, measures = measure(folder, arguments.runs)
    print(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} processors")
    print(
        f"{arguments.count} files, {size / arguments.count / 1000:.1f} kB on average, median of {arguments.runs} runs\n"
    )
    seconds = [(each.name, f"{median(each.wall):.3f}", f"{median(each.cpu):.3f}", "") for each in commands]
    print(table([("command", "wall s", "cpu s", ""), *seconds]), end="\n\n")
    print(table([("measure", "ratio", "goal", ""), *(row for each in measures for row in each.rows())]))
    for each in commands:
        if each.exits != {0}:
            print(f"\n{each.name} ended with exit code {sorted(each.exits)}: its figures mean nothing.")


if __name__ == "__main__":
    main()
