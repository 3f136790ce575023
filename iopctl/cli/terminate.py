"""iopctl terminate: notice, a decision that the agreement ends, or both; the last day follows from the clause."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli import deciding, offers
from iopctl.cli.change import DryRun, Opened, carry_out, opened, spliced
from iopctl.cli.deciding import Minutes
from iopctl.cli.events import AsOf, Id, has_come, said, without_nothing
from iopctl.cli.exits import CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.log import notice_entry, refuse_twice
from iopctl.cli.options import day_of, parse_date
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.layout import Value
    from iopctl.load import Loaded

app = command_app()


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Record that an agreement ends early: notice that a party gave, a decision, or both."),
    epilog=examples(
        "iopctl terminate ID --notice foreningen --given 2024-05-02",
        "iopctl terminate ID --until 2024-12-31 --body Äldrenämnden --date 2024-06-19 --paragraph 80",
        "iopctl terminate ID --notice kommunen --given 2024-06-20 --body Äldrenämnden --date 2024-06-19",
    ),
)
def terminate(  # noqa: PLR0913  # the keys of a decision
    id_: Id,
    notice: Annotated[
        str | None,
        typer.Option(
            "--notice", metavar=_("PARTY"), help=_("The party that gave notice."), autocompletion=offers.parties
        ),
    ] = None,
    given: Annotated[
        str | None, typer.Option("--given", metavar=_("DATE"), help=_("The day notice was given. Default: today."))
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar=_("DATE"), help=_("The last day. Default: when the notice has run out.")),
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
    from iopctl.edit import Append, Change

    file, today = opened(id_), day_of(as_of)
    minutes = Minutes(body, date_, planned, proposed, paragraph, dnr, approved, posted, None, text)
    entry: dict[str, Value] = {}
    changes: list[Change] = []
    if notice is not None:
        entry = without_nothing(notice_entry(file.agreement, notice, has_come(given, "--given", today), None))
        refuse_twice(file, entry)
        changes.append(Append(("log",), entry))
    if any(each is not None for each in (*minutes, until)) or notice is None:
        minutes.refuse_without_body()
        minutes.refuse_unless_dated()
        last = _last_day(file, until, entry.get("date"))
        changes.insert(0, Append(("decisions",), deciding.ordered("terminated", minutes.values(today), last)))

    def done(loaded: Loaded) -> str:
        from iopctl.render.events import decided, noticed

        agreement = loaded.workspace.agreements[file.id]
        number = len(file.agreement.decisions)
        what = decided(agreement, number, today) if len(agreement.decisions) > number else noticed(agreement)
        return said(file, what, loaded, today)

    carry_out([spliced(file, changes)], today, done, dry_run=dry_run)


def _last_day(file: Opened, until: str | None, given: object) -> date:
    """The day that was given, else the one on which the notice runs out."""
    from iopctl.compute.calendar import notice_ends

    if until is not None:
        return parse_date(until, "--until")
    clause = file.agreement.period.notice if file.agreement.period else None
    if clause is None:
        message = _("{id}: the agreement says nothing of notice (period.notice); give the last day: --until DATE")
        raise CommandError(message.format(id=file.id))
    if not isinstance(given, date):
        message = _(
            "{id}: give the last day: --until DATE; or who gave notice, and the clause gives it: --notice PARTY"
        )
        raise CommandError(message.format(id=file.id))
    return notice_ends(given, clause)
