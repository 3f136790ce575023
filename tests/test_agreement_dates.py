"""When an agreement begins and ends, and by when somebody has to decide: whole lists, counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from iopctl.compute.agreement_dates import agreement_dates, in_time, successor
from iopctl.compute.deadline import Deadline, Kind, Practical
from iopctl.compute.timeline import adopted, as_known, extension_settled, last_decided, option_left
from iopctl.finding import Message, say
from tests.agreements import agreement, cash

Parts = dict[str, Any]


def day(text: str) -> date:
    return date.fromisoformat(text)


def period(start: str = "2020-01-01", end: str = "2022-12-31", **parts: Any) -> Parts:
    return {"start": day(start), "end": end if end == "open_ended" else day(end), **parts}


def decided(kind: str, on: str | None, until: str | None = None, **parts: Any) -> Parts:
    """A decision of the board; without a day one that is proposed."""
    when = {"date": day(on)} if on else {"proposed": day("2020-02-01")}
    return {"kind": kind, "body": "Nämnden", **when, **({"until": day(until)} if until else {}), **parts}


def given(on: str) -> Parts:
    return {"notice": "foreningen", "date": day(on)}


def rows(as_of: str, span: Parts | None = None, **parts: Any) -> list[Deadline]:
    made = agreement(period=span or period(), **parts)
    return list(agreement_dates("prov", as_known(made, day(as_of)), day(as_of)))


def dates(as_of: str, span: Parts | None = None, **parts: Any) -> list[tuple[str, str]]:
    return [(each.key, str(each.day)) for each in rows(as_of, span, **parts)]


def what(key: str, as_of: str, span: Parts | None = None, **parts: Any) -> Message | str:
    [row] = [each for each in rows(as_of, span, **parts) if each.key == key]
    return row.what


# -- start and end -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2019-12-31", [("period.start", "2020-01-01"), ("period.end", "2022-12-31")]),
        ("2020-01-01", [("period.start", "2020-01-01"), ("period.end", "2022-12-31")]),
        ("2020-01-02", [("period.end", "2022-12-31")]),
        ("2022-12-31", [("period.end", "2022-12-31")]),
        ("2023-01-01", []),
    ],
)
def test_start_and_end_until_they_have_passed(as_of: str, expected: list[tuple[str, str]]) -> None:
    assert dates(as_of) == expected


def test_what_the_rows_of_a_period_say() -> None:
    """31 December 2022 is a Saturday, and 1 January 2020 a holiday: nothing moves either."""
    assert rows("2019-12-01", period(wording="Gäller under tre år."), replaces="prov-2017") == [
        Deadline(
            agreement="prov",
            key="period.start",
            kind=Kind.START,
            day=day("2020-01-01"),
            what=say("The agreement begins; it takes over from {other}", other="prov-2017"),
            route=("period", "start"),
            clause="Gäller under tre år.",
        ),
        Deadline(
            agreement="prov",
            key="period.end",
            kind=Kind.END,
            day=day("2022-12-31"),
            what=say("The agreement ends"),
            route=("period", "end"),
            clause="Gäller under tre år.",
        ),
    ]
    assert what("period.start", "2019-12-01") == say("The agreement begins")


def test_without_a_period_there_are_no_dates() -> None:
    assert list(agreement_dates("prov", agreement(), day("2020-01-01"))) == []


def test_an_agreement_until_further_notice_has_no_end() -> None:
    assert dates("2019-12-01", period(end="open_ended")) == [("period.start", "2020-01-01")]


def test_a_rejected_agreement_has_no_dates() -> None:
    assert dates("2019-12-02", decisions=(decided("rejected", "2019-12-01"),)) == []
    assert dates("2019-11-30", decisions=(decided("rejected", "2019-12-01"),)) != []


def test_an_extension_moves_the_end_once_it_is_decided() -> None:
    extension = decided("extended", "2022-05-01", "2024-12-31")
    assert dates("2022-04-30", decisions=(extension,)) == [("period.end", "2022-12-31")]
    assert dates("2022-05-01", decisions=(extension,)) == [("period.end", "2024-12-31")]
    [row] = rows("2022-05-01", decisions=(extension,))
    assert (row.route, row.what) == (("decisions", 0, "until"), say("The agreement ends"))


def test_a_proposed_extension_is_told_of_and_moves_nothing() -> None:
    proposal = decided("extended", None, "2024-12-31")
    [row] = rows("2022-01-01", decisions=(proposal,))
    assert (row.day, row.route) == (day("2022-12-31"), ("period", "end"))
    assert row.what == say("The agreement ends; an extension is on its way and not decided")
    assert dates("2025-06-01", decisions=(proposal,)) == [("period.end", "2022-12-31")]  # still undecided
    assert what("period.end", "2023-01-01", decisions=(proposal,)) == say(
        "The agreement has ended; an extension is on its way and not decided"
    )


def test_what_was_decided_later_was_proposed_on_the_day() -> None:
    extension = decided("extended", "2022-05-01", "2024-12-31")
    assert what("period.end", "2022-04-30", decisions=(extension,)) == say(
        "The agreement ends; an extension is on its way and not decided"
    )


def test_a_termination() -> None:
    termination = decided("terminated", "2021-03-01", "2021-06-30")
    still = [("period.end", "2022-12-31"), ("terminate.2021-06-30", "2021-06-30")]
    assert dates("2021-02-28", decisions=(termination,)) == still
    [row] = rows("2021-03-01", decisions=(termination,))
    assert (row.day, row.route) == (day("2021-06-30"), ("decisions", 0, "until"))
    assert row.what == say("The agreement ends: it has been terminated")
    assert dates("2021-07-01", decisions=(termination,)) == []


def test_a_proposed_termination_ends_nothing() -> None:
    """It has to be decided before the day that it is for; with three months' notice so long before."""
    proposed = decided("terminated", None, "2021-06-30")
    still = ("period.end", "2022-12-31")
    assert dates("2021-03-01", decisions=(proposed,)) == [still, ("terminate.2021-06-30", "2021-06-30")]
    assert dates("2024-01-01", decisions=(proposed,))[1:] == []  # 2022-12-31 is 366 days before
    rejected = decided("rejected", "2021-02-20")
    assert dates("2021-03-01", decisions=(proposed, rejected)) == [still]
    with_notice = dict(dates("2021-03-01", period(notice={"length": "3 months"}), decisions=(proposed,)))
    assert with_notice["terminate.2021-06-30"] == "2021-03-31"  # 31 March + 3 months is 30 June, as is the 30th


NOTICE = {"length": "3 months", "given_by": ("foreningen",), "wording": "Uppsägning tre månader."}


def test_a_notice_that_was_given() -> None:
    """15 August 2021 + 3 months; the day before nobody knows."""
    span = period(notice=NOTICE)
    assert dates("2021-08-14", span, log=(given("2021-08-15"),)) == [
        ("period.end", "2022-12-31"),
        (
            "notice.last",
            "2022-09-30",
        ),  # 30 September + 3 months is 30 December, 1 October + 3 months the day after the end
    ]
    [row] = rows("2021-08-15", span, log=(given("2021-08-15"),))
    assert (row.key, row.day, row.route) == ("period.end", day("2021-11-15"), ("log", 0, "date"))
    assert row.what == say("The agreement ends: notice was given on {day}", day=day("2021-08-15"))


def test_a_notice_in_whole_months() -> None:
    span = period(notice={**NOTICE, "count": "whole_months"})
    assert dates("2021-09-01", span, log=(given("2021-08-15"),)) == [("period.end", "2021-11-30")]


def test_the_earliest_of_two_notices() -> None:
    span = period(notice=NOTICE)
    log = ({"duty": "x", "through": day("2020-02-01")}, given("2021-09-15"), given("2021-08-15"))
    [row] = rows("2021-10-01", span, duties=({"id": "x", "kind": "report", "text": "R", "ongoing": True},), log=log)
    assert (row.day, row.route) == (day("2021-11-15"), ("log", 2, "date"))


def test_a_notice_without_a_notice_clause_ends_nothing() -> None:
    assert dates("2021-09-01", log=(given("2021-08-15"),)) == [("period.end", "2022-12-31")]


def test_a_notice_that_runs_out_after_the_end_changes_nothing() -> None:
    span = period(notice=NOTICE)
    assert dates("2022-11-20", span, log=(given("2022-11-15"),)) == [("period.end", "2022-12-31")]
    assert what("period.end", "2022-11-20", span, log=(given("2022-11-15"),)) == say("The agreement ends")


def test_a_notice_ends_an_agreement_without_an_end() -> None:
    span = period(end="open_ended", notice=NOTICE)
    assert dates("2021-09-01", span, log=(given("2021-08-15"),)) == [("period.end", "2021-11-15")]


def test_a_termination_says_more_than_a_notice() -> None:
    parts: Parts = {"decisions": (decided("terminated", "2021-08-20", "2021-12-31"),), "log": (given("2021-08-15"),)}
    assert dates("2021-08-19", period(notice=NOTICE), **parts) == [("period.end", "2021-11-15")]
    assert dates("2021-08-20", period(notice=NOTICE), **parts) == [("period.end", "2021-12-31")]
    assert what("period.end", "2021-08-20", period(notice=NOTICE), **parts) == say(
        "The agreement ends: it has been terminated"
    )


PROPOSED = decided("extended", None, "2024-12-31")


@pytest.mark.parametrize(
    ("decisions", "end", "route", "proposed"),
    [
        # what is decided takes the place of what was proposed, also when it is shorter
        ((PROPOSED, decided("extended", "2021-01-01", "2023-12-31")), "2023-12-31", ("decisions", 1, "until"), False),
        ((PROPOSED, decided("rejected", "2021-01-01")), "2022-12-31", ("period", "end"), False),
        ((PROPOSED, decided("rejected", None)), "2022-12-31", ("period", "end"), True),
        ((PROPOSED, decided("recommended", "2021-01-01")), "2022-12-31", ("period", "end"), True),
        ((PROPOSED, decided("extended", None, "2022-06-30")), "2022-12-31", ("period", "end"), False),  # the new one
        # what does not end later is no extension
        ((decided("extended", "2021-01-01", "2022-06-30"),), "2022-12-31", ("period", "end"), False),
        ((decided("extended", "2021-01-01", "2022-12-31"),), "2022-12-31", ("period", "end"), False),
        ((decided("adopted", "2019-12-01", "2024-12-31"),), "2022-12-31", ("period", "end"), False),
        # one after another
        (
            (decided("extended", "2021-01-01", "2023-12-31"), decided("extended", "2021-02-01", "2024-12-31")),
            "2024-12-31",
            ("decisions", 1, "until"),
            False,
        ),
    ],
)
def test_what_the_decisions_make_of_the_end(
    decisions: tuple[Parts, ...], end: str, route: tuple[str | int, ...], proposed: bool
) -> None:
    [row] = rows("2021-06-01", decisions=decisions)
    assert (row.day, row.route) == (day(end), route)
    assert (row.what == say("The agreement ends; an extension is on its way and not decided")) is proposed


def test_an_extension_of_what_never_was() -> None:
    before = decided("terminated", "2019-12-15", "2019-12-31")
    assert dates("2020-02-02", decisions=(before, decided("extended", "2020-02-01", "2024-12-31"))) == []


def test_the_decision_of_the_day_beside_a_later_one() -> None:
    decisions = (decided("extended", "2022-05-01", "2024-12-31"), decided("terminated", "2022-06-01", "2023-06-30"))
    assert dates("2022-04-30", decisions=decisions) == [("period.end", "2022-12-31")]
    assert dates("2022-05-01", decisions=decisions)[:1] == [("period.end", "2024-12-31")]
    assert dates("2022-06-01", decisions=decisions) == [("period.end", "2023-06-30")]


def test_a_rejection_on_the_first_day_is_not_of_the_agreement() -> None:
    assert dates("2020-01-02", decisions=(decided("rejected", "2020-01-01"),)) == [("period.end", "2022-12-31")]


def test_a_termination_on_the_first_day_and_on_the_last() -> None:
    first = decided("terminated", "2019-12-15", "2020-01-01")
    assert dates("2019-12-20", decisions=(first,)) == [("period.start", "2020-01-01"), ("period.end", "2020-01-01")]
    last = decided("terminated", "2021-12-15", "2022-12-31")
    assert what("period.end", "2022-01-01", decisions=(last,)) == say("The agreement ends")  # as it would have


def test_a_termination_before_the_first_day() -> None:
    assert dates("2019-12-20", decisions=(decided("terminated", "2019-12-15", "2019-12-31"),)) == []


def test_the_notice_that_is_known_beside_one_given_later() -> None:
    log = (given("2021-08-15"), given("2021-07-20"))
    span = period(notice=NOTICE)
    assert dates("2021-07-20", span, log=log) == [("period.end", "2021-10-20")]
    assert dates("2021-07-20", span, log=log[::-1]) == [("period.end", "2021-10-20")]
    assert dates("2021-08-15", span, log=log[:1]) == [("period.end", "2021-11-15")]


@pytest.mark.parametrize(
    ("extended", "notice", "end"),
    [
        ("2021", "2021-01-01", "2021-04-01"),
        ("2021-08", "2021-08-01", "2021-11-01"),
        ("2021", "2020-12-31", "2024-12-31"),
    ],
)
def test_an_extension_counts_from_its_first_possible_day(extended: str, notice: str, end: str) -> None:
    extension = {"kind": "extended", "body": "Nämnden", "date": extended, "until": day("2024-12-31")}
    span = period(notice={**NOTICE, "condition": "Om …"})
    made = agreement(period=span, decisions=(extension,), log=(given(notice),))
    last = last_decided(made)
    assert last is not None
    assert last.end == day(end)


@pytest.mark.parametrize(
    ("extended", "end"),
    [
        (day("2021-08-16"), "2024-12-31"),  # after the notice: sets it aside
        (day("2021-08-15"), "2021-11-15"),
        (day("2021-08-14"), "2021-11-15"),
        ("2021-09", "2024-12-31"),
        ("2021-08", "2021-11-15"),  # it may have been before
        ("2022", "2024-12-31"),
        ("2021", "2021-11-15"),
    ],
)
def test_an_extension_after_a_notice_sets_it_aside(extended: date | str, end: str) -> None:
    extension = {"kind": "extended", "body": "Nämnden", "date": extended, "until": day("2024-12-31")}
    span = period(notice={**NOTICE, "condition": "Om …"})
    found = dict(
        dates("2023-01-01" if end > "2023" else "2021-10-01", span, decisions=(extension,), log=(given("2021-08-15"),))
    )
    assert found == {"period.end": end}


# -- the option to extend ----------------------------------------------------------------------------------------------


OPTION = {"length": "3 years", "wording": "Kan förlängas i tre år."}


def test_the_last_day_to_decide() -> None:
    """30 April 2022 is a Saturday: nothing moves it, so it has to be decided on the Friday."""
    span = period(extension={**OPTION, "decide_by": day("2022-04-30")})
    [end, row] = rows("2022-01-01", span)
    assert end.key == "period.end"
    assert row == Deadline(
        agreement="prov",
        key="decide.by",
        kind=Kind.DECIDE_BY,
        day=day("2022-04-30"),
        what=say("Last day to decide on an extension"),
        route=("period", "extension", "decide_by"),
        who=("kommunen",),
        clause="Kan förlängas i tre år.",
        practical=Practical(day("2022-04-29"), moves=False),
    )


def test_who_decides() -> None:
    span = period(extension={**OPTION, "decide_by": day("2022-04-29"), "decided_by": ("kommunen", "foreningen")})
    [_end, row] = rows("2022-01-01", span)
    assert (row.who, row.practical) == (("kommunen", "foreningen"), None)


def with_option(**parts: Any) -> Parts:
    return period(extension={**OPTION, "decide_by": day("2022-06-30"), **parts})


END, DECIDE = ("period.end", "2022-12-31"), ("decide.by", "2022-06-30")


def test_a_day_to_decide_by_stays_until_somebody_has_decided() -> None:
    adopted = decided("adopted", "2019-12-01")
    cases: dict[str, tuple[Parts, ...]] = {
        "nothing": (),
        "adopted": (adopted,),
        "proposed": (decided("extended", None, "2024-12-31"),),
        "extended later": (decided("extended", "2022-07-02", "2024-12-31"),),
        "rejected before the agreement": (decided("rejected", "2019-11-01"), adopted),
    }
    found = {name: dates("2022-07-01", with_option(), decisions=each) for name, each in cases.items()}
    assert found == {name: [END, DECIDE] for name in cases}


@pytest.mark.parametrize(
    ("decision", "end"),
    [
        (decided("extended", "2022-07-01", "2024-12-31"), "2024-12-31"),
        (decided("rejected", "2022-07-01"), "2022-12-31"),
        (decided("terminated", "2022-06-01", "2022-08-31"), "2022-08-31"),
    ],
)
@pytest.mark.parametrize("first", [(), (decided("adopted", "2019-12-01"),)])
def test_a_decision_settles_it(decision: Parts, end: str, first: tuple[Parts, ...]) -> None:
    assert dates("2022-07-01", with_option(times=1), decisions=(*first, decision)) == [("period.end", end)]


def without_day(kind: str, **parts: Any) -> Parts:
    return {"kind": kind, "body": "Nämnden", **parts}


@pytest.mark.parametrize(
    ("decisions", "settled"),
    [
        ((without_day("adopted"), without_day("rejected")), True),
        ((without_day("rejected"), without_day("adopted")), False),
        ((without_day("rejected"),), False),  # of the agreement itself, as far as can be seen
        ((decided("extended", None, "2024-12-31"), without_day("rejected")), True),
        ((without_day("recommended"), without_day("rejected")), False),
        ((decided("rejected", "2020-01-01"),), True),  # on its first day
        ((decided("rejected", "2019-12-31"),), False),
        ((without_day("adopted"), decided("rejected", None)), False),
        ((without_day("extended", until=date(2024, 12, 31)),), True),
        ((), False),
    ],
)
def test_what_settles_an_extension(decisions: tuple[Parts, ...], settled: bool) -> None:
    assert extension_settled(agreement(period=period(), decisions=decisions)) is settled


def test_without_a_period_or_an_option_there_is_nothing_to_settle() -> None:
    assert extension_settled(agreement(decisions=(decided("rejected", "2022-07-01"),))) is False
    assert option_left(agreement()) is False
    assert option_left(agreement(period=period())) is False
    assert option_left(agreement(period=period(extension=OPTION))) is True


def test_a_proposal_after_a_rejection_is_no_option() -> None:
    decisions = (decided("rejected", "2021-01-01"), decided("extended", None, "2024-12-31"))
    assert dates("2022-01-01", period(extension=OPTION), decisions=decisions) == [END]


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ((decided("adopted", "2019-12-01"),), (date(2019, 12, 1), ("decisions", 0, "date"))),
        (
            (decided("recommended", "2019-11-01"), without_day("adopted", planned=date(2019, 12, 3))),
            (date(2019, 12, 3), ("decisions", 1, "planned")),
        ),
        (
            (decided("adopted", "2019-12-10"), decided("adopted", "2019-12-01")),
            (date(2019, 12, 10), ("decisions", 0, "date")),
        ),
        ((without_day("adopted", date="2019-12"),), None),
        ((decided("extended", "2022-01-01", "2024-12-31"),), None),
        ((), None),
    ],
)
def test_the_day_it_was_adopted(decisions: tuple[Parts, ...], expected: object) -> None:
    assert adopted(agreement(period=period(), decisions=decisions)) == expected


def test_a_notice_settles_it_too() -> None:
    span = {**with_option(), "notice": NOTICE}
    assert dates("2022-05-01", span, log=(given("2022-04-15"),)) == [("period.end", "2022-07-15")]


def test_the_option_lapses_at_the_end() -> None:
    [_end, row] = rows("2022-01-01", period(extension=OPTION))
    assert row == Deadline(
        agreement="prov",
        key="option.1",
        kind=Kind.OPTION,
        day=day("2022-12-31"),
        what=say("The possibility to extend lapses, if nothing is decided before"),
        route=("period", "extension"),
        who=("kommunen",),
        clause="Kan förlängas i tre år.",
        practical=Practical(day("2022-12-30"), moves=False),  # the 31st is a Saturday
    )


def test_until_when_the_option_lapses() -> None:
    assert dates("2022-12-31", period(extension=OPTION)) == [END, ("option.1", "2022-12-31")]
    assert dates("2023-01-01", period(extension=OPTION)) == []


def test_the_option_beside_a_proposal() -> None:
    proposal = decided("extended", None, "2025-12-31")
    assert what("option.1", "2022-01-01", period(extension=OPTION), decisions=(proposal,)) == say(
        "Last day to decide on the extension that is on its way"
    )


@pytest.mark.parametrize(
    ("option", "decisions", "expected"),
    [
        ({"times": 1}, (), "option.1"),
        ({"times": 1}, (decided("extended", "2021-01-01", "2024-12-31"),), None),
        ({"times": 2}, (decided("extended", "2021-01-01", "2024-12-31"),), "option.2"),
        ({}, (decided("extended", "2021-01-01", "2024-12-31"),), "option.2"),
        ({"until": day("2025-12-31")}, (decided("extended", "2021-01-01", "2024-12-31"),), "option.2"),
        ({"until": day("2024-12-31")}, (decided("extended", "2021-01-01", "2024-12-31"),), None),
        ({"until": day("2023-01-01")}, (), "option.1"),
        ({"until": day("2022-12-31")}, (), None),
        ({}, (decided("rejected", "2021-01-01"),), None),
        ({}, (decided("terminated", "2021-01-01", "2022-06-30"),), None),
        ({}, (decided("terminated", "2021-01-01", "2022-12-31"),), None),  # to the last day, which it does not cut
        ({}, (decided("rejected", "2020-06-01"), decided("extended", "2021-01-01", "2024-12-31")), "option.2"),
        ({"times": 1}, (decided("extended", None, "2024-12-31"),), "option.1"),
    ],
)
def test_an_option_that_is_left(option: Parts, decisions: tuple[Parts, ...], expected: str | None) -> None:
    span = period(extension={**OPTION, **option})
    keys = [key for key, _day in dates("2021-06-01", span, decisions=decisions)]
    assert keys == ["period.end", *([expected] if expected else [])]


def test_after_the_first_extension_the_second_one_lapses_at_the_new_end() -> None:
    """The day to decide by was about the first."""
    extension = decided("extended", "2022-05-01", "2024-12-31")
    assert dates("2022-06-01", with_option(times=2), decisions=(extension,)) == [
        ("period.end", "2024-12-31"),
        ("option.2", "2024-12-31"),
    ]


def test_no_option_without_an_end() -> None:
    assert dates("2021-01-01", period(end="open_ended", extension=OPTION)) == []


# -- notice ------------------------------------------------------------------------------------------------------------


def test_the_last_day_for_notice() -> None:
    """30 September 2022 is a Friday."""
    [_end, row] = rows("2021-01-01", period(notice=NOTICE))
    assert row == Deadline(
        agreement="prov",
        key="notice.last",
        kind=Kind.NOTICE,
        day=day("2022-09-30"),
        what=say(
            "Last day to give notice that runs out no later than {day}, when the agreement ends", day=day("2022-12-31")
        ),
        route=("period", "notice"),
        who=("foreningen",),
        clause="Uppsägning tre månader.",
    )


@pytest.mark.parametrize(
    ("notice", "end", "expected"),
    [
        ({"length": "3 months"}, "2025-11-30", "2025-08-31"),
        ({"length": "3 months", "count": "whole_months"}, "2025-11-30", "2025-08-31"),
        ({"length": "3 months", "count": "whole_months"}, "2025-11-29", "2025-07-31"),
        ({"length": "6 months"}, "2025-12-31", "2025-06-30"),
        ({"length": "30 days"}, "2025-12-31", "2025-12-01"),
        ({"length": "5 years"}, "2025-01-01", "2020-01-01"),  # on the first day of the agreement
        ({"length": "5 years"}, "2024-12-31", None),  # before it
    ],
)
def test_how_long_before_the_end(notice: Parts, end: str, expected: str | None) -> None:
    found = dict(dates("2020-01-01", period(end=end, notice=notice)))
    assert found.get("notice.last") == expected


def test_everybody_may_give_notice_unless_it_is_said() -> None:
    [_end, row] = rows("2021-01-01", period(notice={"length": "2 months"}))
    assert row.who == ("kommunen", "foreningen")
    assert (row.day, row.practical) == (day("2022-10-31"), None)  # a Monday


def test_a_last_day_that_is_not_open() -> None:
    """2022-07-31 is a Sunday."""
    [_end, row] = rows("2021-01-01", period(notice={"length": "5 months"}))
    assert (row.day, row.practical) == (day("2022-07-31"), Practical(day("2022-07-29"), moves=False))


def test_until_when_it_is_shown() -> None:
    assert [key for key, _day in dates("2022-09-30", period(notice=NOTICE))] == ["period.end", "notice.last"]
    assert [key for key, _day in dates("2022-10-01", period(notice=NOTICE))] == ["period.end"]


@pytest.mark.parametrize(
    ("span", "decisions"),
    [
        (period(notice={**NOTICE, "condition": "Vid väsentligt avtalsbrott."}), ()),
        (period(end="open_ended", notice=NOTICE), ()),
        (period(notice=NOTICE), (decided("terminated", "2020-12-01", "2022-06-30"),)),
        (period(), ()),
    ],
)
def test_where_no_notice_is_shown(span: Parts, decisions: tuple[Parts, ...]) -> None:
    assert "notice.last" not in dict(dates("2021-01-01", span, decisions=decisions))


def test_an_extension_moves_it() -> None:
    extension = decided("extended", "2022-05-01", "2024-12-31")
    assert dict(dates("2022-05-01", period(notice=NOTICE), decisions=(extension,)))["notice.last"] == "2024-09-30"
    assert dict(dates("2022-04-30", period(notice=NOTICE), decisions=(extension,)))["notice.last"] == "2022-09-30"


# -- funding, acknowledgements, successor ------------------------------------------------------------------------------


def funded(*years: Parts, **parts: Any) -> Parts:
    return cash(1000, funding=years, **parts)


def test_money_that_is_still_to_be_decided() -> None:
    contribution = funded(
        {"year": 2020, "state": "subject_to_budget"},
        {"year": 2021, "state": "decided", "body": "Nämnden"},
        {"year": 2022, "state": "subject_to_decision", "body": "Kommunfullmäktige"},
    )
    [_start, _end, first, second] = rows(
        "2019-06-01", contributions=({"from": ("kommunen",), "kind": "premises"}, contribution)
    )
    assert (first.key, first.day, first.who, first.bodies) == (
        "ersattning.funding.2020",
        day("2019-12-31"),
        ("kommunen",),
        (),
    )
    assert second == Deadline(
        agreement="prov",
        key="ersattning.funding.2022",
        kind=Kind.FUNDING,
        day=day("2021-12-31"),
        what=say("The money for {year} is still to be decided", year="2022"),
        route=("contributions", 1, "funding", 2),
        who=("kommunen",),
        bodies=("Kommunfullmäktige",),
        target=True,
    )


def test_before_the_agreement_or_the_year_begins() -> None:
    """The agreement begins on 1 July 2020: the money of that year by the day before, not by New Year."""
    contribution = funded(*({"year": year, "state": "subject_to_budget"} for year in (2019, 2020, 2022, 2023)))
    found = dates("2021-01-01", period("2020-07-01"), contributions=(contribution,))
    assert found[1:] == [("ersattning.funding.2020", "2020-06-30"), ("ersattning.funding.2022", "2021-12-31")]


def test_a_year_of_an_extension_needs_money_once_it_is_decided() -> None:
    contribution = funded({"year": 2023, "state": "subject_to_budget"})
    extension = decided("extended", "2022-05-01", "2024-12-31")
    assert dates("2022-04-30", contributions=(contribution,), decisions=(extension,)) == [END]
    assert dates("2022-05-01", contributions=(contribution,), decisions=(extension,)) == [
        ("period.end", "2024-12-31"),
        ("ersattning.funding.2023", "2022-12-31"),
    ]


def test_two_bodies_that_decide_on_the_money_of_a_year() -> None:
    """Each is a row of its own, whatever has been decided by the other."""
    bodies = [{"year": 2022, "state": "subject_to_decision", "body": each} for each in ("Nämnden", "Kommunstyrelsen")]
    found = rows("2021-06-01", contributions=(funded(*bodies),))[1:]
    assert [(each.key, each.bodies) for each in found] == [
        ("ersattning.funding.2022", ("Nämnden",)),
        ("ersattning.funding.2022-2", ("Kommunstyrelsen",)),
    ]
    [left] = rows("2021-06-01", contributions=(funded({**bodies[0], "state": "decided"}, bodies[1]),))[1:]
    assert left.key == "ersattning.funding.2022-2"


def test_money_for_what_has_no_id_and_no_known_giver() -> None:
    contribution = {"from": {"unknown": "nämnden"}, "kind": "cash", "amount": 1000, "per": "year"}
    [row] = rows(
        "2021-06-01", contributions=({**contribution, "funding": ({"year": 2022, "state": "subject_to_budget"},)},)
    )[1:]
    assert (row.key, row.who) == ("0.funding.2022", ())


def test_acknowledgements_that_run_out() -> None:
    acknowledged = (
        {"rule": "PER003", "reason": "Står så.", "until": day("2021-06-30")},
        {"rule": "PER003", "reason": "Står så.", "at": "period.stated", "until": day("2021-06-30")},
        {"rule": "PER003", "reason": "Står så.", "until": day("2021-06-29")},
        {"rule": "MON001", "reason": "Står så."},
        {"rule": "PER003", "reason": "Igen.", "until": day("2021-07-01")},
    )
    found = rows("2021-06-30", acknowledged=acknowledged)[1:]
    assert [(each.key, str(each.day)) for each in found] == [
        ("acknowledged.PER003.1", "2021-06-30"),
        ("acknowledged.PER003.period.stated", "2021-06-30"),
        ("acknowledged.PER003.4", "2021-07-01"),
    ]
    assert found[2] == Deadline(
        agreement="prov",
        key="acknowledged.PER003.4",
        kind=Kind.ACKNOWLEDGEMENT,
        day=day("2021-07-01"),
        what=say("{rule} is acknowledged until this day, and counts again after it", rule="PER003"),
        route=("acknowledged", 4, "until"),
        clause="Igen.",
    )


def test_an_acknowledgement_needs_no_period() -> None:
    made = agreement(acknowledged=({"rule": "PER003", "reason": "Står så.", "until": day("2021-06-30")},))
    assert [each.key for each in agreement_dates("prov", made, day("2021-01-01"))] == ["acknowledged.PER003.1"]


def test_a_successor() -> None:
    assert successor("prov", "prov-2023", day("2023-01-01")) == Deadline(
        agreement="prov",
        key="successor.prov-2023",
        kind=Kind.SUCCESSOR,
        day=day("2023-01-01"),
        what=say("{other} begins and takes over", other="prov-2023"),
        route=("replaces",),
    )


def test_the_open_day_to_act_on() -> None:
    assert in_time(day("2025-11-28")) is None
    assert in_time(day("2025-11-30")) == Practical(day("2025-11-28"), moves=False)
    assert in_time(day("2026-01-01")) == Practical(day("2025-12-30"), moves=False)  # 31 December is nyårsafton


def test_what_a_row_of_a_proposed_termination_says() -> None:
    """Three months before 12 May 2022 is Saturday 12 February: the open day before is Friday the 11th."""
    proposed = decided("terminated", None, "2022-05-12")
    notice = {"length": "3 months", "wording": "Uppsägning tre månader."}
    found = rows("2021-03-01", period(notice=notice), decisions=(decided("adopted", "2019-11-01"), proposed))
    assert found[-1] == Deadline(
        agreement="prov",
        key="terminate.2022-05-12",
        kind=Kind.DECIDE_BY,
        day=day("2022-02-12"),
        what=say("Last day to decide on the proposed termination to {day}", day=day("2022-05-12")),
        route=("decisions", 1),
        who=("kommunen",),
        clause="Uppsägning tre månader.",
        practical=Practical(day("2022-02-11"), moves=False),
    )


def test_a_termination_to_the_last_day_is_none() -> None:
    keys = [each.key for each in rows("2021-03-01", decisions=(decided("terminated", None, "2022-12-31"),))]
    assert keys == ["period.end"]


def test_the_last_day_is_the_agreements_until_it_has_passed() -> None:
    proposal = decided("extended", None, "2024-12-31")
    assert what("period.end", "2022-12-31", decisions=(proposal,)) == say(
        "The agreement ends; an extension is on its way and not decided"
    )
