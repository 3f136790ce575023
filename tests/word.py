"""Word files as tests read them: the parts of a file, and the words of a part with their styles."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

from iopctl.documents.docx import file
from iopctl.documents.tree import Document
from tests import frames
from tests.drafts import AGREEMENT

NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
W = f"{{{NS['w']}}}"


def part(made: bytes, name: str) -> Any:
    with ZipFile(BytesIO(made)) as zipped:
        return etree.fromstring(zipped.read(name))


def names(made: bytes) -> list[str]:
    with ZipFile(BytesIO(made)) as zipped:
        return zipped.namelist()


def find(root: Any, path: str) -> list[Any]:
    return root.xpath(path, namespaces=NS)  # type: ignore[no-any-return]


def made_in(frame: str, document: Document = AGREEMENT) -> bytes:
    return file(document, frames.FRAMES[frame]())


SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def read(root: Any, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The style and the words of each paragraph, through whatever is around them; a footnote as its number."""
    notes = [each.get(f"{W}id") for each in find(root, ".//w:footnoteReference")]
    for each in find(root, ".//w:p"):
        words = ""
        for inside in each.iter():
            match etree.QName(inside).localname:
                case "t" if find(inside, "ancestor::w:fldSimple"):
                    words += (inside.text or "").translate(SUPERSCRIPT)
                case "t":
                    words += inside.text or ""
                case "tab" if inside.getparent().tag == f"{W}r":
                    words += "\t"
                case "br":
                    words += "\n"
                case "footnoteReference":
                    words += str(notes.index(inside.get(f"{W}id")) + 1).translate(SUPERSCRIPT)
                case "docPr":
                    words += f"<{inside.get('descr')}>"
        id_ = (find(each, "w:pPr/w:pStyle/@w:val") or ["Normal"])[0]
        yield styles[id_], words


def read_with_python_docx(made: bytes) -> list[tuple[str, str]]:
    """The main text as another library opens it."""
    opened = docx.Document(BytesIO(made))
    styles = {each.style_id: each.element.find(f"{W}name").get(f"{W}val") for each in opened.styles}
    return list(read(etree.fromstring(etree.tostring(opened.element.body)), styles))


def style_names(made: bytes) -> dict[str, str]:
    root = part(made, "word/styles.xml")
    return {each.get(f"{W}styleId"): find(each, "w:name/@w:val")[0] for each in find(root, "w:style")}


def audit(content: bytes, folder: Path, ending: str = ".docx") -> set[str]:
    """What openxml-audit finds; a new validator each time, since it keeps what it has read of the last file."""
    path = folder / f"audited{ending}"
    path.write_bytes(content)
    return {
        str(error)
        for error in OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=1000).validate(path).errors
    }


def controls_of(root: Any) -> list[tuple[str, str, str]]:
    """Title, tag and words of each content control."""
    return [
        (
            "".join(find(each, "w:sdtPr/w:alias/@w:val")),
            "".join(find(each, "w:sdtPr/w:tag/@w:val")),
            "".join(find(each, "w:sdtContent//w:t/text()")),
        )
        for each in find(root, "//w:sdt")
    ]


def changed(content: bytes, name: str, old: str, new: str) -> bytes:
    """A file with other words in one of its parts."""
    with ZipFile(BytesIO(content)) as zipped:
        parts: dict[str, str | bytes] = {each: zipped.read(each) for each in zipped.namelist()}
    before = parts[name]
    assert isinstance(before, bytes)
    assert old in before.decode()
    return frames.packed({**parts, name: before.decode().replace(old, new)})


def without(content: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(content)) as zipped:
        return frames.packed({each: zipped.read(each) for each in zipped.namelist() if each != name})
