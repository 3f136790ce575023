"""No words of an agreement are lost unseen on the way to the text that is signed."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from iopctl.documents.carried import left_out
from tests.agreements import SHIPPED, agreement
from tests.documents import document, drafted, real
from tests.terminal import iopctl

RESURSPOOLEN = "linkoping-resurspoolen-2020"
DAY = date(2023, 6, 15)
SECTIONS = """\
documents:
  sections:
    overenskommelse:
      - {section: parties}
      - {section: purpose}
      - {section: period}
      - {section: public_contributions}
"""


@pytest.mark.parametrize("id_", sorted(real().agreements))
def test_the_template_s_own_sections_have_all_the_words_of_the_real_agreements(id_: str) -> None:
    made = real().agreements[id_]
    assert left_out(made, document(id_, "overenskommelse", DAY)) == ()


def test_words_in_a_section_that_was_not_chosen_are_told() -> None:
    made = agreement(
        purpose="Att färre ska vara ensamma.",
        footnotes={"a": "En not."},
        contributions=({"from": ("foreningen",), "kind": "staff", "text": "en samordnare"},),
        clauses=(
            {"kind": "change", "text": "Ändringar[^a] är skriftliga.\n\n- av båda parter"},
            {"kind": "secrecy", "text": "Volontärer har *tystnadsplikt*."},
        ),
        texts={"goals": "Fler träffas.", "assessment": "Det har gått bra."},
        documents={"overenskommelse": {"sections": ({"section": "changes"},)}},
    )
    assert left_out(made, drafted(made, "overenskommelse")) == (
        ("purpose",),
        ("contributions", 0, "text"),
        ("clauses", 1, "text"),
        ("texts", "goals"),
    )
    assert left_out(made, drafted(made, "delrapport")) == ()


def test_render_tells_what_is_lost_and_final_refuses(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED / "agreements", tmp_path / "agreements")
    (tmp_path / "iopctl.yaml").write_text(SECTIONS, "utf-8")
    arguments = ("render", RESURSPOOLEN, "overenskommelse", "--as-of", "2023-06-15", "-o", "avtal.md")
    final = iopctl(*arguments, "--final", cwd=tmp_path)
    assert (final.returncode, final.stdout, (tmp_path / "avtal.md").exists()) == (1, "", False)
    draft = iopctl(*arguments, cwd=tmp_path)
    assert (draft.returncode, draft.stdout) == (0, "")
    assert (
        draft.stderr.partition("  [ATT FYLLA I")[0]
        == f"""\
written: avtal.md
{RESURSPOOLEN}: of the agreement, this stands nowhere in the document:
  clauses[0].text
  texts.goals
  texts.activities
{RESURSPOOLEN}: to be filled in:
"""
    )
