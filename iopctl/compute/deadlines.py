"""What has to be done, by whom and by when, less what the log says is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from iopctl.compute.calendar import ONE_DAY, months_later, years_from, years_later
from iopctl.compute.instalment import Instalment, whole_payments
from iopctl.compute.paid import outcomes
from iopctl.compute.payments import payments
from iopctl.compute.timeline import FAR, Term, last_decided, terms
from iopctl.finding import Route
from iopctl.model import Agreement, Duty, IndexTable, LogEntry


class Kind(StrEnum):
    """What sort of thing is to be done."""

    FOLLOW_UP = "follow_up"
    REPORT = "report"
    MEETING = "meeting"
    POSITION = "position"
    DIALOGUE = "dialogue"
    PAYMENT = "payment"
    DECIDE_BY = "decide_by"
    """The last day to decide on an extension."""
    PERIOD_END = "period_end"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing to be done. The first day it can be forgotten is the day after `day`."""

    agreement: str
    key: str
    """Stable within the agreement: made of the duty's own id and the year, not of its place or its words."""
    kind: Kind
    day: date
    text: str | None
    """The duty in the agreement's words; None for what follows from dates and amounts."""
    who: tuple[str, ...]
    """The ids of the responsible parties; empty when the agreement names none."""
    route: Route
    """The clause that it comes from."""
    number: int = 1
    of: int = 1
    target: bool = False
    """The agreement says how often and not when; the day spreads the occurrences evenly over the year."""
    payment: Instalment | None = None
    undecided: bool = False
    """An extension is proposed and not decided (for the end of the period)."""


def deadlines(
    id_: str, agreement: Agreement, tables: Mapping[str, IndexTable], as_of: date, until: date
) -> list[Deadline]:
    """Everything not done and due no later than `until`, in order of day; what is past as of `as_of` is overdue.

    What the log says was done after `as_of` is not done on that day.
    The end of the period is listed until it has passed, and after that as long as a proposed extension is undecided.
    """
    found = duties_left(id_, agreement, as_of, until)
    last = last_decided(agreement)
    if last is not None:
        found += _payments(id_, agreement, tables, as_of, until)
        found += _period(id_, agreement, last, as_of)
    return sorted((each for each in found if each.day <= until), key=_order)


def duties_left(id_: str, agreement: Agreement, as_of: date, until: date) -> list[Deadline]:
    """The duties not done as of a day and due no later than `until`, in order of day."""
    last = last_decided(agreement)
    found = _dated_duties(id_, agreement, as_of) if last is None else _duties(id_, agreement, last, as_of, until)
    return sorted((each for each in found if each.day <= until), key=_order)


def _order(deadline: Deadline) -> tuple[date, str, str]:
    return deadline.day, deadline.agreement, deadline.key


# -- duties ------------------------------------------------------------------------------------------------------------


class _Occurrence(NamedTuple):
    """One time that a duty is to be done: from when it can be, by when it must be."""

    key: str
    first: date
    day: date
    number: int = 1
    of: int = 1
    target: bool = False


def _logged(agreement: Agreement, duty: Duty, as_of: date) -> list[LogEntry]:
    """What the log says of a duty, as far as it had been written by a day; an entry without a day counts."""
    entries = (entry for entry in agreement.log if entry.duty == duty.id)
    return [entry for entry in entries if not isinstance(entry.date, date) or entry.date <= as_of]


def _duties(id_: str, agreement: Agreement, last: Term, as_of: date, until: date) -> Iterator[Deadline]:
    start = terms(agreement)[0].start
    for number, duty in enumerate(agreement.duties):
        entries = _logged(agreement, duty, as_of)
        through = max((entry.through for entry in entries if entry.through), default=date.min)
        occurrences = list(_occurrences(duty, start, min(last.end, years_later(until, 1)), last.end, through))
        for left in _not_done(duty, [each for each in occurrences if each.day > through], entries):
            if left.day > until:
                continue
            yield _deadline(id_, number, duty, left)


def _dated_duties(id_: str, agreement: Agreement, as_of: date) -> Iterator[Deadline]:
    """Without a period only a duty with a day of its own can be placed in time."""
    for number, duty in enumerate(agreement.duties):
        if duty.by is not None and not _logged(agreement, duty, as_of):
            yield _deadline(id_, number, duty, _Occurrence(duty.id, date.min, duty.by))


def _deadline(id_: str, number: int, duty: Duty, at: _Occurrence) -> Deadline:
    return Deadline(
        agreement=id_,
        key=at.key,
        kind=Kind(duty.kind),
        day=at.day,
        text=duty.text,
        who=duty.responsible or (),
        route=("duties", number),
        number=at.number,
        of=at.of,
        target=at.target,
    )


def _occurrences(duty: Duty, start: date, horizon: date, end: date, through: date) -> Iterator[_Occurrence]:
    """The times that a duty is to be done from `start` to `horizon`; `end` is the agreement's last day.

    Those up to `through` are done, so that years before it need not be worked out.
    """
    if duty.times_per_year is not None:
        for year, (first, last) in enumerate(years_from(start, horizon), 1):
            if last > through:
                yield from _times_in_year(duty, year, first, min(last, end))
    elif duty.yearly_by is not None:
        for year in range(start.year, horizon.year + 1):
            day = _day_in(year, duty.yearly_by.month, duty.yearly_by.day)
            if start <= day <= horizon:
                yield _Occurrence(f"{duty.id}-{year}", start, day)
    elif duty.by is not None:
        yield _Occurrence(duty.id, start, duty.by)
    elif duty.before_end and end != FAR:
        yield _Occurrence(duty.id, start, end)


def _times_in_year(duty: Duty, year: int, first: date, last: date) -> Iterator[_Occurrence]:
    """The occurrences of one year of the agreement, spread evenly; a year cut short has those that have begun in it."""
    count = duty.times_per_year or 1
    calendar = (first.month, first.day) == (1, 1)  # otherwise even the last day of the year is a reading of ours
    for number in range(1, count + 1):
        opens = _share_of_year(first, number - 1, count)
        if opens > last:
            return
        day = min(_share_of_year(first, number, count) - ONE_DAY, last)
        yield _Occurrence(f"{duty.id}-y{year}-{number}", first, day, number, count, target=day < last or not calendar)


def _share_of_year(first: date, number: int, count: int) -> date:
    """The day on which `number` parts of a year divided in `count` have passed."""
    if number in (0, count):
        return years_later(first, number // count)
    if 12 * number % count == 0:
        return months_later(first, 12 * number // count)
    return first + timedelta(days=round(365.25 * number / count))


def _day_in(year: int, month: int, day: int) -> date:
    """A day of the year; 29 February is the 28th in other years (lag (1930:173) 1 §)."""
    return years_later(date(2000, month, day), year - 2000)  # 2000 has every day


def _not_done(duty: Duty, left: list[_Occurrence], entries: list[LogEntry]) -> list[_Occurrence]:
    """The occurrences that no log entry speaks for, of those that none speaks for with `through`.

    A dated entry is one occurrence: in a year of n times the first one left of that year; otherwise the next one, when
    it is due within EARLY, else the last that was due, else the next.
    """
    for day in sorted(entry.date for entry in entries if isinstance(entry.date, date) and not entry.through):
        done = _matching(duty, left, day)
        if done is not None:
            left.remove(done)
    return left


def _matching(duty: Duty, left: list[_Occurrence], day: date) -> _Occurrence | None:
    if duty.times_per_year is not None:
        return next((each for each in left if each.first <= day < years_later(each.first, 1)), None)
    coming = next((each for each in left if each.day >= day), None)
    if coming is not None and coming.day - day <= EARLY:
        return coming
    return next((each for each in reversed(left) if each.day < day), coming)


EARLY = timedelta(days=90)
"""How long before its day a yearly report may be handed in and still be that one, and not the last one, late."""


# -- money and period --------------------------------------------------------------------------------------------------


def _payments(
    id_: str, agreement: Agreement, tables: Mapping[str, IndexTable], as_of: date, until: date
) -> Iterator[Deadline]:
    """Payments and corrections with a latest day that are decided and not in the log."""
    rows = whole_payments(payments(id_, agreement, tables, as_of, until=date(until.year, 12, 31)))
    for row, outcome in zip(rows, outcomes(rows, agreement, tables, as_of), strict=True):
        if row.due is None or row.extension is not None or outcome.entries:
            continue
        key = f"{agreement.contributions[row.contribution].id}-{row.year}-{row.number}"
        yield Deadline(
            agreement=id_,
            key=f"{key}-{row.correction.since}" if row.correction else key,
            kind=Kind.PAYMENT,
            day=row.due,
            text=None,
            who=row.payers,
            route=row.route,
            number=row.number if row.correction is None else 1,
            of=row.of if row.correction is None else 1,
            payment=row,
        )


def _period(id_: str, agreement: Agreement, last: Term, as_of: date) -> Iterator[Deadline]:
    option = agreement.period.extension if agreement.period else None
    settled = extension_settled(agreement)
    public = tuple(name for name, party in agreement.parties.items() if party.public)
    if option is not None and option.decide_by is not None and not settled:
        route: Route = ("period", "extension", "decide_by")
        yield Deadline(id_, "decide-by", Kind.DECIDE_BY, option.decide_by, None, public, route)
    undecided = any(not term.decided for term in terms(agreement))
    if last.end != FAR and (as_of <= last.end or undecided):
        yield Deadline(id_, "period-end", Kind.PERIOD_END, last.end, None, (), last.ends_at, undecided=undecided)


def extension_settled(agreement: Agreement) -> bool:
    """Whether it has been decided if the agreement goes on: an extension, its rejection, or a termination.

    A rejection before the agreement is adopted is about the agreement itself.
    """
    begun = False
    for decision in agreement.decisions:
        if decision.is_taken and (
            decision.kind in ("extended", "terminated") or (decision.kind == "rejected" and begun)
        ):
            return True
        begun = begun or decision.kind in ("adopted", "extended")
    return False
