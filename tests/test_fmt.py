"""iopctl fmt: which files are tidied, what is shown, what is left alone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal import environment, iopctl, on_a_terminal

PAGE = (Path(__file__).parent.parent / "docs" / "fmt.md").read_text("utf-8")

UNTIDY = """\
# En påhittad överenskommelse.

parties:
    a: {kind: association, name: 'Föreningen'}   # den ena
title: IOP
format: 1
"""
TIDY = """\
# En påhittad överenskommelse.

format: 1
title: IOP

parties:
  a: {name: Föreningen, kind: association} # den ena
"""
DIFF = """\
--- agreements/a.yaml
+++ agreements/a.yaml
@@ -1,6 +1,7 @@
 # En påhittad överenskommelse.
\x20
+format: 1
+title: IOP
+
 parties:
-    a: {kind: association, name: 'Föreningen'}   # den ena
-title: IOP
-format: 1
+  a: {name: Föreningen, kind: association} # den ena
"""


@pytest.fixture
def ws(tmp_path: Path) -> Path:
    """A workspace with two agreements, one of them untidy."""
    (tmp_path / "agreements").mkdir()
    (tmp_path / "agreements" / "a.yaml").write_text(UNTIDY, "utf-8")
    (tmp_path / "agreements" / "b.yaml").write_text(TIDY, "utf-8")
    return tmp_path


def screen(ws: Path, *arguments: str, lang: str = "en") -> tuple[str, str, int]:
    done = iopctl("fmt", *arguments, cwd=ws, lang=lang)
    return done.stdout, done.stderr, done.returncode


def content(ws: Path, name: str = "agreements/a.yaml") -> str:
    return (ws / name).read_bytes().decode("utf-8")


def test_the_workspace_is_tidied_once(ws: Path) -> None:
    assert screen(ws) == ("agreements/a.yaml\nfiles: 2; changed: 1\n", "", 0)
    assert content(ws) == TIDY
    assert screen(ws) == ("files: 2; nothing to change\n", "", 0)


def test_check_writes_nothing(ws: Path) -> None:
    assert screen(ws, "--check") == ("agreements/a.yaml\nfiles: 2; not tidy: 1\n", "", 1)
    assert content(ws) == UNTIDY
    assert screen(ws, "--check", "b") == ("files: 1; nothing to change\n", "", 0)


def test_diff_writes_nothing(ws: Path) -> None:
    assert screen(ws, "--diff") == (DIFF, "files: 2; not tidy: 1\n", 0)
    assert screen(ws, "--diff", "--check", "a") == (DIFF, "files: 1; not tidy: 1\n", 1)
    assert content(ws) == UNTIDY


def test_diff_in_colour(ws: Path) -> None:
    shown = on_a_terminal("fmt", "--diff", "a", cwd=ws, columns=80)
    assert "\x1b[32m+format: 1\x1b[0m\r\n" in shown
    assert "\x1b[31m-format: 1\x1b[0m\r\n" in shown


@pytest.mark.parametrize("asked", ["a", "agreements/a.yaml", "./agreements/a.yaml"])
def test_one_file_by_id_or_path(ws: Path, asked: str) -> None:
    assert screen(ws, asked) == ("agreements/a.yaml\nfiles: 1; changed: 1\n", "", 0)


def test_a_file_that_is_asked_for_twice_is_tidied_once(ws: Path) -> None:
    assert screen(ws, "a", "agreements/a.yaml") == ("agreements/a.yaml\nfiles: 1; changed: 1\n", "", 0)


def test_folders(ws: Path) -> None:
    assert screen(ws, "agreements") == ("agreements/a.yaml\nfiles: 2; changed: 1\n", "", 0)


def test_settings_and_tables_belong_to_the_workspace(ws: Path) -> None:
    (ws / "indices").mkdir()
    (ws / "indices" / "PKV.yaml").write_text(
        "rows:\n- {source: SKR, year: 2024, seen: 2024-02-15, status: definitive, edition: 2024-02-15, value: 5.2}\n"
        "index: PKV # mer\n",
        "utf-8",
    )
    (ws / "iopctl.yaml").write_text("link:   https://a.se/{file}\nname: 'Exempel'\n", "utf-8")
    changed = "agreements/a.yaml\niopctl.yaml\nindices/PKV.yaml\n"
    assert screen(ws, "--check", str(ws))[0] == f"{changed}files: 4; not tidy: 3\n"
    assert screen(ws) == (f"{changed}files: 4; changed: 3\n", "", 0)
    assert content(ws, "iopctl.yaml") == "name: Exempel\nlink: https://a.se/{file}\n"
    assert content(ws, "indices/PKV.yaml") == (
        "index: PKV # mer\n\nrows:\n"
        "  - {year: 2024, edition: 2024-02-15, value: 5.2, status: definitive, seen: 2024-02-15, source: SKR}\n"
    )


def test_settings_of_comments_only_are_in_order(ws: Path) -> None:
    (ws / "iopctl.yaml").write_text("# name: Exempel\n", "utf-8")
    assert screen(ws, "iopctl.yaml") == ("files: 1; nothing to change\n", "", 0)


def test_what_cannot_be_read_is_left_alone(ws: Path) -> None:
    (ws / "agreements" / "b.yaml").write_text("title: IOP\ntitle:  IOP\n", "utf-8")
    assert screen(ws) == (
        "agreements/a.yaml\nfiles: 2; changed: 1; left alone: 1\n",
        """\
error[FRM004]: the key title stands twice
 --> agreements/b.yaml:2:1
2 | title:  IOP
  | ^^^^^ again here
1 | title: IOP
  | ----- first here
  = help: keep one of them

""",
        1,
    )
    assert content(ws, "agreements/b.yaml") == "title: IOP\ntitle:  IOP\n"


def test_an_error_of_form_stops_nobody(ws: Path) -> None:
    (ws / "agreements" / "a.yaml").write_text("titel: x # ?\nformat:  2\n", "utf-8")
    assert screen(ws, "a") == ("agreements/a.yaml\nfiles: 1; changed: 1\n", "", 0)
    assert content(ws) == "titel: x # ?\nformat: 2\n"


def test_line_ends_and_byte_order_mark_stay(ws: Path) -> None:
    (ws / "agreements" / "a.yaml").write_bytes(b"\xef\xbb\xbftitle:  IOP\r\nformat: 1\r\n")
    assert screen(ws, "a") == ("agreements/a.yaml\nfiles: 1; changed: 1\n", "", 0)
    assert (ws / "agreements" / "a.yaml").read_bytes() == b"\xef\xbb\xbfformat: 1\r\ntitle: IOP\r\n"


def test_the_page_shows_real_output(ws: Path) -> None:
    before, after = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    shown = dict(re.findall(r"```console\n\$ iopctl fmt ?([^\n]*)\n(.*?)```", PAGE, re.DOTALL))
    assert list(shown) == ["--check", "", "--diff b"]
    (ws / "agreements" / "a.yaml").write_text(before, "utf-8")
    assert screen(ws, "--check") == (shown["--check"], "", 1)
    assert screen(ws) == (shown[""], "", 0)
    assert content(ws) == after
    (ws / "agreements" / "b.yaml").write_text(TIDY.replace("title: IOP", "title:  'IOP'"), "utf-8")
    out, err, code = screen(ws, "--diff", "b")
    assert (out + err, code) == (shown["--diff b"], 0)


def test_swedish(ws: Path) -> None:
    assert screen(ws, "--check", lang="sv")[0] == "agreements/a.yaml\nfiler: 2; inte i ordning: 1\n"
    assert screen(ws, lang="sv")[0] == "agreements/a.yaml\nfiler: 2; ändrade: 1\n"
    assert screen(ws, lang="sv")[0] == "filer: 2; inget att ändra\n"


def test_what_is_not_there(ws: Path) -> None:
    assert screen(ws, "bb") == ("", "iopctl: there is no agreement bb in the workspace; did you mean b?\n", 2)
    (ws / "agreements").rename(ws / "avtal")
    message = "there is no folder agreements/ here or above; go to the workspace, or name files and folders"
    assert screen(ws) == ("", f"iopctl: {message}\n", 2)
    assert screen(ws, "avtal/a.yaml") == ("avtal/a.yaml\nfiles: 1; changed: 1\n", "", 0)


def test_a_folder_that_may_not_be_written_in(ws: Path) -> None:
    if os.getuid() == 0:  # who may everything; the copy is then in a folder that is none
        return
    (ws / "agreements").chmod(0o500)
    out, err, code = screen(ws)
    (ws / "agreements").chmod(0o700)
    assert (out, code) == ("", 2)
    assert err == f"iopctl: cannot write in {ws / 'agreements'}: permission denied\n"
    assert content(ws) == UNTIDY


def stream(data: bytes, *arguments: str) -> tuple[bytes, str, int]:
    done = subprocess.run(
        [sys.executable, "-m", "iopctl", "fmt", *arguments],
        input=data,
        env=environment(IOPCTL_LANG="en"),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return done.stdout, done.stderr.decode(), done.returncode


def test_from_standard_input_to_standard_output() -> None:
    assert stream(UNTIDY.encode(), "-") == (TIDY.encode(), "", 0)
    assert stream(TIDY.encode(), "-") == (TIDY.encode(), "", 0)
    assert stream(b"title:  a\r\nformat: 1\r\n", "-") == (b"format: 1\r\ntitle: a\r\n", "", 0)


def test_standard_input_can_be_checked_and_compared() -> None:
    assert stream(UNTIDY.encode(), "-", "--check") == (b"", "", 1)
    assert stream(TIDY.encode(), "-", "--check") == (b"", "", 0)
    assert stream(UNTIDY.encode(), "--diff", "-") == (DIFF.replace("agreements/a.yaml", "-").encode(), "", 0)


def test_standard_input_that_cannot_be_read() -> None:
    assert stream(b"a: [\n", "-")[0::2] == (b"", 1)
    assert stream(b"\xff", "-") == (b"", "iopctl: standard input is not UTF-8\n", 2)
    assert stream(b"a: 1", "-", "b") == (b"", "iopctl: - stands for standard input and has to stand alone\n", 2)


def test_the_shell_offers_agreements(ws: Path) -> None:
    told = iopctl(cwd=ws, _IOPCTL_COMPLETE="bash", _IOPCTL_LINE="iopctl fmt ").stdout
    assert told.split() == ["a", "b"]
