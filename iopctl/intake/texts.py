"""Sections → the texts of the file, under the name of their subject."""

from __future__ import annotations

import re

from iopctl.finding import Route
from iopctl.intake.case import Case
from iopctl.intake.outline import Said, Section
from iopctl.intake.paper import REFERENCE, STRUCK, Paragraph
from iopctl.intake.signatures import _dated

_OF_DOCUMENT = (
    "background", "matter", "assessment", "economy", "equality", "union", "current_state", "summary", "child",
    "preparation", "presentation", "planning", "results", "cooperation", "proposal",
)  # fmt: skip
"""What a memo or a report says for itself, and not for the agreement."""
_TEXTS = (
    *_OF_DOCUMENT, "form", "starting_points", "values", "challenge", "goals", "activities", "resources",
    "responsibilities", "follow_up",
)  # fmt: skip
_GOAL = re.compile(
    r"^(?:Den gemensamma målbilden är|Det gemensamma målet är|Målet (?:med \w+ )?är|Målsättningen är)"
    r"|\bhar som mål att\b",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"^(?:Överenskommelsen|Partnerskapet|Avtalet) syftar till\b|^Syftet med (?:denna |detta "
    r"|överenskommelsen|partnerskapet)"
)


def texts(case: Case) -> None:
    """Purpose, target group, and the sections of running text."""
    put = case.draft.put
    for section in case.outline.sections:
        subject = section.subject
        if subject in ("purpose", "target_group"):
            _write(case, (subject,), section.parts)
        elif subject in _TEXTS:
            assert subject is not None
            _write(case, _route(case, subject), _kept(case, section))
    for section in case.outline.under("about", "parties"):
        _about(case, section)
    for section in case.outline.under("parties") if case.is_agreement else ():
        _between(case, section)
    _single_sentences(case)
    for number, note in case.outline.notes.items():
        put(("footnotes", number), note.said, note)
    if case.is_agreement and not case.draft.has("texts", "follow_up"):
        _follow_up(case)


def _route(case: Case, subject: str) -> Route:
    if case.is_agreement or subject not in _OF_DOCUMENT:
        return ("texts", subject)
    return ("documents", case.kind, "texts", subject)


def _kept(case: Case, section: Section) -> list[Paragraph]:
    """What is not written elsewhere in the file as a value: amounts and clauses of an agreement's economy, values."""
    if section.subject == "values":
        return [each for each in section.parts if each.kind != "item"]
    if section.subject == "economy":
        used = _used(case)
        return [each for each in section.parts if id(each) not in used]
    return section.parts


def _used(case: Case) -> set[int]:
    """The paragraphs whose words are all in values already."""
    values = " ".join(" ".join(str(fact.value).split()) for fact in case.draft.facts.values())
    found = set()
    for each in case.outline.flow:
        said = [said.text for said in case.outline.said if said.paragraph is each]
        if said and all(text in values for text in said):
            found.add(id(each))
    return found


def markdown(parts: list[Paragraph]) -> str:
    """Paragraphs as Markdown, with items as lists and headings of their own at level 3."""
    found = ""
    for number, each in enumerate(parts):
        text = " ".join(STRUCK.sub(" ", each.text).split())
        if not text:
            continue
        after_item = each.kind == "item" and number and parts[number - 1].kind == "item"
        found += ("\n" if after_item else "\n\n") if found else ""
        found += {"item": f"- {text}", "heading": f"### {text}"}.get(each.kind, text)
    return found


def _write(case: Case, route: Route, parts: list[Paragraph]) -> None:
    known = set(case.outline.notes)
    text = REFERENCE.sub(lambda found: found[0] if found[1] in known else "", markdown(parts))
    if not text:
        return
    if case.draft.has(*route):
        case.draft.ask(route, "ännu ett avsnitt om samma sak", parts[0])
        return
    case.draft.put(route, text, parts[0])


def _between(case: Case, section: Section) -> None:
    """The agreement's own words for who its parties are: `Denna IOP är upprättad mellan: …`"""
    about = {case.draft.value("parties", each.id, "about") for each in case.actors}
    kept = [each for each in section.parts if each.said not in about]
    if kept and re.search(r"\bmellan\b|:$", kept[0].said):
        _write(case, ("texts", "parties"), kept)


def _about(case: Case, section: Section) -> None:
    """A paragraph that presents one of the parties."""
    for part in section.parts:
        text = part.said
        found = {each.actor.id for each in case.mentions(text)}
        first = case.mentions(text)[:1]
        own = [first[0].actor.id] if first and first[0].start == 0 else list(found)
        prose = text.endswith(".") and re.search(r"\b(?:är|ansvarar|arbetar|bedriver|erbjuder|driver)\b", text)
        if prose and (len(found) == 1 or (own and section.subject == "parties")) and " mellan" not in text[:60]:
            case.draft.put(("parties", own[0], "about"), text, part)


def _single_sentences(case: Case) -> None:
    """Purpose and goals that stand inside other sections."""
    goals: list[Said] = []
    for each in case.outline.said:
        if _PURPOSE.match(each.text) and "uppföljning" not in each.text and not case.draft.has("purpose"):
            case.draft.put(("purpose",), each.text, each)
        if _GOAL.search(each.text) and each.section in ("background", "challenge") and not goals:
            goals.append(each)
    if goals and not list(case.outline.under("goals")):
        source = goals[0]
        whole = source.paragraph.said if source.paragraph.said.startswith(source.text) else source.text
        split = source.section == "challenge"
        case.draft.put(("texts", "goals"), whole if split else source.text, source)
        if split:
            section = next(each for each in case.outline.under("challenge"))
            rest = [each for each in section.parts if each is not source.paragraph]
            if rest and case.draft.has("texts", "challenge"):
                case.draft.facts.pop(("texts", "challenge"))
                _write(case, ("texts", "challenge"), rest)


def _follow_up(case: Case) -> None:
    """The agreed words of duties that stand under another heading, for the text about the follow-up."""
    words = {case.draft.value(*item, "text") for item in case.draft.items("duties")}
    found = []
    for each in case.outline.said:
        if each.text in words and each.section == "period" and _dated(each.text) is None:
            found.append(each)
    if found:
        inside = [said for said in case.outline.said if said.paragraph in [each.paragraph for each in found]]
        first = next(iter(inside))
        period = case.draft.value("period", "wording")
        case.draft.put(("texts", "follow_up"), " ".join(each.text for each in inside if each.text != period), first)
