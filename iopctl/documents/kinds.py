"""Which kinds of documents there are: by the names of the templates, without reading any."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

SUFFIX = ".md.j2"


def packaged() -> Path:
    """In the wheel the templates are inside the package; in a checkout they stand beside it."""
    inside = Path(str(resources.files("iopctl"))) / "templates"
    return inside if inside.is_dir() else inside.parent.parent / "templates"


def kinds(own: Path | None) -> tuple[str, ...]:
    """Every kind that the workspace's folder, or the packaged one, has a template for; _… is for others to build on."""
    folders = [packaged(), *([own] if own and own.is_dir() else [])]
    names = {path.name.removesuffix(SUFFIX) for folder in folders for path in folder.glob(f"*{SUFFIX}")}
    return tuple(sorted(name for name in names if not name.startswith("_")))
