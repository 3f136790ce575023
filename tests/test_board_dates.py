"""The rows of what boards have to decide: which meetings, which preparations, and what when it is late. By hand.

The agreement ends on Thursday 2026-12-31; its extension would begin on 2027-01-01. An appeal ends 14 + 2 + 21 days
after the meeting, or on the next open day, and the decision has legal force on the day after: that of 17 November on
29 December (24 December, to Monday the 28th), that of 24 November on 5 January 2027 (31 December, to Monday).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from iopctl.compute.board_dates import board_dates
from iopctl.compute.deadline import Deadline, Kind
from iopctl.finding import Message, say
from iopctl.form import read
from iopctl.model import Agreement, Settings
from tests.agreements import agreement

Parts = dict[str, Any]


def day(text: str) -> date:
    return date.fromisoformat(text)


def meeting(on: str, **days: str) -> Parts:
    return {"date": day(on), **{step: day(each) for step, each in days.items()}}


SPRING, AUTUMN, LATE = "2026-04-22", "2026-11-17", "2026-11-24"
MEETINGS = (
    meeting(SPRING, memo="2026-03-26", summons="2026-04-15"),
    meeting(AUTUMN, memo="2026-10-22"),
    meeting(LATE, memo="2026-10-29", union="2026-11-12"),
)
NAMES = {"name": "Exempelnämnden"}


def settings(*boards: Parts) -> Settings:
    made, wrong = read(Settings, {"boards": boards or ({**NAMES, "meetings": MEETINGS},)})
    assert made is not None, wrong
    return made


def of(*decisions: Parts, log: tuple[Parts, ...] = (), **extension: Any) -> Agreement:
    return agreement(
        period={
            "start": day("2024-01-01"),
            "end": day("2026-12-31"),
            "extension": {"times": 1, "length": "1 year", "wording": "Kan förlängas ett år.", **extension},
        },
        decisions=({"kind": "adopted", "body": "Exempelnämnden", "date": day("2023-10-17")}, *decisions),
        duties=({"id": "mote", "kind": "follow_up", "text": "Möte", "times_per_year": 1},),
        log=log,
    )


def extended(**parts: Any) -> Parts:
    return {"kind": "extended", "body": "Exempelnämnden", "until": day("2027-12-31"), **parts}


def rows(made: Agreement, as_of: str, *boards: Parts) -> list[Deadline]:
    return list(board_dates("prov", made, settings(*boards).boards, day(as_of)))


def told(made: Agreement, as_of: str, *boards: Parts) -> list[tuple[str, str]]:
    """The day and the last part of the key of each row."""
    return [(str(each.day), each.key.partition(".1.")[2]) for each in rows(made, as_of, *boards)]


def words(made: Agreement, as_of: str, *boards: Parts) -> dict[str, Message | str]:
    return {each.key.partition(".1.")[2]: each.what for each in rows(made, as_of, *boards)}


def test_the_whole_plan() -> None:
    """Up to 17 November, whose decision has legal force on 29 December; 24 November only decides in time."""
    assert told(of(), "2026-01-15") == [
        ("2026-10-21", "follow_up"),
        ("2026-10-22", "memo"),
        (AUTUMN, "meeting"),
        (LATE, "meeting-late"),
    ]
    assert words(of(), "2026-01-15") == {
        "follow_up": say(
            "Follow-up held and the partner asked, before {board} {day}", board="Exempelnämnden", day=day(AUTUMN)
        ),
        "memo": say("Memo (tjänsteskrivelse) ready for {board} {day}", board="Exempelnämnden", day=day(AUTUMN)),
        "meeting": say(
            "Last meeting of {board} whose decision is certain to have legal force {day}",
            board="Exempelnämnden",
            day=day("2027-01-01"),
        ),
        "meeting-late": say(
            "Meeting of {board} that decides in time, but too late to be certain of legal force",
            board="Exempelnämnden",
        ),
    }


def test_what_a_row_says() -> None:
    follow_up, memo, last, _late = rows(of(), "2026-01-15")
    assert memo == Deadline(
        agreement="prov",
        key="extend.1.memo",
        kind=Kind.BOARD,
        day=day("2026-10-22"),
        what=say("Memo (tjänsteskrivelse) ready for {board} {day}", board="Exempelnämnden", day=day(AUTUMN)),
        route=("period", "extension"),
        who=("kommunen",),
        bodies=("Exempelnämnden",),
        clause="Kan förlängas ett år.",
    )
    assert (follow_up.who, follow_up.target, follow_up.note) == (
        ("kommunen",),
        True,
        say("the open day before the matter has to be ready"),
    )
    assert (last.who, last.target, last.note, last.missed) == ((), False, None, False)


def test_every_step_in_its_words() -> None:
    """A board that has said nothing: 26, 21, 19, 14, 8 and 5 days before 17 November, none of them on a closed day."""
    found = rows(of(), "2026-01-15", {**NAMES, "meetings": (meeting(AUTUMN),)})
    named: Parts = {"board": "Exempelnämnden", "day": day(AUTUMN)}
    assert [(str(each.day), each.what, each.target) for each in found[1:-1]] == [
        ("2026-10-22", say("Memo (tjänsteskrivelse) ready for {board} {day}", **named), True),
        ("2026-10-27", say("The presidium prepares {board} {day}", **named), True),
        ("2026-10-29", say("Papers to the committee before {board} {day}", **named), True),
        ("2026-11-03", say("The committee prepares {board} {day}", **named), True),
        ("2026-11-09", say("Union cooperation before {board} {day}", **named), True),
        ("2026-11-12", say("Papers (kallelse) to {board} {day}", **named), True),
    ]
    assert [each.note for each in found[1:-1]] == [say("iopctl.yaml does not say when the board prepares")] * 6


def test_a_lead_time_says_so() -> None:
    board = {**NAMES, "lead_times": {"memo": "4 weeks"}, "meetings": (meeting(AUTUMN),)}
    [memo] = [each for each in rows(of(), "2026-01-15", board) if each.key == "extend.1.memo"]
    assert (str(memo.day), memo.target, memo.note) == ("2026-10-20", False, say("reckoned by the board's lead time"))


def test_without_legal_force_the_last_in_time() -> None:
    board = {**NAMES, "legal_force": False, "meetings": MEETINGS}
    assert told(of(), "2026-01-15", board)[-1] == (LATE, "meeting")
    assert words(of(), "2026-01-15", board)["meeting"] == say(
        "Last meeting of {board} that can decide in time", board="Exempelnämnden"
    )


@pytest.mark.parametrize(("by", "last"), [("2026-05-31", SPRING), (SPRING, SPRING), ("2026-11-30", AUTUMN)])
def test_by_the_last_day_to_decide(by: str, last: str) -> None:
    found = {each.key: each for each in rows(of(decide_by=day(by)), "2026-01-15")}
    assert found["extend.1.meeting"].day == day(last)
    assert found["extend.1.meeting"].route == ("period", "extension", "decide_by")


def test_what_is_still_to_do_after_a_day() -> None:
    """A passed preparation stays, until the matter is on its way."""
    assert told(of(), "2026-10-26") == told(of(), "2026-01-15")
    proposed = of(extended(proposed=day("2026-10-20")))
    assert told(proposed, "2026-10-26") == [(AUTUMN, "meeting"), (LATE, "meeting-late")]
    assert rows(proposed, "2026-10-26")[0].route == ("decisions", 1)
    assert told(proposed, "2026-10-22")[0] == ("2026-10-22", "memo")  # on its day it has not passed


def test_after_a_follow_up_the_partner_is_still_to_be_asked() -> None:
    asked = say("The partner asked, before {board} {day}", board="Exempelnämnden", day=day(AUTUMN))
    held: Parts = {"duty": "mote", "date": day("2025-10-20")}
    assert words(of(log=(held,)), "2026-10-20")["follow_up"] == asked  # 365 days ago
    assert words(of(log=(held,)), "2026-10-21")["follow_up"] != asked
    assert words(of(log=(held,)), "2025-10-19")["follow_up"] != asked  # not yet


# -- late --------------------------------------------------------------------------------------------------------------


def test_what_can_still_decide_is_prepared() -> None:
    found = rows(of(), "2026-11-18")
    assert [(str(each.day), each.key, each.missed) for each in found] == [
        (AUTUMN, "extend.1.missed", True),
        ("2026-10-28", "extend.1.late.follow_up", False),
        ("2026-10-29", "extend.1.late.memo", False),
        ("2026-11-12", "extend.1.late.union", False),
        (LATE, "extend.1.late.meeting", False),
    ]
    assert (found[0].what, found[0].note) == (
        say(
            "No meeting of {board} is left whose decision is certain to have legal force {day}",
            board="Exempelnämnden",
            day=day("2027-01-01"),
        ),
        say("the first meeting after is {day}", day=day(LATE)),
    )
    assert found[-1].what == say(
        "Meeting of {board} that decides in time, but too late to be certain of legal force", board="Exempelnämnden"
    )
    assert found[0].overdue(day("2026-11-17"))


def test_nothing_is_left() -> None:
    [row] = rows(of(), "2026-11-25")
    assert (row.day, row.note) == (day(AUTUMN), say("no later meeting is known"))
    [row] = rows(of(decide_by=day("2026-05-31")), "2026-05-04")
    assert (row.day, row.what, row.note) == (
        day(SPRING),
        say("No meeting of {board} is left to decide by {day}", board="Exempelnämnden", day=day("2026-05-31")),
        say("the first meeting after is {day}", day=day(AUTUMN)),
    )


def test_no_meeting_ever_in_time() -> None:
    """The only one of the year is after the day: nothing was missed on a day of its own, so it stands on the limit."""
    [row] = rows(of(decide_by=day("2026-03-31")), "2026-01-15")
    assert (row.day, row.missed) == (day("2026-03-31"), True)


def test_meetings_that_are_not_set_yet() -> None:
    """Only those of 2025 are known; for 1 January 2027 the last day is 23 November 2026."""
    [row] = rows(of(), "2025-03-01", {**NAMES, "meetings": (meeting("2025-05-20"),)})
    assert (str(row.day), row.key, row.target, row.missed) == ("2026-11-23", "extend.1.limit", True, False)
    assert row.what == say("Last day for {board} to decide, on a day that is not set yet", board="Exempelnämnden")
    assert row.note == say(
        "the meetings of {board} are not known so far ahead; add them to iopctl.yaml", board="Exempelnämnden"
    )
    [row] = rows(of(), "2026-11-24", {**NAMES, "meetings": (meeting("2025-05-20"),)})
    assert row.missed


# -- planned -----------------------------------------------------------------------------------------------------------


def test_the_meeting_that_is_planned() -> None:
    planned = of(extended(planned=day(SPRING)))
    assert told(planned, "2026-03-01") == [
        ("2026-03-25", "planned.follow_up"),
        ("2026-03-26", "planned.memo"),
        ("2026-04-15", "planned.summons"),
        (SPRING, "planned.meeting"),
        (AUTUMN, "meeting"),
    ]
    assert words(planned, "2026-03-01")["planned.meeting"] == say("Planned meeting of {board}", board="Exempelnämnden")
    assert told(planned, "2026-04-01") == [
        ("2026-04-15", "planned.summons"),
        (SPRING, "planned.meeting"),
        (AUTUMN, "meeting"),
    ]


def test_it_is_planned_for_the_last_one() -> None:
    assert told(of(extended(planned=day(AUTUMN))), "2026-11-01") == [(AUTUMN, "planned.meeting")]


@pytest.mark.parametrize(
    ("on", "extension", "what"),
    [
        (LATE, {}, "Planned meeting of {board}, too late to be certain of legal force {day}"),
        (AUTUMN, {"decide_by": day("2026-05-31")}, "Planned meeting of {board}, after the last day to decide"),
    ],
)
def test_it_is_planned_too_late(on: str, extension: Parts, what: str) -> None:
    found = words(of(extended(planned=day(on)), **extension), "2026-04-01")
    named: Parts = {"board": "Exempelnämnden", **({"day": day("2027-01-01")} if "{day}" in what else {})}
    assert found["planned.meeting"] == Message(what, named)


def test_too_late_is_no_matter_where_legal_force_is_not_planned_for() -> None:
    board = {**NAMES, "legal_force": False, "meetings": MEETINGS}
    found = words(of(extended(planned=day(LATE))), "2026-04-01", board)
    assert found["planned.meeting"] == say("Planned meeting of {board}", board="Exempelnämnden")


def test_a_planned_day_that_is_no_meeting() -> None:
    [row] = [each for each in rows(of(extended(planned=day("2026-03-10"))), "2026-03-09") if "planned" in each.key]
    assert (row.day, row.note) == (
        day("2026-03-10"),
        say("no meeting of {board} is set for this day in iopctl.yaml", board="Exempelnämnden"),
    )


def test_the_planned_day_has_been() -> None:
    planned = of(extended(planned=day(SPRING)))
    assert told(planned, SPRING)[0] == (SPRING, "planned.meeting")
    first, *others = rows(planned, "2026-04-23")
    assert (first.day, first.missed, first.what) == (
        day(SPRING),
        True,
        say(
            "The meeting of {board} planned for {day} has been; no decision is recorded",
            board="Exempelnämnden",
            day=day(SPRING),
        ),
    )
    assert [each.key for each in others] == [
        *("extend.1.follow_up", "extend.1.memo", "extend.1.meeting", "extend.1.meeting-late"),
    ]


# -- which matter, which board -----------------------------------------------------------------------------------------


def test_an_agreement_that_is_to_be_adopted() -> None:
    coming = of().model_copy(update={"decisions": ()})
    early = coming.model_copy(update={"period": coming.period and coming.period.model_copy(update={"extension": None})})
    meetings = {**NAMES, "meetings": (meeting("2023-10-17", memo="2023-09-21"),)}
    found = {each.key: each for each in rows(early, "2023-09-01", meetings)}
    assert [(key, str(each.day)) for key, each in found.items()] == [
        ("adopt.follow_up", "2023-09-20"),
        ("adopt.memo", "2023-09-21"),
        ("adopt.meeting", "2023-10-17"),
    ]
    asked = say("The partner asked, before {board} {day}", board="Exempelnämnden", day=day("2023-10-17"))
    assert (found["adopt.follow_up"].what, found["adopt.memo"].route) == (asked, ("period", "start"))
    assert rows(of().model_copy(update={"period": early.period}), "2023-11-01", meetings) == []  # adopted
    assert rows(early, "2024-01-01", meetings) == []  # it has begun


@pytest.mark.parametrize(
    "made",
    [
        of(extended(date=day("2026-04-22"))),
        of({"kind": "rejected", "body": "Exempelnämnden", "date": day("2026-04-22")}),
        of({"kind": "terminated", "body": "Exempelnämnden", "date": day("2026-04-22"), "until": day("2026-12-31")}),
    ],
    ids=["extended", "rejected", "terminated"],
)
def test_what_is_decided_needs_no_meeting(made: Agreement) -> None:
    assert rows(made, "2026-05-01") == []


def test_the_agreement_has_ended() -> None:
    assert rows(of(), "2026-12-31") != []
    assert rows(of(), "2027-01-01") == []


def test_another_board_is_to_decide() -> None:
    other = {"name": "Kommunstyrelsen", "meetings": (meeting("2026-09-02"),)}
    found = rows(of(extended(body="kommunstyrelsen ", proposed=day("2026-01-10"))), "2026-08-20", NAMES, other)
    assert {each.bodies for each in found} == {("Kommunstyrelsen",)}


def test_a_chain_of_two() -> None:
    """The nämnd proposes to KS, which decides: the nämnd meets by the day of KS's memo, 26 August."""
    council = {"name": "Kommunstyrelsen", "meetings": (meeting("2026-09-30", memo="2026-08-26"),)}
    board = {**NAMES, "meetings": (meeting("2026-08-26"), meeting("2026-08-27"), meeting("2026-12-01"))}
    decisions: tuple[Parts, ...] = (
        {"kind": "recommended", "body": "Exempelnämnden", "date": day("2023-09-01")},
        {"kind": "adopted", "body": "Kommunstyrelsen", "date": day("2023-10-17")},
    )
    made = of().model_copy(update={"decisions": agreement(decisions=decisions).decisions})
    found = [each for each in rows(made, "2026-01-15", board, council) if each.key.endswith("meeting")]
    assert [(str(each.day), each.key, each.what) for each in found] == [
        (
            "2026-08-26",
            "extend.1.exempelnämnden.meeting",
            say("Last meeting of {board} that can propose in time", board="Exempelnämnden"),
        ),
        (
            "2026-09-30",
            "extend.1.meeting",
            say(
                "Last meeting of {board} whose decision is certain to have legal force {day}",
                board="Kommunstyrelsen",
                day=day("2027-01-01"),
            ),
        ),
    ]
    late = [each for each in rows(made, "2026-08-28", board, council) if each.missed]
    assert [each.what for each in late] == [
        say("No meeting of {board} is left to propose by {day}", board="Exempelnämnden", day=day("2026-08-26"))
    ]


# -- without boards ----------------------------------------------------------------------------------------------------


def test_without_boards_the_last_day_of_the_calendar() -> None:
    [row] = board_dates("prov", of(), (), day("2026-01-15"))
    assert row == Deadline(
        agreement="prov",
        key="extend.1.limit",
        kind=Kind.BOARD,
        day=day("2026-11-23"),
        what=say("Last day for a decision that is certain to have legal force {day}", day=day("2027-01-01")),
        route=("period", "extension"),
        who=("kommunen",),
        clause="Kan förlängas ett år.",
        target=True,
        note=say("no meetings are known; add the board with its meetings to iopctl.yaml"),
    )


def test_the_day_to_decide_by_comes_before_it() -> None:
    assert list(board_dates("prov", of(decide_by=day("2026-11-23")), (), day("2026-01-15"))) == []
    assert len(list(board_dates("prov", of(decide_by=day("2026-11-24")), (), day("2026-01-15")))) == 1


def test_laga_kraft_is_of_municipalities_and_regions() -> None:
    parties: Parts = {
        "kommunen": {"name": "Myndigheten", "kind": "state_body"},
        "foreningen": {"name": "Föreningen Exempel", "kind": "association"},
    }
    made = agreement(period={"start": day("2027-01-01"), "end": day("2027-12-31")}, parties=parties)
    assert list(board_dates("prov", made, (), day("2026-01-15"))) == []
