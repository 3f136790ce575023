"""The commands. The only part that reads the clock, the environment and the arguments, writes and exits."""

from __future__ import annotations

import sys


def main() -> None:
    """The program. `--version` is answered before anything is imported."""
    if sys.argv[1:] == ["--version"]:
        from iopctl import __version__

        sys.stdout.write(f"iopctl {__version__}\n")
        return
    import gc

    from iopctl.cli.app import run

    gc.disable()  # a run is short and its data has no cycles; collecting took more than half of the time of a check
    sys.exit(run(sys.argv[1:]))
