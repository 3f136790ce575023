"""The splice engine: new values and new items in a YAML text, where every byte that was not asked to change stays.

A change is said in routes. The text's own layout is read off it first (line ends, indentation, hyphens, quotation
marks, blank lines), the new lines are written in it, and the result is read again: it has to say exactly what was
asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from iopctl import layout
from iopctl.finding import Edit, Route, shown_route
from iopctl.layout import Remarked, Style, Value
from iopctl.source import Node, Source


@dataclass(frozen=True)
class Put:
    """A value for a key: in the place of the old one, or as a new key, with the mappings that lead to it."""

    route: Route
    value: Value


@dataclass(frozen=True)
class Append:
    """One more item at the end of a list, which is made where there is none."""

    route: Route
    value: Value


Change = Put | Append

Keys = Callable[[Route], Sequence[str]]
"""The keys of the mapping at a route, in the order of the format; a new key takes its place among them."""


class CannotEditError(Exception):
    """The text is laid out so that the change cannot be spliced in; it says where."""

    def __init__(self, route: Route) -> None:
        super().__init__(shown_route(route))
        self.route = route


def edited(text: str, changes: Iterable[Change], keys: Keys = lambda _route: ()) -> str:
    """The text with the changes. It must be one that Source finds nothing wrong with, or empty.

    Raises CannotEditError where the result would not say what was asked for.
    """
    for change in changes:
        source = Source("", text)
        values = source.values if text.strip() else {}
        if not isinstance(values, dict):
            raise CannotEditError(change.route)
        wanted = _changed(values, change.route, change)
        style = style_of(source) if text.strip() else layout.NEW
        # a comment below it, or the end of the text, may become part of a text in a block: then it stands in quotes
        tried = (_applied(source, change, keys, each) for each in (style, replace(style, blocks=False)))
        after = next((each for each in tried if each is not None and Source("", each).values == wanted), None)
        if after is None:
            raise CannotEditError(change.route)
        text = after
    return text


def splice(text: str, edits: Iterable[Edit]) -> str:
    """The text with new words in some places. Of two edits that touch each other the later one is left out."""
    starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
    done = len(text)
    for edit in sorted(edits, key=lambda each: each.span, reverse=True):
        span = edit.span
        start, end = starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
        if end <= done:
            text = text[:start] + edit.text + text[end:]
            done = start
    return text


_LINE_END = re.compile("\r\n|\n|\r")
"""As source.py counts lines."""


# -- what was asked for ------------------------------------------------------------------------------------------------


def _changed(values: Any, route: Route, change: Change) -> Any:
    """The values as they are to be read afterwards."""
    if not route:
        new = _bare(change.value)
        return (*(values or ()), new) if isinstance(change, Append) else new
    step, rest = route[0], route[1:]
    if isinstance(values, tuple) and isinstance(step, int) and step < len(values):
        return (*values[:step], _changed(values[step], rest, change), *values[step + 1 :])
    if isinstance(step, int) or not isinstance(values, dict | None):
        raise CannotEditError(change.route)
    return {**(values or {}), step: _changed((values or {}).get(step), rest, change)}


def _bare(value: Value) -> Any:
    """A value as it is read: without remarks, lists as tuples."""
    if isinstance(value, Remarked):
        assert value.value is not None
        return _bare(value.value)
    if isinstance(value, Mapping):
        return {key: _bare(each) for key, each in value.items()}
    return tuple(_bare(each) for each in value) if layout.is_list(value) else value


# -- a change ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Cut:
    """New words between two offsets."""

    start: int
    end: int
    text: str


def _applied(source: Source, change: Change, keys: Keys, style: Style) -> str | None:
    """The text with one change; None where the layout does not allow it."""
    if not source.text.strip():
        return _begun(change, style)
    route, node = _reached(source.root(), change.route)
    rest = change.route[len(route) :]
    value = change.value
    if isinstance(change, Append):
        if not rest and node.is_list and node.inner:
            return _cut(source.text, _appended(source.text, node, value, style))
        value = [value]
    if not rest:
        cuts = _replaced(source.text, source.root(), route, value, style)
    elif node.inner is not None and not node.is_list:
        cuts = _inserted(source.text, node, str(rest[0]), _wrapped(rest[1:], value), keys(route), style)
    else:
        return None
    return _cut(source.text, cuts)


def _begun(change: Change, style: Style) -> str | None:
    """A text that has nothing but the change."""
    value: Value = [change.value] if isinstance(change, Append) else change.value
    if not change.route:
        return None
    lines = layout.entry(str(change.route[0]), _wrapped(change.route[1:], value), 0, style)
    return "".join(f"{line}\n" for line in lines)


def _reached(root: Node, route: Route) -> tuple[Route, Node]:
    """The part of a route that the text has, and what stands there."""
    node = root
    for number, step in enumerate(route):
        if node.inner is None or step not in node.inner:
            return route[:number], node
        node = node.inner[step][1]
    return route, node


def _wrapped(route: Route, value: Value) -> Value:
    """A value in the mappings that lead to it."""
    for step in reversed(route):
        value = {str(step): value}
    return value


def _cut(text: str, cuts: Sequence[_Cut] | None) -> str | None:
    if cuts is None:
        return None
    for cut in sorted(cuts, key=lambda each: each.start, reverse=True):
        text = text[: cut.start] + cut.text + text[cut.end :]
    return text


def _inserted(text: str, parent: Node, key: str, value: Value, order: Sequence[str], style: Style) -> list[_Cut] | None:
    """A new key of a mapping, after the last of those that come before it in the format."""
    assert parent.inner is not None
    before = order[: order.index(key)] if key in order else list(parent.inner)
    earlier = [step for step in parent.inner if step in before]
    if parent.inline:
        words = layout.inline({key: value}, style)
        return _among(text, parent, earlier[-1] if earlier else None, words[1:-1].strip() if words else None, style)
    step = (earlier or list(parent.inner))[-1 if earlier else 0]
    column = _column(text, parent.key_start(next(iter(parent.inner))))
    lines = layout.entry(key, value, column, style)
    return [_after(text, parent.inner[step][1], lines, style, spaced=column == 0 and _is_spaced(text, parent, lines))]


def _appended(text: str, parent: Node, value: Value, style: Style) -> list[_Cut] | None:
    """One more item of a list that has some."""
    assert parent.inner
    last = parent.inner[len(parent.inner) - 1][1]
    if parent.inline:
        return _among(text, parent, len(parent.inner) - 1, layout.inline(value, style), style)
    column = _column(text, parent.start)
    gap = last.start - _line_start(text, last.start) - column - 1
    gap = gap if 1 <= gap <= 8 and text[last.start - gap - 1] == "-" else 1
    short = last.inline if last.inner is not None and not last.is_list else True
    lines = layout.item(
        value, column, replace(style, gap=gap, width=max(style.width, _longest(text, parent))), short=short
    )
    spaced = len(parent.inner) > 1 and _has_blank_line(
        text, _end(text, parent.inner[len(parent.inner) - 2][1]), last.start
    )
    return [_after(text, last, lines, style, spaced=spaced)]


def _among(text: str, parent: Node, after: str | int | None, words: str | None, style: Style) -> list[_Cut] | None:
    """One more key or item between braces or brackets."""
    assert parent.inner is not None
    if words is None:
        return None
    if after is None:
        pad = " " if style.padded and text[parent.start] == "{" else ""
        at = parent.start + 1
        return [_Cut(at, at, f"{pad}{words}, " if parent.inner else f"{pad}{words}{pad}")]
    at = _end(text, parent.inner[after][1])
    comma = re.compile(r"\s*,(?=\s*[\]}])").match(text, at)
    return [_Cut(comma.end(), comma.end(), f" {words}")] if comma else [_Cut(at, at, f", {words}")]


def _after(text: str, node: Node, lines: Sequence[str], style: Style, *, spaced: bool) -> _Cut:
    """Lines of their own after the last line of a value, which is followed by them as by its neighbours."""
    at = _past_comments(text, _lines_end(text, node), len(lines[0]) - len(lines[0].lstrip()))
    body = _as_lines(text, at, at, lines, style)
    if spaced:
        if not re.search(r"\n\r?\n$", text[:at]):  # a blank line that is there may be part of a text
            body = style.ending + body
        rest = text[at:].split("\n", 1)[0]
        body += style.ending if rest.strip() else ""
    return _Cut(at, at, body)


def _as_lines(text: str, start: int, end: int, lines: Sequence[str], style: Style) -> str:
    """Lines in a place between two others, or at the end of a text whose last line does not end."""
    body = "".join(f"{line}{style.ending}" for line in lines)
    if end < len(text) or text.endswith(("\n", "\r")) or not lines:
        return body
    body = body.removesuffix(style.ending)
    return body if text[:start].endswith(("\n", "\r")) else style.ending + body


def _replaced(text: str, root: Node, route: Route, value: Value, style: Style) -> list[_Cut] | None:
    """Another value for a key that is there."""
    parent = _reached(root, route[:-1])[1]
    if not route or parent.inner is None or parent.is_list:
        return None
    step = str(route[-1])
    old = parent.inner[step][1]
    if parent.inline:
        words = layout.inline(value, _quoting(style, old))
        return [_Cut(old.start, old.end, words)] if words is not None else None
    if old.inline and "#" in text[old.start : old.end]:  # a comment, perhaps
        return None
    column = _column(text, parent.key_start(step))
    colon = text.index(":", parent.key_end(step)) + 1
    first, *below = _without_comments(layout.entry(step, value, column, _quoting(style, old)))
    words = first[len(f"{' ' * column}{layout.name(step, style)}:") :]
    in_lines = old.sign in ("|", ">") or (old.inner is not None and not old.inline)
    if in_lines and old.inner is not None:
        line = _Cut(colon, colon, words)
    elif in_lines:
        line = _Cut(colon, re.compile(r"[|>][-+0-9]*").search(text, colon).end(), words)  # type: ignore[union-attr]
    else:
        line = _Cut(colon, old.end, words)
    start = _next_line(text, line.end)
    end = max(start, _lines_end(text, old)) if in_lines else start
    return [line, _Cut(start, end, _as_lines(text, start, end, below, style))]


def _quoting(style: Style, old: Node) -> Style:
    """The style of a new text that takes the place of one in quotation marks."""
    return replace(style, quote=old.sign, quotes_all=True) if old.sign in ("'", '"') else style


def _without_comments(lines: Sequence[str]) -> list[str]:
    """The lines from the key's own on: a value that is replaced keeps the comments that it has."""
    first = next(number for number, line in enumerate(lines) if not line.lstrip().startswith("#"))
    return list(lines[first:])


# -- the text's own layout ---------------------------------------------------------------------------------------------


def style_of(source: Source) -> Style:
    """How a text is laid out, as most of it is; what it does not show is as in a new file."""
    text = source.text
    indents, hyphens, marks, bare = Counter[int](), Counter[int](), Counter[str](), 0
    for parent, key, node in _pairs(source.root()):
        if node.inner is not None and not node.inline and node.inner and parent is not None:
            at = node.start if node.is_list else node.key_start(next(iter(node.inner)))
            deeper = _column(text, at) - _column(text, parent.key_start(key))
            (hyphens if node.is_list else indents)[deeper] += 1
        elif node.inner is None and node.sign in ("'", '"'):
            marks[node.sign] += 1
            marks["all"] += layout.needs_no_quotes(node.text)
        elif node.inner is None and not node.sign and layout.needs_no_quotes(node.text):
            bare += 1
    ending = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    return Style(
        ending=ending,
        indent=_usual(indents, 2),
        hyphen=_usual(hyphens, 2),
        quote="'" if marks["'"] > marks['"'] else '"',
        quotes_all=marks["all"] > bare,
        width=_width(source),
        padded="{ " in text,
    )


def _width(source: Source) -> int:
    """How wide the texts that stand on several lines are."""
    texts = [node for _parent, _key, node in _pairs(source.root()) if node.inner is None and node.sign]
    lines = [len(line) for node in texts for line in source.text[node.start : node.end].splitlines()[1:]]
    return max(80, min(120, max(lines))) if lines else layout.NEW.width


def _usual(counted: Counter[int], otherwise: int) -> int:
    return counted.most_common(1)[0][0] if counted else otherwise


def _pairs(node: Node) -> Iterator[tuple[Node | None, str | int, Node]]:
    """Every value inside another: the mapping that it is in (None for a list), its key, and itself."""
    for step, (_key, value) in (node.inner or {}).items():
        yield None if node.is_list or node.inline else node, step, value
        yield from _pairs(value)


def _end(text: str, node: Node) -> int:
    """The offset after the last character of a value; the parser's own is that of what comes next."""
    if node.inner and not node.inline:
        return _end(text, next(reversed(node.inner.values()))[1])
    if node.sign not in ("|", ">"):
        return node.end
    if node.text.endswith("\n\n"):  # the blank lines are part of what it says
        return node.end
    return node.start + len(text[node.start : node.end].rstrip())


def _lines_end(text: str, node: Node) -> int:
    """The offset after the last line that a value stands on."""
    end = _end(text, node)
    return end if end and text[end - 1] in "\r\n" else _next_line(text, end)


def _past_comments(text: str, at: int, column: int) -> int:
    """The offset after the comments that follow and are indented more than a column: they are about what is above."""
    while found := _COMMENT.match(text, at):
        if len(found[1]) <= column:
            break
        at = found.end()
    return at


_COMMENT = re.compile(r"( *)#[^\r\n]*(?:\r\n|\n|\r|$)")


def _is_spaced(text: str, root: Node, lines: Sequence[str]) -> bool:
    """Whether a new key of the top level is set off by blank lines: as most that stand on several lines are."""
    assert root.inner is not None
    if len(lines) < 2:
        return False
    found = list(root.inner.values())
    pairs = [
        (before, key) for (_key, before), (key, value) in pairwise(found)
        if "\n" in text[value.start : _end(text, value)] or (value.inner is not None and not value.inline)
    ]  # fmt: skip
    blank = sum(_has_blank_line(text, _end(text, before), key.start_mark.index) for before, key in pairs)
    return bool(pairs) and blank * 2 >= len(pairs)


def _longest(text: str, parent: Node) -> int:
    """How long the lines of a list are that have an item in braces."""
    items = [value for _key, value in (parent.inner or {}).values() if value.inline]
    return max((_end(text, each) - _line_start(text, each.start) for each in items), default=0)


def _has_blank_line(text: str, start: int, end: int) -> bool:
    return re.search(r"\n[ \t]*\r?\n", text[max(0, start - 1) : end]) is not None


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _next_line(text: str, offset: int) -> int:
    found = _LINE_END.search(text, offset)
    return found.end() if found else len(text)


def _column(text: str, offset: int) -> int:
    return offset - _line_start(text, offset)
