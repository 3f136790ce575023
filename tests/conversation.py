"""Somebody who answers iopctl's questions on a terminal, and the whole of what the terminal shows."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.terminal import environment

PROMPT = re.compile(rb"(^|\n)> $|\[\w/\w\] $")
CTRL_C, CTRL_D = "\x03", "\x04"


class Talk(NamedTuple):
    """What a conversation left on the terminal, and the exit code."""

    screen: str
    code: int


def _at_a_terminal() -> None:
    """The terminal is the process's own, and Ctrl-C reaches it also where the tests run in the background."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def talk(
    *arguments: str, cwd: Path, answers: Sequence[str], lang: str = "sv", columns: int = 80, out: Path | None = None
) -> Talk:
    """Types each answer when iopctl asks. With `out`, standard output goes to that file."""
    import pty

    outside, inside = pty.openpty()
    fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    with out.open("wb") if out else os.fdopen(os.dup(inside), "wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "iopctl", *arguments],
            cwd=cwd,
            env=environment(IOPCTL_LANG=lang, TERM="xterm"),
            stdin=inside,
            stdout=written,
            stderr=inside,
            start_new_session=True,
            preexec_fn=_at_a_terminal,  # noqa: PLW1509  # no threads here
        )
    os.close(inside)
    shown, typed, waiting = b"", 0, list(answers)
    while piece := _read(outside):
        shown += piece
        if PROMPT.search(shown[typed:].replace(b"\r", b"")) and waiting:
            words, typed = waiting.pop(0), len(shown)
            os.write(outside, words.encode() if words in (CTRL_C, CTRL_D) else f"{words}\n".encode())
    os.close(outside)  # a program that waits for more answers than there are is hung up on
    code = process.wait(timeout=60)
    assert waiting == [], f"never asked for {waiting}:\n{shown.decode()}"
    return Talk(shown.decode().replace("\r\n", "\n"), code)


def _read(terminal: int, patience: float = 15) -> bytes:
    try:
        if not select.select([terminal], [], [], patience)[0]:
            return b""  # it waits for an answer that nobody gives
        return os.read(terminal, 65536)
    except OSError:  # the terminal is closed
        return b""
