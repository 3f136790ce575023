"""What an agreement acknowledges, and what the workspace's settings say of a rule: the last word on each finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from iopctl.checks.digest import Waiver
from iopctl.finding import UNREAD, Finding, Label, Placed, Rule, Severity, say
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
    judged = [_acknowledge(each, waivers, several, used, as_of) for each in weighed]
    for number, waiver in enumerate(waivers):
        if number not in used:
            finding = _idle(waiver, several, Label(("acknowledged", number, "rule")))
        elif _expired(waiver, as_of):
            label = Label(("acknowledged", number, "until"))
            message = say("the acknowledgement of {rule} held until {day}", rule=waiver.rule, day=waiver.until or as_of)
            finding = Finding(EXPIRED, message, (label,), say("mend what it is about, or give it a new day and reason"))
        else:
            continue
        weighed_ = weigh(place(finding), settings)
        judged += [weighed_] if weighed_ is not None else []
    return judged


def weigh(placed: Placed, settings: Settings) -> Placed | None:
    """The finding with the weight that the settings give its rule; None when they turn it off.

    What only says that a rule cannot decide stays information. What could not be read or judged counts in any case:
    nothing else is known of it, and without the finding it would pass as checked.
    """
    severities = settings.check.severities
    finding = placed.finding
    if not severities or finding.rule.code.startswith(UNREAD):
        return placed
    asked = severities.get(finding.rule.code) or severities.get(finding.rule.name)
    if asked == "off":
        return None
    if asked is None or finding.severity is Severity.INFO:
        return placed
    return replace(placed, finding=replace(finding, severity=Severity(asked)))


def _acknowledge(placed: Placed, waivers: Sequence[Waiver], several: set[str], used: set[int], as_of: date) -> Placed:
    code, route = placed.finding.rule.code, placed.route
    for number, each in enumerate(waivers):
        if each.rule == code and (each.at == route or (each.at is None and code not in several)):
            used.add(number)
            if _expired(each, as_of):
                return placed
            return replace(placed, finding=replace(placed.finding, acknowledged=each.reason))
    return placed


def _expired(waiver: Waiver, as_of: date) -> bool:
    return waiver.until is not None and waiver.until < as_of


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
