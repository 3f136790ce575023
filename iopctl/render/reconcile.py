"""The accounts against the agreements as tables, as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from textwrap import fill
from typing import Any, NamedTuple

from iopctl.compute.ledger import Expected, LedgerEntry
from iopctl.compute.reconcile import WINDOW, Cause, Outcome, Period, Verdict, Why
from iopctl.finding import Message, Money, Value, say
from iopctl.locale.language import Language
from iopctl.personal import masked
from iopctl.render import records
from iopctl.render.findings import Paint
from iopctl.render.plain import brief, one_line
from iopctl.render.table import NARROWEST, Justify, table

_TITLES = {
    Verdict.MISSING: say("Missing: due, and no line is that payment"),
    Verdict.DIFFERENT: say("Different: paid with another amount"),
    Verdict.UNEXPECTED: say("Unexpected: lines that are no payment under the agreements"),
    Verdict.MATCHED: say("Matched"),
}
_WORDS = {
    Verdict.MISSING: say("missing"),
    Verdict.DIFFERENT: say("different"),
    Verdict.UNEXPECTED: say("unexpected"),
    Verdict.MATCHED: say("matched"),
}

_MOST = 100
"""How many unexpected lines the table shows; a whole municipality's accounts have thousands."""


class Looked(NamedTuple):
    """What was looked at: the file, as a person writes its name, the days, and the day that was reckoned from."""

    file: str
    period: Period
    as_of: date


# table ----------------------------------------------------------------------------------------------------------------


def as_table(outcomes: Sequence[Outcome], looked: Looked, language: Language, width: int, paint: Paint) -> str:
    """A table for each verdict, what has to be seen to first; then the sums, and what was looked at."""
    blocks = [
        _block(verdict, [each for each in outcomes if each.verdict is verdict], language, width, paint)
        for verdict in Verdict
        if any(each.verdict is verdict for each in outcomes)
    ]
    if outcomes:
        blocks.append(_sums(outcomes, language, width, paint))
    about = say(
        "{file}: payments due and lines dated {first}–{last} (others: --from, --until); reckoned as of {day}",
        file=one_line(looked.file),
        first=looked.period.first,
        last=looked.period.last,
        day=looked.as_of,
    )
    return "\n".join([*blocks, fill(language.say(about), max(width, NARROWEST), subsequent_indent="  ")]) + "\n"


def _block(verdict: Verdict, outcomes: Sequence[Outcome], language: Language, width: int, paint: Paint) -> str:
    title = paint("bold", f"{language.say(_TITLES[verdict])} ({len(outcomes)})")
    if verdict is Verdict.MISSING:
        missing: tuple[tuple[str, Justify], ...] = (
            (language.word("No later than"), "left"),
            (language.word("Amount"), "right"),
            (language.word("Payment"), "left"),
        )
        rows = [_missing_cells(each, language) for each in outcomes]
        return f"{title}\n{table(missing, rows, width, paint)}"
    headings: tuple[tuple[str, Justify], ...] = (
        (language.word("Line"), "right"),
        (language.word("Date"), "left"),
        (language.word("Paid"), "right"),
        (language.word("Payment"), "left"),
    )
    shown = outcomes[:_MOST] if verdict is Verdict.UNEXPECTED else outcomes
    text = table(headings, [_cells(each, language) for each in shown], width, paint)
    if len(shown) < len(outcomes):
        more = say("and {count} more; all of them: --format csv", count=len(outcomes) - len(shown))
        text += f"{language.say(more)}\n"
    return f"{title}\n{text}"


def _missing_cells(outcome: Outcome, language: Language) -> tuple[str, ...]:
    [row] = outcome.payments
    due = row.due.isoformat() if row.due else language.word("not stated")
    amount = language.kronor(row.amount) if row.amount is not None else "–"
    remarks = [] if row.due else [say("for {first}–{last}", first=row.start, last=row.end)]
    remarks += [_STATUSES[row.status]] if row.status in _STATUSES else []
    return due, amount, "\n".join([_payments(outcome.payments, language), *map(language.say, remarks)])


_STATUSES = {
    "blocked": say("the amount cannot be computed"),
    "preliminary": say("the amount rests on a preliminary index figure"),
}


def _cells(outcome: Outcome, language: Language) -> tuple[str, ...]:
    numbers = ", ".join(str(line.line) for line in outcome.lines)
    what = _payments(outcome.payments, language) if outcome.payments else _words(outcome.lines[0])
    remarks = "\n".join(language.say(each) for each in _remarks(outcome))
    assert outcome.paid is not None  # it has lines
    return (
        numbers,
        outcome.lines[0].date.isoformat(),
        language.kronor(outcome.paid),
        "\n".join(filter(None, (what, remarks))),
    )


def _payments(rows: Sequence[Expected], language: Language) -> str:
    """“lund-exempel-2020 · ersattning 2022 1/2 + settlement for 2021”."""
    parts = []
    for row in rows:
        name = one_line(row.contribution_id or f"contributions[{row.contribution}]")
        if row.kind == "correction":
            parts.append(language.say(say("settlement of {contribution} {year}", contribution=name, year=_year(row))))
        else:
            parts.append(f"{name} {_year(row)}" if row.of == 1 else f"{name} {_year(row)} {row.number}/{row.of}")
    return f"{one_line(rows[0].agreement)} · {' + '.join(parts)}"


def _year(row: Expected) -> str:
    return str(row.start.year)


def _words(line: LedgerEntry) -> str:
    """What the accounts call a line, on one line."""
    return brief(
        " · ".join(each for each in (_safe(line.party), *map(_safe, line.references), _safe(line.text)) if each), 120
    )


def _safe(text: str | None) -> str:
    """Words from the file, without personal numbers and without anything that steers a terminal."""
    return one_line(masked(text)) if text else ""


def _remarks(outcome: Outcome) -> Iterator[Message]:
    """What else there is to say of it."""
    if len(outcome.lines) > 1:
        for line in outcome.lines:
            yield say("line {line}: {day}, {paid}", line=str(line.line), day=line.date, paid=Money(line.amount))
    if outcome.difference:
        values: dict[str, Value] = {
            "due": Money(outcome.expected or Decimal(0)),
            "difference": Money(abs(outcome.difference)),
        }
        if outcome.difference > 0:
            yield say("the agreement gives {due}: {difference} too much", **values)
        else:
            yield say("the agreement gives {due}: {difference} too little", **values)
    if outcome.why is not None:
        yield _reason(outcome, outcome.why)
    if any(row.unsure == "proposed" for row in outcome.payments):
        yield say("paid for an extension that is only proposed")
    if any(row.unsure == "replaced" for row in outcome.payments):
        yield say("paid for days that a later agreement claims too")
    if outcome.also:
        names = ", ".join(map(one_line, outcome.also))
        yield say("the receiver has payments under {names} too; this is the nearest", names=names)


_CAUSES = {
    Cause.ROUNDING: say("it may be rounding"),
    Cause.PRELIMINARY: say("the amount rests on a preliminary index figure"),
    Cause.NOT_RECOGNISED: say("neither receiver nor reference is that of an agreement"),
    Cause.TAKEN_BACK: say("the one line takes the other back"),
    Cause.CREDIT: say("money back that no agreement gives"),
    Cause.NOT_DUE: say("no payment that is not already made is due within {days} days", days=WINDOW),
}


def _reason(outcome: Outcome, why: Why) -> Message:
    match why:
        case Why(Cause.NOT_RECKONED):
            command = f"iopctl pay {one_line(outcome.payments[0].agreement)}"
            return say("the agreement's amount cannot be computed; see {command}", command=command)
        case Why(Cause.WHOLE_YEAR):
            return say("that is the sum of the year's {count} payments", count=outcome.payments[0].of)
        case Why(Cause.YEAR_BEFORE, payment=Expected() as before):
            return say("that is the amount for {year}", year=_year(before))
        case Why(Cause.LATE, payment=Expected() as late):
            return say("may be the payment that is missing, due {day}", day=late.last)
        case Why(Cause.PAID_ALREADY, line=LedgerEntry() as other):
            return say("the same amount is already paid: line {line}", line=str(other.line))
        case Why(Cause.TAKEN_BACK, line=LedgerEntry() as other):
            return say("takes back line {line}", line=str(other.line))
        case _:
            return _CAUSES[why.cause]


def _sums(outcomes: Sequence[Outcome], language: Language, width: int, paint: Paint) -> str:
    """How many there are of each verdict, what the agreements give, and what was paid."""
    headings: tuple[tuple[str, Justify], ...] = (
        (language.word("Count"), "right"),
        (language.word("To be paid"), "right"),
        (language.word("Paid"), "right"),
        (language.word("Difference"), "right"),
        (language.word("Outcome"), "left"),
    )
    groups = [(_WORDS[verdict], [each for each in outcomes if each.verdict is verdict]) for verdict in Verdict]
    rows = [_sum(word, found, language) for word, found in (*groups, (say("in all"), list(outcomes)))]
    text = table(headings, rows, width, paint)
    if any(each.payments and each.expected is None for each in outcomes):
        text += language.say(say("amounts that cannot be computed are not in the sums")) + "\n"
    return text


def _sum(word: Message, outcomes: Sequence[Outcome], language: Language) -> tuple[str, ...]:
    known = [each for each in outcomes if not each.payments or each.expected is not None]
    due = sum((each.expected or Decimal(0) for each in known), Decimal(0))
    paid = sum((each.paid or Decimal(0) for each in known), Decimal(0))
    return str(len(outcomes)), *map(language.kronor, (due, paid, paid - due)), language.say(word)


# records --------------------------------------------------------------------------------------------------------------

COLUMNS = (
    "outcome", "agreement", "payments", "due", "expected", "status", "lines", "date", "paid", "difference",
    "party", "references", "text", "cause", "reason", "also",
)  # fmt: skip


def record(outcome: Outcome, language: Language) -> dict[str, Any]:
    """One outcome for another program: amounts exact, days as ISO dates, the remarks in words."""
    return {
        "outcome": outcome.verdict.value,
        "agreement": outcome.payments[0].agreement if outcome.payments else None,
        "expected": outcome.expected,
        "paid": outcome.paid,
        "difference": outcome.difference,
        "cause": outcome.why.cause.value if outcome.why else None,
        "reason": "; ".join(language.say(each) for each in _remarks(outcome)) or None,
        "also": list(outcome.also),
        "payments": [_payment_record(row) for row in outcome.payments],
        "lines": [_line_record(line) for line in outcome.lines],
    }


def _payment_record(row: Expected) -> dict[str, Any]:
    return {
        "contribution": row.contribution_id,
        "kind": row.kind,
        "start": row.start,
        "end": row.end,
        "number": row.number,
        "of": row.of,
        "due": row.due,
        "amount": row.amount,
        "status": row.status,
        "unsure": row.unsure,
    }


def _line_record(line: LedgerEntry) -> dict[str, Any]:
    return {
        "line": line.line,
        "date": line.date,
        "amount": line.amount,
        "party": _safe(line.party) or None,
        "references": [_safe(each) for each in line.references],
        "text": _safe(line.text) or None,
    }


def as_json(outcomes: Sequence[Outcome], looked: Looked, left_out: Sequence[str], language: Language) -> str:
    """Every outcome, with its payments and its lines."""
    about = {"as_of": looked.as_of, "from": looked.period.first, "until": looked.period.last, "left_out": left_out}
    found = [record(each, language) for each in outcomes]
    return records.as_json("outcomes", found, file=looked.file, **about)


def as_csv(outcomes: Sequence[Outcome], language: Language) -> str:
    """A row for each outcome; where it has several lines or payments they share a cell."""
    return records.as_csv(COLUMNS, [_flat(each, language) for each in outcomes])


def _flat(outcome: Outcome, language: Language) -> dict[str, Any]:
    rows, lines = outcome.payments, outcome.lines
    return {
        **record(outcome, language),
        "payments": _payments(rows, language).partition(" · ")[2] if rows else None,
        "due": rows[0].due if rows else None,
        "status": _joined(row.status for row in rows),
        "lines": _joined(str(line.line) for line in lines),
        "date": lines[0].date if lines else None,
        "party": _joined(_safe(line.party) for line in lines),
        "references": _joined(_safe(each) for line in lines for each in line.references),
        "text": _joined(_safe(line.text) for line in lines),
        "also": " ".join(outcome.also),
    }


def _joined(texts: Iterable[str]) -> str:
    """Each text once."""
    return "; ".join(dict.fromkeys(filter(None, texts)))
