"""Drafts that somebody has edited: read again, compared with their agreement, and with what a good memo is like.

CHECKS is the table of contents; what is not here is not asked.
"""

from __future__ import annotations

from functools import partial

from iopctl.checks import hear
from iopctl.finding import Finding, Rule
from iopctl.lint import decision, facts, form, names, sections, times
from iopctl.lint.case import Case, Check

CHECKS: tuple[Check, ...] = (
    facts.unknown_amount,
    times.unknown_date,
    times.unknown_period,
    times.length_and_days_differ,
    names.unknown_name,
    facts.unknown_organisation_number,
    facts.unknown_paragraph,
    facts.unknown_dnr,
    facts.unknown_percentage,
    facts.amount_of_another_year,
    decision.decision_leaves_out,
    decision.fact_gone,
    decision.proposal_in_decision,
    decision.decision_points_elsewhere,
    decision.two_actions,
    decision.decision_form,
    sections.section_missing,
    sections.basis_without_date,
    sections.memo_first,
    sections.summary_missing,
    sections.summary_repeats_decision,
    sections.recipient_without_role,
    form.left_to_fill_in,
    form.heading_levels,
    form.bold_heading,
    form.personal_number_in_draft,
    form.private_contact_in_draft,
)

RULES: tuple[Rule, ...] = tuple(each.rule for each in CHECKS)

__all__ = ["CHECKS", "RULES", "Case", "lint"]


def lint(case: Case) -> list[Finding]:
    """What the rules find in one draft."""
    return [found for each in CHECKS for found in hear(each.rule, partial(each.find, case))]
