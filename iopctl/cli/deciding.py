"""What the commands that record a decision have in common: who took it, when, and where it stands in the minutes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from iopctl.cli import offers
from iopctl.cli.change import Opened, carry_out, spliced
from iopctl.cli.events import has_come, said, without_nothing, words
from iopctl.cli.exits import CommandError
from iopctl.cli.options import parse_date
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.edit import Change
    from iopctl.layout import Value
    from iopctl.load import Loaded

Body = Annotated[
    str | None,
    typer.Option("--body", metavar=_("BODY"), help=_("Who decides: the board."), autocompletion=offers.bodies),
]
Taken = Annotated[str | None, typer.Option("--date", metavar=_("DATE"), help=_("The day it was taken (YYYY-MM-DD)."))]
Planned = Annotated[
    str | None,
    typer.Option("--planned", metavar=_("DATE"), help=_("The meeting that is to decide, when it is to come.")),
]
Proposed = Annotated[
    str | None, typer.Option("--proposed", metavar=_("DATE"), help=_("The date of the proposal, when it is not taken."))
]
Paragraph = Annotated[
    str | None, typer.Option("--paragraph", metavar="§", help=_("The § in the minutes: 155 (or § 155)."))
]
Dnr = Annotated[str | None, typer.Option("--dnr", metavar="DNR", help=_("The diarienummer of the matter."))]
Approved = Annotated[
    str | None, typer.Option("--approved", metavar=_("DATE"), help=_("The day the minutes were approved (justering)."))
]
Posted = Annotated[str | None, typer.Option("--posted", metavar=_("DATE"), help=_("The day that was posted (anslag)."))]
Condition = Annotated[
    str | None, typer.Option("--condition", metavar=_("TEXT"), help=_("What the decision depends on."))
]
Words = Annotated[str | None, typer.Option("--text", metavar=_("TEXT"), help=_("What was decided, in its own words."))]


class Minutes(NamedTuple):
    """What the options say of a decision."""

    body: str | None
    taken: str | None = None
    planned: str | None = None
    proposed: str | None = None
    paragraph: str | None = None
    dnr: str | None = None
    approved: str | None = None
    posted: str | None = None
    condition: str | None = None
    text: str | None = None

    def values(self, as_of: date) -> dict[str, Value]:
        """The keys of the decision that they give, in the order of the format."""
        return without_nothing(
            {
                "body": words(self.body),
                "date": has_come(self.taken, "--date", as_of) if self.taken is not None else None,
                "planned": parse_date(self.planned, "--planned") if self.planned is not None else None,
                "proposed": has_come(self.proposed, "--proposed", as_of) if self.proposed is not None else None,
                "approved": has_come(self.approved, "--approved", as_of) if self.approved is not None else None,
                "posted": has_come(self.posted, "--posted", as_of) if self.posted is not None else None,
                "paragraph": paragraph(self.paragraph) if self.paragraph is not None else None,
                "dnr": words(self.dnr),
                "condition": words(self.condition),
                "text": words(self.text),
            }
        )

    def refuse_unless_dated(self) -> None:
        """Refuses a decision of which nobody says whether it has been taken."""
        if self.taken is None and self.planned is None and self.proposed is None:
            first = _("when? Give --date DATE when it has been taken, --planned DATE for a meeting that is to come,")
            raise CommandError(f"{first} " + _("or --proposed DATE for a proposal"))

    def refuse_without_body(self) -> None:
        """Refuses a decision that nobody takes."""
        if not words(self.body):
            raise CommandError(_("who decides? Give --body, such as --body Äldrenämnden"))


def paragraph(text: str) -> int | str:
    """A § as the format has it: without the sign, a number as a number."""
    plain = " ".join(text.replace("§", " ").split())
    if not plain:
        raise CommandError(_("--paragraph: found {value}, expected a §, such as 155").format(value=text))
    return int(plain) if re.fullmatch(r"[1-9][0-9]{0,5}", plain, re.ASCII) else plain


def ordered(kind: str, values: Mapping[str, Value], until: date | None = None) -> dict[str, Value]:
    """A decision with its keys in the order of the format."""
    from iopctl.model import Decision

    every: dict[str, Value] = {"kind": kind, **values, **({"until": until} if until is not None else {})}
    return {key: every[key] for key in Decision.model_fields if key in every}


def write_decision(file: Opened, changes: Sequence[Change], number: int, as_of: date, *, dry_run: bool) -> None:
    """Writes the changes, and says what the decision with that number then leads to."""

    def done(loaded: Loaded) -> str:
        from iopctl.render.events import decided

        return said(file, decided(loaded.workspace.agreements[file.id], number, as_of), loaded, as_of)

    carry_out([spliced(file, changes)], as_of, done, dry_run=dry_run)
