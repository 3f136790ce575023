"""What is due and when; the days follow from the agreement's words, counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.compute.deadline import Deadline
from iopctl.compute.deadlines import deadlines
from iopctl.compute.money_dates import gathered
from iopctl.compute.timeline import heard
from iopctl.locale.language import Language
from iopctl.model import Agreement, Workspace
from iopctl.render.deadlines import as_table, row
from iopctl.surroundings import packaged_tables
from tests.agreements import agreement, cash, period, shipped

WORKSPACE = Workspace(tables=packaged_tables())


def due(made: Agreement, as_of: date, until: date) -> list[tuple[str, str]]:
    return [
        (each.day.isoformat(), each.key)
        for each in gathered(deadlines("prov", made, WORKSPACE, as_of, until))
        if each.done is None
    ]


def of_shipped(id_: str, as_of: date, until: date) -> list[tuple[str, str]]:
    return due(shipped().workspace.agreements[id_], as_of, until)


def test_resurspoolen_2018() -> None:
    """A report by 31 March each year, a follow-up each year, and the common position by 2019-12-31."""
    assert of_shipped("linkoping-resurspoolen-2018", date(2018, 1, 1), date(2021, 12, 31)) == [
        ("2018-01-01", "period.start"),
        ("2018-03-31", "verksamhetsberattelse-2018"),
        ("2018-12-31", "ersattning.2018.1"),  # the agreement does not say when it is paid: the last day of the year
        ("2018-12-31", "index.OPI.2019"),  # the usual month of publication is December
        ("2018-12-31", "uppfoljning-y1-1"),
        ("2019-03-31", "verksamhetsberattelse-2019"),
        ("2019-12-31", "ersattning.2019.1"),
        ("2019-12-31", "index.OPI.2020"),
        ("2019-12-31", "stallningstagande"),
        ("2019-12-31", "uppfoljning-y2-1"),
        ("2020-03-31", "verksamhetsberattelse-2020"),
        ("2020-12-31", "ersattning.2020.1"),
        ("2020-12-31", "period.end"),
        ("2020-12-31", "uppfoljning-y3-1"),
    ]


def test_resurspoolen_2020() -> None:
    """A follow-up each year (the log speaks for 2020), and the payment in January."""
    assert of_shipped("linkoping-resurspoolen-2020", date(2021, 11, 3), date(2022, 12, 31)) == [
        ("2021-01-29", "ersattning.unlogged"),  # those of 2020 and 2021; 31 January 2021 is a Sunday
        ("2021-12-31", "avstamning-y2-1"),
        ("2021-12-31", "index.OPI.2022"),  # not known on 2021-11-03; the usual month is December
        ("2022-01-31", "ersattning.2022.1"),
        ("2022-11-23", "extend.1.limit"),  # the latest meeting for 2023-01-01 , whatever day the board meets
        ("2022-12-31", "avstamning-y3-1"),
        ("2022-12-31", "option.1"),
        ("2022-12-31", "period.end"),
    ]


def test_lund() -> None:
    """Two meetings in each year from 2023-12-01, and the written follow-up before 2025-11-30."""
    assert of_shipped("lund-roda-korset-2023", date(2024, 1, 1), date(2026, 12, 31)) == [
        ("2024-05-31", "kvalitetssakring-y1-1"),
        ("2024-11-30", "kvalitetssakring-y1-2"),
        ("2025-05-31", "kvalitetssakring-y2-1"),
        ("2025-11-30", "kvalitetssakring-y2-2"),
        ("2025-11-30", "period.end"),
        ("2025-11-30", "skriftlig-uppfoljning"),
    ]


def test_timra_has_no_period_and_nothing_due() -> None:
    assert of_shipped("timra-aldres-ensamhet-2019", date(2020, 5, 1), date(2030, 1, 1)) == []


THREE_YEARS = period(date(2020, 1, 1), date(2022, 12, 31))


def duty(**parts: Any) -> dict[str, Any]:
    return {"id": "plikt", "kind": "follow_up", "text": "Uppföljning", **parts}


def with_duty(log: tuple[dict[str, Any], ...] = (), span: dict[str, Any] = THREE_YEARS, **parts: Any) -> Agreement:
    return agreement(period=span, duties=(duty(**parts),), log=log)


def plikt(made: Agreement, until: date = date(2022, 12, 31), as_of: date = date(2022, 12, 31)) -> list[str]:
    return [day for day, key in due(made, as_of, until) if key.startswith("plikt")]


def test_a_duty_without_a_day_is_a_target_except_the_last_of_the_year() -> None:
    found = deadlines("p", with_duty(times_per_year=2), WORKSPACE, date(2020, 1, 2), date(2020, 12, 31))
    assert [(each.day, each.number, each.of, each.target) for each in found] == [
        (date(2020, 6, 30), 1, 2, True),
        (date(2020, 12, 31), 2, 2, False),
    ]


def test_a_year_cut_short_has_the_occurrences_that_begin_in_it() -> None:
    made = with_duty(span=period(date(2020, 1, 1), date(2021, 6, 30)), times_per_year=4)
    assert plikt(made) == ["2020-03-31", "2020-06-30", "2020-09-30", "2020-12-31", "2021-03-31", "2021-06-30"]


def test_each_occurrence_in_the_log_takes_one_away_in_its_own_year() -> None:
    made = with_duty(
        ({"duty": "plikt", "date": date(2020, 11, 5)}, {"duty": "plikt", "date": date(2022, 2, 1)}), times_per_year=2
    )
    assert plikt(made) == ["2020-12-31", "2021-06-30", "2021-12-31", "2022-12-31"]


def test_more_than_agreed_in_a_year_does_not_count_for_the_next() -> None:
    made = with_duty(tuple({"duty": "plikt", "date": date(2020, month, 1)} for month in (2, 5, 9)), times_per_year=1)
    assert plikt(made) == ["2021-12-31", "2022-12-31"]


@pytest.mark.parametrize("handed_in", [date(2021, 2, 20), date(2021, 4, 15), date(2021, 11, 30)])
def test_a_yearly_report_is_the_next_one_a_little_early_or_else_the_last_one_late(handed_in: date) -> None:
    made = with_duty(({"duty": "plikt", "date": handed_in},), yearly_by="03-31")
    assert plikt(made) == ["2020-03-31", "2022-03-31"]


def test_through_speaks_for_everything_up_to_its_day() -> None:
    made = with_duty(({"duty": "plikt", "through": date(2021, 3, 31)},), yearly_by="03-31")
    assert plikt(made) == ["2022-03-31"]


def test_once_by_a_day_and_before_the_end() -> None:
    assert plikt(with_duty(by=date(2021, 5, 1))) == ["2021-05-01"]
    assert plikt(with_duty(before_end=True)) == ["2022-12-31"]
    assert plikt(with_duty(ongoing=True)) == []
    assert plikt(with_duty(on_request=True)) == []


def test_an_extension_moves_what_is_before_the_end() -> None:
    decisions = ({"kind": "extended", "body": "Nämnden", "date": date(2022, 5, 1), "until": date(2023, 12, 31)},)
    made = agreement(period=THREE_YEARS, duties=(duty(before_end=True),), decisions=decisions)
    assert plikt(made, until=date(2024, 12, 31)) == ["2023-12-31"]


def test_a_proposed_extension_moves_nothing() -> None:
    decisions = ({"kind": "extended", "body": "Nämnden", "proposed": date(2022, 5, 1), "until": date(2023, 12, 31)},)
    made = agreement(period=THREE_YEARS, duties=(duty(before_end=True),), decisions=decisions)
    assert plikt(made, until=date(2024, 12, 31)) == ["2022-12-31"]


def test_an_open_ended_agreement_goes_on() -> None:
    made = with_duty(span=period(date(2020, 1, 1), "open_ended"), times_per_year=1)
    assert plikt(made, until=date(2023, 12, 31)) == ["2020-12-31", "2021-12-31", "2022-12-31", "2023-12-31"]


def option(**parts: Any) -> dict[str, Any]:
    return {**THREE_YEARS, "extension": {"length": "3 years", **parts}}


def test_the_last_day_to_decide_until_it_is_decided() -> None:
    open_ = agreement(period=option(decide_by=date(2022, 6, 30)))
    assert ("2022-06-30", "decide.by") in due(open_, date(2022, 1, 1), date(2022, 12, 31))
    decisions = ({"kind": "extended", "body": "Nämnden", "date": date(2022, 5, 1), "until": date(2025, 12, 31)},)
    settled = agreement(period=option(decide_by=date(2022, 6, 30)), decisions=decisions)
    assert "decide.by" in [key for _day, key in due(settled, date(2022, 4, 30), date(2025, 12, 31))]
    assert "decide.by" not in [key for _day, key in due(settled, date(2022, 5, 1), date(2025, 12, 31))]


def test_a_logged_payment_is_done() -> None:
    contribution = cash(1000, payment={"times_per_year": 1, "in": "january"})
    log = ({"payment": "ersattning", "date": date(2020, 12, 20), "year": 2021, "amount": 1000},)
    made = agreement(period=THREE_YEARS, contributions=(contribution,), log=log)
    keys = [key for _day, key in due(made, date(2021, 1, 1), date(2022, 6, 30))]
    assert keys == ["ersattning.2020.1", "ersattning.2022.1"]


def test_what_is_logged_later_is_not_done_on_the_day() -> None:
    """On 19 December 2020 neither the payment of the 20th nor the follow-up of the 21st has been made."""
    log = (
        {"payment": "ersattning", "date": date(2020, 12, 20), "year": 2021, "amount": 1000},
        {"duty": "plikt", "date": date(2020, 12, 21)},
    )
    contribution = cash(1000, payment={"times_per_year": 1, "in": "january"})
    made = agreement(period=THREE_YEARS, contributions=(contribution,), duties=(duty(times_per_year=1),), log=log)
    on_the_19th, on_the_21st = (due(made, date(2020, 12, day), date(2021, 1, 31)) for day in (19, 21))
    assert on_the_19th == [
        ("2020-01-31", "ersattning.unlogged"),
        ("2020-12-31", "plikt-y1-1"),
        ("2021-01-29", "ersattning.2021.1"),
    ]
    assert on_the_21st == [("2020-01-31", "ersattning.2020.1")]


def test_a_correction_is_due_beside_its_payment_until_it_is_logged() -> None:
    """1000 kr × 1.035 in January 2023; since 2023-04-19 it is × 1.046, and 11 kr are due with the payment of 2024.

    That payment waits for the OPI of 2024, which is published in December 2023.
    """
    contribution = cash(
        1000, indexation={"index": "OPI", "first": date(2023, 1, 1)}, payment={"times_per_year": 1, "in": "january"}
    )
    paid = {"payment": "ersattning", "date": date(2023, 1, 30), "year": 2023, "amount": 1035}
    rest = {"payment": "ersattning", "date": date(2024, 1, 30), "year": 2023, "amount": 11}

    def left(*log: dict[str, Any]) -> list[tuple[str, str]]:
        span = period(date(2022, 1, 1), date(2024, 12, 31))
        made = agreement(period=span, contributions=(contribution,), log=log)
        return due(made, date(2024, 2, 1), date(2024, 3, 1))

    correction, payment = ("2024-01-31", "ersattning.2023.1.2023-04-19"), ("2024-01-31", "ersattning.2024.1")
    index = ("2023-12-31", "index.OPI.2024")
    earlier = ("2022-01-31", "ersattning.2022.1")
    unlogged = ("2024-01-31", "ersattning.unlogged")  # three payments have had their day: told of once
    assert left() == [correction, unlogged]
    assert left(paid) == [earlier, index, correction, payment]
    assert left(paid, rest) == [earlier, index, payment]


def test_an_undecided_extension_is_not_forgotten_when_the_period_has_ended() -> None:
    decisions = ({"kind": "extended", "body": "Nämnden", "proposed": date(2022, 5, 1), "until": date(2023, 12, 31)},)
    made = agreement(period=THREE_YEARS, decisions=decisions)
    assert due(made, date(2023, 6, 1), date(2024, 1, 1)) == [("2022-12-31", "period.end")]


def test_a_row_names_its_place_in_the_file_whatever_is_known_on_the_day() -> None:
    """On 2022-06-01 the first decision of the list has not been heard of."""
    later = {"kind": "recommended", "body": "Nämnden", "date": date(2022, 9, 1)}
    proposed = {"kind": "extended", "body": "Nämnden", "proposed": date(2022, 5, 1), "until": date(2023, 12, 31)}
    made = agreement(period=option(length="1 year"), decisions=(later, proposed))
    found = deadlines("prov", made, WORKSPACE, date(2022, 6, 1), date(2022, 12, 31))
    assert [each.route for each in found if each.kind == "board"] == [("decisions", 1)]


def test_nothing_later_than_asked_for() -> None:
    made = agreement(duties=(duty(by=date(2030, 1, 1)),))
    assert due(made, date(2021, 1, 1), date(2022, 1, 1)) == []
    assert due(made, date(2021, 1, 1), date(2030, 1, 1)) == [("2030-01-01", "plikt")]


def test_the_year_of_a_payment_is_not_cut_at_the_horizon() -> None:
    contribution = cash(1000, payment={"times_per_year": 1, "in": "january"})
    made = agreement(period=THREE_YEARS, contributions=(contribution,))
    [row] = [
        each for each in deadlines("p", made, WORKSPACE, date(2021, 11, 3), date(2022, 2, 1)) if each.day.year == 2022
    ]
    assert row.payment is not None
    assert row.payment.amount == 1000


def test_the_end_of_the_period_is_not_a_task_that_was_missed() -> None:
    assert due(agreement(period=THREE_YEARS), date(2023, 1, 1), date(2024, 1, 1)) == []


@given(st.integers(1, 12), st.dates(date(1990, 1, 1), date(2050, 12, 31)), st.integers(1, 6))
def test_a_duty_has_its_number_of_occurrences_in_every_whole_year(times: int, start: date, years: int) -> None:
    end = date(start.year + years, start.month, min(start.day, 28))
    span = period(start, end.fromordinal(end.toordinal() - 1) if start.day <= 28 else end)
    made = with_duty(span=span, times_per_year=times)
    found: list[Deadline] = deadlines("p", made, WORKSPACE, start, date(2199, 1, 1))
    whole = [
        each for each in found if each.key.startswith("plikt") and int(each.key.split("-y")[1].split("-")[0]) <= years
    ]
    if start.day <= 28:
        assert len(whole) == times * years
    assert len({each.key for each in found}) == len(found)
    assert all(start <= each.day <= span["end"] for each in found)


def test_the_screen_with_a_correction() -> None:
    contribution = cash(
        1000, indexation={"index": "OPI", "first": date(2023, 1, 1)}, payment={"times_per_year": 1, "in": "january"}
    )
    log = ({"payment": "ersattning", "date": date(2023, 1, 30), "year": 2023, "amount": 1035},)
    made = agreement(period=period(date(2023, 1, 1), date(2024, 12, 31)), contributions=(contribution,), log=log)
    until = date(2024, 3, 1)
    english = Language("en")
    rows = [
        row(each, made, english, lambda id_, route: f"{id_}.yaml")
        for each in deadlines("prov", made, WORKSPACE, date(2024, 1, 30), until)
        if each.done is None
    ]
    assert as_table(rows, date(2024, 1, 30), until, english, 100) == (
        "Passed, and the log says nothing about it\n"
        "Day           What, when and who\n"
        "(2023-12-31)  OPI for 2024 is needed for the payment of 2024-01-31\n"
        "              30 days (4 weeks) ago; who: Exempelnämnden\n"
        "              a target: the usual time of publication; then add it with iopctl index add\n"
        "              prov.yaml\n"
        "\n"
        "This week\n"
        "Day         What, when and who\n"
        "2024-01-31  Correction for 2023: 11\u00a0kr\n"
        "            tomorrow; who: Exempelnämnden\n"
        "            prov.yaml\n"
        "2024-01-31  Payment for 2024: cannot be reckoned yet (OPI 2024 is not known)\n"
        "            tomorrow; who: Exempelnämnden\n"
        "            prov.yaml\n"
        "\n"
        "reckoned as of 2024-01-30, until 2024-03-01\n"
    )


def test_places_in_the_file_of_an_agreement_as_it_was_heard_of() -> None:
    later = {"kind": "recommended", "body": "Nämnden", "date": date(2022, 9, 1)}
    taken = {"kind": "adopted", "body": "Nämnden", "date": date(2019, 12, 1)}
    log = ({"duty": "plikt", "date": date(2022, 8, 1)}, {"duty": "plikt", "date": date(2021, 8, 1)})
    made = agreement(
        period=option(length="1 year"), decisions=(later, taken), log=log, duties=(duty(times_per_year=1),)
    )
    known = heard(made, date(2022, 6, 1))
    assert [each.kind for each in known.agreement.decisions] == ["adopted"]
    assert known.in_file(("decisions", 0, "until")) == ("decisions", 1, "until")
    assert known.in_file(("log", 0, "date")) == ("log", 1, "date")
    assert known.in_file(("decisions",)) == ("decisions",)
    assert known.in_file(("duties", 0)) == ("duties", 0)
    assert heard(made, date(2022, 9, 1)).agreement is made
