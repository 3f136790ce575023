"""The manual of the rules: a page for each, in both languages, with an example that is what the page says it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from iopctl import rules
from iopctl.cli.app import run
from iopctl.manual import page, pages
from iopctl.model.manual import ManualPage
from tests import edited
from tests.sound import DAY, ID, SOUND, completed, findings, write

CODES = [rule.code for rule in rules.ALL]

NO_SNIPPET = {
    "FRM001": "the file cannot be read at all; wrong and right list files",
    "FRM002": "bytes that are not UTF-8 cannot stand in a page",
    "MON020": "takes index numbers of two reference years in indices/, and none may be made up",
    "REG001": "takes two files of the same name; wrong and right list files",
    "REG002": "is about rows in indices/, not about an agreement",
    "REG003": "is about the name of the file",
    "REG005": "is about iopctl.yaml",
    "REG006": "is about iopctl.yaml",
    "REG008": "is about rows in indices/, not about an agreement",
    "REG009": "is about links in indices/, not about an agreement",
    "DRF020": "takes a municipality whose memos have a summary; see test_lint.py",
    "ACK003": "is about the baseline",
    "INT001": "is about a fault in a rule",
}
"""Rules that keys of one agreement cannot show, with the reason. Their wrong and right are read, not run."""

NO_RIGHT = {"MON002": "is mended by a published figure in indices/, and no figure may be made up"}
"""Rules whose wrong is run and whose right is only read."""

ALSO = {"ACK002": {"PER003"}, "SKR008": {"FUP001"}}
"""What a wrong example cannot be without: a finding that counts again; a follow-up that is missing for everybody."""


def found_in(page: ManualPage, snippet: str) -> list[str]:
    """The codes of what the real check, or lint, finds in a workspace with the page's settings and other agreement."""
    if page.draft:
        return edited.codes(snippet, page.settings)
    beside = {"earlier": page.beside} if page.beside is not None else {}
    found = findings(snippet, settings=page.settings, beside=beside)
    return [finding["code"] for finding in found if finding["acknowledged"] is None]


def test_the_sound_agreement_has_no_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [file] = write(tmp_path, {ID: SOUND}, "check: {packs: [skr-2017, forum, lou, state-aid]}\n")
    assert run(["check", str(file), "--as-of", DAY, "--strict"]) == 0
    assert capsys.readouterr().out == "files checked: 1; errors: 0, warnings: 0, information: 0, acknowledged: 0\n"


@pytest.mark.parametrize("code", [code for code in CODES if code not in NO_SNIPPET])
def test_wrong_is_found_by_this_rule_alone(code: str) -> None:
    assert set(found_in(page(code), page(code).wrong)) == {code} | ALSO.get(code, set())


@pytest.mark.parametrize("code", [code for code in CODES if code not in {**NO_SNIPPET, **NO_RIGHT}])
def test_right_has_no_finding_at_all(code: str) -> None:
    assert found_in(page(code), page(code).right) == []


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert set(pages()) == set(CODES)


def test_codes_and_names_are_given_once() -> None:
    assert len({rule.code for rule in rules.ALL} | {rule.name for rule in rules.ALL}) == 2 * len(rules.ALL)


@pytest.mark.parametrize("code", CODES)
def test_a_page_speaks_both_languages(code: str) -> None:
    for text in (page(code).title, page(code).what, page(code).why):
        assert text.sv.strip() and text.en.strip()
        assert text.sv != text.en
        assert "\n" not in text.sv + text.en, "write paragraphs after >-"
    assert '"' not in page(code).what.sv + page(code).why.sv, "Swedish quotation marks are ”…”"


@pytest.mark.parametrize("code", CODES)
def test_a_title_is_short_and_no_sentence(code: str) -> None:
    for title in (page(code).title.sv, page(code).title.en):
        assert len(title) <= 70
        assert not title.endswith(".")


@pytest.mark.parametrize("code", CODES)
def test_sources_can_be_looked_up(code: str) -> None:
    for source in page(code).sources:
        assert source.title
        assert source.address is None or re.match(r"https?://[^\s/]+", source.address)


def test_keys_take_the_place_of_those_in_the_sound_agreement() -> None:
    changed = completed("total: {value: 1, per: year}\nreplaces: earlier\nreplaces: later\n")
    assert changed.count("\ntotal:") == 1
    assert "\ntotal: {value: 1, per: year}\nduties:\n" in changed
    assert changed.endswith("\nreplaces: earlier\nreplaces: later\n")
    assert completed("format: 1\n") == "format: 1\n"
    assert completed("# nothing\n") == "# nothing\n"
