"""iopctl explain: the page of the manual for a rule, or all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli import completion
from iopctl.cli.exits import CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import one_of
from iopctl.cli.output import language, paint, width, write
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.finding import Rule

app = command_app()

FORMATS = ("text", "json", "md")

PAGE_WIDTH = 80
"""Where nobody watches: sentences, unlike tables, are read best in short lines."""


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Explain a rule: what it looks at, why, an example, and where it comes from."),
    epilog=examples(
        "iopctl explain PER003",
        "iopctl explain stated-length",
        "iopctl explain --all",
        "iopctl explain --all --format md",
    ),
)
def explain(
    codes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=_("[CODE]..."),
            help=_("The rules, by the code that check shows, or by name."),
            autocompletion=completion.rules,
        ),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help=_("All rules; as text, a list of them."))] = False,
    format_: Annotated[
        str,
        typer.Option(
            "--format", metavar=_("FORMAT"), help=_("text, json or md."), autocompletion=completion.choices(*FORMATS)
        ),
    ] = "text",
) -> None:
    one_of("--format", format_, FORMATS)
    if bool(codes) == all_:
        raise CommandError(_("name one or more rules, such as PER003, or ask for all of them with --all"))
    from iopctl.manual import page
    from iopctl.render import manual as render
    from iopctl.rules import ALL

    entries = [render.Entry(rule, page(rule.code)) for rule in (ALL if all_ else _asked(codes or (), ALL))]
    if format_ == "json":
        write(render.as_json(entries, language()))
    elif format_ == "md":
        write(render.as_markdown(entries, language()))
    elif all_:
        write(render.contents(entries, language(), width(), paint()))
    else:
        write(render.as_text(entries, language(), width(PAGE_WIDTH), paint()))


def _asked(codes: Sequence[str], known: Sequence[Rule]) -> Iterator[Rule]:
    """The rules with these codes or names, in the order asked for, each once."""
    by_name = {name.lower(): rule for rule in known for name in (rule.code, rule.name)}
    for name in dict.fromkeys(codes):
        if name.lower() not in by_name:
            raise CommandError(_no_rule(name, list(by_name)))
    yield from dict.fromkeys(by_name[name.lower()] for name in codes)


def _no_rule(name: str, known: Sequence[str]) -> str:
    import difflib

    message = _("there is no rule {name}").format(name=name)
    close = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    if not close:
        return message + "; " + _("all of them: {command}").format(command="iopctl explain --all")
    shown = close[0] if "-" in close[0] else close[0].upper()
    return message + "; " + _("did you mean {name}?").format(name=shown)
