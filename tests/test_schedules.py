"""When an amount is paid and in what parts: every form of schedule, with days and amounts worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from iopctl.compute.instalment import Instalment, whole_payments
from iopctl.compute.payments import payments
from iopctl.compute.reasons import (
    InsideYear,
    MissingIndices,
    NoAmountFor,
    NoPopulation,
    PartYear,
    Status,
    TooLarge,
    UpTo,
)
from iopctl.model import Population
from iopctl.surroundings import packaged_tables
from tests.agreements import agreement, cash, opi, period

TABLES = packaged_tables()
TODAY = date(2026, 11, 22)
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
QUARTERS = {"times_per_year": 4, "in": ("january", "april", "july", "october")}
MONTHLY = {"times_per_year": 12, "in": MONTHS}
JANUARY = {"times_per_year": 1, "in": "january"}
REPORT = {"id": "rapport", "kind": "report", "text": "Rapport", "yearly_by": "03-31"}


def rows(
    first: date,
    last: date,
    amount: Any = 120000,
    log: tuple[dict[str, Any], ...] = (),
    as_of: date = TODAY,
    tables: Any = TABLES,
    **parts: Any,
) -> tuple[Instalment, ...]:
    made = agreement(period=period(first, last), contributions=(cash(amount, **parts),), duties=(REPORT,), log=log)
    return payments("prov", made, tables, as_of)


def of_year(year: int, amount: Any = 120000, **parts: Any) -> tuple[Instalment, ...]:
    return rows(date(year, 1, 1), date(year, 12, 31), amount, **parts)


def days(found: tuple[Instalment, ...]) -> list[str]:
    """The latest day of each, and the agreed day before it where the two differ."""
    return [f"{row.due}" if row.slot.agreed in (None, row.due) else f"{row.slot.agreed} → {row.due}" for row in found]


def periods(found: tuple[Instalment, ...]) -> list[str]:
    return [f"{row.start} – {row.end}" for row in found]


def amounts(found: tuple[Instalment, ...]) -> list[Decimal | None]:
    return [row.amount for row in found]


def kronor(*amounts: str) -> list[Decimal]:
    return [Decimal(each.replace(" ", "").replace(",", ".")) for each in amounts]


# --- which day --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "day"),
    # the last open day of January 2020–2027, counted in a calendar
    [
        (2020, "2020-01-31"), (2021, "2021-01-29"), (2022, "2022-01-31"), (2023, "2023-01-31"),
        (2024, "2024-01-31"), (2025, "2025-01-31"), (2026, "2026-01-30"), (2027, "2027-01-29"),
    ],
)  # fmt: skip
def test_in_january_is_no_later_than_its_last_open_day(year: int, day: str) -> None:
    assert days(of_year(year, payment=JANUARY)) == [day]


def test_a_month_stays_in_the_month_whatever_the_working_day_rule() -> None:
    # 31 January 2026 is a Saturday; the next open day, 2 February, would no longer be "in January"
    assert days(of_year(2026, payment={**JANUARY, "working_day": "next"})) == ["2026-01-30"]


def test_the_thirty_first_is_the_last_day_of_a_shorter_month() -> None:
    # 28 February 2022 Monday · 30 April Saturday → Monday 2 May · 30 June Thursday · 30 September Friday · 30 November
    # Wednesday · 31 December Saturday: 1 January 2023 is a Sunday → Monday 2 January 2023
    payment = {"times_per_year": 4, "in": ("february", "april", "june", "december"), "day": 31}
    assert days(of_year(2022, payment=payment)) == [
        "2022-02-28",
        "2022-04-30 → 2022-05-02",
        "2022-06-30",
        "2022-12-31 → 2023-01-02",
    ]
    # 29 February 2024 is a Thursday; 30 April 2024 a Tuesday; 30 June 2024 a Sunday; 31 December 2024 nyårsafton
    assert days(of_year(2024, payment=payment)) == [
        "2024-02-29",
        "2024-04-30",
        "2024-06-30 → 2024-07-01",
        "2024-12-31 → 2025-01-02",
    ]


@pytest.mark.parametrize(
    ("month", "year", "day"),
    [
        ("july", 2018, "2018-07-06"),  # the 7th is a Saturday
        ("january", 2018, "2018-01-05"),  # the 6th is trettondedagen, a Saturday; the 7th a Sunday
        ("january", 2020, "2020-01-07"),  # the 6th is a Monday, and the 7th open
        ("january", 2023, "2023-01-05"),  # the 6th is a Friday, the 7th a Saturday
        ("october", 2022, "2022-10-07"),
        ("january", 2017, "2017-01-05"),  # the 6th is a Friday, the 7th a Saturday
    ],
)
def test_the_first_week_is_the_first_seven_days(month: str, year: int, day: str) -> None:
    found = of_year(year, payment={"times_per_year": 1, "in": month, "first_week": True})
    assert [(f"{row.due}", row.slot.agreed, row.slot.within) for row in found] == [(day, None, "first_week")]


@pytest.mark.parametrize(
    ("rule", "day"),
    # 1 May 2022 is a Sunday: Monday the 2nd, or Friday 29 April
    [(None, "2022-05-01 → 2022-05-02"), ("next", "2022-05-01 → 2022-05-02"), ("previous", "2022-05-01 → 2022-04-29")],
)
def test_the_working_day_rule(rule: str | None, day: str) -> None:
    payment: dict[str, Any] = {"times_per_year": 1, "in": "may", "day": 1}
    assert days(of_year(2022, payment=payment | ({"working_day": rule} if rule else {}))) == [day]


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("12-24", "2025-12-24 → 2025-12-29"),  # julafton Wednesday, then juldagen, annandagen, Saturday, Sunday
        ("06-20", "2025-06-20 → 2025-06-23"),  # midsommarafton is a Friday
        ("04-18", "2025-04-18 → 2025-04-22"),  # långfredagen; annandag påsk is Monday the 21st
        ("06-06", "2025-06-06 → 2025-06-09"),  # nationaldagen is a Friday
        ("04-17", "2025-04-17"),  # skärtorsdagen is an ordinary weekday
    ],
)
def test_the_days_that_are_not_open(day: str, shown: str) -> None:
    assert days(of_year(2025, payment={"dates": ({"day": day, "share": 100},)})) == [shown]


def test_an_agreed_day_before_the_first_day_is_no_day_of_payment() -> None:
    # from 15 July: 1 July is not in the agreement, and 1 October is. Six months would be a guess: part_year says days
    # 2022-07-15 – 12-31 is 17 + 31 + 30 + 31 + 30 + 31 = 170 days: 120 000 × 170 / 365 = 55 890,41
    found = rows(date(2022, 7, 15), date(2022, 12, 31), part_year="days", payment={**QUARTERS, "day": 1})
    assert (days(found), amounts(found)) == (["2022-10-01 → 2022-10-03"], kronor("55 890"))
    dates = {"dates": ({"day": "07-01", "share": 50}, {"day": "10-01", "share": 50})}
    assert days(rows(date(2022, 7, 15), date(2022, 12, 31), part_year="days", payment=dates)) == days(found)


def test_a_month_that_the_agreement_begins_or_ends_in_is_one_of_payment() -> None:
    found = rows(date(2022, 7, 15), date(2023, 1, 15), part_year="days", payment={**QUARTERS})
    assert days(found) == ["2022-07-29", "2022-10-31", "2023-01-31"]
    # also where the year is divided: by days, since the last month is not whole
    clause = {"percent": 2, "first": date(2022, 5, 1)}
    cut = rows(date(2022, 1, 1), date(2022, 10, 15), part_year="days", payment=QUARTERS, indexation=clause)
    assert days(whole_payments(cut)) == ["2022-01-31", "2022-04-29", "2022-07-29", "2022-10-31"]


# --- dates with shares, and events ------------------------------------------------------------------------------------


def test_dates_with_shares() -> None:
    # 100 001: 60 % is 60 000,60 → 60 000 in whole kronor; the rest, 40 001, is in the last
    payment = {"dates": ({"day": "01-31", "share": 60}, {"day": "08-31", "share": 40})}
    found = of_year(2022, 100001, payment=payment)
    assert (days(found), amounts(found)) == (["2022-01-31", "2022-08-31"], kronor("60 000", "40 001"))
    first = of_year(2022, 100001, payment={**payment, "division": {"to": "krona", "remainder": "first"}})
    assert amounts(first) == kronor("60 001", "40 000")


def test_fifty_forty_and_ten_percent_after_requisition_and_approved_report() -> None:
    # P4: "50 % rekvireras som förskott … upp till 90 % … Resterande 10 % betalas ut efter godkänd redovisning"
    asked = {"event": "requisition", "days": 30}
    payment = {
        "dates": (
            {"after": asked, "share": 50},
            {"after": asked, "share": 40},
            {"after": {"event": "report", "duty": "rapport", "days": 14}, "share": 10},
        )
    }
    none = of_year(2022, payment=payment)
    assert [(row.due, row.amount) for row in none] == [(None, 60000), (None, 48000), (None, 12000)]
    log: tuple[dict[str, Any], ...] = (
        {"requisition": "ersattning", "date": date(2022, 2, 1)},  # + 30 days = 3 March, Thursday
        {"requisition": "ersattning", "date": date(2022, 9, 1)},  # + 30 days = 1 October, Saturday → Monday 3 October
        {"duty": "rapport", "date": date(2023, 1, 31), "year": 2022},  # + 14 days = 14 February, Tuesday
    )
    assert days(of_year(2022, payment=payment, log=log)) == ["2022-03-03", "2022-10-01 → 2022-10-03", "2023-02-14"]
    assert days(of_year(2022, payment=payment, log=log[:1])) == ["2022-03-03", "None", "None"]
    assert days(of_year(2022, payment=payment, log=log, as_of=date(2022, 8, 31))) == ["2022-03-03", "None", "None"]


def test_parts_so_many_days_after_the_same_invoice() -> None:
    payment = {
        "dates": (
            {"after": {"event": "invoice", "days": 30}, "share": 50},
            {"after": {"event": "invoice", "days": 60}, "share": 50},
        )
    }
    # 10 January 2022 + 30 = 9 February, Wednesday; + 60 = 11 March, Friday
    log = ({"invoice": "ersattning", "date": date(2022, 1, 10)},)
    assert days(of_year(2022, payment=payment, log=log)) == ["2022-02-09", "2022-03-11"]


@pytest.mark.parametrize("event", ["invoice", "requisition"])
def test_thirty_days_after_an_event(event: str) -> None:
    payment = {"after": {"event": event, "days": 30}}
    waiting = of_year(2022, payment=payment)
    assert [(row.due, row.slot.agreed, row.amount, row.number, row.of) for row in waiting] == [
        (None, None, Decimal(120000), 1, 1)
    ]
    # 22 November 2022 + 30 days = 22 December, Thursday; 24 November + 30 = julafton, Saturday → Tuesday the 27th
    for came, shown in (((11, 22), "2022-12-22"), ((11, 24), "2022-12-24 → 2022-12-27")):
        log = ({event: "ersattning", "date": date(2022, *came)},)
        assert days(of_year(2022, payment=payment, log=log)) == [shown]
        assert days(of_year(2022, payment=payment, log=log, as_of=date(2022, 11, 21))) == ["None"]
    other = ({("requisition" if event == "invoice" else "invoice"): "ersattning", "date": date(2022, 11, 22)},)
    assert days(of_year(2022, payment=payment, log=other)) == ["None"]


def test_an_event_for_another_year_than_that_of_its_day() -> None:
    payment = {"after": {"event": "invoice", "days": 10}}
    log = ({"invoice": "ersattning", "date": date(2022, 12, 19), "year": 2023},)  # + 10 = 29 December, Thursday
    found = rows(date(2022, 1, 1), date(2023, 12, 31), payment=payment, log=log)
    assert days(found) == ["None", "2022-12-29"]


def test_after_an_approved_report() -> None:
    payment = {"after": {"event": "report", "duty": "rapport", "days": 0}}
    log = ({"duty": "rapport", "date": date(2022, 4, 15)},)  # långfredagen → Tuesday the 19th
    assert days(of_year(2022, payment=payment, log=log)) == ["2022-04-15 → 2022-04-19"]


def test_four_times_a_year_after_invoice() -> None:
    payment = {"times_per_year": 4, "after": {"event": "invoice", "days": 30}}
    # 3 January + 30 = 2 February, Wednesday; 1 April + 30 = 1 May, Sunday → 2 May
    log = tuple({"invoice": "ersattning", "date": date(2022, month, day)} for month, day in ((1, 3), (4, 1)))
    found = of_year(2022, payment=payment, log=log)
    assert (days(found), amounts(found)) == (
        ["2022-02-02", "2022-05-01 → 2022-05-02", "None", "None"],
        kronor("30 000", "30 000", "30 000", "30 000"),
    )
    assert periods(found) == [
        "2022-01-01 – 2022-03-31",
        "2022-04-01 – 2022-06-30",
        "2022-07-01 – 2022-09-30",
        "2022-10-01 – 2022-12-31",
    ]


def test_four_times_a_year_after_invoice_is_twice_in_half_a_year() -> None:
    payment = {"times_per_year": 4, "after": {"event": "invoice", "days": 30}}
    found = rows(date(2022, 7, 1), date(2022, 12, 31), part_year="months", payment=payment)
    assert (periods(found), amounts(found)) == (
        ["2022-07-01 – 2022-09-30", "2022-10-01 – 2022-12-31"],
        kronor("30 000", "30 000"),
    )


def test_invoices_whose_number_is_not_agreed_are_for_the_whole_year() -> None:
    log = tuple({"invoice": "ersattning", "date": date(2022, month, 3)} for month in (1, 3, 5, 8, 10))
    found = of_year(2022, payment={"after": {"event": "invoice", "days": 0}}, log=log)
    assert periods(found) == ["2022-01-01 – 2022-12-31"] * 5
    assert amounts(found) == kronor(*["24 000"] * 5)


# --- in advance and in arrears ----------------------------------------------------------------------------------------


def test_four_times_a_year_in_advance() -> None:
    found = of_year(2022, payment={**QUARTERS, "first_week": True})
    # 1 January Saturday, 6 January Thursday: Friday the 7th; 7 April Thursday; 7 July Thursday; 7 October Friday
    assert days(found) == ["2022-01-07", "2022-04-07", "2022-07-07", "2022-10-07"]
    assert periods(found) == [
        "2022-01-01 – 2022-03-31",
        "2022-04-01 – 2022-06-30",
        "2022-07-01 – 2022-09-30",
        "2022-10-01 – 2022-12-31",
    ]


def test_four_times_a_year_in_arrears_ends_in_january_of_the_next() -> None:
    found = of_year(2022, payment={**QUARTERS, "covers": "arrears"})
    # 30 April 2022 is a Saturday, 31 July a Sunday
    assert days(found) == ["2022-04-29", "2022-07-29", "2022-10-31", "2023-01-31"]
    assert periods(found)[0] == "2022-01-01 – 2022-03-31"
    assert periods(found)[3] == "2022-10-01 – 2022-12-31"
    assert {row.year for row in found} == {2022}


def test_once_a_year_in_arrears_in_january_is_paid_the_year_after() -> None:
    found = rows(date(2021, 1, 1), date(2022, 12, 31), payment={**JANUARY, "covers": "arrears"})
    assert (days(found), [row.year for row in found]) == (["2022-01-31", "2023-01-31"], [2021, 2022])


def test_in_arrears_in_the_last_month_of_each_quarter() -> None:
    payment = {"times_per_year": 4, "in": ("march", "june", "september", "december"), "covers": "arrears"}
    # 31 December 2022 is a Saturday
    assert days(of_year(2022, payment=payment)) == ["2022-03-31", "2022-06-30", "2022-09-30", "2022-12-30"]


def test_twelve_times_a_year() -> None:
    # 1 000 000 / 12 = 83 333,33: eleven of 83 333 and the last 83 337
    found = of_year(2022, 1000000, payment={**MONTHLY, "day": 1})
    assert amounts(found) == kronor(*["83 333"] * 11, "83 337")
    assert days(found)[:5] == [
        "2022-01-01 → 2022-01-03",  # nyårsdagen, a Saturday
        "2022-02-01",
        "2022-03-01",
        "2022-04-01",
        "2022-05-01 → 2022-05-02",
    ]
    assert (periods(found)[1], periods(found)[11]) == ("2022-02-01 – 2022-02-28", "2022-12-01 – 2022-12-31")


def test_a_month_in_arrears_is_paid_in_the_month_after_it() -> None:
    found = of_year(2022, payment={**MONTHLY, "day": 1, "covers": "arrears"})
    shown = list(zip(periods(found), days(found), strict=True))
    assert shown[0] == ("2022-01-01 – 2022-01-31", "2022-02-01")
    assert shown[11] == ("2022-12-01 – 2022-12-31", "2023-01-01 → 2023-01-02")


def test_in_arrears_from_the_middle_of_the_year() -> None:
    # from 1 May: two months of the second quarter, and two quarters; 120 000 × 8/12 = 80 000, in three
    found = rows(date(2022, 5, 1), date(2022, 12, 31), part_year="months", payment={**QUARTERS, "covers": "arrears"})
    assert periods(found) == ["2022-05-01 – 2022-06-30", "2022-07-01 – 2022-09-30", "2022-10-01 – 2022-12-31"]
    assert days(found) == ["2022-07-29", "2022-10-31", "2023-01-31"]
    assert amounts(found) == kronor("26 666", "26 666", "26 668")


# --- schedules that follow on each other ------------------------------------------------------------------------------


def test_another_schedule_from_1_january() -> None:
    # P1: four payments of 61 925; "Från 2010 fördelas ersättningen på tre utbetalningar": 82 566 + 82 566 + 82 568
    tertials = {"valid_from": date(2010, 1, 1), "times_per_year": 3, "in": ("january", "may", "september")}
    schedules = ({**QUARTERS, "first_week": True}, {**tertials, "first_week": True})
    found = rows(date(2009, 1, 1), date(2010, 12, 31), 247700, payment=schedules)
    assert amounts(found) == kronor("61 925", "61 925", "61 925", "61 925", "82 566", "82 566", "82 568")
    # 2009: 7 January Wednesday, 7 April Tuesday, 7 July Tuesday, 7 October Wednesday
    # 2010: 7 January Thursday, 7 May Friday, 7 September Tuesday
    assert days(found) == [
        "2009-01-07", "2009-04-07", "2009-07-07", "2009-10-07", "2010-01-07", "2010-05-07", "2010-09-07",
    ]  # fmt: skip


FROM_JULY = ({"times_per_year": 4, "in": QUARTERS["in"]}, {**MONTHLY, "valid_from": date(2022, 7, 1)})


def test_another_schedule_inside_a_year_needs_a_rule() -> None:
    found = of_year(2022, payment=FROM_JULY)
    assert {row.reason for row in found} == {InsideYear(date(2022, 7, 1))}
    assert {row.status for row in found} == {Status.BLOCKED}


def test_another_schedule_inside_a_year() -> None:
    # six months by the first, 60 000 in two; six by the second, 60 000 in six
    found = of_year(2022, payment=FROM_JULY, part_year="months")
    assert amounts(found) == kronor("30 000", "30 000", *["10 000"] * 6)
    assert [row.number for row in found] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert days(found)[1:3] == ["2022-04-29", "2022-07-29"]
    # by days: January to June is 181 of 365, 59 506,85 → 59 507 = 29 753 + 29 754; the rest 60 493,15 → 60 493
    # in six of 10 082 = 60 492, and one krona in the last. Both come to 120 000
    by_days = of_year(2022, payment=FROM_JULY, part_year="days")
    assert amounts(by_days) == kronor("29 753", "29 754", *["10 082"] * 5, "10 083")


def test_the_month_of_a_change_is_paid_once() -> None:
    """The first schedule's payment on 1 April, the second's on the 25th, from 15 April."""
    first = {**QUARTERS, "day": 1}
    second = {"valid_from": date(2022, 4, 15), "times_per_year": 3, "in": ("april", "july", "october"), "day": 25}
    found = of_year(2022, payment=(first, second), part_year="days")
    assert days(found) == [
        "2022-01-01 → 2022-01-03",
        "2022-04-01",
        "2022-04-25",
        "2022-07-25",
        "2022-10-25",
    ]
    # one rate that changes on 15 April, and four payments all the same; the second is for days at both rates
    adjusted = of_year(2022, payment=first, part_year="days", indexation={"percent": 2, "first": date(2022, 4, 15)})
    assert [row.number for row in adjusted] == [1, 2, 2, 3, 4]
    assert days(whole_payments(adjusted)) == [
        "2022-01-01 → 2022-01-03",
        "2022-04-01",
        "2022-07-01",
        "2022-10-01 → 2022-10-03",
    ]


# --- division and rounding --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("division", "expected"),
    # 1 046 000 / 12 = 87 166,67: eleven of them and 87 166,63, or whole kronor, 11 × 87 166 and 87 174
    [
        (None, ["87 166"] * 11 + ["87 174"]),
        ({"to": "krona", "remainder": "first"}, ["87 174"] + ["87 166"] * 11),
        ({"to": "ore"}, ["87 166,67"] * 11 + ["87 166,63"]),
        ({"to": "ore", "remainder": "first"}, ["87 166,63"] + ["87 166,67"] * 11),
    ],
)
def test_what_does_not_come_out_even(division: dict[str, Any] | None, expected: list[str]) -> None:
    payment = {**MONTHLY, **({"division": division} if division else {})}
    found = of_year(2022, 1046000, payment=payment)
    assert amounts(found) == kronor(*expected)
    assert sum(row.amount or 0 for row in found) == 1046000


def test_ore_in_the_agreed_amount_are_in_the_payment_with_the_rest() -> None:
    # 100 000,50 / 3 = 33 333,50: whole kronor 33 333, and 33 334,50
    payment = {"times_per_year": 3, "in": ("january", "may", "september")}
    assert amounts(of_year(2022, Decimal("100000.50"), payment=payment)) == kronor("33 333", "33 333", "33 334,50")


def test_each_payment_is_rounded() -> None:
    # 120 000 × 1,019 = 122 280 for 2022; a fourth is 30 570, down to hundreds 30 500; nothing is left over for the last
    rounding = {"to": 100, "mode": "down", "step": "instalment"}
    clause = {**opi(date(2022, 1, 1)), "rounding": rounding}
    found = rows(date(2021, 1, 1), date(2022, 12, 31), indexation=clause, payment=QUARTERS)
    assert amounts(found) == kronor(*["30 000"] * 4, *["30 500"] * 4)
    # the year's amount itself is not rounded: in one payment 122 280 is 122 200
    once = rows(date(2021, 1, 1), date(2022, 12, 31), indexation=clause, payment=JANUARY)
    assert amounts(once) == kronor("120 000", "122 200")


def test_an_amount_for_each_payment() -> None:
    # 30 000 × 1,019 = 30 570 each from 2022
    found = rows(date(2021, 1, 1), date(2022, 12, 31), 30000, per="instalment", payment=QUARTERS,
                 indexation=opi(date(2022, 1, 1)))  # fmt: skip
    assert amounts(found) == kronor(*["30 000"] * 4, *["30 570"] * 4)


def test_an_amount_for_each_payment_needs_no_part_of_a_year() -> None:
    # from 1 June: the payments in July and October; adjusted from 1 September 2023,
    clause = {"percent": 10, "first": date(2023, 9, 1)}
    found = rows(date(2022, 6, 1), date(2023, 12, 31), 30000, per="instalment", payment=QUARTERS, indexation=clause)
    assert list(zip(days(found), amounts(found), strict=True)) == [
        ("2022-07-29", 30000),
        ("2022-10-31", 30000),
        ("2023-01-31", 30000),
        ("2023-04-28", 30000),
        ("2023-07-31", 30000),
        ("2023-10-31", 33000),
    ]


# --- parts of years ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "expected"),
    # 2022-03-01 – 12-31 is 10 months, or 306 of 365 days: 120 000 × 306/365 = 100 602,74
    [("months", 100000), ("days", 100603), ("full", 120000)],
)
def test_a_part_of_a_year(rule: str, expected: int) -> None:
    assert amounts(rows(date(2022, 3, 1), date(2022, 12, 31), part_year=rule)) == [expected]


def test_a_part_of_a_year_without_a_rule() -> None:
    found = rows(date(2022, 3, 1), date(2022, 12, 31))
    assert [(row.amount, row.reason) for row in found] == [(None, PartYear(date(2022, 3, 1), date(2022, 12, 31)))]


def test_a_first_adjustment_on_1_may() -> None:
    # C4: "från 1 maj 2018 … 2,58 %" of 90 %, 1,1 % of 10 %: 0,9 × 2,58 + 0,1 × 1,1 = 2,432 %.
    # January to April: 120 000 × 4/12 = 40 000 in four. May to December: 122 918,40 × 8/12 = 81 945,60 → 81 946 in
    # eight: 10 243,25; seven of 10 243 and one of 10 245
    basket = ({"percent": Decimal("2.58"), "weight": 90}, {"percent": Decimal("1.1"), "weight": 10})
    clause = {"basket": basket, "first": date(2018, 5, 1)}
    found = of_year(2018, payment=MONTHLY, part_year="months", indexation=clause)
    assert amounts(found) == kronor(*["10 000"] * 4, *["10 243"] * 7, "10 245")
    # the next year January to April is still at the first adjustment, and May to December at the second:
    # 122 918,40 × 4/12 = 40 972,80 → 40 973 = 3 × 10 243 + 10 244; 122 918,40 × 1,02432 = 125 907,775… × 8/12
    # = 83 938,516… → 83 939 = 7 × 10 492 + 10 495
    after = rows(date(2018, 1, 1), date(2019, 12, 31), payment=MONTHLY, part_year="months", indexation=clause)[12:]
    assert amounts(after) == kronor(*["10 243"] * 3, "10 244", *["10 492"] * 7, "10 495")


def test_what_is_adjusted_after_the_years_only_payment_is_paid_with_it() -> None:
    # in January for the whole year: 4/12 of 120 000 and 8/12 of 122 400 (2 %)
    clause = {"percent": 2, "first": date(2022, 5, 1)}
    found = of_year(2022, payment=JANUARY, part_year="months", indexation=clause)
    assert (days(found), amounts(found)) == (["2022-01-31", "2022-01-31"], kronor("40 000", "81 600"))
    assert periods(found) == ["2022-01-01 – 2022-04-30", "2022-05-01 – 2022-12-31"]


def test_an_adjustment_inside_a_year_without_a_rule_is_blocked() -> None:
    found = of_year(2022, payment=JANUARY, indexation={"percent": 2, "first": date(2022, 5, 1)})
    assert [(row.amount, row.reason) for row in found] == [(None, InsideYear(date(2022, 5, 1)))]


# --- kinds of amounts -------------------------------------------------------------------------------------------------


def test_another_amount_each_year() -> None:
    span = period(date(2022, 1, 1), date(2024, 12, 31))
    each = {"id": "ersattning", "from": ("kommunen",), "kind": "cash", "per": "year"}
    by_year = ({"year": 2022, "amount": 100000}, {"year": 2023, "amount": 150000})
    made = agreement(period=span, contributions=({**each, "by_year": by_year, "payment": QUARTERS},))
    found = payments("prov", made, TABLES, TODAY)
    assert (
        amounts(found)
        == kronor(
            *["25 000"] * 4,
            *["37 500"] * 4,
        )
        + [None] * 4
    )
    assert {row.reason for row in found[8:]} == {NoAmountFor(2024)}


def test_an_amount_for_each_inhabitant() -> None:
    # 12,35 × 10 001 = 123 512,35 → 123 512 whole kronor; 2023: 12,35 × 10 250 = 126 587,50 → 126 588, half upwards
    population = (
        {"year": 2022, "inhabitants": 10001, "counted": date(2021, 11, 1), "source": "SCB"},
        {"year": 2023, "inhabitants": 10250, "source": "SCB"},
    )
    found = rows(date(2022, 1, 1), date(2024, 12, 31), Decimal("12.35"), per="inhabitant", population=population,
                 payment=JANUARY)  # fmt: skip
    assert [(row.amount, row.reason) for row in found] == [
        (Decimal(123512), None),
        (Decimal(126588), None),
        (None, NoPopulation(2024)),
    ]
    assert found[0].working is not None
    assert found[0].working.population == Population(
        year=2022, inhabitants=10001, counted=date(2021, 11, 1), source="SCB"
    )
    assert (found[0].working.each, found[0].working.agreed) == (Decimal("12.35"), Decimal("123512.35"))


def test_an_adjusted_amount_for_each_inhabitant() -> None:
    # 2022: 10,00 × 1,019 × 9 999 = 101 889,81 → 101 890. Adjusted for each year's own number of inhabitants
    population = tuple({"year": year, "inhabitants": number, "source": "SCB"} for year, number in
                       ((2021, 10000), (2022, 9999)))  # fmt: skip
    found = rows(date(2021, 1, 1), date(2022, 12, 31), 10, per="inhabitant", population=population,
                 indexation=opi(date(2022, 1, 1)))  # fmt: skip
    assert amounts(found) == kronor("100 000", "101 890")


@pytest.mark.parametrize(
    ("rounding", "most"),
    # 33 333 × 1,019 = 33 966,327
    [({}, "33 966"), ({"rounding": {"to": 100, "mode": "up"}}, "34 000"),
     ({"rounding": {"to": 10, "step": "instalment"}}, "33 970")],
)  # fmt: skip
def test_a_ceiling_is_adjusted_too(rounding: dict[str, Any], most: str) -> None:
    clause = {**opi(date(2022, 1, 1)), **rounding}
    found = rows(date(2021, 1, 1), date(2022, 12, 31), 33333, ceiling=True, indexation=clause, payment=JANUARY)
    assert [(row.amount, row.reason) for row in found] == [(None, UpTo(Decimal(33333))), (None, UpTo(kronor(most)[0]))]


def test_once() -> None:
    found = rows(date(2022, 1, 1), date(2024, 12, 31), 5000, per="once", valid_from=date(2023, 2, 1),
                 payment={"times_per_year": 1, "in": "march", "day": 15})  # fmt: skip
    assert [(row.due, row.amount, row.of) for row in found] == [(date(2023, 3, 15), Decimal(5000), 1)]


@pytest.mark.parametrize("per", ["once", "period"])
def test_a_sum_with_a_condition_is_conditional(per: str) -> None:
    found = rows(date(2022, 1, 1), date(2024, 12, 31), 5000, per=per, condition="om nämnden beviljar medel")
    assert [[each.kind for each in row.conditions] for row in found] == [["stated"]]
    funding = ({"year": 2022, "state": "subject_to_budget"}, {"year": 2023, "state": "decided"})
    granted = rows(date(2022, 1, 1), date(2024, 12, 31), 5000, per=per, funding=funding)
    assert [[each.kind for each in row.conditions] for row in granted] == [["funding"]]


def test_valid_for_a_part_of_the_agreement() -> None:
    found = rows(date(2020, 1, 1), date(2024, 12, 31), valid_from=date(2021, 7, 1), valid_until=date(2022, 6, 30),
                 part_year="months", payment=QUARTERS)  # fmt: skip
    assert list(zip(days(found), amounts(found), strict=True)) == [
        ("2021-07-30", 30000),
        ("2021-10-29", 30000),
        ("2022-01-31", 30000),
        ("2022-04-29", 30000),
    ]


def test_a_contribution_that_ends_before_the_agreement_begins_is_never_paid() -> None:
    assert rows(date(2022, 1, 1), date(2022, 12, 31), valid_until=date(2021, 12, 31)) == ()


def test_an_extension_goes_on_with_the_chain_and_the_schedule() -> None:
    # OPI 2021 1,5: 120 000 × 1,015 = 121 800; 2022: × 1,019 = 124 114,20
    made = agreement(
        period=period(date(2020, 1, 1), date(2021, 12, 31)),
        decisions=({"kind": "extended", "body": "Nämnden", "date": date(2021, 9, 1), "until": date(2022, 12, 31)},),
        contributions=(cash(120000, indexation=opi(date(2021, 1, 1)), payment=JANUARY),),
    )
    found = payments("prov", made, TABLES, TODAY)
    assert [(row.due, row.amount, row.extension) for row in found] == [
        (date(2020, 1, 31), 120000, None),
        (date(2021, 1, 29), 121800, None),
        (date(2022, 1, 31), 124114, None),
    ]


def test_a_new_amount_from_the_extension() -> None:
    """The decision agrees another amount: the first contribution ends, and a second one begins."""
    first = cash(120000, valid_until=date(2021, 12, 31), indexation=opi(date(2021, 1, 1)), payment=JANUARY)
    second = cash(200000, valid_from=date(2022, 1, 1), indexation=opi(date(2023, 1, 1)), payment=JANUARY)
    made = agreement(
        period=period(date(2020, 1, 1), date(2021, 12, 31)),
        decisions=({"kind": "extended", "body": "Nämnden", "date": date(2021, 9, 1), "until": date(2022, 12, 31)},),
        contributions=(first, {**second, "id": "ersattning-2"}),
    )
    found = payments("prov", made, TABLES, TODAY)
    assert [(row.contribution, row.year, row.amount) for row in found] == [
        (0, 2020, 120000),
        (0, 2021, 121800),
        (1, 2022, 200000),
    ]


# --- a rate that changes inside a year (C4: "från 1 maj 2018") --------------------------------------------------------
#
# 120 000 kr, and 2,7 % more from 1 May 2019: 123 240. By months the year is 40 000 (4/12) + 82 160 (8/12 of 123 240).
# A quarter is 30 000 before and 30 810 after; the second is one month before, 10 000, and two after, 20 540.


def test_each_payment_has_the_rate_of_its_days() -> None:
    clause = {"percent": Decimal("2.7"), "first": date(2019, 5, 1)}
    found = of_year(2019, part_year="months", payment=QUARTERS, indexation=clause)
    assert [(row.number, row.start, row.end, row.amount) for row in found] == [
        (1, date(2019, 1, 1), date(2019, 3, 31), Decimal(30000)),
        (2, date(2019, 4, 1), date(2019, 4, 30), Decimal(10000)),
        (2, date(2019, 5, 1), date(2019, 6, 30), Decimal(20540)),
        (3, date(2019, 7, 1), date(2019, 9, 30), Decimal(30810)),
        (4, date(2019, 10, 1), date(2019, 12, 31), Decimal(30810)),
    ]
    assert [(row.number, row.amount) for row in whole_payments(found)] == [
        (1, Decimal(30000)), (2, Decimal(30540)), (3, Decimal(30810)), (4, Decimal(30810)),
    ]  # fmt: skip
    january = of_year(2019, part_year="months", payment={"times_per_year": 1, "in": "january"}, indexation=clause)
    assert [(row.number, row.due, row.amount) for row in january] == [
        (1, date(2019, 1, 31), Decimal(40000)),
        (1, date(2019, 1, 31), Decimal(82160)),
    ]
    halves = {"dates": ({"day": "01-31", "share": 50}, {"day": "07-31", "share": 50})}
    parts = whole_payments(of_year(2019, part_year="months", payment=halves, indexation=clause))
    assert [(row.number, row.amount) for row in parts] == [(1, Decimal(61080)), (2, Decimal(61080))]  # 122 160 / 2


def test_a_payment_that_is_cut_by_days() -> None:
    # 120/365 of 120 000 is 39 452,05: 39 452. The first quarter is whole, the second has 30 of its 91 days:
    #   39 452 × 91/121 = 29 670,51 → 29 670, and 9 782 is left.
    # 245/365 of 123 240 is 82 722,74: 82 723. 61 of 91 days, and two whole quarters:
    #   82 723 × 61/243 = 20 765,86 → 20 765; × 91/243 = 30 978,57 → 30 978; and 30 980 is left.
    clause = {"percent": Decimal("2.7"), "first": date(2019, 5, 1)}
    found = of_year(2019, part_year="days", payment=QUARTERS, indexation=clause)
    assert [(row.number, row.amount) for row in found] == [
        (1, Decimal(29670)), (2, Decimal(9782)), (2, Decimal(20765)), (3, Decimal(30978)), (4, Decimal(30980)),
    ]  # fmt: skip


def test_the_rows_of_one_payment_as_one() -> None:
    # OPI for 2023 was 3,5 % from 2022-12-09; 120 000 × 1,035 = 124 200. In January: 40 000 + 8/12 of 124 200 = 82 800
    clause = {"index": "OPI", "first": date(2023, 5, 1)}
    january = {"times_per_year": 1, "in": "january"}
    (known,) = whole_payments(
        of_year(2023, part_year="months", payment=january, indexation=clause, as_of=date(2023, 2, 1))
    )
    assert (known.start, known.end, known.amount, known.right) == (
        date(2023, 1, 1), date(2023, 12, 31), Decimal(122800), Decimal(122800),
    )  # fmt: skip
    assert (known.status, known.reason) == (Status.PRELIMINARY, None)
    (unknown,) = whole_payments(
        of_year(2023, part_year="months", payment=january, indexation=clause, as_of=date(2022, 11, 1))
    )
    assert (unknown.amount, unknown.right, unknown.status) == (None, None, Status.BLOCKED)
    assert isinstance(unknown.reason, MissingIndices)


def test_an_amount_that_grows_beyond_all_bounds() -> None:
    # 10¹² × 10,99 = 1,099 · 10¹³ · 1,208 · 10¹⁴ · 1,327 · 10¹⁵: more digits than any amount can have
    clause = {"percent": 999, "first": date(2001, 1, 1)}
    found = rows(date(2000, 1, 1), date(2004, 12, 31), 10**12, indexation=clause)
    assert [row.amount for row in found] == [10**12, 10_990_000_000_000, 120_780_100_000_000, None, None]
    assert [row.reason for row in found] == [None, None, None, TooLarge(2003), TooLarge(2003)]


def test_an_amount_for_each_payment_is_paid_no_more_often_for_being_adjusted() -> None:
    # 30 000 kr a payment and 2,7 % more from 1 May 2019, 30 810: each payment has the rate of its day
    clause = {"percent": Decimal("2.7"), "first": date(2019, 5, 1)}
    january = {"times_per_year": 1, "in": "january"}
    once = of_year(2019, 30000, per="instalment", payment=january, indexation=clause)
    assert [(row.number, row.of, row.due, row.amount) for row in once] == [(1, 1, date(2019, 1, 31), Decimal(30000))]
    quarterly = of_year(2019, 30000, per="instalment", payment=QUARTERS, indexation=clause)
    assert [(row.number, row.amount) for row in quarterly] == [(1, 30000), (2, 30000), (3, 30810), (4, 30810)]
    # begun in February: the payment of January is not made, and none takes its place
    assert rows(date(2019, 2, 1), date(2019, 12, 31), 30000, per="instalment", payment=january) == ()


def test_a_schedule_does_not_reach_back_before_its_first_day() -> None:
    first = {"times_per_year": 1, "in": "march"}
    later = {"valid_from": date(2022, 7, 1), "times_per_year": 1, "in": "february"}
    found = of_year(2022, payment=(first, later), part_year="months")
    # half of 120 000 in March; the schedule from July has no payment in 2022, and the other half no day
    assert [(row.due, row.amount) for row in found] == [(date(2022, 3, 31), Decimal(60000)), (None, Decimal(60000))]
