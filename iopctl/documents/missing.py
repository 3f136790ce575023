"""What a document needs and the agreement does not give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from iopctl.model import Unknown


@dataclass(frozen=True, slots=True)
class Missing:
    """A value that a person has to fill in; comes out as `[ATT FYLLA I: …]`, and lets every form pass."""

    what: str


def given(value: Any, what: str) -> Any:
    """The value; when there is none, that this is missing."""
    if value is None or isinstance(value, Unknown | Missing):
        return value if isinstance(value, Missing) else Missing(what)
    return value
