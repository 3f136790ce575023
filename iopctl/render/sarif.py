"""Findings as SARIF 2.1.0, which code scanning services and editors read.

No line of an agreement is copied into the log: a place is a line and columns, and who may see the file can look there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from iopctl.finding import Excerpt, Message, Placed, Rule, Severity
from iopctl.locale.language import Language
from iopctl.model.manual import Bilingual, ManualPage
from iopctl.render.exchange import fingerprints, words
from iopctl.render.plain import one_line

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(
    findings: Sequence[Placed],
    language: Language,
    *,
    rules: Sequence[Rule],
    pages: Mapping[str, ManualPage],
    version: str,
) -> str:
    """A log of one run; `rules` are all that could have been found, `pages` what the manual says, by code."""
    numbers = {rule.code: number for number, rule in enumerate(rules)}
    driver = {
        "name": "iopctl",
        "version": version,
        "rules": [_rule(rule, pages[rule.code], language) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "language": language.code,
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(each, numbers.get(each.finding.rule.code), mark, language)
            for each, mark in zip(findings, fingerprints(findings), strict=True)
        ],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule, page: ManualPage, language: Language) -> dict[str, Any]:
    short, what = _in(page.title, language), _in(page.what, language)
    explained = [what, _in(page.why, language)]
    explained += [" ".join(filter(None, (source.title, source.address))) for source in page.sources]
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": short},
        "fullDescription": {"text": what},
        "help": {"text": "\n\n".join(explained)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _in(text: Bilingual, language: Language) -> str:
    return text.sv if language.code == "sv" else text.en


def _result(placed: Placed, rule_number: int | None, mark: str, language: Language) -> dict[str, Any]:
    finding = placed.finding
    reason = finding.acknowledged
    first, *others = placed.excerpts or (None,)
    place = _location(placed.file, first, language)
    if placed.route:
        place["logicalLocations"] = [{"fullyQualifiedName": one_line(placed.route)}]
    # the ids keep two labels on the same words apart, which the format wants different
    related = [{"id": number, **_location(each.file, each, language)} for number, each in enumerate(others, 1) if each]
    return {
        "ruleId": finding.rule.code,
        **({} if rule_number is None else {"ruleIndex": rule_number}),
        "level": _LEVELS[finding.weight],
        "message": {"text": _unlinked(words(placed, language))},
        "locations": [place],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {"findingHash/v1": mark},
        # where one result has this, all must have it
        "suppressions": [] if reason is None else [{"kind": "inSource", "justification": one_line(reason)}],
    }


def _location(file: str, excerpt: Excerpt | None, language: Language) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(file if excerpt is None else excerpt.file)}
    if excerpt is None:
        return {"physicalLocation": physical}
    if not excerpt.has_line:  # a Word file: the words of the result say where
        return {"physicalLocation": physical, **_message(excerpt.message, language)}
    line, column, end_line, end_column = excerpt.span
    physical["region"] = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    return {"physicalLocation": physical, **_message(excerpt.message, language)}


def _message(message: Message | None, language: Language) -> dict[str, Any]:
    return {} if message is None else {"message": {"text": _unlinked(one_line(language.say(message)))}}


def _artifact(file: str) -> dict[str, str]:
    """The name's very bytes, percent-encoded; one that is not UTF-8 comes with a surrogate for each bad byte."""
    try:
        octets = file.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a surrogate that stands for no byte, as Windows allows
        octets = file.encode("utf-8", "surrogatepass")
    address = quote(octets)
    return {"uri": f"file://{address}"} if file.startswith("/") else {"uri": address, "uriBaseId": "%SRCROOT%"}


def _unlinked(text: str) -> str:
    """SARIF reads [words](target) in a message as a link; what stands in an agreement must not become one.

    Braces stay as they are: they are placeholders only in a message that comes with arguments, and ours have none.
    """
    return text.replace("](", "] (")
