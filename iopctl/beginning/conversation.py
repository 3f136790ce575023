"""How the conversation goes: what is proposed, what an answer leads to, and what is still to be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from iopctl.beginning.file import MADE_UP, errors
from iopctl.beginning.question import Answer, Asked, NotAcceptedError, Situation
from iopctl.beginning.questions import QUESTIONS, asked
from iopctl.beginning.questions.shared import ADMINISTRATION, EACH_PARTY, PUBLIC_SIDE
from iopctl.finding import Finding, Message, say
from iopctl.spelling import nearest

Speak = Callable[[Message], str]
"""A message in the language of the run; a proposed answer is shown, and read, in it."""

OPEN = "-"
"""The answer that leaves a question open."""


def proposed(each: Asked, now: Situation, speak: Speak) -> str | None:
    """What is proposed as the answer, if the question would take it."""
    words = _proposal(each, now, speak)
    if words is None:
        return None
    try:
        accepted(each, words, now)
    except NotAcceptedError:
        return None
    return words


def _proposal(each: Asked, now: Situation, speak: Speak) -> str | None:
    words = each.question.default(now) if each.question.default is not None else None
    return speak(words) if isinstance(words, Message) else words


def accepted(each: Asked, words: str, now: Situation) -> Situation:
    """The situation with the answer. Raises NotAcceptedError, also when the agreement would have an error by it."""
    question = each.question
    if words.strip() == OPEN:
        if question.open is None:
            raise NotAcceptedError(say("this one has to be answered"))
        return now.answered(each.key, None)
    if question.choices is not None and words not in [choice.key for choice in question.choices(now)]:
        raise NotAcceptedError(say("found {value}, expected one of the answers shown", value=words))
    after = now.answered(each.key, Answer(words, question.read(words, now)))
    if new := errors(after):
        known = {_identity(found) for found in errors(now)}
        for found in new:
            if _identity(found) not in known:
                raise NotAcceptedError(found.message, found.help)
    return after


def _identity(found: Finding) -> tuple[str, object]:
    return found.rule.code, found.labels[0].where if found.labels else None


def following(now: Situation) -> Asked | None:
    """The first question that has no answer, nor been left open; None when all are done."""
    return next((each for each in asked(now) if each.key not in now.answers), None)


def previous(key: str, now: Situation) -> Asked | None:
    """The question before one; None before the first."""
    found = asked(now)
    place = next((number for number, each in enumerate(found) if each.key == key), len(found))
    return found[place - 1] if place else None


def before(key: str, now: Situation) -> Situation:
    """The situation as it was when a question was put: with the answers to the ones before it only."""
    kept = Situation(now.settings, now.tables, now.agreements, now.as_of)
    for each in asked(now):
        if each.key == key:
            break
        kept = kept.answered(each.key, now.answers[each.key])
    return kept


def course(now: Situation, speak: Speak) -> list[str]:
    """The keys of the questions, as far as can be told before all are answered: the proposals are taken for answers."""
    while (each := following(now)) is not None:
        words = MADE_UP.get(each.key) or _proposal(each, now, speak)
        try:
            now = now.answered(each.key, Answer(words, each.question.read(words, now)) if words else None)
        except NotAcceptedError:
            now = now.answered(each.key, None)
    return [each.key for each in asked(now)]


def are_questions(given: Iterable[str]) -> None:
    """Raises NotAcceptedError for a key that no question has."""
    known = [each.key for each in QUESTIONS]
    for key in given:
        if key.partition(".")[0] not in known:
            raise NotAcceptedError(say("there is no question {key}", key=key), _meant(key, known))


def are_asked(given: Iterable[str], now: Situation) -> None:
    """Raises NotAcceptedError for an answer to what was not asked: it would be lost."""
    for key in given:
        if key not in now.answers:
            message = say("the question {key} is not asked in this case", key=key)
            raise NotAcceptedError(message, _meant(key, now.answers))


def _meant(key: str, known: Iterable[str]) -> Message | None:
    close = nearest(key, known)
    return say("did you mean {key}?", key=close) if close else None


def _settles(each: Asked, who: Message) -> Message:
    """Who settles a question; the party by its name."""
    return Message("{name}", {"name": each.party.name}) if each.party is not None and who == EACH_PARTY else who


def left_open(now: Situation) -> Iterator[tuple[Message, Message]]:
    """What is open, and who settles it."""
    for each in asked(now):
        if now.left_open(each.key) and each.question.open is not None:
            yield each.text, _settles(each, each.question.open)
    yield say("By what right does the public side's signatory sign?"), PUBLIC_SIDE
    yield say("What do the tests say: SKR's criteria, the market, procurement, state aid?"), ADMINISTRATION
