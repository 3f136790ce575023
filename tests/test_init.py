"""iopctl init: a workspace that works as it is made, and nothing of anybody else's changed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from pre_commit.clientlib import load_config

from iopctl.cli import init as command
from iopctl.cli import making
from iopctl.cli.exits import CommandError
from iopctl.form import read
from iopctl.model import DocumentSettings, Settings
from iopctl.source import Source
from iopctl.starter.files import Origin, Wishes, files
from iopctl.starter.lacking import json_lacking, keys_lacking, lines_lacking
from tests.agreements import SHIPPED
from tests.conversation import CTRL_C, talk
from tests.editor import editor
from tests.terminal import environment, iopctl, on_a_terminal

SCREEN = """\
Arbetsyta: {folder}
CI: github och gitlab; --ci väljer en av dem, eller ingen (none)

Fil                            Läge  Vad
iopctl.yaml                    ny    kommunens inställningar, med exempel
agreements/README.md           ny    hur en överenskommelse börjar
templates/README.md            ny    hur en del av ett dokument får egna ord
README.md                      ny    vad som finns var, fem kommandon, och vem som får läsa
.vscode/settings.json          ny    vilket schema varje fil har
.vscode/extensions.json        ny    tillägg som VS Code föreslår
.vscode/agreement.schema.json  ny    editorns schema för överenskommelser
.vscode/workspace.schema.json  ny    editorns schema för iopctl.yaml
.vscode/index.schema.json      ny    editorns schema för indextal
.editorconfig                  ny    UTF-8 och två mellanslag, i alla editorer
.gitattributes                 ny    samma radslut på alla datorer
.gitignore                     ny    det som inte hör hemma i git
.pre-commit-config.yaml        ny    kontroll före varje incheckning, med pre-commit
.github/workflows/iopctl.yml   ny    kontroll av varje ändring på GitHub
.gitlab-ci.yml                 ny    kontroll av varje ändring på GitLab

Filer att skriva: 15. Skapa dem? [J/n] """

MADE = """
Skrivna filer: 15

Sedan:
    cd avtal
    git init
    iopctl new
    iopctl check

Innan git kan kontrollera: skriv var er iopctl finns i stället för OWNER och REVISION, i
    .pre-commit-config.yaml
    .github/workflows/iopctl.yml
    .gitlab-ci.yml
"""

ALL = {
    ".editorconfig",
    ".gitattributes",
    ".github/workflows/iopctl.yml",
    ".gitignore",
    ".gitlab-ci.yml",
    ".pre-commit-config.yaml",
    ".vscode/agreement.schema.json",
    ".vscode/extensions.json",
    ".vscode/index.schema.json",
    ".vscode/settings.json",
    ".vscode/workspace.schema.json",
    "README.md",
    "agreements/README.md",
    "iopctl.yaml",
    "templates/README.md",
}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git/" not in path.as_posix()
    }


def made(folder: Path, *options: str) -> Path:
    done = iopctl("init", *options, "--yes", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def git(*arguments: str, cwd: Path) -> None:
    subprocess.run(["git", *arguments], cwd=cwd, check=True, capture_output=True)


# -- on a terminal -----------------------------------------------------------------------------------------------------


def screen(folder: Path, columns: int, typed: str, *options: str) -> str:
    """What follows what was typed, which a terminal shows at once."""
    shown = on_a_terminal("init", "avtal", *options, cwd=folder, columns=columns, typed=typed, NO_COLOR="1")
    assert shown.startswith(typed.replace("\n", "\r\n"))
    return shown.replace("\r\n", "\n").removeprefix(typed).replace(str(folder / "avtal"), "{folder}")


def test_the_plan_is_shown_and_agreed_to(tmp_path: Path) -> None:
    assert screen(tmp_path, 120, "\n") == SCREEN + MADE
    assert contents(tmp_path / "avtal").keys() == ALL


def test_a_narrow_terminal_and_a_person_who_says_no(tmp_path: Path) -> None:
    narrow = SCREEN.replace("vem som får läsa", "vem\n" + " " * 37 + "som får läsa")
    narrow = narrow.replace("incheckning, med pre-commit", "incheckning, med\n" + " " * 37 + "pre-commit")
    asked_again = "\nFiler att skriva: 15. Skapa dem? [J/n] "
    assert screen(tmp_path, 80, "kanske\nN\n") == f"{narrow}{asked_again}Inget skrevs.\n"
    assert list(tmp_path.iterdir()) == []


def test_a_person_who_breaks_off_is_told_that_nothing_was_written(tmp_path: Path) -> None:
    told = talk("init", "--ci", "none", cwd=tmp_path, answers=[CTRL_C])
    assert told.screen.endswith("Filer att skriva: 13. Skapa dem? [J/n] ^C\nInget skrevs.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_dry_run_asks_nothing(tmp_path: Path) -> None:
    plan = SCREEN.partition("\nFiler att skriva")[0]
    assert screen(tmp_path, 120, "", "--dry-run") == plan
    assert list(tmp_path.iterdir()) == []


def test_without_a_terminal_somebody_has_to_have_said_yes(tmp_path: Path) -> None:
    done = iopctl("init", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == (
        "iopctl: there is no terminal to ask at: --yes writes the files, --dry-run only shows the plan\n"
    )
    assert done.stdout.startswith(f"Workspace: {tmp_path}\n")
    assert list(tmp_path.iterdir()) == []


# -- what is there stays -----------------------------------------------------------------------------------------------


def test_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    before = contents(made(tmp_path, "--name", "Lunds kommun"))
    done = iopctl("init", "--name", "Lunds kommun", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.findall(r"  (is there|new|its own|old)", done.stdout) == ["is there"] * 15
    assert done.stdout.endswith("\nEverything is there already.\n")
    assert contents(tmp_path) == before


def test_line_ends_of_windows_make_no_difference(tmp_path: Path) -> None:
    for name, data in contents(made(tmp_path)).items():
        (tmp_path / name).write_bytes(data.replace(b"\n", b"\r\n"))
    assert iopctl("init", cwd=tmp_path).stdout.count("  is there  ") == 15


OWN = {
    "iopctl.yaml": "name: Lund\n",
    "README.md": "# Vårt\n",
    ".gitignore": "# vi\n/utkast/\n.DS_Store\n*.bak\n",
    ".vscode/settings.json": (
        '{\n  // vårt\n  "yaml.schemas": {".vscode/index.schema.json": "i/*.yaml"},\n'
        '  "yaml.format.enable": true,\n  "[yaml]": {"editor.tabSize": 4,},\n}\n'
    ),
    ".vscode/extensions.json": '{"recommendations": ["redhat.vscode-yaml"]}',
    ".vscode/agreement.schema.json": "{}\n",
    ".gitattributes": "*.docx binary\r\n* text=auto eol=lf\r\n",
}

LACKS = """\
Workspace: {folder}
CI: none (--ci)

File                           State           What
iopctl.yaml                    its own, stays  the municipality's settings, with examples
agreements/README.md           new             how an agreement begins
templates/README.md            new             how to word a part of a document differently
README.md                      its own, stays  what is where, five commands, and who may read this
.vscode/settings.json          its own, stays  which schema is for which file
.vscode/extensions.json        its own, stays  extensions that VS Code offers
.vscode/agreement.schema.json  old             schema for the editor: agreements
.vscode/workspace.schema.json  new             schema for the editor: iopctl.yaml
.vscode/index.schema.json      new             schema for the editor: index figures
.editorconfig                  new             UTF-8 and two spaces, in every editor
.gitattributes                 is there        the same line ends on every computer
.gitignore                     its own, stays  what does not belong in git
.pre-commit-config.yaml        new             checks before a commit is made, with pre-commit

iopctl.yaml lacks, and you may want to add:
    organisation_number: 212000-1132
    language: sv

.vscode/settings.json lacks, and you may want to add:
    "yaml.schemas": {
      ".vscode/agreement.schema.json": ["agreements/**/*.yaml", "agreements/**/*.yml"],
      ".vscode/workspace.schema.json": ["iopctl.yaml"],
    },
    "[yaml]": {
      "editor.wordWrap": "on",
    },

.vscode/extensions.json lacks, and you may want to add:
    "recommendations": ["editorconfig.editorconfig"],

.gitignore lacks, and you may want to add:
    /gl-code-quality-report.json
    /iopctl-junit.xml
    /iopctl.sarif
    .*.yaml.*
    ~$*
    .~lock.*#
    Thumbs.db
    /.venv/

The schemas are not those of this iopctl. To write them anew: iopctl init --update-schema
"""


def test_what_is_there_is_left_and_what_it_lacks_is_told(tmp_path: Path) -> None:
    for name, text in OWN.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text.encode())
    options = ("--name", "Lunds kommun", "--organisation-number", "212000-1132", "--ci", "none")
    done = iopctl("init", *options, "--dry-run", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == LACKS.replace("{folder}", str(tmp_path))
    made(tmp_path, *options)
    after = contents(tmp_path)
    assert {name: after[name].decode() for name in OWN} == OWN
    assert after.keys() == ALL - {".github/workflows/iopctl.yml", ".gitlab-ci.yml"}


def test_settings_that_nobody_can_read_lack_everything() -> None:
    ours = '{"a": {"b": 1}, "c": ["http://x"]}'
    everything = ('"a": {', '  "b": 1,', "},", '"c": ["http://x"],')
    assert json_lacking(ours, "{") == json_lacking(ours, "") == json_lacking(ours, "[" * 100_000) == everything
    assert json_lacking(ours, "[]") == everything
    assert json_lacking(ours, '{"a": {"b": 2 /* vår, egen, */}, "c": ["http://x",], // ja\n}') == ()
    assert json_lacking(ours, '{"a": 3, "c": 4}') == ('"a": {', '  "b": 1,', "},")


def test_lines_and_keys_that_are_lacking() -> None:
    assert lines_lacking("# vi\n\n/a\n/b\n", "/b  \n# /a\n") == ("/a",)
    assert keys_lacking("#a: 1\nb: 2\nc:\n  d: 3\n", "#b: 2\nc: {}\n") == ("b: 2",)


# -- the schemas -------------------------------------------------------------------------------------------------------


def test_old_schemas_are_told_and_written_anew_when_asked(tmp_path: Path) -> None:
    before = contents(made(tmp_path, "--ci", "none"))
    (tmp_path / ".vscode" / "agreement.schema.json").write_text("{}\n")
    (tmp_path / "iopctl.yaml").write_text("language: sv\n# eget\n")
    (tmp_path / "README.md").unlink()
    stale = iopctl("init", "--ci", "none", cwd=tmp_path, lang="en")
    told = "\nThe schemas are not those of this iopctl. To write them anew: iopctl init --update-schema\n"
    assert told in stale.stdout
    done = iopctl("init", tmp_path.name, "--update-schema", "--yes", cwd=tmp_path.parent)
    assert done.returncode == 0
    assert done.stdout.partition("\nFiles written: 1\n")[0] == (
        f"Workspace: {tmp_path}\n"
        "CI: none, as in the workspace that is there; --ci chooses one\n\n"
        "File                           State                 What\n"
        ".vscode/agreement.schema.json  old, is written anew  schema for the editor: agreements\n"
        ".vscode/workspace.schema.json  is there              schema for the editor: iopctl.yaml\n"
        ".vscode/index.schema.json      is there              schema for the editor: index figures\n"
    )
    after = contents(tmp_path)
    assert after[".vscode/agreement.schema.json"] == before[".vscode/agreement.schema.json"]
    assert after["iopctl.yaml"] == b"language: sv\n# eget\n"
    assert "README.md" not in after


def test_schemas_alone_belong_to_a_workspace(tmp_path: Path) -> None:
    done = iopctl("init", "--update-schema", "--yes", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"iopctl: there is no folder agreements/ in {tmp_path}; leave --update-schema out to make a workspace\n"
    )


@pytest.mark.parametrize(
    ("arguments", "settings", "language"),
    [
        (("init",), None, "sv"),  # whoever sets it up may have a computer in English
        (("--lang", "en", "init"), None, "en"),
        (("--lang", "en", "init"), "language: sv\n", "sv"),
        (("--lang", "sv", "init"), "language: en\n", "en"),
    ],
)
def test_the_workspace_speaks_its_own_language(
    tmp_path: Path, arguments: tuple[str, ...], settings: str | None, language: str
) -> None:
    if settings:
        (tmp_path / "iopctl.yaml").write_text(settings)
    assert iopctl(*arguments, "--yes", cwd=tmp_path, lang="en").returncode == 0
    assert f"language: {language}\n" in (tmp_path / "iopctl.yaml").read_text("utf-8")
    written = iopctl("--lang", language, "schema", cwd=tmp_path).stdout
    assert (tmp_path / ".vscode" / "agreement.schema.json").read_text("utf-8") == written


# -- what is made is right ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [("check",), ("check", "--", "iopctl.yaml")])  # the second is what a hook does
def test_an_empty_workspace_is_in_order(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = iopctl(*arguments, cwd=made(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "files checked: 0; errors: 0, warnings: 0, information: 0, acknowledged: 0\n",
        "" if "--" in arguments else "there is no agreement in agreements/ yet; iopctl new begins one\n",
    )


def settings_of(text: str) -> Settings:
    source = Source("iopctl.yaml", text)
    assert list(source.findings) == []
    settings, wrong = read(Settings, source.values)
    assert wrong == []
    assert settings is not None
    return settings


def test_the_settings_say_only_what_is_known(tmp_path: Path) -> None:
    name = 'Lunds "gamla" kommun: #1 \\ {x}'
    made(tmp_path, "--name", name, "--organisation-number", "212000-1132")
    text = (tmp_path / "iopctl.yaml").read_text("utf-8")
    assert settings_of(text) == Settings(name=name, organisation_number="212000-1132", language="sv")
    (tmp_path / "iopctl.yaml").unlink()
    made(tmp_path)
    assert settings_of((tmp_path / "iopctl.yaml").read_text("utf-8")) == Settings(language="sv")


def test_every_example_of_the_settings_can_be_taken_as_it_is(tmp_path: Path) -> None:
    text = (made(tmp_path) / "iopctl.yaml").read_text("utf-8")
    taken = re.sub(r"^#(?=\S|  )", "", text, flags=re.MULTILINE)
    settings = settings_of(taken)
    assert settings.model_fields_set == Settings.model_fields.keys() - {"state_aid"}  # a matter for lawyers, later
    assert settings.documents.model_fields_set == DocumentSettings.model_fields.keys()
    (tmp_path / "iopctl.yaml").write_text(taken, "utf-8")
    assert iopctl("check", "--as-of", "2027-01-01", cwd=tmp_path).stdout.startswith("files checked: 0; errors: 0, warn")


def check_jsonschema(*arguments: str | Path) -> None:
    command_ = [sys.executable, "-m", "check_jsonschema", *arguments]
    done = subprocess.run(command_, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_other_programs_can_read_what_is_made(tmp_path: Path) -> None:
    made(tmp_path)
    check_jsonschema("--builtin-schema", "vendor.github-workflows", tmp_path / ".github/workflows/iopctl.yml")
    check_jsonschema("--builtin-schema", "vendor.gitlab-ci", tmp_path / ".gitlab-ci.yml")
    check_jsonschema("--schemafile", tmp_path / ".vscode/workspace.schema.json", tmp_path / "iopctl.yaml")
    [repository] = load_config(tmp_path / ".pre-commit-config.yaml")["repos"]
    assert [hook["id"] for hook in repository["hooks"]] == ["iopctl-check"]
    for name in ("settings", "extensions"):
        json.loads((tmp_path / ".vscode" / f"{name}.json").read_text("utf-8"))


def test_the_files_for_ci_are_those_of_the_documents(tmp_path: Path) -> None:
    made(tmp_path)
    for name, example in {
        ".github/workflows/iopctl.yml": "github-workflow.yml",
        ".gitlab-ci.yml": "gitlab-ci.yml",
        ".pre-commit-config.yaml": "pre-commit-config.yaml",
    }.items():
        assert (tmp_path / name).read_bytes() == (SHIPPED / "docs" / "examples" / example).read_bytes()


def test_git_keeps_all_of_it_and_no_drafts(tmp_path: Path) -> None:
    git("init", cwd=made(tmp_path))
    (tmp_path / "utkast").mkdir()
    for name in ("utkast/a.docx", "~$mall.dotx", "agreements/.DS_Store", "iopctl.sarif", "mall.dotx"):
        (tmp_path / name).write_text("x")
    git("add", "--all", cwd=tmp_path)
    listed = subprocess.run(["git", "ls-files"], cwd=tmp_path, check=True, capture_output=True, encoding="utf-8").stdout
    assert set(listed.split()) == {*ALL, "mall.dotx"}


def test_the_example_of_a_template_is_one(tmp_path: Path) -> None:
    page = (made(tmp_path) / "templates" / "README.md").read_text("utf-8")
    [example] = re.findall(r"```jinja\n(.*?)```", page, re.DOTALL)
    (tmp_path / "templates" / "tjansteskrivelse-forlangning.md.j2").write_text(re.sub("^  ", "", example, flags=re.M))
    id_ = "linkoping-resurspoolen-2020"
    text = (SHIPPED / "agreements" / f"{id_}.yaml").read_text("utf-8")
    (tmp_path / "agreements" / f"{id_}.yaml").write_text(text.replace("replaces:", "# replaces:"), "utf-8")
    (tmp_path / "iopctl.yaml").write_text(
        "documents: {sections: {tjansteskrivelse: [{section: summary, heading: Kort}]}}\n", "utf-8"
    )
    done = iopctl("render", id_, "tjansteskrivelse-forlangning", "--as-of", "2021-11-03", cwd=tmp_path)
    said = "\n## Kort\n\nÖverenskommelsen med Resurspoolen löper ut den 31\u00a0december 2022.\n"
    assert done.stdout.endswith(said), done.stdout


def test_the_smallest_agreement_of_the_readme_has_no_error(tmp_path: Path) -> None:
    page = (made(tmp_path) / "agreements" / "README.md").read_text("utf-8")
    [example] = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "agreements" / "a.yaml").write_text(re.sub("^  ", "", example, flags=re.M), "utf-8")
    done = iopctl("check", "--severity", "error", cwd=tmp_path)
    assert done.stdout == "files checked: 1; errors: 0, warnings: 0, information: 0, acknowledged: 0\n"


# -- the editor --------------------------------------------------------------------------------------------------------

DRAFT = "format: 1\ntitle: IOP\nparties:\n  kommunen: {name: Lund, kind: municipalty}\n\n"
NO_KIND = (
    'Value is not accepted. Valid values: "municipality", "region", "state_body", "public_company", "association", '
    '"foundation", "congregation", "cooperative", "study_association".'
)
HOVERED = "Överenskommelsens rubrik, så som den är skriven.\n"


def test_the_editor_offers_keys_explains_them_and_marks_what_is_wrong(tmp_path: Path) -> None:
    with editor(made(tmp_path)) as window:
        for name in ("agreements/a.yaml", "agreements/2027/a.yml"):
            assert window.opened(name, DRAFT) == [NO_KIND]
            offered = window.offered(name, line=4, column=0)
            assert offered["period"] == "Avtalstiden: första och sista dag, förlängning och uppsägning."
            assert "title" not in offered  # it is there already
            assert window.hovered(name, line=1, column=2).startswith(HOVERED)
        settings = (tmp_path / "iopctl.yaml").read_text("utf-8")
        assert window.opened("iopctl.yaml", f"{settings}nonsens: 1\n") == ["Property nonsens is not allowed."]
        assert window.opened("indices/OPI.yaml", "index: OPI\n") == ['Missing property "rows".']
        for name in (".gitlab-ci.yml", ".github/workflows/iopctl.yml", "andra/a.yaml"):
            assert window.opened(name, "nonsens: 1\n") == []
            assert window.hovered(name, line=0, column=2) == ""


def test_any_editor_reads_the_schema_from_the_first_line(tmp_path: Path) -> None:
    page = (made(tmp_path) / "README.md").read_text("utf-8")
    [line] = re.findall(r"^    (# yaml-language-server: .*)$", page, re.MULTILINE)
    (tmp_path / ".vscode" / "settings.json").unlink()
    with editor(tmp_path) as window:
        assert window.opened("agreements/a.yaml", DRAFT) == []
        assert window.opened("agreements/b.yaml", f"{line}\n{DRAFT}") == [NO_KIND]
        assert window.hovered("agreements/b.yaml", line=2, column=2).startswith(HOVERED)


# -- which CI ----------------------------------------------------------------------------------------------------------


def ci_of(folder: Path, *options: str) -> tuple[str, set[str]]:
    """What the plan says about CI, and which of its files it has."""
    done = iopctl("init", "--dry-run", *options, cwd=folder)
    assert done.returncode == 0, done.stderr
    [said] = re.findall("^CI: (.*)$", done.stdout, re.MULTILINE)
    return said, {name for name in (".github/", ".gitlab-ci", ".pre-commit") if name in done.stdout}


BOTH = "github and gitlab; --ci chooses one of them, or none"
USES = "{}, which the folder uses already; --ci chooses another"


@pytest.mark.parametrize(
    ("remote", "said", "wanted"),
    [
        ("https://github.com/kommun/avtal.git", USES.format("github"), {".github/"}),
        ("git@gitlab.kommun.example:it/avtal.git", USES.format("gitlab"), {".gitlab-ci"}),
        ("https://git.kommun.example/avtal", BOTH, {".github/", ".gitlab-ci"}),
        (None, BOTH, {".github/", ".gitlab-ci"}),
    ],
)
def test_the_remote_says_which_ci(tmp_path: Path, remote: str | None, said: str, wanted: set[str]) -> None:
    git("init", cwd=tmp_path)
    if remote:
        git("remote", "add", "origin", remote, cwd=tmp_path)
    assert ci_of(tmp_path) == (said, {*wanted, ".pre-commit"})


def test_what_is_there_says_which_ci(tmp_path: Path) -> None:
    (tmp_path / ".github").mkdir()
    assert ci_of(tmp_path) == (USES.format("github"), {".github/", ".pre-commit"})
    assert ci_of(tmp_path, "--ci", "gitlab") == ("gitlab (--ci)", {".gitlab-ci", ".pre-commit"})
    (tmp_path / ".gitlab-ci.yml").write_text("")
    assert ci_of(tmp_path) == (BOTH, {".github/", ".gitlab-ci", ".pre-commit"})


def test_a_workspace_without_ci_is_not_asked_about_it_again(tmp_path: Path) -> None:
    made(tmp_path, "--ci", "none")
    said = "none, as in the workspace that is there; --ci chooses one"
    assert ci_of(tmp_path) == (said, {".pre-commit"})
    assert iopctl("init", cwd=tmp_path).stdout.endswith("\nEverything is there already.\n")


def test_ci_belongs_in_the_repository_s_own_folder(tmp_path: Path) -> None:
    git("init", cwd=tmp_path)
    (tmp_path / "avtal").mkdir()
    said = f"none: they have to be in the repository's own folder, {tmp_path}; see docs/ci.md of iopctl"
    assert ci_of(tmp_path / "avtal") == ci_of(tmp_path / "avtal", "--ci", "none") == (said, set())
    done = iopctl("init", "avtal", "--ci", "github", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"iopctl: --ci github: the files have to be in the repository's own folder, {tmp_path}; leave --ci out\n"
    )


def wished(origin: Origin) -> dict[str, str]:
    wishes = Wishes("sv", dict.fromkeys(("agreement", "workspace", "index"), ""), None, None,
                    frozenset({"github", "gitlab"}), origin=origin)  # fmt: skip
    return {file.path: file.text for file in files(wishes)}


def test_where_iopctl_was_installed_from_is_written_for_ci() -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    from_github = wished(Origin("https://github.com/exempel/iopctl", commit))
    assert f"- uses: exempel/iopctl@{commit}\n" in from_github[".github/workflows/iopctl.yml"]
    assert f'"git+https://github.com/exempel/iopctl@{commit}"' in from_github[".gitlab-ci.yml"]
    [repository] = yaml.safe_load(from_github[".pre-commit-config.yaml"])["repos"]
    assert (repository["repo"], repository["rev"]) == ("https://github.com/exempel/iopctl", commit)
    from_elsewhere = wished(Origin("https://git.kommun.example/it/iopctl", commit))
    assert "- uses: OWNER/iopctl@REVISION\n" in from_elsewhere[".github/workflows/iopctl.yml"]
    assert f'"git+https://git.kommun.example/it/iopctl@{commit}"' in from_elsewhere[".gitlab-ci.yml"]


@pytest.mark.parametrize(
    ("told", "origin"),
    [
        ('{"url": "https://github.com/exempel/iopctl.git", "vcs_info": {"vcs": "git", "commit_id": "%s"}}',
         "https://github.com/exempel/iopctl"),
        ('{"url": "https://kim:hemligt@git.kommun.example/x", "vcs_info": {"vcs": "git", "commit_id": "%s"}}', None),
        ('{"url": "file:///home/kim/iopctl", "vcs_info": {"vcs": "git", "commit_id": "%s"}}', None),
        ('{"url": "https://git.kommun.example/iopctl", "vcs_info": {"vcs": "git", "commit_id": "x\\ny"}}', None),
        ('{"url": "file:///home/kim/iopctl", "dir_info": {"editable": true}}', None),
        ("[", None),
        (None, None),
    ],
)  # fmt: skip
def test_only_an_address_for_everybody_is_written(
    monkeypatch: pytest.MonkeyPatch, told: str | None, origin: str | None
) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"

    class Installed:
        def read_text(self, name: str) -> str | None:
            assert name == "direct_url.json"
            return told.replace("%s", commit) if told else None

    monkeypatch.setattr("importlib.metadata.distribution", lambda name: Installed())
    assert command._origin() == (Origin(origin, commit) if origin else None)


# -- what is asked in the wrong way, and what is in the way ------------------------------------------------------------


NUMBER = "expected NNNNNN-NNNN, with the right check digit"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--ci", "jenkins"), "--ci: found jenkins, expected one of: github, gitlab, none"),
        (("--name", " \n"), "--name needs a value"),
        (("--name", "Lunds\x1b[31m kommun"), "--name: there is a character in it that cannot be seen"),
        (("--name", os.fsdecode(b"Lunds k\xf6mmun")), "--name: there is a character in it that cannot be seen"),
        (("--organisation-number", "212000-1133"), f"--organisation-number: {NUMBER}"),
        (("--organisation-number", "190001011234"), f"--organisation-number: {NUMBER}"),
    ],
)
def test_what_is_asked_in_the_wrong_way(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = iopctl("init", *arguments, "--yes", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"iopctl: {said}\n")
    assert list(tmp_path.iterdir()) == []


def _a_file(folder: Path) -> None:
    (folder / "agreements").write_text("x")


def _a_folder(folder: Path) -> None:
    (folder / "README.md").mkdir()


def _a_link_out(folder: Path) -> None:
    (folder.parent / "annat").mkdir()
    (folder / ".vscode").symlink_to(folder.parent / "annat")


def _a_broken_link_out(folder: Path) -> None:
    (folder / "iopctl.yaml").symlink_to(folder.parent / "annat.yaml")


def _a_broken_link(folder: Path) -> None:
    (folder / "iopctl.yaml").symlink_to("annat.yaml")


def _a_link_to_itself(folder: Path) -> None:
    (folder / "iopctl.yaml").symlink_to("iopctl.yaml")


def _a_pipe(folder: Path) -> None:
    os.mkfifo(folder / ".gitignore")


@pytest.mark.parametrize(
    ("obstacle", "said"),
    [
        (_a_file, "{folder}/agreements is a file; a folder is wanted there"),
        (_a_folder, "{folder}/README.md is not an ordinary file; a file is wanted there"),
        (_a_link_out, "{folder}/.vscode/settings.json leads out of the folder; nothing was written"),
        (_a_broken_link_out, "{folder}/iopctl.yaml leads out of the folder; nothing was written"),
        (_a_broken_link, "{folder}/iopctl.yaml is not an ordinary file; a file is wanted there"),
        (_a_link_to_itself, "{folder}/iopctl.yaml is not an ordinary file; a file is wanted there"),
        (_a_pipe, "{folder}/.gitignore is not an ordinary file; a file is wanted there"),
    ],
)
def test_what_is_in_the_way_is_left_and_nothing_is_written(
    tmp_path: Path, obstacle: Callable[[Path], None], said: str
) -> None:
    folder = tmp_path / "avtal"
    folder.mkdir()
    obstacle(folder)
    before = sorted(tmp_path.rglob("*"))
    done = iopctl("init", "avtal", "--yes", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"iopctl: {said.format(folder=folder)}\n"
    assert sorted(tmp_path.rglob("*")) == before


def test_the_folder_may_not_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "avtal").write_text("x")
    (tmp_path / "runt").symlink_to("runt")
    for name in ("avtal", "avtal/iop", "../" + tmp_path.name + "/avtal"):
        done = iopctl("init", name, "--yes", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"iopctl: {tmp_path}/avtal is a file; a folder is wanted there\n"
    done = iopctl("init", "runt", "--yes", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"iopctl: {tmp_path}/runt is a file; a folder is wanted there\n"


def test_links_within_the_folder_are_followed(tmp_path: Path) -> None:
    folder = tmp_path / "avtal"
    (folder / "filer").mkdir(parents=True)
    (folder / "agreements").symlink_to("filer")
    (tmp_path / "hit").symlink_to("avtal")
    assert iopctl("init", "hit", "--yes", cwd=tmp_path).returncode == 0
    assert (folder / "filer" / "README.md").is_file()
    assert (folder / "agreements").is_symlink()


def test_a_folder_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making.os, "access", lambda path, mode: path != tmp_path)  # root may write everywhere
    with pytest.raises(CommandError) as caught:
        making.steps(tmp_path, files(Wishes("sv", dict.fromkeys(("agreement", "workspace", "index"), ""))))
    assert str(caught.value) == f"cannot write in {tmp_path}: permission denied"


def test_a_disk_that_fills_up_leaves_nothing_half_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "avtal" / "templates").mkdir(parents=True)
    (tmp_path / "avtal" / "templates" / "min.md.j2").write_text("x")
    plan = making.steps(tmp_path / "avtal", files(Wishes("sv", dict.fromkeys(("agreement", "workspace", "index"), ""))))
    written: list[Path] = []
    save = making.save

    def full(path: Path, data: bytes, known: bytes | None) -> None:
        if len(written) == 6:
            raise CommandError("the disk is full")
        save(path, data, known)
        written.append(path)

    monkeypatch.setattr(making, "save", full)
    with pytest.raises(CommandError, match="the disk is full"):
        making.write(plan)
    assert len(written) == 6
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == [
        "avtal",
        "avtal/templates",
        "avtal/templates/min.md.j2",
    ]


def test_a_file_that_somebody_makes_meanwhile_is_left(tmp_path: Path) -> None:
    plan = making.steps(tmp_path, files(Wishes("sv", dict.fromkeys(("agreement", "workspace", "index"), ""))))
    (tmp_path / ".gitignore").write_text("*.bak\n")
    with pytest.raises(CommandError, match="has been made by somebody else meanwhile; try again"):
        making.write(plan)
    assert contents(tmp_path) == {".gitignore": b"*.bak\n"}


def test_a_file_that_somebody_makes_at_the_last_moment_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither written over, nor taken away with what was made before it."""
    plan = making.steps(tmp_path, files(Wishes("sv", dict.fromkeys(("agreement", "workspace", "index"), ""))))
    save = making.save

    def meanwhile(path: Path, data: bytes, known: bytes | None) -> None:
        if path.name == ".gitignore":
            path.write_text("*.bak\n")
        save(path, data, known)

    monkeypatch.setattr(making, "save", meanwhile)
    with pytest.raises(CommandError, match="was changed by somebody else meanwhile; try again"):
        making.write(plan)
    assert contents(tmp_path) == {".gitignore": b"*.bak\n"}


def test_a_workspace_in_a_workspace_is_told(tmp_path: Path) -> None:
    made(tmp_path)
    (tmp_path.parent / "bredvid").mkdir(exist_ok=True)
    beside = iopctl("init", "../bredvid", "--dry-run", cwd=tmp_path)
    assert beside.stdout.startswith(f"Workspace: {tmp_path.parent}/bredvid\nCI: {BOTH}\n\n")
    done = iopctl("init", "inre", "--dry-run", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.splitlines()[2] == f"Note: the folder is in another workspace, {tmp_path}"
    for folder in (tmp_path / "agreements", tmp_path / "agreements" / "inre"):
        done = iopctl("init", str(folder), "--yes", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"iopctl: {folder} is among the agreements of {tmp_path}; choose a folder beside it\n"


def test_a_folder_with_a_name_of_its_own(tmp_path: Path) -> None:
    done = iopctl("init", "våra avtal/iop", "--yes", "--ci", "none", cwd=tmp_path)
    assert done.returncode == 0
    assert "\n    cd 'våra avtal/iop'\n    git init\n    iopctl new\n" in done.stdout


# -- the shell ---------------------------------------------------------------------------------------------------------


def test_the_shell_offers_the_services(tmp_path: Path) -> None:
    told = iopctl(cwd=tmp_path, _IOPCTL_COMPLETE="bash", _IOPCTL_LINE="iopctl init --ci git").stdout
    assert told.split() == ["github", "gitlab"]


# -- the documents -----------------------------------------------------------------------------------------------------


def test_the_document_shows_what_is_real(tmp_path: Path) -> None:
    page = (SHIPPED / "docs" / "init.md").read_text("utf-8")
    [shown] = re.findall(r"```console\n\$ iopctl (init avtal [^\n]*)\n(.*?)```", page, re.DOTALL)
    done = subprocess.run(
        f"'{sys.executable}' -m iopctl {shown[0]} --yes",
        shell=True, cwd=tmp_path, env=environment(IOPCTL_LANG="sv"), capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    real = done.stdout.replace(str(tmp_path), "/home/kim")
    assert shown[1].replace("Filer att skriva: 14. Skapa dem? [J/n] j\n\n", "") == real
    table = page.partition("| file | what it is |")[2].partition("\n\n")[0]
    named = re.findall("`([^`]+)`", "".join(re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)))
    assert {each for each in ALL if each in named or each.startswith(".vscode/")} == ALL
    assert {each for each in named if each not in ALL} == {".vscode/"}
