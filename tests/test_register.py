"""iopctl list and iopctl show as a person meets them: whole screens, and what each option finds."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from iopctl.model import LogEntry
from tests.agreements import SHIPPED
from tests.terminal import iopctl, on_a_terminal

RUNNING = """\
format: 1
title: IOP Mötesplatsen
dnr: SN 2023/7
parties:
  namnden:
    name: Socialnämnden
    kind: municipality
    organisation: Exempelkommunen
    organisation_number: 212000-9994
    administration: Socialförvaltningen
    contacts: [{name: Kim Exempelsson, role: verksamhetschef}]
  foreningen:
    name: Föreningen Exempel
    kind: association
    organisation_number: 802000-9992
    contacts: [{name: Alex Provsson, role: ordförande}, {name: Bo Provsson, role: kassör}]
replaces: motesplatsen-2021
period:
  start: 2024-01-01
  end: 2025-12-31
  extension: {times: 2, length: 2 years, decide_by: 2025-06-30, decided_by: [namnden, foreningen]}
  notice: {length: 3 months, count: whole_months, given_by: [foreningen], condition: "om statsbidraget upphör"}
decisions:
  - {kind: adopted, body: Socialnämnden, date: 2023-10-04, paragraph: 80}
  - {kind: extended, body: Socialnämnden, date: 2025-05-07, paragraph: 44, until: 2027-12-31}
contributions:
  - id: ersattning
    from: namnden
    to: foreningen
    kind: cash
    amount: 400000
    per: year
    payment: {times_per_year: 2, in: [january, july]}
  - {id: projekt, from: namnden, to: foreningen, kind: cash, amount: 50000, per: year, condition: om staten betalar,
     valid_from: 2027-01-01, payment: {times_per_year: 1, in: march}}
  - {id: lokal, from: namnden, to: foreningen, kind: premises, value: 60000, per: year}
  - {id: tid, from: foreningen, kind: volunteers}
duties:
  - {id: rapport, kind: report, text: Verksamhetsberättelse, yearly_by: "03-31", responsible: foreningen}
log:
  - {duty: rapport, date: 2024-03-20}
  - {payment: ersattning, date: 2024-01-31, amount: 200000}
  - {payment: ersattning, date: 2024-07-31, amount: 200000}
  - {duty: rapport, date: 2025-03-25, note: muntligt}
  - {payment: ersattning, date: 2025-01-31, amount: 200000}
  - {payment: ersattning, date: 2025-07-31, amount: 200000}
  - {payment: ersattning, date: 2026-01-30, amount: 200000}
"""
EARLIER = """\
format: 1
title: IOP Mötesplatsen, den första
parties:
  namnden: {name: Socialnämnden, kind: municipality, organisation: Exempelkommunen}
  foreningen: {name: Föreningen Exempel, kind: association}
period: {start: 2021-01-01, end: 2023-12-31}
decisions: [{kind: adopted, body: Socialnämnden, date: 2020-10-07, paragraph: 71}]
"""
COMING = """\
format: 1
title: IOP Kulturhuset
parties:
  kultur: {name: Kulturnämnden, kind: municipality, organisation: Grannkommunen}
  stiftelsen: {name: Stiftelsen Scenen, kind: foundation}
  studie: {name: Studieförbundet Vi, kind: study_association}
period: {start: 2027-01-01, end: open_ended}
decisions: [{kind: adopted, body: Kulturnämnden, planned: 2026-10-07}]
contributions:
  - {id: bidrag, from: kultur, to: stiftelsen, kind: cash, amount: 10000, per: year,
     payment: {times_per_year: 1, in: march}}
"""
SETTINGS = "name: Exempelkommunen\n"
DAY = ("--as-of", "2026-02-10")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "agreements").mkdir()
    for id_, text in (("kultur-2027", COMING), ("motesplatsen-2021", EARLIER), ("motesplatsen-2024", RUNNING)):
        (tmp_path / "agreements" / f"{id_}.yaml").write_text(text, "utf-8")
    (tmp_path / "iopctl.yaml").write_text(SETTINGS, "utf-8")
    return tmp_path


def screen(*arguments: str, cwd: Path, code: int = 0) -> str:
    done = iopctl(*arguments, cwd=cwd)
    assert (done.returncode, done.stderr) == (code, "")
    return done.stdout.replace("\xa0", " ")


# -- list --------------------------------------------------------------------------------------------------------------

LISTED = """\
Last day              Status             Money 2026  Agreement
until further notice  under preparation           –  kultur-2027
                                                     IOP Kulturhuset
                                                     Stiftelsen Scenen, Studieförbundet Vi · Kulturnämnden
                                                     (Grannkommunen)
2023-12-31            ended                       –  motesplatsen-2021
                                                     IOP Mötesplatsen, den första
                                                     Föreningen Exempel · Socialnämnden
2027-12-31            running            400,000 kr  motesplatsen-2024
                                                     IOP Mötesplatsen
                                                     Föreningen Exempel · Socialnämnden

agreements: 3; as of 2026-02-10
"""


def test_the_register(workspace: Path) -> None:
    assert screen("list", *DAY, cwd=workspace) == LISTED


def test_the_register_on_a_terminal_of_eighty_columns(workspace: Path) -> None:
    lines = on_a_terminal("list", *DAY, cwd=workspace, columns=80, NO_COLOR="1").replace("\r", "").splitlines()
    assert max(map(len, lines)) <= 80


def test_the_register_as_of_an_earlier_day(workspace: Path) -> None:
    """On 1 April 2025 the extension was not decided: the last day was another."""
    assert screen("list", "--as-of", "2025-04-01", "--status", "running", cwd=workspace) == (
        "Last day    Status   Money 2025  Agreement\n"
        "2025-12-31  running  400,000 kr  motesplatsen-2024\n"
        "                                 IOP Mötesplatsen\n"
        "                                 Föreningen Exempel · Socialnämnden\n"
        "\n"
        "agreements: 1; as of 2025-04-01\n"
    )


def test_marks_at_the_money_are_explained(workspace: Path) -> None:
    """In 2027 50 000 kr are paid on a condition: 400 000 + 50 000."""
    assert screen("list", "--as-of", "2027-02-10", "--where", "id~motesplatsen-2024", cwd=workspace) == (
        "Last day    Status    Money 2027  Agreement\n"
        "2027-12-31  running  450,000 kr*  motesplatsen-2024\n"
        "                                  IOP Mötesplatsen\n"
        "                                  Föreningen Exempel · Socialnämnden\n"
        "\n"
        "* something has to be decided or granted first, or a condition has to be met\n"
        "agreements: 1; as of 2027-02-10\n"
    )


@pytest.mark.parametrize(
    ("money", "shown", "foot"),
    [
        ("amount: 100, per: year, ceiling: true", "at most 100 kr", ""),
        ('amount: {unknown: "öppet"}', "not reckoned", ""),
        (
            "amount: 100000, per: year, indexation: {index: OPI, first: 2023-01-01, price_year: 2022}",
            "103,500 kr~",  # × 1,035, the preliminary figure
            "~ rests on a preliminary index figure\n",
        ),
        (
            "amount: 100, per: year}\n  - {from: namnden, kind: cash, amount: {unknown: X}",
            "100 kr+",
            "+ and more that is in no sum; see iopctl budget\n",
        ),
    ],
)
def test_money_that_is_not_a_plain_sum(workspace: Path, money: str, shown: str, foot: str) -> None:
    text = EARLIER + f"contributions:\n  - {{id: a, from: namnden, kind: cash, {money}}}\n"
    (workspace / "agreements" / "motesplatsen-2021.yaml").write_text(text, "utf-8")
    day = "2023-02-01" if "2023-01-01, price" in money else "2022-02-01"
    printed = screen("list", "--as-of", day, "--where", "id=motesplatsen-2021", cwd=workspace)
    assert printed == (
        f"Last day    Status   {f'Money {day[:4]}':>{len(shown)}}  Agreement\n"
        f"2023-12-31  running  {shown:>10}  motesplatsen-2021\n"
        f"                     {' ' * max(10, len(shown))}  IOP Mötesplatsen, den första\n"
        f"                     {' ' * max(10, len(shown))}  Föreningen Exempel · Socialnämnden\n"
        f"\n{foot}agreements: 1; as of {day}\n"
    )


def test_nothing_found_is_said(workspace: Path) -> None:
    none = "no agreements\nagreements: 0; as of 2026-02-10\n"
    assert screen("list", *DAY, "--board", "Byggnadsnämnden", cwd=workspace) == none


MARKDOWN = """\
| Id | Title | With | Board | Last day | Status | Money 2026 |
| --- | --- | --- | --- | --- | --- | ---: |
| kultur-2027 | IOP Kulturhuset | Stiftelsen Scenen<br>Studieförbundet Vi | Kulturnämnden (Grannkommunen) \
| until further notice | under preparation | – |
| motesplatsen-2021 | IOP Mötesplatsen, den första | Föreningen Exempel | Socialnämnden | 2023-12-31 | ended | – |
| motesplatsen-2024 | IOP Mötesplatsen | Föreningen Exempel | Socialnämnden | 2027-12-31 | running | 400,000 kr |

agreements: 3; as of 2026-02-10
"""


def test_the_register_as_markdown(workspace: Path) -> None:
    assert screen("list", *DAY, "--format", "md", cwd=workspace) == MARKDOWN


def test_the_register_for_a_spreadsheet(workspace: Path) -> None:
    assert screen("list", *DAY, "--format", "csv", "--where", "start<2027-01-01", cwd=workspace) == (
        "id,title,status,start,until,open_ended,other_side,boards,parties,party_ids,organisations,organisation_numbers,"
        "year,money,money_status,conditional,ceiling,not_reckoned,in_kind,dnr,replaces,file\n"
        'motesplatsen-2021,"IOP Mötesplatsen, den första",ended,2021-01-01,2023-12-31,false,Föreningen Exempel,'
        "Socialnämnden,Socialnämnden; Föreningen Exempel,namnden; foreningen,Exempelkommunen,,"
        "2026,0,,0,0,0,0,,,agreements/motesplatsen-2021.yaml\n"
        "motesplatsen-2024,IOP Mötesplatsen,running,2024-01-01,2027-12-31,false,Föreningen Exempel,"
        "Socialnämnden,Socialnämnden; Föreningen Exempel,namnden; foreningen,Exempelkommunen,212000-9994; 802000-9992,"
        "2026,400000,definitive,0,0,0,60000,SN 2023/7,motesplatsen-2021,agreements/motesplatsen-2024.yaml\n"
    )


def test_the_register_for_another_program(workspace: Path) -> None:
    found = json.loads(screen("list", *DAY, "--format", "json", "--where", "id=kultur-2027", cwd=workspace))
    assert found == {
        "format": 1,
        "as_of": "2026-02-10",
        "left_out": [],
        "agreements": [
            {
                "id": "kultur-2027",
                "title": "IOP Kulturhuset",
                "status": "under_preparation",
                "start": "2027-01-01",
                "until": None,
                "open_ended": True,
                "other_side": ["Stiftelsen Scenen", "Studieförbundet Vi"],
                "boards": ["Kulturnämnden (Grannkommunen)"],
                "parties": ["Kulturnämnden", "Stiftelsen Scenen", "Studieförbundet Vi"],
                "party_ids": ["kultur", "stiftelsen", "studie"],
                "organisations": ["Grannkommunen"],
                "organisation_numbers": [],
                "year": 2026,
                "money": "0",
                "money_status": None,
                "conditional": "0",
                "ceiling": "0",
                "not_reckoned": 0,
                "in_kind": "0",
                "dnr": None,
                "replaces": None,
                "file": "agreements/kultur-2027.yaml",
            }
        ],
    }


K, E, R = "kultur-2027", "motesplatsen-2021", "motesplatsen-2024"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), [K, E, R]),
        (("--status", "running"), [R]),
        (("--status", "Under-Preparation,ended"), [K, E]),
        (("--status", "under preparation", "--status", "running"), [K, R]),
        (("--status", "löpande"), [R]),
        (("--board", "kultur"), [K]),
        (("--board", "SOCIALNÄMNDEN"), [E, R]),
        (("--party", "exempel"), [E, R]),  # of a name
        (("--party", "grannkommunen"), [K]),  # of an organisation
        (("--party", "studie"), [K]),  # an id, and a part of a name
        (("--party", "namnden"), [E, R]),  # an id
        (("--party", "8020009992"), [R]),
        (("--party", "802000-9992"), [R]),
        (("--party", "802000"), []),  # a number is whole
        (("--ending-before", "2024-01-01"), [E]),
        (("--ending-before", "2023-12-31"), []),
        (("--ending-before", "2199-01-01"), [E, R]),  # what runs until further notice has no last day
        (("--where", "until>=2027-12-31"), [R]),
        (("--where", "until="), [K]),
        (("--where", "until!="), [E, R]),
        (("--where", "until!=2023-12-31"), [K, R]),
        (("--where", "money>=400 000,00"), [R]),
        (("--where", "money>400000"), []),
        (("--where", "in_kind=60000"), [R]),
        (("--where", "title~MÖTES"), [E, R]),
        (("--where", "title=iop kulturhuset"), [K]),
        (("--where", "boards=socialnämnden"), [E, R]),
        (("--where", "boards!=socialnämnden"), [K]),
        (("--where", "open_ended=true"), [K]),
        (("--where", "open_ended!=true"), [E, R]),
        (("--where", "status<running"), [E]),  # ended, running, under_preparation
        (("--where", " dnr = sn 2023/7 "), [R]),
        (("--where", "replaces="), [K, E]),
        (("--where", "money<1", "--where", "open-ended=false"), [E]),
        (("--status", "running", "--board", "kultur"), []),
    ],
)
def test_what_is_asked_for(workspace: Path, options: tuple[str, ...], expected: list[str]) -> None:
    printed = screen("list", *DAY, *options, "--format", "csv", cwd=workspace)
    assert [row["id"] for row in csv.DictReader(io.StringIO(printed))] == expected


FIELDS = (
    "id, title, status, start, until, open_ended, other_side, boards, parties, party_ids, organisations, "
    "organisation_numbers, year, money, money_status, conditional, ceiling, not_reckoned, in_kind, dnr, replaces, file"
)
STATUSES = "under_preparation, decided, running, being_extended, ended, ended_without_decision, terminated, rejected"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--status", "runing"), f"--status: found runing, expected one of: {STATUSES}; did you mean running?"),
        (("--status", "xyz"), f"--status: found xyz, expected one of: {STATUSES}"),
        (("--ending-before", "2027"), "--ending-before: found 2027, expected a date: YYYY-MM-DD"),
        (
            ("--where", "untill<2027-01-01"),
            f"--where: there is no field untill (did you mean until?); choose among: {FIELDS}",
        ),
        (("--where", "xyz=1"), f"--where: there is no field xyz; choose among: {FIELDS}"),
        (
            ("--where", "until"),
            "--where: found until, expected for example until<2027-01-01; the signs are: = != < <= > >= ~",
        ),
        (("--where", "until~2027"), "--where: until cannot be compared with ~; it takes: = != < <= > >="),
        (("--where", "until<"), "--where: until cannot be compared with <; it takes: = !="),
        (("--where", "boards<a"), "--where: boards cannot be compared with <; it takes: = != ~"),
        (("--where", "open_ended>true"), "--where: open_ended cannot be compared with >; it takes: = !="),
        (("--where", "until<soon"), "--where until: found soon, expected a date: YYYY-MM-DD"),
        (("--where", "money>much"), "--where money: found much, expected a number"),
        (("--where", "open_ended=ja"), "--where open_ended: found ja, expected one of: true, false"),
        (("--format", "xlsx"), "--format: found xlsx, expected one of: table, json, csv, md"),
    ],
)  # fmt: skip
def test_a_wrong_question_is_explained(workspace: Path, options: tuple[str, ...], says: str) -> None:
    done = iopctl("list", *options, cwd=workspace)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"iopctl: {says}\n")


def test_a_broken_file_is_named_and_the_others_listed(workspace: Path) -> None:
    (workspace / "agreements" / "kultur-2027.yaml").write_text("format: 1\n", "utf-8")
    done = iopctl("list", *DAY, "--format", "csv", cwd=workspace)
    assert done.returncode == 1
    assert [row["id"] for row in csv.DictReader(io.StringIO(done.stdout))] == [E, R]
    assert done.stderr.endswith("agreements/kultur-2027.yaml is left out: mend the error above first\n")


def test_a_register_of_broken_files_only_is_not_an_empty_one(workspace: Path) -> None:
    for path in (workspace / "agreements").iterdir():
        path.write_text("format: 1\n", "utf-8")
    assert iopctl("list", cwd=workspace).stdout == ""
    found = json.loads(iopctl("list", "--format", "json", cwd=workspace).stdout)
    assert found["left_out"] == [f"agreements/{id_}.yaml" for id_ in (K, E, R)]


# -- show --------------------------------------------------------------------------------------------------------------

# 2024-01-01 – 2029-12-31 is 2,192 days on 115 signs: the extension begins on day 731, at 731 × 115 ÷ 2192 = 38.35, what
# the option has left on day 1,461, at 76.65, and 10 February 2026 is day 771, at 40.4.
SHOWN = f"""\
IOP Mötesplatsen
motesplatsen-2024 · running · SN 2023/7
replaces motesplatsen-2021
Parties
  Socialnämnden (municipality) · Exempelkommunen · Socialförvaltningen; contact: verksamhetschef
  Föreningen Exempel (association); contact: ordförande, kassör
Period
  {"█" * 38}{"▓" * 39}{"░" * 38}
  {" " * 40}| as of 2026-02-10
  █ 2024-01-01 – 2025-12-31: as agreed
  ▓ 2026-01-01 – 2027-12-31: extended, decided 2025-05-07
  ░ 2028-01-01 – 2029-12-31: can be extended, not proposed
  Extension: 2 years, twice, to be decided no later than 2025-06-30, by Socialnämnden, Föreningen Exempel
  Notice: 3 months, in whole calendar months, by Föreningen Exempel, only on the condition “om statsbidraget upphör”
Money
  Contribution        2026        2027  Status and basis
  ersattning    400,000 kr  400,000 kr  definitive
  projekt                –   50,000 kr  definitive; only on the agreement's condition
  lokal          60,000 kr   60,000 kr  in kind
  in kind without a value: 1
Next deadlines
  Day         What and who
  2026-03-31  Verksamhetsberättelse · Föreningen Exempel
  2026-07-31  Payment for 2026: 200,000 kr (2 of 2) · Socialnämnden
  2027-01-29  Payment for 2027: 200,000 kr (1 of 2) · Socialnämnden
Findings in agreements/motesplatsen-2024.yaml
  Rule    Line  What is found
  FUP003    39  warning: nobody receives the report rapport
  FUP010    39  warning: rapport is due every year, but which year is it about?
  PER012    22  information: notice can be given only in special cases
Log
  Day         What happened
  2026-01-30  ersattning: payment for 2026, 200,000 kr
  2025-07-31  ersattning: payment for 2025, 200,000 kr
  2025-03-25  Verksamhetsberättelse: done (muntligt)
  2025-01-31  ersattning: payment for 2025, 200,000 kr
  2024-07-31  ersattning: payment for 2024, 200,000 kr
  earlier entries: 2
"""


def test_an_agreement_on_one_screen(workspace: Path) -> None:
    assert screen("show", R, *DAY, cwd=workspace) == SHOWN


def test_a_screen_is_eighty_columns_and_some_forty_lines(workspace: Path) -> None:
    lines = on_a_terminal("show", R, *DAY, cwd=workspace, columns=80, NO_COLOR="1").replace("\r", "").splitlines()
    assert max(map(len, lines)) <= 80
    assert len(lines) < 45


# 2024-01-01 – 2029-12-31 again, agreed and twice possible; 1 March 2025 is day 425: 425 × 115 ÷ 2192 = 22.3
BEFORE = f"""\
IOP Mötesplatsen
motesplatsen-2024 · running · SN 2023/7
replaces motesplatsen-2021
Parties
  Socialnämnden (municipality) · Exempelkommunen · Socialförvaltningen; contact: verksamhetschef
  Föreningen Exempel (association); contact: ordförande, kassör
Period
  {"█" * 38}{"░" * 77}
  {" " * 22}| as of 2025-03-01
  █ 2024-01-01 – 2025-12-31: as agreed
  ░ 2026-01-01 – 2027-12-31: can be extended, not proposed
  ░ 2028-01-01 – 2029-12-31: can be extended, not proposed
"""


def test_what_came_later_is_not_shown_as_of_an_earlier_day(workspace: Path) -> None:
    printed = screen("show", R, "--as-of", "2025-03-01", cwd=workspace)
    assert printed.startswith(BEFORE)
    assert printed.endswith(
        "Log\n"
        "  Day         What happened\n"
        "  2025-01-31  ersattning: payment for 2025, 200,000 kr\n"
        "  2024-07-31  ersattning: payment for 2024, 200,000 kr\n"
        "  2024-03-20  Verksamhetsberättelse: done\n"
        "  2024-01-31  ersattning: payment for 2024, 200,000 kr\n"
    )


def test_next_deadlines_are_those_of_due_on_that_day(workspace: Path) -> None:
    """The extension of 2025-05-07 was neither decided nor, as far as the file says, proposed."""
    file = workspace / "agreements" / f"{R}.yaml"
    text = file.read_text("utf-8")
    file.write_text(text[: text.index("contributions:")], "utf-8")
    printed = screen("show", R, "--as-of", "2025-03-01", cwd=workspace)
    coming = printed[printed.index("Next deadlines") : printed.index("Findings")]
    assert coming == (
        "Next deadlines\n"
        "  Day         What and who\n"
        "  2025-06-30  Last day to decide on an extension · Socialnämnden, Föreningen Exempel\n"
        "  2025-12-31  The agreement ends\n"
    )


# 2024-01-01 – 2027-12-31 is cut by three whole months from 10 February: 2026-05-31. That is 882 days on 115 signs: the
# extension begins on day 731, at 95.3, and the day is day 771, at 100.5.
NOTICED = f"""\
Period
  {"█" * 95}{"▓" * 20}
  {"as of 2026-02-10 |":>101}
  █ 2024-01-01 – 2025-12-31: as agreed
  ▓ 2026-01-01 – 2026-05-31: extended, decided 2025-05-07
  notice given by Föreningen Exempel 2026-02-10; the last day is 2026-05-31
  Extension: 2 years, twice, to be decided no later than 2025-06-30, by Socialnämnden, Föreningen Exempel
"""


def test_a_notice_is_told_where_the_time_is(workspace: Path) -> None:
    path = workspace / "agreements" / f"{R}.yaml"
    text = path.read_text("utf-8").replace("valid_from: 2027-01-01", "valid_from: 2026-03-01")  # within the time
    path.write_text(text + "  - {notice: foreningen, date: 2026-02-10}\n", "utf-8")
    assert NOTICED in screen("show", R, *DAY, cwd=workspace)
    assert screen("show", R, "--as-of", "2025-03-01", cwd=workspace).startswith(BEFORE)
    assert (
        "  ▓ 2026-01-01 – 2027-12-31: extended, decided 2025-05-07\n"
        "  ░ 2028-01-01 – 2029-12-31: can be extended, not proposed\n"
        "  Extension: "
    ) in screen("show", R, "--as-of", "2026-02-09", cwd=workspace)


@pytest.mark.parametrize(
    ("decisions", "said"),
    [
        ("[]", "not decided"),
        ("[{kind: mandated, body: Socialnämnden, date: 2020-05-06}]", "not decided"),
        ("[{kind: adopted, body: Socialnämnden, planned: 2020-10-07}]", "to be decided 2020-10-07"),
        ("[{kind: adopted, body: Socialnämnden, proposed: 2020-09-09}]", "proposed 2020-09-09, not decided"),
        (
            "[{kind: adopted, body: A, date: 2020-06-03}, {kind: adopted, body: B, planned: 2020-11-04}]",
            "to be decided 2020-11-04",
        ),
    ],
)
def test_one_that_is_not_adopted_is_not_agreed(workspace: Path, decisions: str, said: str) -> None:
    path = workspace / "agreements" / f"{E}.yaml"
    text = EARLIER[: EARLIER.index("decisions:")] + f"decisions: {decisions}\n"
    path.write_text(text, "utf-8")
    printed = iopctl("show", E, "--as-of", "2020-10-01", cwd=workspace).stdout.splitlines()
    assert printed[9] == f"  / 2021-01-01 – 2023-12-31: {said}"


def test_several_agreements_follow_on_each_other(workspace: Path) -> None:
    assert screen("show", R, f"agreements/{E}.yaml", *DAY, cwd=workspace) == (
        f"{SHOWN}\n"
        "IOP Mötesplatsen, den första\n"
        "motesplatsen-2021 · ended\n"
        "replaced by motesplatsen-2024 from 2024-01-01\n"
        "Parties\n"
        "  Socialnämnden (municipality) · Exempelkommunen\n"
        "  Föreningen Exempel (association)\n"
        "Period\n"
        # 2021-01-01 – 2026-02-10 is 1,867 days; 1,095 of them end at 67.4, and the mark is at the very end
        f"  {'█' * 67}\n"
        f"  {'as of 2026-02-10 |':>115}\n"
        "  █ 2021-01-01 – 2023-12-31: as agreed\n"
        "  Notice: the agreement does not mention it\n"
        "Money\n"
        "  no money in 2026 or 2027\n"
        "Next deadlines\n"
        "  none in the coming year\n"
        "Findings in agreements/motesplatsen-2021.yaml\n"
        "  Rule    Line  What is found\n"
        "  FUP001     6  warning: no year of the agreement has a follow-up, a report or a meeting\n"
        "Log\n"
        "  nothing is logged\n"
    )


BROKEN = EARLIER.replace("end: 2023-12-31", "end: 2020-12-31") + (
    "contributions: [{id: a, from: namnden, to: foreningen, kind: cash, amount: 1, per: year}]\n"
)


def test_what_would_reckon_with_broken_days_says_so(workspace: Path) -> None:
    (workspace / "agreements" / f"{E}.yaml").write_text(BROKEN, "utf-8")
    (workspace / "agreements" / f"{R}.yaml").unlink()
    assert screen("show", E, *DAY, cwd=workspace, code=1) == (
        "IOP Mötesplatsen, den första\n"
        "motesplatsen-2021 · not told\n"
        "Parties\n"
        "  Socialnämnden (municipality) · Exempelkommunen\n"
        "  Föreningen Exempel (association)\n"
        "Period\n"
        "  not reckoned: mend PER002 first, at agreements/motesplatsen-2021.yaml:6\n"
        "  Notice: the agreement does not mention it\n"
        "Money\n"
        "  not reckoned: mend PER002 first, at agreements/motesplatsen-2021.yaml:6\n"
        "Next deadlines\n"
        "  not reckoned: mend PER002 first, at agreements/motesplatsen-2021.yaml:6\n"
        "Findings in agreements/motesplatsen-2021.yaml\n"
        "  Rule    Line  What is found\n"
        "  PER002     6  error: the period ends before it begins\n"
        "  FUP001     6  warning: no year of the agreement has a follow-up, a report or a meeting\n"
        "  MON004     8  warning: nothing says when 1 kr is paid\n"
        "Log\n"
        "  nothing is logged\n"
    )
    [found] = json.loads(screen("show", E, *DAY, "--format", "json", cwd=workspace, code=1))["agreements"]
    assert [found[key] for key in ("status", "period", "money", "deadlines", "passed")] == [None] * 5


def test_an_error_that_is_not_about_the_days_leaves_them(workspace: Path) -> None:
    path = workspace / "agreements" / f"{R}.yaml"
    path.write_text(path.read_text("utf-8") + "total: {value: 1, per: year}\n", "utf-8")
    lines = screen("show", R, *DAY, cwd=workspace, code=1).splitlines()
    first, refused = SHOWN.splitlines(), "  not reckoned: mend MON001 first, at agreements/motesplatsen-2024.yaml:48"
    assert lines[:14] == first[:14]
    assert lines[14:18] == ["Money", refused, "Next deadlines", refused]


def test_broken_index_rows_stop_what_follows_an_index(workspace: Path) -> None:
    (workspace / "indices").mkdir()
    (workspace / "indices" / "OPI.yaml").write_text("index: OPI\nrows: [{year: 2024}]\n", "utf-8")
    assert "indices/OPI.yaml" not in screen("show", R, *DAY, cwd=workspace)
    path = workspace / "agreements" / f"{R}.yaml"
    indexed = "per: year\n    indexation: {index: OPI, first: 2025-01-01, price_year: 2024}\n    payment: {times"
    path.write_text(path.read_text("utf-8").replace("per: year\n    payment: {times", indexed), "utf-8")
    printed = iopctl("show", R, *DAY, cwd=workspace).stdout
    assert "Money\n  not reckoned: mend FRM009 first, at indices/OPI.yaml:2\n" in printed


def test_a_file_that_cannot_be_read_is_shown_as_check_shows_it(workspace: Path) -> None:
    (workspace / "agreements" / f"{K}.yaml").write_text("title: [\n", "utf-8")
    done = iopctl("show", K, E, *DAY, cwd=workspace)
    assert done.returncode == 1
    assert done.stdout.startswith("IOP Mötesplatsen, den första\n")
    checked = iopctl("check", f"agreements/{K}.yaml", *DAY, cwd=workspace).stdout
    assert checked.startswith(done.stderr)
    assert done.stderr.startswith("error[FRM003]: ")
    assert done.stderr.endswith("\n\n")
    assert json.loads(iopctl("show", K, *DAY, "--format", "json", cwd=workspace).stdout) == {
        "format": 1,
        "as_of": "2026-02-10",
        "left_out": ["agreements/kultur-2027.yaml"],
        "agreements": [],
    }


def test_an_unknown_id(workspace: Path) -> None:
    done = iopctl("show", "motesplatsen-2023", cwd=workspace)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no agreement motesplatsen-2023 in the workspace; did you mean motesplatsen-202" in done.stderr
    assert iopctl("show", cwd=workspace).stderr == "iopctl: ID... is missing\nHelp: iopctl show --help\n"


def test_findings_beyond_the_first_are_counted() -> None:
    """What check finds in the same file, whole in JSON and in brief on the screen."""
    id_, day = "lund-roda-korset-2023", ("--as-of", "2024-02-01")
    checked = iopctl("check", f"agreements/{id_}.yaml", *day, "--format", "json", cwd=SHIPPED).stdout
    found = json.loads(checked)["findings"]
    acknowledged = sum(each["acknowledged"] is not None for each in found)
    assert (len(found), acknowledged) == (13, 1)
    shown = screen("show", id_, *day, cwd=SHIPPED)
    assert f"  and 8 more: iopctl check agreements/{id_}.yaml\n  acknowledged: 1\n" in shown
    [data] = json.loads(screen("show", id_, *day, "--format", "json", cwd=SHIPPED))["agreements"]
    assert data["findings"] == json.loads(checked.replace("\xa0", " "))["findings"]


MARKDOWN_SHOWN = f"""\
# IOP Kulturhuset

kultur-2027 · under preparation

## Parties

- Kulturnämnden (municipality) · Grannkommunen
- Stiftelsen Scenen (foundation)
- Studieförbundet Vi (study association)

## Period

```text
{" " * 33}{"/" * 38}→
| as of 2026-02-10
```

- / 2027-01-01 – until further notice: to be decided 2026-10-07

- Notice: the agreement does not mention it

## Money

| Contribution | 2026 | 2027 | Status and basis |
| --- | ---: | ---: | --- |
| bidrag | – | 10,000 kr | definitive |

## Next deadlines

| Day | What and who |
| --- | --- |
| (2026-11-23) | Last day for a decision that is certain to have legal force 2027-01-01 · Kulturnämnden |
| 2027-01-01 | The agreement begins |

## Findings in agreements/kultur-2027.yaml

| Rule | Line | What is found |
| --- | ---: | --- |
| PAR004 | 6 | warning: the party studie has nothing to do in the agreement |
| FUP001 | 7 | warning: no year of the agreement has a follow-up, a report or a meeting |
| PER010 | 7 | warning: the agreement runs until further notice, but no notice is set |

## Log

- nothing is logged
"""


def test_an_agreement_as_markdown(workspace: Path) -> None:
    """2026-02-10 – 2028-01-02 is 692 days on 71 signs; the agreement begins on day 325: 325 × 71 ÷ 692 = 33.3."""
    assert screen("show", K, *DAY, "--format", "md", cwd=workspace) == MARKDOWN_SHOWN


EVENTS = {
    "duty": ("{duty: rapport, date: 2026-02-01}", "Verksamhetsberättelse: done"),
    "payment": ("{payment: ersattning, date: 2026-02-02, amount: 200000}", "ersattning: payment for 2026, 200,000 kr"),
    "notice": ("{notice: foreningen, date: 2026-02-03}", "notice given by Föreningen Exempel"),
    "adjustment": (
        "{adjustment: ersattning, date: 2026-02-04, year: 2026}",
        "ersattning: adjustment asked for or decided",
    ),
    "invoice": ("{invoice: ersattning, date: 2026-02-05}", "ersattning: invoice came in"),
    "requisition": ("{requisition: ersattning, date: 2026-02-06}", "ersattning: requisition came in"),
    "request": ("{request: extramote, date: 2026-02-07}", "Extra möte: asked for by a party"),
}


def test_every_event_of_the_log_in_words(workspace: Path) -> None:
    path = workspace / "agreements" / f"{R}.yaml"
    duty = "  - {id: extramote, kind: meeting, text: Extra möte, on_request: true, responsible: namnden}\nlog:\n"
    text = path.read_text("utf-8").replace("log:\n", duty)
    path.write_text(text + "".join(f"  - {entry}\n" for entry, _words in EVENTS.values()), "utf-8")
    [found] = json.loads(iopctl("show", R, *DAY, "--format", "json", cwd=workspace).stdout)["agreements"]
    told = [each["what"].replace("\xa0", " ") for each in reversed(found["log"]) if (each["day"] or "") > "2026-01-31"]
    assert told == [words for _entry, words in EVENTS.values()]
    assert set(EVENTS) == {each["required"][0] for each in LogEntry.model_json_schema()["oneOf"]}
