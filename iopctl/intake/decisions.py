"""Decisions, and the policies and values that the agreement rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from iopctl.finding import Route
from iopctl.intake.actors import definite
from iopctl.intake.case import Case, about_another
from iopctl.intake.outline import Said
from iopctl.intake.paper import REFERENCE, Paragraph
from iopctl.intake.times import dates, stretches
from iopctl.lint import days as written
from iopctl.model import PartialDate

_BODY = (
    r"(?P<body>(?:[A-ZÅÄÖa-zåäö]+-\s+(?:och|samt)\s+)?[A-ZÅÄÖa-zåäö]+nämnden|[Kk]ommunstyrelsen"
    r"|[Kk]ommunfullmäktige|[Ff]ullmäktige"
    r"|[Rr]egionstyrelsen|[Rr]egionfullmäktige)"
)
_DAY = r"(?P<day>(?:den )?[0-9]{1,2} [a-zåäö]+ [0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2})"
_PARAGRAPH = r"(?:,?\s?§\s?(?P<paragraph>[0-9]+|X+))?"
_TOOK = re.compile(rf"\b{_BODY}s? (?:beslutade|antog|godkände|fattade beslut)\b[^.]*?\b{_DAY}{_PARAGRAPH}")
_UNDER = re.compile(rf"\b(?:beslut (?:i|av)|beslutad(?:es)? (?:av|i)) {_BODY}(?: den)?,? {_DAY}{_PARAGRAPH}")
_IS_TAKEN = re.compile(
    rf"\b(?:godkän[dt]s?|antagen|antagits|beslutad|fastställd)\b(?: den)? av {_BODY}(?: den)?,? {_DAY}{_PARAGRAPH}",
    re.IGNORECASE,
)
_AND_BY = re.compile(
    rf"^,? och av (?P<body>[\wåäö]+(?:rådet|nämnden|styrelsen|fullmäktige))(?: den)?,? {_DAY}{_PARAGRAPH}"
)
_DECIDED = re.compile(
    rf"(?P<body>\b(?:[\wåäöÅÄÖ]+- och )?[\wåäöÅÄÖ]*[Nn]ämnden|[Kk]ommunstyrelsen"
    rf"|[Kk]ommunfullmäktige) (?:beslutade|tog beslut(?: om [\w ]+?)?)(?: den)?,? "
    rf"{_DAY}{_PARAGRAPH}"
)
_UNSAID = re.compile(rf"\böverenskommelse\w*\b.*\bbeslutades (?:den )?{_DAY}", re.IGNORECASE)
_TASKED = re.compile(
    rf"\b(?:Under |År )?(?P<year>(?:19|20)[0-9]{{2}}) gav {_BODY} (?P<who>[\wåäöÅÄÖ -]+?nämnden"
    rf"|kommunstyrelsen) (?P<text>i uppdrag att .+)"
)
_ADOPTED = re.compile(
    rf"{_BODY} antog (?:(?P<year>(?:19|20)[0-9]{{2}}) )?(?:en |ett )?(?P<title>(?:policy|riktlinje|strategi"
    rf"|program|plan|överenskommelse)\w*[^.,]*)"
)
_WAS_ADOPTED = re.compile(rf"^(?P<title>.{{8,140}}?) antogs av {_BODY}(?: (?P<year>(?:19|20)[0-9]{{2}}))?")
_IN_FORCE = re.compile(
    rf"^(?P<title>.{{8,140}}?(?:riktlinjer|policy|strategi|program)\w*.{{0,80}}?) trädde i kraft (?:den )?{_DAY}"
)
_NOTE = re.compile(rf"^{_BODY},? {_DAY},?{_PARAGRAPH}")
_PROPOSED_BODY = re.compile(r"förslag till (?P<body>.+?)s? beslut$", re.IGNORECASE)


def body(words: str, case: Case) -> str:
    """A body's name: `fullmäktige` of a municipality is kommunfullmäktige."""
    words = words.strip()
    if (
        words.casefold() == "nämnden"
        and len(boards := {case.draft.value("parties", each.id, "board") for each in case.public}) == 1
    ):
        words = next(iter(boards)) or words
    plain = definite(words) if words.endswith("nämnd") else words[0].upper() + words[1:]
    if plain == "Fullmäktige" and any(
        case.draft.value("parties", each.id, "kind") == "municipality" for each in case.public
    ):
        return "Kommunfullmäktige"
    return plain


def decisions(case: Case) -> None:
    """What has been decided, is planned, or is proposed."""
    for each in case.outline.said:
        if about_another(each.text) or each.section in ("basis", "decision", "views"):
            continue
        tasked = _TASKED.search(each.text)
        if tasked:
            _put(
                case,
                each,
                "mandated",
                body(tasked["body"], case),
                date=PartialDate(int(tasked["year"])),
                text=f"{tasked['who']} {tasked['text']}".rstrip("."),
            )
        for found in _decisions_in(each.text):
            _taken(case, each, found)
        if _UNSAID.search(each.text) and not _UNDER.search(each.text) and not _TOOK.search(each.text):
            words = re.search(r"beslutades .*", each.text)
            day = dates(_UNSAID.search(each.text)["day"])  # type: ignore[index]  # it was just found
            if day and words:
                _put(case, each, "adopted", {"unknown": words[0].rstrip(".")}, date=day[0][2])
    for note in _signing_notes(case):
        for found in _UNDER.finditer(note.said):
            _taken(case, note, found)
    _proposed(case)


def _decisions_in(text: str) -> Iterator[re.Match[str]]:
    """The decisions that a sentence tells of, each once."""
    taken: set[str] = set()
    for pattern in (_TOOK, _UNDER, _DECIDED, _IS_TAKEN):
        for found in pattern.finditer(text):
            also = _AND_BY.match(text[found.end() :])
            yield from (each for each in (found, also) if each is not None and each["day"] not in taken)
            taken |= {found["day"], *([also["day"]] if also else [])}


def _signing_notes(case: Case) -> list[Paragraph]:
    """The footnotes of signatures, which say what decision they rest on."""
    numbers = [number for each in case.outline.flow if each.said.startswith("För ") for number in each.notes]
    return [case.outline.notes[each] for each in numbers if each in case.outline.notes]


def _taken(case: Case, source: Said | Paragraph, found: re.Match[str]) -> None:
    """A decision on a day: one after the paper's own date is only planned."""
    text = source.text if isinstance(source, Said) else source.said
    whole = dates(found["day"])
    if not whole or re.search(r"policy|riktlinje|strategi|program\b|budget", text, re.IGNORECASE):
        return
    day = whole[0][2]
    paragraph: Any = found["paragraph"]
    if paragraph and not paragraph.isdigit():
        paragraph = {"unknown": f"§ {paragraph}"}
    printed = case.draft.value("dated")
    kind = "extended" if re.search(r"förläng", text) else "adopted"
    about_it = re.search(
        r"ingå\b|^Godkänd|partnerskap|överenskommelse|avtal|\bIOP\b|^Enligt beslut", text, re.IGNORECASE
    )
    if not about_it or re.search(r"finansiering|budget|uppdrag", text):
        case.draft.ask(("decisions",), "ett beslut: om vad?", source)
        return
    if kind == "extended":
        case.draft.ask(("decisions",), "beslut om förlängning: till vilken dag (until)?", source)
    elif isinstance(source, Paragraph) and not isinstance(printed, date):
        case.draft.ask(("decisions",), "ett beslut: har det fattats (date) eller är det planerat (planned)?", source)
    elif isinstance(printed, date) and day > printed:
        _put(case, source, kind, body(found["body"], case), planned=day, paragraph=paragraph)
    else:
        _put(case, source, kind, body(found["body"], case), date=day, paragraph=paragraph)


def _put(case: Case, source: Said | Paragraph, kind: str, who: Any, **values: Any) -> Route | None:
    for item in case.draft.items("decisions"):
        same = all(case.draft.value(*item, key) == values.get(key) for key in ("date", "planned", "until"))
        if case.draft.value(*item, "kind") == kind and same:
            return None
    item = case.draft.item("decisions")
    case.draft.put((*item, "kind"), kind, source)
    case.draft.put((*item, "body"), who, source)
    for key, value in values.items():
        if value is not None:
            case.draft.put((*item, key), value, source)
    return item


def _proposed(case: Case) -> None:
    """The points of a memo's proposal."""
    for section in case.outline.under("decision"):
        heading = _PROPOSED_BODY.search(section.heading.said if section.heading else "")
        for each in case.outline.sentences_of(section):
            opening = re.match(rf"{_BODY}(?:s)? (?:beslutar|föreslås besluta|förlänger)", each.text)
            named = (
                heading["body"]
                if heading and heading["body"].endswith("nämnden")
                else opening["body"]
                if opening
                else None
            )
            found = stretches(each.text)
            prolonged = re.search(r"förläng(?:s|a|er|as)\b", each.text)
            when = case.draft.value("documents", case.kind, "date")
            ended = re.search(r"\b(?:säga|sägs|säger) upp\b|\bavsluta[rs]?\b", each.text)
            last = [
                day
                for start, _end, day in dates(each.text)
                if re.search(r"upphör\w*(?: den)? $|till och med $", each.text[:start])
            ]
            if ended and not prolonged and named and isinstance(when, date) and len(last) == 1 == len(dates(each.text)):
                _put(case, each, "terminated", body(named, case), proposed=when, until=last[0])
            if not prolonged:
                continue
            limit = [
                day for start, _end, day in dates(each.text) if re.search(r"till och med (?:den )?$", each.text[:start])
            ]
            if named and not found and len(limit) == 1 == len(dates(each.text)) and isinstance(when, date):
                _put(case, each, "extended", body(named, case), proposed=when, until=limit[0])
            elif named and len(found) == 1 and isinstance(when, date) and prolonged.start() < found[0].start:
                _put(case, each, "extended", body(named, case), proposed=when, until=found[0].last)
            else:
                case.draft.ask(("decisions",), "förslag om förlängning: vilken nämnd, vilken dag och till när?", each)


# -- grounds -----------------------------------------------------------------------------------------------------------


def grounds(case: Case) -> None:
    """Policies and shared values."""
    for section in case.outline.under("values"):
        for part in section.parts:
            if part.kind == "item":
                text = re.sub(r"(?:,|;|\.|\s+samt|,?\s+och)$", "", part.said.strip()).rstrip(" ,;.")
                case.draft.put(case.draft.item("grounds", "values"), text, part)
    for section in case.outline.sections:
        for number, part in enumerate(section.parts):
            intro = section.parts[number - 1].said if number else ""
            before = next((each.said for each in reversed(section.parts[:number]) if each.kind != "item"), intro)
            if (
                part.kind == "item"
                and before.endswith(":")
                and re.search(r"politiska beslut|styrdokument|styrande dokument", before)
            ):
                _policy(case, part, part.said.rstrip(" .,;"))
    for each in case.outline.said:
        if each.section not in ("basis", "decision", "results"):
            _adopted(case, each)


def _policy(case: Case, source: Said | Paragraph, title: str, **values: Any) -> None:
    item = case.draft.item("grounds", "policies")
    case.draft.put((*item, "title"), title[0].upper() + title[1:], source)
    for key, value in values.items():
        if value is not None:
            case.draft.put((*item, key), value, source)


def _adopted(case: Case, said: Said) -> None:
    adopted, was, force = _ADOPTED.search(said.text), _WAS_ADOPTED.search(said.text), _IN_FORCE.search(said.text)
    note = _note_of(case, said) if was or force else None
    if adopted:
        when = PartialDate(int(adopted["year"])) if adopted["year"] else None
        _policy(case, said, adopted["title"], body=body(adopted["body"], case), date=when)
    elif was and not re.search(r"^(?:denna|den här|detta)\b", was["title"], re.IGNORECASE):
        who, year = body(was["body"], case), int(was["year"]) if was["year"] else None
        if note and body(note["body"], case) == who and (year is None or dates(note["day"])[0][2].year == year):
            _policy(case, said, was["title"], body=who, date=dates(note["day"])[0][2], paragraph=note["paragraph"])
        else:
            _policy(case, said, was["title"], body=who, date=PartialDate(year) if year else None)
    elif force:
        day = dates(force["day"])[0][2] if dates(force["day"]) else None
        noted = (
            {"body": body(note["body"], case), "date": dates(note["day"])[0][2], "paragraph": note["paragraph"]}
            if note
            else {}
        )
        _policy(case, said, force["title"], **noted, in_force=day)


def _note_of(case: Case, said: Said) -> re.Match[str] | None:
    """The one footnote of a sentence, when it names a body and a day."""
    text = said.paragraph.text
    end = 0
    for sentence in re.split(r"(?<=\.)\s+(?=[A-ZÅÄÖ])", text):
        if " ".join(REFERENCE.sub("", sentence).split()) == said.text:
            numbers = REFERENCE.findall(sentence)
            found = (
                _NOTE.match(case.outline.notes[numbers[0]].said)
                if len(numbers) == 1 and numbers[0] in case.outline.notes
                else None
            )
            return found if found and list(written.days(found["day"])) and dates(found["day"]) else None
        end += len(sentence)
    return None
