"""What has changed in agreements, for another program: values as a file would have them, kronor exact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from iopctl.comparison.compared import Comparison
from iopctl.comparison.difference import Change
from iopctl.comparison.effect import DeadlineChange, YearChange
from iopctl.comparison.groups import GROUPS
from iopctl.comparison.plain import plain
from iopctl.compute.budget import Entry
from iopctl.compute.deadline import Deadline
from iopctl.finding import Route, shown_route
from iopctl.locale.language import Language
from iopctl.personal import masked
from iopctl.render.change_words import Meaning, Wording
from iopctl.render.changes import Item, Report
from iopctl.render.deadlines import what_is_due
from iopctl.render.records import as_json as records_as_json


def as_json(report: Report, language: Language, meaning: Meaning) -> str:
    """One object, with the agreements under `agreements`."""
    return records_as_json(
        "agreements",
        [_item(each, language, meaning) for each in report.items],
        old=report.old,
        new=report.new,
        as_of=report.as_of,
        notes=[language.say(each) for each in report.notes],
        left_out=list(report.left_out),
    )


def _item(item: Item, language: Language, meaning: Meaning) -> dict[str, Any]:
    comparison = item.comparison
    wording = Wording(language, meaning, comparison.old, comparison.new)
    return {
        "id": item.id,
        "id_before": item.was,
        "file": item.file,
        "title": _said(comparison.agreement.title),
        "standing": comparison.standing.value,
        "untracked": item.untracked,
        "reckoned": comparison.reckoned,
        "errors": [{"file": each.file, "code": each.finding.rule.code} for each in item.stopping],
        "changes": [_change(each, wording) for each in comparison.changes],
        "years": [_year(each) for each in comparison.years],
        "deadlines": [_deadline(each, comparison, language) for each in comparison.deadlines],
    }


def _change(change: Change, wording: Wording) -> dict[str, Any]:
    return {
        "group": GROUPS[change.path[0].key].value,
        "way": change.way.value,
        "what": wording.what(change.path),
        "place_before": _route(change.old_route),
        "place": _route(change.new_route),
        "old": _said(plain(change.old)),
        "new": _said(plain(change.new)),
    }


def _route(route: Route | None) -> str | None:
    return None if route is None else masked(shown_route(route))


def _said(value: Any) -> Any:
    """A value without a personal number."""
    match value:
        case str():
            return masked(value)
        case Mapping():
            return {masked(str(key)): _said(each) for key, each in value.items()}
        case list():
            return list(map(_said, value))
    return value


def _year(change: YearChange) -> dict[str, Any]:
    return {
        "measure": change.measure.value,
        "year": change.year,
        "contribution": None if change.contribution is None else masked(change.contribution),
        "old": change.amount(change.old),
        "new": change.amount(change.new),
        "difference": change.difference,
        "status_before": _status(change.old),
        "status": _status(change.new),
        "not_reckoned_before": change.left_out(change.old),
        "not_reckoned": change.left_out(change.new),
        "conditions_before": _conditions(change.old),
        "conditions": _conditions(change.new),
    }


def _status(side: tuple[Entry, ...] | Any) -> list[str]:
    return list(dict.fromkeys(each.status.value for each in side))


def _conditions(side: tuple[Entry, ...] | Any) -> list[str]:
    return list(dict.fromkeys(condition.kind for each in side for condition in each.conditions))


def _deadline(change: DeadlineChange, comparison: Comparison, language: Language) -> dict[str, Any]:
    shown = change.new or change.old
    assert shown is not None and comparison.agreement is not None
    return {
        "turn": change.turn.value,
        "key": masked(shown.key),
        "kind": shown.kind.value,
        "old": _day(change.old),
        "new": _day(change.new),
        "target": shown.target,
        "what": masked(what_is_due(shown, language)),
    }


def _day(deadline: Deadline | None) -> date | None:
    return None if deadline is None else deadline.day
