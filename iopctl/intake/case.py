"""What the readers of facts share: the paper by sections, the facts so far, and who the parties are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from iopctl.intake.actors import STRANGER, Actor, is_generic
from iopctl.intake.facts import Draft
from iopctl.intake.outline import Outline

_OTHER = re.compile(
    r"\b(?:tidigare|förra|föregående|äldre|dåvarande|annat|andra|annan|liknande|motsvarande"
    r"|särskil\w+)\s+(?:\w+\s+)?(?:avtal"
    r"|överenskommelse|iop\b|partnerskap|samarbete|bidrag|period|projekt|kontrakt)"
    r"|\b(?:det|den) (?:första|andra|förra) (?:avtalet|överenskommelsen|perioden|partnerskapet)"
    r"|\bersätter (?:\w+ )?(?:avtalet|överenskommelsen|partnerskapet|avtal|överenskommelse)\b"
    r"|\b(?:hyres|städ|drift|vård|upphandlings)avtal|\bny överenskommelse\b|\bnytt avtal\b"
    r"|\blöpte ut\b|\bupphörde\b|\bavslutades\b|\bupphör att gälla\b|\bi stället för\b"
    r"|\byrkar\b|\byrkande|\breserver\w*|\b(?:har |är )?diskutera(?:ts|des)\b|\bårsredovisning|\butfall(?:et)?\b"
    r"|\b(?:avtalet|överenskommelsen|partnerskapet|perioden|projektet) (?:gällde|löpte|pågick|startade)\b"
    r"|\bavtalet gällde",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"\bt\.\s?ex\b|\b[Tt]ill exempel\b|\b[Ee]xempelvis\b|\bExempel:|\bexempel\b|\b[Oo]m indexet\b|[Rr]äkneexempel"
)


_NUMBER = re.compile(r"^(?:(?:Punkt|§) ?[0-9]{1,2}[.:]?|[0-9]{1,2}(?:\.[0-9]{1,2})+\.?)\s+")


class Mention(NamedTuple):
    """A party in a text."""

    start: int
    end: int
    actor: Actor
    words: str


@dataclass
class Case:
    """A paper that is being read."""

    outline: Outline
    kind: str
    """Which kind of document it is, as the format's `documents` has them."""
    draft: Draft = field(default_factory=Draft)
    actors: list[Actor] = field(default_factory=list)

    @property
    def is_agreement(self) -> bool:
        """Whether it is the agreement itself, and no memo or report about one."""
        return self.kind == "overenskommelse"

    @property
    def public(self) -> list[Actor]:
        """The public parties."""
        return [each for each in self.actors if each.public]

    @property
    def partners(self) -> list[Actor]:
        """The other parties."""
        return [each for each in self.actors if not each.public]

    def mentions(self, text: str) -> list[Mention]:
        """The parties that a text names, in order; of names inside each other the longest."""
        found = []
        for actor in self.actors:
            for alias in actor.aliases:
                for each in re.finditer(
                    rf"(?<![\w-]){re.escape(alias)}(?:s|en|ens|ets?)?(?![\w-])", text, re.IGNORECASE
                ):
                    if not _is_elsewhere(text[each.end() :], alias, actor):
                        found.append(Mention(each.start(), each.end(), actor, each[0]))
        found.sort(key=lambda each: (each.start, -each.end))
        kept: list[Mention] = []
        for mention in found:
            if not kept or mention.start >= kept[-1].end:
                kept.append(mention)
        return kept

    def strangers(self, text: str) -> bool:
        """Whether a text names an organisation that is no party."""
        own = [(each.start, each.end) for each in self.mentions(text)]
        names = [alias for actor in self.actors for alias in (actor.name, *actor.aliases)]
        names += [
            str(value) for actor in self.actors if (value := self.draft.value("parties", actor.id, "organisation"))
        ]
        own += [each.span() for name in names for each in re.finditer(re.escape(name), text, re.IGNORECASE)]
        return any(
            not any(start < each.end() and each.start() < end for start, end in own)
            for each in STRANGER.finditer(text)
            if not is_generic(each[0].removesuffix("s")) and not is_generic(each[0])
        )

    def named(self, text: str) -> Actor | None:
        """The one party that a text names, or None when it names none or several."""
        actors = {each.actor.id: each.actor for each in self.mentions(text)}
        return next(iter(actors.values())) if len(actors) == 1 else None

    def subject(self, text: str) -> Actor | None:
        """The party that a sentence begins with, after a number such as `Punkt 1.`"""
        text = _NUMBER.sub("", text)
        found = self.mentions(text)
        first = found[0] if found and found[0].start <= 4 and not text[: found[0].start].strip(" •-–") else None
        if first is None or (first.words.lower().endswith("s") and not first.actor.name.lower().endswith("s")):
            return None  # a genitive is no subject
        return first.actor

    def subjects(self, text: str) -> list[Actor]:
        """The parties that a sentence begins with: `Parterna`, `Kommunen och föreningen`, `Föreningen`."""
        text = _NUMBER.sub("", text)
        if re.match(r"(?:Båda |Samtliga |De samverkande )?[Pp]arterna\b|Parternas?\b", text):
            return list(self.actors) if len(self.actors) > 1 else []
        both = re.match(
            r"(?P<all>.{3,120}?)\s(?:ska|skall|ansvarar|gör|genomför|träffas|möts|följer|har|bidrar|är)\b", text
        )
        if both and " och " in both["all"]:
            found = {each.actor.id: each.actor for each in self.mentions(both["all"])}
            if len(found) > 1:
                return list(found.values())
        one = self.subject(text)
        return [one] if one else []


def _is_elsewhere(after: str, alias: str, actor: Actor) -> bool:
    """`Brottsofferjouren i Annanstad`: another one than the party that is called so."""
    place = re.match(r"\s+i\s+(?P<place>[A-ZÅÄÖ][\wåäö-]+)", after)
    return (
        place is not None
        and alias != actor.name
        and not re.search(rf"\b{re.escape(place['place'].removesuffix('s'))}", " ".join((actor.name, *actor.aliases)))
    )


def about_another(text: str) -> bool:
    """Whether a sentence is about another agreement than this, or gives an example."""
    return _OTHER.search(text) is not None or _EXAMPLE.search(text) is not None


def in_order(actors: Iterator[Actor] | list[Actor]) -> list[str]:
    """The ids of the parties, each once."""
    return list(dict.fromkeys(each.id for each in actors))
