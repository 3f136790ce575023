"""iopctl index: the index tables, and the figures that a workspace adds to them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli.exits import CommandError
from iopctl.cli.options import one_of, parse_date
from iopctl.cli.output import coloured, language, save, width, write
from iopctl.cli.words import _
from iopctl.cli.workspace import root

if TYPE_CHECKING:
    from iopctl.model import IndexRow, IndexTable

app = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, help=_("Show the index tables, or add a published figure.")
)


@app.command(
    name="show",
    help=_("Show the figures of an index, with status, day of publication and source."),
    epilog=_("Example: iopctl index show OPI"),
)
def show(name: Annotated[str, typer.Argument(metavar="NAME", help=_("The index: OPI or VPI."))]) -> None:
    from iopctl.render.indices import as_table

    write(as_table(_table(name), language(), width(), colour=coloured()))


@app.command(
    name="add",
    help=_("Add a published figure to the workspace's own table, indices/NAME.yaml."),
    epilog=_('Example: iopctl index add OPI YEAR VALUE --status definitive --published YYYY-MM-DD --source "…"'),
)
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("The index: OPI or VPI."))],
    year: Annotated[int, typer.Argument(metavar="YEAR", help=_("The year that the change is for."))],
    value: Annotated[str, typer.Argument(metavar="VALUE", help=_("The change in percent, as published: 2.7 or 2,7."))],
    status: Annotated[str, typer.Option("--status", help=_("preliminary or definitive."))],
    published: Annotated[
        str, typer.Option("--published", metavar="DATE", help=_("The day it was published (YYYY-MM-DD)."))
    ],
    source: Annotated[
        str, typer.Option("--source", help=_("Where the figure can be read: title and date, or an address."))
    ],
) -> None:
    from iopctl.edit import append_line

    one_of("--status", status, ("preliminary", "definitive"))
    table = _table(name)
    percent = _percent(value)
    day = parse_date(published)
    _refuse_second(table, year, status)
    row = f"  - {{year: {year}, value: {percent}, status: {status}, published: {day}, source: {_quoted(source)}}}"
    path = root() / "indices" / f"{name}.yaml"
    text = path.read_bytes().decode("utf-8") if path.exists() else f"index: {name}\nrows:\n"
    changed = append_line(text, row)
    _refuse_broken(path, text, changed)
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise CommandError(
            _("cannot write in {folder}: {reason}").format(folder=path.parent, reason=error.strerror)
        ) from None
    save(path, changed.encode())
    write(
        _("{index} {year}: {value} % added to {file}").format(index=name, year=year, value=value, file=_shown(path))
        + "\n"
    )


def _table(name: str) -> IndexTable:
    """The table with the workspace's rows, where there is a workspace."""
    from iopctl.load import find_root, load

    loaded = load([], find_root(Path.cwd()))
    tables = loaded.workspace.tables
    if loaded.findings:
        from iopctl.render.findings import frames

        raise CommandError("\n" + frames(loaded.findings, language()))
    if name not in tables:
        message = _("there is no index {index}; there is: {names}")
        raise CommandError(message.format(index=name, names=", ".join(sorted(tables))))
    return tables[name]


def _percent(value: str) -> Decimal:
    try:
        percent = Decimal(value.replace(",", "."))
    except InvalidOperation:
        percent = Decimal("NaN")
    if not percent.is_finite() or not -100 < percent < 1000:
        raise CommandError(_("VALUE: found {value}, expected a percentage such as 2.7").format(value=value))
    return percent


def _refuse_second(table: IndexTable, year: int, status: str) -> None:
    """A figure is published once in each status; another value is either a slip or a correction to make by hand."""
    for row in table.rows:
        if (row.year, row.status) == (year, status):
            message = _("{index} {year} is already {value} % ({status}, {source}); nothing was added")
            shown = language().number(row.value)
            raise CommandError(
                message.format(index=table.index, year=year, value=shown, status=status, source=_source(row))
            )


def _source(row: IndexRow) -> str:
    return ", ".join(row.source)


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
    from iopctl.load import shown

    return shown(path)
