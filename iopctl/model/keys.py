"""What the keys and the words of the format mean, for editors: iopctl/schema/*.yaml."""

from __future__ import annotations

from iopctl.model.base import Part, Text
from iopctl.model.manual import Bilingual


class KeyTexts(Part):
    """Texts by what they explain: `Party.kind` a key, `Party.kind=region` a word it takes, `Date` a kind of value."""

    texts: dict[Text, Bilingual]
