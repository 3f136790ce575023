"""The commands as a person meets them: output, exit codes, errors, files."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.agreements import SHIPPED
from tests.terminal import environment, iopctl, on_a_terminal

LINKOPING = "linkoping-resurspoolen-2020"
MEMO = "tjansteskrivelse-forlangning"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the shipped agreements that may be changed."""
    shutil.copytree(SHIPPED / "agreements", tmp_path / "agreements")
    return tmp_path


def test_the_shipped_agreements_pass() -> None:
    done = iopctl("check", cwd=SHIPPED)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("\n")


def test_strict_lets_warnings_fail() -> None:
    assert iopctl("check", "--strict", cwd=SHIPPED).returncode == 1


def test_what_is_wrong_in_the_seeds_is_found() -> None:
    """Everything that the real documents are known to have wrong or open."""
    done = iopctl("check", "--format", "json", "--as-of", "2026-11-22", cwd=SHIPPED)
    found = [
        (each["file"].removeprefix("agreements/").removesuffix(".yaml"), each["code"], each["acknowledged"] is not None)
        for each in json.loads(done.stdout)["findings"]
    ]
    assert ("linkoping-resurspoolen-2018", "PER003", True) in found  # "under två", and dates that span three years
    assert (LINKOPING, "PER005", True) in found  # both agreements run during 2020
    assert ("lund-roda-korset-2023", "DEC002", False) in found  # 2023-12-01 is before laga kraft, 2023-12-23
    assert ("lund-roda-korset-2023", "TXT002", True) in found  # "§ XXX" in the footnote
    assert found.count(("lund-roda-korset-2023", "TXT001", False)) == 4  # § XXX, den XX twice, Röda korsets ersättare
    assert ("timra-aldres-ensamhet-2019", "PER001", False) in found  # no period
    assert ("timra-aldres-ensamhet-2019", "TXT001", False) in found  # ej klart
    assert not [each for each in found if each[1] == "MON001"]  # 933 000 + 3 852 000 = 4 785 000


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2023-02-01", [("instalment", "998762", "preliminary")]),
        # the definitive figure came after the payment: 1 009 377 − 998 762 = 10 615
        ("2023-06-01", [("instalment", "998762", "preliminary"), ("correction", "10615", "definitive")]),
    ],
)
def test_pay_as_of_a_day(day: str, expected: list[tuple[str, str, str]]) -> None:
    done = iopctl("pay", LINKOPING, "--year", "2023", "--as-of", day, "--format", "json", cwd=SHIPPED)
    assert done.returncode == 0
    rows = json.loads(done.stdout)["payments"]
    assert [(row["kind"], row["amount"], row["status"], row["conditional"]) for row in rows] == [
        (*row, True) for row in expected
    ]


def test_explain_shows_every_step() -> None:
    done = iopctl("pay", LINKOPING, "--year", "2023", "--as-of", "2023-06-01", "--explain", cwd=SHIPPED, lang="sv")
    lines = done.stdout.replace("\u00a0", " ")
    for step in (
        "agreements/linkoping-resurspoolen-2020.yaml:",
        "Uppräkning sker årligen enligt OPI från och med 2021-01-01.",
        "933 000 kr",
        "946 995,00",
        "964 987,905",
        "1 009 377,34863",
        "1 009 377 kr",
        "2020-12-16",
        "2021-12-10",
        "2023-04-19",
        "https://www.vardforetagarna.se/2023/04/definitivt-omsorgsprisindex-klart/",
    ):
        assert step in lines


def test_a_blocked_payment_names_the_command_that_adds_the_figure() -> None:
    done = iopctl("pay", LINKOPING, "--as-of", "2026-11-22", cwd=SHIPPED)
    assert done.returncode == 1
    assert "iopctl index add OPI 2024 VALUE --status definitive --published DATE --source SOURCE" in done.stdout
    assert "iopctl index add OPI 2025" in done.stdout


def test_a_figure_that_is_not_yet_to_be_had_is_no_failure() -> None:
    done = iopctl("pay", LINKOPING, "--as-of", "2021-11-03", "--year", "2022", cwd=SHIPPED)
    assert done.returncode == 0
    assert "blocked" in done.stdout


def test_an_added_figure_is_used(workspace: Path) -> None:
    arguments = ("--status", "definitive", "--published", "2023-12-15", "--source", 'En "källa": # 1')
    added = iopctl("index", "add", "OPI", "2024", "3,1", *arguments, cwd=workspace)
    assert added.returncode == 0, added.stderr
    table = (workspace / "indices" / "OPI.yaml").read_text("utf-8")
    assert table == (
        "index: OPI\nrows:\n"
        '  - {year: 2024, value: 3.1, status: definitive, published: 2023-12-15, source: "En \\"källa\\": # 1"}\n'
    )
    done = iopctl("pay", LINKOPING, "--year", "2024", "--format", "json", cwd=workspace)
    # 1 009 377,34863 × 1,031 = 1 040 668,04643753
    assert json.loads(done.stdout)["payments"][0]["amount"] == "1040668"
    before = iopctl("pay", LINKOPING, "--year", "2024", "--as-of", "2023-12-14", "--format", "json", cwd=workspace)
    assert json.loads(before.stdout)["payments"][0]["amount"] is None


def test_assume_is_for_what_is_not_known() -> None:
    done = iopctl("pay", LINKOPING, "--year", "2024", "--assume", "OPI:2024=3.1", "--format", "csv", cwd=SHIPPED)
    [row] = csv.DictReader(io.StringIO(done.stdout))
    assert (row["amount"], row["status"]) == ("1040668", "forecast")
    refused = iopctl("pay", LINKOPING, "--assume", "OPI:2021=3.1", cwd=SHIPPED)
    assert refused.returncode == 2
    assert "published" in refused.stderr


def test_broken_agreements_are_left_out_and_the_others_reckoned(workspace: Path) -> None:
    broken = workspace / "agreements" / f"{LINKOPING}.yaml"
    broken.write_text(broken.read_text("utf-8").replace("value: 4785000", "value: 4785001"), "utf-8")
    done = iopctl("pay", cwd=workspace)
    assert done.returncode == 1
    assert "MON001" in done.stderr
    assert f"agreements/{LINKOPING}.yaml is left out" in done.stderr
    assert "linkoping-resurspoolen-2018" in done.stdout
    assert f"{LINKOPING} · " not in done.stdout


def test_an_agreement_does_not_fall_with_the_broken_one_that_it_replaces(workspace: Path) -> None:
    """Its file is there, so that check says nothing about it either."""
    (workspace / "agreements" / "linkoping-resurspoolen-2018.yaml").write_text("format: 1\n", "utf-8")
    for asked in ((), (LINKOPING,)):
        done = iopctl("pay", *asked, cwd=workspace)
        assert f"{LINKOPING} · " in done.stdout
        assert "REF005" not in done.stderr


def test_due_is_accepted_as_a_calendar_and_stays_the_same() -> None:
    arguments = ("due", "--as-of", "2024-01-01", "--until", "2025-12-31", "--format", "ics", "lund-roda-korset-2023")
    first, second = (iopctl(*arguments, cwd=SHIPPED, lang="sv") for _run in range(2))
    assert first.stdout == second.stdout
    calendar = Calendar.from_ical(first.stdout)
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    report = events["skriftlig-uppfoljning.lund-roda-korset-2023@iopctl"]
    assert report["dtstart"].dt == date(2025, 11, 30)
    assert "Skriftlig uppföljningsrapport" in str(report["summary"])
    assert len(events) == 6


def test_a_uid_does_not_depend_on_the_words_or_the_order(workspace: Path) -> None:
    arguments = ("due", "lund-roda-korset-2023", "--as-of", "2024-01-01", "--until", "2025-12-31", "--format", "ics")

    def uids() -> set[str]:
        calendar = Calendar.from_ical(iopctl(*arguments, cwd=workspace).stdout)
        return {str(event["uid"]) for event in calendar.walk("VEVENT")}

    before = uids()
    path = workspace / "agreements" / "lund-roda-korset-2023.yaml"
    text = path.read_text("utf-8").replace("text: Skriftlig uppföljningsrapport", "text: Rapport")
    duties = "duties: # de avtalade meningarna står i texts.follow_up\n"
    assert duties in text
    text = text.replace(duties, duties + "  - {id: ny, kind: dialogue, text: Nytt, ongoing: true}\n")
    path.write_text(text, "utf-8")
    assert uids() == before


def test_due_in_days_weeks_months_and_years() -> None:
    for within, until in (("90d", "2022-02-01"), ("2w", "2021-11-17"), ("6m", "2022-05-03"), ("1y", "2022-11-03")):
        done = iopctl("due", "--as-of", "2021-11-03", "--within", within, "--format", "json", cwd=SHIPPED)
        assert json.loads(done.stdout)["until"] == until


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("nosuch",),
            "there is no command nosuch; choose among: init, new, import, check, list, show, pay, due, budget",
        ),
        (("check", "--nosuch"), "there is no option --nosuch"),
        (("check", "--lang", "en"), "--lang stands before the command: iopctl --lang sv check"),
        (("check", "--format", "xml"), "--format: found xml, expected one of: full, concise, json"),
        (("check", "--as-of", "2023-02-30"), "--as-of: found 2023-02-30, expected a date: YYYY-MM-DD"),
        (("check", "--as-of", "20230201"), "--as-of: found 20230201, expected a date: YYYY-MM-DD"),
        (("pay", "linkoping-resurspolen-2020"), "did you mean linkoping-resurspoolen-2020?"),
        (("pay", "--assume", "OPI:27=3"), "expected for example OPI:2027=2.5"),
        (("pay", "--assume", "XPI:2027=3"), "there is no index XPI; choose among: KPI, OPI, PBB, PKV, VPI"),
        (("pay", "--year", "x"), "--year: found x, expected a year: YYYY"),
        (("index", "frob"), "there is no command frob; choose among: list, show, add"),
        (("due", "--within", "soon"), "expected for example 90d, 12w, 6m or 1y"),
        (("due", "--until", "2020-01-01", "--as-of", "2021-01-01"), "before the day to reckon from"),
        (("render",), "iopctl render --list"),
        (("render", LINKOPING, "nosuch"), "KIND: found nosuch, expected one of: "),
        (("index", "show", "XPI"), "there is no index XPI; choose among: KPI, OPI, PBB, PKV, VPI"),
        (("index", "add", "OPI", "2024"), "VALUE is missing"),
        (("--lang", "de", "check"), "--lang: found de, expected one of: sv, en"),
    ],
)
def test_a_wrong_argument_is_explained(arguments: tuple[str, ...], says: str) -> None:
    done = iopctl(*arguments, cwd=SHIPPED)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_workspace_the_next_step_is_named(tmp_path: Path) -> None:
    for command in ("check", "pay", "due"):
        done = iopctl(command, cwd=tmp_path)
        assert done.returncode == 2
        assert "agreements/" in done.stderr


@pytest.mark.parametrize("command", ["check", "pay", "due", "render", "index", "reconcile"])
@pytest.mark.parametrize("lang", ["sv", "en"])
def test_help_has_examples(command: str, lang: str) -> None:
    done = iopctl(command, "--help", cwd=SHIPPED, lang=lang)
    assert done.returncode == 0
    heading = {"sv": "Exempel:", "en": "Examples:"}[lang]
    assert command == "index" or f"{heading}\n    iopctl {command}" in done.stdout


def modules_after(*arguments: str) -> set[str]:
    """The modules that a run has imported."""
    code = (
        "import sys\nsys.argv = ['iopctl', *sys.argv[1:]]\nimport atexit\n"
        "atexit.register(lambda: print('\\n'.join(sys.modules), file=sys.stderr))\n"
        "from iopctl.cli import main\nmain()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment(IOPCTL_LANG="sv"),
        capture_output=True,
        text=True,
        check=False,
    )
    return {name.split(".")[0] for name in done.stderr.split()}


def test_help_and_version_import_nothing_heavy() -> None:
    heavy = {"pydantic", "rich", "jinja2", "ruamel", "babel", "holidays", "icalendar", "markdown_it"}
    assert modules_after("--help") & heavy == set()
    assert modules_after("pay", "--help") & heavy == set()
    assert modules_after("reconcile", "--help") & heavy == set()
    assert "typer" not in modules_after("--version")
    assert "pydantic" in modules_after("check", str(SHIPPED / "agreements"))  # the test can see what it looks for


def test_no_colour_unless_somebody_watches() -> None:
    assert "\x1b" not in iopctl("check", cwd=SHIPPED).stdout
    assert "\x1b" not in iopctl("pay", cwd=SHIPPED).stdout


@pytest.mark.parametrize("columns", [80, 120])
def test_tables_fit_the_terminal(columns: int) -> None:
    import re

    tables_of_indices = (("index", "list"), ("index", "show", "OPI"), ("index", "show", "KPI"))
    for arguments in (("pay",), ("due", "--as-of", "2021-11-03"), *tables_of_indices):
        shown = re.sub(r"\x1b\[[0-9;]*m", "", on_a_terminal(*arguments, cwd=SHIPPED, columns=columns))
        tables = [line for line in shown.splitlines() if "http" not in line and "iopctl index add" not in line]
        assert max(map(len, tables)) <= columns


def test_colour_on_a_terminal_and_not_against_no_color() -> None:
    assert "\x1b[" in on_a_terminal("check", cwd=SHIPPED, columns=100)
    assert "\x1b[" not in on_a_terminal("check", cwd=SHIPPED, columns=100, NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal("pay", cwd=SHIPPED, columns=100, NO_COLOR="1")


def in_bash(line: str, **env: str) -> subprocess.CompletedProcess[str]:
    """A line of shell; `iopctl` is the program under test."""
    line = line.replace("iopctl", f"'{sys.executable}' -m iopctl", 1)
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"],
        cwd=SHIPPED,
        env=environment(**env),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", ["check", "index show OPI", "--version", "--help"])
def test_a_reader_that_has_had_enough_is_no_error(command: str) -> None:
    done = in_bash(f"iopctl {command} | true", PYTHONUNBUFFERED="1")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full on this system")
@pytest.mark.parametrize("command", ["check", "pay", "--version"])
def test_a_full_disk_is_said_in_a_sentence(command: str) -> None:
    done = in_bash(f"iopctl {command} > /dev/full")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "iopctl: " in done.stderr


def test_a_closed_output_is_no_error() -> None:
    assert in_bash("iopctl check >&- 2>&-").returncode == 0


def test_data_is_not_a_formula_in_csv(workspace: Path) -> None:
    path = workspace / "agreements" / "linkoping-resurspoolen-2018.yaml"
    text = path.read_text("utf-8")
    asked = "amount: 250000"
    assert asked in text
    path.write_text(text.replace(asked, 'amount: {unknown: "=HYPERLINK(1)"}'), "utf-8")
    done = iopctl("pay", "linkoping-resurspoolen-2018", "--format", "csv", cwd=workspace)
    cells = [cell for row in csv.reader(io.StringIO(done.stdout)) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_nothing_usable_is_not_nothing_to_do(workspace: Path) -> None:
    """An empty table or calendar would say that all is done; JSON names what was left out."""
    for path in (workspace / "agreements").iterdir():
        if path.stem != LINKOPING:
            path.unlink()
    broken = workspace / "agreements" / f"{LINKOPING}.yaml"
    broken.write_text("format: 1\n", "utf-8")
    for command in ("pay", "due"):
        assert iopctl(command, cwd=workspace).stdout == ""
        done = iopctl(command, "--format", "json", cwd=workspace)
        assert done.returncode == 1
        assert json.loads(done.stdout)["left_out"] == [f"agreements/{LINKOPING}.yaml"]
    assert iopctl("due", "--format", "ics", cwd=workspace).stdout == ""
