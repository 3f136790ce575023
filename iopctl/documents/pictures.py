"""Pictures that a document can show, and what each of them shows in words. One is drawn only when it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from iopctl.documents.swedish import SWEDISH, day
from iopctl.model import Agreement

if TYPE_CHECKING:
    from iopctl.render.timeline import Chart, Row

# what reckons and draws is imported when a picture is shown, for most documents show none


@dataclass(frozen=True)
class Timeline:
    """The agreement's time as a bar over the years, as it is known on a day, with what has to be decided by when."""

    agreement_id: str
    agreement: Agreement
    as_of: date
    name = "tidslinje"

    @cached_property
    def _row(self) -> Row:
        from iopctl.compute.agreement_dates import agreement_dates
        from iopctl.compute.deadline import Kind
        from iopctl.compute.lifeline import lifeline
        from iopctl.compute.timeline import as_heard
        from iopctl.render.deadlines import what_is_due
        from iopctl.render.timeline import Due, Row

        known = as_heard(self.agreement, self.as_of)
        dues = [
            Due(each.day, what_is_due(each, SWEDISH), each.overdue(self.as_of), each.target)
            for each in agreement_dates(self.agreement_id, known, self.as_of)
            if each.kind in (Kind.DECIDE_BY, Kind.OPTION)
        ]
        return Row(lifeline(self.agreement_id, self.agreement, self.as_of), tuple(dues))

    @cached_property
    def _chart(self) -> Chart:
        from iopctl.render.timeline import chart

        return chart([self._row], self.as_of, self.as_of, first=None, last=None, name=None)

    @cached_property
    def description(self) -> str:
        """What the picture shows; "" when there is no time to show."""
        from iopctl.render import timeline as words

        row, shown = self._row, self._chart
        if not row.lifeline.phases:
            return ""
        steps = [
            words.step_words(each)
            for each in row.lifeline.steps
            if isinstance(each.day, date) and shown.first <= each.day <= shown.last
        ]
        parts = (
            ("Tid", [SWEDISH.say(words.phase_words(each)) for each in row.lifeline.phases]),
            ("Beslut", [SWEDISH.say(each) for each in steps]),
            ("Att bevaka", [words.due_words(each, SWEDISH) for each in row.dues]),
        )
        told = " ".join(f"{what}: {'; '.join(found)}." for what, found in parts if found)
        return f"Tidslinje för {words.title(row)}, som det är känt {day(self.as_of, 'words')}. {told}"

    def drawn(self) -> str:
        """The picture as SVG, for a column of text."""
        from iopctl.render.markup import written
        from iopctl.render.timeline import title
        from iopctl.render.timeline_svg import COLUMN, Part, draw

        shown = self._chart
        return written(draw(shown, shown.rows, SWEDISH, Part(1, title(self._row)), COLUMN))


class Pictures(Mapping[str, str]):
    """Pictures as SVG by name, each drawn when it is asked for."""

    def __init__(self, pictures: Sequence[Timeline]) -> None:
        self._pictures = {each.name: each for each in pictures}

    def __getitem__(self, name: str) -> str:
        return self._pictures[name].drawn()

    def __iter__(self) -> Iterator[str]:
        return iter(self._pictures)

    def __len__(self) -> int:
        return len(self._pictures)

    def __contains__(self, name: object) -> bool:
        return name in self._pictures
