"""Names → ids: what every file system, address and shell takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import count

LONGEST = 40
"""Characters of the id of a party, or of a part of an agreement."""


def slug(name: str) -> str:
    """The letters a–z and digits of a name, with hyphens between its words: å and ä as a, ö as o."""
    plain = unicodedata.normalize("NFKD", name.casefold()).translate({ord("ø"): "o", ord("æ"): "ae"})
    kept = "".join(each for each in plain if not unicodedata.combining(each))
    return re.sub(r"[^a-z0-9]+", "-", kept).strip("-")


def shortened(name: str) -> str:
    """As many whole words of a slug as there is room for."""
    words = slug(name).split("-")
    while len(words) > 1 and len("-".join(words)) > LONGEST:
        words.pop()
    return "-".join(words)[:LONGEST]


def id_of(name: str, taken: Collection[str] = ()) -> str:
    """A name as an id that is not taken."""
    return free(shortened(name) or "part", taken)


def free(id_: str, taken: Collection[str]) -> str:
    """The id, with a number after it when it is taken: `rapport`, `rapport-2`."""
    return next(each for number in count(1) if (each := id_ if number == 1 else f"{id_}-{number}") not in taken)


def place_of(owner: str, words: str = "") -> str | None:
    """The place of a municipality or a region: `Lunds kommun` → `Lund`; None for what is neither.

    `words` are those around it, which may have the name of the place alone.
    """
    if not re.search(r"kommun|stad\b|region", owner, re.IGNORECASE):
        return None
    found = re.fullmatch(r"(?:Region )?(?P<name>.+?)(?:\s+(?:kommun|stad|län))?", owner, re.IGNORECASE)
    name = found["name"] if found else owner
    bare = name.removesuffix("s")
    in_genitive = name != owner and name.endswith("s")
    if in_genitive and (re.search(rf"\b{re.escape(bare)}\b", words) or not _OWN_S.search(name)):
        return bare
    return name


_OWN_S = re.compile(r"(?:ås|äs|fors|ums)$", re.IGNORECASE)
"""How names of places end that have an s of their own: Borås, Strängnäs, Degerfors, Grums."""
