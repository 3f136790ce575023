"""What happens to an agreement changes exactly the rows it should: all rows before and after, compared."""

from __future__ import annotations

from datetime import date
from typing import Any

from iopctl.compute.deadline import Deadline
from iopctl.compute.deadlines import deadlines
from iopctl.compute.lifeline import lifeline
from iopctl.compute.money_dates import gathered
from iopctl.finding import say
from iopctl.form import read
from iopctl.model import Agreement, Settings, Workspace
from tests.agreements import agreement, cash

Parts = dict[str, Any]


def day(text: str) -> date:
    return date.fromisoformat(text)


AS_OF, UNTIL = day("2021-02-01"), day("2025-12-31")

DUTIES: tuple[Parts, ...] = (
    {"id": "mote", "kind": "meeting", "text": "Möte", "times_per_year": 2},
    {"id": "rapport", "kind": "report", "text": "Rapport", "yearly_by": "03-31"},
    {"id": "slut", "kind": "follow_up", "text": "Uppföljning", "before_end": True},
    {"id": "slutrapport", "kind": "report", "text": "R", "after": {"event": "end", "length": "3 months"}},
    {"id": "protokoll", "kind": "report", "text": "P", "after": {"event": "duty", "of": "mote", "length": "2 weeks"}},
    {"id": "avveckling", "kind": "meeting", "text": "A", "after": {"event": "notice", "length": "1 month"}},
    {"id": "begaran", "kind": "dialogue", "text": "Dialog", "on_request": True},
    {"id": "dialog", "kind": "dialogue", "text": "Dialog", "ongoing": True},
)
PERIOD: Parts = {
    "start": day("2020-01-01"),
    "end": day("2022-12-31"),
    "extension": {"times": 1, "length": "2 years", "decide_by": day("2022-06-30")},
    "notice": {"length": "3 months"},
}
MONEY: tuple[Parts, ...] = (
    cash(
        1000,
        payment={"in": "january", "times_per_year": 1},
        funding=({"year": 2022, "state": "subject_to_budget"},),
    ),
    {**cash(500), "id": "bidrag", "payment": {"after": {"event": "invoice", "days": 30}, "times_per_year": 1}},
)


KEPT: Parts = {"payment": "ersattning", "date": day("2020-01-28"), "year": 2020, "amount": 1000}
"""Payments are kept in the log. This one was due on 2020-01-31, 367 days before, and is not told of any more."""


def made(*, log: tuple[Parts, ...] = (), **parts: Any) -> Agreement:
    return agreement(**{"period": PERIOD, "duties": DUTIES, "contributions": MONEY, "log": (KEPT, *log), **parts})


def rows(of: Agreement) -> dict[str, Deadline]:
    found = gathered(deadlines("prov", of, Workspace(), AS_OF, UNTIL))
    assert len({each.key for each in found}) == len(found)
    return {each.key: each for each in found}


BEFORE = """
    rapport-2020 2020-03-31
    mote-y1-1 2020-06-30
    bidrag.unlogged 2020-12-31
    mote-y1-2 2020-12-31
    ersattning.2021.1 2021-01-29
    rapport-2021 2021-03-31
    mote-y2-1 2021-06-30
    bidrag.2021.1 2021-12-31
    ersattning.funding.2022 2021-12-31
    mote-y2-2 2021-12-31
    ersattning.2022.1 2022-01-31
    rapport-2022 2022-03-31
    decide.by 2022-06-30
    mote-y3-1 2022-06-30
    notice.last 2022-09-30
    bidrag.2022.1 2022-12-31
    mote-y3-2 2022-12-31
    period.end 2022-12-31
    slut 2022-12-31
    slutrapport 2023-03-31
"""


def test_before() -> None:
    assert [f"{key} {each.day}" for key, each in rows(made()).items()] == [
        line.strip() for line in BEFORE.strip().splitlines()
    ]


def difference(of: Agreement) -> tuple[set[str], dict[str, str], set[str]]:
    """What has gone, what is new or on another day, and what is changed in some other way."""
    before, after = rows(made()), rows(of)
    elsewhere = {key: str(each.day) for key, each in after.items() if key not in before or before[key].day != each.day}
    changed = {key for key, each in after.items() if key not in elsewhere and each != before[key]}
    return set(before) - set(after), elsewhere, changed


NOTHING: tuple[set[str], dict[str, str], set[str]] = (set(), {}, set())


def decided(kind: str, **parts: Any) -> Parts:
    return {"kind": kind, "body": "Nämnden", **parts}


def test_an_extension() -> None:
    of = made(decisions=(decided("extended", date=day("2021-01-15"), until=day("2024-12-31")),))
    assert difference(of) == (
        {"decide.by"},
        {
            "period.end": "2024-12-31",
            "notice.last": "2024-09-30",
            "slut": "2024-12-31",
            "slutrapport": "2025-03-31",
            "mote-y4-1": "2023-06-30",
            "mote-y4-2": "2023-12-31",
            "mote-y5-1": "2024-06-30",
            "mote-y5-2": "2024-12-31",
            "rapport-2023": "2023-03-31",
            "rapport-2024": "2024-03-31",
            "ersattning.2023.1": "2023-01-31",
            "ersattning.2024.1": "2024-01-31",
            "bidrag.2023.1": "2023-12-31",
            "bidrag.2024.1": "2024-12-31",
        },
        set(),
    )


def test_a_proposed_extension() -> None:
    """The end says so; nothing else is changed."""
    of = made(decisions=(decided("extended", proposed=day("2021-01-15"), until=day("2024-12-31")),))
    assert difference(of) == (set(), {}, {"period.end"})


def test_an_extension_that_is_decided_tomorrow() -> None:
    """Nobody had proposed it."""
    of = made(decisions=(decided("extended", date=day("2021-02-02"), until=day("2024-12-31")),))
    assert difference(of) == NOTHING


def test_a_rejected_extension() -> None:
    assert difference(made(decisions=(decided("rejected", date=day("2021-01-15")),))) == ({"decide.by"}, {}, set())


def test_the_adoption() -> None:
    assert difference(made(decisions=(decided("adopted", date=day("2019-12-15")),))) == NOTHING


def test_a_termination() -> None:
    of = made(decisions=(decided("terminated", date=day("2021-01-15"), until=day("2021-12-31")),))
    gone = (
        "mote-y3-1 mote-y3-2 rapport-2022 decide.by notice.last ersattning.2022.1 bidrag.2022.1 ersattning.funding.2022"
    )
    assert difference(of) == (
        set(gone.split()),
        {"period.end": "2021-12-31", "slut": "2021-12-31", "slutrapport": "2022-03-31"},
        set(),
    )


def test_a_notice() -> None:
    """It ends on 15 April 2021: one meeting is left, by the last day, and the year's money is for a part of it."""
    of = made(log=({"notice": "foreningen", "date": day("2021-01-15")},))
    gone = (
        "mote-y2-2 mote-y3-1 mote-y3-2 rapport-2022 decide.by notice.last ersattning.2022.1 bidrag.2022.1 "
        "ersattning.funding.2022"
    )
    assert difference(of) == (
        set(gone.split()),
        {
            "mote-y2-1": "2021-04-15",
            "bidrag.2021.1": "2021-04-15",
            "period.end": "2021-04-15",
            "slut": "2021-04-15",
            "slutrapport": "2021-07-15",
            "avveckling-2021-01-15": "2021-02-15",
        },
        {"ersattning.2021.1"},
    )
    assert rows(of)["period.end"].what == say("The agreement ends: notice was given on {day}", day=day("2021-01-15"))


def test_a_meeting_that_was_held() -> None:
    """The minutes are due two weeks after it."""
    of = made(log=({"duty": "mote", "date": day("2021-01-20")},))
    assert difference(of) == (set(), {"protokoll-2021-01-20": "2021-02-03"}, {"mote-y2-1"})
    assert rows(of)["mote-y2-1"].done == day("2021-01-20")


def test_the_minutes_of_a_meeting() -> None:
    held = {"duty": "mote", "date": day("2021-01-20")}
    of = made(log=(held, {"duty": "protokoll", "date": day("2021-01-30")}))
    assert difference(of) == (set(), {"protokoll-2021-01-20": "2021-02-03"}, {"mote-y2-1"})
    assert rows(of)["protokoll-2021-01-20"].done == day("2021-01-30")


def test_a_report_that_was_handed_in() -> None:
    of = made(log=({"duty": "rapport", "date": day("2021-01-25")},))
    assert difference(of) == (set(), {}, {"rapport-2021"})
    assert rows(of)["rapport-2021"].done == day("2021-01-25")


def test_a_payment_that_was_made() -> None:
    of = made(log=({"payment": "ersattning", "date": day("2021-01-28"), "year": 2021, "amount": 1000},))
    assert difference(of) == (set(), {}, {"ersattning.2021.1"})
    assert rows(of)["ersattning.2021.1"].done == day("2021-01-28")


def test_payments_that_are_kept_elsewhere_are_told_of_once() -> None:
    """Those of 2020 and 2021 have had their day, the last one on 29 January."""
    of = agreement(period=PERIOD, duties=DUTIES, contributions=MONEY)
    assert difference(of) == ({"ersattning.2021.1"}, {"ersattning.unlogged": "2021-01-29"}, set())


def test_an_invoice_that_came_in() -> None:
    of = made(log=({"invoice": "bidrag", "date": day("2021-01-20"), "year": 2021},))
    assert difference(of) == (set(), {"bidrag.2021.1": "2021-02-19"}, set())


def test_a_requisition_and_an_adjustment_that_nothing_waits_for() -> None:
    assert difference(made(log=({"requisition": "bidrag", "date": day("2021-01-20"), "year": 2021},))) == NOTHING
    assert difference(made(log=({"adjustment": "bidrag", "date": day("2021-01-20"), "year": 2021},))) == NOTHING


def test_a_request() -> None:
    of = made(log=({"request": "begaran", "date": day("2021-01-20")},))
    assert difference(of) == (set(), {"begaran-asked-2021-01-20": "2021-01-20"}, set())


def test_a_statement_for_days_without_dates() -> None:
    of = made(log=({"duty": "mote", "through": day("2020-12-31")},))
    assert difference(of) == (set(), {}, {"mote-y1-1", "mote-y1-2"})
    assert rows(of)["mote-y1-2"].done == day("2020-12-31")


def test_a_dialogue_that_goes_on_all_the_time() -> None:
    assert difference(made(log=({"duty": "dialog", "date": day("2021-01-20")},))) == NOTHING


def test_what_is_logged_tomorrow() -> None:
    tomorrow = day("2021-02-02")
    events: tuple[Parts, ...] = (
        {"duty": "mote"},
        {"duty": "rapport"},
        {"payment": "ersattning", "year": 2021, "amount": 1000},
        {"invoice": "bidrag", "year": 2021},
        {"notice": "foreningen"},
        {"request": "begaran"},
    )
    for each in events:
        assert difference(made(log=({**each, "date": tomorrow},))) == NOTHING, each


def test_a_day_that_is_booked() -> None:
    planned = tuple({**each, "planned": (day("2021-05-04"),)} if each["id"] == "mote" else each for each in DUTIES)
    assert difference(made(duties=planned)) == (set(), {"mote-y2-1": "2021-05-04"}, set())


def test_money_that_is_decided() -> None:
    funded = ({**MONEY[0], "funding": ({"year": 2022, "state": "decided"},)}, MONEY[1])
    assert difference(made(contributions=funded)) == (
        {"ersattning.funding.2022"},
        {},
        {"ersattning.2022.1"},  # which depended on it
    )


# -- what came later ---------------------------------------------------------------------------------------------------

MEETINGS: tuple[Parts, ...] = ({"date": day("2021-09-14")}, {"date": day("2021-11-16")}, {"date": day("2022-01-18")})


def meetings(*decisions: Parts) -> list[str]:
    """The meetings to decide at, as of AS_OF, on an agreement for 2022-01-01 and on."""
    boards, wrong = read(Settings, {"boards": ({"name": "Exempelnämnden", "meetings": MEETINGS},)})
    assert boards is not None, wrong
    coming = made(period={"start": day("2022-01-01"), "end": day("2024-12-31")}, decisions=decisions)
    found = deadlines("prov", coming, Workspace(settings=boards), AS_OF, UNTIL)
    return [str(each.day) for each in found if each.key.endswith(".meeting")]


def test_the_meeting_that_took_a_decision_later_is_not_known() -> None:
    """A decision of 2021-11-23 has legal force in time, so that 2021-11-16 is the last meeting."""
    assert meetings(decided("adopted", date=day("2021-09-14"))) == ["2021-11-16"]
    assert meetings(decided("adopted", proposed=day("2021-01-15"), date=day("2021-09-14"))) == ["2021-11-16"]
    assert meetings(decided("adopted", planned=day("2021-09-14"))) == ["2021-09-14", "2021-11-16"]
    assert meetings(decided("adopted", planned=day("2021-09-14"), date=day("2021-10-12"))) == [
        "2021-09-14",
        "2021-11-16",
    ]


def test_a_meeting_that_was_planned_before_the_decision_was_taken_is_not_asked_about() -> None:
    """What is left of the option is planned for: 37 days from 2024-11-23 it is the last open day of that year."""
    boards, wrong = read(Settings, {"boards": ({"name": "Exempelnämnden", "meetings": MEETINGS},)})
    assert boards is not None, wrong
    adopted, until = decided("adopted", date=day("2019-11-05")), day("2024-12-31")
    planned = decided("extended", planned=day("2021-01-12"), until=until)
    option = {**PERIOD, "extension": {"times": 2}}

    def rows(*decisions: Parts) -> list[tuple[str, str]]:
        of = made(period=option, decisions=(adopted, *decisions))
        found = deadlines("prov", of, Workspace(settings=boards), AS_OF, UNTIL)
        return [(each.key, str(each.day)) for each in found if each.key.endswith((".planned", ".meeting", ".limit"))]

    assert rows(planned) == [("extend.1.planned", "2021-01-12"), ("extend.1.meeting", "2022-01-18")]
    taken = decided("extended", date=day("2021-01-26"), until=until)
    assert rows(planned, taken) == [("extend.2.limit", "2024-11-23")]


def test_a_decision_that_was_taken_later_is_no_step_on_the_way() -> None:
    later = (
        decided("rejected", date=day("2021-05-04")),
        decided("terminated", date=day("2021-06-01"), until=day("2021-12-31")),
    )
    taken = decided("adopted", date=day("2019-11-05"))
    assert lifeline("prov", made(decisions=(taken, *later)), AS_OF) == lifeline("prov", made(decisions=(taken,)), AS_OF)
