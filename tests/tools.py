"""Programs that some tests need and Python does not bring: shells, a browser, an office suite, readers of PDF and such,
and from npm axe-core and yaml-language-server.

On a developer's machine a test whose program is absent is reported as skipped. Where CI=true, as in .ci/run, which
installs them all, it fails.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest

MODULES = Path(__file__).parent / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
YAML_LANGUAGE_SERVER = MODULES / "yaml-language-server" / "bin" / "yaml-language-server"

_BROWSER = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
)  # fmt: skip
"""No sandbox, for that of Chromium's does not start for root; it opens only pages that the tests wrote."""


def needs(*names: str) -> None:
    """Ends the test when one of the programs is absent: as skipped, and as failed where nothing may be skipped.

    A name is a command's; `soffice` is LibreOffice with Writer in it, `localc` LibreOffice with Calc.
    """
    absent = ", ".join(name for name in names if not _is_there(name))
    if absent and os.environ.get("CI") == "true":
        pytest.fail(f"absent, and .ci/tools installs it: {absent}", pytrace=False)
    if absent:
        pytest.skip(f"absent: {absent}; .ci/tools installs it")


def _is_there(name: str) -> bool:
    match name:
        case "axe-core":
            return AXE.is_file()
        case "yaml-language-server":
            return YAML_LANGUAGE_SERVER.is_file()
        case "soffice":
            return _office("libswlo.so")
        case "localc":
            return _office("libsclo.so")
        case _:
            return shutil.which(name) is not None


def _office(library: str) -> bool:
    """Debian packages LibreOffice in parts, each a library beside the program; elsewhere it comes whole."""
    program = shutil.which("soffice")
    folder = Path(program).resolve().parent if program else None
    return folder is not None and ((folder / library).exists() or not (folder / "libsofficeapp.so").exists())


def browse(page: Path, *arguments: str) -> str:
    """What Chromium prints when it has opened a page: its document, as scripts have left it, with --dump-dom."""
    needs("chromium")
    done = subprocess.run(
        ["chromium", *_BROWSER, f"--user-data-dir={page.parent / 'profile'}", *arguments, page.as_uri()],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    return done.stdout


class Seen(NamedTuple):
    """What a browser tells of a page."""

    violations: list[str]
    """Each rule of axe-core that is violated, and by which element."""
    passes: list[str]
    """The rules that hold."""
    scrolls: bool
    """Whether the page as a whole is wider than the window."""


_TELL = """
<script>%s</script>
<script>
addEventListener("load", () => axe.run().then(found => {
  const told = {
    violations: found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target}`)),
    passes: found.passes.map(rule => rule.id),
    scrolls: document.documentElement.scrollWidth > innerWidth,
  };
  parent.document.body.textContent = encodeURIComponent(JSON.stringify(told));
}));
</script></body>
"""


def axe(html: str, folder: Path, width: int) -> Seen:
    """What axe-core says of a page in a frame of a width; a window of its own is never narrower than 500."""
    needs("chromium", "axe-core")
    inner = html.replace("</body>", _TELL % AXE.read_text("utf-8"))
    page = folder / "page.html"
    frame = f'<iframe srcdoc="{escape(inner)}" style="border:0;width:{width}px;height:900px"></iframe>'
    page.write_text(f"<!DOCTYPE html>\n<html><meta charset=utf-8><body>{frame}</body></html>\n", "utf-8")
    shown = browse(page, "--dump-dom", "--virtual-time-budget=60000")
    [told] = re.findall("<body>([^<]+)</body>", shown)
    return Seen(**json.loads(unquote(told)))
