"""An amount adjusted year by year as its index clause says, with every step kept.

The order within a year: what the index does; the share of the change; the least and greatest change; a fall passed
over; the threshold; the factor on the adjusted part of the amount; never less than the first or last year's amount;
rounding (docs/format.md, "Index clauses").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from enum import StrEnum

from iopctl.compute.clause import Clause, fixing_day, lag
from iopctl.compute.figures import HUNDRED, Assumptions, Change, Figure, MissingIndex, since_base, yearly
from iopctl.compute.money import EXACT, rounded
from iopctl.model import Followed, IndexTable

ONE = Decimal(1)
TOO_LARGE = Decimal(10) ** 15
"""No amount in an agreement can have more digits, and none that grows beyond is meant."""


class Rule(StrEnum):
    """What a clause can do to the index's own change, in the order in which it is done."""

    SHARE = "share_of_change"
    LEAST = "least"
    MOST = "most"
    NEGATIVE = "negative"
    THRESHOLD = "threshold"
    """The change is too small to be made."""
    CARRIED = "carry_over"
    """What was too small in earlier years is made now."""
    UNDECIDED = "trigger"
    """The adjustment was not asked for, or not decided."""
    WAITING = "preliminary"
    """The clause waits for the definitive figure, and pays the old amount meanwhile."""


STANDS = frozenset({Rule.WAITING, Rule.UNDECIDED, Rule.THRESHOLD})
"""Where the amount stands as it was."""


@dataclass(frozen=True, slots=True)
class Step:
    """One year's adjustment. Amounts in kronor."""

    year: int
    """The adjusted year."""
    changes: tuple[Change, ...]
    """What the index does, or each part of the basket; nothing when a decision says how much."""
    percent: Decimal
    """The change of all of them together, since the year before or, where the clause names a base, since that."""
    applied: Decimal
    """The percentage that is laid on the amount."""
    rules: tuple[Rule, ...]
    """What made the applied percentage another than the index's own."""
    on: Decimal
    """What it is laid on: the adjusted part of last year's amount, or of the agreed one."""
    fixed: Decimal
    """The part of the amount that is not adjusted."""
    raised_to: Decimal | None
    """The first or last year's amount, when the amount would have been less."""
    amount: Decimal
    """The year's whole amount, unrounded."""
    rounded: Decimal
    since_base: bool
    waits: tuple[MissingIndex, ...] = ()
    """The definitive figures that the clause waits for, the old amount being paid meanwhile."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures used."""
        return tuple(figure for change in self.changes for figure in change.figures)

    @property
    def made(self) -> bool:
        """Whether the year was adjusted; where a change is not made, the amount stands as it was."""
        return not STANDS & set(self.rules)

    @property
    def factor(self) -> Decimal:
        """What the adjusted part is multiplied by."""
        with localcontext(EXACT):
            return 1 + self.applied / HUNDRED

    @property
    def status(self) -> str:
        """The least sure of the figures; preliminary while the clause waits for one."""
        used = {figure.status for figure in self.figures} | ({"preliminary"} if self.waits else set())
        return next((each for each in ("forecast", "preliminary") if each in used), "definitive")


Spoken = Mapping[int, Decimal | None]
"""The years whose adjustment has been asked for or decided, and the percentage where one was decided on."""


@dataclass(frozen=True, slots=True)
class Adjusting:
    """What an adjustment is reckoned with."""

    clause: Clause
    tables: Mapping[str, IndexTable]
    known: date
    """Only what was published by then counts."""
    assumed: Assumptions
    spoken: Spoken


@dataclass(slots=True)
class _Chain:
    """How far the reckoning has come."""

    agreed: Decimal
    fixed: Decimal
    on: Decimal
    """What the next change is laid on, where each year rests on the year before."""
    last: Decimal
    """Last year's amount."""
    paid: Decimal
    """Last year's amount as it was rounded; one that is not adjusted is not rounded anew."""
    held: Decimal = ONE
    """The change that a threshold has kept back, where it counts with the next one."""
    level: Decimal = ONE
    """The last adjustment's factor since the base, where the clause names one."""


class Adjustment:
    """An amount adjusted year by year, as far as it has been asked for: each year is reckoned once."""

    def __init__(self, agreed: Decimal, how: Adjusting) -> None:
        self._how = how
        self._next = how.clause.first_year
        self._steps: list[Step] = []
        self._missing: list[tuple[int, MissingIndex]] = []
        self.too_large: int | None = None
        """The first year whose amount is larger than any amount can be."""
        with localcontext(EXACT):
            part = agreed * (how.clause.said.share_of_amount or HUNDRED) / HUNDRED
            self._chain = _Chain(agreed, agreed - part, part, agreed, agreed)

    def until(self, last: int) -> tuple[tuple[Step, ...], tuple[MissingIndex, ...]]:
        """The step for each year up to the last, or, when figures are missing, all of them. Never 0 percent."""
        with localcontext(EXACT):
            for year in range(self._next, last + 1):
                self._adjust(year)
        self._next = max(self._next, last + 1)
        missing = tuple(each for year, each in self._missing if year <= last)
        return ((), missing) if missing else (tuple(step for step in self._steps if step.year <= last), ())

    def _adjust(self, year: int) -> None:
        clause, how = self._how.clause, self._how
        if clause.said.only_on_extension and clause.day_in(year) < clause.begins:
            return
        found = _changes(year, how)
        waits = tuple(each for each in found if isinstance(each, MissingIndex))
        if waits and (clause.preliminary != "wait" or how.known < clause.day_in(year)):
            self._missing += ((year, each) for each in waits)
        elif not self._missing and self.too_large is None:
            changes = tuple(each for each in found if isinstance(each, Change))
            step = _step(year, changes, waits, self._chain, how)
            if abs(step.amount) >= TOO_LARGE:
                self.too_large = year
            else:
                self._steps.append(step)


def _changes(year: int, how: Adjusting) -> list[Change | MissingIndex]:
    """What each part of the clause does for an adjusted year."""
    clause = how.clause
    if clause.needs_word and (year not in how.spoken or how.spoken[year] is not None):
        return []
    fixing = fixing_day(clause.said, year)
    found: list[Change | MissingIndex] = []
    for part in clause.said.parts:
        change = _change(part, year, how)
        if fixing is not None and how.known < fixing and isinstance(change, Change) and part.index is not None:
            change = MissingIndex(part.index or "", year - lag(part), fixing)
        found.append(change if isinstance(change, MissingIndex) else _weighted(change, part))
    return found


def _weighted(change: Change, part: Followed) -> Change:
    weight = getattr(part, "weight", HUNDRED)
    return Change(change.factor, change.figures, change.link, weight)


def _change(part: Followed, year: int, how: Adjusting) -> Change | MissingIndex:
    clause = how.clause
    wanted = clause.wanted(part, year, how.known)
    index_year = year - lag(part)
    if clause.method == "base_ratio":
        return since_base(wanted, clause.base_year(part), index_year, how.tables, how.assumed)
    return yearly(wanted, index_year, how.tables, how.assumed)


def _step(
    year: int, changes: tuple[Change, ...], waits: tuple[MissingIndex, ...], chain: _Chain, how: Adjusting
) -> Step:
    """One year's adjustment, and how far the reckoning has come after it."""
    clause = how.clause
    based = clause.method == "base_ratio"
    percent = sum((each.percent * each.weight / HUNDRED for each in changes), Decimal(0))
    rules: list[Rule] = []
    decided = how.spoken.get(year)
    if waits:
        rules, applied = [Rule.WAITING], _standing(chain, based)
    elif clause.needs_word and (year not in how.spoken or (decided is None and not clause.said.parts)):
        rules, applied = [Rule.UNDECIDED], _standing(chain, based)
    elif decided is not None and clause.needs_word:
        percent = applied = decided
    else:
        applied = _ruled(percent, chain, clause, rules)
    on = chain.agreed - chain.fixed if based else chain.on
    amount = chain.fixed + on * (1 + applied / HUNDRED)
    floor = {"base_amount": chain.agreed, "previous_amount": chain.last}.get(clause.said.negative or "")
    raised_to = floor if floor is not None and amount < floor else None
    amount = raised_to if raised_to is not None else amount
    sum_ = _rounded(amount, rules, chain, clause)
    carried = sum_ if clause.on_rounded else amount
    chain.on, chain.last, chain.level = carried - chain.fixed, carried, 1 + applied / HUNDRED
    chain.paid = sum_
    return Step(year, changes, percent, applied, tuple(rules), on, chain.fixed, raised_to, amount, sum_, based, waits)


def _rounded(amount: Decimal, rules: list[Rule], chain: _Chain, clause: Clause) -> Decimal:
    """The amount rounded when it was adjusted; one that stands is as it was."""
    return chain.paid if STANDS & set(rules) else rounded(amount, clause.rounding)


def _standing(chain: _Chain, based: bool) -> Decimal:
    """The percentage that leaves the amount as it was."""
    return (chain.level - 1) * HUNDRED if based else Decimal(0)


def _ruled(percent: Decimal, chain: _Chain, clause: Clause, rules: list[Rule]) -> Decimal:
    """The percentage after what the clause does to it."""
    said = clause.said
    applied = percent
    if said.share_of_change is not None:
        applied = applied * said.share_of_change / HUNDRED
        rules.append(Rule.SHARE)
    if said.least is not None and applied < said.least:
        applied = said.least
        rules.append(Rule.LEAST)
    if said.most is not None and applied > said.most:
        applied = said.most
        rules.append(Rule.MOST)
    if said.negative == "zero" and applied < 0:
        applied = Decimal(0)
        rules.append(Rule.NEGATIVE)
    return _over_threshold(applied, chain, clause, rules) if said.threshold is not None else applied


def _over_threshold(applied: Decimal, chain: _Chain, clause: Clause, rules: list[Rule]) -> Decimal:
    """The percentage, or none at all when it is too small; what is kept back may count with the next one."""
    threshold = clause.said.threshold
    assert threshold is not None
    if clause.method == "base_ratio":
        since_last = ((1 + applied / HUNDRED) / chain.level - 1) * HUNDRED if chain.level else applied
        if abs(since_last) >= threshold.percent:
            return applied
        rules.append(Rule.THRESHOLD)
        return _standing(chain, True)
    together = chain.held * (1 + applied / HUNDRED) if threshold.carry_over else 1 + applied / HUNDRED
    change = (together - 1) * HUNDRED
    if abs(change) >= threshold.percent:
        chain.held = ONE
        if change != applied:
            rules.append(Rule.CARRIED)
        return change
    chain.held = together if threshold.carry_over else ONE
    rules.append(Rule.THRESHOLD)
    return Decimal(0)
