"""The rules about what agreements say. CHECKS and ACROSS are the table of contents; what is not here is not asked."""

from __future__ import annotations

from collections.abc import Iterator

from iopctl.checks import (
    decisions,
    indexing,
    money,
    parties,
    paying,
    payment_log,
    period,
    portfolio,
    references,
    texts,
    wording,
)
from iopctl.checks.acknowledge import RULES as ACKNOWLEDGING
from iopctl.checks.case import AcrossCheck, Case, Check, Portfolio
from iopctl.finding import Finding, Rule, Severity, say

CHECKS: tuple[Check, ...] = (
    portfolio.file_name,
    parties.organisation_number,
    references.unknown_party,
    references.unknown_duty,
    references.unknown_contribution,
    references.unknown_forum,
    references.unknown_footnote,
    references.same_id_twice,
    period.no_period,
    period.period_order,
    period.stated_length,
    period.extension_beyond_option,
    period.contribution_outside_period,
    decisions.decided_after_start,
    decisions.start_before_legal_force,
    money.parts_and_total,
    indexing.index_missing,
    money.year_and_period_differ,
    paying.cash_without_payment_rule,
    paying.instalments_and_year,
    indexing.double_indexation,
    indexing.index_clause_incomplete,
    wording.ambiguous_index_wording,
    wording.wording_and_fields,
    payment_log.still_preliminary,
    paying.part_year_without_rule,
    payment_log.paid_differs,
    payment_log.ceiling_exceeded,
    paying.funding_undecided,
    money.value_without_quantity,
    payment_log.percent_differs,
    money.double_support,
    payment_log.payment_outside_period,
    texts.open_question,
    texts.placeholder,
)

ACROSS: tuple[AcrossCheck, ...] = (
    portfolio.unknown_agreement,
    portfolio.same_parties_same_time,
    portfolio.overlap,
)

RULE_BROKE = Rule("INT001", "rule-broke", Severity.ERROR)
RULES: tuple[Rule, ...] = (
    *(each.rule for each in CHECKS),
    *(each.rule for each in ACROSS),
    *ACKNOWLEDGING,
    RULE_BROKE,
)

__all__ = ["ACROSS", "CHECKS", "RULES", "AcrossCheck", "Case", "Check", "Portfolio", "across", "check"]


def check(case: Case) -> list[Finding]:
    """What the rules find in one agreement, before it is known what the agreement acknowledges."""
    packs = case.workspace.settings.check.packs
    found: list[Finding] = []
    for each in CHECKS:
        if each.pack is None or each.pack in packs:
            try:
                found += each.find(case)
            except Exception as error:  # one broken rule must not hide what the others find
                found.append(_broke(each.rule, error))
    return found


def across(portfolio: Portfolio) -> Iterator[tuple[str, Finding]]:
    """What the rules about several agreements find; each finding with the id of the agreement it is about."""
    packs = portfolio.settings.check.packs
    for each in ACROSS:
        if each.pack is None or each.pack in packs:
            yield from each.find(portfolio)


def _broke(rule: Rule, error: Exception) -> Finding:
    what = f"{type(error).__name__}: {error}"[:200]
    message = say("the rule {rule} cannot judge this agreement ({error})", rule=rule.code, error=what)
    return Finding(RULE_BROKE, message, help=say("this is a fault in iopctl; please report it, with the agreement"))
