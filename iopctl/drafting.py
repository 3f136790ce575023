"""A draft of an agreement as a document of a kind, and the document in a format."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from iopctl import __version__
from iopctl.documents.kinds import packaged
from iopctl.documents.templates import FRAME, SectionFaultError, TemplateFaultError, Templates
from iopctl.documents.tree import Document, Origin
from iopctl.files import shown
from iopctl.finding import Message, say
from iopctl.origin import BESIDE, commit


class DraftError(Exception):
    """A document that cannot be made; says why."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


def origins(
    root: Path, kind: str, as_of: date, files: Mapping[str, str], since: Mapping[str, str] | None = None
) -> dict[str, Origin]:
    """Where the facts of each agreement were read, by the files of the agreements.

    `since` are the revisions that the documents compare with, where they do.
    """
    found = commit(root)
    beside = [(root / name).resolve() for name in BESIDE]
    return {
        id_: Origin(
            id_,
            kind,
            as_of,
            __version__,
            found.id if found else None,
            bool(found and found.differs(Path(file), beside)),
            (since or {}).get(id_),
        )
        for id_, file in files.items()
    }


def drafted(templates: Templates, values: Mapping[str, Any], origin: Origin) -> Document:
    """The document that the template of its kind makes of the values of context(). Raises DraftError."""
    from iopctl.documents.draft import draft

    try:
        return draft(templates, values, origin)
    except TemplateFaultError as error:
        raise DraftError(why(error)) from None


def why(error: TemplateFaultError) -> Message:
    """The fault of a template as a person is told of it."""
    if isinstance(error, SectionFaultError):
        return say(
            "the sections under documents: in iopctl.yaml or in the agreement cannot be had: {reason}",
            reason=error.reason,
        )
    file = shown(Path(error.template))
    place = f"{file}:{error.line}" if error.line else file
    return say("the template {place} cannot be filled in: {reason}", place=place, reason=error.reason)


def written(document: Document, format_: str, root: Path, frame: str | None) -> bytes:
    """The document as a file. `frame` is the municipality's own Word file, as iopctl.yaml names it.

    Raises DraftError, and OSError when that file cannot be read.
    """
    match format_:
        case "docx":
            return _word(document, _frame(root, frame))
        case "pdf":
            return _pdf(document)
        case "html":
            from iopctl.documents.html import page

            return page(document).encode()
        case _:
            from iopctl.documents.markdown import markdown

            return markdown(document).encode()


def _word(document: Document, frame: Path) -> bytes:
    from iopctl.documents.docx import file
    from iopctl.word_file import WordFileError

    data = frame.read_bytes()
    try:
        return file(document, data)
    except WordFileError as error:
        message = say("the Word file {file} cannot be used: {reason}", file=shown(frame), reason=error.reason)
        raise DraftError(message) from None


def _frame(root: Path, frame: str | None) -> Path:
    """The municipality's own Word file, which is kept in the workspace; else the one that comes with iopctl."""
    if frame is None:
        return packaged() / FRAME
    path = root / frame
    if not path.resolve().is_relative_to(root.resolve()):
        raise DraftError(say("{file} is outside the workspace; keep the Word file in it", file=frame))
    return path


def _pdf(document: Document) -> bytes:
    from iopctl.documents.pdf import PdfFaultError, file

    try:
        return file(document)
    except PdfFaultError as error:
        message = say("{id}: no pdf can be made: {reason}", id=document.origin.agreement, reason=error.reason)
        raise DraftError(message) from None
