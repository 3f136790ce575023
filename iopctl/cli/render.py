"""iopctl render: a draft of a document, with everything that the agreement gives in its place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from iopctl.cli.exits import FINDINGS, IN_ORDER, CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import AsOf, day_of, one_of
from iopctl.cli.output import note, save, write
from iopctl.cli.words import _
from iopctl.cli.workspace import reckon, root

if TYPE_CHECKING:
    from datetime import date

    from iopctl.documents.environment import Draft
    from iopctl.load import Loaded

app = command_app()


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Draft a document in Swedish. What the agreement lacks stands as [ATT FYLLA I: …] and is listed."),
    epilog=examples(
        "iopctl render --list",
        "iopctl render ID tjansteskrivelse-forlangning",
        "iopctl render ID tjansteskrivelse-forlangning --format html -o utkast.html",
    ),
)
def render(
    id_: Annotated[str | None, typer.Argument(metavar="ID", help=_("The agreement."))] = None,
    kind: Annotated[str | None, typer.Argument(metavar=_("KIND"), help=_("The kind of document; see --list."))] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", metavar=_("FORMAT"), help=_("md or html; without it, what the file's name says, else md.")
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar=_("FILE"), help=_("Write to this file."))
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Write over a file that is there."))] = False,
    as_of: AsOf = None,
    list_: Annotated[bool, typer.Option("--list", help=_("List the kinds of documents."))] = False,
) -> int:
    from iopctl.documents.environment import find

    if list_:
        from iopctl.files import find_root

        top = find_root(Path.cwd())
        write("".join(f"{name}\n" for name in find(top / "templates" if top else None)))
        return IN_ORDER
    format_ = format_ or ("html" if output and output.suffix in (".html", ".htm") else "md")
    one_of("--format", format_, ("md", "html"))
    if id_ is None or kind is None:
        raise CommandError(
            _("name an agreement and a kind of document: iopctl render ID KIND; kinds: iopctl render --list")
        )
    templates = find(root() / "templates")
    one_of(_("KIND"), kind, templates)
    day = day_of(as_of)
    reckoned = reckon([id_], day, partial(_material, kind=kind, day=day))
    if not reckoned.sound:
        return FINDINGS
    (material,) = reckoned.sound.values()
    _deliver(_draft(templates[kind], material), format_, output, force=force)
    return IN_ORDER


class _Material(NamedTuple):
    """What an agreement gives to a document."""

    values: dict[str, Any]
    footnotes: Mapping[str, str]


def _material(id_: str, loaded: Loaded, kind: str, day: date) -> _Material:
    from iopctl.documents.context import context

    agreement = loaded.workspace.agreements[id_]
    return _Material(context(id_, agreement, loaded.workspace.tables, kind, day), agreement.footnotes)


def _draft(template: Path, material: _Material) -> Draft:
    from iopctl.documents.environment import TemplateFaultError, fill

    try:
        return fill(template, *material)
    except TemplateFaultError as error:
        place = f"{error.template}:{error.line}" if error.line else error.template
        raise CommandError(
            _("the template {place} cannot be filled in: {reason}").format(place=place, reason=error.reason)
        ) from None


def _deliver(draft: Draft, format_: str, output: Path | None, *, force: bool) -> None:
    from iopctl.documents.html import page

    text = page(draft.markdown) if format_ == "html" else draft.markdown
    if output is None:
        write(text)
    elif output.is_file() and not force:
        raise CommandError(
            _("{file} is there already and may have been edited; choose another name, or --force").format(file=output)
        )
    else:
        save(output, text.encode())
        note(_("written: {file}").format(file=output))
    if draft.missing:
        note(_("to be filled in:"))
        for each in draft.missing:
            note(f"  [ATT FYLLA I: {each}]")
