"""The packaged texts that explain the format, a file for each module of the model."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from iopctl.form import read
from iopctl.model.keys import KeyTexts
from iopctl.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from iopctl.model.manual import Bilingual


@cache
def packaged_texts() -> Mapping[str, Bilingual]:
    """Every text by what it explains. They are checked by the tests, so a fault here is the program's own."""
    texts: dict[str, Bilingual] = {}
    for entry in sorted(resources.files("iopctl.schema").iterdir(), key=lambda each: each.name):
        if entry.name.endswith(".yaml"):
            found, wrong = read(KeyTexts, Source(entry.name, entry.read_text("utf-8")).values)
            if found is None:
                raise RuntimeError(f"{entry.name}: {wrong}")
            texts |= found.texts
    return texts


def text(name: str, language: str) -> str:
    """The text that explains this key, word or kind of value."""
    found = packaged_texts()[name]
    return found.sv if language == "sv" else found.en
