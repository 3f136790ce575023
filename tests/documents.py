"""Drafts for the tests of documents: of a shipped agreement, or of a template and an agreement made up for the test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from iopctl.documents.context import context
from iopctl.documents.draft import draft
from iopctl.documents.markdown import markdown
from iopctl.documents.templates import SUFFIX, Templates
from iopctl.documents.tree import Document, Heading, Origin, words
from iopctl.model import Agreement, DocumentSettings, Settings, Workspace
from tests.agreements import agreement, shipped

WHEN = date(2021, 11, 3)
"""The date of the memo of Linköping's äldrenämnd."""

DRAFTED = Path(__file__).parent / "drafted"


@cache
def real() -> Workspace:
    """The four real agreements, loaded once."""
    return shipped().workspace


def document(id_: str, kind: str, day: date, made: Agreement | None = None, own: Path | None = None) -> Document:
    """The draft for one of the shipped agreements, or for `made` under that id."""
    workspace = real()
    if made is not None:
        workspace = replace(workspace, agreements={id_: made})
    return draft(Templates(own), context(id_, workspace, kind, day), Origin(id_, kind, day, "0"))


def drafted(made: Agreement, kind: str, when: date = WHEN, own: Path | None = None, **settings: Any) -> Document:
    """The document of an agreement, with the packaged index tables."""
    chosen = Settings(documents=DocumentSettings(**settings))
    workspace = Workspace({"x": made}, frozenset({"x"}), real().tables, chosen)
    return draft(Templates(own), context("x", workspace, kind, when), Origin("x", kind, when, "0"))


def from_template(folder: Path, template: str, others: Mapping[str, str] | None = None, **parts: Any) -> Document:
    """The document that a template makes of an agreement with these parts; `others` are templates beside it."""
    for name, text in {"prov": template, **(others or {})}.items():
        (folder / f"{name}{SUFFIX}").write_text(text, "utf-8")
    return drafted(agreement(**parts), "prov", own=folder)


def text(found: Document) -> str:
    """What a reader sees, head and footnotes included."""
    return markdown(found).partition("---\n\n")[2].replace("\u00a0", " ")


def section(found: Document, heading: str) -> str:
    """What stands under a heading of the second level."""
    return text(found).partition(f"\n## {heading}\n")[2].partition("\n## ")[0].strip()


def headings(found: Document) -> list[str]:
    """The title and every heading, in order, each with its level."""
    below = [f"{each.level} {words(each.inlines)}" for each in found.blocks if isinstance(each, Heading)]
    return [f"1 {words(found.title)}", *(each.replace("\u00a0", " ") for each in below)]
