"""Placeholders and open questions in what the agreement says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iopctl.checks.case import Case, rule
from iopctl.finding import Finding, Label, Rule, Severity, say
from iopctl.model import Unknown


@rule("TXT001", Severity.WARNING)
def open_question(rule: Rule, case: Case) -> Iterator[Finding]:
    """The agreement leaves something open and says so: `{unknown: "§ XXX"}`.

    Nothing is wrong with the file; the list is what remains to be found out before the agreement is complete.
    """
    if not case.has_unknown:
        return
    for route, value in case.leaves:
        if type(value) is Unknown:
            message = say("open: {words}", words=say("“{text}”", text=value.unknown))
            label = Label((*route, "unknown"))
            yield Finding(rule, message, (label,), say("write the value here when it is known"))


@rule("TXT002")
def placeholder(rule: Rule, case: Case) -> Iterator[Finding]:
    """A text still holds a placeholder: XX, "ej klart", "Fyll i", a link to nowhere, a date without a day.

    Such leftovers stand in real signed agreements ("Lund den XX", "§ XXX"). Write the missing words, or write the value
    as an explicit unknown, which check lists without failing.
    """
    if not any(sign in case.written_out for sign in _MAYBE) and not _DASH.search(case.written_out):
        return
    for route, text in case.texts:
        for words in dict.fromkeys(found[0].strip() for found in _PLACEHOLDER.finditer(text)):
            message = say("a placeholder is left in the text: {words}", words=say("“{text}”", text=words))
            yield Finding(rule, message, (Label(route, needle=words),), _WRITE_IT)


_WRITE_IT = say(
    "write what is to stand there; a name, a date or a § that is not known yet is written {example}",
    example='{unknown: "…"}',
)

_SIGNS = (
    r"(?<![^\W\d])X{2,}(?!\w)",  # "§ XXX", "den XX", "20XX"
    r"§\s*x{2,}(?!\w)",
    r"_{3,}",
    r"ej klart\b",
    r"Fyll i annars|ATT FYLLA I\b|\bTBD\b",
    r"\]\(#?\)",  # a link without a target
    r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?![0-9])",  # "2017-12-"
)
_PLACEHOLDER = re.compile("|".join(_SIGNS))
_MAYBE = ("XX", "xx", "___", "klart", "annars", "FYLLA", "TBD", "](")
_DASH = re.compile(r"[0-9]-(?![0-9])")
"""One of these stands in every text that _PLACEHOLDER finds something in, and they are quicker to look for."""
