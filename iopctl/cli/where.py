"""--where: conditions on the fields of a register's records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from iopctl.cli.exits import CommandError
from iopctl.cli.options import parse_date
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.render.register import FieldKind

_CONDITION = re.compile(r"\s*([\w-]+)\s*(!=|<=|>=|=|<|>|~)\s*(.*?)\s*", re.DOTALL)
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,6})?", re.ASCII)
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda found, asked: found == asked,
    "!=": lambda found, asked: found != asked,
    "<": lambda found, asked: found < asked,
    "<=": lambda found, asked: found <= asked,
    ">": lambda found, asked: found > asked,
    ">=": lambda found, asked: found >= asked,
    "~": lambda found, asked: asked in found,
}
_FITTING: dict[FieldKind, Sequence[str]] = {
    "text": tuple(_COMPARE),
    "texts": ("=", "!=", "~"),
    "date": ("=", "!=", "<", "<=", ">", ">="),
    "number": ("=", "!=", "<", "<=", ">", ">="),
    "flag": ("=", "!="),
}

Asked = str | date | Decimal | bool | None


class Condition(NamedTuple):
    """A field, how it is compared, and with what; None for nothing: `board=` finds what has none."""

    field: str
    sign: str
    asked: Asked

    def fits(self, record: Mapping[str, Any]) -> bool:
        """Whether a record is as asked for. Of several texts one is enough; what is not stated is only unequal."""
        found = record[self.field]
        several = found if isinstance(found, list) else [found]
        known = [each.casefold() if isinstance(each, str) else each for each in several if each is not None]
        if self.sign == "!=":
            return self.asked not in known if self.asked is not None else bool(known)
        if self.asked is None:
            return not known
        return any(_COMPARE[self.sign](each, self.asked) for each in known)


def conditions(texts: Iterable[str], fields: Mapping[str, FieldKind]) -> tuple[Condition, ...]:
    """What --where asks for. Raises CommandError for a field that there is not, or a value that does not fit it."""
    return tuple(_condition(text, fields) for text in texts)


def _condition(text: str, fields: Mapping[str, FieldKind]) -> Condition:
    found = _CONDITION.fullmatch(text)
    if found is None:
        message = _("--where: found {value}, expected for example until<2027-01-01; the signs are: {signs}")
        raise CommandError(message.format(value=text, signs=" ".join(_COMPARE)))
    field, sign, value = found[1].casefold().replace("-", "_"), found[2], found[3]
    kind = fields.get(field)
    if kind is None:
        raise CommandError(_no_field(found[1], list(fields)))
    if sign not in _FITTING[kind] or (not value and sign not in ("=", "!=")):
        message = _("--where: {field} cannot be compared with {sign}; it takes: {signs}")
        signs = " ".join(_FITTING[kind] if value else ("=", "!="))
        raise CommandError(message.format(field=field, sign=f"{sign}{value}" if not value else sign, signs=signs))
    return Condition(field, sign, _value(field, kind, value) if value else None)


def _value(field: str, kind: FieldKind, value: str) -> Asked:
    name = f"--where {field}"
    match kind:
        case "date":
            return parse_date(value, name)
        case "number":
            digits = re.sub(r"[ \u00a0\u202f]", "", value)
            if _NUMBER.fullmatch(digits) is None:
                raise CommandError(_("{name}: found {value}, expected a number").format(name=name, value=value))
            return Decimal(digits.replace(",", "."))
        case "flag":
            if value not in ("true", "false"):
                message = _("{name}: found {value}, expected one of: {choices}")
                raise CommandError(message.format(name=name, value=value, choices="true, false"))
            return value == "true"
        case _:
            return value.casefold()


def _no_field(asked: str, fields: Sequence[str]) -> str:
    import difflib

    close = difflib.get_close_matches(asked.casefold(), fields, n=1, cutoff=0.5)
    hint = " (" + _("did you mean {name}?").format(name=close[0]) + ")" if close else ""
    message = _("--where: there is no field {name}{hint}; choose among: {fields}")
    return message.format(name=asked, hint=hint, fields=", ".join(fields))
