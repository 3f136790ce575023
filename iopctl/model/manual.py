"""The manual page of a rule, iopctl/manual/<CODE>.yaml: what it catches and why, in both languages, with an example."""

from __future__ import annotations

from iopctl.model.base import Part, Text


class Bilingual(Part):
    """The same words in both languages; plain sentences, no Markdown."""

    sv: Text
    en: Text


class Reference(Part):
    """Where the rule comes from: a law, a circular, a guideline, an agreement."""

    title: Text
    address: Text | None = None


class ManualPage(Part):
    """One rule explained to somebody who has not written the file."""

    title: Bilingual
    """What is wrong, in a few words and without a full stop: "The stated length is not what the dates give"."""
    what: Bilingual
    """What the rule looks at, and when it says so."""
    why: Bilingual
    """What happens when nobody notices."""
    draft: bool = False
    """Whether the rule is about drafts: wrong and right are then sections of one, in Markdown."""
    wrong: Text
    """Top-level keys of an agreement in which the rule finds something; the rest is as in a sound agreement."""
    right: Text
    """The same, mended."""
    settings: Text | None = None
    """What iopctl.yaml has to say for the rule to be asked."""
    beside: Text | None = None
    """Top-level keys of another agreement, `earlier`, when the rule compares two."""
    sources: tuple[Reference, ...] = ()
