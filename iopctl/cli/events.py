"""What the commands that record an event have in common: its day, its words, and what is said when it is written."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli import completion
from iopctl.cli.change import Opened
from iopctl.cli.exits import CommandError
from iopctl.cli.options import parse_date
from iopctl.cli.output import language
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.finding import Message
    from iopctl.layout import Value
    from iopctl.load import Loaded

Id = Annotated[
    str, typer.Argument(metavar=_("ID"), help=_("The agreement, by id or file."), autocompletion=completion.ids)
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar=_("DATE"), help=_("Write as on this day (YYYY-MM-DD). Default: today.")),
]


def has_come(text: str | None, name: str, as_of: date) -> date:
    """The day of something that has happened; without any, the day of the run. What is to come is refused."""
    day = parse_date(text, name) if text is not None else as_of
    if day > as_of:
        message = _("{name}: {day} has not come (today is {today}); what has not happened is not recorded as done")
        raise CommandError(message.format(name=name, day=day, today=as_of))
    return day


def known(what: str, name: str, names: Collection[str]) -> str:
    """The name, when the agreement has it; `what` says what it has not, with {name}."""
    if name in names:
        return name
    message = what.format(name=name)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    if close:
        message += "; " + _("did you mean {name}?").format(name=close[0])
    elif names:
        message += "; " + _("choose among: {names}").format(names=", ".join(names))
    raise CommandError(message)


def parse_amount(text: str, name: str) -> Decimal:
    """An amount in kronor as people write it: 964988, 964 988 or 964988,50."""
    plain = re.sub(r"[\s\u00a0\u202f]|kr$", "", text.strip().removesuffix("kr"))
    if not re.fullmatch(r"(0|[1-9][0-9]{0,12})([.,][0-9]{1,2})?", plain, re.ASCII):
        message = _("{name}: found {value}, expected kronor: 964988 or 964988,50")
        raise CommandError(message.format(name=name, value=text))
    return Decimal(plain.replace(",", "."))


def words(text: str | None) -> str | None:
    """A text of one line, however it was typed; None for nothing."""
    from iopctl.source import composed

    line = composed(" ".join((text or "").split()))
    if not line.isprintable():
        raise CommandError(_("there is a character in {text} that cannot be seen; write it again").format(text=line))
    return line or None


def without_nothing(values: Mapping[str, Value | None]) -> dict[str, Value]:
    """The keys that have a value."""
    return {key: value for key, value in values.items() if value is not None}


def said(file: Opened, what: Message, loaded: Loaded, as_of: date) -> str:
    """What was written and what it leads to, and the next thing that is to be done."""
    from iopctl.finding import say

    lines = [language().say(say("{agreement}: {what}", agreement=file.id, what=what))]
    following = _following(file.id, loaded, as_of)
    return "\n".join([*lines, *following])


def _following(id_: str, loaded: Loaded, as_of: date) -> list[str]:
    """The next deadline, as iopctl due has it."""
    from iopctl.compute.calendar import years_later
    from iopctl.compute.deadlines import deadlines
    from iopctl.finding import say
    from iopctl.render.deadlines import what_is_due

    found = deadlines(id_, loaded.workspace.agreements[id_], loaded.workspace, as_of, years_later(as_of, 2))
    coming = next((each for each in found if each.done is None and each.last >= as_of), None)
    if coming is None:
        return []
    what = what_is_due(coming, language())
    if coming.target:
        return [language().say(say("next: {day} {what} (a target)", day=coming.day, what=what))]
    return [language().say(say("next: {day} {what}", day=coming.day, what=what))]
