"""Which agreements of a workspace can be reckoned with, and the refusal of the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from iopctl.finding import Placed, say
from iopctl.judging import Report, in_the_way, report, usable
from iopctl.library.results import Finding, NoAgreementError, UnsoundError, Workspace
from iopctl.library.told import findings
from iopctl.locale.language import Language
from iopctl.render.findings import in_order
from iopctl.surroundings import SETTINGS


def among(workspace: Workspace, ids: Iterable[str], as_of: date) -> dict[str, Report]:
    """Reports on some agreements, on those they replace, and on those that replace them."""
    loaded = workspace.held.loaded
    known = loaded.workspace.agreements
    related = set(ids)
    related |= {id_ for id_, each in known.items() if each.replaces in related}
    waiting = list(related)
    while waiting:
        earlier = known[waiting.pop()].replaces
        if earlier is not None and earlier in known and earlier not in related:
            related.add(earlier)
            waiting.append(earlier)
    return {id_: report(id_, loaded, as_of) for id_ in known if id_ in related}


def require_sound(
    workspace: Workspace, ids: Sequence[str], as_of: date, *, everything: bool = False
) -> Mapping[str, Report]:
    """Refuses ids that there are not, and agreements with errors; `everything` also files that are no agreements."""
    language = Language(workspace.language)
    for id_ in ids:
        if id_ not in workspace.agreements:
            raise NoAgreementError(language.say(say("there is no agreement {name} in the workspace", name=id_)))
    reports = among(workspace, ids, as_of)
    placed = [each for _id, found in broken(workspace, ids, reports, as_of) for each in found]
    unread = [each for each in workspace.findings if each.severity == "error"] if everything else []
    wrong = tuple(dict.fromkeys([*findings(in_order(placed), language), *unread]))
    if wrong:
        raise UnsoundError(_refusal(wrong, language), wrong)
    return reports


def broken(
    workspace: Workspace, ids: Sequence[str], reports: Mapping[str, Report], as_of: date
) -> Iterator[tuple[str | None, list[Placed]]]:
    """What stops each agreement that cannot be reckoned with; under None what stops all of them."""
    held = workspace.held
    own: dict[str, list[Placed]] = defaultdict(list)
    for each in in_the_way(reports, ids, held.around, (), as_of, held.loaded.place):
        own[each.file].append(each)
    settings = [each for file, found in own.items() if Path(file).name == SETTINGS for each in found]
    if settings:
        yield None, settings
    for id_ in ids:
        file = held.loaded.files[id_]
        if file in own or not usable(id_, reports[id_], held.loaded, as_of):
            yield id_, own.get(file) or list(held.around.findings)


def _refusal(findings: Sequence[Finding], language: Language) -> str:
    message = say(
        "there are errors to mend first: {count}. The first one: {line}", count=len(findings), line=str(findings[0])
    )
    return language.say(message)
