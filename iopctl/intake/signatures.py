"""Who signs, for whom, where and when."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from iopctl.intake.actors import PERSON, Actor
from iopctl.intake.case import Case
from iopctl.intake.paper import Paragraph
from iopctl.intake.times import UNFINISHED, dates

_PLACE = re.compile(r"^(?P<place>[A-ZÅÄÖ][\wåäöé]+(?: [A-ZÅÄÖ][\wåäöé]+)?)(?:,| den|$)?\s*(?P<day>.*)$")
_BLANK = re.compile(r"[\s_.…|]*")


def signatures(case: Case) -> None:
    """The signature lines at the end."""
    lines = _lines(case)
    columns = _columns(lines)
    if columns:
        shared = [each for each in lines if all(each not in column for column in columns)]
        for column in columns:
            _column(case, column, shared)
        return
    place: tuple[str, Any, Paragraph] | None = None
    for number, each in enumerate(lines):
        dated = _dated(each.said)
        if dated is not None:
            before = lines[number - 1] if number else None
            doubled = place is not None and before is place[2] and place[:2] != dated
            place = None if doubled else (*dated, each)
            if doubled:
                case.draft.ask(("signatures",), "två dagar bredvid varandra: vem skrev under när?", each)
            continue
        signing = re.split(r"\s+(?=För \w)", each.said) if each.said.startswith("För ") and len(each.said) < 120 else []
        near = [other.said.startswith("För ") for other in lines[max(0, number - 1) : number + 2] if other is not each]
        beside = (len(signing) > 1 or any(near)) and ": " not in each.said  # whose the names below are cannot be told
        for words in signing:
            _put(case, words, each, [] if beside else lines[number + 1 : number + 4], place)


def _columns(lines: list[Paragraph]) -> list[list[Paragraph]]:
    """Signatures beside each other: the lines of each column, when the file tells which stood on the same line."""
    rows: dict[int, list[Paragraph]] = {}
    for each in lines:
        if each.place.line is not None and each.kind != "row":
            rows.setdefault(each.place.line, []).append(each)
    several = [row for row in rows.values() if len(row) > 1]
    if not several or len({len(row) for row in several}) > 1:
        return []
    return [list(column) for column in zip(*several, strict=True)]


def _column(case: Case, lines: list[Paragraph], shared: list[Paragraph]) -> None:
    """One column of signatures: place and day, whom they sign for, name, role."""
    actors = {actor.id: (actor, each) for each in lines for actor in [_signer(case, each.said)] if actor}
    if len(actors) != 1:
        case.draft.ask(("signatures",), "vilken part skriver under här?", lines[0])
        return
    actor, line = next(iter(actors.values()))
    item = case.draft.item("signatures")
    case.draft.put((*item, "party"), actor.id, line)
    words = line.said.removeprefix("För ").strip(" .:")
    if words.casefold() != actor.name.casefold():
        case.draft.put((*item, "unit"), words, line)
    _name(case, item, [each for each in lines if each is not line and _dated(each.said) is None])
    own = [(each, dated) for each in lines for dated in [_dated(each.said)] if dated]
    dates_ = own or [(each, dated) for each in shared for dated in [_dated(each.said)] if dated]
    if len(dates_) == 1:
        case.draft.put((*item, "place"), dates_[0][1][0], dates_[0][0])
        case.draft.put((*item, "date"), dates_[0][1][1], dates_[0][0])


def _signer(case: Case, text: str) -> Actor | None:
    """The party that a line says and nothing else: `För Region Exempel`, `Region Exempel`."""
    words = text.removeprefix("För ").strip(" .:")
    found = case.mentions(words)
    return found[0].actor if len(found) == 1 and (found[0].start, found[0].end) == (0, len(words)) else None


def _lines(case: Case) -> list[Paragraph]:
    """What stands under Underskrifter; without such a heading, the last lines of the paper."""
    for section in case.outline.under("signatures"):
        return section.parts
    flow = case.outline.flow
    signing = (number for number, each in enumerate(flow) if re.fullmatch(r"För \w.{0,90}[^.:]", each.said))
    first = next(signing, None)
    return flow[max(0, first - 1) :] if first is not None and case.is_agreement else []


def _dated(text: str) -> tuple[str, Any] | None:
    """`Lund den XX`, `Linköping 2017-12-`, `Exempelstad den 12 december 2023`."""
    found = _PLACE.match(text)
    if not found or len(text) > 60 or not found["day"] or text.startswith("För "):
        return None
    whole = dates(found["day"])
    if len(whole) == 1 and isinstance(whole[0][2], date) and whole[0][0] <= len("den "):
        return found["place"], whole[0][2]
    unfinished = UNFINISHED.search(text)
    return (found["place"], {"unknown": unfinished[0].strip()}) if unfinished else None


def _put(
    case: Case,
    signing: str,
    line: Paragraph,
    following: list[Paragraph],
    place: tuple[str, Any, Paragraph] | None,
) -> None:
    words = signing.removeprefix("För ").strip(" .:")
    words, _colon, named = words.partition(": ")
    words, _comma, authority = words.partition(", ")
    actor = case.named(words)
    if actor is None:
        case.draft.ask(("signatures",), "vilken part skriver under här?", line)
        return
    item = case.draft.item("signatures")
    put = case.draft.put
    put((*item, "party"), actor.id, line)
    if words.casefold() != actor.name.casefold():
        put((*item, "unit"), words, line)
    _name(case, item, [replace(line, text=named)] if named else following)
    if place:
        put((*item, "place"), place[0], place[2])
        put((*item, "date"), place[1], place[2])
    if authority:
        put((*item, "authority"), authority, line)
    elif len(line.notes) == 1 and line.notes[0] in case.outline.notes:
        put((*item, "authority"), f"[^{line.notes[0]}]", line)


def _name(case: Case, item: Any, following: list[Paragraph]) -> None:
    """The name on the next line, and the role on the one after it."""
    filled = [each for each in following if not _BLANK.fullmatch(each.said)]
    if not filled or filled[0].said.startswith("För ") or not PERSON.fullmatch(filled[0].said.split(",")[0].strip()):
        return
    name, _comma, role = filled[0].said.partition(",")
    case.draft.put((*item, "name"), name.strip(), filled[0])
    after = filled[1] if len(filled) > 1 else None
    if role.strip():
        case.draft.put((*item, "role"), role.strip(), filled[0])
    elif after and not after.said.startswith("För ") and _dated(after.said) is None and len(after.said) < 80:
        case.draft.put((*item, "role"), after.said, after)
