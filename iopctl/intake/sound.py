"""Facts that would be an error together are taken back and asked about, until the file has none."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from iopctl.finding import Route
from iopctl.intake.case import Case
from iopctl.intake.file import Keys, file_text

MOST_ROUNDS = 60

Faults = Callable[[str], Iterable[tuple[Route, str]]]
"""What is wrong with a file's text: where, and in Swedish what."""


def sound_text(case: Case, name: str, keys: Keys, faults: Faults) -> str:
    """The text of a file with no error in it, but for what only a person can mend."""
    _whole(case, name)
    for _round in range(MOST_ROUNDS):
        text = file_text(case, name, keys)
        for route, message in faults(text):
            if _taken_back(case, route, message):
                break
        else:
            return text
    return text


def _whole(case: Case, name: str) -> None:
    """What every file has to have, where the paper does not say it."""
    draft = case.draft
    if not draft.has("title"):
        draft.put(("title",), name, None, "titeln framgår inte; filens namn så länge")
        draft.ask(("title",), "vad heter överenskommelsen?", None)
    for known, id_, kind in ((case.public, "kommunen", "municipality"), (case.partners, "foreningen", "association")):
        if not known:
            draft.put(("parties", id_, "name"), {"unknown": "framgår inte av källan"}, None)
            draft.put(("parties", id_, "kind"), kind, None, "behövs i filen; rätta när parten är känd")


def _taken_back(case: Case, route: Route, message: str) -> bool:
    """Takes back what stands at the place of an error; of a part that lacks a key, the part."""
    at = _actual(case, route)
    if at[:1] in (("decisions",), ("log",)):
        at = at[:2]  # without its day a decision would be taken for one that has been made
    whole = next((number for number, step in enumerate(at) if step in ("indexation", "payment")), None)
    at = at[: whole + 1] if whole is not None else at  # a clause is agreed on as a whole
    while at and at not in (("title",), ("format",), ("parties",)):
        if case.draft.has(*at) and not (len(at) == 2 and at[0] == "parties"):
            case.draft.drop(at, f"{message}; det som källan säger behöver rättas eller kompletteras")
            return True
        at = at[:-1]
    return False


def _actual(case: Case, route: Route) -> Route:
    """The draft's route for one in the file, where items that were taken back have left no gap."""
    found: Route = ()
    for step in route:
        if isinstance(step, int):
            items = list(case.draft.items(*found))
            found = items[step] if step < len(items) else (*found, step)
        else:
            found = (*found, step)
    return found
