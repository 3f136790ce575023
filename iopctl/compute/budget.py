"""What agreements cost in each calendar year: how sure the kronor are, what stands beside them, what is in no sum.

What a year comes to is reckoned with what is known on the day: a correction counts in the year that it corrects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import chain
from typing import Literal, NamedTuple

from iopctl.compute.figures import Assumptions
from iopctl.compute.instalment import Instalment
from iopctl.compute.payments import payments
from iopctl.compute.reasons import Condition, MissingIndices, Status, Undivided
from iopctl.compute.timeline import terms
from iopctl.model import Agreement, Contribution, IndexTable, Party, Unknown

By = Literal["agreement", "party", "board"]
Names = tuple[str, ...]
"""What those are called that a sum stands under, together; empty when the agreement leaves it open."""

NOTHING = Decimal(0)


class Years(NamedTuple):
    """The calendar years that are asked about, both included."""

    first: int
    last: int

    def has(self, year: int) -> bool:
        """Whether a year is among them."""
        return self.first <= year <= self.last


@dataclass(frozen=True, slots=True)
class Sums:
    """Kronor of a year, and how much is in none of them."""

    definitive: Decimal = NOTHING
    preliminary: Decimal = NOTHING
    forecast: Decimal = NOTHING
    conditional: Decimal = NOTHING
    """The part of these three that something has to be decided, or to happen, for."""
    ceiling: Decimal = NOTHING
    """At most so much is paid; the outcome decides. Not in the three."""
    in_kind: Decimal = NOTHING
    """What the agreement says that contributions in kind are worth."""
    other_cash: Decimal = NOTHING
    """Cash that only others than public bodies give: no cost of theirs, and not in the three."""
    not_reckoned: int = 0
    """Payments that are in no sum."""
    not_valued: int = 0
    """Contributions in kind without a value for the year."""

    @property
    def cash(self) -> Decimal:
        """What is to be paid: definitive, preliminary and forecast together."""
        return self.definitive + self.preliminary + self.forecast

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Sums)))


class Unstated(StrEnum):
    """What the agreement lacks for anything to be reckoned."""

    AMOUNT = "amount"
    PERIOD = "period"


class Gap(NamedTuple):
    """Payments, or a value in kind, that are in no sum, and why."""

    why: Instalment | Unstated
    """The first of the payments, which has the reason."""
    payments: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What one contribution comes to in a calendar year."""

    agreement: str
    contribution: str
    """Its id, or its place in the file."""
    kind: str
    year: int | None
    """None when the agreement has no period."""
    givers: Names
    receiver: Names
    party: Names
    """Who receives the cost; who gives what stands beside it."""
    board: Names
    sums: Sums
    status: Status
    conditions: tuple[Condition, ...] = ()
    gaps: tuple[Gap, ...] = ()
    assumed: frozenset[tuple[str, int]] = frozenset()
    """The figures that were assumed: index and year."""

    @property
    def cash(self) -> bool:
        """Whether it is money."""
        return self.kind == "cash"

    def late(self, day: date) -> bool:
        """Whether an amount is missing that should be there: not one that only waits for an index to be published."""
        return self.cash and any(_late(each.why, day) for each in self.gaps)


def _late(why: Instalment | Unstated, day: date) -> bool:
    if isinstance(why, Unstated):
        return why is not Unstated.PERIOD
    if isinstance(why.reason, MissingIndices):
        return any(each.late_on(day) for each in why.reason.figures)
    return True


def entries(
    id_: str,
    agreement: Agreement,
    tables: Mapping[str, IndexTable],
    as_of: date,
    years: Years,
    assumed: Assumptions | None = None,
    home: str | None = None,
) -> list[Entry]:
    """The contributions of an agreement year by year, in the order of the agreement.

    `home` is the municipality whose agreements they are; a board is named with its municipality when that is another.
    """
    plain = agreement.model_copy(update={"contributions": tuple(map(_as_cash, agreement.contributions))})
    # a year more than is asked about, so that a sum for several years is never taken for one of a single year
    until = date(years.last + 1, 12, 31)
    rows = payments(id_, plain, tables, as_of, assumed=assumed, since=years.first, until=until)
    found: dict[tuple[int, int], list[Instalment]] = defaultdict(list)
    for row in rows:
        for year in range(row.year, row.stretch.end.year + 1):
            if years.has(year) and row.correction is None:
                found[row.contribution, year].append(row)
    return [
        entry
        for number, contribution in enumerate(agreement.contributions)
        for entry in _Costs(id_, agreement, number, contribution, as_of, home).entries(years, found)
    ]


def _as_cash(each: Contribution) -> Contribution:
    """As a payment without a ceiling: a value in kind, and the most that is paid, are reckoned as payments are."""
    if each.kind == "cash":
        return each.model_copy(update={"ceiling": False})
    return each.model_copy(update={"kind": "cash", "amount": each.value, "value": None})


class _Costs(NamedTuple):
    """What one contribution comes to."""

    id: str
    agreement: Agreement
    number: int
    each: Contribution
    as_of: date
    home: str | None

    def entries(self, years: Years, rows: Mapping[tuple[int, int], list[Instalment]]) -> Iterator[Entry]:
        """An entry for each of the years that it is given in; one without a year when there is no period."""
        if self.agreement.period is None:
            yield self._gap(None, Gap(Unstated.PERIOD, 1))
        elif self.each.kronor is None and not self.each.by_year and not isinstance(self.each.amount, Unknown):
            yield from (self._gap(year, Gap(Unstated.AMOUNT, 1)) for year in self._given(years))
        else:
            for year in range(years.first, years.last + 1):
                if listed := rows.get((self.number, year)):
                    yield self._year(year, listed)

    def _given(self, years: Years) -> list[int]:
        """The years in which something is given whose amount nobody has stated."""
        spans = [(max(term.start, self.each.since or term.start), term.end) for term in terms(self.agreement)]
        spans = [(start, min(end, self.each.until or end)) for start, end in spans]
        covered = [(start.year, end.year) for start, end in spans if start <= end]
        if self.each.per == "once":
            covered = [(first, first) for first, _last in covered[:1]]
        return [
            year for year in range(years.first, years.last + 1) if any(first <= year <= last for first, last in covered)
        ]

    def _gap(self, year: int | None, gap: Gap) -> Entry:
        """What nobody has stated an amount or a period for; in kind it is just a contribution without a value."""
        if self.each.kind != "cash":
            gaps = (gap,) if self.each.kronor is not None or self.each.by_year else ()
            return self._entry(year, Sums(not_valued=1), Status.BLOCKED, gaps=gaps)
        return self._entry(year, Sums(not_reckoned=gap.payments), Status.BLOCKED, gaps=(gap,))

    def _year(self, year: int, rows: Sequence[Instalment]) -> Entry:
        known, gaps = [], []
        for row in rows:
            if row.right is None:
                gaps.append(row)
            elif row.stretch.end.year > row.year:
                gaps.append(replace(row, amount=None, reason=Undivided()))
            else:
                known.append((row, _status(row)))
        sums = sum((self._sums(row, status) for row, status in known), Sums())
        if gaps:
            sums += Sums(not_reckoned=len(gaps)) if self.each.kind == "cash" else Sums(not_valued=1)
        ranked = [Status.BLOCKED] * bool(gaps) + [status for _row, status in known]
        return self._entry(
            year,
            sums,
            max(ranked, key=list(Status).index),
            conditions=tuple(dict.fromkeys(each for row in rows for each in row.conditions)),
            gaps=tuple(_counted(gaps)),
            assumed=frozenset(chain.from_iterable(_assumed(row) for row, _status in known)),
        )

    def _sums(self, row: Instalment, status: Status) -> Sums:
        """A payment as it stands today, in its place: a cost by how sure it is, or beside."""
        amount = row.right or NOTHING
        if self.each.kind != "cash":
            return Sums(in_kind=amount)
        if not self.cost:
            return Sums(other_cash=amount)
        if self.each.ceiling:
            return Sums(ceiling=amount)
        conditional = amount if row.conditions else NOTHING
        match status:
            case Status.FORECAST:
                return Sums(forecast=amount, conditional=conditional)
            case Status.PRELIMINARY:
                return Sums(preliminary=amount, conditional=conditional)
            case _:
                return Sums(definitive=amount, conditional=conditional)

    def _entry(
        self,
        year: int | None,
        sums: Sums,
        status: Status,
        *,
        conditions: tuple[Condition, ...] = (),
        gaps: tuple[Gap, ...] = (),
        assumed: frozenset[tuple[str, int]] = frozenset(),
    ) -> Entry:
        givers, receiver = self._names(self.givers), self._names([self.each.receiver] if self.each.receiver else [])
        return Entry(
            agreement=self.id,
            contribution=self.each.id or f"contributions[{self.number}]",
            kind=self.each.kind,
            year=year,
            givers=givers,
            receiver=receiver,
            party=receiver if self.cost else givers,
            board=self._boards(),
            sums=sums,
            status=status,
            conditions=conditions,
            gaps=gaps,
            assumed=assumed,
        )

    @property
    def givers(self) -> Names:
        """The ids of those who give; empty when the agreement leaves it open."""
        return () if isinstance(self.each.givers, Unknown) else self.each.givers

    @property
    def cost(self) -> bool:
        """Whether it is money that a public body pays, or that nobody is named for."""
        return self.each.kind == "cash" and (not self.givers or bool(self._public(self.givers)))

    def _public(self, ids: Iterable[str]) -> list[Party]:
        parties = self.agreement.parties
        return [parties[each] for each in ids if each in parties and parties[each].public]

    def _names(self, ids: Iterable[str]) -> Names:
        return tuple(_name(self.agreement.parties.get(each), each) for each in ids)

    def _boards(self) -> Names:
        """Those whose budget it is a part of: the payers' boards; beside the cost, the boards of the agreement."""
        if self.cost and not self.givers:
            return ()
        public = self._public(self.givers) or self._public(self.agreement.parties)
        return tuple(dict.fromkeys(board_name(each, self.as_of, self.home) for each in public)) or self._names(
            self.givers
        )


def _name(party: Party | None, id_: str) -> str:
    return id_ if party is None or isinstance(party.name, Unknown) else party.name


def board_name(party: Party, as_of: date, home: str | None) -> str:
    """The board as it is called on the day, with its municipality: two of them can have a Socialnämnd each."""
    renamed = sorted((each.since, each.board) for each in party.renamed if each.board and each.since <= as_of)
    board = renamed[-1][1] if renamed else party.board
    unit = board or _name(party, party.organisation or "")
    return unit if party.organisation in (None, unit, home) else f"{unit} ({party.organisation})"


def _status(row: Instalment) -> Status:
    """How sure the amount is with what is known today; what was sure when it was paid stays so."""
    if row.entitled is None or row.status is Status.DEFINITIVE:
        return row.status
    return row.entitled.status


def _assumed(row: Instalment) -> Iterator[tuple[str, int]]:
    for step in row.entitled.steps if row.entitled else ():
        for change in step.changes:
            yield from ((figure.index, figure.year) for figure in change.figures if figure.row is None)


def _counted(rows: Sequence[Instalment]) -> Iterator[Gap]:
    """Payments with the same reason together."""
    found: dict[object, list[Instalment]] = defaultdict(list)
    for row in rows:
        found[row.reason].append(row)
    yield from (Gap(listed[0], len(listed)) for listed in found.values())


def names(entry: Entry, by: By) -> Names:
    """What an entry stands under."""
    match by:
        case "agreement":
            return (entry.agreement,)
        case "party":
            return entry.party
        case "board":
            return entry.board


def grouped(found: Iterable[Entry], by: By) -> dict[Names, list[Entry]]:
    """The entries by what they stand under, in the order of the names; what is left open comes last."""
    groups: dict[Names, list[Entry]] = defaultdict(list)
    for entry in found:
        groups[names(entry, by)].append(entry)
    return {each: groups[each] for each in sorted(groups, key=lambda each: (not each, each))}


def total(found: Iterable[Entry]) -> Sums:
    """The sums of all of them."""
    return sum((each.sums for each in found), Sums())
