"""The same values laid out in another way: keys in any order, any indents and quotation marks, comments everywhere.

Every comment says where it stands, `# above parties.kommunen 7`, so that a test can see whether it still stands there.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

Route = tuple[str | int, ...]


def restyled(values: Mapping[str, Any], seed: int) -> str:
    """A text that says these values."""
    writer = _Writer(random.Random(seed))
    lines = writer.head() + writer.mapping(values, (), 0) + writer.remarks("end", (), 0)
    ending = writer.chance.choice(["\n", "\n", "\n", "\r\n"])
    return ending.join(lines) + (ending if writer.often() else "")


class _Writer:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.comments = chance.choice([0.0, 0.1, 0.3])
        self.count = 0

    def often(self) -> bool:
        return self.chance.random() < 0.8

    def seldom(self) -> bool:
        return self.chance.random() < 0.15

    # comments

    def head(self) -> list[str]:
        lines = ["---"] if self.seldom() else []
        if self.often():
            lines += [*self.remarks("head", (), 0), ""] * (self.comments > 0)
        return lines

    def remark(self, kind: str, route: Route) -> str:
        self.count += 1
        sign = self.chance.choice(["# ", "#", "#  "])
        return f"{sign}{kind} {'.'.join(map(str, route)) or '(file)'} {self.count}"

    def remarks(self, kind: str, route: Route, column: int) -> list[str]:
        """Some comment lines, perhaps set off by blank lines."""
        lines: list[str] = []
        while self.chance.random() < self.comments:
            lines.append(" " * column + self.remark(kind, route))
        if self.seldom():
            lines.insert(0, " " * self.chance.randrange(column + 1))
            if self.seldom():
                lines += ["", ""]
        return lines

    def beside(self, route: Route) -> str:
        if self.chance.random() >= self.comments:
            return "  " if self.seldom() else ""
        return " " * self.chance.randrange(1, 5) + self.remark("beside", route)

    # values

    def mapping(self, values: Mapping[str, Any], route: Route, column: int) -> list[str]:
        """The lines of a mapping, its keys from a column."""
        keys = list(values)
        if self.seldom() or not route:
            self.chance.shuffle(keys)
        lines: list[str] = []
        for key in keys:
            inner = (*route, key)
            above = self.remarks("above", inner, column)
            while not lines and above and not above[-1].strip():
                above.pop()  # set off from the first key it would be about the file
            lines += above
            lines += self.entry(f"{' ' * column}{self.key(key)}:", values[key], inner, column)
        return lines

    def entry(self, head: str, value: Any, route: Route, column: int, *, hyphen: bool = False) -> list[str]:
        """The lines of a key or an item, from its head on."""
        if isinstance(value, Mapping | tuple) and (not value or self.chance.random() < 0.3):
            return self.flow_lines(head, value, route, column)
        if isinstance(value, Mapping):
            return self.nested(head, value, route, column, hyphen=hyphen)
        if isinstance(value, tuple):
            in_ = column + self.chance.choice([0, 2, 2, 4] if not hyphen else [2, 3])
            lines = [head + self.beside(route)]
            for number, each in enumerate(value):
                inner = (*route, number)
                lines += self.remarks("above", inner, in_)
                item = f"{' ' * in_}-"
                lines += self.entry(item, each, inner, in_, hyphen=True)
            return lines + (self.remarks("end", route, in_) if in_ > column else [])
        return self.single(head, value, route, column)

    def nested(self, head: str, value: Mapping[str, Any], route: Route, column: int, *, hyphen: bool) -> list[str]:
        if not hyphen:
            in_ = column + self.chance.choice([1, 2, 2, 3, 4, 8])
            body = self.mapping(value, route, in_)
            return [head + self.beside(route), *body, *self.remarks("end", route, in_)]
        in_ = len(head) + self.chance.choice([1, 1, 1, 2, 3])
        body = self.mapping(value, route, in_)
        tail = self.remarks("end", route, in_)
        if body[0].strip() and not body[0].lstrip().startswith("#") and self.often():
            return [head + body[0][len(head) :], *body[1:], *tail]
        return [head + self.beside(route), *body, *tail]

    def key(self, key: str) -> str:
        if key.isdigit() or self.seldom():
            return self.chance.choice(['"{}"', "'{}'"]).format(key)
        return key

    def single(self, head: str, value: Any, route: Route, column: int) -> list[str]:
        in_ = column + self.chance.choice([1, 2, 2, 4])
        if isinstance(value, str) and " " in value and value.isprintable() and "  " not in value and self.seldom():
            words = value.split(" ")
            at = self.chance.randrange(1, len(words))
            first, rest = " ".join(words[:at]), " ".join(words[at:])
            return [f"{head} >-{self.beside(route)}", f"{' ' * in_}{first}", f"{' ' * in_}{rest}"]
        if isinstance(value, str) and "\n" in value:
            return self.block(head, value, route, in_)
        if self.seldom():
            lines = [head, *self.remarks("above", route, in_)]
            return [*lines, f"{' ' * in_}{self.words(value)}{self.beside(route)}"]
        return [f"{head}{' ' * self.chance.choice([1, 1, 3])}{self.words(value)}{self.beside(route)}"]

    def block(self, head: str, value: str, route: Route, in_: int) -> list[str]:
        rows = value.rstrip("\n").split("\n")
        ends = len(value) - len(value.rstrip("\n"))
        shown = all(each.isprintable() for each in rows) and rows[0].strip() and not rows[0].startswith(" ")
        if not shown or self.seldom():
            return [f"{head} {self.double(value)}{self.beside(route)}"]
        chomp = "-" if not ends else "" if ends == 1 else "+"
        folds = not any(row.startswith(" ") for row in rows) and self.seldom()
        if folds:
            rows = [each for number, row in enumerate(rows) for each in ([""] * (number > 0) + ([row] if row else []))]
        body = [f"{' ' * in_}{row}" if row else "" for row in rows] + [""] * max(0, ends - 1)
        return [f"{head} {'>' if folds else '|'}{chomp}{self.beside(route)}", *body]

    def words(self, value: Any, *, inline: bool = False) -> str:
        """A single value on one line."""
        if not isinstance(value, str):
            return "true" if value is True else "false" if value is False else str(value)
        plain = value.replace(" ", "").isalnum() and value[:1].isalpha() and value not in ("true", "false", "null")
        if plain and value == value.strip() and value.isprintable() and not (inline and self.seldom()) and self.often():
            return value
        if value.isprintable() and self.chance.random() < 0.5:
            return "'" + value.replace("'", "''") + "'"
        return self.double(value)

    def double(self, value: str) -> str:
        codes = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
        shown = (codes.get(each, each if each.isprintable() else f"\\U{ord(each):08x}") for each in value)
        return f'"{"".join(shown)}"'

    # braces and brackets

    def flow_lines(self, head: str, value: Any, route: Route, column: int) -> list[str]:
        """A value in braces or brackets, on one line or on several with comments between."""
        if not value or self.often():
            return [f"{head} {self.flow(value)}{self.beside(route)}"]
        pad = " " * (column + self.chance.randrange(1, 5))
        signs = "{}" if isinstance(value, Mapping) else "[]"
        lines = [f"{head} {signs[0]}"]
        items = list(value.items()) if isinstance(value, Mapping) else list(enumerate(value))
        for step, each in items:
            inner = (*route, step)
            name = f"{self.key(str(step))}: " if isinstance(value, Mapping) else ""
            lines += self.remarks("above", inner, len(pad))
            lines.append(f"{pad}{name}{self.flow(each)},{self.beside(inner)}")
        return [*lines, *self.remarks("end", route, len(pad)), f"{pad}{signs[1]}"]

    def flow(self, value: Any) -> str:
        pad = " " * self.chance.randrange(2)
        comma = self.chance.choice([", ", ",  ", " , "])
        if isinstance(value, Mapping):
            return "{" + pad + comma.join(f"{self.key(k)}: {self.flow(v)}" for k, v in value.items()) + pad + "}"
        if isinstance(value, Sequence) and not isinstance(value, str):
            return "[" + pad + comma.join(self.flow(each) for each in value) + pad + "]"
        return self.words(value, inline=True)
