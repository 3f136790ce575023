"""Pages of the manual: for a terminal, as JSON, and as one Markdown document."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from iopctl.finding import Rule, say
from iopctl.locale.language import Language
from iopctl.model.manual import Bilingual, ManualPage, Reference
from iopctl.render import records
from iopctl.render.findings import SEVERITIES, Paint, no_paint
from iopctl.render.table import Justify, table

NARROWEST = 30
"""On a narrower terminal the lines break where they may."""


class Entry(NamedTuple):
    """A rule and its page."""

    rule: Rule
    page: ManualPage


class _Example(NamedTuple):
    """A piece of a file, with its heading."""

    heading: str
    text: str


def as_text(entries: Sequence[Entry], language: Language, width: int, paint: Paint = no_paint) -> str:
    """The pages one after another, each wrapped; an example keeps its lines."""
    return "\n".join(_page(each, language, max(width, NARROWEST), paint) for each in entries)


def contents(entries: Sequence[Entry], language: Language, width: int, paint: Paint = no_paint) -> str:
    """A line for each rule."""
    headings: tuple[tuple[str, Justify], ...] = tuple((heading, "left") for heading in _columns(language))
    return table(headings, [_row(each, language) for each in entries], width, paint)


def as_json(entries: Sequence[Entry], language: Language) -> str:
    """One object with every field of the pages, in this language; codes, names and severities are the same in all."""
    return records.as_json("rules", [_record(each, language) for each in entries])


def as_markdown(entries: Sequence[Entry], language: Language) -> str:
    """One document: a list of the rules, then a chapter for each."""
    title = language.word("The rules of iopctl check")
    lines = [f"# {title}", "", *_list(entries, language)]
    for each in entries:
        lines += _chapter(each, language)
    return "\n".join(lines) + "\n"


# -- one page ----------------------------------------------------------------------------------------------------------


def _page(entry: Entry, language: Language, width: int, paint: Paint) -> str:
    rule, page = entry
    title = textwrap.wrap(_in(page.title, language), width)
    lines = [f"{paint('bold', rule.code)} {rule.name} ({_severity(rule, language)})"]
    lines += [paint("bold", line) for line in title]
    for heading, text in _paragraphs(page, language):
        lines += ["", paint("bold", heading), *_wrapped(text, width)]
    for heading, text in _examples(page, language):
        lines += ["", paint("bold", heading), *textwrap.indent(text, "  ").rstrip().split("\n")]
    if page.sources:
        lines += ["", paint("bold", language.word("Source"))]
        for source in page.sources:
            lines += _wrapped(source.title, width)
            lines += [f"  {source.address}"] if source.address else []
    return "\n".join(lines) + "\n"


def _paragraphs(page: ManualPage, language: Language) -> Iterator[tuple[str, str]]:
    yield language.word("What"), _in(page.what, language)
    yield language.word("Why"), _in(page.why, language)


def _examples(page: ManualPage, language: Language) -> Iterator[_Example]:
    """What is asked for first, then what is wrong and what is right."""
    if page.settings is not None:
        yield _Example(language.say(say("When {file} says", file="iopctl.yaml")), page.settings)
    if page.beside is not None:
        yield _Example(language.say(say("In another agreement, {file}", file="earlier.yaml")), page.beside)
    yield _Example(language.word("Wrong"), page.wrong)
    yield _Example(language.word("Right"), page.right)


def _wrapped(text: str, width: int) -> list[str]:
    """Indented lines; an address or a number is not broken at its hyphens."""
    return textwrap.wrap(
        text, width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False, break_long_words=False
    )


def _in(text: Bilingual, language: Language) -> str:
    return text.sv if language.code == "sv" else text.en


def _severity(rule: Rule, language: Language) -> str:
    return language.say(SEVERITIES[rule.severity])


# -- lists and records -------------------------------------------------------------------------------------------------


def _columns(language: Language) -> tuple[str, str, str]:
    return language.word("Code"), language.word("Severity"), language.word("What is wrong")


def _row(entry: Entry, language: Language) -> tuple[str, str, str]:
    return entry.rule.code, _severity(entry.rule, language), _in(entry.page.title, language)


def _record(entry: Entry, language: Language) -> dict[str, Any]:
    rule, page = entry
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "title": _in(page.title, language),
        "what": _in(page.what, language),
        "why": _in(page.why, language),
        "wrong": page.wrong,
        "right": page.right,
        "settings": page.settings,
        "beside": page.beside,
        "sources": [{"title": source.title, "address": source.address} for source in page.sources],
    }


# -- Markdown ----------------------------------------------------------------------------------------------------------


def _list(entries: Sequence[Entry], language: Language) -> Iterator[str]:
    """The table at the beginning of the document."""
    yield f"| {' | '.join(_columns(language))} |"
    yield "|---|---|---|"
    for each in entries:
        yield f"| {' | '.join(_plain(cell) for cell in _row(each, language))} |"


def _chapter(entry: Entry, language: Language) -> Iterator[str]:
    rule, page = entry
    yield from ("", f"## {rule.code}: {_plain(_in(page.title, language))}", "")
    yield f"`{rule.name}`, {_severity(rule, language)}"
    for heading, text in _paragraphs(page, language):
        yield from ("", f"### {heading}", "", _plain(text))
    for heading, text in _examples(page, language):
        yield from ("", f"### {_plain(heading)}", "", f"```{_written_in(page)}", text.rstrip("\n"), "```")
    if page.sources:
        heading = language.word("Source")
        yield from ("", f"### {heading}", "", *(f"- {_link(source)}" for source in page.sources))


def _written_in(page: ManualPage) -> str:
    return "markdown" if page.draft else "yaml"


def _link(source: Reference) -> str:
    title = _plain(source.title)
    return f"[{title}](<{source.address}>)" if source.address else title


def _plain(text: str) -> str:
    """Words that mean nothing more in Markdown than what they say."""
    return _SIGNS.sub(r"\\\g<0>", text)


_SIGNS = re.compile(r"[\\`*\[\]<>|]|(?<!\w)_|_(?!\w)")
