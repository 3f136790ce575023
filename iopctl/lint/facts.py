"""What a draft says of money and numbers, compared with what is known: amounts, percentages, §§, dnr."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from iopctl.finding import Finding, Message, Money, Rule, Severity, say
from iopctl.lint import numbers
from iopctl.lint.case import Case, rule
from iopctl.lint.known import Origin, Values
from iopctl.lint.numbers import Amount, Written, near
from iopctl.lint.paper import Block

SLIP = say("correct the slip; if the draft is right, the agreement's file is what has to change")
WRITE_DOWN = say("correct it, or write it into the agreement's file, so that the next draft has it too")


@rule("DRF001", Severity.WARNING)
def unknown_amount(rule: Rule, case: Case) -> Iterator[Finding]:
    """A sum that neither the agreement nor pay has; an error when it is a slip away from one, or said of its year.

    A number without a unit is only looked at when it is such a slip: it may be hours, or people.
    """
    known = case.known.amounts
    for block in case.edited:
        text = numbers.without_addresses(block.text)
        for amount in numbers.amounts(text):
            if _is_known(amount, known):
                continue
            year = _FOR_YEAR.match(text, amount.end)
            alike = [each for each, years in case.known.years.items() if year and int(year[1]) in years]
            alike = alike or [each for each in known.origins if near(f"{amount.kronor:f}", f"{each:f}")]
            candidates = alike or [each for each in known.origins if each >= _LEAST]
            closest = _closest(amount.kronor, candidates) if candidates else None
            if alike or not amount.bare:
                yield _sum(rule, case, block, amount, closest, slip=bool(alike))


_LEAST = 100
"""Kronor. A smaller number of the agreement is not a sum: how many times a year, how many months."""


def _is_known(amount: Amount, known: Values[Decimal]) -> bool:
    """Whether a known sum is what is written, to the exactness it is written with."""
    return amount.kronor in known or (
        amount.step > 1 and any(abs(each - amount.kronor) * 2 <= amount.step for each in known.origins)
    )


def _sum(rule: Rule, case: Case, block: Block, amount: Amount, closest: Decimal | None, *, slip: bool) -> Finding:
    label = case.label(block, amount.start, amount.end)
    if closest is None:
        message = say("{found} is neither in the agreement nor in what pay reckons", found=Money(amount.kronor))
        return Finding(rule, message, (label,), WRITE_DOWN)
    origin = case.known.amounts.origins[closest]
    message = say(
        "{found} is neither in the agreement nor in what pay reckons; the nearest is {known}, {source}",
        found=Money(amount.kronor),
        known=Money(closest),
        source=origin.source,
    )
    severity = Severity.ERROR if slip else None
    labels = (label, *origin.labels) if slip else (label,)
    return Finding(rule, message, labels, SLIP if slip else WRITE_DOWN, severity)


def _closest(wanted: Decimal, sums: Iterable[Decimal]) -> Decimal:
    return min(sums, key=lambda each: abs(each - wanted))


@rule("DRF010")
def amount_of_another_year(rule: Rule, case: Case) -> Iterator[Finding]:
    """A sum that is right for one year is said to be another's: `946 995 kr för 2022`."""
    reckoned = {year for years in case.known.years.values() for year in years}
    for block in case.edited:
        text = numbers.without_addresses(block.text)
        for amount in numbers.amounts(text):
            found = _FOR_YEAR.match(text, amount.end)
            own = case.known.years.get(amount.kronor, set())
            if not found or not own or int(found[1]) in own or int(found[1]) not in reckoned:
                continue
            right = (each for each, years in case.known.years.items() if int(found[1]) in years)
            message = say(
                "{found} is the amount for {own}, not for {year}, which is {right}",
                found=Money(amount.kronor),
                own=", ".join(map(str, sorted(own))),
                year=found[1],
                right=Money(_closest(amount.kronor, right)),
            )
            yield Finding(rule, message, (case.label(block, amount.start, found.end()),), SLIP)


_FOR_YEAR = re.compile(r",?\s(?:för|under|avseende)\s(?:år(?:et)?\s)?((?:19|20)[0-9]{2})(?![\w–-])")


@rule("DRF009", Severity.WARNING)
def unknown_percentage(rule: Rule, case: Case) -> Iterator[Finding]:
    """A percentage that neither the agreement nor the index tables have; an error where it is said of an index."""
    for block in case.edited:
        for found in numbers.percentages(block.text):
            if found.value in case.known.percentages or found.value == "100":
                continue
            clause = _CLAUSE.split(block.text[: found.start])[-1]
            severity = Severity.ERROR if _OF_INDEX.search(clause) else None
            value = Decimal(found.value.replace(",", "."))
            message = say("{found} percent is neither in the agreement nor in the index figures", found=value)
            yield Finding(rule, message, (case.label(block, found.start, found.end),), WRITE_DOWN, severity)


_CLAUSE = re.compile(r"[.;]\s|,\soch\s")
_OF_INDEX = re.compile(r"\b[OV]PI\b|\bKPI|\bPKV\b|index|uppräkn|omräkn", re.IGNORECASE)


@rule("DRF006", Severity.WARNING)
def unknown_organisation_number(rule: Rule, case: Case) -> Iterator[Finding]:
    """An organisation number that no party has; an error when it is a slip away from one that a party has."""
    yield from _numbers(
        rule,
        case,
        numbers.organisation_numbers,
        case.known.organisation_numbers,
        say("no party has this organisation number"),
    )


@rule("DRF007", Severity.WARNING)
def unknown_paragraph(rule: Rule, case: Case) -> Iterator[Finding]:
    """A § of minutes that the agreement does not name."""
    for block in case.edited:
        for found in numbers.paragraphs(block.text):
            if found.value not in case.known.paragraphs:
                message = say("§ {number} is not in the agreement", number=found.value)
                yield Finding(rule, message, (case.label(block, found.start, found.end),), WRITE_DOWN)


@rule("DRF008", Severity.WARNING)
def unknown_dnr(rule: Rule, case: Case) -> Iterator[Finding]:
    """A diarienummer that the agreement does not give, where it gives some; an error when it is a slip away."""
    if case.known.case_numbers.origins:
        message = say("this diarienummer is not in the agreement")
        yield from _numbers(rule, case, numbers.case_numbers, case.known.case_numbers, message)


def _numbers(
    rule: Rule, case: Case, find: Callable[[str], Iterator[Written]], known: Values[str], message: Message
) -> Iterator[Finding]:
    """Numbers that somebody else has given: either they are known or they are not."""
    for block in case.edited:
        for found in find(numbers.without_addresses(block.text)):
            if found.value in known:
                continue
            label = case.label(block, found.start, found.end)
            alike = next((each for each in known.origins if near(found.value, each)), None)
            if alike is None:
                yield Finding(rule, message, (label,), WRITE_DOWN)
            else:
                origin: Origin = known.origins[alike]
                nearest = say(
                    "{found}; the nearest is {known}, {source}", found=message, known=alike, source=origin.source
                )
                yield Finding(rule, nearest, (label, *origin.labels), SLIP, Severity.ERROR)
