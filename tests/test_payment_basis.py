"""The basis for one payment: the payment that is meant, and the same figures as `iopctl pay`, worked by hand.

OPI (SKR): 2021 1,5 (2020-12-16), 2022 1,9 (2021-12-10), 2023 preliminary 3,5 (2022-12-09) and definitive 4,6
(2023-04-19).
933 000 × 1,015 = 946 995; × 1,019 = 964 987,905; × 1,035 = 998 762,48 and × 1,046 = 1 009 377,35.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from iopctl.documents.payment_basis import PaymentBasis, payment_basis
from iopctl.model import Agreement
from tests.agreements import SHIPPED, agreement, cash, opi, period
from tests.documents import document, real, section, text
from tests.terminal import iopctl

KIND = "utbetalningsunderlag"
RESURSPOOLEN = "linkoping-resurspoolen-2020"


def basis(day: date, made: Agreement | None = None) -> PaymentBasis | None:
    if made is None:
        return payment_basis(RESURSPOOLEN, real(), day)
    return payment_basis("x", replace(real(), agreements={"x": made}), day)


def twice(**parts: Any) -> Agreement:
    """933 000 kr a year from 2020, adjusted by OPI from 2021, paid in January and July."""
    schedule = {"times_per_year": 2, "in": ("january", "july")}
    money = cash(933000, to="foreningen", indexation=opi(date(2021, 1, 1)), payment=schedule)
    return agreement(period=period(date(2020, 1, 1), date(2025, 12, 31)), contributions=(money,), **parts)


def rows(found: str) -> dict[str, str]:
    """A table with two columns as a dictionary."""
    cells = [line.strip("| ").split(" | ") for line in found.splitlines() if line.startswith("| ")]
    return {cell[0].strip(): cell[1].strip() for cell in cells[2:]}


@pytest.mark.parametrize(
    ("day", "due", "amount"),
    [
        (date(2020, 1, 15), date(2020, 1, 31), "933000"),
        (date(2020, 1, 31), date(2020, 1, 31), "933000"),
        (date(2020, 12, 20), date(2021, 1, 29), "946995"),
        (date(2021, 12, 31), date(2022, 1, 31), "964988"),
        (date(2023, 1, 10), date(2023, 1, 31), "998762"),
    ],
)
def test_the_next_payment_and_what_it_comes_to(day: date, due: date, amount: str) -> None:
    found = basis(day)
    assert found is not None
    assert (found.due, found.amount, found.to_pay) == (due, Decimal(amount), Decimal(amount))


@pytest.mark.parametrize("day", [date(2020, 12, 20), date(2021, 12, 31), date(2023, 1, 10)])
def test_the_amount_is_the_one_that_pay_shows(day: date) -> None:
    told = iopctl("pay", RESURSPOOLEN, "--as-of", f"{day}", "--format", "json", cwd=SHIPPED)
    shown = json.loads(told.stdout)["payments"]
    found = basis(day)
    assert found is not None
    (row,) = [each for each in shown if each["start"] == f"{found.start}"]
    assert (Decimal(row["amount"]), row["due"]) == (found.amount, f"{found.due}")


def test_the_payment_for_2021_as_it_stands_in_the_paper() -> None:
    found = document(RESURSPOOLEN, KIND, date(2020, 12, 20))
    assert rows(section(found, "Utbetalningen")) == {
        "Att betala": "946 995 kr (definitivt)",
        "Avser": "2021-01-01–2021-12-31",
        "Utbetalning": "1 av 1 för 2021",
        "Betalas av": "Äldrenämnden",
        "Betalas till": "Resurspoolen",
        "Avtalad dag": "ingen bestämd dag",
        "Betalas senast": "2021-01-29",
        "Beräknat per": "2020-12-20",
    }
    assert rows(section(found, "Överenskommelsen")) == {
        "Överenskommelse": "IOP Resurspoolen",
        "Parter": "Äldrenämnden och Resurspoolen",
        "Diarienummer": "**[ATT FYLLA I: överenskommelsens diarienummer]**",
        "Beslut": "Äldrenämnden, 2019-11-28, **[ATT FYLLA I: paragraf för beslutet 2019-11-28]**",
        "Period": "2020-01-01–2022-12-31",
    }
    assert section(found, "Beräkning") == (
        "Grundbelopp: 933 000 kr per år. Uppräkning sker årligen enligt OPI från och med 2021-01-01.\n\n"
        "- överenskommet belopp = 933 000 kr\n"
        "- 2021: 933 000,00 × 1,015 = 946 995,00\n"
        "  - OPI 2021: 1,5 %, definitivt, publicerat 2020-12-16, källa S4\n"
        "- avrundat till hela kronor, 50 öre uppåt (regeln när överenskommelsen inte anger någon) = 946 995 kr"
    )
    assert section(found, "Index") == (
        "| Index | År   |       Värde | Status     | Publicerat | Källa |\n"
        "| ----- | ---- | ----------: | ---------- | ---------- | ----- |\n"
        "| OPI   | 2021 | 1,5 procent | definitivt | 2020-12-16 | S4    |\n\n"
        "- S4: [SKR, Omsorgsprisindex (OPI) för 2021, 2020-12-16](https://skr.se/tjanster/merfranskr/cirkular/cirkular/"
        "2020/omsorgsprisindexopifor2021.35784.html)"
    )
    assert section(found, "Avräkning") == "Ingen avräkning av tidigare utbetalningar."
    assert section(found, "Mottagare") == (
        "Resurspoolen, organisationsnummer **[ATT FYLLA I: organisationsnummer]**\n\n"
        "Konto: **[ATT FYLLA I: hänvisning till mottagarens konto i ekonomisystemet]**"
    )
    assert section(found, "Granskning och attest") == (
        "Granskat, datum och namn:\n\n***\n\nAttesterat, datum och namn:\n\n***"
    )
    assert "Datum: 2020-12-20" in text(found)


def test_a_correction_of_what_was_paid_on_a_preliminary_figure_is_settled() -> None:
    """998 762 / 2 = 499 381 in January; right is 1 009 377 / 2 = 504 688 and 504 689: 5 307 more, 509 996 in July."""
    found = basis(date(2023, 6, 1), twice())
    assert found is not None
    assert found.amount == Decimal(504689)
    assert [(each.year, each.amount) for each in found.settled] == [(2023, Decimal(5307))]
    assert found.to_pay == Decimal(509996)
    paper = document("x", KIND, date(2023, 6, 1), twice())
    assert rows(section(paper, "Utbetalningen"))["Att betala"] == "509 996 kr (definitivt)"
    assert section(paper, "Avräkning").startswith("Läggs till: 5 307 kr för tidigare utbetalningar 2023.\n")
    assert section(paper, "Avräkning").endswith(
        "- utbetalning 1: 504 688 kr − 499 381 kr = 5 307 kr\n\n"
        "Utbetalningen 504 689 kr, med avräkningen 509 996 kr att betala."
    )
    assert "| OPI   | 2023 | 3,5 procent | preliminärt | 2022-12-09 |" in section(paper, "Index")


def test_a_correction_that_is_paid_by_itself_is_not_settled() -> None:
    schedule = {"times_per_year": 2, "in": ("january", "july")}
    clause = {**opi(date(2021, 1, 1)), "settlement": "separate"}
    made = agreement(
        period=period(date(2020, 1, 1), date(2025, 12, 31)),
        contributions=(cash(933000, indexation=clause, payment=schedule),),
    )
    found = basis(date(2023, 6, 1), made)
    assert found is not None
    assert (found.to_pay, found.settled) == (Decimal(504689), ())
    assert "För sig ska 5 307 kr betalas för tidigare utbetalningar 2023; det ingår inte här." in section(
        document("x", KIND, date(2023, 6, 1), made), "Avräkning"
    )


def paid(day: date, amount: int, year: int) -> dict[str, Any]:
    return {"payment": "ersattning", "date": day, "year": year, "amount": amount}


def test_what_the_log_has_is_not_paid_again() -> None:
    made = twice(log=(paid(date(2020, 1, 20), 466500, 2020),))
    found = basis(date(2020, 1, 25), made)
    assert found is not None
    assert (found.number, found.due) == (2, date(2020, 7, 31))


def test_what_is_logged_later_is_not_known() -> None:
    made = twice(log=(paid(date(2020, 1, 28), 466500, 2020),))
    found = basis(date(2020, 1, 25), made)
    assert found is not None
    assert (found.number, found.due) == (1, date(2020, 1, 31))


def test_a_payment_that_is_late_is_told_of() -> None:
    made = twice(log=(paid(date(2020, 1, 20), 466500, 2020),))
    shown = section(document("x", KIND, date(2020, 12, 20), made), "Utbetalningen")
    assert "Inte antecknat som betalt: 466 500 kr som skulle betalas senast den 31 juli 2020." in shown
    assert rows(shown)["Betalas senast"] == "2021-01-29"


def test_what_was_paid_wrongly_and_a_correction_that_was_not_paid_are_told_of() -> None:
    """In 2023 January is 499 381 on the preliminary figure; 5 307 more is known in April and was to be paid in July."""
    log = (
        *(paid(date(2020, month, 20), 466500, 2020) for month in (1, 7)),
        *(paid(date(2021, month, 20), amount, 2021) for month, amount in ((1, 473000), (7, 473600))),
        *(paid(date(2022, month, 20), 482494, 2022) for month in (1, 7)),
        paid(date(2023, 1, 20), 499381, 2023),
    )
    shown = section(document("x", KIND, date(2023, 9, 1), twice(log=log)), "Utbetalningen")
    assert "Inte antecknat som betalt: 504 689 kr som skulle betalas senast den 31 juli 2023." in shown
    assert "Inte antecknat som betalt: 5 307 kr som skulle betalas senast den 31 juli 2023." in shown
    assert shown.count("Inte antecknat") == 2
    # 2021: 946 995 / 2 = 473 497 and 473 498
    assert (
        "Betalt 497 kr för lite av det som skulle betalas senast den 29 januari 2021; det ingår inte här.\n\n"
        "Betalt 102 kr för mycket av det som skulle betalas senast den 30 juli 2021; det ingår inte här."
    ) in shown
    assert shown.count("Betalt 4") == shown.count("Betalt 1") == 1


def test_after_the_end_it_is_for_the_last_payment_that_the_log_does_not_have() -> None:
    first = [paid(date(2020, 1, 20), 466500, 2020)]
    money = cash(933000, payment={"times_per_year": 2, "in": ("january", "july")})
    made = agreement(period=period(date(2020, 1, 1), date(2020, 12, 31)), contributions=(money,), log=tuple(first))
    found = basis(date(2021, 3, 1), made)
    assert found is not None
    assert (found.number, found.paid) == (2, None)
    both = (*first, paid(date(2020, 7, 20), 466500, 2020))
    found = basis(date(2021, 3, 1), made.model_copy(update={"log": agreement(log=both).log}))
    assert found is not None
    assert (found.number, found.paid) == (2, date(2020, 7, 20))


def test_an_amount_that_needs_an_extension_says_so() -> None:
    found = document(RESURSPOOLEN, KIND, date(2023, 1, 3))
    assert rows(section(found, "Utbetalningen"))["Att betala"] == "998 762 kr (preliminärt, med villkor)"
    assert section(found, "Villkor för utbetalning") == "- Bara om den föreslagna förlängningen beslutas"


def test_an_amount_that_cannot_be_reckoned_says_why() -> None:
    found = document("linkoping-resurspoolen-2018", KIND, date(2020, 10, 10))
    shown = rows(section(found, "Utbetalningen"))
    assert shown["Att betala"] == "**[ATT FYLLA I: belopp: OPI för 2020 är inte känt]**"
    assert shown["Betalas av"] == "**[ATT FYLLA I: vem som betalar]**"
    assert shown["Betalas senast"] == "**[ATT FYLLA I: betalningsdag]**"


@pytest.mark.parametrize("id_", ["lund-roda-korset-2023", "timra-aldres-ensamhet-2019"])
def test_an_agreement_without_payments(id_: str) -> None:
    assert payment_basis(id_, real(), date(2024, 6, 1)) is None
    found = document(id_, KIND, date(2024, 6, 1))
    assert section(found, "Utbetalningen") == (
        "**[ATT FYLLA I: utbetalning: överenskommelsen har ingen som kan räknas fram]**"
    )


def test_a_day_that_is_not_open_is_moved_and_both_are_shown() -> None:
    """31 August 2025 is a Sunday."""
    money = cash(100000, payment={"dates": ({"day": "01-31", "share": 50}, {"day": "08-31", "share": 50})})
    made = agreement(period=period(date(2025, 1, 1), date(2025, 12, 31)), contributions=(money,))
    shown = section(document("x", KIND, date(2025, 8, 1), made), "Utbetalningen")
    assert (rows(shown)["Avtalad dag"], rows(shown)["Betalas senast"]) == ("2025-08-31", "2025-09-01")
    assert "Avtalad dag 2025-08-31 är ingen öppen dag; betalas nästa öppna dag, 2025-09-01." in shown


def test_several_payments_on_a_day_are_named() -> None:
    schedule = {"times_per_year": 1, "in": ("january",)}
    second = {**cash(2000, payment=schedule), "id": "hyra", "text": "Hyra för salen."}
    made = agreement(
        period=period(date(2025, 1, 1), date(2025, 12, 31)), contributions=(cash(1000, payment=schedule), second)
    )
    found = basis(date(2025, 1, 2), made)
    assert found is not None
    assert (found.amount, found.same_day) == (Decimal(1000), ("Hyra för salen.",))


def test_a_year_at_two_rates_is_one_payment() -> None:
    """36 600 kr in 2024 from 1 July 10 % more, by days: 182/366 × 36 600 = 18 200 and 184/366 × 40 260 = 20 240."""
    clause = {"percent": 10, "first": date(2024, 7, 1)}
    money = cash(36600, part_year="days", indexation=clause, payment={"times_per_year": 1, "in": ("december",)})
    made = agreement(period=period(date(2024, 1, 1), date(2024, 12, 31)), contributions=(money,))
    found = basis(date(2024, 11, 1), made)
    assert found is not None
    assert (found.start, found.end, found.amount) == (date(2024, 1, 1), date(2024, 12, 31), Decimal(38440))
    shown = section(document("x", KIND, date(2024, 11, 1), made), "Beräkning")
    assert shown.endswith("Sammanlagt 18 200 kr och 20 240 kr: 38 440 kr.")


def test_no_account_is_ever_printed() -> None:
    found = document("x", KIND, date(2020, 1, 2), twice())
    assert "hänvisning till mottagarens konto i ekonomisystemet" in found.missing
