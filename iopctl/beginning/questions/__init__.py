"""The questions, in the order of the conversation between the parties."""

from __future__ import annotations

from iopctl.beginning.question import Asked, Question, Situation
from iopctl.beginning.questions.course import COURSE
from iopctl.beginning.questions.money import MONEY_AND_MORE
from iopctl.beginning.questions.parties import PARTIES_AND_PURPOSE

QUESTIONS: tuple[Question, ...] = (*PARTIES_AND_PURPOSE, *MONEY_AND_MORE, *COURSE)


def asked(now: Situation) -> list[Asked]:
    """The questions that the answers so far lead to, in order, each as often as it is put."""
    found: list[Asked] = []
    for each in QUESTIONS:
        if each.when is not None and not each.when(now):
            continue
        found += [Asked(each)] if each.parties is None else [Asked(each, party) for party in each.parties(now)]
    return found
