"""Payments as a table, as JSON and as CSV."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from textwrap import fill
from typing import Any, NamedTuple

from iopctl.compute.amounts import Working
from iopctl.compute.figures import Change, MissingIndex
from iopctl.compute.indexation import Rule, Step
from iopctl.compute.instalment import Instalment
from iopctl.compute.money import to_places
from iopctl.compute.paid import Paid
from iopctl.compute.reasons import MissingIndices
from iopctl.finding import Message, Value, say
from iopctl.locale.language import Language
from iopctl.model import Agreement
from iopctl.render import records
from iopctl.render.findings import Paint
from iopctl.render.names import Place, parties
from iopctl.render.reasons import condition, difference, missing, reason, status
from iopctl.render.table import Justify, table

ONE_DAY = timedelta(days=1)
ONE = Decimal(1)


class Part(NamedTuple):
    """The payments of one agreement as they are shown, and what is to be said of them below those of all."""

    text: str
    agreement: str
    last: date
    """The last day that is paid for."""
    conditional: bool
    missing: frozenset[MissingIndex]
    """The figures that can be added when they are published."""
    used: frozenset[tuple[str, str]]
    """The sources of the figures that were used: index and name."""


class Successor(NamedTuple):
    """An agreement that takes the place of another, and its first day."""

    id: str
    replaces: str
    start: date


def tables(paid: Sequence[Paid], agreement: Agreement, language: Language, width: int, paint: Paint) -> Part:
    """A table for each contribution: period, latest day, amount, status, and what the amount rests on or waits for."""
    blocks = []
    ordered = sorted(paid, key=lambda each: each.row.contribution)
    for _contribution, group in groupby(ordered, key=lambda each: each.row.contribution):
        listed = list(group)
        lines = [_cells(each, language) for each in listed]
        title = _title(listed[0].row, agreement, language)
        blocks.append(f"{title}\n{table(_headings(language), lines, width, paint)}")
    return part("\n".join(blocks), [each.row for each in paid])


def part(text: str, rows: Sequence[Instalment]) -> Part:
    """The text with what it takes to say the rest below all of them."""
    workings = [each for row in rows for each in (row.working, row.correction.before if row.correction else None)]
    figures = [figure for working in workings if working for step in working.steps for figure in step.figures]
    return Part(
        text,
        rows[0].agreement,
        max(row.end for row in rows),
        any(row.extension for row in rows),
        frozenset(each for row in rows for each in _awaited(row) if each.expected is not None),
        frozenset((figure.index, name) for figure in figures if figure.row for name in figure.row.source),
    )


def _awaited(row: Instalment) -> tuple[MissingIndex, ...]:
    if isinstance(row.reason, MissingIndices):
        return row.reason.figures
    return row.working.waits if row.working else ()


def as_table(
    parts: Sequence[Part],
    successors: Sequence[Successor],
    forecasts: Sequence[Message],
    as_of: date,
    language: Language,
    width: int,
) -> str:
    """The tables of all agreements, in the order of their ids, and what there is to say about them."""
    if not parts:
        return language.say(say("no payments")) + "\n"
    notes = _commands(frozenset[MissingIndex]().union(*(part.missing for part in parts)), language)
    if any(part.conditional for part in parts):
        notes.append(language.say(say("* only if the proposed extension is decided")))
    notes += [fill(language.say(each), width, subsequent_indent="  ") for each in _replaced(parts, successors)]
    notes += map(language.say, forecasts)
    notes.append(language.say(say("reckoned as of {day}", day=as_of)))
    ordered = sorted(parts, key=lambda part: part.agreement)
    return "\n".join([*(part.text for part in ordered), *notes]) + "\n"


def _replaced(parts: Sequence[Part], successors: Sequence[Successor]) -> list[Message]:
    """Which agreements have payments for days that a later agreement claims too."""
    claims = defaultdict(list)
    for each in successors:
        claims[each.replaces].append(each)
    return [
        say(
            "{earlier}: {later} takes over {day}; see which of them applies after that",
            earlier=part.agreement,
            later=later.id,
            day=later.start,
        )
        for part in parts
        for later in claims[part.agreement]
        if later.start <= part.last
    ]


def _headings(language: Language) -> tuple[tuple[str, Justify], ...]:
    return (
        (language.word("Period"), "left"),
        (language.word("No later than"), "left"),
        (language.word("Amount"), "right"),
        (language.word("Status"), "left"),
        (language.word("Basis"), "left"),
    )


def _title(row: Instalment, agreement: Agreement, language: Language) -> str:
    """Which agreement, who pays and who receives."""
    title = say(
        "{agreement} · {contribution}\npayer: {payer} · receiver: {receiver}",
        agreement=row.agreement,
        contribution=agreement.contributions[row.contribution].id or f"contributions[{row.contribution}]",
        payer=parties(agreement, row.payers, language),
        receiver=parties(agreement, (row.receiver,) if row.receiver else (), language),
    )
    return language.say(title)


def _cells(paid: Paid, language: Language) -> tuple[str, ...]:
    row = paid.row
    due = row.due.isoformat() if row.due else language.say(_without_day(row))
    amount = language.kronor(row.amount) if row.amount is not None else "–"
    words = [*_basis(row), *difference(paid.outcome)]
    sure = language.say(status(row)) + ("*" if row.extension else "")
    return period(row), due, amount, sure, "\n".join(language.say(each) for each in words)


def _without_day(row: Instalment) -> Message:
    return say("not stated") if row.slot.after is None else say("not yet known")


def period(row: Instalment) -> str:
    """The days that a payment is for: a year, whole months, or days."""
    start, end = row.start, row.end
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return f"{start.year}"
    if start.day == 1 and (end + ONE_DAY).day == 1 and start.year == end.year:
        first = f"{start.year}-{start.month:02}"
        return first if start.month == end.month else f"{first} – {end.month:02}"
    return f"{start} – {end}"


def _commands(figures: frozenset[MissingIndex], language: Language) -> list[str]:
    """How to add the figures that are missing, each once."""
    if not figures:
        return []
    lines = [language.say(say("When a missing figure is published, add it with:"))]
    year = language.word("YEAR")
    words = language.word("VALUE --status definitive --published DATE --source SOURCE")
    ordered = sorted(figures, key=lambda each: (each.index, each.year, each.month or "", each.edition or ""))
    return [
        *lines,
        *dict.fromkeys(f"  iopctl index add {each.index} {each.year} {words}{_more(each, year)}" for each in ordered),
        "",
    ]


def _more(figure: MissingIndex, year: str) -> str:
    month = f" --month {figure.month}" if figure.month else ""
    reference = f" --reference-year {year}" if figure.reference else ""
    edition = f" --edition {figure.edition}" if figure.edition else ""
    return month + reference + edition


def _basis(row: Instalment) -> list[Message]:
    """What the amount rests on, or what it waits for."""
    found: list[Message] = []
    rests_on = adjustment(row)
    if rests_on is not None:
        found.append(rests_on)
    if row.correction is not None and row.correction.before.steps and row.correction.paid_with is not None:
        found.append(_paid_with(row.correction.paid_with))
    if row.slot.agreed is not None and row.due is not None and row.slot.agreed != row.due:
        found.append(say("agreed {day}, which is not an open day", day=row.slot.agreed))
    if row.working and row.working.population:
        found.append(say("{number} inhabitants", number=row.working.population.inhabitants))
    found += [condition(each) for each in row.conditions if each.kind != "extension"]
    if row.working and row.working.waits:
        found += missing(row.working.waits)
    return found + reason(row)


def adjustment(row: Instalment) -> Message | None:
    """The adjustment that the amount rests on, of a correction the new one and the old; None when there is none."""
    if row.correction is not None and row.correction.before.steps and row.working:
        before, after = _changed(row.correction.before, row.working)
        values: dict[str, Value] = {"after": brief(after), "day": row.correction.since}
        if before.waits or Rule.UNDECIDED in before.rules:
            return say("{after}, known {day}", **values)
        return say("{after} instead of {before}, known {day}", before=brief(before), **values)
    return brief(row.working.steps[-1]) if row.working and row.working.steps else None


def _changed(before: Working, after: Working) -> tuple[Step, Step]:
    """The first year's adjustment that is another than it was: it can be one of an earlier year."""
    pairs = zip(before.steps, after.steps, strict=False)  # a year can have got an adjustment that it did not have
    last = before.steps[-1], after.steps[-1]
    return next((pair for pair in pairs if brief(pair[0]) != brief(pair[1])), last)


NO_LATER_PAYMENT = say("no payment is left to pay it with")
"""Of a correction that the clause nets, when nothing more is to be paid."""


def _paid_with(payment: tuple[int, int]) -> Message:
    year, number = payment
    if number == 1:
        return say("paid with the first payment for {year}", year=str(year))
    return say("paid with payment {number} for {year}", number=number, year=str(year))


def brief(step: Step) -> Message:
    """A year's adjustment in a few words: the index and its figure, or that there is none."""
    if Rule.UNDECIDED in step.rules:
        return say("not adjusted for {year}: nothing in the log says so", year=str(step.year))
    if step.waits:
        return say("the old amount until the figure is definitive")
    if not step.changes:
        return say("decided {percent}", percent=say("{number} %", number=step.applied))
    if Rule.THRESHOLD in step.rules:
        return say("{change}; under the threshold, not made", change=_index(step))
    return _index(step)


def _index(step: Step) -> Message:
    if len(step.changes) > 1:
        return say("basket {percent}", percent=percent(step.applied))
    return _one(step, step.changes[0])


def _one(step: Step, change: Change) -> Message:
    if not change.figures:
        return say("{percent} a year, as agreed", percent=stated(step.percent))
    last = change.figures[-1]
    published = len(change.figures) == 1
    shown = say("{number} %", number=last.value) if published else percent(change.percent)
    values: dict[str, Value] = {"index": last.index, "year": str(last.year), "percent": shown}
    if last.row is None:
        return say("{index} {year} assumed {percent}", **values)
    if last.status == "preliminary":
        return say("{index} {year} preliminary {percent}", **values)
    if step.since_base:
        return say("{index} {year}: {percent} since the base", **values)
    return say("{index} {year} {percent}", **values)


def stated(number: Decimal) -> Message:
    """A percentage that the clause states, without zeros at its end."""
    shown = to_places(Fraction(number), 8)
    whole = shown == shown.to_integral_value()
    return say("{number} %", number=shown.to_integral_value() if whole else shown.normalize())


def percent(number: Decimal | Fraction) -> Message:
    """A percentage that was reckoned, to two decimals; a published one is shown as it was published."""
    return say("{number} %", number=to_places(Fraction(number), 2))


# -- records -----------------------------------------------------------------------------------------------------------

COLUMNS = (
    "agreement", "contribution", "kind", "year", "start", "end", "number", "of", "agreed_day", "due",
    "payers", "receiver", "amount", "status", "conditional", "reason", "paid", "paid_on", "difference", "cause",
)  # fmt: skip


def record(paid: Paid, agreement: Agreement, language: Language, place: Place) -> dict[str, Any]:
    """One payment for another program: amounts exact, days as ISO dates, the reason in words."""
    row, outcome = paid
    return {
        "agreement": row.agreement,
        "contribution": agreement.contributions[row.contribution].id,
        "kind": row.kind,
        "year": row.year,
        "start": row.start,
        "end": row.end,
        "number": row.number,
        "of": row.of,
        "agreed_day": row.slot.agreed,
        "due": row.due,
        "payers": list(row.payers),
        "receiver": row.receiver,
        "amount": row.amount,
        "status": row.status.value,
        "conditional": bool(row.conditions),
        "conditions": [{"kind": each.kind, "place": place(row.agreement, each.route)} for each in row.conditions],
        "reason": "; ".join(language.say(each) for each in reason(row)) or None,
        "paid": outcome.paid,
        "paid_on": outcome.day,
        "difference": outcome.difference,
        "cause": outcome.cause.value if outcome.cause and outcome.difference else None,
        "place": place(row.agreement, row.route),
        "working": _working(row.working),
        "correction": _correction(row),
    }


def _correction(row: Instalment) -> dict[str, Any] | None:
    if row.correction is None:
        return None
    each = row.correction
    return {
        "known": each.since,
        "numbers": list(each.numbers),
        "parts": [{"before": before, "after": after} for before, after in each.parts],
        "paid_with": {"year": each.paid_with[0], "number": each.paid_with[1]} if each.paid_with else None,
        "before": _working(each.before),
    }


def _working(working: Working | None) -> dict[str, Any] | None:
    if working is None:
        return None
    share, people = working.share, working.population
    return {
        "agreed": working.agreed,
        "per_inhabitant": {"amount": working.each, "inhabitants": people.inhabitants, "source": people.source}
        if people
        else None,
        "steps": [_step(step) for step in working.steps],
        "unrounded": working.unrounded,
        "share": {"number": share.number, "of": share.of, "unit": share.unit} if share else None,
        "rounding": _rounding(working),
        "rounded": working.rounded,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "year": step.year,
        "percent": step.percent,
        "applied": step.applied,
        "rules": [rule.value for rule in step.rules],
        "status": step.status,
        "factor": step.factor,
        "on": step.on,
        "fixed": step.fixed,
        "raised_to": step.raised_to,
        "unrounded": step.amount,
        "figures": [
            {
                "index": figure.index,
                "year": figure.year,
                "month": getattr(figure.row, "month", None),
                "edition": str(edition) if (edition := getattr(figure.row, "edition", None)) else None,
                "reference_year": getattr(figure.row, "reference_year", None),
                "value": figure.value,
                "status": figure.status,
                "published": figure.row.published if figure.row else None,
                "seen": figure.row.seen if figure.row else None,
                "source": list(figure.row.source) if figure.row else [],
                "weight": change.weight,
            }
            for change in step.changes
            for figure in change.figures
        ],
    }


def _rounding(working: Working) -> str | None:
    if working.rounding is not None:
        step = "" if working.rounding.step == "year" else ", each instalment"
        return f"to {working.rounding.to} kronor, {working.rounding.mode}{step}"
    return "whole kronor, half up" if working.steps or working.share or working.population else None


def as_csv(rows: Sequence[dict[str, Any]]) -> str:
    """The rows without their working; payers joined by a space."""
    return records.as_csv(COLUMNS, [{**row, "payers": " ".join(row["payers"])} for row in rows])
