"""The formats of check and lint: one function from what was found to text, and where the text goes."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, assert_never

import typer

from iopctl.cli import completion
from iopctl.cli.exits import FINDINGS, IN_ORDER, CommandError
from iopctl.cli.output import language, paint, save, write
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.cli.examine import Examination


class Format(StrEnum):
    """How findings are written."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JUNIT = "junit"


Option = Annotated[
    str,
    typer.Option(
        "--format", metavar=_("FORMAT"), help=", ".join(Format) + ".", autocompletion=completion.choices(*Format)
    ),
]


def text(examined: Examination, format_: Format, output: Path | None, *, strict: bool) -> str:
    """The findings in a format. `strict` says which of them fail, where the format has to say so."""
    from iopctl.render import findings

    colours = paint() if output is None else findings.no_paint
    found, files, spoken = examined.found, len(examined.files), language()
    match format_:
        case Format.FULL:
            return findings.full(found, files, spoken, colours, examined.aside)
        case Format.CONCISE:
            return findings.concise(found, files, spoken, colours, examined.aside)
        case Format.JSON:
            return findings.as_json(found, files, spoken)
        case Format.GITHUB:
            from iopctl.render.github import github

            return github(found, files, spoken, examined.command)
        case Format.GITLAB:
            from iopctl.render.gitlab import gitlab

            return gitlab(found, spoken)
        case Format.SARIF:
            return _sarif(examined)
        case Format.JUNIT:
            from iopctl.render.junit import junit

            return junit(found, examined.files, spoken, strict=strict, command=examined.command)
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


def deliver(text: str, output: Path | None, examined: Examination) -> None:
    """To the screen, or to a file that is none of those looked at."""
    if output is None:
        write(text)
    elif output.resolve() in [Path(file).resolve() for file in examined.files]:
        raise CommandError(_("--output: {file} is what is checked; choose another name").format(file=output))
    else:
        save(output, text.encode("utf-8", "backslashreplace"))


def summarise(examined: Examination) -> None:
    """The page that GitHub shows for the step; it names the file to add to."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if file:
        from iopctl.render.github import step_summary

        with Path(file).open("a", encoding="utf-8", errors="backslashreplace") as page:
            page.write(step_summary(examined.found, len(examined.files), language(), examined.command))


def code(examined: Examination, *, strict: bool) -> int:
    """The exit code, which does not depend on the format."""
    return FINDINGS if any(each.finding.fails_run(strict=strict) for each in examined.found) else IN_ORDER
