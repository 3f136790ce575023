"""What the shell offers when TAB is pressed of what is in the agreement that is already named.

Nothing here builds a model: the shell asks anew at every press, and reading the text is enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from iopctl.files import Selection


def duties(*kinds: str) -> Callable[[typer.Context, str], list[str]]:
    """The ids of the duties, or of those of some kinds."""

    def offer(ctx: typer.Context, incomplete: str) -> list[str]:
        return _ids(ctx, "duties", incomplete, kinds)

    return offer


def contributions(ctx: typer.Context, incomplete: str) -> list[str]:
    """The ids of the contributions in money."""
    return _ids(ctx, "contributions", incomplete, ("cash",))


def contents(ctx: typer.Context, incomplete: str) -> list[str]:
    """What the duty that is named has to contain, by number."""
    named = _said(ctx, "duty", 1)
    found = (each.get("contents", ()) for each in _parts(ctx, "duties") if each.get("id") == named)
    numbers = [f"{number}" for listed in found for number, _words in enumerate(listed, 1)]
    return [each for each in (*numbers, "all") if each.startswith(incomplete)]


def parties(ctx: typer.Context, incomplete: str) -> list[str]:
    """The ids of the parties."""
    found = _values(ctx).get("parties")
    return [each for each in found if each.startswith(incomplete)] if isinstance(found, dict) else []


def bodies(ctx: typer.Context, incomplete: str) -> list[str]:
    """Who has decided before, and the boards of the parties."""
    found = [each.get("body") for each in _parts(ctx, "decisions")]
    values = _values(ctx).get("parties")
    for party in values.values() if isinstance(values, dict) else ():
        found += [each.get("board") for each in (party, *party.get("renamed", ()))] if isinstance(party, dict) else []
    return [each for each in dict.fromkeys(found) if isinstance(each, str) and each.startswith(incomplete)]


def units(incomplete: str) -> list[str]:
    """The boards, units and public parties of the workspace."""
    selection = _selection()
    found: dict[str, None] = {}
    for path in selection.files.values() if selection else ():
        parties_ = _read(path).get("parties")
        for party in parties_.values() if isinstance(parties_, dict) else ():
            if isinstance(party, dict):
                names = [each.get(key) for each in (party, *party.get("renamed", ())) for key in _UNIT_KEYS]
                found |= dict.fromkeys(each for each in names if isinstance(each, str))
    return [each for each in found if each.startswith(incomplete)]


_UNIT_KEYS = ("name", "board", "administration")


def _ids(ctx: typer.Context, part: str, incomplete: str, kinds: tuple[str, ...]) -> list[str]:
    found = (each.get("id") for each in _parts(ctx, part) if not kinds or each.get("kind") in kinds)
    return [each for each in found if isinstance(each, str) and each.startswith(incomplete)]


def _parts(ctx: typer.Context, part: str) -> Iterator[dict[str, Any]]:
    found = _values(ctx).get(part)
    yield from (each for each in found if isinstance(each, dict)) if isinstance(found, tuple) else ()


def _values(ctx: typer.Context) -> dict[str, Any]:
    """What stands in the agreement that has been named; nothing when there is none, or it cannot be read."""
    selection = _selection()
    named = _said(ctx, "id_", 0)
    path = selection.files.get(named) if selection and named is not None else None
    return _read(path) if path is not None else {}


def _said(ctx: typer.Context, name: str, place: int) -> str | None:
    """An argument that has been written already; while an option waits for its value, only its place tells it."""
    found = ctx.params.get(name) or next(iter(ctx.args[place:]), None)
    return found if isinstance(found, str) else None


def _read(path: Path) -> dict[str, Any]:
    from iopctl.files import Files

    source = Files().source(path)
    return source.values if source is not None and isinstance(source.values, dict) else {}


def _selection() -> Selection | None:
    from iopctl.files import FOLDER, find_root, select

    top = find_root(Path.cwd())
    return select([top / FOLDER]) if top else None
