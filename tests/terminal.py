"""Runs iopctl as a person would, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def environment(**changes: str) -> dict[str, str]:
    """The surrounding environment without what would change the language, the colour or the width."""
    away = ("IOPCTL_", "LC_", "LANG", "NO_COLOR", "COLUMNS", "FORCE_COLOR", "TERM")
    return {name: value for name, value in os.environ.items() if not name.startswith(away)} | changes


def iopctl(*arguments: str, cwd: Path, lang: str = "en", **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "iopctl", *arguments],
        cwd=cwd,
        env=environment(IOPCTL_LANG=lang, **env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def on_a_terminal(*arguments: str, cwd: Path, columns: int, typed: str | None = None, **env: str) -> str:
    """What a terminal of a width gets to show; the language is Swedish. What is typed there is shown too."""
    import fcntl
    import pty
    import select
    import struct
    import termios

    outside, inside = pty.openpty()
    fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "iopctl", *arguments],
        cwd=cwd,
        env=environment(IOPCTL_LANG="sv", TERM="xterm", **env),
        stdin=subprocess.DEVNULL if typed is None else inside,
        stdout=inside,
        stderr=subprocess.DEVNULL,
    )
    os.close(inside)
    if typed is not None:
        os.write(outside, typed.encode())
    shown = b""
    while select.select([outside], [], [], 60)[0]:
        try:
            piece = os.read(outside, 65536)
        except OSError:  # the terminal is closed
            break
        if not piece:
            break
        shown += piece
    else:
        process.kill()  # it waits for more to be typed
    process.wait(timeout=60)
    os.close(outside)
    return shown.decode()
