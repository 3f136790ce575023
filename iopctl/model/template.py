"""What a template of a document says about itself, in the lines between `---` at its top."""

from __future__ import annotations

from iopctl.model.base import Part, Text
from iopctl.model.documents import HeadKey, Section


class TemplateHead(Part):
    """The front matter of a template."""

    name: Text
    description: Text
    head: tuple[HeadKey, ...] = ()
    """The lines above the title, by what they tell."""
    sections: tuple[Section, ...] = ()
    """The document's sections in their usual order, with their usual headings."""
    optional: tuple[Section, ...] = ()
    """Sections that a municipality or an agreement may ask for, with the headings they have if it gives none."""
