"""Rounding of kronor, and the division of an amount into instalments. The only module that rounds money."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from fractions import Fraction

from iopctl.model import Rounding

KRONA = Decimal(1)
WHOLE_KRONOR = Rounding(to=1)
"""Half a krona upwards: what is done at payment where the clause states no rounding."""

EXACT = Context(prec=60)
"""Fifteen digits multiplied by some twenty percentages; sixty digits keep every product exact enough to explain."""

_MODES = {"nearest": ROUND_HALF_UP, "down": ROUND_DOWN, "up": ROUND_UP}


def rounded(amount: Decimal, rule: Rounding) -> Decimal:
    """To the unit and in the direction that the clause states; amounts are never negative."""
    zeros = len(str(rule.to)) - 1
    return amount.scaleb(-zeros, EXACT).quantize(KRONA, _MODES[rule.mode], EXACT).scaleb(zeros).quantize(KRONA)


def instalments(amount: Decimal, count: int) -> tuple[Decimal, ...]:
    """Equal parts in whole kronor; what is left over goes to the last, so that the parts always sum to the amount."""
    part = amount // count
    return (*(part for _ in range(count - 1)), amount - part * (count - 1))


def to_places(number: Fraction, places: int) -> Decimal:
    """An exact number as a decimal one to be shown, half upwards; nothing is reckoned with the result."""
    return Decimal((number * 10**places + Fraction(1, 2)).__floor__()).scaleb(-places, EXACT)
