"""What texts should not hold: placeholders, open questions, personal data, and characters that nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from iopctl.checks.case import Case, rule
from iopctl.finding import Finding, Label, Message, Rule, Severity, Span, say
from iopctl.model import Unknown
from iopctl.personal import masked


@rule("TXT001", Severity.WARNING)
def open_question(rule: Rule, case: Case) -> Iterator[Finding]:
    """The agreement leaves something open and says so: `{unknown: "§ XXX"}`.

    Nothing is wrong with the file; the list is what remains to be found out before the agreement is complete.
    """
    if not case.has_unknown:
        return
    for route, value in case.leaves:
        if type(value) is Unknown:
            message = say("open: {words}", words=say("“{text}”", text=value.unknown))
            label = Label((*route, "unknown"))
            yield Finding(rule, message, (label,), say("write the value here when it is known"))


@rule("TXT002")
def placeholder(rule: Rule, case: Case) -> Iterator[Finding]:
    """A text still holds a placeholder: XX, "ej klart", "Fyll i", a lone "Text", a dead link, a date without a day.

    Such leftovers stand in real signed agreements ("Lund den XX", "§ XXX"). Write the missing words, or write the value
    as an explicit unknown, which check lists without failing.
    """
    if not any(each.search(case.written_out) for each in _MAYBE):
        return
    for route, text in case.texts:
        for words in dict.fromkeys(text[start:end].strip() for start, end in placeholders(text)):
            message = say("a placeholder is left in the text: {words}", words=say("“{text}”", text=words))
            yield Finding(rule, message, (Label(route, needle=words),), _WRITE_IT)


def placeholders(text: str) -> Iterator[tuple[int, int]]:
    """Where something stands that was to be filled in."""
    yield from (found.span() for found in _PLACEHOLDER.finditer(text))
    if text == "#":  # a link's target
        yield 0, 1
    if "Text" in text and (found := _TEMPLATE.search(text)):
        yield text.index("Text", found.start()), text.index("Text", found.start()) + len("Text")


_WRITE_IT = say(
    "write what is to stand there; a name, a date or a § that is not known yet is written {example}",
    example='{unknown: "…"}',
)

_SIGNS = (
    r"(?<![^\W\d])X{2,}(?!\w)",  # "§ XXX", "den XX", "20XX"
    r"§\s*x{2,}(?!\w)",
    r"_{3,}",
    r"ej klart\b",
    r"Fyll i annars|ATT FYLLA I\b|\bTBD\b",
    r"\]\(\s*#?\s*\)",  # a link without a target
    r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?![0-9])",  # "2017-12-"
)
_PLACEHOLDER = re.compile("|".join(_SIGNS))
_TEMPLATE = re.compile(r"(?:\A|\n[ \t]*\n)[ \t]*Text[ \t]*(?=\n[ \t]*\n|\s*\Z)")  # instead of a section
_MAYBE = tuple(
    re.compile(each)
    for each in (
        r"X(?=X)",
        r"§\s*xx",
        r"_(?=__)",
        r"j(?<=ej)(?=\s+klart)",
        r"F(?=yll\s+i\s+annars)",
        r"A(?=TT\s+FYLLA)",
        r"T(?=BD|ext(?!\w))",
        r"\](?=\(\s*#?\s*\))",
        r"""#(?=["']|[^\S \t]|\Z)""",  # alone: in quotation marks, or on a line of a block
        r"-(?![0-9])(?<=(?:19|20)[0-9]{2}-[01][0-9]-)",
    )
)
"""One of these stands in every file with a placeholder, whatever lines it is broken over, and in few others.

Each begins with a single character that is seldom, and re jumps from one such to the next: ten of these searches take a
tenth of the time of _PLACEHOLDER's one."""


@rule("TXT003", Severity.WARNING)
def unsigned_line(rule: Rule, case: Case) -> Iterator[Finding]:
    """The agreement has begun, one party has signed on a day, and another's line has none.

    A date that is open is listed as such; an agreement whose file gives no date at all may be signed all the same.
    """
    signatures = case.agreement.signatures
    dated = [number for number, each in enumerate(signatures) if isinstance(each.date, date)]
    if not dated or len(dated) == len(signatures):
        return
    if not case.begun:
        return
    for number, each in enumerate(signatures):
        if each.date is None:
            labels = (
                Label(("signatures", number, "party"), say("no date")),
                Label(("signatures", dated[0], "date"), say("signed")),
                Label(("period", "start"), say("it has begun")),
            )
            yield Finding(
                rule,
                say("the agreement has begun, and {party} has a line that is not signed", party=each.party),
                labels,
                _SIGN,
            )


_SIGN = say("look at the signed copy and write the date; if it is not signed, have it signed")


@rule("TXT004")
def personal_number(rule: Rule, case: Case) -> Iterator[Finding]:
    """A personal number (personnummer or samordningsnummer) stands in the file, be it in a text, a key or a comment.

    It is not shown, here or anywhere else. Numbers to reckon with are left alone, and so is what stands for an
    organisation number: PAR001 judges that.
    """
    if not case.personal_numbers:
        return
    texts = {(*route, "unknown") if type(value) is Unknown else route for route, value in case.leaves}
    texts |= {route[:-1] for route in texts if route[-1] == 0}  # a single text may stand where a list can
    places = dict.fromkeys(span if route is None else route for route, span in case.personal_numbers)
    for place in places:
        if isinstance(place, Span) or (place in texts and place[-1] != "organisation_number"):
            yield Finding(rule, say("a personal number stands in the file"), (Label(place, hidden=True),), _REMOVE)


_REMOVE = say("remove it, from the history of a shared file too; name people by their name and role")


@rule("TXT005", Severity.WARNING)
def private_contact(rule: Rule, case: Case) -> Iterator[Finding]:
    """A text holds a mobile number, or an e-mail address at a service for private persons.

    Information when the address seems to be a person's own, first.last@, at an organisation. An address of a function
    (info@, registrator@) is what should stand there. The log is not published, so it is not looked at.
    """
    mobile = any(each.search(case.written_out) for each in _MAYBE_MOBILE)
    if not mobile and "@" not in case.written_out:
        return
    for route, text in case.texts:
        if route[0] != "log":
            for words, kind in dict.fromkeys(contacts(text) if mobile or "@" in text else ()):
                yield private(rule, kind, Label(route, needle=words))


ContactKind = Literal["mobile", "private", "own"]


def contacts(text: str) -> Iterator[tuple[str, ContactKind]]:
    """The mobile numbers in a text, and the addresses that are a private person's, or seem to be a person's own."""
    for found in _MOBILE.finditer(text):
        if masked(found[0]) == found[0]:
            yield found[0], "mobile"
    for found in _ADDRESS.finditer(text):
        kind = _whose(*found.groups())
        if kind:
            yield found[0], kind


def _whose(name: str, host: str) -> ContactKind | None:
    """Whether an address is a person's, and not that of a function or a body."""
    if any(
        part in _POST or part.startswith(_FUNCTIONS) or part.endswith(_BODIES) for part in _PARTS.split(name.lower())
    ):
        return None
    if host.lower() in _PRIVATE:
        return "private"
    return "own" if _FIRST_LAST.fullmatch(name) else None


def private(rule: Rule, kind: ContactKind, label: Label) -> Finding:
    """The finding about one of them."""
    return Finding(rule, _CONTACTS[kind], (label,), _FUNCTION, Severity.INFO if kind == "own" else None)


_CONTACTS: Mapping[ContactKind, Message] = {
    "mobile": say("a mobile number stands in a text"),
    "private": say("an e-mail address at a service for private persons stands in a text"),
    "own": say("an e-mail address that seems to be a person's own stands in a text"),
}
_FUNCTION = say(
    "the agreement may be published: write the address or number of a function or an organisation, or leave it out"
)
_MOBILE = re.compile(
    r"(?<![\w/.-])(?:(?:\+46|0046)[ \u00a0-]?(?:\(0\)[ \u00a0]?)?|0)7[02369](?:[ \u00a0-]{0,3}[0-9]){7}(?![\w/])"
)
_MAYBE_MOBILE = (
    re.compile(r"7(?<=07)[02369](?:[\s-]*[0-9]){7}"),
    re.compile(r"4(?<=[+0]4)6[\s()0-]*7[02369]"),
)
"""One of these stands in every file with a mobile number, whatever lines it is broken over, and in few others."""
_ADDRESS = re.compile(r"(?<![\w.+-])([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)")
_PRIVATE = frozenset(
    {
        "gmail.com", "googlemail.com", "hotmail.com", "hotmail.se", "outlook.com", "outlook.se", "live.com", "live.se",
        "msn.com", "icloud.com", "me.com", "yahoo.com", "yahoo.se", "telia.com", "comhem.se", "bredband.net",
    }
)  # fmt: skip
_FIRST_LAST = re.compile(r"[^\W\d_]{2,}\.[^\W\d_]{2,}(?:[.-][^\W\d_]+)*")
_PARTS = re.compile(r"[._+-]")
_POST = ("post", "mail", "epost")
_FUNCTIONS = (
    "info", "kontakt", "kommun", "region", "registrator", "diari", "kansli", "kund", "support", "omsorg", "social",
    "styrelse", "ekonomi", "faktura",
)  # fmt: skip
_BODIES = ("namnd", "namnden", "forvaltning", "forvaltningen", "kommun", "kommunen", "forening", "foreningen")
"""What the addresses of functions and bodies begin or end with; in addresses å, ä and ö are written a and o."""


@rule("TXT006", Severity.WARNING)
def invisible_characters(rule: Rule, case: Case) -> Iterator[Finding]:
    """A text holds characters that a reader does not see, or a word that mixes Latin and Cyrillic letters.

    What is not seen is not what is agreed: a sum can be shown in another order than it is written, and a name that
    looks right is not found. Soft hyphens, no-break spaces and no-break hyphens come from word processors and are
    ordinary; joiners are, in the scripts that are written with them.
    """
    if not _may_hide(case.encoded):
        return
    for route, text in case.texts:
        if text.isascii():
            continue
        unseen = list(dict.fromkeys(found[0] for found in _UNSEEN.finditer(text)))
        if unseen:
            codes = ", ".join(dict.fromkeys(f"U+{ord(each[0]):04X}" for each in unseen))
            message = say("the text holds characters that a reader does not see: {codes}", codes=codes)
            yield Finding(rule, message, (Label(route, needle=unseen[0]),), _RETYPE)
        for word in dict.fromkeys(found[0] for found in _MIXED.finditer(text)):
            codes = ", ".join(f"U+{ord(each):04X}" for each in dict.fromkeys(word) if "\u0400" <= each <= "\u052f")
            message = say("a word mixes Latin letters with Cyrillic ones that look alike: {codes}", codes=codes)
            yield Finding(rule, message, (Label(route, needle=word),), _RETYPE)


def _may_hide(encoded: bytes) -> bool:
    """Whether the text has anything but Latin letters and ordinary signs, by the first bytes of its characters."""
    return bool(encoded.translate(None, _LATIN)) or any(each.search(encoded) for each in _UNSEEN_SIGNS)


_LATIN = bytes(range(0xCA)) + b"\xe2"
"""ASCII, what follows a first byte, and the first bytes of U+0080 to U+027F and, for dashes and quotation marks, U+2000
to U+2FFF. Of these _UNSEEN has only what _UNSEEN_SIGNS look for, and _MIXED nothing."""
_UNSEEN_SIGNS = (
    re.compile(rb"\xad(?=\xc2\xad)"),  # two soft hyphens
    re.compile(rb"\xe2(?=\x80[\x8b-\x8f\xaa-\xae]|\x81[\xa0-\xaf])"),  # U+200B–F, U+202A–E, U+2060–F
)
_RETYPE = say("delete the word and write it again by hand")
_UNSEEN = re.compile(
    "[\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u206f\u034f\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0\U000e0000-\U000e007f]"
    "|\xad{2,}"
    "|(?<=[\x00-\u024f])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\u024f])|\\A[\u200c\u200d]|[\u200c\u200d]\\Z"
)
_MIXED = re.compile(r"\b(?=\w*[A-Za-z\u00c0-\u024f])(?=\w*[\u0400-\u052f])\w+")
