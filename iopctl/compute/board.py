"""Back-planning: the last meeting of a board that decides in time, and the days of its preparation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from iopctl.compute.calendar import ONE_DAY, latest_for, legal_force, previous_open
from iopctl.model import Agreement, Board, LeadTime, Meeting, Party, Unknown


class Step(StrEnum):
    """What is done before a meeting, and the meeting itself."""

    FOLLOW_UP = "follow_up"
    """The follow-up is held, and the partner is asked."""
    MEMO = "memo"
    PRESIDIUM = "presidium"
    COMMITTEE_PAPERS = "committee_papers"
    COMMITTEE = "committee"
    UNION = "union"
    SUMMONS = "summons"
    MEETING = "meeting"


class Basis(StrEnum):
    """What a step's day comes from."""

    MEETING = "meeting"
    """The meeting's own day, as the board has set it."""
    LEAD_TIME = "lead_time"
    """The board's lead time."""
    ESTIMATE = "estimate"
    """Nothing of the board's: USUAL_DAYS, or for the follow-up the last open day before the memo is ready."""


@dataclass(frozen=True, slots=True)
class Stop:
    """The last day for one step."""

    step: Step
    day: date
    basis: Basis


@dataclass(frozen=True, slots=True)
class Plan:
    """How a board decides by a day: the last meeting that can, and what comes before it."""

    board: Board
    limit: date
    """The last day of the calendar on which it can decide, whenever it meets."""
    calendar_known: bool
    """Whether its meetings are known until the limit; else nothing more than the limit is told."""
    meeting: Meeting | None = None
    """The last usable one: it decides in time, and with laga kraft in time where the board plans so."""
    without_legal_force: Meeting | None = None
    """A later one that decides in time, too late for laga kraft."""
    stops: tuple[Stop, ...] = ()
    """Of the last usable meeting, in order of day, and last the meeting itself."""
    missed: bool = False
    """Whether the last usable meeting, or without a known calendar the limit, has passed."""
    following: Meeting | None = None
    """When it is missed: the first meeting that is still to come."""

    @property
    def ready(self) -> date:
        """The day when the matter has to be ready for this board, and so decided by the one before it."""
        return _ready(self.stops) if self.stops else self.limit


USUAL_DAYS = {
    Step.MEMO: 26,
    Step.PRESIDIUM: 21,
    Step.COMMITTEE_PAPERS: 19,
    Step.COMMITTEE: 14,
    Step.UNION: 8,
    Step.SUMMONS: 5,
}
"""Days before a meeting, to plan by where a board has said nothing. An estimate: they are those of Tibro barn- och
utbildningsnämnd in February and March 2023, and others have their own.
https://tibro.se/inredan/forvaltningssidor/barn--utbildning---ny/namndsadministration/barn--och-utbildningsnamndens-beredningstider/
"""

ORDER = tuple(Step)


def stops(board: Board, meeting: Meeting) -> tuple[Stop, ...]:
    """The steps of a meeting in order of day: its own days, else the board's lead times, else estimates.

    Estimates are only for a meeting of which nothing is said, of a board without lead times: where some days are given,
    a step without one does not take place. What is not the meeting's own day is moved back to an open day.
    """
    found = sorted((*_preparation(board, meeting), Stop(Step.MEETING, meeting.date, Basis.MEETING)), key=_order)
    return tuple(sorted((_follow_up(board, meeting, _ready(found)), *found), key=_order))


def _preparation(board: Board, meeting: Meeting) -> Iterator[Stop]:
    silent = board.lead_times is None and not any(getattr(meeting, step) for step in USUAL_DAYS)
    for step, usual in USUAL_DAYS.items():
        own: date | None = getattr(meeting, step)
        lead: LeadTime | None = getattr(board.lead_times, step, None)
        if own is not None:
            yield Stop(step, own, Basis.MEETING)
        elif lead is not None:
            yield Stop(step, before(meeting.date, lead), Basis.LEAD_TIME)
        elif silent:
            yield Stop(step, before(meeting.date, LeadTime(usual, "days")), Basis.ESTIMATE)


def _follow_up(board: Board, meeting: Meeting, ready: date) -> Stop:
    """The board's lead time, unless that would be too late for the memo to say how it went."""
    latest = previous_open(ready - ONE_DAY)
    lead = board.lead_times.follow_up if board.lead_times else None
    if lead is not None and (day := before(meeting.date, lead)) <= latest:
        return Stop(Step.FOLLOW_UP, day, Basis.LEAD_TIME)
    return Stop(Step.FOLLOW_UP, latest, Basis.ESTIMATE)


def _ready(found: Sequence[Stop]) -> date:
    """The day of the memo, else of the first step known; of stops in order of day."""
    days = {each.step: each.day for each in found if each.step is not Step.FOLLOW_UP}
    return days.get(Step.MEMO, next(iter(days.values())))


def _order(stop: Stop) -> tuple[date, int]:
    return stop.day, ORDER.index(stop.step)


def before(day: date, lead: LeadTime) -> date:
    """The open day that is so long before a day, or the open day before that one."""
    match lead.unit:
        case "days":
            return previous_open(day - timedelta(days=lead.number))
        case "weeks":
            return previous_open(day - timedelta(weeks=lead.number))
        case "working days":
            for _each in range(lead.number):
                day = previous_open(day - ONE_DAY)
            return day


def plan(board: Board, decide_by: date, in_force_on: date | None, as_of: date) -> Plan:
    """The last meeting on which a board can decide by a day.

    With `in_force_on`, and unless the board plans without, the decision has laga kraft on that day at the latest.
    """
    force = in_force_on if board.legal_force else None
    limit = decide_by if force is None else min(decide_by, latest_for(force))
    meetings = sorted(board.meetings, key=lambda each: each.date)
    in_time = [each for each in meetings if each.date <= decide_by]
    usable = next((each for each in reversed(in_time) if _has_force(each, force)), None)
    if not _reaches(meetings, limit, as_of if usable is None else usable.date):
        return Plan(board, limit, calendar_known=False, missed=limit < as_of)
    late = in_time[-1] if in_time and in_time[-1] is not usable else None
    missed = usable is None or usable.date < as_of
    following = next((each for each in meetings if each.date >= as_of), None) if missed else None
    return Plan(board, limit, True, usable, late, stops(board, usable) if usable else (), missed, following)


def _has_force(meeting: Meeting, on: date | None) -> bool:
    return on is None or legal_force(meeting.date, meeting.approved, meeting.posted).gained <= on


def _reaches(meetings: Sequence[Meeting], limit: date, since: date) -> bool:
    """Whether the meetings, in order, are known from one day to another: those of a calendar year are set at once."""
    return bool(meetings) and meetings[0].date.year <= since.year and limit.year <= meetings[-1].date.year


def chain(boards: Sequence[Board], decide_by: date, in_force_on: date | None, as_of: date) -> tuple[Plan, ...]:
    """The plans of the boards that a matter goes through, in that order, so that the last one decides by a day.

    Each of the others meets no later than the day when the matter has to be ready for the next. What they decide is a
    proposal, which needs no laga kraft; the follow-up comes before the first one only.
    """
    found: list[Plan] = []
    for board in reversed(boards):
        found.insert(0, plan(board, decide_by, in_force_on, as_of))
        decide_by, in_force_on = found[0].ready, None
    return (*found[:1], *(_without_follow_up(each) for each in found[1:]))


def _without_follow_up(plan: Plan) -> Plan:
    return replace(plan, stops=tuple(each for each in plan.stops if each.step is not Step.FOLLOW_UP))


def deciding(agreement: Agreement, boards: Sequence[Board]) -> tuple[Board, ...]:
    """The boards of the workspace that decide on an agreement, in order: those that propose, and the one that decides.

    They are those of the last decision to adopt or extend it by a board that is known; without such a decision, the
    board of the public party.
    """
    decisions = agreement.decisions
    taken = [place for place, each in enumerate(decisions) if each.is_taken and each.kind in ("adopted", "extended")]
    for number, place in reversed(list(enumerate(taken))):
        last = called(decisions[place].body, boards)
        if last is not None:
            since = taken[number - 1] + 1 if number else 0
            proposals = [each for each in decisions[since:place] if each.kind == "recommended"]
            proposing = {board.name: board for each in proposals if (board := called(each.body, boards))}
            proposing.pop(last.name, None)
            return (*proposing.values(), last)
    public = [party for party in agreement.parties.values() if party.public]
    names = [name for party in public for name in (*_later_boards(party), party.board, party.name)]
    return next(((board,) for name in names if (board := called(name, boards))), ())


def _later_boards(party: Party) -> list[str | None]:
    """The names that a party's board has got since, the last one first."""
    return [each.board for each in reversed(party.renamed)]


def called(name: str | Unknown | None, boards: Sequence[Board]) -> Board | None:
    """The board of the workspace that a name means."""
    return next((each for each in boards if each.is_called(name)), None) if isinstance(name, str) else None
