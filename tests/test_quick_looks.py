"""Rules that first look quickly at the whole file find what they look for, however it is written in YAML."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.sound import codes

SETTINGS = """name: Exempelkommunen
check: {packs: [skr-2017, forum]}
"""


def found(purpose: str) -> set[str]:
    return set(codes(purpose, settings=SETTINGS))


def plain(words: str) -> str:
    return f"purpose: Något om {words} och mera.\n"


def broken(words: str) -> str:
    """Over as many lines as there are words."""
    return "purpose: Något om\n  " + words.replace(" ", "\n  ") + "\n  och mera.\n"


def single(words: str) -> str:
    return f"purpose: 'Något om {words}'\n"


def folded(words: str) -> str:
    return "purpose: >-\n  Något om\n  " + words.replace(" ", "\n  ") + "\n"


def block(words: str) -> str:
    return f"purpose: |\n  {words}\n\n  Mera.\n"


def coded(words: str) -> str:
    """Every character by its code, between words that have none."""
    return 'purpose: "Något om ' + "".join(f"\\U{ord(each):08x}" for each in words) + ' och mera."\n'


WRITINGS = (plain, broken, single, folded, block, coded)

LEFTOVERS = (
    "Lund den XX",
    "§ XXX",
    "§ xx",
    "20XX",
    "är ej klart",
    "Fyll i annars",
    "ATT FYLLA I här",
    "TBD",
    "___",
    "[länken](#)",
    "[länken]( )",
    "2017-12-",
)


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize("words", LEFTOVERS)
def test_a_placeholder(words: str, writing: Callable[[str], str]) -> None:
    assert "TXT002" in found(writing(words))


@pytest.mark.parametrize(
    "purpose",
    [
        "purpose: Text\n",
        "purpose: Text # och en kommentar\n",
        "purpose: 'Text'\n",
        'purpose: "Te\\x78t"\n',
        "purpose: |-\n  Först.\n\n  Text\n\n  Sist.\n",
        "purpose: >-\n  Först.\n\n\n  Text\n",
        "purpose: '#'\n",
        'purpose: "#"\n',
        'purpose: "\\x23"\n',
        "purpose: |-\n  #\n",
        "purpose: >-\n  #\n",
    ],
)
def test_a_value_that_is_a_placeholder(purpose: str) -> None:
    assert "TXT002" in found(purpose)


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize(
    "words",
    [
        "070-123 45 67",
        "0701234567",
        "072 - 123 45 67",
        "+46 70 123 45 67",
        "+46701234567",
        "+46-(0)73 123 45 67",
        "0046 (0) 76-123 45 67",
        "kim@gmail.com",
        "kim.ek@exempel.se",
    ],
)
def test_a_private_contact(words: str, writing: Callable[[str], str]) -> None:
    assert "TXT005" in found(writing(words))


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize(
    "words",
    ["sam\u200bverkan", "\u202etxet", "sam\u2060verkan", "sam\xad\xadverkan", "sam\u200dverkan", "sаmverkan", "\u3164"],
)
def test_what_is_not_seen(words: str, writing: Callable[[str], str]) -> None:
    assert "TXT006" in found(writing(words))


@pytest.mark.parametrize("words", ["sam\xadverkan", "“samverkan” – så…", "10 €", "Łódź", "✓ klar", "5 ≤ 6"])
def test_what_is_ordinary(words: str) -> None:
    assert "TXT006" not in found(plain(words))


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize(
    "words",
    ["vite", "Viten", "vites", "VITESBELOPP", "volymer", "Bemanningen", "öppettider", "ÖPPETTID", "kvalitetsavdrag"],
)
def test_a_hint_at_detailed_regulation(words: str, writing: Callable[[str], str]) -> None:
    assert {"SKR005", "FOR006"} <= found(writing(words))


@pytest.mark.parametrize("words", ["aktiviteter", "inviterar", "beviterad"])
def test_no_hint(words: str) -> None:
    assert not {"SKR005", "FOR006"} & found(plain(words))
