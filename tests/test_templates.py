"""Templates: what they can do, how their faults are placed, and that they can reach nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from iopctl.documents import environment
from iopctl.documents.markdown import markdown
from iopctl.documents.templates import TemplateFaultError, Templates, packaged
from iopctl.documents.tree import Document, Text
from iopctl.locale.language import Language
from tests.agreements import agreement
from tests.documents import drafted, from_template

TITLE = "# Prov\n\n"


def text(document: Document) -> str:
    """The draft without its front matter, head and title."""
    return markdown(document).partition("# Prov\n\n")[2].partition("\n\n[^")[0].rstrip("\n")


def fault(folder: Path, template: str, **parts: Any) -> tuple[int | None, str]:
    with pytest.raises(TemplateFaultError) as caught:
        from_template(folder, template, **parts)
    assert caught.value.template == str(folder / "prov.md.j2")
    return caught.value.line, Language("en").say(caught.value.reason)


@pytest.mark.parametrize(
    ("template", "line", "reason"),
    [
        (
            TITLE + "a\n\n{{ agreement.nothing }}\n",
            5,
            "'iopctl.model.agreement.Agreement object' has no attribute 'nothing'",
        ),
        (TITLE + "a\n{% for %}\n", 4, "Expected an expression, got 'end of statement block'"),
        (
            "---\nname: prov\ndescription: prov\n---\n# Prov\n\n{{ agreement.title | nosuch }}\n",
            7,
            "No filter named 'nosuch'.",
        ),
        ("\n\n# Prov\n\n{{ agreement.title | kronor }}\n", 5, "kronor: IOP Exempel"),
        ('{% extends "annan.md.j2" %}\n', 1, "there is no template annan.md.j2"),
        ('{% include "../agreements/x.yaml" %}\n', 1, "there is no template ../agreements/x.yaml"),
        ("---\nname: prov\ndescription: prov\nkind: prov\n---\n# Prov\n", 4, "the format has no key kind here"),
        ("---\nname: [\n---\n# Prov\n", 3, "a bracket or brace is not closed, or a comma is missing in it"),
    ],
)
def test_a_fault_in_a_template_is_placed(tmp_path: Path, template: str, line: int, reason: str) -> None:
    assert fault(tmp_path, template) == (line, reason)


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("ingen rubrik\n", "the text has to begin with a title, # …, and have no other"),
        ("# En\n\n# Två\n", "the text has to begin with a title, # …, and have no other"),
        ("", "the text has to begin with a title, # …, and have no other"),
        ("# Prov\n\n### För djupt\n", "the heading För djupt is a level too deep for where it stands"),
        (
            "# Prov\n\na ![bild](tidslinje) b\n",
            "a document cannot carry this kind of Markdown: image inside a paragraph",
        ),
    ],
)
def test_what_a_document_cannot_be_is_refused(tmp_path: Path, template: str, reason: str) -> None:
    assert fault(tmp_path, template) == (None, reason)


ESCAPES = [
    "{{ agreement.__class__ }}",
    "{{ agreement['__class__'] }}",
    "{{ agreement.title.__class__.__mro__ }}",
    "{{ agreement.model_dump() }}",
    "{{ agreement.model_copy(update={}) }}",
    "{{ agreement.title.format('x') }}",
    "{{ agreement.title.encode() }}",
    "{{ ''.join(['a']) }}",
    "{{ [].append(1) }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__ }}",
    "{{ lipsum() }}",
    "{{ range(10) }}",
    "{{ dict(a=1) }}",
    "{{ namespace(a=1) }}",
    "{{ period.__globals__ }}",
    "{{ datum }}",
    "{{ agreement | attr('title') }}",
    "{{ agreement | pprint }}",
    "{{ agreement | xmlattr }}",
    "{{ 'x' | format }}",
    "{% import 'os' as os %}",
    "{% include '/etc/passwd' %}",
    "{% include 'iopctl/../prov.md.j2' %}",
]


@pytest.mark.parametrize("attempt", ESCAPES)
def test_a_template_cannot_get_out(tmp_path: Path, attempt: str) -> None:
    line, _reason = fault(tmp_path, f"# Prov\n\n{attempt}\n")
    assert line == 3


def test_a_link_to_a_file_elsewhere_is_no_template(tmp_path: Path) -> None:
    (tmp_path / "hemligt.txt").write_text("hemligt", "utf-8")
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "annan.md.j2").symlink_to(tmp_path / "hemligt.txt")
    assert fault(folder, '# Prov\n\n{% include "annan.md.j2" %}\n') == (3, "there is no template annan.md.j2")


@pytest.mark.parametrize(
    "template",
    [
        "{{ 'a' * 1000000000 }}",
        "{{ ['a'] * 1000000000 }}",
        "{{ 9 ** 999999999 }}",
        "{{ '%1000000000d' % 1 }}",
    ],
)
def test_a_text_is_never_multiplied(tmp_path: Path, template: str) -> None:
    line, reason = fault(tmp_path, f"# Prov\n\n{template}\n")
    assert line == 3
    assert reason.endswith("is for numbers")


def test_a_list_is_never_filled_up(tmp_path: Path) -> None:
    assert fault(tmp_path, TITLE + "{{ [1] | batch(1000000000, 1) | list }}")[1] == "No filter named 'batch'."


def test_a_text_that_doubles_line_by_line_is_stopped(tmp_path: Path) -> None:
    lines = ["# Prov", "", "{% set a = 'abcdefgh' %}", *["{% set a = a ~ a %}"] * 60, "{{ a }}"]
    line, reason = fault(tmp_path, "\n".join(lines))
    assert reason == "the template writes more than 2,000,000 characters"
    assert line is not None
    assert line <= 3 + 20  # 8 × 2¹⁸ is the first power above the limit


def test_a_text_that_is_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "LONGEST_TEXT", 1000)
    letters = ", ".join(["'abcdefghij'"] * 40)
    loops = f"{{% for a in [{letters}] %}}\n{{% for b in [{letters}] %}}\n"
    template = f"# Prov\n\n{loops}{{{{ b }}}}\n{{% endfor %}}\n{{% endfor %}}\n"
    _line, reason = fault(tmp_path, template)
    assert reason == "the template writes more than 1,000 characters"


def test_a_template_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "LONGEST_TIME", 0.2)
    numbers = "[" + ", ".join("0123456789" * 10) + "]"
    loops = "".join(f"{{% for a{depth} in {numbers} %}}\n" for depth in range(8))
    line, reason = fault(tmp_path, "# Prov\n\n" + loops + "{% endfor %}\n" * 8)
    assert reason == "the template takes more than 0 seconds"
    assert line is not None


def test_a_template_that_calls_itself_is_stopped(tmp_path: Path) -> None:
    line, _reason = fault(tmp_path, "# Prov\n\n{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}\n")
    assert line == 3


def test_blocks_inside_each_other_deeper_than_python_goes_are_a_fault(tmp_path: Path) -> None:
    nested = "{% for each in 'x' %}" * 25 + "{% endfor %}" * 25
    assert fault(tmp_path, TITLE + nested) == (None, "too many statically nested blocks")


def test_markdown_too_deep_for_the_parser_is_refused_and_not_lost(tmp_path: Path) -> None:
    reason = "a document cannot carry this kind of Markdown: more than 20 levels, one inside the other"
    assert fault(tmp_path, TITLE + "> " * 30 + "djupt") == (None, reason)
    assert fault(tmp_path, TITLE + "*" * 3000 + "djupt" + "*" * 3000) == (None, reason)


def test_what_is_traced_before_is_traced_afterwards(tmp_path: Path) -> None:
    import sys

    before = sys.gettrace()
    fault(tmp_path, "# Prov\n\n{{ agreement.nothing }}\n")
    from_template(tmp_path, TITLE + "a\n")
    assert sys.gettrace() is before


# -- the workspace's own templates -------------------------------------------------------------------------------------

KIND = "tjansteskrivelse-forlangning"


def headings(document: Document) -> list[str]:
    return [line for line in markdown(document).splitlines() if line.startswith("#")]


def test_the_workspace_s_own_template_wins(tmp_path: Path) -> None:
    (tmp_path / f"{KIND}.md.j2").write_text("# Egen\n\nEgna ord.\n", "utf-8")
    document = drafted(agreement(), KIND, own=tmp_path)
    assert headings(document) == ["# Egen"]
    assert Templates(tmp_path).path(f"{KIND}.md.j2") == tmp_path / f"{KIND}.md.j2"
    assert Templates(tmp_path).path(f"iopctl/{KIND}.md.j2") == packaged() / f"{KIND}.md.j2"


def test_a_workspace_changes_a_single_block(tmp_path: Path) -> None:
    block = "{% block equality %}Egna ord om {{ partnern }}.{% endblock %}\n"
    own = f'{{% extends "iopctl/{KIND}.md.j2" %}}\n{block}'
    (tmp_path / f"{KIND}.md.j2").write_text(own, "utf-8")
    changed, usual = drafted(agreement(), KIND, own=tmp_path), drafted(agreement(), KIND)
    assert headings(changed) == headings(usual)
    (number,) = [number for number, each in enumerate(changed.blocks) if each not in usual.blocks]
    assert changed.blocks[number].inlines == (Text("Egna ord om Föreningen Exempel."),)  # type: ignore[union-attr]
    assert changed.blocks[:number] == usual.blocks[:number]
    assert changed.blocks[number + 1 :] == usual.blocks[number + 1 :]


def test_a_template_that_has_been_edited_is_read_again(tmp_path: Path) -> None:
    assert text(from_template(tmp_path, TITLE + "ett\n")) == "ett"
    assert text(from_template(tmp_path, TITLE + "två\n")) == "två"


def test_a_kind_of_the_workspace_s_own_is_listed(tmp_path: Path) -> None:
    (tmp_path / "brev.md.j2").write_text("# Brev\n", "utf-8")
    (tmp_path / "_grund.md.j2").write_text("# Grund\n", "utf-8")
    assert set(Templates(tmp_path).kinds()) - set(Templates(None).kinds()) == {"brev"}


# -- what is printed ---------------------------------------------------------------------------------------------------


def test_footnotes_that_are_used_stand_at_the_end_in_the_order_of_the_text(tmp_path: Path) -> None:
    document = from_template(
        tmp_path,
        TITLE + "{{ agreement.texts.background | markdown('bakgrund') }}\n",
        texts={"background": "Antogs 2019[^2], och igen[^1][^2]."},
        footnotes={"1": "Kommunfullmäktige 2019-01-31, § 16", "2": "En *skrift*.", "3": "används inte"},
    )
    assert markdown(document).partition(TITLE)[2] == (
        "Antogs 2019[^2], och igen[^1][^2].\n\n[^2]: En *skrift*.\n[^1]: Kommunfullmäktige 2019-01-31, § 16\n"
    )


def test_an_open_value_asks_in_its_own_words(tmp_path: Path) -> None:
    document = from_template(
        tmp_path, TITLE + "{{ agreement.dnr }} {{ part.dnr | eller('diarienummer') }}\n", dnr="2021/7"
    )
    assert text(document) == "2021/7 **[ATT FYLLA I: diarienummer]**"
    assert document.missing == ("diarienummer",)


def test_what_is_asked_for_cannot_end_its_mark(tmp_path: Path) -> None:
    document = from_template(
        tmp_path,
        TITLE + "{{ decision.body }}\n".replace("decision", "agreement.decisions[0]"),
        decisions=({"kind": "mandated", "body": {"unknown": "[Länk] *till*\n<b>"}},),
    )
    assert document.missing == ("Länk *till* <b>",)
    assert text(document) == r"**[ATT FYLLA I: Länk \*till\* \<b\>]**"


def test_a_section_text_keeps_its_lists_and_nothing_that_could_break_the_document(tmp_path: Path) -> None:
    document = from_template(
        tmp_path,
        TITLE + "{{ agreement.texts.background | markdown('bakgrund') }}\n",
        texts={
            "background": "# Rubrik\n\nText\növer rader:\n\n- ett\n  fortsätter\n- två\n\n"
            "<b>fet</b> [länk](javascript:x) [rätt](https://example.org/a_b)"
        },
    )
    assert text(document) == (
        "**Rubrik**\n\nText över rader:\n\n- ett fortsätter\n- två\n\n"
        r"\<b\>fet\</b\> \[länk\](javascript:x) [rätt](https://example.org/a_b)"
    )


def test_a_section_text_can_have_a_table_and_a_picture_is_its_words(tmp_path: Path) -> None:
    document = from_template(
        tmp_path,
        TITLE + "{{ agreement.texts.background | markdown('bakgrund') }}\n",
        texts={"background": "| a | b |\n| --- | --: |\n| 1 | 2 |\n\n***\n\n![Vad den visar](bild.png)"},
    )
    assert text(document) == "| a   |   b |\n| --- | --: |\n| 1   |   2 |\n\n***\n\nVad den visar"
