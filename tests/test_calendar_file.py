"""Calendars of what is due: what stands in an event, what makes it another version, and whose file it is in."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import vobject
from icalendar import Calendar

from iopctl.compute.changes import Changes, changes
from iopctl.compute.deadlines import deadlines
from iopctl.locale.language import Language
from iopctl.model import Agreement, Length, Workspace
from iopctl.render.calendar_file import Event, Shown, as_calendar, uid
from iopctl.render.calendar_files import file_names, named, responsible, split
from iopctl.render.deadlines import row
from iopctl.render.links import Link, address, no_link
from iopctl.surroundings import packaged_tables
from tests.agreements import SHIPPED, agreement, cash, opi, period, shipped
from tests.terminal import iopctl

WORKSPACE = Workspace(tables=packaged_tables())
DAY = date(2025, 3, 1)
UNTIL = date(2025, 12, 31)
ENGLISH = Language("en")
DEFAULT = (Length(14, "days"), Length(1, "days"))
ADOPTED = {"kind": "adopted", "body": "Exempelnämnden", "date": date(2024, 11, 20)}
YEAR = period(date(2025, 1, 1), date(2027, 12, 31))


def report(**parts: Any) -> dict[str, Any]:
    return {"id": "rapport", "kind": "report", "text": "Rapport; om året", "responsible": ("foreningen",), **parts}


def events(made: Agreement, as_of: date = DAY, until: date = UNTIL) -> list[Event]:
    found = deadlines("prov", made, WORKSPACE, as_of, until)
    rows = [row(each, made, ENGLISH, lambda id_, route: f"agreements/{id_}.yaml:{len(route)}:5") for each in found]
    changed = changes(found, made, WORKSPACE.tables, as_of)
    return [Event(*each) for each in zip(rows, changed, strict=True)]


def calendar(
    made: Agreement,
    as_of: date = DAY,
    until: date = UNTIL,
    reminders: tuple[Length, ...] = DEFAULT,
    link: Link = no_link,
) -> bytes:
    return as_calendar(events(made, as_of, until), Shown(ENGLISH, reminders, link))


def each_event(data: bytes) -> dict[str, str]:
    """The text of each event, by its UID, lines unfolded."""
    text = data.decode().replace("\r\n ", "")
    parts = ["BEGIN:VEVENT" + each.partition("END:VEVENT")[0] for each in text.split("BEGIN:VEVENT")[1:]]
    return {line.removeprefix("UID:"): part for part in parts for line in part.split("\r\n") if line.startswith("UID:")}


def value(data: bytes, key: str, name: str) -> str:
    lines = each_event(data)[f"{key}.prov@iopctl"].partition("BEGIN:VALARM")[0].split("\r\n")
    [found] = [line.partition(":")[2] for line in lines if line.partition(":")[0].partition(";")[0] == name]
    return found


# -- an event ----------------------------------------------------------------------------------------------------------


def test_a_calendar_line_for_line() -> None:
    """2025-05-31 is a Saturday, and the agreement moves the day to Monday 2 June."""
    duty = report(by=date(2025, 5, 31), working_day="next", receiver="Nämnden, på papper", contents=("Måluppfyllelse",))
    made = agreement(period=YEAR, decisions=(ADOPTED,), dated=date(2024, 12, 1), duties=(duty,))

    def link(place: str) -> str:
        return address("https://git.example.org/{file}#L{line}", *place.split(":")[:2])

    assert calendar(made, link=link).decode().replace("\r\n ", "").split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//iopctl//iopctl//EN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:IOP: deadlines",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
        "BEGIN:VEVENT",
        "SUMMARY:IOP Exempel: Rapport\\; om året",
        "DTSTART;VALUE=DATE:20250602",
        "DTEND;VALUE=DATE:20250603",
        "DTSTAMP:20241201T000000Z",
        "UID:rapport.prov@iopctl",
        "SEQUENCE:3",  # a decision that was proposed and taken on one day, and the agreement's own date
        "CATEGORIES:report,prov",
        "DESCRIPTION:who: Föreningen Exempel\\nto: Nämnden\\, på papper\\ncontents: Måluppfyllelse\\n"
        "2025-05-31 is a Saturday\\; in practice 2025-06-02\\nagreements/prov.yaml:2",
        "LAST-MODIFIED:20241201T000000Z",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "URL:https://git.example.org/agreements/prov.yaml#L2",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:IOP Exempel: Rapport\\; om året",
        "TRIGGER:-P13DT15H",
        "END:VALARM",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:IOP Exempel: Rapport\\; om året",
        "TRIGGER:-PT15H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_day_that_nothing_moves_stays() -> None:
    data = calendar(agreement(period=YEAR, duties=(report(by=date(2025, 5, 31)),)))
    assert value(data, "rapport", "DTSTART") == "20250531"
    assert "nothing in the agreement moves it\\; the next open day is 2025-06-02" in value(
        data, "rapport", "DESCRIPTION"
    )


def test_a_target_is_tentative_and_says_so() -> None:
    """Twice in the year from 2025-03-01: the first half ends on 31 August."""
    made = agreement(period=period(date(2025, 3, 1), date(2026, 2, 28)), duties=(report(times_per_year=2),))
    data = calendar(made)
    assert value(data, "rapport-y1-1", "STATUS") == "TENTATIVE"
    assert value(data, "rapport-y1-1", "DTSTART") == "20250831"
    assert value(data, "rapport-y1-1", "DESCRIPTION") == (
        "who: Föreningen Exempel\\na target: the agreement says how often\\, not when\\nagreements/prov.yaml:2"
    )


def test_what_is_done_is_cancelled_under_the_same_number_of_its_own() -> None:
    made = agreement(period=YEAR, decisions=(ADOPTED,), duties=(report(yearly_by="03-31"),))
    logged = ({"duty": "rapport", "date": date(2025, 3, 20)},)
    after = agreement(period=YEAR, decisions=(ADOPTED,), duties=(report(yearly_by="03-31"),), log=logged)
    day = date(2025, 3, 25)
    before, done = calendar(made, day), calendar(after, day)
    assert set(each_event(before)) == set(each_event(done)) == {"rapport-2025.prov@iopctl"}
    shown = ("STATUS", "SEQUENCE", "LAST-MODIFIED", "DTSTART")
    assert [value(before, "rapport-2025", each) for each in shown] == [
        *("CONFIRMED", "2", "20241120T000000Z", "20250331"),
    ]
    assert [value(done, "rapport-2025", each) for each in shown] == [
        *("CANCELLED", "3", "20250320T000000Z", "20250331"),
    ]
    assert value(done, "rapport-2025", "DESCRIPTION").startswith("done 2025-03-20\\n")
    assert b"VALARM" in before
    assert b"VALARM" not in done


@pytest.mark.parametrize(
    ("reminders", "triggers"),
    [
        (("1 month",), ["-P29DT15H"]),  # from 30 April to 30 May there are thirty days
        (("2 weeks", "14 days", "3 days"), ["-P13DT15H", "-P2DT15H"]),
        ((), []),
    ],
)
def test_reminders(reminders: tuple[str, ...], triggers: list[str]) -> None:
    lengths = {"1 month": Length(1, "months"), "2 weeks": Length(2, "weeks")}
    given = tuple(lengths.get(each) or Length(int(each.split()[0]), "days") for each in reminders)
    data = calendar(agreement(period=YEAR, duties=(report(by=date(2025, 5, 30)),)), reminders=given).decode()
    assert [line.removeprefix("TRIGGER:") for line in data.split("\r\n") if line.startswith("TRIGGER:")] == triggers


# -- its versions ------------------------------------------------------------------------------------------------------


def known(made: Agreement, key: str, as_of: date = DAY) -> Changes:
    [found] = [each.changes for each in events(made, as_of) if each.row.deadline.key == key]
    return found


PARTS: dict[str, Any] = {
    "period": YEAR,
    "duties": (report(by=date(2025, 9, 30)), report(id="mote", kind="meeting", by=date(2025, 10, 1))),
}


def test_without_a_dated_fact_nothing_has_changed_since_the_first_day() -> None:
    assert known(agreement(**PARTS), "rapport") == Changes(date(2025, 1, 1), 0)
    assert known(agreement(duties=PARTS["duties"]), "rapport") == Changes(date(2000, 1, 1), 0)  # no first day


@pytest.mark.parametrize(
    ("decisions", "found"),
    [
        ((ADOPTED,), Changes(date(2024, 11, 20), 2)),
        (({**ADOPTED, "date": "2024-11"},), Changes(date(2024, 11, 30), 2)),
        (({**ADOPTED, "proposed": date(2024, 10, 1)},), Changes(date(2024, 11, 20), 2)),
        (({"kind": "recommended", "body": "Utskottet", "proposed": date(2024, 10, 1)},), Changes(date(2024, 10, 1), 1)),
        (({**ADOPTED, "date": date(2025, 3, 2)},), Changes(date(2025, 1, 1), 0)),  # not known on 1 March
        (({**ADOPTED, "date": {"unknown": "XX"}},), Changes(date(2025, 1, 1), 0)),
        (({"kind": "adopted", "body": "Exempelnämnden"},), Changes(date(2025, 1, 1), 0)),
    ],
)
def test_decisions_are_changes(decisions: tuple[dict[str, Any], ...], found: Changes) -> None:
    assert known(agreement(**PARTS, decisions=decisions), "rapport") == found


@pytest.mark.parametrize(
    ("entry", "counted"),
    [
        ({"duty": "rapport", "date": date(2024, 5, 1)}, True),
        ({"duty": "rapport", "through": date(2024, 5, 1)}, True),
        ({"request": "rapport", "date": date(2024, 5, 1)}, True),
        ({"notice": "foreningen", "date": date(2024, 5, 1)}, True),
        ({"duty": "rapport", "date": date(2025, 3, 2)}, False),  # not known on 1 March
        ({"duty": "mote", "date": date(2024, 5, 1)}, False),
        ({"payment": "ersattning", "date": date(2024, 5, 1), "year": 2024}, False),
    ],
)
def test_of_the_log_what_is_about_the_same_duty(entry: dict[str, Any], counted: bool) -> None:
    made = agreement(**PARTS, log=(entry,))
    duty = [each for each in events(made) if each.row.deadline.route == ("duties", 0)]
    assert {each.changes.number for each in duty} == {1 if counted else 0}


def test_a_duty_that_comes_after_another_changes_with_it() -> None:
    following = {"event": "duty", "of": "mote", "length": "3 months"}
    duties = (report(after=following), report(id="mote", kind="meeting", yearly_by="10-01"))
    made = agreement(period=YEAR, duties=duties, log=({"duty": "mote", "date": date(2025, 2, 1)},))
    assert known(made, "rapport-2025-02-01") == Changes(date(2025, 2, 1), 1)


OPI_2023 = [("preliminary", date(2022, 12, 9)), ("definitive", date(2023, 4, 19))]
"""When the figures for 2023 were known, according to the packaged table."""


def test_a_payment_changes_when_a_figure_it_rests_on_is_published() -> None:
    rows = [each for each in WORKSPACE.tables["OPI"].rows if each.year == 2023]
    assert [(each.status, each.known_since) for each in rows] == OPI_2023
    money = cash(100_000, indexation=opi(date(2023, 1, 1)), payment={"times_per_year": 1, "in": "may"})
    decided = {**ADOPTED, "date": date(2021, 12, 1)}
    years = period(date(2022, 1, 1), date(2024, 12, 31))
    made = agreement(period=years, decisions=(decided,), contributions=(money,))
    (_preliminary, first), (_definitive, second) = OPI_2023
    assert known(made, "ersattning.2023.1", first - timedelta(days=1)) == Changes(date(2021, 12, 1), 2)
    assert known(made, "ersattning.2023.1", first) == Changes(first, 3)
    assert known(made, "ersattning.2023.1", second) == Changes(second, 4)


def test_of_the_log_what_is_about_the_same_contribution() -> None:
    log = (
        {"payment": "ersattning", "date": date(2025, 2, 1), "year": 2025},
        {"duty": "rapport", "date": date(2025, 2, 2)},
    )
    money = cash(100_000, payment={"times_per_year": 1, "in": "january"})
    duty = report(by=date(2025, 9, 1))
    made = agreement(period=YEAR, decisions=(ADOPTED,), contributions=(money,), duties=(duty,), log=log)
    assert known(made, "ersattning.2025.1") == Changes(date(2025, 2, 1), 3)
    assert known(made, "rapport") == Changes(date(2025, 2, 2), 3)


def test_a_decision_changes_every_event_and_a_log_entry_its_own() -> None:
    one = each_event(calendar(agreement(**PARTS)))
    decided = each_event(calendar(agreement(**PARTS, decisions=(ADOPTED,))))
    assert {key for key in one if one[key] != decided[key]} == set(one)
    assert all("SEQUENCE:2" in text for text in decided.values())
    logged = agreement(**PARTS, decisions=(ADOPTED,), log=({"duty": "mote", "date": date(2025, 2, 1)},))
    assert {key for key, text in each_event(calendar(logged)).items() if text != decided[key]} == {"mote.prov@iopctl"}


def test_nothing_depends_on_the_day_of_the_run() -> None:
    made = agreement(**PARTS, decisions=(ADOPTED,))
    assert len({calendar(made, DAY + timedelta(days=each)) for each in range(100)}) == 1


# -- a file ------------------------------------------------------------------------------------------------------------


def of_workspace(folder: Path, *more: str, **env: str) -> bytes:
    done = iopctl("due", "--as-of", "2023-06-15", "--within", "3y", "-o", "all.ics", *more, cwd=folder, **env)
    assert done.returncode == 0, done.stderr
    return (folder / "all.ics").read_bytes()


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    line = [sys.executable, SHIPPED / "benchmarks" / "generate.py", folder, "40"]
    subprocess.run(line, check=True, capture_output=True)
    return folder


def test_two_parsers_read_the_same(generated: Path) -> None:
    data = of_workspace(generated)
    one = {
        (str(each["uid"]), each["dtstart"].dt, each["dtend"].dt, str(each["summary"]), str(each["description"]))
        for each in Calendar.from_ical(data).walk("VEVENT")
    }
    other = [
        (each.uid.value, each.dtstart.value, each.dtend.value, each.summary.value, each.description.value)
        for each in vobject.readOne(data.decode()).vevent_list
    ]
    assert len(other) > 200
    assert one == set(other)
    assert len({each[0] for each in other}) == len(other)
    assert all(each[2] - each[1] == timedelta(days=1) for each in other)


def test_lines_are_short_and_end_as_they_should(generated: Path) -> None:
    data = of_workspace(generated)
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert lines[-1] == b""
    assert b"\r" not in b"".join(lines)
    assert b"\n" not in b"".join(lines)


@pytest.mark.parametrize("day", [date(2018, 1, 1), date(2021, 6, 1), date(2024, 6, 1)])
def test_no_two_events_of_the_shipped_agreements_are_one(day: date) -> None:
    workspace = shipped().workspace
    uids = [
        uid(row(each, made, ENGLISH, lambda _id, _route: "x:1:1"))
        for id_, made in workspace.agreements.items()
        for each in deadlines(id_, made, workspace, day, date(2030, 12, 31))
    ]
    assert len(uids) > 15
    assert len(set(uids)) == len(uids)


def test_the_same_bytes_wherever_it_is_made(generated: Path) -> None:
    places = (
        {"TZ": "UTC", "PYTHONHASHSEED": "1"},
        {"TZ": "Pacific/Kiritimati", "LANG": "sv_SE.UTF-8", "PYTHONHASHSEED": "2"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "3"},
    )
    assert len({of_workspace(generated, **each) for each in places}) == 1


# -- for each who sees to something ------------------------------------------------------------------------------------


def test_a_file_for_each_and_one_for_what_nobody_sees_to() -> None:
    duties = (
        report(by=date(2025, 5, 30)),
        report(id="mote", kind="meeting", by=date(2025, 5, 28), called_by="exempelnämnden", responsible=None),
        report(id="samtal", kind="dialogue", by=date(2025, 6, 2), responsible=None),
    )
    made = agreement(period=YEAR, duties=duties)
    found = [(each, responsible(each, made)) for each in events(made, until=date(2028, 1, 1))]
    files = split(found, {*named(made), "Nämnden för annat"}, Shown(ENGLISH, (), no_link))
    uids = {name: {each.removesuffix(".prov@iopctl") for each in each_event(data)} for name, data in files.items()}
    assert uids == {
        "iop.ics": {"samtal", "period.end"},
        "exempelnamnden.ics": {"mote"},  # the party, and the one who invites in the agreement's words
        "foreningen-exempel.ics": {"rapport"},
        "namnden-for-annat.ics": set(),
    }
    assert b"X-WR-CALNAME:IOP: F\xc3\xb6reningen Exempel\r\n" in files["foreningen-exempel.ics"]


def test_an_open_name_is_known_by_its_id() -> None:
    parties = {
        "kommunen": {"name": "A", "kind": "municipality"},
        "foreningen": {"name": {"unknown": "XX"}, "kind": "association"},
    }
    made = agreement(parties=parties, period=YEAR, duties=(report(by=date(2025, 5, 30)),))
    assert named(made) == {"A", "foreningen"}
    assert [responsible(each, made) for each in events(made)] == [{"foreningen"}]


@pytest.mark.parametrize(
    ("names", "files"),
    [
        (["Äldrenämnden"], ["aldrenamnden.ics"]),
        (["Vård- och omsorgsnämnden"], ["vard-och-omsorgsnamnden.ics"]),
        (["Björkö Café & Vänner"], ["bjorko-cafe-vanner.ics"]),
        (["../../etc/passwd"], ["etc-passwd.ics"]),
        # the first eight signs of sha256 over the name, by sha256sum
        (["…"], ["@.ics"]),
        (["IOP"], ["iop-@.ics"]),
        (["Con"], ["con-@.ics"]),
        (["x" * 300], [f"{'x' * 60}-@.ics"]),
        (["Å", "Ä"], ["a-@.ics", "a-@.ics"]),
    ],
)
def test_names_of_files(names: list[str], files: list[str]) -> None:
    found = file_names(names)
    assert len(set(found.values())) == len(names)
    for name, file in zip(names, files, strict=True):
        sign = subprocess.run(["sha256sum"], input=name.encode(), capture_output=True, check=True).stdout[:8].decode()
        assert found[name] == file.replace("@", sign)


def test_a_personal_number_is_in_no_file_s_name() -> None:
    name = "Anna 19811228-9874"  # the number that Skatteverket prints as an example
    [file] = file_names([name]).values()
    assert file == "anna.ics"


# -- the command -------------------------------------------------------------------------------------------------------

DUE = ("due", "--as-of", "2024-05-29", "lund-roda-korset-2023")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "ws"
    (folder / "agreements").mkdir(parents=True)
    for file in (SHIPPED / "agreements").glob("*.yaml"):
        (folder / "agreements" / file.name).write_bytes(file.read_bytes())
    return folder


def test_a_folder_of_calendars(workspace: Path) -> None:
    (workspace / "iopctl.yaml").write_text("boards: [{name: Socialnämnden, meetings: [{date: 2099-01-01}]}]\n", "utf-8")
    done = iopctl(*DUE, "--format", "ics", "--split", "-o", "out/calendars", cwd=workspace)
    assert (done.stdout, done.stderr, done.returncode) == ("", "written: 4 calendars in out/calendars\n", 0)
    files = {path.name: len(each_event(path.read_bytes())) for path in (workspace / "out" / "calendars").iterdir()}
    # two meetings within the year; the ends and the report come later
    assert files == {"anhorigcenter.ics": 2, "iop.ics": 0, "lunds-rodakorskrets.ics": 2, "socialnamnden.ics": 0}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--split",), "--split needs --format ics, and -o with the folder for the calendars"),
        (("--split", "--format", "ics"), "--split needs --format ics, and -o with the folder for the calendars"),
        (("--split", "-o", "x.ics"), "--split needs --format ics, and -o with the folder for the calendars"),
        (
            ("--split", "--format", "ics", "-o", "x", "--for", "Anhörigcenter"),
            "--split makes a calendar for everybody, and --for chooses some; use one of them",
        ),
        (("--format", "xlsx"), "--format: found xlsx, expected one of: table, json, csv, ics, md, html"),
        (("-o", "none/x.csv"), "cannot write in {}/none: there is no such file or folder"),
        (
            ("--split", "--format", "ics", "-o", "iopctl.yaml"),
            "cannot write in iopctl.yaml: there is a file with that name",
        ),
    ],
)
def test_wrong_options(workspace: Path, options: tuple[str, ...], said: str) -> None:
    (workspace / "iopctl.yaml").write_text("name: Exempelkommunen\n", "utf-8")
    done = iopctl(*DUE, *options, cwd=workspace)
    assert (done.stdout, done.returncode) == ("", 2)
    assert done.stderr.splitlines()[0] == f"iopctl: {said.format(workspace)}"


def test_a_calendar_is_not_written_through_a_link(workspace: Path) -> None:
    (workspace / "out").mkdir()
    (workspace / "elsewhere").write_text("mine")
    (workspace / "out" / "iop.ics").symlink_to(workspace / "elsewhere")
    done = iopctl(*DUE, "--format", "ics", "--split", "-o", "out", cwd=workspace)
    assert (done.stdout, done.returncode) == ("", 2)
    assert done.stderr == "iopctl: out/iop.ics is a link to another file; remove it first\n"
    assert (workspace / "elsewhere").read_text() == "mine"


@pytest.mark.parametrize("name", ["due.json", "due.csv", "due.ics", "due.md", "due.html", "due.txt"])
def test_a_file_holds_what_would_be_shown(workspace: Path, name: str) -> None:
    form = {"txt": "table"}.get(name.partition(".")[2], name.partition(".")[2])
    shown = iopctl(*DUE, "--format", form, cwd=workspace)
    assert iopctl(*DUE, "-o", name, cwd=workspace).stderr == f"written: {name}\n"
    with (workspace / name).open(encoding="utf-8") as file:  # as text, as the terminal's is
        assert file.read() == shown.stdout


@pytest.mark.parametrize("folder", [".", "agreements", "docs/deep"])
def test_links_lead_to_the_line_from_wherever_it_is_made(workspace: Path, folder: str) -> None:
    settings = "link: https://git.example.org/avtal/blob/main/{file}#L{line}\n"
    (workspace / "iopctl.yaml").write_text(settings, "utf-8")
    (workspace / folder).mkdir(parents=True, exist_ok=True)
    done = iopctl(*DUE, "--format", "ics", cwd=workspace / folder)
    urls = {str(each["url"]) for each in Calendar.from_ical(done.stdout).walk("VEVENT")}
    assert urls == {"https://git.example.org/avtal/blob/main/agreements/lund-roda-korset-2023.yaml#L140"}


def test_a_file_outside_the_workspace_has_no_link() -> None:
    assert (
        address("https://x.se/{line}/{file}", "avtal/å ä#.yaml", "7") == "https://x.se/7/avtal/%C3%A5%20%C3%A4%23.yaml"
    )


@pytest.mark.parametrize(
    ("settings", "frame"),
    [
        (
            "link: git.example.org/{file}\n",
            "error[FRM010]: link: found “git.example.org/{file}”\n --> iopctl.yaml:1:7 link\n"
            "1 | link: git.example.org/{file}\n  |       ^^^^^^^^^^^^^^^^^^^^^^ "
            "expected an address that begins with https:// or http:// and contains {file}\n",
        ),
        (
            "link: javascript:{file}\n",
            "error[FRM010]: link: found “javascript:{file}”\n --> iopctl.yaml:1:7 link\n"
            "1 | link: javascript:{file}\n  |       ^^^^^^^^^^^^^^^^^ "
            "expected an address that begins with https:// or http:// and contains {file}\n",
        ),
        (
            "link: https://x.se/{line}\n",
            "error[FRM010]: link: found “https://x.se/{line}”\n --> iopctl.yaml:1:7 link\n"
            "1 | link: https://x.se/{line}\n  |       ^^^^^^^^^^^^^^^^^^^ "
            "expected an address that begins with https:// or http:// and contains {file}\n",
        ),
        (
            "reminders: [14 days, soon]\n",
            "error[FRM010]: reminders: found “soon”\n --> iopctl.yaml:1:22 reminders[1]\n"
            "1 | reminders: [14 days, soon]\n  |                      ^^^^ "
            "expected a length of time, such as 3 years or 18 months\n",
        ),
    ],
)
def test_wrong_settings(workspace: Path, settings: str, frame: str) -> None:
    (workspace / "iopctl.yaml").write_text(settings, "utf-8")
    done = iopctl("check", "--select", "FRM010", "--as-of", "2024-01-01", cwd=workspace)
    assert done.returncode == 1
    assert done.stdout.split("\n\n")[0] + "\n" == frame


def test_characters_that_steer_are_told(workspace: Path) -> None:
    """What no file can hold, and a calendar must not."""
    words = "a\x00b\x07c\x1b[31md\u2028e\x85f\x7f"
    made = agreement(title=words, period=YEAR, duties=(report(by=date(2025, 5, 30), text=words, receiver=words),))
    data = calendar(made)
    told = "a<U+0000>b<U+0007>c<U+001B>[31md e f<U+007F>"
    assert value(data, "rapport", "SUMMARY") == f"{told}: {told}"
    assert not [byte for byte in data.replace(b"\r\n", b"") if byte < 32 or byte == 127]
