"""What the log says was paid, beside what was to be paid: each cause of a difference, and whose payment is whose."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from iopctl.compute.instalment import Instalment
from iopctl.compute.paid import Cause, Outcome, outcomes
from iopctl.compute.payments import payments
from iopctl.locale.language import Language
from iopctl.model import ChangeRow
from iopctl.render.reasons import difference
from iopctl.surroundings import packaged_tables
from tests.agreements import agreement, cash, opi, period

TABLES = packaged_tables()
TODAY = date(2026, 11, 22)
JANUARY = {"times_per_year": 1, "in": "january"}
QUARTERS = {"times_per_year": 4, "in": ("january", "april", "july", "october")}

# 200 000 kr in the prices of 2021, OPI 2022 1,9; 2023 3,5 from 2022-12-09 and 4,6 from 2023-04-19:
#   2022: 203 800 · 2023: × 1,035 = 210 933; × 1,046 = 213 174,80 → 213 175; the difference is 2 242


def became(
    *log: dict[str, Any],
    as_of: date = TODAY,
    last: date = date(2024, 12, 31),
    tables: Any = TABLES,
    clause: dict[str, Any] | None = None,
    payment: Any = JANUARY,
    amount: int = 200000,
    other: tuple[dict[str, Any], ...] = (),
) -> list[tuple[Instalment, Outcome]]:
    indexation = clause if clause is not None else opi(date(2022, 1, 1))
    contribution = cash(amount, payment=payment, **({"indexation": indexation} if indexation else {}))
    made = agreement(period=period(date(2021, 1, 1), last), contributions=(contribution, *other), log=log)
    found = payments("prov", made, tables, as_of)
    return list(zip(found, outcomes(found, made, tables, as_of), strict=True))


def paid(year: int, day: str, amount: str | int | None = None) -> dict[str, Any]:
    entry = {"payment": "ersattning", "date": date.fromisoformat(day), "year": year}
    return entry if amount is None else {**entry, "amount": Decimal(amount)}


def differences(found: list[tuple[Instalment, Outcome]], year: int) -> list[tuple[Decimal | None, Any, Any]]:
    """Paid, difference and cause of the rows of a year, corrections after the payment they stand at."""
    return [(each.paid, each.difference, each.cause) for row, each in found if row.year == year]


NOT_PAID = (None, None, None)


# --- each cause -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("213175", (Decimal(0), None)),
        ("213174", (Decimal(-1), Cause.ROUNDING)),
        ("213176", (Decimal(1), Cause.ROUNDING)),
        ("213174.80", (Decimal("-0.20"), Cause.ROUNDING)),
        ("213173.99", (Decimal("-1.01"), Cause.OTHER)),
        ("210933", (Decimal(-2242), Cause.PRELIMINARY)),
        ("210934", (Decimal(-2241), Cause.PRELIMINARY)),  # give or take a krona
        ("210935", (Decimal(-2240), Cause.OTHER)),
        ("200000", (Decimal(-13175), Cause.UNADJUSTED)),
        ("203800", (Decimal(-9375), Cause.YEAR_BEFORE)),
        ("210000", (Decimal(-3175), Cause.OTHER)),
        ("400000", (Decimal(186825), Cause.OTHER)),
    ],
)
def test_why_a_payment_differs(amount: str, expected: tuple[Decimal, Cause | None]) -> None:
    """Paid in May 2023, when the definitive figure was known: the row is 213 175 kr."""
    found = became(paid(2023, "2023-05-10", amount))
    assert differences(found, 2023) == [(Decimal(amount), *expected)]


def test_a_payment_on_the_preliminary_figure_of_its_day_differs_in_nothing() -> None:
    found = became(paid(2023, "2023-01-31", 210933), as_of=date(2023, 6, 1))
    assert differences(found, 2023) == [(Decimal(210933), Decimal(0), None), NOT_PAID]


def test_unpaid() -> None:
    found = became(paid(2021, "2021-01-29", 200000), as_of=date(2023, 1, 31))
    assert differences(found, 2021) == [(Decimal(200000), Decimal(0), None)]
    assert differences(found, 2022) == [(None, Decimal(-203800), Cause.UNPAID)]
    assert differences(found, 2023) == [NOT_PAID]  # due this very day
    later = became(paid(2021, "2021-01-29", 200000), as_of=date(2023, 2, 1))
    assert differences(later, 2023) == [(None, Decimal(-210933), Cause.UNPAID)]


def test_nothing_is_unpaid_where_the_log_has_no_payments_at_all() -> None:
    assert {outcome for _row, outcome in became()} == {Outcome()}
    # nor for a contribution that is kept elsewhere, beside one that is not
    other = {**cash(50000, payment=JANUARY), "id": "hyra"}
    found = became(paid(2021, "2021-01-29", 200000), other=(other,))
    assert {outcome for row, outcome in found if row.contribution == 1} == {Outcome()}


def test_a_proposed_extension_is_not_unpaid() -> None:
    made = agreement(
        period=period(date(2021, 1, 1), date(2021, 12, 31)),
        decisions=({"kind": "extended", "body": "N", "proposed": date(2021, 6, 1), "until": date(2022, 12, 31)},),
        contributions=(cash(1000, payment=JANUARY),),
        log=(paid(2021, "2021-01-29", 1000),),
    )
    found = payments("prov", made, TABLES, TODAY)
    assert [each.cause for each in outcomes(found, made, TABLES, TODAY)] == [None, None]


def test_wrong_base_without_any_index_is_not_said() -> None:
    found = became(paid(2022, "2022-01-31", 190000), clause={})
    assert differences(found, 2022) == [(Decimal(190000), Decimal(-10000), Cause.OTHER)]


def test_what_has_become_known_since_explains_nothing() -> None:
    """On 1 June 2023 nobody knew that OPI 2022 would be corrected to 3,0 in September: 206 000 was no amount."""
    corrected = ChangeRow(year=2022, value=Decimal("3.0"), status="definitive", published=date(2023, 9, 1),
                          source=("x",), corrects="made up for this test")  # fmt: skip
    tables = {"OPI": TABLES["OPI"].model_copy(update={"rows": (*TABLES["OPI"].rows, corrected)})}
    log = paid(2023, "2023-05-10", 206000)
    assert differences(became(log, as_of=date(2023, 6, 1), tables=tables), 2023) == [
        (Decimal(206000), Decimal(-7175), Cause.OTHER)
    ]
    # 200 000 × 1,03 × 1,046 = 215 476, and its correction; the amount of the year before is 206 000 from then on
    later = differences(became(log, as_of=date(2023, 9, 1), tables=tables), 2023)
    assert later[0] == (Decimal(206000), Decimal(-7175), Cause.YEAR_BEFORE)


# --- corrections ------------------------------------------------------------------------------------------------------


def test_a_payment_of_the_year_and_the_correction_of_the_last_one() -> None:
    # two payments of the half-year's: 101 900 in 2022. 2023: 105 466 + 105 467 = 210 933; right: 106 587 + 106 588.
    # In March, before 19 April, the first was paid; 1 121 is to be paid with that of September: 106 588 + 1 121
    twice = {"times_per_year": 2, "in": ("march", "september")}
    log = (paid(2023, "2023-03-31", 105466), paid(2023, "2023-09-29", 107709))
    found = became(*log, payment=twice)
    assert differences(found, 2023) == [
        (Decimal(105466), Decimal(0), None),
        (Decimal(1121), Decimal(0), None),
        (Decimal(106588), Decimal(0), None),
    ]
    (_first, correction, second) = [each for row, each in found if row.year == 2023]
    assert (correction.entries, second.entries) == ((1,), (1,))
    assert correction.day == second.day == date(2023, 9, 29)


def test_the_payment_without_the_correction() -> None:
    twice = {"times_per_year": 2, "in": ("march", "september")}
    found = became(paid(2023, "2023-03-31", 105466), paid(2023, "2023-09-29", 106588), payment=twice)
    assert differences(found, 2023) == [
        (Decimal(105466), Decimal(0), None),
        (None, Decimal(-1121), Cause.UNPAID),
        (Decimal(106588), Decimal(0), None),
    ]


def test_a_correction_paid_after_the_payments_of_the_year() -> None:
    found = became(paid(2023, "2023-01-31", 210933), paid(2023, "2023-05-15", 2242))
    assert differences(found, 2023) == [(Decimal(210933), Decimal(0), None), (Decimal(2242), Decimal(0), None)]


def test_a_correction_paid_before_the_years_last_payment_is_known_by_its_amount() -> None:
    # a fourth of 210 933 is 52 733; of 213 175 it is 53 293, the last one 53 296; 53 293 − 52 733 = 560
    clause = {**opi(date(2022, 1, 1)), "settlement": "separate"}
    log = (
        paid(2023, "2023-01-31", 52733),
        paid(2023, "2023-04-25", 560),
        paid(2023, "2023-04-28", 53293),
        paid(2023, "2023-07-31", 53293),
        paid(2023, "2023-10-31", 53296),
    )
    found = became(*log, payment=QUARTERS, clause=clause)
    assert [each.difference for row, each in found if row.year == 2023] == [Decimal(0)] * 5
    # the same amount before the definitive figure was known is a payment like any other
    # two payments made before it: 1 120 is the correction, but not when it was paid on 11 April
    early = became(log[0], paid(2023, "2023-04-11", 1120), payment=QUARTERS, clause=clause)
    assert (Decimal(1120), Decimal(-51613), Cause.OTHER) in differences(early, 2023)


def test_a_payment_that_comes_to_a_correction_by_chance_is_the_payment() -> None:
    # 0 % and then 100 %, made up: January and April 50 000 each, the correction 100 000, and so is July
    rows = [
        ChangeRow(year=2022, value=Decimal(value), status=status, published=date(*day), source=("x",))  # type: ignore[arg-type]
        for value, status, day in (("0", "preliminary", (2021, 12, 9)), ("100", "definitive", (2022, 5, 19)))
    ]
    tables = {"OPI": TABLES["OPI"].model_copy(update={"rows": tuple(rows)})}
    clause = {**opi(date(2022, 1, 1)), "settlement": "separate"}
    log = (paid(2022, "2022-01-31", 50000), paid(2022, "2022-04-29", 50000), paid(2022, "2022-07-29", 100000))
    found = became(*log, payment=QUARTERS, clause=clause, tables=tables, last=date(2022, 12, 31))
    assert [(row.number, each.paid) for row, each in found if row.year == 2022] == [
        (1, Decimal(50000)),
        (2, Decimal(50000)),
        (2, None),  # the correction
        (3, Decimal(100000)),
        (4, None),
    ]


def test_a_correction_that_was_to_be_deducted() -> None:
    # 4,6 first and 3,5 later, in a table made up for this: 213 175 paid, and −2 242 with the payment of 2024
    early = TABLES["OPI"].rows[:-2]
    rows = [
        ChangeRow(year=2023, value=Decimal(value), status=status, published=date(*day), source=("x",))  # type: ignore[arg-type]
        for value, status, day in (("4.6", "preliminary", (2022, 12, 9)), ("3.5", "definitive", (2023, 4, 19)))
    ]
    nothing = ChangeRow(year=2024, value=Decimal(0), status="definitive", published=date(2023, 12, 1), source=("x",))
    tables = {"OPI": TABLES["OPI"].model_copy(update={"rows": (*early, *rows, nothing)})}
    first = paid(2023, "2023-01-31", 213175)
    deducted = became(first, paid(2024, "2024-01-31", 208691), tables=tables)
    assert differences(deducted, 2023) == [(Decimal(213175), Decimal(0), None), (Decimal(-2242), Decimal(0), None)]
    assert differences(deducted, 2024) == [(Decimal(210933), Decimal(0), None)]
    in_full = became(first, paid(2024, "2024-01-31", 210933), tables=tables)
    (_row, outcome) = next(each for each in in_full if each[0].correction)
    assert (outcome.difference, outcome.cause) == (Decimal(2242), Cause.UNPAID)
    said = [Language("en").say(each).replace("\xa0", " ") for each in difference(outcome)]
    assert said == ["the log does not show that 2,242 kr was deducted"]


# --- whose payment is whose -------------------------------------------------------------------------------------------


def test_the_payments_of_a_year_are_taken_in_their_order() -> None:
    log = [paid(2021, f"2021-{month:02}-20", amount) for month, amount in ((1, 50000), (4, 50000), (7, 40000))]
    found = became(*log, payment=QUARTERS, as_of=date(2022, 1, 15))
    assert differences(found, 2021) == [
        (Decimal(50000), Decimal(0), None),
        (Decimal(50000), Decimal(0), None),
        (Decimal(40000), Decimal(-10000), Cause.OTHER),
        (None, Decimal(-50000), Cause.UNPAID),
    ]


def test_one_payment_more_than_there_should_be() -> None:
    found = became(paid(2021, "2021-01-20", 200000), paid(2021, "2021-06-20", 5000), clause={})
    row, outcome = found[0]
    assert (outcome.paid, outcome.difference, outcome.cause) == (Decimal(205000), Decimal(5000), Cause.OTHER)
    assert (outcome.entries, outcome.day) == ((0, 1), date(2021, 6, 20))
    assert row.year == 2021
    # of several, it is counted to the last
    found = became(*(paid(2021, f"2021-{month:02}-20", 50000) for month in (1, 4, 7, 9, 10)), payment=QUARTERS)
    assert [each.paid for _row, each in found[:4]] == [Decimal(50000)] * 3 + [Decimal(100000)]


def test_the_year_of_the_day_where_the_log_gives_none() -> None:
    entry = {"payment": "ersattning", "date": date(2022, 1, 31), "amount": 203800}
    assert differences(became(entry), 2022) == [(Decimal(203800), Decimal(0), None)]


def test_a_log_without_amounts() -> None:
    found = became(paid(2021, "2021-01-29"), paid(2022, "2022-01-31"), as_of=date(2023, 1, 1))
    assert [(each.day, *difference) for (_row, each), difference in
            zip(found[:2], [*differences(found, 2021), *differences(found, 2022)], strict=True)] == [
        (date(2021, 1, 29), None, None, None),
        (date(2022, 1, 31), None, None, None),
    ]  # fmt: skip
    said = [Language("en").say(each) for each in difference(found[0][1])]
    assert said == ["paid, and the log gives no amount"]


def test_what_is_logged_after_the_day_is_not_counted() -> None:
    log = (paid(2021, "2021-01-29", 200000), paid(2022, "2022-02-10", 203800))
    before, after = (became(*log, as_of=day) for day in (date(2022, 2, 9), date(2022, 2, 10)))
    assert differences(before, 2022) == [(None, Decimal(-203800), Cause.UNPAID)]
    assert differences(after, 2022) == [(Decimal(203800), Decimal(0), None)]


def test_an_amount_that_cannot_be_reckoned_has_no_difference() -> None:
    found = became(paid(2024, "2024-01-31", 220000))  # OPI for 2024 is not known
    assert differences(found, 2024) == [(Decimal(220000), None, None)]


# --- in words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("213175", ["paid 2023-05-10: 213,175 kr"]),
        ("213174.80", ["paid 2023-05-10: 213,174.80 kr", "0.20 kr too little: rounding"]),
        ("210933", ["paid 2023-05-10: 210,933 kr", "2,242 kr too little: the amount on the preliminary index"]),
        (
            "200000",
            ["paid 2023-05-10: 200,000 kr", "13,175 kr too little: wrong base, the amount without any adjustment"],
        ),
        ("203800", ["paid 2023-05-10: 203,800 kr", "9,375 kr too little: missed year, the amount of the year before"]),
        ("220000", ["paid 2023-05-10: 220,000 kr", "6,825 kr too much: the cause cannot be told"]),
    ],
)
def test_the_words(amount: str, words: list[str]) -> None:
    (found,) = [each for row, each in became(paid(2023, "2023-05-10", amount)) if row.year == 2023]
    assert [Language("en").say(each).replace("\xa0", " ") for each in difference(found)] == words
