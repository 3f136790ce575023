"""Days on which money is paid, and on which a figure that a payment waits for is published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from iopctl.compute.calendar import ONE_DAY
from iopctl.compute.deadline import Deadline, Kind, Practical
from iopctl.compute.figures import MissingIndex
from iopctl.compute.instalment import Instalment, whole_payments
from iopctl.compute.paid import logged, outcomes
from iopctl.compute.payments import payments
from iopctl.compute.reasons import MissingIndices
from iopctl.finding import Message, Route, say
from iopctl.model import AfterEvent, Agreement, IndexTable


def money_dates(
    id_: str, agreement: Agreement, tables: Mapping[str, IndexTable], as_of: date, until: date
) -> Iterator[Deadline]:
    """Payments and corrections that are decided, and the figures that these wait for.

    A payment that the agreement gives no day for stands on the last day that it is for, as a target. Where the log has
    no payment at all for a contribution, those that have had their day are `unlogged`, and targets.
    """
    rows = whole_payments(payments(id_, agreement, tables, as_of, until=date(until.year, 12, 31)))
    kept = {contribution for contribution, _year in logged(agreement, as_of)}
    waiting: list[Deadline] = []
    for row, outcome in zip(rows, outcomes(rows, agreement, tables, as_of), strict=True):
        if row.extension is not None:
            continue
        deadline = _payment(id_, agreement, row)
        if outcome.entries:
            yield replace(deadline, done=outcome.day or deadline.day)
        elif row.correction is None and deadline.last < as_of and row.contribution not in kept:
            yield replace(deadline, target=True, unlogged=True, note=_ELSEWHERE)
        else:
            waiting.append(deadline)
            yield deadline
    yield from _figures(id_, sorted((each for each in waiting if each.day <= until), key=lambda each: each.day))


_ELSEWHERE = say("payments may be kept elsewhere than in the log; compare with the accounts: iopctl reconcile")


def gathered(found: Iterable[Deadline]) -> list[Deadline]:
    """The same, with the unlogged payments of each contribution as one, on the day of the last: for a list to read.

    A list of old payments that were made would hide what matters.
    """
    kept: list[Deadline] = []
    unlogged: dict[tuple[str, Route], list[Deadline]] = defaultdict(list)
    for each in found:
        if each.unlogged:
            unlogged[each.agreement, each.route].append(each)
        else:
            kept.append(each)
    return sorted([*kept, *map(_as_one, unlogged.values())], key=lambda each: each.order)


def _as_one(passed: Sequence[Deadline]) -> Deadline:
    last = max(passed, key=lambda each: each.day)
    return replace(
        last,
        key=f"{last.key.partition('.')[0]}.unlogged",
        what=say("Payments have had their day, and none is in the log: {count}", count=len(passed)),
        number=1,
        of=1,
        practical=None,
        payment=None,
    )


def _figures(id_: str, waiting: Iterable[Deadline]) -> Iterator[Deadline]:
    """The figures that payments wait for, once each: for the payment that needs it first, as they come."""
    told: set[tuple[str, int]] = set()
    for each in waiting:
        row = each.payment
        if row is None or not isinstance(row.reason, MissingIndices):
            continue
        for figure in row.reason.figures:
            if (figure.index, figure.year) not in told:
                told.add((figure.index, figure.year))
                yield _publication(id_, row, figure, each.day)


def _payment(id_: str, agreement: Agreement, row: Instalment) -> Deadline:
    name = agreement.contributions[row.contribution].id or row.contribution
    key = f"{name}.{row.year}.{row.number}"
    day, note, practical = _day(row)
    of = row.of
    if row.correction is not None:
        key, of = f"{key}.{row.correction.since}", 1
    return Deadline(
        agreement=id_,
        key=key,
        kind=Kind.PAYMENT if row.correction is None else Kind.CORRECTION,
        day=day,
        what=_what(row),
        route=row.route,
        who=row.payers,
        clause=_clause(agreement, row),
        number=row.number if of > 1 else 1,
        of=of,
        target=row.due is None,
        practical=practical,
        payment=row,
        note=note,
    )


def _day(row: Instalment) -> tuple[date, Message | None, Practical | None]:
    """The agreed day, what there is to say of it, and the open day that a payment is moved to as agreed."""
    slot = row.slot
    if slot.due is None:
        if row.correction is not None:
            return row.correction.since, say("the agreement does not say when the difference is paid"), None
        if slot.after is not None:
            return slot.end, _waits(slot.after), None
        return slot.end, say("the agreement does not say when it is paid"), None
    if slot.agreed is not None and slot.agreed != slot.due:
        return slot.agreed, None, Practical(slot.due, moves=True)
    return slot.due, None, None


def _waits(after: AfterEvent) -> Message:
    match after.event:
        case "invoice":
            return say("it is paid {days} days after an invoice, and none is in the log", days=after.days)
        case "requisition":
            return say("it is paid {days} days after a requisition, and none is in the log", days=after.days)
        case "report":
            return say(
                "it is paid {days} days after {duty}, and that is not in the log",
                days=after.days,
                duty=after.duty or "",
            )


def _what(row: Instalment) -> Message:
    year = str(row.year)
    return say("Payment for {year}", year=year) if row.correction is None else say("Correction for {year}", year=year)


def _clause(agreement: Agreement, row: Instalment) -> str | None:
    """The words of the schedule that applies when the payment's days begin."""
    begun = [
        each.wording
        for each in agreement.contributions[row.contribution].payments
        if each.since is None or each.since <= row.start
    ]
    return begun[-1] if begun else None


def _publication(id_: str, row: Instalment, figure: MissingIndex, needed: date) -> Deadline:
    """When a figure should be there: by the end of its usual month, or else when the payment needs it."""
    year = str(figure.year)
    what = say("{index} for {year} is needed for the payment of {day}", index=figure.index, year=year, day=needed)
    note = say("nothing says when it is published")
    if figure.expected is not None:
        note = say("the usual time of publication; then add it with iopctl index add")
    return Deadline(
        agreement=id_,
        key=f"index.{figure.index}.{figure.year}",
        kind=Kind.INDEX,
        day=figure.expected - ONE_DAY if figure.expected is not None else needed,
        what=what,
        route=(*row.route, "indexation"),
        who=row.payers,
        target=True,
        note=note,
    )
