"""What a rule about drafts gets to see, and how a function becomes one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import NamedTuple

from iopctl.checks.case import named
from iopctl.finding import Finding, Label, Message, Rule, Severity
from iopctl.lint.known import Known, known
from iopctl.lint.paper import Block, Paper, Section
from iopctl.model import Workspace


@dataclass(frozen=True)
class Case:
    """A draft that has been edited, its agreement, and the same document as it is drafted now."""

    paper: Paper
    id: str
    kind: str
    workspace: Workspace
    as_of: date
    fresh: Paper
    ids: Mapping[str, str]
    """The ids of the sections by their headings, as the document is drafted now."""
    dated: date | None = None
    """The document's own day, as it is drafted now."""
    publish: bool = False

    @cached_property
    def known(self) -> Known:
        """Every value that the agreement gives."""
        more = [self.as_of, *([self.dated] if self.dated else [])]
        return known(self.id, self.workspace, self.fresh, self.as_of, more)

    @cached_property
    def _drafted(self) -> frozenset[tuple[bool, str]]:
        return frozenset(map(_words_of, self.fresh.blocks))

    def drafted(self, block: Block) -> bool:
        """Whether iopctl has written a paragraph itself; the rules about good memos leave it alone."""
        return _words_of(block) in self._drafted

    @cached_property
    def edited(self) -> tuple[Block, ...]:
        """The paragraphs that somebody else has written."""
        return tuple(each for each in self.paper.blocks if not self.drafted(each))

    @property
    def memo(self) -> bool:
        """Whether it is a memo to a board."""
        return self.kind.startswith("tjansteskrivelse")

    def section(self, id_: str, paper: Paper | None = None) -> Section | None:
        """The section of that id: by the heading it is drafted with, or by what municipalities call it."""
        usual = re.compile(HEADINGS.get(id_, "(?!)"), re.IGNORECASE)
        found = (self.paper if paper is None else paper).sections
        exact = (each for each in found if self.ids.get(each.heading.plain.casefold()) == id_)
        called = (each for each in found if usual.fullmatch(each.heading.plain.rstrip(":.")))
        return next(exact, None) or next(called, None)

    def label(self, block: Block, start: int = 0, end: int | None = None, message: Message | None = None) -> Label:
        """Points at words of the draft."""
        return self.paper.label(block, start, end, message)


def _words_of(block: Block) -> tuple[bool, str]:
    """What a paragraph says, and whether as a heading; a number or a sign before it may be typed, or the list's own."""
    return block.kind == "heading", re.sub(r"^(?:[0-9]{1,2}[.)]|[-–•])\s", "", block.plain)


HEADINGS = {
    "decision": r"förslag till (\w+ )?(\w+ )?beslut|beslutsförslag|.*förslag till beslut",
    "summary": r"sammanfattning( av ärendet)?",
    "basis": r"beslutsunderlag",
    "recipients": r"beslutet skickas till|beslut sänds till|expedieras( till)?",
}
"""What municipalities call the sections that rules are about."""


class Check(NamedTuple):
    """A rule about drafts and the function that finds what breaks it."""

    rule: Rule
    find: Callable[[Case], Iterator[Finding]]


def rule(
    code: str, severity: Severity = Severity.ERROR
) -> Callable[[Callable[[Rule, Case], Iterator[Finding]]], Check]:
    """Makes a check of a function: its name is the rule's name."""

    def make(function: Callable[[Rule, Case], Iterator[Finding]]) -> Check:
        made = named(function, code, severity)
        return Check(made, partial(function, made))

    return make
