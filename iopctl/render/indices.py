"""An index table for a person."""

from __future__ import annotations

from iopctl.finding import say
from iopctl.locale.language import Language
from iopctl.model import IndexRow, IndexTable
from iopctl.render.findings import Paint, no_paint
from iopctl.render.plain import one_line
from iopctl.render.table import Justify, table


def as_table(index: IndexTable, language: Language, width: int, paint: Paint = no_paint) -> str:
    """The figures in order of year, with their sources below."""
    headings: tuple[tuple[str, Justify], ...] = (
        (language.word("Year"), "left"),
        (language.word("Change"), "right"),
        (language.word("Status"), "left"),
        (language.word("Published"), "left"),
        (language.word("Source"), "left"),
    )
    ordered = sorted(index.rows, key=lambda row: (row.year, row.status == "definitive"))
    title = say("{index}: {name}, {publisher}", index=index.index, name=index.name, publisher=index.publisher)
    rows = [_cells(row, language) for row in ordered]
    lines = [f"{language.say(title)}\n{table(headings, rows, width, paint)}"]
    for name, source in index.sources.items():
        lines.append(
            f"{name}: {one_line(source.title)}" + (f"\n    {one_line(source.address)}" if source.address else "")
        )
    return "\n".join(lines) + "\n"


def _cells(row: IndexRow, language: Language) -> tuple[str, ...]:
    if row.published:
        published = row.published.isoformat()
    else:
        published = language.say(say("not known; no later than {day}", day=row.seen or "–"))
    status = language.say(say("preliminary") if row.status == "preliminary" else say("definitive"))
    return str(row.year), language.percent(row.value), status, published, one_line(", ".join(row.source))
