"""Asking git: nothing is changed, nothing is fetched, and no program that the repository's own settings name is run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from iopctl.finding import Message, say

_SURROUNDINGS = {
    "LC_ALL": "C",  # what git says is looked into
    "GIT_OPTIONAL_LOCKS": "0",  # the index is left as it is
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # for a git that does not know the one before: no protocol is called so
}


class GitError(Exception):
    """Git could not answer; the reason is its own."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


class NoGitError(GitError):
    """There is no git."""


def ask(folder: Path, *arguments: str, off: Sequence[str] = (), given: bytes = b"") -> bytes:
    """What git answers, byte for byte; the settings in `off` are empty while it does. Raises GitError."""
    import os
    import subprocess

    command = ["git", "--no-pager", "-C", str(folder), "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"]
    settings = {**os.environ, **_SURROUNDINGS, **_emptied(off, os.environ.get("GIT_CONFIG_COUNT", ""))}
    try:
        done = subprocess.run(
            [*command, *arguments], input=given, capture_output=True, timeout=60, check=False, env=settings
        )
    except OSError as error:
        raise NoGitError(say("there is no git")) from error
    except subprocess.TimeoutExpired as error:
        raise GitError(say("git gave no answer in time")) from error
    if done.returncode != 0:
        raise GitError(say("{reason}", reason=done.stderr.decode("utf-8", "replace").strip() or "?"))
    return done.stdout


def _emptied(off: Sequence[str], there: str) -> dict[str, str]:
    """Settings that are empty, after those that the environment gives already, such as CI's safe.directory."""
    first = int(there) if there.isascii() and there.isdigit() else 0
    keys = {f"GIT_CONFIG_KEY_{number}": key for number, key in enumerate(off, first)}
    values = {f"GIT_CONFIG_VALUE_{number}": "" for number, _key in enumerate(off, first)}
    return {"GIT_CONFIG_COUNT": str(first + len(off)), **keys, **values} if off else {}


def answer(folder: Path, *arguments: str, off: Sequence[str] = ()) -> str | None:
    """What git answers, as text; None when it has no answer."""
    try:
        return ask(folder, *arguments, off=off).decode("utf-8", "replace")
    except GitError:
        return None
