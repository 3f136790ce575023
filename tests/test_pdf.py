"""PDF: a validator has nothing to say about it, it has every word, and it is the same byte for byte."""

from __future__ import annotations

import io
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import page as validator
import pytest
import typst
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from iopctl.documents.pdf import PdfFaultError, file
from iopctl.documents.tree import (
    Fill,
    Heading,
    HeadLine,
    Items,
    Line,
    Link,
    Note,
    Paragraph,
    Picture,
    Quote,
    Table,
    Text,
    inlines_of,
)
from iopctl.finding import say
from tests.agreements import SHIPPED
from tests.drafts import ADDRESS, ALL, LONG, SVG, everything, memo, of, said, words
from tests.terminal import environment
from tests.tools import needs

PROFILES = ("ua1", "2a")


def wrong(data: bytes, profile: str) -> list[str]:
    """What the validator has against it: each failed rule."""
    return [each.rule_id for each in validator.validate_pdf_bytes(data, profile=profile).failures]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", ALL)
def test_a_document_is_accessible_and_can_be_archived(name: str, profile: str) -> None:
    report = validator.validate_pdf_bytes(file(ALL[name]()), profile=profile)
    assert [(each.rule_id, each.message) for each in report.failures] == []
    assert report.is_compliant
    assert report.rules.passed > 90


@pytest.mark.parametrize(
    ("source", "tagged", "fault"),
    [
        ('#set document(title: "T")\n#set text(lang: "sv")\n= T', False, "PDFUA1-TAGGED-DOCUMENT-001"),
        ('#set text(lang: "sv")\n= T', True, "PDFUA1-METADATA-TITLE-001"),
        ('#set document(title: "T")\n= T\n#image(bytes(sys.inputs.svg))', True, "PDFUA1-FIGURE-ALTERNATIVE-TEXT-001"),
    ],
)
def test_the_validator_sees_a_planted_fault(source: str, tagged: bool, fault: str) -> None:
    data = typst.compile(
        source.encode(), format="pdf", pdf_tags=tagged, ignore_system_fonts=True, sys_inputs={"svg": SVG}
    )
    assert fault in wrong(data, "ua1")
    assert wrong(data, "2a")


# -- the same bytes ----------------------------------------------------------------------------------------------------

_ELSEWHERE = """
import sys
from iopctl.documents.pdf import file
from tests.drafts import everything
sys.stdout.buffer.write(file(everything()))
"""


def test_the_same_draft_is_the_same_bytes_in_another_process_elsewhere() -> None:
    other = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE],
        cwd=SHIPPED,
        env=environment(TZ="Pacific/Auckland", LC_ALL="C", PYTHONHASHSEED="7", SOURCE_DATE_EPOCH="1"),
        capture_output=True,
        check=True,
    ).stdout
    assert file(everything()) == other == file(everything())


# -- what is in it -----------------------------------------------------------------------------------------------------


def pages(data: bytes) -> list[list[str]]:
    """The words of each page."""
    return [each.extract_text().split() for each in PdfReader(io.BytesIO(data)).pages]


def test_the_memo_holds_every_word_in_order() -> None:
    """But for its picture, whose words are drawn in an order of their own."""
    whole = memo()
    document = replace(whole, blocks=tuple(each for each in whole.blocks if not isinstance(each, Picture)))
    expected = [line for each in document.head for line in (each.label, *shown((each.value,)))]
    expected += shown(document.title)
    for block in document.blocks:
        for number, line in enumerate(lines(block), getattr(block, "first", None) or 0):
            mark = [f"{number}." if block.first is not None else "•"] if isinstance(block, Items) else []
            expected += [*mark, *line]
    found = []
    made = pages(file(document))
    for number, each in enumerate(made, 1):
        assert each[-4:] == ["Sida", str(number), "av", str(len(made))]
        above = ["IOP", "Resurspoolen,", "ställningstagande", "till", "förlängning"]
        assert number == 1 or each[:5] == above
        found += each[5 if number > 1 else 0 : -4]
    assert found == " ".join(expected).split()


def lines(block: Any) -> Iterator[list[str]]:
    """The words of a paragraph, of each item of a list, and of a table."""
    if isinstance(block, Table):
        yield [
            word
            for row in (block.header, *block.rows)
            for cell in row
            for word in shown(tuple(inlines_of(Paragraph(cell))))
        ]
        return
    parts = [each for item in block.items for each in item] if isinstance(block, Items) else [block]
    yield from (shown(tuple(inlines_of(each))) for each in parts)


def shown(inlines: tuple[Any, ...]) -> list[str]:
    return "".join(each.text if isinstance(each, Text) else str(each) for each in inlines if _is_said(each)).split()


def _is_said(each: Any) -> bool:
    """Words; what is only around other inlines is not said itself."""
    return isinstance(each, Text | Fill)


def test_what_a_reader_of_its_properties_sees() -> None:
    reader = PdfReader(io.BytesIO(file(everything())))
    about = reader.metadata
    assert about is not None
    assert reader.trailer["/Root"]["/Lang"] == "sv-SE"
    assert about.title == "Allt som kan stå, med [ATT FYLLA I: ett namn]"
    assert about.author == "Social- och omsorgsförvaltningen"
    assert about.subject == "Utkast från iopctl 0 ur prov, med det som är känt 2021-11-03"
    assert about.keywords == "iopctl.agreement=prov, iopctl.kind=prov, iopctl.as_of=2021-11-03, iopctl.version=0"
    assert about.creation_date == datetime(2021, 11, 3, tzinfo=UTC)


def test_its_structure_is_what_a_screen_reader_gets() -> None:
    """Each part is what it is; the line to sign on is nothing to hear. Spans are about colour."""
    document = of(
        said("Ett stycke med ", Link(words("en länk"), "https://www.example.se/"), Note("a")),
        Heading(2, words("Lista")),
        Items(((said("en"),),), 3),
        Table((words("År"), words("Belopp")), ((words("2021"), words("1 kr")),), ("left", "right")),
        Quote((said("ordagrant"),)),
        Picture("bild", "Vad bilden visar"),
        Line(),
        head=(HeadLine("dnr", "Diarienummer", Text("ÄN 2021-14")),),
        notes={"a": words("noten")},
        pictures={"bild": SVG},
    )
    assert [each for each in outline(file(document)) if each.strip() != "Span"] == [
        "Document",
        " Div", "  Div", "   P", "  Div", "   P",
        " H1",
        " P", "  Link", "  Lbl", "   Link", "  Note", "   Lbl", "    Link",
        " H2",
        " L", "  LI", "   Lbl", "   LBody", "    P",
        " Table", "  THead", "   TR", "    TH", "     Strong", "    TH", "     Strong",
        "  TBody", "   TR", "    TD", "    TD",
        " BlockQuote", "  P",
        " Figure: Vad bilden visar",
    ]  # fmt: skip


def outline(data: bytes) -> Iterator[str]:
    """The tags of the structure, each as far in as it is deep, with the words that stand for a picture."""
    root = PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]
    yield from _tags(root["/K"], 0)


def _tags(kids: Any, depth: int) -> Iterator[str]:
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        part = kid.get_object()
        if isinstance(part, DictionaryObject) and "/S" in part:
            yield " " * depth + str(part["/S"])[1:] + (f": {part['/Alt']}" if "/Alt" in part else "")
            yield from _tags(part.get("/K", ArrayObject()), depth + 1)


def test_a_character_that_no_font_has_stands_as_its_code() -> None:
    [found] = pages(file(of(said("中文 och \ue000, Ελληνικά, \u202e"))))
    assert found == ["Titel", "[U+4E2D][U+6587]", "och", "[U+E000],", "Ελληνικά,", "[U+202E]", "Sida", "1", "av", "1"]


def test_words_are_never_code() -> None:
    code = '#panic("x") #sys.inputs $x$ *b* _c_ `d` @e <f> // /* = - + \\ ~'
    [found] = pages(file(of(said(code), title=code)))
    assert found == [*code.split(), *code.split(), "Sida", "1", "av", "1"]


def test_the_headings_of_a_long_table_stand_on_each_of_its_pages() -> None:
    rows = tuple((words(str(each)), words("x")) for each in range(1, 101))
    found = pages(file(of(Table((words("Nummer"), words("Vad")), rows, ("right", "left")))))
    assert [each[:3] for each in found] == [
        ["Titel", "Nummer", "Vad"],
        ["Titel", "Nummer", "Vad"],
        ["Titel", "Nummer", "Vad"],
    ]
    assert [word for each in found for word in each[3:-4] if word != "x"] == [str(each) for each in range(1, 101)]


def test_a_footnote_in_the_headings_of_a_long_table_is_there_once() -> None:
    header = (words("Nummer"), (Text("Vad"), Note("a")))
    rows = tuple((words(str(each)), words("x")) for each in range(1, 101))
    found = pages(file(of(Table(header, rows, ("right", "left")), notes={"a": words("noten")})))
    assert [each.count("Nummer") for each in found] == [1, 0, 0]
    assert [word for each in found for word in each if "noten" in word] == ["1noten"]


def test_a_list_goes_on_from_its_first_number() -> None:
    [found] = pages(file(of(Items(((said("tredje"),), (said("fjärde"), Items(((said("inre"),),)))), 3))))
    assert found == ["Titel", "3.", "tredje", "4.", "fjärde", "•", "inre", "Sida", "1", "av", "1"]


def test_a_heading_never_ends_a_page() -> None:
    for lines_before in range(20, 60):
        document = of(*[said("text")] * lines_before, Heading(2, words("Rubrik")), said("stycket"))
        for each in pages(file(document)):
            assert "Rubrik" not in each or "stycket" in each


def test_nothing_leaves_the_page(tmp_path: Path) -> None:
    """A4 is 595.28 points wide; the margins are 2.9 and 2.6 cm."""
    needs("pdftotext")
    cell = (words("Förvaltningsgemensamma"), words(ADDRESS), words("933\u00a0000\u00a0kr"))
    table = Table((words("Vad"), words("Var"), words("Belopp")), (cell, cell), ("left", "left", "right"))
    (tmp_path / "a.pdf").write_bytes(file(of(said(ADDRESS), said("ord" * 200), said(LONG), table, title="T" * 200)))
    subprocess.run(["pdftotext", "-bbox", "a.pdf"], cwd=tmp_path, check=True, timeout=60)
    found = ET.parse(tmp_path / "a.html").iter("{http://www.w3.org/1999/xhtml}word")
    edges = [(float(each.get("xMin", 0)), float(each.get("xMax", 0))) for each in found]
    assert len(edges) > 20
    assert min(left for left, _right in edges) >= 82
    assert max(right for _left, right in edges) <= 595.28 - 73.7 + 0.5


def test_what_cannot_be_set_is_told() -> None:
    with pytest.raises(PdfFaultError) as caught:
        file(of(Heading(4, words("Rubrik"))))
    reason = "PDF/UA-1 error: skipped from heading level 1 to 4"
    assert caught.value.reason == say("{reason}", reason=reason)
