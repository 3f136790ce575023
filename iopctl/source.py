"""Text → plain values, and the place of every key and value. The only module that knows a YAML library.

Scalars are built from their own text, so that `1200.10` stays exact, `0123` stays text and no YAML version's idea of
truth ("no", "on") ever touches a Swedish word. What makes YAML hard to read or to trust (anchors, aliases, tags,
several documents, duplicate keys, empty values) is refused, with its position.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from _ruamel_yaml import CParser  # type: ignore[import-not-found]  # libyaml; the wheel carries no type stubs
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from iopctl.finding import Excerpt, Finding, Label, Message, Route, Rule, Severity, Span, say

SYNTAX = Rule(
    "FRM003",
    "yaml-syntax",
    Severity.ERROR,
    "The text is not YAML. Nothing after the place can be read, so nothing else is checked in the file.",
)
DUPLICATE_KEY = Rule(
    "FRM004",
    "duplicate-key",
    Severity.ERROR,
    "The same key stands twice in one mapping. YAML would silently keep one of them and lose the other.",
)
FEATURE = Rule(
    "FRM005",
    "yaml-feature",
    Severity.ERROR,
    "Anchors, aliases, tags, several documents in one file and deep nesting are not used in agreements: they hide "
    "what a reader would see, and a few lines of them can fill a computer's memory.",
)
EMPTY_VALUE = Rule(
    "FRM006",
    "empty-value",
    Severity.ERROR,
    "A key without a value could mean 'none', 'not yet' or 'forgotten'. Leave the key out when the agreement does not "
    'say, or write the explicit unknown: {unknown: "what the text says"}.',
)
EMPTY_FILE = Rule("FRM007", "empty-file", Severity.ERROR, "The file has no content.")
RULES = (SYNTAX, DUPLICATE_KEY, FEATURE, EMPTY_VALUE, EMPTY_FILE)

MAX_DEPTH = 20
"""An agreement nests six levels; twenty leaves room and stops a file made to exhaust the reader."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""A date outside these years is a slip of the finger; within them all arithmetic on dates is safe."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(\.[0-9]{1,9})?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_LINE_END = re.compile("\r\n|\n|\r")


class _Node(NamedTuple):
    """The first and last event of a value (libyaml's events carry the marks) and the nodes inside it."""

    first: Any
    last: Any
    inside: dict[str, tuple[Any, _Node]] | list[_Node] | None


class _RefusedError(Exception):
    """Ends the reading of a text: after this finding nothing in it can be trusted."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding


class Text:
    """A text and its positions, as editors count them: YAML also breaks lines at U+2028, which editors do not."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self._line_starts: list[int] | None = None

    def span(self, start: int, end: int) -> Span:
        """The span between two character offsets."""
        line, column = self._position(start)
        end_line, end_column = self._position(max(start, end))
        return Span(line, column, end_line, end_column)

    def excerpt(self, label: Label) -> Excerpt:
        """The line a label points at, with the exact stretch of it."""
        span = self._where(label)
        starts = self._starts()
        start = starts[span.line - 1]
        end = starts[span.line] if span.line < len(starts) else len(self.text)
        return Excerpt(self.file, span, self.text[start:end].rstrip("\r\n"), label.message)

    def _where(self, label: Label) -> Span:
        assert isinstance(label.where, Span)  # a route needs a text that has been read: Source
        return label.where

    def _starts(self) -> list[int]:
        if self._line_starts is None:
            self._line_starts = [0, *(found.end() for found in _LINE_END.finditer(self.text))]
        return self._line_starts

    def _position(self, offset: int) -> tuple[int, int]:
        starts = self._starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1


class Source(Text):
    """A text that has been read: its values, what was wrong with it and, on demand, the place of any route."""

    def __init__(self, file: str, text: str) -> None:
        super().__init__(file, text)
        self.findings: list[Finding] = []
        self.values: Any = None
        self._root: _Node | None = None
        reader = _Reader(self)
        try:
            values, self._root = reader.document()
        except _RefusedError as refused:
            self.findings.append(refused.finding)
        except YAMLError as error:
            self.findings.append(self._syntax_error(error))
        else:
            self.findings += reader.findings
            if not self.findings:
                self.values = values

    def _where(self, label: Label) -> Span:
        if isinstance(label.where, Span):
            return label.where
        key, node = self._node(label.where)
        if node is None:
            return self.span(0, 0)
        if key is not None and (label.on_key or node.inside is not None):
            return self.span(key.start_mark.index, key.end_mark.index)
        start, end = node.first.start_mark.index, node.last.end_mark.index
        if label.needle is not None and (found := self.text.find(label.needle, start, end)) >= 0:
            return self.span(found, found + len(label.needle))
        if (
            node.inside is not None
        ):  # the whole file, or a list item that holds keys: its first line is enough to find it
            end = min(end, _line_end(self.text, start))
        return self.span(start, end)

    def _node(self, route: Route) -> tuple[Any, _Node | None]:
        """The key's event and the node at a route, or at the nearest part of the route that the text has."""
        key, node = None, self._root
        for step in route:
            inside = node.inside if node else None
            if isinstance(inside, dict) and step in inside:
                key, node = inside[str(step)]
            elif isinstance(inside, list) and isinstance(step, int) and step < len(inside):
                key, node = None, inside[step]
            else:
                break
        return key, node

    def _syntax_error(self, error: YAMLError) -> Finding:
        if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
            return Finding(SYNTAX, say("the text is not valid YAML"), (Label(self.span(0, 1)),))
        offset = min(error.problem_mark.index, len(self.text))
        message, advice = _explain(str(error.problem or ""), self.text, offset)
        labels = [Label(self.span(offset, offset + 1))]
        begun = error.context_mark
        if begun is not None and begun.line < error.problem_mark.line:
            labels.append(Label(self.span(begun.index, begun.index + 1), say("what is being read began here")))
        return Finding(SYNTAX, message, tuple(labels), advice)


class _Reader:
    """Builds values and nodes from libyaml's events; recursion is bounded by MAX_DEPTH."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings: list[Finding] = []
        self.next: Any = None

    def document(self) -> tuple[Any, _Node]:
        text = self.source.text
        if control := _CONTROL.search(text):
            code = say("the character {code} cannot be shown and is not allowed here", code=f"U+{ord(control[0]):04X}")
            raise self._refusal(SYNTAX, control.start(), control.end(), code, say("remove it"))
        self.next = CParser(text).get_event
        self.next()  # the stream's start
        if type(self.next()) is StreamEndEvent:
            raise _RefusedError(
                Finding(EMPTY_FILE, say("the file is empty"), help=say("write the agreement, or remove the file"))
            )
        result = self._value(self.next(), (), 0)
        self.next()  # the document's end
        more = self.next()
        if type(more) is not StreamEndEvent:
            message, advice = say("a second document starts here"), say("write one agreement in each file")
            raise self._refusal(FEATURE, more.start_mark.index, more.start_mark.index + 3, message, advice)
        return result

    def _value(self, event: Any, route: Route, depth: int) -> tuple[Any, _Node]:
        kind = type(event)
        if kind is AliasEvent or event.anchor is not None or event.tag is not None or depth > MAX_DEPTH:
            raise self._feature(event)
        if kind is ScalarEvent:
            value = self._scalar(event, route)
            return value, _Node(event, event, None)
        if kind is MappingStartEvent:
            return self._mapping(event, route, depth)
        return self._sequence(event, route, depth)

    def _mapping(self, first: Any, route: Route, depth: int) -> tuple[Any, _Node]:
        values: dict[str, Any] = {}
        nodes: dict[str, tuple[Any, _Node]] = {}
        take = self.next
        while type(key := take()) is not MappingEndEvent:
            name = self._key(key)
            value, node = self._value(take(), (*route, name), depth + 1)
            if name in nodes:
                self._duplicate(name, nodes[name][0], key)
            else:
                values[name] = value
                nodes[name] = (key, node)
        return values, _Node(first, key, nodes)

    def _sequence(self, first: Any, route: Route, depth: int) -> tuple[Any, _Node]:
        values: list[Any] = []
        nodes: list[_Node] = []
        take = self.next
        while type(event := take()) is not SequenceEndEvent:
            value, node = self._value(event, (*route, len(values)), depth + 1)
            values.append(value)
            nodes.append(node)
        return tuple(values), _Node(first, event, nodes)

    def _key(self, event: Any) -> str:
        """A key's name in composed form, so that an Å typed as two characters is the same key."""
        if type(event) is not ScalarEvent or event.anchor is not None or event.tag is not None:
            if type(event) in (MappingStartEvent, SequenceStartEvent):
                message = say("a key must be a plain word, not a list or a mapping")
                advice = say("if braces were meant as text, put the text in quotation marks")
                index = event.start_mark.index
                raise self._refusal(SYNTAX, index, index + 1, message, advice)
            raise self._feature(event)
        name: str = event.value
        return name if name.isascii() else unicodedata.normalize("NFC", name)

    def _scalar(self, event: Any, route: Route) -> Any:
        """Text, unless it stands without quotation marks and is an exact number, a possible date, true or false."""
        text: str = event.value
        if not event.implicit[0]:
            return text
        first = text[:1]
        if first.isdigit() or first == "-":
            if number := _NUMBER.fullmatch(text):
                return Decimal(text) if number[1] else int(text)
            if _DATE.fullmatch(text) and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
                try:
                    return date.fromisoformat(text)
                except ValueError:
                    return text  # the field that wanted a date says what is wrong with it
        elif text == "true":
            return True
        elif text == "false":
            return False
        elif text in ("", "~", "null"):
            advice = say("leave the key out, or write {example}", example='{unknown: "…"}')
            label = Label(self._span_of(event), say("nothing stands here"))
            self.findings.append(Finding(EMPTY_VALUE, _empty(route), (label,), advice))
        return text

    def _duplicate(self, name: str, earlier: Any, later: Any) -> None:
        labels = (
            Label(self._span_of(later), say("again here")),
            Label(self._span_of(earlier), say("first here")),
        )
        message = say("the key {key} stands twice", key=name)
        self.findings.append(Finding(DUPLICATE_KEY, message, labels, say("keep one of them")))

    def _feature(self, event: Any) -> _RefusedError:
        start, end = event.start_mark.index, event.end_mark.index
        if type(event) is AliasEvent:
            message, advice = (
                say("an alias (*{name}) is not used in agreements", name=event.anchor),
                say("write out what it refers to"),
            )
        elif event.anchor is not None:
            message, advice = (
                say("an anchor (&{name}) is not used in agreements", name=event.anchor),
                say("remove it, or put the text in quotation marks"),
            )
            end = start + 1 + len(event.anchor)
        elif event.tag is not None:
            message, advice = (
                say("a tag ({tag}) is not used in agreements", tag=event.tag),
                say("remove it, or put the text in quotation marks"),
            )
            end = start + 1
        else:
            message, advice = (
                say("more than {count} levels inside each other", count=MAX_DEPTH),
                say("an agreement needs at most six"),
            )
            end = start + 1
        return self._refusal(FEATURE, start, end, message, advice)

    def _refusal(self, rule: Rule, start: int, end: int, message: Message, advice: Message) -> _RefusedError:
        return _RefusedError(Finding(rule, message, (Label(self.source.span(start, end)),), advice))

    def _span_of(self, event: Any) -> Span:
        start = event.start_mark.index
        return self.source.span(start, event.end_mark.index if event.value else start)


def _line_end(text: str, start: int) -> int:
    found = _LINE_END.search(text, start)
    return found.start() if found else len(text)


def _empty(route: Route) -> Message:
    names = [step for step in route if isinstance(step, str)]
    return say("the key {key} has no value", key=names[-1]) if names else say("the file has no content")


def _explain(problem: str, text: str, offset: int) -> tuple[Message, Message | None]:
    """libyaml's reason in plain words, with the usual cause; its own words only where no cause is known."""
    if "tab character" in problem or text[offset : offset + 1] == "\t":
        return say("a tab stands where spaces are expected"), say("indent with spaces only")
    if "mapping values are not allowed" in problem:
        return (
            say("a colon stands where a value was expected to go on or end"),
            say("put a text that contains a colon in quotation marks, and check the line's indentation"),
        )
    if "expected ':'" in problem:
        return say("a key without a colon"), say("write “key: value”, with a space after the colon")
    if "cannot start any token" in problem:
        return (
            say("a value cannot begin with the character {character}", character=text[offset : offset + 1]),
            say("put the value in quotation marks"),
        )
    if "unexpected end of stream" in problem:
        return say("a quotation mark is opened and never closed"), say("close it, or remove it")
    if "',' or" in problem:
        return (
            say("a bracket or brace is opened and not closed"),
            say("close it, or put a text that begins with a bracket in quotation marks"),
        )
    if "unknown escape character" in problem:
        return (
            say("a backslash inside double quotation marks starts a code that does not exist"),
            say("use single quotation marks around text with a backslash"),
        )
    if "did not find expected key" in problem or "block end" in problem or "expected '-'" in problem:
        return say("the line is indented differently from its neighbours"), say(
            "align it with the lines it belongs with"
        )
    return say("the text is not valid YAML here ({reason})", reason=problem), None
