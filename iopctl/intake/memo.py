"""What a memo or a report is: its kind, date, sender, basis, goals, receivers; and the head of any paper."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from iopctl.intake.actors import ADMINISTRATION, PERSON, definite
from iopctl.intake.case import Case
from iopctl.intake.outline import Outline
from iopctl.intake.paper import Paragraph
from iopctl.intake.times import dates
from iopctl.lint import days as written
from iopctl.lint.numbers import case_numbers
from iopctl.model import PartialDate

_LINK = re.compile(r"^\[(?P<text>[^\]]+)\]\((?P<target>[^)]*)\)$")
_ORGANISED = re.compile(
    rf"(?P<organisation>(?:Föreningen|Stiftelsen|[A-ZÅÄÖ]\w*(?:förening|stiftelse|församling|krets|jour"
    rf"|förbund)\w*)[^,]{{0,60}})"
    rf",\s+(?P<name>{PERSON.pattern}),\s+(?P<role>[a-zåäö][^,]{{3,40}})"
)
"""A recipient as `Föreningen Exempel, Kim Exempelsson, ordförande`."""
_MEMO = re.compile(r"tjänsteskrivelse|tjänsteutlåtande|ställningstagande till", re.IGNORECASE)


def kind_of(outline: Outline) -> str:
    """The kind of document: a memo has a proposed decision, a report says what it is; else it is the agreement."""
    title = outline.title.said if outline.title else ""
    if re.search(
        r"uppföljningsrapport|slutrapport|^(?:skriftlig )?uppföljning av\b|^utvärdering av\b", title, re.IGNORECASE
    ):
        return "uppfoljningsrapport"
    if re.match(r"Rapport\b", title) or re.search(r"rapport\b", title, re.IGNORECASE):
        return "delrapport"
    proposals = [each.said for section in outline.under("decision") for each in section.parts]
    if not proposals and not _MEMO.search(title):
        return "overenskommelse"
    words = f"{title}\n" + "\n".join(proposals)
    for kind, signs in (
        ("avslag", r"avslå|avslag"),
        ("avslut", r"sägs? upp|säga upp|avsluta|upphör"),
        ("forlangning", r"förläng"),
    ):
        if re.search(signs, words, re.IGNORECASE):
            return f"tjansteskrivelse-{kind}"
    return "tjansteskrivelse-ny"


def head(case: Case) -> None:
    """Title, diarienummer, the printed date, who it comes from."""
    outline, draft = case.outline, case.draft
    draft.put(("format",), 1, None)
    if outline.title is not None:
        draft.put(("title",), outline.title.said.rstrip(" ."), outline.title)
    lines = _head_lines(outline)
    at = ("documents", case.kind)
    numbers = {each.value: line for line in lines for each in case_numbers(line.said)}
    if len(numbers) == 1:
        number, line = next(iter(numbers.items()))
        draft.put(("dnr",), number, line)
        if not case.is_agreement:
            draft.put((*at, "dnr"), number, line)
    elif numbers:
        draft.ask(("dnr",), f"flera diarienummer: {', '.join(numbers)}", next(iter(numbers.values())))
    for line in lines:
        if ADMINISTRATION.fullmatch(line.said):
            draft.put((*at, "unit"), line.said, line)
        officer = re.match(rf"Handläggare:?\s+(?P<name>{PERSON.pattern})(?:,|$)", line.said)
        if officer and not case.is_agreement:
            draft.put((*at, "case_officer"), officer["name"], line)
    _printed(case, lines)
    if not case.is_agreement:
        _month(case)


def _head_lines(outline: Outline) -> list[Paragraph]:
    """What stands before the first usual heading."""
    limit = outline.sections[0].parts if outline.sections[0].heading is None else []
    edges = [each for each in outline.paper.paragraphs if each.kind == "edge"]
    return [*(each for each in limit if len(each.said) < 120), *edges]


def _printed(case: Case, lines: list[Paragraph]) -> None:
    """The date of the paper: `Datum 2023-10-11`, or a date alone on its line, or that of the memo among its basis."""
    found: dict[date, Paragraph] = {}
    for number, line in enumerate(lines):
        before = lines[number - 1].said if number else ""
        alone = re.fullmatch(
            r"(?:Datum:?\s*)?(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}|(?:den )?[0-9]{1,2} \w+ [0-9]{4})", line.said
        )
        if alone and (line.said.startswith("Datum") or before.rstrip(":") == "Datum" or len(lines) < 8):
            found.update({day: line for _start, _end, day in dates(alone["day"])})
    for section in case.outline.under("basis"):
        for part in section.parts:
            if (
                re.match(r"Tjänste(?:skrivelse|utlåtande)\b", part.said)
                and len(dates(part.said)) == 1
                and not case.is_agreement
            ):
                found.setdefault(dates(part.said)[0][2], part)
    if len(found) == 1:
        day, source = next(iter(found.items()))
        case.draft.put(("dated",) if case.is_agreement else ("documents", case.kind, "date"), day, source)
    elif found:
        case.draft.ask(("dated",), "papperet har flera datum", next(iter(found.values())))


def _month(case: Case) -> None:
    """`Nuläge maj 2020`."""
    if case.draft.has("documents", case.kind, "date"):
        return
    for section in case.outline.under("current_state"):
        when = [each.value for each in written.days(section.heading.said)] if section.heading else []
        if section.heading and len(when) == 1 and isinstance(when[0], PartialDate):
            case.draft.put(("documents", case.kind, "date"), when[0], section.heading, "rubrikens månad")


def memo(case: Case) -> None:
    """What only a memo or a report has."""
    if case.is_agreement:
        return
    _basis(case)
    _goals(case)
    _manager(case)
    _recipients(case)
    _signed(case)


def _basis(case: Case) -> None:
    for section in case.outline.under("basis"):
        for part in section.parts:
            text = part.said
            if re.match(r"Tjänste(?:skrivelse|utlåtande)\b", text):
                continue  # the memo itself
            item = case.draft.item("documents", case.kind, "basis")
            appendix = re.match(r"Bilag(?:a|or)(?: [0-9A-Z]+)?[:.,]?\s+", text)
            title = text[appendix.end() :] if appendix else text
            days = dates(title)
            if len(days) == 1 and title.rstrip(" .").endswith(title[days[0][0] : days[0][1]]):
                case.draft.put((*item, "date"), days[0][2], part)
                title = title[: days[0][0]]
            case.draft.put((*item, "title"), title.rstrip(" ,."), part)
            if appendix:
                case.draft.put((*item, "appendix"), True, part)


def _goals(case: Case) -> None:
    for section in case.outline.under("municipal_goals"):
        parts = section.parts
        if not parts or parts[0].kind != "heading":
            continue
        item = case.draft.item("documents", case.kind, "municipal_goals")
        case.draft.put((*item, "name"), parts[0].said, parts[0])
        links = [each for each in parts[1:] if _LINK.match(each.said)]
        told = [each for each in parts[1:] if each not in links]
        if told:
            case.draft.put((*item, "text"), "\n\n".join(each.said for each in told), told[0])
        for each in links[:1]:
            found = _LINK.match(each.said)
            assert found
            target = found["target"]
            case.draft.put((*item, "link", "text"), found["text"], each)
            case.draft.put(
                (*item, "link", "target"), {"unknown": target or "#"} if target in ("", "#") else target, each
            )


def _manager(case: Case) -> None:
    """The names and the titles that a memo ends with, under each other or beside each other."""
    if not case.kind.startswith("tjansteskrivelse"):
        return
    for name, title in _signers(case.outline.flow):
        leads = re.search(r"(?:chef|direktör)$", title.said, re.IGNORECASE) is not None
        value = f"{name.said}, {title.said}" if leads else name.said
        case.draft.put(("documents", case.kind, "manager" if leads else "case_officer"), value, name)
        for section in case.outline.sections:  # they belong to no section's text
            section.parts = [each for each in section.parts if each is not name and each is not title]


def _signers(flow: list[Paragraph]) -> list[tuple[Paragraph, Paragraph]]:
    for number in (2, 1):
        names, titles = flow[-2 * number : -number], flow[-number:]
        beside = number == 1 or len({each.place.line for each in names}) == 1 == len(
            {each.place.line for each in titles}
        )
        named = len(names) == number and all(PERSON.fullmatch(each.said) for each in names)
        if beside and named and all(_WORKING.fullmatch(each.said) for each in titles):
            return list(zip(names, titles, strict=True))
    return []


_WORKING = re.compile(
    r"[\wåäöÅÄÖ-]*(?:chef|direktör|handläggare|sekreterare|strateg|utredare|ledare|samordnare)", re.IGNORECASE
)


def _recipients(case: Case) -> None:
    for section in case.outline.under("recipients"):
        for part in section.parts:
            found = _recipient(case, part.said)
            if isinstance(found, str):
                case.draft.ask(("documents", case.kind, "recipients"), found, part)
                continue
            item = case.draft.item("documents", case.kind, "recipients")
            for key, value in found.items():
                case.draft.put((*item, key), value, part)


def _recipient(case: Case, text: str) -> dict[str, str] | str:
    """Who receives the decision by a line, or what has to be asked."""
    named = _ORGANISED.fullmatch(text)
    if named:
        return {key: named[key] for key in ("name", "role", "organisation")}
    party = next((each for each in case.actors if each.name.casefold() == text.casefold()), None)
    if party or _UNIT.fullmatch(text):
        return {"name": party.name if party else text}
    person = PERSON.match(text)
    rest = text[person.end() :] if person else ""
    actor = next((each for each in case.actors if rest.endswith(each.name)), None)
    if person is None or not (actor or re.match(r"\s*(?:[,(]|$)|\s[a-zåäö]+(?:\s|$)", rest)):
        return "vem är mottagaren?"
    if not rest.strip(" ,"):
        return "är det en mottagare, eller den som skriver under?"
    role = (rest[: -len(actor.name)] if actor else rest).strip(" ,")
    found = {"name": person[0], "organisation": actor.name if actor else "", "role": role}
    return {key: value for key, value in found.items() if value}


_UNIT = re.compile(r"[A-ZÅÄÖ][\wåäö]+(?:enheten|avdelningen|kontoret|förvaltningen|nämnden|revisorerna|registrator)")


def _signed(case: Case) -> None:
    """The förvaltning and the name at the end of a memo."""
    flow = case.outline.flow
    for one, two in pairwise(flow):
        unit = ADMINISTRATION.fullmatch(one.said)
        if unit and PERSON.fullmatch(two.said):
            case.draft.put(("documents", case.kind, "unit"), definite(unit["stem"]), one)
            case.draft.put(("documents", case.kind, "case_officer"), two.said, two)
            for section in case.outline.sections:  # they belong to no section's text
                section.parts = [each for each in section.parts if each is not one and each is not two]
