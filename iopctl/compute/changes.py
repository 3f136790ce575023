"""When what is known of a deadline last changed, and how many times: for calendars that follow it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from iopctl.compute.calendar import month_end
from iopctl.compute.deadline import Deadline
from iopctl.finding import Route
from iopctl.model import Agreement, Contribution, Decision, Duty, IndexRow, IndexTable, LogEntry, NumberRow, PartialDate


class Changes(NamedTuple):
    """What has changed, as far as the agreement dates it."""

    last: date
    """The day of the latest change."""
    number: int
    """How many there are. It grows when a fact is added, and does not shrink while the facts stay."""


def changes(
    deadlines: Iterable[Deadline], agreement: Agreement, tables: Mapping[str, IndexTable], as_of: date
) -> Iterator[Changes]:
    """The dated facts that each deadline of an agreement rests on, of those that are known on a day.

    They are the decisions, which move ends and duties; the log's entries about the same duty or contribution, and all
    notices; the publication of the figures that a payment rests on; and the day of the agreement itself. A decision
    that is proposed and then taken has changed things twice. Without any of them, nothing has changed since the
    agreement's first day, or, before that, since BEFORE_ALL.

    What cannot be seen is a change that leaves no day behind: a mended word or amount, a removed line, a decision or a
    statement in the log without a date, another day of a board's meeting. The deadline then says something else, or
    stands on another day, under the same number.
    """
    dated = [agreement.dated] if agreement.dated is not None else []
    shared = _known((*dated, *_decisions(agreement)), as_of)
    logged: dict[Route, Changes] = {}  # a duty of many times has one log
    for each in deadlines:
        clause = each.route[:2]
        if clause not in logged:
            logged[clause] = _known(_logged(each, agreement), as_of)
        parts = (shared, logged[clause], _known(_published(each, tables), as_of))
        number = sum(part.number for part in parts)
        first = agreement.period.start if agreement.period else each.day
        nothing = first if first <= as_of else BEFORE_ALL
        yield Changes(max(part.last for part in parts) if number else nothing, number)


def _known(days: Iterable[date], as_of: date) -> Changes:
    """The last of the days that have come, long ago without any, and how many they are."""
    known = [day for day in days if day <= as_of]
    return Changes(max(known, default=date.min), len(known))


BEFORE_ALL = date(2000, 1, 1)
"""A day that does not depend on when somebody asks."""


def _decisions(agreement: Agreement) -> Iterator[date]:
    for decision in agreement.decisions:
        taken = _taken(decision)
        proposed = decision.proposed or taken
        yield from (day for day in (proposed, taken) if day is not None)


def _taken(decision: Decision) -> date | None:
    """The day on which a decision was taken; the last one that it can have been where a month or a year is known."""
    if isinstance(decision.date, PartialDate):
        return month_end(decision.date.year, decision.date.month or 12)
    return decision.taken


def _logged(deadline: Deadline, agreement: Agreement) -> Iterator[date]:
    """What the log says of the deadline's duty or contribution, and of the agreement's end."""
    names = _names(deadline, agreement)
    for entry in agreement.log:
        if entry.notice is None and names.isdisjoint(_about(entry)):
            continue
        if isinstance(entry.date, date):
            yield entry.date
        elif entry.through is not None:
            yield entry.through


def _about(entry: LogEntry) -> Iterator[tuple[str, str | None]]:
    """What an entry is about: a duty or a contribution, by its id."""
    yield from (("duty", each) for each in (entry.duty, entry.request) if each)
    sums = (entry.payment, entry.adjustment, entry.invoice, entry.requisition)
    yield from (("contribution", each) for each in sums if each)


def _names(deadline: Deadline, agreement: Agreement) -> set[tuple[str, str | None]]:
    """The deadline's own duty or contribution, and those that it comes after."""
    match deadline.route[:2]:
        case ("duties", int(number)):
            duty = agreement.duties[number]
            return {("duty", duty.id), *_followed(duty)}
        case ("contributions", int(number)):
            contribution = agreement.contributions[number]
            return {("contribution", contribution.id), *_reports(contribution)}
    return set()


def _followed(duty: Duty) -> Iterator[tuple[str, str | None]]:
    if duty.after is not None and duty.after.event in ("duty", "payment"):
        yield ("duty" if duty.after.event == "duty" else "contribution"), duty.after.of


def _reports(contribution: Contribution) -> Iterator[tuple[str, str | None]]:
    """The reports that a payment waits for."""
    for payment in contribution.payments:
        waits = (payment.after, *(part.after for part in payment.dates))
        yield from (("duty", each.duty) for each in waits if each is not None and each.duty)


# -- figures -----------------------------------------------------------------------------------------------------------


def _published(deadline: Deadline, tables: Mapping[str, IndexTable]) -> Iterator[date]:
    """When each figure was published that a payment's amount rests on: preliminary, definitive, corrected."""
    working = deadline.payment.working if deadline.payment is not None else None
    figures = [each for step in working.steps for each in step.figures] if working is not None else []
    for index, year, month in {(each.index, each.year, _month(each.row)) for each in figures if each.row is not None}:
        rows: Sequence[IndexRow] = tables[index].rows
        for row in rows:
            if (row.year, _month(row)) == (year, month) and row.known_since is not None:
                yield row.known_since


def _month(row: IndexRow) -> str | None:
    """The month that a figure is for, where it has one."""
    return row.month if isinstance(row, NumberRow) else None
