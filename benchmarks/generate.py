"""Writes a workspace of made-up agreements: python benchmarks/generate.py DIR COUNT [--seed N] [--faults].

The same ones for the same seed. On DAY no rule has anything to say about them; with --faults each has one to three.
"""

from __future__ import annotations

import argparse
import textwrap
from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

WIDTH = 88
DAY = date(2023, 6, 15)
"""The day to check on: agreements are in force, and the packaged figures of OPI reach it."""
LOGGED = date(2023, 5, 31)
"""The last day that the logs speak of."""
SETTINGS = """\
name: Påhittade kommunen
check:
  packs: [skr-2017, forum, lou, state-aid]
"""
"""Every rule is asked."""
MONTHS = {
    "january": "januari", "february": "februari", "march": "mars", "april": "april", "may": "maj", "june": "juni",
    "july": "juli", "august": "augusti", "september": "september", "october": "oktober", "november": "november",
    "december": "december",
}  # fmt: skip
PAID_IN = {
    1: (("january",), ("february",), ("march",)),
    2: (("january", "july"), ("march", "september")),
    3: (("january", "may", "september"),),
    4: (("january", "april", "july", "october"), ("march", "june", "september", "december")),
    12: (tuple(MONTHS),),
}
TIMES = {1: "en gång", 2: "två gånger", 3: "tre gånger", 4: "fyra gånger", 12: "tolv gånger"}


@dataclass(frozen=True)
class Party:
    """One party: its id in the file and what is said about it."""

    id: str
    name: str
    kind: str
    organisation: str | None = None
    board: str | None = None
    administration: str | None = None
    number: str | None = None

    @property
    def shown(self) -> str:
        return self.organisation or self.name

    @property
    def public(self) -> bool:
        return self.kind in ("municipality", "region", "state_body", "public_company")


@dataclass(frozen=True)
class Span:
    """The period of an agreement, its stated length and its extension."""

    start: date
    end: date
    stated: str | None = None
    option: int | None = None
    """The months that it can be extended by."""
    extended: date | None = None

    @property
    def last(self) -> date:
        """The last day, extensions included."""
        return self.extended or self.end

    @property
    def decide_by(self) -> date | None:
        """The last day to decide on an extension."""
        return _months_later(self.end, -6) if self.option else None

    @property
    def whole_years(self) -> bool:
        """Whether no calendar year is covered in part."""
        return (self.start.month, self.start.day, self.end.month, self.end.day) == (1, 1, 12, 31)


@dataclass(frozen=True)
class Case:
    """The days and numbers of the decision to enter into the agreement."""

    mandated: date
    adopted: date
    paragraph: int
    dnr: str
    signed: date


@dataclass
class Draft:
    """An agreement while its lines are written."""

    rng: Random
    id: str
    town: str
    theme: words.Theme
    parties: tuple[Party, ...]
    span: Span
    case: Case
    replaces: str | None = None
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    log: list[tuple[date, str]] = field(default_factory=list)

    @property
    def public(self) -> Party:
        return self.parties[0]

    @property
    def partner(self) -> Party:
        return self.parties[1]

    @property
    def board(self) -> str:
        return self.public.board or "Kommunstyrelsen"

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def some(self, pool: Sequence[str], least: int, most: int) -> list[str]:
        """Some of a pool, in its order."""
        wanted = self.rng.sample(range(len(pool)), min(self.rng.randint(least, most), len(pool)))
        return [self.fill(pool[number]) for number in sorted(wanted)]

    def fill(self, text: str) -> str:
        """A text with the names of this agreement, and a footnote of its own where it refers to one."""
        rng = self.rng
        if "{note}" in text:
            self.notes.append(self.fill(rng.choice(words.FOOTNOTES)))
        return text.format(
            board=self.board,
            partner=self.partner.name,
            town=self.public.shown,
            note=len(self.notes),
            date=_day(rng, 2014, 2018),
            year=rng.randint(1975, 2015),
            page=rng.randint(4, 90),
            paragraph=rng.randint(2, 199),
            members=rng.randrange(40, 900, 10),
        )

    def add(self, *lines: str) -> None:
        self.lines += lines

    def block(self, indent: int, key: str, paragraphs: Iterable[str]) -> None:
        """A text: on the key's line when short, else as a block scalar."""
        texts = list(paragraphs)
        pad = " " * indent
        if len(texts) == 1 and len(texts[0]) + indent + len(key) < WIDTH and ": " not in texts[0]:
            self.add(f"{pad}{key}: {texts[0]}")
            return
        self.add(f"{pad}{key}: {'>-' if len(texts) == 1 else '|-'}")
        for number, text in enumerate(texts):
            if number:
                self.add("")
            self.add(*_wrapped(text, indent + 2))

    def listed(self, indent: int, key: str, items: Iterable[str]) -> None:
        self.add(f"{' ' * indent}{key}:", *(f"{' ' * (indent + 2)}- {item}" for item in items))


# -- small parts -------------------------------------------------------------------------------------------------------


def organisation_number(prefix: str, number: int) -> str:
    """A made-up number with a right check digit; its third and fourth digits are 99."""
    digits = f"{prefix}99{number % 100_000:05}"
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    check = -sum(each // 10 + each % 10 for each in doubled) % 10
    return f"{digits[:6]}-{digits[6:]}{check}"


def _slug(text: str) -> str:
    plain = text.lower().translate(str.maketrans("åäöé ", "aaoe-"))
    return "".join(each for each in plain if each.isalnum() or each == "-")


def _person(rng: Random) -> str:
    return f"{rng.choice(words.FIRST_NAMES)} {rng.choice(words.LAST_NAMES)}"


def _day(rng: Random, first: int, last: int) -> date:
    return date(rng.randint(first, last), rng.randint(1, 12), rng.randint(1, 28))


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _last_day(start: date, months: int) -> date:
    return _months_later(start, months) - timedelta(days=1)


def _working_day(day: date) -> date:
    """The day, or the Thursday before when it falls from Friday to Sunday."""
    return day - timedelta(days=max(0, day.weekday() - 3))


def _length(months: int) -> str:
    number, unit = (months // 12, "year") if months % 12 == 0 else (months, "month")
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _kronor(amount: int) -> str:
    return f"{amount:,}".replace(",", " ")


def _wrapped(text: str, indent: int) -> list[str]:
    pad = " " * indent
    return textwrap.wrap(text, WIDTH, initial_indent=pad, subsequent_indent=pad, break_on_hyphens=False)


# -- what is agreed ----------------------------------------------------------------------------------------------------


def _span(rng: Random, follows: date | None, ended: bool) -> Span:
    """A period: over and to be followed by another, extended, or in force on DAY as first agreed."""
    shape = rng.choices(("years", "extended", "months", "odd"), (70, 12, 11, 7))[0]
    if ended:
        months = rng.choice((24, 36))
        start = date(rng.choice((2019, 2020)), 1, 1)
        return Span(start, _last_day(start, months), _length(months))
    if shape == "extended" and not follows:
        start, months = date(rng.choice((2019, 2020)), 1, 1), rng.choice((24, 36))
        end = _last_day(start, months)
        return Span(start, end, _length(months), 36, _last_day(end + timedelta(days=1), 36))
    start = follows + timedelta(days=1) if follows else _start(rng, shape)
    stated = None
    if shape == "odd":
        end = _last_day(start, 51) + timedelta(days=rng.randint(1, 20))
    else:
        months = rng.choice((48, 54)) if shape == "months" else 12 * rng.choice((4, 5, 5, 6))
        end, stated = _last_day(start, months), _length(months)
    return Span(start, end, stated, rng.choice((None, 12, 24, 36)))


def _start(rng: Random, shape: str) -> date:
    if shape in ("months", "odd"):
        day = rng.choice((1, 15)) if shape == "odd" else 1
        return date(rng.randint(2020, 2022), rng.choice((3, 4, 5, 7, 8, 9, 10)), day)
    return date(rng.randint(2020, 2023), 1, 1)


def _case(rng: Random, start: date, decider: Party) -> Case:
    """Adopted in good time for the decision to have legal force when it is signed, and signed before the start."""
    adopted = _working_day(start - timedelta(days=rng.randint(90, 180)))
    mandated = _working_day(adopted - timedelta(days=rng.randint(60, 150)))
    dnr = f"{decider.name[:2].upper()}N {mandated.year}/{rng.randint(100, 999)}"
    return Case(mandated, adopted, rng.randint(30, 240), dnr, start - timedelta(days=rng.randint(2, 14)))


def _parties(rng: Random, town: str, number: int) -> tuple[Party, ...]:
    """A municipality, an idea-based organisation that is in no other agreement, and up to three more."""
    board, administration = rng.choice(words.BOARDS)
    found = [Party("kommunen", board, "municipality", _municipality(town), board, administration)]
    count = rng.choices((2, 3, 4, 5), (76, 15, 6, 3))[0]
    extra = [
        Party("regionen", rng.choice(words.REGIONS), "region"),
        Party("bostadsbolaget", f"{town} Exempelbostäder AB", "public_company"),
        Party("myndigheten", rng.choice(words.STATE_BODIES), "state_body"),
    ]
    others = 1 if count > 2 and rng.random() < 0.5 else 0
    for name, kind in rng.sample(words.PARTNERS, count - 1 - others):
        found.append(Party(_slug(name), name, kind))
    found += rng.sample(extra, others)
    numbers = (number if place == 1 else rng.randrange(100_000) for place in range(len(found)))
    return tuple(
        replace(each, number=organisation_number(words.PREFIXES[each.kind], own))
        for each, own in zip(found, numbers, strict=True)
    )


def _municipality(town: str) -> str:
    return f"{town}{'' if town[-1] in 'aosyå' else 's'} kommun"


# -- sections of the file ----------------------------------------------------------------------------------------------


def _head(draft: Draft) -> None:
    theme = draft.theme
    draft.add(
        f"# IOP om {theme.name} mellan {draft.public.shown} och {draft.partner.name}.",
        "# Påhittad överenskommelse för mätning; inga personer, organisationer eller orter finns på riktigt.",
        "",
        "format: 1",
        f"title: Överenskommelse om idéburet offentligt partnerskap om {theme.name}",
        f"dated: {draft.case.signed}",
        f"dnr: {draft.case.dnr}",
    )
    draft.block(0, "purpose", [theme.purpose])
    draft.block(0, "target_group", [theme.group])
    if draft.replaces:
        draft.add(f"replaces: {draft.replaces} # samma parter som tidigare")


def _party_section(draft: Draft) -> None:
    draft.add("", "parties:")
    for party in draft.parties:
        _party(draft, party)


def _party(draft: Draft, party: Party) -> None:
    rng = draft.rng
    draft.add(f"  {party.id}:", f"    name: {party.name}", f"    kind: {party.kind}")
    if party.organisation:
        draft.add(f"    organisation: {party.organisation}")
    draft.add(f"    organisation_number: {party.number}{' # kommunens' if party.organisation else ''}")
    if party.board:
        draft.add(f"    board: {party.board}", f"    administration: {party.administration}")
    elif not party.public:
        draft.block(4, "about", [each.replace("{name}", party.name) for each in _about(draft)])
    draft.add(f"    address: Exempelgatan {rng.randint(1, 99)}, 000 {rng.randint(10, 99)} {draft.town}")
    if draft.chance(0.6):
        draft.listed(4, "contacts", [_contact(draft)])
    if not party.public and draft.chance(0.2):
        draft.add(f"    idk_register: {{status: registered, checked: {_day(rng, 2023, 2023).replace(month=4)}}}")


def _about(draft: Draft) -> list[str]:
    return [draft.fill(draft.rng.choice(words.ABOUT).replace("{name}", "{{name}}"))]


def _contact(draft: Draft) -> str:
    return f"{{name: {_person(draft.rng)}, role: {draft.rng.choice(words.ROLES)}}}"


def _period_section(draft: Draft) -> None:
    span = draft.span
    draft.add("", "period:", f"  start: {span.start}", f"  end: {span.end}")
    if span.stated:
        draft.add(f"  stated: {span.stated}")
    draft.block(2, "wording", [f"Överenskommelsen gäller från och med {span.start} till och med {span.end}."])
    if span.option:
        both = f"[{draft.public.id}, {draft.partner.id}]"
        draft.add("  extension:", "    times: 1", f"    length: {_length(span.option)}", f"    decided_by: {both}")
        draft.add(f"    decide_by: {span.decide_by}")
        draft.block(4, "wording", ["Parterna kan gemensamt besluta om förlängning en gång."])
    if draft.chance(0.7):
        number, word = draft.rng.choice(((3, "tre"), (6, "sex")))
        draft.add("  notice:", f"    length: {number} months", f"    wording: Uppsägningstiden är {word} månader.")


def _decision_section(draft: Draft) -> None:
    case, rng = draft.case, draft.rng
    of_case = f"dnr: {case.dnr}"
    draft.add("", "decisions:")
    taken = f"date: {case.mandated}, paragraph: {rng.randint(3, 29)}"
    draft.add(f"  - {{kind: mandated, body: {draft.board}, {taken}, {of_case}}}")
    draft.add("  - kind: adopted", f"    body: {draft.board}", f"    date: {case.adopted}")
    draft.add(f"    paragraph: {case.paragraph}", f"    {of_case}")
    if draft.span.extended and draft.span.decide_by:
        taken = _working_day(draft.span.decide_by - timedelta(days=rng.randint(20, 100)))
        draft.add(
            "  - kind: extended", f"    body: {draft.board}", f"    date: {taken}", f"    paragraph: {case.paragraph}"
        )
        draft.add(f"    {of_case}", f"    until: {draft.span.extended}")


def _contribution_section(draft: Draft) -> None:
    rng = draft.rng
    draft.add("", "# Beloppen är de som gäller när överenskommelsen inleds.", "contributions:")
    total = _cash(draft)
    total += _in_kind(draft, rng.choice([each for each in words.IN_KIND if each[3]])[:3], draft.public)
    others = draft.parties[1:]
    offered = rng.sample([each for each in words.IN_KIND if not each[3]], max(rng.randint(1, 2), len(others)))
    for number, what in enumerate(offered):
        total += _in_kind(draft, what[:3], others[number % len(others)])
    draft.add(f"total: {{value: {total}, per: year}}")


def _cash(draft: Draft) -> int:
    rng, span = draft.rng, draft.span
    amount = rng.randrange(30, 60) * 1000
    draft.add("  - id: ersattning", f"    from: {draft.public.id}", f"    to: {draft.partner.id}", "    kind: cash")
    draft.block(4, "text", [f"Ersättningen är {_kronor(amount)} kr per år."])
    draft.add(f"    amount: {amount}{'.00' if draft.chance(0.1) else ''}", "    per: year")
    if not span.whole_years:
        draft.add(f"    part_year: {'months' if span.start.day == 1 and span.stated else 'days'}")
    if span.whole_years and draft.chance(0.7):
        _indexation(draft)
    times = rng.choice((1, 1, 2, 2, 3, 4, 4, 12) if span.whole_years else (4, 12))
    months = rng.choice(PAID_IN[times])
    draft.add("    payment:", f"      times_per_year: {times}")
    draft.add(f"      in: [{', '.join(months)}]")
    named = "varje månad" if times == 12 else "i " + _and([MONTHS[each] for each in months])
    draft.block(6, "wording", [f"Ersättningen betalas ut {TIMES[times]} per år, {named}."])
    if times <= 2:
        _log_payments(draft, months)
    return amount


def _and(names: Sequence[str]) -> str:
    return " och ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def _indexation(draft: Draft) -> None:
    year = draft.span.start.year
    draft.add("    indexation:", "      index: OPI # Omsorgsprisindex", f"      first: {year + 1}-01-01")
    draft.add(f"      price_year: {year}", "      rounding: {to: 1}", "      preliminary: settle")
    draft.block(6, "wording", [words.INDEXATION.format(year=year, first=f"{year + 1}-01-01")])


def _in_kind(draft: Draft, what: tuple[str, str, str], giver: Party) -> int:
    """One contribution in kind; returns what it is worth in a year."""
    kind, id_, text = what
    draft.add(f"  - id: {id_}", f"    from: {giver.id}", f"    kind: {kind}")
    draft.block(4, "text", [f"{giver.shown} {text}."])
    worth = draft.rng.randrange(20, 300) * 1000
    if kind in ("volunteer_hours", "staff", "supervision"):
        hours = draft.rng.randrange(200, 1600, 50)
        worth = hours * 200
        draft.add(f"    quantity: {{number: {hours}, unit: timmar, per: year}}")
    elif kind == "volunteers":
        draft.add(f"    quantity: {{number: {draft.rng.randrange(8, 120)}, approximate: true, unit: volontärer}}")
    draft.add(f"    value: {worth}", "    per: year")
    return worth


def _duty_section(draft: Draft) -> None:
    both = f"[{draft.public.id}, {draft.partner.id}]"
    draft.add("", "duties:", "  - id: uppfoljning", "    kind: follow_up")
    draft.add("    text: Gemensam uppföljning av överenskommelsen", f"    times_per_year: {draft.rng.choice((1, 2))}")
    draft.add(f"    responsible: {both}", f"    called_by: {draft.public.administration}", "    forum: styrgrupp")
    _log_through(draft, "uppfoljning")
    draft.add("  - id: verksamhetsberattelse", "    kind: report")
    draft.add(
        "    text: Verksamhetsberättelse för det föregående året", '    yearly_by: "03-31"', "    about: year_before"
    )
    draft.add(f"    responsible: {draft.partner.id}", f"    receiver: {draft.board}")
    draft.listed(4, "contents", draft.some(words.CONTENTS, 1, 2))
    _log_reports(draft)
    _final_report(draft)
    for id_, kind, text, schedule in draft.rng.sample(words.DUTIES, draft.rng.randint(0, 1)):
        draft.add(
            f"  - id: {id_}", f"    kind: {kind}", f"    text: {text}", f"    {schedule}", f"    responsible: {both}"
        )
        if kind == "meeting":
            draft.add(f"    called_by: {draft.public.administration}", "    forum: styrgrupp")
        if "times_per_year" in schedule:
            _log_through(draft, id_)


def _final_report(draft: Draft) -> None:
    span = draft.span
    by = _working_day(span.last - timedelta(days=draft.rng.randint(60, 120)))
    draft.add("  - id: slutrapport", "    kind: report", "    text: Skriftlig slutrapport", f"    by: {by}")
    draft.add("    about: whole_period", f"    responsible: {draft.public.id}", f"    receiver: {draft.board}")
    draft.listed(4, "contents", draft.some(words.CONTENTS, 1, 1))
    if by < DAY:
        draft.log.append((by, f"date: {by}, duty: slutrapport, note: inlämnad"))


def _forum_section(draft: Draft) -> None:
    draft.add("", "forums:", "  - id: styrgrupp", "    name: Styrgrupp", "    steering: true")
    draft.block(4, "text", ["Styrgruppen leder partnerskapet gemensamt och föreslår ändringar i verksamhetsplanen."])
    draft.listed(4, "members", _members(draft))


def _members(draft: Draft) -> list[str]:
    found = []
    for number, party in enumerate(draft.parties):
        seat = f"party: {party.id}, name: {_person(draft.rng)}, role: {draft.rng.choice(words.ROLES)}"
        found.append(f"{{{seat}{', convener: true' if number == 0 else ''}}}")
    return found


def _ground_section(draft: Draft) -> None:
    rng = draft.rng
    draft.add("", "grounds:", "  policies:")
    for title in draft.some(words.POLICIES, 1, 1):
        taken = f"date: {_day(rng, 2011, 2016)}, paragraph: {rng.randint(2, 199)}"
        draft.add(f"    - {{title: {title}, body: Kommunfullmäktige, {taken}}}")
    draft.listed(2, "values", draft.some(words.VALUES, 1, 2))
    draft.add(f"  initiative: {draft.partner.id}", "  need:")
    draft.block(4, "text", [draft.theme.challenge])
    draft.add("    joint: true")
    tested = f"by: {draft.public.administration}, date: {draft.case.adopted - timedelta(days=rng.randint(20, 50))}"
    draft.add("  criteria:")
    for pack, reasons in words.CRITERIA.items():
        for number, reason in enumerate(reasons, 1):
            draft.add(f"    {pack}-{number}: {{met: true, outcome: {reason}}}")
    for kind, facts, outcome in words.ASSESSMENTS:
        draft.add(f"  {kind}: {{{facts}, outcome: {outcome}, {tested}}}")


def _clause_section(draft: Draft) -> None:
    draft.add("", "clauses:")
    for kind, text in (*words.CLAUSES, *draft.rng.sample(words.MORE_CLAUSES, draft.rng.randint(0, 1))):
        draft.add(f"  - kind: {kind}")
        draft.block(4, "text", [draft.fill(text)])


def _text_section(draft: Draft) -> None:
    theme = draft.theme
    draft.add("", "texts:")
    draft.block(2, "background", draft.some(words.BACKGROUND, 1, 1))
    draft.add("  activities: |-", f"    {draft.partner.name} ska i samverkan med kommunen erbjuda:", "")
    draft.add(*(f"    - {each}" for each in draft.some(theme.activities, 2, 4)))
    for key, pool in words.TEXTS.items():
        if draft.chance(0.35):
            draft.block(2, key, draft.some(pool, 1, 1))


def _footnote_section(draft: Draft) -> None:
    if draft.notes:
        draft.add("", "footnotes:", *(f'  "{number}": {note}' for number, note in enumerate(draft.notes, 1)))


def _signature_section(draft: Draft) -> None:
    case = draft.case
    draft.add("", "signatures:")
    for party in draft.parties:
        draft.add(f"  - party: {party.id}")
        if party.board:
            draft.add(f"    unit: {party.board}")
        authority = f"{draft.board}s beslut {case.adopted}, § {case.paragraph}"
        if not party.board:
            authority = f"Styrelsens protokoll {case.adopted - timedelta(days=21)}, § {draft.rng.randint(2, 12)}"
        draft.add(f"    name: {_person(draft.rng)}", f"    role: {draft.rng.choice(words.SIGNING)}")
        draft.add(f"    place: {draft.town}", f"    date: {case.signed}", f"    authority: {authority}")


def _document_section(draft: Draft) -> None:
    if not (draft.span.extended and draft.chance(0.5)):
        return
    draft.add("", "documents:", "  tjansteskrivelse-forlangning:")
    draft.add(f"    unit: {draft.public.administration}", f"    case_officer: {_person(draft.rng)}")
    seat = f"name: {_person(draft.rng)}, role: ordförande, organisation: {draft.partner.name}"
    draft.add("    recipients:", f"      - {{{seat}}}", "    texts:")
    draft.block(6, "matter", draft.some(words.MATTER, 2, 3))
    draft.block(6, "union", ["Information eller förhandling enligt MBL är inte påkallad."])


def _log_payments(draft: Draft, months: Sequence[str]) -> None:
    """Every payment there has been; what it was is not said, so that pay reckons it."""
    for year in range(draft.span.start.year, LOGGED.year + 1):
        for month in months:
            day = date(year, list(MONTHS).index(month) + 1, draft.rng.randint(10, 25))
            if day <= min(draft.span.last, LOGGED):
                number = draft.rng.randint(1000, 9999)
                draft.log.append(
                    (day, f'date: {day}, payment: ersattning, year: {year}, reference: "faktura {number}"')
                )


def _log_through(draft: Draft, duty: str) -> None:
    last = min(draft.span.last, LOGGED)
    note = draft.rng.choice(("enligt plan", "minnesanteckningar finns", "med alla parter"))
    draft.log.append((last, f"through: {last}, duty: {duty}, note: {note}"))


def _log_reports(draft: Draft) -> None:
    last = min(draft.span.last, LOGGED)
    for year in range(draft.span.start.year, last.year + 1):
        day = date(year, 3, draft.rng.randint(16, 30))
        if draft.span.start <= day <= last:
            draft.log.append((day, f"date: {day}, duty: verksamhetsberattelse, note: inlämnad"))


def _log_section(draft: Draft) -> None:
    draft.add("", "log:", *(f"  - {{{entry}}}" for _, entry in sorted(draft.log)))


def _written(draft: Draft) -> list[str]:
    """The lines of the file."""
    _head(draft)
    _party_section(draft)
    _period_section(draft)
    _decision_section(draft)
    _contribution_section(draft)
    _duty_section(draft)
    _forum_section(draft)
    _ground_section(draft)
    _clause_section(draft)
    _text_section(draft)
    _footnote_section(draft)
    _signature_section(draft)
    _document_section(draft)
    _log_section(draft)
    return draft.lines


def _next(rng: Random, number: int, before: Draft | None, *, last: bool) -> Draft:
    """The next agreement; one that is over is followed by its successor."""
    if before and before.span.last < DAY:
        span = _span(rng, before.span.last, ended=False)
        town, theme, parties, replaces = before.town, before.theme, before.parties, before.id
    else:
        span = _span(rng, None, ended=not last and rng.random() < 0.1)
        town, theme, replaces = rng.choice(words.TOWNS), rng.choice(words.THEMES), None
        parties = _parties(rng, town, number)
    id_ = f"{_slug(town)}-{_slug(parties[1].name)}-{span.start.year}-{number:05}"
    return Draft(rng, id_, town, theme, parties, span, _case(rng, span.start, parties[0]), replaces)


# -- faults ------------------------------------------------------------------------------------------------------------


def _with(lines: list[str], key: str, change: Callable[[str], str]) -> list[str]:
    """The lines with the first that has the key changed."""
    place = next(number for number, line in enumerate(lines) if line.lstrip(" -").startswith(f"{key}:"))
    return [*lines[:place], change(lines[place]), *lines[place + 1 :]]


FAULTS: tuple[Callable[[list[str]], list[str]], ...] = (
    lambda lines: _with(lines, "dated", lambda _: "dated: 2022-02-30"),
    lambda lines: _with(
        [each for each in lines if "  stated: " not in each], "end", lambda line: f"{line}\n  stated: 15 years"
    ),
    lambda lines: _with(lines, "purpose", lambda _: "purpose: XXX"),
    lambda lines: _with(lines, "paragraph", lambda line: f"{line.partition(':')[0]}: {{unknown: framgår inte}}"),
    lambda lines: _with(lines, "total", lambda _: "total: {value: 100, per: year}"),
    lambda lines: _with(lines, "forum", lambda line: line.replace("styrgrupp", "stygrupp")),
)
"""A day that does not exist, a length that the dates contradict, a text that is not filled in, …"""


def _faulty(rng: Random, lines: list[str]) -> list[str]:
    for fault in rng.sample(FAULTS, rng.choice((1, 1, 2, 3))):
        lines = fault(lines)
    return lines


def generate(folder: Path, count: int, seed: int = 1, *, faults: bool = False) -> None:
    """Writes a workspace of `count` agreements into `folder`: sound, or each with faults."""
    agreements = folder / "agreements"
    agreements.mkdir(parents=True, exist_ok=True)
    (folder / "iopctl.yaml").write_text(SETTINGS, "utf-8")
    rng, spoiling = Random(seed), Random(-seed - 1)
    draft: Draft | None = None
    for number in range(1, count + 1):
        draft = _next(rng, number, draft, last=number == count)
        lines = _written(draft)
        if faults:
            lines = _faulty(spoiling, lines)
        (agreements / f"{draft.id}.yaml").write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Write a workspace of made-up agreements for measuring.")
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("count", metavar="COUNT", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--faults", action="store_true", help="something wrong in every file")
    arguments = parser.parse_args()
    generate(arguments.folder, arguments.count, arguments.seed, faults=arguments.faults)


if __name__ == "__main__":
    main()
