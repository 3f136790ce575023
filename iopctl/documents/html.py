"""A draft as one self-contained page: Swedish, semantic, readable on paper and on a screen."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import Any

_PAGE = """<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1.0625rem/1.55 Georgia, "Times New Roman", serif; color: #1a1a1a; background: #fff; margin: 0; }}
main {{ max-width: 40rem; margin: 3rem auto; padding: 0 1.25rem; }}
h1, h2, h3 {{ font-family: system-ui, "Segoe UI", Arial, sans-serif; line-height: 1.25; margin: 2rem 0 0.5rem; }}
h1 {{ font-size: 1.6rem; margin-top: 0; }}
h2 {{ font-size: 1.2rem; }}
h3 {{ font-size: 1.0625rem; }}
p, ul, ol {{ margin: 0 0 0.9rem; }}
li {{ margin-bottom: 0.3rem; }}
strong.fill {{ background: #fff3bf; padding: 0 0.2em; }}
table {{ border-collapse: collapse; margin-bottom: 1rem; }}
th, td {{ border-bottom: 1px solid #767676; padding: 0.3rem 0.8rem 0.3rem 0; text-align: left; }}
.footnotes {{ font-size: 0.9rem; border-top: 1px solid #767676; margin-top: 2rem; padding-top: 0.75rem; }}
@media print {{ main {{ margin: 0; max-width: none; }} h2, h3 {{ break-after: avoid; }} }}
</style>
</head>
<body>
<main>
{body}</main>
</body>
</html>
"""


def page(markdown: str) -> str:
    """The page; its title is the draft's first heading. Markup inside the data comes out as text."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": False}).enable("table").use(footnote_plugin)
    tokens = parser.parse(markdown)
    body = parser.renderer.render(tokens, parser.options, {})
    body = body.replace("<strong>[ATT FYLLA I:", '<strong class="fill">[ATT FYLLA I:')
    body = body.replace("<thead>\n<tr>\n<th>", '<thead>\n<tr>\n<th scope="col">').replace(
        "</th>\n<th>", '</th>\n<th scope="col">'
    )
    return _PAGE.format(title=escape(_title(tokens)), body=body)


def _title(tokens: list[Any]) -> str:
    for token, following in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            return "".join(
                child.content for child in following.children or () if child.type in ("text", "text_special")
            )
    return "Utkast"
