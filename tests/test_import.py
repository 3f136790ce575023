"""What the import finds in papers: measured against agreements that somebody has written of them by hand."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from iopctl.form import keys_at
from iopctl.intake.file import file_text
from iopctl.intake.outline import sentences
from iopctl.intake.paper import REFERENCE, UnreadableError
from iopctl.intake.read import facts_in
from iopctl.intake.reading import READERS, read, read_bytes
from iopctl.model import Agreement
from iopctl.source import Source
from tests.import_table import Count, cases, compare, imported, measured, seeds, values_in
from tests.papers import as_word, converted
from tests.tools import needs

ROOT = Path(__file__).parent.parent
PAPERS = [*seeds(), *cases(), *cases("held_out"), *cases("papers")]


# -- the measure -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def of_seeds() -> dict[str, Count]:
    return measured(seeds())


def test_nothing_that_is_imported_from_the_seeds_is_wrong(of_seeds: dict[str, Count]) -> None:
    assert [wrong for count in of_seeds.values() for wrong in count.wrong] == []


def test_four_facts_of_five_are_found_in_every_seed(of_seeds: dict[str, Count]) -> None:
    assert {name: count.share for name, count in of_seeds.items() if count.share < 80} == {}


SHARES = {
    "arsperiod": 84,
    "avslut": 100,
    "avtal-rubriker": 100,
    "bibliotek": 62,
    "bilaga-i-tabell": 100,
    "fallor": 100,
    "flera-offentliga": 100,
    "kort-forkortat": 89,
    "motsagelse": 95,
    "protokoll": 100,
    "ram": 100,
    "relativ-tid": 100,
    "samverkansavtal": 100,
    "tjansteutlatande": 91,
    "tva-nummer": 100,
    "uppfoljning": 100,
    "utlatande": 94,
}


@pytest.mark.parametrize("paper", [*cases(), *cases("held_out")], ids=lambda each: each.stem)
def test_nothing_is_wrong_in_other_wordings(paper: Path) -> None:
    count = compare(values_in(paper.with_suffix(".yaml")), imported(paper))
    assert (count.wrong, count.share) == ([], SHARES[paper.stem]), count.missed


def test_there_are_expectations_for_every_passage() -> None:
    assert {paper.stem for paper in (*cases(), *cases("held_out"))} == set(SHARES)


WHOLE = {
    "automatisk-forlangning": 60,
    "bilaga-ekonomi": 54,
    "bolag-stiftelse": 53,
    "byalag-simhall": 60,
    "fem-foreningar": 58,
    "forsamling-harbarge": 78,
    "halvar-rapport": 38,
    "hembygd": 31,
    "mangkulturell": 44,
    "pensionar": 16,
    "protokoll-orkester": 20,
    "region-kvinnojour": 90,
    "region-tva-kommuner": 46,
    "skrivelse-avslut": 58,
    "stadsdel": 46,
    "studieforbund-sprakcafe": 68,
    "tills-vidare-per-invanare": 44,
    "tjansteskrivelse-nattvandring": 50,
    "uppfoljning-van-i-vardagen": 50,
    "utan-pengar": 86,
}
"""Whole papers that say what no rule was written for; the share that is found at least."""


@pytest.mark.parametrize("paper", cases("papers"), ids=lambda each: each.stem)
def test_nothing_is_wrong_in_whole_papers(paper: Path) -> None:
    count = compare(values_in(paper.with_suffix(".yaml")), imported(paper))
    assert count.wrong == []
    assert count.share >= WHOLE[paper.stem], count.missed


def test_there_is_a_share_for_every_whole_paper() -> None:
    assert {paper.stem for paper in cases("papers")} == set(WHOLE)


def test_the_measure_sees_what_is_wrong() -> None:
    expected = values_in(ROOT / "agreements" / "linkoping-resurspoolen-2018.yaml")
    wrong = values_in(ROOT / "agreements" / "linkoping-resurspoolen-2018.yaml")
    wrong["contributions"] = [{**wrong["contributions"][0], "amount": 260000}, *wrong["contributions"][1:]]
    wrong["parties"] = {**wrong["parties"], "x": {"name": "PRO", "kind": "association"}}
    wrong["texts"] = {**wrong["texts"], "goals": wrong["texts"]["activities"]}
    del wrong["texts"]["activities"]
    count = compare(expected, wrong)
    assert count.wrong == [
        "parties[+].name (+)",
        "parties[+].kind (+)",
        "contributions[0].amount = 260000, not 250000",
        "texts.goals: the words of texts.activities",
    ]
    assert count.missed == ["texts.activities"]


def test_the_same_agreement_is_found_whole() -> None:
    for path in seeds().values():
        count = compare(values_in(path), values_in(path))
        assert (count.missed, count.wrong, count.besides) == ([], [], [])


# -- the same paper in other files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("styled", [True, False], ids=["styled", "plain"])
@pytest.mark.parametrize("paper", list(seeds()), ids=lambda each: each.stem)
def test_word_files_give_the_same_facts(paper: Path, styled: bool, tmp_path: Path) -> None:
    count = compare(values_in(seeds()[paper]), imported(as_word(read(paper), tmp_path / "a.docx", styled=styled)))
    assert count.wrong == []
    assert count.found == compare(values_in(seeds()[paper]), imported(paper)).found


@pytest.mark.parametrize(("kind", "lost"), [("odt", 0), ("pdf", 2)])
def test_converted_files_give_the_same_facts(kind: str, lost: int, tmp_path: Path) -> None:
    """In a PDF a line of a table of signatures, or of a list, may run into the next."""
    needs("soffice")
    originals = [as_word(read(paper), tmp_path / f"{paper.stem}.docx") for paper in seeds()]
    for path, (paper, agreement) in zip(converted(originals, kind, tmp_path / kind), seeds().items(), strict=True):
        count, text = compare(values_in(agreement), imported(path)), compare(values_in(agreement), imported(paper))
        assert count.wrong == []
        assert len(text.found) - len(count.found) <= lost, set(text.found) - set(count.found)


@pytest.mark.parametrize("styled", [True, False], ids=["styled", "plain"])
@pytest.mark.parametrize("paper", cases("papers"), ids=lambda each: each.stem)
def test_nothing_is_wrong_in_whole_papers_in_word(paper: Path, styled: bool, tmp_path: Path) -> None:
    word = as_word(read(paper), tmp_path / "a.docx", styled=styled)
    assert compare(values_in(paper.with_suffix(".yaml")), imported(word)).wrong == []


@pytest.mark.parametrize(("kind", "columns"), [("odt", 1), ("pdf", 1), ("pdf", 2)])
def test_nothing_is_wrong_in_whole_papers_that_are_converted(kind: str, columns: int, tmp_path: Path) -> None:
    needs("soffice")
    words = {
        as_word(read(paper), tmp_path / f"{paper.stem}.docx", styled=columns == 1, columns=columns): paper
        for paper in cases("papers")
    }
    files = converted(list(words), kind, tmp_path / kind)
    wrong = {
        file.name: compare(values_in(paper.with_suffix(".yaml")), imported(file)).wrong
        for file, paper in zip(files, words.values(), strict=True)
    }
    assert {name: each for name, each in wrong.items() if each} == {}


def test_a_table_of_parties_in_a_word_file_is_read_by_its_columns(tmp_path: Path) -> None:
    document, rows = (
        Document(),
        (
            ("Part", "Organisationsnummer", "Kontaktperson"),
            ("Exempelköpings kommun, socialnämnden", "212000-9994", "Kim Exempelsson, enhetschef"),
            ("Sankt Eriks församling", "802000-9992", "Alex Provsson, diakon"),
        ),
    )
    document.add_heading("Överenskommelse om partnerskap", 0)
    document.add_heading("Parter", 1)
    table = document.add_table(3, 3)
    for number, text in enumerate(text for row in rows for text in row):
        table.cell(number // 3, number % 3).text = text
    document.save(str(tmp_path / "a.docx"))
    assert imported(tmp_path / "a.docx")["parties"] == {
        "exempelkopings-kommun": {
            "name": "Exempelköpings kommun",
            "kind": "municipality",
            "organisation_number": "212000-9994",
            "board": "Socialnämnden",
            "contacts": ({"name": "Kim Exempelsson", "role": "enhetschef"},),
        },
        "sankt-eriks-forsamling": {
            "name": "Sankt Eriks församling",
            "kind": "congregation",
            "organisation_number": "802000-9992",
            "contacts": ({"name": "Alex Provsson", "role": "diakon"},),
        },
    }


# -- paragraphs in another order ---------------------------------------------------------------------------------------

EXACT = ("amount", "value", "organisation_number", "until", "end", "start", "decide_by", "first")


def exact_values(values: object, key: str = "") -> Iterator[tuple[str, str]]:
    """The figures and days of a file, each by its key."""
    if isinstance(values, dict):
        for inner, each in values.items():
            yield from exact_values(each, str(inner))
    elif isinstance(values, list | tuple):
        for each in values:
            yield from exact_values(each, key)
    elif key in EXACT:
        yield key, str(values).removesuffix(".00")


@pytest.mark.parametrize("paper", cases("papers"), ids=lambda each: each.stem)
def test_no_figure_of_something_else_is_taken_when_paragraphs_change_places(paper: Path) -> None:
    """What another agreement, a budget or an example says is told by its own sentence, not by where that stands."""
    known = set(exact_values(values_in(paper.with_suffix(".yaml"))))
    blocks, chance = re.split(r"\n\s*\n", paper.read_text("utf-8")), random.Random(1)
    for _time in range(15):
        chance.shuffle(blocks)
        facts = facts_in(read_bytes("x", paper.suffix, "\n\n".join(blocks).encode())).draft.facts
        found = {pair for route, each in facts.items() for pair in exact_values(each.value, str(route[-1]))}
        assert found - known == set()


# -- no word is lost ---------------------------------------------------------------------------------------------------


def words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", REFERENCE.sub(" ", text).casefold()))


def written(data: bytes, suffix: str = ".txt") -> str:
    return file_text(facts_in(read_bytes("papper", suffix, data)), "papper", lambda route: keys_at(Agreement, route))


def lost(data: bytes, suffix: str) -> list[str]:
    """The sentences of a paper that are not in its file, word for word."""
    there = f" {words(re.sub(r'^ *# ?', ' ', written(data, suffix), flags=re.MULTILINE))} "
    said = [text for each in read_bytes("papper", suffix, data).paragraphs for text in sentences(each.text)]
    return [text for text in said if f" {words(text)} " not in there and words(text)]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda each: each.stem)
def test_every_sentence_of_a_paper_is_in_its_file(paper: Path) -> None:
    if paper.stem == "kort-forkortat":
        assert lost(paper.read_bytes(), paper.suffix) == ["Personnummer för kontaktperson: 121212-1212."]  # masked
    else:
        assert lost(paper.read_bytes(), paper.suffix) == []


def pieces() -> list[str]:
    found = [line for paper in PAPERS for line in paper.read_text("utf-8").splitlines() if line.strip()]
    return [line for line in found if "121212-1212" not in line]


@given(st.lists(st.one_of(st.sampled_from(pieces()), st.just("")), min_size=1, max_size=40))
@settings(max_examples=150)
def test_every_sentence_of_a_shuffled_paper_is_in_its_file(lines: list[str]) -> None:
    if "".join(lines).strip():
        assert lost("\n".join(lines).encode(), ".txt") == []


@given(st.lists(st.sampled_from([*pieces(), ""]), min_size=1, max_size=60))
@settings(max_examples=150)
def test_what_is_written_of_any_paper_is_yaml(lines: list[str]) -> None:
    if "".join(lines).strip():
        source = Source("x", written("\n".join(lines).encode()))
        assert [each.message.template for each in source.findings] == []


# -- damaged files -----------------------------------------------------------------------------------------------------


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The file with some bytes changed, cut away, doubled or exchanged for others."""
    made = bytearray(data)
    for _time in range(chance.randint(1, 12)):
        at = chance.randrange(len(made) + 1)
        end = min(len(made), at + chance.randint(1, 40))
        match chance.randrange(4):
            case 0:
                made[at:end] = chance.randbytes(end - at)
            case 1:
                del made[at:end]
            case 2:
                made[at:at] = made[at:end]
            case 3 if len(made) > 20:
                del made[chance.randrange(len(made) // 2, len(made)) :]
    return bytes(made)


def originals(folder: Path) -> Iterator[tuple[str, bytes]]:
    paper = next(path for path in seeds() if path.stem.startswith("lund"))
    yield ".txt", paper.read_bytes()
    yield ".md", (ROOT / "tests" / "intake_cases" / "held_out" / "fallor.md").read_bytes()
    word = as_word(read(paper), folder / "a.docx")
    yield ".docx", word.read_bytes()
    for kind in ("odt", "pdf"):
        [path] = converted([word], kind, folder / kind)
        yield f".{kind}", path.read_bytes()


def test_damaged_files_give_an_error_or_a_file_and_never_a_traceback(tmp_path: Path) -> None:
    needs("soffice")
    chance, unread = random.Random(7), 0
    for suffix, data in originals(tmp_path):
        for _time in range(200):
            hurt = damaged(data, chance)
            try:
                case = facts_in(read_bytes("skadad", suffix, hurt))
            except UnreadableError as error:
                assert error.reason.template
                unread += 1
                continue
            assert Source("x", file_text(case, "skadad", lambda route: keys_at(Agreement, route))).findings == []
    assert unread > 300


@given(st.binary(max_size=400), st.sampled_from(sorted(READERS)))
@settings(max_examples=300)
def test_any_bytes_give_an_error_or_a_file(data: bytes, suffix: str) -> None:
    try:
        case = facts_in(read_bytes("x", suffix, data))
    except UnreadableError:
        return
    file_text(case, "x", lambda route: keys_at(Agreement, route))


@pytest.mark.parametrize("words", ["100 000 kr per år ", "mellan Socialnämnden och ", "Aa. ", "~~a", "(a "])
def test_endless_sentences_are_kept_and_give_no_facts(words: str) -> None:
    """Each took minutes with the patterns that look for facts."""
    data = (words * (40_000 // len(words))).encode()
    assert lost(data, ".txt") == []
    assert facts_in(read_bytes("x", ".txt", data)).draft.facts.keys() <= {("format",)}


def test_a_word_file_of_three_thousand_paragraphs_is_read() -> None:
    document, out = Document(), BytesIO()
    for number in range(3000):
        document.add_paragraph(f"Stycke {number} om partnerskapet mellan parterna.")
    document.save(out)
    assert len(read_bytes("x", ".docx", out.getvalue()).paragraphs) == 3000


# -- what stays open ---------------------------------------------------------------------------------------------------

AROUND = """Överenskommelse om idéburet offentligt partnerskap mellan Socialnämnden och Föreningen Exemplet

Ekonomi

{}
"""


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Nämnden betalar ca 300 000 kr per år.", "beloppet är ungefärligt; vilket har avtalats?"),
        ("Nämnden betalar 300 000–400 000 kr per år.", "ett spann av belopp; vilket har avtalats?"),
        ("Nämnden betalar mellan 300 000 kr och 400 000 kr per år.", "ett spann av belopp; vilket har avtalats?"),
        (
            "Nämnden betalar 300 000 kr.",
            "beloppet gäller för vilken tid: per år, för perioden eller en gång?",
        ),
        ("Nämnden betalar 300 000 kr per år för 2024.", "olika belopp för olika år (by_year)?"),
        ("Nämnden har fått 300 000 kr per år i statsbidrag.", "är beloppet avtalat?"),
        ("Nämnden betalar inte 300 000 kr per år.", "är beloppet avtalat?"),
        (
            "Enligt det förra avtalet betalade nämnden 300 000 kr per år.",
            "beloppet gäller ett annat avtal, eller är ett exempel, och har inte skrivits in",
        ),
        (
            "Exempel: nämnden betalar 300 000 kr per år.",
            "beloppet gäller ett annat avtal, eller är ett exempel, och har inte skrivits in",
        ),
        ("Hyran är 300 000 kr per år.", "vad är beloppet till?"),
    ],
)
def test_amounts_that_stay_open(sentence: str, question: str) -> None:
    draft = facts_in(read_bytes("x", ".txt", AROUND.format(sentence).encode())).draft
    assert list(draft.items("contributions")) == []
    assert [each.note for each in draft.questions] == [question]


@pytest.mark.parametrize(
    ("sentence", "amount", "per"),
    [
        ("Nämnden betalar 300\u00a0000 kr/år.", 300000, "year"),
        ("Nämnden betalar 300\u202f000 kronor varje år.", 300000, "year"),
        ("Föreningen ersätts av nämnden med 0,3 mnkr årligen.", 300000, "year"),
        ("Nämnden bidrar med 12,50 kr per invånare och år.", 12.5, "inhabitant"),
        ("Nämnden ger ett engångsbidrag om 50 000 kronor.", 50000, "once"),
    ],
)
def test_amounts_that_are_written(sentence: str, amount: float, per: str) -> None:
    draft = facts_in(read_bytes("x", ".txt", AROUND.format(sentence).encode())).draft
    [item] = draft.items("contributions")
    assert [draft.value(*item, key) for key in ("from", "kind", "amount", "per")] == [
        "socialnamnden",
        "cash",
        amount,
        per,
    ]
    assert draft.questions == []


@pytest.mark.parametrize(
    ("number", "question"),
    [
        ("845000-4282", "845000-4282 är inget organisationsnummer (kontrollsiffran stämmer inte)"),
        (
            "845000-4281, org.nr 802000-9992",
            "två organisationsnummer för Föreningen Exemplet: 845000-4281, 802000-9992; vilket gäller?",
        ),
    ],
)
def test_numbers_that_stay_open(number: str, question: str) -> None:
    text = f"IOP\n\nParter\n\nSocialnämnden och Föreningen Exemplet, org.nr {number}\n"
    draft = facts_in(read_bytes("x", ".txt", text.encode())).draft
    assert not any(route[-1] == "organisation_number" for route in draft.facts)
    assert [each.note for each in draft.questions] == [question]
