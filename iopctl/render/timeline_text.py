"""Agreements over time in the signs of a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from iopctl.compute.calendar import ONE_DAY
from iopctl.compute.lifeline import Phase, PhaseKind
from iopctl.finding import Message, say
from iopctl.locale.language import NO_BREAK, Language
from iopctl.render import timeline as words
from iopctl.render.bar import SIGNS
from iopctl.render.findings import Paint, no_paint
from iopctl.render.table import NARROWEST, cells, chopped, wrapped
from iopctl.render.timeline import Chart, Row

_TALL = 12
"""With more agreements than this the years stand below them too."""
_GAP = "  "

_BARS = {
    PhaseKind.AGREED: (SIGNS[PhaseKind.AGREED], "blue"),
    PhaseKind.EXTENDED: (SIGNS[PhaseKind.EXTENDED], "cyan"),
    PhaseKind.PROPOSED: (SIGNS[PhaseKind.PROPOSED], "yellow"),
    PhaseKind.OPTION: (SIGNS[PhaseKind.OPTION], "yellow"),
}
_SIGNS = {
    "cut": ("]", "bold"),
    "goes_on": ("→", "bold"),
    "earlier": ("←", "bold"),
    "unstated": ("?", "bold"),
    "due": ("▼", "yellow"),
    "target": ("▽", "yellow"),
    "decision": ("◆", "bold"),
    "undecided": ("◇", "bold"),
    "late": ("×", "bold red"),
    "today": ("│", "red"),
    "year": ("·", "dim"),
    "": (" ", ""),
}
_LEGEND: dict[str, Message] = {
    **words.PHASES,
    "cut": words.CUT,
    "goes_on": words.GOES_ON,
    "earlier": words.GOES_ON,
    "unstated": words.UNSTATED,
    "decision": words.DECISION,
    "undecided": words.UNDECIDED,
    "due": words.DEADLINE,
    "target": words.TARGET,
    "late": words.OVERDUE,
}
_ORDER = ("target", "due", "decision", "undecided", "late")
"""Of marks in one place the last is seen."""


def as_text(chart: Chart, language: Language, width: int, paint: Paint = no_paint) -> str:
    """Two lines for each agreement: its bar, and the marks below it."""
    screen = _Screen(chart, language, max(width, NARROWEST), paint)
    lines = [paint("bold", language.say(words.heading(chart))), *(screen.picture() if chart.rows else ())]
    if chart.without:
        lines += ["", paint("bold", language.word("Not in the picture"))]
        lines += [f"{words.name(row)}: {language.say(words.why_without(row))}" for row in chart.without]
    about = wrapped(language.say(words.summary(chart)), screen.width)
    return "\n".join([*lines, "", *(line.rstrip() for line in about)]) + "\n"


class _Screen:
    """A terminal of a width."""

    def __init__(self, chart: Chart, language: Language, width: int, paint: Paint) -> None:
        self.chart = chart
        self.language = language
        self.width = width
        self.paint = paint
        self.used: dict[str, None] = {}
        longest = max([cells(text) for row in chart.rows for text in (words.name(row), words.title(row))], default=0)
        self.label = min(max(longest, cells(language.word("Agreement"))), width * 35 // 100)
        ends = [words.last_day(row, language) for row in chart.rows]
        self.ends = max(map(cells, [*ends, language.word("Last day")]))
        self.with_today = chart.first <= chart.as_of <= chart.last
        self.plot = width - self.label - self.ends - 2 * len(_GAP) - self.with_today
        self.today = min(self._edge(chart.as_of), self.plot - 1)
        """The line of the day has a place of its own, before this column, so that nothing covers it."""
        self.years = dict(self._years())

    def picture(self) -> Iterator[str]:
        """The lines, and what the signs mean."""
        yield self._axis()
        for row in self.chart.rows:
            yield self._line(words.name(row), self._bar(row), words.last_day(row, self.language))
            yield self._line(words.title(row), self._marks(row), "", "dim")
        if len(self.chart.rows) > _TALL:
            yield self._axis()
        yield ""
        yield from self._legend()

    def _edge(self, day: date) -> int:
        """The column that a day begins nearest to."""
        return round(min(max(self.chart.share(day), 0.0), 1.0) * self.plot)

    def _column(self, day: date) -> int:
        """The column that a day is in, on the right side of the line of the day."""
        column = min(int(self.chart.share(day) * self.plot), self.plot - 1)
        if not self.with_today:
            return column
        return max(column, self.today) if day >= self.chart.as_of else max(0, min(column, self.today - 1))

    def _years(self) -> Iterator[tuple[int, str]]:
        """The column in which each year begins, of as many as there is room for."""
        wide = self.plot / len(self.chart.years)
        step = next(each for each in (1, 2, 5, 10, 20, 50, 100) if each * wide >= 5 or each == 100)
        for year in self.chart.years:
            day = date(year, 1, 1)
            if day >= self.chart.first and year % step == 0:
                yield min(self._edge(day), self.plot - 1), str(year)

    def _axis(self) -> str:
        text = [" "] * (self.plot + self.with_today)
        for column, year in self.years.items():
            begin = column + (self.with_today and column >= self.today)
            if begin + 4 <= len(text):
                text[begin : begin + 4] = year
        name = _cut(self.language.word("Agreement"), self.label)
        line = f"{_filled(name, self.label)}{_GAP}{''.join(text)}{_GAP}{self.language.word('Last day')}"
        return self.paint("bold", line)

    def _line(self, name: str, signs: list[str], end: str, style: str = "") -> str:
        """The label, the signs in their colours, and the last day."""
        label = _filled(_cut(name, self.label), self.label)
        drawn = ""
        for key, run in groupby([*signs[: self.today], "today", *signs[self.today :]] if self.with_today else signs):
            sign, colour = _sign(key)
            text = sign * len(list(run))
            drawn += self.paint(colour, text) if colour else text
        return f"{self.paint(style, label) if style else label}{_GAP}{drawn}{_GAP}{end}".rstrip()

    def _blank(self) -> list[str]:
        signs = [""] * self.plot
        for column in self.years:
            signs[column] = "year"
        return signs

    def _bar(self, row: Row) -> list[str]:
        signs = self._blank()
        phases = row.lifeline.phases
        for phase in phases:
            self._phase(signs, phase)
        last = phases[-1]
        if phases[0].first < self.chart.first:
            self._put(signs, 0, "earlier")
        if last.kind is PhaseKind.OPTION and last.last is None:
            self._put(signs, min(self._edge(last.first), self.plot - 1), "unstated")
        elif last.last is None or last.last > self.chart.last:
            self._put(signs, self.plot - 1, "goes_on")
        return signs

    def _phase(self, signs: list[str], phase: Phase) -> None:
        after = phase.last + ONE_DAY if phase.last is not None else self.chart.last + ONE_DAY
        if after <= self.chart.first or phase.first > self.chart.last:
            return
        if phase.last is None and phase.kind is PhaseKind.OPTION:
            return
        begin = min(self._edge(phase.first), self.plot - 1)
        end = max(self._edge(after), begin + 1)
        for column in range(begin, end):
            self._put(signs, column, phase.kind)
        if phase.cut and after <= self.chart.last + ONE_DAY:
            self._put(signs, end - 1, "cut")

    def _marks(self, row: Row) -> list[str]:
        signs = self._blank()
        marks: list[tuple[str, date]] = [(due.sign, due.day) for due in row.dues]
        marks += [
            ("decision" if step.state == "taken" else "undecided", step.day)
            for step in row.lifeline.steps
            if isinstance(step.day, date)
        ]
        for sign, day in sorted(marks, key=lambda mark: _ORDER.index(mark[0])):
            if self.chart.first <= day <= self.chart.last:
                self._put(signs, self._column(day), sign)
        return signs

    def _put(self, signs: list[str], column: int, sign: str) -> None:
        signs[column] = sign
        self.used[sign] = None

    def _legend(self) -> Iterable[str]:
        """What the signs mean, of those that are in the picture."""
        items = [f"{_sign(key)[0]} {self.language.say(each)}" for key, each in _LEGEND.items() if key in self.used]
        if self.with_today:
            items.append(f"{_sign('today')[0]} {self.language.say(say('as of {day}', day=self.chart.as_of))}")
        lines = wrapped("   ".join(each.replace(" ", NO_BREAK) for each in items), self.width)
        return [line.replace(NO_BREAK, " ").rstrip() for line in lines]


def _sign(key: str) -> tuple[str, str]:
    return _BARS[key] if isinstance(key, PhaseKind) else _SIGNS[key]


def _cut(text: str, width: int) -> str:
    """As much of a text as there is room for, of its beginning and of its end."""
    if cells(text) <= width:
        return text
    end = (width - 1) // 2
    return f"{chopped(text, width - 1 - end)[0].rstrip()}…{chopped(text[::-1], end)[0][::-1].lstrip()}"


def _filled(text: str, width: int) -> str:
    return text + " " * (width - cells(text))
