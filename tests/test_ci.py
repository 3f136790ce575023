"""What CI takes from the project: the hooks of pre-commit, the GitHub action, and the examples in docs/ci.md."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from junitparser import JUnitXml
from pre_commit.clientlib import load_config, load_manifest

from tests.repository import Repository
from tests.terminal import environment, iopctl

HERE = Path(__file__).parent
ROOT = HERE.parent
EXAMPLES = ROOT / "docs" / "examples"
ACTION = ROOT / "action.yml"
HOOKS = {hook["id"]: hook for hook in load_manifest(ROOT / ".pre-commit-hooks.yaml")}
DAY = "--as-of=2026-01-15"

SOUND = re.sub(r"\b20(2[678])\b", r"21\1", (HERE / "sound.yaml").read_text("utf-8"))
"""Nothing in CI says what day it is: an agreement that begins in a hundred years is sound today."""
BROKEN = SOUND.replace("  stated: 3 years", "  stated: 2 years")
FRAME = """\
error[PER003]: the text states 2 years, but the dates give 3 years
  --> agreements/a.yaml:33:11 period.stated
33 |   stated: 2 years
   |           ^^^^^^^ this length would end on 2127-12-31
32 |   end: 2128-12-31
   |        ---------- the last day; both days included it is 3 years
   = help: agree with the other party on which of them holds, and write it down

files checked: 1; errors: 1, warnings: 0, information: 0, acknowledged: 0
"""
COUNTS = "::notice title=iopctl check::files checked: {}; errors: {}, warnings: {}, information: 0, acknowledged: 0\n"
ANNOTATION = (
    "::error file=agreements/a.yaml,line=33,endLine=33,col=11,endColumn=18,title=PER003 stated-length::"
    "the text states 2 years, but the dates give 3 years%0A"
    "agree with the other party on which of them holds, and write it down\n"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with one sound agreement."""
    (tmp_path / "ws" / "agreements").mkdir(parents=True)
    (tmp_path / "ws" / "agreements" / "a.yaml").write_text(SOUND, "utf-8")
    return tmp_path / "ws"


def breaks(workspace: Path) -> None:
    """Makes the agreement state a length that its dates do not give."""
    (workspace / "agreements" / "a.yaml").write_text(BROKEN, "utf-8")


def files(workspace: Path) -> set[str]:
    return {path.relative_to(workspace).as_posix() for path in workspace.rglob("*") if path.is_file()}


def bash(script: str, cwd: Path, *options: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Runs a script as the machine of a CI service would, with `iopctl` on its path."""
    programs = cwd.parent / "bin"
    programs.mkdir(exist_ok=True)
    (programs / "iopctl").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m iopctl "$@"\n')
    (programs / "iopctl").chmod(0o755)
    (cwd.parent / "script.sh").write_text(script, "utf-8")
    return subprocess.run(
        ["bash", "--noprofile", "--norc", *options, cwd.parent / "script.sh"],
        cwd=cwd,
        env=environment(PATH=f"{programs}{os.pathsep}{os.environ['PATH']}", **env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


# the hooks of pre-commit


@pytest.mark.parametrize(
    ("path", "read"),
    [
        ("agreements/a.yaml", True),
        ("agreements/vard/a.yml", True),
        ("avtal/agreements/a.yaml", True),
        ("agreements/notes.md", False),
        ("old-agreements/a.yaml", False),
        ("iopctl.yaml", True),
        ("indices/OPI.yaml", True),
        (".pre-commit-config.yaml", False),
    ],
)
def test_which_changed_files_the_hook_reads(path: str, read: bool) -> None:
    assert bool(re.search(HOOKS["iopctl-check"]["files"], path)) is read


def hooked(id_: str, *paths: str) -> list[str]:
    """The command that pre-commit runs."""
    hook = HOOKS[id_]
    return [*shlex.split(hook["entry"]), *hook["args"], *(paths if hook["pass_filenames"] else ())]


def test_the_hooks_are_commands_of_iopctl(workspace: Path) -> None:
    assert set(HOOKS) == {"iopctl-check", "iopctl-check-all", "iopctl-fmt"}
    breaks(workspace)
    for id_ in ("iopctl-check", "iopctl-check-all"):
        program, *arguments = hooked(id_, "agreements/a.yaml")
        done = iopctl(*arguments, cwd=workspace)
        assert (program, done.stdout, done.stderr, done.returncode) == ("iopctl", FRAME, "", 1)


def test_the_hook_that_tidies(workspace: Path) -> None:
    path = workspace / "agreements" / "a.yaml"
    path.write_text("title:   IOP\nformat: 1\n", "utf-8")
    program, *arguments = hooked("iopctl-fmt", "agreements/a.yaml")
    done = iopctl(*arguments, cwd=workspace)
    assert (program, done.stdout, done.stderr) == ("iopctl", "agreements/a.yaml\nfiles: 1; changed: 1\n", "")
    assert path.read_text("utf-8") == "format: 1\ntitle: IOP\n"
    done = iopctl(*arguments, cwd=workspace)
    assert (done.stdout, done.stderr, done.returncode) == ("files: 1; nothing to change\n", "", 0)


def test_the_hooks_for_changed_files_read_the_same_files() -> None:
    assert HOOKS["iopctl-fmt"]["files"] == HOOKS["iopctl-check"]["files"]


def test_a_file_named_like_an_option_is_a_file(workspace: Path) -> None:
    _program, *arguments = hooked("iopctl-check", "--strict")
    done = iopctl(*arguments, cwd=workspace)
    assert done.returncode == 1
    assert done.stdout.startswith("error[FRM001]: there is no such file\n --> --strict\n")


def test_a_commit_with_a_broken_agreement_is_refused(workspace: Path, tmp_path: Path) -> None:
    """By pre-commit itself, with the project as it stands; it installs the project for itself, which takes time."""
    here = environment(PRE_COMMIT_HOME=str(tmp_path / "home"), IOPCTL_LANG="en", GIT_CONFIG_GLOBAL=os.devnull)
    here = {name: value for name, value in here.items() if not name.startswith("PYTHON")}

    def git(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        who = ("-c", "user.name=Kim", "-c", "user.email=kim@example.org")
        command = ["git", *who, *arguments]
        return subprocess.run(command, cwd=cwd, env=here, capture_output=True, encoding="utf-8", check=False)

    def commit(message: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        git("add", "--all", cwd=cwd)
        return git("commit", "--message", message, cwd=cwd)

    project = tmp_path / "project"
    project.mkdir()
    for name in ("iopctl", "templates"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(EXAMPLES, project / "docs" / "examples")
    for name in (".pre-commit-hooks.yaml", "LICENSE", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, project)
    for folder in (project, workspace):
        git("init", cwd=folder)
    assert commit("project", project).returncode == 0
    git("tag", "v0.1.0", cwd=project)

    config = (EXAMPLES / "pre-commit-config.yaml").read_text("utf-8")
    config = config.replace("https://git.example.org/OWNER/iopctl", str(project)).replace("REVISION", "v0.1.0")
    (workspace / ".pre-commit-config.yaml").write_text(config, "utf-8")
    installed = [sys.executable, "-m", "pre_commit", "install"]
    assert subprocess.run(installed, cwd=workspace, env=here, capture_output=True, check=False).returncode == 0

    breaks(workspace)
    refused = commit("two years", workspace)
    assert refused.returncode == 1, refused.stdout + refused.stderr
    # before this come pre-commit's own words about the environment, which differ with its version
    assert refused.stderr.endswith(f"Failed\n- hook id: iopctl-check\n- exit code: 1\n\n{FRAME}\n")
    assert refused.stdout == ""

    (workspace / "agreements" / "a.yaml").write_text(SOUND, "utf-8")
    mended = commit("three years", workspace)
    assert mended.returncode == 0, mended.stdout + mended.stderr
    assert git("log", "--format=%s", cwd=workspace).stdout == "three years\n"


# the GitHub action


def action() -> Any:
    return yaml.safe_load(ACTION.read_text("utf-8"))


def steps(file: Path) -> list[dict[str, Any]]:
    read = yaml.safe_load(file.read_text("utf-8"))
    parts = [read["runs"]] if "runs" in read else read["jobs"].values()
    return [step for part in parts for step in part["steps"]]


WORKFLOWS = sorted(EXAMPLES.glob("github-*.yml"))


@pytest.mark.parametrize("file", [ACTION, *WORKFLOWS], ids=lambda file: file.name)
def test_no_text_from_outside_becomes_a_part_of_a_script(file: Path) -> None:
    assert [step["run"] for step in steps(file) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("file", [ACTION, *WORKFLOWS], ids=lambda file: file.name)
def test_actions_of_others_are_named_by_commit(file: Path) -> None:
    used = [step["uses"] for step in steps(file) if "uses" in step]
    assert used != []
    assert [each for each in used if not re.search(r"@([0-9a-f]{40}|REVISION)$", each)] == []


def step(workspace: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The action's last step, with its inputs filled in as GitHub does."""
    described = action()
    given = {name: about["default"] for name, about in described["inputs"].items()} | inputs
    last = described["runs"]["steps"][-1]

    def value(found: re.Match[str]) -> str:
        return str(given[found[1]])

    env = {name: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", value, text) for name, text in last["env"].items()}
    summary = workspace.parent / "summary.md"
    return bash(last["run"], workspace, "-e", "-o", "pipefail", GITHUB_STEP_SUMMARY=str(summary), **env)


def test_the_action_s_inputs_are_all_used_and_described() -> None:
    described = action()
    assert set(re.findall(r"inputs\.([a-z-]+)", json.dumps(described["runs"]))) == set(described["inputs"])
    page = (ROOT / "docs" / "ci.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)) == set(described["inputs"])


def test_the_action_shows_what_is_wrong(workspace: Path) -> None:
    breaks(workspace)
    done = step(workspace)
    assert done.stdout == COUNTS.format(1, 1, 0) + ANNOTATION
    assert (done.stderr, done.returncode) == ("", 1)
    assert (workspace.parent / "summary.md").read_text("utf-8") == (
        "## iopctl check\n\n"
        "files checked&#58; 1; errors&#58; 1, warnings&#58; 0, information&#58; 0, acknowledged&#58; 0\n"
        "\n### agreements/a.yaml\n\n| line | rule | message |\n| ---: | --- | --- |\n"
        "| 33 | error PER003 | the text states 2 years, but the dates give 3 years"
        "<br>agree with the other party on which of them holds, and write it down |\n"
    )


def test_the_action_in_order(workspace: Path) -> None:
    done = step(workspace, paths="agreements\n\n", args=DAY)
    assert (done.stdout, done.stderr, done.returncode) == (COUNTS.format(1, 0, 0), "", 0)


@pytest.mark.parametrize(("strict", "code"), [("false", 0), ("", 0), ("true", 1)])
def test_strict_lets_warnings_fail_the_action(workspace: Path, strict: str, code: int) -> None:
    text = SOUND.replace("paragraph: 94", 'paragraph: {unknown: "§ XXX"}')
    (workspace / "agreements" / "a.yaml").write_text(text, "utf-8")
    done = step(workspace, strict=strict, args=f"{DAY}\n--select=TXT")
    assert done.stdout == COUNTS.format(1, 0, 1) + (
        "::warning file=agreements/a.yaml,line=47,endLine=47,col=81,endColumn=88,title=TXT001 open-question::"
        "open: “§ XXX”%0Awrite the value here when it is known\n"
    )
    assert (done.stderr, done.returncode) == ("", code)


def test_the_action_speaks_the_language_that_it_is_told(workspace: Path) -> None:
    done = step(workspace, lang="sv", args=DAY)
    assert done.stdout == (
        "::notice title=iopctl check::kontrollerade filer: 1; fel: 0, varningar: 0, upplysningar: 0, godtagna: 0\n"
    )
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"strict": "yes"}, "iopctl: strict has to be true or false\n"),
        ({"lang": "tyska"}, "iopctl: --lang: found tyska, expected one of: sv, en\n"),
        ({"args": "--stricter"}, "iopctl: there is no option --stricter (did you mean --strict?)\n"),
    ],
)
def test_a_wrong_input_is_refused(workspace: Path, inputs: dict[str, str], said: str) -> None:
    done = step(workspace, **inputs)
    assert done.stdout == ""
    assert done.stderr.startswith(said)
    assert done.returncode == 2


def test_hostile_inputs_stay_text(workspace: Path) -> None:
    """Each line is a path, whatever the shell would make of it; none is an option, and none makes a file."""
    breaks(workspace)
    before = files(workspace)
    hostile = ["a; touch pwned", "$(touch pwned)", "`touch pwned`", "' || touch pwned #", '" && touch pwned "', "*"]
    done = step(workspace, paths="\n".join([*hostile, "--write-baseline", r"\n::warning::x"]), lang="en")
    missing = [*hostile, "--write-baseline", r"\n::warning::x"]
    shown = {path.replace(":", "%3A") for path in missing}
    lines = done.stdout.splitlines(keepends=True)
    assert lines[0] == COUNTS.format(8, 8, 0)
    assert set(lines[1:]) == {
        f"::error file={path},title=FRM001 unreadable-file::there is no such file%0Acheck the spelling and the folder\n"
        for path in shown
    }
    assert (done.stderr, done.returncode) == ("", 1)
    assert files(workspace) == before

    done = step(workspace, args="; touch pwned", lang="$(touch pwned)")
    assert (done.stdout, done.returncode) == ("", 2)
    assert done.stderr == "iopctl: --lang: found $(touch pwned), expected one of: sv, en\n"
    assert files(workspace) == before


# the examples, and docs/ci.md


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("vendor.github-actions", [ACTION]),
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.gitlab-ci", [EXAMPLES / "gitlab-ci.yml"]),
    ],
)
def test_github_and_gitlab_can_read_the_files(schema: str, paths: list[Path]) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *paths]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_pre_commit_can_read_its_example() -> None:
    [repository] = load_config(EXAMPLES / "pre-commit-config.yaml")["repos"]
    assert [hook["id"] for hook in repository["hooks"]] == ["iopctl-check"]


def test_the_documents_show_the_examples_as_they_are() -> None:
    pages = "".join((ROOT / "docs" / name).read_text("utf-8") for name in ("ci.md", "diff.md", "due.md"))
    shown = re.findall(r"```yaml\n(# \.[^\n]+\n.*?)```", pages, re.DOTALL)
    assert sorted(shown) == sorted(path.read_text("utf-8") for path in EXAMPLES.glob("*.y*ml"))


def test_the_document_s_settings_are_settings(workspace: Path) -> None:
    from iopctl.rules import ALL

    page = (ROOT / "docs" / "ci.md").read_text("utf-8")
    [settings] = re.findall(r"```yaml\n(check:\n.*?)```", page, re.DOTALL)
    known = {name for rule in ALL for name in (rule.code, rule.name)}
    assert set(yaml.safe_load(settings)["check"]["severities"]) <= known
    (workspace / "iopctl.yaml").write_text(settings, "utf-8")
    done = iopctl("check", DAY, "--select", "FRM", cwd=workspace)
    assert done.stdout == "files checked: 1; errors: 0, warnings: 0, information: 0, acknowledged: 0\n"


def gitlab(workspace: Path) -> subprocess.CompletedProcess[str]:
    """The job's script, as GitLab's runner joins it."""
    job = yaml.safe_load((EXAMPLES / "gitlab-ci.yml").read_text("utf-8"))["iopctl"]
    return bash("\n".join(["set -eo pipefail", *job["script"]]), workspace, IOPCTL_LANG="en")


def test_the_job_for_gitlab_writes_its_reports_and_then_fails(workspace: Path) -> None:
    breaks(workspace)
    done = gitlab(workspace)
    assert (done.stdout, done.stderr, done.returncode) == (FRAME, "", 1)
    [issue] = json.loads((workspace / "gl-code-quality-report.json").read_text("utf-8"))
    assert (issue["check_name"], issue["location"]) == (
        "PER003",
        {"path": "agreements/a.yaml", "lines": {"begin": 33}},
    )
    assert JUnitXml.fromfile(str(workspace / "iopctl-junit.xml")).failures == 1


def test_the_job_for_gitlab_stops_when_the_command_cannot_run(workspace: Path) -> None:
    shutil.rmtree(workspace / "agreements")
    done = gitlab(workspace)
    assert done.stdout == ""
    assert done.stderr == (
        "iopctl: there is no folder agreements/ here or above; go to the workspace, or name files and folders\n"
    )
    assert done.returncode != 0


def test_the_step_for_sarif_writes_its_report_and_goes_on(workspace: Path) -> None:
    breaks(workspace)
    [script] = [each["run"] for each in steps(EXAMPLES / "github-workflow-sarif.yml") if "run" in each]
    done = bash(script, workspace, "-e")
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
    [result] = json.loads((workspace / "iopctl.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert result["ruleId"] == "PER003"


# the issue that says what is due

GH = """\
#!/bin/sh
echo "$@" >> "$GH_LOG"
case "$1 $2" in
"issue list") [ ! -f "$GH_ISSUE" ] || echo 7 ;;
"issue view") cat "$GH_ISSUE" ;;
"issue create" | "issue edit") for last; do :; done; cp "$last" "$GH_ISSUE" ;;
esac
"""
"""A stand-in for GitHub's program: it keeps one issue in a file, and what it was told in another."""

ASKED = "issue list --label iop-bevakning --state open --limit 1 --json number --jq .[].number\n"


def due_steps() -> list[str]:
    """The steps of the example that run iopctl and gh, in order."""
    return [each["run"] for each in steps(EXAMPLES / "github-due.yml") if "iopctl due" in each.get("run", "")] + [
        each["run"] for each in steps(EXAMPLES / "github-due.yml") if "gh issue" in each.get("run", "")
    ]


def kept_up_to_date(workspace: Path) -> str:
    """What one run of the workflow tells gh."""
    programs = workspace.parent / "bin"
    programs.mkdir(exist_ok=True)
    (programs / "gh").write_text(GH)
    (programs / "gh").chmod(0o755)
    told = workspace.parent / "told"
    told.write_text("")
    here = {"GH_LOG": str(told), "GH_ISSUE": str(workspace.parent / "issue"), "IOPCTL_LANG": "en"}
    for script in due_steps():
        done = bash(script, workspace, "-e", LABEL="iop-bevakning", TITLE="IOP", **here)
        assert done.returncode == 0, done.stdout + done.stderr
    return told.read_text()


def test_one_issue_is_made_and_kept_up_to_date(workspace: Path) -> None:
    """The agreement begins in 2126; a duty with a day of its own is due at once."""
    agreement = workspace / "agreements" / "a.yaml"
    duty = "duties:\n  - {id: avstamning, kind: follow_up, text: Avstämning, by: 2020-03-02, responsible: kommunen}\n"
    agreement.write_text(re.sub(r"^duties:\n(?:[ #].*\n)*", duty, SOUND, flags=re.MULTILINE), "utf-8")
    made = "issue create --label iop-bevakning --title IOP --body-file digest.md\n"
    assert kept_up_to_date(workspace) == f"{ASKED}label create iop-bevakning --force\n{made}"
    issue = workspace.parent / "issue"
    assert "**2020-03-02 Monday**: Avstämning" in issue.read_text("utf-8")
    assert (workspace / "calendars" / "iop.ics").exists()

    viewed = f"{ASKED}issue view 7 --json body --jq .body\n"
    assert kept_up_to_date(workspace) == viewed
    issue.write_bytes(issue.read_bytes().replace(b"\n", b"\r\n"))  # as a forge may give it back
    assert kept_up_to_date(workspace) == viewed

    agreement.write_text(agreement.read_text("utf-8").replace("text: Avstämning", "text: Uppföljning"), "utf-8")
    assert kept_up_to_date(workspace) == f"{viewed}issue edit 7 --body-file digest.md\n"
    assert "**2020-03-02 Monday**: Uppföljning" in issue.read_text("utf-8")


def test_no_issue_is_made_when_nothing_could_be_reckoned(workspace: Path) -> None:
    breaks(workspace)
    write, keep = due_steps()
    assert bash(write, workspace, "-e").returncode == 0
    done = bash(keep, workspace, "-e", LABEL="iop-bevakning", TITLE="IOP")
    assert (done.returncode, done.stdout) == (1, "")


# the comment that says what changes

GH_API = """\
#!/bin/sh
echo "$@" >> "$GH_LOG"
case "$*" in
*"--method POST"* | *"--method PATCH"*) cp comment.md "$GH_COMMENT" ;;
*--paginate*) [ ! -f "$GH_COMMENT" ] || printf '7\\n8\\n' ;;
*/comments/7*) cat "$GH_COMMENT" ;;
esac
"""
"""A stand-in for GitHub's program: it keeps one comment in a file, and what it was told in another."""

LISTED = "api repos/o/r/issues/5/comments --paginate --jq "
MINE = '.[] | select(.user.login == "github-actions[bot]" and (.body | startswith("<!-- iopctl diff -->"))) | .id\n'
VIEWED = "api repos/o/r/issues/comments/7 --jq .body\n"


def commented(repository: Repository, base: str, head: str) -> str:
    """What one run of the workflow tells gh."""
    programs = repository.root.parent / "bin"
    programs.mkdir(exist_ok=True)
    (programs / "gh").write_text(GH_API)
    (programs / "gh").chmod(0o755)
    told = repository.root.parent / "told"
    told.write_text("")
    here = {
        **{name: value for name, value in repository.surroundings.items() if name.startswith(("GIT_", "HOME"))},
        "GH_LOG": str(told),
        "GH_COMMENT": str(repository.root.parent / "comment"),
        "GITHUB_STEP_SUMMARY": str(repository.root.parent / "summary"),
        "IOPCTL_LANG": "en",
        "GH_REPO": "o/r",
        "NUMBER": "5",
        "BASE": base,
        "HEAD": head,
    }
    scripts = [each["run"] for each in steps(EXAMPLES / "github-diff.yml") if "comment.md" in each.get("run", "")]
    assert len(scripts) == 2
    for script in scripts:
        done = bash(script, repository.root, "-e", **here)
        assert done.returncode == 0, done.stdout + done.stderr
    return told.read_text()


def test_one_comment_is_made_and_kept_up_to_date(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "ws")
    comment = tmp_path / "comment"
    repository.write("a", SOUND)
    base = repository.commit()
    assert commented(repository, base, base) == f"{LISTED}{MINE}"
    assert not comment.exists()

    repository.write("a", SOUND.replace("dnr: ", "dnr: X-"))
    head = repository.commit()
    post = "api repos/o/r/issues/5/comments --method POST --field body=@comment.md --silent\n"
    assert commented(repository, base, head) == f"{LISTED}{MINE}{post}"
    assert comment.read_text("utf-8").startswith("<!-- iopctl diff -->\n# IOP: what has changed\n")
    assert "diary number: ~~" in comment.read_text("utf-8")

    assert commented(repository, base, head) == f"{LISTED}{MINE}{VIEWED}"
    comment.write_bytes(comment.read_bytes().replace(b"\n", b"\r\n"))  # as a forge may give it back
    assert commented(repository, base, head) == f"{LISTED}{MINE}{VIEWED}"

    patch = "api repos/o/r/issues/comments/7 --method PATCH --field body=@comment.md --silent\n"
    assert commented(repository, base, base) == f"{LISTED}{MINE}{VIEWED}{patch}"
    assert "nothing differs" in comment.read_text("utf-8")


def test_a_comment_is_no_longer_than_a_comment_can_be(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "ws")
    repository.write("a", SOUND)
    base = repository.commit()
    log = "".join(f"  - {{duty: avstamning, date: 2020-01-01, note: Anteckning {n} {'x' * 100}}}\n" for n in range(600))
    repository.write("a", SOUND + ("" if "\nlog:" in SOUND else "log:\n") + log)
    head = repository.commit()
    commented(repository, base, head)
    text = (tmp_path / "comment").read_text("utf-8")
    assert len(text) < 2000
    assert text.endswith(" |\n\n")
    assert len((tmp_path / "summary").read_text("utf-8")) > 60000
