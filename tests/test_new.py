"""iopctl new as a person meets it: whole conversations, each case's file, and that nothing is lost."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, reject, settings
from hypothesis import strategies as st

from iopctl.beginning import wording
from iopctl.beginning.conversation import accepted, following, proposed
from iopctl.beginning.file import errors, text
from iopctl.beginning.question import Asked, NotAcceptedError, Situation
from iopctl.beginning.questions import QUESTIONS
from iopctl.beginning.questions.shared import TEMPLATES
from iopctl.beginning.readers import InKind, Named, Person, Sum
from iopctl.cli.examine import examine
from iopctl.finding import Severity
from iopctl.locale.language import Language
from iopctl.model import MONTHS, Length, Settings
from iopctl.source import Source
from iopctl.surroundings import packaged_tables
from tests.conversation import CTRL_C, CTRL_D, talk
from tests.terminal import iopctl

RECORDED = Path(__file__).parent / "new"
DAY = "2026-10-01"
ENGLISH = Language("en")
TABLES = packaged_tables()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "agreements").mkdir()
    shutil.copy(RECORDED / "iopctl.yaml", tmp_path)
    return tmp_path


def recorded(name: str, real: str, request: pytest.FixtureRequest) -> str:
    """What was recorded under a name; recorded anew when that is asked for."""
    path = RECORDED / name
    if request.config.getoption("--write-screens"):
        path.write_text(real, "utf-8")
    return path.read_text("utf-8")


# -- whole conversations -----------------------------------------------------------------------------------------------

SWEDISH = [
    *("", "?", "Äldre i Exempelkommunen saknar en mötesplats.", "kanske", "j", "-"),
    *("", "", "", "Socialförvaltningen", "Föreningen Exempel", "<", "Föreningen Exemplet", "", "802000-9993"),
    *("8020009992", "2", "Partnerskapet ska minska ofrivillig ensamhet bland äldre.", "-", "Äldre.", "En mötesplats."),
    *("-", "öppenhet och dialog; ömsesidig tillit", "sal", "lokaler: en sal i servicehuset", "nej", "1 700", "340 000"),
    *("400.000", "400 000", "", "", "", "", "", "", "januari, juli"),
    *("32 januari 2027", "1 mars 2027", "3 år", "2", "", "", "3 månader", "", "", "31 mars", "", "-"),
    *("Alex Provsson, ordförande", "", "SN 2026/118", "", "", "-", "-", "", "Exempel!", "", "<", "", ""),
]  # fmt: skip
IN_ENGLISH = [
    *("2", "-", "-", "", "", "", "-", "Föreningen Exemplet", "", "-", "1", "-", "-", "-", "-", "-", "-"),
    *("premises", "volunteers: four leaders of circles", "no", "1 January 2027", "until further notice", "?"),
    *("6 months", "2", "the association", "no", "no", "-", "-", "no", "-", "", "", "-", "-", "", "", "y"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "answers"), [("sv", SWEDISH), ("en", IN_ENGLISH)])
def test_a_whole_conversation(lang: str, answers: list[str], workspace: Path, request: pytest.FixtureRequest) -> None:
    done = talk("new", "--as-of", DAY, cwd=workspace, answers=answers, lang=lang)
    (file,) = (workspace / "agreements").iterdir()
    assert (done.code, file.name) == (0, "exempelkommunen-foreningen-exemplet-2027.yaml")
    assert done.screen == recorded(f"{lang}.txt", done.screen, request)
    assert file.read_text("utf-8") == recorded(f"{lang}.yaml", file.read_text("utf-8"), request)


def test_what_is_given_is_not_asked(workspace: Path, request: pytest.FixtureRequest) -> None:
    """With --dry-run only the file goes to standard output, and nothing is written."""
    given, out = str(RECORDED / "money.answers.yaml"), workspace / "draft"
    done = talk(
        *("new", "--answers", given, "--set", "title=IOP Mötesplats", "--as-of", DAY, "--dry-run"),
        *("--set", "notice=länge", "--set", "percent=2"),  # the one cannot be used, the other is not asked
        cwd=workspace,
        answers=["", "<", "Sedan 2024.", "", "", "3 months", "mote"],
        lang="en",
        out=out,
    )
    assert done.code == 0
    assert done.screen == recorded("given.txt", done.screen, request)
    changed = (RECORDED / "money.yaml").read_text("utf-8")
    for old, new in (
        (
            "Överenskommelse om idéburet offentligt partnerskap mellan Socialnämnden och Föreningen Exemplet",
            "IOP Mötesplats",
        ),
        ("Kommunen och föreningen har sedan 2024 talat om ensamheten bland äldre.", "Sedan 2024."),
    ):
        assert old in changed
        changed = changed.replace(old, new)
    assert out.read_text("utf-8") == changed
    assert list((workspace / "agreements").iterdir()) == []


# -- nothing is lost ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stop", [CTRL_C, CTRL_D])
def test_a_conversation_that_is_broken_off_can_be_gone_on_with(stop: str, workspace: Path) -> None:
    """The answers are kept, and the file that comes of them is the same as without the break."""
    broken = talk("new", "--as-of", DAY, cwd=workspace, answers=[*SWEDISH[:45], stop, "j"])
    assert broken.code == 130
    assert broken.screen.endswith(
        "\nInget skrevs.\nSpara svaren så här långt i new-answers.yaml? [J/n] j\n"
        "Fortsätt med: iopctl new --answers new-answers.yaml\n"
    )
    assert list((workspace / "agreements").iterdir()) == []
    rest = talk("new", "--answers", "new-answers.yaml", "--as-of", DAY, cwd=workspace, answers=SWEDISH[45:])
    (file,) = (workspace / "agreements").iterdir()
    assert (rest.code, file.read_text("utf-8")) == (0, (RECORDED / "sv.yaml").read_text("utf-8"))


def test_the_answers_that_are_kept(workspace: Path) -> None:
    talk("new", "--as-of", DAY, cwd=workspace, answers=["2", "Behov: #1", "-", "-", "", "", CTRL_C, ""], lang="en")
    assert (workspace / "new-answers.yaml").read_text("utf-8") == (
        "# Go on with: iopctl new --answers new-answers.yaml\n"
        "template: in-kind\n"
        'need: "Behov: #1"\n'
        'joint: "-"\n'
        'background: "-"\n'
        "municipality: Exempelkommunen\n"
        "board: Socialnämnden\n"
    )


@pytest.mark.parametrize("answer", [CTRL_C, "n"])
def test_answers_need_not_be_kept(answer: str, workspace: Path) -> None:
    done = talk("new", cwd=workspace, answers=["2", CTRL_C, answer], lang="en")
    assert done.code == 130
    assert sorted(each.name for each in workspace.iterdir()) == ["agreements", "iopctl.yaml"]


def test_answers_are_kept_beside_those_that_were_kept_before(workspace: Path) -> None:
    (workspace / "new-answers.yaml").write_text("need: Behov\n", "utf-8")
    done = talk("new", cwd=workspace, answers=["2", CTRL_C, ""], lang="en")
    assert done.screen.endswith("Go on with: iopctl new --answers new-answers-2.yaml\n")
    assert (workspace / "new-answers.yaml").read_text("utf-8") == "need: Behov\n"


def test_a_no_at_the_end_keeps_the_answers(workspace: Path) -> None:
    given = str(RECORDED / "money.answers.yaml")
    answers = ["", "", "", "", "", "n", ""]
    done = talk("new", "--answers", given, "--as-of", DAY, cwd=workspace, answers=answers, lang="en")
    assert done.code == 0
    assert list((workspace / "agreements").iterdir()) == []
    again = iopctl("new", "--answers", "new-answers.yaml", "--as-of", DAY, cwd=workspace)
    (file,) = (workspace / "agreements").iterdir()
    assert (again.returncode, file.read_text("utf-8")) == (0, (RECORDED / "money.yaml").read_text("utf-8"))


# -- without a person --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_file_of_each_case(template: str, workspace: Path, request: pytest.FixtureRequest) -> None:
    given = str(RECORDED / f"{template}.answers.yaml")
    done = iopctl("new", "--answers", given, "--as-of", DAY, cwd=workspace)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == recorded(f"{template}.txt", done.stdout, request)
    (file,) = (workspace / "agreements").iterdir()
    assert file.read_text("utf-8") == recorded(f"{template}.yaml", file.read_text("utf-8"), request)
    checked = iopctl("check", "--format", "concise", "--as-of", DAY, cwd=workspace)
    assert checked.returncode == 0
    assert checked.stdout == recorded(f"{template}.check.txt", checked.stdout, request)
    assert iopctl("fmt", "--check", file.stem, cwd=workspace).returncode == 0  # laid out as fmt would have it
    for kind in ("overenskommelse", "tjansteskrivelse-ny"):
        drafted = iopctl("render", file.stem, kind, "--as-of", DAY, cwd=workspace)
        assert drafted.returncode == 0
        gaps = drafted.stderr.replace(str(workspace), "")
        assert gaps == recorded(f"{template}.{kind}.txt", gaps, request)


def test_flags_and_dry_run(workspace: Path) -> None:
    """By flags alone; the rest is open, and what can be taken for granted is taken."""
    flags = {
        "partner": "Föreningen Exemplet",
        "start": "1 januari 2027",
        "length": "18 månader",
        "amount": "50 000 en gång",
    }
    arguments = [each for key, value in flags.items() for each in (f"--{key}", value)]
    shown = iopctl("new", *arguments, "--dry-run", "--as-of", DAY, cwd=workspace)
    assert list((workspace / "agreements").iterdir()) == []
    written = iopctl("new", "--yes", *arguments, "--as-of", DAY, cwd=workspace)
    assert (shown.returncode, written.returncode) == (0, 0)
    (file,) = (workspace / "agreements").iterdir()
    assert file.read_text("utf-8") == shown.stdout
    values = Source("", shown.stdout).values
    assert values["period"] == {"start": date(2027, 1, 1), "end": date(2028, 6, 30), "stated": "18 months"}
    assert values["contributions"] == (
        {"id": "ersattning", "from": "socialnamnden", "to": "foreningen-exemplet", "kind": "cash", "amount": 50000,
         "per": "once"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("municipality", "public"),
    [
        ("Exempelkommunen", {"kind": "municipality", "organisation": "Exempelkommunen",
                             "organisation_number": "212000-9994", "board": "Socialnämnden"}),
        ("Region Exempel", {"kind": "region"}),
    ],
)  # fmt: skip
def test_what_the_settings_say_is_of_their_own_municipality(
    municipality: str, public: dict[str, str], workspace: Path
) -> None:
    """Another one has another organisation number, and another board."""
    arguments = ["--municipality", municipality, "--partner", "Föreningen Exemplet", "--start", "2027-01-01"]
    shown = iopctl("new", *arguments, "--length", "3 år", "--dry-run", "--as-of", DAY, cwd=workspace)
    assert (shown.returncode, shown.stderr) == (0, "")
    party = next(iter(Source("", shown.stdout).values["parties"].values()))
    assert {key: value for key, value in party.items() if key not in ("name", "contacts")} == public


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Föreningen Exemplet", "association"),
        ("PRO Exempelorten", "association"),
        ("Stiftelsen Exempel", "foundation"),
        ("Svenska kyrkans stiftelse i Exempel", "foundation"),
        ("Exempels församling", "congregation"),
        ("Kooperativet Exempel", "cooperative"),
        ("Studieförbundet Exempel", "study_association"),
    ],
)
def test_the_name_says_what_kind_of_organisation_it_is(name: str, kind: str, workspace: Path) -> None:
    arguments = ["--partner", name, "--start", "2027-01-01", "--length", "3 år", "--dry-run", "--as-of", DAY]
    shown = iopctl("new", *arguments, cwd=workspace)
    _public, partner = Source("", shown.stdout).values["parties"].values()
    assert partner["kind"] == kind


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            [],
            "answers are missing: --partner, --start, --length; give them, or run iopctl new on a terminal to be asked",
        ),
        (["--template", "both"], "template: found both, expected one of the answers shown"),
        (["--set", "need"], "--set: found need, expected QUESTION=ANSWER"),
        (["--set", "ned=x"], "there is no question ned; did you mean need?"),
        (["--set", "partner=-"], "partner: this one has to be answered"),
        (
            ["--partner", "F", "--start", "2027-01-01", "--length", "3 years", "--set", "contact.g=Bo"],
            "the question contact.g is not asked in this case; did you mean contact.f?",
        ),
        (
            ["--partner", "F", "--start", "2027-01-01", "--length", "2026-01-01"],
            "length: the period ends before it begins; check both dates against the agreement",
        ),
        (["--answers", "none.yaml"], "mend the error above first"),
        (["--answers", "list.yaml"], "list.yaml: expected a line for each question: its key, a colon, the answer"),
        (
            ["--set", "need=Ring 19121212-1212."],
            "need: a personal number stands in the file; remove it, from the history of a shared file too; name people "
            "by their name and role",
        ),
    ],
)
def test_what_cannot_be_used_is_refused(arguments: list[str], message: str, workspace: Path) -> None:
    (workspace / "list.yaml").write_text("- need\n", "utf-8")
    done = iopctl("new", *arguments, "--as-of", DAY, cwd=workspace)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == f"iopctl: {message}"
    assert list((workspace / "agreements").iterdir()) == []


def test_settings_that_cannot_be_read_are_not_passed_over(workspace: Path) -> None:
    (workspace / "iopctl.yaml").write_text("boards: Socialnämnden\n", "utf-8")
    done = iopctl("new", "--partner", "F", cwd=workspace)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, "iopctl: mend the error above first")


def test_no_file_is_written_over(workspace: Path) -> None:
    """An id that is taken, however it is written and whatever is in the file, is not taken again."""
    arguments = ["--partner", "F", "--start", "2027-01-01", "--length", "3 years", "--as-of", DAY]
    taken = workspace / "agreements" / "Exempelkommunen-F-2027.yml"
    taken.write_text("not an agreement", "utf-8")
    refused = iopctl("new", *arguments, "--id", "exempelkommunen-f-2027", cwd=workspace)
    assert refused.stderr == "iopctl: id: there is already an agreement exempelkommunen-f-2027; choose another name\n"
    written = iopctl("new", *arguments, cwd=workspace)
    assert written.returncode == 0
    assert sorted(each.name for each in (workspace / "agreements").iterdir()) == [
        "Exempelkommunen-F-2027.yml",
        "exempelkommunen-f-2027-2.yaml",
    ]
    assert taken.read_text("utf-8") == "not an agreement"


def test_what_only_shows_among_other_agreements_is_told(workspace: Path) -> None:
    """The same parties at the same time, unless the one takes over from the other."""
    arguments = ["--partner", "F", "--start", "2027-01-01", "--length", "3 years", "--as-of", DAY]
    assert iopctl("new", *arguments, cwd=workspace).returncode == 0
    done = iopctl("new", *arguments, cwd=workspace)
    assert told(done.stdout) == [
        "REG004: exempelkommunen-f-2027 has the same title and parties, and runs at the same time",
        "FUP001: no year of the agreement has a follow-up, a report or a meeting",
    ]
    later = ["--start", "2030-01-01", "--set", "replaces=exempelkommunen-f-2027"]
    done = iopctl("new", *arguments, *later, cwd=workspace)
    assert (done.returncode, done.stderr) == (0, "")
    assert told(done.stdout) == ["FUP001: no year of the agreement has a follow-up, a report or a meeting"]
    wrong = iopctl("new", *arguments, "--set", "replaces=exempelkommunen-g-2027", cwd=workspace)
    assert wrong.stderr == (
        "iopctl: replaces: there is no agreement exempelkommunen-g-2027; did you mean exempelkommunen-f-2027?\n"
    )


def told(output: str) -> list[str]:
    """What check is said to say."""
    lines = output.splitlines()
    since = lines[lines.index("What check says beside that:") + 1 :]
    return [each.strip() for each in since[: since.index("")]]


# -- the questions -----------------------------------------------------------------------------------------------------


def situation(**chosen: Any) -> Situation:
    return Situation(Settings(**chosen), TABLES, (), date(2026, 10, 1))


def answered(given: Mapping[str, str], now: Situation | None = None, *, proposals: bool = False) -> Situation:
    """The situation after all questions, with these answers; the others proposed, or open where they can be."""
    now = now or situation()
    needed = {
        "municipality": "Exempelkommunen",
        "partner": "Föreningen Exemplet",
        "start": "2027-01-01",
        "length": "3 år",
    }
    while (each := following(now)) is not None:
        words = given.get(each.key) or needed.get(each.key)
        if words is None and (proposals or each.question.open is None):
            words = proposed(each, now, ENGLISH.say)
        now = accepted(each, words or "-", now)
    return now


def test_questions_have_names_of_their_own() -> None:
    assert len({each.key for each in QUESTIONS}) == len(QUESTIONS) == 56


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("proposals", [False, True])
def test_every_case_can_be_left_open_or_taken_as_proposed(template: str, proposals: bool) -> None:
    given = {"template": template, "others": "PRO; SPF", "paid": "yes", "hours.pro": "10", "amount": "1", "joint": "no"}
    now = answered(given, proposals=proposals)
    assert errors(now) == []
    assert list(Source("", text(now)).findings) == []


def test_every_index_gives_a_clause_that_can_be_reckoned_with() -> None:
    """Whatever is followed, with what is proposed: only OPI's neighbours ask for more than a year."""
    found = {}
    for index in (*sorted(TABLES), "percent", "no"):
        now = answered({"amount": "100 000", "index": index, "percent": "2,5"}, proposals=True)
        assert errors(now) == []
        (cash, *_rest) = Source("", text(now)).values["contributions"]
        found[index] = cash.get("indexation")
    common = {"first": date(2028, 1, 1), "price_year": 2027, "rounding": {"to": 1}}
    table = {**common, "negative": "follow", "preliminary": "settle"}
    assert found == {
        "KPI": {"index": "KPI", "lag": 1, "month": "october", **table},
        "OPI": {"index": "OPI", **table},
        "PBB": {"index": "PBB", "lag": 0, **table},
        "PKV": {"index": "PKV", "edition": {"month": "october", "years_before": 1}, **table},
        "VPI": {"index": "VPI", **table},
        "percent": {"percent": pytest.approx(2.5), **common},
        "no": None,
    }


def test_the_file_says_what_every_open_question_is_about() -> None:
    """And who settles it: each question that can be left open has its words in the file."""
    can_be_open = {each.key for each in QUESTIONS if each.open is not None}
    assert can_be_open - set(wording.OPEN) - set(wording.UNKNOWN) == set()
    assert set(wording.OPEN) | set(wording.UNKNOWN) - {"seat"} <= can_be_open


def test_the_docs_show_real_conversations_and_name_every_question() -> None:
    page = (RECORDED.parent.parent / "docs" / "new.md").read_text("utf-8")
    shown = re.findall(r"```text\n(.*?)\n```", page, re.DOTALL)
    assert len(shown) == 3
    assert [each for each in shown if each not in (RECORDED / "sv.txt").read_text("utf-8")] == []
    named = re.findall(r"`(\w+)(?:\.<party>)?`", page[page.index("| part | keys |") :])
    assert [each for each in named if each in {question.key for question in QUESTIONS}] == [
        question.key for question in QUESTIONS
    ]
    assert re.findall(r"^\| `([a-z][a-z-]+)` \|", page, re.MULTILINE) == list(TEMPLATES)


# -- answers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "words", "value"),
    [
        ("start", "den 1 januari 2027", date(2027, 1, 1)),
        ("start", "1 January 2027", date(2027, 1, 1)),
        ("start", "20270101", date(2027, 1, 1)),
        ("length", "tre år", Length(3, "years")),
        ("length", "1 månad", Length(1, "months")),
        ("length", "30 november 2028", date(2028, 11, 30)),
        ("length", "Tills vidare", "open_ended"),
        ("extension", "Nej", "no"),
        ("amount", "933 000", Sum(Decimal(933000), "year")),
        ("amount", "933\u00a0000,50 kr per år", Sum(Decimal("933000.50"), "year")),
        ("amount", "1 020 000 kronor för hela perioden", Sum(Decimal(1020000), "period")),
        ("amount", "50000 once", Sum(Decimal(50000), "once")),
        ("municipality_number", "2120009994", "212000-9994"),
        ("municipality_number", "16212000-9994", "212000-9994"),
        ("report", "31 mars", "03-31"),
        ("report", "29 February", "02-29"),
        ("report", "3-1", "03-01"),
        ("payment", "juli, januari", ("january", "july")),
        ("payment", "april och oktober", ("april", "october")),
        ("payment", "Varje månad", MONTHS),
        ("contact.exempelkommunen", "Kim Exempelsson, chef, vård", Person("Kim Exempelsson", "chef, vård")),
        ("contributes.exempelkommunen", "Lokal; handledning: två timmar i veckan",
         (InKind("premises", "lokaler"), InKind("supervision", "två timmar i veckan"))),
        ("contributes.exempelkommunen", "nej", ()),
        ("others", "PRO, SPF och RPG; Stiftelsen X, stiftelse; Region Y, region",
         (Named("PRO, SPF och RPG", "association"), Named("Stiftelsen X", "foundation"), Named("Region Y", "region"))),
    ],
)  # fmt: skip
def test_an_answer_is_understood(key: str, words: str, value: Any) -> None:
    template = "several-parties" if key == "others" else "money"
    assert answered({"template": template, "amount": "1", key: words}).value(key) == value


@pytest.mark.parametrize(
    ("key", "words", "message"),
    [
        ("start", "2027-02-30", "found 2027-02-30, expected a day"),
        ("start", "1/2 2027", "found 1/2 2027, expected a day"),
        ("length", "länge", "found länge, expected a length of time or a last day"),
        ("length", "0 år", "found 0 år, expected a length of time or a last day"),
        ("length", "201 år", "found 201 år, expected a length of time or a last day"),
        ("amount", "933.000", "found 933.000, expected an amount in kronor"),
        ("amount", "93 3000", "found 93 3000, expected an amount in kronor"),
        ("amount", "-5", "found -5, expected an amount in kronor"),
        ("amount", "0", "expected an amount of at least 1 krona and at most twelve digits"),
        ("amount", "1 000 000 000 000", "expected an amount of at least 1 krona and at most twelve digits"),
        ("municipality_number", "212000-9995", "the organisation number 212000-9995 has a wrong check digit"),
        ("municipality_number", "121212-1212", "this is not an organisation number: its third digit is less than 2"),
        ("payment", "januari, mars, maj, juli, september",
         "found januari, mars, maj, juli, september, expected one, two, three, four or all twelve months"),
        ("payment", "januar", "found januar, expected one, two, three, four or all twelve months"),
        ("follow_up", "53", "expected at most 52"),
        ("decide_by", "2030-01-01", "the day to decide on extension, 2030-01-01, is after the end"),
        ("meeting", "idag", "found idag, expected a day"),
        ("id", "Åäö", "found Åäö, expected a name of small letters a–z, digits, - and _"),
        ("purpose", "Se [^1].", "there is no footnote 1"),
        ("purpose", "Fyll i annars ta bort", "a placeholder is left in the text: “Fyll i annars”"),
        ("purpose", "\x1b[A", "a character could not be read"),
        ("purpose", "\udce5", "a character could not be read"),
        ("purpose", "x" * 20_001, "expected at most 20,000 characters"),
        ("dnr", "SN/1", "the diarienummer has not the form that iopctl.yaml gives"),
    ],
)  # fmt: skip
def test_an_answer_is_refused_at_once(key: str, words: str, message: str) -> None:
    now = situation(dnr_pattern="SN [0-9]{4}/[0-9]+")
    given = {"amount": "1", "extension": "3 år", "follow_up": "1"}
    with pytest.raises(NotAcceptedError) as refused:
        answered({**given, key: words}, now)
    assert ENGLISH.say(refused.value.message) == message


# -- any answers -------------------------------------------------------------------------------------------------------

HOSTILE = st.one_of(
    st.sampled_from(
        [
            "{{ 7 * 7 }} {% raw %} {# x #}", "a: b", "- a", "# a", "'", '"', "\\", "&a *a !!x", "{a: b}", "[a](b)",
            "<script>alert(1)</script>", "| a | b |", "*fet* _kursiv_", "true", "null", "0x1F", "1_000", "2027-01-01",
            "…—–“”’", "👩‍👩‍👧 é e\u0301", "\u202eattesrev", "\u2028", "\ufeff", "---", "%YAML 1.1", "a\n\n# b\n",
            "   a   b   ", "ja: nej, nej", "{unknown: x}", "@a `b`", "en rad till\n\n    kod", "x" * 3000, "å" * 200,
        ]
    ),
    st.text(min_size=1, max_size=60),
)  # fmt: skip
WORDS = {
    "start": st.dates(date(2027, 1, 1), date(2032, 12, 31)).map(str),
    "length": st.one_of(
        st.sampled_from(["3 år", "18 månader", "30 dagar", "tills vidare", "1 year"]),
        st.dates(date(2026, 1, 1), date(2036, 12, 31)).map(str),
    ),
    "extension": st.sampled_from(["nej", "3 år", "6 månader"]),
    "decide_by": st.dates(date(2026, 1, 1), date(2036, 12, 31)).map(str),
    "meeting": st.dates(date(2026, 1, 1), date(2032, 12, 31)).map(str),
    "notice": st.sampled_from(["nej", "3 månader", "10 år"]),
    "amount": st.sampled_from(["400 000", "1", "933000,50", "50 000 en gång", "90 000 för perioden", "mycket"]),
    "price_year": st.integers(2025, 2040).map(str),
    "first_year": st.integers(2025, 2040).map(str),
    "payment": st.sampled_from(["januari", "januari, juli", "varje månad", "alltid"]),
    "percent": st.sampled_from(["2,5", "0", "99"]),
    "follow_up": st.integers(0, 60).map(str),
    "report": st.sampled_from(["31 mars", "02-29", "nej"]),
    "hours": st.sampled_from(["nej", "1 700", "0"]),
    "worth": st.sampled_from(["340 000", "1 en gång"]),
    "contributes": st.sampled_from(["nej", "lokaler", "lokaler: en sal; lokaler: en till", "aktiviteter: x: y"]),
}
"""Answers to what is not free text; not all of them are accepted."""


@settings(max_examples=30, phases=[Phase.generate])
@given(st.data())
def test_no_answers_give_a_file_with_an_error(data: st.DataObject) -> None:
    """Whatever is answered, what has been accepted makes an agreement without errors, in which texts are data."""
    now = situation()
    while (each := following(now)) is not None:
        for _attempt in range(3):
            try:
                now = accepted(each, data.draw(words_for(each, now), label=each.key), now)
                break
            except NotAcceptedError:
                continue
        else:
            plain = proposed(each, now, ENGLISH.say) or {"municipality": "K", "partner": "F"}.get(each.key, "-")
            try:
                now = accepted(each, plain, now)
            except NotAcceptedError:
                reject()  # an earlier answer would have to be changed; nothing has been written
    assert errors(now) == []
    values = Source("", text(now)).values
    assert found_in(values, "purpose") == now.value("purpose")
    assert found_in(values, "texts", "goals") == now.value("goals")
    assert found_in(values, "title") == now.value("title")
    assert list(values["parties"].values())[1]["name"] == now.value("partner")


def words_for(each: Asked, now: Situation) -> st.SearchStrategy[str]:
    if each.question.choices is not None:
        return st.sampled_from([choice.key for choice in each.question.choices(now)])
    words = WORDS.get(each.question.key, HOSTILE)
    return st.one_of(words, st.just("-")) if each.question.open is not None else words


def found_in(values: Any, *route: str) -> Any:
    for key in route:
        values = values.get(key, {}) if isinstance(values, dict) else {}
    return values or None


@pytest.mark.parametrize("words", ["{{ 7 * 7 }} <b>a</b> [a](b) *c*", "a: 'b' \"c\" # d", "\u202eattesrev", "👩‍👩‍👧 é"])
def test_hostile_answers_stay_data_in_documents(words: str, workspace: Path) -> None:
    """The whole way: from the flag to the drafted agreement, where they stand as they were written."""
    arguments = ["--partner", "F", "--start", "2027-01-01", "--length", "3 years", "--as-of", DAY, "--id", "a"]
    done = iopctl("new", *arguments, "--purpose", words, "--set", f"goals={words}", cwd=workspace)
    assert (done.returncode, done.stderr) == (0, "")
    file = workspace / "agreements" / "a.yaml"
    assert Source("", file.read_text("utf-8")).values["purpose"] == words
    found = examine([file], workspace, date(2026, 10, 1)).found
    assert [each for each in found if each.finding.weight is Severity.ERROR] == []
    assert iopctl("render", "a", "overenskommelse", "--as-of", DAY, cwd=workspace).returncode == 0
