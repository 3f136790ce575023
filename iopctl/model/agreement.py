"""One agreement: the whole content of one file in agreements/. Its id is the file's name without the ending."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from iopctl.model.base import Code, Date, FileId, Id, Part, Text
from iopctl.model.contributions import Contribution, Total
from iopctl.model.decisions import Decision
from iopctl.model.documents import DocumentKind, DocumentPart, Texts
from iopctl.model.duties import Duty, LogEntry
from iopctl.model.grounds import Clause, Grounds
from iopctl.model.parties import Forum, Party, Signature
from iopctl.model.period import Period


class Acknowledgement(Part):
    """A finding that is true and stays, because the text is signed or the fact cannot be had; with the reason."""

    rule: Code
    at: Text | None = None
    """The place, as check prints it, when the rule finds something in more than one."""
    reason: Text
    until: Date | None = None
    """The last day it holds; after that the finding counts again."""


class Agreement(Part):
    """An IOP as its parties have agreed, or are about to agree, on it."""

    format: Literal[1]
    title: Text
    dated: Date | None = None
    """The date printed on the agreement."""
    dnr: Code | None = None
    purpose: Text | None = None
    """Markdown, in whole sentences."""
    target_group: Text | None = None
    parties: Annotated[dict[Id, Party], Field(min_length=1)]
    replaces: FileId | None = None
    """The id of the agreement that this one takes over from."""
    period: Period | None = None
    decisions: tuple[Decision, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    total: Total | None = None
    duties: tuple[Duty, ...] = ()
    forums: tuple[Forum, ...] = ()
    grounds: Grounds = Grounds()
    clauses: tuple[Clause, ...] = ()
    texts: Texts = Texts()
    footnotes: dict[Text, Text] = {}
    signatures: tuple[Signature, ...] = ()
    documents: dict[DocumentKind, DocumentPart] = {}
    log: tuple[LogEntry, ...] = ()
    acknowledged: tuple[Acknowledgement, ...] = ()
