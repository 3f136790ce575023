"""What a shell offers for the values of options and arguments: `typer.Option(autocompletion=completion.ids)`.

A function gets what has been typed of the value and gives all values, each alone or with what it means; what does not
begin so is left out afterwards. It has to be quick, so it looks at names of files rather than into them; what goes
wrong offers nothing (see shells.py). `choices(…)` is for a fixed set, `listed(…)` for several with commas.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from iopctl.cli.words import CODE

Offer = str | tuple[str, str]
"""A value, alone or with what it means."""

if TYPE_CHECKING:
    from iopctl.model import Agreement

Offers = Callable[[str], Sequence[Offer]]

MANY, FEW = 300, 40
"""Agreements from which on it would take too long to look into each; rules that are offered with their headings."""


def choices(*values: Offer) -> Offers:
    """A fixed set of values."""

    def offered(incomplete: str) -> Sequence[Offer]:  # noqa: ARG001  # each set is small
        return values

    return offered


def listed(offers: Offers) -> Offers:
    """Several of the values, with commas between them."""

    def offered(incomplete: str) -> Sequence[Offer]:
        before, comma, last = incomplete.rpartition(",")
        given = set(before.split(","))
        found = [each if isinstance(each, tuple) else (each, "") for each in offers(last)]
        return [(f"{before}{comma}{value}", help_) for value, help_ in found if value not in given]

    return offered


# -- what the workspace has --------------------------------------------------------------------------------------------


def ids(incomplete: str) -> Sequence[Offer]:
    """The agreements of the workspace, with their titles."""
    files = [path for path in _agreements() if path.stem.startswith(incomplete)]
    return [(path.stem, _title(path) if len(files) < MANY else "") for path in files]


def kinds(incomplete: str) -> Sequence[Offer]:  # noqa: ARG001  # they are few
    """The kinds of documents."""
    from iopctl.documents.kinds import kinds as known

    top = _root()
    return known(top / "templates" if top else None)


def ids_and_kinds(incomplete: str) -> Sequence[Offer]:
    """The agreements and the kinds of documents."""
    return [*ids(incomplete), *kinds(incomplete)]


def indices(incomplete: str) -> Sequence[Offer]:  # noqa: ARG001  # they are few
    """The index tables: those that come with iopctl, and the workspace's own."""
    from importlib import resources

    packaged = {each.name.removesuffix(".yaml").upper() for each in (resources.files("iopctl") / "indices").iterdir()}
    top = _root()
    own = {path.stem for path in (top / "indices").glob("*.yaml")} if top else set()
    return sorted(each for each in packaged | own if not each.startswith("_"))


def index_equals(incomplete: str) -> Sequence[Offer]:
    """The index tables, to be followed by a year and a percentage: `OPI:`."""
    return [f"{name}:" for name in indices(incomplete)]


def names(incomplete: str) -> Sequence[Offer]:
    """Everybody who can have something to see to: parties, boards, units, groups and those who speak for them.

    Small and capital letters are the same here, so what has been typed stays as it is.
    """
    from iopctl.render.audience import everybody

    found = sorted({name for each in _loaded() for name in everybody(each)})
    return [incomplete + name[len(incomplete) :] for name in found if name.startswith(incomplete.casefold())]


def boards(incomplete: str) -> Sequence[Offer]:  # noqa: ARG001  # they are told by reading all
    """The boards that are parties of agreements, or that parties belong to."""
    return sorted(
        {party.board for each in _loaded() for party in each.parties.values() if isinstance(party.board, str)}
    )


def parties(incomplete: str) -> Sequence[Offer]:  # noqa: ARG001  # they are told by reading all
    """The names of the parties."""
    return _known(party.name for each in _loaded() for party in each.parties.values())


def _known(found: Iterable[object]) -> list[str]:
    return sorted({each for each in found if isinstance(each, str)})


# -- what the program has ----------------------------------------------------------------------------------------------


def rules(incomplete: str) -> Sequence[Offer]:
    """The codes of the rules, each of which has a page, with what it is called."""
    from importlib import resources

    pages = {
        each.name[:-5]: each for each in (resources.files("iopctl") / "manual").iterdir() if each.name.endswith(".yaml")
    }
    wanted = [code for code in sorted(pages) if code.startswith(incomplete.upper())]
    few = len(wanted) <= FEW
    return [(code, _heading(pages[code].read_text("utf-8")) if few else "") for code in wanted]


def groups_and_rules(incomplete: str) -> Sequence[Offer]:
    """How codes begin, each with all rules that begin so, and the codes."""
    found = rules(incomplete)
    codes = [each if isinstance(each, str) else each[0] for each in found]
    return [*sorted({code[:3] for code in codes}), *found]


def fields(incomplete: str) -> Sequence[Offer]:  # noqa: ARG001  # they are few
    """The fields of the register, to be followed by a sign and a value."""
    from iopctl.render.register import FIELDS

    return [f"{name}=" for name in FIELDS]


def deadline_kinds(incomplete: str) -> Sequence[Offer]:  # noqa: ARG001  # they are few
    """The kinds of what is due, in the words of the run."""
    from iopctl.cli.output import language
    from iopctl.render.deadlines import KINDS

    return [(kind.value, language().say(words)) for kind, words in KINDS.items()]


def stages(incomplete: str) -> Sequence[Offer]:  # noqa: ARG001  # they are few
    """Where an agreement can stand, in the words of the run."""
    from iopctl.cli.output import language
    from iopctl.render.register import STAGES

    return [(stage.value, language().say(words)) for stage, words in STAGES.items()]


def months(incomplete: str) -> Sequence[Offer]:  # noqa: ARG001  # they are few
    """The months, as the files have them."""
    from iopctl.model import MONTHS

    return MONTHS


# -- reading as little as possible -------------------------------------------------------------------------------------


def _root() -> Path | None:
    from iopctl.files import find_root

    return find_root(Path.cwd())


def _agreements() -> list[Path]:
    from iopctl.files import FOLDER, files_in

    top = _root()
    return files_in([top / FOLDER], []) if top else []


def _loaded() -> Iterable[Agreement]:
    """The agreements, unless they are too many to be read while somebody waits."""
    from iopctl.files import select
    from iopctl.load import load
    from iopctl.surroundings import Surroundings

    files = _agreements()
    return load(select(files).files, Surroundings()).workspace.agreements.values() if len(files) < MANY else ()


def _title(path: Path) -> str:
    """The line that gives an agreement's title; it is only shown, so the YAML is not read."""
    try:
        with path.open(encoding="utf-8") as file:
            found = re.search(r"^title:[ \t]*(.+)$", file.read(2000), re.MULTILINE)
    except (OSError, UnicodeDecodeError):
        return ""
    return found[1].strip("'\" \t") if found else ""


def _heading(page: str) -> str:
    """What a page of the manual is called, in the language of the run."""
    found = re.search(rf"^title:\n(?:  .*\n)*?  {CODE}: *(.+)$", page, re.MULTILINE)
    return found[1].strip("'\"") if found else ""
