"""Measures all that there are goals for: python benchmarks/goals.py [--files N] [--runs N] [--only NAME …]."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from measures import MEASURES, Bench, Row
from processes import BrokenError, Command


def _figures(numbers: Sequence[float]) -> dict[str, float]:
    return {"median": median(numbers), "least": min(numbers), "most": max(numbers)}


def _met(row: Row) -> str:
    """Which of the two aims the median reaches."""
    if row.goal is None or row.stretch is None:
        return "-"
    ratio = median(row.numbers)
    return "stretch" if ratio <= row.stretch else "goal" if ratio <= row.goal else "no"


def as_json(bench: Bench, rows: Iterable[Row]) -> str:
    """Everything, for a program to read."""
    measures: list[dict[str, Any]] = [
        {
            "measure": row.measure,
            "runs": len(row.numbers),
            "wall": _figures(row.numbers),
            "cpu": _figures(row.cpu) if row.cpu else None,
            "goal": row.goal,
            "stretch": row.stretch,
            "met": _met(row),
        }
        for row in rows
    ]
    seconds = [
        {
            "command": each.name,
            "wall": median(run.wall for run in each.runs),
            "cpu": median(run.cpu for run in each.runs),
        }
        for each in bench.ran
    ]
    data = {
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "files": bench.files,
        "measures": measures,
        "seconds": seconds,
    }
    return json.dumps(data, indent=2, ensure_ascii=False)


def as_text(bench: Bench, rows: Iterable[Row]) -> str:
    """A table of the measures, and one of the seconds behind them."""
    cells = [("measure", "ratio", "", "processor", "goal", "stretch", "met", "runs")]
    for row in rows:
        figures = (_number(median(row.numbers)), f"{_number(min(row.numbers))}–{_number(max(row.numbers))}")
        aims = (_number(row.goal), _number(row.stretch), _met(row), str(len(row.numbers)))
        cells.append((row.measure, *figures, _number(median(row.cpu) if row.cpu else None), *aims))
    seconds = [("command", "wall s", "processor s"), *(_seconds(each) for each in bench.ran)]
    return f"{_heading(bench)}\n\n{table(cells)}\n\n{table(seconds)}"


def _heading(bench: Bench) -> str:
    about = [f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} processors"]
    sizes = [path.stat().st_size for path in (bench.folder / f"sound-{bench.files}" / "agreements").glob("*")]
    if sizes:
        about.append(f"files of {sum(sizes) / len(sizes) / 1000:.1f} kB on average")
    about.append("ratio: median of the rounds and least–most, from wall time; seconds mean nothing between runs")
    return "\n".join(about)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3g}" if value < 1 else f"{value:.2f}"


def _seconds(command: Command) -> tuple[str, str, str]:
    runs = command.runs
    return command.name, f"{median(run.wall for run in runs):.3f}", f"{median(run.cpu for run in runs):.3f}"


def table(rows: Sequence[Sequence[str]]) -> str:
    """The rows in columns, the first to the left and the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *others in rows:
        cells = [first.ljust(widths[0]), *(each.rjust(width) for each, width in zip(others, widths[1:], strict=True))]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure iopctl against its goals.")
    parser.add_argument("--files", type=int, default=1000, help="files of the usual measures; the great ones have 10 ×")
    parser.add_argument("--runs", type=int, default=5, help="rounds that are counted; half as many with 10 × the files")
    parser.add_argument(
        "--only", nargs="+", choices=MEASURES, default=list(MEASURES), metavar="NAME", help=", ".join(MEASURES)
    )
    parser.add_argument("--large", action="store_true", help="growth to 100 × the files, pay and due over 10 ×")
    parser.add_argument(
        "--peer-files", type=int, default=200, help="files for the other tools, whose times are scaled up"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")
    return parser.parse_args()


def main() -> int:
    """The command line. A goal that is not met is said in the table, and fails nothing."""
    asked = _arguments()
    with TemporaryDirectory() as name:
        bench = Bench(Path(name), asked.files, asked.runs, asked.large, asked.peer_files)
        rows: list[Row] = []
        try:
            for each in asked.only:
                print(f"measuring {each}", file=sys.stderr)
                rows += MEASURES[each](bench)
        except BrokenError as error:
            print(error, file=sys.stderr)
            return 2
        print(as_json(bench, rows) if asked.format == "json" else as_text(bench, rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
