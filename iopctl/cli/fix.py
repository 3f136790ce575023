"""check --fix and --diff: what can only be meant in one way is written so, and nothing else in the file is touched."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from iopctl.cli.change import Rewrite
from iopctl.cli.exits import CommandError
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.finding import Placed


@dataclass(frozen=True)
class Mended:
    """A file that something can be mended in, and in how many places."""

    rewrite: Rewrite
    count: int


def mended(found: Sequence[Placed]) -> Iterator[Mended]:
    """Each file that something can be mended in. A text that could not be read afterwards is left as it is."""
    from iopctl.edit import splice
    from iopctl.source import Source

    by_file: dict[str, list[Placed]] = defaultdict(list)
    for each in found:
        if each.edit is not None and each.finding.acknowledged is None:
            by_file[each.file].append(each)
    for file, fixable in by_file.items():
        path = Path(file)
        before = path.read_bytes()
        text = before.decode("utf-8-sig", "replace")
        edits = dict.fromkeys(each.edit for each in fixable if each.edit is not None)
        if not all(_still_there(each, text) for each in fixable):
            raise CommandError(_("{file} was changed by somebody else meanwhile; try again").format(file=file))
        after = splice(text, edits)
        if not Source(file, after).findings:
            yield Mended(Rewrite.to(path, before, after), len(edits))


def _still_there(placed: Placed, text: str) -> bool:
    """Whether the lines are those that the finding was about: places are counted in them."""
    from iopctl.finding import Label
    from iopctl.source import Text

    there, lines = Text(placed.file, text), len(re.split("\r\n|\n|\r", text))
    own = [each for each in placed.excerpts if each.file == placed.file]
    return all(each.span.line <= lines and _alike(each.text, there.excerpt(Label(each.span)).text) for each in own)


def _alike(shown: str, line: str) -> bool:
    """Whether a line is the one that was shown, in which something may be hidden."""
    return len(shown) == len(line) and all(one in (other, "•") for one, other in zip(shown, line, strict=True))
