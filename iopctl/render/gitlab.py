"""Findings as a Code Quality report of GitLab, which shows them beside the changes of a merge request."""

from __future__ import annotations

import json
from collections.abc import Sequence

from iopctl.finding import Placed, Severity
from iopctl.locale.language import Language
from iopctl.render.exchange import fingerprints, path, words

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def gitlab(findings: Sequence[Placed], language: Language) -> str:
    """A list of what is open; what somebody has acknowledged is left out."""
    report = [
        {
            "description": words(each, language),
            "check_name": each.finding.rule.code,
            "fingerprint": mark,
            "severity": _SEVERITIES[each.finding.weight],
            "location": {
                "path": path(each.file),
                "lines": {"begin": _line(each)},
            },
        }
        for each, mark in zip(findings, fingerprints(findings), strict=True)
        if each.finding.acknowledged is None
    ]
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _line(placed: Placed) -> int:
    """The format wants one in any case."""
    return placed.excerpts[0].span.line if placed.excerpts and placed.excerpts[0].has_line else 1
