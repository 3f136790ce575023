"""What a template may name: the agreement with its own keys, and what is reckoned from it as of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from iopctl.compute.calendar import last_day, length_between
from iopctl.compute.figures import Figure
from iopctl.compute.payments import payments
from iopctl.compute.timeline import terms
from iopctl.model import Agreement, ChangeRow, Decision, DocumentPart, IndexTable, Length, LogEntry
from iopctl.model.grounds import Clause, ClauseKind


@dataclass(frozen=True, slots=True)
class Extension:
    """The latest extension, proposed or decided. What the agreement does not give is None."""

    start: date | None = None
    end: date | None = None
    length: Length | None = None
    decision: Decision | None = None


def context(id_: str, agreement: Agreement, tables: Mapping[str, IndexTable], kind: str, as_of: date) -> dict[str, Any]:
    """The names a template can use; docs/templates.md lists them.

    `part` is what the agreement says for this kind of document. `date` is the document's own date: what the part or the
    proposal says, else the day of the run.
    """
    part = dict(agreement.documents).get(kind, DocumentPart())  # type: ignore[call-overload]  # a template may be of any kind
    extension = _extension(agreement)
    proposed = extension.decision.proposed if extension.decision else None
    dated = part.date or proposed or as_of
    return {
        "id": id_,
        "agreement": agreement,
        "part": part,
        "texts": part.texts,
        "date": dated,
        "as_of": as_of,
        "public": next((party for party in agreement.parties.values() if party.public), None),
        "public_ids": tuple(id_ for id_, party in agreement.parties.items() if party.public),
        "civil_ids": tuple(id_ for id_, party in agreement.parties.items() if not party.public),
        "stated": _stated(agreement),
        "parties": agreement.parties,
        "adopted": next((each for each in agreement.decisions if each.kind == "adopted"), None),
        "extension": extension,
        "cash": [each for each in agreement.contributions if each.kind == "cash"],
        "in_kind": [each for each in agreement.contributions if each.kind != "cash"],
        "follow_ups": [duty for duty in agreement.duties if duty.kind == "follow_up"],
        "clauses": dict.fromkeys(get_args(ClauseKind)) | _by_kind(agreement),
        "history": [each for each in agreement.log if _happened(each) <= (dated if isinstance(dated, date) else as_of)],
        "current": current(id_, agreement, tables, dated if isinstance(dated, date) else as_of),
    }


@dataclass(frozen=True, slots=True)
class Current:
    """What is paid for a year with what is known on a day, and the published percentage it was last adjusted by."""

    year: int
    amount: Decimal
    figure: Figure | None
    """None when nothing adjusts the amount, or when it is not a single published percentage."""


def current(id_: str, agreement: Agreement, tables: Mapping[str, IndexTable], day: date) -> Current | None:
    """The amount for a day's year as known on that day, when it is decided, certain to be one, and can be reckoned."""
    rows = [row for row in payments(id_, agreement, tables, day) if row.year == day.year and row.correction is None]
    if len(rows) != 1 or rows[0].extension is not None or rows[0].entitled is None or rows[0].right is None:
        return None
    steps = rows[0].entitled.steps
    figures = steps[-1].figures if steps else ()
    percentage = len(figures) == 1 and isinstance(figures[0].row, ChangeRow)
    return Current(rows[0].year, rows[0].right, figures[0] if percentage else None)


def _happened(entry: LogEntry) -> date:
    """The day of an entry in the log, or the last day that it speaks for; long ago when the source gives none."""
    return entry.date if isinstance(entry.date, date) else entry.through or date.min


def _by_kind(agreement: Agreement) -> dict[str, list[Clause]]:
    found: dict[str, list[Clause]] = {kind: [] for kind in get_args(ClauseKind)}
    for clause in agreement.clauses:
        found[clause.kind].append(clause)
    return found


def _stated(agreement: Agreement) -> Length | None:
    """The length that the text states; a contradiction with the dates is not for a memo to repeat."""
    period = agreement.period
    if period is None or period.stated is None or period.last_day != last_day(period.start, period.stated):
        return None
    return period.stated


def _extension(agreement: Agreement) -> Extension:
    found = [term for term in terms(agreement) if term.route[0] == "decisions"]
    if not found:
        return Extension()
    term = found[-1]
    return Extension(
        term.start, term.end, length_between(term.start, term.end), agreement.decisions[int(term.route[1])]
    )
