"""iopctl: agreements about idéburet offentligt partnerskap (IOP) as plain text.

The pipeline, said once::

    text ─► values with spans ─► typed frozen model ─► pure functions ─► plain results ─► renderer ─► stdout or file
            source.py            form.py, model/       checks/, compute/                  render/, documents/

`load.py` walks the files, `cli/` parses arguments and is the only part that reads the clock or writes.

For programs: `from iopctl import load, check, payments, deadlines, render`; see docs/library.md.
"""

import sys

TYPE_CHECKING = False  # typing takes longer to import than this module; type checkers know the name
if TYPE_CHECKING:
    from iopctl.library import (
        Agreement,
        Deadline,
        DocumentError,
        Draft,
        Finding,
        IndexTable,
        IopctlError,
        NoAgreementError,
        NoWorkspaceError,
        Payment,
        Settings,
        UnsoundError,
        Working,
        Workspace,
        check,
        deadlines,
        load,
        payments,
        render,
        sound,
    )

__version__ = "0.1.0"

__all__ = [
    "Agreement",
    "Deadline",
    "DocumentError",
    "Draft",
    "Finding",
    "IndexTable",
    "IopctlError",
    "NoAgreementError",
    "NoWorkspaceError",
    "Payment",
    "Settings",
    "UnsoundError",
    "Working",
    "Workspace",
    "__version__",
    "check",
    "deadlines",
    "load",
    "payments",
    "render",
    "sound",
]


class _Package(type(sys)):  # type: ignore[misc]  # the type of modules, without importing types
    """The library is imported when it is wanted: the commands start without it.

    Two of its functions are called as parts of the program are. Those are always imported from by their whole names, so
    they need not be attributes here, and must not take the functions' places.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name not in __all__ or not isinstance(value, type(sys)):
            super().__setattr__(name, value)

    def __getattr__(self, name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from iopctl import library

        return getattr(library, name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


sys.modules[__name__].__class__ = _Package
