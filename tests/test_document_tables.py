"""docs/documents.md says what every section of a document is made of: its tables name the sections of the templates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from iopctl.documents.templates import Templates

PAGE = (Path(__file__).parent.parent / "docs" / "documents.md").read_text("utf-8")
KINDS = ("overenskommelse", "delrapport", "uppfoljningsrapport", "utbetalningsunderlag", "kallelse-uppfoljning")


def table(kind: str) -> list[tuple[str, str]]:
    """The ids and headings of a kind's table, in order."""
    part = re.split(r"^## ", PAGE.partition(f"\n## {kind}\n")[2], flags=re.MULTILINE)[0]
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| `")]
    return [(row[0].strip("`"), row[1]) for row in rows]


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_has_the_sections_of_the_template(kind: str) -> None:
    head = Templates(None).head(kind)
    usual = [(each.section, each.heading or "(none)") for each in head.sections]
    optional = [(each.section, f"{each.heading} (optional)") for each in head.optional]
    assert table(kind) == usual + optional
