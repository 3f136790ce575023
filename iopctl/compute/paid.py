"""What the log says was paid, beside what was to be paid, and why the two differ where that can be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from iopctl.compute.instalment import Instalment, whole_payments
from iopctl.compute.payments import payments
from iopctl.compute.reasons import Status
from iopctl.model import Agreement, IndexTable, LogEntry

ROUNDING = Decimal(1)
"""What a payment may differ without anything being wrong: a krona."""


class Cause(StrEnum):
    """Why a payment is another than it should be: the amount is one that somebody has reckoned."""

    UNPAID = "unpaid"
    """The day has passed, and the log has no such payment."""
    ROUNDING = "rounding"
    PRELIMINARY = "preliminary index"
    """The amount on the preliminary figure, although the definitive one was known."""
    UNADJUSTED = "wrong base"
    """The agreed amount, without any adjustment."""
    YEAR_BEFORE = "missed year"
    """The amount of the year before: the year's adjustment was missed."""
    OTHER = "unknown"


class Logged(NamedTuple):
    """A payment in the log, and its number there."""

    number: int
    entry: LogEntry


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a payment."""

    entries: tuple[int, ...] = ()
    """The numbers of the log's entries."""
    day: date | None = None
    paid: Decimal | None = None
    """None when nothing is in the log, or an entry there has no amount."""
    difference: Decimal | None = None
    """What was paid beyond the amount, or less than it; None when either is not known, or the payment is not due."""
    cause: Cause | None = None


class Paid(NamedTuple):
    """A payment and what became of it."""

    row: Instalment
    outcome: Outcome


def logged(agreement: Agreement, as_of: date) -> Mapping[tuple[int, int], tuple[Logged, ...]]:
    """The payments in the log up to a day, in its order, by contribution and year."""
    numbers = {each.id: number for number, each in enumerate(agreement.contributions) if each.id}
    found: dict[tuple[int, int], tuple[Logged, ...]] = defaultdict(tuple)
    for number, entry in enumerate(agreement.log):
        if entry.payment is None or entry.payment not in numbers or entry.paid_for is None:
            continue
        if not isinstance(entry.date, date) or entry.date <= as_of:
            found[numbers[entry.payment], entry.paid_for] += (Logged(number, entry),)
    return found


def outcomes(
    rows: Sequence[Instalment], agreement: Agreement, tables: Mapping[str, IndexTable], as_of: date
) -> list[Outcome]:
    """What became of each of some rows, in their order.

    A payment that is not in the log is unpaid only where the log has any payment for the contribution: else it is kept
    elsewhere.
    """
    log = logged(agreement, as_of)
    if not log:
        return [Outcome()] * len(rows)
    entries = _assigned(rows, log)
    kept = {contribution for contribution, _year in log}
    found = []
    for row in rows:
        mine = entries[_row_key(row)]
        outcome = _outcome(row, mine, as_of if row.contribution in kept else date.min)
        if outcome.difference and outcome.cause is None:
            small = abs(outcome.difference) <= ROUNDING
            outcome = replace(
                outcome, cause=Cause.ROUNDING if small else _cause(row, outcome, agreement, tables, as_of)
            )
        found.append(outcome)
    return found


Key = tuple[int, int, int, date | None, date | None]


def _key(row: Instalment) -> Key:
    """A payment: all its rows, where it is for days at several rates."""
    return row.contribution, row.year, row.number, row.correction.since if row.correction else None, None


def _row_key(row: Instalment) -> Key:
    return *_key(row)[:-1], row.start


def _assigned(
    rows: Sequence[Instalment], log: Mapping[tuple[int, int], tuple[Logged, ...]]
) -> Mapping[Key, list[tuple[Logged, Decimal | None]]]:
    """The log's entries and what each paid of a row: the payments of a year in their order, then its corrections.

    A correction may be paid before the year's last payment: then it is known by its amount. A payment that comes to the
    sum of a row and the corrections that are paid with it has paid them all.
    """
    years: dict[tuple[int, int], list[Instalment]] = defaultdict(list)
    for row in whole_payments(rows):
        years[row.contribution, row.year].append(row)
    whole: dict[Key, list[tuple[Logged, Decimal | None]]] = defaultdict(list)
    for key, listed in years.items():
        waiting = sorted(listed, key=lambda row: (row.correction is not None, row.number))
        last = waiting[-1]
        for each in log.get(key, ()):
            place = next((place for place, row in enumerate(waiting) if _pays(each.entry, row, waiting[0])), 0)
            row = waiting.pop(place) if waiting else last
            whole[_key(row)].append((each, each.entry.amount))
    together = [row for listed in years.values() for row in listed]
    for row in together:
        _split(row, together, whole)
    return _parted(rows, whole)


def _parted(
    rows: Sequence[Instalment], whole: Mapping[Key, list[tuple[Logged, Decimal | None]]]
) -> Mapping[Key, list[tuple[Logged, Decimal | None]]]:
    """What was paid of each row: a payment for days at several rates pays its rows in order, the last with the rest."""
    found: dict[Key, list[tuple[Logged, Decimal | None]]] = defaultdict(list)
    parts: dict[Key, list[Instalment]] = defaultdict(list)
    for row in rows:
        parts[_key(row)].append(row)
    for key, listed in parts.items():
        paid = whole.get(key, [])
        for row in listed[:-1]:
            if paid:
                told = all(amount is not None for _each, amount in paid)
                found[_row_key(row)] = [(paid[-1][0], row.amount if told else None)]
        rest = sum((row.amount or Decimal(0) for row in listed[:-1]), Decimal(0))
        found[_row_key(listed[-1])] = [
            (each, None if amount is None else amount - (rest if place == len(paid) - 1 else 0))
            for place, (each, amount) in enumerate(paid)
        ]
    return found


def _pays(entry: LogEntry, row: Instalment, following: Instalment) -> bool:
    """Whether a payment is a correction by its amount, and not the payment that is next in order."""
    if row.correction is None or entry.amount is None or not isinstance(entry.date, date):
        return False
    mine, others = (abs(entry.amount - (each.amount or Decimal(0))) for each in (row, following))
    return entry.date >= row.correction.since and mine <= ROUNDING < others


def _split(row: Instalment, rows: Sequence[Instalment], found: dict[Key, list[tuple[Logged, Decimal | None]]]) -> None:
    """Divides a payment between the row and the corrections that were paid with it."""
    mine = found[_key(row)]
    if row.correction is not None or row.amount is None or len(mine) != 1 or mine[0][1] is None:
        return
    with_it = [
        each
        for each in rows
        if each.correction is not None
        and each.contribution == row.contribution
        and each.correction.paid_with == (row.year, row.number)
        and not found[_key(each)]
    ]
    rest = sum((each.amount or Decimal(0) for each in with_it), Decimal(0))
    entry, amount = mine[0]
    if with_it and amount is not None and abs(amount - row.amount - rest) <= ROUNDING < abs(amount - row.amount):
        found[_key(row)] = [(entry, amount - rest)]
        for each in with_it:
            found[_key(each)] = [(entry, each.amount)]


def _outcome(row: Instalment, mine: list[tuple[Logged, Decimal | None]], as_of: date) -> Outcome:
    if not mine:
        waits = row.due is None or row.due >= as_of or row.extension is not None
        if row.amount is None or waits or row.status is Status.FORECAST:  # a forecast is owed to nobody
            return Outcome()
        return Outcome(difference=-row.amount, cause=Cause.UNPAID)
    numbers = tuple(each.number for each, _amount in mine)
    day = mine[-1][0].entry.date
    on = day if isinstance(day, date) else None
    parts = [amount for _each, amount in mine]
    if None in parts:
        return Outcome(numbers, on)
    paid = sum((part for part in parts if part is not None), Decimal(0))
    return Outcome(numbers, on, paid, None if row.amount is None else paid - row.amount)


def _cause(
    row: Instalment, outcome: Outcome, agreement: Agreement, tables: Mapping[str, IndexTable], as_of: date
) -> Cause:
    """Which amount it is that was paid instead."""
    for cause, amount in (
        (Cause.PRELIMINARY, on_preliminary(row, agreement, tables, as_of)),
        (Cause.UNADJUSTED, unadjusted(row, agreement, as_of)),
        (Cause.YEAR_BEFORE, year_before(row, agreement, tables, as_of)),
    ):
        if amount is not None and outcome.paid is not None and abs(outcome.paid - amount) <= ROUNDING:
            return cause
    return Cause.OTHER


def on_preliminary(
    row: Instalment, agreement: Agreement, tables: Mapping[str, IndexTable], as_of: date
) -> Decimal | None:
    """What the payment comes to on the preliminary figure of its year; None when there was none, or it rests on it."""
    working = row.entitled
    if working is None or not working.steps:
        return None
    used = {(figure.index, figure.year) for figure in working.steps[-1].figures if figure.status == "definitive"}
    early = {
        index: _without_definitive(tables[index], {year for name, year in used if name == index})
        for index in {index for index, _year in used}
    }
    if all(table is tables[index] for index, table in early.items()):
        return None
    said = agreement.contributions[row.contribution].indexation
    settling = {"indexation": said.model_copy(update={"preliminary": "settle"}) if said else None}
    return _same(row, _plain(_changed(agreement, row, settling)), {**tables, **early}, as_of)


def _without_definitive(table: IndexTable, years: set[int]) -> IndexTable:
    """The table as it was when only a preliminary figure was known for some years; itself when there was none."""
    twofold = {row.year for row in table.rows if row.status == "preliminary"} & years
    if not twofold:
        return table
    kept = tuple(row for row in table.rows if row.year not in twofold or row.status == "preliminary")
    return table.model_copy(update={"rows": kept})


def unadjusted(row: Instalment, agreement: Agreement, as_of: date) -> Decimal | None:
    """What the payment comes to without any adjustment; None when nothing adjusts it."""
    each = agreement.contributions[row.contribution]
    if each.indexation is None or row.working is None or not row.working.steps:
        return None
    return _same(row, _plain(_changed(agreement, row, {"indexation": None})), {}, as_of)


def year_before(row: Instalment, agreement: Agreement, tables: Mapping[str, IndexTable], as_of: date) -> Decimal | None:
    """What the payment with the same number came to the year before."""
    return _same(row, _plain(agreement), tables, as_of, row.year - 1)


def _changed(agreement: Agreement, row: Instalment, update: dict[str, Any]) -> Agreement:
    """The agreement with another contribution in the place of the one that a payment is for."""
    contributions = [*agreement.contributions]
    contributions[row.contribution] = contributions[row.contribution].model_copy(update=update)
    return agreement.model_copy(update={"contributions": tuple(contributions)})


def _plain(agreement: Agreement) -> Agreement:
    """The agreement without its payments in the log: what they were is not to decide what they should have been."""
    kept = tuple(entry for entry in agreement.log if entry.payment is None)
    return agreement.model_copy(update={"log": kept})


def _same(
    row: Instalment, agreement: Agreement, tables: Mapping[str, IndexTable], as_of: date, year: int | None = None
) -> Decimal | None:
    """The right amount of the same payment, reckoned with other tables or for another year, with what is known."""
    for each in payments(row.agreement, agreement, tables, as_of, until=row.stretch.end):
        key = (each.contribution, each.year, each.number, each.start.month, each.start.day)
        same = (row.contribution, year or row.year, row.number, row.start.month, row.start.day)
        if each.correction is None and key == same:
            return each.right
    return None
