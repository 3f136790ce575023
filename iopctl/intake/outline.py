"""Paper → sections by their subject, and the sentences in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from iopctl.intake.actors import shape
from iopctl.intake.names import subject
from iopctl.intake.paper import Paper, Paragraph, Place

_ABBREVIATION = re.compile(
    r"(?:\b(?:t\.\s?ex|bl\.\s?a|dvs|m\.\s?m|m\.\s?fl|s\.\s?k|f\.\s?d|fr\.\s?o\.\s?m|t\.\s?o\.\s?m|o\.\s?s\.\s?v"
    r"|osv|kl|nr|ca|c:a"
    r"|kap|sid|resp|inkl|exkl|org|tel|jan|feb|aug|sept?|okt|nov|dec|st|dnr|p\.\s?g\.\s?a|pga)|\b[A-ZÅÄÖ0-9])\.$",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"överenskommelse|partnerskap|\biop\b|avtal|rapport|tjänsteskrivelse|tjänsteutlåtande|ställningstagande",
    re.IGNORECASE,
)
_SIGNING = re.compile(
    r"(?!Överens|Tjänste|Avtal|Bilaga|Protokoll|Datum|Rapport|Beslut|Reviderad|Upprättad|Senast|Justera|Anslag)"
    r"[A-ZÅÄÖ][\wåäöé]+ (?:den )?(?:_{3,}|\.{3,}|X{2,}|[0-9]{4}-[0-9X]{2}-[0-9X]{0,2}|[0-9]{1,2} [a-zåäö]+ [0-9]{4})"
    r"|För [\wåäöÅÄÖ][^.:]{2,90}"
)
"""The lines that a signature begins with, where it has no heading."""
_LABEL = re.compile(
    r"tjänsteskrivelse|tjänsteutlåtande|avtal|överenskommelse|protokollsutdrag|sammanträdesprotokoll|iop"
    r"|(?:ett )?idéburet offentligt partnerskap(?: \(iop\))?",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"uppföljning av|utvärdering av|(?:samverkans|partnerskaps)?(?:avtal|överenskommelse)\b|idébur|partnerskap"
    r"|iop\b|förlängning av",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:om|mellan|avseende|angående|för|kring)\s")
_MATTER = re.compile(r"§ ?[0-9]{1,3}(?:\s+(?:Dnr|Diarienr)\b.*)?", re.IGNORECASE)
"""The line that a matter of minutes begins with."""
LONGEST_PARAGRAPH, LONGEST_SENTENCE = 20_000, 1_500
"""Characters. No facts are looked for in longer ones, which only a file made to exhaust the reader has."""

_OVERLONG = re.compile(r"\S{80,}")
_FORM_LABELS = ("parties", "forum", "signatures", "recipients", "basis")
"""Sections that consist of short lines, which are no headings."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, where it stands, and under what."""

    text: str
    paragraph: Paragraph
    section: str | None

    @property
    def place(self) -> Place:
        """Where its paragraph stands."""
        return self.paragraph.place


@dataclass
class Section:
    """A heading and what stands under it."""

    subject: str | None
    heading: Paragraph | None
    parts: list[Paragraph] = field(default_factory=list)
    divided: bool = False
    """Whether it has headings of its own, which are among its parts."""

    @property
    def level(self) -> int:
        """Of its heading, where the file says it."""
        return self.heading.level if self.heading else 0


class Outline:
    """A paper by its sections."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.notes = {each.note: each for each in paper.paragraphs if each.kind == "note"}
        whole = [each for each in paper.paragraphs if each.kind not in ("note", "edge") and each.said]
        matters = [number for number, each in enumerate(whole) if _MATTER.fullmatch(each.said)]
        self.flow = whole[: matters[1]] if len(matters) > 1 else whole
        self.later = whole[len(self.flow)] if len(matters) > 1 else None
        """Where the second matter of minutes begins: what follows is about something else."""
        self.title = _title(self.flow)
        self.sections = list(_sections([each for each in self.flow if each is not self.title]))

    @cached_property
    def said(self) -> list[Said]:
        """All the sentences that count, in order: no headings, no footnotes, nothing crossed out."""
        return [
            Said(text, each, section.subject)
            for section in self.sections
            for each in section.parts
            if each.kind != "heading" or not each.level
            if len(each.text) <= LONGEST_PARAGRAPH
            for text in sentences(each.said)
            if len(text) <= LONGEST_SENTENCE
        ]

    def under(self, *subjects: str) -> Iterator[Section]:
        """The sections with one of these subjects."""
        return (each for each in self.sections if each.subject in subjects)

    def sentences_of(self, section: Section) -> list[Said]:
        """The sentences of one section."""
        inside = {id(each) for each in section.parts}
        return [each for each in self.said if id(each.paragraph) in inside]

    @cached_property
    def words(self) -> str:
        """All that is said, without footnotes."""
        return "\n".join(_OVERLONG.sub(" ", each.said[:LONGEST_PARAGRAPH]) for each in self.flow)


def _title(flow: Sequence[Paragraph]) -> Paragraph | None:
    """The title: what the file calls so, else the first line about an agreement before the first usual heading."""
    marked = [each for each in flow if each.kind == "heading" and each.level == 1]
    if len(marked) == 1 and (marked[0] in flow[:12]):
        after = flow[flow.index(marked[0]) + 1 :][:1] if _LABEL.fullmatch(marked[0].said) else []
        longer = (each for each in after if each.kind == "heading" and _TITLED.match(each.said) and len(each.said) > 25)
        return next(longer, marked[0])
    if marked and marked[0] is flow[0] and subject(marked[0].said) is None:
        return marked[0]
    head = []
    for each in flow[:12]:
        named = each is flow[0] and _TITLED.match(each.said)  # `Uppföljning av partnerskapet …`
        if each.kind == "heading" and subject(each.said) is not None and not named:
            break
        head.append(each)
    first = flow[:1] if flow and not flow[0].said.endswith((".", ":")) else []
    lines = [each for each in head if (each.kind == "heading" or each in first) and len(each.said) <= 250]
    lines = [each for each in lines if not _LABEL.fullmatch(each.said)] or lines
    titled = [each for each in head if _TITLED.match(each.said) and 25 < len(each.said) <= 250 and each.said[-1] != "."]
    if len(lines) and _LABEL.fullmatch(lines[0].said):
        following = flow[flow.index(lines[0]) + 1 :][:1]
        titled = [each for each in following if _GOES_ON.match(each.said) and len(each.said) <= 200] + titled
    titled = [each for each in titled if not _LABEL.fullmatch(each.said) and each.kind in ("heading", "paragraph")]
    usual = next((each for each in lines if _TITLE.search(each.said)), None)
    if usual is not None and not _LABEL.fullmatch(usual.said):
        return usual
    label = next((each for each in first if each.kind == "heading" and _TITLE.search(each.said)), None)
    return next(iter(titled), usual) or (lines[0] if lines and lines[0] is flow[0] else label)


def _sections(flow: Sequence[Paragraph]) -> Iterator[Section]:
    current = Section(None, None)
    for number, each in enumerate(flow):
        after = flow[number + 1] if number + 1 < len(flow) else None
        if each.kind == "heading" and _begins(each, current, after):
            yield current
            current = Section(subject(each.said), each)
        elif (
            current.subject not in ("signatures", "recipients")
            and (current.heading or current.subject)
            and _SIGNING.fullmatch(each.said)
        ):
            yield current
            current = Section("signatures", None, [each])
        else:
            current.divided = current.divided or each.kind == "heading"
            current.parts.append(each)
    yield current


def _begins(each: Paragraph, current: Section, after: Paragraph | None) -> bool:
    """Whether a heading begins a section, and does not divide the one that it stands in."""
    known = subject(each.said)
    if current.subject == "signatures" and not each.level and not re.match(r"[0-9§]|Bilaga", each.said):
        return False  # names, and whom they sign for
    if known is not None and re.match(r"§ ?[0-9]|[0-9]{1,2}[.)]? ", each.said):
        return True
    if known is not None:
        divides = current.divided or not current.parts
        return known != current.subject or known == "forum" or not divides
    if each.level:
        return not (0 < current.level < each.level) and current.subject is not None
    if current.subject is None and current.heading is None:
        return False
    if current.subject == "parties" and not each.bold and (made := shape(each.said)) and made.stated:
        return False  # the last of those that are named
    if current.subject in _FORM_LABELS and not each.bold:
        return after is not None and after.said.endswith(".") and len(after.said.split()) > 5
    if current.heading is not None and (not current.parts or current.divided):
        return False
    return each.bold or (after is not None and after.said.endswith("."))


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph."""
    found: list[str] = []
    start = 0
    for end in re.finditer(r"[.!?][\"”’)]*\s+(?=[\"”“(–-]?\s?[A-ZÅÄÖ0-9])", text):
        if not _ABBREVIATION.search(text[start : end.start() + 1]):
            found.append(text[start : end.end()].strip())
            start = end.end()
    rest = text[start:].strip()
    return [*found, rest] if rest else found
