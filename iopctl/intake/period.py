"""How long the agreement runs: first and last day, stated length, extension, notice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from iopctl.intake.case import Case, about_another, in_order
from iopctl.intake.outline import Said
from iopctl.intake.times import Stretch, dates, last_day, lengths, stretches
from iopctl.model import Length
from iopctl.swedish import number_meant

_RUNS = re.compile(
    r"\b(?:ingick|gäll(?:er|ande|a)|löper|tecknas|perioden|period\b|avtalstid|avtalsperiod|giltig\w*|åren\b|ingår\b"
    r"|ingå\b|sträcker sig|träder i kraft"
    r"|pågår|pågick)",
    re.IGNORECASE,
)
_WISHED = re.compile(r"\b(?:vill|önskar|ansöker|planerar|hoppas|föreslår att en ny|skulle|avslog|inte ingå)\b")
_CONDITIONAL = re.compile(
    r"\bsäg(?:a|as) upp\b.*?(?P<if>\b(?:om|ifall|när|för det fall)\s"
    r"(?!\S+\s(?:\(\S+\)\s)?(?:kalender)?(?:månad|år\b|dag|veck)).+?)\.?$"
)
"""`säga upp avtalet om jouren upphör`; not `med en uppsägningstid om sex månader`."""
_PROLONGS = re.compile(r"förläng", re.IGNORECASE)
_OPTION = re.compile(
    r"(?:möjlighet|option|rätt) (?:till|att|om) (?:en )?förläng|(?:kan|får|kunna)(?: \w+){0,3} förlängas"
    r"|(?:kan|får)(?: \w+){0,4} (?:överens om (?:en )?förlängning|förlänga (?:partnerskapet|avtalet"
    r"|överenskommelsen))"
    r"|(?:kan|får)(?: \w+){0,3} besluta om (?:en )?förlängning|förlängas? (?:en gång )?(?:med|i)",
    re.IGNORECASE,
)
_AUTOMATIC = re.compile(
    r"automatiskt|om (?:inte |ingen )(?:någon )?(?:av )?part\w*(?: \w+){0,3} (?:säg|upp)|årsvis", re.IGNORECASE
)
_STANCE = re.compile(r"ta ställning|ställningstagande|besluta\b.*förläng|beslut om.*förläng|meddela", re.IGNORECASE)
_NOTICE = re.compile(
    r"uppsägningstid|\b(?:avsluta|lämna)s?\b.{0,80}?\b(?:i förväg|varsel)\b|uppsägning(?:en)? (?:ska|skall) ske"
    r"|säg(?:a|as|s) upp\b.{0,80}?\b(?:varsel|i förväg|innan|före)\b",
    re.IGNORECASE,
)
_NOTICE_LENGTHS = (
    r"uppsägningstid(?:en)?:\s+(?P<length>[^,.]{3,30})",
    r"uppsägningstid(?:en)?(?: för [^,.]{3,40}?)?(?: (?:är|om|på|av|ska vara|skall vara|uppgår till"
    r"|ömsesidig))*\s+(?P<length>[^,.]{3,30})",
    r"(?P<length>[\w()]+ [\w()]+)\s(?:ömsesidig )?uppsägningstid",
    r"\b(?:med|minst|senast) (?P<length>[\w()]+ [\w()]+) (?:varsel|i förväg|innan|före)\b",
)
_IN_FORCE = re.compile(r"\bträder i kraft (?:den )?$", re.IGNORECASE)
_UNTIL = re.compile(
    r"\b(?:till och med|t\.?\s?o\.?\s?m\.?|längst till|fram till)\s+(?:och med )?(?:den )?$", re.IGNORECASE
)
_STARTING = re.compile(r"\b(?:börjar|inleds|startar|påbörjas|med start)\s+(?:den )?$", re.IGNORECASE)
_ENDING = re.compile(r"\b(?:slut|avslut|och avslutas|och upphör)\s+(?:den )?$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:från och med|fr\.?\s?o\.?\s?m\.?|räknat från|med början|från)\s+(?:den )?$", re.IGNORECASE)


def period(case: Case) -> None:
    """The period of the agreement."""
    said = [each for each in case.outline.said if not about_another(each.text)]
    if case.kind.endswith("rapport"):
        said += [
            each
            for each in case.outline.said
            if re.match(r"(?:IOP:t|Partnerskapet|Överenskommelsen) (?:pågick|gällde)\b", each.text)
        ]
    base = list(_base(said))
    own = [each for each in base if each[0].section == "period"]
    base = [each for each in base if each[0].section not in ("background", "about", "goals")] if own else base
    _put_base(case, base, said)
    _option(case, said)
    _notice(case, said)


def _base(said: list[Said]) -> Iterator[tuple[Said, Stretch]]:
    """The stretches that the agreement is said to run, not those it is to be extended by."""
    for each in said:
        for stretch in stretches(each.text):
            before = each.text[: stretch.start]
            if _WISHED.search(each.text):
                continue
            alone = each.section == "period" and not re.search(r"[^\W\d_]", before + each.text[stretch.end :])
            if alone:
                yield each, stretch
                continue
            if _PROLONGS.search(before) or each.section in ("basis", "current_state", "results", "views", "proposal"):
                continue
            if stretch.years_only and not re.search(
                r"(?:\b|kalender)(?:åren|period\w*|under|avtalstid|gäller|för)\W*$", before.lower()
            ):
                continue
            if each.section == "period" or _RUNS.search(before):
                yield each, stretch


def _put_base(case: Case, base: list[tuple[Said, Stretch]], said: list[Said]) -> None:
    distinct = {(stretch.first, stretch.last) for _each, stretch in base}
    if len(distinct) > 1:
        for each, _stretch in base:
            case.draft.ask(("period",), "texten anger olika perioder; vilken är överenskommelsens?", each)
        return
    if not base:
        _relative(case, said)
        return
    best = next((each for each in base if _stated(each[0], each[1])), None)
    source, stretch = best or next((each for each in base if each[0].section == "period"), base[0])
    note = "hela kalenderår: texten anger bara åren" if stretch.years_only else ""
    _put(case, source, stretch.first, stretch.last, note)
    length = _stated(source, stretch)
    if length is not None:
        case.draft.put(("period", "stated"), str(length), source)
        if last_day(stretch.first, length) != stretch.last:
            _contradiction(case, source, length)
    elif re.search(r"\bunder (?:en|ett|två|tre|fyra|fem|[1-9])\s+(?:från|fr)", source.text):
        case.draft.ask(("period", "stated"), "längden saknar år eller månader; datumen är det som skrivits in", source)


def _contradiction(case: Case, source: Said, length: Length) -> None:
    case.draft.ask(("period",), f"längden ({length!s}) stämmer inte med datumen; vilket gäller?", source)


def _put(case: Case, source: Said, first: date, last: date | str, note: str = "") -> None:
    case.draft.put(("period", "start"), first, source)
    case.draft.put(("period", "end"), last, source, note)
    case.draft.put(("period", "wording"), source.text, source)


def _stated(source: Said, stretch: Stretch) -> Length | None:
    """The length that the sentence states for the stretch, when it states one."""
    prolonged = _PROLONGS.search(source.text)
    limit = prolonged.start() if prolonged and prolonged.start() > stretch.end else len(source.text)
    found = [length for start, _end, length in lengths(source.text) if start < limit]
    return found[0] if len(found) == 1 and "uppsägning" not in source.text.lower() else None


def _since(said: list[Said]) -> Iterator[tuple[Said, date, date]]:
    """`har sedan den 1 maj 2022 ett partnerskap. Det löper till och med …`, and `med start … och slut …`."""
    for one, two in zip(said, [*said[1:], *said[:1]], strict=True):
        own = dates(one.text)
        about = re.match(
            r"(?:Partnerskapet|Överenskommelsen|Avtalet|Samverkan|Denna överenskommelse|Detta avtal)\b", one.text
        )
        if (
            about
            and len(own) == 2
            and _STARTING.search(one.text[: own[0][0]])
            and _ENDING.search(one.text[own[0][1] : own[1][0]])
        ):
            yield one, own[0][2], own[1][2]
        following = dates(two.text) if two.paragraph is one.paragraph else []
        known = len(own) == len(following) == 1 and re.search(r"partnerskap|överenskommelse|avtal", one.text)
        if known and re.search(r"\bhar sedan (?:den )?$", one.text[: own[0][0]]):
            limit = two.text[: following[0][0]]
            if re.match(
                r"(?:Partnerskapet|Överenskommelsen|Avtalet|Det|Den) (?:löper|gäller)\b", limit
            ) and _UNTIL.search(limit):
                yield two, own[0][2], following[0][2]


def _relative(case: Case, said: list[Said]) -> None:
    """`tre år från och med den 1 april 2024`, `tills vidare från och med …`, or a last day alone."""
    whole = [each for each in _since(said) if each[1] < each[2]]
    if len({each[1:] for each in whole}) == 1:
        _put(case, whole[0][0], whole[0][1], whole[0][2])
        return
    for each in said:
        if not (_RUNS.search(each.text) or each.section == "period") or _PROLONGS.search(each.text):
            continue
        starts = [
            day
            for start, _end, day in dates(each.text)
            if any(cue.search(each.text[:start]) for cue in (_FROM, _IN_FORCE, _STARTING))
        ]
        found = [length for _start, _end, length in lengths(each.text)]
        if len(starts) == 1 and re.search(r"\btills vidare\b", each.text, re.IGNORECASE):
            _put(case, each, starts[0], "open_ended")
            return
        if len(starts) == 1 and len(found) == 1:
            last = last_day(starts[0], found[0])
            if last is not None:
                _put(case, each, starts[0], last, "räknat ur längden och första dagen")
                case.draft.put(("period", "stated"), str(found[0]), each)
                return
        told = starts or found or dates(each.text) or stretches(each.text)
        if told and (each.section == "period" or _RUNS.search(each.text[:60])):
            case.draft.ask(("period",), "vilken är första och sista dagen?", each)


def _option(case: Case, said: list[Said]) -> None:
    """The right to go on."""
    found = [each for each in said if _OPTION.search(each.text) and not _proposes(each)]
    at = ("period", "extension")
    automatic = next((each for each in found if _AUTOMATIC.search(each.text)), None)
    if automatic is not None:
        question = "förlängs den av sig själv? Formatet har bara förlängning genom beslut"
        case.draft.ask(at, question, automatic)
        return
    if not found:
        return
    lengths_, times = _optioned(found)
    if len(times) == 1:
        case.draft.put((*at, "times"), *next(iter(times.items())))
    if len(lengths_) == 1:
        case.draft.put((*at, "length"), *next(iter(lengths_.items())))
    elif lengths_:
        case.draft.ask(at, "texten anger olika längder på förlängningen", next(iter(lengths_.values())))
    deciders = _deciders(case, found)
    if deciders:
        case.draft.put((*at, "decided_by"), deciders, found[0])
    best = next(iter((*lengths_.values(), *times.values(), found[0])))
    case.draft.put((*at, "wording"), best.text, best)
    for each in found:
        limit = re.search(r"\blängst (?:till och med|t\.?\s?o\.?\s?m\.?|till|fram till)\s+(?:den )?", each.text)
        until = [day for start, _end, day in dates(each.text) if limit and start == limit.end()]
        if until and not any(
            day == until[0] for _start, _end, day in dates(each.text[: limit.start() if limit else 0])
        ):
            case.draft.put((*at, "until"), until[0], each)
    for number, each in enumerate(said):
        follows = number > 0 and said[number - 1] in found and each.paragraph is said[number - 1].paragraph
        _decide_by(case, each, follows=follows)


def _deciders(case: Case, found: list[Said]) -> list[str]:
    """Who decides on it together: `Parterna kan komma överens om`, `A och B kan efter gemensamt beslut`."""
    for each in found:
        who = re.match(r"(?P<who>.{3,80}?)\s(?:kan|får)\s.*(?:överens|gemensamt)", each.text)
        if who and re.match(r"(?:Båda )?[Pp]arterna$", who["who"].strip()):
            return in_order(case.actors)
        named = in_order([one.actor for one in case.mentions(who["who"])]) if who else []
        if len(named) > 1:
            return named
    return []


def _optioned(found: list[Said]) -> tuple[dict[str, Said], dict[int, Said]]:
    """The lengths of an extension, and how often there may be one, with the sentences that say so."""
    stated: dict[str, Said] = {}
    times: dict[int, Said] = {}
    for each in found:
        option = _OPTION.search(each.text)
        after = each.text[option.start() :] if option else each.text
        if not re.search(r"i (?:taget|sänder)\b", after):
            for _start, _end, length in lengths(after):
                stated.setdefault(str(length), each)
        often = re.search(r"\b(?P<n>en|ett|två|tre) gång(?:er)?\b(?! (?:per|om|i))", after, re.IGNORECASE)
        if often:
            times.setdefault(number_meant(often["n"]) or 0, each)
    return stated, times


def _decide_by(case: Case, said: Said, *, follows: bool) -> None:
    """`Senast … ska parterna ta ställning till förlängning`, or `Beslut fattas senast …` after the option."""
    whole = dates(said.text)
    stance = _PROLONGS.search(said.text) and _STANCE.search(said.text)
    if len(whole) != 1 or not (stance or (follows and re.match(r"Beslut\b", said.text))):
        return
    if re.search(r"\bsenast (?:den )?$", said.text[: whole[0][0]], re.IGNORECASE):
        case.draft.put(("period", "extension", "decide_by"), whole[0][2], said)


def _proposes(said: Said) -> bool:
    """Whether a sentence proposes an extension, or tells of one, and gives no right to it."""
    proposing = re.search(r"föreslå\w*|förslag|förlängs\b|föreslagen", said.text, re.IGNORECASE)
    granting = re.search(r"möjlighet|option|\bkan\b|\bfår\b|\brätt\b", said.text, re.IGNORECASE)
    return said.section == "decision" or (proposing is not None and granting is None) or granting is None


def _notice(case: Case, said: list[Said]) -> None:
    """How it can be ended before its last day."""
    found = [each for each in said if _NOTICE.search(each.text) and not _prolongs_itself(each.text)]
    stated = [(each, length) for each in found for length in _notice_lengths(each.text)]
    if len({length for _each, length in stated}) > 1:
        case.draft.ask(("period", "notice"), "texten anger olika uppsägningstider", stated[0][0])
        return
    if not stated:
        for each in found:
            case.draft.ask(("period", "notice"), "hur lång är uppsägningstiden?", each)
        return
    source, length = stated[0]
    at = ("period", "notice")
    if _leaves(source.text):
        case.draft.ask(at, "en part som lämnar överenskommelsen, eller hela överenskommelsen?", source)
        return
    case.draft.put((*at, "length"), str(length), source)
    case.draft.put((*at, "wording"), source.text, source)
    if re.search(r"hela (?:kalender)?månader", source.text):
        case.draft.put((*at, "count"), "whole_months", source)
    if re.match(r"I (?:så(?:dana|dant)? fall|dessa fall)\b", source.text):
        _condition(case, source)
    for each in [one for one in case.outline.said if one.paragraph is source.paragraph]:
        _given_by(case, each)
    conditional = _CONDITIONAL.search(source.text)
    if conditional and not case.draft.has(*at, "condition"):
        case.draft.put((*at, "condition"), conditional["if"], source)


def _notice_lengths(text: str) -> Iterator[Length]:
    for words in (words for pattern in _NOTICE_LENGTHS for words in re.finditer(pattern, text, re.IGNORECASE)):
        plain = re.sub(r"\b(månader|månad|år)s\b", r"\1", words["length"])
        yield from (length for start, _end, length in lengths(plain) if start < 12)


def _given_by(case: Case, said: Said) -> None:
    """`Endast Stiftelsen har rätt att säga upp avtalet`."""
    giver = re.match(r"(?P<who>.{3,60}?)\s(?:kan|får|har rätt att)\s.*säga? upp", said.text)
    if giver and re.search(r"\b(?:endera|vardera|någon|båda|var och en|parterna|respektive|en av)\b", said.text):
        return
    if giver and not re.match(
        r"(?:Vardera|Endera|Part\b|Parterna|Båda|Respektive|Någon|Överenskommelsen|Avtalet|Var och en|Samtliga)",
        giver["who"],
    ):
        who = in_order([each.actor for each in case.mentions(giver["who"])])
        if who:
            case.draft.put(("period", "notice", "given_by"), who, said)
        else:
            case.draft.ask(("period", "notice"), "vem får säga upp?", said)


def _prolongs_itself(text: str) -> bool:
    """Whether a notice is only what keeps an extension from coming by itself."""
    return _PROLONGS.search(text) is not None and re.search(r"\binte\b|\bingen\b|automatiskt", text) is not None


def _leaves(text: str) -> bool:
    """`Om en förening vill lämna överenskommelsen`: the others go on."""
    return re.search(r"\blämna (?:överenskommelsen|partnerskapet|avtalet)\b|\butträd", text) is not None


def _condition(case: Case, source: Said) -> None:
    """`Om …, ska …. I sådana fall är uppsägningstiden tre månader.`"""
    said = case.outline.said
    before = said[said.index(source) - 1]
    found = re.match(r"(?P<if>(?:Om|När|Vid) .+?), (?:ska|skall|kan|får|har)\b", before.text)
    if found and before.paragraph is source.paragraph:
        case.draft.put(("period", "notice", "condition"), found["if"], before)
    else:
        case.draft.ask(("period", "notice", "condition"), "när gäller uppsägningstiden?", source)
