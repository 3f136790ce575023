"""A draft: the template filled in, as a document with its head, its footnotes and its pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from iopctl.documents.environment import fill
from iopctl.documents.kinds import SUFFIX
from iopctl.documents.markdown import one_line, visible
from iopctl.documents.missing import Missing
from iopctl.documents.outline import NoSuchSectionError, Titled, outline
from iopctl.documents.parse import NotCarriedError, Parsed, inline, parse
from iopctl.documents.templates import SectionFaultError, TemplateFaultError, Templates
from iopctl.documents.tree import (
    Block,
    Document,
    Fill,
    Heading,
    HeadLine,
    Inline,
    Note,
    Origin,
    Paragraph,
    Text,
    inlines_of,
    pictures_of,
)
from iopctl.finding import say
from iopctl.model import DocumentSettings, Section

LABELS = {
    "unit": "Förvaltning",
    "date": "Datum",
    "dnr": "Diarienummer",
    "case_officer": "Handläggare",
    "receiver": "Mottagare",
}
"""What the lines above the title are called when the municipality does not say."""


def draft(templates: Templates, values: Mapping[str, Any], origin: Origin) -> Document:
    """The document of the origin's kind with the values of context().

    Raises TemplateFaultError when the template, or what the settings ask of it, cannot be followed.
    """
    head = templates.head(origin.kind)
    settings: DocumentSettings = values["settings"]
    file = str(templates.path(f"{origin.kind}{SUFFIX}"))
    try:
        markdown = fill(templates, origin.kind, {**values, "sections": sections(templates, values, origin.kind)})
        # what an agreement says is clean already; a template may hold what no format can carry
        parsed = parse(visible(re.sub("[\f\v]", " ", markdown)), tuple(values["footnotes"]))
        title, blocks = _titled(parsed)
        pictures = _pictures(blocks, values["pictures"])
    except NoSuchSectionError as error:
        known = ", ".join(error.known)
        raise SectionFaultError(
            file, None, say("there is no section {section}; there are {known}", section=error.section, known=known)
        ) from None
    except NotCarriedError as error:
        message = say("a document cannot carry this kind of Markdown: {kind}", kind=str(error))
        raise TemplateFaultError(file, None, message) from None
    except _NoTitleError:
        raise TemplateFaultError(
            file, None, say("the text has to begin with a title, # …, and have no other")
        ) from None
    except _SkippedError as error:
        message = say("the heading {heading} is a level too deep for where it stands", heading=str(error))
        raise TemplateFaultError(file, None, message) from None
    except _NoPictureError as error:
        known = ", ".join(values["pictures"])
        message = say("there is no picture {picture}; there are {known}", picture=str(error), known=known)
        raise TemplateFaultError(file, None, message) from None
    lines = tuple(_head_line(key, settings, values["head"][key]) for key in head.head)
    return Document(
        title,
        blocks,
        origin,
        lines,
        _notes((Heading(1, title), *blocks), {**_footnotes(values["footnotes"]), **parsed.notes}),
        pictures,
    )


def sections(templates: Templates, values: Mapping[str, Any], kind: str) -> tuple[Titled, ...]:
    """The sections of a kind of document in the order and under the headings that were chosen.

    Raises NoSuchSectionError for a section that the template does not have.
    """
    settings: DocumentSettings = values["settings"]
    chosen: tuple[Section, ...] = values["part"].sections or settings.sections_of(kind)
    return outline(chosen, templates.head(kind), values["names"])


class _NoTitleError(Exception):
    """A text without a title, or with two."""


class _NoPictureError(Exception):
    """A picture that nobody draws."""


class _SkippedError(Exception):
    """A heading two levels below the one before it: a reader that jumps between headings would miss a level."""


def _titled(parsed: Parsed) -> tuple[tuple[Inline, ...], tuple[Block, ...]]:
    first, *rest = parsed.blocks or (None,)
    headings = [each for each in rest if isinstance(each, Heading)]
    if not isinstance(first, Heading) or first.level != 1 or any(each.level == 1 for each in headings):
        raise _NoTitleError
    level = 1
    for heading in headings:
        if heading.level > level + 1:
            raise _SkippedError("".join(each.text for each in heading.inlines if isinstance(each, Text)))
        level = heading.level
    return first.inlines, tuple(each for each in rest if each is not None)


def _pictures(blocks: tuple[Block, ...], drawn: Mapping[str, str]) -> dict[str, str]:
    """The pictures that the text shows; only these are drawn."""
    names = sorted({each.name for each in pictures_of(blocks)})
    for name in names:
        if name not in drawn:
            raise _NoPictureError(name)
    return {name: drawn[name] for name in names}


def _head_line(key: str, settings: DocumentSettings, value: Any) -> HeadLine:
    label = dict(settings.labels).get(key, LABELS[key])  # type: ignore[call-overload]  # the keys of a template are the same
    shown = Fill(one_line(value.what)) if isinstance(value, Missing) else Text(one_line(str(value)))
    return HeadLine(key, one_line(label), shown)


def _footnotes(texts: Mapping[str, str]) -> dict[str, tuple[Inline, ...]]:
    return {label: inline(one_line(text).strip(), tuple(texts)) for label, text in texts.items()}


def _notes(blocks: tuple[Block, ...], footnotes: Mapping[str, tuple[Inline, ...]]) -> dict[str, tuple[Inline, ...]]:
    """The footnotes that the text refers to, in the order in which it does."""
    used: dict[str, tuple[Inline, ...]] = {}
    waiting = list(blocks)
    while waiting:
        for note in inlines_of(waiting.pop(0)):
            if isinstance(note, Note) and note.label not in used:
                used[note.label] = footnotes[note.label]
                waiting.append(Paragraph(footnotes[note.label]))
    return used
