"""What an agreement acknowledges, and what the workspace's settings say of a rule: the last word on each finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from iopctl.checks.digest import Waiver
from iopctl.finding import Crowd, Finding, Label, Placed, Rule, Severity, Value, say
from iopctl.model import Settings

UNUSED = Rule("ACK001", "unused-acknowledgement", Severity.WARNING)
EXPIRED = Rule("ACK002", "expired-acknowledgement", Severity.WARNING)
MENDED = Rule("ACK003", "mended-in-baseline", Severity.INFO)
RULES = (UNUSED, EXPIRED, MENDED)

Place = Callable[[Finding], Placed]
"""Finds the lines of text that a finding points at."""


def judge(
    found: Sequence[Placed], waivers: Sequence[Waiver], settings: Settings, as_of: date, place: Place
) -> list[Placed]:
    """All findings of one agreement as they count: weighed by the settings, acknowledged, with what is idle.

    A waiver without a place is for the only finding of its rule.
    """
    weighed = [each for each in (weigh(each, settings) for each in found) if each is not None]
    if not waivers:
        return weighed
    several = {code for code, count in Counter(each.finding.rule.code for each in weighed).items() if count > 1}
    used: set[int] = set()
    first: dict[tuple[str, str | None], int] = {}
    for number, waiver in enumerate(waivers):
        first.setdefault((waiver.rule, waiver.at), number)
    judged = [_acknowledge(each, waivers, first, several, used, as_of) for each in weighed]
    idle = Crowd()
    for number, waiver in enumerate(waivers):
        if number not in used:
            label = Label(("acknowledged", number, "rule"))
            idle.add(UNUSED, label, partial(_idle, waiver, several, label))
        elif _expired(waiver, as_of):
            label = Label(("acknowledged", number, "until"))
            idle.add(EXPIRED, label, partial(_held_until, waiver, label))
    more = (weigh(place(each), settings) for each in idle.all())
    return judged + [each for each in more if each is not None]


def weigh(placed: Placed, settings: Settings) -> Placed | None:
    """The finding with the weight that the settings give its rule; None when they turn it off.

    What only says that a rule cannot decide stays information.
    """
    severities = settings.check.severities
    if not severities:
        return placed
    finding = placed.finding
    asked = severities.get(finding.rule.code) or severities.get(finding.rule.name)
    if asked == "off":
        return None
    if asked is None or finding.severity is Severity.INFO:
        return placed
    return replace(placed, finding=replace(finding, severity=Severity(asked)))


def _acknowledge(
    placed: Placed,
    waivers: Sequence[Waiver],
    first: Mapping[tuple[str, str | None], int],
    several: set[str],
    used: set[int],
    as_of: date,
) -> Placed:
    """The finding with the reason of the first waiver for its rule, at its place or, for the only one, at none."""
    code = placed.finding.rule.code
    keys: list[tuple[str, str | None]] = [(code, placed.route)]
    keys += [] if code in several else [(code, None)]
    number = min((first[each] for each in keys if each in first), default=None)
    if number is None:
        return placed
    used.add(number)
    if _expired(waivers[number], as_of):
        return placed
    return replace(placed, finding=replace(placed.finding, acknowledged=waivers[number].reason))


def _expired(waiver: Waiver, as_of: date) -> bool:
    return waiver.until is not None and waiver.until < as_of


def _held_until(waiver: Waiver, label: Label) -> Finding:
    values: dict[str, Value] = {"rule": waiver.rule, "day": waiver.until or ""}
    message = say("the acknowledgement of {rule} held until {day}", **values)
    return Finding(EXPIRED, message, (label,), say("mend what it is about, or give it a new day and reason"))


def _idle(waiver: Waiver, several: set[str], label: Label) -> Finding:
    if waiver.at is not None:
        message, help_ = say("nothing at {at} breaks the rule {rule}", at=waiver.at, rule=waiver.rule), _REMOVE
    elif waiver.rule in several:
        message = say("the rule {rule} finds more than one thing", rule=waiver.rule)
        help_ = say("add at: with the place that is meant, as check prints it after the line and column")
    else:
        message, help_ = say("nothing in the agreement breaks the rule {rule}", rule=waiver.rule), _REMOVE
    return Finding(UNUSED, message, (label,), help_)


_REMOVE = say("remove the acknowledgement")
