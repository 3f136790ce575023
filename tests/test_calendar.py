"""Days. The expected ones are published or counted by hand: lag (1930:173), board minutes, the almanac."""

from __future__ import annotations

from datetime import date

import pytest

from iopctl.compute.calendar import (
    after,
    is_open,
    last_day,
    last_open_day,
    legal_force,
    month_end,
    next_open,
    years_from,
)
from iopctl.model import Length


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
