"""The page: axe-core has nothing to say about it in a real browser, it needs nothing else, and no word is markup."""

from __future__ import annotations

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from iopctl.documents.html import page
from iopctl.documents.markdown import visible
from iopctl.documents.tree import (
    Break,
    Document,
    Emphasis,
    Fill,
    Heading,
    HeadLine,
    Items,
    Line,
    Link,
    Note,
    Origin,
    Picture,
    Quote,
    Strong,
    Table,
    Text,
)
from tests.drafts import ALL, CODE, DAY, SVG, UNUSUAL, everything, memo, of, said, words
from tests.tools import axe, browse, needs


@pytest.mark.parametrize("width", [400, 1000])
@pytest.mark.parametrize("name", ALL)
def test_axe_finds_nothing(name: str, width: int, tmp_path: Path) -> None:
    found = axe(page(ALL[name]()), tmp_path, width)
    assert found.violations == []
    assert not found.scrolls
    assert {"document-title", "html-has-lang", "heading-order", "color-contrast", "region"} <= set(found.passes)


@pytest.mark.parametrize(
    ("sound", "broken", "fault"),
    [
        (' lang="sv"', "", "html-has-lang"),
        ("<h3>Listor</h3>", "<h3></h3>", "empty-heading"),
        ('<th scope="col">År</th>', '<th scope="col"></th>', "empty-table-header"),
        (' role="img" aria-label="Avtalad tid 2020–2022."', ' role="img"', "svg-img-alt"),
        ("dt { color: #4a4a4a; }", "dt { color: #aaa; }", "color-contrast"),
    ],
)
def test_axe_sees_a_planted_fault(sound: str, broken: str, fault: str, tmp_path: Path) -> None:
    html = page(everything())
    assert sound in html
    found = axe(html.replace(sound, broken, 1), tmp_path, 1000).violations
    assert {each.partition(":")[0] for each in found} == {fault}


def test_a_page_that_is_too_wide_is_seen(tmp_path: Path) -> None:
    html = page(memo())
    assert axe(html.replace("<main>", '<main style="width:60rem">'), tmp_path, 400).scrolls


# -- the whole page ----------------------------------------------------------------------------------------------------


def test_the_page() -> None:
    document = Document(
        (Text("Titel med "), Fill("namn")),
        (
            said(
                "Ett ", Strong(words("starkt")), " och ", Emphasis(words("betonat")), Break(), "stycke", Note("a"), "."
            ),
            Heading(2, words("Rubrik")),
            Items(((said("en"),), (said("två"), Items(((said("inre"),),))))),
            Items(((said("tredje"),), (said("fjärde"), said("mer"))), 3),
            Table(
                (words("År"), words("Belopp")),
                ((words("2021"), words("933\u00a0000\u00a0kr")), (words("2022"), ())),
                ("left", "right"),
            ),
            Quote((said("ordagrant", Note("a")),)),
            Picture("annan", "I ord."),
            Line(),
            said(Link(words("länk"), "https://www.example.se/?a=1&b=2")),
        ),
        Origin("prov", "prov-kind", DAY, "1.2", "abc123", True),
        (HeadLine("dnr", "Diarienummer", Fill("diarienummer")),),
        {"a": (Text("Se "), Note("b")), "b": words("Sist.")},
    )
    html = page(document)
    head, body = re.sub("<style>.*</style>", "<style>…</style>", html, flags=re.DOTALL).split("<body>")
    assert head == (
        '<!DOCTYPE html>\n<html lang="sv"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>Titel med [ATT FYLLA I: namn]</title>"
        '<meta name="generator" content="iopctl 1.2">'
        '<meta name="description" content="Utkast från iopctl 1.2 ur prov, med det som är känt 2021-11-03">'
        '<meta name="iopctl.agreement" content="prov"><meta name="iopctl.kind" content="prov-kind">'
        '<meta name="iopctl.as_of" content="2021-11-03"><meta name="iopctl.version" content="1.2">'
        '<meta name="iopctl.commit" content="abc123"><meta name="iopctl.changed" content="true">'
        "<style>…</style></head>"
    )
    assert body.splitlines() == [
        "<main><header><dl><div><dt>Diarienummer</dt><dd><mark>[ATT FYLLA I: diarienummer]</mark></dd></div></dl>"
        "</header>",
        "<h1>Titel med <mark>[ATT FYLLA I: namn]</mark></h1>",
        '<p>Ett <strong>starkt</strong> och <em>betonat</em><br>stycke<sup><a href="#not-1" id="ref-1" '
        'role="doc-noteref" aria-label="Fotnot 1">1</a></sup>.</p>',
        "<h2>Rubrik</h2>",
        "<ul><li>en</li><li>två<ul><li>inre</li></ul></li></ul>",
        '<ol start="3"><li>tredje</li><li><p>fjärde</p><p>mer</p></li></ol>',
        '<div class="wide" tabindex="0" role="region" aria-label="Tabell 1"><table><thead><tr><th scope="col">År</th>'
        '<th scope="col" class="number">Belopp</th></tr></thead><tbody><tr><td>2021</td>'
        '<td class="number">933\u00a0000\u00a0kr</td></tr><tr><td>2022</td><td class="number"></td></tr></tbody>'
        "</table></div>",
        '<blockquote><p>ordagrant<sup><a href="#not-1" id="ref-1-2" role="doc-noteref" aria-label="Fotnot 1">1</a>'
        "</sup></p></blockquote>",
        "<p><em>I ord.</em></p>",
        '<div class="sign" role="img" aria-label="Rad att skriva på"></div>',
        '<p><a href="https://www.example.se/?a=1&amp;b=2">länk</a></p>',
        '<section role="doc-endnotes" aria-labelledby="fotnoter"><h2 id="fotnoter">Fotnoter</h2><ol>'
        '<li id="not-1">Se <sup><a href="#not-2" id="ref-2" role="doc-noteref" aria-label="Fotnot 2">2</a></sup> '
        '<a href="#ref-1" role="doc-backlink" aria-label="Tillbaka till hänvisning 1 för fotnot 1">↩\ufe0e</a> '
        '<a href="#ref-1-2" role="doc-backlink" aria-label="Tillbaka till hänvisning 2 för fotnot 1">↩\ufe0e</a></li>'
        '<li id="not-2">Sist. '
        '<a href="#ref-2" role="doc-backlink" aria-label="Tillbaka till texten för fotnot 2">↩\ufe0e</a></li>'
        "</ol></section>",
        "</main></body></html>",
    ]


def test_a_picture_is_a_part_of_the_page_with_its_words() -> None:
    html = page(of(Picture("t", "Först"), Picture("t", "Igen"), pictures={"t": SVG}))
    drawn = (
        '<figure><svg viewBox="0 0 200 40" role="img" aria-label="{words}">'
        '<defs><clipPath id="bild-{number}-kant"><rect width="200" height="40"></rect></clipPath></defs>'
        '<g clip-path="url(#bild-{number}-kant)"><rect width="200" height="40" fill="#fff"></rect>'
        '<text x="5" y="20" font-size="12" fill="#1a1a1a">Avtalad tid</text></g></svg></figure>'
    )
    assert re.findall("<figure>.*</figure>", html) == [
        drawn.format(words="Först", number=1),
        drawn.format(words="Igen", number=2),
    ]


# -- nothing else is needed, nothing is markup -------------------------------------------------------------------------


class Reader(HTMLParser):
    """What a browser's reader sees: elements, the addresses they lead to, and words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.addresses: list[str] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _value in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "srcset", "data")]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.mark.parametrize("name", ALL)
def test_the_page_fetches_nothing_and_runs_nothing(name: str) -> None:
    html = page(ALL[name]())
    found = Reader(html)
    assert not found.tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "b"}
    assert not [each for each in found.names if each.startswith("on") or each in ("style", "src")]
    assert not [each for each in found.addresses if not each.startswith(("#", "https://", "mailto:"))]
    assert not re.search(r"@import|url\((?!#)", html)


def test_words_are_words_whatever_they_look_like() -> None:
    text = f"{CODE} {UNUSUAL}"
    expected = visible(text).replace("\x0b", " ")
    found = Reader(page(of(said(text), title=text))).text
    assert found.count(expected) == 3  # the title of the window, the heading, the paragraph
    assert {"[U+202E]", "[U+0000]", "[U+D800]", "[U+FFFE]"} <= set(expected.split())


# -- on paper ----------------------------------------------------------------------------------------------------------


def test_the_printed_page_is_a4_with_numbers(tmp_path: Path) -> None:
    needs("pdftotext")
    (tmp_path / "memo.html").write_text(page(memo()), "utf-8")
    browse(tmp_path / "memo.html", f"--print-to-pdf={tmp_path / 'memo.pdf'}", "--no-pdf-header-footer")
    about = subprocess.run(["pdfinfo", "memo.pdf"], cwd=tmp_path, check=True, capture_output=True, encoding="utf-8")
    assert re.search(r"Page size: +59[45]\.\d+ x 84[12]\.\d+ pts \(A4\)", about.stdout)
    shown = subprocess.run(
        ["pdftotext", "memo.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, encoding="utf-8"
    ).stdout
    numbers = [each.strip().split("\n")[-1] for each in shown.removesuffix("\f").split("\f")]
    assert numbers == [f"Sida {each} av {len(numbers)}" for each in range(1, len(numbers) + 1)]
    assert len(numbers) > 1
