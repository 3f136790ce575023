"""Runs commands in turn, each in a fresh process, and keeps what each took."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple


class BrokenError(Exception):
    """A command did not do what is to be measured, so that its figures would mean nothing."""


class Took(NamedTuple):
    """What one run took."""

    wall: float
    """Seconds on the clock."""
    cpu: float
    """Seconds of processor time, user and system, of the process and all that it started."""
    largest: int
    """The most memory that any one of these processes had in use, in KiB."""
    together: int
    """The most that all of them had in use at a time, what they share counted once; 0 where it was not looked at."""


@dataclass
class Command:
    """A command, what is done before each run of it, and what its runs took."""

    name: str
    line: Sequence[str]
    folder: Path
    exit: int = 0
    before: Callable[[], object] | None = None
    environment: dict[str, str] = field(default_factory=dict)
    runs: list[Took] = field(default_factory=list)

    def run(self, *, watched: bool = False) -> Took:
        """One whole process. Its output goes nowhere."""
        if self.before:
            self.before()
        begun = time.perf_counter()
        process = subprocess.Popen(
            self.line,
            cwd=self.folder,
            env=_environment() | self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        together = _watch(process.pid) if watched else 0
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != self.exit:
            raise BrokenError(f"{self.name}: exit code {process.returncode}, expected {self.exit}")
        kib = used.ru_maxrss // 1024 if sys.platform == "darwin" else used.ru_maxrss
        return Took(wall, used.ru_utime + used.ru_stime, kib, together)

    def output(self) -> str:
        """What one run writes to standard output."""
        if self.before:
            self.before()
        done = subprocess.run(
            self.line, cwd=self.folder, env=_environment() | self.environment, capture_output=True, check=False
        )
        if done.returncode != self.exit:
            said = (done.stdout + done.stderr).decode("utf-8", "replace")
            raise BrokenError(f"{self.name}: exit code {done.returncode}, expected {self.exit}\n{said[-2000:]}")
        return done.stdout.decode("utf-8")


def in_turn(runs: int, *commands: Command, watched: bool = False) -> None:
    """Every command once, and again: what else the machine does strikes all alike. The first round is not kept."""
    for number in range(runs + 1):
        for command in commands:
            took = command.run(watched=watched)
            if number:
                command.runs.append(took)


def _environment() -> dict[str, str]:
    """The environment of every process: English, and compiled modules kept as in an installed program."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"IOPCTL_LANG": "en", "PYTHONPATH": str(Path(__file__).parent.parent)}


# -- memory of a process and all that it starts; Linux -----------------------------------------------------------------


def _watch(pid: int) -> int:
    """The most memory in KiB that the process and those that it starts have in use, looked at until it ends."""
    most = 0
    while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        most = max(most, sum(_kib(each) for each in _tree(pid)))
        time.sleep(0.02)
    return most


def _tree(pid: int) -> Iterator[int]:
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))
    except OSError:  # it has just ended
        return


def _kib(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
