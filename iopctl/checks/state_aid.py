"""State aid of minor importance (de minimis): how much one recipient has had, and the papers that belong to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from iopctl.checks.case import Case, Portfolio, across, rule
from iopctl.checks.grants import Grant, granted_on, is_aid
from iopctl.checks.thresholds import AidCeiling, aid_ceiling
from iopctl.compute.calendar import ONE_DAY, years_later
from iopctl.compute.money import to_places
from iopctl.finding import Finding, Label, Message, Money, Rule, Severity, Value, say


@rule("AID002", Severity.WARNING, "state-aid")
def aid_assessment_missing(rule: Rule, case: Case) -> Iterator[Finding]:
    """The public side gives money, or something with a value in kronor, and nobody has judged whether it is aid."""
    agreement = case.agreement
    if agreement.grounds.state_aid is not None:
        return
    for number, each in enumerate(agreement.contributions):
        if is_aid(each, agreement) and (each.kind == "cash" or each.value is not None):
            message = say("nobody has judged whether this is state aid")
            help_ = say(
                "judge it, and write grounds.state_aid with basis: none, general or sgei, outcome:, by: and date:"
            )
            yield Finding(rule, message, (Label(("contributions", number)),), help_)
            return


@rule("AID003", Severity.WARNING, "state-aid")
def sgei_raises_lou(rule: Rule, case: Case) -> Iterator[Finding]:
    """Aid for a service of general economic interest needs a binding document, which can be a contract under LOU."""
    grounds = case.agreement.grounds
    if grounds.state_aid is None or grounds.state_aid.basis != "sgei":
        return
    if grounds.procurement is None or grounds.procurement.outcome is None:
        message = say("aid as sgei needs a binding document, and that can be a contract under procurement law")
        help_ = say("test it against procurement law too, and write the conclusion: grounds.procurement.outcome")
        yield Finding(rule, message, (Label(("grounds", "state_aid", "basis")),), help_)


@rule("AID004", Severity.WARNING, "state-aid")
def statement_missing(rule: Rule, case: Case) -> Iterator[Finding]:
    """The recipient's statement of other aid has to be had before the decision."""
    aid = case.agreement.grounds.state_aid
    if aid is None or aid.basis == "none":
        return
    help_ = say("request a written statement of all de minimis aid of the last three years before the decision")
    if aid.stated is None:
        message = say("the recipient's statement of other de minimis aid is missing")
        yield Finding(rule, message, (Label(("grounds", "state_aid"), on_key=True),), help_)
        return
    day, where = granted_on(case.agreement)
    if day is not None and aid.stated > day:
        message = say("the recipient's statement of other aid came after the aid was granted")
        labels = (
            Label(("grounds", "state_aid", "stated"), say("stated {day}", day=aid.stated)),
            Label(where, say("granted {day}", day=day)),
        )
        yield Finding(rule, message, labels, help_)


# -- the sum over several agreements -----------------------------------------------------------------------------------


class Entry(NamedTuple):
    """A grant, and the agreement whose file speaks of it."""

    agreement: str
    grant: Grant


@across("AID001", pack="state-aid")
def de_minimis_exceeded(rule: Rule, portfolio: Portfolio) -> Iterator[tuple[str, Finding]]:
    """The aid to one recipient is over the ceiling that holds when a grant is made, counted back from that day.

    Each grant is in euro at its own recorded rate. Where a rate is missing, the rate below which the sum is over the
    ceiling is information, for a person to compare with; nothing is fetched.
    """
    for entries in _by_recipient(portfolio):
        for entry in entries:
            if not entry.grant.stated:
                finding = _judged(rule, entry, entries, portfolio.settings.state_aid.same_day_counts)
                if finding is not None:
                    yield entry.agreement, finding


def _by_recipient(portfolio: Portfolio) -> Iterator[list[Entry]]:
    """Each recipient's grants under one regulation. A name and a number that stand together once are one recipient."""
    everything = [Entry(id_, grant) for id_, each in portfolio.digests.items() for grant in each.grants]
    numbers: dict[str, set[str]] = defaultdict(set)
    for entry in everything:
        if entry.grant.to != entry.grant.by_name:
            numbers[entry.grant.by_name].add(entry.grant.to)
    books: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in everything:
        same = numbers.get(entry.grant.to, ())
        to = next(iter(same)) if len(same) == 1 else entry.grant.to
        books[to, entry.grant.basis].append(entry)
    for book in books.values():
        yield _once(book)


def _once(book: list[Entry]) -> list[Entry]:
    """What a recipient has stated counts once: not again where another file names it, or where it is a grant itself."""
    kept = [entry for entry in book if not entry.grant.stated]
    own = {(grant.granted, grant.kronor) for _id, grant in kept}
    first: dict[tuple[date | None, Decimal], str] = {}
    for entry in book:
        key = (entry.grant.granted, entry.grant.kronor)
        if entry.grant.stated and key not in own and first.setdefault(key, entry.agreement) == entry.agreement:
            kept.append(entry)
    return kept


def _judged(rule: Rule, entry: Entry, entries: list[Entry], same_day_counts: bool) -> Finding | None:
    grant, day = entry.grant, entry.grant.granted
    if day is None:
        message = say(
            "the aid to {recipient} cannot be judged: the day it was granted is not known", recipient=grant.name
        )
        return Finding(
            rule, message, (Label(grant.where),), say("write it as grounds.state_aid.granted"), Severity.INFO
        )
    ceiling = aid_ceiling(grant.basis, day)
    if ceiling is None:
        message = say(
            "the aid to {recipient} cannot be judged: no ceiling is known for {day}", recipient=grant.name, day=day
        )
        return Finding(rule, message, (Label(grant.where),), None, Severity.INFO)
    first = _first_day(day, ceiling, same_day_counts)
    others = [
        each for each in entries if each is not entry and each.grant.granted and first <= each.grant.granted <= day
    ]
    counted = [entry, *sorted(others, key=lambda each: (each.grant.granted or day, each.agreement))]
    return _weighed(rule, counted, ceiling)


def _first_day(day: date, ceiling: AidCeiling, same_day_counts: bool) -> date:
    """The first day whose grants count with one of `day`. A fiscal year is taken to be a calendar year."""
    if ceiling.fiscal_years:
        return date(day.year - 2, 1, 1)
    three_years_before = years_later(day, -3)
    return three_years_before if same_day_counts else three_years_before + ONE_DAY


def _weighed(rule: Rule, counted: list[Entry], ceiling: AidCeiling) -> Finding | None:
    """The first of the grants with the others that count, against the ceiling."""
    grants = [each.grant for each in counted]
    in_euro = sum((Fraction(each.kronor) / Fraction(each.rate) for each in grants if each.rate), Fraction(0))
    without_rate = sum((Fraction(each.kronor) for each in grants if not each.rate), Fraction(0))
    values: dict[str, Value] = {"recipient": grants[0].name, "ceiling": ceiling.euros, "euros": to_places(in_euro, 2)}
    labels = _labels(counted)
    if in_euro > ceiling.euros or (in_euro == ceiling.euros and without_rate):
        message = say("{euros} € of de minimis aid to {recipient}, over the ceiling of {ceiling} €", **values)
        return Finding(rule, message, labels, _reduce(ceiling))
    if without_rate:
        values |= {"rate": to_places(without_rate / (ceiling.euros - in_euro), 4)}
        message = _over_below(values, bool(in_euro))
        help_ = say("compare with the rate of the month it was granted, and record it: rate: and rate_source:")
    elif not all(each.complete for each in grants):
        message = say("at least {euros} € of de minimis aid to {recipient}; the ceiling is {ceiling} €", **values)
        help_ = say("give each part of the aid a value in kronor, so that it can be summed")
    else:
        return None
    return Finding(rule, message, labels, help_, Severity.INFO)


def _over_below(values: dict[str, Value], partly_in_euro: bool) -> Message:
    if partly_in_euro:
        return say(
            "the de minimis aid to {recipient}, {euros} € of it at recorded rates, is over the ceiling of {ceiling} € "
            "if a euro cost less than {rate} kr when the rest was granted",
            **values,
        )
    return say(
        "the de minimis aid to {recipient} is over the ceiling of {ceiling} € if a euro cost less than {rate} kr",
        **values,
    )


def _reduce(ceiling: AidCeiling) -> Message:
    return say(
        "regulation {regulation} does not cover it: lower the aid, or find another basis for it",
        regulation=ceiling.regulation,
    )


def _labels(counted: list[Entry]) -> tuple[Label, ...]:
    """Every grant that counts, in its own file; the first is the one that is judged."""
    own = counted[0].agreement
    return tuple(
        Label(each.grant.where, _amount(each.grant), agreement=None if each.agreement == own else each.agreement)
        for each in counted
    )


def _amount(grant: Grant) -> Message:
    values: dict[str, Value] = {"sum": Money(grant.kronor), "day": grant.granted or ""}
    if not grant.complete:
        return say("at least {sum}, granted {day}; a part has no known value", **values)
    if grant.rate:
        return say("{sum}, granted {day}, at {rate} kr per euro", rate=grant.rate, **values)
    return say("{sum}, granted {day}", **values)
