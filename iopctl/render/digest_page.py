"""The digest as one self-contained page: for a mail, a screen of any width and paper. Data is never markup."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from iopctl.render.deadlines import Group
from iopctl.render.digest import Digest, Entry, Section

_STYLE = """\
body { font: 1.0625rem/1.5 system-ui, "Segoe UI", Arial, sans-serif; color: #1a1a1a; background: #fff; margin: 0; }
main { max-width: 48rem; margin: 2rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 0.5rem; }
h2 { font-size: 1.2rem; line-height: 1.25; margin: 2rem 0 0.5rem; padding-bottom: 0.25rem; border-bottom: 2px solid; }
h2.overdue { color: #a40000; }
h3 { font-size: 1.0625rem; margin: 0; }
p { margin: 0; overflow-wrap: anywhere; }
p.counts { font-size: 1.125rem; }
p.missing { margin-top: 0.75rem; padding: 0.5rem 0.75rem; border-left: 4px solid #a40000; }
ul { list-style: none; margin: 0; padding: 0; }
li { padding: 0.75rem 0; border-bottom: 1px solid #c4c4c4; break-inside: avoid; }
.day { font-weight: 600; }
.title, .source, .note { color: #4a4a4a; font-size: 0.9375rem; }
a { color: #0b4f9e; }
@media (min-width: 40rem) {
  li { display: grid; grid-template-columns: 9.5rem 1fr; column-gap: 1rem; }
}
@media print { html { font-size: 10pt; } main { margin: 0; max-width: none; padding: 0; } h2 { break-after: avoid; } }
"""


def as_page(found: Digest, language: str) -> str:
    """The page."""
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{escape(language)}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(found.title)}</title>",
            f"<style>\n{_STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{escape(found.title)}</h1>",
            f'<p class="counts">{escape(found.counts)}</p>',
            *([f'<p class="missing">{escape(found.left_out)}</p>'] if found.left_out is not None else []),
            *(line for section in found.sections for line in _section(section)),
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _section(section: Section) -> Iterator[str]:
    late = ' class="overdue"' if section.group is Group.OVERDUE else ""
    yield f"<h2{late}>{escape(section.heading)}</h2>"
    yield "<ul>"
    for entry in section.entries:
        yield from _item(entry)
    yield "</ul>"


def _item(entry: Entry) -> Iterator[str]:
    yield "<li>"
    yield f'<p class="day"><time datetime="{entry.day}">{entry.day} {escape(entry.weekday)}</time></p>'
    yield "<div>"
    yield f"<h3>{escape(entry.what)}</h3>"
    yield f'<p class="title">{escape(entry.title)}</p>'
    yield from (f'<p class="note">{escape(each)}</p>' for each in entry.notes)
    place = escape(entry.place)
    if entry.address is not None:
        place = f'<a href="{escape(entry.address)}">{place}</a>'
    clause = f" ”{escape(entry.clause)}”" if entry.clause else ""
    yield f'<p class="source">{place}{clause}</p>'
    yield "</div>"
    yield "</li>"
