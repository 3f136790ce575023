"""A test whose program is absent says so; where nothing may be skipped, it fails."""

from __future__ import annotations

import pytest

from tests import tools


def test_an_absent_program_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception) as caught:
        tools.needs("python", "no-such-program", "nor-this")
    assert caught.value.msg == "absent: no-such-program, nor-this; .ci/tools installs it"


def test_in_ci_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception) as caught:
        tools.needs("no-such-program")
    assert caught.value.msg == "absent, and .ci/tools installs it: no-such-program"


def test_what_is_there_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    tools.needs("sh")
