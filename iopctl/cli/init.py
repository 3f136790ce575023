"""iopctl init: a workspace for agreements, with what an editor and CI need."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from iopctl.cli import completion
from iopctl.cli.exits import IN_ORDER, CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import one_of
from iopctl.cli.output import language, paint, width, write
from iopctl.cli.words import _, language_of

if TYPE_CHECKING:
    from iopctl.cli.making import Step
    from iopctl.starter.files import Origin, Wishes

app = command_app()

SERVICES = ("github", "gitlab", "none")


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_(
        "Make a workspace for agreements: settings, templates, help in the editor, and checks in git. Shows what it "
        "would make, and asks. What is there already is left as it is."
    ),
    epilog=examples(
        "iopctl init",
        'iopctl init avtal --name "Exempelkommunen" --ci gitlab',
        "iopctl init --dry-run",
        "iopctl init --update-schema --yes",
    ),
)
def init(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar=_("[DIR]"), help=_("The folder; it is made if there is none."), show_default=False)
    ] = Path(),
    name: Annotated[
        str | None, typer.Option("--name", metavar=_("NAME"), help=_("The municipality, for iopctl.yaml."))
    ] = None,
    organisation_number: Annotated[
        str | None,
        typer.Option("--organisation-number", metavar=_("NUMBER"), help=_("Its organisation number: NNNNNN-NNNN.")),
    ] = None,
    ci: Annotated[
        str | None,
        typer.Option(
            "--ci",
            metavar=_("SERVICE"),
            autocompletion=completion.choices(*SERVICES),
            help=_("Where changes are checked: github, gitlab or none. Default: as git says, else both."),
        ),
    ] = None,
    update_schema: Annotated[
        bool, typer.Option("--update-schema", help=_("Only write the editor's schemas anew, after an update."))
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show the plan, and write nothing."))] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=_("Write without asking."))] = False,
) -> int:
    from iopctl.cli.making import State, real, steps
    from iopctl.files import FOLDER
    from iopctl.starter.files import Compared, files

    top = real(folder)
    if update_schema and not (top / FOLDER).is_dir():
        message = _("there is no folder {folder} in {workspace}; leave --update-schema out to make a workspace")
        raise CommandError(message.format(folder=f"{FOLDER}/", workspace=top))
    outer = _outer(top)
    chosen = _services(top, ci)
    wishes = _wishes(top, chosen, name, organisation_number, asked=_asked_language(ctx))
    wanted = [each for each in files(wishes) if each.compared is Compared.MADE or not update_schema]
    plan = steps(top, wanted)
    lacking = [step for step in plan if step.state in (State.NEW, *([State.STALE] if update_schema else []))]
    update = f"iopctl init {'' if top == Path.cwd() else f'{shlex.quote(str(folder))} '}--update-schema"
    write(_shown(_head(top, outer, chosen), plan, update_schema=update_schema, update=update))
    if not lacking:
        write("\n" + _("Everything is there already.") + "\n")
    elif not dry_run and (yes or _agreed(len(lacking))):
        _make(folder, lacking)
    return IN_ORDER


# -- what the workspace is to be ---------------------------------------------------------------------------------------


class _Services(NamedTuple):
    """Which services check changes, and why those."""

    names: frozenset[str]
    reason: str
    pre_commit: bool = True


def _services(top: Path, asked: str | None) -> _Services:
    """Those that were asked for, else those that the repository is at; all when nothing tells."""
    from iopctl.cli.making import nearest
    from iopctl.origin import remotes, repository
    from iopctl.starter.files import schema_path

    if asked is not None:
        one_of("--ci", asked, SERVICES)
    here = nearest(top)
    repo = repository(here) if here.is_dir() else None
    if repo is not None and repo != top:
        if asked in ("github", "gitlab"):
            message = _(
                "--ci {name}: the files have to be in the repository's own folder, {repository}; leave --ci out"
            )
            raise CommandError(message.format(name=asked, repository=repo))
        why = _("none: they have to be in the repository's own folder, {repository}; see docs/ci.md of iopctl")
        return _Services(frozenset(), why.format(repository=repo), pre_commit=False)
    if asked is not None:
        return _Services(frozenset({asked} - {"none"}), f"{asked} (--ci)")
    signs = {"github": (top / ".github").is_dir(), "gitlab": (top / ".gitlab-ci.yml").is_file()}
    addresses = remotes(here).lower() if repo is not None else ""
    found = frozenset(each for each, there in signs.items() if there or each in addresses)
    if not found and (top / schema_path("agreement")).is_file():
        return _Services(frozenset(), _("none, as in the workspace that is there; --ci chooses one"))
    if not found or len(found) == len(signs):
        return _Services(frozenset(signs), _("github and gitlab; --ci chooses one of them, or none"))
    why = _("{name}, which the folder uses already; --ci chooses another")
    return _Services(found, why.format(name="".join(found)))


def _asked_language(ctx: typer.Context) -> str | None:
    """What --lang says. The locale of the person who sets the workspace up says nothing about those who will use it."""
    root = ctx.find_root()
    source = root.get_parameter_source("lang")
    return str(root.params["lang"]) if source is not None and source.name == "COMMANDLINE" else None


def _wishes(top: Path, chosen: _Services, name: str | None, number: str | None, *, asked: str | None) -> Wishes:
    from iopctl.cli.schema import FILES, schema_text
    from iopctl.locale.codes import LANGUAGES
    from iopctl.starter.files import Wishes

    if name is not None:
        name = " ".join(name.split())
        if not name:
            raise CommandError(_("{name} needs a value").format(name="--name"))
        if not name.isprintable():
            raise CommandError(_("--name: there is a character in it that cannot be seen"))
    if number is not None:
        from iopctl.checks.parties import is_organisation_number

        if not is_organisation_number(number):  # it is not repeated: it may be somebody's personal number
            raise CommandError(_("--organisation-number: expected NNNNNN-NNNN, with the right check digit"))
    set_ = language_of(top)
    code = set_ if set_ in LANGUAGES else asked or "sv"
    schemas = {kind: schema_text(kind, code) for kind in FILES}
    return Wishes(code, schemas, name, number, chosen.names, chosen.pre_commit, _origin())


def _origin() -> Origin | None:
    """Where iopctl was installed from, when that is a commit in a git repository with an address for everybody."""
    import json
    import re
    from importlib import metadata

    from iopctl.starter.files import Origin

    try:
        told = json.loads(metadata.distribution("iopctl").read_text("direct_url.json") or "{}")
        address, commit = told["url"], told["vcs_info"]["commit_id"]
    except (metadata.PackageNotFoundError, OSError, ValueError, KeyError, TypeError):
        return None
    found = re.fullmatch(r"(https://[\w.:/~-]+?)(?:\.git)?/?", str(address))
    return Origin(found[1], commit) if found and re.fullmatch("[0-9a-f]{40,64}", str(commit)) else None


# -- the plan ----------------------------------------------------------------------------------------------------------


def _head(top: Path, outer: Path | None, chosen: _Services) -> str:
    """Where the workspace is to be, and what is not seen in the list of its files."""
    from iopctl.render.plain import one_line

    lines = [_("Workspace: {folder}").format(folder=top), _("CI: {services}").format(services=chosen.reason)]
    if outer is not None:
        lines.append(_("Note: the folder is in another workspace, {folder}").format(folder=outer))
    return "".join(f"{one_line(line)}\n" for line in lines)


def _shown(head: str, plan: Sequence[Step], *, update_schema: bool, update: str) -> str:
    """The plan: which files, what those lack that are left as they are, and how old schemas are made new."""
    from iopctl.cli.making import State
    from iopctl.render.table import table

    words = {
        State.NEW: _("new"),
        State.THERE: _("is there"),
        State.OTHER: _("its own, stays"),
        State.STALE: _("old, is written anew") if update_schema else _("old"),
    }
    rows = [(step.file.path, words[step.state], language().say(step.file.about)) for step in plan]
    shown = f"{head}\n" + table([(each, "left") for each in _COLUMNS], rows, width(), paint())
    for step in plan:
        if step.lacking:
            shown += "\n" + _("{file} lacks, and you may want to add:").format(file=step.file.path) + "\n"
            shown += "".join(f"    {line}\n" for line in step.lacking)
    if not update_schema and any(step.state is State.STALE for step in plan):
        told = _("The schemas are not those of this iopctl. To write them anew: {command}")
        shown += "\n" + told.format(command=update) + "\n"
    return shown


_COLUMNS = (_("File"), _("State"), _("What"))


def _outer(top: Path) -> Path | None:
    """The workspace that the folder is in, unless it is one itself. Among its agreements there cannot be another."""
    from iopctl.files import FOLDER, find_root

    outer = find_root(top.parent)
    if outer is not None and top.is_relative_to((outer / FOLDER).resolve()):
        message = _("{folder} is among the agreements of {workspace}; choose a folder beside it")
        raise CommandError(message.format(folder=top, workspace=outer))
    return outer


# -- making it ---------------------------------------------------------------------------------------------------------


def _agreed(count: int) -> bool:
    """Whether the person at the terminal agrees; without one there is nobody to ask."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise CommandError(_("there is no terminal to ask at: --yes writes the files, --dry-run only shows the plan"))
    try:
        return _answered_yes(count)
    except KeyboardInterrupt:
        write("\n" + _("Nothing was written.") + "\n")
        raise


def _answered_yes(count: int) -> bool:
    """Asks until the answer is yes or no; the end of what is typed is a no."""
    yes, no = ("j", "ja", "y", "yes"), ("n", "nej", "no")
    while True:
        write("\n" + _("Files to write: {count}. Create them? [Y/n]").format(count=count) + " ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        answer = line.strip().lower()
        if answer in no or not line:
            write(_("Nothing was written.") + "\n")
            return False
        if not answer or answer in yes:
            return True


def _make(folder: Path, lacking: Sequence[Step]) -> None:
    """Writes the files, and says what comes next."""
    from iopctl.cli.making import write as write_files
    from iopctl.origin import repository

    write_files(lacking)
    write("\n" + _("Files written: {count}").format(count=len(lacking)) + "\n")
    to_fill_in = [step.file.path for step in lacking if step.file.to_fill_in()]
    lines = [f"cd {shlex.quote(str(folder))}"] if folder.resolve() != Path.cwd() else []
    lines += ["git init"] if repository(folder) is None else []
    write("\n" + _("What comes next:") + "\n")
    for line in [*lines, "iopctl new", "iopctl check"]:
        write(f"    {line}\n")
    if to_fill_in:
        write("\n" + _("Before git can check: write where your iopctl is instead of OWNER and REVISION, in") + "\n")
        write("".join(f"    {path}\n" for path in to_fill_in))
