"""The parties: names, kinds, organisation numbers, addresses, contacts, and what the text calls them."""

from __future__ import annotations

import re

from iopctl.intake.actors import (
    ADMINISTRATION,
    BOARD,
    OPEN,
    ORGANISATION,
    PERSON,
    Actor,
    Shape,
    is_generic,
    nouns,
)
from iopctl.intake.case import Case, about_another
from iopctl.intake.named import Found, distinct, named
from iopctl.intake.outline import Said
from iopctl.intake.paper import Paragraph
from iopctl.naming import id_of


def parties(case: Case) -> None:
    """Who the parties are."""
    found = named(case)
    for each in found:
        _put(case, each)
    sides = {each.shape.public for each in found}
    if sides != {True, False}:
        who = "parterna" if not sides else "den idéburna parten" if sides == {True} else "den offentliga parten"
        case.draft.ask(("parties",), f"vem är {who}?" if sides else "vilka är parterna?", case.outline.title)
    _aliases(case, found)
    _units(case)
    _contacts(case)


# -- what is known of each ---------------------------------------------------------------------------------------------


def _put(case: Case, found: Found) -> None:
    draft, made = case.draft, found.shape
    id_ = id_of(made.name, {each.id for each in case.actors})
    at = ("parties", id_)
    draft.put((*at, "name"), made.name, found.source)
    note = "" if made.stated else "formen sägs inte; association är det vanliga, rätta om den är en annan"
    draft.put((*at, "kind"), made.kind, found.source, note)
    for key in ("organisation", "board", "administration"):
        if getattr(made, key):
            draft.put((*at, key), getattr(made, key), found.source)
    _number(case, at, found)
    if found.address:
        draft.put((*at, "address"), *found.address)
    for name, role, part in found.contacts:
        _contact(case, at, name, role, part)
    case.actors.append(Actor(id_, made.name, made.public))


def _number(case: Case, at: tuple[str, str], found: Found) -> None:
    from stdnum.se import orgnr  # takes its time

    numbers = {number.replace("–", "-"): source for number, source in found.numbers}
    if len(numbers) > 1:
        question = f"två organisationsnummer för {found.shape.name}: {', '.join(numbers)}; vilket gäller?"
        case.draft.ask(at, question, next(iter(numbers.values())))
        return
    for number, source in numbers.items():
        digits = re.sub(r"[^0-9]", "", number)
        if OPEN.search(number):
            case.draft.put((*at, "organisation_number"), {"unknown": number}, source)
        elif len(digits) == 10 and orgnr.is_valid(digits):
            case.draft.put((*at, "organisation_number"), f"{digits[:6]}-{digits[6:]}", source)
        else:
            case.draft.ask(at, f"{number} är inget organisationsnummer (kontrollsiffran stämmer inte)", source)


def _contact(case: Case, at: tuple[str, ...], name: str, role: str, source: Said | Paragraph) -> None:
    person = PERSON.search(name)
    taken = {case.draft.value(*item, "name") for item in case.draft.items(*at, "contacts")}
    if person and person[0] not in taken:
        item = case.draft.item(*at, "contacts")
        case.draft.put((*item, "name"), person[0], source)
        case.draft.put((*item, "role"), role, source)
    elif OPEN.search(name):
        item = case.draft.item(*at, "contacts")
        case.draft.put((*item, "name"), {"unknown": name}, source)
        case.draft.put((*item, "role"), role, source)


# -- what they are called ----------------------------------------------------------------------------------------------


def _aliases(case: Case, found: list[Found]) -> None:
    """What the text may call each party."""
    for actor, each in zip(case.actors, found, strict=True):
        alone = len(case.public if actor.public else case.partners) == 1
        names = [actor.name, each.alias]
        places = {name.removesuffix("s") for each in found for name in _places(each.shape)}
        bare = re.sub(r" i [A-ZÅÄÖ].*$", "", actor.name)
        words = bare.split()
        if not actor.public and len(words) > 1 and words[-1] in places:
            bare = " ".join(words[:-1])
        names += [bare] if not actor.public and not is_generic(bare) else []
        if not actor.public and len(words) > 1 and words[0].isupper() and words[0] not in ("AB", "IK", "IF", "FC"):
            names.append(words[0])
        if not actor.public and len(words) > 1 and len(words[-1]) >= 6:
            names.append(words[-1])
        if not actor.public and len(words) > 1 and len(words[0]) >= 8 and words[0].endswith(("en", "et")):
            names.append(words[0])
        if alone:
            names += ["kommunen", "nämnden", "förvaltningen"] if actor.public else ["föreningen", "organisationen"]
            names += [each.shape.organisation] if actor.public else []
        own = nouns(f"{actor.name} {each.shape.organisation or ''}", each.shape.kind)
        others = [
            nouns(f"{one.shape.name} {one.shape.organisation or ''}", one.shape.kind)
            for one in found
            if one is not each
        ]
        names += sorted(own - set().union(*others)) if len(own) else []
        actor.aliases = sorted({name for name in names if name}, key=len, reverse=True)


def _places(made: Shape) -> list[str]:
    """`Provstads kommun` → `Provstads`."""
    owner = re.match(r"(?:Region )?([A-ZÅÄÖ][\wåäö]+)", made.organisation or made.name) if made.public else None
    return [owner[1]] if owner else []


def _units(case: Case) -> None:
    """The board, the förvaltning and the municipality, when the paper has only one of each."""
    if len(case.public) != 1:
        return
    actor, draft, words = case.public[0], case.draft, case.outline.words
    at = ("parties", actor.id)
    boards = {name: each for name, each in distinct(BOARD, words).items() if not name.endswith("styrelsen")}
    for key, found in (("board", boards), ("administration", distinct(ADMINISTRATION, words))):
        actor.aliases += [each for each in found.values() if each not in actor.aliases] if len(found) == 1 else []
        if draft.has(*at, key):
            continue
        if len(found) == 1:
            name, written = next(iter(found.items()))
            draft.put((*at, key), written, _first(case, name))
        elif found:
            what = "nämnd" if key == "board" else "förvaltning"
            question = f"vilken {what} svarar för överenskommelsen? Texten nämner {', '.join(found.values())}"
            draft.ask(at, question, _first(case, next(iter(found))))
            actor.aliases += [each for each in found.values() if _alike(found)]
    top = [each.said.title() if each.said.isupper() else each.said for each in case.outline.flow[:4]]
    top = [re.sub(r" (Kommun|Stad)$", lambda found: found[0].lower(), each) for each in top]
    letterhead = [each for each in top if ORGANISATION.fullmatch(each)]
    region = draft.value(*at, "kind") == "region"
    told = "\n".join(each.said for each in case.outline.flow if not about_another(each.said))
    owners = letterhead or [found[0] for found in ORGANISATION.finditer(told)]
    owners = list(dict.fromkeys(each for each in owners if each.startswith("Region ") == region))
    if not draft.has(*at, "organisation") and not ORGANISATION.fullmatch(actor.name) and len(owners) == 1:
        draft.put((*at, "organisation"), owners[0], _first(case, owners[0].casefold()))
    if draft.value(*at, "organisation"):
        actor.aliases.append(draft.value(*at, "organisation"))
    actor.aliases.sort(key=len, reverse=True)


def _alike(found: dict[str, str]) -> bool:
    """Whether the names are one name in two spellings: `omsorg-` and `omsorgs- och äldreförvaltningen`."""
    return len({name.replace("s-", "-") for name in found}) == 1


def _first(case: Case, name: str) -> Said | Paragraph | None:
    """Where a name stands first: a sentence, or else a line or a footnote."""
    said = next((each for each in case.outline.said if name in each.text.casefold()), None)
    return said or next((each for each in case.outline.paper.paragraphs if name in each.said.casefold()), None)


_FOR = re.compile(
    r"\b(?P<role>Kontaktperson|Ansvarig person|Ansvarig handläggare)(?: (?:för )?(?P<party>[^:]+?))?(?:\s+är"
    r"|:)\s+(?P<name>.+)"
)


def _contacts(case: Case) -> None:
    """`Kontaktperson för kommunen är Kim Exempelsson.`"""
    known = {each.place.paragraph for _key, each in case.draft.facts.items() if each.place and "contacts" in _key}
    for each in case.outline.said:
        found = _FOR.search(each.text)
        if not found or each.place.paragraph in known or not PERSON.search(found["name"]):
            continue
        actor = case.named(found["party"]) if found["party"] else None
        if actor is None and found["role"].startswith("Ansvarig") and len(case.public) == 1:
            actor = case.public[0]
        if actor:
            _contact(case, ("parties", actor.id), found["name"], found["role"], each)
        else:
            case.draft.ask(("parties",), "vems kontaktperson är det?", each)
