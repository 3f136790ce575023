"""The Swedish catalogue: complete, compiled, and written as Swedish is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).parent.parent / "iopctl"
CATALOGUE = PACKAGE / "locale" / "sv" / "LC_MESSAGES" / "iopctl.po"
MARKS = ("say", "_", "word")
"""The functions whose first argument is shown to a person."""

UPDATE = """The catalogue is not up to date. Run, and translate what is empty:
  pybabel extract --add-location file -k say -k _ -k word -o /tmp/iopctl.pot iopctl
  pybabel update -D iopctl -i /tmp/iopctl.pot -l sv -d iopctl/locale --no-fuzzy-matching --no-wrap --ignore-obsolete
  pybabel compile -D iopctl -d iopctl/locale"""

PLACEHOLDER = re.compile(r"\{(\w*)\}")
LOOSE_UNIT = re.compile(r"[\d}] ?(?:kr\b|%)")
"""A unit after a number without a no-break space between them."""


@pytest.fixture(scope="module")
def marked() -> set[str]:
    """Every text that the code marks for translation."""
    found = extract_from_dir(PACKAGE, keywords=dict.fromkeys(MARKS))
    return {text for _file, _line, text, _comments, _context in found if isinstance(text, str)}


@pytest.fixture(scope="module")
def swedish() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="sv", abort_invalid=True)


def entries(catalogue: Catalog) -> list[Message]:
    """The messages without the header."""
    return [each for each in catalogue if each.id]


def texts(catalogue: Catalog) -> dict[str, str]:
    return {str(each.id): str(each.string) for each in entries(catalogue)}


def test_every_text_is_translated(marked: set[str], swedish: Catalog) -> None:
    ready = {each.id for each in entries(swedish) if each.string and not each.fuzzy}
    assert len(marked) > 200, "the extraction has stopped finding what the code marks"
    assert not marked - ready, UPDATE


def test_every_translation_is_used(marked: set[str], swedish: Catalog) -> None:
    assert not texts(swedish).keys() - marked, UPDATE
    assert not swedish.obsolete, UPDATE


def test_placeholders_are_the_same(swedish: Catalog) -> None:
    wrong = [
        english
        for english, translated in texts(swedish).items()
        if set(PLACEHOLDER.findall(english)) != set(PLACEHOLDER.findall(translated))
    ]
    assert wrong == []


def test_the_compiled_catalogue_is_the_written_one(swedish: Catalog) -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert texts(compiled) == texts(swedish), UPDATE


def test_quotation_marks_are_swedish(swedish: Catalog) -> None:
    """Straight ones only where the English has them too: there they are something to type into a file or a command."""
    wrong = [
        translated
        for english, translated in texts(swedish).items()
        if "“" in translated or ('"' in translated and '"' not in english)
    ]
    assert wrong == []


def test_units_do_not_part_from_their_numbers(swedish: Catalog) -> None:
    assert [each for each in texts(swedish).values() if LOOSE_UNIT.search(each)] == []
