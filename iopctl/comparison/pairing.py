"""Which item of a list is which item of another: by id, by content, by likeness. Order says nothing."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import product
from typing import Any, NamedTuple

from iopctl.model import Part

MOST_LIKENESSES = 10_000
"""So many pairs are tried for likeness; where there are more, what is not the same is new or gone."""

ALIKE, ALIKE_WITH_OTHER_IDS = 0.5, 0.75
"""From which share of equal keys on two items are one that has changed. An id says that they are two, to begin with."""


class Pair(NamedTuple):
    """The places of an item in the old list and in the new one; None where it is not there."""

    old: int | None
    new: int | None


def pairs(old: Sequence[Any], new: Sequence[Any]) -> list[Pair]:
    """Every item of both lists once: those of the new list in its order, then those that are gone."""
    found: dict[int, int] = {}
    _match(found, [_name(each) for each in old], [_name(each) for each in new])
    _match(found, old, new)
    _match(found, [_natural(each) for each in old], [_natural(each) for each in new])
    left = [number for number in range(len(old)) if number not in found.values()]
    unmatched = [number for number in range(len(new)) if number not in found]
    if len(left) * len(unmatched) <= MOST_LIKENESSES:
        found |= _alike(old, new, left, unmatched)
    kept = set(found.values())
    gone = [Pair(number, None) for number in range(len(old)) if number not in kept]
    return [*(Pair(found.get(number), number) for number in range(len(new))), *gone]


def _match(found: dict[int, int], old: Sequence[Any], new: Sequence[Any]) -> None:
    """Adds the items that are equal and not yet found; None is equal to nothing."""
    places: dict[Any, deque[int]] = defaultdict(deque)
    taken = set(found.values())
    for number, each in enumerate(old):
        if each is not None and number not in taken:
            places[each].append(number)
    for number, each in enumerate(new):
        if number not in found and each is not None and places.get(each):
            found[number] = places[each].popleft()


def _name(item: Any) -> str | None:
    """What an item is called by the rest of the agreement."""
    name = getattr(item, "id", None)
    return name if isinstance(name, str) else None


_NATURAL = {
    "Acknowledgement": ("rule", "at"),
    "AmountFor": ("year",),
    "Basis": ("title",),
    "Clause": ("kind",),
    "Funding": ("year",),
    "MunicipalGoal": ("name",),
    "OtherAid": ("to", "granted"),
    "OtherGrant": ("to",),
    "Payment": ("since",),
    "PaymentPart": ("day", "after"),
    "Policy": ("title",),
    "Population": ("year",),
    "Recipient": ("name",),
    "Renaming": ("since",),
    "Section": ("section",),
    "Signature": ("party", "name"),
}
"""The keys that tell the items of a list apart, where they have no id."""


def _natural(item: Any) -> tuple[Any, ...] | None:
    """What tells an item apart from the others."""
    fields = _NATURAL.get(type(item).__name__)
    return None if fields is None else tuple(getattr(item, each) for each in fields)


def _alike(old: Sequence[Any], new: Sequence[Any], left: list[int], unmatched: list[int]) -> dict[int, int]:
    """The items that are most alike, the most alike first and then the nearest."""
    ranked = sorted(
        (-likeness(old[before], new[after]), abs(before - after), after, before)
        for after, before in product(unmatched, left)
        if likeness(old[before], new[after]) >= _enough(old[before], new[after])
    )
    found: dict[int, int] = {}
    for _share, _distance, after, before in ranked:
        if after not in found and before not in found.values():
            found[after] = before
    return found


def _enough(old: Any, new: Any) -> float:
    return ALIKE_WITH_OTHER_IDS if _name(old) is not None and _name(new) is not None else ALIKE


def likeness(old: Any, new: Any) -> float:
    """How much of two items is the same, from 0 to 1: of parts the share of equal keys, of texts that of the words."""
    if isinstance(old, str) and isinstance(new, str):
        return SequenceMatcher(None, old.split()[:200], new.split()[:200], autojunk=False).ratio()
    if not isinstance(old, Part) or type(old) is not type(new):
        return 0
    keys = {*_set(old), *_set(new)}
    return sum(getattr(old, key) == getattr(new, key) for key in keys) / len(keys) if keys else 1


def _set(part: Part) -> Iterator[str]:
    """The keys that say something."""
    for name, field in type(part).model_fields.items():
        if field.is_required() or getattr(part, name) != field.default:
            yield name
