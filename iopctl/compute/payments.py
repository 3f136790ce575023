"""What is to be paid, and when: every payment of an agreement with its amount, how sure it is, and how it came about.

A payment that has been made, or was due, is shown as it could be reckoned on its day. What became known later is a
correction: a row of its own, so that the rows of a year always sum to the year's amount.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext
from functools import cached_property
from itertools import groupby
from typing import Literal, NamedTuple

from iopctl.compute.amounts import Amounts, Reckoned, Stretch, Working
from iopctl.compute.clause import Clause
from iopctl.compute.figures import Assumptions
from iopctl.compute.history import History
from iopctl.compute.instalment import Correction, Instalment
from iopctl.compute.money import EXACT, instalments, rounded
from iopctl.compute.reasons import Status
from iopctl.compute.schedule import Slot, schedule_for, slots
from iopctl.compute.timeline import FAR, Term, terms
from iopctl.model import Agreement, Contribution, IndexTable, LogEntry, Payment, Unknown


def payments(
    id_: str,
    agreement: Agreement,
    tables: Mapping[str, IndexTable],
    as_of: date,
    *,
    assumed: Assumptions | None = None,
    since: int | None = None,
    until: date | None = None,
) -> tuple[Instalment, ...]:
    """All payments of an agreement in order of time, as they could be reckoned on a day.

    `since` leaves out the years before it of what is paid year by year; a correction that is paid together with one of
    those payments then does not name it. `until` ends the list. Without it the list ends with the agreement, or, when
    that runs until further notice, with the year after `as_of`.
    """
    stretches = terms(agreement)
    if not stretches:
        return ()
    horizon = until or (date(as_of.year + 1, 12, 31) if stretches[-1].end == FAR else FAR)
    found: list[Instalment] = []
    for number, contribution in enumerate(agreement.contributions):
        if contribution.kind == "cash" and (contribution.amount is not None or contribution.by_year):
            found += _Paying(id_, agreement, number, tables, as_of, assumed or {}, stretches).rows(since, horizon)
    return tuple(sorted(found, key=_in_time))


def _in_time(row: Instalment) -> tuple[date, date, int, int, bool]:
    return row.stretch.start, row.due or row.end, row.contribution, row.number, row.correction is not None


class _Batch(NamedTuple):
    """The payments of a stretch."""

    stretch: Stretch
    slots: Sequence[Slot]
    days: Sequence[date | None] = ()
    """When each of them was made, or was due; None for one that is still to come."""
    numbers: Sequence[int] = ()
    """Their numbers among those of the calendar year."""
    of: int = 1


def _joined(span: list[Stretch]) -> Stretch:
    """Stretches that follow on each other as one."""
    first, last = span[0], span[-1]
    year = None if first.year == (first.start, last.end) else first.year
    return replace(first, end=last.end, year=year)


def _paid_in(slot: Slot, span: list[Stretch]) -> Stretch:
    """The stretch whose rate a payment has that is agreed payment by payment: the one that its day is in."""
    day = slot.agreed or slot.due or slot.start
    return next((stretch for stretch in span if day <= stretch.end), span[-1])


def _cut(
    numbered: list[tuple[int, Slot]], stretch: Stretch, unit: Literal["days", "months", "full"] | None
) -> Iterator[tuple[int, Slot]]:
    """The payments as far as they are for days of the stretch, with their numbers."""
    for number, slot in numbered:
        start, end = max(slot.start, stretch.start), min(slot.end, stretch.end)
        if (start, end) == (slot.start, slot.end):
            yield number, slot
        elif start <= end:
            with localcontext(EXACT):
                part = Decimal(_length(start, end, unit)) / _length(slot.start, slot.end, unit)
            yield number, replace(slot, start=start, end=end, part=part)


def _length(start: date, end: date, unit: str | None) -> int:
    """How long some days of a year are, in the unit that the year is divided in."""
    return end.month - start.month + 1 if unit == "months" else (end - start).days + 1


@dataclass(frozen=True)
class _Paying:
    """The payments of one cash contribution."""

    id: str
    agreement: Agreement
    number: int
    tables: Mapping[str, IndexTable]
    as_of: date
    assumed: Assumptions
    terms: tuple[Term, ...]

    @cached_property
    def contribution(self) -> Contribution:
        """The contribution that is paid."""
        return self.agreement.contributions[self.number]

    @cached_property
    def amounts(self) -> Amounts:
        """What it comes to, year by year."""
        return Amounts(self.agreement, self.number, self.terms)

    @cached_property
    def events(self) -> list[LogEntry]:
        """What the log says had come in by the day: invoices and requisitions for this contribution, and reports."""
        id_ = self.contribution.id
        return [
            entry
            for entry in self.agreement.log
            if (entry.duty is not None or (id_ is not None and id_ in (entry.invoice, entry.requisition)))
            and isinstance(entry.date, date)
            and entry.date <= self.as_of
        ]

    @cached_property
    def paid(self) -> Mapping[int, list[date | None]]:
        """The days on which the log says that payments were made, by the year that they were for; None for no day."""
        found: dict[int, list[date | None]] = defaultdict(list)
        for entry in self.agreement.log:
            if entry.payment is None or entry.payment != self.contribution.id or entry.paid_for is None:
                continue
            day = entry.date if isinstance(entry.date, date) else None
            if day is None or day <= self.as_of:
                found[entry.paid_for].append(day)
        return found

    def rows(self, since: int | None, horizon: date) -> list[Instalment]:
        """The payments, and the corrections of those that were made too early to be right."""
        if self.contribution.per == "once":
            return list(self._once())
        if self.contribution.per == "period":
            return list(self._for_periods(horizon))
        years: dict[int, list[Stretch]] = defaultdict(list)
        for stretch in self.amounts.stretches(horizon):
            if since is None or stretch.start.year >= since:
                years[stretch.start.year].append(stretch)
        return self._settled([row for each in years.values() for row in self._year(each)])

    def _year(self, stretches: list[Stretch]) -> Iterator[Instalment]:
        """The rows of a calendar year, numbered from 1, whatever stretches it is divided in."""
        spans = [(span, self._slots(_joined(span))) for span in self._spans(stretches)]
        of = sum(len(found) for _span, found in spans)
        first = 1
        for span, found in spans:
            for stretch in span:
                numbered = list(enumerate(found, first))
                if self.contribution.per == "instalment":
                    mine = [(number, slot) for number, slot in numbered if _paid_in(slot, span) is stretch]
                else:
                    mine = list(_cut(numbered, stretch, self.contribution.part_year))
                if mine:
                    yield from self._stretch(stretch, mine, of)
            first += len(found)

    def _spans(self, stretches: list[Stretch]) -> Iterator[list[Stretch]]:
        """The stretches with the same schedule together: their payments are for days at several rates."""
        for _schedule, span in groupby(stretches, key=self._schedule):
            yield list(span)

    def _stretch(self, stretch: Stretch, numbered: list[tuple[int, Slot]], of: int) -> Iterator[Instalment]:
        """The payments for the days of a stretch, and the corrections of those that were made."""
        history = History(self.amounts, stretch, self.tables, self.as_of, self.assumed)
        days = [self._payment_day(stretch.start.year, number, slot) for number, slot in numbered]
        numbers, found = [number for number, _slot in numbered], [slot for _number, slot in numbered]
        batch = _Batch(stretch, found, days, numbers, of)
        rows = list(self._payments(history, batch))
        yield from rows
        yield from self._corrections(history, batch, rows)

    def _slots(self, stretch: Stretch) -> list[Slot]:
        found = slots(stretch, self._schedule(stretch), self.events)
        if self.contribution.ceiling and len(found) > 1:  # the ceiling is for all of them together
            return [Slot(stretch.start, stretch.end)]
        if self.contribution.per == "instalment" and self.contribution.payments:
            return [slot for slot in found if slot.due is not None or slot.after is not None]  # no day, no payment
        return found

    def _schedule(self, stretch: Stretch) -> Payment | None:
        return schedule_for(self.contribution.payments, stretch.start)

    def _payments(self, history: History, batch: _Batch) -> Iterator[Instalment]:
        """The payments of a stretch as they were on their days."""
        right = self._parts(history.now.working, batch)
        for place, (slot, day) in enumerate(zip(batch.slots, batch.days, strict=True)):
            then = history.paid(day)
            parts = right if then is history.now else self._parts(then.working, batch)
            shown, rightly = (each[place] if each else None for each in (parts, right))
            entitled = history.now.working
            yield self._row(batch, slot, batch.numbers[place], shown, rightly, then, entitled)

    def _payment_day(self, year: int, number: int, slot: Slot) -> date | None:
        """The day on which a payment was made, by the log, or else was due; None when that is still to come."""
        paid = self._paid_on(year, number)
        if paid is not None:
            return paid
        return slot.due if slot.due is not None and slot.due <= self.as_of else None

    def _paid_on(self, year: int, number: int) -> date | None:
        """The day on which the log says that a payment was made."""
        paid = self.paid.get(year, [])
        return paid[number - 1] if number <= len(paid) else None

    def _corrections(self, history: History, batch: _Batch, rows: list[Instalment]) -> Iterator[Instalment]:
        """A row for each day on which something became known that payments already made had not counted with."""
        made = [day for day in batch.days if day is not None]
        turns = [turn for turn in history.turns if made and turn > min(made)]
        shown = [row.amount for row in rows]
        before = history.paid(made[0]).working if turns else None
        for turn in turns:
            then = history.on(turn)
            parts = self._parts(then.working, batch)
            early = [place for place, day in enumerate(batch.days) if day is not None and day < turn]
            places = [place for place in early if parts and parts[place] != shown[place]]
            if then.working is None or before is None or not places:
                continue
            changed = tuple((shown[place] or Decimal(0), parts[place]) for place in places)
            numbers = tuple(batch.numbers[place] for place in places)
            slot = Slot(batch.slots[places[0]].start, batch.slots[places[-1]].end)
            amount = sum((new - old for old, new in changed), Decimal(0))
            row = self._row(batch, slot, numbers[-1], amount, None, then, history.now.working)
            yield replace(row, correction=Correction(turn, before, numbers, changed))
            before = then.working
            for place in places:
                shown[place] = parts[place]

    def _settled(self, rows: list[Instalment]) -> list[Instalment]:
        """The same rows, with the payment that each correction is paid together with."""
        said = self.contribution.indexation
        if said is None or not Clause(said, FAR).nets or all(row.correction is None for row in rows):
            return rows
        payments = (row for row in rows if row.correction is None and row.due is not None)
        later = sorted(payments, key=lambda row: (row.due or FAR, row.number))
        return [self._with_next(row, later) for row in rows]

    def _with_next(self, row: Instalment, later: list[Instalment]) -> Instalment:
        """A correction, with the first payment that is to be made when it is known.

        One that was made before that is not waited for, nor one that needs a decision that the correction does not.
        """
        if row.correction is None:
            return row
        since = row.correction.since
        for each in later:
            day = self._paid_on(each.year, each.number) or each.due
            if day is not None and day >= since and (each.extension is None or row.extension is not None):
                correction = replace(row.correction, paid_with=(each.year, each.number))
                return replace(row, correction=correction, slot=replace(row.slot, due=each.due))
        return row

    def _parts(self, working: Working | None, batch: _Batch) -> tuple[Decimal, ...]:
        """What each payment of a stretch comes to; nothing when the amount cannot be told."""
        if working is None:
            return ()
        schedule = self._schedule(batch.stretch)
        rule = working.rounding
        if self.contribution.per == "instalment":
            return (rounded(working.rounded, rule) if rule is not None else working.rounded,) * len(batch.slots)
        with localcontext(EXACT):
            shares = [slot.share * slot.part for slot in batch.slots]
        if rule is not None and rule.step == "instalment" and working.steps:
            with localcontext(EXACT):
                whole = sum(shares)
                return tuple(rounded(working.unrounded * share / whole, rule) for share in shares)
        return instalments(working.rounded, shares, schedule.division if schedule else None)

    def _once(self) -> Iterator[Instalment]:
        """An amount paid one time: in the first such month from the day it is valid, else in the first year."""
        each = self.contribution
        start = max(self.terms[0].start, each.since or self.terms[0].start)
        term = next((term for term in self.terms if term.start <= start <= term.end), None)
        if term is None:
            return
        end = min(term.end, each.until or term.end)
        conditions = self.amounts.conditions(start, start)
        found = self.amounts.once()
        schedule = schedule_for(each.payments, start)
        for year in (start.year, start.year + 1):
            part = Stretch(max(start, date(year, 1, 1)), min(end, date(year, 12, 31)), conditions)
            listed = slots(part, schedule, self.events) if part.start <= part.end else []
            if any(slot.due or slot.after for slot in listed):
                yield from self._divided(part, listed, found)
                return
        first = Stretch(start, min(end, date(start.year, 12, 31)), conditions)
        yield from self._divided(first, [Slot(first.start, first.end)], found)

    def _divided(self, part: Stretch, listed: list[Slot], found: Reckoned) -> Iterator[Instalment]:
        batch = _Batch(part, listed, of=len(listed))
        parts = self._parts(found.working, batch) or (None,) * len(listed)
        for number, (slot, amount) in enumerate(zip(listed, parts, strict=True), 1):
            yield self._row(batch, slot, number, amount, amount, found, found.working)

    def _for_periods(self, horizon: date) -> Iterator[Instalment]:
        """One row for the sum of the agreed period, and a blocked one for each extension of it."""
        for number, term in enumerate(self.terms):
            start = max(term.start, self.contribution.since or term.start)
            end = min(term.end, self.contribution.until or term.end)
            end = max(horizon, start) if end == FAR else end  # a sum is for all its days, however few are asked for
            if end < start or start > horizon:
                continue
            stretch = Stretch(start, end, self.amounts.conditions(start, end))
            found = self.amounts.for_term(number, term, start, end)
            amount = found.working.rounded if found.working else None
            slot = Slot(start, end)
            yield self._row(_Batch(stretch, [slot]), slot, 1, amount, amount, found, found.working)

    def _row(
        self,
        batch: _Batch,
        slot: Slot,
        number: int,
        amount: Decimal | None,
        right: Decimal | None,
        found: Reckoned,
        entitled: Working | None,
    ) -> Instalment:
        givers = self.contribution.givers
        return Instalment(
            agreement=self.id,
            contribution=self.number,
            payers=() if isinstance(givers, Unknown) else givers,
            receiver=self.contribution.receiver,
            stretch=batch.stretch,
            slot=slot,
            number=number,
            of=batch.of,
            amount=amount,
            status=self._status(found.working),
            working=found.working,
            entitled=entitled,
            right=right,
            reason=found.reason,
            sharing=len(batch.slots),
        )

    def _status(self, working: Working | None) -> Status:
        """How sure the amount is; a preliminary figure is sure where the clause lets it stand."""
        if working is None:
            return Status.BLOCKED
        said = self.contribution.indexation
        stands = said is not None and (said.preliminary == "final" or said.fixed_on is not None)
        return Status.DEFINITIVE if stands and working.status is Status.PRELIMINARY else working.status
