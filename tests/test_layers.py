"""Who may import whom: the two tables of docs/architecture.md, enforced. A part without a row is an error."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from iopctl.cli.cache import LIBRARIES

PACKAGE = Path(__file__).parent.parent / "iopctl"

MAY_IMPORT: dict[str, set[str]] = {
    "__init__": {"library"},
    "__main__": {"cli"},
    "personal": set(),
    "finding": {"personal"},
    "model": set(),
    "naming": set(),
    "swedish": {"model"},
    "source": {"finding", "personal", "syntax"},
    "syntax": {"finding"},
    "layout": set(),
    "edit": {"finding", "layout", "source"},
    "formatting": {"finding", "layout", "source"},
    "intake": {
        "checks",
        "compute",
        "files",
        "finding",
        "layout",
        "lint",
        "locale",
        "model",
        "naming",
        "personal",
        "render",
        "swedish",
        "word_file",
    },
    "spelling": {"finding"},
    "form": {"finding", "model", "source", "spelling", "swedish"},
    "files": {"finding", "source"},
    "tables": {"finding", "form", "model"},
    "surroundings": {"files", "finding", "form", "model", "source", "spelling", "tables"},
    "load": {"files", "finding", "form", "model", "source", "surroundings"},
    "judging": {"checks", "finding", "load", "model", "render", "rules", "surroundings"},
    "library": {
        "compute",
        "documents",
        "drafting",
        "files",
        "finding",
        "judging",
        "load",
        "locale",
        "model",
        "render",
        "surroundings",
    },
    "locale": {"finding", "personal"},
    "git": {"finding"},
    "origin": {"git"},
    "manual": {"form", "model", "source"},
    "compute": {"finding", "model"},
    "comparison": {"compute", "finding", "model"},
    "ledger_file": {"compute", "finding"},
    "word_file": {"finding"},
    "checks": {"compute", "finding", "model", "personal", "spelling", "swedish"},
    "lint": {
        "checks",
        "compute",
        "documents",
        "files",
        "finding",
        "model",
        "personal",
        "source",
        "swedish",
        "word_file",
    },
    "beginning": {"checks", "compute", "finding", "form", "layout", "model", "naming", "source", "spelling", "swedish"},
    "rules": {"checks", "files", "finding", "form", "lint", "source", "surroundings", "tables"},
    "indices": set(),
    "schema": {"form", "model", "source"},
    "drafting": {"documents", "files", "finding", "origin", "word_file"},
    "starter": {"finding", "layout"},
    "documents": {
        "comparison",
        "compute",
        "finding",
        "form",
        "locale",
        "model",
        "render",
        "source",
        "swedish",
        "word_file",
    },
    "render": {"comparison", "compute", "finding", "locale", "model", "naming", "personal"},
    "cli": {
        "beginning",
        "checks",
        "comparison",
        "compute",
        "documents",
        "drafting",
        "edit",
        "files",
        "finding",
        "form",
        "formatting",
        "intake",
        "layout",
        "git",
        "origin",
        "judging",
        "ledger_file",
        "word_file",
        "lint",
        "load",
        "locale",
        "manual",
        "model",
        "render",
        "rules",
        "schema",
        "source",
        "starter",
        "surroundings",
        "swedish",
        "tables",
    },
}
"""Which parts of iopctl each part may import; the version may be read by all."""

ONLY_IN: dict[str, set[str]] = {
    "ruamel": {"source"},
    "_ruamel_yaml": {"source"},
    "yaml": set(),
    "pydantic": {"model", "form", "schema"},
    "pydantic_core": {"model", "schema"},
    "typer": {"cli"},
    "rich": {"cli"},
    "jinja2": {"documents"},
    "markdown_it": {"documents", "lint"},
    "mdit_py_plugins": {"documents"},
    "docx": {"documents"},
    "lxml": {"intake", "lint", "word_file"},
    "pypdf": {"intake"},
    "typst": {"documents"},
    "icalendar": {"render"},
    "babel": {"locale"},
    "holidays": {"compute"},
    "platformdirs": {"cli"},
    "stdnum": {"checks", "intake", "personal"},
    "xlsxwriter": {"render"},
}
"""Where each library from outside may be imported."""

PURE = {
    "beginning",
    "personal",
    "finding",
    "layout",
    "edit",
    "formatting",
    "spelling",
    "model",
    "form",
    "tables",
    "comparison",
    "compute",
    "ledger_file",
    "checks",
    "library",
    "intake/actors",
    "intake/blocks",
    "intake/case",
    "intake/clauses",
    "intake/decisions",
    "intake/duties",
    "intake/facts",
    "intake/file",
    "intake/forums",
    "intake/kinds",
    "intake/lines",
    "intake/markdown",
    "intake/memo",
    "intake/money",
    "intake/named",
    "intake/names",
    "intake/naming",
    "intake/odt",
    "intake/outline",
    "intake/parties",
    "intake/pdf",
    "intake/period",
    "intake/report",
    "intake/signatures",
    "intake/sound",
    "intake/text",
    "intake/times",
    "intake/word",
    "documents/agreed",
    "documents/carried",
    "documents/context",
    "documents/pictures",
    "documents/docx",
    "documents/raster",
    "documents/following",
    "documents/payment_basis",
    "documents/reckoned",
    "documents/swedish",
    "documents/word",
    "render",
    "starter/lacking",
}
IMPURE_METHODS = {"today", "now", "utcnow", "getenv", "read_text", "read_bytes", "write_text", "write_bytes", "exit"}
IMPURE_FUNCTIONS = {"print", "open", "exit", "input"}


def parts(package: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(package.rglob("*.py")):
        yield path.relative_to(package).parts[0].removesuffix(".py"), path


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (
                [f"iopctl.{alias.name}" for alias in node.names] if node.module == "iopctl" else [node.module or ""]
            )


def faults(package: Path) -> list[str]:
    found = []
    for part, path in parts(package):
        if part not in MAY_IMPORT:
            found.append(f"{path.name}: the part {part} has no row")
            continue
        for name in imports(path):
            root, *rest = name.split(".")
            if root == "iopctl":
                other = rest[0] if rest else "__init__"
                if other not in {part, "__init__", "__version__"} and other not in MAY_IMPORT[part]:
                    found.append(f"{path.name}: {part} imports {other}")
            elif root in ONLY_IN and part not in ONLY_IN[root]:
                found.append(f"{path.name}: {part} imports {root}")
    return found


def test_imports_follow_the_layers() -> None:
    assert faults(PACKAGE) == []


def test_every_row_has_a_part() -> None:
    assert {part for part, _path in parts(PACKAGE)} == set(MAY_IMPORT)


def test_a_result_that_is_kept_is_thrown_away_with_every_library_that_takes_part_in_it() -> None:
    shows = {
        "cli",
        "locale",
        "render",
        "documents",
        "lint",
        "schema",
        "word_file",
        "intake",
    }  # these only show what has been found, or something else
    assert set(LIBRARIES) == {library for library, parts_ in ONLY_IN.items() if parts_ - shows}


@pytest.mark.parametrize(
    ("part", "line", "fault"),
    [
        ("compute", "from iopctl.cli.output import write", "compute imports cli"),
        ("checks", "import typer", "checks imports typer"),
        ("model", "import yaml", "model imports yaml"),
        ("utils", "import os", "the part utils has no row"),
    ],
)
def test_a_planted_fault_is_seen(tmp_path: Path, part: str, line: str, fault: str) -> None:
    (tmp_path / part).mkdir()
    (tmp_path / part / "planted.py").write_text(line + "\n", "utf-8")
    assert faults(tmp_path) == [f"planted.py: {fault}"]


def impure(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            method, function = getattr(node.func, "attr", ""), getattr(node.func, "id", "")
            if method in IMPURE_METHODS or function in IMPURE_FUNCTIONS:
                name = method or function
                found.append(f"{path.name}:{node.lineno}: {name}")
    return found


def test_the_core_reads_no_clock_no_file_and_does_not_print() -> None:
    core = [
        path
        for _part, path in parts(PACKAGE)
        if any(path.relative_to(PACKAGE).with_suffix("").as_posix().startswith(pure) for pure in PURE)
    ]
    assert len(core) > 30
    assert [fault for path in core for fault in impure(path)] == []


def test_an_impure_call_is_seen(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text("from datetime import date\nx = date.today()\n", "utf-8")
    assert impure(planted) == ["planted.py:2: today"]
