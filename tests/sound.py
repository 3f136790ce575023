"""The sound agreement with some of its keys changed, and what the real check finds in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from iopctl.checks import ACROSS
from iopctl.cli.examine import examine
from iopctl.locale.language import Language
from iopctl.render.findings import as_json

SOUND = (Path(__file__).parent / "sound.yaml").read_text("utf-8")
ID = "exempelkommunen-exemplet-2026"
DAY = "2026-01-15"
THEMES = ("PAR", "PER", "DEC")
"""Parties, period and decisions, which are tested with little else in the agreement."""

KEY = re.compile(r"([^\s#:\-][^\s:]*):(?=\s|$)")


def blocks(text: str) -> list[tuple[str, str]]:
    """The text in pieces: each top-level key with its lines, in order; what stands before the first has the key ""."""
    found = [("", "")]
    for line in text.splitlines():
        if key := KEY.match(line):
            found.append((key[1], ""))
        found[-1] = (found[-1][0], f"{found[-1][1]}{line}\n")
    return found


def completed(snippet: str) -> str:
    """The sound agreement with the snippet's keys. A snippet with `format:`, or without any key, is a whole file."""
    changed = blocks(snippet)
    keys = {key for key, _text in changed} - {""}
    if not keys or "format" in keys:
        return snippet
    assert changed[0] == ("", ""), "a snippet begins with a key"
    pieces = []
    for key, text in blocks(SOUND):
        pieces += [new for each, new in changed if each == key] if key in keys else [text]
        keys.discard(key)
    return "".join([*pieces, *(text for key, text in changed if key in keys)])


def write(folder: Path, snippets: Mapping[str, str], settings: str | None = None) -> list[Path]:
    """Makes a workspace of the folder, with the snippets' agreements by their ids; the files of these."""
    files = {folder / "agreements" / f"{id_}.yaml": completed(snippet) for id_, snippet in snippets.items()}
    (folder / "agreements").mkdir()
    for file, text in files.items():
        file.write_text(text, "utf-8")
    if settings is not None:
        (folder / "iopctl.yaml").write_text(settings, "utf-8")
    return list(files)


def findings(
    snippet: str, as_of: str = DAY, settings: str | None = None, beside: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """The findings in the changed agreement, as JSON has them, with what iopctl.yaml says and others beside it."""
    with TemporaryDirectory() as folder:
        asked, *_others = write(Path(folder), {ID: snippet, **(beside or {})}, settings)
        return _found(Path(folder), [asked], as_of)


def codes(snippet: str, as_of: str = DAY, settings: str | None = None, only: tuple[str, ...] = ("",)) -> list[str]:
    """Their codes; only those that begin so."""
    return [each["code"] for each in findings(snippet, as_of, settings) if each["code"].startswith(only)]


def codes_across(as_of: str = DAY, **snippets: str) -> list[tuple[str, str]]:
    """What the rules about several agreements find in these: the id of each agreement, and the code."""
    with TemporaryDirectory() as folder:
        found = _found(Path(folder), write(Path(folder), snippets), as_of)
    several = {each.rule.code for each in ACROSS}
    return [(Path(each["file"]).stem, each["code"]) for each in found if each["code"] in several]


def _found(root: Path, files: list[Path], as_of: str) -> list[dict[str, Any]]:
    placed = examine(files, root, date.fromisoformat(as_of)).found
    found: list[dict[str, Any]] = json.loads(as_json(placed, len(files), Language("en")))["findings"]
    return found
