"""The languages iopctl speaks, by their codes, and where their catalogues are."""

from pathlib import Path

LANGUAGES = ("sv", "en")
FOLDER = Path(__file__).parent
