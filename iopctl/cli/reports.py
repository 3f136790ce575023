"""Reports as plain values for JSON, and back. The rules stay in the program: a report names them by their codes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from iopctl.checks.digest import Digest, Side, Stretch, Waiver
from iopctl.checks.grants import Grant
from iopctl.finding import Edit, Excerpt, Finding, Fix, Label, Message, Money, Placed, Rule, Severity, Span, Value
from iopctl.judging import Report


def to_plain(report: Report) -> list[Any]:
    """A report as lists, texts and numbers; the file's name is left out."""
    return [[_placed(each) for each in report.findings], _digest(report.digest) if report.digest else None]


def from_plain(plain: Any, file: str) -> Report:
    """A report on a file. Raises an exception of any kind when the values are not a report's."""
    findings, digest = plain
    return Report(tuple(_read_placed(each, file) for each in findings), _read_digest(digest) if digest else None)


def _placed(placed: Placed) -> list[Any]:
    finding = placed.finding
    return [
        finding.rule.code,
        _message(finding.message),
        [_label(each) for each in finding.labels],
        _message(finding.help),
        finding.severity,
        [_label(finding.fix.where), finding.fix.text] if finding.fix else None,
        [[*each.span, each.text, _message(each.message)] for each in placed.excerpts],
        [*placed.edit.span, placed.edit.text] if placed.edit else None,
    ]


def _read_placed(plain: Any, file: str) -> Placed:
    code, message, labels, help_, severity, fix, excerpts, edit = plain
    finding = Finding(
        _rules()[code],
        _read_message(message) or Message(""),
        tuple(_read_label(each) for each in labels),
        _read_message(help_),
        Severity(severity) if severity else None,
        fix=Fix(_read_label(fix[0]), fix[1]) if fix else None,
    )
    shown = (Excerpt(file, Span(*each[:4]), each[4], _read_message(each[5])) for each in excerpts)
    return Placed(finding, file, tuple(shown), Edit(Span(*edit[:4]), edit[4]) if edit else None)


@cache
def _rules() -> dict[str, Rule]:
    from iopctl.rules import ALL

    return {rule.code: rule for rule in ALL}


def _label(label: Label) -> list[Any]:
    where = {"span": list(label.where)} if isinstance(label.where, Span) else list(label.where)
    return [where, _message(label.message), label.on_key, label.agreement, label.needle, label.hidden]


def _read_label(plain: Any) -> Label:
    where, message, on_key, agreement, needle, hidden = plain
    place = Span(*where["span"]) if isinstance(where, dict) else tuple(where)
    return Label(place, _read_message(message), on_key, agreement, needle, hidden)


def _message(message: Message | None) -> list[Any] | None:
    if message is None:
        return None
    return [message.template, {name: _value(value) for name, value in message.values.items()}]


def _read_message(plain: Any) -> Message | None:
    return Message(plain[0], {name: _read_value(value) for name, value in plain[1].items()}) if plain else None


def _value(value: Value) -> Any:
    match value:
        case Message():
            return {"message": _message(value)}
        case Money():
            return {"kronor": str(value.kronor)}
        case Decimal():
            return {"number": str(value)}
        case date():
            return {"day": value.isoformat()}
        case _:
            return value


def _read_value(plain: Any) -> Value:
    match plain:
        case {"message": inner}:
            return _read_message(inner) or Message("")
        case {"kronor": str(text)}:
            return Money(Decimal(text))
        case {"number": str(text)}:
            return Decimal(text)
        case {"day": str(text)}:
            return date.fromisoformat(text)
        case str() | int():
            return plain
        case _:
            raise ValueError(plain)


def _digest(digest: Digest) -> list[Any]:
    return [
        digest.title,
        digest.replaces,
        [list(each) for each in digest.sides],
        [[each.start.isoformat(), each.end.isoformat(), list(each.ends_at)] for each in digest.stretches],
        digest.proposal and list(digest.proposal),
        digest.decide_by and digest.decide_by.isoformat(),
        [_grant(each) for each in digest.grants],
        [[each.rule, each.at, each.reason, each.until and each.until.isoformat()] for each in digest.waivers],
    ]


def _read_digest(plain: Any) -> Digest:
    title, replaces, sides, stretches, proposal, decide_by, grants, waivers = plain
    day = date.fromisoformat
    return Digest(
        title,
        replaces,
        tuple(Side(*each) for each in sides),
        tuple(Stretch(day(start), day(end), tuple(route)) for start, end, route in stretches),
        tuple(proposal) if proposal else None,
        decide_by and day(decide_by),
        tuple(_read_grant(each) for each in grants),
        tuple(Waiver(rule, at, reason, until and day(until)) for rule, at, reason, until in waivers),
    )


def _grant(grant: Grant) -> list[Any]:
    day, rate = grant.granted, grant.rate
    return [
        *(grant.to, grant.by_name, grant.name, day and day.isoformat(), str(grant.kronor), grant.complete),
        *(grant.basis, rate and str(rate), grant.stated, list(grant.where)),
    ]


def _read_grant(plain: Any) -> Grant:
    to, by_name, name, day, kronor, complete, basis, rate, stated, where = plain
    granted, per_euro = day and date.fromisoformat(day), rate and Decimal(rate)
    return Grant(to, by_name, name, granted, Decimal(kronor), complete, basis, per_euro, stated, tuple(where))
