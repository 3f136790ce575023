"""iopctl reconcile: a file is read with certainty or not at all, and every line and every payment is told once."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.compute.ledger import Expected, Known, LedgerEntry, Receivers
from iopctl.compute.reconcile import WINDOW, Outcome, Period, match
from iopctl.ledger_file import Asked, LedgerFileError, read
from iopctl.locale.language import Language
from tests.agreements import SHIPPED
from tests.terminal import iopctl, on_a_terminal

ENGLISH = Language("en")


# matching -------------------------------------------------------------------------------------------------------------

YEARS = Period(date(2020, 1, 1), date(2029, 12, 31))
TODAY = date(2026, 12, 31)


def row(due: date | None, amount: int | None, **changes: object) -> Expected:
    """A payment of agreement a to its association."""
    year = due.year if due else 2026
    made = Expected(
        agreement="a",
        contribution=0,
        contribution_id="ersattning",
        receiver="foreningen",
        number=1,
        of=1,
        kind="instalment",
        start=date(year, 1, 1),
        end=date(year, 12, 31),
        due=due,
        amount=Decimal(amount) if amount is not None else None,
        status="definitive",
    )
    return made._replace(**changes)  # type: ignore[arg-type]


def line(place: int, day: date, amount: int, party: str | None = "Föreningen Exempel", **more: object) -> LedgerEntry:
    return LedgerEntry(place, day, Decimal(amount), party)._replace(**more)  # type: ignore[arg-type]


KNOWN = {
    ("a", 0): Known(("Föreningen Exempel",), ("8024441234",), ("SN 2025/118", "ersattning")),
    ("a", 1): Known(("Föreningen Exempel",), ("8024441234",), ("SN 2025/118", "hyra")),
    ("b", 0): Known(("Föreningen Exempel",), ("8024441234",), ("SN 2026/7",)),
    ("c", 0): Known(("Stiftelsen Prov", "Prov och Bruk ek. för."), (), ("KS 2024/9",)),
}


def told(outcomes: tuple[Outcome, ...]) -> list[tuple[object, ...]]:
    """Verdict, payments (agreement, contribution, year, number), lines, difference and cause of each."""
    return [
        (
            each.verdict.value,
            [(row.agreement, row.contribution, row.start.year, row.number) for row in each.payments],
            [line.line for line in each.lines],
            each.difference,
            each.why.cause.value if each.why else None,
        )
        for each in outcomes
    ]


def matched(rows: list[Expected], lines: list[LedgerEntry], period: Period = YEARS) -> list[tuple[object, ...]]:
    return told(match(rows, lines, KNOWN, TODAY, period))


JAN, JUL = date(2026, 1, 30), date(2026, 7, 31)


def test_the_same_amount_near_the_day_is_the_payment() -> None:
    assert matched([row(JAN, 400000)], [line(2, date(2026, 1, 28), 400000)]) == [
        ("matched", [("a", 0, 2026, 1)], [2], 0, None)
    ]


@pytest.mark.parametrize(("days", "verdicts"), [(WINDOW, ["matched"]), (WINDOW + 1, ["missing", "unexpected"])])
def test_the_window_has_an_edge_on_both_sides(days: int, verdicts: list[str]) -> None:
    for sign in (1, -1):
        found = matched([row(JUL, 400000)], [line(2, JUL + timedelta(days=sign * days), 400000)])
        assert [each[0] for each in found] == verdicts


def test_a_payment_long_after_its_day_is_named_as_perhaps_the_one_that_is_missing() -> None:
    assert matched([row(JAN, 400000)], [line(2, date(2026, 5, 4), 400000)]) == [
        ("missing", [("a", 0, 2026, 1)], [], None, None),
        ("unexpected", [], [2], None, "late"),
    ]


def test_another_amount_is_told_with_its_difference_and_cause() -> None:
    years = [row(date(2025, 1, 31), 390000), row(JAN, 400000)]
    first = line(2, date(2025, 1, 30), 390000)
    assert matched(years, [first, line(3, JAN, 390000)])[0] == (
        "different", [("a", 0, 2026, 1)], [3], -10000, "year_before",
    )  # fmt: skip
    assert matched(years, [first, line(3, JAN, 400001)])[0][3:] == (1, "rounding")
    assert matched(years, [first, line(3, JAN, 411000)])[0][3:] == (11000, None)
    open_ = [years[0], row(JAN, None, status="blocked")]
    assert matched(open_, [first, line(3, JAN, 411000)])[0][3:] == (None, "not_reckoned")
    early = [years[0], row(JAN, 400000, status="preliminary")]
    assert matched(early, [first, line(3, JAN, 411000)])[0][3:] == (11000, "preliminary")
    halves = [row(JAN, 200000, of=2), row(JUL, 200000, number=2, of=2)]
    assert matched(halves, [line(3, JAN, 400000)])[1][3:] == (200000, "whole_year")


def test_a_settlement_may_be_paid_with_the_next_payment_or_alone() -> None:
    # 400 000 for 2026, and 10 615 that was too little for 2025; both in January: 410 615 together
    due = [row(JAN, 400000), row(JAN, 10615, kind="correction", start=date(2025, 1, 1), end=date(2025, 12, 31))]
    both = [("a", 0, 2026, 1), ("a", 0, 2025, 1)]
    [together] = matched(due, [line(2, JAN, 410615)])
    assert together[0] == "matched"
    assert sorted(together[1]) == sorted(both)  # type: ignore[call-overload]
    alone = matched(due, [line(2, JAN, 10615), line(3, JAN, 400000)])
    assert [each[:3] for each in alone] == [("matched", [both[1]], [2]), ("matched", [both[0]], [3])]
    assert [each[:3] for each in matched(due, [line(2, JAN, 400000)])] == [
        ("missing", [both[1]], []),
        ("matched", [both[0]], [2]),
    ]


def test_a_settlement_of_what_was_too_much_is_drawn_from_the_payment_or_comes_back() -> None:
    due = [row(JAN, 400000), row(JAN, -10615, kind="correction", start=date(2025, 1, 1), end=date(2025, 12, 31))]
    assert [each[0] for each in matched(due, [line(2, JAN, 389385)])] == ["matched"]
    assert [each[0] for each in matched(due, [line(2, JAN, 400000), line(3, JAN, -10615)])] == ["matched", "matched"]


def test_several_lines_of_one_day_can_be_one_payment() -> None:
    lines = [line(2, JAN, 150000), line(3, JAN, 250000), line(4, JAN, 7000)]
    assert matched([row(JAN, 400000)], lines[:2])[0][:3] == ("matched", [("a", 0, 2026, 1)], [2, 3])
    # with a third that is something else: 150 000 + 250 000 = 400 000
    assert matched([row(JAN, 400000)], lines) == [
        ("unexpected", [], [4], None, "not_due"),
        ("matched", [("a", 0, 2026, 1)], [2, 3], 0, None),
    ]
    # 250 000 + 140 000 comes nearer to 400 000 than either
    assert matched([row(JAN, 400000)], [line(2, JAN, 140000), lines[1]])[0][2:4] == ([2, 3], -10000)


def test_what_is_exactly_the_amount_goes_before_what_is_nearer_in_time() -> None:
    settlement = row(JAN, 10615, kind="correction", start=date(2025, 1, 1), end=date(2025, 12, 31))
    nearer = line(9, date(2026, 1, 29), 390000)
    together = [line(2, date(2026, 1, 20), 410615), nearer]
    assert [(each[0], each[2]) for each in matched([row(JAN, 400000), settlement], together)] == [
        ("unexpected", [9]),
        ("matched", [2]),
    ]
    parts = [line(2, date(2026, 1, 20), 150000), line(3, date(2026, 1, 20), 250000), nearer]
    assert [(each[0], each[2]) for each in matched([row(JAN, 400000)], parts)] == [
        ("unexpected", [9]),
        ("matched", [2, 3]),
    ]


def test_of_two_lines_the_one_that_can_be_nothing_else_is_the_payment() -> None:
    lines = [line(2, JAN, 400000), line(3, date(2026, 1, 28), 400000, references=("SN 2025/118",))]
    assert [(each[0], each[2]) for each in matched([row(JAN, 400000)], lines)] == [
        ("unexpected", [2]),
        ("matched", [3]),
    ]


def test_of_two_lines_that_differ_in_words_only_the_same_one_is_taken_in_any_order() -> None:
    for words in (("A", "B"), ("B", "A")):
        lines = [line(number, JAN, 400000, text=text) for number, text in enumerate(words, 2)]
        [extra, paid] = match([row(JAN, 400000)], lines, KNOWN, TODAY, YEARS)
        assert (paid.lines[0].text, extra.lines[0].text) == ("A", "B")


def test_one_line_can_be_what_two_contributions_give_the_same_receiver_that_day() -> None:
    due = [row(JAN, 400000), row(JAN, 60000, contribution=1, contribution_id="hyra")]
    assert [each[:3] for each in matched(due, [line(2, JAN, 460000)])] == [
        ("matched", [("a", 0, 2026, 1), ("a", 1, 2026, 1)], [2])
    ]


def test_as_many_payments_as_can_be_are_found_and_of_those_the_nearest() -> None:
    monthly = [row(date(2026, 1, 30), 9000, of=2), row(date(2026, 2, 27), 9000, number=2, of=2)]
    # the first line is nearer to the second payment, but then the second line would be none (48 days after the first)
    late = [line(2, date(2026, 2, 20), 9000), line(3, date(2026, 3, 19), 9000)]
    assert [(each[1][0][3], each[2]) for each in matched(monthly, late)] == [(1, [2]), (2, [3])]  # type: ignore[index]
    # one line alone is the payment that it is nearest to
    assert [each[:3] for each in matched(monthly, [line(2, date(2026, 2, 20), 9000)])] == [
        ("missing", [("a", 0, 2026, 1)], []),
        ("matched", [("a", 0, 2026, 2)], [2]),
    ]


def test_of_several_lines_the_one_of_the_likest_size_is_the_payment() -> None:
    # 933 000 is due on 30 January; the day before 5 000 was paid for something else, and ten days before 932 000
    lines = [line(2, date(2026, 1, 29), 5000), line(3, date(2026, 1, 20), 932000)]
    assert [(each[0], each[2], each[3]) for each in matched([row(JAN, 933000)], lines)] == [
        ("different", [3], Decimal(-1000)),
        ("unexpected", [2], None),
    ]


def test_a_second_payment_and_one_taken_back_are_told_apart() -> None:
    due = [row(JAN, 400000)]
    twice = [line(2, date(2026, 1, 28), 400000), line(3, date(2026, 2, 3), 400000)]
    [extra, _paid] = match(due, twice, KNOWN, TODAY, YEARS)
    assert extra.why is not None
    assert (extra.lines, extra.why.cause.value, extra.why.line) == ((twice[1],), "paid_already", twice[0])
    back = line(4, date(2026, 2, 10), -400000)
    assert matched(due, [*twice, back]) == [
        ("unexpected", [], [3, 4], None, "taken_back"),
        ("matched", [("a", 0, 2026, 1)], [2], 0, None),
    ]
    assert matched(due, [twice[0], back])[0] == ("unexpected", [], [4], None, "taken_back")
    assert matched([], [back]) == [("unexpected", [], [4], None, "credit")]


def test_a_credit_is_no_payment_of_another_amount() -> None:
    assert [each[0] for each in matched([row(JAN, 400000)], [line(2, JAN, -390000)])] == ["missing", "unexpected"]


def test_missing_is_only_what_was_due_for_sure() -> None:
    assert [each[0] for each in matched([row(JAN, 400000)], [])] == ["missing"]
    for unsure in ("proposed", "replaced"):
        assert matched([row(JAN, 400000, unsure=unsure)], []) == []
    assert matched([row(JAN, 0)], []) == []
    assert matched([row(date(2027, 1, 29), 400000)], []) == []  # after the day that is reckoned from
    assert [each[0] for each in matched([row(JAN, None, status="blocked")], [])] == ["missing"]


def test_where_no_day_is_stated_any_day_of_the_time_it_covers_will_do() -> None:
    year = row(None, 250000)
    assert [each[0] for each in matched([year], [line(2, date(2026, 6, 15), 250000)])] == ["matched"]
    assert [each[0] for each in matched([year], [])] == ["missing"]
    assert match([year], [], KNOWN, date(2026, 12, 30), YEARS) == ()  # the year is not over


def test_outside_the_period_nothing_is_said_but_for_what_belongs_inside() -> None:
    period = Period(date(2026, 1, 1), date(2026, 12, 31))
    early = line(2, date(2025, 12, 29), 400000)
    assert [each[:3] for each in matched([row(JAN, 400000)], [early], period)] == [
        ("matched", [("a", 0, 2026, 1)], [2])
    ]
    assert matched([row(date(2025, 1, 31), 390000)], [early], period) == []


def test_a_line_that_fits_several_agreements_is_the_nearest_payment_and_says_so() -> None:
    due = [row(JAN, 400000), row(date(2026, 2, 27), 400000, agreement="b")]
    [first, second] = match(due, [line(2, date(2026, 2, 20), 400000), line(3, JAN, 400000)], KNOWN, TODAY, YEARS)
    assert [(each.payments[0].agreement, each.lines[0].line, each.also) for each in (first, second)] == [
        ("a", 3, ("b",)),
        ("b", 2, ("a",)),
    ]
    # with its diarienummer as the reference the line can be of that agreement only
    told_by = line(2, date(2026, 2, 20), 400000, references=("SN 2025/118",))
    [missing, found] = match(due, [told_by], KNOWN, TODAY, YEARS)
    assert (missing.payments[0].agreement, found.payments[0].agreement, found.also) == ("b", "a", ())


A, B = {("a", 0), ("a", 1)}, {("b", 0)}


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({"party": "Föreningen Exempel"}, A | B),
        ({"party": "FÖRENINGEN  EXEMPEL, ideell förening"}, A | B),
        ({"party": "40117 Föreningen Exempel"}, A | B),
        ({"party": "Prov och Bruk"}, {("c", 0)}),
        ({"party": "PROV OCH BRUK EKONOMISK FÖRENING"}, {("c", 0)}),
        ({"party": "Exempel"}, set()),
        ({"party": "Föreningen Exemplet"}, set()),
        ({"party": "Annan", "number": "8024441234"}, A | B),
        ({"party": "Föreningen Exempel", "number": "5560000001"}, set()),  # another's number
        ({"party": "Stiftelsen Prov", "number": "5560000001"}, {("c", 0)}),  # whose number nobody has written
        ({"party": None, "references": ("ks  2024/9",)}, {("c", 0)}),
        ({"party": None, "references": ("KS 2024/99",)}, set()),
        ({"party": "Föreningen Exempel", "references": ("HYRA",)}, {("a", 1)}),
        ({"party": "Föreningen Exempel", "references": ("4711",)}, A | B),
        ({"party": None, "text": "Utbet. Stiftelsen Prov 2026"}, {("c", 0)}),
        ({"party": "Annan", "text": "Stiftelsen Prov"}, set()),
        ({"party": ""}, set()),
        ({"party": "AB"}, set()),
    ],
)
def test_who_a_line_is_for(changes: dict[str, object], fits: set[tuple[str, int]]) -> None:
    assert Receivers(KNOWN).of(line(2, JAN, 1, **changes)) == fits


# properties -----------------------------------------------------------------------------------------------------------

days = st.dates(date(2026, 1, 1), date(2026, 6, 30))
sums = st.sampled_from([0, 5000, 9000, 9001, 10000, 14000, 19000, -5000, -9000])
parties = st.sampled_from([None, "Föreningen Exempel", "Stiftelsen Prov", "Annan"])
references = st.sampled_from([(), ("SN 2026/7",), ("hyra",)])


@st.composite
def ledgers(draw: st.DrawFn) -> list[LedgerEntry]:
    made = draw(st.lists(st.builds(line, st.just(0), days, sums, parties, references=references), max_size=14))
    return [each._replace(line=number) for number, each in enumerate(made, 2)]


@st.composite
def schedules(draw: st.DrawFn) -> list[Expected]:
    targets = st.sampled_from([("a", 0), ("a", 1), ("b", 0), ("c", 0)])
    rows = []
    for number in range(draw(st.integers(0, 8))):
        agreement, contribution = draw(targets)
        kind, unsure = draw(st.sampled_from(["instalment", "correction"])), draw(st.sampled_from([None, "proposed"]))
        amount = draw(st.sampled_from([0, 5000, 9000, 10000, 19000, None]))
        due = draw(st.none() | days)
        more = {"agreement": agreement, "contribution": contribution, "kind": kind, "unsure": unsure}
        rows.append(row(due, amount, number=number, of=9, **more))
    return rows


def unnumbered(outcomes: tuple[Outcome, ...]) -> Counter[tuple[object, ...]]:
    """The outcomes without the numbers of the lines, which are other ones in another order."""
    return Counter(
        (
            each.verdict,
            each.payments,
            tuple(line._replace(line=0) for line in each.lines),
            each.why and (each.why.cause, each.why.payment, each.why.line and each.why.line._replace(line=0)),
            each.also,
        )
        for each in outcomes
    )


@given(schedules(), ledgers(), st.data())
def test_the_order_of_the_lines_does_not_matter(
    rows: list[Expected], lines: list[LedgerEntry], data: st.DataObject
) -> None:
    shuffled = [each._replace(line=number) for number, each in enumerate(data.draw(st.permutations(lines)), 2)]
    before, after = (match(rows, each, KNOWN, TODAY, YEARS) for each in (lines, shuffled))
    assert unnumbered(before) == unnumbered(after)
    assert before == match(data.draw(st.permutations(rows)), lines, KNOWN, TODAY, YEARS)


@given(schedules(), ledgers())
def test_every_line_and_every_payment_that_was_due_is_told_once(rows: list[Expected], lines: list[LedgerEntry]) -> None:
    outcomes = match(rows, lines, KNOWN, TODAY, YEARS)
    assert Counter(line for each in outcomes for line in each.lines) == Counter(lines)
    listed = Counter(row for each in outcomes for row in each.payments)
    assert max(listed.values(), default=1) == 1
    assert {each for each in rows if each.unsure is None and each.amount != 0} <= set(listed)
    for each in outcomes:
        assert {line.amount > 0 for line in each.lines} or each.verdict.value == "missing"
        if each.verdict.value == "matched":
            assert each.difference == 0
        if each.verdict.value == "different":
            assert each.difference != 0
            assert all(line.amount for line in each.lines)


near = st.dates(date(2026, 1, 1), date(2026, 5, 31))


@given(st.lists(near, max_size=4), st.lists(near, max_size=4))
def test_of_all_ways_to_pair_equal_amounts_the_best_is_found(dues: list[date], paid: list[date]) -> None:
    rows = [row(due, 9000, number=number, of=9) for number, due in enumerate(dues)]
    lines = [line(number, day, 9000) for number, day in enumerate(paid, 2)]
    best = min(
        (-len(found), sum(found))
        for order in permutations([*paid, *[None] * len(dues)], len(dues))
        for found in [[abs((day - due).days) for due, day in zip(dues, order, strict=True) if day]]
        if all(days <= WINDOW for days in found)
    )
    pairs = [each for each in match(rows, lines, KNOWN, TODAY, YEARS) if each.verdict.value == "matched"]
    found = [abs((each.lines[0].date - each.payments[0].last).days) for each in pairs]
    assert (-len(found), sum(found)) == best


def test_a_payment_with_a_day_does_not_stand_in_the_way_of_one_without() -> None:
    due = [row(None, 9000), row(date(2026, 10, 30), 9000, contribution=1)]
    lines = [line(2, date(2026, 1, 15), 9000), line(3, date(2026, 11, 5), 9000)]
    assert [(each[0], each[1][0][1], each[2]) for each in matched(due, lines)] == [  # type: ignore[index]
        ("matched", 0, [2]),
        ("matched", 1, [3]),
    ]


@given(schedules())
def test_what_is_paid_as_agreed_is_matched_to_the_last_krona(rows: list[Expected]) -> None:
    payable = [each for each in rows if each.amount]
    lines = [
        LedgerEntry(number, each.last, each.amount or Decimal(0), None, None, (KNOWN[each.target].references[-1],))
        for number, each in enumerate(payable, 2)
    ]
    outcomes = match(payable, lines, KNOWN, TODAY, YEARS)
    assert [each.verdict.value for each in outcomes] == ["matched"] * len(payable)


# the file -------------------------------------------------------------------------------------------------------------

PLAIN = """Datum;Belopp;Leverantör;Fakturanr;Text
2026-01-30;400 000,00;Föreningen Exempel;4711;Ersättning
2026-02-03;-1 500,50;Åsö Städ AB;4712;
"""
PLAIN_ENTRIES = (
    LedgerEntry(2, JAN, Decimal(400000), "Föreningen Exempel", None, ("4711",), "Ersättning"),
    LedgerEntry(3, date(2026, 2, 3), Decimal("-1500.5"), "Åsö Städ AB", None, ("4712",), None),
)


NOTHING = Asked()


def entries(text: str, asked: Asked = NOTHING) -> tuple[LedgerEntry, ...]:
    return read(text.encode(), asked).entries


def faults(data: str | bytes, asked: Asked = NOTHING) -> list[str]:
    with pytest.raises(LedgerFileError) as refused:
        read(data.encode() if isinstance(data, str) else data, asked)
    return [
        f"{each.line}: {ENGLISH.say(each.message)}" + (f" / {ENGLISH.say(each.help)}" if each.help else "")
        for each in refused.value.faults
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, newline: str) -> None:
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    assert read((mark + PLAIN).replace("\n", newline).encode(encoding), NOTHING).entries == PLAIN_ENTRIES


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_the_delimiter_is_told_by_the_headings(delimiter: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(csv.reader(io.StringIO(PLAIN), delimiter=";"))
    assert entries(text.getvalue()) == PLAIN_ENTRIES
    assert entries(f"sep={delimiter}\n" + text.getvalue()) == tuple(
        each._replace(line=each.line + 1) for each in PLAIN_ENTRIES
    )


@pytest.mark.parametrize(
    "headings",
    [
        "Bokföringsdatum;Summa;Mottagare;Referens;Beskrivning",
        "BETALDATUM;Belopp (SEK);Motpart;Faktura-nr;Kommentar",
        "Date;Amount;Party;Reference;Text",
        '"Verifikationsdatum";"Belopp kr";"Namn";"Verifikation";"Text"',
    ],
)
def test_headings_in_swedish_and_english(headings: str) -> None:
    assert entries(PLAIN.replace("Datum;Belopp;Leverantör;Fakturanr;Text", headings)) == PLAIN_ENTRIES


def test_other_headings_are_named_and_a_report_s_title_is_passed_over() -> None:
    text = PLAIN.replace("Datum;Belopp;Leverantör;Fakturanr", "Utbet.dag;Utbetalt;Vem;Dnr")
    asked = Asked("utbet.dag", "Utbetalt", "Vem", "Dnr")
    assert entries(text, asked) == PLAIN_ENTRIES
    shown = entries("Utbetalningar\nPeriod;2026\n\n" + text, asked)
    assert [each.line for each in shown] == [5, 6]
    # of two columns that may be the date the one that is named
    both = "Bokföringsdatum;Betaldatum;Belopp;Namn\n2026-01-28;2026-01-30;1,00;A\n"
    assert entries(both, Asked(date="Betaldatum"))[0].date == JAN


def test_several_references_and_the_receiver_s_number() -> None:
    text = "Datum;Belopp;Lev.nr;Leverantör;Namn;Org.nr;Verifikation;Fakturanr\n2026-01-30;1;7;A;B;802444-1234;V1;4711\n"
    assert entries(text) == (LedgerEntry(2, JAN, Decimal(1), "A B", "8024441234", ("V1", "4711"), None),)
    assert entries(text.replace("802444-1234", "16802444-1234"))[0].number == "8024441234"
    assert entries(text.replace("802444-1234", "FI12345678"))[0].number is None


def amounts(*cells: str) -> list[Decimal]:
    return [each.amount for each in entries("Datum\tBelopp\tNamn\n" + "".join(f"2026-01-30\t{c}\tA\n" for c in cells))]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1 234 567,89", "1234567.89"),
        ("1\u00a0234\u202f567,89", "1234567.89"),
        ("1\u2009234", "1234"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("1.234.567", "1234567"),
        ("1234567.89", "1234567.89"),
        ("1234567,8", "1234567.8"),
        ("933000", "933000"),
        ("933000.0000", "933000"),
        ("933 000 kr", "933000"),
        ("933 000:-", "933000"),
        ("SEK 933 000,00", "933000"),
        ("+500", "500"),
        ("-500", "-500"),
        ("−500", "-500"),
        ("- 500", "-500"),
        ("500-", "-500"),
        ("(500)", "-500"),
        ("(1.500,00)", "-1500"),
        ("0", "0"),
    ],
)
def test_an_amount_that_can_only_be_one(cell: str, amount: str) -> None:
    assert amounts(cell) == [Decimal(amount)]
    assert f"{amounts(cell)[0]:f}" == amount


@pytest.mark.parametrize(
    "cell",
    ["abc", "12 34", "1 2345", "1.23.456", "1.234.567.89", "1,234.567,89", "--5", "(-5)", "(5", "5)", "=1+1", "1e5",
     "١٢", "12²", "½", "1..5", ",50", "5,", "1234.567", "0,125", "1.234,567", "12345678901234567890123", "5 EUR",
     "-", "kr"],
)  # fmt: skip
def test_an_amount_that_is_none_is_refused(cell: str) -> None:
    [fault] = faults(f"Datum\tBelopp\tNamn\n2026-01-30\t{cell}\tA\n")
    why = {"1234.567", "0,125", "1.234,567"}
    expected = "an amount has at most two decimals" if cell in why else "expected an amount: 1234,56"
    assert fault == f"2: Belopp: found “{cell}”; {expected}"


@pytest.mark.parametrize("cell", ["1.234", "1,234", "933.000", "(12,500)"])
def test_thousands_and_decimals_are_not_guessed_between(cell: str) -> None:
    whole = {"1.234": "1,234", "1,234": "1,234", "933.000": "933,000", "(12,500)": "-12,500"}[cell]
    assert faults(f"Datum\tBelopp\tNamn\n2026-01-30\t{cell}\tA\n") == [
        f"2: Belopp: found “{cell}”; it can be {whole}\u00a0kr, or an amount with decimals"
        " / write one amount of the column with two decimals, then it is clear"
    ]


def test_the_column_settles_what_one_amount_leaves_open() -> None:
    assert amounts("1.234", "12,50") == [Decimal(1234), Decimal("12.5")]
    assert amounts("1,234", "12.50") == [Decimal(1234), Decimal("12.5")]
    assert amounts("933.000", "1.000.000") == [Decimal(933000), Decimal(1000000)]
    cells = ("1.234", "1,234", "12,50", "12.50")  # the column is written in both ways: it settles nothing
    assert [
        "it can be" in each for each in faults("Datum;Belopp;Namn\n" + "".join(f"2026-01-30;{c};A\n" for c in cells))
    ] == [
        True,
        True,
    ]
    with pytest.raises(LedgerFileError):  # three decimals, when the comma is the mark
        amounts("1,234", "12,50")


def dates(*cells: str) -> list[date]:
    return [each.date for each in entries("Datum;Belopp;Namn\n" + "".join(f"{cell};1;A\n" for cell in cells))]


@pytest.mark.parametrize(
    "cell",
    ["2026-01-31", "20260131", "2026/01/31", "2026-01-31 00:00:00", "2026-01-31T00:00:00.000", "2026-01-31 00:00",
     "31/1 2026", "31/01/2026", "31.1.2026", "1/31/2026"],
)  # fmt: skip
def test_a_date_that_can_only_be_one(cell: str) -> None:
    assert dates(cell) == [date(2026, 1, 31)]


@pytest.mark.parametrize(
    "cell",
    ["26-01-31", "260131", "46053", "2026-02-30", "20260230", "31/2 2026", "jan 2026", "1899-12-31", "3026-01-31"],
)
def test_a_date_that_is_none_is_refused(cell: str) -> None:
    assert faults(f"Datum;Belopp;Namn\n{cell};1;A\n") == [f"2: Datum: found “{cell}”; expected a date: YYYY-MM-DD"]


def test_day_and_month_are_not_guessed_between() -> None:
    assert faults("Datum;Belopp;Namn\n1/2 2026;1;A\n") == [
        "2: Datum: found “1/2 2026”; it can be 2026-02-01 or 2026-01-02 / write dates as YYYY-MM-DD"
    ]
    assert dates("2/2 2026") == [date(2026, 2, 2)]
    assert dates("1/2 2026", "31/1 2026") == [date(2026, 2, 1), date(2026, 1, 31)]  # the column settles it


def skipped(text: str) -> list[str]:
    return [f"{each.line}: {ENGLISH.say(each.message)}" for each in read(text.encode(), NOTHING).notes]


def test_empty_rows_and_sums_are_skipped_and_said() -> None:
    rows = ["", "2026-01-30;400,00;A", ";;", "Datum;Belopp;Namn", "2026-01-30;100,00;B", "Summa;500,00;", ";;Utskrivet"]
    text = "\n".join(["Datum;Belopp;Namn", *rows])
    assert skipped(text) == [
        "2: skipped: empty rows, 2 in all",
        "5: skipped: the headings once more",
        "7: skipped: a sum, without a date",
        "8: skipped: neither date nor amount",
    ]
    assert skipped("Datum;Belopp;Namn\n2026-01-30;400,00;A\n;400,00;\n") == ["3: skipped: a sum, without a date"]
    # 400,00 is the only payment, and the sum is another: rows may be missing
    assert skipped("Datum;Belopp;Namn\n2026-01-30;400,00;A\nSumma;900,00;\n") == [
        "3: skipped: a sum, and the rows add up to another one, 400\u00a0kr"
    ]


@pytest.mark.parametrize("rows", [";100,00;B\n2026-01-30;400,00;A\n", "2026-01-30;400,00;A\n;100,00;B\n"])
def test_a_payment_without_a_date_is_not_taken_for_a_sum(rows: str) -> None:
    [fault] = faults("Datum;Belopp;Namn\n" + rows)
    assert fault.endswith(
        "Datum: the cell is empty; expected a date: YYYY-MM-DD / write the date, or remove the row if it is a sum"
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "None: the file is empty"),
        (b"\xef\xbb\xbf \r\n", "None: the file is empty"),
        (b"PK\x03\x04abc", "None: this is a workbook (Excel or another), not text"),
        (b"\xd0\xcf\x11\xe0abc", "None: this is a workbook (Excel or another), not text"),
        (b"Datum;Belopp;Namn\n2026-01-30;1;\0A\n", "2: there are characters here that no text has (NUL)"),
        (b"Datum;Belopp;Namn\n2026-01-30;1;\x81\n", "2: the text is neither UTF-8 nor Windows-1252 (byte 0x81)"),
        (
            "Datum;Belopp;Namn\n2026-01-30;1;Åsö\n".encode() + b"\xe5\n",
            "3: the text is UTF-8 up to here, where the byte 0xE5",
        ),
        (b"\xef\xbb\xbfDatum;Belopp;Namn\n2026-01-30;1;\xe5\n", "2: the text is UTF-8 up to here, where the byte 0xE5"),
        (b"\xff\xfea", "None: the file begins as UTF-16 and does not go on so"),
        (PLAIN.encode("utf-16")[2:], "1: there are characters here that no text has (NUL)"),
        (b"A;B\n1;2\n", "1: no row with headings is found; the first row is: A;B"),
        (b"\n" * 30 + PLAIN.encode(), "1: no row with headings is found among the first 30 / expected are for example"),
        (b"Title\nDatum;Kr;Namn\n", "2: no column is the amount: Datum;Kr;Namn"),
        (b"Dag;Belopp;Namn\n", "1: no column is the date: Dag;Belopp;Namn"),
        (b"Datum;Belopp;X\n", "1: no column says who was paid: Datum;Belopp;X"),
        (b"Datum;Belopp;Summa;Namn\n", "1: several columns may be meant: Belopp, Summa"),
        (b'Datum;Belopp;Namn\n2026-01-30;1;"A\nB\n', "2: a quotation mark begins a cell here, and the cell does not"),
        (b'Datum;Belopp;Namn\n2026-01-30;1;"A" AB\n', "2: a quotation mark begins a cell here, and the cell does not"),
        (b"Datum;Belopp;Namn\n2026-01-30;1;" + b"A" * 200_000, "2: a cell is longer than 131,072 characters"),
        (b"Datum,Belopp,Namn\n2026-01-30,400000,00,A\n", "2: the row has 4 cells, and there are 3 headings"),
        (b"Datum;Belopp;Namn\n2026-01-30;;A\n", "2: Belopp: the cell is empty; expected an amount: 1234,56"),
        (b"Datum;Belopp;Namn\n2026-01-30\n", "2: Belopp: the cell is empty; expected an amount: 1234,56"),
        (b"\x1b[31m\n\x1b]0;x\x07", "1: no row with headings is found; the first row is: "),
    ],
)
def test_a_file_that_is_something_else_is_refused_with_its_place(data: bytes, says: str) -> None:
    [fault] = faults(data)
    assert fault.startswith(says)


def test_a_column_that_is_named_and_not_there() -> None:
    [fault] = faults(PLAIN, Asked(amount="Kronor"))
    assert fault.startswith("1: no column is called Kronor: Datum;Belopp;Leverantör;Fakturanr;Text / ")


def test_what_is_wrong_in_every_row_is_said_twenty_times() -> None:
    found = faults("Datum;Belopp;Namn\n" + "x;y;A\n" * 500)
    assert len(found) == 21
    assert found[0] == "2: Datum: found “x”; expected a date: YYYY-MM-DD"
    assert found[1] == "2: Belopp: found “y”; expected an amount: 1234,56"
    assert found[20] == "None: and 980 more of the same kind"


def test_a_row_over_several_lines_is_at_its_first() -> None:
    text = 'Datum;Belopp;Namn;Text\n2026-01-30;1;A;"två\nrader"\n2026-01-31;2;B;\n'
    assert [(each.line, each.text) for each in entries(text)] == [(2, "två rader"), (4, None)]


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: ("Datum;Belopp;Namn\n" + text).encode("utf-8", "ignore"))
)
def test_no_file_breaks_the_reading(data: bytes) -> None:
    try:
        read(data, NOTHING)
    except LedgerFileError as error:
        assert all(ENGLISH.say(each.message) for each in error.faults)


# the command ----------------------------------------------------------------------------------------------------------

AGREEMENT = """format: 1
title: IOP Exempel
dnr: SN 2025/118
parties:
  namnden: {name: Socialnämnden, kind: municipality}
  foreningen: {name: Föreningen Exempel, kind: association, organisation_number: 802444-1233}
period: {start: 2025-01-01, end: 2027-12-31}
contributions:
  - {id: ersattning, from: namnden, to: foreningen, kind: cash, amount: 400000, per: year,
     payment: {times_per_year: 2, in: [january, july]}}
"""
EXPORT = """Datum;Belopp;Leverantör;Fakturanr
2025-01-29;200 000,00;Föreningen Exempel;4711
2025-07-30;190 000,00;Föreningen Exempel;4712
2026-01-30;200 000,00;Föreningen Exempel;4801
2026-02-06;200 000,00;Föreningen Exempel;4801
2026-03-02;25 000,00;Åsö Städ AB;=88
Summa;815 000,00;;
"""
"""200 000 kr by 31 January (in 2026 by the 30th, a Friday) and by 31 July: 2025 2/2 is 10 000 too little, 2026 1/2 is
paid twice, 2026 2/2 is missing, and the cleaners have nothing to do with it."""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "agreements").mkdir()
    (tmp_path / "agreements" / "exempel-2025.yaml").write_text(AGREEMENT, "utf-8")
    (tmp_path / "export.csv").write_bytes(EXPORT.replace("\n", "\r\n").encode("cp1252"))
    return tmp_path


SCREEN = """\
Missing: due, and no line is that payment (1)
No later than      Amount  Payment
2026-07-31     200,000~kr  exempel-2025 · ersattning 2026 2/2

Different: paid with another amount (1)
Line  Date              Paid  Payment
   3  2025-07-30  190,000~kr  exempel-2025 · ersattning 2025 2/2
                              the agreement gives 200,000~kr: 10,000~kr too little

Unexpected: lines that are no payment under the agreements (2)
Line  Date              Paid  Payment
   5  2026-02-06  200,000~kr  Föreningen Exempel · 4801
                              the same amount is already paid: line 4
   6  2026-03-02   25,000~kr  Åsö Städ AB · =88
                              neither receiver nor reference is that of an agreement

Matched (2)
Line  Date              Paid  Payment
   2  2025-01-29  200,000~kr  exempel-2025 · ersattning 2025 1/2
   4  2026-01-30  200,000~kr  exempel-2025 · ersattning 2026 1/2

Count  To be paid        Paid   Difference  Outcome
    1  200,000~kr        0~kr  -200,000~kr  missing
    1  200,000~kr  190,000~kr   -10,000~kr  different
    2        0~kr  225,000~kr   225,000~kr  unexpected
    2  400,000~kr  400,000~kr         0~kr  matched
    6  800,000~kr  815,000~kr    15,000~kr  in all

export.csv: payments due and lines dated 2025-01-29–2026-12-31 (others: --from, --until); reckoned as of 2026-12-31
""".replace("~", "\u00a0")


def test_the_whole_screen(workspace: Path) -> None:
    done = iopctl("reconcile", "export.csv", "--until", "2026-12-31", "--as-of", "2026-12-31", cwd=workspace)
    assert done.stdout == SCREEN
    assert done.stderr == "export.csv:7: skipped: a sum, without a date\n"
    assert done.returncode == 1


def test_the_screen_fits_a_terminal_of_eighty_columns(workspace: Path) -> None:
    arguments = ("reconcile", "export.csv", "--until", "2026-12-31", "--as-of", "2026-12-31")
    for columns in (80, 120):
        shown = re.sub(r"\x1b\[[0-9;]*m", "", on_a_terminal(*arguments, cwd=workspace, columns=columns))
        assert 60 < max(map(len, shown.splitlines())) <= columns


def test_as_csv(workspace: Path) -> None:
    options = ("--until", "2026-12-31", "--as-of", "2026-12-31", "--format", "csv")
    assert iopctl("reconcile", "export.csv", *options, cwd=workspace).stdout == (
        "outcome,agreement,payments,due,expected,status,lines,date,paid,difference,party,references,text,cause,reason,also\n"
        "missing,exempel-2025,ersattning 2026 2/2,2026-07-31,200000,definitive,,,,,,,,,,\n"
        "different,exempel-2025,ersattning 2025 2/2,2025-07-31,200000,definitive,3,2025-07-30,190000,-10000,"
        'Föreningen Exempel,4712,,,"the agreement gives 200,000\u00a0kr: 10,000\u00a0kr too little",\n'
        "unexpected,,,,,,5,2026-02-06,200000,,Föreningen Exempel,4801,,paid_already,"
        "the same amount is already paid: line 4,\n"
        "unexpected,,,,,,6,2026-03-02,25000,,Åsö Städ AB,'=88,,not_recognised,"
        "neither receiver nor reference is that of an agreement,\n"
        "matched,exempel-2025,ersattning 2025 1/2,2025-01-31,200000,definitive,2,2025-01-29,200000,0,"
        "Föreningen Exempel,4711,,,,\n"
        "matched,exempel-2025,ersattning 2026 1/2,2026-01-30,200000,definitive,4,2026-01-30,200000,0,"
        "Föreningen Exempel,4801,,,,\n"
    )


def test_as_json(workspace: Path) -> None:
    (workspace / "export.csv").write_text("Datum;Belopp;Namn\n2025-01-29;200000;Föreningen Exempel\n", "utf-8")
    done = iopctl("reconcile", "export.csv", "--as-of", "2026-12-31", "--format", "json", cwd=workspace)
    assert done.returncode == 0  # nothing else is due on that day
    assert json.loads(done.stdout) == {
        "format": 1,
        "file": "export.csv",
        "as_of": "2026-12-31",
        "from": "2025-01-29",
        "until": "2025-01-29",
        "left_out": [],
        "outcomes": [
            {
                "outcome": "matched",
                "agreement": "exempel-2025",
                "expected": "200000",
                "paid": "200000",
                "difference": "0",
                "cause": None,
                "reason": None,
                "also": [],
                "payments": [
                    {
                        "contribution": "ersattning",
                        "kind": "instalment",
                        "start": "2025-01-01",
                        "end": "2025-06-30",
                        "number": 1,
                        "of": 2,
                        "due": "2025-01-31",
                        "amount": "200000",
                        "status": "definitive",
                        "unsure": None,
                    }
                ],
                "lines": [
                    {
                        "line": 2,
                        "date": "2025-01-29",
                        "amount": "200000",
                        "party": "Föreningen Exempel",
                        "references": [],
                        "text": None,
                    }
                ],
            }
        ],
    }


def test_everything_that_is_wrong_with_a_file_is_said_and_nothing_is_compared(workspace: Path) -> None:
    text = "Datum;Belopp;Leverantör\n1/2 2026;200 000,00;A\n2026-01-30;1.234;B\n2026-01-31;;C\n"
    (workspace / "export.csv").write_text(text, "utf-8")
    done = iopctl("reconcile", "export.csv", cwd=workspace)
    assert (done.stdout, done.returncode) == ("", 2)
    # the amount of the first row has decimals after a comma, so the point of the second is between thousands
    assert done.stderr == (
        "export.csv:2: Datum: found “1/2 2026”; it can be 2026-02-01 or 2026-01-02; write dates as YYYY-MM-DD\n"
        "export.csv:4: Belopp: the cell is empty; expected an amount: 1234,56\n"
        "iopctl: export.csv cannot be read with certainty, so nothing is compared; mend what is said above\n"
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("none.csv",), "cannot read none.csv: there is no such file or folder"),
        (("agreements",), "agreements is not an ordinary file; name the file from the accounts"),
        (("big.csv",), "big.csv is 20 MB, and at most 20 MB are read; export fewer days or fewer receivers"),
        (("empty.csv",), "the file has headings and no payments; say which days it is for, with --from and --until"),
        (("export.csv", "none"), "there is no agreement none in the workspace"),
        (("export.csv", "--from", "2026"), "--from: found 2026, expected a date: YYYY-MM-DD"),
        (("export.csv", "--until", "2024-12-31"),
         "there are no days to compare: the first would be 2025-01-29 and the last 2024-12-31"),
        (("export.csv", "--format", "xml"), "--format: found xml, expected one of: table, json, csv"),
        ((), "PAYMENTS.csv is missing"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_explained(workspace: Path, arguments: tuple[str, ...], says: str) -> None:
    (workspace / "empty.csv").write_text("Datum;Belopp;Namn\n", "utf-8")
    with (workspace / "big.csv").open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    done = iopctl("reconcile", *arguments, cwd=workspace)
    assert (done.stdout, done.returncode) == ("", 2)
    assert done.stderr.splitlines()[0 if not arguments else -1] == f"iopctl: {says}" or says in done.stderr


def test_nothing_paid_at_all_is_everything_missing(workspace: Path) -> None:
    (workspace / "empty.csv").write_text("Datum;Belopp;Namn\n", "utf-8")
    days = ("--from", "2025-01-01", "--until", "2025-12-31", "--as-of", "2026-01-01")
    done = iopctl("reconcile", "empty.csv", *days, "--format", "csv", cwd=workspace)
    assert [line.split(",")[:4] for line in done.stdout.splitlines()[1:]] == [
        ["missing", "exempel-2025", "ersattning 2025 1/2", "2025-01-31"],
        ["missing", "exempel-2025", "ersattning 2025 2/2", "2025-07-31"],
    ]
    assert done.returncode == 1


def test_the_file_s_words_cannot_steer_the_screen_and_personal_numbers_are_not_shown(workspace: Path) -> None:
    text = "Datum;Belopp;Leverantör;Text\n2025-03-03;1,00;\x1b[31mA\u202eB;Utlägg 121212-1212\n"
    (workspace / "export.csv").write_text(text, "utf-8")
    for form in ("table", "json", "csv"):
        done = iopctl("reconcile", "export.csv", "--as-of", "2026-12-31", "--format", form, cwd=workspace)
        assert "<U+001B>[31mA<U+202E>B" in done.stdout
        assert "Utlägg •••••••••••" in done.stdout
        assert "121212" not in done.stdout


def test_the_rest_of_many_unexpected_lines_is_counted(workspace: Path) -> None:
    rows = "".join(f"2025-03-03;{number},00;Åsö Städ AB\n" for number in range(1, 131))
    (workspace / "export.csv").write_text(f"Datum;Belopp;Namn\n{rows}", "utf-8")
    done = iopctl("reconcile", "export.csv", "--as-of", "2026-12-31", cwd=workspace)
    assert done.stdout.count("Åsö Städ AB") == 100
    assert "and 30 more; all of them: --format csv\n" in done.stdout
    done = iopctl("reconcile", "export.csv", "--as-of", "2026-12-31", "--format", "csv", cwd=workspace)
    assert done.stdout.count("Åsö Städ AB") == 130


def test_a_broken_agreement_is_left_out_and_said(workspace: Path) -> None:
    (workspace / "agreements" / "trasig-2025.yaml").write_text("format: 1\n", "utf-8")
    arguments = ("reconcile", "export.csv", "--as-of", "2026-12-31", "--until", "2025-06-30")
    done = iopctl(*arguments, "--format", "json", cwd=workspace)
    assert json.loads(done.stdout)["left_out"] == ["agreements/trasig-2025.yaml"]
    assert [each["outcome"] for each in json.loads(done.stdout)["outcomes"]] == ["matched"]
    assert done.returncode == 1
    done = iopctl(*arguments, "trasig-2025", cwd=workspace)
    assert (done.stdout, done.returncode) == ("", 1)


# the documentation ----------------------------------------------------------------------------------------------------

PAGE = SHIPPED / "docs" / "reconcile.md"


def test_the_example_of_the_documentation(tmp_path: Path) -> None:
    blocks = re.findall(r"```(\w+)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    [export] = [text for kind, text in blocks if kind == "csv"]
    [shown] = [text for kind, text in blocks if kind == "console"]
    shutil.copytree(SHIPPED / "agreements", tmp_path / "agreements")
    (tmp_path / "betalningar.csv").write_bytes(export.encode("cp1252"))
    command, _line, screen = shown.partition("\n")
    done = iopctl(*command.split()[2:], cwd=tmp_path)
    assert done.stdout == screen


def test_what_cannot_be_reckoned_is_in_no_sum(workspace: Path) -> None:
    """OPI for 2026 is not known on 1 August 2026: what was paid for it stands beside no amount, and is not added."""
    text = AGREEMENT.replace("per: year,", "per: year, indexation: {index: OPI, first: 2026-01-01, rounding: {to: 1}},")
    (workspace / "agreements" / "exempel-2025.yaml").write_text(text, "utf-8")
    lines = ("2025-01-29;200000", "2025-07-30;190000", "2026-01-30;205000")
    rows = "".join(f"{line};Föreningen Exempel\n" for line in lines)
    (workspace / "export.csv").write_text(f"Datum;Belopp;Namn\n{rows}", "utf-8")
    done = iopctl("reconcile", "export.csv", "--as-of", "2026-08-01", "--until", "2026-03-01", cwd=workspace)
    sums = [line.replace("\xa0", " ") for line in done.stdout.splitlines() if line.endswith(("different", "in all"))]
    # 200 000 − 190 000 is 10 000 too little; the 205 000 kr of 2026 are in no sum
    assert [line.split("  ")[-4:] for line in sums] == [
        ["200,000 kr", "190,000 kr", "-10,000 kr", "different"],
        ["400,000 kr", "390,000 kr", "-10,000 kr", "in all"],
    ]
    assert "amounts that cannot be computed are not in the sums" in done.stdout
