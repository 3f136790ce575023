"""The register: a row for each agreement, as a table, as JSON, as CSV and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from iopctl.compute.budget import Entry, board_name, total
from iopctl.compute.reasons import Status
from iopctl.compute.status import Stage
from iopctl.compute.timeline import FAR, Term
from iopctl.finding import Message, Money, say
from iopctl.locale.language import Language
from iopctl.model import Agreement, Party, Unknown
from iopctl.personal import masked
from iopctl.render import markdown, records
from iopctl.render.findings import Paint
from iopctl.render.plain import brief
from iopctl.render.table import Justify, table

NONE = "–"

STAGES = {
    Stage.UNDER_PREPARATION: say("under preparation"),
    Stage.DECIDED: say("decided"),
    Stage.RUNNING: say("running"),
    Stage.BEING_EXTENDED: say("being extended"),
    Stage.ENDED: say("ended"),
    Stage.ENDED_WITHOUT_DECISION: say("ended without decision"),
    Stage.TERMINATED: say("terminated"),
    Stage.REJECTED: say("rejected"),
}

FieldKind = Literal["text", "texts", "date", "number", "flag"]

FIELDS: dict[str, FieldKind] = {
    "id": "text", "title": "text", "status": "text", "start": "date", "until": "date", "open_ended": "flag",
    "other_side": "texts", "boards": "texts", "parties": "texts", "party_ids": "texts", "organisations": "texts",
    "organisation_numbers": "texts", "year": "number", "money": "number", "money_status": "text",
    "conditional": "number", "ceiling": "number", "not_reckoned": "number", "in_kind": "number", "dnr": "text",
    "replaces": "text", "file": "text",
}  # fmt: skip
"""What a record has, in its order; what one can ask about with --where, and the columns of the CSV."""


class Facts(NamedTuple):
    """What a row is made of: the agreement as it stood on the day, and what was reckoned of it."""

    id: str
    agreement: Agreement
    file: str
    stage: Stage
    term: Term | None
    """The last term that is decided."""
    entries: Sequence[Entry]
    """What it costs in the year of the day."""
    as_of: date
    home: str | None
    """The municipality whose agreements they are."""


def record(facts: Facts) -> dict[str, Any]:
    """An agreement for another program; the table is made from it too."""
    agreement, term = facts.agreement, facts.term
    parties = agreement.parties.values()
    ending = term.end if term is not None and term.end != FAR else None
    return {
        "id": facts.id,
        "title": masked(agreement.title),
        "status": facts.stage.value,
        "start": agreement.period.start if agreement.period else None,
        "until": ending,
        "open_ended": term is not None and ending is None,
        "other_side": [_name(id_, each) for id_, each in agreement.parties.items() if not each.public],
        "boards": _once(board_name(each, facts.as_of, facts.home) for each in parties if each.public),
        "parties": [_name(id_, each) for id_, each in agreement.parties.items()],
        "party_ids": list(map(masked, agreement.parties)),
        "organisations": _once(each.organisation for each in parties if each.organisation),
        "organisation_numbers": _once(each for each in map(_number, parties) if each),
        **_money(facts),
        "dnr": masked(agreement.dnr) if agreement.dnr else None,
        "replaces": agreement.replaces,
        "file": facts.file,
    }


def _name(id_: str, party: Party) -> str:
    return id_ if isinstance(party.name, Unknown) else masked(party.name)


def _number(party: Party) -> str | None:
    """The organisation number, unless it is the personal number of somebody."""
    return masked(party.organisation_number) if isinstance(party.organisation_number, str) else None


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(map(masked, names)))


def _money(facts: Facts) -> dict[str, Any]:
    """What the public parties pay in the year, and what stands beside it; see docs/budget.md."""
    dated = [each for each in facts.entries if each.year is not None]
    sums = total(dated)
    order = list(Status)
    paid = [each.status for each in dated if each.sums.cash or each.sums.not_reckoned]
    return {
        "year": facts.as_of.year,
        "money": None if sums.not_reckoned and not sums.cash else sums.cash,
        "money_status": max(paid, key=order.index).value if paid else None,
        "conditional": sums.conditional,
        "ceiling": sums.ceiling,
        "not_reckoned": sums.not_reckoned,
        "in_kind": sums.in_kind,
    }


# -- as a table --------------------------------------------------------------------------------------------------------

_LONGEST = 200
"""Nobody needs more of a name to know what it is."""

_SPACE = re.compile(r"[^\S\u00a0]+")
"""Line ends too, and no no-break space: an amount stays together."""


def shown(text: str) -> str:
    """Words from an agreement on one line, no longer than a line or two, and without a personal number."""
    return brief(masked(_SPACE.sub(" ", text).strip()), _LONGEST)


def as_table(rows: Sequence[Mapping[str, Any]], as_of: date, language: Language, width: int, paint: Paint) -> str:
    """A row for each agreement: until when, where it stands, its money this year, and whose it is."""
    if not rows:
        return "\n".join([language.say(say("no agreements")), *_foot(rows, as_of, language)]) + "\n"
    headings: tuple[tuple[str, Justify], ...] = (
        (language.word("Last day"), "left"),
        (language.word("Status"), "left"),
        (_year(as_of, language), "right"),
        (language.word("Agreement"), "left"),
    )
    cells = [(_until(each, language), _stage(each, language), money(each, language), _whose(each)) for each in rows]
    return "\n".join([table(headings, cells, width, paint), *_foot(rows, as_of, language)]) + "\n"


def as_markdown(rows: Sequence[Mapping[str, Any]], as_of: date, language: Language) -> str:
    """A table with a column for each thing."""
    headings: tuple[tuple[str, Justify], ...] = (
        (language.word("Id"), "left"),
        (language.word("Title"), "left"),
        (language.word("With"), "left"),
        (language.word("Board"), "left"),
        (language.word("Last day"), "left"),
        (language.word("Status"), "left"),
        (_year(as_of, language), "right"),
    )
    cells = [
        (
            *(shown(each["id"]), shown(each["title"]), "\n".join(map(shown, each["other_side"]))),
            *("\n".join(map(shown, each["boards"])), _until(each, language), _stage(each, language)),
            money(each, language),
        )
        for each in rows
    ]
    foot = "".join(f"\n{markdown.escaped(line)}\n" for line in _foot(rows, as_of, language))
    return markdown.table(headings, cells) + foot


def _whose(row: Mapping[str, Any]) -> str:
    """The id, the title, and the parties: those on the other side, and the boards."""
    sides = [", ".join(map(shown, row[side])) for side in ("other_side", "boards")]
    return "\n".join([shown(row["id"]), shown(row["title"]), " · ".join(side for side in sides if side)])


def _until(row: Mapping[str, Any], language: Language) -> str:
    if row["open_ended"]:
        return language.say(say("until further notice"))
    return row["until"].isoformat() if row["until"] else NONE


def _stage(row: Mapping[str, Any], language: Language) -> str:
    return language.say(STAGES[Stage(row["status"])])


def _year(as_of: date, language: Language) -> str:
    return language.say(say("Money {year}", year=str(as_of.year)))


def money(row: Mapping[str, Any], language: Language) -> str:
    """The kronor of the year, with a mark for each thing that has to be known about them."""
    if row["money"] is None:
        return language.say(say("not reckoned"))
    if not row["money"]:
        return language.say(say("at most {amount}", amount=Money(row["ceiling"]))) if row["ceiling"] else NONE
    return language.kronor(row["money"]) + "".join(mark for mark, _words in _marks(row))


def _marks(row: Mapping[str, Any]) -> Iterator[tuple[str, Message]]:
    if not row["money"]:
        return
    if row["money_status"] == "preliminary":
        yield "~", say("~ rests on a preliminary index figure")
    if row["conditional"]:
        yield "*", say("* something has to be decided or granted first, or a condition has to be met")
    if row["not_reckoned"] or row["ceiling"]:
        yield "+", say("+ and more that is in no sum; see iopctl budget")


def _foot(rows: Sequence[Mapping[str, Any]], as_of: date, language: Language) -> list[str]:
    notes = dict.fromkeys(language.say(words) for each in rows for _mark, words in _marks(each))
    closing = say("agreements: {count}; as of {day}", count=len(rows), day=as_of)
    return [*sorted(notes), language.say(closing)]


def as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """The records; names that stand together are joined by a semicolon."""
    several = [name for name, kind in FIELDS.items() if kind == "texts"]
    return records.as_csv(list(FIELDS), [{**row, **{name: "; ".join(row[name]) for name in several}} for row in rows])
