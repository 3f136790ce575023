"""Keys of a clause or a schedule that cannot all be meant: where each rule begins to speak, and where it is silent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from textwrap import indent
from typing import Any

import pytest

from iopctl import form
from iopctl.checks import Case, Check, clauses, references, schedules
from iopctl.finding import shown_route
from iopctl.locale.language import Language
from iopctl.model import Agreement, ChangeTable, NumberTable, Workspace
from iopctl.source import Source

AROUND = """
format: 1
title: IOP Exempel
parties: {kommunen: {name: Exempelkommun, kind: municipality}, foreningen: {name: Exemplet, kind: association}}
period: {start: 2025-01-01, end: 2027-12-31}
contributions:
  - id: ersattning
    from: kommunen
    kind: cash
"""
CHANGES = {"publisher": "B", "kind": "yearly_change"}
NUMBERS = {"publisher": "B", "kind": "index_number"}


def number(year: int, reference: int | None, value: int = 100, month: str | None = "october") -> dict[str, Any]:
    """A made-up number, public since the month after."""
    row = {"year": year, "value": value, "status": "definitive", "published": date(year, 11, 14), "source": ("B",)}
    return {**row, **({"month": month} if month else {}), **({"reference_year": reference} if reference else {})}


LINK = {"from": 1980, "to": 2020, "factor": Decimal("0.3"), "source": ("B",), "published": date(2025, 11, 14)}
MONTHS = (number(2023, 1980), number(2024, 1980), number(2025, 2020))
TABLES = {
    "CHANGE": ChangeTable(index="CHANGE", name="C", **CHANGES),
    "EDITIONS": ChangeTable(index="EDITIONS", name="E", editions=True, **CHANGES),
    "MONTHS": NumberTable.model_validate({"index": "MONTHS", "name": "M", "monthly": True, "rows": MONTHS, **NUMBERS}),
    "LINKED": NumberTable.model_validate(
        {"index": "LINKED", "name": "L", "monthly": True, "rows": MONTHS, "links": (LINK,), **NUMBERS}
    ),
    "YEARS": NumberTable.model_validate(
        {
            "index": "YEARS",
            "name": "Y",
            "rows": (number(2023, None, 465, None), number(2024, None, 473, None)),
            **NUMBERS,
        }
    ),
}


def said(
    check: Check, keys: str, rest: str = "", as_of: date = date(2026, 1, 15), around: str = AROUND
) -> list[tuple[str, str]]:
    """The place and the message of each finding, for a contribution with these keys."""
    text = around + indent(keys.strip(), "    ") + "\n" + rest
    agreement, wrong = form.read(Agreement, Source("x", text).values)
    assert wrong == []
    assert agreement is not None
    case = Case("x", agreement, Workspace(tables=TABLES), as_of, text)
    found = [(each.labels[0].where, Language("en").say(each.message)) for each in check.find(case)]
    return [(shown_route(route).removeprefix("contributions[0]."), message) for route, message in found]  # type: ignore[arg-type]


def clause(keys: str) -> str:
    return "amount: 100000\nper: year\nindexation:\n" + indent(keys.strip(), "  ")


SOUND = [
    "index: CHANGE\nfirst: 2026-01-01",
    "index: CHANGE\nfirst: 2026-01-01\nchain_on: rounded\nrounding: {to: 1}",
    "index: CHANGE\nfirst: 2026-01-01\nleast: 2\nmost: 2",
    "index: CHANGE\nfirst: 2026-01-01\npreliminary: final",
    "index: CHANGE\nfirst: 2026-01-01\npreliminary: wait\nsettlement: separate",
    "index: CHANGE\nfirst: 2026-01-01\nfixed_on: {day: '10-01', years_before: 1}\npreliminary: final",
    "index: CHANGE\nfirst: 2026-01-01\nlag: 1\nsuccessor: {index: MONTHS, month: october, from: 2026}",
    "index: EDITIONS\nfirst: 2026-01-01\nedition: {month: october, years_before: 1}",
    "index: EDITIONS\nfirst: 2026-01-01\nfixed_on: {day: '10-01', years_before: 1}",
    "index: MONTHS\nfirst: 2026-01-01\nmonth: october\nbase: {year: 2024}\nmethod: chain\nchain_on: rounded",
    "index: YEARS\nfirst: 2026-01-01\nbase: {year: 2023}",
    "index: UNKNOWN\nfirst: 2026-01-01\nmonth: october\nbase: {year: 2023}\nedition: {month: may, years_before: 0}",
    "percent: 2\nfirst: 2026-01-01\nshare_of_change: 50\nnegative: zero",
    "basket:\n  - {index: CHANGE, weight: 62.5}\n  - {percent: 2, weight: 37.5}\nfirst: 2026-01-01\npreliminary: wait",
    "first: 2026-01-01\ntrigger: by_decision\nmost: 3\nchain_on: rounded",
]


@pytest.mark.parametrize("keys", SOUND)
def test_clauses_that_can_be_meant(keys: str) -> None:
    assert said(clauses.clause_without_meaning, clause(keys)) == []


WITHOUT_MEANING = [
    ("basket:\n  - {index: CHANGE, weight: 62.5}\n  - {percent: 2, weight: 37}\nfirst: 2026-01-01",
     "indexation.basket", "the weights of the basket come to 99.5, not 100"),
    ("index: MONTHS\nmonth: october\nfirst: 2026-01-01\nmethod: base_ratio\nchain_on: rounded",
     "indexation.chain_on", "each year is reckoned from the base, and not from last year's rounded amount"),
    ("index: MONTHS\nmonth: october\nbase: {year: 2024}\nfirst: 2026-01-01\nchain_on: rounded",
     "indexation.chain_on", "each year is reckoned from the base, and not from last year's rounded amount"),
    ("index: CHANGE\nfirst: 2026-01-01\nlag: 1\nsuccessor: {index: YEARS, from: 2025}",
     "indexation.successor.from", "the successor is used from 2025, and the first adjustment is by the index for 2025: "
     "the index before it is never used"),
    ("index: CHANGE\nfirst: 2026-01-01\nsuccessor: {index: MONTHS, from: 2030}",
     "indexation.successor.index", "MONTHS is a number for each month, and the clause says no month"),
    ("index: MONTHS\nmonth: may\nfirst: 2026-01-01\nsuccessor: {index: MONTHS, from: 2030}",
     "indexation.successor.index", "MONTHS is a number for each month, and the clause says no month"),
    ("index: MONTHS\nmonth: may\nfirst: 2026-01-01\nsuccessor: {index: YEARS, month: may, from: 2030}",
     "indexation.successor.month", "YEARS has no months"),
    ("basket:\n  - {percent: 2, edition: {month: may, years_before: 0}, weight: 100}\nfirst: 2026-01-01",
     "indexation.basket[0].edition", "a fixed percentage has no use for edition"),
    ("percent: 2\nfirst: 2026-01-01\nfixed_on: {day: '10-01', years_before: 1}",
     "indexation.fixed_on", "a fixed percentage is never preliminary, and has no use for fixed_on"),
    ("first: 2026-01-01\ntrigger: by_decision\npreliminary: wait",
     "indexation.preliminary", "each decision says how much, and has no use for preliminary"),
    *(
        ("index: MONTHS\nmonth: october\nlag: 1\nbase: {year: 2023}\nfirst: 2026-01-01\n" + keys, f"indexation.{place}",
         "each year is reckoned from the base, and this is about the change from the year before")
        for keys, place in (
            ("least: 1", "least"),
            ("most: 3", "most"),
            ("negative: zero", "negative"),
            ("threshold: {percent: 2, carry_over: false}", "threshold.carry_over"),
        )
    ),
    ("first: 2026-01-01\ntrigger: by_decision\nlag: 1",
     "indexation.lag", "each decision says how much, and has no use for lag"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "place", "message"), WITHOUT_MEANING)
def test_clauses_that_cannot_be_meant(keys: str, place: str, message: str) -> None:
    assert said(clauses.clause_without_meaning, clause(keys)) == [(place, message)]


def test_only_on_extension_is_plain_where_there_is_an_option_or_a_decision() -> None:
    keys = clause("index: CHANGE\nfirst: 2026-01-01\nonly_on_extension: true")
    assert len(said(clauses.clause_without_meaning, keys)) == 1
    decided = "decisions: [{kind: extended, body: N, until: 2029-12-31}]\n"
    assert said(clauses.clause_without_meaning, keys, decided) == []
    option = AROUND.replace("end: 2027-12-31", "end: 2027-12-31, extension: {times: 1}")
    assert said(clauses.clause_without_meaning, keys, around=option) == []


MIXED = "MONTHS for {} has the reference year 1980, and MONTHS for 2025 has 2020: they cannot be compared"


@pytest.mark.parametrize(
    ("keys", "messages"),
    [
        ("index: MONTHS\nmonth: october\nlag: 1\nfirst: 2026-01-01", [MIXED.format(2024)]),
        ("index: MONTHS\nmonth: october\nlag: 1\nfirst: 2025-01-01", [MIXED.format(2024)]),
        ("index: MONTHS\nmonth: october\nlag: 2\nfirst: 2025-01-01", []),  # no later than 2024 before 2027
        ("index: MONTHS\nmonth: may\nlag: 1\nfirst: 2026-01-01", []),  # no numbers at all
        ("index: MONTHS\nmonth: october\nlag: 1\nbase: {year: 2023}\nfirst: 2026-01-01", [MIXED.format(2023)]),
        ("index: MONTHS\nmonth: october\nlag: 1\nbase: {year: 2023}\nmethod: chain\nfirst: 2025-01-01",
         [MIXED.format(2024)]),
        ("index: CHANGE\nlag: 1\nsuccessor: {index: MONTHS, month: october, from: 2025}\nfirst: 2025-01-01",
         [MIXED.format(2024)]),
        ("index: YEARS\nlag: 1\nbase: {year: 2023}\nsuccessor: {index: MONTHS, month: october, from: 2025}\n"
         "first: 2026-01-01", [MIXED.format(2024)]),
        ("index: MONTHS\nmonth: october\nlag: 1\nbase: {year: 2023, month: may}\nfirst: 2026-01-01", []),
        ("index: LINKED\nmonth: october\nlag: 1\nfirst: 2026-01-01", []),
        ("index: MONTHS\nmonth: october\nlag: 1\nmethod: base_ratio\nprice_year: 2024\nfirst: 2026-01-01",
         [MIXED.format(2023)]),
        ("index: YEARS\nlag: 2\nfirst: 2026-01-01", []),
        ("percent: 2\nfirst: 2026-01-01", []),
    ],
)  # fmt: skip
def test_numbers_of_two_reference_years(keys: str, messages: list[str]) -> None:
    assert [message for _place, message in said(clauses.reference_years_mixed, clause(keys))] == messages


def test_a_number_that_is_not_out_yet_is_not_compared() -> None:
    keys = clause("index: MONTHS\nmonth: october\nfirst: 2025-01-01")
    assert said(clauses.reference_years_mixed, keys, as_of=date(2025, 11, 13)) == []
    assert len(said(clauses.reference_years_mixed, keys, as_of=date(2025, 11, 14))) == 1


@pytest.mark.parametrize(
    ("base", "messages"),
    [
        ("{year: 2024, value: 473}", []),
        ("{year: 2024}", []),
        ("{year: 2022, value: 1}", []),
        ("{year: 2024, value: 465}", ["YEARS for 2024 is 473, and the agreement prints 465"]),
    ],
)
def test_the_printed_number_of_the_base(base: str, messages: list[str]) -> None:
    found = said(clauses.base_value_differs, clause(f"index: YEARS\nbase: {base}\nfirst: 2026-01-01"))
    assert [message for _place, message in found] == messages


def test_of_several_months_with_the_printed_number_the_nearest_is_named() -> None:
    text = AROUND + indent(clause("index: YEARS\nbase: {year: 2024, value: 465}\nfirst: 2026-01-01"), "    ")
    agreement, _wrong = form.read(Agreement, Source("x", text).values)
    assert agreement is not None
    rows = (number(1990, None, 465, None), number(2024, None, 473, None), number(2023, None, 465, None))
    table = NumberTable.model_validate({"index": "YEARS", "name": "Y", "rows": rows, **NUMBERS})
    [found] = clauses.base_value_differs.find(
        Case("x", agreement, Workspace(tables={"YEARS": table}), date(2026, 1, 15), text)
    )
    assert found.help is not None
    assert Language("en").say(found.help) == "465 is the number for 2023; see which of the two is meant"


NOT_ASKED = "nothing in the log says that the adjustment for {} was asked for"


@pytest.mark.parametrize(
    ("keys", "as_of", "log", "messages"),
    [
        ("first: 2026-01-15", date(2026, 1, 14), "", []),
        ("first: 2026-01-15", date(2026, 1, 15), "", [NOT_ASKED.format(2026)]),
        ("first: 2025-01-15", date(2026, 1, 14), "", [NOT_ASKED.format(2025)]),
        ("first: 2025-01-01", date(2030, 1, 1), "", [NOT_ASKED.format("2025, 2026, 2027")]),  # it ended with 2027
        ("first: 2026-01-01", date(2026, 1, 15), "{adjustment: ersattning, date: 2026-01-02}", []),
        (
            "first: 2026-01-01",
            date(2026, 1, 15),
            "{adjustment: ersattning, date: 2025-12-02}",
            [NOT_ASKED.format(2026)],
        ),
        ("first: 2026-01-01", date(2026, 1, 15), "{adjustment: ersattning, date: 2025-12-02, year: 2026}", []),
        ("first: 2026-01-01", date(2026, 1, 15), "{payment: ersattning, date: 2026-01-02}", [NOT_ASKED.format(2026)]),
        ("first: 2026-01-01\nprice_year: 2024", date(2026, 1, 15), "", [NOT_ASKED.format("2025, 2026")]),
        (
            "first: 2026-01-01",
            date(2026, 1, 15),
            "{adjustment: ersattning, through: 2026-01-02, year: 2026}",
            [NOT_ASKED.format(2026)],
        ),
        (
            "first: 2026-01-01",
            date(2026, 1, 15),
            "{adjustment: ersattning, date: 2026-01-16}",
            [NOT_ASKED.format(2026)],
        ),
        ("first: 2026-01-01\nonly_on_extension: true", date(2026, 1, 15), "", []),
    ],
)
def test_adjustments_that_have_to_be_asked_for(keys: str, as_of: date, log: str, messages: list[str]) -> None:
    keys = clause(f"percent: 2\ntrigger: on_request\n{keys}")
    found = said(clauses.adjustment_not_recorded, keys, f"log: [{log}]\n", as_of)
    assert [message for _place, message in found] == messages


def test_only_the_years_of_an_extension_have_to_be_asked_for() -> None:
    keys = clause("percent: 2\ntrigger: on_request\nfirst: 2026-01-01\nonly_on_extension: true")
    extended = "decisions: [{kind: extended, body: N, date: 2027-05-05, until: 2029-12-31}]\n"
    found = said(clauses.adjustment_not_recorded, keys, extended, date(2029, 1, 15))
    assert found == [("indexation.trigger", NOT_ASKED.format("2028, 2029"))]


def test_an_automatic_adjustment_is_not_asked_for() -> None:
    keys = clause("percent: 2\nfirst: 2025-01-01\ntrigger: automatic")
    assert said(clauses.adjustment_not_recorded, keys) == []


@pytest.mark.parametrize(
    ("payment", "places"),
    [
        ("{times_per_year: 1, in: january, day: 31, covers: arrears}", []),  # in January of the year after
        ("{times_per_year: 2, in: [january, july], covers: arrears}", []),
        ("{times_per_year: 2, in: [july, december], covers: arrears}", []),
        ("{times_per_year: 2, in: [january, june], covers: arrears}", []),
        ("{times_per_year: 2, in: [january, may], covers: arrears}", ["payment.in"]),
        ("{times_per_year: 2, in: [july, august], covers: arrears}", []),  # the second half in July of the year after
        ("{times_per_year: 2, in: [january, may]}", []),
        ("[{times_per_year: 1, in: may}, {valid_from: 2026-01-01, times_per_year: 1, in: june, first_week: true}]", []),
        ("[{valid_from: 2026-01-01, times_per_year: 1, in: may}, {valid_from: 2026-01-01, times_per_year: 1, in: may}]",
         ["payment[1].valid_from"]),
        ("[{times_per_year: 1, in: may}, {times_per_year: 1, in: june, day: 3, first_week: true}]",
         ["payment[1]", "payment[1].day"]),
        ("{times_per_year: 2, dates: [{day: '01-31', share: 40}, {day: '08-31', share: 60}]}", []),
        ("{times_per_year: 2, after: {event: invoice, days: 30}, covers: arrears}", []),
        ("{after: {event: report, days: 30, duty: rapport}}", []),
        ("{after: {event: report, days: 30}, day: 3}", ["payment.day", "payment.after"]),
        ("{dates: [{day: '01-31', share: 90}, {after: {event: report, days: 30}, share: 10}], times_per_year: 2}",
         ["payment.dates[1].after"]),
        ("{dates: [{after: {event: invoice, days: 5, duty: a}, share: 90}, {day: '01-31', share: 10}]}",
         ["payment.dates[0].after.duty"]),
    ],
)  # fmt: skip
def test_schedules(payment: str, places: list[str]) -> None:
    found = said(schedules.schedule_without_meaning, f"amount: 100000\nper: year\npayment: {payment}")
    assert [place for place, _message in found] == places


@pytest.mark.parametrize(
    ("keys", "as_of", "messages"),
    [
        ("amount: 12.5\npopulation: [{year: 2025, inhabitants: 20000, source: SCB}]", date(2025, 12, 31), []),
        ("amount: 12.5\npopulation: [{year: 2025, inhabitants: 20000, source: SCB}]", date(2026, 1, 1),
         ["the number of inhabitants for 2026 is missing"]),
        ("amount: 12.5", date(2030, 1, 1), ["the number of inhabitants for 2025, 2026, 2027 is missing"]),
        ("amount: 12.5\nvalid_from: 2027-01-01", date(2026, 1, 1), []),
        ("amount: {unknown: ej klart}", date(2026, 1, 1), []),
    ],
)  # fmt: skip
def test_inhabitants(keys: str, as_of: date, messages: list[str]) -> None:
    found = said(schedules.population_missing, f"per: inhabitant\n{keys}", as_of=as_of)
    assert [message for _place, message in found] == messages


def test_what_the_log_and_a_schedule_refer_to() -> None:
    keys = "amount: 1\nper: year\npayment: {after: {event: report, days: 30, duty: rapport}}"
    log = "log:\n" + "".join(
        f"  - {{{key}: annan, date: 2025-05-05}}\n" for key in ("adjustment", "invoice", "requisition")
    )
    assert said(references.unknown_duty, keys, log) == [("payment.after.duty", "there is no duty rapport")]
    assert said(references.unknown_contribution, keys, log) == [
        (f"log[{number}].{key}", "there is no contribution annan")
        for number, key in enumerate(("adjustment", "invoice", "requisition"))
    ]
