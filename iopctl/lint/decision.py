"""The proposed decision: what it has to say by itself, and how. Rules D1–D6 of municipal handbooks.

(H) is a handbook at 5dok.org/article/vad-ska-jag-skriva-under-de-olika-rubrikerna.zwvrxm1g, (N) Nacka's template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from iopctl.finding import Finding, Message, Money, Rule, Severity, say
from iopctl.lint import numbers
from iopctl.lint.case import Case, rule
from iopctl.lint.days import ranges
from iopctl.lint.paper import Block, Paper, Section
from iopctl.model import Unknown

_OPENING = re.compile(r".*(?::|\bbeslutar(?: att| följande)?:?|\bföreslås besluta(?: att)?:?)$")
_ATT = re.compile(r"[-–•]?\s*att\s", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,2}[.)]\s")


def points(section: Section | None) -> list[Block]:
    """The points of a decision, without the words that open it."""
    blocks = section.blocks if section else ()
    return [each for each in blocks if each.kind != "heading" and not _OPENING.fullmatch(each.plain)]


def _words(section: Section | None) -> str:
    return " ".join(each.text for each in section.blocks) if section else ""


def _edited(case: Case) -> list[Block]:
    return [each for each in points(case.section("decision")) if not case.drafted(each)]


@rule("DRF011")
def decision_leaves_out(rule: Rule, case: Case) -> Iterator[Finding]:
    """The decision no longer says whom it is about, for which period, or what it costs, as it does when drafted now.

    It has to be understood without its appendices (H), and carried out by what it says (N).
    """
    section = case.section("decision")
    if section is None or not points(section):
        return
    drafted = _words(case.section("decision", case.fresh))
    for message in _left_out(case, drafted, _words(section)):
        yield Finding(rule, message, (case.label(section.heading),), _BY_ITSELF)


_BY_ITSELF = say("write it in the decision itself: it has to be understood without its appendices")


def _left_out(case: Case, drafted: str, written: str) -> Iterator[Message]:
    here = written.casefold()
    for name in case.known.names:
        if name.casefold() in drafted.casefold() and name.casefold() not in here:
            yield say("the decision does not name {name}", name=name)
    if _stretches(drafted) and not _stretches(written):
        yield say("the decision does not say for which period")
    sums = [each.kronor for each in numbers.amounts(drafted) if not each.bare]
    if sums and not any(not each.bare for each in numbers.amounts(written)):
        yield say("the decision does not say the amount, {amount}", amount=Money(sums[0]))


def _stretches(text: str) -> bool:
    return any(True for _each in ranges(numbers.without_addresses(text)))


@rule("DRF012", Severity.WARNING)
def fact_gone(rule: Rule, case: Case) -> Iterator[Finding]:
    """A party or a yearly amount that the document states when it is drafted now, and that the draft never mentions."""
    drafted, written = _all(case.fresh), _all(case.paper)
    agreement = case.workspace.agreements[case.id]
    for party in agreement.parties.values():
        name = party.name if isinstance(party.name, str) else ""
        if name and name.casefold() in drafted and name.casefold() not in written:
            message = say("{name} is a party, and the draft does not name it", name=name)
            yield Finding(rule, message, help=_AS_DRAFTED)
    sums = {each.kronor for each in numbers.amounts(written)}
    for each in agreement.contributions:
        amount = each.amount if each.kind == "cash" else None
        if amount is None or isinstance(amount, Unknown) or amount in sums:
            continue
        if any(found.kronor == amount for found in numbers.amounts(drafted)):
            message = say("the draft does not say the amount, {amount}", amount=Money(amount))
            yield Finding(rule, message, help=_AS_DRAFTED)


_AS_DRAFTED = say("the document has it when it is drafted now: iopctl render")


def _all(paper: Paper) -> str:
    return "\n".join(each.text for each in paper.blocks).casefold()


@rule("DRF013", Severity.WARNING)
def proposal_in_decision(rule: Rule, case: Case) -> Iterator[Finding]:
    """A point of a numbered decision proposes (föreslås, bör); it is to be written as if it were decided (H)."""
    if case.workspace.settings.documents.decision != "numbered":
        return
    for block in _edited(case):
        for found in re.finditer(r"\b(?:föreslås|föreslår|bör|borde)\b", block.text, re.IGNORECASE):
            message = say("a point of the decision proposes: “{words}”", words=found[0])
            help_ = say("write it as if the board had decided: förlängs, godkänns, ska")
            yield Finding(rule, message, (case.label(block, *found.span()),), help_)


@rule("DRF014")
def decision_points_elsewhere(rule: Rule, case: Case) -> Iterator[Finding]:
    """A point of the decision is “i enlighet med föreliggande förslag”; nobody can tell later what was decided (H)."""
    for block in _edited(case):
        for found in _ELSEWHERE.finditer(block.text):
            message = say("the decision points at the proposal: “{words}”", words=found[0])
            yield Finding(rule, message, (case.label(block, *found.span()),), say("say what is decided"))


_ELSEWHERE = re.compile(
    r"\b(?:i enlighet med|enligt|i överensstämmelse med|i linje med|utifrån)\s+"
    r"(?:(?:det|detta|föreliggande|liggande|framlagda?|framlagt|bifogat|bilagt|upprättat|ovanstående|nedanstående"
    r"|förvaltningens|kontorets|tjänsteskrivelsens)\s+)*(?:förslag\w*|tjänsteskrivelse\w*|skrivelse\w*)",
    re.IGNORECASE,
)


@rule("DRF015", Severity.WARNING)
def two_actions(rule: Rule, case: Case) -> Iterator[Finding]:
    """A point of the decision does two things: “samt” joins two verbs, or there is a second “att” (H)."""
    for block in _edited(case):
        found = _SECOND_ATT.search(block.text) or _joined(block.text)
        if found:
            message = say("a point of the decision holds two actions")
            label = case.label(block, *found.span(1))
            yield Finding(rule, message, (label,), say("make a point of each"))


_SECOND_ATT = re.compile(r"\b((?:samt|och),?\s+att)\b", re.IGNORECASE)
_SAMT = re.compile(r"\b(samt)\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:förläng(?:s|er|a)|godkänn(?:s|er|a)?|anta(?:s|r)?|fastställ(?:s|er|a)|avslås|avslå|avsluta(?:s|r)?|upphör"
    r"|uppdra(?:s|r)?|ingå(?:s|r)?|teckna(?:s|r)?|undertecknas?|säg(?:s|er|a)\s+upp|följ(?:s|er|a)\s+upp|betala(?:s|r)?"
    r"|utbetala(?:s|r)?|bevilja(?:s|r)?|finansiera(?:s|r)?|delegera(?:s|r)?|återrapportera(?:s|r)?|redovisa(?:s|r)?|får|ges)\b",
    re.IGNORECASE,
)


def _joined(text: str) -> re.Match[str] | None:
    """The “samt” with a verb on both sides."""
    return next(
        (
            each
            for each in _SAMT.finditer(text)
            if _VERB.search(text, 0, each.start()) and _VERB.search(text, each.end())
        ),
        None,
    )


@rule("DRF016", Severity.WARNING)
def decision_form(rule: Rule, case: Case) -> Iterator[Finding]:
    """The decision mixes numbered sentences and att-satser, or is not in the form that iopctl.yaml asks for (N)."""
    section = case.section("decision")
    form = case.workspace.settings.documents.decision
    for block in points(section):
        is_att = bool(_ATT.match(_NUMBER.sub("", block.text, count=1)))
        if case.drafted(block) or is_att == (form == "att"):
            continue
        if is_att:
            message = say("a point is an att-sats, and the municipality's form is numbered sentences")
        else:
            message = say("a point is a sentence of its own, and the municipality's form is att-satser")
        help_ = say("write all points in one form; documents: decision: in iopctl.yaml says which")
        yield Finding(rule, message, (case.label(block),), help_)
