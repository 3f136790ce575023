"""Kronor: what is paid or worth, per what, the stated total, indexation and payment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from iopctl.checks.wording import named
from iopctl.finding import Route
from iopctl.intake.actors import Actor
from iopctl.intake.case import Case, about_another
from iopctl.intake.outline import Said
from iopctl.intake.times import dates, often
from iopctl.lint.numbers import Amount, amounts
from iopctl.model import MONTHS
from iopctl.naming import free
from iopctl.swedish import MONTHS as SWEDISH_MONTHS

_PER = (
    ("inhabitant", r"per invånare|per kommuninvånare|kronor/invånare|kr/inv"),
    (
        "year",
        r"kr/år|/år\b|\bper år\b|\bårligen\b|\bvarje år\b|\bom året\b|\bper kalenderår\b|\bårlig(?:a|t)?\b"
        r"|\bper verksamhetsår",
    ),
    (
        "period",
        r"(?:för|under) (?:hela )?(?:avtals)?perioden(?! \d)|totalt för (?:hela )?perioden|över tre år|på tre år",
    ),
    ("once", r"\bengångs\w*|\bvid ett tillfälle"),
)
_VAGUE = re.compile(
    r"\b(?:ca|cirka|c:a|drygt|omkring|ungefär|uppskatt\w*|beräkna\w*|preliminär\w*|knappt|nästan|minst)\b",
    re.IGNORECASE,
)
_UNREAL = re.compile(
    r"\b(?:inte|ej|budget\w*|gav|lämnade|betalade|kostade|blev|var|återbetal\w*|ansök\w*|ansökt|sökt|söker"
    r"|önskar|begär|kan komma att|skulle|fått|fick|erhållit|erhöll"
    r"|beviljat|beviljades"
    r"|sedan (?:19|20)[0-9]{2}|(?:förenings|verksamhets|drift|aktivitets|lokal|investerings|projekt"
    r"|stats)bidrag\w*|ersätts av (?:detta|denna|partnerskapet)|tidigare)\b",
    re.IGNORECASE,
)
_BY_YEAR = re.compile(
    r"\b(?:därefter|därpå|(?:första|andra|tredje|sista) året|år [1-5]\b"
    r"|(?:under|för) (?:år )?(?:19|20)[0-9]{2}(?!\s?[-–—]|-[0-9]{2}))",
    re.IGNORECASE,
)
_OF_AGREEMENT = re.compile(r"överenskommelse|partnerskap|avtal|ersättning|omfattning|\bIOP\b", re.IGNORECASE)
_CEILING = re.compile(r"\b(?:högst|upp till|maximalt|max\.?|som mest|inte överstiga)\b", re.IGNORECASE)
_SPLIT = re.compile(r"\b(?:mellan\b.*\boch\b|till\b|respektive)\b|[-–—]\s*[0-9]", re.IGNORECASE)
_TOTAL = re.compile(r"\btotal(?:a|t)?\b|\bsammanlagt\b|\bsammanlagda\b|\btotalsumma\b|\bsumma\b", re.IGNORECASE)
_MONEY_WORDS = re.compile(
    r"finansier|ersätt|betal|bidra(?:r|g)|\bger\b|\bstöd|medel|utbetal|omfattning|omfattar|\bfår\b|\bavsätter\b"
    r"|\bbeviljar?\b|kostnad|tillskjut|uppgår|belopp",
    re.IGNORECASE,
)
_KIND_WORTH = re.compile(
    r"i form av (?:ideella|ideellt|frivillig\w*|volontär\w*)|ideella timmar|volontärtimmar|ideell tid", re.IGNORECASE
)
_INDEXED = re.compile(
    r"uppräkn|räknas?\b.{0,25}?\b(?:upp|om)\b|index(?:eras|reglera|uppräkn)"
    r"|(?:ersättning|belopp|bidrag|summa)\w*\b[^.]{0,60}\bjusteras|justeras\b[^.]{0,40}\b(?:index|OPI|KPI|PKV|VPI)",
    re.IGNORECASE,
)
_UNINDEXED = re.compile(
    r"\b(?:uppräknas|räknas|räknas upp|indexeras|indexregleras|justeras) (?:inte|ej)\b|\binte (?:uppräknas"
    r"|räknas upp|indexeras)\b"
    r"|\bingen (?:uppräkning|indexering|indexuppräkning)|\butan (?:uppräkning|indexering)",
    re.IGNORECASE,
)
_PAID = re.compile(r"utbetal|betalas ut|betalas\b|betalning(?:en)? sker|rekvirera|faktur", re.IGNORECASE)


_OWNED = re.compile(r"(?P<who>[A-ZÅÄÖ][^.,]{2,60}s) (?:bidrag|ersättning|del|insats|medel)\b")
"""`Kommunens bidrag räknas upp …`"""
_TIME = "beloppet gäller för vilken tid: per år, för perioden eller en gång?"
_VAGUE_SUM = "beloppet är ungefärligt; vilket har avtalats?"
_RANGE = "ett spann av belopp; vilket har avtalats?"
_YEARS = "olika belopp för olika år (by_year)?"
_SEVERAL = "flera belopp för samma tid; vilka är egna bidrag och vilka är delar?"
_PAYER = "vem betalar?"
_UNSETTLED = (_TIME, _VAGUE_SUM, _RANGE, _YEARS, _SEVERAL, _PAYER)
"""What is asked about amounts that may be the agreement's own."""


@dataclass
class _Sum:
    """An amount on its way."""

    said: Said
    kronor: Decimal
    per: str
    total: bool
    before: str
    """The words between it and the amount before it, which may name its giver."""
    years: tuple[tuple[int, Decimal], ...] = ()
    """What is agreed for each year, where years differ."""
    ceiling: bool = False


def money(case: Case) -> None:
    """What is paid, with its index clause and its schedule."""
    sums = [each for said in case.outline.said for each in _sums(case, said)]
    for each in sums:
        _put(case, each, sums)
    cash = [item for item in case.draft.items("contributions") if case.draft.value(*item, "kind") == "cash"]
    _indexation(case, cash)
    _payment(case, cash)


def _sums(case: Case, said: Said) -> list[_Sum]:
    """The amounts of a sentence that are exact and say for what time; the others are asked about."""
    found = [each for each in amounts(said.text) if not each.bare]
    if not found:
        return []
    at = ("contributions",)
    if said.paragraph.kind == "row" and (rows := _row_of_years(case, said, found)) is not None:
        return rows
    if about_another(said.text) or said.section in ("basis", "results", "views") or case.strangers(said.text):
        case.draft.ask(at, "beloppet gäller ett annat avtal, eller är ett exempel, och har inte skrivits in", said)
        return []
    if _UNREAL.search(said.text):
        case.draft.ask(at, "är beloppet avtalat?", said)
        return []
    if _is_range(said.text, found):
        case.draft.ask(at, _RANGE, said)
        return []
    if _yearly(said.text, found):
        return [_Sum(said, found[0].kronor, "year", False, said.text[: found[0].start], _yearly(said.text, found))]
    if _BY_YEAR.search(said.text) or any(
        re.match(r"\s(?:år )?(?:19|20)[0-9]{2}(?![0-9-])", said.text[each.end :]) for each in found
    ):
        case.draft.ask(at, _YEARS, said)
        return []
    sums = [each for number in range(len(found)) for each in _one(case, said, found, number)]
    return sums if len(sums) == len(found) else []  # what is said of one amount may be meant of the others


def _row_of_years(case: Case, said: Said, found: Sequence[Amount]) -> list[_Sum] | None:
    """A row of a table that has a year above each amount; the row of their sums is none of its own."""
    parts = next((each.parts for each in case.outline.sections if said.paragraph in each.parts), [])
    before = (
        [each.said.split(" | ") for each in parts[: parts.index(said.paragraph)] if each.kind == "row"] if parts else []
    )
    yearly = next((each for each in reversed(before) if len(each) == 2 or len(each) == 1), None)
    if len(found) == 1 and yearly and not found[0].bare:
        return _row_per_year(case, said, found[0], " ".join(before[0]))
    headers = [[cell for cell in cells if re.fullmatch(r"(?:19|20)[0-9]{2}", cell)] for cells in before]
    years = next((each for each in reversed(headers) if len(each) > 1), [])
    label, *cells = said.text.split(" | ")
    kronor = [each.kronor for each in found]
    if not years or not len(years) == len(cells) == len(kronor) or any(amount.bare for amount in found):
        return None
    if re.match(r"(?:Summa|Totalt?|Sammanlagt)\b", label, re.IGNORECASE):
        return []
    made = tuple(zip((int(year) for year in years), kronor, strict=True))
    return [_Sum(said, kronor[0], "year", False, label, made)]


def _row_per_year(case: Case, said: Said, amount: Amount, header: str) -> list[_Sum] | None:
    """`Region Exempel: 1 400 tkr` under `Part: Belopp per år`."""
    label = said.text[: amount.start].strip(" :|")
    total = re.fullmatch(r"(?:Summa|Totalt?|Sammanlagt)", label, re.IGNORECASE) is not None
    party = case.mentions(label)
    whole = len(party) == 1 and (party[0].start, party[0].end) == (0, len(label))
    if _nearest(header) != "year" or amount.end != len(said.text) or not (whole or total):
        return None
    return [_Sum(said, amount.kronor, "year", total, label)]


def _yearly(text: str, found: Sequence[Amount]) -> tuple[tuple[int, Decimal], ...]:
    """`450 000 kronor för år 2023, 470 000 kronor för år 2024`: each amount with its year."""
    years = [
        re.match(r"\s*(?:för|under)\s+(?:år\s+)?(?P<year>(?:19|20)[0-9]{2})(?![0-9-])", text[each.end :])
        for each in found
    ]
    made = tuple((int(year["year"]), each.kronor) for year, each in zip(years, found, strict=True) if year)
    whole = len(made) == len(found) > 1 and [year for year, _kronor in made] == list(
        range(made[0][0], made[0][0] + len(made))
    )
    return made if whole and not (_VAGUE.search(text) or _CEILING.search(text)) else ()


def _is_range(text: str, found: Sequence[Amount]) -> bool:
    """Whether the amounts are two ends: `mellan 300 000 och 400 000 kronor`, `300–400 tkr`."""
    inside = text[found[0].start : found[-1].end]
    before = text[: found[0].start]
    ends = re.search(r"[0-9]\s?[-–—]\s?$|\bmellan\b.{0,30}$", before) is not None
    return ends or (len(found) > 1 and _SPLIT.search(inside) is not None)


def _one(case: Case, said: Said, found: Sequence[Amount], number: int) -> list[_Sum]:
    amount = found[number]
    since = found[number - 1].end if number else 0
    until = found[number + 1].start if number + 1 < len(found) else len(said.text)
    before, after = said.text[since : amount.start], said.text[amount.end - 4 : until]
    at = ("contributions",)
    if not _MONEY_WORDS.search(said.text):
        case.draft.ask(at, "vad är beloppet till?", said)
        return []
    if _VAGUE.search(before[-25:]):
        case.draft.ask(at, _VAGUE_SUM, said)
        return []
    total = _TOTAL.search(before) is not None
    near = _nearest(after)
    per = near or (None if total else _nearest(before))
    if per is None and total and re.search(r"perioden|varje år|per år|årligen", before, re.IGNORECASE):
        per = "period"
    if per is None or (per == "period" and not total):
        case.draft.ask(at, _TIME, said)
        return []
    return [_Sum(said, amount.kronor, per, total, before, ceiling=_CEILING.search(before[-25:]) is not None)]


def _nearest(text: str) -> str | None:
    """For what time an amount is, by the words nearest to it."""
    found = [(each.start(), key) for key, words in _PER for each in [re.search(words, text, re.IGNORECASE)] if each]
    return "inhabitant" if any(key == "inhabitant" for _at, key in found) else min(found)[1] if found else None


def _put(case: Case, each: _Sum, sums: list[_Sum]) -> None:
    if each.total and (each.ceiling or each.per in ("year", "period")):
        _put_total(case, each)
        return
    same = [item for item in case.draft.items("contributions") if case.draft.value(*item, "amount") == each.kronor]
    if same:
        return
    rivals = {
        (other.kronor, other.years)
        for other in sums
        if not other.total and other.per == each.per and _worth(other) == _worth(each)
    }
    giver, receiver = _sides(case, each)
    if len(rivals) > 1 and not _sides_differ(case, sums, each):
        case.draft.ask(("contributions",), _SEVERAL, each.said)
        return
    placed = each.said.section in (None, "economy", "contributions", "resources")
    if giver is None and not (case.is_agreement and placed and _OF_AGREEMENT.search(each.said.text)):
        case.draft.ask(("contributions",), _PAYER, each.said)
        return
    item = case.draft.item("contributions")
    if _worth(each):
        _worth_in_kind(case, item, each, giver)
        return
    _put_cash(case, item, each, giver, receiver)


def _put_total(case: Case, each: _Sum) -> None:
    if each.ceiling:
        case.draft.ask(("total",), "ett tak för summan; är det avtalat?", each.said)
        return
    case.draft.put(("total", "value"), each.kronor, each.said)
    case.draft.put(("total", "per"), each.per, each.said)


def _put_cash(case: Case, item: Route, each: _Sum, giver: Actor | None, receiver: Actor | None) -> None:
    put = case.draft.put
    taken = {case.draft.value(*other, "id") for other in case.draft.items("contributions")}
    put((*item, "id"), free("ersattning", taken), None)
    if giver:
        put((*item, "from"), giver.id, each.said)
    else:
        put((*item, "from"), {"unknown": each.said.text}, each.said, "ingen betalare nämns")
    if receiver:
        put((*item, "to"), receiver.id, each.said)
    put((*item, "kind"), "cash", each.said)
    put((*item, "text"), each.said.text, each.said)
    for year, kronor in each.years:
        inner = case.draft.item(*item, "by_year")
        put((*inner, "year"), year, each.said)
        put((*inner, "amount"), kronor, each.said)
    if not each.years:
        put((*item, "amount"), each.kronor, each.said)
    if each.ceiling:
        put((*item, "ceiling"), True, each.said)
    put((*item, "per"), each.per, each.said)


def _worth(each: _Sum) -> bool:
    return _KIND_WORTH.search(each.said.text) is not None


def _sides_differ(case: Case, sums: list[_Sum], each: _Sum) -> bool:
    """Whether each amount of the time has a giver of its own."""
    rivals = [other for other in sums if not other.total and other.per == each.per]
    givers = [giver.id for other in rivals for giver in [_sides(case, other)[0]] if giver]
    return len(set(givers)) == len({(other.kronor, other.years) for other in rivals}) and len(givers) >= len(
        set(givers)
    )


def _worth_in_kind(case: Case, item: Route, each: _Sum, giver: Actor | None) -> None:
    put = case.draft.put
    put((*item, "from"), giver.id if giver else {"unknown": each.said.text}, each.said)
    put((*item, "kind"), "volunteer_hours", each.said)
    put((*item, "text"), each.said.text, each.said)
    put((*item, "value"), each.kronor, each.said)
    put((*item, "per"), each.per, each.said)


def _sides(case: Case, each: _Sum) -> tuple[Actor | None, Actor | None]:
    """Who gives, and who is said to receive."""
    said = each.said
    nearer = case.mentions(each.before) if not said.text.startswith(each.before) else []
    if len(nearer) == 1 and re.match(
        r"\s*(?:och|samt|medan)?\s*$", each.before[3 : nearer[0].start].partition("år")[2]
    ):
        return nearer[0].actor, None
    by = re.search(r"\b(?:finansieras|betalas|ersätts|tillskjuts|utges) av (?P<who>[^,.]+)", said.text)
    found = case.mentions(said.text)
    giver = None
    if by:
        giver = next((each.actor for each in case.mentions(by["who"])[:1]), None)
    elif found:
        giver = case.subject(said.text)
    if giver is None or re.match(r"\w+ (?:får|erhåller|rekvirerar|söker)\b", said.text):
        return None, None
    others = {each.actor.id: each.actor for each in found if each.actor is not giver}
    to = re.search(r"\b(?:till|ersätter|betalar) (?P<who>[^,.]+)", said.text)
    to_whom = [each.actor for each in case.mentions(to["who"])[:1]] if to else []
    receiver = to_whom[0] if to_whom and to_whom[0].id in others else None
    return giver, receiver


# -- the index clause --------------------------------------------------------------------------------------------------


def _indexation(case: Case, cash: list[Route]) -> None:
    clauses = [each for each in case.outline.said if _INDEXED.search(each.text) and not about_another(each.text)]
    clauses = [each for each in clauses if each.section not in ("basis", "results")]
    clauses = [each for each in clauses if not _UNINDEXED.search(each.text)]
    named_in = [(each, {name for name, _words in named(each.text)}) for each in clauses]
    stated = [(each, names) for each, names in named_in if names]
    for each, names in named_in:
        if not names and not stated:
            case.draft.ask(("contributions",), "uppräkning: efter vilket index, och från vilken dag?", each)
    if not stated:
        return
    indices = {name for _each, names in stated for name in names}
    firsts = {day: each for each, _names in stated for day in _firsts(each)}
    cash = _meant(case, [each for each, _names in stated], cash)
    if len(indices) != 1 or len(firsts) != 1 or len(cash) != 1:
        question = "uppräkning: index och den första dagen som det uppräknade beloppet gäller behöver stå fast"
        for each, _names in stated:
            case.draft.ask(("contributions",), question, each)
        return
    first, source = next(iter(firsts.items()))
    at = (*cash[0], "indexation")
    case.draft.put((*at, "index"), indices.pop(), source)
    case.draft.put((*at, "first"), first, source)
    case.draft.put((*at, "wording"), source.text, source)


def _meant(case: Case, said: Sequence[Said], cash: list[Route]) -> list[Route]:
    """The contributions that sentences about index or payment are about: the giver's that they name, else the only one.

    None, when an amount of the agreement has been left open: they may be about that one.
    """
    owners = {each["who"] for one in said for each in [_OWNED.match(one.text)] if each}
    givers = {actor.id for who in owners for actor in [case.named(who)] if actor}
    if owners:
        cash = [each for each in cash if case.draft.value(*each, "from") in givers]
        return cash if len(owners) == len(givers) == 1 else []
    unsettled = [each for each in case.draft.questions if each.route == ("contributions",) and each.note in _UNSETTLED]
    whole = [each for each in cash if case.draft.value(*each, "per") != "once"]
    return [] if unsettled else cash if len(cash) == 1 else whole


def _firsts(said: Said) -> list[date]:
    """The day from which amounts are adjusted."""
    starting = r"(?:från och med|fr\.?\s?o\.?\s?m\.?|med början|första gången)\s+(?:den )?$"
    return [day for start, _end, day in dates(said.text) if re.search(starting, said.text[:start], re.IGNORECASE)]


# -- payment -----------------------------------------------------------------------------------------------------------


def _payment(case: Case, cash: list[Route]) -> None:
    said = [each for each in case.outline.said if _PAID.search(each.text) and not about_another(each.text)]
    said = [each for each in said if not any(not amount.bare for amount in amounts(each.text)) or _months(each.text)]
    stated = [(each, months) for each in said for months in [_scheduled(each.text)] if months]
    for each in said:
        if not _scheduled(each.text):
            case.draft.ask(("contributions",), "när betalas ersättningen ut?", each)
    cash = _meant(case, [each for each, _schedule in stated], cash)
    if len(stated) != 1 or len(cash) != 1:
        for each, _schedule in stated:
            case.draft.ask(("contributions",), "vilken ersättning gäller betalningsplanen?", each)
        return
    source, months = stated[0]
    at = (*cash[0], "payment")
    case.draft.put((*at, "times_per_year"), len(months), source)
    case.draft.put((*at, "in"), months[0] if len(months) == 1 else months, source)
    day = _day(source.text)
    if day is not None:
        case.draft.put((*at, "day"), day, source)
    for covers, words in (("advance", "förskott"), ("arrears", "efterskott")):
        if re.search(rf"\b{words}", source.text):
            case.draft.put((*at, "covers"), covers, source)
    case.draft.put((*at, "wording"), source.text, source)


def _day(text: str) -> int | None:
    """`senast den 31 januari`: the day of the month, when there is only one."""
    found = re.findall(rf"\bden (?P<day>[0-9]{{1,2}}) (?:{'|'.join(SWEDISH_MONTHS)})\b", text, re.IGNORECASE)
    return int(found[0]) if len(found) == 1 and 1 <= int(found[0]) <= 31 else None


def _months(text: str) -> list[str]:
    words = re.findall(rf"\b({'|'.join(SWEDISH_MONTHS)})(?:s|\b)", text, re.IGNORECASE)
    return list(dict.fromkeys(MONTHS[SWEDISH_MONTHS.index(word.lower())] for word in words))


def _scheduled(text: str) -> list[str]:
    """The months of payment, when they are as many as the payments; nothing when the text gives days or other terms."""
    months, times = _months(text), {each.times for each in often(text)}
    if re.search(r"första veckan|dagar|rekvi|faktura|hälften|procent", text) or dates(text):
        return []
    if re.search(r"\b(?:senast|den) [0-9]{1,2}\b", text) and (_day(text) is None or len(months) != 1 or times - {1}):
        return []
    if re.search(r"förskott|efterskott", text) and not times:
        return []
    if times == {12} and not months:
        return list(MONTHS)
    return months if months and len(months) in (times or {len(months)}) and len(months) in (1, 2, 3, 4, 12) else []
