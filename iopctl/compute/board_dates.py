"""What a board has to decide on an agreement, planned backwards from its meetings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from iopctl.compute.board import Basis, Plan, Step, Stop, called, chain, deciding, stops
from iopctl.compute.calendar import ONE_DAY, latest_for, legal_force
from iopctl.compute.deadline import Deadline, Kind
from iopctl.compute.timeline import FAR, extension_settled, last_decided, notice_given, option_left, terms
from iopctl.finding import Message, Route, say
from iopctl.model import Agreement, Board, Decision, Meeting


@dataclass(frozen=True, slots=True)
class Matter:
    """Something to decide on."""

    key: str
    kind: Literal["adopted", "extended"]
    decide_by: date
    begins: date
    """The day on which the decision should have legal force."""
    route: Route
    clause: str | None
    pending: Decision | None
    """The decision to come, as far as the agreement speaks of it."""

    @property
    def planned(self) -> date | None:
        """The day of the meeting that has been chosen."""
        return self.pending.planned if self.pending is not None else None

    @property
    def on_its_way(self) -> bool:
        """Whether it has been proposed, or a meeting chosen: then what has passed of its preparation is done."""
        return self.pending is not None and (self.pending.proposed is not None or self.planned is not None)


def board_dates(id_: str, agreement: Agreement, boards: Sequence[Board], as_of: date) -> Iterator[Deadline]:
    """The last meetings that can decide in time, and the days of their preparation, for what is still to be decided.

    A meeting that is planned is prepared instead, and the last one is told beside it. Without boards in iopctl.yaml
    only the last day on which a decision can be taken and still have legal force in time is told.
    """
    for matter in _matters(agreement, as_of):
        deciders = _deciders(agreement, matter, boards)
        if not deciders:
            yield from _limit(id_, agreement, matter)
            continue
        planned = matter.planned if matter.planned is not None and matter.planned >= as_of else None
        plans = chain(deciders, matter.decide_by, matter.begins, as_of)
        if planned is not None:
            plans = (*chain(deciders, planned, None, as_of)[:-1], plans[-1])
        for plan in plans:
            rows = _Rows(id_, agreement, matter, plan, plan is plans[-1], as_of)
            yield from rows.planned(planned) if planned is not None and plan is plans[-1] else rows.backwards()


def _deciders(agreement: Agreement, matter: Matter, boards: Sequence[Board]) -> tuple[Board, ...]:
    """Those that decided before, unless the decision to come names another board."""
    usual = deciding(agreement, boards)
    named = called(matter.pending.body, boards) if matter.pending is not None else None
    return usual if named is None or named in usual[-1:] else (named,)


def _matters(agreement: Agreement, as_of: date) -> Iterator[Matter]:
    last = last_decided(agreement)
    if last is None:
        return
    start = terms(agreement)[0].start
    period = agreement.period
    if start > as_of and not any(each.kind == "adopted" and each.is_taken for each in agreement.decisions):
        wording = period.wording if period else None
        pending = _pending(agreement, "adopted")
        yield Matter("adopt", "adopted", start - ONE_DAY, start, ("period", "start"), wording, pending)
    option = period.extension if period else None
    if last.end == FAR or last.end < as_of or notice_given(agreement) is not None:
        return
    proposed = next((term.route for term in terms(agreement) if not term.decided), None)
    route: Route
    if option is not None and option.decide_by is not None and not extension_settled(agreement):
        decide_by, route = option.decide_by, ("period", "extension", "decide_by")
    elif proposed is not None:
        decide_by, route = last.end, proposed
    elif option_left(agreement):
        decide_by, route = last.end, ("period", "extension")
    else:
        return
    key = f"extend.{sum(term.decided for term in terms(agreement))}"
    wording = option.wording if option else None
    yield Matter(key, "extended", decide_by, last.end + ONE_DAY, route, wording, _pending(agreement, "extended"))


def _pending(agreement: Agreement, kind: str) -> Decision | None:
    """The decision to come, if one is spoken of: what was planned before one that has been taken is answered by it."""
    of = [each for each in agreement.decisions if each.kind == kind]
    return of[-1] if of and not of[-1].is_taken else None


def _limit(id_: str, agreement: Agreement, matter: Matter) -> Iterator[Deadline]:
    """The last day of the calendar, where no board is known. Laga kraft is of municipalities and regions."""
    deciders = [name for name, party in agreement.parties.items() if party.kind in ("municipality", "region")]
    limit = latest_for(matter.begins)
    if deciders and limit < matter.decide_by:
        yield Deadline(
            agreement=id_,
            key=f"{matter.key}.limit",
            kind=Kind.BOARD,
            day=limit,
            what=say("Last day for a decision that is certain to have legal force {day}", day=matter.begins),
            route=matter.route,
            who=tuple(deciders),
            clause=matter.clause,
            target=True,
            note=say("no meetings are known; add the board with its meetings to iopctl.yaml"),
        )


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one board's plan."""

    id: str
    agreement: Agreement
    matter: Matter
    plan: Plan
    decides: bool
    """Whether this board has the last word; else it proposes to the next."""
    as_of: date

    def backwards(self) -> Iterator[Deadline]:
        """The steps up to the last usable meeting; or that none is left, and those to the next that can decide."""
        plan, matter, name = self.plan, self.matter, self.plan.board.name
        if matter.planned is not None and matter.planned < self.as_of and self.decides:
            what = say(
                "The meeting of {board} planned for {day} has been; no decision is recorded",
                board=name,
                day=matter.planned,
            )
            yield self._row("planned", matter.planned, what, None, missed=True)
        if not plan.calendar_known:
            what = say("Last day for {board} to decide, on a day that is not set yet", board=name)
            note = say("the meetings of {board} are not known so far ahead; add them to iopctl.yaml", board=name)
            yield self._row("limit", plan.limit, what, note, target=True, missed=plan.missed)
            return
        if not plan.missed and plan.meeting is not None:
            yield from self._steps(plan.meeting, plan.stops, "", self._last_meeting())
        elif plan.missed:
            yield from self._missed()
        late = plan.without_legal_force
        if late is not None and late.date >= self.as_of and late is not plan.following:
            yield self._row("meeting-late", late.date, self._too_late(), None)

    def planned(self, day: date) -> Iterator[Deadline]:
        """The steps up to the meeting that is planned, and the last one that could decide in its place."""
        board = self.plan.board
        meeting = next((each for each in board.meetings if each.date == day), None)
        note = None if meeting else say("no meeting of {board} is set for this day in iopctl.yaml", board=board.name)
        chosen = meeting or Meeting(date=day)
        if day > self.matter.decide_by:
            what = say("Planned meeting of {board}, after the last day to decide", board=board.name)
        elif board.legal_force and legal_force(day, chosen.approved, chosen.posted).gained > self.matter.begins:
            what = say(
                "Planned meeting of {board}, too late to be certain of legal force {day}",
                board=board.name,
                day=self.matter.begins,
            )
        else:
            what = say("Planned meeting of {board}", board=board.name)
        yield from self._steps(chosen, stops(board, chosen), "planned.", what, note)
        last = self.plan.meeting
        if self.plan.calendar_known and last is not None and last.date >= self.as_of and last.date != day:
            yield self._row(Step.MEETING.value, last.date, self._last_meeting(), None)

    def _missed(self) -> Iterator[Deadline]:
        """That no meeting is left; and the steps to the first one after, where that still decides in time."""
        plan, following = self.plan, self.plan.following
        day = plan.meeting.date if plan.meeting is not None else plan.limit
        after = (
            say("the first meeting after is {day}", day=following.date)
            if following
            else say("no later meeting is known")
        )
        yield self._row("missed", day, self._none_left(), after, missed=True)
        if self.decides and following is not None and following.date <= self.matter.decide_by:
            yield from self._steps(following, stops(plan.board, following), "late.", self._too_late())

    def _steps(
        self, meeting: Meeting, found: Sequence[Stop], prefix: str, last: Message, note: Message | None = None
    ) -> Iterator[Deadline]:
        """The preparation of a meeting and the meeting itself; of what is on its way, what has passed is done."""
        for stop in found:
            if stop.day < self.as_of and self.matter.on_its_way:
                continue
            key, target = f"{prefix}{stop.step}", stop.basis is Basis.ESTIMATE
            if stop.step is Step.MEETING:
                yield self._row(key, stop.day, last, note)
            else:
                row = self._row(key, stop.day, self._step(stop.step, meeting.date), _basis(stop), target=target)
                yield replace(row, who=self._officials()) if stop.step in (Step.FOLLOW_UP, Step.MEMO) else row

    def _row(
        self, key: str, day: date, what: Message, note: Message | None, *, target: bool = False, missed: bool = False
    ) -> Deadline:
        name = self.plan.board.name
        prefix = self.matter.key if self.decides else f"{self.matter.key}.{name.casefold()}"
        return Deadline(
            agreement=self.id,
            key=f"{prefix}.{key}",
            kind=Kind.BOARD,
            day=day,
            what=what,
            route=self.matter.route,
            bodies=(name,),
            clause=self.matter.clause,
            target=target,
            note=note,
            missed=missed,
        )

    def _officials(self) -> tuple[str, ...]:
        """The public parties: their officials follow up, and write the memo."""
        return tuple(name for name, party in self.agreement.parties.items() if party.public)

    def _step(self, step: Step, meeting: date) -> Message:
        """What has to be done. Before it is adopted, and after a follow-up, only the partner is asked."""
        board = self.plan.board.name
        match step:
            case Step.FOLLOW_UP if self.matter.kind == "adopted" or self._followed_up():
                return say("The partner asked, before {board} {day}", board=board, day=meeting)
            case Step.FOLLOW_UP:
                return say("Follow-up held and the partner asked, before {board} {day}", board=board, day=meeting)
            case Step.MEMO:
                return say("Memo (tjänsteskrivelse) ready for {board} {day}", board=board, day=meeting)
            case Step.PRESIDIUM:
                return say("The presidium prepares {board} {day}", board=board, day=meeting)
            case Step.COMMITTEE_PAPERS:
                return say("Papers to the committee before {board} {day}", board=board, day=meeting)
            case Step.COMMITTEE:
                return say("The committee prepares {board} {day}", board=board, day=meeting)
            case Step.UNION:
                return say("Union cooperation before {board} {day}", board=board, day=meeting)
            case _:
                return say("Papers (kallelse) to {board} {day}", board=board, day=meeting)

    def _followed_up(self) -> bool:
        """Whether a follow-up, or a common position, is in the log of the last year."""
        duties = {each.id for each in self.agreement.duties if each.kind in ("follow_up", "position")}
        since = self.as_of - timedelta(days=366)
        return any(
            isinstance(each.date, date) and since < each.date <= self.as_of
            for each in self.agreement.log
            if each.duty in duties
        )

    def _last_meeting(self) -> Message:
        board = self.plan.board
        if not self.decides:
            return say("Last meeting of {board} that can propose in time", board=board.name)
        if board.legal_force:
            return say(
                "Last meeting of {board} whose decision is certain to have legal force {day}",
                board=board.name,
                day=self.matter.begins,
            )
        return say("Last meeting of {board} that can decide in time", board=board.name)

    def _too_late(self) -> Message:
        name = self.plan.board.name
        return say("Meeting of {board} that decides in time, but too late to be certain of legal force", board=name)

    def _none_left(self) -> Message:
        name, by = self.plan.board.name, self.plan.limit
        if not self.decides:
            return say("No meeting of {board} is left to propose by {day}", board=name, day=by)
        if by < self.matter.decide_by:
            day = self.matter.begins
            return say(
                "No meeting of {board} is left whose decision is certain to have legal force {day}", board=name, day=day
            )
        return say("No meeting of {board} is left to decide by {day}", board=name, day=by)


def _basis(stop: Stop) -> Message | None:
    """Where a step's day comes from, when it is not the meeting's own."""
    match stop.basis:
        case Basis.MEETING:
            return None
        case Basis.LEAD_TIME:
            return say("reckoned by the board's lead time")
        case Basis.ESTIMATE if stop.step is Step.FOLLOW_UP:
            return say("the open day before the matter has to be ready")
        case Basis.ESTIMATE:
            return say("iopctl.yaml does not say when the board prepares")
