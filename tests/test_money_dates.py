"""When money is paid, and what a payment waits for: whole lists, counted by hand with the packaged tables.

OPI 2022 (1.9 %) was published on 2021-12-10; OPI 2023 was 3.5 % (preliminary) on 2022-12-09 and 4.6 % on 2023-04-19.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from iopctl.compute.deadline import Deadline, Kind, Practical
from iopctl.compute.money_dates import gathered, money_dates
from iopctl.compute.timeline import as_known
from iopctl.finding import say
from iopctl.surroundings import packaged_tables
from tests.agreements import agreement, cash, period

Parts = dict[str, Any]
TABLES = packaged_tables()


def day(text: str) -> date:
    return date.fromisoformat(text)


def rows(
    *contributions: Parts,
    as_of: str = "2021-01-01",
    until: str = "2021-12-31",
    start: str = "2021-01-01",
    end: str = "2023-12-31",
    **parts: Any,
) -> list[Deadline]:
    """The rows of payments up to a day, in order of key."""
    made = agreement(period=period(day(start), day(end)), contributions=contributions, **parts)
    found = money_dates("prov", as_known(made, day(as_of)), TABLES, day(as_of), day(until))
    return sorted((each for each in found if each.day <= day(until)), key=lambda each: each.key)


def dates(*contributions: Parts, **parts: Any) -> list[tuple[str, str]]:
    return [(each.key, str(each.day)) for each in rows(*contributions, **parts)]


def paid(**payment: Any) -> Parts:
    return cash(1200, payment=payment)


def logged(on: str, year: int, amount: int | None = None) -> Parts:
    return {"payment": "ersattning", "date": day(on), "year": year, **({"amount": amount} if amount else {})}


# -- the day -----------------------------------------------------------------------------------------------------------


def test_what_a_row_of_a_payment_says() -> None:
    """In January: the latest is Friday the 29th, since the 31st is a Sunday. No day is agreed, so none is moved."""
    contribution = paid(**{"in": "january", "times_per_year": 1, "wording": "Utbetalas i januari."})
    [row] = rows({"from": ("foreningen",), "kind": "volunteers"}, contribution)
    payment = row.payment
    assert payment is not None
    assert (payment.agreement, payment.amount) == ("prov", 1200)
    assert row == Deadline(
        agreement="prov",
        key="ersattning.2021.1",
        kind=Kind.PAYMENT,
        day=day("2021-01-29"),
        what=say("Payment for {year}", year="2021"),
        route=("contributions", 1),
        who=("kommunen",),
        clause="Utbetalas i januari.",
        payment=payment,
    )


@pytest.mark.parametrize(
    ("schedule", "practical"),
    [
        ({"in": "january", "times_per_year": 1, "day": 31}, Practical(date(2021, 2, 1), moves=True)),
        (
            {"in": "january", "times_per_year": 1, "day": 31, "working_day": "previous"},
            Practical(date(2021, 1, 29), moves=True),
        ),
        ({"dates": ({"day": "01-31", "share": 100},)}, Practical(date(2021, 2, 1), moves=True)),
        (
            {"dates": ({"day": "01-31", "share": 100},), "working_day": "previous"},
            Practical(date(2021, 1, 29), moves=True),
        ),
        ({"dates": ({"day": "01-29", "share": 100},)}, None),
    ],
)
def test_an_agreed_day_and_the_day_in_practice(schedule: Parts, practical: Practical | None) -> None:
    """31 January 2021 is a Sunday."""
    [row] = rows(paid(**schedule))
    assert (row.day, row.practical) == (day("2021-01-31") if practical else day("2021-01-29"), practical)
    assert not row.target


def test_the_parts_of_a_year_are_numbered() -> None:
    contribution = paid(**{"in": ("march", "june", "september", "december"), "times_per_year": 4})
    found = rows(contribution)
    assert [(each.key, str(each.day), each.number, each.of) for each in found] == [
        ("ersattning.2021.1", "2021-03-31", 1, 4),
        ("ersattning.2021.2", "2021-06-30", 2, 4),
        ("ersattning.2021.3", "2021-09-30", 3, 4),
        ("ersattning.2021.4", "2021-12-30", 4, 4),  # nyårsafton is no open day
    ]
    assert [each.payment.amount for each in found if each.payment] == [300, 300, 300, 300]


def test_a_payment_without_a_day_is_a_target() -> None:
    [row] = rows(cash(1200))
    assert (row.day, row.target, row.practical) == (day("2021-12-31"), True, None)
    assert row.note == say("the agreement does not say when it is paid")
    assert row.clause is None


@pytest.mark.parametrize(
    ("after", "note"),
    [
        (
            {"event": "invoice", "days": 30},
            say("it is paid {days} days after an invoice, and none is in the log", days=30),
        ),
        (
            {"event": "requisition", "days": 20},
            say("it is paid {days} days after a requisition, and none is in the log", days=20),
        ),
        (
            {"event": "report", "days": 10, "duty": "rapport"},
            say("it is paid {days} days after {duty}, and that is not in the log", days=10, duty="rapport"),
        ),
    ],
)
def test_a_payment_after_an_event_waits_for_it(after: Parts, note: object) -> None:
    duties = ({"id": "rapport", "kind": "report", "text": "Rapport", "yearly_by": "05-31"},)
    [row] = rows(paid(after=after), duties=duties)
    assert (row.key, row.day, row.target, row.note) == ("ersattning.2021.1", day("2021-12-31"), True, note)


@pytest.mark.parametrize(
    ("after", "entry", "expected"),
    [
        ({"event": "invoice", "days": 30}, {"invoice": "ersattning"}, "2021-06-11"),  # 12 May + 30
        ({"event": "requisition", "days": 20}, {"requisition": "ersattning"}, "2021-06-01"),
        ({"event": "report", "days": 10, "duty": "rapport"}, {"duty": "rapport"}, "2021-05-22"),  # a Saturday
    ],
)
def test_when_the_event_has_come(after: Parts, entry: Parts, expected: str) -> None:
    duties = ({"id": "rapport", "kind": "report", "text": "Rapport", "yearly_by": "05-31"},)
    [row] = rows(paid(after=after), duties=duties, log=({**entry, "date": day("2021-05-12")},), as_of="2021-05-12")
    assert (row.key, row.day, row.target, row.note) == ("ersattning.2021.1", day(expected), False, None)
    saturday = Practical(day("2021-05-24"), moves=True)
    assert row.practical == (saturday if expected == "2021-05-22" else None)


def test_the_words_of_the_schedule_that_applies() -> None:
    first = {"in": "march", "times_per_year": 1, "wording": "I mars."}
    later = {"in": "june", "times_per_year": 1, "wording": "I juni.", "valid_from": day("2022-01-01")}
    found = rows(cash(1200, payment=(first, later)), until="2023-12-31")
    assert [(str(each.day), each.clause) for each in found] == [
        ("2021-03-31", "I mars."),
        ("2022-06-30", "I juni."),
        ("2023-06-30", "I juni."),
    ]


def test_contributions_without_an_id_have_rows_of_their_own() -> None:
    nameless = {"from": ("kommunen",), "kind": "cash", "amount": 500, "per": "year"}
    assert dates(nameless, cash(1200), nameless) == [
        ("0.2021.1", "2021-12-31"),
        ("2.2021.1", "2021-12-31"),
        ("ersattning.2021.1", "2021-12-31"),
    ]


def test_an_open_giver_is_nobody() -> None:
    [row] = rows({**cash(1200), "from": {"unknown": "nämnden"}})
    assert row.who == ()


def test_the_last_year_is_whole_at_the_horizon() -> None:
    """As of June the second payment of the year is not asked for, and the first is still half of it."""
    [row] = rows(paid(**{"in": ("march", "september"), "times_per_year": 2}), until="2021-06-30")
    assert (row.number, row.of) == (1, 2)
    assert row.payment is not None
    assert row.payment.amount == 600


# -- what is decided ---------------------------------------------------------------------------------------------------


JANUARY = {"in": "january", "times_per_year": 1}
KEPT = (logged("2021-01-29", 2021, 1200),)
"""A log that payments are kept in: those that have had their day are told of one by one."""
YEARS = [("ersattning.2021.1", "2021-01-29"), ("ersattning.2022.1", "2022-01-31"), ("ersattning.2023.1", "2023-01-31")]


def test_payments_of_an_extension_are_there_when_it_is_decided() -> None:
    extension = {"kind": "extended", "body": "Nämnden", "date": day("2022-05-01"), "until": day("2023-12-31")}
    parts: Parts = {"end": "2022-12-31", "until": "2024-12-31", "decisions": (extension,), "log": KEPT}
    assert dates(paid(**JANUARY), as_of="2022-04-30", **parts) == YEARS[:2]
    assert dates(paid(**JANUARY), as_of="2022-05-01", **parts) == YEARS


def test_a_proposed_extension_pays_nothing() -> None:
    extension = {"kind": "extended", "body": "Nämnden", "proposed": day("2022-05-01"), "until": day("2023-12-31")}
    assert dates(paid(**JANUARY), end="2022-12-31", until="2024-12-31", decisions=(extension,)) == YEARS[:2]


def test_a_termination_takes_the_later_payments_away() -> None:
    termination = {"kind": "terminated", "body": "Nämnden", "date": day("2022-05-01"), "until": day("2022-12-31")}
    parts: Parts = {"until": "2024-12-31", "decisions": (termination,), "log": KEPT}
    assert dates(paid(**JANUARY), as_of="2022-04-30", **parts) == YEARS
    assert dates(paid(**JANUARY), as_of="2022-05-01", **parts) == YEARS[:2]


# -- what is paid ------------------------------------------------------------------------------------------------------


def done(*contributions: Parts, **parts: Any) -> dict[str, str | None]:
    return {each.key: str(each.done) if each.done else None for each in rows(*contributions, **parts)}


def test_a_payment_in_the_log_is_done_on_its_day() -> None:
    parts: Parts = {"until": "2022-12-31", "log": (logged("2021-01-27", 2021, 1200),)}
    assert done(paid(**JANUARY), as_of="2021-02-01", **parts) == {
        "ersattning.2021.1": "2021-01-27",
        "ersattning.2022.1": None,
    }
    assert done(paid(**JANUARY), as_of="2021-01-26", **parts) == dict.fromkeys(
        ["ersattning.2021.1", "ersattning.2022.1"]
    )


def test_a_payment_without_a_day_in_the_log_is_done_on_the_day_it_was_due() -> None:
    log = ({"payment": "ersattning", "date": {"unknown": "i januari"}, "year": 2021, "amount": 1200},)
    assert done(paid(**JANUARY), log=log) == {"ersattning.2021.1": "2021-01-29"}


def test_the_payments_of_a_year_are_done_in_their_order() -> None:
    contribution = paid(**{"in": ("march", "september"), "times_per_year": 2})
    assert done(contribution, as_of="2021-12-31", log=(logged("2021-09-20", 2021),)) == {
        "ersattning.2021.1": "2021-09-20",
        "ersattning.2021.2": None,
    }


def test_a_payment_of_another_amount_is_done_all_the_same() -> None:
    """1000 kr were paid where 1035 were due."""
    log = (logged("2023-01-30", 2023, 1000),)
    assert done(indexed(), as_of="2023-02-01", start="2022-01-01", until="2023-01-31", log=log) == {
        "ersattning.2022.1": None,
        "ersattning.2023.1": "2023-01-30",
    }


def test_an_agreement_until_further_notice_is_paid_as_far_as_asked() -> None:
    made = agreement(period=period(day("2021-01-01"), "open_ended"), contributions=(paid(**JANUARY),))
    found = money_dates("prov", made, TABLES, day("2021-01-01"), day("2025-06-30"))
    assert [str(each.day) for each in found] == ["2021-01-29", "2022-01-31", "2023-01-31", "2024-01-31", "2025-01-31"]


# -- corrections -------------------------------------------------------------------------------------------------------


def indexed(**parts: Any) -> Parts:
    """1000 kr adjusted by OPI from 2023, paid in January."""
    clause = {"index": "OPI", "first": day("2023-01-01"), **parts}
    return {**cash(1000, payment=JANUARY), "indexation": clause}


CORRECTED: Parts = {
    "as_of": "2023-06-01",
    "start": "2022-01-01",
    "end": "2024-12-31",
    "until": "2024-12-31",
    "log": (logged("2022-01-31", 2022, 1000),),
}
"""1000 × 1.035 = 1035 in January 2023; 1000 × 1.046 = 1046 since 19 April: 11 kr more."""


def test_a_correction_with_the_next_payment() -> None:
    [index, first, correction, second, third] = sorted(
        rows(indexed(), **CORRECTED), key=lambda each: (each.kind is not Kind.INDEX, each.key)
    )
    assert [each.key for each in (index, first, second, third)] == [
        "index.OPI.2024",
        "ersattning.2022.1",
        "ersattning.2023.1.2023-04-19",
        "ersattning.2024.1",
    ]
    payment = second.payment
    assert payment is not None
    assert payment.amount == 11
    assert second == Deadline(
        agreement="prov",
        key="ersattning.2023.1.2023-04-19",
        kind=Kind.CORRECTION,
        day=day("2024-01-31"),
        what=say("Correction for {year}", year="2023"),
        route=("contributions", 0),
        who=("kommunen",),
        payment=payment,
    )
    assert (correction.key, correction.day, correction.kind) == ("ersattning.2023.1", day("2023-01-31"), Kind.PAYMENT)


def test_one_correction_for_the_payments_of_a_year_has_no_number() -> None:
    """Paid in January and March 2023; what both were short is one sum with the next payment."""
    contribution = {**indexed(), "payment": {"in": ("january", "march"), "times_per_year": 2}}
    found = {each.key: each for each in rows(contribution, **CORRECTED)}
    assert [
        (found[f"ersattning.2023.{number}"].number, found[f"ersattning.2023.{number}"].of) for number in (1, 2)
    ] == [
        (1, 2),
        (2, 2),
    ]
    [correction] = [each for each in found.values() if each.kind is Kind.CORRECTION]
    assert (correction.key, correction.number, correction.of) == ("ersattning.2023.2.2023-04-19", 1, 1)


def test_a_correction_by_itself_has_no_day() -> None:
    """It stands on the day it could be reckoned."""
    found = rows(indexed(settlement="separate"), **{**CORRECTED, "until": "2023-12-30"})
    assert [(each.key, str(each.day), each.target) for each in found] == [
        ("ersattning.2022.1", "2022-01-31", False),
        ("ersattning.2023.1", "2023-01-31", False),
        ("ersattning.2023.1.2023-04-19", "2023-04-19", True),
    ]
    assert found[2].note == say("the agreement does not say when the difference is paid")


def test_a_correction_of_the_last_year_has_no_next_payment() -> None:
    found = dates(indexed(), **{**CORRECTED, "end": "2023-12-31"})
    assert found[2] == ("ersattning.2023.1.2023-04-19", "2023-04-19")


def test_no_correction_before_the_figure_is_known() -> None:
    assert dates(indexed(), **{**CORRECTED, "as_of": "2023-04-18", "until": "2023-12-30"}) == [
        ("ersattning.2022.1", "2022-01-31"),
        ("ersattning.2023.1", "2023-01-31"),
    ]


def test_a_correction_that_is_paid() -> None:
    log = (logged("2023-01-30", 2023, 1035), logged("2023-05-30", 2023, 11))
    found = done(indexed(), **{**CORRECTED, "until": "2024-01-31", "log": log})
    assert found["ersattning.2023.1"] == "2023-01-30"
    assert found["ersattning.2023.1.2023-04-19"] == "2023-05-30"


# -- figures that are waited for ---------------------------------------------------------------------------------------


def test_a_figure_that_a_payment_waits_for() -> None:
    """OPI 2024 is usually published in December 2023, and the payment of January 2024 needs it."""
    [index] = [each for each in rows(indexed(), **CORRECTED) if each.kind is Kind.INDEX]
    assert index == Deadline(
        agreement="prov",
        key="index.OPI.2024",
        kind=Kind.INDEX,
        day=day("2023-12-31"),
        what=say(
            "{index} for {year} is needed for the payment of {day}", index="OPI", year="2024", day=day("2024-01-31")
        ),
        route=("contributions", 0, "indexation"),
        who=("kommunen",),
        target=True,
        note=say("the usual time of publication; then add it with iopctl index add"),
    )


def test_a_figure_is_not_waited_for_beyond_what_is_asked_for() -> None:
    """The payment of 2024-01-31 is beyond the horizon, though the figure is published within it."""
    until: Parts = {**CORRECTED, "until": "2024-01-30"}
    assert [each.key for each in rows(indexed(), **until) if each.kind is Kind.INDEX] == []


def test_a_figure_that_is_known_is_not_waited_for() -> None:
    found = rows(indexed(), as_of="2022-12-09", start="2022-01-01", until="2023-12-31")
    assert [each.key for each in found if each.kind is Kind.INDEX] == []
    found = rows(indexed(), as_of="2022-12-08", start="2022-01-01", until="2023-12-31")
    assert [each.key for each in found if each.kind is Kind.INDEX] == ["index.OPI.2023"]


def test_a_figure_is_needed_for_the_earliest_payment() -> None:
    """The second contribution begins later in the year and is paid sooner; one figure is one row."""
    late = {**indexed(), "payment": {"in": "december", "times_per_year": 1}}
    soon = {
        **indexed(),
        "id": "annan",
        "valid_from": day("2024-01-02"),
        "part_year": "full",
        "payment": {"in": "march", "times_per_year": 1},
    }
    for until in ("2024-06-30", "2024-12-31"):
        [index] = [each for each in rows(late, soon, **{**CORRECTED, "until": until}) if each.kind is Kind.INDEX]
        assert index.what == say(
            "{index} for {year} is needed for the payment of {day}", index="OPI", year="2024", day=day("2024-03-28")
        )  # långfredagen is the 29th
        assert index.route == ("contributions", 1, "indexation")


def test_a_figure_that_two_payments_wait_for() -> None:
    """The first of them says when; of two on one day the first in the agreement."""
    march = {**indexed(), "id": "mars", "payment": {"in": "march", "times_per_year": 1}}
    other = {**indexed(), "id": "annan"}
    for contributions in ((indexed(), march), (indexed(), other)):
        [index] = [each for each in rows(*contributions, **CORRECTED) if each.kind is Kind.INDEX]
        assert index.route == ("contributions", 0, "indexation")
        assert index.what == say(
            "{index} for {year} is needed for the payment of {day}", index="OPI", year="2024", day=day("2024-01-31")
        )


def test_a_payment_on_the_last_day_that_is_asked_for() -> None:
    found = rows(indexed(), **{**CORRECTED, "until": "2024-01-31"})
    assert [each.key for each in found if each.kind is Kind.INDEX] == ["index.OPI.2024"]


def test_each_figure_is_a_row() -> None:
    """The agreement goes on until 2025: OPI 2025 is due in December 2024."""
    found = rows(indexed(), **{**CORRECTED, "end": "2025-12-31", "until": "2025-12-31"})
    assert [(each.key, str(each.day)) for each in found if each.kind is Kind.INDEX] == [
        ("index.OPI.2024", "2023-12-31"),
        ("index.OPI.2025", "2024-12-31"),
    ]


def test_a_payment_that_is_made_waits_for_nothing() -> None:
    found = rows(indexed(), **{**CORRECTED, "as_of": "2024-02-01", "log": (logged("2024-01-30", 2024, 1046),)})
    assert [each.key for each in found if each.kind is Kind.INDEX] == []


def test_a_figure_of_which_nothing_says_when_it_is_published() -> None:
    contribution = {**indexed(), "indexation": {"index": "AKI", "first": day("2023-01-01")}}
    [index] = [each for each in rows(contribution, **{**CORRECTED, "until": "2023-12-31"}) if each.kind is Kind.INDEX]
    assert (index.key, index.day, index.note) == (
        "index.AKI.2023",
        day("2023-01-31"),
        say("nothing says when it is published"),
    )


# -- what is kept elsewhere --------------------------------------------------------------------------------------------


def test_payments_that_are_not_in_the_log_are_targets_and_one_row_to_read() -> None:
    """The agreement pays in January and August; the log has payments for another contribution only."""
    contribution = paid(**{"in": ("january", "august"), "times_per_year": 2})
    other = {**cash(10, payment={"in": "january", "times_per_year": 1}), "id": "annat"}
    log = ({"payment": "annat", "date": day("2021-01-20"), "year": 2021, "amount": 10},)
    found = rows(contribution, other, as_of="2021-09-01", until="2022-02-28", log=log)
    elsewhere = say("payments may be kept elsewhere than in the log; compare with the accounts: iopctl reconcile")
    assert [(each.key, each.target, each.unlogged, each.note) for each in found] == [
        ("annat.2021.1", False, False, None),
        ("annat.2022.1", False, False, None),
        ("ersattning.2021.1", True, True, elsewhere),
        ("ersattning.2021.2", True, True, elsewhere),
        ("ersattning.2022.1", False, False, None),
    ]
    assert [each.key for each in gathered(found)] == [
        *("annat.2021.1", "ersattning.unlogged", "annat.2022.1", "ersattning.2022.1"),
    ]
    assert gathered(found)[1] == Deadline(
        agreement="prov",
        key="ersattning.unlogged",
        kind=Kind.PAYMENT,
        day=day("2021-08-31"),
        what=say("Payments have had their day, and none is in the log: {count}", count=2),
        route=("contributions", 0),
        who=("kommunen",),
        target=True,
        note=elsewhere,
        unlogged=True,
    )


def test_a_payment_on_its_day_has_not_had_it() -> None:
    [row] = rows(paid(**JANUARY), as_of="2021-01-29")
    assert not row.unlogged
