"""The agreement's own dates: when it begins and ends, and by when somebody has to decide or give notice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from iopctl.compute.calendar import ONE_DAY, is_open, last_notice, previous_open
from iopctl.compute.deadline import Deadline, Kind, Practical
from iopctl.compute.status import a_year_after, is_settled
from iopctl.compute.timeline import FAR, Term, extension_settled, last_decided, notice_given, option_left, terms
from iopctl.finding import Message, Route, say
from iopctl.model import Agreement


def agreement_dates(id_: str, agreement: Agreement, as_of: date) -> Iterator[Deadline]:
    """What follows from the period, the option to extend, the notice clause, the funding and the acknowledgements.

    The agreement is as it is known on that day. Its end is listed until it has passed, and after that as long as a
    proposed extension is undecided; a day to decide by as long as nothing is decided.
    """
    last = last_decided(agreement)
    if last is not None:
        yield from _start(id_, agreement, as_of)
        yield from _end(id_, agreement, last, as_of)
        yield from _extension(id_, agreement, last, as_of)
        yield from _notice(id_, agreement, last, as_of)
        yield from _terminations(id_, agreement, last, as_of)
        yield from _funding(id_, agreement, last)
    yield from _acknowledgements(id_, agreement, as_of)


def in_time(day: date) -> Practical | None:
    """The open day to act on when a day is not open and nothing moves it: the one before."""
    return None if is_open(day) else Practical(previous_open(day), moves=False)


def _wording(agreement: Agreement) -> str | None:
    return agreement.period.wording if agreement.period else None


def _start(id_: str, agreement: Agreement, as_of: date) -> Iterator[Deadline]:
    start = terms(agreement)[0].start
    if start >= as_of:
        what = say("The agreement begins")
        if agreement.replaces is not None:
            what = say("The agreement begins; it takes over from {other}", other=agreement.replaces)
        yield Deadline(id_, "period.start", Kind.START, start, what, ("period", "start"), clause=_wording(agreement))


def _end(id_: str, agreement: Agreement, last: Term, as_of: date) -> Iterator[Deadline]:
    undecided = any(not term.decided for term in terms(agreement))
    if last.end == FAR or not (as_of <= last.end or undecided):
        return
    what: Message = say("The agreement ends")
    notice = notice_given(agreement)
    if last.cut_by is not None and last.cut_by[0] == "log" and notice is not None:
        what = say("The agreement ends: notice was given on {day}", day=notice.day)
    elif last.cut_by is not None:
        what = say("The agreement ends: it has been terminated")
    elif undecided:
        what = say("The agreement ends; an extension is on its way and not decided")
        if last.end < as_of:
            what = say("The agreement has ended; an extension is on its way and not decided")
    yield Deadline(id_, "period.end", Kind.END, last.end, what, last.ends_at, clause=_wording(agreement))


def _extension(id_: str, agreement: Agreement, last: Term, as_of: date) -> Iterator[Deadline]:
    """The last day to decide on an extension; without one, the option lapses when the agreement ends."""
    option = agreement.period.extension if agreement.period else None
    if option is None:
        return
    public = tuple(name for name, party in agreement.parties.items() if party.public)
    who = option.decided_by or public
    day, route = option.decide_by, ("period", "extension", "decide_by")
    if day is not None and not extension_settled(agreement):
        closed = as_of > a_year_after(last.end) or notice_given(agreement) is not None
        if not closed and (as_of <= day or not is_settled(agreement)):
            what = say("Last day to decide on an extension")
            yield Deadline(
                *(id_, "decide.by", Kind.DECIDE_BY, day, what, route, who),
                clause=option.wording,
                practical=in_time(day),
            )
    elif as_of <= last.end and option_left(agreement):
        what = say("The possibility to extend lapses, if nothing is decided before")
        if any(not term.decided for term in terms(agreement)):
            what = say("Last day to decide on the extension that is on its way")
        key = f"option.{sum(term.decided for term in terms(agreement))}"
        yield Deadline(
            *(id_, key, Kind.OPTION, last.end, what, ("period", "extension"), who),
            clause=option.wording,
            practical=in_time(last.end),
        )


def successor(id_: str, other: str, start: date) -> Deadline:
    """The day on which another agreement takes over from one; the clause is in the other one."""
    what = say("{other} begins and takes over", other=other)
    return Deadline(id_, f"successor.{other}", Kind.SUCCESSOR, start, what, ("replaces",))


def _notice(id_: str, agreement: Agreement, last: Term, as_of: date) -> Iterator[Deadline]:
    """The last day on which notice still ends the agreement before it ends by itself.

    Only where notice can be given at any time: whether a condition is met cannot be seen here.
    """
    notice = agreement.period.notice if agreement.period else None
    if notice is None or notice.condition is not None or last.end == FAR or last.cut_by is not None:
        return
    day = last_notice(last.end, notice)
    if day >= as_of and day >= terms(agreement)[0].start:
        what = say("Last day to give notice that runs out no later than {day}, when the agreement ends", day=last.end)
        who = notice.given_by or tuple(agreement.parties)
        route: Route = ("period", "notice")
        yield Deadline(
            id_, "notice.last", Kind.NOTICE, day, what, route, who, clause=notice.wording, practical=in_time(day)
        )


def _terminations(id_: str, agreement: Agreement, last: Term, as_of: date) -> Iterator[Deadline]:
    """The last day to decide on a termination that is proposed: a time of notice before, where there is one.

    A later decision on how long the agreement goes on has answered it, and a year after the end nobody asks any more.
    """
    notice = agreement.period.notice if agreement.period else None
    public = tuple(name for name, party in agreement.parties.items() if party.public)
    for number, each in enumerate(agreement.decisions):
        if each.kind != "terminated" or each.is_taken or each.until is None or each.until >= last.end:
            continue
        answered = any(other.is_taken and other.kind in _ANSWERS for other in agreement.decisions[number + 1 :])
        if answered or as_of > a_year_after(last.end):
            continue
        day = each.until if notice is None else last_notice(each.until, notice)
        what = say("Last day to decide on the proposed termination to {day}", day=each.until)
        route: Route = ("decisions", number)
        yield Deadline(
            agreement=id_,
            key=f"terminate.{each.until}",
            kind=Kind.DECIDE_BY,
            day=day,
            what=what,
            route=route,
            who=public,
            clause=notice.wording if notice else None,
            practical=in_time(day),
        )


_ANSWERS = ("extended", "rejected", "terminated")


def _funding(id_: str, agreement: Agreement, last: Term) -> Iterator[Deadline]:
    """The money of a year that is still to be decided: before the year begins, though the agreement names no day."""
    start = terms(agreement)[0].start
    for number, contribution in enumerate(agreement.contributions):
        seen: dict[int, int] = {}
        for place, funding in enumerate(contribution.funding):
            again = seen[funding.year] = seen.get(funding.year, 0) + 1
            if funding.state == "decided" or not start.year <= funding.year <= last.end.year:
                continue
            day = max(date(funding.year, 1, 1), start) - ONE_DAY
            yield Deadline(
                agreement=id_,
                key=f"{contribution.id or number}.funding.{funding.year}{f'-{again}' if again > 1 else ''}",
                kind=Kind.FUNDING,
                day=day,
                what=say("The money for {year} is still to be decided", year=str(funding.year)),
                route=("contributions", number, "funding", place),
                who=contribution.givers if isinstance(contribution.givers, tuple) else (),
                bodies=(funding.body,) if funding.body else (),
                target=True,
            )


def _acknowledgements(id_: str, agreement: Agreement, as_of: date) -> Iterator[Deadline]:
    """Findings that are acknowledged until a day. Afterwards `check` says so itself."""
    seen: dict[str, int] = {}
    for number, each in enumerate(agreement.acknowledged):
        again = seen[each.rule] = seen.get(each.rule, 0) + 1
        if each.until is None or each.until < as_of:
            continue
        yield Deadline(
            agreement=id_,
            key=f"acknowledged.{each.rule}.{each.at or again}",
            kind=Kind.ACKNOWLEDGEMENT,
            day=each.until,
            what=say("{rule} is acknowledged until this day, and counts again after it", rule=each.rule),
            route=("acknowledged", number, "until"),
            clause=each.reason,
        )
