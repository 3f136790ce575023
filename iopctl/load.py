"""Files → agreements as values, the sources that know their positions, and findings about what could not be read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from iopctl import form
from iopctl.files import Files, shown
from iopctl.finding import Excerpt, Finding, Placed
from iopctl.model import Agreement, Workspace
from iopctl.source import Source
from iopctl.surroundings import Surroundings


@dataclass(frozen=True)
class Loaded:
    """What was read: `checked` are the ids that were asked for; `workspace` may hold more, which these refer to."""

    workspace: Workspace
    checked: tuple[str, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    """The file of each agreement, as it is to be shown."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    findings: tuple[Placed, ...] = ()
    """What kept files from becoming agreements."""
    tables_sound: bool = True
    """Whether all of the workspace's own index rows could be used."""

    def place(self, agreement: str, finding: Finding) -> Placed:
        """The finding with the lines of text that it points at."""
        excerpts = tuple(self.sources[label.agreement or agreement].excerpt(label) for label in finding.labels)
        return Placed(finding, self.files[agreement], excerpts, self.sources[agreement].edit(finding))


def load(files: Mapping[str, Path], around: Surroundings) -> Loaded:
    """The agreements in these files."""
    loading = _Loading(around)
    loading.read(files)
    return loading.loaded(files)


def load_among(
    files: Mapping[str, Path],
    around: Surroundings,
    beside: Collection[str],
    instead: Mapping[Path, str] | None = None,
) -> Loaded:
    """The agreements in these files, and for reference those that they replace, and those named in `beside`.

    `instead` are texts that are read in place of what some files hold.
    """
    loading = _Loading(around, instead)
    loading.read(files)
    loading.read_for_reference(beside)
    return loading.loaded(files)


class Places:
    """Finds the lines that findings about agreements point at, in files that are read once more."""

    def __init__(self, paths: Mapping[str, Path], instead: Mapping[Path, str] | None = None) -> None:
        self._paths = paths
        self._source = lru_cache(maxsize=8)(Files(instead).source)  # the next finding is mostly about the same file

    def place(self, id_: str, finding: Finding) -> Placed:
        """The finding with its lines."""
        excerpts: list[Excerpt] = []
        for label in finding.labels:
            source = self._source(self._paths[label.agreement or id_])
            excerpts += [source.excerpt(label)] if source else []
        return Placed(finding, shown(self._paths[id_]), tuple(excerpts))


class _Loading(Files):
    def __init__(self, around: Surroundings, instead: Mapping[Path, str] | None = None) -> None:
        super().__init__(instead)
        self.around = around
        self.files: dict[str, str] = {}
        self.sources: dict[str, Source] = {}
        self.agreements: dict[str, Agreement] = {}

    def read(self, files: Mapping[str, Path]) -> None:
        for path in files.values():
            self._agreement(path)

    def loaded(self, files: Mapping[str, Path]) -> Loaded:
        around = self.around
        known = frozenset(around.neighbours) | frozenset(files)
        workspace = Workspace(self.agreements, known, around.tables, around.settings)
        checked = tuple(each for each in files if each in self.agreements)
        return Loaded(workspace, checked, self.files, self.sources, tuple(self.findings), around.tables_sound)

    def read_for_reference(self, beside: Collection[str]) -> None:
        """Agreements that others refer to, and those that these refer to. Their own faults are not reported here."""
        waiting = [*beside, *(each.replaces for each in self.agreements.values() if each.replaces)]
        while waiting:
            id_ = waiting.pop()
            if id_ in self.sources or id_ not in self.around.neighbours:
                continue
            reported = len(self.findings)
            self._agreement(self.around.neighbours[id_])
            del self.findings[reported:]
            earlier = self.agreements[id_].replaces if id_ in self.agreements else None
            if earlier:
                waiting.append(earlier)

    def _agreement(self, path: Path) -> None:
        source = self.source(path)
        if source is None or source.values is None:
            return
        self.sources[path.stem] = source
        self.files[path.stem] = source.file
        agreement, wrong = form.read(Agreement, source.values)
        source.values = None  # the model has them; the memory is wanted for the next file
        self.report(source, wrong)
        if agreement is not None:
            self.agreements[path.stem] = agreement
