"""Lists and tables of drafts as Word files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from iopctl.documents.tree import Items, Table, Text
from iopctl.documents.word.tables import column_widths
from tests.drafts import AGREEMENT, said
from tests.word import (
    W,
    find,
    made_in,
    part,
)

# lists


def shown_numbers(made: bytes) -> list[tuple[str, str]]:
    """What stands before each item that is numbered, reckoned as Word does from the numbering part."""
    numbering, ids = part(made, "word/numbering.xml"), {}
    styles = part(made, "word/styles.xml")
    counted: dict[str, int] = {}
    found = []
    for each in find(part(made, "word/document.xml"), "//w:body//w:p[w:pPr/w:pStyle]"):
        style = find(each, "w:pPr/w:pStyle/@w:val")[0]
        of_style = find(styles, f"w:style[@w:styleId='{style}']/w:pPr/w:numPr/w:numId/@w:val")
        number = (find(each, "w:pPr/w:numPr/w:numId/@w:val") or of_style or [None])[0]
        if number is None:
            continue
        level = (find(each, "w:pPr/w:numPr/w:ilvl/@w:val") or ["0"])[0]
        (num,) = find(numbering, f"w:num[@w:numId='{number}']")
        ids[number] = num
        (definition,) = find(
            numbering,
            f"w:abstractNum[@w:abstractNumId='{find(num, 'w:abstractNumId/@w:val')[0]}']/w:lvl[@w:ilvl='{level}']",
        )
        start = find(num, f"w:lvlOverride[@w:ilvl='{level}']/w:startOverride/@w:val") or find(
            definition, "w:start/@w:val"
        )
        counted[number] = counted.get(number, int(start[0]) - 1) + 1
        text = find(definition, "w:lvlText/@w:val")[0].replace(f"%{int(level) + 1}", str(counted[number]))
        found.append((text, "".join(find(each, ".//w:t/text()"))))
    return found


@pytest.mark.parametrize(
    ("frame", "bullet", "third"), [("ram", "•", "3."), ("template", "■", "3)"), ("placeholders", "•", "3.")]
)
def test_each_numbered_list_begins_at_its_own_number_and_looks_like_the_frame(
    frame: str, bullet: str, third: str
) -> None:
    assert shown_numbers(made_in(frame)) == [
        (bullet, "hålla cirklar för anhöriga"),
        (bullet, "rekrytera ledare"),
        ("1.", "bland medlemmarna"),
        ("2.", "genom annonser"),
        (third, "upplåta lokal"),
        (third.replace("3", "4"), "utse en kontaktperson"),
    ]


def test_two_lists_after_each_other_both_begin_at_one() -> None:
    items = Items(((said("a"),), (said("b"),)), 1)
    made = made_in("minimal", replace(AGREEMENT, blocks=(items, said("x"), items)))
    assert [number for number, _words in shown_numbers(made)] == ["1.", "2.", "1.", "2."]


def test_items_stand_close_and_what_follows_them_does_not() -> None:
    items = Items(((said("a"),), (said("b"),)))
    made = made_in("minimal", replace(AGREEMENT, blocks=(items, said("x"), said("y"))))
    styles = find(part(made, "word/styles.xml"), "w:style")
    spaces = {each.get(f"{W}styleId"): find(each, "w:pPr/w:spacing/@w:after") for each in styles}
    assert (spaces["ListBullet"], spaces["BodyText"]) == (["50"], ["140"])
    before = find(part(made, "word/document.xml"), "//w:p[w:pPr/w:spacing/@w:before='90']//w:t/text()")
    assert before == ["x"]


def test_a_list_deeper_than_word_has_levels_stays_at_the_last() -> None:
    block: Any = said("innerst")
    for _level in range(12):
        block = Items(((said("yttre"), block),))
    levels = find(part(made_in("ram", replace(AGREEMENT, blocks=(block,))), "word/document.xml"), "//w:ilvl/@w:val")
    assert levels == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "8", "8", "8"]


def test_an_item_that_begins_with_a_table_has_its_number_in_a_line_of_its_own() -> None:
    table = Table(((Text("A"),),), (((Text("b"),),),), ("left",))
    made = made_in("minimal", replace(AGREEMENT, blocks=(Items(((table,),), 1),)))
    assert shown_numbers(made) == [("1.", "")]


# tables


def test_the_header_row_comes_again_no_row_is_divided_and_numbers_stand_to_the_right() -> None:
    (table,) = find(part(made_in("ram"), "word/document.xml"), "//w:tbl")
    assert [[etree.QName(each).localname for each in row[0]] for row in find(table, "w:tr")] == [
        ["cantSplit", "tblHeader"],
        ["cantSplit"],
        ["cantSplit"],
    ]
    assert find(table, "w:tr/w:tc[3]/w:p/w:pPr/w:jc/@w:val") == ["right"] * 3
    assert find(table, "w:tr/w:tc[1]/w:p/w:pPr/w:jc") == []
    assert find(table, "w:tblPr/w:tblLook/@w:firstRow") == ["1"]
    widths = list(map(int, find(table, "w:tblGrid/w:gridCol/@w:w")))
    assert sum(widths) == 11906 - 2 * 1418 == int(find(table, "w:tblPr/w:tblW/@w:w")[0])
    assert [list(map(int, find(row, "w:tc/w:tcPr/w:tcW/@w:w"))) for row in find(table, "w:tr")] == [widths] * 3


@pytest.mark.parametrize(("rows", "kept"), [(12, 12), (13, 1)])
def test_a_short_table_stays_on_one_page(rows: int, kept: int) -> None:
    table = Table(((Text("A"),),), (((Text("b"),),),) * rows, ("left",))
    body = part(made_in("minimal", replace(AGREEMENT, blocks=(table,))), "word/document.xml")
    keeps = [bool(find(row, "w:tc/w:p/w:pPr/w:keepNext")) for row in find(body, "//w:tr")]
    assert keeps == [True] * kept + [False] * (rows + 1 - kept)  # the last row leads to nothing


def test_a_number_stands_apart_from_the_words_beside_it() -> None:
    cells = ((Text("Belopp"),), (Text("Underlag"),), (Text("Kr"),))
    table = Table(cells, (cells,), ("right", "left", "right"))
    body = part(made_in("minimal", replace(AGREEMENT, blocks=(table,))), "word/document.xml")
    for row in find(body, "//w:tr"):
        assert [find(cell, "w:p/w:pPr/w:ind/@w:right") for cell in find(row, "w:tc")] == [["80"], [], []]


def test_a_table_is_as_wide_as_the_page_that_lies_down() -> None:
    (table,) = find(part(made_in("template"), "word/document.xml"), "//w:tbl")
    assert find(table, "w:tblPr/w:tblW/@w:w") == [str(16838 - 2 * 1418)]


@pytest.mark.parametrize(
    ("rows", "sides", "width", "expected"),
    [
        # 2 letters: 300 + 2 × 115 = 530; 4: 760. 1290 of 2580: both twice as wide
        ([["ab", "abcd"]], "lr", 2580, [1060, 1520]),
        # least: 530 and, undivided, 10 letters = 1450; the 24 letters want 760 to 3060, and get what is left
        ([["ab", "abcd abcd abcd abcd abcd", "933 000 kr"]], "llr", 4000, [530, 2020, 1450]),
        # nothing fits: 1450 each of 1000
        ([["abcdefghij", "abcdefghij"]], "ll", 1000, [500, 500]),
        ([[""]], "l", 9000, [9000]),
    ],
)
def test_widths_of_columns(rows: list[list[str]], sides: str, width: int, expected: list[int]) -> None:
    assert column_widths(rows, [{"l": "left", "r": "right"}[side] for side in sides], width) == expected


def test_two_tables_that_meet_stay_two_and_a_table_is_never_the_last() -> None:
    table = Table(((Text("A"),),), (((Text("b"),),),), ("left",))
    body = part(made_in("minimal", replace(AGREEMENT, blocks=(table, table))), "word/document.xml")[0]
    assert [etree.QName(each).localname for each in body[-4:]] == ["tbl", "p", "tbl", "p"]
