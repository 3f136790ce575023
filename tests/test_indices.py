"""Index tables: every packaged figure against its source, what a workspace adds, what is late, and the command."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from iopctl.cli.app import run
from iopctl.compute.published import Stale, change, stale
from iopctl.files import select
from iopctl.locale.language import Language
from iopctl.model import ChangeRow, ChangeTable, IndexRow, NumberRow, NumberTable
from iopctl.source import Source
from iopctl.surroundings import packaged_tables, surroundings
from iopctl.tables import whole_table

TABLES = packaged_tables()

# Typed from the sources named in the packaged files: the circulars and pages of SKR, Järfälla, Linköping and
# Vårdföretagarna, SCB's table of fixed numbers, and the pages about prisbasbeloppet. A published day is followed by
# nothing, a day that is only that of the source by "seen".
OPI = """
2015 2.2 definitive 2018-12-12 seen
2016 2.6 definitive 2018-12-12 seen
2017 2.7 definitive 2018-12-12 seen
2018 2.6 definitive 2018-05-03 seen
2019 2.7 definitive 2018-12-12
2020 3.0 definitive 2020-12-16 seen
2021 1.5 definitive 2020-12-16
2022 1.9 definitive 2021-12-10
2023 3.5 preliminary 2022-12-09
2023 4.6 definitive 2023-04-19
"""
VPI = """
2012 1.8 definitive 2016-12-12 seen
2013 2.0 definitive 2016-12-12 seen
2014 2.7 definitive 2016-12-12 seen
2015 2.5 definitive 2016-12-12 seen
2016 2.2 definitive 2016-12-12 seen
"""
PKV = """
2015 2.4 definitive 2017-09-28 seen
2016 2.7 definitive 2017-09-28 seen
2017 2.8 definitive 2017-09-28 seen
"""
KPI_OCTOBER_1980 = """
2008 305.56
2009 301.11 -1.46
2010 305.57 1.48
2011 313.42 2.57
2012 314.59 0.37
2013 314.40 -0.06
2014 314.02 -0.12
2015 314.29 0.09
2016 318.00 1.18
2017 323.38 1.69
2018 330.72 2.27
2019 336.04 1.61
2020 336.97 0.28
2021 346.44 2.81
2022 384.04 10.85
2023 409.07 6.52
2024 415.51 1.57
"""
PBB = """
2019 46500
2020 47300
2022 48300
2023 52500
2024 57300
2025 58800
2026 59200
"""


def typed(text: str) -> list[str]:
    return text.strip().splitlines()


def plain(row: IndexRow) -> str:
    day = f"{row.published}" if row.published else f"{row.seen} seen"
    return f"{row.year} {row.value} {row.status} {day}"


@pytest.mark.parametrize(("name", "figures"), [("OPI", OPI), ("VPI", VPI), ("PKV", PKV)])
def test_the_packaged_changes_are_the_published_ones(name: str, figures: str) -> None:
    assert [plain(row) for row in TABLES[name].rows] == typed(figures)


def test_every_packaged_figure_of_pkv_is_of_one_edition() -> None:
    assert [row.edition for row in changes("PKV").rows] == [date(2017, 9, 28)] * 3
    assert {name: table.editions for name, table in TABLES.items() if isinstance(table, ChangeTable)} == {
        "OPI": False,
        "PKV": True,
        "VPI": False,
    }


def changes(name: str) -> ChangeTable:
    table = TABLES[name]
    assert isinstance(table, ChangeTable)
    return table


def numbers(name: str) -> NumberTable:
    table = TABLES[name]
    assert isinstance(table, NumberTable)
    return table


def test_the_packaged_numbers_of_october_and_what_they_say_of_each_year() -> None:
    rows = numbers("KPI").rows
    found = []
    for row in rows:
        percent = change(row, rows)
        found.append(f"{row.year} {row.value}" + (f" {percent}" if percent is not None else ""))
    assert found == typed(KPI_OCTOBER_1980)
    assert {(row.month, row.reference_year, row.status, row.seen) for row in rows} == {
        ("october", 1980, "definitive", date(2026, 11, 22))
    }


def test_the_packaged_base_amounts() -> None:
    table = numbers("PBB")
    assert [f"{row.year} {row.value}" for row in table.rows] == typed(PBB)
    assert {(row.month, row.reference_year, row.status, row.seen) for row in table.rows} == {
        (None, None, "definitive", date(2026, 11, 22))
    }
    assert not table.monthly


def test_nothing_else_is_packaged() -> None:
    assert list(TABLES) == ["KPI", "OPI", "PBB", "PKV", "VPI"]
    assert [name for name, table in TABLES.items() if isinstance(table, NumberTable) and table.links] == []


def test_every_packaged_figure_has_a_day_and_a_source_that_can_be_looked_up() -> None:
    for table in TABLES.values():
        for row in table.rows:
            assert row.known_since is not None
            assert {*row.source} <= table.sources.keys()
        assert [each.title for each in table.sources.values() if not each.address] == []


# -- what is late ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "day", "missing"),
    [
        ("OPI", "2026-11-22", (2024, 2025, 2026)),  # each published in December of the year before
        ("OPI", "2026-12-31", (2024, 2025, 2026)),  # 2027 may still come in December 2026
        ("OPI", "2027-01-01", (2024, 2025, 2026, 2027)),
        ("OPI", "2023-12-31", ()),
        ("OPI", "2024-01-01", (2024,)),
        ("OPI", "2018-06-01", ()),  # only 2018 was known, from 2018-05-03
        ("OPI", "2018-05-02", ()),  # nothing was
        ("VPI", "2016-12-31", ()),  # published in December of the year itself
        ("VPI", "2018-01-01", (2017,)),
        ("VPI", "2026-11-22", (2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025)),
        ("PKV", "2026-11-22", ()),  # no usual month of publication is known
        ("KPI", "2030-01-01", ()),
        ("PBB", "2030-01-01", ()),
    ],
)
def test_a_year_is_missing_when_its_usual_time_has_passed(name: str, day: str, missing: tuple[int, ...]) -> None:
    assert stale(TABLES[name], date.fromisoformat(day)) == Stale(missing)


def test_a_figure_is_still_preliminary_when_its_year_is_over() -> None:
    rows = tuple(row for row in changes("OPI").rows if (row.year, row.status) != (2023, "definitive"))
    table = changes("OPI").model_copy(update={"rows": rows})
    assert stale(table, date(2023, 12, 31)) == Stale()
    assert stale(table, date(2024, 1, 1)) == Stale((2024,), (2023,))
    assert stale(changes("OPI"), date(2024, 1, 1)) == Stale((2024,))


def test_nothing_is_late_where_no_usual_month_is_known() -> None:
    rows = tuple(row.model_copy(update={"status": "preliminary"}) for row in numbers("KPI").rows)
    assert stale(numbers("KPI").model_copy(update={"rows": rows}), date(2030, 1, 1)) == Stale()


def number(year: int, value: str, **keys: object) -> NumberRow:
    values = {"year": year, "value": Decimal(value), "status": "definitive", "seen": date(2026, 1, 1), "source": ("x",)}
    return NumberRow.model_validate({**values, **keys})


def test_numbers_are_compared_with_those_of_the_same_month_reference_year_and_status() -> None:
    row = number(2026, "110", month="may", reference_year=2020)
    assert change(row, [number(2025, "100", month="may", reference_year=2020)]) == Decimal("10.00")
    assert change(row, [number(2025, "100", month="june", reference_year=2020)]) is None
    assert change(row, [number(2025, "100", month="may", reference_year=1980)]) is None
    assert change(row, [number(2025, "100", month="may", reference_year=2020, status="preliminary")]) is None
    assert change(row, [number(2024, "100", month="may", reference_year=2020)]) is None
    corrected = number(2025, "88", month="may", reference_year=2020, seen=date(2026, 2, 1), corrects="fel")
    # 110 / 88 = 1,25
    assert change(row, [corrected, number(2025, "100", month="may", reference_year=2020)]) == Decimal("25.00")


# -- what a workspace adds ---------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A workspace without agreements; the tests stand in it."""
    (tmp_path / "agreements").mkdir()
    (tmp_path / "indices").mkdir()
    monkeypatch.chdir(tmp_path)
    yield tmp_path


def said(folder: Path) -> list[str]:
    """What is wrong with the workspace's tables: place, code, message, and what was expected."""
    english, found = Language("en"), []
    for placed in surroundings(folder, select([])).findings:
        finding = placed.finding
        expected = [english.say(each.message) for each in finding.labels if each.message]
        help_ = [english.say(finding.help)] if finding.help else []
        message = "; ".join([english.say(finding.message), *expected, *help_])
        found.append(f"{placed.file}:{placed.excerpts[0].span.line} {finding.rule.code} {message}")
    return found


OWN = """
index: AKI-prov
name: Arbetskostnadsindex, prov
publisher: SCB
kind: index_number
monthly: true
rows:
  - {year: 2025, month: may, reference_year: 2008, value: 100.0, status: preliminary, seen: 2025-07-30, source: a}
  - {year: 2025, month: may, reference_year: 2008, value: 101.0, status: definitive, seen: 2026-07-30, source: a}
links:
  - {from: 2008, to: 2025, factor: 0.5, seen: 2026-07-30, source: a}
sources:
  a: {title: Påhittad}
"""


def test_a_table_of_the_workspaces_own(folder: Path) -> None:
    Path("indices/AKI-prov.yaml").write_text(OWN, "utf-8")
    around = surroundings(folder, select([]))
    table = around.tables["AKI-prov"]
    assert isinstance(table, NumberTable)
    assert [(str(row.value), row.status) for row in table.rows] == [("100.0", "preliminary"), ("101.0", "definitive")]
    assert [(link.old, link.new, str(link.factor)) for link in table.links] == [(2008, 2025, "0.5")]
    assert (around.findings, around.tables_sound) == ((), True)
    assert list(packaged_tables()) == list(TABLES)  # what a workspace adds stays there


def test_rows_and_links_for_a_packaged_table(folder: Path) -> None:
    row = (
        "{year: 2025, month: october, reference_year: 2020, value: 1, status: definitive, seen: 2026-02-01, source: a}"
    )
    link = "{from: 1980, to: 2020, factor: 0.25, seen: 2026-02-01, source: a}"
    Path("indices/KPI.yaml").write_text(f"index: KPI\nrows:\n  - {row}\nlinks:\n  - {link}\n", "utf-8")
    table = surroundings(folder, select([])).tables["KPI"]
    assert isinstance(table, NumberTable)
    assert table.rows[:-1] == TABLES["KPI"].rows
    assert (table.rows[-1].year, table.rows[-1].reference_year) == (2025, 2020)
    assert [(link.old, link.new) for link in table.links] == [(1980, 2020)]


def test_a_known_figure_can_be_given_an_earlier_day(folder: Path) -> None:
    """The source of the packaged number is undated; who knows the day of publication can say so."""
    keys = "year: 2024, month: october, reference_year: 1980, status: definitive, source: SCB"
    path = Path("indices/KPI.yaml")
    path.write_text(f"index: KPI\nrows:\n  - {{{keys}, value: 415.51, published: 2024-11-14}}\n", "utf-8")
    assert said(folder) == []
    path.write_text(f"index: KPI\nrows:\n  - {{{keys}, value: 415.52, published: 2024-11-14}}\n", "utf-8")
    message = "there is already a definitive figure for 2024, october, 1980 = 100: 415.51 (K12)"
    help_ = "keep one of them; if the publisher has corrected the figure, say why with corrects"
    assert said(folder) == [f"indices/KPI.yaml:3 REG002 {message}; {help_}"]


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        (
            "XPI",
            "index: XPI\nrows: []\n",
            "1 FRM010 index: found XPI; expected one of KPI, OPI, PBB, PKV, VPI; "
            "a table of your own also needs kind, name and publisher",
        ),
        (
            "omsorg",
            "index: OPI\nrows: []\n",
            "1 FRM010 index: found OPI; expected omsorg; the file and the index have the same name",
        ),
        (
            "OPI",
            "index: OPI\nkind: yearly_change\nname: O\npublisher: P\nrows: []\n",
            "2 FRM010 there is already a table OPI; "
            "for rows in it, write only index and rows; or give your own table another name",
        ),
        (
            "AKI",
            "index: AKI\nkind: monthly\nname: A\npublisher: P\n",
            "2 FRM010 kind: found “monthly”; expected one of yearly_change, index_number",
        ),
        ("AKI", "index: AKI\nkind: index_number\nname: A\n", "1 FRM009 the key publisher is missing"),
        ("AKI", "rows: []\n", "1 FRM009 the key index is missing"),
        ("AKI", "- 1\n", "1 FRM010 the file holds a list, not an agreement; "
         "expected keys with values, on indented lines of their own"),
        (
            "OPI",
            "index: OPI\nrows:\n- {year: 2024, month: may, value: 1, status: definitive, seen: 2024-01-01, source: y}",
            "3 FRM008 the format has no key month here; "
            "keys that can stand here: year, edition, value, status, corrects, published, seen, source",
        ),
        (
            "OPI",
            "index: OPI\nrows:\n  - {year: 2024, value: 1, status: definitive, source: x}\n",
            "3 FRM009 the key published is missing; write for example: published: 2022-12-09",
        ),
        (
            "KPI",
            "index: KPI\nlinks:\n  - {from: 1980, to: 2020, factor: 1, source: x}\n",
            "3 FRM009 the key published is missing; write for example: published: 2022-12-09",
        ),
        (
            "OPI",
            "index: OPI\nrows:\n  - {year: 2024, value: 1, status: definitive, seen: 2024-01-01, source: []}\n",
            "3 FRM010 source: found a list; expected at least one",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file(folder: Path, file: str, text: str, expected: str) -> None:
    Path(f"indices/{file}.yaml").write_text(text, "utf-8")
    assert said(folder) == [f"indices/{file}.yaml:{expected}"]


def test_a_thousand_rows_twice_are_a_hundred_findings_and_how_many_more(folder: Path) -> None:
    row = "  - {year: 2021, value: 9.9, status: definitive, published: 2024-01-01, source: x}\n"
    Path("indices/OPI.yaml").write_text("index: OPI\nrows:\n" + row * 1000, "utf-8")
    found = said(folder)
    assert len(found) == 101
    assert found[100] == "indices/OPI.yaml:103 REG002 and 900 more of the same kind"


# -- the command -------------------------------------------------------------------------------------------------------

LIST = """\
Index  Kind          Years      Own  What it is
KPI    index number  2008–2024    0  Konsumentprisindex, fastställda tal
                                     Statistiska centralbyrån (SCB)
OPI    change in %   2015–2024    1  Omsorgsprisindex
                                     Sveriges Kommuner och Regioner (SKR)
                                     missing: 2025, 2026
                                     still preliminary: 2024
PBB    index number  2019–2026    0  Prisbasbelopp, kronor
                                     Statistiska centralbyrån (SCB)
PKV    change in %   2015–2017    0  Prisindex för kommunal verksamhet
                                     Sveriges Kommuner och Regioner (SKR)
VPI    change in %   2012–2016    0  Vårdprisindex
                                     Sveriges Kommuner och Regioner (SKR)
                                     missing: 2017, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025

with the figures known on 2026-11-22; own: added by the workspace
"""


def test_the_list_of_tables(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = "{year: 2024, value: 3.1, status: preliminary, published: 2023-12-15, source: prov}"
    Path("indices/OPI.yaml").write_text(f"index: OPI\nrows:\n  - {row}\n", "utf-8")
    assert run(["index", "list", "--as-of", "2026-11-22"]) == 0
    assert capsys.readouterr().out == LIST


def test_the_list_as_of_a_day_and_for_other_programs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["index", "list", "--as-of", "2018-06-01", "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["format"], printed["as_of"]) == (1, "2018-06-01")
    assert printed["indices"][1] == {
        "index": "OPI",
        "name": "Omsorgsprisindex",
        "publisher": "Sveriges Kommuner och Regioner (SKR)",
        "kind": "yearly_change",
        "first_year": 2018,
        "last_year": 2018,
        "rows": 1,
        "own_rows": 0,
        "missing": [],
        "preliminary": [],
    }
    assert (printed["indices"][0]["first_year"], printed["indices"][0]["rows"]) == (None, 0)  # KPI
    assert run(["index", "list", "--as-of", "2026-11-22", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["index"] for row in rows] == list(TABLES)
    assert (rows[1]["missing"], rows[1]["preliminary"]) == ("2024 2025 2026", "")


SHOWN = """\
KPI: Konsumentprisindex, fastställda tal, Statistiska centralbyrån (SCB)
Year  Month    Ref. year  Number  Reckoned  Status      Published     Source
2008  October  1980       305.56            definitive  (2026-11-22)  K1
2009  October  1980       301.11    -1.46%  definitive  (2026-11-22)  K1
2010  October  1980       305.57     1.48%  definitive  (2026-11-22)  K1
2011  October  1980       313.42     2.57%  definitive  (2026-11-22)  K1
2012  October  1980       314.59     0.37%  definitive  (2026-11-22)  K1
2013  October  1980       314.40    -0.06%  definitive  (2026-11-22)  K1
2014  October  1980       314.02    -0.12%  definitive  (2026-11-22)  K1
2015  October  1980       314.29     0.09%  definitive  (2026-11-22)  K1
2016  October  1980       318.00     1.18%  definitive  (2026-11-22)  K1
2017  October  1980       323.38     1.69%  definitive  (2026-11-22)  K1
2018  October  1980       330.72     2.27%  definitive  (2026-11-22)  K1
2019  October  1980       336.04     1.61%  definitive  (2026-11-22)  K1
2020  October  1980       336.97     0.28%  definitive  (2026-11-22)  K1
2021  October  1980       346.44     2.81%  definitive  (2026-11-22)  K1
2022  October  1980       384.04    10.85%  definitive  (2026-11-22)  K1
2023  October  1980       409.07     6.52%  definitive  (2026-11-22)  K1
2024  October  1980       415.51     1.57%  definitive  (2026-11-22)  K12

(day): the day of publication is not known; public on that day at the latest
reckoned: by iopctl, the change from the number of the year before
with the figures known on 2026-11-22

K1: SCB, KPI, fastställda tal (1980=100), odaterad, läst 2026-11-22
    https://www.scb.se/hitta-statistik/statistik-efter-amne/priser-och-konsumtion/konsumentprisindex/\
konsumentprisindex-kpi/pong/tabell-och-diagram/konsumentprisindex-kpi/kpi-faststallda-tal-1980100/?menu=open
K12: Björn Lundén, Konsumentprisindex (KPI), aktuella och historiska, odaterad, läst 2026-11-22
    https://bjornlunden.com/se/bjornkoll/blogg/konsumentprisindex-kpi-aktuella-och-historiska/
"""

SHOWN_AS_OF = """\
OPI: Omsorgsprisindex, Sveriges Kommuner och Regioner (SKR)
Year  Change  Status      Published     Source
2018    2.6%  definitive  (2018-05-03)  S5, S2, S4

(day): the day of publication is not known; public on that day at the latest
with the figures known on 2018-06-01; 9 became known later

S2: SKL cirkulär 18:63, 2018-12-12
    https://skr.se/skr/tjanster/cirkular/cirkular/2018/omsorgsprisindexopi.25938.html
S4: SKR, Omsorgsprisindex (OPI) för 2021, 2020-12-16
    https://skr.se/tjanster/merfranskr/cirkular/cirkular/2020/omsorgsprisindexopifor2021.35784.html
S5: Linköpings kommun, OPI 2018, 2018-05-03
    http://www.linkoping.se/utforarwebben/vard-stod-och-omsorg/aktuellt/opi-2018/
"""

SHOWN_EDITIONS = """\
PKV: Prisindex för kommunal verksamhet, Sveriges Kommuner och Regioner (SKR)
Year  Edition     Change  Status      Published     Source
2015  2017-09-28    2.4%  definitive  (2017-09-28)  T7
2016  2017-09-28    2.7%  definitive  (2017-09-28)  T7
2017  2017-09-28    2.8%  definitive  (2017-09-28)  T7

(day): the day of publication is not known; public on that day at the latest
with the figures known on 2026-11-22

T7: SKL, Prisindex SKL, 2017-09-28
    https://skl.se/samhallsplaneringinfrastruktur/miljohalsa/taxamiljo/stallenfraga/fragor/prisindexskl.13754.html
"""

SHOWN_OWN = """\
AKI-prov: Arbetskostnadsindex, prov, SCB
Year  Month  Ref. year  Number  Reckoned  Status       Published   Source
2024  May    2008         80.0            definitive   2025-07-30  a, SCB 2025
2025  May    2008        100.0            preliminary  2025-07-30  a
2025  May    2008        101.0    26.25%  definitive   2026-07-30  a
2025  May    2008        102.0    27.50%  definitive   2026-09-01  a

a number with 2008 = 100, times 0.5, is one with 2025 = 100 (a)

2025: the figure known since 2026-09-01 corrects an earlier one: fel i tabellen
reckoned: by iopctl, the change from the number of the year before
with the figures known on 2026-11-22; 1 became known later

a: Påhittad
"""

OWN_ROWS = """
index: AKI-prov
name: Arbetskostnadsindex, prov
publisher: SCB
kind: index_number
monthly: true
rows:
  - {year: 2025, month: may, reference_year: 2008, value: 101.0, status: definitive, published: 2026-07-30, source: a}
  - {year: 2025, month: may, reference_year: 2008, value: 100.0, status: preliminary, published: 2025-07-30, source: a}
  - year: 2025
    month: may
    reference_year: 2008
    value: 102.0
    status: definitive
    published: 2026-09-01
    source: a
    corrects: fel i tabellen
  - {year: 2024, month: may, reference_year: 2008, value: 80.0, status: definitive, published: 2025-07-30,
     source: [a, SCB 2025]}
  - {year: 2026, month: may, reference_year: 2008, value: 99.0, status: preliminary, published: 2026-12-01, source: a}
links:
  - {from: 2008, to: 2025, factor: 0.5, published: 2026-07-30, source: a}
sources:
  a: {title: Påhittad}
"""  # 101 / 80 = 1,2625 and 102 / 80 = 1,275


@pytest.mark.parametrize(
    ("arguments", "screen"),
    [
        (("KPI", "--as-of", "2026-11-22"), SHOWN),
        (("OPI", "--as-of", "2018-06-01"), SHOWN_AS_OF),
        (("PKV", "--as-of", "2026-11-22"), SHOWN_EDITIONS),
        (("AKI-prov", "--as-of", "2026-11-22"), SHOWN_OWN),
    ],
)
def test_a_table_is_shown(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], screen: str
) -> None:
    Path("indices/AKI-prov.yaml").write_text(OWN_ROWS, "utf-8")
    assert run(["index", "show", *arguments]) == 0
    assert capsys.readouterr().out == screen


def test_a_table_for_other_programs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["index", "show", "KPI", "--as-of", "2026-11-22", "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    rows = printed.pop("rows")
    assert printed == {
        "format": 1,
        "index": "KPI",
        "name": "Konsumentprisindex, fastställda tal",
        "publisher": "Statistiska centralbyrån (SCB)",
        "kind": "index_number",
        "as_of": "2026-11-22",
    }
    assert rows[16] == {
        "year": 2024,
        "month": "october",
        "reference_year": 1980,
        "edition": None,
        "value": "415.51",
        "reckoned_change": "1.57",
        "status": "definitive",
        "published": None,
        "seen": "2026-11-22",
        "source": ["K12"],
        "corrects": None,
    }
    assert run(["index", "show", "OPI", "--as-of", "2023-04-18", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "2022,,,,1.9,,definitive,2021-12-10,,S9; S8,",
        "2023,,,,3.5,,preliminary,2022-12-09,,S11; S10,",
    ]


# -- adding a figure ---------------------------------------------------------------------------------------------------

DEFINITIVE = ("--status", "definitive", "--published", "2026-01-10", "--source", "prov")


@pytest.mark.parametrize(
    ("arguments", "row", "word"),
    [
        (("OPI", "2024", "3,10"), "{year: 2024, value: 3.10, KNOWN}", "3.10%"),
        (("OPI", "2024", "3.0"), "{year: 2024, value: 3.0, KNOWN}", "3.0%"),
        (("OPI", "2024", "3"), "{year: 2024, value: 3, KNOWN}", "3%"),
        (
            ("KPI", "2025", "416,70", "--month", "october", "--reference-year", "1980"),
            "year: 2025\n    month: october\n    reference_year: 1980\n    value: 416.70\n    LONG",
            "416.70",
        ),
        (("PBB", "2027", "60000"), "{year: 2027, value: 60000, KNOWN}", "60,000"),
        (
            ("PKV", "2027", "2.1", "--edition", "2026-10"),
            'year: 2027\n    edition: "2026-10"\n    value: 2.1\n    LONG',
            "2.1%",
        ),
        (
            ("OPI", "2022", "2.0", "--correct", 'SKR har "rättat" värdet'),
            'year: 2022\n    value: 2.0\n    LONG\n    corrects: SKR har "rättat" värdet',
            "2.0%",
        ),
    ],
)
def test_a_figure_is_added(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], row: str, word: str
) -> None:
    name, year = arguments[:2]
    path = Path(f"indices/{name}.yaml")
    known = "status: definitive, published: 2026-01-10, source: prov"
    row = row.replace("KNOWN", known).replace("LONG", known.replace(", ", "\n    "))
    text = f"index: {name}\nrows:\n  - {row}\n"
    added = "".join(f"+{line}\n" for line in text.splitlines())
    assert run(["index", "add", *arguments, *DEFINITIVE, "--dry-run"]) == 0
    assert capsys.readouterr().out == (
        f"--- indices/{name}.yaml\n+++ indices/{name}.yaml\n@@ -0,0 +1,{text.count(chr(10))} @@\n{added}"
    )
    assert not path.exists()
    assert run(["index", "add", *arguments, *DEFINITIVE]) == 0
    assert capsys.readouterr().out == f"{name} {year}: {word} added to indices/{name}.yaml\n"
    assert path.read_text("utf-8") == text
    assert said(folder) == []


def test_a_negative_change_stands_last(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["index", "add", *DEFINITIVE, "--", "OPI", "2024", "-0,3"]) == 0
    assert "value: -0.3," in Path("indices/OPI.yaml").read_text("utf-8")


def test_the_rest_of_the_file_stays_byte_for_byte(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A byte order mark, Windows line endings, comments, a table of one's own with keys after its rows."""
    path = Path("indices/AKI-prov.yaml")
    before = b"\xef\xbb\xbf# prov\r\n" + OWN.strip().replace("\n", "\r\n").encode()
    path.write_bytes(before)
    keys = ("--month", "may", "--reference-year", "2008", "--status", "preliminary", "--seen", "2026-07-30")
    assert run(["index", "add", "AKI-prov", "2026", "102.5", *keys, "--source", "a"]) == 0
    row = b"{year: 2026, month: may, reference_year: 2008, value: 102.5, status: preliminary, seen: 2026-07-30"
    assert path.read_bytes() == before.replace(b"\r\nlinks:", b"\r\n  - " + row + b", source: a}\r\nlinks:")
    assert said(folder) == []


ALREADY = "If the publisher has corrected the figure, give the reason with --correct"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("OPI", "2021", "1.6", *DEFINITIVE),
            f"OPI: there is already a definitive figure for 2021: 1.5 % (S4); nothing was added. {ALREADY}",
        ),
        (
            ("OPI", "2023", "3.5", "--status", "preliminary", "--seen", "2023-01-01", "--source", "x"),
            f"OPI: there is already a preliminary figure for 2023: 3.5 % (S11, S10); nothing was added. {ALREADY}",
        ),
        (
            ("OPI", "2021", "1.6", "--status", "definitive", "--published", "2020-12-16", "--source", "x",
             "--correct", "fel"),
            "OPI: the figure that this one corrects has been known only since 2020-12-16; nothing was added",
        ),
        (
            ("OPI", "2024", "1.6", *DEFINITIVE, "--correct", "fel"),
            "OPI: there is no definitive figure for 2024 that this one could correct; nothing was added",
        ),
        (
            ("OPI", "2021", "1.6", *DEFINITIVE, "--correct", ""),
            "OPI: corrects: found “”; expected text; nothing was added",
        ),
        (
            ("KPI", "2024", "415.52", *DEFINITIVE, "--month", "october", "--reference-year", "1980"),
            "KPI: there is already a definitive figure for 2024, october, 1980 = 100: 415.51 (K12); "
            f"nothing was added. {ALREADY}",
        ),
        (
            ("KPI", "2025", "415.52", *DEFINITIVE),
            "KPI: the figures of this index are told apart by month, which is missing; nothing was added",
        ),
        (
            ("KPI", "2025", "415.52", *DEFINITIVE, "--month", "october"),
            "KPI: the figures of this index are told apart by reference_year, which is missing; nothing was added",
        ),
        (
            ("KPI", "2025", "415.52", *DEFINITIVE, "--month", "oktober"),
            "--month: found oktober, expected one of: january, february, march, april, may, june, july, august, "
            "september, october, november, december",
        ),
        (
            ("PKV", "2018", "2.0", *DEFINITIVE),
            "PKV: the figures of this index are told apart by edition, which is missing; nothing was added",
        ),
        (
            ("PKV", "2018", "2.0", *DEFINITIVE, "--edition", "oktober 2017"),
            "--edition: found oktober 2017, expected YYYY, YYYY-MM or YYYY-MM-DD",
        ),
        (
            ("PKV", "2018", "2.0", *DEFINITIVE, "--edition", "2017-02-30"),
            "PKV: edition: the day 2017-02-30 does not exist; expected a date (YYYY-MM-DD), a month (YYYY-MM) or a "
            "year (YYYY); nothing was added",
        ),
        (
            ("OPI", "2024", "2.0", *DEFINITIVE, "--edition", "2023-10"),
            "OPI: the figures of this index have no edition; nothing was added",
        ),
        (
            ("OPI", "2024", "2.0", *DEFINITIVE, "--month", "may"),
            "OPI: the format has no key month here; nothing was added",
        ),
        (
            ("PBB", "2027", "60000", *DEFINITIVE, "--reference-year", "1980"),
            "PBB: the figures of this index have no reference_year; nothing was added",
        ),
        (("PBB", "2027", "60 000", *DEFINITIVE), "VALUE: found 60 000, expected a number such as 415.51"),
        (("PBB", "2027", "0", *DEFINITIVE), "PBB: value: found “0”; expected more than 0; nothing was added"),
        (("OPI", "2024", "2,,1", *DEFINITIVE), "VALUE: found 2,,1, expected a percentage such as 2.7"),
        (("OPI", "24", "2.1", *DEFINITIVE), "YEAR: found 24, expected a year: YYYY"),
        (
            ("OPI", "2024", "2.1", "--status", "definitive", "--source", "x"),
            "give --published DATE, or --seen DATE where the day of publication is not known",
        ),
        (
            ("OPI", "2024", "2.1", *DEFINITIVE, "--seen", "2026-01-10"),
            "give --published DATE, or --seen DATE where the day of publication is not known",
        ),
        (("XPI", "2024", "2.1", *DEFINITIVE), "there is no index XPI; choose among: KPI, OPI, PBB, PKV, VPI"),
    ],
)  # fmt: skip
def test_a_figure_that_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    assert run(["index", "add", *arguments]) == 2
    assert capsys.readouterr() == ("", f"iopctl: {says}\n")
    assert list(Path("indices").iterdir()) == []


def test_a_table_that_was_laid_out_by_hand_is_not_broken(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path("indices/OPI.yaml")
    text = "rows: [ # prov\n  ]\nindex: OPI\n"
    path.write_text(text, "utf-8")
    assert run(["index", "add", "OPI", "2024", "3.1", *DEFINITIVE]) == 2
    row = "{year: 2024, value: 3.1, status: definitive, published: 2026-01-10, source: prov}"
    message = f"indices/OPI.yaml is not laid out as a list of rows; add this one there by hand: {row}"
    assert capsys.readouterr().err == f"iopctl: {message}\n"
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize("command", [("list",), ("show", "OPI"), ("add", "OPI", "2024", "3.1", *DEFINITIVE)])
def test_a_broken_table_is_to_be_mended_first(
    folder: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    Path("indices/OPI.yaml").write_text("index: OPI\nrow: []\n", "utf-8")
    assert run(["index", *command]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("error[FRM009]: the key rows is missing\n")
    assert printed.err.endswith("iopctl: mend the error above first\n")


def test_the_packaged_files_are_whole_tables_and_a_workspace_file_is_not() -> None:
    table, wrong = whole_table(Source("x", "index: OPI\nrows: []\n").values)
    assert table is None
    english = Language("en")
    assert [english.say(each.message) for each in wrong] == [
        f"the key {key} is missing" for key in ("name", "publisher", "kind")
    ]


def test_a_row_knows_what_it_is_of() -> None:
    values = {"year": 2016, "value": Decimal("2.7"), "status": "definitive", "source": "x", "edition": "2017-10"}
    row = ChangeRow.model_validate(values)
    assert (row.what[0], str(row.what[1])) == (2016, "2017-10")
    assert row.known_since is None
    assert not row.known_on(date(2199, 12, 31))
    assert number(2025, "1", month="may", reference_year=2020).what == (2025, "may", 2020)
