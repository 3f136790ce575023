"""YAML files in many styles, and changes to them: made from a seed, by other means than iopctl writes with.

A comment has a number of its own, `#~7`, so that one can see that it is still there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import yaml

from iopctl.finding import Route

WORDS = (
    "Äldrenämnden", "förening", "Kvarnbyängens", "överenskommelse", "stöd", "och", "för", "att", "IOP", "2020–2022",
    "Österås", "samverkan", "é", "naïve", "65+", "§§ 12–14", "(s.k.)", "kr/år",
)  # fmt: skip

ODD = (
    "ja: nej", "# inte en kommentar", "text # med tecken", "- punkt", "? fråga", "'enkla'", '"dubbla"', "{klamrar}",
    "[haken]", "a, b", "true", "no", "null", "~", "2021-11-03", "0123", "12.50", "1e3", ".5", "0x1F", "12:30", "=",
    "933 000\u00a0kr", "933\u202f000", "slut:", " inledande", "efterföljande ", "två  mellanslag", "tabb\tinuti",
    "rad\u2028bruten", "ny\u0085rad", "å", "@a", "`b", "%c", "!d", "&e", "*f", "|", ">", ",", ":", "a:b", "---", "...",
    "-", "--- a", "§ 155", "155 §", "e\u0301", "\U0001f600", "a\\nb", "C:\\mapp", "ord" * 60, "\ttabb", "slut\t",
)  # fmt: skip

LINES = (
    "en rad\nen till", "med slut\n", "stycke\n\nstycke två\n", "två slut\n\n", "- punkt\n- punkt\n", "  indragen\nrad",
    "# rubrik\n\ntext: här", "\ninledande tom rad", "rad med slutblank \nrad", "rad\n\n\n", "kod:\n  - ett\n\n  - två",
)  # fmt: skip


def text(random: Random) -> str:
    """A text of one line or several, plain or odd."""
    kind = random.random()
    if kind < 0.35:
        return " ".join(random.choices(WORDS, k=random.randint(1, 4)))
    if kind < 0.5:
        return " ".join(random.choices(WORDS, k=random.randint(15, 60)))
    return random.choice(ODD) if kind < 0.85 else random.choice(LINES)


def scalar(random: Random) -> Any:
    choices = (
        lambda: text(random),
        lambda: random.randint(0, 10**7),
        lambda: Decimal(random.randint(0, 10**7)) / 100,
        lambda: date(random.randint(1950, 2150), random.randint(1, 12), random.randint(1, 28)),
        lambda: random.random() < 0.5,
    )
    return random.choices(choices, weights=(6, 1, 1, 1, 1))[0]()


def value(random: Random, depth: int) -> Any:
    """A value with others in it, as deep as it may be."""
    kind = random.random()
    if depth <= 0 or kind < 0.5:
        return scalar(random)
    if kind < 0.75:
        return {key(random): value(random, depth - 1) for _ in range(random.choice((0, 1, 1, 2, 3, 4)))}
    if kind < 0.85:
        return [scalar(random) for _ in range(random.choice((0, 1, 2, 3)))]
    return [
        {key(random): value(random, depth - 2) for _ in range(random.randint(1, 3))}
        for _ in range(random.randint(1, 3))
    ]


KEYS = ("name", "kind", "text", "from", "to", "date", "note", "åäö", "a-b", "a_b", "x1", "year", "1", "body", "log")


def key(random: Random) -> str:
    return random.choice(KEYS) + random.choice(("", "", "2", "3"))


def tree(random: Random) -> dict[str, Any]:
    """A whole file's values."""
    return {key(random): value(random, 3) for _ in range(random.randint(1, 6))}


@dataclass
class Styler:
    """Writes values in one style, chosen by a seed."""

    random: Random
    comments: int = 0
    """How many there are."""
    indent: int = field(init=False)
    hyphen: int = field(init=False)
    gap: int = field(init=False)
    quotes: str = field(init=False)
    ending: str = field(init=False)
    chatty: float = field(init=False)
    flow: float = field(init=False)
    airy: bool = field(init=False)
    spaced: bool = field(init=False)
    padded: bool = field(init=False)
    final: bool = field(init=False)

    def __post_init__(self) -> None:
        pick = self.random.choice
        self.indent = pick((2, 2, 2, 4, 3, 1))
        self.hyphen = pick((0, 2, 2, 4))
        self.gap = pick((1, 1, 1, 3))
        self.quotes = pick(("", "", "", "'", '"', "mixed"))
        self.ending = pick(("\n", "\n", "\r\n"))
        self.chatty = pick((0, 0.1, 0.5))
        self.flow = pick((0, 0.2, 0.8))
        self.airy, self.spaced = pick((True, False)), pick((True, False, False))
        self.padded, self.final = pick((True, False)), pick((True, True, False))

    def file(self, values: Mapping[str, Any]) -> str:
        """The text of a whole file. Nobody writes one without any key."""
        lines: list[str] = []
        for number, (name, each) in enumerate(values.items()):
            if number and self.airy and lines[-1] and self.random.random() < 0.8:  # an empty one may be a text's own
                lines.append("")
            lines += self.entry(name, each, 0)
        lines += [self.comment()] if self.random.random() < self.chatty else []
        made = self.ending.join(lines)
        return made if not self.final and lines[-1] and read(made) == as_read(values) else made + self.ending

    def comment(self) -> str:
        self.comments += 1
        words = self.random.choice(("källan: sid. 3", "a: b", "- c", "§ 12", "tabb\thär"))
        return f"#~{self.comments}~ {words}"

    def above(self, column: int) -> list[str]:
        return [" " * column + self.comment()] if self.random.random() < self.chatty / 2 else []

    def beside(self, line: str) -> str:
        if self.random.random() >= self.chatty / 2:
            return line
        return line + self.random.choice((" ", "  ", "     ")) + self.comment()

    def entry(self, name: str, each: Any, column: int) -> list[str]:
        """A key with its value, as lines."""
        head = f"{' ' * column}{self.word(name)}:"
        above = self.above(column)
        if not isinstance(each, dict | list):
            return [*above, *self.single(head, each, column + self.indent)]
        inline = self.inline(each)
        if inline is not None and (not each or self.random.random() < self.flow):
            return [*above, self.beside(f"{head} {inline}")]
        if isinstance(each, dict):
            return [*above, self.beside(head), *self.inner(each, column + self.indent)]
        return [*above, self.beside(head), *self.items(each, column + self.hyphen)]

    def inner(self, values: Mapping[str, Any], column: int) -> list[str]:
        return [line for name, each in values.items() for line in self.entry(name, each, column)]

    def items(self, values: list[Any], column: int) -> list[str]:
        """The items of a list, as lines."""
        lines: list[str] = []
        for number, each in enumerate(values):
            if number and self.spaced and lines[-1]:
                lines.append("")
            lines += self.above(column)
            hyphen = f"{' ' * column}-{' ' * self.gap}"
            inline = self.inline(each) if isinstance(each, dict | list) else None
            if isinstance(each, dict) and each and (inline is None or self.random.random() >= self.flow):
                inner = self.inner(each, len(hyphen))
                while inner[0].lstrip().startswith("#"):
                    lines.append(inner.pop(0)[self.gap + 1 :])
                lines += [hyphen + inner[0][len(hyphen) :], *inner[1:]]
            elif inline is not None:
                lines.append(self.beside(hyphen + inline))
            else:
                lines += self.single(hyphen.rstrip(), each, len(hyphen), gap=self.gap)
        return lines + self.above(column)

    def single(self, head: str, each: Any, column: int, gap: int = 1) -> list[str]:
        """A single value after its key or hyphen: on that line, in a block, or over several lines."""
        if not isinstance(each, str):
            return [self.beside(f"{head}{' ' * gap}{plain(each)}")]
        if (block := self.block(each, column)) is not None and self.random.random() < 0.8:
            sign, rows = block
            return [self.beside(f"{head}{' ' * gap}{sign}"), *rows]
        word = self.word(each)
        if word == each and " " in each and self.random.random() < 0.3:
            first, rest = each.split(" ", 1)
            if not rest.startswith(("-", "#", "?")) and is_plain(first) and is_plain(rest):
                return [f"{head}{' ' * gap}{first}", self.beside(" " * max(column, 1) + rest)]
        return [self.beside(f"{head}{' ' * gap}{word}")]

    def block(self, each: str, column: int) -> tuple[str, list[str]] | None:
        """A text in a block, when it can stand in one."""
        column = max(column, 1)
        if not each or any(not (c.isprintable() or c in "\n\u00a0\u202f") for c in each):
            return None
        if "\n" not in each:
            if len(each) < 60 or each != " ".join(each.split(" ")) or "  " in each or each[0] == " " or each[-1] == " ":
                return None
            words, rows = each.split(" "), [""]
            for word in words:
                if rows[-1] and len(rows[-1]) + len(word) > 70:
                    rows.append("")
                rows[-1] = f"{rows[-1]} {word}".strip()
            return ">-", [" " * column + row for row in rows]
        body = each.rstrip("\n")
        if not body or body[0] in " \n":
            return None
        ends = len(each) - len(body)
        sign = {0: "|-", 1: "|"}.get(ends, "|+")
        rows = [" " * column + row if row else "" for row in body.split("\n")] + [""] * (ends - 1)
        return sign, rows

    def word(self, each: str) -> str:
        """A text on one line."""
        mark = self.random.choice(("", "'", '"')) if self.quotes == "mixed" else self.quotes
        if not mark and is_plain(each):
            return each
        if mark == "'" and each.isprintable() and each:
            return "'" + each.replace("'", "''") + "'"
        inside = "".join(c if c.isprintable() and c not in '"\\' else _escaped(c) for c in each)
        return f'"{inside}"'

    def inline(self, each: Any) -> str | None:
        """In braces or brackets; None for what would be too long there."""
        if isinstance(each, dict):
            parts = [(self.word(k), self.inline(v)) for k, v in each.items()]
            if any(v is None for _k, v in parts):
                return None
            pad = " " if self.padded and parts else ""
            found = "{" + pad + ", ".join(f"{k}: {v}" for k, v in parts) + pad + "}"
        elif isinstance(each, list):
            items = [self.inline(v) for v in each]
            if None in items:
                return None
            found = "[" + ", ".join(items) + "]"
        elif isinstance(each, str):
            found = self.word(each)
            if found == each and re.search(r"[,\[\]{}:]", each):
                found = f'"{each}"'
        else:
            found = plain(each)
        return found if len(found) < 120 else None


def _escaped(character: str) -> str:
    code = ord(character)
    return {'"': '\\"', "\\": "\\\\"}.get(character, f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")


def plain(each: Any) -> str:
    if isinstance(each, bool):
        return "true" if each else "false"
    return f"{each:f}" if isinstance(each, Decimal) else str(each)


def is_plain(each: str) -> bool:
    """Whether some reader that is not iopctl's reads the bare words as this text."""
    if not re.fullmatch(r"[^\W\d_](?:[\w .()§–/+\u00a0-]*[\w)+])?", each) or re.search(r"\d{4}-\d\d|^[.0-9]", each):
        return False
    return not re.fullmatch(r"y|n|yes|no|on|off|true|false|null|inf|nan", each, re.IGNORECASE)


def read(source: str) -> Any:
    """What another reader of YAML makes of a text: every single value as text."""
    return yaml.load(source, Loader=yaml.BaseLoader)


def as_read(each: Any) -> Any:
    """What that reader is to make of a value."""
    if isinstance(each, Mapping):
        return {k: as_read(v) for k, v in each.items()}
    if isinstance(each, list | tuple):
        return [as_read(v) for v in each]
    return each if isinstance(each, str) else plain(each)


def places(values: Any, route: Route = ()) -> Iterator[tuple[Route, Any]]:
    """Every place of a file with what is there."""
    yield route, values
    inner = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    for step, each in inner:
        yield from places(each, (*route, step))
