"""Schedules of payment, and the amounts that they divide, whose keys cannot all be meant."""

from __future__ import annotations

from collections.abc import Iterator

from iopctl.checks.case import Case, rule
from iopctl.checks.faults import ONE_OF_THEM, Fault
from iopctl.checks.paying import events, schedules
from iopctl.compute.timeline import FAR
from iopctl.finding import Finding, Label, Route, Rule, Severity, Value, say
from iopctl.model import Contribution, Payment, Unknown


@rule("MON023")
def schedule_without_meaning(rule: Rule, case: Case) -> Iterator[Finding]:
    """Keys of a schedule, or of the amounts that it divides, that cannot all be meant."""
    for number, each in enumerate(case.agreement.contributions):
        place: Route = ("contributions", number)
        for fault in (*_twice(each), *_inhabitants(each), *_in_order(each)):
            yield fault.finding(rule, place)
        for route, payment in schedules(number, each):
            for fault in (*_day(payment), *_waited_for(payment), *_arrears(payment)):
                yield fault.finding(rule, route)


def _twice(each: Contribution) -> Iterator[Fault]:
    for key, years in (
        ("by_year", [amount.year for amount in each.by_year]),
        ("population", [count.year for count in each.population]),
    ):
        for position, year in enumerate(years):
            if year in years[:position]:
                message = say("{key} has {year} twice", key=key, year=str(year))
                first = (key, years.index(year), "year")
                yield Fault(message, ONE_OF_THEM, (key, position, "year"), first)


def _inhabitants(each: Contribution) -> Iterator[Fault]:
    if each.population and each.per != "inhabitant":
        message = say("the number of inhabitants is for an amount per inhabitant")
        yield Fault(message, say("write per: inhabitant, or remove it"), ("population",))


def _in_order(each: Contribution) -> Iterator[Fault]:
    """Several schedules follow on each other by their first days; the first one may begin with the contribution."""
    for position in range(1, len(each.payments)):
        before, since = each.payments[position - 1].since, each.payments[position].since
        if since is None:
            message = say("nothing says from when this schedule takes the place of the one before it")
            help_ = say("write its first day, for example: {example}", example="valid_from: 2027-01-01")
            yield Fault(message, help_, ("payment", position))
        elif before is not None and since <= before:
            message = say("the schedules are not in order of time")
            at: Route = ("payment", position, "valid_from")
            yield Fault(message, say("write them in the order in which they apply"), at, (*at[:1], position - 1, at[2]))


def _day(payment: Payment) -> Iterator[Fault]:
    """A day, or a week, beside something else that says which day it is."""
    other: Route | None = ("dates",) if payment.dates else ("after",) if payment.after else None
    if payment.day is not None and payment.first_week:
        yield Fault(say("a day and a first week do not go together"), ONE_OF_THEM, ("day",), ("first_week",))
    for key in (["day"] if payment.day is not None else []) + (["first_week"] if payment.first_week else []):
        if other is not None:
            message = say("{key} is for payment in months, and this schedule has no months", key=key)
            yield Fault(message, ONE_OF_THEM, (key,), other)
    days = [each.day for each in payment.dates if each.day is not None]
    if len(set(days)) < len(days):
        yield Fault(say("the same day stands twice among the dates"), say("add their shares together"), ("dates",))
    if payment.dates and payment.times_per_year not in (None, len(payment.dates)):
        values: dict[str, Value] = {"times": payment.times_per_year or 0, "count": len(payment.dates)}
        message = say("paid {times} times a year, on {count} dates", **values)
        yield Fault(message, ONE_OF_THEM, ("times_per_year",), ("dates",))


def _waited_for(payment: Payment) -> Iterator[Fault]:
    """A report that is waited for is a duty; an invoice or a requisition is none."""
    for place, after in events(payment):
        if after.event == "report" and after.duty is None:
            help_ = say("name the duty to hand it in, for example: {example}", example="duty: delrapport")
            yield Fault(say("a report is waited for, and nothing says which"), help_, place)
        elif after.event != "report" and after.duty is not None:
            message = say("a duty is named, and what is waited for is no report")
            yield Fault(message, ONE_OF_THEM, (*place, "duty"), (*place, "event"))


def _arrears(payment: Payment) -> Iterator[Fault]:
    """In arrears each part of the year is paid in the first month of payment that is not before its end."""
    months = payment.month_numbers if payment.months else ()
    if payment.covers != "arrears" or not months:
        return
    ends = [12 * part // len(months) for part in range(1, len(months) + 1)]
    paid = [next((month for month in months if month >= end), months[0] + 12) for end in ends]
    if len(set(paid)) < len(paid):
        message = say("paid in arrears in these months, two parts of the year fall due at once")
        help_ = say("see which months the signed text means: in arrears a part is paid when it has ended")
        yield Fault(message, help_, ("in",), ("covers",))


@rule("MON024", Severity.WARNING)
def population_missing(rule: Rule, case: Case) -> Iterator[Finding]:
    """An amount per inhabitant, in a year that has begun, and the number of inhabitants is not there."""
    for number, each in enumerate(case.agreement.contributions):
        if each.per != "inhabitant" or each.amount is None or isinstance(each.amount, Unknown):
            continue
        counted = {count.year for count in each.population}
        missing = [year for year in _begun_years(case, each) if year not in counted]
        if missing:
            message = say("the number of inhabitants for {years} is missing", years=", ".join(map(str, missing)))
            example = f"population: [{{year: {missing[0]}, inhabitants: …, source: …}}]"
            help_ = say("the amount cannot be reckoned without it; write, for example: {example}", example=example)
            yield Finding(rule, message, (Label(("contributions", number, "per")),), help_)


def _begun_years(case: Case, each: Contribution) -> range:
    """The years of a contribution in decided terms that have begun."""
    decided = [term for term in case.terms if term.decided]
    if not decided:
        return range(0)
    start = max(decided[0].start, each.since or decided[0].start)
    return range(start.year, min(decided[-1].end, each.until or FAR, case.as_of).year + 1)
