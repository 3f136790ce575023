"""The file's own words. They are Swedish whatever the program speaks, as the agreement and its documents are."""

from __future__ import annotations

HEAD = (
    "Utkast till en överenskommelse om idéburet offentligt partnerskap (IOP), påbörjat med iopctl new.",
    "Rader som börjar med # förklarar och kan tas bort. Vad som ännu är öppet står som {unknown: …} eller efter "
    "”Öppet:”, med vem som bestämmer det.",
)

ABOVE = {
    "format": "Vad överenskommelsen heter och vad den ska åstadkomma.",
    "parties": "Parterna, var och en under det id som resten av filen nämner den med.",
    "period": "När den gäller, hur den kan förlängas och sägas upp.",
    "decisions": "Besluten som den vilar på. När beslutet är fattat: byt planned mot date, och lägg till paragraph.",
    "contributions": "Vad var och en bidrar med: pengar, och annat än pengar.",
    "duties": "Vad som ska göras, när och av vem. iopctl due påminner om det.",
    "forums": "Grupperna som parterna möts i.",
    "grounds": "Varför det finns en överenskommelse, och vad den vilar på.",
    "clauses": "Regler som är text.",
    "texts": "Överenskommelsens egna avsnitt, i löpande text.",
    "signatures": "Raderna för underskrift. Dagen skrivs som date när den är undertecknad.",
}
"""What each part of the file is, above it."""

OPEN = {
    "municipality_number": "organisation_number, kommunens eller regionens organisationsnummer. Den uppger det.",
    "board": "board, nämnden som ansvarar. Kommunen eller regionen avgör det.",
    "administration": "administration, förvaltningen som gör arbetet. Kommunen eller regionen avgör det.",
    "others": "fler parter. Parterna kommer överens om vilka som är med.",
    "initiative": "initiative, vem som tog initiativet. Parterna skriver det gemensamt.",
    "replaces": "replaces, om den ersätter en tidigare överenskommelse. Parterna avgör det.",
    "purpose": "purpose, syftet. Parterna formulerar det tillsammans.",
    "background": "background, hur partnerskapet kom till. Parterna formulerar det tillsammans.",
    "values": "values, den gemensamma värdegrunden. Parterna formulerar den tillsammans.",
    "goals": "goals, mål som kan följas upp. Parterna formulerar dem tillsammans.",
    "target_group": "target_group, målgruppen. Parterna formulerar den tillsammans.",
    "activities": "activities, vad som ska göras. Parterna formulerar det tillsammans.",
    "need": "need, det gemensamma behovet (SKR:s kriterium 3). Parterna formulerar det tillsammans.",
    "policy": "policies, det politiska programmet eller planen (SKR:s kriterium 4). Förvaltningen tar reda på det.",
    "contributes": "vad {party} bidrar med utöver pengar och timmar. Parterna kommer överens om det.",
    "hours": "hur många ideella timmar {party} ger. Parterna kommer överens om det.",
    "worth": "value, vad timmarna är värda i kronor om året. Parterna kommer överens om det.",
    "paid": "om det betalas pengar. Parterna kommer överens om det.",
    "receiver": "to, vem som får pengarna. Parterna kommer överens om det.",
    "index": "indexation, om och hur beloppet räknas upp. Parterna kommer överens om det.",
    "first_year": "indexation, från vilket år beloppet räknas upp. Parterna kommer överens om det.",
    "price_year": "price_year, vilket års priser beloppet är i. Parterna kommer överens om det.",
    "percent": "indexation, med hur många procent om året. Parterna kommer överens om det.",
    "month": "indexation, vilken månads tal som jämförs. Parterna kommer överens om det.",
    "lag": "lag, hur många år före det uppräknade året indexåret är. Parterna kommer överens om det.",
    "edition": "indexation, vilken utgåva som gäller. Parterna kommer överens om det.",
    "rounding": "rounding, hur beloppet avrundas. Parterna kommer överens om det.",
    "preliminary": "preliminary, vad ett preliminärt index betyder. Parterna kommer överens om det.",
    "negative": "negative, vad som händer om index sjunker. Parterna kommer överens om det.",
    "payment": "payment, när pengarna betalas. Parterna kommer överens om det.",
    "part_year": "part_year, vad som betalas för en del av ett år. Parterna kommer överens om det.",
    "extension": "extension, om och hur länge den kan förlängas. Parterna kommer överens om det.",
    "decide_by": "decide_by, när förlängningen senast beslutas. Parterna kommer överens om det.",
    "notice": "notice, uppsägningstiden. Parterna kommer överens om den.",
    "follow_up": "hur ofta parterna följer upp (kind: follow_up). Parterna kommer överens om det.",
    "called_by": "called_by, vem som bjuder in. Parterna kommer överens om det.",
    "report": "när en årlig rapport lämnas (kind: report). Parterna kommer överens om det.",
    "steering": "om det ska finnas en styrgrupp (steering: true). Parterna kommer överens om det.",
    "clauses": "ändring, omförhandling, hävning och tvist. Parterna kommer överens om orden.",
    "dnr": "dnr, ärendets diarienummer. Registratorn ger det.",
}
"""What is open where no value can stand, and who settles it. Each begins with the key that it is written under."""

UNKNOWN = {
    "joint": "parterna avgör det",
    "number": "{party} uppger det",
    "amount": "parterna kommer överens om beloppet",
    "contact": "{party} utser en kontaktperson",
    "body": "kommunen eller regionen avgör vem som beslutar",
    "meeting": "dagen bestäms av den som beslutar",
    "signs": "{party} utser den som skriver under",
    "seat": "{party} utser en ledamot",
}
"""What is open where the format has a way to say so."""

NO_ADJUSTMENT = "Beloppet räknas inte upp."
NO_NOTICE = "Överenskommelsen kan inte sägas upp i förtid."
NO_EXTENSION = "Överenskommelsen kan inte förlängas."
PAYMENT_LATER = "Öppet: payment, när pengarna betalas. Parterna kommer överens om det."
ASSESSMENTS = (
    "Öppet: criteria, market, procurement och state_aid: bedömningarna mot SKR:s kriterier, marknaden, LOU och "
    "reglerna om statsstöd. Förvaltningen gör dem före beslutet; iopctl explain SKR001 visar hur de skrivs."
)

FIRST = "första dagen med uppräknat belopp, sedan samma dag varje år"
BESIDE = {
    "price_year": "beloppet är i det årets priser",
    "rounding": "beloppet avrundas till närmaste så många kronor",
    "negative follow": "sjunker index så sjunker beloppet",
    "negative zero": "sjunker index så är beloppet oförändrat det året",
    "negative base_amount": "aldrig lägre än det avtalade beloppet",
    "negative previous_amount": "aldrig lägre än året före",
    "preliminary settle": "ett preliminärt index betalas, skillnaden regleras med nästa betalning",
    "preliminary wait": "det gamla beloppet betalas, resten när det definitiva indexet finns",
    "preliminary final": "ett preliminärt index gäller",
}
"""What the keys of an index clause mean, and what an answer there does, beside it."""

AUTHORITY = (
    "Öppet: authority, beslutet eller delegationen som ger rätt att skriva under. Kommunen eller regionen avgör det."
)
FOLLOW_UP = "Gemensam uppföljning av överenskommelsen"
REPORT = "Skriftlig rapport om det föregående året"
STEERING = "Styrgrupp"
STEERS = "Styrgruppen leder partnerskapet gemensamt."
HOURS = "Ideella timmar"

IDS = {
    "premises": "lokaler",
    "staff": "personal",
    "volunteers": "volontarer",
    "training": "utbildning",
    "supervision": "handledning",
    "marketing": "marknadsforing",
    "recruitment": "rekrytering",
    "insurance": "forsakring",
    "goods": "material",
    "activities": "aktiviteter",
    "volunteer_hours": "ideella-timmar",
}
"""What contributions in kind are called, for the screens and the log."""

BORROWED = "Orden är Linköpings (2018, den första) och Lunds (2023). Parterna väljer sina egna."
CLAUSES = (
    ("change", "Förändringar av överenskommelsen sker i dialog mellan parterna."),
    (
        "renegotiation",
        "Om betydande avvikelser från verksamhetsplan sker ska parterna medverka i en dialog innan förändringar "
        "genomförs. Förändringarna ska förankras och beslutas av behöriga representanter.",
    ),
    (
        "rescission",
        "Part kan häva denna överenskommelse om någon motpart inte fullföljer sina åtaganden och rättelse inte sker "
        "utan dröjsmål.",
    ),
    ("dispute", "Om tvister uppstår ska dessa i första hand lösas genom dialog mellan parterna."),
)
"""The second, third and fourth are Lund's of 2023 (agreements/lund-roda-korset-2023.yaml), the first is Linköping's of
2018 (agreements/linkoping-resurspoolen-2018.yaml)."""
