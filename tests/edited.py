"""Drafts for tests: a document as it is drafted now, in Markdown and as somebody may have it in Word."""

from __future__ import annotations

import contextlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from docx import Document

from iopctl.cli.app import run
from iopctl.documents.context import context
from iopctl.documents.draft import draft
from iopctl.documents.markdown import markdown
from iopctl.documents.templates import Templates
from iopctl.documents.tree import Origin
from iopctl.files import select
from iopctl.lint.case import Case
from iopctl.lint.markdown import read_markdown
from iopctl.lint.paper import Block, Paper
from iopctl.load import Loaded, load
from iopctl.surroundings import surroundings
from tests.agreements import shipped
from tests.sound import ID, write

LINKOPING, MEMO = "linkoping-resurspoolen-2020", "tjansteskrivelse-forlangning"
DAY = date(2021, 11, 3)


def drafted(id_: str = LINKOPING, kind: str = MEMO, day: date = DAY, loaded: Loaded | None = None) -> str:
    """The document as iopctl drafts it, in Markdown."""
    workspace = (loaded or shipped()).workspace
    values = context(id_, workspace, kind, day)
    return markdown(draft(Templates(None), values, Origin(id_, kind, day, "0")))


def case_of(text: str) -> Case:
    """The memo of 2021-11-03 with this text, and everything it is compared with."""
    fresh = read_markdown("", drafted())
    ids = {"förslag till äldrenämndens beslut": "decision"}
    return Case(read_markdown("", text), LINKOPING, MEMO, shipped().workspace, DAY, fresh, ids, DAY)


def word(text: str) -> bytes:
    """A draft in Markdown as a Word file: title, headings, lists, tables, and the origin in the properties."""
    paper = read_markdown("", text)
    document = Document()
    row: list[str] = []
    for block in paper.blocks:
        if block.kind == "cell":
            row.append(block.text)
            continue
        if row:
            table = document.add_table(1, len(row))
            for cell, words in zip(table.rows[0].cells, row, strict=True):
                cell.text = words
            row = []
        _add(document, block)
    data = io.BytesIO()
    document.save(data)
    return with_properties(data.getvalue(), {f"iopctl.{name}": value for name, value in paper.origin.items()})


def _add(document: object, block: Block) -> None:
    assert isinstance(document, type(Document()))
    if block.kind == "heading":
        document.add_heading(block.text, block.level - 1)  # 0 is the style Title
        return
    style = {"item": "List Number" if block.numbered else "List Bullet"}.get(block.kind)
    run_ = document.add_paragraph(style=style).add_run(block.text)
    if block.bold:
        run_.bold = True


def with_properties(data: bytes, properties: Mapping[str, str]) -> bytes:
    """The Word file with custom properties, as Word writes them."""
    lines = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    part = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{lines}</Properties>'
    )
    return with_parts(data, {"docProps/custom.xml": part})


def with_parts(data: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """The package with these parts instead of its own of the same names."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in parts:
                new.writestr(entry, old.read(entry))
        for name, text in parts.items():
            new.writestr(name, text)
    return made.getvalue()


def told(paper: Paper) -> list[str]:
    """What each paragraph is, and says."""
    return [f"{each.kind}{each.level or ''}: {each.text}" for each in paper.blocks]


def changed_body(data: bytes, old: str, new: str) -> bytes:
    """The Word file with other XML in its text."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = package.read("word/document.xml").decode()
    assert len(re.findall(re.escape(old), body)) == 1
    return with_parts(data, {"word/document.xml": body.replace(old, new)})


def saved(folder: Path, data: str | bytes) -> Path:
    """The draft in a file."""
    path = folder / ("utkast.docx" if isinstance(data, bytes) else "utkast.md")
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


SOUND_DAY = "2026-01-15"
PROPOSED = """\
decisions:
  - {kind: mandated, body: Socialnämnden, date: 2025-03-19, paragraph: 31, dnr: SN 2025/118}
  - {kind: adopted, body: Socialnämnden, date: 2025-10-22, paragraph: 94, dnr: SN 2025/118}
  - {kind: extended, body: Socialnämnden, proposed: 2026-01-12, until: 2031-12-31}
documents:
  tjansteskrivelse-forlangning:
    date: 2026-01-12
    unit: Socialförvaltningen
    case_officer: Kim Exempelsson
    basis:
      - {title: Överenskommelse, date: 2025-12-15, appendix: true}
    municipal_goals:
      - {name: Trygghet, text: Äldre ska känna sig trygga.}
    recipients:
      - {name: Alex Provsson, role: ordförande, organisation: Föreningen Exemplet}
    texts:
      matter: Mötesplatsen har fått fler besökare.
      current_state: Uppföljningen visar att fler äldre kommer.
      economy: Kostnaden ryms inom budgeten.
      equality: Beslutet gäller kvinnor och män lika.
      follow_up: Parterna följer upp två gånger per år.
      union: Förhandling är inte påkallad.
"""
"""What the sound agreement needs for a memo about its extension without a gap."""

_SECTION = re.compile(r"(?m)^(?=## )")


def sound_workspace(folder: Path, settings: str | None = None) -> Path:
    """A workspace with the sound agreement and its proposed extension."""
    write(folder, {ID: PROPOSED}, settings)
    return folder


def sound_draft(folder: Path) -> str:
    """The memo about it as iopctl drafts it, with whatever gap there is filled with words."""
    files = {ID: folder / "agreements" / f"{ID}.yaml"}
    loaded = load(files, surroundings(folder, select([folder / "agreements"])))
    text = drafted(ID, MEMO, date.fromisoformat(SOUND_DAY), loaded)
    return re.sub(r"\*\*\[ATT FYLLA I: [^\]]*\]\*\*", "Uppgiften finns i akten.", text)


def completed_draft(snippet: str, sound: str) -> str:
    """The sound memo with the snippet's sections. One with a title, `# …`, is a whole text below the memo's head."""
    if snippet.startswith("# "):
        return sound[: sound.index("\n# ") + 1] + snippet
    pieces = _SECTION.split(sound)
    for section in _SECTION.split(snippet):
        heading = section.split("\n", 1)[0]
        same = [number for number, piece in enumerate(pieces) if heading and piece.split("\n", 1)[0] == heading]
        if same:
            pieces[same[0]] = section.rstrip("\n") + "\n\n"
        elif heading:
            pieces.insert(2, section.rstrip("\n") + "\n\n")  # after the proposed decision
    return "".join(pieces)


def codes(snippet: str, settings: str | None = None) -> list[str]:
    """The codes of what lint finds in the changed memo, as one that is to be published."""
    with TemporaryDirectory() as folder:
        workspace = sound_workspace(Path(folder), settings)
        saved(workspace, completed_draft(snippet, sound_draft(workspace)))
        with contextlib.chdir(workspace), contextlib.redirect_stdout(io.StringIO()) as shown:
            run(["lint", "utkast.md", "--publish", "--format", "json"])
    return [each["code"] for each in json.loads(shown.getvalue())["findings"]]
