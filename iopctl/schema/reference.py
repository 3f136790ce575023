"""The format key by key, as a page for people: `python -m iopctl.schema.reference sv > docs/reference.md`.

It is made of the same schema and the same texts as what editors show; see generate.py and the files *.yaml.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple

from pydantic.fields import FieldInfo

from iopctl.model import Agreement, ChangeTable, NumberTable, Part, Settings, WorkspaceChanges, WorkspaceNumbers
from iopctl.model.base import MONTHS
from iopctl.schema.generate import Words, written
from iopctl.schema.texts import text

_SAID: Mapping[str, tuple[str, str]] = {
    "title": ("Formatet, nyckel för nyckel", "The format, key by key"),
    "intro": (
        "Alla delar och alla nycklar som filerna kan ha. Sidan är gjord av samma modell som programmet läser filerna\n"
        "med; ändra den inte för hand. [format.md](format.md) berättar hur delarna hänger ihop, och `iopctl schema`\n"
        "ger samma förklaringar i en editor. In English: [reference.en.md](reference.en.md).",
        "Every part and every key that the files can have. The page is made of the model that the program reads the\n"
        "files with; do not edit it by hand. [format.md](format.md) tells how the parts belong together, and\n"
        "`iopctl schema` gives the same explanations in an editor. På svenska: [reference.md](reference.md).",
    ),
    "agreement": ("Överenskommelsen: agreements/ID.yaml", "The agreement: agreements/ID.yaml"),
    "settings": ("Inställningarna: iopctl.yaml", "The settings: iopctl.yaml"),
    "more_changes": (
        "Fler tal i en medföljande tabell med förändringar: indices/INDEX.yaml",
        "More figures for a packaged table of changes: indices/INDEX.yaml",
    ),
    "more_numbers": (
        "Fler tal i en medföljande tabell med indextal: indices/INDEX.yaml",
        "More figures for a packaged table of index numbers: indices/INDEX.yaml",
    ),
    "own_changes": (
        "En egen tabell med förändringar: indices/INDEX.yaml",
        "A table of changes of one's own: indices/INDEX.yaml",
    ),
    "own_numbers": (
        "En egen tabell med indextal: indices/INDEX.yaml",
        "A table of index numbers of one's own: indices/INDEX.yaml",
    ),
    "kinds": ("Slag av värden", "Kinds of value"),
    "required": ("krävs", "required"),
    "default": ("utan nyckeln: `{value}`", "without the key: `{value}`"),
    "also": ("Dessutom:", "Besides:"),
    "list": ("lista: {what}", "list: {what}"),
    "or_list": ("{what} eller en lista av sådana", "{what} or a list of such"),
    "or": ("{one} eller {other}", "{one} or {other}"),
    "by_id": ("{what}, under ett eget [id](#v-id)", "{what}, under an [id](#v-id) of its own"),
    "by_name": ("{what}, under ett eget namn", "{what}, under a name of its own"),
    "under": ("{what}, under en eller flera av nycklarna", "{what}, under one or more of the keys"),
    "words": ("ett av orden", "one of the words"),
    "word": ("ordet", "the word"),
    "month": ("månad", "month"),
    "limits": ("{what} ({limits})", "{what} ({limits})"),
    "least": ("minst {number}", "at least {number}"),
    "most": ("högst {number}", "at most {number}"),
    "over": ("mer än {number}", "more than {number}"),
    "below": ("mindre än {number}", "less than {number}"),
    "Bool": ("ja eller nej", "yes or no"),
    "Code": ("text eller tal", "text or number"),
    "Date": ("dag", "day"),
    "DayOfYear": ("dag varje år", "day of every year"),
    "Id": ("id", "id"),
    "Length": ("tid", "length of time"),
    "LeadTime": ("tid före ett möte", "time before a meeting"),
    "Link": ("adress", "address"),
    "Number": ("tal", "number"),
    "Integer": ("heltal", "whole number"),
    "Text": ("text", "text"),
    "Unknown": ("det som är öppet", "what is open"),
    "When": ("dag, månad eller år", "day, month or year"),
}
"""The page's own words, in Swedish and in English."""

_FILES: tuple[tuple[str, type[Part]], ...] = (
    ("agreement", Agreement),
    ("settings", Settings),
    ("more_changes", WorkspaceChanges),
    ("more_numbers", WorkspaceNumbers),
    ("own_changes", ChangeTable),
    ("own_numbers", NumberTable),
)

_KINDS = ("Bool", "Date", "DayOfYear", "Id", "Length", "LeadTime", "Link", "Number", "Text", "When")
_LIMITS = {"least": ("ge", "minimum"), "over": ("gt",), "most": ("le", "maximum"), "below": ("lt",)}


def reference(language: str) -> str:
    """The page in a language."""
    return "\n".join(_Page(language).lines()) + "\n"


class _Section(NamedTuple):
    """A part and where it is first found."""

    path: str
    name: str
    schema: Mapping[str, Any]


class _Page:
    def __init__(self, language: str) -> None:
        self.swedish = language == "sv"
        self.words: Words = lambda name: text(name, language)
        self.anchors: dict[str, str] = {}
        """Of each part that has been found, by its name."""
        self.paths: dict[str, str] = {}
        self.parts = {each.__name__: each for each in _parts(Part)}

    def told(self, name: str, **values: str) -> str:
        swedish, english = _SAID[name]
        return (swedish if self.swedish else english).format(**values)

    def lines(self) -> Iterator[str]:
        """The whole page."""
        files = [(self.told(name), self._sections(name, model)) for name, model in _FILES]
        kinds = self.told("kinds")
        yield from (f"# {self.told('title')}", "", self.told("intro"), "")
        yield from (f"- [{heading}](#{_anchor(heading)})" for heading in (*(file for file, _sections in files), kinds))
        for heading, sections in files:
            yield from ("", f"## {heading}", "")
            for section in sections:
                yield from self._section(section)
        yield from ("", f"## {kinds}", "")
        for name in _KINDS:
            yield f'- <a id="{_kind_anchor(name)}"></a>**{self.told(name)}**: {self.words(name)}'
        months = ", ".join(f"`{month}`" for month in MONTHS)
        yield f'- <a id="{_kind_anchor("month")}"></a>**{self.told("month")}**: {months}.'
        unknown = f'{self.words("Unknown.unknown")} `{{unknown: "§ XXX"}}`'
        yield f'- <a id="{_kind_anchor("Unknown")}"></a>**{self.told("Unknown")}**: {unknown}'

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _sections(self, name: str, model: type[Part]) -> list[_Section]:
        """The part that a file holds, and those in it that have not been told of, each where it is first found."""
        schema = written(model)
        found = [_Section("", model.__name__, schema)]
        self.anchors[model.__name__] = _anchor(self.told(name))
        self._gather(schema, "", schema.get("$defs", {}), found)
        return found

    def _gather(self, schema: Mapping[str, Any], path: str, parts: Mapping[str, Any], found: list[_Section]) -> None:
        for key, each in schema["properties"].items():
            for name, tail in _refs(each):
                if name != "Unknown" and name not in self.anchors:
                    place = f"{path}.{key}{tail}".lstrip(".")
                    self.anchors[name], self.paths[name] = name.lower(), place
                    found.append(_Section(place, name, parts[name]))
                    self._gather(parts[name], place, parts, found)

    def _section(self, section: _Section) -> Iterator[str]:
        if section.path:
            yield from ("", f'### <a id="{self.anchors[section.name]}"></a>`{section.path}`', "")
        fields = {field.alias or name: field for name, field in self.parts[section.name].model_fields.items()}
        required = section.schema.get("required", ())
        for key, schema in section.schema["properties"].items():
            yield from self._key(key, schema, fields[key], needed=key in required)
        demands = [self.words(each) for each in dict.fromkeys(_demands(section.schema))]
        if demands:
            yield from ("", self.told("also"), "", *(f"- {each}" for each in demands))

    def _key(self, key: str, schema: Mapping[str, Any], field: FieldInfo, *, needed: bool) -> Iterator[str]:
        """A key: what is written there, whether it is needed, what it means, and the words that it takes."""
        meaning = self.words(schema["description"])
        about = [self._type(schema), *([self.told("required")] if needed else [])]
        default = _default(field)
        if default is not None and f" {default}." not in meaning:
            about.append(self.told("default", value=default))
        yield f"- **`{key}`** · {' · '.join(about)}  "
        yield f"  {meaning}"
        for word, explained in _words_of(schema):
            yield f"  - `{word}`: {self.words(explained)}"

    # -- values --------------------------------------------------------------------------------------------------------

    def _type(self, schema: Mapping[str, Any]) -> str:
        """What is written, in plain words."""
        alternatives = schema.get("anyOf") or schema.get("oneOf")
        if alternatives:
            return self._either(alternatives)
        if "$ref" in schema:
            return self._part(_ref(schema))
        if schema.get("enum") == [*MONTHS]:
            return self._kind("month")
        if "enum" in schema:
            return self.told("words" if len(schema["enum"]) > 1 else "word")
        match schema["type"]:
            case "array":
                return self.told("list", what=self._type(schema["items"]))
            case "object" if "properties" in schema:
                return self.told("under", what=self._type(next(iter(schema["properties"].values()))))
            case "object":
                by = "by_id" if schema["propertyNames"]["errorMessage"] == "Id" else "by_name"
                return self.told(by, what=self._type(schema["additionalProperties"]))
            case ["string", "number"]:
                return self.told("Code")
            case "integer":
                return self._limited(self.told("Integer"), schema)
        return self._limited(self._kind(schema["errorMessage"]), schema)

    def _either(self, alternatives: Sequence[Mapping[str, Any]]) -> str:
        one, *others = [self._type(each) for each in alternatives]
        for number, other in enumerate(others, 1):
            listed = alternatives[number].get("type") == "array"
            one = self.told("or_list", what=one) if listed else self.told("or", one=one, other=other)
        return one

    def _part(self, name: str) -> str:
        if name == "Unknown":
            return self._kind("Unknown")
        return f"[`{self.paths[name]}`](#{self.anchors[name]})"

    def _kind(self, name: str) -> str:
        return f"[{self.told(name)}](#{_kind_anchor(name)})"

    def _limited(self, what: str, schema: Mapping[str, Any]) -> str:
        limits = [
            self.told(word, number=f"{schema[name]}")
            for word, names in _LIMITS.items()
            for name in names
            if name in schema and schema.get("errorMessage") != "When"
        ]
        return self.told("limits", what=what, limits=", ".join(limits)) if limits else what


def _parts(part: type[Part]) -> Iterator[type[Part]]:
    yield part
    for each in part.__subclasses__():
        yield from _parts(each)


def _ref(schema: Mapping[str, Any]) -> str:
    name: str = schema["$ref"].rsplit("/", 1)[-1]
    return name


def _refs(schema: Mapping[str, Any], tail: str = "") -> Iterator[tuple[str, str]]:
    """The parts that a key can hold, and what stands after the key on the way to each: `[]` in a list, `.<id>`."""
    if "$ref" in schema:
        yield _ref(schema), tail
    for each in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from _refs(each, tail)
    if schema.get("type") == "array":
        yield from _refs(schema["items"], f"{tail}[]")
    if isinstance(schema.get("additionalProperties"), dict):
        yield from _refs(schema["additionalProperties"], f"{tail}.<id>")
    for each in schema.get("properties", {}).values():
        yield from _refs(each, f"{tail}.<…>")


def _words_of(schema: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The words that can stand somewhere in a value, and the names of the texts that explain them."""
    if "enum" in schema and schema["enum"] != [*MONTHS]:
        yield from zip(map(str, schema["enum"]), schema["enumDescriptions"], strict=True)
    for word, each in schema.get("properties", {}).items():
        yield word, each["description"]
    inner = [
        *schema.get("anyOf", ()),
        *schema.get("oneOf", ()),
        schema.get("items"),
        schema.get("additionalProperties"),
    ]
    for each in inner:
        if isinstance(each, dict):
            yield from _words_of(each)


def _demands(schema: Any, within: str = "") -> Iterator[str]:
    """The names of what a part demands beyond its keys: how they go together."""
    if isinstance(schema, list):
        for each in schema:
            yield from _demands(each, within)
    elif isinstance(schema, dict):
        if within == "then" and "errorMessage" in schema:
            yield schema["errorMessage"]
        for word, each in schema.items():
            if word in ("allOf", "anyOf", "then", "else", "if", "not"):
                yield from _demands(each, "then" if word == "else" else word)


def _default(field: FieldInfo) -> str | None:
    """What holds when a key is left out, where that is a value."""
    match field.default:
        case bool():
            return str(field.default).lower()
        case Enum() | str() | int():
            return str(field.default)
    return None


def _anchor(heading: str) -> str:
    """The name that GitHub and GitLab give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _kind_anchor(name: str) -> str:
    return f"v-{name.lower()}"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # the page is UTF-8 whatever the locale says
    sys.stdout.write(reference(sys.argv[1] if len(sys.argv) > 1 else "sv"))
