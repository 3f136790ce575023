"""iopctl log: what has happened, an entry at the end of the agreement's log."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli import offers
from iopctl.cli.change import DryRun, Opened, carry_out, opened, spliced
from iopctl.cli.events import AsOf, Id, has_come, known, parse_amount, said, without_nothing, words
from iopctl.cli.exits import CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.next_payment import contribution_of, next_payment, proposed
from iopctl.cli.options import day_of, parse_year
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.finding import Message
    from iopctl.layout import Value
    from iopctl.load import Loaded
    from iopctl.model import Agreement, Duty

app = command_app(_("Log what has happened: a follow-up, a report, a payment, a notice."))

Day = Annotated[
    str | None, typer.Option("--date", metavar=_("DATE"), help=_("The day it happened (YYYY-MM-DD). Default: today."))
]
Note = Annotated[str | None, typer.Option("--note", metavar=_("TEXT"), help=_("A few words about it."))]
ContributionId = Annotated[
    str | None,
    typer.Argument(
        metavar=_("[CONTRIBUTION]"),
        help=_("The contribution, by its id; needed when there are several in money."),
        autocompletion=offers.contributions,
    ),
]
For = Annotated[
    str | None, typer.Option("--year", metavar=_("YEAR"), help=_("The year that it is for. Default: that of the day."))
]


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("A follow-up or a meeting has been held. Also for a dialogue, or a position that was taken."),
    epilog=examples(
        "iopctl log held ID avstamning",
        'iopctl log held ID avstamning --date 2022-10-05 --note "Möte på Resurspoolen"',
    ),
)
def held(
    id_: Id,
    duty: Annotated[
        str,
        typer.Argument(
            metavar=_("DUTY"),
            help=_("The duty, by its id."),
            autocompletion=offers.duties("follow_up", "meeting", "dialogue", "position"),
        ),
    ],
    date_: Day = None,
    note: Note = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
) -> None:
    file, today = opened(id_), day_of(as_of)
    found = _duty(file.agreement, duty)
    if found.kind == "report":
        raise CommandError(_("{duty} is a report; write: iopctl log received {id} {duty}").format(duty=duty, id=id_))
    entry: Entry = {"duty": duty, "date": has_come(date_, "--date", today), "note": words(note)}
    _write(file, entry, today, _done(duty), dry_run=dry_run)


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("A report has come in."),
    epilog=examples(
        "iopctl log received ID verksamhetsberattelse",
        "iopctl log received ID slutrapport --date 2025-11-14 --contents 1 --contents 3",
    ),
)
def received(
    id_: Id,
    duty: Annotated[
        str,
        typer.Argument(
            metavar=_("REPORT"), help=_("The report, by the duty's id."), autocompletion=offers.duties("report")
        ),
    ],
    date_: Day = None,
    contents: Annotated[
        list[str] | None,
        typer.Option(
            "--contents",
            metavar=_("PART"),
            help=_("What it covers of what it has to: a number in the duty's list, its words, or all. Repeat it."),
            autocompletion=offers.contents,
        ),
    ] = None,
    note: Note = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
) -> None:
    file, today = opened(id_), day_of(as_of)
    found = _duty(file.agreement, duty)
    if found.kind != "report":
        raise CommandError(_("{duty} is not a report; write: iopctl log held {id} {duty}").format(duty=duty, id=id_))
    covered = _contents(found, contents or ())
    entry: Entry = {
        "duty": duty,
        "date": has_come(date_, "--date", today),
        "contents": covered or None,
        "note": words(note),
    }
    _write(file, entry, today, _done(duty), dry_run=dry_run)


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("A payment has been made. Without --amount it is the one that iopctl pay reckons for the next payment."),
    epilog=examples(
        "iopctl log paid ID",
        "iopctl log paid ID ersattning --date 2022-01-28 --amount 964988 --reference 4711",
    ),
)
def paid(  # noqa: PLR0913  # the keys of an entry
    id_: Id,
    contribution: ContributionId = None,
    date_: Day = None,
    amount: Annotated[
        str | None, typer.Option("--amount", metavar=_("KRONOR"), help=_("What was paid: 964988 or 964988,50."))
    ] = None,
    year: Annotated[
        str | None,
        typer.Option(
            "--year", metavar=_("YEAR"), help=_("The year that it is for. Default: that of the next payment.")
        ),
    ] = None,
    reference: Annotated[
        str | None, typer.Option("--reference", metavar=_("TEXT"), help=_("What finds it in the accounts."))
    ] = None,
    note: Note = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
) -> None:
    file, today = opened(id_), day_of(as_of)
    number = contribution_of(file, contribution)
    day, given = has_come(date_, "--date", today), parse_amount(amount, "--amount") if amount is not None else None
    only = parse_year(year, "--year") if year is not None else None
    reckoned = next_payment(id_, number, only, day, today)
    entry: Entry = {
        "payment": file.agreement.contributions[number].id,
        "date": day,
        "year": only or (reckoned.payment.year if reckoned else day.year),
        "amount": given if given is not None else proposed(reckoned),
        "reference": words(reference),
        "note": words(note),
    }

    _refuse_payment_twice(file, without_nothing(entry), told=only is not None)

    def made(agreement: Agreement, _loaded: Loaded) -> Message:
        from iopctl.render.events import paid as render

        return render(agreement, reckoned, given)

    _write(file, entry, today, made, dry_run=dry_run)


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("A party has given notice. The last day is reckoned from the notice clause."),
    epilog=examples("iopctl log notice ID foreningen --date 2024-05-02"),
)
def notice(
    id_: Id,
    party: Annotated[
        str,
        typer.Argument(metavar=_("PARTY"), help=_("The party that gave it, by its id."), autocompletion=offers.parties),
    ],
    date_: Day = None,
    note: Note = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
) -> None:
    file, today = opened(id_), day_of(as_of)
    entry = notice_entry(file.agreement, party, has_come(date_, "--date", today), note)

    def given(agreement: Agreement, _loaded: Loaded) -> Message:
        from iopctl.render.events import noticed

        return noticed(agreement)

    _write(file, entry, today, given, dry_run=dry_run)


def notice_entry(agreement: Agreement, party: str, day: date, note: str | None) -> dict[str, Value | None]:
    """The entry of a notice. One from a party that may not give it is refused."""
    known(_("there is no party {name}"), party, agreement.parties)
    clause = agreement.period.notice if agreement.period else None
    if clause is not None and clause.given_by is not None and party not in clause.given_by:
        message = _("{party} may not give notice: the clause (period.notice) gives that right to {others} only")
        raise CommandError(message.format(party=party, others=", ".join(clause.given_by)))
    return {"notice": party, "date": day, "note": words(note)}


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("An invoice has come in."),
    epilog=examples("iopctl log invoice ID ersattning --date 2023-01-09 --year 2023"),
)
def invoice(
    id_: Id,
    contribution: ContributionId = None,
    date_: Day = None,
    year: For = None,
    reference: Annotated[
        str | None, typer.Option("--reference", metavar=_("TEXT"), help=_("The number of the invoice."))
    ] = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
) -> None:
    _came_in("invoice", opened(id_), contribution, date_, year, reference, day_of(as_of), dry_run=dry_run)


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Money has been requisitioned."),
    epilog=examples("iopctl log requisition ID ersattning --date 2023-01-09"),
)
def requisition(
    id_: Id,
    contribution: ContributionId = None,
    date_: Day = None,
    year: For = None,
    reference: Annotated[
        str | None, typer.Option("--reference", metavar=_("TEXT"), help=_("What finds the requisition."))
    ] = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
) -> None:
    _came_in("requisition", opened(id_), contribution, date_, year, reference, day_of(as_of), dry_run=dry_run)


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("A party has asked for something. For a follow-up, or another duty to be done."),
    epilog=examples("iopctl log request ID avstamning --date 2023-02-01"),
)
def request(
    id_: Id,
    duty: Annotated[
        str, typer.Argument(metavar=_("DUTY"), help=_("The duty, by its id."), autocompletion=offers.duties())
    ],
    date_: Day = None,
    note: Note = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
) -> None:
    file, today = opened(id_), day_of(as_of)
    _duty(file.agreement, duty)
    entry: Entry = {"request": duty, "date": has_come(date_, "--date", today), "note": words(note)}
    _write(file, entry, today, _plain, dry_run=dry_run)


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_("An adjustment is asked for or decided. It is of the amount for a year."),
    epilog=examples("iopctl log adjustment ID ersattning --date 2022-11-16 --year 2023 --percent 2,5"),
)
def adjustment(
    id_: Id,
    contribution: ContributionId = None,
    year: Annotated[
        str | None, typer.Option("--year", metavar=_("YEAR"), help=_("The year whose amount is adjusted (needed)."))
    ] = None,
    percent: Annotated[
        str | None, typer.Option("--percent", metavar=_("PERCENT"), help=_("What was decided: 2,5."))
    ] = None,
    date_: Day = None,
    note: Note = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
) -> None:
    file, today = opened(id_), day_of(as_of)
    if year is None:
        raise CommandError(_("--year is missing: which year's amount is adjusted?"))
    entry: Entry = {
        "adjustment": file.agreement.contributions[contribution_of(file, contribution)].id,
        "date": has_come(date_, "--date", today),
        "year": parse_year(year, "--year"),
        "percent": _percent(percent),
        "note": words(note),
    }
    _write(file, entry, today, _plain, dry_run=dry_run)


# -- what is written ---------------------------------------------------------------------------------------------------


Entry = Mapping[str, "Value | None"]
"""The keys of an entry; those without a value are not written."""

Consequence = Callable[["Agreement", "Loaded"], "Message"]
"""What an entry leads to, seen from the agreement that has it."""


def _write(file: Opened, entry: Entry, as_of: date, leads: Consequence, *, dry_run: bool) -> None:
    """Adds an entry to the log, and says what it leads to."""
    from iopctl.edit import Append

    values = without_nothing(entry)
    if "payment" not in values:
        refuse_twice(file, values)

    def done(loaded: Loaded) -> str:
        return said(file, leads(loaded.workspace.agreements[file.id], loaded), loaded, as_of)

    carry_out([spliced(file, [Append(("log",), values)])], as_of, done, dry_run=dry_run)


def refuse_twice(file: Opened, values: Mapping[str, Value]) -> None:
    """Refuses what the log says already: the same thing on the same day."""
    event = next(iter(values))
    for number, each in enumerate(file.agreement.log):
        if getattr(each, event) == values[event] and each.date == values["date"]:
            raise CommandError(_already(file, number))


def _refuse_payment_twice(file: Opened, values: Mapping[str, Value], *, told: bool) -> None:
    """Refuses a payment that the log has; one more of the same day only when it was told which year it is for."""
    for number, each in enumerate(file.agreement.log):
        if each.payment != values["payment"] or each.date != values["date"]:
            continue
        if not told:
            raise CommandError(_already(file, number) + "; " + _("if there was one more that day, give --year"))
        if all(getattr(each, key) == values.get(key) for key in ("year", "amount", "reference")):
            raise CommandError(
                _already(file, number) + "; " + _("if it was paid twice, tell them apart with --reference")
            )


def _already(file: Opened, number: int) -> str:
    """That an entry says so already, and where it stands."""
    from iopctl.files import shown
    from iopctl.finding import Label
    from iopctl.source import Source

    source = Source(shown(file.path), file.text)
    line = source.excerpt(Label(("log", number))).span.line
    day = file.agreement.log[number].date
    message = _("{file}:{line} says so already ({day}); nothing was written")
    return message.format(file=source.file, line=line, day=day)


def _plain(agreement: Agreement, _loaded: Loaded) -> Message:
    from iopctl.render.events import logged

    return logged(agreement)


def _done(duty: str) -> Consequence:
    """That a duty has been done, and when the next time is."""

    def leads(agreement: Agreement, loaded: Loaded) -> Message:
        from iopctl.compute.calendar import years_later
        from iopctl.compute.deadlines import duties_left
        from iopctl.render.events import done

        entry = agreement.log[-1]
        day = entry.date if isinstance(entry.date, date) else date.min
        id_ = next(each for each, found in loaded.workspace.agreements.items() if found is agreement)
        left = duties_left(id_, agreement, day, years_later(day, 3))
        place = next(number for number, each in enumerate(agreement.duties) if each.id == duty)
        coming = (each for each in left if each.route == ("duties", place) and each.day >= day)
        return done(agreement, next(coming, None))

    return leads


def _duty(agreement: Agreement, asked: str) -> Duty:
    duties = {each.id: each for each in agreement.duties}
    return duties[known(_("there is no duty {name}"), asked, duties)]


def _contents(duty: Duty, asked: Sequence[str]) -> list[str]:
    """What a report covered, in the words of the duty's own contents."""
    return list(dict.fromkeys(words for each in asked for words in _part(duty, each)))


def _part(duty: Duty, asked: str) -> Sequence[str]:
    listed, plain = duty.contents, asked.strip(" .").casefold()
    if not listed:
        raise CommandError(_("{duty} has no contents in the agreement; leave --contents out").format(duty=duty.id))
    if plain == "all":
        return listed
    if plain.isascii() and plain.isdecimal() and 1 <= int(plain) <= len(listed):
        return listed[int(plain) - 1 : int(plain)]
    fitting = [each for each in listed if each.strip(" .").casefold() == plain] or [
        each for each in listed if plain and each.casefold().startswith(plain)
    ]
    if len(fitting) == 1:
        return fitting
    choices = "; ".join(f"{number} {words}" for number, words in enumerate(listed, 1))
    message = _("--contents: found {value}, expected all, or one of: {choices}")
    raise CommandError(message.format(value=asked, choices=choices))


def _percent(text: str | None) -> Decimal | None:
    if text is None:
        return None
    if not re.fullmatch(r"-?[0-9]{1,3}([.,][0-9]{1,4})?", text, re.ASCII):
        raise CommandError(_("--percent: found {value}, expected a percentage such as 2,5").format(value=text))
    return Decimal(text.replace(",", "."))


def _came_in(  # the keys of an entry
    event: str,
    file: Opened,
    contribution: str | None,
    date_: str | None,
    year: str | None,
    reference: str | None,
    as_of: date,
    *,
    dry_run: bool,
) -> None:
    """Logs what a payment may wait for."""
    entry: Entry = {
        event: file.agreement.contributions[contribution_of(file, contribution)].id,
        "date": has_come(date_, "--date", as_of),
        "year": parse_year(year, "--year") if year is not None else None,
        "reference": words(reference),
    }
    _write(file, entry, as_of, _plain, dry_run=dry_run)
