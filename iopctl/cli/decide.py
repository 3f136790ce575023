"""iopctl decide: a decision that was planned or proposed has been taken, or rejected; or another one is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli import deciding
from iopctl.cli.change import DryRun, Opened, opened
from iopctl.cli.deciding import Minutes
from iopctl.cli.events import AsOf, Id, words
from iopctl.cli.exits import CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import day_of, one_of
from iopctl.cli.output import language
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.edit import Change
    from iopctl.layout import Value
    from iopctl.model import Agreement, Decision

app = command_app()

KINDS = ("mandated", "recommended", "adopted", "extended", "delegated", "terminated", "rejected")


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Record that a planned or proposed decision has been taken or rejected, or its minutes; or another one."),
    epilog=examples(
        "iopctl decide ID --date 2021-12-01 --paragraph 155",
        "iopctl decide ID --rejected --date 2021-12-01 --paragraph 155",
        "iopctl decide ID --number 2 --approved 2021-12-13 --posted 2021-12-14",
        "iopctl decide ID --kind adopted --body Äldrenämnden --date 2019-11-28",
    ),
)
def decide(  # noqa: PLR0913  # the keys of a decision
    id_: Id,
    number: Annotated[
        int | None, typer.Option("--number", metavar=_("N"), help=_("Which decision, counted from 1 in the file."))
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar=_("WHICH"),
            help=_("Which decision, or what the new one is: mandated, recommended, adopted or delegated."),
            autocompletion=lambda: list(KINDS),
        ),
    ] = None,
    rejected: Annotated[
        bool, typer.Option("--rejected", help=_("It was turned down: what was proposed does not come to be."))
    ] = False,
    body: deciding.Body = None,
    date_: deciding.Taken = None,
    paragraph: deciding.Paragraph = None,
    dnr: deciding.Dnr = None,
    approved: deciding.Approved = None,
    posted: deciding.Posted = None,
    condition: deciding.Condition = None,
    text: deciding.Words = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
) -> None:
    from iopctl.edit import Append

    file, today = opened(id_), day_of(as_of)
    if kind is not None:
        one_of("--kind", kind, KINDS)
    minutes = Minutes(body, date_, None, None, paragraph, dnr, approved, posted, condition, text)
    values = minutes.values(today)
    place = _which(file, number, kind, words(body), late=date_ is None)
    if rejected:
        changes, at = _rejection(file, place, values), len(file.agreement.decisions)
    elif place is None:
        changes, at = [Append(("decisions",), _another(file, kind, values))], len(file.agreement.decisions)
    else:
        changes, at = _taken(file, place, values), place
    deciding.write_decision(file, changes, at, today, dry_run=dry_run)


# -- which one ---------------------------------------------------------------------------------------------------------


def _open(agreement: Agreement) -> list[int]:
    """The decisions that are still to be taken: planned or proposed, and not answered by a later one."""
    decisions = agreement.decisions
    return [
        place
        for place, each in enumerate(decisions)
        if not each.is_taken and not any(_answers(later, each) for later in decisions[place + 1 :])
    ]


def _answers(later: Decision, earlier: Decision) -> bool:
    """Whether a decision has settled what was only planned or proposed before it, as compute/timeline.py reads it."""
    settling = {"extended": ("extended", "rejected"), "terminated": ("extended", "terminated", "rejected")}
    return later.is_taken and later.kind in settling.get(earlier.kind, ("rejected",))


def _which(file: Opened, number: int | None, kind: str | None, body: str | None, *, late: bool) -> int | None:
    """The decision that is meant; None for one that the file does not have. `late`: it has been taken before."""
    decisions = file.agreement.decisions
    if number is not None:
        if not 1 <= number <= len(decisions):
            message = _("--number: found {value}; the agreement has {count} decisions")
            raise CommandError(message.format(value=number, count=len(decisions)))
        return number - 1
    still = [place for place in _open(file.agreement) if _fits(decisions[place], kind, body)]
    if len(still) == 1:
        return still[0]
    if not still and late and len(fitting := [n for n, each in enumerate(decisions) if _fits(each, kind, body)]) == 1:
        return fitting[0]
    if not still and kind is not None:
        return None
    choices = still or range(len(decisions))
    listed = _listed(decisions, choices)
    if still:
        raise CommandError(
            _("several decisions are still to be taken; choose with --number: {listed}").format(listed=listed)
        )
    message = _("no decision is still to be taken; record another with --kind and --body, or choose with --number")
    raise CommandError(f"{message}: {listed}" if listed else message)


def _fits(decision: Decision, kind: str | None, body: str | None) -> bool:
    same = body is None or not isinstance(decision.body, str) or decision.body.casefold() == body.casefold()
    return same and kind in (None, decision.kind)


def _listed(decisions: Sequence[Decision], places: Sequence[int] | range) -> str:
    from iopctl.render.events import listed

    return "; ".join(language().say(listed(place + 1, decisions[place])) for place in places)


# -- what is written ---------------------------------------------------------------------------------------------------


def _taken(file: Opened, place: int, values: Mapping[str, Value]) -> list[Change]:
    """The day and the minutes of a decision that the file has. What it says already is not changed."""
    from iopctl.edit import Put
    from iopctl.model import Unknown

    decision = file.agreement.decisions[place]
    if not decision.is_taken and "date" not in values:
        day = decision.planned or decision.proposed
        hint = _(" (planned or proposed {day})").format(day=day) if day is not None else ""
        raise CommandError(_("when was it taken{hint}? Give --date DATE").format(hint=hint))
    changes: list[Change] = []
    for key, value in values.items():
        there = getattr(decision, key)
        if there is not None and not isinstance(there, Unknown) and str(there) != str(value):
            message = _("decision {number} has {key}: {there}; change it in the file if it is wrong, {file}")
            from iopctl.files import shown

            raise CommandError(message.format(number=place + 1, key=key, there=there, file=shown(file.path)))
        if there is None or isinstance(there, Unknown):
            changes.append(Put(("decisions", place, key), value))
    if not changes:
        raise CommandError(_("decision {number} says all that already; nothing was written").format(number=place + 1))
    return changes


def _rejection(file: Opened, place: int | None, values: Mapping[str, Value]) -> list[Change]:
    """A decision of its own: what was proposed stays in the file as it was proposed."""
    from iopctl.edit import Append

    proposal = file.agreement.decisions[place] if place is not None else None
    if proposal is not None and proposal.is_taken:
        message = _("decision {number} has been taken; only what is planned or proposed can be turned down")
        raise CommandError(message.format(number=(place or 0) + 1))
    if not isinstance(values.get("date"), date):
        raise CommandError(_("when was it taken{hint}? Give --date DATE").format(hint=""))
    body = values.get("body") or (proposal.body if proposal is not None and isinstance(proposal.body, str) else None)
    if body is None:
        raise CommandError(_("who decides? Give --body, such as --body Äldrenämnden"))
    _refuse_if_begun(file.agreement, proposal, values["date"])
    return [Append(("decisions",), deciding.ordered("rejected", {**values, "body": body}))]


def _refuse_if_begun(agreement: Agreement, proposal: Decision | None, day: object) -> None:
    """The format has no words for an agreement that was turned down after the day on which it was to begin."""
    start = agreement.period.start if agreement.period else None
    if (
        proposal is not None
        and proposal.kind == "adopted"
        and start is not None
        and isinstance(day, date)
        and day >= start
    ):
        message = _(
            "it was turned down {day}, after the agreement was to begin ({start}); change or remove the period first"
        )
        raise CommandError(message.format(day=day, start=start))


def _another(file: Opened, kind: str | None, values: Mapping[str, Value]) -> dict[str, Value]:
    """A decision that the file did not have."""
    assert kind is not None
    commands = {
        "extended": _("a new extension is recorded with iopctl extend {id}"),
        "terminated": _("a new termination is recorded with iopctl terminate {id}"),
    }
    if kind in commands:
        raise CommandError(commands[kind].format(id=file.id))
    if "body" not in values:
        raise CommandError(_("who decides? Give --body, such as --body Äldrenämnden"))
    if "date" not in values:
        raise CommandError(_("when was it taken{hint}? Give --date DATE").format(hint=""))
    for number, each in enumerate(file.agreement.decisions, 1):
        if (each.kind, each.body, each.date) == (kind, values["body"], values["date"]):
            message = _("decision {number} says all that already; nothing was written")
            raise CommandError(message.format(number=number))
    return deciding.ordered(kind, values)
