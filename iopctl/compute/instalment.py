"""One payment as it is reckoned, and what makes a row a correction of earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from iopctl.compute.amounts import Stretch, Working
from iopctl.compute.reasons import Condition, Reason, Status
from iopctl.compute.schedule import Slot
from iopctl.finding import Route


@dataclass(frozen=True, slots=True)
class Correction:
    """What makes a row a correction: payments that were made before a figure was known."""

    since: date
    """The day on which the new figure was known."""
    before: Working
    """The year's amount as it was reckoned until then."""
    numbers: tuple[int, ...]
    """The payments of the year that are corrected."""
    parts: tuple[tuple[Decimal, Decimal], ...]
    """What each of them was, and what it should have been."""
    paid_with: tuple[int, int] | None = None
    """The year and the number of the payment that it is paid together with; None when it is paid on its own."""


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment, or a correction of some that were made. Amounts in kronor; a correction can be negative."""

    agreement: str
    contribution: int
    """The number of the contribution in the agreement, from 0."""
    payers: tuple[str, ...]
    """The ids of the parties that pay; empty when the agreement leaves it open."""
    receiver: str | None
    stretch: Stretch
    """The year, or the part of one, that the amount is reckoned for."""
    slot: Slot
    number: int
    of: int
    """The payment's number among those of its calendar year."""
    amount: Decimal | None
    status: Status
    working: Working | None
    """How the amount came about, with what was known on the day of payment."""
    entitled: Working | None
    """The same with what is known now: the year's right amount."""
    right: Decimal | None = None
    """The payment's part of that; None for a correction."""
    reason: Reason | None = None
    correction: Correction | None = None
    sharing: int = 1
    """How many payments the amount of the year, or of its part, is divided in."""

    @property
    def kind(self) -> Literal["instalment", "correction"]:
        """Whether it is a payment as agreed, or a correction of earlier ones."""
        return "instalment" if self.correction is None else "correction"

    @property
    def year(self) -> int:
        """The calendar year that the payment is for."""
        return self.stretch.start.year

    @property
    def start(self) -> date:
        """The first day that the payment is for."""
        return self.slot.start

    @property
    def end(self) -> date:
        """The last day that the payment is for."""
        return self.slot.end

    @property
    def due(self) -> date | None:
        """The latest day; None when the agreement gives none, or an event is waited for."""
        return self.slot.due

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """What has to be decided first."""
        return self.stretch.conditions

    @property
    def extension(self) -> Route | None:
        """Where the agreement says of an extension that is not decided; None when the payment needs none."""
        return next((each.route for each in self.conditions if each.kind == "extension"), None)

    @property
    def route(self) -> Route:
        """Where the agreement says so."""
        return ("contributions", self.contribution)


def whole_payments(rows: Sequence[Instalment]) -> list[Instalment]:
    """The rows with those of one payment as one: a payment can be for days at several rates."""
    found: dict[tuple[int, int, int, date | None], Instalment] = {}
    for row in rows:
        key = (row.contribution, row.year, row.number, row.correction.since if row.correction else None)
        other = found.get(key)
        found[key] = row if other is None else _sum(other, row)
    return list(found.values())


def _sum(one: Instalment, other: Instalment) -> Instalment:
    """Two rows of one payment; it cannot be told when one of them cannot, and is no surer than the least sure."""
    order = [Status.DEFINITIVE, Status.PRELIMINARY, Status.FORECAST, Status.BLOCKED]
    return replace(
        one,
        slot=replace(one.slot, start=min(one.start, other.start), end=max(one.end, other.end)),
        amount=None if one.amount is None or other.amount is None else one.amount + other.amount,
        right=None if one.right is None or other.right is None else one.right + other.right,
        status=max(one.status, other.status, key=order.index),
        reason=one.reason or other.reason,
    )
