"""The least a checker in Python can do: read, parse with libyaml, validate once. floor.py FOLDER [--no-gc]."""

from __future__ import annotations

import gc
import sys
from decimal import Decimal
from pathlib import Path

import yaml

from iopctl.model import Agreement


class Loader(yaml.CSafeLoader):
    """Builds what the strict model takes: exact numbers and tuples."""


def _decimal(loader: Loader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(loader.construct_scalar(node))


def _tuple(loader: Loader, node: yaml.SequenceNode) -> tuple[object, ...]:
    return tuple(loader.construct_sequence(node, deep=True))


Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
Loader.add_constructor("tag:yaml.org,2002:seq", _tuple)


def main() -> None:
    """Reads every file in the folder; a file that does not fit the model ends the run."""
    if "--no-gc" in sys.argv:
        gc.disable()
    for path in sorted(Path(sys.argv[1]).iterdir()):
        Agreement.model_validate(yaml.load(path.read_text("utf-8"), Loader))


if __name__ == "__main__":
    main()
