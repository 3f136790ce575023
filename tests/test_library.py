"""The library: its results are those of the commands, typed; its errors; and docs/library.md, run as written."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import iopctl
from iopctl import (
    DocumentError,
    Finding,
    IopctlError,
    NoAgreementError,
    NoWorkspaceError,
    Payment,
    UnsoundError,
    check,
    deadlines,
    load,
    payments,
    render,
    sound,
)
from tests.agreements import SHIPPED
from tests.terminal import environment
from tests.terminal import iopctl as command

PAGE = SHIPPED / "docs" / "library.md"
EXAMPLE = re.compile(r"```python\n(?P<code>.*?)```\n\nprints\n\n```text\n(?P<output>.*?)```", re.DOTALL)
EXAMPLES = EXAMPLE.findall(PAGE.read_text("utf-8"))

RESURSPOOLEN = "linkoping-resurspoolen-2020"
DAYS = [date(2021, 11, 3), date(2023, 6, 1), date(2026, 11, 22)]

LEAST = """
format: 1
title: IOP Exempel
parties:
  kommunen: {name: Exempelkommun, kind: municipality}
  foreningen: {name: Föreningen Exempel, kind: association}
"""
MONEY = """
period: {start: 2024-01-01, end: 2025-12-31}
decisions: [{kind: adopted, body: Nämnden, date: 2023-11-28}]
contributions:
  - id: ersattning
    from: kommunen
    to: foreningen
    kind: cash
    amount: 100000
    per: year
    indexation: {percent: 2.5, first: 2025-01-01}
    payment: {times_per_year: 1, in: january}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a sound agreement and a broken one, which the test stands in."""
    (tmp_path / "agreements").mkdir()
    (tmp_path / "agreements" / "sund.yaml").write_text(LEAST + MONEY, "utf-8")
    broken = LEAST + "period: {start: 2028-01-01, end: 2026-12-31}\n"
    (tmp_path / "agreements" / "trasig.yaml").write_text(broken, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(*arguments: str, cwd: Path = SHIPPED) -> Any:
    done = command(*arguments, "--format", "json", cwd=cwd)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    match value:
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case tuple():
            return [plain(each) for each in value]
        case _:
            return value


def as_json(result: Any, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    names = [field.name for field in dataclasses.fields(result) if field.name not in without]
    return {name: plain(getattr(result, name)) for name in names}


# -- the same as the commands ------------------------------------------------------------------------------------------


def test_a_payment_reckoned_by_hand(folder: Path) -> None:
    """100 000 kr, and 100 000 × 1,025 = 102 500 kr from 2025; in January, whose last open day in 2025 is Friday 31."""
    found = payments(load("."), "sund", date(2025, 1, 2), year=2025)
    working = found[0].working
    assert found == (
        Payment(
            agreement="sund",
            contribution="ersattning",
            kind="instalment",
            year=2025,
            start=date(2025, 1, 1),
            end=date(2025, 12, 31),
            number=1,
            of=1,
            agreed_day=None,
            due=date(2025, 1, 31),
            payers=("kommunen",),
            receiver="foreningen",
            amount=Decimal(102500),
            status="definitive",
            conditions=(),
            reason=None,
            paid=None,
            paid_on=None,
            difference=None,
            cause=None,
            place="agreements/sund.yaml:11:5",
            working=working,
        ),
    )
    assert working is not None
    assert [(step.year, step.applied) for step in working.steps] == [(2025, Decimal("2.5"))]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_payments_are_those_of_pay(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SHIPPED)
    workspace = load(SHIPPED)
    rows = told("pay", "--as-of", str(day))["payments"]
    mine = [
        as_json(each, without=("working", "conditions"))
        for id_ in workspace.agreements
        for each in payments(workspace, id_, day)
    ]
    assert mine == [{name: row[name] for name in mine[0]} for row in rows]
    assert len(rows) > 5
    workings = [each.working for id_ in workspace.agreements for each in payments(workspace, id_, day)]
    assert [each and plain(each.unrounded) for each in workings] == [
        row["working"] and row["working"]["unrounded"] for row in rows
    ]


def test_payments_with_a_scenario_and_an_assumption_are_those_of_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SHIPPED)
    assumed = {("OPI", 2024): Decimal("9.5")}
    mine = payments(load("."), RESURSPOOLEN, DAYS[1], year=2025, assume=assumed, scenario="high")
    asked = ("--year", "2025", "--assume", "OPI:2024=9.5", "--scenario", "high", "--as-of", str(DAYS[1]))
    rows = told("pay", RESURSPOOLEN, *asked)["payments"]
    assert [(plain(each.amount), each.status) for each in mine] == [(row["amount"], row["status"]) for row in rows]
    assert [each.status for each in mine] == ["forecast"]


BEFORE = date(2019, 12, 2)
"""A month before one agreement takes over from another."""


@pytest.mark.parametrize("day", [BEFORE, *DAYS], ids=str)
def test_deadlines_are_those_of_due(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SHIPPED)
    mine = [as_json(each) for each in deadlines(load("."), day, until=date(2030, 1, 1))]
    rows = told("due", "--as-of", str(day), "--until", "2030-01-01")["deadlines"]
    assert mine == [{name: row[name] for name in mine[0]} for row in rows]
    assert ("successor" in {row["kind"] for row in rows}) == (day == BEFORE)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_findings_are_those_of_check(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SHIPPED)
    mine = [as_json(each, without=("line", "column", "text")) for each in check(load("."), day)]
    rows = told("check", "--as-of", str(day), "--no-cache")["findings"]
    assert mine == [{name: row[name] for name in mine[0]} for row in rows]
    lines = command("check", "--as-of", str(day), "--no-cache", "--format", "concise", cwd=SHIPPED).stdout.splitlines()
    assert [str(each) for each in check(load("."), day)] == lines[:-1]


def test_one_file_is_checked_as_check_does(folder: Path) -> None:
    path = Path("agreements") / "trasig.yaml"
    mine = [as_json(each, without=("line", "column", "text")) for each in check(load(path), DAYS[0])]
    rows = told("check", str(path), "--as-of", str(DAYS[0]), cwd=folder)["findings"]
    assert mine == [{name: row[name] for name in mine[0]} for row in rows]


@pytest.mark.parametrize("format_", ["md", "html", "docx"])
def test_a_document_is_the_one_that_render_writes(format_: Any, tmp_path: Path) -> None:
    kind, day = "tjansteskrivelse-forlangning", DAYS[0]
    path = tmp_path / f"skrivelse.{format_}"
    done = command("render", RESURSPOOLEN, kind, "--as-of", str(day), "-o", str(path), cwd=SHIPPED)
    draft = render(load(SHIPPED), RESURSPOOLEN, kind, format_, as_of=day)
    assert draft.data == path.read_bytes()
    assert draft.missing == tuple(re.findall(r"\[ATT FYLLA I: (.*)\]", done.stderr))
    assert draft.left_out == ()


def test_texts_are_in_the_language_that_was_asked_for(folder: Path) -> None:
    found = check(load(folder, language="sv"), DAYS[0])
    assert [str(each) for each in found if each.severity == "error"] == [
        "agreements/trasig.yaml:7:34: fel[PER002]: perioden slutar innan den börjar"
    ]


# -- a value -----------------------------------------------------------------------------------------------------------


def test_nothing_is_printed_and_nothing_changes(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    workspace = load(folder)
    check(workspace, DAYS[2])
    assert sound(workspace, DAYS[2]) == ("sund",)
    assert capfd.readouterr() == ("", "")
    assert repr(workspace) == f"Workspace(root={folder!r}, language='en')"
    with pytest.raises(dataclasses.FrozenInstanceError):
        workspace.language = "sv"  # type: ignore[misc]
    with pytest.raises(TypeError):
        workspace.agreements["x"] = workspace.agreements["sund"]  # type: ignore[index]


def test_a_subfolder_a_file_and_a_loose_folder(folder: Path) -> None:
    (folder / "annat").mkdir()
    assert list(load(folder / "annat").agreements) == ["sund", "trasig"]
    assert list(load(str(folder / "agreements" / "sund.yaml")).agreements) == ["sund"]
    loose = folder.parent / "loose"
    loose.mkdir()
    (loose / "a.yaml").write_text(LEAST, "utf-8")
    workspace = load(loose)
    assert (workspace.root, list(workspace.agreements)) == (None, ["a"])
    assert len(payments(workspace, "a", DAYS[0])) == 0


def test_a_broken_file_is_a_finding(folder: Path) -> None:
    (folder / "agreements" / "sund.yaml").write_text("format: [1\n", "utf-8")
    workspace = load(folder)
    assert list(workspace.agreements) == ["trasig"]
    assert [each.file for each in workspace.findings] == ["agreements/sund.yaml"]
    assert workspace.findings[0] in check(workspace, DAYS[0])


# -- errors ------------------------------------------------------------------------------------------------------------


def test_a_path_without_agreements(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "saknas")
    with pytest.raises(NoWorkspaceError, match=r"^there is no folder agreements/ in .* or above it$"):
        load(tmp_path)
    (tmp_path / "brev.docx").write_bytes(b"PK")
    with pytest.raises(NoWorkspaceError, match=r"is no agreement: name a folder, or a file that ends in \.yaml$"):
        load(tmp_path / "brev.docx")


def test_numbers_from_broken_data_are_refused(folder: Path) -> None:
    workspace = load(folder)
    first: list[Finding] = []
    for ask in (
        lambda: payments(workspace, "trasig", DAYS[2]),
        lambda: deadlines(workspace, DAYS[2]),
        lambda: render(workspace, "trasig", "overenskommelse", as_of=DAYS[2]),
    ):
        with pytest.raises(UnsoundError) as caught:
            ask()
        assert [each.code for each in caught.value.findings] == ["PER002"]
        assert str(caught.value) == (
            "there are errors to mend first: 1. The first one: agreements/trasig.yaml:7:34: error[PER002]: "
            "the period ends before it begins"
        )
        first += caught.value.findings[:1]
    assert {each.route for each in first} == {"period.end"}
    assert [each.agreement for each in deadlines(workspace, date(2025, 1, 2), ids=["sund"])] != []


def test_a_file_that_could_not_be_read_stops_the_list_of_everything(folder: Path) -> None:
    (folder / "agreements" / "trasig.yaml").write_text("format: [1\n", "utf-8")
    workspace = load(folder)
    assert sound(workspace, DAYS[2]) == ("sund",)
    with pytest.raises(UnsoundError, match="FRM"):
        deadlines(workspace, DAYS[2])
    assert deadlines(workspace, date(2025, 1, 2), ids=sound(workspace, DAYS[2])) != ()


def test_broken_settings_stop_everything_and_a_broken_table_what_needs_it(folder: Path) -> None:
    (folder / "indices").mkdir()
    (folder / "indices" / "OPI.yaml").write_text("index: OPI\nrows: [{year: 2024}]\n", "utf-8")
    with pytest.raises(UnsoundError) as caught:
        payments(load(folder), "sund", DAYS[2])
    assert {each.file for each in caught.value.findings} == {"indices/OPI.yaml"}
    (folder / "indices" / "OPI.yaml").unlink()
    (folder / "iopctl.yaml").write_text("nam: Exempel\n", "utf-8")
    workspace = load(folder)
    assert sound(workspace, DAYS[2]) == ()
    with pytest.raises(UnsoundError) as caught:
        payments(workspace, "sund", DAYS[2])
    assert {each.file for each in caught.value.findings} == {"iopctl.yaml"}


def test_what_cannot_be_asked(folder: Path) -> None:
    workspace = load(folder)
    with pytest.raises(NoAgreementError, match=r"^there is no agreement sunt in the workspace$"):
        payments(workspace, "sunt", DAYS[2])
    with pytest.raises(DocumentError, match=r"^there is no kind brev; choose among: delrapport, "):
        render(workspace, "sund", "brev", as_of=DAYS[2])
    with pytest.raises(ValueError, match=r"^format: found 'odt', expected one of: md, html, docx, pdf$"):
        render(workspace, "sund", "overenskommelse", "odt", as_of=DAYS[2])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^language: found 'fi', expected one of: "):
        load(folder, language="fi")  # type: ignore[arg-type]
    with pytest.raises(
        TypeError, match=r"^as_of: found datetime\.datetime\(2026, 1, 1, 0, 0\), expected a datetime\.date$"
    ):
        check(workspace, datetime(2026, 1, 1))
    with pytest.raises(ValueError, match=r"^until: found 3000-01-01, expected a day from 1900 to 2199$"):
        deadlines(workspace, DAYS[0], until=date(3000, 1, 1), ids=["sund"])
    with pytest.raises(ValueError, match=r"^year: found 1, expected 1900 to 2199$"):
        payments(workspace, "sund", DAYS[0], year=1)
    with pytest.raises(ValueError, match=r"^assume: there is no index XPI; choose among: KPI, OPI, PBB, PKV, VPI$"):
        payments(workspace, "sund", DAYS[0], assume={("XPI", None): Decimal(2)})
    with pytest.raises(ValueError, match=r"^assume: OPI 2021 is published; it cannot be assumed$"):
        payments(workspace, "sund", DAYS[0], assume={("OPI", 2021): Decimal(2)})
    with pytest.raises(ValueError, match=r"^assume: found 2\.5 for"):
        payments(workspace, "sund", DAYS[0], assume={("OPI", None): 2.5})  # type: ignore[dict-item]


def test_every_error_of_the_library_is_one_kind() -> None:
    errors = [each for each in vars_of(iopctl) if isinstance(each, type) and issubclass(each, Exception)]
    assert len(errors) == 5
    assert all(issubclass(each, IopctlError) for each in errors)


def vars_of(module: Any) -> list[Any]:
    return [getattr(module, name) for name in module.__all__]


# -- names, and the page -----------------------------------------------------------------------------------------------


def test_the_names_are_functions_and_classes_whatever_was_imported_before() -> None:
    """`load` and `render` are also parts of the program; importing those must not take the functions' places."""
    code = (
        "import iopctl.render.table, iopctl.load, iopctl\n"
        "from iopctl import *\n"
        "from iopctl.render.table import table\n"
        "from iopctl.load import Loaded\n"
        "print(sorted(type(each).__name__ for each in (load, check, payments, deadlines, render, sound)))\n"
        "print(iopctl.render is render, iopctl.load is load, set(iopctl.__all__) <= set(dir(iopctl)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=SHIPPED, capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout, done.stderr) == (f"{['function'] * 6}\nTrue True True\n", "")


def test_the_commands_start_without_the_library() -> None:
    code = (
        "import sys, iopctl\nfrom iopctl.cli.app import run\nrun(['--help'])\nprint('iopctl.library' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=SHIPPED, capture_output=True, encoding="utf-8", check=False)
    assert done.stdout.splitlines()[-1] == "False"


def test_the_page_names_every_public_name() -> None:
    named = set(re.findall(r"`(\w+)", PAGE.read_text("utf-8")))
    assert set(iopctl.__all__) - named == set()


def test_every_public_name_has_a_docstring() -> None:
    parts = [getattr(iopctl, name) for name in iopctl.__all__ if name != "__version__"]
    assert [each.__name__ for each in parts if not each.__doc__] == []


def test_the_page_has_two_examples() -> None:
    assert len(EXAMPLES) == 2


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_an_example_prints_what_the_page_says(number: int, request: pytest.FixtureRequest) -> None:
    code, output = EXAMPLES[number]
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=SHIPPED,
        env=environment(PYTHONPATH=str(SHIPPED), PATH=os.environ["PATH"]),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    if request.config.getoption("--write-screens"):
        text = PAGE.read_text("utf-8")
        PAGE.write_text(
            text.replace(f"{code}```\n\nprints\n\n```text\n{output}", f"{code}```\n\nprints\n\n```text\n{done.stdout}"),
            "utf-8",
        )
        output = done.stdout
    assert done.stdout == output
