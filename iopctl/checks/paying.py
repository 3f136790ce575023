"""How money is paid: when, in what parts, for what part of a year, and whether it has been granted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from iopctl.checks.case import Case, rule
from iopctl.compute.calendar import ONE_DAY
from iopctl.compute.timeline import FAR, Term
from iopctl.finding import Finding, Label, Money, Route, Rule, Severity, Value, say
from iopctl.model import AfterEvent, Agreement, Contribution, Payment, Unknown


@rule("MON004", Severity.WARNING)
def cash_without_payment_rule(rule: Rule, case: Case) -> Iterator[Finding]:
    """Money from the public party, and no word on when it is paid. Nobody is reminded of it.

    A ceiling is left alone: what is paid then follows the outcome.
    """
    for number, each, amount in _cash(case.agreement):
        told = bool(each.payments) or each.ceiling
        if amount and not told and case.terms and _from_public(case.agreement, each):
            message = say("nothing says when {amount} is paid", amount=Money(amount))
            example = "payment: {times_per_year: 1, in: january}"
            help_ = say("agree on the month, and write it, for example: {example}", example=example)
            yield Finding(rule, message, (Label(("contributions", number, "amount")),), help_)


def _from_public(agreement: Agreement, contribution: Contribution) -> bool:
    """Whether a public party pays; where it is not known who does, it is taken to."""
    if isinstance(contribution.givers, Unknown):
        return True
    payers = (agreement.parties.get(name) for name in contribution.givers)
    return any(party.public for party in payers if party)


@rule("MON005")
def instalments_and_year(rule: Rule, case: Case) -> Iterator[Finding]:
    """The stated instalments do not come to the stated amount.

    An instalment may be rounded: to the krona, or to the öre when it is stated with öre. A larger difference is not
    what is left over when the amount is divided, but another amount.
    """
    for number, each, amount in _cash(case.agreement):
        for place, payment in schedules(number, each):
            times = payment.times_per_year
            if payment.instalment is None or times is None or each.per not in ("year", "once"):
                continue
            stated = payment.instalment * times
            if abs(stated - amount) < times * _step(payment.instalment):
                continue
            labels = (
                Label((*place, "instalment"), say("{count} of these", count=times)),
                Label(("contributions", number, "amount"), say("the amount")),
            )
            values: dict[str, Value] = {"sum": Money(stated), "amount": Money(amount)}
            message = say("the instalments come to {sum}, the amount is {amount}", **values)
            help_ = say(
                "see which of the two the signed text says; the difference is {difference}",
                difference=Money(abs(stated - amount)),
            )
            yield Finding(rule, message, labels, help_)


def schedules(number: int, contribution: Contribution) -> Iterator[tuple[Route, Payment]]:
    """A contribution's schedules of payment with their routes: one stands alone, several in a list."""
    several = len(contribution.payments) > 1
    for place, payment in enumerate(contribution.payments):
        route: Route = ("contributions", number, "payment")
        yield ((*route, place) if several else route), payment


def events(payment: Payment) -> Iterator[tuple[Route, AfterEvent]]:
    """What a schedule waits for, with the routes in it: one event for all payments, or one for a part of the amount."""
    if payment.after is not None:
        yield ("after",), payment.after
    for place, part in enumerate(payment.dates):
        if part.after is not None:
            yield ("dates", place, "after"), part.after


def _step(instalment: Decimal) -> Decimal:
    """What an instalment may have been rounded to: kronor, or öre."""
    return Decimal(1) if instalment == instalment.to_integral_value() else Decimal("0.01")


@rule("MON011", Severity.WARNING)
def part_year_without_rule(rule: Rule, case: Case) -> Iterator[Finding]:
    """An amount for a year, in an agreement that begins or ends inside one, and no word on what a part of it gives.

    By days and by months come to different sums, and neither is taken for granted: the payments are blocked.
    """
    for number, each, _amount in _cash(case.agreement):
        decided = [term for term in case.terms if term.decided] if each.per in ("year", "inhabitant") else []
        cut = list(_cut_years(each, decided)) if decided and each.part_year not in ("days", "full") else []
        if not cut or each.ceiling or (each.part_year == "months" and _whole_months(each, decided)):
            continue
        if each.part_year == "months":
            message = say("the amount is divided by months, and the agreement has a part of a month")
            label, help_ = Label(("contributions", number, "part_year")), _BY_DAYS
        else:
            message = say("the agreement has a part of a year, and nothing says what part of the amount that gives")
            label, help_ = Label(("contributions", number, "amount"), say("for a whole year")), _PART_YEAR
        inner = {"valid_from": ("contributions", number), "valid_until": ("contributions", number)}
        labels = (Label((*inner.get(str(route[0]), ()), *route), say("this is inside a year")) for route in cut)
        yield Finding(rule, message, (label, *labels), help_)
    yield from _changes_inside(rule, case)


def _changes_inside(rule: Rule, case: Case) -> Iterator[Finding]:
    """Another rate, or another schedule, from a day inside a year, and no word on how that year is divided."""
    for number, each, _amount in _cash(case.agreement):
        first = each.indexation.first if each.indexation else None
        days: list[tuple[Route, date]] = [(("contributions", number, "indexation", "first"), first)] if first else []
        days += [((*place, "valid_from"), payment.since) for place, payment in schedules(number, each) if payment.since]
        for route, day in days:
            whole = (day.month, day.day) == (1, 1) or each.part_year == "days"
            if whole or (each.part_year == "months" and day.day == 1) or each.per in ("period", "once", "instalment"):
                continue
            labels = (Label(("contributions", number, "amount"), say("for a whole year")), Label(route))
            message = say("something changes inside a year, and nothing says what part of the amount each part gives")
            yield Finding(rule, message, labels, _PART_YEAR)


_PART_YEAR = say("agree on it, and write part_year: days or part_year: months")
_BY_DAYS = say("agree on how a part of a month is divided, and write part_year: days")


def _cut_years(each: Contribution, decided: list[Term]) -> Iterator[Route]:
    """Where it says that the amount begins or ends inside a year."""
    start, end = _span(each, decided)
    if start <= end and (start.month, start.day) != (1, 1):
        yield ("valid_from",) if each.since == start else ("period", "start")
    if start <= end and (end.month, end.day) != (12, 31):
        yield ("valid_until",) if each.until == end else decided[-1].ends_at


def _whole_months(each: Contribution, decided: list[Term]) -> bool:
    start, end = _span(each, decided)
    return start.day == 1 and (end == FAR or (end + ONE_DAY).day == 1)


def _span(each: Contribution, decided: list[Term]) -> tuple[date, date]:
    """The first and last day that the amount is for."""
    return max(decided[0].start, each.since or decided[0].start), min(decided[-1].end, each.until or FAR)


@rule("MON014", Severity.WARNING)
def funding_undecided(rule: Rule, case: Case) -> Iterator[Finding]:
    """A year has begun and its money is not granted; for the years after it, information."""
    for number, each in enumerate(case.agreement.contributions):
        for place, funding in enumerate(each.funding):
            if funding.state == "decided":
                continue
            decided = [term for term in case.terms if term.decided]
            if decided and decided[-1].end < case.as_of:
                return
            label = Label(("contributions", number, "funding", place, "state"))
            year = str(funding.year)
            if funding.body is not None:
                help_ = say("ask if {body} has decided, and write state: decided when it has", body=funding.body)
            else:
                help_ = say("ask if it is granted, and write state: decided when it is")
            if funding.year <= case.as_of.year:
                message = say("the money for {year} is not granted, and the year has begun", year=year)
                yield Finding(rule, message, (label,), help_)
            else:
                message = say("the money for {year} is not granted yet", year=year)
                yield Finding(rule, message, (label,), help_, Severity.INFO)


def _cash(agreement: Agreement) -> Iterator[tuple[int, Contribution, Decimal]]:
    """The contributions in money whose amount is known, with their numbers."""
    for number, each in enumerate(agreement.contributions):
        if each.kind == "cash" and isinstance(each.amount, Decimal):
            yield number, each, each.amount
