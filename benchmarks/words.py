"""The words that generated agreements are made of. Every town, body, organisation and person is made up."""

from __future__ import annotations

from typing import NamedTuple

TOWNS = (
    "Exempelköping", "Norrby", "Provstad", "Mallösa", "Testvik", "Övningsås", "Låtsashamn", "Påhittsala", "Åmallsund",
    "Sagobo", "Skissfors", "Utkastnäs", "Ängsprov", "Dummeryd",
)  # fmt: skip
REGIONS = ("Region Påhitt", "Region Exempelland", "Region Övningslän")
STATE_BODIES = ("Exempelmyndigheten", "Låtsasverket")
FIRST_NAMES = (
    "Exempla", "Prova", "Testina", "Fiktiva", "Skissa", "Låtsas", "Mall", "Utkast", "Övar", "Åskåda", "Pröva", "Dummy",
)  # fmt: skip
LAST_NAMES = (
    "Testsson", "Provberg", "Exempelgren", "Mallström", "Påhittsdotter", "Fiktivsson", "Låtsaslund", "Övningsberg",
    "Skissmark", "Åsprov", "Ärendesson", "Utkastqvist",
)  # fmt: skip
ROLES = ("ordförande", "kontaktperson", "verksamhetsledare", "enhetschef", "samordnare", "kassör", "ersättare")
SIGNING = ("ordförande", "förvaltningschef", "enhetschef", "firmatecknare")
BOARDS = (
    ("Socialnämnden", "Socialförvaltningen"),
    ("Äldrenämnden", "Omsorgs- och äldreförvaltningen"),
    ("Kultur- och fritidsnämnden", "Kultur- och fritidsförvaltningen"),
    ("Barn- och ungdomsnämnden", "Utbildningsförvaltningen"),
    ("Arbetsmarknadsnämnden", "Arbetsmarknads- och integrationsförvaltningen"),
    ("Vård- och omsorgsnämnden", "Vård- och omsorgsförvaltningen"),
)
PARTNERS = (
    ("Föreningen Låtsasvännen", "association"),
    ("Exempelkretsen", "association"),
    ("Övningsscouterna", "association"),
    ("Föreningen Åkerprov", "association"),
    ("Nätverket Påhittiga grannar", "association"),
    ("Stiftelsen Exempelhemmet", "foundation"),
    ("Stiftelsen Härbärget Mallen", "foundation"),
    ("Provstads fiktiva församling", "congregation"),
    ("Kooperativet Sagoköket", "cooperative"),
    ("Studieförbundet Skissen", "study_association"),
    ("Studieförbundet Övningsboken", "study_association"),
)
PREFIXES = {
    "municipality": "21", "region": "23", "state_body": "20", "public_company": "55", "association": "80",
    "foundation": "81", "congregation": "25", "cooperative": "76", "study_association": "82",
}  # fmt: skip
"""The first two digits of an organisation number by kind of party."""


class Theme(NamedTuple):
    """What an agreement is about."""

    name: str
    group: str
    purpose: str
    challenge: str
    activities: tuple[str, ...]


THEMES = (
    Theme(
        "äldres ensamhet",
        "Äldre personer som bor i kommunen och upplever ofrivillig ensamhet.",
        "Att bidra till positiv utveckling, meningsfullhet och trygghet för äldre, främst dem som saknar ett nätverk.",
        "Ensamhet bland äldre ökar, och den som sällan går ut nås inte av de träffpunkter som redan finns.",
        ("besök i hemmet", "träffpunkt två förmiddagar i veckan", "promenadgrupper", "högläsning på servicehus"),
    ),
    Theme(
        "anhörigstöd",
        "Personer som vårdar, hjälper eller stödjer en närstående.",
        "Att anhöriga ska må bättre, hålla sig friska längre och minska risken att själva bli sjuka.",
        "Anhöriga som ger vård kan utsättas för påfrestningar med följder för både fysisk och psykisk hälsa.",
        ("anhörigcirklar höst och vår", "samtalsgrupper", "avlösning av volontärer", "föreläsningar om hälsa"),
    ),
    Theme(
        "läxhjälp",
        "Elever i årskurs 6–9 och deras vårdnadshavare.",
        "Att fler elever ska nå målen i grundskolan och få en meningsfull fritid nära hemmet.",
        "Många elever saknar studiero hemma, och skillnaderna mellan skolorna har ökat under flera år.",
        ("läxhjälp tre kvällar i veckan", "lovskola", "föräldraträffar", "utbildning av läxhjälpare"),
    ),
    Theme(
        "språk och etablering",
        "Nyanlända vuxna, särskilt föräldralediga.",
        "Att nyanlända snabbare ska lära sig svenska och få kontakter i det lokala föreningslivet.",
        "Vägen till språk och arbete är lång, och många träffar sällan någon som talar svenska till vardags.",
        ("språkcafé", "fadderverksamhet", "samhällsvandringar", "öppen förskola med språkstöd"),
    ),
    Theme(
        "härbärge och dagverksamhet",
        "Personer över 18 år som lever i hemlöshet.",
        "Att ingen ska behöva sova ute och att fler ska få hjälp vidare till en egen bostad.",
        "Antalet personer i akut hemlöshet har ökat, och de når inte alltid fram till kommunens mottagning.",
        (
            "natthärbärge under vinterhalvåret",
            "frukost och dusch",
            "uppsökande arbete",
            "stöd i myndighetskontakter",
        ),
    ),
    Theme(
        "ungas fritid",
        "Barn och unga mellan 10 och 19 år.",
        "Att unga ska ha en trygg plats att vara på, med vuxna som lyssnar och med inflytande över innehållet.",
        "Det saknas mötesplatser på kvällar och lov, och tryggheten varierar mellan olika delar av kommunen.",
        ("öppen ungdomsgård", "sommarläger", "nattvandring", "ledarutbildning för unga"),
    ),
    Theme(
        "arbetsträning",
        "Personer långt från arbetsmarknaden.",
        "Att fler ska närma sig arbete eller studier genom arbetsträning i föreningens verksamhet.",
        "Den som länge har stått utanför arbetslivet behöver ett första steg där kraven kan anpassas.",
        ("arbetsträning i second hand-butik", "handledning i kök", "jobbsökarstuga", "studiebesök hos företag"),
    ),
)

BACKGROUND = (
    "Idéburet offentligt partnerskap, IOP, är en samverkansmodell mellan offentlig verksamhet och civilsamhällets "
    "organisationer i frågor som rör komplexa samhällsutmaningar.",
    "Parterna har samarbetat i mindre skala under flera år och vill nu ge samarbetet en långsiktig form.",
    "Verksamheten bygger på initiativ från den idéburna sektorn och upphör om någon av parterna lämnar partnerskapet.",
    "Kommunen avser inte att detaljreglera verksamheten.",
    "Utformningen av överenskommelsen togs fram i dialog med företrädare för föreningens medlemmar.",
    "En lokal överenskommelse om samverkan med den idéburna sektorn antogs av kommunfullmäktige[^{note}].",
)
TEXTS = {
    "responsibilities": (
        "Respektive part bär ansvaret för sin del av insatserna och för att ha rätt kompetens på plats.",
        "{board} beslutar om överenskommelsen, och förvaltningen svarar för den löpande kontakten.",
        "{partner} svarar för att rekrytera, introducera och utbilda sina volontärer.",
        "Parterna ska tidigt informera varandra om förändringar som kan påverka verksamheten.",
    ),
    "follow_up": (
        "Parterna ansvarar gemensamt för att följa upp överenskommelsen. Därutöver kan varje part påkalla uppföljning.",
        "Uppföljningen ska visa hur många som har deltagit, vilka insatser som har gjorts och vad de har lett till.",
        "{partner} lämnar varje år en verksamhetsberättelse till {board}.",
        "Resultatet av uppföljningen redovisas för nämnden och ligger till grund för beslutet om förlängning.",
    ),
    "economy": (
        "Kostnaderna ryms inom nämndens budget.",
        "Värdet av de ideella timmarna är beräknat på 200 kr per timme.",
        "Parterna finansierar verksamheten gemensamt.",
    ),
    "equality": (
        "Det görs ingen åtskillnad mellan kvinnor och män i beslutet. Samma förutsättningar gäller för alla.",
        "Deltagandet redovisas uppdelat på kön, så att parterna kan se om insatserna når både kvinnor och män.",
    ),
}
"""Sections that some agreements have, and what one can say."""
MATTER = (
    "Uppföljning visar att {partner} under perioden har bidragit på ett förtjänstfullt sätt genom sin kunskap.",
    "Förvaltningen bedömer att partnerskapet är ett värdefullt komplement till det som kommunen själv kan erbjuda.",
    "Antalet deltagare har ökat varje år, och väntetiden för den som vill vara med är kort.",
)
VALUES = (
    "respekt för varandras olika roller och förutsättningar",
    "öppenhet och dialog",
    "ömsesidig tillit, lyhördhet och förståelse",
    "långsiktighet",
    "alla människors lika värde",
    "acceptans för kritik",
    "FN:s konvention om barnets rättigheter",
)
CLAUSES = (
    ("change", "Ändringar och tillägg ska vara skriftliga och beslutas av båda parterna."),
    ("renegotiation", "Parterna omförhandlar om förutsättningarna förändras väsentligt."),
    ("rescission", "Part kan häva överenskommelsen om en motpart inte fullföljer sina åtaganden."),
    ("dispute", "Tvister löses genom dialog mellan parterna."),
    ("insurance", "{partner} håller sina volontärer försäkrade för olycksfall och ansvar."),
    ("other_funding", "{partner} får inget annat bidrag från kommunen för samma verksamhet."),
)
MORE_CLAUSES = (
    ("breach", "Den part som brister i sina åtaganden ska få skälig tid att rätta till bristen."),
    ("secrecy", "Volontärer avlägger ett tystnadslöfte innan de får sitt första uppdrag."),
    ("personal_data", "Varje part är personuppgiftsansvarig för de uppgifter som den själv behandlar."),
    ("marketing", "När verksamheten marknadsförs ska det framgå att den bedrivs i partnerskap."),
    ("identification", "Volontärer ska kunna visa legitimation för uppdraget."),
    ("cooperation", "Parterna samverkar med skolor, vårdcentral och andra föreningar i området."),
    ("copies", "Överenskommelsen är upprättad i likalydande exemplar, ett till varje part."),
)
POLICIES = (
    "Överenskommelse om samverkan mellan {town} och idéburen sektor",
    "Policy för social ekonomi",
    "Riktlinjer för idéburna offentliga partnerskap",
    "Mål- och verksamhetsplan för {board}",
    "Program för social hållbarhet",
)
CRITERIA = {
    "skr": (
        "Ersättningen är inte föreningsbidrag.",
        "Båda parterna finansierar.",
        "Behovet är gemensamt formulerat.",
        "Partnerskapet bygger på antagna policyer.",
        "Verksamheten detaljregleras inte.",
        "Parterna styr gemensamt i styrgruppen.",
        "Texten säger att parterna samverkar.",
        "Parterna avser att fortsätta.",
    ),
    "forum": (
        "Föreningen tog initiativet.",
        "Partnerskapet bygger på antagna policyer.",
        "Ersättningen är inte föreningsbidrag.",
        "Det finns ingen marknad.",
        "Båda parterna finansierar.",
        "Verksamheten detaljregleras inte.",
        "Parterna avser att fortsätta.",
        "Fler deltar i föreningslivet.",
    ),
}
"""The reason for each answer, in the order of the criteria."""
ASSESSMENTS = (
    (
        "market",
        "exists: false, statement: Parterna samfinansierar verksamheten; ingen av dem köper den av den andra.",
        "Det finns ingen marknad för insatserna i kommunen.",
    ),
    (
        "procurement",
        "procured_before: false, statutory_service: false, sold_on_market: false",
        "Partnerskapet är inte ett köp av tjänst.",
    ),
    ("state_aid", "basis: none", "Verksamheten är inte ekonomisk."),
)
INDEXATION = (
    "Ersättningen är i {year} års priser. Den räknas om varje år, första gången från och med {first}, med OPI för det "
    "år som betalningen gäller, uppåt eller nedåt. Ett preliminärt OPI regleras när det definitiva finns. Beloppet "
    "avrundas till närmaste hela krona."
)
IN_KIND = (
    ("premises", "lokal", "upplåter lokaler utan kostnad, med möbler, el och städning", True),
    ("staff", "samordnare", "bidrar med en samordnare för planering och uppföljning", True),
    ("supervision", "handledning", "ger handledning till volontärer och ledare", True),
    ("marketing", "information", "informerar om verksamheten på webbplats och i lokaltidning", True),
    ("volunteer_hours", "ideella-timmar", "bidrar med ideella timmar för planering och genomförande", False),
    ("volunteers", "volontarer", "rekryterar och introducerar volontärer", False),
    ("training", "utbildning", "utbildar volontärer i bemötande och tystnadslöfte", False),
    ("activities", "aktiviteter", "genomför aktiviteter för målgruppen på vardagar och helger", False),
    ("goods", "inkop", "står för material, kaffe och bröd vid träffarna", False),
    ("insurance", "forsakring", "håller volontärerna försäkrade", False),
    ("recruitment", "rekrytering", "söker nya volontärer genom sina kanaler", False),
)
"""Kind, id, what the party does, and whether it is the public party that does it."""
DUTIES = (
    ("styrgruppsmote", "meeting", "Möte i styrgruppen", "times_per_year: 4"),
    ("planeringsdag", "meeting", "Gemensam planeringsdag", "times_per_year: 1"),
    ("dialog", "dialogue", "Löpande dialog mellan kontaktpersonerna", "ongoing: true"),
    ("extra-mote", "meeting", "Extra möte när någon part begär det", "on_request: true"),
)
"""Those that some agreements have beside the usual ones."""
CONTENTS = (
    "antal deltagare, uppdelat på kön och ålder",
    "genomförda insatser jämfört med verksamhetsplanen",
    "ekonomiskt utfall",
    "volontärernas erfarenheter",
    "förslag till förbättringar",
)
ABOUT = (
    "{name} är partipolitiskt obunden, drivs utan vinstsyfte och arbetar utifrån alla människors lika värde.",
    "{name} har omkring {members} medlemmar och bedriver verksamhet i flera delar av kommunen.",
    "{name} bildades {year} och arbetar helt med volontärer.",
)
FOOTNOTES = (
    "Kommunfullmäktige {date}, § {paragraph}",
    "{board} {date}, § {paragraph}",
    "Rapporten Exempel på partnerskap, Låtsasförlaget {year}, sid. {page}",
    "Stadgar för {partner}, antagna {date}",
)
