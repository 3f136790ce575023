"""Every rule there is, in the order of its theme: the table of contents of what iopctl can object to."""

from iopctl import checks, files, form, source, surroundings
from iopctl.finding import Rule

ALL: tuple[Rule, ...] = (*files.RULES, *surroundings.RULES, *source.RULES, *form.RULES, *checks.RULES)
