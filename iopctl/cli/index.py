"""iopctl index: the index tables, and the figures that a workspace adds to them."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli import completion
from iopctl.cli.change import DryRun, Rewrite, difference, write_files
from iopctl.cli.exits import CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import AsOf, day_of, one_of, parse_date, parse_year
from iopctl.cli.output import language, paint, reason, width, write
from iopctl.cli.words import _
from iopctl.cli.workspace import root

if TYPE_CHECKING:
    from iopctl.finding import Finding
    from iopctl.layout import Value
    from iopctl.model import IndexRow, IndexTable

app = command_app(_("Show the index tables, or add a published figure."))

FORMATS = ("table", "json", "csv")
Name = Annotated[
    str,
    typer.Argument(metavar=_("NAME"), help=_("The index; see iopctl index list."), autocompletion=completion.indices),
]
Format = Annotated[
    str,
    typer.Option(
        "--format", metavar=_("FORMAT"), help=_("table, json or csv."), autocompletion=completion.choices(*FORMATS)
    ),
]


@app.command(
    name="list",
    cls=Command,
    options_metavar=OPTIONS,
    help=_("List the index tables: what each is, its years, and which figures are late."),
    epilog=examples("iopctl index list", "iopctl index list --as-of 2023-06-01"),
)
def list_(as_of: AsOf = None, format_: Format = "table") -> None:
    from iopctl.render import indices as render
    from iopctl.render import records
    from iopctl.surroundings import packaged_tables

    one_of("--format", format_, FORMATS)
    day, packaged = day_of(as_of), packaged_tables()
    found = [render.summary(table, packaged.get(name), day) for name, table in sorted(_tables().items())]
    if format_ == "json":
        write(records.as_json("indices", [render.summary_record(each) for each in found], as_of=day))
    elif format_ == "csv":
        write(render.list_csv(found))
    else:
        write(render.list_table(found, day, language(), width(), paint()))


@app.command(
    name="show",
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Show the figures of an index, with status, day of publication and source."),
    epilog=examples("iopctl index show OPI", "iopctl index show OPI --as-of 2023-02-01"),
)
def show(name: Name, as_of: AsOf = None, format_: Format = "table") -> None:
    from iopctl.render import indices as render
    from iopctl.render import records

    one_of("--format", format_, FORMATS)
    day, table = day_of(as_of), _table(name)
    if format_ == "json":
        found = [render.record(each) for each in render.rows_of(table, day)]
        about = {"index": table.index, "name": table.name, "publisher": table.publisher, "kind": table.kind}
        write(records.as_json("rows", found, **about, as_of=day))
    elif format_ == "csv":
        write(render.as_csv(render.rows_of(table, day)))
    else:
        write(render.as_table(table, day, language(), width(), paint()))


@app.command(
    name="add",
    cls=Command,
    options_metavar=OPTIONS,
    help=_("Add a published figure to the workspace's own table, indices/NAME.yaml."),
    epilog=examples(
        _('iopctl index add OPI YEAR VALUE --status definitive --published DATE --source "SOURCE"'),
        _("iopctl index add KPI YEAR VALUE --month october --reference-year 1980 --status definitive --seen DATE …"),
    ),
)
def add(  # noqa: PLR0913  # the keys of a row
    name: Name,
    year: Annotated[str, typer.Argument(metavar=_("YEAR"), help=_("The year that the figure is for."))],
    value: Annotated[
        str,
        typer.Argument(
            metavar=_("VALUE"),
            help=_(
                "The figure as published: a change in percent (2.7 or 2,7; a negative one last, after --) or a number."
            ),
        ),
    ],
    status: Annotated[
        str,
        typer.Option(
            "--status",
            metavar=_("STATUS"),
            help=_("preliminary or definitive."),
            autocompletion=completion.choices("preliminary", "definitive"),
        ),
    ],
    source: Annotated[
        str,
        typer.Option(
            "--source", metavar=_("SOURCE"), help=_("Where the figure can be read: title and date, or an address.")
        ),
    ],
    published: Annotated[
        str | None, typer.Option("--published", metavar=_("DATE"), help=_("The day it was published (YYYY-MM-DD)."))
    ] = None,
    seen: Annotated[
        str | None,
        typer.Option(
            "--seen",
            metavar=_("DATE"),
            help=_("When that is not known: the day of the earliest source, or of reading."),
        ),
    ] = None,
    month: Annotated[
        str | None,
        typer.Option(
            "--month",
            metavar=_("MONTH"),
            help=_("The month of the figure: january … december."),
            autocompletion=completion.months,
        ),
    ] = None,
    reference_year: Annotated[
        str | None, typer.Option("--reference-year", metavar=_("YEAR"), help=_("The year that is 100."))
    ] = None,
    edition: Annotated[
        str | None,
        typer.Option(
            "--edition", metavar=_("EDITION"), help=_("The edition that prints it: YYYY, YYYY-MM or YYYY-MM-DD.")
        ),
    ] = None,
    correct: Annotated[
        str | None,
        typer.Option(
            "--correct",
            metavar=_("REASON"),
            help=_("Take the place of the known figure, which the publisher has corrected."),
        ),
    ] = None,
    dry_run: DryRun = False,
) -> None:
    one_of("--status", status, ("preliminary", "definitive"))
    table = _table(name)
    keys = {
        "year": parse_year(year, _("YEAR")),
        "month": _month(month),
        "reference_year": parse_year(reference_year, "--reference-year") if reference_year else None,
        "edition": _edition(edition),
        "value": _value(value, table),
        "status": status,
        **_known_since(published, seen),
        "source": " ".join(source.split()),
        "corrects": " ".join(correct.split()) if correct is not None else None,
    }
    values = {key: each for key, each in keys.items() if each is not None}
    row = _row(values, table)
    path = _file(name)
    rewrite = _with_row(path, values, row, name)
    if dry_run:
        write(difference(rewrite))
        return
    _save(rewrite)
    shown = language().percent(row.value) if table.kind == "yearly_change" else language().number(row.value)
    added = _("{index} {year}: {figure} added to {file}")
    write(added.format(index=name, year=row.year, figure=shown, file=_shown(path)) + "\n")


# -- the tables --------------------------------------------------------------------------------------------------------


def _tables() -> Mapping[str, IndexTable]:
    """The tables with the workspace's rows, where there is a workspace."""
    from iopctl.files import find_root, select
    from iopctl.surroundings import surroundings

    around = surroundings(find_root(Path.cwd()), select([]))
    if not around.tables_sound:
        from iopctl.render.findings import frames

        sys.stderr.write(frames(around.findings, language()))
        raise CommandError(_("mend the error above first"))
    return around.tables


def _table(name: str) -> IndexTable:
    tables = _tables()
    if name not in tables:
        message = _("there is no index {index}; choose among: {names}")
        raise CommandError(message.format(index=name, names=", ".join(sorted(tables))))
    return tables[name]


def _file(name: str) -> Path:
    """The workspace's file about an index: the one that is there, else the one to begin."""
    from iopctl.files import files_in

    folder = root() / "indices"
    there = files_in([folder], []) if folder.is_dir() else []
    return next((path for path in there if path.stem == name), folder / f"{name}.yaml")


# -- a row from the arguments ------------------------------------------------------------------------------------------


def _value(text: str, table: IndexTable) -> Decimal:
    """The figure with the digits that were published, and a decimal point."""
    percent = table.kind == "yearly_change"
    pattern = r"-?(0|[1-9][0-9]{0,2})([.,][0-9]{1,4})?" if percent else r"(0|[1-9][0-9]{0,7})([.,][0-9]{1,4})?"
    if not re.fullmatch(pattern, text, re.ASCII):
        expected = (
            _("VALUE: found {value}, expected a percentage such as 2.7")
            if percent
            else _("VALUE: found {value}, expected a number such as 415.51")
        )
        raise CommandError(expected.format(value=text))
    return Decimal(text.replace(",", "."))


def _month(text: str | None) -> str | None:
    from iopctl.model.base import MONTHS

    return one_of("--month", text, MONTHS) if text is not None else None


def _edition(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"[12][0-9]{3}(-(0[1-9]|1[0-2])(-[0-3][0-9])?)?", text, re.ASCII):
        message = _("--edition: found {value}, expected YYYY, YYYY-MM or YYYY-MM-DD")
        raise CommandError(message.format(value=text))
    return text


def _known_since(published: str | None, seen: str | None) -> dict[str, date]:
    """The day of publication, or the one on which it was seen."""
    if published is not None and seen is None:
        return {"published": parse_date(published, "--published")}
    if seen is not None and published is None:
        return {"seen": parse_date(seen, "--seen")}
    raise CommandError(_("give --published DATE, or --seen DATE where the day of publication is not known"))


def _row(values: Mapping[str, Value], table: IndexTable) -> IndexRow:
    """The row. Refused when it is not one for this table, or stands there already."""
    from iopctl.form import read
    from iopctl.model import ChangeRow, NumberRow
    from iopctl.tables import row_faults

    row: IndexRow | None
    if table.kind == "yearly_change":
        row, wrong = read(ChangeRow, dict(values))
    else:
        row, wrong = read(NumberRow, dict(values))
    if row is not None:
        wrong = row_faults(row, table)
    for finding in wrong:
        raise CommandError(_refusal(finding, table, corrected=row is not None and row.corrects is not None))
    assert row is not None  # a row that cannot be read has findings
    return row


def _refusal(finding: Finding, table: IndexTable, *, corrected: bool) -> str:
    from iopctl.tables import ROW_TWICE

    said = [language().say(finding.message)]
    said += [language().say(label.message) for label in finding.labels if label.message is not None]
    fault = _("{index}: {fault}; nothing was added").format(index=table.index, fault="; ".join(said))
    if finding.rule == ROW_TWICE and not corrected:
        return fault + ". " + _("If the publisher has corrected the figure, give the reason with --correct")
    return fault


# -- the file ----------------------------------------------------------------------------------------------------------


def _with_row(path: Path, values: Mapping[str, Value], row: IndexRow, name: str) -> Rewrite:
    """The file with the row at the end of its rows, and nothing else changed."""
    from iopctl.edit import Append, CannotEditError, Put, edited
    from iopctl.form import read
    from iopctl.layout import inline
    from iopctl.source import Source

    before = path.read_bytes() if path.exists() else b""
    text = before.decode("utf-8-sig")
    begun = [] if text else [Put(("index",), name)]
    try:
        after = edited(text, [*begun, Append(("rows",), values)])
        written = read(type(row), Source("", after).values["rows"][-1])[0]
    except CannotEditError:
        written = None
    if written != row:
        message = _("{file} is not laid out as a list of rows; add this one there by hand: {row}")
        raise CommandError(message.format(file=_shown(path), row=inline(values)))
    return Rewrite.to(path, before, after)


def _save(rewrite: Rewrite) -> None:
    folder = rewrite.path.parent
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise CommandError(
            _("cannot write in {folder}: {reason}").format(folder=folder, reason=reason(error))
        ) from None
    write_files([rewrite])


def _shown(path: Path) -> str:
    from iopctl.files import shown

    return shown(path)
