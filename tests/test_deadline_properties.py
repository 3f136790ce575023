"""What always holds of deadlines, whatever the agreement, its log and the day."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from iopctl.compute.calendar import is_open
from iopctl.compute.deadline import Deadline, Kind
from iopctl.compute.deadlines import deadlines
from iopctl.compute.duties import KEPT
from iopctl.finding import Route
from iopctl.model import Agreement, Workspace
from iopctl.surroundings import packaged_tables
from tests.agreements import SHIPPED, agreement, cash, period

Parts = dict[str, Any]
WORKSPACE = Workspace(tables=packaged_tables())
FIRST, LAST = date(2018, 1, 1), date(2027, 12, 31)
EVENTS = ("duty", "notice", "payment")


def some_day(chance: Random, first: date = FIRST, last: date = LAST) -> date:
    return first + timedelta(days=chance.randint(0, (last - first).days))


def made_duty(chance: Random, id_: str, others: tuple[str, ...]) -> Parts:
    """A duty in any form."""
    forms: tuple[Parts, ...] = (
        {"times_per_year": chance.choice([1, 1, 2, 3, 4, 5, 12])},
        {"yearly_by": chance.choice(["03-31", "02-29", "12-31", "01-01", "06-06"])},
        {"by": some_day(chance)},
        {"before_end": True},
        {"after": {"event": chance.choice(["start", "end", "notice"]), "length": "3 months"}},
        {"after": {"event": "duty", "of": chance.choice([id_, *others]), "length": "2 weeks"}},
        {"after": {"event": "payment", "of": "ersattning", "length": "30 days"}},
        {"ongoing": True},
        {"on_request": True},
    )
    duty = {"id": id_, "kind": chance.choice(["report", "meeting", "follow_up"]), "text": "T", **chance.choice(forms)}
    if chance.random() < 0.3:
        duty["planned"] = tuple(some_day(chance) for _ in range(chance.randint(1, 4)))
    if chance.random() < 0.3:
        duty["working_day"] = chance.choice(["next", "previous"])
    return duty


def made_log(chance: Random, duties: tuple[str, ...]) -> tuple[Parts, ...]:
    log: list[Parts] = []
    for _ in range(chance.choice([0, 1, 4, 12, 24])):
        id_, on = chance.choice(duties), some_day(chance)
        log.append(
            chance.choice(
                (
                    *({"duty": id_, "date": on},) * 5,
                    {"duty": id_, "through": on},
                    {"request": id_, "date": on},
                    {"payment": "ersattning", "date": on, "year": on.year, "amount": 1000},
                    {"invoice": "ersattning", "date": on},
                )
            )
        )
    if chance.random() < 0.15:
        log.append({"notice": "foreningen", "date": some_day(chance)})
    return tuple(log)


def made_decisions(chance: Random, end: date) -> tuple[Parts, ...]:
    decisions: list[Parts] = [{"kind": "adopted", "body": "N", "date": FIRST}] if chance.random() < 0.5 else []
    for kind in ("extended", "terminated", "rejected", "extended"):
        if chance.random() < 0.2:
            when = {chance.choice(["date", "date", "proposed"]): some_day(chance)}
            until = {} if kind == "rejected" else {"until": some_day(chance, end - timedelta(days=400))}
            decisions.append({"kind": kind, "body": "N", **when, **until})
    return tuple(decisions)


PAYMENTS: tuple[Parts | None, ...] = (
    None,
    {"in": "january", "times_per_year": 1},
    {"in": ("march", "september"), "times_per_year": 2, "day": 31},
    {"dates": ({"day": "01-31", "share": 40}, {"day": "08-31", "share": 60})},
    {"after": {"event": "invoice", "days": 30}},
)


def made(seed: int) -> Parts:
    """The values of an agreement."""
    chance = Random(f"deadlines {seed}")
    start = some_day(chance, FIRST, date(2022, 12, 31))
    start = chance.choice([start, start, date(start.year, 1, 1), date(2020, 2, 29), date(2021, 1, 31)])
    end = start + timedelta(days=chance.randint(0, 1500))
    span: Parts = period(start, "open_ended" if chance.random() < 0.1 else end)
    if chance.random() < 0.5:
        decide = {"decide_by": some_day(chance, start, end)} if chance.random() < 0.5 else {}
        span["extension"] = {"times": chance.randint(1, 2), "length": "1 year", **decide}
    if chance.random() < 0.5:
        span["notice"] = {
            "length": chance.choice(["3 months", "30 days"]),
            "count": chance.choice(["date", "whole_months"]),
        }
    ids = tuple(f"plikt{letter}" for letter in "abcde"[: chance.randint(1, 5)])
    contribution = cash(1000, part_year="days")
    payment = chance.choice(PAYMENTS)
    if payment is not None:
        contribution["payment"] = payment
    if chance.random() < 0.3:
        contribution["indexation"] = {"index": "OPI", "first": date(start.year + 1, 1, 1), "price_year": start.year}
    if chance.random() < 0.3:
        contribution["funding"] = tuple({"year": start.year + n, "state": "subject_to_budget"} for n in range(3))
    duties = tuple(made_duty(chance, id_, ids) for id_ in ids)
    until = {"until": some_day(chance)} if chance.random() < 0.7 else {}
    return {
        "period": span,
        "duties": duties,
        "contributions": (contribution,),
        "log": made_log(chance, ids),
        "decisions": made_decisions(chance, end),
        "acknowledged": ({"rule": "PER003", "reason": "Står så.", **until},),
    }


SEEDS = st.integers(0, 10**6)
DAYS = st.dates(FIRST, LAST)
AHEAD = st.integers(0, 1500).map(lambda number: timedelta(days=number))


def rows(of: Agreement, as_of: date, until: date) -> list[Deadline]:
    return deadlines("prov", of, WORKSPACE, as_of, until)


def at(place: object, route: Route) -> object:
    """What stands at a place of the agreement."""
    for step in route:
        if isinstance(step, int):
            assert isinstance(place, tuple)
            place = place[step]
        else:
            assert isinstance(place, BaseModel)
            place = getattr(place, step)
    return place


@settings(max_examples=150)
@given(SEEDS, DAYS, AHEAD)
def test_each_row_has_one_clause_a_key_of_its_own_and_a_place_in_order(
    seed: int, as_of: date, ahead: timedelta
) -> None:
    of = agreement(**made(seed))
    found = rows(of, as_of, as_of + ahead)
    assert all(at(of, each.route) is not None for each in found)
    assert len({each.key for each in found}) == len(found)
    assert found == sorted(found, key=lambda each: (each.day, each.agreement, each.key))
    assert all(each.day <= as_of + ahead for each in found)
    assert all(each.done is None or (each.day >= as_of - KEPT and each.done <= max(as_of, each.day)) for each in found)
    assert all(1 <= each.number <= each.of for each in found)
    assert all(each.agreement == "prov" for each in found)


@settings(max_examples=150)
@given(SEEDS, DAYS, AHEAD)
def test_the_day_in_practice_is_the_nearest_open_one(seed: int, as_of: date, ahead: timedelta) -> None:
    for row in rows(agreement(**made(seed)), as_of, as_of + ahead):
        if row.practical is not None:
            assert is_open(row.practical.day)
            step = timedelta(days=1) if row.practical.day > row.day else timedelta(days=-1)
            between = row.day
            while between != row.practical.day:
                assert not is_open(between)
                between += step


@settings(max_examples=150)
@given(SEEDS, DAYS, AHEAD, AHEAD)
def test_a_wider_horizon_only_adds_rows(seed: int, as_of: date, ahead: timedelta, more: timedelta) -> None:
    """What it adds is due later, except a figure that a later payment waits for."""
    of = agreement(**made(seed))
    narrow = rows(of, as_of, as_of + ahead)
    wide = rows(of, as_of, as_of + ahead + more)
    assert [each for each in wide if each.key in {row.key for row in narrow}] == narrow
    added = [each for each in wide if each not in narrow]
    assert all(each.day > as_of + ahead or each.kind is Kind.INDEX for each in added)


@settings(max_examples=150)
@given(SEEDS, DAYS, DAYS)
def test_what_is_done_stays_done(seed: int, one: date, other: date) -> None:
    """Of duties and payments; an extension or a notice between the days may take a row away."""
    of = agreement(**made(seed))
    early, late = sorted((one, other))
    was = {each.key for each in rows(of, early, LAST) if each.done}
    left = {each.key for each in rows(of, late, LAST) if each.done is None}
    assert was & left == set()


@settings(max_examples=150)
@given(SEEDS, DAYS, DAYS, st.integers(0, 4))
def test_an_entry_of_a_duty_changes_its_own_rows_only(seed: int, as_of: date, on: date, place: int) -> None:
    values = made(seed)
    duty = values["duties"][place % len(values["duties"])]["id"]
    before = rows(agreement(**values), as_of, LAST)
    values["log"] = (*values["log"], {"duty": duty, "date": on})
    after = rows(agreement(**values), as_of, LAST)
    mine = {
        number
        for number, each in enumerate(values["duties"])
        if each["id"] == duty or each.get("after", {}).get("of") == duty  # what follows on it
    }

    def others(found: list[Deadline]) -> list[Deadline]:
        return [each for each in found if each.route[0] != "duties" or each.route[1] not in mine]

    assert others(before) == others(after)
    if on > as_of:
        assert before == after


@settings(max_examples=100)
@given(SEEDS, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_the_log_says_nothing_of_duties(seed: int, as_of: date, chance: Random) -> None:
    values = made(seed)
    shuffled = [each for each in values["log"] if "payment" not in each and "invoice" not in each]
    values["log"] = tuple(shuffled)
    one = rows(agreement(**values), as_of, LAST)
    chance.shuffle(shuffled)
    values["log"] = tuple(shuffled)
    other = rows(agreement(**values), as_of, LAST)
    assert [each.key for each in one] == [each.key for each in other]
    assert [(each.day, each.done) for each in one] == [(each.day, each.done) for each in other]


@settings(max_examples=100)
@given(st.integers(1, 52), st.dates(date(1996, 1, 1), date(2050, 12, 31)), st.integers(1, 5), st.integers(0, 364))
def test_each_whole_year_has_the_stated_number(times: int, start: date, years: int, rest: int) -> None:
    """Counted by the agreement's own years; the rest of one begins at most as many."""
    try:
        anniversary = start.replace(year=start.year + years)
    except ValueError:
        anniversary = date(start.year + years, 2, 28)
    end = anniversary + timedelta(days=rest - 1)
    duty = {"id": "plikt", "kind": "meeting", "text": "Möte", "times_per_year": times}
    found = [
        each
        for each in rows(agreement(period=period(start, end), duties=(duty,)), start, date(2199, 12, 31))
        if each.key.startswith("plikt")
    ]
    whole = [each for each in found if each.day < anniversary]
    assert [each.number for each in whole] == [*range(1, times + 1)] * years
    assert (rest > 0) <= len(found) - len(whole) <= times
    assert all(start <= each.day <= end for each in found)
    assert [each.day for each in found] == sorted({each.day for each in found})


@settings(max_examples=100)
@given(
    st.dates(date(1996, 1, 1), date(2050, 12, 31)), st.integers(0, 3000), st.dates(date(2024, 1, 1), date(2024, 12, 31))
)
def test_a_day_of_every_year_comes_once_in_each(start: date, length: int, by: date) -> None:
    end = start + timedelta(days=length)
    duty = {"id": "plikt", "kind": "report", "text": "R", "yearly_by": f"{by:%m-%d}"}
    found = rows(agreement(period=period(start, end), duties=(duty,)), start, date(2199, 12, 31))
    leap = [year for year in range(1990, 2100) if year % 4 == 0]
    days = [
        date(year, 2, 28) if (by.month, by.day) == (2, 29) and year not in leap else by.replace(year=year)
        for year in range(start.year, end.year + 1)
    ]
    assert [each.day for each in found if each.key.startswith("plikt")] == [day for day in days if start <= day <= end]


# -- the same on every machine -----------------------------------------------------------------------------------------

WORLDS = (
    {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Los_Angeles", "LC_ALL": "sv_SE.UTF-8", "PYTHONHASHSEED": "random"},
)


@pytest.mark.parametrize("format_", ["json", "csv", "ics"])
def test_the_same_bytes_in_every_time_zone_language_and_order(format_: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "iopctl", "due", "--as-of", "2021-11-03", "--within", "2y", "--format", format_]
    outputs = set()
    for world in WORLDS:
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "PYTHONPATH": str(SHIPPED),
            **world,
            "IOPCTL_LANG": "sv",
        }
        run = subprocess.run(command, cwd=SHIPPED, env=env, capture_output=True, check=True)
        outputs.add(run.stdout)
    assert len(outputs) == 1
    assert b"2021-01-29" in outputs.pop() or format_ == "ics"
