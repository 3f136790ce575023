"""Facts that a court has found weighty when it held an IOP to be a contract under procurement law (HFD 2020 ref. 15).

None of them decides by itself: each is a warning that somebody should have weighed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from iopctl.checks.case import Case, rule
from iopctl.checks.thresholds import ProcurementLimit, procurement_limit
from iopctl.compute.calendar import ONE_DAY, after
from iopctl.compute.timeline import FAR, Term, adopted
from iopctl.compute.worth import NOTHING, worth
from iopctl.finding import Finding, Label, Message, Money, Rule, Severity, say
from iopctl.model import Agreement, Contribution, Length, Unknown

_WEIGH = say("weigh it in the test against procurement law, and write the conclusion: grounds.procurement.outcome")


@rule("LOU001", Severity.WARNING, "lou")
def procured_before(rule: Rule, case: Case) -> Iterator[Finding]:
    """The same activity was procured before: so in the case, where the municipality had procured it earlier."""
    yield from _flag(rule, case, "procured_before", _PROCURED, _PROCURED_OPEN)


_PROCURED = say("the same activity was procured before")
_PROCURED_OPEN = say("it is left open whether the same activity was procured before")


@rule("LOU002", Severity.WARNING, "lou")
def statutory_service(rule: Rule, case: Case) -> Iterator[Finding]:
    """A service that the law obliges the public side to give: in the case a care home and home help."""
    yield from _flag(rule, case, "statutory_service", _STATUTORY, _STATUTORY_OPEN)


_STATUTORY = say("the law obliges the public side to give this service")
_STATUTORY_OPEN = say("it is left open whether the law obliges the public side to give this service")


@rule("LOU003", Severity.WARNING, "lou")
def whole_cost_covered(rule: Rule, case: Case) -> Iterator[Finding]:
    """The public side pays and the organisation's share is nothing; that only costs are covered was no defence."""
    agreement = case.agreement
    paid = next((number for number, each in enumerate(agreement.contributions) if _paid(each, case)), None)
    if paid is None:
        return
    label = Label(("contributions", paid), say("the public side pays"))
    theirs = [(number, each) for number, each in enumerate(agreement.contributions) if _theirs(each, case)]
    if not theirs:
        message = say("the public side bears the whole cost: the organisation contributes nothing")
        yield Finding(rule, message, (label,), say("write what the organisation contributes, with its value"))
    elif all(each.kronor is None for _number, each in theirs):
        message = say("it cannot be told whether the public side bears the whole cost")
        other = Label(("contributions", theirs[0][0]), say("nothing of theirs has a value in kronor"))
        yield Finding(rule, message, (label, other), say("add value: and per:"), Severity.INFO)
    elif not any(each.kronor for _number, each in theirs):
        number = next(number for number, each in theirs if each.kronor is not None)
        key = "amount" if agreement.contributions[number].kind == "cash" else "value"
        message = say("the public side bears the whole cost: what the organisation contributes has the value 0")
        yield Finding(rule, message, (label, Label(("contributions", number, key), say("worth nothing"))), _WEIGH)


@rule("LOU004", Severity.WARNING, "lou")
def extension_without_limit(rule: Rule, case: Case) -> Iterator[Finding]:
    """An option to extend with no limit in time, "utan angiven tidsbegränsning", as in the case."""
    option = case.agreement.period.extension if case.agreement.period else None
    if option is None or option.until is not None:
        return
    place = ("period", "extension")
    if option.times is None:
        message = say("the agreement can be extended without limit: neither a number of times nor a last day is given")
        yield Finding(rule, message, (Label(place),), _LIMIT)
    elif option.length is None:
        message = say("the agreement can be extended without limit: neither a length nor a last day is given")
        yield Finding(rule, message, (Label(place),), _LIMIT)


_LIMIT = say("agree on how many times and for how long, or on a last day: times: and length:, or until:")


@rule("LOU005", Severity.WARNING, "lou")
def disputes_in_court(rule: Rule, case: Case) -> Iterator[Finding]:
    """Disputes go to a court, a sign that the duties are legally binding."""
    for number, clause in enumerate(case.agreement.clauses):
        if clause.kind == "dispute" and not _NOT_IN_COURT.search(clause.text):
            found = _COURT.search(clause.text)
            if found:
                label = Label(("clauses", number, "text"), say("a court is named"), needle=found[0])
                yield Finding(rule, say("disputes are to be settled by a court"), (label,), _WEIGH)


_COURT = re.compile(r"\b(?:allmän domstol|domstol\w*|\w*tingsrätt\w*)", re.IGNORECASE)
_NOT_IN_COURT = re.compile(r"\b(?:inte|ej|aldrig)\s+(?:\w+\s+){0,2}(?:allmän\s+)?domstol", re.IGNORECASE)


@rule("LOU006", Severity.WARNING, "lou")
def sold_on_market(rule: Rule, case: Case) -> Iterator[Finding]:
    """The organisation sells the same on a market, as the foundation in the case did."""
    yield from _flag(rule, case, "sold_on_market", _SOLD, _SOLD_OPEN)


_SOLD = say("the organisation sells the same on a market")
_SOLD_OPEN = say("it is left open whether the organisation sells the same on a market")


@rule("LOU007", Severity.WARNING, "lou")
def over_the_limit(rule: Rule, case: Case) -> Iterator[Finding]:
    """The cash of the whole time, extensions and what is left of the option included, is over the limit of that day."""
    agreement = case.agreement
    cash = [number for number, each in enumerate(agreement.contributions) if _cash(each, case)]
    found = case.terms
    if not cash or not found or agreement.period is None:
        return
    last, complete = _last_possible(found, agreement)
    total = NOTHING
    for number in cash:
        each = worth(agreement.contributions[number], agreement, found[0].start, last)
        total += each.kronor
        complete = complete and each.complete and _paid(agreement.contributions[number], case)
    day, decided = adopted(agreement) or (agreement.period.start, ("period", "start"))
    labels = [Label(("contributions", number, "amount")) for number in cash]
    if last != FAR:
        beyond = last > found[-1].end
        labels.append(
            Label(("period", "extension") if beyond else found[-1].ends_at, say("counted until {day}", day=last))
        )
    labels.append(Label(decided, say("the limit of this day counts")))
    limit = procurement_limit(day)
    if limit is None:
        message = say("cannot be decided: no limit of procurement law is known for {year}", year=str(day.year))
        help_ = say("compare {sum} with the limit that holds that day", sum=Money(total))
        yield Finding(rule, message, tuple(labels), help_, Severity.INFO)
    elif total > limit.direct:
        yield Finding(rule, _over(total, limit), tuple(labels), _WEIGH)
    elif not complete:
        known = say("cannot be decided: what is paid over the whole time is at least {sum}", sum=Money(total))
        message = known if total else say("cannot be decided: what is paid over the whole time is not known")
        help_ = say("compare it with the limit for direct procurement, {limit}", limit=Money(limit.direct))
        yield Finding(rule, message, tuple(labels), help_, Severity.INFO)


def _over(total: Decimal, limit: ProcurementLimit) -> Message:
    if total > limit.threshold:
        values = {"sum": Money(total), "limit": Money(limit.threshold)}
        return say(
            "what is paid over the whole time, {sum}, is over the threshold of procurement law, {limit}", **values
        )
    values = {"sum": Money(total), "limit": Money(limit.direct)}
    return say("what is paid over the whole time, {sum}, is over the limit for direct procurement, {limit}", **values)


def _last_possible(found: tuple[Term, ...], agreement: Agreement) -> tuple[date, bool]:
    """The last day with everything that is decided, proposed or optional, and whether there is such a day.

    An option without a limit is left out, LOU004 speaks of it; so is the option of an agreement that is terminated.
    """
    period = agreement.period
    option = period.extension if period and found[-1].cut_by is None else None
    if period is None or period.last_day is None or found[-1].end == FAR:
        return FAR, False
    if option is None:
        return found[-1].end, True
    if option.until is not None:
        return max(found[-1].end, option.until), True
    if option.times is None or option.length is None:
        return found[-1].end, True
    longest = Length(option.length.number * option.times, option.length.unit)
    return max(found[-1].end, after(period.last_day + ONE_DAY, longest) - ONE_DAY), True


@rule("LOU008", Severity.WARNING, "lou")
def no_assessment(rule: Rule, case: Case) -> Iterator[Finding]:
    """Nobody has tested the agreement against procurement law; information when no money changes hands."""
    test = case.agreement.grounds.procurement
    if test is not None and test.outcome is not None:
        return
    severity = None if any(_cash(each, case) for each in case.agreement.contributions) else Severity.INFO
    help_ = say("make the test, and write grounds.procurement with outcome:, by: and date:")
    if test is None:
        message = say("no test against procurement law is recorded")
        yield Finding(rule, message, (Label(("grounds", "procurement")),), help_, severity)
    else:
        message = say("the test against procurement law has no conclusion")
        yield Finding(rule, message, (Label(("grounds", "procurement"), on_key=True),), help_, severity)


# -- shared ------------------------------------------------------------------------------------------------------------


def _flag(rule: Rule, case: Case, key: str, message: Message, left_open: Message) -> Iterator[Finding]:
    """A yes is a warning, an open question information; what nobody has asked says nothing."""
    test = case.agreement.grounds.procurement
    answer: bool | Unknown | None = getattr(test, key) if test is not None else None
    label = (Label(("grounds", "procurement", key)),)
    if answer is True:
        yield Finding(rule, message, label, _WEIGH)
    elif isinstance(answer, Unknown):
        yield Finding(rule, left_open, label, say("find out, and write true or false"), Severity.INFO)


def _cash(contribution: Contribution, case: Case) -> bool:
    """Money that the public side pays, or that nobody is said to pay."""
    if contribution.kind != "cash" or contribution.amount is None:
        return False
    return isinstance(contribution.givers, Unknown) or _paid(contribution, case)


def _paid(contribution: Contribution, case: Case) -> bool:
    return contribution.kind == "cash" and _given_by(contribution, case, public=True)


def _theirs(contribution: Contribution, case: Case) -> bool:
    return isinstance(contribution.givers, Unknown) or _given_by(contribution, case, public=False)


def _given_by(contribution: Contribution, case: Case, *, public: bool) -> bool:
    if isinstance(contribution.givers, Unknown):
        return False
    return not (case.public if public else case.idea_based).isdisjoint(contribution.givers)
