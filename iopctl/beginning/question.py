"""What a question is, and what it is asked among."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from iopctl.finding import Message
from iopctl.model import IndexTable, Settings


class NotAcceptedError(Exception):
    """An answer that cannot be used: why, and what to write."""

    def __init__(self, message: Message, advice: Message | None = None) -> None:
        super().__init__(message.template)
        self.message = message
        self.advice = advice


class Answer(NamedTuple):
    """What was answered, and what it was read as."""

    text: str
    value: Any


class PartyId(NamedTuple):
    """A party that the answers name."""

    id: str
    name: str
    public: bool


@dataclass(frozen=True)
class Situation:
    """The answers so far, and the workspace and the day that the questions are asked in."""

    settings: Settings
    tables: Mapping[str, IndexTable]
    agreements: tuple[str, ...]
    """The ids of those that there are."""
    as_of: date
    answers: Mapping[str, Answer | None] = field(default_factory=dict)
    """By the question's key; None: left open."""

    def value(self, key: str) -> Any:
        """What was answered; None where that is open, or not asked."""
        answer = self.answers.get(key)
        return answer.value if answer is not None else None

    def left_open(self, key: str) -> bool:
        """Whether the question was asked, and left open."""
        return key in self.answers and self.answers[key] is None

    def answered(self, key: str, answer: Answer | None) -> Situation:
        """With one more answer."""
        return replace(self, answers={**self.answers, key: answer})


class Choice(NamedTuple):
    """One of the answers that a question takes: as it is written in an answers file, and as it is shown."""

    key: str
    label: Message


Reader = Callable[[str, Situation], Any]
"""An answer's words → its value, or NotAcceptedError."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of the conversation."""

    key: str
    part: Message
    """The part of the conversation that it belongs to."""
    text: Message
    """Of a question that each party is asked, with {party}."""
    why: Message
    """Why it is asked, and who says so."""
    how: Message | None = None
    """How the answer is written, where that is not plain."""
    example: Message | None = None
    read: Reader
    choices: Callable[[Situation], Sequence[Choice]] | None = None
    default: Callable[[Situation], str | Message | None] | None = None
    """The proposed answer."""
    assumed: bool = False
    """Whether the proposed answer stands when nobody can be asked; else the question is left open then."""
    when: Callable[[Situation], bool] | None = None
    parties: Callable[[Situation], Sequence[PartyId]] | None = None
    """Who each get the question."""
    open: Message | None = None
    """Who settles it when it is left open; None: it has to be answered."""
    then: Callable[[Situation], Message | None] | None = None
    """What follows from the answer."""


class Asked(NamedTuple):
    """A question as it is put: to everybody, or about a party."""

    question: Question
    party: PartyId | None = None

    @property
    def key(self) -> str:
        """What the answer is kept under."""
        return self.question.key if self.party is None else f"{self.question.key}.{self.party.id}"

    @property
    def text(self) -> Message:
        """The question in words."""
        if self.party is None:
            return self.question.text
        return replace(self.question.text, values={"party": self.party.name})
