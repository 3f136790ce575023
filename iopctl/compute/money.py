"""Rounding of kronor, and the division of an amount into instalments. The only module that rounds money."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Context, Decimal, localcontext
from fractions import Fraction

from iopctl.model import Division, Rounding, YearRounding

WHOLE_KRONOR = YearRounding(to=Decimal(1))
"""Half a krona upwards: what is done at payment where the clause states no rounding."""

EXACT = Context(prec=60)
"""Fifteen digits multiplied by some twenty percentages; sixty digits keep every product exact enough to explain."""

_NOISE = Decimal(1).scaleb(-30)
"""Far below an öre, far above what sixty digits leave of a third: an exact half stays one, however it was reckoned."""

_MODES = {"nearest": ROUND_HALF_UP, "down": ROUND_DOWN, "up": ROUND_UP}


def rounded(amount: Decimal, rule: Rounding) -> Decimal:
    """To the unit and in the direction that the clause states."""
    with localcontext(EXACT):
        units = amount.quantize(_NOISE, ROUND_HALF_EVEN) / rule.to
        return units.quantize(Decimal(1), _MODES[rule.mode]) * rule.to


KRONA = Decimal(1)
ORE = Decimal("0.01")


def instalments(amount: Decimal, shares: Sequence[Decimal], division: Division | None = None) -> tuple[Decimal, ...]:
    """The amount in parts in proportion to the shares; they always sum to it.

    Whole kronor, rounded down, or each to the nearest öre; what is left over goes to the last part, or the first. An
    amount with öre keeps them in the part that takes what is left over.
    """
    unit, mode = (ORE, ROUND_HALF_UP) if division is not None and division.to == "ore" else (KRONA, ROUND_DOWN)
    odd = 0 if division is not None and division.remainder == "first" else len(shares) - 1
    with localcontext(EXACT):
        whole = sum(shares)
        parts = [(amount * share / whole).quantize(_NOISE).quantize(unit, mode) for share in shares]
        parts[odd] = amount - sum(part for place, part in enumerate(parts) if place != odd)
        return tuple(parts)


def to_places(number: Fraction, places: int) -> Decimal:
    """An exact number as a decimal one to be shown, half upwards; nothing is reckoned with the result."""
    return Decimal((number * 10**places + Fraction(1, 2)).__floor__()).scaleb(-places, EXACT)
