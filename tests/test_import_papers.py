"""How papers are read: lines joined, headings, items, rows and footnotes told apart, encodings, and refusals."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document

from iopctl.intake.lines import joined
from iopctl.intake.paper import UnreadableError
from iopctl.intake.reading import read, read_bytes
from iopctl.intake.times import last_day, lengths, often, stretches
from iopctl.model import Length
from tests.import_table import AGREEMENTS, compare, imported, values_in
from tests.terminal import iopctl

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("one", "two", "whole"),
    [
        ("offentlig verk-", "samhet och", "offentlig verksamhet och"),
        ("Senast 2019-12-", "31 ska parterna", "Senast 2019-12-31 ska parterna"),
        ("inklusive för-", "och efterarbete", "inklusive för- och efterarbete"),
        ("Vård-", "och omsorgsnämnden", "Vård- och omsorgsnämnden"),
        ("partnerskapets IOP-", "avtal", "partnerskapets IOP-avtal"),
        ("mjukt\u00ad", "bindestreck", "mjuktbindestreck"),
        ("en vanlig", "rad", "en vanlig rad"),
    ],
)
def test_broken_words_and_dates_are_whole_again(one: str, two: str, whole: str) -> None:
    assert joined(one, two) == whole


def shown(data: bytes, suffix: str = ".txt") -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in read_bytes("x", suffix, data).paragraphs]


WRAPPED = """Överenskommelse om partnerskap mellan
Nämnden och Föreningen

Bakgrund

Partnerskapet har pågått i flera år och gäller för- och efter-
arbete i kommunen. Det fortsätter tills parterna har bestämt
något annat.
Period för överenskommelsen.
Avtalet gäller 2018-01-01
– 2019-12-31 enligt beslut¹.

• ett (med en

parentes som bryts)
• två
1) tre saker.

¹ Beslut 2017-12-01, § 3
"""


def test_hard_wrapped_text_becomes_paragraphs() -> None:
    assert shown(WRAPPED.encode()) == [
        ("heading", "Överenskommelse om partnerskap mellan Nämnden och Föreningen"),
        ("heading", "Bakgrund"),
        (
            "paragraph",
            "Partnerskapet har pågått i flera år och gäller för- och efterarbete i kommunen. Det fortsätter tills "
            "parterna har bestämt något annat.",
        ),
        ("heading", "Period för överenskommelsen."),
        ("paragraph", "Avtalet gäller 2018-01-01 – 2019-12-31 enligt beslut[^1]."),
        ("item", "ett (med en parentes som bryts)"),
        ("item", "två"),
        ("item", "tre saker."),
        ("note", "Beslut 2017-12-01, § 3"),
    ]


def test_letters_of_two_signs_are_one_letter() -> None:
    """As many a PDF has them, and files that were written on a Mac: an a and a ring."""
    data = "Avtalet ga\u0308ller fra\u030an och med 1 januari 2020.".encode()
    assert shown(data) == [("paragraph", "Avtalet g\u00e4ller fr\u00e5n och med 1 januari 2020.")]


def test_superscripts_without_a_note_stay() -> None:
    assert shown("Lokalen är 40 m² stor.".encode()) == [("paragraph", "Lokalen är 40 m² stor.")]


MARKDOWN = """# Avtal

| Adress | Storgatan 1 |
|---|---|
| Ort | Lund |

~~Struket~~ Kvar är detta[^a].

- ett
- två

[^a]: Noten
"""


def test_markdown_has_rows_items_and_notes() -> None:
    paper = read_bytes("x", ".md", MARKDOWN.encode())
    assert [(each.kind, each.text, each.place.line) for each in paper.paragraphs] == [
        ("heading", "Avtal", 1),
        ("row", "Adress: Storgatan 1", 3),
        ("row", "Ort: Lund", 5),
        ("paragraph", "~~Struket~~ Kvar är detta[^1].", 7),
        ("item", "ett", 9),
        ("item", "två", 10),
        ("note", "Noten", 12),
    ]
    assert paper.paragraphs[3].said == "Kvar är detta."


def test_word_has_rows_items_and_crossed_out_words() -> None:
    document, out = Document(), BytesIO()
    document.add_heading("Avtal", 1)
    paragraph = document.add_paragraph()
    paragraph.add_run("2018").font.strike = True
    paragraph.add_run(" 2019")
    document.add_paragraph("ett", style="List Bullet")
    table = document.add_table(2, 2)
    for number, text in enumerate(("Adress", "Storgatan 1", "Ort", "Lund")):
        table.cell(number // 2, number % 2).text = text
    document.save(out)
    assert shown(out.getvalue(), ".docx") == [
        ("heading", "Avtal"),
        ("paragraph", "~~2018~~ 2019"),
        ("item", "ett"),
        ("row", "Adress: Storgatan 1"),
        ("row", "Ort: Lund"),
    ]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_rendered_agreement_is_read_back(kind: str, tmp_path: Path) -> None:
    """Real footnotes, running heads and page numbers."""
    paper = tmp_path / f"lund.{kind}"
    done = iopctl(
        "render", "lund-roda-korset-2023", "overenskommelse", "-o", str(paper), "--as-of", "2023-10-11", cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    count = compare(values_in(AGREEMENTS / "lund-roda-korset-2023.yaml"), imported(paper))
    assert (count.wrong, count.share) == ([], 89)


# -- encodings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "remarks"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("cp1252", ["the text is read as {encoding}"]),
        ("utf-16", ["the text is read as {encoding}"]),
    ],
)
def test_encodings_are_told_by_the_bytes(encoding: str, remarks: list[str]) -> None:
    paper = read_bytes("x", ".txt", "Överenskommelse på ”svenska” – åäö\r\n".encode(encoding))
    assert [each.text for each in paper.paragraphs] == ["Överenskommelse på ”svenska” – åäö"]
    assert [each.template for each in paper.remarks] == remarks


# -- refusals ----------------------------------------------------------------------------------------------------------


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


ODT_MANIFEST = b"<manifest/>"
ENTITY = b'<!DOCTYPE x [<!ENTITY a "b">]><office><body><text><p>&a;</p></text></body></office>'


@pytest.mark.parametrize(
    ("suffix", "data", "reason"),
    [
        (".txt", b"", "the file is empty"),
        (".txt", b" \n", "the file is empty"),
        (".txt", b"\x00\x01\x02abc", "the file is not a text"),
        (".txt", b"\xff\xfea", "the text is damaged: it begins as {encoding}, and is not"),
        (".docx", b"hej", "the file is not a Word file"),
        (".docx", b"\xd0\xcf\x11\xe0" + b"x" * 50,
         "the file is in the old Word format (.doc) or has a password; save it as .docx without one"),
        (".doc", b"\xd0\xcf\x11\xe0" + b"x" * 50,
         "the file is in the old Word format (.doc) or has a password; save it as .docx without one"),
        (".docx", zipped(a=b"x"), "the file is not a Word file"),
        (".odt", b"hej", "the file is not an OpenDocument text"),
        (".odt", zipped(content_dot_xml=b"<x/>", META_INF=b""), "the file is not an OpenDocument text"),
        (".pdf", b"hej", "the file is not a PDF"),
        (".pdf", b"%PDF-1.7\nhej", "the file is damaged: it cannot be read as a PDF"),
    ],
)  # fmt: skip
def test_what_is_no_paper_is_refused(suffix: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_bytes("x", suffix, data)
    assert caught.value.reason.template == reason


def odt(content: bytes, manifest: bytes = ODT_MANIFEST) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        file.writestr("META-INF/manifest.xml", manifest)
        file.writestr("content.xml", content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (odt(ENTITY), "the file is damaged: {part} in it cannot be read"),
        (odt(b"<trasig"), "the file is damaged: {part} in it cannot be read"),
        (odt(b"<x/>", b"<encryption-data/>"), "the file has a password; save it without one"),
        (odt(b"<office><body><text><p> </p></text></body></office>"), "there are no words in the file"),
        (odt(b"<office><body><text><p>" + b"a" * 20_000_001 + b"</p></text></body></office>"),
         "{part} in the file has more than {size} million bytes"),
    ],
)  # fmt: skip
def test_open_documents_are_guarded_as_word_files_are(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_bytes("x", ".odt", data)
    assert caught.value.reason.template == reason


@pytest.mark.parametrize(("stated", "level"), [("1", 2), ("9", 10), ("abc", 2), ("", 2), ("9" * 5000, 2)])
def test_levels_that_are_no_levels(stated: str, level: int) -> None:
    heading = f'<text:h xmlns:text="t" text:outline-level="{stated}">Syfte</text:h>'.encode()
    [found] = read_bytes("x", ".odt", odt(b"<office><body><text>" + heading + b"</text></body></office>")).paragraphs
    assert (found.kind, found.level, found.text) == ("heading", level, "Syfte")


def pdf(encrypted: bool = False, text: bool = False) -> bytes:
    from pypdf import PdfWriter

    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    if encrypted:
        writer.encrypt("hemligt", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def test_a_pdf_of_pictures_or_with_a_password_is_refused() -> None:
    with pytest.raises(UnreadableError) as caught:
        read_bytes("x", ".pdf", pdf())
    assert caught.value.reason.template == "the PDF holds no text, only pictures of it"
    with pytest.raises(UnreadableError) as caught:
        read_bytes("x", ".pdf", pdf(encrypted=True))
    assert caught.value.reason.template == "the file has a password; save it without one"


def test_a_pdf_whose_pages_are_one_large_page_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few megabytes that every page has in common would take hours to read."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, NameObject

    from iopctl.intake import pdf as reader

    writer, stream, out = PdfWriter(), DecodedStreamObject(), BytesIO()
    stream.set_data(b" " * 1000)
    common = writer._add_object(stream)
    for _page in range(20):
        writer.add_blank_page(200, 200)[NameObject("/Contents")] = common
    writer.write(out)
    with pytest.raises(UnreadableError) as caught:
        read_bytes("x", ".pdf", out.getvalue())
    assert caught.value.reason.template == "the PDF holds no text, only pictures of it"
    monkeypatch.setattr(reader, "LARGEST_FILE", 19_000)
    with pytest.raises(UnreadableError) as caught:
        read_bytes("x", ".pdf", out.getvalue())
    assert caught.value.reason.template == "the file has a page that is too large to be one of text"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("finns-inte.docx", "there is no such file"),
        ("mapp.docx", "this is a folder, not a file"),
        ("avtal.xlsx", "an agreement is read from a file of these kinds: {known}"),
        ("stor.txt", "the file is larger than {size} MB"),
    ],
)
def test_files_that_are_not_read(name: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "mapp.docx").mkdir()
    (tmp_path / "avtal.xlsx").write_bytes(b"x")
    (tmp_path / "stor.txt").write_bytes(b"a" * 5_000_001)
    with pytest.raises(UnreadableError) as caught:
        read(tmp_path / name)
    assert caught.value.reason.template == reason


# -- days and lengths --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-01-01 – 2025-12-31", date(2023, 1, 1), date(2025, 12, 31)),
        ("2018-01-01—2020-12-31", date(2018, 1, 1), date(2020, 12, 31)),
        ("2023-01-01-2025-12-31", date(2023, 1, 1), date(2025, 12, 31)),
        ("2023-01-01--2025-12-31", date(2023, 1, 1), date(2025, 12, 31)),
        ("1 december 2023 – 30 november 2025", date(2023, 12, 1), date(2025, 11, 30)),
        ("från och med den 1 januari 2024 till och med den 31 december 2026", date(2024, 1, 1), date(2026, 12, 31)),
        ("fr.o.m. 2022-02-01 t.o.m. 2024-01-31", date(2022, 2, 1), date(2024, 1, 31)),
        ("fr o m 1 sept 2022 t o m 31 aug 2025", date(2022, 9, 1), date(2025, 8, 31)),
        ("1/1 2024–31/12 2026", date(2024, 1, 1), date(2026, 12, 31)),
        ("1 januari – 31 december 2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("åren 2023–2025", date(2023, 1, 1), date(2025, 12, 31)),
        ("2023 - 2025", date(2023, 1, 1), date(2025, 12, 31)),
    ],
)
def test_stretches_in_every_form(text: str, first: date, last: date) -> None:
    [found] = stretches(text)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("text", ["2019-12-", "2017-12-", "2025-02-30 – 2025-03-31", "2025–2023"])
def test_what_is_no_stretch(text: str) -> None:
    assert stretches(text) == []


@pytest.mark.parametrize(
    ("first", "length", "last"),
    [
        (date(2024, 4, 1), Length(3, "years"), date(2027, 3, 31)),
        (date(2023, 12, 1), Length(24, "months"), date(2025, 11, 30)),
        (date(2024, 8, 31), Length(6, "months"), date(2025, 2, 27)),  # as check counts: before 28 February
        (date(2024, 2, 29), Length(1, "years"), date(2025, 2, 27)),
        (date(2024, 2, 29), Length(30, "days"), None),
        (date(2024, 1, 1), Length(200, "years"), None),
    ],
)
def test_the_last_day_of_a_length(first: date, length: Length, last: date | None) -> None:
    assert last_day(first, length) == last


@pytest.mark.parametrize(
    ("text", "times", "least"),
    [
        ("minst en (1) gång per år", 1, True),
        ("två gånger per år", 2, False),
        ("fyra gånger om året", 4, False),
        ("en gång per halvår", 2, False),
        ("årligen", 1, False),
        ("kvartalsvis", 4, False),
        ("månadsvis", 12, False),
    ],
)
def test_how_often(text: str, times: int, least: bool) -> None:
    [found] = often(text)
    assert (found.times, found.at_least) == (times, least)


def test_lengths_in_words_and_digits() -> None:
    assert [each[2] for each in lengths("under tre år, 18 månader eller sex (6) månader")] == [
        Length(3, "years"),
        Length(18, "months"),
        Length(6, "months"),
    ]
