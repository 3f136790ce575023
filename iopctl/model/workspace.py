"""Everything that was loaded, as values: the agreements by id and the index tables by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from iopctl.model.agreement import Agreement
from iopctl.model.indices import IndexTable
from iopctl.model.settings import Settings


@dataclass(frozen=True, slots=True)
class Workspace:
    """What commands and rules look things up in."""

    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    """The ids that an agreement can refer to, those included whose files could not be read."""
    tables: Mapping[str, IndexTable] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
