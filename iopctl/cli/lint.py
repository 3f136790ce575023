"""iopctl lint: a draft that somebody has edited, compared with its agreement and with the rules of good memos."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from iopctl.cli import completion, formats
from iopctl.cli.drafting import drafted
from iopctl.cli.exits import FINDINGS, CommandError
from iopctl.cli.formats import Format
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import AsOf, Ignore, Least, Output, Select, Strict, day_of, one_of, parse_date
from iopctl.cli.output import note
from iopctl.cli.words import _
from iopctl.cli.workspace import reckon, root

if TYPE_CHECKING:
    from datetime import date

    from iopctl.documents.templates import Templates
    from iopctl.documents.tree import Document
    from iopctl.finding import Finding, Placed
    from iopctl.lint.case import Case
    from iopctl.lint.paper import Paper
    from iopctl.load import Loaded

app = command_app()


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_(
        "Compare drafts that have been edited, in Word or Markdown, with their agreement: amounts, days, names; and "
        "with what a good memo is like."
    ),
    epilog=examples(
        "iopctl lint utkast.docx",
        "iopctl lint utkast.docx --publish --strict",
        "iopctl lint utkast.md --agreement ID --kind tjansteskrivelse-forlangning --as-of 2021-11-03",
        "iopctl lint utkast.docx --format json -o avvikelser.json",
    ),
)
def lint(  # noqa: PLR0913  # one parameter for each option
    drafts: Annotated[
        list[Path], typer.Argument(metavar=_("DRAFT..."), readable=False, help=_("Drafts, .docx or .md."))
    ],
    agreement: Annotated[
        str | None,
        typer.Option(
            "--agreement",
            metavar="ID",
            help=_("The agreement; default: what the draft says."),
            autocompletion=completion.ids,
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar=_("KIND"),
            help=_("The kind of document; default: what the draft says."),
            autocompletion=completion.kinds,
        ),
    ] = None,
    publish: Annotated[
        bool, typer.Option("--publish", help=_("Also look for private contact details: it is to be published."))
    ] = False,
    format_: formats.Option = "full",
    output: Output = None,
    select: Select = None,
    ignore: Ignore = None,
    severity: Least = None,
    strict: Strict = False,
    as_of: AsOf = None,
) -> int:
    from iopctl.cli.examine import Examination
    from iopctl.cli.narrow import wanted
    from iopctl.files import shown
    from iopctl.finding import Placed
    from iopctl.lint.reading import read
    from iopctl.render.findings import in_order

    wanted_format = Format(one_of("--format", format_, tuple(Format)))
    asked = wanted(select, ignore, severity)
    found: list[Placed] = []
    left_out = False
    for path in dict.fromkeys(drafts):
        paper = read(path)
        if isinstance(paper, Placed):
            found.append(paper)
            continue
        placed = _linted(paper, _about(paper, agreement, kind, as_of), publish=publish)
        left_out = left_out or placed is None
        found += placed or ()
    files = tuple(dict.fromkeys(shown(path) for path in drafts))
    examined = Examination(in_order(each for each in found if asked.finding(each.finding)), files, command="lint")
    formats.deliver(formats.text(examined, wanted_format, output, strict=strict), output, examined)
    if wanted_format is Format.GITHUB:
        formats.summarise(examined)
    return FINDINGS if left_out else formats.code(examined, strict=strict)


@dataclass(frozen=True)
class _About:
    """What a draft is a draft of."""

    agreement: str
    kind: str
    as_of: date


def _about(paper: Paper, agreement: str | None, kind: str | None, as_of: str | None) -> _About:
    """What the options say, else the draft itself."""
    id_, sort = agreement or paper.origin.get("agreement"), kind or paper.origin.get("kind")
    if not id_:
        message = _("{file} does not say which agreement it is about; name it: --agreement ID --kind KIND")
        raise CommandError(message.format(file=paper.text.file))
    if not sort:
        message = _(
            "{file} does not say what kind of document it is; name it: --kind KIND; kinds: iopctl render --list"
        )
        raise CommandError(message.format(file=paper.text.file))
    stated = paper.origin.get("as_of")
    day = parse_date(stated, f"{paper.text.file}: as_of") if stated and as_of is None else day_of(as_of)
    return _About(id_, sort, day)


def _linted(paper: Paper, about: _About, *, publish: bool) -> list[Placed] | None:
    """What is wrong with a draft; None, when its agreement cannot be reckoned with."""
    from iopctl.documents.templates import Templates

    templates = Templates(root() / "templates")
    one_of(_("KIND"), about.kind, templates.kinds())
    work = partial(_examined, paper=paper, about=about, templates=templates, publish=publish)
    reckoned = reckon([about.agreement], about.as_of, work)
    return next(iter(reckoned.sound.values()), None)


def _examined(
    id_: str, loaded: Loaded, paper: Paper, about: _About, templates: Templates, *, publish: bool
) -> list[Placed]:
    from iopctl.checks.acknowledge import weigh
    from iopctl.lint import lint as find

    case = _case(id_, loaded, paper, about, templates, publish=publish)
    weighed = (weigh(_placed(each, case, loaded), loaded.workspace.settings) for each in find(case))
    return [each for each in weighed if each is not None]


def _case(id_: str, loaded: Loaded, paper: Paper, about: _About, templates: Templates, *, publish: bool) -> Case:
    """The draft, and the same document as it is drafted now."""
    from datetime import date

    from iopctl import __version__
    from iopctl.documents.context import context
    from iopctl.documents.draft import sections
    from iopctl.documents.markdown import markdown
    from iopctl.documents.tree import Origin
    from iopctl.lint.case import Case
    from iopctl.lint.markdown import read_markdown

    values: dict[str, Any] = context(id_, loaded.workspace, about.kind, about.as_of)
    document = drafted(templates, values, Origin(id_, about.kind, about.as_of, __version__))
    if since := paper.origin.get("since"):
        document = _with_appendix(document, since, values["day"])
    ids = {each.words.casefold(): each.id for each in sections(templates, values, about.kind) if each.heading}
    return Case(
        paper,
        id_,
        about.kind,
        loaded.workspace,
        about.as_of,
        read_markdown("", markdown(document)),
        ids,
        values["date"] if isinstance(values["date"], date) else None,
        publish,
    )


def _with_appendix(document: Document, since: str, day: date) -> Document:
    """The document with what has changed since a commit, as it was drafted; without it, when git does not know it."""
    from iopctl.cli.appendix import appendices
    from iopctl.documents.changes import with_changes

    id_ = document.origin.agreement
    try:
        found = appendices(since, {id_: day})
    except CommandError as error:
        note(_("{id}: what has changed is not looked into: {reason}").format(id=id_, reason=error))
        return document
    return with_changes(document, found[id_].changed)


def _placed(finding: Finding, case: Case, loaded: Loaded) -> Placed:
    """The finding with the words of the draft, and the lines of the agreement that it contradicts."""
    from iopctl.finding import Placed

    excerpts = [
        loaded.sources[each.agreement].excerpt(each) if each.agreement else case.paper.text.excerpt(each)
        for each in finding.labels
    ]
    return Placed(finding, case.paper.text.file, tuple(excerpts))
