"""Index tables for a person and for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from iopctl.compute.published import Stale, change, known_rows, stale
from iopctl.finding import Message, say
from iopctl.locale.language import Language
from iopctl.model import ChangeRow, ChangeTable, IndexRow, IndexSource, IndexTable, NumberRow, NumberTable
from iopctl.model.base import MONTHS
from iopctl.render import records
from iopctl.render.findings import Paint
from iopctl.render.names import MONTH_WORDS
from iopctl.render.plain import one_line
from iopctl.render.table import NARROWEST, Justify, table, wrapped


class Row(NamedTuple):
    """A figure with what is reckoned from it."""

    row: IndexRow
    change: Decimal | None
    """The change from the year before, of a number; see compute/published.py."""


@dataclass(frozen=True)
class Summary:
    """A table in a list of tables."""

    table: IndexTable
    known: Sequence[IndexRow]
    """The figures that were known on the day."""
    own: int
    """How many of them the workspace has added."""
    stale: Stale


def rows_of(index: IndexTable, as_of: date) -> list[Row]:
    """The figures that were known on a day: by year and month, the definitive one after the preliminary."""
    known = sorted(known_rows(index, as_of), key=_order)
    return [Row(each, change(each, known) if isinstance(each, NumberRow) else None) for each in known]


def _order(row: IndexRow) -> tuple[object, ...]:
    if isinstance(row, ChangeRow):
        which: tuple[object, ...] = (row.year, str(row.edition or ""))
    else:
        which = (row.year, MONTHS.index(row.month) if row.month else 0, row.reference_year or 0)
    return (*which, row.status == "definitive", row.known_since)


def summary(index: IndexTable, packaged: IndexTable | None, as_of: date) -> Summary:
    """A table as of a day. `packaged` is the same table without what the workspace adds, where there is one."""
    own = index.rows[len(packaged.rows) :] if packaged else index.rows
    count = sum(row.known_on(as_of) for row in own)
    return Summary(index, known_rows(index, as_of), count, stale(index, as_of))


# -- a list of tables --------------------------------------------------------------------------------------------------


def list_table(summaries: Sequence[Summary], as_of: date, language: Language, width: int, paint: Paint) -> str:
    """Each index with its years, what it is and what is late."""
    headings: tuple[tuple[str, Justify], ...] = (
        (language.word("Index"), "left"),
        (language.word("Kind"), "left"),
        (language.word("Years"), "left"),
        (language.word("Own"), "right"),
        (language.word("What it is"), "left"),
    )
    shown = table(headings, [_summary_cells(each, language) for each in summaries], width, paint)
    day = language.say(say("with the figures known on {day}; own: added by the workspace", day=as_of))
    return f"{shown}\n{day}\n"


def _summary_cells(each: Summary, language: Language) -> tuple[str, ...]:
    index = each.table
    kind = say("change in %") if isinstance(index, ChangeTable) else say("index number")
    years = [row.year for row in each.known]
    span = f"{min(years)}–{max(years)}" if years else "–"
    what = [one_line(index.name), one_line(index.publisher), *map(language.say, _late(each.stale))]
    return one_line(index.index), language.say(kind), span, str(each.own), "\n".join(what)


def _late(late: Stale) -> list[Message]:
    found = [(say("missing: {years}", years=_years(late.missing)), late.missing)]
    found.append((say("still preliminary: {years}", years=_years(late.preliminary)), late.preliminary))
    return [message for message, years in found if years]


def _years(years: Sequence[int]) -> str:
    return ", ".join(map(str, years))


SUMMARY_COLUMNS = (
    "index", "name", "publisher", "kind", "first_year", "last_year", "rows", "own_rows", "missing", "preliminary",
)  # fmt: skip


def summary_record(each: Summary) -> dict[str, Any]:
    """A table in the list, for another program."""
    index = each.table
    years = [row.year for row in each.known]
    return {
        "index": index.index,
        "name": index.name,
        "publisher": index.publisher,
        "kind": index.kind,
        "first_year": min(years, default=None),
        "last_year": max(years, default=None),
        "rows": len(years),
        "own_rows": each.own,
        "missing": list(each.stale.missing),
        "preliminary": list(each.stale.preliminary),
    }


def list_csv(summaries: Sequence[Summary]) -> str:
    """The list for a spreadsheet; several years are joined by a space."""
    found = [summary_record(each) for each in summaries]
    joined = [{**each, **{key: " ".join(map(str, each[key])) for key in ("missing", "preliminary")}} for each in found]
    return records.as_csv(SUMMARY_COLUMNS, joined)


# -- one table ---------------------------------------------------------------------------------------------------------


def as_table(index: IndexTable, as_of: date, language: Language, width: int, paint: Paint) -> str:
    """The figures with the columns that the table has, what is late, and the sources."""
    title = say("{index}: {name}, {publisher}", index=index.index, name=index.name, publisher=index.publisher)
    columns = list(_columns(index))
    headings = [(language.say(each.heading), each.justify) for each in columns]
    shown = rows_of(index, as_of)
    cells = [[column.cell(each, language) for column in columns] for each in shown]
    blocks = [f"{one_line(language.say(title))}\n{table(headings, cells, width, paint)}"]
    blocks.append("".join(f"{language.say(each)}\n" for each in _links(index, as_of)))
    blocks.append("".join(f"{language.say(each)}\n" for each in _notes(index, shown, as_of)))
    used = {name for each in shown for name in each.row.source}
    blocks.append("".join(_source(name, each, width) for name, each in index.sources.items() if name in used))
    return "\n".join(block for block in blocks if block)


class _Column(NamedTuple):
    heading: Message
    justify: Justify
    cell: Callable[[Row, Language], str]


def _columns(index: IndexTable) -> Iterator[_Column]:
    yield _Column(say("Year"), "left", lambda each, _language: str(each.row.year))
    if isinstance(index, NumberTable):
        if index.monthly:
            yield _Column(say("Month"), "left", _month)
        if any(row.reference_year for row in index.rows):
            yield _Column(say("Ref. year"), "left", _reference)
        yield _Column(say("Number"), "right", lambda each, language: language.number(each.row.value))
        yield _Column(say("Reckoned"), "right", _reckoned)
    else:
        if index.editions:
            yield _Column(say("Edition"), "left", _edition)
        yield _Column(say("Change"), "right", lambda each, language: language.percent(each.row.value))
    yield _Column(say("Status"), "left", lambda each, language: language.say(_STATUSES[each.row.status]))
    yield _Column(say("Published"), "left", _published)
    yield _Column(say("Source"), "left", lambda each, _language: one_line(", ".join(each.row.source)))


_STATUSES = {"preliminary": say("preliminary"), "definitive": say("definitive")}


def _month(each: Row, language: Language) -> str:
    return language.say(MONTH_WORDS[each.row.month]) if isinstance(each.row, NumberRow) and each.row.month else ""


def _reference(each: Row, _language: Language) -> str:
    return str(each.row.reference_year or "") if isinstance(each.row, NumberRow) else ""


def _reckoned(each: Row, language: Language) -> str:
    return "" if each.change is None else language.percent(each.change)


def _edition(each: Row, _language: Language) -> str:
    return str(each.row.edition or "") if isinstance(each.row, ChangeRow) else ""


def _published(each: Row, _language: Language) -> str:
    """The day, in brackets when it is not the day of publication but one on which it is known to have been public."""
    return each.row.published.isoformat() if each.row.published else f"({each.row.seen})"


def _links(index: IndexTable, as_of: date) -> list[Message]:
    """What makes numbers of two reference years comparable."""
    links = [each for each in index.links if each.known_on(as_of)] if isinstance(index, NumberTable) else []
    return [
        say("a number with {old} = 100, times {factor}, is one with {new} = 100 ({source})",
            old=str(each.old), new=str(each.new), factor=each.factor, source=one_line(", ".join(each.source)))
        for each in links
    ]  # fmt: skip


def _notes(index: IndexTable, shown: Sequence[Row], as_of: date) -> list[Message]:
    found = [_correction(each.row) for each in shown if each.row.corrects]
    found += _late(stale(index, as_of))
    if any(each.row.published is None for each in shown):
        found.append(say("(day): the day of publication is not known; public on that day at the latest"))
    if any(each.change is not None for each in shown):
        found.append(say("reckoned: by iopctl, the change from the number of the year before"))
    later = len(index.rows) - len(shown)
    known = say("with the figures known on {day}", day=as_of)
    more = say("with the figures known on {day}; {count} became known later", day=as_of, count=later)
    return [*found, more if later else known]


def _correction(row: IndexRow) -> Message:
    day, why = row.known_since or "–", one_line(row.corrects or "")
    return say(
        "{year}: the figure known since {day} corrects an earlier one: {reason}",
        year=str(row.year),
        day=day,
        reason=why,
    )


def _source(name: str, source: IndexSource, width: int) -> str:
    """The title, and the address on a line of its own, so that it can be copied."""
    lines = wrapped(f"{one_line(name)}: {one_line(source.title)}", max(width, NARROWEST) - len(_INDENT))
    lines += [one_line(source.address)] if source.address else []
    return _INDENT.join(f"{line.rstrip()}\n" for line in lines)


_INDENT = "    "

COLUMNS = (
    "year", "month", "reference_year", "edition", "value", "reckoned_change", "status", "published", "seen", "source",
    "corrects",
)  # fmt: skip


def record(each: Row) -> dict[str, Any]:
    """A figure for another program."""
    row = each.row
    number, percent = (row, None) if isinstance(row, NumberRow) else (None, row)
    return {
        "year": row.year,
        "month": number.month if number else None,
        "reference_year": number.reference_year if number else None,
        "edition": str(percent.edition) if percent and percent.edition else None,
        "value": row.value,
        "reckoned_change": each.change,
        "status": row.status,
        "published": row.published,
        "seen": row.seen,
        "source": list(row.source),
        "corrects": row.corrects,
    }


def as_csv(rows: Sequence[Row]) -> str:
    """The figures for a spreadsheet; several sources are joined by a semicolon."""
    found = [record(each) for each in rows]
    return records.as_csv(COLUMNS, [{**each, "source": "; ".join(each["source"])} for each in found])
