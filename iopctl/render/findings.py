"""Findings as frames for a person, as one line each, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from iopctl.finding import Excerpt, Finding, Placed, Severity, say
from iopctl.locale.language import Language
from iopctl.render.plain import brief, one_line

Paint = Callable[[str, str], str]
"""Colours a text: (style, text) → text."""

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
SEVERITIES = {Severity.ERROR: say("error"), Severity.WARNING: say("warning"), Severity.INFO: say("information")}
_WINDOW = 100
"""The most characters of a line that are shown; a longer one is cut around what is pointed at."""


def no_paint(_style: str, text: str) -> str:
    """Leaves a text as it is."""
    return text


def full(findings: Sequence[Placed], files: int, language: Language, paint: Paint = no_paint, aside: int = 0) -> str:
    """A frame for each finding, and a closing count."""
    return frames(findings, language, paint) + summary(findings, files, language, aside) + "\n"


def frames(findings: Sequence[Placed], language: Language, paint: Paint = no_paint) -> str:
    """A frame for each finding: the line, a caret for each place, and the next step."""
    return "".join(f"{_frame(each, language, paint)}\n" for each in findings)


def concise(findings: Sequence[Placed], files: int, language: Language, paint: Paint = no_paint, aside: int = 0) -> str:
    """A line for each finding: file:line:column: severity[code]: message."""
    lines = [line(each, language, paint) for each in findings]
    return "\n".join([*lines, summary(findings, files, language, aside)]) + "\n"


def line(placed: Placed, language: Language, paint: Paint = no_paint) -> str:
    """A finding on a line: file:line:column: severity[code]: message."""
    return f"{_place(placed, language)}: {_head(placed, language, paint)}"


def statistics(findings: Sequence[Placed], files: int, language: Language) -> str:
    """How often each rule finds something, the most frequent first, and a closing count."""
    counted = Counter(each.finding.rule for each in findings)
    ordered = sorted(counted.items(), key=lambda each: (-each[1], each[0].code))
    width = len(str(max(counted.values(), default=0)))
    lines = [f"{count:>{width}}  {rule.code}  {rule.name}" for rule, count in ordered]
    return "\n".join([*lines, summary(findings, files, language)]) + "\n"


def statistics_json(findings: Sequence[Placed], files: int) -> str:
    """The same as one object."""
    import json  # only where another program asks

    counted = Counter(each.finding.rule for each in findings)
    rows = [
        {"code": rule.code, "name": rule.name, "count": count}
        for rule, count in sorted(counted.items(), key=lambda each: (-each[1], each[0].code))
    ]
    return json.dumps({"format": 1, "files": files, "statistics": rows}, ensure_ascii=False, indent=2) + "\n"


def as_json(findings: Sequence[Placed], files: int, language: Language) -> str:
    """One object with every finding; the names and the codes do not depend on the language."""
    import json  # only where another program asks

    data = {"format": 1, "files": files, "findings": [record(each, language) for each in findings]}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def summary(findings: Sequence[Placed], files: int, language: Language, aside: int = 0) -> str:
    """How many files were checked and how many findings of each kind there are, those in the baseline apart."""
    open_ = [each.finding for each in findings if each.finding.acknowledged is None]
    counted = language.say(
        say(
            "files checked: {files}; errors: {errors}, warnings: {warnings}, "
            "information: {information}, acknowledged: {acknowledged}",
            files=files,
            errors=sum(each.weight is Severity.ERROR for each in open_),
            warnings=sum(each.weight is Severity.WARNING for each in open_),
            information=sum(each.weight is Severity.INFO for each in open_),
            acknowledged=len(findings) - len(open_),
        )
    )
    return counted + language.say(say("; in the baseline: {count}", count=aside)) if aside else counted


def _frame(placed: Placed, language: Language, paint: Paint) -> str:
    finding = placed.finding
    excerpts = () if finding.acknowledged is not None else placed.excerpts
    gutter = max((len(str(each.span.line)) for each in excerpts), default=1)
    edge = " " * gutter
    where = f"{_place(placed, language)} {paint('blue', brief(placed.route))}".rstrip()
    lines = [_head(placed, language, paint), f"{edge}{paint('blue', '-->')} {where}"]
    file = placed.file
    for number, excerpt in enumerate(excerpts):
        if excerpt.file != file:
            lines.append(f"{edge}{paint('blue', '-->')} {place(excerpt, language)}")
            file = excerpt.file
        lines += _pointed(excerpt, gutter, number == 0, finding.weight, language, paint)
    if finding.acknowledged is not None:
        reason = language.say(say("acknowledged: {reason}", reason=one_line(finding.acknowledged)))
        lines.append(f"{edge} {paint('blue', '=')} {reason}")
    elif finding.help is not None:
        advice = brief(language.say(say("help: {advice}", advice=finding.help)))
        lines.append(f"{edge} {paint('blue', '=')} {advice}")
    return "\n".join(lines) + "\n"


def _head(placed: Placed, language: Language, paint: Paint) -> str:
    finding = placed.finding
    style = _STYLES[finding.weight] if finding.acknowledged is None else "bold green"
    message = brief(language.say(finding.message))
    return f"{paint(style, f'{standing(finding, language)}[{finding.rule.code}]')}: {paint('bold', message)}"


def standing(finding: Finding, language: Language) -> str:
    """One word for how much it weighs, or that somebody has acknowledged it."""
    return language.say(SEVERITIES[finding.weight]) if finding.acknowledged is None else language.word("acknowledged")


def _place(placed: Placed, language: Language) -> str:
    return place(placed.excerpts[0], language) if placed.excerpts else one_line(placed.file)


def place(excerpt: Excerpt, language: Language) -> str:
    """Where it is: file:line:column, or the paragraph of a Word file with the heading above it."""
    file = one_line(excerpt.file)
    if excerpt.has_line:
        return f"{file}:{excerpt.span.line}:{excerpt.span.column}"
    where = {"file": file, "number": str(excerpt.span.line), "heading": brief(excerpt.heading or "", _HEADING)}
    if not excerpt.heading:
        return language.say(say("{file}, paragraph {number}", **where))
    return language.say(say("{file}, paragraph {number}, under “{heading}”", **where))


_HEADING = 60
"""The most characters of a heading that name a place."""


def _pointed(
    excerpt: Excerpt, gutter: int, primary: bool, severity: Severity, language: Language, paint: Paint
) -> list[str]:
    """The line of text, and under it the caret and what is said about the place."""
    span = excerpt.span
    start = min(span.column - 1, len(excerpt.text))
    end = min(span.end_column - 1, len(excerpt.text)) if span.end_line == span.line else len(excerpt.text)
    before, at, after = (one_line(each) for each in _cut(excerpt.text, start, max(start, end)))
    mark = ("^" if primary else "-") * max(1, len(at))
    style = _STYLES[severity] if primary else "blue"
    label = f" {brief(language.say(excerpt.message))}" if excerpt.message else ""
    bar = paint("blue", "|")
    return [
        f"{paint('blue', str(span.line).rjust(gutter))} {bar} {before}{at}{after}",
        f"{' ' * gutter} {bar} {' ' * len(before)}{paint(style, mark + label)}",
    ]


def _cut(text: str, start: int, end: int) -> tuple[str, str, str]:
    """At most _WINDOW characters of a line: what comes before the stretch pointed at, the stretch, what comes after."""
    first = max(0, min(start - 20, len(text) - _WINDOW))
    last = first + _WINDOW
    head, tail = ("…" if first else ""), ("…" if last < len(text) else "")
    return head + text[first:start], text[start : min(end, last)], text[max(start, min(end, last)) : last] + tail


def record(placed: Placed, language: Language) -> dict[str, Any]:
    """A finding for another program."""
    finding = placed.finding
    return {
        "code": finding.rule.code,
        "name": finding.rule.name,
        "severity": finding.weight.value,
        "message": language.say(finding.message),
        "help": language.say(finding.help) if finding.help else None,
        "acknowledged": finding.acknowledged,
        "file": placed.file,
        "route": placed.route or None,
        "places": [_place_record(each, language) for each in placed.excerpts],
    }


def _place_record(excerpt: Excerpt, language: Language) -> dict[str, Any]:
    span = excerpt.span
    lines = ("line", "end_line") if excerpt.has_line else ("paragraph", "end_paragraph")
    return {
        "file": excerpt.file,
        lines[0]: span.line,
        "column": span.column,
        lines[1]: span.end_line,
        "end_column": span.end_column,
        **({} if excerpt.has_line else {"heading": excerpt.heading}),
        "label": language.say(excerpt.message) if excerpt.message else None,
    }


def in_order(findings: Iterable[Placed]) -> list[Placed]:
    """By file, then by place in the file; what concerns a whole file comes first."""
    return sorted(findings, key=_sort_key)


def _sort_key(placed: Placed) -> tuple[str, int, int, str]:
    if not placed.excerpts:
        return placed.file, 0, 0, placed.finding.rule.code
    span = placed.excerpts[0].span
    return placed.file, span.line, span.column, placed.finding.rule.code
