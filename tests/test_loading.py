"""Files that cannot be read, and what else goes wrong before there is an agreement. Nothing ends in a traceback."""

from __future__ import annotations

import errno
import os
import random
import shutil
import threading
from pathlib import Path
from typing import NamedTuple

import pytest

from iopctl.cli.app import run
from iopctl.files import find_root, select
from iopctl.finding import Placed
from iopctl.load import Loaded, load_among
from iopctl.locale.language import Language
from iopctl.surroundings import surroundings

SHIPPED = sorted((Path(__file__).parent.parent / "agreements").glob("*.yaml"))

SOUND = """\
format: 1
title: IOP Mötesplats Ängen
parties:
  kommunen: {name: Exempelkommun, kind: municipality}
period: {start: 2025-01-01, end: 2025-12-31}
"""
LATER = "replaces: exempel-angen\n" + SOUND.replace("2025", "2026")
SAVE_AS = "open it in an editor and save it with the encoding UTF-8"


class Said(NamedTuple):
    """A finding as a person reads it; the place is line, column, end line, end column."""

    file: str
    code: str
    message: str
    help: str = ""
    place: tuple[int, int, int, int] | None = None


def _said(placed: Placed) -> Said:
    english = Language("en")
    advice = english.say(placed.finding.help) if placed.finding.help else ""
    place = placed.excerpts[0].span if placed.excerpts else None
    return Said(placed.file, placed.finding.rule.code, english.say(placed.finding.message), advice, place)


class Read(NamedTuple):
    """What came of reading files and folders."""

    loaded: Loaded
    findings: tuple[Placed, ...]
    asked_for: int

    @property
    def said(self) -> list[Said]:
        return [_said(placed) for placed in self.findings]


def read(*paths: Path, root: Path | None = None) -> Read:
    selection = select(paths)
    around = surroundings(root, selection)
    loaded = load_among(selection.files, around, ())
    return Read(loaded, selection.findings + around.findings + loaded.findings, selection.count)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty workspace, and the current folder."""
    monkeypatch.chdir(tmp_path)
    agreements = tmp_path / "agreements"
    agreements.mkdir()
    return agreements


# -- FRM001: what is not a file to read --------------------------------------------------------------------------------


def test_a_file_that_is_not_there(folder: Path) -> None:
    assert read(Path("agreements/saknas.yaml")).said == [
        Said("agreements/saknas.yaml", "FRM001", "there is no such file", "check the spelling and the folder")
    ]


def test_a_file_below_a_file(folder: Path) -> None:
    (folder / "a.yaml").write_text(SOUND, "utf-8")
    assert read(Path("agreements/a.yaml/b.yaml")).said == [
        Said("agreements/a.yaml/b.yaml", "FRM001", f"the file cannot be read ({os.strerror(errno.ENOTDIR)})")
    ]


def test_a_folder_with_the_name_of_a_file(folder: Path) -> None:
    (folder / "a.yaml").mkdir()
    expected = [Said("agreements/a.yaml", "FRM001", "this is a folder, not a file", "rename the folder, or move it")]
    assert read(folder).said == expected
    assert read(folder / "a.yaml").said == expected


def test_a_link_that_leads_nowhere(folder: Path) -> None:
    (folder / "a.yaml").symlink_to("gammal.yaml")
    assert read(folder).said == [
        Said(
            "agreements/a.yaml",
            "FRM001",
            "the link leads to gammal.yaml, which is not there",
            "mend or remove the link",
        )
    ]


def test_a_link_that_leads_to_itself(folder: Path) -> None:
    (folder / "a.yaml").symlink_to("a.yaml")
    (found,) = read(folder).said
    assert (found.file, found.code) == ("agreements/a.yaml", "FRM001")


def test_a_link_to_a_file_is_read(folder: Path) -> None:
    Path("annan.txt").write_text(SOUND, "utf-8")
    (folder / "a.yaml").symlink_to("../annan.txt")
    found = read(folder)
    assert (found.said, found.loaded.checked) == ([], ("a",))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "a.yaml")
    found: list[Said] = []
    reading = threading.Thread(target=lambda: found.extend(read(folder).said), daemon=True)
    reading.start()
    reading.join(timeout=10)
    assert found == [Said("agreements/a.yaml", "FRM001", "this is not an ordinary file", "remove it from the folder")]


def test_a_file_of_fifty_megabytes_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (folder / "a.yaml").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    message = "the file is 50.0 MB; an agreement is at most 1 MB"
    advice = "is it another kind of file? Move it out of the folder"
    assert read(folder).said == [Said("agreements/a.yaml", "FRM001", message, advice)]


def test_a_file_of_exactly_one_megabyte_is_read_and_no_larger_one(folder: Path) -> None:
    (folder / "a.yaml").write_bytes(SOUND.encode().ljust(1024 * 1024, b"\n"))
    (folder / "b.yaml").write_bytes(SOUND.encode().ljust(1024 * 1024 + 1, b"\n"))
    found = read(folder)
    assert found.loaded.checked == ("a",)
    assert [(each.file, each.code) for each in found.said] == [("agreements/b.yaml", "FRM001")]


@pytest.mark.parametrize(
    ("error", "message", "advice"),
    [
        (PermissionError(errno.EACCES, "x"), "the file may not be read", "ask its owner for permission to read it"),
        (OSError(errno.EIO, "x"), f"the file cannot be read ({os.strerror(errno.EIO)})", ""),
    ],
)
def test_a_file_that_cannot_be_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, message: str, advice: str
) -> None:
    """The permission itself is not taken away: the tests may be run by somebody who may read everything."""

    def refuse(path: Path) -> bytes:
        raise error

    (folder / "a.yaml").write_text(SOUND, "utf-8")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert read(folder).said == [Said("agreements/a.yaml", "FRM001", message, advice)]


# -- encoding and content ----------------------------------------------------------------------------------------------


def test_windows_1252(folder: Path) -> None:
    (folder / "a.yaml").write_bytes(SOUND.encode("cp1252"))
    message = "the file is not UTF-8; it looks like Windows-1252"
    found = read(folder)
    # line 2, "title: IOP Mötesplats Ängen": seven characters of key, IOP and a space are eleven, M the twelfth
    assert found.said == [Said("agreements/a.yaml", "FRM002", message, SAVE_AS, (2, 13, 2, 14))]
    assert found.findings[0].excerpts[0].text == "title: IOP Mötesplats Ängen"


def test_the_first_byte_that_is_not_utf8_is_shown_after_letters_that_are(folder: Path) -> None:
    (folder / "a.yaml").write_bytes("title: Åäö ".encode() + b"\x80\n")
    (found,) = read(folder).said
    assert (found.code, found.place) == ("FRM002", (1, 12, 1, 13))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16(folder: Path, encoding: str) -> None:
    mark = {"utf-16": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[encoding]
    (folder / "a.yaml").write_bytes(mark + SOUND.encode(encoding))
    assert read(folder).said == [Said("agreements/a.yaml", "FRM002", "the file is UTF-16", SAVE_AS)]


def test_a_byte_order_mark_is_no_part_of_the_text(folder: Path) -> None:
    (folder / "a.yaml").write_bytes(b"\xef\xbb\xbf" + SOUND.encode().replace(b"format: 1", b"format: 2"))
    found = read(folder)
    assert [(each.code, each.place) for each in found.said] == [("FRM010", (1, 9, 1, 10))]
    assert found.findings[0].excerpts[0].text == "format: 2"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        ("# Överenskommelsen skrivs senare.\n".encode(), "the file has only comments"),
    ],
)
def test_nothing_in_the_file(folder: Path, content: bytes, message: str) -> None:
    (folder / "a.yaml").write_bytes(content)
    assert read(folder).said == [
        Said("agreements/a.yaml", "FRM007", message, "write the agreement, or remove the file")
    ]


# -- which files -------------------------------------------------------------------------------------------------------


def test_one_bad_file_does_not_stop_the_others(folder: Path) -> None:
    (folder / "a.yaml").write_text(SOUND, "utf-8")
    (folder / "b.yaml").write_text("title: [\n", "utf-8")
    (folder / "c.yaml").write_text(SOUND.replace("format: 1\n", ""), "utf-8")
    (folder / "d.yml").write_text(SOUND, "utf-8")
    found = read(folder, Path("saknas.yaml"))
    assert (found.loaded.checked, found.asked_for) == (("a", "d"), 5)
    assert [(each.file, each.code) for each in found.said] == [
        ("agreements/b.yaml", "FRM003"),
        ("agreements/c.yaml", "FRM009"),
        ("saknas.yaml", "FRM001"),
    ]


def test_what_is_hidden_or_of_another_kind_is_left_alone(folder: Path) -> None:
    for name in (".a.yaml", "b.txt", "c.yaml~", ".git/d.yaml", "e.YAML.bak"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("inte en överenskommelse: [", "utf-8")
    found = read(folder)
    assert (found.said, found.loaded.checked, found.asked_for) == ([], (), 0)


def test_a_file_named_twice_is_one_file(folder: Path) -> None:
    (folder / "a.yaml").write_text(SOUND, "utf-8")
    found = read(folder, folder / "a.yaml")
    assert (found.said, found.loaded.checked, found.asked_for) == ([], ("a",), 1)


def test_two_files_with_one_id(folder: Path) -> None:
    for year in ("2024", "2025"):
        (folder / year).mkdir()
        (folder / year / "a.yaml").write_text(SOUND, "utf-8")
    found = read(folder)
    message, advice = "the id a is already used by agreements/2024/a.yaml", "give one of the files another name"
    assert found.said == [Said("agreements/2025/a.yaml", "REG001", message, advice)]
    assert found.loaded.checked == ("a",)
    assert found.loaded.files["a"] == "agreements/2024/a.yaml"


def test_the_replaced_agreement_is_read_for_reference_only(folder: Path) -> None:
    (folder / "exempel-angen.yaml").write_text(SOUND, "utf-8")
    (folder / "exempel-angen-2.yaml").write_text(LATER, "utf-8")
    found = read(folder / "exempel-angen-2.yaml", root=folder.parent)
    assert (found.loaded.checked, found.asked_for, found.said) == (("exempel-angen-2",), 1, [])
    assert sorted(found.loaded.workspace.agreements) == ["exempel-angen", "exempel-angen-2"]


@pytest.mark.parametrize("content", [SOUND.replace("title", "titel"), "a: [", SOUND + "x: \n"])
def test_the_faults_of_the_replaced_agreement_are_its_own(folder: Path, content: str) -> None:
    (folder / "exempel-angen.yaml").write_text(content, "utf-8")
    (folder / "exempel-angen-2.yaml").write_text(LATER, "utf-8")
    found = read(folder / "exempel-angen-2.yaml", root=folder.parent)
    assert (found.loaded.checked, found.said) == (("exempel-angen-2",), [])
    assert "exempel-angen" in found.loaded.workspace.known  # it is there, so that nobody is told that it is missing


def test_agreements_that_replace_each_other_in_a_ring_are_read_once(folder: Path) -> None:
    (folder / "exempel-angen.yaml").write_text(LATER.replace("exempel-angen", "exempel-angen-2"), "utf-8")
    (folder / "exempel-angen-2.yaml").write_text(LATER, "utf-8")
    found = read(folder / "exempel-angen-2.yaml", root=folder.parent)
    assert sorted(found.loaded.workspace.agreements) == ["exempel-angen", "exempel-angen-2"]


def test_the_workspace_is_the_nearest_folder_upwards(folder: Path) -> None:
    below = folder / "2025" / "bilagor"
    below.mkdir(parents=True)
    assert find_root(below) == folder.parent
    assert find_root(folder.parent) == folder.parent


def test_an_index_row_of_the_workspace_is_added_to_the_packaged_table(folder: Path) -> None:
    row = "{year: 2024, value: 3.1, status: definitive, published: 2024-04-17, source: prov}"
    Path("indices").mkdir()
    Path("indices/OPI.yaml").write_text(f"index: OPI\nrows:\n  - {row}\n", "utf-8")
    with_row, without = (surroundings(root, select([])).tables["OPI"] for root in (folder.parent, None))
    assert [(each.year, str(each.value)) for each in with_row.rows[len(without.rows) :]] == [(2024, "3.1")]


def test_a_table_that_is_not_there_cannot_be_added_to(folder: Path) -> None:
    Path("indices").mkdir()
    Path("indices/XPI.yaml").write_text("index: XPI\nrows: []\n", "utf-8")
    advice = "a table of your own also needs kind, name and publisher"
    assert read(root=folder.parent).said == [
        Said("indices/XPI.yaml", "FRM010", "index: found XPI", advice, (1, 8, 1, 11)),
    ]


# -- never a traceback -------------------------------------------------------------------------------------------------


def _damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them changed, removed, doubled or moved, or with a piece that means something in YAML."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(data))
        end = min(len(data), start + chance.randint(0, 40))
        piece = chance.choice(
            [
                b"",
                data[start:end] * 2,
                bytes([chance.randrange(256)]),
                chance.choice([b"\t", b": ", b"- ", b"{", b"]", b'"', b"&a", b"*a", b"!", b"\n---\n", b"~", b"\xc3"]),
                chance.choice([b"0", b"-1", b"true", b"2023-02-30", b"9999-12-31", b"1e9", b"999999999999999", b"[]"]),
            ]
        )
        data = data[:start] + piece + data[end:]
    return data


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_damaged_files_end_in_findings(
    path: Path, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seventy-five damaged copies of each real agreement; the same ones every time."""
    monkeypatch.setenv("IOPCTL_DEBUG", "1")  # an error of the program's own is raised, with its traceback
    for other in SHIPPED:
        shutil.copy(other, folder)
    chance = random.Random(path.name)
    for _ in range(75):
        (folder / path.name).write_bytes(_damaged(path.read_bytes(), chance))
        code = run(["check", f"agreements/{path.name}", "--as-of", "2026-01-15"])
        printed = capsys.readouterr()
        assert (code in {0, 1}, printed.err) == (True, "")
        assert "checked: 1" in printed.out.splitlines()[-1]
