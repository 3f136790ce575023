"""The municipality's Word file: what is filled in there, and which files cannot be used."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from lxml import etree

from iopctl.documents.docx import file
from iopctl.documents.tree import Document, HeadLine, Picture, Table, Text
from iopctl.locale.language import Language
from iopctl.word_file import LARGEST, WordFileError
from tests import frames
from tests.drafts import AGREEMENT, said
from tests.word import (
    audit,
    changed,
    controls_of,
    find,
    made_in,
    part,
    read,
    read_with_python_docx,
    style_names,
    without,
)

# the head, controls and placeholders


OURS = [
    ("Förvaltning", "forvaltning", "Vård- och omsorgsförvaltningen"),
    ("Datum", "datum", "2023-10-11"),
    ("Diarienummer", "dnr", "[ATT FYLLA I: diarienummer]"),
    ("Handläggare", "handlaggare", "[ATT FYLLA I: handläggarens namn]"),
    ("Mottagare", "mottagare", "Vård- och omsorgsnämnden"),
    ("Rubrik", "rubrik", "Överenskommelse om idéburet offentligt partnerskap"),
]


def test_the_head_and_the_title_are_named_controls() -> None:
    root = part(made_in("minimal"), "word/document.xml")
    assert controls_of(root) == OURS
    # a click on what is to be filled in marks all of it
    assert find(root, "//w:sdt[w:sdtPr/w:showingPlcHdr]/w:sdtPr/w:tag/@w:val") == ["dnr", "handlaggare"]


def test_the_following_pages_of_our_frame_have_title_and_number() -> None:
    header = part(made_in("ram"), "word/header1.xml")
    assert [(tag, words) for _alias, tag, words in controls_of(header)] == [
        (OURS[5][1], OURS[5][2]),
        (OURS[2][1], OURS[2][2]),
    ]


def test_placeholders_are_filled_however_word_has_divided_them() -> None:
    made = made_in("placeholders")
    styles = {"Normal": "Normal", **style_names(made)}
    assert list(read(part(made, "word/header1.xml"), styles)) == [("Normal", "Dnr [ATT FYLLA I: diarienummer]. Sida")]
    assert list(read(part(made, "word/footer1.xml"), styles)) == [
        ("Normal", "2023-10-11 · Vård- och omsorgsförvaltningen")
    ]
    assert controls_of(part(made, "word/footer1.xml")) == [OURS[1], OURS[0]]
    # the look of the place: bold, and the mark's own beside it
    looks = [
        [etree.QName(look).localname for look in each]
        for each in find(part(made, "word/header1.xml"), "//w:r[w:t]/w:rPr")
    ]
    assert looks == [["b"], ["b", "color", "highlight"], ["b"]]


def test_a_title_in_a_style_that_is_no_heading_becomes_one() -> None:
    (title,) = find(part(made_in("placeholders"), "word/document.xml"), "//w:p[w:pPr/w:outlineLvl]")
    assert "".join(find(title, ".//w:t/text()")) == "Överenskommelse om idéburet offentligt partnerskap"
    assert find(title, "w:pPr/w:outlineLvl/@w:val") == ["0"]


def text_box(words: str) -> str:
    """A paragraph with a text box, which Word writes twice: once for itself, once for older programs."""
    box = f"<w:txbxContent>{frames.paragraph(words)}</w:txbxContent>"
    return (
        "<w:p><w:r><w:t>Utanför</w:t></w:r><w:r><mc:AlternateContent"
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:v="urn:schemas-microsoft-com:vml">'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}'
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def in_minimal(body: str, document: Document = AGREEMENT) -> Any:
    """The body of a draft in a frame with this one."""
    frame = changed(frames.minimal(), "word/document.xml", frames.paragraph("Kommunens text"), body)
    return part(file(document, frame), "word/document.xml")[0]


SHORT = replace(AGREEMENT, head=(AGREEMENT.head[1],), blocks=(said("Texten"),))
WORDS = "Överenskommelse om idéburet offentligt partnerskap"


def test_a_placeholder_in_a_text_box_is_a_place() -> None:
    body = in_minimal(text_box("Den {{datum}}"), SHORT)
    assert find(body, ".//w:t/text()") == ["Utanför", "Den ", "2023-10-11", "Den ", "2023-10-11", WORDS, "Texten"]


def test_a_placeholder_keeps_what_stands_around_it_in_the_same_run() -> None:
    body = in_minimal(
        "<w:p><w:r><w:t>a {{datum}} b</w:t><w:tab/><w:t>{{ rubrik }}</w:t><w:t>c</w:t></w:r></w:p>", SHORT
    )
    assert [words for _style, words in read(body, {"Normal": "", "BodyText": ""})] == [
        f"a 2023-10-11 b\t{WORDS}c",
        "Texten",
    ]


def test_the_text_may_stand_in_a_cell_which_ends_with_a_paragraph() -> None:
    cell = f'<w:tc><w:tcPr><w:tcW w:w="9000" w:type="dxa"/></w:tcPr>{frames.paragraph("{{ innehåll }}")}</w:tc>'
    grid = '<w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>'
    table = Table(((Text("A"),),), (((Text("b"),),),), ("left",))
    body = in_minimal(f"<w:tbl>{grid}<w:tr>{cell}</w:tr></w:tbl><w:p/>", replace(SHORT, blocks=(table,)))
    (row,) = find(body, "w:tbl/w:tr/w:tc")
    assert [etree.QName(each).localname for each in row] == ["tcPr", "p", "p", "tbl", "p"]


def test_the_place_may_end_a_section_and_the_text_is_as_wide_as_its_section() -> None:
    def section(width: int) -> str:
        return f'<w:sectPr><w:pgSz w:w="{width}" w:h="9000"/><w:pgMar w:left="1000" w:right="1000"/></w:sectPr>'

    before = f"<w:p><w:pPr>{section(5000)}</w:pPr></w:p>"
    marker = f"<w:p><w:pPr>{section(9000)}</w:pPr><w:r><w:t>{{{{innehåll}}}}</w:t></w:r></w:p>"
    table = Table(((Text("A"),),), (((Text("b"),),),), ("left",))
    body = in_minimal(before + marker + frames.paragraph("Sist") + section(12000), replace(SHORT, blocks=(table,)))
    assert find(body, "w:tbl/w:tblPr/w:tblW/@w:w") == ["7000"]
    assert find(body, "w:p/w:pPr/w:sectPr/w:pgSz/@w:w") == ["5000", "9000"]
    assert [etree.QName(each).localname for each in body] == ["p", "p", "p", "tbl", "p", "p", "sectPr"]


def test_a_control_that_is_a_cell_or_a_picture() -> None:
    def row(control: str) -> str:
        return f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid><w:tr>{control}</w:tr></w:tbl><w:p/>'

    cell = (
        f'<w:tc><w:tcPr><w:tcW w:w="9000" w:type="dxa"/></w:tcPr>{frames.paragraph("a")}{frames.paragraph("b")}</w:tc>'
    )
    body = in_minimal(row(frames.control("datum", "Datum", 1, cell)), SHORT)
    assert find(body, "w:tbl//w:t/text()") == ["2023-10-11"]
    assert find(body, "w:tbl//w:tcW/@w:w") == ["9000"]
    body = in_minimal(f"<w:p>{frames.control('datum', 'Datum', 1, frames.run('x'), '<w:picture/>')}</w:p>", SHORT)
    assert find(body, ".//w:t/text()") == ["x", "Datum:", "2023-10-11", WORDS, "Texten"]


def test_only_one_place_of_the_title_becomes_a_heading() -> None:
    levels = ".//w:p[w:pPr/w:outlineLvl]"
    twice = in_minimal(frames.paragraph("{{rubrik}}") + frames.paragraph("Om ", "{{rubrik}}"), SHORT)
    assert ["".join(find(each, ".//w:t/text()")) for each in find(twice, levels)] == [WORDS]
    level = '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>{{rubrik}}</w:t></w:r></w:p>'
    own = in_minimal(frames.paragraph("Om ", "{{rubrik}}") + level, SHORT)
    assert ["".join(find(each, ".//w:t/text()")) for each in find(own, levels)] == [WORDS]


def test_what_the_data_say_is_never_a_placeholder() -> None:
    head = (HeadLine("dnr", "Diarienummer", Text("{{ rubrik }}")), HeadLine("date", "Datum", Text("{{ innehåll }}")))
    made = made_in("placeholders", replace(AGREEMENT, head=head, title=(Text("{{ dnr }} <w:p>&amp;"),)))
    assert "".join(find(part(made, "word/header1.xml"), "//w:t/text()")) == "Dnr {{ rubrik }}. Sida"
    assert "".join(find(part(made, "word/footer1.xml"), "//w:t/text()")) == "{{ innehåll }} · "
    assert read_with_python_docx(made)[0] == ("Title", "{{ dnr }} <w:p>&amp;")


def test_a_place_for_what_the_draft_does_not_have_is_emptied() -> None:
    made = made_in("placeholders", replace(AGREEMENT, head=()))
    assert "".join(find(part(made, "word/header1.xml"), "//w:t/text()")) == "Dnr . Sida"


def test_controls_of_the_frame_keep_their_look_and_their_kind() -> None:
    header = part(made_in("controls"), "word/header1.xml")
    assert controls_of(header) == [
        ("Dnr", "dnr", "[ATT FYLLA I: diarienummer]"),
        ("Datum", "", "2023-10-11"),
        ("Handläggare", "arende", "Anges av systemet"),  # Word shows the data, Exempel Exempelsson
    ]
    assert find(header, "//w:date/@w:fullDate") == ["2023-10-11T00:00:00Z"]
    assert [etree.QName(each).localname for each in find(header, "//w:sdt[2]/w:sdtContent/w:r/w:rPr/*")] == ["b"]
    # what asked to be filled in was grey; that was the look of the asking
    assert "808080" not in etree.tostring(header).decode()
    (title, *_others) = find(part(made_in("controls"), "word/document.xml"), "//w:sdt")
    assert len(find(title, ".//w:p")) == 1
    assert find(title, ".//w:p/w:pPr/w:pStyle/@w:val") == ["Rubrik1"]
    assert find(title, "w:sdtPr/w:showingPlcHdr") == []


def test_data_that_controls_are_bound_to_say_the_same_as_they_do() -> None:
    known = replace(AGREEMENT, head=(HeadLine("dnr", "Diarienummer", Text("VON 2023/17")), AGREEMENT.head[3]))
    made = made_in("controls", known)
    assert controls_of(part(made, "word/header1.xml"))[0] == ("Dnr", "dnr", "VON 2023/17")
    assert etree.tostring(part(made, "customXml/item1.xml"), encoding="unicode") == (
        '<arende xmlns="urn:exempel:arende"><dnr>VON 2023/17</dnr><person>Exempel Exempelsson</person></arende>'
    )
    core = part(made, "docProps/core.xml")
    assert core.findtext("{*}title") == "Överenskommelse om idéburet offentligt partnerskap"


@pytest.mark.parametrize("path", ["//a:dnr", "/a:arende[1]/a:borta[1]", "count(/*)", "/b:arende", "/a:arende[1]/a:*"])
def test_a_binding_that_leads_nowhere_is_left_alone(path: str) -> None:
    frame = changed(frames.controls(), "word/header1.xml", "/a:arende[1]/a:dnr[1]", path)
    made = file(replace(AGREEMENT, head=(HeadLine("dnr", "Dnr", Text("VON 2023/17")),)), frame)
    assert part(made, "customXml/item1.xml")[0].text is None
    assert controls_of(part(made, "word/header1.xml"))[0] == ("Dnr", "dnr", "VON 2023/17")


def test_a_relationship_to_a_part_that_is_not_there_does_not_matter() -> None:
    frame = changed(frames.ram(), "word/_rels/document.xml.rels", 'Target="theme.xml"', 'Target="NULL"')
    made = file(SHORT, without(frame, "word/theme.xml"))
    assert "NULL" not in etree.tostring(part(made, "word/_rels/document.xml.rels")).decode()
    assert read_with_python_docx(made)[-1] == ("Body Text", "Texten")


def test_marks_around_the_data_of_others_stay() -> None:
    marked = "<?mso-contentType?><arende"
    made = file(AGREEMENT, changed(frames.controls(), "customXml/item1.xml", "<arende", marked))
    with ZipFile(BytesIO(made)) as zipped:
        assert marked in zipped.read("customXml/item1.xml").decode().replace("\n", "")


# frames that cannot be used


def bomb() -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as zipped, zipped.open("word/document.xml", "w") as opened:
        for _number in range(LARGEST // 1_000_000 + 1):
            opened.write(bytes(1_000_000))
    return made.getvalue()


NOT_WORD = "the file is not a Word file"
DAMAGED = "the file is damaged: word/document.xml in it cannot be read"
MACROS = "the file can hold macros; save it in Word as a document (.docx) or template (.dotx) without"
KNOWN = "forvaltning, datum, dnr, handlaggare, mottagare, rubrik, innehall"

FAULTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", NOT_WORD),
    "text": (lambda: b"Hej", NOT_WORD),
    "cut": (lambda: frames.ram()[:3000], NOT_WORD),
    "doc": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        "the file is in the old Word format (.doc) or has a password; save it as .docx without one",
    ),
    "zip": (lambda: frames.packed({"a.txt": "a"}), NOT_WORD),
    "workbook": (
        lambda: changed(frames.minimal(), "[Content_Types].xml", "wordprocessingml", "spreadsheetml"),
        NOT_WORD,
    ),
    "macros": (
        lambda: changed(
            frames.minimal(),
            "[Content_Types].xml",
            f"{frames.WORD}document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
        MACROS,
    ),
    "macros inside": (
        lambda: changed(
            frames.minimal(),
            "[Content_Types].xml",
            "<Override",
            '<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/><Override',
        ),
        MACROS,
    ),
    "no text": (lambda: without(frames.minimal(), "word/document.xml"), NOT_WORD),
    "no body": (lambda: changed(frames.minimal(), "word/document.xml", "w:body", "w:other"), NOT_WORD),
    "not XML": (lambda: changed(frames.minimal(), "word/document.xml", "</w:p>", ""), DAMAGED),
    "entities": (
        lambda: changed(
            frames.minimal(), "word/document.xml", "<w:document", '<!DOCTYPE x [<!ENTITY a "b">]><w:document'
        ),
        DAMAGED,
    ),
    "strict": (
        lambda: changed(
            frames.minimal(), "_rels/.rels", frames.OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"
        ),
        "the file is saved as Strict Open XML; save it in Word as an ordinary Word document (.docx)",
    ),
    "bomb": (bomb, "the file holds more than 100 million bytes or 2,000 parts"),
    "many parts": (
        lambda: frames.packed({f"{number}.bin": "" for number in range(2001)}),
        "the file holds more than 100 million bytes or 2,000 parts",
    ),
    "twice": (
        lambda: frames.packed({"word/document.xml": "", "word/Document.xml": ""}),
        "the file is damaged: the same part is there twice",
    ),
    "two places": (
        lambda: changed(
            frames.minimal(),
            "word/document.xml",
            "Kommunens text",
            "{{ innehåll }}</w:t></w:r></w:p><w:p><w:r><w:t>{{innehall}}",
        ),
        "the file has more than one place for the text, {{ innehåll }}",
    ),
    "place among words": (
        lambda: changed(frames.minimal(), "word/document.xml", "Kommunens text", "Text: {{ innehåll }}"),
        "{{ innehåll }} has to stand in a paragraph of its own",
    ),
    "unknown name": (
        lambda: changed(frames.minimal(), "word/document.xml", "Kommunens text", "Dnr {{ dnrr }}"),
        f"the file asks for {{{{ dnrr }}}}; there are {KNOWN}",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_cannot_be_a_frame_is_refused_in_plain_words(fault: str) -> None:
    make, expected = FAULTS[fault]
    with pytest.raises(WordFileError) as caught:
        file(AGREEMENT, make())
    assert Language("en").say(caught.value.reason) == expected


def damaged(random: Random) -> bytes:
    """A frame with something taken away, said twice, or said wrongly in one to three places."""
    with ZipFile(BytesIO(random.choice(list(frames.FRAMES.values()))())) as zipped:
        parts: dict[str, str | bytes] = {name: zipped.read(name).decode() for name in zipped.namelist()}
    for _time in range(random.randint(1, 3)):
        name = random.choice(list(parts))
        text = str(parts[name])
        pieces = list(
            re.finditer(random.choice([r"<[^<>/]*/>", r"<(\w+:\w+)[^<>]*>[^<>]*</\1>", r'(?<=")[^"<>]*(?=")']), text)
        )
        if not pieces:
            del parts[name]
            continue
        piece = random.choice(pieces)
        new = random.choice(["", piece[0] * 2, "-1", "99999999999", "<!-- å -->", "w:p"])
        parts[name] = text[: piece.start()] + new + text[piece.end() :]
    return frames.packed(parts)


def test_a_damaged_file_is_filled_or_refused() -> None:
    document = replace(AGREEMENT, blocks=tuple(each for each in AGREEMENT.blocks if not isinstance(each, Picture)))
    random, refused = Random(20231011), 0
    for _time in range(300):
        made = damaged(random)
        try:
            file(document, made)
        except WordFileError:
            refused += 1
    assert 50 < refused < 250


# that the audit can see faults at all


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("[Content_Types].xml", "wordprocessingml.footnotes+xml", "wordprocessingml.endnotes+xml"),
        ("word/document.xml", '<w:footnoteReference w:id="2"/>', '<w:footnoteReference w:id="9"/>'),
        ("word/document.xml", "<w:sdtContent>", "<w:sdtcontent>"),
        ("word/document.xml", "<w:cantSplit/><w:tblHeader/>", "<w:tblHeader/><w:nonsense/>"),
        ("word/_rels/document.xml.rels", "numbering.xml", "borta.xml"),
    ],
)
def test_a_planted_fault_is_seen_by_the_audit(name: str, old: str, new: str, tmp_path: Path) -> None:
    sound = made_in("ram")
    planted = changed(sound, name, old, new)
    if old == "<w:sdtContent>":
        planted = changed(planted, name, "</w:sdtContent>", "</w:sdtcontent>")
    assert audit(sound, tmp_path) == set()
    assert audit(planted, tmp_path) != set()
