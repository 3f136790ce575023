"""The agreement among the others: what its file is called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iopctl.checks.case import Case, rule
from iopctl.finding import Finding, Label, Rule, Severity, say


@rule("REG003", Severity.WARNING)
def file_name(rule: Rule, case: Case) -> Iterator[Finding]:
    """The file's name is the agreement's id, which others refer to: letters a–z, digits, hyphen and underscore."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", case.id):
        message = say("the file's name cannot be an id that others refer to")
        help_ = say("rename the file, for example: {example}", example="linkoping-resurspoolen-2020.yaml")
        yield Finding(rule, message, (Label(("format",), on_key=True),), help_)
