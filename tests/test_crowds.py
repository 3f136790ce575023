"""Very many findings of one kind, and very many acknowledgements."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from iopctl.checks.acknowledge import judge
from iopctl.checks.digest import Waiver
from iopctl.finding import Finding, Label, Placed, Route, Rule, Severity, say
from iopctl.model import Settings
from tests.sound import SOUND, findings

DUTIES = "duties:\n"


def with_duties(count: int) -> str:
    """The sound agreement with duties of a party that it does not have."""
    duty = "  - {{id: d{0}, kind: dialogue, text: Samtal, ongoing: true, responsible: forening}}\n"
    assert DUTIES in SOUND
    return SOUND.replace(DUTIES, DUTIES + "".join(duty.format(number) for number in range(count)))


def with_footnotes(text: str, notes: str) -> str:
    assert "footnotes:\n" in text
    return text.replace("footnotes:\n", "footnotes:\n" + notes)


@pytest.mark.parametrize(
    ("count", "said", "last"),
    [
        (100, 100, "there is no party forening"),
        (101, 101, "and 1 more of the same kind"),
        (200, 101, "and 100 more of the same kind"),
        (201, 101, "and more than 100 more of the same kind"),
        (2000, 101, "and more than 100 more of the same kind"),
    ],
)
def test_a_hundred_findings_of_one_rule(count: int, said: int, last: str) -> None:
    found = findings(with_duties(count))
    assert [each["code"] for each in found] == said * ["REF001"]
    assert [each["message"] for each in found[:100]] == 100 * ["there is no party forening"]
    assert found[-1]["message"] == last
    assert found[-1]["severity"] == "error"
    assert found[-1]["route"] == f"duties[{said - 1}].responsible[0]"


def test_the_rest_weighs_what_its_heaviest_weighs() -> None:
    """A hundred first-last addresses are information; the private one that is among the others is a warning."""
    footnotes = "".join(f"  n{number}: kim.ek@exempel{number}.se\n" for number in range(120))
    text = with_footnotes(SOUND, f"  först: kim@gmail.com\n{footnotes}")
    found = [each for each in findings(text) if each["code"] == "TXT005"]
    weights = Counter((each["severity"], each["message"]) for each in found)
    assert len(found) == 101
    assert weights["warning", "and 21 more of the same kind"] == 1
    assert weights["info", "an e-mail address that seems to be a person's own stands in a text"] == 100


def test_each_rule_has_its_own_hundred() -> None:
    footnotes = "".join(f"  n{number}: den XX\n" for number in range(150))
    found = findings(with_footnotes(with_duties(150), footnotes))
    assert Counter(each["code"] for each in found) == {"REF001": 101, "TXT002": 101}


def test_what_is_acknowledged_is_not_shortened() -> None:
    """Each of 250 findings has its acknowledgement but the last: that one is found, and no acknowledgement is idle."""
    footnotes = "".join(f"  n{number}: den XX\n" for number in range(250))
    entries = "".join(f"  - {{rule: TXT002, at: footnotes.n{number}, reason: så}}\n" for number in range(249))
    found = findings(with_footnotes(SOUND, footnotes) + f"acknowledged:\n{entries}")
    assert [each["code"] for each in found] == 250 * ["TXT002"]
    assert [each["route"] for each in found if each["acknowledged"] is None] == ["footnotes.n249"]


def test_a_hundred_idle_acknowledgements() -> None:
    entries = "".join(f"  - {{rule: TXT002, at: 'duties[{number}].text', reason: så}}\n" for number in range(150))
    found = findings(f"{SOUND}acknowledged:\n{entries}")
    assert [each["code"] for each in found] == 101 * ["ACK001"]
    assert found[0]["message"] == "nothing at duties[0].text breaks the rule TXT002"
    assert found[99]["message"] == "nothing at duties[99].text breaks the rule TXT002"
    assert found[100]["message"] == "and 50 more of the same kind"
    assert found[100]["route"] == "acknowledged[100].rule"


# -- which acknowledgement a finding takes -----------------------------------------------------------------------------

ONE, OTHER = (Rule(code, code.lower(), Severity.ERROR) for code in ("ONE001", "TWO002"))
DAY = date(2026, 1, 15)


def reasons(found: list[tuple[Rule, Route]], *waivers: Waiver) -> list[str | None]:
    """The reason that each finding is acknowledged with; then, for each acknowledgement that is reported, its place."""
    placed = [Placed(Finding(rule, say("wrong"), (Label(route),)), "a.yaml") for rule, route in found]
    judged = judge(placed, waivers, Settings(name="Exempelkommunen"), DAY, lambda each: Placed(each, "a.yaml"))
    own = [each.finding.acknowledged for each in judged[: len(found)]]
    return own + [f"{each.finding.rule.code} {each.route}" for each in judged[len(found) :]]


A: Route = ("a",)
B: Route = ("b", 1)


@pytest.mark.parametrize(
    ("found", "waivers", "expected"),
    [
        ([(ONE, A)], [("ONE001", None, None)], ["0"]),
        ([(ONE, A)], [("TWO002", None, None)], [None, "ACK001 acknowledged[0].rule"]),
        ([(ONE, A)], [("ONE001", "b[1]", None)], [None, "ACK001 acknowledged[0].rule"]),
        # the first that fits is taken, be it for the place or for the only finding
        ([(ONE, A)], [("ONE001", None, None), ("ONE001", "a", None)], ["0", "ACK001 acknowledged[1].rule"]),
        ([(ONE, A)], [("ONE001", "a", None), ("ONE001", None, None)], ["0", "ACK001 acknowledged[1].rule"]),
        ([(ONE, A)], [("ONE001", "a", None), ("ONE001", "a", None)], ["0", "ACK001 acknowledged[1].rule"]),
        # one without a place is for the only finding of its rule
        ([(ONE, A), (ONE, B)], [("ONE001", None, None)], [None, None, "ACK001 acknowledged[0].rule"]),
        ([(ONE, A), (ONE, B)], [("ONE001", "b[1]", None)], [None, "0"]),
        # one with a place is for all of its rule there
        ([(ONE, A), (ONE, A)], [("ONE001", "a", None)], ["0", "0"]),
        ([(ONE, A), (OTHER, A)], [("TWO002", "a", None), ("ONE001", None, None)], ["1", "0"]),
        # one that has expired is used, and does not count
        ([(ONE, A)], [("ONE001", "a", date(2026, 1, 14))], [None, "ACK002 acknowledged[0].until"]),
        ([(ONE, A)], [("ONE001", "a", date(2026, 1, 15))], ["0"]),
    ],
)
def test_which_acknowledgement(
    found: list[tuple[Rule, Route]],
    waivers: list[tuple[str, str | None, date | None]],
    expected: list[str | None],
) -> None:
    made = (Waiver(rule, at, str(number), until) for number, (rule, at, until) in enumerate(waivers))
    assert reasons(found, *made) == expected
