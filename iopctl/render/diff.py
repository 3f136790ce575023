"""What would change in a file, as a unified diff."""

from __future__ import annotations

import re
from difflib import unified_diff

from iopctl.render.findings import Paint, no_paint
from iopctl.render.plain import one_line

_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def diff(before: str, after: str, file: str, paint: Paint = no_paint) -> str:
    """The lines that differ, with three around them; empty when there is no difference."""
    lines = list(unified_diff(_lines(before), _lines(after), file, file))
    head, rest = lines[:2], lines[2:]
    painted = [paint("bold", line.rstrip()) for line in head] + [_line(line.rstrip("\r\n"), paint) for line in rest]
    return "".join(f"{line}\n" for line in painted)


def _lines(text: str) -> list[str]:
    """The lines as editors count them, with their ends."""
    return re.findall("[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", text)


def _line(line: str, paint: Paint) -> str:
    style = _STYLES.get(line[0])
    text = line[0] + one_line(line[1:])
    return paint(style, text) if style else text
