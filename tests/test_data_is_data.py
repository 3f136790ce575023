"""What an agreement says is read as it is written in all four formats: never markup, formula, command or template."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pypdf import PdfReader

from iopctl.documents import docx as word
from iopctl.documents import pdf
from iopctl.documents.html import page
from iopctl.documents.markdown import markdown
from iopctl.documents.templates import FRAME, packaged
from iopctl.documents.tree import Document
from tests.documents import from_template

TEMPLATE = """\
# Titel {{ agreement.title }}

{{ agreement.title }}

- {{ agreement.title }}

| rubrik |
| ------ |
| {{ agreement.title }} |

{{ agreement.title | eller("inget") }}
"""
OFTEN = 5
"""How often the words stand in the document."""

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "![x](tidslinje)",
    '#import "@preview/x:1.0.0": y',
    '#eval("1") #read("/etc/passwd") $ x^2 $ @ref <label>',
    "{{ 7 * 7 }} {% include '/etc/passwd' %} {# not #}",
    "{{ dnr }} {{ innehåll }}",
    "| a | b |",
    "- punkt",
    "+ punkt",
    "# rubrik",
    "> citat",
    "1. ett",
    "***",
    "---",
    "```",
    "=1+1",
    "@SUM(1)",
    "&lt;b&gt; &amp;",
    "<w:p/> ]]> <!-- x --> <?x ?>",
    "\\u{41} \\n C:\\x",
    "**fet** _kursiv_ ~~struken~~ `kod`",
    "[^1] [ATT FYLLA I",
]


def made(words: str) -> Document:
    with TemporaryDirectory() as folder:
        return from_template(Path(folder), TEMPLATE, title=words)


class Read(HTMLParser):
    """The words of a page's main part, and the tags that they stand in."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words, self.tags, self.links = "", set[str](), list[str]()
        self.feed(html.partition("<main")[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words += data


def squeezed(text: str) -> str:
    return "".join(text.split())


def of_markdown(document: Document) -> str:
    """As a reader of Markdown that takes HTML shows it."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    read = Read(f"<main>{parser.render(markdown(document).split('---', 2)[2])}")
    assert read.tags <= {"h1", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td"}, read.tags
    assert read.links == []
    return read.words


def of_html(document: Document) -> str:
    read = Read(page(document))
    assert not read.tags & {"script", "img", "b", "a", "em", "strong", "del", "code", "blockquote"}, read.tags
    assert read.links == []
    return read.words


def of_word(document: Document) -> str:
    opened = docx.Document(BytesIO(word.file(document, (packaged() / FRAME).read_bytes())))
    return "".join(each.text or "" for each in opened.element.body.iter(f"{{{opened.element.nsmap['w']}}}t"))


def of_pdf(document: Document) -> str:
    return "".join(each.extract_text() for each in PdfReader(BytesIO(pdf.file(document))).pages)


FORMATS: dict[str, Callable[[Document], str]] = {"md": of_markdown, "html": of_html, "docx": of_word, "pdf": of_pdf}


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("format_", FORMATS)
def test_hostile_words_are_words(format_: str, words: str) -> None:
    assert squeezed(FORMATS[format_](made(words))).count(squeezed(words)) == OFTEN


ALPHABET = "ab åÖ<>[]()*_`#-+=|~&;!\\.1:\"'{}%^$/@é–"


@settings(max_examples=25)
@given(st.text(st.sampled_from(ALPHABET), min_size=1, max_size=30).filter(lambda each: each.strip() != ""))
def test_any_words_are_words_in_every_format(words: str) -> None:
    document, expected = made(f"x{words}y"), squeezed(f"x{words}y")
    for format_, shown in FORMATS.items():
        assert squeezed(shown(document)).count(expected) == OFTEN, format_


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f"])
@pytest.mark.parametrize("format_", FORMATS)
def test_a_mark_that_turns_the_reading_is_seen(format_: str, mark: str) -> None:
    found = FORMATS[format_](made(f"933{mark}000"))
    assert squeezed(found).count(f"933[U+{ord(mark):04X}]000") == OFTEN
    assert mark not in found
