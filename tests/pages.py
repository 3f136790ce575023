"""Pages with commands, run one after the other as a reader would: in one folder, where `cd` goes on to the next."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.terminal import environment

BLOCK = re.compile(r"```(console|text)\n(.*?)```", re.DOTALL)
SAVED_AS = re.compile(r"[Ss]para det här som\s+`([^`]+)`[^`]*$")
AUTHOR = {
    f"GIT_{who}_{what}": each
    for who in ("AUTHOR", "COMMITTER")
    for what, each in (("NAME", "a"), ("EMAIL", "a@example.org"), ("DATE", "2026-11-23T12:00:00+0100"))
}


class Reader:
    """Somebody who follows a page from the top, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def follow(self, page: str) -> str:
        """The page with what its commands show. A text that it says to save is saved."""
        done, at = [], 0
        for block in BLOCK.finditer(page):
            before = page[at : block.start()]
            done += [before, self._console(block[2]) if block[1] == "console" else self._text(before, block[2])]
            at = block.end()
        return "".join([*done, page[at:]])

    def _text(self, before: str, text: str) -> str:
        name = SAVED_AS.search(before.strip())
        if name is not None:
            (self.folder / name[1]).write_text(text, "utf-8")
        return f"```text\n{text}```"

    def _console(self, block: str) -> str:
        commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"$ {each}\n{self._shown(each)}" for each in commands) + "```"

    def _shown(self, command: str) -> str:
        """What a person sees of a command: what it writes, and then what it says beside."""
        if command.startswith("cd "):
            self.folder = self.folder / command.removeprefix("cd ")
            return ""
        line = re.sub(r"^iopctl\b", f"'{sys.executable}' -m iopctl", command)
        done = subprocess.run(
            line, shell=True, cwd=self.folder, env=environment(IOPCTL_LANG="sv", **AUTHOR), capture_output=True,
            encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode in (0, 1), done.stderr
        text = (done.stdout + done.stderr).replace(str(self.folder.parent), "…")
        return re.sub(r"\([0-9a-f]{10}, ", "(1a2b3c4d5e, ", text)  # a commit has another id with another iopctl
