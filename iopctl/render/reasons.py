"""Why an amount is not known, what it depends on, and why what was paid is another, in words."""

from __future__ import annotations

from itertools import groupby

from iopctl.compute.figures import MissingIndex
from iopctl.compute.instalment import Instalment
from iopctl.compute.paid import Cause, Outcome
from iopctl.compute.reasons import (
    AdjustedBeforeStart,
    AdjustedOnce,
    Condition,
    InsideYear,
    MissingIndices,
    NoAmountFor,
    NoPopulation,
    NoSumForExtension,
    OpenAmount,
    PartYear,
    Status,
    TooLarge,
    Undivided,
    Unreckonable,
    UpTo,
)
from iopctl.finding import Message, Money, Value, say
from iopctl.render.names import MONTH_WORDS
from iopctl.render.plain import quoted

STATUS = {
    Status.DEFINITIVE: say("definitive"),
    Status.PRELIMINARY: say("preliminary"),
    Status.FORECAST: say("forecast"),
    Status.BLOCKED: say("blocked"),
}

CONDITIONS = {
    "extension": say("only if the proposed extension is decided"),
    "funding": say("only if the money for the year is granted"),
    "stated": say("only on the agreement's condition"),
}

CAUSES = {
    Cause.UNPAID: say("not in the log"),
    Cause.ROUNDING: say("rounding"),
    Cause.PRELIMINARY: say("the amount on the preliminary index"),
    Cause.UNADJUSTED: say("wrong base, the amount without any adjustment"),
    Cause.YEAR_BEFORE: say("missed year, the amount of the year before"),
    Cause.OTHER: say("the cause cannot be told"),
}


def status(row: Instalment) -> Message:
    """How sure the amount is, and whether it is a correction."""
    word = STATUS[row.status]
    if row.correction is None:
        return word
    return say("correction") if row.status is Status.DEFINITIVE else say("correction, {status}", status=word)


def reason(row: Instalment) -> list[Message]:
    """Why an amount cannot be computed, in words; empty when it can."""
    if row.reason is None:
        return []
    return missing(row.reason.figures) if isinstance(row.reason, MissingIndices) else [_why(row.reason)]


def _why(reason: Unreckonable) -> Message:
    match reason:
        case PartYear(start, end):
            return say(
                "covers only {start} – {end}, and the agreement does not say what part of the amount that gives",
                start=start,
                end=end,
            )
        case InsideYear(first):
            return say(
                "another rate or schedule from {day}, and the agreement does not say how that year is divided",
                day=first,
            )
        case OpenAmount(words_):
            return say("the amount is open: {words}", words=say("“{text}”", text=quoted(words_)))
        case UpTo(ceiling):
            return say("at most {amount}; what is paid depends on the outcome", amount=Money(ceiling))
        case NoAmountFor(year):
            return say("no amount is agreed for {year}", year=str(year))
        case NoPopulation(year):
            return say("the number of inhabitants for {year} is not stated", year=str(year))
        case AdjustedBeforeStart(first):
            return say(
                "first adjusted on {day}, before the agreement begins; the amount's price year is not stated", day=first
            )
        case TooLarge(year):
            return say("the index clause makes the amount too large to be meant from {year} on", year=str(year))
        case _:
            return _SIMPLE[type(reason)]


_SIMPLE: dict[type[Unreckonable], Message] = {
    AdjustedOnce: say("paid once and adjusted by an index, and nothing says for which years"),
    NoSumForExtension: say("the sum is for the agreed period; nothing says what the extension gives"),
    Undivided: say("one sum for the whole period, and nothing on how it is divided over the years"),
}


def missing(figures: tuple[MissingIndex, ...]) -> list[Message]:
    """One sentence for all the figures of an index that are not known."""
    found = []
    for (index, preliminary, _other), group in groupby(
        figures, key=lambda each: (each.index, each.preliminary, each.incomparable_with)
    ):
        listed = list(group)
        first, last = str(listed[0].year), str(listed[-1].year)
        name = _named(listed[0], listed[-1])
        other = listed[0].incomparable_with
        if other is not None:
            values: dict[str, Value] = {"index": name, "earlier": str(other), "later": first}
            found.append(
                say(
                    "{index}: {earlier} and {later} have different reference years, and no link between them is known",
                    **values,
                )
            )
        elif listed[0].expected is None:
            found.append(say("there is no table for the index {index}", index=index))
        elif preliminary and len(listed) == 1:
            found.append(
                say("{index} {year} is only known as preliminary, and the clause waits", index=name, year=first)
            )
        elif preliminary:
            values = {"index": name, "first": first, "last": last}
            found.append(say("{index} is only known as preliminary for {first}–{last}, and the clause waits", **values))
        elif len(listed) == 1:
            found.append(say("{index} {year} is not known", index=name, year=first))
        else:
            found.append(say("{index} is not known for {first}–{last}", index=name, first=first, last=last))
    return found


def _named(figure: MissingIndex, last: MissingIndex) -> str | Message:
    """The index, with the month or the editions that are meant: each year has an edition of its own."""
    if figure.edition is not None and last.edition is not None and last.edition != figure.edition:
        values = {"index": figure.index, "first": figure.edition, "last": last.edition}
        return say("{index} (editions {first} to {last})", **values)
    if figure.edition is not None:
        return say("{index} (edition {edition})", index=figure.index, edition=figure.edition)
    if figure.month is not None:
        return say("{index} ({month})", index=figure.index, month=MONTH_WORDS[figure.month])
    return figure.index


def condition(each: Condition) -> Message:
    """What has to be decided, or to happen."""
    return CONDITIONS[each.kind]


def difference(outcome: Outcome) -> list[Message]:
    """What was paid, and how that differs from the amount."""
    found: list[Message] = []
    if outcome.paid is not None and outcome.day is not None:
        found.append(say("paid {day}: {amount}", day=outcome.day, amount=Money(outcome.paid)))
    elif outcome.paid is not None:
        found.append(say("paid: {amount}", amount=Money(outcome.paid)))
    elif outcome.entries:
        found.append(say("paid, and the log gives no amount"))
    if outcome.difference and outcome.cause is not None:
        cause, amount = CAUSES[outcome.cause], Money(abs(outcome.difference))
        if outcome.cause is Cause.UNPAID and outcome.difference > 0:
            found.append(say("the log does not show that {amount} was deducted", amount=amount))
        elif outcome.cause is Cause.UNPAID:
            found.append(say("{amount} is not in the log as paid", amount=amount))
        elif outcome.difference < 0:
            found.append(say("{amount} too little: {cause}", amount=amount, cause=cause))
        else:
            found.append(say("{amount} too much: {cause}", amount=amount, cause=cause))
    return found
