"""iopctl due as a person meets it: groups, choices and exit codes, in one small workspace."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.agreements import SHIPPED
from tests.terminal import iopctl, on_a_terminal

SETTINGS = """\
name: Exempelkommunen
boards:
  - name: Socialnämnden
    meetings:
      - {date: 2026-02-18}
      - {date: 2026-04-22, memo: 2026-03-26, summons: 2026-04-15, union: 2026-04-14}
      - {date: 2026-06-17}
      - {date: 2026-10-21}
"""

AGREEMENT = """\
format: 1
title: IOP Exemplet
parties:
  kommunen:
    name: Socialnämnden
    kind: municipality
    administration: Socialförvaltningen
    contacts: [{name: Kim Exempelsson, role: verksamhetschef}]
  foreningen: {name: Föreningen Exemplet, kind: association}
period:
  start: 2024-01-01
  end: 2026-12-31
  wording: Överenskommelsen gäller 2024–2026.
  extension: {times: 1, length: 3 years, decide_by: 2026-05-31}
  notice: {length: 3 months, count: whole_months}
decisions:
  - {kind: adopted, body: Socialnämnden, date: 2023-10-18}
contributions:
  - id: ersattning
    from: kommunen
    to: foreningen
    kind: cash
    amount: 200000
    per: year
    payment: {times_per_year: 2, in: [january, july], wording: Betalas i januari och juli.}
duties:
  - {id: mote, kind: follow_up, text: Uppföljning, times_per_year: 2, responsible: [kommunen, foreningen]}
  - id: berattelse
    kind: report
    text: Verksamhetsberättelse
    yearly_by: "03-01"
    responsible: foreningen
    receiver: Socialnämnden
    contents: [antal besökare, antal volontärer]
log:
  - {duty: mote, through: 2025-12-31}
  - {duty: berattelse, through: 2025-12-31}
  - {payment: ersattning, year: 2024, date: 2024-01-15, amount: 100000}
  - {payment: ersattning, year: 2024, date: 2024-07-15, amount: 100000}
  - {payment: ersattning, year: 2025, date: 2025-01-15, amount: 100000}
  - {payment: ersattning, year: 2025, date: 2025-07-15, amount: 100000}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "agreements").mkdir()
    (tmp_path / "agreements" / "exempel-exemplet-2024.yaml").write_text(AGREEMENT, "utf-8")
    (tmp_path / "iopctl.yaml").write_text(SETTINGS, "utf-8")
    return tmp_path


FILE = "agreements/exempel-exemplet-2024.yaml"
SCREEN = f"""\
Passerat, utan anteckning i loggen
Datum       Vad, när och vem
2026-01-30  Utbetalning för 2026: 100 000 kr (1 av 2)
            för 26 dagar (4 veckor) sedan; ansvarig: Socialnämnden
            {FILE}:19:5 ”Betalas i januari och juli.”

Den här veckan
Datum       Vad, när och vem
2026-03-01  Verksamhetsberättelse
            om 4 dagar; ansvarig: Föreningen Exemplet
            till: Socialnämnden
            innehåll: antal besökare; antal volontärer
            2026-03-01 är en söndag och överenskommelsen flyttar inte dagen; nästa öppna dag är 2026-03-02
            {FILE}:28:5

Senare
Datum         Vad, när och vem
(2026-03-25)  Uppföljning hållen och förankrad hos parten, inför Socialnämnden 2026-04-22
              om 28 dagar (4 veckor); ansvarig: Socialnämnden
              ett riktmärke: den öppna dagen innan ärendet ska vara klart
              {FILE}:14:53
2026-03-26    Tjänsteskrivelsen klar, inför Socialnämnden 2026-04-22
              om 29 dagar (4 veckor); ansvarig: Socialnämnden
              {FILE}:14:53
2026-04-14    Facklig samverkan, inför Socialnämnden 2026-04-22
              om 48 dagar (7 veckor); ansvarig: Socialnämnden
              {FILE}:14:53
2026-04-15    Kallelse till Socialnämnden 2026-04-22
              om 49 dagar (7 veckor); ansvarig: Socialnämnden
              {FILE}:14:53
2026-04-22    Sista sammanträdet i Socialnämnden vars beslut säkert har laga kraft 2027-01-01
              om 56 dagar (8 veckor); ansvarig: Socialnämnden
              {FILE}:14:53
2026-05-31    Sista dagen att besluta om förlängning
              om 95 dagar (3 månader); ansvarig: Socialnämnden
              2026-05-31 är en söndag och dagen flyttas inte; närmast föregående öppna dag är 2026-05-29
              {FILE}:14:53

beräknat per 2026-02-25, till och med 2026-06-01
"""
"""On Wednesday 2026-02-25. January was to be paid on its last open day, Friday the 30th. The week ends
with Sunday 1 March. 17 June is after 31 May, so that 22 April is the last meeting to decide on. The memo of that
meeting is to be ready on Thursday 26 March: the follow-up is held the open day before, at the latest."""


def due(workspace: Path, *arguments: str, day: str = "2026-02-25") -> tuple[int, str, str]:
    done = iopctl("due", "--as-of", day, *arguments, cwd=workspace, lang="sv")
    return done.returncode, done.stdout, done.stderr


def keys(workspace: Path, *arguments: str, day: str = "2026-02-25") -> list[str]:
    code, out, err = due(workspace, "--format", "json", *arguments, day=day)
    assert (code, err) == (0, "")
    return [each["key"] for each in json.loads(out)["deadlines"]]


def test_the_screen(workspace: Path) -> None:
    assert due(workspace, "--until", "2026-06-01") == (0, SCREEN.replace("100 000 kr", "100\u00a0000\u00a0kr"), "")


def test_the_example_of_a_board_in_the_docs_is_this_one() -> None:
    text = (SHIPPED / "docs" / "due.md").read_text("utf-8")
    first, last = SCREEN.index("(2026-03-25)"), SCREEN.index("2026-05-31")
    assert SCREEN[first:last] in text
    assert SETTINGS.partition("boards:")[2] in text


def test_nothing_is_cut_on_a_narrow_terminal(workspace: Path) -> None:
    shown = on_a_terminal("due", "--as-of", "2026-02-25", "--until", "2026-06-01", cwd=workspace, columns=80)
    lines = shown.replace("\r", "").splitlines()
    assert max(len(line) for line in lines if "\x1b" not in line) <= 80
    assert "\x1b[1;31mPasserat, utan anteckning i loggen\x1b[0m" in lines
    plain = on_a_terminal(
        "due", "--as-of", "2026-02-25", "--until", "2026-06-01", cwd=workspace, columns=80, NO_COLOR="1"
    )
    assert "\x1b" not in plain


def test_this_month_is_what_is_left_of_it_after_this_week(workspace: Path) -> None:
    """On Monday 2 March the memo of the 26th is this month's, and nothing is left of this week but what has passed."""
    _code, out, _err = due(workspace, "--until", "2026-06-01", day="2026-03-02")
    groups = [line for line in out.splitlines() if line.startswith(("Passerat", "Den här", "Senare"))]
    assert groups == ["Passerat, utan anteckning i loggen", "Den här månaden", "Senare"]
    rows = [
        json_["group"] for json_ in json.loads(due(workspace, "--format", "json", day="2026-03-02")[1])["deadlines"]
    ]
    assert rows[:5] == ["overdue", "overdue", "this_month", "this_month", "later"]


def test_a_payment_is_not_late_before_the_open_day_it_is_moved_to(workspace: Path) -> None:
    """Agreed for 31 January 2026, a Saturday: paid on Monday 2 February (by analogy with 5 § skuldebrevslagen)."""
    path = workspace / FILE
    path.write_text(AGREEMENT.replace("in: [january, july]", "in: [january, july], day: 31"), "utf-8")
    expected = "2026-01-31 är en lördag; i praktiken 2026-02-02"
    assert expected in due(workspace, "--kind", "payment", day="2026-02-02")[1]
    assert due(workspace, "--fail-on", "overdue", day="2026-02-02")[0] == 0
    assert due(workspace, "--fail-on", "overdue", day="2026-02-03")[0] == 3


def test_kinds_and_times(workspace: Path) -> None:
    assert keys(workspace, "--kind", "payment") == ["ersattning.2026.1", "ersattning.2026.2"]
    assert keys(workspace, "--kind", "report,notice", "--kind", "end") == [
        "berattelse-2026",
        "notice.last",
        "period.end",
    ]
    assert keys(workspace, "--kind", "payment", "--from", "2026-02-25") == ["ersattning.2026.2"]
    assert keys(workspace, "--kind", "payment", "--within", "30d") == ["ersattning.2026.1"]
    assert keys(workspace, "--kind", "start") == []


def test_the_last_day_to_give_notice(workspace: Path) -> None:
    """Three whole calendar months: notice in September ends it with December. 30 September is a Wednesday."""
    _code, out, _err = due(workspace, "--kind", "notice", "--format", "json")
    [row] = json.loads(out)["deadlines"]
    assert (row["day"], row["practical"], row["who"]) == ("2026-09-30", None, ["kommunen", "foreningen"])


@pytest.mark.parametrize("name", ["foreningen", "Föreningen Exemplet", "föreningen exemplet"])
def test_for_a_party(workspace: Path, name: str) -> None:
    assert keys(workspace, "--for", name) == ["berattelse-2026", "mote-y3-1", "notice.last", "mote-y3-2"]


def test_for_a_role_a_unit_and_a_board(workspace: Path) -> None:
    of_the_party = [
        *("ersattning.2026.1", "extend.1.follow_up", "extend.1.memo", "decide.by", "mote-y3-1", "ersattning.2026.2"),
        *("notice.last", "mote-y3-2"),
    ]
    assert keys(workspace, "--for", "verksamhetschef") == of_the_party
    assert keys(workspace, "--for", "Socialförvaltningen") == of_the_party
    assert {"extend.1.memo", "extend.1.meeting"} < set(keys(workspace, "--for", "Socialnämnden"))


def test_a_name_that_nobody_has_is_an_error(workspace: Path) -> None:
    code, out, err = due(workspace, "--for", "Socialnämden")
    assert (code, out) == (2, "")
    assert err == "iopctl: --for: ingen heter socialnämden i överenskommelserna; menade du socialnämnden?\n"


def test_nothing_to_do_for_somebody_is_in_order(workspace: Path) -> None:
    assert due(workspace, "--for", "Föreningen Exemplet", "--until", "2026-02-26") == (
        0,
        "inget att bevaka till och med 2026-02-26\n",
        "",
    )


def test_a_file_of_no_format_is_not_written(workspace: Path) -> None:
    code, out, err = due(workspace, "-o", "iop.png")
    assert (code, out) == (2, "")
    assert err == "iopctl: -o: namnet är ”iop.png” men ska sluta på någon av: .json, .csv, .ics, .md, .html, .txt\n"
    assert not (workspace / "iop.png").exists()
    assert due(workspace, "-o", "iop.txt")[0] == 0


def test_from_after_until_is_an_error(workspace: Path) -> None:
    code, out, err = due(workspace, "--from", "2026-06-01", "--until", "2026-05-31")
    assert (code, out) == (2, "")
    assert err == "iopctl: --from 2026-06-01 är efter den sista dagen som visas, 2026-05-31\n"


def test_a_calendar_stays_as_it_is_when_an_agreement_is_left_out(workspace: Path) -> None:
    calendar = workspace / "iop.ics"
    assert due(workspace, "-o", "iop.ics")[0] == 0
    before = calendar.read_bytes()
    (workspace / "agreements" / "trasig.yaml").write_text("format: 1\n", "utf-8")
    code, _out, err = due(workspace, "-o", "iop.ics", day="2026-03-01")
    assert code == 1
    assert calendar.read_bytes() == before
    assert "inget skrivs: en kalender utan det som utelämnas skulle ta bort dagarna" in err


PLANNED = "  - {kind: extended, body: Socialnämnden, planned: 2026-02-18, until: 2029-12-31}\ncontributions:\n"


def board(workspace: Path, day: str) -> list[tuple[str, str, str]]:
    """The rows of what the board does: the day, the last part of the key, and the first words."""
    found = json.loads(due(workspace, "--kind", "board", "--format", "json", "--until", "2027-01-01", day=day)[1])
    return [(each["day"], each["key"].partition("extend.1.")[2], each["what"][:21]) for each in found["deadlines"]]


def test_a_meeting_that_is_planned_is_prepared_and_the_last_one_told(workspace: Path) -> None:
    """What has passed by 13 February of the preparation of 18 February is taken as done."""
    (workspace / FILE).write_text(AGREEMENT.replace("contributions:\n", PLANNED, 1), "utf-8")
    assert board(workspace, "2026-02-13") == [
        ("2026-02-13", "planned.summons", "Kallelse till Socialn"),  # five days before
        ("2026-02-18", "planned.meeting", "Planerat sammanträde "),
        ("2026-04-22", "meeting", "Sista sammanträdet i "),
    ]


def test_a_planned_meeting_that_has_been_without_a_decision(workspace: Path) -> None:
    (workspace / FILE).write_text(AGREEMENT.replace("contributions:\n", PLANNED, 1), "utf-8")
    assert board(workspace, "2026-03-01") == [
        ("2026-02-18", "planned", "Sammanträdet i Social"),
        ("2026-03-25", "follow_up", "Uppföljning hållen oc"),
        ("2026-03-26", "memo", "Tjänsteskrivelsen kla"),
        ("2026-04-14", "union", "Facklig samverkan, in"),
        ("2026-04-15", "summons", "Kallelse till Socialn"),
        ("2026-04-22", "meeting", "Sista sammanträdet i "),
    ]


def test_a_planned_day_that_is_no_meeting_is_said_to_be_none(workspace: Path) -> None:
    planned = PLANNED.replace("2026-02-18", "2026-03-10")
    (workspace / FILE).write_text(AGREEMENT.replace("contributions:\n", planned, 1), "utf-8")
    rows = json.loads(due(workspace, "--kind", "board", "--format", "json")[1])["deadlines"]
    [meeting] = [each for each in rows if each["key"] == "extend.1.planned.meeting"]
    assert (meeting["day"], meeting["note"]) == (
        "2026-03-10",
        "iopctl.yaml har inget sammanträde i Socialnämnden den här dagen",
    )


def test_what_can_still_decide_is_prepared_when_legal_force_is_lost(workspace: Path) -> None:
    """The agreement ends on 2026-12-31. A decision of 24 November has legal force on 5 January (process of § 10): too
    late, but it is still taken in time."""
    later = "      - {date: 2026-11-24, memo: 2026-10-29}\n"
    (workspace / "iopctl.yaml").write_text(SETTINGS + later, "utf-8")
    (workspace / FILE).write_text(AGREEMENT.replace(", decide_by: 2026-05-31", ""), "utf-8")
    assert board(workspace, "2026-10-22") == [
        ("2026-10-21", "missed", "Inget sammanträde i S"),
        ("2026-10-28", "late.follow_up", "Uppföljning hållen oc"),
        ("2026-10-29", "late.memo", "Tjänsteskrivelsen kla"),
        ("2026-11-24", "late.meeting", "Sammanträde då Social"),
    ]


def test_a_kind_that_is_none_is_an_error(workspace: Path) -> None:
    code, _out, err = due(workspace, "--kind", "betalning")
    assert code == 2
    assert err.startswith("iopctl: --kind: värdet är ”betalning” men ska vara något av: follow_up, report, ")


@pytest.mark.parametrize(
    ("day", "when", "code"),
    [
        ("2026-01-30", "overdue", 0),  # the last open day of January
        ("2026-01-31", "overdue", 3),
        ("2026-01-22", "7d", 0),  # in eight days
        ("2026-01-23", "7d", 3),
        ("2026-01-22", "8d", 3),
    ],
)
def test_fail_on(workspace: Path, day: str, when: str, code: int) -> None:
    assert due(workspace, "--fail-on", when, day=day)[0] == code


def test_a_day_of_our_own_fails_nothing(workspace: Path) -> None:
    """The first follow-up of the year has no day in the agreement; 30 June only spreads them."""
    assert due(workspace, "--kind", "follow_up", "--fail-on", "overdue", day="2026-07-01")[0] == 0
    assert due(workspace, "--kind", "follow_up", "--fail-on", "overdue", day="2027-01-01")[0] == 3


def test_a_broken_file_is_not_something_that_is_due(workspace: Path) -> None:
    (workspace / "agreements" / "trasig.yaml").write_text("format: 1\n", "utf-8")
    assert due(workspace, "--fail-on", "overdue", day="2026-01-31")[0] == 1


@pytest.mark.parametrize("when", ["7", "d7", "0d", "late", ""])
def test_a_time_that_is_none_is_an_error(workspace: Path, when: str) -> None:
    code, _out, err = due(workspace, "--fail-on", when)
    assert (code, err) == (2, f"iopctl: --fail-on: värdet är ”{when}”; skriv overdue, eller en tid: 7d, 2w eller 1m\n")


def test_csv_has_a_row_for_each(workspace: Path) -> None:
    _code, out, _err = due(workspace, "--format", "csv", "--kind", "report", "--until", "2026-12-31")
    [row] = csv.DictReader(io.StringIO(out))
    assert (row["key"], row["day"], row["practical"]) == ("berattelse-2026", "2026-03-01", "2026-03-02")
    assert (row["who"], row["contents"]) == ("foreningen", "antal besökare; antal volontärer")
    assert row["place"] == f"{FILE}:28:5"


def test_no_meeting_left(workspace: Path) -> None:
    _code, out, _err = due(workspace, "--kind", "board", "--until", "2026-06-30", day="2026-05-04")
    assert out == (
        "Passerat, utan anteckning i loggen\n"
        "Datum       Vad, när och vem\n"
        "2026-04-22  Inget sammanträde i Socialnämnden återstår för beslut senast 2026-05-31\n"
        "            för 12 dagar sedan; ansvarig: Socialnämnden\n"
        "            det första sammanträdet därefter är 2026-06-17\n"
        f"            {FILE}:14:53\n"
        "\n"
        "beräknat per 2026-05-04, till och med 2026-06-30\n"
    )


def test_a_matter_on_its_way_is_not_asked_for_what_has_passed(workspace: Path) -> None:
    """The memo of 26 March has been written when the proposal has a date; the meeting still has to decide."""
    before = keys(workspace, "--kind", "board", day="2026-04-01")
    assert before == ["extend.1.follow_up", "extend.1.memo", "extend.1.union", "extend.1.summons", "extend.1.meeting"]
    proposal = "  - {kind: extended, body: Socialnämnden, proposed: 2026-03-20, until: 2029-12-31}\n"
    (workspace / FILE).write_text(AGREEMENT.replace("contributions:\n", proposal + "contributions:\n", 1), "utf-8")
    after = keys(workspace, "--kind", "board", day="2026-04-01")
    assert after == ["extend.1.union", "extend.1.summons", "extend.1.meeting"]


def test_a_decision_takes_the_plan_away(workspace: Path) -> None:
    decision = "  - {kind: extended, body: Socialnämnden, date: 2026-04-22, until: 2029-12-31}\n"
    (workspace / FILE).write_text(AGREEMENT.replace("contributions:\n", decision + "contributions:\n", 1), "utf-8")
    assert keys(workspace, "--kind", "board,decide_by,end", "--until", "2030-01-01", day="2026-04-22") == ["period.end"]


def test_the_successor_begins(workspace: Path) -> None:
    later = AGREEMENT.replace("2024-01-01", "2027-01-01").replace("2026-12-31", "2029-12-31")
    later = later.partition("decisions:")[0].replace("title:", "replaces: exempel-exemplet-2024\ntitle:")
    later = later.replace("decide_by: 2026-05-31", "decide_by: 2029-05-31").replace("2024–2026", "2027–2029")
    (workspace / "agreements" / "exempel-exemplet-2027.yaml").write_text(later, "utf-8")
    expected = (
        "Senare\n"
        "Datum       Vad, när och vem\n"
        "2027-01-01  exempel-exemplet-2027 börjar gälla och tar över\n"
        "            om 310 dagar (10 månader)\n"
        "            agreements/exempel-exemplet-2027.yaml\n"
        "\n"
        "beräknat per 2026-02-25, till och med 2027-02-25\n"
    )
    assert due(workspace, "exempel-exemplet-2024", "--kind", "successor") == (0, expected, "")
