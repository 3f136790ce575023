"""What has changed in agreements, as Markdown for a pull request: first in short, then each agreement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from iopctl.comparison.difference import Way
from iopctl.comparison.groups import Group, grouped
from iopctl.comparison.words import Fate, Words
from iopctl.finding import say
from iopctl.locale.language import Language
from iopctl.render.change_effect import Rows, kronor_in_short
from iopctl.render.change_words import GROUP_WORDS, Meaning, Told, extent, passages
from iopctl.render.changes import Item, Report, about, closing, compared, effect, heading, terms
from iopctl.render.forge import escaped

LONG = 12
"""More lines than this are folded."""
FOLDED = (Group.TEXTS, Group.DOCUMENTS)
"""What is mostly long, and seldom what is looked for."""


def as_markdown(report: Report, language: Language, meaning: Meaning) -> str:
    """The whole comment. All words are data: none of them is markup, a link or somebody to notify."""
    title = language.say(say("IOP: what has changed"))
    blocks = [f"# {escaped(title)}", escaped(compared(report, language))]
    blocks.append("\n".join(f"- {escaped(line)}" for line in closing(report, language)))
    if report.items:
        blocks.append(_overview(report.items, language))
    for item in report.items:
        blocks += _item(item, language, meaning)
    return "\n\n".join(blocks) + "\n"


def _overview(items: Sequence[Item], language: Language) -> str:
    """A line for each agreement: what has changed, and the kronor."""
    columns = (say("Agreement"), say("What has changed"), say("Kronor per year"), say("Deadlines"))
    rows = []
    for item in items:
        comparison = item.comparison
        standing = next(about(item, language)).rpartition(": ")[2]
        groups = ", ".join(language.say(GROUP_WORDS[each]).lower() for each in _groups(item))
        money = kronor_in_short(comparison.years, language)
        rows.append((item.id, groups or standing, money or "–", str(len(comparison.deadlines) or "–")))
    return _table([language.say(each) for each in columns], rows, ())


def _groups(item: Item) -> list[Group]:
    """Where it has changed; a new agreement is new everywhere."""
    comparison = item.comparison
    return list(grouped(comparison.changes)) if comparison.old is not None and comparison.new is not None else []


def _item(item: Item, language: Language, meaning: Meaning) -> Iterator[str]:
    yield f"## {escaped(heading(item))}"
    yield "\n".join(f"- {escaped(line)}" for line in about(item, language))
    folded = {language.say(GROUP_WORDS[each]) for each in FOLDED}
    for name, told in terms(item.comparison, language, meaning):
        lines = [line for each in told for line in _told(each, language)]
        yield _section(name, "\n".join(lines), folded=name in folded or len(lines) > LONG)
    for rows in effect(item, language):
        numbers = [number for number, (_name, side) in enumerate(rows.columns) if side == "right"]
        text = _table([name for name, _side in rows.columns], rows.rows, numbers)
        yield _section(rows.heading, text, folded=_is_long(rows))


def _is_long(rows: Rows) -> bool:
    return len(rows.rows) > LONG


def _section(name: str, text: str, *, folded: bool) -> str:
    if not folded:
        return f"### {escaped(name)}\n\n{text}"
    return f"<details>\n<summary>{escaped(name)}</summary>\n\n{text}\n\n</details>"


def _told(told: Told, language: Language) -> Iterator[str]:
    if told.words:
        yield f"- {escaped(told.what)}: {escaped(language.say(extent(told.words)))}"
        if any(each.fate is not Fate.KEPT for each in told.words):
            yield f"  - {_passages(told.words)}"
        return
    old = f"~~{escaped(told.old)}~~" if told.old else ""
    new = f"**{escaped(told.new)}**" if told.new else ""
    values = " → ".join(each for each in (old, new) if each)
    sign = language.say(_SIGNS[told.way]) if told.way in _SIGNS else None
    what = escaped(f"{told.what} ({sign})" if sign else told.what)
    yield f"- {what}: {values}" if values else f"- {what}"


_SIGNS = {Way.ADDED: say("added"), Way.REMOVED: say("taken away")}


def _passages(words: Sequence[Words]) -> str:
    marks = {Fate.KEPT: "{}", Fate.GONE: "~~{}~~", Fate.NEW: "**{}**"}
    return " ".join(marks[each.fate].format(escaped(" ".join(each.words))) for each in passages(words))


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> str:
    sides = ["---:" if number in numbers else "---" for number in range(len(columns))]
    lines = [list(map(escaped, columns)), sides, *(list(map(_cell, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    return "<br>".join(map(escaped, text.split("\n")))
