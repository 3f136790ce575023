"""iopctl pay as a person meets it: forecasts are marked in every form, and the agreement's words stay words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.terminal import iopctl, on_a_terminal

AGREEMENT = """\
format: 1
title: IOP Exempel
dated: 2021-12-15
parties:
  kommunen: {name: Exempelnämnden, kind: municipality}
  foreningen: {name: Föreningen Exempel, kind: association}
period: {start: 2022-01-01, end: 2025-12-31}
contributions:
  - id: ersattning
    from: kommunen
    to: foreningen
    kind: cash
    amount: 100000
    per: year
    indexation: {index: OPI, first: 2023-01-01, price_year: 2022, rounding: {to: 1}, preliminary: settle}
    payment: {times_per_year: 1, in: january}
"""
SCENARIOS = "scenarios:\n  OPI: {low: 1, mid: 2.0, high: 3}\n"
ASKED = ("pay", "--as-of", "2023-06-01")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    put(tmp_path, AGREEMENT)
    return tmp_path


def put(folder: Path, agreement: str) -> None:
    (folder / "agreements").mkdir()
    (folder / "agreements" / "prov.yaml").write_text(agreement, "utf-8")


def screen(*arguments: str, cwd: Path, code: int = 0) -> str:
    done = iopctl(*arguments, cwd=cwd)
    assert (done.returncode, done.stderr) == (code, "")
    return done.stdout.replace("\xa0", " ")


# 100 000 kr in the prices of 2022. 2023: × 1,035 = 103 500, × 1,046 = 104 600.
# OPI for 2024 and 2025 is not known on 1 June 2023, and assumed to be 2 %: × 1,02 = 106 692 · × 1,02 = 108 825,84

ASSUMED = """\
prov · ersattning
payer: Exempelnämnden · receiver: Föreningen Exempel
Period  No later than      Amount  Status       Basis
2022    2022-01-31     100,000 kr  definitive
2023    2023-01-31     103,500 kr  preliminary  OPI 2023 preliminary 3.5 %
2023    2024-01-31       1,100 kr  correction   OPI 2023 4.6 % instead of OPI 2023 preliminary 3.5 %, known 2023-04-19
                                                paid with the first payment for 2024
2024    2024-01-31     106,692 kr  forecast     OPI 2024 assumed 2 %
2025    2025-01-31     108,826 kr  forecast     OPI 2025 assumed 2 %

forecast: OPI 2 % a year, assumed
reckoned as of 2023-06-01
"""


def test_assumed_for_every_year_without_a_figure(workspace: Path) -> None:
    assert screen(*ASKED, "--assume", "OPI=2", cwd=workspace) == ASSUMED
    one = screen(*ASKED, "--assume", "OPI:2024=2", cwd=workspace)
    assert "2025    2025-01-31              –  blocked      OPI 2025 is not known\n" in one
    # a year of its own goes before every year: 106 692 × 1,03 = 109 892,76
    both = screen(*ASKED, "--assume", "OPI=2", "--assume", "OPI:2025=3,0", cwd=workspace)
    assert "2025    2025-01-31     109,893 kr  forecast     OPI 2025 assumed 3.0 %\n" in both


def test_a_forecast_is_marked_in_records(workspace: Path) -> None:
    text = screen(*ASKED, "--assume", "OPI=2", "--format", "csv", cwd=workspace)
    listed = list(csv.DictReader(io.StringIO(text)))
    assert [(row["year"], row["kind"], row["amount"], row["status"]) for row in listed] == [
        ("2022", "instalment", "100000", "definitive"),
        ("2023", "instalment", "103500", "preliminary"),
        ("2023", "correction", "1100", "definitive"),
        ("2024", "instalment", "106692", "forecast"),
        ("2025", "instalment", "108826", "forecast"),
    ]
    found = json.loads(screen(*ASKED, "--assume", "OPI=2", "--format", "json", cwd=workspace))
    assert [each["status"] for each in found["payments"]] == [row["status"] for row in listed]
    last = found["payments"][-1]["working"]["steps"]
    assert [(step["year"], step["status"], Decimal(step["percent"])) for step in last] == [
        (2023, "definitive", Decimal("4.6")),
        (2024, "forecast", Decimal(2)),
        (2025, "forecast", Decimal(2)),
    ]
    assert last[1]["figures"] == [
        {
            "index": "OPI", "year": 2024, "month": None, "edition": None, "reference_year": None, "value": "2",
            "status": "forecast", "published": None, "seen": None, "source": [], "weight": "100",
        }
    ]  # fmt: skip
    assert found["scenario"] is None
    assert found["forecasts"] == [{"index": "OPI", "year": None, "percent": "2", "looked_back_on": None}]


EXPLAINED = """\
prov · ersattning · 2024: 106,692 kr (forecast)
├─ agreed in: agreements/prov.yaml:13:13
├─ index clause: agreements/prov.yaml:15:5
├─ the agreement does not say, and iopctl reckons so:
│  ├─ each year's own index (lag)
│  ├─ on the unrounded amount of the year before (chain_on)
│  ├─ when the index falls, so does the amount (negative)
│  └─ what that changes is paid with the next payment (settlement)
├─ agreed amount = 100,000 kr
├─ 2023: 100,000.00 × 1.046 = 104,600.00
│  └─ OPI 2023: 4.6 %, definitive, published 2023-04-19, source S11, S12
├─ 2024: 104,600.00 × 1.02 = 106,692.00
│  └─ OPI 2024: 2 %, assumed for this run
├─ rounded to whole kronor, half upwards, as the clause says = 106,692 kr
└─ to be paid no later than 2024-01-31, the last open day of the month

sources
├─ OPI S11: Vårdföretagarna, Definitivt omsorgsprisindex klart, april 2023
│  └─ https://www.vardforetagarna.se/2023/04/definitivt-omsorgsprisindex-klart/
└─ OPI S12: SKR, Definitivt omsorgsprisindex (OPI) för 2023, 2023-04-19 (endast publiceringsdagen)
   └─ https://webbutik.skl.se/skr/tjanster/cirkular/cirkular/2023/definitivtomsorgsprisindexopifor2023.70259.html

forecast: OPI 2 % a year, assumed
reckoned as of 2023-06-01
"""


def test_a_forecast_is_marked_in_its_explanation(workspace: Path) -> None:
    asked = (*ASKED, "--assume", "OPI=2", "--year", "2024", "--explain")
    assert screen(*asked, cwd=workspace) == EXPLAINED
    tree = json.loads(screen(*asked, "--format", "json", cwd=workspace))["payments"][0]["explanation"]
    assert _drawn(tree) == [line for line in EXPLAINED.splitlines() if line][:15]


def _drawn(node: dict[str, Any]) -> list[str]:
    """The tree again, from the data."""

    def below(nodes: list[dict[str, Any]], indent: str) -> Iterator[str]:
        for each in nodes:
            last = each is nodes[-1]
            yield f"{indent}{'└─' if last else '├─'} {each['text']}"
            yield from below(each.get("below", []), indent + ("   " if last else "│  "))

    return [node["text"], *below(node["below"], "")]


def test_an_amount_is_never_broken_over_two_lines(workspace: Path) -> None:
    log = "log:\n  - {payment: ersattning, date: 2022-01-31, amount: 1234567}\n"
    (workspace / "agreements" / "prov.yaml").write_text(AGREEMENT + log, "utf-8")
    shown = on_a_terminal("pay", "--as-of", "2022-02-01", "--year", "2022", cwd=workspace, columns=72, NO_COLOR="1")
    assert "1\xa0234\xa0567\xa0kr" in shown


# --- scenarios --------------------------------------------------------------------------------------------------------
#
# Of iopctl.yaml: 104 600 × 1,01 = 105 646 · × 1,02 = 106 692 · × 1,03 = 107 738.
# Else of OPI 2015–2023, in order 1,5 1,9 2,2 2,6 2,6 2,7 2,7 3,0 4,6: the median is 2,6.
#   104 600 × 1,015 = 106 169 · × 1,026 = 107 319,60 · × 1,046 = 109 411,60

OF_2024 = """\
prov · ersattning
payer: Exempelnämnden · receiver: Föreningen Exempel
Period  No later than      Amount  Status    Basis
2024    2024-01-31     {amount} kr  forecast  OPI 2024 assumed {percent} %

forecast: OPI {percent} % a year, {why}
reckoned as of 2023-06-01
"""


@pytest.mark.parametrize(
    ("settings", "scenario", "amount", "percent", "why"),
    [
        (SCENARIOS, "low", "105,646", "1", "as iopctl.yaml says for the scenario low"),
        (SCENARIOS, "mid", "106,692", "2.0", "as iopctl.yaml says for the scenario mid"),
        (SCENARIOS, "high", "107,738", "3", "as iopctl.yaml says for the scenario high"),
        (None, "low", "106,169", "1.5", "the lowest of the definitive changes 2015–2023"),
        (None, "mid", "107,320", "2.6", "the median of the definitive changes 2015–2023"),
        (None, "high", "109,412", "4.6", "the highest of the definitive changes 2015–2023"),
    ],
)
def test_a_scenario_says_what_it_rests_on(
    workspace: Path, settings: str | None, scenario: str, amount: str, percent: str, why: str
) -> None:
    if settings is not None:
        (workspace / "iopctl.yaml").write_text(settings, "utf-8")
    asked = (*ASKED, "--year", "2024", "--scenario", scenario)
    assert screen(*asked, cwd=workspace) == OF_2024.format(amount=amount, percent=percent, why=why)
    explained = screen(*asked, "--explain", cwd=workspace)
    assert explained.endswith(f"forecast: OPI {percent} % a year, {why}\nreckoned as of 2023-06-01\n")
    assert f"prov · ersattning · 2024: {amount} kr (forecast)\n" in explained
    found = json.loads(screen(*asked, "--format", "json", cwd=workspace))
    assert found["scenario"] == scenario
    stated = None if settings else [2015, 2023]
    assert found["forecasts"] == [{"index": "OPI", "year": None, "percent": percent, "looked_back_on": stated}]
    assert [each["status"] for each in found["payments"]] == ["forecast"]
    assert ",forecast,false," in screen(*asked, "--format", "csv", cwd=workspace)


def test_a_scenario_knows_no_more_than_its_day(workspace: Path) -> None:
    # on 1 February 2023 there is only the preliminary figure for 2023: 2015–2022, in order
    # 1,5 1,9 2,2 2,6 2,6 2,7 2,7 3,0, and the median is still 2,6
    text = screen("pay", "--as-of", "2023-02-01", "--year", "2024", "--scenario", "high", cwd=workspace)
    assert text.endswith(
        "forecast: OPI 3.0 % a year, the highest of the definitive changes 2015–2022\nreckoned as of 2023-02-01\n"
    )


def test_an_assumption_goes_before_the_scenario(workspace: Path) -> None:
    asked = (*ASKED, "--year", "2024", "--scenario", "high", "--assume", "OPI=2")
    text = screen(*asked, cwd=workspace)
    assert "106,692 kr  forecast  OPI 2024 assumed 2 %\n" in text
    assert text.endswith("reckoned as of 2023-06-01\n")


def test_a_scenario_that_nothing_rests_on_is_not_told(workspace: Path) -> None:
    text = screen(*ASKED, "--year", "2023", "--scenario", "high", cwd=workspace)
    assert text.endswith("reckoned as of 2023-06-01\n")


# --- what an agreement says stays what it says ------------------------------------------------------------------------

HOSTILE = """\
# Rubrik

- [a](b) `kod` *a* _b_ <b>fet</b> &amp; ![c](d) ~~e~~ | f |
1. =cmd
---
    indraget
"""
ONE_LINE = "# Rubrik - [a](b) `kod` *a* _b_ <b>fet</b> &amp; ![c](d) ~~e~~ | f | 1. =cmd --- indraget"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    quoted = json.dumps(HOSTILE)
    text = AGREEMENT.replace("Exempelnämnden", json.dumps("=cmd|' /C calc'!A0")).replace(
        "preliminary: settle}", f"preliminary: settle, wording: {quoted}}}"
    )
    text += f"""\
  - id: oppet
    from: kommunen
    to: foreningen
    kind: cash
    amount: {{unknown: {quoted}}}
  - id: invanare
    from: kommunen
    to: foreningen
    kind: cash
    amount: 2
    per: inhabitant
    population:
      - {{year: 2022, inhabitants: 1000, source: {quoted}}}
    valid_until: 2022-12-31
"""
    put(tmp_path, text)
    return tmp_path


def _text(token: Token) -> str:
    return "".join(child.content for child in token.children or ())


def test_the_agreements_words_in_markdown(hostile: Path) -> None:
    text = screen(*ASKED, "--format", "md", cwd=hostile, code=1)
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    headings = [_text(tokens[place + 1]) for place, token in enumerate(tokens) if token.type == "heading_open"]
    assert all(each.startswith("prov · ") or each == "sources" for each in headings)
    inline = [token for token in tokens if token.type == "inline"]
    kinds = {child.type for token in inline for child in token.children or ()}
    assert kinds == {"text"}, "no code, link, image, emphasis, HTML or line break"
    assert {token.type.removesuffix("_open").removesuffix("_close") for token in tokens} == {
        "heading", "bullet_list", "list_item", "paragraph", "inline",
    }  # fmt: skip
    said = [_text(token) for token in inline]
    assert f"index clause: “{ONE_LINE}” agreements/prov.yaml:15:5" in said
    assert f"blocked: the amount is open: “{ONE_LINE}”" in said
    assert f"2 kr for each of 1,000 inhabitants (2022, source {ONE_LINE}) = 2,000 kr" in said


def test_the_agreements_words_in_a_tree_and_a_table(hostile: Path) -> None:
    tree = screen(*ASKED, "--explain", cwd=hostile, code=1)
    assert f"├─ index clause: “{ONE_LINE}” agreements/prov.yaml:15:5\n" in tree
    assert all(line[:1] in "p├│└s r " or line == "" for line in tree.splitlines())
    table = screen(*ASKED, cwd=hostile, code=1)
    assert "payer: =cmd|' /C calc'!A0 · receiver: Föreningen Exempel\n" in table
    assert " ".join(table.split()).count("the amount is open: “# Rubrik - [a](b)") == 4  # 2022–2025


def test_no_cell_is_a_formula(hostile: Path) -> None:
    text = screen(*ASKED, "--format", "csv", cwd=hostile, code=1)
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    begun = [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert begun == []
    assert any(cell.startswith("the amount is open: “# Rubrik") for cell in cells)


# KPI, October: 330.72 in 2018, 336.04 in 2019 (1.61 % more), 336.97 in 2020 (1.89 % more), 346.44 in 2021 (4.75 % more:
# 500 000 × 346.44 / 330.72 = 523 766.33), 384.04 in 2022, 409.07 in 2023 (618 453.68), 415.51 in 2024 (1.57 % more)

SAVED_UP = """\
format: 1
title: IOP Exempel
parties:
  kommunen: {name: Exempelnämnden, kind: municipality}
  foreningen: {name: Föreningen Exempel, kind: association}
period: {start: 2019-01-01, end: 2026-12-31}
contributions:
  - id: ersattning
    from: kommunen
    to: foreningen
    kind: cash
    amount: 500000
    per: year
    indexation:
      {index: KPI, month: october, lag: 1, base: {year: 2018, month: october}, first: 2020-01-01,
       threshold: {percent: 2, carry_over: true}, rounding: {to: 1}}
    payment: {times_per_year: 1, in: january}
"""


def test_a_change_under_the_threshold_is_told(tmp_path: Path) -> None:
    put(tmp_path, SAVED_UP)
    asked, not_made = ("pay", "--as-of", "2027-01-01"), "under the threshold, not made"
    assert screen(*asked, cwd=tmp_path, code=1) == (
        "prov · ersattning\n"
        "payer: Exempelnämnden · receiver: Föreningen Exempel\n"
        "Period  No later than      Amount  Status      Basis\n"
        "2019    2019-01-31     500,000 kr  definitive\n"
        f"2020    2020-01-31     500,000 kr  definitive  KPI 2019: 1.61 % since the base; {not_made}\n"
        f"2021    2021-01-29     500,000 kr  definitive  KPI 2020: 1.89 % since the base; {not_made}\n"
        "2022    2022-01-31     523,766 kr  definitive  KPI 2021: 4.75 % since the base\n"
        "2023    2023-01-31     580,612 kr  definitive  KPI 2022: 16.12 % since the base\n"
        "2024    2024-01-31     618,454 kr  definitive  KPI 2023: 23.69 % since the base\n"
        f"2025    2025-01-31     618,454 kr  definitive  KPI 2024: 25.64 % since the base; {not_made}\n"
        "2026    2026-01-30              –  blocked     KPI (October) 2025 is not known\n"
        "\n"
        "When a missing figure is published, add it with:\n"
        "  iopctl index add KPI 2025 VALUE --status definitive --published DATE --source SOURCE --month october "
        "--reference-year YEAR\n"
        "\n"
        "reckoned as of 2027-01-01\n"
    )
    tree = screen(*asked, "--year", "2025", "--explain", cwd=tmp_path)
    steps = tree[tree.index("├─ 2025:") : tree.index("├─ rounded")].splitlines()
    assert [line for line in steps if "KPI" not in line] == [
        "├─ 2025: 500,000.00 × 1.2369073536… = 618,453.6768263183…",
        "│  ├─ the change between them is 25.64 %",
        "│  ├─ the change since the last one made is 1.57 %",
        "│  └─ under 2 %: not made now, and kept for the next time",
    ]


def test_the_payments_that_share_a_part_of_a_year(tmp_path: Path) -> None:
    """600 000 × 1.026 from May 2018: 4/12 of 600 000 in four payments, and 8/12 of 615 600 in eight."""
    text = SAVED_UP[: SAVED_UP.index("    indexation")].replace("500000", "600000") + (
        "    part_year: months\n"
        "    indexation: {index: OPI, first: 2018-05-01, rounding: {to: 1}, preliminary: settle}\n"
        "    payment: {times_per_year: 12, day: 25, in: [january, february, march, april, may, june, july, august, "
        "september, october, november, december]}\n"
    )
    text = text.replace("2019-01-01, end: 2026-12-31", "2017-05-01, end: 2021-04-30")
    put(tmp_path, text)
    tree = screen("pay", "--as-of", "2020-01-01", "--year", "2018", "--explain", cwd=tmp_path)
    rest = "for this part of the year; what is left over goes to the last"
    first = [f"├─ payment {number} of 12, one of 4 {rest} = 50,000 kr" for number in range(1, 5)]
    second = [f"├─ payment {number} of 12, one of 8 {rest} = 51,300 kr" for number in range(5, 13)]
    assert [line for line in tree.splitlines() if line.startswith("├─ payment")] == first + second


def test_a_corrected_figure_says_why(workspace: Path) -> None:
    """100 000 × 1.035 was paid in January 2023; × 1.046 since April, and × 1.047 since the day of the correction."""
    (workspace / "indices").mkdir()
    row = "{year: 2023, value: 4.7, status: definitive, published: 2023-05-02, source: prov, corrects: fel i lönedelen}"
    (workspace / "indices" / "OPI.yaml").write_text(f"index: OPI\nrows:\n  - {row}\n", "utf-8")
    tree = screen(*ASKED, "--year", "2023", "--explain", cwd=workspace)
    told = ("as it", "OPI 2023", "payment 1")
    assert [line.strip("├─│└ ") for line in tree.splitlines() if line.strip("├─│└ ").startswith(told)] == [
        "OPI 2023: 3.5 %, preliminary, published 2022-12-09, source S11, S10",
        "as it was reckoned before",
        "OPI 2023: 3.5 %, preliminary, published 2022-12-09, source S11, S10",
        "as it is reckoned since 2023-04-19",
        "OPI 2023: 4.6 %, definitive, published 2023-04-19, source S11, S12",
        "payment 1: 104,600 kr − 103,500 kr = 1,100 kr",
        "as it was reckoned before",
        "OPI 2023: 4.6 %, definitive, published 2023-04-19, source S11, S12",
        "as it is reckoned since 2023-05-02",
        "OPI 2023: 4.7 %, definitive, published 2023-05-02, source prov; corrects an earlier figure: fel i lönedelen",
        "payment 1: 104,700 kr − 104,600 kr = 100 kr",
    ]


def test_a_figure_of_an_earlier_year_is_corrected(workspace: Path) -> None:
    """104 600 × 1.030 = 107 738 was paid for 2024; since 15 February it is 104 700 × 1.030 = 107 841."""
    (workspace / "indices").mkdir()
    (workspace / "indices" / "OPI.yaml").write_text(
        "index: OPI\nrows:\n"
        "  - {year: 2024, value: 3.0, status: definitive, published: 2023-12-15, source: prov}\n"
        "  - {year: 2023, value: 4.7, status: definitive, published: 2024-02-15, source: prov, corrects: fel}\n",
        "utf-8",
    )
    assert screen("pay", "--as-of", "2024-03-01", "--year", "2024", cwd=workspace) == (
        "prov · ersattning\n"
        "payer: Exempelnämnden · receiver: Föreningen Exempel\n"
        "Period  No later than      Amount  Status      Basis\n"
        "2024    2024-01-31     107,738 kr  definitive  OPI 2024 3.0 %\n"
        "2024    2025-01-31         103 kr  correction  OPI 2023 4.7 % instead of OPI 2023 4.6 %, known 2024-02-15\n"
        "                                               paid with the first payment for 2025\n"
        "\n"
        "reckoned as of 2024-03-01\n"
    )


def test_shares_that_fall_outside_are_told(tmp_path: Path) -> None:
    """40 % on 1 March and 60 % on 1 September of 120 000 kr; from May to December 2025 there is one of them: 80 000."""
    text = SAVED_UP[: SAVED_UP.index("    indexation")].replace("500000", "120000") + (
        '    part_year: months\n    payment: {dates: [{day: "03-01", share: 40}, {day: "09-01", share: 60}]}\n'
    )
    text = text.replace("2019-01-01, end: 2026-12-31", "2025-05-01, end: 2026-12-31")
    put(tmp_path, text)
    tree = screen("pay", "--as-of", "2026-01-01", "--year", "2025", "--explain", cwd=tmp_path)
    assert [line for line in tree.splitlines() if "payment 1" in line] == [
        "├─ payment 1 of 1, 60 % of a whole year, and all that is paid here has all of the amount; "
        "what is left over goes to the last = 80,000 kr"
    ]
