"""What agreements cost year by year, as a table and as records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from textwrap import fill
from typing import Any, NamedTuple

from iopctl.compute.budget import By, Entry, Gap, Names, Sums, Unstated, Years, grouped, total
from iopctl.compute.instalment import Instalment
from iopctl.compute.reasons import MissingIndices, Status
from iopctl.compute.scenario import Rate
from iopctl.finding import Message, Money, say
from iopctl.locale.language import Language
from iopctl.model import ScenarioName
from iopctl.personal import masked
from iopctl.render import records
from iopctl.render.findings import Paint
from iopctl.render.forecast import rate, rate_record
from iopctl.render.payments import Successor
from iopctl.render.plain import brief
from iopctl.render.reasons import condition, reason
from iopctl.render.table import Justify, table

NONE = "–"

_UNSTATED = {
    Unstated.AMOUNT: say("no amount is stated"),
    Unstated.PERIOD: say("money is promised, but there is no period to reckon with"),
}


class Budget(NamedTuple):
    """What was asked about, and what there is to say of it all."""

    entries: Sequence[Entry]
    years: Years
    by: By
    as_of: date
    scenario: ScenarioName | None
    rates: Sequence[Rate]
    """The percentages that forecasts rest on."""
    successors: Sequence[Successor]
    left_out: Sequence[str]
    """Files whose agreements are in no sum."""


def as_table(budget: Budget, language: Language, width: int, paint: Paint) -> str:
    """A table of the years for each group, what is to be said of them below it, and all of them together."""
    groups = grouped(budget.entries, budget.by)
    blocks = [
        _block(title(names, listed, budget.by, language), listed, sorted(_years(listed)), language, width, paint)
        + _listed(_of_group(listed, budget.by, language), width)
        for names, listed in groups.items()
    ]
    if len(groups) > 1:
        name = language.say(say("All together"))
        every = range(budget.years.first, budget.years.last + 1)
        block = _block(name, budget.entries, list(every), language, width, paint)
        blocks.append(block + _listed(_of_all(budget.entries, language), width))
    if not blocks:
        blocks.append(language.say(_no_cost(budget.years)) + "\n")
    notes = [_filled(language.say(each), width) for each in (*replaced(budget), *_advice(budget), *about(budget))]
    return "\n".join([*blocks, *notes]) + "\n"


def _no_cost(years: Years) -> Message:
    if years.first == years.last:
        return say("no agreement has anything for {year}", year=str(years.first))
    return say("no agreement has anything for {first}–{last}", first=str(years.first), last=str(years.last))


def title(names: Names, listed: Sequence[Entry], by: By, language: Language) -> str:
    """What a group is called; an agreement also by who receives its money."""
    shown = joined(names, language)
    if by != "agreement":
        return shown
    receivers = dict.fromkeys(name for each in listed if each.cash and not each.sums.other_cash for name in each.party)
    return " · ".join([shown, *([", ".join(map(plain, receivers))] if receivers else [])])


def joined(names: Iterable[str], language: Language) -> str:
    """The names on one line; a sum that nobody has divided stands under all of them."""
    return " + ".join(map(plain, names)) or language.say(say("not stated"))


def plain(name: str) -> str:
    """A name from an agreement as it can be shown: on one line, and without a personal number."""
    return masked(brief(name))


def _years(listed: Iterable[Entry]) -> set[int]:
    return {each.year for each in listed if each.year is not None}


def _block(name: str, listed: Sequence[Entry], years: list[int], language: Language, width: int, paint: Paint) -> str:
    """The years of a group, and their sum; only the name when there is nothing in any of them."""
    if not any(each.sums.cash or each.sums.in_kind or each.sums.not_reckoned for each in listed if each.year):
        return f"{name}\n"
    headings: tuple[tuple[str, Justify], ...] = (
        (language.word("Year"), "left"),
        (language.word("Definitive"), "right"),
        (language.word("Preliminary"), "right"),
        (language.word("Forecast"), "right"),
        (language.word("Total"), "right"),
        (language.word("In kind"), "right"),
        (language.word("Not reckoned"), "left"),
    )
    rows = [(str(year), total(each for each in listed if each.year == year)) for year in years]
    if len(rows) > 1:
        rows.append((language.word("Total"), total(each for each in listed if each.year is not None)))
    return f"{name}\n{table(headings, [_cells(label, sums, language) for label, sums in rows], width, paint)}"


def _cells(label: str, sums: Sums, language: Language) -> tuple[str, ...]:
    amounts = (sums.definitive, sums.preliminary, sums.forecast, sums.cash, sums.in_kind)
    return label, *(_amount(each, language) for each in amounts), str(sums.not_reckoned or "")


def _amount(amount: Decimal, language: Language) -> str:
    """Without its unit, which the foot of the table gives."""
    if not amount:
        return NONE
    return language.number(amount, 0 if amount == amount.to_integral_value() else 2)


# -- what is to be said below a table ----------------------------------------------------------------------------------


class _Note(NamedTuple):
    """Something to be said of a contribution in a year, or of a whole group in all of its years."""

    text: str
    contribution: str = ""
    year: int | None = None


def _listed(notes: Iterable[_Note], width: int) -> str:
    """A line for each thing that there is to say, with the years and the contributions it is said of."""
    years: dict[tuple[str, str], list[int]] = defaultdict(list)
    for text, contribution, year in notes:
        years[text, contribution] += [] if year is None else [year]
    named: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (text, contribution), said in years.items():
        named[text, _spans(said)] += [contribution] if contribution else []
    lines = [": ".join(filter(None, (when, ", ".join(who), text))) for (text, when), who in named.items()]
    return "".join(_filled(each, width, "  ") + "\n" for each in lines)


def _filled(text: str, width: int, indent: str = "") -> str:
    return fill(text, width, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False)


def _spans(years: Iterable[int]) -> str:
    """Years as people write them: 2024, 2026–2028."""
    found: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        if found and found[-1][1] == year - 1:
            found[-1] = (found[-1][0], year)
        else:
            found.append((year, year))
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in found)


def _of_group(listed: Sequence[Entry], by: By, language: Language) -> Iterator[_Note]:
    """What is to be said of each contribution, and how many in kind have no value."""
    for each in listed:
        name = plain(each.contribution if by == "agreement" else f"{each.agreement}/{each.contribution}")
        for message in remarks(each, language):
            yield _Note(language.say(message), name, each.year)
    without: dict[int | None, int] = defaultdict(int)
    for each in listed:
        if not each.gaps:  # why a stated value does not count has been said
            without[each.year] += each.sums.not_valued
    for year, count in without.items():
        if count:
            yield _Note(language.say(say("in kind without a value: {count}", count=count)), year=year)


def remarks(entry: Entry, language: Language) -> Iterator[Message]:
    """What an entry depends on, what stands beside the sums, and what is in none of them."""
    sums = entry.sums
    if sums.other_cash:
        amount, givers = _marked(sums.other_cash, [entry], language), joined(entry.givers, language)
        yield say("{amount} is paid by {payer} and is not in the total", amount=amount, payer=givers)
    if sums.ceiling:
        amount = _marked(sums.ceiling, [entry], language)
        yield say("at most {amount}, not in the total; what is paid depends on the outcome", amount=amount)
    for each in entry.conditions:
        if sums.conditional == sums.cash:
            yield condition(each)
        else:
            yield say("{amount} {condition}", amount=Money(sums.conditional), condition=condition(each))
    yield from (gap_words(each, entry, language) for each in entry.gaps)


def _marked(amount: Decimal, listed: Iterable[Entry], language: Language) -> str:
    """An amount that stands outside the columns, which would say whether it is a forecast."""
    if any(each.status is Status.FORECAST for each in listed):
        return language.say(say("{amount} (forecast)", amount=Money(amount)))
    return language.kronor(amount)


def gap_words(gap: Gap, entry: Entry, language: Language) -> Message:
    """Why payments, or a value in kind, are in no sum."""
    if isinstance(gap.why, Unstated):
        why: Message | str = _UNSTATED[gap.why]
    else:
        why = "; ".join(language.say(each) for each in reason(gap.why))
    if not entry.cash:
        return say("the value is not reckoned: {reason}", reason=why)
    if gap.payments == 1:
        return say("1 payment is not reckoned: {reason}", reason=why)
    return say("{count} payments are not reckoned: {reason}", count=gap.payments, reason=why)


def _of_all(entries: Sequence[Entry], language: Language) -> Iterator[_Note]:
    """The sums that have no column, year by year, and what has no year."""
    texts: tuple[tuple[str, Callable[..., Message]], ...] = (
        ("conditional", lambda amounts: say("of the total, conditional: {amounts}", amounts=amounts)),
        ("ceiling", lambda amounts: say("at most, by outcome, not in the total: {amounts}", amounts=amounts)),
        ("other_cash", lambda amounts: say("paid by others, not in the total: {amounts}", amounts=amounts)),
    )
    for name, text in texts:
        found = []
        for year in sorted(_years(entries)):
            listed = [each for each in entries if each.year == year and getattr(each.sums, name)]
            if listed:
                amount = _marked(getattr(total(listed), name), listed, language)
                found.append(language.say(say("{amount} in {year}", amount=amount, year=str(year))))
        if found:
            yield _Note(language.say(text(", ".join(found))))
    undated = total(each for each in entries if each.year is None)
    if undated.not_reckoned:
        message = say("payments without a period, not reckoned: {count}", count=undated.not_reckoned)
        yield _Note(language.say(message))


def about(budget: Budget) -> Iterator[Message]:
    """What holds for all of it: the unit, what forecasts rest on, what is not in it, and the day."""
    if budget.entries:
        yield say("kronor; what is not reckoned is in no sum, and what is given in kind is beside the total")
    yield from (rate(each, budget.scenario) for each in budget.rates)
    if budget.left_out:
        yield say("left out because of an error: {files}", files=", ".join(map(plain, budget.left_out)))
    yield say("reckoned as of {day}", day=budget.as_of)


def _advice(budget: Budget) -> Iterator[Message]:
    """How to have a forecast where a figure is not known."""
    gaps = [gap.why for each in budget.entries for gap in each.gaps]
    if budget.scenario is None and any(not isinstance(each, Unstated) and _waits(each) for each in gaps):
        yield say("--scenario mid, or low or high, reckons with a forecast where an index figure is not known")


def _waits(row: Instalment) -> bool:
    return isinstance(row.reason, MissingIndices)


def replaced(budget: Budget) -> Iterator[Message]:
    """Which agreements have something in a year that a later agreement claims too."""
    last: dict[str, int] = {}
    for entry in budget.entries:
        if entry.year is not None:
            last[entry.agreement] = max(entry.year, last.get(entry.agreement, entry.year))
    for each in budget.successors:
        if each.id in last and last.get(each.replaces, 0) >= each.start.year:
            yield say(
                "{earlier}: {later} takes over {day}, and both are in the sums; see which of them applies after that",
                earlier=each.replaces,
                later=each.id,
                day=each.start,
            )


# -- records -----------------------------------------------------------------------------------------------------------

COLUMNS = (
    "agreement", "board", "party", "contribution", "kind", "year", "givers", "receiver", "definitive", "preliminary",
    "forecast", "total", "conditional", "not_reckoned", "ceiling", "in_kind", "not_valued", "other_cash", "status",
    "remark",
)  # fmt: skip


def record(entry: Entry, language: Language) -> dict[str, Any]:
    """One contribution in one year for another program: amounts exact, remarks in words."""
    return {
        "agreement": entry.agreement,
        "board": list(map(masked, entry.board)),
        "party": list(map(masked, entry.party)),
        "contribution": entry.contribution,
        "kind": entry.kind,
        "year": entry.year,
        "givers": list(map(masked, entry.givers)),
        "receiver": masked(" ".join(entry.receiver)) or None,
        **_amounts(entry.sums),
        "status": entry.status.value if entry.cash else None,
        "conditions": [each.kind for each in entry.conditions],
        "remark": "; ".join(language.say(each) for each in remarks(entry, language)) or None,
    }


def _amounts(sums: Sums) -> dict[str, Any]:
    return {
        "definitive": sums.definitive,
        "preliminary": sums.preliminary,
        "forecast": sums.forecast,
        "total": None if sums.not_reckoned and not sums.cash else sums.cash,
        "conditional": sums.conditional,
        "not_reckoned": sums.not_reckoned,
        "ceiling": sums.ceiling,
        "in_kind": sums.in_kind,
        "not_valued": sums.not_valued,
        "other_cash": sums.other_cash,
    }


def as_json(budget: Budget, language: Language) -> str:
    """The entries, the sums of each group and year, and what forecasts rest on."""
    rows = [record(each, language) for each in budget.entries]
    return records.as_json(
        "budget",
        rows,
        as_of=budget.as_of,
        years=list(budget.years),
        by=budget.by,
        scenario=budget.scenario,
        forecasts=[rate_record(each) for each in budget.rates],
        left_out=list(budget.left_out),
        sums=list(_sums(budget)),
    )


def _sums(budget: Budget) -> Iterator[Mapping[str, Any]]:
    """Of each group, and of all of them together, year by year; a year is null where there is no period."""
    groups: list[tuple[Names | None, Sequence[Entry]]] = [*grouped(budget.entries, budget.by).items()]
    for names, listed in [*groups, (None, budget.entries)]:
        for year in [*sorted(_years(listed)), None]:
            found = [each for each in listed if each.year == year]
            if found:
                yield {
                    "group": None if names is None else list(map(masked, names)),
                    "year": year,
                    **_amounts(total(found)),
                }


def as_csv(budget: Budget, language: Language) -> str:
    """A row for each contribution and year; names that stand together are joined by a plus sign."""
    found = [record(each, language) for each in budget.entries]
    several = ("board", "party", "givers")
    rows = [{**row, **{each: " + ".join(row[each]) for each in several}} for row in found]
    return records.as_csv(COLUMNS, rows)
