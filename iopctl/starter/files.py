"""The files that a workspace begins with, filled in for one municipality."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from importlib import resources
from pathlib import Path

from iopctl.finding import Message, say
from iopctl.layout import scalar
from iopctl.starter.lacking import json_lacking, keys_lacking, lines_lacking

ADDRESS = "https://git.example.org/OWNER/iopctl"
REPOSITORY = "OWNER/iopctl"
REVISION = "REVISION"
"""What stands in the files for CI where only the municipality knows its iopctl: its address, its name, its revision."""


class Compared(Enum):
    """How a file that is there already compares with the one that init would have written."""

    WHOLE = "whole"
    """It is the municipality's to write: another content is as it should be."""
    KEYS = "keys"
    """It is the municipality's too, and has keys at the beginning of lines."""
    LINES = "lines"
    """It says its things in lines, in any order."""
    JSON = "json"
    """It is JSON, perhaps with comments."""
    MADE = "made"
    """Nobody writes it by hand: another content was made by another iopctl."""


@dataclass(frozen=True)
class File:
    """A file of the workspace."""

    path: str
    """From the workspace's folder."""
    text: str
    about: Message
    compared: Compared = Compared.WHOLE

    def lacking(self, there: str) -> tuple[str, ...]:
        """What the text that is there lacks, as lines to add to it."""
        match self.compared:
            case Compared.KEYS:
                return keys_lacking(self.text, there)
            case Compared.LINES:
                return lines_lacking(self.text, there)
            case Compared.JSON:
                return json_lacking(self.text, there)
            case _:
                return ()

    def to_fill_in(self) -> bool:
        """Whether it says where iopctl is to be had, which only the municipality knows."""
        return any(each in self.text for each in (ADDRESS, REPOSITORY, REVISION))


@dataclass(frozen=True)
class Origin:
    """Where iopctl was installed from: the address of a git repository, and the commit."""

    address: str
    commit: str


@dataclass(frozen=True)
class Wishes:
    """What the workspace is to be."""

    language: str
    schemas: Mapping[str, str]
    """The JSON Schema of each kind of file."""
    name: str | None = None
    organisation_number: str | None = None
    ci: frozenset[str] = field(default_factory=frozenset)
    """`github` and `gitlab`."""
    pre_commit: bool = True
    origin: Origin | None = None


SCHEMAS = {
    "agreement": say("schema for the editor: agreements"),
    "workspace": say("schema for the editor: iopctl.yaml"),
    "index": say("schema for the editor: index figures"),
}


def files(wishes: Wishes) -> tuple[File, ...]:
    """The files of the workspace, in the order in which a person reads about them."""
    return (
        File("iopctl.yaml", _settings(wishes), say("the municipality's settings, with examples"), Compared.KEYS),
        File("agreements/README.md", _text("agreements.md"), say("how an agreement begins")),
        File("templates/README.md", _text("templates.md"), say("how to word a part of a document differently")),
        File("README.md", _text("README.md"), say("what is where, five commands, and who may read this")),
        File(".vscode/settings.json", _text("settings.json"), say("which schema is for which file"), Compared.JSON),
        File(".vscode/extensions.json", _text("extensions.json"), say("extensions that VS Code offers"), Compared.JSON),
        *(File(schema_path(kind), wishes.schemas[kind], about, Compared.MADE) for kind, about in SCHEMAS.items()),
        File(".editorconfig", _text("editorconfig"), say("UTF-8 and two spaces, in every editor")),
        File(".gitattributes", _text("gitattributes"), say("the same line ends on every computer"), Compared.LINES),
        File(".gitignore", _text("gitignore"), say("what does not belong in git"), Compared.LINES),
        *_services(wishes),
    )


def schema_path(kind: str) -> str:
    """Where the schema of a kind of file is written."""
    return f".vscode/{kind}.schema.json"


def _services(wishes: Wishes) -> tuple[File, ...]:
    """What other programs look for in a repository's own folder; the files are those that docs/ci.md shows."""
    found = []
    if wishes.pre_commit:
        text = _filled(_text("pre-commit-config.yaml"), wishes)
        found.append(File(".pre-commit-config.yaml", text, say("checks before a commit is made, with pre-commit")))
    if "github" in wishes.ci:
        text = _filled(_text("github-workflow.yml"), wishes)
        found.append(File(".github/workflows/iopctl.yml", text, say("checks every change on GitHub")))
    if "gitlab" in wishes.ci:
        text = _filled(_text("gitlab-ci.yml"), wishes)
        found.append(File(".gitlab-ci.yml", text, say("checks every change on GitLab")))
    return tuple(found)


def _filled(text: str, wishes: Wishes) -> str:
    """With the address that iopctl was installed from, where it is known."""
    if wishes.origin is None:
        return text
    text = text.replace(ADDRESS, wishes.origin.address)
    found = re.fullmatch(r"https://github\.com/([^/]+/[^/]+)", wishes.origin.address)
    if found:  # only GitHub's own repositories are named without an address
        text = text.replace(REPOSITORY, found[1])
    return text if REPOSITORY in text else text.replace(REVISION, wishes.origin.commit)


def _settings(wishes: Wishes) -> str:
    """iopctl.yaml: the examples stay examples, but for what is known."""
    known = {"name": wishes.name, "organisation_number": wishes.organisation_number}
    lines = _text("iopctl.yaml").replace("language: sv\n", f"language: {wishes.language}\n").splitlines()
    for number, line in enumerate(lines):
        value = known.get(line.removeprefix("#").partition(":")[0])
        if value is not None:
            lines[number] = f"{line.removeprefix('#').partition(':')[0]}: {scalar(value)}"
    return "\n".join(lines) + "\n"


def _text(name: str) -> str:
    """In the wheel everything is inside the package; in a checkout the examples for CI stand in docs/."""
    folder = Path(str(resources.files("iopctl")))
    inside = folder / "starter" / name
    return (inside if inside.is_file() else folder.parent / "docs" / "examples" / name).read_text("utf-8")
