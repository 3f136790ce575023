"""Word files for tests, written as the XML that they hold: the frame that comes with iopctl, and those of others.

`python -m tests.frames --write` writes templates/ram.docx anew.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

SHIPPED = Path(__file__).parent.parent / "templates" / "ram.docx"

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

TYPES = {
    "word/document.xml": f"{WORD}document.main+xml",
    "word/styles.xml": f"{WORD}styles+xml",
    "word/settings.xml": f"{WORD}settings+xml",
    "word/numbering.xml": f"{WORD}numbering+xml",
    "word/footnotes.xml": f"{WORD}footnotes+xml",
    "word/fontTable.xml": f"{WORD}fontTable+xml",
    "word/theme.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    "customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
}


OF_FILE = {
    "word/document.xml": f"{OFFICE}/officeDocument",
    "docProps/core.xml": f"{PACKAGE}/metadata/core-properties",
    "docProps/custom.xml": f"{OFFICE}/custom-properties",
}
"""What the file itself has a relationship to, and of which kind; everything else is the text's."""


def packed(parts: dict[str, str | bytes]) -> bytes:
    """The parts as a zip, the same bytes each time."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system = ZIP_DEFLATED, 0
            zipped.writestr(info, content)
    return made.getvalue()


def relations(*triples: tuple[str, str, str]) -> str:
    """Relationships: id, kind, target."""
    rows = "".join(f'<Relationship Id="{id_}" Type="{kind}" Target="{target}"/>' for id_, kind, target in triples)
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'


def word_file(parts: dict[str, str], *, main: str = TYPES["word/document.xml"]) -> bytes:
    """A Word file of parts inside word/, docProps/ and customXml/; types and relationships follow from the names."""
    types = {**TYPES, "word/document.xml": main}
    overrides, of_file, of_text = "", [], []
    for name in parts:
        base = name.rpartition("/")[2].removesuffix(".xml")
        kind = base.rstrip("0123456789")
        content_type = types.get(name) or (f"{WORD}{kind}+xml" if kind in ("header", "footer") else None)
        if content_type:
            overrides += f'<Override PartName="/{name}" ContentType="{content_type}"/>'
        if name in OF_FILE:
            of_file.append((base, OF_FILE[name], name))
        elif kind == "item":
            of_text.append((base, f"{OFFICE}/customXml", f"../{name}"))
        elif name.startswith("word/"):
            of_text.append((base, f"{OFFICE}/{kind}", name.removeprefix("word/")))
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{DECLARATION}<Types xmlns="{PACKAGE_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": relations(*of_file),
    }
    if of_text:
        made["word/_rels/document.xml.rels"] = relations(*of_text)
    if "customXml/item1.xml" in parts:
        made["customXml/_rels/item1.xml.rels"] = relations(("rId1", f"{OFFICE}/customXmlProps", "itemProps1.xml"))
    return packed({**made, **{name: DECLARATION + content for name, content in parts.items()}})


def document(body: str, section: str = "") -> str:
    return f"<w:document {NS}><w:body>{body}<w:sectPr>{section}{PAGE}</w:sectPr></w:body></w:document>"


PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/>'
)


def paragraph(*runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(map(run, runs))}</w:p>"


def run(words: str, look: str = "") -> str:
    return f'<w:r>{look and f"<w:rPr>{look}</w:rPr>"}<w:t xml:space="preserve">{words}</w:t></w:r>'


def control(tag: str, alias: str, id_: int, content: str, more: str = "<w:text/>", before: str = "") -> str:
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{alias}"/><w:tag w:val="{tag}"/><w:id w:val="{id_}"/>{before}{more}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def number(field: str) -> str:
    return f'<w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


FONT = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{0}" w:cs="{0}"/>'
SERIF, SANS = FONT.format("Times New Roman"), FONT.format("Arial")  # both are on every system, or one just as wide

FONTS = (
    f'<w:fonts {NS}><w:font w:name="Arial"><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
    '<w:font w:name="Times New Roman"><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)


COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "404040",
    "lt2": "F2F2F2",
    "accent1": "0B4F9E",
    "accent2": "595959",
    "accent3": "2E7D32",
    "accent4": "8A4B00",
    "accent5": "6A1B9A",
    "accent6": "00695C",
    "hlink": "0B4F9E",
    "folHlink": "6A1B9A",
}


def theme() -> str:
    """The colours and fonts that Word offers in its menus: black, grey, and a dark blue."""
    shown = "".join(f'<a:{key}><a:srgbClr val="{rgb}"/></a:{key}>' for key, rgb in COLOURS.items())
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = "".join(f'<a:ln w="{width}">{fill}<a:prstDash val="solid"/></a:ln>' for width in (6350, 12700, 19050))
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="{name}"/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}Font>'
        for kind, name in (("major", "Arial"), ("minor", "Times New Roman"))
    )
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Ram"><a:themeElements>'
        f'<a:clrScheme name="Ram">{shown}'
        f'</a:clrScheme><a:fontScheme name="Ram">{fonts}</a:fontScheme><a:fmtScheme name="Ram">'
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line}</a:lnStyleLst>"
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def heading(level: int, size: int, before: int, after: int) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="Rubrik{level}"><w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Brdtext"/><w:uiPriority w:val="9"/><w:qFormat/>'
        f'<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="{after}" w:line="240"'
        f' w:lineRule="auto"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr>{SANS}<w:b/><w:bCs/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def ram() -> bytes:
    """The frame that comes with iopctl: a calm A4 page, title and number on the following ones, Sida 1 av 3."""
    styles = (
        f"<w:styles {NS}><w:docDefaults><w:rPrDefault><w:rPr>{SERIF}"
        '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="sv-SE" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr>'
        '</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:line="269" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/><w:pPr><w:widowControl/></w:pPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="Brdtext"><w:name w:val="Body Text"/><w:basedOn w:val="Normal"/>'
        '<w:uiPriority w:val="1"/><w:qFormat/><w:pPr><w:spacing w:after="140"/></w:pPr></w:style>'
        f"{heading(1, 34, 480, 200)}{heading(2, 25, 320, 80)}{heading(3, 22, 240, 60)}"
        '<w:style w:type="paragraph" w:styleId="Sidhuvud"><w:name w:val="header"/><w:basedOn w:val="Normal"/>'
        '<w:uiPriority w:val="99"/><w:pPr><w:tabs><w:tab w:val="right" w:pos="9070"/></w:tabs><w:spacing w:line="240"'
        f' w:lineRule="auto"/></w:pPr><w:rPr>{SANS}<w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Sidfot"><w:name w:val="footer"/><w:basedOn w:val="Sidhuvud"/>'
        '<w:uiPriority w:val="99"/></w:style>'
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Dokumenthuvud"><w:name w:val="Dokumenthuvud"/>'
        '<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:tabs><w:tab w:val="left" w:pos="2268"/></w:tabs>'
        '<w:spacing w:after="20"/><w:ind w:left="2268" w:hanging="2268"/></w:pPr>'
        f'<w:rPr>{SANS}<w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Tabelltext"><w:name w:val="Tabelltext"/>'
        '<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="50" w:after="50" w:line="240"'
        f' w:lineRule="auto"/></w:pPr><w:rPr>{SANS}<w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr></w:style>'
        "</w:styles>"
    )
    settings = (
        f'<w:settings {NS}><w:defaultTabStop w:val="1304"/><w:autoHyphenation w:val="0"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="sv-SE"/></w:settings>'
    )
    title = control("rubrik", "Rubrik", 101, run("Rubrik"), "<w:richText/>")
    dnr = control("dnr", "Diarienummer", 102, run("Diarienummer"), "<w:richText/>")
    following = (
        f'<w:hdr {NS}><w:p><w:pPr><w:pStyle w:val="Sidhuvud"/></w:pPr>{title}<w:r><w:tab/></w:r>{dnr}</w:p></w:hdr>'
    )
    page = f"{run('Sida ')}{number('PAGE')}{run(' av ')}{number('NUMPAGES')}"
    footer = f'<w:ftr {NS}><w:p><w:pPr><w:pStyle w:val="Sidfot"/><w:jc w:val="right"/></w:pPr>{page}</w:p></w:ftr>'
    section = (
        '<w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="first" r:id="header2"/>'
        '<w:footerReference w:type="default" r:id="footer1"/><w:footerReference w:type="first" r:id="footer2"/>'
    )
    body = document(paragraph("{{ innehåll }}"), section).replace("</w:sectPr>", "<w:titlePg/></w:sectPr>")
    return word_file(
        {
            "word/document.xml": body,
            "word/styles.xml": styles,
            "word/settings.xml": settings,
            "word/fontTable.xml": FONTS,
            "word/theme.xml": theme(),
            "word/header1.xml": following,
            "word/header2.xml": f'<w:hdr {NS}><w:p><w:pPr><w:pStyle w:val="Sidhuvud"/></w:pPr></w:p></w:hdr>',
            "word/footer1.xml": footer,
            "word/footer2.xml": footer,
        }
    )


def template() -> bytes:
    """A Word template (.dotx): an empty paragraph to write in, a page that lies down, its own list styles."""
    styles = (
        f'<w:styles {NS}><w:docDefaults><w:rPrDefault><w:rPr>{SANS}<w:lang w:val="en-US"/></w:rPr></w:rPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:rPr><w:lang w:val="en-GB"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Punktlista"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Numreradlista"><w:name w:val="List Number"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Heading1"><w:name w:val="Kommunens rubrik"/>'
        "</w:style></w:styles>"
    )
    numbering = (
        f"<w:numbering {NS}>{level(3, 'bullet', '■')}{level(5, 'decimal', '%1)')}"
        '<w:num w:numId="4"><w:abstractNumId w:val="3"/></w:num><w:num w:numId="7"><w:abstractNumId w:val="5"/></w:num>'
        "</w:numbering>"
    )
    page = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    text = document("<w:p/>").replace('<w:pgSz w:w="11906" w:h="16838"/>', page)
    parts = {"word/document.xml": text, "word/styles.xml": styles, "word/numbering.xml": numbering}
    return word_file(parts, main=f"{WORD}template.main+xml")


def level(id_: int, form: str, text: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{id_}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    )


def placeholders() -> bytes:
    """A frame with `{{ … }}` in the text, its header and its footer, divided over runs as Word does; with footnotes,
    a numbering and properties of its own."""
    body = (
        paragraph("{{ rub", "rik }}", style="Rubrik")
        + '<w:p><w:r><w:t>Kommunens egen inledning</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
        + '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>'
        + '<w:tr><w:tc><w:tcPr><w:tcW w:w="9000" w:type="dxa"/></w:tcPr>'
        + paragraph("Handläggare: ", "{", "{handläggare}", "}, för ", "{{mottagare}}")
        + "</w:tc></w:tr></w:tbl>"
        + paragraph("{{ inne", "håll }}")
        + paragraph("Kommunens eget slut")
    )
    section = '<w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/>'
    bold = f"<w:p>{run('Dnr {{', '<w:b/>')}{run(' dnr ', '<w:b/>')}{run('}}. Sida', '<w:b/>')}</w:p>"
    styles = (
        f"<w:styles {NS}>{NORMAL}"
        '<w:style w:type="paragraph" w:styleId="Rubrik"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>'
        '<w:rPr><w:color w:val="1F4E79"/><w:sz w:val="40"/></w:rPr></w:style></w:styles>'
    )
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{id_}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for id_, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    own_note = (
        '<w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Kommunens not</w:t></w:r></w:p></w:footnote>'
    )
    numbering = (
        f'<w:numbering {NS}>{level(0, "decimal", "§ %1")}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        "</w:numbering>"
    )
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Informationsklass">'
        "<vt:lpwstr>Öppen</vt:lpwstr></property></Properties>"
    )
    return word_file(
        {
            "word/document.xml": document(body, section),
            "word/styles.xml": styles,
            "word/numbering.xml": numbering,
            "word/footnotes.xml": f"<w:footnotes {NS}>{lines}{own_note}</w:footnotes>",
            "word/header1.xml": f"<w:hdr {NS}>{bold}</w:hdr>",
            "word/footer1.xml": f"<w:ftr {NS}>{paragraph('{{ datum }} · {{ förvaltning }}')}</w:ftr>",
            "docProps/custom.xml": custom,
        }
    )


def minimal() -> bytes:
    """The least that Word opens: a text, and nothing about styles, lists or settings."""
    return word_file(
        {"word/document.xml": f"<w:document {NS}><w:body>{paragraph('Kommunens text')}</w:body></w:document>"}
    )


NORMAL = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
TAB = "<w:r><w:tab/></w:r>"
CASE = '<arende xmlns="urn:exempel:arende"><dnr/><person>Exempel Exempelsson</person></arende>'
STORE = "{11111111-2222-3333-4444-555555555555}"
CORE_STORE = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"


def binding(path: str, mappings: str, store: str) -> str:
    return f'<w:dataBinding w:prefixMappings="{mappings}" w:xpath="{path}" w:storeItemID="{store}"/>'


def controls() -> bytes:
    """A case system's frame: controls in the first page's header and in the text, some bound to data."""
    of_case = "xmlns:a='urn:exempel:arende'"
    asks = "<w:showingPlcHdr/>"
    grey = run("Ange diarienummer", '<w:color w:val="808080"/>')
    dnr = control("dnr", "Dnr", 1, grey, binding("/a:arende[1]/a:dnr[1]", of_case, STORE) + "<w:text/>", asks)
    day = control("", "Datum", 2, run("2001-01-01", "<w:b/>"), '<w:date w:fullDate="2001-01-01T00:00:00Z"/>')
    officer = control(
        "arende",
        "Handläggare",
        3,
        run("Anges av systemet"),
        binding("/a:arende[1]/a:person[1]", of_case, STORE) + "<w:text/>",
    )
    core = "xmlns:c='http://schemas.openxmlformats.org/package/2006/metadata/core-properties'"
    names = f"{core} xmlns:d='http://purl.org/dc/elements/1.1/'"
    title = control(
        "Rubrik",
        "Titel",
        4,
        paragraph("Ärendets rubrik", style="Rubrik1") + paragraph("andra raden"),
        binding("/c:coreProperties[1]/d:title[1]", names, CORE_STORE),
        asks,
    )
    section = '<w:headerReference w:type="first" r:id="header1"/><w:headerReference w:type="default" r:id="header2"/>'
    text = document(title + paragraph("{{innehall}}"), section).replace("</w:sectPr>", "<w:titlePg/></w:sectPr>")
    receiver = control("mottagare", "Mottagare", 5, run("Mottagare"))
    return word_file(
        {
            "word/document.xml": text,
            "word/styles.xml": f"<w:styles {NS}>{NORMAL}{heading(1, 40, 0, 100)}</w:styles>".replace(
                "Brdtext", "Normal"
            ),
            "word/header1.xml": f"<w:hdr {NS}><w:p>{dnr}{TAB}{day}{TAB}{officer}</w:p></w:hdr>",
            "word/header2.xml": f"<w:hdr {NS}><w:p>{receiver}</w:p></w:hdr>",
            "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
            'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Mall</dc:title>'
            "<dc:creator>Mallens författare</dc:creator></cp:coreProperties>",
            "customXml/item1.xml": CASE,
            "customXml/itemProps1.xml": f'<ds:datastoreItem ds:itemID="{STORE}"'
            ' xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>',
        }
    )


FRAMES = {"ram": ram, "template": template, "placeholders": placeholders, "minimal": minimal, "controls": controls}

if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    SHIPPED.write_bytes(ram())
