"""Clauses that are text only, by their kind."""

from __future__ import annotations

import re

from iopctl.intake.case import Case
from iopctl.intake.paper import Paragraph

_KINDS = (
    ("copies", r"likalydande (?:exemplar|original)|upprättats? i \w+ (?:exemplar|original)|var sitt (?:exemplar"
    r"|original)"),
    ("secrecy", r"tystnadslöfte|tystnadsplikt|sekretess"),
    ("personal_data", r"personuppgift|\bGDPR\b|dataskydd"),
    ("rescission", r"\bhäva\b|\bhävas\b|hävning av"),
    ("dispute", r"\btvist(?:er)?\b"),
    ("breach", r"brister i sina åtaganden|inte uppfyller (?:villkoren|sina)|avtalsbrott"),
    ("renegotiation", r"omförhandl"),
    ("other_funding", r"söka (?:medel|bidrag|stöd) från andra|andra finansiärer|annan finansiering"),
    ("identification", r"\blegitimation\b"),
    ("exclusion", r"omfattas inte av|omfattar inte\b"),
    ("change", r"(?:förändring(?:ar|en)|ändringar|tillägg)\b.*\b(?:överenskommelse|avtal|skriftlig|dialog"
        r"|målsättning)|överenskommelsen komma att behöva förändras"),
)  # fmt: skip
_BY_SECTION = {
    "secrecy": "secrecy",
    "personal_data": "personal_data",
    "insurance": "insurance",
    "marketing": "marketing",
}
_SOUGHT_IN = (
    None,
    "other",
    "period",
    "changes",
    "signatures",
    "economy",
    "activities",
    "secrecy",
    "personal_data",
    "insurance",
    "marketing",
    "contributions",
    "organisation",
)


def clauses(case: Case) -> None:
    """The clauses, each with all the paragraphs that follow on each other."""
    gathered: list[tuple[str, list[str], Paragraph]] = []
    for section in case.outline.sections:
        if section.subject not in _SOUGHT_IN or (section.subject is None and section.heading is None):
            continue
        heading = section.heading.said if section.heading and section.subject == "changes" else ""
        parts = [each for each in section.parts if each.kind != "heading"]
        kinds = [_kind(section.subject, each) for each in parts]
        if re.search("omförhandl", heading, re.IGNORECASE) and not {"renegotiation"} & set(kinds):
            first = next((n for n, kind in enumerate(kinds) if kind in (None, "change")), None)
            kinds = ["renegotiation" if number == first else kind for number, kind in enumerate(kinds)]
        for part, kind in zip(parts, kinds, strict=True):
            texts = _texts(part, kind, section.subject)
            if kind is None or not texts:
                continue
            last = gathered[-1] if gathered else None
            near = last is not None and part.place.paragraph == last[2].place.paragraph + len(last[1])
            if last is not None and near and last[0] == kind:
                last[1].append(texts)
            else:
                gathered.append((kind, [texts], part))
    for kind, texts_, part in gathered:
        item = case.draft.item("clauses")
        source = next((each for each in case.outline.said if each.paragraph is part and each.text in texts_[0]), part)
        case.draft.put((*item, "kind"), kind, source)
        case.draft.put((*item, "text"), "\n\n".join(texts_), source)


def _kind(subject: str | None, part: Paragraph) -> str | None:
    text = part.said
    if subject in _BY_SECTION:
        return _BY_SECTION[subject]
    if subject == "signatures" and not re.search(r"likalydande|original|exemplar", text):
        return None
    if subject in ("economy", "activities", "contributions", "organisation"):
        wanted = ("other_funding", "identification", "secrecy", "exclusion")
        return next((kind for kind, words in _KINDS if kind in wanted and re.search(words, text, re.IGNORECASE)), None)
    return next((kind for kind, words in _KINDS if re.search(words, text, re.IGNORECASE)), None)


def _texts(part: Paragraph, kind: str | None, subject: str | None) -> str:
    """The whole paragraph; of one about something else too, the sentence."""
    if subject not in ("economy", "activities", "contributions", "organisation"):
        return part.said
    from iopctl.intake.outline import sentences

    words = dict(_KINDS).get(kind or "", "")
    return " ".join(each for each in sentences(part.said) if words and re.search(words, each, re.IGNORECASE))
