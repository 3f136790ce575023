"""What is measured, and the goals: MEASURES is the table of contents."""

from __future__ import annotations

import json
import math
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

import peers
from generate import DAY, generate
from processes import BrokenError, Command, Took, in_turn

FLOOR = Path(__file__).with_name("floor.py")
ON_THE_DAY = ("--as-of", str(DAY))


@dataclass(frozen=True)
class Row:
    """One measure: a number for each run, from wall time and from processor time, and what it should stay below."""

    measure: str
    numbers: list[float]
    goal: float | None = None
    stretch: float | None = None
    cpu: list[float] | None = None
    """None where processor time says nothing."""


@dataclass
class Bench:
    """The folder everything is written in, how much is run, and the commands that have been."""

    folder: Path
    files: int
    runs: int
    large: bool
    peer_files: int
    ran: list[Command] = field(default_factory=list)

    @property
    def many(self) -> int:
        """The greater number of files."""
        return 10 * self.files

    def workspace(self, count: int, *, faults: bool = False) -> Path:
        """A workspace of that many agreements, made when first wanted, and seen to be what it should be."""
        folder = self.folder / f"{'faulty' if faults else 'sound'}-{count}"
        if not folder.exists():
            generate(folder, count, faults=faults)
            self._verify(folder, count, faults=faults)
        return folder

    def _verify(self, folder: Path, count: int, *, faults: bool) -> None:
        line = ("check", *ON_THE_DAY, "--no-cache", "--format", "json")
        found = json.loads(self.iopctl("a look at the files", folder, *line, exit=int(faults)).output())["findings"]
        if faults and len({each["file"] for each in found}) < count:
            raise BrokenError("there are generated files in which nothing is wrong")
        if not faults and found:
            raise BrokenError(f"the generated agreements are not sound; first: {json.dumps(found[0], indent=2)}")

    def iopctl(self, name: str, folder: Path, *arguments: str, **more: object) -> Command:
        """A command of iopctl, in a workspace; its cache is a folder of the benchmark's own."""
        line = (sys.executable, "-m", "iopctl", *arguments)
        environment = {"IOPCTL_CACHE_DIR": str(self.folder / "cache")}
        return Command(name, line, folder, environment=environment, **more)  # type: ignore[arg-type]

    def check(self, count: int, *arguments: str, faults: bool = False, name: str = "") -> Command:
        """A check of that many files without the cache."""
        line = ("check", *ON_THE_DAY, "--no-cache", *arguments)
        folder = self.workspace(count, faults=faults)
        return self.iopctl(name or f"check {count:,}", folder, *line, exit=int(faults))

    def floor(self, count: int, *arguments: str) -> Command:
        """The least that a checker in Python does with that many files."""
        name = " ".join((f"floor {count:,}", *arguments))
        return Command(name, (sys.executable, str(FLOOR), "agreements", *arguments), self.workspace(count))

    @cached_property
    def schema(self) -> Path:
        """The JSON Schema that the program writes of an agreement."""
        self.iopctl("the schema", self.folder, "schema", "agreement", "-o", "agreement.schema.json").run()
        return self.folder / "agreement.schema.json"

    def check_jsonschema(self, name: str, program: Path, count: int) -> Command:
        """check-jsonschema with the program's own schema, over that many files."""
        line = (str(program / "check-jsonschema"), "--schemafile", str(self.schema))
        return self._peer(f"{name}, {count:,}", line, count)

    def yamllint(self, program: Path, count: int) -> Command:
        """yamllint with one rule, over that many files."""
        line = (str(program / "yamllint"), "-d", "rules: {key-duplicates: enable}")
        return self._peer(f"yamllint, {count:,}", line, count)

    def _peer(self, name: str, line: Sequence[str], count: int) -> Command:
        folder = self.workspace(count)
        files = sorted(str(each.relative_to(folder)) for each in (folder / "agreements").iterdir())
        return Command(name, (*line, *files), folder)

    def rounds(self, *commands: Command, big: bool = False, watched: bool = False) -> None:
        """All the commands in turn; fewer times when they are long."""
        in_turn((self.runs + 1) // 2 if big else self.runs, *commands, watched=watched)
        self.ran += commands


def _wall(one: Command) -> list[float]:
    return [each.wall for each in one.runs]


def _cpu(one: Command) -> list[float]:
    return [each.cpu for each in one.runs]


def _against(
    one: Command, other: Command, goal: float | None = None, stretch: float | None = None, measure: str = ""
) -> Row:
    """One command's time against another's in the same round."""

    def divided(times: Callable[[Command], list[float]]) -> list[float]:
        return [mine / theirs for mine, theirs in zip(times(one), times(other), strict=True)]

    return Row(measure or f"{one.name} / {other.name}", divided(_wall), goal, stretch, divided(_cpu))


def floor(bench: Bench) -> Iterator[Row]:
    """A check against the floor, at both numbers of files."""
    check, floor, bare = bench.check(bench.files), bench.floor(bench.files), bench.floor(bench.files, "--no-gc")
    bench.rounds(check, floor, bare)
    yield _against(check, floor, 0.7, 0.35)
    yield _against(check, bare)
    check, floor = bench.check(bench.many), bench.floor(bench.many)
    bench.rounds(check, floor, big=True)
    yield _against(check, floor, 0.4, 0.15)


def others(bench: Bench) -> Iterator[Row]:
    """A check against the other tools."""
    mine, plain = Path(sys.executable).parent, peers.environment()
    some = min(bench.peer_files, bench.files)
    check = bench.check(bench.files)
    makers: list[tuple[Callable[[int], Command], float, float]] = [
        (partial(bench.check_jsonschema, "check-jsonschema + clib", mine), 1 / 4, 1 / 8),
        (partial(bench.check_jsonschema, "check-jsonschema", plain), 1 / 10, 1 / 20),
        (partial(bench.yamllint, plain), 1 / 10, 1 / 20),
    ]
    pairs = [(make(1), make(some), goal, stretch) for make, goal, stretch in makers]
    bench.rounds(check, *(command for one, several, *_ in pairs for command in (one, several)))
    for one, several, goal, stretch in pairs:
        scaled = Command(several.name, several.line, several.folder)
        scaled.runs = [_scaled(*both, some, bench.files) for both in zip(one.runs, several.runs, strict=True)]
        name = f"{check.name} / {several.name}"
        yield _against(
            check, scaled, goal, stretch, name if some == bench.files else f"{name} × {bench.files:,}/{some}"
        )


def _scaled(one: Took, several: Took, some: int, files: int) -> Took:
    """What more files would have taken: the start once, and every file after the first as long as those measured."""
    more = (files - 1) / (some - 1)
    wall, cpu = (first + (last - first) * more for first, last in zip(one[:2], several[:2], strict=True))
    return Took(wall, cpu, several.largest, 0)


def one_file(bench: Bench) -> Iterator[Row]:
    """A check of one file against the quickest of the other tools that name a line."""
    check, other = bench.check(1), bench.check_jsonschema("check-jsonschema + clib", Path(sys.executable).parent, 1)
    bench.rounds(check, other)
    yield _against(check, other, 0.8, 0.3)


def faults(bench: Bench) -> Iterator[Row]:
    """Files that all have something wrong in them against the same files without."""
    concise = ("--format", "concise")
    bad = bench.check(bench.files, *concise, faults=True, name=f"check {bench.files:,}, all bad, concise")
    clean = bench.check(bench.files, *concise, name=f"check {bench.files:,}, all clean, concise")
    bench.rounds(bad, clean)
    yield _against(bad, clean, 1.6, 1.1)


def changed(bench: Bench) -> Iterator[Row]:
    """One file changed since the last run against a full run, both one that keeps its results and one that does not."""
    folder, line = bench.workspace(bench.many), ("check", *ON_THE_DAY)
    file = sorted((folder / "agreements").iterdir())[bench.many // 2]
    text = file.read_text("utf-8")
    numbers = iter(range(1_000_000))

    def change() -> None:
        file.write_text(f"{text}# {next(numbers)}\n", "utf-8")

    def forget() -> None:
        shutil.rmtree(bench.folder / "cache", ignore_errors=True)

    full = bench.check(bench.many)
    keeping = bench.iopctl(f"check {bench.many:,}, writing the cache", folder, *line, before=forget)
    again = bench.iopctl(f"check {bench.many:,}, one changed", folder, *line, before=change)
    bench.rounds(full, keeping, again, big=True)
    _same(bench, folder, file, text)
    yield _against(again, full, 0.10, 0.05)
    yield _against(again, keeping, 0.10, 0.05)


def _same(bench: Bench, folder: Path, file: Path, text: str) -> None:
    """With a fault in the changed file, a run with the cache has to say what one without it says."""
    lines = ("format: 1", "format: 1\nreplaces: nowhere-to-be-found")
    clean = "\n".join(each for each in text.splitlines() if not each.startswith("replaces: "))
    file.write_text(clean.replace(*lines, 1) + "\n", "utf-8")
    said = [
        bench.iopctl("the changed file", folder, "check", *ON_THE_DAY, *more, exit=1).output()
        for more in ((), ("--no-cache",))
    ]
    file.write_text(text, "utf-8")
    if said[0] != said[1] or file.name not in said[0]:
        raise BrokenError("check says one thing with the cache and another without it")


def growth(bench: Bench) -> Iterator[Row]:
    """How the time of a check grows with the files: 1 is in step, more is worse."""
    few, many = bench.check(bench.files), bench.check(bench.many)
    bench.rounds(few, many, big=True)
    yield _exponent(few, many, bench.files, bench.many)
    if bench.large:
        few, most = bench.check(bench.files), bench.check(100 * bench.files)
        in_turn(1, few, most)
        bench.ran += (few, most)
        yield _exponent(few, most, bench.files, 100 * bench.files)


def _exponent(few: Command, many: Command, less: int, more: int) -> Row:
    def power(times: Callable[[Command], list[float]]) -> list[float]:
        return [math.log(b / a) / math.log(more / less) for a, b in zip(times(few), times(many), strict=True)]

    return Row(f"exponent {less:,} to {more:,}", power(_wall), 1.08, 1.03, power(_cpu))


def memory(bench: Bench) -> Iterator[Row]:
    """The most memory in use with many files against a few: of all processes together, and of the largest."""
    few_files = max(1, bench.files // 10)
    few, many = bench.check(few_files), bench.check(bench.many)
    if sys.platform == "linux":
        in_turn(2, few, many, watched=True)
        yield Row(
            f"memory {bench.many:,} / {few_files:,}, all processes",
            [b.together / a.together for a, b in zip(few.runs, many.runs, strict=True)],
            1.5,
            1.1,
        )
    else:
        in_turn(2, few, many)
    yield Row(
        f"memory {bench.many:,} / {few_files:,}, largest process",
        [b.largest / a.largest for a, b in zip(few.runs, many.runs, strict=True)],
        1.5,
        1.1,
    )


def reckoning(bench: Bench) -> Iterator[Row]:
    """pay and due against check, over the same files."""
    files = bench.many if bench.large else bench.files
    folder, check = bench.workspace(files), bench.check(files)
    pay = bench.iopctl(f"pay {files:,}", folder, "pay", *ON_THE_DAY)
    due = bench.iopctl(f"due {files:,}", folder, "due", *ON_THE_DAY)
    bench.rounds(check, pay, due, big=bench.large)
    yield _against(pay, check, 1.2, 1.05)
    yield _against(due, check, 1.5, 1.05)


def start(bench: Bench) -> Iterator[Row]:
    """The start of the program against that of Python."""
    empty = Command("python -c pass", (sys.executable, "-c", "pass"), bench.folder)
    help_ = bench.iopctl("--help", bench.folder, "--help")
    version = bench.iopctl("--version", bench.folder, "--version")
    in_turn(3 * bench.runs, empty, help_, version)
    bench.ran += (empty, help_, version)
    yield _against(help_, empty, 7, 2.5)
    yield _against(version, empty)


def documents(bench: Bench) -> Iterator[Row]:
    """One memo in each format against the start of Python; many against one. The seconds are wanted to be below 1."""
    kind, folder = "tjansteskrivelse-forlangning", bench.workspace(150)
    (first, *_others) = sorted(path.stem for path in (folder / "agreements").iterdir())
    empty = Command("python -c pass", (sys.executable, "-c", "pass"), bench.folder)

    def memos(name: str, which: str, format_: str, to: str) -> Command:
        line = ("render", which, kind, *ON_THE_DAY, "--force", "--format", format_, "-o", to)
        return bench.iopctl(f"{name}, {format_}", folder, *line)

    each = [memos("one memo", first, format_, f"memo.{format_}") for format_ in ("md", "html", "docx", "pdf")]
    bench.rounds(empty, *each)
    for one in each:
        yield _against(one, empty)
    for format_ in ("docx", "pdf"):
        one, many = memos("one memo", first, format_, f"memo.{format_}"), memos("150 memos", "--all", format_, format_)
        bench.rounds(one, many, big=True)
        yield _against(many, one)


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "floor": floor,
    "others": others,
    "one-file": one_file,
    "faults": faults,
    "changed": changed,
    "growth": growth,
    "memory": memory,
    "reckoning": reckoning,
    "start": start,
    "documents": documents,
}
