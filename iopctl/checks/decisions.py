"""The decisions an agreement rests on: their days, their order, their numbers, and who signs on their strength."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from iopctl.checks.case import Case, rule
from iopctl.compute.calendar import LONGEST_TO_LEGAL_FORCE, legal_force
from iopctl.finding import Finding, Label, Message, Route, Rule, Severity, say
from iopctl.model import Decision, Party, Unknown


@rule("DEC001")
def decided_after_start(rule: Rule, case: Case) -> Iterator[Finding]:
    """The decision was taken after the day the agreement, or its extension, began: it is retroactive."""
    for decision, decided, start, starts in _decisions_with_starts(case):
        if decided > start:
            labels = (
                Label(decision, say("decided here")),
                Label(starts, _begins(starts, start)),
            )
            message = say("decided {day}, after the start {start}", day=decided, start=start)
            yield Finding(rule, message, labels, say("was there an earlier decision, or a delegated one? Record it"))


@rule("DEC002", Severity.WARNING)
def start_before_legal_force(rule: Rule, case: Case) -> Iterator[Finding]:
    """The agreement begins before the decision is certain to have gained laga kraft.

    Reckoned with the longest times where the actual days are not known: minutes approved within 14 days, posted
    within two more, three weeks to appeal, moved to an open day (13 kap. kommunallagen; lag (1930:173) 2 §). A decision
    may as a rule be executed before (KL 13:14), so this is a warning: somebody should have weighed it.
    """
    for decision, decided, start, starts in _decisions_with_starts(case):
        minutes = case.agreement.decisions[int(decision[1])]
        known = minutes.approved is not None or minutes.posted is not None
        if decided <= start and (known or start < decided + LONGEST_TO_LEGAL_FORCE):
            force = legal_force(decided, minutes.approved, minutes.posted)
            if start < force.gained:
                words = say("laga kraft no later than {day}, if nobody appeals", day=force.gained)
                if minutes.posted is not None:
                    words = say("laga kraft {day}, if nobody appeals", day=force.gained)
                labels = (Label(decision, words), Label(starts, _begins(starts, start)))
                message = say("the start, {start}, is before the decision is certain to have legal force", start=start)
                yield Finding(
                    rule, message, labels, say("weigh whether the decision can be executed at once (KL 13:14)")
                )


@rule("DEC003", Severity.WARNING)
def signed_before_decision(rule: Rule, case: Case) -> Iterator[Finding]:
    """The agreement is dated, or signed for a public party, before the day of the decision that it rests on.

    The other side may sign first, and a text that is signed in time may bear the date when it was drafted. Of several
    decisions to adopt it the last counts, unless each of several public legal persons takes its own.
    """
    agreement = case.agreement
    adopted = _adopted(case)
    if not adopted:
        return
    public = [party for party in agreement.parties.values() if party.public]
    several = len({party.organisation or party.name for party in public if isinstance(party.name, str)}) > 1
    decided, number = min(adopted) if several else max(adopted)
    early: list[Label] = []
    signed = [
        (place, each.date)
        for place, each in enumerate(agreement.signatures)
        if isinstance(each.date, date) and (party := agreement.parties.get(each.party)) is not None and party.public
    ]
    in_order = bool(signed) and all(day >= decided for _place, day in signed)
    if agreement.dated is not None and agreement.dated < decided and not in_order:
        early.append(Label(("dated",), say("dated {day}", day=agreement.dated)))
    for place, day in signed:
        if day < decided:
            early.append(Label(("signatures", place, "date"), say("signed {day}", day=day)))
    if early:
        message = say("dated or signed before the decision of {day} that it rests on", day=decided)
        taken = agreement.decisions[number].is_taken
        words = say("decided {day}", day=decided) if taken else say("to be decided {day}", day=decided)
        help_ = say("check the days; sign when the decision has been taken")
        yield Finding(rule, message, (*early, Label(_day_of(case, number), words)), help_)


@rule("DEC004", Severity.WARNING)
def chain_incomplete(rule: Rule, case: Case) -> Iterator[Finding]:
    """A decision waits for another body, and nothing says that it has decided.

    Either a decision has a condition, or it only recommends, though the agreement has begun. Information when the
    condition names no other public body.
    """
    decisions = case.agreement.decisions
    for number, decision in enumerate(decisions):
        if decision.condition is None or not decision.is_taken or decision.kind in ("terminated", "rejected"):
            continue
        others = [each for each in decisions[number + 1 :] if each.body != decision.body]
        if any(each.is_taken or (each.planned is not None and each.planned >= case.as_of) for each in others):
            continue
        label = Label(("decisions", number, "condition"))
        severity = None if _PUBLIC_BODY.search(decision.condition) else Severity.INFO
        message = say("the decision has a condition, and no later decision of another body is recorded")
        yield Finding(rule, message, (label,), say("record the decision that meets the condition"), severity)
    recommended = _recommended(case)
    if recommended is not None and case.begun:
        labels = (
            Label(("decisions", recommended, "kind"), say("only recommended")),
            Label(("period", "start"), say("the agreement has begun")),
        )
        message = say("the agreement was recommended and has begun, but no decision to adopt it is recorded")
        yield Finding(rule, message, labels, say("record the decision that adopted it: body, date and §"))


def _recommended(case: Case) -> int | None:
    """The last taken recommendation, in an agreement that nobody has adopted or signed for by delegation."""
    found = None
    for number, decision in enumerate(case.agreement.decisions):
        if decision.is_taken and decision.kind in ("adopted", "delegated"):
            return None
        if decision.is_taken and decision.kind == "recommended":
            found = number
    return found


@rule("DEC005", Severity.INFO)
def paragraph_missing(rule: Rule, case: Case) -> Iterator[Finding]:
    """A public body has decided, and its § is not given: the decision cannot be found in the minutes.

    Only while the agreement runs or is to begin.
    """
    for number, decision in enumerate(case.agreement.decisions):
        if decision.paragraph is not None or not decision.is_taken or decision.kind not in _IN_MINUTES:
            continue
        if _public(decision, case) and not case.ended:
            label = Label(("decisions", number, "body"))
            help_ = say("write paragraph, from the minutes")
            yield Finding(rule, say("the decision is recorded without its §"), (label,), help_)


_IN_MINUTES = ("adopted", "extended", "terminated", "rejected")


@rule("DEC006", Severity.INFO)
def dnr_missing(rule: Rule, case: Case) -> Iterator[Finding]:
    """The agreement runs, and neither it nor a decision on it has a diarienummer to find the matter by."""
    agreement = case.agreement
    if agreement.dnr is not None or any(each.dnr is not None for each in agreement.decisions):
        return
    if case.begun and not case.ended and _by_board(case):
        message = say("neither the agreement nor a decision on it has a diarienummer")
        yield Finding(rule, message, (Label(("title",)),), say("write dnr, as the municipality writes it"))


@rule("DEC007", Severity.WARNING)
def signature_without_authority(rule: Rule, case: Case) -> Iterator[Finding]:
    """An official or an administration signs for a municipality or a region, and nothing says by what right.

    The body that decides, and its chair, need none; nor does whoever decides by delegation.
    """
    agreement = case.agreement
    if all(each.authority is not None for each in agreement.signatures) or _somebody_may_sign(case):
        return
    deciding = {each.body.casefold() for each in agreement.decisions if isinstance(each.body, str)}
    for number, signature in enumerate(agreement.signatures):
        party = agreement.parties.get(signature.party)
        if signature.authority is not None or party is None or party.kind not in _BY_BOARD:
            continue
        key, signer = ("role", signature.role) if signature.role is not None else ("unit", signature.unit)
        if signer is None or signer.casefold() in deciding or _is_the_body(signer, party):
            continue
        message = say("{signer} signs for {name}, and nothing says by what right", signer=signer, name=signature.party)
        label = Label(("signatures", number, key))
        help_ = say("write authority: the decision or the delegation that lets the signer sign")
        yield Finding(rule, message, (label,), help_)


def _somebody_may_sign(case: Case) -> bool:
    """Whether a decision hands on the right to sign, or says who is to sign."""
    decisions = case.agreement.decisions
    return any(each.kind == "delegated" or "teckna" in (each.text or "") for each in decisions)


def _is_the_body(signer: str, party: Party) -> bool:
    """Whether a role or a unit is a political body, one of those who lead it, or the party as a whole."""
    return bool(_PUBLIC_BODY.search(signer) or _ELECTED.search(signer)) or signer in (party.name, party.organisation)


_ELECTED = re.compile(r"ordförande|(?:kommunal|region|borgar|oppositions)råd", re.IGNORECASE)
_BY_BOARD = ("municipality", "region")
"""Where decisions are taken by an elected body, with minutes and diarium."""


@rule("DEC008", Severity.WARNING)
def dnr_not_in_pattern(rule: Rule, case: Case) -> Iterator[Finding]:
    """A diarienummer has not the form that the workspace's iopctl.yaml gives (dnr_pattern)."""
    pattern = case.workspace.settings.dnr_pattern
    if pattern is None:
        return
    agreement = case.agreement
    places: list[tuple[Route, object]] = [(("dnr",), agreement.dnr)]
    places += [(("decisions", number, "dnr"), each.dnr) for number, each in enumerate(agreement.decisions)]
    places += [(("documents", kind, "dnr"), each.dnr) for kind, each in agreement.documents.items()]
    for route, dnr in places:
        if isinstance(dnr, str) and (len(dnr) > _LONGEST_DNR or not re.fullmatch(pattern, dnr)):
            message = say("the diarienummer has not the form that iopctl.yaml gives")
            help_ = say("compare it with the diarium; the form is {form}", form=pattern)
            yield Finding(rule, message, (Label(route),), help_)


_LONGEST_DNR = 100
"""Nobody writes a longer one, and a pattern may take very long over a long text."""


@rule("DEC009", Severity.WARNING)
def no_adopting_decision(rule: Rule, case: Case) -> Iterator[Finding]:
    """The agreement has begun, and no decision to adopt it is recorded as taken. Information when it has ended.

    Says nothing when the right to decide was delegated, or when the agreement was recommended (see DEC004).
    """
    agreement = case.agreement
    kinds = {each.kind for each in agreement.decisions if each.is_taken}
    period = agreement.period
    if period is None or kinds & {"adopted", "delegated", "recommended"} or not _by_board(case):
        return
    if not case.begun:
        return
    message = say("the agreement has begun, but no decision to adopt it is recorded")
    labels: tuple[Label, ...] = (Label(("period", "start"), say("begins {day}", day=period.start)),)
    numbers = (number for number, each in enumerate(agreement.decisions) if each.kind == "adopted")
    if (number := next(numbers, None)) is not None:
        message = say("the agreement has begun, but the decision to adopt it is not recorded as taken")
        labels = (Label(("decisions", number, "kind"), say("not recorded as taken")), *labels)
    help_ = say("record the decision that adopted it: body, date and §")
    yield Finding(rule, message, labels, help_, Severity.INFO if case.ended else None)


def _by_board(case: Case) -> bool:
    return any(party.kind in _BY_BOARD for party in case.agreement.parties.values())


def _adopted(case: Case) -> list[tuple[date, int]]:
    """The day, taken or planned, and the number of each decision of a public body to adopt the agreement."""
    return [
        (day, number)
        for number, decision in enumerate(case.agreement.decisions)
        if decision.kind == "adopted"
        and (day := decision.taken or decision.planned) is not None
        and _public(decision, case)
    ]


def _day_of(case: Case, number: int) -> Route:
    return ("decisions", number, "date" if case.agreement.decisions[number].taken else "planned")


def _public(decision: Decision, case: Case) -> bool:
    """Whether a public body decides: minutes, notice board and appeal are for those, not for an association's board."""
    body = decision.body
    if isinstance(body, Unknown):
        return False
    boards = {name for party in case.agreement.parties.values() if party.public for name in (party.board, party.name)}
    return body in boards or bool(_PUBLIC_BODY.search(body))


_PUBLIC_BODY = re.compile(r"nämnd|fullmäktige|kommunstyrelse|regionstyrelse|utskott", re.IGNORECASE)


def _begins(where: Route, start: date) -> Message:
    if where[0] == "decisions":
        return say("this extension begins {day}", day=start)
    return say("begins {day}", day=start)


def _decisions_with_starts(case: Case) -> Iterator[tuple[Route, date, date, Route]]:
    """Each taken decision that something begins by: its route, its day, the day it begins and where that stands."""
    found = case.terms
    if not found:
        return
    if adopted := _adopted(case):
        taken, number = max(adopted)
        yield _day_of(case, number), taken, found[0].start, ("period", "start")
    for term in found[1:]:
        place = int(term.route[1])  # every term after the first comes from a decision
        decision = case.agreement.decisions[place]
        day = decision.taken
        if day is not None and _public(decision, case):
            yield _day_of(case, place), day, term.start, (*term.route, "until")
