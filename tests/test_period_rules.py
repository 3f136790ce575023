"""What the rules about the period stay silent on, and the edges where they speak up."""

from __future__ import annotations

from functools import partial

import pytest

from tests import sound
from tests.sound import codes_across

codes = partial(sound.codes, only=sound.THEMES)

UNSIGNED = "signatures: []\ndated: 2025-12-15\n"


def period(*lines: str, start: str = "2026-01-01", end: str = "2028-12-31") -> str:
    return f"period:\n  start: {start}\n  end: {end}\n{''.join(f'  {line}' + chr(10) for line in lines)}"


def option(keys: str) -> str:
    return f"extension: {{{keys}}}"


@pytest.mark.parametrize(
    ("decide_by", "expected"),
    [
        ("2025-06-30", ["PER008", "PER013"]),  # as of 2026-01-15 it has passed, too
        ("2026-01-01", ["PER008", "PER013"]),  # the first day: nothing to judge by yet
        ("2026-01-02", ["PER013"]),
        ("2027-06-30", []),  # a year and a half ahead is early, and nothing is wrong with it
        ("2028-12-30", []),
        ("2028-12-31", ["PER008"]),  # the last day
        ("2029-01-01", ["PER008"]),
    ],
)
def test_the_day_to_decide(decide_by: str, expected: list[str]) -> None:
    assert codes(period(option(f"decide_by: {decide_by}"))) == expected


def test_the_day_to_decide_when_the_text_states_another_length() -> None:
    """Two years from 2026-01-01 end on 2027-12-31: that day would be the last. A later one tells nothing by itself."""
    stated = "stated: 2 years"
    assert codes(period(stated, option("decide_by: 2027-12-30"))) == ["PER003"]
    assert codes(period(stated, option("decide_by: 2027-12-31"))) == ["PER003", "PER008"]
    assert codes(period(stated, option("decide_by: 2028-01-01"))) == ["PER003"]
    assert codes(period("stated: 3 years", option("decide_by: 2027-12-31"))) == []


def test_the_day_to_decide_of_an_agreement_that_has_ended() -> None:
    """A day too late is still an error; that there was little time is nothing to act on any more."""
    ended = "2029-02-01"
    assert "PER008" not in codes(period(option("decide_by: 2028-12-31")), ended)
    assert "PER008" in codes(period(option("decide_by: 2029-01-31")), ended)


EXTENDED = """
decisions:
  - {kind: adopted, body: Socialnämnden, date: 2025-10-22, paragraph: 94}
  - {kind: extended, body: Socialnämnden, date: 2025-12-17, paragraph: 120, until: 2031-12-31}
"""


def test_the_day_to_decide_is_for_the_next_end() -> None:
    twice = "times: 2, length: 3 years, decide_by: "
    assert codes(period(option(f"{twice}2031-06-30")) + EXTENDED) == []
    assert codes(period(option(f"{twice}2031-12-31")) + EXTENDED) == ["PER008"]
    assert codes(period(option(f"{twice}2032-01-01")) + EXTENDED) == ["PER008"]


@pytest.mark.parametrize(
    ("kind", "expected"), [("position", ["PER008"]), ("report", []), ("follow_up", []), ("meeting", [])]
)
def test_only_a_position_has_to_come_before_the_end(kind: str, expected: list[str]) -> None:
    duty = f"duties:\n  - {{id: en, kind: {kind}, text: T, by: 2029-01-31, responsible: foreningen}}\n"
    assert codes(duty) == expected


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("", ["PER009"]),
        ("duties:\n  - {id: en, kind: position, text: T, by: 2028-06-30, responsible: foreningen}\n", []),
        ("duties:\n  - {id: en, kind: position, text: T, before_end: true, responsible: foreningen}\n", []),
        (EXTENDED, []),  # used
        (EXTENDED.replace("date: 2025-12-17", "proposed: 2025-12-17"), []),  # on its way
        (EXTENDED.replace("extended", "terminated").replace("2031-12-31", "2026-06-30"), []),
        (EXTENDED.replace("extended", "rejected").replace(", until: 2031-12-31", ""), []),
    ],
)
def test_an_option_without_a_day(rest: str, expected: list[str]) -> None:
    assert codes(period(option("times: 1, length: 3 years")) + rest) == expected


def test_an_option_that_is_left_when_one_is_used() -> None:
    twice = period(option("times: 2, length: 3 years"))
    assert codes(twice + EXTENDED) == ["PER009"]
    assert codes(twice + EXTENDED.replace("date: 2025-12-17", "planned: 2026-02-17")) == []  # it has a day


def test_an_option_without_a_day_when_it_is_too_late() -> None:
    assert codes(period(option("length: 3 years")), "2028-12-31") == ["PER009"]
    assert codes(period(option("length: 3 years")), "2029-01-01") == []


def test_until_further_notice() -> None:
    ended = "decisions:\n  - {kind: adopted, body: Socialnämnden, date: 2025-10-22, paragraph: 94}\n" + (
        "  - {kind: terminated, body: Socialnämnden, date: 2025-12-17, paragraph: 9, until: 2026-06-30}\n"
    )
    assert codes(period(end="open_ended")) == ["PER010"]
    assert codes(period(end="open_ended") + ended) == []
    assert codes(period("notice: {length: 3 months}", end="open_ended")) == []
    assert codes(period("notice: {length: 200 years}", end="open_ended")) == []


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        ("3 years", ["PER011"]),  # 2026-01-01 + 3 years = 2029-01-01
        ("36 months", ["PER011"]),
        ("35 months", []),  # 2028-12-01
        ("1095 days", ["PER011"]),  # 2026: 365, 2027: 365, 2028: 366 days; day 1096 is the last
        ("1094 days", []),
    ],
)
def test_notice_as_long_as_the_agreement(length: str, expected: list[str]) -> None:
    assert codes(period(f"notice: {{length: {length}}}")) == expected


def test_notice_counts_against_extensions_too() -> None:
    assert codes(period("notice: {length: 3 years}", option("times: 1, length: 3 years")) + EXTENDED) == []


def test_notice_with_a_condition_while_it_can_matter() -> None:
    conditional = "notice: {length: 3 months, condition: Vid brister}"
    assert codes(period(conditional), "2028-12-31") == ["PER012"]
    assert codes(period(conditional), "2029-01-01") == []


def ran(start: str, end: str, rest: str = "") -> str:
    return f"{UNSIGNED}{period(start=start, end=end)}{rest}"


def new(start: str) -> str:
    return f"{UNSIGNED}replaces: gammal\n{period(start=start)}"


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-01-01", [("ny", "PER005")]),
        ("2026-02-01", []),
        ("2026-02-02", [("ny", "PER007")]),
        ("2027-01-01", [("ny", "PER007")]),
    ],
)
def test_a_gap_begins_with_the_second_day_after(start: str, expected: list[tuple[str, str]]) -> None:
    assert codes_across(gammal=ran("2023-02-01", "2026-01-31"), ny=new(start)) == expected


def test_no_gap_after_an_extension_or_an_agreement_until_further_notice() -> None:
    extended = """decisions:
  - {kind: adopted, body: Socialnämnden, date: 2022-10-19, paragraph: 94}
  - {kind: extended, body: Socialnämnden, date: 2025-10-22, paragraph: 95, until: 2026-06-30}
"""
    assert codes_across(gammal=ran("2023-01-01", "2025-12-31", extended), ny=new("2026-07-01")) == []
    assert codes_across(gammal=ran("2023-01-01", "open_ended"), ny=new("2026-07-01")) == [("ny", "PER005")]


OPTION = """period:
  start: 2023-01-01
  end: 2025-12-31
  extension: {times: 1, length: 3 years, decide_by: 2025-06-30}
"""
ADOPTED = "decisions:\n  - {kind: adopted, body: Socialnämnden, date: 2022-10-19, paragraph: 94}\n"
POSITION = "duties:\n  - {id: en, kind: position, text: T, by: 2025-06-30}\n"
PROPOSED = f"{ADOPTED}  - {{kind: extended, body: Socialnämnden, proposed: 2025-05-07, until: 2028-12-31}}\n"


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2025-06-30", []),
        ("2025-07-01", [("en", "PER013")]),
        ("2026-01-15", [("en", "PER013")]),
        ("2027-01-01", [("en", "PER013")]),  # 366 days after the end
        ("2027-01-02", []),  # an option that nobody used
    ],
)
def test_the_day_to_decide_passes_without_a_decision(as_of: str, expected: list[tuple[str, str]]) -> None:
    assert codes_across(as_of, en=UNSIGNED + OPTION + ADOPTED) == expected


def test_a_proposal_is_not_forgotten() -> None:
    assert codes_across("2035-01-01", en=UNSIGNED + OPTION + PROPOSED) == [("en", "PER013")]
    without_a_day = OPTION.replace(", decide_by: 2025-06-30", "")
    assert codes_across("2025-12-31", en=UNSIGNED + without_a_day + PROPOSED) == []
    assert codes_across("2026-01-01", en=UNSIGNED + without_a_day + PROPOSED) == [("en", "PER013")]


@pytest.mark.parametrize(
    "closing",
    [
        ADOPTED + "  - {kind: extended, body: Socialnämnden, date: 2025-06-18, paragraph: 9, until: 2028-12-31}\n",
        ADOPTED + "  - {kind: terminated, body: Socialnämnden, date: 2024-06-18, paragraph: 9, until: 2024-12-31}\n",
        ADOPTED + "  - {kind: rejected, body: Socialnämnden, date: 2025-06-18, paragraph: 9}\n",
        PROPOSED + "  - {kind: rejected, body: Socialnämnden, date: 2025-06-18, paragraph: 9}\n",
        ADOPTED + "log:\n  - {duty: slutrapport, date: 2025-09-30}\n",  # about: whole_period
        ADOPTED + "log:\n  - {notice: foreningen, date: 2025-03-02}\n",
        ADOPTED
        + "duties:\n  - {id: en, kind: position, text: T, by: 2025-06-30}\nlog:\n  - {duty: en, date: 2025-06-01}\n",
    ],
)
def test_what_closes_an_agreement(closing: str) -> None:
    assert codes_across(en=UNSIGNED + OPTION + closing) == []


def test_a_yearly_report_closes_nothing() -> None:
    report = "log:\n  - {duty: verksamhetsberattelse, date: 2025-03-30}\n"
    assert codes_across(en=UNSIGNED + OPTION + ADOPTED + report) == [("en", "PER013")]


def test_an_agreement_without_an_option_just_ends() -> None:
    assert codes_across(en=ran("2023-01-01", "2025-12-31", ADOPTED)) == []


def test_a_successor_is_an_answer() -> None:
    old = UNSIGNED + OPTION + PROPOSED
    assert codes_across(gammal=old, ny=new("2026-01-01")) == []


TERMINATED = """
decisions:
  - {kind: adopted, body: Socialnämnden, date: 2025-10-22, paragraph: 94}
  - {kind: terminated, body: Socialnämnden, date: 2026-01-14, paragraph: 2, until: 2026-08-31}
"""
NOTICE = "notice: {length: 3 months, count: whole_months}"


def test_an_agreement_that_has_been_terminated_needs_no_day_to_decide() -> None:
    """The option's day and a contribution's last day come after the end that it has got; neither is wrong."""
    later = period(option("decide_by: 2028-06-30"), NOTICE)
    assert codes(later + TERMINATED) == []
    assert codes(period(option("decide_by: 2025-12-31"), NOTICE) + TERMINATED) == ["PER008"]


def test_a_decision_may_confirm_a_notice() -> None:
    """Three whole months from 14 May end on 31 August: the decision says the same day, and changes something."""
    log = "log:\n  - {notice: foreningen, date: 2026-05-14}\n"
    assert codes(period(NOTICE) + TERMINATED + log, "2026-05-20") == []
    again = "  - {kind: terminated, body: Socialnämnden, date: 2026-01-15, paragraph: 3, until: 2026-08-31}\n"
    assert codes(period(NOTICE) + TERMINATED + again + log, "2026-05-20") == ["PER002"]


def test_a_contribution_need_not_end_when_the_agreement_is_terminated() -> None:
    given = (
        "contributions:\n"
        "  - {from: kommunen, to: foreningen, kind: premises, text: Lokal., valid_until: 2028-12-31}\n"
        "  - {from: foreningen, kind: volunteers, text: Tio volontärer.}\n"
    )
    assert "PER006" not in codes(period(NOTICE) + TERMINATED + given)
    assert "PER006" in codes(period(NOTICE, end="2028-11-30") + given)
