"""The four memos (tjänsteskrivelser): the real one of Linköping, 2021-11-03, is drafted with all it says; the forms of
five municipalities; what is missing; and what a workspace changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from iopctl.documents.markdown import markdown
from iopctl.documents.templates import TemplateFaultError
from iopctl.documents.tree import Document, Items, Paragraph, words
from iopctl.model import Agreement, Settings
from tests.agreements import agreement, cash, period, shipped
from tests.memos import KINDS, chosen, example, headings, memo, points, section, tables, text

# -- the real memo -----------------------------------------------------------------------------------------------------

HEADINGS = [  # the seed's own, in its order; without the colons that two of them end with
    "## Förslag till äldrenämndens beslut",
    "## Ärende",
    "## Beslutsunderlag",
    "## Bakgrund",
    "## Ekonomiska konsekvenser",
    "## Kommunala mål",
    "### Välfärdstjänster med hög kvalitet, tillgänglighet och individen i centrum",
    "## Jämställdhet",
    "## Uppföljning och utvärdering",
    "## Information eller förhandling enligt lag (1976:580) om medbestämmande i arbetslivet",
    "## Beslutet skickas till",
]

FACTS = [  # every statement of the real memo, in its words or with the same figures, whatever form the days have
    "Överenskommelse om idéburet offentligt partnerskap mellan äldrenämnden och Resurspoolen förlängs med tre år",
    "Överenskommelsen ska följas upp minst en gång per år på initiativ av Social- och omsorgsförvaltningen",
    "har bidragit och bidrar på ett förtjänstfullt sätt genom sina specifika kunskaper och erfarenheter",
    "trots utmaningarna med pandemin fortsatt leva upp till Resurspoolens ansvar i partnerskapet",
    "De ideellt arbetande personerna har fortsatt att ge tillitsfullt, lättillgängligt och flexibelt stöd",
    "Planering och utveckling av verksamheten har nu tagit ny fart",
    "ett värdefullt komplement och mervärde till det som Linköpings kommun kan erbjuda sina äldre medborgare",
    "Social- och omsorgsförvaltningen föreslår därför att",
    "Tjänsteskrivelse – Ställningstagande till förlängning av överenskommelse om IOP Resurspoolen, 2021-11-03",
    "Bilaga: Idéburet offentligt partnerskap (IOP) mellan Resurspoolen och Linköpings kommun",
    "utformades under hösten 2019",
    "togs fram i dialog med representanter för Resurspoolen",
    "syftar till att bidra till positiv utveckling, meningsfullhet och trygghet för kommunens medborgare",
    "stödja, stimulera och förmedla frivilliguppdrag",
    "Avstämningar av denna överenskommelse har skett regelbundet.",
    "Eftersom pandemi har pågått under största delen av perioden",
    "har godkänts av Social- och omsorgsförvaltningen",
    "Senaste avstämningen visar att",
    "- Ge stöd till enskilda och grupper, med tonvikt på grupper",
    "- Rekrytering av volontärer, förmedling av insatser samt information och samordning av frivilliginsatser",
    "- Bedriva verksamhet vid servicehus/trygghetsboenden till exempel träffpunktsverksamhet",
    "- Samverkan med utförare, företag och andra delar i den idéburna sektorn",
    "Resurspoolen ses som en viktig aktör och partner",
    "Föreslagen förlängning är förankrad hos Resurspoolen.",
    "föreslår därför att överenskommelse om idéburet offentligt partnerskap med Resurspoolen förlängs med ytterligare",
    "När överenskommelsen inleddes var de ekonomiska förutsättningarna följande:",
    "Överenskommelsens totala ekonomiska omfattning är 4 785 000 kr per år.",
    "Överenskommelsen finansieras av äldrenämnden med 933 000 kr per år.",
    "Utbetalning sker en gång per år i januari månad.",
    "Resurspoolen finansierar med motsvarande 3 852 000 kr per år i form av ideella timmar.",
    "Det är fritt för Resurspoolen att söka medel från andra finansiärer eller andra samarbetsorganisationer.",
    "Uppräkning enligt OPI har skett en gång och fortsätter ske årligen under överenskommelsens giltighetsperiod.",
    "Kostnaderna ryms inom äldrenämndens budget.",
    "I Linköping ges snabb, tillgänglig och korrekt service genom digitala lösningar.",
    "kännetecknas av trygghet, värdighet och delaktighet oavsett utförare.",
    "[ATT FYLLA I: länk till kommunfullmäktiges övergripande mål]",
    "Det görs ingen åtskillnad i hur kvinnor och män hanteras utifrån beslutet.",
    "sker minst en (1) gång per år eller då någon av parterna påkallar behov.",
    "Social- och omsorgsförvaltningen ansvarar för att bjuda in till uppföljning.",
    "Resurspoolen och Linköpings kommun bidrar gemensamt med underlag till denna uppföljning.",
    "Syftet med uppföljningen är att utvärdera resultatet",
    "MBL-information eller förhandling är inte påkallad.",
    "Linda Ljungqvist",
    "Siv Petersson, ordförande Resurspoolen",
]

DAYS = {  # the same with the days, as the default and as Linköping write them
    "default": [
        "förlängs med tre år, från och med den 1 januari 2023 till och med den 31 december 2025.",
        "gäller från och med den 1 januari 2020 till och med den 31 december 2022, med möjlighet till förlängning",
        "beslutades den 28 november 2019",
        "gäller under tre år från och med den 1 januari 2020 till och med den 31 december 2022 med möjlighet till",
        "Uppräkning sker årligen enligt OPI från och med 2021-01-01.",  # the agreement's own words
    ],
    "linkoping": [
        "förlängs med tre år för perioden 2023-01-01 – 2025-12-31.",
        "gäller för perioden 2020-01-01 – 2022-12-31, med möjlighet till förlängning ytterligare tre år.",
        "förlängs med ytterligare tre år, 2023-01-01 – 2025-12-31.",
        "beslutades 2019-11-28",
        "Överenskommelsen gäller under tre år från och med 2020-01-01 till och med 2022-12-31 med möjlighet till",
        "Uppräkning sker årligen enligt OPI från och med 2021-01-01.",
    ],
}


def form(name: str) -> Settings:
    return Settings() if name == "default" else example(name)


@pytest.mark.parametrize("name", DAYS)
def test_the_real_memo(name: str) -> None:
    found = memo(settings=form(name))
    assert words(found.title) == "IOP Resurspoolen, ställningstagande till förlängning"
    assert headings(found) == HEADINGS
    assert [fact for fact in [*FACTS, *DAYS[name]] if fact not in text(found)] == []
    assert found.missing == ("diarienummer", "datum för bilagan", "länk till kommunfullmäktiges övergripande mål")


def test_the_head_of_the_real_memo() -> None:
    assert markdown(memo()).partition("\n\n# ")[0].partition("---\n\n")[2] == (
        "Förvaltning: Social- och omsorgsförvaltningen  \n"
        "Datum: 2021-11-03  \n"
        "Diarienummer: **[ATT FYLLA I: diarienummer]**  \n"
        "Handläggare: Linda Ljungqvist  \n"
        "Mottagare: Äldrenämnden"
    )


def test_the_memo_is_the_same_whenever_it_is_drafted() -> None:
    """It is of 2021-11-03: no figure of 2023, for an extension that nobody had decided."""
    assert text(memo(as_of=date(2023, 6, 1))) == text(memo())


def test_the_memo_itself_is_the_first_of_its_basis() -> None:
    for kind in KINDS:
        first = section(memo(kind), "Beslutsunderlag").splitlines()[0]
        assert first.startswith("- Tjänsteskrivelse – ")
        assert first.endswith(", 2021-11-03")


# -- the forms of municipalities ---------------------------------------------------------------------------------------

IN_THEIR_ORDER = {
    "linkoping": HEADINGS,
    "malmo": [
        "## Sammanfattning",
        "## Förslag till beslut",
        "## Beslutsunderlag",
        "## Beslutsplanering",
        "## Ärendet",
        "### Bakgrund",
        "## Ekonomiska konsekvenser",
        "## Beslutet skickas till",
    ],
    "lund": [
        "## Sammanfattning",
        "## Beslutsunderlag",
        "## Barnets bästa",
        "## Ärendet",
        "## Ekonomiska konsekvenser",
        "## Social- och omsorgsförvaltningens förslag till beslut",
    ],
    "uppsala": [
        "## Förslag till beslut",
        "## Ärendet",
        "## Beredning",
        "## Föredragning",
        "## Ekonomiska konsekvenser",
        "## Beslutet skickas till",
    ],
    "stockholm": ["## Ärendet", "## Beredning", "## Ekonomiska konsekvenser", "## Beslutet skickas till"],
}


@pytest.mark.parametrize(("name", "expected"), IN_THEIR_ORDER.items())
def test_the_order_of_a_municipality(name: str, expected: list[str]) -> None:
    assert headings(memo(settings=example(name))) == expected


WHO = "idéburet offentligt partnerskap mellan äldrenämnden och Resurspoolen"
SELF_STANDING = [
    f"Överenskommelse om {WHO} förlängs med tre år, från och med den 1 januari 2023 till och med den 31 december 2025.",
    "Överenskommelsen ska följas upp minst en gång per år på initiativ av Social- och omsorgsförvaltningen.",
]
ATT = [
    f"att förlänga överenskommelsen om {WHO} med tre år, från och med den 1 januari 2023 till och med "
    "den 31 december 2025,",
    "att överenskommelsen ska följas upp minst en gång per år på initiativ av Social- och omsorgsförvaltningen.",
]
DECISIONS = {
    "default": ("", SELF_STANDING, 1),
    "linkoping": (
        "",
        [f"Överenskommelse om {WHO} förlängs med tre år för perioden 2023-01-01 – 2025-12-31.", SELF_STANDING[1]],
        1,
    ),
    "lund": ("", SELF_STANDING, 1),
    "stockholm": ("", SELF_STANDING, 1),
    "malmo": ("Äldrenämnden beslutar", ATT, None),
    "uppsala": ("Äldrenämnden föreslås besluta", ATT, None),
}


@pytest.mark.parametrize(("name", "expected"), DECISIONS.items())
def test_the_decision_in_the_form_of_a_municipality(name: str, expected: tuple[str, list[str], int | None]) -> None:
    found = memo(settings=form(name))
    place = next(place for place, each in enumerate(found.blocks) if _decides(each))
    before = found.blocks[place - 1] if place else None
    opening = words(before.inlines) if isinstance(before, Paragraph) else ""
    items = found.blocks[place]
    assert isinstance(items, Items)
    assert (opening, _points(items), items.first) == expected


def _decides(block: object) -> bool:
    return isinstance(block, Items) and _points(block)[0].startswith(("Överenskommelse", "att "))


def _points(items: Items) -> list[str]:
    return [
        words(part.inlines).replace("\xa0", " ") for item in items.items for part in item if isinstance(part, Paragraph)
    ]


def test_a_background_without_a_heading_of_its_own_stands_in_the_matter_and_nothing_twice() -> None:
    matter = section(memo(settings=example("lund")), "Ärendet")
    assert matter.count("beslutades den 28 november 2019") == 1
    assert matter.count("föreslår därför") == 1
    assert matter.count("från och med den 1 januari 2020") == 1


def test_the_presentation_takes_the_place_of_the_background() -> None:
    presentation = section(memo(settings=example("uppsala")), "Föredragning")
    assert presentation.startswith("Nu gällande överenskommelse om ")


def test_a_kind_has_sections_of_its_own() -> None:
    settings = chosen(
        "documents:\n"
        "  sections:\n"
        "    tjansteskrivelse: [{section: matter, heading: Ärendet}, {section: decision, heading: Beslut}]\n"
        "    tjansteskrivelse-avslag: [{section: decision, heading: Nämndens svar}]\n"
    )
    assert headings(memo("avslut", settings=settings)) == ["## Ärendet", "## Beslut"]
    assert headings(memo("avslag", settings=settings)) == ["## Nämndens svar"]


def test_a_section_that_no_memo_has() -> None:
    with pytest.raises(TemplateFaultError) as caught:
        memo(settings=chosen("documents: {sections: {tjansteskrivelse: [{section: sammanfatning}]}}"))
    assert caught.value.reason.values == {
        "section": "sammanfatning",
        "known": "decision, matter, basis, background, economy, goals, equality, follow_up, union, signature, "
        "recipients, summary, child, preparation, presentation, planning, appendices",
    }


# -- what the four propose ---------------------------------------------------------------------------------------------

PARTIES: dict[str, Any] = {
    "namnden": {
        "name": "Exempelnämnden",
        "kind": "municipality",
        "board": "Exempelnämnden",
        "administration": "Exempelförvaltningen",
        "organisation": "Exempelkommunen",
    },
    "foreningen": {
        "name": "Föreningen Exempel",
        "kind": "association",
        "contacts": ({"name": "Alva Exempel", "role": "Ordförande"},),
    },
}
FOLLOWED = {"id": "uppfoljning", "kind": "follow_up", "text": "Uppföljning", "yearly_by": "03-31"}


def made(**parts: Any) -> Agreement:
    return agreement(**{"parties": PARTIES, "period": period(date(2024, 1, 1), date(2026, 12, 31)), **parts})


BETWEEN = "idéburet offentligt partnerskap mellan exempelnämnden och Föreningen Exempel"
PAID = {**cash(500000), "from": ("namnden",), "indexation": {"index": "OPI", "first": date(2025, 1, 1)}}
OPEN_ENDED = {"start": date(2024, 1, 1), "end": "open_ended", "notice": {"length": "3 months"}}
ENDING = {"kind": "terminated", "body": "Exempelnämnden", "proposed": date(2025, 2, 1), "until": date(2025, 6, 30)}

PROPOSALS: dict[str, tuple[str, dict[str, Any], list[str], list[str]]] = {
    "a new one": (
        "ny",
        {"contributions": (PAID,), "duties": (FOLLOWED,)},
        [
            f"Överenskommelse om {BETWEEN} ingås för tiden från och med den 1 januari 2024 till och med "
            "den 31 december 2026.",
            "Exempelnämnden bidrar till partnerskapet med 500 000 kr per år, som räknas upp enligt OPI från och med "
            "den 1 januari 2025.",
            "Överenskommelsen ska följas upp varje år, senast den 31 mars.",
        ],
        [
            f"att ingå överenskommelse om {BETWEEN} för tiden från och med den 1 januari 2024 till och med "
            "den 31 december 2026,",
            "att bidra till partnerskapet med 500 000 kr per år, som räknas upp enligt OPI från och med "
            "den 1 januari 2025,",
            "att överenskommelsen ska följas upp varje år, senast den 31 mars.",
        ],
    ),
    "a new one until further notice": (
        "ny",
        {"period": OPEN_ENDED},
        [f"Överenskommelse om {BETWEEN} ingås för tiden från och med den 1 januari 2024 tills vidare."],
        [f"att ingå överenskommelse om {BETWEEN} för tiden från och med den 1 januari 2024 tills vidare."],
    ),
    "an extension by the option": (
        "forlangning",
        {"period": {**period(date(2024, 1, 1), date(2026, 12, 31)), "extension": {"times": 1, "length": "2 years"}}},
        [
            f"Överenskommelse om {BETWEEN} förlängs med två år, från och med den 1 januari 2027 till och med "
            "den 31 december 2028."
        ],
        [
            f"att förlänga överenskommelsen om {BETWEEN} med två år, från och med den 1 januari 2027 till och med "
            "den 31 december 2028."
        ],
    ),
    "not extended": (
        "avslut",
        {},
        [f"Överenskommelse om {BETWEEN} förlängs inte efter den 31 december 2026."],
        [f"att inte förlänga överenskommelsen om {BETWEEN} efter den 31 december 2026."],
    ),
    "terminated": (
        "avslut",
        {"decisions": (ENDING,)},
        [f"Överenskommelse om {BETWEEN} sägs upp till den 30 juni 2025."],
        [f"att säga upp överenskommelsen om {BETWEEN} till den 30 juni 2025."],
    ),
    "terminated, no day known": (
        "avslut",
        {"period": OPEN_ENDED},
        [f"Överenskommelse om {BETWEEN} sägs upp till [ATT FYLLA I: överenskommelsens sista dag]."],
        [f"att säga upp överenskommelsen om {BETWEEN} till [ATT FYLLA I: överenskommelsens sista dag]."],
    ),
    "a no": (
        "avslag",
        {},
        [
            "Initiativet från Föreningen Exempel till idéburet offentligt partnerskap med exempelnämnden "
            "(IOP Exempel) avslås."
        ],
        [
            "att avslå initiativet från Föreningen Exempel till idéburet offentligt partnerskap med exempelnämnden "
            "(IOP Exempel)."
        ],
    ),
}


@pytest.mark.parametrize(("kind", "parts", "numbered", "att"), PROPOSALS.values(), ids=PROPOSALS)
def test_what_a_memo_proposes(kind: str, parts: dict[str, Any], numbered: list[str], att: list[str]) -> None:
    day = date(2025, 2, 1)
    assert points(memo(kind, made(**parts), day)) == numbered
    settings = chosen("documents: {decision: att}")
    assert points(memo(kind, made(**parts), day, settings)) == att


def test_several_public_parties_are_named_in_one_list() -> None:
    parties = {**PARTIES, "regionen": {"name": "Exempelregionen", "kind": "region"}}
    (point,) = points(memo("avslut", made(parties=parties)))
    assert "mellan exempelnämnden, Exempelregionen och Föreningen Exempel förlängs inte" in point


def test_another_payer_is_named_among_att_satser() -> None:
    parties = {**PARTIES, "regionen": {"name": "Exempelregionen", "kind": "region"}}
    paid = {**cash(500000), "from": ("regionen",)}
    found = memo("ny", made(parties=parties, contributions=(paid,)), settings=chosen("documents: {decision: att}"))
    assert points(found)[1:] == ["att Exempelregionen bidrar till partnerskapet med 500 000 kr per år."]


def test_the_notice_of_a_termination() -> None:
    wording = "Uppsägningstiden är tre månader."
    notice = {"length": "3 months", "wording": wording}
    parts = {"period": {**period(date(2024, 1, 1), date(2026, 12, 31)), "notice": notice}, "decisions": (ENDING,)}
    found = memo("avslut", made(**parts), date(2025, 2, 1))
    assert section(found, "Ärende").startswith(
        f"Överenskommelse om {BETWEEN} gäller från och med den 1 januari 2024 till och med den 31 december 2026. "
        "Uppsägningstiden är tre månader."
    )
    assert f"Om uppsägning säger överenskommelsen:\n\n> {wording}" in section(found, "Bakgrund")


def test_the_organisation_gets_the_answer() -> None:
    assert (
        section(memo("avslag", made()), "Beslutet skickas till").strip()
        == "- Alva Exempel, ordförande Föreningen Exempel"
    )


def test_the_reason_of_a_rejection_is_the_decision_s() -> None:
    reason = "Kommunen driver redan sådan verksamhet."
    rejected = {"kind": "rejected", "body": "Exempelnämnden", "proposed": date(2025, 2, 1), "text": reason}
    assert section(memo("avslag", made(decisions=(rejected,))), "Ärende") == (
        "Föreningen Exempel har tagit initiativ till ett idéburet offentligt partnerskap med exempelnämnden "
        f"(IOP Exempel).\n\n{reason}\n\nExempelförvaltningen föreslår därför att initiativet avslås."
    )


GROUNDS = {
    "initiative": "foreningen",
    "need": {"text": "Många äldre i kommunen är ensamma.", "joint": True},
    "criteria": {
        "skr-1": {"met": True, "outcome": "Ersättningen är inte föreningsbidrag.", "by": "kommunjuristen"},
        "skr-5": {"met": False},
        "skr-6": {"met": {"unknown": "om styrgruppen har ledamöter från båda"}},
    },
    "market": {"exists": False, "date": date(2023, 9, 10)},
    "procurement": {"outcome": "Samverkan är inte en anskaffning.", "procured_before": False},
    "state_aid": {"basis": "none"},
}


def test_what_a_new_agreement_rests_on() -> None:
    mandate = {
        "kind": "mandated",
        "body": "Kommunfullmäktige",
        "date": date(2022, 11, 28),
        "paragraph": "14",
        "text": "uppdrag att pröva ett partnerskap",
    }
    made_ = made(grounds=GROUNDS, decisions=(mandate,), purpose="Partnerskapet ska minska ensamhet.")
    assert section(memo("ny", made_, date(2023, 10, 1)), "Bakgrund") == (
        "Initiativet till partnerskapet kommer från Föreningen Exempel.\n\n"
        "Ärendet vilar på följande beslut:\n\n"
        "- Kommunfullmäktige, 2022-11-28, § 14: uppdrag att pröva ett partnerskap\n\n"
        "[ATT FYLLA I: hur frågan har kommit upp]\n\n"
        "Många äldre i kommunen är ensamma.\n\n"
        "Partnerskapet ska minska ensamhet.\n\n"
        "Prövning mot kriterierna för idéburet offentligt partnerskap:\n\n"
        "- Partnerskapet är inte en del av grundfinansieringen till civilsamhällets organisationer (normerat "
        "föreningsbidrag): ja (bedömt av kommunjuristen). Ersättningen är inte föreningsbidrag.\n"
        "- Verksamheten eller insatserna detaljregleras inte av kommunen: nej.\n"
        "- Partnerskapet har gemensamt engagemang, ägarskap och styrning: [ATT FYLLA I: om styrgruppen har ledamöter "
        "från båda].\n\n"
        "Det finns ingen marknad för det som överenskommelsen handlar om (bedömt 2023-09-10).\n\n"
        "Prövning mot reglerna om offentlig upphandling: Samverkan är inte en anskaffning.\n\n"
        "- Samma verksamhet har inte upphandlats tidigare.\n\n"
        "Ersättningen bedöms inte vara statligt stöd."
    )


def test_the_memo_says_nothing_of_what_came_after_it() -> None:
    log = (
        {"duty": "uppfoljning", "date": date(2025, 1, 15), "note": "Före."},
        {"duty": "uppfoljning", "date": date(2025, 3, 15), "note": "Efter."},
    )
    decisions = ({"kind": "adopted", "body": "Exempelnämnden", "date": date(2025, 5, 1)},)
    said = text(memo("forlangning", made(duties=(FOLLOWED,), log=log, decisions=decisions), date(2025, 2, 1)))
    assert "Före." in said
    assert "Efter." not in said
    assert "beslutades [ATT FYLLA I: dag för beslutet om överenskommelsen]" in said


def test_the_administration_has_the_name_of_the_memo_s_day() -> None:
    renamed = ({"from": date(2025, 1, 1), "administration": "Nya förvaltningen"},)
    parties = {**PARTIES, "namnden": {**PARTIES["namnden"], "renamed": renamed}}
    assert "Exempelförvaltningen föreslår därför" in text(memo("avslut", made(parties=parties), date(2024, 12, 31)))
    assert "Nya förvaltningen föreslår därför" in text(memo("avslut", made(parties=parties), date(2025, 1, 1)))


# -- what is missing ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_an_agreement_that_says_next_to_nothing_can_still_be_drafted(kind: str) -> None:
    found = memo(kind, agreement())
    assert "None" not in markdown(found)
    assert "handläggarens namn" in found.missing
    usual = [each.replace("äldrenämndens", "Exempelnämndens") for each in HEADINGS if each.startswith("## ")]
    left_out = {"## Uppföljning och utvärdering"} if kind == "avslag" else set()
    assert headings(found) == [each for each in usual if each not in left_out]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("id_", sorted(shipped().workspace.agreements))
@pytest.mark.parametrize("name", IN_THEIR_ORDER)
def test_every_memo_of_every_shipped_agreement_reads_well(kind: str, id_: str, name: str) -> None:
    found = memo(kind, shipped().workspace.agreements[id_], date(2025, 3, 3), example(name))
    for line in text(found).splitlines():
        if not line.startswith("|"):
            assert "  " not in line.strip()
        assert " ." not in line
        assert " ," not in line
        assert ".." not in line
        assert "föreliggande" not in line
        assert "None" not in line
    assert _empty_sections(found) == []


def _empty_sections(found: Document) -> list[str]:
    """Headings that another heading of the same level, or nothing, follows."""
    lines = [line for line in text(found).splitlines() if line]
    pairs = zip(lines, [*lines[1:], "## "], strict=True)
    return [line for line, after in pairs if line.startswith("## ") and after.startswith("## ")]


def test_the_payer_is_never_guessed() -> None:
    """The agreement of 2018 gives 250 000 kr a year and names nobody who pays it."""
    found = memo(made=shipped().workspace.agreements["linkoping-resurspoolen-2018"])
    asked = "[ATT FYLLA I: Överenskommelsens ekonomiska omfattning är 250 000 kr per år]"
    assert "Överenskommelsen finansieras av [ATT FYLLA I: vem som betalar] med 250 000 kr per år." in text(found)
    assert asked not in text(found)


def test_all_idea_based_parties_are_named() -> None:
    found = memo(made=shipped().workspace.agreements["timra-aldres-ensamhet-2019"])
    assert "mellan socialnämnden, Timrå PRO, SKPF, Röda Korset och SPF" in text(found)


TWO = {
    **PARTIES,
    "vannerna": {"name": "Vännerna", "kind": "association"},
}


def test_the_decision_says_who_gets_the_money_when_several_can() -> None:
    money = (
        {**PAID, "id": "a", "to": "foreningen"},
        {**cash(20000), "id": "b", "from": ("namnden",), "to": "vannerna"},
    )
    said = section(memo("ny", made(parties=TWO, contributions=money)), "Förslag till exempelnämndens beslut")
    assert said == (
        "1. Överenskommelse om idéburet offentligt partnerskap mellan exempelnämnden, Föreningen Exempel och Vännerna "
        "ingås för tiden från och med den 1 januari 2024 till och med den 31 december 2026.\n"
        "2. Exempelnämnden bidrar till partnerskapet med 500 000 kr per år till Föreningen Exempel; beloppet räknas "
        "upp enligt OPI från och med den 1 januari 2025.\n"
        "3. Exempelnämnden bidrar till partnerskapet med 20 000 kr per år till Vännerna."
    )


def test_who_of_several_took_the_initiative_is_not_guessed() -> None:
    assert "1. Initiativet från [ATT FYLLA I: vem som har tagit initiativet] till " in text(
        memo("avslag", made(parties=TWO))
    )
    said = text(memo("avslag", made(parties=TWO, grounds={"initiative": "vannerna"})))
    assert "1. Initiativet från Vännerna till " in said


def test_the_market_in_the_words_of_the_agreement() -> None:
    grounds = {"market": {"exists": True, "statement": "Två företag gör samma sak.", "outcome": "Upphandla."}}
    assert "Det finns en marknad för det som initiativet handlar om. Två företag gör samma sak. Upphandla." in section(
        memo("avslag", made(grounds=grounds)), "Bakgrund"
    )


@pytest.mark.parametrize("kind", ["forlangning", "avslut"])
def test_what_has_been_noted_has_its_day_and_the_decision_its_paragraph(kind: str) -> None:
    log = (
        {"duty": "uppfoljning", "date": date(2025, 1, 15), "note": "Fler besökare än väntat."},
        {"duty": "uppfoljning", "through": date(2025, 1, 20), "note": "Allt är gjort."},
    )
    decisions = ({"kind": "adopted", "body": "Exempelnämnden", "date": date(2023, 11, 9), "paragraph": "88"},)
    said = text(memo(kind, made(duties=(FOLLOWED,), log=log, decisions=decisions), date(2025, 2, 1)))
    assert "\n\nUppföljning den 15 januari 2025: Fler besökare än väntat.\n\nAllt är gjort.\n\n" in said
    assert "beslutades den 9 november 2023 (§ 88)." in said


def test_who_signs() -> None:
    part = {"case_officer": "Bo Exempelsson", "manager": "Cecilia Exempel, exempeldirektör"}
    said = text(memo("ny", made(documents={"tjansteskrivelse-ny": part})))
    assert "\n\nExempelförvaltningen\n\nCecilia Exempel, exempeldirektör\n\nBo Exempelsson\n\n" in said


def test_texts_for_the_sections_that_some_municipalities_have() -> None:
    names = ("summary", "child", "preparation", "presentation", "planning")
    texts = {name: f"Text om {name}." for name in names}
    sections = ", ".join(f"{{section: {name}}}" for name in names)
    settings = chosen(f"documents: {{sections: {{tjansteskrivelse: [{sections}]}}}}")
    found = memo("avslag", made(documents={"tjansteskrivelse-avslag": {"texts": texts}}), settings=settings)
    expected = ["Sammanfattning", "Barnperspektiv", "Beredning", "Föredragning", "Beslutsplanering"]
    assert headings(found) == [f"## {each}" for each in expected]
    for name, heading in zip(names, expected, strict=True):
        assert section(found, heading).startswith(f"Text om {name}.")


def test_the_planning_tells_the_meetings_to_come() -> None:
    decisions = (
        {"kind": "recommended", "body": "Exempelutskottet", "planned": date(2025, 2, 20)},
        {"kind": "adopted", "body": "Exempelnämnden", "planned": date(2025, 3, 6)},
    )
    settings = chosen("documents: {sections: {tjansteskrivelse: [{section: planning}]}}")
    found = memo("ny", made(decisions=decisions), date(2025, 2, 1), settings)
    assert section(found, "Beslutsplanering") == "- Exempelutskottet, 2025-02-20\n- Exempelnämnden, 2025-03-06\n"


def test_the_planning_is_that_of_the_proposal_at_hand() -> None:
    decisions = (
        {"kind": "adopted", "body": "Exempelnämnden", "planned": date(2025, 3, 6)},
        {"kind": "extended", "body": "Exempelnämnden", "planned": date(2026, 9, 10), "until": date(2028, 12, 31)},
    )
    settings = chosen("documents: {sections: {tjansteskrivelse: [{section: planning}]}}")
    said = {
        kind: section(memo(kind, made(decisions=decisions), date(2025, 2, 1), settings), "Beslutsplanering").strip()
        for kind in ("ny", "forlangning", "avslag")
    }
    assert said == {
        "ny": "- Exempelnämnden, 2025-03-06",
        "forlangning": "- Exempelnämnden, 2026-09-10",
        "avslag": "[ATT FYLLA I: när ärendet behandlas, och av vilka nämnder]",
    }


# -- what a workspace changes ------------------------------------------------------------------------------------------


def test_a_workspace_writes_one_section_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "tjansteskrivelse-forlangning.md.j2").write_text(
        '{% extends "iopctl/tjansteskrivelse-forlangning.md.j2" %}\n'
        "{% block equality %}Nämndens egen mening om {{ partnern }}.{% endblock %}\n",
        "utf-8",
    )
    found = memo(own=tmp_path)
    assert headings(found) == HEADINGS
    assert section(found, "Jämställdhet") == "Nämndens egen mening om Resurspoolen."
    assert points(found) == points(memo())


@pytest.mark.parametrize("kind", KINDS)
def test_a_workspace_changes_all_memos_at_once(tmp_path: Path, kind: str) -> None:
    (tmp_path / "_tjansteskrivelse.md.j2").write_text(
        '{% extends "iopctl/_tjansteskrivelse.md.j2" %}\n{% block signature %}Med vänlig hälsning{% endblock %}\n',
        "utf-8",
    )
    assert "\n\nMed vänlig hälsning\n\n" in text(memo(kind, own=tmp_path))


def test_a_workspace_writes_a_whole_memo_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "tjansteskrivelse-avslag.md.j2").write_text(
        "---\nname: Eget avslag\ndescription: Kort.\nhead: [dnr]\n---\n# Svar till {{ partnern }}\n\nNej.\n", "utf-8"
    )
    found = markdown(memo("avslag", own=tmp_path)).partition("---\n\n")[2]
    assert found == "Diarienummer: **[ATT FYLLA I: diarienummer]**\n\n# Svar till Resurspoolen\n\nNej.\n"


def test_the_tables_have_figures_to_the_right() -> None:
    assert [row[0] for table in tables(memo()) for row in table] == [
        "År", "2020", "2021", "2022", "Summa", "År", "2023", "2024", "2025", "Summa",
    ]  # fmt: skip
    assert text(memo()).count("-----------: | ") == 2


def test_a_title_loses_its_capital_and_an_undated_note_that_is_no_sentence_stays_in_the_log() -> None:
    made = agreement(
        title="Överenskommelse om en mötesplats",
        duties=({"id": "avstamning", "kind": "follow_up", "text": "Avstämning", "times_per_year": 1},),
        log=(
            {"through": date(2021, 2, 1), "duty": "avstamning", "note": "påbörjad"},
            {"date": date(2021, 3, 1), "duty": "avstamning", "note": "inlämnad"},
            {"date": date(2021, 3, 2), "duty": "avstamning", "note": "Mötet visade att fler kommer."},
        ),
    )
    found = memo("forlangning", made)
    assert section(found, "Beslutsunderlag") == (
        "- Tjänsteskrivelse – Ställningstagande till förlängning av överenskommelse om en mötesplats, 2021-11-03"
    )
    assert "påbörjad" not in text(found)
    lines = section(found, "Bakgrund").split("\n")
    assert "Avstämning den 1 mars 2021: inlämnad" in [line.replace("\u00a0", " ") for line in lines]
    assert "Avstämning den 2 mars 2021: Mötet visade att fler kommer." in [
        line.replace("\u00a0", " ") for line in lines
    ]
