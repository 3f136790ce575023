"""What the rules about decisions and signatures stay silent on, and the edges where they speak up."""

from __future__ import annotations

from functools import partial

import pytest

from tests import sound

codes = partial(sound.codes, only=sound.THEMES)

ADOPTED = "{kind: adopted, body: Socialnämnden, date: 2025-10-22, paragraph: 94}"


def decisions(*lines: str) -> str:
    return f"decisions:{'' if lines else ' []'}\n{''.join(f'  - {line}' + chr(10) for line in lines)}"


def signed(kommunen: str, foreningen: str = "2025-12-15") -> str:
    return f"""signatures:
  - {{party: kommunen, role: ordförande, date: {kommunen}}}
  - {{party: foreningen, role: ordförande, date: {foreningen}}}
"""


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ("signatures: []\ndated: 2025-10-21", ["DEC003"]),
        ("dated: 2025-10-21", []),  # drafted then, and signed 2025-12-15
        ("dated: 2025-10-21\n" + signed("2025-10-21"), ["DEC003"]),
        ("dated: 2025-10-22", []),
        (signed("2025-10-21"), ["DEC003"]),
        (signed("2025-10-22"), []),
        (signed("2025-12-15", "2025-09-10"), []),  # the association may sign first
        (signed('{unknown: "den XX"}'), []),
        (signed("2025-10-21") + decisions(ADOPTED.replace("2025-10-22", "2025-10")), []),  # no day to compare with
        (signed("2025-09-30") + decisions(ADOPTED.replace("Socialnämnden", "Föreningens styrelse")), []),
    ],
)
def test_signed_before_the_decision(changes: str, expected: list[str]) -> None:
    assert codes(changes) == expected


def test_dated_before_a_meeting_that_is_still_to_come() -> None:
    planned = decisions(ADOPTED.replace("date: 2025-10-22", "planned: 2025-12-17"))
    assert codes("signatures: []\n" + planned, "2025-12-15") == ["DEC003", "DEC002"]  # dated 2025-12-15
    assert codes("signatures: []\ndated: 2025-12-17\n" + planned, "2025-12-15") == ["DEC002"]


TWO = (
    "{kind: adopted, body: Socialnämnden, date: 2025-09-24, paragraph: 81}",
    "{kind: adopted, body: Kommunfullmäktige, date: 2025-10-27, paragraph: 140}",
)


def test_the_last_of_two_decisions_counts_unless_two_public_persons_decide() -> None:
    regionen = """parties:
  kommunen: {name: Socialnämnden, kind: municipality, organisation: Exempelkommunen}
  regionen: {name: Hälsonämnden, kind: region, organisation: Region Exempel}
  foreningen: {name: Föreningen Exemplet, kind: association}
"""
    assert codes(decisions(*TWO) + signed("2025-10-26")) == ["DEC003"]
    assert codes(decisions(*TWO) + signed("2025-10-27")) == []
    assert "DEC003" not in codes(regionen + decisions(*TWO) + signed("2025-10-26"))
    assert "DEC003" in codes(regionen + decisions(*TWO) + signed("2025-09-23"))


CONDITION = ADOPTED.replace("}", ", condition: under förutsättning att kommunfullmäktige beslutar om finansiering}")


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ((), ["DEC004"]),
        (("{kind: adopted, body: Kommunfullmäktige, date: 2025-10-27, paragraph: 140}",), []),
        (("{kind: adopted, body: Kommunfullmäktige, planned: 2026-01-15}",), []),  # the meeting is today
        (("{kind: adopted, body: Kommunfullmäktige, planned: 2026-01-14}",), ["DEC004"]),
        (("{kind: delegated, body: Socialnämnden, date: 2025-10-22}",), ["DEC004"]),  # the same body again
        (("{kind: adopted, body: {unknown: beslutades senare}}",), []),  # some body or other
    ],
)
def test_a_condition_and_what_came_after(later: tuple[str, ...], expected: list[str]) -> None:
    found = codes(decisions(CONDITION, *later))
    assert [code for code in found if code not in ("DEC001", "DEC003")] == expected


def test_a_condition_of_a_decision_that_is_not_taken_waits() -> None:
    planned = CONDITION.replace("date: 2025-10-22", "planned: 2026-01-21")
    assert "DEC004" not in codes(decisions(planned))


RECOMMENDED = "{kind: recommended, body: Socialnämndens arbetsutskott, date: 2025-10-08, paragraph: 71}"


def test_a_recommendation_alone() -> None:
    assert codes(decisions(RECOMMENDED)) == ["DEC004"]
    assert codes(decisions(RECOMMENDED), "2025-12-31") == []  # not begun
    assert codes(decisions(RECOMMENDED, ADOPTED)) == []
    assert codes(decisions(ADOPTED, RECOMMENDED.replace("2025-10-08", "2026-01-07"))) == []  # about an extension
    assert codes(decisions(RECOMMENDED, "{kind: rejected, body: Socialnämnden, date: 2025-10-22, paragraph: 9}")) == []
    assert codes(decisions(RECOMMENDED, "{kind: delegated, body: Socialnämnden, date: 2025-10-22}")) == []


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ("{kind: adopted, body: Socialnämnden, date: 2025-10-22}", ["DEC005"]),
        ("{kind: adopted, body: Socialnämnden, date: 2025}", ["DEC005"]),
        ("{kind: adopted, body: Socialnämnden}", ["DEC005"]),  # taken, on a day that nobody knows
        ('{kind: adopted, body: Socialnämnden, date: 2025-10-22, paragraph: {unknown: "§ XXX"}}', []),
        ("{kind: adopted, body: Socialchefen, date: 2025-10-22}", []),  # by delegation: no minutes
        ("{kind: adopted, body: Föreningens årsmöte, date: 2025-10-22}", []),
        ("{kind: adopted, body: {unknown: beslutades}, date: 2025-10-22}", []),
    ],
)
def test_a_paragraph_is_for_minutes(decision: str, expected: list[str]) -> None:
    assert codes(decisions(decision)) == expected


def test_a_paragraph_is_not_asked_for_when_all_is_over() -> None:
    decided = decisions("{kind: adopted, body: Socialnämnden, date: 2025-10-22}")
    assert codes(decided, "2028-12-31")[-1:] == ["DEC005"]
    assert codes(decided, "2029-01-01") == ["PER013"]  # nobody has decided on the extension


def bare(rest: str = "", kind: str = "municipality") -> str:
    return f"""format: 1
title: IOP Exemplet
parties:
  kommunen: {{name: Socialnämnden, kind: {kind}}}
  foreningen: {{name: Föreningen Exemplet, kind: association}}
period: {{start: 2026-01-01, end: 2028-12-31}}
{rest}"""


def test_a_diarienummer_somewhere_is_enough() -> None:
    adopted = decisions(ADOPTED)
    assert codes(bare(adopted)) == ["DEC006"]
    assert codes(bare(adopted), "2025-12-31") == []  # not begun
    assert codes(bare(adopted), "2029-01-01") == []  # over
    assert codes(bare(f"{adopted}dnr: 2025/118\n")) == []
    assert codes(bare(decisions(ADOPTED.replace("paragraph", "dnr: 2025/118, paragraph")))) == []
    assert codes(bare(decisions(ADOPTED.replace("paragraph", "dnr: {unknown: KS}, paragraph")))) == []
    assert codes(bare(adopted, kind="public_company")) == []  # keeps no diarium that we know of


def test_an_agreement_that_has_begun_rests_on_something() -> None:
    dnr = "dnr: 2025/118\n"
    assert codes(bare(dnr)) == ["DEC009"]
    assert codes(bare(dnr), "2025-12-31") == []
    assert codes(bare(dnr, kind="public_company")) == []
    assert codes(bare(dnr + decisions("{kind: mandated, body: Kommunfullmäktige, date: 2024}"))) == ["DEC009"]
    assert codes(bare(dnr + decisions("{kind: adopted, body: Socialchefen}"))) == []
    assert codes(bare(dnr + decisions("{kind: delegated, body: Socialnämnden, date: 2025-10-22}"))) == []
    assert codes(bare(dnr + decisions("{kind: rejected, body: Socialnämnden, date: 2025-10-22, paragraph: 9}"))) == []
    assert codes(bare(dnr).replace("period: {start: 2026-01-01, end: 2028-12-31}\n", "")) == ["PER001"]


def signs(line: str, *more: str) -> list[str]:
    return codes(f"signatures:\n  - {{party: kommunen, {line}}}\n  - {{party: foreningen}}\n{''.join(more)}")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("role: socialchef", ["DEC007"]),
        ("role: socialchef, unit: Socialnämnden", ["DEC007"]),
        ("role: socialchef, authority: delegationsordningen", []),
        ("role: ordförande", []),
        ("role: Ordförande i socialnämnden", []),
        ("role: kommunalråd", []),
        ("unit: Socialförvaltningen", ["DEC007"]),
        ("unit: Socialnämnden", []),
        ("unit: Exempelkommunen", []),
        ("name: Kim Exempelsson", []),  # what Kim is, is not said
        ("place: Exempelstad", []),
    ],
)
def test_who_may_sign(line: str, expected: list[str]) -> None:
    assert signs(line) == expected


def test_what_lets_an_official_sign() -> None:
    delegated = "{kind: delegated, body: Socialnämnden, date: 2025-10-22}"
    told = ADOPTED.replace("}", ", text: Nämnden uppdrar åt socialchefen att underteckna överenskommelsen.}")
    assert signs("role: socialchef", decisions(ADOPTED, delegated)) == []
    assert signs("role: socialchef", decisions(told)) == []
    assert signs("role: Socialchefen", decisions("{kind: adopted, body: socialchefen, date: 2025-10-22}")) == []


def test_a_company_and_an_association_know_who_signs_for_them() -> None:
    company = """parties:
  kommunen: {name: Exempelbostäder AB, kind: public_company}
  foreningen: {name: Föreningen Exemplet, kind: association}
"""
    assert signs("role: verkställande direktör", company) == []
    assert "DEC007" not in codes("signatures:\n  - {party: kommunen}\n  - {party: foreningen, role: kassör}\n")


def test_the_form_of_a_diarienummer_is_the_workspace_s() -> None:
    settings = "dnr_pattern: (?:KS|SN) [0-9]{4}/[0-9]+\n"
    assert codes("title: IOP Exemplet\n", settings=settings) == []
    assert codes("dnr: SN 2025/118 nr 4\n", settings=settings) == ["DEC008"]
    assert codes("dnr: xSN 2025/118\n", settings=settings) == ["DEC008"]
    assert codes("dnr: SN 2025/118\n", settings="dnr_pattern: SN\n") == ["DEC008"] * 3
    assert codes("dnr: anything at all\n") == []
    assert codes(decisions(ADOPTED.replace("paragraph", 'dnr: {unknown: "SN"}, paragraph')), settings=settings) == []


def test_a_long_diarienummer_is_not_matched_at_all() -> None:
    """A pattern that somebody wrote carelessly takes twice as long for every sign."""
    settings = "dnr_pattern: (?:.|.)+\n"
    assert codes(f"dnr: {'1' * 100}\n", settings=settings) == []
    assert codes(f"dnr: {'1' * 101}\n", settings=settings) == ["DEC008"]
