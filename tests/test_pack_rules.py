"""The rule sets: near misses that must stay silent, the limits of law, and the worth of what is paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from iopctl.checks import Case, check
from iopctl.checks.thresholds import AID, PROCUREMENT, procurement_limit
from iopctl.compute.worth import worth
from iopctl.finding import Severity
from iopctl.form import read
from iopctl.model import Agreement, Settings, Workspace
from iopctl.source import Source
from tests.agreements import SHIPPED, agreement, cash, period, shipped

SOUND = (SHIPPED / "tests" / "sound.yaml").read_text("utf-8")
PACKS = ("skr-2017", "forum", "lou", "state-aid")


def settings(*packs: str) -> Settings:
    made, wrong = read(Settings, {"check": {"packs": packs}})
    assert made is not None, wrong
    return made


def sound(**parts: Any) -> Agreement:
    """The sound agreement with other top-level parts; None takes one away."""
    values = {**Source("sound.yaml", SOUND).values, **parts}
    made, wrong = read(Agreement, {key: value for key, value in values.items() if value is not None})
    assert made is not None, wrong
    return made


def grounds(**parts: Any) -> dict[str, Any]:
    values = {**Source("sound.yaml", SOUND).values["grounds"], **parts}
    return {key: value for key, value in values.items() if value is not None}


def found(made: Agreement, *packs: str) -> list[tuple[str, Severity]]:
    workspace = Workspace({"x": made}, settings=settings(*packs))
    return sorted(
        (each.rule.code, each.weight)
        for each in check(Case("x", made, workspace, date(2026, 1, 15), "\\"))
        if each.rule.code[:3] in ("SKR", "FOR", "LOU", "AID")
    )


def test_nothing_is_asked_that_is_not_chosen() -> None:
    assert found(sound(grounds=None, forums=None, duties=None)) == []
    assert found(agreement()) == []


# -- criteria ----------------------------------------------------------------------------------------------------------

IN_KIND = (
    {"from": "kommunen", "to": "foreningen", "kind": "premises", "text": "En lokal."},
    {"from": "foreningen", "kind": "volunteers", "text": "Volontärer leder cirklarna."},
)
YEARS = {"start": date(2026, 1, 1), "end": date(2028, 12, 31)}
DAYS = (date(2026, 11, 1), date(2027, 11, 1), date(2028, 6, 1))


def follow_ups(*days: date) -> tuple[dict[str, Any], ...]:
    return tuple({"id": f"u{day.year}", "kind": "follow_up", "text": "Uppföljning", "by": day} for day in days)


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"contributions": IN_KIND, "total": None}, id="only in kind, nothing valued: there is no share"),
        pytest.param({"period": {**YEARS, "end": "open_ended"}}, id="until further notice, followed up twice a year"),
        pytest.param({"period": YEARS, "duties": follow_ups(*DAYS)}, id="a dated follow-up in each of three years"),
        pytest.param(
            {"duties": ({"id": "u", "kind": "meeting", "text": "Träff", "yearly_by": "11-01"},)}, id="a meeting a year"
        ),
        pytest.param(
            {"grounds": grounds(market={"exists": True, "statement": "Ingen köper."})}, id="clear in a market"
        ),
        pytest.param({"grounds": grounds(need={"text": "Äldre är ensamma."})}, id="nobody asked who worded the need"),
        pytest.param(
            {"texts": {"activities": "Vi har bjudit in vitesbolag och inviterade gäster."}}, id="vite inside a word"
        ),
        pytest.param({"documents": {"delrapport": {"texts": {"matter": "Viten finns."}}}}, id="a word in a memo"),
    ],
)
def test_skr_is_silent(parts: dict[str, Any]) -> None:
    assert found(sound(**parts), "skr-2017") == []


def test_a_year_without_follow_up_is_seen() -> None:
    """Nothing in 2027, the second of three years."""
    made = sound(period=YEARS, duties=follow_ups(DAYS[0], DAYS[2]))
    assert found(made, "skr-2017") == [("SKR008", Severity.ERROR)]


def test_a_no_is_one_finding_and_not_two() -> None:
    """The need is missing too, but somebody has already said that the criterion is not met."""
    made = sound(grounds=grounds(need=None, criteria={"skr-3": {"met": False}, **answers("skr-1", "skr-5")}))
    assert found(made, "skr-2017") == [("SKR003", Severity.ERROR)]


def answers(*criteria: str) -> dict[str, Any]:
    return {each: {"met": True, "outcome": "Ja."} for each in criteria}


def test_an_answer_does_not_take_the_place_of_the_fact() -> None:
    made = sound(grounds=grounds(need=None))
    assert found(made, "skr-2017") == [("SKR003", Severity.ERROR)]


def test_what_is_missing_is_a_warning_until_something_is_adopted_or_signed() -> None:
    without = sound(grounds=None)
    early = sound(grounds=None, decisions=None, signatures=None)
    skr = ("SKR001", "SKR003", "SKR004", "SKR005", "SKR007")
    assert found(without, "skr-2017") == [
        (code, Severity.WARNING if code == "SKR004" else Severity.ERROR) for code in skr
    ]
    assert found(early, "skr-2017") == [(code, Severity.WARNING) for code in skr]
    forum = ("FOR001", "FOR002", "FOR003", "FOR004", "FOR006", "FOR008")
    assert found(without, "forum") == [(code, Severity.ERROR) for code in forum]
    assert found(early, "forum") == [(code, Severity.WARNING) for code in forum]


def test_a_signature_is_enough_for_what_is_missing_to_be_an_error() -> None:
    assert found(sound(grounds=grounds(need=None), decisions=None), "skr-2017") == [("SKR003", Severity.ERROR)]


def test_a_no_weighs_the_same_before_anything_is_adopted() -> None:
    no = {**answers("skr-5"), "skr-1": {"met": False}}
    made = sound(grounds=grounds(criteria=no), decisions=None, signatures=None)
    assert found(made, "skr-2017") == [("SKR001", Severity.ERROR)]


def test_both_lists_speak_of_one_fact() -> None:
    made = sound(grounds=grounds(policies=None))
    assert found(made, "skr-2017", "forum") == [("FOR002", Severity.ERROR), ("SKR004", Severity.WARNING)]


def test_a_market_with_clear_words_is_for_one_list_enough_and_not_for_the_other() -> None:
    made = sound(grounds=grounds(market={"exists": True, "statement": "Ingen köper."}))
    assert found(made, "skr-2017", "forum") == [("FOR004", Severity.ERROR)]


# -- procurement -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"contributions": IN_KIND, "total": None}, id="no money"),
        pytest.param({"period": {**YEARS, "extension": {"until": date(2031, 12, 31)}}}, id="an option to a last day"),
        *(
            pytest.param({"clauses": ({"kind": "dispute", "text": text},)}, id=text)
            for text in (
                "Tvister löses genom dialog.",
                "Tvister ska inte avgöras av allmän domstol.",
                "Tvister prövas inte i domstol.",
            )
        ),
        pytest.param({"clauses": ({"kind": "secrecy", "text": "Domstol kan häva sekretess."},)}, id="another clause"),
    ],
)
def test_procurement_is_silent(parts: dict[str, Any]) -> None:
    assert found(sound(**parts), "lou") == []


@pytest.mark.parametrize(
    "text",
    [
        "Tvist som inte kan lösas avgörs av domstol.",
        "Tvister prövas av Exempelstads tingsrätt.",
        "Talan väcks vid allmän domstol.",
    ],
)
def test_a_court_is_seen(text: str) -> None:
    made = sound(clauses=({"kind": "dispute", "text": text},))
    assert found(made, "lou") == [("LOU005", Severity.WARNING)]


def decided(day: date, amount: int, **extension: Any) -> Agreement:
    """`amount` a year for 2026–2028, decided on a day."""
    return sound(
        period={**YEARS, **({"extension": extension} if extension else {})},
        decisions=({"kind": "adopted", "body": "Socialnämnden", "date": day},),
        contributions=({"from": "kommunen", "kind": "cash", "amount": amount, "per": "year"}, IN_KIND[1]),
        total=None,
    )


OVER, OPEN = ("LOU007", Severity.WARNING), ("LOU007", Severity.INFO)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        # 8 109 450 / 3 = 2 703 150 a year is exactly the limit of 2024, and not over it
        pytest.param(decided(date(2024, 1, 1), 2_703_150), [], id="exactly the limit"),
        pytest.param(decided(date(2024, 1, 1), 2_703_151), [OVER], id="three kronor over it"),
        # 7 802 550 / 3 = 2 600 850: the day before, the limit of 2022–2023
        pytest.param(decided(date(2023, 12, 31), 2_600_850), [], id="exactly the limit of the year before"),
        pytest.param(decided(date(2023, 12, 31), 2_600_851), [OVER], id="over that"),
        pytest.param(decided(date(2025, 12, 31), 2_703_151), [OVER], id="the last day with a known limit"),
        pytest.param(decided(date(2026, 1, 1), 100), [OPEN], id="the first day without one"),
        pytest.param(decided(date(2017, 12, 31), 100), [OPEN], id="before the first known limit"),
        # 3 + 3 years: 8 109 450 / 6 = 1 351 575
        pytest.param(decided(date(2024, 1, 1), 1_351_575, times=1, length="3 years"), [], id="with the option"),
        pytest.param(
            decided(date(2024, 1, 1), 1_351_576, times=1, length="3 years"), [OVER], id="over, with the option"
        ),
        # 3 + 2 × 1 years: 8 109 450 / 5 = 1 621 890
        pytest.param(decided(date(2024, 1, 1), 1_621_890, times=2, length="1 years"), [], id="two options"),
        pytest.param(
            decided(date(2024, 1, 1), 1_621_891, times=2, length="1 years"), [OVER], id="over, with two options"
        ),
        pytest.param(
            decided(date(2024, 1, 1), 1_621_891, until=date(2030, 12, 31)), [OVER], id="an option to a last day"
        ),
    ],
)
def test_the_limit_is_the_one_of_the_day_of_decision(made: Agreement, expected: list[Any]) -> None:
    assert [each for each in found(made, "lou") if each[0] == "LOU007"] == expected


def test_an_option_that_has_been_used_does_not_count_twice() -> None:
    """2026–2031 are six years, extended or not: 6 × 1 351 575 = 8 109 450, exactly the limit."""
    made = decided(date(2024, 1, 1), 1_351_575, times=1, length="3 years")
    extended = {"kind": "extended", "body": "Socialnämnden", "date": date(2028, 5, 1), "until": date(2031, 12, 31)}
    values = [each.model_dump(exclude_none=True) for each in made.decisions]
    longer = sound(
        period={**YEARS, "extension": {"times": 1, "length": "3 years"}},
        decisions=(*values, extended),
        contributions=({"from": "kommunen", "kind": "cash", "amount": 1_351_575, "per": "year"}, IN_KIND[1]),
        total=None,
    )
    assert [each for each in found(longer, "lou") if each[0] == "LOU007"] == []


def test_the_limits_of_procurement_law() -> None:
    """As Konkurrensverket and Upphandlingsmyndigheten print them; see the addresses beside the rows."""
    assert [(row.first.year, row.last.year, row.threshold, row.direct) for row in PROCUREMENT] == [
        (2018, 2019, 7_113_450, 586_907),
        (2020, 2021, 7_701_675, 615_312),
        (2022, 2023, 7_802_550, 7_802_550),
        (2024, 2025, 8_109_450, 8_109_450),
    ]
    assert procurement_limit(date(2017, 12, 31)) is None
    assert procurement_limit(date(2026, 1, 1)) is None


def test_the_ceilings_of_aid() -> None:
    assert {(row.basis, row.last.year, row.euros, row.fiscal_years) for row in AID} == {
        ("general", 2023, 200_000, True),
        ("sgei", 2023, 500_000, True),
        ("general", 2030, 300_000, False),
        ("sgei", 2030, 750_000, False),
    }


# -- state aid: the papers; the sums are in test_state_aid.py ---------------------------------------------------------

AID_OF_2025 = {"basis": "general", "granted": date(2025, 10, 22), "stated": date(2025, 10, 22)}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param({"contributions": IN_KIND, "total": None, "grounds": None}, [], id="nothing has a value"),
        pytest.param({"grounds": None}, ["AID002"], id="money"),
        pytest.param({"grounds": grounds(state_aid=AID_OF_2025)}, [], id="stated on the very day"),
        pytest.param(
            {"grounds": grounds(state_aid={**AID_OF_2025, "stated": date(2025, 10, 23)})}, ["AID004"], id="late"
        ),
        pytest.param(
            {"grounds": grounds(state_aid={**AID_OF_2025, "basis": "sgei"})}, [], id="sgei, tested against LOU"
        ),
    ],
)
def test_the_papers_of_state_aid(parts: dict[str, Any], expected: list[str]) -> None:
    assert [code for code, _severity in found(sound(**parts), "state-aid")] == expected


# -- what a contribution comes to --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "parts", "expected"),
    [
        # process: 933 000 × 3 and × 6
        (date(2020, 1, 1), date(2022, 12, 31), {"amount": 933000}, (2_799_000, True)),
        (date(2020, 1, 1), date(2025, 12, 31), {"amount": 933000}, (5_598_000, True)),
        # two whole years from December to November, in parts of three calendar years
        (date(2023, 12, 1), date(2025, 11, 30), {"amount": 340000}, (680_000, True)),
        # eighteen months: one whole year is sure, the rest is not said
        (date(2026, 1, 1), date(2027, 6, 30), {"amount": 100000}, (100_000, False)),
        (date(2026, 1, 1), date(2027, 6, 30), {"amount": 100000, "part_year": "months"}, (150_000, True)),
        # 1 July–31 December 2026: 184 of 365 days of 100 000 kr is 50 410.96, to whole kronor; then the whole of 2027
        (date(2026, 7, 1), date(2027, 12, 31), {"amount": 100000, "part_year": "days"}, (150_411, True)),
        # given in the last of three years only
        (date(2026, 1, 1), date(2028, 12, 31), {"amount": 5000, "valid_from": date(2028, 1, 1)}, (5_000, True)),
        (date(2026, 1, 1), date(2028, 12, 31), {"amount": 5000, "per": "period"}, (5_000, True)),
        (date(2026, 1, 1), date(2028, 12, 31), {"amount": 5000, "per": "once"}, (5_000, True)),
        (date(2026, 1, 1), date(2028, 12, 31), {"amount": 5000, "ceiling": True}, (15_000, True)),
        (date(2026, 1, 1), date(2028, 12, 31), {"amount": {"unknown": "medel"}}, (0, False)),
    ],
)
def test_the_worth_of_a_contribution(start: date, end: date, parts: dict[str, Any], expected: tuple[int, bool]) -> None:
    made = agreement(period=period(start, end), contributions=(cash(0) | parts,))
    assert worth(made.contributions[0], made, start, end) == (Decimal(expected[0]), expected[1])


def test_a_sum_for_the_period_says_nothing_of_an_extension() -> None:
    made = agreement(
        period=period(date(2026, 1, 1), date(2028, 12, 31)),
        contributions=(cash(5000, per="period"), cash(7, per="once")),
    )
    later = date(2029, 1, 1), date(2030, 12, 31)
    assert worth(made.contributions[0], made, *later) == (0, False)
    assert worth(made.contributions[1], made, *later) == (0, True)


def test_no_rule_is_upset_by_the_shipped_agreements() -> None:
    loaded = shipped()
    for id_, made in loaded.workspace.agreements.items():
        workspace = replace(loaded.workspace, settings=settings(*PACKS))
        codes = {each.rule.code for each in check(Case(id_, made, workspace, date(2026, 1, 15), "\\"))}
        assert "INT001" not in codes
