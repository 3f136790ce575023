"""Columns: widths, sides, and where the last one breaks."""

from __future__ import annotations

import pytest

from iopctl.render.table import Justify, cells, table

HEADINGS: tuple[tuple[str, Justify], ...] = (("År", "left"), ("Belopp", "right"), ("Underlag", "left"))


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("år", 2), ("933\u00a0000\u00a0kr", 10), ("a\u030ar", 2), ("日本", 4), ("–…", 2)],
)
def test_how_wide_a_text_is(text: str, width: int) -> None:
    assert cells(text) == width


def test_columns_are_as_wide_as_what_is_in_them() -> None:
    rows = (("2023 1/2", "1 kr", "OPI 2023"), ("2024", "10 000 kr", ""))
    assert table(HEADINGS, rows, 100) == (
        "År           Belopp  Underlag\n"
        "2023 1/2       1 kr  OPI 2023\n"
        "2024      10 000 kr\n"
    )  # fmt: skip


def test_a_wide_letter_takes_two_columns() -> None:
    rows = (("日本", "1 kr", "x"), ("a\u030ar", "2 kr", "y"))
    assert table(HEADINGS, rows, 100).splitlines()[1:] == ["日本    1 kr  x", "a\u030ar      2 kr  y"]


def test_the_last_column_breaks_between_words_and_at_its_own_lines() -> None:
    # 72 in all: 2 + 2 for the year, 6 + 2 for the amount, 2 at the end; 58 are left
    words = "x" * 40 + " " + "y" * 17 + " z\nnext"
    assert table(HEADINGS, (("23", "1 kr", words),), 10).splitlines()[1:] == [
        "23    1 kr  " + "x" * 40 + " " + "y" * 17,
        " " * 12 + "z",
        " " * 12 + "next",
    ]


def test_a_word_wider_than_a_line_breaks_where_the_line_ends() -> None:
    words = "a " + "日" * 30 + " b"  # 58 cells: 29 wide letters on a line
    assert table(HEADINGS, (("23", "1 kr", words),), 72).splitlines()[1:] == [
        "23    1 kr  a",
        " " * 12 + "日" * 29,
        " " * 12 + "日 b",
    ]


def test_only_the_headings_are_painted() -> None:
    rows = (("2023", "1 kr", "OPI"),)
    painted = table(HEADINGS, rows, 100, lambda style, text: f"<{style}>{text}</>")
    assert painted == "<bold>År    Belopp  Underlag</>\n2023    1 kr  OPI\n"


def test_headings_without_rows() -> None:
    assert table(HEADINGS, (), 100) == "År  Belopp  Underlag\n"
