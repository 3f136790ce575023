"""What is due and when, reckoned twice: see independent_dates.py.

The full comparison is `python -m tests.independent_dates --agreements 10000 --seed N`; four hundred are here.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, timedelta
from random import Random

from iopctl.compute.calendar import is_open
from tests.independent_dates import closed, compare, made, made_boards


def test_made_up_agreements_are_reckoned_alike() -> None:
    rows, different = compare(int(os.environ.get("AGREEMENTS", "400")), seed=20261123)
    assert different == []
    assert rows > 2000


def test_every_day_until_2099_is_open_alike() -> None:
    days = [date(2005, 1, 1) + timedelta(number) for number in range(34_698)]  # 6 June is a holiday since 2005
    assert [str(day) for day in days if closed(day) is is_open(day)] == []
    assert days[-1] == date(2099, 12, 31)


def test_the_made_up_agreements_say_all_that_matters() -> None:
    """Else the comparison would be silent about what is never made up."""
    said: Counter[str] = Counter()
    for number in range(400):
        chance = Random(f"keys-{number}")
        of = made(chance)
        boards = made_boards(chance, of)
        said.update(f"period {key}" for key in of["period"])
        said.update(f"option {key}" for key in of["period"].get("extension", ()))
        said.update(key for duty in of["duties"] for key in duty)
        said.update(duty["after"]["event"] for duty in of["duties"] if "after" in duty)
        said.update(f"log {key}" for each in of["log"] for key in each)
        said.update(f"{each['kind']} {key}" for each in of["decisions"] for key in each if key != "kind")
        said.update(f"board {key}" for board in boards or ({"none": True},) for key in board)
        said.update(f"meeting {key}" for board in boards for meeting in board["meetings"] for key in meeting)
    assert {key: times for key, times in said.items() if times < 10} == {}
    assert {
        *("times_per_year", "yearly_by", "by", "before_end", "ongoing", "on_request"),
        *("start", "end", "notice", "duty", "payment"),
        *("adopted date", "adopted planned", "adopted proposed", "rejected date", "terminated until"),
        *("terminated date", "terminated planned", "terminated proposed", "about"),
        *("extended date", "extended planned", "extended proposed", "extended until"),
        *("log duty", "log payment", "log notice", "log request", "log through"),
        *("period extension", "period notice", "option times", "option decide_by", "option until"),
        *("board none", "board lead_times", "board legal_force", "meeting memo", "meeting approved", "meeting posted"),
    } <= set(said)
