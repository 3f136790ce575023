"""The money in memos: every figure is the one that `pay` prints for the same day, or a sum of such."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iopctl.compute.figures import Assumptions
from iopctl.compute.payments import payments
from iopctl.compute.reasons import Status
from iopctl.compute.scenario import scenario
from iopctl.documents.context import context
from iopctl.form import read
from iopctl.model import Agreement, DocumentPart, IndexTable, Settings, Workspace
from iopctl.source import Source
from tests.agreements import SHIPPED, agreement, cash, period, shipped
from tests.memos import RESURSPOOLEN, chosen, memo, section, tables, text
from tests.terminal import iopctl

# -- the shipped agreement, by hand ------------------------------------------------------------------------------------
# 933 000 × 1,015 (OPI 2021) = 946 995. On 3 November 2021 OPI for 2022 is not published. The definitive changes known
# that day are 2,2 2,6 2,7 2,6 2,7 3,0 1,5 (2015–2021); in order 1,5 2,2 2,6 2,6 2,7 2,7 3,0, so the median is 2,6:
# 946 995 × 1,026 = 971 616,87 · × 1,026 = 996 878,90862 · × 1,026 = 1 022 797,76024… · × 1,026 = 1 049 390,50201…
# 933 000 + 946 995 + 971 617 = 2 851 612; 996 879 + 1 022 798 + 1 049 391 = 3 069 068; due by then 933 000 + 946 995.

RUNNING = [
    ["År", "Belopp", "Status", "Underlag"],
    ["2020", "933 000 kr", "definitivt", "överenskommet belopp"],
    ["2021", "946 995 kr", "definitivt", "OPI 2021 1,5 %"],
    ["2022", "971 617 kr", "prognos", "OPI 2022 2,6 % (antaget)"],
    ["Summa", "2 851 612 kr", "", ""],
]
PROPOSED = [
    ["År", "Belopp", "Status", "Underlag"],
    ["2023", "996 879 kr", "prognos", "OPI 2023 2,6 % (antaget)"],
    ["2024", "1 022 798 kr", "prognos", "OPI 2024 2,6 % (antaget)"],
    ["2025", "1 049 391 kr", "prognos", "OPI 2025 2,6 % (antaget)"],
    ["Summa", "3 069 068 kr", "", ""],
]


def test_the_money_of_the_real_memo() -> None:
    found = memo()
    assert tables(found) == [RUNNING, PROPOSED]
    said = section(found, "Ekonomiska konsekvenser")
    assert (
        "Efter uppräkning enligt OPI (1,5 procent för 2021, definitivt) är beloppet 946 995 kr för 2021. Källa: [SKR, "
        "Omsorgsprisindex (OPI) för 2021, 2020-12-16](https://skr.se/tjanster/merfranskr/cirkular/cirkular/2020/"
        "omsorgsprisindexopifor2021.35784.html).\n\nBetalningarna under den nuvarande perioden är följande:\n\n|"
        in said
    )
    assert "\n\nTill och med den 3 november 2021 har 1 879 995 kr förfallit till betalning.\n\nKostnaden för" in said
    assert (
        "\n\nBeräkningen för 2022–2025 förutsätter att OPI ökar med 2,6 procent per år. Det är ett antagande: medianen "
        "av de definitiva förändringarna 2015–2021. När indexet är publicerat gäller det i stället.\n\n" in said
    )


# -- against `pay` -----------------------------------------------------------------------------------------------------

PARTIES = """\
format: 1
title: IOP Prov
parties:
  namnden: {name: Exempelnämnden, kind: municipality, board: Exempelnämnden, organisation: Exempelkommunen}
  regionen: {name: Exempelregionen, kind: region}
  foreningen: {name: Föreningen Exempel, kind: association}
"""
INDEXED = "indexation: {index: OPI, first: 2023-01-01, price_year: 2022}"

SEVERAL = f"""{PARTIES}
period: {{start: 2022-01-01, end: 2023-12-31}}
decisions:
  - {{kind: extended, body: Exempelnämnden, proposed: 2023-06-01, until: 2025-12-31}}
contributions:
  - {{id: a, from: namnden, to: foreningen, kind: cash, amount: 100000, per: year, {INDEXED},
     payment: {{times_per_year: 4, in: [january, april, july, october]}}}}
  - {{id: b, from: [namnden, regionen], kind: cash, amount: 33333, per: year,
     payment: {{times_per_year: 2, in: [march, september]}}}}
  - {{id: c, from: regionen, kind: cash, per: year,
     by_year: [{{year: 2022, amount: 7000}}, {{year: 2023, amount: 8000}}]}}
  - {{id: d, from: foreningen, kind: cash, amount: 5000, per: year}}
log:
  - {{payment: a, date: 2022-01-31, year: 2022, amount: 25000}}
"""
OPEN_ENDED = f"""{PARTIES}
period: {{start: 2022-07-01, end: open_ended}}
contributions:
  - {{id: a, from: namnden, to: foreningen, kind: cash, amount: 100000, per: year, part_year: days, {INDEXED},
     payment: {{times_per_year: 12, in: [january, february, march, april, may, june, july, august, september, october,
     november, december]}}}}
"""
NOT_INDEXED = f"""{PARTIES}
period: {{start: 2022-01-01, end: 2024-06-30}}
contributions:
  - {{id: a, from: namnden, to: foreningen, kind: cash, amount: 100000, per: year, part_year: months}}
  - {{id: b, from: namnden, to: foreningen, kind: cash, amount: 40000, per: once,
     payment: {{times_per_year: 1, in: march}}}}
  - {{id: c, from: namnden, kind: cash, amount: 90000, per: period}}
  - {{id: d, from: namnden, kind: cash, amount: {{unknown: "medel"}}, per: year}}
"""
PRELIMINARY = f"""{PARTIES}
period: {{start: 2022-01-01, end: 2024-12-31}}
contributions:
  - {{id: a, from: namnden, to: foreningen, kind: cash, amount: 100000, per: year, {INDEXED},
     payment: {{times_per_year: 1, in: january}}}}
"""
NOT_PAID_ON_A_DAY = f"""{PARTIES}
period: {{start: 2022-01-01, end: 2025-12-31}}
contributions:
  - {{id: a, from: namnden, to: foreningen, kind: cash, amount: 100000, per: year, {INDEXED}}}
"""
NOTHING_KNOWN = f"""{PARTIES}
period: {{start: 2016-01-01, end: 2019-12-31}}
contributions:
  - {{id: a, from: namnden, to: foreningen, kind: cash, amount: 100000, per: year,
     indexation: {{index: OPI, first: 2017-01-01}}, payment: {{times_per_year: 1, in: january}}}}
"""
IN_KIND = f"""{PARTIES}
period: {{start: 2022-01-01, end: 2024-12-31}}
contributions:
  - {{id: a, from: namnden, to: foreningen, kind: premises, value: 50000, per: year}}
  - {{id: b, from: foreningen, kind: volunteers}}
"""

CASES = {
    "several": (SEVERAL, "forlangning", "2023-06-01"),
    "several, later": (SEVERAL, "forlangning", "2024-09-01"),
    "several, new": (SEVERAL.replace("extended", "recommended").replace(", until: 2025-12-31", ""), "ny", "2021-10-01"),
    "open-ended": (OPEN_ENDED, "avslut", "2023-06-01"),
    "not indexed": (NOT_INDEXED, "avslut", "2023-06-01"),
    "preliminary": (PRELIMINARY, "avslut", "2023-06-01"),
    "nothing known": (NOTHING_KNOWN, "ny", "2015-10-01"),
    "nothing known, running": (NOTHING_KNOWN, "avslut", "2018-03-01"),
    "paid on no day": (NOT_PAID_ON_A_DAY, "avslut", "2025-06-01"),
    "in kind": (IN_KIND, "ny", "2021-10-01"),
}


@pytest.mark.parametrize(("agreement", "kind", "day"), CASES.values(), ids=CASES)
def test_every_figure_is_the_one_that_pay_prints(tmp_path: Path, agreement: str, kind: str, day: str) -> None:
    (tmp_path / "agreements").mkdir()
    (tmp_path / "agreements" / "prov.yaml").write_text(agreement, "utf-8")
    assert drafted("prov", kind, day, tmp_path) == printed("prov", day, tmp_path)


def test_every_figure_of_the_shipped_agreement_is_the_one_that_pay_prints() -> None:
    assert drafted(RESURSPOOLEN, "forlangning", "2021-11-03", SHIPPED) == printed(RESURSPOOLEN, "2021-11-03", SHIPPED)


def drafted(id_: str, kind: str, day: str, cwd: Path) -> dict[str, str]:
    """The amounts in a memo's tables by year, those of several contributions one after the other; sums left out."""
    done = iopctl("render", id_, f"tjansteskrivelse-{kind}", "--as-of", day, cwd=cwd, lang="sv")
    found: dict[str, str] = {}
    for line in done.stdout.replace("\xa0", " ").replace("**", "").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] != "År" and not cells[0].startswith(("-", "Summa")):
            asked = cells[1].startswith("[ATT FYLLA I: belopp för ")
            found[cells[0]] = "; ".join([*filter(None, [found.get(cells[0])]), "?" if asked else cells[1]])
    return found


def printed(id_: str, day: str, cwd: Path) -> dict[str, str]:
    """The same from `pay`: with the scenario mid, but for payments whose day has passed."""
    certain = {_key(each): each for each in _pay(id_, day, cwd)}
    sums: dict[tuple[str, str], list[Decimal | None]] = defaultdict(list)
    for each in _pay(id_, day, cwd, "--scenario", "mid"):
        if (
            "namnden" not in each["payers"]
            and "regionen" not in each["payers"]
            and "aldrenamnden" not in each["payers"]
        ):
            continue
        passed = (each["due"] or each["end"]) <= day
        row = certain[_key(each)] if passed and each["status"] == "forecast" else each
        years = f"{each['start'][:4]}–{each['end'][:4]}" if each["start"][:4] != each["end"][:4] else str(each["year"])
        label = f"{years}, rättelse" if each["correction"] else years
        sums[each["contribution"], label].append(None if row["amount"] is None else Decimal(row["amount"]))
    found: dict[str, str] = {}
    for (_contribution, label), amounts in sums.items():
        known = [amount for amount in amounts if amount is not None]
        shown = f"{sum(known):,.2f} kr".replace(",", " ").replace(".00", "").replace(".", ",")
        shown = shown if len(known) == len(amounts) else "?"
        found[label] = "; ".join([*filter(None, [found.get(label)]), shown])
    return found


def _pay(id_: str, day: str, cwd: Path, *more: str) -> list[dict[str, Any]]:
    done = iopctl("pay", id_, "--as-of", day, "--format", "json", *more, cwd=cwd)
    payments: list[dict[str, Any]] = json.loads(done.stdout)["payments"]
    return sorted(payments, key=lambda row: str(row["contribution"]))  # in the order of the agreement


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    since = row["correction"]["known"] if row["correction"] else None
    return row["contribution"], row["year"], row["number"], row["start"], since


# -- what stands beside the figures, by hand ---------------------------------------------------------------------------
# 100 000 kr in the prices of 2022. OPI for 2023 was 3,5 % (preliminary) in January 2023, paid then: 103 500. In April
# it was 4,6 % (definitive): 104 600; 1 100 kr are corrected with the payment of January 2024. The changes 2015–2023
# are 2,2 2,6 2,7 2,6 2,7 3,0 1,5 1,9 4,6; in order 1,5 1,9 2,2 2,6 2,6 2,7 2,7 3,0 4,6, so the median is 2,6:
# 104 600 × 1,026 = 107 319,60.


def made(text: str) -> Agreement:
    agreement, wrong = read(Agreement, Source("prov.yaml", text).values)
    assert agreement is not None, wrong
    return agreement


def test_a_correction_stands_in_a_row_of_its_own() -> None:
    found = memo("avslut", made(PRELIMINARY), date(2023, 6, 1))
    assert tables(found) == [
        [
            ["År", "Belopp", "Status", "Underlag"],
            ["2022", "100 000 kr", "definitivt", "överenskommet belopp"],
            ["2023", "103 500 kr", "preliminärt", "OPI 2023 3,5 % (preliminärt)"],
            [
                "2023, rättelse",
                "1 100 kr",
                "definitivt",
                "OPI 2023 4,6 % i stället för OPI 2023 3,5 % (preliminärt), känt 2023-04-19",
            ],
            ["2024", "107 320 kr", "prognos", "OPI 2024 2,6 % (antaget)"],
            ["Summa", "311 920 kr", "", ""],
        ]
    ]
    said = section(found, "Ekonomiska konsekvenser")
    assert "Efter uppräkning enligt OPI (4,6 procent för 2023, definitivt) är beloppet 104 600 kr för 2023." in said
    assert "Till och med den 1 juni 2023 har 203 500 kr förfallit till betalning.\n\n" in said


def test_what_has_been_paid() -> None:
    """Due by 1 June 2023: 100 000 + 103 500. Paid 100 000 + 102 000: 1 500 less than the second should have been."""
    log = (
        "log:\n  - {payment: a, date: 2022-01-31, amount: 100000}\n  - {payment: a, date: 2023-01-31, amount: 102000}\n"
    )
    said = section(memo("avslut", made(PRELIMINARY + log), date(2023, 6, 1)), "Ekonomiska konsekvenser")
    assert (
        "Till och med den 1 juni 2023 har 203 500 kr förfallit till betalning. De betalningar som är noterade uppgår "
        "till 202 000 kr. De noterade betalningarna är 1 500 kr lägre än de skulle vara." in said
    )


def test_what_has_been_paid_too_much() -> None:
    log = (
        "log:\n  - {payment: a, date: 2022-01-31, amount: 100250}\n  - {payment: a, date: 2023-01-31, amount: 103500}\n"
    )
    said = section(memo("avslut", made(PRELIMINARY + log), date(2023, 6, 1)), "Ekonomiska konsekvenser")
    assert "uppgår till 203 750 kr. De noterade betalningarna är 250 kr högre än de skulle vara.\n" in said


def test_a_payment_in_the_log_without_an_amount() -> None:
    log = "log:\n  - {payment: a, date: 2022-01-31}\n"
    said = section(memo("avslut", made(PRELIMINARY + log), date(2023, 6, 1)), "Ekonomiska konsekvenser")
    assert "förfallit till betalning. [ATT FYLLA I: hur mycket som har betalats] Av det som har förfallit är" in said


def test_no_difference_is_told_where_not_all_is_known() -> None:
    log = "log:\n  - {payment: a, date: 2022-01-31, amount: 90000}\n  - {payment: a, date: 2023-01-31}\n"
    said = section(memo("avslut", made(PRELIMINARY + log), date(2023, 6, 1)), "Ekonomiska konsekvenser")
    assert "har 203 500 kr förfallit till betalning. [ATT FYLLA I: hur mycket som har betalats]\n" in said


def test_what_is_due_and_not_paid() -> None:
    log = "log:\n  - {payment: a, date: 2022-01-31, amount: 100000}\n"
    said = section(memo("avslut", made(PRELIMINARY + log), date(2023, 6, 1)), "Ekonomiska konsekvenser")
    assert (
        "har 203 500 kr förfallit till betalning. De betalningar som är noterade uppgår till 100 000 kr. Av det som "
        "har förfallit är 103 500 kr inte noterat som betalt.\n" in said
    )


def test_a_municipality_assumes_a_percentage_of_its_own() -> None:
    """104 600 × 1,02 = 106 692."""
    settings = chosen("scenarios: {OPI: {low: 1, mid: 2.0, high: 3}}")
    found = memo("avslut", made(PRELIMINARY), date(2023, 6, 1), settings)
    assert tables(found)[0][4] == ["2024", "106 692 kr", "prognos", "OPI 2024 2,0 % (antaget)"]
    assert (
        "Beräkningen för 2024 förutsätter att OPI ökar med 2,0 procent per år. Det är ett antagande som kommunen har "
        "gjort. När indexet är publicerat gäller det i stället." in section(found, "Ekonomiska konsekvenser")
    )


def test_without_any_figure_nothing_is_assumed() -> None:
    """Before December 2018 no source prints any figure of OPI (iopctl/indices/opi.yaml)."""
    found = memo("avslut", made(NOTHING_KNOWN), date(2018, 3, 1))
    assert [row[1] for row in tables(found)[0]] == [
        "Belopp",
        "100 000 kr",
        "[ATT FYLLA I: belopp för 2017 (OPI för 2017 är inte känt)]",
        "[ATT FYLLA I: belopp för 2018 (OPI är inte känt för 2017–2018)]",
        "[ATT FYLLA I: belopp för 2019 (OPI är inte känt för 2017–2019)]",
        "100 000 kr",
    ]
    assert tables(found)[0][-1][0] == "Summa av de belopp som är kända"
    said = section(found, "Ekonomiska konsekvenser")
    assert "Beloppet för 2018 är [ATT FYLLA I: beloppet för 2018 (OPI är inte känt för 2017–2018)]." in said
    assert "har [ATT FYLLA I: hur mycket som har förfallit] förfallit till betalning" in said
    assert "antagande" not in said


def test_several_contributions_are_summed() -> None:
    """For 2024–2025. a: 107 320 + 110 110 (104 600 × 1,026² = 110 109,91); b: 2 × 33 333; c: nothing is agreed."""
    found = memo("forlangning", made(SEVERAL), date(2023, 6, 1))
    assert [(table[1][0], table[-1][:2]) for table in tables(found)] == [
        ("2022", ["Summa", "204 600 kr"]),
        ("2024", ["Summa", "217 430 kr"]),
        ("2022", ["Summa", "66 666 kr"]),
        ("2024", ["Summa", "66 666 kr"]),
        ("2022", ["Summa", "15 000 kr"]),
        ("2024", ["2025", "[ATT FYLLA I: belopp för 2025 (inget belopp är överenskommet för 2025)]"]),
    ]
    assert "Sammanlagt beräknas förlängningen kosta [ATT FYLLA I: den sammanlagda kostnaden]." in text(found)
    whole = SEVERAL.replace("{year: 2023, amount: 8000}", "{year: 2024, amount: 1000}, {year: 2025, amount: 2000}")
    # 217 430 + 66 666 + 3 000
    said = text(memo("forlangning", made(whole), date(2023, 6, 1)))
    assert "Sammanlagt beräknas förlängningen kosta 287 096 kr." in said


def test_an_agreement_without_money() -> None:
    found = memo("ny", made(IN_KIND), date(2021, 10, 1))
    assert tables(found) == []
    assert section(found, "Ekonomiska konsekvenser") == (
        "Överenskommelsen innehåller inga bidrag i pengar.\n\n"
        "Exempelnämnden finansierar med motsvarande 50 000 kr per år i form av lokaler.\n\n"
        "Föreningen Exempel bidrar med volontärer.\n\n"
        "[ATT FYLLA I: hur kostnaden finansieras]"
    )


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        ("{number: 2400, unit: timmar, per: year}", "ideella timmar (2 400 timmar per år)"),
        ("{number: 95, unit: ideella timmar, approximate: true, per: week}", "ideella timmar (ca 95 per vecka)"),
        ("{least: 60, most: 70, unit: timmar, per: month}", "ideella timmar (60 till 70 timmar per månad)"),
        ("{least: 60, unit: timmar, per: period}", "ideella timmar (minst 60 timmar för hela perioden)"),
        ("{most: 70, unit: timmar}", "ideella timmar (högst 70 timmar)"),
    ],
)
def test_how_much_is_given_besides_money(quantity: str, expected: str) -> None:
    hours = IN_KIND.replace("kind: volunteers", f"kind: volunteer_hours, quantity: {quantity}")
    said = section(memo("ny", made(hours), date(2021, 10, 1)), "Ekonomiska konsekvenser")
    assert f"\n\nFöreningen Exempel bidrar med {expected}.\n\n" in said


def test_a_new_agreement_without_contributions_asks_for_them() -> None:
    bare = IN_KIND.partition("contributions:")[0]
    assert section(memo("ny", made(bare), date(2021, 10, 1)), "Ekonomiska konsekvenser") == (
        "[ATT FYLLA I: vad parterna bidrar med, i pengar och på annat sätt]\n\n[ATT FYLLA I: hur kostnaden finansieras]"
    )


def test_the_second_who_pays_pays_too() -> None:
    said = text(memo("forlangning", made(SEVERAL), date(2023, 6, 1)))
    assert said.count("Överenskommelsen finansieras av ") == 1
    assert said.count("Överenskommelsen finansieras också av ") == 3


def test_what_a_termination_costs_is_reckoned_to_its_last_day() -> None:
    """100 000 kr a year, counted in months: to the end of June 2023 it is 6/12 of 2023."""
    ending = "decisions:\n  - {kind: terminated, body: Exempelnämnden, proposed: 2022-11-01, until: 2023-06-30}\n"
    plain = f"""{PARTIES}
period: {{start: 2022-01-01, end: 2024-12-31}}
contributions:
  - {{id: a, from: namnden, kind: cash, amount: 100000, per: year, part_year: months}}
{ending}"""
    found = memo("avslut", made(plain), date(2022, 11, 1))
    assert [row[:2] for row in tables(found)[0]] == [
        ["År", "Belopp"],
        ["2022", "100 000 kr"],
        ["2023", "50 000 kr"],
        ["Summa", "150 000 kr"],
    ]


def test_a_payment_whose_day_has_passed_is_never_a_forecast() -> None:
    """No figure of OPI from 2024 on is known (iopctl/indices/opi.yaml): 2024 and 2025 are due, 2026 is to come.

    104 600 × 1,026³ = 112 972,77…
    """
    found = memo("avslut", made(PRELIMINARY.replace("2024-12-31", "2026-12-31")), date(2025, 6, 1))
    assert [(row[0], row[1], row[2]) for row in tables(found)[0][4:]] == [
        ("2024", "[ATT FYLLA I: belopp för 2024 (OPI för 2024 är inte känt)]", "ej beräknat"),
        ("2025", "[ATT FYLLA I: belopp för 2025 (OPI är inte känt för 2024–2025)]", "ej beräknat"),
        ("2026", "112 973 kr", "prognos"),
        ("Summa av de belopp som är kända", "317 573 kr", ""),
    ]
    assert "Beräkningen för 2024–2026 förutsätter att OPI ökar" in text(found)


def test_a_payment_without_a_day_has_passed_with_its_year() -> None:
    """OPI for 2020 is in no source before 16 December 2020: 256 750 × 1,026 = 263 425,5 is a forecast until then."""
    agreed = shipped().workspace.agreements["linkoping-resurspoolen-2018"]
    assert tables(memo("avslut", agreed, date(2020, 6, 1)))[0][3][1:3] == ["263 426 kr", "prognos"]
    later = made(NOT_PAID_ON_A_DAY)
    assert [row[1] for row in tables(memo("avslut", later, date(2025, 6, 1)))[0][3:5]] == [
        "[ATT FYLLA I: belopp för 2024 (OPI för 2024 är inte känt)]",
        "110 110 kr",
    ]


def test_a_payment_is_due_on_its_very_day() -> None:
    """The last open day of January 2022 is the 31st."""
    agreed = made(PRELIMINARY)
    assert "förfallit" not in text(memo("avslut", agreed, date(2022, 1, 30)))
    assert "har 100 000 kr förfallit" in text(memo("avslut", agreed, date(2022, 1, 31)))


def test_a_year_that_the_extension_begins_in() -> None:
    """`pay` has one row for 2024, half of it decided: it is told with the extension, and that it is for both."""
    decided = "decisions:\n  - {kind: extended, body: Exempelnämnden, proposed: 2023-06-01, until: 2025-12-31}\n"
    found = memo("forlangning", made(PRELIMINARY.replace("2024-12-31", "2024-06-30") + decided), date(2023, 6, 1))
    assert [row[0] for row in tables(found)[0]] == ["År", "2022", "2023", "2023, rättelse", "Summa"]
    assert [(row[0], row[3]) for row in tables(found)[1][1:3]] == [
        ("2024", "OPI 2024 2,6 % (antaget); gäller även tiden före förlängningen"),
        ("2025", "OPI 2025 2,6 % (antaget)"),
    ]


def test_no_amount_is_current_in_a_year_that_nobody_has_decided_on() -> None:
    decided = "decisions:\n  - {kind: extended, body: Exempelnämnden, proposed: 2022-06-01, until: 2024-12-31}\n"
    agreed = made(PRELIMINARY.replace("2024-12-31", "2022-12-31") + decided)
    dated = agreed.model_copy(
        update={"documents": {"tjansteskrivelse-forlangning": DocumentPart(date=date(2023, 6, 1))}}
    )
    assert "Efter uppräkning" not in text(memo("forlangning", dated, date(2023, 6, 1)))


def test_one_contribution_is_not_summed_with_itself() -> None:
    assert "Sammanlagt" not in text(memo())


def test_money_that_nobody_is_named_for_is_a_cost() -> None:
    """250 000 kr a year, nobody named: OPI 2,7 % for 2019 gives 256 750 kr."""
    found = memo("avslut", shipped().workspace.agreements["linkoping-resurspoolen-2018"], date(2019, 6, 1))
    assert [row[:2] for row in tables(found)[0][1:3]] == [["2018", "250 000 kr"], ["2019", "256 750 kr"]]


def test_what_a_party_pays_itself_is_no_cost() -> None:
    own = PRELIMINARY.replace("from: namnden, to: foreningen", "from: foreningen")
    found = memo("avslut", made(own), date(2023, 6, 1))
    assert tables(found) == []
    assert "Överenskommelsen finansieras av Föreningen Exempel med 100 000 kr per år." in text(found)


@settings(max_examples=40)
@given(
    amount=st.integers(0, 10_000_000),
    start=st.dates(date(2017, 1, 1), date(2024, 12, 31)),
    days=st.integers(0, 2500),
    as_of=st.dates(date(2016, 1, 1), date(2027, 12, 31)),
    per=st.sampled_from(["year", "period", "once", "instalment"]),
    indexed=st.booleans(),
    months=st.sampled_from([(), ("march",), ("january", "july")]),
)
def test_the_tables_have_all_that_is_paid_and_nothing_else(
    amount: int, start: date, days: int, as_of: date, per: str, indexed: bool, months: tuple[str, ...]
) -> None:
    parts: dict[str, Any] = {"part_year": "days"}
    if indexed:
        parts["indexation"] = {"index": "OPI", "first": date(start.year + 1, 1, 1)}
    if months:
        parts["payment"] = {"times_per_year": len(months), "in": months}
    made_ = agreement(period=period(start, start + timedelta(days)), contributions=(cash(amount, per=per, **parts),))
    workspace = shipped_tables()
    forecasts: Assumptions = {
        (index, None): each.percent for index, each in scenario("mid", Settings(), workspace, as_of).items()
    }
    rows = payments("x", made_, workspace, as_of, assumed=forecasts)
    past = [row for row in rows if row.status is Status.FORECAST and (row.due or row.end) <= as_of]
    expected = sum((row.amount for row in rows if row.amount is not None and row not in past), Decimal(0))
    for kind, there in (("ny", "proposed"), ("avslut", "running")):
        values = context("x", Workspace({"x": made_}, tables=workspace), f"tjansteskrivelse-{kind}", as_of)
        (one,) = values["money"]
        lines = [row.amount for row in getattr(one, there).rows if isinstance(row.amount, Decimal)]
        open_ = [row for row in getattr(one, there).rows if not isinstance(row.amount, Decimal)]
        assert sum(lines) == expected or open_
        assert bool(open_) == any(row.amount is None or row in past for row in rows)


@cache
def shipped_tables() -> Mapping[str, IndexTable]:
    return shipped().workspace.tables
