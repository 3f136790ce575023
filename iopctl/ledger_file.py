"""A file from the accounts → its lines, or everything that keeps it from being read. Nothing is half read."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypeVar

from iopctl.compute.ledger import LedgerEntry
from iopctl.finding import Message, Money, Value, say

MAX_BYTES = 20 * 1024 * 1024
"""A hundred thousand lines or more; what is paid under agreements in a year is some hundreds."""

_MOST_FAULTS = 20
"""What is wrong in every line is one mistake."""

_PREAMBLE = 30
"""How many lines a report may have above its headings."""

_MOST_DECIMALS = 2


class Fault(NamedTuple):
    """Something that is to be said of a line, or of the whole file, and the next step."""

    line: int | None
    message: Message
    help: Message | None = None


class LedgerFileError(Exception):
    """The file cannot be read; `faults` says why, the first of them when there are many."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults


class Asked(NamedTuple):
    """The headings that the user has named; without them they are recognised."""

    date: str | None = None
    amount: str | None = None
    party: str | None = None
    reference: str | None = None


class Ledger(NamedTuple):
    """The lines of a file, and what was skipped."""

    entries: tuple[LedgerEntry, ...]
    notes: tuple[Fault, ...]


def read(data: bytes, asked: Asked) -> Ledger:
    """The lines of a file; LedgerFileError when any of them cannot be read with certainty."""
    text = _decoded(data)
    heading = _heading(text, asked)
    reader = _Reader(heading)
    for row in _rows(text, heading):
        reader.take(row)
    return reader.ledger()


# what the file is -----------------------------------------------------------------------------------------------------

_SAVE_AS = say("open it in the program that it comes from, and save it as CSV")


def _decoded(data: bytes) -> str:
    """The text, in UTF-8 or UTF-16 with or without its mark, else in Windows-1252."""
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise LedgerFileError(Fault(None, say("this is a workbook (Excel or another), not text"), _SAVE_AS))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _utf_16(data)
    else:
        marked, body = data.startswith(_MARK), data.removeprefix(_MARK)
        try:
            text = body.decode()
        except UnicodeDecodeError as error:
            text = _western(body, error, marked)
    if "\0" in text:
        line = _line_of(text, text.index("\0"))
        raise LedgerFileError(Fault(line, say("there are characters here that no text has (NUL)"), _SAVE_AS))
    if not text.strip():
        raise LedgerFileError(Fault(None, say("the file is empty")))
    return text


_MARK = b"\xef\xbb\xbf"


def _utf_16(data: bytes) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError:
        raise LedgerFileError(Fault(None, say("the file begins as UTF-16 and does not go on so"), _SAVE_AS)) from None


def _western(body: bytes, error: UnicodeDecodeError, marked: bool) -> str:
    """In Windows-1252; but a file that is UTF-8 up to a place is a broken one, and would be read with odd letters."""
    if marked or not body[: error.start].isascii():
        line = _line_of(body[: error.start].decode(), error.start)
        message = say("the text is UTF-8 up to here, where the byte {byte} is not", byte=f"0x{body[error.start]:02X}")
        raise LedgerFileError(Fault(line, message, _SAVE_AS))
    try:
        return body.decode("cp1252")
    except UnicodeDecodeError as wrong:
        line = _line_of(body[: wrong.start].decode("cp1252"), wrong.start)
        message = say("the text is neither UTF-8 nor Windows-1252 (byte {byte})", byte=f"0x{body[wrong.start]:02X}")
        raise LedgerFileError(Fault(line, message, _SAVE_AS)) from None


_LINE_END = re.compile("\r\n|\n|\r")


def _line_of(text: str, offset: int) -> int:
    return 1 + len(_LINE_END.findall(text[:offset]))


# headings -------------------------------------------------------------------------------------------------------------

_HEADINGS = {
    "date": ("datum", "bokföringsdatum", "betaldatum", "betalningsdatum", "verifikationsdatum", "date"),
    "amount": ("belopp", "summa", "amount"),
    "party": ("leverantör", "leverantörsnamn", "mottagare", "motpart", "namn", "party"),
    "number": ("organisationsnummer", "orgnr", "organisationnumber"),
    "reference": ("referens", "ref", "fakturanr", "fakturanummer", "verifikation", "reference"),
    "text": ("text", "beskrivning", "kommentar"),
}
"""What the columns are called, in small letters and without signs and blanks."""

_CURRENCY = re.compile(r"(?:\W|_)*(?:kr|sek)\W*$|[\W_]+")
_DELIMITERS = (";", "\t", ",")


class _Heading(NamedTuple):
    """The row with the headings, and which column is what."""

    line: int
    start: int
    """Where in the text it begins."""
    delimiter: str
    names: tuple[str, ...]
    columns: Mapping[str, tuple[int, ...]]
    """The numbers of the columns of each kind, from 0."""

    def name(self, kind: str) -> str:
        """What the file calls its one column of a kind."""
        return self.names[self.columns[kind][0]]


def _heading(text: str, asked: Asked) -> _Heading:
    """The first row with a date and an amount among its headings. What stands above it is a report's title."""
    first: _Heading | None = None
    for heading in _possible(text, asked):
        if heading.columns["date"] and heading.columns["amount"]:
            return _one_of_each(heading)
        if any(heading.names) and (first is None or _known(heading) > _known(first)):
            first = heading
    if first is None:
        message = say("no row with headings is found among the first {count}", count=_PREAMBLE)
        raise LedgerFileError(Fault(1, message, _EXPECTED))
    found = _brief(first.delimiter.join(first.names))
    if first.columns["date"]:
        help_ = say("say which column it is, with {option}", option="--amount-column")
        message = say("no column is the amount: {found}", found=found)
        raise LedgerFileError(Fault(first.line, _called(asked.amount, found) or message, help_))
    if first.columns["amount"]:
        help_ = say("say which column it is, with {option}", option="--date-column")
        message = say("no column is the date: {found}", found=found)
        raise LedgerFileError(Fault(first.line, _called(asked.date, found) or message, help_))
    message = say("no row with headings is found; the first row is: {found}", found=found)
    raise LedgerFileError(Fault(first.line, message, _EXPECTED))


def _called(name: str | None, found: str) -> Message | None:
    """That the heading which the user has named is not there."""
    return None if name is None else say("no column is called {name}: {found}", name=name, found=found)


_EXPECTED = say(
    "expected are for example Datum;Belopp;Leverantör;Referens; other names are given with {one} and {other}",
    one="--date-column",
    other="--amount-column",
)


def _known(heading: _Heading) -> int:
    return sum(bool(found) for found in heading.columns.values())


def _possible(text: str, asked: Asked) -> Iterator[_Heading]:
    """The first rows that are not empty, read with every delimiter."""
    start, line = 0, 1
    while start < len(text) and line <= _PREAMBLE:
        end = _LINE_END.search(text, start)
        row = text[start : end.start() if end else len(text)]
        if row.strip() and not row.startswith("sep="):  # which Excel writes to say what the delimiter is
            for delimiter in _DELIMITERS:
                names = _names(row, delimiter)
                yield _Heading(line, start, delimiter, names, _columns(names, asked))
        start, line = end.end() if end else len(text), line + 1


def _names(row: str, delimiter: str) -> tuple[str, ...]:
    try:
        return tuple(" ".join(each.split()) for each in next(csv.reader([row], delimiter=delimiter)))
    except csv.Error:  # such as a cell without an end: no heading
        return ()


def _columns(names: Sequence[str], asked: Asked) -> dict[str, tuple[int, ...]]:
    plain = [_plain(name) for name in names]
    found = {kind: tuple(n for n, name in enumerate(plain) if name in known) for kind, known in _HEADINGS.items()}
    for kind, name in asked._asdict().items():
        if name is not None:
            found[kind] = tuple(n for n, each in enumerate(plain) if each == _plain(name))
    taken = {found[kind][0] for kind, name in asked._asdict().items() if name is not None and found[kind]}
    given = [kind for kind, name in asked._asdict().items() if name is not None]
    return {kind: each if kind in given else tuple(n for n in each if n not in taken) for kind, each in found.items()}


def _plain(name: str) -> str:
    """“Belopp (SEK)”, “Org.nr” and “Bokförings-datum” as they are looked for."""
    return _CURRENCY.sub("", unicodedata.normalize("NFKC", name).casefold().strip())


def _one_of_each(heading: _Heading) -> _Heading:
    faults = [
        Fault(
            heading.line,
            say(
                "several columns may be meant: {names}",
                names=", ".join(heading.names[n] for n in heading.columns[kind]),
            ),
            say("say which column it is, with {option}", option=f"--{kind}-column"),
        )
        for kind in ("date", "amount")
        if len(heading.columns[kind]) > 1
    ]
    if not any(heading.columns[kind] for kind in ("party", "number", "reference", "text")):
        help_ = say("say which column it is, with {option}", option="--party-column")
        message = say("no column says who was paid: {found}", found=_brief(heading.delimiter.join(heading.names)))
        faults.append(Fault(heading.line, message, help_))
    if faults:
        raise LedgerFileError(*faults)
    return heading


# rows -----------------------------------------------------------------------------------------------------------------


class _Row(NamedTuple):
    line: int
    cells: tuple[str, ...]

    def of(self, columns: Iterable[int]) -> tuple[str, ...]:
        """What stands in these columns, without what is empty."""
        found = (self.cells[number] for number in columns if number < len(self.cells))
        return tuple(each for each in found if each)


def _rows(text: str, heading: _Heading) -> Iterator[_Row]:
    """The rows below the headings."""
    lines = io.StringIO(text[heading.start :], newline="")
    reader = csv.reader(lines, delimiter=heading.delimiter, strict=True)
    line = heading.line
    try:
        for number, cells in enumerate(reader):
            if number > 0:
                yield _Row(line, tuple(" ".join(each.split()) for each in cells))
            line = heading.line + reader.line_num
    except csv.Error as error:
        raise LedgerFileError(_broken(line, error)) from None


def _broken(line: int, error: csv.Error) -> Fault:
    if "limit" in str(error):
        return Fault(line, say("a cell is longer than {most} characters", most=csv.field_size_limit()), _QUOTED)
    return Fault(line, say("a quotation mark begins a cell here, and the cell does not end as it should"), _QUOTED)


_QUOTED = say("a cell that begins with a quotation mark ends with one; a quotation mark inside it is written twice")


class _Reader:
    """Takes rows, one by one, and gives the ledger when all of them are understood."""

    def __init__(self, heading: _Heading) -> None:
        self.heading = heading
        self.rows: list[_Row] = []
        self.undated: list[_Row] = []
        self.empty: list[int] = []
        self.notes: list[Fault] = []
        self.faults: list[Fault] = []

    def take(self, row: _Row) -> None:
        """One more row: a payment, or one that is empty or has no date."""
        if not any(row.cells):
            self.empty.append(row.line)
        elif row.cells == self.heading.names:
            self.notes.append(Fault(row.line, say("skipped: the headings once more")))
        elif len(row.of(range(len(self.heading.names), len(row.cells)))) > 0:
            values: dict[str, Value] = {"found": len(row.cells), "expected": len(self.heading.names)}
            message = say("the row has {found} cells, and there are {expected} headings", **values)
            sign = self.heading.delimiter if self.heading.delimiter != "\t" else say("tab")
            help_ = say("put a cell that has the sign {sign} in it in quotation marks", sign=sign)
            self.faults.append(Fault(row.line, message, help_))
        elif _is_sum("".join(day := row.of(self.heading.columns["date"]))) or not day:
            self.undated.append(row)
        else:
            self.rows.append(row)

    def ledger(self) -> Ledger:
        """The lines, when nothing is wrong with any of them."""
        dates = self._column("date", _date_readings, _wrong_date)
        amounts = self._column("amount", _amount_readings, _wrong_amount)
        self._skip_sums(sum(amounts, Decimal(0)))
        if self.faults:
            faults = sorted(self.faults, key=_by_line)
            more = len(faults) - _MOST_FAULTS
            last = [Fault(None, say("and {count} more of the same kind", count=more))] if more > 0 else []
            raise LedgerFileError(*faults[:_MOST_FAULTS], *last)
        entries = [self._entry(*each) for each in zip(self.rows, dates, amounts, strict=True)]
        if self.empty:
            self.notes.append(Fault(self.empty[0], say("skipped: empty rows, {count} in all", count=len(self.empty))))
        return Ledger(tuple(entries), tuple(sorted(self.notes, key=_by_line)))

    def _column(self, kind: str, readings: Readings[_Value], wrong: Wrong[_Value]) -> list[_Value]:
        """The values of a column. What can be read in two ways is read as the others in the column have to be."""
        cells = [" ".join(row.of(self.heading.columns[kind])) for row in self.rows]
        read = [readings(cell) for cell in cells]
        ways = {way for each in read if len(each) == 1 for way in each if way}
        way = ways.pop() if len(ways) == 1 else ""
        found: list[_Value] = []
        for row, cell, each in zip(self.rows, cells, read, strict=True):
            value = next(iter(each.values())) if len(each) == 1 else each.get(way)
            fault = wrong(value, each)
            if value is not None and fault is None:
                found.append(value)
            elif fault is not None:
                name = self.heading.name(kind)
                values: dict[str, Value] = {"column": _brief(name), "found": _brief(cell), "why": fault.message}
                message = say("{column}: found “{found}”; {why}", **values)
                if not cell:
                    message = say("{column}: the cell is empty; {why}", column=_brief(name), why=fault.message)
                self.faults.append(Fault(row.line, message, fault.help))
        return found

    def _skip_sums(self, total: Decimal) -> None:
        """Skips the rows without a date that are sums, or no payments; any other may be one, and is not to be lost."""
        last = max((row.line for row in self.rows), default=0)
        for row in self.undated:
            amount = " ".join(row.of(self.heading.columns["amount"]))
            agrees = not amount or total in _amount_readings(amount).values()
            alone = len(row.of(range(len(row.cells)))) == 1
            if any(map(_is_sum, row.cells)) or (row.line > last and amount and (alone or agrees)):
                message = say("skipped: a sum, without a date")
                if not agrees and len(self.undated) == 1 and row.line > last:
                    message = say("skipped: a sum, and the rows add up to another one, {total}", total=Money(total))
                self.notes.append(Fault(row.line, message))
            elif not amount:
                self.notes.append(Fault(row.line, say("skipped: neither date nor amount")))
            else:
                message = say("{column}: the cell is empty; {why}", column=self.heading.name("date"), why=_A_DATE)
                self.faults.append(Fault(row.line, message, say("write the date, or remove the row if it is a sum")))

    def _entry(self, row: _Row, day: date, amount: Decimal) -> LedgerEntry:
        columns = self.heading.columns
        digits = re.sub(r"[^0-9]", "", " ".join(row.of(columns["number"][:1])))
        return LedgerEntry(
            line=row.line,
            date=day,
            amount=amount,
            party=" ".join(row.of(columns["party"])) or None,
            number=digits[-10:] if len(digits) in (10, 12) else None,
            references=row.of(columns["reference"]),
            text=" ".join(row.of(columns["text"])) or None,
        )


_SUM = re.compile(r"(?:del|slut|total)?summa|totalt?|sum|saldo", re.IGNORECASE)
"""The first word of a row that adds up others."""


def _is_sum(cell: str) -> bool:
    word = re.match(r"\w+", cell)
    return word is not None and _SUM.fullmatch(word[0]) is not None


def _by_line(fault: Fault) -> int:
    return fault.line or 0


_Value = TypeVar("_Value")
Readings = Callable[[str], Mapping[str, _Value]]
"""Every way in which a cell can be read, each under a word for the way; the empty word where all ways agree."""
Wrong = Callable[[_Value | None, Mapping[str, _Value]], Fault | None]
"""What is wrong with the value that was chosen, or was not, among the readings."""


def _brief(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


# dates ----------------------------------------------------------------------------------------------------------------

_TIME = r"(?:[T ][0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?)?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})([-/.]?)([0-9]{{2}})\2([0-9]{{2}}){_TIME}")
_YEAR_LAST = re.compile(rf"([0-9]{{1,2}})[-/. ]([0-9]{{1,2}})[-/. ]([0-9]{{4}}){_TIME}")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199

_A_DATE = say("expected a date: YYYY-MM-DD")


def _date_readings(text: str) -> dict[str, date]:
    """2026-01-31, 20260131, either with a time after it; 31/1 2026, with the day or the month first."""
    if found := _YEAR_FIRST.fullmatch(text):
        return _dates({"": (found[1], found[3], found[4])})
    if found := _YEAR_LAST.fullmatch(text):
        one, other, year = found.groups()
        return _dates(
            {"": (year, one, one)}
            if int(one) == int(other)
            else {"day": (year, other, one), "month": (year, one, other)}
        )
    return {}


def _dates(written: Mapping[str, tuple[str, str, str]]) -> dict[str, date]:
    """Those that exist, in the years that iopctl reckons with."""
    found = {}
    for way, (year, month, day) in written.items():
        try:
            value = date(int(year), int(month), int(day))
        except ValueError:
            continue
        if _FIRST_YEAR <= value.year <= _LAST_YEAR:
            found[way] = value
    return found


def _wrong_date(value: date | None, readings: Mapping[str, date]) -> Fault | None:
    if value is not None:
        return None
    if not readings:
        return Fault(None, _A_DATE)
    one, other = readings.values()
    return Fault(None, say("it can be {one} or {other}", one=one, other=other), say("write dates as YYYY-MM-DD"))


# amounts --------------------------------------------------------------------------------------------------------------

_AMOUNT = re.compile(r"(\()?([-+])?(?:kr|sek)? ?([0-9][0-9 .,]*?)(?::-| ?kr\.?| ?sek)? ?(-)?(\))?", re.IGNORECASE)
_MINUS = str.maketrans({"−": "-", "–": "-", "\u2010": "-", "\u2011": "-"})
_SPACED = re.compile(r"([0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:([.,])([0-9]+))?")
_GROUPED = re.compile(r"([0-9]{1,3})((?:\.[0-9]{3})+|(?:,[0-9]{3})+)(?:([.,])([0-9]+))?")
_OTHER = {",": ".", ".": ","}


def _amount_readings(text: str) -> dict[str, Decimal]:
    """Kronor under the decimal mark that the reading takes for granted: 1.234 is 1234 when that is a comma."""
    found = _AMOUNT.fullmatch(text.translate(_MINUS))
    if found is None:
        return {}
    opened, before, body, after, closed = found.groups()
    if bool(opened) != bool(closed) or sum(map(bool, (opened, before, after))) > 1:
        return {}
    sign = -1 if opened or before == "-" or after else 1
    return {mark: sign * value for mark, value in _unsigned(body).items()}


def _unsigned(body: str) -> dict[str, Decimal]:
    readings = {}
    if (found := _SPACED.fullmatch(body)) and len(found[0]) <= 20:
        whole, mark, decimals = found.groups()
        readings[mark or ""] = _kronor(whole.replace(" ", ""), decimals)
    if (found := _GROUPED.fullmatch(body)) and len(found[0]) <= 20 and found[1][0] != "0":
        first, rest, mark, decimals = found.groups()
        if mark != rest[0]:
            readings[_OTHER[rest[0]]] = _kronor(first + rest.replace(rest[0], ""), decimals)
    return readings


def _kronor(whole: str, decimals: str | None) -> Decimal:
    """Without decimals that are only zeros."""
    places = (decimals or "").rstrip("0")
    return Decimal(f"{whole}.{places}") if places else Decimal(whole)


def _wrong_amount(value: Decimal | None, readings: Mapping[str, Decimal]) -> Fault | None:
    if value is not None:
        if value == round(value, _MOST_DECIMALS):
            return None
        return Fault(None, say("an amount has at most two decimals"))
    if not readings:
        return Fault(None, say("expected an amount: 1234,56"))
    whole = max(readings.values(), key=abs)
    message = say("it can be {whole}, or an amount with decimals", whole=Money(whole))
    return Fault(None, message, say("write one amount of the column with two decimals, then it is clear"))
