"""The criteria of an IOP: SKR's eight of 2017, and the list with Forum's name, in Stenungsund's words.

A criterion is judged by what the agreement shows and by what somebody has answered under `grounds.criteria`. An answer
does not take the place of what the agreement itself has to show. While nothing is adopted or signed, what is missing is
a warning: it can still be written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from iopctl.checks.case import Case, rule
from iopctl.compute.calendar import years_from
from iopctl.finding import Finding, Label, Message, Route, Rule, Severity, say
from iopctl.model import Agreement, Contribution, CriterionId, Unknown

# -- SKR's eight -------------------------------------------------------------------------------------------------------


@rule("SKR001", pack="skr-2017")
def skr_basic_funding(rule: Rule, case: Case) -> Iterator[Finding]:
    """SKR-1, no part of basic funding: only a person can tell, and says why."""
    yield from _judged(rule, case, "skr-1", _answered)


@rule("SKR002", pack="skr-2017")
def skr_both_finance(rule: Rule, case: Case) -> Iterator[Finding]:
    """SKR-2, no purchase but financed together: both sides contribute, and the organisation's share can be shown."""
    yield from _judged(rule, case, "skr-2", _both_contribute)


@rule("SKR003", pack="skr-2017")
def skr_common_need(rule: Rule, case: Case) -> Iterator[Finding]:
    """SKR-3, a common need for cooperation: it is written down, and not said to be one side's."""
    yield from _judged(rule, case, "skr-3", _common_need)


@rule("SKR004", Severity.WARNING, "skr-2017")
def skr_political_plan(rule: Rule, case: Case) -> Iterator[Finding]:
    """SKR-4, a part of a political programme or plan: "med fördel", so a warning."""
    yield from _judged(rule, case, "skr-4", _political_basis)


@rule("SKR005", pack="skr-2017")
def skr_detailed_regulation(rule: Rule, case: Case) -> Iterator[Finding]:
    """SKR-5, not regulated in detail: never passes by itself, and words in the text that hint at it are shown."""
    yield from _judged(rule, case, "skr-5", _answered_with_hints)


@rule("SKR006", pack="skr-2017")
def skr_common_steering(rule: Rule, case: Case) -> Iterator[Finding]:
    """SKR-6, common commitment, ownership and steering: a steering group with members from both sides."""
    yield from _judged(rule, case, "skr-6", _common_steering)


@rule("SKR007", pack="skr-2017")
def skr_clear_in_a_market(rule: Rule, case: Case) -> Iterator[Finding]:
    """SKR-7, where there is or may be a market the text makes clear that neither side buys from the other."""
    yield from _judged(rule, case, "skr-7", _clear_in_a_market)


@rule("SKR008", pack="skr-2017")
def skr_long_and_together(rule: Rule, case: Case) -> Iterator[Finding]:
    """SKR-8, for a longer time, developed together: a period, follow-up every year, extensions decided by both."""
    yield from _judged(rule, case, "skr-8", _has_period, _followed_up, _extended_together)


# -- the second list ---------------------------------------------------------------------------------------------------


@rule("FOR001", pack="forum")
def forum_initiative(rule: Rule, case: Case) -> Iterator[Finding]:
    """F1, on the initiative of the idea-based organisation."""
    yield from _judged(rule, case, "forum-1", _their_initiative)


@rule("FOR002", pack="forum")
def forum_political_plan(rule: Rule, case: Case) -> Iterator[Finding]:
    """F2, a part of realising political decisions; a condition here, where SKR-4 says "med fördel"."""
    yield from _judged(rule, case, "forum-2", _political_basis)


@rule("FOR003", pack="forum")
def forum_basic_funding(rule: Rule, case: Case) -> Iterator[Finding]:
    """F3, no part of ordinary grants to associations; as SKR-1."""
    yield from _judged(rule, case, "forum-3", _answered)


@rule("FOR004", pack="forum")
def forum_no_market(rule: Rule, case: Case) -> Iterator[Finding]:
    """F4, no market and no competition to protect; SKR-7 only asks for clear words."""
    yield from _judged(rule, case, "forum-4", _no_market)


@rule("FOR005", pack="forum")
def forum_both_finance(rule: Rule, case: Case) -> Iterator[Finding]:
    """F5, both parties finance it, with money or otherwise; as SKR-2."""
    yield from _judged(rule, case, "forum-5", _both_contribute)


@rule("FOR006", pack="forum")
def forum_detailed_regulation(rule: Rule, case: Case) -> Iterator[Finding]:
    """F6, not regulated in detail; as SKR-5."""
    yield from _judged(rule, case, "forum-6", _answered_with_hints)


@rule("FOR007", pack="forum")
def forum_longer_time(rule: Rule, case: Case) -> Iterator[Finding]:
    """F7, for a longer time: the first half of SKR-8. How long that is no source says."""
    yield from _judged(rule, case, "forum-7", _has_period)


@rule("FOR008", pack="forum")
def forum_local_development(rule: Rule, case: Case) -> Iterator[Finding]:
    """F8, local development and participation: only a person can tell, and says why."""
    yield from _judged(rule, case, "forum-8", _answered)


# -- the answer --------------------------------------------------------------------------------------------------------

Evidence = Callable[[Rule, Case, CriterionId], Iterator[Finding]]

_FUNDING = say("it is no part of the ordinary grants to associations")
_POLITICS = say("it is a part of a political programme or decision")
_FINANCED = say("both sides finance it")
_REGULATED = say("the public side does not regulate it in detail")
_TIME = say("it is meant to go on for a longer time")

_SAYS: dict[CriterionId, Message] = {
    "skr-1": _FUNDING,
    "skr-2": _FINANCED,
    "skr-3": say("it answers to a common need for cooperation"),
    "skr-4": _POLITICS,
    "skr-5": _REGULATED,
    "skr-6": say("both sides are engaged in it, own it and steer it"),
    "skr-7": say("where there is a market, the text makes clear that the sides cooperate"),
    "skr-8": _TIME,
    "forum-1": say("the organisation took the initiative"),
    "forum-2": _POLITICS,
    "forum-3": _FUNDING,
    "forum-4": say("there is no market or competition to protect"),
    "forum-5": _FINANCED,
    "forum-6": _REGULATED,
    "forum-7": _TIME,
    "forum-8": say("it adds to local development and participation"),
}
"""What each criterion asks, in short; the whole wording stands on the rule's page."""


def _judged(rule: Rule, case: Case, criterion: CriterionId, *evidence: Evidence) -> Iterator[Finding]:
    """What speaks against a criterion: a recorded no is enough, else what the agreement shows or does not show."""
    answer = case.agreement.grounds.criteria.get(criterion)
    if answer is not None and answer.met is False:
        label = Label(_place(criterion), say("“{text}”", text=answer.outcome) if answer.outcome else None)
        message = say("the assessment is that this does not hold: {criterion}", criterion=_SAYS[criterion])
        yield Finding(rule, message, (label,), _NOT_AN_IOP)
        return
    if answer is not None and isinstance(answer.met, Unknown):
        message = say("it is left open whether this holds: {criterion}", criterion=_SAYS[criterion])
        yield Finding(rule, message, (Label(_place(criterion)),), _ANSWER, Severity.INFO)
    for show in evidence:
        for finding in show(rule, case, criterion):
            if answer is not None and answer.met is True and finding.labels[0].where != _place(criterion):
                yield replace(finding, labels=(*finding.labels, Label(_place(criterion), say("answered with yes"))))
            else:
                yield finding


_NOT_AN_IOP = say("change the agreement so that it holds, or choose another form than an IOP")
_ANSWER = say("let somebody answer it under grounds.criteria, with met:, outcome: (the reason), by: and date:")


def _place(criterion: CriterionId) -> Route:
    return ("grounds", "criteria", criterion, "met")


def _answered(rule: Rule, case: Case, criterion: CriterionId) -> Iterator[Finding]:
    """Somebody has answered, and given a reason: no fact of the agreement can show it."""
    finding = _unanswered(rule, case, criterion)
    if finding is not None:
        yield finding


def _answered_with_hints(rule: Rule, case: Case, criterion: CriterionId) -> Iterator[Finding]:
    """The same, with the words that hint at detailed regulation; information beside an answer that has its reason."""
    finding = _unanswered(rule, case, criterion)
    hints = tuple(_hints(case))
    if finding is not None:
        yield replace(finding, labels=(*finding.labels, *hints))
    elif hints:
        message = say("words in the text hint at detailed regulation, and the answer is that there is none")
        label = Label(_place(criterion), say("answered here"))
        help_ = say("see to it that the reason given speaks of them")
        yield Finding(rule, message, (label, *hints), help_, Severity.INFO)


def _unanswered(rule: Rule, case: Case, criterion: CriterionId) -> Finding | None:
    answer = case.agreement.grounds.criteria.get(criterion)
    if answer is None:
        message = say("nobody has answered whether this holds: {criterion}", criterion=_SAYS[criterion])
        return _lacks(rule, case, message, _place(criterion), _ANSWER)
    if answer.met is True and answer.outcome is None:
        message = say("the answer gives no reason why this holds: {criterion}", criterion=_SAYS[criterion])
        return _lacks(rule, case, message, _place(criterion), say("add outcome: with the reason"))
    return None


def _hints(case: Case) -> Iterator[Label]:
    """Words in what the parties have agreed that hint at detailed regulation."""
    written = case.encoded.lower()
    if not any(sign.search(written) for sign in _SIGNS):
        return
    for route, text in case.texts:
        if route[0] in _AGREED:
            for words in dict.fromkeys(found[0] for found in _HINT.finditer(text)):
                yield Label(route, say("a hint: “{words}”", words=words), needle=words)


_HINT = re.compile(r"\b(?:vite[ns]?|vitesbelopp|volym\w*|bemanning\w*|öppettid\w*|kvalitetsavdrag\w*)\b", re.IGNORECASE)
_SIGNS = (
    re.compile(rb"v(?=ite(?:[ns]|sbelopp)?\b|olym|alitetsavdrag)"),
    re.compile(rb"b(?=emanning)"),
    re.compile(rb"p(?=pettid)"),
)
"""One of these stands in every text that _HINT finds something in; to look for, they take a tenth of the time."""
_AGREED = frozenset({"purpose", "target_group", "contributions", "duties", "clauses", "texts"})


def _lacks(rule: Rule, case: Case, message: Message, where: Route, help_: Message) -> Finding:
    """Something is missing, which is a warning as long as nothing is adopted or signed."""
    severity = Severity.WARNING if _in_preparation(case.agreement) else None
    return Finding(rule, message, (Label(where),), help_, severity)


def _in_preparation(agreement: Agreement) -> bool:
    return not agreement.signatures and all(decision.kind != "adopted" for decision in agreement.decisions)


# -- what the agreement shows ------------------------------------------------------------------------------------------


def _both_contribute(rule: Rule, case: Case, _criterion: CriterionId) -> Iterator[Finding]:
    parts = case.agreement.contributions
    public = [each for each in parts if _from(case, each, public=True)]
    theirs = [number for number, each in enumerate(parts) if _from(case, each, public=False)]
    nobodys = [number for number, each in enumerate(parts) if isinstance(each.givers, Unknown)]
    costs = any(each.kind == "cash" or each.value for each in public) or any(parts[number].kronor for number in nobodys)
    share_shown = not costs or any(parts[number].kronor for number in theirs)
    if public and theirs and share_shown:
        return
    if nobodys:
        message = say("it cannot be told whether both sides finance it: one contribution has no known giver")
        help_ = say("write under from: who contributes, when it is known")
        yield Finding(rule, message, (Label(("contributions", nobodys[0], "from")),), help_, Severity.INFO)
    elif not public or not theirs:
        message = _NO_PUBLIC_PART if not public else _NO_PART_OF_THEIRS
        help_ = say("write what each side contributes: money, premises, hours, work")
        yield _lacks(rule, case, message, ("contributions",), help_)
    else:
        message = say("the organisation's share cannot be shown: nothing of what it contributes has a value in kronor")
        help_ = say("agree on what it is worth, and write it as value: with per:")
        yield _lacks(rule, case, message, ("contributions", theirs[0]), help_)


_NO_PUBLIC_PART = say("the public side contributes nothing")
_NO_PART_OF_THEIRS = say("the organisation contributes nothing")


def _from(case: Case, contribution: Contribution, *, public: bool) -> bool:
    """Whether the public side, or the other, is among those who contribute."""
    if isinstance(contribution.givers, Unknown):
        return False
    return not (case.public if public else case.idea_based).isdisjoint(contribution.givers)


def _common_need(rule: Rule, case: Case, _criterion: CriterionId) -> Iterator[Finding]:
    need = case.agreement.grounds.need
    place = ("grounds", "need")
    if need is None:
        message = say("the need for cooperation is not written down")
        yield _lacks(rule, case, message, place, say("write it as grounds.need.text, in the parties' common words"))
    elif need.joint is False:
        message = say("the need for cooperation was not put into words together")
        yield Finding(rule, message, (Label((*place, "joint")),), say("word it together with the other side"))
    elif isinstance(need.joint, Unknown):
        message = say("it is left open whether the need for cooperation was put into words together")
        yield Finding(rule, message, (Label((*place, "joint")),), None, Severity.INFO)


def _political_basis(rule: Rule, case: Case, _criterion: CriterionId) -> Iterator[Finding]:
    if not case.agreement.grounds.policies:
        message = say("no political programme, plan or decision is named")
        help_ = say("write it under grounds.policies, with title:, body:, date: and paragraph:")
        yield _lacks(rule, case, message, ("grounds", "policies"), help_)


def _common_steering(rule: Rule, case: Case, _criterion: CriterionId) -> Iterator[Finding]:
    parties = case.agreement.parties
    steering = [(number, each) for number, each in enumerate(case.agreement.forums) if each.steering]
    if not steering:
        message = say("there is no steering group")
        yield _lacks(rule, case, message, ("forums",), say("mark the group that leads the cooperation: steering: true"))
        return
    groups = [[parties.get(member.party or "") for member in forum.members] for _number, forum in steering]
    if any({True, False} <= {party.public for party in group if party} for group in groups):
        return
    place = ("forums", steering[0][0], "members")
    if any(party is None for party in groups[0]):
        message = say("it cannot be told whether the steering group has members from both sides")
        yield Finding(rule, message, (Label(place),), say("write party: at each member"), Severity.INFO)
    elif groups[0]:
        message = say("the steering group has members from one side only")
        yield Finding(rule, message, (Label(place, on_key=True),), say("give both sides a seat"))
    else:
        message = say("the steering group has no members")
        yield _lacks(rule, case, message, place, say("write its members, with party: at each"))


def _clear_in_a_market(rule: Rule, case: Case, _criterion: CriterionId) -> Iterator[Finding]:
    market = case.agreement.grounds.market
    if market is None:
        yield _lacks(rule, case, _NO_MARKET_TEST, ("grounds", "market"), _TEST_MARKET)
    elif market.exists is not False and market.statement is None:
        message = say("there is or may be a market, and no words make clear that neither side buys from the other")
        place = ("grounds", "market", "exists")
        yield _lacks(rule, case, message, place, say("write the words of the agreement that do as statement:"))


def _no_market(rule: Rule, case: Case, _criterion: CriterionId) -> Iterator[Finding]:
    market = case.agreement.grounds.market
    place = ("grounds", "market", "exists")
    if market is None:
        yield _lacks(rule, case, _NO_MARKET_TEST, ("grounds", "market"), _TEST_MARKET)
    elif market.exists is True:
        yield Finding(rule, say("there is a market for what the agreement is about"), (Label(place),), _NOT_AN_IOP)
    elif isinstance(market.exists, Unknown):
        message = say("it is left open whether there is a market for what the agreement is about")
        yield Finding(rule, message, (Label(place),), _TEST_MARKET, Severity.INFO)


_NO_MARKET_TEST = say("nobody has said whether there is a market for what the agreement is about")
_TEST_MARKET = say("find out, and write it as grounds.market with exists:, statement:, outcome:, by: and date:")


def _their_initiative(rule: Rule, case: Case, _criterion: CriterionId) -> Iterator[Finding]:
    initiative = case.agreement.grounds.initiative
    place = ("grounds", "initiative")
    if initiative is None:
        message = say("it is not said who took the initiative")
        yield _lacks(rule, case, message, place, say("write the party that did as grounds.initiative"))
        return
    party = case.agreement.parties.get(initiative)
    if party is not None and party.public:
        labels = (Label(place), Label(("parties", initiative, "kind"), say("this party is a public body")))
        yield Finding(rule, say("the initiative came from the public side"), labels, _NOT_AN_IOP)


def _has_period(rule: Rule, case: Case, _criterion: CriterionId) -> Iterator[Finding]:
    if case.agreement.period is None:
        message = say("nothing says for how long it is meant to go on")
        yield _lacks(rule, case, message, ("title",), say("add period: with start and end"))


def _followed_up(rule: Rule, case: Case, _criterion: CriterionId) -> Iterator[Finding]:
    agreement = case.agreement
    if agreement.period is None:
        return
    ours = [each for each in agreement.duties if each.kind in ("follow_up", "meeting")]
    if any(each.times_per_year or each.yearly_by or each.ongoing for each in ours):
        return
    days = [each.by for each in ours if each.by is not None]
    last = agreement.period.last_day
    if last is None or not all(
        any(first <= day <= end for day in days) for first, end in years_from(agreement.period.start, last)
    ):
        message = say("nothing says that the agreement is followed up every year")
        help_ = say("agree on it, and write it as a duty: kind: follow_up with times_per_year: 1")
        yield _lacks(rule, case, message, ("duties",), help_)


def _extended_together(rule: Rule, case: Case, _criterion: CriterionId) -> Iterator[Finding]:
    agreement = case.agreement
    option = agreement.period.extension if agreement.period else None
    if option is None:
        return
    place = ("period", "extension")
    if option.decided_by is None:
        message = say("it is not said that both sides decide on an extension")
        yield Finding(rule, message, (Label(place),), _DECIDE_TOGETHER, Severity.WARNING)
    else:
        sides = {agreement.parties[each].public for each in option.decided_by if each in agreement.parties}
        if len(sides) == 1:
            message = say("only one side decides on an extension")
            label = Label((*place, "decided_by"))
            yield Finding(rule, message, (label,), _DECIDE_TOGETHER, Severity.WARNING)


_DECIDE_TOGETHER = say("write the parties that decide together as decided_by: under extension:")
