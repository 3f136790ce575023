"""Records → JSON and CSV. Keys and columns have English names in every language: other programs rely on them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_json(name: str, records: Sequence[Mapping[str, Any]], /, **about: Any) -> str:
    """One object: what the run was about, and the records under their name. Decimals are written as text, exactly."""
    return json.dumps({"format": 1, **about, name: records}, ensure_ascii=False, indent=2, default=_plain) + "\n"


def as_csv(columns: Sequence[str], records: Sequence[Mapping[str, Any]]) -> str:
    """A heading row and a row for each record. Text that a spreadsheet would take for a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for record in records:
        writer.writerow([_cell(record.get(column)) for column in columns])
    return out.getvalue()


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(type(value).__name__)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else _plain(value)
