"""Why there is an agreement, what it rests on, and the rules the parties have set for it."""

from __future__ import annotations

from typing import Literal

from iopctl.model.base import Code, Date, Part, Text, When


class Policy(Part):
    """A document adopted by a political body that the agreement rests on."""

    title: Text
    body: Text | None = None
    date: When | None = None
    paragraph: Code | None = None
    in_force: Date | None = None
    text: Text | None = None


class Assessment(Part):
    """A test that somebody has made: against criteria for IOP, procurement law (LOU), state aid, the market."""

    kind: Literal["criteria", "procurement", "state_aid", "market"]
    outcome: Text
    by: Text | None = None
    date: When | None = None


class Grounds(Part):
    """What the agreement rests on."""

    policies: tuple[Policy, ...] = ()
    values: tuple[Text, ...] = ()
    """The values that the parties share, one by one."""
    assessments: tuple[Assessment, ...] = ()


ClauseKind = Literal[
    "change", "renegotiation", "breach", "rescission", "dispute", "secrecy", "insurance", "personal_data",
    "marketing", "other_funding", "exclusion", "identification", "purchases", "cooperation", "copies",
]  # fmt: skip


class Clause(Part):
    """A rule of the agreement that is text and nothing to calculate with."""

    kind: ClauseKind
    text: Text
