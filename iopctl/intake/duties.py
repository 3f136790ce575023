"""What is to be done: follow-ups, reports, meetings, positions; how often or by when, and by whom."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Any

from iopctl.finding import Route
from iopctl.intake.actors import Actor
from iopctl.intake.case import Case, about_another, in_order
from iopctl.intake.outline import Said
from iopctl.intake.times import dates, lengths, often
from iopctl.lint import days as written
from iopctl.model import DayOfYear
from iopctl.naming import id_of
from iopctl.swedish import MONTHS as SWEDISH_MONTHS

_FOLLOW_UP = re.compile(
    r"\b(?:följa|följer|följs|följas) upp\b|uppfölj|avstämning|\bstäm(?:ma|mer|s|mas) av\b|utvärdera(?:s|r)?\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"verksamhetsberättelse|årsberättelse|(?:års|slut|del|uppföljnings)?rapport(?:en|era[rs]?)?\b"
    r"|(?:ekonomisk |skriftlig )?redovisning"
    r"|redovisa(?:s|r)?\b|återrapport|\bsammanfattning till\b",
    re.IGNORECASE,
)
_HANDS_IN = re.compile(
    r"\b(?:lämna(?:s|r)?|inkom(?:ma|mer)|inlämna|överlämna|skicka|redovisa(?:s|r)?|rapportera(?:s|r)?"
    r"|återrapportera|skriver)\b",
    re.IGNORECASE,
)
_MEETS = re.compile(
    r"\b(?:träffas|möts|mötas|ses|sammanträder|\w*möte[tn]?\b|håller (?:\w+ )?\w*möten?)\b", re.IGNORECASE
)
_TALKS = re.compile(r"\b(?:samtal|dialog)\w*\b.*\blöpande\b|\blöpande\b.*\b(?:samtal|dialog)", re.IGNORECASE)
_STANCE = re.compile(r"\bta ställning\b|\bställningstagande\b", re.IGNORECASE)
_ASKED = re.compile(r"\bpåkalla\w*|\bvid behov\b|\bpå begäran\b|\bnär någon (?:av )?part", re.IGNORECASE)
_OBLIGES = re.compile(
    r"\b(?:ska|skall|ansvarar|kommer att|sker|träffas|möts|ses|sammanträder|följs|följer|görs?|genomförs?"
    r"|åligger|hålls|utvärderas|skriver|lämnas|har (?:ett|en|dialog)|lämnar|håller|redovisar)\b",
    re.IGNORECASE,
)
_NEAR_END = re.compile(r"närmar sig sitt slut|i slutet av (?:avtals)?perioden|innan (?:\w+ )?(?:period|avtal"
    r"|överenskommelse)\w* (?:löper ut|upphör|är slut)"
                       r"|före (?:\w+ )?periodens (?:slut|utgång)", re.IGNORECASE)  # fmt: skip
_MONTH_YEARLY = re.compile(rf"\bi (?P<month>{'|'.join(SWEDISH_MONTHS)})(?: månad)? (?:varje|vart) år\b", re.IGNORECASE)
_SKIPPED = ("views", "forum", "results", "current_state", "basis", "assessment", "union", "summary")


def duties(case: Case) -> None:
    """The duties of the parties."""
    for each in case.outline.said:
        if each.section in _SKIPPED or about_another(each.text) or not _OBLIGES.search(each.text):
            continue
        if re.search(r"\binnehålla\b", each.text):
            continue  # what a report has to contain
        if _STANCE.search(each.text):
            _position(case, each)
        elif _NEAR_END.search(each.text) and (_FOLLOW_UP.search(each.text) or _REPORT.search(each.text)):
            _at_the_end(case, each)
        elif _REPORT.search(each.text) and _HANDS_IN.search(each.text):
            _report(case, each)
        elif _FOLLOW_UP.search(each.text) and not re.search(r"har skett|visar att|visade", each.text):
            _often(case, each, "follow_up")
        elif _MEETS.search(each.text) and next(often(each.text), None):
            _often(case, each, "meeting")
        elif _TALKS.search(each.text):
            _new(case, each, "dialogue", case.subjects(each.text) or _between(case, each.text), ongoing=True)
    _forum_meetings(case)
    _details(case)


def _new(case: Case, said: Said, kind: str, who: list[Actor], **schedule: Any) -> Route:
    item = case.draft.item("duties")
    words = {
        "follow_up": "uppfoljning",
        "report": "rapport",
        "meeting": "mote",
        "position": "stallningstagande",
        "dialogue": "dialog",
    }
    name = re.search(r"verksamhetsberättelse|redovisning|uppföljningsrapport", said.text, re.IGNORECASE)
    taken = {case.draft.value(*other, "id") for other in case.draft.items("duties")}
    put = case.draft.put
    put((*item, "id"), id_of(name[0] if name and kind == "report" else words[kind], taken), None)
    put((*item, "kind"), kind, said)
    put((*item, "text"), said.text, said)
    for key, value in schedule.items():
        put((*item, key), value, said)
    if who:
        ids = in_order(who)
        put((*item, "responsible"), ids if len(ids) > 1 else ids[0], said)
    return item


def _between(case: Case, text: str) -> list[Actor]:
    return list(case.actors) if "mellan parterna" in text else []


def _same(case: Case, kind: str, times: int | None) -> Route | None:
    """A duty of the kind that is done as often, which another sentence has given."""
    for item in case.draft.items("duties"):
        if case.draft.value(*item, "kind") == kind and times in (None, case.draft.value(*item, "times_per_year")):
            return item
    return None


def _often(case: Case, said: Said, kind: str) -> None:
    found = list(often(said.text))
    asked = _ASKED.search(said.text) is not None
    if len({each.times for each in found}) > 1:
        case.draft.ask(("duties",), "hur ofta?", said)
        return
    if not found:
        _once(case, said, kind, asked=asked)
        return
    month = _MONTH_YEARLY.search(said.text)
    if month and kind == "follow_up" and [each.times for each in found] == [1]:
        _in_month(case, said, kind, SWEDISH_MONTHS.index(month["month"].lower()) + 1)
        return
    known = _same(case, kind, found[0].times)
    who = _responsible(case, said.text)
    if known is None:
        known = _new(case, said, kind, who, times_per_year=found[0].times)
    elif who and not case.draft.has(*known, "responsible"):
        ids = in_order(who)
        case.draft.put((*known, "responsible"), ids if len(ids) > 1 else ids[0], said)
    if found[0].at_least:
        case.draft.put((*known, "at_least"), True, said)
    if asked:
        case.draft.put((*known, "on_request"), True, said)


def _once(case: Case, said: Said, kind: str, *, asked: bool) -> None:
    """`utvärderas senast den 30 september 2025`, or at somebody's request."""
    whole, known = dates(said.text), _same(case, kind, None)
    if len(whole) == 1 and re.search(r"\bsenast (?:den )?$", said.text[: whole[0][0]], re.IGNORECASE):
        _new(case, said, kind, _responsible(case, said.text), by=whole[0][2])
    elif asked and known:
        case.draft.put((*known, "on_request"), True, said)
    elif (
        kind == "follow_up"
        and said.section in ("follow_up", "period")
        and re.search(r"\b(?:ska|skall|följs|sker)\b", said.text)
    ):
        case.draft.ask(("duties",), "uppföljning: när eller hur ofta?", said)


def _in_month(case: Case, said: Said, kind: str, number: int) -> None:
    """`i maj varje år`: the last day of the month is the latest."""
    item = _new(case, said, kind, _responsible(case, said.text))
    day = f"{number:02}-{monthrange(2023, number)[1]:02}"
    case.draft.put((*item, "yearly_by"), day, said, "månaden nämns, ingen dag; här dess sista")


def _responsible(case: Case, text: str) -> list[Actor]:
    """Who does it: the subject of the sentence, when that is a party and not the agreement."""
    return case.subjects(text)


def _position(case: Case, said: Said) -> None:
    whole = dates(said.text)
    if len(whole) == 1 and re.search(r"\bsenast (?:den )?$", said.text[: whole[0][0]], re.IGNORECASE):
        who = list(case.actors) if re.search(r"\bparterna\b", said.text, re.IGNORECASE) else case.subjects(said.text)
        _new(case, said, "position", who, by=whole[0][2])
    elif (before := _before_the_end(case, said.text)) is not None:
        who = list(case.actors) if re.search(r"\bparterna\b", said.text, re.IGNORECASE) else case.subjects(said.text)
        item = _new(case, said, "position", who)
        case.draft.put((*item, "by"), before, said, "räknat från sista dagen")
    elif not case.kind.startswith("tjansteskrivelse"):
        case.draft.ask(("duties",), "ställningstagande: senast när?", said)


def _before_the_end(case: Case, text: str) -> date | None:
    """`Senast sex månader före avtalstidens utgång`: reckoned from the last day."""
    found = re.search(r"\bsenast (?P<length>[\wåäö()]+ (?:månader|månad|år)) (?:före|innan) (?:avtals"
    r"|giltighets|överenskommelsens|periodens|avtalets)"
                      r"\w*(?: \w+)? (?:utgång|slut|upphörande|löper ut|går ut)", text, re.IGNORECASE)  # fmt: skip
    stated = lengths(found["length"]) if found else []
    end = case.draft.value("period", "end")
    if len(stated) != 1 or not isinstance(end, date) or stated[0][2].unit not in ("years", "months"):
        return None
    months = stated[0][2].number * (12 if stated[0][2].unit == "years" else 1)
    year, month = divmod(end.year * 12 + end.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    whole = end.day == monthrange(end.year, end.month)[1]
    return date(year, month + 1, last if whole else min(end.day, last))


def _report(case: Case, said: Said) -> None:
    yearly = [each for each in written.days(said.text) if isinstance(each.value, DayOfYear)]
    whole = dates(said.text)
    every_year = re.search(r"\bårligen\b|\bvarje år\b|\bper år\b|\bårlig", said.text, re.IGNORECASE)
    who = case.subjects(said.text)
    if len(yearly) == 1 and not whole and every_year:
        day = yearly[0].value
        assert isinstance(day, DayOfYear)
        item = _new(case, said, "report", who, yearly_by=f"{day.month:02}-{day.day:02}")
    elif len(whole) == 1 and not yearly and re.search(r"\bsenast (?:den )?$", said.text[: whole[0][0]], re.IGNORECASE):
        item = _new(case, said, "report", who, by=whole[0][2])
    elif len({each.times for each in often(said.text)}) == 1 and not whole and not yearly:
        item = _new(case, said, "report", who, times_per_year=next(often(said.text)).times)
    else:
        case.draft.ask(("duties",), "redovisning eller rapport: när ska den lämnas?", said)
        return
    if re.search(r"\b(?:för|avseende|om) (?:det gångna|föregående|det föregående|närmast föregående|det senaste) "
                 r"(?:året|år|kalenderåret|kalenderår|verksamhetsåret)\b", said.text):  # fmt: skip
        case.draft.put((*item, "about"), "year_before", said)
    addressed = re.search(r"\btill (?P<who>[^,.]{3,60})[.,]?$", said.text)
    party = case.mentions(addressed["who"]) if addressed else []
    if addressed and len(party) == 1 and (party[0].start, party[0].end) == (0, len(addressed["who"])):
        case.draft.put((*item, "receiver"), addressed["who"], said)
    to = re.search(r"\btill (?:den |det )?(?P<who>(?:[\wåäö]+-\s?(?:och|samt)\s)?[\wåäö]*(?:nämnden"
        r"|förvaltningen|styrelsen|kommunen|regionen))(?:\.|,|$| senast)",
                   said.text)  # fmt: skip
    if to:
        case.draft.put((*item, "receiver"), to["who"], said)
    elif "receiver" not in [route[-1] for route in case.draft.facts if route[: len(item)] == item]:
        between = re.search(r"\btill (?P<who>nämnden|förvaltningen|kommunen|regionen|styrelsen) senast\b", said.text)
        if between:
            case.draft.put((*item, "receiver"), between["who"], said)


def _at_the_end(case: Case, said: Said) -> None:
    if any(case.draft.value(*item, "before_end") for item in case.draft.items("duties")):
        return
    report = re.search(r"skriftlig|rapport", said.text, re.IGNORECASE)
    _new(case, said, "report" if report else "follow_up", case.subjects(said.text), before_end=True)


def _forum_meetings(case: Case) -> None:
    """What a group does so and so often, when no sentence says that the parties do it."""
    for each in case.outline.said:
        found = list(often(each.text)) if each.section == "forum" and _MEETS.search(each.text) else []
        if found and _same(case, "follow_up", found[0].times) is not None:
            case.draft.ask(("duties",), "är gruppens möten uppföljningen, eller egna möten?", each)
        elif found and _same(case, "meeting", found[0].times) is None:
            item = _new(case, each, "meeting", [], times_per_year=found[0].times)
            if found[0].at_least:
                case.draft.put((*item, "at_least"), True, each)


def _details(case: Case) -> None:
    """Who invites, who contributes, what a report contains, what the follow-up is for."""
    follow_up = _same(case, "follow_up", None)
    report = next((item for item in case.draft.items("duties") if case.draft.value(*item, "before_end")), None)
    for each in case.outline.said:
        if follow_up and each.section in ("follow_up", "period"):
            _follow_up_detail(case, follow_up, each)
    if follow_up and not case.is_agreement:
        _done_so_far(case, follow_up)
    for section in case.outline.under("follow_up"):
        _contents(case, section.parts, report or follow_up)


def _follow_up_detail(case: Case, item: Route, said: Said) -> None:
    inviting = re.match(r"(?P<who>.{3,80}?) ansvarar för att (?:bjuda in|kalla|sammankalla)", said.text)
    if inviting and case.named(inviting["who"]):
        case.draft.put((*item, "called_by"), inviting["who"], said)
    if re.search(r"bidrar (?:gemensamt )?med underlag", said.text):
        who = in_order(case.subjects(said.text))
        if len(who) > 1:
            case.draft.put((*item, "contributors"), who, said)
    if re.match(r"Syftet med uppföljningen är", said.text):
        case.draft.put((*item, "purpose"), said.text, said)


def _done_so_far(case: Case, item: Route) -> None:
    """`Avstämningar har skett regelbundet`, in a memo that is dated."""
    day = case.draft.value("documents", case.kind, "date")
    for each in case.outline.said:
        if re.match(
            r"(?:Avstämning|Uppföljning)(?:ar)?\b.* har (?:skett|gjorts|genomförts) regelbundet", each.text
        ) and isinstance(day, date):
            entry = case.draft.item("log")
            case.draft.put((*entry, "duty"), case.draft.value(*item, "id"), each)
            case.draft.put((*entry, "through"), day, each, "papperets datum; inga dagar anges")
            case.draft.put((*entry, "note"), each.text, each)


def _contents(case: Case, parts: list[Any], item: Route | None) -> None:
    intro = next((number for number, each in enumerate(parts)
                  if each.said.endswith(":") and re.search(r"innehålla|redovisa"
                      r"|omfatta", each.said)), None)  # fmt: skip
    if item is None or intro is None:
        return
    for each in parts[intro + 1 :]:
        if each.kind != "item":
            break
        case.draft.put(case.draft.item(*item, "contents"), each.said, each)
