"""What the import finds, measured: `python -m tests.import_table` prints the table of docs/import.md.

A *structured fact* is every value of an agreement that is no running text: a name, a kind, a number, a date, a length,
an index, who does what, an explicit unknown; and that each running text is there. Running texts are those under
`TEXTS`. No facts are: `format`, the ids that somebody has chosen (a reference to a party counts as that party's name),
`acknowledged`, and `documents.*.sections`, which say how a document is laid out.

Items of lists are paired by what they have in common, whatever their order. A value is

- *found* when the import writes the same (names without regard to capitals; a text when four fifths of the words of the
  shorter one, which has at least a third of the words of the longer one, are in the other),
- *wrong* when it writes another value in its place, a value where the agreement has an unknown, or a value that the
  agreement does not have; a text, when it has less than a fifth of the words, or stands under another key than the one
  where the agreement has it,
- *missed* when it writes nothing, an unknown where the agreement knows, or a text that is like it only in part.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from iopctl.cli.app import run
from iopctl.source import Source

HERE = Path(__file__).parent
SEEDS = HERE / "seeds"
AGREEMENTS = HERE.parent / "agreements"

TEXTS = frozenset({
    "title", "purpose", "target_group", "text", "about", "wording", "condition", "values", "contents", "footnotes",
    "note", "texts",
})  # fmt: skip
LEFT_OUT = frozenset({"format", "id", "acknowledged", "sections"})
PARTIES = frozenset({"from", "to", "responsible", "contributors", "party", "given_by", "decided_by", "notice"})
DUTIES = frozenset({"duty"})


@dataclass
class Count:
    """What became of the facts of an agreement."""

    found: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    besides: list[str] = field(default_factory=list)
    """Running texts that the agreement does not have."""

    def add(self, other: Count) -> None:
        for name in ("found", "missed", "wrong", "besides"):
            getattr(self, name).extend(getattr(other, name))

    @property
    def share(self) -> int:
        known = len(self.found) + len(self.missed) + len(self.wrong)
        return len(self.found) * 100 // known if known else 100


def compare(expected: Mapping[str, Any], imported: Mapping[str, Any]) -> Count:
    """The facts of an agreement against those that have been imported."""
    one, two = _named(expected), _named(imported)
    count = _compared(one, two, "")
    misplaced = list(_misplaced(one, two))
    count.wrong += misplaced
    count.besides = [each for each in count.besides if each not in misplaced]
    return count


def _named(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the names of parties and the kinds of duties for their ids, and lists for mappings by id."""
    names = {id_: party["name"] for id_, party in values.get("parties", {}).items()}
    kinds = {duty["id"]: duty["kind"] for duty in values.get("duties", ())}

    def walk(value: Any, key: str) -> Any:
        if key in PARTIES and isinstance(value, str | list | tuple):
            ids = [value] if isinstance(value, str) else list(value)
            return frozenset(str(names.get(each, each)).casefold() for each in ids)
        if key in DUTIES:
            return kinds.get(value, value)
        if isinstance(value, Mapping):
            return {inner: walk(each, str(inner)) for inner, each in value.items() if inner not in LEFT_OUT}
        if isinstance(value, list | tuple):
            return [walk(each, key) for each in value]
        return value

    found = walk(values, "")
    found["parties"] = list(found.get("parties", {}).values())
    found["footnotes"] = list(found.get("footnotes", {}).values())
    for kind in found.get("documents", {}):
        found["documents"] = {kind: found["documents"][kind], **found["documents"]}
    return found  # type: ignore[no-any-return]


def _compared(expected: Any, imported: Any, route: str) -> Count:
    if _unknown(expected) or _unknown(imported) or not isinstance(expected, dict | list):
        return _leaf(expected, imported, route)
    if isinstance(expected, dict):
        count = Count()
        if not isinstance(imported, dict):
            return Count(wrong=[f"{route} = {imported!r}"])
        for key in dict.fromkeys((*expected, *imported)):
            inner = f"{route}.{key}".lstrip(".")
            if key not in imported:
                count.missed += list(_leaves(expected[key], inner))
            elif key not in expected:
                _extra(count, imported[key], inner)
            else:
                count.add(_compared(expected[key], imported[key], inner))
        return count
    return _paired(expected, imported if isinstance(imported, list) else [imported], route)


def _paired(expected: list[Any], imported: list[Any], route: str) -> Count:
    """The items of two lists, each with the one that it has most in common with."""
    count, left = Count(), list(imported)
    pairs = [
        (_likeness(one, two, route), number, other)
        for number, one in enumerate(expected)
        for other, two in enumerate(imported)
    ]
    used: dict[int, int] = {}
    for likeness, number, other in sorted(pairs, key=lambda each: -each[0]):
        if likeness > 0 and number not in used and other not in used.values():
            used[number] = other
    for number, one in enumerate(expected):
        if number in used:
            count.add(_compared(one, imported[used[number]], f"{route}[{number}]"))
        else:
            count.missed += list(_leaves(one, f"{route}[{number}]"))
    left = [each for number, each in enumerate(imported) if number not in used.values()]
    for each in left:
        _extra(count, each, f"{route}[+]")
    return count


def _likeness(one: Any, two: Any, route: str) -> float:
    """How alike two items are: facts in common, less those that differ; texts count by their words."""
    if isinstance(one, dict) and isinstance(two, dict):
        if one.get("kind") != two.get("kind") or (
            "name" in one and "name" in two and one["name"] != two["name"] and not _unknown(one["name"])
        ):
            return 0
        count = _compared(one, two, route)
        return len(count.found) + 0.5 - 0.4 * len(count.wrong)
    return float(len(_leaf(one, two, route).found))


def _is_stand_in(value: Any) -> bool:
    """Whether it is a party without a name, which the format needs where the paper does not name any."""
    return isinstance(value, dict) and _unknown(value.get("name")) and set(value) == {"name", "kind"}


def _extra(count: Count, value: Any, route: str) -> None:
    for leaf in _leaves(value, route) if not _is_stand_in(value) and not _unknown(value) else ():
        (count.besides if _is_text(leaf) else count.wrong).append(f"{leaf} (+)" if not _is_text(leaf) else leaf)


def _leaves(value: Any, route: str) -> Iterator[str]:
    """The routes of the facts in a value."""
    if isinstance(value, dict) and not _unknown(value):
        for key, inner in value.items():
            yield from _leaves(inner, f"{route}.{key}".lstrip("."))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{route}[{number}]")
    else:
        yield route


def _leaf(expected: Any, imported: Any, route: str) -> Count:
    if _unknown(expected) and _unknown(imported):
        return Count(found=[route])
    if _unknown(imported):
        return Count(missed=list(_leaves(expected, route)))
    if _unknown(expected):
        return Count(wrong=[f"{route} = {imported!r}"])
    if _is_text(route) and isinstance(expected, str) and isinstance(imported, str):
        return _text(expected, imported, route)
    same = _plain(expected) == _plain(imported)
    return Count(found=[route]) if same else Count(wrong=[f"{route} = {imported!r}, not {expected!r}"])


def _text(expected: str, imported: str, route: str) -> Count:
    one, two = _words(expected), _words(imported)
    common = sum((one & two).values())
    shorter, longer = sorted((sum(one.values()), sum(two.values())))
    if common >= 0.8 * shorter and shorter * 3 >= longer:
        return Count(found=[route])
    # a label of a duty or a contribution is the author's own; it is not wrong to have the agreement's sentence instead
    label = route.endswith(".text")
    return (
        Count(missed=[route]) if label or common >= 0.2 * sum(one.values()) else Count(wrong=[f"{route}: other words"])
    )


def _misplaced(expected: Mapping[str, Any], imported: Mapping[str, Any]) -> Iterator[str]:
    """Running texts that stand under another key than where the agreement has the same words."""
    wanted = dict(_running(expected, ""))
    for route, text in _running(imported, ""):
        if route in wanted or len(_words(text)) < 8:
            continue
        for other, words in wanted.items():
            one, two = _words(text), _words(words)
            common = sum((one & two).values())
            if common >= 0.8 * sum(one.values()) and common >= 0.5 * sum(two.values()):
                yield f"{route}: the words of {other}"


def _running(values: Mapping[str, Any], route: str) -> Iterator[tuple[str, str]]:
    for key in ("purpose", "target_group"):
        if key in values:
            yield key, values[key]
    yield from ((f"texts.{key}", text) for key, text in values.get("texts", {}).items())
    for kind, part in values.get("documents", {}).items():
        yield from ((f"documents.{kind}.texts.{key}", text) for key, text in part.get("texts", {}).items())


def _is_text(route: str) -> bool:
    steps = re.sub(r"\[[0-9+]+\]", "", route).split(".")
    last = steps[-1]
    return last in TEXTS or "texts" in steps or steps[0] == "footnotes"


def _unknown(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"unknown"}


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, frozenset | bool):
        return value
    if isinstance(value, Decimal | int):
        return str(int(value)) if int(value) == value else str(value)
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value).casefold().split())


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text.casefold()))


def values_in(path: Path) -> dict[str, Any]:
    """What a YAML file says."""
    values = Source(path.name, path.read_text("utf-8")).values
    assert isinstance(values, dict)
    return values


def imported(path: Path) -> dict[str, Any]:
    """What stands in the file that the import writes of a paper."""
    with (
        TemporaryDirectory() as folder,
        chdir(folder),
        redirect_stdout(StringIO()),
        redirect_stderr(StringIO()) as said,
    ):
        Path("agreements").mkdir()
        code = run(["import", str(path), "--id", "x"])
        assert code == 0, said.getvalue()
        return values_in(Path("agreements", "x.yaml"))


def measured(papers: Mapping[Path, Path]) -> dict[str, Count]:
    """The counts of papers against agreements."""
    return {paper.stem: compare(values_in(agreement), imported(paper)) for paper, agreement in papers.items()}


def seeds() -> dict[Path, Path]:
    """The four texts, and what somebody has written of each by hand."""
    return {path: AGREEMENTS / f"{path.stem}.yaml" for path in sorted(SEEDS.glob("*.txt"))}


def cases(folder: str = "") -> dict[Path, Path]:
    """Passages with what they say, worked by hand."""
    return {
        path: path.with_suffix(".yaml")
        for path in sorted((HERE / "intake_cases" / folder).glob("*.*"))
        if path.suffix != ".yaml" and path.is_file()
    }


def table(counts: Mapping[str, Count]) -> str:
    """A row for each paper, and their sum."""
    total = Count()
    for each in counts.values():
        total.add(each)
    rows = [*counts.items(), ("alla", total)]
    wide = max(len(name) for name, _count in rows)
    lines = [f"{'':{wide}}  found  missed  wrong  share"]
    lines += [
        f"{name:{wide}}  {len(each.found):5}  {len(each.missed):6}  {len(each.wrong):5}  {each.share:3} %"
        for name, each in rows
    ]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> None:
    for papers in (seeds(), cases(), cases("held_out"), cases("papers")):
        counts = measured(papers)
        if counts:
            sys.stdout.write(table(counts) + "\n")
        for name, each in counts.items():
            for kind in arguments:
                sys.stdout.writelines(f"{name} {kind}: {line}\n" for line in getattr(each, kind))


if __name__ == "__main__":
    main(sys.argv[1:])
