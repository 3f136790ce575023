"""Templates: where they are found, and how they are filled in without the data becoming markup or code."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from iopctl.documents import swedish
from iopctl.model import Unknown

SUFFIX = ".md.j2"


class TemplateFaultError(Exception):
    """A template that cannot be filled in; says which, the line, and why."""

    def __init__(self, template: str, line: int | None, reason: str) -> None:
        super().__init__(reason)
        self.template = template
        self.line = line
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as Markdown, and what is still to be filled in."""

    markdown: str
    missing: tuple[str, ...]


class _Markdown(str):
    """Text that is Markdown already."""

    __slots__ = ()


def find(folder: Path | None) -> dict[str, Path]:
    """The templates by kind; a workspace's own wins over the one that comes with iopctl."""
    folders = [_packaged(), *([folder] if folder and folder.is_dir() else [])]
    return {path.name.removesuffix(SUFFIX): path for each in folders for path in sorted(each.glob(f"*{SUFFIX}"))}


def _packaged() -> Path:
    """In the wheel the templates are inside the package; in a checkout they stand beside it."""
    inside = Path(str(resources.files("iopctl"))) / "templates"
    return inside if inside.is_dir() else inside.parent.parent / "templates"


def fill(path: Path, values: Mapping[str, Any], footnotes: Mapping[str, str]) -> Draft:
    """The template with the values in their places.

    A value that is missing or left open comes out as `[ATT FYLLA I: …]` and is listed. A name that no value has is an
    error of the template.
    """
    asked: dict[str, str] = {}

    def ask(what: str) -> _Markdown:
        mark = _Markdown(f"**[ATT FYLLA I: {escape(what)}]**")
        asked[mark] = what
        return mark

    try:
        environment = _environment(ask)
        body = environment.from_string(_body(path))
        body.filename = str(path)
        text = body.render(values)
    except TemplateSyntaxError as error:
        raise TemplateFaultError(str(path), error.lineno, error.message or "syntax") from None
    except OSError as error:
        raise TemplateFaultError(str(path), None, error.strerror or "") from None
    except (
        TemplateError,
        TypeError,
        ValueError,
        AttributeError,
        ArithmeticError,
        LookupError,
        RecursionError,
    ) as error:
        raise TemplateFaultError(str(path), _line(error, path), str(error)) from None
    markdown = _tidy(text)
    left = sorted((mark for mark in asked if mark in markdown), key=markdown.index)  # what was asked for and is printed
    return Draft(markdown + _notes(markdown, footnotes), tuple(asked[mark] for mark in left))


def _body(path: Path) -> str:
    """The template without its front matter, which is replaced by a comment so that line numbers stay true."""
    text = path.read_text("utf-8-sig")
    found = re.match(r"---\n.*?\n---\n", text, re.DOTALL)
    return "{#" + "\n" * found[0].count("\n") + "#}" + text[found.end() :] if found else text


def _environment(ask: Callable[[str], _Markdown]) -> ImmutableSandboxedEnvironment:
    def shown(value: Any) -> str:
        if isinstance(value, _Markdown):
            return value
        if value is None:
            return ask("uppgift saknas i överenskommelsen")
        if isinstance(value, Unknown):
            return ask(value.unknown)
        return escape(str(value))

    def or_ask(value: Any, what: str) -> Any:
        return ask(what) if value is None or isinstance(value, Unknown) else value

    def markdown(value: Any, what: str) -> _Markdown:
        given = or_ask(value, what)
        return given if isinstance(given, _Markdown) else _Markdown(_unwrapped(str(given)).replace("<", "\\<"))

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, finalize=shown
    )
    environment.filters["eller"] = or_ask
    environment.filters["parter"] = _party_names
    environment.filters["webbadress"] = _web_address
    environment.filters["markdown"] = markdown
    for name, function in _FORMS.items():
        environment.filters[name] = _when_given(name, function)
    return environment


def _when_given(name: str, form: Callable[[Any], str]) -> Callable[[Any], Any]:
    """A form as a filter: what is missing, or asked for already, passes through."""

    def apply(value: Any) -> Any:
        if value is None or isinstance(value, _Markdown | Unknown):
            return value
        try:
            return form(value)
        except (AttributeError, TypeError, ValueError, KeyError):
            raise ValueError(f"{name}: {value}") from None

    return apply


_FORMS: dict[str, Callable[[Any], str]] = {
    "kronor": swedish.kronor,
    "datum": swedish.day,
    "datum_i_ord": swedish.long_day,
    "dag": swedish.day_of_year,
    "månad": swedish.month,
    "längd": swedish.length,
    "gånger": swedish.times,
    "i_mening": swedish.in_sentence,
    "stor_bokstav": lambda value: value[:1].upper() + value[1:],
    "genitiv": swedish.genitive,
    "uppräkning": swedish.listed,
    "procent": lambda value: f"{swedish.SWEDISH.number(value)} procent",
}

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LEADING = re.compile(r"^( ?)(?:([#+=-])|([0-9]+)([.)]))")


def escape(text: str) -> str:
    """Data as it is to be read, whatever it would mean in Markdown; on one line, for it may stand in a list."""
    one_line = re.sub("[ \t\r\n]+", " ", text)  # a no-break space stays
    escaped = _ENTITY.sub(r"\\&", _SPECIAL.sub(r"\\\1", one_line))
    return _LEADING.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}", escaped
    )


@pass_context
def _party_names(context: Context, ids: Any) -> str | None:
    """The parties' names inside a sentence, `a, b och c`; None when the agreement names none."""
    parties = context["parties"]
    if ids is None or isinstance(ids, Unknown) or not ids:
        return None
    found = [parties[id_] for id_ in ids]
    if any(isinstance(party.name, Unknown) for party in found):
        return None
    return swedish.listed([_in_sentence(each) for each in found])


def _in_sentence(party: Any) -> str:
    """A board loses its capital inside a sentence; other parties have proper names."""
    name: str = party.name
    return swedish.in_sentence(name) if name == party.board else name


_OWN_LINE = re.compile(r"\s*([-*+>#|]|[0-9]+[.)]\s)")


def _unwrapped(text: str) -> str:
    """The text with each paragraph and list item on one line, as a word processor wants it."""
    lines: list[str] = []
    for line in text.splitlines():
        if lines and lines[-1].strip() and line.strip() and not _OWN_LINE.match(line):
            lines[-1] = f"{lines[-1].rstrip()} {line.strip()}"
        else:
            lines.append(line)
    return "\n".join(lines)


def _web_address(value: str) -> _Markdown:
    """An address of the web or a mail address, safe inside a Markdown link; anything else is refused."""
    if not re.match(r"(https?://|mailto:)[^\s<>]+$", value):
        raise ValueError(f"not a web address: {value}")
    return _Markdown(value.replace("(", "%28").replace(")", "%29"))


def _tidy(text: str) -> str:
    """No more than one empty line in a row, none at the ends, no spaces at the ends of lines."""
    lines = "\n".join(line.rstrip(" \t") for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


_REFERENCE = re.compile(r"\[\^([^\[\]\s]+)\]")


def _notes(markdown: str, footnotes: Mapping[str, str]) -> str:
    """The footnotes that the text refers to, in the order in which it does."""
    used = [name for name in dict.fromkeys(_REFERENCE.findall(markdown)) if name in footnotes]
    notes = [f"[^{name}]: {' '.join(footnotes[name].replace('<', chr(92) + '<').split())}" for name in used]
    return "\n" + "\n".join(notes) + "\n" if notes else ""


def _line(error: BaseException, path: Path) -> int | None:
    """The line of the template in which an error arose; Jinja puts the template's own lines into the trace."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename == str(path)), None)
