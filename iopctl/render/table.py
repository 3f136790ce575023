"""Rows as a table that a terminal can show; plain text when nobody watches."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Literal

Justify = Literal["left", "right"]

NARROWEST = 72
"""A narrower terminal breaks the lines itself; an amount is never cut."""


def table(headings: Sequence[tuple[str, Justify]], rows: Sequence[Sequence[str]], width: int, *, colour: bool) -> str:
    """Columns with a line under the headings; the last column wraps when the width is not enough."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for number, (heading, justify) in enumerate(headings):
        last = number == len(headings) - 1
        made.add_column(Text(heading), justify=justify, no_wrap=not last, overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, NARROWEST),
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
    )
    console.print(made)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
