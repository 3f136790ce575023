"""How each amount came about, as a tree that a person can reckon again: in the terminal, in Markdown and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from iopctl.compute.amounts import Share, Working
from iopctl.compute.clause import left_open
from iopctl.compute.figures import HUNDRED, Change, Figure
from iopctl.compute.indexation import Rule, Step
from iopctl.compute.instalment import Instalment
from iopctl.compute.money import KRONA, ORE, to_places
from iopctl.compute.paid import Paid
from iopctl.compute.schedule import schedule_for
from iopctl.finding import Message, Money, Route, Value, say
from iopctl.locale.language import Language
from iopctl.model import Agreement, Contribution, Indexation, IndexTable, NumberRow, Rounding, Threshold
from iopctl.render.names import MONTH_WORDS, Place
from iopctl.render.payments import NO_LATER_PAYMENT, Part, part, percent, period, stated
from iopctl.render.plain import quoted
from iopctl.render.reasons import condition, difference, missing, reason, status
from iopctl.render.tree import Node, as_branches, as_data, as_markdown


def explained(
    paid: Sequence[Paid],
    agreement: Agreement,
    tables: Mapping[str, IndexTable],
    language: Language,
    place: Place,
    markdown: bool,
) -> Part:
    """Every step of every amount of an agreement."""
    teller = _Teller(agreement, tables, language, place)
    nodes = [teller.payment(each) for each in paid]
    text = "\n".join(map(as_markdown if markdown else as_branches, nodes))
    return part(text, [each.row for each in paid])


def tree(
    paid: Paid, agreement: Agreement, tables: Mapping[str, IndexTable], language: Language, place: Place
) -> dict[str, Any]:
    """The explanation of one payment as data."""
    return as_data(_Teller(agreement, tables, language, place).payment(paid))


def calculation(
    row: Instalment, agreement: Agreement, tables: Mapping[str, IndexTable], language: Language
) -> tuple[Node, ...]:
    """How an amount came about, for a document: without where in the file the agreement says so."""
    teller = _Teller(agreement, tables, language, _nowhere)
    found = teller._correction(row) if row.correction is not None else teller._amount(row, row.working)
    return tuple(found)


def when(
    row: Instalment, agreement: Agreement, tables: Mapping[str, IndexTable], language: Language
) -> tuple[str, ...]:
    """When an amount is to be paid, and how that follows from what the agreement says."""
    return tuple(_Teller(agreement, tables, language, _nowhere)._when(row, agreement.contributions[row.contribution]))


def _nowhere(_agreement: str, _route: Route) -> str:
    return ""


def as_text(
    parts: Sequence[Part],
    tables: Mapping[str, IndexTable],
    forecasts: Sequence[Message],
    as_of: date,
    language: Language,
    markdown: bool,
) -> str:
    """What has been explained of all agreements, and where the figures that were used can be read."""
    if not parts:
        return language.say(say("no payments")) + "\n"
    blocks = [each.text for each in parts]
    used = frozenset[tuple[str, str]]().union(*(each.used for each in parts))
    found = _sources(used, tables, language)
    if found:
        blocks.append((as_markdown if markdown else as_branches)(found))
    notes = [*forecasts, say("reckoned as of {day}", day=as_of)]
    return "\n".join([*blocks, *(language.say(each) + ("  " if markdown else "") for each in notes)]) + "\n"


def _sources(used: frozenset[tuple[str, str]], tables: Mapping[str, IndexTable], language: Language) -> Node | None:
    """Each source once; one that a row names by its title alone has been named already."""
    found = []
    for index, name in sorted(used, key=lambda each: (each[0], len(each[1]), each[1])):
        source = tables[index].sources.get(name)
        if source:
            below = (Node(source.address),) if source.address else ()
            found.append(Node(f"{index} {name}: {source.title}", below))
    return Node(language.say(say("sources")), tuple(found)) if found else None


class _Teller(NamedTuple):
    """Tells how the payments of one agreement came about, in one language."""

    agreement: Agreement
    tables: Mapping[str, IndexTable]
    language: Language
    place: Place

    def say(self, template: Message) -> str:
        return self.language.say(template)

    def payment(self, paid: Paid) -> Node:
        """The amount, and below it everything that it rests on."""
        row = paid.row
        amount = self.language.kronor(row.amount) if row.amount is not None else "–"
        contribution = self.agreement.contributions[row.contribution]
        heading = say(
            "{agreement} · {contribution} · {period}: {amount} ({status})",
            agreement=row.agreement,
            contribution=contribution.id or f"contributions[{row.contribution}]",
            period=period(row),
            amount=amount,
            status=say("{status}, conditional", status=status(row)) if row.conditions else status(row),
        )
        below = [*self._clause(row, contribution)]
        below += self._correction(row) if row.correction is not None else self._amount(row, row.working)
        below += [Node(self.say(say("blocked: {reason}", reason=each))) for each in reason(row)]
        below += [self._condition(row, each.route, condition(each)) for each in row.conditions]
        below += [Node(each) for each in self._when(row, contribution)]
        below += [Node(self.say(each)) for each in difference(paid.outcome)]
        return Node(self.say(heading), tuple(below))

    def _condition(self, row: Instalment, route: Route, words: Message) -> Node:
        return Node(self.say(say("{what}: {place}", what=words, place=self.place(row.agreement, route))))

    def _clause(self, row: Instalment, contribution: Contribution) -> Iterator[Node]:
        """Where the agreement says so, in its own words, and the rules where it says nothing."""
        key = "by_year" if contribution.by_year else "amount"
        yield Node(self.say(say("agreed in: {place}", place=self.place(row.agreement, (*row.route, key)))))
        said = contribution.indexation
        if said is None:
            return
        at = self.place(row.agreement, (*row.route, "indexation"))
        if said.wording:
            words = say("“{text}”", text=quoted(said.wording))
            yield Node(self.say(say("index clause: {words} {place}", words=words, place=at)))
        else:
            yield Node(self.say(say("index clause: {place}", place=at)))
        tables = tuple(self.tables.get(index) for index in said.indices)
        open_ = [_DEFAULTS[key] for key in left_open(said, tables)]
        if open_ and row.working is not None and row.working.steps:
            below = tuple(Node(self.say(each)) for each in open_)
            yield Node(self.say(say("the agreement does not say, and iopctl reckons so:")), below)

    def _amount(self, row: Instalment, working: Working | None) -> Iterator[Node]:
        """The agreed amount, each adjustment, the part of the year, the rounding, the instalment."""
        if working is None:
            return
        contribution = self.agreement.contributions[row.contribution]
        yield self._agreed(working)
        for step in working.steps:
            yield self._step(step, contribution.indexation)
        stands = contribution.indexation is not None and contribution.indexation.preliminary == "final"
        if stands and any(step.status == "preliminary" for step in working.steps):
            yield Node(self.say(say("a preliminary figure stands, as the clause says")))
        if working.share:
            yield self._sum(_share(working.share), self._exact(working.unrounded))
        each = working.rounding is not None and working.rounding.step == "instalment"
        if each:
            words = say("the year's amount, unrounded; each payment is rounded, as the clause says")
            yield self._sum(words, self._exact(working.unrounded))
        elif working.steps or working.share or working.unrounded != working.rounded:
            yield self._sum(_rounding(working, contribution.indexation), self.language.kronor(working.rounded))
        if (each or row.of > 1 or self._outside(row)) and row.amount is not None:
            words = say("payment {number} of {of}", number=row.number, of=row.of)
            if 1 < row.sharing < row.of:
                words = say("{payment}, one of {number} for this part of the year", payment=words, number=row.sharing)
            yield self._sum(self._division(row, words), self.language.kronor(row.amount))

    def _division(self, row: Instalment, words: Message) -> Message:
        """How the year's amount is divided: what is left over goes to one of the payments."""
        contribution = self.agreement.contributions[row.contribution]
        if contribution.per == "instalment":
            return say("{payment}, each of them as agreed", payment=words)
        schedule = schedule_for(contribution.payments, row.stretch.start)
        if schedule is not None and schedule.dates:
            words = say("{payment}, {share}", payment=words, share=say("{number} %", number=row.slot.share))
        if self._outside(row):
            words = say("{payment} of a whole year, and all that is paid here has all of the amount", payment=words)
        rule = row.working.rounding if row.working is not None else None
        if rule is not None and rule.step == "instalment":
            return say("{payment}, {rounded}", payment=words, rounded=_mode(rule))
        division = schedule.division if schedule is not None else None
        if division is not None and division.remainder == "first":
            return say("{payment}; what is left over goes to the first", payment=words)
        return say("{payment}; what is left over goes to the last", payment=words)

    def _outside(self, row: Instalment) -> bool:
        """Whether some of the shares of a year's amount fall outside the part of the year that is paid for."""
        payments = self.agreement.contributions[row.contribution].payments
        schedule = schedule_for(payments, row.stretch.start)
        return schedule is not None and row.sharing < len(schedule.dates)

    def _agreed(self, working: Working) -> Node:
        if working.population is None or working.each is None:
            return self._sum(say("agreed amount"), self.language.kronor(working.agreed))
        people = working.population
        values: dict[str, Value] = {
            "amount": Money(working.each),
            "number": people.inhabitants,
            "year": str(people.year),
            "source": quoted(people.source),
        }
        words = say("{amount} for each of {number} inhabitants ({year}, source {source})", **values)
        return self._sum(words, self.language.kronor(working.agreed))

    def _sum(self, words: Message, amount: str, below: tuple[Node, ...] = ()) -> Node:
        return Node(f"{self.say(words)} = {amount}", below)

    def _step(self, step: Step, said: Indexation | None) -> Node:
        """A year's adjustment: what is multiplied by what, and the figures and rules that make the factor."""
        below = [node for change in step.changes for node in self._change(change)]
        below += [Node(self.say(each)) for rule in step.rules for each in _ruled(rule, step, said)]
        if step.fixed:
            below.append(Node(self.say(say("{amount} is not adjusted, and is added", amount=self._exact(step.fixed)))))
        if step.raised_to is not None and said is not None:
            floor = self._exact(step.raised_to)
            words = _FLOORS[said.negative or "base_amount"]
            below.append(Node(self.say(say("{words}: {amount}", words=words, amount=floor))))
        below += [Node(self.say(each)) for each in missing(step.waits)]
        factor = self._number(step.factor)
        words = say("{year}: {amount} × {factor}", year=str(step.year), amount=self._exact(step.on), factor=factor)
        if step.fixed:
            words = say("{product} + {amount}", product=words, amount=self._exact(step.fixed))
        if said is not None and said.chain_on == "rounded":
            below.append(self._sum(say("rounded before the next year"), self.language.kronor(step.rounded)))
        return self._sum(words, self._exact(step.amount), tuple(below))

    def _change(self, change: Change) -> Iterator[Node]:
        """The figures of one index: a percentage, or two numbers compared."""
        if not change.figures:
            words = say("{percent} a year, as agreed", percent=stated(change.percent))
            yield Node(self.say(self._weighted(words, change)))
            return
        if len(change.figures) == 1:
            yield Node(self.say(self._weighted(self._figure(change.figures[0]), change)))
            return
        numbers = tuple(Node(self.say(self._figure(figure))) for figure in change.figures)
        if change.link is not None:
            values: dict[str, Value] = {"old": str(change.link.old), "new": str(change.link.new)}
            link = say("link from {old} to {new}: × {factor}", factor=self._number(change.link.factor), **values)
            numbers = (*numbers, Node(self.say(link)))
        words = say("the change between them is {percent}", percent=percent(change.percent))
        yield Node(self.say(self._weighted(words, change)), numbers)

    def _weighted(self, words: Message, change: Change) -> Message:
        if change.weight == HUNDRED:
            return words
        return say("{percent} of it: {words}", percent=say("{number} %", number=change.weight), words=words)

    def _figure(self, figure: Figure) -> Message:
        """One published figure: for when, its value, status, day of publication, and source."""
        row = figure.row
        if row is None:
            number = say("{number} %", number=figure.value)
            return say(
                "{index} {year}: {value}, assumed for this run", index=figure.index, year=str(figure.year), value=number
            )
        name: Message | str = figure.index
        if isinstance(row, NumberRow):
            value: Message | Decimal = figure.value
            if row.month is not None:
                name = say("{index} {month}", index=figure.index, month=MONTH_WORDS[row.month])
        else:
            value = say("{number} %", number=figure.value)
            if row.edition is not None:
                name = say("{index} (edition {edition})", index=figure.index, edition=str(row.edition))
        known = _published(figure)
        values: dict[str, Value] = {"index": name, "year": str(figure.year), "value": value, "known": known}
        values["source"] = ", ".join(row.source)
        if isinstance(row, NumberRow) and row.reference_year is not None:
            values["reference"] = str(row.reference_year)
            words = say("{index} {year}: {value} ({reference} = 100), {known}, source {source}", **values)
        else:
            words = say("{index} {year}: {value}, {known}, source {source}", **values)
        if row.corrects is None:
            return words
        return say("{figure}; corrects an earlier figure: {reason}", figure=words, reason=quoted(row.corrects))

    def _correction(self, row: Instalment) -> Iterator[Node]:
        """What was paid on, what is right, and the difference."""
        each = row.correction
        assert each is not None
        for words, working in (
            (say("as it was reckoned before"), each.before),
            (say("as it is reckoned since {day}", day=each.since), row.working),
        ):
            if working is not None:
                below = tuple(self._amount(replace(row, amount=None), working))
                yield Node(self.say(words), below)
        for number, (before, after) in zip(each.numbers, each.parts, strict=True):
            values: dict[str, Value] = {"number": number, "before": Money(before), "after": Money(after)}
            words = say("payment {number}: {after} − {before}", **values)
            yield self._sum(words, self.language.kronor(after - before))

    def _when(self, row: Instalment, contribution: Contribution) -> Iterator[str]:
        """The latest day, and how it follows from what the agreement says."""
        if row.correction is not None:
            yield self.say(_settled(row, contribution.indexation.settlement if contribution.indexation else None))
            return
        slot, due = row.slot, row.due
        if slot.after is not None and due is None:
            yield self.say(
                say(
                    "to be paid {days} days after {event}, which the log does not have",
                    days=slot.after.days,
                    event=_EVENTS[slot.after.event],
                )
            )
        if due is None:
            return
        if slot.within == "month":
            yield self.say(say("to be paid no later than {day}, the last open day of the month", day=due))
        elif slot.within == "first_week":
            yield self.say(say("to be paid no later than {day}, the last open day of the month's first seven", day=due))
        elif slot.agreed == due:
            yield self.say(say("to be paid on {day}", day=due))
        elif slot.agreed is not None:
            values: dict[str, Value] = {"agreed": slot.agreed, "day": due}
            if due > slot.agreed:
                yield self.say(say("agreed day {agreed} is not an open day; to be paid on the next, {day}", **values))
            else:
                yield self.say(
                    say("agreed day {agreed} is not an open day; to be paid on the one before, {day}", **values)
                )

    def _exact(self, amount: Decimal) -> str:
        """An unrounded amount with at least the öre, and at most ten decimals; a cut is shown."""
        digits = f"{amount:f}".partition(".")[2].rstrip("0")
        if len(digits) <= SHOWN_DECIMALS:
            return self.language.number(amount, max(2, len(digits)))
        return self._cut(amount)

    def _number(self, number: Decimal) -> str:
        """A factor with all its decimals, or ten of them."""
        digits = f"{number:f}".partition(".")[2].rstrip("0")
        return self.language.number(number, len(digits)) if len(digits) <= SHOWN_DECIMALS else self._cut(number)

    def _cut(self, number: Decimal) -> str:
        whole, _point, digits = f"{number:f}".partition(".")
        return self.language.number(Decimal(f"{whole}.{digits[:SHOWN_DECIMALS]}"), SHOWN_DECIMALS) + "…"


SHOWN_DECIMALS = 10
"""More than this nobody reckons by hand; the amount itself is kept exact, and JSON has all of it."""

_DEFAULTS = {
    "lag": say("each year's own index (lag)"),
    "chain_on": say("on the unrounded amount of the year before (chain_on)"),
    "rounding": say("whole kronor, half upwards (rounding)"),
    "negative": say("when the index falls, so does the amount (negative)"),
    "preliminary": say("a preliminary figure until there is a definitive one (preliminary)"),
    "settlement": say("what that changes is paid with the next payment (settlement)"),
}

_FLOORS = {
    "base_amount": say("never less than the agreed amount"),
    "previous_amount": say("never less than the year before"),
}

_EVENTS = {"invoice": say("the invoice"), "requisition": say("the requisition"), "report": say("the approved report")}


def _settled(row: Instalment, settlement: str | None) -> Message:
    """When a correction is paid."""
    if settlement == "separate":
        return say("to be paid by itself, as the clause says")
    if row.correction is None or row.correction.paid_with is None or row.due is None:
        return NO_LATER_PAYMENT
    words = say("to be paid with the next payment, no later than {day}", day=row.due)
    return say("{words} (the rule when the agreement states none)", words=words) if settlement is None else words


def _ruled(rule: Rule, step: Step, said: Indexation | None) -> Iterator[Message]:
    """What the clause does to the index's own change."""
    if said is None:
        return
    match rule:
        case Rule.SHARE if said.share_of_change is not None:
            share = say("{number} %", number=said.share_of_change)
            change = stated(to_places(Fraction(step.percent), 4))
            yield say("{share} of the change {change}", share=share, change=change)
        case Rule.LEAST if said.least is not None:
            yield say("at least {percent} a year", percent=say("{number} %", number=said.least))
        case Rule.MOST if said.most is not None:
            yield say("at most {percent} a year", percent=say("{number} %", number=said.most))
        case Rule.NEGATIVE:
            yield say("a fall is passed over")
        case Rule.THRESHOLD | Rule.CARRIED if said.threshold is not None:
            if rule is Rule.THRESHOLD and step.since_base and step.factor != 1 and said.share_of_change is None:
                since = ((1 + Fraction(step.percent) / 100) / Fraction(step.factor) - 1) * 100
                yield say("the change since the last one made is {percent}", percent=percent(since))
            yield _threshold(rule, said.threshold)
        case Rule.UNDECIDED:
            yield say("not adjusted: nothing in the log says that it was asked for or decided")
        case Rule.WAITING:
            yield say("the old amount until the definitive figure is there")


def _threshold(rule: Rule, threshold: Threshold) -> Message:
    values: dict[str, Value] = {"percent": say("{number} %", number=threshold.percent)}
    if rule is Rule.CARRIED:
        return say("with what was kept from the year before; at least {percent} now", **values)
    if threshold.carry_over:
        return say("under {percent}: not made now, and kept for the next time", **values)
    return say("under {percent}: not made", **values)


def _share(share: Share) -> Message:
    values: dict[str, Value] = {"number": share.number, "of": share.of}
    if share.unit == "days":
        return say("the part of the year: {number} of {of} days", **values)
    return say("the part of the year: {number} of {of} months", **values)


def _rounding(working: Working, said: Indexation | None) -> Message:
    rule = working.rounding
    if rule is None and said is not None and said.rounding is not None:
        return say("rounded to whole kronor, half upwards (the clause's rounding is for adjusted amounts)")
    if rule is None:
        return say("rounded to whole kronor, half upwards (the rule when the agreement states none)")
    return _mode(rule)


def _mode(rule: Rounding) -> Message:
    unit = _UNITS.get(rule.to) or say("the nearest {amount}", amount=Money(rule.to))
    match rule.mode:
        case "down":
            return say("rounded down to {unit}, as the clause says", unit=unit)
        case "up":
            return say("rounded up to {unit}, as the clause says", unit=unit)
        case _:
            return say("rounded to {unit}, half upwards, as the clause says", unit=unit)


_UNITS = {KRONA: say("whole kronor"), ORE: say("whole öre")}


def _published(figure: Figure) -> Message:
    """The status of a figure, and when it was published or first seen in print."""
    row = figure.row
    assert row is not None
    word = say("preliminary") if row.status == "preliminary" else say("definitive")
    if row.published:
        return say("{status}, published {day}", status=word, day=row.published)
    return say("{status}, known no later than {day}", status=word, day=row.seen or "–")
