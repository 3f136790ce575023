"""Plain values → a typed part of the model, or findings at routes that say in plain words what was expected.

pydantic's own words never reach a person: each of its error types has a sentence here.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from iopctl.finding import Finding, Label, Message, Route, Rule, Severity, Value, say
from iopctl.model import Part
from iopctl.source import FIRST_YEAR, LAST_YEAR

UNKNOWN_KEY = Rule(
    "FRM008",
    "unknown-key",
    Severity.ERROR,
    "The format has no such key in this place. Passed over in silence, a misspelt `indexation` would freeze an amount.",
)
MISSING_KEY = Rule("FRM009", "missing-key", Severity.ERROR, "A key that the format cannot do without is not there.")
WRONG_VALUE = Rule(
    "FRM010",
    "wrong-value",
    Severity.ERROR,
    "The value is not of the kind that the key takes: a number where a date is meant, an amount with spaces, a day "
    "that does not exist. Nothing is converted or guessed.",
)
RULES = (UNKNOWN_KEY, MISSING_KEY, WRONG_VALUE)

P = TypeVar("P", bound=Part)


def read(model: type[P], values: Any) -> tuple[P | None, list[Finding]]:
    """The values as a part of the model, or None and everything that is wrong with them."""
    try:
        return model.model_validate(values), []
    except ValidationError as error:
        return None, list(_findings(model, values, error))


def _findings(model: type[Part], values: Any, error: ValidationError) -> Iterator[Finding]:
    """One finding for each place: a value that fits none of several kinds is reported once."""
    seen: set[Route] = set()
    for detail in error.errors(include_url=False):
        kind = detail["type"]
        route = _route(values, detail["loc"])
        if kind == "missing":
            yield _missing(route, str(detail["loc"][-1]))
            continue
        if route in seen:
            continue
        seen.add(route)
        if kind == "extra_forbidden":
            yield _unknown_key(model, route)
        else:
            message, help_ = _wrong(kind, detail.get("ctx", {}), _at(values, route), route)
            yield Finding(WRONG_VALUE, message, (Label(route, _expected(kind, detail.get("ctx", {}))),), help_)


def _route(values: Any, loc: tuple[int | str, ...]) -> Route:
    """pydantic's location without the names of its unions and validators, which lead to no place in the text."""
    route: list[str | int] = []
    for step in loc:
        if (isinstance(values, dict) and step in values) or (
            isinstance(values, tuple) and isinstance(step, int) and step < len(values)
        ):
            values = values[step]  # type: ignore[index]  # a str for a dict, an int for a tuple, as just tested
            route.append(step)
    return tuple(route)


def _at(values: Any, route: Route) -> Any:
    for step in route:
        values = values[step]
    return values


# -- keys --------------------------------------------------------------------------------------------------------------


def _missing(route: Route, key: str) -> Finding:
    where = say("{key} needs it", key=str(route[-1])) if route and isinstance(route[-1], str) else None
    example = _EXAMPLES.get(key)
    help_ = say("write for example: {example}", example=example) if example else None
    return Finding(MISSING_KEY, say("the key {key} is missing", key=key), (Label(route, where, on_key=True),), help_)


def _unknown_key(model: type[Part], route: Route) -> Finding:
    key = str(route[-1])
    here = _keys_at(model, route[:-1])
    close = difflib.get_close_matches(key, here, n=1, cutoff=0.6)
    elsewhere = [] if close else sorted(place for place, keys in keys_of(model).items() if key in keys)
    if close:
        help_ = say("did you mean {key}?", key=close[0])
    elif "" in elsewhere:
        help_ = say("{key} belongs at the top of the file, without indentation", key=key)
    elif elsewhere:
        help_ = say("{key} belongs under: {places}", key=key, places=", ".join(elsewhere))
    else:
        help_ = say("keys that can stand here: {keys}", keys=", ".join(here))
    return Finding(UNKNOWN_KEY, say("the format has no key {key} here", key=key), (Label(route, on_key=True),), help_)


def _keys_at(model: type[BaseModel], route: Route) -> list[str]:
    """The keys that the part at a route can have."""
    annotations: list[Any] = [model]
    for step in route:
        annotations = [inner for each in annotations for inner in _inside(each, step)]
    parts = [part for each in annotations for part in _parts_in(each)]
    return [field.alias or name for part in parts for name, field in part.model_fields.items()]


def _inside(annotation: Any, step: str | int) -> list[Any]:
    """The types of what stands at one step into a value of a type."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [f.annotation for name, f in annotation.model_fields.items() if (f.alias or name) == step]
    if get_origin(annotation) is dict:
        return [get_args(annotation)[1]]
    if get_origin(annotation) is tuple:
        return [get_args(annotation)[0]]
    return [inner for argument in get_args(annotation) for inner in _inside(argument, step)]


def _parts_in(annotation: Any) -> list[type[BaseModel]]:
    """The models that a field's type mentions, however deep in tuples, mappings and unions."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [part for argument in get_args(annotation) for part in _parts_in(argument)]


@cache
def keys_of(model: type[BaseModel]) -> dict[str, list[str]]:
    """The keys of every part of the format, by the place as a person would write it."""
    found: dict[str, list[str]] = {}

    def walk(part: type[BaseModel], place: str) -> None:
        found[place] = [field.alias or name for name, field in part.model_fields.items()]
        for name, field in part.model_fields.items():
            for inner in _parts_in(field.annotation):
                walk(inner, f"{place}.{field.alias or name}".lstrip("."))

    walk(model, "")
    return found


_EXAMPLES = {
    "format": "format: 1",
    "title": "title: IOP Resurspoolen",
    "kind": "kind: association",
    "from": "from: resurspoolen",
    "start": "start: 2026-01-01",
    "end": "end: 2028-12-31",
}

# -- values ------------------------------------------------------------------------------------------------------------


def _wrong(kind: str, ctx: dict[str, Any], value: Any, route: Route) -> tuple[Message, Message | None]:
    key = _key(route)
    if kind in _CONTRADICTIONS:
        message, help_ = _CONTRADICTIONS[kind]
        return message, help_
    if kind in ("date_type", "when") and isinstance(value, str) and (gone := _impossible(value)):
        return say("{key}: the day {value} does not exist", key=key, value=value), gone
    message = say("{key}: found {value}", key=key, value=_shown(value))
    if kind in ("decimal_type", "is_instance_of", "int_type") and isinstance(value, str):
        plain = "".join(value.split())
        if plain.isdecimal() and plain.isascii():
            return message, say("write it without spaces: {number}", number=plain)
        return message, say("write the number with digits only, and a point before the öre: 12500.50")
    if kind == "string_type" and isinstance(value, int | Decimal | date):
        return message, say('put it in quotation marks: "{value}"', value=str(value).lower())
    if kind == "literal_error" and isinstance(value, str):
        choices = [part.strip(" '") for part in str(ctx.get("expected", "")).replace(" or ", ",").split(",")]
        close = difflib.get_close_matches(value, choices, n=1, cutoff=0.6)
        return message, say("did you mean {key}?", key=close[0]) if close else None
    return message, None


def _impossible(value: str) -> Message | None:
    """For text in the form of a date: why there is no such day."""
    parts = value.split("-")
    if len(parts) != 3 or [len(part) for part in parts] != [4, 2, 2] or not all(part.isdigit() for part in parts):
        return None
    year, month = int(parts[0]), int(parts[1])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return say("years from {first} to {last} can be written", first=str(FIRST_YEAR), last=str(LAST_YEAR))
    if not 1 <= month <= 12:
        return say("months are numbered 01 to 12: YYYY-MM-DD")
    last = 29 if month == 2 and (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)) else _DAYS[month - 1]
    return say("the last day of that month is {day}", day=f"{parts[0]}-{parts[1]}-{last}")


_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _expected(kind: str, ctx: dict[str, Any]) -> Message | None:
    if kind == "literal_error":
        return say(
            "expected one of {choices}", choices=str(ctx.get("expected", "")).replace("'", "").replace(" or ", ", ")
        )
    match kind:
        case "greater_than_equal":
            return say("expected at least {limit}", limit=str(ctx["ge"]))
        case "greater_than":
            return say("expected more than {limit}", limit=str(ctx["gt"]))
        case "less_than_equal":
            return say("expected at most {limit}", limit=str(ctx["le"]))
        case "less_than":
            return say("expected less than {limit}", limit=str(ctx["lt"]))
    return _EXPECTED.get(kind)


_EXPECTED: dict[str, Message] = {
    "date_type": say("expected a date, written YYYY-MM-DD"),
    "when": say("expected a date (YYYY-MM-DD), a month (YYYY-MM) or a year (YYYY)"),
    "length": say("expected a length of time, such as 3 years or 18 months"),
    "day_of_year": say("expected a day of the year, written MM-DD"),
    "decimal_type": say("expected a number"),
    "is_instance_of": say("expected a number"),
    "decimal_max_digits": say("expected a number of at most 15 digits"),
    "decimal_max_places": say("expected at most two decimals"),
    "decimal_whole_digits": say("expected a number of at most 15 digits"),
    "int_type": say("expected a whole number"),
    "bool_type": say("expected true or false"),
    "string_type": say("expected text"),
    "string_too_short": say("expected text"),
    "string_pattern_mismatch": say("expected a name of small letters a–z, digits, - and _"),
    "model_type": say("expected keys with values, on indented lines of their own"),
    "model_attributes_type": say("expected keys with values, on indented lines of their own"),
    "dict_type": say("expected keys with values, on indented lines of their own"),
    "tuple_type": say("expected a list: a line for each, beginning with a hyphen"),
    "too_short": say("expected at least one"),
}

_CONTRADICTIONS: dict[str, tuple[Message, Message | None]] = {
    "one_schedule": (
        say("a duty needs one schedule, and only one"),
        say("write one of times_per_year, yearly_by, by, before_end, ongoing; or on_request alone"),
    ),
    "one_event": (say("an entry in the log is one of duty, payment and notice"), say("give one of them, and only one")),
    "event_undated": (say("an entry in the log needs date, or through"), None),
    "cash_value": (say("cash has an amount, not a value"), say("write amount instead of value")),
    "kind_amount": (
        say("amount, indexation and payment are for cash"),
        say("write value for what the contribution is worth in kronor"),
    ),
    "per_missing": (say("an amount or a value needs a per"), say("add per: year, per: period or per: once")),
    "payment_id": (
        say("a contribution that is paid out needs an id, for the log to refer to"),
        say("add for example: id: ersattning"),
    ),
    "payment_months": (
        say("the number of months under in differs from times_per_year"),
        say("name one month for each payment: in: [january, july]"),
    ),
}


def _key(route: Route) -> str:
    names = [step for step in route if isinstance(step, str)]
    return names[-1] if names else "?"


def _shown(value: Any) -> Value:
    """A value as a person would name it in a sentence."""
    if isinstance(value, dict):
        return say("keys with values")
    if isinstance(value, tuple):
        return say("a list")
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return say("“{text}”", text=text if len(text) <= 60 else f"{text[:57]}…")
