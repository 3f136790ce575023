"""A workspace in git for tests: nothing of the machine's own settings, every commit on the same day."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.terminal import environment, on_a_terminal

SHIPPED = Path(__file__).parent.parent / "agreements"


class Repository:
    """A git repository whose workspace is in its root, or in a folder of it."""

    def __init__(self, folder: Path, workspace: str = ".") -> None:
        self.folder = folder
        self.root = (folder / workspace).resolve()
        (self.root / "agreements").mkdir(parents=True)
        self.git("init", "-q", "-b", "main")

    @property
    def surroundings(self) -> dict[str, str]:
        """The environment of git and of iopctl: none of the machine's own settings."""
        home = self.folder.parent / "home"
        home.mkdir(exist_ok=True)
        day = "2026-01-02T10:00:00+0100"
        return {
            **{name: value for name, value in environment().items() if not name.startswith("GIT_")},
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_AUTHOR_DATE": day,
            "GIT_COMMITTER_DATE": day,
        }

    def git(self, *arguments: str) -> str:
        """What git says."""
        who = ("-c", "user.name=N", "-c", "user.email=n@example.org")
        done = subprocess.run(
            ["git", *who, *arguments],
            cwd=self.folder,
            env=self.surroundings,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout

    def write(self, id_: str, text: str) -> Path:
        """An agreement's file."""
        path = self.root / "agreements" / f"{id_}.yaml"
        path.write_text(text, "utf-8")
        return path

    def ship(self, id_: str) -> str:
        """One of the real agreements; its text."""
        text = (SHIPPED / f"{id_}.yaml").read_text("utf-8")
        self.write(id_, text)
        return text

    def commit(self, message: str = "ändrat") -> str:
        """Everything as it is, in a commit; the beginning of its id."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)
        return self.git("rev-parse", "HEAD")[:10]

    def iopctl(self, *arguments: str, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        """A run of the program."""
        return subprocess.run(
            [sys.executable, "-m", "iopctl", *arguments],
            cwd=cwd or self.root,
            env={**self.surroundings, "IOPCTL_LANG": "en", **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    def diff(self, *arguments: str, as_of: str = "2022-02-01", **env: str) -> subprocess.CompletedProcess[str]:
        """iopctl diff as of a day."""
        return self.iopctl("diff", *arguments, "--as-of", as_of, **env)

    def shown(self, *arguments: str, columns: int) -> str:
        """What a terminal of that width shows, as of the same day, without colours."""
        text = on_a_terminal("diff", *arguments, "--as-of", "2022-02-01", cwd=self.root, columns=columns, NO_COLOR="1")
        return text.replace("\r\n", "\n")
