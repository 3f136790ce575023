"""Sums: what the parts come to, and what a contribution is said to be worth."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from iopctl.checks.case import Case, rule
from iopctl.compute.calendar import length_between
from iopctl.compute.lengths import span_in_words
from iopctl.compute.timeline import FAR
from iopctl.finding import Finding, Label, Message, Money, Rule, Severity, Value, say
from iopctl.model import Agreement, Contribution, Period


@rule("MON001")
def parts_and_total(rule: Rule, case: Case) -> Iterator[Finding]:
    """The contributions do not sum to the total that the agreement states.

    A contribution without a value in kronor, or for a part of the period, cannot be compared with it, and check says
    so; but the total is wrong in any case when the others come to more. Sums for the year beside sums for the period
    are another rule's.
    """
    total = case.agreement.total
    if total is None or _mixed(case.agreement):
        return
    parts = case.agreement.contributions
    comparable = [each for each in parts if each.kronor is not None and each.per == total.per and _all_the_time(each)]
    known = sum((each.kronor or Decimal(0) for each in comparable), Decimal(0))
    unknown = len(parts) - len(comparable)
    labels = [Label(("total", "value"), say("the stated total"))]
    if known == total.value or not comparable or (unknown and known < total.value):
        if known != total.value:
            yield Finding(rule, _not_compared(unknown), tuple(labels), severity=Severity.INFO)
        return
    for number, each in enumerate(case.agreement.contributions):
        if each in comparable:
            labels.append(Label(("contributions", number, _key(each)), say("a part")))
    values: dict[str, Value] = {"sum": Money(known), "total": Money(total.value)}
    if unknown:
        message = say("the parts that have a value alone sum to {sum}, the stated total is {total}", **values)
    else:
        message = say("the parts sum to {sum}, the stated total is {total}", **values)
    yield Finding(rule, message, tuple(labels), _compare(known - total.value))


@rule("MON003")
def year_and_period_differ(rule: Rule, case: Case) -> Iterator[Finding]:
    """Sums for a year and a sum for the whole period do not go together.

    Only for a period of whole years: what a part of a year gives is not for this rule to say. Amounts that are adjusted
    by an index count as they are in the first year; then only a total that is too small is wrong.
    """
    agreement = case.agreement
    total, period = agreement.total, agreement.period
    if total is None or period is None or not _mixed(agreement) or (period.last_day or FAR) < period.start:
        return
    label = Label(("total", "value"), say("the stated total"))
    years = _whole_years(period)
    if years is None:
        yield Finding(rule, _no_whole_years(period), (label,), severity=Severity.INFO)
        return
    stated = total.value * years if total.per == "year" else total.value
    sums = {number: _in_all(each, years) for number, each in enumerate(agreement.contributions)}
    known = sum((each for each in sums.values() if each is not None), Decimal(0))
    uncounted = sum(each is None for each in sums.values())
    adjusted = any(each.indexation for each in agreement.contributions)
    if known == stated:
        return
    if (known < stated) and (uncounted or adjusted):
        message = _not_compared(uncounted) if uncounted else say("the total cannot be checked: parts of it are indexed")
        yield Finding(rule, message, (label,), severity=Severity.INFO)
        return
    parts = (_part(agreement, number, each, years) for number, each in sums.items() if each is not None)
    values: dict[str, Value] = {"sum": Money(known), "total": Money(stated), "years": years}
    message = say("the parts sum to {sum} over the {years} years of the period, the total to {total}", **values)
    same = sum((each.kronor or Decimal(0) for each in agreement.contributions), Decimal(0)) == total.value
    yield Finding(rule, message, (label, *parts), _SAME_SUM if same else _compare(known - stated))


_SAME_SUM = say("one sum stands both as a year's and as the whole period's; find out which it is")


def _part(agreement: Agreement, number: int, in_all: Decimal, years: int) -> Label:
    each = agreement.contributions[number]
    words = say("a part")
    if each.per == "year":
        words = say("× {years} years = {sum}", years=years, sum=Money(in_all))
    return Label(("contributions", number, _key(each)), words)


@rule("MON015", Severity.WARNING)
def value_without_quantity(rule: Rule, case: Case) -> Iterator[Finding]:
    """Volunteer hours are worth a sum, and it is not said how many hours that is.

    Nobody can follow up the contribution, or tell whether both parties finance the activity.
    """
    for number, each in enumerate(case.agreement.contributions):
        if each.kind == "volunteer_hours" and each.value and each.quantity is None:
            message = say("volunteer hours worth {value}, but not how many hours", value=Money(each.value))
            help_ = say("ask for the number of hours, and write for example: {example}", example=_HOURS)
            yield Finding(rule, message, (Label(("contributions", number, "value")),), help_)


_HOURS = "quantity: {number: 1700, unit: timmar, per: year}"


@rule("MON017", Severity.WARNING)
def double_support(rule: Rule, case: Case) -> Iterator[Finding]:
    """A party may have no other grant, and another grant to it is paid besides."""
    grants = case.agreement.grounds.other_grants
    forbidden = {each.to: number for number, each in enumerate(grants) if each.relation == "forbidden"}
    for number, each in enumerate(grants):
        if each.relation == "in_addition" and each.to in forbidden and _while_it_runs(case, each.year):
            labels = (
                Label(("grounds", "other_grants", number, "relation"), say("paid besides")),
                Label(("grounds", "other_grants", forbidden[each.to], "relation"), say("not allowed")),
            )
            party = case.agreement.parties.get(each.to)
            name = party.name if party and isinstance(party.name, str) else each.to
            message = say("{party} has another grant, which the agreement forbids", party=name)
            yield Finding(rule, message, labels, say("end the grant, or agree on what the two of them are for"))


def _while_it_runs(case: Case, year: int | None) -> bool:
    found = case.terms
    return year is None or not found or found[0].start.year <= year <= found[-1].end.year


def _mixed(agreement: Agreement) -> bool:
    """Whether a total for the period stands beside amounts for a year, or the other way round."""
    total = agreement.total
    other = {"year": "period", "period": "year"}[total.per] if total else None
    return any(each.per == other and each.kronor is not None for each in agreement.contributions)


def _whole_years(period: Period) -> int | None:
    if period.last_day is None:
        return None
    length = length_between(period.start, period.last_day)
    return length.number if length.unit == "years" else None


def _no_whole_years(period: Period) -> Message:
    if period.last_day is None:
        return say("a sum for the year and one for the period cannot be compared: the period has no last day")
    span = span_in_words(period.start, period.last_day)
    return say("a sum for the year and one for the period cannot be compared: the period is {span}", span=span)


def _in_all(each: Contribution, years: int) -> Decimal | None:
    """What a contribution comes to over the whole period, when that can be said."""
    if each.kronor is None or each.per in ("instalment", "inhabitant") or not _all_the_time(each):
        return None
    return each.kronor * years if each.per == "year" else each.kronor


def _not_compared(count: int) -> Message:
    return say("the total cannot be checked: {count} of the parts cannot be compared with it", count=count)


def _compare(difference: Decimal) -> Message:
    difference_ = Money(abs(difference))
    return say("compare each amount with the agreement; the difference is {difference}", difference=difference_)


def _key(contribution: Contribution) -> str:
    return "amount" if contribution.kind == "cash" else "value"


def _all_the_time(contribution: Contribution) -> bool:
    """Whether it is given for the whole of the agreement, so that it can be summed with the others."""
    return contribution.since is None and contribution.until is None
