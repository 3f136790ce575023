"""The rules about what an agreement says. CHECKS is the table of contents; a rule that is not here does not run."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from iopctl.checks import decisions, money, parties, period, portfolio, references, texts
from iopctl.checks.case import Case, Check
from iopctl.finding import Finding, Label, Placed, Rule, Severity, say
from iopctl.model import Acknowledgement

CHECKS: tuple[Check, ...] = (
    portfolio.file_name,
    parties.organisation_number,
    references.unknown_party,
    references.unknown_duty,
    references.unknown_contribution,
    references.unknown_forum,
    references.unknown_agreement,
    references.unknown_footnote,
    references.same_id_twice,
    period.no_period,
    period.period_order,
    period.stated_length,
    period.extension_beyond_option,
    period.overlap,
    period.contribution_outside_period,
    decisions.decided_after_start,
    decisions.start_before_legal_force,
    money.parts_and_total,
    money.index_missing,
    texts.open_question,
    texts.placeholder,
)

UNUSED_ACKNOWLEDGEMENT = Rule("ACK001", "unused-acknowledgement", Severity.WARNING)
"""Left in place, an acknowledgement without a finding would hide the next one of its kind."""
RULES: tuple[Rule, ...] = (*(check.rule for check in CHECKS), UNUSED_ACKNOWLEDGEMENT)

__all__ = ["CHECKS", "RULES", "Case", "Check", "check"]


def check(case: Case) -> list[Finding]:
    """Everything the rules find in one agreement; what the agreement acknowledges is marked with its reason."""
    found = [finding for each in CHECKS for finding in each.find(case)]
    if not case.agreement.acknowledged:
        return found
    several = {code for code, count in Counter(each.rule.code for each in found).items() if count > 1}
    used: set[int] = set()
    marked = [_acknowledge(finding, case, several, used) for finding in found]
    for number, each in enumerate(case.agreement.acknowledged):
        if number not in used:
            label = Label(("acknowledged", number, "rule"))
            marked.append(_idle(each, several, label))
    return marked


def _acknowledge(finding: Finding, case: Case, several: set[str], used: set[int]) -> Finding:
    """The finding with the reason written for it; one without a place is for the only finding of its rule."""
    code, place = finding.rule.code, Placed(finding, "").route
    for number, each in enumerate(case.agreement.acknowledged):
        if each.rule == code and (each.at == place or (each.at is None and code not in several)):
            used.add(number)
            return replace(finding, acknowledged=each.reason)
    return finding


def _idle(each: Acknowledgement, several: set[str], label: Label) -> Finding:
    if each.at is not None:
        message, help_ = say("nothing at {at} breaks the rule {rule}", at=each.at, rule=each.rule), _REMOVE
    elif each.rule in several:
        message = say("the rule {rule} finds more than one thing", rule=each.rule)
        help_ = say("add at: with the place that is meant, as check prints it after the line and column")
    else:
        message, help_ = say("nothing in the agreement breaks the rule {rule}", rule=each.rule), _REMOVE
    return Finding(UNUSED_ACKNOWLEDGEMENT, message, (label,), help_)


_REMOVE = say("remove the acknowledgement")
