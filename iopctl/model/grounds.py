"""Why there is an agreement, what it rests on, and the rules the parties have set for it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from iopctl.model.base import Code, Date, Id, Kronor, Open, Part, Text, When, Year, exact

Rate = Annotated[Decimal, Field(gt=0, max_digits=10), BeforeValidator(exact)]


class Policy(Part):
    """A document adopted by a political body that the agreement rests on."""

    title: Text
    body: Text | None = None
    date: When | None = None
    paragraph: Code | None = None
    in_force: Date | None = None
    text: Text | None = None


class Need(Part):
    """The need for cooperation that the agreement answers to."""

    text: Text
    joint: Open[bool] | None = None
    """Whether the parties have put it into words together."""


class Assessment(Part):
    """What somebody has concluded, who, and when."""

    outcome: Text | None = None
    by: Text | None = None
    date: When | None = None


CriterionId = Literal[
    "skr-1", "skr-2", "skr-3", "skr-4", "skr-5", "skr-6", "skr-7", "skr-8",
    "forum-1", "forum-2", "forum-3", "forum-4", "forum-5", "forum-6", "forum-7", "forum-8",
]  # fmt: skip


class Criterion(Assessment):
    """The answer that somebody has given to one criterion for an IOP: SKR's eight, or those of Forum's list."""

    first_keys = ("met",)

    met: Open[bool]


class Market(Assessment):
    """Whether there is a market for what the agreement is about, and how the text makes its nature clear."""

    first_keys = ("exists", "statement")

    exists: Open[bool]
    statement: Text | None = None
    """The words that make it clear, in writing, that the parties cooperate and neither buys from the other."""


class Procurement(Assessment):
    """The test against procurement law (LOU), with the facts that a court has found weighty (HFD 2020 ref. 15)."""

    first_keys = ("procured_before", "statutory_service", "sold_on_market")

    procured_before: Open[bool] | None = None
    """The same activity was procured before."""
    statutory_service: Open[bool] | None = None
    """A service that the law obliges the public party to give: care homes, home help."""
    sold_on_market: Open[bool] | None = None
    """The organisation sells the same on a market."""


class OtherAid(Part):
    """De minimis aid that the recipient has had from anybody, as it has stated."""

    to: Id
    granted: Date
    amount: Kronor
    rate: Rate | None = None
    """Kronor per euro the day it was granted."""
    by: Text | None = None


class StateAid(Assessment):
    """The test against the rules on state aid."""

    first_keys = ("basis",)

    basis: Literal["none", "general", "sgei"]
    """No aid; (EU) 2023/2831 and before it 1407/2013; (EU) 2023/2832 and before it 360/2012."""
    granted: Date | None = None
    """The day the right to the aid was conferred; else the decision's."""
    rate: Rate | None = None
    """Kronor per euro that day."""
    rate_source: Text | None = None
    other: tuple[OtherAid, ...] = ()
    stated: Date | None = None
    """The day of the recipient's statement about other aid."""


class OtherGrant(Part):
    """Another grant to a party of the agreement, or that there shall be none."""

    to: Id
    text: Text
    relation: Literal["converted", "in_addition", "forbidden"]
    """The agreement takes its place; it is paid besides; it is not allowed."""
    amount: Kronor | None = None
    year: Year | None = None


class Grounds(Part):
    """What the agreement rests on."""

    policies: tuple[Policy, ...] = ()
    values: tuple[Text, ...] = ()
    """The values that the parties share, one by one."""
    initiative: Id | None = None
    """The party that took the initiative."""
    need: Need | None = None
    criteria: dict[CriterionId, Criterion] = {}
    market: Market | None = None
    procurement: Procurement | None = None
    state_aid: StateAid | None = None
    other_grants: tuple[OtherGrant, ...] = ()


ClauseKind = Literal[
    "change", "renegotiation", "breach", "rescission", "dispute", "secrecy", "insurance", "personal_data",
    "marketing", "other_funding", "exclusion", "identification", "purchases", "cooperation", "copies",
]  # fmt: skip


class Clause(Part):
    """A rule of the agreement that is text and nothing to calculate with."""

    kind: ClauseKind
    text: Text
