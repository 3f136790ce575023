"""The budget as an Excel workbook: a row for each contribution and year, and sums that are formulas over the rows.

Texts from agreements are written as texts, whatever they begin with. The same budget gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from iopctl.compute.budget import Entry, Names, Sums, grouped, names, total
from iopctl.compute.reasons import Status
from iopctl.finding import Message, say
from iopctl.locale.language import Language
from iopctl.render.budget import Budget, about, joined, plain, remarks, replaced, title
from iopctl.render.plain import brief
from iopctl.render.reasons import STATUS
from iopctl.render.table import cells

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

A3, A4 = 8, 9
KRONOR, ORE = "#,##0", "#,##0.00"
"""Excel writes the groups and the decimals as its own language does."""
COUNT = '0;-0;""'

_KINDS = {
    "cash": say("cash"),
    "premises": say("premises"),
    "staff": say("staff"),
    "volunteers": say("volunteers"),
    "volunteer_hours": say("volunteer hours"),
    "training": say("training"),
    "supervision": say("supervision"),
    "marketing": say("marketing"),
    "recruitment": say("recruitment"),
    "insurance": say("insurance"),
    "goods": say("goods"),
    "activities": say("activities"),
}


class _Measure(NamedTuple):
    """A column of kronor, or of how many; its heading, and how it is summed."""

    name: str
    heading: Message
    form: str = "kronor"


_CASH = (
    _Measure("definitive", say("Definitive")),
    _Measure("preliminary", say("Preliminary")),
    _Measure("forecast", say("Forecast"), "forecast"),
)
_BESIDE = (
    _Measure("conditional", say("Of which conditional")),
    _Measure("not_reckoned", say("Not reckoned"), "missing"),
    _Measure("ceiling", say("At most, by outcome")),
    _Measure("in_kind", say("In kind")),
    _Measure("not_valued", say("In kind without a value"), "count"),
    _Measure("other_cash", say("Paid by others")),
)

_TABLE_STYLE = "Table Style Light 1"


def workbook(budget: Budget, name: str | None, language: Language) -> bytes:
    """A sheet with the sums and a sheet with the rows. `name` is the municipality's or the region's."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties(
        {
            "title": _title(budget, language),
            "subject": language.word("Idéburet offentligt partnerskap (IOP)"),
            "author": "iopctl",
            "company": brief(name or ""),
            "comments": " ".join(f"{language.say(each)}." for each in about(budget)),
            "created": datetime.combine(budget.as_of, time()),
        }
    )
    _Book(book, budget, name, language).write()
    book.close()
    return out.getvalue()


def _title(budget: Budget, language: Language) -> str:
    first, last = map(str, budget.years)
    if first == last:
        return language.say(say("Cost of the IOP agreements {year}", year=first))
    return language.say(say("Cost of the IOP agreements {first}–{last}", first=first, last=last))


class _Book:
    """A workbook that is being written."""

    def __init__(self, book: Workbook, budget: Budget, name: str | None, language: Language) -> None:
        self.book, self.budget, self.name, self.language = book, budget, name, language
        self.groups = grouped(budget.entries, budget.by)
        self.numbers: dict[Names, int] = {each: number for number, each in enumerate(self.groups, 1)}
        self.columns = list(_columns(language))
        self.formats = _formats(book, budget.entries)

    def write(self) -> None:
        """The two sheets."""
        summary = self.book.add_worksheet(self.language.word("Summary"))
        rows = self.book.add_worksheet(self.language.word("Rows"))
        for sheet, paper in ((summary, A4), (rows, A3)):
            sheet.set_landscape()
            sheet.set_paper(paper)
            sheet.fit_to_pages(1, 0)
            sheet.set_footer("&L&A&R&P / &N")
        self._summary(summary)
        self._rows(rows)

    def word(self, message: Message) -> str:
        """In the language of the workbook."""
        return self.language.say(message)

    # -- the rows ------------------------------------------------------------------------------------------------------

    def _rows(self, sheet: Worksheet) -> None:
        entries, columns = self.budget.entries, self.columns
        sheet.add_table(
            0,
            0,
            max(len(entries), 1),  # a table has at least one row
            len(columns) - 1,
            {
                "style": _TABLE_STYLE,
                "columns": [{"header": each.heading, "header_format": self.formats[each.head]} for each in columns],
            },
        )
        for number, entry in enumerate(entries, 1):
            self._row(sheet, number, entry)
        for number, each in enumerate(columns):
            texts = [self._texts(entry).get(each.key, "") for entry in entries]
            sheet.set_column(number, number, _width([each.heading, *texts]) if each.form == "text" else each.width)
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)

    def _texts(self, entry: Entry) -> dict[str, str]:
        """The cells that are texts."""
        return {
            "board": joined(entry.board, self.language),
            "party": joined(entry.party, self.language),
            "agreement": plain(entry.agreement),
            "contribution": plain(entry.contribution),
            "kind": self.word(_KINDS[entry.kind]),
            "givers": joined(entry.givers, self.language),
            "receiver": joined(entry.receiver, self.language),
            "status": self.word(STATUS[entry.status]) if entry.cash else "",
            "remark": brief("; ".join(map(self.word, remarks(entry, self.language)))),
        }

    def _row(self, sheet: Worksheet, row: int, entry: Entry) -> None:
        texts = self._texts(entry)
        for column, each in enumerate(self.columns):
            form = self.formats[f"row_{'forecast' if _is_forecast(entry, each.key) else each.form}"]
            if each.key in texts:
                sheet.write_string(row, column, texts[each.key], form)
            elif each.key == "number":
                sheet.write_number(row, column, self.numbers[names(entry, self.budget.by)], self.formats["count"])
            elif each.key == "year":
                self._year(sheet, row, column, entry.year)
            elif each.key == "cash":
                parts = [_cell(row, column - len(_CASH)), _cell(row, column - 1)]
                sheet.write_formula(row, column, f"=SUM({':'.join(parts)})", form, _number(entry.sums.cash))
            else:
                sheet.write_number(row, column, _number(getattr(entry.sums, each.key)), form)

    def _year(self, sheet: Worksheet, row: int, column: int, year: int | None) -> None:
        if year is None:
            sheet.write_string(row, column, self.language.word("no period"), self.formats["year"])
        else:
            sheet.write_number(row, column, year, self.formats["year"])

    # -- the sums ------------------------------------------------------------------------------------------------------

    def _summary(self, sheet: Worksheet) -> None:
        texts = [_title(self.budget, self.language), *([brief(self.name)] if self.name else [])]
        texts += [self.word(each) for each in about(self.budget)]
        for number, text in enumerate(texts):
            sheet.write_string(number, 0, text, self.formats["note" if number else "title"])
        head = len(texts) + 1
        self._heading(sheet, head)
        years = range(self.budget.years.first, self.budget.years.last + 1)
        row = self._block(sheet, head + 1, None, self.language.word("All together"), self.budget.entries, list(years))
        groups = list(self.groups.items())
        for each, listed in groups:
            covered = sorted({entry.year for entry in listed if entry.year is not None})
            name = title(each, listed, self.budget.by, self.language)
            row = self._block(sheet, row, self.numbers[each], name, listed, covered)
        for number, message in enumerate(replaced(self.budget), row + 1):
            sheet.write_string(number, 0, self.word(message), self.formats["note"])
        sheet.set_column(0, 0, 5.5)
        sheet.set_column(1, 1, _width(title(each, listed, self.budget.by, self.language) for each, listed in groups))
        sheet.set_column(2, 2, 11)
        sheet.set_column(3, 3 + len(_CASH), 13)
        sheet.set_column(4 + len(_CASH), 3 + len(_CASH) + len(_BESIDE), 12)
        sheet.freeze_panes(head + 1, 3)
        sheet.repeat_rows(head)

    def _heading(self, sheet: Worksheet, row: int) -> None:
        by = {"agreement": say("Agreement"), "party": say("Party"), "board": say("Board")}[self.budget.by]
        measures = [*(each.heading for each in _CASH), say("Total"), *(each.heading for each in _BESIDE)]
        for column, heading in enumerate((say("No."), by, say("Year"), *measures)):
            form = self.formats["heading" if column < 3 else "heading_right"]
            sheet.write_string(row, column, self.word(heading), form)
        sheet.set_row(row, 32)

    def _block(
        self, sheet: Worksheet, row: int, number: int | None, name: str, listed: Sequence[Entry], years: Sequence[int]
    ) -> int:
        """A row for each year and one for all of them; returns the row after them."""
        first = row
        undated = [None] if any(each.year is None for each in listed) else []
        for year in (*years, *undated):
            if number is not None:
                sheet.write_number(row, 0, number, self.formats["count"])
            sheet.write_string(row, 1, name, self.formats["text"])
            self._year(sheet, row, 2, year)
            self._sums(sheet, row, total(each for each in listed if each.year == year), number)
            row += 1
        if row == first + 1:
            return row
        sheet.write_blank(row, 0, None, self.formats["total_text"])
        sheet.write_string(row, 1, name, self.formats["total_text"])
        sheet.write_string(row, 2, self.language.word("Total"), self.formats["total_text"])
        sums = total(listed)
        for column, measure in self._measures():
            formula = f"=SUM({_cell(first, column)}:{_cell(row - 1, column)})"
            form = self.formats[f"total_{measure.form}"]
            sheet.write_formula(row, column, formula, form, _number(getattr(sums, measure.name)))
        return row + 1

    def _measures(self) -> Iterator[tuple[int, _Measure]]:
        yield from enumerate((*_CASH, _Measure("cash", say("Total"), "sum"), *_BESIDE), 3)

    def _sums(self, sheet: Worksheet, row: int, sums: Sums, number: int | None) -> None:
        """Over the rows with the group's number and the year: a name could be read as a condition."""
        group = f"{self._range('number')},{_cell(row, 0)}," if number is not None else ""
        which = f"{group}{self._range('year')},{_cell(row, 2)}"
        for column, measure in self._measures():
            formula = f"=SUMIFS({self._range(measure.name)},{which})"
            if measure.name == "cash":
                formula = f"=SUM({_cell(row, column - len(_CASH))}:{_cell(row, column - 1)})"
            form = self.formats[measure.form]
            sheet.write_formula(row, column, formula, form, _number(getattr(sums, measure.name)))

    def _range(self, key: str) -> str:
        """A column of the rows; Excel stretches it when a row is added to the table."""
        from xlsxwriter.utility import xl_range_abs

        column = next(number for number, each in enumerate(self.columns) if each.key == key)
        name = self.language.word("Rows")
        return f"'{name}'!{xl_range_abs(1, column, max(len(self.budget.entries), 1), column)}"


class _Column(NamedTuple):
    """A column of the rows."""

    key: str
    heading: str
    form: str
    width: float = 0

    @property
    def head(self) -> str:
        """The format of its heading: above what it heads."""
        return "heading" if self.form in ("text", "year") else "heading_right"


def _width(texts: Iterable[str]) -> float:
    """Wide enough for the texts, within reason."""
    return min(max(map(cells, texts), default=0) + 2.5, 60)


def _formats(book: Workbook, entries: Sequence[Entry]) -> dict[str, Format]:
    """How cells look: in the sums a zero is a dash, as in the table, and among the rows nothing at all."""
    amounts = [getattr(each.sums, measure.name) for each in entries for measure in (*_CASH, *_BESIDE)]
    kronor = KRONOR if all(each == int(each) for each in amounts) else ORE
    heading = {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#DDE8F0", "bottom": 1}
    looks: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 16},
        "note": {"font_color": "#404040"},
        "heading": heading,
        "heading_right": {**heading, "align": "right"},
    }
    cells_: dict[str, dict[str, Any]] = {
        "text": {},
        "year": {"num_format": "0", "align": "left"},
        "count": {"num_format": COUNT},
        "missing": {"num_format": COUNT, "bold": True, "font_color": "#B00000"},
        "kronor": {"num_format": kronor},
        "sum": {"num_format": kronor, "bold": True},
        "forecast": {"num_format": kronor, "italic": True, "font_color": "#7F4F00"},
    }
    for name, look in cells_.items():
        in_kronor = look.get("num_format") == kronor
        shown = {**look, "num_format": f'{kronor};-{kronor};"–"'} if in_kronor else look
        looks[name] = shown
        looks[f"total_{name}"] = {**shown, "bold": True, "top": 1, "bottom": 1}
        looks[f"row_{name}"] = {**look, "num_format": f'{kronor};-{kronor};""'} if in_kronor else look
    return {name: book.add_format(look) for name, look in looks.items()}


def _columns(language: Language) -> Iterator[_Column]:
    yield _Column("number", language.say(say("No.")), "count", 5.5)
    for key, heading in (
        ("board", say("Board")),
        ("party", say("Party")),
        ("agreement", say("Agreement")),
        ("contribution", say("Contribution")),
        ("kind", say("Kind")),
        ("givers", say("From")),
        ("receiver", say("To")),
    ):
        yield _Column(key, language.say(heading), "text")
    yield _Column("year", language.say(say("Year")), "year", 10)
    for each in (*_CASH, _Measure("cash", say("Total"), "sum"), *_BESIDE):
        yield _Column(each.name, language.say(each.heading), each.form, 13)
    yield _Column("status", language.say(say("Status")), "text")
    yield _Column("remark", language.say(say("Remark")), "text")


def _is_forecast(entry: Entry, key: str) -> bool:
    return entry.status is Status.FORECAST and key in ("forecast", "ceiling", "other_cash", "cash", "status")


def _cell(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column))


def _number(amount: Decimal | int) -> float:
    """As a spreadsheet keeps it: fifteen digits are exact."""
    return int(amount) if amount == int(amount) else float(amount)
