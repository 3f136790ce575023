"""What the rules about parties and their names stay silent on, and the edges where they speak up."""

from __future__ import annotations

from functools import partial

import pytest

from tests import sound

codes = partial(sound.codes, only=sound.THEMES)

KOMMUNEN = "  kommunen: {name: Socialnämnden, kind: municipality, organisation: Exempelkommunen}\n"
FORENINGEN = "  foreningen: {name: Föreningen Exemplet, kind: association}\n"
UNSIGNED = "signatures: []\n"


def parties(*more: str) -> str:
    """The two parties, and lines for others."""
    return f"parties:\n{KOMMUNEN}{FORENINGEN}{''.join(f'  {each}' + chr(10) for each in more)}"


def contact(name: str) -> str:
    return (
        f"parties:\n{KOMMUNEN}  foreningen:\n    name: Föreningen\n    kind: association\n"
        f"    contacts:\n      - {{name: {name}}}\n"
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Alex Provsson", ["PAR003"]),
        ("Alex von Provsson", ["PAR003"]),
        ("Ann-Mari Åkerprov Övning", ["PAR003"]),
        ("Kontaktcenter", []),
        ("Föreningens kansli", []),
        ('"Alex Provsson, ordförande"', []),
        ("{unknown: utses senare}", []),
    ],
)
def test_a_person_needs_a_role_and_a_function_does_not(name: str, expected: list[str]) -> None:
    assert codes(contact(name)) == expected


THIRD = "kretsen: {name: Exempelkretsen, kind: association}"


@pytest.mark.parametrize(
    "named",
    [
        "target_group: Äldre som Exempelkretsen når.\n",
        "duties:\n  - {id: tra, kind: meeting, text: Träff, times_per_year: 1, contributors: [kommunen, kretsen]}\n",
        "duties:\n  - {id: tra, kind: meeting, text: Träff, times_per_year: 1, responsible: kretsen}\n",
        "forums:\n  - {id: styrgrupp, name: Styrgrupp, members: [{party: kretsen, name: Robin Utkastsson}]}\n",
        "grounds: {initiative: kretsen}\n",
        "log:\n  - {notice: kretsen, date: 2026-01-10}\n",
        "contributions:\n  - {from: foreningen, to: kretsen, kind: training, text: Kurser.}\n",
        "contributions:\n  - {from: {unknown: parterna}, kind: training, text: Kurser.}\n",  # it may be this party
    ],
)
def test_a_party_that_has_something_to_do_is_not_idle(named: str) -> None:
    assert "PAR004" in codes(parties(THIRD) + UNSIGNED)
    assert "PAR004" not in codes(parties(THIRD) + UNSIGNED + named)


def test_nobody_is_idle_before_anybody_gives_anything() -> None:
    bare = "format: 1\ntitle: IOP mellan Socialnämnden och Exempelkretsen\n" + parties(THIRD)
    duty = "duties:\n  - {id: tra, kind: meeting, text: Träff, times_per_year: 1, responsible: kommunen}\n"
    assert codes(bare) == ["PER001"]
    assert codes(bare + duty) == ["PER001"]


def test_the_title_names_the_parties_and_nothing_to_do() -> None:
    assert "PAR004" in codes("title: IOP med Exempelkretsen\n" + parties(THIRD) + UNSIGNED)


@pytest.mark.parametrize(
    ("third", "expected"),
    [
        ("kretsen: {name: Exempelkretsen, kind: association}", True),
        ("kretsen: {name: Exempelkretsen, kind: association, joins: 2026-01-01}", True),  # from the first day
        ("kretsen: {name: Exempelkretsen, kind: association, joins: 2026-01-02}", False),
        ("kretsen: {name: Exempelkretsen, kind: association, leaves: 2026-01-14}", False),  # has left
        ("kretsen: {name: Exempelkretsen, kind: association, leaves: 2026-12-31}", True),  # is still there
        ("skolan: {name: Skolnämnden, kind: municipality, organisation: Exempelkommunen}", False),  # one legal person
        ("skolan: {name: Skolnämnden, kind: municipality, organisation: Grannkommunen}", True),
    ],
)
def test_who_has_to_sign(third: str, *, expected: bool) -> None:
    assert ("PAR005" in codes(parties(third))) is expected


def registered(kind: str, status: str, checked: str) -> list[str]:
    party = f"{{name: Part, kind: {kind}, idk_register: {{status: {status}, checked: {checked}}}}}"
    other = "association" if kind == "municipality" else "municipality"
    return codes(f"parties:\n  kommunen: {party}\n  foreningen: {{name: Andra parten, kind: {other}}}\n")


def test_the_register_is_as_old_as_its_law_and_never_looked_up_tomorrow() -> None:
    assert registered("association", "registered", "2022-12-31") == ["PAR006"]
    assert registered("association", "registered", "2023-01-01") == []
    assert registered("association", "not_registered", "2026-01-15") == []  # today
    assert registered("association", "not_registered", "2026-01-16") == ["PAR006"]
    assert registered("municipality", "registered", "2025-09-15") == ["PAR006"]
    assert registered("municipality", "not_registered", "2025-09-15") == []  # true, and of no use


def numbers(public: str | None, ours: str | None, settings: str | None = None) -> list[str]:
    def line(id_: str, kind: str, number: str | None) -> str:
        return f"  {id_}: {{name: Part, kind: {kind}{f', organisation_number: {number}' if number else ''}}}\n"

    lines = line("kommunen", "municipality", public) + line("foreningen", "association", ours)
    return codes(f"parties:\n{lines}", settings=settings)


def test_one_number_on_both_sides() -> None:
    own = "organisation_number: '2120001132'\n"
    assert numbers("212000-1132", "212000-1132") == ["PAR007"]
    assert numbers("212000-1132", "212000-1132", own) == ["PAR007"]  # once, not twice
    assert numbers("212000-1132", "845000-4281", own) == []
    assert numbers(None, "212000-1132", own) == ["PAR007"]
    assert numbers("212000-1132", None, own) == []
    assert numbers(None, "212000-1132") == []


def test_units_of_one_municipality_share_its_number() -> None:
    units = "skolan: {name: Skolnämnden, kind: municipality, organisation_number: 212000-1132}"
    first = "parken: {name: Parknämnden, kind: municipality, organisation_number: 212000-1132}"
    assert "PAR007" not in codes(parties(units, first))


def written(name: str, text: str, *more: str) -> list[str]:
    """What is said when a party has a name and a text another."""
    lines = "".join(f"    {each}\n" for each in more)
    unit = f"parties:\n  kommunen:\n    name: Nämnden\n    kind: municipality\n    administration: {name}\n{lines}"
    return codes(f"purpose: {text}\n{unit}{FORENINGEN}")


@pytest.mark.parametrize(
    "text",
    [
        "Omsorg- och äldreförvaltningen ansvarar.",
        "Ansvaret är omsorg- och äldreförvaltningens.",
        "En omsorg- och äldreförvaltning i tiden.",
        "Omsorgs och äldreförvaltningen ansvarar.",
        "Omsorgs- & äldreförvaltningen ansvarar.",
        "Omsorgs -och äldreförvaltningen ansvarar.",
        "Omsrogs- och äldreförvaltningen ansvarar.",
    ],
)
def test_a_name_that_is_nearly_the_unit_s(text: str) -> None:
    assert written("Omsorgs- och äldreförvaltningen", text) == ["PAR008"]


@pytest.mark.parametrize(
    "text",
    [
        "Omsorgs- och äldreförvaltningens lokaler.",
        "omsorgs- och äldreförvaltningen ansvarar.",
        "OMSORGS- OCH ÄLDREFÖRVALTNINGEN",
        "En omsorgs- och äldreförvaltning i tiden.",
        "Omsorgs– och äldreförvaltningen ansvarar.",  # a dash for a hyphen is typography
        "Äldreförvaltningen ansvarar.",  # a short form, or another unit
        "Omsorgs- och äldrenämnden beslutar.",  # the board
        "Kultur- och äldreförvaltningen ansvarar.",  # another unit
        "Omsorgs- och funktionsstödsförvaltningen ansvarar.",  # another unit
        "Vård- och omsorgsförvaltningen ansvarar.",
    ],
)
def test_a_name_that_is_the_unit_s_own_or_another_one(text: str) -> None:
    assert written("Omsorgs- och äldreförvaltningen", text) == []


def test_a_name_over_two_lines_is_the_same_name() -> None:
    assert written("Omsorgs- och äldreförvaltningen", "|-\n  Omsorgs- och\n  äldreförvaltningen ansvarar.") == []
    assert written("Omsorgs- och äldreförvaltningen", "|-\n  Omsorg- och\n  äldreförvaltningen ansvarar.") == ["PAR008"]


def test_two_words_that_are_a_little_alike_are_two_words() -> None:
    assert written("Kultur- och fritidsförvaltningen", "Natur- och fritidsförvaltningen sköter parken.") == []


def test_three_parts_of_a_name() -> None:
    name = "Kultur-, fritids- och ungdomsförvaltningen"
    assert written(name, f"{name} ansvarar.") == []
    assert written(name, "Kultur, fritids- och ungdomsförvaltningen ansvarar.") == ["PAR008"]
    assert written(name, "Kultur- och ungdomsförvaltningen ansvarar.") == []


def test_a_name_that_the_unit_gets_or_has_had_is_no_slip() -> None:
    renamed = "renamed: [{from: 2027-01-01, administration: Omsorg- och äldreförvaltningen}]"
    assert written("Omsorgs- och äldreförvaltningen", "Omsorg- och äldreförvaltningen tar över.", renamed) == []


def test_two_names_among_the_parties_are_told_once() -> None:
    board = "board: Omsorg- och äldreförvaltningen"
    assert written("Omsorgs- och äldreförvaltningen", "Partnerskapet.", board) == ["PAR008"]


def timed(days: str, rest: str = "") -> list[str]:
    return codes(f"parties:\n{KOMMUNEN}  foreningen: {{name: Föreningen, kind: association, {days}}}\n{rest}")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("joins: 2018-01-01", []),  # it has been in it since before
        ("joins: 2027-01-01", []),
        ("joins: 2028-12-31, leaves: 2028-12-31", []),
        ("joins: 2029-01-01", ["PAR009"]),
        ("leaves: 2025-12-31", ["PAR009"]),
        ("leaves: 2026-01-01", []),
        ("leaves: 2028-12-31", []),
        ("leaves: 2029-01-01", ["PAR009"]),
        ("joins: 2027-06-30, leaves: 2027-06-29", ["PAR009"]),
    ],
)
def test_the_days_of_a_party(days: str, expected: list[str]) -> None:
    assert timed(days, UNSIGNED) == expected


def given(giver: str, days: str) -> str:
    return f"{UNSIGNED}contributions:\n  - {{from: {giver}, kind: goods, text: Möbler, {days}}}\n"


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (given("foreningen", "valid_until: 2027-06-30"), False),
        (given("foreningen", "valid_until: 2027-07-01"), True),
        (given("[foreningen, kommunen]", "valid_until: 2027-07-01"), False),  # the municipality goes on
        (given("kommunen", "valid_until: 2027-07-01"), False),
        (given("foreningen", "valid_from: 2026-06-30"), True),
        (given("foreningen", "valid_from: 2026-07-01"), False),
        ("duties:\n  - {id: rapport, kind: report, text: R, by: 2027-07-01, responsible: foreningen}\n", True),
        (
            "duties:\n  - {id: rapport, kind: report, text: R, by: 2027-07-01, responsible: [kommunen, foreningen]}\n",
            False,
        ),
        ("signatures:\n  - {party: foreningen, date: 2025-12-15}\n", False),  # signs before it joins
        ("signatures:\n  - {party: foreningen, date: 2027-07-01}\n", True),
    ],
)
def test_what_a_party_does_outside_its_time(rest: str, *, expected: bool) -> None:
    assert ("PAR009" in timed("joins: 2026-07-01, leaves: 2027-06-30", rest)) is expected
