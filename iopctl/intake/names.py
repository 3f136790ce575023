"""What sections are called in agreements and memos, and what stands under each."""

from __future__ import annotations

import re
from functools import cache

_GROUP = r"(?:styr|samverkans|arbets|lednings|referens|projekt|samråds|partnerskaps)(?:grupp(?:en)?|råd(?:et)?)"

_CHANGES = (
    r"(?:omförhandling|förändringar|hävning(?:srätt)?|tvist(?:er)?|ändringar|uppsägning|avtalsbrott"
    r"|förtida upphörande)"
)

SECTIONS: tuple[tuple[str, str], ...] = (
    ("decision", r"(?:.+ )?förslag till (?:.+ )?beslut|beslutsförslag|förslag till .+s beslut"),
    ("basis", r"beslutsunderlag|underlag för beslut(?:et)?|bilagor"),
    ("recipients", r"beslutet (?:ska |skall )?(?:skickas|sänds|expedieras) till|beslut sänds till"
    r"|expedieras(?: till)?|delges"),
    ("municipal_goals", r"kommunala mål|kommunens mål|koppling till (?:kommunens )?mål"),
    ("summary", r"sammanfattning(?: av ärendet)?"),
    ("matter", r"ärende(?:t)?|ärendebeskrivning|beskrivning av ärendet"),
    ("union", r"information eller förhandling enligt .*|mbl(?:-information|-förhandling)?|facklig samverkan"
        r"|samverkan med fackliga .*"),
    ("child", r"barnperspektiv(?:et)?|barnets bästa|barnkonventionen|konsekvenser för barn.*"),
    ("preparation", r"beredning(?:en)?(?: av ärendet)?"),
    ("presentation", r"föredragning(?:en)?"),
    ("planning", r"beslutsplanering"),
    ("assessment", r"bedömning|förvaltningens (?:bedömning|yttrande)|slutsats(?:er)?"),
    ("equality", r"jämställdhet(?:.*)"),
    ("current_state", r"nuläge(?:.*)|läget i .*"),
    ("background", r"bakgrund(?:en|sbeskrivning|sförutsättningar)?(?: .*)?|inledning|historik"),
    ("views", r"reservation(?:er)?|yrkanden?|beslutsgång(?:en)?|protokollsanteckning(?:ar)?|särskilt yttrande"
        r"|propositionsordning|votering|omröstning"),
    ("other", r"övrigt|meddelanden|övriga (?:villkor|bestämmelser)"),
    ("about", r"om (?:parterna|partnerna|organisationen|föreningen)|presentation av parterna"),
    ("parties", r"(?:avtals|samverkans)?(?:parter(?:na)?|partners?|partner(?:na)?)(?: i .*)?|partnerskapets parter"),
    ("form", r"partnerskapets form.*|samverkansform(?:en)?|vad (?:är|menas med) .*|om (?:idéburet|iop|idéburna) .*"),
    ("starting_points", r"(?:.+s )?utgångspunkt(?:er)?(?: för .*)?"),
    ("values", r"(?:gemensam )?värdegrund(?:en)?(?: .*)?|(?:gemensamma )?värderingar"),
    ("challenge", r"(?:gemensam )?samhällsutmaning(?:en|ar)?|samhällsutmaning(?:en)? .*"),
    ("purpose", r"(?:övergripande |partnerskapets |överenskommelsens |avtalets )?(?:syfte(?:t)?"
    r"|ändamål(?:et)?)(?: med .+)?"),
    ("target_group", r"målgrupp(?:en|er|erna)?(?: för .*)?"),
    ("goals", r"(?:övergripande |gemensamma? )?(?:mål(?:en)?|målsättning(?:en|ar)?|målbild(?:en)?)(?: för .*"
        r"| med .*)?"),
    ("activities", r"verksamhet(?:en)?|aktiviteter|insatser|partnerskapets innehåll|innehåll|genomförande"),
    ("resources", r"(?:parternas )?resurser"),
    ("contributions", r"(?:.+s|parternas) (?:bidrag|åtagande(?:n|na)?|insats(?:er)?|ansvar"
    r"|del(?:ar)?)(?: till .*| i .*"
        r"| enligt .*)?|vad (?:parterna|[\w]+(?:en|et)) (?:gör|bidrar med|står för)|insatser som inte är pengar"),
    ("forum", rf"{_GROUP}|kontaktpersoner|kontakter|kontakt mellan parterna"),
    ("organisation", r"organisation|samverkan|samverkansorganisation|organisering|styrning|gemensam grupp"),
    ("responsibilities", r"ansvarsfördelning(?:en)?(?: .*)?|ansvar|roller och ansvar|nämnd(?:en)?"),
    ("economy", r"ekonomi(?:n)?|ersättning|finansiering|ekonomisk(?:a|t)? .*|kostnader(?:na)?|budget|betalning"
                r"|ersättning och betalning|indexering|uppräkning"),
    ("follow_up", r"(?:skriftlig )?uppföljning(?:en)?(?:[ ,].*)?|utvärdering|återrapportering|uppföljning/utvärdering"
        r"|så följer vi upp.*|redovisning|rapportering"),
    ("period", r"tid och uppsägning|varaktighet|(?:.+s )längd|(?:avtals?|överenskommelsens "
    r"|partnerskapets )?(?:period(?:en)?|tid)(?: för .*)?|avtalstid.*"
               r"|(?:.+s )?giltighet(?:stid)?|löptid|tidsperiod|giltighetstid.*"),
    ("changes", rf"(?:[\w-]+(?:,| och| samt) )*{_CHANGES}(?:(?:,| och| samt| eller) [\w-]+)*(?: (?:av|i"
        rf"|till) (?:avtal|överens)\w+)?"),
    ("secrecy", r"sekretess(?: .*)?|tystnadsplikt(?: .*)?"),
    ("insurance", r"försäkring(?:ar)?"),
    ("personal_data", r"personuppgifter|behandling av personuppgifter|dataskydd|gdpr"),
    ("marketing", r"marknadsföring(?: .*)?|kommunikation(?: .*)?"),
    ("signatures", r"(?:namn)?underskrift(?:er)?|ort och datum|undertecknande(?:n)?|parternas underskrifter"),
    ("results", r"resultat(?:et)?(?: av .*)?"),
    ("cooperation", r"samarbetet(?: och .*)?"),
    ("proposal", r"förslag"),
)  # fmt: skip
"""The subject of a section, and how its heading may read: see documents.md."""

_SECTIONS = tuple((key, re.compile(words, re.IGNORECASE)) for key, words in SECTIONS)


def unnumbered(heading: str) -> str:
    """A heading without its number: `§ 4 Ekonomi`, `4.1 Ekonomi`, `Bilaga 1. Ekonomi`."""
    number = r"^(?:(?:§ ?)?[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]?|Bilaga [0-9A-Z]{1,2}[.:]?(?: [–-])?)\s+"
    return re.sub(number, "", heading.strip()).rstrip(" .:").strip()


@cache
def subject(heading: str) -> str | None:
    """What stands under a heading, or None for one that is not a usual name."""
    plain = unnumbered(heading)
    return next((key for key, words in _SECTIONS if words.fullmatch(plain)), None) if len(plain) <= 120 else None


def is_known(text: str) -> bool:
    """Whether a short line is a usual name of a section."""
    if text.endswith(".") and len(text.split()) > 4:
        return False
    return len(text.split()) <= 12 and not text.endswith((",", ";", "!")) and subject(text) is not None
