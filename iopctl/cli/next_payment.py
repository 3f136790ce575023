"""Which contribution and which payment somebody means who says that something was paid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from iopctl.cli.change import Opened
from iopctl.cli.events import known
from iopctl.cli.exits import CommandError
from iopctl.cli.output import language
from iopctl.cli.words import _

if TYPE_CHECKING:
    from iopctl.compute.instalment import Instalment
    from iopctl.compute.paid import Outcome
    from iopctl.compute.unpaid import Unpaid
    from iopctl.load import Loaded


def contribution_of(file: Opened, asked: str | None) -> int:
    """The number of the contribution that was asked for; without any, of the only one in money."""
    contributions = file.agreement.contributions
    ids = {each.id: number for number, each in enumerate(contributions) if each.id is not None}
    if asked is not None:
        number = ids[known(_("there is no contribution {name}"), asked, ids)]
        if contributions[number].kind != "cash":
            raise CommandError(_("{name} is not given in money, so nothing is paid").format(name=asked))
        return number
    cash = [number for number, each in enumerate(contributions) if each.kind == "cash"]
    named = [each for number in cash if (each := contributions[number].id)]
    if not named:
        message = _("the agreement has no contribution in money with an id; write one under contributions first")
        raise CommandError(message)
    if len(cash) > 1:
        raise CommandError(_("which contribution? Choose among: {names}").format(names=", ".join(named)))
    return cash[0]


class _Paying(NamedTuple):
    """The payments of an agreement, and what became of them."""

    rows: Sequence[Instalment]
    outcomes: Sequence[Outcome]


def next_payment(asked: str, contribution: int, year: int | None, day: date, as_of: date) -> Unpaid | None:
    """The payment that was probably made. Refused when the agreement has an error: then no amount can be trusted."""
    from iopctl.cli.workspace import reckon
    from iopctl.compute.unpaid import next_unpaid

    reckoned = reckon([asked], as_of, partial(_paying, as_of=as_of))
    if not reckoned.sound:
        raise CommandError(_("what is to be paid cannot be reckoned: mend the error above first"))
    [found] = reckoned.sound.values()
    return next_unpaid(found.rows, found.outcomes, contribution, year, day)


def _paying(id_: str, loaded: Loaded, as_of: date) -> _Paying:
    from iopctl.compute.paid import outcomes
    from iopctl.compute.payments import payments
    from iopctl.compute.timeline import as_known

    agreement, tables = as_known(loaded.workspace.agreements[id_], as_of), loaded.workspace.tables
    rows = payments(id_, agreement, tables, as_of)
    return _Paying(rows, outcomes(rows, agreement, tables, as_of))


def proposed(reckoned: Unpaid | None) -> Decimal:
    """The amount of the next payment, where nobody has said what was paid."""
    if reckoned is None:
        raise CommandError(_("no payment is left that the log does not have; give --amount and --year"))
    if reckoned.amount is None:
        from iopctl.render.events import payment_of

        which = language().say(payment_of(reckoned))
        raise CommandError(_("{payment} cannot be reckoned yet; give --amount").format(payment=which))
    return reckoned.amount
