"""Answers → the agreement's values, with the comments that explain them and say what is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from iopctl.beginning import proposals as propose
from iopctl.beginning import wording
from iopctl.beginning.question import PartyId, Situation
from iopctl.beginning.readers import NO, Sum
from iopctl.layout import Remarked, Value
from iopctl.model import Length

Values = Mapping[str, Value]


def agreement(now: Situation) -> dict[str, Values]:
    """The file's blocks, each under the key that its comment is kept under, with the keys that stand in it."""
    blocks: dict[str, Values] = {
        "format": _head(now),
        "parties": {"parties": _parties(now), **_replaced(now)},
        "period": _section("period", _period(now)),
        "decisions": {"decisions": [_decision(now)]},
        "contributions": _listed("contributions", _named(_contributions(now))),
        "duties": _listed("duties", _duties(now)),
        "forums": _listed("forums", _forums(now)),
        "grounds": _section("grounds", _grounds(now)),
        "clauses": _listed("clauses", _clauses(now)),
        "texts": _section("texts", _texts(now)),
        "signatures": {"signatures": [_signature(now, each) for each in propose.parties(now)]},
    }
    return {name: block for name, block in blocks.items() if block}


def _section(key: str, values: Values) -> Values:
    """A mapping under its key; where it would hold comments only they stand there alone, since no value is empty."""
    if any(not _only_remarks(each) for each in values.values()):
        return {key: values}
    return values


def _listed(key: str, items: Iterator[Value]) -> Values:
    """A list under its key; comments alone where there is no item."""
    found = list(items)
    if any(not _only_remarks(each) for each in found):
        return {key: found}
    return {f"{key} {number}": each for number, each in enumerate(found)}


def _only_remarks(value: Value) -> bool:
    return isinstance(value, Remarked) and value.value is None


# -- what is open ------------------------------------------------------------------------------------------------------


def _open(key: str, party: str = "") -> Remarked:
    """A comment that says what is open, and who settles it."""
    return Remarked(None, above=("Öppet: " + wording.OPEN[key].replace("{party}", party),))


def _unknown(key: str, party: str = "") -> Values:
    return {"unknown": wording.UNKNOWN[key].replace("{party}", party)}


def _answered(now: Situation, **keys: str) -> dict[str, Value]:
    """The keys with the answers to questions; of those that were left open a comment."""
    found: dict[str, Value] = {}
    for key, question in keys.items():
        if (value := now.value(question)) is not None:
            found[key] = value
        elif now.left_open(question):
            found[key] = _open(question)
    return found


# -- the parts ---------------------------------------------------------------------------------------------------------


def _head(now: Situation) -> Values:
    title: Value = now.value("title") or propose.title(now)
    return {"format": 1, "title": title, **_answered(now, dnr="dnr", purpose="purpose", target_group="target_group")}


def _parties(now: Situation) -> Values:
    found: dict[str, Value] = {each.id: _party(now, each) for each in propose.parties(now)}
    return {**found, "others ": _open("others")} if now.left_open("others") else found


def _replaced(now: Situation) -> Values:
    return {} if now.value("replaces") == NO else _answered(now, replaces="replaces")


def _party(now: Situation, party: PartyId) -> Values:
    contact = now.value(f"contact.{party.id}")
    contacts: Value = [_seat(contact)] if contact else [{"name": _unknown("contact", party.name)}]
    asked = f"contact.{party.id}" in now.answers
    return {"name": party.name, **_about(now, party), **({"contacts": contacts} if asked else {})}


def _seat(person: Any) -> Values:
    return {"name": person.name, **({"role": person.role} if person.role else {})}


def _about(now: Situation, party: PartyId) -> dict[str, Value]:
    """What kind of party it is, and what it belongs to."""
    first = propose.parties(now)[0]
    if party == first and party.public:
        kind = now.value("public_kind") or propose.public_kind(now) or "municipality"
        found: dict[str, Value] = {"kind": kind}
        if now.value("board"):
            found["organisation"] = now.value("municipality")
        found |= _answered(now, organisation_number="municipality_number", board="board")
        return found | _answered(now, administration="administration")
    kinds = {each.name: each.kind for each in now.value("others") or ()}
    kind = (
        (now.value("partner_kind") or propose.partner_kind(now))
        if party.name == now.value("partner")
        else kinds[party.name]
    )
    number = now.value(f"number.{party.id}") or _unknown("number", party.name)
    return {"kind": kind, **({"organisation_number": number} if f"number.{party.id}" in now.answers else {})}


def _period(now: Situation) -> Values:
    start, time, last = now.value("start"), now.value("length"), propose.end(now)
    if start is None or (time is None):
        return {}
    found: dict[str, Value] = {"start": start, "end": last or "open_ended"}
    if isinstance(time, Length):
        found["stated"] = str(time)
    if isinstance(longer := now.value("extension"), Length):
        decided_by: Value = [each.id for each in propose.parties(now)]
        found["extension"] = {
            "times": 1, "length": str(longer), **_answered(now, decide_by="decide_by"), "decided_by": decided_by
        }  # fmt: skip
    elif "extension" in now.answers:
        found["extension"] = Remarked(None, above=(wording.NO_EXTENSION,)) if longer == NO else _open("extension")
    notice = now.value("notice")
    if isinstance(notice, Length):
        found["notice"] = {"length": str(notice)}
    elif "notice" in now.answers:
        found["notice"] = Remarked(None, above=(wording.NO_NOTICE,)) if notice == NO else _open("notice")
    return found


def _decision(now: Situation) -> Values:
    body: Value = now.value("body") or _unknown("body")
    day = now.value("meeting")
    return {"kind": "adopted", "body": body, **({"planned": day} if day else {"date": _unknown("meeting")})}


def _contributions(now: Situation) -> Iterator[Value]:
    if now.left_open("paid"):
        yield _open("paid")
    if propose.paid(now):
        yield _cash(now)
    for party in propose.parties(now):
        yield from _in_kind(now, party)


def _named(contributions: Iterator[Value]) -> Iterator[Value]:
    """Contributions in kind with ids of their own, numbered where there are several of a kind."""
    used: list[str] = []
    for each in contributions:
        if not isinstance(each, Mapping) or "id" in each:
            yield each
            continue
        begun = wording.IDS[str(each["kind"])]
        used.append(begun)
        yield {"id": begun if used.count(begun) == 1 else f"{begun}-{used.count(begun)}", **each}


def _in_kind(now: Situation, party: PartyId) -> Iterator[Value]:
    if now.left_open(f"contributes.{party.id}"):
        yield _open("contributes", party.name)
    for each in now.value(f"contributes.{party.id}") or ():
        yield {"from": party.id, "kind": each.kind, "text": each.text}
    hours = now.value(f"hours.{party.id}")
    if now.left_open(f"hours.{party.id}"):
        yield _open("hours", party.name)
    elif hours not in (None, NO):
        worth = now.value(f"worth.{party.id}")
        value: dict[str, Value] = {"value": worth, "per": "year"} if worth is not None else {"value": _open("worth")}
        part = _answered(now, part_year="part_year") if worth is not None else {}
        quantity: Value = {"number": hours, "unit": "timmar", "per": "year"}
        yield {
            "from": party.id,
            "kind": "volunteer_hours",
            "text": wording.HOURS,
            **value,
            "quantity": quantity,
            **part,
        }


def _cash(now: Situation) -> Values:
    agreed: Sum | None = now.value("amount")
    amount: Value = agreed.kronor if agreed else _unknown("amount")
    partners = propose.partners(now)
    to = now.value("receiver") if len(partners) > 1 else next((each.id for each in partners), None)
    found: dict[str, Value] = {"id": "ersattning", "from": propose.parties(now)[0].id}
    if to is not None or len(partners) > 1:
        found["to"] = to or _open("receiver")
    found |= {"kind": "cash", "amount": amount, "per": agreed.per if agreed else "year"}
    found |= _answered(now, part_year="part_year")
    if propose.yearly(now):
        return found | _indexation(now) | _payment(now)
    return found | {"payment": Remarked(None, above=(wording.PAYMENT_LATER,))}


def _indexation(now: Situation) -> dict[str, Value]:
    index = now.value("index")
    if index == NO:
        return {"indexation": Remarked(None, above=(wording.NO_ADJUSTMENT,))}
    if index is None:
        return _answered(now, indexation="index")
    if missing := _missing_in_clause(now):
        return {"indexation": _open(missing)}
    first: Values = {"first": Remarked(propose.first_adjusted(now), beside=wording.FIRST)}
    return {"indexation": {**_followed(now), **first, **_explained(now)}}


def _missing_in_clause(now: Situation) -> str | None:
    """The question whose answer the clause cannot be written without."""
    needed = {"first_year": True, "percent": now.value("index") == "percent"}
    needed |= {"month": propose.monthly(now), "edition": propose.editions(now)}
    return next((key for key, is_needed in needed.items() if is_needed and now.value(key) is None), None)


def _followed(now: Situation) -> Values:
    """What the adjustment follows."""
    if now.value("index") == "percent":
        return {"percent": now.value("percent")}
    lag, edition = now.value("lag"), now.value("edition")
    return {
        "index": now.value("index"),
        **({"lag": int(lag)} if lag else _answered(now, lag="lag")),
        **_answered(now, month="month"),
        **({"edition": {"month": edition, "years_before": 1}} if edition else {}),
    }


def _explained(now: Situation) -> dict[str, Value]:
    """The rest of the clause, with what each key means beside it."""
    found = _answered(now, price_year="price_year", rounding="rounding", negative="negative", preliminary="preliminary")
    for key, value in found.items():
        if isinstance(value, Remarked):
            continue
        shown: Value = {"to": int(now.value("rounding"))} if key == "rounding" else value
        found[key] = Remarked(shown, beside=wording.BESIDE.get(f"{key} {value}") or wording.BESIDE[key])
    return found


def _payment(now: Situation) -> dict[str, Value]:
    months: Sequence[str] | None = now.value("payment")
    if not months:
        return _answered(now, payment="payment")
    return {"payment": {"times_per_year": len(months), "in": months[0] if len(months) == 1 else list(months)}}


def _duties(now: Situation) -> Iterator[Value]:
    everybody: Value = [each.id for each in propose.parties(now)]
    times = now.value("follow_up")
    if now.left_open("follow_up"):
        yield _open("follow_up")
    elif times not in (None, NO):
        held: dict[str, Value] = {"forum": "styrgrupp"} if now.value("steering") else {}
        yield {
            "id": "uppfoljning", "kind": "follow_up", "text": wording.FOLLOW_UP, "times_per_year": times,
            "responsible": everybody, **_answered(now, called_by="called_by"), **held,
        }  # fmt: skip
    by = now.value("report")
    if now.left_open("report"):
        yield _open("report")
    elif by not in (None, NO):
        receiver = now.value("board") or now.value("administration") or now.value("municipality")
        yield {
            "id": "arsrapport", "kind": "report", "text": wording.REPORT, "yearly_by": by,
            "responsible": [each.id for each in propose.partners(now)], "receiver": receiver, "about": "year_before",
        }  # fmt: skip


def _forums(now: Situation) -> Iterator[Value]:
    if now.left_open("steering"):
        yield _open("steering")
    elif now.value("steering"):
        seats: list[Value] = []
        for each in propose.parties(now):
            person = now.value(f"contact.{each.id}")
            seats.append({"party": each.id, **(_seat(person) if person else {"name": _unknown("seat", each.name)})})
        steers: Value = {
            "id": "styrgrupp", "name": wording.STEERING, "text": wording.STEERS, "steering": True, "members": seats
        }  # fmt: skip
        yield steers


def _grounds(now: Situation) -> Values:
    found = _answered(now, policies="policy", values="values", initiative="initiative", need="need")
    if policy := now.value("policy"):
        found["policies"] = [{"title": policy}]
    if need := now.value("need"):
        joint: Value = now.value("joint") if now.value("joint") is not None else _unknown("joint")
        found["need"] = {"text": need, "joint": joint}
    return {**found, "criteria": Remarked(None, above=(wording.ASSESSMENTS,))}


def _clauses(now: Situation) -> Iterator[Value]:
    if now.value("clauses"):
        yield Remarked(None, above=(wording.BORROWED,))
        yield from ({"kind": kind, "text": text} for kind, text in wording.CLAUSES)
    elif "clauses" in now.answers:
        yield _open("clauses")


def _texts(now: Situation) -> Values:
    return _answered(now, background="background", goals="goals", activities="activities")


def _signature(now: Situation, party: PartyId) -> Values:
    person = now.value(f"signs.{party.id}")
    named: Values = _seat(person) if person is not None else {"name": _unknown("signs", party.name)}
    by_right: Values = {"authority": Remarked(None, above=(wording.AUTHORITY,))} if party.public else {}
    return {"party": party.id, **named, **by_right}
