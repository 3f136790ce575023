"""Rounding of kronor, and the division of an amount into instalments. The only module that rounds money."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

KRONA = Decimal(1)


def whole_kronor(amount: Decimal) -> Decimal:
    """To whole kronor, half a krona upwards: what is done at payment where the clause states no rounding."""
    return amount.quantize(KRONA, ROUND_HALF_UP)


def instalments(amount: Decimal, count: int) -> tuple[Decimal, ...]:
    """Equal parts in whole kronor; what is left over goes to the last, so that the parts always sum to the amount."""
    part = amount // count
    return (*(part for _ in range(count - 1)), amount - part * (count - 1))
