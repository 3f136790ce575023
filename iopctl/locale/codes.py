"""The languages iopctl speaks, by their codes."""

LANGUAGES = ("sv", "en")
