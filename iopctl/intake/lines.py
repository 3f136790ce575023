"""Lines of text → paragraphs: hard-wrapped lines and broken words joined; headings, items and footnotes told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from iopctl.intake.names import is_known
from iopctl.intake.paper import Kind, Paragraph, Place

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUPERSCRIPT = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_ITEM = re.compile(
    r"\s*(?P<mark>[•·▪◦‣●–—*\uf0b7-]|(?P<number>\(?[0-9]{1,2}(?:[.)]|(?:\.[0-9]{1,2})+[.)]?)|[a-z]\)))\s+(?=\S)"
)
_UNDERLINE = re.compile(r"[\s_.…]*[_.…]{6,}[\s_.…]*")
_COORDINATED = re.compile(r"(?:och|eller|samt|respektive)\b")
_OPEN_END = re.compile(r"\b(?:mellan|och|om|för|med|av|till|samt)$|[,§]$")
_UNENDED = re.compile(
    r"\b(?:ska|skall|kan|får|har|är|att|och|samt|eller|som|för|med|av|till|om|mellan|enligt|nedan|följande|dels)$",
    re.IGNORECASE,
)
"""How no heading ends: a sentence that a list goes on with."""
_END = re.compile(r"[.:!?;][\"”’)]*$")
_EDGE = re.compile(
    r"(?:sid(?:a|an)?\.? ?)?[0-9]{1,3}(?: ?(?:\([0-9]{1,3}\)|/ ?[0-9]{1,3}|av [0-9]{1,3}))?", re.IGNORECASE
)
_PAGE = re.compile(
    r"(?:.{1,90}?\s)?sid(?:a|an)\.? ?[0-9]{1,3} ?(?:\([0-9]{1,3}\)|/ ?[0-9]{1,3}|av [0-9]{1,3})", re.IGNORECASE
)
"""A line with the number of the page, in a file that does not tell its pages apart."""

WIDEST = 140
"""Characters of a line that was wrapped by hand or on a page; a longer one is a whole paragraph."""

NARROW = 60
"""Characters of a line in a column of a page."""

LONGEST_HEADING = 80


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands in the file."""

    text: str
    page: int | None = None
    number: int | None = None
    apart: bool = False
    """Whether there is empty room above it."""
    bold: bool = False
    beside: bool = False
    """Whether it stood beside another on the same line, as two signatures do."""


def paragraphs(lines: Iterable[Line]) -> list[Paragraph]:
    """The paragraphs that the lines make."""
    listed = list(lines)
    repeated = _repeated(listed)
    edges = [line for number, line in enumerate(listed) if number in repeated]
    written = [
        each
        for number, line in enumerate(listed)
        if number not in repeated
        for each in _columns(line)
        if each.text.strip()
    ]
    groups: list[list[Line]] = []
    for line, goes_on in continued(written):
        if goes_on:
            groups[-1].append(line)
        else:
            groups.append([line])
    raw = [_paragraph(number, group) for number, group in enumerate(groups, 1)]
    raw += [
        Paragraph("edge", " ".join(line.text.split()), Place(number, line.page, line.number))
        for number, line in enumerate(edges, len(raw) + 1)
    ]
    return list(headed(with_notes(raw)))


def continued(lines: Sequence[Line], width: int | None = None) -> Iterator[tuple[Line, bool]]:
    """Each line, and whether it continues the paragraph of the one before it."""
    width = width_of(lines) if width is None else width
    group: list[Line] = []
    for line in lines:
        goes_on = bool(group) and _goes_on(group, line, width)
        group = [*group, line] if goes_on else [line]
        yield line, goes_on


def _repeated(lines: Sequence[Line]) -> set[int]:
    """The lines at the top or the bottom of pages: those with the page's number, and the same ones beside them."""
    numbered = {number for number, line in enumerate(lines) if _PAGE.fullmatch(" ".join(line.text.split()))}
    found = set(numbered) if len(numbered) > 1 else set()
    near: dict[str, list[int]] = {}
    for number in found:
        for other in (number - 1, number + 1):
            if 0 <= other < len(lines) and other not in found:
                near.setdefault(lines[other].text.strip(), []).append(other)
    return found | {each for same in near.values() if len(same) > 1 for each in same}


def _columns(line: Line) -> list[Line]:
    """A line with words beside each other, such as two signatures, as two lines."""
    parts = re.split(r"\s{2,}|\t+", line.text.strip())
    wide = re.split(r"\s{4,}|\t+", line.text.strip())
    beside = len(wide) > 1 and all(part[0].isalpha() and len(part) <= 60 and len(part.split()) <= 8 for part in wide)
    if beside or (len(parts) > 1 and all(re.match(r"För\s+\S", part) for part in parts)):
        parts = wide if beside else parts
        return [
            replace(line, text=part, apart=line.apart or number > 0, beside=True) for number, part in enumerate(parts)
        ]
    return [line]


def width_of(lines: Sequence[Line]) -> int:
    """How wide the text was wrapped: nearly all lines are at most so long."""
    lengths = sorted(len(line.text.strip()) for line in lines)
    return lengths[len(lengths) * 95 // 100] if lengths else 0


def _goes_on(group: Sequence[Line], line: Line, width: int) -> bool:
    """Whether a line continues the paragraph before it."""
    before, after = group[-1].text.strip(), line.text.strip()
    whole = " ".join(each.text for each in group)
    if (
        line.beside
        or group[-1].beside
        or _UNDERLINE.fullmatch(before)
        or _UNDERLINE.fullmatch(after)
        or _SUPERSCRIPT.match(after)
    ):
        return False
    if whole.count("**") % 2:
        return True
    if re.search(r"[0-9]-?$", before) and re.match(r"[–—-]\s*[0-9]", after) and not line.apart:
        return True
    if _ITEM.match(line.text) and not _ends_in_number(before, after) and not _is_counted_on(before, line):
        return False
    if is_known(whole.strip()) and not after[0].islower():
        return False
    wrapped = _is_wrapped(before, after, width, on_page=line.page is not None)
    broken = re.search(r"\w[-\u00ad]$", before) is not None
    broken = broken and (after[0].isdigit() or not before[-2].isdigit())
    small = after[0].islower()
    if line.apart:
        unclosed = whole.count("(") > whole.count(")")
        return small and (unclosed or broken or (wrapped and not _END.search(before)))
    if group[-1].bold != line.bold:
        return False
    if line.bold and line.page and not is_known(before) and not _END.search(before):
        return True  # on a page the room above it would show that it is another
    return broken or small or wrapped or _OPEN_END.search(before) is not None


def _is_wrapped(before: str, after: str, width: int, *, on_page: bool) -> bool:
    """Whether a line is so long that the next word had no room; in a column even a short line may be."""
    if on_page and width <= NARROW:
        return len(before) + 1 + len(after.split(maxsplit=1)[0]) > width * 0.95
    return width <= WIDEST and len(before) >= width * 0.75


def _ends_in_number(before: str, after: str) -> bool:
    """`Senast 2019-12-` + `31 ska`: a number that begins a line need not be that of an item."""
    return re.search(r"[0-9]-$", before) is not None and after[0].isdigit()


def _is_counted_on(before: str, line: Line) -> bool:
    """`den 15 juni 2022, §` + `58. Enligt`: the number of no item, in the middle of a sentence."""
    return not line.apart and re.search(r"§$|\b(?:den|kap\.?|nr|punkt|stycke)$", before) is not None


def _paragraph(number: int, group: Sequence[Line]) -> Paragraph:
    text = ""
    for line in group:
        text = joined(text, line.text.strip())
    bold = all(line.bold for line in group)
    stripped = text.strip()
    if stripped.startswith("**") and stripped.endswith("**") and stripped.count("**") == 2:
        bold, text = True, stripped[2:-2]
    text = " ".join(text.replace("**", "").split())
    place = Place(number, group[0].page, group[0].number)
    kind: Kind = "edge" if place.page and _EDGE.fullmatch(text) else "paragraph"
    return itemised(Paragraph(kind, text, place, bold=bold))


def itemised(each: Paragraph) -> Paragraph:
    """A paragraph that begins with a hyphen, a dot or a number as an item; a short numbered line may be a heading."""
    found = _ITEM.match(each.text)
    if not found or each.kind != "paragraph" or each.bold or (found["number"] and _short(each.text[found.end() :])):
        return each
    return replace(each, kind="item", text=each.text[found.end() :])


def _short(text: str) -> bool:
    return len(text) <= 60 and not text.rstrip().endswith((".", ";", ","))


def joined(before: str, after: str) -> str:
    """Two lines as one, with a word or a date that was broken between them whole again."""
    if not before or not after:
        return before or after
    if re.search(r"\w\u00ad$", before):
        return before[:-1] + after
    if not re.search(r"\w-$", before) or _COORDINATED.match(after):
        return f"{before} {after}"
    part = re.split(r"[\s/(]", before[:-1])[-1]
    breaks = after[0].islower() and part.isalpha() and len(part) > 1 and not part.isupper()
    return (before[:-1] if breaks else before) + after


def with_notes(found: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Footnotes at the ends of pages, and their numbers in the text; a number without a note stays as it is."""
    marks = {id(each): _SUPERSCRIPT.match(each.text) for each in found}
    known = {mark[0].translate(_SUPERSCRIPTS) for mark in marks.values() if mark}

    def reference(mark: re.Match[str]) -> str:
        plain = mark[0].translate(_SUPERSCRIPTS)
        return f"[^{plain}]" if plain in known else mark[0]

    for each in found:
        mark = marks[id(each)]
        if mark:
            text = _SUPERSCRIPT.sub(reference, each.text[mark.end() :].strip())
            yield replace(each, kind="note", text=text, note=mark[0].translate(_SUPERSCRIPTS))
        else:
            yield replace(each, text=_SUPERSCRIPT.sub(reference, each.text))


def headed(found: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs, with those that are headings by their look as headings."""
    listed = list(found)
    flow = [each for each in listed if each.kind not in ("note", "edge")]
    following = {id(each): after for each, after in zip_longest(flow, flow[1:])}
    for each in listed:
        if each.kind == "paragraph" and _PAGE.fullmatch(each.said) and len(each.said) < 30:
            yield replace(each, kind="edge")
            continue
        looks = each.kind == "paragraph" and _looks_like_heading(each, following.get(id(each)))
        yield replace(each, kind="heading") if looks else each


def _looks_like_heading(each: Paragraph, after: Paragraph | None) -> bool:
    text = each.said
    if not text or after is None or len(text) > 2 * LONGEST_HEADING:
        return False
    if is_known(text) or (each.bold and not text.endswith(",")):
        return True
    if _UNENDED.search(text):
        return False
    first = re.sub(r"^[0-9]{1,2}(?:\.[0-9]{1,2})*\.? ", "", text)[:1]
    plain = len(text) <= LONGEST_HEADING and first.isupper() and not _END.search(text) and not text.endswith(",")
    wordy = re.search(r"[^\W\d_]{3}", text) is not None and not re.search(r"[0-9]{4}|: |_{3}| [-–] |^För ", text)
    return plain and wordy and after.kind in ("paragraph", "item", "row")
