"""Which of the findings a run is about: --select, --ignore and --severity."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from iopctl.cli.exits import CommandError
from iopctl.cli.options import one_of
from iopctl.cli.words import _
from iopctl.finding import UNREAD

if TYPE_CHECKING:
    from iopctl.finding import Finding, Rule

WEIGHTS = ("info", "warning", "error")


@dataclass(frozen=True)
class Wanted:
    """The rules that are asked for, by code, the beginning of a code, or name; and the least weight."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    least: str

    def rule(self, rule: Rule) -> bool:
        """Whether a rule is asked for; the most exact word decides."""
        unasked = not self.select or rule.code.startswith(UNREAD)
        chosen = max((_exactness(each, rule) for each in self.select), default=0) or int(unasked)
        return chosen > max((_exactness(each, rule) for each in self.ignore), default=0)

    def finding(self, finding: Finding) -> bool:
        """Whether a finding is asked for."""
        return WEIGHTS.index(finding.weight.value) >= WEIGHTS.index(self.least) and self.rule(finding.rule)


def wanted(select: Sequence[str] | None, ignore: Sequence[str] | None, least: str | None) -> Wanted:
    """What the options ask for. Raises CommandError for a word that is no rule."""
    one_of("--severity", least or "info", WEIGHTS)
    return Wanted(_rules_named("--select", select), _rules_named("--ignore", ignore), least or "info")


def _exactness(word: str, rule: Rule) -> int:
    """How much of a rule's code a word gives; all of it, for its name."""
    if word == rule.name:
        return len(rule.code)
    return len(word) if rule.code.startswith(word) else 0


def _rules_named(option: str, given: Sequence[str] | None) -> tuple[str, ...]:
    words = [word.strip() for each in given or () for word in each.split(",") if word.strip()]
    if not words:
        return ()
    from iopctl.rules import ALL

    found = []
    for word in words:
        forms = [form for form in (word.lower(), word.upper()) if any(_exactness(form, rule) for rule in ALL)]
        if not forms:
            raise CommandError(_no_rule(option, word, ALL))
        found.append(forms[0])
    return tuple(found)


def _no_rule(option: str, word: str, rules: Sequence[Rule]) -> str:
    message = _("{option}: there is no rule {word}").format(option=option, word=word)
    known = {form: rule.code for rule in rules for form in (rule.code.lower(), rule.name)}
    close = difflib.get_close_matches(word.lower(), known, n=1)
    hint = _("did you mean {name}?").format(name=known[close[0]]) if close else _("see iopctl explain --all")
    return f"{message}; {hint}"
