"""iopctl log, decide, extend, terminate and rename-unit: what is said, and what is written.

The days are worked by hand. Laga kraft: 14 days for the minutes, two for the notice, three weeks to appeal, the day
after. Notice of 3 months in whole calendar months from 2 May runs out on the last of August. Two years from
2027-01-01 end on 2028-12-31. 100 001 kr in two payments is 50 000 and, the remainder in the last, 50 001.
"""

from __future__ import annotations

import os
import subprocess
from difflib import unified_diff
from pathlib import Path

import pytest

from iopctl.cli.app import run
from tests.terminal import environment, iopctl, on_a_terminal

ID = "exempel-2024"
FILE = f"agreements/{ID}.yaml"

EXAMPLE = """\
format: 1
title: IOP Exempel
dnr: EN 2023/55
parties:
  kommunen:
    name: Exempelnämnden
    kind: municipality
    organisation: Exempelkommun
    board: Exempelnämnden
    administration: Exempelförvaltningen
  foreningen: {name: Föreningen Exempel, kind: association}

period:
  start: 2024-01-01
  end: 2026-12-31
  extension:
    times: 1
    length: 2 years
    decide_by: 2026-06-30
    decided_by: [kommunen, foreningen]
    wording: Överenskommelsen kan förlängas en gång med två år.
  notice: {length: 3 months, count: whole_months, given_by: [foreningen]}

decisions:
  - {kind: adopted, body: Exempelnämnden, planned: 2023-10-10} # enligt kallelsen

contributions:
  - id: stod
    from: kommunen
    to: foreningen
    kind: cash
    amount: 100001
    per: year
    part_year: months
    payment: {times_per_year: 2, in: [january, july]}
  - {id: arbete, from: foreningen, kind: volunteers, text: Tio volontärer.}

duties:
  - id: mote
    kind: meeting
    text: Styrgruppsmöte
    times_per_year: 2
    responsible: kommunen
  - id: rapport
    kind: report
    text: Verksamhetsberättelse
    yearly_by: "03-31"
    about: year_before
    responsible: foreningen
    receiver: Exempelförvaltningen
    contents: # tre saker
      - antal deltagare
      - ekonomi
      - planer för nästa år
"""

PROPOSED = "  - {kind: extended, body: Exempelnämnden, proposed: 2026-03-02, until: 2028-12-31}\n"
ADOPTED = "  - {kind: adopted, body: Exempelnämnden, planned: 2023-10-10} # enligt kallelsen\n"
UNDO = "undo: by hand, for the workspace is not kept in git\n"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "agreements").mkdir()
    (tmp_path / FILE).write_text(EXAMPLE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def changes(before: str, path: str = FILE) -> list[str]:
    """The lines that have gone and come."""
    after = Path(path).read_text("utf-8")
    found = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [each for each in found if not each.startswith(("---", "+++", "@@"))]


WRITTEN: dict[str, tuple[str, str, list[str]]] = {
    f"log held {ID} mote --date 2024-02-20 --note På__plats --as-of 2024-03-01": (
        f"{ID}: 2024-02-20 Styrgruppsmöte: done (På plats); the next time is by 2024-12-31\n"
        "next: 2024-07-31 Payment for 2024: 50,001\u00a0kr (2 of 2)\n",
        "",
        ["+", "+log:", "+  - {duty: mote, date: 2024-02-20, note: På plats}"],
    ),
    f"log held {ID} mote --as-of 2024-03-01": (
        f"{ID}: 2024-03-01 Styrgruppsmöte: done; the next time is by 2024-12-31\n"
        "next: 2024-07-31 Payment for 2024: 50,001\u00a0kr (2 of 2)\n",
        "",
        ["+", "+log:", "+  - {duty: mote, date: 2024-03-01}"],
    ),
    f"log received {ID} rapport --date 2024-03-20 --contents all --as-of 2024-04-01": (
        f"{ID}: 2024-03-20 Verksamhetsberättelse: done; the next time is by 2026-03-31\n"
        "next: 2024-06-30 Styrgruppsmöte (1 of 2) (a target)\n",
        "",
        [
            "+",
            "+log:",
            "+  - {duty: rapport, date: 2024-03-20, contents: [antal deltagare, ekonomi, planer för nästa år]}",
        ],
    ),
    f"log paid {ID} --date 2024-01-25 --as-of 2024-02-01": (
        f"{ID}: 2024-01-25 stod: payment for 2024, 50,000\u00a0kr; no amount was given: it is the one reckoned for "
        "payment 1 of 2 for 2024, due 2024-01-31\n"
        "next: 2024-06-30 Styrgruppsmöte (1 of 2) (a target)\n",
        "",
        ["+", "+log:", "+  - {payment: stod, date: 2024-01-25, year: 2024, amount: 50000}"],
    ),
    f"log paid {ID} stod --amount 50__000,00 --date 2024-01-25 --reference 4711 --as-of 2024-02-01": (
        f"{ID}: 2024-01-25 stod: payment for 2024, 50,000\u00a0kr; as reckoned for "
        "payment 1 of 2 for 2024, due 2024-01-31\n"
        "next: 2024-06-30 Styrgruppsmöte (1 of 2) (a target)\n",
        "",
        ["+", "+log:", '+  - {payment: stod, date: 2024-01-25, year: 2024, amount: 50000.00, reference: "4711"}'],
    ),
    f"log notice {ID} foreningen --date 2024-05-02 --as-of 2024-05-03": (
        f"{ID}: 2024-05-02 notice given by Föreningen Exempel; the last day is 2024-08-31: 3 months in whole calendar "
        "months from 2024-05-02 (period.notice)\n"
        "next: 2024-06-30 Styrgruppsmöte (1 of 2) (a target)\n",
        "",
        ["+", "+log:", "+  - {notice: foreningen, date: 2024-05-02}"],
    ),
    f"log invoice {ID} --date 2024-01-09 --reference F-12 --as-of 2024-02-01": (
        f"{ID}: 2024-01-09 stod: invoice came in\nnext: 2024-06-30 Styrgruppsmöte (1 of 2) (a target)\n",
        "",
        ["+", "+log:", "+  - {invoice: stod, date: 2024-01-09, reference: F-12}"],
    ),
    f"log requisition {ID} --date 2024-01-09 --year 2024 --as-of 2024-02-01": (
        f"{ID}: 2024-01-09 stod: requisition came in\nnext: 2024-06-30 Styrgruppsmöte (1 of 2) (a target)\n",
        "",
        ["+", "+log:", "+  - {requisition: stod, date: 2024-01-09, year: 2024}"],
    ),
    f"log request {ID} mote --date 2024-01-09 --as-of 2024-02-01": (
        f"{ID}: 2024-01-09 Styrgruppsmöte: asked for by a party\nnext: 2024-06-30 Styrgruppsmöte (1 of 2) (a target)\n",
        "",
        ["+", "+log:", "+  - {request: mote, date: 2024-01-09}"],
    ),
    f"log adjustment {ID} --year 2025 --percent 2,5 --date 2024-01-09 --as-of 2024-02-01": (
        f"{ID}: 2024-01-09 stod: adjustment asked for or decided\n"
        "next: 2024-06-30 Styrgruppsmöte (1 of 2) (a target)\n",
        "",
        ["+", "+log:", "+  - {adjustment: stod, date: 2024-01-09, year: 2025, percent: 2.5}"],
    ),
    f"decide {ID} --date 2023-10-10 --paragraph §__88 --as-of 2023-10-20": (
        f"{ID}: adoption, Exempelnämnden, 2023-10-10; laga kraft no later than 2023-11-17, if nobody appeals\n"
        "next: 2024-01-01 The agreement begins\n",
        "",
        [
            "-  - {kind: adopted, body: Exempelnämnden, planned: 2023-10-10} # enligt kallelsen",
            "+  - {kind: adopted, body: Exempelnämnden, date: 2023-10-10, planned: 2023-10-10, paragraph: 88} "
            "# enligt kallelsen",
        ],
    ),
    f"decide {ID} --date 2023-10-10 --paragraph 88 --approved 2023-10-16 --posted 2023-10-17 --as-of 2023-10-20": (
        # three weeks from 17 October end on 7 November
        f"{ID}: adoption, Exempelnämnden, 2023-10-10; laga kraft 2023-11-08, if nobody appeals\n"
        "next: 2024-01-01 The agreement begins\n",
        "",
        [
            "-  - {kind: adopted, body: Exempelnämnden, planned: 2023-10-10} # enligt kallelsen",
            "+  - {kind: adopted, body: Exempelnämnden, date: 2023-10-10, planned: 2023-10-10, approved: 2023-10-16, "
            "posted: 2023-10-17, paragraph: 88} # enligt kallelsen",
        ],
    ),
    f"decide {ID} --rejected --date 2023-10-10 --paragraph 88 --as-of 2023-10-20": (
        f"{ID}: rejection, Exempelnämnden, 2023-10-10; rejected\n",
        "",
        ["+  - {kind: rejected, body: Exempelnämnden, date: 2023-10-10, paragraph: 88}"],
    ),
    f"decide {ID} --kind recommended --body Utskottet --date 2023-10-03 --paragraph 7 --as-of 2023-10-20": (
        f"{ID}: recommendation, Utskottet, 2023-10-03\n"
        "next: 2023-11-22 Last day for a decision that is certain to have legal force 2024-01-01 (a target)\n",
        "",
        ["+  - {kind: recommended, body: Utskottet, date: 2023-10-03, paragraph: 7}"],
    ),
    f"extend {ID} --body Exempelnämnden --date 2024-05-21 --paragraph 30 --dnr EN__2024/9 --as-of 2024-05-22": (
        f"{ID}: extension, Exempelnämnden, 2024-05-21; the last day is 2028-12-31; laga kraft no later than "
        "2024-06-28, if nobody appeals\n"
        "next: 2024-06-30 Styrgruppsmöte (1 of 2) (a target)\n",
        "the agreement says that it is decided together by: Exempelnämnden, Föreningen Exempel (period.extension)\n",
        [
            "+  - kind: extended",
            "+    body: Exempelnämnden",
            "+    date: 2024-05-21",
            "+    paragraph: 30",
            "+    dnr: EN 2024/9",
            "+    until: 2028-12-31",
        ],
    ),
    f"extend {ID} --by 1__år --body Exempelnämnden --planned 2024-10-15 --as-of 2024-05-22": (
        f"{ID}: extension, Exempelnämnden, planned 2024-10-15; it counts when it has been taken\n"
        "next: 2024-06-30 Styrgruppsmöte (1 of 2) (a target)\n",
        "the agreement says that it is decided together by: Exempelnämnden, Föreningen Exempel (period.extension)\n",
        ["+  - {kind: extended, body: Exempelnämnden, planned: 2024-10-15, until: 2027-12-31}"],
    ),
    f"terminate {ID} --notice foreningen --given 2024-05-02 --as-of 2024-05-03": (
        f"{ID}: 2024-05-02 notice given by Föreningen Exempel; the last day is 2024-08-31: 3 months in whole calendar "
        "months from 2024-05-02 (period.notice)\n"
        "next: 2024-06-30 Styrgruppsmöte (1 of 2) (a target)\n",
        "",
        ["+", "+log:", "+  - {notice: foreningen, date: 2024-05-02}"],
    ),
    f"terminate {ID} --until 2024-12-31 --body Exempelnämnden --date 2024-05-21 --paragraph 40 --as-of 2024-05-22": (
        f"{ID}: termination, Exempelnämnden, 2024-05-21; the last day is 2024-12-31; laga kraft no later than "
        "2024-06-28, if nobody appeals\n"
        "next: 2024-06-30 Styrgruppsmöte (1 of 2) (a target)\n",
        "",
        [
            "+  - {kind: terminated, body: Exempelnämnden, date: 2024-05-21, paragraph: 40, until: 2024-12-31}",
        ],
    ),
    f"terminate {ID} --notice foreningen --given 2024-05-02 --body Exempelnämnden --date 2024-05-21 --paragraph 40 "
    "--as-of 2024-05-22": (
        f"{ID}: termination, Exempelnämnden, 2024-05-21; the last day is 2024-08-31; laga kraft no later than "
        "2024-06-28, if nobody appeals\n"
        "next: 2024-06-30 Styrgruppsmöte (1 of 2) (a target)\n",
        "",
        [
            "+  - {kind: terminated, body: Exempelnämnden, date: 2024-05-21, paragraph: 40, until: 2024-08-31}",
            "+",
            "+log:",
            "+  - {notice: foreningen, date: 2024-05-02}",
        ],
    ),
    "rename-unit Exempelnämnden Nya__nämnden --from 2025-01-01 --as-of 2024-05-22": (
        f"Exempelnämnden is called Nya nämnden from 2025-01-01 in: {ID}\n",
        "",
        ["+    renamed:", "+      - {from: 2025-01-01, name: Nya nämnden, board: Nya nämnden}"],
    ),
    "rename-unit Exempelförvaltningen Förvaltningen --from 2025-01-01 --administration --as-of 2024-05-22": (
        f"Exempelförvaltningen is called Förvaltningen from 2025-01-01 in: {ID}\n",
        "",
        ["+    renamed:", "+      - {from: 2025-01-01, administration: Förvaltningen}"],
    ),
}
"""The arguments, with __ for a space inside one; standard output before how to undo, standard error, what changed."""


def arguments(command: str) -> list[str]:
    return [each.replace("__", " ") for each in command.split()]


@pytest.mark.parametrize("command", WRITTEN)
def test_what_is_said_and_what_is_written(command: str, workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, err, changed = WRITTEN[command]
    assert run([*arguments(command), "--dry-run"]) == 0
    assert Path(FILE).read_text("utf-8") == EXAMPLE
    told = capsys.readouterr()
    assert told.err.startswith(f"not written, because of --dry-run: {out.splitlines()[0]}")
    shown = [line for line in told.out.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert shown == changed
    assert run(arguments(command)) == 0
    assert capsys.readouterr() == (out + UNDO, err)
    assert changes(EXAMPLE) == changed


REFUSED: dict[str, str] = {
    f"log held {ID} möte": "there is no duty möte; did you mean mote?",
    f"log held {ID} xyz": "there is no duty xyz; choose among: mote, rapport",
    "log held exempel mote": "there is no agreement exempel in the workspace; did you mean exempel-2024?",
    f"log held {ID} rapport": f"rapport is a report; write: iopctl log received {ID} rapport",
    f"log received {ID} mote": f"mote is not a report; write: iopctl log held {ID} mote",
    f"log received {ID} rapport --contents 4": (
        "--contents: found 4, expected all, or one of: 1 antal deltagare; 2 ekonomi; 3 planer för nästa år"
    ),
    f"log held {ID} mote --date 2024-06-01": (
        "--date: 2024-06-01 has not come (today is 2024-05-22); what has not happened is not recorded as done"
    ),
    f"log held {ID} mote --date 1/5": "--date: found 1/5, expected a date: YYYY-MM-DD",
    f"log paid {ID} arbete": "arbete is not given in money, so nothing is paid",
    f"log paid {ID} stöd": "there is no contribution stöd; did you mean stod?",
    f"log paid {ID} --amount 50.000": "--amount: found 50.000, expected kronor: 964988 or 964988,50",
    f"log paid {ID} --year 2030": "no payment is left that the log does not have; give --amount and --year",
    f"log notice {ID} kommunen": (
        "kommunen may not give notice: the clause (period.notice) gives that right to foreningen only"
    ),
    f"log notice {ID} forening": "there is no party forening; did you mean foreningen?",
    f"log adjustment {ID}": "--year is missing: which year's amount is adjusted?",
    f"log adjustment {ID} --year 2025 --percent mycket": ("--percent: found mycket, expected a percentage such as 2,5"),
    f"decide {ID}": "when was it taken (planned or proposed 2023-10-10)? Give --date DATE",
    f"decide {ID} --rejected": "when was it taken? Give --date DATE",
    f"decide {ID} --date 2023-10-10 --paragraph §": "--paragraph: found §, expected a §, such as 155",
    f"decide {ID} --date 2023-10-10 --number 3": "--number: found 3; the agreement has 1 decisions",
    f"decide {ID} --date 2023-10-10 --kind beslut": (
        "--kind: found beslut, expected one of: mandated, recommended, adopted, extended, delegated, terminated, "
        "rejected"
    ),
    f"decide {ID} --date 2024-02-10 --rejected": (
        "it was turned down 2024-02-10, after the agreement was to begin (2024-01-01); change or remove the period "
        "first"
    ),
    f"decide {ID} --kind extended --body Nämnden --date 2024-02-10": (
        f"a new extension is recorded with iopctl extend {ID}"
    ),
    f"decide {ID} --kind mandated --date 2024-02-10": "who decides? Give --body, such as --body Äldrenämnden",
    f"extend {ID} --date 2024-02-10": "who decides? Give --body, such as --body Äldrenämnden",
    f"extend {ID} --body Exempelnämnden": (
        "when? Give --date DATE when it has been taken, --planned DATE for a meeting that is to come, "
        "or --proposed DATE for a proposal"
    ),
    f"extend {ID} --body N --date 2024-02-10 --by länge": (
        "--by: found länge, expected a length of time: '3 years', '18 months', '3 år'"
    ),
    f"extend {ID} --body N --date 2024-02-10 --by 1__år --until 2028-01-01": "give --until or --by, not both",
    f"terminate {ID} --body N --date 2024-02-10": (
        f"{ID}: give the last day: --until DATE; or who gave notice, and the clause gives it: --notice PARTY"
    ),
    "rename-unit Exempelnämden Nya --from 2025-01-01": (
        "nothing is called Exempelnämden on 2025-01-01; did you mean Exempelnämnden?"
    ),
    "rename-unit Exempelnämnden Nya": "--from is missing: from which day is it called Nya?",
    "rename-unit Nya Nya --from 2025-01-01": "two names are needed, the old one and the new one",
    "rename-unit Exempelnämnden Nya --from 2027-01-01": (
        f"only agreements that end before 2027-01-01 have it: {ID}; name them to rename in them all the same"
    ),
    "rename-unit Exempelnämnden Nya --from 2025-01-01 --administration": (
        "nothing is called Exempelnämnden on 2025-01-01; did you mean Exempelförvaltningen?"
    ),
}


@pytest.mark.parametrize("command", REFUSED)
def test_what_is_refused(command: str, workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*arguments(command), "--as-of", "2024-05-22"]) == 2
    assert capsys.readouterr() == ("", f"iopctl: {REFUSED[command]}\n")
    assert Path(FILE).read_text("utf-8") == EXAMPLE


# -- what depends on what is there already -----------------------------------------------------------------------------


def with_(text: str, *, after: str = ADOPTED, log: str = "") -> str:
    changed = EXAMPLE.replace(after, after + text) + (f"\nlog:\n{log}" if log else "")
    Path(FILE).write_text(changed, "utf-8")
    return changed


def test_a_character_that_cannot_be_seen_is_refused(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for sign, code in (("\x1b", "001B"), ("\u202e", "202E"), ("\u00ad", "00AD")):
        assert run(["log", "held", ID, "mote", "--note", f"På{sign} plats", "--as-of", "2024-03-01"]) == 2
        assert capsys.readouterr() == (
            "",
            f"iopctl: there is a character in På<U+{code}> plats that cannot be seen; write it again\n",
        )
    assert changes(EXAMPLE) == []


def test_the_same_is_not_logged_twice(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = with_("", log="  - {duty: mote, date: 2024-02-20}\n  - {payment: stod, date: 2024-01-25, amount: 50000}\n")
    assert run(["log", "held", ID, "mote", "--date", "2024-02-20", "--as-of", "2024-03-01"]) == 2
    already = f"iopctl: {FILE}:57 says so already (2024-02-20); nothing was written\n"
    assert capsys.readouterr() == ("", already)
    paid = ["log", "paid", ID, "--date", "2024-01-25", "--as-of", "2024-03-01"]
    assert run(paid) == 2
    already = f"iopctl: {FILE}:58 says so already (2024-01-25); nothing was written"
    assert capsys.readouterr().err == f"{already}; if there was one more that day, give --year\n"
    assert Path(FILE).read_text("utf-8") == before
    assert run([*paid, "--year", "2024", "--amount", "50001"]) == 0
    assert changes(before) == ["+  - {payment: stod, date: 2024-01-25, year: 2024, amount: 50001}"]
    assert run([*paid, "--year", "2024", "--amount", "50001"]) == 2
    already = f"iopctl: {FILE}:59 says so already (2024-01-25); nothing was written"
    assert capsys.readouterr().err == f"{already}; if it was paid twice, tell them apart with --reference\n"


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("40000", "10,000\u00a0kr less than the 50,000\u00a0kr reckoned for"),
        ("50000.50", "0.50\u00a0kr more than the 50,000\u00a0kr reckoned for"),
    ],
)
def test_a_payment_that_differs_is_told(
    amount: str, said: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["log", "paid", ID, "--amount", amount, "--date", "2024-01-25", "--as-of", "2024-02-01"]) == 0
    assert f"; {said} payment 1 of 2 for 2024, due 2024-01-31\n" in capsys.readouterr().out


def test_the_next_payment_is_proposed(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After the first of the year the second, which has the remainder; then the first of the next year."""
    before = EXAMPLE
    for day, line in (
        ("2024-01-31", "+  - {payment: stod, date: 2024-01-31, year: 2024, amount: 50000}"),
        ("2024-07-31", "+  - {payment: stod, date: 2024-07-31, year: 2024, amount: 50001}"),
        ("2025-01-31", "+  - {payment: stod, date: 2025-01-31, year: 2025, amount: 50000}"),
    ):
        assert run(["log", "paid", ID, "--as-of", day]) == 0
        assert changes(before)[-1] == line
        before = Path(FILE).read_text("utf-8")


def test_an_amount_that_cannot_be_trusted_is_not_proposed(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = EXAMPLE.replace("end: 2026-12-31", "end: 2023-12-31")
    Path(FILE).write_text(text, "utf-8")
    assert run(["log", "paid", ID, "--as-of", "2024-02-01"]) == 2
    assert capsys.readouterr().err.endswith(
        "iopctl: what is to be paid cannot be reckoned: mend the error above first\n"
    )
    assert Path(FILE).read_text("utf-8") == text


def test_an_extension_on_its_way_is_decided(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = with_(PROPOSED)
    assert run(["extend", ID, "--body", "Exempelnämnden", "--date", "2026-05-19", "--as-of", "2026-05-20"]) == 2
    assert capsys.readouterr().err == (
        f"iopctl: {ID}: an extension until 2028-12-31 is on its way already; record what was decided; "
        f"nothing was written; see iopctl decide {ID}\n"
    )
    assert run(["decide", ID, "--date", "2026-05-19", "--paragraph", "31", "--as-of", "2026-05-20"]) == 2
    assert capsys.readouterr().err == (
        "iopctl: several decisions are still to be taken; choose with --number: 1: adoption, Exempelnämnden, "
        "planned 2023-10-10; 2: extension, Exempelnämnden, proposed 2026-03-02\n"
    )
    assert (
        run(["decide", ID, "--kind", "extended", "--date", "2026-05-19", "--paragraph", "31", "--as-of", "2026-05-20"])
        == 0
    )
    assert capsys.readouterr().out == (
        f"{ID}: extension, Exempelnämnden, 2026-05-19; the last day is 2028-12-31; laga kraft no later than "
        f"2026-06-26, if nobody appeals\nnext: 2026-06-30 Styrgruppsmöte (1 of 2) (a target)\n{UNDO}"
    )
    assert changes(before) == [
        "-" + PROPOSED.rstrip(),
        "+  - {kind: extended, body: Exempelnämnden, date: 2026-05-19, proposed: 2026-03-02, paragraph: 31, "
        "until: 2028-12-31}",
    ]


def test_an_extension_that_is_turned_down_stays_as_it_was_proposed(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rejection is a decision of its own; the agreement ends as agreed, and nothing is left to decide on."""
    before = with_(PROPOSED)
    turned_down = ["decide", ID, "--number", "2", "--rejected", "--date", "2026-05-19", "--paragraph", "31"]
    assert run([*turned_down, "--as-of", "2026-05-20"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{ID}: rejection, Exempelnämnden, 2026-05-19; the last day is 2026-12-31\nnext: ")
    assert changes(before) == ["+  - {kind: rejected, body: Exempelnämnden, date: 2026-05-19, paragraph: 31}"]
    assert run(["decide", ID, "--kind", "extended", "--date", "2026-05-20", "--as-of", "2026-05-20"]) == 2
    assert capsys.readouterr().err == f"iopctl: a new extension is recorded with iopctl extend {ID}\n"


@pytest.mark.parametrize(
    ("decision", "day", "why"),
    [
        (
            PROPOSED.replace("proposed: 2026-03-02", "proposed: 2026-03-02, date: 2026-05-19"),
            "2026-05-18",
            "2028-12-31, since an extension was decided after the notice, on 2026-05-19",
        ),
        (
            "",
            "2026-11-02",
            "2026-12-31, since the notice runs out after it, on 2027-02-28: 3 months in whole calendar months from "
            "2026-11-02 (period.notice)",
        ),
    ],
)
def test_why_a_notice_does_not_end_the_agreement_earlier(
    decision: str, day: str, why: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_(decision)
    assert run(["log", "notice", ID, "foreningen", "--date", day, "--as-of", "2026-12-01"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == f"{ID}: {day} notice given by Föreningen Exempel; the last day is still {why}"


def test_the_minutes_come_later(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a decision has already is not changed."""
    Path(FILE).write_text(EXAMPLE.replace("planned: 2023-10-10", "date: 2023-10-10, paragraph: 88"), "utf-8")
    before = Path(FILE).read_text("utf-8")
    late = ["decide", ID, "--approved", "2023-10-16", "--posted", "2023-10-17", "--as-of", "2023-10-20"]
    assert run(late) == 0
    assert changes(before)[1] == (
        "+  - {kind: adopted, body: Exempelnämnden, date: 2023-10-10, approved: 2023-10-16, posted: 2023-10-17, "
        "paragraph: 88} # enligt kallelsen"
    )
    capsys.readouterr()
    assert run(late) == 2
    assert capsys.readouterr().err == "iopctl: decision 1 says all that already; nothing was written\n"
    assert run(["decide", ID, "--number", "1", "--paragraph", "89"]) == 2
    assert capsys.readouterr().err == (
        f"iopctl: decision 1 has paragraph: 88; change it in the file if it is wrong, {FILE}\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            PROPOSED.replace("proposed", "date"),
            "",
            "the option is used up: 1 of 1 (period.extension: ”Överenskommelsen kan förlängas en gång med två år.”); "
            "give --until or --by to go beyond it",
        ),
        (
            "  - {kind: terminated, body: Exempelnämnden, date: 2026-03-02, until: 2026-06-30}\n",
            "",
            "the agreement has been terminated, and ends 2026-06-30; nothing was written",
        ),
        (
            "",
            "  - {notice: foreningen, date: 2026-03-02}\n",
            "notice was given on 2026-03-02, and the agreement ends 2026-06-30; nothing was written",
        ),
    ],
)
def test_an_extension_that_the_agreement_does_not_give(
    old: str, new: str, said: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = with_(old, log=new)
    assert run(["extend", ID, "--body", "Exempelnämnden", "--date", "2026-05-19", "--as-of", "2026-05-20"]) == 2
    assert capsys.readouterr() == ("", f"iopctl: {ID}: {said}\n")
    assert Path(FILE).read_text("utf-8") == before


def test_an_extension_beyond_the_option_is_refused_with_the_clause(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    longer = ["extend", ID, "--by", "3 years", "--body", "Exempelnämnden", "--date", "2024-05-21", "--paragraph", "1"]
    assert run([*longer, "--as-of", "2024-05-22"]) == 2
    assert capsys.readouterr() == (
        "",
        "error[PER004]: the extension is longer than the option: 2 years\n"
        f"  --> {FILE}:26:83 decisions[1].until\n"
        "26 |   - {kind: extended, body: Exempelnämnden, date: 2024-05-21, paragraph: 1, until: 2029-12-31}\n"
        "   |                                                                                   ^^^^^^^^^^ "
        "until 2029-12-31\n"
        "18 |     length: 2 years\n"
        "   |             ------- this length ends on 2028-12-31\n"
        "   = help: shorten the extension, or decide on a new agreement\n"
        "\n"
        "iopctl: nothing was written: the change would add the error above\n",
    )
    assert Path(FILE).read_text("utf-8") == EXAMPLE


def test_a_decision_after_the_day_to_decide_is_told(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    late = ["extend", ID, "--body", "Exempelnämnden", "--date", "2026-09-15", "--paragraph", "1"]
    assert run([*late, "--as-of", "2026-09-16"]) == 0
    assert "the agreement says that it is to be decided by 2026-06-30 (period.extension)\n" in capsys.readouterr().err


# -- a unit that is renamed --------------------------------------------------------------------------------------------


def test_a_board_is_renamed_everywhere_or_nowhere(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the agreements that run then, and in iopctl.yaml; one that has ended keeps its name."""
    settings = "boards:\n  - name: Exempelnämnden # som i protokollen\n    meetings:\n      - {date: 2026-05-19}\n"
    Path("iopctl.yaml").write_text(settings, "utf-8")
    later = EXAMPLE.replace("title: IOP Exempel", "title: IOP Två")
    Path("agreements/tva-2024.yaml").write_text(later, "utf-8")
    ended = EXAMPLE.replace("title: IOP Exempel", "title: IOP Ett").replace("2026-12-31", "2024-12-31")
    Path("agreements/ett-2024.yaml").write_text(ended.replace("    decide_by: 2026-06-30\n", ""), "utf-8")
    command = ["rename-unit", "Exempelnämnden", "Nya nämnden", "--from", "2025-06-01", "--as-of", "2025-05-01"]
    os.chmod("agreements/tva-2024.yaml", 0o444)  # noqa: PTH101
    if os.getuid():
        assert run(command) == 2
        assert changes(EXAMPLE) == []
        capsys.readouterr()
    os.chmod("agreements/tva-2024.yaml", 0o644)  # noqa: PTH101
    assert run(command) == 0
    assert capsys.readouterr() == (
        f"Exempelnämnden is called Nya nämnden from 2025-06-01 in: {ID}, tva-2024, iopctl.yaml\n{UNDO}",
        "left as they are, for they end before that day: ett-2024\n",
    )
    added = ["+    renamed:", "+      - {from: 2025-06-01, name: Nya nämnden, board: Nya nämnden}"]
    assert changes(EXAMPLE) == added
    assert changes(later, "agreements/tva-2024.yaml") == added
    assert Path("iopctl.yaml").read_text("utf-8") == settings.replace("Exempelnämnden", "Nya nämnden")
    again = ["rename-unit", "Nya nämnden", "Tredje nämnden", "--from", "2026-01-01", ID, "--as-of", "2025-05-01"]
    assert run(again) == 0
    assert changes(EXAMPLE) == [*added, "+      - {from: 2026-01-01, name: Tredje nämnden, board: Tredje nämnden}"]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (b"boards: [\n", "error[FRM003]"),
        (b"boards: 3\n", "error[FRM010]"),
        (b"# f\xf6r n\xe4mnder\nboards:\n  - {name: Exempeln\xe4mnden}\n", "error[FRM002]"),
    ],
)
def test_settings_that_cannot_be_read_may_name_the_board(
    settings: bytes, said: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("iopctl.yaml").write_bytes(settings)
    assert run(["rename-unit", "Exempelnämnden", "Nya nämnden", "--from", "2025-06-01", "--as-of", "2025-05-01"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.startswith(said), err.endswith("iopctl: mend the error above first\n")) == ("", True, True)
    assert (Path("iopctl.yaml").read_bytes(), changes(EXAMPLE)) == (settings, [])


def test_letters_of_two_signs_are_the_letters_that_they_look_like(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that was written on a Mac, and a name that was typed there: an a and its dots."""
    text = EXAMPLE.replace("Exempelnämnden", "Exempelna\u0308mnden")
    Path(FILE).unlink()
    Path("agreements/a\u030aret.yaml").write_text(text, "utf-8")
    command = ["rename-unit", "Exempelnämnden", "Nya na\u0308mnden", "--from", "2025-06-01", "--as-of", "2025-05-01"]
    assert run([*command, "\u00e5ret"]) == 0
    assert changes(text, "agreements/a\u030aret.yaml") == [
        "+    renamed:",
        "+      - {from: 2025-06-01, name: Nya n\u00e4mnden, board: Nya n\u00e4mnden}",
    ]


def test_settings_that_say_nothing_name_no_board(workspace: Path) -> None:
    Path("iopctl.yaml").write_text("# inget än\n", "utf-8")
    assert run(["rename-unit", "Exempelnämnden", "Nya nämnden", "--from", "2025-06-01", "--as-of", "2025-05-01"]) == 0
    assert Path("iopctl.yaml").read_text("utf-8") == "# inget än\n"


def test_an_agreement_that_is_named_twice_is_renamed_once(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = [ID, FILE, f"agreements/../{FILE}"]
    command = ["rename-unit", "Exempelnämnden", "Nya nämnden", "--from", "2025-06-01", "--as-of", "2025-05-01"]
    assert run([*command, *names]) == 0
    assert capsys.readouterr().out.startswith(f"Exempelnämnden is called Nya nämnden from 2025-06-01 in: {ID}\n")


# -- files as they are -------------------------------------------------------------------------------------------------


def test_a_byte_order_mark_and_windows_line_ends_stay(workspace: Path) -> None:
    before = b"\xef\xbb\xbf" + EXAMPLE.replace("\n", "\r\n").encode()
    Path(FILE).write_bytes(before)
    assert run(["log", "held", ID, "mote", "--date", "2024-02-20", "--as-of", "2024-03-01"]) == 0
    assert Path(FILE).read_bytes() == before + b"\r\nlog:\r\n  - {duty: mote, date: 2024-02-20}\r\n"


def test_what_cannot_be_changed_from_here(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = EXAMPLE.replace(ADOPTED, "  - {kind: adopted, # antagen\n     body: Exempelnämnden, planned: 2023-10-10}\n")
    text = text.replace("  foreningen: {name", "  foreningen: { # parten\n    name")
    Path(FILE).write_text(text, "utf-8")
    assert run(["decide", ID, "--date", "2023-10-10", "--as-of", "2023-10-20", "--paragraph", "1"]) == 0
    assert changes(text) == [
        "-     body: Exempelnämnden, planned: 2023-10-10}",
        "+     body: Exempelnämnden, date: 2023-10-10, planned: 2023-10-10, paragraph: 1}",
    ]


def test_a_file_that_cannot_be_read_is_not_written(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = EXAMPLE + "logg: []\n"
    Path(FILE).write_text(text, "utf-8")
    assert run(["log", "held", ID, "mote", "--as-of", "2024-03-01"]) == 2
    assert capsys.readouterr().err.endswith("iopctl: mend the error above first\n")
    assert Path(FILE).read_text("utf-8") == text


def test_a_new_error_is_refused_and_an_old_one_is_not(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = EXAMPLE.replace("responsible: kommunen", "responsible: ingen")
    Path(FILE).write_text(text, "utf-8")
    assert run(["log", "held", ID, "mote", "--date", "2024-02-20", "--as-of", "2024-03-01"]) == 0


def test_undo_is_git(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What git restores is what was there before; when there was more, that is said instead."""
    author = environment(
        GIT_AUTHOR_NAME="a",
        GIT_AUTHOR_EMAIL="a@example.org",
        GIT_COMMITTER_NAME="a",
        GIT_COMMITTER_EMAIL="a@example.org",
    )
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "a"]):
        subprocess.run(["git", *command], check=True, env=author)
    assert run(["log", "held", ID, "mote", "--date", "2024-02-20", "--as-of", "2024-03-01"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"undo: git restore {FILE}"
    assert run(["log", "held", ID, "mote", "--date", "2024-02-21", "--as-of", "2024-03-01"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        f"undo: by hand, for there was more in it that is not committed; git diff {FILE} shows it all"
    )
    subprocess.run(["git", "restore", FILE], check=True)
    assert Path(FILE).read_text("utf-8") == EXAMPLE
    Path(FILE).rename("agreements/exempel 2024;.yaml")
    for command in (["add", "."], ["commit", "-qm", "a"]):
        subprocess.run(["git", *command], check=True, env=author)
    assert run(["log", "held", "exempel 2024;", "mote", "--date", "2024-02-20", "--as-of", "2024-03-01"]) == 0
    undo = capsys.readouterr().out.splitlines()[-1]
    assert undo == "undo: git restore 'agreements/exempel 2024;.yaml'"
    subprocess.run(undo.removeprefix("undo: "), shell=True, check=True)  # as a person would paste it
    assert Path("agreements/exempel 2024;.yaml").read_text("utf-8") == EXAMPLE


def test_a_dry_run_is_coloured_on_a_terminal(workspace: Path) -> None:
    shown = on_a_terminal("log", "held", ID, "mote", "--dry-run", cwd=workspace, columns=100)
    assert "\x1b[32m+  - {duty: mote, date:" in shown
    plain = on_a_terminal("log", "held", ID, "mote", "--dry-run", cwd=workspace, columns=100, NO_COLOR="1")
    assert "\x1b[" not in plain


# -- the shell ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("log h", ["held"]),
        ("log held ex", [ID]),
        (f"log held {ID} ", ["mote"]),
        (f"log received {ID} ", ["rapport"]),
        (f"log request {ID} ", ["mote", "rapport"]),
        (f"log received {ID} rapport --contents ", ["1", "2", "3", "all"]),
        (f"log paid {ID} ", ["stod"]),
        (f"log notice {ID} f", ["foreningen"]),
        (f"terminate {ID} --notice ", ["kommunen", "foreningen"]),
        (f"extend {ID} --body ", ["Exempelnämnden"]),
        (f"decide {ID} --kind a", ["adopted"]),
        ("rename-unit Exempelf", ["Exempelförvaltningen"]),
        ("log held inget ", []),
    ],
)
def test_the_shell_offers_what_there_is(typed: str, offered: list[str], workspace: Path) -> None:
    done = iopctl(cwd=workspace, _IOPCTL_COMPLETE="bash", _IOPCTL_LINE=f"iopctl {typed}")
    assert done.stdout.split() == offered


@pytest.mark.parametrize("command", ["log", "decide", "extend", "terminate", "rename-unit"])
def test_the_help_has_examples_that_fit_a_terminal(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Examples:" in shown or command == "log"
