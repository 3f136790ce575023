"""From what was found to what the library gives: flat, and told in a language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from iopctl.compute.paid import Paid
from iopctl.finding import Placed
from iopctl.judging import clause
from iopctl.library.results import Deadline, Finding, Payment, Workspace
from iopctl.locale.language import Language
from iopctl.render import deadlines as in_words
from iopctl.render.findings import line
from iopctl.render.reasons import reason


def findings(found: Iterable[Placed], language: Language) -> tuple[Finding, ...]:
    """Findings in their order."""
    return tuple(_finding(each, language) for each in found)


def _finding(placed: Placed, language: Language) -> Finding:
    finding = placed.finding
    span = placed.excerpts[0].span if placed.excerpts else None
    return Finding(
        code=finding.rule.code,
        name=finding.rule.name,
        severity=finding.weight.value,
        message=language.say(finding.message),
        help=language.say(finding.help) if finding.help else None,
        acknowledged=finding.acknowledged,
        file=placed.file,
        line=span.line if span else None,
        column=span.column if span else None,
        route=placed.route or None,
        text=line(placed, language),
    )


def payment(paid: Paid, workspace: Workspace) -> Payment:
    """A payment of an agreement in the workspace, and what became of it."""
    (row, outcome), language = paid, Language(workspace.language)
    return Payment(
        agreement=row.agreement,
        contribution=workspace.agreements[row.agreement].contributions[row.contribution].id,
        kind=row.kind,
        year=row.year,
        start=row.start,
        end=row.end,
        number=row.number,
        of=row.of,
        agreed_day=row.slot.agreed,
        due=row.due,
        payers=row.payers,
        receiver=row.receiver,
        amount=row.amount,
        status=row.status.value,
        conditions=tuple(each.kind for each in row.conditions),
        reason="; ".join(language.say(each) for each in reason(row)) or None,
        paid=outcome.paid,
        paid_on=outcome.day,
        difference=outcome.difference,
        cause=outcome.cause.value if outcome.cause and outcome.difference else None,
        place=clause(workspace.held.loaded)(row.agreement, row.route),
        working=row.working,
    )


def deadline(row: in_words.Row, as_of: date, language: Language) -> Deadline:
    """A deadline, as seen from a day."""
    record: dict[str, Any] = in_words.record(row, as_of, language)
    lists = {name: tuple(value) for name, value in record.items() if isinstance(value, list)}
    return Deadline(**{name: {**record, **lists}[name] for name in Deadline.__dataclass_fields__})
