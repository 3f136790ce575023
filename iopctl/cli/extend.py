"""iopctl extend: a decision that the agreement goes on, by default as long as its option says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli import deciding
from iopctl.cli.change import DryRun, Opened, opened
from iopctl.cli.deciding import Minutes
from iopctl.cli.events import AsOf, Id
from iopctl.cli.exits import CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import day_of, parse_date
from iopctl.cli.output import language, note
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.model import Agreement, Length

app = command_app()


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Record that an agreement is extended, or is proposed to be; by default as its option says."),
    epilog=examples(
        "iopctl extend ID --body Äldrenämnden --date 2021-12-01 --paragraph 155",
        "iopctl extend ID --body Äldrenämnden --proposed 2021-11-03",
        "iopctl extend ID --by '1 year' --body Äldrenämnden --planned 2026-02-17 --dry-run",
    ),
)
def extend(  # noqa: PLR0913  # the keys of a decision
    id_: Id,
    until: Annotated[
        str | None, typer.Option("--until", metavar=_("DATE"), help=_("The new last day. Default: as the option says."))
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar=_("LENGTH"), help=_("How long: '3 years', '18 months'."))
    ] = None,
    body: deciding.Body = None,
    date_: deciding.Taken = None,
    planned: deciding.Planned = None,
    proposed: deciding.Proposed = None,
    paragraph: deciding.Paragraph = None,
    dnr: deciding.Dnr = None,
    approved: deciding.Approved = None,
    posted: deciding.Posted = None,
    text: deciding.Words = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
) -> None:
    from iopctl.edit import Append

    file, today = opened(id_), day_of(as_of)
    minutes = Minutes(body, date_, planned, proposed, paragraph, dnr, approved, posted, None, text)
    minutes.refuse_without_body()
    minutes.refuse_unless_dated()
    last = _last_day(file, until, by)
    decision = deciding.ordered("extended", minutes.values(today), last)
    changes = [Append(("decisions",), decision)]
    deciding.write_decision(file, changes, len(file.agreement.decisions), today, dry_run=dry_run)
    _remind(file.agreement, decision.get("date"))


def _last_day(file: Opened, until: str | None, by: str | None) -> date:
    """The new last day: the one given, or after the length given, or what the option says."""
    from iopctl.compute.extension import cannot_go_on, lasting, offered
    from iopctl.compute.timeline import last_decided

    agreement = file.agreement
    if (why := cannot_go_on(agreement)) is not None:
        message = _("{id}: {why}; nothing was written")
        hint = _("; see iopctl decide {id}").format(id=file.id) if _on_its_way(agreement) else ""
        raise CommandError(message.format(id=file.id, why=language().say(why)) + hint)
    if until is not None and by is not None:
        raise CommandError(_("give --until or --by, not both"))
    if until is not None:
        return parse_date(until, "--until")
    if by is not None:
        last = last_decided(agreement)
        assert last is not None  # it can go on
        return lasting(last, _length(by))
    day = offered(agreement)
    if isinstance(day, date):
        return day
    raise CommandError(
        _("{id}: {why}{clause}; give --until or --by to go beyond it").format(
            id=file.id, why=language().say(day), clause=_clause(agreement)
        )
    )


def _on_its_way(agreement: Agreement) -> bool:
    from iopctl.compute.timeline import terms

    return any(not term.decided for term in terms(agreement))


def _clause(agreement: Agreement) -> str:
    """The option in the agreement's own words."""
    from iopctl.render.plain import quoted

    option = agreement.period.extension if agreement.period else None
    return f" (period.extension: ”{quoted(option.wording)}”)" if option and option.wording else ""


def _length(text: str) -> Length:
    """A length of time, in the format's words or in Swedish ones."""
    from iopctl.swedish import length_meant

    found = length_meant(text)
    if found is None:
        message = _("--by: found {value}, expected a length of time: '3 years', '18 months', '3 år'")
        raise CommandError(message.format(value=text))
    return found


def _remind(agreement: Agreement, taken: object) -> None:
    """What the option asks for besides: that it is decided by a day, and by whom."""
    option = agreement.period.extension if agreement.period else None
    if option is None:
        return
    if option.decide_by is not None and isinstance(taken, date) and taken > option.decide_by:
        message = _("the agreement says that it is to be decided by {day} (period.extension)")
        note(message.format(day=option.decide_by))
    if option.decided_by is not None and len(option.decided_by) > 1:
        from iopctl.render.names import parties

        message = _("the agreement says that it is decided together by: {parties} (period.extension)")
        note(message.format(parties=parties(agreement, option.decided_by, language())))
