"""What has changed in an agreement, in words: what it is called, what it was and what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from iopctl.comparison.compared import Comparison
from iopctl.comparison.difference import Change, Step, Way
from iopctl.comparison.groups import Group, grouped
from iopctl.comparison.plain import plain
from iopctl.comparison.words import Fate, Words, counted, word_changes
from iopctl.compute.lengths import length_in_words
from iopctl.finding import Message, say
from iopctl.locale.language import Language
from iopctl.model import MONTHS, Agreement, DayOfYear, Length, LogEntry, Part, Unknown
from iopctl.personal import masked
from iopctl.render.key_words import key_words
from iopctl.render.names import MONTH_WORDS
from iopctl.render.names import party as party_name
from iopctl.render.plain import quoted

Meaning = Callable[[str], str | None]
"""What a word of the format means, by `Contribution.kind=cash`, for words that have none of their own here."""

GROUP_WORDS = {
    Group.AGREEMENT: say("The agreement"),
    Group.PERIOD: say("Period"),
    Group.CONTRIBUTIONS: say("Money and other contributions"),
    Group.DUTIES: say("Duties"),
    Group.PARTIES: say("Parties, contacts and groups"),
    Group.DECISIONS: say("Decisions"),
    Group.GROUNDS: say("Grounds"),
    Group.CLAUSES: say("Clauses"),
    Group.TEXTS: say("Texts"),
    Group.LOG: say("Log"),
    Group.DOCUMENTS: say("Documents"),
    Group.ACKNOWLEDGED: say("Acknowledged findings"),
}

_DECISIONS = {
    "mandated": say("task to prepare"),
    "recommended": say("recommendation"),
    "adopted": say("decision to enter the agreement"),
    "extended": say("extension"),
    "delegated": say("delegation"),
    "terminated": say("termination"),
    "rejected": say("rejection"),
}
_OPEN_ENDED = say("until further notice")
_YES, _NO = say("yes"), say("no")

_UNLABELLED = {"id", "kind", "text", "name", "title", "section", "per"}
"""What needs no word before it to be understood."""
_UNSAID = {"period", "texts", "grounds"}
_BY_THEMSELVES = {"parties", "contributions", "duties", "forums", "decisions", "clauses", "documents", "log"}
"""Top keys that the heading of the group has said."""
_PARTIES = {"from", "to", "party", "responsible", "contributors", "given_by", "decided_by", "initiative", "notice"}
_KRONOR = {("Contribution", "value"), ("Total", "value")}
_KRONOR_KEYS = {"amount", "instalment"}
_PERCENT = {"percent", "least", "most", "share", "share_of_change", "share_of_amount", "weight"}

_NAMING = ("title", "name", "kind", "year", "since", "party", "rule", "section", "text")
"""The keys that an item without an id can be called by, the best first."""
_LOGGED = ("date", "through")

LONG_TEXT = 12
"""From so many words on a text is shown by the words that differ."""
LONGEST_NAME, LONGEST_VALUE = 60, 160


class Told(NamedTuple):
    """One change, in words."""

    what: str
    way: Way
    old: str
    """Nothing when it was not there."""
    new: str
    words: Sequence[Words] = ()
    """Of a text that has changed: all its words, and what became of them."""


@dataclass(frozen=True)
class Wording:
    """What words are made from: the language, what the format's words mean, and the parties' names."""

    language: Language
    meaning: Meaning
    old: Agreement | None
    new: Agreement | None

    def groups(self, comparison: Comparison) -> dict[Group, list[Told]]:
        """The changes in words, by where a reader looks for them."""
        return {group: list(map(self.told, each)) for group, each in grouped(comparison.changes).items()}

    def told(self, change: Change) -> Told:
        """One change in words."""
        what, step = self.what(change.path), change.path[-1]
        if change.way is Way.REORDERED:
            return Told(self.say(say("{what}: the order", what=what)), change.way, "", "")
        if isinstance(change.old, str) and isinstance(change.new, str) and _is_text(change.old, change.new):
            return self._text_changed(what, change.old, change.new)
        old = self._side(step, change.old, self.old)
        new = self._side(step, change.new, self.new)
        if old == new and change.way is Way.CHANGED:  # the names are the same, what they stand for is not
            old, new = self._raw(change.old), self._raw(change.new)
        return Told(what, change.way, old, new)

    def _side(self, step: Step, value: Any, agreement: Agreement | None) -> str:
        """One side of a change; of a whole item without what it is called by, which has been said."""
        if value is None:
            return ""
        if isinstance(value, Part) and value is step.item:
            return "; ".join(self._summary(value, agreement, without=self._called_by(step)))
        return self.value(step, value, agreement)

    def say(self, message: Message) -> str:
        """A message in the language."""
        return self.language.say(message)

    # -- what it is called -------------------------------------------------------------------------------------------

    def what(self, path: Sequence[Step]) -> str:
        """What a change is about: the item first, then the keys under it."""
        parts = [each for number, step in enumerate(path) if (each := self._step(step, first=number == 0, path=path))]
        first, *rest = parts or [self._key(path[0])]
        return f"{first}: {', '.join(rest)}" if rest and _is_item(path[0]) else ", ".join([first, *rest])

    def _step(self, step: Step, *, first: bool, path: Sequence[Step]) -> str:
        if first and step.key in _UNSAID and len(path) > 1:
            return ""
        name = self._named(step) if _is_item(step) else ""
        if first and step.key in _BY_THEMSELVES and name:
            return name
        return f"{self._key(step)} {name}".rstrip()

    def _key(self, step: Step) -> str:
        for part in step.part.__mro__:
            if found := key_words(part.__name__, step.key):
                return self.say(found)
        return step.key

    def _named(self, step: Step) -> str:
        """What an item is called."""
        field = self._called_by(step)
        if field in (None, "id"):
            return masked(quoted(step.name)) if step.name is not None else ""
        key = type(step.item).model_fields[field].alias or field
        return self.value(Step(type(step.item), key), getattr(step.item, field), self.new or self.old)

    def _called_by(self, step: Step) -> str | None:
        """The key of an item that it is called by here; None where none is short enough, or it has its own name."""
        item = step.item
        if step.name is not None and step.key != "parties":
            return "id"
        for name in _LOGGED if isinstance(item, LogEntry) else _NAMING if isinstance(item, Part) else ():
            value = getattr(item, name, None)
            if value is not None and not isinstance(value, Unknown) and len(str(value)) <= LONGEST_NAME:
                return name
        return "id" if step.name is not None else None

    # -- what it says ------------------------------------------------------------------------------------------------

    def value(self, step: Step, value: Any, agreement: Agreement | None) -> str:
        """A value in words, on one line."""
        match value:
            case Unknown():
                return self.say(say("left open: “{text}”", text=self._text(value.unknown)))
            case bool():
                return self.say(_YES if value else _NO)
            case Decimal() | int():
                return self._number(step, value)
            case Length() | DayOfYear():
                return self._time(value)
            case Part():
                return "; ".join(self._summary(value, agreement))
            case tuple():
                return ", ".join(self._enclosed(step, each, agreement) for each in value)
            case str():
                return self._word(step, value, agreement)
        return self._raw(value)

    def _time(self, value: Length | DayOfYear) -> str:
        if isinstance(value, Length):
            return self.say(length_in_words(value))
        return self.say(say("{day} {month}", day=str(value.day), month=MONTH_WORDS[MONTHS[value.month - 1]]))

    def _enclosed(self, step: Step, value: Any, agreement: Agreement | None) -> str:
        """A value inside another, where the end of a part has to be seen."""
        words = self.value(step, value, agreement)
        return f"({words})" if isinstance(value, Part) and not isinstance(value, Unknown) else words

    def _number(self, step: Step, value: Decimal | int) -> str:
        exact = Decimal(value)
        if step.key in _KRONOR_KEYS or (step.part.__name__, step.key) in _KRONOR:
            return self.language.kronor(exact)
        if step.key in _PERCENT and step.part.__name__ != "Quantity":
            return self.language.percent(exact)
        if found := self._meaning(step, f"{exact.normalize():f}"):
            return found
        return str(value) if isinstance(value, int) and step.key != "inhabitants" else self.language.number(value)

    def _word(self, step: Step, value: str, agreement: Agreement | None) -> str:
        if step.part.__name__ == "Decision" and step.key == "kind":
            return self.say(_DECISIONS[value])
        if value in MONTHS and step.key in ("month", "in"):
            return self.say(MONTH_WORDS[value])
        if step.key == "section" and (words := key_words("Texts", value)):
            return self.say(words)
        if value == "open_ended":
            return self.say(_OPEN_ENDED)
        if step.key in _PARTIES and agreement is not None and value in agreement.parties:
            return masked(party_name(agreement, value))
        return self._meaning(step, value) or self._text(value)

    def _meaning(self, step: Step, value: str) -> str | None:
        """What a word of the format means, in the first sentence of its explanation."""
        for part in step.part.__mro__:
            if found := self.meaning(f"{part.__name__}.{step.key}={value}"):
                sentence = found.partition(". ")[0].removesuffix(".")
                return sentence if sentence[1:2].isupper() else f"{sentence[0].lower()}{sentence[1:]}"
        return None

    def _text(self, text: str) -> str:
        line = masked(quoted(text))
        if len(line) <= LONGEST_VALUE:
            return line
        return self.say(say("{text} ({count} words)", text=_cut(line, LONGEST_VALUE), count=len(line.split())))

    def _summary(self, part: Part, agreement: Agreement | None, without: str | None = None) -> Iterator[str]:
        """Everything that a part says, in short."""
        for name, field in type(part).model_fields.items():
            value = getattr(part, name)
            if name == without or (not field.is_required() and value == field.default):
                continue
            step = Step(type(part), field.alias or name)
            if value is True:
                yield self._key(step)
            elif step.key in _UNLABELLED:
                yield self._enclosed(step, value, agreement)
            else:
                yield f"{self._key(step)} {self._enclosed(step, value, agreement)}"

    def _raw(self, value: Any) -> str:
        """A value as the file has it."""
        return masked(quoted(str(plain(value))))

    def _text_changed(self, what: str, old: str, new: str) -> Told:
        """A text by its words; where only what is masked differs, as a whole."""
        words = word_changes(masked(old), masked(new))
        alike = all(each.fate is Fate.KEPT for each in words) and old.split() != new.split()
        shown = [Words(each.fate, tuple(quoted(word) for word in each.words)) for each in words]
        return Told(what, Way.CHANGED, self._text(old), self._text(new), () if alike else shown)


def _is_item(step: Step) -> bool:
    return step.name is not None or isinstance(step.item, Part)


def _is_text(old: str, new: str) -> bool:
    """Whether a text is long, or differs in nothing but how its lines are broken."""
    return max(len(old.split()), len(new.split())) >= LONG_TEXT or old.split() == new.split()


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def extent(words: Sequence[Words]) -> Message:
    """How much of a text has changed."""
    gone, new = counted(words, Fate.GONE), counted(words, Fate.NEW)
    if not gone and not new:
        return say("only line breaks or spaces")
    if not new:
        return say("words removed: {gone}", gone=gone)
    if not gone:
        return say("words added: {new}", new=new)
    return say("words removed: {gone}, added: {new}", gone=gone, new=new)


AROUND = 4
"""So many words are shown on each side of a change."""


def passages(words: Sequence[Words]) -> list[Words]:
    """The words that differ with some around them; `…` stands for what is left out."""
    shown: list[Words] = []
    for number, each in enumerate(words):
        kept = each.words
        if each.fate is Fate.KEPT:
            first, last = number == 0, number == len(words) - 1
            if first and len(kept) > AROUND:
                kept = ("…", *kept[-AROUND:])
            elif last and len(kept) > AROUND:
                kept = (*kept[:AROUND], "…")
            elif not first and not last and len(kept) > 2 * AROUND:
                kept = (*kept[:AROUND], "…", *kept[-AROUND:])
        shown.append(Words(each.fate, kept))
    return shown
