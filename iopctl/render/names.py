"""What parties and places are called in rows: names from the agreement, and the line a clause stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from iopctl.finding import Route, say
from iopctl.locale.language import Language
from iopctl.model import Agreement, Unknown
from iopctl.render.plain import one_line

Place = Callable[[str, Route], str]
"""Where the route in an agreement, by its id, stands: file:line:column."""


def party(agreement: Agreement, id_: str) -> str:
    """The party's name on one line; its id while the name is open."""
    found = agreement.parties.get(id_)
    return one_line(found.name) if found and not isinstance(found.name, Unknown) else id_


def parties(agreement: Agreement, ids: Iterable[str], language: Language) -> str:
    """The parties' names, or that the agreement names none."""
    return ", ".join(party(agreement, each) for each in ids) or language.say(NOBODY)


NOBODY = say("not stated")


MONTH_WORDS = {
    "january": say("January"),
    "february": say("February"),
    "march": say("March"),
    "april": say("April"),
    "may": say("May"),
    "june": say("June"),
    "july": say("July"),
    "august": say("August"),
    "september": say("September"),
    "october": say("October"),
    "november": say("November"),
    "december": say("December"),
}
