"""The commands. The only part that reads the clock, the environment and the arguments, writes and exits."""

from __future__ import annotations

import sys


def main() -> None:
    """The program. `--version` is answered before anything is imported."""
    _open_streams()
    try:
        code = _version() if sys.argv[1:] == ["--version"] else _command()
        sys.stdout.flush()
    except (OSError, ValueError) as error:  # the output is closed, or its disk is full
        code = 0 if isinstance(error, BrokenPipeError) else _no_output(error)
        _silence()
    sys.exit(code)


def _open_streams() -> None:
    """Standard output and error may have been closed by the one who started the program."""
    if sys.stdout is None or sys.stderr is None:
        import os

        nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  # open until the end
        sys.stdout, sys.stderr = sys.stdout or nowhere, sys.stderr or nowhere


def _version() -> int:
    from iopctl import __version__

    sys.stdout.write(f"iopctl {__version__}\n")
    return 0


def _command() -> int:
    import gc
    import os

    if "_IOPCTL_COMPLETE" in os.environ:
        from iopctl.cli.shells import answer

        return answer(os.environ)
    gc.disable()  # a run is short and its data has no cycles; collecting took more than half of the time of a check
    from iopctl.cli.app import run

    code = run(sys.argv[1:])
    gc.freeze()  # nor is there anything to look for at the end, which is an eighth of the time of a check of one file
    return code


def _no_output(error: Exception) -> int:
    import contextlib

    with contextlib.suppress(Exception):
        sys.stderr.write(f"iopctl: the output cannot be written: {error}\n")
    return 2


def _silence() -> None:
    """So that closing a broken output at exit says nothing."""
    import os

    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
