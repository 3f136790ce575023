"""iopctl explain: the screens of a page in both languages, the list of rules, JSON, Markdown, and what is asked for."""

from __future__ import annotations

import json
import re

import pytest
from markdown_it import MarkdownIt

from iopctl import rules
from iopctl.finding import Rule, Severity
from iopctl.locale.language import Language
from iopctl.manual import page
from iopctl.model.manual import Bilingual, ManualPage, Reference
from iopctl.render.manual import Entry, as_markdown, as_text, contents
from tests.agreements import SHIPPED
from tests.terminal import iopctl, on_a_terminal

SWEDISH = """\
PER003 stated-length (fel)
Den angivna längden är en annan än datumen ger

Vad
  Regeln jämför den längd som överenskommelsens text anger (stated under period)
  med första och sista dagen, båda inräknade. Den säger till när de ger olika
  sista dag, även om det bara skiljer en dag.

Varför
  Vilken av uppgifterna som gäller avgör när överenskommelsen upphör, hur länge
  ersättning betalas och när en förlängning senast ska beslutas. Upptäcks det
  först när tiden är på väg att ta slut kan parterna ha räknat med olika dagar.

Fel
  period:
    start: 2026-01-01
    end: 2028-12-31
    stated: 2 years

Rätt
  period:
    start: 2026-01-01
    end: 2028-12-31
    stated: 3 years

Källa
  Överenskommelsen mellan äldrenämnden i Linköping och Resurspoolen, 2018:
  ”gäller under två från 2018-01-01—2020-12-31”
  Stadsmissionen, 2020-10-01: ”fem år framåt”, ”till och med 2025-06-01”
  https://www.stadsmissionen.se/nyheter/okad-trygghet-alla-genom-samarbete-med-sl
"""

ENGLISH = """\
PER003 stated-length (error)
The stated length is not what the dates give

What
  The rule compares the length that the agreement's text states (stated under
  period) with the first and the last day, both included. It speaks up when they
  give different last days, even by a single day.

Why
  Which of them holds decides when the agreement ends, how long money is paid
  and by when an extension has to be decided. Found only when the time is
  running out, the parties may have counted on different days.

Wrong
  period:
    start: 2026-01-01
    end: 2028-12-31
    stated: 2 years

Right
  period:
    start: 2026-01-01
    end: 2028-12-31
    stated: 3 years

Source
  Överenskommelsen mellan äldrenämnden i Linköping och Resurspoolen, 2018:
  ”gäller under två från 2018-01-01—2020-12-31”
  Stadsmissionen, 2020-10-01: ”fem år framåt”, ”till och med 2025-06-01”
  https://www.stadsmissionen.se/nyheter/okad-trygghet-alla-genom-samarbete-med-sl
"""

MADE_UP = Entry(
    Rule("XYZ001", "made-up", Severity.WARNING),
    ManualPage(
        title=Bilingual(sv="Påhittad", en="A made-up rule | with *signs*"),
        what=Bilingual(sv="Något.", en="It looks at [^1], <b>, at_least and _this_."),
        why=Bilingual(sv="Därför.", en="Because."),
        settings="made_up: true\n",
        beside="title: Earlier\n",
        wrong="title: A\n\ndnr: B\n",
        right="title: C\n",
        sources=(Reference(title="A law [1]", address="https://example.org/a_(b)"), Reference(title="A guideline")),
    ),
)


@pytest.mark.parametrize(("lang", "screen"), [("sv", SWEDISH), ("en", ENGLISH)])
def test_the_whole_screen_of_a_page(lang: str, screen: str) -> None:
    done = iopctl("explain", "PER003", cwd=SHIPPED, lang=lang)
    assert (done.returncode, done.stdout, done.stderr) == (0, screen, "")


@pytest.mark.parametrize("asked", ["per003", "stated-length", "Stated-Length"])
def test_a_rule_is_asked_for_by_code_or_name(asked: str) -> None:
    assert iopctl("explain", asked, cwd=SHIPPED).stdout == ENGLISH


def test_several_rules_come_in_the_order_asked_for_each_once() -> None:
    shown = iopctl("explain", "TXT001", "PER003", "open-question", cwd=SHIPPED).stdout
    assert shown == iopctl("explain", "TXT001", cwd=SHIPPED).stdout + "\n" + ENGLISH


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("DEK002",), "there is no rule DEK002; did you mean DEC002?"),
        (("TXT001", "statedlength"), "there is no rule statedlength; did you mean stated-length?"),
        (("xyzzy",), "there is no rule xyzzy; all of them: iopctl explain --all"),
        ((), "name one or more rules, such as PER003, or ask for all of them with --all"),
        (("PER003", "--all"), "name one or more rules, such as PER003, or ask for all of them with --all"),
        (("PER003", "--format", "pdf"), "--format: found pdf, expected one of: text, json, md"),
    ],
)
def test_what_cannot_be_explained(arguments: tuple[str, ...], message: str) -> None:
    done = iopctl("explain", *arguments, cwd=SHIPPED)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"iopctl: {message}\n")


def test_what_is_asked_for_first_stands_before_the_example() -> None:
    assert as_text([MADE_UP], Language("en"), 40) == (
        "XYZ001 made-up (warning)\n"
        "A made-up rule | with *signs*\n\n"
        "What\n  It looks at [^1], <b>, at_least and\n  _this_.\n\n"
        "Why\n  Because.\n\n"
        "When iopctl.yaml says\n  made_up: true\n\n"
        "In another agreement, earlier.yaml\n  title: Earlier\n\n"
        "Wrong\n  title: A\n\n  dnr: B\n\n"
        "Right\n  title: C\n\n"
        "Source\n  A law [1]\n  https://example.org/a_(b)\n  A guideline\n"
    )


def test_headings_are_bold_on_a_terminal_and_lines_as_long_as_it_is_wide() -> None:
    shown = on_a_terminal("explain", "PER003", cwd=SHIPPED, columns=50)
    assert shown.startswith("\x1b[1mPER003\x1b[0m stated-length (fel)\r\n\x1b[1mDen angivna längden")
    assert shown.count("\x1b[1m") == 1 + 1 + 5  # the code, the title, and What, Why, Wrong, Right and Source
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines()
    assert 40 < max(len(line) for line in lines if "https://" not in line) <= 50
    assert "\x1b" not in on_a_terminal("explain", "PER003", cwd=SHIPPED, columns=50, NO_COLOR="1")


def test_a_list_of_rules() -> None:
    entries = [Entry(rule, page(rule.code)) for rule in rules.ALL if rule.code in ("FRM007", "TXT001")]
    assert contents(entries, Language("en"), 100) == (
        "Code    Severity  What is wrong\n"
        "FRM007  error     The file is empty\n"
        "TXT001  warning   The agreement leaves something open\n"
    )


def test_all_lists_every_rule() -> None:
    lines = iopctl("explain", "--all", cwd=SHIPPED).stdout.splitlines()
    assert [line.split()[0] for line in lines[1:]] == [rule.code for rule in rules.ALL]


def test_json_has_every_field_in_the_language_of_the_run() -> None:
    done = iopctl("explain", "REF005", "--format", "json", cwd=SHIPPED, lang="sv")
    assert json.loads(done.stdout) == {
        "format": 1,
        "rules": [
            {
                "code": "REF005",
                "name": "unknown-agreement",
                "severity": "error",
                "title": "Den ersatta överenskommelsen finns inte",
                "what": "En överenskommelse kan säga att den ersätter en tidigare, med den tidigares id: filens namn "
                "utan .yaml. Regeln säger till när det inte finns någon annan överenskommelse med det namnet i "
                "arbetsmappen.",
                "why": "De två kan inte jämföras. Överlappar de varandra, så att båda betalas för samma dagar, märks "
                "det inte.",
                "wrong": "replaces: earlier-2023\n",
                "right": "replaces: earlier\n",
                "settings": None,
                "beside": "period:\n  start: 2023-01-01\n  end: 2025-12-31\n",
                "sources": [],
            }
        ],
    }
    everything = json.loads(iopctl("explain", "--all", "--format", "json", cwd=SHIPPED).stdout)
    assert [each["code"] for each in everything["rules"]] == [rule.code for rule in rules.ALL]


def test_the_whole_markdown_of_a_page() -> None:
    assert as_markdown([MADE_UP], Language("en")) == (
        "# The rules of iopctl check\n\n"
        "| Code | Severity | What is wrong |\n"
        "|---|---|---|\n"
        "| XYZ001 | warning | A made-up rule \\| with \\*signs\\* |\n\n"
        "## XYZ001: A made-up rule \\| with \\*signs\\*\n\n"
        "`made-up`, warning\n\n"
        "### What\n\nIt looks at \\[^1\\], \\<b\\>, at_least and \\_this\\_.\n\n"
        "### Why\n\nBecause.\n\n"
        "### When iopctl.yaml says\n\n```yaml\nmade_up: true\n```\n\n"
        "### In another agreement, earlier.yaml\n\n```yaml\ntitle: Earlier\n```\n\n"
        "### Wrong\n\n```yaml\ntitle: A\n\ndnr: B\n```\n\n"
        "### Right\n\n```yaml\ntitle: C\n```\n\n"
        "### Source\n\n- [A law \\[1\\]](<https://example.org/a_(b)>)\n- A guideline\n"
    )


def test_markdown_says_what_the_pages_say() -> None:
    """Read by a Markdown reader, every text of every page comes out as it was written."""
    entries = [Entry(rule, page(rule.code)) for rule in rules.ALL]
    tokens = MarkdownIt().enable("table").parse(as_markdown(entries, Language("sv")))
    assert _words(tokens[1]) == "Reglerna i iopctl check"
    chapters = [tokens[at + 1] for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2"]
    assert [_words(each) for each in chapters] == [f"{rule.code}: {page_.title.sv}" for rule, page_ in entries]
    paragraphs = {_words(token) for token in tokens if token.type == "inline"}
    assert {text for _rule, page_ in entries for text in (page_.what.sv, page_.why.sv)} <= paragraphs
    fences = [token.content for token in tokens if token.type == "fence" and token.info in ("yaml", "markdown")]
    assert fences == [
        text for _rule, page_ in entries for text in (page_.settings, page_.beside, page_.wrong, page_.right) if text
    ]


def _words(token: object) -> str:
    children = getattr(token, "children", None) or ()
    return "".join(each.content for each in children if each.type in ("text", "text_special", "code_inline"))
