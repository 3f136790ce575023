"""A second reckoning of what is due and when, to hold the first one against.

Written from docs/format.md, docs/due.md and the rules of dates that they name, on the plain values of a file, and
sharing no line with iopctl/compute: holidays are worked out from Easter's own formula and months from numbers, so that
a mistake would have to have been made twice. `python -m tests.independent_dates --agreements 10000 --seed 1` compares
them on agreements made up at random. Money, booked days and matters that several boards decide on are left to others.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from iopctl.compute.deadlines import deadlines
from iopctl.form import read
from iopctl.model import Settings, Workspace
from tests.agreements import agreement

Values = Mapping[str, Any]
"""An agreement, or a part of one, with the keys and values of a file."""

DAY = timedelta(days=1)


class Row(NamedTuple):
    kind: str
    day: date
    target: bool = False
    done: date | None = None
    missed: bool = False


# --- days -------------------------------------------------------------------------------------------------------------


def easter(year: int) -> date:
    """Easter Sunday by Gauss's numbers, as Meeus gives them for the Gregorian calendar."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def closed(day: date) -> bool:
    """Sundays and holidays of lag (1989:253); Saturdays and the three eves of lag (1930:173) 2 §."""
    if day.isoweekday() >= 6:
        return True
    if (day.month, day.day) in {(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)}:
        return True
    if (day - easter(day.year)).days in (-2, 1, 39):
        return True
    return day.isoweekday() == 5 and day.month == 6 and 19 <= day.day <= 25  # midsommarafton


def forward(day: date) -> date:
    return forward(day + DAY) if closed(day) else day


def back(day: date) -> date:
    return back(day - DAY) if closed(day) else day


def later(day: date, length: str, times: int = 1) -> date:
    """The day that answers to another in number, or the month's last where there is none."""
    number, unit = length.split()
    count = int(number) * times
    if unit.startswith("day"):
        return day + count * DAY
    if unit.startswith("week"):
        return day + 7 * count * DAY
    months = day.year * 12 + day.month - 1 + (12 * count if unit.startswith("year") else count)
    return min(day.day, month_end(months).day) * DAY + date(months // 12, months % 12 + 1, 1) - DAY


def month_end(months: int) -> date:
    """The last day of a month that is counted from the year nought."""
    return date((months + 1) // 12, (months + 1) % 12 + 1, 1) - DAY


def runs_out(notice: Values, given: date) -> date:
    """The last day of an agreement that notice was given of."""
    end = later(given, notice["length"])
    return month_end(end.year * 12 + end.month - 1) if notice.get("count") == "whole_months" else end


def last_notice(notice: Values, end: date) -> date:
    """The last day of notice for an end on a day."""
    day = end
    while runs_out(notice, day) > end:
        day -= DAY
    return day


# --- how long the agreement runs --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Life:
    """How long the agreement runs, as it is known on a day."""

    start: date
    end: date | None
    """The last decided day; None for an agreement until further notice."""
    extended: int = 0
    """How many times."""
    ended: bool = False
    """By a termination or a notice, before its time."""
    refused: bool = False
    """The last word was that it does not go on."""
    settled: bool = False
    """Whether it has been decided if it goes on."""
    proposed: date | None = None
    """The last day of an extension that is proposed and not decided."""
    firsts: tuple[date, ...] = ()
    """The first days of the extensions."""

    @property
    def since(self) -> date:
        """The first day of the extension that the last day is in; else the agreement's."""
        return max([self.start, *(each for each in self.firsts if self.end is None or each <= self.end)])


def heard(of: Values, as_of: date) -> dict[str, Any]:
    """The agreement as it is known on a day: without what was decided, proposed or logged later.

    That it is to be adopted, and by whom, is known all the time.
    """
    decisions = []
    for each in of.get("decisions", ()):
        now = {key: said for key, said in each.items() if key != "date" or said <= as_of}
        if "date" in now or now.get("proposed", date.max) <= as_of or ("proposed" not in now and "planned" in now):
            decisions.append(now)
        elif each["kind"] == "adopted":
            decisions.append({"kind": "adopted", "body": each["body"]})
    log = [each for each in of.get("log", ()) if each.get("date", date.min) <= as_of]
    return {**of, "decisions": decisions, "log": log}


def taken(each: Values) -> bool:
    return "date" in each


def life(known: Values) -> Life | None:
    """None when it never began: rejected before that, and not adopted since, or ended."""
    period = known["period"]
    start = period["start"]
    early = [each["kind"] for each in known["decisions"] if taken(each) and each["date"] < start]
    if [kind for kind in early if kind in ("adopted", "rejected")][-1:] == ["rejected"]:
        return None
    found = Life(start, None if period["end"] == "open_ended" else period["end"])
    adopted = False
    for each in known["decisions"]:
        adopted = adopted or each["kind"] == "adopted" or (taken(each) and each["date"] >= start)
        found = decided(found, each, adopted)
    found = noticed(found, known)
    return None if found.end is not None and found.end < start else found


def decided(found: Life, each: Values, adopted: bool) -> Life:
    kind = each["kind"]
    if kind == "extended" and not taken(each):
        return replace(found, proposed=each["until"] if found.end and each["until"] > found.end else None)
    if kind == "extended":
        found = replace(found, proposed=None, refused=False, settled=True)
        if found.end is not None and each["until"] > found.end:
            firsts = (*found.firsts, found.end + DAY)
            found = replace(found, end=each["until"], extended=found.extended + 1, ended=False, firsts=firsts)
    elif kind == "terminated" and taken(each):
        found = replace(found, refused=True, settled=True)
        if found.end is None or each["until"] < found.end:
            firsts = tuple(first for first in found.firsts if first <= each["until"])
            found = replace(found, end=each["until"], ended=True, proposed=None, firsts=firsts)
    elif kind == "rejected":
        found = replace(found, refused=True, proposed=None, settled=found.settled or adopted)
    elif kind == "adopted" and taken(each):
        found = replace(found, refused=False)
    return found


def given(known: Values) -> date | None:
    """The day of the notice that counts: a termination says more exactly, a later extension sets it aside."""
    of = [each for each in known["decisions"] if taken(each)]
    if "notice" not in known["period"] or any(each["kind"] == "terminated" for each in of):
        return None
    extended = max((each["date"] for each in of if each["kind"] == "extended"), default=date.min)
    return min((each["date"] for each in known["log"] if "notice" in each and each["date"] >= extended), default=None)


def noticed(found: Life, known: Values) -> Life:
    day = given(known)
    out = runs_out(known["period"]["notice"], day) if day else date.max
    if found.end is None and day:
        return replace(found, end=out, ended=True)
    if found.end is not None and out < found.end:
        return replace(found, end=out, ended=True, proposed=None)
    if found.proposed is not None and out < found.proposed:
        return replace(found, proposed=out if out > found.end else None) if found.end else found
    return found


# --- duties -----------------------------------------------------------------------------------------------------------


@dataclass
class Turn:
    """One time that a duty is to be done."""

    day: date
    target: bool = False
    done: date | None = None


def parts(first: date, last: date, number: int) -> Iterator[tuple[date, date]]:
    """The first and last days of so many parts of a year of the agreement."""

    def begins(part: int) -> date:
        if 12 % number == 0:
            return later(first, "1 month", 12 // number * part)
        return first + round(365.25 * part / number) * DAY

    for part in range(number):
        yield begins(part), last if part == number - 1 else begins(part + 1) - DAY


@dataclass
class Duties:
    """What the duties of an agreement, as it is known on a day, come to."""

    known: Values
    life: Life
    until: date
    as_of: date

    def logged(self, key: str, id_: str | None) -> list[date]:
        log: Sequence[Values] = self.known["log"]
        return sorted(each["date"] for each in log if key in each and id_ in (None, each[key]) and "date" in each)

    def turns(self, duty: Values) -> list[Turn]:
        log = self.logged("duty", duty["id"])
        found = self.scheduled(duty, log)
        said = [each["through"] for each in self.known["log"] if each.get("duty") == duty["id"] and "through" in each]
        through = min(max(said, default=date.min), self.as_of)
        for each in found:
            if each.done is None and each.day <= through:
                each.done = through
        for day in sorted(set(self.logged("request", duty["id"]))):
            found.append(Turn(day, True, next((on for on in log if on >= day), None)))
        return found

    def scheduled(self, duty: Values, log: list[date]) -> list[Turn]:
        last = max(log, default=None)
        if "times_per_year" in duty:
            return self.often(duty["times_per_year"], log)
        if "yearly_by" in duty:
            return self.yearly(duty["yearly_by"], log, duty.get("about") == "year_before")
        if "after" in duty:
            return self.following(duty, log)
        if "by" in duty:
            return [Turn(duty["by"], done=last)]
        if duty.get("before_end") and self.life.end is not None:
            return [Turn(self.life.end, done=last if last and last >= self.life.since else None)]
        return []

    def often(self, number: int, log: list[date]) -> list[Turn]:
        """So many times in each year from the agreement's first day; what is done in a year is its first ones.

        Of a year that is cut short, those are left that have begun; the last of them ends with the agreement. A day is
        the agreement's own at the end of a calendar year, and at the end of the agreement when a whole year ends there.
        """
        found: list[Turn] = []
        start, end = self.life.start, self.life.end or later(self.until, "1 year")
        for year in range(200):
            first, last = later(start, "1 year", year), later(start, "1 year", year + 1) - DAY
            held = [day for day in log if first <= day <= last]
            for count, (begins, ends) in enumerate(parts(first, last, number)):
                if begins <= end and first <= later(self.until, "1 year"):
                    agreed = ends == last and ((last.month, last.day) == (12, 31) or last == self.life.end)
                    agreed = agreed and last <= end
                    done = held[count] if count < len(held) else None
                    found.append(Turn(min(ends, end), not agreed, done))
        return found

    def yearly(self, by: str, log: list[date], year_after: bool) -> list[Turn]:
        """What is handed in is for the next day when that is at most ninety days ahead, else for the last one.

        What has been handed in for a day is not handed in for it again; before the first day it is for that one. What
        is about the year before is due once for each calendar year that the agreement has days in, in the next one.
        """
        month, number = (int(each) for each in by.split("-"))
        start, end = self.life.start, min(self.life.end or date.max, later(self.until, "1 year"))
        years = range(start.year, end.year + 1)
        months = [(year + year_after) * 12 + month - 1 for year in years]
        days = [month_end(each).replace(day=min(number, month_end(each).day)) for each in months]
        found = [Turn(day) for day in days if year_after or start <= day <= end]
        for on in log:
            ahead = [each for each in found if each.day >= on and each.done is None]
            behind = [each for each in found if each.day < on and each.done is None]
            near = [each for each in ahead[:1] if each.day - on <= 90 * DAY]
            for each in (near or behind[-1:] or ahead)[:1]:
                each.done = on
        return found

    def following(self, duty: Values, log: list[date]) -> list[Turn]:
        """Once after the start or the end; else after each day of it, until the first time since then."""
        event, of = duty["after"]["event"], duty["after"].get("of")
        length = duty["after"]["length"]
        if event in ("start", "end"):
            day = self.life.start if event == "start" else self.life.end
            return [Turn(later(day, length), done=max(log, default=None))] if day else []
        found, left = [], list(log)
        for since in sorted(set(self.logged(event, of))):
            done = next((on for on in left if on > since or (on == since and of != duty["id"])), None)
            if done is not None:
                left.remove(done)
            found.append(Turn(later(since, length), done=done))
        return found


# --- the agreement's own days -----------------------------------------------------------------------------------------


def position_taken(known: Values) -> bool:
    """Whether the log has a common position, the report on the whole period, or a notice."""
    last_words = {
        each["id"]
        for each in known["duties"]
        if each["kind"] == "position"
        or (each["kind"] == "report" and (each.get("before_end") or each.get("about") == "whole_period"))
    }
    return any("notice" in each or each.get("duty") in last_words for each in known["log"])


def own_days(known: Values, of: Life, as_of: date) -> Iterator[Row]:
    """A day that comes by itself is shown until it has passed; one to decide by as long as nothing is decided."""
    period = known["period"]
    option, notice = period.get("extension"), period.get("notice")
    if of.start >= as_of:
        yield Row("start", of.start)
    if of.end is not None and (of.end >= as_of or of.proposed):
        yield Row("end", of.end)
    asked = of.end is None or as_of <= of.end + 366 * DAY
    if option is not None and "decide_by" in option and not of.settled and given(known) is None and asked:
        if as_of <= option["decide_by"] or not position_taken(known):
            yield Row("decide_by", option["decide_by"])
    elif can_go_on(option, of) and given(known) is None and of.end is not None and of.end >= as_of:
        yield Row("option", of.end)
    if notice is not None and "condition" not in notice and of.end is not None and not of.ended:
        day = last_notice(notice, of.end)
        if day >= max(of.start, as_of):
            yield Row("notice", day)
    for place, each in enumerate(known["decisions"]):
        later = [other["kind"] for other in known["decisions"][place + 1 :] if taken(other)]
        answered = not {"extended", "rejected", "terminated"}.isdisjoint(later) or not asked
        if (
            each["kind"] == "terminated"
            and not (taken(each) or answered)
            and (of.end is None or each["until"] < of.end)
        ):
            yield Row("decide_by", last_notice(notice, each["until"]) if notice else each["until"])


def can_go_on(option: Values | None, of: Life) -> bool:
    if option is None or of.end is None or of.ended or of.refused:
        return False
    return bool(of.extended < option.get("times", 99) and option.get("until", date.max) > of.end)


# --- boards -----------------------------------------------------------------------------------------------------------

STOPS = {"memo": 26, "presidium": 21, "committee_papers": 19, "committee": 14, "union": 8, "summons": 5}


def legal_force(meeting: Values) -> date:
    """The first day on which nobody can appeal: at most 14 days to justering, 2 to anslag, then three weeks."""
    posted = meeting.get("posted") or meeting.get("approved", meeting["date"] + 14 * DAY) + 2 * DAY
    return forward(posted + 21 * DAY) + DAY


def latest(force: date) -> date:
    """The last day of the calendar on which a board can decide so that it has legal force on a day."""
    day = force
    while legal_force({"date": day}) > force:
        day -= DAY
    return day


def before(meeting: date, lead: str) -> date:
    number, unit = lead.split(" ", 1)
    if not unit.startswith("working"):
        return back(meeting - int(number) * (7 if unit.startswith("week") else 1) * DAY)
    day = meeting
    for _ in range(int(number)):
        day = back(day - DAY)
    return day


def prepared(board: Values, meeting: Values) -> list[Row]:
    """The days before a meeting, and the meeting."""
    leads = board.get("lead_times")
    silent = leads is None and not any(stop in meeting for stop in STOPS)
    found = {}
    for stop, days in STOPS.items():
        if stop in meeting:
            found[stop] = Row("board", meeting[stop])
        elif leads and stop in leads:
            found[stop] = Row("board", before(meeting["date"], leads[stop]))
        elif silent:
            found[stop] = Row("board", back(meeting["date"] - days * DAY), target=True)
    found["meeting"] = Row("board", meeting["date"])
    ready = found["memo"].day if "memo" in found else min(each.day for each in found.values())
    asked = Row("board", back(ready - DAY), target=True)
    if leads and "follow_up" in leads and before(meeting["date"], leads["follow_up"]) < ready:
        asked = Row("board", before(meeting["date"], leads["follow_up"]))
    return [asked, *found.values()]


def matters(known: Values, of: Life, as_of: date) -> Iterator[tuple[str, date, date]]:
    """What is still to be decided: by when, and the day that the decision should have legal force."""
    option = known["period"].get("extension")
    if of.start > as_of and not any(each["kind"] == "adopted" and taken(each) for each in known["decisions"]):
        yield "adopted", of.start - DAY, of.start
    if of.end is None or of.end < as_of or given(known) is not None:
        return
    if option is not None and "decide_by" in option and not of.settled:
        yield "extended", option["decide_by"], of.end + DAY
    elif of.proposed or can_go_on(option, of):
        yield "extended", of.end, of.end + DAY


@dataclass
class Boards:
    """What a board has to decide on an agreement, and the days before."""

    known: Values
    boards: Sequence[Values]
    as_of: date

    def rows(self, of: Life) -> Iterator[Row]:
        for kind, by, begins in matters(self.known, of, self.as_of):
            to_come = self.to_come(kind)
            board = self.named(to_come) or self.usual()
            if board is None:
                if latest(begins) < by:
                    yield Row("board", latest(begins), target=True)
                continue
            on_its_way = to_come is not None and ("proposed" in to_come or "planned" in to_come)
            found = Planning(board, by, begins, self.as_of)
            rows = found.rows(to_come["planned"] if to_come is not None and "planned" in to_come else None)
            for row, prepares in rows:
                if not prepares or not on_its_way or row.day >= self.as_of:
                    yield row

    def to_come(self, kind: str) -> Values | None:
        """The last decision, where it is to come: one that is taken answers what was planned before it."""
        of = [each for each in self.known["decisions"] if each["kind"] == kind]
        return of[-1] if of and not taken(of[-1]) else None

    def named(self, decision: Values | None) -> Values | None:
        name = decision["body"] if decision is not None else None
        return next((each for each in self.boards if each["name"] == name), None)

    def usual(self) -> Values | None:
        """The board that adopted or extended it last, else the public party's own."""
        decided = [each for each in self.known["decisions"] if taken(each) and each["kind"] in ("adopted", "extended")]
        boards = [self.named(each) for each in (*decided, {"body": PARTY})]
        last = [each for each in boards[:-1] if each is not None]
        return last[-1] if last else boards[-1]


@dataclass
class Planning:
    """The meetings of a board that decides by a day, with legal force on another."""

    board: Values
    by: date
    begins: date
    as_of: date

    def rows(self, planned: date | None) -> Iterator[tuple[Row, bool]]:
        """The rows, and whether each is a preparation (or the meeting that is prepared)."""
        if planned is None:
            yield from self.usual()
        elif planned < self.as_of:
            yield Row("board", planned, missed=True), False
            yield from self.usual()
        else:
            meeting = next((each for each in self.board["meetings"] if each["date"] == planned), {"date": planned})
            yield from ((each, True) for each in prepared(self.board, meeting))
            last = self.usable[-1]["date"] if self.usable else planned
            if self.known and last != planned and last >= self.as_of:
                yield Row("board", last), False

    def usual(self) -> Iterator[tuple[Row, bool]]:
        """The last meeting that decides in time; when it has been, that none is left, and what still decides."""
        if not self.known:
            yield Row("board", self.limit, target=True, missed=self.limit < self.as_of), False
            return
        late = [each for each in self.decides if not self.usable or each["date"] > self.usable[-1]["date"]][-1:]
        if self.usable and self.usable[-1]["date"] >= self.as_of:
            yield from ((each, True) for each in prepared(self.board, self.usable[-1]))
        else:
            yield Row("board", self.usable[-1]["date"] if self.usable else self.limit, missed=True), False
            after = [each for each in self.decides if each["date"] >= self.as_of][:1]
            yield from ((each, True) for meeting in after for each in prepared(self.board, meeting))
            late = [each for each in late if each not in after]
        yield from ((Row("board", each["date"]), False) for each in late if each["date"] >= self.as_of)

    @property
    def force(self) -> bool:
        return bool(self.board.get("legal_force", True))

    @property
    def limit(self) -> date:
        return min(self.by, latest(self.begins)) if self.force else self.by

    @property
    def decides(self) -> list[Values]:
        """The meetings that decide in time."""
        meetings = sorted(self.board["meetings"], key=lambda each: each["date"])
        return [each for each in meetings if each["date"] <= self.by]

    @property
    def usable(self) -> list[Values]:
        """Those whose decision is certain to have legal force in time, where the board plans so."""
        return [each for each in self.decides if not self.force or legal_force(each) <= self.begins]

    @property
    def known(self) -> bool:
        """Whether the meetings are set from the usable one, or the day asked about, to the limit: by calendar year."""
        years = [each["date"].year for each in self.board["meetings"]]
        since = self.usable[-1]["date"] if self.usable else self.as_of
        return bool(years) and min(years) <= since.year and max(years) >= self.limit.year


# --- the comparison ---------------------------------------------------------------------------------------------------


def due(of: Values, boards: Sequence[Values], as_of: date, until: date) -> Counter[Row]:
    """What is due no later than a day, without money; and what was done of what was due within a year."""
    known = heard(of, as_of)
    running = life(known)
    rows: list[Row] = []
    if running is not None:
        rows += own_days(known, running, as_of)
        rows += Boards(known, boards, as_of).rows(running)
        duties = Duties(known, running, until, as_of)
        for duty in known.get("duties", ()):
            rows += [Row(duty["kind"], each.day, each.target, each.done) for each in duties.turns(duty)]
    since = as_of - 366 * DAY
    return Counter(row for row in rows if row.day <= until and (row.done is None or row.day >= since))


FIRST, LAST = date(2015, 1, 1), date(2031, 12, 31)


def some_day(chance: Random, first: date = FIRST, last: date = LAST) -> date:
    return first + chance.randint(0, max(0, (last - first).days)) * DAY


def made_length(chance: Random) -> str:
    return chance.choice(["1 month", "3 months", "6 months", "1 year", "2 weeks", "30 days", "90 days"])


def made_duty(chance: Random, id_: str, ids: Sequence[str]) -> dict[str, Any]:
    event = chance.choice(["start", "end", "notice", "duty", "payment"])
    of = {"duty": {"of": chance.choice(ids)}, "payment": {"of": "ersattning"}}.get(event, {})
    schedule: dict[str, Any] = chance.choice(
        (
            {"times_per_year": chance.choice([1, 2, 2, 3, 4, 5, 6, 7, 12, 52])},
            {
                "yearly_by": chance.choice(["03-31", "02-29", "12-31", "01-01", "06-06", "11-30"]),
                **chance.choice([{}, {"about": "year_before"}, {"about": "same_year"}]),
            },
            {"by": some_day(chance)},
            {"before_end": True},
            {"after": {"event": event, "length": made_length(chance), **of}},
            {"ongoing": True},
            {"on_request": True},
        )
    )
    if chance.random() < 0.2:
        schedule = {**schedule, "on_request": True}
    kind = chance.choice(["report", "meeting", "follow_up", "position", "dialogue"])
    return {"id": id_, "kind": kind, "text": "T", **schedule}


def made_log(chance: Random, ids: Sequence[str], first: date, last: date) -> list[dict[str, Any]]:
    log: list[dict[str, Any]] = []
    for _ in range(chance.choice([0, 1, 3, 8, 20, 60])):
        on, id_ = some_day(chance, first, last), chance.choice(ids)
        if chance.random() < 0.1:
            on = date(on.year, 3, 31) - chance.choice([0, 89, 90, 91]) * DAY
        payment = {"payment": "ersattning", "date": on, "year": on.year, "amount": 1000}
        through = {"duty": id_, "through": on}
        log.append(chance.choice([*[{"duty": id_, "date": on}] * 9, payment, {"request": id_, "date": on}, through]))
    if chance.random() < 0.15:
        log += [{"notice": "foreningen", "date": some_day(chance, first, last)} for _ in range(chance.randint(1, 2))]
    return log


def made_decisions(chance: Random, start: date, end: date) -> list[dict[str, Any]]:
    """Decisions in the order in which they were taken or proposed."""
    decisions: list[dict[str, Any]] = []
    day = start - chance.randint(20, 300) * DAY
    for kind in ("adopted", "rejected", "adopted", "extended", "rejected", "terminated", "extended", "extended"):
        if chance.random() < (0.6 if kind == "adopted" and not decisions else 0.2):
            until = {} if kind in ("adopted", "rejected") else {"until": some_day(chance, start, end + 900 * DAY)}
            whens = [("date",), ("date",), ("proposed",), ("planned",), ("proposed", "date"), ("proposed", "planned")]
            when = chance.choice(whens) if kind != "rejected" else ("date",)
            days = {each: day + number * chance.randint(0, 90) * DAY for number, each in enumerate(when)}
            body = chance.choice([*BOARDS, "Exempelutskottet"])
            decisions.append({"kind": kind, "body": body, **days, **until})
            day = max(days.values())
            day += chance.randint(1, 500) * DAY
    return decisions


def made(chance: Random) -> dict[str, Any]:
    """The values of an agreement."""
    start = some_day(chance, FIRST, date(2024, 12, 31))
    start = chance.choice([start, start, date(start.year, 1, 1), date(2020, 2, 29), date(2021, 1, 31)])
    end = chance.choice([start + chance.randint(0, 2500) * DAY, later(start, "1 year", chance.randint(1, 5)) - DAY])
    period: dict[str, Any] = {"start": start, "end": "open_ended" if chance.random() < 0.1 else end}
    if chance.random() < 0.5:
        option: dict[str, Any] = {"times": chance.randint(1, 3), "decide_by": some_day(chance, start, end)}
        option["until"] = some_day(chance, end, end + 900 * DAY)
        period["extension"] = {key: option[key] for key in option if chance.random() < 0.5}
    if chance.random() < 0.5:
        period["notice"] = {"length": made_length(chance), "count": chance.choice(["date", "whole_months"])}
        if chance.random() < 0.2:
            period["notice"]["condition"] = "C"
    ids = [f"plikt{letter}" for letter in "abcd"[: chance.randint(1, 4)]]
    return {
        "period": period,
        "duties": tuple(made_duty(chance, id_, ids) for id_ in ids),
        "contributions": ({"id": "ersattning", "from": ("kommunen",), "kind": "cash", "amount": 1000, "per": "year"},),
        "log": tuple(made_log(chance, ids, start - 100 * DAY, end + 200 * DAY)),
        "decisions": tuple(made_decisions(chance, start, end)),
    }


PARTY = "Exempelnämnden"
"""The public party of the agreements that are made up."""
BOARDS = (PARTY, "Exempelstyrelsen")


def made_boards(chance: Random, of: Values) -> tuple[dict[str, Any], ...]:
    """The settings of the boards that are known."""
    return tuple(made_board(chance, of, name) for name in BOARDS if chance.random() < 0.7)


def made_board(chance: Random, of: Values, name: str) -> dict[str, Any]:
    """The settings of a board that meets about once a month."""
    day = chance.choice([some_day(chance, date(2018, 1, 1), date(2024, 12, 31)), some_limit(chance, of) - 38 * DAY])
    if chance.random() < 0.7:
        day = some_turn(chance, of)
    meetings: list[dict[str, Any]] = []
    days_given = chance.random()
    days = []
    for _ in range(chance.choice([1, 5, 5, 10, 30, 60])):
        days.append(day)
        day += chance.randint(20, 60) * DAY
    days += [each["planned"] for each in of["decisions"] if "planned" in each and chance.random() < 0.5]
    for day in sorted(set(days)):
        meeting: dict[str, Any] = {"date": day}
        if days_given < 0.4:
            meeting |= {stop: day - ahead * DAY for stop, ahead in STOPS.items() if chance.random() < 0.5}
        if chance.random() < 0.2:
            meeting["approved"] = day + chance.randint(0, 10) * DAY
        if chance.random() < 0.2:
            meeting["posted"] = meeting.get("approved", day) + chance.randint(0, 4) * DAY
        meetings.append(meeting)
    board: dict[str, Any] = {"name": name, "meetings": tuple(meetings)}
    if chance.random() < 0.4:
        units = ("days", "weeks", "working days")
        board["lead_times"] = {
            stop: f"{chance.randint(2, 30)} {chance.choice(units)}"
            for stop in ("follow_up", *STOPS)
            if chance.random() < 0.5
        }
    if chance.random() < 0.3:
        board["legal_force"] = False
    return board


MONEY = {"payment", "correction", "index", "funding", "acknowledgement"}


def dates(value: object) -> Iterator[date]:
    """All dates in a file's values."""
    if isinstance(value, date):
        yield value
    elif isinstance(value, Mapping):
        yield from (day for each in value.values() for day in dates(each))
    elif isinstance(value, list | tuple):
        yield from (day for each in value for day in dates(each))


def some_limit(chance: Random, of: object) -> date:
    """A day on which something happens, or ends, or the one beside it: that is where reckonings differ."""
    return chance.choice(sorted(dates(of))) + chance.randint(-1, 1) * DAY


def some_turn(chance: Random, of: Values) -> date:
    """A day in the months before something has to be decided."""
    period = of["period"]
    turns = [*dates((period["start"], period["end"], period.get("extension", {}).get("decide_by")))]
    turns += [each["until"] for each in of["decisions"] if "until" in each]
    return chance.choice(turns) - chance.randint(0, 250) * DAY


@dataclass(frozen=True)
class Difference:
    seed: str
    of: Values
    boards: Sequence[Values]
    as_of: date
    until: date
    only_first: Counter[Row]
    only_second: Counter[Row]


def compared(seed: str) -> tuple[int, Difference | None]:
    """How many rows an agreement made up at random gives, and where the two reckonings differ."""
    chance = Random(seed)
    of = made(chance)
    boards = made_boards(chance, of)
    any_day = some_day(chance, date(2016, 1, 1), date(2030, 12, 31))
    as_of = chance.choice([any_day, some_limit(chance, (of, boards)), some_turn(chance, of), some_turn(chance, of)])
    until = as_of + chance.choice([0, 90, 365, 1500]) * DAY
    settings, wrong = read(Settings, {"boards": boards})
    assert settings is not None, wrong
    found = deadlines("prov", agreement(**of), Workspace(settings=settings), as_of, until)
    first = Counter(Row(each.kind.value, each.day, each.target, each.done, each.missed) for each in found)
    first = Counter({row: times for row, times in first.items() if row.kind not in MONEY})
    second = due(of, boards, as_of, until)
    if first == second:
        return second.total(), None
    return second.total(), Difference(seed, of, boards, as_of, until, first - second, second - first)


def compare(agreements: int, seed: int) -> tuple[int, list[Difference]]:
    """How many rows of how many made-up agreements were compared, and where the two differ."""
    found = [compared(f"{seed}-{number}") for number in range(agreements)]
    return sum(rows for rows, _ in found), [each for _, each in found if each is not None]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.independent_dates")
    parser.add_argument("--agreements", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    start = time.perf_counter()
    rows, different = compare(options.agreements, options.seed)
    sys.stdout.write(f"{options.agreements} agreements, {rows} rows, {len(different)} different")
    sys.stdout.write(f", {time.perf_counter() - start:.0f} s\n")
    for each in different[:10]:
        sys.stdout.write(f"{each}\n")
    sys.exit(bool(different))


if __name__ == "__main__":
    main()
