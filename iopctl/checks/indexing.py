"""Index clauses: the figures they need, and what they leave open or say twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import reduce

from iopctl.checks.case import Case, rule
from iopctl.compute.clause import Clause, lag, left_open
from iopctl.compute.figures import MissingIndex, overdue
from iopctl.compute.instalment import Instalment
from iopctl.compute.reasons import MissingIndices
from iopctl.compute.timeline import FAR
from iopctl.finding import Finding, Label, Message, Route, Rule, Severity, Value, say
from iopctl.model import Contribution, Indexation


@rule("MON002")
def index_missing(rule: Rule, case: Case) -> Iterator[Finding]:
    """An index figure that a payment needs is not known, although its usual time of publication has passed.

    The amount cannot be computed and is never guessed. A warning when only a proposed extension needs the figure.
    """
    if not any(_overdue(indexation, case) for _route, _each, indexation in _indexed(case)):
        return  # most agreements: it is quicker to see that no figure is late than to reckon every payment
    reported: set[tuple[int, str, int]] = set()
    for row in case.payments:
        for missing in _awaited(row):
            if missing.incomparable_with is not None:
                continue  # the rule about reference years says so
            key = (row.contribution, missing.index, missing.year if missing.expected else 0)
            if missing.late_on(case.as_of) and key not in reported:
                reported.add(key)
                yield _missing(rule, row, missing, case)


def _awaited(row: Instalment) -> tuple[MissingIndex, ...]:
    """The figures that an amount cannot be reckoned without, or that the clause waits for."""
    if isinstance(row.reason, MissingIndices):
        return row.reason.figures
    return row.working.waits if row.working else ()


def _overdue(indexation: Indexation, case: Case) -> bool:
    clause, tables = Clause(indexation, FAR), case.workspace.tables
    return any(
        overdue(clause.wanted(part, case.as_of.year, case.as_of), clause.first_year - lag(part), tables)
        for part in indexation.parts
        if part.index is not None
    )


def _missing(rule: Rule, row: Instalment, missing: MissingIndex, case: Case) -> Finding:
    severity = Severity.WARNING if row.extension else Severity.ERROR
    labels = (Label(_place(row, missing, case)),)
    index, year = missing.index, str(missing.year)
    if missing.expected is None:
        message = say("there is no table for the index {index}", index=index)
        help_ = say(
            "its payments stay blocked; iopctl has tables for {names}", names=", ".join(sorted(case.workspace.tables))
        )
        return Finding(rule, message, labels, help_, severity)
    values: dict[str, Value] = {"index": index, "year": year, "paid": str(row.year)}
    if missing.preliminary:
        message = say("the payment for {paid} waits for the definitive {index} for {year}, which is missing", **values)
    elif row.extension:
        message = say("{index} for {year} is missing; the proposed extension's payment for {paid} needs it", **values)
    else:
        message = say("{index} for {year} is missing, and the payment for {paid} needs it", **values)
    help_ = say("look the figure up and add it: {command}", command=f"iopctl index add {index} {year} …")
    return Finding(rule, message, labels, help_, severity)


def _place(row: Instalment, missing: MissingIndex, case: Case) -> Route:
    """Where the clause names the index: in itself, in its basket, or as a successor."""
    route = (*row.route, "indexation")
    said = case.agreement.contributions[row.contribution].indexation
    for number, part in enumerate(said.parts if said else ()):
        inner = (*route, "basket", number) if said and said.basket else route
        if part.index == missing.index:
            return (*inner, "index")
        if part.successor is not None and part.successor.index == missing.index:
            return (*inner, "successor", "index")
    return (*route, "index")


@rule("MON006")
def double_indexation(rule: Rule, case: Case) -> Iterator[Finding]:
    """The amount is adjusted by the index of a year whose prices it is in already, or may be in.

    Without a price year this shows only as a first adjustment in the agreement's first year: a warning.
    """
    for route, each, indexation in _indexed(case):
        first = Label(
            (*route, "indexation", "first"), say("first adjusted by the index for {year}", year=_year(indexation))
        )
        if indexation.price_year is not None:
            if indexation.first.year <= indexation.price_year:
                year = str(indexation.price_year)
                message = say(
                    "the amount is in the prices of {year} and is adjusted by that year's index too", year=year
                )
                label = Label((*route, "indexation", "price_year"), say("the amount is in this year's prices"))
                help_ = say("see which of the two years is right; the first adjustment is normally the year after")
                yield Finding(rule, message, (first, label), help_)
        elif (begins := _begins(case, each)) is not None and indexation.first.year <= begins.year:
            place = (*route, "valid_from") if each.since == begins else ("period", "start")
            labels = (first, Label(place, say("the amount begins here")))
            example = f"price_year: {begins.year - 1}"
            help_ = say("agree on whose prices the amount is in, and write it, for example: {example}", example=example)
            message = say("the amount is adjusted in its first year, and may be in that year's prices already")
            yield Finding(rule, message, labels, help_, Severity.WARNING)


@rule("MON007", Severity.WARNING)
def index_clause_incomplete(rule: Rule, case: Case) -> Iterator[Finding]:
    """The clause does not say how the adjusted amount is rounded, or what a preliminary figure means.

    The price year is asked for only where years lie between the amount's first year and the first adjustment: the other
    cases are plain, or the rule about double indexation's.
    """
    for route, each, indexation in _indexed(case):
        open_: list[tuple[Message, Message]] = []
        begins = _begins(case, each)
        if indexation.price_year is None and begins is not None and indexation.first.year > begins.year + 1:
            year = _year(indexation)
            reckoned = say("no index before the one for {year} (price_year)", year=year)
            open_.append((say("whose prices the amount is in"), reckoned))
        tables = tuple(case.workspace.tables.get(index) for index in indexation.indices)
        keys = left_open(indexation, tables)
        if "rounding" in keys:
            open_.append((say("how the amount is rounded"), say("whole kronor, half upwards (rounding)")))
        if "preliminary" in keys:
            reckoned = say("a preliminary figure until there is a definitive one (preliminary)")
            open_.append((say("what a preliminary figure means"), reckoned))
        if open_:
            message = say("the index clause leaves open {what}", what=_listed([what for what, _reckoned in open_]))
            reckoned = reduce(_and_then, (reckoned for _what, reckoned in open_))
            help_ = say("agree on it and write the key; until then iopctl reckons with {reckoned}", reckoned=reckoned)
            key = "basket" if indexation.basket else "percent" if indexation.percent is not None else "index"
            yield Finding(rule, message, (Label((*route, "indexation", key)),), help_)


def _and_then(one: Message, other: Message) -> Message:
    return say("{one}; {other}", one=one, other=other)


def _listed(words: list[Message]) -> Message:
    match words:
        case [one]:
            return one
        case [one, two]:
            return say("{one} and {two}", one=one, two=two)
        case [one, *others]:
            return say("{one}, {others}", one=one, others=_listed(others))
    raise ValueError(words)


def _indexed(case: Case) -> Iterator[tuple[Route, Contribution, Indexation]]:
    for number, each in enumerate(case.agreement.contributions):
        if each.indexation is not None:
            yield ("contributions", number), each, each.indexation


def _begins(case: Case, contribution: Contribution) -> date | None:
    """The first day that the amount is for."""
    period = case.agreement.period
    return max(period.start, contribution.since or period.start) if period else None


def _year(indexation: Indexation) -> str:
    return str(indexation.first.year)
