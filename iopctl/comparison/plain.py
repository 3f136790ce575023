"""Values of the model as a file would have them, for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iopctl.model import DayOfYear, Length, Part, PartialDate


def plain(value: Any) -> Any:
    """The value in mappings, lists, texts, numbers and days; what a part does not state is left out."""
    match value:
        case Part():
            return {
                field.alias or name: plain(getattr(value, name))
                for name, field in type(value).model_fields.items()
                if field.is_required() or getattr(value, name) != field.default
            }
        case Length() | DayOfYear() | PartialDate():
            return str(value)
        case Mapping():
            return {key: plain(each) for key, each in value.items()}
        case tuple():
            return [plain(each) for each in value]
    return value
