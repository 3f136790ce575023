"""Order and layout: what a tidied file looks like, and that nothing in it is lost, whatever it looked like before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iopctl.form import keys_at
from iopctl.formatting import CannotFormatError, formatted
from iopctl.model import Agreement, ChangeTable, NumberTable, Settings
from iopctl.source import Node, Source
from tests.fuzz import make
from tests.restyled import restyled

ROOT = Path(__file__).parent.parent


def tidy(text: str, model: Any = Agreement) -> str:
    source = Source("a.yaml", text)
    assert list(source.findings) == []
    return formatted(source, lambda route: keys_at(model, route))


# what it looks like


def check(before: str, after: str) -> None:
    assert tidy(before) == after
    assert tidy(after) == after


def test_keys_stand_in_the_order_of_the_format() -> None:
    check(
        """\
purpose: Samvaro
parties:
  b: {kind: association, name: Föreningen}
  a: {name: Kommunen, kind: municipality}
title: IOP
format: 1
""",
        """\
format: 1
title: IOP
purpose: Samvaro

parties:
  b: {name: Föreningen, kind: association}
  a: {name: Kommunen, kind: municipality}
""",
    )


def test_ids_and_items_keep_their_order() -> None:
    check(
        "footnotes:\n  '2': b\n  '1': a\ndecisions:\n- {body: B}\n- {body: A}\n",
        'decisions:\n  - {body: B}\n  - {body: A}\n\nfootnotes:\n  "2": b\n  "1": a\n',
    )


def test_a_party_named_like_a_key_is_no_key() -> None:
    text = "parties:\n  om:\n    name: Om\n  kind:\n    name: Kind\n  name:\n    name: Name\n"
    check(text, text)


def test_an_unknown_key_stays_after_the_key_that_it_stood_after() -> None:
    check("titel: x\ntitle: IOP\ntypo: y\nformat: 1\n", "titel: x\nformat: 1\ntitle: IOP\ntypo: y\n")


def test_indents_and_quotation_marks() -> None:
    check(
        """\
title:    'IOP'
parties:
      a:
           name: "Nämnden: Linköping"
           kind: 'municipality'
           about: 'Den kallas "nämnden"'
duties:
- yearly_by: '03-31'
  text: "it's"
- by:   2019-12-31
signatures:
-   date: {unknown: '2017-12-'}
-   date: { unknown : den XX }
""",
        """\
title: IOP

parties:
  a:
    name: "Nämnden: Linköping"
    kind: municipality
    about: Den kallas "nämnden"

duties:
  - text: it's
    yearly_by: "03-31"
  - by: 2019-12-31

signatures:
  - date: {unknown: "2017-12-"}
  - date: {unknown: den XX}
""",
    )


def test_quotation_marks_that_only_braces_need() -> None:
    text = 'title: Vad?\nlog:\n  - {text: "Vad?", kind: "a, b"}\n'
    check(text.replace("title: Vad?", "title: 'Vad?'").replace("log:", "\nlog:"), text.replace("log:", "\nlog:"))


def test_single_quotation_marks_where_double_ones_would_have_to_be_escaped() -> None:
    check('title: "\\"Vi\\" och de"\npurpose: "a: \\"b\\""\n', "title: '\"Vi\" och de'\npurpose: 'a: \"b\"'\n")


FIRST = "Äldrenämnden och Resurspoolen har som mål att det sociala innehållet"
REST = "i vardagen för äldre utvecklas, och mer"
LONG = f"{FIRST} {REST}"


def test_long_texts_are_folded() -> None:
    folded = """\
title: >-
  Äldrenämnden och Resurspoolen har som mål att det sociala innehållet i vardagen för äldre utvecklas,
  och mer
"""
    check(f"title: {LONG}\n", folded)
    check(f'title: "{LONG}"\n', folded)
    check(f"title: >-\n     {FIRST}\n     {REST}\n", folded)
    check(f"title:\n  {FIRST}\n     {REST}\n", folded)


def test_a_number_is_not_torn_apart() -> None:
    check(
        f"title: >-\n  {FIRST} i vardagen för de äldre: 1 250 000 kr\n",
        f"title: >-\n  {FIRST} i vardagen för de äldre:\n  1 250 000 kr\n",
    )


def test_paragraphs_of_a_folded_text() -> None:
    check(
        f"title: >\n  {FIRST}\n  {REST}\n\n  Hej.\n",
        f"title: >\n  {FIRST} i vardagen för äldre utvecklas,\n  och mer\n\n  Hej.\n",
    )


def test_lines_that_mean_something_stay() -> None:
    text = f"purpose: |-\n  {LONG} {LONG}\n\n\n  - a\n    b  \n      c\ntarget_group: >-\n  Till dem\n    - som kan\n"
    check(re.sub("(?m)^  ", "      ", text), text)


def test_braces_stay_where_they_fit() -> None:
    check(
        f"""\
total: {{per: year,
  value: 4785000}}
decisions:
- {{kind: adopted, body: "Nämnden, som hette något annat", date: 2019-11-28, text: {FIRST}}}
- {{kind: adopted, # i nämnden
   body: Nämnden}}
""",
        f"""\
decisions:
  - kind: adopted
    body: Nämnden, som hette något annat
    date: 2019-11-28
    text: {FIRST}
  - kind: adopted # i nämnden
    body: Nämnden

total: {{value: 4785000, per: year}}
""",
    )


def test_blank_lines() -> None:
    check(
        "\n\nformat: 1\n\n\n\ntitle: IOP\nparties:\n\n\n  a:\n    name: A\n\n\n    kind: x\n  b: {name: B}\n"
        "total: {value: 1}\n\n\n",
        "format: 1\n\ntitle: IOP\n\nparties:\n  a:\n    name: A\n\n    kind: x\n  b: {name: B}\ntotal: {value: 1}\n",
    )


def test_keys_that_are_all_set_off_stay_so_in_another_order() -> None:
    check("purpose: a\n\ntitle: b\n\nformat: 1\n", "format: 1\n\ntitle: b\n\npurpose: a\n")


def test_a_block_that_begins_with_a_space() -> None:
    check("title: |1-\n   a\n  b\npurpose: >1\n   a\n  b\n", "title: |2-\n    a\n   b\npurpose: >2\n    a\n   b\n")


def test_blank_lines_that_a_text_ends_with() -> None:
    check(
        "title: |+\n    a\n\n\nperiod: {}\nparties:\n  a: {}\n", "title: |+\n  a\n\n\nparties:\n  a: {}\n\nperiod: {}\n"
    )


def test_crlf_and_the_last_line() -> None:
    check("title: IOP   \r\nformat: 1", "format: 1\r\ntitle: IOP\r\n")
    check("title: IOP \t\nformat: 1", "format: 1\ntitle: IOP\n")


# where comments go


def test_comments_stay_with_what_they_are_about() -> None:
    check(
        """\
# Filen handlar om detta.
# Öppet: allt.

# titeln
title: IOP   # så i texten
             # och på omslaget
# nummer ett
format: 1    # alltid
parties:     # alla
  # en
  a:
    kind: association # ideell
    # namnet
    name: A
    # slut på a
  # två
  b: # b:s namn
    name: B
  # slut på parterna
# sist
""",
        """\
# Filen handlar om detta.
# Öppet: allt.

# nummer ett
format: 1 # alltid
# titeln
title: IOP # så i texten
           # och på omslaget

parties: # alla
  # en
  a:
    # namnet
    name: A
    kind: association # ideell
    # slut på a
  # två
  b: # b:s namn
    name: B
  # slut på parterna
# sist
""",
    )


def test_a_comment_above_the_first_key_of_an_item_goes_above_the_hyphen() -> None:
    check(
        "duties:\n- # en\n  # två\n  kind: meeting\n  # tre\n  id: a\n-\n  # fyra\n  kind: report\n",
        "duties:\n  - # en\n    # tre\n    id: a\n    # två\n    kind: meeting\n  # fyra\n  - kind: report\n",
    )


def test_a_comment_after_hyphens_in_the_column_of_their_key_is_about_the_next_key() -> None:
    check(
        "duties:\n- {id: a}\n# om signaturerna\nsignatures:\n- {name: b}\n# sist\n",
        "duties:\n  - {id: a}\n\n# om signaturerna\nsignatures:\n  - {name: b}\n# sist\n",
    )


def test_a_comment_set_off_above_keys_goes_with_the_first_of_them() -> None:
    check(
        """\
format: 1

# ---- Pengar ----

contributions:
- {id: a}
total: {value: 1}

# ---- Det vanliga ----

title: IOP
purpose: Samvaro
""",
        """\
format: 1

# ---- Det vanliga ----

title: IOP
purpose: Samvaro

# ---- Pengar ----

contributions:
  - {id: a}
total: {value: 1}
""",
    )


def test_a_comment_right_below_a_value_and_set_off_from_the_next_goes_with_that_value() -> None:
    check(
        "purpose: Samvaro\n# ska skrivas om\n\ntitle: IOP\ntarget_group: Äldre\n",
        "title: IOP\npurpose: Samvaro\n# ska skrivas om\n\ntarget_group: Äldre\n",
    )


def test_a_comment_beside_a_text_in_lines() -> None:
    check(
        "texts:\n  goals: |-   # ur skrivelsen\n      Mål.\n\n      Mer.\n  form: 'x'  # kort\n",
        "texts:\n  form: x # kort\n  goals: |- # ur skrivelsen\n    Mål.\n\n    Mer.\n",
    )


def test_what_is_no_mapping_is_left_alone() -> None:
    for text in ("- a\n-   b\n", "hej", "{ }"):
        assert tidy(text) == text


def test_a_change_of_what_is_said_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for line in ("  title: IOP", "title: Annat # ett", "title: IOP # två", "title: IOP", "title: [IOP # ett"):
        monkeypatch.setattr("iopctl.formatting._laid_out", lambda _whole, line=line: [line])
        with pytest.raises(CannotFormatError):
            tidy("title: IOP # ett\n")


# the files that come with iopctl

SHIPPED = sorted([*(ROOT / "agreements").glob("*.yaml"), *(ROOT / "docs" / "examples" / "documents").glob("*.yaml")])
TABLES = sorted((ROOT / "iopctl" / "indices").glob("*.yaml"))


@pytest.mark.parametrize("path", [*SHIPPED, *TABLES], ids=lambda path: path.name)
def test_what_comes_with_iopctl_is_tidy(path: Path) -> None:
    text = path.read_text("utf-8")
    models = {"agreements": Agreement, "documents": Settings}
    table = NumberTable if "kind: index_number" in text else ChangeTable
    assert tidy(text, models.get(path.parent.name, table)) == text


# whatever it looked like before

SEEDS = st.integers(0, 2**32 - 1)
AGREEMENTS = [Source("", path.read_text("utf-8")).values for path in SHIPPED if path.parent.name == "agreements"]
TEXT = st.text(st.sampled_from("aå 1:-#'\"\\,{}[]|>%@\n\t\u00a0\u2028\x85.§&*!?~=\u200b"), max_size=12)
WORD = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)
VALUES = st.recursive(
    st.one_of(TEXT, WORD, st.integers(-9999, 9999), st.booleans(), st.dates()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.sampled_from(["id", "kind", "name", "text", "a", "b", "1"]), inner, max_size=4),
    ),
    max_leaves=12,
)
KEYS = st.sampled_from(["format", "title", "parties", "duties", "texts", "total", "log", "x", "y"])


def held(text: str) -> str:
    """Tidies a text, and sees that everything is still there, and that doing it again changes nothing."""
    before = Source("a.yaml", text)
    once = tidy(text)
    after = Source("a.yaml", once)
    assert after.values == before.values
    assert repr(sorted_keys(after.values)) == repr(sorted_keys(before.values))  # True is not 1
    assert tidy(once) == once
    return once


def sorted_keys(values: Any) -> Any:
    if isinstance(values, dict):
        return {key: sorted_keys(values[key]) for key in sorted(values)}
    return tuple(sorted_keys(each) for each in values) if isinstance(values, tuple) else values


@settings(max_examples=300, deadline=None)
@given(SEEDS, st.sampled_from(range(len(AGREEMENTS))))
def test_agreements_in_any_style(seed: int, number: int) -> None:
    values = AGREEMENTS[number]
    text = restyled(values, seed)
    assert (Source("a.yaml", text).values == values) is True
    after = held(text)
    assert misplaced(text, after) == []
    assert after.count("\r\n") in (0, after.count("\n"))
    for line in re.split("\r?\n", after):
        assert line.rstrip(" \t") == line


@settings(max_examples=400, deadline=None)
@given(SEEDS, st.dictionaries(KEYS, VALUES, min_size=1, max_size=5))
def test_any_values_in_any_style(seed: int, values: Any) -> None:
    text = restyled(values, seed)
    if Source("a.yaml", text).findings:
        return  # a text that the maker of styles cannot write so
    assert misplaced(text, held(text)) == []


@pytest.mark.parametrize("number", range(300))
def test_damaged_files_lose_nothing(number: int) -> None:
    try:
        text = make(7, number).data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return
    if not Source("a.yaml", text).findings:
        held(text)


COMMENT = re.compile(r"# *(?P<kind>above|beside|end|head) (?P<route>\S+) (?P<number>[0-9]+)$")


def misplaced(before: str, after: str) -> list[str]:
    """The comments of restyled.py that no longer stand where they say that they do, or are not there once."""
    rows = re.split("\r?\n", after)
    starts = {".".join(map(str, route)): line for route, line in lines_of(Source("a.yaml", after))}
    found = [(number, match) for number, row in enumerate(rows, 1) if (match := COMMENT.search(row))]
    wrong = [match[0] for number, match in found if not stands(match, number, starts, rows)]
    made = sorted(match["number"] for row in re.split("\r?\n", before) if (match := COMMENT.search(row)))
    kept = sorted(match["number"] for _number, match in found)
    return wrong + ([f"{made} != {kept}"] if made != kept else [])


def stands(match: re.Match[str], number: int, starts: dict[str, int], rows: list[str]) -> bool:
    route, kind = match["route"], match["kind"]
    following = min((line for line in starts.values() if line > number), default=len(rows) + 1)
    if kind == "above":
        return starts[route] == following
    if kind == "beside":
        return starts[route] == number
    if kind == "head":
        return number < min(starts.values()) or following == min(starts.values())
    prefix = "" if route == "(file)" else f"{route}."
    inside = [line for place, line in starts.items() if place.startswith(prefix)]
    return number > max(inside) and (following > number)


def lines_of(source: Source) -> Iterator[tuple[tuple[Any, ...], int]]:
    """The line that each key and each item begins on."""
    rows = re.split("\r?\n", source.text)

    def walk(node: Node, route: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], int]]:
        for step, (key, value) in (node.inner or {}).items():
            line = source.span(*[value.start if key is None else int(key.start_mark.index)] * 2).line
            column = source.span(node.start, node.start).column
            while key is None and not node.inline and not re.match(f"[ -]{{{column - 1}}}-", rows[line - 1]):
                line -= 1  # the hyphen stands alone, above
            yield (*route, step), line
            yield from walk(value, (*route, step))

    return walk(source.root(), ())
