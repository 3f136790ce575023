"""Every rule there is, in the order of its theme: the table of contents of what iopctl can object to."""

from iopctl import checks, form, load, source
from iopctl.finding import Rule

ALL: tuple[Rule, ...] = (*load.RULES, *source.RULES, *form.RULES, *checks.RULES)
