"""Index tables from plain values: what a workspace's file makes of the packaged tables, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from iopctl import form
from iopctl.finding import Crowd, Finding, Label, Message, Route, Rule, Severity, Value, say
from iopctl.model import (
    ChangeRow,
    ChangeTable,
    IndexRow,
    IndexTable,
    NumberRow,
    NumberTable,
    ReferenceLink,
    TableHead,
    WorkspaceChanges,
    WorkspaceNumbers,
    WorkspaceRows,
)

ROW_TWICE = Rule("REG002", "index-row-twice", Severity.ERROR)
ROW_MISFIT = Rule("REG008", "index-row-misfit", Severity.ERROR)
LINK = Rule("REG009", "index-link", Severity.ERROR)
RULES = (ROW_TWICE, ROW_MISFIT, LINK)


def whole_table(values: Any) -> tuple[IndexTable | None, list[Finding]]:
    """A table with everything that belongs to it, as the packaged files have it."""
    head, wrong = form.read(TableHead, values)
    if head is None:
        return None, wrong
    if head.kind == "index_number":
        return form.read(NumberTable, values)
    return form.read(ChangeTable, values)


def table_of_file(name: str, values: Any, tables: Mapping[str, IndexTable]) -> tuple[IndexTable | None, list[Finding]]:
    """What the file of this name makes of the tables: one of its own, when it says of which kind, else more rows.

    None with everything that is wrong: a table is used as a whole or not at all.
    """
    head, wrong = form.read(TableHead, values)
    if head is None:
        return None, wrong
    if misnamed := _misnamed(head, name, tables):
        return None, [misnamed]
    if head.kind is not None:
        own, wrong = whole_table(values)
        wrong = wrong or _faults(own, _emptied(own)) if own is not None else wrong
        return (None if wrong else own), wrong
    known = tables[head.index]
    added, wrong = _rows_for(known, values)
    if added is None:
        return None, wrong
    wrong = _faults(added, known)
    return (None if wrong else _merged(known, added)), wrong


def table_model(values: Any, tables: Mapping[str, IndexTable]) -> type[ChangeTable | NumberTable]:
    """What a workspace's file in indices/ is to hold, whether or not it does."""
    about = values if isinstance(values, dict) else {}
    known = tables.get(str(about.get("index")))
    changes = about.get("kind") == "yearly_change" or ("kind" not in about and isinstance(known, ChangeTable))
    return ChangeTable if changes else NumberTable


def row_faults(row: IndexRow, table: IndexTable) -> list[Finding]:
    """What is wrong with one row more in a table."""
    if isinstance(row, ChangeRow):
        return _faults(WorkspaceChanges(index=table.index, rows=(row,)), table)
    return _faults(WorkspaceNumbers(index=table.index, rows=(row,)), table)


def _misnamed(head: TableHead, name: str, tables: Mapping[str, IndexTable]) -> Finding | None:
    """A file is called as its index; without a kind it is about a table that is there, with one about a new one."""
    message = say("{key}: found {value}", key="index", value=head.index)
    if head.kind is None and head.index not in tables:
        label = Label(("index",), say("expected one of {choices}", choices=", ".join(sorted(tables))))
        help_ = say("a table of your own also needs kind, name and publisher")
        return Finding(form.WRONG_VALUE, message, (label,), help_)
    if head.index != name:
        label = Label(("index",), say("expected {choices}", choices=name))
        return Finding(form.WRONG_VALUE, message, (label,), say("the file and the index have the same name"))
    if head.kind is not None and head.index in tables:
        message = say("there is already a table {index}", index=head.index)
        help_ = say("for rows in it, write only index and rows; or give your own table another name")
        return Finding(form.WRONG_VALUE, message, (Label(("kind",), on_key=True),), help_)
    return None


def _rows_for(table: IndexTable, values: Any) -> tuple[WorkspaceRows | None, list[Finding]]:
    if isinstance(table, ChangeTable):
        return form.read(WorkspaceChanges, values)
    return form.read(WorkspaceNumbers, values)


def _merged(table: IndexTable, added: WorkspaceRows) -> IndexTable:
    changes: dict[str, Any] = {"rows": (*table.rows, *added.rows)}
    if isinstance(table, NumberTable) and isinstance(added, WorkspaceNumbers):
        changes["links"] = (*table.links, *added.links)
    return table.model_copy(update=changes)


def _emptied(table: IndexTable) -> IndexTable:
    return table.model_copy(update={"rows": (), "links": ()} if isinstance(table, NumberTable) else {"rows": ()})


def _faults(added: WorkspaceRows | IndexTable, known: IndexTable) -> list[Finding]:
    """What is wrong with rows and links among themselves, and beside those that are known."""
    found = Crowd()
    for finding in (*_row_faults(added.rows, known), *_link_faults(added, known)):
        found.add(finding.rule, finding.labels[0], partial(lambda made: made, finding))
    return found.all()


# -- rows --------------------------------------------------------------------------------------------------------------


def _row_faults(added: Sequence[IndexRow], known: IndexTable) -> Iterator[Finding]:
    before: Sequence[IndexRow] = known.rows
    latest: dict[object, tuple[IndexRow | None, int | None]] = {(row.what, row.status): (row, None) for row in before}
    with_reference = _has_reference((*before, *added))
    for number, row in enumerate(added):
        if row.known_since is None:
            yield _undated(("rows", number))
            continue
        yield from _misfits(row, number, known, with_reference=with_reference)
        earlier, first = latest.get((row.what, row.status), (None, None))
        if earlier is not None and _dates(row, earlier):
            continue
        if finding := _second(row, number, earlier, first):
            yield finding
        else:
            latest[row.what, row.status] = (row, number)


def _has_reference(rows: Sequence[IndexRow]) -> bool:
    """Whether the numbers of a table have reference years: as the first of them, so do all."""
    first = rows[0] if rows else None
    return isinstance(first, NumberRow) and first.reference_year is not None


def _undated(route: Route) -> Finding:
    message = say("the key {key} is missing", key="published")
    example = say("write for example: {example}", example="published: 2022-12-09")
    return Finding(form.MISSING_KEY, message, (Label(route),), example)


def _misfits(row: IndexRow, number: int, table: IndexTable, *, with_reference: bool) -> Iterator[Finding]:
    """The keys that tell figures apart: the ones that the table has, and no others."""
    if isinstance(row, ChangeRow):
        editions = isinstance(table, ChangeTable) and table.editions
        keys: list[tuple[str, object, bool, str]] = [("edition", row.edition, editions, "edition: 2026-10")]
    else:
        monthly = isinstance(table, NumberTable) and table.monthly
        keys = [
            ("month", row.month, monthly, "month: october"),
            ("reference_year", row.reference_year, with_reference, "reference_year: 1980"),
        ]
    for key, value, wanted, example in keys:
        if wanted and value is None:
            message = say("the figures of this index are told apart by {key}, which is missing", key=key)
            help_ = say("write for example: {example}", example=example)
            yield Finding(ROW_MISFIT, message, (Label(("rows", number)),), help_)
        elif value is not None and not wanted:
            message = say("the figures of this index have no {key}", key=key)
            yield Finding(ROW_MISFIT, message, (Label(("rows", number, key), on_key=True),), say("remove it"))


def _dates(row: IndexRow, earlier: IndexRow) -> bool:
    """Whether a row says no more of a known figure than that it was public before the day that the known row has."""
    since, known = row.known_since, earlier.known_since
    return row.value == earlier.value and since is not None and known is not None and since < known


def _second(row: IndexRow, number: int, earlier: IndexRow | None, first: int | None) -> Finding | None:
    """A figure is published once in each status, unless the publisher corrects it, which is known later."""
    if earlier is None:
        if row.corrects is None:
            return None
        message = say("there is no {status} figure for {what} that this one could correct", **_words(row))
        return Finding(ROW_MISFIT, message, (Label(("rows", number, "corrects")),), say("remove corrects"))
    labels = (Label(("rows", number)), *([Label(("rows", first), say("first here"))] if first is not None else []))
    if row.corrects is None:
        message = say("there is already a {status} figure for {what}: {figure} ({source})", **_words(earlier))
        help_ = say("keep one of them; if the publisher has corrected the figure, say why with corrects")
        return Finding(ROW_TWICE, message, labels, help_)
    since = earlier.known_since
    if since is not None and row.known_since is not None and row.known_since <= since:
        message = say("the figure that this one corrects has been known only since {day}", day=since)
        return Finding(ROW_TWICE, message, labels, say("give the day on which the correction was published"))
    return None


def _words(row: IndexRow) -> dict[str, Value]:
    status = say("preliminary") if row.status == "preliminary" else say("definitive")
    return {"status": status, "what": _what(row), "figure": _figure(row), "source": ", ".join(row.source)}


def _what(row: IndexRow) -> Message | str:
    """The year, month, reference year and edition, as the file has them."""
    if isinstance(row, ChangeRow):
        if row.edition is None:
            return str(row.year)
        return say("{year}, edition {edition}", year=str(row.year), edition=str(row.edition))
    reference = f"{row.reference_year} = 100" if row.reference_year else None
    return ", ".join(each for each in (str(row.year), row.month, reference) if each)


def _figure(row: IndexRow) -> Message | Decimal:
    return say("{value} %", value=row.value) if isinstance(row, ChangeRow) else row.value


# -- links -------------------------------------------------------------------------------------------------------------


def _link_faults(added: WorkspaceRows | IndexTable, known: IndexTable) -> Iterator[Finding]:
    """A link leads from one reference year to another, and there is one for each two."""
    if not isinstance(added, NumberTable | WorkspaceNumbers) or not isinstance(known, NumberTable):
        return
    there: dict[frozenset[int], tuple[ReferenceLink, int | None]] = {
        frozenset((link.old, link.new)): (link, None) for link in known.links
    }
    for number, link in enumerate(added.links):
        label = Label(("links", number))
        if link.known_since is None:
            yield _undated(("links", number))
        if link.old == link.new:
            message = say("a link leads from one reference year to another; both are {year}", year=str(link.old))
            yield Finding(LINK, message, (label,))
            continue
        earlier, first = there.setdefault(frozenset((link.old, link.new)), (link, number))
        if earlier is not link:
            message = say(
                "there is already a link between {old} and {new}: {factor} ({source})",
                old=str(earlier.old), new=str(earlier.new), factor=earlier.factor, source=", ".join(earlier.source),
            )  # fmt: skip
            more = [Label(("links", first), say("first here"))] if first is not None else []
            yield Finding(LINK, message, (label, *more), say("keep one of them"))
