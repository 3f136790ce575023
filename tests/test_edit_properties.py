"""A thousand edits of files in many styles: each changes the lines that it has to, and no other.

What an edit should come to is worked out here by other means: on plain values, with another reader of YAML (PyYAML,
written in Python), and by comparing lines. `python -m tests.test_edit_properties 20000` makes more of them.
"""

from __future__ import annotations

import copy
import re
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
import yaml

from iopctl.edit import Append, CannotEditError, Change, Put, edited
from iopctl.finding import Route
from iopctl.layout import Remarked, is_list
from iopctl.source import Source
from tests import styled

EDITS, IN_A_FILE = 1000, 4
AGREEMENTS = sorted((Path(__file__).parent.parent / "agreements").glob("*.yaml"))


def lines(text: str) -> list[str]:
    return re.findall("[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", text)


# -- what is asked for -------------------------------------------------------------------------------------------------


def a_change(random: Random, values: dict[str, Any]) -> Change:
    """Something that one may want to change: a value that is there, a new key, or one more item."""
    found = list(styled.places(values))
    kind = random.random()
    value = _remarked(random, styled.value(random, 2))
    if kind < 0.35:
        if isinstance(_bare(value), list):  # the format has no list right inside another
            value = styled.scalar(random)
        lists = [route for route, each in found if isinstance(each, list)]
        if lists and random.random() < 0.8:
            return Append(random.choice(lists), value)
        mapping = random.choice([route for route, each in found if isinstance(each, dict)])
        return Append((*mapping, *_new_keys(random, _at(values, mapping))), value)
    if kind < 0.65:
        mapping = random.choice([route for route, each in found if isinstance(each, dict)])
        return Put((*mapping, *_new_keys(random, _at(values, mapping))), value)
    return Put(random.choice([route for route, _each in found if route and isinstance(route[-1], str)]), value)


def _remarked(random: Random, value: Any) -> Any:
    if random.random() < 0.9 or value in ({}, []):
        return value
    return Remarked(value, (styled.text(random).split("\n")[0],) if random.random() < 0.5 else (), "beside")


def _new_keys(random: Random, mapping: dict[str, Any]) -> Route:
    first = next(
        each for each in iter(lambda: f"{styled.key(random)}-n{random.randint(0, 99)}", None) if each not in mapping
    )
    return (first, *(styled.key(random) for _ in range(random.choice((0, 0, 0, 1, 2)))))


def _at(values: Any, route: Route) -> Any:
    for step in route:
        values = values[step]
    return values


def after(values: Any, change: Change) -> Any:
    """The values with the change."""
    done = copy.deepcopy(values)
    *before, last = change.route
    place = done
    for step in before:
        place = place.setdefault(step, {}) if isinstance(place, dict) else place[step]
    bare = _bare(change.value)
    if isinstance(change, Append):
        if isinstance(place, dict):
            place.setdefault(last, [])
        place[last].append(bare)
    else:
        place[last] = bare
    return done


def _bare(value: Any) -> Any:
    if isinstance(value, Remarked):
        return _bare(value.value)
    if isinstance(value, Mapping):
        return {key: _bare(each) for key, each in value.items()}
    return [_bare(each) for each in value] if is_list(value) else value


def _texts(value: Any) -> list[str]:
    return [each for _route, each in styled.places(value) if isinstance(each, str)]


# -- where it is -------------------------------------------------------------------------------------------------------


class Area(NamedTuple):
    """The lines that may change, counted from 0; the end is not among them. None when only new lines may come."""

    first: int
    end: int
    inner: bool
    """Whether what goes away has lines of its own, with the comments among them."""


def area(text: str, change: Change) -> Area | None:
    key, node = None, yaml.compose(text, Loader=yaml.BaseLoader)
    for step in change.route:
        if node.flow_style and isinstance(node, yaml.CollectionNode):
            return Area(node.start_mark.line, node.end_mark.line + 1, False)
        inner = (
            {k.value: (k, v) for k, v in node.value}
            if isinstance(node, yaml.MappingNode)
            else dict(enumerate((None, v) for v in node.value))
        )
        if step not in inner:
            return None
        key, node = inner[step]
    if isinstance(node, yaml.CollectionNode) and node.flow_style and (node.value or isinstance(change, Put)):
        return Area(node.start_mark.line, _last(node) + 1, False)
    if isinstance(change, Append) and node.value:
        return None
    return Area((key or node).start_mark.line, _last(node) + 1, isinstance(node, yaml.CollectionNode))


def _last(node: yaml.Node) -> int:
    """The last line of a value, that of its blank lines included where they are part of it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        inner = [part for each in node.value for part in (each if isinstance(each, tuple) else (each,))]
        return max(map(_last, inner))
    ends = node.end_mark
    return int(ends.line if ends.column else ends.line - 1)


# -- the property ------------------------------------------------------------------------------------------------------


class Difference(NamedTuple):
    """What differs between two texts: after so many lines some are gone and others have come."""

    at: int
    gone: list[str]
    come: list[str]


def difference(old: list[str], new: list[str], ending: str) -> Difference:
    shorter = min(len(old), len(new))
    same = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    rest = next((n for n in range(shorter - same) if old[-1 - n] != new[-1 - n]), shorter - same)
    gone, come = old[same : len(old) - rest], new[same : len(new) - rest]
    if len(gone) == 1 and come and not rest and come[0] == gone[0] + ending:  # the last line had no end
        return Difference(same + 1, [], come[1:])
    return Difference(same, gone, come)


def wrong_with(text: str, new: str, change: Change, expected: dict[str, Any]) -> str | None:
    """What is wrong with an edited text, as a sentence."""
    if styled.read(new) != styled.as_read(expected):
        return "another reader reads something else"
    if Source("", new).findings:
        return "the reader finds something wrong"
    ending = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    if text.count("\n") > 1 and ending == "\r\n" and new.count("\n") != new.count("\r\n"):
        return "a line ends otherwise"
    old_lines, new_lines = lines(text), lines(new)
    found, where = difference(old_lines, new_lines, ending), area(text, change)
    if where is None and found.gone:
        return f"lines are changed that nothing was to happen to: {found.gone}"
    if where is not None and found.gone and not where.first <= found.at <= found.at + len(found.gone) <= where.end:
        return f"lines are changed outside {where}: {found}"
    undone = [*new_lines[: found.at], *found.gone, *new_lines[found.at + len(found.come) :]]
    if "".join(undone).removesuffix(ending) != text.removesuffix(ending):
        return "what was undone is not what was there"
    kept = old_lines if where is None or not where.inner else old_lines[: where.first + 1] + old_lines[where.end :]
    if missing := Counter(COMMENT.findall("".join(kept))) - Counter(COMMENT.findall(new)):
        return f"comments are gone: {sorted(missing)}"
    if trailing(found) and not any(" \n" in each for each in _texts(_bare(change.value))):
        return f"space at the end of a line: {found.come}"
    return None


COMMENT = re.compile("#~[0-9]+~")


def trailing(found: Difference) -> bool:
    """Whether a line that has come ends in a space."""
    return any(each.rstrip("\r\n") != each.rstrip() for each in found.come if each.strip() and each not in found.gone)


class Run(NamedTuple):
    """Edits of one file, each on the one before: how many, how many were refused, and what was wrong."""

    count: int
    refused: int
    wrong: str | None


def run(random: Random, values: dict[str, Any], text: str, edits: int = IN_A_FILE) -> Run:
    refused = 0
    for number in range(edits):
        change = a_change(random, values)
        try:
            new = edited(text, [change])
        except CannotEditError:
            if not may_be_refused(text, change):
                return Run(number + 1, refused, f"refused: {change}\n--- the file\n{text}")
            refused += 1
            continue
        expected = after(values, change)
        wrong = wrong_with(text, new, change, expected)
        if wrong is not None:
            return Run(number + 1, refused, f"{wrong}\n{change}\n--- the file\n{text}\n--- edited\n{new}")
        text, values = new, expected
    return Run(edits, refused, None)


def may_be_refused(text: str, change: Change) -> bool:
    """Whether the change has no place: a remark where there is only room for a value, a comment inside braces."""
    where = area(text, change)
    return where is not None and ("Remarked" in repr(change) or "#" in "".join(lines(text)[where.first : where.end]))


def made(seed: int) -> Run:
    """Edits of a file that is made up."""
    random = Random(seed)
    values = styled.tree(random)
    return run(random, values, styled.Styler(random).file(values))


@pytest.mark.parametrize("part", range(10))
def test_an_edit_changes_what_it_has_to_and_nothing_else(part: int) -> None:
    share = EDITS // IN_A_FILE // 10
    refused = 0
    for seed in range(part * share, (part + 1) * share):
        done = made(seed)
        assert done.wrong is None, f"seed {seed}, edit {done.count}: {done.wrong}"
        refused += done.refused
    assert refused < EDITS // 10 // 10


def shipped(path: Path) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(each) for key, each in value.items()}
        return [plain(each) for each in value] if isinstance(value, tuple) else value

    values: dict[str, Any] = plain(Source("", path.read_text("utf-8")).values)
    return values


@pytest.mark.parametrize("path", AGREEMENTS, ids=lambda each: each.stem)
def test_real_agreements_are_edited_so_too(path: Path) -> None:
    values = shipped(path)
    as_it_is = run(Random(1), values, path.read_text("utf-8"), 10)
    assert as_it_is.wrong is None, as_it_is.wrong
    for seed in range(4):
        random = Random(seed)
        restyled = run(random, values, styled.Styler(random).file(values), 5)
        assert restyled.wrong is None, f"seed {seed}: {restyled.wrong}"


OLD = "a: 1 #~1~\nb:\n  - x #~2~\n#~3~\nc: 2\n"


@pytest.mark.parametrize(
    ("new", "wrong"),
    [
        ("a: 1 #~1~\nb:\n  - x #~2~\n  - y\n#~3~\nc: 2\n", None),
        ("a: 1 #~1~\nb:\n  - x #~2~\n  - z\n#~3~\nc: 2\n", "another reader reads something else"),
        ("a: 1 #~1~\nb:\n  - x #~2~\n  - &y y\n#~3~\nc: 2\n", "the reader finds something wrong"),
        ("a: 1 #~1~\nb: [x, y] #~2~\n#~3~\nc: 2\n", "lines are changed that nothing was to happen to"),
        ("a: 1 #~1~\nb:\n  - x #~2~\n  - y \n#~3~\nc: 2\n", "space at the end of a line"),
        ("a: 1 #~1~\nb:\n  - x\n  - y\n#~3~\nc: 2\n", "lines are changed that nothing was to happen to"),
    ],
)
def test_the_judge_sees_what_is_wrong(new: str, wrong: str | None) -> None:
    change = Append(("b",), "y")
    found = wrong_with(OLD, new, change, {"a": 1, "b": ["x", "y"], "c": 2})
    assert (found or "").startswith(wrong or "") and (found is None) == (wrong is None)


@pytest.mark.parametrize(
    ("new", "wrong"),
    [
        ("a: 5 #~1~\nb:\n  - x #~2~\n#~3~\nc: 2\n", None),
        ("a: 5\nb:\n  - x #~2~\n#~3~\nc: 2\n", "comments are gone: ['#~1~']"),
        ("a: 5 #~1~\nb:\n  - x #~2~\n#~3~\nc:  2\n", "lines are changed outside"),
    ],
)
def test_the_judge_sees_what_a_replacement_did(new: str, wrong: str | None) -> None:
    found = wrong_with(OLD, new, Put(("a",), 5), {"a": 5, "b": ["x"], "c": 2})
    assert (found or "").startswith(wrong or "") and (found is None) == (wrong is None)


if __name__ == "__main__":
    for each in range(int(sys.argv[1])):
        if (told := made(each)).wrong is not None:
            print(f"seed {each}: {told.wrong}\n{'=' * 80}")  # noqa: T201
