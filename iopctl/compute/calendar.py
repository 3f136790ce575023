"""Arithmetic on days: lengths of time, Swedish holidays, and when a decision gains legal force."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

from iopctl.model import Length
from iopctl.model.period import Notice

ONE_DAY = timedelta(days=1)


def after(day: date, length: Length) -> date:
    """The same day of a later month, or that month's last day where there is none.

    So lag (1930:173) 1 § counts statutory times; it is used for agreements by analogy.
    """
    match length.unit:
        case "years":
            return years_later(day, length.number)
        case "months":
            return months_later(day, length.number)
        case "weeks":
            return day + timedelta(weeks=length.number)
        case "days":
            return day + timedelta(days=length.number)


def last_day(start: date, length: Length) -> date:
    """The last day of a length of time that begins on `start`, both days included."""
    return after(start, length) - ONE_DAY


def length_between(start: date, end: date) -> Length:
    """The length of a stretch of days, both included, in the largest unit that measures it exactly."""
    following = end + ONE_DAY
    months = (following.year - start.year) * 12 + following.month - start.month
    if months == 0 or months_later(start, months) != following:
        return Length((end - start).days + 1, "days")
    return Length(months // 12, "years") if months % 12 == 0 else Length(months, "months")


def years_later(day: date, years: int) -> date:
    """The same day in a later year, or an earlier one; 29 February is the 28th in years without."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def months_later(day: date, months: int) -> date:
    """The same day in a later month, or that month's last day where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]) if day.day > 28 else day.day)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def years_from(start: date, end: date) -> list[tuple[date, date]]:
    """The years of an agreement counted from its first day; the last one may be cut short by its end."""
    years: list[tuple[date, date]] = []
    first = start
    while first <= end:
        following = years_later(start, len(years) + 1)
        years.append((first, min(following - ONE_DAY, end)))
        first = following
    return years


@cache
def _holidays(year: int) -> frozenset[date]:
    """The holidays of lag (1989:253) and the three eves of lag (1930:173) 2 §."""
    from holidays import country_holidays  # slow to import, and seldom needed

    return frozenset(country_holidays("SE", years=year, categories=("public", "de_facto"), language="sv"))


@cache
def last_open_day(year: int, month: int) -> date:
    """The last day of a month on which a payment can be made: "i januari månad" is no later than that."""
    return previous_open(month_end(year, month))


def is_open(day: date) -> bool:
    """Whether a day is neither Saturday, Sunday, holiday, midsommarafton, julafton nor nyårsafton."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def next_open(day: date) -> date:
    """The day itself, or the next open day: how a statutory time that ends on a holiday is counted (1930:173, 2 §)."""
    while not is_open(day):
        day += ONE_DAY
    return day


def previous_open(day: date) -> date:
    """The day itself, or the open day before it: when to act, where nothing moves the day."""
    while not is_open(day):
        day -= ONE_DAY
    return day


def notice_ends(given: date, notice: Notice) -> date:
    """The last day of an agreement after notice was given: to the same day of a later month, or that month's last day.

    In whole calendar months it is the last day of the month. How a notice is counted is a matter of the agreement; lag
    (1930:173) 1 § is used by analogy.
    """
    ends = after(given, notice.length)
    return month_end(ends.year, ends.month) if notice.count == "whole_months" else ends


def last_notice(end: date, notice: Notice) -> date:
    """The last day on which notice still ends the agreement no later than on its last day."""
    length = notice.length
    day = after(end, Length(-length.number, length.unit)) + timedelta(days=3)  # February is three days shorter
    while notice_ends(day, notice) > end:
        day -= ONE_DAY
    return day


Closed = Literal["saturday", "sunday", "holiday"]


def closed_because(day: date) -> Closed | None:
    """Why a day is not open: its weekday, or that it is a holiday or one of the three eves; None when it is open."""
    if is_open(day):
        return None
    return {5: "saturday", 6: "sunday"}.get(day.weekday(), "holiday")  # type: ignore[return-value]


class LegalForce(NamedTuple):
    """The steps after a decision: the actual days, and the latest possible ones where these are not known."""

    approved: date
    """The minutes are approved: "Senast 14 dagar efter ett sammanträde" (Munkedals kommun, officiell anslagstavla)."""
    posted: date
    """The notice is on the board: "senast två dagar efter justering" (the same)."""
    appeal_end: date
    """Three weeks from the notice (13 kap. kommunallagen), moved to an open day (lag (1930:173) 2 §)."""
    gained: date
    """The first day on which the decision has legal force."""


def legal_force(decision: date, approved: date | None = None, posted: date | None = None) -> LegalForce:
    """When a decision of a board has gained laga kraft at the latest; actual days, once known, replace the maxima."""
    latest = decision + _APPROVED_WITHIN
    posted = posted or (approved or latest) + _POSTED_WITHIN
    appeal_end = next_open(posted + _APPEAL)
    return LegalForce(approved or min(latest, posted), posted, appeal_end, appeal_end + ONE_DAY)


def latest_for(day: date) -> date:
    """The last day on which a decision can be taken that has laga kraft on `day`, at the latest."""
    return previous_open(day - ONE_DAY) - _APPEAL - _POSTED_WITHIN - _APPROVED_WITHIN


_APPROVED_WITHIN, _POSTED_WITHIN, _APPEAL = timedelta(days=14), timedelta(days=2), timedelta(weeks=3)
"""The sources stand at LegalForce."""

LONGEST_TO_LEGAL_FORCE = timedelta(days=50)
"""More than any decision needs whose notice is posted in time (43 days at most, 2020–2034); spares the calendar where
the answer is plain."""
