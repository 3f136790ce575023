"""Drafts for the commands: what cannot be made ends the command."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iopctl.cli.exits import CommandError
from iopctl.cli.output import language, reason
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.documents.templates import TemplateFaultError, Templates
    from iopctl.documents.tree import Document, Origin


def drafted(templates: Templates, values: Mapping[str, Any], origin: Origin) -> Document:
    """The document that the template of its kind makes of the values."""
    from iopctl import drafting

    try:
        return drafting.drafted(templates, values, origin)
    except drafting.DraftError as error:
        raise CommandError(language().say(error.reason)) from None


def written(document: Document, format_: str, root: Path, frame: str | None) -> bytes:
    """The document in a format."""
    from iopctl import drafting
    from iopctl.files import shown

    try:
        return drafting.written(document, format_, root, frame)
    except drafting.DraftError as error:
        raise CommandError(language().say(error.reason)) from None
    except OSError as error:  # nothing but the municipality's Word file is read
        file, why = shown(Path(error.filename)), reason(error)
        raise CommandError(_("the Word file {file} cannot be used: {reason}").format(file=file, reason=why)) from None


def refused(error: TemplateFaultError) -> CommandError:
    """The fault of a template as a person is told of it."""
    from iopctl.drafting import why

    return CommandError(language().say(why(error)))
