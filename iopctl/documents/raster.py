"""A picture of lines and words → a picture of dots, for formats that cannot hold the former."""

from __future__ import annotations

PER_INCH = 200
"""Dots. Sharp on paper, and some tens of thousands of bytes."""

_PAGE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")\n'


def png(svg: str) -> bytes:
    """An SVG picture as PNG, the same on every machine: only the fonts that come with typst are used."""
    import typst

    made = typst.compile(_PAGE, format="png", ppi=PER_INCH, sys_inputs={"svg": svg}, ignore_system_fonts=True)
    assert isinstance(made, bytes)  # one page
    return made
