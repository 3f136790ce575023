"""Sums and indices."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from iopctl.checks.case import Case, rule
from iopctl.compute.indexation import MissingIndex
from iopctl.compute.payments import Instalment, MissingIndices, payments
from iopctl.finding import Finding, Label, Money, Rule, Severity, Value, say
from iopctl.model import Contribution


@rule("MON001")
def parts_and_total(rule: Rule, case: Case) -> Iterator[Finding]:
    """The contributions do not sum to the total that the agreement states.

    A contribution without a value in kronor, for another length of time than the total, or for a part of the period
    cannot be compared with it, and check says so; but the total is wrong in any case when the others come to more.
    """
    total = case.agreement.total
    if total is None:
        return
    parts = case.agreement.contributions
    comparable = [each for each in parts if each.kronor is not None and each.per == total.per and _all_the_time(each)]
    known = sum((each.kronor or Decimal(0) for each in comparable), Decimal(0))
    unknown = len(parts) - len(comparable)
    labels = [Label(("total", "value"), say("the stated total"))]
    if known == total.value or not comparable or (unknown and known < total.value):
        if known != total.value:
            message = say("the total cannot be checked: {count} of the parts cannot be compared with it", count=unknown)
            yield Finding(rule, message, tuple(labels), severity=Severity.INFO)
        return
    for number, each in enumerate(case.agreement.contributions):
        if each in comparable:
            key = "amount" if each.kind == "cash" else "value"
            labels.append(Label(("contributions", number, key), say("a part")))
    values: dict[str, Value] = {"sum": Money(known), "total": Money(total.value)}
    if unknown:
        message = say("the parts that have a value alone sum to {sum}, the stated total is {total}", **values)
    else:
        message = say("the parts sum to {sum}, the stated total is {total}", **values)
    difference = Money(abs(known - total.value))
    help_ = say("compare each amount with the agreement; the difference is {difference}", difference=difference)
    yield Finding(rule, message, tuple(labels), help_)


def _all_the_time(contribution: Contribution) -> bool:
    """Whether it is given for the whole of the agreement, so that it can be summed with the others."""
    return contribution.since is None and contribution.until is None


@rule("MON002")
def index_missing(rule: Rule, case: Case) -> Iterator[Finding]:
    """An index figure that a payment needs is not known, although its usual time of publication has passed.

    The amount cannot be computed and is never guessed. A warning when only a proposed extension needs the figure.
    """
    if not any(each.indexation for each in case.agreement.contributions):
        return
    reported: set[tuple[int, str, int]] = set()
    for row in payments(case.id, case.agreement, case.workspace.tables, case.as_of):
        figures = row.reason.figures if isinstance(row.reason, MissingIndices) else ()
        for missing in figures:
            key = (row.contribution, missing.index, missing.year if missing.expected else 0)
            if missing.late_on(case.as_of) and key not in reported:
                reported.add(key)
                yield _missing(rule, row, missing, case)


def _missing(rule: Rule, row: Instalment, missing: MissingIndex, case: Case) -> Finding:
    severity = Severity.WARNING if row.condition else Severity.ERROR
    labels = (Label((*row.route, "indexation", "index")),)
    index, year = missing.index, str(missing.year)
    if missing.expected is None:
        message = say("there is no table for the index {index}", index=index)
        help_ = say(
            "its payments stay blocked; iopctl has tables for {names}", names=", ".join(sorted(case.workspace.tables))
        )
        return Finding(rule, message, labels, help_, severity)
    values: dict[str, Value] = {"index": index, "year": year, "paid": str(row.year)}
    if row.condition:
        message = say("{index} for {year} is missing; the proposed extension's payment for {paid} needs it", **values)
    else:
        message = say("{index} for {year} is missing, and the payment for {paid} needs it", **values)
    help_ = say("look the figure up and add it: {command}", command=f"iopctl index add {index} {year} …")
    return Finding(rule, message, labels, help_, severity)
