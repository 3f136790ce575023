"""What a template may name: the agreement with its own keys, and what is reckoned from it as of a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, get_args

from iopctl.compute.calendar import last_day
from iopctl.compute.timeline import as_heard
from iopctl.documents import swedish
from iopctl.documents.agreed import agreed
from iopctl.documents.economy import KINDS, in_kind, money, together
from iopctl.documents.missing import Missing, given
from iopctl.documents.pictures import Pictures, Timeline
from iopctl.documents.proposal import proposal, proposed_on
from iopctl.documents.reckoned import Reckoned
from iopctl.model import Agreement, DocumentPart, Duty, Length, LogEntry, Party, Recipient, Workspace
from iopctl.model.grounds import Clause, ClauseKind


def context(id_: str, workspace: Workspace, kind: str, as_of: date) -> dict[str, Any]:
    """The names a template can use; docs/templates.md lists them.

    `part` is what the agreement says for this kind of document. `date` is the document's own date: what the part, the
    proposal or the agreement says, else the day that is asked about. The document tells what was known on that day.
    """
    agreement = workspace.agreements[id_]
    part = dict(agreement.documents).get(kind, DocumentPart())  # type: ignore[call-overload]  # a template may be of any kind
    asked = part.date if isinstance(part.date, date) else as_of
    dated = part.date or _own_day(agreement, kind, asked) or as_of
    day = dated if isinstance(dated, date) else as_of
    agreement = as_heard(agreement, day)
    proposed = proposal(agreement, kind, day)
    moneys = money(id_, workspace, proposed, kind, day)
    public = next((party for party in agreement.parties.values() if party.public), None)
    names = {**_names(agreement, part, public, day), "månaden": swedish.month_of(dated)}
    timeline = Timeline(id_, agreement, day)
    return {
        "id": id_,
        "kind": kind,
        "agreement": agreement,
        "settings": workspace.settings.documents,
        "part": part,
        "texts": part.texts,
        "footnotes": agreement.footnotes,
        "timeline": timeline,
        "pictures": Pictures((timeline,)),
        "date": dated,
        "day": day,
        "public": public,
        "public_ids": tuple(id_ for id_, party in agreement.parties.items() if party.public),
        "civil_ids": tuple(id_ for id_, party in agreement.parties.items() if not party.public),
        "names": names,
        **names,
        "head": _head(agreement, part, names, dated),
        "stated": _stated(agreement),
        "parties": agreement.parties,
        "proposal": proposed,
        "decided": [each for each in proposed.agreement.decisions if each.is_taken],
        "adopted": next((each for each in reversed(proposed.agreement.decisions) if each.kind == "adopted"), None),
        "initiative": agreement.parties.get(agreement.grounds.initiative or ""),
        "recipients": part.recipients or tuple(_contacts(agreement)),
        "cash": [each for each in agreement.contributions if each.kind == "cash"],
        "in_kind": [each for each in agreement.contributions if each.kind != "cash"],
        "money": moneys,
        "together": together(moneys),
        "kinds": KINDS,
        "unvalued": in_kind(agreement),
        "follow_ups": [duty for duty in agreement.duties if duty.kind == "follow_up"],
        "scheduled": [duty for duty in agreement.duties if duty.kind == "follow_up" and _scheduled(duty)],
        "clauses": dict.fromkeys(get_args(ClauseKind)) | _by_kind(agreement),
        "history": [each for each in agreement.log if _happened(each) <= day],
        "reckoned": Reckoned(id_, workspace, day),
        **agreed(agreement),
    }


def _own_day(agreement: Agreement, kind: str, asked: date) -> date | None:
    """The day that a kind of document has by the agreement: a memo that of the proposal, the agreement its own."""
    if kind == "overenskommelse":
        return agreement.dated
    return proposed_on(agreement, kind, asked)


def _names(agreement: Agreement, part: DocumentPart, public: Party | None, day: date) -> dict[str, str | Missing]:
    """The parties' names as they stand inside a sentence, and their genitives."""
    called = _called(public, day) if public else None
    board = given(called.board or called.name if called else None, "nämndens namn")
    unit = given(part.unit or (called.administration if called else None), "förvaltningens namn")
    civil = [party.name for party in agreement.parties.values() if not party.public]
    known = [name for name in civil if isinstance(name, str)]
    partner = swedish.listed(known) if known and len(known) == len(civil) else Missing("den idéburna partens namn")
    if called and called.board:
        board = swedish.in_sentence(board)
    unit = unit if isinstance(unit, Missing) else swedish.in_sentence(unit)
    names = {"nämnden": board, "förvaltningen": unit, "partnern": partner}
    owned = {
        f"{name}s": value if isinstance(value, Missing) else swedish.genitive(value) for name, value in names.items()
    }
    return names | owned


def _called(party: Party, day: date) -> Party:
    """The party under the names that its board and its förvaltning have on a day."""
    names: dict[str, str] = {}
    for renaming in sorted(party.renamed, key=lambda each: each.since):
        if renaming.since <= day:
            said = {"name": renaming.name, "board": renaming.board, "administration": renaming.administration}
            names |= {key: value for key, value in said.items() if value is not None}
    return party.model_copy(update=names) if names else party


def _head(
    agreement: Agreement, part: DocumentPart, names: Mapping[str, str | Missing], dated: object
) -> dict[str, str | Missing]:
    """What the lines above the title tell."""
    dnr = part.dnr if part.dnr is not None else agreement.dnr
    unit, board = (
        each if isinstance(each, Missing) else each[:1].upper() + each[1:]
        for each in (names["förvaltningen"], names["nämnden"])
    )
    return {
        "unit": unit,
        "date": str(dated),
        "dnr": given(dnr, "diarienummer"),
        "case_officer": given(part.case_officer, "handläggarens namn"),
        "receiver": board,
    }


def _scheduled(duty: Duty) -> bool:
    """Whether it can be said in a few words how often, or when: not when it only follows on something."""
    return any((duty.times_per_year, duty.yearly_by, duty.by, duty.before_end, duty.ongoing))


def _contacts(agreement: Agreement) -> Iterator[Recipient]:
    """Those whom the idea-based parties have named, for a decision to be sent to."""
    for party in agreement.parties.values():
        for contact in party.contacts:
            if not party.public and isinstance(contact.name, str):
                organisation = party.name if isinstance(party.name, str) else None
                yield Recipient(name=contact.name, role=contact.role, organisation=organisation)


def _happened(entry: LogEntry) -> date:
    """The day of an entry in the log, or the last day that it speaks for; long ago when the source gives none."""
    return entry.date if isinstance(entry.date, date) else entry.through or date.min


def _by_kind(agreement: Agreement) -> dict[str, list[Clause]]:
    found: dict[str, list[Clause]] = {kind: [] for kind in get_args(ClauseKind)}
    for clause in agreement.clauses:
        found[clause.kind].append(clause)
    return found


def _stated(agreement: Agreement) -> Length | None:
    """The length that the text states; a contradiction with the dates is not for a memo to repeat."""
    period = agreement.period
    if period is None or period.stated is None or period.last_day != last_day(period.start, period.stated):
        return None
    return period.stated
