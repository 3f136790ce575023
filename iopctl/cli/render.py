"""iopctl render: drafts of documents, with everything that the agreement gives in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from iopctl.cli import completion
from iopctl.cli.appendix import Appendix, appendices
from iopctl.cli.drafting import drafted, refused, written
from iopctl.cli.exits import CANNOT_RUN, FINDINGS, IN_ORDER, CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import AsOf, day_of, one_of
from iopctl.cli.output import counted, note, reason, save, write, write_bytes
from iopctl.cli.words import _
from iopctl.cli.workspace import reckon, root

if TYPE_CHECKING:
    from datetime import date

    from iopctl.documents.templates import Templates
    from iopctl.documents.tree import Origin
    from iopctl.load import Loaded

app = command_app()


FORMATS = ("md", "html", "docx", "pdf")
ENDINGS = {".md": "md", ".html": "html", ".htm": "html", ".docx": "docx", ".pdf": "pdf"}


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Draft documents in Swedish. What an agreement lacks stands as [ATT FYLLA I: …] and is listed."),
    epilog=examples(
        "iopctl render --list",
        "iopctl render ID tjansteskrivelse-forlangning",
        "iopctl render ID tjansteskrivelse-forlangning -o utkast.docx",
        "iopctl render ID overenskommelse --final -o overenskommelse.pdf",
        "iopctl render ID tjansteskrivelse-forlangning --with-changes HEAD~1 -o utkast.docx",
        "iopctl render --all uppfoljningsrapport --format docx -o rapporter/",
    ),
)
def render(  # noqa: PLR0913  # an option each
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=_("[ID]... KIND"),
            help=_("The agreements, and last the kind of document; see --list."),
            autocompletion=completion.ids_and_kinds,
        ),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help=_("For every agreement of the workspace."))] = False,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar=_("FORMAT"),
            help=_("md, html, docx or pdf; without it, what the file's name says, else md."),
            autocompletion=completion.choices(*FORMATS),
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar=_("FILE|FOLDER"), help=_("Write to this file, or to files in this folder.")
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Write over files that are there."))] = False,
    final: Annotated[
        bool, typer.Option("--final", help=_("Write nothing in which something is still to be filled in."))
    ] = False,
    with_changes: Annotated[
        str | None,
        typer.Option("--with-changes", metavar=_("REV"), help=_("Add an appendix: what has changed since a revision.")),
    ] = None,
    as_of: AsOf = None,
    list_: Annotated[
        bool, typer.Option("--list", help=_("List the kinds of documents; with a KIND, the sections it can have."))
    ] = False,
) -> int:
    from iopctl.documents.templates import Templates
    from iopctl.drafting import origins
    from iopctl.surroundings import SETTINGS

    if list_:
        return _list(names or [])
    templates = Templates(root() / "templates")
    ids, kind = _asked(names or [], templates.kinds(), all_=all_)
    to = _target(format_, output, many=all_ or len(ids) > 1)
    day = day_of(as_of)
    reckoned = reckon(ids or None, day, partial(_values, kind=kind, day=day))
    if any(Path(each).name == SETTINGS for each in reckoned.left_out):
        return FINDINGS  # how documents are to look is not known
    paths = {id_: to.path(id_, kind) for id_ in reckoned.sound}
    days = {id_: values["day"] for id_, values in reckoned.sound.items()}
    changed = appendices(with_changes, days) if with_changes is not None else {}
    job = _Job(templates, to, root(), reckoned.settings.documents.frame, changed)
    found = origins(job.root, kind, day, reckoned.files, {id_: each.since for id_, each in changed.items()})
    delivered = [
        _deliver(job, values, found[id_], paths[id_], force=force, final=final)
        for id_, values in counted(reckoned.sound.items(), len(reckoned.sound))
    ]
    for each in delivered:
        each.tell()
    return max((each.code for each in delivered), default=IN_ORDER) or (FINDINGS if reckoned.left_out else IN_ORDER)


def _list(names: Sequence[str]) -> int:
    """The kinds of documents; or the sections that each of some kinds can have."""
    from iopctl.documents.templates import TemplateFaultError, Templates
    from iopctl.files import find_root

    top = find_root(Path.cwd())
    templates = Templates(top / "templates" if top else None)
    kinds = templates.kinds()
    try:
        heads = {kind: templates.head(one_of(_("KIND"), kind, kinds)) for kind in names or kinds}
    except TemplateFaultError as error:
        raise refused(error) from None
    if names:
        sections = [each for head in heads.values() for each in (*head.sections, *head.optional)]
        rows = [(each.section, each.heading or "–") for each in sections]
    else:
        rows = [(kind, head.description) for kind, head in heads.items()]
    across = max((len(first) for first, _second in rows), default=0)
    write("".join(f"{first:{across}}  {second}\n" for first, second in rows))
    return IN_ORDER


def _asked(names: Sequence[str], kinds: Sequence[str], *, all_: bool) -> tuple[list[str], str]:
    """The ids and the kind; the kind is last."""
    *ids, kind = names or [""]
    if not names or (all_ and ids) or not (all_ or ids):
        message = _("name agreements and a kind of document: iopctl render ID KIND, or iopctl render --all KIND")
        raise CommandError(f"{message}; {_('kinds: iopctl render --list')}")
    if kind not in kinds and (first := next((each for each in ids if each in kinds), None)):
        message = _("the kind of document comes last: iopctl render {id} {kind}")
        raise CommandError(message.format(id=kind, kind=first))
    return list(dict.fromkeys(ids)), one_of(_("KIND"), kind, kinds)


class _Target(NamedTuple):
    """Where documents go, and in which format."""

    format: str
    file: Path | None
    folder: Path | None

    def path(self, id_: str, kind: str) -> Path | None:
        """The file of an agreement's document; None for standard output. Nothing outside the folder is ever written."""
        if self.folder is None:
            return self.file
        path = self.folder / f"{id_}-{kind}.{self.format}"
        if path.resolve().parent != self.folder.resolve():
            raise CommandError(_("{file} leads out of the folder; remove it first").format(file=path))
        return path


def _target(format_: str | None, output: Path | None, *, many: bool) -> _Target:
    # a path does not keep its last slash; no document has a name without an ending
    folder = output is not None and (many or output.is_dir() or not (output.suffix or output.exists()))
    if output is not None:
        _named_well(output, folder=folder, told=format_)
    told = ENDINGS.get(output.suffix.lower()) if output and not folder else None
    format_ = one_of("--format", format_ or told or "md", FORMATS)
    if told and told != format_:
        raise CommandError(
            _("--format is {format}, but {file} is to be {told}").format(format=format_, file=output, told=told)
        )
    if output is None and many and format_ != "md":
        raise CommandError(_("name the folder that the files are to be written in: -o FOLDER"))
    if output is None and format_ in ("docx", "pdf") and _on_terminal():
        raise CommandError(_("{format} is not for the screen; name a file: -o FILE").format(format=format_))
    if folder and output is not None:
        _make(output)
    return _Target(format_, None if folder else output, output if folder else None)


def _named_well(output: Path, *, folder: bool, told: str | None) -> None:
    """Refuses a file's name for several documents, and an ending that says another format than those there are."""
    ending = output.suffix.lower()
    if folder and ending in ENDINGS and not output.is_dir():
        raise CommandError(_("{file} is the name of one file; name a folder for several").format(file=output))
    if not folder and told is None and ending and ending not in ENDINGS:
        message = _("no document can be a {ending}; let the file's name end in .md, .html, .docx or .pdf")
        raise CommandError(message.format(ending=ending))


def _on_terminal() -> bool:
    import sys

    return sys.stdout.isatty()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = _("cannot write in {folder}: {reason}")
        raise CommandError(message.format(folder=folder, reason=reason(error))) from None


class _Job(NamedTuple):
    """What all documents of a run have in common."""

    templates: Templates
    to: _Target
    root: Path
    frame: str | None
    appendices: Mapping[str, Appendix]
    """Where they are asked for: what has changed in each agreement."""


def _values(id_: str, loaded: Loaded, kind: str, day: date) -> Mapping[str, Any]:
    from iopctl.documents.context import context

    return context(id_, loaded.workspace, kind, day)


class _Delivered(NamedTuple):
    """What became of one document."""

    id: str
    missing: Sequence[str]
    left_out: Sequence[str]
    """Where the agreement has words of its own that the document does not have."""
    path: Path | None
    code: int

    def tell(self) -> None:
        """Says what was written, what is to be filled in, and last why it was not written."""
        if self.code == IN_ORDER and self.path is not None:
            note(_("written: {file}").format(file=self.path))
        if self.left_out:
            note(_("{id}: of the agreement, this stands nowhere in the document:").format(id=self.id))
            for each in self.left_out:
                note(f"  {each}")
        if self.missing:
            note(_("{id}: to be filled in:").format(id=self.id))
            for each in self.missing:
                note(f"  [ATT FYLLA I: {each}]")
        if self.code == CANNOT_RUN:
            message = _("{file} is there already and may have been edited; choose another name, or --force")
            note(message.format(file=self.path))
        elif self.code == FINDINGS:
            note(_("{id}: not written, for --final leaves nothing to be filled in, or left out").format(id=self.id))


def _deliver(
    job: _Job, values: Mapping[str, Any], origin: Origin, path: Path | None, *, force: bool, final: bool
) -> _Delivered:
    """Drafts one document and writes it, unless something is to be filled in that must not be, or may be lost."""
    from iopctl.documents.carried import left_out
    from iopctl.finding import shown_route

    document = drafted(job.templates, values, origin)
    if origin.agreement in job.appendices:
        from iopctl.documents.changes import with_changes

        document = with_changes(document, job.appendices[origin.agreement].changed)
    lost = [shown_route(each) for each in left_out(values["agreement"], document)]
    wanting = final and (document.missing or lost)
    code = FINDINGS if wanting else _put(written(document, job.to.format, job.root, job.frame), path, force=force)
    return _Delivered(origin.agreement, document.missing, lost, path, code)


def _put(data: bytes, path: Path | None, *, force: bool) -> int:
    """Writes to the file, or to standard output. A file that may have been edited stays as it is."""
    if path is None:
        write_bytes(data)
    elif path.is_file() and not force and path.read_bytes() != data:
        return CANNOT_RUN
    else:
        save(path, data)
    return IN_ORDER
