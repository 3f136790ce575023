"""Writes made-up agreements, the same ones for the same seed: python benchmarks/generate.py DIR COUNT [--seed N]."""

from __future__ import annotations

import argparse
import textwrap
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 88
PUBLIC = ("municipality", "region", "state_body", "public_company")
INDEX_END = date(2023, 12, 31)
"""The last day that the packaged index figures reach."""
LAST_LOGGED = date(2025, 6, 30)
MONTHS = {
    1: ("january", "february", "march"),
    2: ("[january, july]", "[march, september]"),
    3: ("[january, may, september]",),
    4: ("[january, april, july, october]", "[march, june, september, december]"),
    12: (
        "[january, february, march, april, may, june, july, august, september, october,\n"
        "           november, december]",
    ),
}


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


@dataclass(frozen=True)
class Span:
    """The period of an agreement, its stated length and its extension."""

    start: date
    end: date | None
    stated: str | None = None
    option: str | None = None
    extended: date | None = None
    proposed: bool = False

    @property
    def last(self) -> date | None:
        """The last day, decided extensions included."""
        return self.extended if self.extended and not self.proposed else self.end


@dataclass
class Draft:
    """An agreement while its lines are written."""

    rng: Random
    id: str
    town: str
    theme: words.Theme
    parties: tuple[Party, ...]
    span: Span
    replaces: str | None = None
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    contributions: list[str] = field(default_factory=list)
    """The ids of the contributions that are paid."""
    duties: list[str] = field(default_factory=list)

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
            hours=rng.choice((175, 200, 220, 250)),
            members=rng.randrange(40, 900, 10),
            by=self.deadline(),
        )

    def deadline(self) -> date:
        """A day for the parties to say what becomes of the agreement."""
        return (self.span.end or date(2027, 12, 31)) - timedelta(days=self.rng.choice((90, 120, 150)))

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


def organisation_number(rng: Random, prefix: str) -> str:
    """A made-up number with a right check digit; its third and fourth digits are 99."""
    digits = f"{prefix}99{rng.randrange(100_000):05}"
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


def _span(rng: Random, follows: date | None) -> tuple[Span, bool]:
    """A period, and whether an amount can be indexed through all of it."""
    shape = rng.choices(("years", "months", "odd", "open"), (74, 12, 6, 8))[0]
    indexed = shape != "open" and rng.random() < 0.65
    start = follows + timedelta(days=1) if follows else _start(rng, shape, indexed)
    if shape == "open":
        return Span(start, None), False
    if shape == "odd":
        end, stated, months = _last_day(start, 27) + timedelta(days=rng.randint(1, 20)), None, 12
    else:
        months = rng.choice((18, 30, 36)) if shape == "months" else 12 * rng.choice((1, 2, 2, 3, 3, 4))
        if indexed and not follows:
            months = min(months, 12 * (2024 - start.year) - 12 * (start.month > 1))
        end, stated = _last_day(start, months), _length(months) if rng.random() < 0.85 else None
    return _with_option(rng, Span(start, end, stated), months, indexed and start.year < end.year <= INDEX_END.year)


def _start(rng: Random, shape: str, indexed: bool) -> date:
    first, last = (2016, 2022) if indexed else (2017, 2025)
    if shape == "years":
        return date(rng.randint(first, last), 1, 1)
    month, day = rng.choice((3, 4, 5, 7, 8, 9, 10)), rng.choice((1, 15)) if shape == "odd" else 1
    return date(rng.randint(first, min(last, 2020) if indexed else last), month, day)


def _with_option(rng: Random, span: Span, months: int, indexed: bool) -> tuple[Span, bool]:
    """The span with an option to extend, sometimes used, and seldom only proposed to be."""
    if span.end is None or rng.random() < 0.4:
        return span, indexed
    longest = rng.choice((12, 24, months))
    until = _last_day(span.end + timedelta(days=1), longest)
    option = rng.choice(("length", "until", "decide_by", "free"))
    proposed = rng.random() < 0.05
    used = (proposed or rng.random() < 0.4) and (proposed or not indexed or until <= INDEX_END)
    text = {
        "length": f"{{times: {rng.choice((1, 1, 2))}, length: {_length(longest)}}}",
        "until": f"{{times: 1, until: {until}}}",
        "decide_by": f"{{times: 1, length: {_length(longest)}, decide_by: {_months_later(span.end, -2)}}}",
        "free": "{wording: med möjlighet till förlängning efter gemensamt beslut}",
    }[option]
    return Span(span.start, span.end, span.stated, text, until if used else None, proposed), indexed


def _parties(rng: Random, town: str) -> tuple[Party, ...]:
    """A municipality, at least one idea-based organisation, and up to three more."""
    board, administration = rng.choice(words.BOARDS)
    found = [Party("kommunen", board, "municipality", _municipality(town), board, administration)]
    count = rng.choices((2, 3, 4, 5), (60, 24, 11, 5))[0]
    extra = [
        Party("regionen", rng.choice(words.REGIONS), "region"),
        Party("bostadsbolaget", f"{town} Exempelbostäder AB", "public_company"),
        Party("myndigheten", rng.choice(words.STATE_BODIES), "state_body"),
    ]
    others = 1 if count > 2 and rng.random() < 0.5 else 0
    for name, kind in rng.sample(words.PARTNERS, count - 1 - others):
        found.append(Party(_slug(name), name, kind))
    return (*found, *rng.sample(extra, others))


def _municipality(town: str) -> str:
    return f"{town}{'' if town[-1] in 'aosyå' else 's'} kommun"


# -- sections of the file ----------------------------------------------------------------------------------------------


def _head(draft: Draft) -> None:
    rng, theme = draft.rng, draft.theme
    draft.add(
        f"# IOP om {theme.name} mellan {draft.public.shown} och {draft.partner.name}.",
        "# Påhittad överenskommelse för mätning; inga personer, organisationer eller orter finns på riktigt.",
        "",
        "format: 1",
        f"title: Överenskommelse om idéburet offentligt partnerskap om {theme.name}",
    )
    if draft.chance(0.6):
        draft.add(f"dnr: {draft.board[:2].upper()}N {draft.span.start.year - 1}/{rng.randint(1, 999)}")
    draft.block(0, "purpose", [theme.purpose] if draft.chance(0.7) else [theme.purpose, theme.challenge])
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
    if draft.chance(0.75):
        number = organisation_number(rng, words.PREFIXES[party.kind])
        draft.add(f"    organisation_number: {number}{' # kommunens' if party.organisation else ''}")
    if party.board:
        draft.add(f"    board: {party.board}", f"    administration: {party.administration}")
    elif draft.chance(0.4):
        draft.block(4, "about", [each.replace("{name}", party.name) for each in _about(draft)])
    if draft.chance(0.5):
        draft.add(f"    address: Exempelgatan {rng.randint(1, 99)}, 000 {rng.randint(10, 99)} {draft.town}")
    if draft.chance(0.7):
        draft.listed(4, "contacts", [_contact(draft) for _ in range(rng.randint(1, 2))])
    if party.board and draft.chance(0.06):
        changed = draft.span.start + timedelta(days=rng.randint(100, 300))
        draft.add("    renamed:", f"      - {{from: {changed}, administration: Förvaltningen för omsorg och stöd}}")
    if party.kind not in PUBLIC and draft.chance(0.12):
        draft.add(f"    idk_register: {{status: registered, checked: {_day(rng, 2023, 2024)}}}")


def _about(draft: Draft) -> list[str]:
    chosen = draft.rng.sample(words.ABOUT, draft.rng.randint(1, 2))
    return [draft.fill(each.replace("{name}", "{{name}}")) for each in chosen]


def _contact(draft: Draft) -> str:
    if draft.chance(0.01):
        return '{name: {unknown: "kontaktperson utses senare"}, role: kontaktperson}'
    return f"{{name: {_person(draft.rng)}, role: {draft.rng.choice(words.ROLES)}}}"


def _period_section(draft: Draft) -> None:
    span, rng = draft.span, draft.rng
    draft.add("", "period:", f"  start: {span.start}", f"  end: {span.end or 'open_ended'}")
    if span.stated:
        draft.add(f"  stated: {span.stated}")
    until = f"till och med {span.end}" if span.end else "tills vidare"
    if draft.chance(0.6):
        draft.block(2, "wording", [f"Överenskommelsen gäller från och med {span.start} {until}."])
    if span.option:
        draft.add(f"  extension: {span.option}")
    if span.end is None or draft.chance(0.5):
        draft.add("  notice:", f"    length: {rng.choice((3, 6))} months")
        if draft.chance(0.3):
            draft.add("    count: whole_months")
        if span.end and draft.chance(0.3):
            draft.block(4, "condition", ["Om förutsättningarna har förändrats väsentligt och dialog inte har hjälpt."])


def _decision_section(draft: Draft) -> None:
    span, rng = draft.span, draft.rng
    near = rng.choices(((60, 200), (44, 47), (16, 36)), (74, 20, 6))[0]
    adopted = _working_day(span.start - timedelta(days=rng.randint(*near)))
    draft.add("", "decisions:")
    if draft.chance(0.3):
        text = "att ta fram ett förslag till partnerskap"
        draft.add(f"  - {{kind: mandated, body: {draft.board}, date: {adopted.year - 1}, text: {text}}}")
    if draft.chance(0.35):
        before = _working_day(adopted - timedelta(days=rng.randint(14, 40)))
        draft.add(f"  - {{kind: recommended, body: {draft.board}s arbetsutskott, date: {before}}}")
    draft.add(
        "  - kind: adopted",
        f"    body: {draft.board if draft.chance(0.7) else 'Kommunstyrelsen'}",
        f"    date: {adopted}",
        f"    paragraph: {_paragraph(draft)}",
    )
    if draft.chance(0.95):
        draft.add(f"    dnr: {adopted.year}/{rng.randint(100, 999)}")
    if near[0] == 60 and draft.chance(0.2):
        draft.add("    condition: under förutsättning att kommunfullmäktige beviljar medel i budgeten")
        granted = _working_day(adopted + timedelta(days=5))
        draft.add(f"  - {{kind: adopted, body: Kommunfullmäktige, date: {granted}, paragraph: {rng.randint(3, 240)}}}")
    if span.extended and span.end:
        taken = _working_day(span.end - timedelta(days=rng.randint(60, 150)))
        day = f"proposed: {taken}" if span.proposed else f"date: {taken}, paragraph: {rng.randint(3, 240)}"
        draft.add(f"  - {{kind: extended, body: {draft.board}, {day}, until: {span.extended}}}")


def _paragraph(draft: Draft) -> str:
    return '{unknown: "paragrafen framgår inte"}' if draft.chance(0.015) else str(draft.rng.randint(3, 240))


def _contribution_section(draft: Draft, indexed: bool) -> None:
    rng = draft.rng
    total = 0
    draft.add("", "# Beloppen är de som gäller när överenskommelsen inleds.", "contributions:")
    for number in range(rng.choices((1, 2), (80, 20))[0]):
        total += _cash(draft, number, indexed and number == 0)
    valued = draft.chance(0.6)
    for kind, id_, text, public in rng.sample(words.IN_KIND, rng.randint(2, 5)):
        worth = rng.randrange(20, 900) * 1000 if valued else 0
        total += worth
        _in_kind(draft, (kind, id_, text), draft.public if public else draft.partner, worth)
    if valued or draft.chance(0.1):
        draft.add(f"total: {{value: {total}, per: year}}")


def _cash(draft: Draft, number: int, indexed: bool) -> int:
    rng, id_ = draft.rng, "ersattning" if number == 0 else "tillagg"
    amount = rng.randrange(60, 2500) * 1000
    payer = draft.public.id if number == 0 else rng.choice(draft.parties).id
    draft.add(f"  - id: {id_}", f"    from: {payer}", f"    to: {draft.partner.id}", "    kind: cash")
    draft.block(4, "text", [f"Ersättningen är {_kronor(amount)} kr per år."])
    draft.add(f"    amount: {amount}{'.00' if draft.chance(0.1) else ''}", "    per: year", "    part_year: days")
    if indexed:
        first = date(draft.span.start.year + 1, 1, 1)
        draft.add("    indexation:", "      index: OPI # Omsorgsprisindex", f"      first: {first}")
        draft.add("      rounding: {to: 1}", "      preliminary: settle")
        if draft.chance(0.5):
            draft.block(6, "wording", [f"Uppräkning sker årligen enligt OPI från och med {first}."])
    if number == 0 or draft.chance(0.5):
        times = rng.choice((1, 1, 2, 2, 3, 4, 4, 12))
        draft.add("    payment:", f"      times_per_year: {times}", f"      in: {rng.choice(MONTHS[times])}")
        draft.contributions.append(id_)
    return amount


def _in_kind(draft: Draft, what: tuple[str, str, str], giver: Party, worth: int) -> None:
    kind, id_, text = what
    draft.add(f"  - id: {id_}", f"    from: {giver.id}", f"    kind: {kind}")
    draft.block(4, "text", [f"{giver.shown} {text}."])
    if worth:
        draft.add(f"    value: {worth}", "    per: year")
    if kind in ("volunteer_hours", "staff", "supervision"):
        least = draft.rng.randrange(10, 60, 5)
        draft.add(f"    quantity: {{least: {least}, most: {least + 10}, unit: timmar, per: week}}")
    elif kind == "volunteers":
        draft.add(f"    quantity: {{number: {draft.rng.randrange(8, 120)}, approximate: true, unit: volontärer}}")
    if not worth and draft.chance(0.2):
        draft.add("    condition: vid behov")


def _duty_section(draft: Draft, forums: Sequence[str]) -> None:
    draft.add("", "duties:")
    known = [each for each in words.DUTIES if each[3] != "before_end: true" or draft.span.end]
    for place in sorted(draft.rng.sample(range(len(known)), draft.rng.randint(4, 6))):
        _duty(draft, known[place], forums)


def _duty(draft: Draft, duty: tuple[str, str, str, str], forums: Sequence[str]) -> None:
    id_, kind, text, when = duty
    draft.duties.append(id_)
    draft.add(f"  - id: {id_}", f"    kind: {kind}", f"    text: {text}", f"    {draft.fill(when)}")
    if "times_per_year" in when and draft.chance(0.3):
        draft.add("    at_least: true")
    both = f"[{draft.public.id}, {draft.partner.id}]"
    draft.add(f"    responsible: {draft.partner.id if kind == 'report' else both}")
    if kind == "report":
        draft.add(f"    receiver: {draft.board}")
        draft.listed(4, "contents", draft.some(words.CONTENTS, 2, 3))
    elif forums and kind == "meeting":
        draft.add(f"    forum: {forums[0]}")
    elif kind == "follow_up" and draft.chance(0.2):
        draft.block(4, "purpose", ["Att jämföra resultatet med målen och ge underlag för att utveckla partnerskapet."])


def _forum_section(draft: Draft) -> list[str]:
    count = draft.rng.choices((0, 1, 2), (20, 60, 20))[0]
    if count == 0:
        return []
    draft.add("", "forums:")
    chosen = draft.rng.sample(words.FORUMS, count)
    for id_, name, text in chosen:
        draft.add(f"  - id: {id_}", f"    name: {name}")
        draft.block(4, "text", [text])
        draft.listed(4, "members", _members(draft))
    return [id_ for id_, _, _ in chosen]


def _members(draft: Draft) -> list[str]:
    found = []
    for number, party in enumerate((*draft.parties, draft.public)):
        seat = f"party: {party.id}, name: {_person(draft.rng)}, role: {draft.rng.choice(words.ROLES)}"
        found.append(f"{{{seat}{', convener: true' if number == 0 else ''}}}")
    return found


def _ground_section(draft: Draft) -> None:
    rng = draft.rng
    draft.add("", "grounds:", "  policies:")
    for title in draft.some(words.POLICIES, 1, 2):
        draft.add(f"    - title: {title}", "      body: Kommunfullmäktige")
        draft.add(f"      date: {_day(rng, 2011, 2016) if draft.chance(0.8) else rng.randint(2010, 2015)}")
        if draft.chance(0.5):
            draft.add(f"      paragraph: {rng.randint(2, 199)}")
    draft.listed(2, "values", draft.some(words.VALUES, 2, 4))
    if draft.chance(0.6):
        for kind, fact, outcome in rng.sample(words.ASSESSMENTS, rng.randint(1, 2)):
            draft.add(f"  {kind}:", f"    {fact}", f"    outcome: {outcome}", f"    by: {draft.public.administration}")


def _clause_section(draft: Draft) -> None:
    draft.add("", "clauses:")
    for place in sorted(draft.rng.sample(range(len(words.CLAUSES)), draft.rng.randint(3, 5))):
        kind, text = words.CLAUSES[place]
        draft.add(f"  - kind: {kind}")
        draft.block(4, "text", [draft.fill(text)])


def _text_section(draft: Draft) -> None:
    theme = draft.theme
    draft.add("", "texts:")
    draft.block(2, "background", draft.some(words.BACKGROUND, 1, 3))
    if draft.chance(0.5):
        draft.block(2, "challenge", [theme.challenge])
    draft.add("  activities: |-", f"    {draft.partner.name} ska i samverkan med kommunen erbjuda:", "")
    draft.add(*(f"    - {each}" for each in draft.some(theme.activities, 2, 4)))
    if draft.chance(0.5):
        draft.block(2, "responsibilities", draft.some(words.RESPONSIBILITIES, 1, 2))
    if draft.chance(0.6):
        draft.block(2, "follow_up", draft.some(words.FOLLOW_UP, 1, 2))
    if draft.chance(0.3):
        draft.block(2, "economy", [" ".join(draft.some(words.ECONOMY, 1, 2))])
    if draft.chance(0.3):
        draft.block(2, "equality", draft.some(words.EQUALITY, 1, 1))


def _footnote_section(draft: Draft) -> None:
    if draft.notes:
        draft.add("", "footnotes:", *(f'  "{number}": {note}' for number, note in enumerate(draft.notes, 1)))


def _signature_section(draft: Draft) -> None:
    signed = draft.span.start - timedelta(days=draft.rng.randint(2, 14))
    draft.add("", "signatures:")
    for party in draft.parties:
        draft.add(f"  - party: {party.id}", f"    name: {_person(draft.rng)}", f"    place: {draft.town}")
        draft.add('    date: {unknown: "dagen är inte ifylld"}' if draft.chance(0.01) else f"    date: {signed}")
    draft.add(f"dated: {signed}")


def _document_section(draft: Draft) -> None:
    if not (draft.span.extended and draft.chance(0.5)):
        return
    draft.add("", "documents:", "  tjansteskrivelse-forlangning:")
    draft.add(f"    unit: {draft.public.administration}", f"    case_officer: {_person(draft.rng)}")
    draft.add("    recipients:", f"      - {{name: {_person(draft.rng)}, organisation: {draft.partner.name}}}")
    draft.add("    texts:")
    draft.block(6, "matter", draft.some(words.MATTER, 2, 3))
    draft.block(6, "union", ["Information eller förhandling enligt MBL är inte påkallad."])


def _log_section(draft: Draft) -> None:
    start, rng = draft.span.start, draft.rng
    last = min(draft.span.last or LAST_LOGGED, LAST_LOGGED)
    entries: list[tuple[date, str]] = []
    for year in range(start.year, last.year + 1):
        if draft.contributions and draft.chance(0.6):
            reference = (
                f'payment: {draft.contributions[0]}, year: {year}, reference: "faktura {rng.randint(1000, 9999)}"'
            )
            entries.append((date(year, rng.randint(1, 6), rng.randint(1, 28)), reference))
        if draft.chance(0.7):
            note = rng.choice(("enligt plan", "protokoll finns", "på distans", "med alla parter"))
            entries.append(
                (date(year, rng.randint(9, 12), rng.randint(1, 28)), f"duty: {draft.duties[0]}, note: {note}")
            )
    kept = sorted(each for each in entries if start <= each[0] <= last)
    if kept:
        draft.add("", "log:", *(f"  - {{date: {day}, {what}}}" for day, what in kept))


def _acknowledged_section(draft: Draft) -> None:
    """The one thing in a generated file that a rule objects to and that its keeper has answered."""
    if "  stated: 3 years" in draft.lines and draft.chance(0.08):
        draft.lines[draft.lines.index("  stated: 3 years")] = "  stated: 2 years # så i texten"
        draft.add("", "acknowledged:", "  - rule: PER003", "    reason: Texten är undertecknad; datumen används.")


def _written(draft: Draft, indexed: bool) -> str:
    """The whole file."""
    _head(draft)
    _party_section(draft)
    _period_section(draft)
    _decision_section(draft)
    _contribution_section(draft, indexed)
    forums = _forum_section(draft)
    _duty_section(draft, forums)
    _ground_section(draft)
    _clause_section(draft)
    _text_section(draft)
    _footnote_section(draft)
    _signature_section(draft)
    _document_section(draft)
    _log_section(draft)
    _acknowledged_section(draft)
    return "\n".join(draft.lines) + "\n"


def _next(rng: Random, number: int, before: Draft | None) -> tuple[Draft, bool]:
    """The next agreement, now and then the successor of the one before."""
    ended = before.span.last if before else None
    if before and ended and ended.year < 2024 and rng.random() < 0.12:
        span, indexed = _span(rng, ended)
        town, theme, parties, replaces = before.town, before.theme, before.parties, before.id
    else:
        span, indexed = _span(rng, None)
        town, theme, replaces = rng.choice(words.TOWNS), rng.choice(words.THEMES), None
        parties = _parties(rng, town)
    id_ = f"{_slug(town)}-{_slug(parties[1].name)}-{span.start.year}-{number:05}"
    return Draft(rng, id_, town, theme, parties, span, replaces), indexed


def generate(folder: Path, count: int, seed: int = 1) -> None:
    """Writes `count` sound agreements into the folder agreements/ of `folder`."""
    agreements = folder / "agreements"
    agreements.mkdir(parents=True, exist_ok=True)
    rng = Random(seed)
    draft: Draft | None = None
    for number in range(1, count + 1):
        draft, indexed = _next(rng, number, draft)
        (agreements / f"{draft.id}.yaml").write_text(_written(draft, indexed), "utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Write made-up, sound agreements for measuring.")
    parser.add_argument("folder", metavar="DIR", type=Path)
    parser.add_argument("count", metavar="COUNT", type=int)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    generate(arguments.folder, arguments.count, arguments.seed)


if __name__ == "__main__":
    main()
