"""A second reckoning of what an index clause does, to hold the first one against.

Written from the definitions of the keys in iopctl/model/contributions.py, in fractions, and sharing no line with
iopctl/compute: where the two agree on a clause that nobody has worked by hand, a mistake would have to have been
made twice. `python -m tests.independent --clauses 10000 --seed 1` compares them on clauses made up at random.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from random import Random
from typing import Any

from iopctl.compute.clause import Clause as ReadClause
from iopctl.compute.indexation import Adjusting, Adjustment
from iopctl.form import read
from iopctl.model import ChangeTable, Indexation, IndexTable, NumberTable

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

Clause = Mapping[str, Any]
"""An index clause, with the keys and values of a file."""


class UndefinedError(Exception):
    """A figure that the clause needs is not there."""


@dataclass(frozen=True)
class Figure:
    year: int
    value: Fraction
    published: date
    definitive: bool = True
    month: int | None = None
    edition: str | None = None
    reference_year: int | None = None


@dataclass(frozen=True)
class Index:
    numbers: bool
    """Whether the figures are numbers to compare; else changes in percent."""
    monthly: bool
    editions: bool
    figures: tuple[Figure, ...]
    links: Mapping[tuple[int, int], Fraction]
    """(old reference year, new): what an old number is multiplied by."""


@dataclass(frozen=True)
class Year:
    exact: Fraction
    rounded: Fraction


# --- which figure -----------------------------------------------------------------------------------------------------


def latest(figures: Sequence[Figure]) -> Figure:
    return max(figures, key=lambda each: each.published)


def chosen(figures: Sequence[Figure], preliminary: str) -> Figure:
    """Of the known figures for one thing: the definitive one, or what the clause says about a preliminary one."""
    settled = [each for each in figures if each.definitive]
    early = [each for each in figures if not each.definitive]
    if preliminary == "final" and early:
        return latest(early)
    if settled:
        return latest(settled)
    if early and preliminary != "wait":
        return latest(early)
    raise UndefinedError


@dataclass(frozen=True)
class Reader:
    """The figures as one clause reads them for one adjusted year."""

    tables: Mapping[str, Index]
    clause: Clause
    part: Clause
    adjusted: int
    known: date

    def read_on(self) -> date:
        """The last day whose publications count; before a fixed day nothing has been read yet."""
        fixed = self.clause.get("fixed_on")
        if fixed is None:
            return self.known
        month, day = (int(each) for each in fixed["day"].split("-"))
        reading = date(self.adjusted - fixed["years_before"], month, day)
        if self.known < reading:
            raise UndefinedError
        return reading

    def figure(self, name: str, year: int, month: int | None) -> Figure:
        table = self.tables[name]
        month = month if table.monthly else None
        wanted = None
        if table.editions:
            edition = self.part["edition"]
            wanted = f"{self.adjusted - edition['years_before']}-{MONTHS.index(edition['month']) + 1:02}"
        day = self.read_on()
        known = [
            each
            for each in table.figures
            if (each.year, each.month, each.edition) == (year, month, wanted) and each.published <= day
        ]
        return chosen(known, self.clause.get("preliminary") or "settle")

    def month(self, key: str | None) -> int | None:
        return None if key is None else MONTHS.index(key) + 1

    def ratio(self, name: str, old: Figure, new: Figure) -> Fraction:
        """What the second number is of the first one, in numbers that have the same reference year."""
        if old.reference_year == new.reference_year:
            return new.value / old.value
        return new.value / (old.value * self.tables[name].links[old.reference_year or 0, new.reference_year or 0])


# --- what has changed -------------------------------------------------------------------------------------------------


def year_factor(reader: Reader, name: str, month: int | None, year: int) -> Fraction:
    """An index's figure for a year by the one for the year before."""
    if not reader.tables[name].numbers:
        return 1 + reader.figure(name, year, None).value / 100
    return reader.ratio(name, reader.figure(name, year - 1, month), reader.figure(name, year, month))


def chain_factor(reader: Reader, year: int) -> Fraction:
    """What one part of a clause says that a year is of the year before."""
    part = reader.part
    if part.get("percent") is not None:
        return 1 + Fraction(str(part["percent"])) / 100
    successor = part.get("successor")
    if successor is not None and year >= successor["from"]:
        month = successor.get("month", part.get("month"))
        return year_factor(reader, successor["index"], reader.month(month), year)
    return year_factor(reader, part["index"], reader.month(part.get("month")), year)


def since_base(reader: Reader, year: int, default_base: int) -> Fraction:
    """What one part of a clause says that a year is of the base."""
    part = reader.part
    base = part.get("base") or {}
    start = base.get("year", default_base)
    successor = part.get("successor")
    ended = successor is not None and start >= successor["from"]
    name = str(successor["index"] if successor is not None and ended else part.get("index"))
    if part.get("percent") is not None or not reader.tables[name].numbers:
        factor = Fraction(1)
        for each in range(start + 1, year + 1):
            factor *= chain_factor(reader, each)
        return factor
    if successor is None or year < successor["from"]:
        return numbers_since(reader, part["index"], part.get("month"), base, (start, year))
    if ended:
        month = successor.get("month", part.get("month"))
        return numbers_since(reader, successor["index"], month, base, (start, year))
    # the two are joined in the last year of the first one
    joint = successor["from"] - 1
    factor = Fraction(1)
    if start < joint:
        factor = numbers_since(reader, part["index"], part.get("month"), base, (start, joint))
    for each in range(joint + 1, year + 1):
        factor *= chain_factor(reader, each)
    return factor


def numbers_since(
    reader: Reader, name: str, month: str | None, base: Mapping[str, Any], years: tuple[int, int]
) -> Fraction:
    """The number of a year by that of the base, which may be for another month."""
    start, year = years
    new = reader.figure(name, year, reader.month(month))
    return reader.ratio(name, reader.figure(name, start, reader.month(base.get("month", month))), new)


def parts_of(clause: Clause) -> list[tuple[Fraction, Clause]]:
    """Each thing that is followed, with its weight."""
    if clause.get("basket"):
        return [(Fraction(str(each["weight"])) / 100, each) for each in clause["basket"]]
    follows = clause.get("index") is not None or clause.get("percent") is not None
    return [(Fraction(1), clause)] if follows else []


def lag_of(clause: Clause, part: Clause) -> int:
    own = part.get("lag")
    return int(own if own is not None else clause.get("lag") or 0)


def by_base(clause: Clause) -> bool:
    method = clause.get("method")
    if method is not None:
        return bool(method == "base_ratio")
    return any(part.get("base") for _, part in parts_of(clause))


def first_year(clause: Clause) -> int:
    """The first year that is adjusted: the one after the year whose prices the amount is in."""
    price_year = clause.get("price_year")
    return int(clause["first"].year) if price_year is None else int(price_year) + 1


# --- the clause -------------------------------------------------------------------------------------------------------


def rounded(amount: Fraction, unit: Fraction, mode: str) -> Fraction:
    count = amount / unit
    match mode:
        case "down":
            return floor(count) * unit
        case "up":
            return ceil(count) * unit
        case _:
            return floor(count + Fraction(1, 2)) * unit


def percent_of(clause: Clause, key: str) -> Fraction:
    """A share, the whole when nothing is said."""
    value = clause.get(key)
    return Fraction(1) if value is None else Fraction(str(value)) / 100


@dataclass(frozen=True)
class Given:
    """What a clause is reckoned with."""

    tables: Mapping[str, Index]
    known: date
    """Only what was published by then counts."""
    spoken: Mapping[int, Fraction | None]
    """The years that were decided on, and the percentage where one was decided."""
    extended: date
    """The first day of what was added to the agreed period."""


class Reckoning:
    """A clause through the years."""

    def __init__(self, clause: Clause, agreed: Fraction, given: Given) -> None:
        self.clause, self.given, self.agreed = clause, given, agreed
        self.moving = agreed * percent_of(clause, "share_of_amount")
        self.fixed = agreed - self.moving
        self.carried = agreed
        """The amount that the next year is laid on."""
        self.kept = Fraction(1)
        """Changes in a chain that were not made and are counted with the next."""
        self.level = Fraction(1)
        """What the last adjustment was by, against the base."""
        self.adjusted = False
        """Whether any adjustment has been made: an amount as agreed is not rounded."""

    def changed(self, year: int) -> Fraction:
        """The index change that counts in a year: on the year before, or on the base."""
        total = Fraction(0)
        for weight, part in parts_of(self.clause):
            reader = Reader(self.given.tables, self.clause, part, year, self.given.known)
            lag = lag_of(self.clause, part)
            if by_base(self.clause):
                factor = since_base(reader, year - lag, first_year(self.clause) - lag - 1)
            else:
                factor = chain_factor(reader, year - lag)
            total += weight * (factor - 1)
        return total * percent_of(self.clause, "share_of_change")

    def limited(self, change: Fraction) -> Fraction:
        if self.clause.get("least") is not None:
            change = max(change, Fraction(str(self.clause["least"])) / 100)
        if self.clause.get("most") is not None:
            change = min(change, Fraction(str(self.clause["most"])) / 100)
        if self.clause.get("negative") == "zero":
            change = max(change, Fraction(0))
        return change

    def too_small(self, change: Fraction) -> bool:
        threshold = self.clause.get("threshold")
        return threshold is not None and abs(change) < Fraction(str(threshold["percent"])) / 100

    def on_year_before(self, year: int) -> Fraction | None:
        """The unrounded amount by chain; None when the change is not made."""
        change = self.kept * (1 + self.limited(self.changed(year))) - 1
        if self.too_small(change):
            if self.clause["threshold"]["carry_over"]:
                self.kept = 1 + change
            return None
        self.kept = Fraction(1)
        return self.laid_on(change)

    def laid_on(self, change: Fraction) -> Fraction:
        return (self.carried - self.fixed) * (1 + change) + self.fixed

    def on_base(self, year: int) -> Fraction | None:
        """The unrounded amount by the whole change since the base; None when the change is not made."""
        level = 1 + self.changed(year)
        if self.too_small(level / self.level - 1):
            return None
        self.level = level
        return self.moving * level + self.fixed

    def unrounded(self, year: int) -> Fraction | None:
        """The year's amount before floors and rounding; None when the old amount stands."""
        if self.clause.get("trigger") not in (None, "automatic"):
            decided = self.given.spoken.get(year)
            if decided is not None:
                return self.laid_on(decided / 100)
            if year not in self.given.spoken or not parts_of(self.clause):
                return None
        try:
            return self.on_base(year) if by_base(self.clause) else self.on_year_before(year)
        except UndefinedError:
            begun = self.clause["first"].replace(year=year) <= self.given.known
            if self.clause.get("preliminary") == "wait" and begun:
                return None
            raise

    def step(self, year: int) -> Year:
        amount = self.unrounded(year)
        self.adjusted = self.adjusted or amount is not None
        if amount is None:
            amount = self.carried
        match self.clause.get("negative"):
            case "base_amount":
                amount = max(amount, self.agreed)
            case "previous_amount":
                amount = max(amount, self.carried)
        paid = amount
        if self.adjusted:
            rounding = self.clause.get("rounding") or {"to": "1"}
            paid = rounded(amount, Fraction(str(rounding["to"])), rounding.get("mode", "nearest"))
        self.carried = paid if self.clause.get("chain_on") == "rounded" else amount
        return Year(amount, paid)


def adjusted(clause: Clause, agreed: Fraction, last: int, given: Given) -> dict[int, Year]:
    """What the amount is in each adjusted year; an UndefinedError when a figure is missing for any of them."""
    reckoning = Reckoning(clause, agreed, given)
    years = {}
    for year in range(first_year(clause), last + 1):
        if not clause.get("only_on_extension") or clause["first"].replace(year=year) >= given.extended:
            years[year] = reckoning.step(year)
    return years


# --- instalments and parts of years -----------------------------------------------------------------------------------


def divided(amount: Fraction, shares: Sequence[Fraction], to: str, remainder: str) -> list[Fraction]:
    """A year's amount in instalments; shares in percent."""
    unit, mode = (Fraction(1), "down") if to == "krona" else (Fraction(1, 100), "nearest")
    parts = [rounded(amount * share / 100, unit, mode) for share in shares]
    takes = 0 if remainder == "first" else len(parts) - 1
    parts[takes] += amount - sum(parts)
    return parts


def part_by_days(amount: Fraction, first: date, last: date) -> Fraction:
    """What days of one year, both counted, give of the year's amount."""
    days = (last - first).days + 1
    return amount * days / ((date(first.year + 1, 1, 1) - date(first.year, 1, 1)).days)


def part_by_months(amount: Fraction, first_month: int, last_month: int) -> Fraction:
    """What whole months of one year, both counted, give of the year's amount."""
    return amount * (last_month - first_month + 1) / 12


# --- clauses made up --------------------------------------------------------------------------------------------------

FIRST, LAST = 2000, 2029
CHANGES, NUMBERS = ("AKTA", "BREV"), ("CEDER", "DALEN")
"""Yearly changes and index numbers; DALEN is monthly, and changes its reference year. EDIT has editions."""
SPRING, AUTUMN = "april", "october"

Rows = list[dict[str, Any]]


def decimals(chance: Random, low: float, high: float, most: int = 4) -> Decimal:
    places = chance.randint(1, most)
    return Decimal(f"{chance.uniform(low, high):.{places}f}")


def published(chance: Random, year: int, rows: Rows, row: dict[str, Any]) -> None:
    """Adds a figure: definitive at once, preliminary and then definitive, or corrected, or still preliminary."""
    value, spread = row["value"], Decimal("0.7")
    early, late = date(year - 1, 12, chance.randint(1, 28)), date(year, chance.randint(2, 11), 3)
    kind = chance.choice(["at once", "at once", "twice", "twice", "corrected", "preliminary"])
    if kind == "at once":
        rows.append({**row, "status": "definitive", "published": early})
        return
    rows.append({**row, "status": "preliminary", "published": early, "value": value + spread})
    if kind != "preliminary":
        rows.append({**row, "status": "definitive", "published": late})
    if kind == "corrected":
        rows.append(
            {
                **row,
                "status": "definitive",
                "published": late.replace(day=20),
                "value": value - spread,
                "corrects": "fel",
            }
        )


def change_rows(chance: Random) -> Rows:
    rows: Rows = []
    for year in range(FIRST, LAST + 1):
        published(chance, year, rows, {"year": year, "value": decimals(chance, -4, 9)})
    return rows


def edition_rows(chance: Random) -> Rows:
    rows: Rows = []
    for edition in range(FIRST, LAST + 1):
        for year in range(edition - 3, edition + 2):
            row = {"year": year, "value": decimals(chance, -2, 7, 1), "edition": f"{edition}-10"}
            rows.append({**row, "status": "definitive", "published": date(edition, 10, 5)})
    return rows


def number_rows(chance: Random, months: Sequence[str | None], switch: int) -> Rows:
    """Numbers that rise and fall, from one year with another reference year."""
    rows: Rows = []
    for month in months:
        number = Decimal(chance.randint(90, 400))
        for year in range(FIRST, LAST + 1):
            number = round(number * (1 + decimals(chance, -5, 9) / 100), chance.randint(1, 3))
            value = round(number / 3, 2) if year >= switch else number
            row: dict[str, Any] = {"year": year, "value": value}
            if month is not None:
                row |= {"month": month, "reference_year": 2020 if year >= switch else 1980}
            published(chance, year, rows, row)
    return rows


def world(chance: Random) -> dict[str, IndexTable]:
    """A set of tables, some with a figure missing, in no order."""
    values: list[dict[str, Any]] = [
        {"index": index, "kind": "yearly_change", "rows": change_rows(chance)} for index in CHANGES
    ]
    values.append({"index": "EDIT", "kind": "yearly_change", "editions": True, "rows": edition_rows(chance)})
    values.append({"index": "CEDER", "kind": "index_number", "rows": number_rows(chance, [None], LAST + 1)})
    switch = chance.randint(2010, 2025)
    link = {
        "from": 1980,
        "to": 2020,
        "factor": decimals(chance, 0.3, 0.4),
        "published": date(1999, 1, 1),
        "source": "x",
    }
    values.append(
        {
            "index": "DALEN",
            "kind": "index_number",
            "monthly": True,
            "rows": number_rows(chance, [SPRING, AUTUMN], switch),
            "links": (link,),
        }
    )
    made: dict[str, IndexTable] = {}
    for value in values:
        if chance.random() < 0.1:
            gone = chance.choice(value["rows"])["year"]
            value["rows"] = [row for row in value["rows"] if row["year"] != gone]
        chance.shuffle(value["rows"])
        value["rows"] = tuple({**row, "source": "x"} for row in value["rows"])
        kind = NumberTable if value["kind"] == "index_number" else ChangeTable
        made[value["index"]] = kind.model_validate({"name": "x", "publisher": "x", **value})
    return made


def as_index(table: IndexTable) -> Index:
    """The same table for the second reckoning."""
    figures = []
    for row in table.rows:
        assert row.published is not None
        month = getattr(row, "month", None)
        edition = getattr(row, "edition", None)
        figures.append(
            Figure(
                row.year,
                Fraction(str(row.value)),
                row.published,
                row.status == "definitive",
                None if month is None else MONTHS.index(month) + 1,
                None if edition is None else str(edition),
                getattr(row, "reference_year", None),
            )
        )
    links = {(each.old, each.new): Fraction(str(each.factor)) for each in getattr(table, "links", ())}
    numbers = isinstance(table, NumberTable)
    editions = isinstance(table, ChangeTable) and table.editions
    return Index(numbers, isinstance(table, NumberTable) and table.monthly, editions, tuple(figures), links)


def made_part(chance: Random, first: int, based: bool) -> dict[str, Any]:
    """What an index clause or a part of a basket follows."""
    if chance.random() < 0.1:
        return {"percent": decimals(chance, -3, 6)}
    index = chance.choice((*CHANGES, *NUMBERS, "EDIT"))
    part: dict[str, Any] = {"index": index}
    lag = chance.choice([None, 0, 1, 2])
    if lag is not None:
        part["lag"] = lag
    if index == "EDIT":
        part["edition"] = {"month": AUTUMN, "years_before": chance.randint(0, 1) + (lag or 0)}
    if index == "DALEN":
        part["month"] = chance.choice([SPRING, AUTUMN])
    if based:
        part["base"] = {"year": first - (lag or 0) - chance.randint(0, 4)}
        if index == "DALEN" and chance.random() < 0.3:
            part["base"]["month"] = chance.choice([SPRING, AUTUMN])
    if chance.random() < 0.2:
        other = chance.choice([each for each in (*CHANGES, *NUMBERS) if each != index])
        part.get("base", {}).pop("month", None)  # how that month is joined to a successor is nowhere said
        part["successor"] = {"index": other, "from": first - (lag or 0) + chance.randint(-1, 4)}
        if other == "DALEN":
            part["successor"]["month"] = chance.choice([SPRING, AUTUMN])
    return part


def made_basket(chance: Random, first: int, based: bool) -> tuple[dict[str, Any], ...]:
    weight = decimals(chance, 5, 95, 2)
    parts = [made_part(chance, first, based) for _ in range(2)]
    return ({**parts[0], "weight": weight}, {**parts[1], "weight": 100 - weight})


def made_clause(chance: Random) -> dict[str, Any]:
    """A clause whose meaning is defined; what is left out stands in the definitions as undefined together."""
    first = date(chance.randint(2008, 2016), chance.randint(1, 12), chance.randint(1, 28))
    clause: dict[str, Any] = {"first": first}
    if chance.random() < 0.3:
        clause["price_year"] = first.year - chance.randint(1, 4)
    based = chance.random() < 0.4
    named = based and chance.random() < 0.7
    start = clause.get("price_year", first.year - 1) + 1
    if not named and (based or chance.random() < 0.3):
        clause["method"] = "base_ratio" if based else "chain"
    if chance.random() < 0.25:
        clause["basket"] = made_basket(chance, start, named)
    elif based or chance.random() < 0.95:
        clause |= made_part(chance, start, named)
    else:
        clause["trigger"] = "by_decision"
    if named and not by_base(clause):
        clause["method"] = "base_ratio"  # a fixed percentage has no base of its own
    add_limits(chance, clause, based)
    add_manner(chance, clause, based)
    return clause


def add_limits(chance: Random, clause: dict[str, Any], based: bool) -> None:
    maybe = chance.random
    if maybe() < 0.3:
        clause["share_of_change"] = decimals(chance, 10, 100, 2)
    if maybe() < 0.3:
        clause["share_of_amount"] = decimals(chance, 10, 100, 2)
    if maybe() < 0.5:
        clause["negative"] = chance.choice(["follow", "base_amount", "previous_amount"] + ["zero"] * (not based))
    if maybe() < 0.2 and not based:
        clause["least"] = decimals(chance, -1, 2)
    if maybe() < 0.2 and not based:
        clause["most"] = decimals(chance, 2, 6)
    if maybe() < 0.25:
        clause["threshold"] = {"percent": decimals(chance, 0.5, 5, 2), "carry_over": based or maybe() < 0.5}


def add_manner(chance: Random, clause: dict[str, Any], based: bool) -> None:
    maybe = chance.random
    if maybe() < 0.8:
        unit = Decimal(chance.choice(["0.01", "1", "10", "100", "1000"]))
        clause["rounding"] = {"to": unit, "mode": chance.choice(["nearest", "down", "up"])}
    if maybe() < 0.4:
        clause["chain_on"] = "unrounded" if based else chance.choice(["unrounded", "rounded"])
    elif "rounding" in clause and maybe() < 0.2:
        clause["rounding"]["step"] = "instalment"
    if maybe() < 0.4:
        clause["preliminary"] = chance.choice(["settle", "wait", "final"])
    if "trigger" not in clause and maybe() < 0.15:
        clause["trigger"] = chance.choice(["automatic", "on_request", "by_decision"])
    if maybe() < 0.1:
        clause["only_on_extension"] = True
    if "index" in clause and maybe() < 0.1:
        clause["fixed_on"] = {
            "day": f"{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            "years_before": chance.choice([0, 1]),
        }


def made_decisions(chance: Random, clause: Clause, last: int) -> dict[int, Decimal | None]:
    """Which years were decided on; a percentage of its own where nothing else in the clause is at odds with it."""
    own = not by_base(clause) and clause.get("threshold") is None
    found: dict[int, Decimal | None] = {}
    for year in range(first_year(clause), last + 1):
        if chance.random() < 0.6:
            found[year] = decimals(chance, -2, 6) if own and chance.random() < 0.4 else None
    return found


# --- the two held against each other ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Difference:
    seed: str
    clause: Clause
    amount: Decimal
    known: date
    what: str


def compared(seed: str, tables: Mapping[str, IndexTable], indices: Mapping[str, Index]) -> tuple[int, list[Difference]]:
    """How many years of one made-up clause were compared, and where the two differ."""
    chance = Random(seed)
    clause = made_clause(chance)
    amount = Decimal(chance.randint(1, 9_999_999)) if chance.random() < 0.7 else decimals(chance, 1000, 5e6, 2)
    last = clause["first"].year + chance.randint(0, 10)
    known = date(LAST + 1, 12, 31) if chance.random() < 0.7 else date(chance.randint(2009, 2024), 6, 15)
    spoken = made_decisions(chance, clause, last)
    extended = date(clause["first"].year + chance.randint(-1, 4), 1, 1)

    said, wrong = read(Indexation, clause)
    assert said is not None, wrong
    how = Adjusting(ReadClause(said, extended), tables, known, {}, spoken)
    steps, missing = Adjustment(amount, how).until(last)

    def differs(what: str) -> list[Difference]:
        return [Difference(seed, clause, amount, known, what)]

    decided = {year: None if each is None else Fraction(str(each)) for year, each in spoken.items()}
    try:
        own = adjusted(clause, Fraction(str(amount)), last, Given(indices, known, decided, extended))
    except UndefinedError:
        return 1, [] if missing and not steps else differs("a figure is missing, and it was reckoned all the same")
    if missing:
        return 1, differs(f"no figure is missing, and it was not reckoned: {missing}")
    if [step.year for step in steps] != list(own):
        return 1, differs(f"years {[step.year for step in steps]}, not {list(own)}")
    for step in steps:
        mine = own[step.year]
        if abs(Fraction(str(step.amount)) - mine.exact) > Fraction(1, 10**40):
            return len(own), differs(f"{step.year}: unrounded {step.amount}, not {float(mine.exact)}")
        if Fraction(str(step.rounded)) != mine.rounded:
            return len(own), differs(f"{step.year}: rounded {step.rounded}, not {float(mine.rounded)}")
    return len(own), []


WORLD = 100
"""So many clauses share a set of tables."""


def compare(clauses: int, seed: int) -> tuple[int, list[Difference]]:
    """How many years of how many made-up clauses were compared, and where the two differ."""
    years, found = 0, []
    for number in range(clauses):
        if number % WORLD == 0:
            tables = world(Random(f"{seed}/{number}"))
            indices = {name: as_index(table) for name, table in tables.items()}
        more, different = compared(f"{seed}-{number}", tables, indices)
        years += more
        found += different
    return years, found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.independent")
    parser.add_argument("--clauses", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    start = time.perf_counter()
    years, different = compare(options.clauses, options.seed)
    sys.stdout.write(f"{options.clauses} clauses, {years} years, {len(different)} different")
    sys.stdout.write(f", {time.perf_counter() - start:.0f} s\n")
    for each in different[:10]:
        sys.stdout.write(f"{each}\n")
    sys.exit(bool(different))


if __name__ == "__main__":
    main()
