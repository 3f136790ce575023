"""Agreements over time as a picture: SVG that stands by itself, with nothing fetched and nothing run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple
from xml.etree import ElementTree as ET

from iopctl.compute.calendar import ONE_DAY
from iopctl.compute.lifeline import Phase, PhaseKind
from iopctl.finding import Message, say
from iopctl.locale.language import Language
from iopctl.render import timeline as words
from iopctl.render.markup import add, legal, written
from iopctl.render.table import cells
from iopctl.render.timeline import Chart, Row

BACKGROUND, STRIPE = "#ffffff", "#f1f4f8"
TEXT, FAINT_TEXT, GRID = "#1a1a1a", "#4d5560", "#7d858f"
AGREED, EXTENDED, EDGE = "#123f73", "#5c8dc0", "#0b2a4f"
TODAY, DUE, LATE = "#b3261e", "#8a3b00", "#b3261e"
"""Text has a contrast of at least 4.5 against both backgrounds, everything else of at least 3; a test reckons it."""

_EDGE = 12.0
_ROW, _BAR = 36.0, 13.0
BAND = 15
"""After so many rows the years are written again; so many fit on a landscape page and can be read there."""
_TALL = 12
"""With more rows than this the years stand below the picture too."""
_FONT = "system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"
_APART = 9.0
"""Marks that are closer are drawn as one; its words name them all."""


class Frame(NamedTuple):
    """How wide a picture is, and where in it the time begins and ends."""

    width: float
    left: float
    right: float
    named: bool
    """Whether each row tells which agreement it is."""


LANDSCAPE = Frame(1120, 322, 1008, named=True)
COLUMN = Frame(640, 14, 626, named=False)
"""For the one agreement that the text around it is about, at 16 cm: letters are as high there as in a footnote."""


def as_svg(chart: Chart, language: Language) -> str:
    """The whole picture as a file of its own."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written(draw(chart, chart.rows, language))}'


class Part(NamedTuple):
    """Which part of a page a picture is."""

    number: int
    name: str


def draw(
    chart: Chart, rows: Sequence[Row], language: Language, part: Part | None = None, frame: Frame = LANDSCAPE
) -> ET.Element:
    """The picture of some of the rows. As a part of a page it has a name of its own, and no heading or list in it."""
    return _Sheet(chart, rows, language, part, frame).drawn()


class _Placed(NamedTuple):
    """A row and how far down it stands."""

    row: Row
    y: float


class _Sheet:
    """The picture while it is drawn."""

    def __init__(self, chart: Chart, rows: Sequence[Row], language: Language, part: Part | None, frame: Frame) -> None:
        self.chart = chart
        self.language = language
        self.part = part
        self.frame = frame
        self.prefix = f"iop{part.number if part else 0}-"
        self.root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "lang": language.code, "role": "img"})
        self.used: dict[str, None] = {}
        self.quarters = self._year_width() >= 160
        self.axes: list[float] = []
        self.rows = list(self._laid_out(rows))
        last = self.rows[-1].y + _ROW if self.rows else self.axes[0] + _ROW
        if len(rows) > _TALL:
            self.axes.append(last)
        self.bottom = last
        self.end = last + (self._axis_height if len(rows) > _TALL else 0)

    def _laid_out(self, rows: Sequence[Row]) -> Iterator[_Placed]:
        """Each row in its place, and a place for the years above every band of them."""
        y = 22.0 if self.part else 52.0
        self.axes.append(y)
        y += self._axis_height
        for number, row in enumerate(rows):
            if number and number % BAND == 0:
                self.axes.append(y)
                y += self._axis_height
            yield _Placed(row, y)
            y += _ROW

    @property
    def _axis_height(self) -> float:
        return 38.0 if self.quarters else 24.0

    def _year_width(self) -> float:
        return (self.frame.right - self.frame.left) * 365.25 / ((self.chart.last - self.chart.first).days + 1)

    def _x(self, day: date) -> float:
        """Where a day begins, inside the picture."""
        return self.frame.left + min(max(self.chart.share(day), 0.0), 1.0) * (self.frame.right - self.frame.left)

    def _say(self, message: Message) -> str:
        return self.language.say(message)

    # -- the whole -----------------------------------------------------------------------------------------------------

    def drawn(self) -> ET.Element:
        """The finished picture."""
        self._about()
        self._patterns()
        add(self.root, "rect", width="100%", height="100%", fill=BACKGROUND)
        if not self.part:
            name = self._say(words.heading(self.chart))
            self._text(self.root, _EDGE, 24, _cut(name, 17, self.frame.width - 2 * _EDGE), 17, font_weight="700")
        self._stripes()
        self._grid()
        bars = add(self.root, "g")
        self._today()
        marks, labels = add(self.root, "g"), add(self.root, "g")
        for placed in self.rows:
            self._bar(bars, placed)
            self._marks(marks, placed)
            if self.frame.named:
                self._label(labels, placed)
        for number, y in enumerate(self.axes):
            self._axis(y, heads=number < len(self.axes) - 1 or len(self.rows) <= _TALL)
        height = self._legend(self.end + 22)
        if self.chart.without and not self.part:
            height = self._without(height)
        self._size(height + 8)
        return self.root

    def _about(self) -> None:
        title, description = f"{self.prefix}title", f"{self.prefix}desc"
        self.root.set("aria-labelledby", f"{title} {description}")
        add(self.root, "title", self.part.name if self.part else self._say(words.heading(self.chart)), id=title)
        add(self.root, "desc", self._say(words.summary(self.chart)), id=description)
        add(self.root, "style", f"text {{ font-family: {_FONT}; }}")

    def _size(self, height: float) -> None:
        self.root.set("viewBox", f"0 0 {_n(self.frame.width)} {_n(height)}")
        self.root.set("width", _n(self.frame.width))
        self.root.set("height", _n(height))

    def _patterns(self) -> None:
        definitions = add(self.root, "defs")
        for kind, angle, thick in ((PhaseKind.PROPOSED, 45, 2.6), (PhaseKind.OPTION, -45, 1.1)):
            pattern = add(
                definitions, "pattern", id=f"{self.prefix}{kind}", width="6", height="6",
                patternUnits="userSpaceOnUse", patternTransform=f"rotate({angle})",
            )  # fmt: skip
            add(pattern, "rect", width="6", height="6", fill=BACKGROUND)
            add(pattern, "rect", width=_n(thick), height="6", fill=AGREED)
        clip = add(definitions, "clipPath", id=f"{self.prefix}labels")
        add(clip, "rect", x="0", y="0", width=_n(self.frame.left - 6), height="100%")

    def _text(self, parent: ET.Element, x: float, y: float, text: str, size: float = 12, **more: str) -> ET.Element:
        more = {"fill": TEXT, **more}
        return add(parent, "text", text, x=_n(x), y=_n(y), font_size=_n(size), **more)

    # -- time ----------------------------------------------------------------------------------------------------------

    def _stripes(self) -> None:
        stripes = add(self.root, "g", fill=STRIPE)
        for placed in self.rows[::2]:
            add(stripes, "rect", x="0", y=_n(placed.y), width=_n(self.frame.width), height=_n(_ROW))

    def _grid(self) -> None:
        grid = add(self.root, "g", stroke=GRID)
        top = self.axes[0] + self._axis_height
        step = self._step()
        for year in self.chart.years:
            starts = [date(year, month, 1) for month in ((1, 4, 7, 10) if self.quarters else (1,))]
            for day in starts:
                if self.chart.first <= day and (day.month > 1 or year % step == 0):
                    line = add(grid, "line", y1=_n(top), y2=_n(self.bottom), stroke_width="0.6")
                    line.set("x1", _n(self._x(day)))
                    line.set("x2", _n(self._x(day)))
                    if day.month > 1:
                        line.set("stroke-dasharray", "1 4")
        add(
            grid,
            "rect",
            x=_n(self.frame.left),
            y=_n(top),
            width=_n(self.frame.right - self.frame.left),
            height=_n(self.bottom - top),
            fill="none",
        )

    def _step(self) -> int:
        """Every how many years there is room to write one."""
        return next(step for step in (1, 2, 5, 10, 20, 50, 100) if step * self._year_width() >= 36 or step == 100)

    def _axis(self, y: float, *, heads: bool) -> None:
        axis = add(self.root, "g", font_weight="600")
        if heads and self.frame.named:
            self._text(axis, _EDGE, y + 16, self._say(say("Agreement, the one that ends first at the top")), 11)
            self._text(axis, self.frame.right + 14, y + 16, self._say(say("Last day")), 11)
        step = self._step()
        for year in self.chart.years:
            if year % step == 0:
                self._span(axis, date(year, 1, 1), date(year + step, 1, 1), y + 16, str(year), 12)
            if self.quarters:
                for quarter in range(4):
                    begin, after = (
                        date(year, 3 * quarter + 1, 1),
                        date(year + quarter // 3, (3 * quarter + 3) % 12 + 1, 1),
                    )
                    text = self._say(say("Q{number}", number=quarter + 1))
                    self._span(axis, begin, after, y + 31, text, 10, font_weight="400")

    def _span(self, axis: ET.Element, begin: date, after: date, y: float, text: str, size: float, **more: str) -> None:
        """A name in the middle of its stretch of time, where there is room."""
        left, right = self._x(begin), self._x(after)
        if right - left >= _measure(text, size):
            self._text(axis, (left + right) / 2, y, text, size, text_anchor="middle", **more)

    def _today(self) -> None:
        if not self.chart.first <= self.chart.as_of <= self.chart.last:
            return
        x, top = self._x(self.chart.as_of), self.axes[0] - 2
        text = self._say(say("as of {day}", day=self.chart.as_of))
        group = add(self.root, "g")
        add(group, "title", text)
        starts = [y + self._axis_height for y in self.axes]
        ends = [*self.axes[1:], self.bottom]
        for start, end in zip(starts, ends, strict=True):
            if end <= start:
                continue
            for colour, width in ((BACKGROUND, "4"), (TODAY, "1.8")):
                add(group, "line", x1=_n(x), x2=_n(x), y1=_n(start), y2=_n(end), stroke=colour, stroke_width=width)
        half = _measure(text, 12) / 2
        place = min(max(x, self.frame.left + half), self.frame.right - half)
        self._text(group, place, top - 2, text, 12, text_anchor="middle", fill=TODAY, font_weight="700")
        add(group, "path", d=f"M{_n(x - 5)} {_n(top + 1)}h10l-5 6z", fill=TODAY)

    # -- an agreement --------------------------------------------------------------------------------------------------

    def _label(self, parent: ET.Element, placed: _Placed) -> None:
        row, y = placed
        full = words.title(row)
        group = add(parent, "g", clip_path=f"url(#{self.prefix}labels)")
        add(group, "title", f"{full} ({words.name(row)})")
        room = self.frame.left - 2 * _EDGE
        self._text(group, _EDGE, y + 15, _cut(full, 12.5, room), 12.5)
        self._text(group, _EDGE, y + 29, _cut(words.name(row), 10.5, room), 10.5, fill=FAINT_TEXT)
        self._text(parent, self.frame.right + 14, y + 26, words.last_day(row, self.language), 12)

    def _bar(self, parent: ET.Element, placed: _Placed) -> None:
        row, y = placed.row, placed.y + 16
        group = add(parent, "g")
        parts = [self._say(words.phase_words(phase)) for phase in row.lifeline.phases]
        add(group, "title", f"{words.title(row)}: {'; '.join(parts)}")
        for phase in row.lifeline.phases:
            self._phase(group, phase, y)
        first, last = row.lifeline.phases[0].first, row.lifeline.phases[-1]
        if first < self.chart.first:
            self._arrow(group, self.frame.left, y, -1)
        if last.kind is PhaseKind.OPTION and last.last is None:
            self._sign(group, "unstated", self._x(last.first) + 8, y + _BAR / 2)
        elif last.last is None or last.last > self.chart.last:
            self._arrow(group, self.frame.right, y, 1)

    def _phase(self, group: ET.Element, phase: Phase, y: float) -> None:
        if phase.last is None and phase.kind is PhaseKind.OPTION:
            return
        after = self.chart.last + ONE_DAY if phase.last is None else phase.last + ONE_DAY
        left, right = self._x(phase.first), self._x(after)
        if right <= left:  # outside the picture
            return
        self._block(group, phase.kind, left, right, y)
        self.used[phase.kind] = None
        if phase.cut and after <= self.chart.last + ONE_DAY:
            self._sign(group, "cut", right, y + _BAR / 2)

    def _block(self, group: ET.Element, kind: PhaseKind, left: float, right: float, y: float) -> None:
        fill = {PhaseKind.AGREED: AGREED, PhaseKind.EXTENDED: EXTENDED}.get(kind, f"url(#{self.prefix}{kind})")
        block = add(
            group, "rect", x=_n(left), y=_n(y), width=_n(max(right - left, 1.5)), height=_n(_BAR), fill=fill,
            stroke=EDGE, stroke_width="1.2",
        )  # fmt: skip
        if kind is PhaseKind.OPTION:
            block.set("stroke-dasharray", "3 2")

    def _arrow(self, group: ET.Element, x: float, y: float, way: int) -> None:
        self.used["goes_on"] = None
        point = f"M{_n(x)} {_n(y - 4)}l{9 * way} {_n(_BAR / 2 + 4)}l{-9 * way} {_n(_BAR / 2 + 4)}z"
        add(group, "path", d=point, fill=EDGE, stroke=BACKGROUND, stroke_width="1")

    def _marks(self, parent: ET.Element, placed: _Placed) -> None:
        row, y = placed
        steps = [
            ("decision" if step.state == "taken" else "undecided", step.day, self._say(words.step_words(step)))
            for step in row.lifeline.steps
            if isinstance(step.day, date)
        ]
        dues = [(due.sign, due.day, words.due_words(due, self.language)) for due in row.dues]
        self._clusters(parent, steps, y + 16 + _BAR / 2)
        self._clusters(parent, dues, y + 8)

    def _clusters(self, parent: ET.Element, marks: Iterable[tuple[str, date, str]], y: float) -> None:
        """Each mark in its place; those that would cover each other as one that names them all."""
        last: dict[str, tuple[float, ET.Element]] = {}
        for sign, day, text in sorted(marks, key=lambda mark: (mark[1], mark[0], mark[2])):
            if not self.chart.first <= day <= self.chart.last:
                continue
            x = self._x(day)
            if sign in last and x - last[sign][0] < _APART:
                title = last[sign][1]
                title.text = f"{title.text}\n{legal(text)}"
                continue
            group = add(parent, "g")
            last[sign] = (x, add(group, "title", text))
            self._sign(group, sign, x, y)

    # -- signs ---------------------------------------------------------------------------------------------------------

    def _sign(self, group: ET.Element, sign: str, x: float, y: float) -> None:
        """A mark with its middle in a point. Each has a shape of its own."""
        self.used[sign] = None
        at = f"M{_n(x)} {_n(y)}"
        match sign:
            case "decision":
                add(group, "path", d=f"{at}m0 -7l6 7l-6 7l-6 -7z", fill=TEXT, stroke=BACKGROUND, stroke_width="1.5")
            case "undecided":
                add(group, "path", d=f"{at}m0 -8.5l7.5 8.5l-7.5 8.5l-7.5 -8.5z", fill=BACKGROUND)
                add(group, "path", d=f"{at}m0 -6l5 6l-5 6l-5 -6z", fill=BACKGROUND, stroke=TEXT, stroke_width="1.8")
            case "due":
                add(group, "path", d=f"{at}m-4.5 -5h9l-4.5 9z", fill=DUE)
            case "target":
                add(group, "path", d=f"{at}m-4.5 -4.5h9l-4.5 8.5z", fill=BACKGROUND, stroke=DUE, stroke_width="1.6")
            case "late":
                add(group, "path", d=f"{at}m-4 -4l8 8m-8 0l8 -8", fill="none", stroke=LATE, stroke_width="2.4")
            case "cut":
                add(group, "path", d=f"{at}m0 -11v22", fill="none", stroke=TEXT, stroke_width="3")
            case _:
                self._text(group, x, y + 5, "?", 14, text_anchor="middle", font_weight="700")

    def _legend(self, y: float) -> float:
        """What the signs mean, of those that are in the picture; gives where it ends."""
        legend = add(self.root, "g")
        x = _EDGE
        for key, message in _LEGEND.items():
            if key not in self.used:
                continue
            text = self._say(message)
            wide = 38 + _measure(text, 11.5) + 18
            if x + wide > self.frame.width - _EDGE and x > _EDGE:
                x, y = _EDGE, y + 24
            self._swatch(legend, key, x, y)
            self._text(legend, x + 38, y + 4, text, 11.5)
            x += wide
        return y + 12

    def _swatch(self, legend: ET.Element, key: str, x: float, y: float) -> None:
        if isinstance(key, PhaseKind):
            self._block(legend, key, x, x + 30, y - _BAR / 2)
        elif key == "goes_on":
            self._arrow(legend, x + 14, y - _BAR / 2, 1)
        else:
            self._sign(legend, key, x + 16, y)

    def _without(self, y: float) -> float:
        """The agreements that have no bar; gives where they end."""
        self._text(self.root, _EDGE, y + 18, self._say(say("Not in the picture")), 12, font_weight="600")
        y += 18
        for row in self.chart.without:
            y += 18
            text = f"{words.title(row)} ({words.name(row)}): {self._say(words.why_without(row))}"
            line = self._text(self.root, _EDGE, y, _cut(text, 12, self.frame.width - 2 * _EDGE))
            add(line, "title", text)
        return y + 6


_LEGEND: dict[str, Message] = {
    **words.PHASES,
    "cut": words.CUT,
    "goes_on": words.GOES_ON,
    "unstated": words.UNSTATED,
    "decision": words.DECISION,
    "undecided": words.UNDECIDED,
    "due": words.DEADLINE,
    "target": words.TARGET,
    "late": words.OVERDUE,
}


# -- sizes -------------------------------------------------------------------------------------------------------------

_NARROW, _WIDE = frozenset("iljtfrI.,:;|!'()[] -–"), frozenset("mwMWÅÄÖABCDEFGHKNOPQRUVXYZ%@<>+")


def _measure(text: str, size: float) -> float:
    """About how wide a text is: no font can be asked, so it is reckoned a little wide."""
    return size * sum(_letter(each) for each in text)


def _letter(character: str) -> float:
    if character in _NARROW:
        return 0.36
    return (0.82 if character in _WIDE else 0.63) * cells(character)


def _cut(text: str, size: float, room: float) -> str:
    """As much of the text as there is room for, of its beginning and of its end, which tells like titles apart."""
    if _measure(text, size) <= room:
        return text
    room = (room - _measure("…", size)) / 2
    return f"{text[: _fitting(text, size, room)].rstrip()}…{text[-_fitting(text[::-1], size, room) :].lstrip()}"


def _fitting(text: str, size: float, room: float) -> int:
    """How many of the first characters there is room for; at least one."""
    for number, character in enumerate(text):
        room -= size * _letter(character)
        if room < 0:
            return max(number, 1)
    return len(text)


def _n(number: float) -> str:
    """A number of pixels, with a decimal where it has one."""
    return f"{number:.1f}".removesuffix(".0")
