"""The follow-up report and the summons: what is told, what is asked for, and that nothing later is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from iopctl.documents.context import context
from iopctl.documents.draft import draft
from iopctl.documents.templates import Templates
from iopctl.documents.tree import Origin
from iopctl.model import Agreement, Board, Meeting, Settings
from tests.agreements import agreement, cash, period
from tests.documents import document, headings, real, section, text

REPORT, SUMMONS = "uppfoljningsrapport", "kallelse-uppfoljning"
RESURSPOOLEN, LUND = "linkoping-resurspoolen-2020", "lund-roda-korset-2023"


def made(**parts: Any) -> Agreement:
    """Three years with a follow-up each year, a report each spring, and money in January."""
    values: dict[str, Any] = {
        "period": period(date(2024, 1, 1), date(2026, 12, 31)),
        "contributions": (cash(1000, to="foreningen", payment={"times_per_year": 1, "in": ("january",)}),),
        "duties": (
            {"id": "uppf", "kind": "follow_up", "text": "Uppföljning", "times_per_year": 1},
            {
                "id": "slut",
                "kind": "report",
                "text": "Slutrapport",
                "before_end": True,
                "contents": ("Resultat.", "Ekonomi."),
            },
        ),
        "log": (
            {"duty": "uppf", "date": date(2024, 10, 3), "note": "Möte i salen."},
            {"payment": "ersattning", "date": date(2024, 1, 30), "amount": 1000},
            {"payment": "ersattning", "date": date(2025, 1, 30), "amount": 900},
            {"duty": "uppf", "date": date(2025, 10, 7)},
        ),
        **parts,
    }
    return agreement(**values)


def test_the_headings_of_the_report() -> None:
    assert headings(document(LUND, REPORT, date(2025, 10, 1)))[1:] == [
        "2 Bakgrund",
        "2 Resultat av skriftliga utvärderingar",
        "2 Samarbetet och det löpande kvalitetsarbetet",
        "3 Det som har antecknats som gjort",
        "3 Det som överenskommelsen föreskriver",
        "2 Bedömning i förhållande till målen",
        "2 Ekonomi",
        "3 Lunds Rödakorskrets",
        "3 Vård- och omsorgsnämnden",
        "2 Förslag",
    ]


def test_the_report_repeats_what_the_agreement_asks_of_it() -> None:
    assert section(document(LUND, REPORT, date(2025, 10, 1)), "Bakgrund").endswith(
        "Enligt överenskommelsen ska rapporten redovisa:\n\n"
        "- Sammanställning av resultatet från skriftliga utvärderingar.\n"
        "- Beskrivning av samarbetet och det löpande kvalitetsarbetet.\n"
        "- Bedömning av hur samarbetet har gått i förhållande till målen."
    )


def test_what_stays_for_the_official_in_the_report() -> None:
    assert document(RESURSPOOLEN, REPORT, date(2022, 10, 1)).missing == (
        "diarienummer",
        "handläggarens namn",
        "sammanställning av resultatet från skriftliga utvärderingar",
        "beskrivning av samarbetet och det löpande kvalitetsarbetet",
        "bedömning av hur samarbetet har gått i förhållande till målen",
        "hur ekonomin och parternas bidrag har blivit",
        "förslag: förlängning, förändring eller avslut",
    )


def test_the_report_with_its_own_texts_asks_for_nothing_more() -> None:
    texts = {key: f"Om {key}." for key in ("results", "cooperation", "assessment", "economy", "proposal", "background")}
    part = {"case_officer": "Kim", "unit": "Exempelförvaltningen", "dnr": "1", "texts": texts}
    found = document("x", REPORT, date(2026, 1, 1), made(purpose="Syftet.", documents={REPORT: part}))
    assert found.missing == ()
    assert all(text(found).count(each) == 1 for each in texts.values())


def test_done_and_not_done_in_the_report() -> None:
    found = section(
        document("x", REPORT, date(2026, 2, 1), made()), "Samarbetet och det löpande kvalitetsarbetet"
    ).partition("### ")[2]
    assert found == (
        "Det som har antecknats som gjort\n\n"
        "- Uppföljning den 3 oktober 2024: Möte i salen.\n"
        "- Uppföljning den 7 oktober 2025\n\n"
        "### Det som överenskommelsen föreskriver\n\n"
        "| Dag        | Vad         | Ansvarig   | Läget 2026-02-01 |\n"
        "| ---------- | ----------- | ---------- | ---------------- |\n"
        "| 2024-12-31 | Uppföljning | anges inte | gjort 2024-10-03 |\n"
        "| 2025-12-31 | Uppföljning | anges inte | gjort 2025-10-07 |\n"
        "| 2026-12-31 | Slutrapport | anges inte | återstår         |\n"
        "| 2026-12-31 | Uppföljning | anges inte | återstår         |"
    )


def test_what_has_been_paid_and_what_was_to_be_paid() -> None:
    found = section(document("x", REPORT, date(2026, 2, 1), made()), "Ekonomi")
    assert found.startswith(
        "| Avser                 | Betalas senast |   Belopp |                  Betalt |   Skillnad |\n"
        "| --------------------- | -------------- | -------: | ----------------------: | ---------: |\n"
        "| 2024-01-01–2024-12-31 | 2024-01-31     | 1 000 kr | 1 000 kr den 2024-01-30 |          – |\n"
        "| 2025-01-01–2025-12-31 | 2025-01-31     | 1 000 kr |   900 kr den 2025-01-30 |   \\-100 kr |\n"
        "| 2026-01-01–2026-12-31 | 2026-01-30     | 1 000 kr |                       – | \\-1 000 kr |"
    )


def test_a_payment_that_waits_for_a_decision_says_so() -> None:
    """The extension of Resurspoolen's agreement was proposed, and nothing says that it was decided."""
    found = document("linkoping-resurspoolen-2020", REPORT, date(2023, 8, 21))
    said = section(found, "Ekonomi")
    assert "| 2022-01-01–2022-12-31              | 2022-01-31     | 964 988 kr |" in said
    assert "| 2023-01-01–2023-12-31, med villkor | 2023-01-31     | 998 762 kr |" in said
    assert (
        "Beräknat per den 21 augusti 2023. Det som står med villkor betalas bara om det som villkoret gäller blir av, "
        "till exempel att en föreslagen förlängning beslutas.\n" in said
    )
    assert "\n\nDen beslutade perioden gick ut den 31 december 2022.\n\n" in section(found, "Förslag")
    earlier = document("linkoping-resurspoolen-2020", REPORT, date(2022, 8, 21))
    assert "villkor" not in section(earlier, "Ekonomi")


def test_the_report_knows_nothing_of_what_came_later() -> None:
    before, after = made(), made(log=made().log[:1] and ())
    early = date(2024, 6, 1)
    assert "2024-10-03" not in text(document("x", REPORT, early, before))
    assert "900 kr" not in text(document("x", REPORT, early, before))
    assert section(document("x", REPORT, early, after), "Förslag") == section(
        document("x", REPORT, early, before), "Förslag"
    )


def test_a_log_without_days_speaks_until_its_last_day() -> None:
    found = section(document(RESURSPOOLEN, REPORT, date(2022, 10, 1)), "Samarbetet och det löpande kvalitetsarbetet")
    assert (
        "- Avstämning och uppföljning av överenskommelsen, till och med den 3 november 2021: "
        "Avstämningar av denna överenskommelse har skett regelbundet."
    ) in found
    assert "gjort senast 2021-11-03" in found


def test_the_summons_of_resurspoolen() -> None:
    found = document(RESURSPOOLEN, SUMMONS, date(2021, 11, 3))
    assert headings(found) == [
        "1 Kallelse till uppföljning, IOP Resurspoolen",
        "2 Kallade",
        "2 Tid och plats",
        "2 Syfte",
        "2 Dagordning",
        "2 Det parterna har kommit överens om",
        "2 Föregående uppföljning",
        "2 Utbetalningar",
        "2 Datum fram till nästa uppföljning",
        "2 Överenskommelsens fortsättning",
        "2 Förberedelser",
    ]
    assert section(found, "Kallade") == (
        "- Siv Petersson, ordförande, Resurspoolen\n- **[ATT FYLLA I: deltagare från äldrenämnden]**\n\n"
        "Enligt överenskommelsen kallar Social- och omsorgsförvaltningen."
    )
    assert section(found, "Tid och plats") == (
        "Dag: **[ATT FYLLA I: dag för uppföljningen, senast 2021-12-31]**\n\n"
        "Tid: **[ATT FYLLA I: klockslag]**\n\nPlats: **[ATT FYLLA I: plats]**"
    )
    assert section(found, "Dagordning") == (
        "1. Föregående uppföljning\n"
        "2. Verksamheten i förhållande till det parterna har kommit överens om\n"
        "3. Parternas bidrag\n"
        "4. Utbetalningar\n"
        "5. Datum fram till nästa uppföljning\n"
        "6. Överenskommelsens fortsättning\n"
        "7. Övriga frågor\n"
        "8. Nästa uppföljning"
    )
    assert section(found, "Överenskommelsens fortsättning") == (
        "Dagar att hålla när parterna tar ställning till hur det ska fortsätta:\n\n"
        "- den 31 december 2022: sista dagen att besluta om den förlängning som är på gång (Äldrenämnden)\n"
        "- den 31 december 2022: överenskommelsen upphör; en förlängning är på gång men inte beslutad"
    )


def test_the_summons_calls_the_members_of_the_group() -> None:
    assert section(document(LUND, SUMMONS, date(2024, 10, 1)), "Kallade") == (
        "Samverkansgrupp:\n\n"
        "- Christina Bergman, Lunds Rödakorskrets\n"
        "- alla volontärer, Lunds Rödakorskrets\n"
        "- Carina Röjssel, Anhörigcenter\n"
        "- Sanna Ohlson, Anhörigcenter\n"
        "- Demenssköterskorna, vård- och omsorgsförvaltningen"
    )


def test_what_the_agreement_asks_of_a_follow_up_is_on_the_agenda() -> None:
    agenda = section(document(LUND, SUMMONS, date(2024, 10, 1)), "Dagordning")
    assert "3. Genomgång av om det finns förbättringar som kan göras vad gäller anhörigcirkelarna\n" in agenda


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 6, 1), "Ingen anteckning finns."),
        (date(2025, 6, 1), "- Uppföljning den 3 oktober 2024: Möte i salen."),
        (date(2026, 6, 1), "- Uppföljning den 7 oktober 2025"),
    ],
)
def test_the_follow_up_before_as_known_on_the_day(day: date, expected: str) -> None:
    assert section(document("x", SUMMONS, day, made()), "Föregående uppföljning") == expected


def test_a_booked_day_is_the_day_of_the_summons() -> None:
    duty = {
        "id": "uppf",
        "kind": "follow_up",
        "text": "Uppföljning",
        "times_per_year": 1,
        "planned": (date(2024, 9, 5),),
    }
    found = document("x", SUMMONS, date(2024, 6, 1), made(duties=(duty,), log=()))
    assert section(found, "Tid och plats").startswith("Dag: den 5 september 2024\n")


@pytest.mark.parametrize("duties", [(), ({"id": "u", "kind": "follow_up", "text": "Uppföljning", "on_request": True},)])
def test_a_summons_without_a_day_to_follow_up_by(duties: tuple[dict[str, Any], ...]) -> None:
    found = document("x", SUMMONS, date(2024, 6, 1), made(duties=duties, log=()))
    assert section(found, "Tid och plats").startswith("Dag: **[ATT FYLLA I: dag för uppföljningen]**\n")
    assert "deltagare från Föreningen Exempel" in found.missing


def test_an_agreement_until_further_notice_has_no_end_to_decide_on() -> None:
    found = document("x", SUMMONS, date(2024, 6, 1), made(period=period(date(2024, 1, 1), "open_ended"), log=()))
    assert "2 Överenskommelsens fortsättning" not in headings(found)
    assert "från och med den 1 januari 2024 tills vidare" in section(found, "Syfte")


@pytest.mark.parametrize("kind", [REPORT, SUMMONS])
@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2024, 1, 1), date(2199, 12, 31)])
def test_any_day_gives_a_draft(kind: str, day: date) -> None:
    assert document("x", kind, day, made()).title
    assert document("x", kind, day, agreement()).title


@pytest.mark.parametrize(("responsible", "asked"), [(("foreningen",), False), (("kommunen",), True), (None, True)])
def test_what_the_associations_are_to_report_is_not_asked_of_the_board_s_report(
    responsible: tuple[str, ...] | None, asked: bool
) -> None:
    duty = {"id": "slut", "kind": "report", "text": "Slutrapport", "before_end": True, "contents": ("Resultat.",)}
    found = document(
        "x",
        REPORT,
        date(2026, 10, 1),
        made(duties=({**duty, **({"responsible": responsible} if responsible else {})},)),
    )
    assert ("Enligt överenskommelsen ska rapporten redovisa:" in section(found, "Bakgrund")) is asked


def test_the_parties_are_told_of_the_board_s_meeting_and_not_of_what_its_officials_do_before_it() -> None:
    option = {**period(date(2024, 1, 1), date(2026, 12, 31)), "extension": {"decide_by": date(2026, 6, 30)}}
    public = {"name": "Exempelnämnden", "kind": "municipality", "board": "Exempelnämnden"}
    agreed = made(
        period=option, parties={"kommunen": public, "foreningen": {"name": "Föreningen", "kind": "association"}}
    )
    board = Board(name="Exempelnämnden", meetings=(Meeting(date=date(2026, 5, 20)),))
    workspace = replace(real(), agreements={"x": agreed}, settings=Settings(boards=(board,)))
    day = date(2026, 3, 1)
    found = draft(Templates(None), context("x", workspace, SUMMONS, day), Origin("x", SUMMONS, day, "0"))
    table = section(found, "Datum fram till nästa uppföljning")
    assert "| 2026-05-20" in table
    assert "Tjänsteskrivelse" not in table
    assert "Kallelse" not in table
