"""What is known of an agreement: every value that it gives, that pay reckons, or that its draft states."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from iopctl.checks.case import leaves
from iopctl.compute.calendar import length_between
from iopctl.compute.payments import payments
from iopctl.compute.timeline import FAR, terms
from iopctl.finding import Label, Message, Route, say
from iopctl.lint import numbers
from iopctl.lint.days import days, lengths, ranges
from iopctl.lint.paper import Paper
from iopctl.model import Agreement, ChangeRow, Decision, Length, PartialDate, Workspace
from iopctl.model.base import DayOfYear

V = TypeVar("V", bound=Hashable)


class Origin(NamedTuple):
    """Where a known value comes from."""

    source: Message
    """Said after the value: `946 995 kr, the amount for 2021`."""
    agreement: str | None = None
    route: Route | None = None
    """Where the agreement gives it."""

    @property
    def labels(self) -> tuple[Label, ...]:
        """Points at where the agreement gives it."""
        return () if self.route is None else (Label(self.route, agreement=self.agreement),)


class Values(Generic[V]):
    """The known values of one kind, the first origin of each."""

    def __init__(self) -> None:
        self.origins: dict[V, Origin] = {}

    def add(self, value: V, origin: Origin) -> None:
        """One more; what is known already keeps its origin."""
        self.origins.setdefault(value, origin)

    def __contains__(self, value: V) -> bool:
        return value in self.origins


@dataclass(frozen=True)
class Known:
    """The values by kind."""

    amounts: Values[Decimal] = field(default_factory=Values)
    years: dict[Decimal, set[int]] = field(default_factory=lambda: defaultdict(set))
    """The years that an amount is reckoned for."""
    days: Values[date] = field(default_factory=Values)
    months: set[tuple[int, int]] = field(default_factory=set)
    yearly: set[tuple[int, int]] = field(default_factory=set)
    """Days that come back every year, as month and day."""
    stretches: dict[tuple[date, date], Origin] = field(default_factory=dict)
    lengths: set[Length] = field(default_factory=set)
    percentages: Values[str] = field(default_factory=Values)
    organisation_numbers: Values[str] = field(default_factory=Values)
    paragraphs: Values[str] = field(default_factory=Values)
    case_numbers: Values[str] = field(default_factory=Values)
    names: Mapping[str, bool] = field(default_factory=dict)
    """What parties, boards, units and persons are called; whether it may stand in small letters."""
    words: frozenset[str] = frozenset()
    """Every word of the agreement and of its draft, in small letters."""


_IN_AGREEMENT = say("which the agreement gives")
_IN_EARLIER = say("which the agreement before it gives")
_IN_DRAFT = say("which the document has when it is drafted now")
_IN_SETTINGS = say("which iopctl.yaml gives")
_IN_INDEX = say("which the index tables give")


def known(id_: str, workspace: Workspace, fresh: Paper, as_of: date, more: Iterable[date] = ()) -> Known:
    """All that is known of an agreement on a day. `fresh` is the document as it is drafted now."""
    found = Known()
    agreement = workspace.agreements[id_]
    _stated(found, id_, agreement, _IN_AGREEMENT)
    _reckoned(found, id_, workspace, as_of)
    texts = list(_texts(agreement))
    before = workspace.agreements.get(agreement.replaces or "")
    if before is not None:
        _stated(found, agreement.replaces or "", before, _IN_EARLIER)
        texts += _texts(before)
    for day in more:
        found.days.add(day, Origin(_IN_DRAFT))
    for block in fresh.blocks:
        _written(found, block.text, Origin(_IN_DRAFT))
    for text in texts:
        _written(found, text, Origin(_IN_AGREEMENT))
    found.lengths.update(length_between(first, last) for first, last in found.stretches)
    _settings(found, workspace)
    words = {word.lower() for text in (*texts, *(each.text for each in fresh.blocks)) for word in _WORD.findall(text)}
    return Known(**{**found.__dict__, "names": dict(_names(agreement, workspace)), "words": frozenset(words)})


def _texts(agreement: Agreement) -> Iterator[str]:
    """Every text; reasons for acknowledging a finding quote what is wrong, so they are left out."""
    return (text for route, text in leaves(agreement, (str,)) if route[0] != "acknowledged")


_WORD = re.compile(r"[^\W\d_]+")


def _reckoned(found: Known, id_: str, workspace: Workspace, as_of: date) -> None:
    """What pay shows: the amounts with their years, and the days of payment."""
    agreement = workspace.agreements[id_]
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for row in payments(id_, agreement, workspace.tables, as_of):
        origin = Origin(say("the amount for {year}", year=str(row.year)))
        for amount in (row.amount, row.right, row.entitled.rounded if row.entitled else None):
            if amount is not None:
                found.amounts.add(abs(amount), origin)
                found.years[abs(amount)].add(row.year)
        for day in (row.due, row.start, row.end):
            if day is not None:
                found.days.add(day, Origin(say("a day of the payments")))
        found.stretches.setdefault((row.start, row.end), origin)
        sums[row.year] += row.amount or 0
        for step in row.entitled.steps if row.entitled else ():
            for figure in step.figures:
                if figure.row is None or isinstance(figure.row, ChangeRow):
                    found.percentages.add(_percent(figure.value), Origin(_IN_INDEX))
    for year, amount in sums.items():
        found.amounts.add(amount, Origin(say("what is paid for {year}", year=str(year))))
        found.years[amount].add(year)


def _percent(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


_SHARES = {"percent", "share", "share_of_amount", "share_of_change", "weight"}
"""Keys of numbers that are percent, and so no amounts."""


def _stated(found: Known, id_: str, agreement: Agreement, source: Message) -> None:
    """What stands in the agreement's keys."""
    for route, value in leaves(agreement, (Decimal, date, PartialDate, DayOfYear, Length, int)):
        origin = Origin(source, id_, route)
        match value:
            case Decimal() | int():
                if route[-1] not in _SHARES:
                    found.amounts.add(Decimal(value), origin)
                found.percentages.add(_percent(Decimal(value)), origin)
            case date():
                found.days.add(value, origin)
            case PartialDate(year, month) if month:
                found.months.add((year, month))
            case DayOfYear(month, day):
                found.yearly.add((month, day))
            case Length():
                found.lengths.add(value)
    for id_of_party, party in agreement.parties.items():
        if isinstance(party.organisation_number, str):
            origin = Origin(source, id_, ("parties", id_of_party, "organisation_number"))
            found.organisation_numbers.add(party.organisation_number, origin)
    _runs(found, id_, agreement, source)
    _decided(found, id_, agreement, source)


def _runs(found: Known, id_: str, agreement: Agreement, source: Message) -> None:
    spans = terms(agreement)
    for number, term in enumerate(spans):
        found.days.add(term.start, Origin(source, id_, term.route))
        for later in spans[number:]:  # an extension carries on from the period: both together are a stretch too
            if later.end != FAR:
                found.stretches.setdefault((term.start, later.end), Origin(source, id_, later.ends_at))


def _decided(found: Known, id_: str, agreement: Agreement, source: Message) -> None:
    for number, decision in enumerate(agreement.decisions):
        for key in ("paragraph", "dnr"):
            value = getattr(decision, key)
            kind = found.paragraphs if key == "paragraph" else found.case_numbers
            if isinstance(value, str):
                kind.add(value, Origin(source, id_, ("decisions", number, key)))
    numbers_of = [(agreement.dnr, ("dnr",))]
    numbers_of += [(part.dnr, ("documents", kind, "dnr")) for kind, part in agreement.documents.items()]  # type: ignore[misc]
    for dnr, route in numbers_of:
        if isinstance(dnr, str):
            found.case_numbers.add(dnr, Origin(source, id_, route))


def _written(found: Known, text: str, origin: Origin) -> None:
    """What stands in a text."""
    plain = numbers.without_addresses(text)
    for amount in numbers.amounts(plain):
        found.amounts.add(amount.kronor, origin)
    for day in days(plain):
        match day.value:
            case date():
                found.days.add(day.value, origin)
            case PartialDate(year, month) if month:
                found.months.add((year, month))
            case DayOfYear(month, number):
                found.yearly.add((month, number))
    for stretch in ranges(plain):
        found.stretches.setdefault((stretch.first, stretch.last), origin)
    found.lengths.update(each.length for each in lengths(plain))
    for kind, find in _KINDS:
        for each in find(plain):
            getattr(found, kind).add(each.value, origin)


_KINDS: tuple[tuple[str, Callable[[str], Iterator[numbers.Written]]], ...] = (
    ("percentages", numbers.percentages),
    ("organisation_numbers", numbers.organisation_numbers),
    ("paragraphs", numbers.paragraphs),
    ("case_numbers", numbers.case_numbers),
)


def _settings(found: Known, workspace: Workspace) -> None:
    settings = workspace.settings
    if settings.organisation_number:
        found.organisation_numbers.add(settings.organisation_number, Origin(_IN_SETTINGS))
    for board in settings.boards:
        for meeting in board.meetings:
            found.days.add(meeting.date, Origin(_IN_SETTINGS))


def _names(agreement: Agreement, workspace: Workspace) -> Iterator[tuple[str, bool]]:
    """Proper names, and those of boards and units, which stand in small letters inside a sentence."""
    for party in agreement.parties.values():
        small = [party.board, party.administration, party.name if party.public else None]
        small += [name for each in party.renamed for name in (each.name, each.board, each.administration)]
        yield from ((name, True) for name in small if isinstance(name, str))
        large = [party.name, party.organisation, *(each.name for each in party.contacts)]
        yield from ((name, False) for name in large if isinstance(name, str) and name not in small)
    people = [each.name for each in agreement.signatures] + [
        each.name for forum in agreement.forums for each in forum.members
    ]
    for part in agreement.documents.values():
        people += [part.case_officer, *(each.name for each in part.recipients)]
        people += [each.organisation for each in part.recipients]
    yield from ((name, False) for name in people if isinstance(name, str))
    decided: Iterable[Decision] = agreement.decisions
    yield from ((each.body, True) for each in decided if isinstance(each.body, str))
    yield from ((board.name, True) for board in workspace.settings.boards)
