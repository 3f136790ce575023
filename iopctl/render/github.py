"""Findings for GitHub Actions: annotations, which are commands in the step's output, and the step's summary.

GitHub obeys any line of output that begins as a command, so no text of an agreement may begin a line here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from iopctl.finding import Placed, Severity, say
from iopctl.locale.language import Language
from iopctl.render.exchange import path, words
from iopctl.render.findings import standing, summary
from iopctl.render.plain import one_line

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SUMMARY_LIMIT = 1000 * 1000
"""GitHub throws away a step's summary of more than 1024 KiB."""

_MARKUP = re.compile(r"[\\`*_\[\]<>#|~&:@$]|(?<=www)\.", re.IGNORECASE)
"""What may be read as something else than text: by Markdown, by HTML, or by GitHub, to which www. begins a link."""

_COLUMNS = (say("line"), say("rule"), say("message"))


def github(findings: Sequence[Placed], files: int, language: Language, command: str = "check") -> str:
    """A command with the counts, and one for each open finding, errors first: GitHub shows ten of each kind."""
    order = list(_COMMANDS)
    open_ = [each for each in findings if each.finding.acknowledged is None]
    lines = [_command("notice", {"title": f"iopctl {command}"}, summary(findings, files, language))]
    lines += [_annotation(each, language) for each in sorted(open_, key=lambda each: order.index(each.finding.weight))]
    return "".join(f"{line}\n" for line in lines)


def _annotation(placed: Placed, language: Language) -> str:
    finding = placed.finding
    properties = {"file": path(placed.file)}
    if placed.excerpts and placed.excerpts[0].has_line:
        line, column, end_line, end_column = placed.excerpts[0].span
        properties |= {"line": str(line), "endLine": str(end_line)}
        if line == end_line:  # GitHub refuses columns when a place has several lines
            properties |= {"col": str(column), "endColumn": str(end_column)}
    properties["title"] = f"{finding.rule.code} {finding.rule.name}"
    return _command(_COMMANDS[finding.weight], properties, words(placed, language))


def _command(name: str, properties: dict[str, str], data: str) -> str:
    described = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {described}::{_data(data)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def step_summary(findings: Sequence[Placed], files: int, language: Language, command: str = "check") -> str:
    """Markdown: the counts, and for each file a table of what was found in it."""
    text = f"## iopctl {command}\n\n{_text(summary(findings, files, language))}\n"
    blocks, size, file = [text], len(text.encode()), None
    for number, each in enumerate(findings):
        text = _row(each, language) if each.file == file else _heading(each, language) + _row(each, language)
        size, file = size + len(text.encode()), each.file
        if size > _SUMMARY_LIMIT:
            left = say("and {count} more, for which there is no room here", count=len(findings) - number)
            return "".join([*blocks, f"\n{_text(language.say(left))}\n"])
        blocks.append(text)
    return "".join(blocks)


def _heading(placed: Placed, language: Language) -> str:
    columns = " | ".join(_text(language.say(each)) for each in _COLUMNS)
    return f"\n### {_text(placed.file)}\n\n| {columns} |\n| ---: | --- | --- |\n"


def _row(placed: Placed, language: Language) -> str:
    line = str(placed.excerpts[0].span.line) if placed.excerpts and placed.excerpts[0].has_line else ""
    reason = placed.finding.acknowledged
    said = words(placed, language).split("\n")
    if reason is not None:
        said = [said[0], language.say(say("acknowledged: {reason}", reason=one_line(reason)))]
    message = "<br>".join(_text(each) for each in said)
    return f"| {line} | {standing(placed.finding, language)} {placed.finding.rule.code} | {message} |\n"


def _text(text: str) -> str:
    """The text as Markdown that shows exactly it: no markup, no link, and nobody who is mentioned is told."""
    return _MARKUP.sub(_written_out, one_line(text))


def _written_out(found: re.Match[str]) -> str:
    """The sign by its number; GitHub looks for names and issues after that, so a word joiner keeps them from theirs."""
    return f"&#{ord(found[0])};" + ("\u2060" if found[0] in "@#" else "")
