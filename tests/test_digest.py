"""The digest for a mail or an issue: what it says, that data never is markup, and that only the grouping changes."""

from __future__ import annotations

from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from markdown_it import MarkdownIt

from iopctl.compute.deadlines import deadlines
from iopctl.locale.language import Language
from iopctl.model import Agreement, Workspace
from iopctl.render.deadlines import Row, row
from iopctl.render.digest import as_markdown, digest
from iopctl.render.digest_page import as_page
from iopctl.render.links import Link, no_link
from tests.agreements import agreement, period

ENGLISH = Language("en")
DAY = date(2025, 5, 28)  # a Wednesday


def made(title: str = "IOP Exempel", text: str = "Rapport") -> Agreement:
    """Due on a Tuesday that has passed, on Saturday 31 May, which nothing moves, and in the autumn."""
    duties: tuple[dict[str, Any], ...] = (
        {"id": "a", "kind": "report", "text": text, "by": date(2025, 5, 27), "responsible": "foreningen"},
        {"id": "b", "kind": "meeting", "text": "Möte", "by": date(2025, 5, 31), "called_by": "Kultur & fritid"},
        {"id": "c", "kind": "dialogue", "text": "Samtal", "by": date(2025, 9, 1), "working_day": "next"},
    )
    return agreement(title=title, period=period(date(2025, 1, 1), date(2026, 12, 31)), duties=duties)


def rows(of: Agreement, as_of: date = DAY) -> list[Row]:
    found = deadlines("prov", of, Workspace(), as_of, date(2025, 12, 31))
    return [row(each, of, ENGLISH, lambda id_, route: f"agreements/{id_}.yaml:{route[1]}:5") for each in found]


def to_line(place: str) -> str:
    return f"https://git.example.org/?a=1&b={place.split(':')[1]}"


def markdown(of: Agreement, as_of: date = DAY, link: Link = no_link) -> str:
    return as_markdown(digest(rows(of, as_of), as_of, [], ENGLISH, link))


def page(of: Agreement, as_of: date = DAY, link: Link = no_link) -> str:
    return as_page(digest(rows(of, as_of), as_of, [], ENGLISH, link), "en")


MARKDOWN = """\
# IOP: deadlines

1 passed, 1 this week, 1 later.

## Passed, and the log says nothing about it

- **2025-05-27 Tuesday**: Rapport · IOP Exempel
  - who: Föreningen Exempel
  - [agreements/prov.yaml:0](<https://git.example.org/?a=1&b=0>)

## This week

- **2025-05-31 Saturday**: Möte · IOP Exempel
  - who: Kultur \\& fritid
  - 2025-05-31 is a Saturday and nothing moves it; the open day before is 2025-05-30
  - [agreements/prov.yaml:1](<https://git.example.org/?a=1&b=1>)

## Later

- **2025-09-01 Monday**: Samtal · IOP Exempel
  - who: not stated
  - [agreements/prov.yaml:2](<https://git.example.org/?a=1&b=2>)
"""


def test_as_markdown() -> None:
    assert markdown(made(), link=to_line) == MARKDOWN


BODY = """\
<h1>IOP: deadlines</h1>
<p class="counts">1 passed, 1 this week, 1 later.</p>
<h2 class="overdue">Passed, and the log says nothing about it</h2>
<ul>
<li>
<p class="day"><time datetime="2025-05-27">2025-05-27 Tuesday</time></p>
<div>
<h3>Rapport</h3>
<p class="title">IOP Exempel</p>
<p class="note">who: Föreningen Exempel</p>
<p class="source"><a href="https://git.example.org/?a=1&amp;b=0">agreements/prov.yaml:0</a></p>
</div>
</li>
</ul>
<h2>This week</h2>
<ul>
<li>
<p class="day"><time datetime="2025-05-31">2025-05-31 Saturday</time></p>
<div>
<h3>Möte</h3>
<p class="title">IOP Exempel</p>
<p class="note">who: Kultur &amp; fritid</p>
<p class="note">2025-05-31 is a Saturday and nothing moves it; the open day before is 2025-05-30</p>
<p class="source"><a href="https://git.example.org/?a=1&amp;b=1">agreements/prov.yaml:1</a></p>
</div>
</li>
</ul>
<h2>Later</h2>
<ul>
<li>
<p class="day"><time datetime="2025-09-01">2025-09-01 Monday</time></p>
<div>
<h3>Samtal</h3>
<p class="title">IOP Exempel</p>
<p class="note">who: not stated</p>
<p class="source"><a href="https://git.example.org/?a=1&amp;b=2">agreements/prov.yaml:2</a></p>
</div>
</li>
</ul>
"""


def test_as_a_page() -> None:
    shown = page(made(), link=to_line)
    assert shown.partition("<main>\n")[2].partition("</main>")[0] == BODY
    assert shown.startswith('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    assert "<title>IOP: deadlines</title>" in shown
    assert as_page(digest([], DAY, [], Language("sv"), no_link), "sv").startswith('<!DOCTYPE html>\n<html lang="sv">\n')


class Tags(HTMLParser):
    """What a browser sees of a page: its tags in order, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_a_page_is_whole_and_fetches_nothing() -> None:
    shown = page(made())
    found = Tags(shown)
    assert found.open == []
    assert {"script", "link", "img", "iframe"}.isdisjoint(found.tags)
    assert "url(" not in shown
    assert "@import" not in shown


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "&lt;b&gt; &amp; &#60;",
    "[länk](https://example.org) ![bild](x)",
    "**fet** _kursiv_ `kod` ~~struken~~ $x$ | a | b |",
    "1. första",
    "12) tolfte",
    "- punkt",
    "# rubrik",
    "+ plus",
    "===",
    "https://example.org/a www.example.org",
    "@nagon #12 :tada:",
    "rad\n\n# ny rubrik\n- ny punkt",
    "vänd \u202e om \u0007 \x1b[31m",
]


def visible(text: str) -> str:
    """As it should be read: on one line, what cannot be seen told, and without the joiners that keep it from links."""
    return text.replace("\u2060", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_data_is_never_markup(text: str) -> None:
    one_line = {
        HOSTILE[-2]: "rad # ny rubrik - ny punkt",
        HOSTILE[-1]: "vänd <U+202E> om <U+0007> <U+001B>[31m",
    }.get(text, text)
    tame, hostile = made(), made(title=text, text=text)
    assert Tags(page(hostile)).tags == Tags(page(tame)).tags
    assert f"\n{one_line}\n{one_line}\n" in Tags(page(hostile)).words
    read = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable(["table", "strikethrough"])
    html = Tags(read.render(markdown(hostile)))
    assert html.tags == Tags(read.render(markdown(tame))).tags
    assert f": {one_line} · {one_line}\n" in visible(html.words)


def test_a_forge_finds_no_person_issue_sign_or_address() -> None:
    text = markdown(made(text="@nagon #12 :tada: https://example.org www.example.org namn@example.org"))
    assert (
        "@\u2060nagon #\u206012 :\u2060tada: https:\u2060//example.org www.\u2060example.org namn@\u2060example.org"
    ) in text


def test_only_the_grouping_changes_with_the_day() -> None:
    """From Wednesday to Sunday of one week nothing does; what is due on Saturday has passed on Sunday."""
    week = [markdown(made(), DAY + timedelta(days=each)) for each in range(4)]
    assert len(set(week)) == 1
    sunday = markdown(made(), date(2025, 6, 1))
    assert sunday.partition("\n\n## ")[0] == "# IOP: deadlines\n\n2 passed, 1 later."
    items = [[line for line in text.splitlines() if line.startswith(("- ", "  - "))] for text in (week[0], sunday)]
    assert items[0] == items[1]


def test_nothing_due_and_what_is_left_out() -> None:
    assert as_markdown(digest([], DAY, [], ENGLISH, no_link)) == "# IOP: deadlines\n\nNothing is due.\n"
    found = digest([], DAY, ["agreements/a_b.yaml", "agreements/<c>.yaml"], ENGLISH, no_link)
    assert as_markdown(found) == (
        "# IOP: deadlines\n\nNothing is due.\n\n"
        "left out because of an error: agreements/a\\_b.yaml, agreements/\\<c\\>.yaml\n"
    )
    assert (
        '<p class="missing">left out because of an error: agreements/a_b.yaml, agreements/&lt;c&gt;.yaml</p>'
    ) in as_page(found, "en")


def test_a_day_that_is_moved_stands_on_the_day_that_counts() -> None:
    """2025-08-31 is a Sunday, which the agreement moves to Monday."""
    duty = {"id": "c", "kind": "dialogue", "text": "Samtal", "by": date(2025, 8, 31), "working_day": "next"}
    of = agreement(period=period(date(2025, 1, 1), date(2026, 12, 31)), duties=(duty,))
    assert "- **2025-09-01 Monday**: Samtal · IOP Exempel\n  - who: not stated\n" in markdown(of)
    assert "  - 2025-08-31 is a Sunday; in practice 2025-09-01\n" in markdown(of)
