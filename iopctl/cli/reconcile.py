"""iopctl reconcile: what the accounts say was paid, against what the agreements give."""

from __future__ import annotations

import re
import stat
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from iopctl.cli import completion
from iopctl.cli.exits import FINDINGS, IN_ORDER, CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import AsOf, Ids, day_of, one_of, parse_date
from iopctl.cli.output import language, note, paint, reason, width, write
from iopctl.cli.words import _
from iopctl.cli.workspace import Reckoned, reckon

if TYPE_CHECKING:
    from iopctl.compute.instalment import Instalment
    from iopctl.compute.ledger import Expected, Known, LedgerEntry, Target
    from iopctl.compute.reconcile import Period
    from iopctl.ledger_file import Asked, Fault, Ledger
    from iopctl.load import Loaded
    from iopctl.model import Agreement, Contribution, Party

app = command_app()

FORMATS = ("table", "json", "csv")


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Compare a file from the accounts with what the agreements give."),
    epilog=examples(
        "iopctl reconcile payments.csv",
        "iopctl reconcile payments.csv ID --from 2026-01-01 --until 2026-12-31",
        "iopctl reconcile payments.csv --amount-column Utbetalt --format csv",
    ),
)
def reconcile(  # noqa: PLR0913  # an argument for each option
    file: Annotated[Path, typer.Argument(metavar=_("PAYMENTS.csv"), help=_("The file: a row for each payment."))],
    ids: Ids = None,
    as_of: AsOf = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar=_("DATE"), help=_("The first day to compare. Default: the file's first.")),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar=_("DATE"), help=_("The last day to compare. Default: the file's last.")),
    ] = None,
    date_column: Annotated[
        str | None, typer.Option("--date-column", metavar=_("HEADING"), help=_("The column with the day of payment."))
    ] = None,
    amount_column: Annotated[
        str | None, typer.Option("--amount-column", metavar=_("HEADING"), help=_("The column with the amount."))
    ] = None,
    party_column: Annotated[
        str | None, typer.Option("--party-column", metavar=_("HEADING"), help=_("The column with the receiver's name."))
    ] = None,
    reference_column: Annotated[
        str | None, typer.Option("--reference-column", metavar=_("HEADING"), help=_("The column with the reference."))
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format", metavar=_("FORMAT"), help=_("table, json or csv."), autocompletion=completion.choices(*FORMATS)
        ),
    ] = "table",
) -> int:
    from iopctl.compute.reconcile import Verdict, match
    from iopctl.ledger_file import Asked
    from iopctl.render import reconcile as render

    one_of("--format", format_, FORMATS)
    day = day_of(as_of)
    ledger = _ledger(file, Asked(date_column, amount_column, party_column, reference_column))
    period = _period(ledger.entries, from_, until)
    reckoned = reckon(ids or [], day, partial(_given, day=day))
    left_out = reckoned.left_out
    if left_out and not reckoned.sound and format_ != "json":  # every line would be unexpected
        return FINDINGS
    for id_, part in reckoned.sound.items():
        if part.without_period:
            note(_("{agreement}: money is promised, but there is no period to reckon with").format(agreement=id_))
    known = {target: each for part in reckoned.sound.values() for target, each in part.known.items()}
    outcomes = match(_sure(reckoned), ledger.entries, known, day, period)
    looked = render.Looked(str(file), period, day)
    if format_ == "table":
        write(render.as_table(outcomes, looked, language(), width(), paint()))
    elif format_ == "json":
        write(render.as_json(outcomes, looked, left_out, language()))
    else:
        write(render.as_csv(outcomes, language()))
    return FINDINGS if left_out or any(each.verdict is not Verdict.MATCHED for each in outcomes) else IN_ORDER


# the file -------------------------------------------------------------------------------------------------------------


def _ledger(file: Path, asked: Asked) -> Ledger:
    from iopctl.ledger_file import LedgerFileError, read

    try:
        ledger = read(_data(file), asked)
    except LedgerFileError as error:
        for fault in error.faults:
            note(_placed(file, fault))
        message = _("{file} cannot be read with certainty, so nothing is compared; mend what is said above")
        raise CommandError(message.format(file=file)) from None
    for fault in ledger.notes:
        note(_placed(file, fault))
    return ledger


def _data(file: Path) -> bytes:
    from iopctl.ledger_file import MAX_BYTES

    try:
        about = file.stat()
        if not stat.S_ISREG(about.st_mode):
            raise CommandError(_("{file} is not an ordinary file; name the file from the accounts").format(file=file))
        if about.st_size > MAX_BYTES:
            message = _("{file} is {size} MB, and at most {most} MB are read; export fewer days or fewer receivers")
            values = {"size": about.st_size // 1024 // 1024, "most": MAX_BYTES // 1024 // 1024}
            raise CommandError(message.format(file=file, **values))
        return file.read_bytes()
    except (OSError, ValueError) as error:  # a name with a NUL in it is a ValueError
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise CommandError(_("cannot read {file}: {reason}").format(file=file, reason=why)) from None


def _placed(file: Path, fault: Fault) -> str:
    """A fault with its place: file:line."""
    where = str(file) if fault.line is None else f"{file}:{fault.line}"
    text = f"{where}: {language().say(fault.message)}"
    return f"{text}; {language().say(fault.help)}" if fault.help else text


def _period(entries: Sequence[LedgerEntry], from_: str | None, until: str | None) -> Period:
    """The days to compare: those asked for, else those that the file has."""
    from iopctl.compute.reconcile import Period

    days = [each.date for each in entries]
    if not days and (from_ is None or until is None):
        raise CommandError(
            _("the file has headings and no payments; say which days it is for, with --from and --until")
        )
    first = parse_date(from_, "--from") if from_ is not None else min(days)
    last = parse_date(until, "--until") if until is not None else max(days)
    if last < first:
        message = _("there are no days to compare: the first would be {first} and the last {last}")
        raise CommandError(message.format(first=first, last=last))
    return Period(first, last)


# the agreements -------------------------------------------------------------------------------------------------------


class _Given(NamedTuple):
    """What one agreement gives, and by what its receivers are known."""

    without_period: bool
    """Money is promised, and nothing says for when."""
    rows: list[Expected]
    known: dict[Target, Known]


def _given(id_: str, loaded: Loaded, day: date) -> _Given:
    from iopctl.compute.instalment import whole_payments
    from iopctl.compute.payments import payments
    from iopctl.compute.timeline import as_known

    agreement = as_known(loaded.workspace.agreements[id_], day)
    rows = whole_payments(payments(id_, agreement, loaded.workspace.tables, day))
    known = {
        (id_, number): _known(agreement, each)
        for number, each in enumerate(agreement.contributions)
        if each.kind == "cash"
    }
    return _Given(agreement.period is None and bool(known), [_expected(row, agreement) for row in rows], known)


def _expected(row: Instalment, agreement: Agreement) -> Expected:
    """A payment as far as it has to be known to be found in the accounts."""
    from iopctl.compute.ledger import Expected

    return Expected(
        agreement=row.agreement,
        contribution=row.contribution,
        contribution_id=agreement.contributions[row.contribution].id,
        receiver=row.receiver,
        number=row.number,
        of=row.of,
        kind=row.kind,
        start=row.start,
        end=row.end,
        due=row.due,
        amount=row.amount,
        status=row.status.value,
        unsure="proposed" if row.extension is not None else None,
    )


def _sure(reckoned: Reckoned[_Given]) -> list[Expected]:
    """The payments of all agreements; those for days that a later agreement claims too are not sure."""
    starts = {replaces: start for _id, replaces, start in reckoned.successors}
    return [
        row._replace(unsure="replaced")
        if row.unsure is None and row.agreement in starts and row.end >= starts[row.agreement]
        else row
        for given in reckoned.sound.values()
        for row in given.rows
    ]


def _known(agreement: Agreement, contribution: Contribution) -> Known:
    """Its receiver's names and numbers, and every reference that the agreement has for its payments.

    Where the agreement does not say who receives, it may be any of its idea-based parties.
    """
    from iopctl.compute.ledger import Known

    if contribution.receiver is not None:
        receivers = [party for id_, party in agreement.parties.items() if id_ == contribution.receiver]
    else:
        receivers = [party for party in agreement.parties.values() if not party.public]
    logged = [each.reference for each in agreement.log if contribution.id and each.payment == contribution.id]
    return Known(
        names=tuple(name for party in receivers for name in _names(party)),
        numbers=tuple(
            re.sub(r"[^0-9]", "", party.organisation_number)
            for party in receivers
            if isinstance(party.organisation_number, str)
        ),
        references=tuple(each for each in (agreement.dnr, contribution.id, *logged) if each),
    )


def _names(party: Party) -> list[str]:
    """What the party is called, and has been called."""
    names = [party.name, party.organisation, *(each.name for each in party.renamed)]
    return [each for each in names if isinstance(each, str)]
