"""`{{ dnr }}` in the frame's text, headers and footers."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from re import Match

from docx.oxml.ns import qn

from iopctl.documents.draft import LABELS
from iopctl.documents.word.controls import Controls
from iopctl.documents.word.fields import TAGS, TITLE, Field
from iopctl.documents.word.frame import MARKER, PLACEHOLDER, folded, texts_of, words_of
from iopctl.documents.word.package import Element, w
from iopctl.finding import say
from iopctl.word_file import WordFileError

KNOWN = (*TAGS.values(), TITLE, MARKER)
_ALSO = {folded(label) for label in LABELS.values()}
"""What the lines of the head are called: names of values that this kind of document may be without."""


def replace(root: Element, fields: Sequence[Field], controls: Controls) -> set[str]:
    """Puts values in the places of a part that ask for them; the tags of those that were found.

    What a value says is never taken for a place: those of a paragraph are found before the first is filled. Raises
    WordFileError for a name that no draft has.
    """
    found = set()
    for paragraph in list(root.iter(qn("w:p"))):
        for match in reversed(list(PLACEHOLDER.finditer(words_of(paragraph)))):
            field = next((each for each in fields if each.goes_by(match[1])), None)
            if field is not None:
                found.add(field.tag)
            elif folded(match[1]) not in {*KNOWN, *_ALSO}:
                known = ", ".join(KNOWN)
                raise WordFileError(say("the file asks for {name}; there are {known}", name=match[0], known=known))
            _put(paragraph, match, field, controls)
    return found


def _put(paragraph: Element, match: Match[str], field: Field | None, controls: Controls) -> None:
    """Takes the words of the match out of the paragraph, and puts the value there; nothing when the draft has none."""
    _part(paragraph)
    texts, at = [], 0
    for each in texts_of(paragraph):
        begin, at = at, at + len(each.text or "")
        if begin < match.end() and at > match.start():
            texts.append((each, begin))
    (first, begin), run = texts[0], texts[0][0].getparent()
    rest = copy.deepcopy(run)
    run.addnext(rest)
    texts[0] = (rest.find(qn("w:t")), begin)
    if field is not None:
        inside = any(each is not paragraph and each.tag == qn("w:sdt") for each in run.iterancestors())
        runs = field.runs(run.find(qn("w:rPr")))
        for each in reversed(runs if inside else [controls.around(field, runs)]):
            run.addnext(each)
    first.text = first.text[: match.start() - begin]
    for each, begin in texts:
        each.text = each.text[max(match.end() - begin, 0) :]
    for each in (first, *(each for each, _begin in texts)):
        each.set(qn("xml:space"), "preserve")
        if not each.text:
            each.getparent().getparent().remove(each.getparent())


def _part(paragraph: Element) -> None:
    """Gives each piece of text in the paragraph a run of its own."""
    for run in dict.fromkeys(each.getparent() for each in texts_of(paragraph)):
        look, content = run.findall(qn("w:rPr")), [each for each in run if each.tag != qn("w:rPr")]
        for each in reversed(content[1:]):
            run.addnext(w("r", *copy.deepcopy(look), each))
