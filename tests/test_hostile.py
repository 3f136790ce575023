"""Inputs made to exhaust, to deceive or to steer, each with all that `check` says of it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import unicodedata
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import vobject
from icalendar import Calendar
from markdown_it import MarkdownIt

from iopctl.cli.app import run
from iopctl.compute.lifeline import Lifeline, Phase, PhaseKind
from iopctl.finding import Label, Span
from iopctl.locale.language import Language
from iopctl.render.plain import one_line
from iopctl.render.table import cells
from iopctl.render.timeline import Chart, Due, Row, chart
from iopctl.render.timeline_html import as_html
from iopctl.render.timeline_svg import as_svg
from iopctl.render.timeline_text import as_text
from iopctl.source import Source
from tests.terminal import iopctl

MIN = """\
format: 1
title: IOP Exempel
parties:
  kommunen: {name: Exempelkommun, kind: municipality}
  foreningen: {name: Föreningen Exempel, kind: association}
period: {start: 2025-01-01, end: 2025-12-31}
"""
"""A sound agreement of six lines."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty workspace, and the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "agreements").mkdir()
    return tmp_path / "agreements"


class Screen:
    """Runs check and gives all that it wrote."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def of(self, content: str | bytes, name: str = "a.yaml", how: str = "full") -> str:
        data = content.encode() if isinstance(content, str) else content
        (self.folder / name).write_bytes(data)
        return self.of_file(name, how)

    def of_file(self, name: str, how: str = "full") -> str:
        short = ("--ignore", "FUP001,DEC009")  # the shortest agreement has neither follow-up nor decision
        code = run(["check", f"agreements/{name}", "--as-of", "2026-01-15", "--format", how, *short])
        printed = self.capsys.readouterr()
        assert printed.err == ""
        return f"{printed.out}exit {code}\n"


@pytest.fixture
def screen(folder: Path, capsys: pytest.CaptureFixture[str]) -> Screen:
    return Screen(folder, capsys)


def counts(errors: int = 0, warnings: int = 0) -> str:
    """How every screen ends."""
    closing = f"files checked: 1; errors: {errors}, warnings: {warnings}, information: 0, acknowledged: 0"
    return f"{closing}\nexit {1 if errors else 0}\n"


def one_error(frame: str) -> str:
    """The whole screen for a file with one error."""
    return f"{frame}\n{counts(errors=1)}"


PLACEHOLDER = (
    '  = help: write what is to stand there; a name, a date or a § that is not known yet is written {unknown: "…"}\n'
)
SOUND = counts()

# -- made to exhaust ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "column"),
    [
        ("title: " + "[" * 5000, 28),  # the file is the first level, title's list the second: 8 + 20
        ("title: " + "{a: " * 5000, 88),  # 8 + 20 times four characters
        ("- " * 5000, 43),  # the file is the first list: 1 + 21 times two characters
    ],
)
def test_five_thousand_levels(screen: Screen, content: str, column: int) -> None:
    printed = screen.of(content)
    message = "error[FRM005]: more than 20 levels inside each other"
    assert printed.startswith(f"{message}\n --> agreements/a.yaml:1:{column}\n")
    assert printed.endswith(one_error("  = help: an agreement needs at most six\n"))
    assert len(printed) < 1000


def test_a_text_of_900_kilobytes_is_read_and_never_shown_whole(screen: Screen) -> None:
    assert screen.of(f"{MIN}purpose: {'x' * 900_000}\n") == SOUND
    # XX stands after nine characters of key, 450 000 of text and three more; twenty are shown before it, 100 in all
    assert screen.of(f"{MIN}purpose: {'x' * 450_000} § XX. {'x' * 450_000}\n") == one_error(
        "error[TXT002]: a placeholder is left in the text: “XX”\n"
        " --> agreements/a.yaml:7:450013 purpose\n"
        f"7 | …{'x' * 17} § XX. {'x' * 76}…\n"
        f"  | {' ' * 21}^^\n"
        f"{PLACEHOLDER}"
    )


def test_a_key_of_900_kilobytes(screen: Screen) -> None:
    """A key after a question mark may be of any length; a message is at most a thousand characters."""
    printed = screen.of(f"{MIN}? {'x' * 900_000}\n: 1\n")
    assert printed.startswith(f"error[FRM008]: the format has no key {'x' * 977}…\n --> agreements/a.yaml:7:3 xxx")
    assert len(printed) < 4000


def test_twenty_thousand_unknown_keys(screen: Screen) -> None:
    printed = screen.of(MIN + "".join(f"purpose{number}: 1\n" for number in range(20_000)))
    frames = printed.split("\n\n")
    assert len(frames) == 102  # a hundred keys, how many more there are, and the closing count
    assert frames[0] == (
        "error[FRM008]: the format has no key purpose0 here\n"
        " --> agreements/a.yaml:7:1 purpose0\n"
        "7 | purpose0: 1\n"
        "  | ^^^^^^^^\n"
        "  = help: did you mean purpose?"
    )
    assert frames[100] == (
        "error[FRM008]: and 19,900 more of the same kind\n"
        "   --> agreements/a.yaml:107:1 purpose100\n"
        "107 | purpose100: 1\n"
        "    | ^^^^^^^^^^"
    )
    assert frames[101] == counts(errors=101)


def test_a_hundred_of_a_kind_are_all_shown(screen: Screen) -> None:
    printed = screen.of(MIN + "".join(f"amuont{number}: 1\n" for number in range(100)))
    assert printed.endswith(counts(errors=100))
    assert "more of the same kind" not in printed


@pytest.mark.parametrize(
    ("lines", "code", "more"),
    [
        ("a:\n" * 301, "FRM006", 201),
        ("a: 1\n" * 301, "FRM004", 200),  # the first is no duplicate
        ("clauses:\n" + "  - 1\n" * 301, "FRM010", 201),
        ("signatures:\n" + "  - {name: A}\n" * 301, "FRM009", 201),
    ],
)
def test_each_kind_of_fault_has_its_own_hundred(screen: Screen, lines: str, code: str, more: int) -> None:
    printed = json.loads(screen.of(MIN + lines, how="json").removesuffix("exit 1\n"))
    said = [each["message"] for each in printed["findings"] if each["code"] == code]
    assert len(said) == 101
    assert said[100] == f"and {more} more of the same kind"


def test_footnotes_that_are_begun_and_never_ended(screen: Screen) -> None:
    """A pattern that tried each of them to the end of the text would take hours."""
    assert screen.of(f'{MIN}purpose: "{"[^" * 300_000}"\n') == SOUND


def test_ten_thousand_places_in_one_line(screen: Screen) -> None:
    content = "{" + ", ".join(f"amuont{number}: 1" for number in range(10_000)) + "}"
    printed = json.loads(screen.of(content, how="json").removesuffix("exit 1\n"))
    assert [each["places"][0]["line"] for each in printed["findings"]] == [
        1
    ] * 104  # and format, title, parties missing


def test_an_alias_bomb(screen: Screen) -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    assert screen.of(bomb) == one_error(
        "error[FRM005]: &a is an alias, an anchor or a tag, which agreements do not use\n"
        " --> agreements/a.yaml:1:4\n"
        "1 | a: &a [x, x]\n"
        "  |    ^^\n"
        "  = help: if it is meant as text, put the text in quotation marks\n"
    )


# -- characters that cannot be seen ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("character", "code"), [("\0", "U+0000"), ("\x1b", "U+001B"), ("\x9b", "U+009B")])
def test_a_control_character(screen: Screen, character: str, code: str) -> None:
    assert screen.of(f"{MIN}purpose: a{character}b\n") == one_error(
        f"error[FRM003]: the character {code} cannot be shown and is not allowed here\n"
        " --> agreements/a.yaml:7:11\n"
        f"7 | purpose: a<{code}>b\n"
        "  |           ^^^^^^^^\n"
        "  = help: remove it\n"
    )


def test_a_byte_order_mark_belongs_to_the_beginning(screen: Screen) -> None:
    assert screen.of(f"\ufeff{MIN}") == SOUND
    assert screen.of(f"\ufeff\ufeff{MIN}") == one_error(
        "error[FRM003]: the character U+FEFF cannot be shown and is not allowed here\n"
        " --> agreements/a.yaml:1:1\n"
        "1 | <U+FEFF>format: 1\n"
        "  | ^^^^^^^^\n"
        "  = help: remove it\n"
    )


STEERING = [
    *range(0x09), *range(0x0A, 0x20), *range(0x7F, 0xA0), 0xAD, 0x061C, 0x180E, *range(0x200B, 0x2010),
    *range(0x2028, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x2070), 0xD800, 0xDFFF, 0xFEFF, 0xFFF9,
    0xE0001, 0xE0041,
]  # fmt: skip
"""Controls, line ends, directions of writing, what has no width, halves of characters, tags."""


@pytest.mark.parametrize("character", [chr(each) for each in STEERING], ids=lambda character: f"{ord(character):04X}")
def test_no_steering_character_is_ever_written_raw(character: str) -> None:
    assert one_line(f"å{character}b") == f"å<U+{ord(character):04X}>b"


def test_what_people_write_is_left_alone() -> None:
    text = "Åäö é A\u030a – ”§ 7” 933\u00a0000 kr €😀 العربية <U>"
    assert one_line(text) == text
    assert one_line("a\tb") == "a b"


def test_directions_of_writing_in_a_text(screen: Screen) -> None:
    """They cannot turn the screen around; the caret stands under what it points at."""
    content = f"{MIN}purpose: 'Stöd \u202eXX\u202c \u2066till\u2069\u200b \u061cx'\n"
    assert screen.of(content) == (
        "warning[TXT006]: the text holds characters that a reader does not see: "
        "U+202E, U+202C, U+2066, U+2069, U+200B, U+061C\n"
        " --> agreements/a.yaml:7:16 purpose\n"
        "7 | purpose: 'Stöd <U+202E>XX<U+202C> <U+2066>till<U+2069><U+200B> <U+061C>x'\n"
        "  |                ^^^^^^^^\n"
        "  = help: delete the word and write it again by hand\n\n"
        "error[TXT002]: a placeholder is left in the text: “XX”\n"
        " --> agreements/a.yaml:7:17 purpose\n"
        "7 | purpose: 'Stöd <U+202E>XX<U+202C> <U+2066>till<U+2069><U+200B> <U+061C>x'\n"
        "  |                        ^^\n"
        f"{PLACEHOLDER}\n{counts(errors=1, warnings=1)}"
    )


def test_directions_of_writing_in_a_value_that_is_quoted(screen: Screen) -> None:
    assert screen.of(f"{MIN}clauses: [\u202eabc]\n") == one_error(
        "error[FRM010]: clauses: found “<U+202E>abc”\n"
        " --> agreements/a.yaml:7:11 clauses[0]\n"
        "7 | clauses: [<U+202E>abc]\n"
        "  |           ^^^^^^^^^^^ expected keys with values, on indented lines of their own\n"
    )


# -- letters that look like others -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "advice"),
    [
        ("\u0430mount", "the letter \u0430 is U+0430 CYRILLIC SMALL LETTER A, not the Latin a; write amount"),
        ("am\u03bfunt", "the letter \u03bf is U+03BF GREEK SMALL LETTER OMICRON, not the Latin o; write amount"),
        ("\uff41mount", "the letter \uff41 is U+FF41 FULLWIDTH LATIN SMALL LETTER A, not the Latin a; write amount"),
        ("\u0430m\u043eunt", "the letter \u0430 is U+0430 CYRILLIC SMALL LETTER A, not the Latin a; write amount"),
    ],
)
def test_a_letter_of_another_alphabet_in_a_key(screen: Screen, key: str, advice: str) -> None:
    content = f"{MIN}contributions:\n  - {{from: kommunen, kind: cash, per: year, {key}: 1}}\n"
    assert screen.of(content) == one_error(
        f"error[FRM008]: the format has no key {key} here\n"
        f" --> agreements/a.yaml:8:45 contributions[0].{key}\n"
        f"8 |   - {{from: kommunen, kind: cash, per: year, {key}: 1}}\n"
        "  |                                             ^^^^^^\n"
        f"  = help: {advice}\n"
    )


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\u00ad", "\u2060"])
def test_a_character_without_width_in_a_key(screen: Screen, hidden: str) -> None:
    code = f"U+{ord(hidden):04X}"
    assert screen.of(f"{MIN}pur{hidden}pose: x\n") == one_error(
        f"error[FRM008]: the format has no key pur<{code}>pose here\n"
        f" --> agreements/a.yaml:7:1 pur<{code}>pose\n"
        f"7 | pur<{code}>pose: x\n"
        "  | ^^^^^^^^^^^^^^^\n"
        f"  = help: it holds the character {code}, which cannot be seen; write purpose\n"
    )


@pytest.mark.parametrize(
    ("before", "after", "line", "place", "message", "expected", "advice"),
    [
        ("kind: association", "kind: associati\u043en", "5:48", "parties.foreningen.kind",
         "kind: found “associati\u043en”",
         "expected one of municipality, region, state_body, public_company, association, foundation, congregation, "
         "cooperative, study_association",
         "the letter \u043e is U+043E CYRILLIC SMALL LETTER O, not the Latin o; write association"),
        ("foreningen:", "f\u043ereningen:", "5:3", "parties.f\u043ereningen", "f\u043ereningen cannot stand here",
         "expected a name of small letters a–z, digits, - and _",
         "the letter \u043e is U+043E CYRILLIC SMALL LETTER O, not the Latin o; write foreningen"),
    ],
)  # fmt: skip
def test_a_letter_of_another_alphabet_in_a_word_or_an_id(
    screen: Screen, before: str, after: str, line: str, place: str, message: str, expected: str, advice: str
) -> None:
    content = MIN.replace(before, after)
    column = int(line.partition(":")[2])
    length = len(after.removeprefix("kind: ").removesuffix(":"))
    assert screen.of(content) == one_error(
        f"error[FRM010]: {message}\n"
        f" --> agreements/a.yaml:{line} {place}\n"
        f"5 | {content.splitlines()[4]}\n"
        f"  | {' ' * (column - 1)}{'^' * length} {expected}\n"
        f"  = help: {advice}\n"
    )


def test_a_key_in_either_form_is_one_key(screen: Screen) -> None:
    """A file written on a Mac may hold a and a ring; the key is the same, and as wide as it is written."""
    assert screen.of(f"{MIN}\u00e5r: 1\na\u030ar: 2\n") == one_error(
        "error[FRM004]: the key år stands twice\n"
        " --> agreements/a.yaml:8:1\n"
        "8 | a\u030ar: 2\n"
        "  | ^^^ again here\n"
        "7 | år: 1\n"
        "  | -- first here\n"
        "  = help: keep one of them\n"
    )


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_an_id_with_an_umlaut_is_refused_in_both_forms(screen: Screen, form: str) -> None:
    id_ = unicodedata.normalize(form, "fören")
    content = f"{MIN}signatures:\n  - {{party: {id_}, name: A}}\n"
    assert screen.of(content) == one_error(
        f"error[FRM010]: party: found “{id_}”\n"
        " --> agreements/a.yaml:8:13 signatures[0].party\n"
        f"8 |   - {{party: {id_}, name: A}}\n"
        f"  |             {'^' * len(id_)} expected a name of small letters a–z, digits, - and _\n"
    )


# -- names of files ----------------------------------------------------------------------------------------------------

NAMES = [
    ("a\nb.yaml", "a<U+000A>b.yaml"),
    ("a\x1b[31mb.yaml", "a<U+001B>[31mb.yaml"),
    ("a\u202eb.yaml", "a<U+202E>b.yaml"),
    ("a\x9bb.yaml", "a<U+009B>b.yaml"),
    (os.fsdecode(b"a\xffb.yaml"), "a<U+DCFF>b.yaml"),  # a byte that is no UTF-8
    (unicodedata.normalize("NFD", "å.yaml"), "a\u030a.yaml"),
]


@pytest.mark.parametrize(("name", "shown"), NAMES)
def test_the_name_of_a_file(screen: Screen, name: str, shown: str) -> None:
    message = "warning[REG003]: the file's name cannot be an id that others refer to"
    assert screen.of(MIN, name) == (
        f"{message}\n"
        f" --> agreements/{shown}:1:1 format\n"
        "1 | format: 1\n"
        "  | ^^^^^^\n"
        "  = help: rename the file, for example: linkoping-resurspoolen-2020.yaml\n"
        f"\n{counts(warnings=1)}"
    )
    assert screen.of_file(name, "concise") == f"agreements/{shown}:1:1: {message}\n{counts(warnings=1)}"


@pytest.mark.parametrize(("name", "_shown"), NAMES)
def test_json_gives_the_name_as_it_is(folder: Path, name: str, _shown: str) -> None:
    """Python reads half a character back as the byte that it stands for; others can at least read the rest."""
    (folder / name).write_text(MIN, "utf-8")
    one = ("--select", "REG003")
    done = iopctl("check", "agreements", "--format", "json", "--as-of", "2026-01-15", *one, cwd=folder.parent)
    found = json.loads(done.stdout)["findings"]
    assert [(each["code"], each["file"]) for each in found] == [("REG003", f"agreements/{name}")]
    assert (done.returncode, done.stderr) == (0, "")


def test_a_name_in_an_error_of_the_command(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pay", "a\n\x1b[31m"]) == 2
    assert capsys.readouterr().err == "iopctl: there is no agreement a<U+000A><U+001B>[31m in the workspace\n"


# -- files that are no files, or change --------------------------------------------------------------------------------


def test_no_pipe_is_waited_for(folder: Path) -> None:
    """In a process of its own, which is ended if it waits."""
    os.mkfifo(folder / "a.yaml")
    done = iopctl("check", "agreements", cwd=folder.parent)
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        one_error(
            "error[FRM001]: this is not an ordinary file\n --> agreements/a.yaml\n  = help: remove it from the folder\n"
        ).removesuffix("exit 1\n"),
        "",
    )


def test_a_link_to_itself(folder: Path, screen: Screen) -> None:
    (folder / "a.yaml").symlink_to("a.yaml")
    assert screen.of_file("a.yaml") == one_error(
        "error[FRM001]: the link leads back to itself\n --> agreements/a.yaml\n  = help: mend or remove the link\n"
    )


def test_a_folder_linked_into_itself(folder: Path, screen: Screen) -> None:
    (folder / "b").symlink_to(".")
    assert screen.of(MIN) == SOUND
    assert run(["check", "agreements", "--as-of", "2026-01-15"]) == 0


def test_a_folder_with_the_name_of_a_file(folder: Path, screen: Screen) -> None:
    (folder / "x.yaml").mkdir()
    assert screen.of_file("x.yaml") == one_error(
        "error[FRM001]: this is a folder, not a file\n --> agreements/x.yaml\n  = help: rename the folder, or move it\n"
    )


def test_a_file_that_disappears_while_it_is_read(folder: Path, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def gone(path: Path) -> bytes:
        path.unlink()
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", gone)
    assert screen.of(MIN) == one_error(
        "error[FRM001]: there is no such file\n --> agreements/a.yaml\n  = help: check the spelling and the folder\n"
    )


@pytest.mark.parametrize("later", ["", "a: [", "a: *x\n", "a: 1\n---\nb: 2\n", "[" * 100_000, "a: 1\na: 2\n"])
def test_a_place_in_a_file_that_has_become_another(later: str) -> None:
    """A finding may be placed in a file that was written over since it was read: nothing fails."""
    assert Source("a.yaml", later).excerpt(Label(("title",))).span == Span(1, 1, 1, 1)


# -- pictures ----------------------------------------------------------------------------------------------------------

STRANGE = "\x1b[31m</title><script>alert(1)</script>&amp;]]>\n\u202e\ufffe\uffff\x00\ud800\u2028 العربية 日本語 é🙂"
"""Steering, markup, what XML cannot hold, and letters that are written the other way, wide ones and composed ones."""
SEEN = (
    "<U+001B>[31m</title><script>alert(1)</script>&amp;]]> "
    "<U+202E>\ufffe\uffff<U+0000><U+D800> العربية 日本語 é🙂"  # a line separator is a space
)
IN_XML = SEEN.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def pictured(title: str, what: str = "x") -> Chart:
    """One agreement with a bar, and one without."""
    bar = Phase(PhaseKind.AGREED, date(2025, 1, 1), date(2025, 12, 31))
    rows = (
        Row(Lifeline("a", title, (bar,), ()), (Due(date(2025, 6, 1), what, False),)),
        Row(Lifeline("b", title, (), ()), ()),
    )
    return chart(rows, date(2025, 3, 1), date(2026, 3, 1), first=None, last=None, name=title)


def words(text: str, tag: str) -> list[str]:
    root = ET.fromstring(text)
    assert root.findall(".//{*}script") == []
    return ["".join(each.itertext()) for each in root.findall(f".//{{*}}{tag}")]


def test_strange_words_in_a_picture() -> None:
    found = words(as_svg(pictured(STRANGE), Language("en")), "title")
    assert found == [
        f"{IN_XML}: agreements over time",
        f"{IN_XML}: agreed 2025-01-01 – 2025-12-31",
        "as of 2025-03-01",
        "2025-06-01 x",
        f"{IN_XML} (a)",
        f"{IN_XML} (b): it has no period",
    ]


def test_strange_words_on_a_page() -> None:
    page = as_html(pictured(STRANGE), Language("en"))
    assert words(page, "h1") == [f"{IN_XML}: agreements over time"]
    assert words(page, "th")[6:] == [f"{IN_XML}a", f"{IN_XML}b"]
    assert "<script" not in page
    assert all(character == "\n" or character.isprintable() or character == "\xa0" for character in page)


def test_strange_words_in_a_terminal() -> None:
    lines = as_text(pictured(STRANGE), Language("en"), 80).splitlines()
    assert lines[0] == f"{SEEN}: agreements over time"
    assert lines[3].startswith("<U+001B>[31m</…ية 日本語 é🙂  ")
    assert not [line for line in lines if "\x1b" in line or "\u202e" in line]


@pytest.mark.parametrize("title", ["x" * 900_000, "العربية " * 1000, "日" * 1000, "e\u0301" * 1000])
def test_a_very_long_title_in_a_picture(title: str) -> None:
    found = pictured(title)
    texts = [each.text or "" for each in ET.fromstring(as_svg(found, Language("en"))).findall(".//{*}text")]
    assert max(map(len, texts)) < 400
    lines = as_text(found, Language("en"), 80).splitlines()
    assert max(map(cells, lines[1:])) <= 80


def test_every_format_with_a_strange_agreement(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Through the whole program, with what can be written in a file at all."""
    title = r'"IOP </text><script>\u202e & \t \n العربية ' + "lång " * 200 + '"'
    duty = "duties: [{id: a, kind: report, text: '<b>Rapport</b>', by: 2025-06-01}]\n"
    (folder / "a.yaml").write_text(MIN.replace("IOP Exempel", title) + duty, "utf-8")
    for how in ("svg", "html"):
        assert run(["timeline", "--as-of", "2025-03-01", "--format", how]) == 0
        printed = capsys.readouterr()
        assert printed.err == ""
        assert "2025-06-01 <b>Rapport</b>" in words(printed.out, "title")
    assert run(["timeline", "--as-of", "2025-03-01"]) == 0
    assert "\u202e" not in capsys.readouterr().out


# -- the register and the screen of one agreement ----------------------------------------------------------------------

WORDS = "=1+1 # R\n\n- [a](b) `k` *e* _u_ <b>f</b> &amp; ![c](d) ~~s~~ | f |\n---\n\u202e\x85 " + "lång " * 5_000
BEGUN = "=1+1 # R - [a](b) `k` *e* _u_ <b>f</b> &amp; ![c](d) ~~s~~ | f | --- <U+202E> lång lång"
"""How that is shown; two hundred characters of it."""


@pytest.fixture
def deceiving(folder: Path) -> Path:
    """An agreement whose every word is made to be taken for something else."""
    words = json.dumps(WORDS)
    (folder / "a.yaml").write_text(
        f"""\
format: 1
title: {words}
dnr: {words}
parties:
  kommunen:
    name: {words}
    kind: municipality
    board: {words}
    organisation: {words}
    administration: {words}
    contacts: [{{name: Kim, role: {words}}}]
  foreningen: {{name: {words}, kind: association}}
period: {{start: 2025-01-01, end: 2026-12-31, notice: {{length: 1 month, condition: {words}}}}}
contributions: [{{id: a, from: kommunen, kind: cash, amount: {{unknown: {words}}}, per: year}}]
duties: [{{id: d, kind: report, text: {words}, by: 2026-12-01}}, {{id: f, kind: report, text: {words}, by: 2025-12-01}}]
log: [{{duty: f, date: 2025-11-30, note: {words}}}]
""",
        "utf-8",
    )
    return folder


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run([*arguments, "--as-of", "2026-01-15"]) in (0, 1)
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


@pytest.mark.parametrize(
    "arguments", [("list",), ("list", "--format", "md"), ("show", "a"), ("show", "a", "--format", "md")]
)
def test_words_stay_words_and_are_cut(
    deceiving: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    text = printed(capsys, *arguments)
    assert [each for each in text if not (each.isprintable() or each == "\n")] == []
    assert len(text) < 20_000
    assert "\nR" not in text


def test_the_register_s_words_are_no_formulas(deceiving: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [heading, row] = csv.reader(io.StringIO(printed(capsys, "list", "--format", "csv")))
    assert len(heading) == len(row)
    assert [cell for cell in row if cell.startswith(("=", "+", "-", "@"))] == []
    assert dict(zip(heading, row, strict=True))["title"] == f"'{WORDS}"


@pytest.mark.parametrize("command", [("list",), ("show", "a")])
def test_json_gives_the_words_as_they_are(
    deceiving: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    [found] = json.loads(printed(capsys, *command, "--format", "json"))["agreements"]
    assert (found["title"], found["dnr"]) == (WORDS, WORDS)


@pytest.mark.parametrize(("command", "kinds"), [(("list",), {"text", "html_inline"}), (("show", "a"), {"text"})])
def test_words_are_no_markdown(
    deceiving: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...], kinds: set[str]
) -> None:
    """The one tag is the line break between names, which the register writes itself."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(printed(capsys, *command, "--format", "md"))
    children = [child for token in tokens if token.type == "inline" for child in token.children or ()]
    assert {child.type for child in children} <= kinds
    assert {child.content for child in children if child.type == "html_inline"} <= {"<br>"}
    assert any(child.content.startswith(BEGUN) for child in children)
    own = {"heading", "paragraph", "inline", "bullet_list", "list_item", "fence"}
    own |= {"table", "thead", "tbody", "tr", "th", "td"}
    assert {token.type.removesuffix("_open").removesuffix("_close") for token in tokens} <= own


# -- calendars and digests ---------------------------------------------------------------------------------------------

TEXTS = [
    "x\\r\\nEND:VEVENT\\r\\nBEGIN:VEVENT\\r\\nUID:annan",
    "x\\nEND:VCALENDAR\\n",
    '; , : \\\\n \\\\; \\\\ \\"',
    "\\u202e\\u2066\\u00ad",
    "</li></ul><script>alert(1)</script>",
    "å" * 60_000,
    "x" * 60_000,
]
"""What a text in quotation marks may hold."""


def due_files(folder: Path, text: str) -> dict[str, str]:
    """What `due` writes of an agreement whose names and texts are all this one."""
    (folder / "a.yaml").write_text(
        MIN.replace("title: IOP Exempel", f'title: "{text}"').replace("name: Föreningen Exempel", f'name: "{text}"')
        + f'duties: [{{id: d, kind: report, text: "{text}", by: 2025-05-30, responsible: foreningen, '
        + f'receiver: "{text}", contents: ["{text}"], called_by: "{text}"}}]\n',
        "utf-8",
    )
    found = {}
    for form in ("ics", "md", "html"):
        assert run(["due", "--as-of", "2025-05-01", "--format", form, "-o", f"due.{form}"]) == 0
        found[form] = Path(f"due.{form}").read_bytes().decode()
    assert run(["due", "--as-of", "2025-05-01", "--format", "ics", "--split", "-o", "calendars"]) == 0
    return found


def names_of_lines(calendar: str) -> list[str]:
    """What each line of a calendar says that it is, lines unfolded."""
    return [line.partition(":")[0] for line in calendar.replace("\r\n ", "").split("\r\n")]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_no_text_steers_a_calendar_or_a_digest(folder: Path, text: str) -> None:
    tame = due_files(folder, "Rapport")
    hostile = due_files(folder, text)
    events = vobject.readOne(hostile["ics"]).vevent_list
    assert [event.uid.value for event in events] == ["d.a@iopctl", "period.end.a@iopctl"]
    assert list(Calendar.from_ical(hostile["ics"]).errors) == []
    lines = hostile["ics"].encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not [line for line in lines if any(byte < 32 or byte == 127 for byte in line)]
    assert names_of_lines(hostile["ics"]) == names_of_lines(tame["ics"])
    tags = [re.findall(r"<[!/a-z][^>]*>", each["html"]) for each in (tame, hostile)]
    assert tags[0] == tags[1]
    assert hostile["md"].count("\n") == tame["md"].count("\n")
    shown = set(hostile["md"] + hostile["html"]) - {"\n"}
    assert {unicodedata.category(each) for each in shown}.isdisjoint({"Cc", "Zl", "Zp"})
    assert max(map(len, hostile.values())) < 30_000
    assert {path.parent for path in Path().rglob("*.ics")} == {Path(), Path("calendars")}


def test_a_calendar_and_a_digest_show_no_personal_number(folder: Path) -> None:
    """The number is the one that Skatteverket prints as an example."""
    Path("iopctl.yaml").write_text("check: {severities: {TXT004: warning}}\n", "utf-8")
    for text in due_files(folder, "Anna 19811228-9874").values():
        assert "9874" not in text
        assert "Anna •••••••••••••" in text.replace("\r\n ", "")
    assert not [path for path in Path("calendars").iterdir() if "9874" in path.name]
