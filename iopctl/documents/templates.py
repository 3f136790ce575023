"""Templates: where they are found, and what their front matter says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from iopctl.documents.kinds import SUFFIX, kinds, packaged
from iopctl.finding import Message, say
from iopctl.form import read
from iopctl.model import TemplateHead
from iopctl.source import Source

OURS = "iopctl/"
"""What the name of a template begins with when it is the one that comes with iopctl, whatever the workspace has."""

FRAME = "ram.docx"
"""The Word file that drafts are poured into when the municipality has none of its own."""

LONGEST = 200_000
"""Characters. A longer template is no document of a municipality's."""


class TemplateFaultError(Exception):
    """A template that cannot be filled in; says which, the line, and why."""

    def __init__(self, template: str, line: int | None, reason: Message) -> None:
        super().__init__(template, line, reason)
        self.template = template
        self.line = line
        self.reason = reason


class SectionFaultError(TemplateFaultError):
    """The sections that are asked for, in the settings or in the agreement, are not those of the template."""


@dataclass(frozen=True, slots=True)
class Template:
    """One file, read."""

    path: Path
    head: TemplateHead | None
    """None when the file has no front matter: one that only others build on."""
    body: str
    """With a comment in the place of the front matter, so that line numbers stay true."""


@dataclass(frozen=True)
class Templates:
    """The templates of a workspace: its own, and those that come with iopctl."""

    own: Path | None
    """The workspace's folder, when it has one."""

    def kinds(self) -> tuple[str, ...]:
        """Every kind of document there is a template for; what begins with _ is for templates to build on."""
        return kinds(self.own)

    def path(self, name: str) -> Path | None:
        """The file of a template by its name inside templates; the workspace's own wins. None when there is none.

        Nothing outside the two folders is ever opened, whatever the name says or a link points at.
        """
        folders = [self.own, packaged()] if not name.startswith(OURS) else [packaged()]
        wanted = name.removeprefix(OURS)
        if "/" in wanted or "\\" in wanted or not wanted.endswith(SUFFIX):
            return None
        for folder in folders:
            path = folder / wanted if folder else None
            if folder and path and path.is_file() and path.resolve().parent == folder.resolve():
                return path
        return None

    def find(self, name: str) -> Template | None:
        """The template by its name inside templates.

        Raises TemplateFaultError for a file that cannot be read or whose front matter is not what it has to be.
        """
        path = self.path(name)
        return _read(path) if path else None

    def head(self, kind: str) -> TemplateHead:
        """What the kind's template says about itself, or, when it says nothing, the one that comes with iopctl."""
        for name in (f"{kind}{SUFFIX}", f"{OURS}{kind}{SUFFIX}"):
            found = self.find(name)
            if found and found.head:
                return found.head
        return TemplateHead(name=kind, description=kind)


def _read(path: Path) -> Template:
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise TemplateFaultError(str(path), None, say("{reason}", reason=error.strerror or "")) from None
    except UnicodeDecodeError:
        raise TemplateFaultError(str(path), None, say("the file is not UTF-8")) from None
    if len(text) > LONGEST:
        raise TemplateFaultError(str(path), None, say("the file has more than {number} characters", number=LONGEST))
    found = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
    if found is None:
        return Template(path, None, text)
    return Template(path, _head(path, found[1]), "{#" + "\n" * found[0].count("\n") + "#}" + text[found.end() :])


def _head(path: Path, text: str) -> TemplateHead:
    source = Source(str(path), f"\n{text}")  # the line with --- before it
    head, wrong = read(TemplateHead, source.values) if not source.findings else (None, [])
    if head is None:
        finding = [*source.findings, *wrong][0]
        raise TemplateFaultError(str(path), source.excerpt(finding.labels[0]).span.line, finding.message)
    return head
