"""The form of a draft: what is left to fill in, headings, and personal data in what is to be published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iopctl.checks import texts
from iopctl.finding import Finding, Rule, Severity, say
from iopctl.lint.case import Case, rule
from iopctl.lint.paper import Block
from iopctl.personal import places

_TO_FILL = re.compile(
    r"\[ATT FYLLA I: [^\]]*\]|Klicka eller tryck här för att ange[^.]*\.?|\[(?:Skriv|Ange|Klicka)\b[^\]]*\]"
)
"""iopctl's own mark, and what Word's controls say while they are empty."""


@rule("DRF023")
def left_to_fill_in(rule: Rule, case: Case) -> Iterator[Finding]:
    """Something is left to fill in: [ATT FYLLA I: …], XX, “ej klart”, a link to #, a date without its day."""
    for block in case.paper.blocks:
        for start, end in _gaps(block):
            words = block.text[start:end].strip()
            message = say("left to fill in: {words}", words=say("“{text}”", text=words))
            yield Finding(rule, message, (case.label(block, start, end),), say("write what is to stand there"))


def _gaps(block: Block) -> list[tuple[int, int]]:
    found = [each.span() for each in _TO_FILL.finditer(block.text)]
    others = list(texts.placeholders(block.text))
    others += [(each.start, each.end) for each in block.targets if each.address.strip() in ("", "#")]
    for start, end in others:
        if not any(first < end and start < last for first, last in found):
            found.append((start, end))
    return sorted(found)


@rule("DRF024", Severity.WARNING)
def heading_levels(rule: Rule, case: Case) -> Iterator[Finding]:
    """Who reads with a screen reader goes by headings: there is a title, and no level is skipped (EN 301 549)."""
    headings = [each for each in case.paper.blocks if each.kind == "heading"]
    if not headings:
        message = say("the draft has no headings that a program can see")
        yield Finding(rule, message, (case.paper.label(case.paper.blocks[0]),) if case.paper.blocks else (), _STYLES)
        return
    if not any(each.level == 1 for each in headings):
        yield Finding(rule, say("the draft has no title"), (case.label(headings[0]),), _STYLES)
    level = 1
    for each in headings:
        if each.level > level + 1:
            message = say(
                "a heading of level {level} stands right under one of level {above}", level=each.level, above=level
            )
            yield Finding(rule, message, (case.label(each),), _STYLES)
        level = each.level


_STYLES = say("use the styles for title and headings, one level at a time")


@rule("DRF025", Severity.WARNING)
def bold_heading(rule: Rule, case: Case) -> Iterator[Finding]:
    """A bold paragraph poses as a heading: who sees it takes it for one, and a screen reader does not."""
    for block, after in zip(case.paper.blocks, (*case.paper.blocks[1:], None), strict=False):
        is_short = len(block.plain) <= 80 and not block.plain.endswith((".", ":", ",")) and not _gaps(block)
        poses = block.kind == "paragraph" and block.bold and is_short and after is not None and not after.bold
        if poses and not case.drafted(block) and after is not None and after.kind in ("paragraph", "item"):
            message = say("a bold paragraph poses as a heading")
            yield Finding(rule, message, (case.label(block),), say("give it the style of a heading"))


@rule("DRF026")
def personal_number_in_draft(rule: Rule, case: Case) -> Iterator[Finding]:
    """A personal number stands in the draft. It is not shown; it may never be published."""
    for block in case.paper.blocks:
        for start, end in places(block.text):
            label = case.paper.label(block, start, end, hidden=True)
            yield Finding(rule, say("a personal number stands in the draft"), (label,), say("remove it"))


@rule("DRF027", Severity.WARNING)
def private_contact_in_draft(rule: Rule, case: Case) -> Iterator[Finding]:
    """With --publish: a mobile number, or an address that is a person's own, in what is to be published."""
    if not case.publish:
        return
    for block in case.paper.blocks:
        for words, kind in dict.fromkeys(texts.contacts(block.text)):
            start = block.text.index(words)
            yield texts.private(rule, kind, case.label(block, start, start + len(words)))
