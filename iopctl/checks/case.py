"""What a rule gets to see, and how a function becomes a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from iopctl.finding import Finding, Rule, Severity
from iopctl.model import Agreement, Workspace


@dataclass(frozen=True, slots=True)
class Case:
    """One agreement, the workspace it belongs to, and the day of the check."""

    id: str
    agreement: Agreement
    workspace: Workspace
    as_of: date


Check = Callable[[Case], Iterator[Finding]]


def rule(code: str, severity: Severity = Severity.ERROR) -> Callable[[Callable[[Rule, Case], Iterator[Finding]]], Rule]:
    """Makes a rule of a function: its name is the rule's name, its docstring the manual page."""

    def make(function: Callable[[Rule, Case], Iterator[Finding]]) -> Rule:
        name = function.__name__.replace("_", "-")
        made = Rule(code, name, severity, function.__doc__ or "", lambda case: function(made, case))
        return made

    return make
