"""iopctl diff: what it shows, on which sides, and what it says when it cannot."""

# ruff: noqa: E501  # screens are as wide as they are

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.repository import Repository

ID = "linkoping-resurspoolen-2020"
FILE = f"agreements/{ID}.yaml"
SOUND = (Path(__file__).parent / "sound.yaml").read_text("utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A workspace with a real agreement and the one that it replaces, committed."""
    made = Repository(tmp_path / "repo")
    made.ship(ID)
    made.ship("linkoping-resurspoolen-2018")
    made.commit("först")
    return made


def edit(repository: Repository, *changes: tuple[str, str], id_: str = ID) -> str:
    """Changes words in an agreement of the working tree; each has to be there. Its text."""
    path = repository.root / "agreements" / f"{id_}.yaml"
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    return text


AMOUNT = ("amount: 933000", "amount: 950000")
TOTAL = ("{value: 4785000", "{value: 4802000")
MONTH = ("in: january", "in: march")
DECIDED = ("    proposed: 2021-11-03\n", "    date: 2021-11-25\n    proposed: 2021-11-03\n")
GOALS = ("bland annat verkar för att stödja", "bland annat arbetar för att varmt stödja")
REPORT = ("clauses:\n", "  - {id: rapport, kind: report, text: Rapport, yearly_by: '05-31'}\n\nclauses:\n")

# screens


def test_a_screen(repository: Repository) -> None:
    """The amounts are worked in test_comparison; the payment's day moves from the last open day of January to March's.

    31 January 2022 is the day before the one that is asked about, and no payment is in the log.
    """
    first = repository.git("rev-parse", "HEAD")[:10]
    edit(repository, AMOUNT, TOTAL, MONTH, GOALS, REPORT, ("Siv Petersson", "Siv Pettersson"))
    done = repository.diff()
    assert done.stderr == ""
    assert done.stdout.replace("\u00a0", " ") == SCREEN.replace("FIRST", first)
    assert repository.diff("--format", "md").stdout.replace("\u00a0", " ") == COMMENT.replace("FIRST", first)


SCREEN = """\
From HEAD (FIRST, 2026-01-02) to the working tree

linkoping-resurspoolen-2020 · IOP Resurspoolen
  agreements/linkoping-resurspoolen-2020.yaml: changed
Money and other contributions
    ersattning: amount: 933,000 kr → 950,000 kr
    ersattning: payment, months: January → March
    stated total, value in kronor: 4,785,000 kr → 4,802,000 kr
Duties
  + rapport: a report; Rapport; each year by 31 May
Parties, contacts and groups
    Resurspoolen: contact Siv Pettersson, name: Siv Petersson → Siv Pettersson
Texts
    goals: words removed: 1, added: 2
      … ideella arbete bland annat [-verkar-] {+arbetar+} för att {+varmt+} stödja, stimulera och förmedla …
Kronor per year
  Year  Contribution      Before         Now  Difference  How sure
  2020  ersattning    933,000 kr  950,000 kr  +17,000 kr  definitive
  2021  ersattning    946,995 kr  964,250 kr  +17,255 kr  definitive
  2022  ersattning    964,988 kr  982,571 kr  +17,583 kr  definitive
Deadlines
  Before        Now         What
  (2022-01-31)  2022-03-31  Payment for 2022: 982,571 kr
  –             2022-05-31  Rapport

agreements: changed: 1
reckoned as of 2022-02-01
"""

COMMENT = """\
# IOP: what has changed

From HEAD (FIRST, 2026-01-02) to the working tree

- agreements: changed: 1
- reckoned as of 2022-02-01

| Agreement | What has changed | Kronor per year | Deadlines |
| --- | --- | --- | --- |
| linkoping-resurspoolen-2020 | money and other contributions, duties, parties, contacts and groups, texts | 2020: +17,000 kr; 2021: +17,255 kr; 2022: +17,583 kr | 2 |

## linkoping-resurspoolen-2020 · IOP Resurspoolen

- agreements/linkoping-resurspoolen-2020.yaml: changed

### Money and other contributions

- ersattning: amount: ~~933,000 kr~~ → **950,000 kr**
- ersattning: payment, months: ~~January~~ → **March**
- stated total, value in kronor: ~~4,785,000 kr~~ → **4,802,000 kr**

### Duties

- rapport (added): **a report; Rapport; each year by 31 May**

### Parties, contacts and groups

- Resurspoolen: contact Siv Pettersson, name: ~~Siv Petersson~~ → **Siv Pettersson**

<details>
<summary>Texts</summary>

- goals: words removed: 1, added: 2
  - … ideella arbete bland annat ~~verkar~~ **arbetar** för att **varmt** stödja, stimulera och förmedla …

</details>

### Kronor per year

| Year | Contribution | Before | Now | Difference | How sure |
| --- | --- | ---: | ---: | ---: | --- |
| 2020 | ersattning | 933,000 kr | 950,000 kr | \\+17,000 kr | definitive |
| 2021 | ersattning | 946,995 kr | 964,250 kr | \\+17,255 kr | definitive |
| 2022 | ersattning | 964,988 kr | 982,571 kr | \\+17,583 kr | definitive |

### Deadlines

| Before | Now | What |
| --- | --- | --- |
| (2022-01-31) | 2022-03-31 | Payment for 2022: 982,571 kr |
| – | 2022-05-31 | Rapport |
"""


def test_it_is_as_good_on_a_narrow_screen(repository: Repository) -> None:
    edit(repository, AMOUNT, TOTAL, GOALS, DECIDED)
    wide, narrow = repository.shown(columns=120), repository.shown(columns=80)
    assert max(map(len, wide.splitlines())) <= 120
    assert max(map(len, narrow.splitlines())) <= 80
    assert re.sub(r"\s+", "", narrow) == re.sub(r"\s+", "", wide)


# sides


def heads(output: str) -> list[str]:
    """The lines that say how each agreement differs."""
    return re.findall(r"^  (\S*\.yaml: .*)$", output, re.MULTILINE)


def test_nothing_differs(repository: Repository) -> None:
    first = repository.git("rev-parse", "HEAD")[:10]
    done = repository.diff("--exit-code")
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout == (
        f"From HEAD ({first}, 2026-01-02) to the working tree\n\nnothing differs\nreckoned as of 2022-02-01\n"
    )


def test_only_comments_or_layout(repository: Repository) -> None:
    edit(repository, ("# Beloppen är", "# Summorna är"), ("amount: 933000", "amount:   933000.00"))
    done = repository.diff("--exit-code")
    assert heads(done.stdout) == [f"{FILE}: only comments, layout or order; nothing in the content"]
    assert done.returncode == 0


def test_the_exit_code_that_is_asked_for(repository: Repository) -> None:
    edit(repository, GOALS)
    assert repository.diff().returncode == 0
    assert repository.diff("--exit-code").returncode == 1


def test_two_revisions_and_where_they_parted(repository: Repository) -> None:
    """`other` parts from main at the first commit; main then changes the amount, other the goals."""
    first = repository.git("rev-parse", "HEAD")[:10]
    repository.git("checkout", "-q", "-b", "other")
    edit(repository, GOALS)
    other = repository.commit()
    repository.git("checkout", "-q", "main")
    edit(repository, AMOUNT, TOTAL)
    main = repository.commit()
    edit(repository, MONTH)  # in the working tree only

    def told(words: str) -> tuple[str, list[str]]:
        done = repository.diff(words)
        assert done.stderr == ""
        heading, rest = done.stdout.split("\n\n", 1)
        return heading, re.findall(r"^    (\w+(?:: amount|, months)?):", rest, re.MULTILINE)

    assert told("main..other") == (
        f"From main ({main}, 2026-01-02) to other ({other}, 2026-01-02)",
        ["ersattning: amount", "goals"],
    )
    assert told("main...other") == (
        f"From where other parted from main ({first}, 2026-01-02) to other ({other}, 2026-01-02)",
        ["goals"],
    )
    assert told("..other")[0] == f"From HEAD ({main}, 2026-01-02) to other ({other}, 2026-01-02)"
    assert told("other..")[0] == f"From other ({other}, 2026-01-02) to HEAD ({main}, 2026-01-02)"
    assert "payment, months: January → March" in repository.diff("main").stdout


def test_git_is_left_as_it_is(repository: Repository) -> None:
    edit(repository, GOALS)
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in everything(repository.folder)}
    assert repository.diff("HEAD").returncode == 0
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in everything(repository.folder)} == before


def everything(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_agreements_that_are_new_removed_and_renamed(repository: Repository) -> None:
    text = repository.ship("timra-aldres-ensamhet-2019")
    repository.ship("lund-roda-korset-2023")
    repository.commit()
    (repository.root / "agreements" / "timra-aldres-ensamhet-2019.yaml").unlink()
    repository.write("timra-2019", text.replace("name: SKPF", "name: SKPF Timrå"))
    (repository.root / "agreements" / "lund-roda-korset-2023.yaml").unlink()
    repository.write("exempel", SOUND)
    done = repository.diff()
    assert done.stderr == ""
    assert heads(done.stdout) == [
        "agreements/exempel.yaml: new",
        "HEAD:agreements/lund-roda-korset-2023.yaml: removed",
        "agreements/timra-2019.yaml: changed",
    ]
    assert "  called timra-aldres-ensamhet-2019 before\n" in done.stdout
    assert "    SKPF Timrå: name: SKPF → SKPF Timrå\n" in done.stdout
    assert "  git does not follow the file yet: git add agreements/timra-2019.yaml\n" in done.stdout
    assert "\nagreements: new: 1; removed: 1; changed: 1\n" in done.stdout
    asked = repository.diff("timra-aldres-ensamhet-2019", "lund-roda-korset-2023")
    assert heads(asked.stdout) == heads(done.stdout)[:0:-1]  # as they were asked for


def test_an_agreement_that_takes_over_is_another(tmp_path: Path) -> None:
    """The text is the same but for a line: it replaces the one that is gone."""
    repository = Repository(tmp_path / "repo")
    text = repository.ship("timra-aldres-ensamhet-2019")
    repository.commit()
    (repository.root / "agreements" / "timra-aldres-ensamhet-2019.yaml").unlink()
    repository.write("timra-2022", f"{text}\nreplaces: timra-aldres-ensamhet-2019 # tar över\n")
    assert heads(repository.diff().stdout) == [
        "agreements/timra-2022.yaml: new",
        "HEAD:agreements/timra-aldres-ensamhet-2019.yaml: removed",
    ]


def test_two_files_without_git(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repo")
    text = repository.ship(ID)
    (tmp_path / "utkast.yaml").write_text(text.replace(*AMOUNT).replace(*TOTAL), "utf-8")
    done = repository.iopctl(
        "diff", "repo/" + FILE, "utkast.yaml", "--as-of", "2022-02-01", cwd=tmp_path, PATH="/nowhere"
    )
    assert done.stderr == ""
    assert done.stdout.startswith(
        f"From repo/{FILE} to utkast.yaml\n\nutkast · IOP Resurspoolen\n  utkast.yaml: changed\n"
    )
    assert "  2020  ersattning    933,000 kr  950,000 kr  +17,000 kr  definitive\n" in done.stdout.replace(
        "\u00a0", " "
    )
    missing = repository.diff("utkast.yaml", FILE)
    assert (missing.stderr, missing.returncode) == ("iopctl: there is no file utkast.yaml\n", 2)


def test_a_workspace_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repo", "avtal/iop")
    repository.ship(ID)
    repository.commit()
    edit(repository, GOALS)
    assert heads(repository.diff().stdout) == [f"{FILE}: changed"]
    done = repository.iopctl("diff", "HEAD", cwd=repository.root / "agreements")
    assert heads(done.stdout) == [f"{ID}.yaml: changed"]


def test_line_ends_that_git_changed_on_the_way_are_no_difference(repository: Repository) -> None:
    path = repository.root / FILE
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert heads(repository.diff().stdout) == []


def test_tables_and_settings_are_read_at_the_same_revision(repository: Repository) -> None:
    """The workspace knows OPI for 2023, 4.6 %, a year before it was published: 964 987.905 · 1.046 = 1 009 377.35.

    The file of the agreement is the same, and what it comes to in 2023 is not.
    """
    edit(repository, DECIDED)
    repository.commit()
    folder = repository.root / "indices"
    folder.mkdir()
    row = "{year: 2023, value: 4.6, status: definitive, published: 2021-12-15, source: [Exempel]}"
    (folder / "OPI.yaml").write_text(f"index: OPI\nrows:\n  - {row}\n", "utf-8")
    (repository.root / "iopctl.yaml").write_text("name: Linköpings kommun\n", "utf-8")
    done = repository.diff()
    assert done.stderr == ""
    shown = done.stdout.replace("\u00a0", " ")
    assert heads(shown) == [f"{FILE}: the file is the same; what it is reckoned with is not"]
    row = "  2023  ersattning    not reckoned  1,009,377 kr  cannot be told  before: 1 payment is not reckoned: OPI 2023 is not"
    assert row in shown
    assert "\nthe index tables differ too: OPI\niopctl.yaml differs too\n" in shown


# what cannot be done


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["HEAD~7"], "HEAD~7 is no revision in git, and no agreement on either side"),
        (["HEAD~7..HEAD"], "git knows no revision HEAD~7"),
        (["--", "-x"], "-x is no revision in git, and no agreement on either side"),
        (["--", "--output=pwned..HEAD"], "git knows no revision --output=pwned"),
        (["HEAD", "linkoping-resurspoolen-2021"], f"there is no agreement linkoping-resurspoolen-2021 on either side; did you mean {ID}?"),
        (["linkoping-resurspoolen"], f"linkoping-resurspoolen is no revision in git, and no agreement on either side; did you mean {ID}?"),
        (["HEAD:agreements"], "HEAD:agreements is no revision in git, and no agreement on either side"),
        ([""], " is no revision in git, and no agreement on either side"),
        (["a\nb..HEAD"], "git knows no revision a<U+000A>b"),
    ],
)  # fmt: skip
def test_words_that_mean_nothing(repository: Repository, words: list[str], said: str) -> None:
    before = everything(repository.folder)
    done = repository.iopctl("diff", *words)
    assert (done.stdout, done.stderr, done.returncode) == ("", f"iopctl: {said}\n", 2)
    assert everything(repository.folder) == before


def test_a_file_in_the_folder_above_is_no_pair_of_revisions(repository: Repository) -> None:
    edit(repository, GOALS)
    done = repository.diff(f"../{repository.root.name}/{FILE}")
    assert (heads(done.stdout), done.returncode) == ([f"{FILE}: changed"], 0)


def test_a_word_with_two_meanings(repository: Repository) -> None:
    repository.git("tag", ID)
    assert repository.diff(ID).stderr == (
        f"iopctl: {ID} is both a revision and an agreement; write {ID}~0, or agreements/{ID}.yaml\n"
    )
    assert repository.diff(f"{ID}~0").returncode == 0
    assert repository.diff(FILE).returncode == 0


def test_no_git_and_no_repository(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repo")
    repository.ship(ID)
    instead = "two files can be compared all the same: iopctl diff FILE FILE"
    done = repository.diff()
    assert done.stderr == "iopctl: there is nothing to compare with: the repository has no commit yet\n"
    done = repository.diff(PATH="/nowhere")
    assert (done.stderr, done.returncode) == (f"iopctl: git is not installed, or not to be found; {instead}\n", 2)
    outside = tmp_path / "outside"
    (outside / "agreements").mkdir(parents=True)
    done = repository.iopctl("diff", cwd=outside, GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert (done.stderr, done.returncode) == (f"iopctl: {outside} is not in a git repository; {instead}\n", 2)


def test_a_shallow_clone_says_so(repository: Repository, tmp_path: Path) -> None:
    edit(repository, GOALS)
    repository.commit()
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth", "1", f"file://{repository.folder}", str(clone))
    hint = "the clone is shallow and does not have all commits: git fetch --unshallow, or in CI fetch-depth: 0"
    done = repository.iopctl("diff", "HEAD~1..HEAD", cwd=clone)
    assert done.stderr == f"iopctl: git knows no revision HEAD~1; {hint}\n"
    assert repository.iopctl("diff", "HEAD", cwd=clone).returncode == 0


def test_histories_that_have_nothing_in_common(repository: Repository) -> None:
    repository.git("checkout", "-q", "--orphan", "alone")
    repository.commit()
    done = repository.diff("main...alone")
    assert (done.stderr, done.returncode) == ("iopctl: main and alone have no commit in common\n", 2)


def test_a_side_that_cannot_be_read_and_the_others_that_can(repository: Repository) -> None:
    """The working tree's file is broken: what is wrong stands on standard error, and the other agreement is compared."""
    repository.ship("timra-aldres-ensamhet-2019")
    repository.commit()
    edit(repository, ("start: 2020-01-01", "start: den 1 januari 2020"))
    edit(repository, ("name: SKPF", "name: SKPF Timrå"), id_="timra-aldres-ensamhet-2019")
    done = repository.diff()
    assert done.returncode == 2
    assert heads(done.stdout) == ["agreements/timra-aldres-ensamhet-2019.yaml: changed"]
    assert f"\nleft out because of an error: {FILE}\n" in done.stdout
    assert done.stderr.startswith("error[FRM010]: ")
    assert f"--> {FILE}:" in done.stderr
    assert done.stderr.endswith(f"{FILE} is left out: mend the error above first\n")
    repository.git("checkout", "-q", "agreements/timra-aldres-ensamhet-2019.yaml")
    repository.commit("trasig")
    repository.git("checkout", "-q", "HEAD~1", "--", ".")
    there = repository.diff("HEAD")
    assert f"--> HEAD:{FILE}:" in there.stderr
    assert there.stderr.endswith(f"HEAD:{FILE} is left out: mend the error above first\n")
    assert there.returncode == 2


def test_numbers_from_broken_data_are_refused(repository: Repository) -> None:
    """950 000 + 3 852 000 is 4 802 000, and the stated total is still 4 785 000."""
    edit(repository, AMOUNT)
    shown = repository.diff().stdout.replace("\u00a0", " ")
    assert (
        "  kronor and deadlines are not compared: mend the errors first (iopctl check)\n"
        f"  {FILE}:69: MON001: the parts sum to 4,802,000 kr, the stated total is\n  4,785,000 kr\n"
        "Money and other contributions\n"
        "    ersattning: amount: 933,000 kr → 950,000 kr\n\n"
    ) in shown


def test_settings_that_cannot_be_read(repository: Repository) -> None:
    (repository.root / "iopctl.yaml").write_text("nam: X\n", "utf-8")
    edit(repository, GOALS)
    done = repository.diff()
    assert "iopctl.yaml is left out: mend the error above first\n" in done.stderr
    assert done.returncode == 2


# git is a stranger's


def test_no_program_that_the_repository_names_is_run(repository: Repository, tmp_path: Path) -> None:
    """Filters, textconv, an external diff, a monitor of files, a signature, a pager: each would leave a trace."""
    trace = tmp_path / "trace"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho \"$@\" >> '{trace}'\ncat\n", "utf-8")
    program.chmod(0o755)
    (repository.root / ".gitattributes").write_text("*.yaml filter=x diff=x\n", "utf-8")
    repository.commit()
    for key in (
        "filter.x.clean", "filter.x.smudge", "filter.x.process", "diff.x.textconv", "diff.x.command", "diff.external",
        "core.fsmonitor", "core.pager", "gpg.program", "core.sshCommand", "pager.ls-tree", "core.hooksPath",
    ):  # fmt: skip
        repository.git("config", key, str(program))
    repository.git("config", "log.showSignature", "true")
    edit(repository, GOALS)
    trace.unlink(missing_ok=True)
    assert heads(repository.diff("HEAD~1..HEAD").stdout) == []
    assert heads(repository.diff("HEAD").stdout) == [f"{FILE}: changed"]
    assert not trace.exists()


def test_what_the_environment_says_to_git_still_holds(repository: Repository) -> None:
    """In CI the files often belong to somebody else, and the environment says that git may trust them."""
    stranger = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    trusted = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*"}
    assert repository.diff("HEAD", **stranger).stderr == (
        f"iopctl: git does not trust {repository.root}, which belongs to somebody else: see git help config, "
        "safe.directory\n"
    )
    assert repository.diff("HEAD", **stranger, **trusted).returncode == 0


def test_names_in_a_commit_that_lead_out_of_it(repository: Repository, tmp_path: Path) -> None:
    """A tree made by hand, as no git would check it out: `agreements/..` with a file in it, and a link."""
    blob = repository.git("hash-object", "-w", FILE).strip()

    def tree(*lines: str) -> str:
        done = subprocess.run(
            ["git", "mktree"],
            input="".join(f"{line}\n" for line in lines),
            cwd=repository.folder,
            env=repository.surroundings,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return done.stdout.strip()

    inner = tree(f"100644 blob {blob}\tpwned.yaml")
    folder = tree(f"040000 tree {inner}\t..", f"100644 blob {blob}\t{ID}.yaml", f"120000 blob {blob}\tlink.yaml")
    top = tree(f"040000 tree {folder}\tagreements")
    commit = repository.git("commit-tree", "-m", "x", top).strip()
    done = repository.diff(f"{commit}..HEAD", TMPDIR=str(tmp_path))
    assert heads(done.stdout) == ["HEAD:agreements/linkoping-resurspoolen-2018.yaml: new"]
    assert list(tmp_path.rglob("pwned.yaml")) == []


def test_a_file_that_is_too_large_is_not_read(repository: Repository) -> None:
    repository.write("stor", "#" * 2_000_000)
    repository.commit()
    repository.write("stor", "# liten\n")
    done = repository.diff("HEAD")
    assert "error[FRM001]: the file is 1.9 MB; an agreement is at most 1 MB" in done.stderr
    assert "--> HEAD:agreements/stor.yaml" in done.stderr or "HEAD:agreements/stor.yaml" in done.stderr


# formats


def test_json_has_exact_values(repository: Repository) -> None:
    edit(repository, AMOUNT, TOTAL)
    found = json.loads(repository.diff("--format", "json").stdout)
    first = repository.git("rev-parse", "HEAD")[:10]
    [item] = found.pop("agreements")
    assert found == {
        "format": 1,
        "old": f"HEAD ({first}, 2026-01-02)",
        "new": "the working tree",
        "as_of": "2022-02-01",
        "notes": [],
        "left_out": [],
    }
    assert item["changes"][0] == {
        "group": "contributions",
        "way": "changed",
        "what": "ersattning: amount",
        "place_before": "contributions[0].amount",
        "place": "contributions[0].amount",
        "old": "933000",
        "new": "950000",
    }
    assert item["years"][2] == {
        "measure": "cost",
        "year": 2022,
        "contribution": "ersattning",
        "old": "964988",
        "new": "982571",
        "difference": "17583",
        "status_before": ["definitive"],
        "status": ["definitive"],
        "not_reckoned_before": 0,
        "not_reckoned": 0,
        "conditions_before": [],
        "conditions": [],
    }


def test_what_a_format_is_by_the_file_s_name(repository: Repository, tmp_path: Path) -> None:
    edit(repository, GOALS)
    for name, begins in (("d.md", "# IOP: what has changed\n"), ("d.json", "{\n"), ("d.txt", "From HEAD (")):
        done = repository.diff("-o", str(tmp_path / name))
        assert (done.stdout, done.stderr) == ("", f"written: {tmp_path / name}\n")
        assert (tmp_path / name).read_text("utf-8").startswith(begins)
    refused = repository.diff("--format", "html")
    assert refused.stderr == "iopctl: --format: found html, expected one of: text, md, json\n"


HOSTILE = "@alla #1 [x](http://evil.example) <img src=x> **fet** `kod` | cell www.evil.example"


def test_data_is_data_in_markdown(repository: Repository) -> None:
    """What an agreement says is never markup, a link, somebody to notify or another issue."""
    edit(repository, ("title: IOP Resurspoolen", f"title: '{HOSTILE}'"))
    text = repository.diff("--format", "md").stdout
    assert HOSTILE not in text
    assert "\n- title: ~~IOP Resurspoolen~~ → **@\u2060alla #\u20601 \\[x\\](http:\u2060//evil.example) " in text
    assert "<img" not in text.replace("\\<img", "")
    assert "`kod`" not in text.replace("\\`kod\\`", "")


def test_personal_numbers_are_never_shown(repository: Repository) -> None:
    edit(repository, ("Siv Petersson", "Siv Petersson 19121212-1212"))
    for form in ("text", "md", "json"):
        assert "1212-1212" not in repository.diff("--format", form).stdout


# the appendix


def test_an_appendix_with_what_has_changed(repository: Repository) -> None:
    """The memo is of 3 November 2021: then OPI for 2022 is not known, and scenario mid is 2.6 % a year.

    946 995 · 1.026 = 971 616.87; 964 250 · 1.026 = 989 320.5, an exact half that is rounded up.
    """
    first = repository.git("rev-parse", "HEAD")[:10]
    edit(repository, AMOUNT, TOTAL, GOALS)
    done = repository.iopctl("render", ID, "tjansteskrivelse-forlangning", "--with-changes", "HEAD")
    appendix = done.stdout[done.stdout.index("## Bilaga: Ändringar") :].replace("\u00a0", " ")
    assert appendix.startswith(
        f"## Bilaga: Ändringar\n\nJämfört med hur överenskommelsen stod den 2 januari 2026 (version {first} i git).\n\n"
    )
    cells = [[each.strip() for each in line.split("|")[1:-1]] for line in appendix.splitlines() if line.startswith("|")]
    assert [row[1:] for row in cells[2:4]] == [["933 000 kr", "950 000 kr"], ["4 785 000 kr", "4 802 000 kr"]]
    assert cells[4][1:] == [
        "… ideella arbete bland annat **verkar** för att stödja, stimulera och förmedla …",
        "… ideella arbete bland annat **arbetar** för att **varmt** stödja, stimulera och förmedla …",
    ]
    assert [row[:5] for row in cells[7:10]] == [
        ["2020", "ersattning", "933 000 kr", "950 000 kr", "\\+17 000 kr"],
        ["2021", "ersattning", "946 995 kr", "964 250 kr", "\\+17 255 kr"],
        ["2022", "ersattning", "971 617 kr", "989 321 kr", "\\+17 704 kr"],
    ]


@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
def test_the_appendix_in_other_formats(repository: Repository, tmp_path: Path, form: str) -> None:
    edit(repository, AMOUNT, TOTAL)
    path = tmp_path / f"utkast.{form}"
    done = repository.iopctl("render", ID, "tjansteskrivelse-forlangning", "--with-changes", "HEAD", "-o", str(path))
    assert done.returncode == 0
    assert path.stat().st_size > 1000
    if form == "html":
        assert "Bilaga: Ändringar" in path.read_text("utf-8")


@pytest.mark.parametrize("form", ["md", "docx"])
def test_lint_knows_the_appendix(repository: Repository, tmp_path: Path, form: str) -> None:
    """An untouched draft has only gaps; an amount that somebody changes in the appendix is found."""
    edit(repository, AMOUNT, TOTAL)
    path = tmp_path / f"utkast.{form}"
    repository.iopctl("render", ID, "tjansteskrivelse-forlangning", "--with-changes", "HEAD", "-o", str(path))
    done = repository.iopctl("lint", str(path), "--ignore", "DRF023")
    assert done.stdout == "files checked: 1; errors: 0, warnings: 0, information: 0, acknowledged: 0\n"
    if form == "md":
        path.write_text(path.read_text("utf-8").replace("946\u00a0995", "946\u00a0395"), "utf-8")
        assert "DRF001" in repository.iopctl("lint", str(path)).stdout
        path.write_text(re.sub("(?m)^since: .*", "since: x", path.read_text("utf-8")), "utf-8")
        known = repository.iopctl("lint", str(path))
        assert known.stderr == f"{ID}: what has changed is not looked into: git knows no revision x\n"


def test_an_appendix_that_cannot_be_made(repository: Repository) -> None:
    done = repository.iopctl("render", ID, "overenskommelse", "--with-changes", "HEAD~1")
    assert (done.stdout, done.stderr, done.returncode) == ("", "iopctl: git knows no revision HEAD~1\n", 2)
    done = repository.iopctl("render", ID, "overenskommelse", "--with-changes", "HEAD..HEAD")
    assert done.stderr == "iopctl: --with-changes: found HEAD..HEAD, expected one revision\n"
    outside = repository.folder.parent / "annan.yaml"
    outside.write_text(SOUND, "utf-8")
    done = repository.iopctl("render", str(outside), "overenskommelse", "--with-changes", "HEAD")
    assert done.stderr == "iopctl: --with-changes: annan is not one of the workspace's agreements\n"
    good = repository.root / FILE
    text = good.read_text("utf-8")
    good.write_text(text.replace("start: 2020-01-01", "start: x"), "utf-8")
    repository.commit()
    good.write_text(text, "utf-8")
    done = repository.iopctl("render", ID, "overenskommelse", "--with-changes", "HEAD")
    assert f"--> HEAD:{FILE}:" in done.stderr
    assert re.search(
        r"\niopctl: --with-changes: HEAD \(\w+, 2026-01-02\) has a file that cannot be read\n$", done.stderr
    )
    assert done.returncode == 2
