"""Which payment comes next: the one that somebody who has paid has probably made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from iopctl.compute.instalment import Instalment, whole_payments
from iopctl.compute.paid import Outcome
from iopctl.compute.reasons import Status


@dataclass(frozen=True, slots=True)
class Unpaid:
    """A payment that the log does not have, with the corrections that are paid together with it."""

    payment: Instalment
    corrections: tuple[Instalment, ...] = ()

    @property
    def amount(self) -> Decimal | None:
        """What is to be paid; None when it cannot be told, or is only a forecast."""
        parts = [each.amount for each in (self.payment, *self.corrections)]
        if None in parts or self.payment.status in (Status.FORECAST, Status.BLOCKED):
            return None
        return sum((part for part in parts if part is not None), Decimal(0))


def next_unpaid(
    rows: Sequence[Instalment], outcomes: Sequence[Outcome], contribution: int, year: int | None, day: date
) -> Unpaid | None:
    """The first payment of a year that is not in the log; without a year, of the one whose day is nearest.

    `outcomes` are those of the rows, in their order. Payments of an extension that is not decided are not made yet.
    """
    paid = {
        (row.year, row.number)
        for row, outcome in zip(rows, outcomes, strict=True)
        if row.contribution == contribution and row.correction is None and outcome.entries
    }
    whole = [each for each in whole_payments(rows) if each.contribution == contribution and each.extension is None]
    left = [
        each
        for each in whole
        if each.correction is None and (each.year, each.number) not in paid and year in (None, each.year)
    ]
    if not left:
        return None
    nearest = min(left, key=lambda each: (abs((_day(each) - day).days), each.year))
    first = min((each for each in left if each.year == nearest.year), key=lambda each: each.number)
    together = (first.year, first.number)
    return Unpaid(first, tuple(each for each in whole if each.correction and each.correction.paid_with == together))


def _day(row: Instalment) -> date:
    return row.due or row.end
