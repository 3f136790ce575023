"""What a contribution comes to over a stretch of the agreement's days, as agreed: nothing is adjusted by an index."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from iopctl.compute.calendar import length_between, years_from
from iopctl.compute.payments import payments
from iopctl.compute.timeline import FAR
from iopctl.model import Agreement, Contribution, Period

NOTHING = Decimal(0)


class Worth(NamedTuple):
    """Kronor; only "at least so much" when the agreement does not say enough to know it all."""

    kronor: Decimal
    complete: bool


def worth(contribution: Contribution, agreement: Agreement, start: date, end: date) -> Worth:
    """What one contribution comes to from one day to another, both included; a ceiling counts as if it were paid."""
    period, amount = agreement.period, contribution.kronor
    if period is None or (amount is None and not contribution.by_year):
        return Worth(NOTHING, complete=False)
    first, last = max(start, contribution.since or start), min(end, contribution.until or end)
    if contribution.per == "once":
        there = start <= (contribution.since or period.start) <= end
        return Worth(amount if there and amount else NOTHING, complete=True)
    if contribution.per == "period":
        # the sum is for the agreed period, and nothing says what an extension gives
        whole = amount if amount and start <= period.start else NOTHING
        return Worth(whole, complete=end <= (period.last_day or FAR))
    if last < first:
        return Worth(NOTHING, complete=True)
    if last == FAR:
        return Worth(NOTHING, complete=False)
    if contribution.per == "year" and amount is not None:
        return _yearly(contribution, agreement, amount, first, last)
    parts = _calendar_years(contribution, agreement, first, last)
    return Worth(NOTHING, complete=False) if parts is None else Worth(parts, complete=True)


def _yearly(contribution: Contribution, agreement: Agreement, amount: Decimal, first: date, last: date) -> Worth:
    """Whole years from the first day, wherever in a calendar year that is; else as the parts of years are paid."""
    length = length_between(first, last)
    if length.unit == "years":
        return Worth(amount * length.number, complete=True)
    if contribution.part_year is not None:
        parts = _calendar_years(contribution, agreement, first, last)
        if parts is not None:
            return Worth(parts, complete=True)
    whole = sum(length_between(*year).unit == "years" for year in years_from(first, last))
    return Worth(amount * whole, complete=False)


def _calendar_years(contribution: Contribution, agreement: Agreement, first: date, last: date) -> Decimal | None:
    """The same amounts as are paid, before any adjustment; None when one of them cannot be told."""
    plain = contribution.model_copy(
        update={
            "kind": "cash",
            "amount": contribution.kronor,
            "ceiling": False,
            "since": None,
            "until": None,
            "indexation": None,
            "payments": contribution.payments if contribution.per == "instalment" else (),
        }
    )
    period = Period(start=first, end=last)
    only = agreement.model_copy(update={"period": period, "decisions": (), "contributions": (plain,)})
    amounts = [row.amount for row in payments("", only, {}, last)]
    return None if None in amounts else sum((each for each in amounts if each is not None), NOTHING)
