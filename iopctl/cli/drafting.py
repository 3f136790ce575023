"""One draft: of an agreement, as a document of a kind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iopctl.cli.exits import CommandError
from iopctl.cli.output import language
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.documents.templates import TemplateFaultError, Templates
    from iopctl.documents.tree import Document, Origin


def drafted(templates: Templates, values: Mapping[str, Any], origin: Origin) -> Document:
    """The document that the template of its kind makes of the values."""
    from iopctl.documents.draft import draft
    from iopctl.documents.templates import TemplateFaultError

    try:
        return draft(templates, values, origin)
    except TemplateFaultError as error:
        raise refused(error) from None


def refused(error: TemplateFaultError) -> CommandError:
    """The fault of a template as a person is told of it."""
    from iopctl.documents.templates import SectionFaultError
    from iopctl.files import shown

    if isinstance(error, SectionFaultError):
        message = _("the sections under documents: in iopctl.yaml or in the agreement cannot be had: {reason}")
        return CommandError(message.format(reason=language().say(error.reason)))
    file = shown(Path(error.template))
    place = f"{file}:{error.line}" if error.line else file
    message = _("the template {place} cannot be filled in: {reason}")
    return CommandError(message.format(place=place, reason=language().say(error.reason)))
