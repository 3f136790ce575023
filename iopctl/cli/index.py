"""iopctl index: the index tables, and the figures that a workspace adds to them."""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli.exits import CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import one_of, parse_date, parse_year
from iopctl.cli.output import language, paint, reason, save, width, write
from iopctl.cli.words import _
from iopctl.cli.workspace import root

if TYPE_CHECKING:
    from iopctl.model import IndexTable

app = command_app(_("Show the index tables, or add a published figure."))


@app.command(
    name="show",
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Show the figures of an index, with status, day of publication and source."),
    epilog=examples("iopctl index show OPI"),
)
def show(name: Annotated[str, typer.Argument(metavar=_("NAME"), help=_("The index: OPI or VPI."))]) -> None:
    from iopctl.render.indices import as_table

    write(as_table(_table(name), language(), width(), paint()))


@app.command(
    name="add",
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Add a published figure to the workspace's own table, indices/NAME.yaml."),
    epilog=examples(_('iopctl index add OPI YEAR VALUE --status definitive --published DATE --source "SOURCE"')),
)
def add(
    name: Annotated[str, typer.Argument(metavar=_("NAME"), help=_("The index: OPI or VPI."))],
    year: Annotated[str, typer.Argument(metavar=_("YEAR"), help=_("The year that the change is for."))],
    value: Annotated[
        str, typer.Argument(metavar=_("VALUE"), help=_("The change in percent, as published: 2.7 or 2,7."))
    ],
    status: Annotated[str, typer.Option("--status", metavar=_("STATUS"), help=_("preliminary or definitive."))],
    published: Annotated[
        str, typer.Option("--published", metavar=_("DATE"), help=_("The day it was published (YYYY-MM-DD)."))
    ],
    source: Annotated[
        str,
        typer.Option(
            "--source", metavar=_("SOURCE"), help=_("Where the figure can be read: title and date, or an address.")
        ),
    ],
) -> None:
    from iopctl.edit import append_line

    one_of("--status", status, ("preliminary", "definitive"))
    table = _table(name)
    percent = _percent(value)
    for_year = parse_year(year, _("YEAR"))
    day = parse_date(published, "--published")
    _refuse_second(table, for_year, status)
    row = f"  - {{year: {for_year}, value: {percent}, status: {status}, published: {day}, source: {_quoted(source)}}}"
    path = root() / "indices" / f"{name}.yaml"
    before = path.read_bytes().decode("utf-8") if path.exists() else ""
    text = before or f"index: {name}\nrows:\n"
    changed = append_line(text, row)
    _refuse_broken(path, text, changed)
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise CommandError(
            _("cannot write in {folder}: {reason}").format(folder=path.parent, reason=reason(error))
        ) from None
    if (path.read_bytes().decode("utf-8") if path.exists() else "") != before:
        raise CommandError(_("{file} was changed by somebody else meanwhile; try again").format(file=_shown(path)))
    save(path, changed.encode())
    added = _("{index} {year}: {percent} added to {file}")
    write(added.format(index=name, year=for_year, percent=language().percent(percent), file=_shown(path)) + "\n")


def _table(name: str) -> IndexTable:
    """The table with the workspace's rows, where there is a workspace."""
    from iopctl.files import find_root, select
    from iopctl.surroundings import surroundings

    around = surroundings(find_root(Path.cwd()), select([]))
    tables = around.tables
    if not around.tables_sound:
        from iopctl.render.findings import frames

        sys.stderr.write(frames(around.findings, language()))
        raise CommandError(_("mend the error above first"))
    if name not in tables:
        message = _("there is no index {index}; choose among: {names}")
        raise CommandError(message.format(index=name, names=", ".join(sorted(tables))))
    return tables[name]


def _percent(value: str) -> Decimal:
    if not re.fullmatch(r"-?[0-9]{1,3}([.,][0-9]{1,4})?", value, re.ASCII):
        raise CommandError(_("VALUE: found {value}, expected a percentage such as 2.7").format(value=value))
    return Decimal(value.replace(",", "."))


def _refuse_second(table: IndexTable, year: int, status: str) -> None:
    """A figure is published once in each status; another value is either a slip or a correction to make by hand."""
    for row in table.rows:
        if (row.year, row.status) == (year, status):
            known = (
                _("{index} {year} is already {percent} (definitive, {source}); nothing was added")
                if status == "definitive"
                else _("{index} {year} is already {percent} (preliminary, {source}); nothing was added")
            )
            percent, source = language().percent(row.value), ", ".join(row.source)
            raise CommandError(known.format(index=table.index, year=year, percent=percent, source=source))


def _refuse_broken(path: Path, before: str, after: str) -> None:
    """Only one row more, and a table that can be read, may come out of it."""
    from iopctl.form import read
    from iopctl.model import WorkspaceRows
    from iopctl.source import Source

    old = Source(str(path), before).values or {}
    rows, wrong = read(WorkspaceRows, Source(str(path), after).values)
    if wrong or rows is None or len(rows.rows) != len(old.get("rows") or ()) + 1:
        message = _("{file} is not laid out as a list of rows at its end; add the row there by hand")
        raise CommandError(message.format(file=_shown(path)))


def _quoted(text: str) -> str:
    """A text as a YAML scalar in double quotation marks, which JSON's are."""
    import json

    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _shown(path: Path) -> str:
    from iopctl.files import shown

    return shown(path)
