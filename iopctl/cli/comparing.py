"""Two sides of a comparison → the agreements that differ, each with what differs."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from iopctl.cli.output import language, note
from iopctl.cli.words import _
from iopctl.compute.asked import Asked

if TYPE_CHECKING:
    from iopctl.cli.sides import Side
    from iopctl.comparison.compared import Comparison
    from iopctl.comparison.effect import Reading
    from iopctl.finding import Placed
    from iopctl.load import Loaded

SAME_LINES = 0.6
"""From which share of equal lines on a file that went and one that came are the same agreement under another name."""

MOST_ALIKE = 40_000
"""So many pairs of files are tried; where there are more, a folder was replaced and not a file renamed."""


class Pairing(NamedTuple):
    """An agreement by its id on each side; None where it is not there."""

    old: str | None
    new: str | None

    @property
    def id(self) -> str:
        """Its id now, else before."""
        return self.new or self.old or ""


@dataclass(frozen=True)
class Compared:
    """What came of comparing one agreement."""

    pairing: Pairing
    comparison: Comparison | None
    """None when a side could not be read."""
    broken: tuple[Placed, ...] = ()
    """What kept a side from being read."""
    stopping: tuple[Placed, ...] = ()
    """What kept a side from being reckoned with."""


def pairings(old: Side, new: Side) -> list[Pairing]:
    """The agreements of both sides, those included that have got another name."""
    gone = [id_ for id_ in old.files if id_ not in new.files]
    came = [id_ for id_ in new.files if id_ not in old.files]
    renamed = _renamed(old, new, gone, came)
    found = [Pairing(renamed.get(id_, id_ if id_ in old.files else None), id_) for id_ in new.files]
    found += [Pairing(id_, None) for id_ in gone if id_ not in renamed.values()]
    return sorted(found, key=lambda each: each.id)


def _renamed(old: Side, new: Side, gone: Sequence[str], came: Sequence[str]) -> dict[str, str]:
    """The old ids by the new ones, of files that have most lines in common, the most alike first."""
    if len(gone) * len(came) > MOST_ALIKE:
        return {}
    before = {id_: _lines(old.files[id_]) for id_ in gone}
    after = {id_: _lines(new.files[id_]) for id_ in came}
    ranked = sorted(
        (-share, fresh, was)
        for fresh in came
        for was in gone
        if (share := _share(before[was], after[fresh])) >= SAME_LINES and not _replaces(after[fresh], was)
    )
    found: dict[str, str] = {}
    for _alike, fresh, was in ranked:
        if fresh not in found and was not in found.values():
            found[fresh] = was
    return found


def _lines(path: Path) -> Counter[bytes]:
    return Counter(line.strip() for line in (read(path) or b"").splitlines() if line.strip())


def _share(old: Counter[bytes], new: Counter[bytes]) -> float:
    whole = old.total() + new.total()
    return 2 * (old & new).total() / whole if whole else 0


def _replaces(lines: Counter[bytes], id_: str) -> bool:
    """Whether a text says that it takes over from that agreement, and so is another one."""
    return any(line.partition(b"#")[0].strip() == f"replaces: {id_}".encode() for line in lines)


def read(path: Path) -> bytes | None:
    """The bytes of a file with the line ends of Unix, which git may have changed on the way to the disk."""
    try:
        return path.read_bytes().replace(b"\r\n", b"\n")
    except OSError:
        return None


def comparisons(
    old: Side, new: Side, wanted: Sequence[Pairing], asked: Asked, *, passed: bool = False, draft: bool = False
) -> Iterator[Compared]:
    """Those that differ. Where tables or settings do, the others are compared too: they may come to something else.

    `draft`: for a document, which knows nothing that was decided or logged later; also those whose text is the same.
    """
    elsewhere = draft or (old.around.tables, old.around.settings) != (new.around.tables, new.around.settings)
    same = {each for each in wanted if _same_text(old, new, each)}
    chosen = [each for each in wanted if elsewhere or each not in same]
    before = _loaded(old, [each.old for each in chosen])
    after = _loaded(new, [each.new for each in chosen])
    for pairing in chosen:
        sides = _Sides(old, new, before, after, draft)
        found = _compared(sides, pairing, asked, passed=passed, same_text=pairing in same)
        nothing = found.comparison is not None and pairing in same and not _anything(found.comparison)
        if draft or not nothing:
            yield found


def tell(broken: Sequence[Placed]) -> None:
    """Shows what kept files from being read."""
    from iopctl.render.findings import frames

    sys.stderr.write(frames(broken, language()))
    for file in dict.fromkeys(each.file for each in broken):
        note(_("{file} is left out: mend the error above first").format(file=file))


def _same_text(old: Side, new: Side, pairing: Pairing) -> bool:
    if pairing.old is None or pairing.new is None or pairing.old != pairing.new:
        return False
    return read(old.files[pairing.old]) == read(new.files[pairing.new]) is not None


def _anything(comparison: Comparison) -> bool:
    return bool(comparison.changes or comparison.years or comparison.deadlines)


def _loaded(side: Side, ids: Sequence[str | None]) -> Loaded:
    from iopctl.load import load_among

    files: Mapping[str, Path] = {id_: side.files[id_] for id_ in ids if id_ is not None}
    return load_among(files, side.around, ())


class _Sides(NamedTuple):
    """Both sides, and what was read on them."""

    old: Side
    new: Side
    before: Loaded
    after: Loaded
    draft: bool


def _compared(sides: _Sides, pairing: Pairing, asked: Asked, *, passed: bool, same_text: bool) -> Compared:
    from iopctl.comparison.compared import compare

    broken = (*_broken(sides.old, sides.before, pairing.old), *_broken(sides.new, sides.after, pairing.new))
    if broken:
        return Compared(pairing, None, broken)
    old = _reading(sides.before, pairing.old, asked, draft=sides.draft)
    new = _reading(sides.after, pairing.new, asked, draft=sides.draft)
    before, after = _judged(sides.before, pairing.old, asked), _judged(sides.after, pairing.new, asked)
    sound = before.sound and after.sound
    comparison = compare(old, new, asked.day, reckoned=sound, passed=passed, same_text=same_text)
    return Compared(
        pairing,
        comparison,
        stopping=(*map(sides.old.placed, before.stopping), *map(sides.new.placed, after.stopping)),
    )


def _broken(side: Side, loaded: Loaded, id_: str | None) -> list[Placed]:
    """What kept a file from becoming an agreement."""
    from iopctl.files import shown

    if id_ is None or id_ in loaded.workspace.agreements:
        return []
    file = shown(side.files[id_])
    return [side.placed(each) for each in loaded.findings if each.file == file]


def _reading(loaded: Loaded, id_: str | None, asked: Asked, *, draft: bool) -> Reading | None:
    from iopctl.comparison.effect import Reading
    from iopctl.compute.timeline import as_heard

    if id_ is None:
        return None
    workspace = loaded.workspace
    assumed = asked.assumptions(workspace.tables, workspace.settings)
    agreement = workspace.agreements[id_]
    return Reading(id_, as_heard(agreement, asked.day) if draft else agreement, workspace, assumed)


class _Judged(NamedTuple):
    """Whether an agreement can be reckoned with, and what is in the way: numbers from broken data are refused."""

    sound: bool
    stopping: list[Placed]


def _judged(loaded: Loaded, id_: str | None, asked: Asked) -> _Judged:
    from iopctl.judging import report, stopping, usable

    if id_ is None:
        return _Judged(True, [])
    found = report(id_, loaded, asked.day)
    return _Judged(usable(id_, found, loaded, asked.day), stopping(found, loaded, asked.day))
