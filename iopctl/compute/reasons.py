"""Why an amount cannot be reckoned, and what it depends on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple

from iopctl.compute.figures import MissingIndex
from iopctl.finding import Route


class Status(StrEnum):
    """How sure an amount is."""

    DEFINITIVE = "definitive"
    PRELIMINARY = "preliminary"
    """Rests on a preliminary index, which the definitive one will correct."""
    FORECAST = "forecast"
    """Rests on a percentage that was assumed for this run."""
    BLOCKED = "blocked"
    """Cannot be computed; see the reason."""


class Condition(NamedTuple):
    """What has to be decided, or to happen, for an amount to be paid, and where the agreement says so."""

    kind: Literal["extension", "funding", "stated"]
    route: Route


@dataclass(frozen=True, slots=True)
class PartYear:
    """The agreement covers only a part of the year and does not say what part of the amount that gives.

    Or it counts in months, and the part is not whole months.
    """

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class InsideYear:
    """The amount or its schedule changes inside a year and the agreement does not say how that year is divided."""

    first: date


@dataclass(frozen=True, slots=True)
class OpenAmount:
    """The agreement leaves the amount open; these are its words."""

    words: str


@dataclass(frozen=True, slots=True)
class Undivided:
    """One sum for the whole period, to be indexed or paid in parts, and nothing on how it is divided over the years."""


@dataclass(frozen=True, slots=True)
class MissingIndices:
    """Figures that the amount needs and that are not known, in order of year; at least one."""

    figures: tuple[MissingIndex, ...]


@dataclass(frozen=True, slots=True)
class NoSumForExtension:
    """The sum is for the agreed period, and nothing says what an extension gives."""


@dataclass(frozen=True, slots=True)
class NoAmountFor:
    """Amounts are agreed year by year, and there is none for this year."""

    year: int


@dataclass(frozen=True, slots=True)
class NoPopulation:
    """The amount is for each inhabitant, and their number for this year is not stated."""

    year: int


@dataclass(frozen=True, slots=True)
class TooLarge:
    """The clause makes the amount grow beyond all bounds from this year on; no clause means that."""

    year: int


@dataclass(frozen=True, slots=True)
class AdjustedBeforeStart:
    """The first adjustment is before the agreement begins, and nothing says which year's prices the amount is in."""

    first: date


@dataclass(frozen=True, slots=True)
class AdjustedOnce:
    """An amount that is paid once is to be adjusted, and nothing says by which years."""


@dataclass(frozen=True, slots=True)
class UpTo:
    """The amount is a ceiling; what is paid depends on the outcome."""

    ceiling: Decimal


Unreckonable = (
    AdjustedOnce
    | UpTo
    | NoSumForExtension
    | NoAmountFor
    | NoPopulation
    | TooLarge
    | AdjustedBeforeStart
    | PartYear
    | InsideYear
    | OpenAmount
    | Undivided
)
"""What no index figure would help against: the agreement itself does not say enough."""
Reason = Unreckonable | MissingIndices
