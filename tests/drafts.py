"""Documents for tests of the formats: a real one, one with everything in it, and one whose words look like code."""

from __future__ import annotations

from datetime import date

from iopctl.documents.context import context
from iopctl.documents.draft import draft
from iopctl.documents.templates import Templates
from iopctl.documents.tree import (
    Block,
    Break,
    Document,
    Emphasis,
    Fill,
    Heading,
    HeadLine,
    Inline,
    Items,
    Line,
    Link,
    Note,
    Origin,
    Paragraph,
    Picture,
    Quote,
    Strong,
    Table,
    Text,
)
from tests.agreements import shipped

DAY = date(2021, 11, 3)
MEMO = "tjansteskrivelse-forlangning"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 40" width="200" height="40">'
    '<title id="namn">T</title><defs><clipPath id="kant"><rect width="200" height="40"/></clipPath></defs>'
    '<g clip-path="url(#kant)"><rect width="200" height="40" fill="#fff"/>'
    '<text x="5" y="20" font-size="12" fill="#1a1a1a">Avtalad tid</text></g></svg>'
)
LONG = (
    "Överenskommelsen syftar till meningsfullhet och trygghet för kommunens medborgare, främst den äldre befolkningen."
)
ADDRESS = f"https://www.example.se/{'en-lång-adress/' * 12}"


def memo() -> Document:
    """The memo of Linköping's äldrenämnd."""
    id_ = "linkoping-resurspoolen-2020"
    values = context(id_, shipped().workspace, MEMO, DAY)
    return draft(Templates(None), values, Origin(id_, MEMO, DAY, "0"))


def of(
    *blocks: Block,
    title: str | tuple[Inline, ...] = "Titel",
    head: tuple[HeadLine, ...] = (),
    notes: dict[str, tuple[Inline, ...]] | None = None,
    pictures: dict[str, str] | None = None,
) -> Document:
    """A document of some blocks."""
    title = words(title) if isinstance(title, str) else title
    return Document(title, blocks, Origin("prov", "prov", DAY, "0"), head, notes or {}, pictures or {})


def words(text: str) -> tuple[Inline, ...]:
    return (Text(text),)


def said(*parts: str | Inline) -> Paragraph:
    return Paragraph(tuple(Text(each) if isinstance(each, str) else each for each in parts))


AGREEMENT = Document(
    title=(Text("Överenskommelse om idéburet offentligt partnerskap"),),
    head=(
        HeadLine("unit", "Förvaltning", Text("Vård- och omsorgsförvaltningen")),
        HeadLine("date", "Datum", Text("2023-10-11")),
        HeadLine("dnr", "Diarienummer", Fill("diarienummer")),
        HeadLine("case_officer", "Handläggare", Fill("handläggarens namn")),
        HeadLine("receiver", "Mottagare", Text("Vård- och omsorgsnämnden")),
    ),
    blocks=(
        Heading(2, (Text("Bakgrund"),)),
        Paragraph(
            (
                Text("Samverkan bygger på en "),
                Strong((Text("gemensam"),)),
                Text(" och "),
                Emphasis((Text("långsiktig"),)),
                Text(" vilja"),
                Note("kf"),
                Text(". Se "),
                Link((Text("kommunens sida"),), "https://www.example.org/iop?a=1&b=2"),
                Text(". Text som <w:p>, ]]> och {{ dnr }} är bara text"),
                Note("von"),
                Text(", som tidigare sagts"),
                Note("kf"),
                Text("."),
            )
        ),
        Quote((said("Partnerskapet tecknas för perioden 1 december 2023 – 30 november 2025."),)),
        Heading(3, (Text("Parterna åtar sig"),)),
        said("Föreningen ska:"),
        Items(
            (
                (said("hålla cirklar för anhöriga"),),
                (
                    said("rekrytera ledare"),
                    Items(((said("bland medlemmarna"),), (said("genom annonser"),)), 1),
                    said("Ledarna får utbildning."),
                ),
            )
        ),
        said("Kommunen ska:"),
        Items(((said("upplåta lokal"),), (said("utse en kontaktperson"),)), 3),
        Heading(2, (Text("Ekonomi"),)),
        Table(
            ((Text("År"),), (Text("Vad pengarna är till för"),), (Text("Belopp"),)),
            (
                (
                    (Text("2024"),),
                    (Text("Ledare och lokaler för cirklarna, och utbildning av nya ledare"),),
                    (Text("933 000 kr"),),
                ),
                ((Text("2025"),), (Text("Samma"),), (Fill("belopp"),)),
            ),
            ("left", "left", "right"),
        ),
        said("Beloppen räknas upp."),
        Picture("tid", "Tidslinje: partnerskapet gäller 2023–2025."),
        Heading(2, (Text("Underskrifter"),)),
        Paragraph((Text("Lund den "), Fill("dag"), Break(), Text("För föreningen"))),
        Line(),
        Paragraph((Fill("namn"), Break(), Text("ordförande"))),
        Line(),
        Paragraph((Text("Namn Namnsson"),)),
    ),
    origin=Origin("lund-exempel-2023", "overenskommelse", date(2023, 10, 11), "0.6.0", "0123abc", True),
    notes={
        "kf": (Text("Kommunfullmäktige 2019-01-31 § 16. "), Link((Text("Protokoll"),), "https://www.example.org/kf")),
        "von": (Text("Vård- och omsorgsnämnden 2023-11-15 § "), Fill("paragraf")),
    },
    pictures={"tid": SVG},
)
"""Short, with every part that a document can have, for expectations worked out by hand; made up but for their kinds."""


def everything() -> Document:
    """Long: a table of three pages, two hundred footnotes, words that no line has room for."""
    rows = tuple(
        (words(str(2000 + each)), words("Uppräkning" if each % 3 else ""), words(f"{each}\u00a0933\u00a0kr"))
        for each in range(120)
    )
    return of(
        Heading(2, words("Stycken")),
        said(
            LONG,
            Strong(words(" starkt ")),
            Emphasis((Text("betonat "), Strong(words("och starkt")))),
            " och ",
            Link(words("en länk"), "https://www.example.se/?a=1&b=(2)"),
            Break(),
            "en ny rad",
            Note("a"),
            " samt ",
            Fill("diarienummer"),
            Note("b"),
            " slut.",
            Note("a"),
        ),
        Heading(3, words("Listor")),
        Items(((said("en punkt"),), (said("en till"), Items(((said("en inre"),),))), (said(LONG),))),
        Items(((said("tredje"),), (said("fjärde"), said("med ett stycke till"))), 3),
        Heading(2, words("Tabeller")),
        Table((words("År"), words("Vad"), words("Belopp")), rows, ("left", "left", "right")),
        Table(
            ((), (Text("Belopp"), Note("c"))),
            ((words("2021"), words("933\u00a0000\u00a0kr")), (words("2022"), ())),
            ("left", "right"),
        ),
        Table((words("Tom"),), (), ("left",)),
        Heading(2, words("Citat och bilder")),
        Quote((said(LONG), Items(((said("i citatet"),),)))),
        Picture("tidslinje", "Avtalad tid 2020–2022."),
        Picture("tidslinje", "Samma bild en gång till."),
        Picture("annan", "En bild som bara finns i ord."),
        Heading(3, words("Underskrifter")),
        Heading(4, words("För kommunen")),
        said("Ort och datum"),
        Line(),
        said("Namn"),
        Line(),
        said("Namnförtydligande"),
        said(ADDRESS),
        said("ord" * 100),
        *(said("Not", Note(f"n{each}")) for each in range(200)),
        title=(Text("Allt som kan stå, med "), Fill("ett namn"), Note("a")),
        head=(
            HeadLine("unit", "Förvaltning", Text("Social- och omsorgsförvaltningen")),
            HeadLine("dnr", "Diarienummer", Text("ÄN 2021-14")),
            HeadLine("case_officer", "Handläggare", Fill("handläggarens namn")),
        ),
        notes={
            "a": words("Den första."),
            "b": (Text("Se även "), Note("d"), Text(" och "), Link(words("länken"), "mailto:namn@example.se")),
            "c": words("I en tabells rubrik."),
            "d": (Text("Inne i en annan not, "), Note("b")),
            **{f"n{each}": words(f"Not nummer {each}.") for each in range(200)},
        },
        pictures={"tidslinje": SVG},
    )


CODE = '<script>alert(1)</script> & "\' \\ #panic("x") $x$ `a` *b* _c_ @d // /* = - + [e](f) {{ g }} ]]> --> </style>'
UNUSUAL = "\u202e \x00 \x85 中文 😀 \u200b \ufeff \ue000 \u00ad \u0301 \u2028 \ufffe \ud800 \U0010ffff ﷽ جمعية שלום"


def hostile() -> Document:
    """Words that are code in HTML, Typst, Markdown and Jinja, and characters that hardly any font has."""
    bad = words(f"{CODE} {UNUSUAL}")
    return of(
        Heading(2, bad),
        Paragraph((Strong(bad), Link(bad, 'https://e.se/"><b>%27&中'), Fill(CODE), Note("]"))),
        Items(((Paragraph(bad),), ()), 0),
        Table((bad, bad), ((bad, bad),), ("left", "right")),
        Quote(()),
        Picture("x", f"{CODE} {UNUSUAL}"),
        title=bad,
        head=(HeadLine("unit", CODE, Text(f"{CODE} {UNUSUAL}")), HeadLine("dnr", CODE, Fill(CODE))),
        notes={"]": bad},
    )


ALL = {"memo": memo, "agreement": lambda: AGREEMENT, "everything": everything, "hostile": hostile}
