"""The words of an index clause: what they leave open to two readings, and what they say otherwise than the keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from iopctl.checks.case import Case, rule
from iopctl.finding import Finding, Label, Message, Route, Rule, Severity, Value, say
from iopctl.model import ChangeTable, Indexation
from iopctl.swedish import MONTHS

_MONTH = "(?:" + "|".join(MONTHS) + ")"

_INDICES = {
    "OPI": r"\bOPI\b|\bomsorgsprisindex",
    "VPI": r"\bVPI\b|\bvårdprisindex",
    "KPI": r"\bKPI\b|\bkonsumentprisindex",
    "KPIF": r"\bKPIF\b",
    "PKV": r"\bPKV\b|\bprisindex för kommunal verksamhet",
    "AKI": r"\bAKI\b|\barbetskostnadsindex",
    "LPI": r"\bLPI\b",
    "LPIK": r"\bLPIK\b",
    "LCI": r"\bLCI\b|\blabour cost index",
    "PBB": r"\bprisbasbelopp",
}
"""The indices that public agreements use, as they are written."""


class _Ambiguity(NamedTuple):
    """Words with two readings."""

    signs: tuple[str, ...]
    """One of these stands, in small letters, in every clause that has the words, and is quicker to look for."""
    words: str
    settled: str | None
    """Words elsewhere in the clause that leave one reading."""
    message: Message
    help: Message
    only: str | None = None
    """Asked only where this is the index meant."""
    falls: bool = False
    """Matters only when the index falls."""


_AMBIGUITIES = (
    _Ambiguity(
        ("decem",),
        r"(?:\b[OV]PI\b|\b(?:omsorgs|vård)prisindex)[^.]{0,40}?(?<!\d )\bdecember\w*(?! \d{4})"
        r"|(?<!\d )\bdecember\w*(?! \d{4})[^.]{0,30}?(?:\b[OV]PI\b|\b(?:omsorgs|vård)prisindex\w*)",
        r"\bför (?:det |de )?(?:år|kommande|nästa|påföljande|följande|innevarande|samma|\d{4})"
        r"|\båret (?:därpå|innan|före)|\bföregående år",
        say("the December figure: it is not said for which year"),
        say("write the year: in December OPI is published for the year to come, VPI for the year that ends"),
    ),
    _Ambiguity(
        ("pkv", "prisindex f"),
        _INDICES["PKV"],
        rf"(?s)(?=.*\b{_MONTH})(?=.*\bför (?:det |de )?(?:år|innevarande|kommande|nästa|påföljande|\d{{4}}))",
        say("PKV without edition and year: it is published several times a year, with several years in each edition"),
        say("write both: the month and year of the edition, and the year that the figure is for"),
        "PKV",
    ),
    _Ambiguity(
        ("senast", "vid var tid"),
        r"\bsenaste? (?:kända|publicerade|fastställda|tillgängliga)\b|\bvid var tid gällande\b",
        rf"\b(?:den|per) \d{{1,2}} {_MONTH}",
        say("the latest figure depends on the day somebody looks, and the clause names no day"),
        say("write the day on which the figure is read, or the year that it is for"),
    ),
    _Ambiguity(
        ("kpi", "konsument"),
        _INDICES["KPI"],
        rf"(?<!\d )\b{_MONTH}|\bårsmedel|\bårsgenomsnitt",
        say("KPI is a number for each month, and the clause names no month"),
        say("write the month and which numbers, for example: {example}", example="KPI (fastställda tal) för oktober"),
        "KPI",
    ),
    _Ambiguity(
        ("%", "procent"),
        r"\b\d{1,2}(?:,\d+)? ?(?:%|procent) av\b(?: \w+)?",
        r"(?:%|procent) av (?:\w+ )?(?:förändringen|ändringen|ökningen|beloppet|ersättningen|summan|priset)",
        say("a part is adjusted, and it is not said if that is a part of the change or of the amount"),
        say("write which of them; after one year they give the same, after two they do not"),
    ),
    _Ambiguity(
        ("höj", "upp", "öka"),
        r"\b(?:höj(?:a|as|er|s)|räknas? upp|uppräknas|ökas?)\b",
        r"\bned|\bsänk|\bminsk|\bjustera|\bräknas om\b|\bomräkn",
        say("the amount is only said to rise; what happens when the index is negative?"),
        say("write if the amount then falls or stays"),
        falls=True,
    ),
    _Ambiguity(
        ("lägre",),
        r"\baldrig\b[^.]{0,60}?\blägre\b",
        r"\blägre än\b[^.]*(?:föregående|förra|innan|angiv|ursprung|bas|grund|överens|avtal|\d)",
        say("never lower: it is not said than what"),
        say("write if it is the first amount or last year's"),
    ),
    _Ambiguity(
        ("inflation",),
        r"\binflation\w*",
        None,
        say("inflation is not an index: the rate is computed on other numbers than agreements refer to"),
        say("write an index by name, such as KPI with month and fixed numbers (fastställda tal)"),
    ),
    _Ambiguity(
        ("får", "kan", "begär"),
        r"\b(?:får|kan)\b[^.]{0,60}?\b(?:höja?s?|räknas?|justeras?|indexeras|uppräknas|omräknas|besluta|ändras?)\b"
        r"|\bom (?:en |någon )?part\w* (?:så )?begär\w*|\bpå begäran\b",
        None,
        say("the adjustment is allowed, not agreed: somebody has to ask for it or decide on it each year"),
        say("write that it is made every year, or who decides on it and by when"),
    ),
)


@rule("MON008", Severity.WARNING)
def ambiguous_index_wording(rule: Rule, case: Case) -> Iterator[Finding]:
    """Words in the index clause that two people can read differently, or whose meaning changes with the day.

    "Uppräkning" is the usual word for adjustment in both directions and is not among them; "räknas upp" is, but only
    information where the index has never been negative.
    """
    for route, indexation, wording in _clauses(case):
        small = wording.casefold()
        for each in _AMBIGUITIES:
            if not any(sign in small for sign in each.signs):
                continue
            found = re.search(each.words, wording, re.IGNORECASE)
            if found is None or (each.settled and re.search(each.settled, wording, re.IGNORECASE)):
                continue
            if each.only is not None and each.only not in indexation.indices and _meant(indexation, wording):
                continue
            severity = Severity.INFO if each.falls and _never_negative(case, indexation) else None
            label = Label((*route, "wording"), needle=found[0])
            yield Finding(rule, each.message, (label,), each.help, severity)


@rule("MON009")
def wording_and_fields(rule: Rule, case: Case) -> Iterator[Finding]:
    """The clause word for word names another index, first day or price year than the keys beside it.

    Or it takes a part of the change or of the amount, and no key says so, or another part.
    """
    for route, indexation, wording in _clauses(case):
        for found, key, message in _contradictions(indexation, wording):
            labels = [Label((*route, "wording"), say("the agreement's words"), needle=found)]
            if key is not None:
                labels.append(Label((*route, key), say("what iopctl reckons with")))
            yield Finding(rule, message, tuple(labels), _READ if key is not None else _SHARE)


_READ = say("read the signed text, and correct the key or the wording")
_SHARE = say("write which part it is: share_of_change: 80, or share_of_amount: 80")


def _contradictions(indexation: Indexation, wording: str) -> Iterator[tuple[str, str | None, Message]]:
    """The words, the key that says otherwise, and the contradiction."""
    index = indexation.index or ""
    others = [words for name, words in named(wording) if name != index.upper()]
    if others and index.upper() in _INDICES and not _meant(indexation, wording):
        yield others[0], "index", say("the wording names {other}, not {index}", other=_quoted(others[0]), index=index)
    starts = [found["day"] for found in _STARTS.finditer(wording)]
    if starts and not any(_same_day(each, indexation.first) for each in starts):
        day = _quoted(starts[0])
        yield starts[0], "first", say("the wording says {day}, the key {first}", day=day, first=indexation.first)
    prices = _PRICES.search(wording)
    if prices and indexation.price_year is not None and int(prices[1]) != indexation.price_year:
        words, year = _quoted(prices[0]), str(indexation.price_year)
        yield prices[0], "price_year", say("the wording says {words}, the price year is {year}", words=words, year=year)
    part = _PART.search(wording) if "%" in wording or "procent" in wording.casefold() else None
    said = {key: indexation.__dict__[key] for key in ("share_of_change", "share_of_amount")}
    stated = [key for key, share in said.items() if share is not None]
    if part and part[1] != "100" and Decimal(part[1].replace(",", ".")) not in said.values():
        words, key = _quoted(part[0]), stated[0] if stated else None
        if key is None:
            yield part[0], None, say("the wording adjusts by a part, {words}; iopctl by the whole change", words=words)
        else:
            values: dict[str, Value] = {"words": words, "share": say("{number} %", number=said[key])}
            yield part[0], key, say("the wording adjusts by a part, {words}; iopctl by {share}", **values)


def _quoted(words: str) -> Message:
    return say("“{text}”", text=words)


_STARTS = re.compile(
    r"(?:från och med|fr\.? ?o\.? ?m\.?|första gången(?: den)?|med början)\s+(?:den\s+|år\s+)?"
    rf"(?P<day>\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}} {_MONTH} \d{{4}}|\d{{4}}(?![-\d]))",
    re.IGNORECASE,
)
_PRICES = re.compile(r"\b((?:19|20)\d{2}) års (?:pris|penning|löne)\w*", re.IGNORECASE)
_PART = re.compile(r"\b(\d{1,3}(?:,\d+)?) ?(?:%|procent) av\b(?: \w+)?", re.IGNORECASE)


def _same_day(words: str, first: date) -> bool:
    """Whether a date as it is written is the day, as exactly as it is written."""
    parts = words.casefold().split()
    if len(parts) == 3:
        return (int(parts[0]), MONTHS.index(parts[1]) + 1, int(parts[2])) == (first.day, first.month, first.year)
    return first.isoformat().startswith(words)


def _clauses(case: Case) -> Iterator[tuple[Route, Indexation, str]]:
    for number, each in enumerate(case.agreement.contributions):
        if each.indexation is not None and each.indexation.wording is not None:
            yield ("contributions", number, "indexation"), each.indexation, " ".join(each.indexation.wording.split())


def named(wording: str) -> list[tuple[str, str]]:
    """The indices that a text names, and the words for each."""
    small = wording.casefold()
    maybe = (name for name in _INDICES if name.casefold() in small or "index" in small)  # quicker to see than the words
    found = [(name, re.search(_INDICES[name], wording, re.IGNORECASE)) for name in maybe]
    return [(name, each[0]) for name, each in found if each]


def _meant(indexation: Indexation, wording: str) -> bool:
    """Whether the words name the index that the keys name: others then only explain it."""
    meant = {index.upper() for index in indexation.indices}
    return any(name in meant for name, _words in named(wording))


def _never_negative(case: Case, indexation: Indexation) -> bool:
    """Whether every index that is followed has only risen, as far as its table goes."""
    tables = [case.workspace.tables.get(index) for index in indexation.indices]
    return all(isinstance(table, ChangeTable) and all(row.value >= 0 for row in table.rows) for table in tables)
