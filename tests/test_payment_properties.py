"""What always holds of payments, whatever the clause, the schedule, the figures and the day."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal, localcontext
from functools import cache
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from iopctl.compute.amounts import Working
from iopctl.compute.indexation import Rule
from iopctl.compute.instalment import Instalment, whole_payments
from iopctl.compute.money import EXACT, instalments
from iopctl.compute.paid import outcomes
from iopctl.compute.payments import payments
from iopctl.compute.reasons import Status
from iopctl.locale.language import Language
from iopctl.model import Agreement, Division, IndexTable
from iopctl.render.explanation import tree
from iopctl.render.payments import Paid
from tests.agreements import agreement, period
from tests.independent import MONTHS, Clause, made_clause, made_decisions, world

START, END = date(2008, 1, 1), date(2019, 12, 31)
LONG_AFTER = date(2031, 1, 1)
"""When every figure in the made-up tables is known."""

Log = list[dict[str, Any]]


@cache
def tables_of(number: int) -> Mapping[str, IndexTable]:
    return world(Random(f"tables {number}"))


def made_schedule(chance: Random) -> dict[str, Any]:
    """A schedule of payments of any kind."""
    division = {"to": chance.choice(["krona", "ore"]), "remainder": chance.choice(["first", "last"])}
    kind = chance.choice(["months", "months", "dates", "after"])
    extra: dict[str, Any] = {"division": division} if chance.random() < 0.7 else {}
    if kind == "after":
        times = {"times_per_year": chance.choice([1, 2, 3])} if chance.random() < 0.5 else {}
        return {"after": {"event": chance.choice(["invoice", "requisition"]), "days": 30}, **times, **extra}
    if kind == "dates":
        shares = chance.choice([(50, 40, 10), (30, 70), (100,), (Decimal("33.3"), Decimal("33.3"), Decimal("33.4"))])
        days = sorted(chance.sample(range(1, 13), len(shares)))
        dates = tuple({"day": f"{day:02}-15", "share": share} for day, share in zip(days, shares, strict=True))
        return {"dates": dates, **extra}
    times_a_year = chance.choice([1, 2, 3, 4, 12])
    months = tuple(MONTHS[each] for each in sorted(chance.sample(range(12), times_a_year)))
    return {
        "times_per_year": times_a_year,
        "in": months,
        "covers": chance.choice(["advance", "arrears"]),
        **({"day": chance.randint(1, 31)} if chance.random() < 0.4 else {}),
        **extra,
    }


def made_contribution(chance: Random, id_: str) -> tuple[dict[str, Any], Log]:
    """A contribution in cash, and what the log says of it."""
    clause = made_clause(chance)
    each = {
        "id": id_,
        "from": ("kommunen",),
        "kind": "cash",
        "amount": chance.randint(1000, 5_000_000),
        "per": chance.choice(["year", "year", "year", "instalment"]),
        "indexation": clause,
    }
    if chance.random() < 0.9:
        each["payment"] = made_schedule(chance)
    if chance.random() < 0.6:
        each["part_year"] = chance.choice(["days", "months", "full"])
    if chance.random() < 0.3:
        each["valid_from"] = date(chance.randint(2008, 2014), chance.randint(1, 12), 1)
    return each, made_log(chance, id_, clause)


def made_log(chance: Random, id_: str, clause: Clause) -> Log:
    log: Log = []
    for year, percent in made_decisions(chance, clause, 2019).items():
        entry = {"adjustment": id_, "year": year, "date": date(year, chance.randint(1, 12), 10)}
        log.append(entry if percent is None else {**entry, "percent": percent})
    for year in range(2008, 2020):
        for _ in range(chance.choice([0, 0, 1, 3])):
            day = date(year, chance.randint(1, 12), chance.randint(1, 28))
            log.append({chance.choice(["payment", "invoice", "requisition"]): id_, "year": year, "date": day})
    return log


IDS = ("a", "b", "c")


def made(seed: int) -> dict[str, Any]:
    """An agreement about up to three contributions in cash."""
    chance = Random(f"agreement {seed}")
    contributions, log = [], []
    for id_ in IDS[: chance.randint(1, 3)]:
        each, entries = made_contribution(chance, id_)
        contributions.append(each)
        log += entries
    return {"period": period(START, END), "contributions": tuple(contributions), "log": tuple(log)}


def pay(values: Mapping[str, Any], tables: Mapping[str, IndexTable], as_of: date) -> tuple[Instalment, ...]:
    return payments("prov", agreement(**values), tables, as_of)


def by_contribution(values: Mapping[str, Any], rows: Sequence[Instalment]) -> dict[str, list[object]]:
    """What is paid for each contribution, without its number in the agreement."""
    found: dict[str, list[object]] = defaultdict(list)
    for row in rows:
        key = (row.year, row.number, row.kind, row.amount, row.right, row.due, row.start, row.end, row.status)
        found[values["contributions"][row.contribution]["id"]].append(key)
    return found


def years_of(rows: Sequence[Instalment]) -> list[list[Instalment]]:
    """The rows of each stretch of each contribution."""
    found: dict[object, list[Instalment]] = defaultdict(list)
    for row in rows:
        found[row.contribution, row.stretch.start, row.stretch.end].append(row)
    return list(found.values())


seeds = st.integers(0, 10**6)
worlds = st.integers(0, 30)
days = st.dates(date(2008, 1, 1), date(2022, 12, 31))
EXAMPLES = os.environ.get("EXAMPLES")
"""How many for each property, when it is not to be the usual number; those are then not made smaller."""
thorough = settings(
    max_examples=int(EXAMPLES or "60"),
    phases=[Phase.explicit, Phase.generate] if EXAMPLES else tuple(Phase),
    suppress_health_check=[HealthCheck.too_slow],
)


# --- sums -------------------------------------------------------------------------------------------------------------


@given(
    st.decimals(0, 10**9, places=2),
    st.lists(st.decimals("0.01", 100, places=2), min_size=1, max_size=12),
    st.sampled_from(["krona", "ore"]),
    st.sampled_from(["first", "last"]),
)
@example(Decimal("247700"), [Decimal(1)] * 3, "krona", "first")
def test_instalments_come_to_the_years_amount(amount: Decimal, shares: list[Decimal], to: str, remainder: str) -> None:
    division = Division.model_validate({"to": to, "remainder": remainder})
    parts = instalments(amount, shares, division)
    assert sum(parts) == amount
    assert len(parts) == len(shares)
    unit = Decimal(1) if to == "krona" else Decimal("0.01")
    others = parts[1:] if remainder == "first" else parts[:-1]
    assert all(part % unit == 0 for part in others)
    whole = sum(shares)
    for part, share in zip(parts, shares, strict=True):
        assert abs(part - amount * share / whole) <= unit * len(shares)


def adjusted(working: Working) -> bool:
    """Whether any adjustment has been made: the clause's rounding is for adjusted amounts."""
    stands = {Rule.UNDECIDED, Rule.WAITING, Rule.THRESHOLD}
    return any(stands.isdisjoint(step.rules) for step in working.steps)


def entitled_to(rows: Sequence[Instalment], each: Mapping[str, Any]) -> Decimal:
    """What the rows of a stretch should come to."""
    working = rows[0].entitled
    assert working is not None
    rights = [row.right for row in rows if row.right is not None]
    later = each["indexation"].get("rounding", {}).get("step") == "instalment" and adjusted(working)
    times = len(rights) if each["per"] == "instalment" else 1
    if not later:
        return working.rounded * times
    unit = Decimal(each["indexation"]["rounding"]["to"])
    assert all(right % unit == 0 for right in rights)
    assert abs(sum(rights) - working.unrounded * times) <= unit * len(rights)
    return sum(rights, Decimal(0))


@given(seeds, worlds, days)
@thorough
def test_the_rows_of_a_year_come_to_what_is_right(seed: int, number: int, as_of: date) -> None:
    """Whenever it is asked: what was paid on the figures of its day is corrected when others are known."""
    values = made(seed)
    for day in (as_of, LONG_AFTER):
        for rows in years_of(pay(values, tables_of(number), day)):
            if rows[0].entitled is None:
                assert {row.amount for row in rows} == {None}
                continue
            amounts = [row.amount for row in rows if row.amount is not None]
            assert len(amounts) == len(rows)
            assert sum(amounts) == entitled_to(rows, values["contributions"][rows[0].contribution]), (values, day)
            assert all(amount == round(amount, 2) for amount in amounts)


# --- order ------------------------------------------------------------------------------------------------------------


def shuffled_tables(tables: Mapping[str, IndexTable], chance: Random) -> dict[str, IndexTable]:
    found = {}
    for name in chance.sample(sorted(tables), len(tables)):
        rows = list(tables[name].rows)
        chance.shuffle(rows)
        found[name] = tables[name].model_copy(update={"rows": tuple(rows)})
    return found


def shuffled_log(log: Sequence[dict[str, Any]], chance: Random) -> tuple[dict[str, Any], ...]:
    """The entries of each contribution in their order, those of different ones in any."""
    queues = {id_: [entry for entry in log if id_ in entry.values()] for id_ in IDS}
    turns = [id_ for id_, entries in queues.items() for _ in entries]
    chance.shuffle(turns)
    return tuple(queues[id_].pop(0) for id_ in turns)


@given(seeds, worlds, days, st.randoms(use_true_random=False))
@thorough
def test_order_is_of_no_importance(seed: int, number: int, as_of: date, chance: Random) -> None:
    values, tables = made(seed), tables_of(number)
    contributions = list(values["contributions"])
    chance.shuffle(contributions)
    other = {**values, "contributions": tuple(contributions), "log": shuffled_log(values["log"], chance)}
    before = by_contribution(values, pay(values, tables, as_of))
    after = by_contribution(other, pay(other, shuffled_tables(tables, chance), as_of))
    assert before == after


@given(seeds, worlds, days)
@thorough
def test_one_contribution_is_paid_alike_without_the_others(seed: int, number: int, as_of: date) -> None:
    values, tables = made(seed), tables_of(number)
    together = by_contribution(values, pay(values, tables, as_of))
    for each in values["contributions"]:
        log = tuple(entry for entry in values["log"] if each["id"] in entry.values())
        alone = {**values, "contributions": (each,), "log": log}
        assert by_contribution(alone, pay(alone, tables, as_of)).get(each["id"]) == together.get(each["id"])


# --- what is known on a day -------------------------------------------------------------------------------------------


@given(seeds, worlds, days)
@thorough
def test_what_comes_later_changes_nothing(seed: int, number: int, as_of: date) -> None:
    """A run as of a day is the same when the figures and the log of the days after it are not there."""
    values, tables = made(seed), tables_of(number)
    early = {
        name: table.model_copy(update={"rows": tuple(row for row in table.rows if row.known_on(as_of))})
        for name, table in tables.items()
    }
    then = {**values, "log": tuple(entry for entry in values["log"] if entry["date"] <= as_of)}
    assert pay(values, tables, as_of) == pay(then, early, as_of)


def figures_of(rows: Sequence[Instalment]) -> dict[object, tuple[date, str]]:
    """The day of publication and the edition of each figure that each payment's right amount rests on."""
    found: dict[object, tuple[date, str]] = {}
    for row in rows:
        for step in row.entitled.steps if row.entitled is not None and row.correction is None else ():
            for change_number, change in enumerate(step.changes):
                for figure_number, figure in enumerate(change.figures):
                    assert figure.row is not None
                    published = figure.row.known_since
                    assert published is not None
                    place = (change_number, figure_number, figure.index, figure.year)
                    edition = str(getattr(figure.row, "edition", None) or "")
                    found[row.contribution, row.year, row.number, step.year, place] = (published, edition)
    return found


@given(seeds, worlds, days, st.integers(1, 2000))
@thorough
def test_a_later_day_never_goes_back_to_an_earlier_figure(seed: int, number: int, as_of: date, more: int) -> None:
    values, tables = made(seed), tables_of(number)
    before = figures_of(pay(values, tables, as_of))
    after = figures_of(pay(values, tables, as_of + timedelta(more)))
    for key in before.keys() & after.keys():
        assert before[key][0] <= after[key][0], key
        assert before[key][1] <= after[key][1], key
    assert all(published <= as_of for published, _edition in before.values())


@given(seeds, worlds, days, st.integers(1, 2000))
@thorough
def test_a_payment_that_has_been_made_stays_as_it_was(seed: int, number: int, as_of: date, more: int) -> None:
    """Later figures make corrections; the row of a payment that was due on a day keeps its amount."""
    values, tables = made(seed), tables_of(number)
    plain = {**values, "log": ()}

    def due(day: date) -> dict[object, Decimal]:
        rows = [row for row in whole_payments(pay(plain, tables, day)) if row.correction is None]
        return {
            (row.contribution, row.year, row.number): row.amount
            for row in rows
            if row.due is not None and row.due <= as_of and row.amount is not None
        }

    before, after = due(as_of), due(as_of + timedelta(more))
    assert {key: after[key] for key in before} == before


# --- the working ------------------------------------------------------------------------------------------------------


def reckoned_again(working: Working, clause: Mapping[str, Any]) -> None:
    """Every figure of a working by the ones before it, as a person would with a pocket calculator."""
    share = Decimal(clause.get("share_of_amount") or 100) / 100
    carried = working.agreed
    for step in working.steps:
        assert step.fixed == working.agreed - working.agreed * share
        assert step.on == (working.agreed if step.since_base else carried) - step.fixed
        amount = step.fixed + step.on * step.factor
        if step.raised_to is not None:
            assert amount < step.raised_to
            assert step.raised_to == {"base_amount": working.agreed, "previous_amount": carried}[clause["negative"]]
            amount = step.raised_to
        assert abs(amount - step.amount) < Decimal("1e-20")
        if {Rule.UNDECIDED, Rule.WAITING} & set(step.rules) and step.raised_to is None:
            assert abs(step.amount - carried) < Decimal("1e-20")
        if not step.rules:
            weighted = sum((each.percent * each.weight / 100 for each in step.changes), Decimal(0))
            if step.changes:
                assert abs(weighted - step.percent) < Decimal("1e-20")
            assert step.applied == step.percent
        carried = step.rounded if clause.get("chain_on") == "rounded" else step.amount
    last = working.steps[-1].amount if working.steps else working.agreed
    if working.share is not None:
        last = last * working.share.number / working.share.of
    assert abs(last - working.unrounded) < Decimal("1e-20")
    rounding = (adjusted(working) and clause.get("rounding")) or {"to": 1}
    assert abs(working.rounded - working.unrounded) <= Decimal(rounding["to"])
    if working.status is Status.DEFINITIVE:
        assert {figure.status for step in working.steps for figure in step.figures} <= {"definitive"}


@given(seeds, worlds, days)
@thorough
def test_every_amount_can_be_reckoned_again_from_its_working(seed: int, number: int, as_of: date) -> None:
    values = made(seed)
    with localcontext(EXACT):
        for row in pay(values, tables_of(number), as_of):
            clause = values["contributions"][row.contribution]["indexation"]
            for working in (row.working, row.entitled, row.correction.before if row.correction else None):
                if working is not None:
                    reckoned_again(working, clause)


@given(seeds, worlds, days)
@thorough
def test_the_explanation_ends_in_the_amount(seed: int, number: int, as_of: date) -> None:
    values, tables, english = made(seed), tables_of(number), Language("en")
    read: Agreement = agreement(**values)
    rows = payments("prov", read, tables, as_of)
    for row, outcome in zip(rows, outcomes(rows, read, tables, as_of), strict=True):
        found = tree(Paid(row, outcome), read, tables, english, lambda _id, _route: "here")
        below = [each["text"] for each in found["below"]]
        if row.amount is None or row.working is None:
            assert any(text.startswith("blocked: ") for text in below)
            continue
        amount = english.kronor(row.amount)
        assert f": {amount} (" in found["text"]
        if row.correction is not None:
            assert any(text.endswith(f" = {english.kronor(row.correction.parts[-1][1] - row.correction.parts[-1][0])}")
                       for text in below)  # fmt: skip
            continue
        sums = [text.rpartition(" = ")[2] for text in below if " = " in text]
        if adjusted(row.working) or not row.working.steps:
            assert sums[-1] == amount
        assert sums.count(english.kronor(row.working.agreed)) >= 1
        steps = [text for text in below if any(text.startswith(f"{step.year}: ") for step in row.working.steps)]
        assert len(steps) == len(row.working.steps)
