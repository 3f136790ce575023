"""Where a line of an agreement can be read by somebody who does not have the files."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

Link = Callable[[str], str | None]
"""From a place, file:line:column, to the address of the line; None where the workspace names no address."""


def no_link(_place: str) -> str | None:
    """For a workspace that names no address."""
    return None


def address(template: str, file: str, number: str) -> str:
    """A line's address as the workspace writes them; the file's path is from the workspace's own folder."""
    return template.replace("{line}", number).replace("{file}", quote(file, safe="/"))


def line(place: str) -> str:
    """The file and the line of a place, without its column."""
    return place.rpartition(":")[0]
