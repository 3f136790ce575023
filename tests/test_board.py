"""Planning back from the meetings of boards. The dates are published ones, or counted by hand in an almanac."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iopctl import form
from iopctl.compute.board import Basis, Plan, Step, Stop, before, chain, deciding, plan, stops
from iopctl.compute.calendar import is_open, latest_for, legal_force, previous_open
from iopctl.model import Agreement, Board, LeadTime, LeadTimes, Meeting, Settings
from iopctl.source import Source
from tests.sound import codes, findings


def day(text: str) -> date:
    return date.fromisoformat(text)


def boards_of(text: str) -> tuple[Board, ...]:
    """The boards of an iopctl.yaml."""
    made, wrong = form.read(Settings, Source("iopctl.yaml", text).values)
    assert made is not None, wrong
    return made.boards


def board(*meetings: str, **more: Any) -> Board:
    return Board(name="Nämnden", meetings=tuple(Meeting(date=day(each)) for each in meetings), **more)


def lead_times(**written: str) -> LeadTimes:
    return LeadTimes.model_validate(written)


def shown(found: Sequence[Stop]) -> list[tuple[str, str, str]]:
    return [(each.day.isoformat(), each.step.value, each.basis.value) for each in found]


def days(found: Sequence[Stop]) -> dict[str, str]:
    return {each.step.value: each.day.isoformat() for each in found}


# Tibro barn- och utbildningsnämnds beredningstider 2023, as published:
# https://tibro.se/inredan/forvaltningssidor/barn--utbildning---ny/namndsadministration/barn--och-utbildningsnamndens-beredningstider/
TIBRO_2023 = """
boards:
  - name: Barn- och utbildningsnämnden
    meetings:
      - {date: 2023-01-17}
      - {memo: 2023-01-26, presidium: 2023-01-31, committee_papers: 2023-02-02, committee: 2023-02-07,
         union: 2023-02-13, summons: 2023-02-16, date: 2023-02-21}
      - {memo: 2023-02-23, presidium: 2023-02-28, committee_papers: 2023-03-02, committee: 2023-03-07,
         union: 2023-03-13, summons: 2023-03-16, date: 2023-03-21}
      - {memo: 2023-03-23, presidium: 2023-03-27, committee_papers: 2023-03-30, committee: 2023-04-04,
         union: 2023-04-12, summons: 2023-04-13, date: 2023-04-18}
      - {memo: 2023-04-27, presidium: 2023-05-02, committee_papers: 2023-05-05, committee: 2023-05-10,
         union: 2023-05-15, summons: 2023-05-17, date: 2023-05-23}
      - {memo: 2023-05-25, presidium: 2023-05-30, committee_papers: 2023-06-02, committee: 2023-06-07,
         union: 2023-06-12, summons: 2023-06-15, date: 2023-06-20}
      - {memo: 2023-08-31, presidium: 2023-09-04, committee_papers: 2023-09-08, committee: 2023-09-14,
         summons: 2023-09-20, date: 2023-09-25}
      - {memo: 2023-09-28, presidium: 2023-10-03, committee_papers: 2023-10-05, committee: 2023-10-10,
         summons: 2023-10-19, date: 2023-10-24}
      - {memo: 2023-10-24, presidium: 2023-10-31, committee_papers: 2023-11-02, committee: 2023-11-07,
         summons: 2023-11-16, date: 2023-11-21}
      - {memo: 2023-11-23, presidium: 2023-11-28, committee_papers: 2023-11-29, committee: 2023-12-04,
         summons: 2023-12-14, date: 2023-12-19}
"""
(TIBRO,) = boards_of(TIBRO_2023)
STEPS = ("memo", "presidium", "committee_papers", "committee", "union", "summons")


def tibro(date_: str) -> Meeting:
    (found,) = (each for each in TIBRO.meetings if each.date == day(date_))
    return found


# -- Tibro's year ------------------------------------------------------------------------------------------------------

PUBLISHED = [
    # The meeting; how many days before it each step is (None: the autumn has no facklig samverkan); the last open day
    # before the memo, the day before in each case: they are Thursdays, and 24 October is a Tuesday.
    ("2023-02-21", (26, 21, 19, 14, 8, 5), "2023-01-25"),
    ("2023-03-21", (26, 21, 19, 14, 8, 5), "2023-02-22"),
    ("2023-04-18", (26, 22, 19, 14, 6, 5), "2023-03-22"),
    ("2023-05-23", (26, 21, 18, 13, 8, 6), "2023-04-26"),
    ("2023-06-20", (26, 21, 18, 13, 8, 5), "2023-05-24"),
    ("2023-09-25", (25, 21, 17, 11, None, 5), "2023-08-30"),
    ("2023-10-24", (26, 21, 19, 14, None, 5), "2023-09-27"),
    ("2023-11-21", (28, 21, 19, 14, None, 5), "2023-10-23"),
    ("2023-12-19", (26, 21, 20, 15, None, 5), "2023-11-22"),
]


@pytest.mark.parametrize(("meeting", "offsets", "follow_up"), PUBLISHED)
def test_every_published_stop_date_comes_back(meeting: str, offsets: tuple[int | None, ...], follow_up: str) -> None:
    expected = [
        ((day(meeting) - timedelta(days=offset)).isoformat(), step, "meeting")
        for step, offset in zip(STEPS, offsets, strict=True)
        if offset is not None
    ]
    assert shown(stops(TIBRO, tibro(meeting))) == [
        (follow_up, "follow_up", "estimate"),
        *expected,
        (meeting, "meeting", "meeting"),
    ]


def test_a_meeting_without_stop_dates_gets_estimates() -> None:
    """26, 21, 19, 14, 8 and 5 days before Tuesday 17 January 2023; none of them is a holiday."""
    assert shown(stops(TIBRO, tibro("2023-01-17"))) == [
        ("2022-12-21", "follow_up", "estimate"),
        ("2022-12-22", "memo", "estimate"),
        ("2022-12-27", "presidium", "estimate"),
        ("2022-12-29", "committee_papers", "estimate"),
        ("2023-01-03", "committee", "estimate"),
        ("2023-01-09", "union", "estimate"),
        ("2023-01-12", "summons", "estimate"),
        ("2023-01-17", "meeting", "meeting"),
    ]


@pytest.mark.parametrize(
    ("meeting", "estimates"),
    [
        ("2023-02-21", ("2023-01-26", "2023-01-31", "2023-02-02", "2023-02-07", "2023-02-13", "2023-02-16")),
        ("2023-03-21", ("2023-02-23", "2023-02-28", "2023-03-02", "2023-03-07", "2023-03-13", "2023-03-16")),
        ("2023-10-24", ("2023-09-28", "2023-10-03", "2023-10-05", "2023-10-10", None, "2023-10-19")),
    ],
)
def test_the_estimates_are_what_tibro_published(meeting: str, estimates: tuple[str | None, ...]) -> None:
    """In February and March, and but for the union in October, a meeting without days would get the published ones."""
    bare, published = (days(stops(TIBRO, each)) for each in (Meeting(date=day(meeting)), tibro(meeting)))
    for step, expected in zip(STEPS, estimates, strict=True):
        assert published.get(step) == expected
        assert expected in (None, bare[step])


@pytest.mark.parametrize(
    ("meeting", "step", "published", "estimate"),
    [
        ("2023-04-18", "presidium", "2023-03-27", "2023-03-28"),
        ("2023-04-18", "union", "2023-04-12", "2023-04-06"),  # 10 April is annandag påsk; back over Easter to Thursday
        ("2023-05-23", "committee_papers", "2023-05-05", "2023-05-04"),
        ("2023-05-23", "committee", "2023-05-10", "2023-05-09"),
        ("2023-05-23", "summons", "2023-05-17", "2023-05-17"),  # 18 May is Kristi himmelsfärds dag: the day before
        ("2023-06-20", "committee", "2023-06-07", "2023-06-05"),  # 6 June is Sveriges nationaldag, a Tuesday
        ("2023-09-25", "memo", "2023-08-31", "2023-08-30"),
        ("2023-09-25", "committee_papers", "2023-09-08", "2023-09-06"),
        ("2023-09-25", "committee", "2023-09-14", "2023-09-11"),
        ("2023-09-25", "union", None, "2023-09-15"),  # the 17th is a Sunday
        ("2023-11-21", "memo", "2023-10-24", "2023-10-26"),
        ("2023-12-19", "committee_papers", "2023-11-29", "2023-11-30"),
        ("2023-12-19", "committee", "2023-12-04", "2023-12-05"),
    ],
)
def test_published_days_win_over_estimates(meeting: str, step: str, published: str | None, estimate: str) -> None:
    assert days(stops(TIBRO, Meeting(date=day(meeting))))[step] == estimate
    assert days(stops(TIBRO, tibro(meeting))).get(step) == published


def test_no_meeting_between_june_and_september() -> None:
    found = plan(TIBRO, day("2023-09-01"), None, day("2023-03-01"))
    assert found == Plan(TIBRO, day("2023-09-01"), True, tibro("2023-06-20"), None, stops(TIBRO, tibro("2023-06-20")))
    assert found.ready == day("2023-05-25")


@pytest.mark.parametrize(
    ("as_of", "missed", "following"),
    [("2023-06-20", False, None), ("2023-06-21", True, "2023-09-25"), ("2023-10-01", True, "2023-10-24")],
)
def test_no_meeting_is_left(as_of: str, missed: bool, following: str | None) -> None:
    """On 20 June the board can still decide by 1 September; the day after, it meets first on 25 September."""
    found = plan(TIBRO, day("2023-09-01"), None, day(as_of))
    assert (found.meeting, found.missed) == (tibro("2023-06-20"), missed)
    assert found.following == (tibro(following) if following else None)


def test_after_the_last_known_meeting_none_follows() -> None:
    found = plan(TIBRO, day("2023-12-31"), None, day("2023-12-20"))
    assert (found.meeting, found.missed, found.following) == (tibro("2023-12-19"), True, None)


# -- laga kraft --------------------------------------------------------------------------------------------------------

LATEST = [
    # 37 days (14 + 2 + 21) before the last open day before the day asked for.
    ("2023-01-01", "2022-11-23"),  # 31 December is a Saturday: Friday 30 December
    ("2023-12-01", "2023-10-24"),  # Thursday 30 November
    ("2026-01-01", "2025-11-23"),  # nyårsafton is not open: Tuesday 30 December
    ("2027-01-01", "2026-11-23"),  # nyårsafton is not open: Wednesday 30 December
]


@pytest.mark.parametrize(("start", "latest"), LATEST)
def test_the_latest_day_to_decide_with_legal_force_in_time(start: str, latest: str) -> None:
    assert latest_for(day(start)) == day(latest)
    assert plan(board(), day(start), day(start), day("2022-01-01")).limit == day(latest)


@pytest.mark.parametrize(
    ("start", "usable", "without"),
    [
        ("2023-12-01", "2023-10-24", "2023-11-21"),  # the limit is the board's own day
        ("2024-01-01", "2023-11-21", "2023-12-19"),  # 31 December is a Sunday: 29 December less 37 days is 22 November
        ("2023-11-15", "2023-09-25", "2023-10-24"),  # 14 November less 37 days is 8 October
        ("2023-11-01", "2023-06-20", "2023-10-24"),  # 31 October less 37 days is 24 September, a day too early
    ],
)
def test_the_boards_own_meeting_before_the_limit(start: str, usable: str, without: str) -> None:
    found = plan(TIBRO, day(start) - timedelta(days=1), day(start), day("2023-01-01"))
    assert (found.meeting, found.without_legal_force) == (tibro(usable), tibro(without))


def test_the_turn_of_the_year_2026() -> None:
    """The checked dates: a meeting on 23 November has legal force 31 December, one on the 24th or 25th in January."""
    three = board("2026-11-23", "2026-11-24", "2026-11-25")
    assert [legal_force(each.date).gained.isoformat() for each in three.meetings] == [
        "2026-12-31",
        "2027-01-05",
        "2027-01-05",
    ]
    found = plan(three, day("2026-12-31"), day("2027-01-01"), day("2026-06-01"))
    assert (found.meeting, found.without_legal_force) == (three.meetings[0], three.meetings[2])
    careless = three.model_copy(update={"legal_force": False})
    found = plan(careless, day("2026-12-31"), day("2027-01-01"), day("2026-06-01"))
    assert (found.limit, found.meeting, found.without_legal_force) == (day("2026-12-31"), three.meetings[2], None)


def test_planned_days_of_the_minutes_replace_the_longest_times() -> None:
    """Posted on 26 November, three weeks to 17 December: 24 November is late for the maxima only."""
    quick = Meeting(date=day("2026-11-24"), approved=day("2026-11-25"), posted=day("2026-11-26"))
    slow = Meeting(date=day("2026-11-23"), posted=day("2026-12-14"))  # posted too late: to 4 January
    early = Meeting(date=day("2026-10-20"))
    found = plan(
        Board(name="N", meetings=(quick, slow, early)), day("2026-12-31"), day("2027-01-01"), day("2026-06-01")
    )
    assert (found.limit, found.meeting, found.without_legal_force) == (day("2026-11-23"), quick, None)
    found = plan(Board(name="N", meetings=(slow, early)), day("2026-12-31"), day("2027-01-01"), day("2026-06-01"))
    assert (found.meeting, found.without_legal_force) == (early, slow)


def test_minutes_that_are_approved_early_are_enough() -> None:
    """Approved on 25 November and posted within two days, on the 27th: three weeks to 18 December."""
    quick = Meeting(date=day("2026-11-24"), approved=day("2026-11-25"))
    found = plan(Board(name="N", meetings=(quick,)), day("2026-12-31"), day("2027-01-01"), day("2026-06-01"))
    assert found.meeting == quick


@pytest.mark.parametrize(
    ("decided", "approved", "posted", "expected"),
    [
        # Falkenberg: posted 17 April, three weeks to Tuesday 8 May, when the notice was taken down.
        ("2018-04-12", None, "2018-04-17", ("2018-04-17", "2018-04-17", "2018-05-08", "2018-05-09")),
        # Storuman: posted 22 May, three weeks to Tuesday 12 June; it was taken down the day after.
        ("2018-05-16", None, "2018-05-22", ("2018-05-22", "2018-05-22", "2018-06-12", "2018-06-13")),
        # Without them: 26 and 28 April, Saturday 19 May, so Monday 21 May.
        ("2018-04-12", None, None, ("2018-04-26", "2018-04-28", "2018-05-21", "2018-05-22")),
        # 30 May and 1 June, 22 June is midsommarafton, so Monday 25 June.
        ("2018-05-16", None, None, ("2018-05-30", "2018-06-01", "2018-06-25", "2018-06-26")),
        # Approved 16 April: posted by the 18th, three weeks to Wednesday 9 May.
        ("2018-04-12", "2018-04-16", None, ("2018-04-16", "2018-04-18", "2018-05-09", "2018-05-10")),
        ("2018-04-12", "2018-04-16", "2018-04-17", ("2018-04-16", "2018-04-17", "2018-05-08", "2018-05-09")),
        # Posted long after it should be: approved within 14 days, as far as is known.
        ("2018-04-12", None, "2018-05-14", ("2018-04-26", "2018-05-14", "2018-06-04", "2018-06-05")),
    ],
)
def test_actual_days_replace_the_longest_times(
    decided: str, approved: str | None, posted: str | None, expected: tuple[str, ...]
) -> None:
    force = legal_force(day(decided), day(approved) if approved else None, day(posted) if posted else None)
    assert force == tuple(map(day, expected))


def test_from_meeting_to_legal_force() -> None:
    """38 days from Monday to Wednesday; Thursday's end on a Saturday: 40; Friday's on a Sunday: 39; at most 43."""
    lengths: dict[int, Counter[int]] = {weekday: Counter() for weekday in range(5)}
    for number in range((date(2034, 12, 31) - date(2020, 1, 1)).days + 1):
        decided = date(2020, 1, 1) + timedelta(days=number)
        gained = legal_force(decided).gained
        if decided.weekday() < 5:
            lengths[decided.weekday()][(gained - decided).days] += 1
        assert latest_for(gained) >= decided
        assert legal_force(latest_for(decided)).gained <= decided
    assert [min(each) for each in lengths.values()] == [38, 38, 38, 40, 39]
    assert [each.most_common(1)[0][0] for each in lengths.values()] == [38, 38, 38, 40, 39]
    assert max(max(each) for each in lengths.values()) == 43


DATES = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(DATES)
def test_the_latest_day_is_the_inverse_of_legal_force(start: date) -> None:
    latest = latest_for(start)
    assert legal_force(latest).gained <= start < legal_force(latest + timedelta(days=1)).gained


# -- lead times --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meeting", "number", "unit", "expected"),
    [
        # 7, 5 and 2 January, 30 and 29 December: trettondedag jul, a weekend, nyårsdagen, nyårsafton between them.
        ("2026-01-08", 5, "working days", "2025-12-29"),
        ("2026-06-22", 1, "working days", "2026-06-18"),  # Friday is midsommarafton
        ("2026-03-24", 5, "working days", "2026-03-17"),
        ("2026-06-09", 3, "weeks", "2026-05-19"),
        ("2026-01-08", 1, "weeks", "2025-12-30"),  # nyårsdagen, and before that nyårsafton
        ("2026-01-21", 26, "days", "2025-12-23"),  # annandag jul, juldagen, julafton
        ("2026-03-24", 26, "days", "2026-02-26"),
        ("1900-01-08", 999, "weeks", "1880-11-15"),  # 6993 days: 19 years with 4 leap days, and 54 days
    ],
)
def test_a_lead_time_counts_back_to_an_open_day(meeting: str, number: int, unit: Any, expected: str) -> None:
    assert before(day(meeting), LeadTime(number, unit)) == day(expected)


LEAD_TIMES = """
boards:
  - name: Socialnämnden
    lead_times: {follow_up: FOLLOW_UP, memo: 4 weeks, summons: 5 working days}
    meetings:
      - {date: 2026-03-24}
      - {date: 2026-04-21, summons: 2026-04-16}
"""


def test_a_boards_lead_times_are_all_there_is() -> None:
    """Four weeks before Tuesday 24 March is 24 February, and six 10 February; five working days 17 March."""
    (social,) = boards_of(LEAD_TIMES.replace("FOLLOW_UP", "6 weeks"))
    assert shown(stops(social, social.meetings[0])) == [
        ("2026-02-10", "follow_up", "lead_time"),
        ("2026-02-24", "memo", "lead_time"),
        ("2026-03-17", "summons", "lead_time"),
        ("2026-03-24", "meeting", "meeting"),
    ]


def test_a_meetings_own_day_goes_before_the_lead_time() -> None:
    (social,) = boards_of(LEAD_TIMES.replace("FOLLOW_UP", "6 weeks"))
    assert shown(stops(social, social.meetings[1])) == [
        ("2026-03-10", "follow_up", "lead_time"),
        ("2026-03-24", "memo", "lead_time"),
        ("2026-04-16", "summons", "meeting"),
        ("2026-04-21", "meeting", "meeting"),
    ]


@pytest.mark.parametrize(
    ("given_", "expected"), [("4 weeks", "estimate"), ("29 days", "lead_time"), ("1 week", "estimate")]
)
def test_the_follow_up_comes_before_the_memo(given_: str, expected: str) -> None:
    """The memo is ready 24 February, a Tuesday: the follow-up is held on the 23rd at the latest."""
    (social,) = boards_of(LEAD_TIMES.replace("FOLLOW_UP", given_))
    assert shown(stops(social, social.meetings[0]))[0] == ("2026-02-23", "follow_up", expected)


def test_without_any_preparation_the_follow_up_comes_before_the_meeting() -> None:
    quiet = board("2026-03-24", lead_times=LeadTimes())
    assert shown(stops(quiet, quiet.meetings[0])) == [
        ("2026-03-23", "follow_up", "estimate"),
        ("2026-03-24", "meeting", "meeting"),
    ]
    assert plan(quiet, day("2026-03-31"), None, day("2026-01-01")).ready == day("2026-03-24")


def test_the_memo_is_what_has_to_be_ready_even_when_the_presidium_meets_before() -> None:
    early = board("2026-03-24", lead_times=lead_times(memo="3 weeks", presidium="4 weeks"))
    found = plan(early, day("2026-03-31"), None, day("2026-01-01"))
    assert found.ready == day("2026-03-03")
    assert days(found.stops) == {
        "presidium": "2026-02-24",
        "follow_up": "2026-03-02",
        "memo": "2026-03-03",
        "meeting": "2026-03-24",
    }


LEADS = st.builds("{} {}".format, st.integers(1, 90), st.sampled_from(["days", "weeks", "working days"]))
BOARDS = st.builds(
    Board,
    name=st.just("N"),
    meetings=st.just(()),
    lead_times=st.none()
    | st.builds(LeadTimes.model_validate, st.dictionaries(st.sampled_from(("follow_up", *STEPS)), LEADS)),
)


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    """A meeting that gives some of its days itself, closed ones too."""
    on = draw(DATES)
    own = draw(st.dictionaries(st.sampled_from(STEPS), st.integers(0, 60)))
    return Meeting(date=on, **{step: on - timedelta(days=number) for step, number in own.items()})


@given(BOARDS, meetings())
@settings(max_examples=300)
def test_the_steps_of_any_meeting(of: Board, meeting: Meeting) -> None:
    found = stops(of, meeting)
    assert [each.day for each in found] == sorted(each.day for each in found)
    assert found[-1] == Stop(Step.MEETING, meeting.date, Basis.MEETING)
    assert len({each.step for each in found}) == len(found)
    by_step = {each.step: each for each in found}
    follow_up = by_step.pop(Step.FOLLOW_UP)
    assert follow_up.day < (by_step[Step.MEMO].day if Step.MEMO in by_step else min(s.day for s in by_step.values()))
    for each in (follow_up, *by_step.values()):
        own = getattr(meeting, each.step, meeting.date if each.step is Step.MEETING else None)
        assert (own == each.day) if each.basis is Basis.MEETING else (own is None and is_open(each.day))
    said = of.lead_times is not None or any(getattr(meeting, step) for step in STEPS)
    assert not (said and any(each.basis is Basis.ESTIMATE for each in by_step.values()))


@given(st.lists(DATES, max_size=6), DATES, st.none() | DATES, DATES)
@settings(max_examples=300)
def test_the_last_usable_meeting_is_usable_and_the_last(
    days_: list[date], decide_by: date, in_force_on: date | None, as_of: date
) -> None:
    of = Board(name="N", meetings=tuple(Meeting(date=each) for each in days_))
    found = plan(of, decide_by, in_force_on, as_of)
    usable = [
        each for each in days_ if each <= decide_by and (in_force_on is None or legal_force(each).gained <= in_force_on)
    ]
    assert all(each <= found.limit for each in usable)
    if not found.calendar_known:
        assert (found.meeting, found.without_legal_force, found.stops, found.following) == (None, None, (), None)
        assert found.missed == (found.limit < as_of)
        return
    assert (found.meeting.date if found.meeting else None) == max(usable, default=None)
    assert found.missed == (max(usable, default=date.min) < as_of)
    assert (found.following is None) == (not found.missed or max(days_) < as_of)


# -- how far the meetings are known ------------------------------------------------------------------------------------


def test_beyond_the_known_calendar_only_the_limit_is_told() -> None:
    for as_of, missed in (("2023-10-01", False), ("2024-02-01", False), ("2024-02-02", True)):
        found = plan(TIBRO, day("2024-02-01"), None, day(as_of))
        assert found == Plan(TIBRO, day("2024-02-01"), False, missed=missed)
        assert found.ready == day("2024-02-01")
    assert plan(board(), day("2024-02-01"), None, day("2023-01-01")) == Plan(board(), day("2024-02-01"), False)


def test_a_calendar_that_begins_later_is_not_known() -> None:
    """Seen from 2022 the meetings of that autumn are not known; from 2 January it is known that there is none."""
    assert plan(TIBRO, day("2023-01-10"), None, day("2022-12-01")) == Plan(TIBRO, day("2023-01-10"), False)
    assert plan(TIBRO, day("2023-09-01"), None, day("2022-12-01")).meeting == tibro("2023-06-20")  # later than the gap
    found = plan(TIBRO, day("2023-01-10"), None, day("2023-01-02"))
    assert found == Plan(TIBRO, day("2023-01-10"), True, missed=True, following=tibro("2023-01-17"))


# -- several boards ----------------------------------------------------------------------------------------------------

THREE = boards_of("""
boards:
  - name: Socialnämnden
    meetings: [{date: 2026-09-16, memo: 2026-08-21}, {date: 2026-10-07, memo: 2026-09-11}]
  - name: Kommunstyrelsen
    lead_times: {memo: 2 weeks, summons: 5 working days}
    meetings: [{date: 2026-10-14}, {date: 2026-11-04}, {date: 2026-12-02}]
  - name: Kommunfullmäktige
    lead_times: {memo: 3 weeks}
    meetings: [{date: 2026-09-28}, {date: 2026-10-26}, {date: 2026-11-23}, {date: 2026-12-14}]
""")


def test_each_board_is_in_time_for_the_next() -> None:
    """Kommunfullmäktige 23 November, ready three weeks before, 2 November; kommunstyrelsen 14 October, ready 30
    September; socialnämnden 16 September, ready 21 August, a Friday, after the follow-up."""
    found = chain(THREE, day("2026-12-31"), day("2027-01-01"), day("2026-08-01"))
    assert [each.board for each in found] == list(THREE)
    assert [each.limit for each in found] == [day("2026-09-30"), day("2026-11-02"), day("2026-11-23")]
    assert [shown(each.stops) for each in found] == [
        [
            ("2026-08-20", "follow_up", "estimate"),
            ("2026-08-21", "memo", "meeting"),
            ("2026-09-16", "meeting", "meeting"),
        ],
        [
            ("2026-09-30", "memo", "lead_time"),
            ("2026-10-07", "summons", "lead_time"),
            ("2026-10-14", "meeting", "meeting"),
        ],
        [("2026-11-02", "memo", "lead_time"), ("2026-11-23", "meeting", "meeting")],
    ]
    assert [each.without_legal_force for each in found] == [None, None, THREE[2].meetings[3]]


def test_the_board_that_is_too_late_for_the_next_one() -> None:
    """On 1 October socialnämnden has missed kommunstyrelsen's 14 October; it meets next on 7 October."""
    found = chain(THREE, day("2026-12-31"), day("2027-01-01"), day("2026-10-01"))
    assert [each.missed for each in found] == [True, False, False]
    assert found[0].following == THREE[0].meetings[1]


def test_a_board_whose_calendar_is_not_known_still_sets_the_limit_for_the_one_before() -> None:
    later = THREE[2].model_copy(update={"meetings": ()})
    first, last = chain((THREE[1], later), day("2026-12-31"), day("2027-01-01"), day("2026-08-01"))
    assert last == Plan(later, day("2026-11-23"), False)
    assert (first.limit, first.meeting) == (day("2026-11-23"), THREE[1].meetings[1])


def test_no_board_no_plan() -> None:
    assert chain((), day("2026-12-31"), None, day("2026-08-01")) == ()


# -- which boards decide -----------------------------------------------------------------------------------------------

PARTIES: dict[str, Any] = {
    "foreningen": {"name": "Kommunfullmäktige", "kind": "association"},
    "kommunen": {"name": "Exempelkommunen", "kind": "municipality", "board": "Socialnämnden"},
}


def who(*decisions: dict[str, Any], parties: dict[str, Any] = PARTIES) -> list[str]:
    values = {"format": 1, "title": "IOP", "parties": parties, "decisions": decisions}
    return [each.name for each in deciding(Agreement.model_validate(values), THREE)]


def decision(kind: str, body: Any, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "body": body, "date": date(2023, 4, 19), **more}


MORE = {"until": date(2028, 12, 31)}
ADOPTED = decision("adopted", "Kommunstyrelsen")


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([], ["Socialnämnden"]),
        ([ADOPTED], ["Kommunstyrelsen"]),
        ([decision("adopted", " kommunSTYRELSEN ")], ["Kommunstyrelsen"]),
        ([ADOPTED, decision("extended", "Socialnämnden", **MORE)], ["Socialnämnden"]),
        ([ADOPTED, decision("extended", "Omsorgsnämnden", **MORE)], ["Kommunstyrelsen"]),
        ([ADOPTED, {"kind": "extended", "body": "Socialnämnden", "planned": date(2026, 9, 16), **MORE}],
         ["Kommunstyrelsen"]),
        ([ADOPTED, decision("terminated", "Socialnämnden", **MORE)], ["Kommunstyrelsen"]),
        ([decision("recommended", "Socialnämnden"), ADOPTED], ["Socialnämnden", "Kommunstyrelsen"]),
        ([decision("mandated", "Socialnämnden"), ADOPTED], ["Kommunstyrelsen"]),
        ([decision("recommended", "socialnämnden"), decision("recommended", "Kommunstyrelsen"),
          decision("recommended", "Kommunstyrelsen"), decision("adopted", "Kommunfullmäktige")],
         ["Socialnämnden", "Kommunstyrelsen", "Kommunfullmäktige"]),
        ([decision("recommended", "Socialnämnden"), ADOPTED, decision("extended", "Kommunfullmäktige", **MORE)],
         ["Kommunfullmäktige"]),
        ([ADOPTED, decision("recommended", "Socialnämnden"), decision("extended", "Kommunfullmäktige", **MORE)],
         ["Socialnämnden", "Kommunfullmäktige"]),
        ([decision("adopted", "Kommunfullmäktige"), decision("recommended", "Socialnämnden"), ADOPTED,
          decision("extended", "Kommunfullmäktige", **MORE)], ["Kommunfullmäktige"]),
        ([decision("recommended", "Arbetsutskottet"), ADOPTED], ["Kommunstyrelsen"]),
        ([decision("recommended", "Kommunstyrelsen"), ADOPTED], ["Kommunstyrelsen"]),
        ([decision("adopted", {"unknown": "?"})], ["Socialnämnden"]),
        ([decision("recommended", "Kommunstyrelsen")], ["Socialnämnden"]),
    ],
)  # fmt: skip
def test_which_boards_decide(decisions: list[dict[str, Any]], expected: list[str]) -> None:
    assert who(*decisions) == expected


def test_the_board_of_the_public_party_where_nobody_has_decided() -> None:
    public = PARTIES["kommunen"]
    assert who(parties={"k": {**public, "board": "Omsorgsnämnden"}}) == []
    assert who(parties={"k": {"name": "Kommunstyrelsen", "kind": "municipality"}}) == ["Kommunstyrelsen"]
    assert who(parties={"k": {"name": {"unknown": "?"}, "kind": "municipality"}}) == []
    renamed = (
        {"from": date(2024, 1, 1), "board": "Vårdnämnden"},
        {"from": date(2025, 1, 1), "board": "Kommunstyrelsen"},
    )
    assert who(parties={"k": {**public, "renamed": renamed}}) == ["Kommunstyrelsen"]
    assert who(parties={"k": {**public, "renamed": renamed[:1]}}) == ["Socialnämnden"]


# -- the rule ----------------------------------------------------------------------------------------------------------

MEETINGS = """
boards:
  - name: Socialnämnden
    meetings: [{date: 2028-01-19}, {date: 2028-03-15}, {date: 2028-06-14}, {date: 2028-11-15}, {date: 2028-12-13}]
"""
"""The sound agreement has to be decided on by 2028-06-30, and ends 2028-12-31."""

SOUND_DECISION = "decisions:\n  - {kind: adopted, body: Socialnämnden, date: 2025-10-22, paragraph: 94}\n"

WITHOUT_DAY = """\
period:
  start: 2026-01-01
  end: 2028-12-31
  extension: {times: 1, length: 3 years}
"""


@pytest.mark.parametrize(
    ("snippet", "as_of", "expected"),
    [
        (SOUND_DECISION, "2028-06-14", []),
        (SOUND_DECISION, "2028-06-15", ["PER014"]),
        (SOUND_DECISION, "2028-06-30", ["PER014"]),
        (SOUND_DECISION, "2028-07-01", []),  # the day has passed: PER013 is about that
        (WITHOUT_DAY, "2027-12-30", []),  # more than a year before
        (WITHOUT_DAY, "2028-11-15", []),
        # 31 December is a Sunday: Friday 29 December less 37 days is 22 November
        (WITHOUT_DAY, "2028-11-16", ["PER014"]),
        (WITHOUT_DAY, "2028-12-31", ["PER014"]),
        (WITHOUT_DAY.replace("2028-12-31", "open_ended"), "2028-11-16", []),
        (WITHOUT_DAY.replace("\n  extension: {times: 1, length: 3 years}", ""), "2028-11-16", []),
    ],
)
def test_when_no_meeting_is_left(snippet: str, as_of: str, expected: list[str]) -> None:
    assert codes(snippet, as_of, MEETINGS, only=("PER014",)) == expected


@pytest.mark.parametrize(
    "snippet",
    [
        SOUND_DECISION
        + "  - {kind: extended, body: Socialnämnden, date: 2028-06-14, paragraph: 40, until: 2031-12-31}\n",
        SOUND_DECISION + "  - {kind: extended, body: Socialnämnden, planned: 2028-06-28, until: 2031-12-31}\n",
        SOUND_DECISION.replace("Socialnämnden", "Kommunstyrelsen")
        + "parties:\n  k: {name: Kommunstyrelsen, kind: municipality}\n  f: {name: F, kind: association}\n",
        "log:\n  - {notice: foreningen, date: 2028-05-02}\n",
        "log:\n  - {duty: slutrapport, date: 2028-05-02}\n",
    ],
    ids=["extended", "an extra meeting", "a board that is not known", "summons", "final report"],
)
def test_when_a_meeting_is_not_needed(snippet: str) -> None:
    assert codes(snippet, "2028-06-15", MEETINGS, only=("PER014",)) == []


@pytest.mark.parametrize(
    ("planned", "expected"),
    [("2028-06-14", ["PER014"]), ("2028-06-15", []), ("2028-06-30", []), ("2028-07-01", ["PER014"])],
)
def test_a_planned_meeting_that_has_been_or_is_too_late_is_none(planned: str, expected: list[str]) -> None:
    """Seen on 15 June, with 30 June as the last day to decide."""
    text = SOUND_DECISION + f"  - {{kind: extended, body: S, planned: {planned}, until: 2031-12-31}}\n"
    assert codes(text, "2028-06-15", MEETINGS, only=("PER014",)) == expected


def test_without_a_day_to_decide_by_the_last_year_is_looked_at() -> None:
    text = "boards:\n  - {name: Socialnämnden, meetings: [{date: 2027-11-17}, {date: 2029-01-17}]}\n"
    assert codes(WITHOUT_DAY, "2027-12-30", text, only=("PER014",)) == []
    assert codes(WITHOUT_DAY, "2027-12-31", text, only=("PER014",)) == ["PER014"]


@pytest.mark.parametrize(
    ("as_of", "help_"),
    [
        ("2028-12-13", "the meeting of 2028-12-13 decides in time, but too late to be certain of legal force"),
        ("2028-12-14", "no later meeting is known; ask the board's secretary how it can be decided in time"),
    ],
)
def test_what_can_be_done_instead(as_of: str, help_: str) -> None:
    (found,) = [each for each in findings(WITHOUT_DAY, as_of, MEETINGS) if each["code"] == "PER014"]
    assert found["message"] == "no meeting of Socialnämnden is left to give an extension legal force 2029-01-01"
    assert found["help"] == help_


def test_an_unknown_calendar_is_not_judged() -> None:
    for meetings_ in ("[]", "[{date: 2027-12-15}]", "[{date: 2029-01-17}]"):
        text = f"boards:\n  - {{name: Socialnämnden, meetings: {meetings_}}}\n"
        assert codes(SOUND_DECISION, "2028-06-15", text, only=("PER014",)) == []
    text = "boards:\n  - {name: Socialnämnden, meetings: [{date: 2027-12-15}]}\n"
    assert codes(WITHOUT_DAY, "2028-12-01", text, only=("PER014",)) == []  # not even now that the limit has passed


def test_the_rule_without_a_meeting_in_time_at_all() -> None:
    text = "boards:\n  - {name: Socialnämnden, meetings: [{date: 2028-08-16}]}\n"
    (found,) = [each for each in findings(SOUND_DECISION, "2028-03-01", text) if each["code"] == "PER014"]
    assert found["message"] == "no meeting of Socialnämnden is left to decide on extension by 2028-06-30"
    assert [each["label"] for each in found["places"]] == [None]
    assert found["help"] == "the first one after is 2028-08-16; ask the board's secretary how it can be decided in time"


# -- DEC002 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days_", "expected"),
    [
        ("date: 2025-11-26", ["DEC002"]),  # 10 and 12 December, to 2 January
        ("date: 2025-11-26, posted: 2025-12-08", []),  # to Monday 29 December
        ("date: 2025-11-26, posted: 2025-12-09", []),  # to Tuesday 30 December, legal force on the 31st
        ("date: 2025-11-26, posted: 2025-12-10", ["DEC002"]),  # nyårsafton, so to 2 January
        ("date: 2025-11-26, approved: 2025-12-04", []),  # posted by 6 December, to Monday 29 December
        ("date: 2025-11-26, approved: 2025-12-10", ["DEC002"]),
        ("date: 2025-10-22, posted: 2025-12-15", ["DEC002"]),  # posted long after it should be: to 5 January
        ("planned: 2025-11-26, posted: 2025-12-09", []),
    ],
)
def test_the_days_of_the_minutes_say_when_a_decision_has_legal_force(days_: str, expected: list[str]) -> None:
    text = f"decisions:\n  - {{kind: adopted, body: Socialnämnden, paragraph: 94, {days_}}}\n"
    assert codes(text, "2025-12-31", only=("DEC002",)) == expected


# -- open days ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("2025-11-30", "2025-11-28"),  # Sunday
        ("2025-12-31", "2025-12-30"),  # nyårsafton
        ("2022-12-31", "2022-12-30"),  # Saturday
        ("2026-12-27", "2026-12-23"),  # Sunday, annandag jul, juldagen, julafton
        ("2024-03-28", "2024-03-28"),  # skärtorsdag is an ordinary weekday in law
    ],
)
def test_the_previous_open_day(given_: str, expected: str) -> None:
    assert previous_open(day(given_)) == day(expected)
