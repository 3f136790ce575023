"""The commented file of a new agreement, and what the rules say about it."""

from __future__ import annotations

from iopctl import form, layout
from iopctl.beginning import proposals as propose
from iopctl.beginning import wording
from iopctl.beginning.question import Answer, Situation
from iopctl.beginning.values import Values, agreement
from iopctl.checks import Case, check
from iopctl.finding import Finding, Severity
from iopctl.layout import Remarked
from iopctl.model import Agreement, Workspace
from iopctl.source import Source

Block = tuple[str, Values]


def text(now: Situation) -> str:
    """The file that the answers give."""
    pieces = ["\n".join(layout.entry("", Remarked(None, above=wording.HEAD), 0))]
    for name, values in agreement(now).items():
        remark = Remarked(None, above=(wording.ABOVE[name],))
        pieces.append("\n".join([*layout.entry("", remark, 0), *layout.entries(values)]))
    return "\n\n".join(pieces) + "\n"


def errors(now: Situation) -> list[Finding]:
    """What is wrong with the agreement as far as it has come. Names that have not been given are made up for that."""
    for key, name in MADE_UP.items():
        if now.value(key) is None:
            now = now.answered(key, Answer(name, name))
    source = Source("", text(now))
    found = list(source.findings)
    made, wrong = form.read(Agreement, source.values) if not found else (None, [])
    if made is not None:
        workspace = Workspace({}, frozenset(now.agreements), now.tables, now.settings)
        id_ = now.value("id") or propose.id_(now)
        wrong = check(Case(id_, made, workspace, now.as_of, source.text, source.personal_numbers()))
    return [each for each in (*found, *wrong) if each.weight is Severity.ERROR]


MADE_UP = {"municipality": "Exempelkommunen", "partner": "Föreningen Exemplet"}
