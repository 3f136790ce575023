"""Exit codes, and the error that ends a command with one."""

from __future__ import annotations

IN_ORDER = 0
FINDINGS = 1
"""Something in the agreements is wrong, or an amount that was asked for cannot be computed."""
CANNOT_RUN = 2
"""The command could not do its work: a wrong argument, no workspace, no room on the disk."""
DUE = 3
"""Everything is in order, and something is overdue or soon due that `due --fail-on` was to tell of."""
INTERRUPTED = 130


class CommandError(Exception):
    """Ends the command with CANNOT_RUN; the text says what was found, what was expected and what to do."""
