"""The budget. Every expected figure is worked by hand from the clause; the working stands beside it."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from iopctl.compute.budget import By, Entry, Gap, Sums, Unstated, Years, entries, grouped, total
from iopctl.compute.reasons import MissingIndices, NoSumForExtension, OpenAmount, PartYear, Status, Undivided
from iopctl.compute.scenario import rates, scenario
from iopctl.locale.language import Language
from iopctl.model import Agreement, Settings
from iopctl.render.budget import Budget, as_csv, as_json, as_table
from iopctl.render.findings import no_paint
from iopctl.render.workbook import workbook
from iopctl.surroundings import packaged_tables
from tests.agreements import SHIPPED, agreement, cash, opi, period, shipped
from tests.terminal import iopctl, on_a_terminal
from tests.tools import needs

TABLES = packaged_tables()
DAY = date(2026, 2, 1)
KOMMUN = {"name": "Exempelkommunen", "kind": "municipality"}
FORENING = {"name": "Föreningen Exempel", "kind": "association"}
CALENDAR_YEARS = period(date(2024, 1, 1), date(2026, 12, 31))


def _assumed(found: list[Entry]) -> set[tuple[str, int]]:
    return {each for entry in found for each in entry.assumed}


def made(**parts: Any) -> Agreement:
    """An agreement from values with lists, as a file has them; what is None is left out."""
    return agreement(**{name: _frozen(value) for name, value in parts.items() if value is not None})


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _frozen(each) for name, each in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value


def cost(
    *contributions: dict[str, Any],
    years: tuple[int, int] = (2024, 2026),
    as_of: date = DAY,
    assumed: dict[tuple[str, int | None], Decimal] | None = None,
    id_: str = "prov",
    **parts: Any,
) -> list[Entry]:
    whole = made(**{"period": CALENDAR_YEARS, "contributions": contributions, **parts})
    return entries(id_, whole, TABLES, as_of, Years(*years), assumed)


def by_year(found: list[Entry]) -> dict[int | None, Sums]:
    return {each.year: each.sums for each in found}


def reasons(found: list[Entry]) -> dict[int | None, list[Any]]:
    """Why there are gaps, year by year, and how many payments."""
    return {each.year: [(_why(gap), gap.payments) for gap in each.gaps] for each in found}


def _why(gap: Gap) -> Any:
    return gap.why if isinstance(gap.why, Unstated) else gap.why.reason


# -- what a year comes to ----------------------------------------------------------------------------------------------

# Resurspoolen 2020: 933 000 kr in the prices of 2020, OPI from 2021-01-01, paid in January.
#   2022: 933 000 × 1,015 × 1,019                =   964 987,905     → 964 988
#   2023: 964 987,905 × 1,035 (preliminary 3,5)  =   998 762,481675  → 998 762
#         964 987,905 × 1,046 (definitive 4,6)   = 1 009 377,34863   → 1 009 377
#   2024: 1 009 377,34863 × 1,03 (assumed 3)     = 1 039 658,669…    → 1 039 659


def resurspoolen(as_of: date, assumed: dict[tuple[str, int | None], Decimal] | None = None) -> dict[int | None, Sums]:
    id_ = "linkoping-resurspoolen-2020"
    found = entries(id_, shipped().workspace.agreements[id_], TABLES, as_of, Years(2022, 2025), assumed)
    return by_year([each for each in found if each.cash])


def test_a_year_is_what_is_known_of_it_today_and_a_correction_counts_in_the_year_it_corrects() -> None:
    """998 762 kr was paid in January 2023; the correction, 10 615 kr, is paid in 2024 and is of 2023."""
    assert resurspoolen(date(2023, 6, 1)) == {
        2022: Sums(definitive=Decimal(964988)),
        2023: Sums(definitive=Decimal(1009377), conditional=Decimal(1009377)),
        2024: Sums(not_reckoned=1),
        2025: Sums(not_reckoned=1),
    }


def test_preliminary_and_forecast_stand_apart() -> None:
    found = resurspoolen(date(2023, 2, 1), {("OPI", 2024): Decimal(3)})
    assert found[2023] == Sums(preliminary=Decimal(998762), conditional=Decimal(998762))
    # on the preliminary figure: 998 762,481675 × 1,03 = 1 028 725,356… → 1 028 725
    assert found[2024] == Sums(forecast=Decimal(1028725), conditional=Decimal(1028725))
    assert found[2025] == Sums(not_reckoned=1)
    later = resurspoolen(date(2023, 6, 1), {("OPI", 2024): Decimal(3)})
    assert later[2024] == Sums(forecast=Decimal(1039659), conditional=Decimal(1039659))


def test_a_missing_figure_leaves_all_four_payments_out_and_says_so() -> None:
    schedule = {"times_per_year": 4, "in": ["january", "april", "july", "october"]}
    [entry] = cost(cash(400000, indexation=opi(date(2025, 1, 1)), payment=schedule), years=(2026, 2026))
    assert (entry.sums, entry.status) == (Sums(not_reckoned=4), Status.BLOCKED)
    [gap] = entry.gaps
    assert gap.payments == 4
    assert isinstance(_why(gap), MissingIndices)
    assert [each.year for each in _why(gap).figures] == [2025, 2026]
    assert entry.late(DAY)


def test_an_amount_that_only_waits_for_a_figure_still_to_be_published_is_not_late() -> None:
    """On 2022-10-01 OPI 2023 was not yet to be expected."""
    found = cost(
        cash(100000, indexation=opi(date(2023, 1, 1))),
        years=(2023, 2023),
        as_of=date(2022, 10, 1),
        period=period(date(2022, 1, 1), date(2023, 12, 31)),
    )
    assert by_year(found) == {2023: Sums(not_reckoned=1)}
    assert not found[0].late(date(2022, 10, 1))


@pytest.mark.parametrize(
    ("part_year", "amount"),
    [
        ("days", 60493),  # 120 000 × 184/365 = 60 493,15
        ("months", 60000),  # 120 000 × 6/12
        ("full", 120000),
    ],
)
def test_a_part_of_a_year_in_cash_and_in_kind(part_year: str, amount: int) -> None:
    half = period(date(2025, 7, 1), date(2026, 12, 31))
    lokal = {"from": "kommunen", "kind": "premises", "value": 120000, "per": "year", "part_year": part_year}
    paid, given = cost(cash(120000, part_year=part_year), lokal, years=(2025, 2025), period=half)
    assert paid.sums == Sums(definitive=Decimal(amount))
    assert given.sums == Sums(in_kind=Decimal(amount))


def test_a_part_of_a_year_that_the_agreement_does_not_say_how_to_divide() -> None:
    half = period(date(2025, 7, 1), date(2026, 12, 31))
    lokal = {"from": "kommunen", "kind": "premises", "value": 120000, "per": "year"}
    paid, given = cost(cash(120000), lokal, years=(2025, 2025), period=half)
    missing = [(PartYear(date(2025, 7, 1), date(2025, 12, 31)), 1)]
    assert (paid.sums, reasons([paid])) == (Sums(not_reckoned=1), {2025: missing})
    assert (given.sums, reasons([given])) == (Sums(not_valued=1), {2025: missing})
    assert paid.late(DAY)
    assert not given.late(DAY)


@pytest.mark.parametrize("years", [(2024, 2024), (2025, 2025), (2024, 2026)])
def test_a_sum_for_several_years_is_put_in_none_of_them(years: tuple[int, int]) -> None:
    """900 000 kr for 2024–2026: not 900 000 kr in 2024, nor 300 000 kr a year, which nobody has said."""
    found = cost(cash(900000, per="period"), years=years)
    assert reasons(found) == {year: [(Undivided(), 1)] for year in range(years[0], years[1] + 1)}
    assert {each.sums for each in found} == {Sums(not_reckoned=1)}


def test_a_sum_for_a_period_inside_one_year() -> None:
    found = cost(cash(900000, per="period"), period=period(date(2025, 3, 1), date(2025, 11, 30)))
    assert by_year(found) == {2025: Sums(definitive=Decimal(900000))}


def test_a_sum_for_a_period_without_an_end() -> None:
    found = cost(cash(900000, per="period"), years=(2026, 2026), period=period(date(2026, 1, 1), "open_ended"))
    assert reasons(found) == {2026: [(Undivided(), 1)]}


def test_a_sum_for_the_period_when_it_is_extended() -> None:
    extended = {"kind": "extended", "body": "Nämnden", "proposed": date(2025, 1, 1), "until": date(2027, 12, 31)}
    found = cost(
        cash(900000, per="period"),
        years=(2025, 2027),
        period=period(date(2025, 1, 1), date(2025, 12, 31)),
        decisions=[extended],
    )
    assert reasons(found) == {2025: [], 2026: [(NoSumForExtension(), 1)], 2027: [(NoSumForExtension(), 1)]}
    assert found[0].sums == Sums(definitive=Decimal(900000))


def test_an_agreement_without_an_end_reaches_the_last_year_asked_about() -> None:
    found = cost(cash(100000), years=(2028, 2031), period=period(date(2024, 1, 1), "open_ended"))
    assert by_year(found) == {year: Sums(definitive=Decimal(100000)) for year in range(2028, 2032)}


def test_years_outside_the_agreement_have_nothing() -> None:
    assert cost(cash(100000), {"from": "foreningen", "kind": "volunteers"}, years=(2027, 2030)) == []


def test_what_is_given_once_is_of_the_year_it_is_given_in() -> None:
    found = cost(
        cash(50000, per="once", valid_from=date(2025, 5, 1)), {"from": "foreningen", "kind": "goods", "per": "once"}
    )
    assert [(each.year, each.sums) for each in found] == [
        (2025, Sums(definitive=Decimal(50000))),
        (2024, Sums(not_valued=1)),
    ]


def test_a_ceiling_stands_apart_and_counts_once_though_it_is_paid_in_four_parts() -> None:
    schedule = {"times_per_year": 4, "in": ["january", "april", "july", "october"]}
    found = cost(cash(400000, ceiling=True, payment=schedule))
    assert by_year(found) == {year: Sums(ceiling=Decimal(400000)) for year in (2024, 2025, 2026)}


def test_a_ceiling_that_rests_on_a_forecast_is_a_forecast() -> None:
    """100 000 × 1,02 = 102 000."""
    indexed = cash(100000, ceiling=True, indexation=opi(date(2026, 1, 1)))
    [entry] = cost(indexed, years=(2026, 2026), assumed={("OPI", None): Decimal(2)})
    assert (entry.sums, entry.status) == (Sums(ceiling=Decimal(102000)), Status.FORECAST)
    assert entry.assumed == {("OPI", 2026)}


def test_cash_from_others_than_public_bodies_is_no_cost() -> None:
    own = {"id": "egna", "from": "foreningen", "to": "kommunen", "kind": "cash", "amount": 70000, "per": "year"}
    [entry] = cost(own, years=(2025, 2025))
    assert entry.sums == Sums(other_cash=Decimal(70000))
    assert entry.party == ("Föreningen Exempel",)


def test_what_nobody_has_stated_is_counted() -> None:
    nothing = {"id": "a", "from": "kommunen", "kind": "cash"}
    words = {"id": "b", "from": "kommunen", "kind": "cash", "amount": {"unknown": "enligt budget"}, "per": "year"}
    found = cost(nothing, words, years=(2025, 2025))
    assert [each.sums for each in found] == [Sums(not_reckoned=1), Sums(not_reckoned=1)]
    assert [_why(each.gaps[0]) for each in found] == [Unstated.AMOUNT, OpenAmount("enligt budget")]
    assert all(each.late(DAY) for each in found)


def test_without_a_period_there_is_no_year() -> None:
    given = {"from": "foreningen", "kind": "volunteers"}
    valued = {"from": "foreningen", "kind": "volunteer_hours", "value": 1000, "per": "year"}
    found = cost(cash(100000), given, valued, period=None)
    assert [(each.year, each.sums, [_why(gap) for gap in each.gaps]) for each in found] == [
        (None, Sums(not_reckoned=1), [Unstated.PERIOD]),
        (None, Sums(not_valued=1), []),
        (None, Sums(not_valued=1), [Unstated.PERIOD]),
    ]
    assert not any(each.late(DAY) for each in found)


def test_money_that_is_not_granted_is_conditional() -> None:
    funding = [{"year": 2025, "state": "subject_to_budget", "body": "Kommunfullmäktige"}]
    found = cost(cash(100000, funding=funding), years=(2025, 2026))
    assert by_year(found) == {
        2025: Sums(definitive=Decimal(100000), conditional=Decimal(100000)),
        2026: Sums(definitive=Decimal(100000)),
    }


def test_only_the_part_of_a_year_that_is_extended_is_conditional() -> None:
    """120 000 kr a year by months: to June agreed; from July proposed. One stretch: the year needs the decision."""
    extended = {"kind": "extended", "body": "Nämnden", "proposed": date(2025, 1, 1), "until": date(2025, 12, 31)}
    found = cost(
        cash(120000, part_year="months"),
        period=period(date(2024, 1, 1), date(2025, 6, 30)),
        decisions=[extended],
        years=(2024, 2025),
    )
    assert by_year(found) == {
        2024: Sums(definitive=Decimal(120000)),
        2025: Sums(definitive=Decimal(120000), conditional=Decimal(120000)),
    }


# -- what it stands under ----------------------------------------------------------------------------------------------

PARTIES = {
    "skola": {**KOMMUN, "board": "Skolnämnden"},
    "social": {**KOMMUN, "board": "Socialnämnden", "organisation": "Exempelkommunen"},
    "regionen": {"name": "Region Exempel", "kind": "region"},
    "foreningen": FORENING,
    "klubben": {"name": "Klubben", "kind": "association"},
}


def under(contribution: dict[str, Any], by: By, home: str | None = None, **parties: Any) -> list[tuple[str, ...]]:
    whole = made(period=CALENDAR_YEARS, contributions=[contribution], parties={**PARTIES, **parties})
    return list(grouped(entries("prov", whole, TABLES, DAY, Years(2025, 2025), None, home), by))


@pytest.mark.parametrize(
    ("giver", "to", "board", "party"),
    [
        ("skola", "foreningen", ("Skolnämnden",), ("Föreningen Exempel",)),
        ("social", "klubben", ("Socialnämnden (Exempelkommunen)",), ("Klubben",)),
        ("regionen", "foreningen", ("Region Exempel",), ("Föreningen Exempel",)),  # it has no board
        (["skola", "regionen"], "klubben", ("Skolnämnden", "Region Exempel"), ("Klubben",)),  # nobody has divided it
        ("skola", None, ("Skolnämnden",), ()),
        ({"unknown": "ingen betalare nämns"}, None, (), ()),
    ],
)
def test_cash_stands_under_the_payer_s_board_and_the_receiver(
    giver: Any, to: str | None, board: tuple[str, ...], party: tuple[str, ...]
) -> None:
    paid = {"id": "e", "from": giver, "kind": "cash", "amount": 1000, "per": "year", **({"to": to} if to else {})}
    assert under(paid, "board") == [board]
    assert under(paid, "party") == [party]
    assert under(paid, "agreement") == [("prov",)]


def test_in_kind_stands_under_the_giver_and_the_boards_of_the_agreement() -> None:
    given = {"from": ["foreningen", "klubben"], "kind": "volunteers"}
    assert under(given, "party") == [("Föreningen Exempel", "Klubben")]
    assert under(given, "board") == [("Skolnämnden", "Socialnämnden (Exempelkommunen)", "Region Exempel")]
    assert under({"from": "skola", "kind": "premises"}, "board") == [("Skolnämnden",)]


def test_a_board_of_the_workspace_s_own_municipality_needs_no_name_of_it() -> None:
    paid = {"id": "e", "from": "social", "kind": "cash", "amount": 1000, "per": "year"}
    assert under(paid, "board", "Exempelkommunen") == [("Socialnämnden",)]
    assert under(paid, "board", "Grannkommunen") == [("Socialnämnden (Exempelkommunen)",)]


def test_a_board_is_called_what_it_is_called_on_the_day() -> None:
    renamed = [
        {"from": date(2025, 1, 1), "board": "Barnnämnden"},
        {"from": date(2026, 3, 1), "board": "Ungdomsnämnden"},
    ]
    paid = {"id": "e", "from": "skola", "kind": "cash", "amount": 1000, "per": "year"}
    assert under(paid, "board", skola={**PARTIES["skola"], "renamed": renamed}) == [("Barnnämnden",)]


def test_however_it_is_grouped_it_is_the_same_money() -> None:
    found = portfolio()
    # 2026: 4 × … see the screen below; the sums of the groups are the sum of all
    whole = total(found)
    for by in ("agreement", "party", "board"):
        groups = grouped(found, by).values()
        assert sum((total(each) for each in groups), Sums()) == whole
        assert sum(map(len, groups)) == len(found)


# -- what forecasts rest on --------------------------------------------------------------------------------------------


def test_what_was_given_for_the_run_goes_before_the_scenario() -> None:
    opi_from_2026 = cash(100000, indexation=opi(date(2026, 1, 1)))
    given = {("OPI", 2026): Decimal(3)}
    says = scenario("mid", Settings(), TABLES, DAY)
    found = cost(
        opi_from_2026,
        years=(2026, 2027),
        period=period(date(2025, 1, 1), date(2027, 12, 31)),
        assumed={("OPI", None): says["OPI"].percent, **given},
    )
    assert [(each.index, each.year, each.percent, each.forecast) for each in rates(_assumed(found), given, says)] == [
        ("OPI", 2026, Decimal(3), None),
        ("OPI", None, says["OPI"].percent, says["OPI"]),
    ]


# -- the screens -------------------------------------------------------------------------------------------------------


def portfolio() -> list[Entry]:
    """Two agreements of two boards: an indexed and a plain amount, a ceiling, in kind, own cash, and what is missing.

    alfa: 100 000 kr, OPI from 2026, here 2 %:  2026: 102 000   2027: 104 040
    beta: 250 000 kr in 2026; half of 2027, and nothing on how that is divided
    """
    alfa = made(
        period=period(date(2025, 1, 1), date(2027, 12, 31)),
        parties={"namnden": {**KOMMUN, "board": "Skolnämnden"}, "foreningen": FORENING},
        contributions=[
            {
                "id": "stod",
                "from": "namnden",
                "to": "foreningen",
                "kind": "cash",
                "amount": 100000,
                "per": "year",
                "indexation": opi(date(2026, 1, 1)),
                "funding": [{"year": 2027, "state": "subject_to_budget"}],
            },
            {"id": "lokal", "from": "namnden", "to": "foreningen", "kind": "premises", "value": 48000, "per": "year"},
            {"id": "timmar", "from": "foreningen", "kind": "volunteers"},
        ],
    )
    beta = made(
        period=period(date(2026, 1, 1), date(2027, 6, 30)),
        parties={
            "namnden": {**KOMMUN, "board": "Fritidsnämnden"},
            "klubben": {"name": "Klubben", "kind": "association"},
        },
        contributions=[
            {"id": "stod", "from": "namnden", "to": "klubben", "kind": "cash", "amount": 250000, "per": "year"},
            {
                "id": "hyra",
                "from": "namnden",
                "to": "klubben",
                "kind": "cash",
                "amount": Decimal("30000.50"),
                "per": "year",
                "ceiling": True,
                "part_year": "full",
            },
            {
                "id": "egna",
                "from": "klubben",
                "to": "namnden",
                "kind": "cash",
                "amount": 20000,
                "per": "year",
                "part_year": "full",
            },
        ],
    )
    assumed: dict[tuple[str, int | None], Decimal] = {("OPI", None): Decimal(2)}
    both = {"alfa-2025": alfa, "beta-2026": beta}
    return [
        entry for id_, each in both.items() for entry in entries(id_, each, TABLES, DAY, Years(2026, 2027), assumed)
    ]


def budget(by: By = "agreement", **changes: Any) -> Budget:
    found = changes.pop("entries", None) or portfolio()
    values: dict[str, Any] = {
        "entries": found,
        "years": Years(2026, 2027),
        "by": by,
        "as_of": DAY,
        "scenario": None,
        "rates": rates(_assumed(found), {("OPI", None): Decimal(2)}, {}),
        "successors": (),
        "left_out": (),
        **changes,
    }
    return Budget(**values)


def screen(found: Budget, width: int = 80) -> str:
    return as_table(found, Language("en"), width, no_paint).replace("\u00a0", " ")


BY_AGREEMENT = """\
alfa-2025 · Föreningen Exempel
Year   Definitive  Preliminary  Forecast    Total  In kind  Not reckoned
2026            –            –   102,000  102,000   48,000
2027            –            –   104,040  104,040   48,000
Total           –            –   206,040  206,040   96,000
  2027: stod: only if the money for the year is granted
  2026–2027: in kind without a value: 1

beta-2026 · Klubben
Year   Definitive  Preliminary  Forecast    Total  In kind  Not reckoned
2026      250,000            –         –  250,000        –
2027            –            –         –        –        –  1
Total     250,000            –         –  250,000        –  1
  2027: stod: 1 payment is not reckoned: covers only 2027-01-01 – 2027-06-30,
    and the agreement does not say what part of the amount that gives
  2026–2027: hyra: at most 30,000.50 kr, not in the total; what is paid depends
    on the outcome
  2026–2027: egna: 20,000 kr is paid by Klubben and is not in the total

All together
Year   Definitive  Preliminary  Forecast    Total  In kind  Not reckoned
2026      250,000            –   102,000  352,000   48,000
2027            –            –   104,040  104,040   48,000  1
Total     250,000            –   206,040  456,040   96,000  1
  of the total, conditional: 104,040 kr (forecast) in 2027
  at most, by outcome, not in the total: 30,000.50 kr in 2026, 30,000.50 kr in
    2027
  paid by others, not in the total: 20,000 kr in 2026, 20,000 kr in 2027

kronor; what is not reckoned is in no sum, and what is given in kind is beside
  the total
forecast: OPI 2 % a year, assumed
reckoned as of 2026-02-01
"""

BY_PARTY = """\
Exempelkommunen
Year   Definitive  Preliminary  Forecast  Total  In kind  Not reckoned
2026            –            –         –      –   48,000
2027            –            –         –      –   48,000
Total           –            –         –      –   96,000

Föreningen Exempel
Year   Definitive  Preliminary  Forecast    Total  In kind  Not reckoned
2026            –            –   102,000  102,000        –
2027            –            –   104,040  104,040        –
Total           –            –   206,040  206,040        –
  2027: alfa-2025/stod: only if the money for the year is granted
  2026–2027: in kind without a value: 1

Klubben
Year   Definitive  Preliminary  Forecast    Total  In kind  Not reckoned
2026      250,000            –         –  250,000        –
2027            –            –         –        –        –  1
Total     250,000            –         –  250,000        –  1
  2027: beta-2026/stod: 1 payment is not reckoned: covers only 2027-01-01 – 2027-06-30, and the agreement does not say
    what part of the amount that gives
  2026–2027: beta-2026/hyra: at most 30,000.50 kr, not in the total; what is paid depends on the outcome
  2026–2027: beta-2026/egna: 20,000 kr is paid by Klubben and is not in the total

All together
"""


def test_the_screen_by_agreement() -> None:
    assert screen(budget()) == BY_AGREEMENT


def test_the_screen_by_party() -> None:
    together = BY_AGREEMENT[BY_AGREEMENT.index("All together\n") + len("All together\n") :]
    together = together.replace("beside\n  the total", "beside the total").replace("in\n    2027", "in 2027")
    assert screen(budget("party"), 120) == BY_PARTY + together


def test_the_screen_by_board_has_the_boards() -> None:
    titles = [line for line in screen(budget("board"), 120).splitlines() if line.endswith("nämnden")]
    assert titles == ["Fritidsnämnden", "Skolnämnden"]


def test_a_single_year_has_no_row_of_sums() -> None:
    plain = cost(cash(100000), years=(2025, 2025))
    assert screen(budget(entries=plain, years=Years(2025, 2025))) == (
        "prov\n"
        "Year  Definitive  Preliminary  Forecast    Total  In kind  Not reckoned\n"
        "2025     100,000            –         –  100,000        –\n"
        "\n"
        "kronor; what is not reckoned is in no sum, and what is given in kind is beside\n"
        "  the total\n"
        "reckoned as of 2026-02-01\n"
    )


def test_a_missing_figure_names_the_way_to_a_forecast() -> None:
    found = cost(cash(100000, indexation=opi(date(2026, 1, 1))), years=(2026, 2026))
    assert screen(budget(entries=found, years=Years(2026, 2026)), 120).splitlines()[3:] == [
        "  2026: ersattning: 1 payment is not reckoned: OPI 2026 is not known",
        "",
        "--scenario mid, or low or high, reckons with a forecast where an index figure is not known",
        "kronor; what is not reckoned is in no sum, and what is given in kind is beside the total",
        "reckoned as of 2026-02-01",
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        # the definitive OPI 2015–2023 in order of size: 1.5 1.9 2.2 2.6 2.6 2.7 2.7 3.0 4.6
        ("low", "forecast: OPI 1.5 % a year, the lowest of the definitive changes 2015–2023"),
        ("mid", "forecast: OPI 2.6 % a year, the median of the definitive changes 2015–2023"),
        ("high", "forecast: OPI 4.6 % a year, the highest of the definitive changes 2015–2023"),
    ],
)
def test_the_assumption_of_a_forecast_is_said(name: str, said: str) -> None:
    done = iopctl("budget", LINKOPING, "--as-of", "2023-06-01", "--scenario", name, cwd=SHIPPED)
    assert [line.replace("\u00a0", " ") for line in done.stdout.splitlines() if line.startswith("forecast")] == [said]


# -- records -----------------------------------------------------------------------------------------------------------

LINKOPING = "linkoping-resurspoolen-2020"


def test_json_has_the_rows_the_sums_and_what_forecasts_rest_on() -> None:
    arguments = ("--years", "2023-2024", "--assume", "OPI:2024=3", "--as-of", "2023-06-01", "--format", "json")
    found = json.loads(iopctl("budget", LINKOPING, *arguments, cwd=SHIPPED).stdout)
    assert found["years"] == [2023, 2024]
    assert found["forecasts"] == [{"index": "OPI", "year": 2024, "percent": "3", "looked_back_on": None}]
    assert [(each["contribution"], each["year"], each["status"], each["total"]) for each in found["budget"]] == [
        ("ersattning", 2023, "definitive", "1009377"),
        ("ersattning", 2024, "forecast", "1039659"),
        ("ideella-timmar", 2023, None, "0"),
        ("ideella-timmar", 2024, None, "0"),
    ]
    assert [(each["group"], each["year"], each["total"], each["in_kind"]) for each in found["sums"]] == [
        ([LINKOPING], 2023, "1009377", "3852000"),
        ([LINKOPING], 2024, "1039659", "3852000"),
        (None, 2023, "1009377", "3852000"),
        (None, 2024, "1039659", "3852000"),
    ]
    assert found["left_out"] == []


def test_csv_marks_forecasts_and_leaves_a_total_open_that_is_not_known() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(budget(), Language("en")))))
    assert [(row["contribution"], row["year"], row["total"], row["not_reckoned"], row["status"]) for row in rows] == [
        ("stod", "2026", "102000", "0", "forecast"),
        ("stod", "2027", "104040", "0", "forecast"),
        ("lokal", "2026", "0", "0", ""),
        ("lokal", "2027", "0", "0", ""),
        ("timmar", "2026", "0", "0", ""),
        ("timmar", "2027", "0", "0", ""),
        ("stod", "2026", "250000", "0", "definitive"),
        ("stod", "2027", "", "1", "blocked"),
        ("hyra", "2026", "0", "0", "definitive"),
        ("hyra", "2027", "0", "0", "definitive"),
        ("egna", "2026", "0", "0", "definitive"),
        ("egna", "2027", "0", "0", "definitive"),
    ]
    assert rows[8]["ceiling"] == "30000.50"


# -- the workbook ------------------------------------------------------------------------------------------------------


def opened(found: Budget, *, values: bool, language: str = "en") -> Workbook:
    return load_workbook(io.BytesIO(workbook(found, "Exempelkommunen", Language(language))), data_only=values)


def shown(sheet: Worksheet, first: int) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in sheet.iter_rows(min_row=first, values_only=True)]


def test_the_sums_of_the_workbook() -> None:
    """As on the screen; with the columns that the screen has below its tables."""
    sheet = opened(budget(), values=True)["Summary"]
    assert [row[0] for row in shown(sheet, 1)[:6]] == [
        "Cost of the IOP agreements 2026–2027",
        "Exempelkommunen",
        "kronor; what is not reckoned is in no sum, and what is given in kind is beside the total",
        "forecast: OPI 2 % a year, assumed",
        "reckoned as of 2026-02-01",
        None,
    ]
    assert shown(sheet, 7) == [
        (
            "No.", "Agreement", "Year", "Definitive", "Preliminary", "Forecast", "Total", "Of which conditional",
            "Not reckoned", "At most, by outcome", "In kind", "In kind without a value", "Paid by others",
        ),
        (None, "All together", 2026, 250000, 0, 102000, 352000, 0, 0, 30000.5, 48000, 1, 20000),
        (None, "All together", 2027, 0, 0, 104040, 104040, 104040, 1, 30000.5, 48000, 1, 20000),
        (None, "All together", "Total", 250000, 0, 206040, 456040, 104040, 1, 60001, 96000, 2, 40000),
        (1, "alfa-2025 · Föreningen Exempel", 2026, 0, 0, 102000, 102000, 0, 0, 0, 48000, 1, 0),
        (1, "alfa-2025 · Föreningen Exempel", 2027, 0, 0, 104040, 104040, 104040, 0, 0, 48000, 1, 0),
        (None, "alfa-2025 · Föreningen Exempel", "Total", 0, 0, 206040, 206040, 104040, 0, 0, 96000, 2, 0),
        (2, "beta-2026 · Klubben", 2026, 250000, 0, 0, 250000, 0, 0, 30000.5, 0, 0, 20000),
        (2, "beta-2026 · Klubben", 2027, 0, 0, 0, 0, 0, 1, 30000.5, 0, 0, 20000),
        (None, "beta-2026 · Klubben", "Total", 250000, 0, 0, 250000, 0, 1, 60001, 0, 0, 40000),
    ]  # fmt: skip


def test_the_rows_of_the_workbook() -> None:
    sheet = opened(budget(), values=True)["Rows"]
    rows = shown(sheet, 1)
    assert rows[0] == (
        "No.", "Board", "Party", "Agreement", "Contribution", "Kind", "From", "To", "Year", "Definitive", "Preliminary",
        "Forecast", "Total", "Of which conditional", "Not reckoned", "At most, by outcome", "In kind",
        "In kind without a value", "Paid by others", "Status", "Remark",
    )  # fmt: skip
    assert len(rows) == 13
    assert rows[2] == (
        1, "Skolnämnden", "Föreningen Exempel", "alfa-2025", "stod", "cash", "Exempelkommunen", "Föreningen Exempel",
        2027, 0, 0, 104040, 104040, 104040, 0, 0, 0, 0, 0, "forecast", "only if the money for the year is granted",
    )  # fmt: skip
    assert (sheet.freeze_panes, list(sheet.tables)) == ("A2", ["Table1"])
    assert sheet.tables["Table1"].ref == "A1:U13"


def test_the_sums_are_formulas_over_the_rows() -> None:
    sheet = opened(budget(), values=False)["Summary"]
    assert shown(sheet, 8)[0][3:7] == (
        "=SUMIFS('Rows'!$J$2:$J$13,'Rows'!$I$2:$I$13,C8)",
        "=SUMIFS('Rows'!$K$2:$K$13,'Rows'!$I$2:$I$13,C8)",
        "=SUMIFS('Rows'!$L$2:$L$13,'Rows'!$I$2:$I$13,C8)",
        "=SUM(D8:F8)",
    )
    assert shown(sheet, 10)[0][3] == "=SUM(D8:D9)"
    assert shown(sheet, 11)[0][3] == "=SUMIFS('Rows'!$J$2:$J$13,'Rows'!$A$2:$A$13,A11,'Rows'!$I$2:$I$13,C11)"


class Reckoning:
    """Works out the two kinds of formulas that the workbook has, from its cells."""

    def __init__(self, book: Workbook) -> None:
        self.book = book

    def value(self, sheet: Worksheet, place: str) -> Any:
        cell = sheet[place].value
        if not isinstance(cell, str) or sheet[place].data_type != "f":
            return cell
        name, arguments = re.fullmatch(r"=(SUM|SUMIFS)\((.*)\)", cell).groups()  # type: ignore[union-attr]
        parts = arguments.split(",")
        summed = self.range(sheet, parts[0])
        if name == "SUM":
            return sum(summed)
        tests = [
            [each == self.value(sheet, wanted) for each in self.range(sheet, where)]
            for where, wanted in zip(parts[1::2], parts[2::2], strict=True)
        ]
        return sum(each for each, *said in zip(summed, *tests, strict=True) if all(said))

    def range(self, sheet: Worksheet, where: str) -> list[Any]:
        found = re.fullmatch(r"(?:'(.+)'!)?(.+)", where)
        assert found is not None
        there = self.book[found[1]] if found[1] else sheet
        cells = there[found[2].replace("$", "")]
        return [self.value(there, cell.coordinate) for row in cells for cell in row]


def odd() -> Budget:
    """Names that a spreadsheet, or its conditions, could take for something else; two of them differ in case only."""
    names = ['=HYPERLINK("http://example.org","x")', "+1", "-2+3", "@SUM(1)", "*", "?", "<>", "a", "A", "\ta\u202eb"]
    contribution = {"id": "e", "from": "kommunen", "to": "foreningen", "kind": "cash", "amount": 1000, "per": "year"}
    found = [
        entry
        for number, name in enumerate(names)
        for entry in cost(
            {**contribution, "amount": 10**number},
            years=(2026, 2026),
            id_=f"={number}",
            parties={"kommunen": {**KOMMUN, "board": name}, "foreningen": {**FORENING, "name": name}},
        )
    ]
    return budget("party", entries=found, years=Years(2026, 2026))


@pytest.mark.parametrize("found", [budget(), budget("party"), budget("board"), odd()], ids=["1", "2", "3", "odd"])
@pytest.mark.parametrize("sheet", ["Summary", "Rows"])
def test_a_formula_comes_to_the_value_beside_it(found: Budget, sheet: str) -> None:
    """What a viewer that does not recalculate shows is what Excel works out."""
    formulas, values = opened(found, values=False), opened(found, values=True)
    places = [cell.coordinate for row in formulas[sheet].iter_rows() for cell in row if cell.data_type == "f"]
    assert len(places) >= len(found.entries)
    reckoning = Reckoning(formulas)
    assert {each: reckoning.value(formulas[sheet], each) for each in places} == {
        each: values[sheet][each].value for each in places
    }


@pytest.mark.parametrize("found", [budget(), budget("party"), budget("board"), odd()], ids=["1", "2", "3", "odd"])
@pytest.mark.parametrize("sheet", ["Summary", "Rows"])
def test_libreoffice_works_out_the_same(found: Budget, sheet: str) -> None:
    needs("localc")
    assert recalculated(found, sheet) == [
        [cell or 0 for cell in row if isinstance(cell, int | float)]
        for row in opened(found, values=True)[sheet].iter_rows(values_only=True)
    ]


def recalculated(found: Budget, sheet: str) -> list[list[float]]:
    """The numbers of a sheet as LibreOffice works them out; each formula with a wrong value first."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        book = opened(found, values=False)  # openpyxl writes formulas without values, so that they have to be reckoned
        number = book.sheetnames.index(sheet) + 1
        book.save(f"{folder}/book.xlsx")
        form = f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,{number}"
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                form,
                "book.xlsx",
            ],
            cwd=folder,
            check=True,
            capture_output=True,
            timeout=120,
        )
        [path] = Path(folder).glob("*.csv")
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8"))))
    return [[float(cell) for cell in row if re.fullmatch(r"-?[0-9.]+", cell)] for row in rows]


def test_a_name_is_never_a_formula_in_the_workbook_or_in_csv() -> None:
    found = odd()
    book = opened(found, values=False)
    texts = [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type in ("s", "inlineStr")
    ]
    assert {'=HYPERLINK("http://example.org","x")', "+1", "-2+3", "@SUM(1)", "=0"} <= {cell.value for cell in texts}
    formulas = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert all(re.fullmatch(r"=(SUM|SUMIFS)\([A-Z0-9:,$'!Rows]+\)", each) for each in formulas)
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    cells = [cell for row in csv.reader(io.StringIO(as_csv(found, Language("en")))) for cell in row]
    assert '\'=HYPERLINK("http://example.org","x")' in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert "\t" not in screen(found)
    assert "\u202e" not in screen(found)


def test_the_same_budget_gives_the_same_bytes() -> None:
    once, again = (workbook(budget(), "Exempelkommunen", Language("en")) for _time in range(2))
    assert once == again
    about = opened(budget(), values=False).properties
    assert (about.title, about.created, about.modified) == (
        "Cost of the IOP agreements 2026–2027",
        datetime(2026, 2, 1),  # as the file has it
        datetime(2026, 2, 1),
    )
    assert about.description.endswith("reckoned as of 2026-02-01.")


def test_numbers_look_as_excel_s_language_writes_them() -> None:
    """With öre anywhere there are two decimals; else whole kronor."""
    assert opened(budget(), values=True)["Summary"]["D8"].number_format == '#,##0.00;-#,##0.00;"–"'
    plain = budget(entries=cost(cash(100000)))
    book = opened(plain, values=True)
    assert book["Summary"]["D8"].number_format == '#,##0;-#,##0;"–"'
    assert book["Rows"]["J2"].number_format == '#,##0;-#,##0;""'
    assert book["Rows"]["L2"].font.i


def test_a_workbook_without_anything_to_sum_can_be_opened() -> None:
    book = opened(budget(entries=cost(cash(1), years=(2027, 2027)) or [], rates=()), values=True)
    assert book.sheetnames == ["Summary", "Rows"]


# -- the command -------------------------------------------------------------------------------------------------------


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the shipped agreements that may be changed."""
    shutil.copytree(SHIPPED / "agreements", tmp_path / "agreements")
    return tmp_path


def test_the_file_s_name_says_which_format(workspace: Path) -> None:
    arguments = ("budget", LINKOPING, "--as-of", "2023-06-01", "--assume", "OPI=3")
    for name in ("b.xlsx", "b.csv", "b.json", "b.txt"):
        done = iopctl(*arguments, "-o", name, cwd=workspace)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", f"written: {name}\n")
    sheet = load_workbook(workspace / "b.xlsx", data_only=True)["Summary"]
    assert [row[3:7] for row in shown(sheet, 5)[:5]] == [
        (None,) * 4,
        ("Definitive", "Preliminary", "Forecast", "Total"),
        (1009377, 0, 0, 1009377),
        (0, 0, 1039659, 1039659),
        (0, 0, 1070848, 1070848),  # 1 039 658,669… × 1,03 = 1 070 848,429…
    ]
    for name, form in (("b.csv", "csv"), ("b.json", "json"), ("b.txt", "table")):
        assert (workspace / name).read_text("utf-8") == iopctl(*arguments, "--format", form, cwd=workspace).stdout
    assert sorted(path.name for path in workspace.iterdir()) == ["agreements", "b.csv", "b.json", "b.txt", "b.xlsx"]


def test_a_workbook_is_not_written_on_the_screen(workspace: Path) -> None:
    assert on_a_terminal("budget", "--format", "xlsx", cwd=workspace, columns=80) == ""


@pytest.mark.parametrize("columns", [80, 120])
def test_the_table_fits_the_terminal(columns: int) -> None:
    screen_ = on_a_terminal("budget", "--as-of", "2023-06-01", "--scenario", "mid", cwd=SHIPPED, columns=columns)
    assert max(map(len, re.sub(r"\x1b\[[0-9;]*m", "", screen_).splitlines())) <= columns


def test_exit_codes(workspace: Path) -> None:
    """1 when an amount is missing that should be there, or a file is left out, which every format says."""
    asked = ("budget", "--as-of", "2023-06-01", "--years", "2023-2024")
    assert iopctl(*asked, cwd=workspace).returncode == 0  # OPI 2024 is not to be expected yet
    assert iopctl("budget", "--as-of", "2024-06-01", "--years", "2023-2024", cwd=workspace).returncode == 1
    broken = workspace / "agreements" / "lund-roda-korset-2023.yaml"
    broken.write_text("format: 1\n", "utf-8")
    done = iopctl(*asked, cwd=workspace)
    assert done.returncode == 1
    assert "\nleft out because of an error: agreements/lund-roda-korset-2023.yaml\n" in done.stdout
    assert json.loads(iopctl(*asked, "--format", "json", cwd=workspace).stdout)["left_out"] == [
        "agreements/lund-roda-korset-2023.yaml"
    ]
    assert iopctl(*asked, "-o", "b.xlsx", cwd=workspace).returncode == 1
    texts = [row[0] for row in shown(load_workbook(workspace / "b.xlsx")["Summary"], 1)]
    assert "left out because of an error: agreements/lund-roda-korset-2023.yaml" in texts


def test_nothing_usable_is_not_no_cost(workspace: Path) -> None:
    broken = workspace / "agreements" / f"{LINKOPING}.yaml"
    broken.write_text("format: 1\n", "utf-8")
    for arguments in ((), ("-o", "b.xlsx"), ("--format", "csv")):
        done = iopctl("budget", LINKOPING, *arguments, cwd=workspace)
        assert (done.returncode, done.stdout) == (1, "")
    assert not (workspace / "b.xlsx").exists()


def test_two_agreements_that_claim_the_same_year_are_both_in_the_sums_and_that_is_said() -> None:
    done = iopctl("budget", "--years", "2020", "--as-of", "2023-06-01", cwd=SHIPPED)
    assert (
        "\nlinkoping-resurspoolen-2018: linkoping-resurspoolen-2020 takes over 2020-01-01, and both are in the sums; "
        "see which of\n  them applies after that\n"
    ) in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--years", "2027-2026"), "iopctl: --years: 2027 is after 2026\n"),
        (("--years", "2027-"), "iopctl: --years: found 2027-, expected a year: YYYY\n"),
        (("--years", "2027-28"), "iopctl: --years: found 28, expected a year: YYYY\n"),
        (("--by", "kind"), "iopctl: --by: found kind, expected one of: agreement, party, board\n"),
        (("--format", "ods"), "iopctl: --format: found ods, expected one of: table, json, csv, xlsx\n"),
        (("-o", "nosuch/b.xlsx"), "iopctl: cannot write in {cwd}/nosuch: there is no such file or folder\n"),
    ],
)
def test_a_wrong_argument_is_explained(workspace: Path, arguments: tuple[str, ...], says: str) -> None:
    done = iopctl("budget", LINKOPING, "--as-of", "2023-06-01", *arguments, cwd=workspace)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", says.format(cwd=workspace))


# -- the documentation -------------------------------------------------------------------------------------------------

PAGE = SHIPPED / "docs" / "budget.md"


def test_the_example_of_the_documentation(request: pytest.FixtureRequest) -> None:
    text = PAGE.read_text("utf-8")
    [example] = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    command, _line, screen_ = example.partition("\n")
    done = iopctl(*command.split()[2:], cwd=SHIPPED)
    if request.config.getoption("--write-screens"):
        PAGE.write_text(text.replace(example, f"{command}\n{done.stdout}"), "utf-8")
        screen_ = done.stdout
    assert done.stdout == screen_


def test_a_personal_number_is_not_shown() -> None:
    named = {"kommunen": KOMMUN, "foreningen": {**FORENING, "name": "Kim 811228-9874"}}
    found = budget("party", entries=cost(cash(1000, to="foreningen"), parties=named), years=Years(2024, 2026))
    texts = [screen(found), as_csv(found, Language("en")), as_json(found, Language("en"))]
    texts += [str(cell) for sheet in opened(found, values=True) for row in shown(sheet, 1) for cell in row]
    assert texts[0].splitlines()[0] == f"Kim {11 * chr(0x2022)}"
    assert not [each for each in texts if "9874" in each]


def test_a_value_that_is_not_divided_is_told_once(tmp_path: Path) -> None:
    """60 000 kr a year from July 2025, and no word on what half a year gives: it has a value, only not for 2025."""
    (tmp_path / "agreements").mkdir()
    text = (
        "format: 1\ntitle: IOP Exempel\nparties:\n  kommunen: {name: Exempelkommun, kind: municipality}\n"
        "  foreningen: {name: Exemplet, kind: association}\nperiod: {start: 2025-07-01, end: 2026-12-31}\n"
        "contributions:\n  - {id: lokal, from: kommunen, to: foreningen, kind: premises, value: 60000, per: year}\n"
    )
    (tmp_path / "agreements" / "prov.yaml").write_text(text, "utf-8")
    shown = iopctl("budget", "--years", "2025-2026", "--as-of", "2026-01-15", cwd=tmp_path).stdout
    assert "lokal: the value is not reckoned: covers only 2025-07-01 – 2025-12-31" in shown
    assert "in kind without a value" not in shown
