"""What is to be paid for each year of an agreement: amount, latest day, how sure it is, and how it came about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum
from typing import Literal

from iopctl.compute.calendar import ONE_DAY, last_open_day
from iopctl.compute.indexation import HUNDRED, Assumptions, IndexStep, MissingIndex, adjust
from iopctl.compute.money import EXACT, WHOLE_KRONOR, instalments, rounded
from iopctl.compute.timeline import FAR, Term, terms
from iopctl.finding import Route
from iopctl.model import Agreement, Contribution, IndexTable, Rounding, Unknown


class Status(StrEnum):
    """How sure an amount is."""

    DEFINITIVE = "definitive"
    PRELIMINARY = "preliminary"
    """Rests on a preliminary index, which the definitive one will correct."""
    FORECAST = "forecast"
    """Rests on a percentage that was assumed for this run."""
    BLOCKED = "blocked"
    """Cannot be computed; see the reason."""


@dataclass(frozen=True, slots=True)
class PartYear:
    """The agreement covers only a part of the year and does not say what part of the amount that gives.

    Or it counts in months, and the part is not whole months.
    """

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class InsideYear:
    """The first adjustment falls inside a year and the agreement does not say how that year is divided."""

    first: date


@dataclass(frozen=True, slots=True)
class OpenAmount:
    """The agreement leaves the amount open; these are its words."""

    words: str


@dataclass(frozen=True, slots=True)
class Undivided:
    """One sum for the whole period, to be indexed or paid in parts, and nothing on how it is divided over the years."""


@dataclass(frozen=True, slots=True)
class MissingIndices:
    """Figures that the amount needs and that are not known, in order of year; at least one."""

    figures: tuple[MissingIndex, ...]


@dataclass(frozen=True, slots=True)
class NoSumForExtension:
    """The sum is for the agreed period, and nothing says what an extension gives."""


@dataclass(frozen=True, slots=True)
class AdjustedBeforeStart:
    """The first adjustment is before the agreement begins, and nothing says which year's prices the amount is in."""

    first: date


@dataclass(frozen=True, slots=True)
class AdjustedOnce:
    """An amount that is paid once is to be adjusted, and nothing says by which years."""


@dataclass(frozen=True, slots=True)
class UpTo:
    """The amount is a ceiling; what is paid depends on the outcome."""

    ceiling: Decimal


Unreckonable = (
    AdjustedOnce | UpTo | NoSumForExtension | AdjustedBeforeStart | PartYear | InsideYear | OpenAmount | Undivided
)
"""What no index figure would help against: the agreement itself does not say enough."""
Reason = Unreckonable | MissingIndices


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a year that the agreement covers."""

    number: int
    of: int
    unit: Literal["days", "months"]


@dataclass(frozen=True, slots=True)
class Working:
    """How an amount came about: agreed amount, a step for each index year, the part of the year, and the rounding."""

    agreed: Decimal
    steps: tuple[IndexStep, ...]
    unrounded: Decimal
    rounded: Decimal
    share: Share | None = None
    rounding: Rounding | None = None
    """The clause's own; None for the rule where it states none."""


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment. Amounts in kronor."""

    agreement: str
    contribution: int
    """The number of the contribution in the agreement, from 0."""
    payers: tuple[str, ...]
    """The ids of the parties that pay; empty when the agreement leaves it open."""
    receiver: str | None
    start: date
    end: date
    """The days that the payment covers, both included."""
    number: int
    of: int
    month: date | None
    """The first day of the month of payment; None when the agreement gives none."""
    amount: Decimal | None
    status: Status
    condition: Route | None
    """Where the agreement says what has to be decided first; None when nothing has."""
    working: Working | None
    reason: Reason | None = None

    @property
    def year(self) -> int:
        """The calendar year that the payment is for."""
        return self.start.year

    @property
    def due(self) -> date | None:
        """The latest day: the last open day of the month of payment; None when the agreement gives none."""
        return last_open_day(self.month.year, self.month.month) if self.month else None

    @property
    def route(self) -> Route:
        """Where the agreement says so."""
        return ("contributions", self.contribution)


@dataclass(frozen=True, slots=True)
class _Year:
    """A calendar year, or the part of one, that a contribution is given in."""

    start: date
    end: date
    condition: Route | None

    def has(self, month: date) -> bool:
        """Whether any day of a month, given by its first, is in it."""
        return (self.start.year, self.start.month) <= (month.year, month.month) <= (self.end.year, self.end.month)

    @property
    def whole(self) -> bool:
        return (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31)

    def share(self, unit: Literal["days", "months"] | None) -> Share | None:
        """The part of the calendar year that it is; None when it cannot be counted in the unit."""
        if unit == "days":
            days = (date(self.start.year, 12, 31) - date(self.start.year, 1, 1)).days + 1
            return Share((self.end - self.start).days + 1, days, unit)
        if unit == "months" and self.start.day == 1 and (self.end + ONE_DAY).day == 1:
            return Share(self.end.month - self.start.month + 1, 12, unit)
        return None


def payments(
    id_: str,
    agreement: Agreement,
    tables: Mapping[str, IndexTable],
    as_of: date,
    *,
    assumed: Assumptions | None = None,
    until: date | None = None,
) -> tuple[Instalment, ...]:
    """All payments of an agreement in order of time, as they could be reckoned on a day.

    `until` ends the list. Without it the list ends with the agreement, or, when that runs until further notice, with
    the year after `as_of`.
    """
    stretches = terms(agreement)
    if not stretches:
        return ()
    horizon = until or (date(as_of.year + 1, 12, 31) if stretches[-1].end == FAR else FAR)
    found: list[Instalment] = []
    for number, contribution in enumerate(agreement.contributions):
        if contribution.kind == "cash" and contribution.amount is not None:
            schedule = _Schedule(id_, number, contribution, tables, as_of, assumed or {}, stretches[0].start)
            found += schedule.instalments(stretches, horizon)
    return tuple(sorted(found, key=lambda each: (each.start, each.month or each.end, each.contribution, each.number)))


@dataclass(frozen=True, slots=True)
class _Schedule:
    """The payments of one cash contribution."""

    agreement: str
    number: int
    contribution: Contribution
    tables: Mapping[str, IndexTable]
    as_of: date
    assumed: Assumptions
    start: date
    """The agreement's first day."""

    def instalments(self, terms: tuple[Term, ...], horizon: date) -> Iterator[Instalment]:
        amount = self.contribution.amount
        if self.contribution.per != "year":
            yield from self._once(terms) if self.contribution.per == "once" else self._for_periods(terms, horizon)
            return
        for year in _calendar_years(terms, self.contribution, horizon):
            share = None if year.whole else year.share(self.contribution.part_year)
            if isinstance(amount, Unknown):
                yield from self._rows(year, None, OpenAmount(amount.unknown))
            elif amount is not None and self.contribution.ceiling:
                yield from self._rows(year, None, UpTo(amount))
            elif not year.whole and share is None:
                yield from self._rows(year, None, PartYear(year.start, year.end))
            elif amount is not None:
                yield from self._rows(year, *self._year_amount(amount, year.start.year, share))

    def _once(self, terms: tuple[Term, ...]) -> Iterator[Instalment]:
        """An amount paid one time: in the first such month from the day it is valid, else in the first year."""
        start = max(terms[0].start, self.contribution.since or terms[0].start)
        term = next((each for each in terms if each.start <= start <= each.end), None)
        if term is None:
            return
        end = min(term.end, self.contribution.until or term.end)
        condition = None if term.decided else term.route
        working, reason = self._plain_amount()
        if self.contribution.indexation:
            working, reason = None, AdjustedOnce()
        months = self.contribution.payment.month_numbers if self.contribution.payment else ()
        for year in (start.year, start.year + 1):
            part = _Year(max(start, date(year, 1, 1)), min(end, date(year, 12, 31)), condition)
            if part.start <= part.end and any(part.has(date(year, month, 1)) for month in months):
                yield from self._rows(part, working, reason)
                return
        first = _Year(start, min(end, date(start.year, 12, 31)), condition)
        yield self._row(first, 1, 1, None, working.rounded if working else None, working, reason)

    def _for_periods(self, terms: tuple[Term, ...], horizon: date) -> Iterator[Instalment]:
        """One row for the sum of the agreed period, and a blocked one for each extension of it."""
        for number, term in enumerate(terms):
            start = max(term.start, self.contribution.since or term.start)
            end = min(term.end, self.contribution.until or term.end, max(horizon, start))
            if end < start:
                continue
            stretch = _Year(start, end, None if term.decided else term.route)
            working, reason = self._plain_amount()
            if number > 0:
                working, reason = None, NoSumForExtension()
            elif term.cut_by is not None:
                working, reason = None, PartYear(start, end)
            elif self.contribution.indexation or self.contribution.payment:
                working, reason = None, Undivided()
            yield self._row(stretch, 1, 1, None, working.rounded if working else None, working, reason)

    def _plain_amount(self) -> tuple[Working | None, Reason | None]:
        """The amount as agreed, neither adjusted nor rounded."""
        amount = self.contribution.amount
        if isinstance(amount, Decimal) and self.contribution.ceiling:
            return None, UpTo(amount)
        if isinstance(amount, Decimal):
            return Working(amount, (), amount, amount), None
        return None, OpenAmount(amount.unknown if amount else "")

    def _year_amount(self, amount: Decimal, year: int, share: Share | None) -> tuple[Working | None, Reason | None]:
        indexation = self.contribution.indexation
        if indexation is None or year < indexation.first.year:
            return _worked(amount, (), share, None), None
        if indexation.first < self.start and indexation.price_year is None:
            return None, AdjustedBeforeStart(indexation.first)
        if (indexation.first.month, indexation.first.day) != (1, 1):
            return None, InsideYear(indexation.first)
        years = range(indexation.first.year, year + 1)
        table = self.tables.get(indexation.index)
        preliminary = indexation.preliminary or "settle"
        steps, missing = adjust(amount, indexation.index, table, years, self.as_of, self.assumed, preliminary)
        if missing:
            return None, MissingIndices(missing)
        return _worked(amount, steps, share, indexation.rounding), None

    def _rows(self, year: _Year, working: Working | None, reason: Reason | None) -> Iterator[Instalment]:
        payment = self.contribution.payment
        months = [date(year.start.year, month, 1) for month in payment.month_numbers] if payment else []
        when: Sequence[date | None] = [month for month in months if year.has(month)] or [None]
        parts: Sequence[Decimal | None] = instalments(working.rounded, len(when)) if working else [None] * len(when)
        for number, (month, part) in enumerate(zip(when, parts, strict=True), 1):
            yield self._row(year, number, len(when), month, part, working, reason)

    def _row(
        self,
        year: _Year,
        number: int,
        of: int,
        month: date | None,
        amount: Decimal | None,
        working: Working | None,
        reason: Reason | None,
    ) -> Instalment:
        givers = self.contribution.givers
        return Instalment(
            agreement=self.agreement,
            contribution=self.number,
            payers=() if isinstance(givers, Unknown) else givers,
            receiver=self.contribution.receiver,
            start=year.start,
            end=year.end,
            number=number,
            of=of,
            month=month,
            amount=amount,
            status=_status(working, self.contribution),
            condition=year.condition,
            working=working,
            reason=reason,
        )


def _worked(agreed: Decimal, steps: tuple[IndexStep, ...], share: Share | None, rounding: Rounding | None) -> Working:
    """The year's amount: adjusted, then the part of the year, then rounded; an amount as agreed is left as it is."""
    unrounded = steps[-1].amount if steps else agreed
    if share is not None:
        with localcontext(EXACT):
            unrounded = unrounded * share.number / share.of
    if not steps and share is None:
        return Working(agreed, (), agreed, agreed)
    return Working(agreed, steps, unrounded, rounded(unrounded, rounding or WHOLE_KRONOR), share, rounding)


def on_preliminary(row: Instalment, table: IndexTable) -> Working | None:
    """The year's amount as it was on the preliminary figure for its last step; None when that is what it rests on."""
    working = row.working
    if working is None or not working.steps or working.steps[-1].status != "definitive":
        return None
    *before, last = working.steps
    early = next((each for each in table.rows if each.year == last.year and each.status == "preliminary"), None)
    if early is None:
        return None
    with localcontext(EXACT):
        factor = 1 + early.value / HUNDRED
        amount = (before[-1].amount if before else working.agreed) * factor
    step = IndexStep(last.index, last.year, early.value, early, factor, amount)
    return _worked(working.agreed, (*before, step), working.share, working.rounding)


def _status(working: Working | None, contribution: Contribution) -> Status:
    """An amount is no surer than the least sure figure it rests on; a preliminary one is sure where it is to stand."""
    if working is None:
        return Status.BLOCKED
    used = {step.status for step in working.steps}
    if contribution.indexation and contribution.indexation.preliminary == "final":
        used.discard("preliminary")
    return next((Status(each) for each in ("forecast", "preliminary") if each in used), Status.DEFINITIVE)


def _calendar_years(terms: tuple[Term, ...], contribution: Contribution, horizon: date) -> Iterator[_Year]:
    """The calendar years that the terms cover; a year that needs an undecided term is conditional on it."""
    first = max(terms[0].start, contribution.since or terms[0].start)
    last = min(terms[-1].end, contribution.until or FAR, horizon)
    for year in range(first.year, last.year + 1 if first <= last else first.year):
        start, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        undecided = [term for term in terms if not term.decided and term.start <= end and start <= term.end]
        yield _Year(start, end, undecided[0].route if undecided else None)
