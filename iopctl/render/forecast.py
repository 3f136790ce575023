"""What a forecast reckons with, in words: a percentage, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iopctl.compute.scenario import Rate
from iopctl.finding import Message, say
from iopctl.model import ScenarioName

_LOOKED_BACK = {
    "low": say("the lowest"),
    "mid": say("the median"),
    "high": say("the highest"),
}


def rate(each: Rate, scenario: ScenarioName | None) -> Message:
    """What a forecast reckons with, and why."""
    percent = say("{number} %", number=each.percent)
    if each.year is not None:
        return say(
            "forecast: {index} {year} {percent}, assumed", index=each.index, year=str(each.year), percent=percent
        )
    if each.forecast is None:
        return say("forecast: {index} {percent} a year, assumed", index=each.index, percent=percent)
    if each.forecast.years is None:
        return say(
            "forecast: {index} {percent} a year, as iopctl.yaml says for the scenario {scenario}",
            index=each.index,
            percent=percent,
            scenario=scenario or "",
        )
    first, last = map(str, each.forecast.years)
    return say(
        "forecast: {index} {percent} a year, {which} of the definitive changes {first}–{last}",
        index=each.index,
        percent=percent,
        which=_LOOKED_BACK[scenario or "mid"],
        first=first,
        last=last,
    )


def rate_record(each: Rate) -> Mapping[str, Any]:
    """The same for another program."""
    looked_back = list(each.forecast.years) if each.forecast and each.forecast.years else None
    return {"index": each.index, "year": each.year, "percent": each.percent, "looked_back_on": looked_back}
