"""A tree of lines: in the terminal, in Markdown and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from iopctl.render.markdown import escaped
from iopctl.render.plain import one_line


class Node(NamedTuple):
    """A line of the explanation, and what it rests on."""

    text: str
    below: tuple[Node, ...] = ()


def as_data(node: Node) -> dict[str, Any]:
    """A line and those below it, for another program."""
    return {"text": node.text, "below": [as_data(each) for each in node.below]} if node.below else {"text": node.text}


def as_branches(node: Node) -> str:
    """With branches drawn before the lines."""
    return "\n".join([one_line(node.text), *_branches(node.below, "")]) + "\n"


def _branches(nodes: tuple[Node, ...], indent: str) -> Iterator[str]:
    for number, node in enumerate(nodes, 1):
        last = number == len(nodes)
        yield f"{indent}{'└─' if last else '├─'} {one_line(node.text)}"
        yield from _branches(node.below, indent + ("   " if last else "│  "))


def as_markdown(node: Node) -> str:
    """A heading with nested lists below it."""
    return "\n".join([f"## {escaped(node.text)}", "", *_items(node.below, "")]) + "\n"


def _items(nodes: tuple[Node, ...], indent: str) -> Iterator[str]:
    for node in nodes:
        yield f"{indent}- {escaped(node.text)}"
        yield from _items(node.below, indent + "  ")
