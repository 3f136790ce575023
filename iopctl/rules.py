"""Every rule there is, by theme and number: the table of contents of what iopctl can object to."""

from iopctl import checks, files, form, lint, source, surroundings, tables
from iopctl.finding import Rule

THEMES = {
    "FRM": "form",
    "REG": "the register: files, settings, index rows, agreements side by side",
    "PAR": "parties",
    "REF": "names that lead nowhere",
    "PER": "period",
    "DEC": "decisions",
    "MON": "money",
    "FUP": "follow-up and the log",
    "TXT": "text",
    "SKR": "SKR's criteria (rule set skr-2017)",
    "FOR": "Forum's list (rule set forum)",
    "LOU": "procurement law (rule set lou)",
    "AID": "state aid (rule set state-aid)",
    "DRF": "drafts of documents",
    "ACK": "acknowledgements and the baseline",
    "INT": "faults of iopctl's own",
}
"""What the letters of a code stand for."""

_ORDER = list(THEMES)

ALL: tuple[Rule, ...] = tuple(
    sorted(
        (*files.RULES, *surroundings.RULES, *tables.RULES, *source.RULES, *form.RULES, *checks.RULES, *lint.RULES),
        key=lambda rule: (_ORDER.index(rule.code[:3]), rule.code),
    )
)
