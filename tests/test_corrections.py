"""What becomes known after a payment: the rows that correct it, and that any past day can be reckoned again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from iopctl.compute.instalment import Instalment
from iopctl.compute.payments import payments
from iopctl.compute.reasons import Status
from iopctl.model import ChangeRow, IndexTable
from iopctl.surroundings import packaged_tables
from tests.agreements import agreement, cash, opi, period
from tests.terminal import iopctl

TABLES = packaged_tables()
TODAY = date(2026, 11, 22)
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
JANUARY = {"times_per_year": 1, "in": "january"}
QUARTERS = {"times_per_year": 4, "in": ("january", "april", "july", "october")}
FROM_2023 = opi(date(2023, 1, 1))


def rows(
    as_of: date = TODAY,
    amount: int = 200000,
    last: date = date(2024, 12, 31),
    log: tuple[dict[str, Any], ...] = (),
    decisions: tuple[dict[str, Any], ...] = (),
    tables: Any = TABLES,
    clause: dict[str, Any] = FROM_2023,
    payment: Any = JANUARY,
    assumed: Any = None,
    **parts: Any,
) -> list[Instalment]:
    """The rows of 2023, of an agreement that begins in 2022."""
    contribution = cash(amount, indexation=clause, payment=payment, **parts)
    made = agreement(period=period(date(2022, 1, 1), last), contributions=(contribution,), log=log, decisions=decisions)
    return [row for row in payments("prov", made, tables, as_of, assumed=assumed) if row.year == 2023]


Shown = tuple[str, Decimal | None, str, str | None, tuple[int, int] | None]


def shown(found: list[Instalment]) -> list[Shown]:
    """Kind, amount, status, day in practice, and for a correction the payment that it is paid with."""
    return [
        (
            "correction" if row.correction else f"{row.number}/{row.of}",
            row.amount,
            row.status.value,
            f"{row.due}" if row.due else None,
            row.correction.paid_with if row.correction else None,
        )
        for row in found
    ]


def paid(day: date, amount: int | None = None, year: int = 2023) -> dict[str, Any]:
    entry = {"payment": "ersattning", "date": day, "year": year}
    return entry if amount is None else {**entry, "amount": amount}


# --- one payment a year: before and after each day --------------------------------------------------------------------
#
# OPI for 2023: 3,5 from 2022-12-09 and 4,6 from 2023-04-19. 200 000 kr in the prices of 2022:
#   200 000 × 1,035 = 207 000; × 1,046 = 209 200; the difference is 2 200. Paid by 31 January.


FIRST = ("1/1", Decimal(207000), "preliminary", "2023-01-31", None)
OLD = ("1/1", Decimal(200000), "preliminary", "2023-01-31", None)
RIGHT = ("1/1", Decimal(209200), "definitive", "2023-01-31", None)
NOTHING = ("1/1", None, "blocked", "2023-01-31", None)


@pytest.mark.parametrize(
    ("preliminary", "day", "expected"),
    [
        ("settle", date(2022, 12, 8), [NOTHING]),
        ("settle", date(2022, 12, 9), [FIRST]),
        ("settle", date(2023, 1, 31), [FIRST]),
        ("settle", date(2023, 4, 18), [FIRST]),
        ("settle", date(2023, 4, 19), [FIRST, ("correction", Decimal(2200), "definitive", "2024-01-31", (2024, 1))]),
        ("settle", TODAY, [FIRST, ("correction", Decimal(2200), "definitive", "2024-01-31", (2024, 1))]),
        ("wait", date(2022, 12, 31), [NOTHING]),
        ("wait", date(2023, 1, 1), [OLD]),
        ("wait", date(2023, 4, 18), [OLD]),
        ("wait", date(2023, 4, 19), [OLD, ("correction", Decimal(9200), "definitive", "2024-01-31", (2024, 1))]),
        ("final", date(2022, 12, 8), [NOTHING]),
        ("final", date(2022, 12, 9), [("1/1", Decimal(207000), "definitive", "2023-01-31", None)]),
        ("final", TODAY, [("1/1", Decimal(207000), "definitive", "2023-01-31", None)]),
    ],
)
def test_before_and_after_each_day(preliminary: str, day: date, expected: list[Shown]) -> None:
    assert shown(rows(day, clause={**FROM_2023, "preliminary": preliminary})) == expected


def test_a_correction_says_what_it_corrects() -> None:
    (correction,) = [row.correction for row in rows() if row.correction]
    assert (correction.since, correction.numbers) == (date(2023, 4, 19), (1,))
    assert correction.parts == ((Decimal(207000), Decimal(209200)),)
    assert correction.before.unrounded == Decimal(207000)


@pytest.mark.parametrize("preliminary", ["settle", "wait"])
def test_a_correction_by_itself_has_no_day(preliminary: str) -> None:
    found = rows(clause={**FROM_2023, "preliminary": preliminary, "settlement": "separate"})
    assert [row.due for row in found] == [date(2023, 1, 31), None]
    assert [row.correction.paid_with for row in found if row.correction] == [None]


def test_a_correction_that_takes_money_back() -> None:
    # 4,6 was preliminary and 3,5 definitive, in a table made up for this: 209 200, and −2 200
    table = _table((2023, "4.6", "preliminary", "2022-12-09"), (2023, "3.5", "definitive", "2023-04-19"))
    found = rows(tables=table)
    assert [(row.amount, row.due) for row in found] == [(209200, date(2023, 1, 31)), (-2200, date(2024, 1, 31))]


def test_a_definitive_figure_like_the_preliminary_one_corrects_nothing() -> None:
    table = _table((2023, "3.5", "preliminary", "2022-12-09"), (2023, "3.5", "definitive", "2023-04-19"))
    assert [(row.amount, row.status) for row in rows(tables=table)] == [(207000, Status.PRELIMINARY)]


# --- several payments a year ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clause", "amount"),
    # V2: 1 000 000 kr. 4 × (87 166,67 − 83 333,33) = 15 333,36; 4 × (87 166,67 − 86 250,00) = 3 666,68
    [({"preliminary": "wait"}, "15333.36"), ({"preliminary": "settle"}, "3666.68")],
)
@pytest.mark.parametrize("separate", [False, True])
def test_twelve_payments_of_which_four_were_made(clause: dict[str, Any], amount: str, separate: bool) -> None:
    monthly = {"times_per_year": 12, "in": MONTHS, "day": 1, "division": {"to": "ore"}}
    said = {**FROM_2023, **clause, **({"settlement": "separate"} if separate else {})}
    found = rows(amount=1000000, payment=monthly, clause=said)
    (correction,) = [row for row in found if row.correction]
    assert correction.amount == Decimal(amount)
    assert correction.correction is not None
    assert correction.correction.numbers == (1, 2, 3, 4)
    assert (correction.start, correction.end) == (date(2023, 1, 1), date(2023, 4, 30))
    netted = ((2023, 5), date(2023, 5, 2))  # 1 May is a holiday
    assert (correction.correction.paid_with, correction.due) == ((None, None) if separate else netted)
    assert sum(row.amount or 0 for row in found) == 1046000


def _table(*rows: tuple[int, str, str, str], corrects: str | None = None) -> dict[str, IndexTable]:
    made = tuple(
        ChangeRow(
            year=year,
            value=Decimal(value),
            status=status,  # type: ignore[arg-type]
            published=date.fromisoformat(day),
            source=("x",),
            corrects=corrects if number == len(rows) else None,
        )
        for number, (year, value, status, day) in enumerate(rows, 1)
    )
    return {"OPI": TABLES["OPI"].model_copy(update={"rows": made})}


TWICE = _table(
    (2023, "3.5", "preliminary", "2022-12-09"),
    (2023, "4.6", "definitive", "2023-04-19"),
    (2023, "4.5", "definitive", "2023-06-15"),
    corrects="made up for this test",
)


def test_two_corrections_in_a_row() -> None:
    # a fourth of 207 000 is 51 750, of 209 200 it is 52 300, of 209 000 it is 52 250
    #   19 April: January 52 300 − 51 750 = 550, with the payment of April (28 April, before Sunday the 30th)
    #   15 June: January and April, 2 × (52 250 − 52 300) = −100, with that of July
    found = rows(tables=TWICE, payment=QUARTERS)
    assert shown(found) == [
        ("1/4", Decimal(51750), "preliminary", "2023-01-31", None),
        ("correction", Decimal(550), "definitive", "2023-04-28", (2023, 2)),
        ("2/4", Decimal(52300), "definitive", "2023-04-28", None),
        ("correction", Decimal(-100), "definitive", "2023-07-31", (2023, 3)),
        ("3/4", Decimal(52250), "definitive", "2023-07-31", None),
        ("4/4", Decimal(52250), "definitive", "2023-10-31", None),
    ]
    first, second = (row.correction for row in found if row.correction)
    assert first is not None and second is not None
    assert (first.numbers, first.parts) == ((1,), ((Decimal(51750), Decimal(52300)),))
    assert (second.numbers, second.parts) == ((1, 2), ((Decimal(52300), Decimal(52250)),) * 2)
    assert (first.before.rounded, second.before.rounded) == (207000, 209200)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 4, 18), [51750, 51750, 51750, 51750]),
        (date(2023, 4, 19), [51750, 550, 52300, 52300, 52300]),
        (date(2023, 6, 14), [51750, 550, 52300, 52300, 52300]),
        (date(2023, 6, 15), [51750, 550, 52300, -100, 52250, 52250]),
    ],
)
def test_two_corrections_day_by_day(day: date, expected: list[int]) -> None:
    assert [row.amount for row in rows(day, tables=TWICE, payment=QUARTERS)] == expected


# --- what the log says of the day -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 1, 5), [207000, 2200]),
        (date(2023, 4, 18), [207000, 2200]),
        (date(2023, 4, 19), [209200]),  # made on the day of the definitive figure
        (date(2023, 5, 2), [209200]),  # and late, after it
    ],
)
def test_the_day_in_the_log_goes_before_the_day_it_was_due(day: date, expected: list[int]) -> None:
    found = rows(log=(paid(day),))
    assert [row.amount for row in found] == expected
    assert sum(expected) == 209200


def test_a_payment_logged_without_a_day_is_taken_to_be_made_when_it_was_due() -> None:
    undated = {"payment": "ersattning", "date": {"unknown": "okänt"}, "year": 2023}
    assert [row.amount for row in rows(log=(undated,))] == [207000, 2200]
    # and it is the first of two: the second was late, after the definitive figure
    twice = {"times_per_year": 2, "in": ("january", "march")}
    found = rows(log=(undated, paid(date(2023, 5, 2))), payment=twice)
    assert [row.amount for row in found] == [103500, 1100, 104600]


def test_a_payment_made_before_any_figure_was_known() -> None:
    """On 5 December nothing was known; the preliminary figure four days later is what it could first be reckoned on."""
    early = (paid(date(2022, 12, 5)),)
    assert shown(rows(log=early)) == [
        FIRST,
        ("correction", Decimal(2200), "definitive", "2024-01-31", (2024, 1)),
    ]
    assert shown(rows(date(2023, 4, 18), log=early)) == [FIRST]
    assert shown(rows(date(2022, 12, 8), log=early)) == [NOTHING]


def test_a_figure_that_came_after_the_payment_was_due() -> None:
    table = _table((2023, "3.5", "preliminary", "2023-02-15"), (2023, "4.6", "definitive", "2023-04-19"))
    assert [row.amount for row in rows(date(2023, 2, 14), tables=table)] == [None]
    assert [row.amount for row in rows(date(2023, 2, 15), tables=table)] == [207000]
    assert [row.amount for row in rows(tables=table)] == [207000, 2200]


def test_the_old_amount_paid_in_december() -> None:
    """The clause waits, and the old amount is paid some days before the year begins."""
    clause = {**FROM_2023, "preliminary": "wait"}
    early = (paid(date(2022, 12, 28)),)
    assert [row.amount for row in rows(date(2023, 2, 1), log=early, clause=clause)] == [200000]
    assert [row.amount for row in rows(log=early, clause=clause)] == [200000, 9200]


def test_the_next_payment_is_one_that_has_not_been_made() -> None:
    """The payments of January and April were both made early in the year: the difference is paid with that of July."""
    log = (paid(date(2023, 1, 10)), paid(date(2023, 4, 12)))
    corrections = [row for row in rows(log=log, payment=QUARTERS) if row.correction]
    # 2 × (52 300 − 51 750)
    assert [(row.amount, row.due) for row in corrections] == [(1100, date(2023, 7, 31))]


def test_the_next_payment_is_the_next_in_time() -> None:
    """2021 was paid in June 2022; decided in March 2023, the rest comes in April, before what 2022 has in June."""
    clause = {"trigger": "by_decision", "first": date(2021, 1, 1)}
    log = ({"adjustment": "ersattning", "date": date(2023, 3, 1), "year": 2021, "percent": 2},)
    arrears = {"times_per_year": 1, "in": "june", "covers": "arrears"}
    made = agreement(
        period=period(date(2021, 1, 1), date(2023, 12, 31)),
        contributions=(
            cash(200000, indexation=clause, payment=(arrears, {**QUARTERS, "valid_from": date(2023, 1, 1)})),
        ),
        log=log,
    )
    # 200 000 × 1,02 = 204 000; a fourth is 51 000
    found = payments("prov", made, TABLES, TODAY)
    assert [(row.year, row.amount, f"{row.due}", row.correction is not None) for row in found] == [
        (2021, 200000, "2022-06-30", False),
        (2021, 4000, "2023-04-28", True),
        (2022, 204000, "2023-06-30", False),
        (2023, 50000, "2023-01-31", False),
        (2023, 1000, "2023-04-28", True),
        (2023, 51000, "2023-04-28", False),
        (2023, 51000, "2023-07-31", False),
        (2023, 51000, "2023-10-31", False),
    ]


def test_a_payment_on_the_day_of_the_figure_is_the_next_payment() -> None:
    # 103 500 in January; 104 600 on 19 April, and 1 100 with it
    found = rows(payment={"dates": ({"day": "01-31", "share": 50}, {"day": "04-19", "share": 50})})
    assert [(row.amount, f"{row.due}") for row in found] == [
        (103500, "2023-01-31"),
        (1100, "2023-04-19"),
        (104600, "2023-04-19"),
    ]


# --- adjustments that are decided, or asked for, after payments -------------------------------------------------------


def test_an_adjustment_decided_after_the_payment() -> None:
    # 200 000 × 1,025 = 205 000
    clause = {"trigger": "by_decision", "first": date(2023, 1, 1)}
    log = ({"adjustment": "ersattning", "date": date(2023, 6, 1), "year": 2023, "percent": Decimal("2.5")},)
    before = [("1/1", Decimal(200000), "definitive", "2023-01-31", None)]
    assert shown(rows(date(2023, 5, 31), clause=clause, log=log)) == before
    after = ("correction", Decimal(5000), "definitive", "2024-01-31", (2024, 1))
    assert shown(rows(date(2023, 6, 1), clause=clause, log=log)) == [*before, after]
    # decided before the payment, there is nothing to correct
    early = ({**log[0], "date": date(2023, 1, 15)},)
    assert [row.amount for row in rows(clause=clause, log=early)] == [205000]


def test_an_adjustment_asked_for_after_the_payment() -> None:
    # 31 January 200 000; asked for on 1 March, when 3,5 was known: 7 000; on 19 April 2 200 more
    clause = {**FROM_2023, "trigger": "on_request"}
    log = ({"adjustment": "ersattning", "date": date(2023, 3, 1), "year": 2023},)
    assert [row.amount for row in rows(date(2023, 2, 28), clause=clause, log=log)] == [200000]
    assert [row.amount for row in rows(date(2023, 3, 1), clause=clause, log=log)] == [200000, 7000]
    assert [row.amount for row in rows(clause=clause, log=log)] == [200000, 7000, 2200]


# --- no next payment --------------------------------------------------------------------------------------------------


def test_after_the_last_payment_of_the_agreement() -> None:
    assert shown(rows(last=date(2023, 12, 31)))[1] == ("correction", Decimal(2200), "definitive", None, None)


def test_an_extension_that_is_only_proposed_is_not_waited_for() -> None:
    proposed = {"kind": "extended", "body": "Nämnden", "proposed": date(2023, 3, 1), "until": date(2024, 12, 31)}
    last = date(2023, 12, 31)
    assert shown(rows(last=last, decisions=(proposed,)))[1][3:] == (None, None)
    decided = {"kind": "extended", "body": "Nämnden", "date": date(2023, 3, 1), "until": date(2024, 12, 31)}
    assert shown(rows(last=last, decisions=(decided,)))[1][3:] == ("2024-01-31", (2024, 1))
    # a correction of a payment in the proposed extension has the same condition as the payment that follows
    both = {**proposed, "until": date(2025, 12, 31)}
    made = agreement(
        period=period(date(2021, 1, 1), date(2022, 12, 31)),
        contributions=(cash(200000, indexation=opi(date(2023, 1, 1)), payment=JANUARY),),
        decisions=(both,),
    )
    (correction,) = [row for row in payments("prov", made, TABLES, TODAY) if row.correction]
    assert (correction.due, correction.extension) == (date(2024, 1, 31), ("decisions", 0))


# --- what is assumed --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("preliminary", ["settle", "wait"])
@pytest.mark.parametrize("day", [date(2022, 12, 5), date(2023, 1, 31)])
def test_nothing_is_assumed_of_what_has_been_published_since(preliminary: str, day: date) -> None:
    clause = {**FROM_2023, "preliminary": preliminary}
    plain = rows(clause=clause, log=(paid(day),))
    assert rows(clause=clause, log=(paid(day),), assumed={("OPI", None): Decimal(2)}) == plain
    assert Status.FORECAST not in {row.status for row in plain}


def test_a_past_payment_on_an_assumed_percentage_is_corrected_by_what_is_known() -> None:
    # 2023 is unknown and assumed to be 2 %; of 2024 there is 3,0 preliminary on 2023-12-10 and 4,0 on 2024-04-10
    # 200 000 × 1,02 = 204 000; × 1,03 = 210 120, paid by 31 January 2024; × 1,04 = 212 160
    table = _table((2024, "3.0", "preliminary", "2023-12-10"), (2024, "4.0", "definitive", "2024-04-10"))
    made = agreement(
        period=period(date(2022, 1, 1), date(2024, 12, 31)),
        contributions=(cash(200000, indexation=FROM_2023, payment=JANUARY),),
    )
    found = payments("prov", made, table, TODAY, assumed={("OPI", None): Decimal(2)})
    assert [(row.year, row.amount, row.status) for row in found if row.year > 2022] == [
        (2023, 204000, Status.FORECAST),
        (2024, 210120, Status.FORECAST),
        (2024, 2040, Status.FORECAST),
    ]


# --- any past day again, byte for byte --------------------------------------------------------------------------------

AGREEMENT = """\
format: 1
title: IOP Exempel
dated: 2021-12-15
parties:
  kommunen: {name: Exempelnämnden, kind: municipality}
  foreningen: {name: Föreningen Exempel, kind: association}
period: {start: 2022-01-01, end: 2024-12-31, extension: {times: 1, until: 2025-12-31}}
contributions:
  - id: ersattning
    from: kommunen
    to: foreningen
    kind: cash
    amount: 120000
    per: year
    indexation: {index: PRV, first: 2023-01-01, price_year: 2022}
    payment: {times_per_year: 4, in: [january, april, july, october]}
  - id: hyra
    from: kommunen
    to: foreningen
    kind: cash
    amount: 50000
    per: year
    indexation: {trigger: by_decision, first: 2023-01-01}
    payment: {times_per_year: 1, in: january}
  - id: besok
    from: kommunen
    to: foreningen
    kind: cash
    amount: 40000
    per: year
    payment: {after: {event: invoice, days: 30}, times_per_year: 2}
decisions:
  - {kind: adopted, body: Nämnden, date: 2021-11-10}
"""
LATER_DECISIONS = """\
  - {kind: delegated, body: Nämnden, date: 2023-08-15}
  - {kind: terminated, body: Nämnden, date: 2023-09-01, until: 2023-12-31}
  - {kind: terminated, body: Nämnden, date: 2023-10, until: 2023-11-30}
"""
LOG = """\
log:
  - {payment: ersattning, year: 2022, date: 2022-01-31, amount: 30000}
  - {payment: ersattning, year: 2022, date: 2022-04-29, amount: 29000}
  - {invoice: besok, date: 2022-03-01}
  - {payment: ersattning, year: 2023, date: 2023-01-31, amount: 30000}
  - {payment: ersattning, year: 2023, date: 2023-04-28, amount: 31000}
"""
LATER_LOG = """\
  - {payment: ersattning, year: 2022, date: 2023-07-10, amount: 30000}
  - {payment: ersattning, year: 2023, date: 2023-07-31, amount: 30600}
  - {payment: hyra, year: 2023, date: 2023-08-01}
  - {adjustment: hyra, year: 2023, date: 2023-09-15, percent: 3}
  - {invoice: besok, date: 2023-07-20, year: 2022}
  - {invoice: besok, date: 2023-08-20}
"""
INDEX = """\
index: PRV
name: Ett index för prov
publisher: Ingen
kind: yearly_change
publication_month: 12
years_ahead: 1
rows:
  - {year: 2023, value: 2.0, status: definitive, published: 2023-03-10, source: prov}
"""
LATER_INDEX = """\
  - {year: 2023, value: 2.5, status: definitive, published: 2023-07-05, source: prov, corrects: fel i räkningen}
  - {year: 2024, value: 3.0, status: preliminary, published: 2023-12-10, source: prov}
  - {year: 2024, value: 3.5, status: definitive, published: 2024-04-10, source: prov}
"""
FORMS = (
    ("--format", "table"),
    ("--explain",),
    ("--format", "md"),
    ("--format", "json", "--explain"),
    ("--format", "csv"),
)
DAYS = ("2022-06-30", "2023-02-15", "2023-06-30")


def _workspace(folder: Path, decisions: str = "", log: str = "", index: str = "") -> Path:
    (folder / "agreements").mkdir(parents=True)
    (folder / "indices").mkdir()
    (folder / "agreements" / "prov.yaml").write_text(AGREEMENT + decisions + LOG + log, "utf-8")
    (folder / "indices" / "PRV.yaml").write_text(INDEX + index, "utf-8")
    return folder


def _runs(folder: Path) -> list[tuple[str, str]]:
    asked = [(day, form) for day in DAYS for form in FORMS] + [("2023-06-30", ("--scenario", "mid", "--explain"))]
    done = [iopctl("pay", "--as-of", day, *form, cwd=folder) for day, form in asked]
    assert all(each.returncode in (0, 1) for each in done), [each.stderr for each in done]
    return [(each.stdout, each.stderr) for each in done]


def test_a_past_day_gives_the_same_bytes_whatever_came_later(tmp_path: Path) -> None:
    before = _runs(_workspace(tmp_path / "before"))
    after = _runs(_workspace(tmp_path / "after", LATER_DECISIONS, LATER_LOG, LATER_INDEX))
    assert all(out for out, _err in before)
    assert after == before
    # and what came later does change a later day
    late = ("pay", "--as-of", "2024-05-01", "--format", "csv")
    assert iopctl(*late, cwd=tmp_path / "after").stdout != iopctl(*late, cwd=tmp_path / "before").stdout


def test_an_extension_decided_later_is_then_still_to_come(tmp_path: Path) -> None:
    """The one thing that a later entry changes: the years of the extension are listed, on the condition of it."""
    extended = "  - {kind: extended, body: Nämnden, date: 2023-11-08, until: 2025-12-31}\n"
    plain, more = _workspace(tmp_path / "plain"), _workspace(tmp_path / "more", extended)
    asked = ("pay", "--as-of", "2023-06-30", "--format", "csv")
    before, after = (iopctl(*asked, cwd=folder).stdout.splitlines() for folder in (plain, more))
    assert [line for line in after if ",2025-" not in line] == before
    added = [line for line in after if ",2025-" in line]
    # four quarters of the first, one payment of the second, two of the third
    assert len(added) == 7
    assert {line.split(",")[3] for line in added} == {"2025"}
    assert all(",blocked,true," in line or ",definitive,true," in line for line in added)
