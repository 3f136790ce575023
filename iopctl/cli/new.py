"""iopctl new: the questions that a good agreement answers, and the commented file that comes of the answers."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from iopctl.cli import completion
from iopctl.cli.change import DryRun, Rewrite, new_findings, refused, write_files
from iopctl.cli.exits import IN_ORDER, INTERRUPTED, CommandError
from iopctl.cli.help import OPTIONS, Command, command_app, examples
from iopctl.cli.options import AsOf, day_of
from iopctl.cli.output import language, note, save, width, write
from iopctl.cli.words import _
from iopctl.cli.workspace import root

if TYPE_CHECKING:
    from iopctl.beginning.question import Situation

app = command_app()


def _templates(incomplete: str) -> Sequence[completion.Offer]:  # noqa: ARG001  # they are few
    from iopctl.beginning.questions.shared import TEMPLATES

    return TEMPLATES


def _keys(incomplete: str) -> Sequence[completion.Offer]:  # noqa: ARG001  # what does not begin so is left out
    from iopctl.beginning.questions import QUESTIONS

    return [(f"{each.key}=", language().say(each.text)) for each in QUESTIONS if each.parties is None]


@app.command(
    cls=Command,
    options_metavar=OPTIONS,
    help=_(
        "Begin an agreement: asks what a good one says, and writes a commented file in which only what you leave open "
        "is open. Without a terminal, or with --yes, nothing is asked."
    ),
    epilog=examples(
        "iopctl new",
        "iopctl new --template in-kind",
        "iopctl new --answers svar.yaml",
        'iopctl new --yes --municipality Exempelkommunen --partner "Föreningen Exemplet" --start 2027-01-01 '
        '--length "3 years" --amount "400 000" --dry-run',
    ),
)
def new(  # noqa: PLR0913  # the most usual answers
    template: Annotated[
        str | None,
        typer.Option(
            "--template",
            metavar=_("TEMPLATE"),
            help=_("money, in-kind or several-parties."),
            autocompletion=_templates,
        ),
    ] = None,
    municipality: Annotated[
        str | None, typer.Option("--municipality", metavar=_("NAME"), help=_("The municipality or the region."))
    ] = None,
    board: Annotated[
        str | None, typer.Option("--board", metavar=_("NAME"), help=_("The board that answers for it."))
    ] = None,
    partner: Annotated[str | None, typer.Option("--partner", metavar=_("NAME"), help=_("The organisation."))] = None,
    purpose: Annotated[str | None, typer.Option("--purpose", metavar=_("TEXT"), help=_("The purpose."))] = None,
    amount: Annotated[
        str | None, typer.Option("--amount", metavar=_("KRONOR"), help=_("What is paid a year: “400 000”."))
    ] = None,
    index: Annotated[
        str | None,
        typer.Option(
            "--index",
            metavar=_("INDEX"),
            help=_("What the amount is adjusted by: OPI."),
            autocompletion=completion.indices,
        ),
    ] = None,
    start: Annotated[str | None, typer.Option("--start", metavar=_("DATE"), help=_("The first day."))] = None,
    length: Annotated[
        str | None, typer.Option("--length", metavar=_("LENGTH"), help=_("How long it runs, or the last day."))
    ] = None,
    id_: Annotated[
        str | None, typer.Option("--id", metavar=_("ID"), help=_("The id; the file is called after it."))
    ] = None,
    other: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar=_("QUESTION=ANSWER"),
            help=_("The answer to any question by its key; see docs/new.md."),
            autocompletion=_keys,
        ),
    ] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", metavar=_("FILE"), help=_("Take answers from this file (YAML)."))
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=_("Ask nothing: what is not given is left open."))] = False,
    dry_run: DryRun = False,
    as_of: AsOf = None,
) -> int:
    from iopctl.beginning.conversation import are_asked, are_questions
    from iopctl.beginning.question import NotAcceptedError
    from iopctl.cli.asking import refusal

    flags = {
        "template": template, "municipality": municipality, "board": board, "partner": partner, "purpose": purpose,
        "amount": amount, "index": index, "start": start, "length": length, "id": id_,
    }  # fmt: skip
    given = {**_from_file(answers), **{key: each for key, each in flags.items() if each is not None}}
    given |= dict(_set(each) for each in other or ())
    now = _situation(day_of(as_of))
    try:
        are_questions(given)
        if not yes and sys.stdin.isatty():
            return _with_questions(now, given, dry_run=dry_run)
        now = _without_questions(now, given)
        are_asked(given, now)
    except NotAcceptedError as error:
        raise CommandError(refusal(error)) from None
    return _write(now, dry_run=dry_run)


# -- the answers -------------------------------------------------------------------------------------------------------


def _situation(day: date) -> Situation:
    """The workspace that the questions are asked in."""
    from iopctl.beginning.question import Situation
    from iopctl.files import FOLDER, select
    from iopctl.surroundings import SETTINGS, surroundings

    top = root()
    selection = select([top / FOLDER])
    around = surroundings(top, selection)
    broken = [each for each in around.findings if Path(each.file).name == SETTINGS]
    if broken:
        raise refused(broken, _("mend the error above first"))
    return Situation(around.settings, around.tables, tuple({**selection.files, **selection.shared}), day)


def _set(asked: str) -> tuple[str, str]:
    key, sign, words = asked.partition("=")
    if not sign:
        raise CommandError(_("--set: found {value}, expected QUESTION=ANSWER").format(value=asked))
    return key, words


def _from_file(path: Path | None) -> dict[str, str]:
    """The answers in a file, by the keys of their questions."""
    from iopctl.files import Files

    if path is None:
        return {}
    files = Files()
    source = files.source(path)
    if source is None or source.values is None:
        raise refused(files.findings, _("mend the error above first"))
    if not isinstance(source.values, dict):
        raise CommandError(
            _("{file}: expected a line for each question: its key, a colon, the answer").format(file=path)
        )
    return dict(_flat(source.values))


def _flat(values: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    """Each answer as it would be typed, those about a party under the question and the party: number.foreningen."""
    for key, value in values.items():
        name = f"{above}{key}"
        if isinstance(value, dict) and set(value) != {"unknown"}:
            yield from _flat(value, f"{name}.")
        elif isinstance(value, tuple):
            yield name, (", " if name == "payment" else "; ").join(_typed(each) for each in value)
        else:
            yield name, _typed(value)


def _typed(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "-" if isinstance(value, dict) else str(value)


def _without_questions(now: Situation, given: Mapping[str, str]) -> Situation:
    """The answers that were given; of the others, what can be taken for granted, else nothing."""
    from iopctl.beginning.conversation import OPEN, following, proposed
    from iopctl.beginning.question import NotAcceptedError
    from iopctl.cli.asking import accept, refusal

    missing = []
    while (each := following(now)) is not None:
        words = given.get(each.key)
        if words is None and each.question.assumed:
            words = proposed(each, now, language().say)
        if words is None and each.question.open is None:
            missing.append(each.key)
            now = now.answered(each.key, None)
            continue
        try:
            now = accept(each, words if words is not None else OPEN, now)
        except NotAcceptedError as error:
            raise CommandError(f"{each.key}: {refusal(error)}") from None
    if missing:
        options = ", ".join(f"--{key}" for key in missing)
        message = _("answers are missing: {options}; give them, or run iopctl new on a terminal to be asked")
        raise CommandError(message.format(options=options))
    return now


# -- the conversation --------------------------------------------------------------------------------------------------


def _with_questions(now: Situation, given: Mapping[str, str], *, dry_run: bool) -> int:
    from iopctl.cli.asking import StoppedError, agreed, converse, reopened, words
    from iopctl.files import shown

    _introduce(given)
    try:
        now = converse(now, given)
        _tell_unasked(given, now)
        while not dry_run:
            sys.stderr.write(f"\n{_summary(now)}\n")
            try:
                answer = agreed(_("Write {file}?").format(file=shown(_file(now))))
            except (KeyboardInterrupt, EOFError):
                raise StoppedError(words(now)) from None
            if answer is not None:
                break
            now = converse(*reopened(now))
        if dry_run or answer:
            return _write(now, dry_run=dry_run)
        _keep(words(now))
        return IN_ORDER
    except StoppedError as stopped:
        sys.stderr.write("\n" + _("Nothing was written.") + "\n")
        _keep(stopped.words)
        return INTERRUPTED
    except CommandError:
        _keep(words(now))
        raise


def _tell_unasked(given: Mapping[str, str], now: Situation) -> None:
    """Tells of an answer that was given to what was not asked: it is not in the file."""
    from iopctl.beginning.conversation import are_asked
    from iopctl.beginning.question import NotAcceptedError
    from iopctl.cli.asking import refusal, say

    try:
        are_asked(given, now)
    except NotAcceptedError as error:
        say(refusal(error))


def _introduce(given: Mapping[str, str]) -> None:
    import shutil

    from iopctl.render.table import wrapped

    lines = [
        _("Enter takes what is proposed, ? tells why it is asked, - leaves it open, < goes back a question."),
        _("Nothing is written before you have seen it all; Ctrl-C stops, and offers to keep the answers."),
    ]
    if given:
        lines.append(_("answers that are already given: {count}").format(count=len(given)))
    room = min(100, shutil.get_terminal_size().columns)
    sys.stderr.write("".join(f"{row.rstrip()}\n" for each in lines for row in wrapped(each, room)))


def _summary(now: Situation) -> str:
    """The agreement on one screen, as iopctl show has it."""
    from iopctl.cli.show import Looked, view
    from iopctl.files import FOLDER, select, shown
    from iopctl.load import load_among
    from iopctl.render.agreement import as_text
    from iopctl.render.findings import no_paint
    from iopctl.surroundings import surroundings

    rewrite = _rewrite(now)
    path, top = rewrite.path, root()
    around = surroundings(top, select([top / FOLDER]))
    loaded = load_among({path.stem: path}, around, (), {path: rewrite.text})
    looked = Looked(loaded, {path.stem: shown(path)}, new_findings([rewrite], now.as_of), None)
    return as_text(view(path.stem, looked, now.as_of), language(), min(width(), 100), no_paint)


def _keep(words: Mapping[str, str]) -> None:
    """Offers to keep the answers in a file, which a later run can begin with."""
    from iopctl.cli.asking import agreed
    from iopctl.files import shown
    from iopctl.layout import entry

    folder, names = root(), ("new-answers.yaml", *(f"new-answers-{number}.yaml" for number in range(2, 1000)))
    path = next(folder / each for each in names if not (folder / each).exists())
    try:
        if not words or agreed(_("Keep the answers so far in {file}?").format(file=shown(path))) is False:
            return
    except (KeyboardInterrupt, EOFError):
        return
    lines = ["# " + _("Go on with: {command}").format(command=f"iopctl new --answers {path.name}")]
    for key, each in words.items():
        lines += entry(key, each, 0)
    save(path, "".join(f"{line}\n" for line in lines).encode(), known=b"")
    note(_("Go on with: {command}").format(command=f"iopctl new --answers {shown(path)}"))


# -- the file ----------------------------------------------------------------------------------------------------------


def _file(now: Situation) -> Path:
    from iopctl.files import FOLDER

    return root() / FOLDER / f"{now.value('id')}.yaml"


def _rewrite(now: Situation) -> Rewrite:
    from iopctl.beginning.file import text

    return Rewrite(_file(now), b"", text(now).encode())


def _write(now: Situation, *, dry_run: bool) -> int:
    """Writes the file, or shows it; refused when it would have an error."""
    rewrite = _rewrite(now)
    found = new_findings([rewrite], now.as_of)
    if errors := [each for each in found if each.finding.fails_run()]:
        raise refused(errors, _("nothing was written: the agreement would have the error above"))
    if dry_run:
        write(rewrite.text)
        return IN_ORDER
    write_files([rewrite])
    write("".join(f"{line}\n" for line in _told(now)))
    return IN_ORDER


def _told(now: Situation) -> Iterator[str]:
    """What was written, what is open and who settles it, what check still says, and what to do next."""
    from iopctl.beginning.conversation import left_open
    from iopctl.checks.texts import open_question
    from iopctl.cli.examine import examine
    from iopctl.files import shown

    file = shown(_file(now))
    yield _("{file} is written.").format(file=file)
    open_: dict[str, list[str]] = {}
    for what, who in left_open(now):
        open_.setdefault(language().say(who), []).append(language().say(what))
    for settles, questions in open_.items():
        yield from _listed(_("Open, for {who}:").format(who=settles), questions)
    found = examine([_file(now)], root(), now.as_of).found
    others = [each for each in found if each.file == file and each.finding.rule != open_question.rule]
    remaining = [f"{each.finding.rule.code}: {language().say(each.finding.message)}" for each in others]
    yield from _listed(_("What check says beside that:"), remaining)
    id_ = _file(now).stem
    commands = [f"iopctl check {file}", f"iopctl show {id_}", f"iopctl render {id_} overenskommelse -o utkast.docx"]
    yield from ("", _("Next:"), *(f"  {each}" for each in commands))


def _listed(heading: str, rows: Sequence[str]) -> Iterator[str]:
    from iopctl.render.plain import one_line
    from iopctl.render.table import wrapped

    if rows:
        yield ""
        yield heading
    for each in rows:
        for number, row in enumerate(wrapped(one_line(each), min(width(), 100) - 4)):
            yield f"{'    ' if number else '  '}{row}".rstrip()
