"""What the rules about follow-up leave alone, and where their line goes; each worked by hand from the sound agreement.

It runs from 2026-01-01 to 2028-12-31 and is checked as of 2026-01-15 unless another day is given.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from iopctl.cli.app import run
from tests.sound import ID, codes, findings, write


def period(start: str, end: str) -> str:
    """A period without options, and what else of the sound agreement depends on it."""
    return f"period: {{start: {start}, end: {end}}}\ncontributions: []\ntotal: {{value: 0, per: year}}\nlog: []\n"


MEETING = "  - {id: mote, kind: meeting, text: Parterna möts, responsible: kommunen, "


@pytest.mark.parametrize(
    "duties",
    [
        MEETING + "times_per_year: 1}",
        MEETING + "ongoing: true}",
        "  - {id: r, kind: report, text: R, yearly_by: 03-31, about: year_before, responsible: kommunen, receiver: SN}",
        "\n".join(
            f"  - {{id: u{year}, kind: follow_up, text: Uppföljning, by: {year}-11-30, responsible: kommunen}}"
            for year in (2026, 2027, 2028)
        ),
        # the last year's follow-up comes after the end
        "\n".join(
            f"  - {{id: u{year}, kind: follow_up, text: Uppföljning, by: {day}, responsible: kommunen}}"
            for year, day in ((2026, "2026-11-30"), (2027, "2027-11-30"), (2028, "2029-02-28"))
        ),
    ],
    ids=["times", "ongoing", "yearly", "a-day-each-year", "after-the-end"],
)
def test_every_year_has_its_follow_up(duties: str) -> None:
    assert codes(f"duties:\n{duties}\n") == []


@pytest.mark.parametrize(
    ("start", "end", "day", "expected"),
    [
        ("2026-01-01", "2026-06-30", "2026-05-31", []),  # half a year, one follow-up
        ("2026-01-01", "2026-06-30", "2025-12-01", ["years of the agreement without follow-up: 2026"]),
        ("2026-01-01", "2027-06-30", "2026-11-30", []),  # a year and a half: the half year is not counted
        ("2026-01-01", "2027-12-31", "2026-11-30", ["years of the agreement without follow-up: 2027"]),
        (
            "2025-07-01",
            "2027-06-30",
            "2026-07-01",  # the first day of the second year
            ["years of the agreement without follow-up: 2025-07-01 – 2026-06-30"],
        ),
        (
            "2026-01-01",
            "2030-12-31",
            "2030-11-30",
            ["years of the agreement without follow-up: 2026, 2027, 2028, …"],
        ),
    ],
)
def test_which_years_are_without(start: str, end: str, day: str, expected: list[str]) -> None:
    found = findings(f"{period(start, end)}duties:\n{MEETING}by: {day}}}\n")
    assert [each["message"] for each in found if each["code"] == "FUP001"] == expected


def test_an_agreement_without_a_period_has_no_years() -> None:
    """Timrå's, a report without an agreement, has no duties and no period: PER001 says enough."""
    shipped = Path(__file__).parent.parent / "agreements" / "timra-aldres-ensamhet-2019.yaml"
    assert run(["check", str(shipped), "--select", "FUP", "--as-of", "2026-01-15", "--strict"]) == 0


@pytest.mark.parametrize(
    "duty",
    [
        "{id: a, kind: follow_up, text: T, times_per_year: 1, called_by: Socialförvaltningen}",
        "{id: a, kind: meeting, text: T, times_per_year: 2, forum: styrgrupp}",  # the sound agreement's has a convener
        "{id: a, kind: dialogue, text: T, ongoing: true}",
    ],
)
def test_somebody_sees_to_it(duty: str) -> None:
    assert "FUP002" not in codes(f"duties:\n  - {duty}\n")


REPORT = """duties:
  - id: rapport
    kind: report
    text: Rapport
    {when}
    about: whole_period
    responsible: kommunen
    receiver: SN
    contents: [Antal besökare., Antal timmar]
log:
"""


@pytest.mark.parametrize(
    ("when", "log", "expected"),
    [
        ("by: 2026-01-10", "  - {duty: rapport, date: 2026-01-09}", 0),  # nothing is said of what it covered
        ("by: 2026-01-10", "  - {duty: rapport, date: 2026-01-09, contents: [antal besökare, antal timmar]}", 0),
        (
            "by: 2026-01-10",
            "  - {duty: rapport, date: 2026-01-09, contents: [antal besökare]}\n"
            "  - {duty: rapport, date: 2026-01-12, contents: [antal timmar]}",
            0,
        ),
        ("by: 2026-01-10", "  - {duty: rapport, date: 2026-01-09, contents: [antal timmar]}", 1),
        (
            'yearly_by: "01-10"',
            "  - {duty: rapport, date: 2025-12-30, contents: [antal besökare]}\n"
            "  - {duty: rapport, date: 2026-01-12, contents: [antal timmar]}",
            2,
        ),
    ],
    ids=["not-listed", "all", "completed", "one-missing", "two-years"],
)
def test_what_a_report_covers(when: str, log: str, expected: int) -> None:
    assert codes(f"{REPORT.format(when=when)}{log}\n").count("FUP004") == expected


TWICE = """duties:
  - {id: mote, kind: meeting, text: Parterna möts, times_per_year: 2, responsible: kommunen}
"""


@pytest.mark.parametrize(
    ("as_of", "log", "expected"),
    [
        ("2026-07-01", "[{duty: mote, date: 2026-02-01}]", []),
        ("2026-12-31", "[{duty: mote, date: 2026-02-01}]", []),  # the first day that it can be forgotten is the next
        (
            "2027-01-01",
            "[{duty: mote, date: 2026-02-01}]",
            ["the log does not say that mote was done by 2026-12-31: 1"],
        ),
        ("2027-01-01", "[{duty: mote, date: 2026-02-01}, {duty: mote, date: 2026-09-01}]", []),
        ("2027-01-01", "[{duty: mote, through: 2026-12-31}]", []),
        ("2027-01-01", "[]", ["nothing is logged, and duties have had their day: 1"]),
        ("2026-07-01", "[]", []),  # 30 June only spreads the two over the year
    ],
)
def test_when_a_day_has_passed(as_of: str, log: str, expected: list[str]) -> None:
    found = findings(f"{TWICE}log: {log}\n", as_of)
    assert [each["message"] for each in found if each["code"] == "FUP006"] == expected


def test_years_that_do_not_begin_in_january_have_no_day_to_pass_but_the_agreements_last() -> None:
    snippet = f"{period('2023-12-01', '2025-11-30')}{TWICE}".replace(
        "log: []", "log: [{notice: kommunen, date: 2025-01-01}]"
    )
    assert "FUP006" not in codes(snippet, "2025-11-30")
    assert "FUP006" in codes(snippet, "2025-12-01")


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("{duty: uppfoljning, date: 2026-01-01}", 0),
        ("{duty: uppfoljning, date: 2025-12-31}", 1),
        ("{duty: uppfoljning, date: 2029-12-31}", 0),  # a year after the end
        ("{duty: uppfoljning, date: 2030-01-01}", 1),
        ("{duty: uppfoljning, date: {unknown: hösten}}", 0),
        ("{payment: ersattning, year: 2026, date: 2025-12-31, amount: 400000}", 0),
        ("{notice: kommunen, date: 2025-12-31}", 0),
    ],
)
def test_the_log_keeps_to_the_agreements_time(entry: str, expected: int) -> None:
    assert codes(f"log:\n  - {entry}\n", "2031-01-15").count("FUP007") == expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("{duty: uppfoljning, date: 2026-01-15}", 0),
        ("{duty: uppfoljning, date: 2026-01-16}", 1),
        ("{duty: uppfoljning, through: 2026-01-16}", 1),
        ("{notice: kommunen, date: 2026-01-16}", 1),
        ("{duty: uppfoljning, date: {unknown: hösten}}", 0),
    ],
)
def test_the_log_is_what_has_happened(entry: str, expected: int) -> None:
    assert codes(f"log:\n  - {entry}\n").count("FUP008") == expected


def test_what_was_logged_since_stops_nobody_from_asking_about_a_day_that_has_passed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {ID: "log:\n  - {duty: uppfoljning, date: 2026-06-16}\n"})
    monkeypatch.chdir(tmp_path)
    assert run(["due", ID, "--as-of", "2026-01-15", "--until", "2026-03-31"]) == 0
    printed = capsys.readouterr()
    assert "verksamhetsberattelse" not in printed.err
    assert printed.err == ""


@pytest.mark.parametrize(
    ("text", "duty", "expected"),
    [
        ("Gruppen möts två gånger per år.", "times_per_year: 2", []),
        ("Gruppen möts minst två gånger per år.", "times_per_year: 2, at_least: true", []),
        ("Gruppen möts minst två gånger per år.", "times_per_year: 2", ["info"]),
        ("Gruppen möts 4 gånger om året.", "times_per_year: 2", ["warning"]),
        ("Gruppen möts en gång per år.", "times_per_year: 2", ["warning"]),
        ("Gruppen möts varje kvartal.", "times_per_year: 2", []),
        ("Gruppen möts fyra gånger per år, med brukarna två gånger per år.", "times_per_year: 2", []),
        ("Gruppen möts fyra gånger per år.", "yearly_by: 11-30", []),
    ],
)
def test_how_often_a_group_meets(text: str, duty: str, expected: list[str]) -> None:
    snippet = (
        f"duties:\n  - {{id: mote, kind: meeting, text: Möte, responsible: kommunen, forum: grupp, {duty}}}\n"
        f"forums:\n  - {{id: grupp, name: Grupp, text: '{text}'}}\n"
    )
    found = findings(snippet)
    assert [each["severity"] for each in found if each["code"] == "FUP011"] == expected


def test_a_follow_up_in_a_group_that_meets_more_often_contradicts_nothing() -> None:
    snippet = (
        "duties:\n  - {id: u, kind: follow_up, text: U, responsible: kommunen, forum: grupp, times_per_year: 1}\n"
        "forums:\n  - {id: grupp, name: Grupp, text: Gruppen möts fyra gånger per år.}\n"
    )
    assert "FUP011" not in codes(snippet)
