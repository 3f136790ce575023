"""The language of this run, chosen before the commands are built because their help is text too."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from iopctl.locale.codes import FOLDER, LANGUAGES


def choose(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """--lang, else IOPCTL_LANG, else the workspace's iopctl.yaml, else the locale, else English."""
    asked = [environment.get("IOPCTL_LANG", ""), language_of(Path())]
    for number, argument in enumerate(arguments):
        if argument == "--lang" and number + 1 < len(arguments):
            asked.insert(0, arguments[number + 1])
        elif argument.startswith("--lang="):
            asked.insert(0, argument.removeprefix("--lang="))
    asked += [environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    return next((code for each in asked for code in LANGUAGES if each.lower().startswith(code)), "en")


_SETTING = re.compile(r"^language:[ \t]*['\"]?(\w+)", re.MULTILINE)


def language_of(folder: Path) -> str:
    """The language in the nearest iopctl.yaml. Its line is enough: reading YAML takes longer than showing help."""
    try:
        here = folder.absolute()
    except OSError:  # the current folder has been removed
        return ""
    for each in (here, *here.parents):
        try:
            text = (each / "iopctl.yaml").read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        found = _SETTING.search(text)
        return found[1] if found else ""
    return ""


CODE = choose(sys.argv[1:], os.environ)

if CODE != "en":  # typer looks its own words up through the process's gettext domain
    import gettext

    gettext.bindtextdomain("iopctl", str(FOLDER))
    gettext.textdomain("iopctl")
    os.environ["LANGUAGE"] = CODE


def _(text: str) -> str:
    """A text of the program itself in the language of this run; for arguments, help and usage errors."""
    if CODE == "en":
        return text
    from iopctl.locale.catalogue import catalogue

    return catalogue(CODE).gettext(text)
