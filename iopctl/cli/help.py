"""Help in the language of the run. Typer translates its headings through gettext; the rest it says in English."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from iopctl.cli.words import _

SAID_BY_TYPER = (
    _("Arguments"),
    _("Options"),
    _("Commands"),
    _("required"),
    _("default: {default}"),
    _("Missing command."),
)
"""Marked here so that they are in the catalogue."""


OPTIONS, COMMAND = _("[OPTIONS]"), _("COMMAND [ARGS]...")


def _translated(option: Any) -> Any:
    if option is not None:
        option.help = _("Show this help and exit.")
    return option


def _usage(command: TyperCommand | TyperGroup, ctx: Any, formatter: Any) -> None:
    formatter.write_usage(ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), prefix=_("Usage:") + " ")


class Command(TyperCommand):
    """A command whose help speaks the language of the run."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The first line of the help."""
        _usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows the help."""
        return _translated(super().get_help_option(ctx))


class Group(TyperGroup):
    """A group of commands whose help speaks the language of the run."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The first line of the help."""
        _usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows the help."""
        return _translated(super().get_help_option(ctx))


def examples(*lines: str) -> str:
    """The end of a help: examples, a line for each, none of them wrapped."""
    return "\n".join(["\b", _("Examples:"), *(f"  {line}" for line in lines)])


def command_app(help_: str | None = None) -> typer.Typer:
    """The app of one command, or of a group of commands when it has a help of its own."""
    return typer.Typer(
        cls=Group,
        rich_markup_mode=None,
        add_completion=False,
        no_args_is_help=bool(help_),
        help=help_,
        options_metavar=OPTIONS,
        subcommand_metavar=COMMAND,
    )
