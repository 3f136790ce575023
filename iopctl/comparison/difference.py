"""What two readings of a part of the model say differently: every key that differs, none left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from iopctl.comparison.pairing import pairs
from iopctl.finding import Route
from iopctl.model import Agreement, Part, Unknown

ORDERED = {("Agreement", "decisions"), ("DocumentPart", "sections"), ("DocumentSettings", "sections")}
"""The lists whose order says something: decisions follow on each other, sections stand in the document's order."""


class Way(StrEnum):
    """How something differs."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REORDERED = "reordered"


class Step(NamedTuple):
    """A key on the way to what differs, and which of its items, where it has several."""

    part: type[Part]
    """The part of the model that has the key."""
    key: str
    """As the file has it."""
    name: str | None = None
    """The item's id, or its key."""
    item: Any = None
    """The item itself, as it is now, else as it was."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: a value, or a whole part that came or went."""

    path: tuple[Step, ...]
    way: Way
    old: Any
    """A value of the model; None when it was not there."""
    new: Any
    old_route: Route | None
    """Where it stood; None when it did not."""
    new_route: Route | None


class _Place(NamedTuple):
    """How far in both readings the walk has come."""

    path: tuple[Step, ...] = ()
    old: Route | None = ()
    new: Route | None = ()

    def step(self, part: type[Part], key: str) -> _Place:
        return _Place((*self.path, Step(part, key)), _further(self.old, key), _further(self.new, key))

    def at(self, old: str | int | None, new: str | int | None, name: str | None, item: Any) -> _Place:
        """At one of the items of the key."""
        *before, last = self.path
        return _Place((*before, last._replace(name=name, item=item)), _further(self.old, old), _further(self.new, new))

    def change(self, way: Way, old: Any, new: Any) -> Change:
        return Change(
            self.path,
            way,
            old,
            new,
            None if way is Way.ADDED else self.old,
            None if way is Way.REMOVED else self.new,
        )


def _further(route: Route | None, step: str | int | None) -> Route | None:
    return None if route is None or step is None else (*route, step)


def differences(old: Part | None, new: Part | None) -> list[Change]:
    """What differs between two readings of the same part; all of it where there is only one."""
    if old is not None and new is not None:
        return list(_part(old, new, _Place()))
    whole = new if new is not None else old
    assert whole is not None
    place = _Place(old=None if old is None else (), new=None if new is None else ())
    return list(_whole(whole, place, Way.ADDED if old is None else Way.REMOVED))


def _part(old: Part, new: Part, place: _Place) -> Iterator[Change]:
    for name, field in type(new).model_fields.items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield from _value(before, after, place.step(type(new), field.alias or name))


def _value(old: Any, new: Any, place: _Place) -> Iterator[Change]:
    if _is_part(old) and type(old) is type(new):
        yield from _part(old, new, place)
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _mapping(old, new, place)
    elif isinstance(old, tuple) and isinstance(new, tuple):
        yield from _items(old, new, place) if _by_item(old, new) else _list(old, new, place)
    elif old is None or new is None:
        yield place.change(Way.ADDED if old is None else Way.REMOVED, old, new)
    else:
        yield place.change(Way.CHANGED, old, new)


def _is_part(value: Any) -> bool:
    """Whether it has keys of its own to compare; what is left open is one value."""
    return isinstance(value, Part) and not isinstance(value, Unknown)


def _by_item(old: tuple[Any, ...], new: tuple[Any, ...]) -> bool:
    """Whether a list is of parts or of sentences, and not of ids, months or days, which are best read as a whole."""
    return any(_is_part(each) or (isinstance(each, str) and " " in each) for each in (*old, *new))


def _list(old: tuple[Any, ...], new: tuple[Any, ...], place: _Place) -> Iterator[Change]:
    """A list of words, days or ids, in whatever order."""
    if sorted(map(str, old)) != sorted(map(str, new)):
        yield place.change(Way.CHANGED if old and new else Way.REMOVED if old else Way.ADDED, old or None, new or None)


def _items(old: tuple[Any, ...], new: tuple[Any, ...], place: _Place) -> Iterator[Change]:
    found = pairs(old, new)
    for pair in found:
        before = None if pair.old is None else old[pair.old]
        after = None if pair.new is None else new[pair.new]
        item = before if after is None else after
        inside = place.at(pair.old, pair.new, getattr(item, "id", None), item)
        if before != after:
            yield from _value(before, after, inside)
    kept = [pair.old for pair in found if pair.old is not None and pair.new is not None]
    if kept != sorted(kept) and (place.path[-1].part.__name__, place.path[-1].key) in ORDERED:
        yield place.change(Way.REORDERED, old, new)


def _mapping(old: Mapping[str, Any], new: Mapping[str, Any], place: _Place) -> Iterator[Change]:
    """The items by their keys; one that has only got another key is the same item."""
    gone = [key for key in old if key not in new]
    came = [key for key in new if key not in old]
    renamed = {
        came[pair.new]: gone[pair.old]
        for pair in pairs([old[key] for key in gone], [new[key] for key in came])
        if pair.old is not None and pair.new is not None and old[gone[pair.old]] == new[came[pair.new]]
    }
    for key, after in new.items():
        if key in renamed:
            yield place.at(renamed[key], key, key, after).change(Way.CHANGED, renamed[key], key)
        else:
            before = old.get(key)
            if before != after:
                yield from _value(before, after, place.at(key, key, key, after))
    for key in gone:
        if key not in renamed.values():
            yield from _value(old[key], None, place.at(key, key, key, old[key]))


def _whole(part: Part, place: _Place, way: Way) -> Iterator[Change]:
    """Everything that a part says, its lists item by item."""
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if (not field.is_required() and value == field.default) or (type(part), name) == (Agreement, "format"):
            continue  # there is only one format
        there = place.step(type(part), field.alias or name)
        if isinstance(value, Mapping):
            inner = [(there.at(key, key, key, each), each) for key, each in value.items()]
        elif isinstance(value, tuple):
            inner = [(there.at(n, n, getattr(each, "id", None), each), each) for n, each in enumerate(value)]
        elif type(value).__name__ in ("Texts", "Grounds"):
            yield from _whole(value, there, way)
            continue
        else:
            inner = [(there, value)]
        for at, each in inner:
            yield at.change(way, None, each) if way is Way.ADDED else at.change(way, each, None)
