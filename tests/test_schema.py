"""The JSON Schemas: complete in both languages, and of one mind with the program's own reader."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import WithJsonSchema
from pydantic.fields import FieldInfo

from iopctl import form
from iopctl.finding import Finding
from iopctl.locale.language import Language
from iopctl.model import Agreement, ChangeTable, NumberTable, Part, Settings, WorkspaceChanges, WorkspaceNumbers
from iopctl.model.base import MONTHS, Date, Duration, Ids, Kronor, Open
from iopctl.model.documents import SectionsFor
from iopctl.schema.generate import generate
from iopctl.schema.texts import packaged_texts, text
from iopctl.source import Source
from iopctl.surroundings import packaged_tables
from iopctl.tables import table_of_file
from tests.agreements import SHIPPED
from tests.terminal import iopctl

CASES = SHIPPED / "tests" / "cases"
MODELS: dict[str, tuple[type[Part], ...]] = {
    "agreement": (Agreement,),
    "workspace": (Settings,),
    "index": (ChangeTable, NumberTable, WorkspaceChanges, WorkspaceNumbers),
}

KINDS_OF_VALUES = {"Bool", "Date", "DayOfYear", "Id", "LeadTime", "Length", "Link", "Number", "Text", "When"}
DEMANDS = {
    "basket_part", "by_year", "cash_value", "event_undated", "figure_undated", "kind_amount", "needs_until",
    "one_event", "one_index", "one_schedule", "payment_id", "payment_months", "payment_part", "payment_when",
    "per_missing", "which_event",
}  # fmt: skip
"""What is explained and is not a key."""


@cache
def schema(kind: str, language: str = "sv") -> dict[str, Any]:
    (model,) = MODELS[kind]
    return generate(model, lambda name: text(name, language))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the schemas as the command writes them: agreement.sv.json and so on."""
    folder = tmp_path_factory.mktemp("schemas")
    for kind in MODELS:
        for language in ("sv", "en"):
            done = iopctl("schema", kind, "-o", f"{kind}.{language}.json", cwd=folder, lang=language)
            assert done.returncode == 0, done.stderr
    return folder


def check_jsonschema(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """An independent reader of schemas and of YAML, the one that pre-commit and CI jobs use."""
    return subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *map(str, arguments)],
        cwd=SHIPPED,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def refused(files: Path, kind: str, paths: list[Path]) -> set[str]:
    """The names of those files that the schema finds something wrong in."""
    assert paths
    done = check_jsonschema("-o", "json", "--schemafile", files / f"{kind}.sv.json", *paths)
    said = json.loads(done.stdout)
    assert not said.get("parse_errors"), said
    return {Path(each["filename"]).name for each in said["errors"]}


# -- texts -------------------------------------------------------------------------------------------------------------


def parts_of(annotation: Any) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
        for field in annotation.model_fields.values():
            yield from parts_of(field.annotation)
    for argument in get_args(annotation):
        yield from parts_of(argument)


def words_of(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    else:
        for argument in get_args(annotation):
            yield from words_of(argument)


def explained(key: str, field: FieldInfo) -> set[str]:
    """What is to have a text of a key: itself and its words; months and documents are the same wherever they stand."""
    said = [each.json_schema or {} for each in field.metadata if isinstance(each, WithJsonSchema)]
    words = (*words_of(field.annotation), *(word for each in said for word in each.get("enum", ())))
    same = dict.fromkeys(MONTHS, "Month") | dict.fromkeys(get_args(SectionsFor), "DocumentKind")
    return {key, *(f"{same.get(word, key)}={word}" for word in words)}


def test_every_key_and_every_word_is_explained_and_nothing_else() -> None:
    keys = set()
    for part in {part for models in MODELS.values() for model in models for part in parts_of(model)}:
        for name, field in part.model_fields.items():
            declared = next(each for each in part.__mro__ if name in each.__annotations__).__name__
            keys |= explained(f"{declared}.{field.alias or name}", field)
    assert len(keys) > 250
    assert packaged_texts().keys() == keys | KINDS_OF_VALUES | DEMANDS


def test_a_text_is_written_once() -> None:
    entries = [
        line.removesuffix(":")
        for path in sorted((SHIPPED / "iopctl" / "schema").glob("*.yaml"))
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("  ") and not line.startswith("   ")
    ]
    assert sorted(entries) == sorted({f"  {name}" for name in packaged_texts()})


def test_the_texts_are_sentences_in_two_languages() -> None:
    texts = packaged_texts()
    assert [name for name, each in texts.items() for one in (each.sv, each.en) if one[-1] not in '."'] == []
    assert [name for name, each in texts.items() if "“" in each.sv] == []
    same = {name.split("=")[1] for name, each in texts.items() if each.sv == each.en}
    assert same == {"april", "september", "november", "december"}


# -- the schema itself -------------------------------------------------------------------------------------------------


class Thing(Part):
    """What a model's docstring says is for programmers."""

    since: Date
    kind: Literal["a", "b"]
    length: Duration | None = None
    amount: Open[Kronor] | None = None
    givers: Ids | None = None
    sure: bool = False
    notes: dict[Literal["x"], str] | None = None


def test_the_whole_schema_of_a_part() -> None:
    """What a person writes: dates as text, numbers that are numbers, no defaults, no null, every key with its text."""
    identifier = {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$", "errorMessage": "<Id>"}
    unknown = {"type": "string", "minLength": 1, "description": "<Unknown.unknown>", "errorMessage": "<Text>"}
    days = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9])"
    assert generate(Thing, lambda name: f"<{name}>") == {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "required": ["since", "kind"],
        "additionalProperties": False,
        "properties": {
            "since": {
                "description": "<Thing.since>",
                "type": "string",
                "format": "date",
                "pattern": f"^(19|2[01])[0-9]{{2}}-({days})$",
                "errorMessage": "<Date>",
            },
            "kind": {
                "description": "<Thing.kind>",
                "type": "string",
                "enum": ["a", "b"],
                "enumDescriptions": ["<Thing.kind=a>", "<Thing.kind=b>"],
            },
            "length": {
                "description": "<Thing.length>",
                "type": "string",
                "pattern": "^(([1-9][0-9]{0,4}) (year|month|week|day)s?)$",
                "errorMessage": "<Length>",
            },
            "amount": {
                "description": "<Thing.amount>",
                "type": ["number", "object"],
                "minimum": 0,
                "exclusiveMaximum": 10_000_000_000_000,  # 15 digits, two of them decimals
                "errorMessage": "<Number>",
                "allOf": [
                    {
                        "if": {"type": "object"},
                        "then": {
                            "type": "object",
                            "properties": {"unknown": unknown},
                            "required": ["unknown"],
                            "additionalProperties": False,
                        },
                    }
                ],
            },
            "givers": {
                "description": "<Thing.givers>",
                **identifier,
                "type": ["string", "array"],
                "allOf": [
                    {"if": {"type": "array"}, "then": {"type": "array", "items": identifier, "minItems": 1}},
                ],
            },
            "sure": {"description": "<Thing.sure>", "type": "boolean", "errorMessage": "<Bool>"},
            "notes": {
                "description": "<Thing.notes>",
                "type": "object",
                "properties": {"x": {"type": "string", "description": "<Thing.notes=x>", "errorMessage": "<Text>"}},
                "additionalProperties": False,
            },
        },
    }


def test_the_schemas_are_schemas(files: Path) -> None:
    done = check_jsonschema("--check-metaschema", *sorted(files.glob("*.json")))
    assert (done.returncode, done.stdout) == (0, "ok -- validation done\n")


def test_the_command_speaks_the_language_of_the_run(files: Path) -> None:
    for language, title in (("sv", "Överenskommelsens rubrik"), ("en", "The agreement's title")):
        made = json.loads((files / f"agreement.{language}.json").read_text("utf-8"))
        assert made == schema("agreement", language)
        assert made["properties"]["title"]["description"].startswith(title)


def test_the_command_writes_to_a_file_or_to_standard_output(tmp_path: Path) -> None:
    done = iopctl("schema", "index", "-o", "index.json", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "written: index.json\n")
    assert iopctl("schema", "index", cwd=tmp_path).stdout == (tmp_path / "index.json").read_text("utf-8")
    done = iopctl("schema", "avtal", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "iopctl: WHICH: found avtal, expected one of: agreement, workspace, index\n"


# -- of one mind with the reader ---------------------------------------------------------------------------------------

NOT_SEEN = {
    "FRM010_amount_with_a_point_for_thousands.yaml": "400.000 is 400",
    "FRM010_amount_with_three_decimals.yaml": "in binary numbers 0.07 is no multiple of 0.01",
    "FRM010_date_in_quotation_marks.yaml": "in JSON a date is text too",
    "FRM010_posted_before_approved.yaml": "JSON Schema cannot compare days",
    "FRM010_shares_that_come_to_90.yaml": "JSON Schema cannot add",
}
"""The examples that a schema cannot object to, and why."""


def cases(sound: bool) -> list[Path]:
    """The agreements among the cases: those whose form is sound, or those that the reader of forms refuses."""
    form_rules = ("FRM008", "FRM009", "FRM010")
    paths = [path for path in sorted(CASES.rglob("*.yaml")) if "agreements" in path.parts or path.parent == CASES]
    codes = {path: path.relative_to(CASES).parts[0][:6] for path in paths}
    return [path for path in paths if (not codes[path].startswith("FRM") if sound else codes[path] in form_rules)]


def test_what_the_reader_refuses_is_marked(files: Path) -> None:
    broken = cases(sound=False)
    assert len(broken) > 35
    assert {path.name for path in broken} - refused(files, "agreement", broken) == NOT_SEEN.keys()


def test_sound_files_are_left_alone(files: Path, tmp_path: Path) -> None:
    made = [sys.executable, "benchmarks/generate.py", str(tmp_path), "20", "--seed", "7"]
    subprocess.run(made, cwd=SHIPPED, check=True, capture_output=True)
    both = [path for folder in (SHIPPED, tmp_path) for path in sorted((folder / "agreements").glob("*.yaml"))]
    sound = [*both, *cases(sound=True)]
    assert len(sound) > 80
    assert refused(files, "agreement", sound) == set()


INDEX_ROWS = {
    "rows": ("OPI", "  - {year: 2024, value: 2.7, status: definitive, source: SKR, seen: 2024-01-05}", True),
    "undated": ("OPI", "  - {year: 2024, value: 2.7, status: definitive, source: SKR}", False),
    "text": ("OPI", '  - {year: 2024, value: "2,7", status: definitive, source: SKR, seen: 2024-01-05}', False),
    "month-in-changes": (
        "OPI", "  - {year: 2024, month: may, value: 2.7, status: definitive, source: SKR, seen: 2024-01-05}", False
    ),
    "numbers": (
        "KPI",
        "  - {year: 2025, month: october, reference_year: 1980, value: 1, status: definitive, source: [a, b], "
        "published: 2024-01-05}",
        True,
    ),
    "edition-in-numbers": (
        "KPI", "  - {year: 2025, edition: 2025-10, value: 1, status: definitive, source: a, seen: 2024-01-05}", False
    ),
    "another-index": ("XPI", "  - {year: 2024, value: 2.7, status: definitive, source: SKR, seen: 2024-01-05}", False),
    "own-numbers": (
        "AKI\nname: A\npublisher: P\nkind: index_number\nmonthly: true",
        "  - {year: 2024, month: may, value: 2.7, status: definitive, source: a, seen: 2024-01-05}\n"
        "links:\n  - {from: 2008, to: 2020, factor: 1.5, source: a, seen: 2024-01-05}",
        True,
    ),
    "own-changes": (
        "LPIK\nname: A\npublisher: P\nkind: yearly_change\neditions: true\nyears_ahead: 1",
        "  - {year: 2024, edition: 2024-02, value: -2.7, status: preliminary, source: a, seen: 2024-01-05}\n"
        "sources:\n  a: {title: T}",
        True,
    ),
    "own-without-name": (
        "AKI\npublisher: P\nkind: index_number",
        "  - {year: 2024, value: 2.7, status: definitive, source: a, seen: 2024-01-05}",
        False,
    ),
    "links-in-changes": (
        "LPIK\nname: A\npublisher: P\nkind: yearly_change\nlinks: []",
        "  - {year: 2024, value: 2.7, status: definitive, source: a, seen: 2024-01-05}",
        False,
    ),
    "month-in-own-changes": (
        "LPIK\nname: A\npublisher: P\nkind: yearly_change",
        "  - {year: 2024, month: may, value: 2.7, status: definitive, source: a, seen: 2024-01-05}",
        False,
    ),
    "own-of-no-kind": (
        "LPIK\nname: A\npublisher: P\nkind: monthly",
        "  - {year: 2024, value: 2.7, status: definitive, source: a, seen: 2024-01-05}",
        False,
    ),
}  # fmt: skip
"""Index files: the index with what follows it, the rows, and whether the form is sound."""


def test_index_files(files: Path, tmp_path: Path) -> None:
    """The schema accepts the packaged tables and what a workspace writes, and keeps the two kinds apart."""
    for name, (index, rows, _sound) in INDEX_ROWS.items():
        (tmp_path / f"{name}.yaml").write_text(f"index: {index}\nrows:\n{rows}\n", "utf-8")
    sound = [*sorted(CASES.rglob("indices/*.yaml")), *sorted((SHIPPED / "iopctl" / "indices").glob("*.yaml"))]
    assert refused(files, "index", sound) == set()
    wrong = {f"{name}.yaml" for name, (_index, _rows, sound) in INDEX_ROWS.items() if not sound}
    assert refused(files, "index", sorted(tmp_path.glob("*.yaml"))) == wrong


@pytest.mark.parametrize("name", INDEX_ROWS)
def test_the_reader_says_the_same_of_index_files(name: str) -> None:
    index, rows, sound = INDEX_ROWS[name]
    values = Source("x", f"index: {index}\nrows:\n{rows}\n").values
    assert values is not None
    _table, wrong = table_of_file(values["index"], values, packaged_tables())
    assert (wrong == []) == sound


def test_an_editor_is_offered_the_packaged_indices_and_both_kinds(files: Path) -> None:
    made = json.loads((files / "index.en.json").read_text("utf-8"))
    assert made["properties"]["kind"]["enum"] == ["yearly_change", "index_number"]
    assert made["else"]["if"]["properties"]["index"]["enum"] == ["KPI", "PBB"]
    assert made["else"]["else"]["properties"]["index"]["enum"] == ["OPI", "PKV", "VPI"]


def test_settings(files: Path, tmp_path: Path) -> None:
    """The example in docs/format.md, and what could be written by mistake."""
    text = (SHIPPED / "docs" / "format.md").read_text("utf-8")
    section = text.partition("## Settings of the workspace")[2].partition("\n## ")[0]
    example = "".join(line.removeprefix("    ") for line in section.splitlines(True) if line.startswith("    "))
    (tmp_path / "sound.yaml").write_text(example, "utf-8")
    (tmp_path / "empty.yaml").write_text("{}\n", "utf-8")
    mistakes = [("sv ", "svenska"), ("lou", "LOU"), ("boards", "board"), ('"off"', "maybe"), ("6 weeks", "6 veckor")]
    for number, (old, new) in enumerate(mistakes):
        assert old in example
        (tmp_path / f"wrong{number}.yaml").write_text(example.replace(old, new, 1), "utf-8")
    wrong = {f"wrong{number}.yaml" for number in range(len(mistakes))}
    assert refused(files, "workspace", sorted(tmp_path.glob("*.yaml"))) == wrong


EVERYTHING = """
format: 1
title: IOP Exempel
dnr: 2025/17
parties:
  kommunen: {name: K, kind: municipality, idk_register: {status: registered, checked: 2025-01-01}}
  foreningen: {name: {unknown: ej klart}, kind: association, renamed: [{from: 2026-01-01, name: F}]}
period:
  start: 2025-01-01
  end: open_ended
  stated: 3 years
  extension: {times: 1, length: 3 years, until: 2030-12-31, decide_by: 2027-06-30}
  notice: {length: 3 months, count: whole_months, given_by: foreningen}
decisions:
  - {kind: adopted, body: N, date: 2024-11, paragraph: 97}
  - {kind: extended, body: N, planned: 2027-06-30, until: 2030-12-31}
contributions:
  - {id: a, from: kommunen, kind: cash, amount: 933000.5, per: year,
     indexation: {index: OPI, first: 2026-01-01, price_year: 2025, rounding: {to: 100, mode: up}, preliminary: wait},
     payment: {times_per_year: 2, in: [january, july], instalment: 466500}, ceiling: true, part_year: days,
     funding: [{year: 2026, state: subject_to_budget}]}
  - {from: [kommunen, foreningen], kind: premises, value: 12, per: once, quantity: {least: 1, most: 2.5, unit: h}}
  - {from: {unknown: "?"}, kind: cash, amount: {unknown: "?"}}
  - id: korg
    from: kommunen
    kind: cash
    by_year: [{year: 2025, amount: 450000}, {year: 2026, amount: 470000.5}]
    per: year
    part_year: full
    indexation:
      basket:
        - {index: KPI, month: july, base: {year: 2010, month: july, value: 302.04}, weight: 62.5,
           successor: {index: LCI, from: 2030, month: october}}
        - {index: PKV, lag: 2, edition: {month: october, years_before: 1}, weight: 27.5}
        - {percent: 2, weight: 10}
      first: 2026-05-01
      method: base_ratio
      chain_on: unrounded
      share_of_change: 80
      share_of_amount: 70.5
      rounding: {to: 0.01, mode: down, step: instalment}
      negative: previous_amount
      least: -1
      most: 3.5
      threshold: {percent: 2, carry_over: true}
      preliminary: settle
      settlement: separate
      trigger: on_request
      only_on_extension: true
      fixed_on: {day: "10-01", years_before: 1}
    payment:
      - {dates: [{day: "01-31", share: 50}, {day: "06-30", share: 50}], working_day: previous}
      - {valid_from: 2026-01-01, times_per_year: 3, in: [january, may, september], first_week: true, covers: advance,
         division: {to: krona, remainder: last}}
      - {valid_from: 2027-01-01, times_per_year: 1, in: june, day: 31, covers: arrears, division: {to: ore}}
      - {valid_from: 2028-01-01, after: {event: report, days: 30, duty: b}}
      - {valid_from: 2029-01-01, dates: [{day: "02-28", share: 90}, {after: {event: requisition, days: 9}, share: 10}]}
  - {id: inv, from: kommunen, kind: cash, amount: 1.25, per: inhabitant,
     population: [{year: 2025, inhabitants: 10000, counted: 2024-11-01, source: SCB}],
     indexation: {first: 2026-01-01, trigger: by_decision}, payment: {after: {event: invoice, days: 30}}}
  - {id: rek, from: kommunen, kind: cash, amount: 1, per: instalment,
     payment: {times_per_year: 12, after: {event: requisition, days: 0}}}
duties:
  - {id: b, kind: report, text: R, yearly_by: "03-31", responsible: foreningen}
  - {id: c, kind: meeting, text: M, on_request: true}
  - {id: d, kind: position, text: M, before_end: true, ongoing: false}
grounds:
  need: {text: N, joint: {unknown: "?"}}
  criteria: {skr-1: {met: true, date: 2024-11}, forum-8: {met: {unknown: "?"}, outcome: O}}
  market: {exists: false}
  state_aid: {basis: general, rate: 11.2705, other: [{to: foreningen, granted: 2024-01-01, amount: 1}]}
  other_grants: [{to: foreningen, text: T, relation: forbidden}]
documents:
  delrapport: {date: 2025, municipal_goals: [{name: M, text: M, link: {text: L, target: {unknown: "?"}}}]}
footnotes: {"1": Fotnot}
log:
  - {payment: a, year: 2025, date: 2025-01-31, amount: 466500}
  - {duty: c, through: 2025-06-01}
  - {adjustment: inv, date: 2025-11-03, year: 2026, percent: 1.4}
  - {invoice: inv, date: 2026-01-03}
  - {requisition: rek, date: 2026-01-03}
"""
DOCUMENTS = [
    Source("x", each).values
    for each in (EVERYTHING, *(path.read_text("utf-8") for path in sorted((SHIPPED / "agreements").glob("*.yaml"))))
]
VALUES: list[Any] = [
    "", "text", "Å ä", "2026-01-01", "2026-06-31", "2026-02-29", "2026-06", "open_ended", "3 years", "03-31", "cash",
    "premises", "extended", "january", 0, 1, 4, 2026, -1, 53, 10**13, Decimal("0.5"), Decimal("0.125"), True, False,
    date(2026, 1, 1), (), ("january",), ("a", "b"), (1,), {}, {"unknown": "x"}, {"unknown": ""}, {"a": {}},
]  # fmt: skip
KEYS = [*sorted({key for keys in form.keys_of(Agreement).values() for key in keys}), "purpos", "Å"]


def plain(value: Any) -> Any:
    """The value as a reader of JSON has it."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def routes(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple) else ()
    yield before
    for step, each in steps:
        yield from routes(each, (*before, step))


def changed(value: Any, route: tuple[Any, ...], change: Callable[[Any], Any]) -> Any:
    if not route:
        return change(value)
    if isinstance(value, dict):
        inner = {key: changed(each, route[1:], change) if key == route[0] else each for key, each in value.items()}
        return {key: each for key, each in inner.items() if each is not None}
    inner_list = (changed(each, route[1:], change) if at == route[0] else each for at, each in enumerate(value))
    return tuple(each for each in inner_list if each is not None)


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """A sound agreement with one or two things changed: a key gone, a key too many, a value of another kind."""
    values = draw(st.sampled_from(DOCUMENTS))
    for _ in range(draw(st.integers(1, 2))):
        all_routes = list(routes(values))
        kind = draw(st.sampled_from(("delete", "add", "replace", "replace")))
        if kind == "add":
            inside = [route for route in all_routes if isinstance(_at(values, route), dict)]
            key, value = draw(st.sampled_from(KEYS)), draw(st.sampled_from(VALUES))
            values = changed(values, draw(st.sampled_from(inside)), lambda old: {**old, key: value})  # noqa: B023
        elif len(all_routes) > 1:
            new = None if kind == "delete" else draw(st.sampled_from(VALUES))
            values = changed(values, draw(st.sampled_from(all_routes[1:])), lambda _old: new)  # noqa: B023
    return values


def _at(value: Any, route: tuple[Any, ...]) -> Any:
    for step in route:
        value = value[step]
    return value


Difference = Callable[[Any, str, str], bool]
DIFFERENCES: dict[str, Difference] = {
    "in JSON a date is text: one in quotation marks is not seen where a date is wanted": (
        lambda value, _message, expected: isinstance(value, str) and expected.startswith("expected a date")
    ),
    "in JSON a date is text: one without quotation marks is not seen where text is wanted": (
        lambda value, _message, expected: isinstance(value, date) and not expected.startswith("expected a date")
    ),
    "in binary numbers 0.07 is no multiple of 0.01": (
        lambda _value, _message, expected: expected == "expected at most two decimals"
    ),
    "JSON Schema cannot add": (
        lambda _value, message, _expected: message == "the shares of the dates do not come to 100"
    ),
}
"""What the reader objects to and a schema cannot; of the finding the value, the message and what was expected."""


def unexplained(finding: Finding, values: Any) -> bool:
    english = Language("en")
    (label,) = finding.labels
    assert isinstance(label.where, tuple)
    value, message = _at(values, label.where), english.say(finding.message)
    expected = english.say(label.message) if label.message else ""
    return not any(applies(value, message, expected) for applies in DIFFERENCES.values())


@settings(max_examples=400)
@given(mutated())
def test_the_schema_and_the_reader_agree(values: Any) -> None:
    _made, findings = form.read(Agreement, values)
    validator = Draft7Validator(schema("agreement"), format_checker=Draft7Validator.FORMAT_CHECKER)
    accepted = validator.is_valid(plain(values))
    if not findings:
        assert accepted, [error.message for error in validator.iter_errors(plain(values))]
    elif accepted:
        english = Language("en")
        assert [english.say(each.message) for each in findings if unexplained(each, values)] == []


DAY = {"day": "01-31", "share": 100}


def cash(**parts: Any) -> dict[str, Any]:
    return {"contributions": [{"id": "x", "from": "a", "kind": "cash", **parts}]}


def paid(payment: Any) -> dict[str, Any]:
    return cash(payment=payment)


def indexed(**parts: Any) -> dict[str, Any]:
    return cash(indexation={"first": "2026-01-01", **parts})


@pytest.mark.parametrize(
    ("part", "accepted"),
    [
        ({"duties": [{"id": "a", "kind": "report", "text": "R"}]}, False),
        ({"duties": [{"id": "a", "kind": "report", "text": "R", "by": "2026-01-01"}]}, True),
        ({"duties": [{"id": "a", "kind": "report", "text": "R", "by": "2026-01-01", "ongoing": True}]}, False),
        ({"duties": [{"id": "a", "kind": "report", "text": "R", "by": "2026-01-01", "ongoing": False}]}, True),
        ({"duties": [{"id": "a", "kind": "report", "text": "R", "by": "2026-01-01", "on_request": True}]}, True),
        ({"duties": [{"id": "a", "kind": "report", "text": "R", "on_request": True, "ongoing": False}]}, True),
        ({"duties": [{"id": "a", "kind": "report", "text": "R", "on_request": False}]}, False),
        ({"log": [{"duty": "a", "date": "2026-01-01"}]}, True),
        ({"log": [{"duty": "a", "payment": "b", "date": "2026-01-01"}]}, False),
        ({"log": [{"duty": "a"}]}, False),
        ({"log": [{"date": "2026-01-01"}]}, False),
        ({"decisions": [{"kind": "adopted", "body": "N"}]}, True),
        ({"decisions": [{"kind": "terminated", "body": "N"}]}, False),
        ({"decisions": [{"kind": "terminated", "body": "N", "until": "2026-06-30"}]}, True),
        ({"contributions": [{"from": "a", "kind": "cash", "amount": {"unknown": "?"}}]}, True),
        ({"contributions": [{"from": "a", "kind": "cash", "amount": 1}]}, False),
        ({"contributions": [{"from": "a", "kind": "staff", "value": 1}]}, False),
        ({"contributions": [{"from": "a", "kind": "staff", "value": 1, "per": "year"}]}, True),
        ({"contributions": [{"from": "a", "kind": "cash", "value": 1, "per": "year"}]}, False),
        ({"contributions": [{"from": "a", "kind": "staff", "amount": 1, "per": "year"}]}, False),
        ({"contributions": [{"from": "a", "kind": "cash", "payment": {"times_per_year": 1, "in": "may"}}]}, False),
        (paid({"times_per_year": 1, "in": "may"}), True),
        (paid([{"times_per_year": 1, "in": "may"}]), True),
        (paid([]), False),
        (paid({"in": "may"}), False),
        (paid({"times_per_year": 2, "in": "may"}), False),
        (paid({"times_per_year": 2, "in": ["may"]}), False),
        (paid({"times_per_year": 2, "in": ["may", "may"]}), False),
        (paid({"times_per_year": 2, "in": ["may", "june"]}), True),
        (paid({"times_per_year": 2}), False),
        (paid({"dates": [DAY]}), True),
        (paid({"dates": []}), False),
        (paid({"dates": [{"share": 100}]}), False),
        (paid({"dates": [{"after": {"event": "invoice", "days": 30}, "share": 100}]}), True),
        (paid({"dates": [{**DAY, "after": {"event": "invoice", "days": 30}}]}), False),
        (paid({"dates": [DAY], "times_per_year": 1, "in": "may"}), False),
        (paid({"dates": [DAY], "after": {"event": "invoice", "days": 30}}), False),
        (paid({"after": {"event": "invoice", "days": 30}, "times_per_year": 4}), True),
        (cash(by_year=[{"year": 2026, "amount": 1}], per="year"), True),
        (cash(by_year=[{"year": 2026, "amount": 1}]), False),
        (cash(by_year=[{"year": 2026, "amount": 1}], per="period"), False),
        (cash(by_year=[{"year": 2026, "amount": 1}], per="year", amount=1), False),
        (cash(by_year=[], per="year"), False),
        (cash(by_year=[{"year": 2026, "amount": 1}], per="year", kind="staff"), False),
        (indexed(index="OPI"), True),
        (indexed(percent=2), True),
        (indexed(index="OPI", percent=2), False),
        (indexed(), False),
        (indexed(trigger="by_decision"), True),
        (indexed(trigger="on_request"), False),
        (indexed(trigger="by_decision", index="OPI"), True),
        (indexed(basket=[{"index": "OPI", "weight": 90}, {"percent": 2, "weight": 10}]), True),
        (indexed(basket=[{"index": "OPI", "percent": 2, "weight": 100}]), False),
        (indexed(basket=[{"weight": 100}]), False),
        (indexed(basket=[]), False),
        (indexed(basket=[{"index": "OPI", "weight": 100}], index="OPI"), False),
        (indexed(index="OPI", rounding={"to": 0.01}), True),
        (indexed(index="OPI", rounding={"to": 1000, "step": "instalment"}), True),
        (indexed(index="OPI", rounding={"to": 5}), False),
        (indexed(index="OPI", rounding={"to": "1"}), False),
    ],
)  # fmt: skip
def test_what_keys_demand_of_each_other(part: dict[str, Any], accepted: bool) -> None:
    values = {"format": 1, "title": "IOP", "parties": {"k": {"name": "K", "kind": "municipality"}}, **part}
    assert Draft7Validator(schema("agreement")).is_valid(values) == accepted
