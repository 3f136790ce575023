"""What is proposed as an answer, and what follows from one: parties, days, names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from iopctl.beginning.question import Choice, PartyId, Situation
from iopctl.beginning.readers import NO
from iopctl.compute.board import called, plan
from iopctl.compute.calendar import ONE_DAY, last_day, latest_for, legal_force
from iopctl.compute.lengths import span_in_words
from iopctl.finding import Message, say
from iopctl.model import Board, IndexTable, Length
from iopctl.naming import free, id_of, place_of, shortened

# -- names -------------------------------------------------------------------------------------------------------------


def parties(now: Situation) -> tuple[PartyId, ...]:
    """The parties that the answers name, the public one first."""
    named = [(now.value("board") or now.value("municipality"), True), (now.value("partner"), False)]
    if now.value("template") == "several-parties":
        named += [(each.name, each.kind in PUBLIC) for each in now.value("others") or ()]
    found: list[PartyId] = []
    for name, public in named:
        if name is not None:
            found.append(PartyId(id_of(name, [each.id for each in found]), name, public))
    return tuple(found)


def all_but_the_first(now: Situation) -> tuple[PartyId, ...]:
    """The parties beside the municipality or the region that is named first."""
    return parties(now)[1:] if now.value("municipality") else parties(now)


PUBLIC = ("municipality", "region", "state_body", "public_company")


def partners(now: Situation) -> tuple[PartyId, ...]:
    """The parties that are idea-based organisations."""
    return tuple(each for each in parties(now) if not each.public)


def giving_hours(now: Situation) -> tuple[PartyId, ...]:
    """The organisations that give volunteer hours, as far as is known."""
    return tuple(each for each in partners(now) if now.value(f"hours.{each.id}") not in (None, NO))


def party_choices(now: Situation) -> Sequence[Choice]:
    """The parties to choose among."""
    return [_named(each) for each in parties(now)]


def partner_choices(now: Situation) -> Sequence[Choice]:
    """The idea-based organisations to choose among."""
    return [_named(each) for each in partners(now)]


def _named(party: PartyId) -> Choice:
    return Choice(party.id, Message("{name}", {"name": party.name}))


def title(now: Situation) -> str:
    """The agreement's title, as documents have it: always Swedish."""
    names = [each.name for each in parties(now)]
    between = f"{', '.join(names[:-1])} och {names[-1]}" if len(names) > 1 else ""
    return f"Överenskommelse om idéburet offentligt partnerskap mellan {between}"


def id_(now: Situation) -> str:
    """The id by the format's rule: <municipality>-<partner>-<first year>; numbered when that one is taken."""
    public, start = now.value("municipality") or "", now.value("start") or now.as_of
    names = (shortened(place_of(public) or public), shortened(now.value("partner") or ""), str(start.year))
    return free("-".join(filter(None, names)), [each.lower() for each in now.agreements])


def from_settings(key: str) -> Callable[[Situation], str | None]:
    """What iopctl.yaml says."""
    return lambda now: getattr(now.settings, key)


def own_number(now: Situation) -> str | None:
    """The organisation number of iopctl.yaml: of the municipality that is named there, and of no other."""
    return now.settings.organisation_number if is_own(now) else None


def is_own(now: Situation) -> bool:
    """Whether the municipality is that of iopctl.yaml, as far as it says."""
    return now.settings.name in (None, now.value("municipality"))


def partner_kind(now: Situation) -> str:
    """What the organisation's name says that it is, else an association."""
    name = (now.value("partner") or "").lower()
    return next((kind for kind, words in _PARTNER_KINDS if re.search(words, name)), "association")


_PARTNER_KINDS = (
    ("foundation", r"stiftelse"),
    ("congregation", r"församling|pastorat|\bkyrka"),
    ("cooperative", r"ekonomisk förening|kooperativ"),
    ("study_association", r"studieförbund|bildningsförbund"),
)
"""What a kind is known by; the first that fits: a foundation of a congregation is a foundation."""


def public_kind(now: Situation) -> str | None:
    """What the name says that it is."""
    name = (now.value("municipality") or "").lower()
    kinds = {"kommun": "municipality", "stad": "municipality", "region": "region"}
    return next((kind for word, kind in kinds.items() if word in name), None)


def only_board(now: Situation) -> str | None:
    """The board of iopctl.yaml, when it has one and no more, and the municipality is the one of iopctl.yaml."""
    boards = now.settings.boards
    return boards[0].name if len(boards) == 1 and is_own(now) else None


# -- money -------------------------------------------------------------------------------------------------------------


def paid(now: Situation) -> bool:
    """Whether money is a part of it."""
    return now.value("template") == "money" or now.value("paid") is True


def yearly(now: Situation) -> bool:
    """Whether money is paid for each year, as far as is known."""
    return paid(now) and (now.value("amount") is None or now.value("amount").per == "year")


def adjusted(now: Situation) -> bool:
    """Whether the amount is adjusted each year."""
    return yearly(now) and now.value("index") not in (None, NO)


def table(now: Situation) -> IndexTable | None:
    """The table of the index that the amount follows."""
    return now.tables.get(now.value("index")) if adjusted(now) else None


def monthly(now: Situation) -> bool:
    """Whether numbers of a month are compared."""
    found = table(now)
    return found is not None and found.kind == "index_number" and found.monthly


def numbers(now: Situation) -> bool:
    """Whether index numbers are compared."""
    found = table(now)
    return found is not None and found.kind == "index_number"


def editions(now: Situation) -> bool:
    """Whether the index has several editions a year."""
    found = table(now)
    return found is not None and found.kind == "yearly_change" and found.editions


def indices(now: Situation) -> Sequence[Choice]:
    """What an adjustment can follow."""
    known = [
        Choice(name, Message("{name}", {"name": f"{name}, {each.name}"})) for name, each in sorted(now.tables.items())
    ]
    return [*known, Choice("percent", say("a fixed percentage")), Choice(NO, say("no adjustment"))]


# -- days --------------------------------------------------------------------------------------------------------------


def first_adjusted(now: Situation) -> date:
    """The day of the first adjustment."""
    return date(now.value("first_year"), 1, 1)


def next_year(now: Situation) -> str:
    """The year after this one."""
    return str(now.as_of.year + 1)


def year_after_prices(now: Situation) -> str:
    """The year after the one whose prices the amount is in."""
    return str((now.value("price_year") or now.as_of.year + 1) + 1)


def first_of_january(now: Situation) -> str:
    """The first day of the year whose prices the amount is in, else of next year."""
    return date(now.value("price_year") or now.as_of.year + 1, 1, 1).isoformat()


def end(now: Situation) -> date | None:
    """The last day, where there is one."""
    start, time = now.value("start"), now.value("length")
    if isinstance(time, Length) and start is not None:
        try:
            return last_day(start, time)
        except (ValueError, OverflowError):
            return None
    return time if isinstance(time, date) else None


def end_in_words(now: Situation) -> Message | None:
    """The last day, and how long that is."""
    start, last = now.value("start"), end(now)
    if start is None or last is None or last < start:
        return None
    return say("from {start} to {end}: {length}", start=start, end=last, length=span_in_words(start, last))


def divided_year(now: Situation) -> bool:
    """Whether kronor for each year meet a year that the agreement has only a part of."""
    start, last = now.value("start"), end(now)
    whole = start is None or (start.month, start.day) == (1, 1)
    valued = any(now.value(f"worth.{each.id}") is not None for each in partners(now))
    return (valued or yearly(now)) and not (whole and (last is None or (last.month, last.day) == (12, 31)))


def may_be_extended(now: Situation) -> bool:
    """Whether an extension is foreseen."""
    return now.value("extension") not in (None, NO) and end(now) is not None


def ends(now: Situation) -> bool:
    """Whether it has a last day."""
    return end(now) is not None


def as_long_again(now: Situation) -> str | None:
    """The length of the agreement, where it has one."""
    answer = now.answers.get("length")
    return answer.text if answer is not None and isinstance(answer.value, Length) else None


def decide_by(now: Situation) -> str | None:
    """The board's last meeting that is in time, else the last day on which a decision surely has legal force."""
    last = end(now)
    if last is None:
        return None
    following = last + ONE_DAY
    board = _board(now)
    found = plan(board, last, following, now.as_of) if board else None
    if found is not None and found.meeting is not None and not found.missed:
        return found.meeting.date.isoformat()
    day = latest_for(following) if board is None or board.legal_force else last
    return day.isoformat() if (now.value("start") or day) <= day else None


def meeting(now: Situation) -> str | None:
    """The board's last meeting whose decision is in time for the first day."""
    board, start = _board(now, "body") or _board(now), now.value("start")
    if board is None or start is None:
        return None
    found = plan(board, start - ONE_DAY, start, now.as_of)
    return found.meeting.date.isoformat() if found.meeting and not found.missed else None


def legal_force_in_words(now: Situation) -> Message | None:
    """When a decision on the day of the meeting has legal force."""
    day = now.value("meeting")
    return say("has legal force on {day} at the latest", day=legal_force(day).gained) if day else None


def _board(now: Situation, key: str = "board") -> Board | None:
    return called(now.value(key), now.settings.boards)


def answer_to(key: str) -> Callable[[Situation], str | None]:
    """The same as was answered before."""

    def proposed(now: Situation) -> str | None:
        answer = now.answers.get(key)
        return answer.text if answer is not None else None

    return proposed
