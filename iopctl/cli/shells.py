"""Completion in bash, zsh, fish and PowerShell: the answer to a shell that asks, and the scripts that make it ask.

A script runs the program with `_IOPCTL_COMPLETE`, the shell's name, and `_IOPCTL_LINE`, the line up to the cursor. The
answer is a value on each line, with what it means after a tab; exit code 1 says that a file is wanted there.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import typer
from typer._click.shell_completion import CompletionItem, _resolve_context, _resolve_incomplete  # see the pin of typer
from typer.models import TyperPath

from iopctl.cli.exits import CommandError
from iopctl.cli.output import note, reason, save, write, write_bytes
from iopctl.cli.words import _

ASKED = "_IOPCTL_COMPLETE"
_SCRIPTS = {
    "bash": "completion.bash",
    "zsh": "completion.zsh",
    "fish": "completion.fish",
    "powershell": "completion.ps1",
}

FILES = 1
"""The exit code that says that a file is wanted."""


def answer(environment: Mapping[str, str]) -> int:
    """Answers the shell. Nothing that goes wrong is shown: it would stand in the line that somebody is writing."""
    from iopctl.cli.app import app

    shell, line = environment["_IOPCTL_COMPLETE"], environment.get("_IOPCTL_LINE", "")
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            args, incomplete = words(line)
            items, before = _items(typer.main.get_command(app), args, incomplete)
        if items is None:
            return FILES
        shown = _Shown(shell, line, incomplete, environment.get("_IOPCTL_BREAKS", ""))
        write_bytes("".join(f"{each}\n" for each in shown.lines(items, before)).encode())
    except (Exception, SystemExit):
        return 0
    return 0


def words(line: str) -> tuple[list[str], str]:
    """The words after the program's name, as the shell understands them, and the one that is being written."""
    lexer = shlex.shlex(f"{line}\0", posix=True)  # the mark shows where the last word ends, also after a space
    lexer.whitespace_split, lexer.commenters = True, ""
    found: list[str] = []
    try:
        found.extend(lexer)
    except ValueError:  # a quotation mark, or a backslash, is still open
        found.append(lexer.token)
    *before, last = found
    return before[1:], last.removesuffix("\0")


def _items(program: Any, args: list[str], incomplete: str) -> tuple[list[CompletionItem] | None, str]:
    """What can stand there, None for a file, and what of the word stands before it: `--format=` of `--format=js`."""
    context = _resolve_context(program, {}, "iopctl", args)
    asked, rest = _resolve_incomplete(context, list(args), incomplete)
    if isinstance(getattr(asked, "type", None), TyperPath):
        return None, ""
    return asked.shell_complete(context, rest), incomplete[: len(incomplete) - len(rest)]


class _Shown:
    """How a shell is told of values: bash replaces only what follows the last of its breaks, and quotes nothing."""

    def __init__(self, shell: str, line: str, incomplete: str, breaks: str) -> None:
        self.shell = shell
        self.quoted = _open_quote(line)
        self.cut = 0 if self.quoted else 1 + max((incomplete.rfind(each) for each in breaks.strip()), default=-1)

    def lines(self, items: list[CompletionItem], before: str) -> Iterator[str]:
        """A line for each value."""
        for each in items:
            value = f"{before}{each.value}"
            if not value.isprintable():
                continue
            if self.shell == "bash":
                yield value[self.cut :] if self.quoted else re.sub(r"([^\w@%+=:,./-])", r"\\\1", value[self.cut :])
            elif self.shell == "powershell" and " " in value:
                yield "'" + value.replace("'", "''") + "'" + _meaning(each)
            else:
                yield value + _meaning(each)


def _meaning(item: CompletionItem) -> str:
    words_ = " ".join((item.help or "").split())
    return f"\t{words_}" if words_ else ""


def _open_quote(line: str) -> bool:
    """Whether the cursor stands inside quotation marks."""
    try:
        shlex.split(line.replace("\\", "_"))
    except ValueError:
        return True
    return False


# -- the scripts -------------------------------------------------------------------------------------------------------


def script(shell: str) -> str:
    """What makes a shell ask."""
    return (resources.files("iopctl.cli") / _SCRIPTS[shell]).read_text("utf-8")


def _shell(given: str) -> str:
    if given not in _SCRIPTS:
        message = _("{name}: found {value}, expected one of: {choices}")
        raise CommandError(message.format(name=_("SHELL"), value=given, choices=", ".join(_SCRIPTS)))
    return given


def show(shell: str | None) -> None:
    """--show-completion: the script, to be read or put somewhere by hand."""
    if shell is not None:
        write(script(_shell(shell)))
        raise typer.Exit


def install(shell: str | None) -> None:
    """--install-completion: the script as a file of the user's, and a line in the file that the shell begins with."""
    if shell is None:
        return
    if _shell(shell) == "powershell":
        raise CommandError(
            _("for PowerShell, put what {command} writes in the file that $PROFILE names").format(
                command="iopctl --show-completion powershell"
            )
        )
    path, begins = _places(shell, os.environ)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        save(path, script(shell).encode())
        note(_("written: {file}").format(file=path))
        if begins is not None and _added(begins, f"source {shlex.quote(path.as_posix())}"):
            note(_("a line that reads it was added at the end of {file}").format(file=begins))
    except OSError as error:
        where = error.filename or path
        raise CommandError(_("cannot write {file}: {reason}").format(file=where, reason=reason(error))) from None
    note(_("New windows of {shell} complete iopctl.").format(shell=shell))
    raise typer.Exit


def _places(shell: str, environment: Mapping[str, str]) -> tuple[Path, Path | None]:
    """Where the script goes, and the file that has to read it; fish looks in its folder by itself."""
    home = Path.home()
    config = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    if shell == "fish":
        return config / "fish" / "completions" / "iopctl.fish", None
    begins = home / ".bashrc" if shell == "bash" else Path(environment.get("ZDOTDIR") or home) / ".zshrc"
    return config / "iopctl" / _SCRIPTS[shell], begins


def _added(file: Path, line: str) -> bool:
    """Adds a line at the end of a file, unless it is there; every other byte stays."""
    text = file.read_bytes() if file.exists() else b""
    if line.encode() in text.splitlines():
        return False
    with file.open("ab") as end:
        end.write((b"" if not text or text.endswith(b"\n") else b"\n") + line.encode() + b"\n")
    return True
