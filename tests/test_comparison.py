"""What differs between two readings of an agreement: every key, items by what they are, words, kronor and deadlines."""

from __future__ import annotations

import json
import random
import types
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest

from iopctl.comparison.compared import Standing, compare
from iopctl.comparison.difference import Change, Way, differences
from iopctl.comparison.effect import Reading
from iopctl.comparison.groups import GROUPS
from iopctl.comparison.pairing import Pair, pairs
from iopctl.comparison.plain import plain
from iopctl.comparison.words import Fate, Words, word_changes
from iopctl.finding import shown_route
from iopctl.form import read
from iopctl.locale.language import Language
from iopctl.model import Agreement, DayOfYear, Length, Part, PartialDate, Unknown, Workspace
from iopctl.render.change_records import as_json
from iopctl.render.change_words import Wording
from iopctl.render.changes import Item, Report, as_text
from iopctl.render.changes_markdown import as_markdown
from iopctl.source import Source
from iopctl.surroundings import packaged_tables
from tests.agreements import agreement, cash, opi, period
from tests.repository import SHIPPED

DAY = date(2022, 2, 1)

# every key of the model


def values(kind: Any) -> list[Any]:
    """Some values that a key of this kind can have, no two the same; the first two differ in their words too."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return values(arguments[0])
    if origin is Literal:
        return list(arguments) or []
    if origin in (Union, types.UnionType):
        return [value for each in arguments if each is not type(None) for value in values(each)]
    if origin is tuple:
        first, *more = values(arguments[0])
        return [(first,), (first, *more[:1]), (more[0],)] if more else [(first,)]
    if origin is dict:
        return [{"ett": each} for each in values(arguments[1])]
    if isinstance(kind, type) and issubclass(kind, Part):
        return [filled(kind, 0), filled(kind, 1)]
    return PLAIN[kind]


PLAIN: dict[Any, list[Any]] = {
    str: ["ett", "två"],
    int: [1, 2],
    bool: [False, True],
    Decimal: [Decimal(1), Decimal("2.5")],
    date: [date(2020, 1, 1), date(2021, 2, 3)],
    PartialDate: [PartialDate(2020), PartialDate(2021, 2)],
    Length: [Length(1, "years"), Length(2, "months")],
    DayOfYear: [DayOfYear(1, 1), DayOfYear(2, 3)],
}


def filled(part: type[Part], choice: int) -> Part:
    """A part with a value for every key, without asking whether they go together."""
    if part is Unknown:
        return Unknown(unknown=("öppet", "helt öppet")[choice])
    chosen = {}
    for name, field in part.model_fields.items():
        known = values(field.annotation)
        chosen[name] = known[min(choice, len(known) - 1)]
    return part.model_construct(**chosen)


def variants(part: Part, place: str) -> Iterator[tuple[str, Part, Part]]:
    """Pairs of the part that differ in one key, at any depth: changed, new, and gone."""
    for name, field in type(part).model_fields.items():
        key = f"{place}.{field.alias or name}".lstrip(".")
        value = getattr(part, name)
        for number, other in enumerate(values(field.annotation)):
            if other != value:
                yield f"{key}[{number}]", part, part.model_copy(update={name: other})
        if not field.is_required() and field.default != value:
            without = part.model_copy(update={name: field.default})
            yield f"{key} new", without, part
            yield f"{key} gone", part, without
        for inside, wrap in _inner(value):
            for inner, old, new in variants(inside, key):
                yield inner, part.model_copy(update={name: wrap(old)}), part.model_copy(update={name: wrap(new)})


def _inner(value: Any) -> Iterator[tuple[Part, Any]]:
    """The part inside a value, and how to put another in its place."""
    if isinstance(value, Part) and not isinstance(value, Unknown):
        yield value, lambda each: each
    elif isinstance(value, tuple) and value and isinstance(value[0], Part):
        yield value[0], lambda each: (each,)
    elif isinstance(value, dict):
        for key, each in value.items():
            if isinstance(each, Part):
                yield each, lambda changed, key=key: {key: changed}


FULL = filled(Agreement, 0)
VARIANTS = list(variants(FULL, ""))


def test_so_many_keys_are_tried() -> None:
    """Every key of every part: as many as form.py knows, less `unknown`, which is one value with what it opens."""
    from iopctl.form import keys_of

    tried = {name.partition("[")[0].partition(" ")[0] for name, _old, _new in VARIANTS}
    known = {f"{place}.{key}".lstrip(".") for place, keys in keys_of(Agreement).items() for key in keys}
    inside_open = {each for each in known if each.endswith(".unknown")}
    assert known - inside_open - tried == {"format"}  # there is only one


@pytest.mark.parametrize(("name", "old", "new"), VARIANTS, ids=[each[0] for each in VARIANTS])
def test_a_change_in_any_key_is_told(name: str, old: Agreement, new: Agreement) -> None:
    del name
    found = differences(old, new)
    assert found
    for change in found:
        assert change.path[0].key in GROUPS
        told = Wording(Language("en"), lambda _name: None, old, new).told(change)
        assert told.what
        assert told.way is Way.REORDERED or told.words or told.old != told.new or change.path[-1].name


def test_every_key_of_the_agreement_has_a_group() -> None:
    assert list(GROUPS) == sorted(GROUPS, key=list(GROUPS).index)
    assert set(GROUPS) == {field.alias or name for name, field in Agreement.model_fields.items()}


# what is the same item


def rows(old: Agreement | None, new: Agreement | None) -> list[tuple[str, str | None, str | None, object, object]]:
    return [_row(each) for each in differences(old, new)]


def _row(change: Change) -> tuple[str, str | None, str | None, object, object]:
    def place(route: Any) -> str | None:
        return None if route is None else shown_route(route)

    return change.way.value, place(change.old_route), place(change.new_route), change.old, change.new


def test_nothing_differs() -> None:
    assert rows(agreement(), agreement()) == []


def test_items_are_known_by_their_ids_and_their_order_says_nothing() -> None:
    premises = {"id": "lokal", "from": ("kommunen",), "kind": "premises", "text": "Lokal"}
    old = agreement(contributions=(cash(100), premises))
    assert rows(old, agreement(contributions=(premises, cash(100)))) == []
    moved = agreement(contributions=(premises, cash(250)))
    place = ("contributions[0].amount", "contributions[1].amount")
    assert rows(old, moved) == [("changed", *place, Decimal(100), Decimal(250))]


def test_items_without_ids_are_known_by_their_content() -> None:
    adopted = {"kind": "adopted", "body": "Nämnden", "date": date(2019, 11, 28)}
    proposed = {"kind": "extended", "body": "Nämnden", "proposed": date(2021, 11, 3), "until": date(2025, 12, 31)}
    taken = {**proposed, "date": date(2021, 11, 25)}
    found = rows(agreement(decisions=(adopted, proposed)), agreement(decisions=(adopted, taken)))
    assert found == [("added", None, "decisions[1].date", None, date(2021, 11, 25))]
    [(way, before, now, old, new)] = rows(agreement(decisions=(adopted,)), agreement(decisions=(adopted, taken)))
    assert (way, before, now, old) == ("added", None, "decisions[1]", None)
    assert new == agreement(decisions=(taken,)).decisions[0]


def test_the_order_of_decisions_and_of_sections_says_something() -> None:
    first = {"kind": "adopted", "body": "Nämnden", "date": date(2019, 11, 28)}
    second = {"kind": "rejected", "body": "Fullmäktige", "date": date(2020, 1, 8)}
    old, new = agreement(decisions=(first, second)), agreement(decisions=(second, first))
    assert [each[:3] for each in rows(old, new)] == [("reordered", "decisions", "decisions")]


def test_a_party_under_another_id_is_the_same_party() -> None:
    parties = {
        "namnden": {"name": "Exempelnämnden", "kind": "municipality"},
        "foreningen": {"name": "Föreningen Exempel", "kind": "association"},
    }
    assert rows(agreement(), agreement(parties=parties)) == [
        ("changed", "parties.kommunen", "parties.namnden", "kommunen", "namnden")
    ]


def test_a_contribution_that_is_another_is_not_taken_for_the_one_that_went() -> None:
    """From, to and kind are the same, but id and text are others: 2 of 4 keys, and 0.75 are needed with two ids."""
    lokal = {"id": "lokal", "from": ("kommunen",), "kind": "premises", "text": "Lokal"}
    lager = {"id": "lager", "from": ("kommunen",), "kind": "premises", "text": "Lager i källaren"}
    found = rows(agreement(contributions=(lokal,)), agreement(contributions=(lager,)))
    assert [each[:3] for each in found] == [("added", None, "contributions[0]"), ("removed", "contributions[0]", None)]


def test_ids_and_days_are_lists_as_a_whole_whatever_their_order() -> None:
    def duty(*who: str) -> dict[str, Any]:
        return {"id": "a", "kind": "report", "text": "T", "ongoing": True, "responsible": who}

    both = agreement(duties=(duty("kommunen", "foreningen"),))
    assert rows(both, agreement(duties=(duty("foreningen", "kommunen"),))) == []
    assert rows(both, agreement(duties=(duty("foreningen"),))) == [
        (
            "changed",
            "duties[0].responsible",
            "duties[0].responsible",
            ("kommunen", "foreningen"),
            ("foreningen",),
        )
    ]


def test_many_items_that_are_all_others_are_new_and_gone_without_being_compared_each_with_each() -> None:
    old, new = [f"a {n} x" for n in range(2000)], [f"a {n} y" for n in range(2000)]
    assert pairs(old, new)[:2] == [Pair(None, 0), Pair(None, 1)]
    assert len(pairs(old, new)) == 4000
    assert pairs(["a b c", "d e f"], ["d e g"]) == [Pair(1, 0), Pair(0, None)]


# words


def test_words_that_are_new_and_gone() -> None:
    assert word_changes("ett gott bemötande här", "ett gott och varmt mottagande här") == [
        Words(Fate.KEPT, ("ett", "gott")),
        Words(Fate.GONE, ("bemötande",)),
        Words(Fate.NEW, ("och", "varmt", "mottagande")),
        Words(Fate.KEPT, ("här",)),
    ]
    assert word_changes("a\nb", "a b") == [Words(Fate.KEPT, ("a", "b"))]


def test_a_text_of_another_world_is_not_compared_word_by_word() -> None:
    old, new = " ".join(["a b"] * 2000), " ".join(["c d"] * 2000)
    assert [each.fate for each in word_changes(old, new)] == [Fate.GONE, Fate.NEW]


# the effect


def reading(made: Agreement) -> Reading:
    return Reading("x", made, Workspace({"x": made}, frozenset({"x"}), packaged_tables()), {})


def effect(old: Agreement | None, new: Agreement | None, as_of: date = DAY) -> list[tuple[object, ...]]:
    sides = [reading(each) if each else None for each in (old, new)]
    found = compare(*sides, as_of, reckoned=True, passed=False)
    return [
        (
            each.measure.value,
            each.year,
            each.contribution,
            each.amount(each.old),
            each.amount(each.new),
            each.difference,
        )
        for each in found.years
    ]


def test_kronor_for_each_year_by_the_index() -> None:
    """OPI 2021 is 1.5 %, 2022 1.9 %.

    933 000 · 1.015 = 946 995; 946 995 · 1.019 = 964 987.905, 964 988 in whole kronor.
    950 000 · 1.015 = 964 250; 964 250 · 1.019 = 982 570.75, 982 571.
    """
    time = {"period": period(date(2020, 1, 1), date(2022, 12, 31))}
    old = agreement(contributions=(cash(933000, indexation=opi(date(2021, 1, 1))),), **time)
    new = agreement(contributions=(cash(950000, indexation=opi(date(2021, 1, 1))),), **time)
    assert effect(old, new) == [
        ("cost", 2020, "ersattning", Decimal(933000), Decimal(950000), Decimal(17000)),
        ("cost", 2021, "ersattning", Decimal(946995), Decimal(964250), Decimal(17255)),
        ("cost", 2022, "ersattning", Decimal(964988), Decimal(982571), Decimal(17583)),
    ]


def test_what_cannot_be_reckoned_is_no_difference_of_kronor() -> None:
    """OPI for 2023 was not known on 1 February 2022."""
    made = [
        agreement(
            contributions=(cash(amount, indexation=opi(date(2023, 1, 1))),),
            period=period(date(2022, 1, 1), date(2023, 12, 31)),
        )
        for amount in (100, 200)
    ]
    assert effect(*made) == [("cost", 2022, "ersattning", Decimal(100), Decimal(200), Decimal(100))]
    longer = agreement(
        contributions=(cash(200, indexation=opi(date(2023, 1, 1))),),
        period=period(date(2022, 1, 1), date(2024, 12, 31)),
    )
    assert effect(made[1], longer) == [("cost", 2024, "ersattning", None, None, None)]


def test_contributions_of_a_year_and_their_sum() -> None:
    """100 → 150 and 40 → none: +50 and −40, together +10; 30 in kind is 25 less than 55 and beside the cost."""
    time = {"period": period(date(2022, 1, 1), date(2022, 12, 31))}

    def kind(value: int) -> dict[str, Any]:
        return {"id": "lokal", "from": ("foreningen",), "kind": "premises", "value": value, "per": "year"}

    old = agreement(contributions=(cash(100), {**cash(40), "id": "extra"}, kind(55)), **time)
    new = agreement(contributions=(cash(150), kind(30)), **time)
    assert effect(old, new) == [
        ("cost", 2022, "ersattning", Decimal(100), Decimal(150), Decimal(50)),
        ("cost", 2022, "extra", Decimal(40), None, Decimal(-40)),
        ("cost", 2022, None, Decimal(140), Decimal(150), Decimal(10)),
        ("in_kind", 2022, "lokal", Decimal(55), Decimal(30), Decimal(-25)),
    ]


def test_a_contribution_with_another_id_is_followed() -> None:
    time = {"period": period(date(2022, 1, 1), date(2022, 12, 31))}
    old = agreement(contributions=(cash(100),), **time)
    renamed = agreement(contributions=({**cash(100), "id": "bidrag"},), **time)
    assert [each[:3] for each in rows(old, renamed)] == [("changed", "contributions[0].id", "contributions[0].id")]
    assert effect(old, renamed) == []


def test_new_and_gone_and_until_further_notice() -> None:
    """Until further notice goes on through the year after the day: 2022 and 2023."""
    endless = agreement(contributions=(cash(100),), period=period(date(2022, 1, 1), "open_ended"))
    gives = [("cost", year, "ersattning", None, Decimal(100), Decimal(100)) for year in (2022, 2023)]
    assert effect(None, endless) == gives
    assert effect(endless, None) == [(*each[:3], each[4], None, -Decimal(100)) for each in gives]


def test_an_extension_that_is_decided_makes_the_money_surer() -> None:
    proposed = {"kind": "extended", "body": "N", "proposed": date(2021, 11, 3), "until": date(2023, 12, 31)}
    taken = {**proposed, "date": date(2021, 11, 25)}
    made = [
        agreement(
            contributions=(cash(100),), period=period(date(2022, 1, 1), date(2022, 12, 31)), decisions=(decision,)
        )
        for decision in (proposed, taken)
    ]
    found = compare(*map(reading, made), DAY, reckoned=True, passed=False)
    [year] = found.years
    assert (year.year, year.difference) == (2023, Decimal(0))
    conditions = [[each.kind for each in side[0].conditions] for side in (year.old, year.new)]
    assert conditions == [["extension"], []]


def test_deadlines_that_come_go_move_and_are_done() -> None:
    """A report each 31 March is moved to 30 April; one follow-up is logged; what has passed is left out."""
    report = {"id": "rapport", "kind": "report", "text": "Rapport", "yearly_by": "03-31"}
    follow_up = {"id": "uppfoljning", "kind": "follow_up", "text": "Uppföljning", "by": date(2022, 6, 1)}
    meeting = {"id": "mote", "kind": "meeting", "text": "Möte", "by": date(2022, 9, 1)}
    time = {"period": period(date(2021, 1, 1), date(2022, 12, 31))}
    old = agreement(duties=(report, follow_up), **time)
    new = agreement(
        duties=({**report, "yearly_by": "04-30"}, follow_up, meeting),
        log=({"duty": "uppfoljning", "date": date(2022, 1, 20)},),
        **time,
    )

    def told(passed: bool) -> list[tuple[str, list[date]]]:
        found = compare(reading(old), reading(new), DAY, reckoned=True, passed=passed)
        return [(each.turn.value, each.days) for each in found.deadlines]

    coming = [
        ("moves", [date(2022, 3, 31), date(2022, 4, 30)]),
        ("done", [date(2022, 6, 1), date(2022, 6, 1)]),
        ("comes", [date(2022, 9, 1)]),
    ]
    assert told(passed=False) == coming
    assert told(passed=True) == [("moves", [date(2021, 3, 31), date(2021, 4, 30)]), *coming]
    found = compare(reading(new), reading(old), DAY, reckoned=True, passed=False)
    assert [each.turn.value for each in found.deadlines][-1] == "goes"


def test_how_an_agreement_differs_as_a_whole() -> None:
    one, other = reading(agreement()), reading(agreement(dnr="KS 1"))

    def standing(*sides: Reading | None, **how: bool) -> Standing:
        return compare(*sides, DAY, reckoned=True, passed=False, **how).standing

    assert standing(None, one) is Standing.NEW
    assert standing(one, None) is Standing.REMOVED
    assert standing(one, other) is Standing.CHANGED
    assert standing(one, one) is Standing.LAYOUT
    assert standing(one, one, same_text=True) is Standing.SAME
    assert compare(one, other, DAY, reckoned=False, passed=False).years == []


def test_equal_items_are_found_however_many_there_are() -> None:
    items = [f"samma {number}" for number in range(3000)]
    assert pairs(items, items[::-1])[0] == Pair(2999, 0)
    assert all(None not in each for each in pairs(items, items[::-1]))
    assert pairs(["a b", "a b"], ["a b"]) == [Pair(0, 0), Pair(1, None)]


# any edit at all


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The routes to everything in a file."""
    yield at
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple) else ()
    for key, each in inner:
        yield from places(each, (*at, key))


def edited(value: Any, at: tuple[Any, ...], chance: random.Random) -> Any:
    """The file with something else in a place, or with nothing there."""
    if not at:
        return another(value, chance)
    inside = edited(value[at[0]], at[1:], chance)
    if isinstance(value, dict):
        return {key: inside if key == at[0] else each for key, each in value.items() if key != at[0] or inside != GONE}
    listed = [inside if number == at[0] else each for number, each in enumerate(value)]
    return tuple(each for each in listed if each != GONE)


GONE = "\x00"


def another(value: Any, chance: random.Random) -> Any:
    match value:
        case bool():
            return not value
        case int():
            return chance.choice([value + 1, value * 2, GONE])
        case date():
            return chance.choice([value.replace(day=1), date(value.year + 1, value.month, 1), GONE])
        case str():
            return chance.choice([f"{value} och mer", value[::-1], GONE])
        case tuple():
            return chance.choice([value[::-1], value[1:], GONE])
    return GONE


def without_order(value: Any) -> Any:
    """A value as a file has it, its lists in one and the same order."""
    if isinstance(value, dict):
        return sorted((key, repr(without_order(each))) for key, each in value.items())
    return sorted(repr(without_order(each)) for each in value) if isinstance(value, list) else value


def test_any_edit_of_a_real_agreement_is_told() -> None:
    """Up to four edits at random: what reads as another agreement, and not only in another order, has a row."""
    chance = random.Random(20220201)
    files = [Source(path.name, path.read_text("utf-8")).values for path in sorted(SHIPPED.glob("*.yaml"))]
    tried = 0
    for _number in range(250):
        old = new = chance.choice(files)
        for _edit in range(chance.randint(1, 4)):
            new = edited(new, chance.choice([each for each in places(new) if each]), chance)
        (before, _fine), (after, _wrong) = read(Agreement, old), read(Agreement, new)
        if before is None or after is None:
            continue
        tried += 1
        found = compare(reading(before), reading(after), DAY, reckoned=True, passed=True)
        assert found.changes or without_order(plain(before)) == without_order(plain(after))
        report = Report("a", "b", DAY, [Item("x", None, "x.yaml", found)])
        for width in (80, 120):
            lines = as_text(report, Language("en"), lambda _name: None, width).splitlines()
            assert max(map(len, lines)) <= width
        assert as_markdown(report, Language("en"), lambda _name: None).count("\n## ") == 1
        assert json.loads(as_json(report, Language("en"), lambda _name: None))["agreements"][0]["id"] == "x"
    assert tried > 100
