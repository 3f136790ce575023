"""The follow-up of an agreement: what has been done, what is next, and what comes up until the one after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from iopctl.compute.calendar import ONE_DAY, years_later
from iopctl.compute.deadline import Deadline, Kind
from iopctl.compute.deadlines import deadlines
from iopctl.compute.timeline import as_heard, terms
from iopctl.documents.swedish import SWEDISH
from iopctl.model import Agreement, Duty, LogEntry, Workspace
from iopctl.render.deadlines import what_is_due, who


@dataclass(frozen=True, slots=True)
class Held:
    """Something that the log says was done."""

    day: date | None
    through: date | None
    """The last day that a statement without days of its own speaks for."""
    what: str
    note: str | None
    contents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Occasion:
    """A time that a duty is to be done, or another day to keep."""

    day: date
    what: str
    who: str
    done: date | None = None
    through: bool = False
    """The log gives no day: `done` is the last one that it speaks for."""
    late: bool = False
    target: bool = False
    """The agreement gives no such day: it is one to plan by."""


@dataclass(frozen=True, slots=True)
class Following:
    """The follow-up of an agreement, as known on a day."""

    duty: Duty | None
    """The follow-up, or the meeting, that is next."""
    day: date | None
    """By when it is to be done; None when it is only done on request."""
    target: bool
    """The agreement says how often, not when: the day is one to plan by."""
    booked: date | None
    last: Held | None
    """The last time that it was done."""
    report: Duty | None
    """The written report that the agreement asks for."""
    held: tuple[Held, ...]
    """All that the log has been told of duties done, in order."""
    occasions: tuple[Occasion, ...]
    """Every time that a duty was, or is, to be done from the first day to the day and a year on."""
    until: date
    """When the follow-up after the next one is due; else a year on."""
    coming: tuple[Occasion, ...]
    """What else is to be done until then."""
    extension: tuple[Occasion, ...]
    """The days, within that time, by which it is to be decided whether the agreement goes on."""


DECIDING = (Kind.DECIDE_BY, Kind.OPTION, Kind.NOTICE, Kind.END)
UNSAID = (Kind.ACKNOWLEDGEMENT, Kind.INDEX, Kind.START)
"""What the parties do not meet about."""


def following(id_: str, workspace: Workspace, as_of: date) -> Following:
    """The follow-up of an agreement as known on a day."""
    agreement = as_heard(workspace.agreements[id_], as_of)
    horizon = years_later(as_of, 2)
    found = deadlines(id_, workspace.agreements[id_], workspace, as_of, horizon)
    times = _next(agreement, found, as_of)
    duty = agreement.duties[int(times[0].route[1])] if times else _on_request(agreement)
    until = times[1].day if len(times) > 1 else years_later(max(as_of, times[0].day if times else as_of), 1)
    ahead = [each for each in found if as_of <= each.day <= until and each.done is None and _is_for_all(each)]
    held = tuple(_held(agreement, as_of))
    return Following(
        duty=duty,
        day=times[0].day if times else None,
        booked=min((day for day in duty.planned if day >= as_of), default=None) if duty else None,
        target=times[0].target if times else False,
        last=next((each for each in reversed(held) if duty is not None and each.what == duty.text), None),
        report=_report(agreement),
        held=held,
        occasions=tuple(_occasions(id_, agreement, workspace, as_of)),
        until=until,
        coming=tuple(_occasion(each, agreement, as_of) for each in ahead if each not in times[:1]),
        extension=tuple(_occasion(each, agreement, as_of) for each in ahead if each.kind in DECIDING),
    )


def _next(agreement: Agreement, found: list[Deadline], as_of: date) -> list[Deadline]:
    """The follow-ups to come, in order; the meetings, where the agreement has no follow-ups."""
    for kind in (Kind.FOLLOW_UP, Kind.MEETING):
        if any(duty.kind == kind for duty in agreement.duties):
            return [each for each in found if each.kind is kind and each.done is None and each.day >= as_of]
    return []


def _on_request(agreement: Agreement) -> Duty | None:
    """The follow-up that no day can be told of."""
    return next((each for each in agreement.duties if each.kind in ("follow_up", "meeting")), None)


def _report(agreement: Agreement) -> Duty | None:
    """The report on the agreement as a whole, unless it is the idea-based parties': one before the end goes first."""
    public = {id_ for id_, party in agreement.parties.items() if party.public}
    reports = [each for each in agreement.duties if each.kind == "report"]
    reports = [each for each in reports if not each.responsible or public & {*each.responsible}]
    return next((each for each in reports if each.before_end), next((each for each in reports if each.contents), None))


def _is_for_all(deadline: Deadline) -> bool:
    """Whether the parties meet about it: a board's meeting, but not the steps of its preparation."""
    return deadline.kind not in UNSAID and (
        deadline.kind is not Kind.BOARD or deadline.key.endswith((".meeting", ".limit"))
    )


def _held(agreement: Agreement, as_of: date) -> Iterator[Held]:
    names = {duty.id: duty.text for duty in agreement.duties}
    entries = [each for each in agreement.log if each.duty in names]
    for each in sorted(entries, key=_happened):
        day = each.date if isinstance(each.date, date) else None
        yield Held(day, each.through and min(each.through, as_of), names[each.duty or ""], each.note, each.contents)


def _happened(entry: LogEntry) -> date:
    return entry.date if isinstance(entry.date, date) else entry.through or date.min


def _occasions(id_: str, agreement: Agreement, workspace: Workspace, as_of: date) -> Iterator[Occasion]:
    """The times of all duties, as known on the day: what was done long ago is asked for year by year."""
    begun = terms(agreement)
    found: dict[str, Deadline] = {}
    day = begun[0].start if begun else as_of
    while day < as_of:
        day = min(years_later(day, 1), as_of)
        found |= {each.key: each for each in deadlines(id_, agreement, workspace, day, day) if _is_duty(each)}
    for each in deadlines(id_, agreement, workspace, as_of, years_later(as_of, 1) - ONE_DAY):
        if _is_duty(each):
            found[each.key] = each
    for each in sorted(found.values(), key=lambda each: each.order):
        yield _occasion(each, agreement, as_of)


def _is_duty(deadline: Deadline) -> bool:
    return deadline.route[:1] == ("duties",)


def _occasion(deadline: Deadline, agreement: Agreement, as_of: date) -> Occasion:
    return Occasion(
        deadline.day,
        what_is_due(deadline, SWEDISH),
        who(deadline, agreement, SWEDISH),
        deadline.done,
        deadline.done is not None and deadline.done not in {each.date for each in agreement.log},
        deadline.overdue(as_of),
        deadline.target,
    )
