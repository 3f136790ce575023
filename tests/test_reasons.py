"""Why an amount cannot be reckoned, in words."""

from __future__ import annotations

from datetime import date

import pytest

from iopctl.compute.figures import MissingIndex
from iopctl.locale.language import Language
from iopctl.render.reasons import missing

DAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ([("PKV", 2025, "2024-10")], ["PKV (edition 2024-10) 2025 is not known"]),
        (
            [("PKV", 2025, "2024-10"), ("PKV", 2026, "2025-10"), ("PKV", 2027, "2026-10")],
            ["PKV (editions 2024-10 to 2026-10) is not known for 2025–2027"],
        ),
        ([("OPI", 2025, None), ("OPI", 2026, None)], ["OPI is not known for 2025–2026"]),
    ],
)
def test_each_year_waits_for_its_own_edition(figures: list[tuple[str, int, str | None]], words: list[str]) -> None:
    found = missing(tuple(MissingIndex(index, year, DAY, edition=edition) for index, year, edition in figures))
    assert [Language("en").say(each) for each in found] == words
