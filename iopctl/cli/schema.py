"""iopctl schema: what an editor needs in order to help with the files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from iopctl.cli import completion
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import one_of
from iopctl.cli.output import language, note, save, write
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.schema.generate import Words

app = command_app()

FILES = ("agreement", "workspace", "index")


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_(
        "Write the JSON Schema of a kind of file, for an editor: it offers keys, explains them and marks what is wrong."
    ),
    epilog=examples(
        "iopctl schema -o iop.schema.json",
        "iopctl schema workspace -o workspace.schema.json",
        "iopctl --lang en schema agreement",
    ),
)
def schema(
    kind: Annotated[
        str,
        typer.Argument(
            metavar=_("WHICH"),
            help=_("agreement, workspace (iopctl.yaml) or index (indices/NAME.yaml)."),
            show_default=False,
            autocompletion=completion.choices(*FILES),
        ),
    ] = "agreement",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar=_("FILE"), help=_("Write to this file, over an earlier schema.")),
    ] = None,
) -> None:
    one_of(_("WHICH"), kind, FILES)
    data = schema_text(kind, language().code)
    if output is None:
        write(data)
    else:
        save(output, data.encode())
        note(_("written: {file}").format(file=output))


def schema_text(kind: str, code: str) -> str:
    """The schema of a kind of file as it stands in a file, with the texts in a language."""
    from iopctl.schema.texts import text

    return json.dumps(_made(kind, lambda name: text(name, code)), ensure_ascii=False, indent=2) + "\n"


def _made(kind: str, words: Words) -> dict[str, Any]:
    from iopctl.model import Agreement, ChangeTable, Settings
    from iopctl.schema.generate import generate, generate_index
    from iopctl.surroundings import packaged_tables

    if kind == "index":
        tables = packaged_tables()
        changes = [name for name, table in tables.items() if isinstance(table, ChangeTable)]
        return generate_index(changes, [name for name in tables if name not in changes], words)
    return generate(Agreement if kind == "agreement" else Settings, words)
