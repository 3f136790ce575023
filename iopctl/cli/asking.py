"""Questions on a terminal: each with its number, what is proposed, and the answers that steer the conversation.

All of it goes to standard error, so that what the command gives can be sent to a file.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from iopctl.cli.output import language
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.beginning.question import Asked, NotAcceptedError, Question, Situation
    from iopctl.finding import Message

BACK, WHY = "<", "?"


class StoppedError(Exception):
    """Somebody pressed Ctrl-C, or the input ended; with the answers so far."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__()
        self.words = words


def accept(each: Asked, words: str, now: Situation) -> Situation:
    """The situation with an answer, in which one of the choices may be named as the screen names it."""
    from iopctl.beginning.conversation import accepted

    return accepted(each, _key(each.question, words, now), now)


def converse(now: Situation, given: Mapping[str, str], before_: Mapping[str, str] = MappingProxyType({})) -> Situation:
    """Asks what has not been answered; what is given is taken without a question, when it can be.

    What was answered `before_` is proposed.
    """
    from iopctl.beginning.conversation import before, following, previous
    from iopctl.beginning.question import NotAcceptedError

    earlier, unasked = {**before_, **given}, set(given)
    part = None
    try:
        while (each := following(now)) is not None:
            if each.key in unasked:
                unasked.remove(each.key)
                try:
                    now = accept(each, earlier[each.key], now)
                    continue
                except NotAcceptedError as error:
                    say(f"{each.key}: {refusal(error)}")
                    del earlier[each.key]
            part = _head(each, now, part)
            after = _answered(each, now, earlier.get(each.key))
            if after is not None:
                now = after
            elif (back := previous(each.key, now)) is not None:
                earlier |= words(now)
                now = before(back.key, now)
    except (KeyboardInterrupt, EOFError):
        raise StoppedError({**earlier, **words(now)}) from None
    return now


def reopened(now: Situation) -> tuple[Situation, Mapping[str, str], Mapping[str, str]]:
    """The situation before the last question, for converse to put it again."""
    from iopctl.beginning.conversation import before
    from iopctl.beginning.questions import asked

    last = asked(now)[-1].key
    return before(last, now), {}, {last: words(now)[last]}


def words(now: Situation) -> dict[str, str]:
    """The answers as they were given."""
    from iopctl.beginning.conversation import OPEN

    return {key: answer.text if answer is not None else OPEN for key, answer in now.answers.items()}


def refusal(error: NotAcceptedError) -> str:
    """Why an answer cannot be used, and what to write."""
    said = [language().say(each) for each in (error.message, error.advice) if each is not None]
    return "; ".join(said)


def line(prompt: str) -> str:
    """A line from the person."""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    found = sys.stdin.readline()
    if not found:
        raise EOFError
    return found.strip()


def agreed(question: str) -> bool | None:
    """Whether the person agrees, which Enter means; None for a step back."""
    yes, no = language().word("yes"), language().word("no")
    while True:
        found = line(f"{question} [{yes[0].upper()}/{no[0]}] ").lower()
        if found == BACK:
            return None
        if found in ("", yes, yes[0], no, no[0]):
            return found not in (no, no[0])


# -- a question --------------------------------------------------------------------------------------------------------


def _answered(each: Asked, now: Situation, earlier: str | None) -> Situation | None:
    """The situation with the person's answer; None for a step back."""
    from iopctl.beginning.conversation import proposed
    from iopctl.beginning.question import NotAcceptedError

    proposal = earlier if earlier is not None else proposed(each, now, language().say)
    _explain(each, now, proposal)
    while (found := line("> ")) != BACK:
        if found == WHY:
            say(language().say(each.question.why))
        elif not found and proposal is None:
            say(_("write an answer, or - to leave it open") if each.question.open else _("this one has to be answered"))
        else:
            try:
                after = accept(each, found or proposal or "", now)
            except NotAcceptedError as error:
                say(refusal(error))
                continue
            if each.question.then is not None and (follows := each.question.then(after)) is not None:
                say(f"= {language().say(follows)}")
            return after
    return None


def _head(each: Asked, now: Situation, part: Message | None) -> Message:
    """The number and the words of a question, and above them the part of the conversation when that is a new one."""
    from iopctl.beginning.conversation import course

    if each.question.part != part:
        sys.stderr.write(f"\n{language().say(each.question.part)}\n")
    keys = course(now, language().say)
    number = _("{number} of {total}").format(number=keys.index(each.key) + 1, total=len(keys))
    sys.stderr.write("\n")
    say(language().say(each.text), number)
    return each.question.part


def _explain(each: Asked, now: Situation, proposal: str | None) -> None:
    """The choices, and the proposal or an example."""
    if each.question.how is not None:
        say(language().say(each.question.how))
    choices = each.question.choices(now) if each.question.choices else ()
    for number, choice in enumerate(choices, 1):
        say(f"{number}  {language().say(choice.label)}")
    if proposal is not None:
        labels = {choice.key: language().say(choice.label) for choice in choices}
        say(_("Enter: {answer}").format(answer=labels.get(proposal, proposal)))
    elif each.question.example is not None:
        say(_("such as: {answer}").format(answer=language().say(each.question.example)))


def _key(question: Question, found: str, now: Situation) -> str:
    """The key of the choice that is meant by its number, its words or how they begin; else what was found."""
    choices = question.choices(now) if question.choices else ()
    labels = {language().say(choice.label).lower(): choice.key for choice in choices}
    wanted = " ".join(found.lower().split())
    if wanted.isdecimal() and wanted.isascii() and 1 <= int(wanted[:9]) <= len(choices) and choices:
        return found if found in labels.values() else choices[int(wanted) - 1].key
    if wanted in labels:
        return labels[wanted]
    begun = [key for label, key in labels.items() if wanted and label.startswith(wanted)]
    return begun[0] if len(begun) == 1 and found not in labels.values() else found


_MARGIN = 11
"""Where the words stand: beside a number such as 12 av 54."""


def say(text: str, beside: str = "") -> None:
    """A text beside the number of its question, in lines as wide as the terminal."""
    import shutil

    from iopctl.render.plain import one_line
    from iopctl.render.table import wrapped

    room = max(30, min(100, shutil.get_terminal_size().columns) - _MARGIN)
    for number, row in enumerate(wrapped(one_line(text), room)):
        margin = beside if number == 0 else ""
        sys.stderr.write(f"{margin:<{_MARGIN}}{row}".rstrip() + "\n")
