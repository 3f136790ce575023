"""Keys that do not go together: what the rules about clauses and about schedules find."""

from __future__ import annotations

from typing import NamedTuple

from iopctl.finding import Finding, Label, Message, Route, Rule, Severity, say

ONE_OF_THEM = say("see what the signed text says, and keep one of them")


class Fault(NamedTuple):
    """Keys that do not go together."""

    message: Message
    help: Message
    at: Route
    """The key that is wrong, from the part of the agreement that is looked at."""
    beside: Route | None = None
    """The key that it contradicts."""
    severity: Severity | None = None

    def finding(self, rule: Rule, place: Route) -> Finding:
        """As a finding in the part of the agreement that was looked at."""
        labels = [Label((*place, *self.at))]
        if self.beside is not None:
            labels.append(Label((*place, *self.beside), say("beside this")))
        return Finding(rule, self.message, tuple(labels), self.help, self.severity)
