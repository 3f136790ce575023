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
from typing import Any

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
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

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


class _Composer(CParser):  # type: ignore[misc]  # untyped
    """libyaml's tree of a text, for its marks only; what the scalars mean is not its business."""

    def descend_resolver(self, _parent: Any, _index: Any) -> None: ...

    def ascend_resolver(self) -> None: ...

    def resolve(self, _kind: Any, _value: Any, _implicit: Any) -> str:
        return ""


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
        self.values: Any = None
        self._tree: Any = None
        reader = _Reader(self)
        try:
            values = reader.document()
        except _RefusedError as refused:
            self.findings = [refused.finding]
        except YAMLError as error:
            self.findings = [self._syntax_error(error)]
        else:
            self.findings = reader.findings
            if not self.findings:
                self.values = values

    def _where(self, label: Label) -> Span:
        if isinstance(label.where, Span):
            return label.where
        key, value = self._nodes(label.where)
        if key is not None and (label.on_key or not isinstance(value, ScalarNode)):
            return self.span(key.start_mark.index, key.end_mark.index)
        start, end = value.start_mark.index, value.end_mark.index
        if label.needle is not None and (found := self.text.find(label.needle, start, end)) >= 0:
            return self.span(found, found + len(label.needle))
        if not isinstance(value, ScalarNode):  # the file itself, or a list item with keys: its first line is enough
            end = min(end, _line_end(self.text, start))
        return self.span(start, end)

    def _nodes(self, route: Route) -> tuple[Any, Any]:
        """The nodes of the key and the value at a route, or at the nearest part of the route that the text has."""
        key, value = None, self._root()
        for step in route:
            if isinstance(value, MappingNode):
                found = next((pair for pair in value.value if _name(pair[0]) == step), None)
            elif isinstance(value, SequenceNode) and isinstance(step, int) and step < len(value.value):
                found = (None, value.value[step])
            else:
                found = None
            if found is None:
                break
            key, value = found
        return key, value

    def _root(self) -> Any:
        """Most files are sound and nobody asks for a place, so the tree is made for the first label that is shown."""
        if self._tree is None:
            self._tree = _Composer(self.text).get_single_node()
        return self._tree

    def first_of(self, name: str, index: int) -> Span:
        """Where the key that stands again at an offset stood first in the same mapping."""
        waiting = [self._root()]
        while waiting:
            node = waiting.pop()
            if isinstance(node, MappingNode):
                keys = [key for key, _value in node.value]
                if any(key.start_mark.index == index for key in keys):
                    first = next(key for key in keys if _name(key) == name)
                    return self.span(first.start_mark.index, first.end_mark.index)
                waiting += [value for _key, value in node.value]
            elif isinstance(node, SequenceNode):
                waiting += node.value
        return self.span(index, index)

    def _control_character(self) -> Finding:
        """libyaml refuses a text with control characters before it has any position to give."""
        found = _CONTROL.search(self.text)
        code = f"U+{ord(found[0]):04X}" if found else "?"
        start = found.start() if found else 0
        message = say("the character {code} cannot be shown and is not allowed here", code=code)
        return Finding(SYNTAX, message, (Label(self.span(start, start + 1)),), say("remove it"))

    def _syntax_error(self, error: YAMLError) -> Finding:
        if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
            return self._control_character()
        offset = min(error.problem_mark.index, len(self.text))
        message, advice = _explain(str(error.problem or ""), self.text, offset)
        labels = [Label(self.span(offset, offset + 1))]
        begun = error.context_mark
        if begun is not None and begun.line < error.problem_mark.line:
            labels.append(Label(self.span(begun.index, begun.index + 1), say("what is being read began here")))
        return Finding(SYNTAX, message, tuple(labels), advice)


class _Reader:
    """Builds values from libyaml's events; recursion is bounded by MAX_DEPTH."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings: list[Finding] = []
        self.next: Any = None

    def document(self) -> Any:
        self.next = CParser(self.source.text).get_event
        self.next()  # the stream's start
        if type(self.next()) is StreamEndEvent:
            advice = say("write the agreement, or remove the file")
            raise _RefusedError(Finding(EMPTY_FILE, say("the file is empty"), help=advice))
        value = self._value(self.next(), None, 0)
        self.next()  # the document's end
        more = self.next()
        if type(more) is not StreamEndEvent:
            message, advice = say("a second document starts here"), say("write one agreement in each file")
            raise self._refusal(FEATURE, more.start_mark.index, more.start_mark.index + 3, message, advice)
        return value

    def _value(self, event: Any, key: str | None, depth: int) -> Any:
        kind = type(event)
        if kind is AliasEvent or event.anchor is not None or event.tag is not None or depth > MAX_DEPTH:
            raise self._feature(event)
        if kind is ScalarEvent:
            return self._scalar(event, key) if event.implicit[0] else event.value
        return self._mapping(depth) if kind is MappingStartEvent else self._sequence(key, depth)

    def _mapping(self, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        take = self.next
        while type(event := take()) is not MappingEndEvent:
            if type(event) is not ScalarEvent or event.anchor is not None or event.tag is not None:
                raise self._not_a_key(event)
            name = _composed(event.value)
            value = self._value(take(), name, depth + 1)
            if name in values:
                self._duplicate(name, event)
            else:
                values[name] = value
        return values

    def _sequence(self, key: str | None, depth: int) -> tuple[Any, ...]:
        values: list[Any] = []
        take = self.next
        while type(event := take()) is not SequenceEndEvent:
            values.append(self._value(event, key, depth + 1))
        return tuple(values)

    def _not_a_key(self, event: Any) -> _RefusedError:
        if type(event) not in (MappingStartEvent, SequenceStartEvent):
            return self._feature(event)
        message = say("a key must be a plain word, not a list or a mapping")
        advice = say("if braces were meant as text, put the text in quotation marks")
        index = event.start_mark.index
        return self._refusal(SYNTAX, index, index + 1, message, advice)

    def _scalar(self, event: Any, key: str | None) -> Any:
        """What stands without quotation marks: an exact number, a possible date, true or false, else text."""
        text: str = event.value
        first = text[:1]
        if first.isdigit() or first == "-":
            return _number_or_date(text)
        if text == "true":
            return True
        if text == "false":
            return False
        if text in ("", "~", "null"):
            message = say("the key {key} has no value", key=key) if key else say("the file has no content")
            advice = say("leave the key out, or write {example}", example='{unknown: "…"}')
            label = Label(self._span_of(event), say("nothing stands here"))
            self.findings.append(Finding(EMPTY_VALUE, message, (label,), advice))
        return text

    def _duplicate(self, name: str, later: Any) -> None:
        first = self.source.first_of(name, later.start_mark.index)
        labels = (Label(self._span_of(later), say("again here")), Label(first, say("first here")))
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


def _number_or_date(text: str) -> int | Decimal | date | str:
    """An exact number or a possible date. Anything else stays text: the field that wanted more says what is wrong."""
    if number := _NUMBER.fullmatch(text):
        return Decimal(text) if number[1] else int(text)
    if _DATE.fullmatch(text) and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def _composed(name: str) -> str:
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def _name(key: Any) -> str:
    """The name of a key's node, as the reader builds it."""
    return _composed(key.value) if isinstance(key, ScalarNode) else ""


def _line_end(text: str, start: int) -> int:
    found = _LINE_END.search(text, start)
    return found.start() if found else len(text)


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
