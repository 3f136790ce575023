"""What has to be done, by whom and by when, and what the log says is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from iopctl.compute.agreement_dates import agreement_dates
from iopctl.compute.board_dates import board_dates
from iopctl.compute.calendar import is_open, next_open, previous_open, years_later
from iopctl.compute.deadline import Deadline, Kind, Practical
from iopctl.compute.duties import KEPT, Occurrence, Span, occurrences
from iopctl.compute.money_dates import gathered, money_dates
from iopctl.compute.timeline import heard, last_decided, terms
from iopctl.finding import Message, say
from iopctl.model import Agreement, Duty, Workspace


def deadlines(id_: str, agreement: Agreement, workspace: Workspace, as_of: date, until: date) -> list[Deadline]:
    """Everything due no later than `until`, in order of day; what is past as of `as_of` and not done is overdue.

    What was done within a year before `as_of` is there too, so that a calendar can follow. What was decided or logged
    after `as_of` is not known on that day.
    """
    as_it_stood = heard(agreement, as_of)
    known = as_it_stood.agreement
    found = [
        *_duties(id_, known, as_of, until),
        *agreement_dates(id_, known, as_of),
        *board_dates(id_, known, workspace.settings.boards, as_of),
    ]
    if last_decided(known) is not None:
        found += money_dates(id_, known, workspace.tables, as_of, until)
    if known is not agreement:
        found = [replace(each, route=as_it_stood.in_file(each.route)) for each in found]
    kept = (each for each in found if each.day <= until and (each.done is None or each.day >= as_of - KEPT))
    return sorted(kept, key=lambda each: each.order)


def undone(id_: str, workspace: Workspace, as_of: date, until: date) -> list[Deadline]:
    """What is still to be done no later than `until`, for a list: old payments kept elsewhere are told of once."""
    found = deadlines(id_, workspace.agreements[id_], workspace, as_of, until)
    return gathered(each for each in found if each.done is None)


def duties_left(id_: str, agreement: Agreement, as_of: date, until: date) -> list[Deadline]:
    """The duties not done as of a day and due no later than `until`, in order of day."""
    found = _duties(id_, agreement, as_of, until)
    return sorted((each for each in found if each.day <= until and each.done is None), key=lambda each: each.order)


def _duties(id_: str, agreement: Agreement, as_of: date, until: date) -> Iterator[Deadline]:
    last = last_decided(agreement)
    span = None
    if agreement.period is not None and last is None:
        return  # it was rejected before it began
    if last is not None:
        span = Span(terms(agreement)[0].start, min(last.end, years_later(until, 1)), last.end, last.start)
    for number, duty in enumerate(agreement.duties):
        responsible = _responsible(agreement, duty)
        for each in occurrences(duty, agreement, span, as_of):
            yield _deadline(id_, number, duty, responsible, each)


Responsible = tuple[tuple[str, ...], tuple[str, ...]]
"""The parties that see to something, and the bodies."""


def _deadline(id_: str, number: int, duty: Duty, responsible: Responsible, at: Occurrence) -> Deadline:
    who, bodies = responsible
    frequent = duty.times_per_year is not None and at.booked is not None
    day = at.booked if frequent and at.booked is not None else at.day
    target = at.target and not frequent
    return Deadline(
        agreement=id_,
        key=at.key,
        kind=Kind(duty.kind),
        day=day,
        what=duty.text,
        route=("duties", number),
        who=who,
        bodies=bodies,
        number=at.number,
        of=at.of,
        target=target,
        practical=None if target or frequent else _practical(duty, day),
        note=_note(at, target),
        done=at.done,
    )


def _responsible(agreement: Agreement, duty: Duty) -> Responsible:
    """Who sees to a duty: the responsible parties, else those whose member convenes the group; and who invites."""
    who = duty.responsible or tuple(
        member.party
        for forum in agreement.forums
        if forum.id == duty.forum
        for member in forum.members
        if member.convener and member.party is not None
    )
    return who, (duty.called_by,) if duty.called_by else ()


def _practical(duty: Duty, day: date) -> Practical | None:
    """The open day for a duty: where the agreement moves it.

    Else nothing does. A report that comes on the next open day is read then, so that is told; what people meet for, and
    what comes before the agreement's end, has to be done on the open day before.
    """
    if is_open(day):
        return None
    forward = duty.working_day == "next" or (duty.working_day is None and duty.kind == "report" and not duty.before_end)
    return Practical(next_open(day) if forward else previous_open(day), moves=duty.working_day is not None)


def _note(at: Occurrence, target: bool) -> Message | None:
    if at.asked:
        return say("a party asked for it on this day; the agreement does not say how soon it must be done")
    if at.booked is not None:
        return say("booked for {day}", day=at.booked)
    return say("the agreement says how often, not when") if target else None
