"""What the log says was paid, beside what the agreement gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from iopctl.checks.case import Case, rule
from iopctl.compute.indexation import Step
from iopctl.compute.instalment import Instalment
from iopctl.compute.paid import ROUNDING, Logged, logged, on_preliminary, unadjusted
from iopctl.compute.reasons import Status
from iopctl.finding import Finding, Label, Message, Money, Rule, Severity, Value, say
from iopctl.model import ChangeTable, Contribution, IndexRow, LogEntry

NOTHING = Decimal(0)


class _Year(NamedTuple):
    """A contribution's payments for a year, as they can be reckoned on the day of the check."""

    rows: tuple[Instalment, ...]
    """Corrections left out."""

    @property
    def contribution(self) -> int:
        """The number of the contribution in the agreement."""
        return self.rows[0].contribution

    @property
    def year(self) -> int:
        """The calendar year."""
        return self.rows[0].year

    @property
    def of(self) -> int:
        """How many payments the year has."""
        return len({row.number for row in self.rows})

    @property
    def steps(self) -> tuple[Step, ...]:
        """The adjustments, the year's own last."""
        working = self.rows[0].entitled
        return working.steps if working else ()

    @property
    def followed(self) -> str:
        """The index of the last adjustment, or the first of several."""
        figures = self.steps[-1].figures if self.steps else ()
        return figures[0].index if figures else ""

    @property
    def right(self) -> list[Decimal]:
        """What each payment should be, with all that is known."""
        return self.payments([row.right or NOTHING for row in self.rows])

    def payments(self, amounts: Sequence[Decimal]) -> list[Decimal]:
        """Amounts of the rows as amounts of the payments: one can be for days at several rates."""
        sums: dict[int, Decimal] = defaultdict(Decimal)
        for row, amount in zip(self.rows, amounts, strict=True):
            sums[row.number] += amount
        return list(sums.values())


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
                "index": year.followed,
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
        indices = each.indexation.indices if each.indexation and _settles(each) else ()
        for table in (case.workspace.tables[index] for index in indices if index in case.workspace.tables):
            for row in table.rows:
                if row.status == "preliminary":
                    found[number, row.year] = any(
                        other.year == row.year and other.status == "definitive" and other.known_on(case.as_of)
                        for other in table.rows
                    )
    return found


def _only_preliminary(rule: Rule, case: Case, year: _Year, paid: tuple[Logged, ...]) -> Iterator[Finding]:
    index, year_ = year.followed, str(year.year)
    values: dict[str, Value] = {"index": index, "year": year_}
    help_ = say("when the definitive figure is there, add it: {command}", command=f"iopctl index add {index} {year_} …")
    if year.year < case.as_of.year:
        message = say("{year} is over, and the amount rests on a preliminary {index}", **values)
        yield Finding(rule, message, (_clause(case, year),), help_)
    elif paid:
        message = say("paid on a preliminary {index} for {year}; there is something to settle later", **values)
        yield Finding(rule, message, (_last(paid), _clause(case, year)), help_, Severity.INFO)


def _last(paid: tuple[Logged, ...]) -> Label:
    """The last of some payments, at what it says it was reckoned with."""
    number, entry = paid[-1]
    key = "percent" if entry.percent is not None else "amount" if entry.amount is not None else "payment"
    return Label(("log", number, key))


def _clause(case: Case, year: _Year) -> Label:
    """What the clause says of a preliminary figure."""
    place = (*year.rows[0].route, "indexation")
    indexation = case.agreement.contributions[year.contribution].indexation
    if indexation and indexation.preliminary:
        return Label((*place, "preliminary"), say("to be settled"))
    return Label((*place, "index"), say("nothing on preliminary figures: taken to be settled"))


def _never_settled(case: Case, year: _Year, paid: tuple[Logged, ...]) -> Decimal | None:
    """What is left to pay, when payments were made on the preliminary figure and nothing was paid after them."""
    early = _on_preliminary(case, year) if paid else []
    if not early or len(paid) > year.of:
        return None
    kinds = [_on(case, year, each.entry, early[place], year.right[place]) for place, each in enumerate(paid)]
    if "other" in kinds or "preliminary" not in kinds:
        return None
    actual = sum((each.entry.amount or early[place] for place, each in enumerate(paid)), NOTHING)
    difference = sum(year.right[: len(paid)], NOTHING) - actual
    return difference if abs(difference) > ROUNDING else None


def _on_preliminary(case: Case, year: _Year) -> list[Decimal]:
    """The year's payments as they were before its definitive figure; none when there was no preliminary one."""
    found = [on_preliminary(row, case.agreement, case.workspace.tables, case.as_of) for row in year.rows]
    return [] if None in found else year.payments([each for each in found if each is not None])


def _on(case: Case, year: _Year, entry: LogEntry, early: Decimal, right: Decimal) -> str:
    """Which figure a logged payment was reckoned with."""
    if entry.amount is not None and abs(entry.amount - right) <= ROUNDING:
        return "definitive"
    rows = case.workspace.tables[year.followed].rows if year.followed in case.workspace.tables else ()
    figures = {row.value for row in rows if row.year == year.year and row.status == "preliminary"}
    if entry.percent in figures or (entry.amount is not None and abs(entry.amount - early) <= ROUNDING):
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
        if year is None or not _comparable(case, year, paid):
            continue
        total = sum((each.entry.amount or NOTHING for each in paid), NOTHING)
        count = year.of if year.year < case.as_of.year else min(len(paid), year.of)
        due = sum(year.right[:count], NOTHING)
        if abs(total - due) <= ROUNDING * year.of:
            continue
        if _settles(case.agreement.contributions[year.contribution]) and _never_settled(case, year, paid):
            continue  # the rule about preliminary figures says so
        values: dict[str, Value] = {"paid": Money(total), "year": str(year.year), "due": Money(due)}
        message = say("{paid} is paid for {year}, and the agreement gives {due}", **values)
        number = paid[-1].number
        several = say("the last of {count} payments", count=len(paid)) if len(paid) > 1 else None
        labels = (Label(("log", number, "amount"), several), Label((*year.rows[0].route, "amount"), say("agreed")))
        yield Finding(rule, message, labels, _cause(case, years, year, total, len(paid)))


def _comparable(case: Case, year: _Year, paid: tuple[Logged, ...]) -> bool:
    """Whether the amount is sure, or rests on the same preliminary figure as the payments."""
    working = year.rows[0].entitled
    if working is None or working.status is Status.DEFINITIVE:
        return working is not None
    if not _settles(case.agreement.contributions[year.contribution]):
        return working.status is Status.PRELIMINARY and not working.waits
    figures = {figure.value for figure in year.steps[-1].figures}
    return working.status is Status.PRELIMINARY and all(each.entry.percent in figures for each in paid)


def _cause(case: Case, years: Mapping[tuple[int, int], _Year], year: _Year, total: Decimal, logged: int) -> Message:
    """Why the sum is probably another, where it is one that somebody has reckoned; and what to do."""
    count = year.of if year.year < case.as_of.year else min(logged, year.of)
    values: dict[str, Value] = {"difference": Money(abs(total - sum(year.right[:count], NOTHING)))}

    def comes_to(amounts: list[Decimal], number: int = count) -> bool:
        return len(amounts) >= number and abs(total - sum(amounts[:number], NOTHING)) <= ROUNDING * year.of

    before = years.get((year.contribution, year.year - 1))
    plain = [unadjusted(row, case.agreement, case.as_of) for row in year.rows]
    if logged < count and comes_to(year.right, logged):
        values |= {"number": logged, "of": year.of}
        return say("{number} of the year's {of} payments are in the log; log the others, or pay {difference}", **values)
    if comes_to(_on_preliminary(case, year)):
        return say("that is the amount on the preliminary figure; the difference is {difference}", **values)
    if None not in plain and comes_to(year.payments([each for each in plain if each is not None])):
        return say("that is the amount without any adjustment; the difference is {difference}", **values)
    if before is not None and comes_to(before.right):
        return say("that is the amount of the year before; the difference is {difference}", **values)
    command = f"iopctl pay {case.id} --explain"
    return say("the difference is {difference}; see how the amount comes about: {command}", command=command, **values)


@rule("MON013")
def ceiling_exceeded(rule: Rule, case: Case) -> Iterator[Finding]:
    """More is paid than the most that the agreement allows."""
    if not any(each.ceiling for each in case.agreement.contributions):
        return
    sums: dict[tuple[int, int | None], list[Logged]] = defaultdict(list)
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
        table = case.workspace.tables.get(indexation.index or "") if indexation else None
        lag = (indexation.lag or 0) if indexation else 0
        rows = table.rows if isinstance(table, ChangeTable) and not table.editions else ()
        known = [row for row in rows if row.year == year - lag and row.known_on(case.as_of)]
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


def _figures(rows: Sequence[IndexRow]) -> Message:
    if len(rows) == 1:
        return _in_percent(rows[0].value)
    early, late = sorted(rows, key=lambda row: row.status == "definitive")
    return say("{early} preliminary, {late} definitive", early=_in_percent(early.value), late=_in_percent(late.value))


def _in_percent(number: Decimal) -> Message:
    return say("{number} %", number=number)


def _whose(case: Case, index: str, percent: Decimal) -> Message:
    """Which year or index the percentage belongs to, if any that is known."""
    shown = _in_percent(percent)
    for table in sorted(case.workspace.tables.values(), key=lambda table: table.index != index):
        for row in table.rows if isinstance(table, ChangeTable) else ():
            if row.value == percent:
                values: dict[str, Value] = {"percent": shown, "index": table.index, "year": str(row.year)}
                return say("{percent} is {index} for {year}; correct the payment, or the log", **values)
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


def _logged(case: Case) -> Mapping[tuple[int, int], tuple[Logged, ...]]:
    """The payments in the log, in its order, by contribution and year."""
    return logged(case.agreement, date.max) if any(entry.payment for entry in case.agreement.log) else {}


def _years(case: Case) -> dict[tuple[int, int], _Year]:
    """The yearly amounts that can be reckoned and do not wait for an extension, by contribution and year."""
    found: dict[tuple[int, int], _Year] = {}
    for row in case.payments:
        if row.entitled and row.correction is None and row.extension is None and _yearly(case, row.contribution):
            rows = found[row.contribution, row.year].rows if (row.contribution, row.year) in found else ()
            found[row.contribution, row.year] = _Year((*rows, row))
    return found


def _yearly(case: Case, contribution: int) -> bool:
    return case.agreement.contributions[contribution].per not in ("once", "period")


def _settles(contribution: Contribution) -> bool:
    """Whether a preliminary figure is settled: the clause says so, or says nothing."""
    indexation = contribution.indexation
    return indexation is not None and indexation.preliminary in (None, "settle")
