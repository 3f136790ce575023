"""What has been found in a paper: facts with their place and quoted words, and questions for a person to decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from iopctl.finding import Route
from iopctl.intake.outline import Said
from iopctl.intake.paper import Paragraph, Place

Certainty = Literal["stated", "uncertain"]
"""`stated`: the words say it, and it is written as a value. `uncertain`: it stays open, as a comment."""

LONGEST_QUOTE = 160


@dataclass(frozen=True, slots=True)
class Fact:
    """One value, or one question about where a value belongs, with the words that it comes from."""

    route: Route
    value: Any
    """None for what is uncertain."""
    quote: str
    place: Place | None
    certainty: Certainty = "stated"
    note: str = ""
    """In Swedish, for the file: how it was read, or what has to be decided."""


@dataclass
class Draft:
    """The facts so far."""

    facts: dict[Route, Fact] = field(default_factory=dict)
    questions: list[Fact] = field(default_factory=list)
    _counts: Counter[Route] = field(default_factory=Counter)

    def put(self, route: Route, value: Any, source: Said | Paragraph | None, note: str = "") -> None:
        """Writes a value that the words state. The first source stays; a second that says otherwise has to be asked."""
        if route not in self.facts:
            self.facts[route] = Fact(route, value, _words(source), source.place if source else None, note=note)

    def ask(self, route: Route, question: str, source: Said | Paragraph | None) -> None:
        """Leaves open what the words do not decide. `route` is the part of the file that it is about."""
        quote = _words(source)
        if not any(each.route == route and each.quote == quote and each.note == question for each in self.questions):
            place = source.place if source else None
            self.questions.append(Fact(route, None, quote, place, "uncertain", question))

    def item(self, *route: str | int) -> Route:
        """The route of one more item of a list."""
        self._counts[route] += 1
        return (*route, self._counts[route] - 1)

    def has(self, *route: str | int) -> bool:
        """Whether there is a value at a route or under it."""
        return any(each[: len(route)] == route for each in self.facts)

    def value(self, *route: str | int) -> Any:
        """The value at a route, or None."""
        found = self.facts.get(route)
        return found.value if found else None

    def items(self, *route: str | int) -> Iterator[Route]:
        """The routes of a list's items that have values."""
        inside = [each[len(route)] for each in self.facts if each[: len(route)] == route and len(each) > len(route)]
        return ((*route, number) for number in sorted({step for step in inside if isinstance(step, int)}))

    def drop(self, route: Route, question: str) -> None:
        """Takes back what stands at a route and under it, and asks instead."""
        gone = [each for key, each in self.facts.items() if key[: len(route)] == route]
        self.facts = {key: each for key, each in self.facts.items() if key[: len(route)] != route}
        if gone:
            first = gone[0]
            self.questions.append(Fact(route, None, first.quote, first.place, "uncertain", question))


def _words(source: Said | Paragraph | None) -> str:
    if source is None:
        return ""
    return source.text if isinstance(source, Said) else source.said
