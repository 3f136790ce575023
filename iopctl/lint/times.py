"""What a draft says of time, compared with what is known: days, stretches of days, lengths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from iopctl.compute.calendar import length_between
from iopctl.compute.lengths import length_in_words
from iopctl.finding import Finding, Label, Rule, Severity, say
from iopctl.lint.case import Case, rule
from iopctl.lint.days import Day, Range, Years, days, lengths, ranges, years
from iopctl.lint.facts import SLIP, WRITE_DOWN
from iopctl.lint.numbers import near, without_addresses
from iopctl.lint.paper import Block
from iopctl.model import PartialDate
from iopctl.model.base import DayOfYear


@rule("DRF002", Severity.WARNING)
def unknown_date(rule: Rule, case: Case) -> Iterator[Finding]:
    """A day that the agreement does not give; an error when it is a slip away from one that it gives.

    A slip: one digit is another or two have changed places, day and month have, or the same day in another year.
    """
    for block in case.edited:
        for found in days(without_addresses(block.text)):
            label = case.label(block, found.start, found.end)
            if found.value is None:
                words = block.text[found.start : found.end]
                yield Finding(rule, say("there is no such day: {day}", day=words), (label,), SLIP, Severity.ERROR)
            elif isinstance(found.value, date):
                yield from _day(rule, case, block, found, found.value)
            elif not _is_known(found.value, case):
                message = say("{day} is not in the agreement", day=block.text[found.start : found.end])
                yield Finding(rule, message, (label,), WRITE_DOWN)


def _day(rule: Rule, case: Case, block: Block, found: Day, day: date) -> Iterator[Finding]:
    known = case.known
    if day in known.days or (day.month, day.day) in known.yearly:
        return
    label = case.label(block, found.start, found.end)
    alike = [each for each in known.days.origins if _near(day, each)]
    closest = min(alike or known.days.origins, key=lambda each: abs(each - day), default=None)
    if closest is None:
        yield Finding(rule, say("{day} is not in the agreement", day=day), (label,), WRITE_DOWN)
        return
    origin = known.days.origins[closest]
    message = say(
        "{day} is not in the agreement; the nearest is {known}, {source}", day=day, known=closest, source=origin.source
    )
    severity = Severity.ERROR if alike else None
    labels = (label, *origin.labels) if alike else (label,)
    yield Finding(rule, message, labels, SLIP if alike else WRITE_DOWN, severity)


def _near(day: date, other: date) -> bool:
    """Whether one may be a slip for the other. Two other digits are another day: of the next meeting, perhaps."""
    if (day.month, day.day) in ((other.month, other.day), (other.day, other.month)):
        return True
    pairs = list(zip(f"{day}", f"{other}", strict=True))
    changed = [pair for pair in pairs if pair[0] != pair[1]]
    swapped = len(changed) == 2 and changed[0] == changed[1][::-1]
    return near(f"{day}", f"{other}") and (len(changed) == 1 or swapped)


def _is_known(value: PartialDate | DayOfYear, case: Case) -> bool:
    known = case.known
    if isinstance(value, DayOfYear):
        wanted = (value.month, value.day)
        return wanted in known.yearly or any((day.month, day.day) == wanted for day in known.days.origins)
    wanted = (value.year, value.month or 0)
    return wanted in known.months or any((day.year, day.month) == wanted for day in known.days.origins)


@rule("DRF003")
def unknown_period(rule: Rule, case: Case) -> Iterator[Finding]:
    """A period whose days the agreement has, though not together, or one that ends before it begins."""
    for block in case.edited:
        text = without_addresses(block.text)
        stretches: list[Range | Years] = [*ranges(text), *years(text)]
        for found in stretches:
            label = case.label(block, found.start, found.end)
            first, last = str(found.first), str(found.last)
            if last < first:
                yield Finding(rule, say("the period ends before it begins"), (label,), SLIP)
            elif isinstance(found, Range) and _mixed(case, found):
                yield _no_period(rule, case, found, label)
            elif isinstance(found, Years) and _half(case, found):
                message = say("the agreement has no period from {first} to {last}", first=first, last=last)
                yield Finding(rule, message, (label,), SLIP, Severity.WARNING)


def _no_period(rule: Rule, case: Case, found: Range, label: Label) -> Finding:
    """The finding, with the longest period that begins or ends on one of the days, when there is one."""
    pair = (found.first, found.last)
    alike = [each for each in case.known.stretches if (each[0] == pair[0]) != (each[1] == pair[1])]
    if not alike:
        message = say("the agreement has no period from {first} to {last}", first=pair[0], last=pair[1])
        return Finding(rule, message, (label,), SLIP)
    meant = max(alike, key=lambda each: each[1] - each[0])
    message = say(
        "the agreement has no period from {first} to {last}; it has one from {start} to {end}",
        first=pair[0],
        last=pair[1],
        start=meant[0],
        end=meant[1],
    )
    return Finding(rule, message, (label, *case.known.stretches[meant].labels), SLIP)


def _mixed(case: Case, found: Range) -> bool:
    """Whether the agreement has both days, and no period between them."""
    known = case.known
    return found.first in known.days and found.last in known.days and (found.first, found.last) not in known.stretches


def _half(case: Case, found: Years) -> bool:
    """Whether the agreement has a period of several years with only one of these, and none with both."""
    pairs = {(first.year, last.year) for first, last in case.known.stretches}
    shares = any((found.first == first) != (found.last == last) for first, last in pairs if first != last)
    return shares and (found.first, found.last) not in pairs


@rule("DRF004")
def length_and_days_differ(rule: Rule, case: Case) -> Iterator[Finding]:
    """A length of time that is not what the days after it give; or, a warning, one that the agreement does not have."""
    for block in case.edited:
        text = without_addresses(block.text)
        stretches = list(ranges(text))
        for lasting in lengths(text):
            label = case.label(block, lasting.start, lasting.end)
            later = (each for each in stretches if each.start >= lasting.end)
            after = next((each for each in later if _belongs(text[lasting.end : each.start])), None)
            stated = length_in_words(lasting.length)
            if after is not None:
                given = length_between(after.first, after.last)
                if given != lasting.length and (after.first, after.last) in case.known.stretches:
                    message = say(
                        "{stated} is stated, and the days give {given}", stated=stated, given=length_in_words(given)
                    )
                    other = case.label(block, after.start, after.end, length_in_words(given))
                    yield Finding(rule, message, (label, other), SLIP)
            elif lasting.length not in case.known.lengths and _OF_PERIOD.search(_sentence(text, lasting.start)):
                message = say("{stated} is not a length that the agreement has", stated=stated)
                yield Finding(rule, message, (label,), WRITE_DOWN, Severity.WARNING)


def _belongs(between: str) -> bool:
    """Whether what stands between a length and a period lets the one speak of the other."""
    return bool(
        re.fullmatch(
            r",?\s?(?:(?:för|under)?\s?(?:perioden|tiden)?,?\s?(?:från och med|fr\.?\s?o\.?\s?m\.?)?\s?)", between
        )
    )


_OF_PERIOD = re.compile(r"förläng|gäller|löper|period|giltig|uppsägning", re.IGNORECASE)


def _sentence(text: str, at: int) -> str:
    start = max(text.rfind(". ", 0, at), text.rfind(": ", 0, at)) + 1
    end = text.find(". ", at)
    return text[start : end if end >= 0 else len(text)]
