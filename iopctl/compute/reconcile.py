"""The accounts against the agreements: which payment each line is, what is missing, and what nobody expects."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, TypeVar

from iopctl.compute.ledger import Expected, Known, LedgerEntry, Receivers, Target

_One = TypeVar("_One")

WINDOW = 45
"""How many days before or after its latest day a payment is still taken for that payment: a month and a half, so that
one made a month early or late is found, and a quarterly one not taken for the next."""

ROUNDING = Decimal(1)
"""A krona is what rounding can make of a payment."""


class Verdict(StrEnum):
    """What is to be said of a payment or of a line."""

    MISSING = "missing"
    """Should have been paid, and no line is it."""
    DIFFERENT = "different"
    """Paid with another amount."""
    UNEXPECTED = "unexpected"
    """A line that is no payment of these agreements."""
    MATCHED = "matched"


class Cause(StrEnum):
    """Why an amount is probably another, or why a line is no payment."""

    NOT_RECKONED = "not_reckoned"
    """The agreement's amount cannot be computed."""
    ROUNDING = "rounding"
    YEAR_BEFORE = "year_before"
    """It is the amount of the year before."""
    WHOLE_YEAR = "whole_year"
    """It is the sum of the year's payments."""
    PRELIMINARY = "preliminary"
    """The agreement's amount rests on a preliminary figure."""
    NOT_RECOGNISED = "not_recognised"
    """Neither receiver nor reference is that of an agreement."""
    PAID_ALREADY = "paid_already"
    """Another line is the same payment."""
    TAKEN_BACK = "taken_back"
    """Of two lines the later takes the earlier back."""
    CREDIT = "credit"
    """Money back that no agreement gives."""
    LATE = "late"
    """It is the amount of a payment that was due long before and is not paid otherwise."""
    NOT_DUE = "not_due"
    """Nothing is due near that day, or other lines have paid it."""


class Why(NamedTuple):
    """A cause, with the line or the payment that it is about."""

    cause: Cause
    line: LedgerEntry | None = None
    payment: Expected | None = None


class Outcome(NamedTuple):
    """Some lines, the payments that they are, and the verdict; a payment that is missing has no lines."""

    verdict: Verdict
    payments: tuple[Expected, ...]
    lines: tuple[LedgerEntry, ...]
    why: Why | None = None
    also: tuple[str, ...] = ()
    """Other agreements with the same receiver that have a payment near the same day."""

    @property
    def expected(self) -> Decimal | None:
        """What the agreement gives; None when it cannot be computed, or gives nothing."""
        return _due(self.payments) if self.payments else None

    @property
    def paid(self) -> Decimal | None:
        """What the lines say was paid; None without lines."""
        return _paid(self.lines) if self.lines else None

    @property
    def difference(self) -> Decimal | None:
        """How much more was paid than the agreement gives; None where one of them is not known."""
        if self.expected is None or self.paid is None:
            return None
        return self.paid - self.expected

    @property
    def days(self) -> tuple[date, ...]:
        """The days that it is about."""
        return tuple(sorted([*(each.last for each in self.payments), *(each.date for each in self.lines)]))


class Period(NamedTuple):
    """The days that are looked at, both included."""

    first: date
    last: date

    def has(self, day: date) -> bool:
        """Whether a day is in it."""
        return self.first <= day <= self.last


def match(
    rows: Iterable[Expected],
    entries: Iterable[LedgerEntry],
    known: Mapping[Target, Known],
    as_of: date,
    period: Period,
) -> tuple[Outcome, ...]:
    """Every line in the period once, and every payment that was due in it once, in order of verdict and day.

    Lines and payments outside the period are looked at too, since a payment may be made early or late, but said nothing
    of unless they belong to one inside. The order of the lines does not matter.
    """
    matching = _Matching(sorted(rows, key=_row_order), sorted(entries, key=_entry_order), Receivers(known))
    matching.settle_all()
    missing = [Outcome(Verdict.MISSING, (row,), ()) for row in matching.left() if _is_missing(row, as_of, period)]
    found = [*missing, *matching.found, *matching.unexpected()]
    inside = [each for each in found if any(period.has(day) for day in each.days)]
    return tuple(sorted(inside, key=_order))


_Rows = tuple[Expected, ...]
_Lines = tuple[LedgerEntry, ...]
_Fits = frozenset[Target]


class _Matching:
    """The payments and lines that are left, and what has been found, the surest first."""

    def __init__(self, rows: list[Expected], entries: list[LedgerEntry], receivers: Receivers) -> None:
        self.schedule: dict[Target, list[Expected]] = defaultdict(list)
        for row in rows:
            self.schedule[row.target].append(row)
        self.rows = {target: list(each) for target, each in self.schedule.items()}
        self.lines: dict[_Fits, list[LedgerEntry]] = defaultdict(list)
        for entry in entries:
            self.lines[receivers.of(entry)].append(entry)
        self.found: list[Outcome] = []

    def settle_all(self) -> None:
        """Finds lines for all payments that have any."""
        for units in (_single, _days):
            for bundles in (_dated, _with_corrections, _same_receiver, _undated):
                for fits in self._groups():
                    self._exact(fits, units(self.lines[fits]), bundles(self._rows_of(fits)))
        for fits in self._groups():
            while self._nearest(fits):
                pass

    def _groups(self) -> list[_Fits]:
        """What lines can be payments of: those that can be least come first, since they have least to choose from."""
        return sorted((fits for fits in self.lines if fits), key=lambda fits: (len(fits), sorted(fits)))

    def _rows_of(self, fits: _Fits) -> list[Expected]:
        return sorted((row for target in fits for row in self.rows.get(target, ())), key=_row_order)

    def _exact(self, fits: _Fits, units: Iterable[_Lines], bundles: Iterable[_Rows]) -> None:
        """Pays everything that can be paid with exactly its amount, on the nearest days."""
        paid, due = defaultdict(list), defaultdict(list)
        for bundle in bundles:
            if (amount := _due(bundle)) is not None:
                due[amount].append(bundle)
        for unit in units:
            if (sum_ := _paid(unit)) in due:
                paid[sum_].append(unit)
        for sum_, found in paid.items():
            for unit, bundle in _aligned(found, due[sum_]):
                self._settle(fits, bundle, unit)

    def _nearest(self, fits: _Fits) -> bool:
        """Pays what is due near a line, though the amount is another: the likest amounts first, then the nearest."""
        bundles, lines = _same_due(self._rows_of(fits)), self.lines[fits]
        ranked = sorted(_ranked(lines, bundles))
        gone: set[_Rows | LedgerEntry] = set()
        for *_rank, line, bundle in ranked:
            if lines[line] not in gone and bundles[bundle] not in gone:
                self._settle_nearest(fits, lines[line], bundles[bundle])
                gone |= {bundles[bundle], *self.found[-1].lines}
        return bool(ranked)

    def _settle_nearest(self, fits: _Fits, line: LedgerEntry, bundle: _Rows) -> None:
        """Takes a line for the whole bundle or for one payment of it; others of that day join if they come closer."""
        lines: _Lines = (line,)
        others = [each for each in self.lines[fits] if each.date == line.date and each != line]
        while others:
            nearest = min(others, key=lambda each: _off((*lines, each), bundle))
            if _off((*lines, nearest), bundle) >= _off(lines, bundle):
                break
            lines = (*lines, nearest)
            others.remove(nearest)
        options = [bundle, *_single(bundle)]
        self._settle(fits, min(options, key=lambda each: _off(lines, each)), tuple(sorted(lines, key=_entry_order)))

    def _settle(self, fits: _Fits, bundle: _Rows, unit: _Lines) -> None:
        exact = _due(bundle) == _paid(unit)
        why = None if exact else self._why(bundle, _paid(unit))
        verdict = Verdict.MATCHED if exact else Verdict.DIFFERENT
        self.found.append(Outcome(verdict, bundle, unit, why, self._also(fits, bundle, unit)))
        for row in bundle:
            self.rows[row.target].remove(row)
        self.lines[fits] = [line for line in self.lines[fits] if line not in unit]

    def _also(self, fits: _Fits, bundle: _Rows, unit: _Lines) -> tuple[str, ...]:
        """Other agreements that have a payment near enough for the lines to have been it."""
        own = bundle[0].agreement
        return tuple(
            sorted(
                {
                    row.agreement
                    for target in fits
                    for row in self.schedule[target]
                    if row.agreement != own and row.unsure is None and row.days_from(unit[0].date) <= WINDOW
                }
            )
        )

    def _why(self, bundle: _Rows, paid: Decimal) -> Why | None:
        """Why the amount is another, where the agreement's own amounts tell."""
        due, row = _due(bundle), bundle[0]
        if due is None:
            return Why(Cause.NOT_RECKONED)
        if abs(paid - due) <= ROUNDING:
            return Why(Cause.ROUNDING)
        others = [each for each in self.schedule[row.target] if each.kind == "instalment"]
        for each in others:
            if each.amount == paid and each.place == (row.start.year - 1, row.number, row.of):
                return Why(Cause.YEAR_BEFORE, payment=each)
        if row.of > 1 and _due(tuple(each for each in others if each.start == row.start)) == paid:
            return Why(Cause.WHOLE_YEAR)
        return Why(Cause.PRELIMINARY) if any(each.status == "preliminary" for each in bundle) else None

    def left(self) -> list[Expected]:
        """The payments that no line is."""
        return sorted((row for rows in self.rows.values() for row in rows), key=_row_order)

    def unexpected(self) -> Iterator[Outcome]:
        """The lines that are no payment."""
        late = [row for row in self.left() if row.unsure is None]
        for fits, lines in self.lines.items():
            pairs = list(_taken_back(lines)) if fits else []
            for pair in pairs:
                yield Outcome(Verdict.UNEXPECTED, (), pair, Why(Cause.TAKEN_BACK))
            gone = {line for pair in pairs for line in pair}
            for line in lines:
                if line not in gone:
                    why = self._why_unexpected(line, fits, late)
                    late = [row for row in late if row is not why.payment] if why.payment else late
                    yield Outcome(Verdict.UNEXPECTED, (), (line,), why)

    def _why_unexpected(self, line: LedgerEntry, fits: _Fits, late: Sequence[Expected]) -> Why:
        """Why a line is probably no payment."""
        if not fits:
            return Why(Cause.NOT_RECOGNISED)
        settled = [
            (each, row)
            for outcome in self.found
            for each in outcome.lines
            for row in outcome.payments
            if row.target in fits and abs(each.amount) == abs(line.amount)
        ]
        if line.amount < 0:
            before = [each for each, _row in settled if each.amount > 0 and each.date <= line.date]
            return Why(Cause.TAKEN_BACK, max(before, key=_entry_order)) if before else Why(Cause.CREDIT)
        for row in late:
            if row.target in fits and row.amount == line.amount and row.last < line.date:
                return Why(Cause.LATE, payment=row)
        again = [
            (row.days_from(line.date), _entry_order(each), each)
            for each, row in settled
            if each.amount > 0 and row.days_from(line.date) <= WINDOW
        ]
        return Why(Cause.PAID_ALREADY, min(again)[2]) if again else Why(Cause.NOT_DUE)


def _taken_back(lines: Iterable[LedgerEntry]) -> Iterator[_Lines]:
    """Payments with the line that takes each of them back: the same amount below zero, on the same day or later."""
    paid: dict[Decimal, list[LedgerEntry]] = defaultdict(list)
    for day in _grouped(lines, lambda line: line.date):
        for line in sorted(day, key=lambda line: line.amount < 0):  # what was paid that day comes first
            if line.amount >= 0:
                paid[line.amount].append(line)
            elif paid[-line.amount]:
                yield paid[-line.amount].pop(), line


def _is_missing(row: Expected, as_of: date, period: Period) -> bool:
    """Whether it should have been paid: not before it is due, nor while it is not sure that it is to be."""
    return row.unsure is None and row.amount != 0 and row.last <= as_of and period.has(row.last)


def _single(each: Iterable[_One]) -> Iterator[tuple[_One]]:
    return ((one,) for one in each)


def _dated(rows: Iterable[Expected]) -> list[_Rows]:
    return [(row,) for row in rows if row.due is not None]


def _undated(rows: Iterable[Expected]) -> list[_Rows]:
    """Those that may be made on any day of some time, in order of its beginning."""
    return [(row,) for row in sorted(rows, key=lambda row: row.start) if row.due is None]


def _days(lines: Iterable[LedgerEntry]) -> list[_Lines]:
    """The lines of each day that has several."""
    return [group for group in _grouped(lines, lambda line: line.date) if len(group) > 1]


def _same_due(rows: Iterable[Expected]) -> list[_Rows]:
    """What is due on the same day of one contribution: a payment, and the corrections that may be paid with it."""
    return _grouped(rows, lambda row: (row.target, row.due or row.start, row.due is None))


def _with_corrections(rows: Iterable[Expected]) -> list[_Rows]:
    return [each for each in _same_due(rows) if len(each) > 1]


def _same_receiver(rows: Iterable[Expected]) -> list[_Rows]:
    """What one agreement gives one receiver on the same day, when that is several contributions."""
    due = [row for row in rows if row.due is not None]
    groups = _grouped(due, lambda row: (row.agreement, row.receiver, row.due))
    return [each for each in groups if len({row.contribution for row in each}) > 1]


def _grouped(things: Iterable[_One], key: Callable[[_One], object]) -> list[tuple[_One, ...]]:
    groups: dict[object, list[_One]] = defaultdict(list)
    for each in things:
        groups[key(each)].append(each)
    return [tuple(group) for group in groups.values()]


def _due(bundle: _Rows) -> Decimal | None:
    """The sum of some payments; None when one of them cannot be computed."""
    amounts = [row.amount for row in bundle if row.amount is not None]
    return sum(amounts, Decimal(0)) if len(amounts) == len(bundle) else None


def _paid(unit: _Lines) -> Decimal:
    return sum((line.amount for line in unit), Decimal(0))


def _off(unit: _Lines, bundle: _Rows) -> Decimal:
    """How much the amounts differ; nothing where one of them is not known."""
    due = _due(bundle)
    return abs(_paid(unit) - due) if due is not None else Decimal(0)


def _ranked(
    lines: Sequence[LedgerEntry], bundles: Sequence[_Rows]
) -> Iterator[tuple[bool, int, int, Decimal, int, int]]:
    """The pairs that are near enough in time and of the same sign, to be sorted, the likeliest first."""
    for place, bundle in enumerate(bundles):
        row, due = bundle[0], _due(bundle)
        first = bisect_left(lines, _first_day(bundle), key=lambda line: line.date)
        last = bisect_right(lines, _last_day(bundle), key=lambda line: line.date)
        for number in range(first, last):
            paid = lines[number].amount
            if due is None and paid > 0:
                yield False, _unsure(bundle), row.days_from(lines[number].date), Decimal(0), number, place
            elif due is not None and paid * due > 0:
                unlike = not abs(due) / 2 <= abs(paid) <= abs(due) * 2
                days = row.days_from(lines[number].date)
                yield unlike, _unsure(bundle), days, abs(paid - due), number, place


def _aligned(units: Sequence[_Lines], bundles: Sequence[_Rows]) -> list[tuple[_Lines, _Rows]]:
    """As many pairs of lines and payments with one amount as can be; of all such pairings the one with the fewest days.

    Both are in order of time, and since the amounts are the same no two pairs need to cross. Of two payments or lines
    that are as near the earlier one is taken.
    """
    step = len(bundles) + 1
    best = [0] * step
    taken: list[bytearray] = []
    for unit in units:
        above, best, marks = best, [0] * step, bytearray(step)
        for place, bundle in enumerate(bundles, 1):
            cost = _cost(unit, bundle)
            pair = above[place - 1] + cost if cost is not None else 0
            best[place] = min(best[place - 1], above[place])
            if cost is not None and pair < best[place]:
                best[place], marks[place] = pair, _PAIR
            elif best[place - 1] <= above[place]:
                marks[place] = _LATER_BUNDLE
        taken.append(marks)
    pairs, number, place = [], len(units), len(bundles)
    while number and place:
        mark = taken[number - 1][place]
        if mark == _PAIR:
            pairs.append((units[number - 1], bundles[place - 1]))
        number, place = number - (mark != _LATER_BUNDLE), place - (mark != _LATER_LINE)
    return pairs


_LATER_LINE, _LATER_BUNDLE, _PAIR = 0, 1, 2
"""What is left out at a step of the pairing, or that nothing is."""

_ONE_MORE, _ONE_UNSURE = -(10**12), 10**7
"""A pair more outweighs everything; a payment that is sure outweighs any number of days."""


def _cost(unit: _Lines, bundle: _Rows) -> int | None:
    """What a pair weighs; None when its days are too far apart."""
    days = bundle[0].days_from(unit[0].date)
    return _ONE_MORE + _ONE_UNSURE * _unsure(bundle) + days if days <= WINDOW else None


def _unsure(bundle: _Rows) -> int:
    return sum(row.unsure is not None for row in bundle)


def _first_day(bundle: _Rows) -> date:
    return (bundle[0].due or bundle[0].start) - timedelta(days=WINDOW)


def _last_day(bundle: _Rows) -> date:
    return bundle[0].last + timedelta(days=WINDOW)


def _row_order(row: Expected) -> tuple[object, ...]:
    return row.last, row.agreement, row.contribution, row.kind, row.number, row.start


def _entry_order(entry: LedgerEntry) -> tuple[object, ...]:
    """By day and content; the line's number only tells apart what is the same."""
    words = (entry.number or "", entry.party or "", entry.references, entry.text or "")
    return (entry.date, entry.amount, *words, entry.line)


def _order(outcome: Outcome) -> tuple[object, ...]:
    """By verdict, then by the day of payment, or the latest day of one that is missing."""
    day = outcome.lines[0].date if outcome.lines else outcome.payments[0].last
    rows, lines = map(_row_order, outcome.payments), map(_entry_order, outcome.lines)
    return list(Verdict).index(outcome.verdict), day, [*rows], [*lines]
