"""The sound agreement with some of its keys changed, and what the real check finds in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from iopctl.cli.app import run
from tests.test_manual import completed

FILE = Path("agreements/exempelkommunen-exemplet-2026.yaml")


def findings(snippet: str, capsys: pytest.CaptureFixture[str], as_of: str = "2026-01-15") -> list[dict[str, Any]]:
    """The findings, as JSON has them, when the snippet's top-level keys take the place of the sound agreement's."""
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(completed(snippet), "utf-8")
    run(["check", str(FILE), "--as-of", as_of, "--format", "json"])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
    return found


def codes(snippet: str, capsys: pytest.CaptureFixture[str], as_of: str = "2026-01-15") -> list[str]:
    """Their codes."""
    return [each["code"] for each in findings(snippet, capsys, as_of)]
