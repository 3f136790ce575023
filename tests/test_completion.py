"""Completion, in the real shells: what the line is after the tab key; and that every fixed set of values is offered."""

from __future__ import annotations

import fcntl
import os
import pty
import shlex
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import typer

from iopctl.cli import completion, shells
from iopctl.cli.app import COMMANDS, app
from iopctl.documents.templates import Templates
from iopctl.render.register import FIELDS
from iopctl.rules import ALL
from iopctl.surroundings import packaged_tables
from tests.agreements import SHIPPED
from tests.terminal import environment, iopctl
from tests.tools import needs

LEAST = """
format: 1
title: IOP Exempel
parties:
  kommunen: {name: Exempelkommun, kind: municipality}
  foreningen: {name: Föreningen Exempel, kind: association}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Agreements with names that shells have to quote, a broken one, and a folder inside."""
    folder = tmp_path / "arbete"
    (folder / "agreements").mkdir(parents=True)
    for name in ("linkoping-2018", "linkoping-2020", "härnösand-åre", "med mellanslag"):
        (folder / "agreements" / f"{name}.yaml").write_text(LEAST, "utf-8")
    (folder / "agreements" / "trasig.yaml").write_bytes(b"title: [\xff\n\tformat")
    (folder / "anteckningar").mkdir()
    (folder / "betalningar.csv").write_text("x\n", "utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with nothing but the program, by its name, in it."""
    (tmp_path / "hem" / "bin").mkdir(parents=True)
    program = tmp_path / "hem" / "bin" / "iopctl"
    run = f'PYTHONPATH={shlex.quote(str(SHIPPED))} exec {shlex.quote(sys.executable)} -m iopctl "$@"'
    program.write_text(f"#!/bin/sh\n{run}\n", "utf-8")
    program.chmod(0o755)
    return tmp_path / "hem"


def around(home: Path, **more: str) -> dict[str, str]:
    path = f"{home / 'bin'}:{os.environ['PATH']}"
    return environment(
        HOME=str(home), PATH=path, IOPCTL_LANG="en", LANG="C.UTF-8", TERM="xterm", PS1="$ ", HISTFILE="", **more
    )


class Typist:
    """Somebody at a terminal with a shell: types, and reads what the line has become."""

    def __init__(self, command: Sequence[str], cwd: Path, env: dict[str, str], begin: str) -> None:
        self.file = cwd.parent / "rad"
        self.outside, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
        self.process = subprocess.Popen(
            command, cwd=cwd, env={**env, "RAD": str(self.file)}, stdin=inside, stdout=inside, stderr=inside,
            start_new_session=True,
        )  # fmt: skip
        os.close(inside)
        os.set_blocking(self.outside, False)
        self.send(f"{begin}\n : > $RAD\n")
        self.wait()

    def send(self, text: str) -> None:
        os.write(self.outside, text.encode())

    def wait(self) -> str:
        """What has been written to the file, which is then removed."""
        until = time.monotonic() + 60
        while not self.file.exists():
            assert time.monotonic() < until, "the shell does not answer"
            try:
                os.read(self.outside, 65536)
            except BlockingIOError:
                time.sleep(0.02)
        text = self.file.read_text("utf-8")
        self.file.unlink()
        return text

    def line(self, typed: str) -> str:
        """What a line is after it has been typed; each tab is let work before the next letter."""
        self.send(f"{typed}\x18p")
        line = self.wait()
        self.send("\x15")
        return line

    def leave(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.outside)


BASH = """PS1='$ '; bind -x '"\\C-xp": printf "%s" "$READLINE_LINE" > "$RAD.t"; mv "$RAD.t" "$RAD"'"""
ZSH = """PS1='$ '; shown() { print -rn -- "$BUFFER" > $RAD.t; mv $RAD.t $RAD }; zle -N shown; bindkey '^Xp' shown"""


@pytest.fixture(params=["bash", "zsh"])
def typist(request: pytest.FixtureRequest, workspace: Path, home: Path) -> Iterator[Typist]:
    """A shell in which completion has been installed as docs/completion.md says."""
    needs(request.param)
    env = around(home)
    done = subprocess.run(
        ["iopctl", "--install-completion", request.param], env=env, cwd=workspace, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    if request.param == "bash":
        someone = Typist(["bash", "--rcfile", str(home / ".bashrc"), "-i"], workspace, env, BASH)
    else:
        someone = Typist(["zsh", "-d", "-i"], workspace, env, ZSH)
    yield someone
    someone.leave()


def test_a_line_is_completed(typist: Typist) -> None:
    """Words that are told without doubt end with a space; else the line goes as far as all agree."""
    for typed, line in [
        ("iopctl sch\t", "iopctl schema "),
        ("iopctl show li\t", "iopctl show linkoping-20"),
        ("iopctl show linkoping-2018 h\t", "iopctl show linkoping-2018 härnösand-åre "),
        ("iopctl show härn\t", "iopctl show härnösand-åre "),
        ("iopctl pay med\t", "iopctl pay med\\ mellanslag "),
        ('iopctl pay "med m\t', 'iopctl pay "med mellanslag" '),
        ("iopctl pay med\\ mell\t", "iopctl pay med\\ mellanslag "),
        ("iopctl pay --form\tjs\t", "iopctl pay --format json "),
        ("iopctl pay --format=js\t", "iopctl pay --format=json "),
        ("iopctl check --select PER,MON00\t3", "iopctl check --select PER,MON003"),
        ("iopctl pay --assume OP\t", "iopctl pay --assume OPI:"),
        ("iopctl explain REG00\t6", "iopctl explain REG006"),
        ("iopctl render linkoping-2018 delr\t", "iopctl render linkoping-2018 delrapport "),
        ("iopctl index sh\tV\t", "iopctl index show VPI "),
        ("iopctl check anteck\t", "iopctl check anteckningar/"),
        ("iopctl reconcile bet\t", "iopctl reconcile betalningar.csv "),
        ("iopctl budget -o bet\t", "iopctl budget -o betalningar.csv "),
        ("iopctl pay --year \t2026", "iopctl pay --year 2026"),
    ]:
        assert typist.line(typed) == line


def test_a_line_is_completed_in_a_folder_inside(typist: Typist) -> None:
    typist.send("cd anteckningar && : > $RAD\n")
    typist.wait()
    assert typist.line("iopctl pay med\t") == "iopctl pay med\\ mellanslag "


def fish(line: str, workspace: Path, home: Path) -> list[list[str]]:
    """The values, each with what it means, that fish offers for a line."""
    needs("fish")
    script = f"source {SHIPPED}/iopctl/cli/completion.fish; complete -C {shlex.quote(line)}"
    done = subprocess.run(
        ["fish", "--no-config", "-c", script], env=around(home), cwd=workspace, capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert done.stderr == ""
    return [each.split("\t") for each in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("iopctl sch", [["schema", "Write a JSON Schema for an editor."]]),
        ("iopctl show lin", [["linkoping-2018", "IOP Exempel"], ["linkoping-2020", "IOP Exempel"]]),
        ("iopctl show härn", [["härnösand-åre", "IOP Exempel"]]),
        ("iopctl show tra", [["trasig"]]),
        ("iopctl show med\\ m", [["med mellanslag", "IOP Exempel"]]),
        ("iopctl show 'med m", [["med mellanslag", "IOP Exempel"]]),
        ("iopctl pay --format=j", [["--format=json"]]),
        ("iopctl pay --format j", [["json"]]),
        ("iopctl due --kind payment,fu", [["payment,funding", "funding"]]),
        ("iopctl list --status runn", [["running", "running"]]),
        ("iopctl list --where mon", [["money="], ["money_status="]]),
        ("iopctl list --party Fö", [["Föreningen Exempel"]]),
        ("iopctl due --for Före", [["Föreningen exempel"]]),
        ("iopctl explain PER003", [["PER003", "The stated length is not what the dates give"]]),
        ("iopctl check --select PE,MON0021", []),
        ("iopctl check anteck", [["anteckningar/"]]),
        ("iopctl pay --year ", []),
    ],
)
def test_fish_offers(line: str, offered: list[list[str]], workspace: Path, home: Path) -> None:
    assert fish(line, workspace, home) == offered


def test_fish_finds_what_was_installed(workspace: Path, home: Path) -> None:
    needs("fish")
    assert install("fish", home)[0] == 0
    done = subprocess.run(
        ["fish", "-c", "complete -C 'iopctl show härn'"], env=around(home), cwd=workspace, capture_output=True,
        encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout == "härnösand-åre\tIOP Exempel\n"


# -- the answer --------------------------------------------------------------------------------------------------------


def answer(line: str, cwd: Path, shell: str = "fish", lang: str = "en") -> tuple[int, list[str]]:
    done = iopctl(cwd=cwd, lang=lang, _IOPCTL_COMPLETE=shell, _IOPCTL_LINE=line)
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


@pytest.mark.parametrize(
    ("line", "args", "last"),
    [
        ("iopctl ", [], ""),
        ("iopctl pay", [], "pay"),
        ("iopctl pay ", ["pay"], ""),
        ("iopctl pay a\\ b c", ["pay", "a b"], "c"),
        ('iopctl pay "å ä', ["pay"], "å ä"),
        ("iopctl pay 'x", ["pay"], "x"),
        ("iopctl pay a\\", ["pay"], "a"),
    ],
)
def test_a_line_is_read_as_the_shell_reads_it(line: str, args: list[str], last: str) -> None:
    assert shells.words(line) == (args, last)


@pytest.mark.parametrize("line", ["iopctl nonsense x", "iopctl --nonsense", "", "'", "\x01", "x" * 9999])
def test_what_goes_wrong_offers_nothing_and_says_nothing(line: str, workspace: Path) -> None:
    assert answer(line, workspace, "bash") in [(0, []), (0, list(COMMANDS))]


def test_an_option_that_answers_at_once_does_not(workspace: Path) -> None:
    assert answer("iopctl --version ", workspace, "bash") == (0, list(COMMANDS))


def test_what_it_means_is_told_in_the_language_of_the_run(workspace: Path) -> None:
    assert answer("iopctl sho", workspace, lang="sv")[1] == ["show\tVisa en överenskommelse på en skärm."]


def test_outside_a_workspace_there_are_no_ids(tmp_path: Path) -> None:
    assert answer("iopctl pay ", tmp_path) == (0, [])


def test_powershell_gets_quoted_values(workspace: Path) -> None:
    assert answer("iopctl pay med", workspace, "powershell") == (0, ["'med mellanslag'\tIOP Exempel"])


def test_ids_are_told_without_reading_any_agreement(workspace: Path) -> None:
    code = (
        "import sys, os\nfrom iopctl.cli.shells import answer\n"
        "answer({'_IOPCTL_COMPLETE': 'bash', '_IOPCTL_LINE': 'iopctl pay li'})\n"
        "print([each for each in ('pydantic', 'iopctl.model', 'rich', 'babel') if each in sys.modules])\n"
    )
    env = environment(IOPCTL_LANG="en", PYTHONPATH=str(SHIPPED))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=workspace, env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.stdout.splitlines()[-1], done.stderr) == ("[]", "")


# -- what is offered ---------------------------------------------------------------------------------------------------


def test_the_sets_are_those_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SHIPPED)
    assert [each[0] for each in completion.rules("")] == sorted(rule.code for rule in ALL)
    assert list(completion.indices("")) == sorted(packaged_tables())
    assert tuple(completion.kinds("")) == Templates(SHIPPED / "templates").kinds()
    assert [each.removesuffix("=") for each in completion.fields("")] == list(FIELDS)
    assert completion.rules("per003") == [("PER003", "The stated length is not what the dates give")]


FREE = {
    "--as-of", "--with-changes", "--year", "--years", "--until", "--from", "--ending-before", "--split",
    "--date-column", "--amount-column", "--party-column", "--reference-column", "--source", "--published", "--seen",
    "--reference-year", "--edition", "--correct", "year", "value", "--name", "--organisation-number",
    "--date", "--note", "--reference", "--percent", "--number", "--paragraph", "--dnr", "--approved", "--posted",
    "--condition", "--text", "--by", "--planned", "--proposed", "--given", "new",
    "--municipality", "--board", "--partner", "--purpose", "--amount", "--start", "--length", "--id",
}  # fmt: skip
"""Options and arguments whose values nobody can know beforehand: days, numbers, texts of one's own."""


def commands() -> Iterator[tuple[str, Any]]:
    group: Any = typer.main.get_command(app)
    yield "iopctl", group
    for name in COMMANDS:
        command = group.get_command(None, name)
        inner = getattr(command, "commands", {"": command})
        for each in inner.values():
            yield f"{name} {each.name}", each


def test_every_value_that_can_be_known_is_offered() -> None:
    """A new option is offered, or stands in FREE."""
    lacking = [
        f"{name} {max(parameter.opts, key=len)}"
        for name, command in commands()
        for parameter in command.params
        if not getattr(parameter, "is_flag", False)
        and type(parameter.type).__name__ != "TyperPath"
        and parameter._custom_shell_complete is None
        and max(parameter.opts, key=len) not in FREE
    ]
    assert lacking == []


# -- installing --------------------------------------------------------------------------------------------------------


def install(shell: str, home: Path, lang: str = "en") -> tuple[int, str]:
    done = subprocess.run(
        ["iopctl", "--lang", lang, "--install-completion", shell],
        env=around(home), cwd=home, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.stdout == ""
    return done.returncode, done.stderr


def test_installing_says_what_it_did_and_does_it_once(home: Path) -> None:
    (home / ".bashrc").write_bytes(b"alias ll='ls -l'")  # no line end at the end
    script = home / ".config" / "iopctl" / "completion.bash"
    assert install("bash", home) == (
        0,
        f"written: {script}\n"
        f"a line that reads it was added at the end of {home / '.bashrc'}\n"
        "New windows of bash complete iopctl.\n",
    )
    rc = (home / ".bashrc").read_text("utf-8")
    assert rc == f"alias ll='ls -l'\nsource {script}\n"
    assert install("bash", home) == (0, f"written: {script}\nNew windows of bash complete iopctl.\n")
    assert (home / ".bashrc").read_text("utf-8") == rc
    assert script.read_text("utf-8") == shells.script("bash")


def test_what_cannot_be_installed(home: Path) -> None:
    assert install("tcsh", home) == (2, "iopctl: SHELL: found tcsh, expected one of: bash, zsh, fish, powershell\n")
    assert install("powershell", home) == (
        2,
        "iopctl: for PowerShell, put what iopctl --show-completion powershell writes in the file that $PROFILE names\n",
    )
    (home / ".config").write_text("in the way", "utf-8")
    code, told = install("fish", home)
    assert (code, told.splitlines()[0].rsplit(": ", 1)[1]) == (2, "a part of the path is not a folder")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_is_shown(shell: str, home: Path) -> None:
    done = iopctl("--show-completion", shell, cwd=home)
    assert (done.returncode, done.stdout, done.stderr) == (0, shells.script(shell), "")
