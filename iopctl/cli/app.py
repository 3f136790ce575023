"""The commands by name, and what happens around every one of them: language, usage errors, exit codes."""

from __future__ import annotations

import contextlib
import keyword
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer._click import exceptions as usage  # pinned to typer 0.28; typer itself exports only BadParameter
from typer.core import TyperCommand, TyperGroup

from iopctl import __version__
from iopctl.cli.completion import choices
from iopctl.cli.exits import CANNOT_RUN, IN_ORDER, INTERRUPTED, CommandError
from iopctl.cli.help import COMMAND, OPTIONS, Group
from iopctl.cli.words import CODE, _
from iopctl.locale.codes import LANGUAGES

COMMANDS = {
    "init": _("Make a workspace for agreements."),
    "new": _("Begin an agreement."),
    "import": _("Read an agreement in Word, PDF or text."),
    "check": _("Find what is wrong."),
    "list": _("Show the register of agreements."),
    "show": _("Show an agreement on one screen."),
    "pay": _("Show payments."),
    "due": _("Show deadlines."),
    "budget": _("Show the cost of each year."),
    "reconcile": _("Compare with the accounts."),
    "render": _("Draft a document."),
    "lint": _("Compare an edited draft with its agreement."),
    "log": _("Log what has happened."),
    "decide": _("Record that a decision has been taken."),
    "extend": _("Record a decision to extend an agreement."),
    "terminate": _("Record notice, or a decision to end an agreement."),
    "rename-unit": _("Give a board or a unit its new name everywhere."),
    "index": _("Show the index tables, or add a published figure."),
    "diff": _("Show what has changed in the terms."),
    "timeline": _("Draw the agreements over time."),
    "fmt": _("Tidy files, with every comment where it belongs."),
    "explain": _("Explain the rules."),
    "schema": _("Write a JSON Schema for an editor."),
}
"""The commands by name, with what the program's help says of each, so that it need not import them."""


def _module(command: str) -> str:
    """The name of a command's module, which Python has to be able to write."""
    name = command.replace("-", "_")
    return f"{name}_" if keyword.iskeyword(name) else name


class _LazyGroup(Group):
    """Imports a command's module when the command is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # typer's signature
        return list(COMMANDS)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # typer's signature
        """The list of commands in the help."""
        with formatter.section(_("Commands")):
            formatter.write_dl(list(COMMANDS.items()))

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """What a shell offers: the options, and the commands with their helps, none of which is imported for that."""
        from typer._click.core import Command
        from typer._click.shell_completion import CompletionItem

        found = [CompletionItem(name, help=help_) for name, help_ in COMMANDS.items() if name.startswith(incomplete)]
        return [*found, *Command.shell_complete(self, ctx, incomplete)]

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | TyperGroup | None:  # noqa: ARG002  # typer's signature
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"iopctl.cli.{_module(cmd_name)}")
        command: TyperCommand | TyperGroup = typer.main.get_command(module.app)  # type: ignore[assignment]
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=_LazyGroup,
    add_completion=False,  # typer's own guesses the shell, quotes nothing, and speaks English: see shells.py
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    options_metavar=OPTIONS,
    subcommand_metavar=COMMAND,
    help=_("Agreements about idéburet offentligt partnerskap (IOP) as plain text: check, pay, due, render."),
    epilog=_(
        "Start with: iopctl check. Help: iopctl pay --help. Exit codes: 0 in order, 1 findings, 2 could not run, "
        "3 overdue."
    ),
)


def _show_completion(shell: str | None) -> None:
    if shell is not None:
        from iopctl.cli.shells import show

        show(shell)


def _install_completion(shell: str | None) -> None:
    if shell is not None:
        from iopctl.cli.shells import install

        install(shell)


def _show_version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"iopctl {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    lang: Annotated[
        str,
        typer.Option(
            "--lang",
            metavar=_("LANG"),
            show_default=False,
            help=_("Language: sv or en. Default: IOPCTL_LANG, else iopctl.yaml, else the locale."),
            autocompletion=choices(*LANGUAGES),
        ),
    ] = CODE,
    install_completion: Annotated[  # noqa: ARG001  # its callback has answered
        str | None,
        typer.Option(
            "--install-completion",
            metavar=_("SHELL"),
            is_eager=True,
            callback=_install_completion,
            help=_("Let a shell complete commands and values with the tab key: bash, zsh or fish."),
            autocompletion=choices("bash", "zsh", "fish"),
        ),
    ] = None,
    show_completion: Annotated[  # noqa: ARG001  # its callback has answered
        str | None,
        typer.Option(
            "--show-completion",
            metavar=_("SHELL"),
            is_eager=True,
            callback=_show_completion,
            help=_("Show the script that does it: for bash, zsh, fish or powershell."),
            autocompletion=choices("bash", "zsh", "fish", "powershell"),
        ),
    ] = None,
    version: Annotated[  # noqa: ARG001  # its callback has answered
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help=_("Show the version and exit."))
    ] = False,
) -> None:
    if lang not in LANGUAGES:
        message = _("--lang: found {value}, expected one of: {choices}")
        raise CommandError(message.format(value=lang, choices=", ".join(LANGUAGES)))


def run(arguments: Sequence[str]) -> int:
    """Runs the program and returns its exit code. Nothing that goes wrong reaches a person as a traceback."""
    _write_utf8()
    try:
        return int(typer.main.get_command(app).main(list(arguments), prog_name="iopctl", standalone_mode=False) or 0)
    except CommandError as error:
        return _stop(str(error))
    except usage.NoArgsIsHelpError as error:
        sys.stdout.write(f"{error.message}\n")
        return CANNOT_RUN
    except usage.UsageError as error:
        return _stop(_usage(error), error.ctx.command_path if error.ctx else "iopctl")
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write("\n")
        return INTERRUPTED
    except SystemExit as stop:  # the commands return their codes; typer ends a run like this when the reader has left
        return IN_ORDER if stop.code == 1 else int(stop.code or IN_ORDER)
    except BrokenPipeError:
        raise  # the reader, `head` perhaps, has had enough: main() ends the run in silence
    except OSError as error:
        from iopctl.cli.output import reason

        where = f"{error.filename}: " if error.filename else ""
        return _stop(_("cannot go on: {where}{reason}").format(where=where, reason=reason(error)))
    except Exception as error:
        if os.environ.get("IOPCTL_DEBUG"):
            raise
        message = _("internal error: {kind}: {error}. Please report it, with what IOPCTL_DEBUG=1 shows.")
        return _stop(message.format(kind=type(error).__name__, error=str(error)[:500]))


def _write_utf8() -> None:
    """å, ä and ö whatever the locale says; what cannot be written at all, such as a broken file name, as a code."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a test's stream may not be a real one
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def _stop(message: str, help_for: str | None = None) -> int:
    from iopctl.render.plain import one_line

    sys.stderr.write(f"iopctl: {one_line(message)}\n")
    if help_for is not None:
        sys.stderr.write(_("Help: {command} --help").format(command=help_for) + "\n")
    return CANNOT_RUN


def _usage(error: usage.UsageError) -> str:
    """A usage error in the language of the run; click's own sentences are English only."""
    match error:
        case usage.NoSuchOption():
            if error.option_name == "--lang":
                return _("--lang stands before the command: {example}").format(example="iopctl --lang sv check")
            message = _("there is no option {name}").format(name=error.option_name)
            if error.possibilities:
                message += " (" + _("did you mean {name}?").format(name=", ".join(error.possibilities)) + ")"
            return message
        case usage.MissingParameter() if error.param is not None:
            return _("{name} is missing").format(name=_parameter(error.param))
        case usage.BadParameter() if error.param is not None:
            return _("{name}: {reason}").format(name=_parameter(error.param), reason=error.message)
        case usage.BadOptionUsage():
            return _("{name} needs a value").format(name=error.option_name)
    if error.message.startswith("No such command") and error.ctx and isinstance(error.ctx.command, TyperGroup):
        names = ", ".join(error.ctx.command.list_commands(error.ctx))
        asked = error.message.split("'")[1]
        return _("there is no command {name}; choose among: {names}").format(name=asked, names=names)
    return error.message


def _parameter(parameter: Any) -> str:
    """An option by its long name, an argument by what the help calls it."""
    name: str = max(parameter.opts, key=len)
    return name if name.startswith("-") else parameter.human_readable_name
