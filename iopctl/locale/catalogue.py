"""The gettext catalogue of a language. English stands in the code, so its catalogue is empty."""

from __future__ import annotations

import gettext
from functools import cache

from iopctl.locale.codes import FOLDER


@cache
def catalogue(code: str) -> gettext.NullTranslations:
    """The catalogue compiled from <code>/LC_MESSAGES/iopctl.po."""
    if code == "en":
        return gettext.NullTranslations()
    return gettext.translation("iopctl", FOLDER, [code])
