"""Facts → the text of an agreement's file: values in the format's order, sources as comments, open questions first.

The comments are content, and Swedish as the rest of the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from textwrap import wrap
from typing import Any

from iopctl import layout
from iopctl.finding import Route, shown_route
from iopctl.intake.case import Case
from iopctl.intake.facts import LONGEST_QUOTE, Fact
from iopctl.intake.outline import sentences
from iopctl.intake.paper import REFERENCE, Paragraph, Place
from iopctl.layout import Remarked, Value
from iopctl.model import PartialDate
from iopctl.personal import masked

LINE = 94
"""Characters of a line of Markdown with several paragraphs."""

Keys = Callable[[Route], Sequence[str]]
"""The keys of the mapping at a route, in the order of the format."""

Source = tuple[Place, str]
"""Where a value comes from: its place and the quoted words."""


def file_text(case: Case, name: str, keys: Keys) -> str:
    """The whole file; `name` is that of the paper."""
    tree = _tree(case.draft.facts)
    writer = _Writer(keys, case.draft.questions)
    top = writer.mapping(tree, (), None)
    values = "\n".join(_apart(layout.entries(top)))
    body = f"{values}\n"
    rest = "\n".join(_unplaced(case, body))
    return masked(f"{_head(case, name)}\n\n{body}{rest}")


# -- values with remarks -----------------------------------------------------------------------------------------------


@dataclass
class _Node:
    """What stands at a route: a fact, or what is under it."""

    fact: Fact | None = None
    inner: dict[str | int, _Node] = field(default_factory=dict)

    def facts(self) -> Iterator[Fact]:
        """The facts under it."""
        if self.fact is not None:
            yield self.fact
        for each in self.inner.values():
            yield from each.facts()


def _tree(facts: Mapping[Route, Fact]) -> _Node:
    top = _Node()
    for route, fact in facts.items():
        node = top
        for step in route:
            node = node.inner.setdefault(step, _Node())
        node.fact = fact
    return top


@dataclass
class _Writer:
    """Puts the values in order, each source above what it is the source of."""

    keys: Keys
    questions: Sequence[Fact]

    def mapping(self, node: _Node, route: Route, known: Source | None) -> dict[str, Value]:
        """A mapping's keys in the format's order; a question about a key that has no value stands in its place."""
        under = [each.route for each in self.questions if each.route[: len(route)] == route]
        asked = {each[len(route)] for each in under if len(each) > len(route)}
        order = [*self.keys(route), *node.inner]
        found: dict[str, Value] = {}
        before = known
        for name in dict.fromkeys(each for each in order if each in node.inner or each in asked):
            inner = node.inner.get(name, _Node())
            found[str(name)] = self.value(inner, (*route, name), known, before)
            source = _source(inner.fact) if inner.fact is not None else None
            before = source or before
        return found

    def value(self, node: _Node, route: Route, known: Source | None, before: Source | None = None) -> Value:
        """A value with its remarks. `known` is the source said above it, `before` that of the last key."""
        asked = [_question(each) for each in self.questions if each.route == route]
        if node.fact is not None:
            return self._single(node.fact, asked, {known, before})
        common = self._first_source(node, route) if _has_one_source(node, route) else None
        said = [_said(common, node)] if common is not None and common != known else []
        inner: Value
        if node.inner and all(isinstance(step, int) for step in node.inner):
            inner = [self.value(node.inner[step], (*route, step), common or known) for step in sorted(node.inner)]
        elif node.inner:
            inner = self.mapping(node, route, common or known)
        else:
            under = [each for each in self.questions if each.route[: len(route)] == route]
            return Remarked(None, tuple(_question(each, f" i {_about(each.route)}") for each in under))
        return Remarked(inner, (*asked, *said)) if said or asked else inner

    def _first_source(self, node: _Node, route: Route) -> Source | None:
        """The source of the first value under a node that has one: what stands below it is compared with that."""
        if node.fact is not None:
            return _source(node.fact)
        order = dict.fromkeys([*(key for key in self.keys(route) if key in node.inner), *node.inner])
        found = (self._first_source(node.inner[name], (*route, name)) for name in order)
        return next((each for each in found if each is not None), None)

    def _single(self, fact: Fact, asked: list[str], known: set[Source | None]) -> Value:
        source, value = _source(fact), _plain(fact.value)
        said = [_said(source, _Node(fact))] if source is not None and source not in known else []
        return Remarked(value, (*asked, *said), fact.note or None) if said or asked or fact.note else value


def _has_one_source(node: _Node, route: Route) -> bool:
    """Whether what is under a route is one thing, with one source above it: an item, a party, the period."""
    if not node.inner or not route or isinstance(next(iter(node.inner)), int):
        return False
    return (
        route[0] != "documents" and route not in (("parties",), ("texts",), ("footnotes",), ("grounds",))
    ) or isinstance(route[-1], int)


def _source(fact: Fact) -> Source | None:
    return (fact.place, fact.quote) if fact.place is not None else None


def _plain(value: Any) -> Value:
    if isinstance(value, PartialDate):
        return value.year if value.month is None else str(value)
    if isinstance(value, str) and "\n" in value:
        return "\n".join(row for line in value.split("\n") for row in _folded(line))
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return value  # type: ignore[no-any-return]  # what the readers put is a Value


def _folded(line: str) -> list[str]:
    """A paragraph of Markdown in lines; those of an item are indented."""
    inner = "  " if line.startswith("- ") else ""
    return wrap(line, LINE, subsequent_indent=inner, break_long_words=False, break_on_hyphens=False) or [""]


def place_words(place: Place | None) -> str:
    """`s. 2, stycke 14`, `rad 12`."""
    if place is None:
        return ""
    page = [f"s. {place.page}"] if place.page else []
    line = [f"rad {place.line}"] if place.line else []
    return ", ".join([*page, *(line or [f"stycke {place.paragraph}"])])


def _where(place: Place, quote: str) -> str:
    return f'källa: {place_words(place)}: "{_shortened(quote)}"'


def _said(source: Source, node: _Node) -> str:
    """The source of a value; its words are not repeated when they are among the values."""
    place, quote = source
    texts = [str(fact.value) for fact in node.facts() if isinstance(fact.value, str)]
    there = any(_words(quote) in _words(text) for text in texts)
    return f"källa: {place_words(place)}" if there else _where(place, quote)


def _question(each: Fact, about: str = "") -> str:
    """What is open; `about` says where, when nothing of it is in the file."""
    quoted = f'; {place_words(each.place)}: "{_shortened(each.quote)}"' if each.quote else ""
    return f"öppet{about}: {each.note}{quoted}"


def _shortened(quote: str) -> str:
    plain = " ".join(quote.split())
    return plain if len(plain) <= LONGEST_QUOTE else plain[: LONGEST_QUOTE - 1].rsplit(" ", 1)[0] + " …"


def _apart(lines: Sequence[str]) -> Iterator[str]:
    """A blank line above each part of the file."""
    parts = re.compile(
        r"(?:parties|period|decisions|contributions|total|duties|forums|grounds|clauses|texts|footnotes"
        r"|signatures|documents|log):"
    )
    for number, line in enumerate(lines):
        begins = parts.match(line) is not None
        remark = line.startswith("#") and _next_key(lines, number, parts)
        above = lines[number - 1] if number else ""
        if number and (begins or remark) and not above.startswith("#"):
            yield ""
        yield line


def _next_key(lines: Sequence[str], number: int, parts: re.Pattern[str]) -> bool:
    """Whether a comment is about a part of the file."""
    rest = next((line for line in lines[number:] if not line.startswith("#")), "")
    return parts.match(rest) is not None


# -- the head, and what has no place -----------------------------------------------------------------------------------


def _head(case: Case, name: str) -> str:
    lines = [
        f"Inläst ur {name} med iopctl import. Läs mot källan innan filen används.",
        'Efter "källa" står var uppgiften finns och källans ord; det som inte är säkert har inte skrivits in.',
    ]
    asked = [f"- {_about(each.route)}: {each.note}" for each in case.draft.questions]
    lines += ["Öppet att avgöra:", *dict.fromkeys(asked)] if asked else ["Inget har lämnats öppet."]
    return "\n".join(layout.entry("x", Remarked(None, tuple(lines)), 0))


def _about(route: Route) -> str:
    return shown_route(route)


def _unplaced(case: Case, body: str) -> Iterator[str]:
    """The paper's words that are not in the file yet, so that none is lost."""
    there = _words(re.sub(r"^\s*#\s?", " ", body, flags=re.MULTILINE))
    rows = [
        f"{place_words(each.place)}: {text}" for each in case.outline.paper.paragraphs for text in _left(each, there)
    ]
    if rows:
        yield ""
        yield "# Källans ord som inte står ovan:"
        for row in rows:
            yield from layout.entry("x", Remarked(None, (row,)), 0)
    yield ""


def _left(each: Paragraph, there: str) -> Iterator[str]:
    """The sentences of a paragraph that the file does not have."""
    kept = [text for text in sentences(each.text) if not _words(text) or f" {_words(text)} " not in f" {there} "]
    text = " ".join(kept)
    if _words(text):
        yield f"rubriken {text}" if each.kind == "heading" else text


def _words(text: str) -> str:
    """The words alone, to be compared."""
    return " ".join(re.findall(r"[^\W_]+", REFERENCE.sub(" ", text).casefold()))
