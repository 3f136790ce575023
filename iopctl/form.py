"""Plain values → a typed part of the model, or findings at routes that say in plain words what was expected.

pydantic's own words never reach a person: each of its error types has a sentence here.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from iopctl.finding import Crowd, Finding, Fix, Label, Message, Route, Rule, Severity, Value, say
from iopctl.model import Part
from iopctl.model.documents import NAMES
from iopctl.source import FIRST_YEAR, LAST_YEAR
from iopctl.spelling import look_alike, nearest, only
from iopctl.swedish import MONTHS

UNKNOWN_KEY = Rule("FRM008", "unknown-key", Severity.ERROR)
MISSING_KEY = Rule("FRM009", "missing-key", Severity.ERROR)
WRONG_VALUE = Rule("FRM010", "wrong-value", Severity.ERROR)
RULES = (UNKNOWN_KEY, MISSING_KEY, WRONG_VALUE)

P = TypeVar("P", bound=Part)


def read(model: type[P], values: Any) -> tuple[P | None, list[Finding]]:
    """The values as a part of the model, or None and everything that is wrong with them."""
    try:
        return model.model_validate(values), []
    except ValidationError as error:
        return None, _findings(model, values, error)


def _findings(model: type[Part], values: Any, error: ValidationError) -> list[Finding]:
    """One finding for each place: a value that fits none of several kinds is reported once, with all of them."""
    places: dict[tuple[Route, str], list[Any]] = {}
    for detail in error.errors(include_url=False):
        missing = str(detail["loc"][-1]) if detail["type"] == "missing" else ""
        places.setdefault((_route(values, detail["loc"]), missing), []).append(detail)
    found = Crowd()
    for (route, missing), details in places.items():
        if missing:
            found.add(MISSING_KEY, Label(route, on_key=True), partial(_missing, route, missing))
        elif details[0]["type"] == "extra_forbidden":
            found.add(UNKNOWN_KEY, Label(route, on_key=True), partial(_unknown_key, model, values, route))
        elif details[0]["loc"][-1:] == ("[key]",):
            found.add(WRONG_VALUE, Label(route, on_key=True), partial(_wrong_id, route, details))
        else:
            found.add(WRONG_VALUE, Label(route), partial(_wrong_value, values, route, details))
    return found.all()


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


def _unknown_key(model: type[Part], values: Any, route: Route) -> Finding:
    key = str(route[-1])
    here = keys_at(model, route[:-1])
    message = say("the format has no key {key} here", key=key)
    help_ = look_alike(key, _all_keys(model).__contains__) or _place_of_key(model, key, here)
    label = Label(route, on_key=True)
    meant = _only_key_meant(model, key, here)
    fix = Fix(label, meant) if meant is not None and meant not in _at(values, route[:-1]) else None
    return Finding(UNKNOWN_KEY, message, (label,), help_, fix=fix)


def _only_key_meant(model: type[Part], key: str, here: list[str]) -> str | None:
    """The one key that a misspelt one is nearly, when there is no other and it belongs nowhere else."""
    if key in _all_keys(model):
        return None
    return only(key.lower(), here)


def _place_of_key(model: type[Part], key: str, here: list[str]) -> Message:
    """Where a key belongs, or the key that was meant, or what can stand here."""
    elsewhere = sorted(place for place, keys in keys_of(model).items() if key in keys)
    close = nearest(key, here)
    if "" in elsewhere:
        return say("{key} belongs at the top of the file, without indentation", key=key)
    if elsewhere and not (close and len(elsewhere) > 1):
        return say("{key} belongs under: {places}", key=key, places=", ".join(elsewhere))
    if close:
        return say("did you mean {key}?", key=close)
    return say("keys that can stand here: {keys}", keys=", ".join(here))


def keys_at(model: type[BaseModel], route: Route) -> list[str]:
    """The keys that the part at a route can have, in the order of the format; none where any name can stand."""
    annotations: list[Any] = [model]
    for step in route:
        annotations = [inner for each in annotations for inner in _inside(each, step)]
    return [key for each in annotations for part in _parts_of(each) for key in _keys_in_order(part)]


def _keys_in_order(part: type[BaseModel]) -> list[str]:
    keys = [field.alias or name for name, field in part.model_fields.items()]
    first = part.first_keys if issubclass(part, Part) else ()
    return [*first, *(key for key in keys if key not in first)]


def _parts_of(annotation: Any) -> list[type[BaseModel]]:
    """The models that a value of a type can be; what mappings and tuples hold is further in."""
    if get_origin(annotation) in (dict, tuple):
        return []
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [part for argument in get_args(annotation) for part in _parts_of(argument)]


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


def _all_keys(model: type[BaseModel]) -> set[str]:
    return {key for keys in keys_of(model).values() for key in keys}


_EXAMPLES = {
    "format": "format: 1",
    "title": "title: IOP Resurspoolen",
    "name": "name: Resurspoolen",
    "id": "id: avstamning",
    "text": "text: Uppföljning av överenskommelsen",
    "kind": "kind: association",
    "from": "from: resurspoolen",
    "start": "start: 2026-01-01",
    "end": "end: 2028-12-31 / end: open_ended",
}

# -- values ------------------------------------------------------------------------------------------------------------


def _wrong_id(route: Route, details: list[Any]) -> Finding:
    """A key that the user names, such as a party's id, and that cannot be one."""
    message = say("{key} cannot stand here", key=str(route[-1]))
    label = Label(route, _expected(details), on_key=True)
    return Finding(WRONG_VALUE, message, (label,), look_alike(str(route[-1]), _ID.fullmatch))


def _wrong_value(values: Any, route: Route, details: list[Any]) -> Finding:
    kind, value = details[0]["type"], _at(values, route)
    if kind in _CONTRADICTIONS:
        message, help_ = _CONTRADICTIONS[kind]
        return Finding(WRONG_VALUE, message, (Label(route),), help_)
    label = (Label(route, _expected(details)),)
    if kind in ("date_type", "when") and isinstance(value, str) and (gone := _impossible(value)):
        message = say("{key}: the day {value} does not exist", key=_key(route), value=value)
        return Finding(WRONG_VALUE, message, label, gone)
    message = say("{key}: found {value}", key=_key(route), value=_shown(value)) if route else _not_an_agreement(value)
    day = day_meant(value) if kind in ("date_type", "when") else None
    fix = Fix(Label(route), day.isoformat()) if day else None
    return Finding(WRONG_VALUE, message, label, _advice(details[0], value), fix=fix)


def _not_an_agreement(value: Any) -> Message:
    return say("the file holds {value}, not an agreement", value=_shown(value))


def _advice(detail: Any, value: Any) -> Message | None:
    """The next step, where the value shows what was meant."""
    kind = detail["type"]
    if kind in _NUMBERS and isinstance(value, str):
        return _digits(value)
    if kind == "decimal_max_places" and _THOUSANDS.fullmatch(str(value)):
        return say("if the point is for the thousands, write it without: {number}", number=str(value).replace(".", ""))
    if kind in ("date_type", "when") and isinstance(value, str) and _DATE_FORM.fullmatch(value):
        return say("remove the quotation marks")
    if kind == "string_type" and isinstance(value, int | Decimal | date):
        return say('put it in quotation marks: "{value}"', value=str(value).lower())
    if kind == "literal_error" and isinstance(value, str):
        choices = _choices([detail])
        close = nearest(value, choices)
        return look_alike(value, choices.__contains__) or (say("did you mean {key}?", key=close) if close else None)
    if kind == "string_pattern_mismatch":
        return look_alike(value, _ID.fullmatch)
    return None


_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_NUMBERS = ("decimal_type", "is_instance_of", "int_type")
_DATE_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _digits(value: str) -> Message:
    """How to write a number that was found as text."""
    plain = "".join(value.split())
    if not (plain.isdecimal() and plain.isascii()):
        return say("write the number with digits only, and a point before the öre: 12500.50")
    if plain != value:
        return say("write it without spaces: {number}", number=plain)
    if plain.startswith("0") and len(plain) > 1:
        return say("write it without the first zeros: {number}", number=plain.lstrip("0") or "0")
    if len(plain) <= 15:
        return say("remove the quotation marks")
    return say("at most 15 digits")


def day_meant(value: Any) -> date | None:
    """The day that a value can only mean, however it is written: year first, or the month by its Swedish name."""
    text = str(value) if type(value) in (str, int) else ""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _IN_WORDS.fullmatch(text.lower()):
        year, month, day = int(found[3]), MONTHS.index(found[2]) + 1, int(found[1])
    else:
        return None
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


_YEAR_FIRST = re.compile(r"([0-9]{4})(?:-|/|\.|(?=[0-9]{4}$))([0-9]{1,2})(?:-|/|\.|(?=[0-9]{2}$))([0-9]{1,2})")
_IN_WORDS = re.compile(rf"(?:den )?([0-9]{{1,2}}) ({'|'.join(MONTHS)}) ([0-9]{{4}})")


def _impossible(value: str) -> Message | None:
    """For text in the form of a date: why there is no such day."""
    if not _DATE_FORM.fullmatch(value):
        return None
    year, month, day = (int(part) for part in value.split("-"))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return say("years from {first} to {last} can be written", first=str(FIRST_YEAR), last=str(LAST_YEAR))
    if not 1 <= month <= 12:
        return say("months are numbered 01 to 12: YYYY-MM-DD")
    last = 29 if month == 2 and (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)) else _DAYS[month - 1]
    if 1 <= day <= last:
        return None
    return say("the last day of that month is {day}", day=f"{year}-{month:02}-{last}")


_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _expected(details: list[Any]) -> Message | None:
    """What could stand there, for all the kinds of value that were tried."""
    kind, ctx = details[0]["type"], details[0].get("ctx", {})
    choices = ", ".join(_choices(details))
    if kind == "literal_error":
        return (
            say("expected one of {choices}", choices=choices)
            if "," in choices
            else say("expected {choices}", choices=choices)
        )
    if choices:
        return say("expected a date, written YYYY-MM-DD, or {choices}", choices=choices)
    match kind:
        case "greater_than_equal":
            return say("expected at least {limit}", limit=str(ctx["ge"]))
        case "greater_than":
            return say("expected more than {limit}", limit=str(ctx["gt"]))
        case "less_than_equal":
            return say("expected at most {limit}", limit=str(ctx["le"]))
        case "less_than":
            return say("expected less than {limit}", limit=str(ctx["lt"]))
        case "too_short" if details[0]["input"] == "":
            return say("expected text")
    return _EXPECTED.get(kind)


def _choices(details: list[Any]) -> list[str]:
    """The words that a key takes, from what pydantic lists as 'a', 'b' or 'c'."""
    listed = [detail["ctx"]["expected"] for detail in details if detail["type"] == "literal_error"]
    return [word.strip(" '") for each in listed for word in each.replace(" or ", ",").split(",")]


_EXPECTED: dict[str, Message] = {
    "date_type": say("expected a date, written YYYY-MM-DD"),
    "when": say("expected a date (YYYY-MM-DD), a month (YYYY-MM) or a year (YYYY)"),
    "length": say("expected a length of time, such as 3 years or 18 months"),
    "lead_time": say("expected a time before a meeting, such as 26 days, 3 weeks or 5 working days"),
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
    "rounding_unit": say("expected one of {choices}", choices="0.01, 1, 10, 100, 1000"),
    "regular_expression": say("expected a regular expression"),
    "link": say("expected an address that begins with https:// or http:// and contains {file}", file="{file}"),
    "heading": say("expected a heading in which the braces hold one of {choices}", choices=", ".join(NAMES)),
    "slow_expression": say("expected a regular expression without a repetition inside a repetition"),
}

_CONTRADICTIONS: dict[str, tuple[Message, Message | None]] = {
    "one_schedule": (
        say("a duty needs one schedule, and only one"),
        say("write one of times_per_year, yearly_by, by, before_end, after, ongoing; or on_request alone"),
    ),
    "one_event": (
        say("an entry in the log is one of duty, payment, notice, adjustment, invoice, requisition and request"),
        say("give one of them, and only one"),
    ),
    "which_event": (
        say("duty and payment need of, the id of what is done or paid; start, end and notice have none"),
        say("write for example: {example}", example="after: {event: end, length: 3 months}"),
    ),
    "event_undated": (say("an entry in the log needs date, or through"), None),
    "needs_until": (
        say("an extension or a termination needs until, the new last day"),
        say("add for example: until: 2028-12-31"),
    ),
    "minutes_order": (
        say("minutes are approved after the meeting, and posted after that: approved and posted are out of order"),
        say("check the days against the minutes and the notice board"),
    ),
    "stop_after_meeting": (
        say("a day of the meeting's preparation is after the meeting"),
        say("check the days against the board's own timetable"),
    ),
    "board_twice": (
        say("two boards have the same name"),
        say("write all meetings of a board under one name"),
    ),
    "cash_value": (say("cash has an amount, not a value"), say("write amount instead of value")),
    "kind_amount": (
        say("amount, by_year, indexation and payment are for cash"),
        say("write value for what the contribution is worth in kronor"),
    ),
    "per_missing": (say("an amount or a value needs a per"), say("add for example: per: year")),
    "payment_id": (
        say("a contribution that is paid out needs an id, for the log to refer to"),
        say("add for example: id: ersattning"),
    ),
    "by_year": (
        say("by_year takes the place of amount, and is for each year"),
        say("write by_year, with per: year, or amount"),
    ),
    "one_index": (
        say("an adjustment follows one of index, percent and basket"),
        say("give one of them, and only one; none where each decision says how much (trigger: by_decision)"),
    ),
    "basket_part": (
        say("a part of a basket follows one of index and percent"),
        say("give one of them, and only one"),
    ),
    "payment_when": (
        say("a schedule of payment has one of in, dates and after"),
        say("name the months, the days with their shares, or the event that is waited for"),
    ),
    "payment_part": (say("a part of the payment has one of day and after"), say("give one of them, and only one")),
    "payment_shares": (say("the shares of the dates do not come to 100"), None),
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
