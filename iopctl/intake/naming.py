"""An id for the agreement: `<municipality>-<partner>-<first year>`."""

from __future__ import annotations

import re
from datetime import date

from iopctl.intake.case import Case
from iopctl.naming import place_of, shortened


def proposed_id(case: Case) -> str | None:
    """The id, when the paper says all three parts; several partners have no name together."""
    start = case.draft.value("period", "start")
    if len(case.public) != 1 or len(case.partners) != 1 or not isinstance(start, date):
        return None
    public, partner = case.public[0], case.partners[0]
    owner = case.draft.value("parties", public.id, "organisation") or public.name
    place = place_of(str(owner), case.outline.words)
    if place is None:
        return None
    words = [each for each in partner.name.split() if each.casefold().removesuffix("s") != place.casefold()]
    plain = re.sub(r"^(?:Föreningen|Stiftelsen)\s+", "", " ".join(words) or partner.name)
    return f"{shortened(place)}-{shortened(plain)}-{start.year}"
