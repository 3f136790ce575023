"""What an import found: a short table for the screen, and the facts for other programs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from iopctl.finding import Route, say, shown_route
from iopctl.intake.case import Case
from iopctl.intake.facts import Draft, Fact
from iopctl.intake.file import place_words
from iopctl.locale.language import Language
from iopctl.model import PartialDate
from iopctl.personal import masked
from iopctl.render import records
from iopctl.render.findings import Paint
from iopctl.render.key_words import key_words
from iopctl.render.table import Justify, table

PARTS = (
    ("parties", say("parties")),
    ("period", say("period")),
    ("decisions", say("decisions")),
    ("contributions", say("contributions")),
    ("total", say("stated total")),
    ("duties", say("duties")),
    ("forums", say("groups")),
    ("grounds", say("grounds")),
    ("clauses", say("clauses")),
    ("texts", say("texts")),
    ("footnotes", say("footnotes")),
    ("signatures", say("signatures")),
    ("documents", say("the document")),
)
"""The parts of a file, in the order of the table."""

LONGEST_WORDS = 45
"""Characters of what a word of the format is called; a longer explanation is none."""

USUAL = ("parties", "period", "decisions", "contributions", "duties", "signatures")
"""What an agreement mostly has, and somebody should look for when it was not found."""


Meaning = Callable[[str], str | None]
"""What a word of the format means, by `Contribution.kind=cash`."""


@dataclass(frozen=True, slots=True)
class _Words:
    """What the values and the parts of a file are called on the screen."""

    language: Language
    meaning: Meaning
    draft: Draft

    def kind(self, part: str, value: object) -> str:
        """`cash` → `pengar`: the first words of what the format's own text says of it."""
        said = self.meaning(f"{part}.kind={value}")
        short = re.split(r"[.:(]", said)[0].strip() if said else ""
        if not 0 < len(short) <= LONGEST_WORDS:
            return str(value).replace("_", " ")
        return short[:1].lower() + short[1:]

    def key(self, part: str, key: str) -> str:
        """What a key is called."""
        found = key_words(part, key)
        return self.language.say(found) if found else key

    def party(self, id_: object) -> str:
        """A party's name, or its id while the name is open."""
        name = self.draft.value("parties", str(id_), "name")
        return name if isinstance(name, str) else str(id_)

    def place(self, route: Route) -> str:
        """A route in words: `contributions` → `bidrag`, `parties.x.board` → `parter: Föreningen X, nämnd`."""
        if not route:
            return self.language.say(say("the paper"))
        first, *rest = route
        names = dict(PARTS)
        top = self.language.say(names[str(first)]) if first in names else self.key("Agreement", str(first))
        steps = [self._step(str(first), step) for step in rest]
        return f"{top}: {', '.join(steps)}" if steps else top

    def _step(self, part: str, step: str | int) -> str:
        if isinstance(step, int):
            return str(step + 1)
        if part == "parties" and self.draft.has("parties", step):
            return self.party(step)
        return self.key(_MODEL.get(part, ""), step)


_MODEL = {"parties": "Party", "texts": "Texts", "documents": "DocumentPart", "signatures": "Signature"}


def summary(case: Case, file: str, language: Language, meaning: Meaning, width: int, paint: Paint) -> str:
    """What was found, what is open, what is missing, and what to do next."""
    word, draft = language.say, case.draft
    words = _Words(language, meaning, draft)
    headings: list[tuple[str, Justify]] = [(word(say("part")), "left"), (word(say("found")), "left")]
    rows = [(word(name), masked(found)) for key, name in PARTS for found in [_found(words, key)] if found]
    text = table(headings, rows, width, paint)
    if draft.questions:
        headings = [(word(say("open")), "left"), (word(say("where")), "left"), (word(say("what to decide")), "left")]
        asked = dict.fromkeys((words.place(each.route), place_words(each.place), each.note) for each in draft.questions)
        text += "\n" + table(headings, list(asked), width, paint)
    missing = [word(name) for key, name in PARTS if key in USUAL and not draft.has(key)]
    if missing:
        text += "\n" + word(say("Not found: {parts}.", parts=", ".join(missing))) + "\n"
    written = say("{number} values with their sources are written to {file}.", number=len(draft.facts), file=file)
    step = say(
        "Next: read it against the source, settle what stands after “öppet”, then run: iopctl check {file}", file=file
    )
    return f"{text}\n{word(written)}\n{word(step)}\n"


def _found(words: _Words, key: str) -> str:
    """A part in a few words."""
    draft = words.draft
    if key == "period":
        return _period(draft, words.language)
    if key == "total":
        value = draft.value("total", "value")
        return words.language.kronor(value) if isinstance(value, Decimal) else ""
    if key == "contributions":
        return ", ".join(_counted(_contribution(words, item) for item in draft.items(key)))
    if key == "parties":
        names = [each.value for route, each in draft.facts.items() if route[0] == key and route[2:] == ("name",)]
        return ", ".join(each if isinstance(each, str) else "?" for each in names)
    if key == "footnotes":
        return ", ".join(dict.fromkeys(str(route[1]) for route in draft.facts if route[0] == key))
    if key == "documents":
        parts = dict.fromkeys(
            route[2:4] if route[2] == "texts" else route[2:3] for route in draft.facts if route[0] == key
        )
        return ", ".join(words.key("Texts" if len(each) > 1 else "DocumentPart", str(each[-1])) for each in parts)
    if key in ("texts", "grounds"):
        part = "Texts" if key == "texts" else "Grounds"
        return ", ".join(
            words.key(part, str(each)) for each in dict.fromkeys(route[1] for route in draft.facts if route[0] == key)
        )
    if key == "signatures":
        return ", ".join(words.party(draft.value(*item, "party")) for item in draft.items(key))
    if key == "forums":
        return ", ".join(str(draft.value(*item, "name")) for item in draft.items(key))
    part = {"decisions": "Decision", "duties": "Duty", "clauses": "Clause"}[key]
    return ", ".join(_counted(words.kind(part, draft.value(*item, "kind")) for item in draft.items(key)))


def _counted(names: Iterable[str]) -> Iterator[str]:
    """Each name once, with how many there are: `lokaler (2)`."""
    return (f"{name} ({number})" if number > 1 else name for name, number in Counter(names).items())


def _period(draft: Draft, language: Language) -> str:
    start, end = draft.value("period", "start"), draft.value("period", "end")
    parts = [f"{start}–{end}"] if start else []
    if draft.has("period", "extension"):
        parts.append(language.say(say("option to extend")))
    if draft.has("period", "notice", "length"):
        parts.append(language.say(say("notice")))
    return ", ".join(parts)


def _contribution(words: _Words, item: Route) -> str:
    draft = words.draft
    kind, amount = words.kind("Contribution", draft.value(*item, "kind")), draft.value(*item, "amount")
    yearly = [draft.value(*each, "amount") for each in draft.items(*item, "by_year")]
    values = yearly or [amount if isinstance(amount, Decimal) else draft.value(*item, "value")]
    shown = [words.language.kronor(each) for each in values if isinstance(each, Decimal)]
    return f"{kind} {'–'.join((shown[0], shown[-1]) if len(shown) > 1 else shown)}".strip()


def as_json(case: Case) -> str:
    """Every fact with its place, the quoted words and how certain it is; what is open has no value."""
    found = [_record(each) for each in (*case.draft.facts.values(), *case.draft.questions)]
    return masked(records.as_json("facts", found, file=case.outline.paper.file, kind=case.kind))


def _record(each: Fact) -> dict[str, Any]:
    place = asdict(each.place) if each.place else None
    return {
        "route": shown_route(each.route),
        "value": _plain(each.value),
        "quote": each.quote,
        "place": place,
        "certainty": each.certainty,
        "note": each.note,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, PartialDate | date):
        return str(value)
    return [_plain(each) for each in value] if isinstance(value, list) else value
