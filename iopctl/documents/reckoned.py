"""What is reckoned for a document, each part of it only when a template asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from iopctl.compute.paid import Paid
from iopctl.compute.timeline import FAR, as_heard, last_decided
from iopctl.documents.following import Following, following
from iopctl.documents.payment_basis import PaymentBasis, decisions, ledger, payment_basis
from iopctl.model import Decision, Workspace


@dataclass(frozen=True)
class Reckoned:
    """What follows from an agreement, its log and the index tables, as known on a day."""

    id: str
    workspace: Workspace
    as_of: date

    @cached_property
    def payment(self) -> PaymentBasis | None:
        """The payment that is next, and what it rests on; None when no money is to be paid."""
        return payment_basis(self.id, self.workspace, self.as_of)

    @cached_property
    def payments(self) -> tuple[Paid, ...]:
        """The payments, and the corrections of them, that have had their day, or have begun where there is none."""
        return tuple(
            each
            for each in ledger(self.id, self.workspace, self.as_of)
            if each.outcome.entries or (each.row.due or each.row.start) <= self.as_of
        )

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions that adopted and extended the agreement."""
        return decisions(self.workspace.agreements[self.id], self.as_of)

    @cached_property
    def last_day(self) -> date | None:
        """The last day that is decided; None for an agreement until further notice, or without a period."""
        last = last_decided(as_heard(self.workspace.agreements[self.id], self.as_of))
        return None if last is None or last.end == FAR else last.end

    @cached_property
    def follow_up(self) -> Following:
        """The follow-up that is next, and what has been done and is to be done."""
        return following(self.id, self.workspace, self.as_of)
