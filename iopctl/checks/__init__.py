"""The rules about what an agreement says. CHECKS is the table of contents; a rule that is not here does not run."""

from __future__ import annotations

from dataclasses import replace

from iopctl.checks import decisions, money, parties, period, references, texts
from iopctl.checks.case import Case, Check
from iopctl.finding import Finding, Label, Placed, Rule, Severity, say

CHECKS: tuple[Check, ...] = (
    parties.organisation_number,
    references.unknown_party,
    references.unknown_duty,
    references.unknown_contribution,
    references.unknown_forum,
    references.unknown_agreement,
    references.unknown_footnote,
    period.no_period,
    period.period_order,
    period.stated_length,
    period.extension_beyond_option,
    period.overlap,
    decisions.decided_after_start,
    decisions.start_before_legal_force,
    money.parts_and_total,
    money.index_missing,
    texts.open_question,
    texts.placeholder,
)

UNUSED_ACKNOWLEDGEMENT = Rule(
    "ACK001",
    "unused-acknowledgement",
    Severity.WARNING,
    "The file acknowledges a finding that is not there, perhaps because it has been mended. Left in place it would "
    "hide the next one of its kind.",
)
RULES: tuple[Rule, ...] = (*(check.rule for check in CHECKS), UNUSED_ACKNOWLEDGEMENT)

__all__ = ["CHECKS", "RULES", "Case", "Check", "check"]


def check(case: Case) -> list[Finding]:
    """Everything the rules find in one agreement; what the agreement acknowledges is marked with its reason."""
    found = [finding for each in CHECKS for finding in each.find(case)]
    if not case.agreement.acknowledged:
        return found
    used: set[int] = set()
    marked = [_acknowledge(finding, case, used) for finding in found]
    for number, each in enumerate(case.agreement.acknowledged):
        if number not in used:
            message = (
                say("nothing in the agreement breaks the rule {rule}", rule=each.rule)
                if each.at is None
                else say("nothing at {at} breaks the rule {rule}", at=each.at, rule=each.rule)
            )
            label = Label(("acknowledged", number, "rule"))
            marked.append(Finding(UNUSED_ACKNOWLEDGEMENT, message, (label,), say("remove the acknowledgement")))
    return marked


def _acknowledge(finding: Finding, case: Case, used: set[int]) -> Finding:
    place = Placed(finding, "").route
    for number, each in enumerate(case.agreement.acknowledged):
        if each.rule == finding.rule.code and (each.at is None or each.at == place):
            used.add(number)
            return replace(finding, acknowledged=each.reason)
    return finding
