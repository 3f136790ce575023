"""What an entry of an agreement's log says, in a line."""

from __future__ import annotations

from datetime import date

from iopctl.finding import Message, Money, say
from iopctl.locale.language import Language
from iopctl.model import Agreement, LogEntry
from iopctl.render.names import party as party_name
from iopctl.render.register import NONE, shown


def logged_on(entry: LogEntry) -> date:
    """For the order: the day, or the last one that the entry speaks for."""
    return entry.date if isinstance(entry.date, date) else entry.through or date.min


def logged_day(entry: LogEntry, language: Language) -> str:
    """The day of an entry, or through which day it speaks."""
    if isinstance(entry.date, date):
        return entry.date.isoformat()
    return language.say(say("until {day}", day=entry.through)) if entry.through else NONE


def happened(entry: LogEntry, agreement: Agreement) -> Message:
    """What an entry says, in a line."""
    message = _event(entry, agreement)
    return say("{what} ({note})", what=message, note=shown(entry.note)) if entry.note else message


def _event(entry: LogEntry, agreement: Agreement) -> Message:
    """What happened, of the one event that an entry has."""
    match entry:
        case LogEntry(duty=str(id_)):
            return say("{duty}: done", duty=_duty(id_, agreement))
        case LogEntry(request=str(id_)):
            return say("{duty}: asked for by a party", duty=_duty(id_, agreement))
        case LogEntry(payment=str(id_)):
            return _payment(entry, id_)
        case LogEntry(notice=str(id_)):
            return say("notice given by {party}", party=shown(party_name(agreement, id_)))
        case LogEntry(adjustment=str(id_)):
            return say("{contribution}: adjustment asked for or decided", contribution=shown(id_))
        case LogEntry(invoice=str(id_)):
            return say("{contribution}: invoice came in", contribution=shown(id_))
        case LogEntry(requisition=str(id_)):
            return say("{contribution}: requisition came in", contribution=shown(id_))
    raise AssertionError(entry)


def _duty(id_: str, agreement: Agreement) -> str:
    """The duty in the agreement's words."""
    return shown(next((each.text for each in agreement.duties if each.id == id_), id_))


def _payment(entry: LogEntry, contribution: str) -> Message:
    year = str(entry.paid_for) if entry.paid_for is not None else NONE
    if entry.amount is None:
        return say("{contribution}: payment for {year}", contribution=shown(contribution), year=year)
    return say(
        "{contribution}: payment for {year}, {amount}",
        contribution=shown(contribution),
        year=year,
        amount=Money(entry.amount),
    )
