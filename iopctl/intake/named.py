"""Where a paper names its parties: under a heading, in the opening, between whom it is, and where they sign."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from iopctl.intake.actors import (
    ADMINISTRATION,
    BOARD,
    ORGANISATION,
    PERSON,
    Shape,
    definite,
    is_generic,
    shape,
)
from iopctl.intake.case import Case, about_another
from iopctl.intake.outline import Said
from iopctl.intake.paper import Paragraph
from iopctl.lint.numbers import organisation_numbers

_ACTOR = (
    r"(?:(?:[\wåäö]+-\s+och\s+)?[\wåäö]*nämnden|[A-ZÅÄÖ][\wåäöé&-]*"
    r"(?:\s+(?:[A-ZÅÄÖ][\wåäöé&-]*|kommun|stad|län|(?:ekonomisk|ideell) förening|församling|pastorat|stiftelse|krets"
    r"|[\wåäö]*förening|[\wåäö]+förvaltningen|[\wåäö]*nämnden|(?:i|för|av)(?=\s+[A-ZÅÄÖ])))*)"
)
_NUMBERED = (
    r"(?:\s*\((?:org\.?\s?-?\s?(?:nr|nummer)\.?|organisationsnummer)[ :]*(?P<number_%s>[0-9]{6}[-–]?[0-9]{4})\))?"
)
_BETWEEN = re.compile(rf"\bmellan\s+(?P<one>{_ACTOR}){_NUMBERED % 'one'}\s+och\s+(?P<two>{_ACTOR}){_NUMBERED % 'two'}")
_ENTERING = re.compile(
    rf"^(?P<one>{_ACTOR})\s+och\s+(?P<two>{_ACTOR})\s+(?:ingår|sluter|träffar|tecknar"
    rf"|samverkar)\b"
)
_WITH = re.compile(rf"\b(?:partnerskap|IOP|överenskommelse|partnerskapsavtal)\)?\s+med\s+(?P<one>{_ACTOR})")
_TITLED = re.compile(rf"(?:\bIOP|\(IOP\)|partnerskap)[:,]?\s+(?P<one>{_ACTOR})\s+och\s+(?P<two>{_ACTOR})")
_LABEL = re.compile(
    r"(?P<label>offentlig(?:a)? (?:sektor(?:n)?|part(?:en)?)|idébur(?:en|na) (?:sektor(?:n)?|part(?:en)?)"
    r"|kommun(?:en)?"
    r"|förening(?:en)?|part(?:en)?(?: [0-9AB])?|(?:avtals)?part(?:er|ner)?(?:na)?"
    r"|organisation(?:en)?)\s*:\s*(?P<value>.+)",
    re.IGNORECASE,
)
_DETAIL = re.compile(
    r"(?P<label>organisationsnummer|org\.?\s?-?\s?(?:nr|nummer)\.?|adress|postadress|kontaktperson(?:er)?"
    r"|e-?post|telefon|tel\.?)"
    r"\s*[:.]?\s+(?P<value>\S.*)",
    re.IGNORECASE,
)
_UNIT_LABEL = re.compile(r"(?:ansvarig |beslutande )?(?:nämnd|förvaltning|enhet):\s*(?P<value>.+)", re.IGNORECASE)
_PERSON_LABEL = re.compile(rf"(?P<role>[A-ZÅÄÖ][\w -]{{3,40}}):\s+(?P<name>{PERSON.pattern})")
_OTHER_LABEL = re.compile(r"[^:,.]{2,40}:\s+\S")
_IN_PROSE = re.compile(r"\bmellan\b")
_INSIDE = re.compile(r",?\s*(?:\(?(?:organisationsnummer|org\.?\s?-?\s?(?:nr"
    r"|nummer)\.?)\s*:?\s*|\(?(?<![0-9-])(?=[0-9]{6}[-–][0-9]{4}))(?P<number>[0-9]{6}[-–]?[0-9]{4})(?![0-9-])\)?",
                     re.IGNORECASE)  # fmt: skip
_ADDRESS = re.compile(
    r",\s*(?P<address>(?:[A-ZÅÄÖ][\wåäö]*(?:gatan|vägen|väg|gata|gränd|torget|torg|plan|platsen|stigen|allén|backen)"
    r" [0-9]{1,4} ?[A-Z]?\b|Box [0-9]+)(?:,\s*[0-9]{3} ?[0-9]{2} [A-ZÅÄÖ][\wåäö]+)?)"
)
_FORM = re.compile(r",\s*(?P<form>(?:ekonomisk|ideell) förening)\b", re.IGNORECASE)
_BELONGS = re.compile(
    r"\(?(?:org\b|org\.|organisationsnummer|[0-9]{6}[-–]|genom\b|företrädd|representerad|nedan\b|här ?efter|Box [0-9]"
    r"|(?:ekonomisk|ideell|allmännyttig) förening|[0-9]{3} ?[0-9]{2} [A-ZÅÄÖ])"
    r"|[A-ZÅÄÖ][\wåäö]*(?:gatan|vägen|väg|gata|gränd|torget|torg|plan|platsen|stigen|allén|backen) [0-9]",
    re.IGNORECASE,
)
"""How what is said of a party begins, after its name and a comma."""
_SEPARATOR = re.compile(
    r"(;\s+|\s\|\s|,\s+(?:och|samt)\s+|,\s+|\s+(?<!- )(?:och|samt)\s+(?=[A-ZÅÄÖ]|idéburna sektorn i|[\wåäö]+nämnden))"
)
_CLOSED_DEAL = re.compile(
    r"^(?P<who>.{10,400}?)\s(?:har (?:denna dag |i dag |härmed )?(?:ingått|träffat|slutit|tecknat|kommit överens)"
    r"|ingår|sluter|träffar|tecknar)\b"
)
_HAS_DEAL = re.compile(
    r"^(?P<who>.{10,300}?)\shar (?:sedan .{4,40}? )?(?:ett|en) (?:idéburet|partnerskap|överenskommelse|iop\b)",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\bmellan(?P<more>\s+\S.*)?$", re.IGNORECASE)
_THROUGH = re.compile(r",?\s*\b(?:genom|företrädd av|representerad av)\s+(?P<unit>[^,]+)")
_CALLED = re.compile(
    r",?\s*\(?(?:nedan|här efter|härefter)(?: kalla[dt]s?"
    r"| benämn[dt]s?)?\s+[\"”“]?(?P<alias>[\wåäöÅÄÖ ]+?)[\"”“]?\)?(?=,|$|\.)"
)
_INTRO = re.compile(
    r"^(?:.*\b(?:mellan|består av|är följande|är)\s*:?\s+(?=[A-ZÅÄÖ]|[\wåäö-]+nämnden)"
    r"|idéburna sektorn i form av\s+)",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"\b(?:ska|skall|bär|vill|kan|arbetar|ansvarar|bedriver|erbjuder|utgör|har|driver)\b|\bär (?!följande)"
)


@dataclass
class Found:
    """A party on its way."""

    shape: Shape
    source: Said | Paragraph
    numbers: list[tuple[str, Said | Paragraph]] = field(default_factory=list)
    address: tuple[str, Paragraph] | None = None
    contacts: list[tuple[str, str, Paragraph]] = field(default_factory=list)
    """Name, role and where they stand."""
    alias: str | None = None


def named(case: Case) -> list[Found]:
    """The parties that the first place names, of those where papers name them, that has both sides; each once."""
    ways = [_each_once(way(case)) for way in (_of_section, _of_opening, _of_pairs, _of_signatures)]
    return next((way for way in ways if {each.shape.public for each in way} == {True, False}), ways[0])


def _each_once(found: Iterator[Found]) -> list[Found]:
    """The parties, each once."""
    once: dict[str, Found] = {}
    for each in found:
        once.setdefault(each.shape.name.casefold(), each)
    return list(once.values())


# -- where they are named ----------------------------------------------------------------------------------------------


def _of_section(case: Case) -> Iterator[Found]:
    """Under the heading Parter: lines, labels, or a sentence."""
    for each in case.outline.flow:
        if re.match(
            r"(?:Avtalsp|P)art(?:er"
            r"|ner)?(?:na)?:\s+\S",
            each.said,
        ) and not list(case.outline.under("parties")):
            yield from _actors_in(each.said, each)
    for section in case.outline.under("parties"):
        current: Found | None = None
        header: list[str] = []
        for part in section.parts:
            text = part.said
            if current is not None and _is_detail(current, part):
                continue
            if " | " in text:
                header, made = _row(header, text, part)
                yield from [made] if made else []
                continue
            labelled = _LABEL.fullmatch(text) or (_IN_PROSE.search(text) and text.endswith(":"))
            if not labelled and (_is_prose(text) or _OTHER_LABEL.match(text)):
                continue
            for found in _actors_in(text, part):
                current = found
                yield found


def _is_detail(found: Found, part: Paragraph) -> bool:
    """Whether a line says something of the party before it: its number, its address, a person, its board."""
    detail, person = _DETAIL.fullmatch(part.said), _PERSON_LABEL.fullmatch(part.said)
    unit = _UNIT_LABEL.fullmatch(part.said)
    if detail:
        _detail(found, detail["label"].lower(), detail["value"], part)
    elif person:
        found.contacts.append((person["name"], person["role"], part))
    elif unit:
        found.shape = _with_unit(found.shape, unit["value"])
    return bool(detail or person or unit)


def _row(header: list[str], text: str, part: Paragraph) -> tuple[list[str], Found | None]:
    """A row of a table of parties: the names of its columns, or a party by them."""
    cells = text.split(" | ")
    if re.match(r"(?:avtals)?part(?:er|ner)?(?:na)?$|namn$|organisation$", cells[0], re.IGNORECASE):
        return cells, None
    found = _actor(cells[0], part) if not header or len(cells) == len(header) else None
    for label, value in zip(header[1:], cells[1:], strict=False) if found else ():
        assert found is not None
        detail = _DETAIL.fullmatch(f"{label} {value}")
        if detail and detail["label"].lower().startswith("kontakt"):
            name, _comma, role = value.partition(", ")
            found.contacts.append((name, role or "Kontaktperson", part))
        elif detail:
            _detail(found, detail["label"].lower(), value, part)
    return header, found


def _of_opening(case: Case) -> Iterator[Found]:
    """Before the first heading: `mellan` and a list, `A och B har ingått`, or lines with a name each."""
    head = case.outline.flow[:14] if case.is_agreement else []
    for number, each in enumerate(head):
        text = each.said
        opens, closed = _OPENS.search(text.rstrip(":. ")), _CLOSED_DEAL.match(text)
        if not (opens or closed):
            continue
        if closed:
            found = list(_actors_in(closed["who"], each))
        elif opens and opens["more"]:
            found = list(_actors_in(opens["more"].strip(), each))
        else:
            found = [
                one
                for item in _listed(head[number + 1 :])
                for one in _actors_in(re.sub(r",? (?:och|samt)$", "", item.said), item)
            ]
        if {one.shape.public for one in found} == {True, False}:
            yield from found
            return
    for said in case.outline.said:
        has = _HAS_DEAL.match(said.text) if not about_another(said.text) else None
        found = list(_actors_in(has["who"], said)) if has else []
        if {one.shape.public for one in found} == {True, False}:
            yield from found
            return
    yield from _of_lines(case)


def _listed(parts: list[Paragraph]) -> Iterator[Paragraph]:
    """The items that begin a list of paragraphs."""
    for each in parts:
        if each.kind != "item":
            return
        yield each


def _of_lines(case: Case) -> Iterator[Found]:
    """Two or more lines after the title, of which each is the name of a party and nothing else."""
    first = case.outline.sections[0]
    memo = case.kind.startswith("tjansteskrivelse")
    lines = [each for each in first.parts if first.heading is None and len(each.said) <= 120 and not memo]
    for each in lines:
        found = list(_actors_in(each.said, each)) if not each.said.endswith(".") else []
        if all(one.shape.stated for one in found):
            yield from found


def _is_prose(text: str) -> bool:
    return text.endswith(".") and _PROSE.search(text) is not None and " mellan " not in text


def _actors_in(text: str, source: Said | Paragraph) -> Iterator[Found]:
    label = _LABEL.fullmatch(text)
    words = label["value"] if label else _INTRO.sub("", text)
    for piece in _pieces(words):
        found = _actor(re.sub(r"^idéburna sektorn i form av\s+", "", piece), source)
        if found:
            yield found


def _pieces(words: str) -> list[str]:
    """An enumeration of parties, each with what is said of it."""
    hidden = re.sub(r"\([^)]*\)", lambda found: re.sub("[, ]", lambda sign: _HIDDEN[sign[0]], found[0]), words)
    parts = _SEPARATOR.split(hidden)
    found = [parts[0]]
    for sign, piece in zip(parts[1::2], parts[2::2], strict=True):
        plain = re.sub(r"\s*\([^)]*\)$", "", piece)
        unit = sign.startswith(",") and (BOARD.fullmatch(plain) or ADMINISTRATION.fullmatch(plain))
        owner = sign.startswith(",") and ORGANISATION.fullmatch(piece)
        own_unit = unit and ORGANISATION.fullmatch(re.sub(r"\s*\(.*", "", found[-1]))
        own_owner = owner and (BOARD.search(found[-1]) or ADMINISTRATION.search(found[-1]))
        inside = BOARD.search(piece) and re.search(r"\bgenom\b[^,]*$", found[-1])
        if (sign.startswith(",") and _BELONGS.match(piece)) or own_unit or own_owner or inside:
            found[-1] += sign + piece
        else:
            found.append(piece)
    return [each.replace("\ue000", ",").replace("\ue001", " ") for each in found]


_HIDDEN = {",": "\ue000", " ": "\ue001"}
"""Signs inside parentheses, which divide nothing."""


def _actor(words: str, source: Said | Paragraph) -> Found | None:
    """`Exempelstads kommun, organisationsnummer 212000-…, genom socialnämnden, nedan kallad kommunen`."""
    numbers, through, called = list(_INSIDE.finditer(words)), _THROUGH.search(words), _CALLED.search(words)
    address, form = _ADDRESS.search(words), _FORM.search(words)
    rest = words
    for each in (*numbers, through, called, address, form):
        rest = rest.replace(each[0], "") if each else rest
    rest += ")" * (rest.count("(") - rest.count(")"))
    inside = [each.strip('”“" ') for each in re.findall(r"\(([^)]*)\)", rest)]
    made = shape(f"{rest} ({'; '.join(inside)})" if inside else rest)
    if made is None or _PROSE.search(rest):
        return None
    if form and form["form"].lower().startswith("ekonomisk"):
        made = made._replace(kind="cooperative", stated=True)
    unit = next((each for each in inside if BOARD.fullmatch(each) or ADMINISTRATION.fullmatch(each)), None)
    named = next((each for each in inside if re.fullmatch(r"[A-ZÅÄÖ][\wåäö]+", each) and each != unit), None)
    if unit and made.board and BOARD.fullmatch(unit) and unit[0].isupper():
        unit, named = None, unit  # `Socialnämnden i Exempelstad (Nämnden)`
    made = _with_unit(made, through["unit"] if through else unit or "")
    found = Found(made, source, alias=called["alias"] if called else named)
    found.numbers += [(number["number"], source) for number in numbers]
    if address and isinstance(source, Paragraph):
        found.address = (address["address"], source)
    return found


def _with_unit(made: Shape, unit: str) -> Shape:
    """The party with the board or the förvaltning that it acts through."""
    board, administration = BOARD.search(unit), ADMINISTRATION.search(unit)
    return made._replace(
        board=definite(board["stem"] or board["other"]) if board else made.board,
        administration=definite(administration["stem"]) if administration else made.administration,
    )


def _detail(found: Found, label: str, value: str, part: Paragraph) -> None:
    if label.startswith("org"):
        found.numbers += [(each.value, part) for each in organisation_numbers(value)] or [(value, part)]
    elif "adress" in label:
        found.address = (value.rstrip("."), part)
    elif label.startswith("kontakt"):
        found.contacts.append((value.rstrip("."), "Kontaktperson", part))


def _of_pairs(case: Case) -> Iterator[Found]:
    """`mellan A och B`, in the title or in the text; the pair that is named most."""
    sources: list[Said | Paragraph] = [case.outline.title] if case.outline.title else []
    sources += [each for each in case.outline.said if each.section not in ("starting_points", "basis")]
    pairs: list[tuple[Shape, Shape, Said | Paragraph]] = []
    numbers: dict[str, str] = {}
    for source in sources:
        text = source.text if isinstance(source, Said) else source.said
        for each in (*_BETWEEN.finditer(text), *_ENTERING.finditer(text), *_TITLED.finditer(text)):
            one, two = shape(each["one"]), shape(each["two"])
            if one and two and one.public != two.public:
                pairs.append((one, two, source))
                written = each.groupdict()
                for made, number in ((one, written.get("number_one")), (two, written.get("number_two"))):
                    numbers |= {made.name: number} if number else {}
    if not pairs:
        yield from _with_partner(case, sources)
        return
    count = Counter(frozenset((one.name.casefold(), two.name.casefold())) for one, two, _source in pairs)
    best = max(pairs, key=lambda pair: count[frozenset((pair[0].name.casefold(), pair[1].name.casefold()))])
    for made in best[:2]:
        yield Found(made, best[2], [(numbers[made.name], best[2])] if made.name in numbers else [])


def _with_partner(case: Case, sources: list[Said | Paragraph]) -> Iterator[Found]:
    """`partnerskap med A`, when one board decides."""
    for source in sources:
        text = source.text if isinstance(source, Said) else source.said
        found = _WITH.search(text)
        partner = shape(found["one"]) if found else None
        if partner and not partner.public:
            yield Found(partner, source)
            break
    boards = distinct(BOARD, case.outline.words)
    deciding = [
        re.fullmatch(r"(?P<body>.+?)s beslut", each.said) for each in case.outline.flow if each.kind == "heading"
    ]
    named = {each["body"].casefold() for each in deciding if each}
    if len(named) == 1 and named <= {definite(name).casefold() for name in boards}:
        boards = {name: each for name, each in boards.items() if definite(name).casefold() in named}
    boards = {name: each for name, each in boards.items() if not name.endswith("styrelsen")} or boards
    if len(boards) == 1:
        name, written = next(iter(boards.items()))
        made = shape(written)
        said = next((each for each in case.outline.said if name in each.text.casefold()), None)
        if made and said:
            yield Found(made, said)


def _of_signatures(case: Case) -> Iterator[Found]:
    """`För A` where they sign."""
    for each in case.outline.flow:
        found = re.fullmatch(r"För\s+(?P<name>\S.{2,80})", each.said)
        made = shape(found["name"]) if found else None
        if made:
            yield Found(made, each)


def distinct(pattern: re.Pattern[str], words: str) -> dict[str, str]:
    """The bodies of a sort that the words name, by their stem in small letters."""
    found: dict[str, str] = {}
    for each in pattern.finditer(words):
        stem = " ".join((each["stem"] or each["other"]).split()) if "other" in each.groupdict() else each["stem"]
        if stem and not is_generic(stem) and len(stem.split()[-1]) > len("förvaltning") - 4:
            stem = re.sub(r"^(?:beslutande|ansvarig|berörd)\w* ", "", stem, flags=re.IGNORECASE)
            if stem.casefold() not in ("nämnd", "förvaltning"):
                found.setdefault(" ".join(stem.split()).casefold(), definite(stem))
    return found
