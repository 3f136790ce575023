"""What the library gives: a workspace, findings, payments, deadlines and drafts as frozen values; and its errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from iopctl.compute.amounts import Working
from iopctl.finding import Placed
from iopctl.load import Loaded
from iopctl.model import Agreement, IndexTable, Settings
from iopctl.surroundings import Surroundings

Code = Literal["en", "sv"]


class IopctlError(Exception):
    """What the library cannot do. Its text says why, in the workspace's language; every error below is one."""


class NoWorkspaceError(IopctlError):
    """The path is no agreement, and no folder with agreements in or above it."""


class NoAgreementError(IopctlError):
    """The workspace has no agreement with this id, or its file could not become one: see `Workspace.findings`."""


class UnsoundError(IopctlError):
    """Numbers from broken data are refused: an agreement has an error that nobody has acknowledged."""

    def __init__(self, text: str, findings: tuple[Finding, ...]) -> None:
        super().__init__(text)
        self.findings = findings
        """The errors, in order of place."""


class DocumentError(IopctlError):
    """A document that cannot be made: no such kind, a template, a Word file or a text that cannot be used."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is, or may be, wrong, as `iopctl check` tells it. `str()` is a line: file:line:column: …"""

    code: str
    """The rule's code, which never changes its meaning: `PER003`. `iopctl explain` has a page about each."""
    name: str
    """The rule's name: `stated-length`."""
    severity: Literal["error", "warning", "info"]
    message: str
    help: str | None
    """The next step, when there is one to name."""
    acknowledged: str | None
    """The reason that the agreement gives for why this stays as it is; then it is no error any more."""
    file: str
    line: int | None
    """From 1; None where a whole file is meant."""
    column: int | None
    """In characters, from 1."""
    route: str | None
    """The place in the agreement's own terms: `period.stated`."""
    text: str
    """All of it in a line."""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment, or a correction of some that were made, as `iopctl pay` shows it."""

    agreement: str
    """The agreement's id."""
    contribution: str | None
    """The contribution's id."""
    kind: Literal["instalment", "correction"]
    year: int
    """The calendar year that it is for."""
    start: date
    end: date
    """The first and the last day that it is for."""
    number: int
    of: int
    """Its number among the payments of the year."""
    agreed_day: date | None
    """The day as agreed; None when the agreement gives none."""
    due: date | None
    """The latest day in practice: an open day. None when no day is given, or something is waited for."""
    payers: tuple[str, ...]
    """The ids of the parties that pay; empty when the agreement leaves it open."""
    receiver: str | None
    amount: Decimal | None
    """Kronor; negative for a correction that takes back. None when it cannot be reckoned: see `reason`."""
    status: Literal["definitive", "preliminary", "forecast", "blocked"]
    """How sure the amount is: resting on definitive figures, on a preliminary one, on an assumed one, or unknown."""
    conditions: tuple[str, ...]
    """What has to be decided, or to happen, first: `extension`, `funding` or `stated`."""
    reason: str | None
    """Why there is no amount."""
    paid: Decimal | None
    """What the log says was paid, in kronor."""
    paid_on: date | None
    difference: Decimal | None
    """Kronor paid beyond the amount, or less than it."""
    cause: str | None
    """Why they differ, where that can be told: `unpaid`, `preliminary index`, `wrong base`, `missed year`, …"""
    place: str
    """The clause that it comes from: file:line:column."""
    working: Working | None
    """How the amount came about: agreed amount, a step for each index year with its figures and sources, rounding."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing that is to be done, as `iopctl due` shows it."""

    agreement: str
    """The agreement's id."""
    title: str
    """The agreement's title."""
    key: str
    """The same from run to run: made of ids and years, unique within the agreement."""
    kind: str
    """`payment`, `report`, `follow_up`, `decide_by`, `notice`, `board` …: the words of `iopctl due --kind`."""
    day: date
    """As the agreement says it, never moved."""
    last: date
    """The last day that is not too late: later than `day` only where the law or the agreement moves it."""
    practical: date | None
    """The open day in practice, where `day` is not one."""
    overdue: bool
    """Whether it is too late, and the log does not say that it is done."""
    days_left: int
    """From the day that was asked about to `last`; negative when that has passed."""
    target: bool
    """The agreement gives no such day: it is there to plan by, and nothing is late because of it."""
    number: int
    of: int
    """Its number among those of the year."""
    what: str
    who: tuple[str, ...]
    """The ids of the parties that see to it."""
    bodies: tuple[str, ...]
    """Boards and units that see to it, by name, where they are not parties of their own."""
    amount: Decimal | None
    """Kronor, for a payment whose amount is known."""
    note: str | None
    """What else has to be known."""
    clause: str | None
    """The clause in the agreement's own words; a long one is cut."""
    place: str
    """The clause that it comes from: file:line:column."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that was drafted."""

    data: bytes
    """The file. Markdown and HTML are UTF-8."""
    missing: tuple[str, ...]
    """What stands as [ATT FYLLA I: …] in it, since nobody has said it."""
    left_out: tuple[str, ...]
    """Where the agreement has words of its own that an agreement as a document does not have: `clauses[2].text`."""


@dataclass(frozen=True, eq=False)
class Held:
    """What the library's own functions need beside what a reader is shown."""

    loaded: Loaded
    """All of the workspace, also when one file was asked for."""
    around: Surroundings
    asked: tuple[str, ...]
    """The ids that were asked for, those of broken files included."""
    unread: tuple[Placed, ...]
    """Files that have another's id, and folders that cannot be read."""


@dataclass(frozen=True, eq=False)
class Workspace:
    """Agreements as they were when they were read, with what they are read among. Made by `load`."""

    root: Path | None
    """The folder that holds agreements/; None for files outside any workspace."""
    language: Code
    """That of every text: `en` or `sv`."""
    agreements: Mapping[str, Agreement] = field(repr=False)
    """By id, which is the file's name without the ending. A file that is no agreement is not here."""
    files: Mapping[str, str] = field(repr=False)
    """The file of each, as a person in the current folder would write it."""
    findings: tuple[Finding, ...] = field(repr=False)
    """What is wrong whatever the day: with files that could not become agreements, iopctl.yaml, and indices/."""
    settings: Settings = field(repr=False)
    """iopctl.yaml."""
    tables: Mapping[str, IndexTable] = field(repr=False)
    """The index tables by name: those that come with iopctl, with what the workspace adds."""
    held: Held = field(repr=False)
