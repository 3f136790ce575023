"""A language: messages in the reader's words, numbers as the reader writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from iopctl.finding import Message, Money, Value
from iopctl.locale.catalogue import catalogue
from iopctl.personal import masked

NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Language:
    """One language, by its code."""

    code: str

    def word(self, template: str) -> str:
        """The template in this language."""
        return catalogue(self.code).gettext(template)

    def say(self, message: Message) -> str:
        """The message in this language, its values written as this language writes them."""
        template = self.word(message.template)
        if not message.values:
            return template
        return template.format_map({name: self._value(value) for name, value in message.values.items()})

    def number(self, number: Decimal | int, decimals: int | None = None) -> str:
        """A number with groups of three and this language's decimal mark; with as many decimals as it has, or as asked.

        Rounding is not this module's business: a number that has more decimals than asked for is an error.
        """
        if type(number) is int and 0 <= number < 1000 and decimals is None:
            return str(number)  # the same in every language
        exact = Decimal(number)
        places = max(0, -int(exact.as_tuple().exponent)) if decimals is None else decimals
        if -int(exact.as_tuple().exponent) > places and f"{exact:f}".partition(".")[2][places:].strip("0"):
            raise ValueError(f"{exact} has more than {places} decimals")
        return _formatted(exact, places, self.code)

    def kronor(self, amount: Decimal) -> str:
        """An amount with its unit and a no-break space: `933 000 kr`; öre only when there are any."""
        decimals = 0 if amount == amount.to_integral_value() else 2
        return f"{self.number(amount, decimals)}{NO_BREAK}kr"

    def percent(self, number: Decimal) -> str:
        """A percentage with its sign: `1,5 %` in Swedish, `1.5%` in English."""
        return f"{self.number(number)}{NO_BREAK}%" if self.code == "sv" else f"{self.number(number)}%"

    def _value(self, value: Value) -> str:
        match value:
            case Message():
                return self.say(value)
            case Money():
                return self.kronor(value.kronor)
            case bool():
                return str(value)
            case str():
                return masked(value)
            case Decimal() | int():
                return self.number(value)
            case date():
                return value.isoformat()


@lru_cache(10_000)
def _formatted(number: Decimal, places: int, code: str) -> str:
    """A number with so many decimals; the same amounts come back row after row."""
    from babel.numbers import format_decimal  # slow to import, and not needed by a run that finds nothing

    return format_decimal(number, "#,##0" + ("." + "0" * places if places else ""), locale=code)
