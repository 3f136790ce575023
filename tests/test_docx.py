"""Drafts as Word files. What is expected is worked out by hand from AGREEMENT in tests/drafts.py."""

from __future__ import annotations

import re
import struct
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from lxml import etree
from openxml_audit import AppPrediction, FileFormat, OpenXmlValidator, predict

from iopctl.documents.docx import file
from iopctl.documents.raster import png
from iopctl.documents.tree import Note, Origin, Paragraph, Text
from tests import drafts, frames
from tests.documents import agreement, drafted
from tests.drafts import AGREEMENT, SVG
from tests.tools import needs
from tests.word import (
    NS,
    W,
    audit,
    find,
    made_in,
    names,
    part,
    read,
    read_with_python_docx,
    style_names,
)

TEXT = [
    ("heading 2", "Bakgrund"),
    (
        "Body Text",
        "Samverkan bygger på en gemensam och långsiktig vilja¹. Se kommunens sida. "
        "Text som <w:p>, ]]> och {{ dnr }} är bara text², som tidigare sagts¹.",
    ),
    ("Block Text", "Partnerskapet tecknas för perioden 1 december 2023 – 30 november 2025."),
    ("heading 3", "Parterna åtar sig"),
    ("Body Text", "Föreningen ska:"),
    ("List Bullet", "hålla cirklar för anhöriga"),
    ("List Bullet", "rekrytera ledare"),
    ("List Number", "bland medlemmarna"),
    ("List Number", "genom annonser"),
    ("List Continue", "Ledarna får utbildning."),
    ("Body Text", "Kommunen ska:"),
    ("List Number", "upplåta lokal"),
    ("List Number", "utse en kontaktperson"),
    ("heading 2", "Ekonomi"),
    ("Tabelltext", "År"),
    ("Tabelltext", "Vad pengarna är till för"),
    ("Tabelltext", "Belopp"),
    ("Tabelltext", "2024"),
    ("Tabelltext", "Ledare och lokaler för cirklarna, och utbildning av nya ledare"),
    ("Tabelltext", "933 000 kr"),
    ("Tabelltext", "2025"),
    ("Tabelltext", "Samma"),
    ("Tabelltext", "[ATT FYLLA I: belopp]"),
    ("Body Text", "Beloppen räknas upp."),
    ("Body Text", "<Tidslinje: partnerskapet gäller 2023–2025.>"),
    ("heading 2", "Underskrifter"),
    ("Body Text", "Lund den [ATT FYLLA I: dag]\nFör föreningen"),
    ("Underskriftslinje", ""),
    ("Body Text", "[ATT FYLLA I: namn]\nordförande"),
    ("Underskriftslinje", ""),
    ("Body Text", "Namn Namnsson"),
]
"""The styles and words of the draft below its title, in order."""

HEAD = [
    ("Dokumenthuvud", "Förvaltning:\tVård- och omsorgsförvaltningen"),
    ("Dokumenthuvud", "Datum:\t2023-10-11"),
    ("Dokumenthuvud", "Diarienummer:\t[ATT FYLLA I: diarienummer]"),
    ("Dokumenthuvud", "Handläggare:\t[ATT FYLLA I: handläggarens namn]"),
    ("Dokumenthuvud", "Mottagare:\tVård- och omsorgsnämnden"),
]
TITLE = ("heading 1", "Överenskommelse om idéburet offentligt partnerskap")

NOTES = [
    ("footnote text", " Kommunfullmäktige 2019-01-31 § 16. Protokoll"),
    ("footnote text", " Vård- och omsorgsnämnden 2023-11-15 § [ATT FYLLA I: paragraf]"),
]

EXPECTED = {
    "ram": [*HEAD, TITLE, *TEXT],
    "template": [*HEAD, TITLE, *TEXT],
    "placeholders": [
        ("Title", "Överenskommelse om idéburet offentligt partnerskap"),
        ("Normal", "Kommunens egen inledning¹"),
        ("Normal", "Handläggare: [ATT FYLLA I: handläggarens namn], för Vård- och omsorgsnämnden"),
        # the frame's own footnote is the first, so ours are the next two
        *[(style, words.replace("²", "³").replace("¹", "²")) for style, words in TEXT],
        ("Normal", "Kommunens eget slut"),
    ],
    "minimal": [("Normal", "Kommunens text"), *HEAD, TITLE, *TEXT],
    # Diarienummer, Datum and Handläggare stand in the header of the first page; Mottagare only in that of the others
    "controls": [TITLE, HEAD[0], HEAD[4], *TEXT],
}


# what is in the file


@pytest.mark.parametrize("frame", frames.FRAMES)
def test_the_words_of_the_draft_are_in_the_file_in_order_and_in_their_styles(frame: str) -> None:
    assert read_with_python_docx(made_in(frame)) == EXPECTED[frame]


@pytest.mark.parametrize("frame", frames.FRAMES)
def test_nothing_is_wrong_with_the_file_that_was_not_wrong_with_its_frame(frame: str, tmp_path: Path) -> None:
    made = frames.FRAMES[frame]()
    before = audit(made, tmp_path, ".dotx" if frame == "template" else ".docx")
    # a small file has no theme and no table of fonts; neither has to be there
    assert all("A required relationship type" in each for each in before)
    assert audit(made_in(frame), tmp_path) <= before


def test_the_frame_that_comes_with_iopctl_and_its_drafts_open_without_repair(tmp_path: Path) -> None:
    path = tmp_path / "utkast.docx"
    for content in (frames.SHIPPED.read_bytes(), made_in("ram")):
        path.write_bytes(content)
        verdict = predict(OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(path))
        assert verdict.prediction is AppPrediction.OPENS_CLEAN


def test_the_frame_that_comes_with_iopctl_is_what_its_source_says() -> None:
    assert frames.SHIPPED.read_bytes() == frames.ram(), "python -m tests.frames --write"


@pytest.mark.parametrize("frame", frames.FRAMES)
@pytest.mark.parametrize("name", ["memo", "everything"])
def test_real_and_long_drafts_open_too(name: str, frame: str, tmp_path: Path) -> None:
    document = replace(drafts.ALL[name](), pictures={"tidslinje": SVG, "annan": SVG})
    before = audit(frames.FRAMES[frame](), tmp_path, ".dotx" if frame == "template" else ".docx")
    assert audit(made_in(frame, document), tmp_path) <= before


@pytest.mark.parametrize("frame", frames.FRAMES)
def test_the_same_draft_is_the_same_bytes(frame: str) -> None:
    assert made_in(frame) == made_in(frame)
    with ZipFile(BytesIO(made_in(frame))) as zipped:
        assert {info.date_time for info in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("frame", frames.FRAMES)
def test_what_the_draft_does_not_touch_says_the_same(frame: str) -> None:
    touched = {"[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/document.xml"}
    touched |= {"word/styles.xml", "word/numbering.xml", "word/settings.xml", "word/footnotes.xml"}
    touched |= {
        "docProps/core.xml",
        "docProps/custom.xml",
        "customXml/item1.xml",
        "word/header1.xml",
        "word/footer1.xml",
    }
    touched |= {"word/header2.xml"} if frame == "controls" else set()
    before, after = (ZipFile(BytesIO(content)) for content in (frames.FRAMES[frame](), made_in(frame)))
    for name in set(before.namelist()) - touched | ({"word/footer1.xml"} if frame == "ram" else set()):
        now, then = (zipped.read(name) for zipped in (after, before))
        xml = name.endswith((".xml", ".rels"))
        assert now == then or (xml and etree.canonicalize(now.decode()) == etree.canonicalize(then.decode())), name


@pytest.mark.parametrize("frame", frames.FRAMES)
def test_no_style_of_the_frame_is_changed_and_none_is_called_quote(frame: str) -> None:
    made = made_in(frame)
    after = {each.get(f"{W}styleId"): etree.tostring(each) for each in find(part(made, "word/styles.xml"), "w:style")}
    if "word/styles.xml" in names(frames.FRAMES[frame]()):
        for each in find(part(frames.FRAMES[frame](), "word/styles.xml"), "w:style"):
            assert after[each.get(f"{W}styleId")] == etree.tostring(each)
    assert len(style_names(made)) == len(set(style_names(made).values()))
    assert "quote" not in {shown.lower() for shown in style_names(made).values()}


@pytest.mark.parametrize("frame", frames.FRAMES)
def test_no_number_is_given_twice(frame: str) -> None:
    made = made_in(frame)
    parts = [part(made, name) for name in names(made) if re.match(r"word/(document|header\d|footer\d)\.xml$", name)]
    numbered = ("//w:sdtPr/w:id/@w:val", "//wp:docPr/@id", "//w:bookmarkStart/@w:id", "//w:bookmarkStart/@w:name")
    for path in (*numbered, "//w:footnoteReference/@w:id"):
        ids = [each for root in parts for each in find(root, path)]
        assert len(ids) == len(set(ids)), path
    text = part(made, "word/document.xml")
    assert find(text, "//w:bookmarkEnd/@w:id") == find(text, "//w:bookmarkStart/@w:id")
    assert len(names(made)) == len(set(names(made)))


# footnotes and links


def test_footnotes_are_real_and_the_second_mention_is_the_same_number() -> None:
    made = made_in("ram")
    assert list(read(part(made, "word/footnotes.xml"), {"Normal": "Normal", **style_names(made)})) == [
        ("Normal", ""),
        ("Normal", ""),
        *NOTES,
    ]
    assert find(part(made, "word/footnotes.xml"), "w:footnote/@w:id") == ["-1", "0", "1", "2"]
    assert find(part(made, "word/settings.xml"), "w:footnotePr/w:footnote/@w:id") == ["-1", "0"]
    text = part(made, "word/document.xml")
    assert find(text, "//w:footnoteReference/@w:id") == ["1", "2"]
    assert find(text, "//w:fldSimple/@w:instr") == [r" NOTEREF _Fotnot1 \f \h "]
    assert find(text, "//w:bookmarkStart/@w:name") == ["_Fotnot1", "_Fotnot2"]


def test_footnotes_of_the_frame_stay_before_ours() -> None:
    made = made_in("placeholders")
    root = part(made, "word/footnotes.xml")
    assert ["".join(find(each, ".//w:t/text()")) for each in find(root, "w:footnote")] == [
        "",
        "",
        "Kommunens not",
        *(words for _style, words in NOTES),
    ]
    assert find(part(made, "word/document.xml"), "//w:footnoteReference/@w:id") == ["1", "2", "3"]


def test_a_footnote_that_is_nowhere_is_left_out() -> None:
    words = (Text("Ord"), Note("borta"))
    made = made_in("minimal", replace(AGREEMENT, title=words, blocks=(Paragraph(words),), notes={}))
    assert "word/footnotes.xml" not in names(made)


def test_links_lead_out_of_the_file_and_say_where_to() -> None:
    made = made_in("ram")
    for name, address in (
        ("document", "https://www.example.org/iop?a=1&b=2"),
        ("footnotes", "https://www.example.org/kf"),
    ):
        (link,) = find(part(made, f"word/{name}.xml"), "//w:hyperlink")
        relations = part(made, f"word/_rels/{name}.xml.rels")
        (relation,) = [each for each in relations if each.get("Id") == link.get(f"{{{NS['r']}}}id")]
        assert (relation.get("Target"), relation.get("TargetMode")) == (address, "External")
        assert link.get(f"{W}tooltip") == address


# what is to be filled in


def test_what_is_to_be_filled_in_is_seen_with_and_without_colours() -> None:
    text = part(made_in("ram"), "word/document.xml")
    marks = [each for each in find(text, "//w:r") if "[ATT FYLLA I" in "".join(find(each, "w:t/text()"))]
    assert len(marks) == 5
    for each in marks:
        assert [etree.QName(look).localname for look in each[0]] == ["b", "color", "highlight"]
        assert find(each, "w:rPr/w:highlight/@w:val") == ["yellow"]


# properties


def test_properties_say_what_the_draft_is_and_where_it_comes_from() -> None:
    opened = docx.Document(BytesIO(made_in("placeholders"))).core_properties
    assert (opened.title, opened.language) == ("Överenskommelse om idéburet offentligt partnerskap", "sv-SE")
    assert (str(opened.created), str(opened.modified)) == ("2023-10-11 00:00:00+00:00",) * 2
    told = [
        (each.get("pid"), each.get("name"), each[0].text)
        for each in part(made_in("placeholders"), "docProps/custom.xml")
    ]
    assert told == [
        ("2", "Informationsklass", "Öppen"),
        ("3", "iopctl.agreement", "lund-exempel-2023"),
        ("4", "iopctl.kind", "overenskommelse"),
        ("5", "iopctl.as_of", "2023-10-11"),
        ("6", "iopctl.version", "0.6.0"),
        ("7", "iopctl.commit", "0123abc"),
        ("8", "iopctl.changed", "true"),
    ]


def test_a_title_longer_than_a_property_can_be_is_whole_in_the_text() -> None:
    made = made_in("minimal", replace(AGREEMENT, title=(Text("å" * 300),), head=()))
    assert docx.Document(BytesIO(made)).core_properties.title == "å" * 255
    assert read_with_python_docx(made)[1] == ("heading 1", "å" * 300)


def test_outside_git_there_is_no_commit_and_no_author_is_made_up() -> None:
    document = replace(AGREEMENT, origin=Origin("a", "b", date(2024, 1, 2), "0"))
    made = made_in("controls", document)
    assert [each.get("name") for each in part(made, "docProps/custom.xml")] == [
        "iopctl.agreement",
        "iopctl.kind",
        "iopctl.as_of",
        "iopctl.version",
    ]
    assert part(made, "docProps/core.xml").find("{*}creator") is None  # not the one who made the frame


def test_a_draft_can_be_the_frame_of_the_next() -> None:
    again = file(AGREEMENT, made_in("minimal"))
    assert [each.get("pid") for each in part(again, "docProps/custom.xml")] == ["2", "3", "4", "5", "6", "7"]
    assert find(part(again, "word/document.xml"), "//w:bookmarkStart/@w:id") == ["1", "2", "3", "4"]


@pytest.mark.parametrize("frame", frames.FRAMES)
def test_the_language_is_swedish(frame: str) -> None:
    made = made_in(frame)
    assert find(part(made, "word/styles.xml"), "w:docDefaults/w:rPrDefault/w:rPr/w:lang/@w:val") == ["sv-SE"]
    assert find(part(made, "word/settings.xml"), "w:themeFontLang/@w:val") == ["sv-SE"]
    # where a style of the frame says another language, each run of ours says Swedish
    (run,) = find(part(made, "word/document.xml"), "//w:r[w:t='Beloppen räknas upp.']")
    assert find(run, "w:rPr/w:lang/@w:val") == (["sv-SE"] if frame == "template" else [])


# pictures


def test_a_picture_is_told_in_words_and_is_no_wider_than_the_text() -> None:
    made = made_in("ram")
    (shown,) = find(part(made, "word/document.xml"), "//wp:docPr")
    assert shown.get("descr") == "Tidslinje: partnerskapet gäller 2023–2025."
    # 200 × 40 px of SVG at 96 to the inch are 150 × 30 pt, 417 × 83 dots at 200 to the inch, 4 572 EMU each
    (size,) = find(part(made, "word/document.xml"), "//wp:extent")
    assert (abs(int(size.get("cx")) - 150 * 12_700) < 10_000, abs(int(size.get("cy")) - 30 * 12_700) < 10_000) == (
        True,
        True,
    )
    wide = replace(AGREEMENT, pictures={"tid": SVG.replace('0 40" width="200"', '0 40" width="4000"')})
    (size,) = find(part(made_in("ram", wide), "word/document.xml"), "//wp:extent")
    assert int(size.get("cx")) == (11906 - 2 * 1418) * 635


def test_a_picture_of_dots_is_the_same_each_time() -> None:
    assert png(SVG) == png(SVG)
    across, down = struct.unpack(">II", png(SVG)[16:24])
    assert (across, down) in {(417, 83), (417, 84)}


# data


def test_characters_that_no_word_file_can_hold_are_shown(tmp_path: Path) -> None:
    hidden = "a\x00b\x0bc\x1bd\ufffee\u202ef"
    shown = "a[U+0000]b c[U+001B]d[U+FFFE]e[U+202E]f"
    head = "---\nname: Prov\ndescription: Prov.\nhead: [unit, dnr]\n---\n"
    template = head + "# {{ agreement.title }}\n\nOrd \x1b\u202e\x0c{{ agreement.title }}\n"
    (tmp_path / "prov.md.j2").write_text(template, "utf-8")
    document = drafted(agreement(title=hidden, dnr=hidden), "prov", own=tmp_path, labels={"unit": hidden})
    made = file(document, frames.minimal())
    assert read_with_python_docx(made)[1:] == [
        ("Dokumenthuvud", f"{shown}:\t[ATT FYLLA I: förvaltningens namn]"),
        ("Dokumenthuvud", f"Diarienummer:\t{shown}"),
        ("heading 1", shown),
        ("Body Text", f"Ord [U+001B][U+202E] {shown}"),
    ]


# as LibreOffice reads it


@pytest.mark.parametrize("frame", frames.FRAMES)
def test_libreoffice_reads_the_same_words(frame: str, tmp_path: Path) -> None:
    needs("soffice")
    (tmp_path / "utkast.docx").write_bytes(made_in(frame))
    arguments = [
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
    ]
    subprocess.run(
        ["soffice", *arguments, "--outdir", tmp_path, tmp_path / "utkast.docx"], check=True, capture_output=True
    )
    read_back = (tmp_path / "utkast.txt").read_text("utf-8-sig")
    for _style, words in EXPECTED[frame]:
        for line in re.split(r"[\n¹²³]", words):
            if not line.startswith("<"):
                assert line in read_back
