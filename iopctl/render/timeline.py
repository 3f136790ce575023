"""What a picture of agreements over time shows, in which order, and how it is said in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from iopctl.compute.calendar import years_later
from iopctl.compute.lifeline import Lifeline, Phase, PhaseKind, Step
from iopctl.compute.timeline import FAR
from iopctl.finding import Message, say
from iopctl.locale.language import Language
from iopctl.render.plain import brief, quoted

BACK, AHEAD = 10, 15
"""The most years before and after the day of the run that a picture shows without being asked to."""


class Due(NamedTuple):
    """A deadline as a mark."""

    day: date
    what: str
    late: bool
    target: bool = False
    """The agreement gives no such day, so that nothing is late when it has passed."""

    @property
    def sign(self) -> Literal["due", "target", "late"]:
        """How it is drawn."""
        if self.target:
            return "target"
        return "late" if self.late else "due"


class Row(NamedTuple):
    """An agreement in the picture."""

    lifeline: Lifeline
    dues: tuple[Due, ...] = ()

    @property
    def order(self) -> tuple[date, str]:
        """The one that ends soonest first; those without an end last."""
        return self.lifeline.end or FAR, self.lifeline.agreement


@dataclass(frozen=True)
class Chart:
    """Everything that a picture shows."""

    rows: list[Row]
    without: list[Row]
    """Those that have no time to show."""
    first: date
    last: date
    as_of: date
    until: date
    """The last day that deadlines are shown for."""
    name: str | None = None
    """Of the municipality or the region."""

    def share(self, day: date) -> float:
        """Where a day begins: 0 is the left edge of the picture, 1 the right one."""
        return (day - self.first).days / ((self.last - self.first).days + 1)

    @property
    def years(self) -> range:
        """The years that begin, or go on, in the picture."""
        return range(self.first.year, self.last.year + 1)

    @cached_property
    def ending(self) -> int:
        """How many agreements end within a year from the day of the run."""
        return sum(
            self.as_of <= each.lifeline.end < years_later(self.as_of, 1) for each in self.rows if each.lifeline.end
        )


def chart(
    rows: Iterable[Row], as_of: date, until: date, *, first: date | None, last: date | None, name: str | None
) -> Chart:
    """The agreements in order, between two days; without them, whole years around what there is to show."""
    ordered = sorted(rows, key=lambda each: each.order)
    shown = [each for each in ordered if each.lifeline.phases]
    days = [day for each in shown for phase in each.lifeline.phases for day in (phase.first, phase.last) if day]
    days += [as_of, *(due.day for each in shown for due in each.dues)]
    start = first or date(max(min(days).year, as_of.year - BACK), 1, 1)
    end = last or date(min(max(days).year, as_of.year + AHEAD), 12, 31)
    if first is not None and end < first:
        end = date(first.year, 12, 31)
    if last is not None and last < start:
        start = date(last.year, 1, 1)
    without = [each for each in ordered if not each.lifeline.phases]
    return Chart(shown, without, start, end, as_of, until, name)


def heading(picture: Chart) -> Message:
    """What the picture is called."""
    if picture.name:
        return say("{name}: agreements over time", name=brief(" ".join(picture.name.split())))
    return say("Agreements over time")


def summary(picture: Chart) -> Message:
    """What the picture shows, for somebody who does not see it."""
    return say(
        "Agreements with a period: {count}. Time shown: {first} – {last}. Deadlines until {until}. "
        "Ending within a year from {day}: {ending}. Without a period: {without}.",
        count=len(picture.rows),
        first=picture.first,
        last=picture.last,
        until=picture.until,
        day=picture.as_of,
        ending=picture.ending,
        without=len(picture.without),
    )


def title(row: Row) -> str:
    """The agreement's title on one line."""
    return brief(" ".join(row.lifeline.title.split()))


def name(row: Row) -> str:
    """The agreement's id on one line."""
    return quoted(row.lifeline.agreement)


def last_day(row: Row, language: Language) -> str:
    """The last day that is decided."""
    return row.lifeline.end.isoformat() if row.lifeline.end else language.word("open-ended")


def why_without(row: Row) -> Message:
    """Why an agreement has no bar."""
    return say("it never began") if row.lifeline.never_began else say("it has no period")


def span_words(phase: Phase) -> Message:
    """From when to when."""
    if phase.last is None:
        if phase.kind is PhaseKind.OPTION:
            return say("from {first}, for how long is not stated", first=phase.first)
        return say("from {first} until further notice", first=phase.first)
    if phase.cut:
        return say("{first} – {last}, ended by a termination", first=phase.first, last=phase.last)
    return say("{first} – {last}", first=phase.first, last=phase.last)


def phase_words(phase: Phase) -> Message:
    """A part of the agreement's time: what it is, and from when to when."""
    if phase.kind is PhaseKind.PROPOSED and not phase.extends:
        return say("proposed, not decided: {span}", span=span_words(phase))
    what = say("proposed extension") if phase.kind is PhaseKind.PROPOSED else PHASES[phase.kind]
    return say("{what} {span}", what=what, span=span_words(phase))


def step_words(step: Step) -> Message:
    """A decision: what it is, and when."""
    what = STEPS[step.kind]
    if step.day is None:
        return say("{what}, no day is stated", what=what)
    match step.state:
        case "taken":
            return say("{what} {day}", what=what, day=str(step.day))
        case "planned":
            return say("{what}, planned for {day}", what=what, day=str(step.day))
        case "proposed":
            return say("{what}, proposed {day}", what=what, day=str(step.day))


def due_words(due: Due, language: Language) -> str:
    """A deadline: when, and what it is; the day in brackets is a target."""
    what = brief(" ".join(due.what.split()))
    match due.sign:
        case "target":
            return language.say(say("({day}) {what}", day=due.day, what=what))
        case "late":
            return language.say(say("{day} {what} (overdue)", day=due.day, what=what))
        case "due":
            return language.say(say("{day} {what}", day=due.day, what=what))


PHASES: dict[str, Message] = {
    PhaseKind.AGREED: say("agreed"),
    PhaseKind.EXTENDED: say("extended"),
    PhaseKind.PROPOSED: say("proposed, not decided"),
    PhaseKind.OPTION: say("possible extension"),
}
STEPS = {
    "mandated": say("task given"),
    "recommended": say("recommendation"),
    "adopted": say("decision to enter"),
    "extended": say("decision to extend"),
    "delegated": say("decision to delegate"),
    "terminated": say("decision to end"),
    "rejected": say("rejection"),
}
DECISION, UNDECIDED = say("decision"), say("decision planned or proposed")
DEADLINE, TARGET, OVERDUE = say("deadline"), say("target, not an agreed day"), say("overdue")
CUT, UNSTATED = say("ended by a termination"), say("length not stated")
GOES_ON = say("goes on outside the picture")
