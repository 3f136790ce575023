"""An agreement's life as a line: what is agreed, extended, proposed and still possible, and what was decided when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from iopctl.compute.calendar import ONE_DAY, last_day
from iopctl.compute.status import Stage, stage
from iopctl.compute.timeline import FAR, Term, as_heard, option_left, terms
from iopctl.finding import Route
from iopctl.model import Agreement, Decision, PartialDate, Unknown


class PhaseKind(StrEnum):
    """How sure a part of the agreement's time is."""

    AGREED = "agreed"
    EXTENDED = "extended"
    PROPOSED = "proposed"
    """Not decided: an extension, or the agreement itself while it is under preparation."""
    OPTION = "option"
    """An extension that nobody has proposed, and that can still be decided."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the agreement's time, both days included."""

    kind: PhaseKind
    first: date
    last: date | None
    """None when it goes on until further notice, and for an option whose length is not stated."""
    cut: bool = False
    """A termination, or a notice, ends it."""
    route: Route = ("period",)
    """Where the agreement says so."""

    @property
    def extends(self) -> bool:
        """Whether it is an extension that somebody has decided or proposed."""
        return self.route[0] == "decisions"


@dataclass(frozen=True, slots=True)
class Step:
    """A decision on the agreement's way."""

    kind: str
    state: Literal["taken", "planned", "proposed"]
    day: date | PartialDate | None
    """When that was, or is to be; None when nothing says."""


@dataclass(frozen=True, slots=True)
class Lifeline:
    """The life of one agreement as it is known on a day."""

    agreement: str
    title: str
    phases: tuple[Phase, ...]
    """In order; none when there is no period, or the agreement never began."""
    steps: tuple[Step, ...]
    never_began: bool = False
    """There is a period, and a rejection or a termination before its first day."""

    @property
    def end(self) -> date | None:
        """The last day that is decided, or that the agreement under preparation has; None until further notice."""
        held = [each for each in self.phases if each.kind in _DECIDED or each.route == ("period",)]
        return held[-1].last if held else None


_DECIDED = (PhaseKind.AGREED, PhaseKind.EXTENDED)


def lifeline(id_: str, agreement: Agreement, as_of: date) -> Lifeline:
    """The agreement's life, with the decisions that were taken by a day."""
    known = as_heard(agreement, as_of)
    found = terms(known)
    prepared = stage(agreement, as_of) is Stage.UNDER_PREPARATION
    phases = [_phase(term, prepared=prepared) for term in found]
    phases += _options(known, found, as_of)
    steps = tuple(map(_step, known.decisions))
    return Lifeline(id_, known.title, tuple(phases), steps, known.period is not None and not found)


def _phase(term: Term, *, prepared: bool) -> Phase:
    if term.route == ("period",):
        kind = PhaseKind.PROPOSED if prepared else PhaseKind.AGREED
    else:
        kind = PhaseKind.EXTENDED if term.decided else PhaseKind.PROPOSED
    return Phase(kind, term.start, None if term.end == FAR else term.end, term.cut_by is not None, term.route)


def _options(agreement: Agreement, found: tuple[Term, ...], as_of: date) -> Iterator[Phase]:
    """The extensions after the last term: as many as the option has left, one where it sets no number."""
    option = agreement.period.extension if agreement.period else None
    if option is None or not found or found[-1].end == FAR or not _open(agreement, found, as_of):
        return
    end, used = found[-1].end, len(found) - 1
    for _time in range(option.times - used if option.times is not None else 1):
        first = end + ONE_DAY
        latest = option.until or FAR
        if first > latest:
            return
        if option.length is None:
            yield Phase(PhaseKind.OPTION, first, option.until, route=_OPTION)
            return
        end = min(last_day(first, option.length), latest)
        yield Phase(PhaseKind.OPTION, first, end, route=_OPTION)


_OPTION: Route = ("period", "extension")


def _open(agreement: Agreement, found: tuple[Term, ...], as_of: date) -> bool:
    """Whether an extension can still be decided: the option is left, and it is not too late."""
    option = agreement.period.extension if agreement.period else None
    decided = [term for term in found if term.decided]
    latest = decided[-1].end
    if option is not None and option.decide_by is not None and len(decided) == 1:
        latest = option.decide_by
    return as_of <= latest and option_left(agreement)


def _step(decision: Decision) -> Step:
    if decision.is_taken:
        return Step(decision.kind, "taken", None if isinstance(decision.date, Unknown) else decision.date)
    if decision.planned is None and decision.proposed is not None:
        return Step(decision.kind, "proposed", decision.proposed)
    return Step(decision.kind, "planned", decision.planned)
