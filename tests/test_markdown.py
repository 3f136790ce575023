"""Markdown → tree → Markdown: nothing is lost on the way, and data is never markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.documents.markdown import blocks, escape, visible
from iopctl.documents.parse import NotCarriedError, parse
from iopctl.documents.tree import (
    Break,
    Emphasis,
    Fill,
    Heading,
    Items,
    Line,
    Link,
    Note,
    Paragraph,
    Picture,
    Quote,
    Strong,
    Table,
    Text,
    words,
)

ALL = r"""## Rubrik med *betoning*

Ett stycke med **fetstil**, *betoning*, en [länk](https://example.org/a_b) och en fotnot[^1].\
Ny rad.

- punkt
- punkt med lista

  - inre

1. ett
2. två

4. fyra

> Citat i

> två stycken

| år  |    belopp |
| --- | --------: |
| 2021 | 946 995 kr |

***

![Vad bilden visar](tidslinje)

**[ATT FYLLA I: diarienummer]**
"""  # fmt: skip


def test_every_part_of_a_document() -> None:
    nested = (Paragraph((Text("punkt med lista"),)), Items(((Paragraph((Text("inre"),)),),)))
    assert parse(ALL, ("1",)).blocks == (
        Heading(2, (Text("Rubrik med "), Emphasis((Text("betoning"),)))),
        Paragraph(
            (
                Text("Ett stycke med "),
                Strong((Text("fetstil"),)),
                Text(", "),
                Emphasis((Text("betoning"),)),
                Text(", en "),
                Link((Text("länk"),), "https://example.org/a_b"),
                Text(" och en fotnot"),
                Note("1"),
                Text("."),
                Break(),
                Text("Ny rad."),
            )
        ),
        Items(((Paragraph((Text("punkt"),)),), nested)),
        Items(((Paragraph((Text("ett"),)),), (Paragraph((Text("två"),)),), (Paragraph((Text("fyra"),)),)), 1),
        Quote((Paragraph((Text("Citat i"),)),)),
        Quote((Paragraph((Text("två stycken"),)),)),
        Table(
            ((Text("år"),), (Text("belopp"),)),
            (((Text("2021"),), (Text("946 995 kr"),)),),
            ("left", "right"),
        ),
        Line(),
        Picture("tidslinje", "Vad bilden visar"),
        Paragraph((Fill("diarienummer"),)),
    )


def test_written_and_read_again_it_is_the_same() -> None:
    """But for the picture, which Markdown tells in words."""
    first = tuple(each for each in parse(ALL, ("1",)).blocks if not isinstance(each, Picture))
    assert parse(blocks(first), ("1",)).blocks == first


def test_the_text_reads_well() -> None:
    made = (
        Items(((Paragraph((Text("ett"),)),), (Paragraph((Text("två"),)),)), 3),
        Table(((Text("år"),), (Text("belopp"),)), (((Text("2021"),), (Text("946 995 kr"),)),), ("left", "right")),
        Picture("tidslinje", "Gäller 2020–2022."),
        Line(),
    )
    assert blocks(made) == (
        "3. ett\n4. två\n\n"
        "| år   |     belopp |\n| ---- | ---------: |\n| 2021 | 946 995 kr |\n\n"
        "*Gäller 2020–2022.*\n\n***"
    )


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("a <b>b</b>", "a <b>b</b>"),
        ("<div>\n", "<div>"),
        ("    kod", "kod"),
        ("```\nkod\n```", "kod"),
        ("[a]: https://example.org", "[a]: https://example.org"),
        ("a\n===", "a ==="),
    ],
)
def test_what_is_no_part_of_a_document_is_text(markup: str, read: str) -> None:
    (block,) = parse(markup).blocks
    assert isinstance(block, Paragraph)
    assert words(block.inlines).strip() == read


def test_an_image_inside_words_is_refused() -> None:
    with pytest.raises(NotCarriedError):
        parse("a ![b](c) d")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "../x"]
)
def test_a_link_leads_only_to_the_web_or_a_mail_address(address: str) -> None:
    (block,) = parse(f"[länk]({address})").blocks
    assert isinstance(block, Paragraph)
    assert not any(isinstance(each, Link) for each in block.inlines)


HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x]: https://example.org",
    "*stjärna* _streck_ `kod` ~~struket~~",
    "# rubrik",
    "- punkt",
    "+ punkt",
    "> citat",
    "| a | b |",
    "|---|---|",
    "&lt;b&gt; &amp; &#42;",
    "{{ 7 * 7 }} {% raw %}",
    '#import "x" #eval("1")',
    "$x$ @ref <label>",
    "![bild](x)",
    "~~~",
    "=====",
    "---",
    "***",
    "a\\",
    "1. Möte hölls",
    "1) Möte hölls",
    "Å & Ö AB",
    "[^1]",
    "[ATT FYLLA I",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_data_is_never_markup(hostile: str) -> None:
    (block,) = parse(escape(hostile), ("1",)).blocks
    assert block == Paragraph((Text(hostile),))


@pytest.mark.parametrize("hostile", HOSTILE)
def test_data_is_never_markup_inside_a_list_or_a_table(hostile: str) -> None:
    (found,) = parse(f"- {escape(hostile)}\n", ("1",)).blocks
    assert found == Items(((Paragraph((Text(hostile),)),),))
    (table,) = parse(f"| a |\n| --- |\n| {escape(hostile)} |\n", ("1",)).blocks
    assert table == Table(((Text("a"),),), (((Text(hostile),),),), ("left",))


@given(st.text(st.sampled_from("ab åÖ<>[]()*_`#-+=|~&;!\\.1:\"'{}%^$/@"), min_size=1, max_size=30))
def test_escaped_text_comes_out_as_it_went_in(text: str) -> None:
    one = " ".join(text.split())
    found = parse(escape(text)).blocks
    assert found == ((Paragraph((Text(one),)),) if one else ())


@given(st.text(max_size=40))
def test_any_text_at_all_comes_out_visible(text: str) -> None:
    one = " ".join(visible(text).split(" "))
    found = parse(escape(text)).blocks
    got = words(found[0].inlines) if found and isinstance(found[0], Paragraph) else ""
    assert "".join(got.split()) == "".join(one.split())
    assert not any(0x202A <= ord(each) <= 0x202E or ord(each) < 0x20 for each in got)


def test_marks_that_turn_the_reading_are_shown() -> None:
    assert visible("a\u202eb\u2066c\u0007\u200f\u00a0\n") == "a[U+202E]b[U+2066]c[U+0007][U+200F]\u00a0\n"
