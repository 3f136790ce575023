"""The words of an answer → what they mean, or why they cannot be used. Swedish and English are both understood."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from iopctl.beginning.question import NotAcceptedError, Situation
from iopctl.checks.parties import in_form, number_fault
from iopctl.finding import say
from iopctl.form import day_meant
from iopctl.model import MONTHS, Length
from iopctl.spelling import nearest
from iopctl.swedish import MONTHS as SWEDISH_MONTHS
from iopctl.swedish import length_meant

NO = "no"
"""The answer that there is to be none."""

_NONE = frozenset({"nej", "n", "no", "ingen", "inget", "inga", "none"})


def text(words: str, _now: Situation) -> str:
    """Running text, as it is to be printed."""
    found = "\n".join(line.rstrip() for line in words.strip().splitlines())
    if not found:
        raise NotAcceptedError(say("expected text"))
    if any(unicodedata.category(each) in ("Cs", "Cc") and each not in "\n\t" for each in found):
        raise NotAcceptedError(say("a character could not be read"), say("let the terminal write UTF-8"))
    if len(found) > _LONGEST_TEXT:
        raise NotAcceptedError(say("expected at most {limit} characters", limit=_LONGEST_TEXT))
    return found


_LONGEST_TEXT = 20_000
"""Several pages; all texts together stay far within what a file may hold."""


def line(words: str, now: Situation) -> str:
    """A name or a title, on one line."""
    return " ".join(text(words, now).split())


def diarienummer(words: str, now: Situation) -> str:
    """A diarienummer in the form that iopctl.yaml gives."""
    found, pattern = line(words, now), now.settings.dnr_pattern
    if pattern is not None and not re.fullmatch(pattern, found):
        raise NotAcceptedError(
            say("the diarienummer has not the form that iopctl.yaml gives"),
            say("compare it with the diarium; the form is {form}", form=pattern),
        )
    return found


def key(words: str, _now: Situation) -> str:
    """One of the choices, which have been looked up already."""
    return words


def yes_no(words: str, _now: Situation) -> bool:
    """The choice between yes and no."""
    return words == "yes"


def organisation_number(words: str, now: Situation) -> str:
    """Ten digits with a check digit that is right."""
    found = line(words, now)
    number = in_form(found) or found
    if fault := number_fault(number):
        raise NotAcceptedError(*fault)
    return number


# -- days and lengths of time ------------------------------------------------------------------------------------------


_ENGLISH = {name: number for number, name in enumerate(MONTHS, 1)}
_ENGLISH_DAY = re.compile(rf"([0-9]{{1,2}}) ({'|'.join(MONTHS)}) ([0-9]{{4}})")


def day(words: str, now: Situation) -> date:
    """A day: 2027-01-01, 1 januari 2027, 1 January 2027."""
    found = line(words, now).lower()
    if english := _ENGLISH_DAY.fullmatch(found):
        found = f"{english[3]}-{_ENGLISH[english[2]]}-{english[1]}"  # type: ignore[index]  # the pattern's own names
    meant = day_meant(found)
    if meant is None:
        raise NotAcceptedError(
            say("found {value}, expected a day", value=words.strip()),
            say("write it as 2027-01-01 or 1 January 2027"),
        )
    return meant


def day_of_year(words: str, now: Situation) -> str:
    """A day of every year, as MM-DD; or none."""
    found = line(words, now).lower()
    if found in _NONE:
        return NO
    leap = re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})", found)
    try:
        meant = date(2000, int(leap[1]), int(leap[2])) if leap else day(f"{found} 2000", now)
    except (ValueError, NotAcceptedError):
        raise NotAcceptedError(
            say("found {value}, expected a day of the year", value=words.strip()),
            say("write it as 31 March or 03-31"),
        ) from None
    return f"{meant.month:02}-{meant.day:02}"


def length(words: str, now: Situation) -> Length:
    """A length of time: 3 år, tre år, 18 months."""
    found = length_meant(line(words, now))
    if found is not None:
        return found
    raise NotAcceptedError(
        say("found {value}, expected a length of time", value=words.strip()), say("write it as 3 years or 18 months")
    )


def length_or_none(words: str, now: Situation) -> Length | str:
    """A length of time, or that there is to be none."""
    return NO if line(words, now).lower() in _NONE else length(words, now)


_OPEN_ENDED = frozenset({"tills vidare", "until further notice", "open_ended"})


def time(words: str, now: Situation) -> Length | date | str:
    """How long an agreement runs: a length, a last day, or until further notice."""
    if line(words, now).lower() in _OPEN_ENDED:
        return "open_ended"
    try:
        return day(words, now)
    except NotAcceptedError:
        pass
    try:
        return length(words, now)
    except NotAcceptedError:
        raise NotAcceptedError(
            say("found {value}, expected a length of time or a last day", value=words.strip()),
            say("write it as 3 years, 2029-12-31 or until further notice"),
        ) from None


# -- numbers -----------------------------------------------------------------------------------------------------------


class Sum(NamedTuple):
    """An amount, and what it is for."""

    kronor: Decimal
    per: str


_SUM = re.compile(r"([0-9][0-9 ]*)([.,][0-9]{1,2})?(?: ?(?:kr|kronor|sek))?((?: |/).*)?")
_PER = {
    "": "year",
    **dict.fromkeys(("per år", "om året", "varje år", "/år", "per year", "a year"), "year"),
    **dict.fromkeys(("för perioden", "för hela perioden", "per period", "for the period"), "period"),
    **dict.fromkeys(("en gång", "som engångsbelopp", "once"), "once"),
}


def amount(words: str, now: Situation) -> Sum:
    """Kronor: 933 000, 933 000 kr per år, 933000,50 kr för perioden."""
    found = _SUM.fullmatch(line(words, now).lower())
    per = _PER.get((found[3] or "").strip()) if found else None
    digits = re.sub(r"\D", "", found[1]) if found else ""
    if found is None or per is None or not re.fullmatch(r"[0-9]{1,3}( [0-9]{3})*|[0-9]+", found[1].strip()):
        raise NotAcceptedError(
            say("found {value}, expected an amount in kronor", value=words.strip()),
            say("write it as 933 000, or 933 000 for the period"),
        )
    if not 1 <= len(digits.lstrip("0")) <= 12:
        raise NotAcceptedError(say("expected an amount of at least 1 krona and at most twelve digits"))
    return Sum(Decimal(digits.lstrip("0") + (found[2] or "").replace(",", ".")), per)


def kronor(words: str, now: Situation) -> Decimal:
    """Kronor a year, without saying so."""
    found = amount(words, now)
    if found.per != "year":
        raise NotAcceptedError(say("the amount is for a year"))
    return found.kronor


def count(words: str, now: Situation) -> int | str:
    """How many, or none."""
    found = line(words, now).lower()
    if found in _NONE or found == "0":
        return NO
    number = re.fullmatch(r"([1-9][0-9]{0,2}(?: [0-9]{3})*|[1-9][0-9]*)( [a-zåäö]+)?", found)
    if number is None or len(number[1]) > 9:
        raise NotAcceptedError(say("found {value}, expected a whole number", value=words.strip()))
    return int(number[1].replace(" ", ""))


def times(words: str, now: Situation) -> int | str:
    """How many times a year: at most once a week."""
    found = count(words, now)
    if isinstance(found, int) and found > 52:
        raise NotAcceptedError(say("expected at most {limit}", limit="52"))
    return found


def year(words: str, now: Situation) -> int:
    """A calendar year."""
    found = line(words, now)
    if not re.fullmatch(r"(19|20|21)[0-9]{2}", found, re.ASCII):
        raise NotAcceptedError(say("found {value}, expected a year", value=words.strip()))
    return int(found)


def percent(words: str, now: Situation) -> Decimal:
    """A percentage: 2,5 or 2.5 %."""
    found = re.fullmatch(r"([0-9]{1,2}(?:[.,][0-9]{1,4})?)(?: ?%| procent| percent)?", line(words, now).lower())
    if found is None:
        raise NotAcceptedError(say("found {value}, expected a percentage such as 2.5", value=words.strip()))
    return Decimal(found[1].replace(",", "."))


# -- lists -------------------------------------------------------------------------------------------------------------


_EVERY_MONTH = frozenset({"varje månad", "every month", "månadsvis", "monthly"})


def months(words: str, now: Situation) -> tuple[str, ...]:
    """The months that are paid in: januari, juli; every month."""
    found = line(words, now).lower()
    names = list(MONTHS) if found in _EVERY_MONTH else re.split(r", ?| och | and ", found)
    numbers = sorted({_month(each) for each in names})
    if 0 in numbers or len(numbers) not in (1, 2, 3, 4, 12):
        raise NotAcceptedError(
            say("found {value}, expected one, two, three, four or all twelve months", value=words.strip()),
            say("write them as January, July or every month"),
        )
    return tuple(MONTHS[each - 1] for each in numbers)


def _month(name: str) -> int:
    return next((list(names).index(name) + 1 for names in (MONTHS, SWEDISH_MONTHS) if name in names), 0)


def items(words: str, now: Situation) -> tuple[str, ...]:
    """Texts with semicolons between them."""
    found = tuple(each.strip() for each in line(words, now).split(";") if each.strip())
    if not found:
        raise NotAcceptedError(say("expected text"))
    return found


class Named(NamedTuple):
    """An organisation that is to be a party."""

    name: str
    kind: str


_PARTIES = {
    "kommun": "municipality", "region": "region", "statlig myndighet": "state_body",
    "offentligt bolag": "public_company", "förening": "association", "stiftelse": "foundation",
    "församling": "congregation", "kooperativ": "cooperative", "studieförbund": "study_association",
}  # fmt: skip


def others(words: str, now: Situation) -> tuple[Named, ...]:
    """More parties, with semicolons between them; the kind of each after a comma, else an association."""
    found = []
    for each in items(words, now):
        name, _comma, kind = (part.strip() for part in each.rpartition(","))
        meant = _PARTIES.get(kind.lower(), kind if kind in _PARTIES.values() else None)
        if meant is None or not name:
            name, meant = each, "association"
        found.append(Named(name, meant))
    return tuple(found)


class InKind(NamedTuple):
    """A contribution that is not money."""

    kind: str
    text: str


_KINDS = {
    "lokaler": "premises", "lokal": "premises", "personal": "staff", "volontärer": "volunteers",
    "utbildning": "training", "handledning": "supervision", "marknadsföring": "marketing",
    "rekrytering": "recruitment", "försäkring": "insurance", "material": "goods", "aktiviteter": "activities",
    "verksamhet": "activities",
}  # fmt: skip


def in_kind(words: str, now: Situation) -> tuple[InKind, ...]:
    """Contributions with semicolons between them, each by its kind, and after a colon what it is."""
    if line(words, now).lower() in _NONE:
        return ()
    found = []
    for each in items(words, now):
        kind, _colon, about = (part.strip() for part in each.partition(":"))
        meant = _KINDS.get(kind.lower(), kind.lower() if kind.lower() in _KINDS.values() else None)
        if meant is None:
            raise NotAcceptedError(
                say("{value} is no kind of contribution", value=kind),
                say(
                    "begin with one of premises, staff, volunteers, training, supervision, marketing, recruitment, "
                    "insurance, goods, activities; then a colon and the words"
                ),
            )
        found.append(InKind(meant, about or next(word for word, each_kind in _KINDS.items() if each_kind == meant)))
    return tuple(found)


class Person(NamedTuple):
    """Somebody, with what he or she is to the party."""

    name: str
    role: str | None


def person(words: str, now: Situation) -> Person:
    """A name, and after a comma the role."""
    name, _comma, role = (part.strip() for part in line(words, now).partition(","))
    if not name:
        raise NotAcceptedError(say("expected a name, and after a comma the role"))
    return Person(name, role or None)


def new_id(words: str, now: Situation) -> str:
    """An id that no agreement has."""
    found = line(words, now).removesuffix(".yaml")
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,99}", found):
        raise NotAcceptedError(
            say("found {value}, expected a name of small letters a–z, digits, - and _", value=words.strip())
        )
    if is_taken(found, now):
        raise NotAcceptedError(say("there is already an agreement {name}", name=found), say("choose another name"))
    return found


def is_taken(id_: str, now: Situation) -> bool:
    """Whether an agreement has the id; some systems tell files with large and small letters apart, others do not."""
    return id_.lower() in (each.lower() for each in now.agreements)


def earlier_agreement(words: str, now: Situation) -> str:
    """The id of an agreement that there is, or that there is none."""
    found = line(words, now).removesuffix(".yaml")
    if found.lower() in _NONE:
        return NO
    if found not in now.agreements:
        close = nearest(found, now.agreements)
        advice = say("did you mean {key}?", key=close) if close else None
        raise NotAcceptedError(say("there is no agreement {name}", name=found), advice)
    return found
