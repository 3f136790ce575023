"""docs/reference.md and docs/reference.en.md are what the model and the texts of iopctl/schema say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from iopctl.form import keys_of
from iopctl.model import Agreement, Settings
from iopctl.schema.reference import reference
from tests.agreements import SHIPPED

PAGES = {"sv": SHIPPED / "docs" / "reference.md", "en": SHIPPED / "docs" / "reference.en.md"}


@pytest.mark.parametrize("language", PAGES)
def test_the_page_is_the_one_that_is_made(language: str, request: pytest.FixtureRequest) -> None:
    made = reference(language)
    if request.config.getoption("--write-screens"):
        PAGES[language].write_text(made, "utf-8")
    assert PAGES[language].read_text("utf-8") == made


def test_the_command_writes_the_page() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "iopctl.schema.reference", "sv"], cwd=SHIPPED, capture_output=True, check=True
    )
    assert done.stdout.decode() == PAGES["sv"].read_text("utf-8")


def test_a_part_word_for_word() -> None:
    """Worked out by hand from model/period.py and schema/period.yaml."""
    page = PAGES["en"].read_text("utf-8")
    told = page[page.index('### <a id="notice"></a>`period.notice`') :]
    assert told[: told.index("\n###")] == (
        '### <a id="notice"></a>`period.notice`\n'
        "\n"
        "- **`length`** · [length of time](#v-length) · required  \n"
        "  The period of notice. Example: 3 months.\n"
        "- **`count`** · one of the words  \n"
        "  How the period of notice is counted. Without the key: date.\n"
        "  - `date`: From the day notice is given to the same day of the month.\n"
        "  - `whole_months`: In whole calendar months.\n"
        "- **`condition`** · [text](#v-text)  \n"
        "  When notice is possible at all, if it is not always.\n"
        "- **`given_by`** · [id](#v-id) or a list of such  \n"
        "  The id or ids of the parties that may give notice, if not all.\n"
        "- **`wording`** · [text](#v-text)  \n"
        "  The agreement's own words about notice.\n"
    )


def sections(page: str) -> dict[str, list[str]]:
    """The keys that are told of at each place of a file, the places as `keys_of` writes them."""
    found = {}
    for section in page.split("\n### "):
        path = re.match(r'<a id="\w+"></a>`([^`]+)`', section)
        place = re.sub(r"\[\]|\.<[^>]+>", "", path[1]) if path else ""
        found[place] = re.findall(r"^- \*\*`([^`]+)`\*\* · ", section, re.MULTILINE)
    return found


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize(("number", "model"), [(1, Agreement), (2, Settings)])
def test_every_key_of_every_part_is_there(language: str, number: int, model: type[Agreement | Settings]) -> None:
    """A part has a section at the first place where it stands; at the others there is a link to that."""
    files = [sections(each) for each in PAGES[language].read_text("utf-8").split("\n## ")]
    told, known = files[number], keys_of(model)
    assert told[""] == known[""]
    assert {place: known[place] for place in told} == told
    elsewhere = {place: keys for place, keys in known.items() if place not in told and keys != ["unknown"]}
    others = [keys for each in files for keys in each.values()]
    assert [place for place, keys in elsewhere.items() if keys not in others] == []


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda each: each.name)
def test_links_lead_to_one_place_each(page: Path) -> None:
    text = page.read_text("utf-8")
    headings = re.findall(r"^##+ (?!<)(.+)$", text, re.MULTILINE)
    anchors = re.findall(r'<a id="([^"]+)">', text) + [
        re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings
    ]
    assert sorted(anchors) == sorted(set(anchors))
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) - set(anchors) == set()
