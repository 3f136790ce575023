"""What the rules about money say nothing of, and what they say on other days than the gallery's. Worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from iopctl.checks import CHECKS, Case, Portfolio, across
from iopctl.checks.digest import digest
from iopctl.finding import Finding, Severity
from iopctl.form import read
from iopctl.model import Agreement, IndexTable, Settings, Workspace
from iopctl.source import Source
from iopctl.surroundings import judge_settings, packaged_tables
from tests.agreements import agreement, cash, opi, period

SOUND = Source("sound.yaml", (Path(__file__).parent / "sound.yaml").read_text("utf-8")).values
TODAY = date(2026, 1, 15)
TABLES = packaged_tables()
MONEY = [each for each in CHECKS if each.rule.code.startswith("MON")]


UNSEEN = "\\"
"""Instead of a file's text: with a sign that makes rules look at the agreement itself."""


def found(made: Agreement, as_of: date = TODAY, tables: dict[str, IndexTable] | None = None) -> list[Finding]:
    case = Case("prov", made, Workspace({"prov": made}, tables=tables or TABLES), as_of, UNSEEN)
    return [finding for each in MONEY for finding in each.find(case)]


def codes(made: Agreement, as_of: date = TODAY, tables: dict[str, IndexTable] | None = None) -> list[str]:
    return [f"{each.rule.code}{'i' if each.weight is Severity.INFO else ''}" for each in found(made, as_of, tables)]


def sound(**changes: Any) -> Agreement:
    """The sound agreement with other top-level keys; `money` changes its payment in cash."""
    money = changes.pop("money", {})
    first, *others = SOUND["contributions"]
    cash_ = {key: value for key, value in {**first, **money}.items() if value is not None}
    made, wrong = read(Agreement, {**SOUND, "contributions": (cash_, *others), **changes})
    assert made is not None, wrong
    return made


def test_the_sound_agreement_has_nothing_wrong_with_its_money() -> None:
    assert codes(sound()) == []


THREE = period(date(2026, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("total", "contributions", "expected"),
    [
        # Lund: 3 × 340 000 = 1 020 000
        ({"value": Decimal(1_020_000), "per": "period"}, (cash(340000),), []),
        # 1 020 000 / 3 = 340 000
        ({"value": Decimal(340_000), "per": "year"}, (cash(1_020_000, per="period"),), []),
        # 3 × 340 000 + 30 000 once = 1 050 000
        ({"value": Decimal(1_050_000), "per": "period"}, (cash(340000), cash(30000, per="once", id="start")), []),
        # one part has no value, and may be the missing 80 000
        (
            {"value": Decimal(1_100_000), "per": "period"},
            (cash(340000), {"from": ("foreningen",), "kind": "volunteers"}),
            ["MON003i"],
        ),
        # the parts alone come to more, whatever the one without a value is worth
        (
            {"value": Decimal(1_000_000), "per": "period"},
            (cash(340000), {"from": ("foreningen",), "kind": "volunteers"}),
            ["MON003"],
        ),
        # adjusted amounts only rise above 1 020 000, never below
        ({"value": Decimal(1_000_000), "per": "period"}, (cash(340000, indexation=opi(date(2027, 1, 1))),), ["MON003"]),
        (
            {"value": Decimal(1_060_000), "per": "period"},
            (cash(340000, indexation=opi(date(2027, 1, 1))),),
            ["MON003i"],
        ),
    ],
)
def test_sums_for_the_year_and_for_the_period(
    total: dict[str, Any], contributions: tuple[dict[str, Any], ...], expected: list[str]
) -> None:
    made = agreement(period=THREE, total=total, contributions=contributions)
    assert [each for each in codes(made) if each[:6] in ("MON001", "MON003")] == expected


def test_two_years_from_the_first_of_december_are_two_whole_years() -> None:
    # 2 × 120 000 = 240 000: 2023-12-01 – 2025-11-30, by days and by months
    made = agreement(
        period=period(date(2023, 12, 1), date(2025, 11, 30)),
        total={"value": Decimal(240_000), "per": "period"},
        contributions=(cash(120000),),
    )
    assert [each for each in codes(made) if each in ("MON001", "MON003")] == []


@pytest.mark.parametrize(
    "parts",
    [
        {"from": ("foreningen",)},  # the association pays
        {"ceiling": True},
        {"amount": {"unknown": "ekonomiska medel"}},
        {"amount": 0},
        {"payment": {"times_per_year": 1, "in": "january"}},
    ],
)
def test_no_month_of_payment_is_asked_for(parts: dict[str, Any]) -> None:
    made = agreement(period=THREE, contributions=({**cash(1000), **parts},))
    assert codes(made) == []


def test_no_month_of_payment_is_asked_for_without_a_period() -> None:
    assert codes(agreement(contributions=(cash(1000),))) == []


@pytest.mark.parametrize(
    ("amount", "times", "instalment", "expected"),
    [
        (247700, 4, "61925", []),  # exactly
        (247700, 4, "61924", ["MON005"]),  # a krona in each, and nothing to round
        (247700, 3, "82566.67", []),  # 82 566,666… to the öre
        (247700, 3, "82566.66", []),  # the same, the rest last
        (247700, 3, "82566.68", ["MON005"]),
        (247700, 3, "82566", []),  # whole kronor, the rest last
        (247700, 3, "82567", []),
        (247700, 3, "82568", ["MON005"]),
        (946995, 12, "78916.25", []),  # exactly
        (946995, 12, "78916", []),  # 12 × 78 916 = 946 992
        (946995, 12, "78900", ["MON005"]),
    ],
)
def test_instalments_may_be_rounded(amount: int, times: int, instalment: str, expected: list[str]) -> None:
    months = {
        3: ("january", "may", "september"),
        4: ("january", "april", "july", "october"),
        12: (
            "january", "february", "march", "april", "may", "june",
            "july", "august", "september", "october", "november", "december",
        ),
    }  # fmt: skip
    payment = {"times_per_year": times, "in": months[times], "instalment": Decimal(instalment)}
    assert codes(agreement(period=THREE, contributions=(cash(amount, payment=payment),))) == expected


def indexed(index: str = "OPI", first: date = date(2027, 1, 1), **parts: Any) -> dict[str, Any]:
    told = {"price_year": 2026, "rounding": {"to": 1}, "preliminary": "settle"}
    given = {key: value for key, value in {**told, **parts}.items() if value is not None}
    return {"index": index, "first": first, **given}


@pytest.mark.parametrize(
    ("indexation", "expected"),
    [
        (indexed(price_year=None), []),  # the year after the first: whose prices is plain
        (indexed(first=date(2026, 1, 1), price_year=2025), ["MON002"]),  # OPI for 2026 is not known
        (indexed(first=date(2028, 1, 1), price_year=None), ["MON007"]),
        (indexed(first=date(2028, 1, 1), price_year=2026), []),
        (indexed(first=date(2026, 1, 1), price_year=None), ["MON002", "MON006"]),
        (indexed(first=date(2027, 1, 1), price_year=2027), ["MON006"]),
        (indexed(index="VPI", preliminary=None), []),
        (indexed(preliminary=None), ["MON007"]),
        (indexed(rounding=None), ["MON007"]),
    ],
)
def test_price_years_and_what_the_clause_leaves_open(indexation: dict[str, Any], expected: list[str]) -> None:
    assert codes(sound(money={"indexation": indexation})) == expected


@pytest.mark.parametrize(
    ("index", "wording", "expected"),
    [
        ("OPI", "Uppräkning sker årligen enligt OPI från och med 2027-01-01.", []),
        ("OPI", "Ersättningen justeras med OPI som publiceras i december året innan.", []),
        ("OPI", "Ersättningen justeras med det OPI för kommande år som publiceras i december.", []),
        ("OPI", "Ersättningen justeras med OPI, för sista gången den 31 december 2028.", []),
        ("OPI", "Ersättningen räknas upp eller ned med OPI för det år som betalningen gäller.", []),
        ("OPI", "Ersättningen justeras med senast publicerade OPI den 1 december året innan.", []),
        ("OPI", "Ersättningen justeras med OPI och blir aldrig lägre än föregående års.", []),
        ("OPI", "Ersättningen justeras med OPI (80 procent löner och 20 procent KPI).", []),
        ("KPI", "Ersättningen justeras med KPI (fastställda tal) för oktober året innan.", ["MON019"]),
        ("KPI", "Ersättningen justeras med KPI den 1 oktober.", ["MON019", "MON008"]),
        ("PKV", "Ersättningen justeras med PKV för innevarande år, publicerat i oktober.", ["MON019"]),
        ("PKV", "Ersättningen justeras med PKV publicerat i oktober månad året innan.", ["MON019", "MON008"]),
        ("OPI", "Ersättningen justeras med 80 % av förändringen i OPI.", ["MON009"]),
        ("OPI", "Ersättningen justeras med 100 % av förändringen i OPI.", []),
        ("OPI", "Ersättningen justeras med 80 procent av skillnaden i OPI.", ["MON008", "MON009"]),
        ("OPI", "Ersättningen räknas upp med OPI.", ["MON008i"]),
        ("OPI", "Ersättningen justeras med omsorgsprisindex fr.o.m. 1 januari 2027.", []),
        ("OPI", "Ersättningen justeras med omsorgsprisindex fr.o.m. den 1 januari 2028.", ["MON009"]),
        ("OPI", "Ersättningen justeras med OPI från och med år 2027.", []),
        ("OPI", "Ersättningen justeras med OPI från och med 2028.", ["MON009"]),
        ("OPI", "I 2026 års pris- och löneläge. Justeras med OPI.", []),
        ("OPI", "I 2025 års pris- och löneläge. Justeras med OPI.", ["MON009"]),
        ("OPI", "Ersättningen justeras med vårdprisindex.", ["MON009"]),
        ("OPI", "Uppräkning sker årligen.", []),
    ],
)
def test_the_words_of_the_clause(index: str, wording: str, expected: list[str]) -> None:
    assert codes(sound(money={"indexation": indexed(index, wording=wording)})) == expected


def paid(year: int, *amounts: int | None, **parts: Any) -> tuple[dict[str, Any], ...]:
    entries = ({"payment": "ersattning", "year": year, "date": date(year, 1, 31), **parts} for _ in amounts)
    return tuple(
        {**each, **({"amount": amount} if amount else {})} for each, amount in zip(entries, amounts, strict=True)
    )


def logged(log: tuple[dict[str, Any], ...], times: int = 1, preliminary: str | None = None, **parts: Any) -> Agreement:
    # 200 000 in the prices of 2022: 2023 preliminary 207 000, definitive 209 200
    indexation = {**opi(date(2023, 1, 1)), "rounding": {"to": 1}, "preliminary": preliminary or "settle"}
    months = {1: "january", 2: ("january", "july")}[times]
    payment = {"times_per_year": times, "in": months}
    return agreement(
        period=period(date(2022, 1, 1), date(2023, 12, 31)),
        contributions=(cash(200000, indexation=indexation, payment=payment, **parts),),
        log=log,
    )


WITHOUT_DEFINITIVE = {
    "OPI": TABLES["OPI"].model_copy(
        update={"rows": tuple(row for row in TABLES["OPI"].rows if (row.year, row.status) != (2023, "definitive"))}
    )
}


@pytest.mark.parametrize(
    ("log", "options", "as_of", "expected"),
    [
        # paid on the preliminary figure, and nothing to settle yet
        (paid(2023, 207000), {}, date(2023, 2, 15), ["MON010i"]),
        (paid(2023, 207000), {}, date(2023, 4, 18), ["MON010i"]),
        (paid(2023, 207000), {}, date(2023, 4, 19), ["MON010"]),
        (paid(2023, None, percent=Decimal("3.5")), {}, date(2023, 4, 19), ["MON010"]),
        (paid(2023, None), {}, date(2023, 4, 19), []),  # nothing says what it was reckoned with
        (paid(2023, 207000, 2200), {}, date(2023, 6, 1), []),
        (paid(2023, 209200), {}, date(2023, 6, 1), []),
        (paid(2023, 209200, percent=Decimal("3.5")), {}, date(2023, 6, 1), []),  # the amount is right
        (paid(2023, 207000), {"preliminary": "final"}, date(2023, 6, 1), []),
        (paid(2023, 207000), {"preliminary": "wait"}, date(2023, 6, 1), ["MON012"]),
        # the first of two: 103 500 of 207 000; the second, 104 600 + 1 100, settles it
        (paid(2023, 103500), {"times": 2}, date(2023, 6, 1), ["MON010"]),
        (paid(2023, 103500, 104600), {"times": 2}, date(2023, 8, 1), ["MON010"]),
        (paid(2023, 103500, 105700), {"times": 2}, date(2023, 8, 1), []),
        (paid(2023, 103500, 104600, 1100), {"times": 2}, date(2023, 8, 1), []),
        (paid(2023, 104600), {"times": 2}, date(2023, 6, 1), []),
        (paid(2023, 104600), {"times": 2}, date(2024, 1, 1), ["MON012"]),
        (paid(2022, 200000), {}, date(2023, 6, 1), []),
        (paid(2022, 199999), {}, date(2023, 6, 1), []),  # rounding
        (paid(2022, 199998), {}, date(2023, 6, 1), ["MON012"]),
        (paid(2023, 200000), {}, date(2023, 2, 15), ["MON010i"]),  # not sure yet, and no percentage is said
        (paid(2023, 200000, percent=Decimal("3.5")), {}, date(2023, 2, 15), ["MON010i", "MON012"]),
        (paid(2023, 209200, percent=Decimal("4.6")), {}, date(2023, 6, 1), []),
        (paid(2023, 207000, 2200, percent=Decimal("3.5")), {}, date(2023, 6, 1), []),
        (paid(2023, 209200, percent=Decimal("2.7")), {}, date(2023, 6, 1), ["MON016"]),
        (paid(2024, 200000), {}, date(2024, 6, 1), ["MON018"]),
        (paid(2021, 200000), {}, date(2023, 6, 1), ["MON018"]),
        ((), {}, date(2024, 6, 1), []),  # an empty log proves nothing
    ],
)
def test_what_the_log_says_was_paid(
    log: tuple[dict[str, Any], ...], options: dict[str, Any], as_of: date, expected: list[str]
) -> None:
    assert codes(logged(log, **options), as_of) == expected


def test_a_year_that_is_over_with_a_preliminary_figure_alone() -> None:
    made = logged(())
    assert codes(made, date(2023, 12, 31), WITHOUT_DEFINITIVE) == []
    assert codes(made, date(2024, 1, 1), WITHOUT_DEFINITIVE) == ["MON010"]
    assert codes(logged((), preliminary="final"), date(2024, 1, 1), WITHOUT_DEFINITIVE) == []
    # the clause waits: then the figure itself is what is missing
    assert codes(logged((), preliminary="wait"), date(2023, 12, 31), WITHOUT_DEFINITIVE) == []
    assert codes(logged((), preliminary="wait"), date(2024, 1, 1), WITHOUT_DEFINITIVE) == ["MON002"]


def test_what_is_left_to_pay_is_said_in_kronor() -> None:
    # 209 200 − 207 000 = 2 200
    (finding,) = found(logged(paid(2023, 207000)), date(2023, 6, 1))
    assert finding.message.values["difference"].kronor == 2200  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("parts", "span", "expected"),
    [
        ({}, period(date(2026, 1, 1), date(2028, 12, 31)), []),
        ({}, period(date(2026, 1, 1), "open_ended"), []),
        ({}, period(date(2026, 7, 1), "open_ended"), ["MON011"]),
        ({"part_year": "days"}, period(date(2026, 7, 15), date(2028, 7, 14)), []),
        ({"part_year": "months"}, period(date(2026, 7, 1), date(2028, 6, 30)), []),
        ({"part_year": "months"}, period(date(2026, 7, 15), date(2028, 7, 14)), ["MON011"]),
        ({"per": "period"}, period(date(2026, 7, 1), date(2028, 6, 30)), []),
        ({"ceiling": True}, period(date(2026, 7, 1), date(2028, 6, 30)), []),
        ({"valid_from": date(2027, 1, 1)}, period(date(2026, 7, 1), date(2028, 12, 31)), []),
    ],
)
def test_parts_of_a_year(parts: dict[str, Any], span: dict[str, Any], expected: list[str]) -> None:
    payment = {"payment": {"times_per_year": 1, "in": "september"}} if "per" not in parts else {}
    made = agreement(period=span, contributions=({**cash(1000), **payment, **parts},))
    assert [each for each in codes(made) if each != "MON004"] == expected


def test_a_proposed_extension_gives_no_part_of_a_year_yet() -> None:
    made = agreement(
        period=period(date(2026, 1, 1), date(2026, 12, 31)),
        decisions=({"kind": "extended", "body": "Nämnden", "proposed": date(2026, 1, 2), "until": date(2027, 6, 30)},),
        contributions=(cash(1000, payment={"times_per_year": 1, "in": "january"}),),
    )
    assert codes(made) == []


@pytest.mark.parametrize(
    ("log", "parts", "expected"),
    [
        (paid(2026, 400, 600), {}, []),
        (paid(2026, 400, 601), {}, ["MON013"]),
        ((*paid(2026, 1000), *paid(2027, 1000)), {}, []),
        ((*paid(2026, 1000), *paid(2027, 1000)), {"per": "period"}, ["MON013"]),
        (paid(2026, 1001), {"indexation": indexed()}, ["MON013i"]),
        (paid(2026, None), {}, []),
    ],
)
def test_ceilings(log: tuple[dict[str, Any], ...], parts: dict[str, Any], expected: list[str]) -> None:
    made = agreement(period=THREE, contributions=({**cash(1000), "ceiling": True, **parts},), log=log)
    assert codes(made) == expected


@pytest.mark.parametrize(
    ("funding", "as_of", "expected"),
    [
        ({"year": 2027, "state": "subject_to_budget"}, date(2026, 12, 31), ["MON014i"]),
        ({"year": 2027, "state": "subject_to_budget"}, date(2027, 1, 1), ["MON014"]),
        ({"year": 2027, "state": "decided"}, date(2027, 1, 1), []),
        ({"year": 2027, "state": "subject_to_budget"}, date(2029, 1, 1), []),  # the agreement has ended
    ],
)
def test_funding(funding: dict[str, Any], as_of: date, expected: list[str]) -> None:
    payment = {"times_per_year": 1, "in": "january"}
    assert codes(agreement(period=THREE, contributions=(cash(1000, payment=payment, funding=(funding,)),)), as_of) == (
        expected
    )


FORBIDDEN = {"to": "foreningen", "text": "Inget annat bidrag.", "relation": "forbidden"}


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"to": "foreningen", "text": "Föreningsbidrag", "relation": "in_addition"}, ["MON017"]),
        ({"to": "foreningen", "text": "Föreningsbidrag", "relation": "in_addition", "year": 2028}, ["MON017"]),
        ({"to": "foreningen", "text": "Föreningsbidrag", "relation": "in_addition", "year": 2025}, []),
        ({"to": "foreningen", "text": "Föreningsbidrag", "relation": "converted"}, []),
        ({"to": "kommunen", "text": "Statsbidrag", "relation": "in_addition"}, []),
    ],
)
def test_grants_besides(other: dict[str, Any], expected: list[str]) -> None:
    assert codes(sound(grounds={**SOUND["grounds"], "other_grants": (FORBIDDEN, other)})) == expected


def test_value_of_hours() -> None:
    hours = {"id": "timmar", "from": ("foreningen",), "kind": "volunteer_hours", "value": 1000, "per": "year"}
    assert codes(agreement(contributions=(hours,))) == ["MON015"]
    assert codes(agreement(contributions=({**hours, "quantity": {"number": 5, "unit": "timmar"}},))) == []
    assert codes(agreement(contributions=({**hours, "kind": "premises"},))) == []


# -- several agreements ------------------------------------------------------------------------------------------------


def between(*agreements: Agreement) -> list[tuple[str, str]]:
    digests = {f"avtal-{number}": digest(each) for number, each in enumerate(agreements, 1)}
    portfolio = Portfolio(digests, frozenset(digests), Settings(), TODAY)
    return [(id_, finding.weight.value) for id_, finding in across(portfolio) if finding.rule.code == "REG004"]


EARLY, LATE = period(date(2024, 1, 1), date(2026, 12, 31)), period(date(2026, 1, 1), date(2028, 12, 31))
OTHER = {
    "kommunen": {"name": "Exempelnämnden", "kind": "municipality"},
    "andra": {"name": "Andra föreningen", "kind": "association"},
}


def test_same_parties_at_the_same_time() -> None:
    early = agreement(period=EARLY)
    assert between(early, agreement(period=LATE)) == [("avtal-2", "warning")]
    assert between(agreement(period=LATE), early) == [("avtal-1", "warning")]  # the later one is asked about
    assert between(early, agreement(period=LATE, title="iop exempel")) == [("avtal-2", "warning")]
    assert between(early, agreement(period=LATE, title="IOP Språkkafé")) == [("avtal-2", "info")]
    assert between(early, agreement(period=LATE, replaces="avtal-1")) == []
    assert between(agreement(period=EARLY, replaces="avtal-2"), agreement(period=LATE)) == []
    assert between(early, agreement(period=period(date(2027, 1, 1), date(2028, 12, 31)))) == []
    assert between(early, agreement(period=LATE, parties=OTHER)) == []
    assert between(early, agreement()) == []  # without a period


def test_the_one_before_the_one_before_is_replaced_too() -> None:
    first, second = agreement(period=EARLY), agreement(period=EARLY, replaces="avtal-1")
    assert between(first, second, agreement(period=LATE, replaces="avtal-2")) == []


def test_an_agreement_that_replaces_itself_does_not_go_round_for_ever() -> None:
    assert between(agreement(period=EARLY, replaces="avtal-1"), agreement(period=LATE)) == [("avtal-2", "warning")]


@pytest.mark.parametrize(
    ("meetings", "expected"),
    [
        ([], 1),
        ([date(2026, 1, 14)], 1),
        ([date(2026, 1, 15)], 0),
        ([date(2026, 2, 18), date(2025, 12, 17)], 0),
    ],
)
def test_boards_without_coming_meetings(tmp_path: Path, meetings: list[date], expected: int) -> None:
    listed = ", ".join(f"{{date: {day}}}" for day in meetings)
    (tmp_path / "iopctl.yaml").write_text(f"boards:\n  - name: Nämnden\n    meetings: [{listed}]\n", "utf-8")
    board = {"name": "Nämnden", "meetings": tuple({"date": day} for day in meetings)}
    settings, wrong = read(Settings, {"boards": (board,)})
    assert settings is not None, wrong
    placed = judge_settings(tmp_path, settings, TODAY, ())
    assert len(placed) == expected
    assert [each.excerpts[0].text for each in placed] == ["  - name: Nämnden"] * expected
