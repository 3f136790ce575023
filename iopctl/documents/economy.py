"""The money that a memo tells of: what is paid now, what has been paid, and what the proposal costs year by year.

Every figure is one that `pay` prints for the same day, or a sum of such. Where no index figure is known, a payment that
is still to come is reckoned with the scenario `mid`, and says so; one whose day has passed is left to be filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from iopctl.compute.figures import Assumptions, Figure
from iopctl.compute.instalment import Instalment
from iopctl.compute.paid import Cause, Outcome, outcomes
from iopctl.compute.payments import payments
from iopctl.compute.reasons import Status
from iopctl.compute.scenario import Forecast, scenario
from iopctl.documents.missing import Missing
from iopctl.documents.proposal import Proposal
from iopctl.documents.swedish import SWEDISH
from iopctl.model import Agreement, ChangeRow, Contribution, IndexSource, IndexTable, Workspace
from iopctl.model.contributions import Quantity
from iopctl.render.payments import adjustment, brief
from iopctl.render.reasons import condition, reason

NOTHING = Decimal(0)

STATUS = {
    Status.DEFINITIVE: "definitivt",
    Status.PRELIMINARY: "preliminärt",
    Status.FORECAST: "prognos",
    Status.BLOCKED: "ej beräknat",
}
"""How sure an amount is, as a memo says it."""

_LEAST_SURE = (Status.DEFINITIVE, Status.PRELIMINARY, Status.FORECAST, Status.BLOCKED)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table of payments: what is paid for a year, or a correction of it."""

    year: str
    amount: Decimal | Missing
    status: str
    basis: str
    """What the amount rests on, and what has to be decided or to happen for it."""


@dataclass(frozen=True, slots=True)
class Table:
    """The payments of a period, year by year."""

    rows: tuple[Row, ...] = ()

    @property
    def sum(self) -> Decimal:
        """Of the amounts that are known."""
        return sum((row.amount for row in self.rows if isinstance(row.amount, Decimal)), NOTHING)

    @property
    def complete(self) -> bool:
        """Whether all the amounts are known."""
        return all(isinstance(row.amount, Decimal) for row in self.rows)

    @property
    def known(self) -> bool:
        """Whether any of them is."""
        return any(isinstance(row.amount, Decimal) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Current:
    """What a contribution comes to in the memo's own year, with what is known on the memo's day."""

    year: int
    amount: Decimal | Missing
    status: str
    basis: str
    figure: Figure | None
    """The published percentage that it was last adjusted by, when that is a single one."""
    source: IndexSource | None
    """Where that is printed."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What has become of the payments whose day has passed."""

    due: Decimal | Missing = NOTHING
    corrections: Decimal = NOTHING
    """The part of it that corrects earlier payments."""
    logged: bool = False
    """Whether any payment is in the log; else it is kept elsewhere, and nothing is known."""
    paid: Decimal | None = NOTHING
    """None when an entry in the log has no amount."""
    unpaid: Decimal = NOTHING
    """What is due and not in the log."""
    difference: Decimal = NOTHING
    """What was paid beyond what should have been, or less than it, where something was paid."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """A yearly change that is reckoned with where no figure is published. An assumption, always said to be one."""

    index: str
    percent: Decimal
    first: int
    """The first and the last year that it is assumed for."""
    last: int
    looked_back: tuple[int, int] | None
    """The years whose median it is; None when iopctl.yaml states it."""


@dataclass(frozen=True, slots=True)
class Money:
    """One contribution in money, as a memo tells of it."""

    contribution: Contribution
    cost: bool
    """Whether a public body gives it, or nobody is named for it."""
    current: Current | None
    """None when nothing makes the amount another than the agreed one, or the memo's year is not a decided one."""
    running: Table
    """The payments until the proposal begins."""
    proposed: Table
    """The payments that the proposal leads to."""
    settled: Settled
    assumed: tuple[Assumed, ...]


def money(id_: str, workspace: Workspace, proposed: Proposal, kind: str, day: date) -> tuple[Money, ...]:
    """The contributions in money of the agreement as it would be with the proposal, in its order."""
    agreement, tables = proposed.agreement, workspace.tables
    forecasts = scenario("mid", workspace.settings, tables, day)
    assumed: Assumptions = {(index, None): each.percent for index, each in forecasts.items()}
    until = _until(proposed, kind, day)
    certain = {_key(row): row for row in payments(id_, agreement, tables, day, until=until)}
    rows = payments(id_, agreement, tables, day, assumed=assumed, until=until)
    shown = [_shown(row, certain, day) for row in rows]
    became = outcomes(shown, agreement, tables, day)
    reckoned = _Reckoned(
        proposed, day, tables, forecasts, tuple(certain.values()), tuple(zip(shown, became, strict=True))
    )
    begins = _begins(proposed, kind)
    return tuple(
        reckoned.of(number, begins) for number, each in enumerate(agreement.contributions) if each.kind == "cash"
    )


def together(found: Iterable[Money]) -> Decimal | Missing | None:
    """What all contributions come to that a proposal leads to; None when there are not two to add up."""
    tables = [each.proposed for each in found if each.cost and each.proposed.rows]
    if len(tables) < 2:
        return None
    if not all(each.complete for each in tables):
        return Missing("den sammanlagda kostnaden")
    return sum((each.sum for each in tables), NOTHING)


def _begins(proposed: Proposal, kind: str) -> date:
    """From which day payments are what the memo proposes."""
    if kind == "tjansteskrivelse-ny":
        return date.min
    return proposed.start if kind == "tjansteskrivelse-forlangning" and proposed.start else date.max


def _until(proposed: Proposal, kind: str, day: date) -> date | None:
    """The last day that is asked about: of a new agreement until further notice, that of its third year."""
    if kind == "tjansteskrivelse-ny" and proposed.start and proposed.end is None:
        return date(min(max(day.year + 1, proposed.start.year + 2), date.max.year), 12, 31)
    return None


Key = tuple[int, int, int, date, date | None]


def _key(row: Instalment) -> Key:
    return row.contribution, row.year, row.number, row.start, row.correction.since if row.correction else None


def _shown(row: Instalment, certain: Mapping[Key, Instalment], day: date) -> Instalment:
    """The payment; without the forecast when its day has passed, for then it is a fact that only has to be found.

    One without a day has passed when what it is for has.
    """
    passed = (row.due or row.end) <= day
    return certain.get(_key(row), row) if passed and row.status is Status.FORECAST else row


class _Reckoned(NamedTuple):
    """The payments of an agreement, and what they are reckoned with."""

    proposed: Proposal
    day: date
    tables: Mapping[str, IndexTable]
    forecasts: Mapping[str, Forecast]
    certain: Sequence[Instalment]
    """Without any forecast."""
    shown: Sequence[tuple[Instalment, Outcome]]

    def of(self, number: int, begins: date) -> Money:
        """Those of one contribution, before the proposal begins and after."""
        contribution = self.proposed.agreement.contributions[number]
        mine = [(row, outcome) for row, outcome in self.shown if row.contribution == number]
        rows = [row for row, _outcome in mine]
        certain = [row for row in self.certain if row.contribution == number]
        return Money(
            contribution,
            self._cost(contribution),
            _current(contribution, certain, self.day, self.tables),
            Table(tuple(_lines([row for row in rows if row.end < begins], begins))),
            Table(tuple(_lines([row for row in rows if row.end >= begins], begins))),
            _settled(mine, self.day),
            tuple(_assumed(rows, self.forecasts)),
        )

    def _cost(self, each: Contribution) -> bool:
        parties = self.proposed.agreement.parties
        givers = each.givers if isinstance(each.givers, tuple) else ()
        return not givers or any(parties[giver].public for giver in givers if giver in parties)


def _lines(rows: Iterable[Instalment], begins: date) -> list[Row]:
    """The payments of each year together, and its corrections."""
    groups: dict[tuple[str, date | None], list[Instalment]] = {}
    for row in rows:
        groups.setdefault((_years(row), row.correction.since if row.correction else None), []).append(row)
    return [_line(years, listed, begins) for (years, _since), listed in groups.items()]


def _years(row: Instalment) -> str:
    first, last = row.stretch.start.year, row.stretch.end.year
    return str(first) if first == last else f"{first}–{last}"


def _line(years: str, rows: Sequence[Instalment], begins: date) -> Row:
    amounts = [row.amount for row in rows if row.amount is not None]
    known = len(amounts) == len(rows)
    sure = max((row.status for row in rows), key=_LEAST_SURE.index)
    return Row(
        f"{years}, rättelse" if rows[0].correction is not None else years,
        sum(amounts, NOTHING) if known else Missing(f"belopp för {years}{_why(rows)}"),
        STATUS[sure],
        _basis(rows, begins),
    )


def _basis(rows: Sequence[Instalment], begins: date) -> str:
    found: dict[str, None] = {}
    for row in rows:
        rests_on = adjustment(row)
        if rests_on is not None:
            found[SWEDISH.say(rests_on)] = None
        elif row.amount is not None:
            found["överenskommet belopp"] = None
        if row.start < begins <= row.end and begins > date.min:
            found["gäller även tiden före förlängningen"] = None
        found |= dict.fromkeys(SWEDISH.say(condition(each)) for each in row.conditions if each.kind != "extension")
    return "; ".join(found)


def _current(
    contribution: Contribution, rows: Sequence[Instalment], day: date, tables: Mapping[str, IndexTable]
) -> Current | None:
    if contribution.indexation is None and not contribution.by_year and contribution.per != "inhabitant":
        return None
    year = [row for row in rows if row.year == day.year and row.correction is None]
    if not year or any(row.extension is not None or row.stretch.end.year != row.year for row in year):
        return None
    if any(row.right is None for row in year):
        what = Missing(f"beloppet för {day.year}{_why(year)}")
        return Current(day.year, what, STATUS[Status.BLOCKED], "", None, None)
    steps = year[-1].entitled.steps if year[-1].entitled else ()
    figures = steps[-1].figures if steps and steps[-1].made else ()
    figure = figures[0] if len(figures) == 1 and isinstance(figures[0].row, ChangeRow) else None
    return Current(
        day.year,
        sum((row.right for row in year if row.right is not None), NOTHING),
        STATUS[max((row.entitled.status for row in year if row.entitled), key=_LEAST_SURE.index)],
        SWEDISH.say(brief(steps[-1])) if steps else "",
        figure,
        _source(figure, tables),
    )


def _why(rows: Iterable[Instalment]) -> str:
    """Why amounts are not known, in parentheses; nothing when they are."""
    reasons = dict.fromkeys(SWEDISH.say(each) for row in rows for each in reason(row))
    return f" ({'; '.join(reasons)})" if reasons else ""


def _source(figure: Figure | None, tables: Mapping[str, IndexTable]) -> IndexSource | None:
    """The first source that prints a figure; without its address when that is none of the web."""
    if figure is None or figure.row is None:
        return None
    name = figure.row.source[0]
    found = tables[figure.index].sources.get(name, IndexSource(title=name))
    return found if re.fullmatch(r"https?://[^\s<>]+", found.address or "") else IndexSource(title=found.title)


def _settled(rows: Sequence[tuple[Instalment, Outcome]], day: date) -> Settled:
    due = [row for row, _outcome in rows if row.due is not None and row.due <= day]
    known = all(row.amount is not None for row in due)
    paid = [outcome for _row, outcome in rows if outcome.entries]
    return Settled(
        due=sum((row.amount or NOTHING for row in due), NOTHING) if known else Missing("hur mycket som har förfallit"),
        corrections=sum((row.amount or NOTHING for row in due if row.correction), NOTHING),
        logged=bool(paid),
        paid=None if any(each.paid is None for each in paid) else sum((each.paid or NOTHING for each in paid), NOTHING),
        unpaid=-sum((each.difference or NOTHING for _row, each in rows if each.cause is Cause.UNPAID), NOTHING),
        difference=sum((each.difference or NOTHING for each in paid), NOTHING),
    )


def _assumed(rows: Iterable[Instalment], forecasts: Mapping[str, Forecast]) -> Iterable[Assumed]:
    """The percentages that the amounts shown rest on, each with the years that it is assumed for."""
    years: dict[str, set[int]] = {}
    for row in rows:
        for step in row.working.steps if row.working and row.amount is not None else ():
            for figure in step.figures:
                if figure.row is None:
                    years.setdefault(figure.index, set()).add(figure.year)
    for index, found in sorted(years.items()):
        forecast = forecasts[index]
        yield Assumed(index, forecast.percent, min(found), max(found), forecast.years)


@dataclass(frozen=True, slots=True)
class InKind:
    """What some parties give that is not money, and that the agreement puts no value on."""

    givers: tuple[str, ...]
    """Their ids."""
    what: tuple[str, ...]


KINDS = {
    "premises": "lokaler",
    "staff": "personal",
    "volunteers": "volontärer",
    "volunteer_hours": "ideella timmar",
    "training": "utbildning",
    "supervision": "handledning",
    "marketing": "marknadsföring",
    "recruitment": "rekrytering",
    "insurance": "försäkring",
    "goods": "varor",
    "activities": "aktiviteter",
}
"""What is given besides money, in a memo's words."""


def in_kind(agreement: Agreement) -> tuple[InKind, ...]:
    """What is given besides money without a stated value, party by party, in the order of the agreement."""
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for each in agreement.contributions:
        if each.kind != "cash" and each.value is None and isinstance(each.givers, tuple):
            found.setdefault(each.givers, {})[_what(each)] = None
    return tuple(InKind(givers, tuple(what)) for givers, what in found.items())


def _what(contribution: Contribution) -> str:
    """The kind, and how much of it when the agreement says."""
    what, much = KINDS[contribution.kind], contribution.quantity
    if much is None:
        return what
    count = f"ca {_count(much)}" if much.approximate else _count(much)
    unit, per = "" if much.unit == what else f" {much.unit}", f" {_PER[much.per]}" if much.per else ""
    return f"{what} ({count}{unit}{per})"


def _count(much: Quantity) -> str:
    number, least, most = (
        None if each is None else SWEDISH.number(each) for each in (much.number, much.least, much.most)
    )
    if number or (least and most):
        return number or f"{least} till {most}"
    return f"minst {least}" if least else f"högst {most}"


_PER = {"week": "per vecka", "month": "per månad", "year": "per år", "period": "för hela perioden"}
