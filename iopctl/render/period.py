"""An agreement's time in words: its phases, what ended it early, its option to extend and its notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from iopctl.compute.lengths import length_in_words
from iopctl.compute.lifeline import Phase, PhaseKind
from iopctl.compute.timeline import last_decided, notice_given
from iopctl.finding import Message, say
from iopctl.locale.language import Language
from iopctl.model import Agreement
from iopctl.model.period import ExtensionOption, Notice
from iopctl.render.bar import SIGNS
from iopctl.render.names import party as party_name
from iopctl.render.register import shown


def phase_line(phase: Phase, agreement: Agreement, language: Language) -> str:
    """A line of the legend: the sign, the days, and what they rest on."""
    until = _last(phase)
    return language.say(
        say(
            "{sign} {start} – {end}: {what}",
            sign=SIGNS[phase.kind],
            start=phase.first,
            end=until,
            what=_what(phase, agreement),
        )
    )


def _last(phase: Phase) -> date | Message:
    if phase.last is not None:
        return phase.last
    return say("length not stated") if phase.kind is PhaseKind.OPTION else say("until further notice")


def _what(phase: Phase, agreement: Agreement) -> Message:
    match phase.kind:
        case PhaseKind.AGREED:
            return say("as agreed")
        case PhaseKind.OPTION:
            return say("can be extended, not proposed")
        case PhaseKind.PROPOSED if not phase.extends:
            return _adopting(agreement)
    decision = agreement.decisions[int(phase.route[1])]
    if phase.kind is PhaseKind.EXTENDED:
        return say("extended, decided {day}", day=decision.taken) if decision.taken else say("extended")
    if decision.proposed is not None:
        return say("extension proposed {day}, not decided", day=decision.proposed)
    if decision.planned is not None:
        return say("extension to be decided {day}", day=decision.planned)
    return say("extension not decided")


def _adopting(agreement: Agreement) -> Message:
    """How far the decision to enter an agreement under preparation has come."""
    for each in reversed(agreement.decisions):
        if each.kind == "adopted" and not each.is_taken:
            if each.proposed is not None:
                return say("proposed {day}, not decided", day=each.proposed)
            if each.planned is not None:
                return say("to be decided {day}", day=each.planned)
    return say("not decided")


def ended_early(agreement: Agreement) -> Iterator[Message]:
    """What ends it before its time: the decisions, and a notice in the log, with the last day."""
    for each in agreement.decisions:
        if each.kind == "terminated" and each.is_taken and each.until is not None:
            if each.taken is not None:
                yield say("terminated {day}; the last day is {last}", day=each.taken, last=each.until)
            else:
                yield say("terminated; the last day is {last}", last=each.until)
    notice, last = notice_given(agreement), last_decided(agreement)
    if notice is not None and last is not None:
        giver = agreement.log[notice.entry].notice or ""
        party = shown(party_name(agreement, giver))
        yield say("notice given by {party} {day}; the last day is {last}", party=party, day=notice.day, last=last.end)


def extension_words(option: ExtensionOption, agreement: Agreement, language: Language) -> Message:
    """The right to go on, in words."""
    found = [length_in_words(option.length)] if option.length is not None else []
    if option.times is not None:
        few = {1: say("once"), 2: say("twice")}
        found.append(few.get(option.times) or say("{times} times", times=option.times))
    if option.until is not None:
        found.append(say("until {day}", day=option.until))
    if option.decide_by is not None:
        found.append(say("to be decided no later than {day}", day=option.decide_by))
    if option.decided_by is not None:
        found.append(say("by {parties}", parties=_names(option.decided_by, agreement)))
    if not found:
        return say("Extension: possible")
    return say("Extension: {how}", how=_together(found, language))


def notice_words(notice: Notice | None, agreement: Agreement, language: Language) -> Message:
    """How it can be ended early, in words, with the condition in the agreement's."""
    if notice is None:
        return say("Notice: the agreement does not mention it")
    found = [length_in_words(notice.length)]
    if notice.count == "whole_months":
        found.append(say("in whole calendar months"))
    if notice.given_by is not None:
        found.append(say("by {parties}", parties=_names(notice.given_by, agreement)))
    if notice.condition is not None:
        found.append(say("only on the condition “{words}”", words=shown(notice.condition)))
    return say("Notice: {how}", how=_together(found, language))


def _names(ids: Sequence[str], agreement: Agreement) -> str:
    return ", ".join(shown(party_name(agreement, each)) for each in ids)


def _together(found: Sequence[Message], language: Language) -> str:
    return ", ".join(map(language.say, found))
