"""Amounts. Every expected figure is worked by hand from the clause; the working stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.compute.figures import MissingIndex
from iopctl.compute.instalment import Instalment
from iopctl.compute.money import WHOLE_KRONOR, instalments, rounded
from iopctl.compute.paid import Outcome, on_preliminary
from iopctl.compute.payments import payments
from iopctl.compute.reasons import (
    AdjustedBeforeStart,
    InsideYear,
    MissingIndices,
    NoSumForExtension,
    OpenAmount,
    PartYear,
    Status,
    Undivided,
    UpTo,
)
from iopctl.compute.timeline import terms
from iopctl.finding import say
from iopctl.form import read
from iopctl.locale.language import Language
from iopctl.model import Agreement, ChangeRow, Contribution, IndexTable, Rounding
from iopctl.render.explanation import as_text, explained
from iopctl.render.payments import Paid
from iopctl.surroundings import packaged_tables
from tests.agreements import agreement, cash, opi, period, shipped

TABLES = packaged_tables()
TODAY = date(2026, 11, 22)
ONE = Decimal(1)


def pay(made: Agreement, as_of: date = TODAY, **options: object) -> tuple[Instalment, ...]:
    return payments("prov", made, TABLES, as_of, **options)  # type: ignore[arg-type]


def explanation(
    rows: Sequence[Instalment], made: Agreement, tables: Mapping[str, IndexTable], as_of: date, language: str
) -> str:
    paid = [Paid(row, Outcome()) for row in rows]
    part = explained(paid, made, tables, Language(language), lambda _id, _route: "here", markdown=False)
    return as_text([part], tables, [], as_of, Language(language), markdown=False)


def amounts(rows: tuple[Instalment, ...]) -> dict[int, Decimal | None]:
    """What each year comes to: its payments, and the corrections of them."""
    found: dict[int, Decimal | None] = {}
    for row in rows:
        before = found.get(row.year, Decimal(0))
        found[row.year] = None if row.amount is None or before is None else before + row.amount
    return found


# Resurspoolen 2020: 933 000 kr in the prices of 2020, OPI from 2021-01-01, each year's own OPI, unrounded chain.
#   2021: 933 000 × 1,015           =   946 995          (OPI 2021 1,5)
#   2022: 946 995 × 1,019           =   964 987,905      (OPI 2022 1,9)       → 964 988
#   2023: 964 987,905 × 1,035       =   998 762,481675   (preliminary 3,5)    → 998 762
#         964 987,905 × 1,046       = 1 009 377,34863    (definitive 4,6)     → 1 009 377


def resurspoolen(as_of: date) -> tuple[Instalment, ...]:
    found = shipped().workspace.agreements["linkoping-resurspoolen-2020"]
    return payments("linkoping-resurspoolen-2020", found, TABLES, as_of)


def test_resurspoolen_with_the_definitive_index() -> None:
    assert amounts(resurspoolen(date(2023, 6, 1))) == {
        2020: Decimal(933000),
        2021: Decimal(946995),
        2022: Decimal(964988),
        2023: Decimal(1009377),
        2024: None,
        2025: None,
    }


def test_resurspoolen_with_the_preliminary_index() -> None:
    row = resurspoolen(date(2023, 2, 1))[3]
    assert (row.year, row.amount, row.status) == (2023, Decimal(998762), Status.PRELIMINARY)
    assert row.working is not None
    assert row.working.unrounded == Decimal("998762.481675")


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2022, 12, 8), None),  # the day before the preliminary figure
        (date(2022, 12, 9), Decimal(998762)),  # cirkulär 22:53
        (date(2023, 4, 18), Decimal(998762)),
        (date(2023, 4, 19), Decimal(1009377)),  # the definitive figure
    ],
)
def test_only_what_was_published_counts(day: date, amount: Decimal | None) -> None:
    assert amounts(resurspoolen(day))[2023] == amount


def test_an_undecided_extension_makes_the_payment_conditional() -> None:
    rows = resurspoolen(date(2023, 6, 1))
    assert [row.extension for row in rows[:3]] == [None, None, None]
    assert rows[3].extension == ("decisions", 1)


def test_a_missing_year_blocks_and_is_never_zero_percent() -> None:
    row = resurspoolen(TODAY)[-1]
    assert (row.year, row.amount, row.status) == (2025, None, Status.BLOCKED)
    assert row.reason == MissingIndices(
        (MissingIndex("OPI", 2024, date(2024, 1, 1)), MissingIndex("OPI", 2025, date(2025, 1, 1)))
    )


def test_the_january_payment_is_due_on_the_last_open_day_of_january() -> None:
    """31 January is a Sunday in 2021."""
    assert [row.due for row in resurspoolen(date(2022, 1, 1))][:3] == [
        date(2020, 1, 31),
        date(2021, 1, 29),
        date(2022, 1, 31),
    ]


# Resurspoolen 2018: 250 000 kr in the prices of 2018, OPI from 2019-01-01.
#   2019: 250 000 × 1,027 = 256 750          2020: 256 750 × 1,030 = 264 452,50 → 264 453 (half up)


def test_resurspoolen_2018_rounds_half_a_krona_up() -> None:
    found = shipped().workspace.agreements["linkoping-resurspoolen-2018"]
    rows = payments("linkoping-resurspoolen-2018", found, TABLES, TODAY)
    assert amounts(rows) == {2018: Decimal(250000), 2019: Decimal(256750), 2020: Decimal(264453)}
    assert [row.due for row in rows] == [None, None, None]  # the agreement gives no day
    assert [row.payers for row in rows] == [(), (), ()]  # and names no payer


# Chain of 1 000 000 kr in the prices of 2018, OPI 2019–2023: 2,7 3,0 1,5 1,9 4,6.
#   1 027 000 · 1 057 810 · 1 073 677,15 · 1 094 077,01585 · 1 144 404,5585791


def test_the_chain_is_not_rounded_on_the_way() -> None:
    made = agreement(
        period=period(date(2018, 1, 1), date(2023, 12, 31)),
        contributions=(cash(1_000_000, indexation=opi(date(2019, 1, 1))),),
    )
    rows = pay(made)
    assert [row.working.unrounded for row in rows if row.working] == [
        Decimal("1000000"),
        Decimal("1027000"),
        Decimal("1057810"),
        Decimal("1073677.15"),
        Decimal("1094077.01585"),
        Decimal("1144404.5585791"),
    ]
    assert rows[-1].amount == Decimal(1144405)


def test_instalments_in_whole_kronor_with_the_rest_last() -> None:
    # 247 700 / 3 = 82 566,67: 82 566 + 82 566 + 82 568
    assert instalments(Decimal(247700), [ONE] * 3) == (Decimal(82566), Decimal(82566), Decimal(82568))
    assert instalments(Decimal(247700), [ONE] * 4) == (Decimal(61925),) * 4


@given(st.integers(0, 10**12), st.sampled_from([1, 2, 3, 4, 12]))
def test_instalments_sum_to_the_amount_and_differ_by_less_than_their_number(amount: int, count: int) -> None:
    parts = instalments(Decimal(amount), [ONE] * count)
    assert len(parts) == count
    assert sum(parts) == amount
    assert max(parts) - min(parts) < count


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("0.49", 0), ("0.5", 1), ("1.5", 2), ("2.5", 3), ("964987.905", 964988), ("264452.50", 264453)],
)
def test_half_a_krona_is_rounded_up(amount: str, expected: int) -> None:
    assert rounded(Decimal(amount), WHOLE_KRONOR) == expected


def test_four_payments_a_year() -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2020, 12, 31)),
        contributions=(cash(247701, payment={"times_per_year": 4, "in": ("january", "april", "july", "october")}),),
    )
    rows = pay(made)
    assert [(row.due, row.amount) for row in rows] == [
        (date(2020, 1, 31), Decimal(61925)),
        (date(2020, 4, 30), Decimal(61925)),
        (date(2020, 7, 31), Decimal(61925)),
        (date(2020, 10, 30), Decimal(61926)),  # 31 October is a Saturday
    ]


def test_a_part_of_a_year_without_a_rule_is_blocked() -> None:
    made = agreement(period=period(date(2023, 12, 1), date(2025, 11, 30)), contributions=(cash(120000),))
    rows = pay(made)
    assert rows[0].reason == PartYear(date(2023, 12, 1), date(2023, 12, 31))
    assert (rows[1].amount, rows[1].status) == (Decimal(120000), Status.DEFINITIVE)
    assert rows[2].reason == PartYear(date(2025, 1, 1), date(2025, 11, 30))


def test_a_first_adjustment_inside_a_year_is_blocked() -> None:
    made = agreement(
        period=period(date(2018, 1, 1), date(2019, 12, 31)),
        contributions=(cash(1000, indexation=opi(date(2018, 5, 1))),),
    )
    assert [row.reason for row in pay(made)] == [InsideYear(date(2018, 5, 1)), InsideYear(date(2019, 5, 1))]


def test_an_open_amount_is_blocked_with_its_words() -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2020, 12, 31)),
        contributions=(
            {"from": ("kommunen",), "kind": "cash", "amount": {"unknown": "ekonomiska medel"}, "per": "year"},
        ),
    )
    assert [(row.amount, row.reason) for row in pay(made)] == [(None, OpenAmount("ekonomiska medel"))]


def test_one_sum_for_the_period() -> None:
    span = period(date(2020, 1, 1), date(2022, 12, 31))
    row = pay(agreement(period=span, contributions=(cash(300000, per="period"),)))[0]
    assert (row.amount, row.start, row.end) == (Decimal(300000), date(2020, 1, 1), date(2022, 12, 31))
    indexed = pay(agreement(period=span, contributions=(cash(300000, per="period", indexation=opi(date(2021, 1, 1))),)))
    assert [(each.amount, each.reason) for each in indexed] == [(None, Undivided())]


def test_an_agreement_without_a_period_has_no_payments() -> None:
    assert pay(agreement(contributions=(cash(1000),))) == ()


def test_an_open_ended_agreement_is_listed_to_the_end_of_next_year() -> None:
    made = agreement(period=period(date(2024, 1, 1), "open_ended"), contributions=(cash(1000),))
    assert [row.year for row in pay(made, date(2026, 11, 22))] == [2024, 2025, 2026, 2027]


def test_an_unknown_index_blocks() -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2021, 12, 31)),
        contributions=(cash(1000, indexation={"index": "XPI", "first": date(2021, 1, 1)}),),
    )
    assert pay(made)[1].reason == MissingIndices((MissingIndex("XPI", 2021, None),))


def test_an_assumed_percentage_is_a_forecast() -> None:
    found = shipped().workspace.agreements["linkoping-resurspoolen-2020"]
    rows = payments("x", found, TABLES, TODAY, assumed={("OPI", 2024): Decimal("3.1")})
    # 1 009 377,34863 × 1,031 = 1 040 668,04643753
    row = next(row for row in rows if row.year == 2024)
    assert (row.amount, row.status) == (Decimal(1040668), Status.FORECAST)


def test_a_decided_extension_goes_on_with_the_chain() -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2020, 12, 31)),
        decisions=({"kind": "extended", "body": "Nämnden", "date": date(2020, 9, 1), "until": date(2021, 12, 31)},),
        contributions=(cash(1000, indexation=opi(date(2021, 1, 1))),),
    )
    rows = pay(made)  # 1 000 × 1,015 = 1 015
    assert [(row.year, row.amount, row.extension) for row in rows] == [
        (2020, Decimal(1000), None),
        (2021, Decimal(1015), None),
    ]


def test_a_termination_ends_the_payments() -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2023, 12, 31)),
        decisions=({"kind": "terminated", "body": "Nämnden", "date": date(2021, 9, 1), "until": date(2021, 12, 31)},),
        contributions=(cash(1000),),
    )
    assert [row.year for row in pay(made)] == [2020, 2021]


def test_validity_limits_a_contribution() -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2023, 12, 31)),
        contributions=(cash(1000, valid_from=date(2021, 1, 1), valid_until=date(2022, 12, 31)),),
    )
    assert [row.year for row in pay(made)] == [2021, 2022]


def test_published_figures_are_those_of_the_sources() -> None:
    """OPI as printed: 2015–2019 SKL cirkulär 18:63; 2017–2021 SKR 2020-12-16; 2022 Järfälla; 2023 Vårdföretagarna."""
    rows = [(row.year, str(row.value), row.status) for row in TABLES["OPI"].rows]
    assert rows == [
        (2015, "2.2", "definitive"),
        (2016, "2.6", "definitive"),
        (2017, "2.7", "definitive"),
        (2018, "2.6", "definitive"),
        (2019, "2.7", "definitive"),
        (2020, "3.0", "definitive"),
        (2021, "1.5", "definitive"),
        (2022, "1.9", "definitive"),
        (2023, "3.5", "preliminary"),
        (2023, "4.6", "definitive"),
    ]
    assert [(row.year, str(row.value)) for row in TABLES["VPI"].rows] == [
        (2012, "1.8"),
        (2013, "2.0"),
        (2014, "2.7"),
        (2015, "2.5"),
        (2016, "2.2"),
    ]


def test_every_row_of_a_packaged_table_has_a_source_and_a_day_it_was_known() -> None:
    for table in TABLES.values():
        for row in table.rows:
            assert row.published or row.seen, row
            assert set(row.source) <= set(table.sources), row


def test_a_termination_in_an_extension_ends_that_extension_and_is_none_itself() -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2022, 12, 31)),
        decisions=(
            {"kind": "extended", "body": "Nämnden", "date": date(2022, 6, 1), "until": date(2025, 12, 31)},
            {"kind": "terminated", "body": "Nämnden", "date": date(2024, 3, 1), "until": date(2024, 12, 31)},
        ),
        contributions=(cash(1000),),
    )
    assert [row.year for row in pay(made)] == [2020, 2021, 2022, 2023, 2024]
    assert [(term.route, term.ends_at) for term in terms(made)] == [
        (("period",), ("period", "end")),
        (("decisions", 0), ("decisions", 1, "until")),
    ]


def test_a_rejected_extension_gives_nothing() -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2020, 12, 31)),
        decisions=(
            {"kind": "extended", "body": "Nämnden", "proposed": date(2020, 6, 1), "until": date(2021, 12, 31)},
            {"kind": "rejected", "body": "Nämnden", "date": date(2020, 9, 1)},
        ),
        contributions=(cash(1000),),
    )
    assert [row.year for row in pay(made)] == [2020]


def test_a_decision_of_a_month_is_a_decision() -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2020, 12, 31)),
        decisions=({"kind": "extended", "body": "Nämnden", "date": "2020-09", "until": date(2021, 12, 31)},),
        contributions=(cash(1000),),
    )
    assert [(row.year, row.extension) for row in pay(made)] == [(2020, None), (2021, None)]


def test_no_payment_is_due_before_the_agreement_begins() -> None:
    made = agreement(
        period=period(date(2025, 7, 1), date(2025, 12, 31)),
        contributions=(cash(1000, payment={"times_per_year": 2, "in": ("january", "july")}),),
    )
    assert [row.due for row in pay(made)] == [date(2025, 7, 31)]


def test_an_amount_paid_once_in_a_month() -> None:
    made = agreement(
        period=period(date(2025, 1, 1), date(2027, 12, 31)),
        contributions=(
            cash(5000, per="once", valid_from=date(2026, 1, 1), payment={"times_per_year": 1, "in": "march"}),
        ),
    )
    assert [(row.due, row.amount, row.reason) for row in pay(made)] == [(date(2026, 3, 31), Decimal(5000), None)]


def test_a_sum_for_the_period_says_nothing_of_an_extension() -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2021, 12, 31)),
        decisions=({"kind": "extended", "body": "Nämnden", "date": date(2021, 6, 1), "until": date(2023, 12, 31)},),
        contributions=(cash(300000, per="period"),),
    )
    assert [(row.amount, row.reason) for row in pay(made)] == [(Decimal(300000), None), (None, NoSumForExtension())]


def test_an_adjustment_before_the_agreement_begins_is_not_reckoned() -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2020, 12, 31)),
        contributions=(cash(1000, indexation=opi(date(2018, 1, 1))),),
    )
    assert [row.reason for row in pay(made)] == [AdjustedBeforeStart(date(2018, 1, 1))]


def test_an_amount_with_three_decimals_is_refused_though_they_are_zeros() -> None:
    """933.000 is how some write 933 000."""
    values = {"from": ("kommunen",), "kind": "cash", "amount": Decimal("933.000"), "per": "year"}
    made, wrong = read(Contribution, values)
    assert made is None
    assert [finding.labels[0].message for finding in wrong] == [say("expected at most two decimals")]


def test_thirty_index_years_can_be_explained() -> None:
    """Each year adds three digits; 30 years are far beyond the 28 digits that Python reckons with by default."""
    rows = tuple(
        ChangeRow(year=year, value=Decimal("2.7"), status="definitive", published=date(2000, 1, 1), source=("prov",))
        for year in range(2001, 2031)
    )
    table = TABLES["OPI"].model_copy(update={"rows": rows})
    made = agreement(
        period=period(date(2000, 1, 1), date(2030, 12, 31)),
        contributions=(cash(1000, indexation=opi(date(2001, 1, 1))),),
    )
    found = payments("prov", made, {"OPI": table}, date(2030, 12, 31))
    # 1,027 ^ 30 = 2,2239 (30 × ln 1,027 = 0,79926; e ^ 0,79926 = 2,2239)
    assert found[-1].amount == Decimal(2224)
    text = explanation(found[-1:], made, {"OPI": table}, date(2030, 12, 31), "sv")
    assert "…" in text


def test_a_decision_takes_the_place_of_its_proposal() -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2022, 12, 31)),
        decisions=(
            {"kind": "extended", "body": "Nämnden", "proposed": date(2022, 1, 1), "until": date(2023, 12, 31)},
            {"kind": "extended", "body": "Nämnden", "date": date(2022, 6, 1), "until": date(2025, 12, 31)},
        ),
        contributions=(cash(1000),),
    )
    assert [(term.start, term.end, term.decided) for term in terms(made)] == [
        (date(2020, 1, 1), date(2022, 12, 31), True),
        (date(2023, 1, 1), date(2025, 12, 31), True),
    ]
    assert {row.extension for row in pay(made)} == {None}


def test_an_agreement_that_was_rejected_before_it_began_pays_nothing() -> None:
    rejected = {"kind": "rejected", "body": "Kommunfullmäktige", "date": date(2019, 12, 20)}
    adopted = {"kind": "adopted", "body": "Kommunstyrelsen", "date": date(2019, 12, 1)}
    span, paid = period(date(2020, 1, 1), date(2020, 12, 31)), (cash(1000),)
    assert pay(agreement(period=span, decisions=(adopted, rejected), contributions=paid)) == ()
    early = {**rejected, "date": date(2019, 5, 1)}
    assert len(pay(agreement(period=span, decisions=(early, adopted), contributions=paid))) == 1


def test_once_in_a_proposed_extension_is_conditional() -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2022, 6, 30)),
        decisions=({"kind": "extended", "body": "Nämnden", "proposed": date(2022, 1, 1), "until": date(2023, 12, 31)},),
        contributions=(
            cash(5000, per="once", valid_from=date(2023, 2, 1), payment={"times_per_year": 1, "in": "march"}),
        ),
    )
    assert [(row.due, row.extension) for row in pay(made)] == [(date(2023, 3, 31), ("decisions", 0))]


def test_once_in_a_month_that_comes_first_next_year() -> None:
    made = agreement(
        period=period(date(2020, 3, 1), date(2022, 12, 31)),
        contributions=(cash(5000, per="once", payment={"times_per_year": 1, "in": "january"}),),
    )
    assert [row.due for row in pay(made)] == [date(2021, 1, 29)]  # 31 January is a Sunday


def test_a_sum_for_a_period_that_was_cut_short_is_not_paid_whole() -> None:
    made = agreement(
        period=period(date(2020, 1, 1), date(2022, 12, 31)),
        decisions=({"kind": "terminated", "body": "Nämnden", "date": date(2020, 3, 1), "until": date(2020, 6, 30)},),
        contributions=(cash(300000, per="period"),),
    )
    assert [(row.amount, row.reason) for row in pay(made)] == [(None, PartYear(date(2020, 1, 1), date(2020, 6, 30)))]


# The rounding that the clause states is applied to each year's amount, when it is paid; the chain goes on unrounded.
# 1 000 000 kr in the prices of 2018, OPI 2019–2023 as above:
#   1 027 000 · 1 057 810 · 1 073 677,15 · 1 094 077,01585 · 1 144 404,5585791


@pytest.mark.parametrize(
    ("rounding", "expected"),
    [
        ({"to": 1}, [1027000, 1057810, 1073677, 1094077, 1144405]),
        ({"to": 1, "mode": "down"}, [1027000, 1057810, 1073677, 1094077, 1144404]),
        ({"to": 10, "mode": "up"}, [1027000, 1057810, 1073680, 1094080, 1144410]),
        ({"to": 100, "mode": "down"}, [1027000, 1057800, 1073600, 1094000, 1144400]),
        ({"to": 1000}, [1027000, 1058000, 1074000, 1094000, 1144000]),
        ({"to": 1000, "mode": "up"}, [1027000, 1058000, 1074000, 1095000, 1145000]),
    ],
)
def test_the_rounding_of_the_clause(rounding: dict[str, object], expected: list[int]) -> None:
    made = agreement(
        period=period(date(2018, 1, 1), date(2023, 12, 31)),
        contributions=(cash(1_000_000, indexation={**opi(date(2019, 1, 1)), "rounding": rounding}),),
    )
    assert [row.amount for row in pay(made)] == [1_000_000, *expected]


@pytest.mark.parametrize(
    ("amount", "to", "mode", "expected"),
    [
        ("253050.32", 100, "down", 253000),  # "till närmast lägre hundratal kronor"
        ("253050.32", 100, "nearest", 253100),
        ("253050.00", 100, "nearest", 253100),  # half upwards
        ("253049.99", 100, "nearest", 253000),
        ("253000.00", 100, "up", 253000),
        ("253000.01", 100, "up", 253100),
        ("499.99", 1000, "nearest", 0),
        ("499.99", 1000, "up", 1000),
    ],
)
def test_rounding_to_hundreds_and_thousands(amount: str, to: int, mode: str, expected: int) -> None:
    assert rounded(Decimal(amount), Rounding(to=to, mode=mode)) == expected  # type: ignore[arg-type]


def test_an_amount_as_agreed_is_not_rounded() -> None:
    # 250 050 × 1,027 = 256 801,35, down to 256 800
    made = agreement(
        period=period(date(2018, 1, 1), date(2019, 12, 31)),
        contributions=(cash(250050, indexation={**opi(date(2019, 1, 1)), "rounding": {"to": 100, "mode": "down"}}),),
    )
    assert [row.amount for row in pay(made)] == [250050, 256800]


# OPI for 2023 was 3,5 from 2022-12-09 and 4,6 from 2023-04-19. 200 000 kr in the prices of 2022:
#   200 000 × 1,035 = 207 000          200 000 × 1,046 = 209 200


@pytest.mark.parametrize(
    ("preliminary", "day", "amount", "status"),
    [
        ("settle", date(2023, 1, 31), 207000, Status.PRELIMINARY),
        ("settle", date(2023, 4, 19), 209200, Status.DEFINITIVE),
        ("wait", date(2022, 12, 31), None, Status.BLOCKED),  # it may still come before the year begins
        ("wait", date(2023, 1, 31), 200000, Status.PRELIMINARY),  # the old amount, until it is there
        ("wait", date(2023, 4, 18), 200000, Status.PRELIMINARY),
        ("wait", date(2023, 4, 19), 209200, Status.DEFINITIVE),
        ("final", date(2022, 12, 8), None, Status.BLOCKED),
        ("final", date(2023, 1, 31), 207000, Status.DEFINITIVE),  # nothing will correct it
        ("final", date(2023, 4, 19), 207000, Status.DEFINITIVE),
    ],
)
def test_what_the_clause_does_with_a_preliminary_figure(
    preliminary: str, day: date, amount: int | None, status: Status
) -> None:
    made = agreement(
        period=period(date(2022, 1, 1), date(2023, 12, 31)),
        contributions=(cash(200000, indexation={**opi(date(2023, 1, 1)), "preliminary": preliminary}),),
    )
    row = pay(made, day)[1]
    assert (row.amount, row.status) == (amount, status)


def test_a_definitive_figure_that_the_clause_waits_for_is_not_late_before_the_year_is_over() -> None:
    made = agreement(
        period=period(date(2022, 1, 1), date(2023, 12, 31)),
        contributions=(cash(200000, indexation={**opi(date(2023, 1, 1)), "preliminary": "wait"}),),
    )
    waited = MissingIndex("OPI", 2023, date(2024, 1, 1), preliminary=True)
    row = pay(made, date(2023, 1, 31))[1]
    assert row.working is not None
    assert (row.reason, row.working.waits) == (None, (waited,))
    assert [waited.late_on(day) for day in (date(2023, 12, 31), date(2024, 1, 1))] == [False, True]
    # the day before the preliminary figure nothing is known, and OPI is usually there before the year begins
    unknown = MissingIndex("OPI", 2023, date(2023, 1, 1))
    assert pay(made, date(2022, 12, 8))[1].reason == MissingIndices((unknown,))


def test_the_amount_on_the_preliminary_figure() -> None:
    # Resurspoolen 2023: 964 987,905 × 1,035 = 998 762,481675
    made = shipped().workspace.agreements["linkoping-resurspoolen-2020"]
    assert on_preliminary(resurspoolen(date(2023, 6, 1))[3], made, TABLES, date(2023, 6, 1)) == Decimal(998762)
    assert (
        on_preliminary(resurspoolen(date(2023, 2, 1))[3], made, TABLES, date(2023, 2, 1)) is None
    )  # it is what the row rests on
    assert on_preliminary(resurspoolen(date(2023, 6, 1))[2], made, TABLES, date(2023, 6, 1)) is None  # 2022 had none


def test_a_ceiling_is_not_an_amount_to_pay() -> None:
    span = period(date(2022, 1, 1), date(2023, 12, 31))
    yearly = pay(agreement(period=span, contributions=(cash(50000, ceiling=True),)))
    assert [(row.amount, row.status, row.reason) for row in yearly] == [
        (None, Status.BLOCKED, UpTo(Decimal(50000))),
        (None, Status.BLOCKED, UpTo(Decimal(50000))),
    ]
    whole = pay(agreement(period=span, contributions=(cash(50000, per="period", ceiling=True),)))
    assert [(row.amount, row.reason) for row in whole] == [(None, UpTo(Decimal(50000)))]


# 120 000 kr a year, 2023-12-01 – 2025-11-30.
#   By months: 1/12 = 10 000 · 120 000 · 11/12 = 110 000.
#   By days: 31/365 = 10 191,78 · 366/366 · 334/365 = 109 808,22. Both come to 240 000.


@pytest.mark.parametrize(("unit", "expected"), [("months", [10000, 120000, 110000]), ("days", [10192, 120000, 109808])])
def test_parts_of_a_year(unit: str, expected: list[int]) -> None:
    made = agreement(
        period=period(date(2023, 12, 1), date(2025, 11, 30)), contributions=(cash(120000, part_year=unit),)
    )
    assert [row.amount for row in pay(made)] == expected


def test_a_part_of_a_year_that_is_adjusted_and_paid_in_parts() -> None:
    # 2022-07-01 – 2023-06-30: 100 000 × 6/12 = 50 000; 100 000 × 1,046 = 104 600, × 6/12 = 52 300.
    # Of the payments in March and September the first half of 2023 has one, made on the preliminary 3,5:
    # 100 000 × 1,035 = 103 500, × 6/12 = 51 750; 52 300 − 51 750 = 550 is paid later, and no payment is left for it
    made = agreement(
        period=period(date(2022, 7, 1), date(2023, 6, 30)),
        contributions=(
            cash(
                100000,
                part_year="months",
                indexation=opi(date(2023, 1, 1)),
                payment={"times_per_year": 2, "in": ("march", "september")},
            ),
        ),
    )
    rows = pay(made)
    assert [(row.due, row.amount) for row in rows] == [
        (date(2022, 9, 30), Decimal(50000)),
        (date(2023, 3, 31), Decimal(51750)),
        (None, Decimal(550)),
    ]


def test_a_part_of_a_year_is_rounded_as_the_clause_says() -> None:
    # 100 000 × 1,046 = 104 600, × 181/365 = 51 870,14, down to 51 800; the year before nothing is adjusted:
    # 100 000 × 184/365 = 50 410,96, whole kronor would be 50 411; the clause's rounding is for adjusted amounts
    indexation = {**opi(date(2023, 1, 1)), "rounding": {"to": 100, "mode": "down"}}
    made = agreement(
        period=period(date(2022, 7, 1), date(2023, 6, 30)),
        contributions=(cash(100000, part_year="days", indexation=indexation),),
    )
    assert [row.amount for row in pay(made)] == [50411, 51800]


def test_months_cannot_measure_half_a_month() -> None:
    made = agreement(
        period=period(date(2023, 12, 15), date(2024, 12, 31)), contributions=(cash(120000, part_year="months"),)
    )
    assert [(row.amount, row.reason) for row in pay(made)] == [
        (None, PartYear(date(2023, 12, 15), date(2023, 12, 31))),
        (Decimal(120000), None),
    ]


def test_a_stated_price_year_says_what_was_adjusted_before_the_agreement_began() -> None:
    # 100 000 kr in the prices of 2020, adjusted from 2021: 1,015 × 1,019 = 1,034285
    indexation = {**opi(date(2021, 1, 1)), "price_year": 2020}
    made = agreement(
        period=period(date(2022, 1, 1), date(2022, 12, 31)), contributions=(cash(100000, indexation=indexation),)
    )
    # 100 000 × 1,034285 = 103 428,50
    assert [row.amount for row in pay(made)] == [103429]


def test_the_explanation_says_what_the_clause_does() -> None:
    # 964 988 × 1,035 = 998 762,58, up to 999 000, in three parts; only preliminary figures, which stand
    indexation = {**opi(date(2023, 1, 1)), "preliminary": "final", "rounding": {"to": 1000, "mode": "up"}}
    made = agreement(
        period=period(date(2022, 7, 1), date(2023, 12, 31)),
        contributions=(
            cash(
                964988,
                part_year="months",
                indexation=indexation,
                payment={"times_per_year": 3, "in": ("january", "may", "september")},
            ),
            cash(200000, indexation={**opi(date(2023, 1, 1)), "preliminary": "wait"}),
        ),
    )
    rows = pay(made, date(2023, 2, 1))
    asked = (rows[0], rows[2], next(row for row in rows if row.contribution == 1 and row.year == 2023))
    tables = {"OPI": TABLES["OPI"].model_copy(update={"sources": {}})}
    text = explanation(asked, made, tables, date(2023, 2, 1), "en")
    shown = text.splitlines()
    assert [line.replace("\xa0", " ").rstrip() for line in shown] == EXPLAINED.strip("\n").splitlines()


EXPLAINED = """
prov · ersattning · 2022-07 – 12: 482,494 kr (definitive)
├─ agreed in: here
├─ index clause: here
├─ agreed amount = 964,988 kr
├─ the part of the year: 6 of 12 months = 482,494.00
├─ rounded to whole kronor, half upwards (the clause's rounding is for adjusted amounts) = 482,494 kr
└─ to be paid no later than 2022-09-30, the last open day of the month

prov · ersattning · 2023-01 – 04: 333,000 kr (definitive)
├─ agreed in: here
├─ index clause: here
├─ the agreement does not say, and iopctl reckons so:
│  ├─ each year's own index (lag)
│  ├─ on the unrounded amount of the year before (chain_on)
│  └─ when the index falls, so does the amount (negative)
├─ agreed amount = 964,988 kr
├─ 2023: 964,988.00 × 1.035 = 998,762.58
│  └─ OPI 2023: 3.5 %, preliminary, published 2022-12-09, source S11, S10
├─ a preliminary figure stands, as the clause says
├─ rounded up to the nearest 1,000 kr, as the clause says = 999,000 kr
├─ payment 1 of 3; what is left over goes to the last = 333,000 kr
└─ to be paid no later than 2023-01-31, the last open day of the month

prov · ersattning · 2023: 200,000 kr (preliminary)
├─ agreed in: here
├─ index clause: here
├─ the agreement does not say, and iopctl reckons so:
│  ├─ each year's own index (lag)
│  ├─ on the unrounded amount of the year before (chain_on)
│  ├─ whole kronor, half upwards (rounding)
│  ├─ when the index falls, so does the amount (negative)
│  └─ what that changes is paid with the next payment (settlement)
├─ agreed amount = 200,000 kr
├─ 2023: 200,000.00 × 1 = 200,000.00
│  ├─ the old amount until the definitive figure is there
│  └─ OPI 2023 is only known as preliminary, and the clause waits
└─ rounded to whole kronor, half upwards (the rule when the agreement states none) = 200,000 kr

reckoned as of 2023-02-01
"""


@pytest.mark.parametrize("id_", ["linkoping-resurspoolen-2018", "linkoping-resurspoolen-2020", "lund-roda-korset-2023"])
@pytest.mark.parametrize("year", [2017, 2020, 2022, 2024, 2030])
def test_the_years_before_the_first_one_asked_about_are_left_out_and_nothing_else(id_: str, year: int) -> None:
    """A sum for several years, or paid once, is kept: it may be for a year that is asked about."""
    workspace = shipped().workspace
    of, tables = workspace.agreements[id_], workspace.tables
    every = payments(id_, of, tables, date(2024, 6, 1))
    yearly = {n for n, each in enumerate(of.contributions) if each.per not in ("once", "period")}
    wanted = [row for row in every if row.contribution not in yearly or row.year >= year]
    assert list(payments(id_, of, tables, date(2024, 6, 1), since=year)) == wanted
