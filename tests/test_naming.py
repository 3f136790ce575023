"""Names as ids, and the Swedish words that are read: one way for every command."""

from __future__ import annotations

import pytest

from iopctl.model import Length
from iopctl.naming import free, id_of, place_of, slug
from iopctl.swedish import length_meant, number_meant


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Röda Korset", "roda-korset"),
        ("Ro\u0308da Korset", "roda-korset"),  # an o and its dots
        ("Sørensen & Ægir", "sorensen-aegir"),
        ("Straße 7", "strasse-7"),
        ("  --  ", ""),
        ("日本", ""),
    ],
)
def test_letters_that_every_system_takes(name: str, id_: str) -> None:
    assert slug(name) == id_


def test_an_id_has_whole_words_and_is_not_taken() -> None:
    assert id_of("Nykterhetsrörelsens Bildningsverksamhet i Västerbotten") == "nykterhetsrorelsens-bildningsverksamhet"
    assert id_of("a" * 50) == "a" * 40
    assert id_of("日本") == "part"
    assert id_of("Part", ("part", "part-2")) == "part-3"
    assert free("rapport", ()) == "rapport"


@pytest.mark.parametrize(
    ("owner", "place"),
    [
        ("Lunds kommun", "Lund"),
        ("Borås Stad", "Borås"),
        ("Strängnäs kommun", "Strängnäs"),
        ("Hofors kommun", "Hofors"),
        ("Ale kommun", "Ale"),
        ("Exempelkommunen", "Exempelkommunen"),
        ("Region Skåne", "Skåne"),
        ("Västra Götalandsregionen", "Västra Götalandsregionen"),
        ("Vänsterpartiet", None),
    ],
)
def test_the_place_of_a_municipality(owner: str, place: str | None) -> None:
    assert place_of(owner) == place


def test_the_words_around_it_may_have_the_name() -> None:
    """Grums and Tanum: nothing in their names tells which s is their own."""
    assert place_of("Tanums kommun") == "Tanums"
    assert place_of("Tanums kommun", "Föreningen finns i Tanum.") == "Tanum"
    assert place_of("Grums kommun", "Föreningen finns i Grums.") == "Grums"


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("en", 1),
        ("ett", 1),
        ("Tolv", 12),
        ("noll", 0),
        ("18", 18),
        ("007", 7),
        ("٣", None),
        ("många", None),
        ("", None),
    ],
)
def test_small_numbers(word: str, number: int | None) -> None:
    assert number_meant(word) == number


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("3 år", Length(3, "years")),
        (" Tre\u00a0 år ", Length(3, "years")),
        ("en månad", Length(1, "months")),
        ("18 months", Length(18, "months")),
        ("1 week", Length(1, "weeks")),
        ("30 dagar", Length(30, "days")),
        ("200 år", Length(200, "years")),
        ("201 år", None),
        ("noll år", None),
        ("3 års", None),
        ("3", None),
        ("3 år och en månad", None),
    ],
)
def test_lengths_of_time(text: str, length: Length | None) -> None:
    assert length_meant(text) == length


def test_lengths_and_days_are_written_as_the_format_has_them() -> None:
    assert [f"{each}" for each in (Length(1, "years"), Length(18, "months"))] == ["1 year", "18 months"]
