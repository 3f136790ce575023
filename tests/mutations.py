"""The sound agreement with some of its keys replaced, and what the rules say about it."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

from iopctl import checks
from iopctl.checks import Case, Portfolio
from iopctl.checks.digest import digest
from iopctl.form import read
from iopctl.model import Agreement, Settings, Workspace
from iopctl.source import Source
from iopctl.surroundings import packaged_tables
from tests.test_manual import completed

DAY = date(2026, 1, 15)
THEMES = ("PAR", "PER", "DEC")


def mutated(snippet: str) -> Agreement:
    """The sound agreement with the snippet's top-level keys in place of its own."""
    source = Source("sound.yaml", _text(snippet))
    made, wrong = read(Agreement, source.values)
    assert made is not None, (source.findings, wrong)
    return made


def _text(snippet: str) -> str:
    return completed(dedent(snippet))


def codes(snippet: str, as_of: date = DAY, settings: Settings | None = None) -> list[str]:
    """What the rules about parties, period and decisions find in one agreement, by code and in order."""
    workspace = Workspace(tables=packaged_tables(), settings=settings or Settings())
    case = Case("exempelkommunen-exemplet-2026", mutated(snippet), workspace, as_of, _text(snippet))
    found = [finding.rule.code for finding in checks.check(case)]
    return [code for code in found if code.startswith(THEMES)]


def codes_across(as_of: date = DAY, **snippets: str) -> list[tuple[str, str]]:
    """The same of the rules about several agreements: the id of each agreement, and the code."""
    digests = {id_: digest(mutated(snippet)) for id_, snippet in snippets.items()}
    portfolio = Portfolio(digests, frozenset(digests), Settings(), as_of)
    found = [(id_, finding.rule.code) for id_, finding in checks.across(portfolio)]
    return [(id_, code) for id_, code in found if code.startswith(THEMES)]
