"""The forms that a template has for what it prints: amounts, days, names, sections; each lets pass what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from iopctl.documents import swedish
from iopctl.documents.markdown import blocks, escape
from iopctl.documents.missing import Missing, given
from iopctl.documents.outline import worded
from iopctl.documents.parse import parse
from iopctl.documents.tree import Block, Heading, Paragraph, Picture, Strong, Text
from iopctl.locale.language import NO_BREAK
from iopctl.model import Unknown
from iopctl.render.tree import Node


class Marked(str):
    """Text that is Markdown already."""

    __slots__ = ()


def ask(what: str) -> Marked:
    """The mark of what a person has to fill in."""
    return Marked(f"**[ATT FYLLA I: {escape(re.sub(r'[][]', '', what))}]**")


def _when_given(name: str, form: Callable[..., Any]) -> Callable[..., Any]:
    """A form as a filter: what is missing, or printed already, passes through."""

    def apply(value: Any, *more: Any) -> Any:
        if value is None or isinstance(value, Marked | Missing | Unknown):
            return value
        try:
            return form(value, *more)
        except (AttributeError, TypeError, ValueError, KeyError):
            raise ValueError(f"{name}: {value}") from None

    return apply


@pass_context
def _markdown(context: Context, value: Any, what: str, underrubriker: bool = False) -> Any:
    """A section in Markdown as it is, but for headings and pictures, which are the template's.

    Where the text is a whole section its headings can be those below the section's own.
    """
    value = given(value, what)
    if isinstance(value, Missing | Marked):
        return value
    parsed = parse(str(value), tuple(context["footnotes"])).blocks
    return Marked(blocks(tuple(_plain(each, underrubriker) for each in parsed)))


def _plain(block: Block, subheadings: bool) -> Block:
    """A block that fits under any heading."""
    match block:
        case Heading():
            return Heading(3, block.inlines) if subheadings else Paragraph((Strong(block.inlines),))
        case Picture():
            return Paragraph((Text(block.description),))
        case _:
            return block


@pass_context
def _party_names(context: Context, ids: Any) -> str | None:
    """The parties' names inside a sentence, `a, b och c`; None when the agreement names none."""
    parties = context["parties"]
    if ids is None or isinstance(ids, Unknown | Missing) or not ids:
        return None
    found = [parties[id_] for id_ in ids]
    if any(isinstance(party.name, Unknown) for party in found):
        return None
    return swedish.listed([in_sentence(each) for each in found])


def in_sentence(party: Any) -> str:
    """A board loses its capital inside a sentence; other parties have proper names."""
    name: str = party.name
    return swedish.in_sentence(name) if name == party.board else name


@pass_context
def _day(context: Context, value: Any) -> Any:
    """A day in running text, as the municipality writes days."""
    if value is None or isinstance(value, Marked | Missing | Unknown):
        return value
    return swedish.day(value, context["settings"].dates)


@pass_context
def _period(context: Context, start: Any, end: Any) -> Any:
    """`från och med … till och med …`, or with a dash, as the municipality writes periods. Both days included."""
    first, last = shown(_day(context, start)), shown(_day(context, end))
    match context["settings"].period:
        case "words":
            return Marked(f"från och med {first} till och med {last}")
        case "dash":
            return Marked(f"{first}–{last}")
        case "spaced_dash":
            return Marked(f"{first} – {last}")


def shown(value: Any) -> Marked:
    """A value as a template prints it: data as the words that they are, and what is missing as its mark."""
    match value:
        case Marked():
            return value
        case None:
            return ask("uppgift saknas i överenskommelsen")
        case Unknown():
            return ask(value.unknown)
        case Missing():
            return ask(value.what)
        case _:
            return Marked(escape(str(value)))


@pass_context
def _worded(context: Context, wording: str) -> Marked:
    """An opening from the settings, with the agreement's names in it."""
    return Marked("".join(shown(each) for each in worded(wording, context["names"])))


def _heading(section: Any) -> Marked:
    """A section's heading with its signs; nothing for a section that has none."""
    words = "".join(shown(each) for each in section.heading)
    return Marked(f"{'#' * section.level} {words}" if words else "")


def _still_open(value: Any, what: str) -> Any:
    """The value; when the source leaves it open, what it is, with the source's own words for that."""
    if isinstance(value, Unknown):
        return Missing(f"{what} ({value.unknown})")
    return given(value, what)


def _web_address(value: str) -> Marked:
    """An address of the web or a mail address, safe inside a Markdown link; anything else is refused."""
    if not re.match(r"(https?://|mailto:)[^\s<>]+$", value):
        raise ValueError(f"not a web address: {value}")
    return Marked(value.replace("(", "%28").replace(")", "%29"))


def _picture(value: Any) -> Marked:
    """One of the document's pictures, such as `timeline`, told in words too; nothing when there is nothing to show."""
    return Marked(f"![{escape(value.description)}]({value.name})" if value.description else "")


def _steps(nodes: Iterable[Node]) -> Marked:
    """The steps of a reckoning as a list, what a step rests on below it."""
    return Marked("\n".join(_lines(nodes, "")))


def _lines(nodes: Iterable[Node], indent: str) -> Iterator[str]:
    for node in nodes:
        yield f"{indent}- {escape(node.text)}"
        yield from _lines(node.below, f"{indent}  ")


def _said(text: Any) -> Marked:
    """What a block of the template has printed: it is Markdown already."""
    return Marked(str(text).strip("\n"))


_WORDS: dict[str, Callable[..., Any]] = {
    "kronor": swedish.kronor,
    "dag": swedish.day_of_year,
    "månad": swedish.month,
    "längd": swedish.length,
    "gånger": swedish.times,
    "i_mening": swedish.in_sentence,
    "stor_bokstav": lambda value: value[:1].upper() + value[1:],
    "genitiv": swedish.genitive,
    "uppräkning": swedish.listed,
    "procent": lambda value: f"{swedish.SWEDISH.number(value)}{NO_BREAK}procent",
    "tal": swedish.SWEDISH.number,
    "paragraf": swedish.paragraph,
    "iso": str,
    "webbadress": _web_address,
}

FILTERS: Mapping[str, Callable[..., Any]] = {
    **{name: _when_given(name, form) for name, form in _WORDS.items()},
    "datum": _day,
    "parter": _party_names,
    "eller": given,
    "öppet": _still_open,
    "markdown": _markdown,
    "rubrik": _heading,
    "bild": _picture,
    "ordalydelse": _worded,
    "sagt": _said,
    "steg": _steps,
}
"""By the names that templates use; docs/templates.md lists them."""

GLOBALS: Mapping[str, Callable[..., Any]] = {"period": _period}

CALLED = tuple(GLOBALS.values())
"""What a template may call."""
