"""The JSON Schema of a model: what a person may write in the file, and not the types that Python makes of it.

Draft-07 is what editors have in common. Every part stands in its place, without references, since draft-07 passes over
what stands beside a reference, and that is where a key's own description belongs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, get_args

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from iopctl.model import ChangeTable, NumberTable, Part, WorkspaceChanges, WorkspaceNumbers
from iopctl.model.base import MONTH_AND_DAY, MONTHS, YEAR, one_or_more
from iopctl.model.documents import DocumentKind, SectionsFor

DRAFT = "http://json-schema.org/draft-07/schema#"

_LIMITS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}

Words = Callable[[str], str]
"""The text that explains a key (`Party.kind`), a word it takes (`Party.kind=region`) or a kind of value (`Date`)."""


def generate(model: type[Part], words: Words) -> dict[str, Any]:
    """The schema of a file that holds this part, explained in the given words."""
    schema = written(model)
    parts = schema.pop("$defs", {})
    return {"$schema": DRAFT, **_finished(schema, parts, words)}


def written(model: type[Part]) -> dict[str, Any]:
    """The same in parts that refer to each other, with the names of the texts where these belong."""
    return model.model_json_schema(schema_generator=_Written)


def generate_index(changes: Sequence[str], numbers: Sequence[str], words: Words) -> dict[str, Any]:
    """The schema of a file in indices/: with a kind a table of its own, else rows for one of the packaged tables.

    `changes` and `numbers` are the packaged indices of the two kinds.
    """
    own_changes, own_numbers, more_changes, more_numbers = (
        {key: value for key, value in generate(model, words).items() if key != "$schema"}
        for model in (ChangeTable, NumberTable, WorkspaceChanges, WorkspaceNumbers)
    )
    more_changes["properties"]["index"]["enum"] = [*changes]
    more_numbers["properties"]["index"]["enum"] = [*numbers]
    kinds = [each["properties"]["kind"] for each in (own_changes, own_numbers)]
    listed = {key: [one for each in kinds for one in each[key]] for key in ("enum", "enumDescriptions")}
    return {
        "$schema": DRAFT,
        "type": "object",
        "properties": {"kind": {**kinds[0], **listed}},
        "if": {"required": ["kind"]},
        "then": _either("kind", ["index_number"], own_numbers, own_changes),
        "else": _either("index", [*numbers], more_numbers, more_changes),
    }


def _either(key: str, values: Sequence[str], one: Any, other: Any) -> dict[str, Any]:
    """One schema where a key has one of these values, else the other."""
    return {"if": {"required": [key], "properties": {key: {"enum": [*values]}}}, "then": one, "else": other}


class _Written(GenerateJsonSchema):
    """Where a text belongs, its name stands; `_finished` puts the text there."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """A part: its keys explained, without what only programmers have use for."""
        made = super().model_schema(schema)
        for unwanted in ("title", "description"):
            made.pop(unwanted, None)
        for name, field in schema["cls"].model_fields.items():
            key = field.alias or name
            owner = next(each for each in schema["cls"].__mro__ if name in each.__annotations__)
            _explain(made["properties"][key], f"{owner.__name__}.{key}")
        return made

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  # pydantic's signature
        """Never: an editor shows the key itself."""
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """What is not known is left out, or said with unknown; an empty value is an error."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Without the default, which editors would write into the file."""
        return self.generate_inner(schema["schema"])

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        """A list also for a single word, so that it can be explained."""
        return {"type": "string" if isinstance(schema["expected"][0], str) else "integer", "enum": schema["expected"]}

    def date_schema(self, schema: core_schema.DateSchema) -> JsonSchemaValue:  # noqa: ARG002  # pydantic's signature
        """A day; editors read it as text. The pattern sees 31 June, which their own test of dates does not."""
        return {"type": "string", "format": "date", "pattern": f"^{YEAR}-({MONTH_AND_DAY})$", "errorMessage": "Date"}

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        """A number, never text."""
        limits = {name: schema[name] for name in (*_LIMITS, "max_digits", "decimal_places") if name in schema}  # type: ignore[literal-required]
        return {"type": "number", **limits, "errorMessage": "Number"}

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        """true or false."""
        return {**super().bool_schema(schema), "errorMessage": "Bool"}

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Text; where it has a pattern, an id."""
        return {**super().str_schema(schema), "errorMessage": "Id" if "pattern" in schema else "Text"}

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        """One value where a list may stand."""
        made = super().function_before_schema(schema)
        if schema["function"]["function"] is not one_or_more:
            return made
        return {"anyOf": [made["items"], made]}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Keys that the user names, by their pattern; keys of a fixed list, each with its own explanation."""
        names, values = self.generate_inner(schema["keys_schema"]), self.generate_inner(schema["values_schema"])
        made: JsonSchemaValue = {"type": "object"}
        if "min_length" in schema:
            made["minProperties"] = schema["min_length"]
        if "enum" in names:
            return {**made, "properties": {name: dict(values) for name in names["enum"]}, "additionalProperties": False}
        return {**made, "propertyNames": names, "additionalProperties": values}


def _explain(schema: Any, name: str) -> None:
    """Puts the names of the texts where a key, and the words that it takes, are to be explained."""
    schema["description"] = name
    properties = schema.get("properties", {})
    for word, each in properties.items():
        each["description"] = f"{_SAME.get(tuple(properties), name)}={word}"
    for each in _inside(schema):
        if "enum" in each:
            owner = _SAME.get(tuple(each["enum"]), name)
            each["enumDescriptions"] = [f"{owner}={word}" for word in each["enum"]]


_SAME = {MONTHS: "Month", get_args(DocumentKind): "DocumentKind", get_args(SectionsFor): "DocumentKind"}
"""Words that mean the same wherever they stand."""


def _inside(schema: Any) -> list[Any]:
    """The schema and those that it is made of, other parts excepted."""
    alternatives = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    inner = [*alternatives, *(schema[key] for key in ("items", "additionalProperties") if schema.get(key))]
    return [schema, *(found for each in inner for found in _inside(each))]


def _finished(schema: Any, parts: dict[str, Any], words: Words) -> Any:
    """The schema with each reference replaced by its part, each name of a text by the text, limits in its own terms."""
    if isinstance(schema, list):
        return [_finished(each, parts, words) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        part = parts[schema["$ref"].rsplit("/", 1)[-1]]
        return _finished({**part, **{key: value for key, value in schema.items() if key != "$ref"}}, parts, words)
    made: dict[str, Any] = {}
    for key, value in schema.items():
        if key in ("description", "errorMessage") and isinstance(value, str):
            made[key] = words(value)
        elif key == "enumDescriptions":
            made[key] = [words(each) for each in value]
        else:
            made[key] = _finished(value, parts, words)
    return _limited(_joined(made))


def _joined(schema: dict[str, Any]) -> dict[str, Any]:
    """Values of several kinds as one schema with several types, since editors show its message and not a union's.

    What is said of mappings and lists stands apart: an editor that finds it beside the rest begins one for every value.
    """
    for word in ("oneOf", "anyOf"):
        alternatives = schema.get(word, [])
        if not alternatives or any("type" not in each or "enum" in each for each in alternatives):
            continue
        types = [one for each in alternatives for one in _listed(each["type"])]
        if len(types) == len(set(types)):
            joined = {key: value for key, value in schema.items() if key != word}
            apart = []
            for each in alternatives:
                if each["type"] in ("object", "array"):
                    apart.append({"if": {"type": each["type"]}, "then": each})
                else:
                    joined = {**each, **joined}
                    apart += each.get("allOf", [])
            return {**joined, "type": types, "allOf": apart}
    return schema


def _listed(types: Any) -> list[Any]:
    return types if isinstance(types, list) else [types]


def _limited(schema: dict[str, Any]) -> dict[str, Any]:
    """pydantic leaves the limits of a value that is converted before it is checked in its own terms."""
    if isinstance(schema.get("max_digits"), int):
        schema["exclusiveMaximum"] = 10 ** (schema.pop("max_digits") - schema.pop("decimal_places", 0))
    for name, limit in _LIMITS.items():
        if name in schema and not isinstance(schema[name], dict):
            schema[limit] = schema.pop(name)
    return schema
