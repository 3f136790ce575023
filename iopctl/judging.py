"""What is wrong with agreements, by themselves and among each other, and which of them can be reckoned with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from iopctl.checks import Case, Portfolio, across, check
from iopctl.checks.acknowledge import RULES, judge, weigh
from iopctl.checks.digest import Digest, digest
from iopctl.checks.follow_up import log_in_the_future
from iopctl.checks.indexing import index_missing
from iopctl.finding import Finding, Label, Placed, Route
from iopctl.load import Loaded
from iopctl.model import Settings
from iopctl.render.findings import in_order
from iopctl.render.names import Place
from iopctl.render.plain import one_line
from iopctl.rules import ALL
from iopctl.surroundings import Surroundings, judge_settings


class Report(NamedTuple):
    """What one file is found to be: what is wrong with it by itself, and what it is to the others."""

    findings: tuple[Placed, ...]
    digest: Digest | None
    """None when the file could not become an agreement."""


Find = Callable[[str, Finding], Placed]
"""Finds the lines that a finding about an agreement, by its id, points at."""


def report(id_: str, loaded: Loaded, as_of: date) -> Report:
    """What one agreement is found to be."""
    agreement = loaded.workspace.agreements[id_]
    source = loaded.sources[id_]
    case = Case(id_, agreement, loaded.workspace, as_of, source.text, source.personal_numbers())
    return Report(tuple(loaded.place(id_, finding) for finding in check(case)), digest(agreement))


def judged(
    reports: Mapping[str, Report],
    ids: Iterable[str],
    known: Iterable[str],
    settings: Settings,
    as_of: date,
    place: Find,
) -> list[Placed]:
    """What is wrong with some of the agreements, with what shows only among all of them.

    `known` are all the ids that one can refer to, those included whose files have no report.
    """
    wanted = dict.fromkeys(ids)
    digests = {id_: report.digest for id_, report in reports.items() if report.digest is not None}
    portfolio = Portfolio(digests, frozenset(known), settings, as_of)
    crossing: dict[str, list[Placed]] = defaultdict(list)
    for id_, finding in across(portfolio):
        if id_ in wanted:
            crossing[id_].append(place(id_, finding))
    found: list[Placed] = []
    for id_ in wanted:
        report = reports[id_]
        waivers = report.digest.waivers if report.digest else ()
        both = [*report.findings, *crossing.get(id_, ())]
        found += judge(both, waivers, settings, as_of, partial(place, id_)) if both or waivers else ()
    return found


def beside(root: Path | None, around: Surroundings, unread: Sequence[Placed], as_of: date) -> list[Placed]:
    """What is wrong beside the agreements: files that could not be taken (`unread`), index tables, settings."""
    names = {name for rule in ALL for name in (rule.code, rule.name)}
    found = (*unread, *around.findings, *judge_settings(root, around.settings, as_of, names))
    weighed = (weigh(each, around.settings) for each in found)
    return [each for each in weighed if each is not None]


def stops(placed: Placed) -> bool:
    """Whether a finding stops an agreement from being reckoned with.

    A missing index stops only the payments that need it, and what has been logged since stops nobody from asking how
    things stood on a day that has passed.
    """
    return placed.finding.fails_run() and placed.finding.rule not in (index_missing.rule, log_in_the_future.rule)


def usable(id_: str, report: Report, loaded: Loaded, as_of: date) -> bool:
    """Whether nothing that can be seen in the agreement alone, or in the tables it needs, stops it."""
    if not loaded.tables_sound and any(each.indexation for each in loaded.workspace.agreements[id_].contributions):
        return False
    return not stopping(report, loaded, as_of)


def stopping(report: Report, loaded: Loaded, as_of: date) -> list[Placed]:
    """What stops an agreement, of what can be seen in it alone."""
    waivers = report.digest.waivers if report.digest else ()
    found = judge(report.findings, waivers, loaded.workspace.settings, as_of, lambda each: Placed(each, ""))
    # whether an acknowledgement is idle shows only when all agreements have been looked at
    return [each for each in found if each.finding.rule not in RULES and stops(each)]


def successors(reports: Mapping[str, Report]) -> Iterator[tuple[str, str, date]]:
    """Agreements that take the place of others: its id, the other's, and its first day."""
    for id_, each in reports.items():
        if each.digest is not None and each.digest.replaces is not None and each.digest.stretches:
            yield id_, each.digest.replaces, each.digest.stretches[0].start


def in_the_way(
    reports: Mapping[str, Report],
    ids: Iterable[str],
    around: Surroundings,
    others: Iterable[Placed],
    as_of: date,
    place: Find,
) -> list[Placed]:
    """What stops some of the agreements, and what is wrong beside them and would stop any, in order of place.

    `others` is what kept files from becoming agreements.
    """
    found = judged(reports, ids, around.neighbours, around.settings, as_of, place)
    return [each for each in in_order([*found, *around.findings, *others]) if stops(each)]


def clause(loaded: Loaded) -> Place:
    """Where a route of an agreement stands: file:line:column."""

    def find(id_: str, route: Route) -> str:
        excerpt = loaded.sources[id_].excerpt(Label(route))
        return f"{one_line(excerpt.file)}:{excerpt.span.line}:{excerpt.span.column}"

    return find
