"""The words for documents that no data can give: the agreement's own sections, and what a memo or a report says."""

from __future__ import annotations

from typing import Literal

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


class DocumentPart(Part):
    """What one document says beyond the agreement: who wrote it, for whom, and its own sections."""

    date: When | None = None
    dnr: Open[Text] | None = None
    unit: Text | None = None
    """The förvaltning the document comes from."""
    case_officer: Open[Text] | None = None
    basis: tuple[Basis, ...] = ()
    municipal_goals: tuple[MunicipalGoal, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    texts: Texts = Texts()


DocumentKind = Literal["tjansteskrivelse-forlangning", "overenskommelse", "delrapport"]
