"""Who the parties are, who speaks and signs for them, and the groups they meet in."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from iopctl.model.base import Code, Date, Id, Open, Part, Text

PUBLIC_KINDS = frozenset({"municipality", "region", "state_body", "public_company"})

PartyKind = Literal[
    "municipality", "region", "state_body", "public_company",
    "association", "foundation", "congregation", "cooperative", "study_association",
]  # fmt: skip


class Contact(Part):
    """A person or a function to turn to."""

    name: Open[Text]
    role: Text | None = None


class Renaming(Part):
    """From a date the party's unit has another name; the party is the same."""

    since: Date = Field(alias="from")
    name: Text | None = None
    administration: Text | None = None
    board: Text | None = None


class RegisterStatus(Part):
    """Whether the organisation stands in the voluntary register of lag (2022:900), and when that was looked up."""

    status: Literal["registered", "not_registered"]
    checked: Date


class Party(Part):
    """A public body or an idea-based organisation that is party to the agreement."""

    name: Open[Text]
    kind: PartyKind
    organisation: Text | None = None
    """The legal person that a board or unit belongs to: "Linköpings kommun"."""
    organisation_number: Open[Code] | None = None
    """Ten digits, NNNNNN-NNNN. A unit states its municipality's."""
    board: Text | None = None
    """The nämnd that answers for the agreement."""
    administration: Text | None = None
    """The förvaltning that does the work."""
    address: Text | None = None
    about: Text | None = None
    """What the party is and does. Markdown."""
    contacts: tuple[Contact, ...] = ()
    joins: Date | None = None
    leaves: Date | None = None
    renamed: tuple[Renaming, ...] = ()
    idk_register: RegisterStatus | None = None

    @property
    def public(self) -> bool:
        """Whether the party is a public body, and not an idea-based organisation."""
        return self.kind in PUBLIC_KINDS


class Member(Part):
    """A seat in a group; the name may be a person, a function or a set of people."""

    party: Id | None = None
    name: Open[Text]
    role: Text | None = None
    convener: bool = False


class Forum(Part):
    """A group that the parties meet in: styrgrupp, samverkansgrupp, kontaktpersoner."""

    id: Id
    name: Text
    text: Text | None = None
    """What the group does. Markdown."""
    steering: bool = False
    """The group that leads the cooperation (styrgrupp)."""
    members: tuple[Member, ...] = ()


class Signature(Part):
    """A signature line. What it rests on (a decision, a protocol of authorised signatories) is its authority."""

    party: Id
    unit: Text | None = None
    """What stands after "För" when that is not the party's name."""
    name: Open[Text] | None = None
    role: Text | None = None
    place: Text | None = None
    date: Open[Date] | None = None
    authority: Text | None = None
