"""Damages sound agreements in many ways and sees that `check` still answers: python -m tests.fuzz --runs 20000.

An input is made of its seed and its number alone, so it can be made again: python -m tests.fuzz --seed 1 --only 77.
A run fails when the program ends in an error of its own, or answers with something else than 0 or 1, or takes more than
two seconds of the processor or 300 MB, or writes JSON that is none, or a character that steers a terminal.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import io
import json
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any, NamedTuple, NoReturn

import yaml

ROOT = Path(__file__).parent.parent
MOST_SECONDS, MOST_MEGABYTES = 2.0, 300.0
GIVE_UP = 30
"""Seconds of the processor after which an input is stopped."""
PIECE = 50
"""Inputs that a process takes at a time."""

TOKENS = [
    b"\t", b"\n\t", b"\0", b"\x1b[31m", b"\x7f", b"\x85", b"\xef\xbb\xbf", b"\xff\xfe", "\u2028".encode(),
    "\u2029".encode(), "\u202e".encode(), "\u2066".encode(), "\u200b".encode(), "\u061c".encode(), b"\xed\xa0\x80",
    b"\xed\xb0\x80", b"\xc3", b"\x80", "A\u030a".encode(), "а".encode(), "😀".encode(), b"&a ", b"*a", b"*a : ",
    b"!!python/object:os.system ", b"!!binary ", b"! ", b"<<: *a\n", b"<<: {a: 1}\n", b"{{ x }}", b"{% x %}", b"{",
    b"}", b"[", b"]", b"- - - - ", b"? ", b"? [a]\n: ", b"...\n", b"\n---\n", b"%YAML 1.1\n", b"%TAG ! x:\n",
    b"|\n", b">+9\n", b"'", b'"', b'"\\x00"', b'"\\ud800"', b'"\\u202e"', b"#", b" #", b": ", b":", b"~", b"null",
    b"[" * 5000, b"{a: " * 5000, b"- " * 5000, b"]" * 5000, b"1e999999", b"9" * 100_000, b"-" + b"9" * 30, b".inf",
    b"0x7fffffffffffffff", b"1_000", b"0.0000000001", b"x" * 100_000, b"x " * 50_000, b"\n" * 5000, b" " * 100_000,
    b"[^" * 5000, b"[^1]" * 2000, b"XX " * 2000, b"0000-00-00", b"9999-12-31", b"2023-02-30", b"-0001-01-01",
    b"2023-02-03 10:00", b"12:30:45", b"true", b"yes", b"\r", b"\r\n", b"\\", b"\xc2\xa0", b"\xc2\xad",
]  # fmt: skip
"""What means something to YAML, to a terminal or to an agreement."""

RAW = [
    "1e999999", "9" * 100_000, "-1", "0", "0.001", "999999999999999.99", "1000000000000000", "0000-00-00",
    "1899-12-31", "1900-01-01", "2199-12-31", "9999-12-31", "2023-02-30", "2024-02-29", "2020", "2020-13", "02-30",
    "02-29", "200 years", "73000 days", "99999 months", "0 years", "open_ended", "true", "~", '""', '"\\u202e"',
    "'   '", "[]", "{}", "[[[[]]]]", "{a: {b: {c: 1}}}", "[~]", '{unknown: "§ XXX"}', "{unknown: }",
    "{unknown: {unknown: x}}", "*a", "&a x", "!!set {a}", "XX", '"[^7]"', "x" * 5000, "år", "january",
    "[january, january]", "12", "OPI", "KPI", "100 %", "933 000", "12.500,00", '"2020-01-01"', "\u0430mount",
    "|-\n\n", "",
]  # fmt: skip
"""Values as they may stand in a file, of every kind."""


class Input(NamedTuple):
    """What a file holds, and which agreement it was made from."""

    name: str
    family: str
    data: bytes


def make(seed: int, number: int) -> Input:
    """The damaged agreement with this number."""
    chance = Random(f"{seed}/{number}")
    name, data = chance.choice(sound_agreements())
    family, damage = chance.choice((("bytes", damaged_bytes), *[("structures", damaged_structure)] * 2))
    return Input(name, family, damage(data, chance))


@cache
def sound_agreements() -> tuple[tuple[str, bytes], ...]:
    """The agreements of the project, and some of those made up for measuring."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from generate import generate  # type: ignore[import-not-found]  # the benchmarks are scripts, not a package

    sys.path.pop(0)
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), 12)
        made = sorted(Path(folder).rglob("*.yaml"))
        return tuple((path.name, path.read_bytes()) for path in [*sorted((ROOT / "agreements").glob("*.yaml")), *made])


# -- bytes -------------------------------------------------------------------------------------------------------------


def damaged_bytes(data: bytes, chance: Random) -> bytes:
    """The bytes with a few of them changed, without a thought for what they mean."""
    for _ in range(chance.choice((1, 1, 2, 3, 8, 30))):
        data = chance.choice(BYTE_DAMAGES)(data, chance) or b"\n"
    return data


def _place(data: bytes, chance: Random) -> int:
    """Somewhere; often where a value begins, since that is where most signs mean something."""
    somewhere = chance.randrange(len(data))
    found = data.find(chance.choice((b": ", b"\n", b"- ")), somewhere)
    return found + 2 if found >= 0 and chance.random() < 0.6 else somewhere


def _flip(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _insert(data: bytes, chance: Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + chance.randbytes(chance.randint(1, 4)) + data[at:]


def _insert_token(data: bytes, chance: Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + chance.choice(TOKENS) + data[at:]


def _delete(data: bytes, chance: Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + data[at + chance.choice((1, 2, 10, 100, 1000)) :]


def _double(data: bytes, chance: Random) -> bytes:
    at = _place(data, chance)
    piece = data[at : at + chance.choice((1, 10, 100, 1000))]
    return data[:at] + piece * chance.choice((2, 2, 2, 50)) + data[at + len(piece) :]


def _double_lines(data: bytes, chance: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    at = chance.randrange(len(lines))
    return b"".join([*lines[: at + chance.randint(1, 5)], *lines[at:]])


def _splice(data: bytes, chance: Random) -> bytes:
    _name, other = chance.choice(sound_agreements())
    return data[: _place(data, chance)] + other[_place(other, chance) :]


BYTE_DAMAGES: Sequence[Callable[[bytes, Random], bytes]] = (
    _flip, _insert, _insert_token, _insert_token, _insert_token, _delete, _double, _double_lines, _splice,
)  # fmt: skip


# -- structures --------------------------------------------------------------------------------------------------------


def damaged_structure(data: bytes, chance: Random) -> bytes:
    """The agreement's values with some of them deleted, moved, misspelt or made another kind, as sound YAML."""
    tree = _Tree(yaml.load(data, yaml.CSafeLoader), chance)
    gentle = (tree.vary, tree.vary, tree.vary, tree.delete, tree.repeat)  # what the rules about the contents see
    rough = (tree.delete, tree.copy_key, tree.swap, tree.replace, tree.replace, tree.misspell, tree.move, tree.repeat)
    damages = chance.choice((gentle, rough))
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8, 30))):
        chance.choice(damages)()
    return tree.written()


class _Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, _data: Any) -> bool:
        return True


class _Tree:
    """Values that are being damaged. What YAML's writer would put right is a mark, replaced when all is written."""

    def __init__(self, values: Any, chance: Random) -> None:
        self.values = values
        self.chance = chance
        self.marks: dict[str, str] = {}

    def written(self) -> bytes:
        if self.chance.random() < 0.1:
            text = json.dumps(self.values, ensure_ascii=self.chance.random() < 0.5, default=str)
        else:
            text = yaml.dump(
                self.values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=self.chance.choice((40, 120))
            )
        for mark, raw in self.marks.items():
            text = text.replace(f'"{mark}"', raw).replace(mark, raw)
        return text.encode("utf-8", "surrogatepass")

    def _mark(self, raw: str) -> str:
        mark = f"RAW{len(self.marks):03}MARK"
        self.marks[mark] = raw
        return mark

    def _holders(self, value: Any) -> Iterator[Any]:
        """Everything that holds something else."""
        if value and isinstance(value, dict | list):
            yield value
            for inner in value.values() if isinstance(value, dict) else value:
                yield from self._holders(inner)

    def _holder(self, kind: type | tuple[type, ...] = (dict, list)) -> Any:
        found = [each for each in self._holders(self.values) if isinstance(each, kind)]
        return self.chance.choice(found) if found else {"": ""}

    def _step(self, holder: Any) -> Any:
        return self.chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))

    def delete(self) -> None:
        holder = self._holder()
        del holder[self._step(holder)]

    def copy_key(self) -> None:
        """The same key twice, perhaps with another value."""
        holder = self._holder(dict)
        key = self._step(holder)
        holder[self._mark(str(key))] = copy.deepcopy(holder[self._step(holder)])

    def swap(self) -> None:
        one, other = self._holder(), self._holder()
        at, to = self._step(one), self._step(other)
        one[at], other[to] = copy.deepcopy(other[to]), copy.deepcopy(one[at])

    def replace(self) -> None:
        holder = self._holder()
        step = self._step(holder)
        holder[step] = self.chance.choice(
            (
                self._mark(self.chance.choice(RAW)),
                "",
                str(holder[step]),
                [holder[step]],
                {"text": holder[step]},
                1,
                date.min,
            )
        )

    def vary(self) -> None:
        """Another value of the same kind: a neighbour's, or one as far out as the format goes."""
        holders = list(self._holders(self.values))
        places = [(each, step) for each in holders for step in (each if isinstance(each, dict) else range(len(each)))]
        plain = [(each, step) for each, step in places if not isinstance(each[step], dict | list)]
        if not plain:
            return
        holder, step = self.chance.choice(plain)
        others: list[Any] = [each[at] for each, at in plain if type(each[at]) is type(holder[step])]
        if isinstance(holder[step], date):
            others += [date(1900, 1, 1), date(2199, 12, 31), date(2024, 2, 29), "open_ended"] * 3
        elif isinstance(holder[step], int):
            others += [0, 1, 2, 999_999_999_999_999, -1] * 3
        holder[step] = self.chance.choice(others)

    def misspell(self) -> None:
        holder = self._holder(dict)
        key = str(self._step(holder))
        at = self.chance.randrange(len(key) + 1)
        odd = self.chance.choice(("", "x", "\u0430", "\u200b", "\u0301", "\u202e", " ", key, "é", "\x1b", "\n"))
        items = [(key[:at] + odd + key[at + 1 :] if each == key else each, value) for each, value in holder.items()]
        holder.clear()
        holder.update(items)

    def move(self) -> None:
        """A part to another place, perhaps deeper and deeper."""
        source, target = self._holder(), self._holder()
        part = copy.deepcopy(source[self._step(source)])
        for _ in range(self.chance.choice((0, 0, 1, 25))):
            part = {"text": part} if self.chance.random() < 0.5 else [part]
        if isinstance(target, dict):
            target[str(self._step(source))] = part
        else:
            target.append(part)

    def repeat(self) -> None:
        """An item of a list, or a key with another name each time, up to five hundred times."""
        holder = self._holder()
        step = self._step(holder)
        if len(str(self.values)) > 600_000:
            return
        times = min(self.chance.randint(1, 500), 400_000 // (len(str(holder[step])) + 1))
        if isinstance(holder, list):
            holder[step:step] = [copy.deepcopy(holder[step]) for _ in range(times)]
        else:
            holder.update({f"{step}{number}": copy.deepcopy(holder[step]) for number in range(times)})


# -- one input ---------------------------------------------------------------------------------------------------------


@dataclass
class Totals:
    """What came of some inputs."""

    runs: int = 0
    sound: int = 0
    families: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    """In how many inputs each rule found something."""
    slowest: tuple[float, int] = (0.0, -1)
    largest: tuple[float, int] = (0.0, -1)
    """The most megabytes that one input took, and its number."""
    failures: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: Totals) -> None:
        self.runs += other.runs
        self.sound += other.sound
        self.families += other.families
        self.codes += other.codes
        self.slowest, self.largest = max(self.slowest, other.slowest), max(self.largest, other.largest)
        self.failures += other.failures


class TooSlowError(BaseException):
    """Ends an input; no part of the program catches it."""


def workspace(folder: Path) -> Path:
    """A workspace with the project's agreements in it; the damaged one takes the place of one, or stands beside."""
    agreements = folder / "agreements"
    agreements.mkdir()
    for path in (ROOT / "agreements").glob("*.yaml"):
        (agreements / path.name).write_bytes(path.read_bytes())
    return folder


def examine(number: int, made: Input, folder: Path, totals: Totals) -> None:
    """Checks one input as the command does, for people and for programs, and adds what came of it."""
    path = folder / "agreements" / made.name
    before = path.read_bytes() if path.exists() else None
    path.write_bytes(made.data)
    totals.runs += 1
    totals.families[made.family] += 1
    memory, began = Memory(), time.process_time()
    try:
        code, found, fault = _answers(path)
    except (Exception, SystemExit, TooSlowError):
        code, found, fault = 2, set(), traceback.format_exc()
    seconds, megabytes = time.process_time() - began, memory.grown()
    path.unlink() if before is None else path.write_bytes(before)
    if "INT001" in found:
        fault = fault or "a rule broke: INT001"
    if seconds > MOST_SECONDS:
        fault = fault or f"{seconds:.1f} s"
    if megabytes > MOST_MEGABYTES:
        fault = fault or f"{megabytes:.0f} MB"
    totals.sound += code == 0
    totals.codes.update(found)
    totals.slowest, totals.largest = max(totals.slowest, (seconds, number)), max(totals.largest, (megabytes, number))
    if fault:
        totals.failures.append((number, fault))


def check(path: Path, how: str) -> tuple[int, bytes, str]:
    """The command itself: its exit code, and what it wrote to standard output and standard error."""
    os.environ["IOPCTL_LANG"] = "en"
    os.environ["IOPCTL_DEBUG"] = "1"  # an error of the program's own is raised, with its traceback
    from iopctl.cli.app import run

    out, err = io.TextIOWrapper(io.BytesIO()), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(["check", str(path), "--format", how, "--as-of", "2026-01-15"])
    out.flush()
    return code, out.buffer.getvalue(), err.getvalue()  # type: ignore[attr-defined]  # a BytesIO, as made above


def _answers(path: Path) -> tuple[int, set[str], str]:
    """The exit code, the codes of the rules that found something, and what is wrong with the answer."""
    code, screen, said = check(path, "full")
    again, data, _said = check(path, "json")
    found = {each["code"] for each in json.loads(data.decode())["findings"]}
    steering = {
        f"U+{ord(each):04X}" for each in screen.decode() if each != "\n" and unicodedata.category(each) in HIDDEN
    }
    if code not in {0, 1} or said:
        return code, found, f"exit code {code}: {said}"
    if code != again:
        return code, found, f"exit code {code} for people, {again} for programs"
    return code, found, f"on the screen: {' '.join(sorted(steering))}" if steering else ""


HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


class Memory:
    """How much more memory this process has held at some time since this was made."""

    STATUS, RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")  # Linux; see proc(5)

    def __init__(self) -> None:
        if self.STATUS.exists():
            self.RESET.write_text("5")
        self.before = self._most()

    def grown(self) -> float:
        return self._most() - self.before

    def _most(self) -> float:
        """The high water mark in megabytes."""
        if not self.STATUS.exists():  # elsewhere the mark cannot be put back, so only a new record is seen
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        line = next(each for each in self.STATUS.read_text().splitlines() if each.startswith("VmHWM"))
        return int(line.split()[1]) / 1024


# -- many inputs -------------------------------------------------------------------------------------------------------


def piece(seed: int, numbers: Sequence[int]) -> Totals:
    """Some inputs, in this process."""
    totals = Totals()
    with tempfile.TemporaryDirectory() as folder:
        place = workspace(Path(folder))
        for number in numbers:
            made = make(seed, number)
            signal.setitimer(signal.ITIMER_PROF, GIVE_UP)
            examine(number, made, place, totals)
            signal.setitimer(signal.ITIMER_PROF, 0)
    return totals


def _bounded() -> None:
    """A process that stops what takes too long, and that gets no more memory than the machine can spare."""
    signal.signal(signal.SIGPROF, _too_slow)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, 2 * 1024**3))


def _too_slow(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise TooSlowError(f"stopped after {GIVE_UP} s")


def fuzz(seed: int, numbers: Sequence[int], progress: Callable[[Totals], object] = lambda _totals: None) -> Totals:
    """All inputs, in a process for each core."""
    totals = Totals()
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), _bounded) as pool:
        waiting: dict[Future[Totals], Sequence[int]] = {}
        for start in range(0, len(numbers), PIECE):
            some = numbers[start : start + PIECE]
            waiting[pool.submit(piece, seed, some)] = some
        for done in as_completed(waiting):
            try:
                totals.add(done.result())
            except BrokenProcessPool:
                numbers_lost = waiting[done]
                totals.failures.append((numbers_lost[0], f"the process died at one of {list(numbers_lost)}"))
            progress(totals)
    totals.failures.sort()
    return totals


def report(totals: Totals, seed: int) -> str:
    """The totals for a person."""
    codes = ", ".join(f"{code} {count}" for code, count in sorted(totals.codes.items()))
    families = ", ".join(f"{count} {family}" for family, count in sorted(totals.families.items()))
    return "\n".join(
        [
            f"seed {seed}: {totals.runs} runs ({families})",
            f"in order or with warnings only: {totals.sound}; with errors: {totals.runs - totals.sound}",
            f"inputs in which each rule found something: {codes}",
            f"slowest: {totals.slowest[0]:.2f} s (number {totals.slowest[1]})",
            f"most memory for one input: {totals.largest[0]:.0f} MB (number {totals.largest[1]})",
            f"failures: {len(totals.failures)}",
        ]
    )


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Damage sound agreements and see that iopctl check still answers.")
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, metavar="NUMBER", help="run this one input")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="write the inputs that fail, or the one of --only, here"
    )
    given = parser.parse_args()
    numbers = range(given.runs) if given.only is None else [given.only]

    def progress(totals: Totals) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{totals.runs} of {len(numbers)}, failures: {len(totals.failures)} ")

    totals = fuzz(given.seed, numbers, progress)
    sys.stdout.write(f"\n{report(totals, given.seed)}\n")
    for number, fault in totals.failures:
        sys.stdout.write(
            f"\nnumber {number}: {fault}\nrepeat: python -m tests.fuzz --seed {given.seed} --only {number}\n"
        )
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
        for number in [given.only] if given.only is not None else [each for each, _fault in totals.failures]:
            made = make(given.seed, number)
            (given.keep / f"{given.seed}-{number}-{made.name}").write_bytes(made.data)
    return 1 if totals.failures else 0


if __name__ == "__main__":
    sys.exit(main())
