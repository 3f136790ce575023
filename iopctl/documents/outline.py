"""Which sections a document has, in which order and under which headings: what is chosen, else the template's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from iopctl.documents.missing import Missing
from iopctl.documents.tree import Fill
from iopctl.model import Section, TemplateHead


@dataclass(frozen=True, slots=True)
class Titled:
    """A section as it is to be: the block of the template that fills it in, and its heading as a template prints it."""

    id: str
    level: int
    heading: tuple[Any, ...]
    """The words and the names of the heading in order, a name perhaps missing; empty for a section without heading."""

    @property
    def words(self) -> str:
        """The heading as it is to be read."""
        return "".join(str(Fill(each.what)) if isinstance(each, Missing) else str(each) for each in self.heading)


class NoSuchSectionError(Exception):
    """A section that is asked for and that the template does not have."""

    def __init__(self, section: str, known: Sequence[str]) -> None:
        super().__init__(section)
        self.section = section
        self.known = known


def outline(chosen: Sequence[Section], head: TemplateHead, names: Mapping[str, Any]) -> tuple[Titled, ...]:
    """The sections that were chosen, or else the template's usual ones. `names` are for the braces in headings.

    Raises NoSuchSectionError for a section that the template does not have.
    """
    usual = {each.section: each for each in (*head.sections, *head.optional)}
    return tuple(_titled(each, usual, names) for each in chosen or head.sections)


def _titled(section: Section, usual: Mapping[str, Section], names: Mapping[str, Any]) -> Titled:
    if usual and section.section not in usual:
        raise NoSuchSectionError(section.section, tuple(usual))
    heading = section.heading
    if heading is None and section.section in usual:
        heading = usual[section.section].heading
    untitled = section.untitled or heading is None
    return Titled(section.section, section.level, () if untitled else tuple(worded(heading or "", names)))


def worded(wording: str, names: Mapping[str, Any]) -> Iterator[Any]:
    """The pieces of a heading or an opening, with names of the agreement in the place of those in braces."""
    for number, piece in enumerate(re.split(r"\{([^{}]*)\}", wording)):
        if number % 2:
            value = names[piece.lower()]
            yield value if isinstance(value, Missing) or piece[0].islower() else value[:1].upper() + value[1:]
        elif piece:
            yield piece
