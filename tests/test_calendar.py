"""Days. The expected ones are published or counted by hand: lag (1930:173), board minutes, the almanac."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from iopctl.compute.calendar import (
    LONGEST_TO_LEGAL_FORCE,
    after,
    closed_because,
    is_open,
    last_day,
    last_notice,
    last_open_day,
    legal_force,
    length_between,
    month_end,
    months_later,
    next_open,
    notice_ends,
    previous_open,
    years_from,
    years_later,
)
from iopctl.model import Length
from iopctl.model.period import Notice


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [  # lag (1930:173) 1 §: the same number, or the month's last day
        ("2025-11-30", 3, "2026-02-28"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-02-28", 2, "2026-04-28"),
        ("2026-03-01", 2, "2026-05-01"),
        ("2018-09-16", 1, "2018-10-16"),
    ],
)
def test_months_end_on_the_same_number_or_the_last_day(start: str, months: int, end: str) -> None:
    assert after(day(start), Length(months, "months")) == day(end)


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2020-01-01", Length(3, "years"), "2022-12-31"),
        ("2023-12-01", Length(24, "months"), "2025-11-30"),
        ("2018-01-01", Length(2, "years"), "2019-12-31"),
        ("2024-01-29", Length(1, "months"), "2024-02-28"),
        ("2024-03-01", Length(30, "days"), "2024-03-30"),
        ("2024-03-04", Length(1, "weeks"), "2024-03-10"),
    ],
)
def test_a_length_includes_both_days(start: str, length: Length, end: str) -> None:
    assert last_day(day(start), length) == day(end)


@pytest.mark.parametrize(
    ("given", "following"),
    [
        ("2018-03-31", "2018-04-03"),  # Saturday before Easter; Easter Sunday and annandag påsk follow
        ("2019-03-31", "2019-04-01"),  # Sunday
        ("2024-03-31", "2024-04-02"),  # Easter Sunday
        ("2029-03-31", "2029-04-03"),  # Saturday before Easter
        ("2030-03-31", "2030-04-01"),  # Sunday
        ("2025-11-30", "2025-12-01"),  # Sunday
        ("2025-12-31", "2026-01-02"),  # nyårsafton, nyårsdagen
        ("2022-12-31", "2023-01-02"),  # Saturday, Sunday and nyårsdagen
        ("2024-06-21", "2024-06-24"),  # midsommarafton
        ("2026-12-24", "2026-12-28"),  # julafton, juldagen, Saturday, Sunday
        ("2024-03-28", "2024-03-28"),  # skärtorsdag is an ordinary weekday in law
    ],
)
def test_the_next_open_day(given: str, following: str) -> None:
    assert next_open(day(given)) == day(following)


@pytest.mark.parametrize("year", [2020, 2021, 2022, 2023, 2025, 2026, 2027, 2028])
def test_the_last_of_march_is_open_in_these_years(year: int) -> None:
    assert is_open(date(year, 3, 31))


@pytest.mark.parametrize(
    ("decided", "approved", "posted", "appeal_end", "gained"),
    [  # 14 + 2 + 21 days, the end of the appeal moved to an open day
        (
            "2019-11-28",
            "2019-12-12",
            "2019-12-14",
            "2020-01-07",
            "2020-01-08",
        ),  # 4 Jan is a Saturday, 6 Jan trettondagen
        ("2023-11-15", "2023-11-29", "2023-12-01", "2023-12-22", "2023-12-23"),
        ("2026-11-23", "2026-12-07", "2026-12-09", "2026-12-30", "2026-12-31"),
        ("2026-11-24", "2026-12-08", "2026-12-10", "2027-01-04", "2027-01-05"),  # nyårsafton … Sunday 3 January
        ("2026-11-25", "2026-12-09", "2026-12-11", "2027-01-04", "2027-01-05"),  # nyårsdagen
    ],
)
def test_legal_force(decided: str, approved: str, posted: str, appeal_end: str, gained: str) -> None:
    assert legal_force(day(decided)) == tuple(map(day, (approved, posted, appeal_end, gained)))


@pytest.mark.parametrize(
    ("year", "last"),
    [(2020, 31), (2021, 29), (2022, 31), (2023, 31), (2024, 31), (2025, 31), (2026, 30), (2027, 29)],
)
def test_the_last_open_day_of_january(year: int, last: int) -> None:
    assert last_open_day(year, 1) == date(year, 1, last)


@pytest.mark.parametrize(("year", "month", "last"), [(2024, 2, 29), (2023, 2, 28), (2021, 12, 31), (2020, 1, 31)])
def test_the_end_of_a_month(year: int, month: int, last: int) -> None:
    assert month_end(year, month) == date(year, month, last)


def test_years_are_counted_from_the_first_day() -> None:
    assert years_from(day("2023-12-01"), day("2025-11-30")) == [
        (day("2023-12-01"), day("2024-11-30")),
        (day("2024-12-01"), day("2025-11-30")),
    ]
    assert years_from(day("2024-02-29"), day("2025-06-30")) == [
        (day("2024-02-29"), day("2025-02-27")),
        (day("2025-02-28"), day("2025-06-30")),
    ]


# -- years, months and lengths -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [
        ("2024-02-29", 1, "2025-02-28"),
        ("2024-02-29", 4, "2028-02-29"),
        ("2023-02-28", 1, "2024-02-28"),  # not the 29th: the number is the same
        ("2096-02-29", 4, "2100-02-28"),  # 2100 is no leap year
        ("1996-02-29", 4, "2000-02-29"),  # 2000 is
        ("2024-12-31", 1, "2025-12-31"),
        ("2024-02-29", -1, "2023-02-28"),
        ("2024-02-29", 0, "2024-02-29"),
    ],
)
def test_years_later(start: str, years: int, end: str) -> None:
    assert years_later(day(start), years) == day(end)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-12-31", 1, "2026-01-31"),
        ("2025-11-30", 1, "2025-12-30"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2027-12-31", 2, "2028-02-29"),
        ("2025-10-31", 1, "2025-11-30"),
        ("2025-01-29", 1, "2025-02-28"),
        ("2025-01-28", 1, "2025-02-28"),
        ("2025-06-15", 30, "2027-12-15"),
        ("2025-06-30", 6, "2025-12-30"),
        ("2025-03-31", -1, "2025-02-28"),
        ("2025-01-15", -1, "2024-12-15"),
        ("2025-05-31", 0, "2025-05-31"),
    ],
)
def test_months_later(start: str, months: int, end: str) -> None:
    assert months_later(day(start), months) == day(end)


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2024-02-29", Length(1, "years"), "2025-02-28"),
        ("2024-12-30", Length(3, "days"), "2025-01-02"),
        ("2024-02-26", Length(1, "weeks"), "2024-03-04"),
        ("2023-02-26", Length(1, "weeks"), "2023-03-05"),
        ("2025-12-15", Length(18, "months"), "2027-06-15"),
    ],
)
def test_a_time_after_a_day(start: str, length: Length, end: str) -> None:
    assert after(day(start), length) == day(end)


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [  # the first three in months: 36, 24 and 36
        ("2018-01-01", "2020-12-31", Length(3, "years")),
        ("2023-12-01", "2025-11-30", Length(2, "years")),
        ("2023-01-01", "2025-12-31", Length(3, "years")),
        ("2023-01-01", "2024-06-30", Length(18, "months")),
        ("2023-01-01", "2023-01-31", Length(1, "months")),
        ("2023-01-01", "2023-11-30", Length(11, "months")),
        ("2023-12-15", "2024-01-14", Length(1, "months")),
        ("2024-02-29", "2025-02-27", Length(1, "years")),
        ("2024-02-29", "2025-02-28", Length(366, "days")),
        ("2023-01-01", "2023-01-01", Length(1, "days")),
        ("2023-01-01", "2023-01-30", Length(30, "days")),
        ("2023-01-01", "2024-01-01", Length(366, "days")),
        ("2023-01-31", "2023-02-27", Length(1, "months")),  # the month's last day is the day before 28 February + 1
        ("2023-01-15", "2023-03-01", Length(46, "days")),  # 17 + 28 + 1
    ],
)
def test_the_length_of_a_stretch_of_days(start: str, end: str, length: Length) -> None:
    assert length_between(day(start), day(end)) == length


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("2023-12-01", "2023-12-01", [("2023-12-01", "2023-12-01")]),
        ("2023-01-01", "2023-12-31", [("2023-01-01", "2023-12-31")]),
        ("2023-01-01", "2024-01-01", [("2023-01-01", "2023-12-31"), ("2024-01-01", "2024-01-01")]),
        ("2024-01-31", "2025-02-01", [("2024-01-31", "2025-01-30"), ("2025-01-31", "2025-02-01")]),
        (
            "2024-02-29",  # back on the 29th in 2028
            "2028-12-31",
            [
                ("2024-02-29", "2025-02-27"),
                ("2025-02-28", "2026-02-27"),
                ("2026-02-28", "2027-02-27"),
                ("2027-02-28", "2028-02-28"),
                ("2028-02-29", "2028-12-31"),
            ],
        ),
        ("2023-12-02", "2023-12-01", []),
    ],
)
def test_the_years_of_an_agreement(start: str, end: str, years: list[tuple[str, str]]) -> None:
    assert years_from(day(start), day(end)) == [(day(first), day(last)) for first, last in years]


# -- notice ------------------------------------------------------------------------------------------------------------


def notice(length: str, count: str = "date") -> Notice:
    return Notice.model_validate({"length": length, "count": count})


@pytest.mark.parametrize(
    ("given", "length", "count", "ends"),
    [
        ("2025-08-15", "3 months", "date", "2025-11-15"),
        ("2025-08-15", "3 months", "whole_months", "2025-11-30"),
        ("2025-08-30", "3 months", "date", "2025-11-30"),
        ("2025-08-31", "3 months", "date", "2025-11-30"),
        ("2025-08-31", "3 months", "whole_months", "2025-11-30"),
        ("2025-11-30", "3 months", "date", "2026-02-28"),
        ("2023-11-30", "3 months", "whole_months", "2024-02-29"),
        ("2025-12-01", "1 year", "date", "2026-12-01"),
        ("2025-12-24", "30 days", "date", "2026-01-23"),
        ("2025-12-01", "6 months", "whole_months", "2026-06-30"),
    ],
)
def test_when_a_notice_runs_out(given: str, length: str, count: str, ends: str) -> None:
    assert notice_ends(day(given), notice(length, count)) == day(ends)


@pytest.mark.parametrize(
    ("end", "length", "count", "last"),
    [
        ("2025-11-30", "3 months", "date", "2025-08-31"),  # the 30th reaches it too, and is earlier
        ("2025-11-30", "3 months", "whole_months", "2025-08-31"),
        ("2025-11-29", "3 months", "date", "2025-08-29"),
        ("2025-11-29", "3 months", "whole_months", "2025-07-31"),  # in August it would run until 30 November
        ("2025-12-31", "3 months", "date", "2025-09-30"),  # 30 September + 3 is 30 December; 1 October + 3 is 1 January
        ("2026-02-28", "3 months", "date", "2025-11-30"),
        ("2024-02-29", "3 months", "date", "2023-11-30"),
        ("2024-02-28", "3 months", "date", "2023-11-28"),
        ("2025-12-31", "30 days", "date", "2025-12-01"),
        ("2025-12-31", "1 year", "date", "2024-12-31"),
        ("2025-12-31", "2 weeks", "date", "2025-12-17"),
    ],
)
def test_the_last_day_for_a_notice(end: str, length: str, count: str, last: str) -> None:
    assert last_notice(day(end), notice(length, count)) == day(last)


@pytest.mark.parametrize(
    "length", ["1 month", "3 months", "12 months", "1 year", "2 years", "1 day", "30 days", "2 weeks"]
)
@pytest.mark.parametrize("count", ["date", "whole_months"])
def test_a_day_later_the_notice_would_run_out_too_late(length: str, count: str) -> None:
    """For every last day of four years."""
    for number in range(4 * 366):
        end = date(2023, 1, 1) + timedelta(days=number)
        last = last_notice(end, notice(length, count))
        assert notice_ends(last, notice(length, count)) <= end
        assert notice_ends(last + timedelta(days=1), notice(length, count)) > end


# -- open days ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "forward", "back"),
    [
        ("2025-11-30", "2025-12-01", "2025-11-28"),
        ("2025-12-31", "2026-01-02", "2025-12-30"),
        ("2022-12-31", "2023-01-02", "2022-12-30"),
        ("2024-03-31", "2024-04-02", "2024-03-28"),  # Easter Sunday: annandag påsk after it, långfredagen before it
        ("2025-12-01", "2025-12-01", "2025-12-01"),
        ("2023-01-01", "2023-01-02", "2022-12-30"),  # over the turn of the year
    ],
)
def test_the_open_days_around_a_day(given: str, forward: str, back: str) -> None:
    assert (next_open(day(given)), previous_open(day(given))) == (day(forward), day(back))


@pytest.mark.parametrize(
    ("year", "first"), [(2020, 2), (2021, 4), (2022, 3), (2023, 2), (2024, 2), (2025, 2), (2026, 2), (2027, 4)]
)
def test_the_first_open_day_of_january(year: int, first: int) -> None:
    assert next_open(date(year, 1, 1)) == date(year, 1, first)


@pytest.mark.parametrize(
    ("year", "month", "last"),
    [(2025, 11, 28), (2025, 12, 30), (2022, 12, 30), (2024, 3, 28), (2026, 12, 30), (2024, 2, 29), (2025, 2, 28)],
)
def test_the_last_open_day_of_a_month(year: int, month: int, last: int) -> None:
    assert last_open_day(year, month) == date(year, month, last)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("2025-11-29", "saturday"),
        ("2025-11-30", "sunday"),
        ("2024-03-29", "holiday"),  # långfredagen
        ("2025-12-31", "holiday"),  # nyårsafton, a Wednesday
        ("2025-06-21", "saturday"),  # midsommardagen
        ("2024-03-31", "sunday"),  # påskdagen
        ("2024-03-28", None),  # skärtorsdagen
        ("2025-12-01", None),
    ],
)
def test_why_a_day_is_not_open(given: str, why: str | None) -> None:
    assert closed_because(day(given)) == why


def test_no_decision_needs_longer_than_the_longest() -> None:
    """43 days at most, 2020–2034."""
    first = date(2020, 1, 1)
    lengths = [
        legal_force(each).gained - each for each in (first + timedelta(days=number) for number in range(15 * 365 + 4))
    ]
    assert max(lengths) == timedelta(days=43)
    assert min(lengths) == timedelta(days=38)
    assert max(lengths) < LONGEST_TO_LEGAL_FORCE


# -- a calendar of our own, from the words of the law ------------------------------------------------------------------


def easter(year: int) -> date:
    """Påskdagen by the anonymous Gregorian algorithm (Nature 1876; Butcher, Meeus)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), (i, k) = divmod(b, 4), divmod(c, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, number = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, number + 1)


FULL_MOONS = """04-14 04-03 03-23 04-11 03-31 04-18 04-08 03-28 04-16 04-05 03-25 04-13 04-02 03-22 04-10 03-30
04-17 04-07 03-27"""
"""The ecclesiastical full moon of spring in each of the nineteen years of the moon's cycle, 1900–2199."""


def easter_by_the_moon(year: int) -> date:
    """2 §: "söndagen närmast efter den fullmåne som infaller på eller närmast efter den 21 mars"."""
    moon = date.fromisoformat(f"{year}-{FULL_MOONS.split()[year % 19]}")
    return next(each for number in range(1, 8) if (each := moon + timedelta(days=number)).weekday() == 6)


PUBLISHED = """2000-04-23 2001-04-15 2002-03-31 2003-04-20 2004-04-11 2005-03-27 2006-04-16 2007-04-08 2008-03-23
2009-04-12 2010-04-04 2011-04-24 2012-04-08 2013-03-31 2014-04-20 2015-04-05 2016-03-27 2017-04-16 2018-04-01 2019-04-21
2020-04-12 2023-04-09 2024-03-31 2025-04-20 2030-04-21"""


def test_easter_was_when_it_was() -> None:
    published = [day(each) for each in PUBLISHED.split()]
    assert [easter(each.year) for each in published] == published


def test_two_ways_to_reckon_easter_agree() -> None:
    assert [easter(year) for year in range(2000, 2100)] == [easter_by_the_moon(year) for year in range(2000, 2100)]


def in_days(first: date, number: int, weekday: int) -> date:
    """The day of the week among so many days."""
    return next(each for place in range(number) if (each := first + timedelta(days=place)).isoweekday() == weekday)


def closed_days(year: int) -> set[date]:
    """Lag (1989:253) 2 § (annandag pingst until 2004, since then nationaldagen) and the eves of lag (1930:173) 2 §."""
    sunday = easter(year)
    midsummer = in_days(date(year, 6, 20), 7, 6)  # "den lördag som infaller under tiden den 20-26 juni"
    saints = in_days(date(year, 10, 31), 7, 6)  # "den lördag som infaller under tiden den 31 oktober-6 november"
    return {
        date(year, 1, 1),  # nyårsdagen
        date(year, 1, 6),  # trettondedag jul
        sunday - timedelta(days=2),  # långfredagen, "fredagen närmast före påskdagen"
        sunday,  # påskdagen
        sunday + timedelta(days=1),  # annandag påsk, "dagen efter påskdagen"
        date(year, 5, 1),  # första maj
        in_days(sunday + timedelta(days=1 + 5 * 7), 7, 4),  # Kristi himmelsfärdsdag, "sjätte torsdagen efter påskdagen"
        sunday + timedelta(weeks=7),  # pingstdagen, "sjunde söndagen efter påskdagen"
        date(year, 6, 6) if year >= 2005 else sunday + timedelta(weeks=7, days=1),
        midsummer,
        midsummer - timedelta(days=1),  # midsommarafton
        saints,  # alla helgons dag
        date(year, 12, 24),  # julafton
        date(year, 12, 25),  # juldagen
        date(year, 12, 26),  # annandag jul
        date(year, 12, 31),  # nyårsafton
    }


@pytest.mark.parametrize("year", range(2000, 2100))
def test_every_day_of_a_century(year: int) -> None:
    closed = closed_days(year)
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
    wrong = [
        each for each in days if each.year == year and is_open(each) != (each.isoweekday() < 6 and each not in closed)
    ]
    assert wrong == []


def test_the_year_that_nationaldagen_took_the_place_of_annandag_pingst() -> None:
    """SFS 2004:1320: pingstdagen was 2004-05-30 and 2005-05-15."""
    assert [is_open(day(each)) for each in ("2004-05-31", "2005-05-16", "2003-06-06", "2005-06-06")] == [
        False,
        True,
        True,
        False,
    ]
