"""Templates are compiled once in a run: what changes is compiled anew, and a fault is placed the same each time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from iopctl.documents.templates import TemplateFaultError
from tests.agreements import agreement
from tests.documents import document, text


def drafted(own: Path, template: str) -> str:
    (own / "prov.md.j2").write_text(template, "utf-8")
    return text(document("x", "prov", date(2024, 1, 1), agreement(), own))


def test_a_changed_template_counts(tmp_path: Path) -> None:
    assert drafted(tmp_path, "# Ett\n") == "# Ett\n"
    assert drafted(tmp_path, "# Två\n") == "# Två\n"


def test_another_workspace_has_its_own(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    assert drafted(tmp_path / "a", "# Ett\n") == "# Ett\n"
    assert drafted(tmp_path / "b", "# Två\n") == "# Två\n"


def test_a_fault_is_placed_each_time(tmp_path: Path) -> None:
    for _time in range(2):
        with pytest.raises(TemplateFaultError) as caught:
            drafted(tmp_path, "# Ett\n\n{{ agreement.nothing }}\n")
        assert (caught.value.template, caught.value.line) == (str(tmp_path / "prov.md.j2"), 3)
