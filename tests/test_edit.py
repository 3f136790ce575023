"""The splice engine, case by case: a text, what is asked for, and the text that it has to become, to the byte."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from iopctl.edit import Append, CannotEditError, Change, Put, edited, splice, style_of
from iopctl.finding import Edit, Route, Span
from iopctl.form import keys_at
from iopctl.layout import NEW, Remarked, Style, entries, inline, scalar
from iopctl.model import Agreement
from iopctl.source import Source

DAY = date(2022, 10, 5)

CASES: dict[str, tuple[str, Change, str]] = {
    # -- one more item
    "a list in lines": ("a:\n  - x\n  - ny\nb: 1\n", Append(("a",), "z"), "a:\n  - x\n  - ny\n  - z\nb: 1\n"),
    "a list in brackets": ("a: [x, y] # hit\n", Append(("a",), "z"), "a: [x, y, z] # hit\n"),
    "a list in brackets over lines": ("a: [x,\n    y]\n", Append(("a",), "z"), "a: [x,\n    y, z]\n"),
    "a comma after the last": ("a: [x, y,]\n", Append(("a",), "z"), "a: [x, y, z]\n"),
    "an empty list": ("a: [] # tom\nb: 1\n", Append(("a",), "z"), "a: [z] # tom\nb: 1\n"),
    "an empty list of mappings": (
        "log: [] # tom\nb: 1\n",
        Append(("log",), {"duty": "x", "date": DAY}),
        "log: # tom\n  - {duty: x, date: 2022-10-05}\nb: 1\n",
    ),
    "no list": ("a: 1\n", Append(("log",), {"duty": "x"}), "a: 1\nlog:\n  - {duty: x}\n"),
    "no list and nothing above it": ("a: 1\n", Append(("b", "c"), "x"), "a: 1\nb:\n  c: [x]\n"),
    "a comment inside what is above, and a new key": (
        "a:\n  - k: 1\n    # sist om a\n# sist i filen\n",
        Append(("log",), {"duty": "x"}),
        "a:\n  - k: 1\n    # sist om a\nlog:\n  - {duty: x}\n# sist i filen\n",
    ),
    "a comment inside what is above, and one more item": (
        "a:\n  - k: 1\n    # om den första\n  # om alla\n",
        Append(("a",), {"k": 2}),
        "a:\n  - k: 1\n    # om den första\n  - k: 2\n  # om alla\n",
    ),
    "hyphens under the key": ("a:\n- x\nb: 1\n", Append(("a",), "ny"), "a:\n- x\n- ny\nb: 1\n"),
    "four spaces": (
        "a:\n    - k: 1\n      l:\n          m: 2\n",
        Append(("a",), {"k": 1, "l": {"m": Decimal(3)}}),
        "a:\n    - k: 1\n      l:\n          m: 2\n    - k: 1\n      l:\n          m: 3\n",
    ),
    "space after the hyphen": (
        "a:\n  -   k: 1\n      l: 2\n",
        Append(("a",), {"k": 1, "l": 2}),
        "a:\n  -   k: 1\n      l: 2\n  -   k: 1\n      l: 2\n",
    ),
    "a hyphen on a line of its own": (
        "a:\n  -\n    k: 1\n    l: 2\n",
        Append(("a",), {"k": 1, "l": 2}),
        "a:\n  -\n    k: 1\n    l: 2\n  - k: 1\n    l: 2\n",
    ),
    "the neighbour in braces": (
        "a:\n  - {k: 1, l: 2}\n",
        Append(("a",), {"k": 3, "l": 4}),
        "a:\n  - {k: 1, l: 2}\n  - {k: 3, l: 4}\n",
    ),
    "padded braces": ("a:\n  - { k: 1 }\n", Append(("a",), {"k": 3}), "a:\n  - { k: 1 }\n  - { k: 3 }\n"),
    "the neighbour in lines": (
        "a:\n  - k: 1\n    l: 2\n",
        Append(("a",), {"k": 3, "l": 4}),
        "a:\n  - k: 1\n    l: 2\n  - k: 3\n    l: 4\n",
    ),
    "blank lines between items": (
        "a:\n  - k: 1\n    l: 2\n\n  - k: 3\n    l: 4\n\nb: 1\n",
        Append(("a",), {"k": 5, "l": 6}),
        "a:\n  - k: 1\n    l: 2\n\n  - k: 3\n    l: 4\n\n  - k: 5\n    l: 6\n\nb: 1\n",
    ),
    "a comment after the last item": (
        "a:\n  - x # ett\n  # två\n\n# tre\nb: 1\n",
        Append(("a",), "ny"),
        "a:\n  - x # ett\n  - ny\n  # två\n\n# tre\nb: 1\n",
    ),
    "no final newline": ("a:\n  - x", Append(("a",), "ny"), "a:\n  - x\n  - ny"),
    "no final newline after a comment": ("a:\n  - x # c", Append(("a",), "ny"), "a:\n  - x # c\n  - ny"),
    "CRLF": ("a:\r\n  - x\r\nb: 1\r\n", Append(("a",), "ny"), "a:\r\n  - x\r\n  - ny\r\nb: 1\r\n"),
    "CRLF and a text of several lines": (
        "a:\r\n  - |-\r\n    ett\r\n    två\r\nb: 1\r\n",
        Append(("a",), "x\ny"),
        "a:\r\n  - |-\r\n    ett\r\n    två\r\n  - |-\r\n    x\r\n    y\r\nb: 1\r\n",
    ),
    "after a block that keeps its blank lines": (
        "a:\n  - |+\n    ett\n\nb: 1\n",
        Append(("a",), "ny"),
        "a:\n  - |+\n    ett\n\n  - ny\nb: 1\n",
    ),
    "after a block that strips its end": (
        "a:\n  - |-\n    ett\n\n\nb: 1\n",
        Append(("a",), "ny"),
        "a:\n  - |-\n    ett\n  - ny\n\n\nb: 1\n",
    ),
    "after a folded text": (
        "a:\n  - >-\n    ett\n    två\n\nb: 1\n",
        Append(("a",), "ny"),
        "a:\n  - >-\n    ett\n    två\n  - ny\n\nb: 1\n",
    ),
    "after a plain text over two lines": (
        "a:\n  - ett\n    två\nb: 1\n",
        Append(("a",), "ny"),
        "a:\n  - ett\n    två\n  - ny\nb: 1\n",
    ),
    "in a list of an item": (
        "a:\n  - k: [x]\n    l:\n      - ny\n  - k: []\n",
        Append(("a", 0, "l"), "z"),
        "a:\n  - k: [x]\n    l:\n      - ny\n      - z\n  - k: []\n",
    ),
    "tabs before a comment": ("a:\n  - x\t# tabb\nb: 1\n", Append(("a",), "ny"), "a:\n  - x\t# tabb\n  - ny\nb: 1\n"),
    "a remark": (
        "a:\n  - x\n",
        Append(("a",), Remarked("ny", ("Källa: sid. 2",), "osäkert")),
        "a:\n  - x\n  # Källa: sid. 2\n  - ny # osäkert\n",
    ),
    # -- a value in the place of another
    "a number": ("a: 1 # c\nb: 2\n", Put(("a",), 5), "a: 5 # c\nb: 2\n"),
    "a date": ("a: 2020-01-01\n", Put(("a",), DAY), "a: 2022-10-05\n"),
    "yes and no": ("a: true\n", Put(("a",), False), "a: false\n"),
    "öre": ("a: 1200.10\n", Put(("a",), Decimal("1200.50")), "a: 1200.50\n"),
    "double quotation marks stay": ('a: "ett"\nb: x\n', Put(("a",), "två"), 'a: "två"\nb: x\n'),
    "single quotation marks stay": ("a: 'ett'\nb: x\n", Put(("a",), "två's"), "a: 'två''s'\nb: x\n"),
    "no quotation marks for a number": ('a: "ett"\n', Put(("a",), 5), "a: 5\n"),
    "quotation marks where they are needed": ("a: ett\n", Put(("a",), "ja: nej"), 'a: "ja: nej"\n'),
    "quotation marks as elsewhere": ("a: ett\nb: '1'\n", Put(("a",), "ja: nej"), "a: 'ja: nej'\nb: '1'\n"),
    "in braces": ("a: {x: 1, y: två} # c\n", Put(("a", "y"), "tre, fyra"), 'a: {x: 1, y: "tre, fyra"} # c\n'),
    "an unknown that is known": (
        'd:\n  - body: N\n    paragraph: {unknown: "§ XXX"} # öppen\n',
        Put(("d", 0, "paragraph"), 155),
        "d:\n  - body: N\n    paragraph: 155 # öppen\n",
    ),
    "a text over two lines": ("a: ett\n  två\nb: 1\n", Put(("a",), "tre"), "a: tre\nb: 1\n"),
    "a block by a word": ("a: |- # c\n  ett\n  två\n\nb: 1\n", Put(("a",), "tre"), "a: tre # c\n\nb: 1\n"),
    "a word by a block": ("a: tre # c\nb: 1\n", Put(("a",), "ett\ntvå\n"), "a: | # c\n  ett\n  två\nb: 1\n"),
    "a block that keeps its end": ("a: |+\n  ett\n\n\nb: 1\n", Put(("a",), "två"), "a: två\nb: 1\n"),
    "a block by a block": ("a: >-\n  ett\n  två\nb: 1\n", Put(("a",), "x\ny"), "a: |-\n  x\n  y\nb: 1\n"),
    "a list by a word": ("a: # c\n  - ett\n  - två\nb: 1\n", Put(("a",), "x"), "a: x # c\nb: 1\n"),
    "a word by a mapping": ("a: x # c\nb: 1\n", Put(("a",), {"k": 1, "l": 2}), "a: # c\n  k: 1\n  l: 2\nb: 1\n"),
    "at the end without newline": ("a: x", Put(("a",), {"k": 1}), "a:\n  k: 1"),
    "the key of an item": (
        "a:\n  - k: 1 # c\n    l: 2\n",
        Put(("a", 0, "k"), "x\ny"),
        "a:\n  - k: |- # c\n      x\n      y\n    l: 2\n",
    ),
    "a comment below that is further in": (  # a text in a block would swallow it
        "a:\n  - x\n    # c\nb: 1\n",
        Put(("a",), "ett\ntvå"),
        'a: "ett\\ntvå"\n    # c\nb: 1\n',
    ),
    "a space before the colon": ("a : 1\nb : 2\n", Put(("a",), 5), "a : 5\nb : 2\n"),
    "a key in quotation marks": ('"a": 1\n', Put(("a",), 5), '"a": 5\n'),
    # -- a new key
    "a new key": ("a: 1\n# c\n", Put(("b",), "x"), "a: 1\nb: x\n# c\n"),
    "in a mapping": ("a:\n  k: 1 # c\nb: 1\n", Put(("a", "l"), 2), "a:\n  k: 1 # c\n  l: 2\nb: 1\n"),
    "in a mapping of an item": (
        "a:\n  - k: 1\n  - k: 2\n",
        Put(("a", 0, "l"), 3),
        "a:\n  - k: 1\n    l: 3\n  - k: 2\n",
    ),
    "in braces, last": ("a: {k: 1}\n", Put(("a", "l"), 2), "a: {k: 1, l: 2}\n"),
    "in braces over lines": ("a: {\n  k: 1,\n}\n", Put(("a", "l"), 2), "a: {\n  k: 1, l: 2\n}\n"),
    "in empty braces": ("a: {}\n", Put(("a", "l"), 2), "a: {l: 2}\n"),
    "with the mappings that lead to it": ("a: 1\n", Put(("b", "c", "d"), 2), "a: 1\nb:\n  c:\n    d: 2\n"),
    "set off by blank lines, as the others": (
        "a:\n  k: 1\n\nb:\n  k: 2\n",
        Put(("c",), {"k": 3}),
        "a:\n  k: 1\n\nb:\n  k: 2\n\nc:\n  k: 3\n",
    ),
    "no blank line where others have none": (
        "a:\n  k: 1\nb:\n  k: 2\n",
        Put(("c",), {"k": 3}),
        "a:\n  k: 1\nb:\n  k: 2\nc:\n  k: 3\n",
    ),
    "four spaces in": ("a:\n    k: 1\n", Put(("b",), {"k": {"l": 1}}), "a:\n    k: 1\nb:\n    k:\n        l: 1\n"),
    # -- characters
    "å, ä and ö": ("å: ä\n", Put(("ö",), "Äldrenämnden"), "å: ä\nö: Äldrenämnden\n"),
    "a no-break space": ("a: 1\n", Put(("b",), "933\u00a0000\u00a0kr"), "a: 1\nb: 933\u00a0000\u00a0kr\n"),
    "a separator of lines": ("a: 1\n", Put(("b",), "x\u2028y"), 'a: 1\nb: "x\\u2028y"\n'),
    "a tab": ("a: 1\n", Put(("b",), "x\ty"), 'a: 1\nb: "x\\ty"\n'),
    "a backslash": ("a: 1\n", Put(("b",), "C:\\x"), "a: 1\nb: C:\\x\n"),
    "what looks like something else": (
        "a: 1\n",
        Put(("b",), ["yes", "2021-01-01", "12", "", "- x", "§ 12", "null", "#x"]),
        'a: 1\nb:\n  - "yes"\n  - "2021-01-01"\n  - "12"\n  - ""\n  - "- x"\n  - § 12\n  - "null"\n  - "#x"\n',
    ),
    "a long text": (
        "a: 1\n",
        Put(("b",), "ordet " * 30 + "slut"),
        "a: 1\nb: >-\n  " + ("ordet " * 17).strip() + "\n  " + "ordet " * 13 + "slut\n",
    ),
    "a long word": ("a: 1\n", Put(("b",), "x" * 200), f"a: 1\nb: {'x' * 200}\n"),
    "a text that ends in a blank line": ("a: 1\n", Put(("b",), "x\n\n"), 'a: 1\nb: "x\\n\\n"\n'),
    "a text that begins further in": ("a: 1\n", Put(("b",), "  x\ny"), 'a: 1\nb: "  x\\ny"\n'),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_change(name: str) -> None:
    before, change, expected = CASES[name]
    assert edited(before, [change]) == expected


def test_nothing_is_there_yet() -> None:
    assert (
        edited("", [Put(("format",), 1), Append(("rows",), {"year": 2024})]) == "format: 1\nrows:\n  - {year: 2024}\n"
    )


def test_several_changes_in_their_order() -> None:
    changes = [Append(("log",), {"duty": "x"}), Put(("a",), 2), Append(("log",), {"duty": "z"})]
    assert edited("a: 1\n", changes) == "a: 2\nlog:\n  - {duty: x}\n  - {duty: z}\n"


AGREEMENT = """\
format: 1
title: IOP Exempel
parties:
  kommunen: {name: Exempelkommun, kind: municipality}
  foreningen: {name: Föreningen Exempel, kind: association}

period:
  start: 2020-01-01
  end: 2022-12-31

decisions:
  - kind: extended
    body: Äldrenämnden
    proposed: 2021-11-03 # skrivelsen
    until: 2025-12-31

acknowledged:
  - {rule: PER003, reason: Så står det}
"""


def keys(route: Route) -> list[str]:
    return keys_at(Agreement, route)


@pytest.mark.parametrize(
    ("change", "after", "lines"),
    [
        (Append(("log",), {"duty": "x"}), "    until: 2025-12-31\n", "\nlog:\n  - {duty: x}\n"),
        (Put(("decisions", 0, "date"), DAY), "    body: Äldrenämnden\n", "    date: 2022-10-05\n"),
        (Put(("decisions", 0, "paragraph"), 155), "# skrivelsen\n", "    paragraph: 155\n"),
        (Put(("dnr",), "2021/155"), "title: IOP Exempel\n", "dnr: 2021/155\n"),
        (Put(("period", "notice", "length"), "3 months"), "  end: 2022-12-31\n", "  notice:\n    length: 3 months\n"),
    ],
)
def test_a_new_key_has_its_place_in_the_format(change: Change, after: str, lines: str) -> None:
    assert AGREEMENT.count(after) == 1
    assert edited(AGREEMENT, [change], keys) == AGREEMENT.replace(after, after + lines)


def test_a_new_first_key() -> None:
    """Nothing that is there comes before it in the format. It stands after the first key: comments above that may be
    the file's.
    """
    assert edited("# filen\nb: 1\n", [Put(("a",), 2)], lambda _route: ["a", "b"]) == "# filen\nb: 1\na: 2\n"


def test_a_new_first_key_in_braces() -> None:
    assert edited("x: {b: 1}\n", [Put(("x", "a"), 2)], lambda route: ["a", "b"] if route else []) == "x: {a: 2, b: 1}\n"


REFUSED: dict[str, tuple[str, Change, str]] = {
    "a list where a mapping stands": ("a:\n  k: 1\n", Append(("a",), 1), "a"),
    "a key of a word": ("a: x\n", Put(("a", "b"), 1), "a.b"),
    "an item that is not there": ("a:\n  - x\n", Put(("a", 3, "k"), 1), "a[3].k"),
    "an item of a mapping": ("a:\n  k: 1\n", Put(("a", 0), 1), "a[0]"),
    "an item": ("a:\n  - x\n", Put(("a", 0), "y"), "a[0]"),
    "a comment inside braces": ("a: {k: 1, # c\n  l: 2}\n", Put(("a",), 1), "a"),
    "a remark inside braces": ("a: {k: 1}\n", Put(("a", "l"), Remarked(1, (), "c")), "a.l"),
    "a text that is no mapping": ("- x\n", Put(("a",), 1), "a"),
    "a text that cannot be read": ("a: [\n", Put(("a",), 1), "a"),
    "the whole text": ("a: 1\n", Put((), {"b": 1}), ""),
    "the whole of nothing": ("", Append((), 1), ""),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_change_that_has_no_place(name: str) -> None:
    text, change, place = REFUSED[name]
    with pytest.raises(CannotEditError) as told:
        edited(text, [change])
    assert str(told.value) == place


# -- the text's own style ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\n", NEW),
        ("a: 1\r\nb: 1\r\n", Style(ending="\r\n")),
        ("a:\n    b: 1\n", Style(indent=4)),
        ("a:\n- b\n", Style(hyphen=0)),
        ("a: 'x'\nb: 'y'\n", Style(quote="'", quotes_all=True)),
        ("a: 'x: y'\nb: y\n", Style(quote="'")),
        ("a: { b: 1 }\n", Style(padded=True)),
        ("a: >-\n  " + "x" * 90 + "\n  y\n", Style(width=92)),
        ("a: >-\n  x\n  y\n", Style(width=80)),
    ],
)
def test_the_style_is_read_off_the_text(text: str, expected: Style) -> None:
    assert style_of(Source("", text)) == expected


# -- values as lines ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "style", "expected"),
    [
        ("Äldrenämnden", NEW, "Äldrenämnden"),
        ("§ 155", NEW, "§ 155"),
        ("2021/155", NEW, "2021/155"),
        ("ÄN 2021-155", NEW, "ÄN 2021-155"),
        ("(s.k.)", NEW, "(s.k.)"),
        ("155", NEW, '"155"'),
        ("2021-11", NEW, '"2021-11"'),
        ("no", NEW, '"no"'),
        ("03-31", NEW, '"03-31"'),
        ("x: y", Style(quote="'"), "'x: y'"),
        ("x\ny", Style(quote="'"), '"x\\ny"'),
        ("x", Style(quotes_all=True), '"x"'),
        (True, NEW, "true"),
        (Decimal("1200.10"), NEW, "1200.10"),
        (Decimal("1E+3"), NEW, "1000"),
        (DAY, NEW, "2022-10-05"),
        ("\U000e0001", NEW, '"\\U000e0001"'),
    ],
)
def test_a_single_value(value: Any, style: Style, expected: str) -> None:
    assert scalar(value, style) == expected


def test_a_new_file_is_laid_out_as_a_careful_person_would() -> None:
    values = {
        "title": "IOP Exempel",
        "parties": Remarked(
            {
                "kommunen": {"name": "Exempelkommun", "contacts": [{"name": {"unknown": "?"}, "role": "chef"}]},
                "nagon": Remarked(None, ("foreningen: vem?",)),
            },
            ("De som träffar överenskommelsen.",),
        ),
        "purpose": "Ett stycke.\n\nOch ett till.",
        "decisions": [Remarked({"kind": "adopted", "paragraph": {"unknown": "§"}}, (), "se protokollet")],
        "months": ["january", "july"],
        "contents": ["ett led med ord", "två"],
        "nothing": {},
    }
    assert "\n".join(entries(values)) == (
        "title: IOP Exempel\n"
        "# De som träffar överenskommelsen.\n"
        "parties:\n"
        "  kommunen:\n"
        "    name: Exempelkommun\n"
        "    contacts:\n"
        '      - {name: {unknown: "?"}, role: chef}\n'
        "  # foreningen: vem?\n"
        "purpose: |-\n"
        "  Ett stycke.\n"
        "\n"
        "  Och ett till.\n"
        "decisions:\n"
        "  - {kind: adopted, paragraph: {unknown: §}} # se protokollet\n"
        "months: [january, july]\n"
        "contents:\n"
        "  - ett led med ord\n"
        "  - två\n"
        "nothing: {}"
    )


def test_what_stands_in_braces() -> None:
    assert inline({"a": ["x", "y, z"], "b: c": 1}) == '{a: [x, "y, z"], "b: c": 1}'
    assert inline({"a": Remarked(1)}) is None


# -- fixes -------------------------------------------------------------------------------------------------------------


def test_fixes_are_put_in_their_places() -> None:
    edits = [Edit(Span(1, 4, 1, 5), "2"), Edit(Span(3, 4, 3, 5), "4")]
    assert splice("a: 1\r\nb: 2\r\nc: 3\r\n", edits) == "a: 2\r\nb: 2\r\nc: 4\r\n"


def test_of_two_fixes_that_touch_the_later_one_is_left_out() -> None:
    edits = [Edit(Span(1, 1, 1, 5), "x"), Edit(Span(1, 4, 1, 5), "y")]
    assert splice("a: 1\n", edits) in {"x\n", "a: y\n"}
