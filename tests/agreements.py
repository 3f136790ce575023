"""Agreements for tests, made from plain values as a file would give them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from iopctl.files import select
from iopctl.form import read
from iopctl.load import Loaded, load_among
from iopctl.model import Agreement
from iopctl.surroundings import surroundings

SHIPPED = Path(__file__).parent.parent


def agreement(**parts: Any) -> Agreement:
    """An agreement between a made-up municipality and a made-up association, with the given parts."""
    values = {
        "format": 1,
        "title": "IOP Exempel",
        "parties": {
            "kommunen": {"name": "Exempelnämnden", "kind": "municipality"},
            "foreningen": {"name": "Föreningen Exempel", "kind": "association"},
        },
        **parts,
    }
    made, wrong = read(Agreement, values)
    assert made is not None, wrong
    return made


def cash(amount: int, *, per: str = "year", **parts: Any) -> dict[str, Any]:
    return {"id": "ersattning", "from": ("kommunen",), "kind": "cash", "amount": amount, "per": per, **parts}


def opi(first: date) -> dict[str, Any]:
    return {"index": "OPI", "first": first}


def period(start: date, end: date | str) -> dict[str, Any]:
    return {"start": start, "end": end}


def shipped() -> Loaded:
    """The four real agreements."""
    selection = select([SHIPPED / "agreements"])
    return load_among(selection.files, surroundings(SHIPPED, selection), ())
