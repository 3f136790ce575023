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
    "Kommunen avser inte att detaljreglera verksamheten, och det finns ingen marknad för de insatser som avses.",
    "Utformningen av överenskommelsen togs fram i dialog med företrädare för föreningens medlemmar.",
    "En lokal överenskommelse om samverkan med den idéburna sektorn antogs av kommunfullmäktige[^{note}].",
)
RESPONSIBILITIES = (
    "Respektive part bär ansvaret för sin del av insatserna och för att ha rätt kompetens på plats.",
    "{board} beslutar om överenskommelsen och förvaltningen svarar för den löpande kontakten.",
    "{partner} svarar för att rekrytera, introducera och utbilda sina volontärer.",
    "Parterna ska tidigt informera varandra om förändringar som kan påverka verksamheten.",
)
FOLLOW_UP = (
    "Parterna ansvarar gemensamt för att följa upp överenskommelsen. Därutöver kan varje part påkalla uppföljning.",
    "Uppföljningen ska visa hur många som har deltagit, vilka insatser som har gjorts och vad de har lett till.",
    "{partner} ska årligen lämna in en verksamhetsberättelse med ekonomisk redovisning till {board}.",
    "Resultatet av uppföljningen redovisas för nämnden och ligger till grund för ställningstagandet om förlängning.",
)
ECONOMY = (
    "Kostnaderna ryms inom nämndens budget.",
    "Uppräkning sker årligen enligt index när det anges för bidraget; övriga belopp gäller oförändrade.",
    "Värdet av de ideella timmarna är beräknat på {hours} kr per timme och avser hela partnerskapet.",
)
EQUALITY = (
    "Det görs ingen åtskillnad mellan kvinnor och män i beslutet. Samma förutsättningar gäller för alla.",
    "Deltagandet redovisas uppdelat på kön, så att parterna kan se om insatserna når både kvinnor och män.",
)
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
    ("change", "Ändringar och tillägg ska vara skriftliga och undertecknade av båda parter för att gälla."),
    (
        "renegotiation",
        "Om verksamheten avviker från verksamhetsplanen ska parterna föra en dialog innan ändringar görs.",
    ),
    (
        "breach",
        "Den part som brister i sina åtaganden ska få skälig tid att rätta till bristen.",
    ),
    (
        "rescission",
        "Part kan häva överenskommelsen om en motpart inte fullföljer sina åtaganden.",
    ),
    ("dispute", "Om tvister uppstår ska dessa i första hand lösas genom dialog mellan parterna."),
    ("secrecy", "Volontärer avlägger ett tystnadslöfte innan de får sitt första uppdrag."),
    ("insurance", "{partner} håller sina volontärer försäkrade för olycksfall och ansvar."),
    ("personal_data", "Varje part är personuppgiftsansvarig för de uppgifter som den själv behandlar."),
    ("marketing", "När verksamheten marknadsförs ska det framgå att den bedrivs i partnerskap."),
    ("other_funding", "Det är fritt för {partner} att söka medel från andra finansiärer."),
    ("exclusion", "Överenskommelsen omfattar inte insatser som kräver beslut enligt socialtjänstlagen."),
    ("identification", "Volontärer ska kunna visa legitimation för uppdraget."),
    ("purchases", "Inköp för gemensamma arrangemang görs av {partner} efter samråd."),
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
ASSESSMENTS = (
    ("procurement", "procured_before: false", "Insatserna är inte en tjänst som kommunen köper."),
    ("state_aid", "basis: none", "Stödet påverkar inte handeln mellan medlemsstater och är inte statligt stöd."),
    ("market", "exists: false", "Det finns ingen fungerande marknad för insatserna i kommunen."),
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
    ("avstamning", "follow_up", "Avstämning och uppföljning av överenskommelsen", "times_per_year: 1"),
    ("arlig-uppfoljning", "follow_up", "Gemensam uppföljning av mål och deltagande", 'yearly_by: "11-15"'),
    ("verksamhetsberattelse", "report", "Verksamhetsberättelse med ekonomisk redovisning", 'yearly_by: "03-31"'),
    ("slutrapport", "report", "Skriftlig slutrapport till nämnden", "before_end: true"),
    ("styrgruppsmote", "meeting", "Möte i styrgruppen", "times_per_year: 4"),
    ("planeringsdag", "meeting", "Gemensam planeringsdag", "times_per_year: 2"),
    ("stallningstagande", "position", "Ställningstagande till ändring, förlängning eller upphörande", "by: {by}"),
    ("dialog", "dialogue", "Löpande dialog mellan kontaktpersonerna", "ongoing: true"),
    ("extra-mote", "meeting", "Extra möte när någon part begär det", "on_request: true"),
)
CONTENTS = (
    "antal deltagare, uppdelat på kön och ålder",
    "genomförda insatser jämfört med verksamhetsplanen",
    "ekonomiskt utfall",
    "volontärernas erfarenheter",
    "förslag till förbättringar",
)
FORUMS = (
    ("styrgrupp", "Styrgrupp", "Styrgruppen följer arbetet och föreslår ändringar i verksamhetsplanen."),
    ("samverkansgrupp", "Samverkansgrupp", "Gruppen planerar det löpande arbetet och förbereder uppföljningen."),
    ("kontaktpersoner", "Kontaktpersoner", "Kontaktpersonerna har en löpande dialog om verksamheten."),
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
