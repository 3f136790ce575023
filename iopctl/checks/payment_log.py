"""What the log says was paid, beside what the agreement gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from iopctl.checks.case import Case, rule
from iopctl.compute.indexation import IndexStep, known_row
from iopctl.compute.money import instalments
from iopctl.compute.payments import Instalment, Status, Working, on_preliminary
from iopctl.finding import Finding, Label, Message, Money, Rule, Severity, Value, say
from iopctl.model import Contribution, IndexRow, LogEntry

ROUNDING = Decimal(1)
"""What an instalment may differ without anything being wrong: a krona."""


class _Paid(NamedTuple):
    """A payment in the log, and its number there."""

    number: int
    entry: LogEntry


class _Year(NamedTuple):
    """A contribution's amount for a year, as it can be reckoned on the day of the check."""

    row: Instalment
    """The year's first payment."""
    working: Working

    @property
    def contribution(self) -> int:
        """The number of the contribution in the agreement."""
        return self.row.contribution

    @property
    def year(self) -> int:
        """The calendar year."""
        return self.row.year

    @property
    def steps(self) -> tuple[IndexStep, ...]:
        """The adjustments, the year's own last."""
        return self.working.steps

    def first(self, count: int, working: Working | None = None) -> Decimal:
        """What the year's first payments come to, of this amount or of another for the same year."""
        return sum(instalments((working or self.working).rounded, self.row.of)[:count], Decimal(0))


@rule("MON010", Severity.WARNING)
def still_preliminary(rule: Rule, case: Case) -> Iterator[Finding]:
    """An amount rests on a preliminary index figure, and nothing shows that it was settled.

    Either the definitive figure is there and the log has no later payment, or the year is over without it. While the
    year runs, information: there is something to settle later. Not where the clause lets the preliminary figure stand.
    """
    twofold = _preliminary_years(case)
    logged = _logged(case) if twofold else {}
    shown = {key for key, paid in logged.items() if all(_tells(each.entry) for each in paid)}
    asked = [key for key, settled in twofold.items() if key in shown or not settled]
    years = _years(case) if asked else {}
    for key in asked:
        year, paid = years.get(key), logged.get(key, ())
        if year is None or not year.steps:
            continue
        if year.steps[-1].status == "preliminary":
            yield from _only_preliminary(rule, case, year, paid)
        elif difference := _never_settled(case, year, paid):
            values: dict[str, Value] = {
                "index": year.steps[-1].index,
                "year": str(year.year),
                "difference": Money(abs(difference)),
            }
            if difference > 0:
                message = say("paid on the preliminary {index} for {year}; {difference} more is to be paid", **values)
            else:
                message = say("paid on the preliminary {index} for {year}, which was {difference} too much", **values)
            help_ = say("settle it, and log the payment with {key}", key=f"year: {year.year}")
            yield Finding(rule, message, (_last(paid), _clause(case, year)), help_)


def _tells(entry: LogEntry) -> bool:
    """Whether the log says which figure a payment was reckoned with."""
    return entry.amount is not None or entry.percent is not None


def _preliminary_years(case: Case) -> dict[tuple[int, int], bool]:
    """Contributions and years whose index has had a preliminary figure, and whether the definitive one is known."""
    found: dict[tuple[int, int], bool] = {}
    for number, each in enumerate(case.agreement.contributions):
        table = case.workspace.tables.get(each.indexation.index) if each.indexation and _settles(each) else None
        for row in table.rows if table else ():
            if row.status == "preliminary":
                definitive = known_row(table, row.year, case.as_of, "wait") if table else None
                found[number, row.year] = definitive is not None
    return found


def _only_preliminary(rule: Rule, case: Case, year: _Year, paid: tuple[_Paid, ...]) -> Iterator[Finding]:
    index, year_ = year.steps[-1].index, str(year.year)
    values: dict[str, Value] = {"index": index, "year": year_}
    help_ = say("when the definitive figure is there, add it: {command}", command=f"iopctl index add {index} {year_} …")
    if year.year < case.as_of.year:
        message = say("{year} is over, and the amount rests on a preliminary {index}", **values)
        yield Finding(rule, message, (_clause(case, year),), help_)
    elif paid:
        message = say("paid on a preliminary {index} for {year}; there is something to settle later", **values)
        yield Finding(rule, message, (_last(paid), _clause(case, year)), help_, Severity.INFO)


def _last(paid: tuple[_Paid, ...]) -> Label:
    """The last of some payments, at what it says it was reckoned with."""
    number, entry = paid[-1]
    key = "percent" if entry.percent is not None else "amount" if entry.amount is not None else "payment"
    return Label(("log", number, key))


def _clause(case: Case, year: _Year) -> Label:
    """What the clause says of a preliminary figure."""
    place = (*year.row.route, "indexation")
    indexation = case.agreement.contributions[year.contribution].indexation
    if indexation and indexation.preliminary:
        return Label((*place, "preliminary"), say("to be settled"))
    return Label((*place, "index"), say("nothing on preliminary figures: taken to be settled"))


def _never_settled(case: Case, year: _Year, paid: tuple[_Paid, ...]) -> Decimal | None:
    """What is left to pay, when payments were made on the preliminary figure and nothing was paid after them."""
    before = _on_preliminary(case, year) if paid else None
    if before is None or len(paid) > year.row.of:
        return None
    early = instalments(before.rounded, year.row.of)
    right = instalments(year.working.rounded, year.row.of)
    percent = before.steps[-1].percent
    kinds = [_on(each.entry, early[place], right[place], percent) for place, each in enumerate(paid)]
    if "other" in kinds or "preliminary" not in kinds:
        return None
    actual = sum((each.entry.amount or early[place] for place, each in enumerate(paid)), Decimal(0))
    difference = year.first(len(paid)) - actual
    return difference if abs(difference) > ROUNDING else None


def _on_preliminary(case: Case, year: _Year) -> Working | None:
    """The year's amount as it was before its definitive figure; None when there was no preliminary one."""
    table = case.workspace.tables.get(year.steps[-1].index) if year.steps else None
    return on_preliminary(year.row, table) if table else None


def _on(entry: LogEntry, early: Decimal, right: Decimal, percent: Decimal) -> str:
    """Which figure a logged payment was reckoned with."""
    if entry.amount is not None and abs(entry.amount - right) <= ROUNDING:
        return "definitive"
    if entry.percent == percent or (entry.amount is not None and abs(entry.amount - early) <= ROUNDING):
        return "preliminary"
    return "other"


@rule("MON012", Severity.WARNING)
def paid_differs(rule: Rule, case: Case) -> Iterator[Finding]:
    """What the log says was paid for a year is not what the agreement gives; a krona for each payment is rounding.

    While the year runs only the payments in the log are compared. Nothing is said of an amount that is not sure yet.
    """
    logged = {key: paid for key, paid in _logged(case).items() if all(each.entry.amount is not None for each in paid)}
    if not logged:
        return
    years = _years(case)
    for key, paid in logged.items():
        year = years.get(key)
        if year is None or not _comparable(year, paid):
            continue
        total = sum((each.entry.amount or Decimal(0) for each in paid), Decimal(0))
        count = year.row.of if year.year < case.as_of.year else min(len(paid), year.row.of)
        due = year.first(count)
        if abs(total - due) <= ROUNDING * year.row.of:
            continue
        if _settles(case.agreement.contributions[year.contribution]) and _never_settled(case, year, paid):
            continue  # the rule about preliminary figures says so
        values: dict[str, Value] = {"paid": Money(total), "year": str(year.year), "due": Money(due)}
        message = say("{paid} is paid for {year}, and the agreement gives {due}", **values)
        number = paid[-1].number
        several = say("the last of {count} payments", count=len(paid)) if len(paid) > 1 else None
        labels = (Label(("log", number, "amount"), several), Label((*year.row.route, "amount"), say("agreed")))
        yield Finding(rule, message, labels, _cause(case, years, year, total, len(paid)))


def _comparable(year: _Year, paid: tuple[_Paid, ...]) -> bool:
    """Whether the amount is sure, or rests on the same preliminary figure as the payments."""
    if year.row.status is Status.DEFINITIVE:
        return True
    return year.row.status is Status.PRELIMINARY and all(each.entry.percent == year.steps[-1].percent for each in paid)


def _cause(case: Case, years: Mapping[tuple[int, int], _Year], year: _Year, total: Decimal, logged: int) -> Message:
    """Why the sum is probably another, where it is one that somebody has reckoned; and what to do."""
    of, past = year.row.of, year.year < case.as_of.year
    count = of if past else min(logged, of)
    values: dict[str, Value] = {"difference": Money(abs(total - year.first(count)))}

    def is_(amount: Decimal) -> bool:
        return abs(total - amount) <= ROUNDING * of

    before = years.get((year.contribution, year.year - 1))
    early = _on_preliminary(case, year)
    if logged < count and is_(year.first(logged)):
        values |= {"number": logged, "of": of}
        return say("{number} of the year's {of} payments are in the log; log the others, or pay {difference}", **values)
    if early is not None and is_(year.first(count, early)):
        return say("that is the amount on the preliminary figure; the difference is {difference}", **values)
    agreed = Working(year.working.agreed, (), year.working.agreed, year.working.agreed)
    if year.steps and year.working.share is None and is_(year.first(count, agreed)):
        return say("that is the amount without any adjustment; the difference is {difference}", **values)
    if before is not None and is_(year.first(count, before.working)):
        return say("that is the amount of the year before; the difference is {difference}", **values)
    command = f"iopctl pay {case.id} --explain"
    return say("the difference is {difference}; see how the amount comes about: {command}", command=command, **values)


@rule("MON013")
def ceiling_exceeded(rule: Rule, case: Case) -> Iterator[Finding]:
    """More is paid than the most that the agreement allows."""
    if not any(each.ceiling for each in case.agreement.contributions):
        return
    sums: dict[tuple[int, int | None], list[_Paid]] = defaultdict(list)
    for (number, year), paid in _logged(case).items():
        yearly = case.agreement.contributions[number].per == "year"
        sums[number, year if yearly else None] += paid
    for (number, year_), entries in sums.items():
        each = case.agreement.contributions[number]
        total = sum((paid.entry.amount or Decimal(0) for paid in entries), Decimal(0))
        if not each.ceiling or not isinstance(each.amount, Decimal) or total <= each.amount:
            continue
        values: dict[str, Value] = {"paid": Money(total), "most": Money(each.amount)}
        if year_ is None:
            message = say("{paid} is paid in all, and the most that may be paid is {most}", **values)
        else:
            message = say(
                "{paid} is paid for {year}, and the most that may be paid is {most}", year=str(year_), **values
            )
        labels = (
            Label(("log", entries[-1].number, "amount")),
            Label(("contributions", number, "amount"), say("the ceiling")),
        )
        help_ = say("see if the payments are logged right; what is too much is {over}", over=Money(total - each.amount))
        yield Finding(rule, message, labels, help_, Severity.INFO if each.indexation else None)


@rule("MON016")
def percent_differs(rule: Rule, case: Case) -> Iterator[Finding]:
    """The payer reckoned with a percentage that the index did not have for that year."""
    if all(entry.percent is None for entry in case.agreement.log):
        return
    for (number, year), paid in _logged(case).items():
        indexation = case.agreement.contributions[number].indexation
        table = case.workspace.tables.get(indexation.index) if indexation else None
        known = [row for row in table.rows if row.year == year and row.known_on(case.as_of)] if table else []
        for each in paid:
            percent = each.entry.percent
            if table is None or percent is None or not known or percent in {row.value for row in known}:
                continue
            message = say(
                "the payment for {year} is reckoned with {percent}; {index} for {year} is {figures}",
                year=str(year),
                percent=_in_percent(percent),
                index=table.index,
                figures=_figures(known),
            )
            labels = (
                Label(("log", each.number, "percent")),
                Label(("contributions", number, "indexation", "index"), say("the index")),
            )
            yield Finding(rule, message, labels, _whose(case, table.index, percent))


def _figures(rows: list[IndexRow]) -> Message:
    if len(rows) == 1:
        return _in_percent(rows[0].value)
    early, late = sorted(rows, key=lambda row: row.status == "definitive")
    return say("{early} preliminary, {late} definitive", early=_in_percent(early.value), late=_in_percent(late.value))


def _in_percent(number: Decimal) -> Message:
    return say("{number} %", number=number)


def _whose(case: Case, index: str, percent: Decimal) -> Message:
    """Which year or index the percentage belongs to, if any that is known."""
    shown = _in_percent(percent)
    tables = sorted(case.workspace.tables.values(), key=lambda table: table.index != index)
    for table in tables:
        for row in table.rows:
            if row.value == percent:
                values: dict[str, Value] = {
                    "percent": _in_percent(percent),
                    "index": table.index,
                    "year": str(row.year),
                }
                return say("{percent} is {index} for {year}; correct the payment, or the log", **values)
    shown = _in_percent(percent)
    return say("no index figure that iopctl knows is {percent}; see what the payment was reckoned on", percent=shown)


@rule("MON018", Severity.WARNING)
def payment_outside_period(rule: Rule, case: Case) -> Iterator[Finding]:
    """A payment is logged for a year in which the agreement does not run, decided extensions included."""
    logged = _logged(case)
    decided = [term for term in case.terms if term.decided] if logged else []
    if not decided:
        return
    first, last = decided[0].start, decided[-1].end
    for (_number, year), paid in logged.items():
        if first.year <= year <= last.year:
            continue
        for each in paid:
            message = say("a payment for {year}, in which the agreement does not run", year=str(year))
            limit = Label(decided[-1].ends_at, say("the last day")) if year > last.year else _STARTS
            help_ = _EXTENDED if year > last.year else _FOR_YEAR
            label = Label(("log", each.number, "date" if each.entry.year is None else "year"))
            yield Finding(rule, message, (label, limit), help_)


_STARTS = Label(("period", "start"), say("the first day"))
_EXTENDED = say("record the decision to extend the agreement; without one, ask what was paid and why")
_FOR_YEAR = say("say which year the payment is for, with year:, when it was made before that year")


def _logged(case: Case) -> dict[tuple[int, int], tuple[_Paid, ...]]:
    """The payments in the log, in its order, by contribution and year."""
    log = case.agreement.log
    if not any(entry.payment for entry in log):
        return {}
    numbers = {each.id: number for number, each in enumerate(case.agreement.contributions) if each.id}
    found: dict[tuple[int, int], tuple[_Paid, ...]] = {}
    for number, entry in enumerate(log):
        if entry.payment in numbers and entry.paid_for is not None:
            key = (numbers[entry.payment], entry.paid_for)
            found[key] = (*found.get(key, ()), _Paid(number, entry))
    return found


def _years(case: Case) -> dict[tuple[int, int], _Year]:
    """The yearly amounts that can be reckoned and do not wait for an extension, by contribution and year."""
    return {
        (row.contribution, row.year): _Year(row, row.working)
        for row in case.payments
        if row.working and row.number == 1 and row.condition is None and _yearly(case, row.contribution)
    }


def _yearly(case: Case, contribution: int) -> bool:
    return case.agreement.contributions[contribution].per == "year"


def _settles(contribution: Contribution) -> bool:
    """Whether a preliminary figure is settled: the clause says so, or says nothing."""
    indexation = contribution.indexation
    return indexation is not None and indexation.preliminary in (None, "settle")
