"""iopctl import: an agreement in Word, PDF or text → an agreement file, with its sources and open questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli import completion
from iopctl.cli.change import DryRun, Rewrite, new_findings, write_files
from iopctl.cli.exits import CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import Output, day_of, one_of
from iopctl.cli.output import language, note, paint, save, width, write
from iopctl.cli.words import _
from iopctl.cli.workspace import root

if TYPE_CHECKING:
    from iopctl.finding import Route
    from iopctl.intake.case import Case

app = command_app()

FORMATS = ("yaml", "json")


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_(
        "Read an agreement, or a memo or report about one, and write an agreement file with the source of each value. "
        "What the words do not settle stays open."
    ),
    epilog=examples(
        "iopctl import avtal.docx",
        "iopctl import avtal.pdf --id linkoping-resurspoolen-2018 --dry-run",
        "iopctl import avtal.odt --format json -o uppgifter.json",
    ),
)
def import_(
    paper: Annotated[
        Path, typer.Argument(metavar=_("FILE"), readable=False, help=_("The paper: .docx, .odt, .pdf, .txt or .md."))
    ],
    id_: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help=_("The agreement's id; default: municipality-partner-first year.")),
    ] = None,
    output: Output = None,
    dry_run: DryRun = False,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar=_("FORMAT"),
            help=_("yaml: the agreement file; json: the facts with their sources."),
            autocompletion=completion.choices(*FORMATS),
        ),
    ] = "yaml",
) -> None:
    one_of("--format", format_, FORMATS)
    case = _read(paper)
    if format_ == "json":
        _facts(case, output)
        return
    id_ = _chosen(id_, case, output)
    path = output or root() / "agreements" / f"{id_}.yaml"
    if path.exists() and not dry_run:
        message = _("{file} exists already; choose another name with --id, or compare with --dry-run")
        raise CommandError(message.format(file=_shown(path)))
    text = _sound(case, paper, path)
    if dry_run:
        write(text)
        return
    write_files([Rewrite(path, b"", text.encode())])
    _summary(case, path)


def _read(paper: Path) -> Case:
    from iopctl.intake.paper import UnreadableError
    from iopctl.intake.read import facts_in
    from iopctl.intake.reading import read

    try:
        found = read(paper)
    except UnreadableError as error:
        reason = language().say(error.reason)
        help_ = f"; {language().say(error.help)}" if error.help else ""
        raise CommandError(_("{file}: {reason}").format(file=_shown(paper), reason=f"{reason}{help_}")) from None
    for each in found.remarks:
        note(_("{file}: {reason}").format(file=_shown(paper), reason=language().say(each)))
    return facts_in(found)


def _chosen(asked: str | None, case: Case, output: Path | None) -> str:
    """The id that was asked for, or the one that the paper gives."""
    from iopctl.intake.naming import proposed_id

    if asked is None and output is not None:
        return output.stem
    id_ = asked or proposed_id(case)
    if id_ is None:
        message = _("the paper does not give an id (one municipality, one partner, a first year); name it: --id ID")
        raise CommandError(message)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", id_):
        message = _("--id: found {value}, expected letters a–z, digits, - and _")
        raise CommandError(message.format(value=id_))
    return id_


def _sound(case: Case, paper: Path, path: Path) -> str:
    """The file's text, with no error that the facts themselves would be."""
    from iopctl.finding import Span
    from iopctl.form import keys_at
    from iopctl.intake.sound import sound_text
    from iopctl.judging import stops
    from iopctl.locale.language import Language
    from iopctl.model import Agreement

    swedish = Language("sv")
    day = day_of(None)

    def faults(text: str) -> Iterator[tuple[Route, str]]:
        for each in new_findings([Rewrite(path, b"", text.encode())], day):
            where = each.finding.labels[0].where if each.finding.labels else ()
            if stops(each):  # a figure that is not published yet is no fault of the clause
                yield (
                    () if isinstance(where, Span) else where,
                    swedish.say(each.finding.message),
                )

    return sound_text(case, paper.name, lambda route: keys_at(Agreement, route), faults)


def _facts(case: Case, output: Path | None) -> None:
    from iopctl.intake.report import as_json

    text = as_json(case)
    if output is None:
        write(text)
    else:
        save(output, text.encode())


def _summary(case: Case, path: Path) -> None:
    from iopctl.cli.diff import meaning
    from iopctl.intake.report import summary

    words = meaning(language().code)
    write(summary(case, _shown(path), language(), words, width(), paint()))


def _shown(path: Path) -> str:
    from iopctl.files import shown

    return shown(path)
