"""What parties contribute in kind: premises, staff, volunteers, marketing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from iopctl.finding import Route
from iopctl.intake.actors import Actor
from iopctl.intake.case import Case, about_another, in_order
from iopctl.intake.outline import Said, Section
from iopctl.lint.numbers import amounts
from iopctl.naming import id_of

_STRONG = (
    (
        "premises",
        r"(?<!i )\blokal(?:er|en|erna)?\b|\bkontorsrum\b|\bkontorsplats\w*|\bförsamlingshem\w*"
        r"|\blägenhet(?:er)?\b|\butrymmen?\b|\w+utrymmen?\b|\w+lokal(?:er|en)?\b",
    ),
    ("marketing", r"marknadsför\w*|\bannonser\w*|\binformerar om\b.*\b(?:webb|hemsid)\w*"),
    ("insurance", r"\w*försäkra(?:de|d|r)?\b|\w*försäkring\w*"),
    ("training", r"\bfortbild\w*|\butbild(?:a|ar|ning|ningar)\b"),
    ("supervision", r"\bhandled(?:ning|a|er|are)\b"),
    ("recruitment", r"\brekryter\w*|\bintervjua\w*|\bsöker volontärer"),
    ("goods", r"\binköp av varor\b|\bvaror\b|\bfrukt\b|\bfika\b|\bmaterial\b|\butrustning\b"),
    ("volunteer_hours", r"\bideella timmar\b|\bvolontärtimmar\b"),
    (
        "staff",
        r"\bcirkelledare\b|\banställda\b|\bpersonal\b|\bmedarbetare\b|\btjänstepersoner\b|\bsamordnare\b"
        r"|\bheltidstjänst\w*",
    ),
    ("cash", r"\bekonomiska medel\b|\bekonomiskt stöd\b"),
)
_WEAK = (
    (
        "volunteers",
        r"\bvolontärer\b|\barbetar ideellt\b|\bläxhjälpare\b|\bfrivilliga\b|\bideella krafter\b|\bbesökare\b"
        r"|\bideellt arbetande\b|\bideella insatser\b",
    ),
    (
        "activities",
        r"\w*verksamhet(?:en)?\b|\w*aktivitet(?:er)?\b|\w*grupp(?:er)?\b|\bmötesplats(?:er)?\b|\bträffar\b"
        r"|\bstödtelefon\w*",
    ),
)
_LOCATIVE = re.compile(
    r"\bi (?:[\wåäöÅÄÖ]+s |egna |sina |dess |kommunens )(?:\w+ )?lokal(?:er|en)?\b"
    r"|\bi kommunens regi\b",
    re.IGNORECASE,
)
_GIVES = re.compile(
    r"\b(?:tillhandahåll\w+|lånar ut|bjuder på|håller med|ställer .* till förfogande|bidrar (?:\w+ ){0,2}med"
    r"|upplåter|bistår (?:också "
    r"|även )?med|svarar för|står för"
    r"|erbjuder .*lokal\w*)",
    re.IGNORECASE,
)
_CONSISTS = re.compile(r"^(?P<who>.{3,60}?) (?:resurser|insatser|bidrag) består av (?P<what>.+?)\.?$", re.IGNORECASE)
_HAS = re.compile(
    r"\b(?:har|bidrar (?:\w+ )?med)\s+(?P<about>ca |cirka |omkring "
    r"|ungefär )?(?P<least>minst )?(?P<number>[0-9]{1,4})\s+(?P<unit>volontärer|frivilliga|ideellt arbetande)",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"(?P<how>\b(?:minst|högst|max|ca|cirka|omkring"
    r"|ungefär)\s+)?(?<![0-9] )\b(?P<least>[0-9]{1,3}(?:[ \u00a0][0-9]{3})+|[0-9]{1,4})"
    r"(?:\s?(?:till|–|-)\s?(?P<most>[0-9]{1,4}))?\s+(?:ideella |volontär)?(?P<unit>timmar)(?:\s+(?:per|i"
    r"|om)\s+(?P<per>vecka(?:n)?|månad(?:en)?|år(?:et)?))?"
)
_PER = {"v": "week", "m": "month", "å": "year"}
_CONDITION = re.compile(r"^(?P<if>(?:Om|När|Vid) .+?), (?=\w)")
_IDS = {
    "premises": "lokaler", "marketing": "marknadsforing", "insurance": "forsakring", "training": "utbildning",
    "supervision": "handledning", "recruitment": "rekrytering", "goods": "varor", "staff": "personal", "cash": "medel",
    "volunteers": "volontarer", "volunteer_hours": "ideella-timmar", "activities": "verksamhet",
}  # fmt: skip
_OF_MONEY = re.compile(
    r"uppräkn|räknas?\b.{0,25}?\b(?:upp|om)\b|index(?:eras|reglera)|\bsiffran\b|utbetal|betalas\b|betalar ut"
    r"|rekvi|faktur|återbetal"
    r"|\bersättning(?:en)? utgår|\btiden för\b",
    re.IGNORECASE,
)
"""What is said of money, and not of what is given in kind."""
_UNDONE = re.compile(
    r"\b(?:redovisar|rapporterar|sammanträder|gjorde|gav|hade|genomförde\w*|startade|följer upp|kallar)\b"
    r"|\bhar (?:ca |cirka )?[0-9]+ (?:anställda|medlemmar|medarbetare)|\bsägas? upp\b"
    r"|\b(?:[Pp]arterna|[Ss]tyrgruppen|[Gg]ruppen|De) (?:ska |skall )?(?:träffas|möts|ses)\b"
)
"""Duties, and what has been."""
_QUESTION = "ett bidrag: av vilket slag (kind), och från vilken part?"
_PLURAL = re.compile(r"^(?:Frivillig|Idéburna |De idéburna )?(?:organisationerna|föreningarna)", re.IGNORECASE)


def contributions(case: Case) -> None:
    """The contributions that are not sums of money."""
    if case.kind.startswith("tjansteskrivelse"):
        return
    for section in case.outline.sections:
        giver = of_section = _giver_of(case, section)
        for said in case.outline.sentences_of(section):
            if section.subject == "contributions" and (named := _begun(case, said)):
                giver = named
                continue
            if said.paragraph.kind != "item":
                giver = of_section
            if not _is_told(case, said.text):
                _one(case, section, said, giver)


def _is_told(case: Case, text: str) -> bool:
    """Whether a sentence is about money, duties, what has been, or others."""
    if _OF_MONEY.search(text) or _UNDONE.search(text) or case.strangers(text) or about_another(text):
        return True
    return any(not each.bare for each in amounts(text))


def _one(case: Case, section: Section, said: Said, giver: list[Actor]) -> None:
    if _HAS.search(said.text):
        _counted(case, said)
    elif _CONSISTS.match(said.text):
        _enumerated(case, said, _CONSISTS.match(said.text))
    elif section.subject == "contributions":
        _promised(case, said, giver)
    elif section.subject in ("economy", "resources") and _GIVES.search(said.text):
        _given(case, said)
    elif section.subject == "resources":
        _enumerated(case, said, re.match(r"^(?P<condition>På sikt) (?:kunna |kan )?(?P<what>.+?)\.?$", said.text))


def _begun(case: Case, said: Said) -> list[Actor]:
    """The party that a line says alone, before a list of what it does: `Kretsen`, `Jouren ska`."""
    line = re.fullmatch(
        r"(?P<who>.{3,60}?)(?:\s+(?:ska|skall|åtar sig att|ansvarar för(?: att)?|svarar för|bidrar med"
        r"|kommer att))?\s*:?",
        said.text,
    )
    found = case.mentions(line["who"]) if line and said.paragraph.kind != "item" else []
    alone = line is not None and len(found) == 1 and (found[0].start, found[0].end) == (0, len(line["who"]))
    return [found[0].actor] if alone else []


def _giver_of(case: Case, section: Section) -> list[Actor]:
    """The party whose contributions a heading announces."""
    heading = section.heading.said if section.heading and section.subject == "contributions" else ""
    found = {each.actor.id: each.actor for each in case.mentions(heading)}
    return list(found.values()) if len(found) == 1 else []


def kinds_in(text: str) -> list[str]:
    """The kinds of contributions that words speak of; volunteers and activities only where nothing else is meant."""
    plain = _LOCATIVE.sub("", text)
    strong = [kind for kind, words in _STRONG if re.search(words, plain, re.IGNORECASE)]
    return strong or [kind for kind, words in _WEAK if re.search(words, plain, re.IGNORECASE)]


def _put(case: Case, said: Said, givers: list[Actor], kind: str, text: str, condition: str | None = None) -> Route:
    item = case.draft.item("contributions")
    put, ids = case.draft.put, in_order(givers)
    taken = {case.draft.value(*other, "id") for other in case.draft.items("contributions")}
    put((*item, "id"), id_of(_IDS[kind], taken), None)
    put((*item, "from"), ids[0] if len(ids) == 1 else ids, said)
    put((*item, "kind"), kind, said)
    if kind == "cash":
        put((*item, "amount"), {"unknown": text}, said)
    else:
        put((*item, "text"), re.sub(r"(?:,|;|,? och|,? samt)$", "", text.strip()), said)
    if condition:
        put((*item, "condition"), condition, said)
    return item


def _counted(case: Case, said: Said) -> None:
    found, giver = _HAS.search(said.text), case.subject(said.text)
    givers = [giver] if giver else case.partners if _PLURAL.match(said.text) else []
    if not found or not givers:
        case.draft.ask(("contributions",), _QUESTION, said)
        return
    item = _put(case, said, givers, "volunteers", said.text)
    case.draft.put((*item, "quantity", "least" if found["least"] else "number"), Decimal(found["number"]), said)
    if found["about"]:
        case.draft.put((*item, "quantity", "approximate"), True, said)
    case.draft.put((*item, "quantity", "unit"), found["unit"], said)


def _promised(case: Case, said: Said, givers: list[Actor]) -> None:
    """A sentence under `Föreningens bidrag`."""
    kinds = kinds_in(said.text)
    subject = case.subject(said.text)
    givers = [subject] if subject and not givers else givers
    if re.search(r"tystnads|sekretess", said.text, re.IGNORECASE):
        return
    phrases = list(_phrases(said.text))
    things = re.search(r"\b(?:(?:ansvarar|svarar|står) för (?!att)|bidrar med|tillhandahåller)", said.text)
    if things and givers and len(phrases) == len(kinds) > 1 and not (subject and subject not in givers):
        for _words, kind in phrases:
            _put(case, said, givers, kind, said.text)
        return
    if len(kinds) != 1 or not givers or (subject and subject not in givers):
        case.draft.ask(("contributions",), _QUESTION, said)
        return
    condition = _CONDITION.match(said.text)
    _hours(case, _put(case, said, givers, kinds[0], said.text, condition["if"] if condition else None), said)


def _given(case: Case, said: Said) -> None:
    """`Äldrenämnden tillhandahåller lokaler …`"""
    giver, kinds = case.subject(said.text), kinds_in(said.text)
    phrases = list(_phrases(said.text))
    if giver and len(kinds) == 1:
        _hours(case, _put(case, said, [giver], kinds[0], said.text), said)
    elif giver and len(phrases) == len(kinds) > 1:
        for text, kind in phrases:
            _put(case, said, [giver], kind, text)
    else:
        case.draft.ask(("contributions",), _QUESTION, said)


def _hours(case: Case, item: Route, said: Said) -> None:
    found = _HOURS.search(said.text)
    if not found:
        return
    put = case.draft.put
    number, how = Decimal(re.sub(r"\s", "", found["least"])), (found["how"] or "").strip().lower()
    if found["most"]:
        put((*item, "quantity", "least"), number, said)
        put((*item, "quantity", "most"), Decimal(found["most"]), said)
    else:
        key = {"minst": "least", "högst": "most", "max": "most"}.get(how, "number")
        put((*item, "quantity", key), number, said)
    if how in ("ca", "cirka", "omkring", "ungefär"):
        put((*item, "quantity", "approximate"), True, said)
    put((*item, "quantity", "unit"), found["unit"], said)
    if found["per"]:
        put((*item, "quantity", "per"), _PER[found["per"][0]], said)


def _enumerated(case: Case, said: Said, found: re.Match[str] | None) -> None:
    """`Kommunens resurser består av lokaler och ekonomiska medel samt handledning`."""
    groups = found.groupdict() if found else {}
    givers = _givers(case, groups["who"]) if groups.get("who") else _last_givers(case, said)
    what = groups.get("what")
    if not givers or what is None:
        giver = case.subject(said.text)
        gives = _GIVES.search(said.text)
        if giver and gives and len(kinds_in(said.text)) == 1:
            text = said.text[gives.end() :].strip(" .")
            _put(case, said, [giver], kinds_in(said.text)[0], text)
        else:
            case.draft.ask(("contributions",), _QUESTION, said)
        return
    for text, kind in _phrases(what):
        _put(case, said, givers, kind, text, groups.get("condition"))


def _givers(case: Case, words: str) -> list[Actor]:
    if _PLURAL.match(words):
        return case.partners
    one = case.named(words)
    return [one] if one else []


def _last_givers(case: Case, said: Said) -> list[Actor]:
    """Those of the sentence before, in the same paragraph."""
    all_said = case.outline.said
    place = all_said.index(said)
    before = all_said[place - 1] if place else None
    if before is None or before.paragraph is not said.paragraph:
        return []
    return _givers(case, before.text)


def _phrases(text: str) -> Iterator[tuple[str, str]]:
    """The pieces of an enumeration that are of one kind each; one that is of none goes with the one before it."""
    gathered: list[tuple[str, str]] = []
    for piece in re.split(r",\s+|\s+och\s+|\s+samt\s+", text.rstrip(".")):
        kinds = kinds_in(piece)
        if len(kinds) == 1 and not (gathered and gathered[-1][1] == kinds[0]):
            gathered.append((piece, kinds[0]))
        elif gathered:
            gathered[-1] = (f"{gathered[-1][0]}, {piece}", gathered[-1][1])
    yield from gathered
