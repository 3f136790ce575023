"""One order and one layout for every file, with each comment kept at what it is about.

A text is cut into pieces, each a key or an item with the comments that belong to it; the pieces are put in the order of
the format and laid out anew, and the result is read again: it has to say the same, with the same comments.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from iopctl import layout
from iopctl.finding import Route
from iopctl.layout import NEW
from iopctl.source import Node, Source

Keys = Callable[[Route], Sequence[str]]
"""The keys of the mapping at a route, in the order of the format; none where any name can stand."""

WIDEST = 120
"""What stands in braces may fill such a line, more than prose: it is often a row of a table."""


class CannotFormatError(Exception):
    """The text is laid out so that it cannot be laid out anew without changing what it says."""


def formatted(source: Source, keys: Keys) -> str:
    """The text of a source without findings, in order. What is no mapping, and so no agreement, stays as it is.

    Raises CannotFormatError where a value or a comment would be lost.
    """
    if not source.root().inner or source.root().is_list:
        return source.text
    before = _Pieces(source, keys)
    ending = "\r\n" if source.text.count("\r\n") * 2 > source.text.count("\n") else "\n"
    text = "".join(f"{line}{ending}" for line in _laid_out(before.whole))
    after = Source(source.file, text)
    if after.values != source.values or Counter(_Pieces(after, keys).comments) != Counter(before.comments):
        raise CannotFormatError
    return text


@dataclass(eq=False)
class _Piece:
    """A key with its value, or an item of a list, with the comments that belong to it; "" is a blank line."""

    node: Node
    words: str
    """The value as it was written, if it is a single one."""
    key: Any = None
    """The event of the key; None for an item, and for the file as a whole."""
    before: _Piece | None = None
    """What stood before it among its neighbours."""
    is_unknown: bool = False
    """Whether it is what an explicit unknown quotes."""
    above: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    """At the end of its first line; what follows continues it, below it in the same column."""
    below: list[str] = field(default_factory=list)
    inner: list[_Piece] = field(default_factory=list)
    end: list[str] = field(default_factory=list)
    """After the last of the inner ones."""

    @property
    def is_open(self) -> bool:
        """Whether it is an explicit unknown, which reads as one value."""
        return len(self.inner) == 1 and self.inner[0].is_unknown

    @property
    def has_remarks(self) -> bool:
        """Whether there is a comment inside it."""
        return bool(self.end) or any(
            any(each.above) or each.beside or each.below or each.has_remarks for each in self.inner
        )


# -- from text to pieces -----------------------------------------------------------------------------------------------

_COMMENT = re.compile("#[^\r\n\x85\u2028\u2029]*")
_COMMENT_OR_HYPHEN = re.compile(f"{_COMMENT.pattern}|(-)")
_BLOCK_HEADER = re.compile("[|>][-+0-9]*[ \t]*")
_LINE_END = re.compile("\r\n|\n|\r")


class _Pieces:
    """Cuts a text into pieces, from its beginning to its end."""

    def __init__(self, source: Source, keys: Keys) -> None:
        self.comments: list[str] = []
        self._text = source.text
        self._keys = keys
        self._at = 0
        """What comes before this has been read."""
        self.whole = _Piece(source.root(), "")
        self._last = self.whole
        """What a comment on the same line is about."""
        self._column = 0
        """That of the comment that stood beside it."""
        self._closed: list[_Piece] = []
        """What has ended since the last piece began, innermost first."""
        if self.whole.node.inline:
            self.whole.above = [*self._remarks(self.whole.node.start, self.whole), ""]
        self._inside(self.whole, ())
        self.whole.end += self._remarks(len(self._text), None)
        if self.whole.end[-1:] == [""]:
            del self.whole.end[-1]

    def _inside(self, parent: _Piece, route: Route) -> None:
        """The pieces inside a mapping or a list."""
        node = parent.node
        assert node.inner is not None
        braces = node.inline and self._text[node.start] in "{["  # [key: value] has a mapping without any
        self._at = node.start + 1 if braces else self._at
        for step, (key, value) in node.inner.items():
            piece = _Piece(value, self._text[value.start : value.end], key, is_unknown=step == "unknown")
            self._begin(parent, piece, self._start(parent, piece))
            self._value(piece, (*route, step))
        if braces:
            parent.end = self._remarks(node.end - 1, parent)
            if parent.end[-1:] == [""]:
                del parent.end[-1]
            self._at, self._last = node.end, parent
        elif not node.inline:
            self._closed.append(parent)
        if not node.is_list:
            parent.inner = _in_order(parent.inner, self._keys(route))

    def _start(self, parent: _Piece, piece: _Piece) -> int:
        """The offset of a key, or of an item's hyphen."""
        if piece.key is not None:
            return int(piece.key.start_mark.index)
        if parent.node.inline:
            return piece.node.start
        found = _COMMENT_OR_HYPHEN.finditer(self._text, self._at, piece.node.end)
        return next(each.start() for each in found if each[1])

    def _begin(self, parent: _Piece, piece: _Piece, start: int) -> None:
        """Shares out the comments before a piece, and reads its key or its hyphen."""
        above = self._remarks(start, parent)
        if parent.inner:
            piece.before = parent.inner[-1]
            first = above.index("") if "" in above else 0
            piece.before.below, above = above[:first], above[first:]
        elif parent is self.whole:
            head = len(above) - above[::-1].index("") if "" in above else 0
            parent.above += above[:head]
            above = above[head:]
        piece.above = above
        parent.inner.append(piece)
        self._last = piece
        self._at = start if parent.node.inline else start + 1
        if piece.key is not None:
            self._at = int(piece.key.end_mark.index)

    def _value(self, piece: _Piece, route: Route) -> None:
        node = piece.node
        if node.inner is not None and not node.inline:
            self._inside(piece, route)
            return
        piece.above += [each for each in self._remarks(node.start, piece) if each]
        if node.inner is not None:
            self._inside(piece, route)
        elif node.sign in ("|", ">"):
            header = _BLOCK_HEADER.match(self._text, node.start)
            assert header is not None
            self._at = header.end()
            line = _LINE_END.search(self._text, self._at, node.end)
            piece.above += self._remarks(line.start() if line else node.end, piece)
            self._at = max(self._at, node.start + len(piece.words.rstrip()))
        else:
            self._at = node.end

    def _remarks(self, end: int, parent: _Piece | None) -> list[str]:
        """The comments and blank lines up to an offset, but for what is beside a value or belongs to what has ended.

        A comment that is indented as the keys of something that has ended, or further, is the end of that.
        """
        levels = [*self._closed, *([parent] if parent is not None else [])]
        self._closed = []
        rest: list[str] = []
        blank = continued = False
        for column, comment, beside in self._between(end):
            if not comment:
                blank, continued = True, False
            elif beside and not self._last.beside:
                self._last.beside, self._column, continued = [comment], column, True
            elif continued and column == self._column and column not in map(self._column_of, levels):
                self._last.beside.append(comment)
            else:
                while len(levels) > 1 and not self._column_of(levels[1]) < self._column_of(levels[0]) <= column:
                    del levels[0]
                to = rest if len(levels) < 2 else levels[0].end
                to += ["", comment] if blank else [comment]
                blank = continued = False
        return [*rest, ""] if blank else rest

    def _between(self, end: int) -> Iterator[tuple[int, str, bool]]:
        """Each comment, with its column and whether something stands before it on its line, and each blank line."""
        for found in _COMMENT.finditer(self._text, self._at, end):
            if self._has_blank_line(found.start()):
                yield 0, "", False
            line = max(self._text.rfind("\n", 0, found.start()), self._text.rfind("\r", 0, found.start())) + 1
            comment = found[0].rstrip(" \t")
            self.comments.append(comment)
            yield found.start() - line, comment, bool(self._text[line : found.start()].strip())
            self._at = found.end()
        if self._has_blank_line(end):
            yield 0, "", False
        self._at = end

    def _has_blank_line(self, end: int) -> bool:
        return len(_LINE_END.findall(self._text, self._at, end)) > 1

    def _column_of(self, piece: _Piece) -> int:
        start = piece.node.start
        return start - max(self._text.rfind("\n", 0, start), self._text.rfind("\r", 0, start)) - 1


def _in_order(pieces: list[_Piece], order: Sequence[str]) -> list[_Piece]:
    """Known keys in the order of the format; an unknown one stays after the one that it stood after."""
    ranks = {key: rank for rank, key in reversed(list(enumerate(order)))}
    found: list[int] = []
    for piece in pieces:
        found.append(ranks.get(piece.key.value, found[-1] if found else -1))
    if len(pieces) > 1 and all(each.above[:1] == [""] for each in pieces[1:]) and pieces[0].above[:1] != [""]:
        pieces[0].above.insert(0, "")  # all are set off, wherever they come
    return [piece for _rank, piece in sorted(zip(found, pieces, strict=True), key=lambda each: each[0])]


# -- from pieces to lines ----------------------------------------------------------------------------------------------


def _laid_out(whole: _Piece) -> list[str]:
    """The lines of a file."""
    lines = [*whole.beside, *whole.above, *_inside(whole, 0)]
    while lines and not lines[0]:
        del lines[0]
    return lines


def _inside(parent: _Piece, column: int) -> list[str]:
    """The lines of what is inside a mapping or a list, from a column."""
    lines: list[str] = []
    last: _Piece | None = None
    for piece in parent.inner:
        above = piece.above[1:] if piece.above[:1] == [""] else piece.above
        set_off = above != piece.above or "" in above  # else the comment would seem to belong to what comes before
        if last is not None and (set_off or last.below or (column == 0 and _is_parted(last, piece))):
            above = ["", *above]
        lines += _apart(lines, [*_indented(above, column), *_piece(piece, column), *_indented(piece.below, column)])
        last = piece
    return [*lines, *_apart(lines, _indented(parent.end, column))]


def _is_parted(last: _Piece, piece: _Piece) -> bool:
    """Whether there is a blank line between two keys of the top level, though nobody has written one."""
    return _is_block(piece, 0) or (_is_block(last, 0) and piece.before is not last)


def _apart(lines: Sequence[str], more: list[str]) -> list[str]:
    """Lines that follow others, with no second blank line."""
    return more[1:] if lines and not lines[-1] and more[:1] == [""] else more


def _indented(remarks: Sequence[str], column: int) -> list[str]:
    return [f"{' ' * column}{each}" if each else "" for each in remarks]


def _piece(piece: _Piece, column: int) -> list[str]:
    """The lines of a key or an item, with what is beside it and inside it."""
    head = _head(piece, column)
    if _is_block(piece, column):
        inner = _inside(piece, column + 2)
        if piece.key is not None or piece.beside:
            return [*_with_remark(head, piece), *inner]
        first = next(number for number, line in enumerate(inner) if line and line.lstrip()[0] != "#")
        above = _indented([each.lstrip() for each in inner[:first] if each], column)
        return [*above, f"{head} {inner[first][column + 2 :]}", *inner[first + 1 :]]
    if piece.node.inner is not None:
        return _with_remark(f"{head} {_inline(piece)}", piece)
    words = _words(piece, inline=False)
    sign, rows = _in_lines(piece, words, column, NEW.width - len(head) - 1)
    if not sign:
        return _with_remark(f"{head} {words}", piece)
    more = _indented(piece.beside[1:], column)  # below the sign they would be text
    beside = f" {piece.beside[0]}" if piece.beside else ""
    return [*more, f"{head} {sign}{beside}", *(f"{' ' * (column + 2)}{row}" if row else "" for row in rows)]


def _head(piece: _Piece, column: int) -> str:
    return " " * column + ("-" if piece.key is None else f"{_key(piece, inline=False)}:")


def _with_remark(line: str, piece: _Piece) -> list[str]:
    """A line with the comment beside it, and the lines that continue the comment."""
    if not piece.beside:
        return [line]
    first, *more = piece.beside
    return [f"{line} {first}", *_indented(more, len(line) + 1)]


def _is_block(piece: _Piece, column: int) -> bool:
    """Whether a mapping or a list stands on lines of its own: as it was written, unless it does not fit in one."""
    if not piece.inner or not piece.node.inline or piece.has_remarks:
        return bool(piece.inner)
    return not piece.is_open and len(_head(piece, column)) + 1 + len(_inline(piece)) > WIDEST


def _inline(piece: _Piece) -> str:
    """A value in braces or brackets."""
    if piece.node.inner is None:
        return _words(piece, inline=True)
    if piece.node.is_list:
        return "[" + ", ".join(_inline(each) for each in piece.inner) + "]"
    return "{" + ", ".join(f"{_key(each, inline=True)}: {_inline(each)}" for each in piece.inner) + "}"


# -- single values -----------------------------------------------------------------------------------------------------


def _key(piece: _Piece, *, inline: bool) -> str:
    text = str(piece.key.value)
    if not piece.key.style and text and "\n" not in text:
        return text
    return _quoted(text, inline=inline)


def _words(piece: _Piece, *, inline: bool) -> str:
    """A single value on one line. What stands without quotation marks stays as it is, numbers and dates above all."""
    node = piece.node
    if not node.sign:
        return node.text if "\n" not in node.text else _quoted(node.text, inline=inline)
    return _quoted(node.text, inline=inline, keep=piece.is_unknown)


def _quoted(text: str, *, inline: bool, keep: bool = False) -> str:
    """A text that had quotation marks, without them where no reader of YAML needs them.

    They stay around digits, which somebody wanted to be text, and around the words that an explicit unknown quotes.
    """
    if not keep and any(each.isalpha() for each in text) and layout.needs_no_quotes(text, inline=inline):
        return text
    return layout.scalar(text, replace(NEW, quote="'" if '"' in text or "\\" in text else '"', quotes_all=True))


def _in_lines(piece: _Piece, words: str, column: int, room: int) -> tuple[str, list[str]]:
    """The sign and the lines of a text that stands on lines of its own; no sign when it does not."""
    node = piece.node
    if node.sign not in ("|", ">"):
        too_long = len(words) > room and " " in node.text and "\n" not in node.text
        in_paragraphs = "\n" in node.text and _LINE_END.search(piece.words)
        rows = _folded(node.text, column) if too_long or in_paragraphs else None
        return (">" + _chomping(node.text), rows) if rows else ("", [])
    if not node.text.strip(" \n") or re.search("[\x85\u2028\u2029]", node.text):  # nobody would see what it says
        return "", []
    rows = _folded(node.text, column) if node.sign == ">" else None
    rows = _as_written(piece) if rows is None else rows
    begun_by_space = node.text.lstrip("\n")[0] == " "
    sign = f"{node.sign}{'2' if begun_by_space else ''}{_chomping(node.text)}"
    return sign, [*rows, *[""] * (len(node.text) - len(node.text.rstrip("\n")) - 1)]


def _chomping(text: str) -> str:
    """What a block's sign says of the line ends at the end of the text."""
    return "+" if text.endswith("\n\n") else "" if text.endswith("\n") else "-"


def _folded(text: str, column: int) -> list[str] | None:
    """The lines of a text whose line breaks are free; None where some of them, or the spaces, mean something."""
    rows: list[str] = []
    for number, paragraph in enumerate(text.rstrip("\n").split("\n")):
        if not layout.folds(paragraph):
            return None
        rows += [""] * (number > 0)
        rows += layout.folded(paragraph, NEW.width - column - 2)
    return rows


def _as_written(piece: _Piece) -> list[str]:
    """The lines of a block without their indentation."""
    rows = _LINE_END.split(piece.words)[1:]
    written = next(row for row in rows if row.strip(" "))
    said = next(row for row in piece.node.text.split("\n") if row.strip(" "))
    indent = len(written) - len(written.lstrip(" ")) - (len(said) - len(said.lstrip(" ")))
    rows = [row[indent:] for row in rows]
    while not rows[-1]:
        del rows[-1]
    return rows
