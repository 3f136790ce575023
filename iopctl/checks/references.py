"""Names that lead nowhere: parties, duties, contributions, groups, agreements and footnotes that are not there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from iopctl.checks.case import Case, rule
from iopctl.checks.paying import events, schedules
from iopctl.finding import Finding, Label, Message, Route, Rule, say
from iopctl.model import Agreement, Unknown
from iopctl.spelling import nearest


@rule("REF001")
def unknown_party(rule: Rule, case: Case) -> Iterator[Finding]:
    """A contribution, duty, seat, signature or notice names a party that is not among the parties.

    Nobody would be reminded or paid. Write the party's id as it stands under `parties`.
    """
    parties = case.agreement.parties
    for route, name in _parties_named(case.agreement):
        if name not in parties:
            message = say("there is no party {name}", name=name)
            yield Finding(rule, message, (Label(route),), suggest(name, parties))


@rule("REF002")
def unknown_duty(rule: Rule, case: Case) -> Iterator[Finding]:
    """The log says that a duty was done which the agreement does not have; the real duty would stay overdue.

    Or payment waits for a report that nobody has to hand in.
    """
    duties = [duty.id for duty in case.agreement.duties]
    for route, name in _duties_named(case.agreement):
        if name not in duties:
            message = say("there is no duty {name}", name=name)
            yield Finding(rule, message, (Label(route),), suggest(name, duties))


def _duties_named(agreement: Agreement) -> Iterator[tuple[Route, str]]:
    for number, each in enumerate(agreement.contributions):
        for route, payment in schedules(number, each):
            for inner, after in events(payment):
                if after.duty is not None:
                    yield (*route, *inner, "duty"), after.duty
    for number, duty in enumerate(agreement.duties):
        if duty.after is not None and duty.after.event == "duty" and duty.after.of is not None:
            yield ("duties", number, "after", "of"), duty.after.of
    for number, entry in enumerate(agreement.log):
        if entry.duty is not None:
            yield ("log", number, "duty"), entry.duty
        if entry.request is not None:
            yield ("log", number, "request"), entry.request


@rule("REF003")
def unknown_contribution(rule: Rule, case: Case) -> Iterator[Finding]:
    """The log says that something happened to a contribution that the agreement does not have.

    The payment would stay unpaid, the adjustment unmade, the invoice without an answer.
    """
    known = [each.id for each in case.agreement.contributions if each.id is not None]
    for route, name in _contributions_named(case.agreement):
        if name not in known:
            message = say("there is no contribution {name}", name=name)
            yield Finding(rule, message, (Label(route),), suggest(name, known))


def _contributions_named(agreement: Agreement) -> Iterator[tuple[Route, str]]:
    for number, duty in enumerate(agreement.duties):
        if duty.after is not None and duty.after.event == "payment" and duty.after.of is not None:
            yield ("duties", number, "after", "of"), duty.after.of
    for number, entry in enumerate(agreement.log):
        for key in ("payment", "adjustment", "invoice", "requisition"):
            name = getattr(entry, key)
            if name is not None:
                yield ("log", number, key), name


@rule("REF004")
def unknown_forum(rule: Rule, case: Case) -> Iterator[Finding]:
    """A duty is to be done in a group that is not among the forums."""
    forums = [forum.id for forum in case.agreement.forums]
    for number, duty in enumerate(case.agreement.duties):
        if duty.forum is not None and duty.forum not in forums:
            message = say("there is no forum {name}", name=duty.forum)
            yield Finding(rule, message, (Label(("duties", number, "forum")),), suggest(duty.forum, forums))


@rule("REF006")
def unknown_footnote(rule: Rule, case: Case) -> Iterator[Finding]:
    """A text refers to a footnote, [^1], that is not under `footnotes`; the document would be without its source."""
    notes = case.agreement.footnotes
    if notes.keys() >= set(_FOOTNOTE.findall(case.written_out)):
        return
    for route, text in case.texts:
        for reference in dict.fromkeys(_FOOTNOTE.findall(text)):
            if reference not in notes:
                message = say("there is no footnote {name}", name=reference)
                yield Finding(rule, message, (Label(route, needle=f"[^{reference}]"),), suggest(reference, notes))


@rule("REF007")
def same_id_twice(rule: Rule, case: Case) -> Iterator[Finding]:
    """Two contributions, duties or forums have the same id, so that the log would speak of both or of neither."""
    agreement = case.agreement
    named: dict[str, list[str | None]] = {
        "contributions": [each.id for each in agreement.contributions],
        "duties": [each.id for each in agreement.duties],
        "forums": [each.id for each in agreement.forums],
    }
    for key, ids in named.items():
        first: dict[str, int] = {}
        for number, id_ in enumerate(ids):
            if id_ is None or first.setdefault(id_, number) == number:
                continue
            labels = (Label((key, number, "id"), say("again here")), Label((key, first[id_], "id"), say("first here")))
            yield Finding(rule, say("the id {name} stands twice", name=id_), labels, say("give one of them another id"))


_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]+)\]")


def _parties_named(agreement: Agreement) -> Iterator[tuple[Route, str]]:
    """Every place that names a party."""
    yield from _in_contributions(agreement)
    yield from _in_duties(agreement)
    for number, forum in enumerate(agreement.forums):
        for place, member in enumerate(forum.members):
            if member.party is not None:
                yield ("forums", number, "members", place, "party"), member.party
    for number, signature in enumerate(agreement.signatures):
        yield ("signatures", number, "party"), signature.party
    for number, entry in enumerate(agreement.log):
        if entry.notice is not None:
            yield ("log", number, "notice"), entry.notice
    notice = agreement.period.notice if agreement.period else None
    for place, name in enumerate((notice.given_by or ()) if notice else ()):
        yield ("period", "notice", "given_by", place), name


def _in_contributions(agreement: Agreement) -> Iterator[tuple[Route, str]]:
    for number, contribution in enumerate(agreement.contributions):
        if not isinstance(contribution.givers, Unknown):
            for place, name in enumerate(contribution.givers):
                yield ("contributions", number, "from", place), name
        if contribution.receiver is not None:
            yield ("contributions", number, "to"), contribution.receiver


def _in_duties(agreement: Agreement) -> Iterator[tuple[Route, str]]:
    for number, duty in enumerate(agreement.duties):
        for key, names in (("responsible", duty.responsible), ("contributors", duty.contributors)):
            for place, name in enumerate(names or ()):
                yield ("duties", number, key, place), name


def suggest(name: str, known: Collection[str]) -> Message | None:
    """The name that was probably meant, else all that there are."""
    if len(known) <= _COMPARED and (close := nearest(name, known)):
        return say("did you mean {key}?", key=close)
    return say("choose among: {names}", names=", ".join(sorted(known))) if 0 < len(known) <= _A_LIST else None


_A_LIST = 30
"""More names than these are no help."""
_COMPARED = 500
"""Far more than any agreement has; to compare one name with eight thousand takes a tenth of a second."""
