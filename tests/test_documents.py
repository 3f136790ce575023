"""The memo for an extension against the real one (Linköping, äldrenämnden, 2021-11-03), and the safety of templates."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.documents.context import context
from iopctl.documents.environment import Draft, TemplateFaultError, escape, fill, find
from iopctl.documents.html import page
from iopctl.model import Agreement
from tests.agreements import agreement, period, shipped

KIND = "tjansteskrivelse-forlangning"
WHEN = date(2021, 11, 3)
NB = "\u00a0"


def memo(made: Agreement | None = None, as_of: date = WHEN) -> Draft:
    loaded = shipped().workspace
    made = made or loaded.agreements["linkoping-resurspoolen-2020"]
    return fill(find(None)[KIND], context("x", made, loaded.tables, KIND, as_of), made.footnotes)


def flat(markdown: str) -> str:
    return " ".join(markdown.replace(NB, " ").split())


HEADINGS = [  # the seed's own, in its order; without the colons that two of them end with
    "# IOP Resurspoolen, ställningstagande till förlängning",
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

FACTS = [  # every statement of the real memo, in its words or with the same figures
    "Överenskommelse om idéburet offentligt partnerskap mellan äldrenämnden och Resurspoolen förlängs med tre år",
    "från och med 2023-01-01 till och med 2025-12-31",
    "Överenskommelsen ska följas upp minst en gång per år på initiativ av Social- och omsorgsförvaltningen",
    "från och med 2020-01-01 till och med 2022-12-31, med möjlighet till förlängning ytterligare tre år",
    "har bidragit och bidrar på ett förtjänstfullt sätt genom sina specifika kunskaper och erfarenheter",
    "trots utmaningarna med pandemin fortsatt leva upp till Resurspoolens ansvar i partnerskapet",
    "De ideellt arbetande personerna har fortsatt att ge tillitsfullt, lättillgängligt och flexibelt stöd",
    "Planering och utveckling av verksamheten har nu tagit ny fart",
    "ett värdefullt komplement och mervärde till det som Linköpings kommun kan erbjuda sina äldre medborgare",
    "Social- och omsorgsförvaltningen föreslår därför att",
    "Tjänsteskrivelse – Ställningstagande till förlängning av överenskommelse om IOP Resurspoolen, 2021-11-03",
    "Bilaga: Idéburet offentligt partnerskap (IOP) mellan Resurspoolen och Linköpings kommun",
    "utformades under hösten 2019",
    "beslutades 2019-11-28",
    "gäller under tre år från och med 2020-01-01 till och med 2022-12-31",
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
    "Uppräkning sker årligen enligt OPI från och med 2021-01-01.",
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


def test_every_heading_in_the_order_of_the_real_memo() -> None:
    assert [line for line in memo().markdown.splitlines() if line.startswith("#")] == HEADINGS


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_of_the_real_memo(fact: str) -> None:
    assert fact in flat(memo().markdown)


def test_money_has_no_break_spaces() -> None:
    text = memo().markdown
    assert f"4{NB}785{NB}000{NB}kr" in text
    assert f"933{NB}000{NB}kr" in text
    assert f"3{NB}852{NB}000{NB}kr" in text
    assert " 000 kr" not in text.replace(NB, "_")


def test_the_current_amount_is_the_one_that_pay_reckons() -> None:
    # 933 000 × 1,015 = 946 995
    expected = "Efter uppräkning enligt OPI (1,5 procent för 2021, definitivt) är beloppet 946 995 kr för 2021."
    assert expected in flat(memo().markdown)


def test_the_current_amount_is_the_one_known_on_the_memo_s_date() -> None:
    """The memo is of 2021-11-03, whenever it is drafted: no figure of 2023, for an extension nobody has decided."""
    assert memo(as_of=date(2023, 6, 1)).markdown == memo().markdown


def test_what_is_missing_is_visible_and_listed() -> None:
    draft = memo()
    assert draft.missing == ("datum för bilagan", "länk till kommunfullmäktiges övergripande mål")
    for each in draft.missing:
        assert f"[ATT FYLLA I: {each}]" in draft.markdown


def test_the_payer_is_never_guessed() -> None:
    """The agreement of 2018 gives 250 000 kr a year and names nobody who pays it."""
    made = shipped().workspace.agreements["linkoping-resurspoolen-2018"]
    assert "Överenskommelsen finansieras av **[ATT FYLLA I: vem som betalar]** med 250 000 kr" in flat(
        memo(made).markdown
    )


def test_all_idea_based_parties_are_named() -> None:
    made = shipped().workspace.agreements["timra-aldres-ensamhet-2019"]
    assert "mellan socialnämnden och Timrå PRO, SKPF, Röda Korset och SPF" in flat(memo(made).markdown)


def test_an_agreement_that_says_next_to_nothing_can_still_be_drafted() -> None:
    draft = memo(agreement())
    assert "förlängningens sista dag" in draft.missing
    assert "överenskommelsens period" in draft.missing
    assert "handläggarens namn" in draft.missing
    assert "None" not in draft.markdown
    assert [line for line in draft.markdown.splitlines() if line.startswith("## ")] == [
        line.replace("äldrenämndens", "Exempelnämndens") for line in HEADINGS if line.startswith("## ")
    ]


def rendered(tmp_path: Path, template: str, **parts: Any) -> Draft:
    path = tmp_path / "prov.md.j2"
    path.write_text(template, "utf-8")
    made = agreement(**parts)
    return fill(path, context("x", made, {}, "prov", WHEN), made.footnotes)


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("a\n\n{{ agreement.nothing }}\n", 3),
        ("a\n{% for %}\n", 2),
        ("---\nnamn: prov\n---\na\n{{ agreement.title | nosuch }}\n", 5),
        ("{{ agreement.__class__ }}\n", 1),
        ("\n{{ agreement.title | kronor }}\n", 2),
        ("{{ [].append(1) }}", 1),
    ],
)
def test_a_fault_in_a_template_is_placed(tmp_path: Path, template: str, line: int) -> None:
    with pytest.raises(TemplateFaultError) as caught:
        rendered(tmp_path, template)
    assert (caught.value.template, caught.value.line) == (str(tmp_path / "prov.md.j2"), line)


def test_footnotes_that_are_used_stand_at_the_end(tmp_path: Path) -> None:
    draft = rendered(
        tmp_path,
        "{{ agreement.texts.background | markdown('bakgrund') }}\n",
        texts={"background": "Antogs 2019[^1]."},
        footnotes={"1": "Kommunfullmäktige 2019-01-31, § 16", "2": "används inte"},
    )
    assert draft.markdown == "Antogs 2019[^1].\n\n[^1]: Kommunfullmäktige 2019-01-31, § 16\n"
    html = page(draft.markdown)
    assert "Kommunfullmäktige 2019-01-31, § 16" in html
    assert 'class="footnotes"' in html


def test_an_open_value_asks_in_its_own_words(tmp_path: Path) -> None:
    draft = rendered(tmp_path, "{{ agreement.dnr }} {{ part.dnr | eller('diarienummer') }}\n", dnr="2021/7")
    assert draft.markdown == "2021/7 **[ATT FYLLA I: diarienummer]**\n"


HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "*stjärna* _streck_ `kod`",
    "# rubrik",
    "- punkt",
    "+ punkt",
    "| a | b |",
    "&lt;b&gt;",
    "{{ 7 * 7 }} {% raw %}",
    "![bild](x)",
    "~~~",
    "=====",
    "a\\",
    "Å & Ö AB",
]


def as_text(html: str) -> str:
    import re
    from html import unescape

    body = html.partition("<main>")[2].partition("</main>")[0]
    return unescape(re.sub(r"<[^>]*>", "", body)).strip()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_data_is_never_markup(tmp_path: Path, hostile: str) -> None:
    html = page(rendered(tmp_path, "{{ agreement.title }}\n", title=hostile).markdown)
    assert as_text(html) == hostile


@given(st.text(st.sampled_from("ab åÖ<>[]()*_`#-+=|~&;!\\.1:\"'{}%^$/"), min_size=1, max_size=30))
def test_escaped_text_comes_out_as_it_went_in(text: str) -> None:
    from hypothesis import assume

    assume(text.strip() == text and "  " not in text)
    assert as_text(page(escape(text) + "\n")) == text


def test_a_page_is_swedish_and_has_the_title() -> None:
    html = page(memo().markdown)
    assert '<html lang="sv">' in html
    assert "<title>IOP Resurspoolen, ställningstagande till förlängning</title>" in html
    assert html.count("<h1>") == 1


def test_the_workspace_s_own_template_wins(tmp_path: Path) -> None:
    (tmp_path / f"{KIND}.md.j2").write_text("egen", "utf-8")
    assert find(tmp_path)[KIND] == tmp_path / f"{KIND}.md.j2"


def test_an_agreement_until_further_notice() -> None:
    made = agreement(period=period(date(2020, 1, 1), "open_ended"))
    assert "gäller från och med 2020-01-01 tills vidare." in memo(made).markdown
    assert "överenskommelsens sista dag" not in memo(made).missing


def test_the_memo_says_nothing_of_what_came_after_it() -> None:
    log = (
        {"duty": "plikt", "date": date(2021, 10, 1), "note": "Före."},
        {"duty": "plikt", "date": date(2021, 12, 1), "note": "Efter."},
    )
    duties = ({"id": "plikt", "kind": "follow_up", "text": "Uppföljning", "yearly_by": "03-31"},)
    text = memo(agreement(duties=duties, log=log)).markdown
    assert "Före." in text
    assert "Efter." not in text
    assert "Uppföljning sker varje år, senast den 31 mars." in text


def test_a_number_with_a_point_is_no_list(tmp_path: Path) -> None:
    draft = rendered(tmp_path, "{{ agreement.title }}\n", title="1. Möte hölls")
    assert as_text(page(draft.markdown)) == "1. Möte hölls"
    assert "<ol>" not in page(draft.markdown)
