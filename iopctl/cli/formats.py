"""The formats of check: one function from what was found to text."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from iopctl.cli.output import language

if TYPE_CHECKING:
    from iopctl.cli.examine import Examination
    from iopctl.render.findings import Paint


class Format(StrEnum):
    """How findings are written."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JUNIT = "junit"


def text(examined: Examination, format_: Format, paint: Paint, *, strict: bool) -> str:
    """The findings in a format. `strict` says which of them fail, where the format has to say so."""
    from iopctl.render import findings

    found, files, spoken = examined.found, len(examined.files), language()
    match format_:
        case Format.FULL:
            return findings.full(found, files, spoken, paint, examined.aside)
        case Format.CONCISE:
            return findings.concise(found, files, spoken, paint, examined.aside)
        case Format.JSON:
            return findings.as_json(found, files, spoken)
        case Format.GITHUB:
            from iopctl.render.github import github

            return github(found, files, spoken)
        case Format.GITLAB:
            from iopctl.render.gitlab import gitlab

            return gitlab(found, spoken)
        case Format.SARIF:
            return _sarif(examined)
        case Format.JUNIT:
            from iopctl.render.junit import junit

            return junit(found, examined.files, spoken, strict=strict)
    assert_never(format_)


def _sarif(examined: Examination) -> str:
    from iopctl import __version__
    from iopctl.manual import pages
    from iopctl.render.sarif import sarif
    from iopctl.rules import ALL

    return sarif(examined.found, language(), rules=ALL, pages=pages(), version=__version__)


def statistics(examined: Examination, format_: Format) -> str:
    """How often each rule finds something."""
    from iopctl.render import findings

    found, files = examined.found, len(examined.files)
    if format_ is Format.JSON:
        return findings.statistics_json(found, files)
    return findings.statistics(found, files, language())
