"""The agreement's life as terms: what was agreed, what was extended, and what is only proposed."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    """Where the agreement says that it begins."""
    cut_by: Route | None = None
    """The termination that ends it early."""

    @property
    def ends_at(self) -> Route:
        """Where the agreement says when it ends."""
        if self.cut_by is not None:
            return (*self.cut_by, "until")
        return (*self.route, "until" if self.route[0] == "decisions" else "end")


def terms(agreement: Agreement) -> tuple[Term, ...]:
    """The terms in order: the agreed period, then each extension that ends later, cut by a termination.

    A rejection takes away the extensions that were only proposed.
    """
    if agreement.period is None:
        return ()
    found = [Term(agreement.period.start, agreement.period.last_day or FAR, True, ("period",))]
    for number, decision in enumerate(agreement.decisions):
        last = found[-1]
        if decision.kind == "rejected" and decision.is_taken:
            found = [term for term in found if term.decided]
        elif decision.until is None:
            continue
        elif decision.kind == "terminated" and decision.is_taken:
            kept = [term for term in found if term.start <= decision.until]
            if kept and decision.until < kept[-1].end:
                kept[-1] = replace(kept[-1], end=decision.until, cut_by=("decisions", number))
            return tuple(kept)
        elif decision.kind == "extended" and decision.until > last.end:
            decided = last.decided and decision.is_taken
            found.append(Term(last.end + ONE_DAY, decision.until, decided, ("decisions", number)))
    return tuple(found)


def last_decided(agreement: Agreement) -> Term | None:
    """The last term that is decided; None for an agreement without a period."""
    decided = [term for term in terms(agreement) if term.decided]
    return decided[-1] if decided else None
