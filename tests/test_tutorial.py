"""docs/kom-igang.md is followed as it is written, from an empty folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.agreements import SHIPPED
from tests.pages import Reader

PAGE = SHIPPED / "docs" / "kom-igang.md"


def test_the_tutorial_shows_what_happens(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    (tmp_path / "mapp").mkdir()
    text = PAGE.read_text("utf-8")
    real = Reader(tmp_path / "mapp").follow(text)
    if request.config.getoption("--write-screens"):
        PAGE.write_text(real, "utf-8")
        text = real
    assert real == text
