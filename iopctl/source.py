"""Text → plain values, and the place of every key and value. The only module that knows a YAML library.

Scalars are built from their own text, so that `1200.10` stays exact, `0123` stays text and no YAML version's idea of
truth ("no", "on") ever touches a Swedish word. What makes YAML hard to read or to trust (anchors, aliases, tags,
several documents, duplicate keys, empty values) is refused, with its position.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
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

from iopctl.finding import Crowd, Edit, Excerpt, Finding, Label, Message, Route, Rule, Severity, Span, say
from iopctl.personal import masked, places
from iopctl.syntax import belongs_to_the_beginning, explain

SYNTAX = Rule("FRM003", "yaml-syntax", Severity.ERROR)
DUPLICATE_KEY = Rule("FRM004", "duplicate-key", Severity.ERROR)
FEATURE = Rule("FRM005", "yaml-feature", Severity.ERROR)
EMPTY_VALUE = Rule("FRM006", "empty-value", Severity.ERROR)
EMPTY_FILE = Rule("FRM007", "empty-file", Severity.ERROR)
RULES = (SYNTAX, DUPLICATE_KEY, FEATURE, EMPTY_VALUE, EMPTY_FILE)

MAX_DEPTH = 20
"""An agreement nests six levels; twenty leaves room and stops a file made to exhaust the reader."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""A date outside these years is a slip of the finger; within them all arithmetic on dates is safe."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(\.[0-9]{1,9})?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_LINE_END = re.compile("\r\n|\n|\r")
_WORD = re.compile(r"\S+")


class Node(NamedTuple):
    """Where a value stands, and those inside it with their keys. What the values mean is not its business."""

    first: Any
    """The event of a single value, else of the beginning of a mapping or a list."""
    last: Any
    """The same event, else that of the end."""
    inner: dict[str | int, tuple[Any, Node]] | None = None
    """None for a single value. An item of a list has no key."""

    @property
    def start(self) -> int:
        """The offset of the first character."""
        return int(self.first.start_mark.index)

    @property
    def end(self) -> int:
        """The offset after the last character; for what stands in lines, that of whatever comes next."""
        return int(self.last.end_mark.index)

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return type(self.first) is SequenceStartEvent

    @property
    def inline(self) -> bool:
        """Whether it stands in braces or brackets."""
        return self.inner is not None and bool(self.first.flow_style)

    @property
    def sign(self) -> str:
        """What a single value is written with: a quotation mark, | or > for a block, or nothing."""
        return (self.first.style or "") if self.inner is None else ""

    @property
    def text(self) -> str:
        """What a single value says, read as text."""
        return str(self.first.value)

    def key_end(self, step: str | int) -> int:
        """The offset after a key of a mapping."""
        assert self.inner is not None
        return int(self.inner[step][0].end_mark.index)

    def key_start(self, step: str | int) -> int:
        """The offset of a key of a mapping."""
        assert self.inner is not None
        return int(self.inner[step][0].start_mark.index)


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
        self._lines: dict[int, str] = {}

    def span(self, start: int, end: int) -> Span:
        """The span between two character offsets."""
        line, column = self._position(start)
        end_line, end_column = self._position(max(start, end))
        return Span(line, column, end_line, end_column)

    def excerpt(self, label: Label) -> Excerpt:
        """The line a label points at, with the exact stretch of it; never with a personal number in it."""
        span = self._where(label)
        line = masked(self._line(span.line))
        if label.hidden:
            first = span.column - 1
            last = span.end_column - 1 if span.end_line == span.line else len(line)
            line = line[:first] + "•" * (last - first) + line[last:]
        return Excerpt(self.file, span, line, label.message)

    def edit(self, finding: Finding) -> Edit | None:
        """The finding's fix, in its place."""
        return Edit(self._where(finding.fix.where), finding.fix.text) if finding.fix else None

    def _line(self, number: int) -> str:
        """A line by its number, kept: a file may be one long line with a hundred places in it."""
        if number not in self._lines:
            starts = self._starts()
            end = starts[number] if number < len(starts) else len(self.text)
            self._lines[number] = self.text[starts[number - 1] : end].rstrip("\r\n")
        return self._lines[number]

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
        self._tree: Node | None = None
        reader = _Reader(self)
        try:
            values = reader.document()
        except _RefusedError as refused:
            self.findings = [*reader.findings.all(), refused.finding]
        except YAMLError as error:
            self.findings = [*reader.findings.all(), self._syntax_error(error)]
        except UnicodeEncodeError as error:  # half of a character: no file in UTF-8 has it
            self.findings = [self.control_character(error.start)]
        else:
            self.findings = reader.findings.all()
            if not self.findings:
                self.values = values

    def _where(self, label: Label) -> Span:
        if isinstance(label.where, Span):
            return label.where
        if self.findings:  # the file was another when the route was made: nothing but its beginning is sure
            return self.span(0, 0)
        key, value = self._nodes(label.where)
        if key is not None and (label.on_key or value.inner is not None):
            return self.span(key.start_mark.index, key.end_mark.index)
        start, end = value.start, value.end
        if label.needle is not None and (found := _find(label.needle, self.text, value)):
            return self.span(found.start(), found.end())
        if label.hidden and (numbers := places(self.text[start:end])):  # these, and not all of a long text
            return self.span(start + numbers[0][0], start + numbers[0][1])
        if value.inner is not None:  # the file itself, or a list item with keys: its first line is enough
            end = min(end, _line_end(self.text, start))
        return self.span(start, end)

    def _nodes(self, route: Route) -> tuple[Any, Node]:
        """The key and the value at a route, or at the nearest part of the route that the text has."""
        key, value = None, self.root()
        for step in route:
            if value.inner is None or step not in value.inner:
                break
            key, value = value.inner[step]
        return key, value

    def root(self) -> Node:
        """The whole text as a tree of places, of a text that nothing was found wrong with.

        Most files are sound and nobody asks for a place, so the tree is made for the first label that is shown.
        """
        if self._tree is None:
            take = CParser(self.text).get_event
            take()  # the stream's start
            take()  # the document's
            self._tree = _node(take(), take)
        return self._tree

    def personal_numbers(self) -> tuple[tuple[Route | None, Span], ...]:
        """Where personal numbers stand, each with the route of its value; None in a comment or a key."""
        found = places(self.text)
        if not found:
            return ()
        values = list(_scalars(self.root(), ()))
        return tuple(
            (next((route for node, route in values if _holds(node, start)), None), self.span(start, end))
            for start, end in found
        )

    def control_character(self, start: int) -> Finding:
        """The finding for a character that cannot be shown."""
        code = _code(self.text[start : start + 1])
        message = say("the character {code} cannot be shown and is not allowed here", code=code)
        return Finding(SYNTAX, message, (Label(self.span(start, start + 1)),), say("remove it"))

    def _syntax_error(self, error: YAMLError) -> Finding:
        """libyaml refuses a text with control characters before it has any position to give."""
        if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
            found = _CONTROL.search(self.text)
            return self.control_character(found.start() if found else 0)
        problem, begun = str(error.problem or ""), error.context_mark
        at = min(error.problem_mark.index, len(self.text))
        start = min(begun.index, len(self.text)) if begun else at
        if belongs_to_the_beginning(problem):
            at = start
        message, advice, beginning = explain(problem, self.text, at)
        labels = [Label(self.span(at, at + 1))]
        if beginning is not None and self.span(start, at).line < self.span(at, at).line:
            labels.append(Label(self.span(start, start + 1), beginning))
        return Finding(SYNTAX, message, tuple(labels), advice)


class _Reader:
    """Builds values from libyaml's events; recursion is bounded by MAX_DEPTH."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings = Crowd()
        self.next: Any = None

    def document(self) -> Any:
        mark = self.source.text.find("\ufeff")  # the one control character that libyaml lets through
        if mark >= 0:
            raise _RefusedError(self.source.control_character(mark))
        self.next = CParser(self.source.text).get_event
        self.next()  # the stream's start
        if type(self.next()) is StreamEndEvent:
            message = say("the file has only comments") if self.source.text.strip() else say("the file is empty")
            raise _RefusedError(Finding(EMPTY_FILE, message, help=say("write the agreement, or remove the file")))
        value = self._value(self.next(), None, 0)
        self.next()  # the document's end
        more = self.next()
        if type(more) is not StreamEndEvent:
            message, advice = say("a second document starts here"), say("write one agreement in each file")
            raise self._refusal(FEATURE, more.start_mark.index, more.start_mark.index + 3, message, advice)
        return value

    def _value(self, event: Any, key: str | None, depth: int) -> Any:
        kind = type(event)
        if kind is AliasEvent or event.anchor is not None or event.ctag is not None or depth > MAX_DEPTH:
            raise self._feature(event)
        if kind is ScalarEvent:
            return self._plain(event, key) if event.implicit[0] else self._quoted(event)
        return self._mapping(depth) if kind is MappingStartEvent else self._sequence(depth)

    def _mapping(self, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        keys: dict[str, Any] = {}
        take = self.next
        while type(event := take()) is not MappingEndEvent:
            if type(event) is not ScalarEvent or event.anchor is not None or event.ctag is not None:
                raise self._not_a_key(event)
            name = composed(event.value)
            value = self._value(take(), name, depth + 1)
            if name in keys:
                self._duplicate(name, keys[name], event)
            else:
                values[name] = value
                keys[name] = event
        return values

    def _sequence(self, depth: int) -> tuple[Any, ...]:
        values: list[Any] = []
        take = self.next
        while type(event := take()) is not SequenceEndEvent:
            values.append(self._value(event, None, depth + 1))
        return tuple(values)

    def _not_a_key(self, event: Any) -> _RefusedError:
        if type(event) not in (MappingStartEvent, SequenceStartEvent):
            return self._feature(event)
        message = say("a key must be a plain word, not a list or a mapping")
        advice = say("if braces were meant as text, put the text in quotation marks")
        index = event.start_mark.index
        return self._refusal(SYNTAX, index, index + 1, message, advice)

    def _plain(self, event: Any, key: str | None) -> Any:
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
            self._no_value(event, key)
        return text

    def _quoted(self, event: Any) -> str:
        """Text in quotation marks or in a block; codes such as \\0 must not bring in what cannot be shown."""
        text: str = event.value
        if event.style == '"' and (control := _CONTROL.search(text)):
            start, end = event.start_mark.index, event.end_mark.index
            message = say(
                "a code in the text stands for the character {code}, which cannot be shown", code=_code(control[0])
            )
            raise self._refusal(SYNTAX, start, end, message, say("remove it"))
        return text

    def _no_value(self, event: Any, key: str | None) -> None:
        where = say("nothing stands here") if not event.value else say("in YAML this means no value")
        if key is None:
            message, advice = say("an item of a list has no value"), say("write it, or remove its hyphen")
        elif key[:1].isdigit():  # {amount: 3500,50}
            message = say("{key} after a comma inside braces begins a new key", key=key)
            advice = say("write a point before the decimals: 3500.50")
        else:
            message = say("the key {key} has no value", key=key)
            advice = say("leave the key out, or write {example}", example='{unknown: "…"}')
        label = Label(self._span_of(event), where)
        self.findings.add(EMPTY_VALUE, label, lambda: Finding(EMPTY_VALUE, message, (label,), advice))

    def _duplicate(self, name: str, first: Any, later: Any) -> None:
        labels = (
            Label(self._span_of(later), say("again here")),
            Label(self._span_of(first), say("first here")),
        )
        message = say("the key {key} stands twice", key=name)
        advice = say("keep one of them")
        self.findings.add(DUPLICATE_KEY, labels[0], lambda: Finding(DUPLICATE_KEY, message, labels, advice))

    def _feature(self, event: Any) -> _RefusedError:
        start = event.start_mark.index
        written = _WORD.match(self.source.text, start)
        word = written[0] if written else ""
        if type(event) is AliasEvent or event.anchor is not None or event.ctag is not None:
            message = say("{word} is an alias, an anchor or a tag, which agreements do not use", word=word)
            advice = say("if it is meant as text, put the text in quotation marks")
            return self._refusal(FEATURE, start, start + len(word), message, advice)
        message = say("more than {count} levels inside each other", count=MAX_DEPTH)
        return self._refusal(FEATURE, start, start + 1, message, say("an agreement needs at most six"))

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


def composed(text: str) -> str:
    """The text with å, ä and ö as one character each: they look the same as a letter and its dots or its ring."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _node(event: Any, take: Callable[[], Any]) -> Node:
    """The node that an event begins, of a text that the reader has found nothing wrong with."""
    kind = type(event)
    if kind is ScalarEvent:
        return Node(event, event)
    inner: dict[str | int, tuple[Any, Node]] = {}
    if kind is MappingStartEvent:
        while type(last := take()) is not MappingEndEvent:
            inner[composed(last.value)] = (last, _node(take(), take))
    else:
        while type(last := take()) is not SequenceEndEvent:
            inner[len(inner)] = (None, _node(last, take))
    return Node(event, last, inner)


def _scalars(node: Node, route: Route) -> Iterator[tuple[Node, Route]]:
    """The nodes of all single values."""
    if node.inner is None:
        yield node, route
        return
    for step, (_key, value) in node.inner.items():
        yield from _scalars(value, (*route, step))


def _holds(node: Node, offset: int) -> bool:
    return node.start <= offset < node.end


def _code(character: str) -> str:
    return f"U+{ord(character):04X}" if character else "?"


def _find(words: str, text: str, node: Node) -> re.Match[str] | None:
    """Words inside a value's text, as whole words, whatever lines a folded text breaks them over."""
    start = node.start
    if node.inner is None and node.first.style in ("|", ">"):
        start = _line_end(text, start)  # what stands after the sign is a comment
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(before + pattern + after).search(text, start, node.end)


def _line_end(text: str, start: int) -> int:
    found = _LINE_END.search(text, start)
    return found.start() if found else len(text)
