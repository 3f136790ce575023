"""What an earlier run found in files that have not changed since.

It is only ever a help: what cannot be read is made anew.

A report is kept under a hash of the file's name and bytes, in a book that is thrown away as a whole when anything else
has changed that a result can depend on: the program and its libraries, the settings, the index tables, the day.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from iopctl.cli.reports import from_plain, to_plain
from iopctl.judging import Report

if TYPE_CHECKING:
    from iopctl.surroundings import Surroundings

LIBRARIES = ("pydantic", "pydantic_core", "ruamel", "_ruamel_yaml", "holidays", "stdnum")
"""Those that take part in what a check finds."""


class Seen(NamedTuple):
    """A file as it was when it was hashed."""

    path: Path
    key: str
    size: int
    changed: int
    """In nanoseconds, as the file system has it."""

    def is_as_it_was(self) -> bool:
        """Whether the file has been left alone since; what is found in a new text is not kept as if of the old."""
        try:
            about = self.path.stat()
        except OSError:
            return False
        return (about.st_size, about.st_mtime_ns) == (self.size, self.changed)


class Cache:
    """The reports of one workspace, in the user's folder for caches."""

    def __init__(self, path: Path, stamp: str) -> None:
        self.path = path
        self.stamp = stamp
        self.seen: dict[str, Seen] = {}
        self.book: dict[str, Any] = self._read()
        self.pages: dict[str, Any] = {}
        """Those of the book that still hold."""

    @classmethod
    def open(cls, root: Path | None, around: Surroundings, as_of: date) -> Cache | None:
        """The cache of the workspace at `root`; None where there is no workspace or no place for it."""
        if root is None:
            return None
        try:
            folder = _folder()
            stamp = _stamp(around, as_of)
        except (OSError, RuntimeError):  # no home folder; a file that cannot be asked about
            return None
        name = hashlib.blake2b(os.fsencode(root.absolute()), digest_size=12).hexdigest()
        return cls(folder / f"{name}.json", stamp)

    def known(self, files: Mapping[str, Path]) -> Iterator[tuple[str, Report]]:
        """The reports on files that are as they were."""
        from iopctl.files import MAX_BYTES, shown

        for id_, path in files.items():
            try:
                with path.open("rb") as file:
                    about = os.fstat(file.fileno())
                    data = file.read(MAX_BYTES + 1) if about.st_size <= MAX_BYTES else None
            except OSError:  # checking it anew will say why
                continue
            if data is None:
                continue
            key = hashlib.blake2b(data, digest_size=16, person=b"iopctl", salt=_salt(id_)).hexdigest()
            self.seen[id_] = Seen(path, key, about.st_size, about.st_mtime_ns)
            plain = self.book.get(key)
            if plain is not None:
                with contextlib.suppress(Exception):  # a damaged entry is made anew
                    report = from_plain(plain, shown(path))
                    self.pages[key] = plain
                    yield id_, report

    def keep(self, fresh: Mapping[str, Report]) -> None:
        """Writes the book anew, with the pages that hold and these reports; in silence when it cannot be written."""
        if not fresh and len(self.pages) == len(self.book):
            return
        seen = ((self.seen[id_], report) for id_, report in fresh.items() if id_ in self.seen)
        pages = self.pages | {file.key: to_plain(report) for file, report in seen if file.is_as_it_was()}
        text = json.dumps({"stamp": self.stamp, "pages": pages}, ensure_ascii=True, separators=(",", ":"))
        temporary = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(  # noqa: PTH123  # pathlib cannot say who may read it
                os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
            ) as file:
                file.write(text)  # what stands in agreements is for the user's own eyes
            temporary.replace(self.path)
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    def _read(self) -> dict[str, Any]:
        try:
            book = json.loads(self.path.read_bytes())
            if book["stamp"] == self.stamp and isinstance(book["pages"], dict):
                return dict(book["pages"])
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            pass
        return {}


def _salt(id_: str) -> bytes:
    """The file's name is a part of what is judged."""
    return hashlib.blake2b(os.fsencode(id_), digest_size=16).digest()


def _folder() -> Path:
    from platformdirs import user_cache_path

    return Path(os.environ.get("IOPCTL_CACHE_DIR") or user_cache_path("iopctl"))


def _stamp(around: Surroundings, as_of: date) -> str:
    """Everything but the files themselves that a result can depend on."""
    parts = [as_of.isoformat(), sys.version, repr(sorted(around.tables.items())), repr(around.settings)]
    package = Path(__file__).parent.parent
    for path in sorted(package.rglob("*.py")):
        about = path.stat()
        parts.append(f"{path.relative_to(package)} {about.st_size} {about.st_mtime_ns}")
    for name in LIBRARIES:
        spec = find_spec(name)
        where = (spec.origin or next(iter(spec.submodule_search_locations or ()), "")) if spec else ""
        parts.append(f"{name} {where} {Path(where).stat().st_mtime_ns if where else ''}")
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()
