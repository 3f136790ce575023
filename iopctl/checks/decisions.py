"""Decisions against the days they are to take effect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from iopctl.checks.case import Case, rule
from iopctl.compute.calendar import LONGEST_TO_LEGAL_FORCE, legal_force
from iopctl.finding import Finding, Label, Message, Route, Rule, Severity, say
from iopctl.model import Decision, Unknown


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

    Reckoned with the longest times: minutes approved within 14 days, posted within two more, three weeks to
    appeal, moved to an open day (13 kap. kommunallagen; lag (1930:173) 2 §). A decision may as a rule be executed
    before (KL 13:14), so this is a warning: somebody should have weighed it.
    """
    for decision, decided, start, starts in _decisions_with_starts(case):
        if decided <= start < decided + LONGEST_TO_LEGAL_FORCE:
            force = legal_force(decided)
            if start < force.gained:
                labels = (
                    Label(decision, say("laga kraft no later than {day}, if nobody appeals", day=force.gained)),
                    Label(starts, _begins(starts, start)),
                )
                message = say("the start, {start}, is before the decision is certain to have legal force", start=start)
                yield Finding(
                    rule, message, labels, say("weigh whether the decision can be executed at once (KL 13:14)")
                )


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
    adopted = [
        (day, number)
        for number, decision in enumerate(case.agreement.decisions)
        if decision.kind == "adopted"
        and _public(decision, case)
        and (day := decision.taken or decision.planned) is not None
    ]
    if adopted:
        taken, number = max(adopted)
        yield _day_of(case, number), taken, found[0].start, ("period", "start")
    for term in found[1:]:
        place = int(term.route[1])  # every term after the first comes from a decision
        decision = case.agreement.decisions[place]
        day = decision.taken
        if day is not None and _public(decision, case):
            yield _day_of(case, place), day, term.start, (*term.route, "until")
