"""The parties themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iopctl.checks.case import Case, rule
from iopctl.finding import Finding, Fix, Label, Route, Rule, Span, say


@rule("PAR001")
def organisation_number(rule: Rule, case: Case) -> Iterator[Finding]:
    """An organisation number has ten digits, NNNNNN-NNNN; the third is at least 2 and the last is a check digit (Luhn).

    A number whose third digit is 0 or 1 may be a personnummer, which does not belong in an agreement file.
    """
    from stdnum.se import orgnr  # not needed by agreements without numbers

    for name, party in case.agreement.parties.items():
        number = party.organisation_number
        if not isinstance(number, str):
            continue
        label = (Label(("parties", name, "organisation_number")),)
        if not _FORM.fullmatch(number):
            message, help_ = say("not the form of an organisation number"), say("write ten digits: NNNNNN-NNNN")
            yield Finding(rule, message, label, help_, fix=_in_form(number, label[0].where))
        elif number[2] < "2":
            message = say("this is not an organisation number: its third digit is less than 2")
            label = (Label(("parties", name, "organisation_number"), hidden=True),)
            yield Finding(
                rule, message, label, say("if it is a personnummer, remove it from the file and from its history")
            )
        elif not orgnr.is_valid(number):
            message = say("the organisation number {number} has a wrong check digit", number=number)
            yield Finding(rule, message, label, say("compare it with the register or the party's own papers"))


def _in_form(number: str, where: Route | Span) -> Fix | None:
    """The same number in its form, when it can only be that number."""
    from stdnum.se import orgnr

    digits = re.sub(r"[\s–-]", "", number)
    if len(digits) == 12:
        digits = digits.removeprefix("16")  # the century of a legal person in registers
    if not (re.fullmatch(r"[0-9]{2}[2-9][0-9]{7}", digits, re.ASCII) and orgnr.is_valid(digits)):
        return None
    return Fix(Label(where, needle=number), f"{digits[:6]}-{digits[6:]}")


_FORM = re.compile(r"[0-9]{6}-[0-9]{4}")
