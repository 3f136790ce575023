"""Agreements over time as a page that stands by itself: the picture, and the same content as a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from iopctl.compute.lifeline import Phase, PhaseKind
from iopctl.finding import say
from iopctl.locale.language import Language
from iopctl.render import timeline as words
from iopctl.render.markup import add, legal, written
from iopctl.render.timeline import Chart, Row
from iopctl.render.timeline_svg import BAND, Part, draw

_STYLE = """
body { font: 1rem/1.5 system-ui, "Segoe UI", "Liberation Sans", Arial, sans-serif; color: #1a1a1a; background: #fff; margin: 0; }
main { max-width: 75rem; margin: 1.5rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 0.5rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; }
p { margin: 0 0 1rem; max-width: 45rem; }
.wide { overflow-x: auto; margin: 0 0 1rem; }
.wide:focus-visible { outline: 3px solid #123f73; outline-offset: 2px; }
figure { margin: 0 0 1.5rem; }
figcaption { font-size: 0.9rem; margin-bottom: 0.25rem; }
svg { display: block; width: 100%; min-width: 62rem; height: auto; }
table { border-collapse: collapse; width: 100%; min-width: 62rem; font-size: 0.9rem; line-height: 1.4; }
caption { text-align: left; padding-bottom: 0.4rem; }
th, td { border-bottom: 1px solid #767676; padding: 0.4rem 0.8rem 0.4rem 0; text-align: left; vertical-align: top; font-weight: 400; }
tbody th, td:last-child { overflow-wrap: anywhere; }
.day { white-space: nowrap; }
thead th { font-weight: 700; border-bottom: 2px solid #1a1a1a; }
tbody th { width: 20%; }
td ul { list-style: none; margin: 0; padding: 0; }
.id { color: #4d5560; display: block; }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  main { margin: 0; max-width: none; padding: 0; }
  .wide { overflow: visible; }
  svg, table { min-width: 0; }
  figure, tr { break-inside: avoid; }
  figure svg { max-height: 148mm; }
  thead { display: table-header-group; }
  table { font-size: 0.75rem; }
  h2 { break-after: avoid; }
}
"""  # noqa: E501  # a rule of style on a line


def as_html(chart: Chart, language: Language) -> str:
    """The page. It is XML too, so that any program can read it."""
    root = ET.Element("html", {"xmlns": "http://www.w3.org/1999/xhtml", "lang": language.code})
    head = add(root, "head")
    add(head, "meta", charset="utf-8")
    add(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    add(head, "title", language.say(words.heading(chart)))
    add(head, "style", _STYLE)
    main = add(add(root, "body"), "main")
    add(main, "h1", language.say(words.heading(chart)))
    add(main, "p", language.say(words.summary(chart)))
    _figures(main, chart, language)
    add(main, "h2", language.word("As a table"))
    _table(main, chart, language)
    return f"<!DOCTYPE html>\n{written(root)}"


def _wide(parent: ET.Element, label: str) -> ET.Element:
    """A place that scrolls sideways where the screen is narrow, by keyboard too."""
    return add(parent, "div", class_="wide", tabindex="0", role="region", aria_label=label)


def _figures(main: ET.Element, chart: Chart, language: Language) -> None:
    """The picture in parts that fit on a page of paper."""
    for number, begin in enumerate(range(0, len(chart.rows), BAND), 1):
        rows = chart.rows[begin : begin + BAND]
        values = {"first": begin + 1, "last": begin + len(rows), "count": len(chart.rows)}
        text = language.say(say("Agreement {first} to {last} of {count}", **values))
        figure = add(main, "figure")
        if len(chart.rows) > BAND:
            add(figure, "figcaption", text)
        _wide(figure, text).append(draw(chart, rows, language, Part(number, text)))


def _table(main: ET.Element, chart: Chart, language: Language) -> None:
    headings = (
        language.word("Agreement"),
        language.word("Period"),
        language.word("Extensions"),
        language.word("Possible extension"),
        language.word("Decisions"),
        language.word("Deadlines"),
    )
    caption = language.word("Agreements, the one that ends first at the top; last those that are not in the picture")
    table = add(_wide(main, caption), "table")
    add(table, "caption", caption)
    head = add(add(table, "thead"), "tr")
    for each in headings:
        add(head, "th", each, scope="col")
    body = add(table, "tbody")
    for row in (*chart.rows, *chart.without):
        _row(body, row, language)


def _row(body: ET.Element, row: Row, language: Language) -> None:
    line = add(body, "tr")
    name = add(line, "th", words.title(row), scope="row")
    add(name, "span", words.name(row), class_="id")
    phases = row.lifeline.phases
    _list(line, list(_period(phases, language)) or [language.say(words.why_without(row))])
    _list(line, [language.say(words.phase_words(each)) for each in phases if each.extends])
    _list(line, [language.say(words.span_words(each)) for each in phases if each.kind is PhaseKind.OPTION])
    steps = sorted(row.lifeline.steps, key=lambda step: (str(step.day or "9999"), step.kind))
    _list(line, [language.say(words.step_words(each)) for each in steps])
    dues = sorted(row.dues, key=lambda due: (due.day, due.what))
    _list(line, [words.due_words(each, language) for each in dues])


def _period(phases: Sequence[Phase], language: Language) -> Iterator[str]:
    """The time that the agreement itself has; its heading says what it is, unless it is not decided."""
    for each in phases:
        if each.kind is PhaseKind.AGREED:
            yield language.say(words.span_words(each))
        elif each.kind is PhaseKind.PROPOSED and not each.extends:
            yield language.say(words.phase_words(each))


def _list(line: ET.Element, texts: Sequence[str]) -> None:
    """A cell with a line for each text; a dash where there is none."""
    cell = add(line, "td", None if texts else "–")
    items = add(cell, "ul") if texts else cell
    for text in texts:
        _whole_days(add(items, "li"), text)


_DAY = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2}(?: –)?)")


def _whole_days(parent: ET.Element, text: str) -> None:
    """The text, in which no date is broken at the end of a line."""
    before, *rest = _DAY.split(legal(text))
    parent.text = before
    for day, after in zip(rest[::2], rest[1::2], strict=True):
        add(parent, "span", day, class_="day").tail = after
