"""The basis for one payment: which it is, what it comes to, and everything that this rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from iopctl.compute.amounts import Working
from iopctl.compute.figures import Figure
from iopctl.compute.instalment import Instalment
from iopctl.compute.paid import Cause, Paid, outcomes
from iopctl.compute.payments import payments
from iopctl.compute.published import as_published
from iopctl.compute.timeline import as_heard
from iopctl.documents.swedish import SWEDISH
from iopctl.finding import Message
from iopctl.model import Agreement, Contribution, Decision, IndexSource, IndexTable, Workspace
from iopctl.render.explanation import calculation, when
from iopctl.render.reasons import STATUS, condition, reason
from iopctl.render.tree import Node


@dataclass(frozen=True, slots=True)
class Settled:
    """A correction of earlier payments; less than nothing when it is deducted."""

    year: int
    amount: Decimal
    steps: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class PaymentBasis:
    """One payment, as it can be reckoned on a day."""

    contribution: Contribution
    start: date
    end: date
    year: int
    number: int
    of: int
    payers: tuple[str, ...]
    receiver: str | None
    amount: Decimal | None
    """The payment itself; None when it cannot be reckoned."""
    parts: tuple[Decimal, ...]
    """What it consists of, where it is for days at several rates; the steps tell of each in order."""
    settled: tuple[Settled, ...]
    apart: tuple[Settled, ...]
    """Corrections of the same contribution that are paid by themselves, and that the log does not have."""
    agreed: date | None
    """The day that the agreement names, if it names one."""
    due: date | None
    """The latest open day to pay on."""
    when: tuple[str, ...]
    """How that day follows from the agreement."""
    status: str
    reasons: tuple[str, ...]
    """Why there is no amount."""
    conditions: tuple[str, ...]
    """What has to be decided, or to happen, before it can be paid."""
    steps: tuple[Node, ...]
    figures: tuple[Figure, ...]
    sources: Mapping[str, IndexSource]
    """Where the figures can be read, by the short name that they have in the steps."""
    paid: date | None
    """The day that the log says it was paid."""
    unlogged: tuple[tuple[date, Decimal], ...]
    """Earlier payments and corrections of the same contribution that have had their day and that the log does not have;
    less than nothing is to be deducted."""
    amiss: tuple[tuple[date, Decimal], ...]
    """Payments of the same contribution that were not paid as they should have been, and by how much."""
    same_day: tuple[str, ...]
    """What else is to be paid on the same day, each with a basis of its own."""

    @property
    def to_pay(self) -> Decimal | None:
        """What is paid out: the payment, with corrections of earlier ones added or deducted."""
        return None if self.amount is None else self.amount + sum((each.amount for each in self.settled), Decimal(0))


@dataclass(frozen=True, slots=True)
class _Payment:
    """The rows of one payment: several when it is for days at several rates."""

    rows: tuple[Paid, ...]

    @property
    def first(self) -> Instalment:
        return self.rows[0].row

    @property
    def day(self) -> date:
        """The latest day to pay; where the agreement gives none, the last that is paid for."""
        return self.first.due or self.rows[-1].row.end

    @property
    def unpaid(self) -> Decimal:
        """What has had its day and is not in the log as paid, where the log has any payments."""
        late = (each.outcome for each in self.rows if each.outcome.cause is Cause.UNPAID)
        return -sum((each.difference or Decimal(0) for each in late), Decimal(0))

    @property
    def logged(self) -> bool:
        return any(each.outcome.entries for each in self.rows)


def ledger(id_: str, workspace: Workspace, as_of: date) -> tuple[Paid, ...]:
    """Every payment of the agreement and what became of it, as `pay` shows them on a day."""
    agreement = as_heard(workspace.agreements[id_], as_of)
    rows = payments(id_, agreement, workspace.tables, as_of)
    became = outcomes(rows, agreement, workspace.tables, as_of)
    return tuple(Paid(row, outcome) for row, outcome in zip(rows, became, strict=True))


def payment_basis(id_: str, workspace: Workspace, as_of: date) -> PaymentBasis | None:
    """The basis for the next payment from a day on that the log does not have; None when there are no payments.

    When none is left it is for the last one that the log does not have, or for the last of all.
    """
    paid = ledger(id_, workspace, as_of)
    listed = _payments(paid)
    if not listed:
        return None
    waiting = [each for each in listed if not each.logged]
    chosen = next((each for each in waiting if each.day >= as_of), (waiting or listed)[-1])
    others = [each for each in waiting if each is not chosen and each.day == chosen.day]
    corrections = [each for each in paid if each.row.correction and each.row.contribution == chosen.first.contribution]
    agreement = as_heard(workspace.agreements[id_], as_of)
    tables = as_published(workspace.tables, as_of)
    mine = [each for each in waiting if each.first.contribution == chosen.first.contribution]
    unlogged = [(each.day, each.unpaid) for each in mine if each is not chosen and each.unpaid]
    settled = [each for each in corrections if _settled_before(each, chosen)]
    unlogged += [
        (each.row.due, -each.outcome.difference) for each in settled if each.row.due and each.outcome.difference
    ]
    amiss = [
        (each.row.due or each.row.end, each.outcome.difference)
        for each in paid
        if each.row.contribution == chosen.first.contribution and each.outcome.entries and each.outcome.difference
    ]
    basis = _basis(chosen, corrections, others, agreement, tables)
    return replace(basis, unlogged=tuple(sorted(unlogged)), amiss=tuple(sorted(amiss)))


def _settled_before(correction: Paid, chosen: _Payment) -> bool:
    """Whether a correction was to be paid with another payment than the chosen one, and is not in the log."""
    paid_with = correction.row.correction.paid_with if correction.row.correction else None
    mine = (chosen.first.year, chosen.first.number)
    return paid_with is not None and paid_with != mine and correction.outcome.cause is Cause.UNPAID


def decisions(agreement: Agreement, as_of: date) -> tuple[Decision, ...]:
    """The decisions that the payments rest on: that adopted the agreement, and those that extended it."""
    known = as_heard(agreement, as_of)
    return tuple(each for each in known.decisions if each.kind in ("adopted", "extended") and each.is_taken)


def _payments(paid: Sequence[Paid]) -> list[_Payment]:
    """The payments in the order of their days."""
    found: dict[tuple[int, int, int], tuple[Paid, ...]] = {}
    for each in paid:
        if each.row.correction is None:
            key = (each.row.contribution, each.row.year, each.row.number)
            found[key] = (*found.get(key, ()), each)
    return sorted((_Payment(rows) for rows in found.values()), key=lambda each: each.day)


def _basis(
    payment: _Payment,
    corrections: Sequence[Paid],
    others: Sequence[_Payment],
    agreement: Agreement,
    tables: Mapping[str, IndexTable],
) -> PaymentBasis:
    rows, first = [each.row for each in payment.rows], payment.first
    paid_with = {each.row: each.row.correction.paid_with if each.row.correction else None for each in corrections}
    with_it = [row for row, other in paid_with.items() if other == (first.year, first.number)]
    apart = [each.row for each in corrections if paid_with[each.row] is None and not each.outcome.entries]
    amounts = [row.amount for row in rows]
    known = [amount for amount in amounts if amount is not None]
    before = [row.correction.before for row in with_it if row.correction]
    workings = [*(row.working for row in (*rows, *with_it)), *before]
    figures = tuple(dict.fromkeys(_figures(workings)))
    days = [each.outcome.day for each in payment.rows if each.outcome.day]
    return PaymentBasis(
        contribution=agreement.contributions[first.contribution],
        start=first.start,
        end=rows[-1].end,
        year=first.year,
        number=first.number,
        of=first.of,
        payers=first.payers,
        receiver=first.receiver,
        amount=sum(known, Decimal(0)) if len(known) == len(amounts) else None,
        parts=tuple(known) if len(rows) > 1 else (),
        settled=tuple(_settled(row, agreement, tables) for row in with_it),
        apart=tuple(_settled(row, agreement, tables) for row in apart),
        agreed=first.slot.agreed,
        due=first.due,
        when=when(first, agreement, tables, SWEDISH),
        status=SWEDISH.say(STATUS[max((row.status for row in rows), key=list(STATUS).index)]),
        reasons=_said(each for row in rows for each in reason(row)),
        conditions=_said(condition(each) for row in rows for each in row.conditions),
        steps=tuple(node for row in rows for node in calculation(row, agreement, tables, SWEDISH)),
        figures=figures,
        sources=_sources(figures, tables),
        paid=days[-1] if days else None,
        unlogged=(),
        amiss=(),
        same_day=tuple(_called(agreement.contributions[each.first.contribution]) for each in others),
    )


def _settled(row: Instalment, agreement: Agreement, tables: Mapping[str, IndexTable]) -> Settled:
    return Settled(row.year, row.amount or Decimal(0), calculation(row, agreement, tables, SWEDISH))


def _figures(workings: Sequence[Working | None]) -> Iterator[Figure]:
    for working in workings:
        for step in working.steps if working else ():
            yield from step.figures


def _sources(figures: Sequence[Figure], tables: Mapping[str, IndexTable]) -> dict[str, IndexSource]:
    """The sources that the tables name; one that is a title in itself is told in the step already."""
    return {
        name: tables[figure.index].sources[name]
        for figure in figures
        if figure.row
        for name in figure.row.source
        if name in tables[figure.index].sources
    }


def _said(messages: Iterator[Message]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(SWEDISH.say(each) for each in messages))


def _called(contribution: Contribution) -> str:
    return contribution.text or contribution.id or ""
