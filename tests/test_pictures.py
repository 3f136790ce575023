"""The pictures of a document: what they show, told in words too, and drawn only when a template shows them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from iopctl.documents.context import context
from iopctl.documents.draft import draft
from iopctl.documents.markdown import markdown
from iopctl.documents.pictures import Pictures, Timeline
from iopctl.documents.templates import TemplateFaultError, Templates
from iopctl.documents.tree import Document, Origin, Picture, pictures_of
from iopctl.finding import say
from iopctl.model import Agreement, Workspace
from iopctl.render.timeline_svg import AGREED, BACKGROUND, EXTENDED
from tests.agreements import agreement, period, shipped
from tests.drafts import DAY

NBSP = "\u00a0"
MEMO_S = shipped().workspace.agreements["linkoping-resurspoolen-2020"]


def drafted(folder: Path, body: str, of: Agreement = MEMO_S) -> Document:
    """A document from a template of its own."""
    (folder / "prov.md.j2").write_text(body, "utf-8")
    values = context("prov", Workspace(agreements={"prov": of}), "prov", DAY)
    return draft(Templates(folder), values, Origin("prov", "prov", DAY, "0"))


# -- in words ----------------------------------------------------------------------------------------------------------


def test_the_memo_s_timeline_in_words() -> None:
    assert Timeline("linkoping-resurspoolen-2020", MEMO_S, DAY).description == (
        f"Tidslinje för IOP Resurspoolen, som det är känt den 3{NBSP}november 2021. "
        "Tid: avtalat 2020-01-01 – 2022-12-31; föreslagen förlängning 2023-01-01 – 2025-12-31. "
        "Beslut: beslut att förlänga, föreslaget 2021-11-03. "
        "Att bevaka: 2022-12-31 Sista dagen att besluta om den förlängning som är på gång."
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # nothing is proposed yet; the option is to be decided by 30 June
        (
            date(2021, 6, 1),
            f"Tidslinje för IOP Exempel, som det är känt den 1{NBSP}juni 2021. "
            "Tid: avtalat 2020-01-01 – 2022-12-31; möjlig förlängning 2023-01-01 – 2025-12-31. "
            "Att bevaka: 2022-06-30 Sista dagen att besluta om förlängning.",
        ),
        # extended
        (
            date(2022, 5, 2),
            f"Tidslinje för IOP Exempel, som det är känt den 2{NBSP}maj 2022. "
            "Tid: avtalat 2020-01-01 – 2022-12-31; förlängt 2023-01-01 – 2025-12-31. "
            "Beslut: beslut att förlänga 2022-05-02.",
        ),
    ],
)
def test_what_is_known_on_a_day(day: date, expected: str) -> None:
    of = agreement(
        period={
            **period(date(2020, 1, 1), date(2022, 12, 31)),
            "extension": {"times": 1, "length": "3 years", "decide_by": date(2022, 6, 30)},
        },
        decisions=({"kind": "extended", "body": "Nämnden", "date": date(2022, 5, 2), "until": date(2025, 12, 31)},),
    )
    assert Timeline("prov", of, day).description == expected


# -- in a document -----------------------------------------------------------------------------------------------------


def test_a_template_shows_it_with_its_words(tmp_path: Path) -> None:
    document = drafted(tmp_path, "# Titel\n\n{{ timeline | bild }}\n\n- en punkt\n\n  {{ timeline | bild }}\n")
    description = Timeline("prov", MEMO_S, DAY).description
    assert list(pictures_of(document.blocks)) == 2 * [Picture("tidslinje", description)]
    assert list(document.pictures) == ["tidslinje"]
    assert f"\n\n*{description}*\n\n" in markdown(document)


def test_one_s_own_words_for_it(tmp_path: Path) -> None:
    document = drafted(tmp_path, "# Titel\n\n![Tre år, och \\*tre\\* till &amp; mer](tidslinje)\n")
    assert document.blocks == (Picture("tidslinje", "Tre år, och *tre* till & mer"),)
    assert list(document.pictures) == ["tidslinje"]


def test_signs_in_a_title_are_only_signs(tmp_path: Path) -> None:
    title = "a](http://b) *c* ![d] <e> \\ `f`"
    of = agreement(title=title, period=period(date(2020, 1, 1), date(2022, 12, 31)))
    [picture] = pictures_of(drafted(tmp_path, "# Titel\n\n{{ timeline | bild }}\n", of).blocks)
    assert picture.description == (
        f"Tidslinje för {title}, som det är känt den 3{NBSP}november 2021. Tid: avtalat 2020-01-01 – 2022-12-31."
    )


def test_without_a_period_there_is_nothing_to_show(tmp_path: Path) -> None:
    assert drafted(tmp_path, "# Titel\n\n{{ timeline | bild }}\n", agreement()).blocks == ()


def test_what_is_not_shown_is_not_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Timeline, "drawn")
    monkeypatch.delattr(Timeline, "description")
    assert drafted(tmp_path, "# Titel\n\nInget.\n").pictures == {}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            "# Titel\n\n![ord](karta)\n",
            say("there is no picture {picture}; there are {known}", picture="karta", known="tidslinje"),
        ),
        (
            "# Titel\n\n![](tidslinje)\n",
            say("a document cannot carry this kind of Markdown: {kind}", kind="image without a description"),
        ),
        (
            "# Titel\n\n##\n\nord\n",
            say("a document cannot carry this kind of Markdown: {kind}", kind="heading without words"),
        ),
    ],
)
def test_what_cannot_be_shown_is_told(tmp_path: Path, body: str, reason: object) -> None:
    with pytest.raises(TemplateFaultError) as caught:
        drafted(tmp_path, body)
    assert caught.value.reason == reason


# -- drawn -------------------------------------------------------------------------------------------------------------


def drawn() -> ET.Element:
    return ET.fromstring(Pictures((Timeline("prov", MEMO_S, DAY),))["tidslinje"])


def test_it_is_drawn_for_a_column_of_text() -> None:
    """At 16 cm, which is 453.5 points, 640 wide: no letter is smaller than 7 points, and nothing stands outside."""
    root = drawn()
    assert root.get("viewBox", "").split()[:3] == ["0", "0", "640"]
    sizes = [float(each.get("font-size", 0)) for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert min(sizes) * 453.5 / 640 >= 7
    places = [each.get(name, "") for each in root.iter() for name in ("x", "x1", "x2")]
    across = [float(each) for each in places if re.fullmatch(r"-?[\d.]+", each)]
    assert min(across) >= 0
    assert max(across) <= 640


def test_its_text_says_the_years_the_day_and_what_the_signs_mean() -> None:
    texts = [each.text for each in drawn().iter("{http://www.w3.org/2000/svg}text")]
    assert texts == [
        "per 2021-11-03", "2020", "2021", "2022", "2023", "2024", "2025",
        "avtalat", "föreslaget, inte beslutat", "planerat eller föreslaget beslut", "datum att bevaka",
    ]  # fmt: skip


def test_in_grey_what_is_agreed_and_what_is_extended_differ() -> None:
    """The luminance of WCAG 2: at least 3 to 1 between the two, and between each and the paper."""
    agreed, extended, paper = map(luminance, (AGREED, EXTENDED, BACKGROUND))
    assert (extended + 0.05) / (agreed + 0.05) >= 3
    assert (paper + 0.05) / (extended + 0.05) >= 3


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
