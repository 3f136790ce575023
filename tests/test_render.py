"""iopctl render as a person meets it: what is written where, what is said, and that nothing is ever lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from iopctl import __version__
from tests.agreements import SHIPPED
from tests.terminal import iopctl

LINKOPING = "linkoping-resurspoolen-2020"
LETTER = """\
---
name: Brev
description: Ett brev utan något att fylla i.
head: [unit]
sections:
  - {section: body, heading: "Till {partnern}"}
---
{% extends "_dokument.md.j2" %}
{% block title %}{{ agreement.title }}{% endblock %}
{% block body %}
{{ nämnden | stor_bokstav }} tackar.
{% endblock %}
"""
WRITTEN = f"""\
---
agreement: {LINKOPING}
kind: brev
as_of: 2021-11-03
iopctl: {__version__}
---

Förvaltning: Social- och omsorgsförvaltningen

# IOP Resurspoolen

## Till Resurspoolen

Äldrenämnden tackar.
"""
ASKING = LETTER.replace("tackar", "tackar {{ none | eller('vem') }}")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED / "agreements", tmp_path / "agreements")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "brev.md.j2").write_text(LETTER, "utf-8")
    return tmp_path


def render(workspace: Path, *arguments: str) -> tuple[int, str, str]:
    done = iopctl("render", *arguments, "--as-of", "2021-11-03", cwd=workspace)
    return done.returncode, done.stdout, done.stderr


def ask(workspace: Path) -> None:
    (workspace / "templates" / "brev.md.j2").write_text(ASKING, "utf-8")


def test_to_standard_output(workspace: Path) -> None:
    assert render(workspace, LINKOPING, "brev") == (0, WRITTEN, "")


def test_to_a_file(workspace: Path) -> None:
    assert render(workspace, LINKOPING, "brev", "-o", "brev.md") == (0, "", "written: brev.md\n")
    assert (workspace / "brev.md").read_text("utf-8") == WRITTEN


def test_to_files_in_a_folder_that_is_made(workspace: Path) -> None:
    code, out, err = render(workspace, "lund-roda-korset-2023", LINKOPING, "brev", "--format", "html", "-o", "ut/brev")
    assert (code, out) == (0, "")
    assert err == (
        "written: ut/brev/lund-roda-korset-2023-brev.html\nwritten: ut/brev/linkoping-resurspoolen-2020-brev.html\n"
    )
    assert {path.name for path in (workspace / "ut" / "brev").iterdir()} == {
        "lund-roda-korset-2023-brev.html",
        "linkoping-resurspoolen-2020-brev.html",
    }


def test_all_of_them(workspace: Path) -> None:
    code, _out, err = render(workspace, "--all", "brev", "-o", "ut")
    assert code == 0
    assert err.count("written: ") == len(list((workspace / "agreements").iterdir())) == 4


@pytest.mark.parametrize("ending", ["md", "html", "docx", "pdf"])
def test_the_file_s_name_says_the_format_and_the_bytes_are_the_same_each_time(workspace: Path, ending: str) -> None:
    first, second = f"a.{ending}", f"b.{ending}"
    assert render(workspace, LINKOPING, "brev", "-o", first)[0] == 0
    assert render(workspace, LINKOPING, "brev", "-o", second)[0] == 0
    data = (workspace / first).read_bytes()
    assert data == (workspace / second).read_bytes()
    beginning = {"md": b"---\n", "html": b"<!DOCTYPE html>", "docx": b"PK\x03\x04", "pdf": b"%PDF-1."}[ending]
    assert data.startswith(beginning)


def test_what_is_to_be_filled_in_is_listed(workspace: Path) -> None:
    ask(workspace)
    code, out, err = render(workspace, LINKOPING, "brev", "-o", "brev.md")
    assert (code, out) == (0, "")
    assert err == f"written: brev.md\n{LINKOPING}: to be filled in:\n  [ATT FYLLA I: vem]\n"


def test_final_writes_nothing_in_which_something_is_missing(workspace: Path) -> None:
    assert render(workspace, LINKOPING, "brev", "--final", "-o", "brev.md") == (0, "", "written: brev.md\n")
    ask(workspace)
    code, out, err = render(workspace, LINKOPING, "brev", "--final", "-o", "b.md")
    assert (code, out) == (1, "")
    assert err == (
        f"{LINKOPING}: to be filled in:\n  [ATT FYLLA I: vem]\n"
        f"{LINKOPING}: not written, for --final leaves nothing to be filled in, or left out\n"
    )
    assert not (workspace / "b.md").exists()
    assert render(workspace, LINKOPING, "brev", "--final")[:2] == (1, "")


def test_an_edited_draft_is_never_written_over(workspace: Path) -> None:
    render(workspace, LINKOPING, "brev", "-o", "brev.md")
    assert render(workspace, LINKOPING, "brev", "-o", "brev.md")[0] == 0  # nobody has edited it
    (workspace / "brev.md").write_text("mitt", "utf-8")
    code, _out, err = render(workspace, LINKOPING, "brev", "-o", "brev.md")
    assert code == 2
    assert err == "brev.md is there already and may have been edited; choose another name, or --force\n"
    assert (workspace / "brev.md").read_text("utf-8") == "mitt"
    assert render(workspace, LINKOPING, "brev", "-o", "brev.md", "--force")[0] == 0
    assert (workspace / "brev.md").read_text("utf-8") == WRITTEN


def test_one_edited_draft_does_not_keep_the_others_from_being_written(workspace: Path) -> None:
    (workspace / "ut").mkdir()
    edited = workspace / "ut" / f"{LINKOPING}-brev.md"
    edited.write_text("mitt", "utf-8")
    code, _out, err = render(workspace, "--all", "brev", "-o", "ut")
    assert code == 2
    assert err.count("written: ") == 3
    assert edited.read_text("utf-8") == "mitt"


def test_nothing_outside_the_folder_is_written(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("annan") / "fil.md"
    elsewhere.write_text("annans", "utf-8")
    (workspace / "ut").mkdir()
    (workspace / "ut" / f"{LINKOPING}-brev.md").symlink_to(elsewhere)
    code, _out, err = render(workspace, "--all", "brev", "-o", "ut", "--force")
    assert code == 2
    assert err == f"iopctl: ut/{LINKOPING}-brev.md leads out of the folder; remove it first\n"
    assert elsewhere.read_text("utf-8") == "annans"
    assert [path.name for path in (workspace / "ut").iterdir()] == [f"{LINKOPING}-brev.md"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("brev",),
            "name agreements and a kind of document: iopctl render ID KIND, or iopctl render --all KIND; "
            "kinds: iopctl render --list",
        ),
        (("--all", LINKOPING, "brev"), "iopctl render --all KIND"),
        (("brev", LINKOPING), f"the kind of document comes last: iopctl render {LINKOPING} brev"),
        ((LINKOPING, "brevv"), "KIND: found brevv, expected one of: "),
        ((LINKOPING, "brev", "--format", "odt"), "--format: found odt, expected one of: md, html, docx, pdf"),
        ((LINKOPING, "brev", "--format", "pdf", "-o", "brev.docx"), "--format is pdf, but brev.docx is to be docx"),
        (("--all", "brev", "--format", "docx"), "name the folder that the files are to be written in: -o FOLDER"),
        (
            (LINKOPING, "brev", "-o", "brev.doc"),
            "no document can be a .doc; let the file's name end in .md, .html, .docx or .pdf",
        ),
        (("--all", "brev", "-o", "brev.docx"), "brev.docx is the name of one file; name a folder for several"),
        (("nosuch", "brev"), "there is no agreement nosuch in the workspace"),
        ((LINKOPING, "brev", "-o", "agreements/lund-roda-korset-2023.yaml/x.md"), "a part of the path is not a folder"),
    ],
)
def test_what_is_asked_in_the_wrong_way(workspace: Path, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = render(workspace, *arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_the_kinds_and_their_sections(workspace: Path) -> None:
    code, out, _err = render(workspace, "--list")
    assert code == 0
    kinds = [line.split(maxsplit=1) for line in out.splitlines()]
    assert ["brev", "Ett brev utan något att fylla i."] in kinds
    assert render(workspace, "--list", "brev") == (0, "body  Till {partnern}\n", "")


def test_the_shell_offers_agreements_and_kinds(workspace: Path) -> None:
    asked = {"_IOPCTL_COMPLETE": "bash", "_IOPCTL_LINE": "iopctl render l"}
    assert iopctl(cwd=workspace, **asked).stdout.split() == [
        "linkoping-resurspoolen-2018",
        "linkoping-resurspoolen-2020",
        "lund-roda-korset-2023",
    ]
    asked |= {"_IOPCTL_LINE": f"iopctl render {LINKOPING} br"}
    assert iopctl(cwd=workspace, **asked).stdout.split() == ["brev"]


def test_a_fault_in_a_template(workspace: Path) -> None:
    (workspace / "templates" / "brev.md.j2").write_text(LETTER + "{{ nonsens }}\n{% block a %}", "utf-8")
    code, out, err = render(workspace, LINKOPING, "brev")
    assert (code, out) == (2, "")
    assert err.startswith("iopctl: the template templates/brev.md.j2:14 cannot be filled in: ")


def test_a_section_that_is_not_there(workspace: Path) -> None:
    (workspace / "iopctl.yaml").write_text(
        "documents:\n  sections:\n    tjansteskrivelse-forlangning:\n      - {section: sumary}\n", "utf-8"
    )
    code, _out, err = render(workspace, LINKOPING, "tjansteskrivelse-forlangning")
    assert code == 2
    assert err.startswith(
        "iopctl: the sections under documents: in iopctl.yaml or in the agreement cannot be had: "
        "there is no section sumary; there are decision, "
    )


def test_a_heading_that_names_nobody_is_an_error_in_the_settings(workspace: Path) -> None:
    (workspace / "iopctl.yaml").write_text(
        'documents:\n  sections:\n    delrapport:\n      - {section: decision, heading: "{Styrelsen}"}\n',
        "utf-8",
    )
    done = iopctl("check", cwd=workspace)
    assert done.returncode == 1
    assert "expected a heading in which the braces hold one of nämnden, nämndens" in done.stdout + done.stderr


def test_without_sound_settings_nothing_is_written(workspace: Path) -> None:
    """How the municipality's documents are to look is not known."""
    (workspace / "iopctl.yaml").write_text("documents: {dates: siffror}\n", "utf-8")
    code, out, err = render(workspace, LINKOPING, "brev", "-o", "brev.md")
    assert (code, out) == (1, "")
    assert err.endswith("iopctl.yaml is left out: mend the error above first\n")
    assert not (workspace / "brev.md").exists()


def test_the_word_file_of_the_municipality(workspace: Path) -> None:
    (workspace / "iopctl.yaml").write_text("documents: {frame: mall.dotx}\n", "utf-8")
    assert render(workspace, LINKOPING, "brev", "-o", "brev.docx") == (
        2,
        "",
        "iopctl: the Word file mall.dotx cannot be used: there is no such file or folder\n",
    )
    (workspace / "mall.dotx").write_bytes(b"\xd0\xcf\x11\xe0")
    assert render(workspace, LINKOPING, "brev", "-o", "brev.docx")[2] == (
        "iopctl: the Word file mall.dotx cannot be used: the file is in the old Word format (.doc) or has a password; "
        "save it as .docx without one\n"
    )
    assert not (workspace / "brev.docx").exists()
    shutil.copy(SHIPPED / "templates" / "ram.docx", workspace / "mall.dotx")
    assert render(workspace, LINKOPING, "brev", "-o", "brev.docx") == (0, "", "written: brev.docx\n")


def test_the_word_file_is_kept_in_the_workspace(workspace: Path) -> None:
    (workspace / "iopctl.yaml").write_text("documents: {frame: ../mall.dotx}\n", "utf-8")
    assert render(workspace, LINKOPING, "brev", "-o", "brev.docx") == (
        2,
        "",
        "iopctl: ../mall.dotx is outside the workspace; keep the Word file in it\n",
    )


def git(workspace: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    done = subprocess.run(["git", *identity, *arguments], cwd=workspace, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_draft_says_what_it_was_made_of(workspace: Path) -> None:
    git(workspace, "init", "-q")
    assert "commit" not in render(workspace, LINKOPING, "brev")[1].partition("# ")[0]  # nothing is committed yet
    git(workspace, "add", ".")
    git(workspace, "commit", "-qm", "x")
    commit = git(workspace, "rev-parse", "HEAD")
    head = f"---\nagreement: {LINKOPING}\nkind: brev\nas_of: 2021-11-03\ncommit: {commit}\n"
    assert render(workspace, LINKOPING, "brev")[1].startswith(f"{head}iopctl: {__version__}\n---\n")
    with (workspace / "agreements" / "lund-roda-korset-2023.yaml").open("a") as other:
        other.write("# en annan fil\n")
    assert render(workspace, LINKOPING, "brev")[1].startswith(f"{head}iopctl: ")
    with (workspace / "agreements" / f"{LINKOPING}.yaml").open("a") as own:
        own.write("# ändrad\n")
    assert render(workspace, LINKOPING, "brev")[1].startswith(f"{head}changed: true\niopctl: ")


@pytest.mark.parametrize("scope", ["--local", "--worktree"])
def test_git_runs_no_program_that_the_repository_names(scope: str, workspace: Path) -> None:
    git(workspace, "init", "-q")
    git(workspace, "config", "extensions.worktreeConfig", "true")
    git(workspace, "add", ".")
    git(workspace, "commit", "-qm", "x")
    (workspace / "ondska.sh").write_text("#!/bin/sh\ntouch kördes\n")
    (workspace / "ondska.sh").chmod(0o755)
    git(workspace, "config", scope, "core.fsmonitor", "./ondska.sh")
    git(workspace, "config", scope, "filter.a=b.clean", "./ondska.sh")
    git(workspace, "config", scope, "filter.a=b.required", "true")
    (workspace / ".gitattributes").write_text("* filter=a=b\n", "utf-8")
    os.utime(workspace / "agreements" / f"{LINKOPING}.yaml", (0, 0))  # so that git looks into the file
    assert render(workspace, LINKOPING, "brev")[0] == 0
    assert not (workspace / "kördes").exists()
