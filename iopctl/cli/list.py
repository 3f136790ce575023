"""iopctl list: the register of agreements, and which of them one is looking for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from iopctl.cli import completion
from iopctl.cli.exits import FINDINGS, IN_ORDER, CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import AsOf, day_of, one_of, parse_date
from iopctl.cli.output import language, paint, width, write
from iopctl.cli.where import Condition, conditions
from iopctl.cli.words import _
from iopctl.cli.workspace import Reckoned, reckon

if TYPE_CHECKING:
    from iopctl.load import Loaded

app = command_app()

FORMATS = ("table", "json", "csv", "md")


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Show the register: each agreement with its parties, last day, status and money this year."),
    epilog=examples(
        "iopctl list",
        "iopctl list --status running,being_extended --ending-before 2027-01-01",
        'iopctl list --party "Röda Korset" --format csv > register.csv',
        'iopctl list --where "money>=500000" --where "boards~social"',
    ),
)
def list_(
    as_of: AsOf = None,
    status: Annotated[
        list[str] | None,
        typer.Option(
            "--status",
            metavar=_("STATUS"),
            help=_(
                "Only these: under_preparation, decided, running, being_extended, ended, ended_without_decision, "
                "terminated, rejected. Several with commas, or repeated."
            ),
            autocompletion=completion.listed(completion.stages),
        ),
    ] = None,
    board: Annotated[
        str | None,
        typer.Option(
            "--board",
            metavar=_("NAME"),
            help=_("Only those of this board; a part is enough."),
            autocompletion=completion.boards,
        ),
    ] = None,
    party: Annotated[
        str | None,
        typer.Option(
            "--party",
            metavar=_("PARTY"),
            help=_("Only those with this party: a part of its name, its id or its organisation number."),
            autocompletion=completion.parties,
        ),
    ] = None,
    ending_before: Annotated[
        str | None,
        typer.Option("--ending-before", metavar=_("DATE"), help=_("Only those whose last day is before this one.")),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            metavar=_("CONDITION"),
            help=_("Only those where a field of the JSON is so: FIELD=VALUE, or != < <= > >= ~ (contains). Repeat."),
            autocompletion=completion.fields,
        ),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            metavar=_("FORMAT"),
            help=_("table, json, csv or md."),
            autocompletion=completion.choices(*FORMATS),
        ),
    ] = "table",
) -> int:
    from iopctl.render import records
    from iopctl.render import register as render

    one_of("--format", format_, FORMATS)
    day = day_of(as_of)
    wanted = _Wanted(
        _stages(status or ()),
        board.casefold() if board else None,
        party.casefold() if party else None,
        parse_date(ending_before, "--ending-before") if ending_before is not None else None,
        conditions(where or (), render.FIELDS),
    )
    reckoned = reckon(None, day, partial(_row, as_of=day, wanted=wanted))
    rows = _rows(reckoned)
    if format_ == "json":
        write(records.as_json("agreements", rows, as_of=day, left_out=reckoned.left_out))
    elif reckoned.left_out and not reckoned.sound:  # an empty register would say that there are none
        return FINDINGS
    elif format_ == "csv":
        write(render.as_csv(rows))
    elif format_ == "md":
        write(render.as_markdown(rows, day, language()))
    else:
        write(render.as_table(rows, day, language(), width(), paint()))
    return FINDINGS if reckoned.left_out else IN_ORDER


class _Wanted(NamedTuple):
    """Which agreements are asked for."""

    stages: frozenset[str]
    board: str | None
    party: str | None
    ending_before: date | None
    conditions: tuple[Condition, ...]

    def has(self, row: dict[str, Any]) -> bool:
        """Whether an agreement is asked for."""
        return (
            (not self.stages or row["status"] in self.stages)
            and (self.board is None or any(self.board in each.casefold() for each in row["boards"]))
            and (self.party is None or _with(self.party, row))
            and (self.ending_before is None or (row["until"] is not None and row["until"] < self.ending_before))
            and all(each.fits(row) for each in self.conditions)
        )


def _with(party: str, row: dict[str, Any]) -> bool:
    """Whether the agreement is with a party: a part of a name, the whole id, or the number with or without hyphen."""
    if any(party in each.casefold() for each in (*row["parties"], *row["organisations"])) or party in row["party_ids"]:
        return True
    return party.replace("-", "") in [each.replace("-", "") for each in row["organisation_numbers"]]


def _stages(given: Sequence[str]) -> frozenset[str]:
    """The statuses that are asked for, by their English names or by the words of a language."""
    from iopctl.compute.status import Stage
    from iopctl.locale.codes import LANGUAGES
    from iopctl.locale.language import Language
    from iopctl.render.register import STAGES

    names = {each.value: each.value for each in Stage}
    for code in LANGUAGES:
        names |= {_plain(Language(code).say(words)): each.value for each, words in STAGES.items()}
    found = set()
    for word in (word.strip() for each in given for word in each.split(",") if word.strip()):
        if _plain(word) not in names:
            raise CommandError(_no_stage(word, list(Stage), list(names)))
        found.add(names[_plain(word)])
    return frozenset(found)


def _plain(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")


def _no_stage(word: str, stages: Sequence[str], names: Sequence[str]) -> str:
    import difflib

    message = _("--status: found {value}, expected one of: {choices}")
    close = difflib.get_close_matches(_plain(word), names, n=1)
    hint = "; " + _("did you mean {name}?").format(name=close[0]) if close else ""
    return message.format(value=word, choices=", ".join(stages)) + hint


def _row(id_: str, loaded: Loaded, as_of: date, wanted: _Wanted) -> dict[str, Any] | None:
    """The agreement's record; None when it is not asked for."""
    from iopctl.compute.budget import Years, entries
    from iopctl.compute.status import stage
    from iopctl.compute.timeline import as_known, terms
    from iopctl.render.register import Facts, record

    workspace = loaded.workspace
    agreement, home = as_known(workspace.agreements[id_], as_of), workspace.settings.name
    found = terms(agreement)
    last = next((each for each in reversed(found) if each.decided), None)
    runs = any(each.start.year <= as_of.year <= each.end.year for each in found)
    years = Years(as_of.year, as_of.year)
    costs = entries(id_, agreement, workspace.tables, as_of, years, home=home) if runs else ()
    stands = stage(workspace.agreements[id_], as_of)
    row = record(Facts(id_, agreement, loaded.files[id_], stands, last, costs, as_of, home))
    return row if wanted.has(row) else None


def _rows(reckoned: Reckoned[dict[str, Any] | None]) -> list[dict[str, Any]]:
    return [row for _id, row in sorted(reckoned.sound.items()) if row is not None]
