"""What the parties have to do and by when, less what the log says is done. Days counted by hand."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from iopctl.compute.calendar import years_later
from iopctl.compute.deadline import Deadline, Kind, Practical
from iopctl.compute.deadlines import deadlines, duties_left
from iopctl.compute.duties import Occurrence, Span, occurrences
from iopctl.compute.timeline import FAR
from iopctl.finding import say
from iopctl.model import Agreement, Decision, Workspace
from tests.agreements import agreement, cash, period

Log = tuple[dict[str, Any], ...]


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(text: str) -> list[date]:
    return [day(each) for each in text.split()]


def made(
    start: str = "2020-01-01", end: str = "2022-12-31", log: Log = (), others: Log = (), **parts: Any
) -> Agreement:
    """An agreement with the duty `plikt`, and perhaps others."""
    duty = {"id": "plikt", "kind": "follow_up", "text": "Uppföljning", **parts}
    return agreement(
        period=period(day(start), end if end == "open_ended" else day(end)),
        contributions=(cash(1000),),
        duties=(*({"kind": "meeting", "text": "Annan", **each} for each in others), duty),
        log=log,
    )


def rows(of: Agreement, as_of: str = "2020-01-01", until: str = "2039-12-31", id_: str = "plikt") -> list[Deadline]:
    """The rows of a duty, done or not."""
    found = deadlines("prov", of, Workspace(), day(as_of), day(until))
    return [each for each in found if each.key == id_ or each.key.startswith(f"{id_}-")]


def left(of: Agreement, as_of: str = "2020-01-01", until: str = "2039-12-31") -> list[str]:
    """The days of what is not done."""
    return [str(each.day) for each in rows(of, as_of, until) if each.done is None]


def done(of: Agreement, as_of: str) -> dict[str, str]:
    """By key, when what is done was done."""
    return {each.key: str(each.done) for each in rows(of, as_of) if each.done is not None}


def entry(on: str, duty: str = "plikt") -> dict[str, Any]:
    return {"duty": duty, "date": day(on)}


def through(on: str) -> dict[str, Any]:
    return {"duty": "plikt", "through": day(on)}


# -- n times a year ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("times", "expected"),
    [  # 2020 is a leap year: 366 days
        (1, "2020-12-31"),
        (2, "2020-06-30 2020-12-31"),
        (3, "2020-04-30 2020-08-31 2020-12-31"),
        (4, "2020-03-31 2020-06-30 2020-09-30 2020-12-31"),
        (5, "2020-03-13 2020-05-25 2020-08-06 2020-10-18 2020-12-31"),  # after 73, 146, 219 and 292 days of 365.25
        (6, "2020-02-29 2020-04-30 2020-06-30 2020-08-31 2020-10-31 2020-12-31"),
        (
            12,
            "2020-01-31 2020-02-29 2020-03-31 2020-04-30 2020-05-31 2020-06-30 2020-07-31 2020-08-31 2020-09-30 "
            "2020-10-31 2020-11-30 2020-12-31",
        ),
    ],
)
def test_so_many_times_a_year(times: int, expected: str) -> None:
    of = made(end="2020-12-31", times_per_year=times)
    assert [each.day for each in rows(of)] == days(expected)
    assert [each.key for each in rows(of)] == [f"plikt-y1-{number}" for number in range(1, times + 1)]
    assert [(each.number, each.of) for each in rows(of)] == [(number, times) for number in range(1, times + 1)]
    assert [each.target for each in rows(of)] == [True] * (times - 1) + [False]


def test_once_a_week() -> None:
    """52 times: 365.25 / 52 = 7.024 days, so the first are after 7, 14 and 21 days, the 13th after 91.3, the 26th after
    182.6, the 39th after 273.9 and the 51st after 358.2."""
    found = [each.day for each in rows(made("2021-01-01", "2021-12-31", times_per_year=52))]
    assert len(found) == 52
    assert found[:3] == days("2021-01-07 2021-01-14 2021-01-21")
    assert [found[12], found[25], found[38], found[51]] == days("2021-04-01 2021-07-02 2021-10-01 2021-12-31")
    assert {(later - earlier).days for earlier, later in pairwise(found)} == {7, 8}
    assert found[50] == day("2021-12-24")


@pytest.mark.parametrize(
    ("start", "end", "times", "expected"),
    [
        # the year of the agreement begins in the middle of a month: 15 March, and 15 September six months later
        ("2020-03-15", "2022-03-14", 2, "2020-09-14 2021-03-14 2021-09-14 2022-03-14"),
        ("2020-01-31", "2021-01-30", 4, "2020-04-29 2020-07-30 2020-10-30 2021-01-30"),  # 31 January + 3 is 30 April
        ("2020-01-31", "2021-01-30", 12, "2020-02-28 2020-03-30 2020-04-29 2020-05-30 2020-06-29 2020-07-30 "
         "2020-08-30 2020-09-29 2020-10-30 2020-11-29 2020-12-30 2021-01-30"),
        # from 29 February: the year ends on the 27th, and on the 28th before a leap day
        ("2024-02-29", "2028-02-28", 1, "2025-02-27 2026-02-27 2027-02-27 2028-02-28"),
        ("2024-02-29", "2025-02-27", 2, "2024-08-28 2025-02-27"),
        # part of a year: what has begun in it
        ("2020-01-01", "2020-07-01", 2, "2020-06-30 2020-07-01"),
        ("2020-01-01", "2020-06-30", 2, "2020-06-30"),
        ("2020-01-01", "2020-06-29", 2, "2020-06-29"),
        ("2020-01-01", "2020-01-01", 12, "2020-01-01"),
        ("2020-07-01", "2021-12-31", 1, "2021-06-30 2021-12-31"),
        ("2020-07-01", "2021-12-31", 4, "2020-09-30 2020-12-31 2021-03-31 2021-06-30 2021-09-30 2021-12-31"),
    ],
)  # fmt: skip
def test_years_of_the_agreement(start: str, end: str, times: int, expected: str) -> None:
    assert [each.day for each in rows(made(start, end, times_per_year=times), start)] == days(expected)


@pytest.mark.parametrize(("start", "target"), [("2020-01-01", False), ("2020-01-02", True), ("2020-02-01", True)])
def test_the_last_of_the_year_is_a_target_where_the_year_is_not_the_calendars(start: str, target: bool) -> None:
    assert rows(made(start, times_per_year=1))[0].target is target


def test_a_year_cut_short_has_targets_only() -> None:
    """Nothing says that twice a year is twice in seven and a half months."""
    found = rows(made(end="2020-08-15", times_per_year=2))
    assert [(str(each.day), each.target) for each in found] == [("2020-06-30", True), ("2020-08-15", True)]


def test_the_last_of_the_last_whole_year_is_by_the_last_day_however_years_are_counted() -> None:
    found = rows(made("2020-07-01", "2022-06-30", times_per_year=1))
    assert [(str(each.day), each.target) for each in found] == [("2021-06-30", True), ("2022-06-30", False)]


def test_twice_a_year_with_one_meeting_held_leaves_one() -> None:
    """Which, and by when; the year after is untouched."""
    of = made(end="2021-12-31", times_per_year=2, log=(entry("2020-04-10"),))
    assert [(each.key, str(each.day), each.number, each.of) for each in rows(of, "2020-05-01") if not each.done] == [
        ("plikt-y1-2", "2020-12-31", 2, 2),
        ("plikt-y2-1", "2021-06-30", 1, 2),
        ("plikt-y2-2", "2021-12-31", 2, 2),
    ]
    assert done(of, "2020-05-01") == {"plikt-y1-1": "2020-04-10"}


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ("2020-04-10 2020-10-05", "2021-06-30 2021-12-31"),
        ("2020-12-30 2020-12-31", "2021-06-30 2021-12-31"),  # late, and still of the year
        ("2020-01-01", "2020-12-31 2021-06-30 2021-12-31"),
        ("2020-12-31 2021-01-01", "2020-12-31 2021-12-31"),  # one of each year
        ("2020-02-01 2020-03-01 2020-04-01", "2021-06-30 2021-12-31"),  # more than agreed is not of the next year
        ("2019-12-31", "2020-06-30 2020-12-31 2021-06-30 2021-12-31"),  # before the agreement
        ("2022-01-01", "2020-06-30 2020-12-31 2021-06-30 2021-12-31"),  # after its last year
    ],
)
def test_an_entry_is_of_its_own_year(log: str, expected: str) -> None:
    of = made(end="2021-12-31", times_per_year=2, log=tuple(entry(each) for each in log.split()))
    assert [day(each) for each in left(of, "2022-06-01")] == days(expected)


def test_years_from_29_february_have_no_gap_between_them() -> None:
    """The fourth year ends on 28 February 2028."""
    of = made("2024-02-29", "2029-02-27", times_per_year=1, log=(entry("2028-02-28"), entry("2028-02-29")))
    assert done(of, "2028-03-01") == {"plikt-y4-1": "2028-02-28", "plikt-y5-1": "2028-02-29"}


def test_a_year_cut_short_takes_entries_after_the_end() -> None:
    """The meeting was held a month after the agreement ended, in what would have been its year."""
    of = made(end="2020-06-30", times_per_year=1, log=(entry("2020-07-31"),))
    assert done(of, "2020-08-01") == {"plikt-y1-1": "2020-07-31"}


def test_a_later_entry_is_not_known() -> None:
    of = made(end="2020-12-31", times_per_year=2, log=(entry("2020-04-10"),))
    assert left(of, "2020-04-09") == ["2020-06-30", "2020-12-31"]
    assert left(of, "2020-04-10") == ["2020-12-31"]


def test_entries_of_another_duty_say_nothing() -> None:
    of = made(
        end="2020-12-31",
        times_per_year=1,
        others=({"id": "mote", "ongoing": True},),
        log=(entry("2020-04-10", "mote"),),
    )
    assert left(of, "2020-12-31") == ["2020-12-31"]


# -- a day of every year -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "by", "expected"),
    [
        ("2018-01-01", "2020-12-31", "03-31", "2018-03-31 2019-03-31 2020-03-31"),
        ("2018-04-01", "2020-03-30", "03-31", "2019-03-31"),
        ("2018-03-31", "2020-03-31", "03-31", "2018-03-31 2019-03-31 2020-03-31"),
        ("2023-01-01", "2025-12-31", "02-29", "2023-02-28 2024-02-29 2025-02-28"),
        ("2023-12-31", "2025-01-01", "12-31", "2023-12-31 2024-12-31"),
        ("2023-12-31", "2025-01-01", "01-01", "2024-01-01 2025-01-01"),
        ("2099-01-01", "2101-12-31", "02-29", "2099-02-28 2100-02-28 2101-02-28"),
    ],
)
def test_a_day_of_every_year(start: str, end: str, by: str, expected: str) -> None:
    found = rows(made(start, end, yearly_by=by), start, "2199-12-31")
    assert [each.day for each in found] == days(expected)
    assert [each.key for each in found] == [f"plikt-{each.day.year}" for each in found]
    assert not any(each.target for each in found)


@pytest.mark.parametrize(
    ("handed_in", "year"),
    [
        ("2021-03-31", 2021),  # on the day
        ("2021-04-01", 2021),  # a day late
        ("2020-12-31", 2021),  # 90 days before 31 March 2021
        ("2020-12-30", 2020),  # 91 days before: nine months late
        ("2019-11-01", 2020),  # before the agreement and before any other: the first one
    ],
)
def test_which_year_a_report_is_for(handed_in: str, year: int) -> None:
    of = made(yearly_by="03-31", log=(entry(handed_in),))
    assert done(of, "2021-12-01").get(f"plikt-{year}") == (handed_in if year != 2020 else None)
    assert left(of, "2021-12-01") == [f"{each}-03-31" for each in (2020, 2021, 2022) if each != year]


def test_two_reports_late() -> None:
    """Both are handed in in May 2021: the first is for 2021, the second for 2020."""
    of = made(yearly_by="03-31", log=(entry("2021-05-01"), entry("2021-05-02")))
    assert left(of, "2021-06-01") == ["2022-03-31"]
    assert done(of, "2021-06-01") == {"plikt-2021": "2021-05-01"}  # that of 2020 was due more than a year ago


# -- once --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("handed_in", ["2019-06-01", "2021-04-30", "2021-05-01", "2023-01-01"])
def test_what_is_due_on_one_day_is_done_by_any_entry(handed_in: str) -> None:
    of = made(by=day("2021-05-01"), log=(entry(handed_in),))
    assert left(made(by=day("2021-05-01"))) == ["2021-05-01"]
    assert left(of, "2023-01-01") == []


@pytest.mark.parametrize("parts", [{"by": day("2021-05-01")}, {"before_end": True}])
def test_an_entry_without_a_day_is_enough_for_what_is_due_once(parts: dict[str, Any]) -> None:
    """When it was done is not known: the day it was due stands for it."""
    of = made(**parts, log=({"duty": "plikt", "date": {"unknown": "våren"}},))
    due = "2021-05-01" if "by" in parts else "2022-12-31"
    assert done(of, "2021-12-31") == {"plikt": due}


def test_an_entry_without_a_day_is_not_enough_for_what_comes_back() -> None:
    of = made(yearly_by="03-31", log=({"duty": "plikt", "date": {"unknown": "våren"}},))
    assert left(of) == ["2020-03-31", "2021-03-31", "2022-03-31"]


def test_a_day_may_be_outside_the_agreement() -> None:
    assert left(made(by=day("2023-03-31"))) == ["2023-03-31"]


def test_before_the_end() -> None:
    assert left(made(before_end=True)) == ["2022-12-31"]
    assert left(made(end="open_ended", before_end=True)) == []
    assert done(made(before_end=True, log=(entry("2022-10-01"),)), "2022-11-01") == {"plikt": "2022-10-01"}
    assert done(made(before_end=True, log=(entry("2023-02-01"),)), "2023-02-01") == {"plikt": "2023-02-01"}


def test_nothing_is_due_of_what_goes_on_all_the_time() -> None:
    assert rows(made(ongoing=True, log=(entry("2020-05-01"),))) == []


# -- after something ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "length", "expected"),
    [
        ("start", "1 month", "2020-02-01"),
        ("start", "30 days", "2020-01-31"),
        ("start", "2 weeks", "2020-01-15"),
        ("end", "3 months", "2023-03-31"),
        ("end", "2 months", "2023-02-28"),  # no 31 February
        ("end", "1 year", "2023-12-31"),
    ],
)
def test_after_the_start_and_the_end(event: str, length: str, expected: str) -> None:
    of = made(after={"event": event, "length": length})
    assert [(each.key, str(each.day)) for each in rows(of)] == [("plikt", expected)]


def test_after_the_end_of_what_has_none() -> None:
    assert left(made(end="open_ended", after={"event": "end", "length": "3 months"})) == []
    assert left(made(end="open_ended", after={"event": "start", "length": "3 months"})) == ["2020-04-01"]


@pytest.mark.parametrize("handed_in", ["2019-12-15", "2020-01-15"])
def test_what_is_due_after_the_start_is_done_whenever_it_was(handed_in: str) -> None:
    of = made(after={"event": "start", "length": "1 month"}, log=(entry(handed_in),))
    assert done(of, "2020-03-01") == {"plikt": handed_in}


@pytest.mark.parametrize(
    ("parts", "planned", "row"),
    [
        ({"before_end": True}, "2020-01-01", "2022-12-31"),
        ({"before_end": True}, "2022-12-31", "2022-12-31"),
        ({"after": {"event": "end", "length": "3 months"}}, "2022-12-31", "2023-03-31"),
        ({"by": day("2021-05-01")}, "2019-01-01", "2021-05-01"),
        ({"yearly_by": "03-31"}, "2020-01-01", "2020-03-31"),
    ],
)
def test_a_day_booked_for_what_has_a_day_of_its_own(parts: dict[str, Any], planned: str, row: str) -> None:
    """From the first day on that it can be done."""
    found = rows(made(**parts, planned=(day(planned),)), "2019-01-01")
    assert [str(each.day) for each in found if each.note == say("booked for {day}", day=day(planned))] == [row]


def test_a_report_booked_before_the_end_is_not_for_what_follows_it() -> None:
    of = made(after={"event": "end", "length": "3 months"}, planned=(day("2022-12-30"),))
    assert booked(of, "2022-01-01") == [
        ("plikt-booked-2022-12-30", "2022-12-30", False),
        ("plikt", "2023-03-31", False),
    ]


@pytest.mark.parametrize("handed_in", ["2022-12-20", "2023-01-15", "2023-05-01"])
def test_a_final_report_is_done_whenever_it_was_handed_in(handed_in: str) -> None:
    of = made(after={"event": "end", "length": "3 months"}, log=(entry(handed_in),))
    assert done(of, "2023-06-01") == {"plikt": handed_in}


def test_after_a_notice() -> None:
    """A settlement within two months after each notice; nothing before one is given."""
    after = {"event": "notice", "length": "2 months"}
    assert left(made(after=after)) == []
    of = made(after=after, log=({"notice": "foreningen", "date": day("2021-12-31")},))
    assert [(each.key, str(each.day)) for each in rows(of, "2021-12-31")] == [("plikt-2021-12-31", "2022-02-28")]
    assert left(of, "2021-12-30") == []


def test_after_another_duty_each_time_that_it_is_done() -> None:
    """Minutes two weeks after each meeting. The meeting of 1 March has its minutes on the 10th; that of 1 June none."""
    others = ({"id": "mote", "times_per_year": 4},)
    log = (entry("2021-06-01", "mote"), entry("2021-03-01", "mote"), entry("2021-03-10"))
    of = made(after={"event": "duty", "of": "mote", "length": "2 weeks"}, others=others, log=log)
    assert [(each.key, str(each.day), str(each.done)) for each in rows(of, "2021-07-01")] == [
        ("plikt-2021-03-01", "2021-03-15", "2021-03-10"),
        ("plikt-2021-06-01", "2021-06-15", "None"),
    ]
    assert [each.key for each in rows(of, "2021-05-31")] == ["plikt-2021-03-01"]


def test_what_follows_an_event_is_not_done_before_it() -> None:
    others = ({"id": "mote", "ongoing": True},)
    after = {"event": "duty", "of": "mote", "length": "2 weeks"}
    before = made(after=after, others=others, log=(entry("2021-03-01", "mote"), entry("2021-02-28")))
    same = made(after=after, others=others, log=(entry("2021-03-01", "mote"), entry("2021-03-01")))
    assert left(before, "2021-04-01") == ["2021-03-15"]
    assert left(same, "2021-04-01") == []


def test_a_duty_that_follows_on_itself() -> None:
    """The next meeting within six months of the last one: held in January and in May, so the next is by November."""
    of = made(
        after={"event": "duty", "of": "plikt", "length": "6 months"}, log=(entry("2021-01-10"), entry("2021-05-20"))
    )
    assert [(str(each.day), str(each.done)) for each in rows(of, "2021-06-01")] == [
        ("2021-07-10", "2021-05-20"),
        ("2021-11-20", "None"),
    ]


def test_after_a_payment() -> None:
    after = {"event": "payment", "of": "ersattning", "length": "30 days"}
    log: Log = (
        {"payment": "ersattning", "date": day("2021-01-29"), "year": 2021, "amount": 1000},
        {"payment": "ersattning", "date": {"unknown": "i februari"}, "year": 2022, "amount": 1000},
    )
    assert left(made(after=after, log=log), "2021-02-01") == ["2021-02-28"]  # 29 January + 30 days
    assert left(made(after=after, log=log), "2021-01-28") == []


def test_two_events_on_a_day_are_one() -> None:
    others = ({"id": "mote", "ongoing": True},)
    log = (entry("2021-03-01", "mote"), entry("2021-03-01", "mote"))
    assert left(
        made(after={"event": "duty", "of": "mote", "length": "1 day"}, others=others, log=log), "2021-03-01"
    ) == ["2021-03-02"]


# -- when a party asks -------------------------------------------------------------------------------------------------


def asked(*on: str) -> Log:
    return tuple({"request": "plikt", "date": day(each)} for each in on)


def test_what_a_party_asks_for() -> None:
    of = made(on_request=True, log=asked("2021-02-01"))
    assert left(made(on_request=True)) == []
    [row] = rows(of, "2021-02-01")
    assert (row.key, row.day, row.target, row.done) == ("plikt-asked-2021-02-01", day("2021-02-01"), True, None)
    assert row.note == say("a party asked for it on this day; the agreement does not say how soon it must be done")
    assert rows(of, "2021-01-31") == []


@pytest.mark.parametrize(
    ("held", "expected"),
    [("2021-01-31", None), ("2021-02-01", "2021-02-01"), ("2021-02-20", "2021-02-20"), ("2021-04-01", "2021-04-01")],
)
def test_what_was_asked_for_is_done_by_the_first_entry_from_then_on(held: str, expected: str | None) -> None:
    of = made(on_request=True, log=(*asked("2021-02-01"), entry(held), entry("2021-05-01")))
    [row] = rows(of, "2021-04-15")
    assert str(row.done) == str(expected)


def test_each_request_is_one() -> None:
    of = made(on_request=True, log=(*asked("2021-02-01", "2021-03-01", "2021-03-01"), entry("2021-02-10")))
    assert [(each.key, str(each.done)) for each in rows(of, "2021-03-01")] == [
        ("plikt-asked-2021-02-01", "2021-02-10"),
        ("plikt-asked-2021-03-01", "None"),
    ]


def test_a_request_beside_a_schedule() -> None:
    """Once a year, and when a party asks; the meeting of February is both."""
    of = made(end="2020-12-31", times_per_year=1, on_request=True, log=(*asked("2020-02-01"), entry("2020-02-20")))
    assert done(of, "2020-03-01") == {"plikt-asked-2020-02-01": "2020-02-20", "plikt-y1-1": "2020-02-20"}


# -- all that was done up to a day -------------------------------------------------------------------------------------


def test_a_statement_for_all_days_up_to_one() -> None:
    of = made(times_per_year=2, log=(through("2021-07-15"),))
    assert left(of, "2021-12-01") == ["2021-12-31", "2022-06-30", "2022-12-31"]
    assert done(of, "2021-12-01") == {"plikt-y1-2": "2021-07-15", "plikt-y2-1": "2021-07-15"}  # a year back


def test_the_day_itself_is_among_them() -> None:
    assert left(made(yearly_by="03-31", log=(through("2021-03-31"),)), "2021-04-01") == ["2022-03-31"]
    assert left(made(yearly_by="03-31", log=(through("2021-03-30"),)), "2021-04-01") == ["2021-03-31", "2022-03-31"]


def test_the_latest_of_two_statements() -> None:
    assert left(made(yearly_by="03-31", log=(through("2021-03-31"), through("2020-03-31"))), "2021-04-01") == [
        "2022-03-31"
    ]


def test_a_statement_says_nothing_of_days_that_have_not_come() -> None:
    of = made(yearly_by="03-31", log=(through("2022-06-01"),))
    assert left(of, "2021-01-15") == ["2021-03-31", "2022-03-31"]


@pytest.mark.parametrize("log", [(entry("2021-03-20"),), (through("2021-06-01"),)])
def test_how_long_what_is_done_is_told_of(log: Log) -> None:
    """2022-04-01 is 366 days after 2021-03-31."""
    of = made(yearly_by="03-31", log=log)
    assert [key for key in ("plikt-2021",) if key in done(of, "2022-04-01")] == ["plikt-2021"]
    assert "plikt-2021" not in done(of, "2022-04-02")


def test_an_entry_of_the_days_that_a_statement_speaks_for_is_not_counted_for_others() -> None:
    """The report of March 2020 is one of those handed in all along, not the one for 2022, or 2023."""
    of = made(end="2024-12-31", yearly_by="03-31", log=(through("2021-12-31"), entry("2020-03-20")))
    assert left(of, "2022-01-15") == ["2022-03-31", "2023-03-31", "2024-03-31"]
    assert left(of, "2023-06-01") == ["2022-03-31", "2023-03-31", "2024-03-31"]


def test_a_statement_fills_in_what_the_entries_leave() -> None:
    """Four times in 2021: through September three of them, whichever of these the entry in May is."""
    of = made("2021-01-01", "2021-12-31", times_per_year=4, log=(through("2021-09-30"), entry("2021-05-05")))
    assert left(of, "2021-11-01") == ["2021-12-31"]


def test_entries_and_statements_long_ago_leave_the_rest_alone() -> None:
    """As of 2030 with a statement through 2022; the first years are not worked out."""
    of = made("2010-01-01", "2031-12-31", times_per_year=1, log=(through("2022-12-31"), entry("2012-05-05")))
    assert left(of, "2030-06-01") == [f"{year}-12-31" for year in range(2023, 2032)]


def test_a_whole_statement_for_what_is_due_once() -> None:
    assert left(made(by=day("2021-05-01"), log=(through("2021-05-01"),)), "2021-06-01") == []
    assert left(made(by=day("2021-05-01"), log=(through("2021-04-30"),)), "2021-06-01") == ["2021-05-01"]


def test_what_is_done_is_told_of_for_a_year() -> None:
    of = made(yearly_by="03-31", log=(entry("2020-03-20"), entry("2021-03-20")))
    assert done(of, "2021-04-01") == {"plikt-2020": "2020-03-20", "plikt-2021": "2021-03-20"}  # 366 days
    assert done(of, "2021-04-02") == {"plikt-2021": "2021-03-20"}


# -- days that are booked ----------------------------------------------------------------------------------------------


def booked(of: Agreement, as_of: str) -> list[tuple[str, str, bool]]:
    return [(each.key, str(each.day), each.target) for each in rows(of, as_of) if each.done is None]


def test_a_booked_day_takes_the_place_of_the_target() -> None:
    of = made(end="2020-12-31", times_per_year=2, planned=(day("2020-04-15"),))
    assert booked(of, "2020-01-01") == [("plikt-y1-1", "2020-04-15", False), ("plikt-y1-2", "2020-12-31", False)]
    assert rows(of)[0].note == say("booked for {day}", day=day("2020-04-15"))
    assert rows(of)[0].practical is None


def test_a_booked_day_that_is_moved_is_the_same_row() -> None:
    of = made(end="2020-12-31", times_per_year=2, planned=(day("2020-09-01"), day("2020-05-10")))
    assert booked(of, "2020-01-01") == [("plikt-y1-1", "2020-05-10", False), ("plikt-y1-2", "2020-09-01", False)]


def test_a_booked_day_that_has_passed_without_an_entry() -> None:
    of = made(end="2020-12-31", times_per_year=2, planned=(day("2020-04-15"),))
    assert rows(of, "2020-05-01")[0].overdue(day("2020-05-01"))
    assert not rows(of, "2020-04-15")[0].overdue(day("2020-04-15"))


def test_more_is_booked_than_agreed() -> None:
    """The third day stands by itself until it has passed."""
    of = made(end="2020-12-31", times_per_year=2, planned=tuple(days("2020-03-01 2020-06-01 2020-10-01")))
    third = ("plikt-booked-2020-10-01", "2020-10-01", False)
    assert booked(of, "2020-10-01")[2:] == [third]
    assert booked(of, "2020-10-02")[2:] == []
    extra = rows(of, "2020-10-01")[2]
    assert (extra.number, extra.of, extra.note) == (1, 1, say("booked for {day}", day=day("2020-10-01")))


def test_a_booked_day_is_of_its_own_year() -> None:
    of = made(end="2021-12-31", times_per_year=1, planned=tuple(days("2020-12-31 2021-01-01")))
    assert booked(of, "2020-01-01") == [("plikt-y1-1", "2020-12-31", False), ("plikt-y2-1", "2021-01-01", False)]
    outside = made(end="2020-12-31", times_per_year=1, planned=tuple(days("2021-01-01")))
    assert booked(outside, "2020-01-01") == [
        ("plikt-y1-1", "2020-12-31", False),
        ("plikt-booked-2021-01-01", "2021-01-01", False),
    ]


def test_a_day_booked_and_held() -> None:
    of = made(
        end="2020-12-31", times_per_year=2, planned=tuple(days("2020-04-15 2020-10-10")), log=(entry("2020-04-15"),)
    )
    assert booked(of, "2020-05-01") == [("plikt-y1-2", "2020-10-10", False)]


def test_a_booked_day_is_not_for_what_was_done_before_it() -> None:
    """Nothing was booked for the meeting of April; October's day is for the one that is left."""
    of = made(end="2020-12-31", times_per_year=2, planned=(day("2020-10-10"),), log=(entry("2020-04-15"),))
    assert booked(of, "2020-05-01") == [("plikt-y1-2", "2020-10-10", False)]


def test_a_meeting_held_later_than_booked() -> None:
    of = made(end="2020-12-31", times_per_year=2, planned=(day("2020-04-15"),), log=(entry("2020-04-20"),))
    assert booked(of, "2020-05-01") == [("plikt-y1-2", "2020-12-31", False)]


def test_what_has_a_day_of_its_own_keeps_it() -> None:
    """A report due on 31 March, booked for the 20th: the row says so and stays where it is."""
    of = made(end="2020-12-31", yearly_by="03-31", planned=(day("2020-03-20"),))
    assert booked(of, "2020-01-01") == [("plikt-2020", "2020-03-31", False)]
    assert rows(of)[0].note == say("booked for {day}", day=day("2020-03-20"))
    on_the_day = made(end="2020-12-31", yearly_by="03-31", planned=(day("2020-03-31"),))
    assert booked(on_the_day, "2020-01-01") == [("plikt-2020", "2020-03-31", False)]
    later = made(end="2020-12-31", yearly_by="03-31", planned=(day("2020-04-01"),))
    assert booked(later, "2020-01-01") == [
        ("plikt-2020", "2020-03-31", False),
        ("plikt-booked-2020-04-01", "2020-04-01", False),
    ]


def test_a_day_booked_for_what_is_done_on_request() -> None:
    of = made(on_request=True, planned=(day("2020-04-15"),))
    assert booked(of, "2020-04-01") == [("plikt-booked-2020-04-15", "2020-04-15", False)]


def test_a_day_booked_twice_is_one_day() -> None:
    of = made(end="2020-12-31", times_per_year=2, planned=tuple(days("2020-04-15 2020-04-15")))
    assert booked(of, "2020-01-01") == [("plikt-y1-1", "2020-04-15", False), ("plikt-y1-2", "2020-12-31", False)]


def test_booked_days_that_a_statement_speaks_for_are_let_be() -> None:
    of = made(times_per_year=1, planned=tuple(days("2020-05-01 2022-05-01")), log=(through("2020-12-31"),))
    assert booked(of, "2022-02-01") == [("plikt-y2-1", "2021-12-31", False), ("plikt-y3-1", "2022-05-01", False)]


# -- who ---------------------------------------------------------------------------------------------------------------


def who(forums: Log = (), **parts: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    duty = {"id": "plikt", "kind": "meeting", "text": "Möte", "by": day("2021-05-01"), **parts}
    made_ = agreement(period=period(day("2020-01-01"), day("2022-12-31")), duties=(duty,), forums=forums)
    [row] = rows(made_)
    return row.who, row.bodies


GROUP = {
    "id": "styrgrupp",
    "name": "Styrgruppen",
    "members": ({"name": "Anna", "party": "foreningen"}, {"name": "Bo", "party": "kommunen", "convener": True}),
}


def test_who_sees_to_it() -> None:
    assert who() == ((), ())
    assert who(responsible=("foreningen",)) == (("foreningen",), ())
    assert who(forums=(GROUP,), forum="styrgrupp") == (("kommunen",), ())
    assert who(forums=(GROUP,), forum="styrgrupp", responsible=("foreningen",)) == (("foreningen",), ())
    assert who(called_by="Enheten för IOP") == ((), ("Enheten för IOP",))
    assert who(forums=({**GROUP, "id": "annan"},), forum="styrgrupp") == ((), ())
    unnamed = {**GROUP, "members": ({"name": "Ordföranden", "convener": True},)}
    assert who(forums=(unnamed,), forum="styrgrupp") == ((), ())


def test_what_a_row_says() -> None:
    of = made(by=day("2021-05-03"), others=({"id": "mote", "ongoing": True},), kind="report", text="Rapport")
    [row] = rows(of)
    assert row == Deadline(
        agreement="prov", key="plikt", kind=Kind.REPORT, day=day("2021-05-03"), what="Rapport", route=("duties", 1)
    )


@pytest.mark.parametrize("kind", ["follow_up", "report", "meeting", "position", "dialogue"])
def test_the_kind_of_a_row_is_the_duty(kind: str) -> None:
    assert [each.kind.value for each in rows(made(by=day("2021-05-03"), kind=kind))] == [kind]


def test_a_target_says_that_the_agreement_gives_no_day() -> None:
    notes = [each.note for each in rows(made(end="2020-12-31", times_per_year=2))]
    assert notes == [say("the agreement says how often, not when"), None]


# -- days that are not open --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "moved", "expected"),
    [  # 2024-03-31 is Easter Sunday: långfredagen on the 29th, annandag påsk on 1 April
        ("report", None, Practical(date(2024, 4, 2), moves=False)),
        ("meeting", None, Practical(date(2024, 3, 28), moves=False)),
        ("follow_up", None, Practical(date(2024, 3, 28), moves=False)),
        ("position", None, Practical(date(2024, 3, 28), moves=False)),
        ("report", "next", Practical(date(2024, 4, 2), moves=True)),
        ("report", "previous", Practical(date(2024, 3, 28), moves=True)),
        ("meeting", "next", Practical(date(2024, 4, 2), moves=True)),
        ("meeting", "previous", Practical(date(2024, 3, 28), moves=True)),
    ],
)
def test_a_day_that_is_not_open(kind: str, moved: str | None, expected: Practical) -> None:
    parts = {"working_day": moved} if moved else {}
    [row] = rows(made("2023-01-01", "2025-12-31", by=day("2024-03-31"), kind=kind, **parts), "2024-01-01")
    assert (row.day, row.practical) == (day("2024-03-31"), expected)


def test_when_a_day_that_is_moved_is_late() -> None:
    """Moved to 2 April, it is not late on that day; moved back to 28 March, it is late on the 29th."""

    def late(moved: str | None, as_of: str) -> bool:
        parts = {"working_day": moved} if moved else {}
        [row] = rows(made("2023-01-01", "2025-12-31", by=day("2024-03-31"), kind="report", **parts), as_of)
        return row.overdue(day(as_of))

    assert [late("next", "2024-04-02"), late("next", "2024-04-03")] == [False, True]
    assert [late("previous", "2024-03-28"), late("previous", "2024-03-29")] == [False, True]
    assert [late(None, "2024-03-31"), late(None, "2024-04-01")] == [False, True]


def test_a_day_that_is_open_is_not_moved() -> None:
    [row] = rows(
        made("2023-01-01", "2025-12-31", by=day("2025-03-31"), kind="report", working_day="next"), "2024-01-01"
    )
    assert row.practical is None


def test_targets_and_booked_days_are_not_moved() -> None:
    """30 June 2024 is a Sunday, and so is 2024-04-14."""
    of = made("2024-01-01", "2024-12-30", times_per_year=2, working_day="next", planned=(day("2024-04-14"),))
    assert [each.practical for each in rows(of, "2024-01-01")] == [None, None]
    plain = made("2024-01-01", "2024-12-30", times_per_year=2, working_day="next")
    assert [each.practical for each in rows(plain, "2024-01-01")] == [None, None]
    ends = made("2024-01-01", "2024-12-31", times_per_year=1, working_day="next")  # nyårsafton, and no target
    assert [each.practical for each in rows(ends, "2024-01-01")] == [Practical(date(2025, 1, 2), moves=True)]


# -- without a period, and what checks ask for -------------------------------------------------------------------------


def test_without_a_period_only_a_day_of_its_own_can_be_placed() -> None:
    others = [
        {"times_per_year": 1},
        {"yearly_by": "03-31"},
        {"before_end": True},
        {"after": {"event": "end", "length": "1 day"}},
    ]
    duties = tuple({"id": f"d{number}", "kind": "report", "text": "R", **each} for number, each in enumerate(others))
    own = {"id": "egen", "kind": "report", "text": "R", "by": day("2021-05-03")}
    minutes = {
        "id": "protokoll",
        "kind": "report",
        "text": "R",
        "after": {"event": "duty", "of": "egen", "length": "1 day"},
    }
    of = agreement(duties=(*duties, own, minutes), log=(entry("2021-06-01", "egen"),))
    found = deadlines("prov", of, Workspace(), day("2021-06-01"), day("2030-01-01"))
    assert [(each.key, str(each.day)) for each in found] == [
        ("egen", "2021-05-03"),
        ("protokoll-2021-06-01", "2021-06-02"),
    ]


def test_what_was_rejected_before_it_began_has_no_duties() -> None:
    decision = {"kind": "rejected", "body": "Nämnden", "date": day("2019-12-01")}
    duty = {"id": "plikt", "kind": "report", "text": "R", "by": day("2021-05-03")}
    of = agreement(period=period(day("2020-01-01"), day("2022-12-31")), duties=(duty,), decisions=(decision,))
    assert rows(of) == []
    assert [each.key for each in rows(of, "2019-11-30")] == ["plikt"]  # nobody knows yet


def test_duties_left() -> None:
    of = made(end="2021-12-31", times_per_year=2, log=(entry("2020-04-10"),))
    found = duties_left("prov", of, day("2021-02-01"), day("2021-06-30"))
    assert [(each.agreement, each.key) for each in found] == [("prov", "plikt-y1-2"), ("prov", "plikt-y2-1")]
    assert [each.key for each in duties_left("prov", of, day("2021-02-01"), day("2021-06-29"))] == ["plikt-y1-2"]


def test_occurrences_of_a_span() -> None:
    """The horizon ends what is worked out, not the year's number or its last day."""
    of = made("2020-01-01", "open_ended", times_per_year=2)
    span = Span(day("2020-01-01"), day("2021-03-01"), FAR, day("2020-01-01"))
    assert occurrences(of.duties[0], of, span, day("2020-01-01")) == [
        Occurrence("plikt-y1-1", day("2020-01-01"), day("2020-06-30"), 1, 2, True, year_ends=day("2020-12-31")),
        Occurrence("plikt-y1-2", day("2020-01-01"), day("2020-12-31"), 2, 2, False, year_ends=day("2020-12-31")),
        Occurrence("plikt-y2-1", day("2021-01-01"), day("2021-06-30"), 1, 2, True, year_ends=day("2021-12-31")),
        Occurrence("plikt-y2-2", day("2021-01-01"), day("2021-12-31"), 2, 2, False, year_ends=day("2021-12-31")),
    ]


@pytest.mark.parametrize("until", ["2021-03-30", "2021-03-31", "2021-12-31"])
def test_an_agreement_without_an_end_goes_on_as_far_as_asked(until: str) -> None:
    of = made(end="open_ended", yearly_by="03-31")
    last = day(until) >= day("2021-03-31")
    assert left(of, until=until) == ["2020-03-31", *(["2021-03-31"] if last else [])]
    assert years_later(day(until), 1) < FAR


def test_an_early_report_is_for_a_day_beyond_the_horizon() -> None:
    """Handed in eleven days before 31 March 2021, which is not asked for: that of 2020 is still missing."""
    of = made(yearly_by="03-31", log=(entry("2021-03-20"),))
    assert left(of, "2021-03-25", "2021-03-30") == ["2020-03-31"]
    of = made(yearly_by="03-31", planned=(day("2021-03-20"),))
    assert left(of, "2021-03-01", "2021-03-30") == ["2020-03-31"]


# -- the last year, and the last term ----------------------------------------------------------------------------------


def test_a_report_on_the_year_before_comes_in_the_year_after_each_year() -> None:
    """2020–2022: the first is about 2020, the last about 2022, and comes when the agreement has ended."""
    assert left(made(yearly_by="03-31", about="year_before")) == ["2021-03-31", "2022-03-31", "2023-03-31"]
    assert left(made(yearly_by="03-31", about="same_year")) == ["2020-03-31", "2021-03-31", "2022-03-31"]


def test_a_report_on_the_year_before_of_parts_of_years() -> None:
    """1 July 2020 – 30 June 2022: about half of 2020, 2021 and half of 2022."""
    half = made(start="2020-07-01", end="2022-06-30", yearly_by="03-31", about="year_before")
    assert left(half) == ["2021-03-31", "2022-03-31", "2023-03-31"]


def test_what_was_done_before_an_extension_is_not_done_before_its_end() -> None:
    """The final report of 2022 was a ground for the extension; the one before the end of 2024 is another."""
    extension = {"kind": "extended", "body": "Nämnden", "date": day("2022-11-01"), "until": day("2024-12-31")}
    written = made(before_end=True, log=(entry("2022-10-01"),))
    extended = written.model_copy(update={"decisions": decided(extension)})
    later = made(before_end=True, log=(entry("2022-10-01"), entry("2024-11-01")))
    again = later.model_copy(update={"decisions": decided(extension)})
    assert done(written, "2022-11-01") == {"plikt": "2022-10-01"}
    assert (left(extended, "2024-12-01"), done(extended, "2024-12-01")) == (["2024-12-31"], {})
    assert done(again, "2024-12-01") == {"plikt": "2024-11-01"}


def decided(*decisions: dict[str, Any]) -> tuple[Decision, ...]:
    return agreement(decisions=decisions).decisions
