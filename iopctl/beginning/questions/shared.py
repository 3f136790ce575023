"""What questions share: the parts of the conversation, who settles what is open, and what can be chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from iopctl.beginning.question import Choice, Situation
from iopctl.finding import Message, say
from iopctl.model import MONTHS

CASE = say("The case")
NEED = say("The need and the shared challenge")
PARTIES = say("The parties")
PURPOSE = say("Purpose and target group")
CONTRIBUTIONS = say("What each contributes")
MONEY = say("Money, index, payment")
TIME = say("Period, extension, notice")
FOLLOW_UP = say("Follow-up")
GROUPS = say("Groups and contacts")
DECISION = say("Decision and signatures")

BOTH = say("the parties together")
PUBLIC_SIDE = say("the municipality or the region")
BOARD = say("the board")
ADMINISTRATION = say("the administration")
REGISTRAR = say("the registrar")
EACH_PARTY = say("the party itself")

_YES_NO = (Choice("yes", say("yes")), Choice("no", say("no")))


def words(*choices: tuple[str, Message]) -> Callable[[Situation], Sequence[Choice]]:
    """A fixed choice."""
    return lambda _now: [Choice(*each) for each in choices]


def yes_no(_now: Situation) -> Sequence[Choice]:
    """Yes or no."""
    return _YES_NO


def always(answer: str | Message) -> Callable[[Situation], str | Message]:
    """The same proposal whatever has been answered."""
    return lambda _now: answer


def of_template(*names: str) -> Callable[[Situation], bool]:
    """Asked only where one of these templates was chosen."""
    return lambda now: now.value("template") in names


def in_months(_now: Situation) -> Sequence[Choice]:
    """The months of a year."""
    return [Choice(each, MONTH_NAMES[number]) for number, each in enumerate(MONTHS)]


MONTH_NAMES = (
    say("January"), say("February"), say("March"), say("April"), say("May"), say("June"),
    say("July"), say("August"), say("September"), say("October"), say("November"), say("December"),
)  # fmt: skip

TEMPLATES = ("money", "in-kind", "several-parties")
