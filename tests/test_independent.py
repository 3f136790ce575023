"""Index clauses, instalments and parts of years, each reckoned twice: see independent.py.

The full comparison is `python -m tests.independent --clauses 10000 --seed N`; two thousand clauses are here.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from iopctl.compute.money import instalments
from iopctl.compute.payments import payments
from iopctl.model import Division
from tests.agreements import agreement, cash, period
from tests.independent import compare, divided, made_clause, part_by_days, part_by_months, rounded


def test_made_up_clauses_are_reckoned_alike() -> None:
    years, different = compare(int(os.environ.get("CLAUSES", "2000")), seed=20261122)
    assert different == []
    assert years > 0


def test_the_made_up_clauses_say_all_that_a_clause_can_say() -> None:
    """Else the comparison would be silent about what is never made up."""
    said: Counter[str] = Counter()
    for number in range(2000):
        clause = made_clause(Random(f"keys-{number}"))
        said.update(clause.keys())
        for part in clause.get("basket", ()):
            said.update(part.keys())
        said.update(f"negative {clause['negative']}" for _ in [0] if "negative" in clause)
        said.update(f"carry_over {clause['threshold']['carry_over']}" for _ in [0] if "threshold" in clause)
    seldom = {key: times for key, times in said.items() if times < 20}
    assert seldom == {}
    assert set(said) == {
        "base", "basket", "carry_over False", "carry_over True", "chain_on", "edition", "first", "fixed_on", "index",
        "lag", "least", "method", "month", "most", "negative", "negative base_amount", "negative follow",
        "negative previous_amount", "negative zero", "only_on_extension", "percent", "preliminary", "price_year",
        "rounding", "share_of_amount", "share_of_change", "successor", "threshold", "trigger", "weight",
    }  # fmt: skip


@pytest.mark.parametrize("to", ["krona", "ore"])
@pytest.mark.parametrize("remainder", ["first", "last"])
def test_instalments_are_divided_alike(to: str, remainder: str) -> None:
    chance = Random(f"{to} {remainder}")
    division = Division.model_validate({"to": to, "remainder": remainder})
    for _ in range(2000):
        amount = Decimal(chance.randint(1, 10**9)) / chance.choice([1, 1, 100])
        cuts = sorted(chance.sample(range(1, 10_000), chance.randint(0, 11)))
        shares = [Decimal(high - low) / 100 for low, high in zip([0, *cuts], [*cuts, 10_000], strict=True)]
        if chance.random() < 0.5:
            shares = [Decimal(1)] * chance.choice([1, 2, 3, 4, 12])
        whole = sum(Fraction(each) for each in shares)
        percent = [Fraction(each) * 100 / whole for each in shares]
        parts = [Fraction(each) for each in instalments(amount, shares, division)]
        assert parts == divided(Fraction(amount), percent, to, remainder), (amount, shares)


def test_parts_of_years_by_days_are_reckoned_alike() -> None:
    chance = Random("days")
    for _ in range(300):
        first = date(2010, 1, 1) + timedelta(chance.randrange(5000))
        last = first + timedelta(chance.randrange(1200))
        amount = chance.randint(1, 5_000_000)
        made = agreement(period=period(first, last), contributions=(cash(amount, part_year="days"),))
        found = {row.year: row.working for row in payments("prov", made, {}, last)}
        for year in range(first.year, last.year + 1):
            start, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
            right = part_by_days(Fraction(amount), start, end)
            working = found[year]
            assert working is not None
            assert abs(Fraction(working.unrounded) - right) < Fraction(1, 10**20)
            assert working.rounded == rounded(right, Fraction(1), "nearest")


def test_parts_of_years_by_months_are_reckoned_alike() -> None:
    chance = Random("months")
    for _ in range(300):
        start = chance.randrange(12 * 2010, 12 * 2020)
        months = chance.randint(1, 40)
        after = start + months
        amount = chance.randint(1, 5_000_000)
        first = date(start // 12, start % 12 + 1, 1)
        last = date(after // 12, after % 12 + 1, 1) - timedelta(1)
        made = agreement(period=period(first, last), contributions=(cash(amount, part_year="months"),))
        found = {row.year: row.working for row in payments("prov", made, {}, last)}
        for year in range(first.year, last.year + 1):
            opening = first.month if year == first.year else 1
            closing = last.month if year == last.year else 12
            right = part_by_months(Fraction(amount), opening, closing)
            working = found[year]
            assert working is not None
            assert abs(Fraction(working.unrounded) - right) < Fraction(1, 10**20)
            assert working.rounded == rounded(right, Fraction(1), "nearest")
