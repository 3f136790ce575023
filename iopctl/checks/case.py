"""What a rule gets to see, one agreement or all of them, and how a function becomes a rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, partial
from typing import Any, NamedTuple

from iopctl.checks.digest import Digest
from iopctl.compute.instalment import Instalment
from iopctl.compute.payments import payments
from iopctl.compute.timeline import Term, terms
from iopctl.finding import Finding, Route, Rule, Severity, Span
from iopctl.model import Agreement, Pack, Part, Settings, Unknown, Workspace


@dataclass(frozen=True)
class Case:
    """One agreement, the workspace it belongs to, and the day of the check."""

    id: str
    agreement: Agreement
    workspace: Workspace
    as_of: date
    text: str
    """The file's text."""
    personal_numbers: tuple[tuple[Route | None, Span], ...] = ()
    """Where the file has personal numbers, with the route of the value; None in a comment or a key."""

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The agreement's time, decided and proposed."""
        return terms(self.agreement)

    @cached_property
    def term(self) -> Term | None:
        """The last term that is decided; None for an agreement without a period, or one that never began."""
        return next((each for each in reversed(self.terms) if each.decided), None)

    @cached_property
    def public(self) -> frozenset[str]:
        """The ids of the parties that are public bodies."""
        return frozenset(id_ for id_, party in self.agreement.parties.items() if party.public)

    @cached_property
    def idea_based(self) -> frozenset[str]:
        """The ids of the other parties."""
        return frozenset(self.agreement.parties) - self.public

    @property
    def begun(self) -> bool:
        """Whether the agreement has begun."""
        return bool(self.terms) and self.terms[0].start <= self.as_of

    @property
    def ended(self) -> bool:
        """Whether the last day that is decided has passed."""
        return self.term is not None and self.term.end < self.as_of

    @cached_property
    def payments(self) -> tuple[Instalment, ...]:
        """All payments, as they can be reckoned on the day of the check. A rule asks for them only when it must."""
        return payments(self.id, self.agreement, self.workspace.tables, self.as_of)

    @cached_property
    def leaves(self) -> tuple[tuple[Route, str | Unknown], ...]:
        """Every text and every explicit unknown of the agreement, with its route."""
        return tuple(leaves(self.agreement))

    @cached_property
    def texts(self) -> tuple[tuple[Route, str], ...]:
        """Every text. Reasons for acknowledging a finding quote what is wrong, so they are left out."""
        return tuple((route, each) for route, each in self.leaves if type(each) is str and route[0] != "acknowledged")

    @cached_property
    def written_out(self) -> str:
        """All that is written, to see quickly that something is nowhere in it; codes such as \\u00e5 written out."""
        return self.text if "\\" not in self.text else "\n".join(each for _route, each in self.texts)

    @cached_property
    def encoded(self) -> bytes:
        """The same in UTF-8, for quick looks: bytes are put into small letters, or rid of the ordinary, in no time."""
        return self.written_out.encode()

    @cached_property
    def has_unknown(self) -> bool:
        """Whether the agreement may leave anything open."""
        return "unknown" in self.text or "\\" in self.text


def leaves(agreement: Agreement, kinds: Collection[type] = (str, Unknown)) -> Iterator[tuple[Route, Any]]:
    """Every value of these kinds in the agreement, with its route; texts and explicit unknowns when none is named."""
    waiting: list[tuple[Route, Any]] = [((), agreement)]
    while waiting:
        route, value = waiting.pop()
        kind = type(value)
        if kind in kinds:
            yield route, value
        elif kind is tuple:
            waiting += [((*route, number), inner) for number, inner in enumerate(value)]
        elif kind is dict:
            waiting += [((*route, key), inner) for key, inner in value.items()]
        elif isinstance(value, Part):
            keys = _keys(type(value))
            waiting += [((*route, keys[name]), inner) for name, inner in value.__dict__.items() if inner]


@cache
def _keys(part: type[Part]) -> dict[str, str]:
    """The key that each field of a part has in the file."""
    return {name: field.alias or name for name, field in part.model_fields.items()}


@dataclass(frozen=True)
class Portfolio:
    """All agreements of a workspace in brief, and the day of the check."""

    digests: Mapping[str, Digest]
    known: frozenset[str]
    """The ids that an agreement can refer to, those included whose files could not be read."""
    settings: Settings
    as_of: date


class Check(NamedTuple):
    """A rule about one agreement and the function that finds what breaks it."""

    rule: Rule
    find: Callable[[Case], Iterator[Finding]]
    pack: Pack | None = None
    """The set of rules that it belongs to, and has to be chosen with."""


class AcrossCheck(NamedTuple):
    """A rule about several agreements; each finding comes with the id of the agreement it is about."""

    rule: Rule
    find: Callable[[Portfolio], Iterator[tuple[str, Finding]]]
    pack: Pack | None = None


Find = Callable[[Rule, Case], Iterator[Finding]]
FindAcross = Callable[[Rule, Portfolio], Iterator[tuple[str, Finding]]]


def rule(code: str, severity: Severity = Severity.ERROR, pack: Pack | None = None) -> Callable[[Find], Check]:
    """Makes a check of a function: its name is the rule's name."""

    def make(function: Find) -> Check:
        made = named(function, code, severity)
        return Check(made, partial(function, made), pack)

    return make


def across(
    code: str, severity: Severity = Severity.ERROR, pack: Pack | None = None
) -> Callable[[FindAcross], AcrossCheck]:
    """Makes a check of several agreements of a function: its name is the rule's name."""

    def make(function: FindAcross) -> AcrossCheck:
        made = named(function, code, severity)
        return AcrossCheck(made, partial(function, made), pack)

    return make


def named(function: Callable[..., object], code: str, severity: Severity) -> Rule:
    """The rule that a function finds breaches of: its name is the rule's."""
    return Rule(code, function.__name__.replace("_", "-"), severity)
