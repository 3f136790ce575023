"""What a file that is there already lacks of what init would have written, as lines that a person can add."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any


def lines_lacking(ours: str, there: str) -> tuple[str, ...]:
    """Our lines that the other text does not have, whatever their order; comments say nothing."""
    known = {line.strip() for line in there.splitlines()}
    wanted = (line.strip() for line in ours.splitlines())
    return tuple(line for line in wanted if line and not line.startswith("#") and line not in known)


def keys_lacking(ours: str, there: str) -> tuple[str, ...]:
    """Our lines with keys of the top level that the other text does not have; what it says of a key is its own."""
    known = set(_KEY.findall(there))
    return tuple(line for line in ours.splitlines() if (key := _KEY.match(line)) and key[0] not in known)


_KEY = re.compile(r"^[a-z_]+:", re.MULTILINE)


def json_lacking(ours: str, there: str) -> tuple[str, ...]:
    """Our keys, and items of lists, that the other text does not have; a value that differs is its owner's choice."""
    wanted = json.loads(ours)
    try:
        lacking = _lacking(wanted, json.loads(_plain(there)))
    except (ValueError, RecursionError):  # not JSON: nobody knows what is in it
        lacking = wanted
    return tuple(_shown(lacking)) if lacking else ()


def _lacking(ours: Any, there: Any) -> Any:
    match ours, there:
        case dict(), dict():
            found = {key: _lacking(value, there[key]) if key in there else value for key, value in ours.items()}
            return {key: value for key, value in found.items() if value is not None} or None
        case list(), list():
            return [each for each in ours if each not in there] or None
        case dict(), _:
            return ours
    return None


def _shown(lacking: dict[str, Any]) -> Iterator[str]:
    """Each key with its value on a line, but for the keys of a key's own."""
    for key, value in lacking.items():
        if isinstance(value, dict):
            yield f"{json.dumps(key)}: {{"
            yield from (f"  {line}" for line in _shown(value))
            yield "},"
        else:
            yield f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},"


_COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_LAST_COMMA = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])', re.DOTALL)
"""Texts, which stay, and what VS Code allows in its settings beside JSON."""


def _plain(text: str) -> str:
    for aside in (_COMMENT, _LAST_COMMA):
        text = aside.sub(lambda found: found[1] or "", text)
    return text
