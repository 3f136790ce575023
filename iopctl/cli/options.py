"""The options that several commands share, and how their values are read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from iopctl.cli import completion
from iopctl.cli.exits import CommandError
from iopctl.cli.words import _

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar=_("DATE"),
        help=_("Reckon as on this day (YYYY-MM-DD), with the index figures known then. Default: today."),
    ),
]
Ids = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=_("[ID]..."), help=_("The agreements; without any, all of them."), autocompletion=completion.ids
    ),
]

Output = Annotated[Path | None, typer.Option("--output", "-o", metavar=_("FILE"), help=_("Write to this file."))]


Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar=_("RULE"),
        help=_("Only these rules: codes, their beginnings, or names."),
        autocompletion=completion.listed(completion.groups_and_rules),
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar=_("RULE"),
        help=_("Not these rules."),
        autocompletion=completion.listed(completion.groups_and_rules),
    ),
]
Least = Annotated[
    str | None,
    typer.Option(
        "--severity",
        metavar=_("LEVEL"),
        help=_("Only this weight or more: info, warning or error."),
        autocompletion=completion.choices("info", "warning", "error"),
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help=_("Let warnings fail the run too."))]


def parse_date(text: str, name: str) -> date:
    """A date from the argument of that name."""
    try:
        day = date.fromisoformat(text) if len(text) == 10 and text[4] == text[7] == "-" else None
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 2199:
        raise CommandError(_("{name}: found {value}, expected a date: YYYY-MM-DD").format(name=name, value=text))
    return day


def day_of(as_of: str | None) -> date:
    """The day to reckon from. Here, and nowhere else, the program asks what day it is."""
    return parse_date(as_of, "--as-of") if as_of is not None else date.today()


def one_of(name: str, value: str, choices: Iterable[str]) -> str:
    """The value, when it is one of the choices."""
    if value not in choices:
        message = _("{name}: found {value}, expected one of: {choices}")
        raise CommandError(message.format(name=name, value=value, choices=", ".join(choices)))
    return value


def parse_year(text: str, name: str) -> int:
    """A year from the argument of that name."""
    if not (text.isascii() and text.isdecimal() and len(text) == 4 and "1900" <= text <= "2199"):
        raise CommandError(_("{name}: found {value}, expected a year: YYYY").format(name=name, value=text))
    return int(text)
