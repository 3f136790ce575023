"""The sections of a memo: which there are, what has to stand in them. Rules D7–D10, D14 and D15 of handbooks.

(H) is a handbook at 5dok.org/article/vad-ska-jag-skriva-under-de-olika-rubrikerna.zwvrxm1g, (N) Nacka's template.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from datetime import date

from iopctl.checks.texts import placeholders
from iopctl.finding import Finding, Rule, Severity, say
from iopctl.lint.case import Case, rule
from iopctl.lint.days import days
from iopctl.lint.decision import points
from iopctl.lint.paper import Block

LINE = 90
"""Characters in a line of a memo, about: Word's own page with text in 11 points."""


@rule("DRF017", Severity.WARNING)
def section_missing(rule: Rule, case: Case) -> Iterator[Finding]:
    """A section that the document has when it is drafted now is gone, or holds nothing; an error for the decision."""
    names = {each.heading.plain.casefold() for each in case.paper.sections}
    for section in case.fresh.sections:
        heading = section.heading.plain
        id_ = case.ids.get(heading.casefold())
        if id_ is None or id_ == "summary":  # a heading below a section's; DRF020 asks for the summary
            continue
        severity = Severity.ERROR if id_ == "decision" else None
        found = case.section(id_)
        if found is None and heading.casefold() not in names:
            message = say("the section “{heading}” is not there", heading=heading)
            yield Finding(rule, message, (), _PUT_BACK, severity)
        elif found is not None and not any(each.plain for each in found.blocks):
            message = say("nothing stands under “{heading}”", heading=found.heading.plain)
            yield Finding(rule, message, (case.label(found.heading),), _PUT_BACK, severity)


_PUT_BACK = say("write it; if the municipality does without, take it out of documents: sections: in iopctl.yaml")


@rule("DRF018", Severity.WARNING)
def basis_without_date(rule: Rule, case: Case) -> Iterator[Finding]:
    """A document that the decision rests on is listed without its date (H)."""
    for block in _rows(case, "basis"):
        exact = any(isinstance(each.value, date) for each in days(block.text))
        if not exact and not case.drafted(block) and not any(True for _each in placeholders(block.text)):
            message = say("a document is listed without its date")
            yield Finding(rule, message, (case.label(block),), say("write the day that the document is dated"))


@rule("DRF019", Severity.WARNING)
def memo_first(rule: Rule, case: Case) -> Iterator[Finding]:
    """The memo itself is to be listed first among the documents, with its own date (H)."""
    rows = _rows(case, "basis")
    if not case.memo or not rows or rows[0].plain in _drafted_rows(case, "basis")[:1]:
        return
    label = (case.label(rows[0]),)
    if not re.match(r"(?:den egna )?tjänste(?:skrivelse|utlåtande)", rows[0].plain, re.IGNORECASE):
        help_ = say("list the memo itself first, with its date")
        yield Finding(rule, say("the first document listed is not the memo itself"), label, help_)
        return
    own = {each.value for block in case.paper.head for each in days(block.text)} or {case.dated}
    listed = [each.value for each in days(rows[0].text)]
    if listed and not own & set(listed):
        message = say("the memo is listed with another date than its own")
        yield Finding(rule, message, label, say("write the memo's own date"))


@rule("DRF020", Severity.WARNING)
def summary_missing(rule: Rule, case: Case) -> Iterator[Finding]:
    """A memo of more than eight lines has no summary, where the municipality's memos have one (N)."""
    if not case.memo or "summary" not in case.ids.values():
        return
    found = case.section("summary")
    if found is not None and any(each.plain for each in found.blocks):
        return
    lines = sum(-(-len(each.text) // LINE) for each in case.paper.blocks if each.kind in ("paragraph", "item"))
    if lines > 8:
        labels = (case.label(found.heading),) if found else ()
        message = say("the memo has {count} lines, about, and no summary", count=lines)
        help_ = say("sum up what has happened and why, in a few lines")
        yield Finding(rule, message, labels, help_)


@rule("DRF021", Severity.WARNING)
def summary_repeats_decision(rule: Rule, case: Case) -> Iterator[Finding]:
    """The summary says again what is proposed; it is to say what has happened, and why (H)."""
    proposed = points(case.section("decision"))
    drafted = _drafted_rows(case, "summary")
    for block in _rows(case, "summary"):
        if block.plain in drafted:
            continue
        for found in re.finditer(r"[^.]{20,}(?:\.(?=\s|$)|$)", block.text):
            for point in proposed:
                if _alike(found[0], point.text):
                    labels = (case.label(block, *found.span()), case.label(point))
                    message = say("the summary repeats a point of the decision")
                    yield Finding(
                        rule, message, labels, say("say what has happened and why, rather than what is proposed")
                    )
                    break


def _alike(one: str, other: str) -> bool:
    first, second = ([word.casefold() for word in re.findall(r"\w+", each)] for each in (one, other))
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio() >= 0.75


@rule("DRF022", Severity.WARNING)
def recipient_without_role(rule: Rule, case: Case) -> Iterator[Finding]:
    """A person whom the decision is sent to is named without a role: it is the role that the decision goes to."""
    names = {name.casefold() for name, _small in case.known.names.items()}
    people = {each.casefold() for each in _people(case)}
    for block in _rows(case, "recipients"):
        name = block.plain.rstrip(".")
        is_person = name.casefold() in people or (_PERSON.fullmatch(name) and name.casefold() not in names)
        if is_person and not case.drafted(block):
            message = say("a recipient has no role")
            yield Finding(
                rule, message, (case.label(block),), say("write the role after the name, and the organisation")
            )


_PERSON = re.compile(r"[A-ZÅÄÖÉ][^\W\d_]+(?: [A-ZÅÄÖÉ][^\W\d_]+(?:-[A-ZÅÄÖÉ][^\W\d_]+)?)")


def _people(case: Case) -> Iterator[str]:
    agreement = case.workspace.agreements[case.id]
    named = [each.name for party in agreement.parties.values() for each in party.contacts]
    named += [each.name for part in agreement.documents.values() for each in part.recipients]
    yield from (each for each in named if isinstance(each, str))


def _drafted_rows(case: Case, id_: str) -> list[str]:
    """The same as iopctl drafts it."""
    section = case.section(id_, case.fresh)
    return [each.plain for each in section.blocks if each.kind != "heading" and each.plain] if section else []


def _rows(case: Case, id_: str) -> list[Block]:
    """What stands under the heading of a section."""
    section = case.section(id_)
    return [each for each in section.blocks if each.kind != "heading" and each.plain] if section else []
