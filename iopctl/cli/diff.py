"""iopctl diff: what has changed in the agreements' own terms, in kronor for each year and on deadlines."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from iopctl.cli import completion
from iopctl.cli.exits import CANNOT_RUN, FINDINGS, IN_ORDER, CommandError
from iopctl.cli.forecast import Assume, Scenario, asked, refuse_known
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import AsOf, Output, day_of, one_of
from iopctl.cli.output import language, note, paint, save, width, write
from iopctl.cli.words import _
from iopctl.cli.workspace import root

if TYPE_CHECKING:
    from iopctl.cli.comparing import Compared, Pairing
    from iopctl.cli.sides import Side
    from iopctl.compute.asked import Asked
    from iopctl.finding import Message
    from iopctl.render.change_words import Meaning
    from iopctl.render.changes import Item, Report

app = command_app()

FORMATS = ("text", "md", "json")


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Show what has changed in the agreements' terms, with the effect in kronor per year and on deadlines."),
    epilog=examples(
        "iopctl diff",
        "iopctl diff HEAD~3 ID",
        "iopctl diff main..HEAD --scenario mid",
        "iopctl diff origin/main...HEAD --format md",
        "iopctl diff utkast.yaml agreements/ID.yaml",
    ),
)
def diff(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=_("[REV[..REV]] [ID]... | FILE FILE"),
            help=_("Git revisions, HEAD and the working tree without any, and agreements; or two files."),
            autocompletion=completion.ids,
        ),
    ] = None,
    as_of: AsOf = None,
    assume: Assume = None,
    scenario: Scenario = None,
    all_: Annotated[bool, typer.Option("--all", help=_("Also deadlines that have passed."))] = False,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar=_("FORMAT"),
            autocompletion=completion.choices(*FORMATS),
            help=_("text, md or json; without it, what the file's name says, else text."),
        ),
    ] = None,
    output: Output = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=_("Exit with 1 when something differs in the content."))
    ] = False,
) -> int:
    from iopctl.comparison.compared import Standing

    form = _form(format_, output)
    what = asked(day_of(as_of), assume, scenario)
    names = list(words or [])
    if _two_files(names):
        found = _of_files(Path(names[0]), Path(names[1]), what, passed=all_)
    else:
        found = _of_revisions(names, what, passed=all_)
    refuse_known(what, found.new.around.tables)
    report, broken = _report(found, what)
    text = _text(report, form, to_file=output is not None)
    if output is None:
        write(text)
    else:
        save(output, text.encode("utf-8", "backslashreplace"))
        note(_("written: {file}").format(file=output))
    if broken:
        return CANNOT_RUN
    content = any(each.comparison.standing is not Standing.LAYOUT for each in report.items)
    return FINDINGS if exit_code and content else IN_ORDER


def _form(format_: str | None, output: Path | None) -> str:
    """The format that is asked for, or that the file's name says."""
    ending = output.suffix.removeprefix(".").lower() if output else ""
    return one_of("--format", format_ or (ending if ending in FORMATS else "text"), FORMATS)


class _Found(NamedTuple):
    """What was compared, and what came of it."""

    old: Side
    new: Side
    compared: list[Compared]


# -- two files ---------------------------------------------------------------------------------------------------------


def _two_files(names: Sequence[str]) -> bool:
    return len(names) == 2 and all(each.endswith((".yaml", ".yml")) for each in names)


def _of_files(old: Path, new: Path, what: Asked, *, passed: bool) -> _Found:
    """Two files, whatever their names are, as two readings of one agreement."""
    from iopctl.cli.comparing import Pairing, comparisons
    from iopctl.cli.sides import single_file
    from iopctl.files import find_root

    for each in (old, new):
        if not each.exists():
            raise CommandError(_("there is no file {file}").format(file=each))
    top = find_root(Path.cwd())
    sides = single_file(old, top), single_file(new, top)
    return _Found(*sides, list(comparisons(*sides, [Pairing(old.stem, new.stem)], what, passed=passed)))


# -- revisions ---------------------------------------------------------------------------------------------------------


def _of_revisions(names: Sequence[str], what: Asked, *, passed: bool) -> _Found:
    import tempfile

    from iopctl.cli.comparing import comparisons, pairings
    from iopctl.cli.sides import at_commit, commits, shallow, working_tree

    top = root()
    words = _parted(top, names)
    found = commits(top, words.revision)
    with tempfile.TemporaryDirectory(prefix="iopctl-") as folder:
        old = at_commit(top, found.old, Path(folder) / "old")
        new = working_tree(top) if found.new is None else at_commit(top, found.new, Path(folder) / "new")
        wanted = _wanted(pairings(old, new), words, shallow(top))
        return _Found(old, new, list(comparisons(old, new, wanted, what, passed=passed)))


class _Words(NamedTuple):
    """What the words on the command line say."""

    revision: str
    ids: Sequence[str]
    guessed: bool = False
    """Whether the first id was taken for one because git does not know it."""


def _parted(top: Path, names: Sequence[str]) -> _Words:
    """The revisions, and the ids of agreements. The first word may be either; no word has both meanings."""
    from iopctl.cli.sides import is_revision
    from iopctl.files import FOLDER, select

    if not names:
        return _Words("HEAD", [])
    first, *rest = names
    if ".." in first and not Path(first).exists():  # ../agreements/x.yaml is an agreement
        return _Words(first, rest)
    if not is_revision(top, first):
        return _Words("HEAD", names, guessed=True)
    if _id(first) in select([top / FOLDER]).files:
        message = _("{name} is both a revision and an agreement; write {revision}, or agreements/{name}.yaml")
        raise CommandError(message.format(name=first, revision=f"{first}~0"))
    return _Words(first, rest)


def _id(word: str) -> str:
    return Path(word).name.removesuffix(".yaml").removesuffix(".yml")


def _wanted(found: Sequence[Pairing], words: _Words, hint: str) -> list[Pairing]:
    """Those that are asked for, by their ids on either side."""
    if not words.ids:
        return list(found)
    by_id = {id_: each for each in found for id_ in (each.old, each.new) if id_ is not None}
    for number, name in enumerate(words.ids):
        if _id(name) not in by_id:
            message = _("there is no agreement {name} on either side").format(name=name)
            if words.guessed and number == 0:
                message = _("{name} is no revision in git, and no agreement on either side").format(name=name) + hint
            close = difflib.get_close_matches(_id(name), by_id, n=1, cutoff=0.5)
            raise CommandError(message + ("; " + _("did you mean {name}?").format(name=close[0]) if close else ""))
    return list(dict.fromkeys(by_id[_id(name)] for name in words.ids))


# -- what is said ------------------------------------------------------------------------------------------------------


def _report(found: _Found, what: Asked) -> tuple[Report, bool]:
    """What is shown, and whether something could not be read; that is told on standard error."""
    from iopctl.cli.comparing import tell
    from iopctl.render.changes import Report

    items = [_item(each, found) for each in found.compared if each.comparison is not None]
    broken = [placed for each in found.compared for placed in each.broken]
    broken += [each for side in (found.old, found.new) for each in side.findings if each.finding.fails_run()]
    tell(broken)
    left_out = list(dict.fromkeys(each.file for each in broken))
    report = Report(found.old.name, found.new.name, what.day, items, list(_notes(found, what, items)), left_out)
    return report, bool(broken)


def _item(compared: Compared, found: _Found) -> Item:
    from iopctl.files import shown
    from iopctl.render.changes import Item

    old, new = compared.pairing
    assert compared.comparison is not None
    file = found.new.shown(shown(found.new.files[new])) if new else found.old.shown(shown(found.old.files[old or ""]))
    renamed = old is not None and new is not None and old != new and found.old.revision is not None
    was = old if renamed else None
    untracked = new is not None and new in found.new.untracked
    return Item(compared.pairing.id, was, file, compared.comparison, untracked, compared.stopping)


def _notes(found: _Found, what: Asked, items: Sequence[Item]) -> Iterator[Message]:
    """What else the figures rest on."""
    from iopctl.finding import say
    from iopctl.render.change_effect import assumed
    from iopctl.render.forecast import rate

    old, new = found.old.around, found.new.around
    names = sorted({*old.tables, *new.tables})
    other = [name for name in names if old.tables.get(name) != new.tables.get(name)]
    if other:
        yield say("the index tables differ too: {names}", names=", ".join(other))
    if old.settings != new.settings:
        yield say("iopctl.yaml differs too")
    used = {each for item in items for each in assumed(item.comparison.years)}
    yield from (rate(each, what.scenario) for each in what.rates(used, new.tables, new.settings))


def meaning(code: str) -> Meaning:
    """What the words of the format mean, in a language."""
    from iopctl.schema.texts import packaged_texts

    texts = packaged_texts()

    def find(name: str) -> str | None:
        found = texts.get(name)
        return None if found is None else found.sv if code == "sv" else found.en

    return find


def _text(report: Report, form: str, *, to_file: bool) -> str:
    from iopctl.render.findings import no_paint

    match form:
        case "json":
            from iopctl.render.change_records import as_json

            return as_json(report, language(), meaning(language().code))
        case "md":
            from iopctl.render.changes_markdown import as_markdown

            return as_markdown(report, language(), meaning(language().code))
        case _:
            from iopctl.render.changes import as_text

            across, colours = (120, no_paint) if to_file else (width(), paint())
            return as_text(report, language(), meaning(language().code), across, colours)
