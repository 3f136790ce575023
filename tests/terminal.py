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
