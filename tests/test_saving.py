"""Files are written whole or not at all: killed runs, full disks, no permission, others who write at the same time.

More kills than in the suite: IOPCTL_KILLS=1000 python -m pytest tests/test_saving.py -k kill
"""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import median

import pytest

from iopctl.cli import output
from iopctl.cli.exits import CommandError
from iopctl.cli.output import Saved, save, save_all
from tests.agreements import SHIPPED
from tests.terminal import environment, iopctl

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
"""The tests part in two where nothing but writing is wanted; the threads of others are none of theirs."""

LINKOPING = "linkoping-resurspoolen-2020"
FILE = f"agreements/{LINKOPING}.yaml"
KILLS = int(os.environ.get("IOPCTL_KILLS", "300"))
"""How often a process that does nothing but write is killed; a whole command, a fifteenth as often."""

LOGGED = ("log", "held", LINKOPING, "avstamning", "--date", "2022-10-05")
ENTRY = b"  - duty: avstamning\n    date: 2022-10-05\n"


@pytest.fixture
def workspace() -> Iterator[Path]:
    """A copy of the shipped agreements that anybody may read and change."""
    folder = Path(tempfile.mkdtemp(prefix="iopctl-"))
    shutil.copytree(SHIPPED / "agreements", folder / "agreements")
    folder.chmod(0o755)
    yield folder
    for each in (folder, folder / "agreements"):
        each.chmod(0o755)
    shutil.rmtree(folder)


def written(before: bytes) -> bytes:
    """The file with the entry, after the only one that the log has."""
    note = "    note: Avstämningar av denna överenskommelse har skett regelbundet.\n".encode()
    assert before.count(note) == 1
    return before.replace(note, note + ENTRY)


def leftovers(folder: Path) -> list[Path]:
    return [each for each in folder.iterdir() if each.name.startswith(".")]


# -- killed ------------------------------------------------------------------------------------------------------------


def test_a_process_killed_while_it_writes_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    """Nothing but writing, until so many kills have come in the middle of it: the temporary file is still there."""
    path = tmp_path / "a.yaml"
    contents = [letter.encode() * 3_000_000 for letter in ("a", "b")]
    path.write_bytes(contents[0])
    random, inside = Random(1), 0
    for _number in range(KILLS * 20):  # on a slow machine many come before the writing has begun
        child = _forked(lambda: _write_for_ever(path, contents))
        time.sleep(random.uniform(0.001, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert path.read_bytes() in contents
        left = leftovers(tmp_path)
        inside += bool(left)
        for each in left:
            each.unlink()
        if inside == KILLS:
            break
    assert inside == KILLS


def _write_for_ever(path: Path, contents: list[bytes]) -> None:
    while True:
        for each in contents:
            save(path, each, known=path.read_bytes())


def _forked(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(1)
    return child


def test_a_command_that_is_killed_leaves_the_old_file_or_the_new(workspace: Path) -> None:
    """Killed at all times, most of them around the one at which the file is written."""
    path = workspace / FILE
    old = path.read_bytes()
    new = written(old)
    times = [_time_to_write(workspace, path, old) for _number in range(5)]
    usual, random, seen = median(times), Random(1), set()
    waits = [
        random.uniform(0, usual * 1.5) if number % 3 == 0 else usual * random.gauss(1, 0.05)
        for number in range(KILLS // 15)
    ]
    for wait in (0.0, *waits, None):  # the last one is done before it is killed
        path.write_bytes(old)
        process = _start(workspace)
        if wait is None:
            process.wait()
        else:
            time.sleep(max(0.0, wait))
        process.kill()
        process.wait()
        found = path.read_bytes()
        assert found in (old, new)
        seen.add(found)
    assert seen == {old, new}
    before = iopctl("check", cwd=workspace)
    assert before.returncode == 0


def _start(workspace: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "iopctl", *LOGGED],
        cwd=workspace,
        env=environment(IOPCTL_LANG="en"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _time_to_write(workspace: Path, path: Path, old: bytes) -> float:
    """How long the command takes until the file is another one."""
    path.write_bytes(old)
    known = path.stat().st_ino
    start = time.monotonic()
    process = _start(workspace)
    while path.stat().st_ino == known and process.poll() is None:
        time.sleep(0.001)
    taken = time.monotonic() - start
    process.wait()
    return taken


def test_what_a_killed_run_left_disturbs_nobody(workspace: Path) -> None:
    """It is broken off in the middle, and has the name that the temporary files have."""
    before = _looks(workspace)
    (workspace / "agreements" / f".{LINKOPING}.yaml.x8k2_abc").write_bytes((workspace / FILE).read_bytes()[:777])
    assert _looks(workspace) == before
    assert iopctl(*LOGGED, cwd=workspace).returncode == 0


def _looks(workspace: Path) -> list[str]:
    """What the commands show that read all of the workspace."""
    commands = (("check",), ("list",), ("due", "--as-of", "2022-01-01"))
    return [iopctl(*each, cwd=workspace).stdout for each in commands]


# -- no room, no permission --------------------------------------------------------------------------------------------


def test_no_room_for_the_new_file(workspace: Path) -> None:
    """The file may grow to so many bytes and no more; where a disk is full it ends in the same way."""
    old = (workspace / FILE).read_bytes()
    done = subprocess.run(
        [sys.executable, "-m", "iopctl", *LOGGED],
        cwd=workspace,
        env=environment(IOPCTL_LANG="en", PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        encoding="utf-8",
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )
    path = (workspace / FILE).resolve()
    assert done.stderr == f"iopctl: cannot write {path}: the file would be larger than it may be\n"
    assert (done.returncode, done.stdout) == (2, "")
    assert (workspace / FILE).read_bytes() == old
    assert leftovers(workspace / "agreements") == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some disks say so only when what was written is to be kept."""

    def full(_handle: int) -> None:
        raise OSError(number, "full")

    path = tmp_path / "a.yaml"
    path.write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CommandError) as told:
        save(path, b"new", known=b"old")
    assert str(told.value) == f"cannot write {path}: the disk is full"
    assert (path.read_text(), leftovers(tmp_path)) == ("old", [])


AS_NOBODY = """
import contextlib, os, sys
from iopctl.cli.app import run

with open(os.devnull, "w") as away, contextlib.redirect_stdout(away), contextlib.redirect_stderr(away):
    run([*sys.argv[1:], "--dry-run"])  # everything is imported: the interpreter itself may be root's only
    import fcntl, tempfile
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
sys.exit(run(sys.argv[1:]))
"""
"""The command by somebody whom permissions bind: they do not bind root."""


def _as_nobody(*arguments: str, cwd: Path, lang: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", AS_NOBODY, *arguments],
        cwd=cwd,
        env=environment(IOPCTL_LANG=lang),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("lang", "message"),
    [
        ("en", "iopctl: cannot write in {folder}: permission denied\n"),
        ("sv", "iopctl: det går inte att skriva i {folder}: behörighet saknas\n"),
    ],
)
def test_a_folder_that_can_only_be_read(lang: str, message: str, workspace: Path) -> None:
    old = (workspace / FILE).read_bytes()
    folder = workspace / "agreements"
    (workspace / FILE).chmod(0o666)
    folder.chmod(0o555)
    done = _as_nobody(*LOGGED, cwd=workspace, lang=lang)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == message.format(folder=folder.resolve())
    assert (workspace / FILE).read_bytes() == old


@pytest.mark.parametrize(
    ("lang", "message"),
    [
        ("en", "iopctl: cannot write {file}: permission denied\n"),
        ("sv", "iopctl: det går inte att skriva {file}: behörighet saknas\n"),
    ],
)
def test_a_file_that_can_only_be_read(lang: str, message: str, workspace: Path) -> None:
    """A rename would go through, for the folder may be written in; whoever wrote-protected the file meant it."""
    old = (workspace / FILE).read_bytes()
    (workspace / "agreements").chmod(0o777)
    (workspace / FILE).chmod(0o444)
    done = _as_nobody(*LOGGED, cwd=workspace, lang=lang)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == message.format(file=(workspace / FILE).resolve())
    assert (workspace / FILE).read_bytes() == old
    assert leftovers(workspace / "agreements") == []


def test_permission_lost_between_reading_and_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old")

    def denied(_self: Path, _target: Path) -> None:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(Path, "replace", denied)
    with pytest.raises(CommandError) as told:
        save(path, b"new", known=b"old")
    assert str(told.value) == f"cannot write {path}: permission denied"
    assert (path.read_text(), leftovers(tmp_path)) == ("old", [])


# -- others who write --------------------------------------------------------------------------------------------------


def test_a_file_that_was_changed_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("somebody else's")
    with pytest.raises(CommandError) as told:
        save(path, b"new", known=b"old")
    assert str(told.value) == f"{path} was changed by somebody else meanwhile; try again"
    assert (path.read_text(), leftovers(tmp_path)) == ("somebody else's", [])


def test_a_link_goes_on_pointing_at_its_file(workspace: Path) -> None:
    """The file is kept elsewhere, with its own permissions."""
    kept = workspace / "kept.yaml"
    (workspace / FILE).rename(kept)
    kept.chmod(0o640)
    old = kept.read_bytes()
    (workspace / FILE).symlink_to(kept)
    assert iopctl(*LOGGED, cwd=workspace).returncode == 0
    assert (workspace / FILE).is_symlink()
    assert kept.read_bytes() == written(old)
    assert kept.stat().st_mode & 0o777 == 0o640


def test_a_link_that_leads_back_to_itself(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.symlink_to(other)
    other.symlink_to(one)
    with pytest.raises(CommandError) as told:
        save(one, b"new")
    assert str(told.value) == f"cannot write {one}: the link leads back to itself"
    assert sorted(tmp_path.iterdir()) == [one, other]


@pytest.mark.parametrize("command", [LOGGED, ("fmt",)])
def test_what_is_no_file_is_not_waited_for(command: tuple[str, ...], workspace: Path) -> None:
    """Reading a pipe that nobody writes in would take for ever."""
    (workspace / FILE).unlink()
    os.mkfifo(workspace / FILE)
    done = iopctl(*command, cwd=workspace)
    assert done.returncode != 0
    assert done.stderr.startswith(f"error[FRM001]: this is not an ordinary file\n --> {FILE}\n")


@pytest.mark.parametrize("command", [LOGGED, ("fmt",)])
def test_a_file_that_changes_while_it_is_read(
    command: tuple[str, ...], workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What somebody else has written then is never written over, however short the time was."""
    from iopctl import files
    from iopctl.cli.app import run

    monkeypatch.chdir(workspace)
    path = workspace / FILE
    path.write_text(path.read_text("utf-8").replace("format: 1", "format:   1"), "utf-8")
    read, theirs = files.Source, path.read_bytes() + b"# by somebody else\n"

    def reading(file: str, text: str) -> files.Source:
        if file == FILE:
            path.write_bytes(theirs)
        return read(file, text)

    monkeypatch.setattr(files, "Source", reading)
    assert run(command) == 2
    assert capsys.readouterr().err == f"iopctl: {path} was changed by somebody else meanwhile; try again\n"
    assert path.read_bytes() == theirs


def test_all_the_files_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The third cannot be written: the first is put back, and the second, which was not there, is not there."""
    paths = [tmp_path / name for name in ("a.yaml", "b.yaml", "c.yaml")]
    paths[0].write_text("old a")
    paths[2].write_text("old c")
    replace = Path.replace

    def third_denied(self: Path, target: Path) -> Path:
        if target == paths[2]:
            raise PermissionError(errno.EACCES, "denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", third_denied)
    with pytest.raises(CommandError) as told:
        save_all([Saved(path, b"new", old) for path, old in zip(paths, (b"old a", b"", b"old c"), strict=True)])
    assert str(told.value) == f"cannot write {paths[2]}: permission denied"
    assert [each.read_text() if each.exists() else None for each in paths] == ["old a", None, "old c"]
    assert leftovers(tmp_path) == []


def test_none_is_written_when_one_was_changed(tmp_path: Path) -> None:
    one, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    one.write_text("old")
    other.write_text("changed")
    with pytest.raises(CommandError):
        save_all([Saved(one, b"new", b"old"), Saved(other, b"new", b"old")])
    assert (one.read_text(), other.read_text(), leftovers(tmp_path)) == ("old", "changed", [])


def test_of_those_who_write_at_the_same_time_nobody_loses_anything(tmp_path: Path) -> None:
    """Six processes each add 40 lines to the file as they read it; a refused one reads it again."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"")
    children = [_forked(lambda who=who: _add_lines(path, who)) for who in range(6)]  # type: ignore[misc]
    codes = [os.waitstatus_to_exitcode(os.waitpid(each, 0)[1]) for each in children]
    assert codes == [0] * 6
    assert sorted(path.read_text().split()) == sorted(f"{who}-{number}" for who in range(6) for number in range(40))


def _add_lines(path: Path, who: int) -> None:
    for number in range(40):
        while True:
            known = path.read_bytes()
            try:
                save(path, known + f"{who}-{number}\n".encode(), known=known)
            except CommandError as error:
                assert "meanwhile" in str(error)
            else:
                break
    os._exit(0)


def test_commands_at_the_same_time_lose_nothing_silently(workspace: Path) -> None:
    """Each of eight logs another day at once: who was told that it is written finds it in the file."""
    days = [f"2022-10-{day:02}" for day in range(1, 9)]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "iopctl", *LOGGED[:-1], day],
            cwd=workspace,
            env=environment(IOPCTL_LANG="en"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for day in days
    ]
    told = [each.communicate()[1] for each in started]
    done = {day for day, each in zip(days, started, strict=True) if each.returncode == 0}
    refused = f"iopctl: {(workspace / FILE).resolve()} was changed by somebody else meanwhile; try again\n"
    assert done
    assert {text for text, each in zip(told, started, strict=True) if each.returncode} <= {refused}
    text = (workspace / FILE).read_text("utf-8")
    assert {day for day in days if f"    date: {day}\n" in text} == done
    assert iopctl("check", cwd=workspace).returncode == 0


def test_who_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old")
    monkeypatch.setattr(output, "_PATIENCE", 2)
    with output._alone_in(tmp_path), pytest.raises(CommandError) as told:
        save(path, b"new", known=b"old")
    assert str(told.value) == (
        f"another iopctl has been writing in {tmp_path} for ten seconds; try again when it has ended"
    )
    assert path.read_text() == "old"
