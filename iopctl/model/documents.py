"""The words for documents that no data can give: the agreement's own sections, and what a memo or a report says."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from iopctl.model.base import Date, Open, Part, Text, When


class Texts(Part):
    """Sections of running text, Markdown, by the name of their subject. A footnote is referred to as [^id]."""

    background: Text | None = None
    parties: Text | None = None
    form: Text | None = None
    """What kind of cooperation an IOP is, and the criteria it is measured by."""
    starting_points: Text | None = None
    values: Text | None = None
    challenge: Text | None = None
    goals: Text | None = None
    activities: Text | None = None
    resources: Text | None = None
    responsibilities: Text | None = None
    matter: Text | None = None
    """The assessment of the period, for the section Ärende."""
    assessment: Text | None = None
    """What the administration concludes, before its proposal."""
    economy: Text | None = None
    equality: Text | None = None
    follow_up: Text | None = None
    union: Text | None = None
    """Information or negotiation under lag (1976:580)."""
    current_state: Text | None = None
    summary: Text | None = None
    """What has happened, and why the matter comes up; not what is proposed."""
    child: Text | None = None
    """What the decision means for children."""
    preparation: Text | None = None
    """How the matter has been prepared (beredning)."""
    presentation: Text | None = None
    """The matter as it is presented to the board (föredragning)."""
    planning: Text | None = None
    """When which bodies decide (beslutsplanering)."""
    results: Text | None = None
    """What the written evaluations have shown, for a report on the follow-up."""
    cooperation: Text | None = None
    """How the cooperation, and the work on quality, has gone."""
    proposal: Text | None = None
    """What a report on the follow-up proposes."""


class Link(Part):
    """A link whose target may still be unknown."""

    text: Text
    target: Open[Text]


class MunicipalGoal(Part):
    """A goal of the council that the matter contributes to, as the budget words it."""

    name: Text
    text: Text
    link: Link | None = None


class Basis(Part):
    """A document that the decision rests on, or that goes with it."""

    title: Text
    date: Open[Date] | None = None
    appendix: bool = False


class Recipient(Part):
    """Somebody the decision is sent to."""

    name: Text
    role: Text | None = None
    organisation: Text | None = None


NAMES = ("nämnden", "nämndens", "förvaltningen", "förvaltningens", "partnern", "partnerns", "månaden")
"""What stands in braces in a heading, also with a capital: `Förslag till {nämndens} beslut`, `Nuläge {månaden}`."""


def _heading(value: str) -> str:
    names = re.findall(r"\{([^{}]*)\}", value)
    if any(name.lower() not in NAMES for name in names) or re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", value)):
        raise PydanticCustomError("heading", "a heading")
    return value


Wording = Annotated[Text, AfterValidator(_heading)]
"""A heading or an opening in which names of the agreement can stand: `{Nämnden} beslutar`."""


class Section(Part):
    """A section of a document: which, under what heading."""

    section: Text
    heading: Wording | None = None
    """Left out: the template's own."""
    untitled: bool = False
    """Whether the section stands without a heading."""
    level: Literal[2, 3] = 2
    """3: under the section before it."""


HeadKey = Literal["unit", "date", "dnr", "case_officer", "receiver"]
"""What a line above the title tells: the förvaltning, the day, the diarienummer, the handläggare, the board."""


class DocumentPart(Part):
    """What one document says beyond the agreement: who wrote it, for whom, and its own sections."""

    date: When | None = None
    dnr: Open[Text] | None = None
    unit: Text | None = None
    """The förvaltning the document comes from."""
    case_officer: Open[Text] | None = None
    manager: Open[Text] | None = None
    """Who signs before the case officer, with the title: `Anna Andersson, socialdirektör`."""
    basis: tuple[Basis, ...] = ()
    municipal_goals: tuple[MunicipalGoal, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    sections: tuple[Section, ...] = ()
    """The sections of this very document, for one that differs from the municipality's others."""
    texts: Texts = Texts()


DocumentKind = Literal[
    "tjansteskrivelse-ny",
    "tjansteskrivelse-forlangning",
    "tjansteskrivelse-avslut",
    "tjansteskrivelse-avslag",
    "overenskommelse",
    "delrapport",
    "uppfoljningsrapport",
    "utbetalningsunderlag",
    "kallelse-uppfoljning",
]


SectionsFor = Literal[
    "tjansteskrivelse",
    "tjansteskrivelse-ny",
    "tjansteskrivelse-forlangning",
    "tjansteskrivelse-avslut",
    "tjansteskrivelse-avslag",
    "overenskommelse",
    "delrapport",
    "uppfoljningsrapport",
    "utbetalningsunderlag",
    "kallelse-uppfoljning",
]
"""The kinds of documents, and `tjansteskrivelse` for all memos that have no sections of their own."""


class DocumentSettings(Part):
    """How a municipality's documents look and what they are built of."""

    frame: Text | None = None
    """The Word file (.docx or .dotx) that documents are poured into, beside iopctl.yaml."""
    decision: Literal["numbered", "att"] = "numbered"
    """Proposed decisions as numbered sentences of their own, or as att-satser after an opening."""
    opening: Wording | None = None
    """What comes before the att-satser; left out: `{Nämnden} beslutar`."""
    period: Literal["words", "dash", "spaced_dash"] = "words"
    """`från och med … till och med …`, `2023-01-01–2025-12-31` or `2023-01-01 – 2025-12-31`."""
    dates: Literal["words", "iso"] = "words"
    """Days in running text: `den 3 november 2021` or `2021-11-03`."""
    labels: dict[HeadKey, Text] = {}
    """What the lines above the title are called."""
    sections: dict[SectionsFor, tuple[Section, ...]] = {}
    """Which sections a kind of document has, in order."""

    def sections_of(self, kind: str) -> tuple[Section, ...]:
        """Those chosen for a kind of document, or for all memos; nothing when the template's own are used."""
        chosen: dict[str, tuple[Section, ...]] = dict(self.sections.items())
        family = "tjansteskrivelse" if kind.startswith("tjansteskrivelse-") else kind
        return chosen.get(kind) or chosen.get(family, ())
