"""Which files there are, and what is in them: text that has been read, or a finding that says why not."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from iopctl.finding import Finding, Label, Placed, Rule, Severity, say
from iopctl.source import Source, Text

UNREADABLE = Rule("FRM001", "unreadable-file", Severity.ERROR)
ENCODING = Rule("FRM002", "encoding", Severity.ERROR)
DUPLICATE_ID = Rule("REG001", "duplicate-id", Severity.ERROR)
RULES = (UNREADABLE, ENCODING, DUPLICATE_ID)

MAX_BYTES = 1024 * 1024
"""An agreement with all its texts is some tens of kilobytes."""

FOLDER = "agreements"
SUFFIXES = (".yaml", ".yml")


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
    found = files_in(paths, faults)
    findings = [Placed(unreadable(Path(each.filename), each), shown(Path(each.filename))) for each in faults]
    for path in found:
        if path.stem in files:
            shared_ids[path.stem] = (files[path.stem], path)
            message = say("the id {id} is already used by {file}", id=path.stem, file=shown(files[path.stem]))
            finding = Finding(DUPLICATE_ID, message, help=say("give one of the files another name"))
            findings.append(Placed(finding, shown(path)))
        else:
            files[path.stem] = path
    return Selection(files, tuple(findings), shared_ids)


def find_root(start: Path) -> Path | None:
    """The nearest folder, from `start` upwards, that holds a folder agreements/; None when there is none."""
    start = start.absolute()
    return next((folder for folder in (start, *start.parents) if (folder / FOLDER).is_dir()), None)


class Files:
    """Reads files, and keeps what is wrong with them."""

    def __init__(self, instead: Mapping[Path, str] | None = None) -> None:
        self.findings: list[Placed] = []
        self._instead = {path.absolute(): text for path, text in (instead or {}).items()}
        """Texts that are read in place of what some files hold."""

    def source(self, path: Path) -> Source | None:
        """The text of a file, read; None when there is no text."""
        return self._read(path, self.text(path))

    def source_of(self, path: Path, data: bytes) -> Source | None:
        """The text of a file whose bytes are at hand, read; None when they are no text."""
        return self._read(path, self._decoded(path, data))

    def _read(self, path: Path, text: str | None) -> Source | None:
        if text is None:
            return None
        source = Source(shown(path), text)
        self.report(source, source.findings)
        return source

    def report(self, source: Source, findings: Iterable[Finding]) -> None:
        """Keeps findings, with the lines that they point at."""
        for finding in findings:
            excerpts = tuple(source.excerpt(label) for label in finding.labels)
            self.findings.append(Placed(finding, source.file, excerpts, source.edit(finding)))

    def text(self, path: Path) -> str | None:
        """What is in a file; None, with a finding, when that is no text."""
        if self._instead and path.absolute() in self._instead:
            return self._instead[path.absolute()]
        data = self.data(path)
        return None if data is None else self._decoded(path, data)

    def _decoded(self, path: Path, data: bytes) -> str | None:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.findings.append(_encoding(shown(path), error))
            return None

    def data(self, path: Path) -> bytes | None:
        """What is in a file, byte for byte; None, with a finding, when it is not to be read."""
        file = shown(path)
        try:
            about = path.stat()
            if stat.S_ISREG(about.st_mode) and about.st_size <= MAX_BYTES:
                return path.read_bytes()
        except OSError as error:
            self.findings.append(Placed(unreadable(path, error), file))
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


def shown(path: Path) -> str:
    """The path as a person in the current folder would write it."""
    here = os.path.join(os.getcwd(), "")  # noqa: PTH109, PTH118  # pathlib takes ten times as long, for every file
    full = os.path.abspath(path)  # noqa: PTH100
    return full.removeprefix(here).replace(os.sep, "/") if full.startswith(here) else str(path)


def files_in(paths: Iterable[Path], faults: list[OSError]) -> list[Path]:
    """The files to read, each once: those named, and the YAML files in folders, in the order of their names."""
    found: dict[str, Path] = {}
    for path in paths:
        if is_folder(path) and path.suffix not in SUFFIXES:
            inner = path / FOLDER if is_folder(path / FOLDER) else path  # a workspace holds other files too
            for folder, folders, names in os.walk(inner, onerror=faults.append):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                odd = [name for name in folders if name.endswith(SUFFIXES)]  # a folder named like a file
                full = os.path.abspath(folder)  # noqa: PTH100  # see shown()
                for name in sorted([*names, *odd]):
                    if name.endswith(SUFFIXES) and not name.startswith("."):
                        found.setdefault(f"{full}{os.sep}{name}", Path(folder, name))
        else:
            found.setdefault(os.path.abspath(path), path)  # noqa: PTH100
    return list(found.values())


def is_folder(path: Path) -> bool:
    """Whether a path leads to a folder that can be asked about."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except OSError:  # reading it will say why
        return False


def unreadable(path: Path, error: OSError) -> Finding:
    """Why a file or a folder cannot be read, in plain words."""
    if error.errno == errno.ELOOP:
        return Finding(UNREADABLE, say("the link leads back to itself"), help=say("mend or remove the link"))
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
