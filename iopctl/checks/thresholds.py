"""Limits of law, as data: the amounts of procurement law for social services, and the ceilings of de minimis aid.

A row is valid between two days; outside them nothing is known, and nothing is carried over. A new row needs its source.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple


class ProcurementLimit(NamedTuple):
    """Social and other special services, in kronor."""

    first: date
    last: date
    threshold: Decimal
    direct: Decimal
    """The limit for direct procurement."""


PROCUREMENT = (
    # www.konkurrensverket.se/upphandling/om-lagstiftningen/troskelvarden/
    # troskelvarden-och-direktupphandlingsgranser-1-januari-201831-december-2019/
    ProcurementLimit(date(2018, 1, 1), date(2019, 12, 31), Decimal(7_113_450), Decimal(586_907)),
    # www.konkurrensverket.se/upphandling/lagar-och-regler/troskelvarden/gamla-troskelvarden/
    ProcurementLimit(date(2020, 1, 1), date(2021, 12, 31), Decimal(7_701_675), Decimal(615_312)),
    # the same address, a later edition
    ProcurementLimit(date(2022, 1, 1), date(2023, 12, 31), Decimal(7_802_550), Decimal(7_802_550)),
    # www.upphandlingsmyndigheten.se/frageportalen/2904774/nya-beloppsgranser-for-2024-har-ar-listan/, which says that
    # they change every other year: from 2026 on another row is needed
    ProcurementLimit(date(2024, 1, 1), date(2025, 12, 31), Decimal(8_109_450), Decimal(8_109_450)),
)


def procurement_limit(day: date) -> ProcurementLimit | None:
    """The limit on a day; None when no row speaks of it."""
    return next((each for each in PROCUREMENT if each.first <= day <= each.last), None)


class AidCeiling(NamedTuple):
    """The most de minimis aid that one undertaking may get, in euro, by one regulation."""

    basis: Literal["general", "sgei"]
    first: date
    last: date
    euros: int
    regulation: str
    fiscal_years: bool
    """Counted in the current and the two fiscal years before; else over three years back from each grant."""


AID = (
    # www.upphandlingsmyndigheten.se/statsstod/vad-ar-statsstod/forordningar-de-minimis-stod/
    # villkoren-i-den-allmanna-forordningen/ and …/villkoren-for-sgei-de-minimis-stod/
    AidCeiling("general", date.min, date(2023, 12, 31), 200_000, "1407/2013", fiscal_years=True),
    AidCeiling("sgei", date.min, date(2023, 12, 31), 500_000, "360/2012", fiscal_years=True),
    # www.upphandlingsmyndigheten.se/nyheter/2024/nya-regler-och-takbelopp-for-statsstod/
    AidCeiling("general", date(2024, 1, 1), date(2030, 12, 31), 300_000, "(EU) 2023/2831", fiscal_years=False),
    AidCeiling("sgei", date(2024, 1, 1), date(2030, 12, 31), 750_000, "(EU) 2023/2832", fiscal_years=False),
)


def aid_ceiling(basis: str, day: date) -> AidCeiling | None:
    """The ceiling for aid that is granted on a day; None when no row speaks of it."""
    return next((each for each in AID if each.basis == basis and each.first <= day <= each.last), None)
