"""Memos for tests: an agreement, a kind, a day and a municipality's settings → the draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from iopctl.documents.context import context
from iopctl.documents.draft import draft
from iopctl.documents.markdown import markdown
from iopctl.documents.templates import Templates
from iopctl.documents.tree import Document, Heading, Items, Origin, Table, words
from iopctl.form import read
from iopctl.model import Agreement, Settings, Workspace
from iopctl.source import Source
from tests.agreements import SHIPPED, shipped

WHEN = date(2021, 11, 3)
RESURSPOOLEN = "linkoping-resurspoolen-2020"
KINDS = ("ny", "forlangning", "avslut", "avslag")


@cache
def _shipped() -> Workspace:
    return shipped().workspace


def memo(
    kind: str = "forlangning",
    made: Agreement | None = None,
    as_of: date = WHEN,
    settings: Settings | None = None,
    own: Path | None = None,
) -> Document:
    """The draft of a memo; without an agreement, that of Linköping and Resurspoolen."""
    workspace = _shipped()
    made = made or workspace.agreements[RESURSPOOLEN]
    workspace = replace(workspace, agreements={"x": made}, settings=settings or Settings())
    name = f"tjansteskrivelse-{kind}"
    return draft(Templates(own), context("x", workspace, name, as_of), Origin("x", name, as_of, "0"))


def chosen(text: str) -> Settings:
    """The settings of an iopctl.yaml."""
    source = Source("iopctl.yaml", text)
    settings, wrong = read(Settings, source.values)
    assert settings is not None, wrong
    return settings


def example(name: str) -> Settings:
    """The settings of one of the examples in docs/examples/documents."""
    return chosen((SHIPPED / "docs" / "examples" / "documents" / f"{name}.yaml").read_text("utf-8"))


def text(document: Document) -> str:
    """The draft's Markdown below its head, with plain spaces and without marks for weight."""
    return markdown(document).partition("\n# ")[2].replace("\u00a0", " ").replace("**", "")


def headings(document: Document) -> list[str]:
    """The headings with their signs."""
    return [f"{'#' * each.level} {words(each.inlines)}" for each in document.blocks if isinstance(each, Heading)]


def section(document: Document, heading: str) -> str:
    """The text under a heading of the second level."""
    return text(document).partition(f"\n## {heading}\n\n")[2].partition("\n\n## ")[0]


def tables(document: Document) -> list[list[list[str]]]:
    """The tables as cells of words, the header row first."""
    return [
        [[words(cell).replace("\u00a0", " ") for cell in row] for row in (each.header, *each.rows)]
        for each in document.blocks
        if isinstance(each, Table)
    ]


def points(document: Document) -> list[str]:
    """The points of the first list, which is the decision's."""
    first = next(each for each in document.blocks if isinstance(each, Items))
    return [words(part.inlines).replace("\u00a0", " ") for item in first.items for part in item]  # type: ignore[union-attr]
