"""iopctl for other programs: `from iopctl import load, check, payments, deadlines, render`. See docs/library.md.

Everything is a value: what was loaded does not change, nothing is printed, and the day is always an argument. Amounts
are `Decimal` kronor, days are `date`. The results are those of the commands with `--format json`, typed; what is told
in words is in the language that the workspace was loaded with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeVar, get_args

from iopctl.compute.amounts import Working
from iopctl.compute.asked import Asked
from iopctl.compute.calendar import years_later
from iopctl.compute.deadlines import undone
from iopctl.documents.carried import left_out
from iopctl.documents.context import context
from iopctl.documents.templates import Templates
from iopctl.drafting import DraftError, drafted, origins, written
from iopctl.files import FOLDER, find_root, select, shown
from iopctl.finding import say, shown_route
from iopctl.judging import Report, beside, clause, judged, report, successors
from iopctl.library.results import (
    Code,
    Deadline,
    DocumentError,
    Draft,
    Finding,
    Held,
    IopctlError,
    NoAgreementError,
    NoWorkspaceError,
    Payment,
    UnsoundError,
    Workspace,
)
from iopctl.library.soundness import among, broken, require_sound
from iopctl.library.told import deadline, findings, payment
from iopctl.load import Loaded
from iopctl.load import load as read
from iopctl.locale.codes import LANGUAGES
from iopctl.locale.language import Language
from iopctl.model import Agreement, IndexTable, Settings
from iopctl.render import deadlines as in_words
from iopctl.render.findings import in_order
from iopctl.surroundings import surroundings

Format = Literal["md", "html", "docx", "pdf"]
Scenario = Literal["low", "mid", "high"]
Choice = TypeVar("Choice")

__all__ = [
    "Agreement",
    "Deadline",
    "DocumentError",
    "Draft",
    "Finding",
    "IndexTable",
    "IopctlError",
    "NoAgreementError",
    "NoWorkspaceError",
    "Payment",
    "Settings",
    "UnsoundError",
    "Working",
    "Workspace",
    "check",
    "deadlines",
    "load",
    "payments",
    "render",
    "sound",
]


def load(path: str | PathLike[str], *, language: Code = "en") -> Workspace:
    """Reads a workspace: all agreements of the one that a folder is in, or the agreement in one file.

    A folder that is in no workspace, without a folder agreements/ in or above it, is read for its own agreements. One
    file is read among the others of its workspace, which it can refer to. A file that is broken is a finding, never an
    exception. `language` is that of every text: `en` or `sv`; documents are Swedish in any case.

    Raises OSError for a path that is not there or may not be read, and NoWorkspaceError for one without agreements.
    """
    given = Path(path).absolute()
    given.stat()  # the system says best why there is nothing
    if language not in LANGUAGES:
        raise ValueError(f"language: found {language!r}, expected one of: {', '.join(LANGUAGES)}")
    root = find_root(given)
    whole = given.is_dir()
    selection = select([root / FOLDER if root is not None and whole else given])
    if not whole and given.suffix not in (".yaml", ".yml"):
        message = say("{file} is no agreement: name a folder, or a file that ends in .yaml", file=shown(given))
        raise NoWorkspaceError(Language(language).say(message))
    if root is None and selection.count == 0:
        message = say("there is no folder {folder} in {path} or above it", folder=f"{FOLDER}/", path=shown(given))
        raise NoWorkspaceError(Language(language).say(message))
    around = surroundings(root, selection)
    loaded = read(around.neighbours, around)
    ids = [id_ for id_ in selection.files if id_ in loaded.workspace.agreements]
    files = {shown(each) for each in selection.files.values()}
    wrong = [*around.findings, *selection.findings, *(each for each in loaded.findings if each.file in files)]
    return Workspace(
        root=root,
        language=language,
        agreements=MappingProxyType({id_: loaded.workspace.agreements[id_] for id_ in ids}),
        files=MappingProxyType({id_: loaded.files[id_] for id_ in ids}),
        findings=findings(in_order(wrong), Language(language)),
        settings=around.settings,
        tables=MappingProxyType(dict(around.tables)),
        held=Held(loaded, around, tuple(selection.files), selection.findings),
    )


def check(workspace: Workspace, as_of: date) -> tuple[Finding, ...]:
    """Everything that is wrong with the agreements on a day, in order of place: what `iopctl check` finds.

    Acknowledged findings are there, with the reason. What a baseline sets aside is there too.
    """
    _day(as_of, "as_of")
    held = workspace.held
    reports = {id_: _report(id_, held.loaded, as_of, path) for id_, path in held.around.neighbours.items()}
    found = judged(reports, held.asked, reports, workspace.settings, as_of, held.loaded.place)
    found += beside(workspace.root, held.around, held.unread, as_of)
    return findings(in_order(found), Language(workspace.language))


def sound(workspace: Workspace, as_of: date) -> tuple[str, ...]:
    """The ids of the agreements that can be reckoned with on a day: those without errors, in the order of their files.

    None can when iopctl.yaml is broken; those with indexation cannot when a table in indices/ is.
    """
    _day(as_of, "as_of")
    reports = among(workspace, workspace.agreements, as_of)
    out = {id_ for id_, _found in broken(workspace, list(workspace.agreements), reports, as_of)}
    return () if None in out else tuple(id_ for id_ in workspace.agreements if id_ not in out)


def payments(
    workspace: Workspace,
    id: str,  # noqa: A002  # what everybody calls it
    as_of: date,
    *,
    year: int | None = None,
    assume: Mapping[tuple[str, int | None], Decimal] | None = None,
    scenario: Scenario | None = None,
) -> tuple[Payment, ...]:
    """The payments of an agreement, with the index figures known on a day: what `iopctl pay ID` shows.

    `year` asks for those of a calendar year only. Where no figure is published, `assume` gives percentages by index and
    year (None for every year), and `scenario` those of a forecast; what rests on one has the status `forecast`. An
    amount that cannot be reckoned is None, with the reason.

    Raises NoAgreementError, UnsoundError, which carries the findings, and ValueError for what cannot be asked for.
    """
    _day(as_of, "as_of")
    require_sound(workspace, [id], as_of)
    if year is not None and not 1900 <= year <= 2199:
        raise ValueError(f"year: found {year}, expected 1900 to 2199")
    asked = Asked(as_of, _assumed(assume or {}), _one_of("scenario", scenario, Scenario) if scenario else None)
    for index in asked.unknown(workspace.tables):
        raise ValueError(f"assume: there is no index {index}; choose among: {', '.join(sorted(workspace.tables))}")
    for index, known in asked.published(workspace.tables):
        raise ValueError(f"assume: {index} {known} is published; it cannot be assumed")
    loaded = workspace.held.loaded
    return tuple(payment(each, workspace) for each in asked.paid(id, loaded.workspace, year))


def deadlines(
    workspace: Workspace,
    as_of: date,
    *,
    until: date | None = None,
    since: date | None = None,
    ids: Iterable[str] | None = None,
) -> tuple[Deadline, ...]:
    """What has to be done and is not, in order of day: what `iopctl due` shows.

    `until` is the last day to look at, a year after `as_of` when it is left out; `since` leaves out what was due before
    it. `ids` asks for some agreements; without it all are asked for, and all have to be sound.

    Raises NoAgreementError and UnsoundError: a list without what cannot be reckoned would look as if it were done. Ask
    for `ids=sound(workspace, as_of)` to have the others.
    """
    _day(as_of, "as_of")
    last = years_later(as_of, 1) if until is None else _day(until, "until")
    chosen = list(workspace.agreements) if ids is None else list(dict.fromkeys(ids))
    reports = require_sound(workspace, chosen, as_of, everything=ids is None)
    held, language = workspace.held, Language(workspace.language)
    place = clause(held.loaded)
    rows = [
        in_words.row(each, workspace.agreements[id_], language, place)
        for id_ in chosen
        for each in undone(id_, held.loaded.workspace, as_of, last)
    ]
    titles = {id_: workspace.agreements[id_].title for id_ in chosen}
    taken = in_words.takeovers(successors(reports), titles, held.loaded.files, language)
    rows += [each for each in taken if as_of <= each.deadline.day <= last]
    ordered = sorted(rows, key=lambda each: each.deadline.order)
    return tuple(deadline(each, as_of, language) for each in ordered if since is None or each.deadline.day >= since)


def render(
    workspace: Workspace,
    id: str,  # noqa: A002  # what everybody calls it
    kind: str,
    format: Format = "md",  # noqa: A002  # what everybody calls it
    *,
    as_of: date,
) -> Draft:
    """A document in Swedish about an agreement: the bytes that `iopctl render ID KIND --format FORMAT` writes.

    `kind` is one of `iopctl render --list`, the workspace's own templates included.

    Raises NoAgreementError, UnsoundError, DocumentError, ValueError for a format that there is not, and OSError when
    the municipality's Word file cannot be read.
    """
    _day(as_of, "as_of")
    _one_of("format", format, Format)
    require_sound(workspace, [id], as_of)
    held, root = workspace.held, workspace.root or Path()
    templates = Templates(root / "templates" if workspace.root else None)
    language = Language(workspace.language)
    if kind not in templates.kinds():
        message = say("there is no kind {kind}; choose among: {kinds}", kind=kind, kinds=", ".join(templates.kinds()))
        raise DocumentError(language.say(message))
    values = context(id, held.loaded.workspace, kind, as_of)
    origin = origins(root, kind, as_of, {id: str(held.around.neighbours[id])})[id]
    try:
        document = drafted(templates, values, origin)
        data = written(document, format, root, workspace.settings.documents.frame)
    except DraftError as error:
        raise DocumentError(language.say(error.reason)) from None
    lost = tuple(shown_route(each) for each in left_out(values["agreement"], document))
    return Draft(data, document.missing, lost)


def _report(id_: str, loaded: Loaded, as_of: date, path: Path) -> Report:
    if id_ in loaded.workspace.agreements:
        return report(id_, loaded, as_of)
    return Report(tuple(each for each in loaded.findings if each.file == shown(path)), None)


def _day(day: date, name: str) -> date:
    """A day that everything can be reckoned from; a datetime would only seem to be one."""
    if type(day) is not date:
        raise TypeError(f"{name}: found {day!r}, expected a datetime.date")
    if not 1900 <= day.year <= 2199:
        raise ValueError(f"{name}: found {day}, expected a day from 1900 to 2199")
    return day


def _one_of(name: str, value: Choice, choices: object) -> Choice:
    if value not in get_args(choices):
        raise ValueError(f"{name}: found {value!r}, expected one of: {', '.join(get_args(choices))}")
    return value


def _assumed(assume: Mapping[tuple[str, int | None], Decimal]) -> Mapping[tuple[str, int | None], Decimal]:
    for key, percent in assume.items():
        if not isinstance(percent, Decimal) or not -100 < percent < 1000:
            raise ValueError(f"assume: found {percent!r} for {key!r}, expected a Decimal of more than -100 percent")
    return assume
