"""Languages. English stands in the code; the others in gettext catalogues, <code>/LC_MESSAGES/iopctl.po."""
