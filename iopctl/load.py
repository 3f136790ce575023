"""Files → a workspace of values, the sources that know their positions, and findings about what could not be read."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from iopctl import form
from iopctl.finding import Finding, Label, Placed, Rule, Severity, Value, say
from iopctl.model import Agreement, IndexRow, IndexTable, Workspace, WorkspaceRows
from iopctl.source import Source, Text

UNREADABLE = Rule("FRM001", "unreadable-file", Severity.ERROR)
ENCODING = Rule("FRM002", "encoding", Severity.ERROR)
DUPLICATE_ID = Rule("REG001", "duplicate-id", Severity.ERROR)
ROW_TWICE = Rule("REG002", "index-row-twice", Severity.ERROR)
RULES = (UNREADABLE, ENCODING, DUPLICATE_ID, ROW_TWICE)

MAX_BYTES = 1024 * 1024
"""An agreement with all its texts is some tens of kilobytes."""

FOLDER = "agreements"
SUFFIXES = (".yaml", ".yml")


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
        return Placed(finding, self.files[agreement], excerpts)


@dataclass(frozen=True)
class Selection:
    """The files that were asked for, by the id of the agreement in each."""

    files: Mapping[str, Path]
    findings: tuple[Placed, ...] = ()
    """Files that have another's id, and folders that cannot be read; they are not among `files`."""
    shared: Mapping[str, tuple[Path, Path]] = field(default_factory=dict)
    """The ids that two files have, with the files."""

    @property
    def count(self) -> int:
        """How many files there are, those left out included."""
        return len(self.files) + len(self.findings)


def select(paths: Iterable[Path]) -> Selection:
    """The files named, and the YAML files in the folders named."""
    files: dict[str, Path] = {}
    shared_ids: dict[str, tuple[Path, Path]] = {}
    faults: list[OSError] = []
    found = _files_in(paths, faults)
    findings = [Placed(_unreadable(Path(each.filename), each), shown(Path(each.filename))) for each in faults]
    for path in found:
        if path.stem in files:
            shared_ids[path.stem] = (files[path.stem], path)
            message = say("the id {id} is already used by {file}", id=path.stem, file=shown(files[path.stem]))
            finding = Finding(DUPLICATE_ID, message, help=say("give one of the files another name"))
            findings.append(Placed(finding, shown(path)))
        else:
            files[path.stem] = path
    return Selection(files, tuple(findings), shared_ids)


@dataclass(frozen=True)
class Surroundings:
    """What agreements are read among: the other files that they can refer to, and the index tables."""

    neighbours: Mapping[str, Path] = field(default_factory=dict)
    tables: Mapping[str, IndexTable] = field(default_factory=dict)
    findings: tuple[Placed, ...] = ()
    """What is wrong with the workspace's own index rows."""


def surroundings(root: Path | None, selection: Selection) -> Surroundings:
    """The selection's own files and those of the workspace at `root`; the packaged tables with the workspace's rows."""
    others = {path.stem: path for path in _files_in([root / FOLDER], [])} if root else {}
    return _Tables().read(root, {**others, **selection.files})


def load(files: Mapping[str, Path], around: Surroundings, beside: Collection[str] = ()) -> Loaded:
    """The agreements in these files, and those that they replace, or are named in `beside`, for reference."""
    return _Loading(around).run(files, beside)


def find_root(start: Path) -> Path | None:
    """The nearest folder, from `start` upwards, that holds a folder agreements/; None when there is none."""
    start = start.absolute()
    return next((folder for folder in (start, *start.parents) if (folder / FOLDER).is_dir()), None)


class _Files:
    """Reads files, and keeps what is wrong with them."""

    def __init__(self) -> None:
        self.findings: list[Placed] = []

    def source(self, path: Path) -> Source | None:
        """The text of a file, read; None when there is no text."""
        file = shown(path)
        text = self._text(path, file)
        if text is None:
            return None
        source = Source(file, text)
        self.report(source, source.findings)
        return source

    def report(self, source: Source, findings: Iterable[Finding]) -> None:
        """Keeps findings, with the lines that they point at."""
        for finding in findings:
            excerpts = tuple(source.excerpt(label) for label in finding.labels)
            self.findings.append(Placed(finding, source.file, excerpts))

    def _text(self, path: Path, file: str) -> str | None:
        try:
            about = path.stat()
            if stat.S_ISREG(about.st_mode) and about.st_size <= MAX_BYTES:
                return path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.findings.append(_encoding(file, error))
            return None
        except OSError as error:
            self.findings.append(Placed(_unreadable(path, error), file))
            return None
        if stat.S_ISDIR(about.st_mode):
            message, help_ = say("this is a folder, not a file"), say("rename the folder, or move it")
        elif not stat.S_ISREG(about.st_mode):
            message, help_ = say("this is not an ordinary file"), say("remove it from the folder")
        else:
            size = f"{about.st_size / 1024 / 1024:.1f}"
            message = say("the file is {size} MB; an agreement is at most 1 MB", size=size)
            help_ = say("is it another kind of file? Move it out of the folder")
        self.findings.append(Placed(Finding(UNREADABLE, message, help=help_), file))
        return None


class _Loading(_Files):
    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self.around = around
        self.files: dict[str, str] = {}
        self.sources: dict[str, Source] = {}
        self.agreements: dict[str, Agreement] = {}

    def run(self, files: Mapping[str, Path], beside: Collection[str]) -> Loaded:
        for path in files.values():
            self._agreement(path)
        self._for_reference([*beside, *(each.replaces for each in self.agreements.values() if each.replaces)])
        workspace = Workspace(self.agreements, frozenset(self.around.neighbours) | frozenset(files), self.around.tables)
        checked = tuple(each for each in files if each in self.agreements)
        tables_sound = not self.around.findings
        return Loaded(workspace, checked, self.files, self.sources, tuple(self.findings), tables_sound)

    def _for_reference(self, waiting: list[str]) -> None:
        """Agreements that others refer to, and those that these refer to. Their own faults are not reported here."""
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


class _Tables(_Files):
    """The packaged tables, with the rows that the workspace adds in indices/."""

    def read(self, root: Path | None, neighbours: Mapping[str, Path]) -> Surroundings:
        tables = dict(packaged_tables())
        if root is not None and _is_folder(root / "indices"):
            faults: list[OSError] = []
            for path in _files_in([root / "indices"], faults):
                self._add(path, tables)
            self.findings += [Placed(_unreadable(root / "indices", each), shown(root / "indices")) for each in faults]
        return Surroundings(neighbours, tables, tuple(self.findings))

    def _add(self, path: Path, tables: dict[str, IndexTable]) -> None:
        source = self.source(path)
        if source is None or source.values is None:
            return
        added, wrong = form.read(WorkspaceRows, source.values)
        if added is not None:
            wrong += list(_contradictions(added, tables))
        self.report(source, wrong)
        if added is not None and not wrong:
            table = tables[added.index]
            tables[added.index] = table.model_copy(update={"rows": table.rows + added.rows})


def _contradictions(added: WorkspaceRows, tables: Mapping[str, IndexTable]) -> Iterator[Finding]:
    """An index that there is no table for, and figures that are there already."""
    table = tables.get(added.index)
    if table is None:
        label = Label(("index",), say("expected one of {choices}", choices=", ".join(sorted(tables))))
        yield Finding(form.WRONG_VALUE, say("{key}: found {value}", key="index", value=added.index), (label,))
        return
    known = {(row.year, row.status): row for row in table.rows}
    for number, row in enumerate(added.rows):
        if row.published is None and row.seen is None:
            message = say("the key {key} is missing", key="published")
            example = say("write for example: {example}", example="published: 2022-12-09")
            yield Finding(form.MISSING_KEY, message, (Label(("rows", number)),), example)
        earlier = known.setdefault((row.year, row.status), row)
        if earlier is not row:
            message = say("there is already a {status} figure for {year}: {value} %", **_words(earlier))
            yield Finding(ROW_TWICE, message, (Label(("rows", number)),), say("keep one of them"))


def _words(row: IndexRow) -> dict[str, Value]:
    status = say("preliminary") if row.status == "preliminary" else say("definitive")
    return {"status": status, "year": str(row.year), "value": row.value}


def packaged_tables() -> Mapping[str, IndexTable]:
    """The index tables that come with iopctl. They are checked by the tests, so a fault here is the program's own."""
    tables = {}
    for entry in sorted(resources.files("iopctl.indices").iterdir(), key=lambda each: each.name):
        if entry.name.endswith(".yaml"):
            table, wrong = form.read(IndexTable, Source(entry.name, entry.read_text("utf-8")).values)
            if table is None:
                raise RuntimeError(f"{entry.name}: {wrong}")
            tables[table.index] = table
    return tables


def shown(path: Path) -> str:
    """The path as a person in the current folder would write it."""
    here = os.path.join(os.getcwd(), "")  # noqa: PTH109, PTH118  # pathlib takes ten times as long, for every file
    full = os.path.abspath(path)  # noqa: PTH100
    return full.removeprefix(here).replace(os.sep, "/") if full.startswith(here) else str(path)


def _files_in(paths: Iterable[Path], faults: list[OSError]) -> list[Path]:
    """The files to read, each once: those named, and the YAML files in folders, in the order of their names."""
    found: dict[str, Path] = {}
    for path in paths:
        if _is_folder(path) and path.suffix not in SUFFIXES:
            inner = path / FOLDER if _is_folder(path / FOLDER) else path  # a workspace holds other files too
            for folder, folders, names in os.walk(inner, onerror=faults.append):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                odd = [name for name in folders if name.endswith(SUFFIXES)]  # a folder named like a file
                for name in sorted([*names, *odd]):
                    if name.endswith(SUFFIXES) and not name.startswith("."):
                        file = Path(folder) / name
                        found.setdefault(os.path.abspath(file), file)  # noqa: PTH100  # see shown()
        else:
            found.setdefault(os.path.abspath(path), path)  # noqa: PTH100
    return list(found.values())


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except OSError:  # reading it will say why
        return False


def _unreadable(path: Path, error: OSError) -> Finding:
    if path.is_symlink() and not path.exists():
        target = str(path.readlink())
        message = say("the link leads to {target}, which is not there", target=target)
        return Finding(UNREADABLE, message, help=say("mend or remove the link"))
    if isinstance(error, FileNotFoundError):
        return Finding(UNREADABLE, say("there is no such file"), help=say("check the spelling and the folder"))
    if isinstance(error, PermissionError):
        return Finding(UNREADABLE, say("the file may not be read"), help=say("ask its owner for permission to read it"))
    reason = os.strerror(error.errno) if error.errno else type(error).__name__
    return Finding(UNREADABLE, say("the file cannot be read ({reason})", reason=reason))


def _encoding(file: str, error: UnicodeDecodeError) -> Placed:
    """Where the first byte stands that is not UTF-8, and what the file probably is."""
    data: bytes = error.object
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        finding = Finding(ENCODING, say("the file is UTF-16"), help=_SAVE_AS)
        return Placed(finding, file)
    readable = data[: error.start].decode("utf-8")
    text = Text(file, readable + data[error.start :].decode("cp1252", "replace"))
    label = Label(
        text.span(len(readable), len(readable) + 1), say("the byte {byte}", byte=f"0x{data[error.start]:02X}")
    )
    message = say("the file is not UTF-8; it looks like Windows-1252")
    return Placed(Finding(ENCODING, message, (label,), _SAVE_AS), file, (text.excerpt(label),))


_SAVE_AS = say("open it in an editor and save it with the encoding UTF-8")
