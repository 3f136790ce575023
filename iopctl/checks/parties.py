"""The parties themselves: both sides, numbers, contacts, signatures, and the time that each is a party."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from iopctl.checks.case import Case, rule
from iopctl.finding import Finding, Fix, Label, Message, Route, Rule, Severity, say
from iopctl.model import Agreement, Party, Unknown


@rule("PAR001")
def organisation_number(rule: Rule, case: Case) -> Iterator[Finding]:
    """An organisation number has ten digits, NNNNNN-NNNN; the third is at least 2 and the last is a check digit (Luhn).

    A number whose third digit is 0 or 1 may be a personnummer, which does not belong in an agreement file.
    """
    for name, party in case.agreement.parties.items():
        number = party.organisation_number
        if not isinstance(number, str):
            continue
        if fault := number_fault(number):
            message, help_ = fault
            label = Label(("parties", name, "organisation_number"), hidden=_may_be_personal(number))
            mended = None if _FORM.fullmatch(number) else in_form(number)
            fix = Fix(replace(label, needle=number), mended) if mended else None
            yield Finding(rule, message, (label,), help_, fix=fix)


def number_fault(number: str) -> tuple[Message, Message] | None:
    """What is wrong with an organisation number, and what to do about it."""
    if not _FORM.fullmatch(number):
        return say("not the form of an organisation number"), say("write ten digits: NNNNNN-NNNN")
    if _may_be_personal(number):
        return (
            say("this is not an organisation number: its third digit is less than 2"),
            say("if it is a personnummer, remove it from the file and from its history"),
        )
    if not _check_digit_is_right(number.replace("-", "")):
        return (
            say("the organisation number {number} has a wrong check digit", number=number),
            say("compare it with the register or the party's own papers"),
        )
    return None


def _may_be_personal(number: str) -> bool:
    return bool(_FORM.fullmatch(number)) and number[2] < "2"


def in_form(number: str) -> str | None:
    """The same number as NNNNNN-NNNN, when it can only be that number."""
    digits = re.sub(r"[\s–-]", "", number)
    if len(digits) == 12:
        digits = digits.removeprefix("16")  # the century of a legal person in registers
    if not (re.fullmatch(r"[0-9]{2}[2-9][0-9]{7}", digits, re.ASCII) and _check_digit_is_right(digits)):
        return None
    return f"{digits[:6]}-{digits[6:]}"


def is_organisation_number(number: str) -> bool:
    """Whether a text has the form of an organisation number, and its check digit is right."""
    return bool(_FORM.fullmatch(number)) and number[2] >= "2" and _check_digit_is_right(number.replace("-", ""))


def _check_digit_is_right(digits: str) -> bool:
    """By Luhn alone: the form has been looked at, which stdnum's orgnr would do again."""
    from stdnum import luhn  # not needed by agreements without numbers

    return bool(luhn.is_valid(digits))


_FORM = re.compile(r"[0-9]{6}-[0-9]{4}")


@rule("PAR002")
def one_side_missing(rule: Rule, case: Case) -> Iterator[Finding]:
    """Every party is public, or none is: a partnership is between a public body and an idea-based organisation."""
    public = [party.public for party in case.agreement.parties.values()]
    if all(public):
        message = say("no party is an idea-based organisation")
    elif not any(public):
        message = say("no party is a public body")
    else:
        return
    help_ = say("add the party that is missing, or correct the kind of one that is here")
    yield Finding(rule, message, (Label(("parties",), on_key=True),), help_)


@rule("PAR003", Severity.WARNING)
def contact_without_role(rule: Rule, case: Case) -> Iterator[Finding]:
    """A person is named as contact, and not what the person is to the party.

    When somebody else has taken over the task, the role is how to find the right one; and it is for the role that a
    name stands in a public document. A function ("Kundtjänst") needs no role.
    """
    for id_, party in case.agreement.parties.items():
        for number, contact in enumerate(party.contacts):
            name = contact.name
            if contact.role is None and not isinstance(name, Unknown) and _person(name):
                label = Label(("parties", id_, "contacts", number, "name"))
                message = say("{name} is a contact without a role", name=name)
                yield Finding(rule, message, (label,), say("write role: what the person is to the party"))


def _person(name: str) -> bool:
    """Whether a name looks like a person's: two words or more, all with a capital letter."""
    words = [word for word in name.split() if word not in _PARTICLES]
    return len(words) > 1 and all(word[0].isupper() for word in words)


_PARTICLES = frozenset({"af", "av", "de", "van", "von"})


@rule("PAR004", Severity.WARNING)
def idle_party(rule: Rule, case: Case) -> Iterator[Finding]:
    """A party that the agreement asks nothing of and gives nothing: no contribution, duty, seat, signature or text.

    Says nothing as long as nobody gives anything yet, or when it is open who does.
    """
    agreement = case.agreement
    if not agreement.contributions:
        return
    idle = dict.fromkeys(agreement.parties)
    for names in _busy(agreement):
        for name in names:
            idle.pop(name, None)
        if not idle:
            return
    if any(type(each.givers) is Unknown for each in agreement.contributions):
        return
    for id_ in idle:
        if not _in_words(case, agreement.parties[id_]):
            message = say("the party {name} has nothing to do in the agreement", name=id_)
            label = Label(("parties", id_), say("named nowhere else"), on_key=True)
            yield Finding(rule, message, (label,), say("write what the party gives, gets or answers for, or remove it"))


def _busy(agreement: Agreement) -> Iterator[Iterable[str]]:
    """The parties that have something to do, those first that show most quickly that all have."""
    for each in agreement.contributions:
        if not isinstance(each.givers, Unknown):
            yield each.givers
        if each.receiver is not None:
            yield (each.receiver,)
    yield [each.party for each in agreement.signatures]
    for duty in agreement.duties:
        yield (*(duty.responsible or ()), *(duty.contributors or ()))
    yield [member.party for forum in agreement.forums for member in forum.members if member.party is not None]
    yield [entry.notice for entry in agreement.log if entry.notice is not None]
    if agreement.grounds.initiative is not None:
        yield (agreement.grounds.initiative,)
    if agreement.period is not None:
        extension, notice = agreement.period.extension, agreement.period.notice
        yield (extension.decided_by or ()) if extension else ()
        yield (notice.given_by or ()) if notice else ()


def _in_words(case: Case, party: Party) -> bool:
    """Whether a text, or a decision, names the party or its unit. The title names the parties, and nothing to do."""
    called = (party.name, party.organisation, party.board, party.administration)
    names = [each.casefold() for each in called if isinstance(each, str)]
    texts = (text.casefold() for route, text in case.texts if route[0] not in ("parties", "title"))
    return any(name in text for text in texts for name in names)


@rule("PAR005", Severity.WARNING)
def signatory_missing(rule: Rule, case: Case) -> Iterator[Finding]:
    """Some parties have a line to sign on, and another has none.

    Those that have left, or join after the start, are left aside; so is a unit of a legal person that signs elsewhere.
    A copy without any signatures says nothing about who has signed.
    """
    agreement = case.agreement
    signing = {each.party for each in agreement.signatures}
    if not signing or signing >= agreement.parties.keys():
        return
    persons = [party for id_, party in agreement.parties.items() if id_ in signing]
    start = agreement.period.start if agreement.period else case.as_of
    for id_, party in agreement.parties.items():
        later = party.joins is not None and party.joins > start
        left = party.leaves is not None and party.leaves < case.as_of
        if id_ in signing or later or left or any(_same_person(party, each) for each in persons):
            continue
        labels = (
            Label(("parties", id_), say("no signature line"), on_key=True),
            Label(("signatures",), say("the others sign here"), on_key=True),
        )
        help_ = say("add the party's signature line, or write when it joins or has left")
        yield Finding(rule, say("the party {name} does not sign", name=id_), labels, help_)


def _same_person(one: Party, other: Party) -> bool:
    """Whether two parties are units of one legal person."""
    if one.organisation is not None and one.organisation == other.organisation:
        return True
    return _digits(one) is not None and _digits(one) == _digits(other)


def _digits(party: Party) -> str | None:
    number = party.organisation_number
    return _bare(number) if isinstance(number, str) else None


def _bare(number: str) -> str:
    return number.replace("-", "").replace(" ", "")


@rule("PAR006")
def impossible_register_status(rule: Rule, case: Case) -> Iterator[Finding]:
    """What is said about the register of idea-based organisations cannot be true (lag 2022:900).

    A public body does not stand in it, it did not exist before 2023, and nobody has looked something up tomorrow.
    """
    for id_, party in case.agreement.parties.items():
        status = party.idk_register
        if status is None:
            continue
        route: Route = ("parties", id_, "idk_register")
        if party.public and status.status == "registered":
            labels = (
                Label((*route, "status"), say("said to be registered")),
                Label(("parties", id_, "kind"), say("a public body")),
            )
            message = say("a public body cannot stand in the register of idea-based organisations")
            yield Finding(rule, message, labels, say("move it to the party that it is about, or correct the kind"))
        if status.checked < _REGISTER:
            message = say("looked up {day}, before there was a register ({first})", day=status.checked, first=_REGISTER)
        elif status.checked > case.as_of:
            message = say("looked up {day}, which is still to come", day=status.checked)
        else:
            continue
        yield Finding(rule, message, (Label((*route, "checked")),), say("write the day it was looked up"))


_REGISTER = date(2023, 1, 1)
"""The day that lag (2022:900) came into force."""


@rule("PAR007")
def shared_organisation_number(rule: Rule, case: Case) -> Iterator[Finding]:
    """An idea-based organisation has the number of a public party, or of the municipality whose workspace this is.

    Two units of one municipality share its number, and may. One on each side of the agreement may not: one of them is
    wrong, or the parties are one legal person, which cannot agree with itself.
    """
    numbers = {id_: digits for id_, party in case.agreement.parties.items() if (digits := _digits(party)) is not None}
    own = case.workspace.settings.organisation_number
    if own is None and len(numbers) < 2:
        return
    parties = case.agreement.parties
    public = {number: id_ for id_, number in numbers.items() if parties[id_].public}
    for id_, number in numbers.items():
        if parties[id_].public:
            continue
        hidden = number[2:3] < "2"  # it may be a personnummer
        place = Label(("parties", id_, "organisation_number"), hidden=hidden)
        if number in public:
            other = public[number]
            message = say("{name} has the same organisation number as {other}", name=id_, other=other)
            second = Label(("parties", other, "organisation_number"), say("the public party's"), hidden=hidden)
            yield Finding(rule, message, (place, second), _WHOSE)
        elif own is not None and number == _bare(own):
            message = say("{name} has the organisation number that iopctl.yaml gives the municipality", name=id_)
            yield Finding(rule, message, (place,), _WHOSE)


_WHOSE = say("look up whose number it is, and write the other party's own")


@rule("PAR009", Severity.WARNING)
def party_outside_its_time(rule: Rule, case: Case) -> Iterator[Finding]:
    """A party is to give, do or sign something when it is not a party, or it joins and leaves on impossible days."""
    timed = {id_: each for id_, each in case.agreement.parties.items() if each.joins or each.leaves}
    if not timed:
        return
    for id_, party in timed.items():
        yield from _joins_and_leaves(rule, case, id_, party)
    for id_, route, day in _days_of_parties(case.agreement):
        if id_ not in timed:
            continue
        party = timed[id_]
        if party.leaves is not None and day > party.leaves:
            limit = Label(("parties", id_, "leaves"), say("{name} leaves", name=id_))
            message = say("{name} is not a party any more on {day}", name=id_, day=day)
        elif party.joins is not None and day < party.joins and route[0] != "signatures":
            limit = Label(("parties", id_, "joins"), say("{name} joins", name=id_))
            message = say("{name} is not yet a party on {day}", name=id_, day=day)
        else:
            continue
        yield Finding(rule, message, (Label(route), limit), _DAYS)


_DAYS = say("check the days against the agreement")


def _joins_and_leaves(rule: Rule, case: Case, id_: str, party: Party) -> Iterator[Finding]:
    joins, leaves = party.joins, party.leaves
    if joins is not None and leaves is not None and leaves < joins:
        labels = (Label(("parties", id_, "leaves")), Label(("parties", id_, "joins"), say("joins later")))
        yield Finding(rule, say("{name} leaves before it joins", name=id_), labels, _DAYS)
    found = case.terms
    if not found:
        return
    begins = Label(("period", "start"), say("the agreement begins"))
    ends = Label(found[-1].ends_at, say("the agreement ends"))
    if joins is not None and joins > found[-1].end:
        message = say("{name} joins after the agreement has ended", name=id_)
        yield Finding(rule, message, (Label(("parties", id_, "joins")), ends), _DAYS)
    if leaves is not None and not found[0].start <= leaves <= found[-1].end:
        label = Label(("parties", id_, "leaves"))
        early = leaves < found[0].start
        message = say("{name} leaves before the agreement begins", name=id_)
        if not early:
            message = say("{name} leaves after the agreement has ended", name=id_)
        yield Finding(rule, message, (label, begins if early else ends), _DAYS)


def _days_of_parties(agreement: Agreement) -> Iterator[tuple[str, Route, date]]:
    """Each day on which the agreement wants a certain party: who, where it says so, and the day.

    What has no days of its own holds while the party is one. What several are to do can be done by those that remain.
    """
    for number, each in enumerate(agreement.contributions):
        if isinstance(each.givers, Unknown) or len(each.givers) > 1:
            continue
        for key, day in (("valid_from", each.since), ("valid_until", each.until)):
            if day is not None:
                yield each.givers[0], ("contributions", number, key), day
    for number, duty in enumerate(agreement.duties):
        if duty.by is not None and duty.responsible is not None and len(duty.responsible) == 1:
            yield duty.responsible[0], ("duties", number, "by"), duty.by
    for number, signature in enumerate(agreement.signatures):
        if isinstance(signature.date, date):
            yield signature.party, ("signatures", number, "date"), signature.date
