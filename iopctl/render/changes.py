"""What has changed in agreements, as a screen: grouped as a reader thinks, with the effect."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from iopctl.comparison.compared import Comparison, Standing
from iopctl.comparison.difference import Way
from iopctl.comparison.words import Fate, Words
from iopctl.finding import Message, Placed, say
from iopctl.locale.language import Language
from iopctl.render import change_effect
from iopctl.render.change_effect import Rows
from iopctl.render.change_words import GROUP_WORDS, Meaning, Told, Wording, extent, passages
from iopctl.render.findings import Paint, no_paint
from iopctl.render.plain import one_line, quoted
from iopctl.render.register import shown
from iopctl.render.table import NARROWEST, table, wrapped


class Item(NamedTuple):
    """An agreement that differs."""

    id: str
    was: str | None
    """Its id before, when that was another."""
    file: str
    comparison: Comparison
    untracked: bool = False
    """Whether git does not follow its file."""
    stopping: Sequence[Placed] = ()
    """What keeps it from being reckoned with."""


class Report(NamedTuple):
    """All that differs between two sides."""

    old: str
    """What the sides are called."""
    new: str
    as_of: date
    items: Sequence[Item]
    notes: Sequence[Message] = ()
    """What else has to be known: other tables, other settings, what forecasts rest on."""
    left_out: Sequence[str] = ()
    """The files that could not be read."""


STANDINGS = {
    Standing.NEW: say("new"),
    Standing.REMOVED: say("removed"),
    Standing.CHANGED: say("changed"),
    Standing.LAYOUT: say("only comments, layout or order; nothing in the content"),
    Standing.SAME: say("the file is the same; what it is reckoned with is not"),
}
NOT_RECKONED = say("kronor and deadlines are not compared: mend the errors first (iopctl check)")
NOTHING = say("nothing differs")


def as_text(report: Report, language: Language, meaning: Meaning, width: int, paint: Paint = no_paint) -> str:
    """The screen of a terminal."""
    width = max(width, NARROWEST)
    blocks = ["".join(f"{line}\n" for line in wrapped(compared(report, language), width))]
    blocks += ["\n".join(_item(each, language, meaning, width, paint)) + "\n" for each in report.items]
    blocks.append("".join(f"{line}\n" for text in closing(report, language) for line in wrapped(text, width)))
    return "\n".join(blocks)


def compared(report: Report, language: Language) -> str:
    """What is compared with what."""
    return one_line(language.say(say("From {old} to {new}", old=report.old, new=report.new)))


def closing(report: Report, language: Language) -> Iterator[str]:
    """How many agreements differ, and what holds for all of it."""
    yield counts(report, language)
    yield from (language.say(each) for each in report.notes)
    if report.left_out:
        files = ", ".join(map(one_line, report.left_out))
        yield language.say(say("left out because of an error: {files}", files=files))
    yield language.say(say("reckoned as of {day}", day=report.as_of))


def counts(report: Report, language: Language) -> str:
    """How many agreements differ, and how."""
    if not report.items:
        return language.say(NOTHING)
    found = dict.fromkeys(Standing, 0)
    for item in report.items:
        found[item.comparison.standing] += 1
    words = {
        Standing.NEW: say("new: {count}", count=found[Standing.NEW]),
        Standing.REMOVED: say("removed: {count}", count=found[Standing.REMOVED]),
        Standing.CHANGED: say("changed: {count}", count=found[Standing.CHANGED]),
        Standing.LAYOUT: say("only comments, layout or order: {count}", count=found[Standing.LAYOUT]),
        Standing.SAME: say("reckoned otherwise: {count}", count=found[Standing.SAME]),
    }
    listed = "; ".join(language.say(words[each]) for each, count in found.items() if count)
    return language.say(say("agreements: {counts}", counts=listed))


def heading(item: Item) -> str:
    """The agreement, in a line."""
    return f"{one_line(item.id)} · {shown(quoted(item.comparison.agreement.title))}"


def about(item: Item, language: Language) -> Iterator[str]:
    """How it differs as a whole, in a line each."""
    yield f"{one_line(item.file)}: {language.say(STANDINGS[item.comparison.standing])}"
    if item.was is not None:
        yield language.say(say("called {id} before", id=item.was))
    if item.untracked:
        yield language.say(say("git does not follow the file yet: git add {file}", file=item.file))
    if not item.comparison.reckoned:
        yield language.say(NOT_RECKONED)
        yield from (_error(each, language) for each in item.stopping)


def _error(placed: Placed, language: Language) -> str:
    """An error, in a line."""
    line = f":{placed.excerpts[0].span.line}" if placed.excerpts else ""
    finding = placed.finding
    return f"{one_line(placed.file)}{line}: {finding.rule.code}: {shown(language.say(finding.message))}"


def effect(item: Item, language: Language) -> list[Rows]:
    """The tables of kronor and deadlines."""
    comparison = item.comparison
    return [
        *change_effect.years(comparison.years, language),
        *change_effect.deadlines(comparison.deadlines, language),
    ]


def terms(comparison: Comparison, language: Language, meaning: Meaning) -> list[tuple[str, list[Told]]]:
    """The changes in words under their headings; of an agreement that is gone its terms are not repeated."""
    if comparison.standing is Standing.REMOVED:
        return []
    wording = Wording(language, meaning, comparison.old, comparison.new)
    return [(language.say(GROUP_WORDS[group]), told) for group, told in wording.groups(comparison).items()]


def _item(item: Item, language: Language, meaning: Meaning, width: int, paint: Paint) -> Iterator[str]:
    for line in wrapped(heading(item), width):
        yield paint("bold", line.rstrip())
    for text in about(item, language):
        yield from _filled(text, width, 2)
    for name, told in terms(item.comparison, language, meaning):
        yield paint("bold", name)
        for each in told:
            yield from _told(each, language, width, paint)
    for rows in effect(item, language):
        yield paint("bold", rows.heading)
        yield from (f"  {line}" for line in table(rows.columns, rows.rows, width - 2, paint).splitlines())


SIGNS = {Way.ADDED: "+", Way.REMOVED: "-", Way.CHANGED: " ", Way.REORDERED: " "}
_COLOURS = {Way.ADDED: "green", Way.REMOVED: "red"}


def _told(told: Told, language: Language, width: int, paint: Paint) -> Iterator[str]:
    colour = _COLOURS.get(told.way)
    lines = wrapped(sentence(told, language), width - 8)
    for number, line in enumerate(lines):
        text = f"{'      ' if number else f'  {SIGNS[told.way]} '}{line}".rstrip()
        yield paint(colour, text) if colour else text
    if told.words and (shown_words := _passages(told.words)):
        yield from _filled(shown_words, width, 6)


def sentence(told: Told, language: Language) -> str:
    """One change in a line."""
    if told.words:
        return f"{told.what}: {language.say(extent(told.words))}"
    values = [each for each in (told.old, told.new) if each]
    return f"{told.what}: {' → '.join(values)}" if values else told.what


def _passages(words: Sequence[Words]) -> str:
    """The words that differ, as git marks them."""
    if all(each.fate is Fate.KEPT for each in words):
        return ""
    marks = {Fate.KEPT: "{}", Fate.GONE: "[-{}-]", Fate.NEW: "{{+{}+}}"}
    return " ".join(marks[each.fate].format(" ".join(each.words)) for each in passages(words))


def _filled(text: str, width: int, indent: int) -> Iterator[str]:
    for line in wrapped(text, width - indent):
        yield f"{' ' * indent}{line}".rstrip()
