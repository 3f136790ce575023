"""Amounts worked by hand from published figures, each through the payments of an agreement.

OPI (SKR): 2019 2,7 and 2020 3,0 (2018-12-12 and 2020-12-16), 2021 1,5 (2020-12-16), 2022 1,9 (2021-12-10), 2023
preliminary 3,5 (cirkulär 22:53, 2022-12-09) and definitive 4,6 (2023-04-19). KPI (SCB, fixed numbers, 1980 = 100),
October: 2011 313,42 · 2012 314,59 · 2013 314,40 · 2014 314,02 · 2015 314,29 · 2016 318,00 · 2017 323,38 · 2018 330,72.
The tables name the source of each figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from iopctl.compute.amounts import Share
from iopctl.compute.clause import Clause, left_open
from iopctl.compute.figures import MissingIndex, overdue, usual_publication
from iopctl.compute.indexation import Rule
from iopctl.compute.instalment import Instalment
from iopctl.compute.paid import Cause, Outcome, outcomes
from iopctl.compute.payments import payments
from iopctl.compute.reasons import (
    AdjustedOnce,
    MissingIndices,
    NoAmountFor,
    NoPopulation,
    NoSumForExtension,
    OpenAmount,
    PartYear,
    Reason,
    Status,
    Undivided,
    UpTo,
)
from iopctl.compute.worth import worth
from iopctl.form import read
from iopctl.locale.language import Language
from iopctl.model import Indexation, IndexTable
from iopctl.surroundings import packaged_tables
from iopctl.tables import table_of_file, whole_table
from tests.agreements import agreement, cash, opi, period, shipped
from tests.terminal import iopctl

TABLES = packaged_tables()
TODAY = date(2026, 11, 22)
BEFORE, AFTER = date(2023, 4, 18), date(2023, 4, 19)
"""The last day of the preliminary OPI for 2023, and the day of the definitive one."""
ORE = {"to": Decimal("0.01")}


def kronor(*amounts: str) -> list[Decimal]:
    """Amounts as the working prints them."""
    return [Decimal(each.replace(" ", "").replace(",", ".")) for each in amounts]


def pay(
    amount: Any, years: tuple[int, int], as_of: date = TODAY, tables: Any = TABLES, **parts: Any
) -> tuple[Instalment, ...]:
    start, end = date(years[0], 1, 1), date(years[1], 12, 31)
    made = agreement(period=period(start, end), contributions=(cash(amount, **parts),))
    return payments("prov", made, tables, as_of)


def adjusted(amount: Any, clause: dict[str, Any], last: int, as_of: date = TODAY) -> list[Decimal | None]:
    """The amounts of the adjusted years, from an agreement that begins the year before the first of them."""
    rows = pay(amount, (clause["first"].year - 1, last), as_of, indexation=clause)
    assert rows[0].amount == amount
    return [row.amount for row in rows[1:]]


def unrounded(rows: Sequence[Instalment]) -> list[Decimal]:
    return [row.working.unrounded for row in rows if row.working is not None]


def to_ore(amounts: Sequence[Decimal]) -> list[Decimal]:
    """As the working shows an amount that is not rounded."""
    return [each.quantize(Decimal("0.01"), ROUND_HALF_UP) for each in amounts]


# --- V1: a chain on OPI 2019–2023, 1 000 000 kr in the prices of 2018 -------------------------------------------------
#
# Unrounded: × 1,027 = 1 027 000 · × 1,03 = 1 057 810 · × 1,015 = 1 073 677,15 · × 1,019 = 1 094 077,01585
#            · × 1,046 = 1 144 404,5585791
# Down to 100 kr, each year on the rounded one: 1 057 810 → 1 057 800 · × 1,015 = 1 073 667 → 1 073 600
#            · × 1,019 = 1 093 998,40 → 1 093 900 · × 1,046 = 1 144 219,40 → 1 144 200


@pytest.mark.parametrize(
    ("rounding", "amounts"),
    [
        (ORE, ("1 027 000,00", "1 057 810,00", "1 073 677,15", "1 094 077,02", "1 144 404,56")),
        ({"to": 1}, ("1 027 000", "1 057 810", "1 073 677", "1 094 077", "1 144 405")),
        ({"to": 100, "mode": "down"}, ("1 027 000", "1 057 800", "1 073 600", "1 093 900", "1 144 200")),
        ({"to": 1000}, ("1 027 000", "1 058 000", "1 074 000", "1 094 000", "1 144 000")),
        ({"to": 1000, "mode": "down"}, ("1 027 000", "1 057 000", "1 072 000", "1 092 000", "1 142 000")),
    ],
)
def test_v1_a_chain_on_rounded_amounts(rounding: dict[str, Any], amounts: tuple[str, ...]) -> None:
    clause = {**opi(date(2019, 1, 1)), "rounding": rounding, "chain_on": "rounded"}
    assert adjusted(1_000_000, clause, 2023) == kronor(*amounts)


def test_v1_a_chain_on_unrounded_amounts() -> None:
    rows = pay(1_000_000, (2018, 2023), indexation=opi(date(2019, 1, 1)))
    chain = ("1 027 000", "1 057 810", "1 073 677,15", "1 094 077,01585", "1 144 404,5585791")
    assert unrounded(rows[1:]) == kronor(*chain)


def test_v1_on_the_preliminary_figure() -> None:
    # 1 094 077,01585 × 1,035 = 1 132 369,71140475; the definitive figure makes 12 034,85 more
    before = pay(1_000_000, (2018, 2023), BEFORE, indexation=opi(date(2019, 1, 1)))[-1]
    after = pay(1_000_000, (2018, 2023), AFTER, indexation=opi(date(2019, 1, 1)))[-1]
    assert unrounded([before]) == kronor("1 132 369,71140475")
    assert (before.status, after.status) == (Status.PRELIMINARY, Status.DEFINITIVE)
    assert to_ore([unrounded([after])[0] - unrounded([before])[0]]) == kronor("12 034,85")


# --- V2: the settlement of 2023, 1 000 000 kr in the prices of 2022 ---------------------------------------------------
#
# 1 000 000 × 1,035 = 1 035 000; × 1,046 = 1 046 000; the difference is 11 000.
# A month of 1 035 000 is 86 250,00; of 1 046 000 it is 87 166,67; of the old amount 83 333,33.
# On the first of each month, January to April are paid before 19 April:
#   settled: 4 × (87 166,67 − 86 250,00) = 3 666,68 from rounded payments; 4 × 916,666… = 3 666,67 from the year
#   waited:  4 × (87 166,67 − 83 333,33) = 15 333,36 from rounded payments; 46 000 / 3 = 15 333,33 from the year

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTHLY = {"times_per_year": 12, "in": MONTHS, "day": 1, "division": {"to": "ore"}}


def of_2023(as_of: date, **clause: Any) -> list[Instalment]:
    indexation = {**opi(date(2023, 1, 1)), **clause}
    rows = pay(1_000_000, (2022, 2023), as_of, indexation=indexation, payment=MONTHLY)
    return [row for row in rows if row.year == 2023]


@pytest.mark.parametrize(
    ("clause", "paid", "correction"),
    [
        ({"preliminary": "settle"}, "86 250,00", "3 666,68"),
        ({"preliminary": "wait"}, "83 333,33", "15 333,36"),
    ],
)
def test_v2_four_payments_are_settled(clause: dict[str, Any], paid: str, correction: str) -> None:
    rows = of_2023(AFTER, **clause)
    months = [row.amount for row in rows if row.correction is None]
    # the last one takes what is left over: 1 046 000 − 11 × 87 166,67 = 87 166,63
    assert months == kronor(*[paid] * 4, *["87 166,67"] * 7, "87 166,63")
    (settled,) = [row for row in rows if row.correction is not None]
    assert settled.amount == kronor(correction)[0]
    assert settled.correction is not None
    assert (settled.correction.since, settled.correction.numbers) == (AFTER, (1, 2, 3, 4))
    assert settled.correction.paid_with == (2023, 5)  # with the payment of 1 May
    assert settled.due == date(2023, 5, 2)  # 1 May is a holiday
    assert sum(row.amount or 0 for row in rows) == 1_046_000


def test_v2_the_amounts_of_the_year() -> None:
    before, after = of_2023(date(2023, 1, 1)), of_2023(AFTER)
    assert sum(row.amount or 0 for row in before) == 1_035_000
    assert sum(row.amount or 0 for row in after) == 1_046_000
    assert [row.correction for row in before] == [None] * 12
    waiting = of_2023(date(2023, 1, 1), preliminary="wait")
    assert sum(row.amount or 0 for row in waiting) == 1_000_000


def test_v2_a_figure_that_stands_is_never_settled() -> None:
    rows = of_2023(AFTER, preliminary="final")
    assert [row.amount for row in rows] == kronor(*["86 250,00"] * 12)
    assert {row.status for row in rows} == {Status.DEFINITIVE}


# --- V3: Linköping and Resurspoolen from 2020 -------------------------------------------------------------------------
#
# 933 000 kr, "uppräkning sker årligen enligt OPI från och med 2021-01-01":
# 933 000 × 1,015 = 946 995 · × 1,019 = 964 987,905 · × 1,035 = 998 762,481675, × 1,046 = 1 009 377,34863

RESURSPOOLEN = (2020, 2024)


def test_v3_each_years_own_index() -> None:
    rows = pay(933_000, RESURSPOOLEN, BEFORE, indexation=opi(date(2021, 1, 1)))
    assert unrounded(rows) == kronor("933 000", "946 995", "964 987,905", "998 762,481675")
    rows = pay(933_000, RESURSPOOLEN, AFTER, indexation=opi(date(2021, 1, 1)))
    assert unrounded(rows) == kronor("933 000", "946 995", "964 987,905", "1 009 377,34863")
    assert sum(unrounded(rows)[:3]) == kronor("2 844 982,905")[0]
    assert (rows[-1].year, rows[-1].amount, rows[-1].status) == (2024, None, Status.BLOCKED)


def test_v3_the_index_of_the_year_before() -> None:
    # 933 000 × 1,03 = 960 990 · × 1,015 = 975 404,85 · × 1,019 = 993 937,54215
    clause = {**opi(date(2021, 1, 1)), "lag": 1, "rounding": ORE}
    assert adjusted(933_000, clause, 2023) == kronor("960 990,00", "975 404,85", "993 937,54")


@pytest.mark.parametrize(
    ("clause", "paid", "right", "settled"),
    [
        # 998 762,48 and 1 009 377,35
        ({"rounding": ORE}, "998 762,48", "1 009 377,35", "10 614,87"),
        # each year on the rounded one: 964 988 × 1,035 = 998 762,58 and × 1,046 = 1 009 377,448
        ({"rounding": {"to": 1}, "chain_on": "rounded"}, "998 763", "1 009 377", "10 614"),
        # rounded at payment only: 998 762,48 and 1 009 377,35
        ({}, "998 762", "1 009 377", "10 615"),
    ],
)
def test_v3_what_is_settled(clause: dict[str, Any], paid: str, right: str, settled: str) -> None:
    january = {"times_per_year": 1, "in": "january"}
    rows = pay(933_000, (2020, 2023), AFTER, indexation={**opi(date(2021, 1, 1)), **clause}, payment=january)
    assert [row.amount for row in rows if row.year == 2023] == kronor(paid, settled)
    assert [row.right for row in rows if row.year == 2023] == [*kronor(right), None]


def test_v3_the_agreement_itself() -> None:
    """Paid in January 2023 on the preliminary figure, if the extension that was proposed has been decided."""
    made = shipped().workspace.agreements["linkoping-resurspoolen-2020"]
    rows = payments("linkoping-resurspoolen-2020", made, TABLES, TODAY)
    found = [(row.year, row.amount, row.kind) for row in rows]
    assert found == [
        (2020, Decimal(933_000), "instalment"),
        (2021, Decimal(946_995), "instalment"),
        (2022, Decimal(964_988), "instalment"),
        (2023, Decimal(998_762), "instalment"),
        (2023, Decimal(10_615), "correction"),
        (2024, None, "instalment"),
        (2025, None, "instalment"),
    ]


def test_v3_the_parts_of_the_whole() -> None:
    # "933 000 kr/år" and hours "motsvarande 3 852 000 kr/år" are "4 785 000 kr/år"; 19,50 % and 80,50 %
    made = shipped().workspace.agreements["linkoping-resurspoolen-2020"]
    year = (date(2020, 1, 1), date(2020, 12, 31))
    parts = [worth(each, made, *year).kronor for each in made.contributions]
    assert parts == kronor("933 000", "3 852 000")
    assert made.total is not None
    assert [sum(parts), made.total.value] == kronor("4 785 000", "4 785 000")
    assert to_ore([part * 100 / sum(parts) for part in parts]) == kronor("19,50", "80,50")


# --- V4: Linköping and Resurspoolen from 2018 -------------------------------------------------------------------------
# 250 000 × 1,027 = 256 750 · × 1,03 = 264 452,50, half a krona upwards


def test_v4_the_agreement_itself() -> None:
    made = shipped().workspace.agreements["linkoping-resurspoolen-2018"]
    rows = payments("linkoping-resurspoolen-2018", made, TABLES, TODAY)
    assert unrounded(rows) == kronor("250 000", "256 750", "264 452,50")
    assert [row.amount for row in rows] == kronor("250 000", "256 750", "264 453")


@pytest.mark.parametrize("name", ["timra-aldres-ensamhet-2019", "lund-roda-korset-2023"])
def test_the_agreements_without_kronor_have_no_amount(name: str) -> None:
    """Timrå writes "ekonomiska medel", and Lund's has no money."""
    rows = payments(name, shipped().workspace.agreements[name], TABLES, TODAY)
    assert [row.amount for row in rows if row.amount is not None] == []


# --- V5: 80 per cent of the change, or of the amount ------------------------------------------------------------------
# of the change: 100 000 × (1 + 0,8 × 0,027) = 102 160 · × (1 + 0,8 × 0,03) = 104 611,84
# of the amount: 20 000 + 80 000 × 1,027 = 102 160 · 20 000 + 82 160 × 1,03 = 104 624,80


@pytest.mark.parametrize(("key", "second"), [("share_of_change", "104 611,84"), ("share_of_amount", "104 624,80")])
def test_v5_eighty_per_cent(key: str, second: str) -> None:
    clause = {**opi(date(2019, 1, 1)), key: 80, "rounding": ORE}
    assert adjusted(100_000, clause, 2020) == kronor("102 160,00", second)


# --- V6: "till närmast lägre hundratal kronor", with OPI in the place of AKI ------------------------------------------
# 247 700 × (1 + 0,8 × 0,027) = 253 050,32


@pytest.mark.parametrize(("mode", "amount"), [("down", "253 000"), ("nearest", "253 100"), ("up", "253 100")])
def test_v6_to_a_hundred(mode: str, amount: str) -> None:
    clause = {**opi(date(2019, 1, 1)), "share_of_change": 80, "rounding": {"to": 100, "mode": mode}}
    assert adjusted(247_700, clause, 2019) == kronor(amount)


# --- V7: when KPI falls, 100 000 kr -----------------------------------------------------------------------------------
# on 2011: 314,59 / 313,42 = 1,0037330 · 314,40 / 313,42 = 1,0031268 · 314,02 / 313,42 = 1,0019144
#          · 314,29 / 313,42 = 1,0027758
# zero:    2013 and 2014 fall; 2015: 100 373,30 × 314,29 / 314,02 = 100 459,60
# on 2012: 314,40 / 314,59 = 0,9993960 · 314,02 / 314,59 = 0,9981881 · 314,29 / 314,59 = 0,9990464


def kpi(first: int, **parts: Any) -> dict[str, Any]:
    return {"index": "KPI", "month": "october", "first": date(first, 1, 1), "rounding": ORE, **parts}


ON_2011 = ("100 373,30", "100 312,68", "100 191,44", "100 277,58")


@pytest.mark.parametrize(
    ("clause", "amounts"),
    [
        ({"base": {"year": 2011}, "negative": "follow"}, ON_2011),
        ({"base": {"year": 2011, "month": "october"}}, ON_2011),
        ({"base": {"year": 2011, "value": Decimal("313.42")}}, ON_2011),
        ({"method": "base_ratio"}, ON_2011),
        ({"base": {"year": 2011}, "negative": "base_amount"}, ON_2011),
        ({"base": {"year": 2011}, "negative": "previous_amount"}, ("100 373,30",) * 4),
        ({"negative": "zero"}, (*("100 373,30",) * 3, "100 459,60")),
        ({}, ON_2011),  # year on year the numbers between cancel out
    ],
)
def test_v7_a_falling_index(clause: dict[str, Any], amounts: tuple[str, ...]) -> None:
    assert adjusted(100_000, kpi(2012, **clause), 2015) == kronor(*amounts)


@pytest.mark.parametrize(
    ("negative", "amounts"),
    [
        ("follow", ("99 939,60", "99 818,81", "99 904,64")),
        ("base_amount", ("100 000",) * 3),
        ("previous_amount", ("100 000",) * 3),
    ],
)
def test_v7_from_2012(negative: str, amounts: tuple[str, ...]) -> None:
    clause = kpi(2013, base={"year": 2012}, negative=negative)
    assert adjusted(100_000, clause, 2015) == kronor(*amounts)


# --- V8: changes under 2,0 per cent are not made ----------------------------------------------------------------------
# 318,00 / 314,29 = 1,0118 is not made. 323,38 / 314,29 = 1,0289223 is, since 2015; 323,38 / 318,00 = 1,0169 is not.
# 330,72 / 323,38 = 1,0226978: on 102 892,23 = 105 227,66, on 100 000 = 102 269,78


@pytest.mark.parametrize(
    ("clause", "amounts"),
    [
        ({"base": {"year": 2015}, "carry_over": True}, ("100 000,00", "102 892,23", "105 227,66")),
        ({"carry_over": True}, ("100 000,00", "102 892,23", "105 227,66")),
        ({"carry_over": False}, ("100 000,00", "100 000,00", "102 269,78")),
    ],
)
def test_v8_a_threshold(clause: dict[str, Any], amounts: tuple[str, ...]) -> None:
    parts = {key: value for key, value in clause.items() if key != "carry_over"}
    threshold = {"percent": Decimal("2.0"), "carry_over": clause["carry_over"]}
    assert adjusted(100_000, kpi(2016, threshold=threshold, **parts), 2018) == kronor(*amounts)


@pytest.mark.parametrize(("percent", "amount"), [("2.7", "102 700"), ("2.71", "100 000")])
def test_v8_a_change_of_just_the_threshold_is_made(percent: str, amount: str) -> None:
    # OPI 2019 is 2,7
    clause = {**opi(date(2019, 1, 1)), "threshold": {"percent": Decimal(percent), "carry_over": True}}
    assert adjusted(100_000, clause, 2019) == kronor(amount)


# --- V9: a basket -----------------------------------------------------------------------------------------------------
# Linköping 2018, 90 per cent by 2,58 % and 10 per cent by 1,1 %: 2,322 + 0,11 = 2,432 %
# with SCB's change from October 2016, 323,38 / 318,00 = 1,0169182: 2,322 + 0,16918 = 2,49118 %


@pytest.mark.parametrize(
    ("other", "percent", "amount"),
    [
        ({"percent": Decimal("1.1")}, "2,43200", "102 432,00"),
        ({"index": "KPI", "month": "october", "lag": 1}, "2,49118", "102 491,18"),
    ],
)
def test_v9_a_basket(other: dict[str, Any], percent: str, amount: str) -> None:
    basket = ({"percent": Decimal("2.58"), "weight": 90}, {**other, "weight": 10})
    clause = {"basket": basket, "first": date(2018, 5, 1), "rounding": ORE}
    made = agreement(
        period=period(date(2018, 5, 1), date(2019, 4, 30)),
        contributions=(cash(100_000, part_year="full", indexation=clause),),
    )
    row = payments("prov", made, TABLES, TODAY)[0]
    assert row.working is not None
    assert row.working.steps[0].percent.quantize(Decimal("0.00001")) == kronor(percent)[0]
    assert row.amount == kronor(amount)[0]


# --- V10: instalments -------------------------------------------------------------------------------------------------
# Gävle 2009: "247 700 kr, fördelat på fyra utbetalningar à 61 925 kr", from 2010 three
# 247 700 / 3 = 82 566,666… · 1 046 000 / 12 = 87 166,666… · 946 995 / 4 = 236 748,75 · / 12 = 78 916,25

THREE = {"times_per_year": 3, "in": ("january", "may", "september")}
FOUR = {"times_per_year": 4, "in": ("january", "april", "july", "october")}
TWELVE = {"times_per_year": 12, "in": MONTHS}


@pytest.mark.parametrize(
    ("amount", "payment", "parts"),
    [
        (247_700, FOUR, ("61 925",) * 4),
        (247_700, {**THREE, "division": {"to": "ore"}}, ("82 566,67", "82 566,67", "82 566,66")),
        (247_700, {**THREE, "division": {"to": "ore", "remainder": "first"}}, ("82 566,66", "82 566,67", "82 566,67")),
        (247_700, THREE, ("82 566", "82 566", "82 568")),
        (247_700, {**THREE, "division": {"to": "krona"}}, ("82 566", "82 566", "82 568")),
        (247_700, {**THREE, "division": {"to": "krona", "remainder": "first"}}, ("82 568", "82 566", "82 566")),
        (1_046_000, {**TWELVE, "division": {"to": "ore"}}, (*("87 166,67",) * 11, "87 166,63")),
        (946_995, {**FOUR, "division": {"to": "ore"}}, ("236 748,75",) * 4),
        (946_995, {**TWELVE, "division": {"to": "ore"}}, ("78 916,25",) * 12),
        (946_995, FOUR, ("236 748", "236 748", "236 748", "236 751")),
    ],
)
def test_v10_instalments(amount: int, payment: dict[str, Any], parts: tuple[str, ...]) -> None:
    rows = pay(amount, (2023, 2023), payment=payment)
    assert [row.amount for row in rows] == kronor(*parts)
    assert [(row.number, row.of) for row in rows] == [(number, len(parts)) for number in range(1, len(parts) + 1)]


def test_v10_each_instalment_as_the_text_states_it() -> None:
    rows = pay(61_925, (2009, 2009), per="instalment", payment=FOUR)
    assert [row.amount for row in rows] == kronor(*["61 925"] * 4)
    assert sum(row.amount or 0 for row in rows) == 247_700


def test_v10_another_schedule_from_2010() -> None:
    schedules = (FOUR, {**THREE, "valid_from": date(2010, 1, 1)})
    rows = pay(247_700, (2009, 2010), payment=schedules)
    assert [row.amount for row in rows] == kronor(*["61 925"] * 4, "82 566", "82 566", "82 568")


# --- V11: parts of years, 120 000 kr a year, 2023-12-01 to 2025-11-30 -------------------------------------------------
# months: 1/12, 12/12, 11/12. Days: 31/365 = 10 191,78 · 366/366 · 334/365 = 109 808,22. Both come to 240 000.


@pytest.mark.parametrize(
    ("unit", "exact", "paid"),
    [
        ("months", ("10 000,00", "120 000,00", "110 000,00"), ("10 000", "120 000", "110 000")),
        ("days", ("10 191,78", "120 000,00", "109 808,22"), ("10 192", "120 000", "109 808")),
        ("full", ("120 000,00",) * 3, ("120 000",) * 3),
    ],
)
def test_v11_parts_of_years(unit: str, exact: tuple[str, ...], paid: tuple[str, ...]) -> None:
    made = agreement(
        period=period(date(2023, 12, 1), date(2025, 11, 30)), contributions=(cash(120_000, part_year=unit),)
    )
    rows = payments("prov", made, TABLES, TODAY)
    assert to_ore(unrounded(rows)) == kronor(*exact)
    assert [row.amount for row in rows] == kronor(*paid)
    if unit != "full":
        assert sum(row.amount or 0 for row in rows) == 240_000


# --- V12 and V13: PKV and another index -------------------------------------------------------------------------------


def test_v12_pkv_for_2016_in_the_edition_of_2017() -> None:
    # SKL on fees for 2018: "ska ni använda indexet för 2016 (som är 2,7%)": 900 × 1,027 = 924,30 → 924
    edition = {"month": "september", "years_before": 1}
    clause = {"index": "PKV", "first": date(2018, 1, 1), "lag": 2, "edition": edition}
    rows = pay(900, (2017, 2018), indexation=clause)
    assert unrounded(rows) == kronor("900", "924,30")
    assert rows[1].amount == 924


def own_table(rows: tuple[dict[str, Any], ...], links: tuple[dict[str, Any], ...] = ()) -> IndexTable:
    head = {"index": "PRIS", "name": "Pris", "publisher": "Prov", "kind": "index_number"}
    shared = {"status": "definitive", "published": date(2015, 1, 1), "source": "Prov"}
    table, wrong = whole_table({**head, "rows": tuple({**shared, **row} for row in rows), "links": links})
    assert table is not None, wrong
    return table


def test_v13_from_100_to_105() -> None:
    # Kammarkollegiet on framework agreements: "(105-100)/100=0,05=5,0%"
    table = own_table(({"year": 2015, "value": 100}, {"year": 2016, "value": 105}))
    clause = {"index": "PRIS", "first": date(2016, 1, 1)}
    row = pay(100_000, (2015, 2016), tables={"PRIS": table}, indexation=clause)[1]
    assert row.working is not None
    assert [row.working.steps[0].percent, row.amount] == kronor("5,0", "105 000")


# --- V14: a missing figure is an error, never 0 per cent --------------------------------------------------------------


@pytest.mark.parametrize("year", [*range(2008, 2015), 2024, 2025, 2026])
def test_v14_a_year_without_a_figure(year: int) -> None:
    rows = pay(100_000, (year - 1, year), indexation=opi(date(year, 1, 1)))
    assert [(row.amount, row.status) for row in rows] == [
        (Decimal(100_000), Status.DEFINITIVE),
        (None, Status.BLOCKED),
    ]
    assert isinstance(rows[1].reason, MissingIndices)
    assert [(each.index, each.year) for each in rows[1].reason.figures] == [("OPI", year)]


@pytest.mark.parametrize("year", [2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023])
def test_v14_a_year_with_a_figure(year: int) -> None:
    published = {2015: 22, 2016: 26, 2017: 27, 2018: 26, 2019: 27, 2020: 30, 2021: 15, 2022: 19, 2023: 46}
    row = pay(100_000, (year - 1, year), indexation=opi(date(year, 1, 1)))[1]
    assert row.amount == 100_000 + 100 * published[year]


CLAUSE = """format: 1
title: IOP Exempel
parties:
  kommunen: {{name: Exempelnämnden, kind: municipality}}
  foreningen: {{name: Föreningen Exempel, kind: association}}
period: {{start: {before}-01-01, end: {year}-12-31}}
contributions:
  - id: ersattning
    from: kommunen
    to: foreningen
    kind: cash
    amount: 100000
    per: year
    indexation: {{index: OPI, first: {year}-01-01}}
"""


@pytest.mark.parametrize(("year", "code"), [(2014, 1), (2023, 0), (2024, 1)])
def test_v14_pay_says_so_in_its_exit_code(year: int, code: int, tmp_path: Path) -> None:
    folder = tmp_path / "agreements"
    folder.mkdir()
    (folder / "exempel.yaml").write_text(CLAUSE.format(before=year - 1, year=year), "utf-8")
    run = iopctl("pay", "--as-of", "2026-11-22", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (code, ""), run.stdout


# --- V15: OPI is never made of its parts ------------------------------------------------------------------------------
# 2020: 0,8 × 3,23 + 0,2 × 1,82 = 2,948, which would be 2,9; SKR published 3,0.


def test_v15_components_are_no_row() -> None:
    components = {"wages": Decimal("3.23"), "kpi": Decimal("1.82")}
    row = {"year": 2024, "status": "definitive", "published": date(2023, 12, 15), "source": "SKR", **components}
    table, wrong = table_of_file("OPI", {"index": "OPI", "rows": (row,)}, TABLES)
    assert table is None
    english = Language("en")
    assert [(each.rule.code, english.say(each.message)) for each in wrong] == [
        ("FRM009", "the key value is missing"),
        ("FRM008", "the format has no key wages here"),
        ("FRM008", "the format has no key kpi here"),
    ]


def test_v15_the_published_figure_of_2020_stands() -> None:
    row = pay(100_000, (2019, 2020), indexation=opi(date(2020, 1, 1)))[1]
    assert row.amount == 103_000


# --- sums for one time, and for the whole period ----------------------------------------------------------------------


def rows_of(contribution: dict[str, Any], start: date, end: date, as_of: date = TODAY, **parts: Any) -> list[Any]:
    made = agreement(period=period(start, end), contributions=(contribution,), **parts)
    rows = payments("prov", made, TABLES, as_of)
    return [(row.year, row.number, row.of, row.amount, row.right, row.due, row.start, row.end) for row in rows]


@pytest.mark.parametrize(
    ("parts", "rows"),
    [
        # without a schedule: in the first year, on no day
        ({}, [(2020, 1, 1, 50_000, None, (2020, 3, 1), (2020, 12, 31))]),
        # the first June from the start
        (
            {"payment": {"times_per_year": 1, "in": "june"}},
            [(2020, 1, 1, 50_000, date(2020, 6, 30), (2020, 3, 1), (2020, 12, 31))],
        ),
        # January has passed: the next one, of which 31 January is a Sunday
        (
            {"payment": {"times_per_year": 1, "in": "january"}},
            [(2021, 1, 1, 50_000, date(2021, 1, 29), (2021, 1, 1), (2021, 12, 31))],
        ),
        # in two parts, of which the last takes what is left over
        (
            {"amount": 50_001, "payment": {"times_per_year": 2, "in": ("june", "december")}},
            [
                (2020, 1, 2, 25_000, date(2020, 6, 30), (2020, 3, 1), (2020, 6, 30)),
                (2020, 2, 2, 25_001, date(2020, 12, 30), (2020, 7, 1), (2020, 12, 31)),
            ],
        ),
        # from a later day
        (
            {"valid_from": date(2021, 5, 1), "payment": {"times_per_year": 1, "in": "may"}},
            [(2021, 1, 1, 50_000, date(2021, 5, 31), (2021, 5, 1), (2021, 12, 31))],
        ),
        ({"valid_from": date(2021, 5, 1), "valid_until": date(2021, 5, 31)},
         [(2021, 1, 1, 50_000, None, (2021, 5, 1), (2021, 5, 31))]),
        # no January before it ends: the amount is there all the same, on no day
        (
            {"valid_from": date(2022, 5, 1), "payment": {"times_per_year": 1, "in": "january"}},
            [(2022, 1, 1, 50_000, None, (2022, 5, 1), (2022, 12, 31))],
        ),
        # after the agreement's end
        ({"valid_from": date(2023, 5, 1)}, []),
    ],
)  # fmt: skip
def test_an_amount_that_is_paid_once(parts: dict[str, Any], rows: list[Any]) -> None:
    found = rows_of({**cash(50_000, per="once"), **parts}, date(2020, 3, 1), date(2022, 12, 31))
    expected = [(*row[:4], row[3], row[4], date(*row[5]), date(*row[6])) for row in rows]
    assert found == expected


PROPOSED = {"kind": "extended", "body": "Exempelnämnden", "proposed": date(2020, 9, 1)}
TERMINATED = {
    "kind": "terminated",
    "body": "Exempelnämnden",
    "until": date(2020, 12, 31),
    "date": date(2020, 5, 1),
}


def test_once_in_a_proposed_extension_depends_on_it() -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2020, 12, 31)),
        decisions=(
            {"kind": "extended", "body": "Exempelnämnden", "until": date(2021, 12, 31), "proposed": date(2020, 9, 1)},
        ),
        contributions=(
            cash(50_000, per="once"),
            cash(60_000, per="once", valid_from=date(2021, 1, 1)) | {"id": "mer"},
        ),
    )
    rows = payments("prov", made, TABLES, TODAY)
    assert [(row.amount, row.extension) for row in rows] == [
        (Decimal(50_000), None),
        (Decimal(60_000), ("decisions", 0)),
    ]
    assert [row.conditions[0].kind for row in rows if row.conditions] == ["extension"]


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"indexation": opi(date(2021, 1, 1))}, AdjustedOnce()),
        ({"ceiling": True}, UpTo(Decimal(50_000))),
        ({"amount": {"unknown": "enligt budget"}}, OpenAmount("enligt budget")),
    ],
)
def test_once_without_an_amount_says_why(parts: dict[str, Any], reason: Reason) -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2021, 12, 31)), contributions=({**cash(50_000, per="once"), **parts},)
    )
    (row,) = payments("prov", made, TABLES, TODAY)
    assert (row.amount, row.right, row.status, row.reason) == (None, None, Status.BLOCKED, reason)


EXTENDED = {"kind": "extended", "body": "Exempelnämnden", "until": date(2023, 12, 31), "date": date(2021, 9, 1)}


def test_a_sum_for_the_whole_period() -> None:
    made = agreement(
        period=period(date(2020, 3, 1), date(2021, 12, 31)),
        decisions=(EXTENDED,),
        contributions=(cash(50_000, per="period", valid_from=date(2020, 6, 1)),),
    )
    rows = payments("prov", made, TABLES, TODAY)
    assert [(row.start, row.end, row.number, row.of) for row in rows] == [
        (date(2020, 6, 1), date(2021, 12, 31), 1, 1),
        (date(2022, 1, 1), date(2023, 12, 31), 1, 1),
    ]
    assert [(row.amount, row.right, row.reason, row.due) for row in rows] == [
        (Decimal(50_000), Decimal(50_000), None, None),
        (None, None, NoSumForExtension(), None),
    ]
    assert [row.conditions for row in rows] == [(), ()]


def test_a_sum_for_the_period_of_a_contribution_that_ends_before_the_extension() -> None:
    made = agreement(
        period=period(date(2020, 3, 1), date(2021, 12, 31)),
        decisions=(
            {"kind": "extended", "body": "Exempelnämnden", "until": date(2023, 12, 31), "proposed": date(2021, 9, 1)},
        ),
        contributions=(
            cash(50_000, per="period", valid_until=date(2021, 6, 30)),
            cash(60_000, per="period") | {"id": "mer"},
        ),
    )
    rows = payments("prov", made, TABLES, TODAY)
    assert [(row.contribution, row.start, row.end, row.amount, row.extension) for row in rows] == [
        (0, date(2020, 3, 1), date(2021, 6, 30), Decimal(50_000), None),
        (1, date(2020, 3, 1), date(2021, 12, 31), Decimal(60_000), None),
        (1, date(2022, 1, 1), date(2023, 12, 31), None, ("decisions", 0)),
    ]


@pytest.mark.parametrize(
    ("parts", "more", "reason"),
    [
        ({"indexation": opi(date(2021, 1, 1))}, {}, Undivided()),
        ({"payment": {"times_per_year": 1, "in": "june"}}, {}, Undivided()),
        ({"ceiling": True}, {}, UpTo(Decimal(50_000))),
        (
            {},
            {
                "decisions": (
                    {
                        "kind": "terminated",
                        "body": "Exempelnämnden",
                        "until": date(2020, 12, 31),
                        "date": date(2020, 5, 1),
                    },
                )
            },
            PartYear(date(2020, 1, 1), date(2020, 12, 31)),
        ),
    ],
)
def test_a_sum_for_the_period_that_cannot_be_told(parts: dict[str, Any], more: dict[str, Any], reason: Reason) -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2021, 12, 31)),
        contributions=(cash(50_000, per="period", **parts),),
        **more,
    )
    rows = payments("prov", made, TABLES, TODAY)
    assert [(row.amount, row.reason) for row in rows] == [(None, reason)]


# --- what was paid ----------------------------------------------------------------------------------------------------
# Resurspoolen: 2021 946 995 · 2022 964 988 · 2023 preliminary 998 762, definitive 1 009 377


@pytest.mark.parametrize(
    ("entry", "outcome"),
    [
        ((2022, date(2022, 1, 28), 964_988), Outcome((0,), date(2022, 1, 28), Decimal(964_988), Decimal(0))),
        ((2022, date(2022, 1, 28), None), Outcome((0,), date(2022, 1, 28))),
        (
            (2022, date(2022, 1, 28), 964_987),
            Outcome((0,), date(2022, 1, 28), Decimal(964_987), Decimal(-1), Cause.ROUNDING),
        ),
        (
            (2022, date(2022, 1, 28), 933_000),
            Outcome((0,), date(2022, 1, 28), Decimal(933_000), Decimal(-31_988), Cause.UNADJUSTED),
        ),
        (
            (2022, date(2022, 1, 28), 946_995),
            Outcome((0,), date(2022, 1, 28), Decimal(946_995), Decimal(-17_993), Cause.YEAR_BEFORE),
        ),
        (
            (2022, date(2022, 1, 28), 964_990),
            Outcome((0,), date(2022, 1, 28), Decimal(964_990), Decimal(2), Cause.OTHER),
        ),
        (
            (2023, date(2023, 5, 10), 998_762),
            Outcome((0,), date(2023, 5, 10), Decimal(998_762), Decimal(-10_615), Cause.PRELIMINARY),
        ),
        ((2023, date(2023, 1, 30), 998_762), Outcome((0,), date(2023, 1, 30), Decimal(998_762), Decimal(0))),
        (
            (2023, date(2023, 5, 10), 1_009_377),
            Outcome((0,), date(2023, 5, 10), Decimal(1_009_377), Decimal(0)),
        ),
    ],
)
def test_what_was_paid_and_why_it_differs(entry: tuple[int, date, int | None], outcome: Outcome) -> None:
    year, day, amount = entry
    paid: dict[str, Any] = {"payment": "ersattning", "year": year, "date": day}
    made = agreement(
        period=period(date(2020, 1, 1), date(2023, 12, 31)),
        contributions=(
            cash(933_000, indexation=opi(date(2021, 1, 1)), payment={"times_per_year": 1, "in": "january"}),
        ),
        log=(paid if amount is None else {**paid, "amount": amount},),
    )
    rows = payments("prov", made, TABLES, TODAY)
    found = dict(zip([(row.year, row.kind) for row in rows], outcomes(rows, made, TABLES, TODAY), strict=True))
    assert found[year, "instalment"] == outcome
    # the others, which the log does not have although it has one
    assert found[2020, "instalment"] == Outcome(difference=Decimal(-933_000), cause=Cause.UNPAID)
    assert found[2021, "instalment"] == Outcome(difference=Decimal(-946_995), cause=Cause.UNPAID)


def test_where_the_log_has_no_payment_nothing_is_unpaid() -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2021, 12, 31)),
        contributions=(cash(933_000, payment={"times_per_year": 1, "in": "january"}),),
    )
    rows = payments("prov", made, TABLES, TODAY)
    assert outcomes(rows, made, TABLES, TODAY) == [Outcome(), Outcome()]


@pytest.mark.parametrize(("as_of", "unpaid"), [(date(2021, 1, 29), False), (date(2021, 1, 30), True)])
def test_a_payment_is_unpaid_the_day_after(as_of: date, unpaid: bool) -> None:
    """31 January 2021 is a Sunday: 29 January is the month's last open day."""
    made = agreement(
        period=period(date(2020, 1, 1), date(2021, 12, 31)),
        contributions=(cash(933_000, payment={"times_per_year": 1, "in": "january"}),),
        log=({"payment": "ersattning", "date": date(2020, 1, 31), "amount": 933_000},),
    )
    rows = payments("prov", made, TABLES, as_of)
    assert [each.cause for each in outcomes(rows, made, TABLES, as_of)] == [None, Cause.UNPAID if unpaid else None]


def test_a_correction_that_is_paid_with_the_next_payment() -> None:
    # 2023 in two halves: 998 762 = 499 381 + 499 381 on 3,5 %, 1 009 377 = 504 688 + 504 689 on 4,6 %
    half = {"times_per_year": 2, "in": ("january", "july")}
    made = agreement(
        period=period(date(2020, 1, 1), date(2023, 12, 31)),
        contributions=(cash(933_000, indexation=opi(date(2021, 1, 1)), payment=half),),
        log=(
            {"payment": "ersattning", "year": 2023, "date": date(2023, 1, 30), "amount": 499_381},
            # 504 689 and the 5 307 that January was too little
            {"payment": "ersattning", "year": 2023, "date": date(2023, 7, 28), "amount": 509_996},
        ),
    )
    rows = payments("prov", made, TABLES, TODAY)
    found = [
        (row.number, row.kind, row.amount, outcome)
        for row, outcome in zip(rows, outcomes(rows, made, TABLES, TODAY), strict=True)
        if row.year == 2023
    ]
    january, july = date(2023, 1, 30), date(2023, 7, 28)
    assert found == [
        (1, "instalment", Decimal(499_381), Outcome((0,), january, Decimal(499_381), Decimal(0))),
        (1, "correction", Decimal(5_307), Outcome((1,), july, Decimal(5_307), Decimal(0))),
        (2, "instalment", Decimal(504_689), Outcome((1,), july, Decimal(504_689), Decimal(0))),
    ]


# --- what else a figure rests on --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clause", "keys"),
    [
        ({"index": "OPI"}, "lag chain_on rounding negative preliminary settlement"),
        ({"index": "OPI", "lag": 0}, "chain_on rounding negative preliminary settlement"),
        ({"index": "OPI", "preliminary": "settle"}, "lag chain_on rounding negative settlement"),
        ({"index": "OPI", "preliminary": "wait"}, "lag chain_on rounding negative settlement"),
        ({"index": "OPI", "preliminary": "final"}, "lag chain_on rounding negative"),
        ({"index": "OPI", "settlement": "separate"}, "lag chain_on rounding negative preliminary"),
        ({"index": "OPI", "fixed_on": {"day": "10-01", "years_before": 1}}, "lag chain_on rounding negative"),
        ({"index": "OPI", "method": "base_ratio"}, "lag rounding negative preliminary settlement"),
        ({"index": "OPI", "base": {"year": 2018}}, "lag rounding negative preliminary settlement"),
        ({"index": "OPI", "method": "chain", "negative": "zero"}, "lag chain_on rounding preliminary settlement"),
        ({"index": "OPI", "rounding": {"to": 1}, "chain_on": "rounded"}, "lag negative preliminary settlement"),
        # KPI has never had a preliminary figure in the table
        ({"index": "KPI", "month": "october"}, "lag chain_on rounding negative"),
        # nothing is published for a percentage
        ({"percent": 2}, "chain_on rounding"),
        ({"percent": 2, "preliminary": "wait"}, "chain_on rounding"),
        (
            {"basket": ({"index": "KPI", "month": "october", "lag": 1, "weight": 50}, {"index": "OPI", "weight": 50})},
            "chain_on rounding negative preliminary settlement",
        ),
        (
            {
                "basket": (
                    {"index": "KPI", "month": "october", "base": {"year": 2018}, "weight": 50},
                    {"index": "OPI", "weight": 50},
                )
            },
            "lag chain_on rounding negative preliminary settlement",
        ),
    ],
)
def test_what_a_clause_leaves_open(clause: dict[str, Any], keys: str) -> None:
    said, wrong = read(Indexation, {"first": date(2019, 1, 1), **clause})
    assert said is not None, wrong
    assert left_open(said, tuple(TABLES.get(index) for index in said.indices)) == tuple(keys.split())


SUCCESSOR = {"index": "KPI", "month": "october", "from": 2022}


@pytest.mark.parametrize(
    ("clause", "first", "known", "late"),
    [
        # OPI 2023 is there from 2022-12-09, and OPI 2024 should be from 2024-01-01
        ({"index": "OPI"}, 2019, date(2022, 12, 9), False),
        ({"index": "OPI"}, 2023, date(2023, 12, 31), False),
        ({"index": "OPI"}, 2023, date(2024, 1, 1), True),
        # with no source for 2014, which should have been there from 2014-01-01
        ({"index": "OPI"}, 2014, date(2023, 12, 31), True),
        # the definitive figure for 2023 is of 2023-04-19: it is late from 2023-01-01
        ({"index": "OPI", "preliminary": "wait"}, 2023, date(2022, 12, 31), False),
        ({"index": "OPI", "preliminary": "wait"}, 2023, date(2023, 4, 19), False),
        # nobody says when KPI or an edition of PKV is published: look closer
        ({"index": "KPI", "month": "october"}, 2019, date(2022, 12, 9), True),
        ({"index": "PKV", "edition": {"month": "october", "years_before": 1}}, 2016, date(2017, 9, 28), True),
        ({"index": "AKI"}, 2019, date(2022, 12, 9), True),
        # the successor's, from its year on
        ({"index": "OPI", "successor": SUCCESSOR}, 2021, date(2021, 6, 1), False),
        ({"index": "OPI", "successor": SUCCESSOR}, 2021, date(2022, 6, 1), True),
    ],
)  # fmt: skip
def test_whether_a_figure_may_be_late(clause: dict[str, Any], first: int, known: date, late: bool) -> None:
    said, wrong = read(Indexation, {"first": date(first, 1, 1), **clause})
    assert said is not None, wrong
    wanted = Clause(said, date(9999, 12, 31)).wanted(said, known.year, known)
    assert overdue(wanted, first, TABLES) is late


def test_a_change_of_just_the_threshold_since_the_base_is_made() -> None:
    # 102 / 100 is 2,0 %; 104,04 / 102 is 2,0 %
    table = own_table(
        (
            {"year": 2015, "value": 100},
            {"year": 2016, "value": 102},
            {"year": 2017, "value": Decimal("104.04")},
            {"year": 2018, "value": Decimal("106.0")},
        )
    )
    threshold = {"percent": 2, "carry_over": True}
    clause = {"index": "PRIS", "first": date(2016, 1, 1), "base": {"year": 2015}, "threshold": threshold}
    rows = pay(100_000, (2015, 2018), tables={"PRIS": table}, indexation=clause)
    assert [row.amount for row in rows] == kronor("100 000", "102 000", "104 040", "104 040")


@pytest.mark.parametrize("carry_over", [True, False])
def test_v8_what_made_the_change_another(carry_over: bool) -> None:
    # 1,18 % is not made; 1,69 % is 2,89 % with what was kept; 2,27 % is made as it is
    clause = kpi(2016, threshold={"percent": Decimal("2.0"), "carry_over": carry_over})
    row = pay(100_000, (2015, 2018), indexation=clause)[-1]
    assert row.working is not None
    second = Rule.CARRIED if carry_over else Rule.THRESHOLD
    assert [step.rules for step in row.working.steps] == [(Rule.THRESHOLD,), (second,), ()]
    assert [round(step.applied, 2) for step in row.working.steps] == kronor("0", "2,89" if carry_over else "0", "2,27")


def test_the_working_of_what_is_paid_once_and_for_a_period() -> None:
    for per in ("once", "period"):
        (row,) = pay(50_000, (2020, 2021), per=per)
        assert row.working is not None
        assert row.entitled == row.working
        fifty = Decimal(50_000)
        assert (row.working.agreed, row.working.unrounded, row.working.rounded) == (fifty, fifty, fifty)
        assert row.working.steps == ()
        end = date(2020, 12, 31) if per == "once" else date(2021, 12, 31)
        assert (row.stretch.start, row.stretch.end) == (date(2020, 1, 1), end)


def test_a_day_is_enough_for_what_is_paid_once_or_for_a_period() -> None:
    last = date(2020, 12, 31)
    once = rows_of(cash(50_000, per="once", valid_from=last), date(2020, 1, 1), last)
    whole = rows_of(cash(50_000, per="period", valid_from=last), date(2020, 1, 1), last)
    assert once == whole == [(2020, 1, 1, Decimal(50_000), Decimal(50_000), None, last, last)]
    december = {"times_per_year": 1, "in": "december"}
    (row,) = rows_of(cash(50_000, per="once", valid_from=last, payment=december), date(2020, 1, 1), last)
    assert row[5] is None  # the month's last open day is 30 December, and the amount is given from the 31st


def test_a_contribution_that_begins_in_the_extension_has_no_sum_for_the_period() -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2020, 12, 31)),
        decisions=({**EXTENDED, "until": date(2021, 12, 31), "date": date(2020, 9, 1)},),
        contributions=(cash(50_000, per="period", valid_from=date(2021, 2, 1)),),
    )
    rows = payments("prov", made, TABLES, TODAY)
    assert [(row.start, row.end, row.amount, row.reason) for row in rows] == [
        (date(2021, 2, 1), date(2021, 12, 31), None, NoSumForExtension())
    ]


def test_the_log_is_read_for_each_contribution_and_to_the_day() -> None:
    january = {"times_per_year": 1, "in": "january"}
    made = agreement(
        period=period(date(2020, 1, 1), date(2020, 12, 31)),
        contributions=(cash(100, payment=january), cash(200, payment=january) | {"id": "mer"}),
        log=(
            {"notice": "foreningen", "date": date(2020, 1, 2)},
            {"payment": "borta", "date": date(2020, 1, 2), "amount": 5},
            {"payment": "mer", "through": date(2020, 1, 2), "amount": 7},
            {"payment": "mer", "date": date(2020, 1, 31), "amount": 200},
            {"payment": "ersattning", "date": date(2020, 2, 1), "amount": 100},
        ),
    )
    first, second = payments("prov", made, TABLES, date(2020, 1, 31))
    assert outcomes([first, second], made, TABLES, date(2020, 1, 31)) == [
        Outcome(),
        Outcome((3,), date(2020, 1, 31), Decimal(200), Decimal(0)),
    ]
    assert outcomes([first, second], made, TABLES, date(2020, 1, 30))[1] == Outcome()
    assert outcomes([first, second], made, TABLES, date(2020, 2, 1))[0] == Outcome(
        (4,), date(2020, 2, 1), Decimal(100), Decimal(0)
    )


def test_what_was_paid_in_more_parts_than_agreed() -> None:
    january = {"times_per_year": 1, "in": "january"}
    entry = {"payment": "ersattning", "date": date(2020, 1, 31)}
    made = agreement(
        period=period(date(2020, 1, 1), date(2020, 12, 31)),
        contributions=(cash(100, payment=january),),
        log=({**entry, "amount": 60}, {**entry, "amount": 40, "date": date(2020, 2, 3)}),
    )
    rows = payments("prov", made, TABLES, TODAY)
    assert outcomes(rows, made, TABLES, TODAY) == [Outcome((0, 1), date(2020, 2, 3), Decimal(100), Decimal(0))]


def test_what_was_paid_of_an_amount_that_cannot_be_told() -> None:
    january = {"times_per_year": 1, "in": "january"}
    made = agreement(
        period=period(date(2020, 1, 1), date(2020, 12, 31)),
        contributions=(cash(100, ceiling=True, payment=january),),
        log=({"payment": "ersattning", "date": date(2020, 1, 31), "amount": 60},),
    )
    rows = payments("prov", made, TABLES, TODAY)
    assert outcomes(rows, made, TABLES, TODAY) == [Outcome((0,), date(2020, 1, 31), Decimal(60))]


def test_a_preliminary_amount_where_the_clause_waits() -> None:
    # the clause pays the old amount until 4,6 % is there, and somebody paid 3,5 % more: 1 035 000
    january = {"times_per_year": 1, "in": "january"}
    made = agreement(
        period=period(date(2022, 1, 1), date(2023, 12, 31)),
        contributions=(cash(1_000_000, indexation={**opi(date(2023, 1, 1)), "preliminary": "wait"}, payment=january),),
        log=(
            {"payment": "ersattning", "date": date(2022, 1, 31), "amount": 1_000_000},
            {"payment": "ersattning", "date": date(2023, 5, 31), "amount": 1_035_000},
        ),
    )
    rows = payments("prov", made, TABLES, TODAY)
    assert [each.cause for each in outcomes(rows, made, TABLES, TODAY)] == [None, Cause.PRELIMINARY]


# --- days of payment --------------------------------------------------------------------------------------------------
# 2020: 31 March a Tuesday, 30 September a Wednesday. 2021: 28 February and 31 January Sundays, 26 February a Friday,
# 1 March a Monday, 30 April a Friday, 1 May a holiday on a Saturday.

Days = list[tuple[int | str, date | None, date | None, date, date]]


def days_of(payment: dict[str, Any], start: date, end: date, log: tuple[dict[str, Any], ...] = ()) -> Days:
    """Each payment's amount, agreed day, latest day and days, of 100 kr a year in full."""
    made = agreement(
        period=period(start, end),
        duties=({"id": "rapport", "kind": "report", "text": "Rapport", "yearly_by": "03-01"},
                {"id": "annan", "kind": "report", "text": "Annan", "yearly_by": "03-01"}),
        contributions=(cash(100, part_year="full", payment=payment), cash(7, per="once") | {"id": "mer"}),
        log=log,
    )  # fmt: skip
    rows = [row for row in payments("prov", made, TABLES, TODAY) if row.contribution == 0]
    return [(int(row.amount or 0), row.slot.agreed, row.due, row.start, row.end) for row in rows]


JAN, DEC = date(2020, 1, 1), date(2020, 12, 31)


def test_parts_on_days() -> None:
    dates = ({"day": "03-31", "share": 30}, {"day": "09-30", "share": 70})
    march, september = date(2020, 3, 31), date(2020, 9, 30)
    assert days_of({"dates": dates}, JAN, DEC) == [
        (30, march, march, JAN, DEC),
        (70, september, september, JAN, DEC),
    ]
    # the year begins when March has passed: what is left takes it all
    assert days_of({"dates": dates}, date(2020, 4, 1), DEC) == [(100, september, september, date(2020, 4, 1), DEC)]
    # any day of the month is enough
    assert [row[0] for row in days_of({"dates": dates}, date(2020, 3, 31), DEC)] == [30, 70]


@pytest.mark.parametrize(("rule", "due"), [({}, date(2021, 3, 1)), ({"working_day": "previous"}, date(2021, 2, 26))])
def test_a_day_that_a_month_does_not_have_and_that_is_not_open(rule: dict[str, Any], due: date) -> None:
    start, end = date(2021, 1, 1), date(2021, 12, 31)
    on_29_february = {"dates": ({"day": "02-29", "share": 100},), **rule}
    assert days_of(on_29_february, start, end) == [(100, date(2021, 2, 28), due, start, end)]
    each = {"times_per_year": 1, "in": "february", "day": 31, **rule}
    assert days_of(each, start, end) == [(100, date(2021, 2, 28), due, start, end)]


def test_a_day_of_a_month() -> None:
    start, end = date(2021, 1, 1), date(2021, 12, 31)
    found = days_of({"times_per_year": 2, "in": ("april", "june"), "day": 15}, start, end)
    # 15 April is a Thursday, 15 June a Tuesday
    assert found == [
        (50, date(2021, 4, 15), date(2021, 4, 15), start, date(2021, 6, 30)),
        (50, date(2021, 6, 15), date(2021, 6, 15), date(2021, 7, 1), end),
    ]


def test_parts_after_events() -> None:
    dates = (
        {"after": {"event": "requisition", "days": 10}, "share": 50},
        {"after": {"event": "invoice", "days": 30}, "share": 40},
        {"after": {"event": "report", "days": 5, "duty": "rapport"}, "share": 10},
    )
    log = (
        {"requisition": "ersattning", "year": 2019, "date": date(2020, 1, 2)},  # for another year
        {"requisition": "mer", "date": date(2020, 1, 3)},  # of another contribution
        {"invoice": "ersattning", "date": date(2020, 2, 10)},
        {"duty": "annan", "date": date(2020, 3, 1)},  # another report
        {"requisition": "ersattning", "date": date(2020, 4, 1)},
        {"requisition": "ersattning", "date": date(2020, 5, 1)},
        {"duty": "rapport", "year": 2020, "date": date(2021, 2, 1)},
    )
    assert days_of({"dates": dates}, JAN, DEC, log) == [
        (40, date(2020, 3, 11), date(2020, 3, 11), JAN, DEC),
        (50, date(2020, 4, 11), date(2020, 4, 14), JAN, DEC),  # the Saturday before Easter
        (10, date(2021, 2, 6), date(2021, 2, 8), JAN, DEC),  # a Saturday
    ]
    assert [row[:3] for row in days_of({"dates": dates}, JAN, DEC)] == [
        (50, None, None),
        (40, None, None),
        (10, None, None),
    ]


def test_each_payment_after_an_event() -> None:
    log = (
        {"invoice": "ersattning", "date": date(2020, 2, 10)},
        {"requisition": "ersattning", "date": date(2020, 3, 10)},
        {"invoice": "ersattning", "date": date(2020, 9, 1)},
        {"invoice": "ersattning", "date": date(2020, 11, 2)},
    )
    thirty = {"after": {"event": "invoice", "days": 30}}
    # as many as have come in: 33 + 33 + 34; what part of the year each is for is not known
    assert days_of(thirty, JAN, DEC, log) == [
        (33, date(2020, 3, 11), date(2020, 3, 11), JAN, DEC),
        (33, date(2020, 10, 1), date(2020, 10, 1), JAN, DEC),
        (34, date(2020, 12, 2), date(2020, 12, 2), JAN, DEC),
    ]
    # as many as the agreement says, whatever has come in
    assert [row[:3] for row in days_of({**thirty, "times_per_year": 2}, JAN, DEC, log)] == [
        (50, date(2020, 3, 11), date(2020, 3, 11)),
        (50, date(2020, 10, 1), date(2020, 10, 1)),
    ]
    # two have come in, for the first two quarters; the others have no day, and stand where their days end
    assert [(row[0], row[2], row[4]) for row in days_of({**thirty, "times_per_year": 4}, JAN, DEC, log[:3])] == [
        (25, date(2020, 3, 11), date(2020, 3, 31)),
        (25, None, date(2020, 9, 30)),
        (25, date(2020, 10, 1), date(2020, 6, 30)),
        (25, None, DEC),
    ]
    # none has come in: one payment, for the whole year, on no day
    assert days_of(thirty, JAN, DEC) == [(100, None, None, JAN, DEC)]


QUARTERS = {"times_per_year": 4, "in": ("january", "april", "july", "october")}


def test_quarters_in_arrears_and_in_advance() -> None:
    # the last open days: 31 January 2020 (Friday), 30 April, 31 July, 30 October (31 is a Saturday)
    ends = [date(2020, 3, 31), date(2020, 6, 30), date(2020, 9, 30), DEC]
    starts = [JAN, date(2020, 4, 1), date(2020, 7, 1), date(2020, 10, 1)]
    advance = days_of(QUARTERS, JAN, DEC)
    assert [row[2] for row in advance] == [
        date(2020, 1, 31),
        date(2020, 4, 30),
        date(2020, 7, 31),
        date(2020, 10, 30),
    ]
    assert [row[3:] for row in advance] == list(zip(starts, ends, strict=True))
    arrears = days_of({**QUARTERS, "covers": "arrears"}, JAN, DEC)
    assert [row[2] for row in arrears] == [
        date(2020, 4, 30),
        date(2020, 7, 31),
        date(2020, 10, 30),
        date(2021, 1, 29),  # 31 January 2021 is a Sunday
    ]
    assert [row[3:] for row in arrears] == list(zip(starts, ends, strict=True))


def test_a_part_of_a_year_has_the_payments_of_its_months() -> None:
    start, end = date(2020, 4, 2), date(2020, 7, 1)
    advance = days_of(QUARTERS, start, end)
    assert [(row[0], row[2], *row[3:]) for row in advance] == [
        (50, date(2020, 4, 30), start, date(2020, 6, 30)),
        (50, date(2020, 7, 31), date(2020, 7, 1), end),
    ]
    arrears = days_of({**QUARTERS, "covers": "arrears"}, start, end)
    assert [(row[0], row[2], *row[3:]) for row in arrears] == [
        (50, date(2020, 7, 31), start, date(2020, 6, 30)),
        (50, date(2020, 10, 30), date(2020, 7, 1), end),
    ]


def test_the_first_week_of_a_month() -> None:
    # Gävle 2009: "under första veckan av varje påbörjat kvartal". 7 January 2009 is a Wednesday, 7 April a Tuesday;
    # 5 July 2009 is a Sunday and 7 July a Tuesday; 7 October a Wednesday.
    start, end = date(2009, 1, 1), date(2009, 12, 31)
    found = days_of({**QUARTERS, "first_week": True}, start, end)
    assert [(row[1], row[2]) for row in found] == [
        (None, date(2009, 1, 7)),
        (None, date(2009, 4, 7)),
        (None, date(2009, 7, 7)),
        (None, date(2009, 10, 7)),
    ]
    # 7 and 6 March 2021 are a Sunday and a Saturday
    march = days_of({"times_per_year": 1, "in": "march", "first_week": True}, date(2021, 1, 1), date(2021, 12, 31))
    assert [row[2] for row in march] == [date(2021, 3, 5)]


# --- which figure is missing, and what is assumed in its place --------------------------------------------------------

REFERENCES = (
    {"year": 2015, "value": 300, "reference_year": 1980},
    {"year": 2016, "value": 306, "reference_year": 1980},
    {"year": 2017, "value": 102, "reference_year": 2020},
    {"year": 2018, "value": Decimal("104.04"), "reference_year": 2020},
)


def missing_in(rows: Sequence[Instalment]) -> list[MissingIndex]:
    reason = rows[-1].reason
    assert isinstance(reason, MissingIndices)
    return list(reason.figures)


@pytest.mark.parametrize(
    ("clause", "year", "missing"),
    [
        # OPI "publiceringen ska normalt ske i december månad" of the year before
        ({"index": "OPI"}, 2024, [MissingIndex("OPI", 2024, date(2024, 1, 1))]),
        # VPI comes in December of its own year
        ({"index": "VPI"}, 2024, [MissingIndex("VPI", 2024, date(2025, 1, 1))]),
        # nobody says when KPI comes: it is missed from the day of the adjustment; both ways of comparing need it
        ({"index": "KPI", "month": "october"}, 2025, [MissingIndex("KPI", 2025, date(2025, 5, 1), month="october")]),
        ({"index": "KPI", "month": "april"}, 2024, [MissingIndex("KPI", 2024, date(2024, 5, 1), month="april")]),
        (
            {"index": "KPI", "month": "october", "base": {"year": 2024}},
            2025,
            [MissingIndex("KPI", 2025, date(2025, 5, 1), month="october")],
        ),
        (
            {"index": "KPI", "month": "october", "base": {"year": 2007}},
            2024,
            [MissingIndex("KPI", 2007, date(2024, 5, 1), month="october")],
        ),
        (
            {"index": "PKV", "edition": {"month": "october", "years_before": 1}},
            2016,
            [MissingIndex("PKV", 2016, date(2016, 5, 1), edition="2015-10")],
        ),
        ({"index": "AKI"}, 2024, [MissingIndex("AKI", 2024, None)]),
        (
            {"basket": ({"index": "AKI", "weight": 50}, {"index": "OPI", "lag": 1, "weight": 50})},
            2025,
            [MissingIndex("AKI", 2025, None), MissingIndex("OPI", 2024, date(2024, 1, 1))],
        ),
        (
            {"index": "OPI", "fixed_on": {"day": "12-01", "years_before": 0}},
            2026,
            [MissingIndex("OPI", 2026, date(2026, 1, 1))],
        ),
    ],
)
def test_which_figure_is_missing(clause: dict[str, Any], year: int, missing: list[MissingIndex]) -> None:
    made = agreement(
        period=period(date(year - 1, 1, 1), date(year, 12, 31)),
        contributions=(cash(100, part_year="months", indexation={"first": date(year, 5, 1), **clause}),),
    )
    assert missing_in(payments("prov", made, TABLES, TODAY)) == missing


def test_a_figure_is_not_read_before_its_day() -> None:
    # OPI for 2023 was there in December 2022, and the clause reads it on 1 March 2023
    clause = {**opi(date(2023, 1, 1)), "fixed_on": {"day": "03-01", "years_before": 0}}
    before = pay(100_000, (2022, 2023), date(2023, 2, 28), indexation=clause)
    assert missing_in(before) == [MissingIndex("OPI", 2023, date(2023, 3, 1))]
    # 3,5 % as it was that day stands, although 4,6 % came in April
    for day in (date(2023, 3, 1), TODAY):
        row = pay(100_000, (2022, 2023), day, indexation=clause)[-1]
        assert (row.amount, row.status) == (Decimal(103_500), Status.DEFINITIVE)


def test_numbers_of_two_reference_years() -> None:
    clause = {"index": "PRIS", "first": date(2016, 1, 1)}
    rows = pay(100_000, (2015, 2018), tables={"PRIS": own_table(REFERENCES)}, indexation=clause)
    assert missing_in(rows) == [MissingIndex("PRIS", 2017, date(2017, 1, 1), incomparable_with=2016)]
    # with a link of 1/3 the 306 of 2016 are 102: no change, and then 2 %; the link is as good the other way
    third = {"published": date(2015, 1, 1), "source": "Prov"}
    for link in (
        {"from": 2020, "to": 1980, "factor": 3},
        {"from": 1980, "to": 2020, "factor": Decimal("0.3333333333")},
    ):
        table = own_table(REFERENCES, ({**third, **link},))
        rows = pay(100_000, (2015, 2018), tables={"PRIS": table}, indexation=clause)
        assert [row.amount for row in rows] == kronor("100 000", "102 000", "102 000", "104 040")
    later = own_table(REFERENCES, ({**third, "from": 2020, "to": 1980, "factor": 3, "published": date(2020, 1, 1)},))
    rows = pay(100_000, (2015, 2018), date(2019, 12, 31), {"PRIS": later}, indexation=clause)
    assert [row.amount for row in rows] == [Decimal(100_000), Decimal(102_000), None, None]


def test_numbers_of_both_reference_years_for_the_same_year() -> None:
    """SCB publishes those of 1980 beside the new ones: then no link is needed."""
    both = (*REFERENCES, {"year": 2016, "value": 100, "reference_year": 2020})
    for rows in (both, both[::-1]):
        clause = {"index": "PRIS", "first": date(2016, 1, 1)}
        found = pay(100_000, (2015, 2017), tables={"PRIS": own_table(rows)}, indexation=clause)
        assert [row.amount for row in found] == kronor("100 000", "102 000", "104 040")


@pytest.mark.parametrize(
    ("clause", "assumed", "amounts"),
    [
        # OPI 2023 is 4,6; 104 600 × 1,02 = 106 692 · × 1,02 = 108 825,84
        ({"index": "OPI"}, {("OPI", None): "2"}, ("104 600", "106 692", "108 826")),
        ({"index": "OPI"}, {("OPI", 2024): "1", ("OPI", None): "2"}, ("104 600", "105 646", "107 759")),
        ({"index": "OPI", "base": {"year": 2022}}, {("OPI", None): "2"}, ("104 600", "106 692", "108 826")),
        # of 2022, the October of 2023 is 409,07 / 384,04 = 1,0651755, of 2024 415,51 / 384,04 = 1,0819446, × 1,02
        ({"index": "KPI", "month": "october"}, {("KPI", None): "2"}, ("106 518", "108 194", "110 358")),
        (
            {"index": "KPI", "month": "october", "base": {"year": 2022}},
            {("KPI", None): "2"},
            ("106 518", "108 194", "110 358"),
        ),
        ({"index": "AKI"}, {("AKI", None): "10"}, ("110 000", "121 000", "133 100")),
        ({"index": "OPI"}, {("KPI", None): "2"}, ("104 600", None, None)),
    ],
)
def test_what_is_assumed(clause: dict[str, Any], assumed: dict[Any, str], amounts: tuple[str | None, ...]) -> None:
    made = agreement(
        period=period(date(2022, 1, 1), date(2025, 12, 31)),
        contributions=(cash(100_000, indexation={"first": date(2023, 1, 1), **clause}),),
    )
    percents = {key: Decimal(value) for key, value in assumed.items()}
    rows = payments("prov", made, TABLES, TODAY, assumed=percents)[1:]
    assert [row.amount for row in rows] == [None if each is None else kronor(each)[0] for each in amounts]
    used = [row.working.steps[-1].figures[-1].status for row in rows if row.working]
    assert [str(row.status) for row in rows if row.working] == used
    assert used[-1] == ("definitive" if amounts[-1] is None else "forecast")


# --- the edges of what was paid ---------------------------------------------------------------------------------------


def halves_of_2023(*amounts: int) -> list[tuple[int, str, Outcome]]:
    """What became of 2023 in two halves, 499 381 and 504 689 and a correction of 5 307, when so much was paid."""
    days = (date(2023, 1, 30), date(2023, 7, 28), date(2023, 9, 1), date(2023, 10, 2))
    made = agreement(
        period=period(date(2020, 1, 1), date(2023, 12, 31)),
        contributions=(
            cash(
                933_000,
                indexation=opi(date(2021, 1, 1)),
                payment={"times_per_year": 2, "in": ("january", "july")},
            ),
        ),
        log=tuple(
            {"payment": "ersattning", "year": 2023, "date": day, "amount": amount}
            for day, amount in zip(days, amounts, strict=False)
        ),
    )
    rows = payments("prov", made, TABLES, TODAY)
    found = zip(rows, outcomes(rows, made, TABLES, TODAY), strict=True)
    return [(row.number, row.kind, outcome) for row, outcome in found if row.year == 2023]


def paid_of_2023(*amounts: int) -> list[tuple[int, str, Decimal | None, Decimal | None, Cause | None]]:
    found = halves_of_2023(*amounts)
    return [(number, kind, each.paid, each.difference, each.cause) for number, kind, each in found]


def test_a_correction_that_is_paid_on_its_own() -> None:
    assert paid_of_2023(499_381, 504_689, 5_307) == [
        (1, "instalment", Decimal(499_381), Decimal(0), None),
        (1, "correction", Decimal(5_307), Decimal(0), None),
        (2, "instalment", Decimal(504_689), Decimal(0), None),
    ]


def test_what_is_paid_beyond_the_last_row_is_of_the_last_row() -> None:
    assert paid_of_2023(499_381, 504_689, 5_000, 307) == [
        (1, "instalment", Decimal(499_381), Decimal(0), None),
        (1, "correction", Decimal(5_307), Decimal(0), None),
        (2, "instalment", Decimal(504_689), Decimal(0), None),
    ]


@pytest.mark.parametrize(
    ("july", "paid", "difference", "cause"),
    [
        # 504 689 + 5 307 = 509 996: a krona more or less is the correction too
        (509_997, 504_690, 1, Cause.ROUNDING),
        (509_995, 504_688, -1, Cause.ROUNDING),
        # two kronor are not: then the correction has not been paid
        (509_998, 509_998, 5_309, Cause.OTHER),
        (509_994, 509_994, 5_305, Cause.OTHER),
    ],
)
def test_a_krona_more_or_less_with_a_correction(july: int, paid: int, difference: int, cause: Cause) -> None:
    found = paid_of_2023(499_381, july)
    assert found[2] == (2, "instalment", Decimal(paid), Decimal(difference), cause)
    corrected = found[1][2] == Decimal(5_307)
    assert corrected is (paid != july)


@pytest.mark.parametrize(
    ("amount", "cause"),
    [
        (933_001, Cause.UNADJUSTED),
        (932_999, Cause.UNADJUSTED),
        (933_002, Cause.OTHER),
        (946_996, Cause.YEAR_BEFORE),
        (964_989, Cause.ROUNDING),
        (964_986, Cause.OTHER),
    ],
)
def test_a_krona_does_not_hide_the_cause(amount: int, cause: Cause) -> None:
    january = {"times_per_year": 1, "in": "january"}
    made = agreement(
        period=period(date(2020, 1, 1), date(2022, 12, 31)),
        contributions=(cash(933_000, indexation=opi(date(2021, 1, 1)), payment=january),),
        log=({"payment": "ersattning", "year": 2022, "date": date(2022, 1, 31), "amount": amount},),
    )
    rows = payments("prov", made, TABLES, TODAY)
    assert outcomes(rows, made, TABLES, TODAY)[2].cause is cause


def test_a_correction_known_on_a_day_of_payment_is_paid_that_day() -> None:
    # the definitive figure is of 19 April 2023, a Wednesday
    payment = {"dates": ({"day": "01-16", "share": 50}, {"day": "04-19", "share": 50}), "division": {"to": "ore"}}
    rows = pay(1_000_000, (2022, 2023), TODAY, indexation=opi(date(2023, 1, 1)), payment=payment)
    # 517 500 on 3,5 %, 523 000 on 4,6 %
    found = [(row.number, row.kind, row.amount, row.due) for row in rows if row.year == 2023]
    assert sorted(found) == [
        (1, "correction", Decimal(5_500), date(2023, 4, 19)),
        (1, "instalment", Decimal(517_500), date(2023, 1, 16)),
        (2, "instalment", Decimal(523_000), date(2023, 4, 19)),
    ]


def test_what_is_paid_once_after_an_event() -> None:
    log = ({"invoice": "ersattning", "date": date(2020, 2, 10)},)
    once = cash(50_000, per="once", payment={"after": {"event": "invoice", "days": 30}})
    (row,) = rows_of(once, JAN, DEC, log=log)
    assert row[3:6] == (Decimal(50_000), Decimal(50_000), date(2020, 3, 11))
    (row,) = rows_of(once, JAN, DEC)
    assert row[3:6] == (Decimal(50_000), Decimal(50_000), None)


def test_what_is_paid_once_by_the_schedule_of_its_day() -> None:
    schedules = (
        {"times_per_year": 1, "in": "march"},
        {"times_per_year": 1, "in": "june", "valid_from": date(2021, 1, 1)},
    )
    first = cash(50_000, per="once", payment=schedules)
    (row,) = rows_of(first, JAN, date(2021, 12, 31))
    assert row[5] == date(2020, 3, 31)
    (row,) = rows_of({**first, "valid_from": date(2021, 1, 1)}, JAN, date(2021, 12, 31))
    assert row[5] == date(2021, 6, 30)


@pytest.mark.parametrize("per", ["once", "period"])
def test_an_agreement_until_further_notice(per: str) -> None:
    made = agreement(period=period(date(2020, 3, 1), "open_ended"), contributions=(cash(50_000, per=per),))
    (row,) = payments("prov", made, TABLES, date(2022, 6, 1))
    assert (row.amount, row.start) == (Decimal(50_000), date(2020, 3, 1))
    # a list that runs on ends with the year after the day that is asked about
    assert row.end == (date(2020, 12, 31) if per == "once" else date(2023, 12, 31))


# --- the figures that are shown ---------------------------------------------------------------------------------------


def shown_figures(row: Instalment) -> list[tuple[str, int, Decimal, bool]]:
    """Index, year, value and whether it is published, of the last step."""
    assert row.working is not None
    return [(each.index, each.year, each.value, each.row is not None) for each in row.working.steps[-1].figures]


@pytest.mark.parametrize(
    ("clause", "figures"),
    [
        ({"index": "OPI"}, [("OPI", 2018, "2,6")]),
        ({"index": "OPI", "lag": 1}, [("OPI", 2017, "2,7")]),
        ({"index": "OPI", "base": {"year": 2016}}, [("OPI", 2017, "2,7"), ("OPI", 2018, "2,6")]),
        ({"index": "KPI", "month": "october"}, [("KPI", 2017, "323,38"), ("KPI", 2018, "330,72")]),
        (
            {"index": "KPI", "month": "october", "base": {"year": 2015}},
            [("KPI", 2015, "314,29"), ("KPI", 2018, "330,72")],
        ),
        (
            {"index": "OPI", "successor": {"index": "KPI", "month": "october", "from": 2018}, "base": {"year": 2016}},
            [("OPI", 2017, "2,7"), ("KPI", 2017, "323,38"), ("KPI", 2018, "330,72")],
        ),
    ],
)
def test_the_figures_of_a_step(clause: dict[str, Any], figures: list[tuple[str, int, str]]) -> None:
    row = pay(100_000, (2017, 2018), indexation={"first": date(2018, 1, 1), **clause})[-1]
    assert shown_figures(row) == [(index, year, kronor(value)[0], True) for index, year, value in figures]
    assert row.working is not None
    for figure in row.working.steps[-1].figures:
        assert figure.row is not None
        assert (figure.row.year, figure.row.value) == (figure.year, figure.value)


def test_an_assumed_figure_is_shown_as_such() -> None:
    made = agreement(
        period=period(date(2024, 1, 1), date(2025, 12, 31)),
        contributions=(cash(100, indexation={"index": "KPI", "month": "october", "first": date(2025, 1, 1)}),),
    )
    row = payments("prov", made, TABLES, TODAY, assumed={("KPI", 2025): Decimal(2)})[-1]
    assert shown_figures(row) == [("KPI", 2025, Decimal(2), False)]


def test_a_link_is_shown() -> None:
    third = {"from": 2020, "to": 1980, "factor": 3, "published": date(2015, 1, 1), "source": "Prov"}
    table = own_table(REFERENCES, (third,))
    for base in ({}, {"base": {"year": 2016}}):
        clause = {"index": "PRIS", "first": date(2017, 1, 1), **base}
        row = pay(100_000, (2016, 2017), tables={"PRIS": table}, indexation=clause)[-1]
        assert row.working is not None
        (change,) = row.working.steps[-1].changes
        assert change.link is not None
        assert (change.link.old, change.link.new, change.link.factor) == (2020, 1980, Decimal(3))
        assert [each.value for each in change.figures] == [306, 102]


@pytest.mark.parametrize(
    ("month", "ahead", "day"),
    [
        (12, 1, date(2024, 1, 1)),
        (12, 0, date(2025, 1, 1)),
        (11, 1, date(2023, 12, 1)),
        (4, 0, date(2024, 5, 1)),
        (None, 0, None),
    ],
)
def test_when_a_figure_is_usually_there(month: int | None, ahead: int, day: date | None) -> None:
    table, wrong = whole_table(
        {
            "index": "PRIS",
            "name": "Pris",
            "publisher": "Prov",
            "kind": "yearly_change",
            "publication_month": month,
            "years_ahead": ahead,
        }
    )
    assert table is not None, wrong
    assert usual_publication(table, 2024) == day


@pytest.mark.parametrize(("preliminary", "late"), [("settle", False), ("final", False), ("wait", True)])
def test_a_figure_that_stays_preliminary_is_late_only_where_the_clause_waits(preliminary: str, late: bool) -> None:
    rows = TABLES["OPI"].rows
    kept = tuple(row for row in rows if (row.year, row.status) != (2023, "definitive"))
    tables = {"OPI": TABLES["OPI"].model_copy(update={"rows": kept})}
    said, wrong = read(Indexation, {"index": "OPI", "first": date(2023, 1, 1), "preliminary": preliminary})
    assert said is not None, wrong
    # by the end of the year, at most; and OPI 2024 is late from 2024-01-01 whatever the clause says
    day = date(2023, 12, 31)
    assert overdue(Clause(said, date.max).wanted(said, 2023, day), 2023, tables) is False
    only = TABLES["OPI"].model_copy(update={"rows": kept, "years_ahead": 0})
    day = date(2024, 1, 1)
    assert overdue(Clause(said, date.max).wanted(said, 2024, day), 2023, {"OPI": only}) is late


# --- the edges of the schedule ----------------------------------------------------------------------------------------


def test_arrears_that_are_paid_in_the_last_month_of_their_quarter() -> None:
    # the last open days: 31 March 2020, 30 June, 30 September; 31 December is New Year's Eve
    ends = {"times_per_year": 4, "in": ("march", "june", "september", "december"), "covers": "arrears"}
    assert [row[2] for row in days_of(ends, JAN, DEC)] == [
        date(2020, 3, 31),
        date(2020, 6, 30),
        date(2020, 9, 30),
        date(2020, 12, 30),
    ]


def test_a_day_of_a_quarter_is_paid_for() -> None:
    arrears = {**QUARTERS, "covers": "arrears"}
    found = [row[3:] for row in days_of(arrears, date(2020, 3, 31), date(2020, 7, 1))]
    assert found == [
        (date(2020, 3, 31), date(2020, 3, 31)),
        (date(2020, 4, 1), date(2020, 6, 30)),
        (date(2020, 7, 1), date(2020, 7, 1)),
    ]


def test_the_first_week_of_a_month_whose_seventh_is_good_friday() -> None:
    april = {"times_per_year": 1, "in": "april", "first_week": True}
    assert [row[2] for row in days_of(april, date(2023, 1, 1), date(2023, 12, 31))] == [date(2023, 4, 6)]


@pytest.mark.parametrize(
    ("payment", "within", "after"),
    [
        ({"times_per_year": 1, "in": "april"}, "month", False),
        ({"times_per_year": 1, "in": "april", "day": 3}, None, False),
        ({"times_per_year": 1, "in": "april", "first_week": True}, "first_week", False),
        ({"dates": ({"day": "04-03", "share": 100},)}, None, False),
        ({"dates": ({"after": {"event": "invoice", "days": 3}, "share": 100},)}, None, True),
        ({"after": {"event": "invoice", "days": 3}}, None, True),
    ],
)
def test_what_the_agreement_names_in_the_place_of_a_day(payment: dict[str, Any], within: str, after: bool) -> None:
    (row,) = pay(100, (2023, 2023), payment=payment)
    assert (row.slot.within, row.slot.after is not None) == (within, after)
    assert (row.start, row.end) == (date(2023, 1, 1), date(2023, 12, 31))


# --- adjustments that are decided, and what a clause does to a change -------------------------------------------------
# 933 000 × 1,015 = 946 995 · × 1,019 = 964 987,905 → 964 988; the difference is 17 993
# 964 987,905 × 1,02 = 984 287,6631 → 984 288

DECIDED = (
    {"adjustment": "ersattning", "year": 2021, "date": date(2020, 12, 1)},
    {"adjustment": "mer", "year": 2021, "date": date(2020, 12, 1)},
    {"adjustment": "mer", "year": 2023, "percent": 9, "date": date(2022, 12, 1)},
    {"adjustment": "ersattning", "year": 2022, "date": date(2022, 5, 2)},  # after that year's payment
    {"adjustment": "ersattning", "percent": 2, "date": date(2023, 1, 10)},
)


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        (
            date(2022, 5, 1),
            [(2020, 933_000), (2021, 946_995), (2022, 946_995), (2023, 946_995)],
        ),
        (
            date(2022, 5, 2),
            [(2020, 933_000), (2021, 946_995), (2022, 946_995), (2022, 17_993), (2023, 964_988)],
        ),
        (
            date(2023, 1, 10),
            [(2020, 933_000), (2021, 946_995), (2022, 946_995), (2022, 17_993), (2023, 984_288)],
        ),
        (
            TODAY,
            [(2020, 933_000), (2021, 946_995), (2022, 946_995), (2022, 17_993), (2023, 984_288)],
        ),
    ],
)
@pytest.mark.parametrize("trigger", ["by_decision", "on_request"])
def test_each_adjustment_has_to_be_decided(as_of: date, found: list[tuple[int, int]], trigger: str) -> None:
    clause = {**opi(date(2021, 1, 1)), "trigger": trigger}
    january = {"times_per_year": 1, "in": "january"}
    made = agreement(
        period=period(date(2020, 1, 1), date(2023, 12, 31)),
        contributions=(
            cash(933_000, indexation=clause, payment=january),
            cash(100_000, indexation={**clause, "first": date(2024, 1, 1)}, payment=january) | {"id": "mer"},
        ),
        log=DECIDED,
    )
    rows = [row for row in payments("prov", made, TABLES, as_of) if row.contribution == 0]
    assert [(row.year, row.amount) for row in rows] == [(year, Decimal(amount)) for year, amount in found]


def test_what_is_decided_after_the_payment_of_an_automatic_clause_changes_nothing() -> None:
    january = {"times_per_year": 1, "in": "january"}
    made = agreement(
        period=period(date(2020, 1, 1), date(2022, 12, 31)),
        contributions=(cash(933_000, indexation=opi(date(2021, 1, 1)), payment=january),),
        log=({"adjustment": "ersattning", "year": 2022, "percent": 7, "date": date(2022, 5, 2)},),
    )
    rows = payments("prov", made, TABLES, TODAY)
    assert [(row.kind, row.amount) for row in rows] == [
        ("instalment", Decimal(933_000)),
        ("instalment", Decimal(946_995)),
        ("instalment", Decimal(964_988)),
    ]


def test_adjusted_only_for_the_years_of_an_extension() -> None:
    # 933 000 × 1,019 = 950 727 · × 1,046 = 994 460,442
    made = agreement(
        period=period(date(2020, 1, 1), date(2021, 12, 31)),
        decisions=(EXTENDED,),
        contributions=(cash(933_000, indexation={**opi(date(2021, 1, 1)), "only_on_extension": True}),),
    )
    rows = payments("prov", made, TABLES, TODAY)
    assert [row.amount for row in rows] == kronor("933 000", "933 000", "950 727", "994 460")


@pytest.mark.parametrize(
    ("clause", "rules", "applied"),
    [
        ({"index": "OPI"}, (), "2,7"),
        ({"index": "OPI", "share_of_change": 80}, (Rule.SHARE,), "2,16"),
        ({"index": "OPI", "least": 3}, (Rule.LEAST,), "3"),
        ({"index": "OPI", "least": Decimal("2.7")}, (), "2,7"),
        ({"index": "OPI", "most": 2}, (Rule.MOST,), "2"),
        ({"index": "OPI", "most": Decimal("2.7")}, (), "2,7"),
        ({"index": "OPI", "share_of_change": 80, "least": 1, "most": 2}, (Rule.SHARE, Rule.MOST), "2"),
        ({"percent": -2, "negative": "zero"}, (Rule.NEGATIVE,), "0"),
        ({"percent": 0, "negative": "zero"}, (), "0"),
        # at least 1 per cent also when the index falls; and never a fall, where the most is one
        ({"percent": -2, "least": 1, "negative": "zero"}, (Rule.LEAST,), "1"),
        ({"percent": 2, "most": -1, "negative": "zero"}, (Rule.MOST, Rule.NEGATIVE), "0"),
        ({"index": "OPI", "threshold": {"percent": 3, "carry_over": True}}, (Rule.THRESHOLD,), "0"),
        ({"index": "OPI", "trigger": "by_decision"}, (Rule.UNDECIDED,), "0"),
        ({"trigger": "by_decision"}, (Rule.UNDECIDED,), "0"),
    ],
)
def test_what_a_clause_does_to_a_change(clause: dict[str, Any], rules: tuple[Rule, ...], applied: str) -> None:
    row = pay(100_000, (2018, 2019), indexation={"first": date(2019, 1, 1), **clause})[-1]
    assert row.working is not None
    (step,) = row.working.steps
    assert (step.rules, step.applied) == (rules, kronor(applied)[0])


@pytest.mark.parametrize(
    ("clause", "raised"),
    [
        ({"percent": -2, "negative": "base_amount"}, [None, Decimal(100_000), Decimal(100_000)]),
        ({"percent": 0, "negative": "base_amount"}, [None, None, None]),
        ({"percent": 0, "negative": "previous_amount"}, [None, None, None]),
        ({"percent": -2, "negative": "follow"}, [None, None, None]),
    ],
)
def test_what_an_amount_is_raised_to(clause: dict[str, Any], raised: list[Decimal | None]) -> None:
    rows = pay(100_000, (2018, 2020), indexation={"first": date(2019, 1, 1), **clause})
    steps = [row.working.steps[-1].raised_to if row.working and row.working.steps else None for row in rows]
    assert steps == raised


def test_what_part_of_a_year_it_is() -> None:
    for unit, share in (("days", Share(31, 365, "days")), ("months", Share(1, 12, "months"))):
        made = agreement(
            period=period(date(2023, 12, 1), date(2023, 12, 31)), contributions=(cash(120_000, part_year=unit),)
        )
        (row,) = payments("prov", made, TABLES, TODAY)
        assert row.working is not None
        assert row.working.share == share


# --- what is agreed for a year ----------------------------------------------------------------------------------------


def test_an_amount_for_each_year() -> None:
    made = agreement(
        period=period(date(2019, 1, 1), date(2021, 12, 31)),
        contributions=(
            {
                "id": "ersattning",
                "from": ("kommunen",),
                "kind": "cash",
                "per": "year",
                "by_year": ({"year": 2019, "amount": 100_000}, {"year": 2020, "amount": 110_000}),
                "indexation": {"percent": 10, "first": date(2020, 1, 1)},
            },
        ),
    )
    rows = payments("prov", made, TABLES, TODAY)
    assert [(row.year, row.amount, row.reason) for row in rows] == [
        (2019, Decimal(100_000), None),
        (2020, Decimal(121_000), None),
        (2021, None, NoAmountFor(2021)),
    ]
    assert [(row.working.agreed, row.working.unrounded) for row in rows if row.working] == [
        (Decimal(100_000), Decimal(100_000)),
        (Decimal(110_000), Decimal(121_000)),
    ]


def test_an_amount_for_each_inhabitant() -> None:
    # 2,50 kr × 10 001 = 25 002,50, half a krona upwards; × 1,1 = 27 502,75; of 2021 the inhabitants are not stated
    people = (
        {"year": 2019, "inhabitants": 10_001, "source": "SCB"},
        {"year": 2020, "inhabitants": 10_001, "source": "SCB"},
    )
    made = agreement(
        period=period(date(2019, 1, 1), date(2021, 12, 31)),
        contributions=(
            {
                **cash(0, per="inhabitant"),
                "amount": Decimal("2.50"),
                "population": people,
                "indexation": {"percent": 10, "first": date(2020, 1, 1)},
            },
        ),
    )  # fmt: skip
    rows = payments("prov", made, TABLES, TODAY)
    assert [(row.amount, row.reason) for row in rows] == [
        (Decimal(25_003), None),
        (Decimal(27_503), None),
        (None, NoPopulation(2021)),
    ]
    for row, unrounded_ in zip(rows, kronor("25 002,50", "27 502,75"), strict=False):
        working = row.working
        assert working is not None
        assert working.population is not None
        assert (working.each, working.population.inhabitants) == (Decimal("2.50"), 10_001)
        assert (working.agreed, working.unrounded) == (Decimal("25002.50"), unrounded_)


def test_what_a_payment_depends_on() -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2020, 12, 31)),
        decisions=(
            {**EXTENDED, "until": date(2021, 12, 31), "date": date(2020, 6, 1)},
            {**PROPOSED, "until": date(2022, 12, 31)},
        ),
        contributions=(
            cash(100),
            cash(
                100,
                condition="vid behov",
                funding=(
                    {"year": 2020, "state": "decided"},
                    {"year": 2021, "state": "subject_to_budget"},
                    {"year": 2022, "state": "subject_to_decision"},
                ),
            )
            | {"id": "mer"},
        ),
    )
    found = [
        (row.contribution, row.year, [(each.kind, each.route) for each in row.conditions])
        for row in payments("prov", made, TABLES, TODAY)
    ]
    extension = ("extension", ("decisions", 1))
    stated = ("stated", ("contributions", 1, "condition"))
    assert sorted(found) == [
        (0, 2020, []),
        (0, 2021, []),
        (0, 2022, [extension]),
        (1, 2020, [stated]),
        (1, 2021, [("funding", ("contributions", 1, "funding", 1, "state")), stated]),
        (1, 2022, [extension, ("funding", ("contributions", 1, "funding", 2, "state")), stated]),
    ]


def test_a_first_adjustment_inside_a_year() -> None:
    # from 1 July 2019: 2018 and the first half of 2019 as agreed; × 1,1 from then; × 1,21 from 1 July 2020
    made = agreement(
        period=period(date(2018, 1, 1), date(2020, 12, 31)),
        contributions=(cash(12_000, part_year="months", indexation={"percent": 10, "first": date(2019, 7, 1)}),),
    )
    rows = payments("prov", made, TABLES, TODAY)
    assert [(row.start, row.end, row.amount) for row in rows] == [
        (date(2018, 1, 1), date(2018, 12, 31), Decimal(12_000)),
        (date(2019, 1, 1), date(2019, 6, 30), Decimal(6_000)),
        (date(2019, 7, 1), date(2019, 12, 31), Decimal(6_600)),
        (date(2020, 1, 1), date(2020, 6, 30), Decimal(6_600)),
        (date(2020, 7, 1), date(2020, 12, 31), Decimal(7_260)),
    ]


@pytest.mark.parametrize(
    ("parts", "start", "amounts"),
    [
        # 100 000 × 1,027 = 102 700: quarters of 25 675, each down to 100; the year before as agreed
        ({}, date(2018, 1, 1), [("25 000",) * 4, ("25 600",) * 4]),
        ({"per": "instalment"}, date(2018, 1, 1), [("100 000",) * 4, ("102 700",) * 4]),
        # not adjusted, so not rounded so either
        ({"trigger": "by_decision"}, date(2018, 1, 1), [("25 000",) * 4, ("25 000",) * 4]),
        # 31 of 365 days of the agreed 100 000 are 8 493,15 → 8 493, in one payment
        ({"part_year": "days"}, date(2018, 12, 1), [("8 493",), ("25 600",) * 4]),
    ],
)
def test_each_payment_rounded(parts: dict[str, Any], start: date, amounts: list[tuple[str, ...]]) -> None:
    clause = {**opi(date(2019, 1, 1)), "rounding": {"to": 100, "mode": "down", "step": "instalment"}}
    if "trigger" in parts:
        clause["trigger"] = parts["trigger"]
    more = {key: value for key, value in parts.items() if key != "trigger"}
    payment = FOUR if start.month == 1 else {"times_per_year": 4, "in": ("march", "june", "september", "december")}
    made = agreement(
        period=period(start, date(2019, 12, 31)),
        contributions=({**cash(100_000, indexation=clause, payment=payment), **more},),
    )
    rows = payments("prov", made, TABLES, TODAY)
    for year, expected in zip((2018, 2019), amounts, strict=True):
        assert [row.amount for row in rows if row.year == year] == kronor(*expected)
