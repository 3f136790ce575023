"""What the rules about texts leave alone; each beside what they catch, worked by hand from the sound agreement."""

from __future__ import annotations

import pytest

from tests.sound import codes, findings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Text", ["TXT002"]),
        ("|-\n    Bakgrund\n\n    Text\n\n    Mer", ["TXT002"]),
        ("|-\n    Bakgrund\n    Text\n    Mer", []),  # a word of a paragraph that is broken there
        ("Text finns i bilagan.", []),
        ("text", []),
        ("Xxxxxxxx Xxxxxx", []),  # a name taken out of a copy
        ("'# Rubrik'", []),
        ("'[mål](#)'", ["TXT002"]),
        ("'[mål](#mal)'", []),
        ("Beslutad i. Fyll i annars ta bort", ["TXT002"]),
    ],
)
def test_placeholders(text: str, expected: list[str]) -> None:
    assert codes(f"texts:\n  background: {text}\n") == expected


@pytest.mark.parametrize(
    ("first", "second", "as_of", "expected"),
    [
        ("date: 2025-12-15", "name: A", "2026-01-15", 1),
        ("date: 2025-12-15", "name: A", "2025-12-31", 0),  # not begun
        ("date: 2025-12-15", "date: {unknown: den XX}", "2026-01-15", 0),  # listed as open
        ("name: B", "name: A", "2026-01-15", 0),  # the file gives no dates
        ("date: 2025-12-15", "date: 2025-12-16", "2026-01-15", 0),
    ],
)
def test_signature_lines(first: str, second: str, as_of: str, expected: int) -> None:
    snippet = f"signatures:\n  - {{party: kommunen, {first}}}\n  - {{party: foreningen, {second}}}\n"
    assert codes(snippet, as_of).count("TXT003") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kim@gmail.com", ["warning"]),
        ("Kim.Exempelsson@Hotmail.com", ["warning"]),
        ("info@gmail.com", []),
        ("kim.exempelsson@exempelkommun.se", ["info"]),
        ("kim@exempelkommun.se", []),  # a name or a function: it cannot be told
        ("social.forvaltningen@exempelkommun.se", []),
        ("registrator.sn@exempelkommun.se", []),
        ("vardnamnden@exempelkommun.se", []),
        ("www.exempel.se/@kim", []),
        ("070-174 06 05", ["warning"]),
        ("0701740605", ["warning"]),
        ("+46701740605", ["warning"]),
        ("0046 70 174 06 05", ["warning"]),
        ("070\u00a0174\u00a006\u00a005", ["warning"]),
        ("013-20 60 00", []),
        ("+46 13 20 60 00", []),
        ("0771-11 22 33", []),  # not a mobile number: the third digit is 7
        ("2007-02-07 1234567", []),
        ("KS 2019/0701740605", []),
        ("07017406051", []),
    ],
)
def test_contacts(text: str, expected: list[str]) -> None:
    found = findings(f"texts:\n  background: 'Föreningen nås på {text} vardagar.'\n")
    assert [each["severity"] for each in found if each["code"] == "TXT005"] == expected
    assert [each["code"] for each in found if each["code"] != "TXT005"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Över\u00adens\u00adkommelse", 0),  # single soft hyphens
        ("Över\u00ad\u00adenskommelse", 1),
        ("933\u00a0000\u202fkr", 0),  # no-break spaces
        ("Vård\u2011 och omsorg", 0),  # Word's no-break hyphen
        ("Vård\u200b och omsorg", 1),
        ("10\u202e00\u202c kr", 1),
        ("\u200eVård", 1),
        ("انجمن فرهنگی می\u200cخواهیم", 0),  # a joiner in a script that is written with it
        ("Ex\u200cempel", 1),
        ("👩\u200d👧", 0),
        ("Общество Ромашка", 0),  # a name in Cyrillic letters
        ("Föreningen Р\u043eмашка", 0),
        ("F\u043ereningen", 1),
        ("10 μg → 20 µg", 0),  # Greek is not looked at
    ],
)
def test_unseen_characters(text: str, expected: int) -> None:
    assert codes(f"texts:\n  background: 'Om {text}.'\n") == ["TXT006"] * expected


def test_a_personal_number_is_not_taken_for_a_mobile_number() -> None:
    """070112-3457 has the digits of both; its check digit is right (0 7 0 1 2 2 6 4 1 = 23, 7)."""
    assert codes("texts:\n  background: 'Av 070112-3457.'\n") == ["TXT004"]


def test_a_link_to_nowhere_in_a_key_of_its_own() -> None:
    goal = "{name: Mål, text: Alla ska ha inflytande., link: {text: Länk, target: '%s'}}"
    head = "format: 1\ntitle: T\nparties: {a: {name: A, kind: association}}\n"
    snippet = f"{head}documents:\n  delrapport:\n    municipal_goals:\n      - {goal}\n"
    assert "TXT002" in codes(snippet % "#")
    assert "TXT002" not in codes(snippet % "#mal")
