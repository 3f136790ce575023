"""Placeholders and open questions in what the agreement says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from iopctl.checks.case import Case, rule
from iopctl.finding import Finding, Label, Route, Rule, Severity, say
from iopctl.model import Agreement, Part, Unknown


@rule("TXT001", Severity.WARNING)
def open_question(rule: Rule, case: Case) -> Iterator[Finding]:
    """The agreement leaves something open and says so: `{unknown: "§ XXX"}`.

    Nothing is wrong with the file; the list is what remains to be found out before the agreement is complete.
    """
    for route, value in _leaves(case.agreement):
        if isinstance(value, Unknown):
            message = say("open: the text says {words}", words=f"“{value.unknown}”")
            label = Label((*route, "unknown"))
            yield Finding(rule, message, (label,), say("write the value here when it is known"))


@rule("TXT002")
def placeholder(rule: Rule, case: Case) -> Iterator[Finding]:
    """A text still holds a placeholder: XX, "ej klart", "Fyll i", a link to nowhere, a date without a day.

    Such leftovers stand in real signed agreements ("Lund den XX", "§ XXX"). Write the missing words, or write the value
    as an explicit unknown, which check lists without failing.
    """
    for route, text in strings(case.agreement):
        found = _PLACEHOLDER.search(text)
        if found:
            message = say("a placeholder is left in the text: {words}", words=f"“{found[0].strip()}”")
            help_ = say("write what is to stand there, or the explicit unknown: {example}", example='{unknown: "…"}')
            yield Finding(rule, message, (Label(route, needle=found[0].strip()),), help_)


_PLACEHOLDER = re.compile(
    r"\b[Xx]?X{2,}\b"  # "§ XXX", "den XX"; "xx" in small letters is a word or a code
    r"|\bej klart\b|\bFyll i\b|\bATT FYLLA I\b"
    r"|\]\(#?\)"  # a link without a target
    r"|\b(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?![0-9])"  # "2017-12-"
)


def strings(agreement: Agreement) -> Iterator[tuple[Route, str]]:
    """All texts with their routes. Reasons for acknowledging a finding quote it, so they are left out."""
    return ((route, value) for route, value in _leaves(agreement) if type(value) is str and route[0] != "acknowledged")


def _leaves(value: Any, route: Route = ()) -> Iterator[tuple[Route, Any]]:
    """Every text and every explicit unknown below a value."""
    if isinstance(value, str | Unknown):
        yield route, value
    elif isinstance(value, Part):
        given = value.model_fields_set
        for name, key in _keys(type(value)):
            if name in given:
                yield from _leaves(getattr(value, name), (*route, key))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*route, key))
    elif type(value) is tuple:
        for number, inner in enumerate(value):
            yield from _leaves(inner, (*route, number))


@cache
def _keys(part: type[Part]) -> tuple[tuple[str, str], ...]:
    """The fields of a part that can hold texts, with the keys they have in the file."""
    return tuple((name, field.alias or name) for name, field in part.model_fields.items())
