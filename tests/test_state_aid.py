"""De minimis aid over several agreements: ceilings, the time that is looked back on, recipients, rates. All by hand."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from iopctl.checks import Portfolio, across
from iopctl.checks.digest import Digest, digest
from iopctl.cli.reports import from_plain, to_plain
from iopctl.compute.money import to_places
from iopctl.finding import Severity
from iopctl.form import read
from iopctl.judging import Report
from iopctl.locale.language import Language
from iopctl.model import Settings
from tests.agreements import agreement

ASSOCIATION = {"name": "Föreningen Exempel", "kind": "association"}
NUMBERED = {**ASSOCIATION, "organisation_number": "999999-0001"}
OTHER = {"name": "Föreningen Annan", "kind": "association"}


def giving(
    amount: int | Decimal,
    granted: date,
    rate: int | None = None,
    basis: str = "general",
    *,
    to: dict[str, Any] = ASSOCIATION,
    other: tuple[dict[str, Any], ...] = (),
    **parts: Any,
) -> Digest:
    """The brief of an agreement that gives a sum for its period to one association."""
    aid = {"basis": basis, "granted": granted, "other": other, **({"rate": rate} if rate else {})}
    paid = {"from": "kommunen", "kind": "cash", "amount": amount, "per": "period"}
    values = {
        "parties": {"kommunen": {"name": "Exempelnämnden", "kind": "municipality"}, "foreningen": to},
        "period": {"start": date(2020, 1, 1), "end": date(2022, 12, 31)},
        "contributions": (paid,),
        "grounds": {"state_aid": aid},
        **parts,
    }
    return digest(agreement(**values))


def stated(amount: int, granted: date, rate: int | None = None) -> dict[str, Any]:
    return {"to": "foreningen", "granted": granted, "amount": amount, **({"rate": rate} if rate else {})}


def judged(*, same_day_counts: bool | None = None, **digests: Digest) -> list[tuple[str, Severity, str]]:
    """What is said of which agreement."""
    chosen: dict[str, Any] = {"check": {"packs": ("state-aid",)}}
    if same_day_counts is not None:
        chosen["state_aid"] = {"same_day_counts": same_day_counts}
    settings, wrong = read(Settings, chosen)
    assert settings is not None, wrong
    findings = across(Portfolio(digests, frozenset(digests), settings, date(2026, 1, 15)))
    aid = (pair for pair in findings if pair[1].rule.code == "AID001")
    return [(id_, each.weight, Language("en").say(each.message)) for id_, each in aid]


# -- the ceilings, and the rate below which they are passed ------------------------------------------------------------

OLD, NEW = date(2023, 12, 31), date(2024, 1, 1)


@pytest.mark.parametrize(
    ("amount", "basis", "granted", "ceiling", "rate"),
    [
        # the table of break-even rates: amount / ceiling
        (2_799_000, "general", OLD, "200,000", "13.9950"),
        (2_799_000, "general", NEW, "300,000", "9.3300"),
        (2_799_000, "sgei", OLD, "500,000", "5.5980"),
        (2_799_000, "sgei", NEW, "750,000", "3.7320"),
        (Decimal("2844982.91"), "general", OLD, "200,000", "14.2249"),
        (Decimal("2844982.91"), "general", NEW, "300,000", "9.4833"),
        (Decimal("2844982.91"), "sgei", OLD, "500,000", "5.6900"),
        (Decimal("2844982.91"), "sgei", NEW, "750,000", "3.7933"),
    ],
)
def test_the_rate_below_which_the_ceiling_is_passed(
    amount: int | Decimal, basis: str, granted: date, ceiling: str, rate: str
) -> None:
    passed = f"is over the ceiling of {ceiling} € if a euro cost less than {rate} kr"
    says = f"the de minimis aid to Föreningen Exempel {passed}"
    assert judged(a=giving(amount, granted, basis=basis)) == [("a", Severity.INFO, says)]


@pytest.mark.parametrize(
    ("amount", "granted", "basis", "over"),
    [
        # at 10 kr per euro: 3 000 000 kr is exactly 300 000 €
        (3_000_000, NEW, "general", None),
        (Decimal("3000000.10"), NEW, "general", "300,000.01"),
        (3_000_000, OLD, "general", "300,000.00"),
        (2_000_000, OLD, "general", None),
        (7_500_000, NEW, "sgei", None),
        (7_500_010, NEW, "sgei", "750,001.00"),
        (5_000_010, OLD, "sgei", "500,001.00"),
    ],
)
def test_at_a_recorded_rate(amount: int | Decimal, granted: date, basis: str, over: str | None) -> None:
    found = judged(a=giving(amount, granted, 10, basis))
    assert [(id_, weight) for id_, weight, _says in found] == ([("a", Severity.ERROR)] if over else [])
    if over:
        assert found[0][2].startswith(f"{over} € of de minimis aid to Föreningen Exempel, over the ceiling of ")


def test_a_sum_over_the_ceiling_by_less_than_shown_is_still_over() -> None:
    """1/3 öre too much cannot be seen in two decimals; the comparison is exact."""
    found = judged(a=giving(Decimal("3000000.01"), NEW, 10))
    assert [each[:2] for each in found] == [("a", Severity.ERROR)]


def test_no_ceiling_is_known_after_the_regulation() -> None:
    assert judged(a=giving(1, date(2030, 12, 31), 10)) == []
    says = "the aid to Föreningen Exempel cannot be judged: no ceiling is known for 2031-01-01"
    assert judged(a=giving(1, date(2031, 1, 1), 10)) == [("a", Severity.INFO, says)]


def test_what_is_no_aid_is_not_judged() -> None:
    assert judged(a=giving(90_000_000, NEW, 10, "none")) == []
    assert digest(agreement()).grants == ()


# -- the time that is looked back on -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earlier", "later", "by_default", "same_day_counts"),
    [
        # three years back from the grant, to the day
        (date(2022, 10, 22), date(2025, 10, 22), False, True),
        (date(2022, 10, 23), date(2025, 10, 22), True, True),
        (date(2022, 10, 21), date(2025, 10, 22), False, False),
        # 29 February 2028 has no such day in 2025: 28 February is the same day
        (date(2025, 2, 28), date(2028, 2, 29), False, True),
        (date(2025, 3, 1), date(2028, 2, 29), True, True),
        (date(2024, 2, 29), date(2027, 2, 28), True, True),
        # until 2023 the current and the two calendar years before, whatever the setting
        (date(2021, 1, 1), date(2023, 6, 1), True, True),
        (date(2020, 12, 31), date(2023, 6, 1), False, False),
        # the new regulation looks back on aid from before it
        (date(2023, 12, 31), date(2024, 1, 1), True, True),
    ],
)
def test_what_counts_with_a_grant(earlier: date, later: date, by_default: bool, same_day_counts: bool) -> None:
    """1 800 000 kr twice, at 10 kr per euro: each is under every ceiling, together they are over 300 000 €."""
    both = {"first": giving(1_800_000, earlier, 10), "second": giving(1_800_000, later, 10)}
    for chosen, counts in ((None, by_default), (False, by_default), (True, same_day_counts)):
        found = judged(same_day_counts=chosen, **both)
        assert [each[:2] for each in found] == ([("second", Severity.ERROR)] if counts else [])


def test_two_grants_of_one_day_count_with_each_other() -> None:
    found = judged(a=giving(1_800_000, NEW, 10), b=giving(1_800_000, NEW, 10))
    assert [each[:2] for each in found] == [("a", Severity.ERROR), ("b", Severity.ERROR)]


def test_an_extension_is_a_grant_of_its_own_day() -> None:
    """600 000 kr a year: 1 800 000 kr of 2021-11-03, and as much of 2024-10-02 for three more years."""
    paid = {"from": "kommunen", "kind": "cash", "amount": 600_000, "per": "year"}
    extended = {"kind": "extended", "body": "Nämnden", "date": date(2024, 10, 2), "until": date(2027, 12, 31)}
    parts = {
        "period": {"start": date(2022, 1, 1), "end": date(2024, 12, 31)},
        "contributions": (paid,),
        "decisions": (extended,),
    }
    grants = giving(0, date(2021, 11, 3), 10, **parts).grants
    assert [(each.granted, each.kronor, each.rate, each.where) for each in grants] == [
        (date(2021, 11, 3), 1_800_000, 10, ("grounds", "state_aid", "granted")),
        (date(2024, 10, 2), 1_800_000, None, ("decisions", 0, "date")),
    ]
    # 180 000 € of 2021-11-03 counts until 2024-11-02; 120 000 € are left, 1 800 000 kr / 120 000 = 15 kr
    says = (
        "the de minimis aid to Föreningen Exempel, 180,000.00 € of it at recorded rates, is over the ceiling of "
        "300,000 € if a euro cost less than 15.0000 kr when the rest was granted"
    )
    assert judged(a=giving(0, date(2021, 11, 3), 10, **parts)) == [("a", Severity.INFO, says)]
    # a month later the first no longer counts: 1 800 000 kr / 300 000 = 6 kr
    later = {**parts, "decisions": ({**extended, "date": date(2024, 11, 6)},)}
    says = (
        "the de minimis aid to Föreningen Exempel is over the ceiling of 300,000 € if a euro cost less than 6.0000 kr"
    )
    assert judged(a=giving(0, date(2021, 11, 3), 10, **later)) == [("a", Severity.INFO, says)]


def test_a_termination_later_does_not_lessen_what_was_granted() -> None:
    paid = {"from": "kommunen", "kind": "cash", "amount": 600_000, "per": "year"}
    ended = {"kind": "terminated", "body": "Nämnden", "date": date(2021, 5, 1), "until": date(2021, 12, 31)}
    made = giving(0, date(2019, 11, 28), 10, contributions=(paid,), decisions=(ended,))
    assert [each.kronor for each in made.grants] == [1_800_000]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"decisions": ({"kind": "adopted", "body": "Nämnden", "date": date(2024, 10, 16)},)}, date(2024, 10, 16)),
        ({"decisions": ({"kind": "adopted", "body": "Nämnden", "planned": date(2026, 3, 4)},)}, date(2026, 3, 4)),
        ({"signatures": ({"party": "kommunen", "date": date(2024, 11, 1)},)}, date(2024, 11, 1)),
        ({}, None),
    ],
)
def test_the_day_of_the_grant(parts: dict[str, Any], expected: date | None) -> None:
    """As recorded, else the decision's, taken or planned, else the last signature's."""
    aid = {"state_aid": {"basis": "general", "rate": 10}}
    made = giving(100, NEW, grounds=aid, **parts)
    assert [each.granted for each in made.grants] == [expected]


# -- who, and what -----------------------------------------------------------------------------------------------------

HALF = 1_800_000
"""At 10 kr per euro under every ceiling; twice is over 300 000 €."""


def test_each_recipient_and_each_regulation_is_summed_by_itself() -> None:
    assert judged(a=giving(HALF, NEW, 10), b=giving(HALF, NEW, 10, to=OTHER)) == []
    assert judged(a=giving(HALF, NEW, 10), b=giving(HALF, NEW, 10, "sgei")) == []


def test_a_name_is_the_same_recipient_as_its_number_elsewhere() -> None:
    found = judged(a=giving(HALF, OLD, 10, to=NUMBERED), b=giving(HALF, NEW, 10))
    assert [each[:2] for each in found] == [("b", Severity.ERROR)]


def test_a_name_that_two_numbers_share_is_neither() -> None:
    twin = {**ASSOCIATION, "organisation_number": "999999-0002"}
    found = judged(a=giving(HALF, OLD, 10, to=NUMBERED), b=giving(HALF, OLD, 10, to=twin), c=giving(HALF, NEW, 10))
    assert found == []


def test_what_the_recipient_has_stated_counts_once() -> None:
    aid = stated(HALF, OLD, 10)
    found = judged(a=giving(HALF, NEW, 10, other=(aid,)))
    assert [(id_, weight) for id_, weight, _says in found] == [("a", Severity.ERROR)]
    assert found[0][2] == "360,000.00 € of de minimis aid to Föreningen Exempel, over the ceiling of 300,000 €"
    # 1 000 000 + 1 000 000 named by both files + 500 000: 250 000 €, and 350 000 € were it counted twice
    small = stated(1_000_000, OLD, 10)
    assert judged(a=giving(1_000_000, NEW, 10, other=(small,)), b=giving(500_000, NEW, 10, other=(small,))) == []


def test_a_stated_grant_that_is_an_agreement_of_the_workspace_counts_once() -> None:
    """b gives 1 400 000 kr; a's recipient has stated just that: 140 000 + 140 000 = 280 000 €."""
    aid = stated(1_400_000, OLD, 10)
    assert judged(a=giving(1_400_000, NEW, 10, other=(aid,)), b=giving(1_400_000, OLD, 10)) == []


def test_two_equal_grants_in_one_statement_are_two() -> None:
    """100 000 + 2 × 110 000 = 320 000 €."""
    aid = stated(1_100_000, OLD, 10)
    found = judged(a=giving(1_000_000, NEW, 10, other=(aid, aid)))
    assert [each[:2] for each in found] == [("a", Severity.ERROR)]


def test_without_a_rate_the_sum_is_over_when_what_has_one_already_fills_the_ceiling() -> None:
    found = judged(a=giving(1, NEW, other=(stated(3_000_000, OLD, 10),)))
    assert [each[:2] for each in found] == [("a", Severity.ERROR)]


PARTS = {"from": "kommunen", "kind": "premises", "text": "En lokal."}


@pytest.mark.parametrize(
    ("contributions", "expected"),
    [
        pytest.param(({**PARTS, "value": 60_000, "per": "year"},), [(180_000, True)], id="rooms with a value"),
        pytest.param((PARTS,), [(0, False)], id="rooms without one"),
        pytest.param(({**PARTS, "kind": "marketing"},), [], id="the municipality's own work, of no value"),
        pytest.param(({**PARTS, "kind": "staff", "to": "foreningen"},), [(0, False)], id="staff lent to them"),
        pytest.param(({**PARTS, "to": "kommunen", "value": 5, "per": "year"},), [], id="to a public body"),
        pytest.param(({**PARTS, "from": "foreningen", "value": 5, "per": "year"},), [], id="the association's own"),
        pytest.param(
            ({"from": ("kommunen", "foreningen"), "kind": "cash", "amount": 5, "per": "once"},),
            [(0, False)],
            id="given by both sides, in shares that are not said",
        ),
        pytest.param(
            ({"from": {"unknown": "?"}, "kind": "cash", "amount": 5, "per": "once"},), [(0, False)], id="from nobody"
        ),
        pytest.param(
            ({"from": "kommunen", "kind": "cash", "amount": 5, "per": "once", "condition": "vid behov"},),
            [(0, False)],
            id="on a condition",
        ),
    ],
)
def test_what_counts_as_aid(contributions: tuple[dict[str, Any], ...], expected: list[Any]) -> None:
    made = giving(0, NEW, 10, contributions=contributions)
    assert [(each.kronor, each.complete) for each in made.grants] == expected


def test_several_associations_and_no_word_on_how_it_is_divided() -> None:
    parties = {
        "kommunen": {"name": "Exempelnämnden", "kind": "municipality"},
        "foreningen": ASSOCIATION,
        "andra": OTHER,
    }
    undivided = {"from": "kommunen", "kind": "cash", "amount": 900, "per": "period"}
    made = giving(0, NEW, 10, parties=parties, contributions=(undivided, {**undivided, "to": "andra"}))
    assert [(each.name, each.kronor, each.complete) for each in made.grants] == [
        ("Föreningen Exempel", 0, False),
        ("Föreningen Annan", 900, False),
    ]


def test_a_brief_survives_the_cache() -> None:
    made = giving(Decimal("5.50"), NEW, 11, to=NUMBERED, other=(stated(7, OLD),))
    undated = giving(5, NEW, grounds={"state_aid": {"basis": "sgei"}})
    assert len(made.grants) == 2
    for each in (made, undated):
        plain = json.loads(json.dumps(to_plain(Report((), each))))
        assert from_plain(plain, "x.yaml") == Report((), each)


@pytest.mark.parametrize(
    ("number", "places", "expected"),
    [
        (Fraction(1, 3), 4, "0.3333"),
        (Fraction(2, 3), 4, "0.6667"),
        (Fraction(1, 20000), 4, "0.0001"),  # exactly half goes up
        (Fraction(5), 2, "5.00"),
    ],
)
def test_a_number_to_be_shown(number: Fraction, places: int, expected: str) -> None:
    assert str(to_places(number, places)) == expected
