"""What a contribution comes to in a calendar year or a part of one, and how that came about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, localcontext
from typing import Literal, NamedTuple

from iopctl.compute.calendar import ONE_DAY, month_end
from iopctl.compute.clause import Clause
from iopctl.compute.figures import Assumptions, MissingIndex
from iopctl.compute.indexation import Adjusting, Adjustment, Spoken, Step
from iopctl.compute.money import EXACT, WHOLE_KRONOR, rounded
from iopctl.compute.reasons import (
    AdjustedBeforeStart,
    AdjustedOnce,
    Condition,
    InsideYear,
    MissingIndices,
    NoAmountFor,
    NoPopulation,
    NoSumForExtension,
    OpenAmount,
    PartYear,
    Reason,
    Status,
    TooLarge,
    Undivided,
    UpTo,
)
from iopctl.compute.timeline import FAR, Term
from iopctl.model import Agreement, Contribution, IndexTable, Population, YearRounding


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
    """For the year, or for each payment where the agreement says so; inhabitants multiplied in."""
    steps: tuple[Step, ...]
    unrounded: Decimal
    rounded: Decimal
    share: Share | None = None
    rounding: YearRounding | None = None
    """The clause's own; None for the rule where it states none."""
    each: Decimal | None = None
    """The amount for each inhabitant."""
    population: Population | None = None

    @property
    def status(self) -> Status:
        """An amount is no surer than the least sure figure it rests on."""
        used = {step.status for step in self.steps}
        return next((Status(each) for each in ("forecast", "preliminary") if each in used), Status.DEFINITIVE)

    @property
    def waits(self) -> tuple[MissingIndex, ...]:
        """The definitive figures that the clause waits for."""
        return tuple(missing for step in self.steps for missing in step.waits)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A calendar year, or the part of one, that a contribution is given in at one rate."""

    start: date
    end: date
    conditions: tuple[Condition, ...]
    cut: date | None = None
    """The day inside the year on which the amount or its schedule changes, when the year is not divided there."""
    year: tuple[date, date] | None = None
    """The first and last day of all the year's stretches, when it is divided."""

    def pays_on(self, day: date) -> bool:
        """Whether what is paid on a day, at the latest, is paid in it.

        A month that the contribution ends in is one of payment although its last day comes after the end.
        """
        last = month_end(self.end.year, self.end.month) if self.year is None or self.end == self.year[1] else self.end
        return self.start <= day <= last

    @property
    def whole(self) -> bool:
        """Whether it is a whole calendar year."""
        return (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31)

    def share(self, unit: Literal["days", "months", "full"] | None) -> Share | None:
        """The part of the calendar year that it is; None when it cannot be counted in the unit."""
        if unit == "days":
            days = (date(self.start.year, 12, 31) - date(self.start.year, 1, 1)).days + 1
            return Share((self.end - self.start).days + 1, days, unit)
        if unit == "months" and self.start.day == 1 and (self.end + ONE_DAY).day == 1:
            return Share(self.end.month - self.start.month + 1, 12, unit)
        return None


class Known(NamedTuple):
    """What is known when an amount is reckoned."""

    tables: Mapping[str, IndexTable]
    day: date
    """Only figures published, and adjustments decided, by then count."""
    assumed: Assumptions


class Reckoned(NamedTuple):
    """An amount and how it came about, or why there is none."""

    working: Working | None
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Amounts:
    """The yearly amounts of one cash contribution."""

    agreement: Agreement
    number: int
    """The contribution's number in the agreement."""
    terms: tuple[Term, ...]
    _adjustments: dict[tuple[Decimal, date, frozenset[object]], Adjustment] = field(default_factory=dict, compare=False)
    """Those reckoned so far, by the amount, the day and what is assumed; the tables are the same for all of them."""

    @property
    def contribution(self) -> Contribution:
        """The contribution."""
        return self.agreement.contributions[self.number]

    def stretches(self, horizon: date) -> Iterator[Stretch]:
        """The calendar years that the terms cover; a year that needs an undecided term is conditional on it."""
        each, terms = self.contribution, self.terms
        first = max(terms[0].start, each.since or terms[0].start)
        last = min(terms[-1].end, each.until or FAR, horizon)
        for year in range(first.year, last.year + 1 if first <= last else first.year):
            start, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
            yield from self._divided(start, end, self.conditions(start, end))

    def conditions(self, start: date, end: date) -> tuple[Condition, ...]:
        """What has to be decided, or to happen, for what is given from one day to another to be paid."""
        found = [
            Condition("extension", term.route)
            for term in self.terms
            if not term.decided and term.start <= end and start <= term.end
        ][:1]
        place = ("contributions", self.number)
        for number, funding in enumerate(self.contribution.funding):
            if start.year <= funding.year <= end.year and funding.state != "decided":
                found.append(Condition("funding", (*place, "funding", number, "state")))
        if self.contribution.condition is not None:
            found.append(Condition("stated", (*place, "condition")))
        return tuple(found)

    def _divided(self, start: date, end: date, conditions: tuple[Condition, ...]) -> Iterator[Stretch]:
        """A year is one stretch, unless the amount or its schedule changes inside it and it is said how to divide.

        What is agreed for each payment needs no dividing: each has the amount of its day.
        """
        cuts = [day for day in self._changes(start.year) if start < day <= end]
        known = self.contribution.part_year in ("days", "months") or self.contribution.per == "instalment"
        if not cuts or not known:
            yield Stretch(start, end, conditions, cuts[0] if cuts else None)
            return
        for first, last in zip([start, *cuts], [*(day - ONE_DAY for day in cuts), end], strict=True):
            yield Stretch(first, last, conditions, year=(start, end))

    def _changes(self, year: int) -> list[date]:
        """The days of a year, other than 1 January, from which another rate or another schedule applies."""
        found = {each.since for each in self.contribution.payments if each.since and each.since.year == year}
        indexation = self.contribution.indexation
        if indexation is not None and year >= indexation.first.year:
            found.add(Clause(indexation, self.begins).day_in(year))
        return sorted(day for day in found if (day.month, day.day) != (1, 1))

    @property
    def begins(self) -> date:
        """The first day of what has been added to the agreed period, for clauses that adjust only on extension."""
        return self.terms[0].end + ONE_DAY if self.terms[0].end < FAR else FAR

    def of(self, stretch: Stretch, known: Known) -> Reckoned:
        """The amount for a stretch, as it can be reckoned with what is known."""
        each = self.contribution
        share = None if stretch.whole else stretch.share(each.part_year)
        if stretch.cut is not None:
            return Reckoned(None, InsideYear(stretch.cut))
        if not stretch.whole and share is None and each.part_year != "full" and each.per != "instalment":
            return Reckoned(None, PartYear(stretch.start, stretch.end))
        agreed = self._agreed(stretch.start.year)
        if not isinstance(agreed, Working):
            return Reckoned(None, agreed)
        found = self._adjusted(agreed, stretch, None if each.per == "instalment" else share, known)
        if found.working is not None and each.ceiling:
            rule = found.working.rounding or WHOLE_KRONOR
            whole = rounded(found.working.unrounded, rule) if rule.step == "instalment" else found.working.rounded
            return Reckoned(None, UpTo(whole))
        return found

    def _agreed(self, year: int) -> Working | Reason:
        """What is agreed for a year, before any adjustment."""
        each = self.contribution
        if each.by_year:
            amount = next((row.amount for row in each.by_year if row.year == year), None)
            return NoAmountFor(year) if amount is None else Working(amount, (), amount, amount)
        if not isinstance(each.amount, Decimal):
            return OpenAmount(each.amount.unknown if each.amount else "")
        if each.per != "inhabitant":
            return Working(each.amount, (), each.amount, each.amount)
        row = next((row for row in each.population if row.year == year), None)
        if row is None:
            return NoPopulation(year)
        with localcontext(EXACT):
            amount = each.amount * row.inhabitants
        return Working(amount, (), amount, amount, each=each.amount, population=row)

    def _adjusted(self, agreed: Working, stretch: Stretch, share: Share | None, known: Known) -> Reckoned:
        said = self.contribution.indexation
        steps: tuple[Step, ...] = ()
        if said is not None:
            clause = Clause(said, self.begins)
            year = stretch.start.year - (stretch.start < clause.day_in(stretch.start.year))
            if year >= said.first.year:
                if said.first < self.terms[0].start and said.price_year is None:
                    return Reckoned(None, AdjustedBeforeStart(said.first))
                adjustment = self._adjustment(agreed.agreed, clause, known)
                steps, missing = adjustment.until(year)
                if missing:
                    return Reckoned(None, MissingIndices(missing))
                if adjustment.too_large is not None and adjustment.too_large <= year:
                    return Reckoned(None, TooLarge(adjustment.too_large))
        return Reckoned(
            _worked(agreed, steps, share, said.rounding if said and any(step.made for step in steps) else None), None
        )

    def _adjustment(self, agreed: Decimal, clause: Clause, known: Known) -> Adjustment:
        """The adjustment of an amount with what is known on a day: reckoned once for all its years."""
        key = (agreed, known.day, frozenset(known.assumed.items()))
        if key not in self._adjustments:
            how = Adjusting(clause, known.tables, known.day, known.assumed, self._spoken(known.day))
            self._adjustments[key] = Adjustment(agreed, how)
        return self._adjustments[key]

    def _spoken(self, day: date) -> Spoken:
        """The years whose adjustment has been asked for or decided by a day."""
        return {
            entry.year or entry.date.year: entry.percent
            for entry in self.agreement.log
            if entry.adjustment is not None
            and entry.adjustment == self.contribution.id
            and isinstance(entry.date, date)
            and entry.date <= day
        }

    def once(self) -> Reckoned:
        """An amount for the whole period, or for one time: as agreed, neither adjusted nor rounded."""
        each = self.contribution
        if each.per == "once" and each.indexation:
            return Reckoned(None, AdjustedOnce())
        if not isinstance(each.amount, Decimal):
            return Reckoned(None, OpenAmount(each.amount.unknown if each.amount else ""))
        if each.ceiling:
            return Reckoned(None, UpTo(each.amount))
        return Reckoned(Working(each.amount, (), each.amount, each.amount), None)

    def for_term(self, number: int, term: Term, start: date, end: date) -> Reckoned:
        """The sum for the agreed period; nothing says what an extension gives, or a part."""
        if number > 0:
            return Reckoned(None, NoSumForExtension())
        if term.cut_by is not None:
            return Reckoned(None, PartYear(start, end))
        if self.contribution.indexation or self.contribution.payments:
            return Reckoned(None, Undivided())
        return self.once()


def _worked(agreed: Working, steps: tuple[Step, ...], share: Share | None, rounding: YearRounding | None) -> Working:
    """The year's amount: adjusted, then the part of the year, then rounded; an amount as agreed is left as it is."""
    unrounded = steps[-1].amount if steps else agreed.agreed
    if share is not None:
        with localcontext(EXACT):
            unrounded = unrounded * share.number / share.of
    if not steps and share is None and agreed.population is None:
        return agreed
    rule = rounding or WHOLE_KRONOR
    if rule.step == "instalment":
        sum_ = unrounded
    else:
        sum_ = steps[-1].rounded if steps and share is None else rounded(unrounded, rule)
    return Working(agreed.agreed, steps, unrounded, sum_, share, rounding, agreed.each, agreed.population)
