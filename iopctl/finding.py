"""The shared nouns of everything iopctl has to say about a file.

A rule speaks in routes ("contributions", 0, "amount"); the source that kept the positions turns them into spans
when, and only when, somebody is going to look at them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from iopctl.personal import masked

Route = tuple[str | int, ...]
"""The way from the top of a file to a value: keys by name, list items by number from 0."""


def shown_route(route: Route) -> str:
    """A route as people read and write it: `contributions[0].amount`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in route).lstrip(".")


class Span(NamedTuple):
    """A stretch of text; lines and columns count from 1 and columns count characters. The end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Severity(StrEnum):
    """How much a finding weighs: an error fails the run, a warning does so with --strict, information never."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be put into the reader's language: an English template and the values that go into it."""

    template: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in kronor inside a message."""

    kronor: Decimal


Value = str | int | Decimal | date | Money | Message


def say(template: str, **values: Value) -> Message:
    """A message from its English template; the catalogues in locale/ are collected from the calls of this function."""
    return Message(template, values)


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong, with a code that never changes its meaning. Its page is manual/<CODE>.yaml."""

    code: str
    name: str
    severity: Severity


UNREAD = ("FRM", "INT")
"""How the codes begin of what is wrong with a file that could not be read, or judged. It has not been asked for
anything else, so this is always said."""


@dataclass(frozen=True, slots=True)
class Label:
    """A place in a file and what is to be said about it. `where` is a span only when the text could not be read."""

    where: Route | Span
    message: Message | None = None
    on_key: bool = False
    """Point at the key and not at its value."""
    agreement: str | None = None
    """The id of the agreement whose file is meant, when it is another than the finding's own."""
    needle: str | None = None
    """Point at these words inside the value."""
    hidden: bool = False
    """Do not show what stands there: it may be personal."""


@dataclass(frozen=True, slots=True)
class Fix:
    """What to write in a place instead of what stands there, where only one thing can be meant."""

    where: Label
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is, or may be, wrong. The first label is the place; the others show what it contradicts."""

    rule: Rule
    message: Message
    labels: tuple[Label, ...] = ()
    help: Message | None = None
    """The next step, when there is one to name."""
    severity: Severity | None = None
    """Set when this finding weighs differently from its rule."""
    acknowledged: str | None = None
    """The reason written in the agreement for why this stays as it is."""
    fix: Fix | None = None
    """How check --fix mends it; only where nothing that the file means changes."""

    @property
    def weight(self) -> Severity:
        """The finding's own severity, else its rule's."""
        return self.severity or self.rule.severity

    def fails_run(self, *, strict: bool = False) -> bool:
        """Whether it fails the run: an error that nobody has acknowledged, or, when strict, such a warning."""
        failing = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
        return self.weight in failing and self.acknowledged is None


class Crowd:
    """The findings in one file: a hundred of each rule, and at the next place how many more there are.

    What is wrong twenty thousand times is one mistake of one program; nobody reads past the first few.
    """

    MOST = 100

    def __init__(self) -> None:
        self._kept: list[Finding] = []
        self._counts: dict[Rule, int] = {}
        self._next: dict[Rule, Label] = {}

    def add(self, rule: Rule, label: Label, make: Callable[[], Finding]) -> None:
        """One more; it is not made when nobody would see it, since a suggestion takes its time."""
        count = self._counts[rule] = self._counts.get(rule, 0) + 1
        if count <= self.MOST:
            self._kept.append(make())
        else:
            self._next.setdefault(rule, label)

    def all(self) -> list[Finding]:
        """What is to be shown."""
        return self._kept + [
            Finding(rule, say("and {count} more of the same kind", count=self._counts[rule] - self.MOST), (label,))
            for rule, label in self._next.items()
        ]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The line of text that a label points at."""

    file: str
    span: Span
    text: str
    message: Message | None = None
    heading: str | None = None
    """Of a Word file, whose lines are its paragraphs: the heading above it, or nothing. None for a file with lines."""

    @property
    def has_line(self) -> bool:
        """Whether an editor can go to it by its line."""
        return self.heading is None


class Edit(NamedTuple):
    """New words for a stretch of text."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding and where a person can see it. A file that cannot be read has no excerpts."""

    finding: Finding
    file: str
    excerpts: tuple[Excerpt, ...] = ()
    edit: Edit | None = None
    """The finding's fix, in its place."""

    @property
    def route(self) -> str:
        """The place in the agreement's own terms, as an acknowledgement names it; empty where there is none."""
        where = self.finding.labels[0].where if self.finding.labels else ()
        return "" if isinstance(where, Span) else masked(shown_route(where))  # an id can be a personal number
