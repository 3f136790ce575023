"""The rules about what agreements say. CHECKS and ACROSS are the table of contents; what is not here is not asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice

from iopctl.checks import (
    clauses,
    criteria,
    decisions,
    follow_up,
    indexing,
    money,
    parties,
    paying,
    payment_log,
    period,
    portfolio,
    procurement,
    references,
    schedules,
    state_aid,
    texts,
    units,
    wording,
)
from iopctl.checks.acknowledge import RULES as ACKNOWLEDGING
from iopctl.checks.case import AcrossCheck, Case, Check, Portfolio
from iopctl.finding import Crowd, Finding, Rule, Severity, say

CHECKS: tuple[Check, ...] = (
    portfolio.file_name,
    parties.organisation_number,
    parties.one_side_missing,
    parties.contact_without_role,
    parties.idle_party,
    parties.signatory_missing,
    parties.impossible_register_status,
    parties.shared_organisation_number,
    units.unit_name_varies,
    parties.party_outside_its_time,
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
    period.decide_by_late,
    period.extension_without_decide_by,
    period.no_meeting_left,
    period.open_ended_without_notice,
    period.notice_too_long,
    period.notice_only_in_special_cases,
    decisions.decided_after_start,
    decisions.start_before_legal_force,
    decisions.signed_before_decision,
    decisions.chain_incomplete,
    decisions.paragraph_missing,
    decisions.dnr_missing,
    decisions.signature_without_authority,
    decisions.dnr_not_in_pattern,
    decisions.no_adopting_decision,
    money.parts_and_total,
    indexing.index_missing,
    money.year_and_period_differ,
    paying.cash_without_payment_rule,
    paying.instalments_and_year,
    indexing.double_indexation,
    indexing.index_clause_incomplete,
    clauses.clause_without_meaning,
    clauses.reference_years_mixed,
    clauses.base_value_differs,
    wording.ambiguous_index_wording,
    wording.wording_and_fields,
    payment_log.still_preliminary,
    clauses.adjustment_not_recorded,
    schedules.schedule_without_meaning,
    schedules.population_missing,
    paying.part_year_without_rule,
    payment_log.paid_differs,
    payment_log.ceiling_exceeded,
    paying.funding_undecided,
    money.value_without_quantity,
    payment_log.percent_differs,
    money.double_support,
    payment_log.payment_outside_period,
    follow_up.no_follow_up,
    follow_up.duty_without_responsible,
    follow_up.report_without_receiver,
    follow_up.contents_not_covered,
    follow_up.duty_overdue,
    follow_up.log_outside_period,
    follow_up.log_in_the_future,
    follow_up.end_report_without_date,
    follow_up.report_year_unclear,
    follow_up.frequencies_differ,
    texts.open_question,
    texts.placeholder,
    texts.unsigned_line,
    texts.personal_number,
    texts.private_contact,
    texts.invisible_characters,
    criteria.skr_basic_funding,
    criteria.skr_both_finance,
    criteria.skr_common_need,
    criteria.skr_political_plan,
    criteria.skr_detailed_regulation,
    criteria.skr_common_steering,
    criteria.skr_clear_in_a_market,
    criteria.skr_long_and_together,
    criteria.forum_initiative,
    criteria.forum_political_plan,
    criteria.forum_basic_funding,
    criteria.forum_no_market,
    criteria.forum_both_finance,
    criteria.forum_detailed_regulation,
    criteria.forum_longer_time,
    criteria.forum_local_development,
    procurement.procured_before,
    procurement.statutory_service,
    procurement.whole_cost_covered,
    procurement.extension_without_limit,
    procurement.disputes_in_court,
    procurement.sold_on_market,
    procurement.over_the_limit,
    procurement.no_assessment,
    state_aid.aid_assessment_missing,
    state_aid.sgei_raises_lou,
    state_aid.statement_missing,
)

ACROSS: tuple[AcrossCheck, ...] = (
    portfolio.unknown_agreement,
    portfolio.same_parties_same_time,
    portfolio.replaces_a_later_one,
    portfolio.overlap,
    portfolio.gap,
    portfolio.ended_without_decision,
    state_aid.de_minimis_exceeded,
)

RULE_BROKE = Rule("INT001", "rule-broke", Severity.ERROR)
RULES: tuple[Rule, ...] = (
    *(each.rule for each in CHECKS),
    *(each.rule for each in ACROSS),
    *ACKNOWLEDGING,
    RULE_BROKE,
)

__all__ = ["ACROSS", "CHECKS", "RULES", "AcrossCheck", "Case", "Check", "Portfolio", "across", "check", "hear"]


def check(case: Case) -> list[Finding]:
    """What the rules find in one agreement, before it is known what the agreement acknowledges."""
    packs = case.workspace.settings.check.packs
    acknowledged = {each.rule for each in case.agreement.acknowledged}
    found: list[Finding] = []
    for each in CHECKS:
        if each.pack is None or each.pack in packs:
            heard_out = each.rule.code in acknowledged  # each of its findings may have its own acknowledgement
            found += hear(each.rule, partial(each.find, case), heard_out=heard_out)
    return found


def hear(rule: Rule, find: Callable[[], Iterator[Finding]], *, heard_out: bool = False) -> list[Finding]:
    """What a rule finds, shortened unless it is to be heard out; a rule that breaks hides nothing of the others."""
    said: list[Finding] = []
    broken: list[Finding] = []
    try:
        said.extend(islice(find(), None if heard_out else 2 * Crowd.MOST + 1))
    except Exception as error:
        broken.append(_broke(rule, error))
    return [*broken, *(said if heard_out else _shortened(said))]


def across(portfolio: Portfolio) -> Iterator[tuple[str, Finding]]:
    """What the rules about several agreements find; each finding with the id of the agreement it is about."""
    packs = portfolio.settings.check.packs
    for each in ACROSS:
        if each.pack is None or each.pack in packs:
            yield from each.find(portfolio)


def _shortened(said: list[Finding]) -> list[Finding]:
    """A hundred findings of one rule, and at one of the others, of those that weigh most, how many more there are.

    Only the next hundred are counted: each can take its time, as when a name is compared with eight thousand others.
    """
    shown, rest = said[: Crowd.MOST], said[Crowd.MOST :]
    if not rest:
        return shown
    place = min(rest, key=lambda each: list(Severity).index(each.weight))
    message = say("and {count} more of the same kind", count=len(rest))
    if len(rest) > Crowd.MOST:
        message = say("and more than {count} more of the same kind", count=Crowd.MOST)
    return [*shown, replace(place, message=message, labels=place.labels[:1], help=None, fix=None)]


def _broke(rule: Rule, error: Exception) -> Finding:
    what = f"{type(error).__name__}: {error}"[:200]
    message = say("the rule {rule} cannot judge this agreement ({error})", rule=rule.code, error=what)
    return Finding(RULE_BROKE, message, help=say("this is a fault in iopctl; please report it, with the agreement"))
