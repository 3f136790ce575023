"""What agreements are read among: the other agreements, the index tables and the workspace's settings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from pathlib import Path

from iopctl import form
from iopctl.files import FOLDER, Files, Selection, files_in, is_folder, shown, unreadable
from iopctl.finding import UNREAD, Finding, Label, Placed, Rule, Severity, say
from iopctl.model import IndexTable, Settings
from iopctl.source import EMPTY_FILE, Source
from iopctl.source import RULES as SYNTAX_RULES
from iopctl.spelling import nearest
from iopctl.tables import table_of_file, whole_table

BOARD_WITHOUT_MEETINGS = Rule("REG005", "board-without-meetings", Severity.WARNING)
UNKNOWN_RULE = Rule("REG006", "unknown-rule", Severity.ERROR)
RULES = (BOARD_WITHOUT_MEETINGS, UNKNOWN_RULE)

SETTINGS = "iopctl.yaml"
INDICES = "indices"


@dataclass(frozen=True)
class Surroundings:
    """What agreements are read among: the other files that they can refer to, the index tables and the settings."""

    neighbours: Mapping[str, Path] = field(default_factory=dict)
    tables: Mapping[str, IndexTable] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    findings: tuple[Placed, ...] = ()
    """What is wrong with the workspace's own index tables and settings."""
    tables_sound: bool = True
    """Whether all of the workspace's own index tables could be used."""


def surroundings(root: Path | None, selection: Selection, instead: Mapping[Path, str] | None = None) -> Surroundings:
    """The selection's own files and the workspace at `root`: its files, its settings and its rows in the tables.

    `instead` are texts that are read in place of what some files hold.
    """
    others = {path.stem: path for path in files_in([root / FOLDER], [])} if root else {}
    neighbours = {**others, **selection.files}
    tables = _Tables()
    merged = tables.read(root)
    settings = _Settings(instead)
    chosen = settings.read(root)
    findings = (*settings.findings, *tables.findings)
    return Surroundings(neighbours, merged, chosen, findings, not tables.findings)


class _Settings(Files):
    """The workspace's iopctl.yaml."""

    def read(self, root: Path | None) -> Settings:
        path = root / SETTINGS if root is not None else None
        if path is None or not path.exists():
            return Settings()
        source = self.source(path)
        if source is None or source.values is None:
            self.findings = [each for each in self.findings if each.finding.rule != EMPTY_FILE]  # all in it is optional
            return Settings()
        settings, wrong = form.read(Settings, source.values)
        self.report(source, wrong)
        return settings or Settings()


def judge_settings(root: Path | None, settings: Settings, as_of: date, rules: Collection[str]) -> list[Placed]:
    """What iopctl.yaml says in good form and still cannot mean. `rules` are the codes and names that there are."""
    found = [*_without_meetings(settings, as_of), *_unknown_rules(settings, rules)]
    reader = Files()
    source = reader.source(root / SETTINGS) if root is not None and found else None
    if source is not None:
        reader.report(source, found)
    return reader.findings


def _without_meetings(settings: Settings, as_of: date) -> Iterator[Finding]:
    """The boards that have no meeting on or after a day, so that nothing can be planned for them."""
    for number, board in enumerate(settings.boards):
        last = max((meeting.date for meeting in board.meetings), default=None)
        if last is not None and last >= as_of:
            continue
        if last is None:
            message = say("no meeting of {board} is known", board=board.name)
        else:
            message = say("no coming meeting of {board} is known; the last one was {day}", board=board.name, day=last)
        label = Label(("boards", number, "name"))
        yield Finding(BOARD_WITHOUT_MEETINGS, message, (label,), say("add the meetings that the board has set"))


def _unknown_rules(settings: Settings, rules: Collection[str]) -> Iterator[Finding]:
    """Weights for rules that are not there, or that always count: they would never be obeyed."""
    unread = {name for rule in (*SYNTAX_RULES, *form.RULES) for name in (rule.code, rule.name)}
    for name in settings.check.severities:
        if name in unread or name.startswith(UNREAD):
            label = Label(("check", "severities", name), on_key=True)
            message = say("{rule} always counts: nothing more is known of a file that cannot be read", rule=name)
            yield Finding(form.WRONG_VALUE, message, (label,), say("remove it"))
        elif name not in rules:
            close = nearest(name, rules)
            help_ = say("did you mean {key}?", key=close) if close else say("see iopctl explain --all")
            label = Label(("check", "severities", name), on_key=True)
            yield Finding(UNKNOWN_RULE, say("there is no rule {name}", name=name), (label,), help_)


class _Tables(Files):
    """The packaged tables, with what the workspace adds in indices/: rows for them, and tables of its own."""

    def read(self, root: Path | None) -> Mapping[str, IndexTable]:
        tables = dict(packaged_tables())
        if root is not None and is_folder(root / INDICES):
            faults: list[OSError] = []
            for path in files_in([root / INDICES], faults):
                self._add(path, tables)
            self.findings += [Placed(unreadable(root / INDICES, each), shown(root / INDICES)) for each in faults]
        return tables

    def _add(self, path: Path, tables: dict[str, IndexTable]) -> None:
        source = self.source(path)
        if source is None or source.values is None:
            return
        table, wrong = table_of_file(path.stem, source.values, tables)
        self.report(source, wrong)
        if table is not None:
            tables[table.index] = table


def packaged_tables() -> Mapping[str, IndexTable]:
    """The index tables that come with iopctl. They are checked by the tests, so a fault here is the program's own."""
    tables = {}
    for entry in sorted(resources.files("iopctl.indices").iterdir(), key=lambda each: each.name):
        if entry.name.endswith(".yaml"):
            table, wrong = whole_table(Source(entry.name, entry.read_text("utf-8")).values)
            if table is None:
                raise RuntimeError(f"{entry.name}: {wrong}")
            tables[table.index] = table
    return tables
