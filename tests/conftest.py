"""What every test can rely on: messages in English, nothing at random, and an option that records screens."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

os.environ["IOPCTL_LANG"] = "en"  # the language is chosen once, when the commands are imported
os.environ.pop("IOPCTL_DEBUG", None)
settings.register_profile("iopctl", deadline=None, derandomize=True, database=None)
settings.load_profile("iopctl")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-screens", action="store_true", help="record the screens in tests/cases anew; read the difference after"
    )
