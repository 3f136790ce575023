"""Drafts in Word: what is read of them, and files that are no draft, or made to do harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from iopctl.cli.app import run
from iopctl.lint.markdown import read_markdown
from iopctl.lint.paper import Paper
from iopctl.lint.word import read_word
from tests.agreements import SHIPPED
from tests.edited import LINKOPING, MEMO, changed_body, drafted, saved, told, with_parts, word

AS_ABOUT = ("--agreement", LINKOPING, "--kind", MEMO, "--as-of", "2021-11-03")


def paper(document: object) -> Paper:
    data = io.BytesIO()
    document.save(data)  # type: ignore[attr-defined]
    return read_word("x.docx", data.getvalue())


def test_a_word_file_says_the_same_as_the_markdown_it_is_made_of() -> None:
    text = drafted()
    first, second = read_markdown("", text), read_word("x.docx", word(text))
    assert [(each.kind, each.level, each.plain) for each in second.blocks] == [
        (each.kind, each.level, each.plain) for each in first.blocks
    ]
    assert second.origin == {**first.origin, "iopctl": "0"}


def test_headings_are_known_by_swedish_names_by_ids_and_by_outline_level() -> None:
    document = Document()
    for name, style in (("Rubrik 1", "Mellan"), ("Underrubrik", "Under"), ("Rubrik", "Överst")):
        made = document.styles.add_style(style, 1)
        made.element.find(f"{{{W}}}name").set(f"{{{W}}}val", name)
    document.styles["Underrubrik"].element.append(parse_xml(f'<w:pPr {nsdecls("w")}><w:outlineLvl w:val="1"/></w:pPr>'))
    document.add_paragraph("Titel", style="Rubrik 1")
    document.add_paragraph("Avsnitt", style="Underrubrik")
    document.add_heading("Avdelning", 3)
    document.add_paragraph("Ord")
    assert told(paper(document)) == ["heading1: Titel", "heading2: Avsnitt", "heading3: Avdelning", "paragraph: Ord"]
    document.paragraphs[0].style = document.styles["Rubrik"]
    assert told(paper(document))[:2] == ["heading1: Titel", "heading2: Avsnitt"]
    document.paragraphs[1].style = document.styles["Rubrik 1"]
    assert told(paper(document))[:3] == ["heading1: Titel", "heading2: Avsnitt", "heading4: Avdelning"]


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_headings_below_the_style_title_begin_one_level_down() -> None:
    document = Document()
    for text, level in (("Titel", 0), ("Avsnitt", 1), ("Del", 2)):
        document.add_heading(text, level)
    assert told(paper(document)) == ["heading1: Titel", "heading2: Avsnitt", "heading3: Del"]
    other = Document()
    for text, level in (("Titel", 0), ("Avsnitt", 2)):
        other.add_heading(text, level)
    assert told(paper(other)) == ["heading1: Titel", "heading2: Avsnitt"]


def test_tracked_changes_count_as_accepted_and_comments_do_not_count() -> None:
    data = word("# Titel\n\nBelopp GAMMALT här.\n")
    change = (
        'Belopp </w:t></w:r><w:del w:id="1" w:author="x"><w:r><w:delText>933 000</w:delText></w:r></w:del>'
        '<w:moveFrom w:id="3" w:author="x"><w:r><w:t>flyttat</w:t></w:r></w:moveFrom>'
        '<w:ins w:id="2" w:author="x"><w:r><w:t>950 000</w:t></w:r></w:ins><w:commentRangeStart w:id="0"/>'
        '<w:r><w:t xml:space="preserve"> kr</w:t></w:r><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r><w:r><w:t xml:space="preserve"> här.'
    )
    said = "<w:p><w:r><w:t>940 000 kr?</w:t></w:r></w:p>"
    comments = f'<w:comments xmlns:w="{W}"><w:comment w:id="0">{said}</w:comment></w:comments>'
    changed = with_parts(changed_body(data, "Belopp GAMMALT här.", change), {"word/comments.xml": comments})
    assert told(read_word("x.docx", changed)) == ["heading1: Titel", "paragraph: Belopp 950 000 kr här."]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    data = word("# Titel\n\nFörsta\n\nAndra\n")
    joined = changed_body(data, "<w:p><w:r><w:t>Första", f"{DELETED_END}<w:r><w:t>Första ")
    assert told(read_word("x.docx", joined)) == ["heading1: Titel", "paragraph: Första Andra"]
    last = changed_body(data, "<w:p><w:r><w:t>Andra", f"{DELETED_END}<w:r><w:t>Andra")
    assert told(read_word("x.docx", last)) == ["heading1: Titel", "paragraph: Första", "paragraph: Andra"]


DELETED_END = '<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="x"/></w:rPr></w:pPr>'


def test_text_boxes_content_controls_fields_notes_and_edges_are_read_once() -> None:
    data = word("# Titel\n\nHÄR\n")
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:Choice><w:txbxContent><w:p><w:r><w:t>i en ruta</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>i en ruta</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    control = (
        "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent><w:r><w:t>SN 2025/118</w:t></w:r></w:sdtContent></w:sdt>"
    )
    field = (
        '<w:r><w:instrText>PAGE \\* MERGEFORMAT</w:instrText></w:r><w:r><w:t xml:space="preserve"> sida 1</w:t></w:r>'
    )
    data = changed_body(data, "<w:r><w:t>HÄR</w:t></w:r>", f"<w:r><w:t>Dnr </w:t></w:r>{control}{field}{box}")
    note = f'<w:p xmlns:w="{W}"><w:r><w:t>KF § 16</w:t></w:r></w:p>'
    edge = f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>Lunds kommun</w:t></w:r></w:p></w:hdr>'
    separator = '<w:footnote w:type="separator"><w:p/></w:footnote>'
    notes = f'<w:footnotes xmlns:w="{W}">{separator}<w:footnote>{note}</w:footnote></w:footnotes>'
    parts = {"word/footnotes.xml": notes, "word/header1.xml": edge, "word/header2.xml": edge}
    assert told(read_word("x.docx", with_parts(data, parts))) == [
        "heading1: Titel",
        "paragraph: Dnr SN 2025/118 sida 1",
        "paragraph: i en ruta",
        "note: KF § 16",
        "edge: Lunds kommun",
    ]


# -- what is no draft --------------------------------------------------------------------------------------------------


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name in ("[Content_Types].xml", "_rels/.rels"):
            package.writestr(name, "<x/>")
        package.writestr("word/document.xml", b" " * (25 * 1024 * 1024))
    return made.getvalue()


def encrypted_entry() -> bytes:
    data = bytearray(word("# x\n"))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(sign)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(sign, place + 4)
    return bytes(data)


ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'
)
_MADE = word("# x\n")
NO_WORD = "the file is not a Word file"
OLD = "the file is in the old Word format (.doc) or has a password; save it as .docx without one"
DAMAGED = "the file is damaged: word/document.xml in it cannot be read"
HOSTILE = {
    "not a package": (b"hej", NO_WORD),
    "empty": (b"", NO_WORD),
    "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, OLD),
    "locked part": (encrypted_entry(), NO_WORD),
    "bomb": (bomb(), "word/document.xml in the file has more than 20 million bytes"),
    "entities": (
        with_parts(_MADE, {"word/document.xml": ENTITIES}),
        DAMAGED,
    ),
    "no XML": (with_parts(_MADE, {"word/document.xml": "<w:document"}), DAMAGED),
    "cut off": (_MADE[: len(_MADE) // 2], NO_WORD),
    "another package": (with_parts(b"PK\x05\x06" + b"\0" * 18, {"x.txt": "x"}), NO_WORD),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_word_file_gives_a_plain_error(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SHIPPED)
    data, message = HOSTILE[name]
    file = saved(tmp_path, data)
    code = run(["lint", str(file), *AS_ABOUT])
    shown = f"{capsys.readouterr().out}exit {code}\n"
    assert shown.startswith(f"error[FRM001]: {message}\n --> {file}\n")
    assert shown.endswith("errors: 1, warnings: 0, information: 0, acknowledged: 0\nexit 1\n")


def test_a_file_that_nests_without_end_is_read_without_a_fault(tmp_path: Path) -> None:
    deep = "<w:sdt><w:sdtContent>" * 90 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 90
    made = with_parts(_MADE, {"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{deep}</w:body></w:document>'})
    assert told(read_word("x.docx", made)) == []
