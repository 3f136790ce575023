"""A paper → the facts in it."""

from __future__ import annotations

from collections.abc import Callable

from iopctl.intake.case import Case
from iopctl.intake.clauses import clauses
from iopctl.intake.decisions import decisions, grounds
from iopctl.intake.duties import duties
from iopctl.intake.forums import forums
from iopctl.intake.kinds import contributions
from iopctl.intake.memo import head, kind_of, memo
from iopctl.intake.money import money
from iopctl.intake.outline import Outline
from iopctl.intake.paper import Paper
from iopctl.intake.parties import parties
from iopctl.intake.period import period
from iopctl.intake.signatures import signatures
from iopctl.intake.texts import texts

THEMES: tuple[Callable[[Case], None], ...] = (
    head,
    parties,
    period,
    memo,
    decisions,
    money,
    contributions,
    duties,
    forums,
    grounds,
    clauses,
    signatures,
    texts,
)
"""What is looked for, in order: the later ones know what the earlier ones found."""


def facts_in(paper: Paper) -> Case:
    """All that is found in a paper."""
    outline = Outline(paper)
    case = Case(outline, kind_of(outline))
    if outline.later is not None:
        case.draft.ask((), "papperet har flera ärenden; bara det första har lästs", outline.later)
    for theme in THEMES:
        theme(case)
    return case
