"""A document tells what was known on its own day, whatever has been decided and logged since."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from iopctl.compute.timeline import as_heard
from iopctl.model import Decision, LogEntry
from iopctl.model.documents import DocumentKind
from tests.documents import document, real, section, text

RESURSPOOLEN = "linkoping-resurspoolen-2020"
DAY = date(2021, 11, 3)
LATER = (
    Decision(kind="extended", body="Äldrenämnden", date=date(2022, 2, 24), paragraph="19", until=date(2027, 12, 31)),
    Decision(kind="terminated", body="Äldrenämnden", date=date(2022, 9, 1), paragraph="88", until=date(2023, 6, 30)),
)
LOGGED = (
    LogEntry(payment="ersattning", year=2022, date=date(2022, 1, 28), amount=12345),
    LogEntry(duty="avstamning", date=date(2022, 10, 5), note="Efteråt."),
    LogEntry(notice="resurspoolen", date=date(2022, 3, 1)),
)


@pytest.mark.parametrize("kind", get_args(DocumentKind))
def test_what_is_decided_and_logged_later_changes_nothing(kind: str) -> None:
    then = real().agreements[RESURSPOOLEN]
    now = then.model_copy(update={"decisions": (*then.decisions, *LATER), "log": (*then.log, *LOGGED)})
    assert text(document(RESURSPOOLEN, kind, DAY, now)) == text(document(RESURSPOOLEN, kind, DAY, then))


def test_the_minutes_of_a_proposal_are_not_known_before_it_is_decided() -> None:
    then = real().agreements[RESURSPOOLEN]
    proposal = then.decisions[1]
    assert proposal.proposed == DAY
    later = {"date": date(2021, 12, 1), "paragraph": "155", "approved": date(2021, 12, 8), "posted": date(2021, 12, 9)}
    now = then.model_copy(update={"decisions": (then.decisions[0], proposal.model_copy(update=later))})
    assert as_heard(now, DAY) == then


def test_a_document_with_a_date_of_its_own_is_the_same_whenever_it_is_drafted() -> None:
    then = real().agreements["timra-aldres-ensamhet-2019"]
    part = then.documents["delrapport"].model_copy(update={"date": date(2020, 5, 4)})
    dated = then.model_copy(update={"documents": {"uppfoljningsrapport": part}})
    soon, late = (
        text(document("timra-aldres-ensamhet-2019", "uppfoljningsrapport", day, dated))
        for day in (date(2020, 5, 4), date(2023, 1, 1))
    )
    assert soon == late


def test_a_memo_can_be_drafted_before_its_date() -> None:
    memo = document(RESURSPOOLEN, "tjansteskrivelse-forlangning", date(2021, 10, 20))
    assert "Datum: 2021-11-03" in text(memo)
    assert text(memo) == text(document(RESURSPOOLEN, "tjansteskrivelse-forlangning", DAY))


def test_a_statement_about_a_longer_time_counts_up_to_the_day() -> None:
    made = real().agreements[RESURSPOOLEN]
    entry = LogEntry(duty="avstamning", through=date(2022, 12, 31), note="Har skett regelbundet.")
    report = document(RESURSPOOLEN, "uppfoljningsrapport", DAY, made.model_copy(update={"log": (entry,)}))
    shown = section(report, "Samarbetet och det löpande kvalitetsarbetet")
    assert (
        "- Avstämning och uppföljning av överenskommelsen, till och med den 3 november 2021: Har skett regelbundet."
        in shown.split("\n")
    )
