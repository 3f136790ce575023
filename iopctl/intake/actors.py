"""What bodies and organisations are called, and which kind of party each is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

_UNIT = r"(?:[Ss]ocial )?(?:[A-ZÅÄÖa-zåäö]+-\s+(?:och|samt)\s+)?[A-ZÅÄÖa-zåäö]+"
BOARD = re.compile(rf"\b(?P<stem>{_UNIT}nämnd)(?:en|ens|s)?\b|\b(?P<other>[Kk]ommunstyrelsen|[Rr]egionstyrelsen)s?\b")
ADMINISTRATION = re.compile(rf"\b(?P<stem>{_UNIT}förvaltning)(?:en|ens|s)?\b")
ORGANISATION = re.compile(
    r"\b(?!(?:Varje|Vilken|Denna|Någon|Ingen|Annan|Båda|Hela|Egen|Respektive|Deltagande) )"
    r"(?:Region [A-ZÅÄÖ][\wåäö-]+(?: län)?|(?:[A-ZÅÄÖ][\wåäöé-]+ )?[A-ZÅÄÖ][\wåäöé-]+s? (?:kommun|[Ss]tad)\b"
    r"|(?!Kommun|Grannkommun|Hemkommun)[A-ZÅÄÖ][\wåäö]+kommun(?:en)?\b)"
)
PERSON = re.compile(
    r"(?<![\w-])[A-ZÅÄÖÉ][a-zåäöéèü]+(?:-[A-ZÅÄÖÉ][a-zåäöéèü]+)?(?: (?:von|af|de|van))?"
    r" [A-ZÅÄÖÉ][a-zåäöéèü]+(?:-[A-ZÅÄÖÉ][a-zåäöéèü]+)?(?![\w-])"
)
OPEN = re.compile(
    r"\b(?:ej klart|inte klart|vakant|ännu inte utsedd|ej utsedd|utses senare|X{2,}|ATT FYLLA I\b|NN|N\.N\.)",
    re.IGNORECASE,
)
"""What stands where a name is still missing."""

STRANGER = re.compile(
    r"(?<![\w-])(?:[A-ZÅÄÖ][\wåäöé]*(?:jour(?:en)?|förening(?:en)?|stiftelse[nr]?|fond(?:en)?|förbund(?:et)?"
    r"|mission(?:en)?"
    r"|krets(?:en)?|klubb(?:en)?|församling(?:en)?|verket|myndigheten|organisation(?:en)?|kommun(?:en)?)(?! avser)s?"
    r"|\w*(?:länsstyrelse|arvsfond|sparbanksstiftelse)\w*|[A-ZÅÄÖ][\wåäöé]+ AB|AB [A-ZÅÄÖ][\wåäöé]+)(?![\w-])"
)
"""The name of an organisation; of one that is no party, when no party's name is there."""
_NO_NAME = re.compile(
    r"(?:avtals)?part(?:er|ner|ners)?(?:na|en)?|organisations(?:nummer|nr)|org\.? ?nr|namn|kontakt(?:person"
    r"|er)?(?:er)?|adress"
    r"|roll|funktion|telefon|e-?post|insats|värde|belopp|nedan.*|dnr.*|sid.*|datum.*|handläggare.*",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"kommun(?:en|ens|s)?\b|nämnd(?:en|ens|s)?\b|förvaltning(?:en|ens|s)?\b|\b[Rr]egion(?:en)?\b|\b[Ss]tad\b"
    r"|landsting"
    r"|[Kk]ommunstyrelsen|[Rr]egionstyrelsen|fullmäktige|stadsdel"
)
_KINDS = (
    ("public_company", r"kommunalt (?:ägt )?bolag|^AB [A-ZÅÄÖ]|^[A-ZÅÄÖ].* AB$"),
    ("foundation", r"stiftelse"),
    ("congregation", r"församling|pastorat|\bkyrka\b"),
    ("cooperative", r"ekonomisk förening|kooperativ"),
    ("study_association", r"studieförbund|bildningsförbund"),
    ("association", r"förening|förbund|\bklubb|krets|distrikt"),
)
_ANY_KIND = (
    r"stiftels|församling|pastorat|kyrka|förening|förbund|klubb|krets|distrikt|kooperativ|mission|jour\w*\b"
    r"|^AB\b|\bAB$"
)
_NOUNS = {
    "stadsmission": "stadsmissionen", "mission": "missionen", "jour": "jouren", "krets": "kretsen",
    "församling": "församlingen", "studieförbund": "studieförbundet", "förbund": "förbundet", "stiftelse": "stiftelsen",
    "förening": "föreningen", "klubb": "klubben", "bolag": "bolaget", "kommun": "kommunen", "region": "regionen",
    "distrikt": "distriktet", "stad": "staden", "pastorat": "pastoratet",
}  # fmt: skip
_OF_KIND = {
    "foundation": "stiftelsen", "congregation": "församlingen", "study_association": "studieförbundet",
    "public_company": "bolaget", "region": "regionen",
}  # fmt: skip
_GENERIC = re.compile(
    r"(?:den |de )?(?:(?:deltagande |samverkande )?parter(?:na)?|kommun(?:en|er)?|nämnden|förvaltningen"
    r"|föreningen|organisation(?:en|erna)?"
    r"|(?:den )?(?:idébur(?:en|na)|offentlig(?:a)?) (?:sektor(?:n)?|part(?:en)?)|civilsamhället.*|idéburna.*"
    r"|flera .*)",
    re.IGNORECASE,
)


class Shape(NamedTuple):
    """A party's name and, where the words say it, the body that it is a part of."""

    name: str
    kind: str
    stated: bool
    """Whether the name says the kind; else it is only the usual one."""
    organisation: str | None = None
    board: str | None = None
    administration: str | None = None

    @property
    def public(self) -> bool:
        """Whether it is a public body."""
        return self.kind in ("municipality", "region", "public_company")


@dataclass
class Actor:
    """A party that has been found."""

    id: str
    name: str
    public: bool
    aliases: list[str] = field(default_factory=list)


def definite(stem: str) -> str:
    """`vård- och omsorgsnämnd` → `Vård- och omsorgsnämnden`."""
    plain = re.sub(r"^([Ss])ocial (?=\w)", r"\1ociala ", " ".join(stem.split()))
    ended = plain if plain.endswith(("styrelsen", "en")) else f"{plain}en"
    return ended[:1].upper() + ended[1:]


def nouns(name: str, kind: str) -> set[str]:
    """What a text may call a party by what it is: `Kvinnojouren Lyktan` → `jouren`."""
    found = {_OF_KIND[kind]} if kind in _OF_KIND else set()
    for word in name.casefold().split():
        bare = re.sub(r"(?:en|et|s|n)$", "", word)
        found |= {called for noun, called in _NOUNS.items() if word.endswith(noun) or bare.endswith(noun)}
    return found


def is_generic(name: str) -> bool:
    """Whether words name no party: `kommunen`, `den idéburna sektorn`."""
    return _GENERIC.fullmatch(name.strip()) is not None


def shape(words: str) -> Shape | None:
    """A party from how it is written, or None for words that name none."""
    name = re.sub(r"\s*\([^)]*\)", "", words).strip(" .,;:–—-")
    if not name or is_generic(name) or len(name.split()) > 9 or not re.search(r"[^\W\d_]{2}", name):
        return None
    if _NO_NAME.fullmatch(name) or re.fullmatch(rf"{PERSON.pattern},\s+[a-zåäö].*", name):
        return None
    if re.search(r"[0-9]{3}|[|§@:]|\b(?:som|är)\b|\b(?:i|och|för|av|med|till|vid|genom|mellan)$", name):
        return None
    seat = re.fullmatch(r"(?P<own>.+?) i [A-ZÅÄÖ].*", name)
    own = seat["own"] if seat else name
    if not _PUBLIC.search(own if re.search(_ANY_KIND, own, re.IGNORECASE) else name):
        kind = next((kind for kind, sign in _KINDS if re.search(sign, words, re.IGNORECASE)), None)
        return Shape(name, kind or "association", kind is not None) if name[0].isupper() or name[0].isdigit() else None
    name = name[0].upper() + name[1:]
    inner = re.fullmatch(r"(?P<owner>[^,]+),\s+(?P<unit>.+)", name)
    if (
        inner
        and ORGANISATION.fullmatch(inner["owner"])
        and (BOARD.fullmatch(inner["unit"]) or ADMINISTRATION.fullmatch(inner["unit"]))
    ):
        made = shape(inner["unit"])
        return made._replace(name=inner["owner"]) if made else None
    owner = re.fullmatch(r"(?P<unit>.+?)(?:\s+[–—-]\s+|,\s+|\s+i\s+|\s+vid\s+)(?P<owner>.+)", name)
    owned = re.fullmatch(r"(?P<owner>.+ )(?:kommuns|stads) (?P<unit>.+)", name)
    organisation, unit = None, name
    if owner and ORGANISATION.fullmatch(owner["owner"]):
        name, organisation, unit = owner["unit"], owner["owner"], owner["unit"]
    elif owned:
        organisation, unit = name[: -len(owned["unit"]) - 2], owned["unit"]
    kind = "region" if re.search(r"\bregion", f"{name} {organisation or ''}", re.IGNORECASE) else "municipality"
    board, administration = BOARD.fullmatch(unit), ADMINISTRATION.fullmatch(unit)
    return Shape(
        name,
        kind,
        True,
        organisation,
        definite(board["stem"] or board["other"]) if board else None,
        definite(administration["stem"]) if administration else None,
    )
