"""iopctl rename-unit: a nämnd or a förvaltning that has another name from a day on, in every agreement at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from iopctl.cli import completion, offers
from iopctl.cli.change import DryRun, Opened, Rewrite, carry_out, opened, refused, spliced
from iopctl.cli.events import AsOf, words
from iopctl.cli.exits import CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import day_of, parse_date
from iopctl.cli.output import note
from iopctl.cli.words import _
from iopctl.cli.workspace import root

if TYPE_CHECKING:
    from iopctl.edit import Append
    from iopctl.layout import Value
    from iopctl.model import Agreement, Board, Party

app = command_app()

KEYS = ("name", "administration", "board")
"""What can be renamed, in the order of the format."""


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Give a board or a unit its new name from a day on, in every agreement and in iopctl.yaml; all or nothing."),
    epilog=examples(
        "iopctl rename-unit Äldrenämnden 'Äldre- och omsorgsnämnden' --from 2027-01-01 --dry-run",
        "iopctl rename-unit 'Social- och omsorgsförvaltningen' Omsorgsförvaltningen --from 2023-01-01 ID",
    ),
)
def rename_unit(  # the names, and what limits them
    old: Annotated[str, typer.Argument(metavar=_("OLD"), help=_("The name until then."), autocompletion=offers.units)],
    new: Annotated[str, typer.Argument(metavar=_("NEW"), help=_("The name from then on."))],
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=_("[ID]..."),
            help=_("The agreements; without any, all that have not ended by then."),
            autocompletion=completion.ids,
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", metavar=_("DATE"), help=_("The first day of the new name (needed)."))
    ] = None,
    board: Annotated[bool, typer.Option("--board", help=_("Only boards of that name."))] = False,
    administration: Annotated[
        bool, typer.Option("--administration", help=_("Only administrations of that name."))
    ] = False,
    as_of: AsOf = None,
    dry_run: DryRun = False,
) -> None:
    today = day_of(as_of)
    renaming = _renaming(old, new, since, board=board, administration=administration)
    files = list({file.path.resolve(): file for file in map(opened, ids or _all())}.values())
    found = {file.id: list(renaming.changes(file.agreement)) for file in files}
    left = [file.id for file in files if found[file.id] and not ids and _has_ended(file.agreement, renaming.since)]
    rewrites = [spliced(file, found[file.id]) for file in files if found[file.id] and file.id not in left]
    if not rewrites:
        raise CommandError(_nobody(renaming, files, left))
    names = [file.id for file in files if file.path in [each.path for each in rewrites]]
    settings = _settings(renaming)
    names += [each.path.name for each in settings]
    done = _("{old} is called {new} from {day} in: {names}").format(
        old=renaming.old, new=renaming.new, day=renaming.since, names=", ".join(names)
    )
    carry_out([*rewrites, *settings], today, done, dry_run=dry_run)
    if left:
        note(_("left as they are, for they end before that day: {names}").format(names=", ".join(left)))


class _Renaming(NamedTuple):
    """A unit that gets another name, and which keys of a party may be meant."""

    old: str
    new: str
    since: date
    keys: tuple[str, ...]

    def changes(self, agreement: Agreement) -> Iterator[Append]:
        """The new name, under each party that is called by the old one."""
        from iopctl.edit import Append
        from iopctl.source import composed

        for id_, party in agreement.parties.items():
            names = _names(party, self.since)
            meant = [key for key in KEYS if composed(names[key] or "") == self.old]
            if any(key in self.keys for key in meant):
                kept = [key for key in meant if key in self.keys or key == "name"]
                value: dict[str, Value] = {"from": self.since, **dict.fromkeys(kept, self.new)}
                yield Append(("parties", id_, "renamed"), value)


def _renaming(old: str, new: str, since: str | None, *, board: bool, administration: bool) -> _Renaming:
    before, after = words(old), words(new)
    if not before or not after or before == after:
        raise CommandError(_("two names are needed, the old one and the new one"))
    if since is None:
        raise CommandError(_("--from is missing: from which day is it called {new}?").format(new=after))
    asked = [*(["administration"] if administration else []), *(["board"] if board else [])]
    return _Renaming(before, after, parse_date(since, "--from"), tuple(asked) or KEYS)


def _names(party: Party, day: date) -> Mapping[str, str | None]:
    """What a party and its units are called on a day."""
    names: dict[str, str | None] = {
        "name": party.name if isinstance(party.name, str) else None,
        "administration": party.administration,
        "board": party.board,
    }
    for each in sorted(party.renamed, key=lambda each: each.since):
        if each.since <= day:
            names |= {key: value for key in KEYS if (value := getattr(each, key)) is not None}
    return names


def _all() -> list[str]:
    """All agreements, by their files."""
    from iopctl.files import FOLDER, select

    return [str(path) for path in select([root() / FOLDER]).files.values()]


def _has_ended(agreement: Agreement, day: date) -> bool:
    """Whether the agreement has ended before a day, proposed extensions included."""
    from iopctl.compute.timeline import terms

    found = terms(agreement)
    return bool(found) and found[-1].end < day


def _nobody(renaming: _Renaming, files: Sequence[Opened], left: Sequence[str]) -> str:
    """That nothing is called so, and what there is."""
    if left:
        message = _("only agreements that end before {day} have it: {names}; name them to rename in them all the same")
        return message.format(day=renaming.since, names=", ".join(left))
    there = {
        name: None
        for file in files
        for party in file.agreement.parties.values()
        for key, name in _names(party, renaming.since).items()
        if name is not None and key in renaming.keys
    }
    message = _("nothing is called {name} on {day}").format(name=renaming.old, day=renaming.since)
    close = difflib.get_close_matches(renaming.old, there, n=1, cutoff=0.5)
    return message + ("; " + _("did you mean {name}?").format(name=close[0]) if close else "")


def _settings(renaming: _Renaming) -> list[Rewrite]:
    """iopctl.yaml with the board's new name; nothing when it does not name the board.

    It gives no days, so the new name stands there at once; agreements find their board by both names.
    """
    from iopctl.edit import CannotEditError, Put, edited
    from iopctl.source import composed
    from iopctl.surroundings import SETTINGS

    path = root() / SETTINGS
    if "board" not in renaming.keys or not path.exists():
        return []
    before, boards = _boards(path)
    places = [number for number, each in enumerate(boards) if composed(each.name) == renaming.old]
    if not places:
        return []
    try:
        after = edited(before.decode("utf-8-sig"), [Put(("boards", place, "name"), renaming.new) for place in places])
    except CannotEditError as error:
        message = _("{file}: {place} is not laid out so that it can be changed from here; change it by hand")
        raise CommandError(message.format(file=path.name, place=error)) from None
    return [Rewrite.to(path, before, after)]


def _boards(path: Path) -> tuple[bytes, Sequence[Board]]:
    """What is in iopctl.yaml, and the boards that it names. One that cannot be read may name this one: refused."""
    from iopctl.files import Files
    from iopctl.form import read
    from iopctl.model import Settings
    from iopctl.source import EMPTY_FILE

    files = Files()
    before = files.data(path)
    source = files.source_of(path, before) if before is not None else None
    settings = None
    if source is not None and source.values is not None:
        settings, wrong = read(Settings, source.values)
        files.report(source, wrong)
    if before is None or any(each.finding.rule != EMPTY_FILE for each in files.findings):
        raise refused(files.findings, _("mend the error above first"))
    return before, settings.boards if settings is not None else ()
