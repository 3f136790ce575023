"""check --fix and --diff: what can only be meant in one way is written so, and nothing else in the file is touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from iopctl.cli.exits import CommandError
from iopctl.cli.output import save
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.finding import Edit, Placed

BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Mended:
    """One file as it was and as it would be."""

    path: Path
    before: bytes
    after: bytes
    count: int


def mended(found: Sequence[Placed]) -> Iterator[Mended]:
    """Each file that something can be mended in. A text that could not be read afterwards is left as it is."""
    from iopctl.edit import splice
    from iopctl.source import Source

    by_file: dict[str, dict[Edit, None]] = defaultdict(dict)
    for each in found:
        if each.edit is not None and each.finding.acknowledged is None:
            by_file[each.file][each.edit] = None
    for file, edits in by_file.items():
        path = Path(file)
        before = path.read_bytes()
        mark = BOM if before.startswith(BOM) else b""
        after = splice(before.removeprefix(BOM).decode("utf-8"), edits)
        if not Source(file, after).findings:
            yield Mended(path, before, mark + after.encode(), len(edits))


def write(files: Sequence[Mended]) -> None:
    """Writes each file whole. Raises CommandError when one has changed since it was read."""
    for each in files:
        if each.path.read_bytes() != each.before:
            raise CommandError(_("{file} was changed by somebody else meanwhile; try again").format(file=each.path))
        save(each.path, each.after)


def diff(each: Mended) -> str:
    """What would change in a file, as a unified diff."""
    import difflib

    before, after = (text.decode("utf-8").splitlines(keepends=True) for text in (each.before, each.after))
    lines = difflib.unified_diff(before, after, each.path.as_posix(), each.path.as_posix())
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
