"""Agreements over time: what a life consists of, and the pictures of it."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from iopctl.cli.app import run
from iopctl.compute.lifeline import Lifeline, Phase, PhaseKind, Step, lifeline
from iopctl.locale.language import Language
from iopctl.model import PartialDate
from iopctl.render import timeline_svg as palette
from iopctl.render.timeline import Chart, Due, Row, chart
from iopctl.render.timeline_html import as_html
from iopctl.render.timeline_svg import as_svg
from iopctl.render.timeline_text import as_text
from tests.agreements import SHIPPED, agreement, shipped
from tests.terminal import iopctl, on_a_terminal

AGREED, EXTENDED, PROPOSED, OPTION = PhaseKind
EN = Language("en")
DAY = date(2022, 3, 1)


def life(as_of: date, end: date | str = date(2022, 12, 31), **parts: object) -> Lifeline:
    """Of an agreement from 2020 on; `extension` and `decisions` as in a file."""
    period = {"start": date(2020, 1, 1), "end": end}
    if "extension" in parts:
        period["extension"] = parts.pop("extension")
    return lifeline("prov", agreement(period=period, **parts), as_of)


def phases(found: Lifeline) -> list[tuple[str, str, str | None]]:
    return [(each.kind.value, str(each.first), str(each.last) if each.last else None) for each in found.phases]


def decision(kind: str, **parts: object) -> dict[str, object]:
    return {"kind": kind, "body": "Nämnden", **parts}


AGREED_2020 = ("agreed", "2020-01-01", "2022-12-31")
THREE_YEARS = {"times": 1, "length": "3 years"}


# -- a life ------------------------------------------------------------------------------------------------------------


def test_a_period_alone() -> None:
    found = life(DAY)
    assert phases(found) == [AGREED_2020]
    assert found.end == date(2022, 12, 31)


def test_an_agreement_until_further_notice_has_no_end() -> None:
    found = life(DAY, end="open_ended", extension=THREE_YEARS)
    assert phases(found) == [("agreed", "2020-01-01", None)]
    assert found.end is None


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        # three years from the day after the last one: 2023-01-01 to 2025-12-31
        ({"times": 1, "length": "3 years"}, [("option", "2023-01-01", "2025-12-31")]),
        # a year, and once more
        ({"times": 2, "length": "1 year"},
         [("option", "2023-01-01", "2023-12-31"), ("option", "2024-01-01", "2024-12-31")]),
        # the text sets no number: one is shown
        ({"length": "1 year"}, [("option", "2023-01-01", "2023-12-31")]),
        ({"until": date(2024, 6, 30)}, [("option", "2023-01-01", "2024-06-30")]),
        # the second year would pass the latest day, a third would begin after it
        ({"times": 3, "length": "1 year", "until": date(2024, 6, 30)},
         [("option", "2023-01-01", "2023-12-31"), ("option", "2024-01-01", "2024-06-30")]),
        ({"times": 3, "until": date(2024, 6, 30)}, [("option", "2023-01-01", "2024-06-30")]),
        ({"until": date(2022, 12, 31)}, []),
        ({"until": date(2023, 1, 1)}, [("option", "2023-01-01", "2023-01-01")]),
        ({"times": 1}, [("option", "2023-01-01", None)]),
    ],
)  # fmt: skip
def test_an_option_that_can_be_used(option: dict[str, object], expected: list[tuple[str, str, str | None]]) -> None:
    assert phases(life(DAY, extension=option)) == [AGREED_2020, *expected]


@pytest.mark.parametrize(
    ("as_of", "option", "left"),
    [
        (date(2022, 6, 30), {"decide_by": date(2022, 6, 30)}, True),
        (date(2022, 7, 1), {"decide_by": date(2022, 6, 30)}, False),
        (date(2022, 12, 31), {}, True),
        (date(2023, 1, 1), {}, False),
    ],
)
def test_an_option_that_was_not_used_in_time_is_gone(as_of: date, option: dict[str, object], left: bool) -> None:
    found = life(as_of, extension={**THREE_YEARS, **option})
    assert [each.kind for each in found.phases] == ([AGREED, OPTION] if left else [AGREED])


def test_an_extension_counts_from_the_day_it_is_decided() -> None:
    extended = decision("extended", date=date(2022, 5, 2), until=date(2025, 12, 31))
    before = life(date(2022, 5, 1), extension=THREE_YEARS, decisions=(extended,))
    after = life(date(2022, 5, 2), extension=THREE_YEARS, decisions=(extended,))
    assert phases(before) == [AGREED_2020, ("option", "2023-01-01", "2025-12-31")]
    assert before.steps == ()  # nobody had proposed it
    assert before.end == date(2022, 12, 31)
    assert phases(after) == [AGREED_2020, ("extended", "2023-01-01", "2025-12-31")]
    assert after.steps == (Step("extended", "taken", date(2022, 5, 2)),)
    assert after.end == date(2025, 12, 31)


def test_a_used_option_leaves_the_others() -> None:
    extended = decision("extended", date=date(2022, 2, 1), until=date(2023, 12, 31))
    twice = {"times": 2, "length": "1 year", "decide_by": date(2022, 2, 28)}  # about the first time only
    assert phases(life(DAY, extension=twice, decisions=(extended,))) == [
        AGREED_2020,
        ("extended", "2023-01-01", "2023-12-31"),
        ("option", "2024-01-01", "2024-12-31"),
    ]


ENDED = decision("terminated", date=date(2022, 2, 1), until=date(2022, 8, 31))
ENTERED = decision("adopted", date=date(2019, 11, 28))


def test_a_termination_cuts_and_ends_the_option() -> None:
    found = life(DAY, extension=THREE_YEARS, decisions=(ENTERED, ENDED))
    assert found.phases == (Phase(AGREED, date(2020, 1, 1), date(2022, 8, 31), cut=True),)


@pytest.mark.parametrize("end", [date(2022, 12, 31), date(2022, 7, 31)])
def test_a_notice_in_the_log_cuts_and_ends_the_option(end: date) -> None:
    """Three months in whole months from 15 April: until 31 July; also where it would have ended that day anyway."""
    notice = {"length": "3 months", "count": "whole_months"}
    of = agreement(
        period={"start": date(2020, 1, 1), "end": end, "extension": THREE_YEARS, "notice": notice},
        log=({"notice": "foreningen", "date": date(2022, 4, 15)},),
    )
    cut = Phase(AGREED, date(2020, 1, 1), date(2022, 7, 31), cut=end != date(2022, 7, 31))
    assert lifeline("prov", of, date(2022, 4, 15)).phases == (cut,)
    assert [each.kind for each in lifeline("prov", of, date(2022, 4, 14)).phases] == [AGREED, OPTION]


def test_an_extension_that_was_rejected_is_no_option() -> None:
    no = decision("rejected", date=date(2022, 2, 1))
    assert phases(life(DAY, extension=THREE_YEARS, decisions=(ENTERED, no))) == [AGREED_2020]


def test_a_rejection_before_the_agreement_was_entered_is_about_its_beginning() -> None:
    no = decision("rejected", date=date(2019, 9, 1))
    assert [each.kind for each in life(DAY, extension=THREE_YEARS, decisions=(no, ENTERED)).phases] == [AGREED, OPTION]


def test_an_agreement_that_never_began() -> None:
    found = life(DAY, decisions=(decision("rejected", date=date(2019, 9, 1)),))
    assert (found.phases, found.never_began, found.end) == ((), True, None)
    found = lifeline("prov", agreement(), DAY)
    assert (found.phases, found.never_began) == ((), False)


def test_the_days_of_decisions() -> None:
    decisions = (
        decision("mandated"),
        decision("mandated", date=2019),
        decision("recommended", planned=date(2022, 4, 1)),
        decision("adopted", date={"unknown": "den XX"}, planned=date(2022, 4, 2)),
        decision("delegated", proposed=date(2022, 2, 3)),
    )
    assert life(DAY, decisions=decisions).steps == (
        Step("mandated", "taken", None),
        Step("mandated", "taken", PartialDate(2019)),
        Step("recommended", "planned", date(2022, 4, 1)),
        Step("adopted", "planned", date(2022, 4, 2)),
        Step("delegated", "proposed", date(2022, 2, 3)),
    )


def test_the_shipped_agreements() -> None:
    agreements = shipped().workspace.agreements
    found = {id_: phases(lifeline(id_, each, date(2021, 11, 3))) for id_, each in agreements.items()}
    assert found == {
        "linkoping-resurspoolen-2018": [("agreed", "2018-01-01", "2020-12-31")],
        # the only time that the option names is the one proposed
        "linkoping-resurspoolen-2020": [AGREED_2020, ("proposed", "2023-01-01", "2025-12-31")],
        # the decision of 2023-11-15 is only planned in the text
        "lund-roda-korset-2023": [("proposed", "2023-12-01", "2025-11-30")],
        "timra-aldres-ensamhet-2019": [],
    }


# -- what is shown -----------------------------------------------------------------------------------------------------


def row(id_: str, *found: Phase, dues: tuple[Due, ...] = (), steps: tuple[Step, ...] = ()) -> Row:
    return Row(Lifeline(id_, f"IOP {id_}", found, steps), dues)


def agreed(first: int, last: int | None) -> Phase:
    return Phase(AGREED, date(first, 1, 1), date(last, 12, 31) if last else None)


def drawn(*rows: Row, first: date | None = None, last: date | None = None) -> Chart:
    return chart(rows, DAY, date(2023, 3, 1), first=first, last=last, name=None)


def test_the_one_that_ends_first_comes_first_and_none_is_lost() -> None:
    rows = (row("c", agreed(2020, None)), row("b", agreed(2020, 2022)), row("d"), row("a", agreed(2021, 2022)))
    found = drawn(*rows)
    assert [each.lifeline.agreement for each in found.rows] == ["a", "b", "c"]
    assert [each.lifeline.agreement for each in found.without] == ["d"]


def test_whole_years_around_what_there_is() -> None:
    found = drawn(row("a", agreed(2020, 2023)))
    assert (found.first, found.last) == (date(2020, 1, 1), date(2023, 12, 31))
    found = drawn(row("a", agreed(1950, 2150)))  # ten years back, fifteen ahead
    assert (found.first, found.last) == (date(2012, 1, 1), date(2037, 12, 31))
    found = drawn(row("a", agreed(2019, 2020)))  # the day of the run is always in it
    assert (found.first, found.last) == (date(2019, 1, 1), date(2022, 12, 31))
    found = drawn(row("a", agreed(2020, 2022), dues=(Due(date(2023, 2, 1), "x", False),)))
    assert found.last == date(2023, 12, 31)
    found = drawn(row("a", agreed(2020, 2023)), first=date(2024, 5, 1))  # after all there is
    assert (found.first, found.last) == (date(2024, 5, 1), date(2024, 12, 31))
    found = drawn(row("a", agreed(2020, 2023)), last=date(2018, 5, 1))
    assert (found.first, found.last) == (date(2018, 1, 1), date(2018, 5, 1))


@pytest.mark.parametrize(
    ("last", "ending"), [((2022, 2, 28), 0), ((2022, 3, 1), 1), ((2023, 2, 28), 1), ((2023, 3, 1), 0)]
)
def test_how_many_end_within_a_year(last: tuple[int, int, int], ending: int) -> None:
    assert drawn(row("a", Phase(AGREED, date(2020, 1, 1), date(*last)))).ending == ending


BY_OPTION = ("period", "extension")
EVERYTHING = (
    row(
        "forlangd",
        agreed(2020, 2021),
        Phase(EXTENDED, date(2022, 1, 1), date(2022, 12, 31), route=("decisions", 1)),
        Phase(OPTION, date(2023, 1, 1), date(2024, 12, 31), route=BY_OPTION),
        dues=(Due(date(2021, 3, 31), "Rapport", True), Due(date(2022, 9, 30), "Uppföljning", False)),
        steps=(Step("adopted", "taken", date(2020, 7, 1)),),
    ),
    row(
        "foreslagen",
        agreed(2020, 2022),
        Phase(PROPOSED, date(2023, 1, 1), date(2024, 12, 31), route=("decisions", 0)),
        dues=(Due(date(2021, 3, 31), "Möte", True, target=True), Due(date(2022, 9, 30), "Möte", False, target=True)),
        steps=(Step("extended", "proposed", date(2021, 7, 1)), Step("mandated", "taken", PartialDate(2019))),
    ),
    row("uppsagd", Phase(AGREED, date(2020, 1, 1), date(2022, 6, 30), cut=True)),
    row("lopande", agreed(2020, None)),
    row("tidigare", agreed(2010, 2023), Phase(OPTION, date(2024, 1, 1), None, route=BY_OPTION)),
    row("beredd", Phase(PROPOSED, date(2023, 1, 1), date(2023, 12, 31))),
    row("utan"),
    Row(Lifeline("avslagen", "IOP avslagen", (), (), never_began=True)),
)
"""Every kind of bar and mark."""
ALL_OF_IT = chart(EVERYTHING, DAY, date(2023, 3, 1), first=date(2020, 1, 1), last=date(2024, 12, 31), name="Orten")

# Five years in 50 columns, ten each, and one for the line of the day: 1 March 2022 begins after 790 of 1827 days, at
# 21.6, so that the line stands before column 22. 182 days to 2020-07-01 are at 4.98, 455 to 2021-03-31 at 12.5, 547 to
# 2021-07-01 at 14.97; 1003 to 2022-09-30 at 27.4, which the line has moved to the 28th. The termination, of the night
# after day 912, is at 24.96, so that the last whole column is the 25th, and its sign the 26th on the screen.
SCREEN = """\
Orten: agreements over time
Agreement       2020      2021      2022       2023      2024        Last day
uppsagd         ██████████████████████│██]     ·         ·           2022-06-30
IOP uppsagd     ·         ·         · │        ·         ·
foreslagen      ██████████████████████│████████////////////////////  2022-12-31
IOP foreslagen  ·         · ▽ ◇     · │     ▽  ·         ·
forlangd        ████████████████████▓▓│▓▓▓▓▓▓▓▓░░░░░░░░░░░░░░░░░░░░  2022-12-31
IOP forlangd    ·   ◆     · ×       · │     ▼  ·         ·
beredd          ·         ·         · │        //////////·           2023-12-31
IOP beredd      ·         ·         · │        ·         ·
tidigare        ←█████████████████████│██████████████████?           2023-12-31
IOP tidigare    ·         ·         · │        ·         ·
lopande         ██████████████████████│███████████████████████████→  open-ended
IOP lopande     ·         ·         · │        ·         ·

█ agreed   ▓ extended   / proposed, not decided   ░ possible extension
] ended by a termination   → goes on outside the picture
← goes on outside the picture   ? length not stated   ◆ decision
◇ decision planned or proposed   ▼ deadline   ▽ target, not an agreed day
× overdue   │ as of 2022-03-01

Not in the picture
avslagen: it never began
utan: it has no period

Agreements with a period: 6. Time shown: 2020-01-01 – 2024-12-31. Deadlines
until 2023-03-01. Ending within a year from 2022-03-01: 3. Without a period: 2.
"""


def test_the_picture_of_everything_in_a_terminal() -> None:
    assert as_text(ALL_OF_IT, EN, 79) == SCREEN


@pytest.mark.parametrize(
    ("day", "bar", "marks"),
    [
        # 50 columns for two years of 730 days, 14.6 days each, and the line, which nothing covers: 1 March 2021 begins
        # after 59 days, at 4.04; what is overdue is to its left, what is to be done that day to its right
        (date(2021, 3, 1), f"{'█' * 4}│{'█' * 46}", f"·  ×│▼{' ' * 20}·"),
        # after 66 days, at 4.52, so before column 5, and the day is in column 4: it is to the right all the same
        (date(2021, 3, 8), f"{'█' * 5}│{'█' * 45}", f"·   ×│▼{' ' * 19}·"),
        # on the first day nothing is to the left, on the last the line has room before the last column
        (date(2021, 1, 1), f"│{'█' * 50}", f"│▼{' ' * 24}·"),
        (date(2022, 12, 31), f"{'█' * 49}│█", f"·{' ' * 24}·{' ' * 22}×│▼"),
    ],
)
def test_nothing_covers_the_line_of_the_day(day: date, bar: str, marks: str) -> None:
    dues = (Due(day - timedelta(days=1), "A", True), Due(day, "B", False))
    found = chart(
        [row("a", agreed(2021, 2022), dues=dues)],
        day, day, first=date(2021, 1, 1), last=date(2022, 12, 31), name=None,
    )  # fmt: skip
    lines = as_text(found, EN, 74).splitlines()  # 9 of the label, 10 of the last day and 4 between
    assert lines[2:4] == [f"a          {bar}  2022-12-31", f"IOP a      {marks}"]


def test_a_terminal_that_is_wide_and_many_years() -> None:
    """Every fifth year is written where there is no room for each."""
    found = chart([row("a", agreed(2000, 2050))], DAY, DAY, first=date(2000, 1, 1), last=date(2050, 12, 31), name=None)
    # 81 columns less 9 of the label, 10 of the last day, 4 between and the line of the day: 57 for 51 years
    # 2005 begins after 1827 of 18628 days, at 5.6; 2010 at 11.2, 2015 at 16.8, 2020 at 22.4, 2025 at 27.9, 2030 at
    # 33.5, 2035 at 39.1, 2040 at 44.7, 2045 at 50.3; 2050, at 55.9, has no room. The line of 2022 moves those after it
    years = "2000  2005 2010  2015 2020   2025  2030 2035  2040 2045"
    assert as_text(found, EN, 81).splitlines()[1] == f"Agreement  {years}     Last day"


# -- the picture -------------------------------------------------------------------------------------------------------

SVG = "{http://www.w3.org/2000/svg}"
HTML = "{http://www.w3.org/1999/xhtml}"


def texts(root: ET.Element, tag: str) -> list[str]:
    return ["".join(each.itertext()) for each in root.iter(tag)]


def test_the_picture_says_what_it_shows() -> None:
    root = ET.fromstring(as_svg(ALL_OF_IT, EN))
    assert (root.get("role"), root.get("lang"), root.get("aria-labelledby")) == ("img", "en", "iop0-title iop0-desc")
    assert [(each.get("id"), each.text) for each in root[:2]] == [
        ("iop0-title", "Orten: agreements over time"),
        ("iop0-desc",
         "Agreements with a period: 6. Time shown: 2020-01-01 – 2024-12-31. Deadlines until 2023-03-01. "
         "Ending within a year from 2022-03-01: 3. Without a period: 2."),
    ]  # fmt: skip
    assert texts(root, f"{SVG}title")[1:] == [
        "IOP uppsagd: agreed 2020-01-01 – 2022-06-30, ended by a termination",
        "IOP foreslagen: agreed 2020-01-01 – 2022-12-31; proposed extension 2023-01-01 – 2024-12-31",
        "IOP forlangd: agreed 2020-01-01 – 2021-12-31; extended 2022-01-01 – 2022-12-31; "
        "possible extension 2023-01-01 – 2024-12-31",
        "IOP beredd: proposed, not decided: 2023-01-01 – 2023-12-31",
        "IOP tidigare: agreed 2010-01-01 – 2023-12-31; possible extension from 2024-01-01, for how long is not stated",
        "IOP lopande: agreed from 2020-01-01 until further notice",
        "as of 2022-03-01",
        "decision to extend, proposed 2021-07-01",
        "(2021-03-31) Möte",
        "(2022-09-30) Möte",
        "decision to enter 2020-07-01",
        "2021-03-31 Rapport (overdue)",
        "2022-09-30 Uppföljning",
        "IOP uppsagd (uppsagd)",
        "IOP foreslagen (foreslagen)",
        "IOP forlangd (forlangd)",
        "IOP beredd (beredd)",
        "IOP tidigare (tidigare)",
        "IOP lopande (lopande)",
        "IOP avslagen (avslagen): it never began",
        "IOP utan (utan): it has no period",
    ]


def bars(root: ET.Element) -> list[tuple[float, float, str]]:
    """Where each bar begins and how long it is, by hand: 686 units from 322 on."""
    return [
        (float(each.get("x", "")), float(each.get("width", "")), each.get("fill", ""))
        for each in root.iter(f"{SVG}rect")
        if each.get("height") == "13" and each.get("width") != "30"  # the legend's
    ]


def test_a_bar_has_the_length_of_its_days() -> None:
    root = ET.fromstring(as_svg(ALL_OF_IT, EN))
    # 686 / 1827 days: 912 days are 342.4, 1096 are 411.5, 731 are 274.5, 365 are 137.0 and 366 are 137.4
    assert bars(root) == [
        (322.0, 342.4, palette.AGREED),
        (322.0, 411.5, palette.AGREED),
        (733.5, 274.5, "url(#iop0-proposed)"),
        (322.0, 274.5, palette.AGREED),
        (596.5, 137.0, palette.EXTENDED),
        (733.5, 274.5, "url(#iop0-option)"),
        (733.5, 137.0, "url(#iop0-proposed)"),
        (322.0, 548.6, palette.AGREED),  # 1461 days: until the end of 2023
        (322.0, 686.0, palette.AGREED),
    ]


def test_nothing_is_fetched_and_nothing_is_run() -> None:
    for text in (as_svg(ALL_OF_IT, EN), as_html(ALL_OF_IT, EN)):
        assert "<script" not in text
        assert "@import" not in text
        assert re.findall(r"(?:href|src)=", text) == []
        assert set(re.findall(r"url\(([^)]{4})", text)) == {"#iop"}
        assert set(re.findall(r"https?://[^\"]+", text)) <= {
            "http://www.w3.org/2000/svg",
            "http://www.w3.org/1999/xhtml",
        }


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_is_reckoned_right() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48  # the well-known grey that is just too light


@pytest.mark.parametrize("background", [palette.BACKGROUND, palette.STRIPE])
def test_what_is_drawn_can_be_seen(background: str) -> None:
    text = (palette.TEXT, palette.FAINT_TEXT, palette.TODAY)
    graphics = (palette.AGREED, palette.EXTENDED, palette.EDGE, palette.DUE, palette.LATE, palette.GRID)
    assert [each for each in text if contrast(each, background) < 4.5] == []
    assert [each for each in graphics if contrast(each, background) < 3] == []


def test_no_other_colour_is_used() -> None:
    known = {getattr(palette, name) for name in (
        "BACKGROUND", "STRIPE", "TEXT", "FAINT_TEXT", "GRID", "AGREED", "EXTENDED", "EDGE", "TODAY", "DUE", "LATE",
    )}  # fmt: skip
    assert set(re.findall(r"#[0-9a-f]{6}", as_svg(ALL_OF_IT, EN))) == known


def test_agreed_and_extended_differ_in_grey_too() -> None:
    assert contrast(palette.AGREED, palette.EXTENDED) >= 3


@pytest.mark.parametrize(("count", "axes"), [(1, 1), (12, 1), (13, 2), (15, 2), (16, 3), (150, 11)])
def test_the_years_are_written_again_in_a_tall_picture(count: int, axes: int) -> None:
    """Above, after every fifteen rows, and below when there are more than twelve."""
    found = drawn(*(row(f"a{number:03}", agreed(2021, 2022)) for number in range(count)))
    assert texts(ET.fromstring(as_svg(found, EN)), f"{SVG}text").count("2022") == axes


def test_quarters_where_there_is_room() -> None:
    two = drawn(row("a", agreed(2021, 2022)))
    assert [each for each in texts(ET.fromstring(as_svg(two, EN)), f"{SVG}text") if each[0] in "Q2"] == [
        "2022-12-31", "2021", "Q1", "Q2", "Q3", "Q4", "2022", "Q1", "Q2", "Q3", "Q4",
    ]  # fmt: skip


def test_a_long_title_keeps_its_beginning_and_its_end_and_stands_whole_beside() -> None:
    title = "Överenskommelse om idéburet offentligt partnerskap om äldres ensamhet i hela orten och dess närhet"
    root = ET.fromstring(as_svg(drawn(Row(Lifeline("a", title, (agreed(2021, 2022),), ()))), EN))
    (shown,) = (each for each in texts(root, f"{SVG}text") if "…" in each)
    beginning, end = shown.split("…")
    assert title.startswith(beginning)
    assert title.endswith(end)
    assert len(beginning) > 12 < len(end)
    assert f"{title} (a)" in texts(root, f"{SVG}title")


def test_marks_that_would_cover_each_other_are_one_that_names_them_all() -> None:
    dues = (Due(date(2022, 6, 1), "A", False), Due(date(2022, 6, 2), "B", False), Due(date(2022, 6, 1), "C", True))
    root = ET.fromstring(as_svg(drawn(row("a", agreed(2010, 2030), dues=dues)), EN))
    assert [each for each in texts(root, f"{SVG}title") if each.startswith("2022")] == [
        "2022-06-01 A\n2022-06-02 B",
        "2022-06-01 C (overdue)",
    ]


def test_an_empty_picture_is_a_picture() -> None:
    found = drawn(row("utan"))
    assert "Not in the picture" in texts(ET.fromstring(as_svg(found, EN)), f"{SVG}text")
    assert texts(ET.fromstring(as_html(found, EN)), f"{HTML}th")[-1] == "IOP utanutan"
    assert as_text(found, EN, 80).startswith("Agreements over time\n\nNot in the picture\nutan: it has no period\n")


# -- the page ----------------------------------------------------------------------------------------------------------


def test_the_page_has_the_same_as_a_table() -> None:
    root = ET.fromstring(as_html(ALL_OF_IT, EN))
    assert root.get("lang") == "en"
    assert texts(root, f"{HTML}h1") == ["Orten: agreements over time"]
    assert texts(root, f"{HTML}title") == ["Orten: agreements over time"]
    table = [["|".join(filter(None, each.itertext())) for each in line] for line in root.iter(f"{HTML}tr")]
    assert table[0] == ["Agreement", "Period", "Extensions", "Possible extension", "Decisions", "Deadlines"]
    joined = [[re.sub(r"\|(?=[ 0-9,)])|(?<=[ 0-9(])\|", "", cell) for cell in line] for line in table[1:]]
    assert joined == [
        ["IOP uppsagd|uppsagd", "2020-01-01 – 2022-06-30, ended by a termination", "–", "–", "–", "–"],
        ["IOP foreslagen|foreslagen", "2020-01-01 – 2022-12-31", "proposed extension 2023-01-01 – 2024-12-31", "–",
         "task given 2019decision to extend, proposed 2021-07-01", "(2021-03-31) Möte|(2022-09-30) Möte"],
        ["IOP forlangd|forlangd", "2020-01-01 – 2021-12-31", "extended 2022-01-01 – 2022-12-31",
         "2023-01-01 – 2024-12-31", "decision to enter 2020-07-01",
         "2021-03-31 Rapport (overdue)2022-09-30 Uppföljning"],
        ["IOP beredd|beredd", "proposed, not decided: 2023-01-01 – 2023-12-31", "–", "–", "–", "–"],
        ["IOP tidigare|tidigare", "2010-01-01 – 2023-12-31", "–", "from 2024-01-01, for how long is not stated",
         "–", "–"],
        ["IOP lopande|lopande", "from 2020-01-01 until further notice", "–", "–", "–", "–"],
        ["IOP avslagen|avslagen", "it never began", "–", "–", "–", "–"],
        ["IOP utan|utan", "it has no period", "–", "–", "–", "–"],
    ]  # fmt: skip


def test_a_long_picture_is_parted_on_the_page() -> None:
    found = drawn(*(row(f"a{number:03}", agreed(2021, 2022)) for number in range(32)))
    root = ET.fromstring(as_html(found, EN))
    assert texts(root, f"{HTML}figcaption") == [
        "Agreement 1 to 15 of 32", "Agreement 16 to 30 of 32", "Agreement 31 to 32 of 32",
    ]  # fmt: skip
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids)) == 15  # a title, a description, two patterns and a clip for each


# -- the command -------------------------------------------------------------------------------------------------------


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(SHIPPED / "agreements", tmp_path / "agreements")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_same_bytes_wherever_and_however_often(workspace: Path) -> None:
    for how in ("svg", "html", "terminal"):
        arguments = ("timeline", "--as-of", "2021-11-03", "--format", how)
        first = iopctl(*arguments, cwd=workspace, PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LC_ALL="C")
        again = iopctl(*arguments, cwd=workspace, PYTHONHASHSEED="2", TZ="Pacific/Niue")
        assert (first.returncode, first.stderr) == (0, "")
        assert first.stdout == again.stdout


def test_a_file_is_written_in_the_form_of_its_name(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, begins in (
        ("a.svg", "<?xml"),
        ("a.html", "<!DOCTYPE html>"),
        ("a.TXT", "Agreements"),
        ("a", "Agreements"),
    ):
        assert run(["timeline", "--as-of", "2021-11-03", "-o", name]) == 0
        assert (workspace / name).read_text("utf-8").startswith(begins)
        assert capsys.readouterr() == ("", f"written: {name}\n")
    assert run(["timeline", "--as-of", "2021-11-03", "--format", "svg"]) == 0
    assert capsys.readouterr().out == (workspace / "a.svg").read_text("utf-8")
    assert run(["timeline", "--as-of", "2021-11-03", "--format", "svg", "-o", "a.image"]) == 0
    assert (workspace / "a.image").read_bytes() == (workspace / "a.svg").read_bytes()


def test_the_agreements_that_are_asked_for(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run(
            [
                "timeline",
                "linkoping-resurspoolen-2018",
                "--as-of",
                "2021-11-03",
                "--from",
                "2017",
                "--until",
                "2021-06-30",
            ]
        )
        == 0
    )
    printed = capsys.readouterr().out
    assert "Agreements with a period: 1. Time shown: 2017-01-01 – 2021-06-30." in printed
    assert "linkoping-resurspoolen-2020" not in printed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "20"), "--from: found 20, expected a date: YYYY-MM-DD"),
        (("--from", "1066"), "--from: found 1066, expected a year: YYYY"),
        (("--until", "2023-02-30"), "--until: found 2023-02-30, expected a date: YYYY-MM-DD"),
        (("--from", "2024", "--until", "2023"), "--until 2023 is before --from 2024"),
        (("--format", "png"), "--format: found png, expected one of: terminal, svg, html"),
        (("-o", "iop.png"), "-o: found iop.png, expected a name that ends in one of: .svg, .html, .txt"),
        (("-o", "bilder.2022/iop.PDF"), "-o: found iop.PDF, expected a name that ends in one of: .svg, .html, .txt"),
    ],
)
def test_what_cannot_be_drawn(
    workspace: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert run(["timeline", *arguments]) == 2
    assert capsys.readouterr() == ("", f"iopctl: {said}\n")
    assert [each.name for each in workspace.iterdir()] == ["agreements"]


def test_one_with_an_error_is_left_out_and_named(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workspace / "agreements" / "lund-roda-korset-2023.yaml"
    path.write_text(path.read_text("utf-8").replace("end: 2025-11-30", "end: 2022-11-30"), "utf-8")
    for how in ("terminal", "svg", "html"):
        assert run(["timeline", "--as-of", "2021-11-03", "--format", how]) == 1
        printed = capsys.readouterr()
        assert "lund-roda-korset-2023" not in printed.out
        assert "linkoping-resurspoolen-2020" in printed.out
        assert printed.err.endswith("agreements/lund-roda-korset-2023.yaml is left out: mend the error above first\n")
    assert run(["timeline", "lund-roda-korset-2023", "--as-of", "2021-11-03", "--format", "svg"]) == 1
    assert capsys.readouterr().out == ""


DUE = """\
format: 1
title: IOP Exempel
parties:
  kommunen: {name: Exempelkommun, kind: municipality}
  foreningen: {name: Föreningen Exempel, kind: association}
period: {start: 2025-01-01, end: 2025-12-31}
contributions:
  - id: ersattning
    from: kommunen
    to: foreningen
    kind: cash
    amount: 100
    per: year
    payment: {times_per_year: 1, in: [june]}
duties:
  - {id: plan, kind: report, text: Plan, by: 2025-02-28, responsible: foreningen}
  - {id: rapport, kind: report, text: Rapport, by: 2025-03-01, responsible: foreningen}
  - {id: sammanstallning, kind: report, text: Sammanställning, by: 2025-11-30, responsible: foreningen}
log:
  - {date: 2025-02-20, duty: sammanstallning}
"""


def test_deadlines_are_marks_but_payments_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "agreements").mkdir()
    (tmp_path / "agreements" / "a.yaml").write_text(DUE, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["timeline", "--as-of", "2025-03-01", "--format", "svg"]) == 0
    shown = texts(ET.fromstring(capsys.readouterr().out), f"{SVG}title")
    assert [each for each in shown if each.startswith("2025")] == ["2025-02-28 Plan (overdue)", "2025-03-01 Rapport"]


MEETINGS = "  - {id: mote, kind: meeting, text: Möte, times_per_year: 2, responsible: foreningen}\n"


def test_a_target_that_has_passed_is_not_late(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Twice a year: the half of it is a day that the agreement does not give, its last day is the end of the year."""
    (tmp_path / "agreements").mkdir()
    (tmp_path / "agreements" / "a.yaml").write_text(DUE.replace("log:\n", f"{MEETINGS}log:\n"), "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["timeline", "--as-of", "2025-09-01", "--format", "svg"]) == 0
    shown = texts(ET.fromstring(capsys.readouterr().out), f"{SVG}title")
    assert [each for each in shown if "Möte" in each] == ["(2025-06-30) Möte (1 of 2)", "2025-12-31 Möte (2 of 2)"]


def test_colour_on_a_terminal_only(workspace: Path) -> None:
    arguments = ("timeline", "--as-of", "2021-11-03")
    shown = on_a_terminal(*arguments, cwd=workspace, columns=80)
    assert "\x1b[34m█" in shown
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown).replace("\r\n", "\n")
    assert max(map(len, plain.splitlines())) <= 80
    assert plain == on_a_terminal(*arguments, cwd=workspace, columns=80, NO_COLOR="1").replace("\r\n", "\n")
    assert "\x1b" not in iopctl(*arguments, cwd=workspace).stdout
