"""Index clauses whose keys cannot all be meant, numbers that cannot be compared, adjustments nobody recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from iopctl.checks.case import Case, rule
from iopctl.checks.faults import ONE_OF_THEM, Fault
from iopctl.compute.clause import Clause, lag, monthly
from iopctl.compute.timeline import FAR
from iopctl.finding import Finding, Label, Message, Route, Rule, Severity, Value, say
from iopctl.model import (
    ChangeTable,
    Contribution,
    Followed,
    Indexation,
    IndexTable,
    NumberRow,
    NumberTable,
)
from iopctl.model.base import MONTHS, Month, Part

HUNDRED = Decimal(100)


@rule("MON019")
def clause_without_meaning(rule: Rule, case: Case) -> Iterator[Finding]:
    """Keys of an index clause that cannot all be meant, or that its index has no use for.

    Whatever were reckoned from them, somebody would have read the clause in another way.
    """
    for place, each, clause in _clauses(case):
        for look in (_whole, _from_base, _preliminary, _nothing_to_follow):
            for fault in look(clause):
                yield fault.finding(rule, place)
        for fault in _chain(each, clause):
            yield fault.finding(rule, place)
        for inner, part in _parts(clause):
            for fault in (*_of_percent(part), *_of_index(case, clause, part)):
                yield fault.finding(rule, (*place, *inner))
        if clause.only_on_extension and not _may_be_extended(case):
            message = say(
                "the amount is adjusted only on extension, and nothing says that the agreement can be extended"
            )
            yield Finding(
                rule, message, (Label((*place, "only_on_extension")),), _NEVER_ADJUSTED, severity=Severity.INFO
            )


_NEVER_ADJUSTED = say("write the extension under period; without one the amount stays as it is")


def _whole(clause: Indexation) -> Iterator[Fault]:
    """What is wrong with the clause whatever index it names."""
    total = sum((part.weight for part in clause.basket), Decimal(0))
    if clause.basket and total != HUNDRED:
        message = say("the weights of the basket come to {sum}, not 100", sum=total)
        yield Fault(message, say("see which weights the signed text gives"), ("basket",))
    if clause.basket and (keys := _given(clause, _OF_A_PART)):
        message = say("a basket's parts have their own {keys}", keys=", ".join(keys))
        yield Fault(message, say("write it under each part that it is about"), (keys[0],), ("basket",))
    if clause.least is not None and clause.most is not None and clause.least > clause.most:
        values: dict[str, Value] = {
            "least": say("{number} %", number=clause.least),
            "most": say("{number} %", number=clause.most),
        }
        message = say("the least change, {least}, is more than the greatest, {most}", **values)
        yield Fault(message, ONE_OF_THEM, ("least",), ("most",))


_OF_A_PART = ("lag", "month", "edition", "base", "successor")
"""The keys of what is followed, index and percent excepted."""


def _given(part: Part, keys: Iterable[str]) -> list[str]:
    return [key for key in keys if getattr(part, key) is not None]


def _chain(each: Contribution, clause: Indexation) -> Iterator[Fault]:
    """What next year's change cannot be laid on, or not from where it says."""
    if clause.chain_on == "rounded":
        if each.by_year or each.per == "inhabitant":
            message = say("years with their own amounts are not chained on each other")
            yield Fault(message, say("remove chain_on"), ("chain_on",))
        if Clause(clause, FAR).method == "base_ratio":
            message = say("each year is reckoned from the base, and not from last year's rounded amount")
            yield Fault(message, ONE_OF_THEM, ("chain_on",), _says_base(clause))
        if clause.rounding is not None and clause.rounding.step == "instalment":
            message = say("only the instalments are rounded, so there is no rounded amount for a year to reckon on")
            yield Fault(message, ONE_OF_THEM, ("chain_on",), ("rounding", "step"))
    if each.by_year and clause.price_year is None:
        message = say("each year has its own amount, and nothing says whose prices they are in")
        yield Fault(message, say("write price_year: each amount is adjusted from that year"), ("first",))


def _from_base(clause: Indexation) -> Iterator[Fault]:
    """What is said of the change in a year, where each year is reckoned from the base and no such change is made."""
    if Clause(clause, FAR).method != "base_ratio":
        return
    yearly: list[Route] = [(key,) for key in ("least", "most") if getattr(clause, key) is not None]
    if clause.negative == "zero":
        yearly.append(("negative",))
    if clause.threshold is not None and not clause.threshold.carry_over:
        yearly.append(("threshold", "carry_over"))
    for key in yearly:
        message = say("each year is reckoned from the base, and this is about the change from the year before")
        yield Fault(message, ONE_OF_THEM, key, _says_base(clause))


def _says_base(clause: Indexation) -> Route:
    """The key that makes each year be reckoned from a base."""
    return ("method",) if clause.method else ("base",) if clause.base else ("basket",)


def _preliminary(clause: Indexation) -> Iterator[Fault]:
    """What is said of preliminary figures twice, or of figures that are never preliminary."""
    if clause.parts and not clause.indices and (keys := _given(clause, ("preliminary", "settlement", "fixed_on"))):
        message = say("a fixed percentage is never preliminary, and has no use for {keys}", keys=", ".join(keys))
        yield Fault(message, say("remove it, or name the index that is followed"), (keys[0],))
        return
    if clause.fixed_on is not None and clause.preliminary in ("settle", "wait"):
        message = say("the figure is fixed on a day, and is still to be waited for or settled")
        yield Fault(message, ONE_OF_THEM, ("preliminary",), ("fixed_on",))
    if clause.settlement is not None and clause.preliminary == "final":
        message = say("the preliminary figure stands, so there is nothing to settle")
        yield Fault(message, ONE_OF_THEM, ("settlement",), ("preliminary",))


def _nothing_to_follow(clause: Indexation) -> Iterator[Fault]:
    """What is said of an index by a clause that follows none: each decision says how much."""
    if not clause.parts and (keys := _given(clause, _OF_AN_INDEX)):
        message = say("each decision says how much, and has no use for {keys}", keys=", ".join(keys))
        yield Fault(message, say("remove it, or name the index that is followed"), (keys[0],), ("trigger",))


_OF_AN_INDEX = (
    *_OF_A_PART, "share_of_change", "share_of_amount", "threshold", "preliminary", "settlement", "fixed_on",
)  # fmt: skip


def _of_percent(part: Followed) -> Iterator[Fault]:
    if part.percent is not None and (keys := _given(part, _OF_A_PART)):
        message = say("a fixed percentage has no use for {keys}", keys=", ".join(keys))
        yield Fault(message, say("remove it, or name the index instead of the percentage"), (keys[0],), ("percent",))


def _of_index(case: Case, clause: Indexation, part: Followed) -> Iterator[Fault]:
    """What the tables of the index and its successor say of the keys. An index without a table is another rule's."""
    table = case.workspace.tables.get(part.index) if part.index is not None else None
    if table is not None:
        yield from _base_of(part, table)
        yield from _month_of(table, part.month, ("month",), ("index",))
        yield from _edition_of(table, clause, part)
    successor = part.successor
    if successor is None or part.index is None:
        return
    first = Clause(clause, FAR).first_year - lag(part)
    if successor.since <= first:
        message = say(
            "the successor is used from {since}, and the first adjustment is by the index for {first}: "
            "the index before it is never used",
            since=str(successor.since),
            first=str(first),
        )
        yield Fault(message, ONE_OF_THEM, ("successor", "from"), ("index",))
    after = case.workspace.tables.get(successor.index)
    if after is not None:
        yield from _month_of(after, successor.month, ("successor", "month"), ("successor", "index"))


def _base_of(part: Followed, table: IndexTable) -> Iterator[Fault]:
    if part.base is None:
        return
    if isinstance(table, ChangeTable):
        message = say("a base belongs to index numbers, and {index} is a change for each year", index=table.index)
        yield Fault(
            message, say("remove the base; price_year says whose prices the amount is in"), ("base",), ("index",)
        )
    elif part.base.month is not None and not table.monthly:
        yield _no_months(table, ("base", "month"), ("index",))


def _month_of(table: IndexTable, month: Month | None, at: Route, index: Route) -> Iterator[Fault]:
    if month is not None and not monthly(table):
        yield _no_months(table, at, index)
    elif month is None and monthly(table):
        message = say("{index} is a number for each month, and the clause says no month", index=table.index)
        help_ = say("write the month whose numbers are compared, for example: {example}", example="month: october")
        yield Fault(message, help_, index)


def _no_months(table: IndexTable, at: Route, index: Route) -> Fault:
    return Fault(say("{index} has no months", index=table.index), say("remove the month"), at, index)


def _edition_of(table: IndexTable, clause: Indexation, part: Followed) -> Iterator[Fault]:
    several = isinstance(table, ChangeTable) and table.editions
    if part.edition is not None and not several:
        message = say("{index} has no editions", index=table.index)
        yield Fault(message, say("remove the edition"), ("edition",), ("index",))
    elif part.edition is None and several and clause.fixed_on is None:
        message = say("{index} has several editions a year, and the clause says none of them", index=table.index)
        example = "edition: {month: october, years_before: 1}"
        yield Fault(
            message, say("agree on which is meant, and write it, for example: {example}", example=example), ("index",)
        )


def _may_be_extended(case: Case) -> bool:
    agreement = case.agreement
    option = agreement.period is not None and agreement.period.extension is not None
    return option or any(decision.kind == "extended" for decision in agreement.decisions)


@rule("MON020")
def reference_years_mixed(rule: Rule, case: Case) -> Iterator[Finding]:
    """Two index numbers that the clause compares have different reference years, and no link is known between them.

    Each of them is right; their quotient is not a change of prices.
    """
    for place, _each, clause in _clauses(case):
        for inner, part in _parts(clause):
            for name, earlier, later in _compared(clause, part, case):
                table = case.workspace.tables.get(name)
                if not isinstance(table, NumberTable):
                    continue
                old, new = (_references(table, each, case.as_of) for each in (earlier, later))
                if old and new and not _comparable(table, old, new, case.as_of):
                    values: dict[str, Value] = {"index": name, "earlier": str(earlier.year), "later": str(later.year)}
                    references = {"old": _reference(max(old, key=_or_none)), "new": _reference(max(new, key=_or_none))}
                    message = say(
                        "{index} for {earlier} has the reference year {old}, and {index} for {later} has {new}: "
                        "they cannot be compared",
                        **values,
                        **references,
                    )
                    key = "index" if name == part.index else "successor"
                    file = f"indices/{name}.yaml"
                    help_ = say("add numbers of the same reference year, or a published link, to {file}", file=file)
                    yield Finding(rule, message, (Label((*place, *inner, key)),), help_)
                    break


class _Number(NamedTuple):
    """An index number that is wanted."""

    year: int
    month: str | None


def _compared(said: Indexation, part: Followed, case: Case) -> Iterator[tuple[str, _Number, _Number]]:
    """The numbers that the years' adjustments compare with each other, up to the day of the check."""
    clause = Clause(said, FAR)
    for adjusted in range(clause.first_year, case.as_of.year + 1):
        year = adjusted - lag(part)
        wanted = clause.wanted(part, adjusted, case.as_of)
        index = wanted.index(year)
        based = clause.method == "base_ratio" and index == part.index
        earlier = clause.base_year(part) if based else year - 1
        yield index, _Number(earlier, wanted.at_base(earlier).month(index)), _Number(year, wanted.month(index))


def _numbers(table: NumberTable, wanted: _Number) -> list[NumberRow]:
    month = wanted.month if table.monthly else None
    return [row for row in table.rows if (row.year, row.month) == (wanted.year, month)]


def _references(table: NumberTable, wanted: _Number, as_of: date) -> set[int | None]:
    return {row.reference_year for row in _numbers(table, wanted) if row.known_on(as_of)}


def _comparable(table: NumberTable, old: set[int | None], new: set[int | None], as_of: date) -> bool:
    """Whether some number of the one year can be compared with some number of the other."""
    linked = {(link.old, link.new) for link in table.links if link.known_on(as_of)}
    pairs = linked | {(new_, old_) for old_, new_ in linked}
    return bool(old & new) or any((one, other) in pairs for one in old for other in new)


def _or_none(reference: int | None) -> int:
    return reference or 0


def _reference(year: int | None) -> Value:
    return str(year) if year is not None else say("none that is stated")


@rule("MON021")
def base_value_differs(rule: Rule, case: Case) -> Iterator[Finding]:
    """The base number that the agreement prints is not the published number for that month.

    One of the two is wrong, and every amount rests on it. The numbers of a base are old: they count on whatever day it
    is that they were found.
    """
    for place, _each, clause in _clauses(case):
        for inner, part in _parts(clause):
            table = case.workspace.tables.get(part.index) if part.index is not None else None
            if part.base is None or part.base.value is None or not isinstance(table, NumberTable):
                continue
            printed, route = part.base.value, (*place, *inner, "base")
            rows = _numbers(table, _Number(part.base.year, part.base.month or part.month))
            if rows and printed not in {row.value for row in rows}:
                right = max(rows, key=lambda row: row.status == "definitive")
                values: dict[str, Value] = {"index": table.index, "when": _when(right), "value": right.value}
                message = say(
                    "{index} for {when} is {value}, and the agreement prints {printed}", **values, printed=printed
                )
                yield Finding(rule, message, (Label((*route, "value")),), _belongs_to(table, part.base.year, printed))


def _belongs_to(table: NumberTable, year: int, printed: Decimal) -> Message:
    """What the printed number is the number of, if anything; of several the nearest year."""
    same = [row for row in table.rows if row.value == printed]
    if not same:
        return say("see what the signed text says, and which number was published")
    row = min(same, key=lambda row: abs(row.year - year))
    return say("{printed} is the number for {when}; see which of the two is meant", printed=printed, when=_when(row))


def _when(row: NumberRow) -> str:
    return f"{row.year}" if row.month is None else f"{row.year}-{MONTHS.index(row.month) + 1:02}"


@rule("MON022", Severity.INFO)
def adjustment_not_recorded(rule: Rule, case: Case) -> Iterator[Finding]:
    """An adjustment that has to be asked for or decided, and the log does not say that it was: it is left out.

    A warning when the log says that it was decided and not by how much, in a clause that follows no index.
    """
    for place, each, clause in _clauses(case):
        if clause.trigger not in ("on_request", "by_decision"):
            continue
        entries = [
            (number, entry)
            for number, entry in enumerate(case.agreement.log)
            if entry.adjustment is not None and entry.adjustment == each.id
        ]
        known = [entry for _number, entry in entries if isinstance(entry.date, date) and entry.date <= case.as_of]
        recorded = {entry.paid_for for entry in known}
        if years := [year for year in _adjusted_years(case, each, clause) if year not in recorded]:
            listed = ", ".join(map(str, years))
            if clause.trigger == "on_request":
                message = say("nothing in the log says that the adjustment for {years} was asked for", years=listed)
            else:
                message = say("nothing in the log says that the adjustment for {years} was decided", years=listed)
            example = f"{{adjustment: {each.id or '…'}, year: {years[-1]}, date: …}}"
            help_ = say("the amount is reckoned without it; if it was, write in the log: {example}", example=example)
            yield Finding(rule, message, (Label((*place, "trigger")),), help_)
        for number, entry in entries:
            if not clause.parts and entry.percent is None:
                message = say("the adjustment was decided, and nothing says by how much")
                labels = (Label(("log", number, "adjustment")),)
                yield Finding(rule, message, labels, say("add for example: percent: 2.5"), Severity.WARNING)


def _adjusted_years(case: Case, each: Contribution, said: Indexation) -> Iterator[int]:
    """The years, up to the day of the check, whose index the amount rests on."""
    decided = [term for term in case.terms if term.decided]
    if not decided:
        return
    clause, end = Clause(said, FAR), min(decided[-1].end, each.until or FAR, case.as_of)
    for year in range(clause.first_year, end.year + 1):
        day = clause.day_in(year)
        if day <= end and not (said.only_on_extension and day <= decided[0].end):
            yield year


def _clauses(case: Case) -> Iterator[tuple[Route, Contribution, Indexation]]:
    for number, each in enumerate(case.agreement.contributions):
        if each.indexation is not None:
            yield ("contributions", number, "indexation"), each, each.indexation


def _parts(clause: Indexation) -> Iterator[tuple[Route, Followed]]:
    """What a clause follows, and where in the clause it stands."""
    for position, part in enumerate(clause.parts):
        yield (("basket", position) if clause.basket else ()), part
