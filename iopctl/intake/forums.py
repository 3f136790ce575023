"""The groups that the parties meet in, and who sits in them."""

from __future__ import annotations

import re

from iopctl.finding import Route
from iopctl.intake.actors import OPEN, PERSON, Actor
from iopctl.intake.case import Case, Mention
from iopctl.intake.names import unnumbered
from iopctl.intake.outline import Section
from iopctl.intake.paper import Paragraph
from iopctl.naming import id_of

_SEAT = re.compile(r"^(?P<party>[^:–—]{2,60}?)\s*(?:\s[-–—]\s|:\s)(?P<name>.{2,80})$")
_CONTACT = re.compile(
    rf"(?P<party>[^:]{{3,60}}):\s+(?P<name>{PERSON.pattern})(?:,\s+(?P<role>[^,@0-9]{{3,60}}))?(?:,\s+[^,]*[@0-9][^,]*)*"
)
"""`Nämnden: Kim Exempelsson, enhetschef, kim@example.org`."""
_SITTING = re.compile(r"\b(?:ingår|består av|deltar|deltagare)\b", re.IGNORECASE)
_CONVENER = re.compile(r"\s*\((?:sammankallande|ordförande)\)")


def forums(case: Case) -> None:
    """The groups that have a heading of their own."""
    for section in case.outline.under("forum"):
        if section.heading is None or not section.parts:
            continue
        name = unnumbered(section.heading.said)
        if name.lower().startswith("kontakt") and _are_contacts(case, section):
            continue
        item = case.draft.item("forums")
        taken = {case.draft.value(*other, "id") for other in case.draft.items("forums")}
        case.draft.put((*item, "id"), id_of(name, taken), None)
        case.draft.put((*item, "name"), name, section.heading)
        if name.lower().startswith("styrgrupp"):
            case.draft.put((*item, "steering"), True, section.heading)
        _members(case, item, section)


def _are_contacts(case: Case, section: Section) -> bool:
    """Whether each line is the contact person of a party, and nothing is said of a group; they go with the party."""
    seats = [(each, _CONTACT.fullmatch(each.said)) for each in section.parts]
    known = [(each, found, case.named(found["party"])) for each, found in seats if found]
    for each, found, actor in known if len(known) == len(seats) else ():
        if actor is None:
            case.draft.ask(("parties",), "vems kontaktperson är det?", each)
            continue
        at = case.draft.item("parties", actor.id, "contacts")
        case.draft.put((*at, "name"), found["name"], each)
        if found["role"]:
            case.draft.put((*at, "role"), found["role"].strip(" ."), each)
    heading = section.heading.said.lower() if section.heading else ""
    return len(known) == len(seats) or "kontaktperson" not in heading


def _members(case: Case, item: Route, section: Section) -> None:
    told = []
    contacts = section.heading is not None and section.heading.said.lower().startswith("kontakt")
    if contacts and not any(each.kind == "item" for each in section.parts):
        _contacts(case, item)
    for part in section.parts:
        text = part.said
        seat = _SEAT.match(text)
        if seat and not text.endswith(".") and case.named(seat["party"]):
            _seat(case, item, part, case.named(seat["party"]), seat["name"])
        elif seat and not text.endswith(".") and re.search(r"\s[-–—]\s", text):
            case.draft.ask(item, "vilken part företräder den?", part)
        elif not text.endswith((".", ":")) and len(text) < 120:
            _line(case, item, part)
        elif _SITTING.search(text) and not text.endswith(":"):
            _sentence(case, item, part)
        elif not text.endswith(":"):
            told.append(part)
    if told:
        case.draft.put((*item, "text"), "\n\n".join(each.said for each in told), told[0])


def _seat(case: Case, item: Route, part: Paragraph, actor: object, name: str, role: str | None = None) -> None:
    member = case.draft.item(*item, "members")
    case.draft.put((*member, "party"), actor.id, part)  # type: ignore[attr-defined]  # an Actor
    plain = _CONVENER.sub("", name).strip(" .,")
    case.draft.put((*member, "name"), {"unknown": plain} if OPEN.search(plain) else plain, part)
    if role:
        case.draft.put((*member, "role"), role, part)
    if "sammankallande" in name:
        case.draft.put((*member, "convener"), True, part)


def _contacts(case: Case, item: Route) -> None:
    """The contact persons that the parties have, where the group does not list its members."""
    for actor in case.actors:
        for contact in case.draft.items("parties", actor.id, "contacts"):
            if case.draft.value(*contact, "role") == "Kontaktperson":
                source = case.draft.facts[(*contact, "name")]
                member = case.draft.item(*item, "members")
                paragraph = next((each for each in case.outline.flow if each.place == source.place), None)
                case.draft.put((*member, "party"), actor.id, paragraph)
                case.draft.put((*member, "name"), source.value, paragraph)


def _unit(mention: Mention) -> str | None:
    """The words for a party that are a unit of it, and not its name."""
    written = mention.words.lower()
    own = mention.actor.name.lower()
    return (
        None
        if written in (own, f"{own}s") or not re.search(r"förvaltning|nämnd", written) or written == "förvaltningen"
        else mention.words
    )


def _line(case: Case, item: Route, part: Paragraph) -> None:
    """`Carina Röjssel och Sanna Ohlson, Anhörigcenter`, or `Sanna Ohlson, Anhörigcenter, ersättare`."""
    convenes = _CONVENER.search(part.said)
    pieces = _CONVENER.sub("", part.said).split(", ")
    at = next((number for number, each in enumerate(pieces) if number and _is_party(case, each)), None)
    if at is None:
        case.draft.ask(item, "vem är det, och från vilken part?", part)
        return
    party = case.mentions(pieces[at])[0]
    role = ", ".join(pieces[at + 1 :]) or _unit(party)
    for name in (name for each in pieces[:at] for name in re.split(r"\s+(?:och|samt)\s+", each)):
        _seat(case, item, part, party.actor, f"{name} (sammankallande)" if convenes else name, role)


def _is_party(case: Case, words: str) -> bool:
    """Whether words are a party's name, or a unit's of it, and nothing else."""
    found = case.mentions(words)
    return len(found) == 1 and (found[0].start, found[0].end) == (0, len(words))


def _contact_of(case: Case, name: str) -> tuple[Actor, str | None] | None:
    """The one party that somebody is the contact person of, and the role there."""
    found = [
        (actor, case.draft.value(*contact, "role"))
        for actor in case.actors
        for contact in case.draft.items("parties", actor.id, "contacts")
        if case.draft.value(*contact, "name") == name
    ]
    role = found[0][1] if len(found) == 1 else None
    return (found[0][0], role if role != "Kontaktperson" else None) if len(found) == 1 else None


def _sentence(case: Case, item: Route, part: Paragraph) -> None:
    """`I styrgruppen ingår förutom kontaktpersonerna även A, Föreningen samt B och C från förvaltningen.`"""
    text = part.said
    people = [(each.start(), each.end(), each[0]) for each in PERSON.finditer(text)]
    mentions = case.mentions(text)
    people = [
        each for each in people if not any(mention.start < each[1] and each[0] < mention.end for mention in mentions)
    ]
    if re.search(r"förutom kontaktpersonerna", text):
        for actor in case.actors:
            for contact in case.draft.items("parties", actor.id, "contacts"):
                name = case.draft.value(*contact, "name")
                if case.draft.value(*contact, "role") == "Kontaktperson" and isinstance(name, str):
                    _seat(case, item, part, actor, name, "kontaktperson")
    if not people:
        case.draft.ask(item, "vilka ingår?", part)
    for _start, end, name in people:
        own = _contact_of(case, name)
        if own is not None:
            convenes = re.match(r"\s*\(sammankallande\)", text[end:])
            _seat(case, item, part, own[0], f"{name} (sammankallande)" if convenes else name, own[1])
            continue
        after = next((each for each in mentions if each.start >= end), None)
        between = text[end : after.start] if after else ""
        if after is None or not re.fullmatch(
            rf"(?:\s*\([^)]*\))?(?:,? (?:och|samt) (?:{PERSON.pattern})(?:\s*\([^)]*\))?)?(?:, | från | för | \()",
            between,
        ):
            case.draft.ask(item, f"från vilken part är {name}?", part)
            continue
        convenes = re.match(r"\s*\(sammankallande\)", text[end:])
        _seat(case, item, part, after.actor, f"{name} (sammankallande)" if convenes else name, _unit(after))
