"""An agreement's time as a bar: to scale, with a sign for each kind, and the day under it. Worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from iopctl.compute.lifeline import Phase, PhaseKind
from iopctl.render.bar import bar

ROUTE = ("period",)
AGREED = Phase(PhaseKind.AGREED, date(2021, 1, 1), date(2022, 12, 31))
EXTENDED = Phase(PhaseKind.EXTENDED, date(2023, 1, 1), date(2024, 12, 31))
PROPOSED = Phase(PhaseKind.PROPOSED, date(2025, 1, 1), date(2026, 12, 31))
OPTION = Phase(PhaseKind.OPTION, date(2027, 1, 1), date(2028, 12, 31))


def drawn(*phases: Phase, day: date, width: int = 41) -> list[str]:
    return bar(phases, day, day.isoformat(), width)


def test_each_kind_has_a_sign_of_its_own() -> None:
    """Eight years on forty signs, so five for a year: 1 July 2022 is 1.5 years in."""
    assert drawn(AGREED, EXTENDED, PROPOSED, OPTION, day=date(2022, 7, 2)) == [
        "█" * 10 + "▓" * 10 + "/" * 10 + "░" * 10,
        " " * 7 + "| 2022-07-02",
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2021, 1, 1), ["█" * 40, "| 2021-01-01"]),
        (date(2022, 12, 31), ["█" * 40, " " * 28 + "2022-12-31 |"]),
        # a year before: 1,095 days on forty signs, and the first day is day 365, at 13.3
        (date(2020, 1, 2), [" " * 13 + "█" * 27, "| 2020-01-02"]),
        # two years after: 1,461 days, of which 730 end at 19.99
        (date(2024, 12, 31), ["█" * 20, " " * 28 + "2024-12-31 |"]),
    ],
)
def test_the_day_inside_and_outside(day: date, expected: list[str]) -> None:
    assert drawn(AGREED, day=day) == expected


def test_what_has_no_end_goes_on() -> None:
    """From 1 January 2021, a year and a day beyond the day: 732 days, and the day is day 365, at 19.9."""
    forever = Phase(PhaseKind.AGREED, date(2021, 1, 1), None)
    assert drawn(forever, day=date(2022, 1, 1)) == ["█" * 40 + "→", " " * 19 + "| 2022-01-01"]


def test_a_short_piece_has_a_sign_and_a_gap_has_none() -> None:
    """A hundred years, of which twenty, and ten days in 1950: 18,262 days of 36,524 in, at 20.0."""
    old, short = Phase(PhaseKind.AGREED, date(1900, 1, 1), date(1919, 12, 31)), date(1950, 1, 1)
    late = Phase(PhaseKind.EXTENDED, short, date(1950, 1, 10))
    found = drawn(old, late, day=date(1999, 12, 31))
    assert found[0] == "█" * 8 + " " * 12 + "▓"
    assert len(found[1]) == 40


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawn(day=date(2022, 1, 1)) == []


def test_a_sign_for_each_day_when_there_is_room() -> None:
    two = Phase(PhaseKind.AGREED, date(2022, 1, 1), date(2022, 1, 2))
    more = Phase(PhaseKind.EXTENDED, date(2022, 1, 3), date(2022, 1, 4))
    assert drawn(two, more, day=date(2022, 1, 1), width=5)[0] == "██▓▓"


def test_the_last_day_of_a_long_time_has_its_sign_inside_the_bar() -> None:
    long = Phase(PhaseKind.AGREED, date(1950, 1, 1), date(2049, 12, 31))
    assert drawn(long, Phase(PhaseKind.OPTION, date(2050, 1, 1), date(2050, 1, 1)), day=date(1950, 1, 1)) == [
        "█" * 39 + "░",
        "| 1950-01-01",
    ]


@pytest.mark.parametrize(("day", "expected"), [(29, " " * 28 + "| 2021-01-29"), (30, " " * 18 + "2021-01-30 |")])
def test_the_label_changes_side_where_it_has_no_room(day: int, expected: str) -> None:
    """Forty days on forty signs: the mark and its label take twelve, so the last place for both is 28."""
    days = Phase(PhaseKind.AGREED, date(2021, 1, 1), date(2021, 2, 9))
    assert drawn(days, day=date(2021, 1, day))[1] == expected
