"""Where an agreement stands: every stage on the days around its beginning and its end, by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from iopctl.compute.lifeline import PhaseKind, lifeline
from iopctl.compute.status import Stage, stage
from iopctl.model import Agreement
from tests.agreements import agreement, period, shipped
from tests.sound import codes_across

ONE_DAY = timedelta(days=1)
START, END = date(2024, 1, 1), date(2025, 12, 31)
"""Every made-up agreement here has these days, unless it says otherwise."""

PREPARED, DECIDED, RUNNING = Stage.UNDER_PREPARATION, Stage.DECIDED, Stage.RUNNING
EXTENDING, ENDED, UNDECIDED = Stage.BEING_EXTENDED, Stage.ENDED, Stage.ENDED_WITHOUT_DECISION
TERMINATED, REJECTED = Stage.TERMINATED, Stage.REJECTED


def made(*decisions: dict[str, Any], end: date | str = END, **parts: Any) -> Agreement:
    named = tuple({"body": "Exempelnämnden", **each} for each in decisions)
    return agreement(period=period(START, end), decisions=named, **parts)


def turns(of: Agreement, *expected: tuple[date, Stage]) -> None:
    """The stage on each day, and that it is another one on the day before."""
    for day, stands in expected:
        assert stage(of, day) is stands, day
        assert stage(of, day - ONE_DAY) is not stands, day


ADOPTED = {"kind": "adopted", "date": date(2023, 10, 2)}


def test_from_preparation_to_the_end() -> None:
    turns(
        made({"kind": "mandated", "date": date(2023, 2, 1)}, ADOPTED),
        (date(2023, 10, 2), DECIDED),
        (START, RUNNING),
        (date(2026, 1, 1), ENDED),
    )
    assert stage(made(ADOPTED), date(2023, 10, 1)) is PREPARED
    assert stage(made(ADOPTED, end="open_ended"), date(2199, 1, 1)) is RUNNING


def test_one_that_has_begun_runs_without_a_recorded_decision() -> None:
    turns(made(), (START, RUNNING), (date(2026, 1, 1), ENDED))
    assert stage(made(), date(2023, 12, 31)) is PREPARED


def test_it_is_decided_when_the_last_of_those_who_adopt_it_has_done_so() -> None:
    both = made(ADOPTED, {"kind": "adopted", "planned": date(2023, 12, 4)})
    assert stage(both, date(2023, 11, 1)) is PREPARED
    later = made(ADOPTED, {"kind": "adopted", "date": date(2023, 12, 4)})
    turns(later, (date(2023, 12, 4), DECIDED), (START, RUNNING))
    assert stage(made({"kind": "adopted", "proposed": date(2023, 9, 1)}, ADOPTED), date(2023, 11, 1)) is DECIDED


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([], PREPARED),
        ([{"kind": "mandated", "date": date(2023, 2, 1)}], PREPARED),
        ([{"kind": "adopted", "planned": date(2023, 10, 2)}], PREPARED),
        ([ADOPTED], DECIDED),
        ([{"kind": "rejected", "date": date(2023, 10, 2)}], REJECTED),
        ([{"kind": "rejected", "planned": date(2023, 10, 2)}], PREPARED),
        ([{"kind": "rejected", "date": date(2023, 10, 2)}, {**ADOPTED, "date": date(2023, 11, 6)}], DECIDED),
    ],
)
def test_without_a_period_the_decisions_are_all_there_is(decisions: list[dict[str, Any]], expected: Stage) -> None:
    named = tuple({"body": "Exempelnämnden", **each} for each in decisions)
    assert stage(agreement(decisions=named), date(2024, 6, 1)) is expected


EXTENSION = {"kind": "extended", "until": date(2027, 12, 31)}


def test_being_extended_from_the_proposal_to_the_decision() -> None:
    proposed = date(2025, 5, 5)
    undecided = made(ADOPTED, {**EXTENSION, "proposed": proposed})
    turns(undecided, (proposed, EXTENDING), (date(2026, 1, 1), UNDECIDED))
    assert stage(undecided, date(2199, 1, 1)) is UNDECIDED  # PER013 asks about a proposal without end
    turns(
        made(ADOPTED, {**EXTENSION, "proposed": proposed, "date": date(2025, 9, 1)}),
        (proposed, EXTENDING),
        (date(2025, 9, 1), RUNNING),
        (date(2028, 1, 1), ENDED),
    )
    decided = made(ADOPTED, {**EXTENSION, "date": date(2025, 9, 1)})  # nobody knows since when it was proposed
    assert [stage(decided, day) for day in (date(2025, 8, 31), date(2026, 1, 1))] == [RUNNING, RUNNING]


def test_an_extension_that_is_to_be_decided_at_a_meeting() -> None:
    planned = made(ADOPTED, {**EXTENSION, "planned": date(2025, 9, 1)})
    assert stage(planned, date(2025, 8, 31)) is EXTENDING
    assert stage(planned, date(2025, 9, 2)) is EXTENDING  # and nothing says that it was taken
    assert stage(planned, date(2023, 12, 31)) is DECIDED  # before it began it is no more than decided


def test_a_later_decision_does_not_hide_what_was_proposed_before_it() -> None:
    first = {**EXTENSION, "proposed": date(2025, 3, 3), "until": date(2026, 12, 31)}
    turns(made(ADOPTED, first, {**EXTENSION, "date": date(2025, 9, 1)}), (date(2025, 3, 3), EXTENDING))
    assert stage(made(ADOPTED, first, {**EXTENSION, "date": date(2025, 9, 1)}), date(2025, 8, 31)) is EXTENDING


def test_a_rejected_extension_is_a_decision() -> None:
    no = made(ADOPTED, {**EXTENSION, "proposed": date(2025, 3, 3)}, {"kind": "rejected", "date": date(2025, 9, 1)})
    assert [stage(no, day) for day in (date(2025, 8, 31), date(2025, 9, 1))] == [EXTENDING, RUNNING]
    assert stage(no, date(2026, 1, 1)) is ENDED


def test_the_day_to_decide_has_passed() -> None:
    """A year after the end, which is 366 days, an option that nobody used is forgotten, as in PER013."""
    days = {**period(START, END), "extension": {"decide_by": date(2025, 6, 30)}}
    silent = agreement(period=days)
    assert stage(silent, date(2025, 12, 31)) is RUNNING
    turns(silent, (date(2026, 1, 1), UNDECIDED), (date(2027, 1, 2), ENDED))
    late = agreement(period={**days, "extension": {"decide_by": date(2026, 6, 30)}})
    turns(late, (date(2026, 1, 1), ENDED), (date(2026, 7, 1), UNDECIDED))
    position = {"id": "p", "kind": "position", "text": "Ställningstagande", "by": date(2025, 6, 30)}
    took = agreement(period=days, duties=(position,), log=({"duty": "p", "date": date(2026, 3, 2)},))
    assert [stage(took, day) for day in (date(2026, 3, 1), date(2026, 3, 2))] == [UNDECIDED, ENDED]


@pytest.mark.parametrize("day", ["2028-06-30", "2028-12-31", "2029-01-01", "2030-01-01", "2030-01-02"])
def test_the_rule_says_so_on_the_same_days(day: str) -> None:
    """PER013 also speaks while the agreement runs; after its end the two have one condition."""
    found = codes_across(day, exempelkommunen="signatures: []\n")
    end = date(2028, 12, 31)
    days = {**period(date(2026, 1, 1), end), "extension": {"decide_by": date(2028, 6, 30)}}
    stands = stage(agreement(period=days), date.fromisoformat(day))
    ended = date.fromisoformat(day) > end
    assert (("exempelkommunen", "PER013") in found and ended) == (stands is UNDECIDED)


def test_terminated_from_the_decision_on() -> None:
    early = {"kind": "terminated", "date": date(2024, 8, 1), "until": date(2024, 12, 31)}
    turns(made(ADOPTED, early), (date(2024, 8, 1), TERMINATED))
    assert stage(made(ADOPTED, early), date(2024, 7, 31)) is RUNNING
    assert stage(made(ADOPTED, early), date(2199, 1, 1)) is TERMINATED
    assert stage(made(ADOPTED, {**early, "until": END}), date(2024, 8, 1)) is TERMINATED  # cuts only an extension away
    assert stage(made(ADOPTED, {**early, "until": date(2023, 12, 31)}), date(2024, 8, 1)) is TERMINATED
    assert stage(made(ADOPTED, {**early, "date": None, "planned": date(2024, 8, 1)}), date(2025, 1, 1)) is RUNNING
    again = made(ADOPTED, early, {**EXTENSION, "date": date(2024, 11, 4)})
    turns(again, (date(2024, 8, 1), TERMINATED), (date(2024, 11, 4), RUNNING))


def test_rejected_before_it_began() -> None:
    no = made({"kind": "rejected", "date": date(2023, 11, 6)})
    turns(no, (date(2023, 11, 6), REJECTED))
    assert stage(no, date(2023, 11, 5)) is PREPARED
    assert stage(no, date(2025, 1, 1)) is REJECTED
    turns(made({"kind": "rejected", "date": date(2023, 9, 4)}, ADOPTED), (date(2023, 10, 2), DECIDED), (START, RUNNING))


@pytest.mark.parametrize(
    ("id_", "day", "expected"),
    [
        # ended 2020-12-31; what the parties thought by 2019-12-31 is a duty, not a day to decide on an extension
        ("linkoping-resurspoolen-2018", "2017-12-31", PREPARED),
        ("linkoping-resurspoolen-2018", "2018-01-01", RUNNING),
        ("linkoping-resurspoolen-2018", "2020-12-31", RUNNING),
        ("linkoping-resurspoolen-2018", "2021-01-01", ENDED),
        # adopted 2019-11-28 for 2020-01-01 – 2022-12-31; an extension is proposed 2021-11-03 and not decided
        ("linkoping-resurspoolen-2020", "2019-11-27", PREPARED),
        ("linkoping-resurspoolen-2020", "2019-11-28", DECIDED),
        ("linkoping-resurspoolen-2020", "2020-01-01", RUNNING),
        ("linkoping-resurspoolen-2020", "2021-11-02", RUNNING),
        ("linkoping-resurspoolen-2020", "2021-11-03", EXTENDING),
        ("linkoping-resurspoolen-2020", "2022-12-31", EXTENDING),
        ("linkoping-resurspoolen-2020", "2023-01-01", UNDECIDED),
        # the decision of 2023-11-15 is only planned in the text; the agreement is for 2023-12-01 – 2025-11-30
        ("lund-roda-korset-2023", "2023-11-30", PREPARED),
        ("lund-roda-korset-2023", "2023-12-01", RUNNING),
        ("lund-roda-korset-2023", "2025-12-01", ENDED),
        # a task from 2019, and no period
        ("timra-aldres-ensamhet-2019", "2020-05-01", PREPARED),
        ("timra-aldres-ensamhet-2019", "2026-11-22", PREPARED),
    ],
)
def test_the_real_agreements(id_: str, day: str, expected: Stage) -> None:
    assert stage(shipped().workspace.agreements[id_], date.fromisoformat(day)) is expected


# -- the time as phases ------------------------------------------------------------------------------------------------


def told(of: Agreement, day: date) -> list[tuple[PhaseKind, date, date | None]]:
    return [(each.kind, each.first, each.last) for each in lifeline("prov", of, day).phases]


def test_the_phases_are_as_they_were_known() -> None:
    days = {**period(START, END), "extension": {"times": 2, "length": "2 years"}}
    proposal = {"kind": "extended", "body": "Exempelnämnden", "proposed": date(2025, 5, 5), "until": date(2027, 12, 31)}
    of = agreement(period=days, decisions=({**proposal, "date": date(2025, 9, 1)},))
    agreed = (PhaseKind.AGREED, START, END)
    second = (date(2026, 1, 1), date(2027, 12, 31))
    third = (PhaseKind.OPTION, date(2028, 1, 1), date(2029, 12, 31))
    assert told(of, date(2025, 5, 4)) == [agreed, (PhaseKind.OPTION, *second), third]
    assert told(of, date(2025, 5, 5)) == [agreed, (PhaseKind.PROPOSED, *second), third]
    assert told(of, date(2025, 9, 1)) == [agreed, (PhaseKind.EXTENDED, *second), third]


def test_what_nobody_has_adopted_is_not_agreed_until_it_begins() -> None:
    option = {"times": 1, "length": "1 year"}
    of = agreement(period={**period(START, END), "extension": option})
    again = (PhaseKind.OPTION, date(2026, 1, 1), date(2026, 12, 31))
    assert told(of, date(2023, 12, 31)) == [(PhaseKind.PROPOSED, START, END), again]
    assert told(of, START) == [(PhaseKind.AGREED, START, END), again]
    assert told(made(ADOPTED), date(2023, 10, 1)) == [(PhaseKind.PROPOSED, START, END)]
    assert told(made(ADOPTED), date(2023, 10, 2)) == [(PhaseKind.AGREED, START, END)]
    assert lifeline("prov", of, date(2023, 12, 31)).end == END
    assert lifeline("prov", made(end="open_ended"), date(2023, 12, 31)).end is None


@pytest.mark.parametrize(
    ("option", "day", "expected"),
    [
        ({"length": "1 year"}, date(2025, 12, 31), date(2026, 12, 31)),
        ({"length": "1 year"}, date(2026, 1, 1), None),  # too late
        ({"length": "3 years", "until": date(2026, 6, 30)}, date(2025, 1, 1), date(2026, 6, 30)),
        ({"until": date(2026, 6, 30)}, date(2025, 1, 1), date(2026, 6, 30)),
        ({"length": "1 year", "decide_by": date(2025, 6, 30)}, date(2025, 6, 30), date(2026, 12, 31)),
        ({"length": "1 year", "decide_by": date(2025, 6, 30)}, date(2025, 7, 1), None),
    ],
)
def test_the_option_is_there_while_it_can_be_used(option: dict[str, Any], day: date, expected: date | None) -> None:
    found = told(agreement(period={**period(START, END), "extension": option}), day)
    assert found[1:] == ([(PhaseKind.OPTION, date(2026, 1, 1), expected)] if expected else [])


def test_no_option_after_its_last_time_a_refusal_or_a_termination_and_none_without_an_end() -> None:
    option = {"times": 1, "length": "1 year"}
    for decision in (
        {**EXTENSION, "date": date(2025, 9, 1)},
        {"kind": "rejected", "date": date(2025, 9, 1)},
        {"kind": "terminated", "date": date(2025, 9, 1), "until": date(2025, 10, 31)},
    ):
        days = {**period(START, END), "extension": option}
        named = tuple({"body": "Exempelnämnden", **each} for each in (ADOPTED, decision))
        kinds = [kind for kind, _first, _last in told(agreement(period=days, decisions=named), date(2025, 9, 2))]
        assert PhaseKind.OPTION not in kinds, decision
    days = {**period(START, "open_ended"), "extension": option}
    assert told(agreement(period=days), date(2025, 1, 1)) == [(PhaseKind.AGREED, START, None)]


@pytest.mark.parametrize("last", [date(2027, 6, 30), date(2027, 12, 31)])
def test_no_option_after_a_termination_of_an_extension(last: date) -> None:
    """It ends inside the first extension, or on its last day, where only the second is cut away."""
    named = (
        {**EXTENSION, "body": "Exempelnämnden", "date": date(2025, 9, 1)},
        {**EXTENSION, "body": "Exempelnämnden", "date": date(2025, 10, 1), "until": date(2029, 12, 31)},
        {"kind": "terminated", "body": "Exempelnämnden", "date": date(2026, 9, 1), "until": last},
    )
    days = {**period(START, END), "extension": {"times": 5, "length": "2 years"}}
    found = told(agreement(period=days, decisions=named), date(2026, 9, 1))
    assert found == [(PhaseKind.AGREED, START, END), (PhaseKind.EXTENDED, date(2026, 1, 1), last)]
