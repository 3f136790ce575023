"""Values that are not what the format says: one finding for each place, in plain words, with the next step."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from iopctl import form
from iopctl.checks import Case, check
from iopctl.finding import Message, Route, shown_route
from iopctl.locale.language import Language
from iopctl.model import Agreement, Part, Settings
from iopctl.source import Source
from tests.agreements import shipped

FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)
CASH: dict[str, Any] = {"from": "kommunen", "kind": "cash", "amount": 1, "per": "year"}
DUTY: dict[str, Any] = {"id": "rapport", "kind": "report", "text": "Årsrapport"}


class Said(NamedTuple):
    """A finding as a person reads it."""

    code: str
    place: str
    message: str
    expected: str = ""
    help: str = ""


def _words(message: Message | None) -> str:
    return Language("en").say(message) if message else ""


def read(values: Any, model: type[Part] = Agreement) -> list[Said]:
    made, findings = form.read(model, values)
    assert (made is None) == bool(findings)
    said = []
    for found in findings:
        (label,) = found.labels
        assert isinstance(label.where, tuple)
        place = shown_route(label.where)
        said.append(Said(found.rule.code, place, _words(found.message), _words(label.message), _words(found.help)))
    return said


def agreement(**parts: Any) -> dict[str, Any]:
    return {"format": 1, "title": "IOP", "parties": {"kommunen": {"name": "K", "kind": "municipality"}}, **parts}


def contribution(**parts: Any) -> dict[str, Any]:
    return agreement(contributions=({**CASH, **parts},))


def meeting(**days: Any) -> dict[str, Any]:
    return {"boards": ({"name": "Nämnden", "meetings": (days,)},)}


def period(**parts: Any) -> dict[str, Any]:
    return agreement(period={"start": FIRST, "end": LAST, **parts})


def test_values_in_order_become_a_part() -> None:
    made, findings = form.read(Agreement, contribution(amount=Decimal("400000.50")))
    assert findings == []
    assert made is not None
    assert made.contributions[0].amount == Decimal("400000.50")


# -- keys --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "place", "advice"),
    [
        (agreement(contributon=()), "contributon", "did you mean contributions?"),
        (period(extention={}), "period.extention", "did you mean extension?"),
        (contribution(indexaton={}), "contributions[0].indexaton", "did you mean indexation?"),
        (contribution(form="k"), "contributions[0].form", "did you mean from?"),  # the key in the file, not the field
        (period(extension={"lenght": "1 year"}), "period.extension.lenght", "did you mean length?"),
        (agreement(documents={"delrapport": {"texts": {"backgrund": "x"}}}), "documents.delrapport.texts.backgrund",
         "did you mean background?"),
        (agreement(forums=({"id": "g", "name": "G", "members": ({"name": "A", "rol": "x"},)},)),
         "forums[0].members[0].rol", "did you mean role?"),
        (period(purpose="x"), "period.purpose", "purpose belongs at the top of the file, without indentation"),
        (agreement(amount=1), "amount",
         "amount belongs under: contributions, contributions.by_year, grounds.other_grants, grounds.state_aid.other, "
         "log"),
        (agreement(decide_by=LAST), "decide_by", "decide_by belongs under: period.extension"),
        (period(paragraph=5), "period.paragraph", "paragraph belongs under: decisions, grounds.policies"),
        (period(giltighetstid="x"), "period.giltighetstid",
         "keys that can stand here: start, end, stated, wording, extension, notice"),
        (agreement(total={"value": 1, "per": "year", "kr": "x"}), "total.kr", "keys that can stand here: value, per"),
    ],
)  # fmt: skip
def test_a_key_that_the_format_does_not_have(values: Any, place: str, advice: str) -> None:
    key = place.rsplit(".", maxsplit=1)[-1]
    assert read(values) == [Said("FRM008", place, f"the format has no key {key} here", "", advice)]


def test_a_field_has_only_the_name_that_the_format_gives_it() -> None:
    without = {key: value for key, value in CASH.items() if key != "from"}
    found = read(agreement(contributions=({**without, "givers": "kommunen"},)))
    assert [(each.code, each.place, each.message) for each in found] == [
        ("FRM009", "contributions[0]", "the key from is missing"),
        ("FRM008", "contributions[0].givers", "the format has no key givers here"),
    ]


@pytest.mark.parametrize(
    ("values", "place", "message", "where", "advice"),
    [
        ({"title": "IOP", "parties": {"k": {"name": "K", "kind": "region"}}}, "", "the key format is missing", "",
         "write for example: format: 1"),
        (agreement(period={"start": FIRST}), "period", "the key end is missing", "period needs it",
         "write for example: end: 2028-12-31"),
        (agreement(parties={"k": {"name": "K"}}), "parties.k", "the key kind is missing", "k needs it",
         "write for example: kind: association"),
        (agreement(contributions=({"kind": "premises"},)), "contributions[0]", "the key from is missing", "",
         "write for example: from: resurspoolen"),
        (contribution(amount={}), "contributions[0].amount", "the key unknown is missing", "amount needs it", ""),
    ],
)  # fmt: skip
def test_a_key_that_is_missing(values: Any, place: str, message: str, where: str, advice: str) -> None:
    found = read(values)
    assert [each._replace(help="") for each in found] == [Said("FRM009", place, message, where)]
    assert found[0].help.startswith(advice)


def test_each_missing_key_is_named() -> None:
    assert [each.message for each in read({})] == [
        "the key format is missing", "the key title is missing", "the key parties is missing",
    ]  # fmt: skip


# -- values ------------------------------------------------------------------------------------------------------------

NUMBER = "expected a number"
PER = "expected one of year, period, once, instalment, inhabitant"
DATE = "expected a date, written YYYY-MM-DD"
WHEN = "expected a date (YYYY-MM-DD), a month (YYYY-MM) or a year (YYYY)"
PLAIN = "write the number with digits only, and a point before the öre: 12500.50"


@pytest.mark.parametrize(
    ("values", "place", "message", "expected", "advice"),
    [
        (contribution(amount="400 000"), "contributions[0].amount", "amount: found “400 000”", NUMBER,
         "write it without spaces: 400000"),
        (contribution(amount="400\u00a0000"), "contributions[0].amount", "amount: found “400\u00a0000”", NUMBER,
         "write it without spaces: 400000"),
        (contribution(amount="12.500,00"), "contributions[0].amount", "amount: found “12.500,00”", NUMBER, PLAIN),
        (contribution(amount=True), "contributions[0].amount", "amount: found true", NUMBER, ""),
        (contribution(amount=(1, 2)), "contributions[0].amount", "amount: found a list", NUMBER, ""),
        (contribution(amount=-1), "contributions[0].amount", "amount: found “-1”", "expected at least 0", ""),
        (contribution(amount=Decimal("0.125")), "contributions[0].amount", "amount: found “0.125”",
         "expected at most two decimals", ""),
        (contribution(amount=10**15), "contributions[0].amount", "amount: found “1000000000000000”",
         "expected a number of at most 15 digits", ""),
        (contribution(per="years"), "contributions[0].per", "per: found “years”", PER, "did you mean year?"),
        (contribution(per=1), "contributions[0].per", "per: found “1”", PER, ""),
        (agreement(period={"start": "2025-02-30", "end": LAST}), "period.start",
         "start: the day 2025-02-30 does not exist", DATE, "the last day of that month is 2025-02-28"),
        (agreement(period={"start": "2024-02-30", "end": LAST}), "period.start",
         "start: the day 2024-02-30 does not exist", DATE, "the last day of that month is 2024-02-29"),
        (agreement(period={"start": "2025-04-31", "end": LAST}), "period.start",
         "start: the day 2025-04-31 does not exist", DATE, "the last day of that month is 2025-04-30"),
        (agreement(period={"start": "1 januari 2025", "end": LAST}), "period.start",
         "start: found “1 januari 2025”", DATE, ""),
        (agreement(period={"start": 2025, "end": LAST}), "period.start", "start: found “2025”", DATE, ""),
        (agreement(decisions=({"kind": "adopted", "body": "N", "date": "2025-06-31"},)), "decisions[0].date",
         "date: the day 2025-06-31 does not exist", WHEN, "the last day of that month is 2025-06-30"),
        (agreement(decisions=({"kind": "adopted", "body": "N", "date": "i höst"},)), "decisions[0].date",
         "date: found “i höst”", WHEN, ""),
        (period(stated="tre år"), "period.stated", "stated: found “tre år”",
         "expected a length of time, such as 3 years or 18 months", ""),
        (period(stated=3), "period.stated", "stated: found “3”",
         "expected a length of time, such as 3 years or 18 months", ""),
        (period(extension={"times": "en"}), "period.extension.times", "times: found “en”", "expected a whole number",
         PLAIN),
        (period(extension={"times": 21}), "period.extension.times", "times: found “21”", "expected at most 20", ""),
        (agreement(duties=({**DUTY, "yearly_by": "02-30"},)), "duties[0].yearly_by", "yearly_by: found “02-30”",
         "expected a day of the year, written MM-DD", ""),
        (agreement(duties=({**DUTY, "ongoing": "yes"},)), "duties[0].ongoing", "ongoing: found “yes”",
         "expected true or false", ""),
        (agreement(title=2025), "title", "title: found “2025”", "expected text", 'put it in quotation marks: "2025"'),
        (agreement(title=FIRST), "title", "title: found “2025-01-01”", "expected text",
         'put it in quotation marks: "2025-01-01"'),
        (agreement(title=True), "title", "title: found true", "expected text", 'put it in quotation marks: "true"'),
        (agreement(title=""), "title", "title: found “”", "expected text", ""),
        (agreement(title={"sv": "x"}), "title", "title: found keys with values", "expected text", ""),
        (agreement(parties=()), "parties", "parties: found a list",
         "expected keys with values, on indented lines of their own", ""),
        (agreement(contributions={}), "contributions", "contributions: found keys with values",
         "expected a list: a line for each, beginning with a hyphen", ""),
        (agreement(parties={}), "parties", "parties: found keys with values", "expected at least one", ""),
        (agreement(replaces="IOP Ön"), "replaces", "replaces: found “IOP Ön”",
         "expected a name of small letters a–z, digits, - and _", ""),
        (agreement(title=("x" * 70,)), "title", "title: found a list", "expected text", ""),
        (agreement(replaces="Ö" * 61), "replaces", f"replaces: found “{'Ö' * 57}…”",
         "expected a name of small letters a–z, digits, - and _", ""),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind(values: Any, place: str, message: str, expected: str, advice: str) -> None:
    assert read(values) == [Said("FRM010", place, message, expected, advice)]


@pytest.mark.parametrize(
    ("values", "place"),
    [
        (contribution(**{"from": ("kommunen", "Ö")}), "contributions[0].from[1]"),
        (contribution(**{"from": {"unknown": 5}}), "contributions[0].from.unknown"),
        (contribution(amount={"unknown": 5}), "contributions[0].amount.unknown"),
        (agreement(decisions=({"kind": "adopted", "body": 5},)), "decisions[0].body"),
        (period(end=5), "period.end"),
        (period(notice={"length": "3 months", "given_by": ("kommunen", 5)}), "period.notice.given_by[1]"),
        (contribution(id="a", payment={"times_per_year": 1, "in": ("januari",)}), "contributions[0].payment.in[0]"),
        (contribution(id="a", payment=({"times_per_year": 1, "in": "januari"},)), "contributions[0].payment[0].in"),
        (
            contribution(id="a", payment={"dates": ({"day": "31 jan", "share": 100},)}),
            "contributions[0].payment.dates[0].day",
        ),
    ],
)
def test_one_finding_at_the_value_itself_where_several_kinds_are_possible(values: Any, place: str) -> None:
    assert [(each.code, each.place) for each in read(values)] == [("FRM010", place)]


def test_everything_that_is_wrong_is_found() -> None:
    values = contribution(amount="1 000", per="month", form="x")
    values["period"] = {"start": 1}
    assert [(each.code, each.place) for each in read(values)] == [
        ("FRM010", "period.start"),
        ("FRM009", "period"),
        ("FRM010", "contributions[0].amount"),
        ("FRM010", "contributions[0].per"),
        ("FRM008", "contributions[0].form"),
    ]


# -- contradictions ----------------------------------------------------------------------------------------------------

JANUARY = {"times_per_year": 1, "in": "january"}
OPI = {"index": "OPI", "first": LAST}
NEW_YEAR = {"day": "01-01", "share": Decimal(60)}
FOR_CASH = "amount, by_year, indexation and payment are for cash"
EVENT = "an entry in the log is one of duty, payment, notice, adjustment, invoice, requisition and request"
WHICH = "duty and payment need of, the id of what is done or paid; start, end and notice have none"
ONE_INDEX = "an adjustment follows one of index, percent and basket"
NO_INDEX = "give one of them, and only one; none where each decision says how much (trigger: by_decision)"
WHEN_PAID = "a schedule of payment has one of in, dates and after"
HOW_PAID = "name the months, the days with their shares, or the event that is waited for"
BEFORE = date(2024, 12, 31)
DECIDED = {"kind": "adopted", "body": "Nämnden"}
MINUTES = "minutes are approved after the meeting, and posted after that: approved and posted are out of order"
NOTICE_BOARD = "check the days against the minutes and the notice board"
BY_YEAR: dict[str, Any] = {"from": "kommunen", "kind": "cash", "by_year": ({"year": 2026, "amount": 1},)}
PREMISES: dict[str, Any] = {"from": "kommunen", "kind": "premises"}
CONTRADICTIONS: list[tuple[str, dict[str, Any], str, str, str]] = [
    ("one_schedule", agreement(duties=({**DUTY, "times_per_year": 1, "by": LAST},)), "duties[0]",
     "a duty needs one schedule, and only one",
     "write one of times_per_year, yearly_by, by, before_end, after, ongoing; or on_request alone"),
    ("one_schedule", agreement(duties=(DUTY,)), "duties[0]", "a duty needs one schedule, and only one",
     "write one of times_per_year, yearly_by, by, before_end, after, ongoing; or on_request alone"),
    ("one_event", agreement(log=({"duty": "rapport", "payment": "bidrag", "date": FIRST},)), "log[0]",
     EVENT, "give one of them, and only one"),
    ("one_event", agreement(log=({"date": FIRST},)), "log[0]",
     EVENT, "give one of them, and only one"),
    ("which_event", agreement(duties=({**DUTY, "after": {"event": "duty", "length": "1 month"}},)), "duties[0].after",
     WHICH, "write for example: after: {event: end, length: 3 months}"),
    ("which_event", agreement(duties=({**DUTY, "after": {"event": "end", "of": "x", "length": "1 month"}},)),
     "duties[0].after", WHICH, "write for example: after: {event: end, length: 3 months}"),
    ("event_undated", agreement(log=({"duty": "rapport"},)), "log[0]", "an entry in the log needs date, or through",
     ""),
    ("cash_value", contribution(value=1), "contributions[0]", "cash has an amount, not a value",
     "write amount instead of value"),
    ("kind_amount", agreement(contributions=({**PREMISES, "amount": 1, "per": "year"},)), "contributions[0]",
     FOR_CASH, "write value for what the contribution is worth in kronor"),
    ("kind_amount", agreement(contributions=({**PREMISES, "id": "lokal", "payment": JANUARY},)), "contributions[0]",
     FOR_CASH, "write value for what the contribution is worth in kronor"),
    ("needs_until", agreement(decisions=({"kind": "extended", "body": "Nämnden", "date": FIRST},)), "decisions[0]",
     "an extension or a termination needs until, the new last day", "add for example: until: 2028-12-31"),
    ("per_missing", agreement(contributions=({"from": "kommunen", "kind": "cash", "amount": 1},)), "contributions[0]",
     "an amount or a value needs a per", "add for example: per: year"),
    ("per_missing", agreement(contributions=({**PREMISES, "value": 1},)), "contributions[0]",
     "an amount or a value needs a per", "add for example: per: year"),
    ("payment_id", contribution(payment=JANUARY), "contributions[0]",
     "a contribution that is paid out needs an id, for the log to refer to", "add for example: id: ersattning"),
    ("payment_months", contribution(id="bidrag", payment={"times_per_year": 2, "in": "january"}),
     "contributions[0].payment", "the number of months under in differs from times_per_year",
     "name one month for each payment: in: [january, july]"),
    ("payment_months", contribution(id="bidrag", payment={"times_per_year": 2, "in": ("july", "july")}),
     "contributions[0].payment", "the number of months under in differs from times_per_year",
     "name one month for each payment: in: [january, july]"),
    ("payment_months", contribution(id="bidrag", payment={"times_per_year": 1, "in": ("july", "july")}),
     "contributions[0].payment", "the number of months under in differs from times_per_year",
     "name one month for each payment: in: [january, july]"),
    ("payment_months", contribution(id="bidrag", payment=(JANUARY, {"in": "july"})),
     "contributions[0].payment[1]", "the number of months under in differs from times_per_year",
     "name one month for each payment: in: [january, july]"),
    ("payment_when", contribution(id="bidrag", payment={"times_per_year": 1}), "contributions[0].payment", WHEN_PAID,
     HOW_PAID),
    ("payment_when", contribution(id="bidrag", payment={**JANUARY, "dates": (NEW_YEAR,)}), "contributions[0].payment",
     WHEN_PAID, HOW_PAID),
    ("payment_when", contribution(id="bidrag", payment={**JANUARY, "after": {"event": "invoice", "days": 30}}),
     "contributions[0].payment", WHEN_PAID, HOW_PAID),
    ("payment_part", contribution(id="bidrag", payment={"dates": ({"share": 100},)}),
     "contributions[0].payment.dates[0]", "a part of the payment has one of day and after",
     "give one of them, and only one"),
    ("payment_shares", contribution(id="bidrag", payment={"dates": (NEW_YEAR, NEW_YEAR)}), "contributions[0].payment",
     "the shares of the dates do not come to 100", ""),
    ("payment_part", contribution(id="bidrag", payment={"dates": ({"share": 100},)}),
     "contributions[0].payment.dates[0]", "a part of the payment has one of day and after",
     "give one of them, and only one"),
    ("payment_part",
     contribution(id="bidrag", payment={"dates": ({**NEW_YEAR, "after": {"event": "invoice", "days": 30}},)}),
     "contributions[0].payment.dates[0]", "a part of the payment has one of day and after",
     "give one of them, and only one"),
    ("by_year", contribution(by_year=BY_YEAR["by_year"]), "contributions[0]",
     "by_year takes the place of amount, and is for each year", "write by_year, with per: year, or amount"),
    ("by_year", agreement(contributions=({**BY_YEAR, "per": "period"},)), "contributions[0]",
     "by_year takes the place of amount, and is for each year", "write by_year, with per: year, or amount"),
    ("per_missing", agreement(contributions=(BY_YEAR,)), "contributions[0]", "an amount or a value needs a per",
     "add for example: per: year"),
    ("kind_amount", agreement(contributions=({**BY_YEAR, "kind": "premises", "per": "year"},)), "contributions[0]",
     FOR_CASH,
     "write value for what the contribution is worth in kronor"),
    ("one_index", contribution(indexation={"first": LAST}), "contributions[0].indexation", ONE_INDEX, NO_INDEX),
    ("one_index", contribution(indexation={**OPI, "percent": 2}), "contributions[0].indexation", ONE_INDEX, NO_INDEX),
    ("one_index", contribution(indexation={**OPI, "trigger": "by_decision", "basket": ({"percent": 2, "weight": 9},)}),
     "contributions[0].indexation", ONE_INDEX, NO_INDEX),
    ("basket_part", contribution(indexation={"first": LAST, "basket": ({"weight": 100},)}),
     "contributions[0].indexation.basket[0]", "a part of a basket follows one of index and percent",
     "give one of them, and only one"),
    ("basket_part", contribution(indexation={"first": LAST, "basket": ({"index": "OPI", "percent": 2, "weight": 9},)}),
     "contributions[0].indexation.basket[0]", "a part of a basket follows one of index and percent",
     "give one of them, and only one"),
    *(
        ("one_event", agreement(log=({key: "bidrag", "payment": "bidrag", "date": FIRST},)), "log[0]", EVENT,
         "give one of them, and only one")
        for key in ("adjustment", "invoice", "requisition")
    ),
    *(
        ("minutes_order", agreement(decisions=({**DECIDED, **days},)), "decisions[0]", MINUTES, NOTICE_BOARD)
        for days in (
            {"date": FIRST, "approved": BEFORE},
            {"date": FIRST, "posted": BEFORE},
            {"planned": FIRST, "posted": BEFORE},
            {"date": BEFORE, "approved": LAST, "posted": FIRST},
            {"date": "2025-01", "approved": FIRST, "posted": BEFORE},
        )
    ),
]  # fmt: skip

PREPARED = "a day of the meeting's preparation is after the meeting"
TIMETABLE = "check the days against the board's own timetable"
IN_SETTINGS: list[tuple[str, dict[str, Any], str, str, str]] = [
    *(
        ("stop_after_meeting", meeting(date=FIRST, **{step: LAST}), "boards[0].meetings[0]", PREPARED, TIMETABLE)
        for step in ("memo", "presidium", "committee_papers", "committee", "union", "summons")
    ),
    ("minutes_order", meeting(date=FIRST, approved=BEFORE), "boards[0].meetings[0]", MINUTES, NOTICE_BOARD),
    ("minutes_order", meeting(date=FIRST, approved=LAST, posted=FIRST), "boards[0].meetings[0]", MINUTES, NOTICE_BOARD),
    ("board_twice", {"boards": ({"name": "Nämnden"}, {"name": "Styrelsen"}, {"name": " nämnden"})}, "boards",
     "two boards have the same name", "write all meetings of a board under one name"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "values", "place", "message", "advice"), CONTRADICTIONS)
def test_parts_that_contradict_each_other(
    kind: str, values: dict[str, Any], place: str, message: str, advice: str
) -> None:
    assert read(values) == [Said("FRM010", place, message, "", advice)]


@pytest.mark.parametrize(("kind", "values", "place", "message", "advice"), IN_SETTINGS)
def test_settings_that_contradict_each_other(
    kind: str, values: dict[str, Any], place: str, message: str, advice: str
) -> None:
    assert read(values, Settings) == [Said("FRM010", place, message, "", advice)]


def test_a_meeting_can_be_prepared_and_approved_on_its_own_day() -> None:
    assert read(meeting(date=FIRST, memo=FIRST, summons=FIRST, approved=FIRST, posted=FIRST), Settings) == []
    assert read(agreement(decisions=({**DECIDED, "date": FIRST, "approved": FIRST, "posted": FIRST},))) == []


@pytest.mark.parametrize("given", ["26 days", "1 day", "3 weeks", "5 working days", "1 working day", "999 weeks"])
def test_a_time_before_a_meeting(given: str) -> None:
    assert read({"boards": ({"name": "N", "lead_times": {"memo": given}},)}, Settings) == []


@pytest.mark.parametrize(
    "given", ["0 days", "26", "1000 days", "2 months", "5 workdays", "5  days", 26, date(2026, 1, 1)]
)
def test_what_is_no_time_before_a_meeting(given: Any) -> None:
    (found,) = read({"boards": ({"name": "N", "lead_times": {"memo": given}},)}, Settings)
    assert found == Said(
        "FRM010",
        "boards[0].lead_times.memo",
        f"memo: found “{given}”",
        "expected a time before a meeting, such as 26 days, 3 weeks or 5 working days",
    )


def test_every_contradiction_is_tried() -> None:
    assert {kind for kind, *_rest in (*CONTRADICTIONS, *IN_SETTINGS)} == set(form._CONTRADICTIONS)


def test_a_duty_on_request_needs_no_other_schedule() -> None:
    assert read(agreement(duties=({**DUTY, "on_request": True},))) == []


# -- every place of the format -----------------------------------------------------------------------------------------

WRONG: tuple[Any, ...] = (
    True, 0, -1, 5, 10**16, Decimal("0.005"), date(2025, 1, 1), "", "Å b", "2025-02-30", (), (5,), ("Å",), {"x": 1},
)  # fmt: skip


def _routes(value: Any, route: Route = ()) -> Iterator[Route]:
    if route:
        yield route
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value if type(value) is tuple else ()):
        yield from _routes(inner, (*route, step))


def _shapes(values: Any) -> Collection[Route]:
    """A route of each kind: of a list's items, the last one that has it."""
    return {tuple(0 if isinstance(step, int) else step for step in route): route for route in _routes(values)}.values()


def _with(values: Any, route: Route, new: Any) -> Any:
    if not route:
        return new
    step, *rest = route
    if isinstance(values, dict):
        return {**values, step: _with(values[step], tuple(rest), new)}
    return tuple(_with(each, tuple(rest), new) if number == step else each for number, each in enumerate(values))


def _leads(values: Any, route: str) -> bool:
    return route in {"", *(shown_route(each) for each in _routes(values))}


@pytest.mark.parametrize("id_", sorted(shipped().checked))
def test_whatever_stands_anywhere_is_answered_in_plain_words_at_a_place_that_is_there(id_: str) -> None:
    """Each place of a real agreement, of each shape once, holding each of the wrong things."""
    values = shipped().sources[id_].values
    for route in _shapes(values):
        for wrong in WRONG:
            changed = _with(values, route, wrong)
            for found in read(changed):
                assert _leads(changed, found.place), found
                assert found.expected or found.code != "FRM010" or found.message in CONTRADICTORY, found


CONTRADICTORY = {_words(message) for message, _help in form._CONTRADICTIONS.values()}
ALLOWED: tuple[Any, ...] = (
    date(1900, 1, 1), date(2199, 12, 31), 0, 10**14, Decimal("0.01"), 2023, "x", "[^1]", "1 day", "999 years", "02-29",
    "open_ended", (), ("x",), {"unknown": "x"}, True,
)  # fmt: skip


UNSEEN = "\\"
"""The text of a file from which no rule can tell that something is nowhere in it."""


@pytest.mark.parametrize("id_", sorted(shipped().checked))
def test_no_rule_is_upset_by_what_the_format_allows(id_: str) -> None:
    """Each place of a real agreement, of each shape once, holding what is odd but possible there."""
    loaded = shipped()
    values = Source(id_, loaded.sources[id_].text).values
    tried = 0
    for route in _shapes(values):
        for odd in ALLOWED:
            made, _findings = form.read(Agreement, _with(values, route, odd))
            if made is not None:
                tried += 1
                workspace = replace(loaded.workspace, agreements={**loaded.workspace.agreements, id_: made})
                for found in check(Case(id_, made, workspace, date(2026, 1, 15), UNSEEN)):
                    assert _words(found.message)
    assert tried > 100
