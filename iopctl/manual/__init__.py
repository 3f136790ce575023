"""The manual of the rules: a packaged page for each, <CODE>.yaml. Tests check them: a fault is the program's own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

from iopctl.form import read
from iopctl.model.manual import ManualPage
from iopctl.source import Source

SUFFIX = ".yaml"


def pages() -> Mapping[str, ManualPage]:
    """Every page by the code of its rule, in the order of the codes."""
    names = sorted(entry.name for entry in resources.files(__name__).iterdir() if entry.name.endswith(SUFFIX))
    return {code: page(code) for code in (name.removesuffix(SUFFIX) for name in names)}


@cache
def page(code: str) -> ManualPage:
    """The page of one rule; nothing else is read."""
    name = f"{code}{SUFFIX}"
    source = Source(name, resources.files(__name__).joinpath(name).read_text("utf-8"))
    found, wrong = read(ManualPage, source.values)
    if found is None:
        raise RuntimeError(f"{name}: {source.findings or wrong}")
    return found
