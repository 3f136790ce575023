"""The same paper in other kinds of files: Word, OpenDocument and PDF, for the tests of the import."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from iopctl.intake.outline import Outline
from iopctl.intake.paper import REFERENCE, Paper, Paragraph

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    return REFERENCE.sub(lambda found: found[1].translate(_RAISED), text)


def as_word(paper: Paper, path: Path, *, styled: bool = True, columns: int = 1) -> Path:
    """A Word file of the paper, with styles for headings and lists, or as many write: bold lines and hyphens."""
    document, title = Document(), Outline(paper).title
    for each in paper.paragraphs:
        _write(document, each, styled, is_title=each is title)
    if columns > 1:
        section = document.sections[0]._sectPr  # python-docx has no other way to columns
        beside = section.find(qn("w:cols"))
        beside = beside if beside is not None else OxmlElement("w:cols")
        beside.set(qn("w:num"), str(columns))
        beside.set(qn("w:space"), "720")
        section.append(beside)
    document.save(str(path))
    return path


def _write(document: object, each: Paragraph, styled: bool, is_title: bool) -> None:
    add = document.add_paragraph  # type: ignore[attr-defined]
    text = raised(each.text)
    if each.kind == "note":
        add(f"{each.note.translate(_RAISED)} {text}")
    elif is_title and styled:
        add(text, style="Title")
    elif each.kind == "heading" and styled:
        add(text, style="Heading 1" if _usual(each) else "Normal")
    elif each.kind == "heading":
        add().add_run(text).bold = is_title or _usual(each)
    elif each.kind == "item" and styled:
        add(text, style="List Bullet")
    elif each.kind == "item":
        add(f"- {text}")
    else:
        add(text)


def _usual(each: Paragraph) -> bool:
    from iopctl.intake.names import subject

    return subject(each.said) is not None


def converted(files: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """The files as LibreOffice converts them; it needs the word `soffice` in tests/tools.py."""
    folder.mkdir(exist_ok=True)
    profile = (folder / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=240)
    return [folder / f"{each.stem}.{kind}" for each in files]
