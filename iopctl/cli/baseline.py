"""The findings that were there when checking began, kept in a file of the workspace so that only new ones count.

An entry is a file, a rule and a place in the agreement's own terms, so moving lines does not matter.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from iopctl.cli.exits import CommandError
from iopctl.cli.narrow import Wanted
from iopctl.cli.output import reason, save
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.cli.examine import Examination
    from iopctl.finding import Placed

NAME = "iopctl-baseline.json"

Entry = tuple[str, str, str]
"""File, code, place."""


def write_baseline(root: Path, examined: Examination, wanted: Wanted) -> int:
    """Puts down all findings that are not acknowledged; returns how many there are.

    What the run did not look at, a file or a rule, stays as it was.
    """
    entries = Counter(_entry(each, root) for each in examined.found if each.finding.acknowledged is None)
    looked_at, asked = {_relative(file, root) for file in examined.files}, _codes(wanted)
    for entry, count in (read(root) or Counter()).items():
        if entry[0] not in looked_at or entry[1] not in asked:
            entries[entry] = count
    rows = [
        {"file": file, "rule": code, "at": at, "count": count} for (file, code, at), count in sorted(entries.items())
    ]
    lines = ",\n    ".join(json.dumps(row, ensure_ascii=False) for row in rows)
    body = f"[\n    {lines}\n  ]" if rows else "[]"
    save(root / NAME, f'{{\n  "format": 1,\n  "findings": {body}\n}}\n'.encode("utf-8", "backslashreplace"))
    return entries.total()


def set_aside(root: Path, examined: Examination, wanted: Wanted) -> Examination:
    """The findings that are not in the baseline, and one for each entry that is mended."""
    left = read(root)
    if left is None:
        return examined
    before = left.total()
    new: list[Placed] = []
    for each in examined.found:
        entry = _entry(each, root)
        if each.finding.acknowledged is None and left[entry] > 0:
            left[entry] -= 1
        else:
            new.append(each)
    looked_at = {_relative(file, root) for file in examined.files}
    mended = [entry for entry, count in sorted(left.items()) if count > 0 and entry[0] in looked_at]
    return replace(examined, found=[*new, *_mended(mended, root, wanted)], aside=before - left.total())


def read(root: Path) -> Counter[Entry] | None:
    """The entries; None when there is no baseline. Raises CommandError when the file is not a baseline."""
    path = root / NAME
    try:
        data = json.loads(path.read_text("utf-8"))
        return Counter(
            {(str(row["file"]), str(row["rule"]), str(row["at"])): int(row["count"]) for row in data["findings"]}
        )
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CommandError(_("cannot read {file}: {reason}").format(file=NAME, reason=reason(error))) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        message = _("{file} is not a baseline; write it anew with: iopctl check --write-baseline")
        raise CommandError(message.format(file=NAME)) from None


def _mended(entries: Sequence[Entry], root: Path, wanted: Wanted) -> list[Placed]:
    from iopctl.checks.acknowledge import MENDED
    from iopctl.files import shown
    from iopctl.finding import Finding, Placed, say

    asked = _codes(wanted)
    if MENDED.code not in asked:
        return []
    help_ = say("write the baseline anew: iopctl check --write-baseline")
    found = []
    for file, code, at in entries:
        if code in asked:
            where = f"{file} {at}".strip()
            message = say("the baseline lists {rule} in {place}, which is mended", rule=code, place=where)
            found.append(Placed(Finding(MENDED, message, help=help_), shown(root / NAME)))
    return found


def _codes(wanted: Wanted) -> set[str]:
    from iopctl.rules import ALL

    return {rule.code for rule in ALL if wanted.rule(rule)}


def _entry(placed: Placed, root: Path) -> Entry:
    return _relative(placed.file, root), placed.finding.rule.code, placed.route


def _relative(file: str, root: Path) -> str:
    """The file as seen from the workspace, wherever the command was run."""
    path = Path(file).absolute()
    base = root.absolute()
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else file
