"""The agreement's life as terms: what was agreed, what was extended, and what is only proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iopctl.compute.calendar import ONE_DAY
from iopctl.finding import Route
from iopctl.model import Agreement

FAR = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of the agreement's time, both days included."""

    start: date
    end: date
    decided: bool
    """False for an extension that is proposed and not yet decided."""
    route: Route
    """Where the agreement says so."""


def terms(agreement: Agreement) -> tuple[Term, ...]:
    """The terms in order: the agreed period, cut by a termination, then each extension that ends later."""
    if agreement.period is None:
        return ()
    found = [Term(agreement.period.start, agreement.period.last_day or FAR, True, ("period",))]
    for number, decision in enumerate(agreement.decisions):
        route = ("decisions", number)
        last = found[-1]
        if decision.kind == "terminated" and decision.until is not None and decision.taken is not None:
            found = [term for term in found if term.start <= decision.until]
            if found and decision.until < found[-1].end:
                found[-1] = Term(found[-1].start, decision.until, True, route)
            return tuple(found)
        if decision.kind == "extended" and decision.until is not None and decision.until > last.end:
            decided = last.decided and (decision.taken is not None or decision.proposed is None)
            found.append(Term(last.end + ONE_DAY, decision.until, decided, route))
    return tuple(found)


def last_decided(agreement: Agreement) -> Term | None:
    """The last term that is decided; None for an agreement without a period."""
    decided = [term for term in terms(agreement) if term.decided]
    return decided[-1] if decided else None
