"""The agreement's life as terms: what was agreed, what was extended, and what is only proposed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from iopctl.compute.calendar import ONE_DAY, month_end
from iopctl.finding import Route
from iopctl.model import Agreement, PartialDate, Unknown

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

    A decision on an extension, or a new proposal, takes the place of what was only proposed before it; a rejection
    takes it away, and the whole agreement when that was rejected before it began and not adopted since.
    """
    if agreement.period is None or _never_began(agreement):
        return ()
    found = [Term(agreement.period.start, agreement.period.last_day or FAR, True, ("period",))]
    for number, decision in enumerate(agreement.decisions):
        if decision.kind in ("extended", "rejected") and (decision.kind == "extended" or decision.is_taken):
            found = [term for term in found if term.decided]
        if decision.until is None:
            continue
        if decision.kind == "terminated" and decision.is_taken:
            found = _cut(found, decision.until, ("decisions", number))
        elif decision.kind == "extended" and found and decision.until > found[-1].end:
            found.append(Term(found[-1].end + ONE_DAY, decision.until, decision.is_taken, ("decisions", number)))
    return tuple(found)


def _never_began(agreement: Agreement) -> bool:
    """Whether the last word before the first day was a rejection."""
    start = agreement.period.start if agreement.period else FAR
    early = [each for each in agreement.decisions if each.taken is not None and each.taken < start]
    words = [each.kind for each in early if each.kind in ("adopted", "rejected")]
    return words[-1:] == ["rejected"]


def _cut(found: list[Term], until: date, by: Route) -> list[Term]:
    """The terms up to a day; the one that the day is in ends there."""
    kept = [term for term in found if term.start <= until]
    if kept and until < kept[-1].end:
        kept[-1] = replace(kept[-1], end=until, cut_by=by)
    return kept


def last_decided(agreement: Agreement) -> Term | None:
    """The last term that is decided; None for an agreement without a period."""
    decided = [term for term in terms(agreement) if term.decided]
    return decided[-1] if decided else None


def adopted(agreement: Agreement) -> tuple[date, Route] | None:
    """The day the agreement was entered, or is to be, and where it says so; None when no exact day is known."""
    days = [
        (day, ("decisions", number, "date" if decision.taken else "planned"))
        for number, decision in enumerate(agreement.decisions)
        if decision.kind == "adopted" and (day := decision.taken or decision.planned) is not None
    ]
    return max(days) if days else None


def as_known(agreement: Agreement, day: date) -> Agreement:
    """The agreement as it stood on a day: a decision that was taken later was then still to come.

    One of which only the month or the year is known was taken on its last day, at the latest.
    """
    taken = [_at_latest(each.date) for each in agreement.decisions]
    if not any(each > day for each in taken):
        return agreement
    decisions = tuple(
        decision.model_copy(update={"date": None, "planned": latest}) if latest > day else decision
        for decision, latest in zip(agreement.decisions, taken, strict=True)
    )
    return agreement.model_copy(update={"decisions": decisions})


def _at_latest(taken: date | PartialDate | Unknown | None) -> date:
    """The last day that a decision can have been taken; long ago where nothing says when it was."""
    if isinstance(taken, PartialDate):
        return month_end(taken.year, taken.month or 12)
    return taken if isinstance(taken, date) else date.min
